//! The views drawn: the widgets of the full screen on paper, and under each drawing what it means in words.
//!
//! Invariant: no line is wider than the page.

use super::look::Look;
use super::{attempts, closing, grid, hours, marks, weeks};
use crate::domain::series::Series;
use crate::domain::trends::sight::Sight;
use crate::tui::outside::printed::{Printed, printed};
use crate::tui::screens::trends::page::{NARROWEST, Page, Rows};
use crate::tui::screens::trends::paper;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Theme};

/// What is drawn on.
#[derive(Clone, Copy)]
pub(super) struct Paper<'a> {
    /// The journal and the look.
    pub(super) shared: &'a Shared,
    /// Cells of a line.
    pub(super) width: u16,
}

/// A piece of a page.
pub(super) enum Part {
    /// A drawing.
    Drawing(Vec<Printed>),
    /// What is said of it.
    Words(String),
}

/// As wide a page as there is room for; `None` where a drawing would be cut.
pub(super) fn width(room: usize) -> Option<u16> {
    let width = u16::try_from(room).unwrap_or(u16::MAX).min(WIDEST);
    (width >= NARROWEST).then_some(width)
}

/// Wider lines would only be longer.
const WIDEST: u16 = 500;

fn page(look: &Look<'_>, paper: Paper<'_>, sight: &Sight, rows: Rows, series: &[Series]) -> Part {
    let page = Page {
        sight,
        shared: paper.shared,
        series,
        days: look.span,
        rows,
        width: paper.width,
    };
    let theme = paper.shared.theme;
    let buffers = paper::drawn(&page);
    let lines = buffers.iter().flat_map(|buffer| printed(buffer, theme));
    Part::Drawing(lines.collect())
}

/// A chart of each series. What else there was on these days stands under the last one.
pub(super) fn charts(look: &Look<'_>, paper: Paper<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    for (at, series) in look.series.iter().enumerate() {
        if look.span.is_empty() {
            let name = series.name(look.at.journal);
            parts.push(Part::Words(format!(
                "{name}: there is no day to look at.\n"
            )));
            continue;
        }
        let rows = if at + 1 == look.series.len() {
            Rows::All
        } else {
            Rows::None
        };
        let sight = Sight {
            chosen: Some(*series),
            second: None,
            ..look.sight.clone()
        };
        let drawing = page(look, paper, &sight, rows, &[]);
        let is_empty = matches!(&drawing, Part::Drawing(lines) if lines.is_empty());
        let mut words = String::new();
        if is_empty {
            words.push_str(&closing::title(look, *series));
        }
        words.push_str(&said(look, *series, paper.shared.theme));
        parts.extend([drawing, Part::Words(words)]);
    }
    parts.push(Part::Words(marks::list(look)));
    parts
}

/// What is said of a chart.
fn said(look: &Look<'_>, series: Series, theme: Theme) -> String {
    if let Some(needs) = closing::nothing_to_draw(look.at.journal, series, look.span) {
        return format!("{needs}\n");
    }
    let signs = closing::signs(look, series, theme);
    let words = match look.course {
        Some(course) => attempts::closing(look, series, course),
        None => closing::closing(look, series),
    };
    signs + &words
}

/// The first four days by the hour, and every entry in words.
pub(super) fn hours(look: &Look<'_>, paper: Paper<'_>) -> Vec<Part> {
    let drawing = page(look, paper, &look.sight, Rows::None, &[]);
    let words = hours::sentences(look).join("\n") + "\n";
    vec![drawing, Part::Words(words)]
}

/// The symptoms by days.
pub(super) fn grid(look: &Look<'_>, paper: Paper<'_>) -> Vec<Part> {
    let drawing = page(look, paper, &look.sight, Rows::None, &look.ranked());
    let blank = paper.shared.theme.glyph(Glyph::Blank);
    let words = [grid::legend(blank), marks::list(look)];
    std::iter::once(drawing)
        .chain(words.map(Part::Words))
        .collect()
}

/// The table.
pub(super) fn table(look: &Look<'_>, paper: Paper<'_>) -> Vec<Part> {
    let drawing = page(look, paper, &look.sight, Rows::None, &look.series);
    vec![drawing, Part::Words(weeks::closing(look))]
}

/// The parts as lines, each under an empty one, with the words as wide as the page.
pub(super) fn lines(parts: Vec<Part>, width: u16) -> Vec<Printed> {
    let mut lines: Vec<Printed> = Vec::new();
    for part in parts {
        let part = match part {
            Part::Drawing(lines) => lines,
            Part::Words(words) => crate::cli::output::fitted_lines(&words, usize::from(width))
                .into_iter()
                .map(Printed::plain)
                .collect(),
        };
        if part.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(Printed::default());
        }
        lines.extend(part);
    }
    lines
}
