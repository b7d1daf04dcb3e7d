//! The long charts of Trends: a month, everything, an attempt by day number. Columns, the middle line, phases, the letters of
//! events, a second series or earlier attempts as charts of their own on the same days.
//!
//! ```text
//! █ day  ━ middle of 7 days around  │ up to the worst
//! 50    ▃█▆
//!  0 ▔▔▔▔▔▔▔▔▔▔▔▔
//!    -7     day 0    +7
//!    ╶─ before ─╴╶1–3╴╶4–7╴
//!    c      c  n  u        c cut, n note, u use
//! ▌ Thu 26 Nov, day 21: 13 (18 of 18)
//! spring 2026
//! 50  ▂▁▃
//! ```
//! Invariants: all charts of one screen have one scale; more days than columns are folded and the legend says so.

use super::charted::Earlier;
use super::days::{Fold, Row};
use super::legend::GUTTER;
use super::page::{Medium, PLOT};
use super::{axis, charted, days, labels, legend, week_words};
use crate::domain::series::Series;
use crate::domain::taper::staircase::Staircase;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::marks::Mark;
use crate::domain::trends::sight::{Others, Sight, moved};
use crate::tui::readout::READING;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::chart::AxisLabel;
use crate::tui::widgets::columns::scale::end_for;
use crate::tui::widgets::columns::under;
use crate::tui::widgets::columns::{Column, ColumnChart, Ink, Place, Standing};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::lanes::FOCUS;
use crate::tui::widgets::panel::{Borders, Panel};
use crate::tui::widgets::sections::sentences;
use crate::tui::widgets::text::{put, width};
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::sync::Arc;

/// Below this height the chart has no borders.
const LOW: u16 = 8;
/// Below this width neither.
const NARROW: u16 = 54;

/// Rows of a chart under the first one, where there is room.
pub(super) const SMALL: u16 = 6;

/// What is drawn.
pub(super) struct Charts<'a> {
    pub(super) sight: &'a Sight,
    pub(super) shared: &'a Shared,
    pub(super) span: Span,
    pub(super) end: f64,
    pub(super) marks: &'a [Mark],
    /// A chart each: one product on a screen, every one on paper.
    pub(super) stairs: &'a [Arc<Staircase>],
    /// Whether the marks are listed beside it.
    pub(super) has_side: bool,
    pub(super) medium: Medium,
}

/// How the rows are shared out, from the top.
#[derive(Debug, Clone, Copy, Default)]
struct Rows {
    legend: u16,
    main: u16,
    strip: u16,
    letters: u16,
    readout: u16,
    /// The second series.
    second: u16,
    /// A free row before each chart under the first one.
    gap: u16,
    /// The plan and the use, and each earlier attempt.
    small: u16,
    /// How many small charts there are.
    charts: u16,
}

impl<'a> Charts<'a> {
    pub(super) fn new(
        sight: &'a Sight,
        shared: &'a Shared,
        end: f64,
        marks: &'a [Mark],
        stairs: &'a [Arc<Staircase>],
        area: Rect,
        has_side: bool,
    ) -> Self {
        let inner = Panel::new("").borders(borders(area)).inner(area);
        let room = inner.width.saturating_sub(GUTTER);
        Self {
            sight,
            shared,
            span: window(sight, shared, room),
            end,
            marks,
            stairs,
            has_side,
            medium: Medium::Screen,
        }
    }

