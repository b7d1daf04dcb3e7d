//! What a chart of Trends draws, and the highest of it: the week with the week before, a long view with all of its days and the
//! attempts beside it.

use super::days;
use super::days::{Fold, Row};
use crate::domain::dose::product::Product;
use crate::domain::entry::today::products_on;
use crate::domain::journal::taken_for;
use crate::domain::journal::taken_for::Levels;
use crate::domain::series;
use crate::domain::series::Series;
use crate::domain::series::figures::{Figures, LONG};
use crate::domain::series::stats::{WEEK, day_values};
use crate::domain::taper::staircase;
use crate::domain::taper::staircase::{Staircase, products, staircase};
use crate::domain::time::span::Span;
use crate::domain::trends::Course;
use crate::domain::trends::remembered;
use crate::domain::trends::sight::Sight;
use crate::domain::trends::view::View;
use crate::tui::shared::Shared;
use crate::tui::theme::Glyph;
use crate::tui::widgets::columns::Column;
use crate::tui::widgets::columns::level::Level;
use chrono::{Days, NaiveDate, TimeDelta};
use std::rc::Rc;
use std::sync::Arc;

/// The series that the cursor goes through.
pub(super) fn rows(sight: &Sight, shared: &Shared) -> Rc<Vec<Series>> {
    let key = (sight.without_cursor(), sight.ranking_week(shared.basis()));
    shared.kept(key, |shared, (sight, week)| {
        sight.rows_by(*week, shared.basis())
    })
}

/// The one of them that it stands on.
pub(super) fn focus(sight: &Sight, shared: &Shared) -> Series {
    sight.focus(|| rows(sight, shared), shared.basis())
}

/// The columns of the first series, with what stands beside each.
pub(super) fn first(sight: &Sight, span: Span, shared: &Shared) -> Vec<Column> {
    let series = sight.series(shared.basis());
    if sight.view == View::Week {
        days::beside_week_before(sight, series, span, shared)
    } else {
        days::columns(sight, series, span, span, shared)
    }
}

/// The columns of a second series on the same days.
pub(super) fn second(
    sight: &Sight,
    span: Span,
    fold: &Fold,
    shared: &Shared,
) -> Option<(Series, Arc<Row>)> {
    let series = sight.second?;
    let row = days::row(sight, series, span, span, fold, shared);
    Some((series, row))
}

/// What was used as columns, the plan as the line: the days of `span`, in so many cells.
pub(super) fn stairs_columns(
    stairs: &Arc<Staircase>,
    span: Span,
    room: u16,
    shared: &Shared,
) -> Rc<Vec<Column>> {
    let key = (Same(Arc::clone(stairs)), span, room);
    shared.kept(key, |shared, (Same(stairs), span, room)| {
        let fold = Fold::of(*span, *room, &shared.journal);
        let first = stairs.days.first().map_or(span.from, |tread| tread.day);
        let before = usize::try_from((span.from - first).num_days()).unwrap_or(0);
        let days = stairs.numbers().skip(before).take(span.len());
        let (line, amounts): (Vec<_>, Vec<_>) = days.unzip();
        fold.with_line(&amounts, &line)
    })
}

/// Equal where it is one and the same thing.
struct Same<T>(Arc<T>);

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Another attempt on the days of this one.
pub(super) struct Earlier {
    /// Its number among the attempts.
    pub(super) number: usize,
    /// Its name, or the season in which it began.
    pub(super) name: String,
    /// Its last day, counted from where this one counts.
    pub(super) last: i64,
    /// Its own day in the first column.
    from: NaiveDate,
    /// Its days up to today.
    within: Span,
    /// Its columns.
    pub(super) row: Arc<Row>,
}

impl Earlier {
    /// Its value on the day at `place`, as a number; `None` where it has none.
    pub(super) fn number(&self, place: usize, series: Series, shared: &Shared) -> Option<String> {
        let journal = &shared.journal;
        let day = self.from + Days::new(u64::try_from(place).ok()?);
        let is_own = day >= self.within.from && day <= self.within.to && day <= shared.today();
        let value = series::value(journal, series, day).filter(|_| is_own)?;
        Some(days::number(series, value, journal.day(day), journal))
    }
}

/// The other attempts of a timeline, the latest first, in so many cells.
pub(super) fn earlier(sight: &Sight, span: Span, room: u16, shared: &Shared) -> Rc<Vec<Earlier>> {
    let key = (sight.without_cursor(), span, room);
    shared.kept(key, |shared, (sight, span, room)| {
        let fold = Fold::of(*span, *room, &shared.journal);
        laid_beside(sight, *span, &fold, shared)
    })
}

fn laid_beside(sight: &Sight, span: Span, fold: &Fold, shared: &Shared) -> Vec<Earlier> {
    let at = shared.basis();
    let Some(course) = sight.timeline(at).filter(|_| sight.second.is_none()) else {
        return Vec::new();
    };
    let others = course.others(at.journal, at.today).into_iter().rev();
    let others = others.filter_map(|other| {
        let there = shifted(span, &course, &other)?;
        Some(Earlier {
            number: other.numbered.number,
            name: at.journal.title_of(other.numbered),
            last: other.number(other.span.to),
            from: there.from,
            within: other.span,
            row: days::row(sight, sight.series(at), there, other.span, fold, shared),
        })
    });
    others.collect()
}

/// The days of `other` that have the numbers of `span` in `this`.
fn shifted(span: Span, this: &Course<'_>, other: &Course<'_>) -> Option<Span> {
    let by: TimeDelta = other.zero - this.zero;
    Some(Span {
        from: span.from.checked_add_signed(by)?,
        to: span.to.checked_add_signed(by)?,
    })
}

