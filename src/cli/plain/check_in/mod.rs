//! The check-in as questions: full, brief, for past days, and editing.
//!
//! Invariant: a blank stays blank; after a word that is no answer the rest of its line is let go, so that no number ever
//! lands on another symptom than the one it was typed for.

mod beside;

use crate::cli::plain::questions::{
    Next, Questions, content, good_question, overall_question, row_question, sleep_question,
};
use crate::cli::plain::records;
use crate::cli::plain::session::{Asked, Session};
use crate::cli::plain::talk::{Step, Stop};
use crate::domain::check_in::sitting::{Field, Sitting};
use crate::domain::check_in::{CheckInDraft, Form, Overall};
use crate::domain::entry::after_save;
use crate::domain::entry::saved::TakeBack;
use crate::domain::entry::sitting_saved;
use crate::domain::entry::sleep::How;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::journal::resting;
use crate::domain::safety::passphrase_offer;
use crate::domain::text::words;
use crate::domain::trends::hours_offer;
use crate::domain::trends::hours_offer::OFFER_IN_WORDS;
use chrono::NaiveDate;

pub(super) const GONE: &str = "That check-in is not there any more.";

/// A check-in for `day`, today when `None`: goes on with that day's draft, asks once about an older one.
pub(super) fn page(session: &mut Session<'_>, form: Form, day: Option<NaiveDate>) -> Step<()> {
    session.before_writing()?;
    let draft = draft_for(session, form, day)?;
    sit(session, draft).map(|_| ())
}

/// Changes the check-in with this id; a kept draft of that change is gone on with.
pub(super) fn edit(session: &mut Session<'_>, id: EntryId) -> Step<()> {
    session.before_writing()?;
    let kept = session.store.drafts()?;
    match session.journal.edit_of(id, &kept) {
        Some(draft) => sit(session, draft).map(|_| ()),
        None => session.say(GONE),
    }
}

/// The draft to answer: the one kept for `day`, an older one that the person wants to go on with, or a new one.
fn draft_for(session: &mut Session<'_>, form: Form, day: Option<NaiveDate>) -> Step<CheckInDraft> {
    let today = session.today();
    let day = day.unwrap_or(today);
    let drafts = session.store.drafts()?;
    if let Some(draft) = CheckInDraft::kept_for(&drafts, form, day) {
        session.say(&format!(
            "Going on with the draft for {}: {}.",
            words::day(draft.day),
            content(&draft)
        ))?;
        return Ok(draft);
    }
    let older = CheckInDraft::older(&drafts, form, day)
        // A draft that the person left once is not asked about again in this conversation.
        .find(|draft| !session.left_drafts.contains(&draft.id))
        .cloned();
    if let Some(older) = older {
        let question = format!(
            "There is a draft for {}, {}: {}. go on with it, save it, drop it, or leave it?",
            words::day(older.day),
            words::relative_day(older.day, today),
            content(&older)
        );
        let about = "go answers on where you stopped, save saves it as it is, drop deletes it, leave keeps it for later.";
        loop {
            match session
                .ask(Asked::new(&question, about))?
                .to_lowercase()
                .as_str()
            {
                "go" | "on" | "yes" | "y" => return Ok(older),
                "save" => {
                    let sitting = sitting(session, older);
                    save(session, &sitting)?;
                }
                "drop" => {
                    session.drop_draft(older.id)?;
                    session.say("Draft dropped.")?;
                }
                "leave" | "skip" | "no" | "n" | "" => session.left_drafts.push(older.id),
                other => {
                    session.not_an_answer(other, "go, save, drop or leave")?;
                    continue;
                }
            }
            break;
        }
    }
    Ok(CheckInDraft::new(session.new_id(), form, day))
}

/// Asks until the check-in is saved or left, or the input ends. The day that a saved one counts for; `None` when it was left.
fn sit(session: &mut Session<'_>, draft: CheckInDraft) -> Step<Option<NaiveDate>> {
    let sitting = sitting(session, draft);
    let mut questions = Questions {
        at: sitting.first(),
        sitting,
        returns_to: None,
        answers: Vec::new(),
    };
    introduce(session, &questions.sitting)?;
    loop {
        say_answers(session, &mut questions)?;
        let step = match questions.at {
            Field::Row(_) | Field::Good | Field::Overall => ask_number(session, &mut questions),
            Field::Sleep => ask_sleep(session, &mut questions),
            Field::Note => ask_note(session, &mut questions),
        };
        match step {
            Ok(Next::Ask) => {}
            Ok(Next::Save) => {
                // The saved line counts the answers, so they are not repeated one by one.
                questions.answers.clear();
                if let Some(day) = save(session, &questions.sitting)? {
                    return Ok(Some(day));
                }
            }
            // Back from the first question leaves the check-in.
            Err(Stop::Back) => match questions.before() {
                Some(before) => {
                    questions.returns_to = None;
                    questions.at = before;
                }
                None => return leave(session, &questions.sitting.draft).map(|()| None),
            },
            Err(Stop::Quit) => {
                leave(session, &questions.sitting.draft)?;
                return Err(Stop::Quit);
            }
            Err(other) => return Err(other),
        }
    }
}

