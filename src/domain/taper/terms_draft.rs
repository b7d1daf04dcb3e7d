//! Unfinished terms of a taper: the typed text of each field, and the one function that reads them as terms.
//!
//! Invariant: no code proposes an amount or a rate. A required field is empty until a person fills it in; the line of an
//! optional field says what an empty one means.

use super::terms::{Shape, Terms, TermsError};
use crate::domain::amount::{Amount, number_and_unit};
use crate::domain::care::catalogue::CareList;
use crate::domain::dose::product;
use crate::domain::dose::product::Product;
use crate::domain::journal::Journal;
use crate::domain::record::draft::Refusal;
use crate::domain::record::field::{Ask, Field, may, must};
use crate::domain::record::key;
use crate::domain::text::suggest::find;
use crate::domain::time::Now;
use crate::domain::time::parse::{Toward, parse_day};
use std::borrow::Cow;
use std::collections::BTreeMap;

const SHAPES: &[(&str, &str)] = &[
    (Shape::CODES[0], "% of current"),
    (Shape::CODES[1], "% of start"),
    (Shape::CODES[2], "fixed step"),
    (Shape::CODES[3], "own list"),
];

/// The fields, in the order of the form.
#[rustfmt::skip]
pub(crate) static FIELDS: [Field; 9] = [
    must(key::PRODUCT, "Product", "What the plan is for. Each product has a plan of its own, in its own unit.", Ask::Line),
    must(key::START, "Now a day", "What a whole day holds now; the plan begins with it.", Ask::Amount),
    must(key::SHAPE, "Shape", "How it goes down: a share of the current or of the start amount, a fixed step, or your own amounts.", Ask::Choice(SHAPES)),
    must(key::SHAPE_VALUE, "Each step", "A percentage, an amount, or a list such as 9, 8, 7. Nobody can say which is right for you; ask a clinician.", Ask::Line),
    must(key::EVERY_DAYS, "Days a step", "How many days each amount stays before the next.", Ask::Whole(1, 366)),
    may(key::UNTIL, "Stop at", "The plan ends at the first amount shown at or below this.", Ask::Amount).empty("0"),
    may(key::SMALLEST, "Smallest", "The finest amount you can measure out.", Ask::Amount).empty("that of the product"),
    may(key::SPLIT, "Doses a day", "Over how many doses a day's amount is split.", Ask::Whole(1, 12)).empty("1"),
    may(key::BEGIN, "Begins", "today, tomorrow, next mon, 1 Dec. The first cut comes one step later.", Ask::Day(Toward::Future)).empty("today"),
];

/// The typed texts of terms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TermsDraft {
    texts: BTreeMap<&'static str, String>,
}

impl TermsDraft {
    /// The terms of a plan as a person would type them, as the basis of a replan.
    pub fn of(product: &Product, terms: &Terms) -> Self {
        let mut draft = Self::default();
        for (code, text) in terms.fields() {
            // Left empty, which means today: a replan never begins in the past.
            if code != key::BEGIN {
                draft.set(code, text);
            }
        }
        draft.set(key::PRODUCT, product.code.clone());
        draft
    }

    /// This draft with `text` in a field.
    #[must_use]
    pub fn with(mut self, code: &'static str, text: impl Into<String>) -> Self {
        self.set(code, text);
        self
    }

    /// Sets the text of a field; an unknown code has no effect.
    pub fn set(&mut self, code: &'static str, text: impl Into<String>) {
        self.texts.insert(code, text.into());
    }

    /// The trimmed text of a field; empty by default.
    pub(crate) fn text(&self, code: &str) -> &str {
        self.texts.get(code).map_or("", |text| text.trim())
    }
}

/// The product and the terms that `draft` says.
///
/// # Errors
/// A [`Refusal`] that names the field of `FIELDS` and says what would do.
pub fn terms(
    journal: &Journal,
    draft: &TermsDraft,
    now: &Now,
) -> Result<(Product, Terms), Refusal> {
    let product = planned_product(journal, draft.text(key::PRODUCT))?;
    let amount = |code: &'static str| amount_of(code, draft.text(code), &product);
    let start = amount(key::START)?;
    let start = start.ok_or_else(|| missing(key::START, "what a whole day holds now"))?;
    let shape = shape(draft, &product)?;
    let days = whole(key::EVERY_DAYS, draft.text(key::EVERY_DAYS))?;
    let days = days.ok_or_else(|| missing(key::EVERY_DAYS, "how many days a step lasts"))?;
    let split = whole(key::SPLIT, draft.text(key::SPLIT))?.unwrap_or(1);
    let today = now.today(journal.settings.day_end);
    let begin = match draft.text(key::BEGIN) {
        "" => today,
        typed => parse_day(typed, now, journal.settings.day_end, Toward::Future)
            .map_err(|why| Refusal::new(key::BEGIN, why.to_string()))?,
    };
    let terms = Terms {
        shape,
        start,
        every_days: days,
        until: amount(key::UNTIL)?.unwrap_or(Amount::ZERO),
        smallest: amount(key::SMALLEST)?.unwrap_or(product.smallest),
        split: u8::try_from(split).unwrap_or(u8::MAX),
        begin,
    };
    terms
        .check()
        .map_err(|why| Refusal::new(wrong_field(&why), why.to_string()))?;
    Ok((product, terms))
}

