//! How Trends is drawn: the chart, and beside or under it what it says in numbers.

use super::trends_state::{Origin, Trends, View};
use crate::domain::catalogue::catalogue;
use crate::domain::series::Series;
use crate::domain::stats::{Comparison, Span, TREND_DAYS, compare, day_values, mean, trend_line};
use crate::domain::words;
use crate::tui::readout::{self, Line};
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::line_chart::{AxisLabel, Band, Beginning, DayMark, LineChart};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{fit, pad, put, width, wrap};
use chrono::{Datelike, NaiveDate};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

/// The width of the panel beside the chart.
const ASIDE: u16 = 34;
/// Stands where days will stand that are still being read.
const READING: &str = "Reading earlier days\u{2026}";
/// Days with a value that a chart needs.
const NEEDED: usize = 3;

/// Draws the screen.
pub(super) fn draw(trends: &Trends, shared: &Shared, frame: &mut Frame, area: Rect) {
    let aside = aside(trends, shared);
    if area.width >= 76 && area.height >= 10 {
        let [chart, side] =
            Layout::horizontal([Constraint::Fill(1), Constraint::Length(ASIDE)]).areas(area);
        draw_chart(trends, shared, frame, chart);
        draw_aside(&aside, shared, frame, side);
    } else {
        // The read-out of the day comes first under the chart: it is what the cursor asks for.
        let read_out: Vec<&Section> = aside.iter().rev().collect();
        let wanted = u16::try_from(read_out.iter().map(|s| s.lines.len() + 1).sum::<usize>() + 1)
            .unwrap_or(8);
        let below = wanted.min(area.height.saturating_sub(9).max(area.height / 3));
        let [chart, side] =
            Layout::vertical([Constraint::Fill(1), Constraint::Length(below)]).areas(area);
        draw_chart(trends, shared, frame, chart);
        let turned: Vec<Section> = aside.into_iter().rev().collect();
        draw_aside(&turned, shared, frame, side);
    }
}

/// A stretch of the panel beside the chart.
struct Section {
    title: String,
    lines: Vec<Line>,
}

fn draw_chart(trends: &Trends, shared: &Shared, frame: &mut Frame, area: Rect) {
    let (series, span) = (trends.series(), trends.span(shared));
    let name = series.name(&shared.journal.symptoms);
    if !shared.journal.covers(span.from) {
        let title = format!(
            "{name} {} {}",
            middle(shared),
            heading(trends, span, shared)
        );
        let inner = Panel::new(&title).draw(area, frame.buffer_mut(), shared.theme);
        say(&[READING.to_owned()], shared, frame, inner);
        return;
    }
    let days = marks(series, span, shared);
    let valued = days.iter().filter(|day| day.value.is_some()).count();
    let hollow = days.iter().filter(|day| day.hollow.is_some()).count();
    let so_far = span.days().take_while(|day| *day <= shared.today()).count();
    let title = format!(
        "{} {} {}",
        series.name(&shared.journal.symptoms),
        middle(shared),
        heading(trends, span, shared)
    );
    let fact = if hollow > 0 {
        let mark = shared.theme.glyph(Glyph::Hollow);
        format!(
            "{valued} of {so_far} days, {mark} {} with overall only",
            words::count(hollow, "day", "days")
        )
    } else {
        format!("{valued} of {so_far} days")
    };
    let inner = Panel::new(&title)
        .fact(&fact)
        .draw(area, frame.buffer_mut(), shared.theme);
    if valued + hollow < NEEDED {
        // Where there is no day to stand on, the cursor stands before the words that say why.
        if !inner.is_empty() {
            frame.set_cursor_position((inner.x, inner.y));
        }
        let lines = [
            format!("Needs 3 days with a value; {} here.", words::count(valued + hollow, "day is", "days are")),
            "c is a check-in, b one number; [ and ] move by weeks, v changes the view, s the series.".to_owned(),
        ];
        return say(&lines, shared, frame, inner);
    }
    let cursor = usize::try_from((trends.cursor(shared) - span.from).num_days()).ok();
    let labels = labels(trends, span, shared);
    let strip = strip(trends, span, shared);
    let marks = notes(span, shared);
    let chart = LineChart {
        name: &name,
        labels: &labels,
        cursor,
        strip: &strip,
        marks: &marks,
        ..LineChart::new(series.top(), &days)
    };
    let place = chart.draw(inner, frame.buffer_mut(), shared.theme);
    if let (Some(place), Some(cursor)) = (place, cursor)
        && let Some(column) = place.column_of(cursor)
    {
        frame.set_cursor_position((column, place.plot.bottom().saturating_sub(1)));
    }
}