/// Which check-in this is, and once the words that answer it.
fn introduce(session: &mut Session<'_>, sitting: &Sitting) -> Step<()> {
    let draft = &sitting.draft;
    let title = draft.title();
    let number = session.journal.attempts.day_number(draft.day);
    let number = number.map_or_else(String::new, |day| {
        format!(", day {}", session.manner.counted(day))
    });
    session.say(&format!("{title} for {}{number}.", words::day(draft.day)))?;
    if draft.form == Form::Full && !session.talk.has_rest() {
        session.say("0 none, 1 mild, 2 moderate, 3 severe, 4 very severe. skip (.) leaves blank, same (=) is as last time, rest (A) the rest as last time, overall (o), note (n), day (D), something else (+), done saves. One line takes many answers.")?;
    }
    if !sitting.resting.is_empty() {
        let count = resting::count_line(sitting.resting.len());
        session.say(&format!("{count}; resting (R) asks for them now."))?;
    }
    Ok(())
}

/// Repeats the answers of a line with several, so that a slip is heard.
fn say_answers(session: &mut Session<'_>, questions: &mut Questions) -> Step<()> {
    if session.talk.has_rest() {
        return Ok(());
    }
    let answers = std::mem::take(&mut questions.answers);
    if answers.len() > 1 {
        session.say(&format!("Taken: {}.", answers.join(", ")))?;
    }
    Ok(())
}

/// A number that is spelt out: who speaks to the machine gets words.
fn spelt_number(word: &str) -> Option<u8> {
    const NUMBERS: [&str; 11] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let word = word.to_lowercase();
    let at = NUMBERS.iter().position(|number| *number == word)?;
    u8::try_from(at).ok()
}

/// A symptom or the overall.
fn ask_number(session: &mut Session<'_>, questions: &mut Questions) -> Step<Next> {
    let is_first = questions.before().is_none();
    let (sitting, at) = (&mut questions.sitting, questions.at);
    let about = sitting.row(at).map(|row| row.symptom.description());
    let (name, question, wanted) = match sitting.row(at) {
        Some(row) => (
            row.symptom.name.clone(),
            row_question(sitting, row),
            "0 to 4, skip, same, back or done",
        ),
        None if at == Field::Good => (
            "something good".to_owned(),
            good_question(sitting),
            "0 to 4, skip, back or done",
        ),
        None => (
            "overall".to_owned(),
            overall_question(sitting, session.today()),
            "0 to 10, skip, note, back or done",
        ),
    };
    let explained = if at == Field::Good {
        GOOD.to_owned()
    } else {
        explained(&name, about, is_first)
    };
    let word = session.ask(Asked::new(&question, &explained))?;
    let answer = match (word.as_str(), about) {
        ("." | "skip", _) => {
            sitting.blank(at);
            "blank".to_owned()
        }
        // An empty line goes on and leaves the answer as it is, as in every form.
        ("", _) => return Ok(questions.go_on()),
        ("=" | "same", _) => match sitting.same(at) {
            Ok(severity) => format!("{} as last time", severity.number()),
            Err(refusal) => {
                session.say(&refusal.to_string())?;
                // The next answers of the line were meant for the symptoms after this one.
                session.talk.drop_rest()?;
                return Ok(Next::Ask);
            }
        },
        ("what", Some(about)) => {
            let own = "your own symptom.";
            let about = if about.is_empty() { own } else { about };
            session.say(&format!("{name}: {about}"))?;
            return Ok(Next::Ask);
        }
        ("A" | "rest", Some(_)) => {
            let rest = sitting.rest(at);
            session.keep(&sitting.draft)?;
            questions.at = Field::Overall;
            session.say(&rest.to_string())?;
            return Ok(Next::Ask);
        }
        (word, _) => {
            // `t` is ten here as in the full screen, where one key is one number.
            let is_ten = word == "t" && at == Field::Overall;
            let number = word.parse().ok().or_else(|| spelt_number(word));
            match number.or(is_ten.then_some(Overall::TOP)) {
                Some(number) if sitting.rate(at, number) => number.to_string(),
                _ => return other_word(session, questions, word, wanted),
            }
        }
    };
    session.keep(&sitting.draft)?;
    // Several answers of a line are repeated together, when the line is at its end.
    let is_alone = !session.talk.has_rest() && questions.answers.is_empty();
    if let Some(chosen) = sitting
        .row(at)
        .and_then(|row| sitting.answer(row))
        .filter(|_| is_alone)
    {
        let severity = chosen.severity;
        session.confirm_word(&format!("{} {}", severity.number(), severity.word()));
    }
    questions.answers.push(format!("{name} {answer}"));
    Ok(questions.go_on())
}

