//! A calendar: a head of weekdays and a row of seven days for each week, each day with its number and its severity.
//!
//! ```text
//!  Mon  Tue  Wed
//!   16  ▌17n [18]u     the cursor, a note, today, a use
//! ┊ 38▃  ○ 6    ·      day 0 with 38; an overall of 6 alone; entries that the filter leaves out
//! ```
//!
//! Invariant: cursor, today, day 0, a note, a use and an overall alone are signs, never colours; a day without a value shows none.
use chrono::{Datelike, Days, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::sparkline::spark;
use super::text::{pad_left, put};
use crate::tui::theme::{Glyph, Glyphs, Role, Theme};

/// The value of a day.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Value {
    /// No value.
    #[default]
    Nothing,
    /// Its day is still being read.
    Unread,
    /// An index from 0 to 100, with its digits.
    Index(f64, String),
    /// An overall alone, as digits.
    Overall(String),
    /// Entries without a value.
    Entries,
    /// Entries that the filter leaves out.
    Other,
}

/// A day of the calendar.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "marks of a day, each of which may be there without the others"
)]
pub(crate) struct DayCell {
    /// The day.
    pub(crate) date: NaiveDate,
    /// Its value.
    pub(crate) value: Value,
    /// Whether it has a note.
    pub(crate) note: bool,
    /// Whether a use is noted on it.
    pub(crate) used: bool,
    /// Whether it is day 0 of an attempt.
    pub(crate) day_zero: bool,
    /// Whether it is drawn faintly: a future day, or one of another month.
    pub(crate) faint: bool,
}

/// Seven days from the first day of the person's week on; a place without a day stays empty.
pub(crate) type Week = [Option<DayCell>; 7];

/// The calendar, as far as its weeks go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MonthGrid<'a> {
    /// The weeks, one below the other.
    pub(crate) weeks: &'a [Week],
    /// Marked as today.
    pub(crate) today: NaiveDate,
    /// Where the person is.
    pub(crate) cursor: Option<NaiveDate>,
    /// Rows of a week: 2, or 3 with a blank one.
    pub(crate) rows: u16,
}

/// The narrowest cell, in terminal cells.
const NARROWEST: u16 = 4;
/// A cell of this width has room for a height beside the digits and for a note beside today.
const ROOMY: u16 = 5;
/// The widest cell, in terminal cells.
const WIDEST: u16 = 7;

/// The seven days from `head` on, each made by `cell`.
pub(crate) fn week(head: NaiveDate, cell: impl Fn(NaiveDate) -> Option<DayCell>) -> Week {
    std::array::from_fn(|at| {
        let at = u64::try_from(at).unwrap_or(0);
        head.checked_add_days(Days::new(at)).and_then(&cell)
    })
}

