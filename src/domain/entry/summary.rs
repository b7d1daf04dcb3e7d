//! What a record says: its name, its line in lists, the names of what it is about. One place for screens, plain mode, the
//! command line and exports.
//!
//! Invariant: a line says what was written and judges nothing; what was not filled in is not said.

use crate::domain::amount::Amount;
use crate::domain::care::catalogue::CareList;
use crate::domain::care::measure::ValueForm;
use crate::domain::care::measurement;
use crate::domain::care::visit;
use crate::domain::dose::Dose;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::{About, Kind};
use crate::domain::safety::help_lines::help;
use crate::domain::text::words;

impl About {
    /// What is missing when nothing is named: "product".
    pub const fn noun(self) -> &'static str {
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
}

impl Journal {
    /// The name of what a code or an id stands for; `None` when there is no such thing.
    pub fn name_of(&self, on: About, about: &str) -> Option<String> {
        let list = CareList::built_in();
        match on {
            About::Itself => None,
            About::OwnCode => Some(about.to_owned()),
            About::Product => self.product(about).map(|product| product.name),
            About::Substance => list
                .substance(about)
                .map(|substance| substance.name.clone()),
            About::Practice => self.practice(about).map(|practice| practice.name),
            About::Measure => list.measure(about).map(|measure| measure.name.clone()),
            About::Sign => {
                let flag = help().red_flags.iter().find(|flag| flag.id == about)?;
                Some(flag.sign.clone())
            }
            About::Visit => list.visit_kind(about).map(|visit| visit.name.clone()),
            About::Treatment => list
                .treatment(about)
                .map(|treatment| treatment.name.clone()),
            About::Medicine => list.medication(about).map(|medicine| medicine.name.clone()),
            About::Medication | About::Appointment => {
                let record = self.record(about.parse().ok()?)?;
                Some(self.title(record))
            }
            About::Attempt => {
                let id: EntryId = about.parse().ok()?;
                Some(format!("attempt {}", self.attempts.by_id(id)?.number))
            }
        }
    }

    /// What a record is called in a list: its own name, or that of what it is about.
    pub fn title(&self, record: &Record) -> String {
        let facts = record.kind.facts();
        let about = || {
            record
                .about()
                .and_then(|about| self.name_of(facts.about, about))
        };
        let own = || record.text(key::NAME).map(str::to_owned);
        let title = match record.kind {
            Kind::Appointment | Kind::Treatment => {
                match (about(), record.text(key::WITH).or(record.text(key::NAME))) {
                    (Some(kind), Some(with)) => Some(format!("{kind}, {with}")),
                    (kind, with) => kind.or(with.map(str::to_owned)),
                }
            }
            Kind::Question | Kind::Reason => record.text(key::TEXT).map(first_line),
            Kind::Dose | Kind::Practice | Kind::Measurement | Kind::Intake | Kind::Sign => about(),
            _ => own().or_else(about),
        };
        title.unwrap_or_else(|| words::sentence_head(facts.name))
    }

    /// The record in one line: "used 1.5 g, Leaf powder", "urge 3, stress", "Walking 20 min, 3 → 1".
    pub fn said(&self, record: &Record) -> String {
        let title = self.title(record);
        match record.kind {
            Kind::Dose => match Dose::of(record) {
                Some(dose) => format!("used {}, {title}", dose.said()),
                None => format!("used {title}"),
            },
            Kind::Substance => joined([Some(title), amount_of(record)]),
            Kind::Urge => joined([
                record
                    .whole(key::STRENGTH)
                    .map(|strength| format!("urge {strength}")),
                record.text(key::TRIGGER).map(str::to_owned),
                record
                    .whole(key::MINUTES)
                    .map(|minutes| format!("{minutes} min")),
                record
                    .text(key::HELPED)
                    .map(|helped| format!("helped: {helped}")),
            ]),
            Kind::Intake => joined([
                Some(title),
                record.text(key::AMOUNT).map(str::to_owned),
                Some(choice(record, key::STATE)),
            ]),
            Kind::Practice => practice_line(record, title),
            Kind::Measurement => measured_line(record, title),
            Kind::Sign => format!("sign noted: {title}"),
            Kind::Question => {
                let is_asked = visit::is_asked(record);
                format!("{}: {title}", if is_asked { "asked" } else { "to ask" })
            }
            Kind::Purchase => joined([Some(format!("bought {title}")), amount_of(record)]),
            _ => title,
        }
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
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

fn amount_of(record: &Record) -> Option<String> {
    let amount = record.number(key::AMOUNT)?;
    Some(
        crate::domain::dose::product::with_unit(amount, record.text(key::UNIT).unwrap_or_default())
            .trim()
            .to_owned(),
    )
}

fn practice_line(record: &Record, title: String) -> String {
    let felt = |field| record.whole(field);
    let change = match (felt(key::BEFORE), felt(key::AFTER)) {
        (Some(before), Some(after)) => Some(format!("felt {before} \u{2192} {after}")),
        (Some(before), None) => Some(format!("felt {before} before")),
        (None, Some(after)) => Some(format!("felt {after} after")),
        (None, None) => None,
    };
    joined([
        Some(title),
        record
            .whole(key::MINUTES)
            .map(|minutes| format!("{minutes} min")),
        record.whole(key::COUNT).map(|count| count.to_string()),
        record.text(key::AMOUNT).map(str::to_owned),
        change,
    ])
}

fn measured_line(record: &Record, title: String) -> String {
    let Some(measure) = measurement::measure_of(record) else {
        return title;
    };
    let unit = record.text(key::UNIT).unwrap_or_default();
    let number = |field| record.number(field).map(|value: Amount| value.to_string());
    let value = match (number(key::VALUE), number(key::SECOND)) {
        (Some(value), Some(second)) => Some(format!("{value}/{second} {unit}")),
        (Some(value), None) => Some(format!("{value} {unit}").trim().to_owned()),
        _ => record.text(key::DIRECTION).map(str::to_owned),
    };
    let band = record
        .whole(key::VALUE)
        .filter(|_| measure.form == ValueForm::Total)
        .and_then(|total| measure.band(total))
        .map(|(band, source)| format!("{band} by {source}"));
    let efficiency = measurement::sleep_efficiency(record).map(|percent| {
        format!(
            "{} % of the time in bed",
            crate::domain::text::round::round(percent, 0)
        )
    });
    joined([Some(title), value, band, efficiency])
}
