//! How Trends is laid out: which views there are, the view itself, the event marks under it, and what it says in numbers.

use super::aside;
use super::chart::Charts;
use super::charted;
use super::grid;
use super::{Trends, face};
use crate::domain::series::stats;
use crate::domain::trends::event_marks::{Event, EventKind};
use crate::domain::trends::marks::{Mark, Marks};
use crate::domain::trends::sight::Sight;
use crate::domain::trends::view::View;
use crate::tui::pointer::Pointer;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::sections;
use crate::tui::widgets::text::{put, put_line, width, wrap};
use chrono::NaiveDate;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};
use std::ops::Range;
use std::rc::Rc;

/// From this height on the names of the views stand above.
const TALL: u16 = 15;
/// The list of event marks under a grid has at most so many.
const LISTED: u16 = 20;

/// Draws the screen.
pub(super) fn draw(trends: &Trends, shared: &Shared, frame: &mut Frame, area: Rect) {
    let view = trends.sight.view;
    let area = draw_views(view, shared, frame, area);
    (face(view).draw)(trends, shared, frame, area);
}

/// Draws a chart, and what it says in numbers with the event marks.
pub(super) fn draw_chart(trends: &Trends, shared: &Shared, frame: &mut Frame, area: Rect) {
    let sight = &trends.sight;
    let span = sight.days(shared.basis());
    let marks = shared.marks(span);
    let [main, side] = aside::beside(area);
    let has_side = !side.is_empty();
    let main = if side.is_empty() {
        let [main, below] = aside::below(sight, shared, main);
        draw_sections(trends, shared, frame, below);
        main
    } else {
        draw_side(trends, &marks, span, shared, frame, side);
        main
    };
    let stairs = charted::stairs_in_sight(sight, shared);
    let end = trends.axis.end(sight, shared);
    let stairs = stairs.as_slice();
    Charts::new(sight, shared, end, marks.all(), stairs, main, has_side).draw(frame, main);
}

/// Draws what is said in numbers, and the event marks in what it leaves.
fn draw_side(
    trends: &Trends,
    marks: &Marks,
    span: stats::Span,
    shared: &Shared,
    frame: &mut Frame,
    area: Rect,
) {
    let sight = &trends.sight;
    let said = aside::sections(sight, shared);
    let count = marks.all().len();
    // Where all of them may fit. Each has a row at least, so that of ten years of them none has to be broken to know that they
    // fill the panel.
    let few = count < usize::from(area.height);
    let list = if count == 0 {
        0
    } else {
        // A third of the panel at least where there are so many marks.
        let words = sections::height(&said, area.width, shared.theme);
        let rows = if few {
            listing(span, 0..count, Some(area.width), shared).rows.len()
        } else {
            count
        };
        let rows = u16::try_from(rows + 2).unwrap_or(u16::MAX);
        rows.min(area.height.saturating_sub(words).max(area.height / 3))
    };
    let [words, list] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(list)]).areas(area);
    let buffer = frame.buffer_mut();
    sections::draw(&said, trends.read_on, shared.theme, buffer, words);
    if list.height > 2 {
        draw_marks(sight, marks, span, shared, frame, list);
    }
}

fn draw_sections(trends: &Trends, shared: &Shared, frame: &mut Frame, area: Rect) {
    // The sentences are not worked out where there is no room for them.
    if area.is_empty() {
        return;
    }
    let aside = aside::sections(&trends.sight, shared);
    let (theme, buffer) = (shared.theme, frame.buffer_mut());
    sections::draw(&aside, trends.read_on, theme, buffer, area);
}

/// Draws the grid, the event marks under it where there is room, and what it says in numbers.
pub(super) fn draw_grid(trends: &Trends, shared: &Shared, frame: &mut Frame, area: Rect) {
    let [area, side] = aside::around_grid(area);
    let is_beside = side.y == area.y && !side.is_empty();
    let (grid, list) = if is_beside {
        (area, Rect::default())
    } else {
        grid_over_marks(&trends.sight, shared, area)
    };
    let span = grid::draw(trends, shared, frame, grid);
    let marks = shared.marks(span);
    if is_beside {
        return draw_side(trends, &marks, span, shared, frame, side);
    }
    let mut words = aside::sections(&trends.sight, shared);
    // The read-out of the day comes first under the grid: it is what the cursor asks for.
    words.swap(0, 1);
    let (theme, buffer) = (shared.theme, frame.buffer_mut());
    sections::draw(&words, trends.read_on, theme, buffer, side);
    if !list.is_empty() && !marks.all().is_empty() {
        draw_marks(&trends.sight, &marks, span, shared, frame, list);
    }
}

