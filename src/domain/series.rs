//! Series: everything numeric that can be drawn, compared and exported, in one registry.
//!
//! A new kind of data shows up in the picker, the charts, `ebb trend` and the wide CSV by a variant of [`Series`], its row in
//! [`Series::facts`] and its values in [`Series::of_check_in`] and [`Series::offered`]: all of them here.

use super::catalogue::Category;
use super::check_in::{CheckIn, Overall};
use super::journal::{Day, Journal};
use super::round::Shown;
use super::severity::{BODY_ITEMS, CORE_ITEMS, MIND_ITEMS};
use super::symptom::{Severity, SymptomKey, Symptoms};

/// A row of numbers by day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Series {
    /// The severity index over all 18 core items, 0 to 100.
    Severity,
    /// The index over the 10 body items, 0 to 100.
    Body,
    /// The index over the 8 mind items, 0 to 100.
    Mind,
    /// The overall, 0 to 10.
    Overall,
    /// One symptom, 0 to 4.
    Symptom(SymptomKey),
}

/// Under which heading the picker and the table list a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The indices and the overall.
    Whole,
    /// Symptoms of the body.
    Body,
    /// Symptoms of the mind.
    Mind,
}

impl Group {
    /// The heading.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Whole => "Indices",
            Self::Body => "Body",
            Self::Mind => "Mind",
        }
    }
}

/// What is to be known about a series besides its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Its name on screen.
    pub name: String,
    /// Its name on the command line and in JSON: `severity`, `overall`, `nausea`.
    pub code: String,
    /// Its column in the wide CSV: `severity_index`, `overall`, `nausea`.
    pub column: String,
    /// Its heading.
    pub group: Group,
}

impl Series {
    /// The three indices and the overall.
    pub const FIXED: [Self; 4] = [Self::Severity, Self::Body, Self::Mind, Self::Overall];

    /// All series that `symptoms` give, in the order in which they are listed.
    pub fn all(symptoms: &Symptoms) -> Vec<Self> {
        let each = symptoms.iter().map(|symptom| Self::Symptom(symptom.key));
        Self::FIXED.into_iter().chain(each).collect()
    }

    /// The series that are offered: the fixed ones, the symptoms that are rated, and those that are switched off but were
    /// answered once.
    pub fn offered(journal: &Journal) -> Vec<Self> {
        let is_offered = |series: &Self| match series {
            Self::Symptom(key) => {
                let is_rated = journal.symptoms.by_key(*key).is_some_and(|s| s.rated);
                is_rated || journal.was_answered(*key)
            }
            Self::Severity | Self::Body | Self::Mind | Self::Overall => true,
        };
        let mut offered: Vec<Self> = Self::all(&journal.symptoms)
            .into_iter()
            .filter(is_offered)
            .collect();
        // Own symptoms come last in the catalogue; here each stands under its heading.
        offered.sort_by_key(|series| series.facts(&journal.symptoms).group);
        offered
    }

    /// The columns of numbers in the wide CSV, in their order.
    pub fn in_wide_csv(symptoms: &Symptoms) -> Vec<Self> {
        let mut all = Self::all(symptoms);
        all.sort_by_key(|series| match series {
            Self::Overall => 0,
            Self::Severity | Self::Body | Self::Mind => 1,
            Self::Symptom(_) => 2,
        });
        all
    }

    /// What is to be known about it.
    pub fn facts(self, symptoms: &Symptoms) -> Facts {
        let fixed = |name: &str, column: &str| Facts {
            name: name.to_owned(),
            code: name.to_lowercase(),
            column: column.to_owned(),
            group: Group::Whole,
        };
        match self {
            Self::Severity => fixed("Severity", "severity_index"),
            Self::Body => fixed("Body", "body_index"),
            Self::Mind => fixed("Mind", "mind_index"),
            Self::Overall => fixed("Overall", "overall"),
            Self::Symptom(key) => symptoms.by_key(key).map_or_else(
                || fixed("Symptom", "symptom"),
                |symptom| Facts {
                    name: symptom.name.clone(),
                    code: symptom.code.clone(),
                    column: symptom.code.clone(),
                    group: match symptom.category {
                        Category::Physical => Group::Body,
                        Category::Psychological => Group::Mind,
                    },
                },
            ),
        }
    }

    /// The top of its scale: 100, 10 or 4. The bottom is 0.
    pub const fn top(self) -> f64 {
        match self {
            Self::Severity | Self::Body | Self::Mind => 100.0,
            Self::Overall => Overall::TOP as f64,
            Self::Symptom(_) => Severity::TOP as f64,
        }
    }

    /// Whether it is one of the three indices.
    pub const fn is_index(self) -> bool {
        matches!(self, Self::Severity | Self::Body | Self::Mind)
    }