    fn rows(&self, inner: Rect, earlier: usize, legend: usize) -> Rows {
        let count = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let wanted = count(self.stairs.len()).saturating_add(count(earlier));
        let has_strip = !labels::strip(self.sight, self.span, self.shared).is_empty();
        let has_letters = !self.letters().is_empty();
        // Paper is as long as it has to be.
        if self.medium == Medium::Paper {
            return Rows {
                legend: count(legend),
                main: PLOT + 3,
                strip: u16::from(has_strip),
                letters: u16::from(has_letters),
                gap: 1,
                small: SMALL,
                charts: wanted,
                ..Rows::default()
            };
        }
        let height = inner.height;
        let mut rows = Rows {
            readout: 1,
            legend: u16::try_from(legend).unwrap_or(1).min(match height {
                30.. => 3,
                13.. => 2,
                10.. => 1,
                _ => 0,
            }),
            ..Rows::default()
        };
        rows.strip = u16::from(has_strip && height >= 12);
        rows.letters = u16::from(has_letters && height >= 11);
        let mut left =
            height.saturating_sub(rows.readout + rows.legend + rows.strip + rows.letters);
        rows.small = if height >= 28 { SMALL } else { SMALL - 1 };
        // The chart itself keeps the larger part.
        let most = left.saturating_sub(10.max(left / 2)) / rows.small;
        rows.charts = wanted.min(most);
        left -= rows.charts * rows.small;
        // Two series share what is left; a chart of fewer rows would say nothing.
        if self.sight.second.is_some() && left >= 9 {
            rows.second = left / 2;
        }
        rows.main = left - rows.second;
        rows
    }

    fn letters(&self) -> Vec<(usize, char)> {
        labels::letters(self.marks, self.span)
    }

    /// Draws everything; answers nothing, since nothing else has to know where it stands.
    pub(super) fn draw(&self, frame: &mut Frame, area: Rect) {
        let (sight, shared) = (self.sight, self.shared);
        let theme = shared.theme;
        let series = sight.series(shared.basis());
        let name = series.titled(&shared.journal);
        let middle = theme.glyph(Glyph::Middle);
        let heading = self.heading();
        let titles = heading.map(|words| format!("{name} {middle} {words}"));
        let borders = match self.medium {
            Medium::Screen => borders(area),
            Medium::Paper => Borders::No,
        };
        if !shared.journal.covers(self.span.from) {
            let inner = Panel::new(&titles[1]).draw(area, frame.buffer_mut(), theme);
            return sentences(&[READING.to_owned()], theme, frame, inner);
        }
        let room = Panel::new("").borders(borders).inner(area).width;
        let cells = room.saturating_sub(GUTTER);
        let fold = Fold::of(self.span, cells, &shared.journal);
        let row = days::row(sight, series, self.span, self.span, &fold, shared);
        let range = axis::words(self.end, series.top(&shared.journal));
        let has_any = ColumnChart::highest(&row.columns).is_some();
        let facts = labels::facts(row.counted, self.span, has_any.then_some(range), shared);
        let (title, fact) = labels::fitting(&titles, &facts, borders, area);
        let inner =
            Panel::new(title)
                .fact(fact)
                .borders(borders)
                .draw(area, frame.buffer_mut(), theme);
        let second = charted::second(sight, self.span, &fold, shared);
        let earlier = charted::earlier(sight, self.span, cells, shared);
        let has_second = second
            .as_ref()
            .is_some_and(|(_, row)| has_standing(&row.columns));
        let has_earlier = earlier.iter().any(|other| has_standing(&other.row.columns));
        if !has_standing(&row.columns) && !has_second && !has_earlier {
            // Paper has no keys to lead on with.
            if self.medium == Medium::Paper {
                return;
            }
            let lines = labels::needs(sight, self.span, shared);
            return sentences(&lines, theme, frame, inner);
        }
        self.draw_charts(&fold, &row, second, &earlier, frame, inner);
    }

    /// The days that were asked for by their dates, else as the view names them.
    fn heading(&self) -> [String; 2] {
        let (sight, shared) = (self.sight, self.shared);
        let is_asked = sight.from.is_some() || sight.to.is_some();
        if is_asked && !sight.counts_attempt() {
            let days = words::stretch(self.span, shared.today());
            return [days.clone(), days];
        }
        (super::face(sight.view).heading)(sight, self.span, shared)
    }

