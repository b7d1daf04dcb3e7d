//! What a terminal is sent for the cells of a picture and for its cursor, written into one buffer.
//!
//! Invariant: these are the very bytes that ratatui's backend for crossterm writes. It formats each cell as a command of its own,
//! which was a tenth of all that stands before the first frame.

use super::changes::is_same;
use super::printed;
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

/// Attributes as a terminal switches them off, in the order in which they are.
const OFF: [(Modifier, u8); 7] = [
    (Modifier::REVERSED, 27),
    // One code for both; the other one is switched on again.
    (Modifier::BOLD.union(Modifier::DIM), 22),
    (Modifier::ITALIC, 23),
    (Modifier::UNDERLINED, 24),
    (Modifier::CROSSED_OUT, 29),
    (Modifier::HIDDEN, 28),
    (Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK), 25),
];
/// The same for on.
const ON: [(Modifier, u8); 9] = [
    (Modifier::REVERSED, 7),
    (Modifier::BOLD, 1),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::DIM, 2),
    (Modifier::CROSSED_OUT, 9),
    (Modifier::HIDDEN, 8),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
];
/// Colours and attributes of a terminal as they are before anything is set.
const PLAIN: &[u8] = b"\x1b[39m\x1b[49m\x1b[59m\x1b[0m";
const HIDE: &[u8] = b"\x1b[?25l";
const SHOW: &[u8] = b"\x1b[?25h";

/// Writes cells one after another.
pub(super) struct Pen<'a> {
    into: &'a mut Vec<u8>,
    /// Where the terminal would write next.
    next: Option<(u16, u16)>,
    colours: (Color, Color),
    underline: Color,
    modifier: Modifier,
}

impl<'a> Pen<'a> {
    /// On a terminal whose colours and attributes are plain.
    pub(super) const fn new(into: &'a mut Vec<u8>) -> Self {
        Self {
            into,
            next: None,
            colours: (Color::Reset, Color::Reset),
            underline: Color::Reset,
            modifier: Modifier::empty(),
        }
    }

    /// Writes the cell of a column and a row.
    #[expect(clippy::inline_always, reason = "a call takes longer than the work")]
    #[inline(always)]
    pub(super) fn write(&mut self, x: u16, y: u16, cell: &Cell) {
        let into = &mut *self.into;
        if self.next != Some((x, y)) {
            go_to(x, y, into);
        }
        self.next = x.checked_add(1).map(|x| (x, y));
        if cell.modifier != self.modifier {
            switch(self.modifier, cell.modifier, into);
            self.modifier = cell.modifier;
        }
        let (fg, bg) = &self.colours;
        if !is_same(fg, &cell.fg) || !is_same(bg, &cell.bg) {
            self.colours = (cell.fg, cell.bg);
            into.extend_from_slice(b"\x1b[");
            colour(38, cell.fg, into);
            into.push(b';');
            colour(48, cell.bg, into);
            into.push(b'm');
        }
        if !is_same(&self.underline, &cell.underline_color) {
            self.underline = cell.underline_color;
            into.extend_from_slice(b"\x1b[");
            colour(58, self.underline, into);
            into.push(b'm');
        }
        match cell.symbol().as_bytes() {
            // Most signs are one byte.
            [sign] => into.push(*sign),
            sign => into.extend_from_slice(sign),
        }
    }

    /// Leaves the terminal plain.
    pub(super) fn end(self) {
        self.into.extend_from_slice(PLAIN);
    }
}

/// Hides the cursor, or shows it in its place.
pub(super) fn cursor(position: Option<Position>, into: &mut Vec<u8>) {
    match position {
        None => into.extend_from_slice(HIDE),
        Some(Position { x, y }) => {
            into.extend_from_slice(SHOW);
            go_to(x, y, into);
        }
    }
}

fn go_to(x: u16, y: u16, into: &mut Vec<u8>) {
    into.extend_from_slice(b"\x1b[");
    number(u32::from(y) + 1, into);
    into.push(b';');
    number(u32::from(x) + 1, into);
    into.push(b'H');
}

