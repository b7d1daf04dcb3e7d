//! The cells in which a picture differs from the one on the terminal.
//!
//! Invariant: they are those that ratatui finds, in the same order. It asks how wide every cell is, also those that stay as they
//! are; of these only one that may be wide is asked here, because it covers the next one.
//! No cell of ours is passed over or wider than its sign, as ratatui lets a cell ask for: no picture of a terminal's own lies
//! under it.

use ratatui::buffer::{Cell, CellWidth as _};
use ratatui::style::{Color, Modifier};

/// What stands in a cell of a terminal that was emptied.
static BLANK: Cell = Cell::EMPTY;
/// What is seen of a blank.
const SEEN_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// The cells to write, each with its column and row.
pub(super) struct Changes<'a> {
    shown: &'a [Cell],
    cells: &'a [Cell],
    width: usize,
    at: usize,
    covered: Option<Covered>,
}

/// The cells that a wide sign covers, or has covered until now.
struct Covered {
    at: usize,
    end: usize,
    why: Why,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    /// A wide sign with a ground of its own went: the terminal has painted its cells, whatever they held.
    Painted,
    /// An emoji came that some terminals leave half of the cells behind.
    Emoji,
}

impl<'a> Changes<'a> {
    /// Those of `cells` after `shown`, in rows of `width`. What is not in `shown` is blank: on an emptied terminal nothing is.
    pub(super) const fn new(shown: &'a [Cell], cells: &'a [Cell], width: u16) -> Self {
        Self {
            shown,
            cells,
            width: width as usize,
            at: 0,
            covered: None,
        }
    }

    fn placed(&self, at: usize) -> Option<(u16, u16, &'a Cell)> {
        let x = u16::try_from(at.checked_rem(self.width)?).ok()?;
        let y = u16::try_from(at.checked_div(self.width)?).ok()?;
        Some((x, y, self.cells.get(at)?))
    }

    fn before(&self, at: usize) -> &'a Cell {
        self.shown.get(at).unwrap_or(&BLANK)
    }

    /// The next of the covered cells that has to be written.
    fn next_covered(&self, covered: &mut Covered) -> Option<usize> {
        while covered.at < covered.end {
            let at = covered.at;
            let cell = self.cells.get(at)?;
            // One that is wide covers some more.
            covered.at += cells_of(cell);
            covered.end = covered.end.max(covered.at);
            if covered.why == Why::Painted || self.before(at).symbol() != cell.symbol() {
                return Some(at);
            }
        }
        None
    }

    /// Goes past the cells that stay as they are.
    fn pass_equal(&mut self) {
        while let Some(cell) = self.cells.get(self.at) {
            if !is_same(cell, self.before(self.at)) {
                return;
            }
            self.at += cells_of(cell);
        }
    }
}

impl<'a> Iterator for Changes<'a> {
    type Item = (u16, u16, &'a Cell);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(mut covered) = self.covered.take() {
            if let Some(at) = self.next_covered(&mut covered) {
                self.covered = Some(covered);
                return self.placed(at);
            }
            self.at = covered.end;
        }
        self.pass_equal();
        let at = self.at;
        let cell = self.cells.get(at)?;
        let width = cells_of(cell);
        self.at += 1;
        if width > 1 && cell.symbol().contains('\u{FE0F}') {
            self.covered = Some(Covered {
                at: at + 1,
                end: at + width,
                why: Why::Emoji,
            });
        } else if width > 1 {
            self.at = at + width;
        } else {
            let before = self.before(at);
            let had = cells_of(before);
            let is_seen = before.bg != Color::Reset || before.modifier.intersects(SEEN_ON_BLANK);
            if had > 1 && is_seen {
                self.covered = Some(Covered {
                    at: at + 1,
                    end: at + had,
                    why: Why::Painted,
                });
            }
        }
        self.placed(at)
    }
}

/// Whether both look the same.
fn is_same(one: &Cell, other: &Cell) -> bool {
    let (sign, earlier) = (one.symbol().as_bytes(), other.symbol().as_bytes());
    // Most signs are one byte, and a call to compare it takes longer than the comparison.
    let is_same_sign = match (sign, earlier) {
        ([one], [other]) => one == other,
        _ => sign == earlier,
    };
    is_same_sign
        && one.fg == other.fg
        && one.bg == other.bg
        && one.underline_color == other.underline_color
        && one.modifier == other.modifier
}

/// How many cells it takes; one at least.
fn cells_of(cell: &Cell) -> usize {
    if is_narrow(cell.symbol().as_bytes()) {
        1
    } else {
        usize::from(cell.cell_width()).max(1)
    }
}

/// Whether a sign is known without a table to take no more than one cell: letters of Europe, punctuation, arrows, and what
/// boxes, bars and curves are drawn with.
const fn is_narrow(sign: &[u8]) -> bool {
    matches!(
        sign,
        [_] | [0xC2..=0xDF, _] | [0xE2, 0x80..=0x8B | 0x94..=0x96 | 0xA0..=0xA3, _]
    )
}

