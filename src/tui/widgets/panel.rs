//! A panel: a thin rounded border with a short title at the left of it and one fact at the right.
//!
//! ```text
//! ╭ Severity ─────────────────── 7 of 7 days ─╮
//! │ one column of air on each side            │
//! ├ Most changed ─────────────────────────────┤
//! ╰───────────────────────────────────────────╯
//! ```
//! Invariant: borders give way to data: below 20×3, or on request, there is only a line with the title.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::{fill, fit, line, put, sign, width};
use crate::tui::theme::{Glyph, Role, Theme};

/// Whether a panel may have borders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Borders {
    /// Drawn where there is room.
    #[default]
    Yes,
    /// Never: a title line above the contents.
    No,
}

/// Whether the keys go to a panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Attention {
    /// The keys go here: the border and the title stand out.
    Here,
    /// The keys go elsewhere, or there is only one panel.
    #[default]
    Elsewhere,
}

/// The frame around the contents.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Panel<'a> {
    /// The text at the left of the upper border.
    pub(crate) title: &'a str,
    /// The text at the right of the upper border; may be empty.
    pub(crate) fact: &'a str,
    /// Whether there may be borders.
    pub(crate) borders: Borders,
    /// Whether the keys go here.
    pub(crate) attention: Attention,
}

/// The narrowest panel with borders, in cells.
const NARROWEST: u16 = 20;
/// The lowest panel with borders, in cells.
const LOWEST: u16 = 3;
/// A fact is dropped rather than cut below this width, in cells.
const SHORTEST_FACT: usize = 8;

impl<'a> Panel<'a> {
    /// Makes a panel with a title, no fact, and borders where there is room.
    pub(crate) fn new(title: &'a str) -> Self {
        Self {
            title,
            ..Self::default()
        }
    }

    /// Puts one fact at the right of the upper border.
    #[must_use]
    pub(crate) const fn fact(mut self, fact: &'a str) -> Self {
        self.fact = fact;
        self
    }

    /// Says whether there may be borders.
    #[must_use]
    pub(crate) const fn borders(mut self, borders: Borders) -> Self {
        self.borders = borders;
        self
    }

    /// Says whether the keys go here.
    #[must_use]
    pub(crate) const fn attention(mut self, attention: Attention) -> Self {
        self.attention = attention;
        self
    }

    /// Tells whether this panel has borders in `area`.
    pub(crate) fn is_bordered(&self, area: Rect) -> bool {
        self.borders == Borders::Yes && area.width >= NARROWEST && area.height >= LOWEST
    }

    /// Returns the area for the contents: inside the border and one column of air, or below the title line.
    pub(crate) fn inner(&self, area: Rect) -> Rect {
        if self.is_bordered(area) {
            Rect::new(
                area.x.saturating_add(2),
                area.y.saturating_add(1),
                area.width.saturating_sub(4),
                area.height.saturating_sub(2),
            )
        } else {
            Rect::new(
                area.x,
                area.y.saturating_add(1).min(area.bottom()),
                area.width,
                area.height.saturating_sub(1),
            )
        }
    }