/// Writes what leads from some attributes to others.
fn switch(from: Modifier, to: Modifier, into: &mut Vec<u8>) {
    let mut set = |code: u8| {
        into.extend_from_slice(b"\x1b[");
        number(code.into(), into);
        into.push(b'm');
    };
    let (removed, mut added) = (from - to, to - from);
    let intensity = Modifier::BOLD | Modifier::DIM;
    for (off, code) in OFF {
        if removed.intersects(off) {
            set(code);
            if off == intensity {
                // Those that stay went too.
                for (kept, code) in [(Modifier::DIM, 2), (Modifier::BOLD, 1)] {
                    if to.contains(kept) {
                        set(code);
                    }
                }
                added -= intensity;
            }
        }
    }
    for (on, code) in ON {
        if added.contains(on) {
            set(code);
        }
    }
}

/// Writes a colour; `kind` is 38 for that of signs, 48 for what is behind them and 58 for lines under them.
fn colour(kind: u8, colour: Color, into: &mut Vec<u8>) {
    let Some(index) = printed::number(colour) else {
        let Color::Rgb(r, g, b) = colour else {
            return number(u32::from(kind) + 1, into);
        };
        number(kind.into(), into);
        into.extend_from_slice(b";2");
        for part in [r, g, b] {
            into.push(b';');
            number(part.into(), into);
        }
        return;
    };
    number(kind.into(), into);
    into.extend_from_slice(b";5;");
    number(index.into(), into);
}

fn number(number: u32, into: &mut Vec<u8>) {
    let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or(0);
    // Most are of two digits, and a loop takes longer than to write them.
    if number >= 100 {
        self::number(number / 100, into);
    }
    if number >= 10 {
        into.push(digit(number / 10));
    }
    into.push(digit(number));
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::Pen;
    use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};
    use proptest::{collection, sample};
    use ratatui::backend::{Backend, CrosstermBackend};
    use ratatui::buffer::Cell;
    use ratatui::crossterm::style::force_color_output;
    use ratatui::style::{Color, Modifier};

    fn colours() -> impl Strategy<Value = Color> {
        let named = [
            Color::Reset,
            Color::Black,
            Color::Red,
            Color::Green,
            Color::Yellow,
            Color::Blue,
            Color::Magenta,
            Color::Cyan,
            Color::Gray,
            Color::DarkGray,
            Color::LightRed,
            Color::LightGreen,
            Color::LightYellow,
            Color::LightBlue,
            Color::LightMagenta,
            Color::LightCyan,
            Color::White,
            Color::Indexed(0),
            Color::Indexed(208),
            Color::Rgb(0, 70, 255),
        ];
        sample::select(named.to_vec())
    }

    fn cells() -> impl Strategy<Value = (u16, u16, Cell)> {
        let symbols = sample::select(vec!["a", " ", "–", "█", "日", "👩‍🔬"]);
        let places = (0..3_u16, 0..2_u16, any::<bool>());
        let styles = (colours(), colours(), colours(), any::<u16>());
        (places, symbols, styles).prop_map(|((x, y, is_far), symbol, style)| {
            let (fg, bg, underline, bits) = style;
            let mut cell = Cell::default();
            cell.set_symbol(symbol);
            (cell.fg, cell.bg, cell.underline_color) = (fg, bg, underline);
            cell.modifier = Modifier::from_bits_truncate(bits);
            let far = if is_far { u16::MAX - 2 } else { 0 };
            // The last column and row of all have no number that crossterm writes.
            (
                (far + x).min(u16::MAX - 1),
                (far + y).min(u16::MAX - 1),
                cell,
            )
        })
    }

    proptest! {
        #[test]
        fn cells_are_written_as_ratatui_writes_them(cells in collection::vec(cells(), 0..40)) {
            force_color_output(true);
            let all = || cells.iter().map(|(x, y, cell)| (*x, *y, cell));
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            // Twice: the second frame begins anew.
            for _ in 0..2 {
                let mut pen = Pen::new(&mut ours);
                all().for_each(|(x, y, cell)| pen.write(x, y, cell));
                pen.end();
            }
            let mut backend = CrosstermBackend::new(&mut theirs);
            backend.draw(all()).unwrap();
            backend.draw(all()).unwrap();
            prop_assert_eq!(String::from_utf8(ours).unwrap(), String::from_utf8(theirs).unwrap());
        }
    }
}