/// The day under the mouse, where days are drawn.
pub(super) fn day_at(trends: &Trends, shared: &Shared, at: Pointer) -> Option<NaiveDate> {
    let area = below_views(at.area);
    let place = Position::new(at.area.x + at.column, at.area.y + at.row);
    let sight = &trends.sight;
    // Laid out again as in the last frame, so that the mouse meets the same places.
    (face(sight.view).day_at)(sight, shared, area, place)
}

/// The hour under the mouse, in the view that has hours.
pub(super) fn hour_at(trends: &Trends, shared: &Shared, at: Pointer) -> Option<usize> {
    let place = Position::new(at.area.x + at.column, at.area.y + at.row);
    (trends.sight.view == View::Hours)
        .then(|| super::hours::unit_at(&trends.sight, shared, below_views(at.area), place))
        .flatten()
}

/// The day under `at` in a chart.
pub(super) fn day_in_chart(
    sight: &Sight,
    shared: &Shared,
    area: Rect,
    at: Position,
) -> Option<NaiveDate> {
    let [main, side] = aside::beside(area);
    let main = if side.is_empty() {
        aside::below(sight, shared, main)[0]
    } else {
        main
    };
    Charts::new(sight, shared, 1.0, &[], &[], main, false).day_at(main, at)
}

/// The day under `at` in the grid.
pub(super) fn day_in_grid(
    sight: &Sight,
    shared: &Shared,
    area: Rect,
    at: Position,
) -> Option<NaiveDate> {
    let [main, side] = aside::around_grid(area);
    let grid = if side.y == main.y && !side.is_empty() {
        main
    } else {
        grid_over_marks(sight, shared, main).0
    };
    grid::day_at(sight, shared, grid, at)
}

/// The names of the views with the one in sight in brackets, so that `v` is no walk in the dark; answers what is left.
fn draw_views(view: View, shared: &Shared, frame: &mut Frame, area: Rect) -> Rect {
    let left = below_views(area);
    if left == area {
        return area;
    }
    let theme = shared.theme;
    let mut spans = vec![Span::styled(" v ", theme.style(Role::Key))];
    for each in View::ALL {
        let (text, role) = if *each == view {
            (format!("[{}]", each.code()), Role::Accent)
        } else {
            (format!(" {} ", each.code()), Role::Faint)
        };
        spans.push(Span::styled(text, theme.style(role)));
        spans.push(Span::raw(" "));
    }
    let row = Rect { height: 1, ..area };
    put_line(frame.buffer_mut(), row, &Line::from(spans), theme);
    left
}

/// The view whose name stands under the mouse.
pub(super) fn view_at(at: Pointer) -> Option<View> {
    if at.row > 0 || below_views(at.area) == at.area {
        return None;
    }
    // " v ", then each name between two cells and one more behind it.
    let mut right = 3;
    let mut views = View::ALL.iter();
    let view = views.find(|view| {
        right += view.code().len() + 3;
        usize::from(at.column) < right
    });
    view.copied().filter(|_| at.column >= 3)
}

/// From this width on the names of the views have a row.
pub(super) fn wide_enough() -> u16 {
    let names: usize = View::ALL.iter().map(|view| view.code().len() + 3).sum();
    u16::try_from(names + 2).unwrap_or(u16::MAX)
}

/// What the names of the views leave; all where they have no room.
fn below_views(area: Rect) -> Rect {
    if area.height < TALL || area.width < wide_enough() {
        return area;
    }
    Rect {
        y: area.y + 1,
        height: area.height - 1,
        ..area
    }
}

