//! How History is drawn: the calendar of months; the day beside or below it.

use super::lines;
use super::state::{History, Inside, Wanted};
use crate::domain::attempt::NumberedAttempt;
use crate::domain::dose::doses_in;
use crate::domain::entry::{Filter, has_event};
use crate::domain::journal::Coverage;
use crate::domain::series::Series;
use crate::domain::text::round::Shown;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::month_grid::{DayCell, MonthGrid, Value, Week, week};
use crate::tui::widgets::panel::{Attention, Borders, Panel};
use crate::tui::widgets::text::put;
use chrono::{Datelike, Days, Months, NaiveDate};
use ratatui::layout::{Constraint, Layout, Position, Rect};
use std::rc::Rc;

/// The calendar beside the day at 80 columns: what leaves the day room for its words.
const NARROW: u16 = 32;
/// From 100 columns on: heights stand beside the digits.
const ROOMY: u16 = 39;
/// From 112 columns on.
const WIDE: u16 = 46;
/// Weeks that any month fits in.
const MONTH_WEEKS: u16 = 6;
/// Below this height borders go, so that the day keeps its rows.
const LOW: u16 = 12;

/// Draws the screen.
pub(super) fn draw(history: &History, shared: &Shared, frame: &mut Frame, area: Rect) {
    let (borders, [list, day]) = if area.width >= 76 {
        let list = match area.width {
            112.. => WIDE,
            100.. => ROOMY,
            _ => NARROW,
        };
        let areas = Layout::horizontal([Constraint::Length(list), Constraint::Fill(1)]).areas(area);
        (Borders::Yes, areas)
    } else {
        let (borders, around) = if area.height < LOW {
            (Borders::No, 1)
        } else {
            (Borders::Yes, 2)
        };
        let room = (area.height / 2).saturating_sub(around + 1);
        // Two rows a week: the dates, and the values under them.
        let weeks = (room / 2).clamp(1, MONTH_WEEKS);
        let rows = MonthGrid::height(weeks, 2) + around;
        let areas = Layout::vertical([Constraint::Length(rows), Constraint::Fill(1)]).areas(area);
        (borders, areas)
    };
    let here = draw_calendar(history, shared, frame, list, borders);
    let entry = lines::draw(history, shared, frame, day, borders);
    let cursor = match history.inside {
        Inside::Calendar => here,
        Inside::Day => entry.or(here),
    };
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

/// What is looked for, or how much there is.
fn fact(history: &History, width: u16, shared: &Shared) -> String {
    if let Some(wanted) = &history.wanted {
        return format!("notes with \"{wanted}\"");
    }
    if history.filter != Filter::All {
        return history.filter.label().to_owned();
    }
    // While earlier days are being read their number is not known.
    match shared.journal.coverage {
        Coverage::Whole => {
            let all = shared.kept((), |shared, ()| shared.journal.check_in_days().count());
            let days = words::count(*all, "day", "days");
            if width >= WIDE {
                days + " with check-ins"
            } else {
                days
            }
        }
        Coverage::Since(_) => String::new(),
    }
}

fn draw_calendar(
    history: &History,
    shared: &Shared,
    frame: &mut Frame,
    area: Rect,
    borders: Borders,
) -> Option<Position> {
    let theme = shared.theme;
    history.seen.borrow_mut().clear();
    let day = history.day(shared);
    let month = |date: NaiveDate| date.format("%B %Y").to_string();
    let is_narrowed = history.wanted.is_some() || history.filter != Filter::All;
    // What is looked for is never left out of the title; the month may be short for it.
    let whole = MonthGrid::height(MONTH_WEEKS, 2);
    // The month before stands above where both have room, and the legend too.
    let stacked = area.height >= 2 * whole + 9;
    let notice = fact(history, area.width, shared);
    let (title, fact) = match (is_narrowed, stacked) {
        (true, _) => (format!("{}: {notice}", day.format("%b %Y")), String::new()),
        (false, true) => ("Calendar".to_owned(), notice),
        (false, false) => (month(day), notice),
    };
    let attention = match history.inside {
        Inside::Calendar => Attention::Here,
        Inside::Day => Attention::Elsewhere,
    };
    let panel = Panel::new(&title)
        .fact(&fact)
        .borders(borders)
        .attention(attention);
    let inner = panel.draw(area, frame.buffer_mut(), theme);
    let draw = |frame: &mut Frame, weeks: &[Week], rows: u16, place: Rect| {
        let grid = MonthGrid {
            weeks,
            today: shared.today(),
            cursor: Some(day),
            rows,
        };
        let days = grid.places(place).map(|(cell, at)| (at, cell.date));
        history.seen.borrow_mut().extend(days);
        grid.draw(place, frame.buffer_mut(), theme)
    };
    if inner.height < whole {
        let room = inner.height.saturating_sub(1) / 2;
        let weeks = weeks_until(day, room, history, shared);
        return draw(frame, &weeks, 2, inner);
    }
    let weeks = weeks_of(day, history, shared);
    let used = height_of(&weeks);
    let before = day.checked_sub_months(Months::new(1));
    let mut y = inner.y;
    if let Some(before) = before.filter(|_| stacked) {
        let earlier = weeks_of(before, history, shared);
        let head = |frame: &mut Frame, date: NaiveDate, y: u16| {
            let place = Rect {
                y,
                height: 1,
                ..inner
            };
            put(
                frame.buffer_mut(),
                place,
                &month(date),
                theme.style(Role::Title),
                theme,
            );
        };
        head(frame, before, y);
        let place = Rect {
            y: y + 1,
            height: whole,
            ..inner
        };
        draw(frame, &earlier, 2, place);
        y += height_of(&earlier) + 2;
        head(frame, day, y);
        y += 1;
    }
    let place = Rect {
        y,
        height: inner.bottom().saturating_sub(y),
        ..inner
    };
    let here = draw(frame, &weeks, 2, place);
    let below = Rect {
        y: y + used + 1,
        height: inner.bottom().saturating_sub(y + used + 1),
        ..inner
    };
    draw_legend(shared, is_narrowed, frame, below);
    here
}

fn height_of(weeks: &[Week]) -> u16 {
    MonthGrid::height(u16::try_from(weeks.len()).unwrap_or(MONTH_WEEKS), 2)
}

/// What the signs mean, as far as there is room.
fn draw_legend(shared: &Shared, is_narrowed: bool, frame: &mut Frame, area: Rect) {
    let theme = shared.theme;
    let [hollow, zero, other] =
        [Glyph::Hollow, Glyph::DayZero, Glyph::Middle].map(|glyph| theme.glyph(glyph));
    let mut lines = vec![
        " 38  severity, 0 to 100".to_owned(),
        "  *  answered in part".to_owned(),
        format!("{hollow} 6  overall, 0 to 10"),
        format!("{zero} day 0  n note  u use"),
        "  +  no severity  [] today".to_owned(),
    ];
    if is_narrowed {
        lines.insert(0, format!("  {other}  other entries; Esc: all"));
    }
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        let place = Rect {
            y,
            height: 1,
            ..area
        };
        put(
            frame.buffer_mut(),
            place,
            &line,
            theme.style(Role::Faint),
            theme,
        );
    }
}

