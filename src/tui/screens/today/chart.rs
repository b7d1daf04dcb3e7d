//! Fourteen days of the series that stands first, as columns.

use super::block::Drawing;
use crate::domain::series::default_series::DefaultSeries;
use crate::domain::series::few_days;
use crate::domain::series::stats::{day_values, unindexed};
use crate::domain::series::{IN_PART, Series};
use crate::domain::text::round::Shown;
use crate::domain::time::span::Span;
use crate::domain::trends::sheet::{SLEEP, short};
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::chart::{AxisLabel, Beginning};
use crate::tui::widgets::columns::scale;
use crate::tui::widgets::columns::{Column, ColumnChart, Standing};
use crate::tui::widgets::text::{put, width, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Days of the chart.
const DAYS: u64 = 14;
/// The widest column, in cells.
const WIDEST: u16 = 7;
/// Fewer days than this are not compared, and a line says so.
const COMPARED: usize = 4;

/// The days, ready to be drawn.
pub(super) struct Days {
    /// "Severity, last 14 days".
    pub(super) title: String,
    /// "10 of 14 days, 0 to 50 of 100", and the last part of it.
    facts: [String; 3],
    columns: Vec<Column>,
    span: Span,
    end: f64,
    /// Why there is no column; `None` where there is one.
    lacking: Option<String>,
    /// When comparisons begin, while there are few days.
    begins: Option<&'static str>,
    /// Whether an overall stands for days with a few answers.
    few_answers: bool,
}

impl Days {
    /// The last fourteen days of the series that stands first.
    pub(super) fn of(shared: &Shared) -> Self {
        let first = DefaultSeries::of(&shared.journal, shared.today(), shared.manner());
        Self::of_series(first.series, shared)
    }

    /// Those of overall and of sleep, as far as they have days enough and don't stand first already.
    pub(super) fn of_others(shared: &Shared) -> Vec<Self> {
        let (journal, today) = (&shared.journal, shared.today());
        let first = DefaultSeries::of(journal, today, shared.manner()).series;
        let span = Span::ending(today, DAYS);
        let others = [Series::Overall, SLEEP].into_iter();
        let others = others.filter(|other| {
            let days = day_values(journal, *other, span).into_iter().flatten();
            *other != first && days.count() >= COMPARED
        });
        others
            .map(|other| Self {
                begins: None,
                ..Self::of_series(other, shared)
            })
            .collect()
    }

    fn of_series(series: Series, shared: &Shared) -> Self {
        let (journal, today) = (&shared.journal, shared.today());
        let span = Span::ending(today, DAYS);
        let values = day_values(journal, series, span);
        let zeros = journal.attempts.days_zero();
        let top = series.top(journal);
        let column = |(date, value): (_, &Option<f64>)| {
            let day = journal.day(date);
            let standing = match value {
                Some(value) => Standing::Value(*value),
                None if day.is_some_and(|day| series.hollow(day).is_some()) => {
                    Standing::OverallOnly
                }
                // What is still to come of today is no missing answer.
                None if date == today => Standing::Ahead,
                None => Standing::Missing,
            };
            let is_in_part = day.is_some_and(|day| series.is_in_part(day, &journal.symptoms));
            let star = if is_in_part { "*" } else { "" };
            let number = value.map(|value| format!("{}{star}", short(series, value)));
            Column {
                standing,
                number: number.unwrap_or_default(),
                beginning: if zeros.contains(&date) {
                    Beginning::DayZero
                } else {
                    Beginning::None
                },
                ..Column::default()
            }
        };
        let columns: Vec<Column> = span.days().zip(&values).map(column).collect();
        let answered = values.iter().flatten().count();
        let has_any = columns
            .iter()
            .any(|column| !matches!(column.standing, Standing::Missing | Standing::Ahead));
        let end = scale::end_for(top, ColumnChart::highest(&columns).unwrap_or(0.0));
        let whole = |value: f64| Shown::new(value, 0).to_string();
        let range = if has_any {
            format!("0 to {} of {}", whole(end), whole(top))
        } else {
            String::new()
        };
        let short = if has_any {
            format!("0\u{2013}{} of {}", whole(end), whole(top))
        } else {
            String::new()
        };
        let days = format!("{answered} of {DAYS} days");
        let both = if range.is_empty() {
            days
        } else {
            format!("{days}, {range}")
        };
        Self {
            title: format!("{}, last 14 days", series.titled(journal)),
            facts: [both, range, short],
            columns,
            span,
            end,
            few_answers: unindexed(journal, series, span).few_answers > 0,
            lacking: (!has_any).then(|| few_days::why(journal, series, span)),
            begins: (has_any && answered < COMPARED)
                .then_some("Weeks are compared from 4 days each."),
        }
    }

    /// What stands in the border of a panel with so many cells inside.
    pub(super) fn fact(&self, room: u16) -> &str {
        let has_room = |fact: &&String| width(&self.title) + width(fact) + 5 <= usize::from(room);
        self.facts.iter().find(has_room).map_or("", String::as_str)
    }

    /// What the signs in sight are, in one line of so many cells; `None` where every day has its column.
    fn legend(&self, room: usize, theme: Theme) -> Option<String> {
        let has = |standing| {
            let mut columns = self.columns.iter();
            columns.any(|column| column.standing == standing)
        };
        let has_part = self
            .columns
            .iter()
            .any(|column| column.number.ends_with(IN_PART));
        let (hollow, blank) = (theme.glyph(Glyph::Hollow), theme.glyph(Glyph::Blank));
        let overall = if self.few_answers {
            ["overall, fewer than 9 of 18", "overall"]
        } else {
            ["overall only", "overall"]
        };
        let forms = |nth: usize| {
            let part = ["9 to 13 of 18 answered", "in part"][nth];
            let signs = [
                has_part.then(|| format!("{IN_PART} {part}")),
                has(Standing::OverallOnly).then(|| format!("{hollow} {}", overall[nth])),
                has(Standing::Missing).then(|| format!("{blank} {}", ["no value", "none"][nth])),
            ];
            signs.into_iter().flatten().collect::<Vec<_>>().join("   ")
        };
        let forms = [forms(0), forms(1)];
        let form = forms.iter().find(|form| width(form) <= room)?;
        (!form.is_empty()).then(|| form.clone())
    }

    /// The words under the columns: the day of the month, and `today`.
    fn labels(&self) -> Vec<AxisLabel> {
        let days = self.span.days().enumerate();
        let mut labels: Vec<AxisLabel> = days
            .map(|(day, date)| AxisLabel {
                day,
                text: date.format("%-d").to_string(),
            })
            .collect();
        // First in the list: where labels collide, "today" is the one that stays.
        if let Some(last) = labels.pop() {
            let text = "today".to_owned();
            labels.insert(0, AxisLabel { text, ..last });
        }
        labels
    }
}

impl Drawing for Days {
    fn draw(&self, area: Rect, buf: &mut Buffer, shared: &Shared) {
        let theme = shared.theme;
        let style = theme.style(Role::Text);
        let sentence = |text: &str, area: Rect, buf: &mut Buffer| {
            let rows = wrap(text, usize::from(area.width), theme);
            for (y, row) in (area.y..area.bottom()).zip(rows) {
                let line = Rect {
                    y,
                    height: 1,
                    ..area
                };
                put(buf, line, &row, style, theme);
            }
        };
        // An axis without a value says nothing; a line says why there is none.
        if let Some(why) = &self.lacking {
            let text = format!("{why} c is a check-in, b one number.");
            return sentence(&text, area, buf);
        }
        let signs = self.legend(usize::from(area.width), theme);
        let below: Vec<&str> = [signs.as_deref(), self.begins]
            .into_iter()
            .flatten()
            .collect();
        let room = area.height.saturating_sub(7);
        let foot = u16::try_from(below.len()).unwrap_or(0).min(room);
        let labels = self.labels();
        let chart = ColumnChart {
            labels: &labels,
            widest: WIDEST,
            ..ColumnChart::new(self.end, &self.columns)
        };
        let plot = Rect {
            height: area.height - foot,
            ..area
        };
        chart.draw(plot, buf, theme);
        for (y, text) in (plot.bottom()..area.bottom()).zip(below) {
            let line = Rect {
                y,
                height: 1,
                ..area
            };
            sentence(text, line, buf);
        }
    }
}