/// The grid with all of its rows, and a list of event marks under it where there is room left.
fn grid_over_marks(sight: &Sight, shared: &Shared, area: Rect) -> (Rect, Rect) {
    let rows = u16::try_from(grid::height(sight, shared)).unwrap_or(u16::MAX);
    let left = area.height.saturating_sub(rows).min(LISTED + 2);
    let below = if left < 3 { 0 } else { left };
    let [grid, list] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(below)]).areas(area);
    (grid, list)
}

/// The rows of the marks, each with the place of its mark in the list: a long one goes on under its words.
fn marks_rows(
    marks: &[Event<'_>],
    span: stats::Span,
    wide: u16,
    theme: Theme,
) -> Vec<(usize, String)> {
    let room = Panel::new("").inner(Rect::new(0, 0, wide, 9)).width;
    let room = usize::from(room.saturating_sub(2));
    let rows = marks.iter().enumerate().flat_map(|(at, mark)| {
        let text = mark.line(span);
        // The letter, and a blank behind it.
        let rows = wrap(&text, room.saturating_sub(2), theme);
        let fits = width(&text) <= room;
        let rows = if fits { vec![text] } else { rows };
        let rows = rows.into_iter().enumerate();
        rows.map(move |(nth, row)| match nth {
            0 => (at, row),
            _ => (at, format!("  {row}")),
        })
    });
    rows.collect()
}

/// Some of the marks of a stretch as a list.
struct Listing {
    marks: Vec<Mark>,
    /// Its rows, each with the place of its mark.
    rows: Vec<(usize, String)>,
}

/// The marks at these places; in a panel of so many cells a long one takes several rows, else each has one.
fn listing(
    span: stats::Span,
    places: Range<usize>,
    wide: Option<u16>,
    shared: &Shared,
) -> Rc<Listing> {
    shared.kept((span, places, wide), |shared, (span, places, wide)| {
        let marks = shared.marks(*span);
        let events = marks.events(&shared.journal, places.clone());
        let rows = if let Some(wide) = wide {
            marks_rows(&events, *span, *wide, shared.theme)
        } else {
            let rows = events.iter().enumerate();
            rows.map(|(at, mark)| (at, mark.line(*span))).collect()
        };
        let marks = marks.all().get(places.clone()).unwrap_or_default();
        Listing {
            marks: marks.to_vec(),
            rows,
        }
    })
}

/// The event marks around the cursor; those of its day stand out.
fn draw_marks(
    sight: &Sight,
    marks: &Marks,
    span: stats::Span,
    shared: &Shared,
    frame: &mut Frame,
    area: Rect,
) {
    let (theme, cursor) = (shared.theme, sight.cursor(shared.basis()));
    let count = marks.all().len();
    let fact = format!("m lists all {count}");
    let inner = Panel::new("Event marks")
        .fact(&fact)
        .draw(area, frame.buffer_mut(), theme);
    let height = usize::from(inner.height);
    // With more of them than rows each has one, and is cut.
    let next = marks.all().iter().position(|mark| mark.day >= cursor);
    let first = next
        .unwrap_or(count)
        .saturating_sub(height / 2)
        .min(count.saturating_sub(height));
    // All of them where they are so few.
    let seen = first..(first + height).min(count);
    let listed = |wide| listing(span, seen.clone(), wide, shared);
    let whole = (count <= height).then(|| listed(Some(area.width)));
    let rows = whole
        .filter(|whole| whole.rows.len() <= height)
        .unwrap_or_else(|| listed(None));
    let mut last = None;
    for (y, (at, text)) in (inner.y..inner.bottom()).zip(&rows.rows) {
        let mark = rows.marks[*at];
        let role = if mark.day == cursor {
            Role::Accent
        } else if mark.kind == EventKind::Note {
            Role::Faint
        } else {
            Role::Text
        };
        let sign = if mark.day == cursor && last != Some(*at) {
            theme.glyph(Glyph::Focus)
        } else {
            " "
        };
        last = Some(*at);
        let text = format!("{sign} {text}");
        let row = Rect {
            y,
            height: 1,
            ..inner
        };
        put(frame.buffer_mut(), row, &text, theme.style(role), theme);
    }
}
