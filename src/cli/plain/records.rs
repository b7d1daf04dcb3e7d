//! Records of every kind, one question a line: what it is about, then each field of the kind's row in the registry.

use super::form;
use super::form::RecordForm;
use super::session::{Asked, Reply, Session};
use super::talk::{Step, Stop, after};
use crate::domain::care::medication;
use crate::domain::entry::saved::TakeBack;
use crate::domain::entry::sleep;
use crate::domain::entry::sleep::{Choice, How};
use crate::domain::entry::unchanged::{NOTHING, is_unchanged};
use crate::domain::entry::{asked_once, calm_page, cautions, unusual, validate};
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::StockTracking;
use crate::domain::journal::taken_for;
use crate::domain::record::Record;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::record::state::IntakeState;
use crate::domain::safety::help_lines::{RedFlag, help};
use crate::domain::text::suggest::{Beginning, by_beginning};
use crate::domain::text::words;

/// How many things are named at once.
const PAGE: usize = 9;

/// Asks what to log, and logs it.
pub(super) fn log_something(session: &mut Session<'_>) -> Step<()> {
    session.before_writing()?;
    let stocked = session.journal.settings.stocked == StockTracking::On;
    let logged = || {
        let all = Kind::LOGGED.into_iter();
        // Stock and spending is off by default; purchases are offered only where it was switched on.
        all.filter(move |(kind, ..)| stocked || *kind != Kind::Purchase)
    };
    let words: Vec<&str> = logged().map(|(_, word, _)| word).collect();
    let question = format!("What? {}", words.join(", "));
    let meant: Vec<String> = logged()
        .map(|(_, word, means)| {
            if word == means {
                word.to_owned()
            } else {
                format!("{word}: {means}")
            }
        })
        .collect();
    let about = format!("What is to be noted. {}. skip leaves it.", meant.join("; "));
    loop {
        let word = session.ask_line(Asked::new(&question, &about))?;
        let mut known = logged();
        match known.find_map(|(kind, known, _)| Some((kind, after(known, &word)?))) {
            Some((kind, rest)) => {
                session.talk.put_back(rest);
                return log(session, kind);
            }
            None if matches!(word.trim(), "" | "skip" | "done") => return Ok(()),
            None => session.not_an_answer(&word, &words.join(", "))?,
        }
    }
}

/// Logs a record of `kind`.
pub(super) fn log(session: &mut Session<'_>, kind: Kind) -> Step<()> {
    session.before_writing()?;
    let mut draft = RecordDraft::new(session.new_id(), kind, session.today());
    let choices = validate::choices(&session.journal, kind, session.today());
    if kind == Kind::Intake && choices.is_empty() {
        return session.say("There is no medication yet. log, then medication, adds one.");
    }
    let about = match choices.len() {
        0 => None,
        1 => choices.first().map(|(code, _)| code.clone()),
        _ => match which_about(session, &choices)? {
            Some(code) => Some(code),
            None => return session.say("Nothing was saved."),
        },
    };
    draft = validate::prepared(&session.journal, draft, about);
    if kind == Kind::Intake {
        // The word that logs it says so already; the question still offers the others.
        draft = draft.with(key::STATE, IntakeState::Taken.code());
    }
    let first = validate::fields(&session.journal, &draft)
        .into_iter()
        .next();
    if first.is_some_and(|field| validate::counted(&session.journal, &draft, field).is_some()) {
        // The first question says it.
        session.forget_word();
    }
    fill_record(session, draft)
}

