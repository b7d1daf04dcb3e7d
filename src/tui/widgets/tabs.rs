//! The first line of the screen: the program's name, the tabs with their numbers, and the day at the right.
//!
//! Invariant: the current tab is recognisable without colour: reversed, and with brackets in the ASCII look. Every tab is named
//! at every width from 60 columns on, by three letters at least; below that the
//! current one stands alone between `‹ ›`.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::cell::Cell;

use super::text::{fit, pad, put, sign, width};
use crate::tui::theme::{Glyphs, Role, Theme};

/// A tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tab<'a> {
    /// The digit that opens it; it never changes.
    pub(crate) number: u8,
    /// Its name.
    pub(crate) title: &'a str,
    /// Its name in at most six letters.
    pub(crate) short: &'a str,
}

/// How the tabs are named.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelling {
    /// By their names, with a blank on both sides.
    Whole,
    /// By their short names.
    Short,
    /// By three letters.
    Letters,
    /// The current one alone, between the signs for those beside it.
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
    let spelling = spelling(row.width);
    let x = Cell::new(row.x);
    let mut write = |words: &str, role: Role| {
        let rest = Rect::new(x.get(), row.y, row.right().saturating_sub(x.get()), 1);
        let used = put(buf, rest, words, theme.style(role), theme);
        x.set(x.get().saturating_add(used));
    };
    let name = spelling.name();
    // A short text without room at the right ("mouse") replaces the program's name, so that the tabs do not move.
    if !right.is_empty() && width(right) < width(name) && !has_room(tabs, current, right, row) {
        write(&pad(right, width(name), theme), Role::Title);
    } else {
        write(name, Role::Title);
    }
    let [before, behind] = spelling.arms(theme);
    write(before, Role::Key);
    // Where names stand close, the bracket takes the blank behind the one before.
    let mut opening = None;
    for tab in tabs {
        let Some(words) = label(*tab, current, spelling) else {
            continue;
        };
        let at = x.get();
        if tab.number == current {
            let words = match (theme.glyphs, spelling) {
                (Glyphs::Ascii, Spelling::Whole) => format!("[{}]", words.trim()),
                (Glyphs::Ascii, _) => format!("{}]", words.trim_end()),
                _ => words,
            };
            opening = (theme.glyphs == Glyphs::Ascii && spelling != Spelling::Whole).then_some(at);
            write(&fit(&words, room, theme), Role::Selected);
        } else {
            write(&words, Role::Text);
        }
    }
    write(behind, Role::Key);
    if let Some(at) = opening.filter(|at| *at > row.x) {
        sign(buf, (at - 1, row.y), '[', theme.style(Role::Selected));
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
    let spelling = spelling(area.width);
    let mut x = area.x;
    let mut next = |wide: usize| {
        let wide = u16::try_from(wide).unwrap_or(u16::MAX);
        let place = Rect::new(x, area.y, wide, 1).intersection(area);
        x = x.saturating_add(wide);
        place
    };
    next(width(spelling.name()));
    if spelling == Spelling::Alone {
        next(2);
    }
    tabs.iter()
        .filter_map(|tab| Some((tab.number, label(*tab, current, spelling)?)))
        .map(|(number, label)| (number, next(width(&label))))
        .collect()
}

/// Whether `right` fits beside the tabs in `area`.
pub(crate) fn has_room(tabs: &[Tab<'_>], current: u8, right: &str, area: Rect) -> bool {
    let places = places(tabs, current, area);
    let end = places.last().map_or(area.x, |(_, place)| place.right());
    width(right) + 3 <= usize::from(area.right().saturating_sub(end))
}

impl Spelling {
    /// The program's name with its padding; empty where the letters are needed.
    const fn name(self) -> &'static str {
        match self {
            Self::Whole => " ebb  ",
            Self::Short => " ebb ",
            Self::Letters => "ebb ",
            Self::Alone => "ebb  ",
        }
    }

    /// The signs around the only tab in sight: there are more on both sides.
    fn arms(self, theme: Theme) -> [&'static str; 2] {
        match (self, theme.glyphs) {
            (Self::Alone, Glyphs::Ascii) => ["< ", " >"],
            (Self::Alone, _) => ["\u{2039} ", " \u{203a}"],
            _ => ["", ""],
        }
    }
}