/// The weeks of the month of `day`; days of other months are left out.
fn weeks_of(day: NaiveDate, history: &History, shared: &Shared) -> Rc<Vec<Week>> {
    let first = day.with_day(1).unwrap_or(day);
    shared.kept((first, history.looked_for()), |shared, (first, wanted)| {
        weeks_from(*first, wanted, shared)
    })
}

/// The weeks of the month with this first day.
fn weeks_from(first: NaiveDate, wanted: &Wanted, shared: &Shared) -> Vec<Week> {
    let newest = History::newest(shared);
    let is_in = |date: NaiveDate| (date.year(), date.month()) == (first.year(), first.month());
    let heads = shared
        .manner()
        .week_head(first)
        .iter_days()
        .step_by(7)
        .take(usize::from(MONTH_WEEKS));
    let weeks = heads.map(|head| {
        week(head, |date| {
            is_in(date).then(|| cell(date, wanted, shared, (first, newest)))
        })
    });
    weeks
        .filter(|week| week.iter().any(Option::is_some))
        .collect()
}

/// `room` weeks, the last of them that of `day`.
fn weeks_until(day: NaiveDate, room: u16, history: &History, shared: &Shared) -> Vec<Week> {
    let back = 7 * u64::from(room.saturating_sub(1));
    let last = shared.manner().week_head(day);
    let first = last.checked_sub_days(Days::new(back)).unwrap_or(day);
    let newest = History::newest(shared);
    let wanted = history.looked_for();
    let heads = first.iter_days().step_by(7).take(usize::from(room));
    heads
        .map(|head| {
            week(head, |date| {
                Some(cell(date, &wanted, shared, (day, newest)))
            })
        })
        .collect()
}

/// `cursor`: its day, beside the newest day of all.
fn cell(
    date: NaiveDate,
    wanted: &Wanted,
    shared: &Shared,
    (cursor, newest): (NaiveDate, NaiveDate),
) -> DayCell {
    let journal = &shared.journal;
    let is_zero = |on: NumberedAttempt<'_>| on.attempt.day_zero == Some(date);
    let is_other_month = (date.year(), date.month()) != (cursor.year(), cursor.month());
    DayCell {
        date,
        value: value(date, wanted, shared),
        note: journal
            .check_ins(date)
            .iter()
            .any(|check_in| check_in.note.is_some()),
        used: journal.covers(date) && doses_in(journal, Span::ending(date, 1)).next().is_some(),
        day_zero: journal.attempts.iter().any(is_zero),
        faint: is_other_month || date > newest,
    }
}

fn value(date: NaiveDate, wanted: &Wanted, shared: &Shared) -> Value {
    let journal = &shared.journal;
    if !journal.covers(date) {
        // Before the first entry there is nothing to be read.
        let may_hold = journal.first_day.is_some_and(|first| date >= first);
        return if may_hold {
            Value::Unread
        } else {
            Value::Nothing
        };
    }
    let Some(day) = journal.day(date) else {
        let has_event = has_event(journal, date);
        return match (has_event, wanted.holds(date, shared)) {
            (false, _) => Value::Nothing,
            (true, true) => Value::Entries,
            (true, false) => Value::Other,
        };
    };
    if !wanted.holds(date, shared) {
        return Value::Other;
    }
    if let Some(index) = Series::Severity.of_day(day) {
        let shown = Series::Severity.shown_on(day, &journal.symptoms);
        return Value::Index(index, shown.unwrap_or_default());
    }
    match Series::Overall.of_day(day) {
        // A cell has room for whole numbers; the day beside it has the exact ones.
        Some(overall) => Value::Overall(Shown::new(overall, 0).to_string()),
        None => Value::Entries,
    }
}
