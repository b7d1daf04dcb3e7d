//! The week as a sheet: a row a symptom and a row for each other thing that is noted, a cell a day.
//!
//! Invariant: a day without an entry is `Missing`, never 0; a day with entries but none of this kind is `NoneOfIt`; a day still to
//! come is `Blank`. The order of the rows stands still unless the person asks for the worst first.

use super::event_marks::EventKind;
use super::marks::{Mark, Marks};
use super::week_table::favourites_first;
use super::week_table::{Order, ranked};
use crate::domain::care::measurement::{Part, SLEEP_HOURS};
use crate::domain::care::medication::Intake;
use crate::domain::dose::product::Product;
use crate::domain::dose::{Dose, in_other_units};
use crate::domain::journal::Journal;
use crate::domain::record::kind::Kind;
use crate::domain::series::Series;
use crate::domain::series::stats::day_values;
use crate::domain::taper::staircase::{Staircase, products, staircase};
use crate::domain::text::round::round;
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// Hours slept, as a series.
pub(crate) const SLEEP: Series = Series::Measure(SLEEP_HOURS, Part::First);

/// One day of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Still to come, or nothing to say.
    Blank,
    /// No entry on that day, or no answer.
    Missing,
    /// Entries, but none of this kind.
    NoneOfIt,
    /// The day value of a symptom, rounded: 0 to 4.
    Rating(u8),
    /// A number, or letters.
    Words(String),
}

impl Cell {
    /// As it is read out.
    fn spoken(&self) -> &str {
        match self {
            Self::Blank => "",
            Self::Missing => "\u{2013}",
            Self::NoneOfIt => "\u{b7}",
            Self::Rating(0) => "0",
            Self::Rating(1) => "1",
            Self::Rating(2) => "2",
            Self::Rating(3) => "3",
            Self::Rating(_) => "4",
            Self::Words(words) => words,
        }
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lane {
    /// Its name.
    pub(crate) name: String,
    /// A cell for each day.
    pub(crate) cells: Vec<Cell>,
}

impl Lane {
    /// "Nausea: Mon 3, Tue 2, Wed –": the whole row, without the days that say nothing.
    pub(crate) fn spoken(&self, span: Span) -> String {
        let days = span.days().zip(&self.cells);
        let days = days.filter(|(_, cell)| **cell != Cell::Blank);
        let days: Vec<String> = days
            .map(|(day, cell)| format!("{} {}", day.format("%a"), cell.spoken()))
            .collect();
        if days.is_empty() {
            return format!("{}: nothing in these days.", self.name);
        }
        format!("{}: {}.", self.name, days.join(", "))
    }

    /// "Nausea 2" of one day.
    pub(crate) fn on(&self, at: usize) -> String {
        let cell = self.cells.get(at).map_or("", Cell::spoken);
        format!("{} {cell}", self.name).trim_end().to_owned()
    }
}

/// The rows of a stretch of days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sheet {
    /// The symptoms, in their order.
    pub(crate) symptoms: Vec<Lane>,
    /// What stands below them: the worst check-in, overall, sleep, use, urges, medicines, practices, marks.
    pub(crate) others: Vec<Lane>,
}

/// Most products that have a row of their own.
const PRODUCTS: usize = 2;

impl Sheet {
    /// The rows beside a chart of `series` on the days of `span`, as they look on `today`. `order` is that of the symptoms; a
    /// second series stands first.
    pub(crate) fn of(
        journal: &Journal,
        series: Series,
        second: Option<Series>,
        span: Span,
        today: NaiveDate,
        order: Order,
    ) -> Self {
        let days = Days {
            journal,
            span,
            today,
        };
        let symptoms = favourites_first(journal).into_iter();
        let symptoms: Vec<Series> = symptoms
            .filter(|series| matches!(series, Series::Symptom(_)))
            .collect();
        let symptoms = ranked(journal, &symptoms, span, today, order).into_iter();
        let symptoms = symptoms.filter(|one| Some(*one) != second);
        let symptoms = symptoms.map(|one| days.symptom(one));
        let second = second.map(|one| days.second(one));
        Self {
            symptoms: second.into_iter().chain(symptoms).collect(),
            others: days.others(series),
        }
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.symptoms.len() + self.others.len()
    }

