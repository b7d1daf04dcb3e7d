//! The records of the made-up person: doses, medicines, practices, plans and visits.
//!
//! Invariant: they have a random generator of their own, so that a new kind of record does not change the check-ins of a seed.
//! Only the next visit lies after now.

use super::Plan;
use super::course::{AttemptDays, Course};
use super::hours;
use crate::domain::amount::Amount;
use crate::domain::care::measurement::SLEEP_HOURS;
use crate::domain::id::{EntryId, IdSource};
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::Setting;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::record::state::{self, IntakeState};
use crate::domain::taper::action;
use crate::domain::taper::plan::Plan as TaperPlan;
use crate::domain::taper::plans::version_record;
use crate::domain::taper::terms::{Shape, Terms};
use crate::domain::time::{DayEnd, Moment, Now};
use chrono::{Days, NaiveDate, NaiveTime};
use fastrand::Rng;

/// The product of the made-up person.
const PRODUCT: &str = "powder";

/// All changes but those of check-ins and attempts. `first` is the first day of the course.
pub(super) fn changes(plan: Plan, course: &Course, first: NaiveDate, now: &Now) -> Vec<Change> {
    let mut rng = Rng::with_seed(plan.seed ^ 0x0063_6172_6500);
    let ids = IdSource::new(rng.u64(..));
    let mut care = RecordWriter {
        first,
        now,
        day_end: DayEnd::default(),
        ids,
        rng,
        changes: Vec::new(),
    };
    for stretch in &course.stretches {
        care.taper(*stretch);
    }
    if let Some(last) = course.stretches.last() {
        care.standing(*last);
        care.days(course, *last, plan);
    }
    care.changes
}

/// Writes the records of the made-up person.
struct RecordWriter<'a> {
    first: NaiveDate,
    now: &'a Now,
    day_end: DayEnd,
    ids: IdSource,
    rng: Rng,
    changes: Vec<Change>,
}

