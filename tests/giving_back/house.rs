//! Made-up journals with hostile text in every place where a person can type, and the way out and in again.

use chrono::{DateTime, Days, NaiveDate};
use ebbtide::domain::amount::Amount;
use ebbtide::domain::attempt::{Attempt, Ending, Method};
use ebbtide::domain::check_in::catalogue::Category;
use ebbtide::domain::check_in::rating::Rating;
use ebbtide::domain::check_in::severity::Totals;
use ebbtide::domain::check_in::symptom::Severity;
use ebbtide::domain::check_in::{CheckIn, Overall};
use ebbtide::domain::id::{EntryId, IdSource};
use ebbtide::domain::journal::Journal;
use ebbtide::domain::journal::change::{Change, Switch};
use ebbtide::domain::journal::incoming;
use ebbtide::domain::journal::incoming::{ImportPlan, Incoming};
use ebbtide::domain::journal::settings::{OwnHelpLine, Setting, StockTracking};
use ebbtide::domain::record::field::{Ask, Need};
use ebbtide::domain::record::kind::Kind;
use ebbtide::domain::record::{Record, Value};
use ebbtide::domain::time::{DayEnd, Moment, Now, Zone};
use ebbtide::store::{Seed, Store};
use ebbtide::transfer::csv;
use ebbtide::transfer::csv::{Guard, Range};
use ebbtide::transfer::import::detected;
use ebbtide::transfer::import::error::{File, Here, Past, RowError, Ways};
use ebbtide::transfer::{json as document, package as tables};

pub const SEED: Seed = Seed {
    now: DateTime::UNIX_EPOCH,
    journal: [7; 16],
    device: [9; 16],
};

/// What a person, or somebody who means no good, may have typed.
pub const HOSTILE: &[&str] = &[
    "",
    " ",
    "'",
    "''=",
    "=HYPERLINK(\"x\")",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "'＝",
    "\"quoted\", and more",
    "two\nlines",
    "two\r\nlines",
    "a lone\rreturn",
    "\r\n",
    "a\u{0}b",
    "\u{1b}[31m",
    "\u{9b}31m",
    "\u{202e}back",
    "שלום",
    "👩‍👩‍👧",
    "\u{feff}mark",
    "\u{2028}",
    "NULL",
    "0",
    "true",
    "{\"a\": 1}",
    "1e5",
    "null",
];

struct Chance {
    random: fastrand::Rng,
    ids: IdSource,
}

impl Chance {
    fn text(&mut self) -> String {
        if self.random.u8(..4) > 0 {
            return HOSTILE[self.random.usize(..HOSTILE.len())].to_owned();
        }
        (0..self.random.usize(..8))
            .map(|_| self.random.char(..))
            .collect()
    }

    /// Text where there has to be some.
    fn name(&mut self) -> String {
        let text = self.text();
        if text.trim().is_empty() || text.starts_with('\0') {
            format!("n{text}")
        } else {
            text
        }
    }

    fn maybe(&mut self) -> Option<String> {
        self.random.bool().then(|| self.text())
    }

    fn id(&mut self) -> EntryId {
        self.ids.next(DateTime::UNIX_EPOCH.into())
    }

    fn day(&mut self) -> NaiveDate {
        let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
        first + Days::new(self.random.u64(..900))
    }

    fn moment(&mut self) -> Moment {
        let day = self.day();
        let noon = day.and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp();
        Moment {
            at_utc: noon + self.random.i64(0..100_000),
            offset_min: self.random.i16(-1439..=1439),
            zone: self.text().into(),
            day,
            late: self.random.bool(),
            without_time: false,
        }
    }

    fn record(&mut self, kind: Kind) -> Record {
        let moment = kind.has_day().then(|| self.moment());
        let about = self.random.bool().then(|| self.name());
        let mut record = Record::new(self.id(), kind, moment, about.as_deref());
        for field in kind.facts().fields {
            if field.need == Need::Optional && self.random.bool() {
                continue;
            }
            let value = match field.ask {
                Ask::Line | Ask::Lines | Ask::Kept => Value::Text(self.text().into()),
                Ask::Amount | Ask::KeptNumber => {
                    Value::Number(Amount::from_thousandths(self.random.i64(0..=1_000_000_000)))
                }
                Ask::Whole(first, last) => {
                    Value::Number(Amount::whole(self.random.u32(first..=last)))
                }
                Ask::Scale => Value::Number(Amount::whole(self.random.u32(0..=4))),
                Ask::Day(_) => Value::Text(self.day().to_string().into()),
                Ask::Clock => Value::Text(
                    format!("{:02}:{:02}", self.random.u8(..24), self.random.u8(..60)).into(),
                ),
                Ask::Choice(codes) => Value::Text(codes[self.random.usize(..codes.len())].0.into()),
            };
            record.fields.set(field.code, value);
        }
        if self.random.u8(..3) == 0 {
            // A later version knew more.
            for code in ["later", "id", "more", "about", "field:x", "=1"] {
                let value = if self.random.bool() {
                    Value::Text(self.text().into())
                } else {
                    Value::Number(Amount::from_thousandths(self.random.i64(0..9_999_999)))
                };
                record.fields.set(code, value);
            }
        }
        record
    }

    fn check_in(&mut self, journal: &Journal) -> CheckIn {
        let mut ratings = Vec::new();
        for symptom in &journal.symptoms {
            if self.random.bool() {
                let answer = self
                    .random
                    .bool()
                    .then(|| Severity::new(self.random.u8(0..=4)).unwrap());
                ratings.push(Rating {
                    symptom: symptom.key,
                    answer,
                    copied: self.random.bool(),
                });
            }
        }
        let is_blank = ratings.iter().all(|rating| rating.answer.is_none());
        let overall =
            (is_blank || self.random.bool()).then(|| Overall::new(self.random.u8(0..=10)).unwrap());
        CheckIn {
            id: self.id(),
            moment: self.moment(),
            totals: Totals::of(&ratings, &journal.symptoms),
            ratings: ratings.into(),
            overall,
            note: self.maybe().map(Into::into),
            edited_utc: None,
        }
    }
}