    /// Draws the border or the title line and returns the area for the contents.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: Theme) -> Rect {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return self.inner(area);
        }
        if self.is_bordered(area) {
            self.draw_sides(area, buf, theme);
            let ends = (Glyph::TopLeft, Glyph::TopRight);
            let top = Rect { height: 1, ..area };
            self.draw_rule(top, ends, buf, theme);
        } else {
            self.draw_title_line(area, buf, theme);
        }
        self.inner(area)
    }

    /// Draws a titled line across a bordered panel at the screen's `row`, connected to both borders.
    pub(crate) fn divide(&self, area: Rect, row: u16, buf: &mut Buffer, theme: Theme) {
        let row = Rect {
            y: row,
            height: 1,
            ..area
        }
        .intersection(area)
        .intersection(buf.area);
        if row.is_empty() {
            return;
        }
        if area.width >= NARROWEST && self.borders == Borders::Yes {
            let ends = (Glyph::JointRight, Glyph::JointLeft);
            self.draw_rule(row, ends, buf, theme);
        } else {
            self.draw_title_line(row, buf, theme);
        }
    }

    fn edge(&self, theme: Theme) -> ratatui::style::Style {
        theme.style(match self.attention {
            Attention::Here => Role::Accent,
            Attention::Elsewhere => Role::Border,
        })
    }

    fn draw_sides(&self, area: Rect, buf: &mut Buffer, theme: Theme) {
        let style = self.edge(theme);
        let right = area.right().saturating_sub(1);
        for x in [area.left(), right] {
            let side = Rect {
                x,
                width: 1,
                ..area
            };
            fill(buf, side, theme.sign(Glyph::Vertical), style);
        }
        let bottom = Rect {
            y: area.bottom().saturating_sub(1),
            height: 1,
            ..area
        };
        self.draw_line(bottom, (Glyph::BottomLeft, Glyph::BottomRight), buf, theme);
    }

    /// Draws a line across one row, from end to end.
    fn draw_line(&self, row: Rect, ends: (Glyph, Glyph), buf: &mut Buffer, theme: Theme) {
        let style = self.edge(theme);
        fill(buf, row, theme.sign(Glyph::Horizontal), style);
        let right = row.right().saturating_sub(1);
        sign(buf, (right, row.y), theme.sign(ends.1), style);
        sign(buf, (row.x, row.y), theme.sign(ends.0), style);
    }

    /// Draws one row: end, title, line, fact, end.
    fn draw_rule(&self, row: Rect, ends: (Glyph, Glyph), buf: &mut Buffer, theme: Theme) {
        self.draw_line(row, ends, buf, theme);
        let right = row.right().saturating_sub(1);
        // Minus both corners and a blank on each side of the title.
        let room = usize::from(row.width).saturating_sub(4);
        let title = fit(self.title, room, theme);
        let titled = width(&title);
        if titled > 0 {
            let label = format!(" {title} ");
            let at = Rect::new(
                row.x.saturating_add(1),
                row.y,
                row.width.saturating_sub(2),
                1,
            );
            put(buf, at, &label, theme.style(Role::Title), theme);
        }
        // Minus two cells of line before the fact, two blanks around it, and one cell of line behind it.
        let left = if titled > 0 { titled + 2 } else { 0 };
        let room = usize::from(row.width).saturating_sub(2 + left + 5);
        if let Some(fact) = shorten(self.fact, room, theme) {
            let wide = u16::try_from(width(&fact) + 2).unwrap_or(u16::MAX);
            let x = right.saturating_sub(1).saturating_sub(wide);
            let at = Rect::new(x, row.y, wide, 1);
            put(
                buf,
                at,
                &format!(" {fact} "),
                theme.style(Role::Text),
                theme,
            );
        }
    }

    fn draw_title_line(&self, area: Rect, buf: &mut Buffer, theme: Theme) {
        let row = Rect { height: 1, ..area };
        let used = usize::from(put(buf, row, self.title, theme.style(Role::Title), theme));
        let room = usize::from(area.width).saturating_sub(used + 2);
        if let Some(fact) = shorten(self.fact, room, theme) {
            let wide = u16::try_from(width(&fact)).unwrap_or(u16::MAX);
            let x = area.right().saturating_sub(wide);
            let at = Rect::new(x, area.y, wide, 1);
            put(buf, at, &fact, theme.style(Role::Faint), theme);
        }
    }
}

/// Returns the fact cut to `room`; `None` when too little of it would remain to be useful.
fn shorten(fact: &str, room: usize, theme: Theme) -> Option<String> {
    let whole = width(&line(fact, theme));
    let useful = whole > 0 && (whole <= room || room >= SHORTEST_FACT);
    useful.then(|| fit(fact, room, theme))
}

