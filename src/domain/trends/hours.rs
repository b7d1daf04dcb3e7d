//! The first four days of an attempt by the hour: every check-in, dose, medicine, sleep and urge since the dose of day 0, or
//! since the last one.
//!
//! Invariants: hours are counted only from a dose whose time is known; from any other the days are divided into their parts. What
//! was noted without a time has no hour and no part: it is counted and left out. Nothing is said of an hour without an entry.

use super::latest;
use crate::domain::attempt::NumberedAttempt;
use crate::domain::care::measurement::{hours, is_sleep};
use crate::domain::care::medication::Intake;
use crate::domain::care::urge::Urge;
use crate::domain::check_in::CheckIn;
use crate::domain::dose::{Dose, doses_in};
use crate::domain::entry::summary;
use crate::domain::journal::Journal;
use crate::domain::order::Ordered;
use crate::domain::record::Record;
use crate::domain::series::Series;
use crate::domain::text::words;
use crate::domain::time::display::Manner;
use crate::domain::time::span::Span;
use crate::domain::time::{DayEnd, Moment};
use chrono::{DateTime, Days, FixedOffset, NaiveDate, TimeDelta, Timelike};

/// Days in sight.
pub(crate) const DAYS: usize = 4;
/// Hours of them.
pub(crate) const HOURS: usize = DAYS * 24;
/// What leads on at the end of them.
pub(crate) const GOES_ON: &str = "goes on in week";
/// The parts of a day, from its beginning.
pub(crate) const PARTS: [&str; 4] = ["morning", "afternoon", "evening", "night"];
const PARTS_A_DAY: i64 = 4;
const SECONDS: i64 = 3600;

/// What the hours are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Since {
    /// The dose of day 0.
    #[default]
    DayZero,
    /// The last dose of the attempt.
    LastDose,
}

impl Since {
    /// The other one.
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::DayZero => Self::LastDose,
            Self::LastDose => Self::DayZero,
        }
    }

    /// The word in JSON.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::DayZero => "day_zero",
            Self::LastDose => "last_dose",
        }
    }
}

/// Which hours are looked at, and where the cursor stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Place {
    /// What they are counted from.
    pub(crate) since: Since,
    /// The hour or part under the cursor; the last one with an entry when it was not moved.
    pub(crate) unit: Option<usize>,
}

/// How the days are divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// By the hours since a dose.
    Hours(DateTime<FixedOffset>),
    /// By the parts of each day, because the hour of that dose is not known.
    Parts,
}

impl Scale {
    /// How many hours or parts there are.
    pub(crate) const fn units(self) -> usize {
        match self {
            Self::Hours(_) => HOURS,
            Self::Parts => DAYS * PARTS.len(),
        }
    }

    /// How many of them are a day.
    pub(crate) const fn of_a_day(self) -> usize {
        self.units() / DAYS
    }

    /// The word in JSON.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Hours(_) => "hour",
            Self::Parts => "part",
        }
    }
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A check-in.
    CheckIn,
    /// A dose.
    Dose,
    /// A medicine that was taken.
    Medicine,
    /// A sleep.
    Sleep,
    /// An urge.
    Urge,
}

impl Sort {
    /// The rows under the columns, each with its name.
    pub(crate) const LANES: [(Self, &'static str); 4] = [
        (Self::Dose, "Used"),
        (Self::Medicine, "Medicines"),
        (Self::Sleep, "Slept, h"),
        (Self::Urge, "Urges 0\u{2013}4"),
    ];

    /// The word in JSON.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::CheckIn => "check_in",
            Self::Dose => "dose",
            Self::Medicine => "intake",
            Self::Sleep => "sleep",
            Self::Urge => "urge",
        }
    }
}

/// An entry in its hour or part.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Timed<'a> {
    /// Which, counted from 0.
    pub(crate) unit: usize,
    /// What it is.
    pub(crate) sort: Sort,
    /// When it was.
    pub(crate) moment: &'a Moment,
    /// Of a check-in, its value of the series.
    pub(crate) value: Option<f64>,
    /// Of a check-in, its overall.
    pub(crate) overall: Option<u8>,
    /// What stands in a row: "6 g", "3".
    pub(crate) short: String,
    /// What is read out: "severity 62, overall 6", "used 6 g, Leaf powder".
    pub(crate) words: String,
}

