//! The first line of the screen: the program's name, the tabs with their numbers, and the day at the right.
//!
//! Invariant: the current tab is recognisable without colour: reversed, and in brackets in the ASCII look. Its name is always
//! spelt out; the other names need room and more than 80 columns.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::{fit, pad, put, width};
use crate::tui::theme::{Glyphs, Role, Theme};

/// A tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tab<'a> {
    /// The digit that opens it; it never changes.
    pub(crate) number: u8,
    /// Its name.
    pub(crate) title: &'a str,
}

/// Up to this width, in cells, the other tabs are only numbers.
const NARROW: u16 = 80;

/// Which tabs are spelt out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelling {
    All,
    Current,
    /// The current one, and no others.
    Alone,
}

/// Draws the tab bar into the first row of `area`; `current` is the number of the current tab, `right` the text at the far
/// right, such as the day.
pub(crate) fn draw(
    tabs: &[Tab<'_>],
    current: u8,
    right: &str,
    area: Rect,
    buf: &mut Buffer,
    theme: Theme,
) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let row = Rect { height: 1, ..area };
    let room = usize::from(row.width);
    let spelling = spelling(tabs, current, row.width);
    let mut x = row.x;
    let mut write = |words: &str, role: Role| {
        let rest = Rect::new(x, row.y, row.right().saturating_sub(x), 1);
        let used = put(buf, rest, words, theme.style(role), theme);
        x = x.saturating_add(used);
    };
    if total(tabs, current, spelling) <= room {
        // A short text without room at the right ("mouse") replaces the program's name, so that the tabs do not move.
        if !right.is_empty() && width(right) < width(NAME) && !has_room(tabs, current, right, row) {
            write(&pad(right, width(NAME), theme), Role::Title);
        } else {
            write(NAME, Role::Title);
        }
    }
    for tab in tabs {
        match label(*tab, current, spelling) {
            Some(words) if tab.number == current => {
                let words = match theme.glyphs {
                    Glyphs::Unicode => format!(" {words} "),
                    Glyphs::Ascii => format!("[{words}]"),
                };
                write(&fit(&words, room, theme), Role::Selected);
            }
            Some(words) => write(&format!(" {words} "), Role::Text),
            None => {}
        }
    }
    let wide = width(right);
    if wide > 0 && has_room(tabs, current, right, row) {
        let wide = u16::try_from(wide).unwrap_or(u16::MAX);
        let at = Rect::new(row.right().saturating_sub(wide + 1), row.y, wide, 1);
        put(buf, at, right, theme.style(Role::Faint), theme);
    }
}

/// The number and area of each visible tab in the first row of `area`.
pub(crate) fn places(tabs: &[Tab<'_>], current: u8, area: Rect) -> Vec<(u8, Rect)> {
    let spelling = spelling(tabs, current, area.width);
    let mut x = area.x;
    let mut next = |wide: usize| {
        let wide = u16::try_from(wide).unwrap_or(u16::MAX);
        let place = Rect::new(x, area.y, wide, 1).intersection(area);
        x = x.saturating_add(wide);
        place
    };
    if total(tabs, current, spelling) <= usize::from(area.width) {
        next(width(NAME));
    }
    tabs.iter()
        .filter_map(|tab| Some((tab.number, label(*tab, current, spelling)?)))
        .map(|(number, label)| (number, next(width(&label) + 2)))
        .collect()
}

/// Whether `right` fits beside the tabs in `area`.
pub(crate) fn has_room(tabs: &[Tab<'_>], current: u8, right: &str, area: Rect) -> bool {
    let places = places(tabs, current, area);
    let end = places.last().map_or(area.x, |(_, place)| place.right());
    width(right) + 3 <= usize::from(area.right().saturating_sub(end))
}

fn spelling(tabs: &[Tab<'_>], current: u8, room: u16) -> Spelling {
    let mut spellings = [Spelling::All, Spelling::Current, Spelling::Alone].into_iter();
    if room <= NARROW {
        spellings.next();
    }
    spellings
        .find(|spelling| total(tabs, current, *spelling) <= usize::from(room))
        .unwrap_or(Spelling::Alone)
}

/// The program's name with its padding.
const NAME: &str = " ebb  ";

fn label(tab: Tab<'_>, current: u8, spelling: Spelling) -> Option<String> {
    let here = tab.number == current;
    match spelling {
        Spelling::All => Some(format!("{} {}", tab.number, tab.title)),
        _ if here => Some(format!("{} {}", tab.number, tab.title)),
        Spelling::Current => Some(tab.number.to_string()),
        Spelling::Alone => None,
    }
}

fn total(tabs: &[Tab<'_>], current: u8, spelling: Spelling) -> usize {
    let labels = tabs.iter().filter_map(|tab| label(*tab, current, spelling));
    width(NAME) + labels.map(|label| width(&label) + 2).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::{Tab, draw, places};
    use crate::tui::theme::{ColourMode, Glyphs, Theme};
    use crate::tui::widgets::picture::picture;
    use ratatui::layout::Rect;

    const TABS: [Tab<'static>; 3] = [
        Tab {
            number: 1,
            title: "Today",
        },
        Tab {
            number: 2,
            title: "Trends",
        },
        Tab {
            number: 3,
            title: "History",
        },
    ];

    fn bar(width: u16, glyphs: Glyphs) -> String {
        let theme = Theme::new(ColourMode::Mono, glyphs);
        picture(width, 1, |area, buf| {
            draw(&TABS, 2, "Sun 22 Nov 2026", area, buf, theme);
        })
    }

    #[test]
    fn wide_bars_spell_every_tab() {
        insta::assert_snapshot!(bar(100, Glyphs::Ascii), @" ebb   1 Today [2 Trends] 3 History                                                 Sun 22 Nov 2026");
    }

    #[test]
    fn up_to_eighty_columns_the_others_are_numbers() {
        insta::assert_snapshot!(bar(80, Glyphs::Unicode), @" ebb   1  2 Trends  3                                           Sun 22 Nov 2026");
        insta::assert_snapshot!(bar(30, Glyphs::Ascii), @" ebb   1 [2 Trends] 3");
    }

    #[test]
    fn a_short_word_without_room_at_the_right_takes_the_place_of_the_name() {
        let theme = Theme::new(ColourMode::Mono, Glyphs::Ascii);
        let bar = |width: u16| {
            picture(width, 1, |area, buf| {
                draw(&TABS, 2, "mouse", area, buf, theme);
            })
        };
        insta::assert_snapshot!(bar(32), @" ebb   1 [2 Trends] 3     mouse");
        insta::assert_snapshot!(bar(26), @"mouse  1 [2 Trends] 3");
    }

    #[test]
    fn every_place_is_where_the_tab_is_drawn() {
        for width in 10..130 {
            let bar = bar(width, Glyphs::Ascii);
            for (number, place) in places(&TABS, 2, Rect::new(0, 0, width, 1)) {
                let cells = bar.chars().skip(place.x.into()).take(place.width.into());
                let drawn: String = cells.collect();
                assert!(
                    drawn.contains(&number.to_string()),
                    "{number} at {width}: {drawn:?}"
                );
            }
        }
    }

    #[test]
    fn the_current_tab_is_there_down_to_its_own_width() {
        for width in 10..120 {
            assert!(bar(width, Glyphs::Ascii).contains("[2 Trends]"), "{width}");
        }
        assert_eq!(bar(6, Glyphs::Unicode), " 2 Tr…");
    }
}
