//! A made-up journal for trying the program, for pictures and for benchmarks.
//!
//! Invariant: equal plans and moments give equal journals. No entry but the next visit lies after now. The course is invented
//! and says nothing about how long withdrawal takes.

mod care;
mod course;
mod notes;

use super::attempt::{Attempt, Ending, Method};
use super::check_in::catalogue::Category;
use super::check_in::rating::Rating;
use super::check_in::severity::Totals;
use super::check_in::symptom::{Severity, Symptom, SymptomKey, Symptoms};
use super::check_in::{CheckIn, Overall};
use super::id::IdSource;
use super::journal::change::{Change, Switch};
use super::time::{DayEnd, Moment, Now};
use crate::domain::order::Ordered;
use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Weekday};
use course::{Course, Level};
use fastrand::Rng;

/// The length and the seed of a made-up journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Days up to now's logical day, at least 1.
    pub days: u32,
    /// Equal seeds give equal journals.
    pub seed: u64,
    /// Check-ins on every single day, with entries of the other kinds beside each; `None`: as a person keeps a journal.
    pub a_day: Option<u32>,
}

impl Plan {
    /// A journal as a person keeps it.
    pub const fn usual(days: u32, seed: u64) -> Self {
        Self {
            days,
            seed,
            a_day: None,
        }
    }
}

/// The hours of `count` entries, spread over a day.
fn hours(count: u32) -> impl Iterator<Item = u32> {
    (0..count).map(move |nth| 7 + nth * 15 / count.max(1))
}

/// The changes that fill an empty journal.
pub fn changes(plan: Plan, now: &Now) -> Vec<Change> {
    let day_end = DayEnd::default();
    let today = now.today(day_end);
    let days = plan.days.max(1);
    let first = today
        .checked_sub_days(Days::new(u64::from(days) - 1))
        .unwrap_or(NaiveDate::MIN);
    // The order of every call on `rng` is part of the result: tests and pictures depend on the bytes of a seed.
    let mut rng = Rng::with_seed(plan.seed);
    let mut ids = IdSource::new(rng.u64(..));
    let course = Course::new(days);
    let mut changes: Vec<Change> = attempts(&course, first, now, &mut ids)
        .map(Change::RecordAttempt)
        .collect();
    let symptoms = with_own(&mut changes, now, &mut ids);
    let mut writer = CheckInWriter {
        // Everybody has symptoms of their own: from about half to a little over the general level.
        weights: symptoms.iter().map(|_| 0.55 + rng.f64() * 0.75).collect(),
        mood: 0.0,
        symptoms,
        now,
        day_end,
        ids,
        rng,
    };
    for offset in 0..days {
        let Some(day) = first.checked_add_days(Days::new(u64::from(offset))) else {
            break;
        };
        let level = course.level(offset);
        if let Some(count) = plan.a_day {
            let check_ins = hours(count).filter_map(|hour| writer.check_in(day, hour, level));
            let check_ins: Vec<CheckIn> = check_ins.collect();
            changes.extend(check_ins.into_iter().map(Change::RecordCheckIn));
            continue;
        }
        if !course.is_missing(offset, is_weekend(day), &mut writer.rng) {
            changes.extend(
                writer
                    .day(day, level)
                    .into_iter()
                    .map(Change::RecordCheckIn),
            );
        }
    }
    changes.extend(care::changes(plan, &course, first, now));
    changes
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

fn attempts<'a>(
    course: &'a Course,
    first: NaiveDate,
    now: &'a Now,
    ids: &'a mut IdSource,
) -> impl Iterator<Item = Attempt> + 'a {
    let on = move |offset: u32| {
        first
            .checked_add_days(Days::new(u64::from(offset)))
            .unwrap_or(first)
    };
    let each = [
        (
            Method::Stop,
            "the first try",
            "see whether I can",
            Ending::SetAside,
        ),
        (
            Method::Taper,
            "slower this time",
            "wake up rested",
            Ending::Ended,
        ),
        (
            Method::Taper,
            "autumn",
            "enough money and calm for a trip to the sea",
            Ending::Ended,
        ),
    ];
    // A short journal has only the last attempt.
    let stories = each.into_iter().skip(each.len() - course.stretches.len());
    course
        .stretches
        .iter()
        .zip(stories)
        .map(move |(stretch, (method, name, goal, ending))| Attempt {
            id: ids.next(now.at),
            began: on(stretch.began),
            day_zero: Some(on(stretch.day_zero)),
            method,
            name: Some(name.to_owned()),
            goal: Some(goal.to_owned()),
            ended: stretch.ended.map(|offset| (on(offset), ending)),
        })
}

