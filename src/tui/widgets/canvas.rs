//! A canvas of braille dots, two across and four down in each cell, for lines finer than cells.
//!
//! Invariant: a line inks no column outside the two that it connects.

use crate::tui::theme::Detail;
use ratatui::symbols::pixel::{OCTANTS, QUADRANTS};

/// Dots of one cell from top to bottom, left and right; the order is Unicode's.
const DOTS: [[u8; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

/// The dash pattern of a line: the number of dots on and off, and the position in the pattern.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stroke {
    on: u32,
    off: u32,
    along: u32,
}

impl Stroke {
    /// A line without breaks.
    pub(crate) const SOLID: Self = Self::new(1, 0);

    const fn new(on: u32, off: u32) -> Self {
        Self { on, off, along: 0 }
    }

    /// Returns this stroke at the start of its pattern.
    #[must_use]
    pub(crate) const fn afresh(self) -> Self {
        Self { along: 0, ..self }
    }

    /// Tells whether the next dot is on, and moves on by one.
    const fn advance(&mut self) -> bool {
        let is_on = self.along < self.on;
        self.along = (self.along + 1) % (self.on + self.off);
        is_on
    }
}

/// A point in dots from the top left: `x` counts half cells, `y` quarter cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    /// Half cells from the left.
    pub(crate) x: usize,
    /// Quarter cells from the top.
    pub(crate) y: usize,
}

/// The dots of a drawing, before they go to the screen.
#[derive(Clone, Debug)]
pub(crate) struct Canvas {
    columns: usize,
    rows: usize,
    cells: Vec<u8>,
}

impl Canvas {
    /// Makes an empty canvas of so many cells.
    pub(crate) fn new(columns: u16, rows: u16) -> Self {
        let (columns, rows) = (usize::from(columns), usize::from(rows));
        Self {
            columns,
            rows,
            cells: vec![0; columns.saturating_mul(rows)],
        }
    }

    /// Inks one dot; ignores a dot outside the canvas.
    pub(crate) fn dot(&mut self, at: Point) {
        let (column, row) = (at.x / 2, at.y / 4);
        // Lines may begin outside; the part inside is still drawn.
        if column >= self.columns || row >= self.rows {
            return;
        }
        if let Some(cell) = self.cells.get_mut(row * self.columns + column) {
            *cell |= DOTS[at.x % 2][at.y % 4];
        }
    }

    /// Inks a line between two points, both included.
    pub(crate) fn line(&mut self, from: Point, to: Point, stroke: &mut Stroke) {
        // Only a line without gaps: dashes need the dot-by-dot way.
        if from.x == to.x && stroke.off == 0 {
            self.upright(from.x, from.y.min(to.y), from.y.max(to.y));
            return;
        }
        // Bresenham's algorithm: no fractions, no holes.
        let across = to.x.abs_diff(from.x);
        let down = to.y.abs_diff(from.y);
        let mut at = from;
        let (mut sideways, mut downwards) = (across / 2, down / 2);
        for step in 0..=across.max(down) {
            if step > 0 {
                if across >= down {
                    at.x = toward(at.x, to.x);
                    downwards += down;
                    if downwards >= across {
                        downwards -= across;
                        at.y = toward(at.y, to.y);
                    }
                } else {
                    at.y = toward(at.y, to.y);
                    sideways += across;
                    if sideways >= down {
                        sideways -= down;
                        at.x = toward(at.x, to.x);
                    }
                }
            }
            if stroke.advance() {
                self.dot(at);
            }
        }
    }

    /// Inks an upright line cell by cell, which is faster: with ten years on a screen most lines are upright.
    fn upright(&mut self, x: usize, top: usize, bottom: usize) {
        let column = x / 2;
        if column >= self.columns {
            return;
        }
        let dots = DOTS[x % 2];
        for row in top / 4..=bottom / 4 {
            let first = top.saturating_sub(row * 4);
            let last = (bottom - row * 4).min(3);
            let Some(cell) = self.cells.get_mut(row * self.columns + column) else {
                return;
            };
            for dot in dots.iter().take(last + 1).skip(first) {
                *cell |= dot;
            }
        }
    }

    /// Returns the inked dots of a cell, in Unicode's order; 0 when there are none.
    pub(crate) fn cell(&self, column: u16, row: u16) -> u8 {
        let (column, row) = (usize::from(column), usize::from(row));
        if column >= self.columns {
            return 0;
        }
        self.cells
            .get(row * self.columns + column)
            .copied()
            .unwrap_or_default()
    }
}

/// Returns the sign with these dots, as fine as the terminal can draw it.
pub(crate) fn drawn(dots: u8, detail: Detail) -> char {
    // Both tables count along the rows, Unicode's braille down the columns.
    let along_rows = || {
        let rows = (0..4).flat_map(|row| [DOTS[0][row], DOTS[1][row]]);
        let bits = rows.enumerate().filter(|(_, dot)| dots & dot != 0);
        bits.fold(0_usize, |sum, (bit, _)| sum | 1 << bit)
    };
    match detail {
        Detail::Braille => braille(dots),
        Detail::Octants => OCTANTS.get(along_rows()).copied().unwrap_or(' '),
        Detail::Blocks => {
            // Two rows of dots are one of quarters.
            let full = along_rows();
            let quarter = |at: usize| usize::from(full >> (at / 2 * 4 + at % 2) & 0b101 != 0) << at;
            let quarters = (0..4).map(quarter).sum::<usize>();
            QUADRANTS.get(quarters).copied().unwrap_or(' ')
        }
        Detail::Halves => match (dots & 0x1b != 0, dots & 0xe4 != 0) {
            (true, true) => '\u{2588}',
            (true, false) => '\u{2580}',
            (false, true) => '\u{2584}',
            (false, false) => ' ',
        },
    }
}

