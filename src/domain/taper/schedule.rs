//! The steps of a taper's terms: amounts, days, the size of each cut, and the parts of a day.
//!
//! The curve is computed without rounding; then each amount is rounded to the nearest one that can be measured out. Rounding
//! step after step would go down faster than the chosen rate: 10 g at 10 % in portions of 0.1 g would take 19 steps instead
//! of 22 (computed, not a clinical claim).
//!
//! Invariants: the last step is the first one whose rounded amount is at or below stop-at, so the final amount appears once.
//! Amounts never rise. What a step comes to does not depend on where the plan ends. The parts of a day sum to its amount exactly.

use super::terms::{MOST_STEPS, Percent, Shape, Terms, TermsError};
use crate::domain::amount::Amount;
use crate::domain::text::round::round;
use chrono::{Datelike, Days, NaiveDate};

/// A step of a preview.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// 0 is the start amount, 1 the first cut.
    pub number: u16,
    /// Its first day.
    pub begins: NaiveDate,
    /// The day's amount, rounded to the nearest one that can be measured out; step 0 as entered.
    pub amount: Amount,
    /// The day's amount before rounding.
    pub exact: f64,
    /// The cut in percent of the amount before; 0 for step 0 and for a longer stay. Screens show one decimal.
    pub realised_percent: f64,
    /// Whether rounding made the cut visibly larger than the chosen rate. The shape says what the rate is a percentage of; an
    /// own list has no rate and is never marked.
    pub is_above_rate: bool,
    /// The day's amount over the doses of the day, the larger first; 0 where there are fewer portions than doses.
    pub parts: Vec<Amount>,
}

/// A plan before it begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// Step 0 and all cuts.
    pub steps: Vec<Step>,
    /// The number of steps without step 0.
    pub count: u16,
    /// The first day of the last step.
    pub ends: NaiveDate,
    /// By step: whether it keeps the amount before it, by rounding or by the person's list.
    stays: Vec<bool>,
}

impl Preview {
    /// Whether step `number` keeps the amount of the step before it: a longer stay.
    pub fn is_longer_stay(&self, number: u16) -> bool {
        self.stays.get(usize::from(number)) == Some(&true)
    }

    /// How many steps keep the amount before them.
    pub(crate) fn longer_stays(&self) -> usize {
        self.stays.iter().filter(|stays| **stays).count()
    }

    /// How many steps are cut by more than the chosen rate.
    pub(crate) fn above_rate(&self) -> usize {
        self.steps.iter().filter(|step| step.is_above_rate).count()
    }
}

/// The steps of `terms`.
///
/// # Errors
/// What does not fit together in the terms, or [`TermsError::TooLong`].
pub fn preview(terms: &Terms) -> Result<Preview, TermsError> {
    terms.check()?;
    let mut steps: Vec<Step> = Vec::new();
    let mut before = terms.start;
    let curve = curve(terms)?;
    for number in 0..=MOST_STEPS {
        let Some(exact) = curve(number) else { break };
        let amount = if number == 0 {
            terms.start
        } else {
            measurable(exact, before, terms)
        };
        let begins = Days::new(u64::from(number) * u64::from(terms.every_days));
        let begins = terms.begin.checked_add_days(begins);
        steps.push(Step {
            number,
            begins: begins
                // The program reads and writes years with four digits.
                .filter(|day| day.year() <= 9999)
                .ok_or(TermsError::TooLong)?,
            amount,
            exact,
            realised_percent: share(before.less(amount), before),
            is_above_rate: is_above_rate(terms, before, amount),
            parts: parts(amount, terms.smallest, terms.split),
        });
        before = amount;
        if amount <= terms.until {
            break;
        }
    }
    let last = steps.last().ok_or(TermsError::TooLong)?;
    // An own list ends where the person let it end.
    let is_list = matches!(terms.shape, Shape::OwnList(_));
    if last.amount > terms.until && !is_list {
        return Err(TermsError::TooLong);
    }
    let (count, ends) = (last.number, last.begins);
    let pairs = steps
        .windows(2)
        .map(|pair| pair[0].amount == pair[1].amount);
    let stays = std::iter::once(false).chain(pairs).collect();
    Ok(Preview {
        steps,
        count,
        ends,
        stays,
    })
}

