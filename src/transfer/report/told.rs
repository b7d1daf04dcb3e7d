//! The report in words: each part as facts, tables and lines, the same for every form.
//!
//! Invariant: days are written as in ISO 8601 and times with 24 hours; a number stands with its n; a change is less or more
//! and no verdict; what is not known is said in words.

use crate::domain::amount::Amount;
use crate::domain::attempt::Ending;
use crate::domain::catalogue::catalogue;
use crate::domain::dose::long;
use crate::domain::report::{AttemptTold, Counts, Period, Report, Section, Since};
use crate::domain::report_care::MedicineTaken;
use crate::domain::report_series::{Summary, ends};
use crate::domain::report_used::{Lapses, LastDose, Used, UsedProduct};
use crate::domain::round::round;
use crate::domain::stats::{Comparison, Span};
use crate::domain::words;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta};

/// A part of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) section: Section,
    pub(super) blocks: Vec<Block>,
}

/// What a part is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A sentence.
    Said(String),
    /// Labels with their words.
    Facts(Vec<(String, String)>),
    /// Rows under a head.
    Table(Table),
    /// Lines, each beside when or what it is about; empty where there is nothing.
    List(Vec<(String, String)>),
}

/// A table. The first cell of a row is its heading; of the others, the last `words` are words and not numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) words: usize,
}

/// "2026-11-22".
pub(super) fn day(day: NaiveDate) -> String {
    day.to_string()
}

/// "2026-11-22 19:05".
pub(super) fn moment(at: DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

/// "2026-11-16 to 2026-11-22"; a day alone stands for itself.
pub(super) fn stretch(span: Span) -> String {
    if span.from == span.to {
        day(span.from)
    } else {
        format!("{} to {}", span.from, span.to)
    }
}

/// "2026-11-16 to 11-22": the year of the first day alone where it is that of both.
fn near_stretch(span: Span) -> String {
    if span.from.year() != span.to.year() || span.from == span.to {
        return stretch(span);
    }
    format!("{} to {}", span.from, span.to.format("%m-%d"))
}

/// The title: neutral, so that a window or a list of files says nothing.
pub(super) fn title(report: &Report) -> String {
    format!("Report, {}", stretch(report.period.span))
}

/// The first line; `None` where it was left out.
pub(super) fn lead(report: &Report) -> Option<String> {
    let last = report.last_dose.as_ref()?;
    Some(match last {
        None => "No dose is logged.".to_owned(),
        Some(last) => format!("Last logged dose: {}.", last_dose(last)),
    })
}

fn last_dose(last: &LastDose) -> String {
    format!(
        "{}, {}, {}, {}",
        last.amount,
        kratom(&last.product),
        moment(last.at),
        ago(last.ago)
    )
}

/// "Leaf powder (kratom)": whoever reads it may not know what the person calls it.
pub(super) fn kratom(product: &str) -> String {
    if product.to_lowercase().contains("kratom") {
        product.to_owned()
    } else {
        format!("{product} (kratom)")
    }
}

/// "25 h ago", "74 h ago (3 days 2 h)".
pub(super) fn ago(ago: TimeDelta) -> String {
    match ago.num_hours() {
        0 => format!("{} ago", long(ago)),
        hours @ 1..48 => format!("{hours} h ago"),
        hours => format!("{hours} h ago ({})", long(ago)),
    }
}

/// The period in facts: days, why, missing days.
pub(super) fn period(period: &Period) -> Vec<(String, String)> {
    let n = period.span.len();
    let since = match &period.since {
        Since::Asked => String::new(),
        Since::Visit(title) => format!(", since the last appointment ({title})"),
        Since::Usual => String::new(),
    };
    let missing: usize = period.missing.iter().map(|span| span.len()).sum();
    let which: Vec<String> = period
        .missing
        .iter()
        .map(|span| near_stretch(*span))
        .collect();
    let mut facts = vec![
        ("Period", format!("{}{since}", stretch(period.span))),
        (
            "Days",
            format!(
                "{}, {} with a check-in",
                words::count(n, "day", "days"),
                period.days_with
            ),
        ),
        (
            "Missing days",
            match (missing, period.is_today_open) {
                (0, false) => "none".to_owned(),
                (0, true) => "none; today has no check-in yet".to_owned(),
                (_, false) => format!("{missing}: {}", few(&which, 6)),
                (_, true) => format!("{missing}: {}; today has no check-in yet", few(&which, 6)),
            },
        ),
    ];
    if !period.days_zero.is_empty() {
        let days: Vec<String> = period.days_zero.iter().map(|d| day(*d)).collect();
        facts.push((
            "Day 0",
            format!("{}: nothing is compared across it", days.join(", ")),
        ));
    }
    labelled(facts)
}

/// The first `most`, and how many more there are.
fn few(all: &[String], most: usize) -> String {
    let shown = all
        .iter()
        .take(most)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    match all.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} and {more} more stretches"),
    }
}

