//! What a week says in numbers beside its sheet: against the week before, what changed most, the cursor's day.

use super::aside::{cursor_day, marked, reading, taken_for, waves};
use crate::domain::entry::summary;
use crate::domain::series::comparison_text::BEGIN;
use crate::domain::series::stats::{
    Comparison, WEEK, compare_weeks, day_values, mean, so_far, unindexed,
};
use crate::domain::series::{IN_PART, Series};
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::sheet::{legend, short};
use crate::domain::trends::sight::Sight;
use crate::domain::trends::week_table::{Order, table};
use crate::tui::readout;
use crate::tui::readout::Line;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::sections::Section;
use crate::tui::widgets::text::{fit, pad, pad_left, put, width, wrap};
use ratatui::layout::Rect;

/// The widest name of a symptom that changed.
const NAME: usize = 18;
/// The widest name before a comparison.
const WIDEST_NAME: usize = 10;
/// Symptoms that changed most are at most so many where there is little room.
const CHANGED: usize = 6;
/// Their title.
const MOST_CHANGED: &str = "Most changed";

/// Draws what a week says in numbers: the comparison, what changed most, the cursor's day.
pub(super) fn draw(sight: &Sight, shared: &Shared, frame: &mut Frame, area: Rect) {
    let theme = shared.theme;
    let room = Panel::new("").inner(Rect { height: 9, ..area }).width;
    let key = (sight.without_cursor(), sight.days(shared.basis()), room);
    let of_week = shared.kept(key, |shared, (sight, week, room)| {
        let mut sections = week_with(sight, *week, usize::MAX, shared);
        sections.extend(taken_for(sight, shared));
        let sections = sections.into_iter();
        sections
            .map(|section| Broken::of(section, *room, shared.theme))
            .collect::<Vec<_>>()
    });
    let day = Broken::of(week_day(sight, shared), room, theme);
    let sections: Vec<&Broken> = of_week.iter().chain([&day]).collect();
    // Each with its border, the day with a row of air.
    let wanted = sections.iter().map(|it| it.rows(CHANGED).count() + 3);
    // A high panel says more of what changed, before it stays empty.
    let spare = usize::from(area.height).saturating_sub(wanted.sum());
    let last = sections.len() - 1;
    let mut area = area;
    for (at, section) in sections.into_iter().enumerate() {
        let rows: Vec<&Line> = section.rows(CHANGED + spare).collect();
        let wanted = u16::try_from(rows.len() + 3).unwrap_or(area.height);
        // The day comes last and gets the rest; its first lines have to stand there.
        let height = if at == last {
            area.height
        } else {
            wanted.min(area.height.saturating_sub(8))
        };
        if height < 3 {
            continue;
        }
        let place = Rect { height, ..area };
        let (title, fact) = section.title.split_once(", day ").map_or_else(
            || (section.title.as_str(), String::new()),
            |(title, number)| (title, format!("day {number}")),
        );
        let inner = Panel::new(title)
            .fact(&fact)
            .draw(place, frame.buffer_mut(), theme);
        // A row of air where there is room.
        let air = u16::from(usize::from(inner.height) > rows.len());
        let inner = Rect {
            y: inner.y + air,
            height: inner.height - air,
            ..inner
        };
        draw_rows(&rows, theme, frame, inner);
        area.y += height;
        area.height -= height;
    }
}

/// A section whose lines are broken to a width.
struct Broken {
    title: String,
    /// The rows of each line.
    lines: Vec<Vec<Line>>,
}

impl Broken {
    fn of(section: Section, room: u16, theme: Theme) -> Self {
        let rows = |(text, role): &Line| {
            let rows = wrap(text, usize::from(room), theme).into_iter();
            rows.map(|row| (row, *role)).collect()
        };
        Self {
            lines: section.lines.iter().map(rows).collect(),
            title: section.title,
        }
    }

    /// Its rows; of what changed most those of at most so many lines.
    fn rows(&self, most: usize) -> impl Iterator<Item = &Line> {
        let most = if self.title == MOST_CHANGED {
            most
        } else {
            usize::MAX
        };
        self.lines.iter().take(most).flatten()
    }
}

