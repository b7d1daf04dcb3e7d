//! The legend of a long chart: every sign and letter in sight with its words, in as many rows as it takes.

use super::charted::Earlier;
use crate::domain::trends::event_marks::EventKind;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::columns::level::Level;
use crate::tui::widgets::columns::{Column, Standing};
use crate::tui::widgets::text::{put, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells of the axis' numbers: three digits, or two with a decimal, and a blank on each side. The same for all charts of a screen,
/// so that their days stand under each other.
pub(super) const GUTTER: u16 = 5;

/// A sign of the legend.
pub(super) struct Sign {
    mark: String,
    role: Role,
    words: String,
}

impl Sign {
    /// Cells with the blanks behind it.
    fn cells(&self) -> u16 {
        u16::try_from(width(&self.words) + 4).unwrap_or(u16::MAX)
    }
}

/// The signs in rows of so many cells.
pub(super) fn rows_of(signs: &[Sign], wide: u16) -> Vec<&[Sign]> {
    let mut rows = Vec::new();
    let (mut from, mut x) = (0, GUTTER);
    for (at, sign) in signs.iter().enumerate() {
        // The last blanks of a row may fall off.
        if at > from && x.saturating_add(sign.cells()) > wide.saturating_add(2) {
            rows.push(&signs[from..at]);
            (from, x) = (at, GUTTER);
        }
        x = x.saturating_add(sign.cells());
    }
    rows.push(&signs[from..]);
    rows
}

/// What the signs are, each with its words, in the order in which they matter: `laid` are the attempts over this one, `levels`
/// what is remembered, `letters` those under the axis that nothing else names.
pub(super) fn signs(
    columns: &[Column],
    longest: usize,
    (laid, levels): (&[Earlier], &[Level]),
    letters: &[(usize, char)],
    theme: Theme,
) -> Vec<Sign> {
    let sign = |glyph: Glyph, role: Role, words: String| Sign {
        mark: theme.glyph(glyph).to_owned(),
        role,
        words,
    };
    let has = |wanted: fn(&Column) -> bool| columns.iter().any(wanted);
    let column = match longest {
        1 => "day".to_owned(),
        n => format!("middle of up to {n} days"),
    };
    let mut signs = vec![sign(Glyph::Column, Role::Column, column)];
    if !laid.is_empty() {
        signs.extend(laid.iter().map(|other| Sign {
            mark: (other.number % 10).to_string(),
            role: Role::Title,
            words: other.name.clone(),
        }));
    }
    signs.extend(
        levels
            .iter()
            .map(|level| sign(level.glyph, Role::Text, level.names[0].clone())),
    );
    if has(|column| column.middle.is_some()) {
        let words = "middle of 7 days around".to_owned();
        signs.push(sign(Glyph::Middle7, Role::Line, words));
    }
    if has(|column| column.worst.is_some()) {
        let words = if longest > 1 {
            "up to the highest of them"
        } else {
            "up to the worst"
        };
        signs.push(sign(Glyph::Worst, Role::Text, words.to_owned()));
    }
    if has(Column::has_overall_only) {
        signs.push(sign(Glyph::Hollow, Role::Text, "overall only".to_owned()));
    }
    let shown = EventKind::ALL.into_iter();
    let shown = shown.filter(|kind| letters.iter().any(|(_, letter)| *letter == kind.letter()));
    let named = EventKind::signs(shown).into_iter();
    signs.extend(named.map(|(letter, words)| Sign {
        mark: letter.to_string(),
        role: Role::Key,
        words: words.to_owned(),
    }));
    signs
}

/// The signs in fewer words, where there are not rows enough for all of them.
pub(super) fn shortened(mut signs: Vec<Sign>, rows: u16, wide: u16) -> Vec<Sign> {
    if rows_of(&signs, wide).len() <= usize::from(rows) {
        return signs;
    }
    for sign in &mut signs {
        let is_it = |kind: &EventKind| sign.mark == kind.letter().to_string();
        if let Some(kind) = EventKind::ALL.into_iter().find(is_it) {
            kind.short_name().clone_into(&mut sign.words);
        } else if let Some(short) = sign.words.strip_prefix("up to the ") {
            sign.words = short.to_owned();
        }
    }
    signs
}

/// Adds the sign of days without a value, where it takes no further row: it stands on the axis and explains itself best of all.
pub(super) fn with_blank(
    mut signs: Vec<Sign>,
    columns: &[Column],
    wide: u16,
    theme: Theme,
) -> Vec<Sign> {
    let has_blank = |column: &Column| column.standing == Standing::Missing;
    if !columns.iter().any(has_blank) {
        return signs;
    }
    let rows = rows_of(&signs, wide).len();
    signs.push(Sign {
        mark: theme.glyph(Glyph::Blank).to_owned(),
        role: Role::Text,
        words: "no value".to_owned(),
    });
    if rows_of(&signs, wide).len() > rows {
        signs.pop();
    }
    signs
}

/// Draws the rows of a legend.
pub(super) fn draw(signs: &[Sign], theme: Theme, area: Rect, buf: &mut Buffer) {
    for (y, row) in (area.y..area.bottom()).zip(rows_of(signs, area.width)) {
        let mut x = area.x + GUTTER;
        for sign in row {
            let at = |x: u16| Rect::new(x, y, area.right().saturating_sub(x), 1);
            put(buf, at(x), &sign.mark, theme.style(sign.role), theme);
            put(buf, at(x + 2), &sign.words, theme.style(Role::Text), theme);
            x += sign.cells();
        }
    }
}