fn labelled(facts: Vec<(&'static str, String)>) -> Vec<(String, String)> {
    let facts = facts.into_iter();
    facts
        .map(|(label, text)| (label.to_owned(), text))
        .collect()
}

/// The parts after the first line, in the order of the page.
pub(super) fn parts(report: &Report) -> Vec<Part> {
    let each = Section::ALL
        .into_iter()
        .filter(|section| report.has(*section));
    each.filter_map(|section| {
        let blocks = blocks(report, section)?;
        Some(Part { section, blocks })
    })
    .collect()
}

fn blocks(report: &Report, section: Section) -> Option<Vec<Block>> {
    let span = report.period.span;
    match section {
        Section::LastDose => None,
        Section::Attempt => Some(attempt(report.attempt.as_ref()?.as_ref())),
        Section::Baseline => Some(baseline(report.baseline.as_ref()?)),
        Section::CheckIns => Some(vec![Block::Facts(counts(*report.counts.as_ref()?))]),
        Section::Indices => Some(vec![summaries(
            "Index",
            "Day values over the period",
            report.indices.as_ref()?,
            span,
        )]),
        Section::Symptoms => Some(symptoms(report.symptoms.as_ref()?, span)),
        Section::Used => Some(used(report.used.as_ref()?)),
        Section::Medicines => Some(medicines(report.medicines.as_ref()?)),
        Section::Measurements => Some(measurements(report)),
        Section::Lapses => Some(lapses(report.lapses.as_ref()?)),
        Section::Signs => Some(signs(report)),
        Section::Questions => Some(questions(report)),
        Section::Notes => Some(notes(report)),
        Section::Scales => Some(scales(report)),
    }
}

fn said(text: &str) -> Vec<Block> {
    vec![Block::Said(text.to_owned())]
}

fn attempt(attempt: Option<&AttemptTold>) -> Vec<Block> {
    let Some(attempt) = attempt else {
        return said("No attempt is noted.");
    };
    let mut facts = vec![(
        "Attempt",
        format!(
            "{}, {}, began {}",
            attempt.number, attempt.method, attempt.began
        ),
    )];
    facts.push((
        "Day 0",
        match attempt.day_zero {
            Some((zero, number)) => format!("{zero}; the period ends on day {number}"),
            None => "not set".to_owned(),
        },
    ));
    if let Some((day, ending)) = attempt.ended {
        let how = match ending {
            Ending::Ended => "ended",
            Ending::SetAside => "set aside",
        };
        facts.push(("Since then", format!("{how} {day}")));
    }
    facts.push((
        "Goal",
        attempt
            .goal
            .clone()
            .unwrap_or_else(|| "not noted".to_owned()),
    ));
    vec![Block::Facts(labelled(facts))]
}

fn baseline(baseline: &[(&'static str, String)]) -> Vec<Block> {
    if baseline.is_empty() {
        return said("Nothing is noted of the time before.");
    }
    let facts = baseline.iter();
    vec![Block::Facts(
        facts
            .map(|(label, text)| ((*label).to_owned(), text.clone()))
            .collect(),
    )]
}

fn counts(counts: Counts) -> Vec<(String, String)> {
    let of = |n: usize| format!("{n} of {}", counts.all);
    labelled(vec![
        ("Check-ins", counts.all.to_string()),
        ("Written late", of(counts.late)),
        ("With copied ratings", of(counts.copied)),
        ("Overall alone", of(counts.overall_alone)),
    ])
}

/// The same on one line: "20; 0 late, 2 with copied ratings, 1 overall alone".
pub(super) fn counts_said(counts: Counts) -> String {
    format!(
        "{}; {} written late, {} with copied ratings, {} with an overall alone",
        counts.all, counts.late, counts.copied, counts.overall_alone
    )
}

/// "12 less, 43 to 31"; or why there is none.
pub(super) fn change(change: &Comparison) -> String {
    match change {
        Comparison::Change {
            before,
            now,
            change,
        } => {
            let between = format!("{} to {}", before.0, now.0);
            match change.value() {
                less if less < 0.0 => format!("{} less, {between}", change.abs()),
                more if more > 0.0 => format!("{change} more, {between}"),
                _ => format!("0, {between}"),
            }
        }
        Comparison::TooFew { before, now, .. } => format!("too few days ({before}, {now})"),
        // Which day that is stands with the period.
        Comparison::AcrossDayZero { .. } => "none (day 0)".to_owned(),
    }
}

/// The row of a series: name, days, median, range, change.
pub(super) fn row(summary: &Summary) -> Vec<String> {
    let name = match summary.unit.as_str() {
        "" => summary.name.clone(),
        unit => format!("{}, {unit}", summary.name),
    };
    let dash = || "\u{2013}".to_owned();
    vec![
        name,
        summary.n.to_string(),
        summary
            .median
            .map_or_else(dash, |median| median.to_string()),
        summary
            .range
            .map_or_else(dash, |(low, high)| format!("{low} to {high}")),
        change(&summary.change),
    ]
}

fn summaries(first: &str, caption: &str, summaries: &[Summary], span: Span) -> Block {
    let days = format!("Days of {}", span.len());
    let head = [first, &days, "Median", "Range", "Change"];
    Block::Table(Table {
        caption: format!("{caption}; {}", compared(span)),
        head: head.map(str::to_owned).to_vec(),
        rows: summaries.iter().map(row).collect(),
        words: 1,
    })
}

/// "change: mean of the last 7 days against the first 7".
pub(super) fn compared(span: Span) -> String {
    let days = ends(span).0.len();
    format!("change: mean of the last {days} days against the first {days}")
}

fn symptoms(all: &[Summary], span: Span) -> Vec<Block> {
    if all.is_empty() {
        return said("No symptom is rated in this period.");
    }
    vec![summaries("Symptom", "0 none to 4 very severe", all, span)]
}

fn used(used: &Used) -> Vec<Block> {
    let mut blocks: Vec<Block> = used.products.iter().flat_map(used_product).collect();
    if blocks.is_empty() {
        blocks = said("Nothing that was used is logged in this period.");
    }
    if !used.others.is_empty() {
        let others = used.others.iter().map(|other| {
            let times = words::count(other.times, "time", "times");
            let days = words::count(other.days, "day", "days");
            (
                other.name.clone(),
                format!("{times} on {days}, last {}", other.last),
            )
        });
        blocks.push(Block::Said("Other substances:".to_owned()));
        blocks.push(Block::List(others.collect()));
    }
    blocks
}

fn used_product(used: &UsedProduct) -> Vec<Block> {
    let mut facts = vec![("Product", kratom(&used.product.name))];
    facts.push((
        "Logged",
        format!(
            "{} on {} of {}",
            words::count(used.doses, "dose", "doses"),
            used.days_logged,
            words::count(used.staircase.days.len(), "day", "days")
        ),
    ));
    match &used.range {
        Some((least, most)) if least == most => facts.push(("A day with use", most.clone())),
        Some((least, most)) => facts.push((
            "A day with use",
            format!("median {}, {least} to {most}", used.median),
        )),
        None => {}
    }
    for terms in &used.terms {
        facts.push(("Plan", terms.clone()));
    }
    let mut blocks = vec![Block::Facts(labelled(facts))];
    if !used.steps.is_empty() {
        let steps = used.steps.iter().map(|step| {
            let mean = step.mean_used.map(|mean| Amount::nearest(round(mean, 1)));
            vec![
                near_stretch(Span {
                    from: step.from,
                    to: step.to,
                }),
                used.product.said(step.amount),
                mean.map_or_else(
                    || "nothing logged".to_owned(),
                    |mean| used.product.said(mean),
                ),
                format!("{} of {}", step.days_logged, step.days),
                step.days_at_or_below.to_string(),
                step.days_above.to_string(),
            ]
        });
        blocks.push(Block::Table(Table {
            caption: format!(
                "{}: steps of the plan beside what was used",
                used.product.name
            ),
            head: [
                "Step",
                "Plan, at most",
                "Used, mean",
                "Days logged",
                "At or below",
                "Above",
            ]
            .map(str::to_owned)
            .to_vec(),
            rows: steps.collect(),
            words: 0,
        }));
    }
    blocks
}

fn medicines(all: &[MedicineTaken]) -> Vec<Block> {
    if all.is_empty() {
        return said("No medicine is noted for this period.");
    }
    let lines = all
        .iter()
        .map(|medicine| (medicine.name.clone(), medicine_said(medicine)));
    vec![Block::List(lines.collect())]
}

fn medicine_said(medicine: &MedicineTaken) -> String {
    let mut parts = Vec::new();
    parts.extend(medicine.prescribed.clone());
    parts.extend(
        medicine
            .purpose
            .as_ref()
            .map(|purpose| format!("for {purpose}")),
    );
    parts.push(match medicine.dates {
        (Some(start), Some(stop)) => format!("{start} to {stop}"),
        (Some(start), None) => format!("since {start}"),
        (None, Some(stop)) => format!("until {stop}"),
        (None, None) => String::new(),
    });
    parts.extend(
        medicine
            .stopped_for
            .as_ref()
            .map(|why| format!("stopped: {why}")),
    );
    parts.push(match medicine.taken {
        0 => "no intake noted".to_owned(),
        n => format!(
            "taken {} on {}",
            words::count(n, "time", "times"),
            words::count(medicine.days, "day", "days")
        ),
    });
    if medicine.late > 0 {
        parts.push(format!("{} late", medicine.late));
    }
    if medicine.skipped > 0 {
        parts.push(format!("{} skipped", medicine.skipped));
    }
    parts.extend(medicine.last.map(|last| format!("last {}", moment(last))));
    parts.retain(|part| !part.is_empty());
    parts.join("; ")
}

fn measurements(report: &Report) -> Vec<Block> {
    let all = report.measurements.as_deref().unwrap_or_default();
    if all.is_empty() && report.totals.is_empty() {
        return said("Nothing is measured in this period.");
    }
    let mut blocks = Vec::new();
    if !all.is_empty() {
        blocks.push(summaries(
            "Measurement",
            "Day values",
            all,
            report.period.span,
        ));
    }
    if !report.totals.is_empty() {
        let totals = report.totals.iter();
        blocks.push(Block::List(
            totals
                .map(|(on, total)| (day(*on), total.clone()))
                .collect(),
        ));
    }
    blocks
}

fn lapses(lapses: &Lapses) -> Vec<Block> {
    if !lapses.has_day_zero {
        return said("No day 0 is set.");
    }
    if lapses.days == 0 {
        return said("None logged in this period.");
    }
    let mut blocks = Vec::new();
    if lapses.days > lapses.listed.len() {
        blocks.push(Block::Said(format!(
            "{} on {}; the last {} days with use:",
            words::count(lapses.doses, "dose", "doses"),
            words::count(lapses.days, "day", "days"),
            lapses.listed.len()
        )));
    }
    let lines = lapses.listed.iter();
    blocks.push(Block::List(
        lines
            .map(|day| (moment(day.at), day.said.clone()))
            .collect(),
    ));
    blocks
}

fn signs(report: &Report) -> Vec<Block> {
    let all = report.signs.as_deref().unwrap_or_default();
    if all.is_empty() {
        return said("None noted in this period.");
    }
    let lines = all.iter().map(|sign| {
        let said = match sign.level.as_str() {
            "" => sign.said.clone(),
            level => format!("{} ({level})", sign.said),
        };
        (moment(sign.at), said)
    });
    vec![Block::List(lines.collect())]
}

fn questions(report: &Report) -> Vec<Block> {
    let Some(questions) = &report.questions else {
        return Vec::new();
    };
    let mut blocks = Vec::new();
    if let Some((visit, at)) = &questions.visit {
        blocks.push(Block::Said(format!("Next: {visit}, {}.", moment(*at))));
    }
    if questions.open.is_empty() {
        blocks.push(Block::Said("None gathered.".to_owned()));
    } else {
        let lines = questions.open.iter().enumerate();
        blocks.push(Block::List(
            lines
                .map(|(at, question)| ((at + 1).to_string(), question.clone()))
                .collect(),
        ));
    }
    blocks
}

fn notes(report: &Report) -> Vec<Block> {
    let all = report.notes.as_deref().unwrap_or_default();
    if all.is_empty() {
        return said("None in this period.");
    }
    let lines = all.iter().map(|note| {
        let on = match note.on {
            "check-in" => String::new(),
            on => format!("{on}: "),
        };
        (moment(note.at), format!("{on}{}", note.text))
    });
    vec![Block::List(lines.collect())]
}

fn scales(report: &Report) -> Vec<Block> {
    let scale = &catalogue().scale;
    let anchors = scale
        .anchors
        .iter()
        .map(|anchor| format!("{} {}", anchor.value, anchor.label.to_lowercase()));
    let mut facts = vec![
        (
            "Symptom",
            format!(
                "{}; {}",
                anchors.collect::<Vec<_>>().join(", "),
                scale.recall
            ),
        ),
        (
            "Severity",
            "own index 0 to 100: 25 \u{d7} the mean of the answered of 18 core symptoms; Body of 10, Mind of 8; shown from half of them on; no clinical bands".to_owned(),
        ),
        (
            "Overall",
            "one number, 0 not hard at all to 10 the hardest imaginable".to_owned(),
        ),
        (
            "Day value",
            "mean of a day's check-ins; median and range are of day values; a blank is never 0, a day without a value adds nothing".to_owned(),
        ),
        (
            "Check-ins",
            "late: written after its day had ended; copied: some ratings taken over from the last time; overall alone: one number and no symptoms".to_owned(),
        ),
    ];
    if report.has(Section::Used) {
        facts.push((
            "Amounts",
            "as the person logged them, in the product's own unit; products are not converted"
                .to_owned(),
        ));
    }
    vec![Block::Facts(labelled(facts))]
}

/// "Not in this report: Notes, Questions for the visit."
pub(super) fn left_out(report: &Report) -> Option<String> {
    let titles: Vec<&str> = report.left_out().map(Section::title).collect();
    (!titles.is_empty()).then(|| format!("Not in this report: {}.", titles.join(", ")))
}

/// A chart in words: days, median, range, change.
pub(super) fn chart_said(summary: &Summary) -> String {
    let Some((median, (low, high))) = summary.median.zip(summary.range) else {
        return "No day has a value.".to_owned();
    };
    format!(
        "{} of {} days have a value. Median {median}, range {low} to {high}. Change: {}.",
        summary.n,
        summary.of,
        change(&summary.change)
    )
}
