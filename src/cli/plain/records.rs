//! Records of every kind, one question a line: what it is about, then each field of the kind's row in the registry.

use super::session::{Reply, Session};
use super::talk::{Step, after};
use crate::domain::care::medication;
use crate::domain::dose::{day_without, product};
use crate::domain::entry::saved::TakeBack;
use crate::domain::entry::sleep;
use crate::domain::entry::sleep::{Choice, How};
use crate::domain::entry::{calm_page, cautions, validate};
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::StockTracking;
use crate::domain::record::Record;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::field::{Ask, Field, Need};
use crate::domain::record::key;
use crate::domain::record::kind::{Kind, Timing};
use crate::domain::record::state::IntakeState;
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
    loop {
        let word = session.ask_line(&question)?;
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
        let typed = session.ask_text(&question)?;
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
        let by_name = || {
            choices
                .iter()
                .find(|(code, name)| *code == wanted || name.to_lowercase().starts_with(&wanted))
        };
        // A part of a name is enough where it is in one alone.
        let by_part = || {
            let mut found = choices.iter().filter(|(code, name)| {
                code.contains(&wanted) || name.to_lowercase().contains(&wanted)
            });
            found.next().filter(|_| found.next().is_none())
        };
        match by_number.or_else(by_name).or_else(by_part) {
            Some((code, _)) => return Ok(Some(code.clone())),
            None => session.not_an_answer(&typed, "a number or a name of the list")?,
        }
    }
}

/// Asks each field and saves.
pub(super) fn fill_record(session: &mut Session<'_>, mut draft: RecordDraft) -> Step<()> {
    session.before_writing()?;
    let asked = validate::fields(&session.journal, &draft);
    let begun_with = draft.texts.clone();
    // What is changed was saved once: then its name is enough.
    let sentence = cautions::before_form(&session.journal, &draft, &session.now());
    let lines = match session.journal.record(draft.id) {
        Some(_) => 1,
        None => sentence.len(),
    };
    for line in sentence.iter().take(lines) {
        session.say(&words::sentence(line))?;
    }
    let timing = draft.kind().map(|kind| kind.facts().timing);
    // Of a visit the moment comes first, because everything else hangs on it; of a log it comes last.
    if timing == Some(Timing::Planned) {
        fill_moment(session, &mut draft)?;
    }
    let mut is_whole = true;
    for field in asked {
        if !fill_field(session, field, &mut draft)? {
            is_whole = false;
            break;
        }
    }
    if is_whole && timing == Some(Timing::Moment) {
        fill_moment(session, &mut draft)?;
    }
    loop {
        let now = session.now();
        match validate::record(&session.journal, &draft, &now) {
            Ok(record) => return save_record(session, &record),
            Err(refusal) => {
                session.say(&words::sentence(&refusal.sentence))?;
                let kind = draft.kind();
                match kind.and_then(|kind| kind.field(refusal.field)) {
                    Some(field) => {
                        session.talk.drop_rest()?;
                        // What was refused is not offered again as `same`.
                        draft.texts.remove(field.code);
                        if let Some(before) = begun_with.get(field.code) {
                            draft = draft.with(field.code, before);
                        }
                        fill_field(session, field, &mut draft)?;
                    }
                    None => return session.say("Nothing was saved."),
                }
            }
        }
    }
}