    fn draw_charts(
        &self,
        fold: &Fold,
        row: &Row,
        second: Option<(Series, Arc<Row>)>,
        earlier: &[Earlier],
        frame: &mut Frame,
        inner: Rect,
    ) {
        let is_laid = self.sight.others == Others::Hidden;
        let small = if is_laid { &[] } else { earlier };
        let folded = &row.columns[..];
        let named = if self.has_side {
            Vec::new()
        } else {
            self.letters()
        };
        let laid = if is_laid { earlier } else { &[] };
        let levels = charted::levels(self.sight, self.span, fold, self.shared);
        let signs = legend::signs(
            folded,
            fold.longest(),
            (laid, &levels),
            &named,
            self.shared.theme,
        );
        // As many rows as a legend may have here.
        let room = self.rows(inner, small.len(), usize::from(u16::MAX)).legend;
        let signs = legend::shortened(signs, room, inner.width);
        let signs = legend::with_blank(signs, folded, inner.width, self.shared.theme);
        let rows = self.rows(
            inner,
            small.len(),
            legend::rows_of(&signs, inner.width).len(),
        );
        let theme = self.shared.theme;
        let mut strip = Strips { rest: inner };
        let over = strip.take(rows.legend);
        let main = strip.take(rows.main);
        let cursor = (self.sight.cursor(self.shared.basis()) - self.span.from).num_days();
        let cursor = usize::try_from(cursor).ok();
        let words = (super::face(self.sight.view).labels)(self.sight, self.span, self.shared);
        let words = Self::with_day_zero(words, &row.zeros);
        let words = fold.labels(&words);
        let chart = ColumnChart {
            gutter: GUTTER,
            labels: &words,
            levels: &levels,
            cursor: cursor
                .and_then(|cursor| fold.at(cursor))
                .filter(|_| self.medium == Medium::Screen),
            ..ColumnChart::new(self.end, folded)
        };
        let Some(place) = chart.draw(main, frame.buffer_mut(), theme) else {
            return;
        };
        if is_laid {
            for other in earlier {
                let digit = char::from_digit(u32::try_from(other.number % 10).unwrap_or(0), 10);
                under::lay(
                    &place,
                    &other.row.columns,
                    digit.unwrap_or('?'),
                    frame.buffer_mut(),
                    theme,
                );
            }
        }
        legend::draw(&signs, theme, over, frame.buffer_mut());
        let row = strip.take(rows.strip);
        if row.height > 0 {
            let bands = labels::strip(self.sight, self.span, self.shared);
            under::bands(&place, &fold.bands(&bands), row, frame.buffer_mut(), theme);
        }
        let row = strip.take(rows.letters);
        if row.height > 0 {
            self.draw_letters(&place, fold, row, frame.buffer_mut());
        }
        if let Some((series, row)) = second.filter(|_| rows.second > 0) {
            let area = strip.take(rows.second);
            self.draw_second(series, &row.columns, frame.buffer_mut(), area);
        }
        let readout = strip.take(rows.readout);
        self.draw_readout(earlier, readout, frame);
        let mut left = rows.charts;
        for stairs in self.stairs.iter().take(usize::from(left)) {
            strip.take(rows.gap);
            let area = strip.take(rows.small);
            self.draw_stairs(stairs, frame.buffer_mut(), area);
            left -= 1;
        }
        for other in small.iter().take(usize::from(left)) {
            strip.take(rows.gap);
            let area = strip.take(rows.small);
            self.draw_earlier(other, frame.buffer_mut(), area);
        }
    }

    /// Day 0 has its own word, before all others.
    fn with_day_zero(words: Vec<AxisLabel>, zeros: &[usize]) -> Vec<AxisLabel> {
        let zeros: Vec<AxisLabel> = zeros
            .iter()
            .map(|day| AxisLabel {
                day: *day,
                text: "day 0".to_owned(),
            })
            .collect();
        let others = words.into_iter();
        let others = others.filter(|word| zeros.iter().all(|zero| zero.day != word.day));
        zeros
            .clone()
            .into_iter()
            .chain(others.collect::<Vec<_>>())
            .collect()
    }

