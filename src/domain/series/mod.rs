//! Series: everything numeric that can be drawn, compared and exported, in one registry.
//!
//! What is rated in check-ins has its values here; what is logged besides has its values, its scale and its words in
//! `logged`. The picker, the charts and `ebb trend` read both through [`Series`].

pub(crate) mod comparison_text;
pub mod counted;
pub mod default_series;
pub(crate) mod events_today;
pub(crate) mod few_days;
pub(crate) mod figures;
pub(super) mod kind;
pub(crate) mod logged;
pub mod middle_line;
pub mod stats;
pub mod waves;

use super::amount::places_of_mean;
use super::care::catalogue::CareList;
use super::care::measurement::places_of;
use super::care::something_good;
use super::check_in::catalogue::Category;
use super::check_in::severity::{BODY_ITEMS, CORE_ITEMS, MIND_ITEMS, WHOLE_FROM};
use super::check_in::symptom::{Severity, Symptoms};
use super::check_in::{CheckIn, Overall, Rated};
use super::journal::{Day, Journal};
use super::text::round::Shown;
use super::text::suggest::find;
use crate::domain::dose::product;
use crate::domain::order::Ordered;
pub use kind::{Facts, Group, Series};
use logged::{Source, candidates, logged};

impl Series {
    /// The three indices and the overall.
    pub(crate) const FIXED: [Self; 4] = [Self::Severity, Self::Body, Self::Mind, Self::Overall];

    /// All series of check-ins that `symptoms` give, in the order in which they are listed.
    pub fn all(symptoms: &Symptoms) -> Vec<Self> {
        let each = symptoms.iter().map(|symptom| Self::Symptom(symptom.key));
        Self::FIXED.into_iter().chain(each).collect()
    }

    /// The series that are offered: the fixed ones, the symptoms that are rated, those that are switched off but were
    /// answered once, and of what is logged besides whatever has data.
    pub fn offered(journal: &Journal) -> Vec<Self> {
        let is_offered = |series: &Self| match series {
            Self::Symptom(key) => {
                let is_rated = journal.symptoms.by_key(*key).is_some_and(|s| s.rated);
                is_rated || journal.was_answered(*key)
            }
            _ => true,
        };
        let mut offered: Vec<Self> = Self::all(&journal.symptoms)
            .into_iter()
            .filter(is_offered)
            .collect();
        // Own symptoms come last in the catalogue; here each stands under its heading.
        offered.order_by_key(|series| series.facts(journal).group);
        offered.extend(logged(journal).into_iter().map(|logged| logged.series));
        offered
    }

    /// The columns of numbers in the wide CSV, in their order.
    pub(crate) fn in_wide_csv(symptoms: &Symptoms) -> Vec<Self> {
        let mut all = Self::all(symptoms);
        all.order_by_key(|series| match series {
            // The overall first, then the indices: the order of the file's columns never changes.
            Self::Overall => 0,
            Self::Severity | Self::Body | Self::Mind => 1,
            _ => 2,
        });
        all
    }

    /// What is to be known about it.
    pub fn facts(self, journal: &Journal) -> Facts {
        let fixed = |name: &str, column: &str| Facts {
            name: name.to_owned(),
            code: name.to_lowercase(),
            column: column.to_owned(),
            group: Group::Whole,
            unit: String::new(),
        };
        match self {
            Self::Severity => fixed("Severity", "severity_index"),
            Self::Body => fixed("Body", "body_index"),
            Self::Mind => fixed("Mind", "mind_index"),
            Self::Overall => fixed("Overall", "overall"),
            Self::Symptom(key) => journal.symptoms.by_key(key).map_or_else(
                || fixed("Symptom", "symptom"),
                |symptom| Facts {
                    name: symptom.name.clone(),
                    code: symptom.code.clone(),
                    column: symptom.code.clone(),
                    group: match symptom.category {
                        Category::Physical => Group::Body,
                        Category::Psychological => Group::Mind,
                    },
                    unit: String::new(),
                },
            ),
            other => Source::of(other, journal)
                .map_or_else(|| fixed("Deleted", "deleted"), |source| source.facts()),
        }
    }

