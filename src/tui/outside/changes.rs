//! The cells in which a picture differs from the one on the terminal.
//!
//! Invariant: they are those that ratatui finds, in the same order. It keeps the last picture as a second buffer and asks how wide
//! every cell is, also those that stay as they are. Here what stands on the terminal is kept in less than half of that, with
//! the width of each sign, and a cell that stays costs a few comparisons.
//! No cell of ours is passed over or wider than its sign, as ratatui lets a cell ask for: no picture of a terminal's own lies
//! under it.

use ratatui::buffer::{Buffer, Cell, CellWidth as _};
use ratatui::style::{Color, Modifier};
use std::mem::discriminant;

/// What is seen of a blank.
const SEEN_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// What stands on the terminal.
#[derive(Debug, Default)]
pub(super) struct Shown {
    cells: Vec<Mark>,
    signs: LongSigns,
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy)]
struct Mark {
    sign: Sign,
    fg: Color,
    bg: Color,
    underline: Color,
    modifier: Modifier,
    /// How many cells the sign takes.
    width: u8,
}

/// A sign in four bytes: its own, or its place among the long ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sign(u32);

/// The signs that are longer. They are let go as soon as no picture needs them: they may be pieces of a person's words.
#[derive(Debug, Default)]
struct LongSigns {
    all: Vec<String>,
    are_needed: bool,
}

/// What wide signs do to the cells behind them.
#[derive(Default)]
struct Above {
    /// So many cells are covered: nothing is to be written in them.
    passed: u8,
    /// So many are looked at each by itself, once none is covered.
    behind: Option<(u8, Behind)>,
}

/// Why a cell behind a wide sign is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Behind {
    /// A wide sign with a ground of its own went: the terminal has painted its cells, whatever they held.
    Painted,
    /// An emoji came that some terminals leave half of the cells behind.
    Emoji,
}

impl Mark {
    const BLANK: Self = Self {
        sign: Sign(1 << 24 | b' ' as u32),
        fg: Color::Reset,
        bg: Color::Reset,
        underline: Color::Reset,
        modifier: Modifier::empty(),
        width: 1,
    };

    #[expect(clippy::inline_always, reason = "a call takes longer than the work")]
    #[inline(always)]
    fn of(cell: &Cell, symbol: &str, sign: Sign) -> Self {
        Self {
            sign,
            fg: cell.fg,
            bg: cell.bg,
            underline: cell.underline_color,
            modifier: cell.modifier,
            width: width(symbol),
        }
    }

    /// Whether the cell looks like this, seen at once. Asked of every cell of every picture, most of which stay.
    #[expect(clippy::inline_always, reason = "a call takes longer than the work")]
    #[inline(always)]
    fn stays(&self, cell: &Cell) -> bool {
        let sign = Sign::at_once(cell.symbol());
        self.width == 1 && Some(self.sign) == sign && self.has_style_of(cell)
    }

    #[expect(clippy::inline_always, reason = "a call takes longer than the work")]
    #[inline(always)]
    fn has_style_of(&self, cell: &Cell) -> bool {
        self.modifier == cell.modifier
            && is_same(&self.fg, &cell.fg)
            && is_same(&self.bg, &cell.bg)
            && is_same(&self.underline, &cell.underline_color)
    }

    /// Whether something of it is seen in the cells behind its sign.
    fn paints(&self) -> bool {
        self.width > 1 && (self.bg != Color::Reset || self.modifier.intersects(SEEN_ON_BLANK))
    }
}

/// Whether both colours are the same.
#[expect(clippy::inline_always, reason = "a call takes longer than the work")]
#[inline(always)]
pub(super) fn is_same(one: &Color, other: &Color) -> bool {
    discriminant(one) == discriminant(other)
        && match (one, other) {
            (Color::Indexed(one), Color::Indexed(other)) => one == other,
            (Color::Rgb(r, g, b), Color::Rgb(red, green, blue)) => {
                r == red && g == green && b == blue
            }
            _ => true,
        }
}

impl Sign {
    const fn of(bytes: [u8; 4]) -> Self {
        Self(u32::from_le_bytes(bytes))
    }

    #[expect(clippy::inline_always, reason = "a call takes longer than the work")]
    #[inline(always)]
    fn at_once(symbol: &str) -> Option<Self> {
        match *symbol.as_bytes() {
            [sign] => Some(Self::of([sign, 0, 0, 1])),
            ref signs => Self::short(signs),
        }
    }