/// Adds an own symptom and switches on one of the catalogue. Returns the rated symptoms of the later journal.
fn with_own(changes: &mut Vec<Change>, now: &Now, ids: &mut IdSource) -> Vec<Symptom> {
    let built_in = Symptoms::built_in();
    let mut rated: Vec<Symptom> = built_in.rated().cloned().collect();
    if let Some(extra) = built_in.find("restless_legs").filter(|s| !s.rated) {
        changes.push(Change::SwitchSymptom {
            symptom: extra.key,
            to: Switch::On,
        });
        rated.push(extra.clone());
    }
    let name = "Jaw tension";
    let code = built_in.own_code(name);
    changes.push(Change::AddSymptom {
        key: None,
        id: ids.next(now.at),
        code: code.clone(),
        name: name.to_owned(),
        category: Category::Physical,
    });
    // The store numbers the built-in symptoms from 1 on, and the first own symptom gets the next number.
    let key = built_in.iter().map(|s| s.key.0).max().unwrap_or(0) + 1;
    rated.push(Symptom {
        key: SymptomKey(key),
        code,
        name: name.to_owned(),
        category: Category::Physical,
        origin: super::check_in::symptom::Origin::Own,
        rated: true,
    });
    rated
}

/// Writes the check-ins of the made-up person.
struct CheckInWriter<'a> {
    symptoms: Vec<Symptom>,
    /// How strongly this person has each symptom.
    weights: Vec<f64>,
    /// The mood of the day, which depends on that of yesterday: about -0.2 to 0.2.
    mood: f64,
    now: &'a Now,
    day_end: DayEnd,
    ids: IdSource,
    rng: Rng,
}

impl CheckInWriter<'_> {
    fn chance(&mut self, of: f64) -> bool {
        self.rng.f64() < of
    }

    /// A random number around 0, within ±1: the sum of two, so that small ones are more frequent.
    fn swing(&mut self) -> f64 {
        self.rng.f64() + self.rng.f64() - 1.0
    }

    /// The check-ins of one day: mostly one, sometimes two. None lies after now.
    fn day(&mut self, day: NaiveDate, level: Level) -> Vec<CheckIn> {
        self.mood = self.mood * 0.6 + self.swing() * 0.09;
        let mut times = vec![if self.chance(0.7) { (21, 0) } else { (8, 0) }];
        if self.chance(0.09) {
            times = vec![(8, 0), (20, 0)];
        }
        let each: Vec<_> = times
            .into_iter()
            .filter_map(|(hour, _)| self.check_in(day, hour, level))
            .collect();
        each
    }

    fn check_in(&mut self, day: NaiveDate, hour: u32, level: Level) -> Option<CheckIn> {
        let (minute, drift) = (self.rng.u32(0..60), self.rng.u32(0..2));
        // Some check-ins are after midnight and count for the evening before, so that the day end can be seen at work.
        let after_midnight = hour > 12 && self.chance(0.04);
        let (date, hour) = if after_midnight {
            (day.succ_opt()?, drift)
        } else {
            (day, hour + drift)
        };
        let at = date.and_time(NaiveTime::from_hms_opt(hour, minute, 0)?);
        let at = self.now.zone.resolve(at).at;
        let is_written_later = self.chance(0.05);
        let written_at = self.written_at(at, is_written_later)?;
        let note = self.chance(0.24).then(|| notes::pick(level, &mut self.rng));
        let hard = level.overall();
        let is_brief = self.chance(if hard > 0.55 { 0.22 } else { 0.06 });
        let overall = (is_brief || self.chance(0.8))
            .then(|| self.overall(hard))
            .flatten();
        let ratings = if is_brief {
            Vec::new()
        } else {
            self.ratings(level)
        };
        let symptoms = Symptoms::new(self.symptoms.clone());
        Some(CheckIn {
            id: self.ids.next(written_at),
            moment: Moment::on_day(
                day,
                at,
                &Now {
                    at: written_at,
                    ..self.now.clone()
                },
                self.day_end,
            ),
            totals: Totals::of(&ratings, &symptoms),
            ratings: ratings.into(),
            overall,
            note: note.map(Into::into),
            edited_utc: None,
        })
        .filter(|check_in| check_in.answered() > 0 || check_in.overall.is_some())
    }

    /// The moment of writing: at once, or on the next day. `None` if it lies after now.
    fn written_at(
        &self,
        at: DateTime<FixedOffset>,
        is_written_later: bool,
    ) -> Option<DateTime<FixedOffset>> {
        let later = at + TimeDelta::hours(14);
        let written_at = if is_written_later && later <= self.now.at {
            later
        } else {
            at
        };
        (written_at <= self.now.at).then_some(written_at)
    }

    fn overall(&mut self, hard: f64) -> Option<Overall> {
        let number = hard * 9.0 + self.mood * 8.0 + self.swing();
        Overall::new(whole(number, Overall::TOP))
    }

    fn ratings(&mut self, level: Level) -> Vec<Rating> {
        // As people do: some stop after a third of the form, some answer the second half "as last time".
        let stops_early = self.chance(0.04);
        let takes_over = self.chance(0.05);
        let count = self.symptoms.len();
        let mut ratings = Vec::with_capacity(count);
        for at in 0..count {
            let (key, category) = (self.symptoms[at].key, self.symptoms[at].category);
            let base = match category {
                Category::Physical => level.body,
                Category::Psychological => level.mind,
            };
            let value = (base * self.weights[at] + self.mood) * 4.0 + self.swing() * 0.8;
            let is_blank = self.chance(0.02) || (stops_early && at > count / 3);
            let answer = if is_blank {
                None
            } else {
                Severity::new(whole(value, Severity::TOP))
            };
            ratings.push(Rating {
                symptom: key,
                answer,
                copied: answer.is_some() && takes_over && at > count / 2,
            });
        }
        ratings.order_by_key(|rating| rating.symptom);
        ratings
    }
}

