//! What a record says: its name, its line in lists, the names of what it is about. One place for screens, plain mode, the
//! command line and exports.
//!
//! Invariant: a line says what was written and judges nothing; what was not filled in is not said.

use crate::domain::amount::Amount;
use crate::domain::care::catalogue::{CareList, SUBSTANCE_OTHER};
use crate::domain::care::measure::MeasureForm;
use crate::domain::care::measurement::Measurement;
use crate::domain::care::practice_log::Done;
use crate::domain::care::urge::Urge;
use crate::domain::care::{practice, visit};
use crate::domain::dose::Dose;
use crate::domain::dose::product;
use crate::domain::dose::product::with_unit;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::{About, Kind};
use crate::domain::safety::help_lines::help;
use crate::domain::text::round::round;
use crate::domain::text::suggest::Listed;
use crate::domain::text::words;

impl About {
    /// What is missing when nothing is named: "product".
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::Itself | Self::OwnCode => "thing",
            Self::Product => "product",
            Self::Substance => "substance",
            Self::Practice => "practice",
            Self::Measure => "measurement",
            Self::Sign => "sign",
            Self::Visit => "kind of visit",
            Self::Treatment => "kind of treatment",
            Self::Medicine => "medicine",
            Self::Medication => "medication",
            Self::Appointment => "appointment",
            Self::Attempt => "attempt",
        }
    }

    /// What there is of it in the built-in lists; nothing where the person makes it.
    pub(crate) fn listed(self) -> Vec<&'static dyn Listed> {
        fn all<T: Listed>(list: &'static [T]) -> Vec<&'static dyn Listed> {
            list.iter().map(|item| item as &dyn Listed).collect()
        }
        let list = CareList::built_in();
        match self {
            Self::Product => all(list.products),
            Self::Substance => all(list.substances),
            Self::Practice => all(list.practices),
            Self::Measure => all(list.measures),
            Self::Sign => all(help().red_flags),
            Self::Visit => all(list.visit_kinds),
            Self::Treatment => all(list.treatments),
            Self::Medicine => all(list.medications),
            Self::Itself | Self::Medication | Self::Appointment | Self::Attempt | Self::OwnCode => {
                Vec::new()
            }
        }
    }
}

/// The name of what a code or an id stands for; `None` when there is no such thing.
pub(crate) fn name_of(journal: &Journal, on: About, about: &str) -> Option<String> {
    match on {
        About::Itself => None,
        About::OwnCode => Some(about.to_owned()),
        About::Product => product::by_code(journal, about).map(|product| product.name),
        About::Practice => practice::by_code(journal, about).map(|practice| practice.name),
        About::Substance
        | About::Measure
        | About::Sign
        | About::Visit
        | About::Treatment
        | About::Medicine => {
            let listed = on.listed().into_iter().find(|item| item.code() == about);
            listed.map(|item| item.name().to_owned())
        }
        About::Medication | About::Appointment => {
            let record = journal.record(about.parse().ok()?)?;
            Some(title(journal, record))
        }
        About::Attempt => {
            let id: EntryId = about.parse().ok()?;
            Some(format!("attempt {}", journal.attempts.by_id(id)?.number))
        }
    }
}

/// What a record is called in a list: its own name, or that of what it is about.
pub fn title(journal: &Journal, record: &Record) -> String {
    let facts = record.kind.facts();
    let about = || {
        record
            .about()
            .and_then(|about| name_of(journal, facts.about, about))
    };
    let own = || record.text(key::NAME).map(str::to_owned);
    let title = match record.kind {
        Kind::Appointment | Kind::Treatment => {
            // Of a visit the name is the word it was added by: "massage" of another session.
            let (kind, with) = match record.kind {
                Kind::Appointment => (with_word(about(), own()), record.text(key::WITH)),
                _ => (about(), record.text(key::NAME)),
            };
            match (kind, with) {
                (Some(kind), Some(with)) => Some(format!("{kind}, {with}")),
                (kind, with) => kind.or(with.map(str::to_owned)),
            }
        }
        // These have no name; the first line of their words stands for them.
        Kind::Question | Kind::Reason => record.text(key::TEXT).map(first_line),
        Kind::Dose | Kind::DayWithout | Kind::Measurement | Kind::Intake | Kind::Sign => about(),
        Kind::Substance if record.about() == Some(SUBSTANCE_OTHER) => own().or_else(about),
        Kind::Substance | Kind::Practice => with_word(about(), own()),
        // No arm for the rest: a new kind would be called by its kind alone, and nobody would be told.
        Kind::Urge
        | Kind::Purchase
        | Kind::Product
        | Kind::Medication
        | Kind::OwnPractice
        | Kind::Contact
        | Kind::Baseline
        | Kind::Plan => own().or_else(about),
    };
    title.unwrap_or_else(|| words::sentence_head(facts.name))
}

