//! The picture of the screen behind an overlay: drawn once, and shown again until something in it may have changed.
//!
//! A key in a form changes the form alone; drawing the whole screen under it again was most of what the key cost.

use crate::tui::model::Model;
use crate::tui::shared::Edition;
use crate::tui::tab::Tab;
use crate::tui::widgets::frame::Frame;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

/// The picture of the last frame, if it had an overlay.
#[derive(Debug, Default)]
pub struct Behind {
    kept: Option<Picture>,
}

#[derive(Debug)]
struct Picture {
    of: Subject,
    stretches: Vec<Stretch>,
    /// The cells that are not in a blank stretch, in their order.
    signs: Vec<Cell>,
    cursor: Option<Position>,
}

/// Cells side by side in a row. A cell with a sign takes eight times as long to copy as a blank one takes to be coloured, and most
/// of a screen is blank.
#[derive(Debug)]
struct Stretch {
    x: u16,
    y: u16,
    count: usize,
    what: What,
}

#[derive(Debug, PartialEq, Eq)]
enum What {
    /// All like this one.
    Blank(Cell),
    /// As they stand among the signs.
    Signs,
}

/// Fewer blanks than these are copied with the signs around them.
const SHORT: usize = 4;

/// All that a picture is drawn from: the same subject gives the same picture.
#[derive(Debug, PartialEq, Eq)]
struct Subject {
    tab: Tab,
    area: Rect,
    shared: Edition,
    screens: Edition,
}

impl Behind {
    /// Lets the picture go: no overlay is open, or nobody may see what is under it.
    pub(super) fn forget(&mut self) {
        self.kept = None;
    }

    /// Draws the screen in `area` as it looks under an overlay.
    pub(super) fn draw(&mut self, model: &Model, frame: &mut Frame, area: Rect) {
        let of = Subject {
            tab: model.tab,
            area: area.intersection(frame.area()),
            shared: model.shared.edition,
            screens: model.screens.edition,
        };
        let kept = self.kept.take().filter(|kept| kept.of == of);
        let kept = self.kept.insert(kept.unwrap_or_else(|| drawn(model, of)));
        kept.copy(frame.buffer_mut());
        if let Some(cursor) = kept.cursor {
            frame.set_cursor_position(cursor);
        }
    }
}

/// Draws on a frame of its own, which is kept.
fn drawn(model: &Model, of: Subject) -> Picture {
    let area = of.area;
    let mut frame = Frame::blank(area);
    model
        .screens
        .view(model.tab, &model.shared, &mut frame, area);
    let cursor = frame.cursor();
    let mut cells = frame.into_buffer();
    cells.set_style(area, model.shared.theme.behind());
    Picture::of(of, &cells, cursor)
}

impl Picture {
    fn of(of: Subject, cells: &Buffer, cursor: Option<Position>) -> Self {
        let area = of.area;
        let mut picture = Self {
            of,
            stretches: Vec::new(),
            signs: Vec::new(),
            cursor,
        };
        let rows = cells.content.chunks(usize::from(area.width).max(1));
        for (y, row) in (area.y..).zip(rows) {
            picture.keep(y, row);
        }
        picture
    }

    fn keep(&mut self, y: u16, row: &[Cell]) {
        let mut rest = row;
        let mut x = self.of.area.x;
        while let Some(first) = rest.first() {
            let alike = || rest.iter().take_while(|cell| *cell == first).count();
            let blanks = if first.symbol() == " " { alike() } else { 0 };
            let is_blank = blanks >= SHORT;
            let (now, behind) = rest.split_at(if is_blank { blanks } else { 1 });
            rest = behind;
            if !is_blank {
                self.signs.extend_from_slice(now);
            }
            match self.stretches.last_mut() {
                Some(last) if !is_blank && last.y == y && last.what == What::Signs => {
                    last.count += 1;
                }
                _ => self.stretches.push(Stretch {
                    x,
                    y,
                    count: now.len(),
                    what: if is_blank {
                        What::Blank(first.clone())
                    } else {
                        What::Signs
                    },
                }),
            }
            x = x.saturating_add(u16::try_from(now.len()).unwrap_or(u16::MAX));
        }
    }

    /// Draws it where nothing was drawn yet.
    fn copy(&self, into: &mut Buffer) {
        let mut rest = self.signs.as_slice();
        for stretch in &self.stretches {
            let at = into.index_of(stretch.x, stretch.y);
            let Some(place) = into.content.get_mut(at..at + stretch.count) else {
                return;
            };
            match &stretch.what {
                What::Blank(blank) => {
                    for cell in place {
                        (cell.fg, cell.bg) = (blank.fg, blank.bg);
                        cell.underline_color = blank.underline_color;
                        cell.modifier = blank.modifier;
                    }
                }
                What::Signs => {
                    let (now, behind) = rest.split_at(stretch.count);
                    rest = behind;
                    place.clone_from_slice(now);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Picture, Subject};
    use crate::tui::shared::Edition;
    use crate::tui::tab::Tab;
    use proptest::prelude::{Strategy, prop_assert_eq, proptest};
    use proptest::{collection, sample};
    use ratatui::buffer::{Buffer, Cell};
    use ratatui::layout::Rect;
    use ratatui::style::Color;

    /// A few cells alike, with a sign or blank.
    fn stretches() -> impl Strategy<Value = Vec<Cell>> {
        let signs = sample::select(vec![" ", " ", "a", "日", "👩\u{200d}🔬"]);
        let colours = sample::select(vec![Color::Reset, Color::DarkGray, Color::Red]);
        (signs, colours, 1..9_usize).prop_map(|(sign, colour, count)| {
            let mut cell = Cell::default();
            cell.set_symbol(sign).set_bg(colour);
            vec![cell; count]
        })
    }

    proptest! {
        #[test]
        fn a_kept_picture_is_shown_cell_by_cell(
            cells in collection::vec(stretches(), 0..40).prop_map(|all| all.concat()),
            (width, height) in (0..20_u16, 0..6_u16),
        ) {
            let area = Rect::new(2, 1, width, height);
            let mut drawn = Buffer::empty(area);
            for (cell, next) in drawn.content.iter_mut().zip(cells) {
                *cell = next;
            }
            let of = Subject { tab: Tab::Today, area, shared: Edition::default(), screens: Edition::default() };
            let whole = Rect::new(0, 0, 30, 9);
            let (mut shown, mut expected) = (Buffer::empty(whole), Buffer::empty(whole));
            Picture::of(of, &drawn, None).copy(&mut shown);
            for at in area.positions() {
                expected[at] = drawn[at].clone();
            }
            prop_assert_eq!(shown, expected);
        }
    }
}