fn say(lines: &[String], shared: &Shared, frame: &mut Frame, area: Rect) {
    let rows = lines
        .iter()
        .flat_map(|line| wrap(line, usize::from(area.width), shared.theme));
    for (y, row) in (area.y..area.bottom()).zip(rows) {
        put(
            frame.buffer_mut(),
            Rect {
                y,
                height: 1,
                ..area
            },
            &row,
            shared.theme.style(Role::Faint),
            shared.theme,
        );
    }
}

fn middle(shared: &Shared) -> &'static str {
    shared.theme.glyph(Glyph::Middle)
}

/// "Mon 16 – Sun 22 Nov 2026", "attempt 2, from day 0", "all 365 days".
fn heading(trends: &Trends, span: Span, shared: &Shared) -> String {
    match (trends.view, trends.attempt(shared)) {
        (View::Week, _) => week(span, shared.today()),
        (View::Timeline, Some(numbered)) => {
            let from = match trends.zero(numbered).1 {
                Origin::DayZero => "day 0",
                Origin::Beginning => "its beginning",
            };
            format!("attempt {} from {from}", numbered.number)
        }
        (View::Timeline, None) => "no attempt yet: : start begins one".to_owned(),
        (View::All, _) => format!("all, {}", words::count(span.len(), "day", "days")),
    }
}

/// "Mon 16 \u{2013} Sun 22 Nov", with month and year where they are not those of the other end or of today.
fn week(span: Span, today: NaiveDate) -> String {
    let first = if span.from.month() == span.to.month() {
        "%a %-d"
    } else {
        "%a %-d %b"
    };
    let last = if span.to.year() == today.year() {
        "%a %-d %b"
    } else {
        "%a %-d %b %Y"
    };
    format!(
        "{} \u{2013} {}",
        span.from.format(first),
        span.to.format(last)
    )
}

/// One mark a day: values of the single check-ins in the week, day values elsewhere.
fn marks(series: Series, span: Span, shared: &Shared) -> Vec<DayMark> {
    let journal = &shared.journal;
    let zeros = journal.attempts.days_zero();
    let begun: Vec<NaiveDate> = journal
        .attempts
        .iter()
        .map(|numbered| numbered.attempt.began)
        .collect();
    let single = span.len() <= 7;
    let values = day_values(journal, series, span);
    let trend = trend_line(journal, series, span);
    let mut days = journal.between(span.from, span.to).peekable();
    span.days()
        .zip(values.into_iter().zip(trend))
        .map(|(date, (value, trend))| {
            let day = days.next_if(|day| day.date == date);
            let dots = day.filter(|_| single).map(|day| {
                day.check_ins
                    .iter()
                    .filter_map(|c| series.of_check_in(c))
                    .collect()
            });
            let beginning = if zeros.binary_search(&date).is_ok() {
                Beginning::DayZero
            } else if begun.contains(&date) {
                Beginning::Attempt
            } else {
                Beginning::None
            };
            let hollow = day.and_then(|day| series.hollow(day));
            DayMark {
                dots: dots.unwrap_or_default(),
                hollow,
                beginning,
                ..DayMark::of(value, trend)
            }
        })
        .collect()
}

/// Words under the axis, those that matter most first.
fn labels(trends: &Trends, span: Span, shared: &Shared) -> Vec<AxisLabel> {
    let days = span.days().enumerate();
    let label = |day: usize, text: String| AxisLabel { day, text };
    match (trends.view, trends.attempt(shared)) {
        (View::Week, _) => days
            .map(|(at, day)| label(at, day.format("%a %-d").to_string()))
            .collect(),
        (View::Timeline, Some(numbered)) => {
            let zero = trends.zero(numbered).0;
            let step = match span.len() {
                0..=45 => 7,
                46..=200 => 28,
                201..=800 => 91,
                _ => 364,
            };
            let number = |day: NaiveDate| (day - zero).num_days();
            let even = days.filter(|(_, day)| number(*day) % step == 0 && number(*day) != 0);
            even.map(|(at, day)| label(at, format!("day {}", number(day))))
                .collect()
        }
        _ if span.len() > 800 => days
            .filter(|(_, day)| day.ordinal() == 1)
            .map(|(at, day)| label(at, day.year().to_string()))
            .collect(),
        _ if span.len() > 45 => days
            .filter(|(_, day)| day.day() == 1)
            .map(|(at, day)| {
                label(
                    at,
                    day.format(if day.month() == 1 { "%b %Y" } else { "%b" })
                        .to_string(),
                )
            })
            .collect(),
        _ => days
            .filter(|(_, day)| day.weekday() == chrono::Weekday::Mon)
            .map(|(at, day)| label(at, words::short_day(day)))
            .collect(),
    }
}

