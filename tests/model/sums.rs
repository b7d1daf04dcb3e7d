//! Day values, windows of days and what is said of two of them, as the description of the product has it.

use super::journal::{Attempt, CORE, CheckIn, Journal, PRODUCTS, Record, What};
use super::number::Number;
use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use std::collections::BTreeSet;

/// What stands over days as one number a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    Severity,
    Body,
    Mind,
    Overall,
    Symptom(&'static str),
    Measure(&'static str),
    Urges,
    Doses,
    Amount(&'static str),
}

/// The first and the last day, both within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Span {
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.from.iter_days().take_while(move |day| *day <= self.to)
    }

    pub fn len(self) -> usize {
        self.days().count()
    }

    pub fn earlier(self, days: u64) -> Self {
        let back = |day: NaiveDate| day - Days::new(days);
        Self {
            from: back(self.from),
            to: back(self.to),
        }
    }
}

/// Days on which both a smaller and a larger number of days are too few to compare.
pub const NEEDED: usize = 4;

pub enum Comparison {
    Change {
        before: Number,
        now: Number,
    },
    TooFew,
    /// The only day 0 that lies between, and the same days of an attempt before.
    Across {
        day_zero: Option<NaiveDate>,
        same: Option<SameDays>,
    },
}

/// The same days of an earlier attempt.
pub struct SameDays {
    pub attempt: usize,
    pub days: (i64, i64),
    pub n: usize,
    pub then: Number,
    pub now: Number,
}

impl Series {
    /// The word for it on the command line and in JSON.
    pub fn code(self) -> String {
        match self {
            Self::Severity => "severity".to_owned(),
            Self::Body => "body".to_owned(),
            Self::Mind => "mind".to_owned(),
            Self::Overall => "overall".to_owned(),
            Self::Symptom(code) | Self::Measure(code) => code.to_owned(),
            Self::Urges => "urges".to_owned(),
            Self::Doses => "doses".to_owned(),
            Self::Amount(product) => format!("amount_{product}"),
        }
    }

    /// What is counted, not averaged.
    pub const fn is_event(self) -> bool {
        matches!(self, Self::Urges | Self::Doses | Self::Amount(_))
    }

    /// The core items behind an index.
    pub fn items(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Severity => Some(&CORE),
            Self::Body => Some(&CORE[..10]),
            Self::Mind => Some(&CORE[10..]),
            _ => None,
        }
    }

    /// How many decimals its means have on screen; amounts have their own.
    pub fn decimals(self) -> Option<u32> {
        match self {
            Self::Severity | Self::Body | Self::Mind => Some(0),
            Self::Amount(_) | Self::Measure("fluids" | "weight") => None,
            _ => Some(1),
        }
    }

    /// Its value in one check-in.
    pub fn in_check_in(self, check_in: &CheckIn) -> Option<Number> {
        match self {
            Self::Overall => check_in.overall.map(|n| Number::whole(n.into())),
            Self::Symptom(code) => check_in.answer(code).map(|n| Number::whole(n.into())),
            _ => {
                let items = self.items()?;
                let answers: Vec<Number> = items
                    .iter()
                    .filter_map(|code| check_in.answer(code))
                    .map(|answer| Number::whole(answer.into()))
                    .collect();
                let is_half = answers.len() * 2 >= items.len();
                is_half
                    .then(|| Number::mean(&answers))
                    .flatten()
                    .map(|mean| mean.times(25))
            }
        }
    }
}

impl Journal {
    pub fn check_ins_of(&self, day: NaiveDate) -> impl Iterator<Item = &CheckIn> {
        self.check_ins.iter().filter(move |on| on.moment.day == day)
    }

    pub fn records_of(&self, day: NaiveDate) -> impl Iterator<Item = &Record> {
        self.records.iter().filter(move |on| on.moment.day == day)
    }

    /// Every day that has an entry of any kind.
    pub fn days_recorded(&self) -> BTreeSet<NaiveDate> {
        let check_ins = self.check_ins.iter().map(|on| on.moment.day);
        check_ins
            .chain(self.records.iter().map(|on| on.moment.day))
            .collect()
    }

