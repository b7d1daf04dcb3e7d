//! Small journals by hand: few check-ins in Nov 2026, each with one answer for all symptoms.

use super::App;
use chrono::{DateTime, FixedOffset, NaiveDate};
use ebbtide::domain::attempt::{Attempt, Method};
use ebbtide::domain::check_in::symptom::{Severity, Symptoms};
use ebbtide::domain::check_in::{Answer, CheckInDraft, Form, Overall};
use ebbtide::domain::id::{EntryId, IdSource};
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::time::{DayEnd, Moment, Now, Zone};

/// Sunday 29 Nov 2026, on which all of these walks happen.
pub const NOW: &str = "2026-11-29T20:00:00+00:00";

/// Nov 2026.
pub fn nov(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

/// What one check-in holds.
#[derive(Clone, Default)]
pub struct Entry {
    pub day: u32,
    /// All rated symptoms; `None` leaves all of them blank.
    pub each: Option<u8>,
    pub overall: Option<u8>,
    pub note: &'static str,
}

/// A full check-in at noon with this answer for all.
pub fn rated(day: u32, each: u8) -> Entry {
    Entry {
        day,
        each: Some(each),
        ..Entry::default()
    }
}

/// A brief one.
pub fn brief(day: u32, overall: u8) -> Entry {
    Entry {
        day,
        overall: Some(overall),
        ..Entry::default()
    }
}

/// As changes, in order.
pub fn changes(entries: &[Entry]) -> Vec<Change> {
    let symptoms = Symptoms::built_in();
    let mut ids = IdSource::new(4);
    let of = |entry: &Entry| {
        let at: DateTime<FixedOffset> = format!("{}T12:00:00+00:00", nov(entry.day))
            .parse()
            .unwrap();
        let mut draft = CheckInDraft::new(ids.next(at), Form::Full, nov(entry.day));
        entry.note.clone_into(&mut draft.note);
        draft.overall = entry.overall.map(|number| Overall::new(number).unwrap());
        for symptom in symptoms.rated() {
            if let Some(number) = entry.each {
                let severity = Severity::new(number).unwrap();
                let copied = false;
                draft
                    .answers
                    .insert(symptom.code.clone(), Answer { severity, copied });
            }
        }
        let now = Now::new(at.to_utc(), Zone::fixed(*at.offset()));
        let moment = Moment::on_day(nov(entry.day), at, &now, DayEnd::default());
        let asked: Vec<_> = symptoms.rated().map(|symptom| symptom.key).collect();
        let check_in = draft.into_check_in(moment, asked.into_iter(), &symptoms);
        Change::RecordCheckIn(check_in.unwrap())
    };
    entries.iter().map(of).collect()
}

/// An attempt begun on its day 0.
pub fn begun(day: u32) -> Change {
    Change::RecordAttempt(Attempt {
        id: EntryId::from_bytes([5; 16]),
        began: nov(day),
        day_zero: Some(nov(day)),
        method: Method::Stop,
        name: None,
        goal: None,
        ended: None,
    })
}

/// The full screen over these.
pub fn app(entries: &[Entry]) -> App {
    App::with_changes(&changes(entries), NOW)
}

/// The same, with an attempt begun on its day 0.
pub fn app_with_attempt(entries: &[Entry], zero: u32) -> App {
    let mut all = vec![begun(zero)];
    all.extend(changes(entries));
    App::with_changes(&all, NOW)
}

/// Two weeks with a value on every day.
pub fn two_weeks() -> Vec<Entry> {
    (16..=29)
        .map(|day| rated(day, if day < 23 { 3 } else { 1 }))
        .collect()
}