/// Writes the lines that fit; the last row counts those that do not.
fn draw_rows(rows: &[&Line], theme: Theme, frame: &mut Frame, area: Rect) {
    let height = usize::from(area.height);
    let shown = if rows.len() > height {
        height.saturating_sub(1)
    } else {
        rows.len()
    };
    let left = rows.len() - shown;
    let more = (left > 0).then(|| (format!("{left} more: Enter opens the day"), Role::Text));
    let lines = rows.iter().take(shown).copied().chain(more.as_ref());
    for (y, (text, role)) in (area.y..area.bottom()).zip(lines) {
        let row = Rect {
            y,
            height: 1,
            ..area
        };
        put(frame.buffer_mut(), row, text, theme.style(*role), theme);
    }
}

/// The cursor's day, then the lowest and the highest of its week, and what the signs are.
fn week_day(sight: &Sight, shared: &Shared) -> Section {
    let at = shared.basis();
    let day = sight.cursor(at);
    let mut section = cursor_day(sight, shared);
    let (series, span) = (sight.series(at), sight.days(at));
    let values = day_values(&shared.journal, series, span);
    let shown = values
        .into_iter()
        .flatten()
        .map(|value| short(series, value));
    let shown: Vec<String> = shown.collect();
    let values = day_values(&shared.journal, series, span)
        .into_iter()
        .flatten();
    let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let blank = || (String::new(), Role::Text);
    let entries = shared.journal.records(day).iter();
    section.lines.extend(entries.map(|entry| {
        let text = summary::line(&shared.journal, entry);
        (words::sentence_head(&text), Role::Text)
    }));
    if shown.len() > 1 && shared.journal.covers(span.from) {
        let text = format!(
            "week: lowest {}, highest {}",
            short(series, low),
            short(series, high)
        );
        section.lines.extend([blank(), (text, Role::Text)]);
    }
    let theme = shared.theme;
    let (hollow, middle) = (theme.glyph(Glyph::Hollow), theme.glyph(Glyph::Middle));
    let journal = &shared.journal;
    let mut held = journal.between(span.from, span.to);
    let has_part = held.any(|day| series.is_in_part(day, &journal.symptoms));
    let hollows = unindexed(journal, series, span);
    section.lines.push(blank());
    if has_part {
        section
            .lines
            .push((format!("{IN_PART} 9 to 13 of 18"), Role::Text));
    }
    if hollows.overall_only > 0 {
        section
            .lines
            .push((format!("{hollow} overall only"), Role::Text));
    }
    if hollows.few_answers > 0 {
        let text = format!("{hollow} overall, fewer than 9 of 18");
        section.lines.push((text, Role::Text));
    }
    let missing = theme.glyph(Glyph::Blank);
    let text = format!("{missing} no entry   {middle} none noted");
    section.lines.push((text, Role::Text));
    let marks = shared.marks(span);
    let legend = legend(marks.all()).join(", ");
    if !legend.is_empty() {
        section.lines.push((legend, Role::Text));
    }
    let number = shared.journal.attempts.day_number(day);
    let is_today = if day == shared.today() { ", today" } else { "" };
    section.title = format!("{}{is_today}", words::short_day(day));
    if let Some(number) = number {
        section.title = format!("{}, day {}", section.title, shared.manner().counted(number));
        // The border says it.
        section.lines.remove(0);
    }
    section
}

/// A week against the week before.
pub(super) fn week(sight: &Sight, shared: &Shared) -> Vec<Section> {
    week_with(sight, sight.days(shared.basis()), CHANGED, shared)
}

/// The same, with at most so many symptoms that changed.
fn week_with(sight: &Sight, now: Span, most: usize, shared: &Shared) -> Vec<Section> {
    let before = now.earlier(WEEK);
    // A week that has not been read is not a week of few days.
    if !shared.journal.covers(before.from) {
        return vec![Section::new("Against the week before", reading())];
    }
    let mut sections = vec![Section::new(
        "Against the week before",
        against(sight, now, shared),
    )];
    let mut changed = most_changed(now, shared);
    changed.truncate(most);
    if !changed.is_empty() {
        sections.push(Section::new(MOST_CHANGED, changed));
    }
    sections
}