/// The hours slept.
fn ask_sleep(session: &mut Session<'_>, questions: &mut Questions) -> Step<Next> {
    let draft = &questions.sitting.draft;
    let question = sleep_question(&session.journal, draft);
    let word = session.ask(Asked::new(&question, SLEEP))?;
    match word.as_str() {
        "" => return Ok(questions.go_on()),
        "." | "skip" => questions.sitting.blank(Field::Sleep),
        typed if typed.starts_with(|sign: char| sign.is_ascii_digit()) => {
            let mut sitting = questions.sitting.clone();
            typed.clone_into(&mut sitting.draft.sleep);
            let moment = session.journal.moment_of(&sitting.draft, &session.now());
            if let Err(refused) = sitting_saved::slept(&session.journal, &sitting, &moment) {
                session.say(&words::sentence(&refused.to_string()))?;
                session.talk.drop_rest()?;
                return Ok(Next::Ask);
            }
            questions.sitting = sitting;
            questions.answers.push(format!("hours slept {typed}"));
        }
        other => return other_word(session, questions, other, "hours, skip, note, back or done"),
    }
    session.keep(&questions.sitting.draft)?;
    Ok(questions.go_on())
}

/// What is asked, and what answers it.
fn explained(name: &str, about: Option<&str>, is_first: bool) -> String {
    let back = match (is_first, about) {
        (true, _) => "back leaves the check-in",
        (false, Some(_)) => "back the one before",
        (false, None) => "back is the symptom before",
    };
    match about {
        Some(about) => format!(
            "{name}: {about} 0 none, 1 mild, 2 moderate, 3 severe, 4 very severe. skip (.) leaves it blank, same (=) is as last time, rest (A) the rest as last time, {back}, overall (o), note (n), day (D), done saves. + with a few letters asks for something else, keep (k) asks for that from now on; off asks no longer, rests (r) lets it rest.",
        ),
        None => format!(
            "How hard the day is as a whole: 0 not hard, 10 the hardest. skip leaves it blank, note (n) adds words, {back}, done saves."
        ),
    }
}

const GOOD: &str = "Whether the day had something good in it; more is better, and it is in no index. skip leaves it blank, back is the symptom before, done saves.";

const SLEEP: &str = "How long you slept in the night before this day, naps added. Where the day has some already, saving asks. skip leaves it, back is the overall, done saves.";

const NOTE: &str = "Words about the day, as you like. They stay in your journal. An empty line ends them, done saves the check-in.";

/// A note is one line when it follows other words, else lines until an empty one.
fn ask_note(session: &mut Session<'_>, questions: &mut Questions) -> Step<Next> {
    let is_on_the_same_line = session.talk.has_rest();
    let draft = &mut questions.sitting.draft;
    let has_note = !draft.note.trim().is_empty();
    let question = if has_note {
        let note = draft.note.clone();
        if !is_on_the_same_line {
            session.say(&format!("The note so far: {note}"))?;
        }
        "Note? New lines take its place, an empty line ends it, skip leaves it, clear empties it."
    } else {
        "Note? Lines until an empty one; done saves the check-in."
    };
    let mut lines: Vec<String> = Vec::new();
    loop {
        let line = session.ask_line(Asked::new(
            if lines.is_empty() { question } else { "" },
            NOTE,
        ))?;
        match (line.as_str(), lines.is_empty()) {
            ("done", _) => return Ok(Next::Save),
            ("" | "skip" | ".", _) => break,
            ("clear", true) if has_note => {
                draft.note.clear();
                session.keep(draft)?;
                session.say("The note is empty now.")?;
                return Ok(Next::Ask);
            }
            // Only as the first line: later on it is a word of the note.
            ("day" | "D", true) => return other_word(session, questions, &line, ""),
            _ => {}
        }
        lines.push(line);
        draft.note = lines.join("\n");
        session.keep(draft)?;
        if is_on_the_same_line {
            break;
        }
    }
    Ok(questions.go_on())
}