/// "Alcohol (beer)": the name of the list with the person's own word, where it says more.
fn with_word(name: Option<String>, word: Option<String>) -> Option<String> {
    let (Some(name), Some(word)) = (&name, &word) else {
        return name.or(word);
    };
    let is_said = name.to_lowercase().contains(&word.to_lowercase());
    Some(if is_said {
        name.clone()
    } else {
        format!("{name} ({word})")
    })
}

/// The record in one line: "used 1.5 g, Leaf powder", "urge 3, stress", "Walking 20 min, 3 → 1".
pub fn line(journal: &Journal, record: &Record) -> String {
    let title = title(journal, record);
    // A record that lacks what its view needs, from a later version, is still there by its title.
    match record.kind {
        Kind::Dose => match Dose::of(record) {
            Some(dose) => format!("used {}, {title}", dose.text()),
            None => format!("used {title}"),
        },
        Kind::DayWithout => format!("a day without {title}"),
        Kind::Substance => joined([Some(title), amount_of(record)]),
        Kind::Urge => Urge::of(record).map_or(title, |urge| {
            joined([
                Some(format!("urge {}", urge.strength)),
                urge.trigger.map(str::to_owned),
                urge.minutes.map(|minutes| format!("{minutes} min")),
                urge.helped.map(|helped| format!("helped: {helped}")),
            ])
        }),
        Kind::Intake => joined([
            Some(title),
            record.text(key::AMOUNT).map(str::to_owned),
            Some(choice(record, key::STATE)),
        ]),
        Kind::Practice => match Done::of(record) {
            Some(done) => practice_line(&done, title),
            None => title,
        },
        Kind::Measurement => match Measurement::of(record) {
            Some(measured) => measured_line(&measured, title),
            None => title,
        },
        Kind::Sign => format!("sign noted: {title}"),
        Kind::Question => {
            let is_asked = visit::is_asked(record);
            format!("{}: {title}", if is_asked { "asked" } else { "to ask" })
        }
        Kind::Purchase => joined([Some(format!("bought {title}")), amount_of(record)]),
        // No arm for the rest: a new kind has to say here what was written.
        Kind::Appointment
        | Kind::Product
        | Kind::Medication
        | Kind::OwnPractice
        | Kind::Treatment
        | Kind::Contact
        | Kind::Reason
        | Kind::Baseline
        | Kind::Plan => title,
    }
}

/// The words of a choice.
fn choice(record: &Record, field: &str) -> String {
    let code = record.text(field).unwrap_or_default();
    let field = record.kind.field(field);
    field.map_or(code, |field| field.words(code)).to_owned()
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        // Empty parts would leave a stray comma.
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

fn amount_of(record: &Record) -> Option<String> {
    let amount = record.number(key::AMOUNT)?;
    let unit = record.text(key::UNIT).unwrap_or_default();
    Some(with_unit(amount, unit).trim().to_owned())
}

fn practice_line(done: &Done<'_>, title: String) -> String {
    let change = match (done.before, done.after) {
        (Some(before), Some(after)) => Some(format!("felt {before} before, {after} after")),
        (Some(before), None) => Some(format!("felt {before} before")),
        (None, Some(after)) => Some(format!("felt {after} after")),
        (None, None) => None,
    };
    joined([
        Some(title),
        done.minutes.map(|minutes| format!("{minutes} min")),
        done.count.map(|count| count.to_string()),
        done.amount.map(str::to_owned),
        change,
    ])
}

fn measured_line(measured: &Measurement<'_>, title: String) -> String {
    let (measure, unit) = (measured.measure, measured.unit);
    let value = match (measured.value, measured.second) {
        (Some(value), Some(second)) => Some(format!("{value}/{second} {unit}")),
        (Some(value), None) => Some(format!("{value} {unit}").trim().to_owned()),
        _ => measured.direction.map(str::to_owned),
    };
    // A scale with words is read by them: "a good deal, 3 of 4".
    let word = measured.value.and_then(|value| measure.word(value));
    let word = word.map(str::to_owned);
    let total = measured
        .value
        .filter(|_| measure.form == MeasureForm::Total)
        .and_then(Amount::as_whole);
    let band = total
        .and_then(|total| measure.band(total))
        // The band is the questionnaire's own, so its source is named with it.
        .map(|(band, source)| format!("{band} by {source}"));
    let efficiency = measured
        .sleep_efficiency()
        .map(|percent| format!("{} % of the time in bed", round(percent, 0)));
    joined([Some(title), word, value, band, efficiency])
}
