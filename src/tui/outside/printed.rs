//! What was drawn, line by line: for a pipe, a pager, and a terminal that is not taken over.
//!
//! Invariant: the plain form holds no escape code, and the styled one leaves the terminal as it found it at the end of each line.

use crate::tui::theme::Theme;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier, Style};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// A line in both forms.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Printed {
    /// The signs alone.
    pub(crate) plain: String,
    /// The same with colours and bold letters, by escape codes.
    pub(crate) styled: String,
}

impl Printed {
    /// A line without any style.
    pub(crate) fn plain(text: String) -> Self {
        Self {
            plain: text.clone(),
            styled: text,
        }
    }
}

/// The lines of a buffer on the ground of a theme, without the empty ones at its end.
pub(crate) fn printed(buffer: &Buffer, theme: Theme) -> Vec<Printed> {
    let mut buffer = buffer.clone();
    theme.paint_ground(&mut buffer);
    let width = usize::from(buffer.area.width).max(1);
    let mut lines: Vec<Printed> = buffer.content.chunks(width).map(line).collect();
    let last = lines.iter().rposition(|line| !line.plain.is_empty());
    lines.truncate(last.map_or(0, |last| last + 1));
    lines
}

fn line(cells: &[Cell]) -> Printed {
    let is_blank = |cell: &Cell| {
        let reversed = cell.modifier.contains(Modifier::REVERSED);
        cell.symbol() == " " && cell.bg == Color::Reset && !reversed
    };
    let end = cells.iter().rposition(|cell| !is_blank(cell));
    let cells = &cells[..end.map_or(0, |end| end + 1)];
    let mut line = Printed::default();
    let mut now = String::new();
    let mut hidden = 0;
    for cell in cells {
        // A wide sign covers the cell behind it.
        if hidden > 0 {
            hidden -= 1;
            continue;
        }
        hidden = cell.symbol().width().saturating_sub(1);
        let codes = codes(cell.style());
        if codes != now {
            line.styled.push_str("\x1b[0m");
            line.styled.push_str(&codes);
            now = codes;
        }
        line.plain.push_str(cell.symbol());
        line.styled.push_str(cell.symbol());
    }
    if !now.is_empty() {
        line.styled.push_str("\x1b[0m");
    }
    line.plain.truncate(line.plain.trim_end().len());
    line
}

/// The escape codes of a style; none for that of the terminal.
fn codes(style: Style) -> String {
    let modifiers = [
        (Modifier::BOLD, 1),
        (Modifier::DIM, 2),
        (Modifier::UNDERLINED, 4),
        (Modifier::REVERSED, 7),
    ];
    let mut codes = String::new();
    for (modifier, code) in modifiers {
        if style.add_modifier.contains(modifier) {
            write!(codes, "\x1b[{code}m").ok();
        }
    }
    for (colour, ground) in [(style.fg, 0), (style.bg, 10)] {
        match colour.and_then(number) {
            Some(index @ 0..=7) => write!(codes, "\x1b[{}m", 30 + ground + u16::from(index)).ok(),
            Some(index @ 8..=15) => write!(codes, "\x1b[{}m", 82 + ground + u16::from(index)).ok(),
            Some(index) => write!(codes, "\x1b[{};5;{index}m", 38 + ground).ok(),
            None => continue,
        };
    }
    codes
}

/// The index of a colour; `None` for that of the terminal, and for one of its own.
pub(super) const fn number(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(index) => index,
        Color::Reset | Color::Rgb(..) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Theme, printed};
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier, Style};

    #[test]
    fn a_line_ends_with_its_last_sign_and_in_the_look_of_the_terminal() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 9, 3));
        buffer.set_string(1, 0, "ab", Style::new().add_modifier(Modifier::BOLD));
        buffer.set_string(3, 0, "c", Style::new().fg(Color::Indexed(67)));
        buffer.set_string(4, 0, "d", Style::new().fg(Color::Cyan).bg(Color::DarkGray));
        let lines = printed(&buffer, Theme::default());
        assert_eq!(lines.len(), 1, "the empty rows are left out");
        assert_eq!(lines[0].plain, " abcd");
        assert_eq!(
            lines[0].styled,
            " \x1b[0m\x1b[1mab\x1b[0m\x1b[38;5;67mc\x1b[0m\x1b[36m\x1b[100md\x1b[0m"
        );
    }

    #[test]
    fn a_wide_sign_takes_two_cells_of_the_line_and_no_blank_more() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 5, 1));
        buffer.set_string(0, 0, "\u{75db}x", Style::new());
        assert_eq!(printed(&buffer, Theme::default())[0].plain, "\u{75db}x");
    }
}