/// The product that a plan can be for.
///
/// # Errors
/// A [`Refusal`]: nothing was typed, a medicine, or nothing that is known.
pub(crate) fn planned_product(journal: &Journal, typed: &str) -> Result<Product, Refusal> {
    if typed.is_empty() {
        return Err(missing(key::PRODUCT, "which one the plan is for"));
    }
    if let Some(product) = product::find(journal, typed) {
        return Ok(product);
    }
    let sentence = if find(CareList::built_in().medications, typed).is_some() {
        format!(
            "{typed} is a medicine, and plans are for kratom products; how a prescribed medicine is changed belongs with \
             whoever prescribes it"
        )
    } else {
        format!("there is no product called {typed}")
    };
    Err(Refusal::new(key::PRODUCT, sentence))
}

fn not_a_choice(code: &'static str, typed: &str) -> Refusal {
    let choices = field_of(code).map(Field::numbered_choices);
    let choices = choices.unwrap_or_default();
    Refusal::new(code, format!("\"{typed}\" is not one of {choices}"))
}

/// `draft` with an answer to one field, the empty one included, if it will do beside the answers given so far.
///
/// # Errors
/// A [`Refusal`] of this field in the words of its question.
pub(crate) fn answered(
    journal: &Journal,
    draft: &TermsDraft,
    field: &'static Field,
    typed: &str,
    now: &Now,
) -> Result<TermsDraft, Refusal> {
    let text = match field.ask {
        Ask::Choice(_) if !typed.is_empty() => {
            let code = field.chosen(typed);
            code.ok_or_else(|| not_a_choice(field.code, typed))?
        }
        _ => typed,
    };
    let answered = draft.clone().with(field.code, text);
    // How long a step lasts decides nothing about the other terms, and is asked after them.
    let mut reckoned = answered.clone();
    if field.code != key::EVERY_DAYS && reckoned.text(key::EVERY_DAYS).is_empty() {
        reckoned.set(key::EVERY_DAYS, "1");
    }
    match terms(journal, &reckoned, now) {
        Err(refusal) if refusal.field == field.code => Err(refusal),
        _ => Ok(answered),
    }
}

fn field_of(code: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.code == code)
}

fn missing(code: &'static str, what: &str) -> Refusal {
    let label = field_of(code).map_or(code, |field| field.label);
    // A name of several words reads as one only between marks.
    Refusal::new(code, format!("\"{label}\" is missing: {what}"))
}

/// "10 g" as 10 of the product's unit; `None` for an empty text.
fn amount_of(
    code: &'static str,
    typed: &str,
    product: &Product,
) -> Result<Option<Amount>, Refusal> {
    if typed.is_empty() {
        return Ok(None);
    }
    let number = product.own_number_of(typed);
    let number = number.map_err(|why| Refusal::new(code, why))?;
    let amount = Amount::typed(number).map(Some);
    amount.map_err(|why| Refusal::new(code, why.to_string()))
}

fn whole(code: &'static str, typed: &str) -> Result<Option<u16>, Refusal> {
    if typed.is_empty() {
        return Ok(None);
    }
    // The range is checked with the terms as a whole, which say why it ends where it does.
    let number = typed.parse().map(Some);
    number.map_err(|_| Refusal::new(code, "a whole number of them, such as 7"))
}

fn shape(draft: &TermsDraft, product: &Product) -> Result<Shape, Refusal> {
    let code = match draft.text(key::SHAPE) {
        "" => return Err(missing(key::SHAPE, "how the amounts go down")),
        typed => field_of(key::SHAPE)
            .and_then(|field| field.choice(typed))
            .unwrap_or(typed),
    };
    let value = draft.text(key::SHAPE_VALUE);
    if value.is_empty() {
        return Err(missing(
            key::SHAPE_VALUE,
            "a percentage, an amount or a list",
        ));
    }
    // A step and a list may have units: "0.5 g". `Shape::read` knows none, and refuses one behind a percentage.
    let (number, unit) = number_and_unit(value);
    let value = match code {
        _ if code == Shape::CODES[2] && product.adds_up(unit) => number.to_owned(),
        _ if code == Shape::CODES[3] => without_units(value, product),
        _ => value.to_owned(),
    };
    let Some(shape) = Shape::read(code, &value) else {
        return Err(not_a_choice(key::SHAPE, code));
    };
    shape.map_err(|why| Refusal::new(key::SHAPE_VALUE, why.to_string()))
}

/// "10 g, 9 g" as "10 9". What has a unit in which the product is not counted stays as it was typed.
fn without_units(list: &str, product: &Product) -> String {
    // Between semicolons a comma stands before decimals: "4,5; 4; 3,5" is three amounts.
    let (signs, list): (&[char], Cow<'_, str>) = if list.contains(';') {
        (&[';', ' '], list.replace(',', ".").into())
    } else {
        (&[',', ' '], list.into())
    };
    let words = list.split(signs).filter(|word| !word.is_empty());
    let numbers = words.filter_map(|word| match number_and_unit(word) {
        ("", unit) if product.adds_up(unit) => None,
        (number, unit) if product.adds_up(unit) => Some(number),
        _ => Some(word),
    });
    numbers.collect::<Vec<_>>().join(" ")
}

/// The field that the person has to correct.
fn wrong_field(why: &TermsError) -> &'static str {
    match why {
        TermsError::NoStart => key::START,
        TermsError::NoSmallest | TermsError::SmallestAboveStart { .. } => key::SMALLEST,
        TermsError::UntilNotBelowStart { .. }
        | TermsError::UntilBelowSmallest { .. }
        | TermsError::NeverReachesZero => key::UNTIL,
        TermsError::StepLength => key::EVERY_DAYS,
        TermsError::Split => key::SPLIT,
        TermsError::NoCut
        | TermsError::EmptyList
        | TermsError::ListRises { .. }
        | TermsError::ListTooFine { .. }
        | TermsError::ListGoesOn { .. }
        | TermsError::TooLong
        | TermsError::Percent(_)
        | TermsError::Amount(_) => key::SHAPE_VALUE,
    }
}
