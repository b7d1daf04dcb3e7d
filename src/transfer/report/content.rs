//! The report in words: title, first line, period, and each part as facts, tables and lines, the same for every format.
//!
//! Invariant: an unknown fact is named as unknown: a missing line would read as "none".

use super::block::{Block, ago, day, kratom, labelled, moment, near_stretch, paragraphs, stretch};
use super::content_care::{lapses, medicines, notes, questions, signs, used};
use super::content_rated::{counts, indices, measurements, scales, symptoms};
use crate::domain::attempt::Ending;
use crate::domain::report::used::LastDose;
use crate::domain::report::{AttemptSummary, Period, Report, Section, Since};
use crate::domain::text::words;

/// A part of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) section: Section,
    pub(super) blocks: Vec<Block>,
}

/// The title: neutral, because window titles and lists of files are visible to others.
pub(super) fn title(report: &Report) -> String {
    format!("Report, {}", stretch(report.period.span))
}

/// The first line; `None` when the person left it out.
pub(super) fn lead(report: &Report) -> Option<String> {
    let last = report.last_dose.as_ref()?;
    Some(match last {
        None => "No dose is logged.".to_owned(),
        Some(last) => format!("Last logged dose: {}.", last_dose(last)),
    })
}

fn last_dose(last: &LastDose) -> String {
    format!(
        "{}, {}, {}",
        last.amount,
        kratom(&last.product),
        last_moment(last)
    )
}

/// "2026-11-19 15:00, 27 h ago"; of a dose without a time its day alone.
pub(super) fn last_moment(last: &LastDose) -> String {
    let at = moment(last.at);
    last.ago
        .map_or(at.clone(), |since| format!("{at}, {}", ago(since)))
}

/// The period in facts: days, why, missing days.
pub(super) fn period(period: &Period) -> Vec<(String, String)> {
    let n = period.span.len();
    let since = match &period.since {
        Since::Visit(title) => format!(", since the last appointment ({title})"),
        Since::Asked | Since::Usual => String::new(),
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
    // A reader who compares the two ends of the period needs this warning.
    if !period.days_zero.is_empty() {
        let days: Vec<String> = period.days_zero.iter().map(|d| day(*d)).collect();
        facts.push((
            "Day 0",
            format!("{}: nothing is compared across it", days.join(", ")),
        ));
    }
    labelled(facts)
}

/// The first `most` stretches, and the number of the others.
fn few(all: &[String], most: usize) -> String {
    let first = all
        .iter()
        .take(most)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    match all.len().saturating_sub(most) {
        0 => first,
        more => format!("{first} and {more} more stretches"),
    }
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
        // It is the first line of the report already.
        Section::LastDose => None,
        Section::Attempt => Some(attempt(report.attempt.as_ref()?.as_ref())),
        Section::Baseline => Some(baseline(report.baseline.as_ref()?)),
        Section::CheckIns => Some(vec![Block::Facts(counts(*report.counts.as_ref()?))]),
        Section::Indices => Some(indices(report.indices.as_ref()?, span)),
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

fn attempt(attempt: Option<&AttemptSummary>) -> Vec<Block> {
    let Some(attempt) = attempt else {
        return paragraphs("No attempt is noted.");
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
        return paragraphs("Nothing is noted of the time before.");
    }
    let facts = baseline.iter();
    vec![Block::Facts(
        facts
            .map(|(label, text)| ((*label).to_owned(), text.clone()))
            .collect(),
    )]
}

/// "Not in this report: Notes, Questions for the visit."
pub(super) fn left_out(report: &Report) -> Option<String> {
    let titles: Vec<&str> = report.left_out().map(Section::title).collect();
    (!titles.is_empty()).then(|| format!("Not in this report: {}.", titles.join(", ")))
}
