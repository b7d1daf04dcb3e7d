//! The built-in lists of what a person logs besides symptoms. From `assets/care.toml`.
//!
//! Invariant: a statement of fact carries its `source`, one without asks for help (a test); no text suggests an amount; what
//! is a measurement or a visit is not also a practice (a test). Codes are unique over all lists and never change.

use super::measure::{Measure, amount};
use crate::domain::amount::Amount;
use crate::domain::text::suggest::{Listed, find};
use serde::Deserialize;
use std::sync::LazyLock;

/// A sentence, and who says so where it claims a fact.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Statement {
    /// The sentence.
    pub text: String,
    /// Who says so; `None` for a line that asks for help or names where to ask.
    pub source: Option<String>,
}

impl Statement {
    /// The sentence with its source.
    pub fn said(&self) -> String {
        match &self.source {
            Some(source) => format!("{} ({source})", self.text),
            None => self.text.clone(),
        }
    }
}

/// Statements one after the other, each with its source; `None` when there are none.
fn said(statements: &[Statement]) -> Option<String> {
    let said: Vec<String> = statements.iter().map(Statement::said).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// A unit of products.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Unit {
    /// Its word in files: `g`, `capsule`.
    pub code: String,
    /// With one of it: "capsule".
    pub one: String,
    /// With any other amount: "capsules".
    pub many: String,
    /// What people type for it besides.
    pub typed: Vec<String>,
}

impl Unit {
    /// Whether `typed` means this unit, in any case.
    pub fn is_meant_by(&self, typed: &str) -> bool {
        let typed = typed.trim();
        [&self.code, &self.one, &self.many]
            .into_iter()
            .chain(&self.typed)
            .any(|word| word.eq_ignore_ascii_case(typed))
    }

    /// "1 capsule", "1.5 g".
    pub fn with(&self, amount: Amount) -> String {
        let word = if amount == Amount::whole(1) {
            &self.one
        } else {
            &self.many
        };
        format!("{amount} {word}")
    }
}

/// A built-in product, counted in its own unit and never converted into another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Product {
    /// Its code: `powder`.
    pub code: String,
    /// Its name on screen.
    pub name: String,
    /// The code of its unit.
    pub unit: String,
    /// The smallest step that can be measured.
    #[serde(deserialize_with = "amount")]
    pub smallest: Amount,
    /// Whether it is plain leaf.
    #[serde(default)]
    pub is_leaf: bool,
    /// Other words for it.
    #[serde(default)]
    pub also: Vec<String>,
}

impl Product {
    /// Whether an amount typed with this unit is one of this product; nothing typed means the product's own.
    pub fn unit_fits(&self, typed: &str) -> bool {
        unit_fits(&self.unit, typed)
    }
}

/// Whether `typed` means the unit that is called `unit`, built in or the person's own word; nothing typed means it too.
pub fn unit_fits(unit: &str, typed: &str) -> bool {
    let typed = typed.trim();
    let known = CareList::built_in().unit(unit);
    typed.is_empty()
        || unit.trim().eq_ignore_ascii_case(typed)
        || known.is_some_and(|known| known.is_meant_by(typed))
}

/// A substance besides kratom: logged like a dose, never a lapse.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Substance {
    /// Its code: `alcohol`.
    pub code: String,
    /// Its name on screen.
    pub name: String,
    /// A word that is offered as its unit; any other is fine.
    pub unit: Option<String>,
    /// Whether a clinician or pharmacist is asked before it stands beside kratom.
    #[serde(default)]
    pub asks_with_kratom: bool,
    /// What to know or ask.
    #[serde(default)]
    pub cautions: Vec<Statement>,
    /// Other words for it.
    #[serde(default)]
    pub also: Vec<String>,
}

impl Substance {
    /// What to know or ask, with sources.
    pub fn caution(&self) -> Option<String> {
        said(&self.cautions)
    }
}

/// Where a medicine comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Supply {
    /// On prescription.
    Prescription,
    /// Without one.
    OverTheCounter,
    /// Kept for an emergency.
    Rescue,
    /// Either.
    Either,
}

impl Supply {
    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Prescription => "on prescription",
            Self::OverTheCounter => "without prescription",
            Self::Rescue => "kept for an emergency",
            Self::Either => "with or without prescription",
        }
    }
}

/// A medicine of the catalogue. Neutral facts and whom to ask; never an amount.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Medicine {
    /// Its code: `clonidine`.
    pub code: String,
    /// Its name on screen.
    pub name: String,
    /// Its ATC code, where one was verified.
    pub atc: Option<String>,
    /// Its class, in words.
    pub class: String,
    /// Where it comes from.
    pub supply: Supply,
    /// What it is.
    pub description: Statement,
    /// What to know or ask.
    #[serde(default)]
    pub cautions: Vec<Statement>,
    /// What to know before stopping it; empty where nothing is said.
    #[serde(default)]
    pub abrupt_stop: Vec<Statement>,
    /// Codes of measurements that are offered with it.
    #[serde(default)]
    pub suggest_measurements: Vec<String>,
    /// Other words for it.
    #[serde(default)]
    pub also: Vec<String>,
}

impl Medicine {
    /// What to know or ask, with sources.
    pub fn caution(&self) -> Option<String> {
        said(&self.cautions)
    }

    /// What to know on adding it: cautions, and what to know before stopping it. `None` where nothing is said.
    pub fn to_know(&self) -> Option<String> {
        let said = [self.caution(), self.abrupt_stop_caution()];
        let said: Vec<String> = said.into_iter().flatten().collect();
        (!said.is_empty()).then(|| said.join(" "))
    }