    /// Distinct items of `among` that were answered on a day, over its check-ins.
    pub fn answered(&self, day: NaiveDate, among: &[&'static str]) -> usize {
        let is_answered = |code: &str| self.check_ins_of(day).any(|on| on.answer(code).is_some());
        among.iter().filter(|code| is_answered(code)).count()
    }

    /// The day value of a series; none where nothing has one.
    pub fn value(&self, series: Series, day: NaiveDate) -> Option<Number> {
        let amounts = |wanted: &dyn Fn(&What) -> Option<i64>| -> Vec<Number> {
            let all = self.records_of(day).filter_map(|on| wanted(&on.what));
            all.map(Number::thousandths).collect()
        };
        let total = |all: &[Number]| (!all.is_empty()).then(|| Number::sum(all));
        match series {
            Series::Urges => total(&amounts(&|what| {
                matches!(what, What::Urge(_)).then_some(1000)
            })),
            Series::Doses => {
                let count = |what: &What| matches!(what, What::Dose(..)).then_some(1000);
                let none = |what: &What| matches!(what, What::Without(_)).then_some(0);
                total(&amounts(&|what| count(what).or(none(what))))
            }
            Series::Amount(product) => total(&amounts(&|what| match what {
                What::Dose(of, amount) if *of == product => Some(*amount),
                What::Without(of) if *of == product => Some(0),
                _ => None,
            })),
            Series::Measure(code) => {
                let all = amounts(&|what| match what {
                    What::Measured(of, value) if *of == code => Some(*value),
                    _ => None,
                });
                // Sleep and fluids of a day add up; of anything else it is the mean.
                match code {
                    "sleep_hours" | "fluids" => total(&all),
                    _ => Number::mean(&all),
                }
            }
            _ => {
                let values = self
                    .check_ins_of(day)
                    .filter_map(|on| series.in_check_in(on));
                Number::mean(&values.collect::<Vec<_>>())
            }
        }
    }

    pub fn values(&self, series: Series, span: Span) -> Vec<Number> {
        span.days()
            .filter_map(|day| self.value(series, day))
            .collect()
    }

    /// The highest value of a day's check-ins, where two or more have one; of an index only those with 14 of 18 answered.
    pub fn worst(&self, series: Series, day: NaiveDate) -> Option<Number> {
        let is_whole = |on: &&CheckIn| {
            let n = CORE.iter().filter(|code| on.answer(code).is_some()).count();
            series.items().is_none() || n >= 14
        };
        let each = self.check_ins_of(day).filter(is_whole);
        let values: Vec<Number> = each.filter_map(|on| series.in_check_in(on)).collect();
        (values.len() >= 2)
            .then(|| values.into_iter().max())
            .flatten()
    }

    /// Whether an index of a day is one from a part: fewer than 14 of 18 were answered. Body and Mind have a value from 5 and 4 on.
    pub fn is_in_part(&self, day: NaiveDate) -> bool {
        self.answered(day, &CORE) < 14
    }

    /// The attempts in their order, with the number of each.
    pub fn numbered(&self) -> Vec<(usize, &Attempt)> {
        let mut all: Vec<&Attempt> = self.attempts.iter().collect();
        all.sort_by(|a, b| (a.began, &a.id).cmp(&(b.began, &b.id)));
        (1..).zip(all).collect()
    }

    /// The attempt that a day belongs to.
    pub fn attempt_on(&self, day: NaiveDate) -> Option<(usize, &Attempt)> {
        let numbered = self.numbered();
        let (number, attempt) = numbered.into_iter().rfind(|(_, on)| on.began <= day)?;
        let is_over = attempt.ended.is_some_and(|last| last < day);
        (!is_over).then_some((number, attempt))
    }

    pub fn attempt_day(&self, day: NaiveDate) -> Option<i64> {
        let (_, attempt) = self.attempt_on(day)?;
        attempt.day_zero.map(|zero| (day - zero).num_days())
    }

    /// The last day 0 that lies between these days; as a day 0 counts as after, the first day itself is none.
    fn day_zero_within(&self, span: Span) -> Option<(usize, NaiveDate)> {
        let zeros = self
            .numbered()
            .into_iter()
            .filter_map(|(n, on)| Some((n, on.day_zero?)));
        let within = zeros.filter(|(_, zero)| *zero > span.from && *zero <= span.to);
        within.max_by_key(|(_, zero)| *zero)
    }

    pub fn crosses_day_zero(&self, span: Span) -> bool {
        self.day_zero_within(span).is_some()
    }

    pub fn compare(&self, series: Series, before: Span, now: Span) -> Comparison {
        let whole = Span {
            from: before.from,
            to: now.to,
        };
        if let Some((number, day_zero)) = self.day_zero_within(whole) {
            let same = self.same_days(series, number, day_zero, now);
            let zeros = self.attempts.iter().filter_map(|on| on.day_zero);
            let within = zeros.filter(|zero| *zero > whole.from && *zero <= whole.to);
            let day_zero = (within.count() == 1).then_some(day_zero);
            return Comparison::Across { day_zero, same };
        }
        let [before, now] = [before, now].map(|span| self.values(series, span));
        if before.len() < NEEDED || now.len() < NEEDED {
            return Comparison::TooFew;
        }
        let [before, now] = [before, now].map(|all| Number::mean(&all).unwrap());
        Comparison::Change { before, now }
    }

    /// The attempt days of a window, up to today's, on which this attempt and the one before it have a value.
    fn same_days(
        &self,
        series: Series,
        number: usize,
        day_zero: NaiveDate,
        now: Span,
    ) -> Option<SameDays> {
        let numbered = self.numbered();
        let earlier = numbered
            .into_iter()
            .rfind(|(n, on)| *n < number && on.day_zero.is_some());
        let (attempt, earlier) = earlier?;
        let then_zero = earlier.day_zero?;
        let last = now.to.min(self.today);
        let mut pairs: Vec<(i64, Number, Number)> = Vec::new();
        for day in now
            .from
            .max(day_zero)
            .iter_days()
            .take_while(|day| *day <= last)
        {
            let n = (day - day_zero).num_days();
            let then = then_zero + TimeDelta::days(n);
            let is_of = |day, number| self.attempt_on(day).is_some_and(|(of, _)| of == number);
            if !is_of(day, number) || !is_of(then, attempt) {
                continue;
            }
            let values = self.value(series, then).zip(self.value(series, day));
            pairs.extend(values.map(|(then, now)| (n, then, now)));
        }
        if pairs.len() < NEEDED {
            return None;
        }
        let of = |which: fn(&(i64, Number, Number)) -> Number| -> Number {
            Number::mean(&pairs.iter().map(which).collect::<Vec<_>>()).unwrap()
        };
        Some(SameDays {
            attempt,
            days: (pairs.first()?.0, pairs.last()?.0),
            n: pairs.len(),
            then: of(|pair| pair.1),
            now: of(|pair| pair.2),
        })
    }

    /// The running week and the same weekdays of the one before.
    pub fn weeks(&self) -> (Span, Span) {
        let back = Days::new(self.today.weekday().num_days_from_monday().into());
        let now = Span {
            from: self.today - back,
            to: self.today,
        };
        (now.earlier(7), now)
    }

    /// The last 7 days and the 7 before.
    pub fn lately(&self) -> (Span, Span) {
        let now = Span {
            from: self.today - Days::new(6),
            to: self.today,
        };
        (now.earlier(7), now)
    }

    /// The median of the 7 days around a day, at least 4 values; none where they reach past today or across a day 0.
    pub fn median_7(&self, series: Series, day: NaiveDate) -> Option<Number> {
        let around = Span {
            from: day - Days::new(3),
            to: day + Days::new(3),
        };
        let is_drawn = !series.is_event() && self.value(series, day).is_some();
        if !is_drawn || around.to > self.today || self.crosses_day_zero(around) {
            return None;
        }
        let values = self.values(series, around);
        (values.len() >= NEEDED)
            .then(|| Number::median(&values))
            .flatten()
    }

    /// Of the days of a span: those with an event, those with a recorded 0, and those with any entry.
    pub fn event_days(&self, series: Series, span: Span) -> [usize; 3] {
        let recorded = self.days_recorded();
        let of = |is: &dyn Fn(NaiveDate) -> bool| span.days().filter(|day| is(*day)).count();
        let is_with = |day| {
            self.value(series, day)
                .is_some_and(|n| n > Number::whole(0))
        };
        let is_without = |day| self.value(series, day) == Some(Number::whole(0));
        [
            of(&is_with),
            of(&is_without),
            of(&|day| recorded.contains(&day)),
        ]
    }

    pub fn products_used(&self) -> Vec<&'static str> {
        let is_used = |product: &str| {
            let mut all = self.records.iter();
            all.any(|on| matches!(on.what, What::Dose(of, _) if of == product))
        };
        let products = PRODUCTS.iter().map(|(product, _, _)| *product);
        products.filter(|product| is_used(product)).collect()
    }

    pub fn first_day(&self) -> Option<NaiveDate> {
        self.days_recorded().first().copied()
    }
}
