//! What is kept in place while the questions of a check-in are asked: something else beside the list, what stays on it, and
//! what rests.

use super::sitting;
use crate::cli::plain::questions::{Next, Questions};
use crate::cli::plain::session::{Asked, Session};
use crate::cli::plain::talk::Step;
use crate::domain::check_in::extra::{Hit, named};
use crate::domain::check_in::sitting::Field;
use crate::domain::check_in::symptom::Symptom;
use crate::domain::check_in::{CheckInDraft, Form};
use crate::domain::journal::change::{Change, Switch};
use crate::domain::journal::resting;
use crate::domain::journal::settings::{Setting, switched};
use crate::domain::text::words;

/// The symptom that is asked now.
fn symptom_here(questions: &Questions) -> Option<Symptom> {
    let row = questions.sitting.row(questions.at)?;
    Some(row.symptom.clone())
}

/// Asks for a symptom that is not on the list, then goes on where it was.
pub(super) fn something_else(
    session: &mut Session<'_>,
    questions: &mut Questions,
    typed: &str,
) -> Step<Next> {
    if questions.sitting.draft.form == Form::Brief {
        session.say("A brief check-in is one number; check-in (c) is the one with symptoms.")?;
        return Ok(Next::Ask);
    }
    let mut typed = typed.to_owned();
    if typed.is_empty() && session.talk.has_rest() {
        typed = session.talk.word();
    }
    if matches!(typed.as_str(), "body" | "mind") && session.talk.has_rest() {
        typed = format!("{typed} {}", session.talk.word());
    }
    if typed.is_empty() {
        typed = session.ask_text(Asked::new(
            "Something else? A few letters of it, or skip.",
            "A symptom that the list does not have; body NAME or mind NAME makes one of your own. It is asked this once; keep asks for it from now on.",
        ))?;
    }
    if typed.is_empty() {
        return Ok(Next::Ask);
    }
    match named(&typed, &questions.sitting.draft, &session.journal.symptoms) {
        Ok(hit) => ask_beside(session, questions, &[hit]),
        Err(sentence) => {
            session.say(&words::sentence(&sentence))?;
            // What follows was meant for a symptom that is not there.
            session.talk.drop_rest()?;
            Ok(Next::Ask)
        }
    }
}

/// Asks for these now, and goes on afterwards where it was.
fn ask_beside(session: &mut Session<'_>, questions: &mut Questions, hits: &[Hit]) -> Step<Next> {
    let here = questions.sitting.row(questions.at);
    let here = here.map(|row| row.symptom.code.clone());
    let mut draft = questions.sitting.draft.clone();
    let symptoms = &session.journal.symptoms;
    let codes: Vec<String> = hits
        .iter()
        .map(|hit| draft.ask_beside(hit, symptoms))
        .collect();
    session.keep(&draft)?;
    questions.sitting = sitting(session, draft);
    let place = |code: &str| questions.sitting.place(code);
    let back = here.as_deref().and_then(place);
    if let Some(at) = codes.first().and_then(|code| place(code)) {
        questions.returns_to = Some(back.unwrap_or(questions.at)).filter(|back| *back != at);
        questions.at = at;
    }
    Ok(Next::Ask)
}

/// Asks for an extra from now on, or this time only.
pub(super) fn keep_extra(session: &mut Session<'_>, questions: &mut Questions) -> Step<Next> {
    let Some(symptom) = symptom_here(questions) else {
        session.not_an_answer("keep", "a number, skip, note, back or done")?;
        return Ok(Next::Ask);
    };
    let name = &symptom.name;
    let line = match questions.sitting.draft.switch_extra(&symptom.code) {
        Some(true) => format!("{name} is asked from now on, once this is saved."),
        Some(false) => format!("{name} is asked this time only."),
        None => format!("{name} is on the list already."),
    };
    session.keep(&questions.sitting.draft)?;
    session.say(&line)?;
    Ok(Next::Ask)
}

/// Takes the symptom that is asked now off the list; its history stays.
pub(super) fn ask_no_longer(session: &mut Session<'_>, questions: &mut Questions) -> Step<Next> {
    let Some(symptom) = symptom_here(questions) else {
        session.not_an_answer("off", "a number, skip, note, back or done")?;
        return Ok(Next::Ask);
    };
    let mut draft = questions.sitting.draft.clone();
    draft.answers.remove(&symptom.code);
    draft.extras.retain(|extra| extra.code != symptom.code);
    if symptom.rated {
        let (symptom, to) = (symptom.key, Switch::Off);
        session.write_and_tell(&Change::SwitchSymptom { symptom, to })?;
    }
    go_on_with(session, questions, draft)
}

/// Lets the symptom that is asked now rest, or ends its rest.
pub(super) fn let_rest(session: &mut Session<'_>, questions: &mut Questions) -> Step<Next> {
    let Some(symptom) = symptom_here(questions) else {
        session.not_an_answer("rests", "a number, skip, note, back or done")?;
        return Ok(Next::Ask);
    };
    let draft = questions.sitting.draft.clone();
    let (codes, rests) = switched(&session.journal.settings.resting, &symptom.code);
    if rests && let Err(awake) = resting::may_rest(&session.journal, &symptom, draft.day) {
        session.say(&resting::refusal(&symptom, awake))?;
        return Ok(Next::Ask);
    }
    session.write_and_tell(&Change::Set(Setting::Resting(codes)))?;
    go_on_with(session, questions, draft)
}

/// Asks for what rests, in this check-in.
pub(super) fn show_resting(session: &mut Session<'_>, questions: &mut Questions) -> Step<Next> {
    let resting = questions.sitting.resting.iter().cloned();
    let hits: Vec<Hit> = resting.map(Hit::Symptom).collect();
    if hits.is_empty() {
        session.say("Nothing rests. rests lets a symptom rest that was 0 for 14 days.")?;
        return Ok(Next::Ask);
    }
    let here = questions.at;
    ask_beside(session, questions, &hits)?;
    // They stand among the others, so the questions go through all that are blank.
    questions.returns_to = None;
    if here == Field::Overall {
        questions.at = questions.sitting.first();
    }
    Ok(Next::Ask)
}

/// Goes on with `draft` where it was; the row that was asked may have gone.
fn go_on_with(
    session: &mut Session<'_>,
    questions: &mut Questions,
    draft: CheckInDraft,
) -> Step<Next> {
    session.keep(&draft)?;
    let at = questions.at;
    questions.sitting = sitting(session, draft);
    if let Field::Row(row) = at
        && row >= questions.sitting.rows.len()
    {
        questions.at = Field::Overall;
    }
    Ok(Next::Ask)
}
