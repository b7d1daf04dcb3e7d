//! Events counted over a stretch of days: doses, urges, other substances, practices, intakes. They are added up and never averaged
//! over the days that have one, because whoever leaves days out would see no change then.
//!
//! Invariants: a day without a record is counted as such and is never 0. A difference stands only where on both sides every day has
//! use or a noted 0. Urges, practices and the others have none at all: a day without one is never noted.

use super::Series;
use crate::domain::amount::Amount;
use crate::domain::care::medication::Intake;
use crate::domain::care::practice;
use crate::domain::care::practice_log::Done;
use crate::domain::dose::days_of_use::DaysOfUse;
use crate::domain::dose::product::Product;
use crate::domain::dose::{self, Dose, day_without, product};
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use crate::domain::text::round::Shown;
use crate::domain::text::words::count;
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// Said where a comparison of use has days without a record.
pub(crate) const GAPS: &str = "days without a record could have had use";
/// Said where amounts of a product are in several units, which are never converted.
const OTHER_UNITS: &str = "amounts in several units are not compared";
/// The same in a cell of a table, of days without a record.
pub(crate) const GAPS_CELL: &str = "gaps";

/// What a series counts.
#[derive(Debug, Clone, PartialEq)]
enum What {
    /// Doses of every product.
    Doses,
    /// The amount of one.
    Amount(Product),
    /// Urges.
    Urges,
    /// A substance, by code.
    Substance(&'static str),
    /// A practice, by code.
    Practice(String),
    /// Intakes of every medication.
    Intakes,
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Counts {
    /// The amount, or the number of events.
    pub sum: Shown,
    /// Days with any.
    pub days_with: usize,
    /// Days that are noted as days without.
    pub days_without: usize,
    /// Days with an entry of any kind.
    pub days_recorded: usize,
    /// Days of the stretch.
    pub of: usize,
    /// Whether every day has use or is noted as a day without.
    is_whole: bool,
    /// Whether all of them lie after a day 0.
    is_after_zero: bool,
    /// Whether the sum leaves amounts in other units out.
    has_other_units: bool,
    /// The minutes of a practice, where every entry has them.
    pub minutes: Option<u32>,
    /// In words: "36 g on 4 days, none on 1, 2 days not recorded".
    pub text: String,
}

/// Two stretches of a series of events.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// The earlier side.
    pub before: Counts,
    /// The later side.
    pub now: Counts,
    /// The difference of the sums; only of use, where both sides have no day without a record.
    pub change: Option<Shown>,
    /// Whether a difference would have to leave days without a record out.
    pub(crate) has_gaps: bool,
    /// What follows both sides: "27 g less", or why there is no difference; nothing for what has none.
    pub(crate) outcome: Option<String>,
}

impl What {
    fn of(series: Series, journal: &Journal) -> Option<Self> {
        Some(match series {
            Series::Doses => Self::Doses,
            Series::Amount(key) => Self::Amount(product::by_key(journal, key)?),
            Series::Urges => Self::Urges,
            Series::Substance(code) => Self::Substance(code),
            Series::Practice(key) => Self::Practice(practice::by_key(journal, key)?.code),
            Series::Intakes => Self::Intakes,
            _ => return None,
        })
    }

    const fn is_use(&self) -> bool {
        matches!(self, Self::Doses | Self::Amount(_))
    }

    /// Whether `record` is one of the events.
    fn holds(&self, record: &Record) -> bool {
        let about = record.about();
        match self {
            Self::Doses => record.kind == Kind::Dose,
            Self::Amount(product) => record.kind == Kind::Dose && about == Some(&product.code),
            Self::Urges => record.kind == Kind::Urge,
            Self::Substance(code) => record.kind == Kind::Substance && about == Some(code),
            Self::Practice(code) => record.kind == Kind::Practice && about == Some(code),
            Self::Intakes => Intake::of(record).is_some_and(|intake| intake.is_taken()),
        }
    }

    /// Whether `date` is noted as a day without.
    fn is_without(&self, journal: &Journal, date: NaiveDate) -> bool {
        match self {
            Self::Doses => day_without::on(journal, date).next().is_some(),
            Self::Amount(product) => day_without::is_noted(journal, &product.code, date),
            _ => false,
        }
    }

    /// What the events of `records` add up to.
    fn sum(&self, records: &[&Record]) -> f64 {
        let Self::Amount(product) = self else {
            return records.len() as f64;
        };
        let doses = records.iter().filter_map(|record| Dose::of(record));
        let fitting = doses.filter(|dose| product.adds_up(dose.unit));
        fitting.map(|dose| dose.amount).sum::<Amount>().number()
    }

    /// "2 cups": what the sum of a product leaves out, because its unit is another one.
    fn in_other_units(&self, records: &[&Record]) -> Vec<String> {
        let Self::Amount(product) = self else {
            return Vec::new();
        };
        let doses = records.iter().filter_map(|record| Dose::of(record));
        dose::in_other_units(doses, product)
    }

