//! What was rated and measured, in words: counts, medians, ranges, changes, and what the numbers mean.
//!
//! Invariant: a number stands with its n; a change is less or more and no verdict.

use super::block::{Block, Table, day, labelled, paragraphs};
use crate::domain::check_in::catalogue::catalogue;
use crate::domain::report::series::{Summary, ends};
use crate::domain::report::{Counts, Report, Section};
use crate::domain::series::stats::NEEDED;
use crate::domain::text::words::count;
use crate::domain::time::span::Span;

pub(super) fn counts(counts: Counts) -> Vec<(String, String)> {
    let of = |n: usize| format!("{n} of {}", counts.all);
    labelled(vec![
        ("Check-ins", counts.all.to_string()),
        ("Written late", of(counts.late)),
        ("With copied ratings", of(counts.copied)),
        ("Overall alone", of(counts.overall_alone)),
    ])
}

/// The same on one line: "20; 0 late, 2 with copied ratings, 1 overall alone".
pub(super) fn counts_text(counts: Counts) -> String {
    format!(
        "{}; {} written late, {} with copied ratings, {} with an overall alone",
        counts.all, counts.late, counts.copied, counts.overall_alone
    )
}

/// The row of a series: name, days, median, range, change.
pub(super) fn row(summary: &Summary) -> Vec<String> {
    let name = match summary.unit.as_str() {
        "" => summary.name.clone(),
        unit => format!("{}, {unit}", summary.name),
    };
    // A dash, never a 0, for a number that does not exist.
    let dash = || "-".to_owned();
    vec![
        name,
        summary.n.to_string(),
        summary
            .median
            .map_or_else(dash, |median| median.to_string()),
        summary
            .range
            .map_or_else(dash, |(low, high)| format!("{low} to {high}")),
        summary.change.report_cell(),
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
    // A short period compares fewer days, and the caption must say how many.
    let days = ends(span).0.len();
    if days < NEEDED {
        return format!(
            "not compared: it takes {NEEDED} days at the beginning and {NEEDED} at the end"
        );
    }
    format!("change: mean of the last {days} days against the first {days}")
}

pub(super) fn indices(all: &[Summary], span: Span) -> Vec<Block> {
    let mut blocks = vec![summaries("Index", "Day values over the period", all, span)];
    let in_part = all.first().map_or(0, |severity| severity.in_part);
    if in_part > 0 {
        let days = count(in_part, "day", "days");
        let part = "answered in part (9 to 13 of 18)";
        blocks.push(Block::Said(format!(
            "Of the days with a severity {days} {part}."
        )));
    }
    blocks.extend(worst(all));
    blocks
}

/// "Severity 62 on 2026-11-12, of 3 check-ins; 5 days with several": the worst of each, as far as days have several check-ins.
fn worst(all: &[Summary]) -> Option<Block> {
    let line = |summary: &Summary| {
        let worst = summary.worst?;
        let check_ins = count(worst.check_ins, "check-in", "check-ins");
        let days = count(worst.days, "day", "days");
        Some(format!(
            "{} {} on {}, of {check_ins} ({days} with several)",
            summary.name,
            worst.value,
            day(worst.day)
        ))
    };
    let lines: Vec<String> = all.iter().filter_map(line).collect();
    (!lines.is_empty()).then(|| Block::Said(format!("Worst of a day: {}.", lines.join("; "))))
}

pub(super) fn symptoms(all: &[Summary], span: Span) -> Vec<Block> {
    if all.is_empty() {
        return paragraphs("No symptom is rated in this period.");
    }
    vec![summaries("Symptom", "0 none to 4 very severe", all, span)]
}

pub(super) fn measurements(report: &Report) -> Vec<Block> {
    let all = report.measurements.as_deref().unwrap_or_default();
    if all.is_empty() && report.totals.is_empty() {
        return paragraphs("Nothing is measured in this period.");
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

pub(super) fn scales(report: &Report) -> Vec<Block> {
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
            // Says that the index is our own: a reader could take it for a validated scale such as the COWS.
            "Severity",
            "own index 0 to 100: 25 times the mean of the answered of 18 core symptoms; Body of 10, Mind of 8; shown from half of them on; no clinical bands".to_owned(),
        ),
        (
            "Overall",
            "one number, 0 not hard at all to 10 the hardest imaginable".to_owned(),
        ),
        (
            "Day value",
            "of ratings the mean of that day's check-ins, of a measurement the mean of its values, where sleep, fluids and counts add up; median and range are of day values; a blank is never 0, a day without a value adds nothing".to_owned(),
        ),
        (
            "Worst",
            "the highest check-in of a day, where two or more have a value; of an index only check-ins with at least 14 of 18 answered; with the number of check-ins behind it".to_owned(),
        ),
        (
            "Check-ins",
            "late: written after its day had ended; copied: some ratings taken over from the last time; overall alone: one number and no symptoms".to_owned(),
        ),
    ];
    // An explanation of amounts is useless where the report has none.
    if report.has(Section::Used) {
        facts.push((
            "Amounts",
            "as the person logged them, in the product's own unit; products are not converted"
                .to_owned(),
        ));
    }
    vec![Block::Facts(labelled(facts))]
}

/// A chart in words: days, median, range, change.
pub(super) fn chart_text(summary: &Summary) -> String {
    let Some((median, (low, high))) = summary.median.zip(summary.range) else {
        return "No day has a value.".to_owned();
    };
    format!(
        "{} of {} days have a value. Median {median}, range {low} to {high}. Change: {}.",
        summary.n,
        summary.of,
        summary.change.report_cell()
    )
}