/// Why there are no hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoHours {
    /// There is no attempt.
    #[error("The hours are those of an attempt; `start` begins one.")]
    NoAttempt,
    /// Its day 0 is not known.
    #[error("The hours are counted from the day of last use, which is not set; `start` sets it.")]
    NoDayZero,
    /// It lies ahead.
    #[error("The day of last use has not come yet.")]
    Ahead,
}

/// The first days of an attempt by the hour.
#[derive(Debug, Clone)]
pub(crate) struct Hours<'a> {
    /// The attempt.
    pub(crate) numbered: NumberedAttempt<'a>,
    /// What they are counted from; day 0 where there is no dose.
    pub(crate) since: Since,
    /// How the days are divided.
    pub(crate) scale: Scale,
    /// The logical days.
    pub(crate) span: Span,
    /// What the check-ins are read for.
    pub(crate) series: Series,
    /// Every entry, in order.
    pub(crate) entries: Vec<Timed<'a>>,
    /// Entries of these days without a time.
    pub(crate) left_out: usize,
    day_end: DayEnd,
}

/// The first day and what the days are divided by.
struct Zero {
    since: Since,
    day: NaiveDate,
    scale: Scale,
}

impl Zero {
    fn of(
        journal: &Journal,
        attempt: NumberedAttempt<'_>,
        since: Since,
        today: NaiveDate,
    ) -> Option<Self> {
        let zero = attempt.attempt.day_zero?;
        let on_zero = Span {
            from: zero,
            to: zero,
        };
        let until = Span {
            from: zero,
            to: attempt.last_day.map_or(today, |last| last.min(today)),
        };
        let span = match since {
            Since::DayZero => on_zero,
            Since::LastDose => until,
        };
        let last = doses_in(journal, span).next_back();
        let Some(last) = last else {
            return Some(Self {
                since: Since::DayZero,
                day: zero,
                scale: Scale::Parts,
            });
        };
        // Among doses of one day, one without a time may have been the last.
        let mut of_day = doses_in(
            journal,
            Span {
                from: last.day,
                to: last.day,
            },
        );
        let is_known =
            of_day.all(|dose| moment_of(&dose).is_some_and(|moment| !moment.without_time));
        let at = moment_of(&last).filter(|_| is_known).map(Moment::at);
        let has_later = last.day > zero;
        Some(Self {
            since: if has_later {
                Since::LastDose
            } else {
                Since::DayZero
            },
            day: last.day,
            scale: at.map_or(Scale::Parts, Scale::Hours),
        })
    }

    /// The logical days that its hours reach into.
    fn span(&self) -> Span {
        let days = match self.scale {
            // The hours of four days end on the fifth.
            Scale::Hours(_) => DAYS as u64,
            Scale::Parts => DAYS as u64 - 1,
        };
        Span {
            from: self.day,
            to: self
                .day
                .checked_add_days(Days::new(days))
                .unwrap_or(self.day),
        }
    }
}

fn moment_of<'a>(dose: &Dose<'a>) -> Option<&'a Moment> {
    dose.record.moment.as_ref()
}

/// The days that the hours of an attempt reach into; today where there are none.
pub(crate) fn span(
    journal: &Journal,
    attempt: Option<usize>,
    since: Since,
    today: NaiveDate,
) -> Span {
    let chosen = attempt_of(journal, attempt, today);
    let zero = chosen.and_then(|on| Zero::of(journal, on, since, today));
    let alone = Span {
        from: today,
        to: today,
    };
    zero.map_or(alone, |zero| zero.span())
}

fn attempt_of(
    journal: &Journal,
    number: Option<usize>,
    today: NaiveDate,
) -> Option<NumberedAttempt<'_>> {
    let chosen = number.and_then(|number| journal.attempts.by_number(number));
    chosen.or_else(|| latest(&journal.attempts, today))
}