/// A made-up journal as it is read back from its file.
pub fn journal_of(seed: u64) -> Journal {
    let mut store = Store::in_memory(SEED).unwrap();
    let mut chance = Chance {
        random: fastrand::Rng::with_seed(seed),
        ids: IdSource::new(seed),
    };
    let mut changes = Vec::new();
    for own in ["own_b", "own_a", "own_ümlaut_2"] {
        changes.push(Change::AddSymptom {
            key: None,
            id: chance.id(),
            code: own.to_owned(),
            name: chance.name(),
            category: if chance.random.bool() {
                Category::Physical
            } else {
                Category::Psychological
            },
        });
    }
    store.apply(&changes, DateTime::UNIX_EPOCH).unwrap();
    let journal = store.load(None).unwrap();
    let mut changes = Vec::new();
    for symptom in &journal.symptoms {
        if chance.random.u8(..3) == 0 {
            let to = if chance.random.bool() {
                Switch::On
            } else {
                Switch::Off
            };
            changes.push(Change::SwitchSymptom {
                symptom: symptom.key,
                to,
            });
        }
    }
    changes.push(Change::Set(Setting::Country(chance.text())));
    changes.push(Change::Set(Setting::DayEnd(
        DayEnd::try_from(chance.random.u16(..=720)).unwrap(),
    )));
    changes.push(Change::Set(Setting::Routine(vec![
        chance.name().replace(char::is_whitespace, "_"),
    ])));
    changes.push(Change::Set(Setting::StockTracking(StockTracking::On)));
    let mut began = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
    for method in Method::ALL {
        began = began + Days::new(chance.random.u64(1..50));
        let ending = if chance.random.bool() {
            Ending::Ended
        } else {
            Ending::SetAside
        };
        changes.push(Change::RecordAttempt(Attempt {
            id: chance.id(),
            began,
            day_zero: chance.random.bool().then_some(began),
            method,
            name: chance.maybe(),
            goal: chance.maybe(),
            ended: chance.random.bool().then_some((began, ending)),
        }));
    }
    for _ in 0..3 {
        let line = OwnHelpLine {
            id: chance.id(),
            name: chance.name(),
            contact: chance.name(),
        };
        changes.push(Change::RecordHelpLine(line));
    }
    for _ in 0..6 {
        changes.push(Change::RecordCheckIn(chance.check_in(&journal)));
    }
    for kind in Kind::ALL {
        for _ in 0..3 {
            changes.push(Change::Record(chance.record(kind)));
        }
    }
    store.apply(&changes, DateTime::UNIX_EPOCH).unwrap();
    store.load(None).unwrap()
}

pub fn package(journal: &Journal, guard: Guard) -> Vec<File> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    tables::write(journal, Range::ALL, guard, &mut files).unwrap();
    files
        .into_iter()
        .map(|(name, bytes)| File { name, bytes })
        .collect()
}

pub fn json(journal: &Journal) -> Vec<File> {
    let mut bytes = Vec::new();
    document::write(journal, Range::ALL, &mut bytes).unwrap();
    vec![File {
        name: "journal.json".to_owned(),
        bytes,
    }]
}

/// The long layout.
pub fn rows(journal: &Journal) -> Vec<File> {
    let mut bytes = Vec::new();
    csv::long(journal, Range::ALL, &mut bytes).unwrap();
    vec![File {
        name: "ratings.csv".to_owned(),
        bytes,
    }]
}

/// The first line that is not the same, both ways.
pub fn first_change(before: &[u8], after: &[u8]) -> Option<(String, String)> {
    if before == after {
        return None;
    }
    let lines = |bytes| -> Vec<String> {
        let text = String::from_utf8_lossy(bytes);
        text.split('\n').map(str::to_owned).collect()
    };
    let pairs = lines(before).into_iter().zip(lines(after));
    let changed = pairs.into_iter().find(|(one, other)| one != other);
    Some(changed.unwrap_or_else(|| ("one is longer".to_owned(), String::new())))
}

/// What a reader makes of it.
pub fn read(files: &[File]) -> Result<Incoming, Vec<RowError>> {
    // A reader takes no entry of a later year than the next, and these journals lie in 2024 and after.
    let day = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
    let noon = day.and_hms_opt(12, 0, 0).unwrap().and_utc();
    let now = Now::new(noon, Zone::new("UTC", chrono::Utc));
    let here = Here {
        now: &now,
        day_end: DayEnd::default(),
        maps: &[],
        past: &Past::default(),
        ways: Ways::default(),
    };
    match detected(files) {
        Some(format) => format.read(files, &here),
        None => Err(Vec::new()),
    }
}

/// Takes files into an empty journal.
pub fn round(files: &[File]) -> (Journal, ImportPlan) {
    let mut incoming = read(files).unwrap_or_else(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    });
    let mut store = Store::in_memory(SEED).unwrap();
    let empty = store.load(None).unwrap();
    let gone = store.gone().unwrap();
    let taking = incoming::accept(
        &empty,
        &mut incoming,
        &gone,
        &mut IdSource::new(3),
        DateTime::UNIX_EPOCH.into(),
    );
    store
        .take_in(&taking.changes, DateTime::UNIX_EPOCH)
        .unwrap();
    (store.load(None).unwrap(), taking)
}
