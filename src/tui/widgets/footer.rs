//! The last line of the screen: the keys of this screen, and always the keys for help at the far right.
//!
//! Invariant: it is one line, and `!` and `?` are there at every width. Keys that do not fit are left out whole, from the end;
//! the key that saves is the last one to go.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::{put, width};
use crate::tui::theme::{Role, Theme};

/// A key and its action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hint<'a> {
    /// The key as printed on it: `c`, `Enter`, `PgUp PgDn`.
    pub key: &'a str,
    /// Its action, in one to three words.
    pub label: &'a str,
}

/// Whether a text field has the focus, so that help needs another key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Reach {
    /// `!` and `?` are keys.
    #[default]
    Keys,
    /// `!` and `?` are typed; F1 is help lines.
    Typing,
    /// `!` is the only key for help: what else there is must not be read.
    HelpLines,
}

/// The key for help while a text field has the focus, the longest form first.
const HELP_TYPING: [&[Hint<'static>]; 3] = [
    &[Hint {
        key: "F1",
        label: "help lines",
    }],
    &[Hint {
        key: "F1",
        label: "help",
    }],
    &[Hint {
        key: "F1",
        label: "",
    }],
];

/// The keys for help, the longest form first.
const HELP: [&[Hint<'static>]; 3] = [
    &[
        Hint {
            key: "!",
            label: "help lines",
        },
        Hint {
            key: "?",
            label: "keys",
        },
    ],
    &[
        Hint {
            key: "!",
            label: "help",
        },
        Hint {
            key: "?",
            label: "keys",
        },
    ],
    &[
        Hint {
            key: "!",
            label: "",
        },
        Hint {
            key: "?",
            label: "",
        },
    ],
];

/// The key for help over what hides the journal, the longest form first.
const HELP_LINES: [&[Hint<'static>]; 3] = [
    &[Hint {
        key: "!",
        label: "help lines",
    }],
    &[Hint {
        key: "!",
        label: "help",
    }],
    &[Hint {
        key: "!",
        label: "",
    }],
];

/// Cells between two keys.
const AIR: usize = 2;
/// Cells between the keys and those for help.
const APART: usize = 3;

impl Hint<'_> {
    fn width(&self) -> usize {
        let label = width(self.label);
        width(self.key) + label + usize::from(label > 0)
    }

    /// Whether it is the key that saves or opens: the last one to be left out.
    fn stays(&self) -> bool {
        matches!(self.key, "Enter" | "Ctrl-S")
    }
}

/// The most keys of a screen: more of them are a list, and a list is what `?` shows.
const MOST: usize = 7;

/// Draws the keys into the last line of `area`.
pub(crate) fn draw(hints: &[Hint<'_>], reach: Reach, area: Rect, buf: &mut Buffer, theme: Theme) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let plan = plan(hints, reach, usize::from(area.width));
    let y = area.bottom().saturating_sub(1);
    let row = Rect {
        y,
        height: 1,
        ..area
    };
    row_of(&plan.keys, row, buf, theme);
    let wide = u16::try_from(total(plan.help)).unwrap_or(area.width);
    let x = area
        .right()
        .saturating_sub(wide.saturating_add(plan.margin));
    let at = Rect::new(x, y, wide, 1).intersection(area);
    keys_from(plan.help, at, buf, theme);
}

struct Plan<'a> {
    keys: Vec<Hint<'a>>,
    help: &'static [Hint<'static>],
    margin: u16,
}

fn plan<'a>(hints: &[Hint<'a>], reach: Reach, room: usize) -> Plan<'a> {
    let [full, short, bare] = match reach {
        Reach::Keys => HELP,
        Reach::Typing => HELP_TYPING,
        Reach::HelpLines => HELP_LINES,
    };
    let beside =
        |help: &[Hint<'_>], margin: usize| room.saturating_sub(total(help) + APART + margin * 2);
    // What a key does matters more than the words beside `!` and `?`, as long as these two are there.
    let mut main: Vec<Hint<'_>> = hints.iter().filter(|hint| hint.stays()).copied().collect();
    if main.is_empty() {
        main.extend(hints.first());
    }
    let has_room = |help: &&&[Hint<'_>]| {
        total(help) <= room && (main.is_empty() || total(&main) <= beside(help, 1))
    };
    let help = [full, short].iter().find(has_room).copied();
    let help = help.unwrap_or(bare);
    // A blank at both ends of the line, if there is room.
    let margin = u16::from(total(help) + 2 <= room);
    Plan {
        keys: leading(hints, beside(help, usize::from(margin))),
        help,
        margin,
    }
}