/// Words that lead elsewhere on the form.
fn other_word(
    session: &mut Session<'_>,
    questions: &mut Questions,
    word: &str,
    wanted: &str,
) -> Step<Next> {
    match word {
        "done" | "save" => return Ok(Next::Save),
        "o" | "overall" => questions.at = Field::Overall,
        "keep" | "k" => return beside::keep_extra(session, questions),
        "off" => return beside::ask_no_longer(session, questions),
        "rests" | "r" => return beside::let_rest(session, questions),
        "resting" | "R" => return beside::show_resting(session, questions),
        "n" | "note" => {
            questions.returns_to = Some(questions.at);
            questions.at = Field::Note;
        }
        "D" | "day" => {
            let today = words::day(questions.sitting.draft.day);
            let question =
                format!("Which day does it count for? It is {today} now; skip leaves it.");
            match session.ask_day(&question) {
                Ok(Some(day)) => {
                    let mut draft = questions.sitting.draft.clone();
                    draft.count_for(day);
                    session.keep(&draft)?;
                    // Another day has other last answers, so the rows are made anew.
                    questions.sitting = sitting(session, draft);
                    session.say(&format!("It counts for {}.", words::day(day)))?;
                }
                // Back from the day leads to the question that it interrupted, not out of the check-in.
                Ok(None) | Err(Stop::Back) => {}
                Err(other) => return Err(other),
            }
        }
        other => match other.strip_prefix('+') {
            Some(typed) => return beside::something_else(session, questions, typed),
            None => session.not_an_answer(other, wanted)?,
        },
    }
    Ok(Next::Ask)
}

/// Ends the questions without saving. A draft with nothing in it goes, so that nobody is asked about it later.
fn leave(session: &mut Session<'_>, draft: &CheckInDraft) -> Step<()> {
    if draft.is_blank() {
        session.drop_draft(draft.id)?;
        return session.say("Nothing was filled in, nothing is kept.");
    }
    if session.is_unkept(draft.id) {
        return session.say("Not saved, and the draft is not on the disk: quit asks about it.");
    }
    session.say("Draft kept, not saved. check-in (c) goes on with it.")
}

/// Saves `sitting`; the day it counts for, `None` when it could not be saved.
fn save(session: &mut Session<'_>, sitting: &Sitting) -> Step<Option<NaiveDate>> {
    let (now, draft) = (session.now(), &sitting.draft);
    let moment = session.journal.moment_of(draft, &now);
    let day = moment.day;
    let how = match sitting_saved::slept(&session.journal, sitting, &moment) {
        Ok(Some(slept)) => {
            let Some(how) = records::meant_sleep(session, &slept)? else {
                session.say("Nothing was saved.")?;
                return Ok(None);
            };
            how
        }
        _ => How::More,
    };
    let mut changes = match sitting_saved::changes(&session.journal, sitting, &moment, how) {
        Ok(changes) => changes,
        Err(refused) => {
            session.say(&words::sentence(&refused.to_string()))?;
            session.talk.drop_rest()?;
            return Ok(None);
        }
    };
    let before = session.journal.clone();
    let saved = sitting_saved::notice(&before, &changes, &now, TakeBack::Word);
    let offer = hours_offer::beside(&before, &changes);
    let has_offer = offer.is_some();
    changes.extend(offer);
    // The store said already why it could not save; this says what is safe.
    if session.write_all(&changes)?.is_none() {
        session.say(if session.is_unkept(draft.id) {
            "What you answered was not saved and is still here; done tries again, quit asks about it."
        } else {
            "What you answered was not saved and is still here; done tries again, quit keeps it as a draft."
        })?;
        return Ok(None);
    }
    session.say(&saved)?;
    if has_offer {
        session.say(OFFER_IN_WORDS)?;
    }
    for change in &changes {
        session.say_quiet(&before, change, None)?;
    }
    offer_passphrase(session, &before, &changes)?;
    records::ask_once(session, &before)?;
    Ok(Some(day))
}

/// Offers a passphrase, once, where no quiet line was said about these changes.
fn offer_passphrase(session: &mut Session<'_>, before: &Journal, changes: &[Change]) -> Step<()> {
    let now = session.now();
    let journal = &session.journal;
    if after_save::calm_line((before, journal), changes, &now).is_some() {
        return Ok(());
    }
    let is_due = |made| passphrase_offer::is_due(journal, changes, made, &now);
    if session.store.offers_passphrase(is_due) {
        return session.say(passphrase_offer::OFFER_IN_WORDS);
    }
    Ok(())
}

fn sitting(session: &Session<'_>, draft: CheckInDraft) -> Sitting {
    let at_utc = session.journal.moment_of(&draft, &session.now()).at_utc;
    session.journal.sitting(draft, at_utc)
}

/// Asks whether the check-in may be put away, and does it.
pub(super) fn delete(session: &mut Session<'_>, id: EntryId) -> Step<()> {
    let Some(check_in) = session.journal.check_in(id) else {
        return session.say(GONE);
    };
    let moment = &check_in.moment;
    let (day, time) = (words::day(moment.day), session.manner.time_of(moment));
    let question = format!("Delete the check-in of {day}, {time}?");
    session.delete(&question, &Change::DeleteCheckIn(id))
}