impl MonthGrid<'_> {
    /// The rows that `weeks` weeks of this look need, the head included.
    pub(crate) fn height(weeks: u16, rows: u16) -> u16 {
        weeks.saturating_mul(rows).saturating_add(1)
    }

    /// The names over the columns, from the first day of the weeks on.
    fn weekdays(&self) -> [&'static str; 7] {
        let mut names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let days = self.weeks.iter().flat_map(|week| week.iter().zip(0_u32..));
        let head = days
            .filter_map(|(cell, at)| Some((cell.as_ref()?.date, at)))
            .map(|(date, at)| (date.weekday().num_days_from_monday() + 7 - at) % 7)
            .next();
        names.rotate_left(usize::try_from(head.unwrap_or(0)).unwrap_or(0));
        names
    }

    /// The width of a day; `None` where there is no room for the calendar.
    fn wide(area: Rect) -> Option<u16> {
        let wide = (area.width / 7).min(WIDEST);
        (wide >= NARROWEST && area.height >= 2).then_some(wide)
    }

    /// The days that are drawn in `area`, each with its place.
    pub(crate) fn places(&self, area: Rect) -> impl Iterator<Item = (&DayCell, Rect)> {
        let wide = Self::wide(area);
        let tops = (area.y + 1..area.bottom()).step_by(usize::from(self.rows.max(2)));
        let weeks = tops
            .zip(self.weeks)
            .filter_map(move |(y, week)| Some((y, week, wide?)));
        weeks.flat_map(move |(y, week, wide)| {
            let days = week.iter().zip(0_u16..);
            days.filter_map(move |(cell, at)| {
                let place = Rect {
                    x: area.x + at * wide,
                    y,
                    width: wide,
                    height: (area.bottom() - y).min(2),
                };
                Some((cell.as_ref()?, place))
            })
        })
    }

    /// Draws the head and as many weeks as there is room for; answers where the cursor's day stands.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: Theme) -> Option<Position> {
        let area = area.intersection(buf.area);
        let wide = Self::wide(area)?;
        let place = |at: usize, y: u16, height: u16| Rect {
            x: area.x + u16::try_from(at).unwrap_or(0) * wide,
            y,
            width: wide,
            height,
        };
        for (at, name) in self.weekdays().iter().enumerate() {
            let room = usize::from(wide.min(ROOMY)).min(4);
            let head = pad_left(name, room, theme);
            put(
                buf,
                place(at, area.y, 1),
                &head,
                theme.style(Role::Faint),
                theme,
            );
        }
        let mut here = None;
        for (cell, place) in self.places(area) {
            if self.cursor == Some(cell.date) {
                here = Some(place.as_position());
            }
            self.draw_day(cell, place, buf, theme);
        }
        here
    }

    fn draw_day(&self, cell: &DayCell, area: Rect, buf: &mut Buffer, theme: Theme) {
        let is_here = self.cursor == Some(cell.date);
        let is_today = self.today == cell.date;
        let is_roomy = area.width >= ROOMY;
        let before = match (is_here, is_today) {
            (true, _) => theme.glyph(Glyph::Focus),
            (false, true) => "[",
            (false, false) => " ",
        };
        let close = if is_today { "]" } else { " " };
        let letters = match (cell.note, cell.used) {
            (true, true) if area.width > ROOMY => "nu",
            // As among the marks of a chart: several.
            (true, true) => "+",
            (true, false) => "n",
            (false, true) => "u",
            (false, false) => " ",
        };
        let behind = match (is_roomy, letters) {
            (true, _) => format!("{close}{letters}"),
            (false, " ") => close.to_owned(),
            (false, _) => letters.to_owned(),
        };
        let number = format!("{before}{:>2}{behind}", cell.date.day());
        let role = match (is_here, cell.faint) {
            (true, _) => Role::Focus,
            (false, true) => Role::Earlier,
            (false, false) if is_today => Role::Title,
            (false, false) => Role::Text,
        };
        put(buf, area, &number, theme.style(role), theme);
        if area.height < 2 {
            return;
        }
        let below = Rect {
            y: area.y + 1,
            height: 1,
            ..area
        };
        let zero = if cell.day_zero {
            theme.glyph(Glyph::DayZero)
        } else {
            " "
        };
        put(buf, below, zero, theme.style(Role::Text), theme);
        let (text, style) = value(cell, is_roomy, theme);
        let right = Rect {
            x: below.x.saturating_add(1),
            width: below.width.saturating_sub(1),
            ..below
        };
        put(buf, right, &text, style, theme);
    }
}