/// The levels that are remembered of what it was taken for, across day 0: on all days on which the same baseline counts.
pub(super) fn levels(sight: &Sight, span: Span, fold: &Fold, shared: &Shared) -> Vec<Level> {
    let at = shared.basis();
    let series = sight.series(at);
    let last = span.to.min(at.today);
    let Some(held) = remembered::levels(at.journal, series, last) else {
        return Vec::new();
    };
    let is_same =
        |day: &NaiveDate| *day > last || remembered::levels(at.journal, series, *day) == Some(held);
    // Counted from the end, because an earlier attempt can have levels of its own.
    let days: Vec<NaiveDate> = span.days().collect();
    let same = days.iter().rev().take_while(|day| is_same(day)).count();
    let (from, to) = (days.len() - same, days.len().saturating_sub(1));
    let columns = fold.at(from).zip(fold.at(to));
    let Some(columns) = columns else {
        return Vec::new();
    };
    let level = |(value, words): (u32, &str)| {
        let (glyph, short) = if words == taken_for::USING {
            (Glyph::Using, "using")
        } else {
            (Glyph::Without, "without")
        };
        Level {
            value: f64::from(value),
            glyph,
            names: [
                format!("{words}: {value}"),
                format!("{short}: {value}"),
                short.to_owned(),
            ],
            columns,
        }
    };
    held.each().map(level).collect()
}

/// The highest value that is drawn; in a long view of all of its days, so that zooming in changes no height.
pub(super) fn highest(sight: &Sight, shared: &Shared) -> f64 {
    let at = shared.basis();
    let span = match sight.view {
        View::All | View::Timeline | View::Hours => sight.bounds(at),
        View::Week | View::Month | View::Grid | View::Table => sight.days(at),
    };
    let key = (sight.without_cursor(), span);
    let highest = shared.kept(key, |shared, (sight, span)| match sight.view {
        View::Hours => {
            let hours = sight.first_hours(shared.basis());
            hours.map_or(0.0, |hours| hours.highest())
        }
        _ => highest_over(sight, *span, shared),
    });
    *highest
}

/// The same of these days.
pub(super) fn highest_over(sight: &Sight, span: Span, shared: &Shared) -> f64 {
    let at = shared.basis();
    let series = sight.series(at);
    let mut highest = highest_in(series, span, shared);
    if sight.view == View::Week {
        let before = day_values(&shared.journal, series, span.earlier(WEEK));
        highest = before.into_iter().flatten().fold(highest, f64::max);
    }
    if sight.view != View::Week {
        let held = remembered::levels(at.journal, series, span.to.min(at.today));
        let each = held.into_iter().flat_map(Levels::each);
        highest = each.fold(highest, |highest, (level, _)| highest.max(f64::from(level)));
    }
    // One scale for all charts of the screen.
    if let Some(course) = sight.timeline(at).filter(|_| sight.second.is_none()) {
        for other in course.others(at.journal, at.today) {
            if let Some(there) = shifted(span, &course, &other) {
                let there = Span {
                    from: there.from.max(other.span.from),
                    to: there.to.min(other.span.to),
                };
                highest = highest.max(highest_in(series, there, shared));
            }
        }
    }
    highest
}

/// The highest day or check-in of a stretch. A middle line is never higher than its days.
fn highest_in(series: Series, span: Span, shared: &Shared) -> f64 {
    let journal = &shared.journal;
    if span.len() >= LONG {
        return Figures::of(journal, series).highest(span);
    }
    let values = day_values(journal, series, span).into_iter().flatten();
    let worst = journal
        .between(span.from, span.to)
        .filter_map(|day| series.worst_of_day(day))
        .map(|worst| worst.value);
    values.chain(worst).fold(0.0, f64::max)
}

/// The staircase of the days in sight; `None` where none of them has an amount, or where the chart shows all of it already.
pub(super) fn stairs_in_sight(sight: &Sight, shared: &Shared) -> Option<Arc<Staircase>> {
    if !sight.view.is_chart() {
        return None;
    }
    let product = sight.product(shared.basis())?;
    let found = staircase::kept(
        &shared.journal,
        &product,
        sight.days(shared.basis()),
        shared.today(),
    );
    is_news(&found, sight, shared).then_some(found)
}

/// Whether a staircase shows more than the chart does: a plan, or the use of another product.
fn is_news(stairs: &Staircase, sight: &Sight, shared: &Shared) -> bool {
    let in_sight = [Some(sight.series(shared.basis())), sight.second];
    let is_drawn = in_sight.contains(&Some(Series::Amount(stairs.product.key)));
    stairs.has_any() && (stairs.has_plan() || !is_drawn)
}

/// Every product with an amount in `span` that the chart does not show already, the one with the active plan first.
pub(super) fn all_stairs(sight: &Sight, span: Span, shared: &Shared) -> Vec<Arc<Staircase>> {
    let all = products(&shared.journal, shared.today());
    let all = all
        .iter()
        .map(|one| staircase(&shared.journal, one, span, shared.today()));
    all.filter(|stairs| is_news(stairs, sight, shared))
        .map(Arc::new)
        .collect()
}

/// "Leaf powder: plan 3 g, used 2.5 g", a line for each product of the day.
pub(super) fn stairs_in_words(shared: &Shared, date: NaiveDate) -> Vec<String> {
    let day = Span {
        from: date,
        to: date,
    };
    let line = |product: Product| {
        let found = staircase(&shared.journal, &product, day, shared.today());
        let notice = found.days.first()?.text(&product)?;
        Some(format!("{}: {notice}", product.name))
    };
    let products = products_on(&shared.journal, date).into_iter();
    products.filter_map(line).collect()
}