/// Draws how much of a page longer than `place` lies above and below it into its lower border: `↑ 4  ↓ 18 more`. In sight are
/// the rows from `first` to before `last`.
pub(crate) fn foot(
    place: Rect,
    (first, last): (usize, usize),
    rows: usize,
    buf: &mut Buffer,
    theme: Theme,
) {
    let fact = match (first, rows.saturating_sub(last)) {
        (0, 0) => return,
        (0, below) => format!(" \u{2193} {below} more "),
        (above, 0) => format!(" \u{2191} {above} more "),
        (above, below) => format!(" \u{2191} {above}  \u{2193} {below} more "),
    };
    let wanted = u16::try_from(width(&line(&fact, theme))).unwrap_or(0) + 2;
    if place.height > 2 && place.width > wanted {
        let at = Rect::new(place.right() - wanted, place.bottom() - 1, wanted, 1);
        put(buf, at, &fact, theme.style(Role::Faint), theme);
    }
}

#[cfg(test)]
mod tests {
    use super::{Borders, Panel};
    use crate::tui::theme::{ColourMode, Glyphs, Theme};
    use crate::tui::widgets::picture::picture;
    use ratatui::layout::Rect;

    const ASCII: Theme = Theme::new(ColourMode::Mono, Glyphs::Ascii);

    fn panel() -> Panel<'static> {
        Panel::new("Severity").fact("7 of 7 days")
    }

    #[test]
    fn the_title_stands_left_and_the_fact_right() {
        let drawn = picture(40, 4, |area, buf| {
            let inner = panel().draw(area, buf, Theme::default());
            assert_eq!(inner, Rect::new(2, 1, 36, 2));
        });
        insta::assert_snapshot!(drawn, @r"
        ╭ Severity ────────────── 7 of 7 days ─╮
        │                                      │
        │                                      │
        ╰──────────────────────────────────────╯
        ");
    }

    #[test]
    fn the_fact_goes_before_the_title_is_cut() {
        let rows: Vec<String> = [33, 28, 24, 20]
            .into_iter()
            .map(|width| {
                let drawn = picture(width, 4, |area, buf| {
                    Panel::new("Against the week").fact("7 of 7 days").draw(
                        area,
                        buf,
                        Theme::default(),
                    );
                });
                drawn.lines().next().unwrap_or_default().to_owned()
            })
            .collect();
        insta::assert_snapshot!(rows.join("\n"), @r"
        ╭ Against the week ─── 7 of 7… ─╮
        ╭ Against the week ────────╮
        ╭ Against the week ────╮
        ╭ Against the week ╮
        ");
    }

    #[test]
    fn a_small_panel_has_a_title_line_and_no_borders() {
        let drawn = picture(19, 3, |area, buf| {
            let inner = panel().draw(area, buf, Theme::default());
            assert_eq!(inner, Rect::new(0, 1, 19, 2));
        });
        insta::assert_snapshot!(drawn, @"Severity  7 of 7 d…");
        let asked = panel().borders(Borders::No).inner(Rect::new(3, 3, 60, 20));
        assert_eq!(asked, Rect::new(3, 4, 60, 19));
    }

    #[test]
    fn a_divider_joins_both_borders_in_ascii_too() {
        for theme in [Theme::default(), ASCII] {
            let drawn = picture(30, 5, |area, buf| {
                panel().draw(area, buf, theme);
                Panel::new("Most changed").divide(area, 2, buf, theme);
            });
            if theme == ASCII {
                insta::assert_snapshot!(drawn, @r"
                + Severity ---- 7 of 7 days -+
                |                            |
                + Most changed --------------+
                |                            |
                +----------------------------+
                ");
            } else {
                insta::assert_snapshot!(drawn, @r"
                ╭ Severity ──── 7 of 7 days ─╮
                │                            │
                ├ Most changed ──────────────┤
                │                            │
                ╰────────────────────────────╯
                ");
            }
        }
    }
}
