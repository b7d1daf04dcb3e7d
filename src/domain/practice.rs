//! Practices as the person knows them: those of the catalogue and own ones, favourites, the routine of a day.
//!
//! Invariant: a routine is a list of what the person wants to think of. It has no score, and a day without it lacks nothing.

use super::care_list::{CareList, Counted};
use super::journal::Journal;
use super::kind::Kind;
use super::record::Record;
use super::stats::Span;
use chrono::NaiveDate;

/// A practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    /// Its word in files and on the command line: `walking`, `own_cold_plunge`.
    pub code: String,
    /// Its name on screen.
    pub name: String,
    /// The heading it stands under.
    pub heading: String,
    /// How it is counted.
    pub counted: Counted,
    /// What to know or ask, with sources.
    pub caution: Option<String>,
}

/// A practice of the routine on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned<'a> {
    /// What.
    pub practice: Practice,
    /// Those done on the day.
    pub done: Vec<&'a Record>,
}

/// How one felt before and after a practice, over several times.
#[derive(Debug, Clone, PartialEq)]
pub struct Felt {
    /// Which practice.
    pub practice: Practice,
    /// Times with both numbers.
    pub n: usize,
    /// Mean before, 0 to 4.
    pub before: f64,
    /// Mean after, 0 to 4.
    pub after: f64,
}

impl Journal {
    /// Every practice: favourites first, then by heading, own ones last.
    pub fn practices(&self) -> Vec<Practice> {
        let list = CareList::built_in();
        let listed = list.practices.iter().map(|listed| Practice {
            code: listed.code.clone(),
            name: listed.name.clone(),
            heading: list.heading(listed).to_owned(),
            counted: listed.counted,
            caution: listed.caution(),
        });
        let own = self
            .standing(Kind::OwnPractice)
            .into_iter()
            .filter_map(|own| {
                Some(Practice {
                    code: own.about()?.to_owned(),
                    name: own.text("name")?.to_owned(),
                    heading: "Your own".to_owned(),
                    counted: own
                        .text("measure")
                        .and_then(Counted::from_code)
                        .unwrap_or(Counted::Done),
                    caution: None,
                })
            });
        let mut practices: Vec<Practice> = listed.chain(own).collect();
        let favourites = &self.settings.favourite_practices;
        practices.sort_by_key(|practice| !favourites.contains(&practice.code));
        practices
    }

    /// The favourites, then what was done in `span`, the newest first.
    pub fn practices_at_hand(&self, span: Span) -> Vec<Practice> {
        let mut codes: Vec<&str> = self
            .settings
            .favourite_practices
            .iter()
            .map(String::as_str)
            .collect();
        let done = self.records_between(span.from, span.to).rev();
        for code in done
            .filter(|r| r.kind == Kind::Practice)
            .filter_map(Record::about)
        {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        let practices = self.practices();
        let of = |code: &str| {
            practices
                .iter()
                .find(|practice| practice.code == code)
                .cloned()
        };
        codes.into_iter().filter_map(of).collect()
    }

    /// The times of a practice, in order.
    pub fn times_of<'a>(&'a self, code: &'a str) -> impl DoubleEndedIterator<Item = &'a Record> {
        let done = self.records_of(Kind::Practice);
        done.filter(move |record| record.about() == Some(code))
    }

    /// The practice of this code.
    pub fn practice(&self, code: &str) -> Option<Practice> {
        self.practices()
            .into_iter()
            .find(|practice| practice.code == code)
    }

    /// The practice that a person means by `typed`.
    pub fn find_practice(&self, typed: &str) -> Option<Practice> {
        let wanted = typed.trim().to_lowercase();
        let practices = self.practices();
        let exactly = practices
            .iter()
            .find(|practice| practice.code == wanted || practice.name.to_lowercase() == wanted);
        exactly.cloned().or_else(|| {
            let listed = super::near::find(&CareList::built_in().practices, typed)?;
            practices
                .into_iter()
                .find(|practice| practice.code == listed.code)
        })
    }

    /// The person's routine on `date`, in its order.
    pub fn routine_on(&self, date: NaiveDate) -> Vec<Planned<'_>> {
        let routine = self.settings.routine.iter();
        let planned = routine.filter_map(|code| {
            let done = self.records(date).iter();
            let done = done.filter(|r| r.kind == Kind::Practice && r.about() == Some(code));
            Some(Planned {
                practice: self.practice(code)?,
                done: done.collect(),
            })
        });
        planned.collect()
    }

    /// How practices were felt in `span`, before and after, by name; only times that have both.
    pub fn felt_in(&self, span: Span) -> Vec<Felt> {
        let both = |record: &Record| Some((record.whole("before")?, record.whole("after")?));
        let felt = self.practices().into_iter().filter_map(|practice| {
            let records = self.records_between(span.from, span.to);
            let pairs: Vec<(u32, u32)> = records
                .filter(|r| r.kind == Kind::Practice && r.about() == Some(&practice.code))
                .filter_map(both)
                .collect();
            let n = pairs.len();
            let mean = |part: fn(&(u32, u32)) -> u32| {
                pairs.iter().map(|pair| f64::from(part(pair))).sum::<f64>() / n as f64
            };
            (n > 0).then(|| Felt {
                n,
                before: mean(|pair| pair.0),
                after: mean(|pair| pair.1),
                practice,
            })
        });
        felt.collect()
    }
}
