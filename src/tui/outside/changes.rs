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
