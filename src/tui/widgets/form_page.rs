//! A form over the screen: lines to know first, then the fields, each in a row of its own.
//!
//! Invariants: the panel stands still, whatever is typed and wherever the focus is; what is wrong stands under the field that it
//! is about; the focused field and the line about it are in sight at every size.

use super::form_field::FormField;
use super::list;
use super::list::Focus;
use super::panel;
use super::panel::Panel;
use super::text::{pad, put, width, wrap};
use crate::tui::theme::{Glyph, Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Clear, Widget};

/// Every form is as wide, where there is so much room.
const WIDTH: u16 = 72;
/// The narrowest column of names.
const NAMES: usize = 11;

/// A form as it is drawn.
#[derive(Clone, Copy)]
pub struct FormPage<'a> {
    /// Stands in the border.
    pub title: &'a str,
    /// What is to be known first.
    pub head: &'a [(String, Role)],
    /// The fields.
    pub fields: &'a [FormField],
    /// The place of the one that the keys go to.
    pub at: usize,
    /// What is wrong with it.
    pub problem: Option<&'a str>,
}

/// A row of the panel.
enum Row<'a> {
    Text(String, Role),
    Field(usize, &'a FormField),
}

impl FormPage<'_> {
    /// Draws it over `area`; answers where the terminal's own cursor belongs.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: Theme) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let panel = Panel::new(self.title);
        let page = Rect {
            width: WIDTH.min(area.width),
            ..area
        };
        let room = usize::from(panel.inner(page).width.saturating_sub(2));
        let rows = self.rows(room, theme);
        // As high as the field with most to say about it needs, so that the place does not depend on the focus.
        let usual = rows.len() - self.under(room, theme).len() + self.most_under(room, theme);
        let frame = |rows: usize| {
            let rows = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2);
            rows.min(area.height)
        };
        let top = (area.height - frame(usual)) / 3;
        let height = frame(usual.max(rows.len()));
        let place = Rect {
            x: area.x + (area.width - page.width) / 2,
            y: area.y + top.min(area.height - height),
            height,
            ..page
        };
        Clear.render(place, buf);
        let inner = panel.draw(place, buf, theme);
        self.draw_rows(&rows, place, inner, buf, theme)
    }

    fn draw_rows(
        &self,
        rows: &[Row<'_>],
        place: Rect,
        inner: Rect,
        buf: &mut Buffer,
        theme: Theme,
    ) -> Option<Position> {
        let shown = usize::from(inner.height);
        let focused = rows
            .iter()
            .position(|row| matches!(row, Row::Field(at, _) if *at == self.at));
        let focused = focused.unwrap_or(0);
        let is_other = |row: &Row<'_>| matches!(row, Row::Field(at, _) if *at != self.at);
        let after = rows.iter().skip(focused + 1).position(is_other);
        let end = after.map_or(rows.len(), |after| focused + 1 + after);
        // As far down as the field and what stands under it need, and never past the field.
        let first = end.saturating_sub(shown).min(focused);
        let names = self.names();
        let mut cursor = None;
        for (y, row) in (inner.y..inner.bottom()).zip(rows.iter().skip(first)) {
            let line = Rect {
                y,
                height: 1,
                ..inner
            };
            match row {
                Row::Text(text, role) => {
                    let right = list::mark(Focus::Elsewhere, line, buf, theme);
                    put(buf, right, text, theme.style(*role), theme);
                }
                Row::Field(at, field) => {
                    let focus = Focus::on(*at == self.at);
                    let right = list::mark(focus, line, buf, theme);
                    let role = if focus == Focus::Here {
                        Role::Focus
                    } else {
                        Role::Text
                    };
                    let name = pad(field.name, names, theme);
                    let used = put(buf, right, &name, theme.style(role), theme);
                    let used = used.saturating_add(1).min(right.width);
                    let value = Rect {
                        x: right.x + used,
                        width: right.width - used,
                        ..right
                    };
                    cursor = field.draw(value, focus, buf, theme).or(cursor);
                }
            }
        }
        if rows.len() > shown {
            panel::foot(place, first + shown, rows.len(), buf, theme);
        }
        cursor
    }

    fn names(&self) -> usize {
        let names = self.fields.iter().map(|field| width(field.name));
        names.max().unwrap_or(0).max(NAMES)
    }

    fn rows(&self, room: usize, theme: Theme) -> Vec<Row<'_>> {
        let mut rows = Vec::new();
        for (text, role) in self.head {
            let lines = wrap(text, room, theme).into_iter();
            rows.extend(lines.map(|line| Row::Text(line, *role)));
        }
        for (at, field) in self.fields.iter().enumerate() {
            rows.push(Row::Field(at, field));
            if at == self.at {
                rows.extend(self.under(room, theme));
            }
        }
        rows
    }

    /// What stands under the focused field: what is wrong, or else what it is about.
    fn under(&self, room: usize, theme: Theme) -> Vec<Row<'_>> {
        if let Some(problem) = self.problem {
            let lines = wrap(problem, room, theme).into_iter();
            return lines.map(|line| Row::Text(line, Role::Warning)).collect();
        }
        let about = self.fields.get(self.at).map(|field| about(field, theme));
        let lines = about.into_iter().flatten();
        lines
            .flat_map(|text| wrap(&text, room, theme))
            .map(|line| Row::Text(line, Role::Faint))
            .collect()
    }

    /// The most rows that stand under a field of this form while nothing is wrong.
    fn most_under(&self, room: usize, theme: Theme) -> usize {
        let rows = self.fields.iter().map(|field| {
            let lines = about(field, theme).into_iter();
            lines.map(|text| wrap(&text, room, theme).len()).sum()
        });
        rows.max().unwrap_or(0)
    }
}

/// What is said about a field, and what was written in it before.
fn about(field: &FormField, theme: Theme) -> Vec<String> {
    let mut lines = vec![field.about.to_string()];
    if !field.earlier.is_empty() {
        let dot = format!(" {} ", theme.glyph(Glyph::Middle));
        let arrow = theme.glyph(Glyph::Arrow);
        let earlier = field.earlier.join(&dot);
        lines.push(format!("{arrow} takes one of earlier: {earlier}"));
    }
    lines
}