/// Which of `choices`, by number or by name.
fn which_about(session: &mut Session<'_>, choices: &[(String, String)]) -> Step<Option<String>> {
    let mut from = 0;
    loop {
        let shown = choices.iter().enumerate().skip(from).take(PAGE);
        let shown: Vec<String> = shown
            .map(|(at, (_, name))| format!("{}: {name}", at + 1))
            .collect();
        let more = if from + PAGE < choices.len() {
            ", or more"
        } else {
            ""
        };
        let question = format!("Which? {}. A number or a name{more}.", shown.join("; "));
        let about = "What it is about: its number, its name, or the beginning of a word of it. more says further ones; skip saves nothing.";
        let typed = session.ask_text(Asked::new(&question, about))?;
        let wanted = typed.trim().to_lowercase();
        if wanted.is_empty() {
            return Ok(None);
        }
        if wanted == "more" && !more.is_empty() {
            from += PAGE;
            continue;
        }
        let by_number = wanted
            .parse::<usize>()
            .ok()
            .and_then(|n| choices.get(n.checked_sub(1)?));
        let is_number = by_number.is_some();
        let chosen = match by_number {
            Some(row) => Beginning::One(row),
            None => by_beginning(choices, &typed),
        };
        match chosen {
            Beginning::One((code, name)) => {
                if is_number {
                    session.confirm_word(name);
                }
                return Ok(Some(code.clone()));
            }
            Beginning::Several(rows) => {
                let names: Vec<&str> = rows.iter().map(|(_, name)| name.as_str()).collect();
                let names = names.join(", ");
                session.not_an_answer(&typed, &format!("{names} begin so; which one"))?;
            }
            Beginning::None => session.not_an_answer(&typed, "a number or a name of the list")?,
        }
    }
}

/// Asks each field and saves.
pub(super) fn fill_record(session: &mut Session<'_>, draft: RecordDraft) -> Step<()> {
    session.before_writing()?;
    // What is changed was saved once: then its name is enough.
    let sentence = cautions::before_form(&session.journal, &draft, &session.now());
    let lines = match session.journal.record(draft.id) {
        Some(_) => 1,
        None => sentence.len(),
    };
    for line in sentence.iter().take(lines) {
        session.say(&words::sentence(line))?;
    }
    if draft.kind() == Some(Kind::Sign) {
        say_numbers(session, draft.about.as_deref())?;
    }
    let mut form = match session.kept_record(&draft)? {
        Some(kept) => RecordForm::going_on(kept, draft),
        None => RecordForm::new(draft),
    };
    loop {
        let Some(record) = form::fill(session, &mut form)? else {
            return session.say("Nothing was saved.");
        };
        match meant(session, &mut form, record) {
            Ok(record) => return save_record(session, &record),
            // The question before: what was answered stands in the form.
            Err(Stop::Back) => {}
            Err(stop) => return Err(stop),
        }
    }
}

/// Asks what it was taken for, once, after the first check-in.
pub(super) fn ask_once(session: &mut Session<'_>, before: &Journal) -> Step<()> {
    let (id, today) = (session.new_id(), session.today());
    // What was typed behind the check-in was meant for something else.
    let draft = asked_once::draft(before, &session.journal, id, today);
    let Some(mut draft) = draft.filter(|_| !session.talk.has_rest()) else {
        return Ok(());
    };
    let Some(name) = Kind::Baseline.field(key::TAKEN_FOR) else {
        return Ok(());
    };
    session.say(taken_for::ASKED_ONCE)?;
    let question = format!(
        "{} pain, anxiety, sleep, or your own words; skip leaves it.",
        taken_for::ASKS
    );
    loop {
        let typed = session.ask_line(Asked::new(&question, taken_for::ABOUT))?;
        let typed = typed.trim();
        if matches!(typed, "" | "skip" | "." | "done" | "none" | "no") {
            return Ok(());
        }
        // Somebody who goes on with the menu has skipped it.
        if (session.is_of_menu)(typed) {
            session.talk.put_back(typed);
            return Ok(());
        }
        // A number is a slip.
        if typed.parse::<u32>().is_ok() {
            session.not_an_answer(typed, "a symptom, your own words or skip")?;
            continue;
        }
        match validate::answered(&session.journal, &draft, name, typed, &session.now()) {
            Ok(answered) => {
                draft = answered;
                break;
            }
            Err(refusal) => session.say(&words::sentence(&refusal.sentence))?,
        }
    }
    let mut form = RecordForm::new(draft);
    match form::fill_from(session, &mut form, form::From::Second)? {
        Some(record) => save_record(session, &record),
        None => session.say("Nothing was saved."),
    }
}

