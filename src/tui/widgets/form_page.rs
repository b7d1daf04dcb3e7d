//! A form as an overlay: introductory lines, then one row a field.
//!
//! Invariants: the panel does not move while the person types or changes the focus. A problem is shown under its field. The
//! focused field and the line about it are visible at every size.

use super::form_field::FormField;
use super::list;
use super::list::Focus;
use super::panel;
use super::panel::{Attention, Panel};
use super::text::{clear, pad, put, width, wrap};
use crate::tui::theme::{Glyph, Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The width of every form, if the screen has it.
const WIDTH: u16 = 72;
/// The narrowest column of names, so that the values of most forms begin in the same column.
const NAMES: usize = 11;

/// A form to draw.
#[derive(Clone, Copy)]
pub(crate) struct FormPage<'a> {
    /// The title in the border.
    pub(crate) title: &'a str,
    /// The introductory lines.
    pub(crate) head: &'a [(String, Role)],
    /// The fields.
    pub(crate) fields: &'a [FormField],
    /// The place of the one that the keys go to.
    pub(crate) at: usize,
    /// The problem of the focused field.
    pub(crate) problem: Option<&'a str>,
    /// What the focused field is read as, in the place of the text about it.
    pub(crate) reading: Option<&'a str>,
}

/// A row of the panel.
enum FormRow<'a> {
    Text(String, Role),
    Field(usize, &'a FormField),
}

impl FormPage<'_> {
    /// Draws the form over `area`; returns the position of the terminal's cursor.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: Theme) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let panel = Panel::new(self.title).attention(Attention::Here);
        let page = Rect {
            width: WIDTH.min(area.width),
            ..area
        };
        let room = usize::from(panel.inner(page).width.saturating_sub(2));
        let rows = self.rows(room, theme);
        // As high as the field with the longest text needs, so that the panel does not move with the focus.
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
        clear(buf, place);
        let inner = panel.draw(place, buf, theme);
        self.draw_rows(&rows, place, inner, buf, theme)
    }

    fn draw_rows(
        &self,
        rows: &[FormRow<'_>],
        place: Rect,
        inner: Rect,
        buf: &mut Buffer,
        theme: Theme,
    ) -> Option<Position> {
        let visible = usize::from(inner.height);
        let focused = rows
            .iter()
            .position(|row| matches!(row, FormRow::Field(at, _) if *at == self.at));
        let focused = focused.unwrap_or(0);
        let is_other = |row: &FormRow<'_>| matches!(row, FormRow::Field(at, _) if *at != self.at);
        let after = rows.iter().skip(focused + 1).position(is_other);
        let end = after.map_or(rows.len(), |after| focused + 1 + after);
        // Scroll only as far as the field and the lines under it need, and never past the field.
        let first = end.saturating_sub(visible).min(focused);
        let names = self.names();
        let mut cursor = None;
        for (y, row) in (inner.y..inner.bottom()).zip(rows.iter().skip(first)) {
            let line = Rect {
                y,
                height: 1,
                ..inner
            };
            match row {
                FormRow::Text(text, role) => {
                    let right = list::mark(Focus::Elsewhere, line, buf, theme);
                    put(buf, right, text, theme.style(*role), theme);
                }
                FormRow::Field(at, field) => {
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
        if rows.len() > visible {
            panel::foot(place, (first, first + visible), rows.len(), buf, theme);
        }
        cursor
    }

    fn names(&self) -> usize {
        let names = self.fields.iter().map(|field| width(field.name));
        names.max().unwrap_or(0).max(NAMES)
    }

    fn rows(&self, room: usize, theme: Theme) -> Vec<FormRow<'_>> {
        let mut rows = Vec::new();
        for (text, role) in self.head {
            let lines = wrap(text, room, theme).into_iter();
            rows.extend(lines.map(|line| FormRow::Text(line, *role)));
        }
        for (at, field) in self.fields.iter().enumerate() {
            rows.push(FormRow::Field(at, field));
            if at == self.at {
                rows.extend(self.under(room, theme));
            }
        }
        rows
    }

    /// The rows under the focused field: its problem, or else the text about it.
    fn under(&self, room: usize, theme: Theme) -> Vec<FormRow<'_>> {
        if let Some(problem) = self.problem {
            let lines = wrap(problem, room, theme).into_iter();
            return lines
                .map(|line| FormRow::Text(line, Role::Warning))
                .collect();
        }
        let about = self.fields.get(self.at).map(|field| match self.reading {
            Some(reading) => vec![reading.to_owned()],
            None => about(field, theme),
        });
        let lines = about.into_iter().flatten();
        lines
            .flat_map(|text| wrap(&text, room, theme))
            .map(|line| FormRow::Text(line, Role::Faint))
            .collect()
    }

    /// The most rows under any field of this form without a problem.
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