    /// The top of its scale: 100, 10 or 4; of what is logged besides a round number at or above the highest day value in the
    /// journal, or a questionnaire's own. The bottom is 0.
    pub fn top(self, journal: &Journal) -> f64 {
        match self {
            Self::Severity | Self::Body | Self::Mind => 100.0,
            Self::Overall => f64::from(Overall::TOP),
            Self::Symptom(_) => f64::from(Severity::TOP),
            other => {
                let mut all = logged(journal).into_iter();
                let found = all.find(|held| held.series == other);
                found.map_or(1.0, |held| held.top)
            }
        }
    }

    /// Whether its values come from check-ins.
    pub(crate) const fn is_rated(self) -> bool {
        matches!(
            self,
            Self::Severity | Self::Body | Self::Mind | Self::Overall | Self::Symptom(_)
        )
    }

    /// Whether its days count events, which are added up: a median of such days would be one of the days that have any.
    pub(crate) const fn is_of_events(self) -> bool {
        !self.is_rated() && !matches!(self, Self::Measure(..))
    }

    /// Whether a higher number means a harder day, so that "more is harder" may be said.
    pub const fn is_severity(self) -> bool {
        self.is_rated() || matches!(self, Self::UrgeStrength)
    }

    /// Whether a higher number means a better day: it has no place among the highest, the worst or the most changed.
    pub(crate) fn is_something_good(self) -> bool {
        matches!(self, Self::Measure(something_good::CODE, _))
    }

    /// Its range with the unit: "0 to 8 g".
    pub fn range(self, journal: &Journal) -> String {
        let text = format!("0 to {} {}", self.top(journal), self.facts(journal).unit);
        text.trim_end().to_owned()
    }

    /// A value as it is read out, with its unit: "1.5 g", "43".
    pub fn text(self, value: f64, journal: &Journal) -> String {
        let text = format!("{} {}", self.shown(value), self.facts(journal).unit);
        text.trim_end().to_owned()
    }

    /// Whether it is one of the three indices.
    pub(crate) const fn is_index(self) -> bool {
        matches!(self, Self::Severity | Self::Body | Self::Mind)
    }

    /// A day value or mean as it is shown: indices whole, measurements as their list says, the rest with one decimal.
    pub(crate) fn shown(self, value: f64) -> Shown {
        let places = match self {
            Self::Severity | Self::Body | Self::Mind => 0,
            Self::Measure(code, _) => places_of(code),
            // As many decimals as the mean needs: days of 4.55 g each must read 4.55 g.
            Self::Amount(_) => places_of_mean(value),
            _ => 1,
        };
        Shown::new(value, places)
    }

    /// One check-in's value as it stands in files: indices with one decimal, answers as the whole numbers that they are.
    pub(crate) fn in_files(self, value: f64) -> Shown {
        Shown::new(value, u8::from(self.is_index()))
    }

    /// Its name on screen.
    pub(crate) fn name(self, journal: &Journal) -> String {
        self.facts(journal).name
    }

    /// Its name with its unit: "Leaf powder, g".
    pub fn titled(self, journal: &Journal) -> String {
        let facts = self.facts(journal);
        if facts.unit.is_empty() {
            facts.name
        } else {
            format!("{}, {}", facts.name, facts.unit)
        }
    }

    /// Its name on the command line and in JSON.
    pub(crate) fn code(self, journal: &Journal) -> String {
        self.facts(journal).code
    }

    /// The series that `text` names, by code or by name. A product means its amount a day.
    pub fn find(text: &str, journal: &Journal) -> Option<Self> {
        let wanted = text.trim().to_lowercase();
        let is_wanted = |series: &Self| {
            let facts = series.facts(journal);
            facts.code == wanted || facts.name.to_lowercase() == wanted
        };
        let fixed = Self::FIXED.into_iter().find(is_wanted);
        let symptom = || {
            let symptom = journal.symptoms.find(text)?;
            Some(Self::Symptom(symptom.key))
        };
        let found = || {
            let mut held = logged(journal).into_iter().map(|held| held.series);
            held.find(is_wanted)
        };
        // By the words that `ebb measure` takes.
        let measure = || {
            let measure = find(CareList::built_in().measures, text)?;
            let mut held = logged(journal).into_iter().map(|held| held.series);
            held.find(|series| series.facts(journal).code == measure.code)
        };
        let product = || {
            let amount = Self::Amount(product::find(journal, text)?.key);
            let is_logged = logged(journal)
                .into_iter()
                .any(|held| held.series == amount);
            is_logged.then_some(amount)
        };
        // The fixed names win, so that an own symptom called "Mind" does not hide the index.
        let listed = || measure().or_else(product);
        fixed.or_else(symptom).or_else(found).or_else(listed)
    }

