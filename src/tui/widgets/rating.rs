//! The look of a rating, the same on every screen: its digit on its shade.
//!
//! ```text
//!  0   1  ▐2▌ ▐3▌ ▐4▌   –   ·
//! ```
//! Invariant: the digit is always there; shade and texture only add to it. `–` is a day or an item without an answer, `·` a day
//! that has entries but none of this kind, and a day still to come is blank.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::sign;
use crate::tui::theme::{Glyph, Role, Theme};

/// The state of one item on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rated {
    /// A severity from 0 to 4; larger numbers draw as 4.
    Severity(u8),
    /// No answer.
    Unanswered,
    /// A day with entries, and none of this kind.
    NoneOfKind,
    /// A day still to come.
    Ahead,
}

/// Draws `rated` over the first row of `area`, its sign in the middle. From two cells on, a 3 and a 4 have a texture.
pub(crate) fn draw(rated: Rated, area: Rect, buf: &mut Buffer, theme: Theme) {
    let area = Rect { height: 1, ..area }.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let middle = area.x + (area.width - 1) / 2;
    let text = theme.style(Role::Text);
    let (letter, style) = match rated {
        Rated::Ahead => return,
        Rated::Unanswered => (theme.sign(Glyph::Blank), text),
        Rated::NoneOfKind => (theme.sign(Glyph::Middle), text),
        Rated::Severity(severity) => {
            let digit = char::from(b'0' + severity.min(4));
            let style = theme.severity(severity);
            if severity >= 2 {
                // Texture stands at both ends alone, so that the digit stays easy to read.
                let hatch = theme.hatch(severity);
                for x in area.left()..area.right() {
                    let is_end = x == area.left() || x + 1 == area.right();
                    sign(buf, (x, area.y), if is_end { hatch } else { ' ' }, style);
                }
            }
            (digit, style)
        }
    };
    sign(buf, (middle, area.y), letter, style);
}

#[cfg(test)]
mod tests {
    use super::{Rated, draw};
    use crate::tui::theme::{ColourMode, Glyphs, Theme};
    use crate::tui::widgets::picture::picture;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Modifier;

    const ALL: [Rated; 8] = [
        Rated::Severity(0),
        Rated::Severity(1),
        Rated::Severity(2),
        Rated::Severity(3),
        Rated::Severity(4),
        Rated::Unanswered,
        Rated::NoneOfKind,
        Rated::Ahead,
    ];

    fn row(width: u16, theme: Theme) -> String {
        picture(width * 8, 1, |area, buf| {
            for (at, rated) in (0..).zip(ALL) {
                let place = Rect {
                    x: at * width,
                    width,
                    ..area
                };
                draw(rated, place, buf, theme);
            }
        })
    }

    #[test]
    fn the_digit_is_there_at_every_width_in_every_look() {
        let colour = Theme::new(ColourMode::Indexed, Glyphs::Unicode);
        insta::assert_snapshot!(row(1, colour), @"01234–·");
        insta::assert_snapshot!(row(3, colour), @" 0  1  2 ░3░▒4▒ –  ·");
        insta::assert_snapshot!(row(6, colour), @"  0     1     2   ░ 3  ░▒ 4  ▒  –     ·");
        insta::assert_snapshot!(row(3, Theme::new(ColourMode::Mono, Glyphs::Ascii)), @" 0  1  2  3  4  -  .");
    }

    #[test]
    fn without_colour_a_2_is_reversed_and_a_3_bold_beside_it() {
        let theme = Theme::new(ColourMode::Mono, Glyphs::Ascii);
        let looks = [0, 1, 2, 3, 4].map(|severity| {
            let mut buf = Buffer::empty(Rect::new(0, 0, 1, 1));
            draw(Rated::Severity(severity), buf.area, &mut buf, theme);
            buf[(0, 0)].modifier
        });
        let (none, full) = (Modifier::empty(), Modifier::REVERSED);
        let bold = full | Modifier::BOLD;
        assert_eq!(looks, [none, none, full, bold, bold | Modifier::UNDERLINED]);
    }

    #[test]
    fn a_0_has_the_default_colour_and_fills_nothing() {
        let theme = Theme::new(ColourMode::Indexed, Glyphs::Unicode);
        let mut buf = Buffer::empty(Rect::new(0, 0, 3, 1));
        draw(Rated::Severity(0), buf.area, &mut buf, theme);
        assert!(
            buf.content
                .iter()
                .all(|cell| cell.style() == Buffer::empty(buf.area)[(0, 0)].style())
        );
    }
}