#[cfg(test)]
mod tests {
    use super::{Changes, is_narrow};
    use proptest::prelude::{Just, Strategy, any, prop_assert_eq, proptest};
    use proptest::{collection, prop_oneof, sample};
    use ratatui::buffer::{Buffer, Cell, CellWidth as _};
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier, Style};

    /// Signs of one cell and of two, of several letters, and of none.
    const SIGNS: [&str; 17] = [
        "a",
        " ",
        "é",
        "–",
        "█",
        "⣿",
        "◽",
        "⌚",
        "日",
        "👩\u{200d}🔬",
        "⌨\u{fe0f}",
        "☂\u{fe0f}",
        "e\u{301}",
        "ｶ\u{ff9e}",
        "\u{301}",
        "",
        "ab",
    ];

    fn styles() -> impl Strategy<Value = Style> {
        let colours = || sample::select(vec![Color::Reset, Color::Red, Color::Indexed(208)]);
        let modifiers = sample::select(vec![
            Modifier::empty(),
            Modifier::BOLD,
            Modifier::REVERSED,
            Modifier::UNDERLINED,
            Modifier::DIM | Modifier::CROSSED_OUT,
        ]);
        (colours(), colours(), colours(), modifiers).prop_map(|(fg, bg, under, modifier)| {
            let style = Style::new().fg(fg).bg(bg).underline_color(under);
            style.add_modifier(modifier)
        })
    }

    /// What is done to a picture at some place of it.
    #[derive(Debug, Clone)]
    enum Stroke {
        Words(String, Style),
        Sign(&'static str),
        Style(u16, Style),
    }

    fn strokes() -> impl Strategy<Value = Vec<(u16, Stroke)>> {
        let signs = || sample::select(SIGNS.to_vec());
        let words = collection::vec(signs(), 0..6).prop_map(|signs| signs.concat());
        let stroke = prop_oneof![
            3 => (words, styles()).prop_map(|(words, style)| Stroke::Words(words, style)),
            2 => signs().prop_map(Stroke::Sign),
            1 => (0..4_u16, styles()).prop_map(|(width, style)| Stroke::Style(width, style)),
        ];
        collection::vec((any::<u16>(), stroke), 0..24)
    }

    /// Two pictures of one size; the second begins as the first in half of them, so that most of its cells stay.
    fn pairs() -> impl Strategy<Value = (Buffer, Buffer)> {
        let sizes = (1..9_u16, 1..4_u16);
        let is_kept = prop_oneof![Just(true), Just(false)];
        (sizes, strokes(), strokes(), is_kept).prop_map(
            |((width, height), first, second, is_kept)| {
                let blank = Buffer::empty(Rect::new(0, 0, width, height));
                let mut shown = blank.clone();
                draw(&mut shown, &first);
                let mut next = if is_kept { shown.clone() } else { blank };
                draw(&mut next, &second);
                (shown, next)
            },
        )
    }

    fn draw(buffer: &mut Buffer, strokes: &[(u16, Stroke)]) {
        let area = buffer.area;
        for (at, stroke) in strokes {
            let (x, y) = buffer.pos_of(usize::from(*at) % buffer.content.len());
            match stroke {
                Stroke::Words(words, style) => _ = buffer.set_string(x, y, words, *style),
                Stroke::Sign(sign) => _ = buffer[(x, y)].set_symbol(sign),
                Stroke::Style(width, style) => {
                    buffer.set_style(Rect::new(x, y, *width, 1).intersection(area), *style);
                }
            }
        }
        // Behind a painted wide sign in the very last cell, which no text leaves there, ratatui looks past the end.
        if let Some(last) = buffer.content.last_mut()
            && last.symbol().cell_width() > 1
        {
            last.set_symbol("z");
        }
    }

    fn ours<'a>(shown: &'a [Cell], next: &'a Buffer) -> Vec<(u16, u16, &'a Cell)> {
        Changes::new(shown, &next.content, next.area.width).collect()
    }

    proptest! {
        #[test]
        fn the_cells_that_change_are_those_that_ratatui_finds((shown, next) in pairs()) {
            let theirs: Vec<_> = shown.diff_iter(&next).collect();
            prop_assert_eq!(ours(&shown.content, &next), theirs);
        }

        #[test]
        fn on_an_emptied_terminal_they_are_those_after_a_blank_picture((_, next) in pairs()) {
            let blank = Buffer::empty(next.area);
            let theirs: Vec<_> = blank.diff_iter(&next).collect();
            prop_assert_eq!(ours(&[], &next), theirs);
        }
    }

    #[test]
    fn a_wide_sign_in_the_last_cell_and_a_picture_without_cells_are_taken() {
        let mut shown = Buffer::empty(Rect::new(0, 0, 1, 1));
        shown[(0, 0)].set_symbol("日").set_bg(Color::Red);
        let next = Buffer::empty(shown.area);
        assert_eq!(ours(&shown.content, &next).len(), 1);
        assert_eq!(ours(&next.content, &shown).len(), 1);
        assert!(ours(&[], &Buffer::default()).is_empty());
    }

    #[test]
    fn no_sign_that_is_known_to_be_narrow_is_wide() {
        let all = ('\0'..=char::MAX).filter(|sign| !sign.is_ascii_control());
        let mut room = [0; 4];
        let mut count = 0;
        for sign in all {
            let sign = sign.encode_utf8(&mut room);
            if is_narrow(sign.as_bytes()) {
                count += 1;
                assert!(sign.cell_width() <= 1, "{sign}");
            }
        }
        assert!(count > 2000, "{count}");
        assert!(!is_narrow(b"ab") && !is_narrow(b""));
    }
}
