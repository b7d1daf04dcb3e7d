//! A list longer than its panel: the visible rows, the mark of the focused row, and the position in the list.
//!
//! Invariant: the focused row is always visible. The visible rows follow from the cursor alone, so that drawing changes no
//! state and the same cursor always gives the same picture.
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use super::text::{put, put_line};
use crate::tui::theme::{Glyph, Role, Theme};

/// Returns the visible rows of `len` in `height` lines: all of them, or those around the cursor.
pub(crate) fn window(len: usize, cursor: usize, height: u16) -> Range<usize> {
    let height = usize::from(height);
    let visible = height.min(len);
    // A list may become shorter while the cursor is near its end.
    let cursor = cursor.min(len.saturating_sub(1));
    // The cursor stays in the middle, so that the rows on both sides of it are visible.
    let start = cursor.saturating_sub(height / 2).min(len - visible);
    start..start + visible
}

/// Returns each visible row with its area on the screen.
pub(crate) fn rows(len: usize, cursor: usize, area: Rect) -> impl Iterator<Item = (usize, Rect)> {
    window(len, cursor, area.height)
        .zip(area.top()..area.bottom())
        .map(move |(index, y)| {
            (
                index,
                Rect {
                    y,
                    height: 1,
                    ..area
                },
            )
        })
}

/// Returns the position in a list, such as `3 of 57`; an empty text for an empty list.
pub(crate) fn position(len: usize, cursor: usize) -> String {
    if len == 0 {
        String::new()
    } else {
        format!("{} of {len}", cursor.saturating_add(1).min(len))
    }
}

/// A step of the focus through a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One row down.
    Next,
    /// One row up.
    Previous,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

/// How many rows a page is: few enough that on a small screen none is passed unseen.
const PAGE: usize = 8;

impl Step {
    /// Returns the row that the step leads to, from the row `at` of `len`.
    pub(crate) fn target(self, at: usize, len: usize) -> usize {
        let to = match self {
            Self::Next => at.saturating_add(1),
            Self::Previous => at.saturating_sub(1),
            Self::PageDown => at.saturating_add(PAGE),
            Self::PageUp => at.saturating_sub(PAGE),
            Self::First => 0,
            Self::Last => len,
        };
        to.min(len.saturating_sub(1))
    }
}

/// Says whether a row has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Focus {
    /// The keys go to this row.
    Here,
    /// The keys go to another row.
    Elsewhere,
}

impl Focus {
    /// The focus of a row, by whether the keys go to it.
    pub(crate) const fn on(is_here: bool) -> Self {
        if is_here { Self::Here } else { Self::Elsewhere }
    }
}

/// Draws the mark of a row and a blank, `▌ ` for the focused one; returns the area right of it.
pub(crate) fn mark(focus: Focus, row: Rect, buf: &mut Buffer, theme: Theme) -> Rect {
    // A sign as well as a colour, so that the focus is visible in monochrome.
    if focus == Focus::Here {
        let sign = theme.glyph(Glyph::Focus);
        put(buf, row, sign, theme.style(Role::Focus), theme);
    }
    let used = row.width.min(2);
    Rect {
        x: row.x.saturating_add(used),
        width: row.width - used,
        height: row.height.min(1),
        ..row
    }
}

/// Draws the spans of a row behind its mark, each made safe, cut at the end of the row with an ellipsis; returns where the
/// terminal's own cursor belongs when the row has the focus.
pub(crate) fn row(
    content: &Line<'_>,
    focus: Focus,
    row: Rect,
    buf: &mut Buffer,
    theme: Theme,
) -> Position {
    let rest = mark(focus, row, buf, theme);
    put_line(buf, rest, content, theme);
    Position::new(row.x, row.y)
}

#[cfg(test)]
mod tests {
    use super::{Focus, Step, position, row, rows, window};
    use crate::tui::theme::{ColourMode, Glyphs, Theme};
    use crate::tui::widgets::picture::picture;
    use proptest::prelude::proptest;
    use ratatui::text::{Line, Span};

    #[test]
    fn the_window_follows_the_cursor() {
        assert_eq!(window(5, 4, 10), 0..5);
        assert_eq!(window(57, 0, 10), 0..10);
        assert_eq!(window(57, 30, 10), 25..35);
        assert_eq!(window(57, 56, 10), 47..57);
        assert_eq!(window(0, 3, 10), 0..0);
    }

    #[test]
    fn the_place_in_the_list_is_said_in_words() {
        assert_eq!(position(57, 2), "3 of 57");
        assert_eq!(position(0, 0), "");
    }

    #[test]
    fn the_focused_row_is_marked_without_colour() {
        for (glyphs, expected) in [
            (Glyphs::Unicode, "  one\n▌ two\n  three f…"),
            (Glyphs::Ascii, "  one\n> two\n  three..."),
        ] {
            let theme = Theme::new(ColourMode::Mono, glyphs);
            let names = ["one", "two", "three four"];
            let drawn = picture(10, 3, |area, buf| {
                for (index, at) in rows(names.len(), 1, area) {
                    let focus = Focus::on(index == 1);
                    row(&Line::from(names[index]), focus, at, buf, theme);
                }
            });
            assert_eq!(drawn, expected);
        }
    }

    #[test]
    fn a_row_of_several_spans_is_cut_once_at_its_end() {
        let spans = Line::from(vec![
            Span::raw("Nausea "),
            Span::raw("moderate "),
            Span::raw("3"),
        ]);
        let drawn = |width| {
            picture(width, 1, |area, buf| {
                row(&spans, Focus::Elsewhere, area, buf, Theme::default());
            })
        };
        assert_eq!(drawn(19), "  Nausea moderate 3");
        assert_eq!(drawn(18), "  Nausea moderate…");
        assert_eq!(drawn(12), "  Nausea mo…");
        assert_eq!(drawn(9), "  Nausea…");
    }

    proptest! {
        #[test]
        fn no_step_leaves_the_list(len in 1usize..40, at in 0usize..40) {
            for step in [Step::Next, Step::Previous, Step::PageDown, Step::PageUp, Step::First, Step::Last] {
                assert!(step.target(at, len) < len, "{step:?}");
                assert_eq!(step.target(at, 0), 0, "{step:?}");
            }
        }

        #[test]
        fn the_cursor_is_always_seen(len in 1usize..300, cursor in 0usize..300, height in 1u16..60) {
            let cursor = cursor.min(len - 1);
            let seen = window(len, cursor, height);
            assert!(seen.contains(&cursor) && seen.end <= len);
        }
    }
}