    /// "36 g", "12 doses", "9 recorded urges".
    fn amount(&self, sum: Shown, n: usize, others: &[String]) -> String {
        match self {
            Self::Amount(product) => {
                let own = product.text(Amount::nearest(sum.value()));
                let own = (sum.value() > 0.0 || others.is_empty()).then_some(own);
                let all: Vec<String> = own.into_iter().chain(others.iter().cloned()).collect();
                all.join(" and ")
            }
            Self::Doses => count(n, "dose", "doses"),
            Self::Urges => count(n, "recorded urge", "recorded urges"),
            Self::Intakes => count(n, "recorded intake", "recorded intakes"),
            Self::Substance(_) => count(n, "entry", "entries"),
            Self::Practice(_) => count(n, "recorded time", "recorded times"),
        }
    }
}

impl What {
    /// "27 g less", "3 more", "no change".
    fn difference(&self, change: Shown) -> String {
        match self {
            Self::Amount(product) if change.value() != 0.0 => {
                let amount = product.text(Amount::nearest(change.value().abs()));
                let way = if change.value() < 0.0 { "less" } else { "more" };
                format!("{amount} {way}")
            }
            _ => change.moved(),
        }
    }
}

/// Counts the events of `series` over `span`; `None` for a series that is none of events.
pub(crate) fn counts(journal: &Journal, series: Series, span: Span) -> Option<Counts> {
    Some(counted_in(journal, &What::of(series, journal)?, span))
}

fn counted_in(journal: &Journal, what: &What, span: Span) -> Counts {
    let has = |date: NaiveDate| journal.records(date).iter().any(|it| what.holds(it));
    let days = DaysOfUse::of(journal, span, has, |date| what.is_without(journal, date));
    let records = span.days().flat_map(|date| journal.records(date));
    let all: Vec<&Record> = records.filter(|record| what.holds(record)).collect();
    let is_recorded = |date: &NaiveDate| {
        !journal.records(*date).is_empty() || !journal.check_ins(*date).is_empty()
    };
    let minutes: Option<Vec<u32>> = match what {
        What::Practice(_) => all.iter().map(|it| Done::of(it)?.minutes).collect(),
        _ => None,
    };
    let minutes = minutes.filter(|all| !all.is_empty());
    let minutes: Option<u32> = minutes.map(|all| all.iter().sum());
    let sum = exact(what.sum(&all));
    let others = what.in_other_units(&all);
    let amount = what.amount(sum, all.len(), &others);
    let text = match all.len() {
        _ if what.is_use() => days.words(&amount),
        0 => "none recorded".to_owned(),
        _ => {
            let minutes = minutes.map(|minutes| format!(", {minutes} min"));
            let minutes = minutes.unwrap_or_default();
            format!("{amount}{minutes} on {}", count(days.with, "day", "days"))
        }
    };
    Counts {
        sum,
        days_with: days.with,
        days_without: days.without,
        days_recorded: span.days().filter(is_recorded).count(),
        of: days.of,
        is_whole: days.is_whole(),
        is_after_zero: days.is_after_zero,
        has_other_units: !others.is_empty(),
        minutes,
        text,
    }
}

/// As many decimals as a sum of amounts has.
fn exact(sum: f64) -> Shown {
    let is_all = |places: &u8| (Shown::new(sum, *places).value() - sum).abs() < 1e-9;
    Shown::new(sum, (0..=3).find(is_all).unwrap_or(3))
}

impl Counts {
    /// What stands in a table under a name with this unit: the sum, of a practice in minutes its minutes; `None` where nothing is
    /// noted or an entry has no minutes.
    pub(crate) fn shown_sum(&self, unit: &str) -> Option<Shown> {
        let sum = match unit {
            "min" => exact(f64::from(self.minutes?)),
            _ => self.sum,
        };
        (self.days_with + self.days_without > 0).then_some(sum)
    }
}

/// The events of `now` beside those of `before`; `None` for a series that is none of events.
pub(super) fn compared(
    journal: &Journal,
    series: Series,
    before: Span,
    now: Span,
) -> Option<Counted> {
    let what = What::of(series, journal)?;
    let [before, now] = [before, now].map(|span| counted_in(journal, &what, span));
    let is_whole = before.is_whole && now.is_whole;
    let is_one_sum = !before.has_other_units && !now.has_other_units;
    let change = (what.is_use() && is_whole && is_one_sum).then(|| now.sum.since(before.sum));
    let has_use = before.days_with + now.days_with > 0;
    // Said of days after day 0 it would suspect somebody who is asked for nothing then.
    let is_asked = !(before.is_after_zero && now.is_after_zero);
    let has_gaps = what.is_use() && !is_whole && has_use && is_asked;
    let difference = change.map(|change| what.difference(change));
    Some(Counted {
        outcome: difference
            .or_else(|| has_gaps.then(|| GAPS.to_owned()))
            .or_else(|| (!is_one_sum).then(|| OTHER_UNITS.to_owned())),
        before,
        now,
        change,
        has_gaps,
    })
}

impl Counted {
    /// Whether nothing was noted on either side.
    pub(crate) const fn is_empty(&self) -> bool {
        let sides = [&self.before, &self.now];
        sides[0].days_with + sides[0].days_without + sides[1].days_with + sides[1].days_without == 0
    }

    /// Both sides under their names, and the outcome.
    pub(crate) fn sides(&self, before: &str, now: &str) -> String {
        self.with_outcome(format!(
            "{before} {}; {now} {}",
            self.before.text, self.now.text
        ))
    }

    /// The later side, then the earlier one under its name, and the outcome.
    pub(crate) fn now_first(&self, before: &str) -> String {
        self.with_outcome(format!("{}; {before} {}", self.now.text, self.before.text))
    }

    fn with_outcome(&self, sides: String) -> String {
        match &self.outcome {
            Some(outcome) => format!("{sides}; {outcome}"),
            None => sides,
        }
    }
}
