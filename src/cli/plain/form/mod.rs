//! Forms in plain mode, one question a line: the one walk through the fields of a record and of a plan.
//!
//! Invariant: every answer is checked where it is given, in the words of its question; an answer that was refused changes
//! nothing. `back` is the question before, and `?` explains the question that is asked.

mod drafts;
mod plan;
mod record;
#[cfg(test)]
mod tests;

pub(super) use plan::PlanForm;
pub(super) use record::RecordForm;

use super::session::{Asked, Session};
use super::talk::{Step, Stop};
use crate::domain::amount::number_and_unit;
use crate::domain::care::catalogue::CareList;
use crate::domain::record::draft::Refusal;
use crate::domain::record::field::{Ask, Field, Need};
use crate::domain::record::key;
use crate::domain::text::words;
use crate::domain::time::parse::{Toward, parse_day, parse_when};

/// Something that a form asks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Item {
    /// A field of the registry.
    Field(&'static Field),
    /// When it was, or will be: what is to come needs it.
    When(Toward),
}

impl Item {
    fn code(self) -> &'static str {
        match self {
            Self::Field(field) => field.code,
            Self::When(_) => key::WHEN,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Field(field) => field.label,
            Self::When(_) => "When",
        }
    }

    fn need(self) -> Need {
        match self {
            Self::Field(field) => field.need,
            Self::When(Toward::Future) => Need::Needed,
            Self::When(Toward::Past) => Need::Optional,
        }
    }

    /// Whether its answer is the whole line, in which nothing else is meant: words of the person's own, a day or a moment.
    fn is_whole_line(self) -> bool {
        match self {
            Self::When(_) => true,
            Self::Field(field) => matches!(field.ask, Ask::Line | Ask::Lines | Ask::Day(_)),
        }
    }

    /// How a day or a moment was understood: "Sun 22 Nov 2026 08:15, counts for Sun 22 Nov".
    fn reading(self, session: &Session<'_>, typed: &str) -> Option<String> {
        let (now, day_end) = (session.now(), session.journal.settings.day_end);
        match self {
            Self::When(toward) => {
                let when = parse_when(typed, &now, day_end, toward).ok()?;
                Some(when.reading(&now, day_end, toward))
            }
            Self::Field(field) => match field.ask {
                Ask::Day(toward) => parse_day(typed, &now, day_end, toward).ok().map(words::day),
                _ => None,
            },
        }
    }
}

/// A question of a form, before what stands in it is said.
pub(super) struct Words {
    /// "Amount of Leaf powder, in g".
    label: String,
    /// One sentence about it.
    about: String,
    /// What can be chosen, by number.
    choices: Vec<String>,
    /// What an empty answer means; empty where nothing is meant by it.
    empty: String,
}

/// What can be filled in, one answer after the other.
pub(super) trait Form {
    /// What a whole form makes.
    type Whole;

