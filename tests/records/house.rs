//! A journal in memory, with a hand to write in it.

use chrono::{DateTime, NaiveDate};
use ebbtide::domain::entry::validate;
use ebbtide::domain::id::EntryId;
use ebbtide::domain::journal::Journal;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::record::Record;
use ebbtide::domain::record::draft::{RecordDraft, Refusal};
use ebbtide::domain::record::kind::Kind;
use ebbtide::domain::time::{DayEnd, Now, Zone};
use ebbtide::store::{Seed, Store};

pub const SEED: Seed = Seed {
    now: DateTime::UNIX_EPOCH,
    journal: [7; 16],
    device: [8; 16],
};

/// A moment of November 2026 on the wall, one hour east of Greenwich: `now(22, "20:00")`.
pub fn now(day: u32, time: &str) -> Now {
    let text = format!("2026-11-{day:02}T{time}:00+01:00");
    let at = DateTime::parse_from_rfc3339(&text).unwrap();
    Now::new(at.to_utc(), Zone::fixed(*at.offset()))
}

/// A day of November 2026.
pub fn nov(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

pub struct House {
    pub store: Store,
    next: u8,
}

impl House {
    pub fn new() -> Self {
        let store = Store::in_memory(SEED).unwrap();
        Self { store, next: 0 }
    }

    pub fn journal(&self) -> Journal {
        self.store.load(None).unwrap()
    }

    /// A draft as a person would begin it at `now`.
    pub fn draft(&mut self, kind: Kind, now: &Now) -> RecordDraft {
        self.next += 1;
        let id = EntryId::from_bytes([self.next; 16]);
        let mut draft = RecordDraft::new(id, kind, now.today(DayEnd::default()));
        draft.at = Some(now.at);
        draft
    }

    /// What saving the draft says.
    pub fn try_save(&mut self, draft: &RecordDraft, now: &Now) -> Result<Record, Refusal> {
        let record = validate::record(&self.journal(), draft, now)?;
        let change = Change::Record(record.clone());
        self.store.apply(&[change], now.at.to_utc()).unwrap();
        Ok(record)
    }

    /// Writes a record with these fields.
    pub fn write(
        &mut self,
        kind: Kind,
        about: Option<&str>,
        fields: &[(&'static str, &str)],
        now: &Now,
    ) -> Record {
        let mut draft = self.draft(kind, now);
        draft.about = about.map(str::to_owned);
        for (field, text) in fields {
            draft = draft.with(field, *text);
        }
        self.try_save(&draft, now).unwrap()
    }
}