    /// A day value or mean as it is shown: indices whole, the rest with one decimal.
    pub fn shown(self, value: f64) -> Shown {
        Shown::new(value, u8::from(!self.is_index()))
    }

    /// One check-in's value as it stands in files: indices with one decimal, answers as the whole numbers that they are.
    pub fn in_files(self, value: f64) -> Shown {
        Shown::new(value, u8::from(self.is_index()))
    }

    /// Its name on screen.
    pub fn name(self, symptoms: &Symptoms) -> String {
        self.facts(symptoms).name
    }

    /// Its name on the command line and in JSON.
    pub fn code(self, symptoms: &Symptoms) -> String {
        self.facts(symptoms).code
    }

    /// The series that `text` names, by code or by name.
    pub fn find(text: &str, symptoms: &Symptoms) -> Option<Self> {
        let wanted = text.trim().to_lowercase();
        let fixed = Self::FIXED
            .into_iter()
            .find(|series| series.code(symptoms) == wanted);
        fixed.or_else(|| {
            symptoms
                .find(text)
                .map(|symptom| Self::Symptom(symptom.key))
        })
    }

    /// The value that one check-in has for it, unrounded; `None` adds nothing to its day.
    pub fn of_check_in(self, check_in: &CheckIn) -> Option<f64> {
        match self {
            Self::Severity => check_in.totals.severity(),
            Self::Body => check_in.totals.body(),
            Self::Mind => check_in.totals.mind(),
            Self::Overall => check_in.overall.map(|overall| f64::from(overall.number())),
            Self::Symptom(key) => check_in
                .answer(key)
                .map(|severity| f64::from(severity.number())),
        }
    }

    /// The day value: the mean of the unrounded values over that day's check-ins. No value, no day.
    pub fn of_day(self, day: &Day) -> Option<f64> {
        let values = day
            .check_ins
            .iter()
            .filter_map(|check_in| self.of_check_in(check_in));
        let (sum, n) = values.fold((0.0, 0_u32), |(sum, n), value| (sum + value, n + 1));
        (n > 0).then(|| sum / f64::from(n))
    }

    /// For an index on a day with an overall only: the overall, brought to the index's range. A day on which something was
    /// rated, if too little for the index, is none: it says how much was answered.
    pub fn hollow(self, day: &Day) -> Option<f64> {
        if !self.is_index() || day.check_ins.iter().any(|check_in| check_in.answered() > 0) {
            return None;
        }
        Self::Overall
            .of_day(day)
            .map(|overall| overall / Self::Overall.top() * self.top())
    }
}

/// How many of an index's items a day has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// Distinct items answered on the day.
    pub n: u8,
    /// Items of the index: 18, 10 or 8.
    pub of: u8,
}

impl Answered {
    /// How many answers the index needs in one check-in: half of its items.
    pub const fn needed(self) -> u8 {
        self.of / 2
    }

    /// Whether some items were left out.
    pub const fn is_partial(self) -> bool {
        self.n < self.of
    }
}

impl std::fmt::Display for Answered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {}", self.n, self.of)
    }
}

impl Series {
    /// For an index: how many of its items were answered on `day`. `None` for what is one number by itself.
    pub fn answered(self, day: &Day, symptoms: &Symptoms) -> Option<Answered> {
        let (of, category) = match self {
            Self::Severity => (CORE_ITEMS, None),
            Self::Body => (BODY_ITEMS, Some(Category::Physical)),
            Self::Mind => (MIND_ITEMS, Some(Category::Psychological)),
            Self::Overall | Self::Symptom(_) => return None,
        };
        let n = day.core_answered_in(symptoms, category);
        Some(Answered { n, of })
    }
}

impl Day {
    /// How many distinct core items were answered on this day, 0 to 18.
    pub fn core_answered(&self, symptoms: &Symptoms) -> u8 {
        self.core_answered_in(symptoms, None)
    }

    /// The same, of one category or of both.
    fn core_answered_in(&self, symptoms: &Symptoms, category: Option<Category>) -> u8 {
        // Nearly every day has one check-in, whose sums stand on its row; the union is for the others.
        if let [one] = &self.check_ins[..] {
            return match category {
                None => one.totals.answered(),
                Some(Category::Physical) => one.totals.body_n,
                Some(Category::Psychological) => one.totals.mind_n,
            };
        }
        let core = symptoms.iter().filter(|symptom| {
            symptom.origin == super::symptom::Origin::Core
                && category.is_none_or(|category| category == symptom.category)
        });
        let answered = core.filter(|symptom| {
            self.check_ins
                .iter()
                .any(|c| c.answer(symptom.key).is_some())
        });
        u8::try_from(answered.count()).unwrap_or(CORE_ITEMS)
    }
}

impl Journal {
    /// The day value of `series` on `date`.
    pub fn value(&self, series: Series, date: chrono::NaiveDate) -> Option<f64> {
        self.day(date).and_then(|day| series.of_day(day))
    }
}
