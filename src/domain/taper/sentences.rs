//! A plan in words, the same on screen, on the command line and in plain mode.
//!
//! Invariants: a sentence gives an amount as "at most", never as what is left. It names a day with nothing logged. Use above
//! or below the plan is a number without a verdict. A lower amount stays out until the person has answered the question.

use super::actual_use::{StepComparison, against_steps};
use super::plan::{Plan, Stair, Version, Why};
use super::schedule::{Preview, Step, parts};
use super::terms::{Shape, Terms};
use crate::domain::amount::Amount;
use crate::domain::dose;
use crate::domain::dose::product;
use crate::domain::dose::product::Product;
use crate::domain::journal::Journal;
use crate::domain::taper::double;
use crate::domain::taper::plans;
use crate::domain::text::round::Shown;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// A step of a preview as text, one field a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// "0", "1" …
    pub step: String,
    /// "Mon 30 Nov 2026".
    pub begins: String,
    /// "3 g".
    pub amount: String,
    /// "−10.0 %"; empty for step 0 and a longer stay.
    pub cut: String,
    /// "above the chosen rate", "longer stay", or nothing.
    pub mark: &'static str,
    /// "1 + 1 + 0.9"; empty for one dose a day.
    pub parts: String,
}

impl StepRow {
    /// "step 3, Mon 16 Nov 2026: 3 g, −14.3 %, 1.5 + 1.5".
    pub(crate) fn sentence(&self) -> String {
        let parts = [&self.amount, &self.cut, &self.parts, self.mark];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("step {}, {}: {}", self.step, self.begins, parts.join(", "))
    }
}

/// The mark of a step that is cut by more than the chosen rate.
pub(crate) const ABOVE_RATE: &str = "above your rate";
/// The mark of a step that keeps the amount before it.
pub(crate) const LONGER_STAY: &str = "longer stay";

/// Every step of a preview.
pub fn step_rows(preview: &Preview, product: &Product) -> Vec<StepRow> {
    let row = |step: &Step| {
        let stays = preview.is_longer_stay(step.number);
        let is_cut = step.number > 0 && !stays;
        StepRow {
            step: step.number.to_string(),
            begins: words::day(step.begins),
            amount: product.text(step.amount),
            cut: if is_cut {
                format!("\u{2212}{} %", Shown::new(step.realised_percent, 1))
            } else {
                String::new()
            },
            mark: match (stays, step.is_above_rate) {
                (true, _) => LONGER_STAY,
                (false, true) => ABOVE_RATE,
                (false, false) => "",
            },
            parts: parts_text(&step.parts),
        }
    };
    preview.steps.iter().map(row).collect()
}

/// "1 + 1 + 0.9"; empty for one dose.
pub(crate) fn parts_text(parts: &[Amount]) -> String {
    if parts.len() < 2 {
        return String::new();
    }
    let all: Vec<String> = parts.iter().map(Amount::to_string).collect();
    all.join(" + ")
}

/// A preview in sentences: the number of steps, the last day, the marks and their meaning.
pub fn summary(preview: &Preview, product: &Product) -> Vec<String> {
    let count = usize::from(preview.count);
    let last = preview.steps.last();
    let amount = last.map_or_else(String::new, |step| product.text(step.amount));
    let mut lines = vec![format!(
        "{}; the last begins {} with {amount} a day.",
        words::sentence_head(&words::count(count, "step", "steps")),
        words::day(preview.ends)
    )];
    match preview.above_rate() {
        0 => {}
        n => lines.push(format!(
            "{} cut by more than the rate you chose, because amounts are rounded to what you can measure out.",
            words::count(n, "step is", "steps are")
        )),
    }
    match preview.longer_stays() {
        0 => {}
        n => lines.push(format!(
            "{} the amount of the one before: a longer stay.",
            words::count(n, "step keeps", "steps keep")
        )),
    }
    lines
}

/// "10 % of the current amount every 7 days, from 10 g down to 1 g".
pub fn terms_text(terms: &Terms, product: &Product) -> String {
    let how = match &terms.shape {
        Shape::FixedCut(cut) => format!("{} each step", product.text(*cut)),
        shape => shape.words(),
    };
    let days = words::count(usize::from(terms.every_days), "day", "days");
    // An own list may end above stop-at.
    let last = match &terms.shape {
        Shape::OwnList(amounts) => amounts.last().copied().unwrap_or(terms.until),
        _ => terms.until,
    };
    format!(
        "{how}, every {days}, from {} to {}",
        product.text(terms.start),
        product.text(last)
    )
}

/// The state of a plan on `today`.
pub fn status(journal: &Journal, plan: &Plan, today: NaiveDate) -> Vec<String> {
    let mut lines = alone(journal, plan, today);
    let double = double::line_of(journal, plan, today);
    // Last: what the plan is comes before what is odd about it.
    lines.extend(
        double.map(|line| format!("{line}, as after a merge: end one, and the other stays.")),
    );
    lines
}