    /// The name of something that can be logged and is not yet, by the words that [`Series::find`] takes.
    pub(crate) fn unlogged(text: &str, journal: &Journal) -> Option<Self> {
        let wanted = text.trim().to_lowercase();
        let measure = find(CareList::built_in().measures, text).map(|measure| &measure.code);
        let product = product::find(journal, text).map(|product| Self::Amount(product.key));
        candidates(journal).into_iter().find(|series| {
            let facts = series.facts(journal);
            let is_named = facts.code == wanted || facts.name.to_lowercase() == wanted;
            is_named || measure.is_some_and(|code| facts.code == *code) || product == Some(*series)
        })
    }

    /// The value that one check-in has for it, unrounded; `None` adds nothing to its day.
    pub(crate) fn of_check_in(self, check_in: &impl Rated) -> Option<f64> {
        match self {
            Self::Severity => check_in.totals().severity(),
            Self::Body => check_in.totals().body(),
            Self::Mind => check_in.totals().mind(),
            Self::Overall => check_in
                .overall()
                .map(|overall| f64::from(overall.number())),
            Self::Symptom(key) => check_in
                .answer(key)
                .map(|severity| f64::from(severity.number())),
            _ => None,
        }
    }

    /// The day value of what is rated: the mean of the unrounded values over that day's check-ins. No value, no day.
    pub fn of_day(self, day: &Day) -> Option<f64> {
        self.of_check_ins(&day.check_ins)
    }

    /// The same of the check-ins of one day.
    pub(crate) fn of_check_ins(self, check_ins: &[impl Rated]) -> Option<f64> {
        let values = check_ins
            .iter()
            .filter_map(|check_in| self.of_check_in(check_in));
        let (sum, n) = values.fold((0.0, 0_u32), |(sum, n), value| (sum + value, n + 1));
        // Of unrounded values: rounding twice would let screen and file differ.
        (n > 0).then(|| sum / f64::from(n))
    }

    /// Of Severity on a day that has none: the overall, brought to the index's range. Body and Mind have no such mark: an
    /// overall says nothing about the one without the other.
    pub(crate) fn hollow(self, day: &Day) -> Option<f64> {
        self.hollow_of(&day.check_ins)
    }

    /// The same of the check-ins of one day.
    pub(crate) fn hollow_of(self, check_ins: &[impl Rated]) -> Option<f64> {
        if self != Self::Severity || self.of_check_ins(check_ins).is_some() {
            return None;
        }
        Self::Overall
            .of_check_ins(check_ins)
            .map(|overall| overall / f64::from(Overall::TOP) * 100.0)
    }

    /// The worst of a day: the highest value of its check-ins, where two or more of them have one. Of an index only check-ins
    /// count that answered nearly all of its questions, since a few answers to the worst symptoms are no worse a day.
    pub fn worst_of_day(self, day: &Day) -> Option<Worst> {
        self.worst_of(&day.check_ins)
    }

    /// The same of the check-ins of one day.
    pub(crate) fn worst_of<R: Rated>(self, check_ins: &[R]) -> Option<Worst> {
        let counts = |check_in: &&R| !self.is_index() || check_in.totals().answered() >= WHOLE_FROM;
        let values = check_ins.iter().filter(counts);
        let mut values = values.filter_map(|one| self.of_check_in(one));
        let first = values.next()?;
        // Nothing is collected: a long view asks this of every day that there is.
        let (value, check_ins) = values.fold((first, 1), |(highest, n), value| {
            (f64::max(highest, value), n + 1)
        });
        (check_ins >= 2).then_some(Worst { value, check_ins })
    }

    /// Whether its value on `day` is an index of a day on which fewer than 14 of the 18 core items were answered.
    pub fn is_in_part(self, day: &Day, symptoms: &Symptoms) -> bool {
        self.is_in_part_of(&day.check_ins, symptoms)
    }