    /// What to know before stopping it, with sources. Shown on adding it, before a stop is confirmed, and after two skipped
    /// intakes.
    pub fn abrupt_stop_caution(&self) -> Option<String> {
        said(&self.abrupt_stop)
    }
}

/// How a practice is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// In minutes.
    Minutes,
    /// How many.
    Count,
    /// In the person's words.
    Amount,
    /// Done or not.
    Done,
}

impl Counted {
    /// The word in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Count => "count",
            Self::Amount => "amount",
            Self::Done => "done",
        }
    }

    /// Reads [`Counted::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Minutes, Self::Count, Self::Amount, Self::Done]
            .into_iter()
            .find(|counted| counted.code() == code)
    }
}

/// Something done for oneself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Practice {
    /// Its code: `walking`.
    pub code: String,
    /// Its name on screen.
    pub name: String,
    /// One sentence.
    pub description: String,
    /// The code of its heading.
    pub category: String,
    /// How it is counted.
    #[serde(rename = "measure")]
    pub counted: Counted,
    /// What to know or ask.
    #[serde(default)]
    pub cautions: Vec<Statement>,
    /// Other words for it.
    #[serde(default)]
    pub also: Vec<String>,
}

impl Practice {
    /// What to know or ask, with sources.
    pub fn caution(&self) -> Option<String> {
        said(&self.cautions)
    }
}

/// A heading over practices.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Heading {
    /// Its code: `relaxation`.
    pub category: String,
    /// "Calming down".
    pub name: String,
}

/// A plain word of a list: a kind of treatment or visit, a trigger, what helped.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Word {
    /// Its code.
    pub code: String,
    /// Its name on screen.
    pub name: String,
    /// Other words for it.
    #[serde(default)]
    pub also: Vec<String>,
}

macro_rules! listed {
    ($($what:ty),+) => {$(
        impl Listed for $what {
            fn code(&self) -> &str { &self.code }
            fn name(&self) -> &str { &self.name }
            fn also(&self) -> &[String] { &self.also }
        }
    )+};
}
listed!(Product, Substance, Medicine, Practice, Measure, Word);

/// Everything that is built in, each list in the order in which it is offered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct CareList {
    /// Kratom products.
    pub products: Vec<Product>,
    /// The units of products.
    pub units: Vec<Unit>,
    /// Substances besides kratom.
    pub substances: Vec<Substance>,
    /// Medicines.
    pub medications: Vec<Medicine>,
    /// Headings over the practices.
    pub headings: Vec<Heading>,
    /// What one does for oneself, heading by heading.
    pub practices: Vec<Practice>,
    /// What can be measured.
    pub measures: Vec<Measure>,
    /// What spans time.
    pub treatments: Vec<Word>,
    /// What a visit can be.
    pub visit_kinds: Vec<Word>,
    /// What can set an urge off.
    pub triggers: Vec<Word>,
    /// What can help with one.
    pub helped: Vec<Word>,
}

impl CareList {
    /// The built-in lists: part of the program, read once; a test reads them too, so that an unreadable file never leaves the
    /// house.
    pub fn built_in() -> &'static Self {
        static LIST: LazyLock<CareList> =
            LazyLock::new(|| toml::from_str(TEXT).unwrap_or_default());
        &LIST
    }

    /// A product by its code.
    pub fn product(&self, code: &str) -> Option<&Product> {
        by_code(&self.products, code)
    }

    /// A unit by its code.
    pub fn unit(&self, code: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.code == code)
    }

    /// The unit that `typed` means.
    pub fn unit_of(&self, typed: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.is_meant_by(typed))
    }

    /// Another substance by its code.
    pub fn substance(&self, code: &str) -> Option<&Substance> {
        by_code(&self.substances, code)
    }

    /// A medicine by its code.
    pub fn medication(&self, code: &str) -> Option<&Medicine> {
        by_code(&self.medications, code)
    }

    /// The medicine that a name from a label or a prescription means: by code, name or another word for it.
    pub fn medication_called(&self, name: &str) -> Option<&Medicine> {
        find(&self.medications, name)
    }

    /// A practice by its code.
    pub fn practice(&self, code: &str) -> Option<&Practice> {
        by_code(&self.practices, code)
    }

    /// The heading over a practice.
    pub fn heading(&self, practice: &Practice) -> &str {
        let is_over = |heading: &&Heading| heading.category == practice.category;
        let heading = self.headings.iter().find(is_over);
        heading.map_or("", |heading| heading.name.as_str())
    }

    /// A measure by its code.
    pub fn measure(&self, code: &str) -> Option<&Measure> {
        by_code(&self.measures, code)
    }

    /// A kind of treatment by its code.
    pub fn treatment(&self, code: &str) -> Option<&Word> {
        by_code(&self.treatments, code)
    }

    /// A kind of visit by its code.
    pub fn visit_kind(&self, code: &str) -> Option<&Word> {
        by_code(&self.visit_kinds, code)
    }

    /// A trigger by its code.
    pub fn trigger(&self, code: &str) -> Option<&Word> {
        by_code(&self.triggers, code)
    }

    /// What helped, by its code.
    pub fn helped(&self, code: &str) -> Option<&Word> {
        by_code(&self.helped, code)
    }
}

fn by_code<'a, T: Listed>(list: &'a [T], code: &str) -> Option<&'a T> {
    list.iter().find(|item| item.code() == code)
}

const TEXT: &str = include_str!("../../../assets/care.toml");

#[cfg(test)]
mod tests;
