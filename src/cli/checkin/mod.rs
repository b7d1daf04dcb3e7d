//! `ebb checkin`: a check-in by flags, by questions, or from a pipe.
//!
//! Invariant: everything is checked before anything is written. An error leaves no file and no change behind.

pub(super) mod answers;
pub(super) mod entry;
pub(super) mod symptom;

use super::failure::{Failure, Outcome, USAGE};
use super::log::measure;
use super::log::measure::SleepIs;
use super::output;
use super::output::editor;
use super::session::Session;
use crate::domain::care::something_good;
use crate::domain::check_in::sitting::Sitting;
use crate::domain::check_in::symptom::Severity;
use crate::domain::check_in::{Answer, Blank, CheckInDraft, Form, GOOD_TOP, Overall};
use crate::domain::entry::saved::TakeBack;
use crate::domain::entry::sitting_saved;
use crate::domain::entry::sitting_saved::Refused;
use crate::domain::journal::Journal;
use crate::domain::text::system_words::system_words;
use crate::domain::text::words;
use crate::domain::time::Moment;
use crate::domain::time::parse::Toward;
use crate::domain::trends::hours_offer;
use crate::domain::trends::hours_offer::OFFER_IN_SHELL;
use answers::{Answers, Wish};
use std::io::BufRead;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb checkin                                   asks, one line each
  ebb checkin --set nausea=2 --set anxiety=1    notes two ratings
  ebb checkin --overall 6 --note \"slept a bit\"  a brief one
  echo \"2 3 . 0 same done\" | ebb checkin        answers in order; . leaves blank
  echo \"+ chills 2 done\" | ebb checkin          one that the list does not have")]
pub(super) struct Args {
    /// When it was: 08:15, "yesterday 22:00", 2026-11-22, 2h ago
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    at: Option<String>,
    /// 0 none to 4 very severe, . for blank; `ebb symptom list` names them
    #[arg(long, value_name = "SYMPTOM=0..4")]
    set: Vec<String>,
    /// How hard the day is overall
    #[arg(long, value_name = "0..10", allow_negative_numbers = true)]
    overall: Option<String>,
    /// Whether the day had something good, 0 none to 4 a lot
    #[arg(long, value_name = "0..4", allow_negative_numbers = true)]
    good: Option<String>,
    /// Hours slept, naps added: 7, 7.5 or 7:30
    #[arg(long, value_name = "HOURS")]
    sleep: Option<String>,
    #[command(flatten)]
    sleep_is: SleepIs,
    /// Without a question about a day with very much sleep
    #[arg(long)]
    yes: bool,
    /// A note; - reads it from stdin
    #[arg(long, value_name = "TEXT|-", allow_hyphen_values = true)]
    note: Option<String>,
    /// Write the note in your editor ($VISUAL or $EDITOR)
    #[arg(long, conflicts_with = "note")]
    editor: bool,
}

impl Args {
    /// Whether there are no answers among the flags, so that everything is asked.
    fn asks(&self) -> bool {
        self.set.is_empty()
            && self.overall.is_none()
            && self.good.is_none()
            && self.sleep.is_none()
            && self.note.is_none()
            && !self.editor
    }
}

/// How many days are read for "as last time" and the day's check-ins: not all of them, to start quickly.
const LOOK_BACK_DAYS: u64 = 60;

pub(super) fn run(args: &Args, session: &mut Session) -> Outcome {
    session.refuse_read_only()?;
    let store = session.open_if_there()?;
    let today = session.now.at.date_naive();
    let since = today.checked_sub_days(chrono::Days::new(LOOK_BACK_DAYS));
    let journal = match &store {
        Some(store) => store.load(since)?,
        None => Journal::default(),
    };
    let moment = moment(args.at.as_deref(), session, &journal)?;
    let id = session.ids.next(session.now.at);
    let form = if args.asks() { Form::Full } else { Form::Brief };
    let draft = CheckInDraft::new(id, form, moment.day);
    let mut sitting = journal.sitting(draft, moment.at_utc);
    if args.asks() {
        sitting = ask(&journal, sitting, moment.at_utc)?;
    } else {
        let (blank, rated) = by_answer(&args.set);
        let draft = &mut sitting.draft;
        fill(rated.into_iter(), args.overall.as_deref(), &journal, draft)?;
        leave_blank(&blank, &journal, &mut sitting)?;
        let draft = &mut sitting.draft;
        let note = note_of(args.note.as_deref(), args.editor, "")?;
        draft.note = note.unwrap_or_default();
        draft.good = good(args.good.as_deref())?;
        draft.sleep = args.sleep.clone().unwrap_or_default();
    }
    let refused = |refused: Refused| Failure::usage(refused.to_string());
    let slept = sitting_saved::slept(&journal, &sitting, &moment).map_err(refused)?;
    let how = measure::sleep_is(&args.sleep_is, &journal, slept.as_slice())?;
    measure::sure_of_long_day(args.yes, &journal, slept.as_slice(), how)?;
    let mut changes = sitting_saved::changes(&journal, &sitting, &moment, how).map_err(refused)?;
    let saved = sitting_saved::notice(&journal, &changes, &session.now, TakeBack::Verb);
    let offer = hours_offer::beside(&journal, &changes);
    let has_offer = offer.is_some();
    changes.extend(offer);
    // Only now is a missing journal created: a refused check-in leaves no file behind.
    let mut store = match store {
        Some(store) => store,
        None => session.create()?,
    };
    session.write(&mut store, &journal, &changes)?;
    output::say(&saved);
    if has_offer {
        output::say(OFFER_IN_SHELL);
    }
    if let Some(after) = Session::read_back(&store, since) {
        super::log::say_quiet((&journal, &after), &changes, &session.now);
    }
    Ok(())
}