    /// The letters of events under their days.
    fn draw_letters(&self, place: &Place, fold: &Fold, row: Rect, buf: &mut Buffer) {
        let theme = self.shared.theme;
        let letters = self.letters();
        let letters = letters
            .iter()
            .filter_map(|(day, letter)| Some((fold.at(*day)?, *letter)));
        under::letters(place, letters, row, buf, theme);
    }

    fn draw_readout(&self, earlier: &[Earlier], row: Rect, frame: &mut Frame) {
        if row.height == 0 {
            return;
        }
        let (sight, shared) = (self.sight, self.shared);
        let theme = shared.theme;
        let day = sight.cursor(shared.basis());
        let at = usize::try_from((day - self.span.from).num_days()).unwrap_or(0);
        let series = sight.series(shared.basis());
        let others = earlier.iter().map(|other| {
            let value = other.number(at, series, shared);
            let value = value.unwrap_or_else(|| theme.glyph(Glyph::Blank).to_owned());
            format!("{} {value}", other.name)
        });
        let others: Vec<String> = others.collect();
        let forms = week_words::day_of_chart(sight, day, &others, shared);
        let room = usize::from(row.width.saturating_sub(FOCUS));
        let form = forms.iter().find(|form| width(form) <= room);
        let form = form.or(forms.last()).map_or("", String::as_str);
        let style = theme.style(Role::Focus);
        put(
            frame.buffer_mut(),
            row,
            theme.glyph(Glyph::Focus),
            style,
            theme,
        );
        let at = Rect {
            x: row.x + FOCUS,
            width: row.width.saturating_sub(FOCUS),
            ..row
        };
        put(
            frame.buffer_mut(),
            at,
            form,
            theme.style(Role::Title),
            theme,
        );
        frame.set_cursor_position((row.x, row.y));
    }