/// The numbers to call about a sign: those that are answered at any time where it cannot wait, and where the others are.
fn say_numbers(session: &mut Session<'_>, sign: Option<&str>) -> Step<()> {
    let flag = sign.and_then(|sign| help().red_flag(sign));
    if flag.is_some_and(RedFlag::is_emergency)
        && let Some(numbers) = help().at_once_of(session.journal.settings.country.as_deref())
    {
        session.say(&numbers)?;
    }
    session.say("! has numbers to call and all signs.")
}

/// The record with the amount that is meant: one far from the usual is asked about.
fn meant(session: &mut Session<'_>, form: &mut RecordForm, mut record: Record) -> Step<Record> {
    while let Some(question) = unusual::question(&session.journal, &record) {
        let question = format!("{question} Enter keeps it, or type it anew.");
        let about = "yes, same or an empty line keeps what was typed; another number takes its place. back: the questions once more.";
        let typed = session.ask_text(Asked::new(&question, about))?;
        if matches!(typed.as_str(), "" | "y" | "yes" | "same") {
            break;
        }
        match form.amount_anew(session, &typed) {
            Ok(anew) => record = anew,
            Err(refusal) => session.say(&words::sentence(&refusal.sentence))?,
        }
    }
    Ok(record)
}

/// Saves a record; a stop that has a caution is asked about first.
pub(super) fn save_record(session: &mut Session<'_>, record: &Record) -> Step<()> {
    let now = session.now();
    let caution = medication::caution_on_stop(&session.journal, record);
    if let Some(caution) = &caution {
        session.say(caution)?;
        if session.confirm("Note the stop?")? == Reply::No {
            return session.say("It stays as it is.");
        }
    }
    let Some(how) = meant_sleep(session, record)? else {
        return session.say("Nothing was saved.");
    };
    let is_urge = record.kind == Kind::Urge;
    let sentence = sleep::saved_sentence(&session.journal, record, how, &now);
    let change = Change::Record(record.clone());
    let changes = sleep::changes(&session.journal, record, how);
    let sentence = if is_unchanged(&session.journal, &changes) {
        NOTHING.to_owned()
    } else {
        TakeBack::Word.after(&sentence)
    };
    let before = session.journal.clone();
    if session.write_all(&changes)?.is_some() {
        session.say(&sentence)?;
        if is_urge {
            session.say("A calm page is there if you like: calm.")?;
        }
        session.say_quiet(&before, &change, caution.as_deref())?;
    }
    Ok(())
}

/// What becomes of the sleeps of the day when `record` is one more, asked where it has to be; `None` where it is not to be saved.
pub(super) fn meant_sleep(session: &mut Session<'_>, record: &Record) -> Step<Option<How>> {
    let how = match sleep::choice(&session.journal, record) {
        Some(choice) => match sleep_is(session, &choice)? {
            Some(how) => how,
            None => return Ok(None),
        },
        None => How::More,
    };
    match sleep::long_day(&session.journal, std::slice::from_ref(record), how) {
        Err(refusal) => {
            session.say(&words::sentence(&refusal.sentence))?;
            return Ok(None);
        }
        Ok(Some(question)) if session.confirm(&question)? == Reply::No => return Ok(None),
        Ok(_) => {}
    }
    Ok(Some(how))
}

/// Whether a sleep is one more of its day, or stands in the place of what the day has; `None` where it is to be neither.
fn sleep_is(session: &mut Session<'_>, choice: &Choice) -> Step<Option<How>> {
    let question = format!("{} instead, more or skip.", choice.question());
    let about = format!(
        "instead: in the place of what the day has. more: {}. skip, or an empty line, saves nothing.",
        choice.more
    );
    loop {
        let typed = session.ask(Asked::new(&question, &about))?;
        match typed.to_lowercase().as_str() {
            "instead" | "i" => return Ok(Some(How::Instead)),
            "more" | "m" | "add" => return Ok(Some(How::More)),
            "skip" | "" | "." => return Ok(None),
            other => session.not_an_answer(other, "instead, more or skip")?,
        }
    }
}

/// The calm page, line by line.
pub(super) fn calm(session: &mut Session<'_>) -> Step<()> {
    for line in calm_page::lines(&session.journal, &session.now()) {
        session.say(&line)?;
    }
    Ok(())
}
