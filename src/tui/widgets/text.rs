//! Text in terminal cells: measured, cut, padded and wrapped by grapheme clusters.
//!
//! Invariant: every text passes through [`crate::domain::text::sanitize::shown`] first, so no caller can forget it. In the
//! ASCII look typographic signs become ASCII; letters of any script stay as they are.
mod rows;

use crate::domain::text::ascii::spelt;
pub(crate) use crate::domain::text::sanitize::{Lines, shown};
use crate::tui::theme::{Glyph, Glyphs, Theme};
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Line;
pub(crate) use rows::{hang, hang_column, wrap};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// Returns the width of one grapheme cluster in cells, as the buffer draws it.
pub(crate) fn cluster_width(cluster: &str) -> usize {
    if cluster.chars().next().is_none_or(char::is_control) {
        0
    } else {
        usize::from(cluster.cell_width())
    }
}

/// Whether `text` is printable ASCII, as almost every text is: its length is its width, every byte is a sign, nothing in it has
/// to be made safe or spelt, and segmentation would be slow.
fn is_plain(text: &str) -> bool {
    let is_sign = |b: u8| b.wrapping_sub(b' ') <= b'~' - b' ';
    // To the end of it in any case: so many bytes are looked at together, and nearly all texts are plain to their end.
    text.bytes().fold(true, |all, b| all & is_sign(b))
}

/// Whether `c` is always a cluster of its own, one cell wide, beside others of the kind: what our own texts and most languages
/// of Latin letters are made of. The blank is the only space among them.
const fn is_simple(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{2FF}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{2190}'..='\u{21FF}'
        | '\u{2500}'..='\u{25FC}' | '\u{2713}' | '\u{2800}'..='\u{28FF}')
}

/// The number of cells of a text of simple characters, which needs no segmentation; `None` for any other.
fn simple_cells(text: &str) -> Option<usize> {
    if is_plain(text) {
        return Some(text.len());
    }
    let mut signs = text.chars();
    signs.try_fold(0, |cells, sign| is_simple(sign).then_some(cells + 1))
}

/// The same for a text that is a safe line as it stands.
fn cells_as_it_stands(text: &str, theme: Theme) -> Option<usize> {
    match theme.glyphs {
        Glyphs::Unicode => simple_cells(text),
        Glyphs::Ascii => is_plain(text).then_some(text.len()),
    }
}

/// Returns the width of a text in cells.
pub(crate) fn width(text: &str) -> usize {
    simple_cells(text).unwrap_or_else(|| text.graphemes(true).map(cluster_width).sum())
}

/// Returns `text` as one safe line; in the ASCII look its dashes, quotes, dots and arrows are spelt in ASCII.
pub(crate) fn line(text: &str, theme: Theme) -> Cow<'_, str> {
    if cells_as_it_stands(text, theme).is_some() {
        return Cow::Borrowed(text);
    }
    spell(shown(text, Lines::Fold, theme.stand()), theme)
}

/// Returns `text` as one safe line of at most `room` cells; a text that had to be cut ends in an ellipsis.
///
/// In less room than the ellipsis needs, only its beginning is left.
pub(crate) fn fit(text: &str, room: usize, theme: Theme) -> String {
    fit_line(line(text, theme), room, theme).into_owned()
}