/// The same of the plan by itself.
fn alone(journal: &Journal, plan: &Plan, today: NaiveDate) -> Vec<String> {
    let Some(product) = product::by_code(journal, &plan.product) else {
        return vec!["The product of this plan is not in the list any more.".to_owned()];
    };
    let Some(version) = plan.version_on(today).or(plan.latest()) else {
        return Vec::new();
    };
    if version.why == Why::Ended {
        return vec![format!(
            "Ended on {}.",
            words::day_near(version.made, today)
        )];
    }
    if let Some(seen) = plans::asks_since(journal, plan, today) {
        let amount = plan.target_on(seen);
        let amount = amount.map_or_else(String::new, |a| format!(" at {} a day", product.text(a)));
        return vec![
            format!(
                "No entry since {}. The plan stood{amount} then, and a lower amount would follow.",
                words::day_near(seen, today)
            ),
            "How shall it go on? As it stands, held where it was, or one step back: none is better or worse.".to_owned(),
        ];
    }
    let Some(stair) = version.stair_on(today) else {
        return version.stairs.first().map_or_else(Vec::new, |first| {
            vec![format!(
                "Begins {} with {} a day.",
                words::day_near(first.begins, today),
                product.text(first.amount)
            )]
        });
    };
    running(plan, version, stair, &product, today)
}

fn running(
    plan: &Plan,
    version: &Version,
    stair: Stair,
    product: &Product,
    today: NaiveDate,
) -> Vec<String> {
    let last = version.stairs.last().map_or(stair.step, |last| last.step);
    let step = match (stair.step, version.why) {
        (0, _) => "Before the first step".to_owned(),
        // The number of steps is unknown until the plan goes on.
        (n, Why::Held { until: None }) => format!("Step {n}"),
        (n, _) => format!("Step {n} of {last}"),
    };
    let since = match (today - stair.begins).num_days() {
        0 => "from today".to_owned(),
        _ => format!("since {}", words::day_near(stair.begins, today)),
    };
    let mut lines = vec![format!(
        "{step}, {since}: at most {} a day.",
        product.text(stair.amount)
    )];
    let split = parts(stair.amount, version.terms.smallest, version.terms.split);
    if split.len() > 1 {
        lines.push(format!(
            "Over {} doses: {} {}.",
            split.len(),
            parts_text(&split),
            product.unit
        ));
    }
    lines.push(match (version.why, plan.next_cut(today)) {
        (Why::Held { until: None }, _) => "Held until you resume it.".to_owned(),
        (Why::Held { until: Some(until) }, Some((day, amount))) if today < until => format!(
            "Held; it goes on from {}, and {} follows on {}.",
            words::day_near(until, today),
            product.text(amount),
            words::day_near(day, today)
        ),
        (_, Some((day, amount))) => {
            format!(
                "Next: {} from {}.",
                product.text(amount),
                words::day_near(day, today)
            )
        }
        (_, None) => {
            "This is its last amount; it stays until you replan or end the plan.".to_owned()
        }
    });
    lines
}

/// "2 · Mon 16 Nov 2026 · held at 3 g until Mon 23 Nov 2026".
pub fn version_text(version: &Version, product: &Product) -> String {
    let at = version
        .stair_on(version.made)
        .or(version.stairs.first().copied());
    let at = at.map_or_else(String::new, |stair| product.text(stair.amount));
    let what = match version.why {
        Why::Started => format!("begun: {}", terms_text(&version.terms, product)),
        Why::Held { until: None } => format!("held at {at} until resumed"),
        Why::Held { until: Some(until) } => format!("held at {at} until {}", words::day(until)),
        Why::Resumed => format!("resumed at {at}"),
        Why::SteppedBack => format!("one step back, to {at}"),
        Why::WentOn => format!("went on at {at}, after days without entries"),
        Why::Replanned => format!("replanned: {}", terms_text(&version.terms, product)),
        Why::Ended => "ended".to_owned(),
    };
    format!(
        "{} \u{00b7} {} \u{00b7} {what}",
        version.number,
        words::day(version.made)
    )
}

/// The steps of a plan up to `today`, each beside its use. Days whose amount the person has not seen yet are left out.
pub fn lived(journal: &Journal, plan: &Plan, today: NaiveDate) -> Vec<StepComparison> {
    let Some(product) = product::by_code(journal, &plan.product) else {
        return Vec::new();
    };
    let last = plans::asks_since(journal, plan, today).unwrap_or(today);
    let Some(from) = plan.begins().filter(|first| *first <= last) else {
        return Vec::new();
    };
    let span = Span { from, to: last };
    against_steps(plan, |day| dose::used_on(journal, &product, day), span)
}

/// "used 2.9 g a day, on 6 of 7 days logged; 5 days at or below, 1 above".
pub fn used_text(step: &StepComparison, product: &Product) -> String {
    let Some(mean) = step.mean_used else {
        return format!(
            "nothing logged on {}",
            words::count(step.span.len(), "day", "days")
        );
    };
    format!(
        "used {} a day, {} of {} logged; {} at or below, {} above",
        product.text(Amount::of_mean(mean)),
        step.days_logged,
        words::count(step.span.len(), "day", "days"),
        step.days_at_or_below,
        step.days_above
    )
}

/// "step 3, 16 to 22 Nov, 3 g".
pub fn step_text(step: &StepComparison, product: &Product, today: NaiveDate) -> String {
    let days = match step.span.len() {
        1 => words::short_day(step.span.from),
        _ => words::stretch(step.span, today),
    };
    format!("step {}, {days}: {}", step.step, product.text(step.amount))
}