/// The phases of the attempt as far as they are in sight: context, never a forecast.
fn strip(trends: &Trends, span: Span, shared: &Shared) -> Vec<Band> {
    let (View::Timeline, Some(numbered)) = (trends.view, trends.attempt(shared)) else {
        return Vec::new();
    };
    let Some(zero) = numbered.attempt.day_zero else {
        return Vec::new();
    };
    let first = (span.from - zero).num_days();
    let last = (span.to - zero).num_days();
    let place = |day: i64| usize::try_from(day - first).unwrap_or(0);
    let seen = catalogue().phases.iter().filter_map(|phase| {
        let from = phase.from_day.unwrap_or(first).max(first);
        let to = phase.to_day.unwrap_or(last).min(last);
        let name = if phase.id == "day_zero" {
            "0".to_owned()
        } else {
            phase.name.to_lowercase()
        };
        (from <= to).then(|| Band {
            from: place(from),
            to: place(to),
            name,
            short: phase.short(),
        })
    });
    seen.collect()
}

/// Letters of events: `n` where a day has a note. Weeks only: on a year they would be a fence.
fn notes(span: Span, shared: &Shared) -> Vec<(usize, char)> {
    if span.len() > 45 {
        return Vec::new();
    }
    let has_note = |date: NaiveDate| {
        shared
            .journal
            .check_ins(date)
            .iter()
            .any(|check_in| check_in.note.is_some())
    };
    span.days()
        .enumerate()
        .filter(|(_, date)| has_note(*date))
        .map(|(at, _)| (at, 'n'))
        .collect()
}

/// The panel beside the chart: comparison, most changed, the cursor's day.
fn aside(trends: &Trends, shared: &Shared) -> Vec<Section> {
    let mut sections = Vec::new();
    let series = trends.series();
    if trends.view == View::Week {
        let now = trends.span(shared);
        let before = trends.span(shared).earlier(TREND_DAYS);
        // A week that has not been read is not a week of few days.
        let is_read = shared.journal.covers(before.from);
        sections.push(Section {
            title: "Against the week before".to_owned(),
            lines: if is_read {
                against(series, before, now, shared)
            } else {
                vec![(READING.to_owned(), Role::Faint)]
            },
        });
        let changed = if is_read {
            most_changed(before, now, shared)
        } else {
            Vec::new()
        };
        if !changed.is_empty() {
            sections.push(Section {
                title: "Most changed".to_owned(),
                lines: changed,
            });
        }
    } else {
        sections.push(Section {
            title: "In words".to_owned(),
            lines: if shared.journal.covers(trends.span(shared).from) {
                stretch(trends, series, shared)
            } else {
                vec![(READING.to_owned(), Role::Faint)]
            },
        });
    }
    let cursor = trends.cursor(shared);
    sections.push(Section {
        title: words::day(cursor),
        lines: readout::day(cursor, series, shared),
    });
    sections
}

/// Each series in sight with both values, or why there are none.
fn against(series: Series, before: Span, now: Span, shared: &Shared) -> Vec<Line> {
    let journal = &shared.journal;
    let fixed = [
        Series::Severity,
        Series::Body,
        Series::Mind,
        Series::Overall,
    ];
    let mut wanted: Vec<Series> = if fixed.contains(&series) {
        fixed.to_vec()
    } else {
        vec![series, Series::Severity]
    };
    wanted.retain(|series| mean(journal, *series, now).n + mean(journal, *series, before).n > 0);
    if wanted.is_empty() {
        return vec![("No values in either week.".to_owned(), Role::Faint)];
    }
    let mut lines: Vec<Line> = Vec::new();
    let mut has_n = false;
    for series in wanted {
        let compared = compare(journal, series, before, now);
        let is_repeated = matches!(compared, Comparison::AcrossDayZero { earlier: None, .. })
            && !lines.is_empty();
        if !is_repeated {
            has_n |= matches!(compared, Comparison::Change { .. });
            lines.extend(readout::comparison(
                &series.name(&journal.symptoms),
                &compared,
                shared.theme,
            ));
        }
    }
    if has_n {
        lines.push(("n/n: days with a value".to_owned(), Role::Faint));
    }
    if !notes(now, shared).is_empty() {
        lines.push(("n under the axis: a note".to_owned(), Role::Faint));
    }
    lines
}

