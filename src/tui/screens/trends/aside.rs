//! What Trends says in numbers beside the chart: the comparison, what changed most, the other attempts, the cursor's day.

use super::staircase;
use crate::domain::care::measurement::Part;
use crate::domain::check_in::catalogue::phase_of;
use crate::domain::series;
use crate::domain::series::Series;
use crate::domain::series::comparison_text::{BEGIN, until};
use crate::domain::series::stats::{
    Comparison, WEEK, compare_weeks, day_values, mean, so_far, unindexed,
};
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::sight::{Others, Sight};
use crate::domain::trends::wave_text::sentence;
use crate::domain::trends::week_table::{Order, table};
use crate::domain::trends::{Course, Origin};
use crate::tui::readout;
use crate::tui::readout::{Line, READING};
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::sections::Section;
use crate::tui::widgets::text::{fit, pad, pad_left, width};
use chrono::NaiveDate;

/// In longer stretches days share columns even on a wide screen.
const MARKED_UP_TO: usize = 62;
/// The widest name before a comparison.
const WIDEST_NAME: usize = 10;

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
    let now = sight.days(shared.basis());
    let before = now.earlier(WEEK);
    // A week that has not been read is not a week of few days.
    if !shared.journal.covers(before.from) {
        return vec![Section::new("Against the week before", reading())];
    }
    let until = until(now, shared.today());
    let until = until.map_or_else(String::new, |until| format!(", {until}"));
    let mut sections = vec![Section::new(
        format!("Against the week before{until}"),
        against(sight, now, shared),
    )];
    let changed = most_changed(now, shared);
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
    let (mut has_n, mut is_few) = (false, false);
    for series in wanted {
        let compared = compare_weeks(journal, series, week, shared.today());
        // The refusal about day 0 is the same for every series, so it is said once.
        let is_repeated = matches!(compared, Comparison::AcrossDayZero { earlier: None, .. })
            && !lines.is_empty();
        if !is_repeated {
            has_n |= matches!(compared, Comparison::Change { .. });
            is_few |= matches!(compared, Comparison::TooFew { .. });
            let name = series.titled(journal);
            lines.push(readout::comparison(&name, room, &compared, shared.theme));
        }
    }
    if has_n {
        lines.push(("days with a value: before/now".to_owned(), Role::Faint));
    }
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
    let line = |text: String, glyph: Glyph| {
        let mark = if is_marked {
            shared.theme.glyph(glyph)
        } else {
            ""
        };
        let text = format!("{mark} {text}").trim_start().to_owned();
        (text, Role::Faint)
    };
    let hollow = unindexed(journal, series, span).lines();
    let hollow = hollow.map(|text| line(text, Glyph::Hollow));
    let partial = partial.map(|text| line(text, Glyph::Partial));
    hollow.chain(partial).collect()
}

/// What the fine line is, where there is one.
fn middle_line(sight: &Sight, span: Span, shared: &Shared) -> Option<Line> {
    let line = sight.middle_line(sight.series(shared.basis()), span, shared.basis());
    let days = line
        .windows(2)
        .any(|pair| pair[0].is_some() && pair[1].is_some());
    days.then(|| ("fine line: middle of 7 days".to_owned(), Role::Faint))
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
            let name = pad(&fit(&name, 16, theme), 16, theme);
            let (sign, arrow) = (readout::sign(change, theme), theme.glyph(Glyph::Arrow));
            let text = format!("{sign} {name} {} {arrow} {}", before.0, now.0);
            lines.push((text, Role::Text));
        }
    }
    lines.truncate(6);
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
    lines.extend(middle_line(sight, span, shared));
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
        (Others::Hidden, _) => "A lays the other attempts under this one.",
        (Others::Beside, Some(_)) => "Beside two series the other attempts are not drawn.",
        (Others::Beside, None) => "",
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
    let name = pad(
        &format!("attempt {}", course.numbered.number),
        11,
        shared.theme,
    );
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
        "Day values, rounded: {} none, 1 mild to 4 very severe. No sign: no answer.",
        shared.theme.glyph(Glyph::Middle)
    );
    let lines = vec![(order, Role::Text), (signs, Role::Faint)];
    vec![Section::new("Rows and signs", lines)]
}