/// The amount of each step before rounding; an own list unchanged, and nothing after its end.
fn curve(terms: &Terms) -> Result<Box<dyn Fn(u16) -> Option<f64> + '_>, TermsError> {
    let start = terms.start.thousandths();
    let exact: Box<dyn Fn(u16) -> f64> = match &terms.shape {
        Shape::OwnList(amounts) => {
            if amounts.len() > usize::from(MOST_STEPS) {
                return Err(TermsError::TooLong);
            }
            return Ok(Box::new(|n| match n {
                0 => Some(terms.start.number()),
                n => amounts
                    .get(usize::from(n) - 1)
                    .map(|amount| amount.number()),
            }));
        }
        Shape::PercentOfCurrent(percent) => {
            let left = 1.0 - percent.part();
            Box::new(move |n| terms.start.number() * left.powi(i32::from(n)))
        }
        // In whole numbers: ten cuts of 10 % must be exactly everything, and 10 × 0.1 is not exactly 1.
        Shape::PercentOfStart(percent) => Box::new(move |n| {
            let left = i64::from(Percent::WHOLE) - i64::from(n) * i64::from(percent.thousandths());
            let whole = f64::from(Percent::WHOLE) * 1000.0;
            (start.saturating_mul(left.max(0))) as f64 / whole
        }),
        Shape::FixedCut(cut) => {
            let cut = cut.thousandths();
            Box::new(move |n| (start - i64::from(n).saturating_mul(cut)).max(0) as f64 / 1000.0)
        }
    };
    Ok(Box::new(move |n| Some(exact(n))))
}

/// The amount nearest to `exact` that can be measured out: never above `before`, and never 0 where `exact` cannot be.
fn measurable(exact: f64, before: Amount, terms: &Terms) -> Amount {
    let portions = exact / terms.smallest.number();
    let of = |portions: f64| Amount::nearest(portions * terms.smallest.number());
    // Tolerance: 29.999999999 portions are 30, not 29.
    let down = of((portions + 1e-9).floor());
    let nearest = of(round(portions, 0));
    // A share of the current amount never reaches 0, and rounding must not claim that it does.
    let lowest = match terms.shape {
        Shape::PercentOfCurrent(_) => terms.smallest,
        _ => Amount::ZERO,
    };
    let amount = if nearest > before { down } else { nearest };
    amount.max(lowest).min(before)
}

/// `part` in percent of `whole`; 0 when `whole` is 0.
fn share(part: Amount, whole: Amount) -> f64 {
    if whole.is_zero() {
        0.0
    } else {
        100.0 * part.number() / whole.number()
    }
}

/// Compared with the shown decimals, so that no mark appears beside two numbers that look equal.
fn is_above_rate(terms: &Terms, before: Amount, amount: Amount) -> bool {
    let cut = before.less(amount);
    let is_more = |of: Amount, rate: Percent| round(share(cut, of), 1) > round(rate.number(), 1);
    match &terms.shape {
        Shape::PercentOfCurrent(rate) => is_more(before, *rate),
        Shape::PercentOfStart(rate) => is_more(terms.start, *rate),
        Shape::FixedCut(chosen) => cut > *chosen,
        Shape::OwnList(_) => false,
    }
}

/// Splits `amount` over `doses` of a day: whole portions of `smallest` as evenly as possible, the larger doses first. A rest
/// below one portion goes to the first of the smaller doses.
pub fn parts(amount: Amount, smallest: Amount, doses: u8) -> Vec<Amount> {
    let doses = i64::from(doses.max(1));
    // Stored terms are read without a check, so the smallest amount may be 0.
    let portion = smallest.thousandths().max(1);
    let (portions, rest) = (
        amount.thousandths() / portion,
        amount.thousandths() % portion,
    );
    let (each, larger) = (portions / doses, portions % doses);
    (0..doses)
        .map(|dose| {
            let more = i64::from(dose < larger) * portion;
            let left = if dose == larger { rest } else { 0 };
            Amount::from_thousandths(each * portion + more + left)
        })
        .collect()
}
