//! The strip of event letters under a time axis or a head of days: at most one letter a column, with a sign for more.
//!
//! Invariant: a column with events shows the letter of the most important one. A `+` beside it, or a bold underlined letter
//! between two occupied columns, means more events in this column.
use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::text;
use crate::tui::theme::{Role, Theme};

/// The events in one column of a strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The letter of the most important event.
    pub(crate) letter: char,
    /// The number of events in the column.
    pub(crate) count: usize,
}

/// Groups events by column. `events` are days and letters, the most important first; a day without a column is left out.
pub(crate) fn by_column(
    events: &[(usize, char)],
    column_of: impl Fn(usize) -> Option<u16>,
) -> BTreeMap<u16, Mark> {
    let mut columns: BTreeMap<u16, Mark> = BTreeMap::new();
    for (day, letter) in events {
        if let Some(column) = column_of(*day) {
            let first = Mark {
                letter: *letter,
                count: 0,
            };
            columns.entry(column).or_insert(first).count += 1;
        }
    }
    columns
}

/// Draws a strip into the first row of `area`; `cursor` is the screen column that is highlighted where it has a letter.
pub(crate) fn draw(
    columns: &BTreeMap<u16, Mark>,
    cursor: Option<u16>,
    area: Rect,
    buf: &mut Buffer,
    theme: Theme,
) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let inside = |column: u16| (area.left()..area.right()).contains(&column);
    let mut pluses: Vec<u16> = Vec::new();
    for (column, mark) in columns.iter().filter(|(column, _)| inside(**column)) {
        let quiet = |at: u16| !columns.contains_key(&at) && !pluses.contains(&at);
        let right = column.checked_add(1).filter(|at| inside(*at) && quiet(*at));
        // A plus on the left must not touch a letter before it: it would look like that letter's plus.
        let left = column.checked_sub(1).filter(|at| inside(*at) && quiet(*at));
        let left = left.filter(|at| at.checked_sub(1).is_none_or(quiet));
        let plus = right.or(left);
        let mut style = theme.style(Role::Accent);
        if mark.count > 1 {
            match plus {
                Some(at) => {
                    pluses.push(at);
                    text::sign(buf, (at, area.y), '+', theme.style(Role::Text));
                }
                None => style = style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            }
        }
        if cursor == Some(*column) {
            style = style.add_modifier(Modifier::REVERSED);
        }
        let mut bytes = [0; 4];
        let letter = text::line(mark.letter.encode_utf8(&mut bytes), theme).into_owned();
        // A wider letter would cover the next column.
        if text::width(&letter) == 1 {
            text::put(buf, Rect::new(*column, area.y, 1, 1), &letter, style, theme);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Mark, by_column, draw};
    use crate::tui::theme::{ColourMode, Glyphs, Theme};
    use crate::tui::widgets::picture::picture;
    use proptest::prelude::proptest;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Modifier;

    fn strip(events: &[(usize, char)], width: u16) -> String {
        let columns = by_column(events, |day| u16::try_from(day).ok());
        picture(width, 1, |area, buf| {
            draw(&columns, None, area, buf, Theme::default());
        })
    }

    #[test]
    fn the_first_of_several_letters_stands_and_a_plus_beside_it() {
        assert_eq!(
            strip(&[(3, 'c'), (3, 'u'), (3, 'n'), (7, 'v')], 12),
            "   c+  v"
        );
        assert_eq!(strip(&[(11, 'u'), (11, 'n')], 12), "          +u");
    }

    #[test]
    fn a_crowded_letter_says_by_its_shape_that_there_are_more() {
        let events = [(1, 'n'), (2, 'c'), (2, 'n'), (3, 'n')];
        let columns = by_column(&events, |day| u16::try_from(day).ok());
        let area = Rect::new(0, 0, 5, 1);
        let mut buf = Buffer::empty(area);
        let theme = Theme::new(ColourMode::Mono, Glyphs::Ascii);
        draw(&columns, Some(3), area, &mut buf, theme);
        assert_eq!(buf[(2, 0)].symbol(), "c");
        assert!(buf[(2, 0)].modifier.contains(Modifier::UNDERLINED));
        assert!(!buf[(1, 0)].modifier.contains(Modifier::UNDERLINED));
        assert!(buf[(3, 0)].modifier.contains(Modifier::REVERSED));
    }

    proptest! {
        #[test]
        fn every_column_with_an_event_shows_its_first_letter(
            events in proptest::collection::vec((0usize..40, proptest::char::range('a', 'z')), 0..60),
        ) {
            let columns = by_column(&events, |day| u16::try_from(day).ok());
            let area = Rect::new(0, 0, 40, 1);
            let mut buf = Buffer::empty(area);
            draw(&columns, None, area, &mut buf, Theme::default());
            for x in 0..40_u16 {
                let mut here = events.iter().filter(|(day, _)| *day == usize::from(x));
                match here.next() {
                    Some((_, letter)) => {
                        let count = here.count() + 1;
                        assert_eq!(columns[&x], Mark { letter: *letter, count });
                        assert_eq!(buf[(x, 0)].symbol(), letter.to_string());
                    }
                    None => assert!([" ", "+"].contains(&buf[(x, 0)].symbol())),
                }
            }
        }
    }
}
