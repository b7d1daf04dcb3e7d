//! Random journals, the same for the same seed.

use super::journal::{
    Attempt, CORE, CheckIn, Journal, Moment, OWN, PRODUCTS, Plan, Record, Shape, What,
};
use super::stairs::steps;
use chrono::{DateTime, Days, FixedOffset, NaiveDate, TimeDelta, TimeZone};
use chrono_tz::Tz;
use fastrand::Rng;

/// Whether days without a product are among what is made.
pub const DAYS_WITHOUT: bool = true;

const ZONES: [Tz; 5] = [
    Tz::America__New_York,
    Tz::Europe__Berlin,
    Tz::Asia__Tokyo,
    Tz::Pacific__Apia,
    Tz::Australia__Lord_Howe,
];

struct Maker {
    rng: Rng,
    first: NaiveDate,
    today: NaiveDate,
    now: DateTime<FixedOffset>,
    day_end: u32,
    /// From which day on which zone holds.
    zones: Vec<(NaiveDate, Tz)>,
    ids: u64,
}

fn ahead(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap()
}

fn between(a: NaiveDate, b: NaiveDate) -> u64 {
    u64::try_from((b - a).num_days()).unwrap_or(0)
}

fn day_of(at: DateTime<FixedOffset>, day_end: u32) -> NaiveDate {
    (at.naive_local() - TimeDelta::hours(i64::from(day_end))).date()
}

impl Maker {
    fn new(seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let last = NaiveDate::from_ymd_opt(2026, 2, 1).unwrap();
        let date = ahead(last, rng.u64(0..290));
        let first = date - Days::new(rng.u64(6..70));
        let mut zones = vec![(first, ZONES[rng.usize(0..ZONES.len())])];
        for _ in 0..rng.usize(0..3) {
            let day = ahead(first, rng.u64(0..=between(first, date)));
            zones.push((day, ZONES[rng.usize(0..ZONES.len())]));
        }
        zones.sort_by_key(|(day, _)| *day);
        let zone = zones.last().unwrap().1;
        let time = date.and_hms_opt(rng.u32(7..24), rng.u32(0..60), 0).unwrap();
        let now = zone.from_local_datetime(&time).earliest().unwrap();
        let now = now.fixed_offset();
        let day_end = [0, 4, 4, 6][rng.usize(0..4)];
        let today = day_of(now, day_end);
        Self {
            rng,
            first,
            today,
            now,
            day_end,
            zones,
            ids: 0,
        }
    }

    /// Ids whose order is not that of the entries.
    fn id(&mut self) -> String {
        self.ids += 1;
        let front = self.rng.u32(..);
        format!("{front:08x}-0000-7000-8000-{:012x}", self.ids)
    }

    fn chance(&mut self, of_hundred: u32) -> bool {
        self.rng.u32(0..100) < of_hundred
    }

    /// A moment of a calendar day, none where the wall clock skipped it or it lies ahead.
    fn moment(&mut self, date: NaiveDate) -> Option<Moment> {
        let zone = self.zones.iter().rfind(|(from, _)| *from <= date)?.1;
        let hour = if self.chance(12) {
            self.rng.u32(0..7)
        } else {
            self.rng.u32(7..24)
        };
        let (minute, second) = (self.rng.u32(0..60), self.rng.u32(0..60));
        let at = date.and_hms_opt(hour, minute, second)?;
        let at = zone.from_local_datetime(&at).earliest()?.fixed_offset();
        let is_past = at <= self.now;
        let mut day = day_of(at, self.day_end);
        let late = self.chance(8);
        // The person may choose another day for an entry by hand.
        if late && self.chance(30) {
            day = day.pred_opt()?;
        }
        is_past.then_some(Moment {
            at,
            zone: zone.name(),
            day,
            late,
        })
    }