    /// What is asked, in order.
    fn items(&self, session: &Session<'_>) -> Vec<Item>;
    /// How `item` is asked for.
    fn words(&self, session: &Session<'_>, item: Item) -> Words;
    /// What stands in `item`, as a person reads it; empty where nothing does.
    fn held(&self, session: &Session<'_>, item: Item) -> String;
    /// Takes an answer, the empty one included; a sentence where it will not do, and then nothing is changed.
    fn answer(&mut self, session: &Session<'_>, item: Item, typed: &str) -> Result<(), String>;
    /// Lets go what stands in `item`, because the whole could not be made with it.
    fn forget(&mut self, item: Item);
    /// What the answers make, or the field that needs another look.
    fn whole(&self, session: &Session<'_>) -> Result<Self::Whole, Refusal>;
    /// Whether `done` ends the questions.
    fn ends_early(&self) -> bool;
    /// Keeps what was answered so far, where there can be a draft of it.
    fn keep(&self, session: &mut Session<'_>) -> Step<()>;
    /// Says what becomes of the answers when `stop` ends the questions.
    fn left(&self, session: &mut Session<'_>, stop: &Stop) -> Step<()>;
}

/// Where an answer leads.
enum Way {
    On,
    To(usize),
    End,
}

/// The question at which a form begins.
#[derive(Debug, Clone, Copy)]
pub(super) enum From {
    First,
    /// The first was answered before.
    Second,
    Last,
}

/// Asks until the form is whole; `None` where nothing that is asked could mend it.
pub(super) fn fill<F: Form>(session: &mut Session<'_>, form: &mut F) -> Step<Option<F::Whole>> {
    fill_from(session, form, From::First)
}

/// [`fill`] that begins at another question than the first one.
pub(super) fn fill_from<F: Form>(
    session: &mut Session<'_>,
    form: &mut F,
    from: From,
) -> Step<Option<F::Whole>> {
    let first = match from {
        From::First => 0,
        From::Second => 1,
        From::Last => form.items(session).len().saturating_sub(1),
    };
    let (mut at, mut mends) = (first, false);
    loop {
        // Read anew: an answer can bring questions that belong to it.
        let items = form.items(session);
        let Some(item) = items.get(at).copied() else {
            match form.whole(session) {
                Ok(whole) => return Ok(Some(whole)),
                Err(refusal) => {
                    session.say(&words::sentence(&refusal.sentence))?;
                    session.talk.drop_rest()?;
                    let wrong = items.iter().position(|item| item.code() == refusal.field);
                    let Some(wrong) = wrong.and_then(|at| Some((at, *items.get(at)?))) else {
                        return Ok(None);
                    };
                    // What was refused is not offered again as `same`.
                    form.forget(wrong.1);
                    (at, mends) = (wrong.0, true);
                    continue;
                }
            }
        };
        let asked = ask_item(session, form, &items, item);
        if matches!(asked, Ok(Way::On)) {
            form.keep(session)?;
        }
        match asked {
            // After what was refused only what is wrong is asked again.
            Ok(Way::On) if mends => at = items.len(),
            Ok(Way::On) => at += 1,
            Ok(Way::To(there)) => (at, mends) = (there, false),
            Ok(Way::End) => at = items.len(),
            Err(Stop::Back) if at > 0 => (at, mends) = (at - 1, false),
            Err(stop) => {
                // The output may be gone together with the input.
                form.left(session, &stop).ok();
                return Err(stop);
            }
        }
    }
}

fn ask_item<F: Form>(
    session: &mut Session<'_>,
    form: &mut F,
    items: &[Item],
    item: Item,
) -> Step<Way> {
    loop {
        let (question, about) = question(session, form, items, item);
        let asked = Asked::new(&question, &about);
        let typed = if item.is_whole_line() {
            session.ask_line(asked)?
        } else {
            session.ask(asked)?
        };
        let typed = match item {
            Item::Field(field) if field.ask == Ask::Amount && !has_unit(items) => {
                whole_amount(session, typed)
            }
            _ => typed,
        };
        let typed = typed.trim();
        let is_held = !form.held(session, item).is_empty();
        let answer = match typed {
            "done" if form.ends_early() => return Ok(Way::End),
            "same" | "skip" | "." | "" if is_held => return Ok(Way::On),
            "skip" | "." | "" | "none" => "",
            "same" => {
                session.not_an_answer(typed, "nothing stands here yet")?;
                continue;
            }
            typed => typed,
        };
        if let Some(there) = named(form, items, item, answer) {
            return Ok(Way::To(there));
        }
        match form.answer(session, item, answer) {
            Ok(()) => {
                confirm_number(session, form, item, answer);
                if let Some(reading) = item.reading(session, answer) {
                    session.say(&words::sentence(&format!("= {reading}")))?;
                }
                return Ok(Way::On);
            }
            Err(why) => {
                session.say(&words::sentence(&why))?;
                session.talk.drop_rest()?;
            }
        }
    }
}

/// Whether the unit has a question of its own.
fn has_unit(items: &[Item]) -> bool {
    items.iter().any(|item| item.code() == key::UNIT)
}

/// The amount with what belongs to it in the rest of the line: "3 mg" is one answer, "1 1/2" and "half a capsule" too. Left
/// behind, the unit would answer the next question, and 3 mg would be 3 g.
fn whole_amount(session: &mut Session<'_>, typed: String) -> String {
    let mut amount = typed;
    loop {
        let next = session.talk.word();
        let is_half = amount.eq_ignore_ascii_case("half");
        if is_half && matches!(next.as_str(), "a" | "an") {
            continue;
        }
        let is_bare = number_and_unit(&amount).1.is_empty();
        let is_fraction = next.contains('/') && amount.parse::<u32>().is_ok();
        let is_unit = CareList::built_in().unit_of(&next).is_some();
        if next.is_empty() || !is_bare || !(is_fraction || is_unit) {
            if !next.is_empty() {
                session.talk.put_back(&next);
            }
            return amount;
        }
        amount = format!("{amount} {next}");
    }
}

/// A number that chose something is said back as its word, before the next question.
fn confirm_number<F: Form>(session: &mut Session<'_>, form: &F, item: Item, answer: &str) {
    let is_number = !answer.is_empty() && answer.bytes().all(|b| b.is_ascii_digit());
    if is_number && !form.words(session, item).choices.is_empty() {
        let held = form.held(session, item);
        session.confirm_word(&held);
    }
}

/// The place of the question whose name was typed, where the answers of a form hang together.
fn named<F: Form>(form: &F, items: &[Item], asked: Item, typed: &str) -> Option<usize> {
    if form.ends_early() {
        return None;
    }
    let is_it = |item: &Item| item.label().eq_ignore_ascii_case(typed);
    items.iter().position(is_it).filter(|_| !is_it(&asked))
}

/// The question, and what `?` says about it.
fn question<F: Form>(
    session: &Session<'_>,
    form: &F,
    items: &[Item],
    item: Item,
) -> (String, String) {
    let asked = form.words(session, item);
    let choices = match asked.choices.len() {
        0 => String::new(),
        _ => format!(" {}.", numbered(&asked.choices)),
    };
    let held = form.held(session, item);
    let can_be_empty = item.need() == Need::Optional;
    let empties = match (can_be_empty, asked.empty.as_str()) {
        (false, _) => String::new(),
        (true, "") => ", none empties it".to_owned(),
        (true, empty) => format!("; none: {empty}"),
    };
    let end = match (held.as_str(), can_be_empty) {
        ("", false) => String::new(),
        ("", true) => match (asked.empty.as_str(), form.ends_early()) {
            ("", true) => " skip, or done to save.".to_owned(),
            ("", false) => " skip leaves it.".to_owned(),
            (empty, true) => format!(" skip: {empty}; done to save."),
            (empty, false) => format!(" skip: {empty}."),
        },
        (held, _) => format!(" same is {held}{empties}."),
    };
    let question = format!("{}? {}{choices}{end}", asked.label, asked.about);
    let kept = match (held.as_str(), can_be_empty) {
        ("", false) => "It needs an answer.".to_owned(),
        ("", true) if asked.empty.is_empty() => "skip, or an empty line, leaves it out.".to_owned(),
        ("", true) => format!("skip, or an empty line, means {}.", asked.empty),
        (held, _) => format!("same, or an empty line, keeps {held}{empties}."),
    };
    let by_number = if asked.choices.is_empty() {
        ""
    } else {
        " A number or its words choose."
    };
    let leads = if form.ends_early() {
        "back: the question before. done: no more questions, save.".to_owned()
    } else {
        let names: Vec<String> = items
            .iter()
            .map(|item| item.label().to_lowercase())
            .collect();
        let names = names.join(", ");
        format!("back: the question before. Its name leads to any other: {names}.")
    };
    let about = format!(
        "{}: {}{choices}{by_number} {kept} {leads}",
        asked.label, asked.about
    );
    (question, about)
}

/// "1: taken; 2: taken late; 3: skipped".
pub(super) fn numbered(choices: &[String]) -> String {
    let choices = (1..).zip(choices);
    let choices: Vec<String> = choices
        .map(|(number, words): (usize, _)| format!("{number}: {words}"))
        .collect();
    choices.join("; ")
}

/// What can be chosen in a field, as a person would type it.
fn choices_of(field: &Field) -> Vec<String> {
    let choices = field.choices().iter();
    choices.map(|(_, words)| (*words).to_owned()).collect()
}