/// Cuts what is a safe line already.
fn fit_line(text: Cow<'_, str>, room: usize, theme: Theme) -> Cow<'_, str> {
    if width(&text) <= room {
        return text;
    }
    let ellipsis = theme.glyph(Glyph::Ellipsis);
    let text_room = room.saturating_sub(width(ellipsis));
    let mut out = take(&text, text_room).trim_end().to_owned();
    out.push_str(take(ellipsis, room));
    Cow::Owned(out)
}

/// Returns `text` cut like [`fit`] and filled with blanks on the right to exactly `room` cells.
pub(crate) fn pad(text: &str, room: usize, theme: Theme) -> String {
    let mut out = fit(text, room, theme);
    let missing = room.saturating_sub(width(&out));
    out.extend(std::iter::repeat_n(' ', missing));
    out
}

/// Returns `text` cut like [`fit`] and filled with blanks on the left to exactly `room` cells.
pub(crate) fn pad_left(text: &str, room: usize, theme: Theme) -> String {
    let text = fit(text, room, theme);
    let missing = room.saturating_sub(width(&text));
    let mut out = " ".repeat(missing);
    out.push_str(&text);
    out
}

/// Writes one sign into a cell and replaces the cell's style.
pub(crate) fn sign(buf: &mut Buffer, at: (u16, u16), sign: char, style: Style) {
    if let Some(cell) = buf.cell_mut(at) {
        Ink::of(style).write(cell, sign);
    }
}

/// What a cell looks like, whatever it looked like before.
#[derive(Clone, Copy)]
struct Ink {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Ink {
    /// [`alone`] of `style`, as the cell has it in the end.
    fn of(style: Style) -> Self {
        Self {
            fg: style.fg.unwrap_or_default(),
            bg: style.bg.unwrap_or_default(),
            modifier: style.add_modifier.difference(style.sub_modifier),
        }
    }

    fn write(self, cell: &mut Cell, sign: char) {
        cell.set_char(sign);
        (cell.fg, cell.bg, cell.modifier) = (self.fg, self.bg, self.modifier);
    }
}

/// Returns `style` with every attribute set: a buffer would otherwise mix it with the style of the cell.
fn alone(style: Style) -> Style {
    Style::reset().patch(style)
}

/// Writes `text` as one safe line at the top left of `area`, cut to its width; returns the cells written.
pub(crate) fn put(buf: &mut Buffer, area: Rect, text: &str, style: Style, theme: Theme) -> u16 {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return 0;
    }
    let room = usize::from(area.width);
    let cells = cells_as_it_stands(text, theme);
    if let Some(cells) = cells.filter(|cells| *cells <= room) {
        write_simple(buf, (area.x, area.y), text, cells, style);
        return u16::try_from(cells).unwrap_or(u16::MAX);
    }
    let fitted = fit_line(line(text, theme), room, theme);
    let end = write(buf, (area.x, area.y), &fitted, room, style);
    end.saturating_sub(area.x)
}

/// Writes what is a safe line already into at most `room` cells; returns the column behind it.
pub(crate) fn write(
    buf: &mut Buffer,
    (x, y): (u16, u16),
    line: &str,
    room: usize,
    style: Style,
) -> u16 {
    let Some(cells) = simple_cells(line).filter(|_| buf.area.contains((x, y).into())) else {
        return buf.set_stringn(x, y, line, room, alone(style)).0;
    };
    let cells = cells.min(room).min(usize::from(buf.area.right() - x));
    write_simple(buf, (x, y), line, cells, style);
    x + u16::try_from(cells).unwrap_or(u16::MAX)
}

/// Writes the first `cells` of simple characters into a row that has so many.
fn write_simple(buf: &mut Buffer, at: (u16, u16), line: &str, cells: usize, style: Style) {
    let ink = Ink::of(style);
    let from = buf.index_of(at.0, at.1);
    let places = buf.content.get_mut(from..from + cells).into_iter();
    for (cell, sign) in places.flatten().zip(line.chars()) {
        ink.write(cell, sign);
    }
}

/// The cells of each row of `area`.
fn rows_of(buf: &mut Buffer, area: Rect) -> impl Iterator<Item = &mut [Cell]> {
    let area = area.intersection(buf.area);
    let (across, left) = (
        usize::from(buf.area.width),
        usize::from(area.x - buf.area.x),
    );
    let above = usize::from(area.y - buf.area.y);
    let rows = buf.content.chunks_exact_mut(across.max(1));
    let rows = rows.skip(above).take(usize::from(area.height));
    rows.filter_map(move |row| row.get_mut(left..left + usize::from(area.width)))
}

/// Fills `area` with one sign.
pub(crate) fn fill(buf: &mut Buffer, area: Rect, sign: char, style: Style) {
    let mut cell = Cell::default();
    Ink::of(style).write(&mut cell, sign);
    rows_of(buf, area).for_each(|row| row.fill(cell.clone()));
}

/// Empties `area`. ratatui's own widget asks for the place of each cell.
pub(crate) fn clear(buf: &mut Buffer, area: Rect) {
    rows_of(buf, area).for_each(|row| row.fill(Cell::EMPTY));
}

/// Writes the spans of `content` as one safe line at the top left of `area`; a line that does not fit is cut once and ends in
/// an ellipsis. Returns the cells written.
pub(crate) fn put_line(buf: &mut Buffer, area: Rect, content: &Line<'_>, theme: Theme) -> u16 {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return 0;
    }
    let room = usize::from(area.width);
    let spans = content.spans.iter().map(|span| {
        let style = alone(content.style.patch(span.style));
        (line(&span.content, theme), style)
    });
    let spans: Vec<(Cow<'_, str>, Style)> = spans.collect();
    let needed: usize = spans.iter().map(|(words, _)| width(words)).sum();
    let ellipsis = theme.glyph(Glyph::Ellipsis);
    let mut left = if needed <= room {
        room
    } else {
        room.saturating_sub(width(ellipsis))
    };
    let mut x = area.x;
    let mut last = alone(content.style);
    for (words, style) in &spans {
        let whole = width(words) <= left;
        let words = if whole {
            words
        } else {
            take(words, left).trim_end()
        };
        let rest = usize::from(area.right().saturating_sub(x));
        x = write(buf, (x, area.y), words, rest, *style);
        left = left.saturating_sub(width(words));
        last = *style;
        if !whole {
            break;
        }
    }
    if needed > room {
        let rest = usize::from(area.right().saturating_sub(x));
        x = write(buf, (x, area.y), take(ellipsis, rest), rest, last);
    }
    x.saturating_sub(area.x)
}

/// Returns the longest beginning of `text` that fits into `room` cells, cut between clusters.
fn take(text: &str, room: usize) -> &str {
    if simple_cells(text).is_some() {
        let end = text.char_indices().nth(room);
        return end.and_then(|(end, _)| text.get(..end)).unwrap_or(text);
    }
    let mut used = 0;
    for (start, cluster) in text.grapheme_indices(true) {
        used += cluster_width(cluster);
        if used > room {
            return text.get(..start).unwrap_or_default();
        }
    }
    text
}

fn spell(text: Cow<'_, str>, theme: Theme) -> Cow<'_, str> {
    match theme.glyphs {
        Glyphs::Unicode => text,
        Glyphs::Ascii => spelt(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Lines, clear, cluster_width, fill, fit, is_simple, pad, pad_left, shown, width, write,
    };
    use crate::tui::theme::{ColourMode, Glyphs, Theme};
    use proptest::prelude::proptest;
    use proptest::{collection, sample};
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier, Style};
    use ratatui::widgets::{Clear, Widget};
    use unicode_segmentation::UnicodeSegmentation;

    const WIDE: Theme = Theme::new(ColourMode::Ansi16, Glyphs::Unicode);
    const ASCII: Theme = Theme::new(ColourMode::Ansi16, Glyphs::Ascii);

    fn all_simple() -> Vec<char> {
        ('\0'..=char::MAX).filter(|c| is_simple(*c)).collect()
    }

    #[test]
    fn a_simple_character_is_one_safe_cell_and_only_the_blank_is_a_space() {
        for c in all_simple() {
            let text = c.to_string();
            assert_eq!(cluster_width(&text), 1, "{c:?}");
            assert_eq!(shown(&text, Lines::Fold, WIDE.stand()), text.as_str());
            assert_eq!(c.is_whitespace(), c == ' ', "{c:?}");
        }
    }

    #[test]
    fn what_fits_is_left_alone_and_what_is_cut_says_so() {
        assert_eq!(fit("Nausea", 6, WIDE), "Nausea");
        assert_eq!(fit("Trouble sleeping", 9, WIDE), "Trouble…");
        assert_eq!(fit("Trouble sleeping", 11, ASCII), "Trouble...");
        assert_eq!(fit("Nausea", 0, WIDE), "");
        assert_eq!(fit("Nausea", 2, ASCII), "..");
    }

    #[test]
    fn a_cut_never_falls_inside_a_letter() {
        assert_eq!(
            fit("👩\u{200D}👩\u{200D}👧👩\u{200D}👩\u{200D}👧", 3, WIDE),
            "👩\u{200D}👩\u{200D}👧…"
        );
        assert_eq!(fit("e\u{301}e\u{301}e\u{301}", 2, WIDE), "e\u{301}…");
        assert_eq!(fit("日本語", 4, WIDE), "日…");
    }

    #[test]
    fn padding_fills_on_the_asked_side() {
        assert_eq!(pad("日本", 6, WIDE), "日本  ");
        assert_eq!(pad_left("12", 4, WIDE), "  12");
    }

    #[test]
    fn the_ascii_look_spells_signs_and_keeps_letters() {
        assert_eq!(fit("2.1 → 0.7 · “bé”", 40, ASCII), "2.1 -> 0.7 . \"bé\"");
    }

    proptest! {
        #[test]
        fn cut_and_padded_text_keeps_its_room(text in ".{0,30}", room in 0usize..40) {
            for theme in [WIDE, ASCII] {
                assert!(width(&fit(&text, room, theme)) <= room);
                assert_eq!(width(&pad(&text, room, theme)), room);
                assert_eq!(width(&pad_left(&text, room, theme)), room);
            }
        }

        #[test]
        fn simple_characters_are_clusters_of_their_own(text in collection::vec(sample::select(all_simple()), 0..12)) {
            let text = String::from_iter(text);
            assert!(text.graphemes(true).eq(text.split("").filter(|sign| !sign.is_empty())));
        }

        #[test]
        fn text_is_written_as_ratatui_writes_it(text in "[a-zé’👩日\u{301} ]{0,14}", x in 0u16..12, room in 0usize..14) {
            let style = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD);
            let was = Buffer::with_lines(["日本xxxxxxxx"]);
            let (mut ours, mut theirs) = (was.clone(), was);
            let end = write(&mut ours, (x, 0), &text, room, style);
            let place = theirs.set_stringn(x, 0, &text, room, super::alone(style));
            assert_eq!((end, 0), place);
            assert_eq!(ours, theirs);
        }

        #[test]
        fn an_area_is_emptied_as_ratatui_empties_it(x in 0u16..7, y in 0u16..5, width in 0u16..9, height in 0u16..6) {
            let area = Rect::new(x, y, width, height);
            let mut ours = Buffer::with_lines(["abcde"; 4]);
            let mut theirs = ours.clone();
            clear(&mut ours, area);
            Clear.render(area, &mut theirs);
            assert_eq!(ours, theirs);
            fill(&mut ours, area, '─', Style::new());
            for place in area.intersection(theirs.area).positions() {
                theirs[place].set_char('─');
            }
            assert_eq!(ours, theirs);
        }

    }
}