    fn check_in(&mut self, date: NaiveDate, habits: &Habits) -> Option<CheckIn> {
        let moment = self.moment(date)?;
        let id = self.id();
        let brief = !habits.thorough && self.chance(15);
        // Full, in part, or with a few answers only.
        let some = [100, 100, 97, 75, 55, 45, 25][self.rng.usize(0..7)];
        let share = if habits.thorough { 100 } else { some };
        let mut ratings = Vec::new();
        if !brief {
            let level = self.rng.u8(0..=4);
            for code in CORE.iter().copied().chain([OWN]) {
                if habits.off.contains(&code) {
                    continue;
                }
                if code == OWN && self.chance(50) {
                    continue;
                }
                let answer = (self.rng.u8(0..3) + level).saturating_sub(1).min(4);
                let is_answered = share == 100 || self.chance(share);
                ratings.push((code, is_answered.then_some(answer)));
            }
            if ratings.iter().all(|(_, answer)| answer.is_none()) {
                ratings[0].1 = Some(level);
            }
        }
        let has_overall = brief || self.chance(55);
        let overall = has_overall.then(|| self.rng.u8(0..=10));
        let note = self.chance(8).then(|| "a note of that day".to_owned());
        Some(CheckIn {
            id,
            moment,
            overall,
            ratings,
            note,
        })
    }

    fn record(&mut self, date: NaiveDate, what: What, into: &mut Vec<Record>) {
        if let Some(moment) = self.moment(date) {
            let id = self.id();
            into.push(Record { id, moment, what });
        }
    }

    fn attempts(&mut self) -> Vec<Attempt> {
        let mut begins: Vec<NaiveDate> = Vec::new();
        for _ in 0..self.rng.usize(0..4) {
            let span = between(self.first, self.today);
            begins.push(ahead(self.first, self.rng.u64(0..=span)));
        }
        begins.sort();
        begins.dedup();
        let mut attempts = Vec::new();
        for (n, began) in begins.iter().copied().enumerate() {
            let next = begins.get(n + 1).copied();
            let last = next.map_or(self.today, |next| next.pred_opt().unwrap());
            let room = between(began, last);
            let day_zero = match self.rng.u32(0..10) {
                0..=1 => None,
                2..=5 => Some(began),
                _ => Some(ahead(began, self.rng.u64(0..=room.min(12)))),
            };
            let is_ended = self.chance(if next.is_some() { 50 } else { 15 });
            let from = between(began, day_zero.unwrap_or(began));
            let ended = is_ended.then(|| ahead(began, self.rng.u64(from..=room.max(from))));
            let id = self.id();
            attempts.push(Attempt {
                id,
                began,
                day_zero,
                ended,
            });
        }
        attempts
    }

    fn plan(&mut self) -> Option<Plan> {
        let span = between(self.first, self.today);
        if span < 12 || !self.chance(60) {
            return None;
        }
        let (product, step) = if self.chance(70) {
            ("powder", 100)
        } else {
            ("capsule", 1000)
        };
        let start = step * self.rng.i64(12..70);
        let shape = match self.rng.u32(0..4) {
            0 => Shape::PercentOfCurrent(self.rng.i64(5..30)),
            1 => Shape::PercentOfStart(self.rng.i64(5..25)),
            2 => Shape::Cut(step * self.rng.i64(1..6)),
            _ => {
                let amounts = (1..6).map(|n| (start * (6 - n) / 6) / step * step);
                let mut amounts: Vec<i64> = amounts.collect();
                amounts.dedup();
                Shape::Steps(amounts)
            }
        };
        // A share of the current amount never reaches 0, and is refused without an end above it.
        let least = i64::from(matches!(shape, Shape::PercentOfCurrent(_)));
        let until = step * self.rng.i64(least..5);
        let begin = ahead(self.first, self.rng.u64(1..span - 8));
        let rest = between(begin, self.today);
        let is_held = self.chance(50);
        let hold = self.rng.u64(1..rest - 3);
        let resume = hold + self.rng.u64(1..rest - hold);
        let mut plan = Plan {
            product,
            shape,
            start,
            every: self.rng.u64(2..9),
            until,
            begin,
            held: None,
        };
        // On the last step there is nothing to hold.
        let end = steps(&plan).last().map(|(_, begins, _)| *begins);
        let is_before_end = end.is_some_and(|end| ahead(begin, hold) < end);
        if is_held && is_before_end {
            plan.held = Some((ahead(begin, hold), ahead(begin, resume)));
        }
        Some(plan)
    }

