//! The views of Trends on paper: what the command line and plain mode print.
//!
//! The same widgets as on the screen, drawn into a buffer that is as wide as the page and as long as it has to be: every row,
//! no panel, no cursor.
//!
//! Invariant: no line is wider than the page, and what stands on it stands so on a screen of that width.

use super::chart::{Charts, SMALL, window};
use super::grid::{Window, listed_of, names};
use super::legend::GUTTER;
use super::page::{Medium, PLOT, Page, Part, Rows};
use super::sheet::{Drawn, Shares};
use super::{Trends, axis, charted, face, sheet, staircase};
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::event_marks::events;
use crate::domain::trends::sheet::{Cell, Lane, Sheet};
use crate::domain::trends::sight::{Others, Sight, moved};
use crate::domain::trends::view::View;
use crate::domain::trends::week_of;
use crate::tui::theme::Glyph;
use crate::tui::widgets::columns::scale::end_for;
use crate::tui::widgets::columns::{Column, ColumnChart};
use crate::tui::widgets::heat_grid::HeatGrid;
use crate::tui::widgets::panel::{Borders, Panel};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Rows of a sheet besides the columns and its lanes, and of a long chart besides the columns and the small charts.
const AROUND: u16 = 12;
/// Rows of a grid besides its symptoms: the title, and the head of a block.
const HEAD: u16 = 4;

/// The view, piece by piece; nothing where the days have nothing to draw.
pub(crate) fn drawn(page: &Page<'_>) -> Vec<Buffer> {
    let parts = (face(page.sight.view).paper)(page).into_iter();
    parts.map(|Part(buffer)| buffer).collect()
}

/// A week with the week before; more days than a week as one long chart. Nothing where the days have nothing at all.
pub(super) fn week(page: &Page<'_>) -> Vec<Part> {
    let (sight, shared) = (page.sight, page.shared);
    let manner = shared.manner();
    let is_longer = week_of(page.days.from, manner) != week_of(page.days.to, manner);
    if sight.from.is_some() && is_longer {
        let sight = Sight {
            view: View::Month,
            ..sight.clone()
        };
        return charts(&Page {
            sight: &sight,
            ..*page
        });
    }
    let span = sight.days(shared.basis());
    let columns = charted::first(sight, span, shared);
    let sheet = match page.rows {
        Rows::All => sheet::sheet_of(sight, shared),
        Rows::None => Sheet::default(),
    };
    let has_any = ColumnChart::highest(&columns).is_some();
    let has_overall = columns.iter().any(Column::has_overall_only);
    if !has_any && !has_overall && !sheet.lanes().any(has_words) {
        return Vec::new();
    }
    let trends = Trends {
        sight: sight.clone(),
        ..Trends::default()
    };
    let end = trends.axis.end(sight, shared);
    let rows = u16::try_from(sheet.len()).unwrap_or(u16::MAX);
    let height = rows.saturating_add(PLOT + AROUND);
    let part = page.part(height, |frame, area| {
        let none = Borders::No;
        let inner = Panel::new("").borders(none).inner(area);
        sheet::draw_panel(sight, &columns, span, end, none, shared, frame, area);
        let drawn = Drawn {
            trends: &trends,
            shared,
            span,
            sheet: &sheet,
            inner,
            shares: Shares::on_paper(inner),
            has_side: true,
            medium: Medium::Paper,
        };
        drawn.draw(&columns, end, frame);
    });
    vec![part]
}

/// Whether a row says more than that nothing was noted.
fn has_words(lane: &Lane) -> bool {
    let says = |cell: &Cell| matches!(cell, Cell::Rating(_) | Cell::Words(_));
    lane.cells.iter().any(says)
}

/// A long chart with everything under it: phases, marks, what was used of each product, the other attempts.
pub(super) fn charts(page: &Page<'_>) -> Vec<Part> {
    let (sight, shared) = (page.sight, page.shared);
    let at = shared.basis();
    let room = page.width.saturating_sub(GUTTER);
    let span = if page.is_asked() {
        page.days
    } else {
        window(sight, shared, room)
    };
    let full = sight.series(at).top(&shared.journal);
    let end = if page.is_asked() {
        end_for(full, charted::highest_over(sight, span, shared))
    } else {
        axis::Axis::default().end(sight, shared)
    };
    let events = events(&shared.journal, span, shared.today());
    let stairs = match page.rows {
        Rows::All => staircase::all(span, shared),
        Rows::None => Vec::new(),
    };
    let others = sight
        .timeline(at)
        .filter(|_| sight.others == Others::Beside);
    let others = others.map_or(0, |course| sight.others(&course, at).len());
    let small = u16::try_from(stairs.len() + others).unwrap_or(u16::MAX);
    let height = small
        .saturating_mul(SMALL + 1)
        .saturating_add(PLOT + AROUND);
    let part = page.part(height, |frame, area| {
        let charts = Charts {
            sight,
            shared,
            span,
            end,
            events: &events,
            stairs: &stairs,
            has_side: false,
            medium: Medium::Paper,
        };
        charts.draw(frame, area);
    });
    vec![part]
}

/// The symptoms by days, in blocks of as many days as the page has cells for.
pub(super) fn grid(page: &Page<'_>) -> Vec<Part> {
    let (sight, shared) = (page.sight, page.shared);
    let rows = listed_of(page.series.to_vec(), sight.order, shared);
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let height = height.saturating_add(HEAD);
    let inside = Rect::new(0, 0, page.width, height);
    let (_, columns) = HeatGrid::fits(inside, names(&rows));
    let days = i64::try_from(columns.max(1)).unwrap_or(i64::MAX);
    let mut parts = Vec::new();
    let mut from = page.days.from;
    while from <= page.days.to {
        let span = Span {
            from,
            to: moved(from, days - 1).min(page.days.to),
        };
        parts.push(page.part(height, |frame, area| {
            let middle = shared.theme.glyph(Glyph::Middle);
            let days = words::stretch(span, shared.today());
            let title = format!("Symptoms by days {middle} {days}");
            let panel = Panel::new(&title).fact(sight.order.label());
            let inner = panel
                .borders(Borders::No)
                .draw(area, frame.buffer_mut(), shared.theme);
            Window::on_paper(span, &rows).draw(sight, &rows, shared, frame, inner);
        }));
        let next = moved(from, days);
        if next <= from {
            break;
        }
        from = next;
    }
    parts
}
