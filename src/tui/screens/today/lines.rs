//! The sentences of Today: where am I, what is there today, how does it compare. Plain mode says the same ones.

use crate::domain::attempt::NumberedAttempt;
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::catalogue::phase_of;
use crate::domain::check_in::severity::CORE_ITEMS;
use crate::domain::series::Series;
use crate::domain::series::stats::{Comparison, TREND_DAYS, against_week_ago, day_values, mean};
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::tui::readout::{Line, moved};
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::sparkline::spark;
use crate::tui::widgets::text::{fit, pad};

/// The title over [`compared`].
pub(super) const COMPARED: &str = "Last 7 days against the 7 before";
/// Symptoms that [`compared`] names at most.
const MOST: usize = 8;

/// What the day is counted from.
pub(super) fn since(open: NumberedAttempt<'_>, shared: &Shared) -> Vec<Line> {
    let attempt = open.attempt;
    if let Some(zero) = attempt.day_zero {
        let day = words::short_day(zero);
        let number = open.number;
        // Use after day 0 moves nothing: the day is then counted from day 0 by name, and the last dose stands beside it.
        let last = shared.journal.last_dose(shared.now.at.timestamp());
        let text = match last.filter(|dose| dose.day > zero) {
            Some(dose) => {
                let last = words::short_day(dose.day);
                let dot = shared.theme.glyph(Glyph::Middle);
                let zero = shared.manner().day_zero();
                format!("since {zero}, {day} (attempt {number}) {dot} last dose {last}")
            }
            None => format!("since last use, {day} (attempt {number})"),
        };
        vec![(text, Role::Text)]
    } else {
        let began = words::short_day(attempt.began);
        vec![
            (
                format!(
                    "begun {began}, {}; day 0 is not set",
                    attempt.method.label()
                ),
                Role::Text,
            ),
            (
                "s sets day 0, the day of last use, once it is known".to_owned(),
                Role::Faint,
            ),
        ]
    }
}

/// The stretch of the timeline, as context, and the goal.
pub(super) fn about(open: NumberedAttempt<'_>, shared: &Shared) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(phase) = open.attempt.day_number(shared.today()).and_then(phase_of) {
        lines.push((phase.context(shared.manner()), Role::Faint));
    }
    if let Some(goal) = &open.attempt.goal {
        lines.push((format!("goal: {goal}"), Role::Faint));
    }
    lines
}

/// Severity today or on the last day with one, and how it compares.
pub(super) fn severity(shared: &Shared) -> Vec<Line> {
    let (journal, today, theme) = (&shared.journal, shared.today(), shared.theme);
    let mut lines = Vec::new();
    let recent = Span::ending(today, TREND_DAYS);
    let latest = journal
        .between(recent.from, today)
        .rev()
        .find_map(|day| Some((day, Series::Severity.of_day(day)?)));
    match latest {
        Some((day, value)) => {
            let when = words::relative_day(day.date, today);
            let answered = day.core_answered(&journal.symptoms);
            let shown = Series::Severity.shown(value);
            lines.push((
                format!("severity {shown} {when}, {answered} of {CORE_ITEMS} answered"),
                Role::Accent,
            ));
        }
        None => lines.push((
            "no severity in the last 7 days: c is a check-in, b one number".to_owned(),
            Role::Text,
        )),
    }
    match against_week_ago(journal, Series::Severity, today) {
        _ if journal.days().next().is_none() => {}
        Comparison::AcrossDayZero { earlier: None, .. } => {
            lines.push((
                "not compared with the days before day 0".to_owned(),
                Role::Faint,
            ));
        }
        severity => {
            lines.push(comparison(Series::Severity, &severity, theme));
            if mean(journal, Series::Overall, recent).n > 0 {
                lines.push(comparison(
                    Series::Overall,
                    &against_week_ago(journal, Series::Overall, today),
                    theme,
                ));
            }
        }
    }
    let hollow = journal
        .between(recent.from, today)
        .filter(|day| Series::Severity.hollow(day).is_some())
        .count();
    if hollow > 0 {
        lines.push((
            format!("{} with overall only", words::count(hollow, "day", "days")),
            Role::Faint,
        ));
    }
    lines
}

/// The sign before a change: less, more or the same, with the same weight.
pub(super) fn sign(change: f64, theme: Theme) -> &'static str {
    theme.glyph(match change {
        less if less < 0.0 => Glyph::Less,
        more if more > 0.0 => Glyph::More,
        _ => Glyph::Same,
    })
}

/// What a comparison with a week ago says, or why it says nothing.
fn comparison(series: Series, compared: &Comparison, theme: Theme) -> Line {
    let name = match series {
        Series::Overall => "overall",
        _ => "severity",
    };
    let arrow = theme.glyph(Glyph::Arrow);
    let text = match compared {
        Comparison::Change {
            before,
            now,
            change,
        } => format!(
            "{name} {} {arrow} {}  {}{} than a week ago ({} and {} of 7 days)",
            before.0,
            now.0,
            sign(change.value(), theme),
            change.abs(),
            before.1,
            now.1
        ),
        Comparison::TooFew { before, now, of } => {
            let fewer = (*before).min(*now);
            let side = if now <= before {
                "these 7 days"
            } else {
                "the 7 before"
            };
            format!("{name}: too few days to compare ({fewer} of {of} in {side})")
        }
        Comparison::AcrossDayZero { earlier: None, .. } => {
            format!("{name}: not compared with the days before day 0")
        }
        Comparison::AcrossDayZero {
            earlier: Some(earlier),
            ..
        } => format!(
            "{name}, days {} to {}: {} in attempt {} {arrow} {} now, {} ({} days of both)",
            earlier.days.0,
            earlier.days.1,
            earlier.then,
            earlier.number,
            earlier.now,
            moved(earlier.change, theme),
            earlier.n
        ),
    };
    (text, Role::Text)
}

