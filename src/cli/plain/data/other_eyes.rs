//! Other eyes than the person's own: the passphrase, and the report handed over.
//!
//! Invariant: while the report is handed over, no line that is typed shows anything else of the journal.

use super::super::Hands;
use super::super::session::{Asked, Reply, Session};
use super::super::talk::Step;
use crate::domain::report::report_of;
use crate::domain::report::section::ReportAsk;
use crate::domain::safety::help_lines::{Eyes, help};
use crate::domain::safety::help_page::HelpPage;
use crate::store::key::rewrite::NewKey;
use crate::transfer::errand::{Errand, PassphraseErrand};
use crate::transfer::report;
use crate::tui::effect::PassphraseDeed;

/// Sentences of the report that are said at once: what a small window holds.
const PART: usize = 12;

/// Sets, changes or removes the passphrase, or says the sheet; what must be known is said first.
pub(in crate::cli::plain) fn passphrase(
    session: &mut Session<'_>,
    hands: &mut Hands<'_>,
) -> Step<()> {
    let words = if session.store.is_encrypted() {
        session.say("The journal is encrypted. If its passphrase and the recovery sheet are both lost, nobody can help.")?;
        "change, new key, remove, sheet"
    } else {
        "set"
    };
    let question = format!("Passphrase: {words}? skip leaves it.");
    let about = "set encrypts the journal on this device. change takes another passphrase. new key takes another one and encrypts everything anew. remove makes the journal plain. sheet says the recovery sheet.";
    let is_offered = |word: &str| words.split(", ").any(|offered| offered == word);
    let deed = loop {
        let typed = session
            .ask_line(Asked::new(&question, about))?
            .to_lowercase();
        let deed = match typed.as_str() {
            "" | "skip" | "done" | "no" => return session.say("Nothing was changed."),
            "set" => (PassphraseErrand::Set, PassphraseDeed::Set),
            "change" => (
                PassphraseErrand::Change(false),
                PassphraseDeed::Change(NewKey::No),
            ),
            "new key" => (
                PassphraseErrand::Change(true),
                PassphraseDeed::Change(NewKey::Yes),
            ),
            "remove" => (PassphraseErrand::Remove, PassphraseDeed::Remove),
            "sheet" => (PassphraseErrand::Sheet, PassphraseDeed::Sheet),
            other => {
                session.not_an_answer(other, words)?;
                continue;
            }
        };
        if is_offered(&typed) {
            break deed;
        }
        session.not_an_answer(&typed, words)?;
    };
    session.say_each(deed.1.about())?;
    if session.confirm("Go on?")? == Reply::No {
        return session.say("Nothing was changed.");
    }
    super::run(session, hands, &Errand::Passphrase(deed.0)).map(drop)
}

/// Said before the report is in other hands, with what brings the menu back.
fn handing(back: &str) -> String {
    format!(
        "The report is said here, part by part, to someone who reads it on this device. Until {back}, an empty line says the next part, ! help lines, and every other line does nothing. Ctrl-C still ends ebb."
    )
}

/// Says the report to somebody else, and nothing but the report until the word for the way back is typed, or the passphrase.
pub(in crate::cli::plain) fn hand_over(session: &mut Session<'_>) -> Step<()> {
    let by_passphrase = session.can_lock();
    let back = if by_passphrase {
        session.say(&handing(
            "passphrase is typed, and then the passphrase itself, which is not shown",
        ))?;
        session.say("The journal is locked meanwhile.")?;
        if session.confirm("Hand it over now?")? == Reply::No {
            return session.say("Nothing was handed over.");
        }
        "passphrase".to_owned()
    } else {
        session.say(&handing("your word is typed"))?;
        let about = "Any word that you will remember. It brings the menu back, and it is not said again. skip leaves it.";
        session.ask_line(Asked::new("Which word is to bring you back?", about))?
    };
    if matches!(back.as_str(), "" | "skip" | "!" | "done") {
        return session.say("Nothing was handed over.");
    }
    let report = report_of(&session.journal, &ReportAsk::default(), &session.now());
    let sentences: Vec<String> = report::sentences(&report);
    let shut = if by_passphrase {
        Some(session.shut()?)
    } else {
        None
    };
    session.clear()?;
    let mut parts = sentences.chunks(PART);
    let mut is_next = true;
    loop {
        if is_next {
            match parts.next() {
                Some(part) => session.say_each(part)?,
                None => session.say("That was the report. ! says help lines.")?,
            }
        }
        let typed = session.listen_locked()?;
        if typed == back {
            let is_open = match &shut {
                Some(shut) => session.opened(shut)?,
                None => true,
            };
            if is_open {
                return session.say("The menu again.");
            }
        }
        if typed == "!" {
            say_help(session)?;
        }
        is_next = typed.is_empty() && parts.len() > 0;
    }
}

/// Help lines and red flags for anybody's ears.
pub(super) fn say_help(session: &mut Session<'_>) -> Step<()> {
    let code = session.journal.settings.country.as_deref();
    let page = HelpPage {
        country: code.and_then(|code| help().country(code)),
        remark: None,
        own: Vec::new(),
        eyes: Eyes::Anybody,
        dot: "",
    };
    let lines = page.lines().into_iter().map(|(line, _)| line);
    let said: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    session.say_each(said.iter().map(|line| line.trim()))
}
