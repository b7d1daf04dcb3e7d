//! The kinds of records: everything a person logs or keeps besides check-ins and attempts, in one registry.
//!
//! A new kind is its row in `kinds!`. Forms, plain mode, the command line, the journal's
//! file, the bin, undo, History and its filter read the row; what a record says in one line is in `crate::domain::entry::summary`,
//! and its fields stand in `super::table`.

use super::field::Field;
use super::table;
use crate::domain::time::parse::Toward;

/// Whether a kind happens at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// It happened at a moment and counts for a logical day.
    Moment,
    /// It is set for a moment, which may lie ahead.
    Planned,
    /// It stands for itself.
    Standing,
}

/// What a record of a kind is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Nothing else.
    Itself,
    /// A product, by code.
    Product,
    /// Another substance, by code.
    Substance,
    /// A practice, by code.
    Practice,
    /// What is measured, by code.
    Measure,
    /// A sign of the red flags, by code.
    Sign,
    /// A kind of visit, by code.
    Visit,
    /// A kind of treatment, by code.
    Treatment,
    /// A medicine of the catalogue, by code, or none.
    Medicine,
    /// One of the person's medications, by id.
    Medication,
    /// A visit, by id; none means the next one.
    Appointment,
    /// An attempt, by id.
    Attempt,
    /// Its own code, made from its name once and kept on rename.
    OwnCode,
}

/// What is to be known about a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindFacts {
    /// Its word in files and on the command line.
    pub(crate) code: &'static str,
    /// Its name: "dose".
    pub name: &'static str,
    /// More than one of it: "doses".
    pub(crate) many: &'static str,
    /// What its form is called.
    pub(crate) title: &'static str,
    /// Whether it happens at a moment.
    pub timing: Timing,
    /// What it is about.
    pub about: About,
    /// Its fields, in the order in which they are asked.
    pub fields: &'static [Field],
}

// The variants, their list and their rows come from one place, so that no kind can be missing from the list.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident => ($code:literal, $one:literal, $many:literal, $title:literal, $timing:ident, $about:ident, $fields:ident);)*) => {
        /// What kind of thing a record is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $name,)*
        }

        impl Kind {
            /// Every kind, in the order in which lists name them.
            pub const ALL: [Self; [$(Self::$name),*].len()] = [$(Self::$name),*];

            /// Reads [`Kind::code`].
            pub(crate) fn from_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// What is to be known about it.
            pub const fn facts(self) -> KindFacts {
                match self {
                    $(Self::$name => KindFacts {
                        code: $code, name: $one, many: $many, title: $title,
                        timing: Timing::$timing, about: About::$about, fields: table::$fields,
                    },)*
                }
            }
        }
    };
}

