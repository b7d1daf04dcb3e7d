//! Journals for reports: the made-up year, and one that is written line by line.

use chrono::{DateTime, NaiveDate};
use ebbtide::domain::attempt::{Attempt, Method};
use ebbtide::domain::check_in::symptom::Severity;
use ebbtide::domain::check_in::{Answer, CheckInDraft, Form, Overall};
use ebbtide::domain::demo;
use ebbtide::domain::demo::Plan;
use ebbtide::domain::entry::validate;
use ebbtide::domain::id::EntryId;
use ebbtide::domain::journal::Journal;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::record::Record;
use ebbtide::domain::record::draft::RecordDraft;
use ebbtide::domain::record::kind::Kind;
use ebbtide::domain::report::{Notes, Report, ReportAsk, Section};
use ebbtide::domain::time::{DayEnd, Now, Zone};
use ebbtide::store::{Seed, Store};
use ebbtide::transfer::report::{Form as Shape, written};
use std::collections::BTreeSet;

const SEED: Seed = Seed {
    now: DateTime::UNIX_EPOCH,
    journal: [7; 16],
    device: [8; 16],
};

pub fn at(text: &str) -> Now {
    let at = DateTime::parse_from_rfc3339(text).unwrap();
    Now::new(at.to_utc(), Zone::fixed(*at.offset()))
}

/// A Sunday evening.
pub fn evening() -> Now {
    at("2026-11-22T20:00:00+00:00")
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A made-up year that ends this evening.
pub fn year() -> Journal {
    let plan = Plan::usual(365, 1);
    let mut store = Store::in_memory(SEED).unwrap();
    store
        .fill(&demo::changes(plan, &evening()), DateTime::UNIX_EPOCH)
        .unwrap();
    store.load(None).unwrap()
}

/// What asks for the 30 days up to this evening.
pub fn month() -> ReportAsk {
    ReportAsk {
        from: Some(day("2026-10-24")),
        ..ReportAsk::default()
    }
}

pub fn ask(sections: &[Section], notes: Notes) -> ReportAsk {
    ReportAsk {
        sections: sections.iter().copied().collect::<BTreeSet<_>>(),
        notes,
        ..ReportAsk::default()
    }
}

/// The report in every form.
pub fn all_forms(report: &Report) -> [String; 3] {
    Shape::ALL.map(|form| written(report, form))
}

/// A journal and a hand to write in it.
pub struct Desk {
    store: Store,
    next: u8,
}

impl Desk {
    pub fn new() -> Self {
        Self {
            store: Store::in_memory(SEED).unwrap(),
            next: 0,
        }
    }

    pub fn journal(&self) -> Journal {
        self.store.load(None).unwrap()
    }

    fn id(&mut self) -> EntryId {
        self.next += 1;
        EntryId::from_bytes([self.next; 16])
    }

    pub fn attempt(&mut self, began: &str, day_zero: Option<&str>, goal: &str) {
        let id = self.id();
        let attempt = Attempt {
            id,
            began: day(began),
            day_zero: day_zero.map(day),
            method: Method::Taper,
            name: None,
            goal: Some(goal.to_owned()),
            ended: None,
        };
        self.store
            .apply(&[Change::RecordAttempt(attempt)], evening().at.to_utc())
            .unwrap();
    }

    /// A check-in with every core symptom rated the same, an overall, or both.
    pub fn check_in(
        &mut self,
        when: &str,
        rated: Option<u8>,
        overall: Option<u8>,
        note: &str,
    ) -> EntryId {
        let now = at(when);
        let id = self.id();
        let journal = self.journal();
        let form = if rated.is_some() {
            Form::Full
        } else {
            Form::Brief
        };
        let mut draft = CheckInDraft::new(id, form, now.today(DayEnd::default()));
        draft.at = Some(now.at);
        draft.overall = overall.and_then(Overall::new);
        note.clone_into(&mut draft.note);
        let asked: Vec<_> = journal
            .symptoms
            .rated()
            .map(|symptom| symptom.key)
            .collect();
        if let Some(severity) = rated.and_then(Severity::new) {
            for symptom in journal.symptoms.rated() {
                let answer = Answer {
                    severity,
                    copied: false,
                };
                draft.answers.insert(symptom.code.clone(), answer);
            }
        }
        let moment = journal.moment_of(&draft, &now);
        let check_in = draft
            .into_check_in(moment, asked.into_iter(), &journal.symptoms)
            .unwrap();
        self.store
            .apply(&[Change::RecordCheckIn(check_in)], now.at.to_utc())
            .unwrap();
        id
    }

    /// Writes a record with these fields.
    pub fn write(
        &mut self,
        kind: Kind,
        about: Option<&str>,
        fields: &[(&'static str, &str)],
        when: &str,
    ) -> Record {
        let now = at(when);
        let id = self.id();
        let mut draft = RecordDraft::new(id, kind, now.today(DayEnd::default()));
        draft.at = Some(now.at);
        draft.about = about.map(str::to_owned);
        for (field, text) in fields {
            draft = draft.with(field, *text);
        }
        let record = validate::record(&self.journal(), &draft, &now).unwrap();
        self.store
            .apply(&[Change::Record(record.clone())], now.at.to_utc())
            .unwrap();
        record
    }
}
