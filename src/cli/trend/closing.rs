//! What stands in words under a drawing: why there is nothing, the comparison, what was left out of it.

use super::look::Look;
use super::sentences::{besides, week_comparison, week_names};
use crate::domain::check_in::catalogue::phase_of;
use crate::domain::journal::Journal;
use crate::domain::series::few_days;
use crate::domain::series::stats::{day_values, unindexed};
use crate::domain::series::{IN_PART, Series};
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::{Course, Origin};
use crate::tui::theme::{Glyph, Theme};
use chrono::NaiveDate;
use std::fmt::Write as _;

/// The heading of days that have nothing to draw.
pub(super) fn title(look: &Look<'_>, series: Series) -> String {
    let (journal, Span { from, to }) = (look.at.journal, look.span);
    format!(
        "{} ({}), {} to {}\n",
        series.name(journal),
        series.range(journal),
        words::day(from),
        words::day(to)
    )
}

/// Why there is nothing to draw, if there is nothing, and the command that leads on.
pub(super) fn nothing_to_draw(journal: &Journal, series: Series, span: Span) -> Option<String> {
    let mut values = day_values(journal, series, span).into_iter();
    let mut days = journal.between(span.from, span.to);
    if values.any(|value| value.is_some()) || days.any(|day| series.hollow(day).is_some()) {
        return None;
    }
    let why = few_days::why(journal, series, span);
    let leads = match few_days::richer(journal, series, span) {
        Some((other, days)) => {
            let (name, code) = (other.name(journal), other.code(journal));
            let days = words::count(days, "day", "days");
            format!(" {name} has {days}: `ebb trend {code}` draws it.")
        }
        None if series.is_rated() => " `ebb checkin` adds today.".to_owned(),
        None => String::new(),
    };
    Some(format!("{why}{leads}"))
}

/// What the marks beside the columns mean, on a line: those that a legend over the chart does not name.
pub(super) fn signs(look: &Look<'_>, series: Series, theme: Theme) -> String {
    let (journal, today) = (look.at.journal, look.at.today);
    let is_week = look.sight.view.facts().is_compared;
    let span = if is_week { look.week() } else { look.span };
    let days = || journal.between(span.from, span.to);
    let mut signs = Vec::new();
    if days().any(|day| series.is_in_part(day, &journal.symptoms)) {
        signs.push(format!("{IN_PART} answered in part"));
    }
    if is_week && days().any(|day| series.hollow(day).is_some()) {
        signs.push(format!("{} overall only", theme.glyph(Glyph::Hollow)));
    }
    let values = span.days().zip(day_values(journal, series, span));
    if values
        .into_iter()
        .any(|(day, value)| day <= today && value.is_none())
    {
        signs.push(format!("{} no value", theme.glyph(Glyph::Blank)));
    }
    if is_week || !series.is_rated() {
        signs.push(format!("{} none of it noted", theme.glyph(Glyph::Middle)));
    }
    signs.join("   ") + if signs.is_empty() { "" } else { "\n" }
}

/// The comparison of the two calendar weeks, and what was left out of it.
pub(super) fn closing(look: &Look<'_>, series: Series) -> String {
    let mut text = hollow_days(look.at.journal, series, look.span);
    let said = besides(look, series);
    let has_hollow = !text.is_empty();
    if look.sight.view.facts().is_compared {
        let comparison = week_comparison(look, series);
        let names = week_names(look);
        let sentence = comparison.of_weeks(&names);
        writeln!(text, "{}", words::sentence_head(&sentence)).ok();
        // Days with an overall only are not in the index, so the overall is compared beside it.
        if has_hollow {
            let overall = week_comparison(look, Series::Overall);
            writeln!(text, "Overall: {}", overall.of_weeks(&names)).ok();
        }
    }
    for line in said {
        writeln!(text, "{line}").ok();
    }
    text
}

/// "2 days with overall only", on a line; empty without such days.
pub(super) fn hollow_days(journal: &Journal, series: Series, span: Span) -> String {
    let lines = unindexed(journal, series, span).lines();
    lines.map(|line| line + "\n").collect()
}

/// The stretch of the timeline that `day` lies in; none while day 0 is unknown.
pub(super) fn phase_at(course: Course<'_>, day: NaiveDate) -> Option<&'static str> {
    if course.origin != Origin::DayZero {
        return None;
    }
    phase_of(course.number(day)).map(|phase| phase.name)
}