/// The symptoms that changed most between the two weeks.
fn most_changed(before: Span, now: Span, shared: &Shared) -> Vec<Line> {
    let (journal, theme) = (&shared.journal, shared.theme);
    let mut rows = Vec::new();
    for symptom in &journal.symptoms {
        let compared = compare(journal, Series::Symptom(symptom.key), before, now);
        if let Comparison::Change {
            before,
            now,
            change,
        } = compared
            && change.value() != 0.0
        {
            rows.push((symptom.name.clone(), before.0, now.0, change));
        }
    }
    rows.sort_by(|a, b| b.3.abs().value().total_cmp(&a.3.abs().value()));
    let row = |(name, before, now, change): (String, _, _, crate::domain::round::Shown)| {
        let name = pad(&fit(&name, 16, theme), 16, theme);
        (
            format!(
                "{} {name} {before} {} {now}",
                readout::sign(change, theme),
                theme.glyph(Glyph::Arrow)
            ),
            Role::Text,
        )
    };
    rows.into_iter().take(6).map(row).collect()
}

/// The long views in words: how many days, lowest and highest.
fn stretch(trends: &Trends, series: Series, shared: &Shared) -> Vec<Line> {
    let span = trends.span(shared);
    let days: Vec<_> = shared
        .journal
        .between(span.from, span.to)
        .filter_map(|d| Some((d.date, series.of_day(d)?)))
        .collect();
    let mut lines = Vec::new();
    let by_value = |a: &&(NaiveDate, f64), b: &&(NaiveDate, f64)| a.1.total_cmp(&b.1);
    if let (Some(low), Some(high)) = (days.iter().min_by(by_value), days.iter().max_by(by_value)) {
        let line = |name: &str, (day, value): (NaiveDate, f64)| {
            (
                format!("{name} {} on {}", series.shown(value), words::day(day)),
                Role::Text,
            )
        };
        lines.push((
            format!("{} with a value", words::count(days.len(), "day", "days")),
            Role::Text,
        ));
        lines.push(line("lowest", *low));
        lines.push(line("highest", *high));
    }
    if trends.view == View::Timeline {
        let phase = trends.attempt(shared).and_then(|numbered| {
            let day = numbered.attempt.day_number(trends.cursor(shared))?;
            crate::domain::catalogue::phase_of(day)
        });
        if let Some(phase) = phase {
            lines.push((
                format!("{} (reported ranges; reports differ)", phase.name),
                Role::Faint,
            ));
            if let (Some(reported), Some(source)) = (&phase.reported, &phase.source) {
                lines.push((format!("{reported} ({source})"), Role::Faint));
            }
        }
        lines.push(("o day 0 or beginning, a f attempts".to_owned(), Role::Faint));
    }
    lines
}

/// Draws the sections under one another, parted by their titles. What has no room is told by an ellipsis in the last row.
fn draw_aside(sections: &[Section], shared: &Shared, frame: &mut Frame, area: Rect) {
    let Some(first) = sections.first().filter(|_| area.height > 0) else {
        return;
    };
    let theme = shared.theme;
    let inner = Panel::new(&first.title).draw(area, frame.buffer_mut(), theme);
    let room = usize::from(inner.width);
    let mut rows: Vec<AsideRow<'_>> = Vec::new();
    for (at, section) in sections.iter().enumerate() {
        if at > 0 {
            rows.push(AsideRow::Title(&section.title));
        }
        for (text, role) in &section.lines {
            let lines = wrap(text, room, theme).into_iter();
            rows.extend(lines.map(|line| AsideRow::Words(line, *role)));
        }
    }
    let height = usize::from(inner.height);
    let is_cut = rows.len() > height;
    rows.truncate(height);
    // A title with nothing under it says nothing.
    while matches!(rows.last(), Some(AsideRow::Title(_))) {
        rows.pop();
    }
    if let Some(AsideRow::Words(last, _)) = rows.last_mut().filter(|_| is_cut) {
        let ellipsis = theme.glyph(Glyph::Ellipsis);
        *last = format!(
            "{} {ellipsis}",
            fit(last, room.saturating_sub(width(ellipsis) + 1), theme)
        );
    }
    for (y, row) in (inner.y..inner.bottom()).zip(rows) {
        match row {
            AsideRow::Title(title) => Panel::new(title).divide(area, y, frame.buffer_mut(), theme),
            AsideRow::Words(text, role) => {
                let place = Rect {
                    y,
                    height: 1,
                    ..inner
                };
                put(frame.buffer_mut(), place, &text, theme.style(role), theme);
            }
        }
    }
}

/// A row of the panel beside the chart.
enum AsideRow<'a> {
    Title(&'a str),
    Words(String, Role),
}
