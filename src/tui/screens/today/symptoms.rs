//! The symptoms of the last seven days, each day as a digit on its shade, beside the two weeks in numbers.

use super::block::Drawing;
use crate::domain::check_in::symptom::{Symptom, SymptomKey};
use crate::domain::journal::Journal;
use crate::domain::journal::taken_for;
use crate::domain::order::Ordered;
use crate::domain::series::Series;
use crate::domain::series::stats::{
    Comparison, WEEK, compare_means, day_values, day_zero_between, mean_of,
};
use crate::domain::time::span::Span;
use crate::tui::readout;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::rating;
use crate::tui::widgets::rating::Rated;
use crate::tui::widgets::text::{pad, pad_left, put, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Days in sight.
const DAYS: u16 = 7;
/// Cells of a day, one of them air.
const STEP: u16 = 4;
/// The same on a narrow screen.
const NARROW_STEP: u16 = 3;
/// The same where the change would have no room else: a digit, and a weekday's first letter over it.
const NARROWEST_STEP: u16 = 2;
/// From this width on both values stand beside the change.
const BOTH: u16 = 50;
/// Cells of both values and the change.
const VALUES: u16 = 18;
/// Cells of the change alone.
const CHANGE: u16 = 6;
/// Cells of a name below which the change is left out.
const SHORTEST: u16 = 14;
/// Cells of a day and of the comparison, the widest first.
const COMPARED: [(u16, u16); 5] = [
    (STEP, VALUES),
    (NARROW_STEP, VALUES),
    (NARROWEST_STEP, VALUES),
    (NARROW_STEP, CHANGE),
    (NARROWEST_STEP, CHANGE),
];
/// The same where there is nothing to compare.
const ALONE: [(u16, u16); 2] = [(STEP, 0), (NARROW_STEP, 0)];
/// The widest column of names.
const LONGEST: u16 = 24;

/// A symptom with its days.
struct Row {
    name: String,
    /// Both values, and the change with its sign.
    compared: Option<(String, String, String)>,
    days: Vec<Rated>,
}

/// What stands in their place before one was answered.
pub(super) const NOTHING: &str = "Symptoms stand here once one was answered: c asks for them.";

/// The symptoms that were answered in the last two weeks.
pub(super) struct Symptoms {
    rows: Vec<Row>,
    span: Span,
}

impl Symptoms {
    /// Those of the journal, in the order of its list.
    pub(super) fn of(shared: &Shared) -> Self {
        let (journal, today) = (&shared.journal, shared.today());
        let span = Span::ending(today, u64::from(DAYS));
        let both = Span::ending(today, u64::from(DAYS) * 2);
        let is_compared = day_zero_between(journal, span.earlier(WEEK), span).is_none();
        let row = |key, name: &str| {
            let series = Series::Symptom(key);
            let two_weeks = day_values(journal, series, both);
            if two_weeks.iter().all(Option::is_none) {
                return None;
            }
            let (before, now) = two_weeks.split_at(usize::from(DAYS));
            let compared = match compare_means((mean_of(series, before), mean_of(series, now))) {
                Comparison::Change {
                    before,
                    now,
                    change,
                } if is_compared => Some((
                    before.0.to_string(),
                    now.0.to_string(),
                    format!("{} {}", readout::sign(change, shared.theme), change.abs()),
                )),
                _ => None,
            };
            let rated = |(date, value): (_, &Option<f64>)| match value {
                Some(value) => Rated::Severity(severity(*value)),
                // What is still to come of today is no missing answer.
                None if date == today => Rated::Ahead,
                None => Rated::Unanswered,
            };
            Some(Row {
                name: name.to_owned(),
                compared,
                days: span.days().zip(now).map(rated).collect(),
            })
        };
        let answered = answered(journal, both);
        let mut symptoms: Vec<&Symptom> = journal
            .symptoms
            .iter()
            .filter(|symptom| answered.binary_search(&symptom.key).is_ok())
            .collect();
        // What it was taken for, the favourites, the others in the order of the catalogue.
        let favourites = &journal.settings.favourite_series;
        let first = taken_for::first(journal);
        symptoms.order_by_key(|symptom| {
            let place = first.iter().position(|first| *first == symptom.code);
            (
                place.unwrap_or(usize::MAX),
                !favourites.contains(&symptom.code),
            )
        });
        Self {
            rows: symptoms
                .into_iter()
                .filter_map(|symptom| row(symptom.key, &symptom.name))
                .collect(),
            span,
        }
    }

    /// Rows that the drawing needs.
    pub(super) fn height(&self) -> u16 {
        let rows = u16::try_from(self.rows.len()).unwrap_or(u16::MAX);
        rows.saturating_add(1)
    }

    /// Whether no symptom was answered.
    pub(super) const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The division of a row of so many cells.
    fn shares(&self, room: u16) -> Shares {
        let names = self.rows.iter().map(|row| width(&row.name)).max();
        let longest = u16::try_from(names.unwrap_or(0)).unwrap_or(LONGEST);
        if self.rows.iter().any(|row| row.compared.is_some()) {
            Shares::of(room, longest, &COMPARED)
        } else {
            Shares::of(room, longest, &ALONE)
        }
    }

    /// What stands in the border of a panel with so many cells inside.
    pub(super) fn fact(&self, room: u16, theme: Theme) -> String {
        let has_any = self.rows.iter().any(|row| row.compared.is_some());
        match self.shares(room).values {
            VALUES if has_any => {
                let arrow = theme.glyph(Glyph::Arrow);
                format!("{WEEK} days before {arrow} last {WEEK}, then each day")
            }
            CHANGE if has_any => "change, each day".to_owned(),
            _ => format!("last {WEEK} days"),
        }
    }

    fn draw_row(row: &Row, shares: Shares, line: Rect, buf: &mut Buffer, theme: Theme) {
        let text = theme.style(Role::Text);
        let name = Rect {
            width: shares.names,
            ..line
        };
        put(buf, name, &row.name, text, theme);
        let values = Rect {
            x: line.x + shares.names + 1,
            width: shares.values,
            ..line
        };
        match &row.compared {
            Some((before, now, change)) if shares.values == VALUES => {
                let arrow = theme.glyph(Glyph::Arrow);
                let before = pad_left(before, 4, theme);
                let words = format!("{before} {arrow} {}  {change}", pad(now, 3, theme));
                put(buf, values, &words, text, theme);
            }
            Some((_, _, change)) => {
                put(buf, values, change, text, theme);
            }
            None => {}
        }
        for (rated, x) in row.days.iter().zip(shares.columns(line)) {
            let cell = Rect {
                x,
                width: shares.step - 1,
                ..line
            };
            rating::draw(*rated, cell, buf, theme);
        }
    }
}

/// The symptoms that were answered in `span`: most of the list never are, and have no days to be gone through.
fn answered(journal: &Journal, span: Span) -> Vec<SymptomKey> {
    let mut answered = Vec::new();
    for day in journal.between(span.from, span.to) {
        let ratings = day.check_ins.iter().flat_map(|one| one.ratings.iter());
        for rating in ratings.filter(|rating| rating.answer.is_some()) {
            if let Err(at) = answered.binary_search(&rating.symptom) {
                answered.insert(at, rating.symptom);
            }
        }
    }
    answered
}

/// The division of a row.
#[derive(Clone, Copy)]
struct Shares {
    names: u16,
    values: u16,
    step: u16,
}

impl Shares {
    /// The first of the shapes beside which every name is whole: the longest has `longest` cells.
    fn of(width: u16, longest: u16, shapes: &[(u16, u16)]) -> Self {
        let longest = longest.min(LONGEST);
        let left = |(step, values): (u16, u16)| width.saturating_sub(step * DAYS + values + 2);
        // On a narrow screen the change alone is read more easily.
        let is_offered = |shape: &&(u16, u16)| shape.1 != VALUES || width >= BOTH;
        let mut shapes = shapes.iter().filter(is_offered);
        // Where names would be cut short even so, the change gives its room to them.
        let shape = shapes
            .clone()
            .find(|shape| left(**shape) >= longest)
            .or_else(|| shapes.find(|shape| left(**shape) >= SHORTEST))
            .copied()
            .unwrap_or((NARROW_STEP, 0));
        Self {
            names: left(shape).clamp(4, LONGEST),
            values: shape.1,
            step: shape.0,
        }
    }

    /// The first cell of each day.
    fn columns(self, line: Rect) -> impl Iterator<Item = u16> {
        let gap = u16::from(self.values > 0);
        let first = line.x + self.names + 1 + self.values + gap;
        (first..line.right()).step_by(usize::from(self.step))
    }
}

/// A day's value as a severity.
fn severity(value: f64) -> u8 {
    let steps = [0.5, 1.5, 2.5, 3.5];
    let below = steps.iter().filter(|step| value >= **step).count();
    u8::try_from(below).unwrap_or(4)
}

impl Drawing for Symptoms {
    fn draw(&self, area: Rect, buf: &mut Buffer, shared: &Shared) {
        let theme = shared.theme;
        let line = |y: u16| Rect {
            y,
            height: 1,
            ..area
        };
        let parts = self.shares(area.width);
        let head = line(area.y);
        for (date, x) in self.span.days().zip(parts.columns(head)) {
            let form = if parts.step > NARROWEST_STEP {
                "%-d"
            } else {
                "%a"
            };
            let number = date.format(form).to_string();
            let role = if date == shared.today() {
                Role::Selected
            } else {
                Role::Text
            };
            let wide = (parts.step - 1).min(2);
            let cell = Rect {
                x,
                width: wide,
                ..head
            };
            let number: String = number.chars().take(usize::from(wide)).collect();
            let number = pad_left(&number, usize::from(wide), theme);
            put(buf, cell, &number, theme.style(role), theme);
        }
        for (y, row) in (area.y + 1..area.bottom()).zip(&self.rows) {
            Self::draw_row(row, parts, line(y), buf, theme);
        }
    }
}