    /// The row at that place, the symptoms first.
    pub(crate) fn lane(&self, at: usize) -> Option<&Lane> {
        let rest = at.checked_sub(self.symptoms.len());
        rest.map_or_else(|| self.symptoms.get(at), |rest| self.others.get(rest))
    }
}

struct Days<'a> {
    journal: &'a Journal,
    span: Span,
    today: NaiveDate,
}

impl Days<'_> {
    /// A row whose cells are `cell` of each day up to today.
    fn lane(
        &self,
        name: impl Into<String>,
        mut cell: impl FnMut(usize, NaiveDate) -> Cell,
    ) -> Lane {
        let cells = self.span.days().enumerate();
        let cells = cells.map(|(at, day)| {
            if day > self.today {
                Cell::Blank
            } else {
                cell(at, day)
            }
        });
        Lane {
            name: name.into(),
            cells: cells.collect(),
        }
    }

    fn none(&self, day: NaiveDate) -> Cell {
        let has_entry = self.journal.day(day).is_some() || !self.journal.records(day).is_empty();
        if has_entry {
            Cell::NoneOfIt
        } else {
            Cell::Missing
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "day values of symptoms lie between 0 and 4"
    )]
    fn symptom(&self, series: Series) -> Lane {
        let values = day_values(self.journal, series, self.span);
        let rating = |value: f64| Cell::Rating(round(value, 0).clamp(0.0, 4.0) as u8);
        self.lane(series.name(self.journal), |at, _| {
            values[at].map_or(Cell::Missing, rating)
        })
    }

    fn second(&self, series: Series) -> Lane {
        if matches!(series, Series::Symptom(_)) {
            return self.symptom(series);
        }
        let values = day_values(self.journal, series, self.span);
        self.lane(series.titled(self.journal), |at, day| match values[at] {
            Some(value) => words(series, value),
            None if series.is_rated() => Cell::Missing,
            None => self.none(day),
        })
    }

    fn others(&self, series: Series) -> Vec<Lane> {
        let mut lanes = Vec::new();
        if series.is_rated() {
            let worst = self.worst(series);
            // Most days have one check-in, which is no worst one.
            let has_any = worst.cells.iter().any(|cell| *cell != Cell::Blank);
            lanes.extend(has_any.then_some(worst));
        }
        if series != Series::Overall {
            lanes.push(self.overall());
        }
        if series != SLEEP && Series::offered(self.journal).contains(&SLEEP) {
            let values = day_values(self.journal, SLEEP, self.span);
            lanes.push(self.lane("Slept, h", |at, day| {
                values[at].map_or_else(|| self.none(day), |value| words(SLEEP, value))
            }));
        }
        let used = products(self.journal, self.today);
        let is_one = used.len() == 1;
        let used = used.iter().take(PRODUCTS);
        lanes.extend(used.filter_map(|product| {
            let stairs = staircase(self.journal, product, self.span, self.today);
            // The columns show it already; only a plan says more.
            let is_drawn = series == Series::Amount(product.key) && !stairs.has_plan();
            (!is_drawn).then(|| self.used(product, &stairs, is_one))
        }));
        lanes.extend(self.counted("Urges", Kind::Urge));
        lanes.extend(self.taken());
        lanes.extend(self.counted("Practices", Kind::Practice));
        lanes.push(self.marks());
        lanes
    }

    fn worst(&self, series: Series) -> Lane {
        self.lane("Worst check-in", |_, day| {
            let day = self.journal.day(day);
            let worst = day.and_then(|day| series.worst_of_day(day));
            worst.map_or(Cell::Blank, |worst| words(series, worst.value))
        })
    }

    fn overall(&self) -> Lane {
        let values = day_values(self.journal, Series::Overall, self.span);
        self.lane("Overall 0\u{2013}10", |at, _| {
            values[at].map_or(Cell::Missing, |value| words(Series::Overall, value))
        })
    }

    /// What was used, beside the plan where there is one: "6/5.5".
    fn used(&self, product: &Product, stairs: &Staircase, is_one: bool) -> Lane {
        let name = match (is_one, stairs.has_plan()) {
            (true, true) => format!("Used/plan, {}", product.unit),
            (true, false) => format!("Used, {}", product.unit),
            _ => format!("{}, {}", product.name, product.unit),
        };
        self.lane(name, |at, day| {
            let tread = stairs.days[at];
            let records = self.journal.records(day).iter().filter_map(Dose::of);
            let its = records.filter(|dose| dose.product == product.code);
            let others = in_other_units(its, product);
            match (tread.used, tread.plan) {
                (used, None) if !others.is_empty() => {
                    let used = used.map(|used| used.to_string());
                    let all: Vec<String> = used.into_iter().chain(others).collect();
                    Cell::Words(all.join("+"))
                }
                (None, None) => self.none(day),
                (Some(used), None) => Cell::Words(used.to_string()),
                (Some(used), Some(plan)) => Cell::Words(format!("{used}/{plan}")),
                (None, Some(plan)) => Cell::Words(format!("{}/{plan}", self.none(day).spoken())),
            }
        })
    }

    /// How many of a kind; no row where the journal has none of it.
    fn counted(&self, name: &str, kind: Kind) -> Option<Lane> {
        self.journal.records_of(kind).next()?;
        Some(self.lane(name, |_, day| {
            let records = self.journal.records(day).iter();
            match records.filter(|record| record.kind == kind).count() {
                0 => self.none(day),
                n => Cell::Words(n.to_string()),
            }
        }))
    }

    /// Intakes that were taken; with skipped ones "2/3".
    fn taken(&self) -> Option<Lane> {
        self.journal.records_of(Kind::Intake).next()?;
        Some(self.lane("Medicines taken", |_, day| {
            let records = self.journal.records(day).iter();
            let intakes: Vec<Intake<'_>> = records.filter_map(Intake::of).collect();
            let taken = intakes.iter().filter(|intake| intake.is_taken()).count();
            match intakes.len() {
                0 => self.none(day),
                all if all == taken => Cell::Words(taken.to_string()),
                all => Cell::Words(format!("{taken}/{all}")),
            }
        }))
    }

    fn marks(&self) -> Lane {
        let marks = Marks::of(self.journal, self.span, self.today);
        self.lane("Marks", |_, day| match letters(marks.all(), day) {
            letters if letters.is_empty() => self.none(day),
            letters => Cell::Words(letters),
        })
    }
}

/// "n v": the letters of a day, each once.
fn letters(marks: &[Mark], day: NaiveDate) -> String {
    let of_day = marks.iter().filter(|mark| mark.day == day);
    let mut letters: Vec<String> = of_day.map(|mark| mark.kind.letter().to_string()).collect();
    letters.dedup();
    letters.join(" ")
}

/// "n note, v visit": what the letters of these days stand for, the weightiest first.
pub(crate) fn legend(marks: &[Mark]) -> Vec<String> {
    let seen = EventKind::ALL.into_iter();
    let seen = seen.filter(|kind| marks.iter().any(|mark| mark.kind == *kind));
    let signs = EventKind::signs(seen).into_iter();
    signs
        .map(|(letter, name)| format!("{letter} {name}"))
        .collect()
}

/// A number without a decimal that says nothing: "6", "5.5".
pub(crate) fn short(series: Series, value: f64) -> String {
    let text = series.shown(value).to_string();
    match text.strip_suffix(".0") {
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

fn words(series: Series, value: f64) -> Cell {
    Cell::Words(short(series, value))
}