/// Today's check-ins, drafts and missing days.
pub(super) fn so_far(shared: &Shared) -> Vec<Line> {
    let (journal, today, theme) = (&shared.journal, shared.today(), shared.theme);
    let mut lines: Vec<Line> = journal
        .check_ins(today)
        .iter()
        .map(|check_in| (done(check_in, shared), Role::Text))
        .collect();
    if lines.is_empty() {
        lines.push((
            "no check-in yet: c all symptoms, b one number".to_owned(),
            Role::Text,
        ));
    }
    let others = journal.so_far(&shared.now).into_iter();
    lines.extend(others.map(|line| (format!("{} {line}", theme.glyph(Glyph::Middle)), Role::Text)));
    for draft in &shared.drafts.check_ins {
        let what = words::count(draft.answers.len(), "rating", "ratings");
        let when = words::relative_day(draft.day, today);
        lines.push((
            format!(
                "{} draft for {when}, {what}, not saved: c goes on",
                theme.glyph(Glyph::Middle)
            ),
            Role::Accent,
        ));
    }
    for draft in &shared.drafts.records {
        let what = draft.kind().map_or("entry", |kind| kind.facts().name);
        let dot = theme.glyph(Glyph::Middle);
        let text = format!("{dot} draft of {what}, not saved: l goes on");
        lines.push((text, Role::Accent));
    }
    let missing = journal.missing_days(today).len();
    if missing > 0 {
        let days = words::count(missing, "day", "days");
        lines.push((
            format!(
                "{} {days} missing: m fills, skips or leaves them",
                theme.glyph(Glyph::Middle)
            ),
            Role::Text,
        ));
    }
    lines
}

fn done(check_in: &CheckIn, shared: &Shared) -> String {
    let theme = shared.theme;
    let time = shared.manner().time(check_in.moment.wall_time());
    let what = match (check_in.totals.severity(), check_in.overall) {
        (Some(index), _) => format!("severity {}", Series::Severity.shown(index)),
        (None, Some(overall)) => format!("overall {} of 10", overall.number()),
        (None, None) if check_in.answered() > 0 => {
            words::count(check_in.answered(), "rating", "ratings")
        }
        (None, None) => "a note".to_owned(),
    };
    let note = if check_in.note.is_some() && check_in.answered() > 0 {
        ", note"
    } else {
        ""
    };
    format!(
        "{} check-in {time}, {what}{note}",
        theme.glyph(Glyph::Check)
    )
}

/// How many days of the two weeks have a severity: "7 and 5 of 7 days".
pub(super) fn n(shared: &Shared) -> String {
    let (journal, today) = (&shared.journal, shared.today());
    match against_week_ago(journal, Series::Severity, today) {
        Comparison::Change { before, now, .. } => {
            format!("{} and {} of {TREND_DAYS} days", before.1, now.1)
        }
        _ => String::new(),
    }
}

/// The symptoms that changed most between the two weeks, with both values and a small line.
pub(super) fn compared(shared: &Shared, screen: u16) -> Vec<Line> {
    let (journal, today, theme) = (&shared.journal, shared.today(), shared.theme);
    let mut rows = Vec::new();
    for symptom in &journal.symptoms {
        let series = Series::Symptom(symptom.key);
        if let Comparison::Change {
            before,
            now,
            change,
        } = against_week_ago(journal, series, today)
        {
            rows.push((symptom.name.clone(), series, before, now, change));
        }
    }
    if rows.is_empty() {
        return vec![(refusal(shared), Role::Faint)];
    }
    rows.sort_by(|a, b| b.4.abs().value().total_cmp(&a.4.abs().value()));
    let span = Span::ending(today, 14);
    let arrow = theme.glyph(Glyph::Arrow);
    let names = if screen >= 100 { 18 } else { 14 };
    let row = |(name, series, before, now, change): (String, Series, (_, usize), (_, usize), _)| {
        let (before, now): (
            (crate::domain::text::round::Shown, usize),
            (crate::domain::text::round::Shown, usize),
        ) = (before, now);
        let change: crate::domain::text::round::Shown = change;
        let line = spark(
            &day_values(journal, series, span),
            series.top(journal),
            theme,
        );
        let name = pad(&fit(&name, names, theme), names, theme);
        let text = format!(
            "{} {name} {} {arrow} {}  {line}",
            sign(change.value(), theme),
            before.0,
            now.0
        );
        (text, Role::Text)
    };
    rows.into_iter().take(MOST).map(row).collect()
}

/// Why no symptom is compared.
fn refusal(shared: &Shared) -> String {
    let (journal, today) = (&shared.journal, shared.today());
    match against_week_ago(journal, Series::Severity, today) {
        Comparison::AcrossDayZero { day_zero, .. } => format!(
            "Day 0 ({}) lies within these two weeks, and days before and after it are not compared.",
            words::short_day(day_zero)
        ),
        Comparison::TooFew { before, now, of } => format!(
            "Too few days to compare ({now} of {of}, and {before} of {of} before). From 4 days on both sides each symptom \
             stands here with both values."
        ),
        Comparison::Change { .. } => {
            "No symptom has 4 days with an answer on both sides.".to_owned()
        }
    }
}