    /// The same of the check-ins of one day.
    pub(crate) fn is_in_part_of<R: Rated>(self, check_ins: &[R], symptoms: &Symptoms) -> bool {
        // One check-in that answered enough is enough for its day. Nearly every day has one, and is not counted through.
        let is_whole = |check_in: &R| check_in.totals().answered() >= WHOLE_FROM;
        self.is_index()
            && !check_ins.iter().any(is_whole)
            && self.of_check_ins(check_ins).is_some()
            && core_answered(check_ins, symptoms, None) < WHOLE_FROM
    }

    /// The value of `day` as it is shown: `18*` where it was answered in part.
    pub(crate) fn shown_on(self, day: &Day, symptoms: &Symptoms) -> Option<String> {
        let value = self.shown(self.of_day(day)?);
        let star = if self.is_in_part(day, symptoms) {
            IN_PART
        } else {
            ""
        };
        Some(format!("{value}{star}"))
    }

    /// The value of one check-in as it is shown, with the same mark.
    pub(crate) fn shown_in(self, check_in: &CheckIn) -> Option<String> {
        let value = self.shown(self.of_check_in(check_in)?);
        let is_in_part = self.is_index() && check_in.totals.answered() < WHOLE_FROM;
        let star = if is_in_part { IN_PART } else { "" };
        Some(format!("{value}{star}"))
    }
}

/// Behind an index that was answered in part.
pub(crate) const IN_PART: &str = "*";

/// The highest of a day's check-ins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worst {
    /// Unrounded.
    pub value: f64,
    /// How many check-ins had a value to be the highest of.
    pub check_ins: usize,
}

/// How many of an index's items a day has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answered {
    /// Distinct items answered on the day.
    pub(crate) n: u8,
    /// Items of the index: 18, 10 or 8.
    pub(crate) of: u8,
}

impl Answered {
    /// How many answers the index needs in one check-in: half of its items.
    pub(crate) const fn needed(self) -> u8 {
        self.of / 2
    }
}

impl std::fmt::Display for Answered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {}", self.n, self.of)
    }
}

impl Series {
    /// For an index: how many of its items were answered on `day`. `None` for what is one number by itself.
    pub(crate) fn answered(self, day: &Day, journal: &Journal) -> Option<Answered> {
        let (of, category) = match self {
            Self::Severity => (CORE_ITEMS, None),
            Self::Body => (BODY_ITEMS, Some(Category::Physical)),
            Self::Mind => (MIND_ITEMS, Some(Category::Psychological)),
            _ => return None,
        };
        let n = day.core_answered_in(&journal.symptoms, category);
        Some(Answered { n, of })
    }
}

impl Day {
    /// How many distinct core items were answered on this day, 0 to 18.
    pub(crate) fn core_answered(&self, symptoms: &Symptoms) -> u8 {
        self.core_answered_in(symptoms, None)
    }

    /// The same, of one category or of both.
    fn core_answered_in(&self, symptoms: &Symptoms, category: Option<Category>) -> u8 {
        core_answered(&self.check_ins, symptoms, category)
    }
}

/// How many distinct core items the check-ins of one day answered, of one category or of both.
fn core_answered(check_ins: &[impl Rated], symptoms: &Symptoms, category: Option<Category>) -> u8 {
    // Nearly every day has one check-in, whose sums stand on its row; the union is for the others.
    if let [one] = check_ins {
        let totals = one.totals();
        return match category {
            None => totals.answered(),
            Some(Category::Physical) => totals.body_n,
            Some(Category::Psychological) => totals.mind_n,
        };
    }
    let core = symptoms.iter().filter(|symptom| {
        symptom.origin == super::check_in::symptom::Origin::Core
            && category.is_none_or(|category| category == symptom.category)
    });
    let answered = core.filter(|symptom| check_ins.iter().any(|c| c.answer(symptom.key).is_some()));
    u8::try_from(answered.count()).unwrap_or(CORE_ITEMS)
}

/// The day value of `series` on `date`.
pub fn value(journal: &Journal, series: Series, date: chrono::NaiveDate) -> Option<f64> {
    match Source::of(series, journal) {
        Some(source) => source.on(journal, date),
        None => journal.day(date).and_then(|day| series.of_day(day)),
    }
}
