//! Journals in memory that random hands write to, each with a clock of its own that may be wrong.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use ebbtide::domain::amount::Amount;
use ebbtide::domain::attempt::{Attempt, Method};
use ebbtide::domain::check_in::catalogue::Category;
use ebbtide::domain::check_in::symptom::Severity;
use ebbtide::domain::check_in::{Answer, CheckInDraft, Form};
use ebbtide::domain::id::{EntryId, IdSource};
use ebbtide::domain::journal::bin_kind::BinKind;
use ebbtide::domain::journal::change::{Change, Switch};
use ebbtide::domain::journal::settings::{OwnHelpLine, Setting};
use ebbtide::domain::record::Record;
use ebbtide::domain::record::kind::Kind;
use ebbtide::domain::time::{Moment, Now, Zone};
use ebbtide::store::{Run, Seed, Store};

/// A machine: a journal, an id source, and how far its clock is off.
pub struct Machine {
    pub store: Store,
    ids: IdSource,
    off: TimeDelta,
    number: u8,
}

/// The days on which everything happens.
pub const DAYS: u64 = 30;

pub fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()
}

fn noon(day: u64) -> DateTime<Utc> {
    let day = first_day().checked_add_days(Days::new(day)).unwrap();
    day.and_hms_opt(12, 0, 0).unwrap().and_utc()
}

impl Machine {
    pub fn new(number: u8, off: TimeDelta) -> Self {
        let seed = Seed {
            now: DateTime::from_timestamp(1_700_000_000 + i64::from(number), 0).unwrap(),
            journal: [number; 16],
            device: [number + 1; 16],
        };
        Self {
            store: Store::in_memory(seed).unwrap(),
            ids: IdSource::new(u64::from(number)),
            off,
            number,
        }
    }

    /// The same journal on another machine, as after a first merge.
    pub fn joined(&mut self, other: &Self, day: u64) {
        let now = self.now(day);
        self.store
            .merge_store(
                &other.store,
                Run::Real,
                now.at.to_utc(),
                [200 + self.number; 16],
            )
            .unwrap();
    }

    pub fn now(&self, day: u64) -> Now {
        Now::new(
            noon(day) + self.off,
            Zone::fixed(chrono::FixedOffset::east_opt(0).unwrap()),
        )
    }

    pub fn apply(&mut self, changes: &[Change], day: u64) {
        let now = self.now(day).at.to_utc();
        self.store.apply(changes, now).unwrap();
    }

    fn moment(&self, day: u64) -> Moment {
        let at = noon(day).fixed_offset();
        let date = at.date_naive();
        Moment::on_day(
            date,
            at,
            &self.now(day),
            ebbtide::domain::time::DayEnd::default(),
        )
    }

    /// One random thing that a person does.
    #[expect(clippy::too_many_lines, reason = "one arm for each thing")]
    pub fn act(&mut self, random: &mut fastrand::Rng, day: u64) {
        let journal = self.store.load(None).unwrap();
        let id = self.ids.next(self.now(day).at);
        let check_ins: Vec<EntryId> = journal
            .days()
            .flat_map(|day| day.check_ins.iter().map(|check_in| check_in.id))
            .collect();
        let records: Vec<Record> = journal
            .records_between(NaiveDate::MIN, NaiveDate::MAX)
            .cloned()
            .collect();
        let change = match random.u8(0..20) {
            0..=4 => self.check_in(id, random, day),
            5 | 6 if !check_ins.is_empty() => {
                let id = check_ins[random.usize(0..check_ins.len())];
                self.check_in(id, random, day)
            }
            7 if !check_ins.is_empty() => {
                Change::DeleteCheckIn(check_ins[random.usize(0..check_ins.len())])
            }
            8 | 9 => {
                let amount = Amount::from_thousandths(i64::from(random.u8(1..9)) * 1000 + 500);
                let record =
                    Record::new(id, Kind::Dose, Some(self.moment(day)), Some("leaf_powder"));
                Change::Record(record.with_number("amount", amount).with_text("unit", "g"))
            }
            10 if !records.is_empty() => {
                let record = records[random.usize(0..records.len())].clone();
                Change::Record(record.with_text("note", &format!("n{}", random.u8(..))))
            }
            11 if !records.is_empty() => {
                Change::DeleteRecord(records[random.usize(0..records.len())].id)
            }
            12 => {
                let key = journal
                    .symptoms
                    .iter()
                    .nth(random.usize(0..40))
                    .unwrap()
                    .key;
                let to = if random.bool() {
                    Switch::On
                } else {
                    Switch::Off
                };
                Change::SwitchSymptom { symptom: key, to }
            }
            13 => {
                let name = ["Cold feet", "Jaw", "Itch"][random.usize(0..3)];
                let code = format!("own_{}", name.to_lowercase().replace(' ', "_"));
                if journal.symptoms.find(&code).is_some() {
                    return;
                }
                Change::AddSymptom {
                    key: None,
                    id,
                    code,
                    name: name.to_owned(),
                    category: Category::Physical,
                }
            }
            14 => Change::Set(Setting::Country(
                ["US", "DE"][random.usize(0..2)].to_owned(),
            )),
            15 => {
                let began = first_day() + Days::new(random.u64(0..DAYS));
                if journal.attempts.iter().any(|a| a.attempt.began == began) {
                    return;
                }
                Change::RecordAttempt(Attempt {
                    id,
                    began,
                    day_zero: None,
                    method: Method::Taper,
                    name: None,
                    goal: None,
                    ended: None,
                })
            }
            16 => Change::RecordHelpLine(OwnHelpLine {
                id,
                name: "Sam".to_owned(),
                contact: format!("{}", random.u16(..)),
            }),
            17 => {
                let bin = self.store.bin(self.now(day).at.to_utc()).unwrap();
                if let Some(entry) = bin.first() {
                    let now = self.now(day).at.to_utc();
                    match entry.kind {
                        BinKind::Attempt => {}
                        kind => drop(self.store.erase(kind, entry.id, now).unwrap()),
                    }
                }
                return;
            }
            18 => {
                let now = self.now(day).at.to_utc();
                self.store.undo(now).ok();
                return;
            }
            _ => {
                let now = self.now(day).at.to_utc();
                self.store.redo(now).ok();
                return;
            }
        };
        self.apply(&[change], day);
    }

    fn check_in(&self, id: EntryId, random: &mut fastrand::Rng, day: u64) -> Change {
        let journal = self.store.load(None).unwrap();
        let moment = self.moment(day);
        let mut draft = CheckInDraft::new(id, Form::Full, moment.day);
        let symptoms: Vec<_> = journal.symptoms.rated().cloned().collect();
        for symptom in &symptoms {
            if random.bool() {
                let severity = Severity::new(random.u8(0..=4)).unwrap();
                let answer = Answer {
                    severity,
                    copied: random.bool(),
                };
                draft.answers.insert(symptom.code.clone(), answer);
            }
        }
        draft.note = format!("note {}", random.u32(..));
        let asked = symptoms.iter().map(|symptom| symptom.key);
        Change::RecordCheckIn(
            draft
                .into_check_in(moment, asked, &journal.symptoms)
                .unwrap(),
        )
    }
}