/// Asks when it was, or will be; what stands there stays where nothing is typed.
fn fill_moment(session: &mut Session<'_>, draft: &mut RecordDraft) -> Step<()> {
    let same = match draft.when().as_str() {
        "" => " skip: now.".to_owned(),
        held => format!(" same is {held}."),
    };
    loop {
        let question = format!("When? 08:15, yesterday 22:00, 2026-11-24 10:00.{same}");
        let typed = session.ask_text(&question)?;
        if matches!(typed.trim(), "" | "same" | "none") {
            return Ok(());
        }
        match draft.put_when(&typed, &session.now(), session.journal.settings.day_end) {
            Ok(_) => return Ok(()),
            Err(why) => session.say(&words::sentence(&why.to_string()))?,
        }
    }
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
    let how = match sleep::choice(&session.journal, record) {
        Some(choice) => match sleep_is(session, &choice)? {
            Some(how) => how,
            None => return session.say("Nothing was saved."),
        },
        None => How::More,
    };
    match sleep::long_day(&session.journal, std::slice::from_ref(record), how) {
        Err(refusal) => {
            return session.say(&format!(
                "{} Nothing was saved.",
                words::sentence(&refusal.sentence)
            ));
        }
        Ok(Some(question)) if session.confirm(&question)? == Reply::No => {
            return session.say("Nothing was saved.");
        }
        Ok(_) => {}
    }
    let is_urge = record.kind == Kind::Urge;
    let sentence = sleep::saved_sentence(&session.journal, record, how, &now);
    let sentence = TakeBack::Word.after(&sentence);
    let change = Change::Record(record.clone());
    let changes = sleep::changes(&session.journal, record, how);
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

/// Whether a sleep is one more of its day, or stands in the place of what the day has; `None` where it is to be neither.
fn sleep_is(session: &mut Session<'_>, choice: &Choice) -> Step<Option<How>> {
    loop {
        let question = format!("{} instead, more or skip.", choice.question());
        let typed = session.ask(&question)?;
        match typed.trim().to_lowercase().as_str() {
            "instead" | "i" => return Ok(Some(How::Instead)),
            "more" | "m" | "add" => return Ok(Some(How::More)),
            "skip" | "" | "." => return Ok(None),
            other => session.not_an_answer(other, "instead, more or skip")?,
        }
    }
}

/// The line beside the amount of a dose; `None` for any other field.
fn amount_hint(session: &Session<'_>, field: &Field, draft: &RecordDraft) -> Option<String> {
    let is_amount = draft.kind() == Some(Kind::Dose) && field.code == key::AMOUNT;
    let code = draft.about.as_deref().filter(|_| is_amount)?;
    let product = product::by_code(&session.journal, code)?;
    Some(day_without::amount_hint(
        &session.journal,
        &product.unit,
        draft.day,
    ))
}

/// Asks one field; whether the person goes on to the next.
fn fill_field(session: &mut Session<'_>, field: &Field, draft: &mut RecordDraft) -> Step<bool> {
    let now = draft.text(field.code).to_owned();
    let held = if now.is_empty() {
        String::new()
    } else {
        let empties = match field.need {
            Need::Optional => ", none empties it",
            Need::Needed => "",
        };
        format!(" same is {now}{empties}.")
    };
    let skip = if field.need == Need::Optional {
        " skip, or done to save."
    } else {
        ""
    };
    // How a choice is made on a screen says nothing here.
    let about = match (field.codes(", "), amount_hint(session, field, draft)) {
        (_, Some(hint)) => hint,
        (codes, None) if codes.is_empty() => {
            words::sentence(&field.about.replace(" \u{2026}", " and so on"))
        }
        (codes, None) => format!("{codes}."),
    };
    let question = format!("{}? {about}{held}{skip}", field.label);
    loop {
        let typed = match field.ask {
            // Text takes the whole line; any other answer one word, so that a line can hold several.
            Ask::Line | Ask::Lines => session.ask_line(&question)?,
            _ => session.ask(&question)?,
        };
        let text = match typed.trim() {
            "done" => return Ok(false),
            "same" | "skip" | "." | "" if !now.is_empty() => return Ok(true),
            "skip" | "." | "" | "none" => {
                draft.texts.remove(field.code);
                return Ok(true);
            }
            text => text,
        };
        if matches!(field.ask, Ask::Choice(_)) && field.choice(text).is_none() {
            session.not_an_answer(text, &field.codes(", "))?;
            continue;
        }
        draft.texts.insert(field.code.to_owned(), text.to_owned());
        return Ok(true);
    }
}

/// The calm page, line by line.
pub(super) fn calm(session: &mut Session<'_>) -> Step<()> {
    for line in calm_page::lines(&session.journal, &session.now()) {
        session.say(&line)?;
    }
    Ok(())
}