    /// A second series under the first one, on the same days and its own scale.
    fn draw_second(&self, series: Series, columns: &[Column], buf: &mut Buffer, area: Rect) {
        let journal = &self.shared.journal;
        let full = series.top(journal);
        let highest = ColumnChart::highest(columns).unwrap_or(0.0);
        let end = end_for(full, highest);
        let range = axis::words(end, full);
        let middle = self.shared.theme.glyph(Glyph::Middle);
        let title = format!("{} {middle} {}", series.titled(journal), range[0]);
        self.titled(&title, area, buf);
        let below = Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(1),
            ..area
        };
        let chart = ColumnChart {
            gutter: GUTTER,
            ink: Ink::Second,
            ..ColumnChart::new(end, columns)
        };
        if has_standing(columns) {
            chart.draw(below, buf, self.shared.theme);
        }
    }

    /// What was used as columns, the plan as the line, on the same days.
    fn draw_stairs(&self, stairs: &Arc<Staircase>, buf: &mut Buffer, area: Rect) {
        let theme = self.shared.theme;
        let (used, plan) = (theme.glyph(Glyph::Column), theme.glyph(Glyph::Middle7));
        let plan = if stairs.has_plan() {
            format!("  {plan} plan")
        } else {
            String::new()
        };
        let (name, unit) = (&stairs.product.name, &stairs.product.unit);
        let title = format!("{name}, {unit} a day   ");
        self.titled(&format!("{title}{used} used{plan}"), area, buf);
        // The sign in the colour of its columns.
        let shift = u16::try_from(width(&title)).unwrap_or(0).min(area.width);
        let at = Rect {
            x: area.x + shift,
            width: u16::from(shift < area.width),
            height: 1,
            ..area
        };
        put(buf, at, used, theme.style(Role::SeriesB), theme);
        let room = area.width.saturating_sub(GUTTER);
        let columns = charted::stairs_columns(stairs, self.span, room, self.shared);
        let highest = ColumnChart::highest(&columns).unwrap_or(stairs.top);
        let chart = ColumnChart {
            gutter: GUTTER,
            ink: Ink::Second,
            ..ColumnChart::new(end_for(stairs.top, highest), &columns)
        };
        chart.draw(area, buf, theme);
    }

    /// An earlier attempt as a small chart, on the same scale.
    fn draw_earlier(&self, other: &Earlier, buf: &mut Buffer, area: Rect) {
        let bare = other.row.columns.iter().map(|column| Column {
            standing: column.standing,
            beginning: column.beginning,
            ..Column::default()
        });
        let columns: Vec<Column> = bare.collect();
        let mut title = format!("{}, to day {}", other.name, other.last);
        if !has_standing(&columns) {
            title.push_str(": no value on these days");
        }
        self.titled(&title, area, buf);
        let chart = ColumnChart {
            gutter: GUTTER,
            ink: Ink::Earlier,
            ..ColumnChart::new(self.end, &columns)
        };
        if has_standing(&columns) {
            chart.draw(area, buf, self.shared.theme);
        }
    }

    /// A title in the row above a small chart's columns, which has no numbers.
    fn titled(&self, title: &str, area: Rect, buf: &mut Buffer) {
        let theme = self.shared.theme;
        let row = Rect {
            height: area.height.min(1),
            ..area
        };
        put(buf, row, title, theme.style(Role::Text), theme);
    }

    /// The day under `at` in charts drawn in `area`.
    pub(super) fn day_at(&self, area: Rect, at: Position) -> Option<NaiveDate> {
        let inner = Panel::new("").borders(borders(area)).inner(area);
        let fold = Fold::of(
            self.span,
            inner.width.saturating_sub(GUTTER),
            &self.shared.journal,
        );
        let columns = vec![Column::default(); fold.len()];
        let chart = ColumnChart {
            gutter: GUTTER,
            ..ColumnChart::new(self.end, &columns)
        };
        let place = chart.place(inner).filter(|_| inner.contains(at))?;
        let day = fold.first_of(place.day_at(at.x)?)?;
        self.span.days().nth(day)
    }
}

/// The days in sight. A timeline whose own days fit is cut rather than folded: the days ahead are there for the others' sake.
pub(super) fn window(sight: &Sight, shared: &Shared, room: u16) -> Span {
    let at = shared.basis();
    let all = sight.days(at);
    let room = i64::from(room);
    let Some(course) = sight.timeline(at).filter(|_| !sight.is_zoomed(at)) else {
        return all;
    };
    let own = (course.span.to - all.from).num_days() + 1;
    if own > room || i64::try_from(all.len()).unwrap_or(i64::MAX) <= room {
        return all;
    }
    // The days move on with a cursor that goes ahead.
    let cursor = sight.cursor(at);
    let from = moved(cursor, 1 - room).max(all.from);
    Span {
        from,
        to: moved(from, room - 1).min(all.to),
    }
}

fn has_standing(columns: &[Column]) -> bool {
    let stands =
        |column: &Column| matches!(column.standing, Standing::Value(_) | Standing::OverallOnly);
    columns.iter().any(stands)
}

/// Whether the panel in `area` has borders.
const fn borders(area: Rect) -> Borders {
    if area.height < LOW || area.width < NARROW {
        Borders::No
    } else {
        Borders::Yes
    }
}

/// Rows taken from the top of an area, one part after another.
struct Strips {
    rest: Rect,
}

impl Strips {
    fn take(&mut self, rows: u16) -> Rect {
        let rows = rows.min(self.rest.height);
        let part = Rect {
            height: rows,
            ..self.rest
        };
        self.rest.y += rows;
        self.rest.height -= rows;
        part
    }
}
