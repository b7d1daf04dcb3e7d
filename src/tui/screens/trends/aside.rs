//! What Trends says in numbers beside the chart: the comparison, what changed most, the other attempts, the cursor's day.

use super::staircase;
use crate::domain::care::measurement::Part;
use crate::domain::check_in::catalogue::phase_of;
use crate::domain::entry::summary;
use crate::domain::series;
use crate::domain::series::comparison_text::BEGIN;
use crate::domain::series::stats::{
    Comparison, WEEK, compare_weeks, day_values, mean, so_far, unindexed,
};
use crate::domain::series::{IN_PART, Series};
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::event_marks::events;
use crate::domain::trends::sheet::{legend, short};
use crate::domain::trends::sight::{Others, Sight};
use crate::domain::trends::wave_text::sentence;
use crate::domain::trends::week_table::{Order, table};
use crate::domain::trends::{Course, Origin};
use crate::tui::readout;
use crate::tui::readout::{Line, READING};
use crate::tui::shared::Shared;
use crate::tui::theme::Theme;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::sections;
use crate::tui::widgets::sections::Section;
use crate::tui::widgets::text::{fit, pad, pad_left, put, width, wrap};
use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

/// In longer stretches days share columns even on a wide screen.
const MARKED_UP_TO: usize = 62;
/// The widest name of a symptom that changed.
const NAME: usize = 18;
/// The widest name before a comparison.
const WIDEST_NAME: usize = 10;
/// Symptoms that changed most are at most so many where there is little room.
const CHANGED: usize = 6;

/// What is said beside the view: what the view is for, then the cursor's day, then the rest.
pub(super) fn sections(sight: &Sight, shared: &Shared) -> Vec<Section> {
    let mut sections = (super::face(sight.view).aside)(sight, shared);
    sections.insert(1, cursor_day(sight, shared));
    sections
}

/// A chart in words, after the other attempts where there are some.
pub(super) fn chart(sight: &Sight, shared: &Shared) -> Vec<Section> {
    let span = sight.days(shared.basis());
    let lines = if shared.journal.covers(span.from) {
        stretch(sight, span, shared)
    } else {
        reading()
    };
    let course = sight.timeline(shared.basis());
    let attempts = course.and_then(|course| attempts(sight, &course, shared));
    let words = Section::new("In words", lines);
    attempts.into_iter().chain([words]).collect()
}

/// From this width on what is said in numbers stands beside the view.
const WIDE: u16 = 110;

/// The view, and the room for what is said in numbers beside it: none on a narrow screen, more on a wide one.
pub(super) fn beside(area: Rect) -> [Rect; 2] {
    let side = match area.width {
        150.. => 46,
        WIDE.. => 36,
        _ => 0,
    };
    Layout::horizontal([Constraint::Fill(1), Constraint::Length(side)]).areas(area)
}

/// On a narrow screen the view, and under it the room for what is said in numbers; none on a low one.
pub(super) fn below(sight: &Sight, shared: &Shared, area: Rect) -> [Rect; 2] {
    // Two charts need the rows themselves; a timeline keeps its attempts in numbers.
    let is_tight = sight.second.is_some()
        || !sight.counts_attempt() && staircase::in_sight(sight, shared).is_some();
    let rows = match area.height {
        ..30 if is_tight => 0,
        30.. => 8,
        // A title and one line; Space reads the rest. The chart needs the rows.
        18.. => 2,
        _ => 0,
    };
    Layout::vertical([Constraint::Fill(1), Constraint::Length(rows)]).areas(area)
}

/// The grid, and the room for what is said in numbers: beside it on a wide screen, a line or more under it elsewhere.
pub(super) fn around_grid(area: Rect) -> [Rect; 2] {
    let [main, side] = beside(area);
    if !side.is_empty() {
        return [main, side];
    }
    let rows = match area.height {
        30.. => 8,
        12.. => 2,
        _ => 0,
    };
    Layout::vertical([Constraint::Fill(1), Constraint::Length(rows)]).areas(area)
}