// A kind a row: code, name, more than one, title of its form, timing, what it is about, its fields.
kinds! {
    /// Kratom that was used.
    Dose => ("dose", "dose", "doses", "Dose", Moment, Product, DOSE);
    /// None of a product on a day: a note about the day, never a dose.
    DayWithout => ("day_without", "day without", "days without", "Day without", Moment, Product, DAY_WITHOUT);
    /// Another substance that was used: never a lapse.
    Substance => ("substance", "other substance", "other substances", "Other substance", Moment, Substance, SUBSTANCE);
    /// A craving episode.
    Urge => ("urge", "urge", "urges", "Urge", Moment, Itself, URGE);
    /// One taking or skipping of a medication.
    Intake => ("intake", "intake", "intakes", "Intake", Moment, Medication, INTAKE);
    /// Something done for oneself.
    Practice => ("practice", "practice", "practices", "Practice", Moment, Practice, PRACTICE);
    /// A number: sleep, weight, pressure, the total of a questionnaire.
    Measurement => ("measurement", "measurement", "measurements", "Measurement", Moment, Measure, MEASUREMENT);
    /// A sign that needs help, noted: "this happened, when".
    Sign => ("sign", "sign noted", "signs noted", "A sign, noted", Moment, Sign, NOTE_ONLY);
    /// A visit, call, meeting or treatment hour; its moment may lie ahead.
    Appointment => ("appointment", "appointment", "appointments", "Appointment", Planned, Visit, APPOINTMENT);
    /// A question for a visit.
    Question => ("question", "question", "questions", "Question for a visit", Moment, Appointment, QUESTION);
    /// Some of a product that was bought.
    Purchase => ("purchase", "purchase", "purchases", "Purchase", Moment, Product, PURCHASE);
    /// An own product, or what the person says about a built-in one.
    Product => ("product", "product", "products", "Product", Standing, OwnCode, PRODUCT);
    /// What the person takes, or has taken.
    Medication => ("medication", "medication", "medications", "Medication", Standing, Medicine, MEDICATION);
    /// A practice that is not in the catalogue.
    OwnPractice => ("own_practice", "own practice", "own practices", "Own practice", Standing, OwnCode, OWN_PRACTICE);
    /// Something that spans time: therapy, inpatient, supervised taper.
    Treatment => ("treatment", "treatment", "treatments", "Treatment", Standing, Treatment, TREATMENT);
    /// A person or service to turn to.
    Contact => ("contact", "person or service", "people and services", "Person or service", Standing, Itself, CONTACT);
    /// A reason of the person's own.
    Reason => ("reason", "reason", "reasons", "A reason of yours", Standing, Itself, REASON);
    /// How things stood when an attempt began.
    Baseline => ("baseline", "baseline", "baselines", "How things stood", Standing, Attempt, BASELINE);
    /// One version of a taper plan.
    Plan => ("plan", "taper plan", "taper plans", "Taper plan", Standing, Product, PLAN);
}

impl Kind {
    /// The kinds that can be logged or kept, in the order in which they are offered: each with the word that logs it in plain
    /// mode, and its words on screen. A plan is begun in Plan, how things stood belongs to an attempt, and a dose of 0 is a day
    /// without.
    pub(crate) const LOGGED: [(Self, &'static str, &'static str); 16] = [
        (Self::Dose, "dose", "dose"),
        (Self::Urge, "urge", "urge"),
        (Self::Intake, "taken", "medicine taken or skipped"),
        (Self::Practice, "practice", "practice done"),
        (Self::Measurement, "measurement", "measurement"),
        (Self::Substance, "substance", "other substance"),
        (Self::Question, "question", "question for a visit"),
        (Self::Appointment, "appointment", "appointment"),
        (Self::Medication, "medication", "medication"),
        (Self::Contact, "person", "person or service"),
        (Self::Reason, "reason", "reason of yours"),
        (Self::Treatment, "treatment", "treatment"),
        (Self::Product, "product", "own product"),
        (Self::OwnPractice, "own practice", "own practice"),
        (Self::Sign, "sign", "sign that needed help"),
        (Self::Purchase, "purchase", "purchase"),
    ];

    /// Its word in files and on the command line.
    pub const fn code(self) -> &'static str {
        self.facts().code
    }

    /// Its field of this code.
    pub fn field(self, code: &str) -> Option<&'static Field> {
        self.facts().fields.iter().find(|field| field.code == code)
    }

    /// Which way its moment lies: a visit is to come, anything else has been.
    pub(crate) fn toward(self) -> Toward {
        match self.facts().timing {
            Timing::Planned => Toward::Future,
            Timing::Moment | Timing::Standing => Toward::Past,
        }
    }

    /// Whether it belongs to a day.
    pub fn has_day(self) -> bool {
        self.facts().timing != Timing::Standing
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_of_record_has_a_word_that_logs_it() {
        // A dose of 0 notes a day without.
        let elsewhere = [Kind::Plan, Kind::Baseline, Kind::DayWithout];
        for kind in Kind::ALL {
            let has_word = Kind::LOGGED.iter().any(|(known, ..)| *known == kind);
            assert!(
                has_word || elsewhere.contains(&kind),
                "{kind:?} has no word"
            );
        }
    }

    #[test]
    fn every_kind_is_found_by_its_code_and_names_each_field_once() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
            let codes: BTreeSet<&str> = kind.facts().fields.iter().map(|f| f.code).collect();
            assert_eq!(codes.len(), kind.facts().fields.len(), "{kind:?}");
        }
        let codes: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes.len(), Kind::ALL.len());
    }
}