/// The nearest whole number from 0 to `top`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 0..=top before"
)]
fn whole(value: f64, top: u8) -> u8 {
    super::text::round::round(value, 0).clamp(0.0, f64::from(top)) as u8
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use crate::domain::record::kind::Kind;
    use crate::domain::time::Zone;
    use std::collections::BTreeSet;

    fn now() -> Now {
        let at = DateTime::parse_from_rfc3339("2026-11-22T22:30:00-05:00").unwrap();
        Now::new(at.to_utc(), Zone::fixed(*at.offset()))
    }

    fn made(days: u32, seed: u64) -> Vec<Change> {
        changes(Plan::usual(days, seed), &now())
    }

    fn check_ins(changes: &[Change]) -> Vec<&CheckIn> {
        let each = changes.iter().filter_map(|change| match change {
            Change::RecordCheckIn(check_in) => Some(check_in),
            _ => None,
        });
        each.collect()
    }

    #[test]
    fn equal_seeds_give_equal_journals_and_others_differ() {
        assert_eq!(made(90, 3), made(90, 3));
        assert_ne!(made(90, 3), made(90, 4));
    }

    #[test]
    fn a_heavy_journal_has_so_many_check_ins_on_every_day_and_all_kinds_beside_them() {
        let plan = Plan {
            a_day: Some(4),
            ..Plan::usual(30, 1)
        };
        let made = changes(plan, &now());
        let check_ins = check_ins(&made);
        // The last day goes on after now.
        assert!(
            check_ins.len() >= 29 * 4 && check_ins.len() <= 30 * 4,
            "{}",
            check_ins.len()
        );
        for kind in [
            Kind::Dose,
            Kind::Urge,
            Kind::Intake,
            Kind::Practice,
            Kind::Measurement,
        ] {
            let of_kind =
                |change: &&Change| matches!(change, Change::Record(record) if record.kind == kind);
            let count = made.iter().filter(of_kind).count();
            assert!(count >= 29, "{kind:?}: {count}");
        }
    }

    #[test]
    fn a_year_has_what_a_journal_has() {
        let changes = made(365, 1);
        let check_ins = check_ins(&changes);
        let days: BTreeSet<_> = check_ins.iter().map(|c| c.moment.day).collect();
        let attempts = changes
            .iter()
            .filter(|c| matches!(c, Change::RecordAttempt(_)))
            .count();
        assert_eq!(attempts, 3);
        assert!((260..350).contains(&days.len()), "{} days", days.len());
        assert!(check_ins.len() > days.len(), "some days have two");
        assert!(check_ins.iter().any(|c| c.is_brief()));
        assert!(check_ins.iter().any(|c| c.moment.late));
        assert!(check_ins.iter().any(|c| c.note.is_some()));
        assert!(check_ins.iter().any(|c| c.ratings.iter().any(|r| r.copied)));
        let last = *days.last().unwrap();
        assert!((now().today(DayEnd::default()) - last).num_days() <= 1);
    }

    #[test]
    fn nothing_lies_after_now_and_nothing_is_wholly_blank() {
        for (days, seed) in [(1, 1), (2, 5), (29, 2), (30, 3), (400, 9)] {
            let changes = made(days, seed);
            for check_in in check_ins(&changes) {
                assert!(check_in.moment.at() <= now().at);
                assert!(check_in.answered() > 0 || check_in.overall.is_some());
            }
        }
    }
}
