//! Visits and the questions gathered for them.
//!
//! Invariant: a question without a visit belongs to the next visit. An asked question stays listed for a week, so that the
//! person can note the answer.

use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use crate::domain::record::{key, state};
use chrono::TimeDelta;

/// How long an asked question stays in the list of open ones.
const IN_SIGHT: TimeDelta = TimeDelta::days(7);

/// Whether a question was asked.
pub(crate) fn is_asked(question: &Record) -> bool {
    question.text(key::STATE) == Some(state::ASKED)
}

/// The state after marking a question: asked, or open again.
pub(crate) fn other_state(question: &Record) -> &'static str {
    if is_asked(question) {
        state::OPEN
    } else {
        state::ASKED
    }
}

/// The visits that lie ahead of `now_utc`, the next one first.
pub(crate) fn ahead(journal: &Journal, now_utc: i64) -> Vec<&Record> {
    let visits = journal.records_of(Kind::Appointment);
    visits.filter(|visit| visit.place().0 > now_utc).collect()
}

/// The visits until `now_utc`, the last one first.
pub(crate) fn past(journal: &Journal, now_utc: i64) -> impl Iterator<Item = &Record> {
    let visits = journal.records_of(Kind::Appointment).rev();
    visits.filter(move |visit| visit.place().0 <= now_utc)
}

/// The questions that were gathered for this visit by name, in order.
pub(crate) fn questions_of<'a>(journal: &'a Journal, visit: &Record) -> Vec<&'a Record> {
    let id = visit.id.to_string();
    let questions = journal.records_of(Kind::Question);
    questions.filter(|q| q.about() == Some(&id)).collect()
}

/// The questions for whichever visit is next: those to ask, and those asked within the last week.
pub(crate) fn questions_gathered(journal: &Journal, now_utc: i64) -> Vec<&Record> {
    let since = now_utc - IN_SIGHT.num_seconds();
    let is_in_sight = |question: &&Record| {
        // Marking a question as asked edits it, so the edit's time is when it was asked.
        let written = question.edited_utc.unwrap_or(question.place().0);
        question.about().is_none() && (!is_asked(question) || written >= since)
    };
    journal
        .records_of(Kind::Question)
        .filter(is_in_sight)
        .collect()
}

/// The open questions in the order in which the report numbers them: those for the next visit, then those for whichever
/// comes next.
pub(crate) fn to_ask(journal: &Journal, now_utc: i64) -> Vec<&Record> {
    let visit = ahead(journal, now_utc).into_iter().next();
    let of_visit = visit.map_or_else(Vec::new, |visit| questions_of(journal, visit));
    let mut open = of_visit;
    open.extend(questions_gathered(journal, now_utc));
    open.retain(|question| !is_asked(question));
    open
}

#[cfg(test)]
mod tests {
    use super::ahead;
    use super::past;
    use super::questions_gathered;
    use super::questions_of;
    use crate::domain::care::measurement;
    use crate::domain::id::IdSource;
    use crate::domain::journal::Journal;
    use crate::domain::record::Record;
    use crate::domain::record::key;
    use crate::domain::record::kind::Kind;
    use crate::domain::time::{DayEnd, Moment, Now, Zone};
    use chrono::{DateTime, TimeDelta};

    /// Records on days around the epoch's, by how many days after it, with an id each.
    struct Made(IdSource);

    impl Made {
        fn on(&mut self, kind: Kind, day: i64, about: Option<&str>) -> Record {
            let at = (DateTime::UNIX_EPOCH + TimeDelta::days(day)).fixed_offset();
            let now = Now::new(at.to_utc(), Zone::fixed(*at.offset()));
            let moment = Moment::on_day(at.date_naive(), at, &now, DayEnd::default());
            Record::new(self.0.next(at), kind, Some(moment), about)
        }
    }

    const DAY: i64 = 24 * 3600;

    #[test]
    fn the_next_visit_comes_first_and_the_last_one_too() {
        let mut made = Made(IdSource::new(1));
        let visits = [9, 3, 20, 12].map(|day| made.on(Kind::Appointment, day, None));
        let days = |visits: &[&Record]| -> Vec<i64> {
            visits.iter().map(|visit| visit.place().0 / DAY).collect()
        };
        let journal = Journal::default().with_records(visits.to_vec());
        assert_eq!(days(&ahead(&journal, 10 * DAY)), [12, 20]);
        let past: Vec<&Record> = past(&journal, 10 * DAY).collect();
        assert_eq!(days(&past), [9, 3]);
    }

    #[test]
    fn a_question_belongs_to_its_visit_or_to_the_next_one() {
        let mut made = Made(IdSource::new(2));
        let visit = made.on(Kind::Appointment, 20, None);
        let id = visit.id.to_string();
        let named = made.on(Kind::Question, 1, Some(&id));
        let free = made.on(Kind::Question, 2, None);
        let (named_id, free_id) = (named.id, free.id);
        let journal = Journal::default().with_records(vec![visit.clone(), named, free]);
        let ids = |questions: Vec<&Record>| -> Vec<_> { questions.iter().map(|q| q.id).collect() };
        assert_eq!(ids(questions_of(&journal, &visit)), [named_id]);
        assert_eq!(ids(questions_gathered(&journal, 10 * DAY)), [free_id]);
    }

    #[test]
    fn a_question_that_was_asked_stays_in_sight_for_a_week() {
        let mut made = Made(IdSource::new(3));
        let mut asked = made
            .on(Kind::Question, 1, None)
            .with_text(key::STATE, "asked");
        asked.edited_utc = Some(10 * DAY);
        let journal = Journal::default().with_records(vec![asked]);
        assert_eq!(questions_gathered(&journal, 17 * DAY).len(), 1);
        assert_eq!(questions_gathered(&journal, 17 * DAY + 1).len(), 0);
    }

    #[test]
    fn the_latest_of_each_measurement_is_found() {
        let mut made = Made(IdSource::new(4));
        let records = [(1, "weight"), (2, "pulse"), (3, "weight")]
            .map(|(day, code)| made.on(Kind::Measurement, day, Some(code)));
        let journal = Journal::default().with_records(records.to_vec());
        let latest: Vec<_> = measurement::latest(&journal).iter().map(|r| r.id).collect();
        assert_eq!(latest, [records[2].id, records[1].id]);
    }
}
