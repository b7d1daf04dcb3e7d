//! The last lines of the screen: the keys of this screen, and always the keys for help at the far right.
//!
//! Invariant: `!` and `?` are there at every width. Keys that do not fit are left out whole, from the end.
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

/// Cells between two keys.
const AIR: usize = 2;
/// Cells between the keys and those for help.
const APART: usize = 3;

impl Hint<'_> {
    fn width(&self) -> usize {
        let label = width(self.label);
        width(self.key) + label + usize::from(label > 0)
    }
}

/// Returns how many lines, 1 or 2, the footer needs in `width` cells.
pub(crate) fn height(hints: &[Hint<'_>], reach: Reach, width: u16) -> u16 {
    let room = usize::from(width);
    if split(hints, reach, room, 1).shown() == hints.len() {
        1
    } else {
        2
    }
}

/// Draws all keys into the last one or two lines of `area`.
pub(crate) fn draw(hints: &[Hint<'_>], reach: Reach, area: Rect, buf: &mut Buffer, theme: Theme) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let room = usize::from(area.width);
    let lines = area.height.min(height(hints, reach, area.width));
    let plan = split(hints, reach, room, lines);
    let last = area.bottom().saturating_sub(1);
    let first = last.saturating_sub(lines.saturating_sub(1));
    for (row, keys) in [(first, plan.first), (last, plan.last)] {
        if row < last || lines == 1 || !keys.is_empty() {
            row_of(
                keys,
                Rect {
                    y: row,
                    height: 1,
                    ..area
                },
                buf,
                theme,
            );
        }
    }
    let wide = u16::try_from(total(plan.help)).unwrap_or(area.width);
    let x = area
        .right()
        .saturating_sub(wide.saturating_add(plan.margin));
    let at = Rect::new(x, last, wide, 1).intersection(area);
    keys_from(plan.help, at, buf, theme);
}

struct Split<'a> {
    /// Keys of the upper line, or of the only line.
    first: &'a [Hint<'a>],
    /// Keys left of those for help, in a footer of two lines.
    last: &'a [Hint<'a>],
    help: &'static [Hint<'static>],
    margin: u16,
}

impl Split<'_> {
    const fn shown(&self) -> usize {
        self.first.len() + self.last.len()
    }
}

fn split<'a>(hints: &'a [Hint<'a>], reach: Reach, room: usize, lines: u16) -> Split<'a> {
    let [full, short, bare] = match reach {
        Reach::Keys => HELP,
        Reach::Typing => HELP_TYPING,
    };
    // Help is shortened last: on any screen it must be findable.
    let help = [full, short].into_iter().find(|help| total(help) <= room);
    let help = help.unwrap_or(bare);
    // A blank at both ends of the line, if there is room.
    let margin = u16::from(total(help) + 2 <= room);
    let beside = room.saturating_sub(total(help) + APART + usize::from(margin) * 2);
    if lines < 2 {
        return Split {
            first: leading(hints, beside),
            last: &[],
            help,
            margin,
        };
    }
    let first = leading(hints, room.saturating_sub(2));
    let rest = hints.get(first.len()..).unwrap_or_default();
    Split {
        first,
        last: leading(rest, beside),
        help,
        margin,
    }
}

/// Returns as many of the first keys as fit.
fn leading<'a>(hints: &'a [Hint<'a>], room: usize) -> &'a [Hint<'a>] {
    // The most keys that fit: footers have few, so counting down is fast enough.
    let fitting = (0..=hints.len()).rev().find_map(|count| {
        let keys = hints.get(..count)?;
        (total(keys) <= room).then_some(keys)
    });
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
    use super::{Hint, Reach, draw, height};
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

    fn footer(width: u16, lines: u16) -> String {
        picture(width, lines, |area, buf| {
            draw(&KEYS, Reach::Keys, area, buf, Theme::default());
        })
    }

    #[test]
    fn one_line_where_all_keys_fit() {
        assert_eq!(height(&KEYS, Reach::Keys, 100), 1);
        insta::assert_snapshot!(footer(100, 1), @" ←→ day  PgUp PgDn week  s series  v view  a attempts  Enter that day          ! help lines  ? keys");
    }

    #[test]
    fn two_lines_where_they_do_not() {
        assert_eq!(height(&KEYS, Reach::Keys, 60), 2);
        insta::assert_snapshot!(footer(60, 2), @r"
        ←→ day  PgUp PgDn week  s series  v view  a attempts
        Enter that day                        ! help lines  ? keys
        ");
    }

    #[test]
    fn keys_go_from_the_end_and_never_the_way_to_help() {
        insta::assert_snapshot!(footer(40, 1), @" ←→ day            ! help lines  ? keys");
        for width in 4..120 {
            for lines in 1..3 {
                let drawn = footer(width, lines);
                assert!(
                    drawn.contains('!') && drawn.contains('?'),
                    "{width}: {drawn}"
                );
            }
        }
    }
}
