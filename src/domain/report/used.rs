//! Use in a report: the last dose, use against the plan, other substances, use after day 0.
//!
//! Invariants: amounts stay in the unit of their product. A day without a log is not 0. More or less than the plan is a number
//! and no verdict. A lower target that the person must be asked about first is not shown.

use crate::domain::amount::Amount;
use crate::domain::care::catalogue::{CareList, SUBSTANCE_OTHER};
use crate::domain::dose;
use crate::domain::dose::product;
use crate::domain::dose::product::Product;
use crate::domain::dose::{Dose, Fold, folded};
use crate::domain::entry::summary;
use crate::domain::journal::Journal;
use crate::domain::order::Ordered;
use crate::domain::record::kind::Kind;
use crate::domain::report::series::ends;
use crate::domain::series::Series;
use crate::domain::series::counted::{Counts, counts};
use crate::domain::series::stats::{Comparison, compare, median};
use crate::domain::taper::actual_use::{StepComparison, against_steps};
use crate::domain::taper::staircase::{Staircase, staircase};
use crate::domain::taper::{plans, sentences, staircase};
use crate::domain::time::Named;
use crate::domain::time::span::Span;
use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};

// The report should stay a page or two; the counts above the list cover the rest.
/// How many days of use after day 0 are listed, the latest ones.
const USE_DAYS_LISTED: usize = 14;

/// The last logged dose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastDose {
    /// "1.5 g".
    pub(crate) amount: String,
    /// The product's name.
    pub(crate) product: String,
    /// Its moment, in wall time.
    pub(crate) at: Named,
    /// The time from it to the report; `None` where it has no time.
    pub(crate) ago: Option<TimeDelta>,
}

/// The use of one product in the period.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct UsedProduct {
    /// The product.
    pub(crate) product: Product,
    /// The number of doses.
    pub(crate) doses: usize,
    /// Days with a log.
    pub(crate) days_logged: usize,
    /// What it adds up to, and on how many days it was used, was noted as not used, or anything at all was noted.
    pub(crate) counts: Counts,
    /// The first days of the period beside the last.
    pub(crate) compared: Comparison,
    /// The median of those days: "3.2 g".
    pub(crate) median: String,
    /// The least and the most of those days.
    pub(crate) range: Option<(String, String)>,
    /// Each day beside the plan.
    pub(crate) staircase: Staircase,
    /// The steps of plans in the period, against actual use.
    pub(crate) steps: Vec<StepComparison>,
    /// The terms of the plans in force: "10 % of the current amount every 7 days, from 10 g to 1 g".
    pub(crate) terms: Vec<String>,
}

/// Another substance in the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OtherSubstance {
    /// Its name.
    pub(crate) name: String,
    /// The number of entries.
    pub(crate) times: usize,
    /// On how many days.
    pub(crate) days: usize,
    /// The last day.
    pub(crate) last: NaiveDate,
}

/// Use in the period.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct UseSummary {
    /// Each product with an amount or a plan in the period.
    pub(crate) products: Vec<UsedProduct>,
    /// Other substances, by name.
    pub(crate) others: Vec<OtherSubstance>,
}

/// A day with use after day 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UseDay {
    /// The logical day.
    pub(crate) day: NaiveDate,
    /// The moment of its first dose, in wall time.
    pub(crate) at: Named,
    /// The moment of its last dose; `None` with a single dose.
    pub(crate) last: Option<Named>,
    /// "1.5 g, Leaf powder".
    pub(crate) text: String,
}

/// Use after day 0 in the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lapses {
    /// Whether there is a day 0.
    pub(crate) has_day_zero: bool,
    /// The number of doses.
    pub doses: usize,
    /// The number of days with a dose.
    pub days: usize,
    /// The latest of those days, oldest first.
    pub(crate) listed: Vec<UseDay>,
}

/// The last dose at or before `now`.
pub(crate) fn last_dose(journal: &Journal, now: DateTime<FixedOffset>) -> Option<LastDose> {
    let last = dose::last_dose(journal, now.timestamp())?;
    Some(LastDose {
        amount: last.text(),
        product: name_of(journal, &last),
        at: last.record.moment.as_ref()?.named(),
        ago: last.ago(now.timestamp()),
    })
}

fn name_of(journal: &Journal, dose: &Dose<'_>) -> String {
    let product = product::by_code(journal, dose.product);
    product.map_or_else(|| dose.product.to_owned(), |product| product.name)
}

/// Use in `span`, against the targets that may be shown on `today`.
pub(crate) fn used(journal: &Journal, span: Span, today: NaiveDate) -> UseSummary {
    let products = staircase::products(journal, today).into_iter();
    let products = products.filter_map(|product| used_product(journal, product, span, today));
    UseSummary {
        products: products.collect(),
        others: others(journal, span),
    }
}

