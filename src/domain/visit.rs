//! Visits and the questions gathered for them.
//!
//! Invariant: a question without a visit belongs to the next one; one that was asked stays in sight for a week, so that its
//! answer can be noted.

use super::journal::Journal;
use super::kind::Kind;
use super::record::Record;
use chrono::TimeDelta;

/// For how long a question that was asked stays with those that are still open.
const IN_SIGHT: TimeDelta = TimeDelta::days(7);

/// Whether a question was asked.
pub fn is_asked(question: &Record) -> bool {
    question.text("state") == Some("asked")
}

impl Journal {
    /// The visits that lie ahead of `now_utc`, the next one first.
    pub fn visits_ahead(&self, now_utc: i64) -> Vec<&Record> {
        let visits = self.records_of(Kind::Appointment);
        visits.filter(|visit| visit.place().0 > now_utc).collect()
    }

    /// The visits until `now_utc`, the last one first.
    pub fn visits_past(&self, now_utc: i64) -> impl Iterator<Item = &Record> {
        let visits = self.records_of(Kind::Appointment).rev();
        visits.filter(move |visit| visit.place().0 <= now_utc)
    }

    /// The questions that were gathered for this visit by name, in order.
    pub fn questions_of(&self, visit: &Record) -> Vec<&Record> {
        let id = visit.id.to_string();
        let questions = self.records_of(Kind::Question);
        questions.filter(|q| q.about() == Some(&id)).collect()
    }

    /// The questions for whichever visit is next: those to ask, and those asked within the last week.
    pub fn questions_gathered(&self, now_utc: i64) -> Vec<&Record> {
        let since = now_utc - IN_SIGHT.num_seconds();
        let is_in_sight = |question: &&Record| {
            let written = question.edited_utc.unwrap_or(question.place().0);
            question.about().is_none() && (!is_asked(question) || written >= since)
        };
        self.records_of(Kind::Question)
            .filter(is_in_sight)
            .collect()
    }
}
