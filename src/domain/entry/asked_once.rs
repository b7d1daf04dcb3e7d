//! The question what the kratom was taken for, asked once.
//!
//! Invariant: it follows a first check-in that calls for no other words, and can be skipped; it is never asked again.

use crate::domain::entry::after_save;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::kind::Kind;
use chrono::NaiveDate;

/// The draft that asks what it was taken for, after the first check-in of a journal with an attempt; `None` where that is not
/// asked. `before` is the journal as it was.
pub(crate) fn draft(
    before: &Journal,
    journal: &Journal,
    id: EntryId,
    today: NaiveDate,
) -> Option<RecordDraft> {
    let open = journal.attempts.open(today)?;
    // After a hard day the words about it stand alone, and the question comes with the next check-in.
    let quiet = |journal: &Journal| {
        let days = journal.days();
        let days = days.filter(|day| !after_save::calls_for_a_line(journal, day.date));
        days.map(|day| day.check_ins.len()).sum::<usize>()
    };
    let is_first = quiet(before) == 0 && quiet(journal) == 1;
    if !is_first || !journal.standing(Kind::Baseline).is_empty() {
        return None;
    }
    let draft = RecordDraft::new(id, Kind::Baseline, today);
    let mut draft = draft.about(&open.attempt.id.to_string());
    draft.asks_taken_for = true;
    Some(draft)
}