fn used_product(
    journal: &Journal,
    product: Product,
    span: Span,
    today: NaiveDate,
) -> Option<UsedProduct> {
    let staircase = staircase(journal, &product, span, today);
    let series = Series::Amount(product.key);
    let counts = counts(journal, series, span)?;
    if !staircase.has_any() && counts.days_without == 0 {
        return None;
    }
    let (first, last) = ends(span);
    let amounts = staircase.days.iter().filter_map(|tread| tread.used);
    let mut numbers: Vec<f64> = amounts.clone().map(Amount::number).collect();
    let doses = dose::doses_in(journal, span);
    let doses = doses.filter(|dose| dose.product == product.code && product.adds_up(dose.unit));
    let middle = median(&mut numbers).map(Amount::of_mean);
    let range = amounts.clone().min().zip(amounts.max());
    let mut steps = Vec::new();
    let mut terms = Vec::new();
    for plan in plans::plans(journal) {
        let first = plan.begins().filter(|_| plan.product == product.code);
        let Some(first) = first else { continue };
        // Not beyond the day from which on the plan asks before it shows a lower target.
        let in_force = Span {
            from: first.max(span.from),
            to: span
                .to
                .min(plans::asks_since(journal, &plan, today).unwrap_or(today)),
        };
        if in_force.is_empty() {
            continue;
        }
        let of = against_steps(&plan, |day| dose::used_on(journal, &product, day), in_force);
        if !of.is_empty() {
            let version = plan.version_on(in_force.to).or(plan.latest());
            terms.extend(version.map(|version| sentences::terms_text(&version.terms, &product)));
            // Plans come with the latest first, and the page reads from the oldest on.
            steps.splice(0..0, of);
        }
    }
    terms.reverse();
    terms.dedup();
    Some(UsedProduct {
        doses: doses.count(),
        days_logged: numbers.len(),
        counts,
        compared: compare(journal, series, first, last, last.to),
        median: middle.map_or_else(String::new, |median| product.text(median)),
        range: range.map(|(least, most)| (product.text(least), product.text(most))),
        staircase,
        steps,
        terms,
        product,
    })
}

fn others(journal: &Journal, span: Span) -> Vec<OtherSubstance> {
    let mut others: Vec<OtherSubstance> = Vec::new();
    for record in journal.records_between(span.from, span.to) {
        let Some(day) = record.day().filter(|_| record.kind == Kind::Substance) else {
            continue;
        };
        // Beer and wine are counted together as alcohol; an entry alone says which it was.
        let listed = record.about().filter(|about| *about != SUBSTANCE_OTHER);
        let listed = listed.and_then(|about| CareList::built_in().substance(about));
        let name = listed.map_or_else(
            || summary::title(journal, record),
            |listed| listed.name.to_owned(),
        );
        match others.iter_mut().find(|other| other.name == name) {
            Some(other) => {
                other.times += 1;
                other.days += usize::from(other.last != day);
                other.last = day;
            }
            None => others.push(OtherSubstance {
                name,
                times: 1,
                days: 1,
                last: day,
            }),
        }
    }
    others.order_by_key(|other| other.name.to_lowercase());
    others
}

/// Use after day 0 in `span`.
pub(crate) fn lapses(journal: &Journal, span: Span) -> Lapses {
    let doses = dose::doses_in(journal, span);
    let doses: Vec<Dose<'_>> = doses
        .filter(|dose| dose::is_after_day_zero(journal, dose.day))
        .collect();
    let days: Vec<UseDay> = doses
        .chunk_by(|a, b| a.day == b.day)
        .filter_map(|of_day| use_day(journal, of_day))
        .collect();
    let earlier = days.len().saturating_sub(USE_DAYS_LISTED);
    Lapses {
        has_day_zero: journal.attempts.days_zero().iter().any(|d| *d <= span.to),
        doses: doses.len(),
        days: days.len(),
        listed: days.into_iter().skip(earlier).collect(),
    }
}

fn use_day(journal: &Journal, doses: &[Dose<'_>]) -> Option<UseDay> {
    let first = doses.first()?;
    let last = doses.last().filter(|_| doses.len() > 1);
    let amounts = folded(journal, doses).into_iter().map(|fold: Fold<'_>| {
        let product = fold.doses.first().map(|dose| name_of(journal, dose));
        format!("{}, {}", fold.text(), product.unwrap_or_default())
    });
    Some(UseDay {
        day: first.day,
        at: first.record.moment.as_ref()?.named(),
        last: last.and_then(|last| Some(last.record.moment.as_ref()?.named())),
        text: amounts.collect::<Vec<_>>().join("; "),
    })
}