/// The moment and the logical day of the check-in. A day alone counts for that very day.
fn moment(at: Option<&str>, session: &Session, journal: &Journal) -> Outcome<Moment> {
    let day_end = journal.settings.day_end;
    let Some(text) = at else {
        return Ok(Moment::written(session.now.at, &session.now, day_end));
    };
    let when = session.when(text, day_end, Toward::Past)?;
    session.confirm_past(&when, day_end)?;
    Ok(match when.day {
        Some(day) => Moment::on_day(day, when.at, &session.now, day_end).without_its_time(),
        None => Moment::written(when.at, &session.now, day_end),
    })
}

/// Fills ratings and the overall of `draft` from the flags.
fn fill<'a>(
    set: impl Iterator<Item = &'a String>,
    overall: Option<&str>,
    journal: &Journal,
    draft: &mut CheckInDraft,
) -> Outcome {
    for pair in set {
        let (code, severity) = rating(pair, journal)?;
        let answer = Answer {
            severity,
            copied: false,
        };
        if draft.answers.insert(code.clone(), answer).is_some() {
            return Err(Failure::usage(format!(
                "{code} was given twice, so nothing was saved"
            )));
        }
    }
    if let Some(text) = overall {
        let overall = text.trim().parse().ok().and_then(Overall::new);
        draft.overall = Some(overall.ok_or_else(|| {
            Failure::usage(format!(
                "--overall {text}: the overall is a number from 0 to 10; nothing was saved"
            ))
        })?);
    }
    Ok(())
}

/// The pairs that leave a symptom blank, then those that rate one. A dot blanks, as it does while rating.
fn by_answer(set: &[String]) -> (Vec<&String>, Vec<&String>) {
    set.iter().partition(|pair| {
        let value = pair.split_once('=').map(|(_, value)| value.trim());
        matches!(value, Some("" | "."))
    })
}

/// Asks for these symptoms and leaves them blank: asked is something else than not asked.
fn leave_blank(pairs: &[&String], journal: &Journal, sitting: &mut Sitting) -> Outcome {
    for pair in pairs {
        let name = pair.split('=').next().unwrap_or_default();
        let symptom = symptom::meant(name, &journal.symptoms)?;
        let code = &symptom.code;
        if sitting.draft.answers.contains_key(code) || !sitting.ask_blank(symptom) {
            return Err(Failure::usage(format!(
                "{code} was given twice, so nothing was saved"
            )));
        }
    }
    Ok(())
}

/// Reads `--good`.
fn good(typed: Option<&str>) -> Outcome<Option<u8>> {
    let Some(text) = typed else { return Ok(None) };
    let number = text.trim().parse().ok();
    let number = number.filter(|number| *number <= GOOD_TOP);
    number.map(Some).ok_or_else(|| {
        Failure::usage(format!(
            "--good {text}: it is {}; nothing was saved",
            something_good::scale()
        ))
    })
}

/// The note that was given: as text, from stdin, or as the editor leaves `before`. `None` if none was.
fn note_of(note: Option<&str>, with_editor: bool, before: &str) -> Outcome<Option<String>> {
    Ok(match note {
        Some("-") => Some(output::from_stdin()?),
        Some(note) => Some(note.to_owned()),
        None if with_editor => Some(editor::edited(before)?),
        None => None,
    })
}

/// Reads `nausea=3`.
fn rating(pair: &str, journal: &Journal) -> Outcome<(String, Severity)> {
    let (name, number) = pair.split_once('=').ok_or_else(|| {
        Failure::usage(format!(
            "--set {pair}: it takes a symptom and a number, as in --set nausea=2; nothing was saved"
        ))
    })?;
    let symptom = symptom::meant(name, &journal.symptoms)?;
    let severity = number.trim().parse().ok().and_then(Severity::new);
    let severity = severity.ok_or_else(|| {
        Failure::usage(format!(
            "--set {pair}: a rating is 0 none, 1 mild, 2 moderate, 3 severe or 4 very severe; nothing was saved"
        ))
    })?;
    Ok((symptom.code.clone(), severity))
}

/// Asks on a terminal; reads lines of answers from a pipe. The end of input is `done`.
fn ask(journal: &Journal, sitting: Sitting, at_utc: i64) -> Outcome<Sitting> {
    let day = sitting.draft.day;
    let mut answers = Answers::new(journal, sitting, at_utc);
    let can_ask = output::can_ask();
    if can_ask {
        output::say(&format!(
            "Check-in for {}. A number rates; . leaves blank; same, rest, back, done, quit; + asks for something else; ! help lines.",
            words::day(day)
        ));
    }
    let mut lines = std::io::stdin().lock();
    while answers.at.is_some() {
        if can_ask {
            output::prompt(&answers.question());
        }
        let mut line = String::new();
        let read = lines.read_line(&mut line).map_err(|error| {
            Failure::usage(format!(
                "the answers could not be read ({}); nothing was saved",
                system_words(&error)
            ))
        })?;
        if read == 0 {
            break;
        }
        match answers.take(&line) {
            Ok(Wish::Nothing) => {}
            Ok(Wish::HelpLines) => {
                output::say(&super::guide::helplines::listing(journal, None));
            }
            Ok(Wish::Leave) => {
                output::say("Nothing was saved.");
                return Err(Failure::quiet(super::failure::NO));
            }
            Err(slip) if can_ask => output::say(&slip),
            // In a pipe nobody can correct a word, and going on would shift all later answers.
            Err(slip) => return Err(Failure::usage(format!("{slip}; nothing was saved"))),
        }
    }
    if answers.sitting.draft.is_blank() {
        return Err(Failure::new(USAGE, Blank.to_string()));
    }
    Ok(answers.sitting)
}
