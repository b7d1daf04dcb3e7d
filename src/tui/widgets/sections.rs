//! Several titled sections in one panel: a screen's numbers beside its chart.
//!
//! ```text
//! ╭ Against the week before ─╮
//! │ Severity 48 → 31   ▼ 17  │
//! ├ Most changed ────────────┤
//! │ 3 lines more: Space reads│
//! ╰──────────────────────────╯
//! ```
//! Invariant: nothing is cut silently. The last row counts the lines that do not fit, and Space shows them.
use super::frame::Frame;
use super::panel::{Borders, Panel};
use super::text::{fit, put, width, wrap};
use crate::tui::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Below this height there are no borders.
const LOW: u16 = 6;

/// A title with its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The text in the border above the lines.
    pub(crate) title: String,
    /// The lines; a long one is wrapped.
    pub(crate) lines: Vec<(String, Role)>,
}

impl Section {
    /// A section.
    pub(crate) fn new(title: impl Into<String>, lines: Vec<(String, Role)>) -> Self {
        Self {
            title: title.into(),
            lines,
        }
    }
}

/// Writes sentences from the top of `area`.
pub(crate) fn sentences(lines: &[String], theme: Theme, frame: &mut Frame, area: Rect) {
    // Without a chart there is no day for the cursor. At the sentence, a screen reader reads the reason.
    if !area.is_empty() {
        frame.set_cursor_position((area.x, area.y));
    }
    let rows = lines
        .iter()
        .flat_map(|line| wrap(line, usize::from(area.width), theme));
    for (y, row) in (area.y..area.bottom()).zip(rows) {
        let place = Rect {
            y,
            height: 1,
            ..area
        };
        let style = theme.style(Role::Faint);
        put(frame.buffer_mut(), place, &row, style, theme);
    }
}

/// Rows that the sections take in a panel of `wide` cells, its border included.
pub(crate) fn height(sections: &[Section], wide: u16, theme: Theme) -> u16 {
    let room = Panel::new("").inner(Rect::new(0, 0, wide, 9)).width;
    let lines = sections.iter().flat_map(|section| &section.lines);
    let rows: usize = lines
        .map(|(text, _)| wrap(text, usize::from(room), theme).len())
        .sum();
    // The first title stands in the border, each other one in a row.
    u16::try_from(rows + sections.len() + 1).unwrap_or(u16::MAX)
}

/// A row of the panel.
enum PanelRow<'a> {
    Title(&'a str),
    Words(String, Role),
}

/// Draws the sections. The last row counts the lines that do not fit; `read_on` is the page to show.
pub(crate) fn draw(
    sections: &[Section],
    read_on: usize,
    theme: Theme,
    buf: &mut Buffer,
    area: Rect,
) {
    let Some(first) = sections.first().filter(|_| area.height > 0) else {
        return;
    };
    // On a low screen the borders give way to data.
    let borders = if area.height < LOW {
        Borders::No
    } else {
        Borders::Yes
    };
    let probe = Panel::new(&first.title).borders(borders).inner(area);
    let (room, height) = (usize::from(probe.width), usize::from(probe.height));
    let mut rows: Vec<PanelRow<'_>> = Vec::new();
    for section in sections {
        rows.push(PanelRow::Title(&section.title));
        for (text, role) in &section.lines {
            let lines = wrap(text, room, theme).into_iter();
            rows.extend(lines.map(|line| PanelRow::Words(line, *role)));
        }
    }
    // The first title is in the border. On a low screen the title line counts the remaining lines.
    let hint_rows = usize::from(borders == Borders::Yes);
    let page = height.saturating_sub(hint_rows).max(1);
    let words = rows.len() - 1;
    let pages = if words <= height {
        1
    } else {
        words.div_ceil(page)
    };
    let start = 1 + read_on % pages * page;
    let heading = rows[..=start.min(rows.len() - 1)]
        .iter()
        .rev()
        .find_map(|row| match row {
            PanelRow::Title(title) => Some(*title),
            PanelRow::Words(..) => None,
        })
        .unwrap_or(&first.title);
    let visible = if words <= height { height } else { page };
    let left = words.saturating_sub(start - 1 + visible);
    let fact = if pages > 1 && hint_rows == 0 {
        format!("{left} more: Space")
    } else {
        String::new()
    };
    let panel = Panel::new(heading).borders(borders).fact(&fact);
    let inner = panel.draw(area, buf, theme);
    let mut y = inner.y;
    for (at, row) in rows.iter().skip(start).take(visible).enumerate() {
        let place = Rect {
            y,
            height: 1,
            ..inner
        };
        match row {
            // The first title is already in the border, and a title without lines under it would say nothing.
            PanelRow::Title(_) if at == 0 => continue,
            PanelRow::Title(_) if at + 1 == visible && left > 0 => {}
            PanelRow::Title(title) => {
                Panel::new(title)
                    .borders(borders)
                    .divide(area, y, buf, theme);
            }
            PanelRow::Words(text, role) => {
                put(buf, place, text, theme.style(*role), theme);
            }
        }
        y += 1;
    }
    if pages > 1 && hint_rows > 0 && inner.height > 1 {
        let text = match left {
            0 => "Space: from the beginning".to_owned(),
            left => format!("{left} lines more: Space reads on"),
        };
        let short = format!("{left} more: Space");
        let text = if width(&text) <= room { text } else { short };
        let place = Rect {
            y: inner.bottom() - 1,
            height: 1,
            ..inner
        };
        let text = fit(&text, room, theme);
        put(buf, place, &text, theme.style(Role::Faint), theme);
    }
}
