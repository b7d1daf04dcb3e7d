//! What was used and taken, signs, questions and notes, in words.
//!
//! Invariant: typed text stands as it was typed; more or less than a plan is a number and no verdict.

use super::block::{Block, Table, kratom, labelled, moment, near_stretch, paragraphs};
use crate::domain::amount::Amount;
use crate::domain::report::Report;
use crate::domain::report::care::MedicineUse;
use crate::domain::report::used::{Lapses, UseDay, UseSummary, UsedProduct};
use crate::domain::series::stats::Comparison;
use crate::domain::text::words;

pub(super) fn used(used: &UseSummary) -> Vec<Block> {
    let mut blocks: Vec<Block> = used.products.iter().flat_map(used_product).collect();
    if blocks.is_empty() {
        blocks = paragraphs("Nothing that was used is logged in this period.");
    }
    // Other substances come after kratom and are counted by times: their units are free words.
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

pub(super) fn used_product(used: &UsedProduct) -> Vec<Block> {
    let mut facts = vec![("Product", kratom(&used.product.name))];
    let counts = &used.counts;
    facts.push((
        "Logged",
        format!(
            "{}, {}; any entry on {} of {}",
            words::count(used.doses, "dose", "doses"),
            counts.text,
            counts.days_recorded,
            words::count(counts.of, "day", "days")
        ),
    ));
    // Within a few days the first and the last are nearly the same.
    if let Comparison::Counted(counted) = &used.compared
        && counted.now.of > 1
    {
        let days = counted.now.of;
        let (first, last) = (format!("first {days} days"), format!("last {days} days"));
        facts.push(("Compared", counted.sides(&first, &last)));
    }
    match &used.range {
        // One amount needs no median and no range.
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
            // Over the logged days; the column beside it says how many these are.
            let mean = step.mean_used.map(Amount::of_mean);
            vec![
                near_stretch(step.span),
                used.product.text(step.amount),
                mean.map_or_else(
                    || "nothing logged".to_owned(),
                    |mean| used.product.text(mean),
                ),
                format!("{} of {}", step.days_logged, step.span.len()),
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

pub(super) fn medicines(all: &[MedicineUse]) -> Vec<Block> {
    if all.is_empty() {
        return paragraphs("No medicine is noted for this period.");
    }
    let lines = all
        .iter()
        .map(|medicine| (medicine.name.clone(), medicine_text(medicine)));
    vec![Block::List(lines.collect())]
}

pub(super) fn medicine_text(medicine: &MedicineUse) -> String {
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
        // Emptied parts are dropped below, so that no stray "; " remains.
        (None, None) => String::new(),
    });
    parts.extend(
        medicine
            .stopped_for
            .as_ref()
            .map(|why| format!("stopped: {why}")),
    );
    parts.push(match medicine.taken {
        // Not "not taken": the person may just not have noted it.
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

pub(super) fn lapses(lapses: &Lapses) -> Vec<Block> {
    // Without a day 0 no dose can be after it, and "none" would be a claim.
    if !lapses.has_day_zero {
        return paragraphs("No day 0 is set.");
    }
    if lapses.days == 0 {
        return paragraphs("None logged in this period.");
    }
    let mut blocks = Vec::new();
    // The list is limited; the sentence keeps the whole number visible.
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
        lines.map(|day| (stretch(day), day.text.clone())).collect(),
    ));
    blocks
}

/// The time of a day's dose; of several, that of the first and of the last.
fn stretch(day: &UseDay) -> String {
    let first = moment(day.at);
    match day.last {
        Some(last) if last.without_time || day.at.without_time => first,
        // Within one logical day the last one may lie behind midnight.
        Some(last) if last.at.date_naive() == day.at.at.date_naive() => {
            format!("{first} to {}", last.at.format("%H:%M"))
        }
        Some(last) => format!("{first} to {}", moment(last)),
        None => first,
    }
}

pub(super) fn signs(report: &Report) -> Vec<Block> {
    let all = report.signs.as_deref().unwrap_or_default();
    if all.is_empty() {
        return paragraphs("None noted in this period.");
    }
    let lines = all.iter().map(|sign| {
        let text = match sign.level.as_str() {
            "" => sign.text.clone(),
            level => format!("{} ({level})", sign.text),
        };
        (moment(sign.at), text)
    });
    vec![Block::List(lines.collect())]
}

pub(super) fn questions(report: &Report) -> Vec<Block> {
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

pub(super) fn notes(report: &Report) -> Vec<Block> {
    let all = report.notes.as_deref().unwrap_or_default();
    if all.is_empty() {
        return paragraphs("None in this period.");
    }
    let lines = all.iter().map(|note| {
        let on = match note.on {
            // Most notes are a check-in's, so only the others name their kind.
            "check-in" => String::new(),
            on => format!("{on}: "),
        };
        (moment(note.at), format!("{on}{}", note.text))
    });
    vec![Block::List(lines.collect())]
}
