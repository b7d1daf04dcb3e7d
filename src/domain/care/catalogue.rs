//! The built-in lists of everything a person logs besides symptoms, read from `assets/care.toml`.
//!
//! Invariant: a statement of fact carries its `source`; a statement without one only asks for help or says where to ask (a
//! test). No text suggests an amount. A measurement or a visit is not also a practice (a test). Codes are unique over all
//! lists and never change.

use super::measure::{Band, Daily, Measure, MeasureForm, MeasureUnit};
use crate::domain::amount::Amount;
use crate::domain::text::suggest::{Listed, find};

/// A sentence, with its source where it claims a fact.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Statement {
    /// The sentence.
    pub text: &'static str,
    /// The published source; `None` for a sentence that asks for help or says where to ask.
    pub(crate) source: Option<&'static str>,
}

impl Statement {
    /// The sentence with its source.
    pub(crate) fn text(&self) -> String {
        match &self.source {
            Some(source) => format!("{} ({source})", self.text),
            None => self.text.to_owned(),
        }
    }
}

/// Statements one after the other, each with its source; `None` when there are none.
fn text(statements: &[Statement]) -> Option<String> {
    let sentences: Vec<String> = statements.iter().map(Statement::text).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// A unit of products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Its word in files: `g`, `capsule`.
    pub(crate) code: &'static str,
    /// The word after the amount 1: "capsule".
    pub(crate) one: &'static str,
    /// The word after any other amount: "capsules".
    pub(crate) many: &'static str,
    /// Other spellings that people type.
    pub(crate) typed: &'static [&'static str],
    /// A dose above this is asked about once where nothing says what is usual: the unit may be another one.
    pub(crate) asked_above: Option<Amount>,
}

impl Unit {
    /// Whether `typed` means this unit, in any case.
    pub(crate) fn is_meant_by(&self, typed: &str) -> bool {
        let typed = typed.trim();
        [&self.code, &self.one, &self.many]
            .into_iter()
            .chain(self.typed)
            .any(|word| word.eq_ignore_ascii_case(typed))
    }

    /// "1 capsule", "1.5 g".
    pub(crate) fn with(&self, amount: Amount) -> String {
        // English: "0 capsules" and "1.5 capsules", only exactly 1 is singular.
        let word = if amount == Amount::whole(1) {
            &self.one
        } else {
            &self.many
        };
        format!("{amount} {word}")
    }
}

/// A built-in product, counted in its own unit and never converted into another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Product {
    /// Its code: `powder`.
    pub code: &'static str,
    /// Its name on screen.
    pub name: &'static str,
    /// The code of its unit.
    pub unit: &'static str,
    /// The smallest amount that a person can measure out.
    pub smallest: Amount,
    /// Other words for it.
    pub(crate) also: &'static [&'static str],
}

/// Whether `typed` means `unit`, which is a built-in code or the person's own word. An empty text means it too.
pub(crate) fn unit_fits(unit: &str, typed: &str) -> bool {
    let typed = typed.trim();
    let known = CareList::built_in().unit(unit);
    typed.is_empty()
        // An own unit is not in the catalogue, so it is compared as text too: "2 scoops" of one that is called scoop.
        || unit.trim().eq_ignore_ascii_case(typed)
        || known.map_or_else(
            || is_plural_of(typed, unit.trim()),
            |known| known.is_meant_by(typed),
        )
}

fn is_plural_of(typed: &str, unit: &str) -> bool {
    let one = typed.strip_suffix(['s', 'S']);
    one.is_some_and(|one| one.eq_ignore_ascii_case(unit))
}

/// A substance besides kratom: logged like a dose, never a lapse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Substance {
    /// Its code: `alcohol`.
    pub(crate) code: &'static str,
    /// Its name on screen.
    pub(crate) name: &'static str,
    /// The unit that the form offers. The person may type any other.
    pub(crate) unit: Option<&'static str>,
    /// Whether taking it with kratom needs a question to a clinician or pharmacist first.
    pub(crate) asks_with_kratom: bool,
    /// What to know or ask.
    pub(crate) cautions: &'static [Statement],
    /// Other words for it.
    pub(crate) also: &'static [&'static str],
}

impl Substance {
    /// What to know or ask, with sources.
    pub(crate) fn caution(&self) -> Option<String> {
        text(self.cautions)
    }
}

/// The substance that has no name but the one in its entry.
pub(crate) const SUBSTANCE_OTHER: &str = "substance_other";

/// The medicine that is none: its name would stand for the person's own word.
pub(crate) const MEDICATION_OTHER: &str = "medication_other";

/// A medicine of the catalogue: neutral facts and whom to ask, never an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Medicine {
    /// Its code: `clonidine`.
    pub(crate) code: &'static str,
    /// Its name on screen.
    pub(crate) name: &'static str,
    /// Its ATC code, where one was verified.
    pub(crate) atc: Option<&'static str>,
    /// Its class, in words.
    pub(crate) class: &'static str,
    /// What it is.
    pub description: Statement,
    /// What to know or ask.
    pub cautions: &'static [Statement],
    /// What to know before stopping it suddenly; often empty.
    pub abrupt_stop: &'static [Statement],
    /// Codes of measurements that are offered with it.
    pub(crate) suggest_measurements: &'static [&'static str],
    /// Other words for it.
    pub(crate) also: &'static [&'static str],
}

impl Medicine {
    /// What to know or ask, with sources.
    pub(crate) fn caution(&self) -> Option<String> {
        text(self.cautions)
    }