impl RecordWriter<'_> {
    fn on(&self, offset: u32) -> NaiveDate {
        self.first
            .checked_add_days(Days::new(u64::from(offset)))
            .unwrap_or(self.first)
    }

    fn chance(&mut self, of: f64) -> bool {
        self.rng.f64() < of
    }

    /// A record of `kind` at `hour` of `day`; `None` if that lies after now.
    fn at(&mut self, kind: Kind, about: Option<&str>, day: NaiveDate, hour: u32) -> Option<Record> {
        let time = NaiveTime::from_hms_opt(hour, self.rng.u32(0..60), 0)?;
        let at = self.now.zone.resolve(day.and_time(time)).at;
        if at > self.now.at {
            return None;
        }
        // Written at its own moment, so no record of the demo is late.
        let writing = Now {
            at,
            ..self.now.clone()
        };
        let moment = Moment::on_day(day, at, &writing, self.day_end);
        Some(Record::new(self.ids.next(at), kind, Some(moment), about))
    }

    fn without_day(&mut self, kind: Kind, about: Option<&str>) -> Record {
        Record::new(self.ids.next(self.now.at), kind, None, about)
    }

    fn add(&mut self, record: Record) -> EntryId {
        let id = record.id;
        self.changes.push(Change::Record(record));
        id
    }

    /// The taper before a day 0, with the doses of its days.
    fn taper(&mut self, stretch: AttemptDays) {
        let (began, zero) = (self.on(stretch.began), self.on(stretch.day_zero));
        let days = stretch.day_zero - stretch.began;
        // Too short for steps of four days.
        if days < 10 {
            return;
        }
        let terms = Terms {
            shape: Shape::FixedCut(Amount::from_thousandths(1500)),
            start: Amount::whole(12),
            every_days: 4,
            until: Amount::from_thousandths(1500),
            smallest: Amount::from_thousandths(100),
            split: 3,
            begin: began,
        };
        let Ok(version) = action::start(terms, began) else {
            return;
        };
        let mut plan = TaperPlan {
            id: self.ids.next(self.now.at),
            product: PRODUCT.to_owned(),
            versions: vec![version],
        };
        self.version(&plan);
        for day in began.iter_days().take_while(|day| *day <= zero) {
            // Half way the plan is held for some days, so that a hold can be seen in the charts.
            let is_half_way = (day - began).num_days() == i64::from(days / 2);
            if is_half_way
                && let Some(until) = day.checked_add_days(Days::new(4))
                && let Ok(held) = action::hold(&plan, day, Some(until))
            {
                plan.versions.push(held);
                self.version(&plan);
            }
            self.doses(day, plan.target_on(day).unwrap_or_default());
        }
        if let Some(after) = zero.succ_opt()
            && let Ok(ended) = action::end(&plan, after)
        {
            plan.versions.push(ended);
            self.version(&plan);
        }
    }

    fn version(&mut self, plan: &TaperPlan) {
        if let Some(version) = plan.versions.last() {
            let id = self.ids.next(self.now.at);
            self.add(version_record(id, plan.id, &plan.product, version));
        }
    }

    /// Three doses around the day's amount.
    fn doses(&mut self, day: NaiveDate, amount: Amount) {
        for hour in [8, 14, 20] {
            // Whole tenths of a gram, as a small scale shows them.
            let third = amount.thousandths() / 3 / 100 * 100;
            let off = self.rng.i64(-2..=2) * 100;
            let dose = Amount::from_thousandths((third + off).max(100));
            self.dose(day, hour, dose);
        }
    }

    fn dose(&mut self, day: NaiveDate, hour: u32, amount: Amount) {
        if let Some(dose) = self.at(Kind::Dose, Some(PRODUCT), day, hour) {
            self.add(
                dose.with_number(key::AMOUNT, amount)
                    .with_text(key::UNIT, "g"),
            );
        }
    }

    /// The records without a day, most of them from the last attempt.
    fn standing(&mut self, last: AttemptDays) {
        let zero = self.on(last.day_zero).to_string();
        let therapy = self
            .without_day(Kind::Treatment, Some("therapy_individual"))
            .with_text(key::NAME, "with M. Okafor")
            .with_text(key::START, &self.on(last.began).to_string());
        self.add(therapy);
        let friend = self
            .without_day(Kind::Contact, None)
            .with_text(key::NAME, "Sam")
            .with_text(key::ROLE, "friend")
            .with_text(key::CONTACT, "calls back in the evening");
        self.add(friend);
        let reason = self
            .without_day(Kind::Reason, None)
            .with_text(key::TEXT, "waking up rested");
        self.add(reason);
        let ibuprofen = self
            .without_day(Kind::Medication, Some("ibuprofen"))
            .with_text(key::NAME, "Ibuprofen")
            .with_text(key::PRESCRIBED, "as on the label, for aches")
            .with_text(key::START, &zero)
            .with_number(key::MOST, Amount::whole(3))
            .with_number(key::GAP, Amount::whole(6));
        self.add(ibuprofen);
        let routine = ["walking", "deep_breathing", "fruit_veg"].map(str::to_owned);
        self.changes
            .push(Change::Set(Setting::Routine(routine.to_vec())));
    }

    /// The records of all days, in order.
    fn days(&mut self, course: &Course, last: AttemptDays, plan: Plan) {
        let days = plan.days.max(1);
        let zero = self.on(last.day_zero);
        let clonidine = self
            .without_day(Kind::Medication, Some("clonidine"))
            .with_text(key::NAME, "Clonidine")
            .with_text(key::PRESCRIBED, "as Dr Lee wrote it, evenings")
            .with_text(key::START, &zero.to_string());
        let clonidine = self.add(clonidine).to_string();
        for offset in 0..days {
            let (day, level) = (self.on(offset), course.level(offset));
            let hard = level.overall();
            if self.chance(0.8) {
                let hours = (8.0 - hard * 5.0 + (self.rng.f64() - 0.5) * 1.6).clamp(2.0, 10.0);
                // Harder days have shorter nights; in half hours, as people note them.
                self.measurement(
                    day,
                    8,
                    SLEEP_HOURS,
                    Amount::nearest((hours * 2.0).round() / 2.0),
                    "h",
                );
            }
            if offset % 7 == 3 {
                let weight = 71.0 - hard * 3.0 + self.rng.f64();
                self.measurement(
                    day,
                    9,
                    "weight",
                    Amount::nearest((weight * 10.0).round() / 10.0),
                    "kg",
                );
            }
            for hour in hours(plan.a_day.unwrap_or(0)) {
                self.dose(day, hour, Amount::from_thousandths(1000));
                self.urge(day, hard);
                self.walk(day, hard);
                self.intake(day, &clonidine);
            }
            self.walk(day, hard);
            if level.since_zero.is_some() && self.chance(hard * 0.6) {
                self.urge(day, hard);
            }
            if day >= zero {
                self.intake(day, &clonidine);
            }
            // One use after day 0, so that it can be seen that the attempt goes on.
            if day == self.on(last.day_zero + 6) && offset > last.day_zero {
                self.dose(day, 19, Amount::from_thousandths(1500));
            }
        }
        self.visits(last, days);
    }

    fn measurement(&mut self, day: NaiveDate, hour: u32, code: &str, value: Amount, unit: &str) {
        if let Some(record) = self.at(Kind::Measurement, Some(code), day, hour) {
            self.add(
                record
                    .with_number(key::VALUE, value)
                    .with_text(key::UNIT, unit),
            );
        }
    }

    fn walk(&mut self, day: NaiveDate, hard: f64) {
        if !self.chance(0.45) {
            return;
        }
        let before = if hard > 0.45 { 3 } else { 2 };
        let after = before - u32::from(self.chance(0.7));
        let minutes = Amount::whole(self.rng.u32(2..9) * 5);
        if let Some(walk) = self.at(Kind::Practice, Some("walking"), day, 17) {
            let walk = walk.with_number(key::MINUTES, minutes);
            let walk = walk.with_number(key::BEFORE, Amount::whole(before));
            self.add(walk.with_number(key::AFTER, Amount::whole(after)));
        }
    }

    fn urge(&mut self, day: NaiveDate, hard: f64) {
        let hour = [9, 16, 19, 22][self.rng.usize(0..4)];
        let strength = if hard > 0.5 {
            self.rng.u32(2..5)
        } else {
            self.rng.u32(1..4)
        };
        let trigger = ["stress", "boredom", "evening habit", "pain"][self.rng.usize(0..4)];
        let helped = ["a walk", "calling Sam", "a bath", ""][self.rng.usize(0..4)];
        if let Some(urge) = self.at(Kind::Urge, None, day, hour) {
            let urge = urge.with_number(key::STRENGTH, Amount::whole(strength));
            self.add(
                urge.with_text(key::TRIGGER, trigger)
                    .with_text(key::HELPED, helped),
            );
        }
    }

    fn intake(&mut self, day: NaiveDate, medication: &str) {
        let state = if self.chance(0.9) {
            IntakeState::Taken
        } else {
            IntakeState::Skipped
        };
        if let Some(intake) = self.at(Kind::Intake, Some(medication), day, 20) {
            self.add(intake.with_text(key::STATE, state.code()));
        }
    }

    /// A past visit with its outcome, and a future visit with two questions.
    fn visits(&mut self, last: AttemptDays, days: u32) {
        let past = self.on(last.day_zero + 3);
        if let Some(visit) = self.at(Kind::Appointment, Some("doctor_visit"), past, 10) {
            let visit = visit.with_text(key::WITH, "Dr Lee");
            self.add(visit.with_text(
                key::OUTCOME,
                "blood pressure looked at; come back in three weeks",
            ));
        }
        let next = self.on(days + 1);
        let ten = NaiveTime::from_hms_opt(10, 0, 0).unwrap_or_default();
        let at = self.now.zone.resolve(next.and_time(ten)).at;
        let moment = Moment::on_day(next, at, self.now, self.day_end);
        let visit = Record::new(
            self.ids.next(self.now.at),
            Kind::Appointment,
            Some(Moment {
                late: false,
                ..moment
            }),
            Some("doctor_visit"),
        );
        let visit = self.add(visit.with_text(key::WITH, "Dr Lee")).to_string();
        let today = self.on(days - 1);
        for (ago, text) in [
            (2, "is the restlessness at night to be expected?"),
            (1, "when to look at the blood pressure again?"),
        ] {
            let day = today.checked_sub_days(Days::new(ago)).unwrap_or(today);
            if let Some(question) = self.at(Kind::Question, Some(&visit), day, 18) {
                self.add(
                    question
                        .with_text(key::TEXT, text)
                        .with_text(key::STATE, state::OPEN),
                );
            }
        }
    }
}