    fn short(bytes: &[u8]) -> Option<Self> {
        match *bytes {
            [a, b] => Some(Self::of([a, b, 0, 2])),
            [a, b, c] => Some(Self::of([a, b, c, 3])),
            // One letter: its last byte is none of the other kinds.
            [a @ 0xF0..=0xFF, b, c, d] => Some(Self::of([a, b, c, d])),
            _ => None,
        }
    }
}

impl LongSigns {
    #[expect(clippy::inline_always, reason = "a call takes longer than the work")]
    #[inline(always)]
    fn sign(&mut self, symbol: &str) -> Sign {
        Sign::at_once(symbol).unwrap_or_else(|| self.long(symbol))
    }

    fn long(&mut self, symbol: &str) -> Sign {
        self.are_needed = true;
        let known = self.all.iter().position(|known| known == symbol);
        let at = known.unwrap_or_else(|| {
            self.all.push(symbol.to_owned());
            self.all.len() - 1
        });
        Sign(u32::try_from(at).unwrap_or(u32::MAX) | 0xFF << 24)
    }
}

impl Shown {
    /// A terminal on which `picture` stands.
    pub(super) fn of(picture: &Buffer) -> Self {
        let mut signs = LongSigns::default();
        let mut mark = |cell: &Cell| {
            let symbol = cell.symbol();
            Mark::of(cell, symbol, signs.sign(symbol))
        };
        Self {
            cells: picture.content.iter().map(&mut mark).collect(),
            signs,
        }
    }

    /// Hands `write` each cell of `picture` that has to be written on an emptied terminal. [`Self::of`] keeps what then stands
    /// there, and can wait until the person sees it.
    pub(super) fn on_empty<'a>(picture: &'a Buffer, mut write: impl FnMut(u16, u16, &'a Cell)) {
        let width = usize::from(picture.area.width).max(1);
        let mut signs = LongSigns::default();
        let mut above = Above::default();
        let mut marks = vec![Mark::BLANK; width];
        for (row, y) in picture.content.chunks(width).zip(0_u16..) {
            marks.fill(Mark::BLANK);
            above.go_over(y, row, &mut marks, &mut signs, &mut write);
        }
    }

    /// Hands `write` each cell that has to be written so that `picture` stands there, with its column and row.
    pub(super) fn change_to<'a>(
        &mut self,
        picture: &'a Buffer,
        mut write: impl FnMut(u16, u16, &'a Cell),
    ) {
        let width = usize::from(picture.area.width).max(1);
        let signs = &mut self.signs;
        signs.are_needed = false;
        let mut above = Above::default();
        let rows = picture.content.chunks(width);
        for ((row, marks), y) in rows.zip(self.cells.chunks_mut(width)).zip(0_u16..) {
            above.go_over(y, row, marks, signs, &mut write);
        }
        if !signs.are_needed {
            signs.all = Vec::new();
        }
    }
}

impl Above {
    /// Hands `write` the cells of a row that have to be written where `marks` stand, which are then those of the row.
    #[expect(
        clippy::inline_always,
        reason = "what is called for each cell is then in its place"
    )]
    #[inline(always)]
    fn go_over<'a>(
        &mut self,
        y: u16,
        row: &'a [Cell],
        marks: &mut [Mark],
        signs: &mut LongSigns,
        write: &mut impl FnMut(u16, u16, &'a Cell),
    ) {
        let end = row.len().min(marks.len());
        let mut next = 0;
        while next < end {
            if self.is_free() {
                let rest = (row.get(next..), marks.get(next..));
                next += staying(rest.0.unwrap_or_default(), rest.1.unwrap_or_default());
            }
            // As long as cells change: to begin with those that stay costs as much as one that changes.
            let rest = (row.get(next..end), marks.get_mut(next..end));
            let (Some(cells), Some(marks)) = rest else {
                break;
            };
            for (cell, mark) in cells.iter().zip(marks) {
                let at = next;
                next += 1;
                let symbol = cell.symbol();
                let (before, sign) = (*mark, signs.sign(symbol));
                if self.is_free() && before.sign == sign && before.has_style_of(cell) {
                    self.passed = before.width - 1;
                    break;
                }
                *mark = Mark::of(cell, symbol, sign);
                if self.lets_write(before, *mark, symbol) {
                    write(u16::try_from(at).unwrap_or(u16::MAX), y, cell);
                }
            }
        }
    }

    const fn is_free(&self) -> bool {
        self.passed == 0 && self.behind.is_none()
    }

    /// Whether a cell has to be written that shows `mark` instead of `before`; goes on to the next one.
    #[expect(clippy::inline_always, reason = "a call takes longer than the work")]
    #[inline(always)]
    fn lets_write(&mut self, before: Mark, mark: Mark, symbol: &str) -> bool {
        if self.passed > 0 {
            self.passed -= 1;
            return false;
        }
        if let Some((left, why)) = self.behind {
            // One that is wide covers some more.
            self.passed = mark.width - 1;
            let left = left.saturating_sub(mark.width);
            self.behind = (left > 0).then_some((left, why));
            return why == Behind::Painted || before.sign != mark.sign;
        }
        if mark.width == 1 {
            let left = before.width - 1;
            self.behind = before.paints().then_some((left, Behind::Painted));
        } else if symbol.contains('\u{FE0F}') {
            self.behind = Some((mark.width - 1, Behind::Emoji));
        } else {
            self.passed = mark.width - 1;
        }
        true
    }
}