    fn day(&mut self, date: NaiveDate, habits: &Habits, into: &mut Vec<Record>) {
        let is_planned = habits.plan_from.is_some_and(|from| from <= date);
        for (product, _, smallest) in PRODUCTS {
            if !habits.products.contains(&product) {
                continue;
            }
            // While a plan goes on there is an entry every day, so that it never asks how to go on.
            let is_of_plan = is_planned && Some(product) == habits.plan_of;
            let doses = if is_of_plan || self.chance(habits.use_of_hundred) {
                self.rng.usize(1..4)
            } else {
                0
            };
            for _ in 0..doses {
                let amount = smallest * self.rng.i64(1..40);
                self.record(date, What::Dose(product, amount), into);
            }
            if DAYS_WITHOUT && doses == 0 && self.chance(40) {
                self.record(date, What::Without(product), into);
            }
        }
        for _ in 0..self.rng.usize(0..5).saturating_sub(2) {
            let strength = self.rng.u8(0..=4);
            self.record(date, What::Urge(strength), into);
        }
        if self.chance(30) {
            let minutes = self.rng.bool().then(|| self.rng.u32(1..90));
            let practice = ["walking", "yoga", "warm_bath"][self.rng.usize(0..3)];
            self.record(date, What::Practice(practice, minutes), into);
        }
        if self.chance(12) {
            let drinks = 1000 * self.rng.i64(1..4);
            self.record(date, What::Substance("alcohol", drinks), into);
        }
        if self.chance(25) {
            let taken = self.chance(80);
            self.record(date, What::Intake { taken }, into);
        }
        if self.chance(70) {
            let hours = 100 * self.rng.i64(20..95);
            self.record(date, What::Measured("sleep_hours", hours), into);
            if habits.naps && self.chance(30) {
                let hours = 100 * self.rng.i64(2..25);
                self.record(date, What::Measured("sleep_hours", hours), into);
            }
        }
        for _ in 0..self.rng.usize(0..5).saturating_sub(2) {
            let fluids = 1000 * self.rng.i64(100..700);
            self.record(date, What::Measured("fluids", fluids), into);
            let weight = 100 * self.rng.i64(600..760);
            self.record(date, What::Measured("weight", weight), into);
        }
    }
}

struct Habits {
    products: Vec<&'static str>,
    plan_of: Option<&'static str>,
    plan_from: Option<NaiveDate>,
    use_of_hundred: u32,
    naps: bool,
    /// Whether every symptom is answered each time.
    thorough: bool,
    off: Vec<&'static str>,
}

/// The journal of a seed.
pub fn journal(seed: u64) -> Journal {
    let mut maker = Maker::new(seed);
    let attempts = maker.attempts();
    let plan = maker.plan();
    let mut products: Vec<&'static str> = Vec::new();
    for (product, _, _) in PRODUCTS {
        let is_planned = plan.as_ref().is_some_and(|plan| plan.product == product);
        if is_planned || maker.chance(45) {
            products.push(product);
        }
    }
    let off_count = maker.rng.usize(0..4);
    let off: Vec<&'static str> = (0..off_count)
        .map(|_| CORE[maker.rng.usize(0..CORE.len())])
        .collect();
    let thorough = maker.chance(35);
    let habits = Habits {
        products,
        plan_of: plan.as_ref().map(|plan| plan.product),
        plan_from: plan.as_ref().map(|plan| plan.begin),
        use_of_hundred: maker.rng.u32(5..90),
        naps: maker.chance(50),
        thorough,
        off,
    };
    let least = if thorough { 92 } else { 40 };
    let often = maker.rng.u32(least..100);
    let (mut check_ins, mut records) = (Vec::new(), Vec::new());
    for n in 0..=between(maker.first, ahead(maker.today, 1)) {
        let date = ahead(maker.first, n);
        if maker.chance(often) {
            for _ in 0..[1, 1, 1, 2, 3][maker.rng.usize(0..5)] {
                check_ins.extend(maker.check_in(date, &habits));
            }
        }
        maker.day(date, &habits, &mut records);
    }
    // A day without stands only on a day without a dose of that product, once.
    let dosed: Vec<(NaiveDate, &str)> = records.iter().filter_map(of_dose).collect();
    let mut noted = Vec::new();
    records.retain(|record| {
        let What::Without(product) = record.what else {
            return true;
        };
        let on = (record.moment.day, product);
        let is_first = !noted.contains(&on);
        noted.push(on);
        is_first && !dosed.contains(&on)
    });
    Journal {
        seed,
        day_end: maker.day_end,
        now: maker.now,
        today: maker.today,
        check_ins,
        records,
        attempts,
        plan,
        off: habits.off,
    }
}

fn of_dose(record: &Record) -> Option<(NaiveDate, &'static str)> {
    match record.what {
        What::Dose(product, _) => Some((record.moment.day, product)),
        _ => None,
    }
}