/// Each series in sight with both values, or why there are none.
fn against(sight: &Sight, week: Span, shared: &Shared) -> Vec<Line> {
    let journal = &shared.journal;
    let series = sight.series(shared.basis());
    let now = so_far(week, shared.today());
    let before = now.earlier(WEEK);
    let mut wanted: Vec<Series> = if Series::FIXED.contains(&series) {
        Series::FIXED.to_vec()
    } else {
        vec![series, Series::Severity]
    };
    wanted.extend(sight.second.filter(|second| !wanted.contains(second)));
    wanted.retain(|series| mean(journal, *series, now).n + mean(journal, *series, before).n > 0);
    if wanted.is_empty() {
        return vec![("No values in either week.".to_owned(), Role::Faint)];
    }
    let names = wanted.iter().map(|series| width(&series.titled(journal)));
    let room = names.max().unwrap_or(0).min(WIDEST_NAME);
    let mut lines: Vec<Line> = Vec::new();
    let mut days: Vec<(String, (usize, usize))> = Vec::new();
    let mut is_few = false;
    for series in wanted {
        let compared = compare_weeks(journal, series, week, shared.today());
        // The refusal about day 0 is the same for every series, so it is said once.
        let is_repeated = matches!(compared, Comparison::AcrossDayZero { earlier: None, .. })
            && !lines.is_empty();
        if is_repeated {
            continue;
        }
        is_few |= matches!(compared, Comparison::TooFew { .. });
        let name = series.titled(journal);
        lines.push(match &compared {
            Comparison::Change {
                before,
                now,
                change,
            } => {
                days.push((name.clone(), (before.1, now.1)));
                let theme = shared.theme;
                let name = pad(&fit(&name, room, theme), room, theme);
                let [was, is] =
                    [before.0, now.0].map(|value| pad_left(&value.to_string(), 4, theme));
                let (arrow, sign) = (theme.glyph(Glyph::Arrow), readout::sign(*change, theme));
                let amount = change.abs();
                (
                    format!("{name} {was} {arrow} {is}  {sign} {amount}"),
                    Role::Text,
                )
            }
            _ => readout::without_change(&name, &compared, shared.theme),
        });
    }
    let counted = days_of_both(&days, week, shared).into_iter();
    lines.extend(counted.map(|text| (text, Role::Text)));
    if is_few {
        lines.push((words::sentence(BEGIN), Role::Faint));
    }
    lines.extend(marked(series, now, shared));
    lines.extend(
        sight
            .why(shared.basis())
            .map(|why| (format!("{why}; s changes it"), Role::Faint)),
    );
    lines.extend(waves(series, shared));
    lines
}

/// "Mon to Sat of both, 6 → 5 days": which days are compared, and how many of each week have a value.
fn days_of_both(days: &[(String, (usize, usize))], week: Span, shared: &Shared) -> Vec<String> {
    let Some(((name, first), rest)) = days.split_first() else {
        return Vec::new();
    };
    let arrow = shared.theme.glyph(Glyph::Arrow);
    let counts = format!("{} {arrow} {} days", first.0, first.1);
    // Where the series differ, each has another number; the first one's is the chart's.
    let which = rest.iter().any(|(_, other)| other != first);
    let now = so_far(week, shared.today());
    let (from, to) = (now.from.format("%a"), now.to.format("%a"));
    match (now == week, which) {
        (true, false) => vec![format!("{counts} with a value")],
        (true, true) => vec![format!("{name}: {counts} with a value")],
        (false, false) => vec![format!("{from} to {to} of both, {counts}")],
        (false, true) => vec![
            format!("{from} to {to} of both weeks"),
            format!("{name}: {counts} with a value"),
        ],
    }
}

/// The symptoms that changed most between the two weeks.
fn most_changed(week: Span, shared: &Shared) -> Vec<Line> {
    let (journal, theme) = (&shared.journal, shared.theme);
    let symptoms: Vec<Series> = journal
        .symptoms
        .iter()
        .map(|symptom| Series::Symptom(symptom.key))
        .collect();
    let mut lines = Vec::new();
    for row in table(journal, &symptoms, week, shared.today(), Order::Change) {
        if let Comparison::Change {
            before,
            now,
            change,
        } = row.comparison
            && change.value() != 0.0
        {
            let name = row.series.titled(journal);
            let name = pad(&fit(&name, NAME, theme), NAME, theme);
            let (sign, arrow) = (readout::sign(change, theme), theme.glyph(Glyph::Arrow));
            let text = format!("{sign} {name} {} {arrow} {}", before.0, now.0);
            lines.push((text, Role::Text));
        }
    }
    lines
}