/// How many cells stay at the beginning of a row.
fn staying(cells: &[Cell], marks: &[Mark]) -> usize {
    let mut count = 0;
    for (cell, mark) in cells.iter().zip(marks) {
        if !mark.stays(cell) {
            break;
        }
        count += 1;
    }
    count
}

/// How many cells a sign takes; one at least.
fn width(symbol: &str) -> u8 {
    if is_narrow(symbol.as_bytes()) {
        1
    } else {
        u8::try_from(symbol.cell_width()).unwrap_or(u8::MAX).max(1)
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
    use super::{Shown, is_narrow};
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
                Stroke::Words(words, style) => {
                    buffer.set_string(x, y, words, *style);
                }
                Stroke::Sign(sign) => {
                    buffer[(x, y)].set_symbol(sign);
                }
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

    fn ours<'a>(shown: &mut Shown, next: &'a Buffer) -> Vec<(u16, u16, &'a Cell)> {
        let mut cells = Vec::new();
        shown.change_to(next, |x, y, cell| cells.push((x, y, cell)));
        cells
    }

    fn blank(picture: &Buffer) -> Shown {
        Shown::of(&Buffer::empty(picture.area))
    }

    proptest! {
        #[test]
        fn the_cells_that_change_are_those_that_ratatui_finds((one, other) in pairs()) {
            let mut last = Buffer::empty(one.area);
            let mut shown = blank(&one);
            for next in [&one, &other, &one, &one, &other] {
                let theirs: Vec<_> = last.diff_iter(next).collect();
                prop_assert_eq!(ours(&mut shown, next), theirs);
                last.clone_from(next);
            }
        }

        #[test]
        fn on_an_emptied_terminal_they_are_those_that_differ_from_blanks((one, other) in pairs()) {
            for picture in [&one, &other] {
                let mut cells = Vec::new();
                Shown::on_empty(picture, |x, y, cell| cells.push((x, y, cell)));
                prop_assert_eq!(cells, ours(&mut blank(picture), picture));
            }
        }

        #[test]
        fn a_picture_that_is_kept_later_changes_as_one_that_was_drawn((one, other) in pairs()) {
            let mut drawn = blank(&one);
            ours(&mut drawn, &one);
            let mut kept = Shown::of(&one);
            prop_assert_eq!(ours(&mut kept, &other), ours(&mut drawn, &other));
        }

        #[test]
        fn no_long_sign_is_kept_that_no_picture_needs((one, _) in pairs()) {
            let mut shown = blank(&one);
            ours(&mut shown, &one);
            let all = &one.content;
            let is_kept = |sign: &String| all.iter().any(|cell| cell.symbol() == sign);
            assert!(shown.signs.all.iter().all(is_kept));
            ours(&mut shown, &Buffer::empty(one.area));
            assert!(shown.signs.all.is_empty());
        }
    }

    #[test]
    fn a_wide_sign_in_the_last_cell_and_a_picture_without_cells_are_taken() {
        let mut next = Buffer::empty(Rect::new(0, 0, 1, 1));
        let mut shown = blank(&next);
        next[(0, 0)].set_symbol("日").set_bg(Color::Red);
        assert_eq!(ours(&mut shown, &next).len(), 1);
        assert_eq!(ours(&mut shown, &Buffer::empty(next.area)).len(), 1);
        assert!(ours(&mut Shown::default(), &Buffer::default()).is_empty());
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