/// The narrowest screen with each spelling, in cells: beside these names there is room for the day.
const ROOMS: [(Spelling, u16); 3] = [
    (Spelling::Whole, 100),
    (Spelling::Short, 80),
    (Spelling::Letters, 60),
];

/// How the tabs are named on a screen of this width.
fn spelling(width: u16) -> Spelling {
    let has_room = |(_, least): &&(Spelling, u16)| width >= *least;
    let spelling = ROOMS.iter().find(has_room);
    spelling.map_or(Spelling::Alone, |(spelling, _)| *spelling)
}

fn label(tab: Tab<'_>, current: u8, spelling: Spelling) -> Option<String> {
    let Tab {
        number,
        title,
        short,
    } = tab;
    match spelling {
        Spelling::Whole => Some(format!(" {number} {title} ")),
        Spelling::Short => Some(format!("{number} {short} ")),
        Spelling::Letters => {
            let letters: String = title.chars().take(3).collect();
            Some(format!("{number} {letters} "))
        }
        Spelling::Alone => (number == current).then(|| format!("{number} {title}")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Tab, draw, places};
    use crate::tui::theme::{ColourMode, Glyphs, Theme};
    use crate::tui::widgets::picture::picture;
    use ratatui::layout::Rect;

    const fn tab(number: u8, title: &'static str, short: &'static str) -> Tab<'static> {
        Tab {
            number,
            title,
            short,
        }
    }

    const TABS: [Tab<'static>; 3] = [
        tab(1, "Today", "Today"),
        tab(2, "Trends", "Trends"),
        tab(3, "History", "Hist"),
    ];

    fn bar(width: u16, glyphs: Glyphs) -> String {
        let theme = Theme::new(ColourMode::Mono, glyphs);
        picture(width, 1, |area, buf| {
            draw(&TABS, 2, "Sun 22 Nov", area, buf, theme);
        })
    }

    #[test]
    fn every_tab_is_named_at_every_width_with_tabs() {
        insta::assert_snapshot!(bar(100, Glyphs::Ascii), @" ebb   1 Today [2 Trends] 3 History                                                      Sun 22 Nov");
        insta::assert_snapshot!(bar(80, Glyphs::Unicode), @" ebb 1 Today 2 Trends 3 Hist                                         Sun 22 Nov");
        insta::assert_snapshot!(bar(80, Glyphs::Ascii), @" ebb 1 Today[2 Trends]3 Hist                                         Sun 22 Nov");
        insta::assert_snapshot!(bar(60, Glyphs::Unicode), @"ebb 1 Tod 2 Tre 3 His                            Sun 22 Nov");
    }

    #[test]
    fn below_that_the_current_one_stands_alone_and_says_that_there_are_more() {
        insta::assert_snapshot!(bar(40, Glyphs::Unicode), @"ebb  ‹ 2 Trends ›            Sun 22 Nov");
        insta::assert_snapshot!(bar(40, Glyphs::Ascii), @"ebb  <[2 Trends] >           Sun 22 Nov");
    }

    #[test]
    fn a_short_word_without_room_at_the_right_takes_the_place_of_the_name() {
        let theme = Theme::new(ColourMode::Mono, Glyphs::Ascii);
        let bar = |right: &str| {
            picture(20, 1, |area, buf| {
                draw(&TABS, 2, right, area, buf, theme);
            })
        };
        insta::assert_snapshot!(bar("mous"), @"mous <[2 Trends] >");
    }

    #[test]
    fn every_place_is_where_the_tab_is_drawn() {
        for width in 20..130 {
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
        for width in 20..120 {
            assert!(bar(width, Glyphs::Ascii).contains("2 Tre"), "{width}");
        }
    }
}