/// Draws what a week says in numbers: the comparison, what changed most, the cursor's day.
pub(super) fn draw_week(sight: &Sight, shared: &Shared, frame: &mut Frame, area: Rect) {
    let theme = shared.theme;
    let sections_of = |most| {
        let mut sections = week_with(sight, most, shared);
        sections.push(week_day(sight, shared));
        sections
    };
    let few = sections_of(CHANGED);
    let wanted = few.iter().map(|section| {
        let alone = std::slice::from_ref(section);
        usize::from(sections::height(alone, area.width, theme)) + 1
    });
    // A high panel says more of what changed, before it stays empty.
    let spare = usize::from(area.height).saturating_sub(wanted.sum());
    let sections = if spare > 0 {
        sections_of(CHANGED + spare)
    } else {
        few
    };
    let last = sections.len() - 1;
    let mut area = area;
    for (at, section) in sections.iter().enumerate() {
        let room = usize::from(Panel::new("").inner(area).width);
        let rows = section.lines.iter();
        let rows: Vec<Line> = rows
            .flat_map(|(text, role)| {
                let wrapped = wrap(text, room, theme).into_iter();
                wrapped.map(|text| (text, *role))
            })
            .collect();
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

/// Writes the lines that fit; the last row counts those that do not.
fn draw_rows(rows: &[Line], theme: Theme, frame: &mut Frame, area: Rect) {
    let height = usize::from(area.height);
    let shown = if rows.len() > height {
        height.saturating_sub(1)
    } else {
        rows.len()
    };
    let left = rows.len() - shown;
    let more = (left > 0).then(|| (format!("{left} more: Enter opens the day"), Role::Text));
    let lines = rows.iter().take(shown).chain(more.as_ref());
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
    let marks = events(&shared.journal, span, shared.today());
    let legend = legend(&marks).join(", ");
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

fn reading() -> Vec<Line> {
    vec![(READING.to_owned(), Role::Faint)]
}

fn cursor_day(sight: &Sight, shared: &Shared) -> Section {
    let cursor = sight.cursor(shared.basis());
    let second = sight.second.filter(|_| sight.view.is_chart());
    let mut lines = readout::day(cursor, sight.focus(shared.basis()), second, shared);
    let used = staircase::words(shared, cursor);
    // Behind the day's number and value, before its notes.
    let has_check_in = shared.journal.day(cursor).is_some();
    let place = lines.len().min(if has_check_in { 2 } else { 1 });
    let sleep = Series::Measure("sleep_hours", Part::First);
    let slept = series::value(&shared.journal, sleep, cursor);
    let slept =
        slept.filter(|_| sight.series(shared.basis()) != sleep && sight.second != Some(sleep));
    let slept = slept.map(|hours| format!("slept {}", sleep.text(hours, &shared.journal)));
    let logged = used.into_iter().chain(slept);
    lines.splice(place..place, logged.map(|words| (words, Role::Text)));
    Section::new(words::day(cursor), lines)
}

/// A week against the week before.
pub(super) fn week(sight: &Sight, shared: &Shared) -> Vec<Section> {
    week_with(sight, CHANGED, shared)
}

/// The same, with at most so many symptoms that changed.
fn week_with(sight: &Sight, most: usize, shared: &Shared) -> Vec<Section> {
    let now = sight.days(shared.basis());
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
        sections.push(Section::new("Most changed", changed));
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

/// "2 days with overall only", "1 day answered in part", each with its mark, where an index has such days.
fn marked(series: Series, span: Span, shared: &Shared) -> Vec<Line> {
    let journal = &shared.journal;
    let days = journal.between(span.from, span.to);
    let partial = days.filter(|day| series.is_in_part(day, &journal.symptoms));
    let partial = match partial.count() {
        0 => None,
        n => Some(format!(
            "{} answered in part",
            words::count(n, "day", "days")
        )),
    };
    // Where several days share a column no mark is drawn for them.
    let is_marked = span.len() <= MARKED_UP_TO;
    let line = |text: String, glyph: &str| {
        let mark = if is_marked { glyph } else { "" };
        let text = format!("{mark} {text}").trim_start().to_owned();
        (text, Role::Faint)
    };
    let hollow = unindexed(journal, series, span).lines();
    let hollow = hollow.map(|text| line(text, shared.theme.glyph(Glyph::Hollow)));
    let partial = partial.map(|text| line(text, IN_PART));
    hollow.chain(partial).collect()
}

/// The waves, where they may be said, beside the severity that they are read from.
fn waves(series: Series, shared: &Shared) -> Option<Line> {
    let sentence = sentence(&shared.journal, shared.today())?;
    (series == Series::Severity).then_some((sentence, Role::Text))
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

/// The long views in words: how many days, lowest and highest.
fn stretch(sight: &Sight, span: Span, shared: &Shared) -> Vec<Line> {
    let series = sight.series(shared.basis());
    let mut lines = range(series, span, shared);
    lines.extend(
        sight
            .why(shared.basis())
            .map(|why| (format!("{why}; s changes it"), Role::Faint)),
    );
    lines.extend(waves(series, shared));
    if let Some(second) = sight.second {
        lines.push((second.titled(&shared.journal), Role::SeriesB));
        lines.extend(range(second, span, shared));
    }
    let Some(course) = sight.timeline(shared.basis()) else {
        return lines;
    };
    let number = course
        .numbered
        .attempt
        .day_number(sight.cursor(shared.basis()));
    if let Some(phase) = number.and_then(phase_of) {
        let name = &phase.name;
        lines.push((
            format!("{name} (reported ranges; reports differ)"),
            Role::Faint,
        ));
        if let (Some(reported), Some(source)) = (&phase.reported, &phase.source) {
            lines.push((format!("{reported} ({source})"), Role::Faint));
        }
    }
    lines
}

/// "62 days with a value", the lowest and the highest with their days.
fn range(series: Series, span: Span, shared: &Shared) -> Vec<Line> {
    let values = day_values(&shared.journal, series, span);
    let days = span.days().zip(values);
    let days: Vec<(NaiveDate, f64)> = days
        .filter_map(|(date, value)| Some((date, value?)))
        .collect();
    let count = words::count(days.len(), "day", "days");
    let mut lines = vec![(format!("{count} with a value"), Role::Text)];
    lines.extend(marked(series, span, shared));
    let by_value = |a: &&(NaiveDate, f64), b: &&(NaiveDate, f64)| a.1.total_cmp(&b.1);
    let line = |name: &str, (day, value): &(NaiveDate, f64)| {
        let value = series.text(*value, &shared.journal);
        let text = format!("{name} {value} on {}", words::day(*day));
        (text, Role::Text)
    };
    lines.extend(days.iter().min_by(by_value).map(|low| line("lowest", low)));
    lines.extend(
        days.iter()
            .max_by(by_value)
            .map(|high| line("highest", high)),
    );
    lines
}

/// The cursor's day number in each attempt, day by day readable however faint the lines are.
fn attempts(sight: &Sight, this: &Course<'_>, shared: &Shared) -> Option<Section> {
    let number = this.number(sight.cursor(shared.basis()));
    let all = this.others(&shared.journal, shared.today());
    // Attempts without this origin have no day to compare; they are counted, not hidden.
    let left_out = shared
        .journal
        .attempts
        .iter()
        .count()
        .saturating_sub(1 + all.len());
    if all.is_empty() && left_out == 0 {
        return None;
    }
    let series = sight.series(shared.basis());
    let mut lines: Vec<Line> = vec![value_on(this, number, series, Role::Accent, shared)];
    lines.extend(
        all.iter()
            .map(|other| value_on(other, number, series, Role::Text, shared)),
    );
    if left_out > 0 {
        let origin = match this.origin {
            Origin::LastCut => "a cut",
            Origin::DayZero | Origin::Beginning => "a day 0",
        };
        let are = if left_out == 1 { "is" } else { "are" };
        let left = words::count(left_out, "attempt", "attempts");
        lines.push((
            format!("{left} without {origin} {are} left out; o counts from elsewhere."),
            Role::Faint,
        ));
    }
    let laid = match (sight.others, sight.second) {
        (_, Some(_)) => "Beside two series the other attempts are not drawn.",
        (Others::Beside, None) => "A lays the other attempts over this one.",
        (Others::Hidden, None) => "A puts the other attempts under this one.",
    };
    if !laid.is_empty() {
        lines.push((laid.to_owned(), Role::Faint));
    }
    let from = this.origin.name();
    let title = match number {
        0 => format!("On {from}"),
        1.. => format!(
            "{} after {from}",
            words::count(usize::try_from(number).unwrap_or(0), "day", "days")
        ),
        _ => format!(
            "{} before {from}",
            words::count(usize::try_from(-number).unwrap_or(0), "day", "days")
        ),
    };
    Some(Section::new(title, lines))
}

/// "attempt 1     62   Tue 3 Mar 2026".
fn value_on(course: &Course<'_>, number: i64, series: Series, role: Role, shared: &Shared) -> Line {
    let name = pad(&shared.journal.title_of(course.numbered), 15, shared.theme);
    let Some(day) = course.day(number) else {
        let text = if number < course.number(course.span.from) {
            "had not begun"
        } else if course.span.to == shared.today() {
            "not there yet"
        } else {
            "had ended"
        };
        return (format!("{name} {text}"), Role::Faint);
    };
    let value = series::value(&shared.journal, series, day);
    let value = value.map_or_else(
        || shared.theme.glyph(Glyph::Blank).to_owned(),
        |value| series.shown(value).to_string(),
    );
    let value = pad_left(&value, 4, shared.theme);
    (format!("{name} {value}  {}", day.format("%-d %b %Y")), role)
}

/// How the grid is put in order, and what its signs are.
pub(super) fn grid(sight: &Sight, shared: &Shared) -> Vec<Section> {
    let week = sight.ranking_week(shared.basis());
    let order = match sight.order {
        Order::Group | Order::Name => format!("Rows {}; r changes that.", sight.order.label()),
        Order::Worst | Order::Change => format!(
            "Rows {} in the week of {}; r changes that.",
            sight.order.label(),
            words::short_day(week.from)
        ),
    };
    let signs = format!(
        "Day values, rounded: 0 none, 1 mild to 4 very severe; {} no answer.",
        shared.theme.glyph(Glyph::Blank)
    );
    let lines = vec![(order, Role::Text), (signs, Role::Faint)];
    vec![Section::new("Rows and signs", lines)]
}