/// What stands under a day's number: three cells, and a height where there is room.
fn value(cell: &DayCell, is_roomy: bool, theme: Theme) -> (String, Style) {
    let faint = theme.style(if cell.faint {
        Role::Earlier
    } else {
        Role::Faint
    });
    let text = |text: &str| pad_left(text, 3, theme);
    match &cell.value {
        Value::Nothing => (String::new(), faint),
        Value::Unread => (text(&theme.sign(Glyph::Ellipsis).to_string()), faint),
        Value::Other => (text(theme.glyph(Glyph::Middle)), faint),
        Value::Entries => (text("+"), theme.style(Role::Text)),
        Value::Overall(number) => {
            let number = format!(
                "{}{}",
                theme.glyph(Glyph::Hollow),
                pad_left(number, 2, theme)
            );
            (number, theme.style(Role::Text))
        }
        Value::Index(index, number) => {
            // An index has no bands: its digits have one colour. In ASCII a height would read as a piece of the number: "19.".
            let height = if is_roomy && theme.glyphs == Glyphs::Unicode {
                spark(&[Some(*index)], 100.0, theme)
            } else {
                String::new()
            };
            let style = if cell.faint {
                faint
            } else {
                theme.style(Role::SeriesA)
            };
            (format!("{}{height}", text(number)), style)
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use crate::tui::theme::ColourMode;

    fn nov(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn cell(date: NaiveDate) -> DayCell {
        let value = match date.day() {
            16 => Value::Index(38.2, "38".to_owned()),
            17 => Value::Index(100.0, "100".to_owned()),
            18 => Value::Overall("10".to_owned()),
            19 => Value::Other,
            20 => Value::Unread,
            21 => Value::Entries,
            _ => Value::Nothing,
        };
        DayCell {
            date,
            value,
            note: matches!(date.day(), 17 | 22),
            used: matches!(date.day(), 17 | 20),
            day_zero: date.day() == 16,
            faint: date.day() > 22,
        }
    }

    fn drawn(width: u16, height: u16, theme: Theme) -> (Vec<String>, Option<Position>) {
        let weeks = [16, 23].map(|day| week(nov(day), |date| Some(cell(date))));
        let grid = MonthGrid {
            weeks: &weeks,
            today: nov(22),
            cursor: Some(nov(17)),
            rows: 2,
        };
        let area = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(area);
        let here = grid.draw(area, &mut buf, theme);
        let row = |y| (0..width).map(|x| buf[(x, y)].symbol()).collect::<String>();
        let rows = (0..height).map(|y| row(y).trim_end().to_owned());
        (rows.collect(), here)
    }

    #[test]
    fn a_week_shows_number_height_note_day_zero_today_and_cursor() {
        let (rows, here) = drawn(35, 5, Theme::default());
        assert_eq!(rows[0], " Mon  Tue  Wed  Thu  Fri  Sat  Sun");
        assert_eq!(rows[1], " 16  ▌17 + 18   19   20 u 21  [22]n");
        assert_eq!(rows[2], "┊ 38▄ 100█ ○10    ·    …    +");
        assert_eq!(rows[3], " 23   24   25   26   27   28   29");
        assert_eq!(rows[4], "", "a day without a value shows none");
        assert_eq!(here, Some(Position::new(5, 1)));
    }

    #[test]
    fn narrow_cells_keep_the_digits_and_let_the_height_go() {
        let (rows, _) = drawn(28, 5, Theme::default());
        assert_eq!(rows[1], " 16 ▌17+ 18  19  20u 21 [22n");
        assert_eq!(rows[2], "┊ 38 100 ○10   ·   …   +");
    }

    #[test]
    fn ascii_carries_the_same() {
        let (rows, _) = drawn(35, 5, Theme::new(ColourMode::Mono, Glyphs::Ascii));
        assert!(rows.iter().all(|row| row.is_ascii()), "{rows:?}");
        assert_eq!(rows[1], " 16  >17 + 18   19   20 u 21  [22]n");
        assert_eq!(rows[2], ": 38  100  o10    .    .    +");
    }

    #[test]
    fn it_draws_at_every_size_and_says_where_the_cursor_is_where_it_is_drawn() {
        for width in 0..60 {
            for height in 0..9 {
                let (_, here) = drawn(width, height, Theme::default());
                assert_eq!(
                    here.is_some(),
                    width >= 28 && height >= 2,
                    "{width}x{height}"
                );
            }
        }
    }

    #[test]
    fn a_wide_day_names_both_a_note_and_a_use() {
        let (rows, _) = drawn(49, 5, Theme::default());
        assert!(rows[1].contains("17 nu"), "{rows:?}");
    }
}