impl<'a> Hours<'a> {
    /// Those of an attempt, by number, else of the latest one, with the check-ins read for `chosen`.
    pub(crate) fn of(
        journal: &'a Journal,
        attempt: Option<usize>,
        since: Since,
        chosen: Series,
        today: NaiveDate,
    ) -> Result<Self, NoHours> {
        let numbered = attempt_of(journal, attempt, today).ok_or(NoHours::NoAttempt)?;
        let zero = Zero::of(journal, numbered, since, today).ok_or(NoHours::NoDayZero)?;
        if zero.day > today {
            return Err(NoHours::Ahead);
        }
        // What is no part of a check-in has a row of its own, or no hours.
        let series = if chosen.is_rated() {
            chosen
        } else {
            Series::Severity
        };
        let span = zero.span();
        let mut all = Self {
            numbered,
            since: zero.since,
            scale: zero.scale,
            span,
            series,
            entries: Vec::new(),
            left_out: 0,
            day_end: journal.settings.day_end,
        };
        all.read(journal);
        Ok(all)
    }

    fn read(&mut self, journal: &'a Journal) {
        for day in journal.between(self.span.from, self.span.to) {
            for check_in in day.check_ins.iter() {
                let (value, overall) = (self.series.of_check_in(check_in), overall_of(check_in));
                let words = self.words_of(check_in, journal);
                self.add(&check_in.moment, |unit| Timed {
                    unit,
                    sort: Sort::CheckIn,
                    moment: &check_in.moment,
                    value,
                    overall,
                    short: String::new(),
                    words,
                });
            }
        }
        for record in journal.records_between(self.span.from, self.span.to) {
            let Some(moment) = record.moment.as_ref() else {
                continue;
            };
            let Some((sort, cell)) = sort_of(journal, record) else {
                continue;
            };
            let words = summary::line(journal, record);
            self.add(moment, |unit| Timed {
                unit,
                sort,
                moment,
                value: None,
                overall: None,
                short: cell,
                words,
            });
        }
        self.entries
            .order_by_key(|entry| (entry.unit, entry.moment.at_utc));
    }

    fn add(&mut self, moment: &Moment, entry: impl FnOnce(usize) -> Timed<'a>) {
        match self.unit_of(moment) {
            Some(unit) => self.entries.push(entry(unit)),
            // Of the day before the first hour nothing belongs here, with a time or without.
            None if moment.without_time && self.may_hold(moment) => self.left_out += 1,
            None => {}
        }
    }

    /// Whether a day alone may lie in these hours.
    fn may_hold(&self, moment: &Moment) -> bool {
        moment.day >= self.span.from && moment.day <= self.span.to
    }

    /// The hour or part of a moment; `None` without a time, and outside.
    fn unit_of(&self, moment: &Moment) -> Option<usize> {
        let time = moment.given_time()?;
        let unit = match self.scale {
            Scale::Hours(zero) => (moment.at_utc - zero.timestamp()).div_euclid(SECONDS),
            Scale::Parts => {
                let days = (moment.day - self.span.from).num_days();
                let part = match time.hour() {
                    // Behind midnight it is the night of the logical day that goes on.
                    _ if time.num_seconds_from_midnight()
                        < u32::from(self.day_end.minutes()) * 60 =>
                    {
                        3
                    }
                    ..12 => 0,
                    12..18 => 1,
                    _ => 2,
                };
                days * PARTS_A_DAY + part
            }
        };
        let unit = usize::try_from(unit).ok()?;
        (unit < self.scale.units()).then_some(unit)
    }

    /// "severity 62, overall 6"; what there is instead of either.
    fn words_of(&self, check_in: &CheckIn, journal: &Journal) -> String {
        let name = self.series.name(journal).to_lowercase();
        let shown = if self.series.is_index() {
            self.series.shown_in(check_in)
        } else {
            // One answer is a whole number.
            let value = self.series.of_check_in(check_in);
            value.map(|value| self.series.in_files(value).to_string())
        };
        let shown = shown.filter(|_| self.series != Series::Overall);
        let value = shown.map(|value| format!("{name} {value}"));
        let overall = overall_of(check_in);
        let overall = overall.map(|overall| format!("overall {overall}"));
        let parts: Vec<String> = value.into_iter().chain(overall).collect();
        if !parts.is_empty() {
            return parts.join(", ");
        }
        match check_in.answered() {
            0 => "a note".to_owned(),
            n => words::count(n, "rating", "ratings"),
        }
    }

    /// The hour or part under the cursor.
    pub(crate) fn cursor(&self, place: Place) -> usize {
        let last = self.entries.last().map_or(0, |entry| entry.unit);
        place.unit.unwrap_or(last).min(self.scale.units() - 1)
    }