/// Returns the braille sign with these dots.
fn braille(dots: u8) -> char {
    char::from_u32(0x2800 + u32::from(dots)).unwrap_or(' ')
}

/// Tells whether these dots are on top of each other rather than side by side.
pub(crate) const fn is_steep(dots: u8) -> bool {
    let rows = [0x09, 0x12, 0x24, 0xC0];
    let mut inked = 0;
    let mut row = 0;
    while row < 4 {
        if dots & rows[row] != 0 {
            inked += 1;
        }
        row += 1;
    }
    inked >= 3
}

const fn toward(from: usize, to: usize) -> usize {
    if from < to {
        from + 1
    } else if from > to {
        from - 1
    } else {
        from
    }
}

#[cfg(test)]
mod tests {
    use super::{Canvas, Detail, Point, Stroke, braille, drawn, is_steep};
    use proptest::prelude::proptest;

    fn picture(canvas: &Canvas) -> String {
        (0..canvas.rows)
            .map(|row| {
                (0..canvas.columns)
                    .map(|column| braille(canvas.cells[row * canvas.columns + column]))
                    .collect::<String>()
            })
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn the_same_dots_are_drawn_as_finely_as_the_terminal_can() {
        let all = |dots| {
            [
                Detail::Octants,
                Detail::Braille,
                Detail::Blocks,
                Detail::Halves,
            ]
            .map(|detail| drawn(dots, detail))
            .iter()
            .collect::<String>()
        };
        assert_eq!(all(0x00), " \u{2800}  ");
        assert_eq!(all(0xff), "█⣿██");
        // The upper half, the left half, and one dot at the lower right.
        assert_eq!(all(0x1b), "▀⠛▀▀");
        assert_eq!(all(0x47), "▌⡇▌█");
        assert_eq!(drawn(0x80, Detail::Blocks), '▗');
        assert_eq!(drawn(0x80, Detail::Halves), '▄');
    }

    #[test]
    fn a_line_joins_its_ends_without_holes() {
        let mut canvas = Canvas::new(4, 2);
        let (from, to) = (Point { x: 0, y: 0 }, Point { x: 7, y: 7 });
        canvas.line(from, to, &mut Stroke::SOLID.afresh());
        assert_eq!(picture(&canvas), "⠑⢄⠀⠀\n⠀⠀⠑⢄");
    }

    #[test]
    fn a_dotted_line_is_not_a_solid_one() {
        let (from, to) = (Point { x: 0, y: 1 }, Point { x: 11, y: 1 });
        let mut pictures = Vec::new();
        for stroke in [Stroke::SOLID, Stroke::new(4, 2), Stroke::new(1, 2)] {
            let mut canvas = Canvas::new(6, 1);
            canvas.line(from, to, &mut stroke.afresh());
            pictures.push(picture(&canvas));
        }
        assert_eq!(pictures, ["⠒⠒⠒⠒⠒⠒", "⠒⠒⠀⠒⠒⠀", "⠂⠐⠀⠂⠐⠀"]);
    }

    #[test]
    fn steep_is_what_climbs_through_the_cell() {
        assert!(is_steep(0x47));
        assert!(!is_steep(0x12));
    }

    proptest! {
        #[test]
        fn an_upright_line_is_the_dots_between_its_ends(x in 0usize..8, a in 0usize..30, b in 0usize..30) {
            let mut quick = Canvas::new(3, 6);
            quick.line(Point { x, y: a }, Point { x, y: b }, &mut Stroke::SOLID.afresh());
            let mut slow = Canvas::new(3, 6);
            (a.min(b)..=a.max(b)).for_each(|y| slow.dot(Point { x, y }));
            assert_eq!(quick.cells, slow.cells);
        }

        #[test]
        fn a_line_stays_between_its_ends(x0 in 0u16..40, y0 in 0u16..40, x1 in 0u16..40, y1 in 0u16..40) {
            let mut canvas = Canvas::new(20, 10);
            let at = |x: u16, y: u16| Point { x: x.into(), y: y.into() };
            canvas.line(at(x0, y0), at(x1, y1), &mut Stroke::SOLID.afresh());
            for column in 0..20_u16 {
                for row in 0..10_u16 {
                    let inside = (x0.min(x1) / 2..=x0.max(x1) / 2).contains(&column);
                    assert!(inside || canvas.cell(column, row) == 0);
                }
            }
            assert!(canvas.cell(x0 / 2, y0 / 4) != 0);
            assert!(canvas.cell(x1 / 2, y1 / 4) != 0);
        }
    }
}