    /// What to know on adding it: the cautions, then what to know before stopping. `None` without either.
    pub(crate) fn to_know(&self) -> Option<String> {
        let cautions = [self.caution(), self.abrupt_stop_caution()];
        let cautions: Vec<String> = cautions.into_iter().flatten().collect();
        (!cautions.is_empty()).then(|| cautions.join(" "))
    }

    /// What to know before stopping it, with sources. Shown on adding it, before a stop is confirmed, and after two skipped
    /// intakes.
    pub(crate) fn abrupt_stop_caution(&self) -> Option<String> {
        text(self.abrupt_stop)
    }
}

/// How a practice is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counting {
    /// In minutes.
    Minutes,
    /// As a whole number.
    Count,
    /// As an amount in the person's words.
    Amount,
    /// Only as done.
    Done,
}

impl Counting {
    /// The word in files.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Count => "count",
            Self::Amount => "amount",
            Self::Done => "done",
        }
    }

    /// Reads [`Counting::code`].
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::Minutes, Self::Count, Self::Amount, Self::Done]
            .into_iter()
            .find(|counted| counted.code() == code)
    }
}

/// Something a person does for their own good: a walk, a bath, a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Practice {
    /// Its code: `walking`.
    pub code: &'static str,
    /// Its name on screen.
    pub(crate) name: &'static str,
    /// One sentence.
    pub(crate) description: &'static str,
    /// The code of its heading.
    pub(crate) category: &'static str,
    /// How it is counted.
    pub(crate) counted: Counting,
    /// What to know or ask.
    pub(crate) cautions: &'static [Statement],
    /// Other words for it.
    pub(crate) also: &'static [&'static str],
}

impl Practice {
    /// What to know or ask, with sources.
    pub(crate) fn caution(&self) -> Option<String> {
        text(self.cautions)
    }
}

/// A heading over practices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// Its code: `relaxation`.
    pub(crate) category: &'static str,
    /// "Calming down".
    pub(crate) name: &'static str,
}

/// A plain word of a list: a kind of treatment or visit, a trigger, what helped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its code.
    pub(crate) code: &'static str,
    /// Its name on screen.
    pub(crate) name: &'static str,
    /// Other words for it.
    pub(crate) also: &'static [&'static str],
}

// The lists share code, name and other words, but no other fields.
macro_rules! listed {
    ($($what:ty),+) => {$(
        impl Listed for $what {
            fn code(&self) -> &str { self.code }
            fn name(&self) -> &str { self.name }
            fn also(&self) -> &[&str] { self.also }
        }
    )+};
}
listed!(Product, Substance, Medicine, Practice, Measure, Word);

/// Everything that is built in, each list in the order in which it is offered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CareList {
    /// Kratom products.
    pub(crate) products: &'static [Product],
    /// The units of products.
    pub(crate) units: &'static [Unit],
    /// Substances besides kratom.
    pub(crate) substances: &'static [Substance],
    /// Medicines.
    pub medications: &'static [Medicine],
    /// Headings over the practices.
    pub(crate) headings: &'static [Heading],
    /// Practices, heading by heading.
    pub(crate) practices: &'static [Practice],
    /// What can be measured.
    pub(crate) measures: &'static [Measure],
    /// Kinds of treatment.
    pub(crate) treatments: &'static [Word],
    /// Kinds of visit.
    pub(crate) visit_kinds: &'static [Word],
    /// What can set an urge off.
    pub(crate) triggers: &'static [Word],
    /// What can help with one.
    pub(crate) helped: &'static [Word],
}

impl CareList {
    /// The built-in lists, which are made into tables when the program is compiled.
    pub fn built_in() -> &'static Self {
        static LIST: CareList = include!(concat!(env!("OUT_DIR"), "/care.rs"));
        &LIST
    }

    /// A product by its code.
    pub(crate) fn product(&self, code: &str) -> Option<&Product> {
        by_code(self.products, code)
    }

    /// A unit by its code.
    pub(crate) fn unit(&self, code: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.code == code)
    }

    /// The unit that `typed` means.
    pub(crate) fn unit_of(&self, typed: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.is_meant_by(typed))
    }

    /// Another substance by its code.
    pub(crate) fn substance(&self, code: &str) -> Option<&Substance> {
        by_code(self.substances, code)
    }

    /// A medicine by its code.
    pub(crate) fn medication(&self, code: &str) -> Option<&Medicine> {
        by_code(self.medications, code)
    }

    /// The medicine with this name on a label or prescription: a code, a name or another word for it.
    pub(crate) fn medication_called(&self, name: &str) -> Option<&Medicine> {
        find(self.medications, name)
    }

    /// A practice by its code.
    pub(crate) fn practice(&self, code: &str) -> Option<&Practice> {
        by_code(self.practices, code)
    }

    /// The heading over a practice.
    pub(crate) fn heading(&self, practice: &Practice) -> &str {
        let is_over = |heading: &&Heading| heading.category == practice.category;
        let heading = self.headings.iter().find(is_over);
        heading.map_or("", |heading| heading.name)
    }

    /// A measure by its code.
    pub fn measure(&self, code: &str) -> Option<&Measure> {
        by_code(self.measures, code)
    }

    /// A kind of treatment by its code.
    pub(crate) fn treatment(&self, code: &str) -> Option<&Word> {
        by_code(self.treatments, code)
    }

    /// A kind of visit by its code.
    pub(crate) fn visit_kind(&self, code: &str) -> Option<&Word> {
        by_code(self.visit_kinds, code)
    }
}

fn by_code<'a, T: Listed>(list: &'a [T], code: &str) -> Option<&'a T> {
    list.iter().find(|item| item.code() == code)
}

#[cfg(test)]
mod tests;