    /// The next hour with an entry after `from`.
    pub(crate) fn after(&self, from: usize) -> Option<usize> {
        self.entries
            .iter()
            .map(|entry| entry.unit)
            .find(|unit| *unit > from)
    }

    /// The next one before it.
    pub(crate) fn before(&self, from: usize) -> Option<usize> {
        let units = self.entries.iter().rev().map(|entry| entry.unit);
        units.into_iter().find(|unit| *unit < from)
    }

    /// The entries of an hour or part.
    pub(crate) fn on(&self, unit: usize) -> impl Iterator<Item = &Timed<'a>> {
        self.entries.iter().filter(move |entry| entry.unit == unit)
    }

    /// The logical day under an hour or part.
    pub(crate) fn day_of(&self, unit: usize) -> NaiveDate {
        if let Some(entry) = self.on(unit).next() {
            return entry.moment.day;
        }
        match self.scale {
            Scale::Hours(_) => self.date_of(unit),
            Scale::Parts => {
                let days = Days::new((unit / PARTS.len()) as u64);
                self.span
                    .from
                    .checked_add_days(days)
                    .unwrap_or(self.span.from)
            }
        }
    }

    /// The date on the calendar in which an hour begins.
    pub(crate) fn date_of(&self, unit: usize) -> NaiveDate {
        match self.scale {
            Scale::Hours(zero) => {
                let hours = TimeDelta::hours(i64::try_from(unit).unwrap_or(0));
                (zero + hours).date_naive()
            }
            Scale::Parts => self.day_of(unit),
        }
    }

    /// "14 h", "Fri 6 Nov, evening".
    pub(crate) fn name_of(&self, unit: usize) -> String {
        match self.scale {
            Scale::Hours(_) => format!("{unit} h"),
            Scale::Parts => format!(
                "{}, {}",
                words::short_day(self.day_of(unit)),
                PARTS[unit % PARTS.len()]
            ),
        }
    }

    /// The highest value of a check-in.
    pub(crate) fn highest(&self) -> f64 {
        let values = self.entries.iter().filter_map(|entry| entry.value);
        values.fold(0.0, f64::max)
    }

    /// How many entries there are of a sort.
    pub(crate) fn count(&self, sort: Sort) -> usize {
        self.entries
            .iter()
            .filter(|entry| entry.sort == sort)
            .count()
    }

    /// "since the dose of Thu 5 Nov 21:30"; "from Thu 5 Nov on, by part of the day".
    pub(crate) fn counted(&self, manner: Manner) -> String {
        match self.scale {
            Scale::Hours(zero) => format!(
                "since the {}dose of {} {}",
                if self.since == Since::LastDose {
                    "last "
                } else {
                    ""
                },
                words::short_day(zero.date_naive()),
                manner.time(zero.time())
            ),
            Scale::Parts => format!(
                "from {} on, by part of the day",
                words::short_day(self.span.from)
            ),
        }
    }

    /// Why there are parts and no hours, where there are.
    pub(crate) fn why_parts(&self) -> Option<&'static str> {
        (self.scale == Scale::Parts)
            .then_some("The hour of last use is not known, so the days are in their parts.")
    }

    /// What was left out, in a sentence.
    pub(crate) fn left_out_words(&self) -> Option<String> {
        let text = match self.left_out {
            0 => return None,
            1 => "1 entry without a time is left out.".to_owned(),
            n => format!("{n} entries without a time are left out."),
        };
        Some(text)
    }
}

fn overall_of(check_in: &CheckIn) -> Option<u8> {
    check_in
        .overall
        .map(crate::domain::check_in::Overall::number)
}

/// What a record is here, and what stands of it in a row.
fn sort_of(journal: &Journal, record: &Record) -> Option<(Sort, String)> {
    if let Some(dose) = Dose::of(record) {
        return Some((Sort::Dose, dose.text()));
    }
    if let Some(urge) = Urge::of(record) {
        return Some((Sort::Urge, urge.strength.to_string()));
    }
    if is_sleep(record) {
        return Some((Sort::Sleep, hours(record).to_string()));
    }
    let taken = Intake::of(record).filter(Intake::is_taken)?;
    Some((Sort::Medicine, summary::title(journal, taken.record)))
}