/// Returns as many of the first keys as fit; the keys that stay are there before all others.
fn leading<'a>(hints: &[Hint<'a>], room: usize) -> Vec<Hint<'a>> {
    let with = |count: usize| -> Vec<Hint<'a>> {
        let all = hints.iter().enumerate();
        all.filter(|(at, hint)| *at < count || hint.stays())
            .map(|(_, hint)| *hint)
            .collect()
    };
    // Footers have few keys, so counting down is fast enough.
    let fitting = (0..=hints.len())
        .rev()
        .map(with)
        .find(|keys| keys.len() <= MOST && total(keys) <= room);
    fitting.unwrap_or_default()
}

fn total(hints: &[Hint<'_>]) -> usize {
    let words: usize = hints.iter().map(Hint::width).sum();
    words + hints.len().saturating_sub(1) * AIR
}

fn row_of(keys: &[Hint<'_>], row: Rect, buf: &mut Buffer, theme: Theme) {
    let inset = Rect {
        x: row.x.saturating_add(1),
        width: row.width.saturating_sub(1),
        ..row
    };
    keys_from(keys, inset, buf, theme);
}

fn keys_from(keys: &[Hint<'_>], area: Rect, buf: &mut Buffer, theme: Theme) {
    let mut rest = area;
    for hint in keys {
        let parts = [(hint.key, Role::Key, 1), (hint.label, Role::Text, AIR)];
        for (words, role, air) in parts {
            if words.is_empty() {
                rest = after(rest, 1);
                continue;
            }
            let used = put(buf, rest, words, theme.style(role), theme);
            rest = after(rest, usize::from(used) + air);
        }
    }
}

fn after(area: Rect, used: usize) -> Rect {
    let used = u16::try_from(used).unwrap_or(u16::MAX).min(area.width);
    Rect {
        x: area.x.saturating_add(used),
        width: area.width - used,
        ..area
    }
}

#[cfg(test)]
mod tests {
    use super::{Hint, Reach, draw};
    use crate::tui::theme::Theme;
    use crate::tui::widgets::picture::picture;

    const KEYS: [Hint<'static>; 6] = [
        Hint {
            key: "←→",
            label: "day",
        },
        Hint {
            key: "PgUp PgDn",
            label: "week",
        },
        Hint {
            key: "s",
            label: "series",
        },
        Hint {
            key: "v",
            label: "view",
        },
        Hint {
            key: "a",
            label: "attempts",
        },
        Hint {
            key: "Enter",
            label: "that day",
        },
    ];

    fn footer(width: u16) -> String {
        picture(width, 1, |area, buf| {
            draw(&KEYS, Reach::Keys, area, buf, Theme::default());
        })
    }

    #[test]
    fn every_key_stands_where_there_is_room() {
        insta::assert_snapshot!(footer(100), @" ←→ day  PgUp PgDn week  s series  v view  a attempts  Enter that day          ! help lines  ? keys");
    }

    #[test]
    fn keys_go_from_the_end_but_never_the_one_that_saves_nor_the_way_to_help() {
        insta::assert_snapshot!(footer(80), @" ←→ day  PgUp PgDn week  s series  Enter that day          ! help lines  ? keys");
        insta::assert_snapshot!(footer(60), @" ←→ day  Enter that day                ! help lines  ? keys");
        insta::assert_snapshot!(footer(40), @" Enter that day    ! help lines  ? keys");
        insta::assert_snapshot!(footer(26), @" Enter that day      !  ?");
        for width in 4..120 {
            let drawn = footer(width);
            assert!(
                drawn.contains('!') && drawn.contains('?'),
                "{width}: {drawn}"
            );
            assert!(width < 25 || drawn.contains("Enter"), "{width}: {drawn}");
        }
    }

    #[test]
    fn a_footer_names_seven_keys_at_most() {
        let many = [KEYS, KEYS].concat();
        let drawn = picture(300, 1, |area, buf| {
            draw(&many[..10], Reach::Keys, area, buf, Theme::default());
        });
        assert_eq!(
            drawn.matches("day").count() + drawn.matches("week").count(),
            4,
            "{drawn}"
        );
        assert!(drawn.contains("Enter"), "{drawn}");
    }
}
