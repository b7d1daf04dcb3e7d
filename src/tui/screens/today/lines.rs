//! The sentences of Today: where am I, what is there today, how does it compare. Plain mode says the same ones.

use crate::domain::attempt::NumberedAttempt;
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::catalogue::phase_of;
use crate::domain::check_in::severity::CORE_ITEMS;
use crate::domain::entry::today;
use crate::domain::entry::where_i_am::WhereIAm;
use crate::domain::series::Series;
use crate::domain::series::default_series::DefaultSeries;
use crate::domain::series::events_today;
use crate::domain::series::stats::{
    Comparison, WEEK, against_week_ago, day_values, mean, unindexed,
};
use crate::domain::text::round::Shown;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::wave_text;
use crate::tui::readout;
use crate::tui::readout::Line;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::sparkline::spark;
use crate::tui::widgets::text::{fit, pad};

/// The title over [`compared`].
pub(super) const COMPARED: &str = "Last 7 days against the 7 before";
/// Symptoms that [`compared`] names at most.
const MOST: usize = 8;

/// What the day is counted from.
pub(super) fn since(open: NumberedAttempt<'_>, here: &WhereIAm<'_>, shared: &Shared) -> Vec<Line> {
    let mut text = here.since();
    if let Some(last) = here.last_dose() {
        let dot = shared.theme.glyph(Glyph::Middle);
        text = format!("{text} {dot} {last}");
    }
    let mut lines = vec![(text, Role::Text)];
    if open.attempt.day_zero.is_none() {
        let hint = "s sets day 0, the day of last use, once it is known";
        lines.push((hint.to_owned(), Role::Faint));
    }
    lines
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

/// The series that stands first on its last day with a value, why it is this one, and how it compares.
pub(super) fn severity(shared: &Shared) -> Vec<Line> {
    let (journal, today, theme) = (&shared.journal, shared.today(), shared.theme);
    let default = DefaultSeries::of(journal, today, shared.manner());
    let series = default.series;
    let name = series.name(journal).to_lowercase();
    let why = default.sentence(journal, today, shared.manner());
    let mut lines = Vec::new();
    let recent = Span::ending(today, WEEK);
    let latest = journal
        .between(recent.from, today)
        .rev()
        .find_map(|day| Some((day, series.shown_on(day, &journal.symptoms)?)));
    match latest {
        Some((day, shown)) => {
            let when = words::relative_day(day.date, today);
            let answered = day.core_answered(&journal.symptoms);
            let answered = if series.is_in_part(day, &journal.symptoms) {
                format!(", in part ({answered} of {CORE_ITEMS})")
            } else if series.is_index() {
                format!(", {answered} of {CORE_ITEMS} answered")
            } else {
                String::new()
            };
            lines.push((format!("{name} {shown} {when}{answered}"), Role::Accent));
        }
        None => lines.push((
            format!("no {name} in the last 7 days: c is a check-in, b one number"),
            Role::Text,
        )),
    }
    lines.extend(why.map(|why| {
        (
            format!("{why}; favourites in Trends (s) change it"),
            Role::Faint,
        )
    }));
    match against_week_ago(journal, series, today) {
        // An empty journal has nothing to compare and gets no sentence about it.
        _ if journal.days().next().is_none() => {}
        Comparison::AcrossDayZero { earlier: None, .. } => {
            lines.push((
                "not compared with the days before day 0".to_owned(),
                Role::Faint,
            ));
        }
        first => {
            lines.push(comparison(&name, &first, theme));
            if series != Series::Overall && mean(journal, Series::Overall, recent).n > 0 {
                let overall = against_week_ago(journal, Series::Overall, today);
                lines.push(comparison("overall", &overall, theme));
            }
        }
    }
    // Counted apart, because an overall is never part of the severity's mean.
    let hollow = unindexed(journal, series, recent).lines();
    lines.extend(hollow.map(|line| (line, Role::Faint)));
    lines.extend(wave_text::sentence(journal, today).map(|line| (line, Role::Text)));
    lines
}

/// What a comparison with a week ago says, or why it says nothing.
fn comparison(name: &str, compared: &Comparison, theme: Theme) -> Line {
    let Comparison::Change {
        before,
        now,
        change,
    } = compared
    else {
        return (readout::without_change(name, compared, theme).0, Role::Text);
    };
    let text = format!(
        "{name} {} {} {}  {}{} than a week ago ({} and {} of {WEEK} days)",
        before.0,
        theme.glyph(Glyph::Arrow),
        now.0,
        readout::sign(*change, theme),
        change.abs(),
        before.1,
        now.1
    );
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
    let others = today::lines(journal, &shared.now).into_iter();
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
    // Last: these are whole sentences, and today's own lines come first on a small screen.
    let events = events_today::lines(journal, today).into_iter();
    lines.extend(events.map(|line| {
        (
            format!("{} {line}", theme.glyph(Glyph::Middle)),
            Role::Faint,
        )
    }));
    lines
}

fn done(check_in: &CheckIn, shared: &Shared) -> String {
    let theme = shared.theme;
    let time = shared.manner().time(check_in.moment.wall_time());
    let what = match (Series::Severity.shown_in(check_in), check_in.overall) {
        (Some(index), _) => format!("severity {index}"),
        (None, Some(overall)) => format!("overall {} of 10", overall.number()),
        (None, None) if check_in.answered() > 0 => {
            words::count(check_in.answered(), "rating", "ratings")
        }
        (None, None) => "a note".to_owned(),
    };
    // A check-in that is nothing but a note says so already.
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

/// How many days of the two weeks have the series that stands first: "7 and 5 of 7 days".
pub(super) fn n(shared: &Shared) -> String {
    let (journal, today) = (&shared.journal, shared.today());
    let series = DefaultSeries::of(journal, today, shared.manner()).series;
    match against_week_ago(journal, series, today) {
        Comparison::Change { before, now, .. } => {
            format!("{} and {} of {WEEK} days", before.1, now.1)
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
            rows.push((symptom.name.as_str(), series, before.0, now.0, change));
        }
    }
    if rows.is_empty() {
        // Of what stands first here: who rates few symptoms has no severity, and a "0 of 7" would be untrue.
        let first = DefaultSeries::of(journal, today, shared.manner()).series;
        let line = match against_week_ago(journal, first, today) {
            Comparison::Change { .. } => "No symptom was rated on 4 days of both weeks.".to_owned(),
            other => other.refusal(),
        };
        return vec![(line, Role::Faint)];
    }
    // By size alone: less and more weigh the same.
    rows.sort_by(|a, b| b.4.abs().value().total_cmp(&a.4.abs().value()));
    let span = Span::ending(today, 14);
    let arrow = theme.glyph(Glyph::Arrow);
    // On narrow screens long names give cells to the small line.
    let names = if screen >= 100 { 18 } else { 14 };
    let row = |(name, series, before, now, change): (&str, Series, Shown, Shown, Shown)| {
        let line = spark(
            &day_values(journal, series, span),
            series.top(journal),
            theme,
        );
        let name = pad(&fit(name, names, theme), names, theme);
        let sign = readout::sign(change, theme);
        let text = format!("{sign} {name} {before} {arrow} {now}  {line}");
        (text, Role::Text)
    };
    rows.into_iter().take(MOST).map(row).collect()
}
