//! The amounts of a taper plan by its terms, the amount that stood on a day, and what was used beside it.

use super::journal::{Journal, Plan, Shape, unit_of};
use super::number::Number;
use super::sums::{Series, Span};
use chrono::{Days, NaiveDate};

/// A step: its number, its first day, its amount.
pub type Step = (usize, NaiveDate, Number);

/// The steps by the terms: a plan ends at the first shown amount at or below its end.
pub fn steps(plan: &Plan) -> Vec<Step> {
    let smallest = match unit_of(plan.product) {
        "g" => Number::new(1, 10),
        _ => Number::whole(1),
    };
    let start = Number::thousandths(plan.start);
    let until = Number::thousandths(plan.until);
    let mut exact = start;
    let mut all = vec![(0, plan.begin, start)];
    for n in 1..1000 {
        exact = match &plan.shape {
            // Twelve decimals are enough: the powers of a share soon have more digits than a number here holds.
            Shape::PercentOfCurrent(percent) => {
                exact.times((100 - percent).into()).over(100).at(12)
            }
            Shape::PercentOfStart(percent) => exact.minus(start.times((*percent).into()).over(100)),
            Shape::Cut(by) => exact.minus(Number::thousandths(*by)),
            Shape::Steps(amounts) => match amounts.get(n - 1) {
                Some(amount) => Number::thousandths(*amount),
                None => break,
            },
        };
        let is_list = matches!(plan.shape, Shape::Steps(_));
        let shown = exact.to_step(smallest);
        let shown = if is_list {
            exact
        } else {
            shown.max(Number::whole(0))
        };
        let begins = plan.begin + Days::new(plan.every * n as u64);
        all.push((n, begins, shown));
        if !is_list && shown <= until {
            break;
        }
    }
    all
}

/// A version of a plan, as the program keeps it.
pub struct Version {
    pub made: NaiveDate,
    pub steps: Vec<Step>,
}

/// The step that stood on a day, by the version that held then.
pub fn on(versions: &[Version], day: NaiveDate) -> Option<(usize, Number)> {
    let version = versions.iter().rfind(|version| version.made <= day)?;
    let step = version
        .steps
        .iter()
        .rfind(|(_, begins, _)| *begins <= day)?;
    Some((step.0, step.2))
}

/// What was used in a stretch of a plan with one step.
pub struct Used {
    pub step: usize,
    pub amount: Number,
    pub span: Span,
    pub days_logged: usize,
    pub at_or_below: usize,
    pub mean: Option<Number>,
}

/// The stretches of a plan up to today.
pub fn used(journal: &Journal, plan: &Plan, versions: &[Version]) -> Vec<Used> {
    let mut stretches: Vec<(usize, Number, Span)> = Vec::new();
    let days = Span {
        from: plan.begin,
        to: journal.today,
    };
    for day in days.days() {
        let Some((step, amount)) = on(versions, day) else {
            continue;
        };
        match stretches.last_mut() {
            Some(last) if last.0 == step && last.1 == amount => last.2.to = day,
            _ => stretches.push((step, amount, Span { from: day, to: day })),
        }
    }
    let each = stretches.into_iter().map(|(step, amount, span)| {
        let values = journal.values(Series::Amount(plan.product), span);
        Used {
            step,
            amount,
            span,
            days_logged: values.len(),
            at_or_below: values.iter().filter(|used| **used <= amount).count(),
            mean: Number::mean(&values),
        }
    });
    each.collect()
}

/// The days on which the amount of a plan went down.
pub fn cuts(journal: &Journal, plan: &Plan, versions: &[Version]) -> Vec<NaiveDate> {
    let days = Span {
        from: plan.begin + Days::new(1),
        to: journal.today,
    };
    let is_cut = |day: &NaiveDate| {
        let before = on(versions, *day - Days::new(1));
        before
            .zip(on(versions, *day))
            .is_some_and(|(before, now)| now.1 < before.1)
    };
    days.days().filter(is_cut).collect()
}
