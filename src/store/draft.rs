//! Drafts: entries that are being written and not saved yet. They lie in the journal, outside undo.
//!
//! Invariant: a draft has the id of its later entry, and the transaction that records the entry deletes the draft.

use super::Store;
use super::commit::{Trace, Written};
use super::error::{Result, StoreError};
use super::integrity::sum;
use super::integrity::sum::Gap;
use super::integrity::unread::RowName;
use crate::domain::check_in::CheckInDraft;
use crate::domain::id::EntryId;
use crate::domain::record::draft::RecordDraft;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{TransactionBehavior, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

// Check-ins and records keep drafts in one table: their ids come from one source and never meet.
/// The `kind` of a draft's row.
const CHECK_IN: &str = "check_in";
const RECORD: &str = "record";

/// The columns that name a row in `doctor`.
const ROW_NAME: RowName = RowName::new("draft", 0, Some(2))
    .aside()
    .summed(&sum::DRAFT);

impl Store {
    /// Stores the draft of a check-in. A blank draft is deleted.
    pub fn keep_draft(&mut self, draft: &CheckInDraft, now: DateTime<Utc>) -> Result<()> {
        if draft.is_blank() {
            return self.drop_draft(draft.id);
        }
        self.write_draft(CHECK_IN, (draft.id, draft.day), draft, now)
    }

    /// Stores the draft of a record. A blank draft is deleted.
    pub(crate) fn keep_record_draft(
        &mut self,
        draft: &RecordDraft,
        now: DateTime<Utc>,
    ) -> Result<()> {
        if draft.is_blank() {
            return self.drop_draft(draft.id);
        }
        self.write_draft(RECORD, (draft.id, draft.day), draft, now)
    }

    fn write_draft(
        &mut self,
        kind: &str,
        (id, day): (EntryId, NaiveDate),
        draft: &impl Serialize,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let content =
            serde_json::to_string(draft).map_err(|_| StoreError::Unreadable("a draft"))?;
        self.ready()?;
        let written = self.attempt_to_keep(kind, (id, day), &content, now);
        self.settle(written, &Trace::Draft(id, Some(&content)))
    }

    fn attempt_to_keep(
        &mut self,
        kind: &str,
        (id, day): (EntryId, NaiveDate),
        content: &str,
        now: DateTime<Utc>,
    ) -> Result<Written<()>> {
        let tx = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        // A form may still be open in another window when its entry is erased; the words must not come back.
        Self::refuse_erased(&tx, id)?;
        let sql = "INSERT OR REPLACE INTO draft (uid, kind, day, content, written_at) VALUES (?1, ?2, ?3, ?4, ?5)";
        let values = params![
            id.as_bytes(),
            kind,
            day.to_string(),
            content,
            now.timestamp()
        ];
        tx.prepare_cached(sql)?.execute(values)?;
        let key = id.as_bytes().to_vec().into();
        sum::write(&tx, &sum::DRAFT, "uid", &key, Gap::NONE)?;
        Ok(Written::commit(tx, ()))
    }

    /// Deletes a draft.
    pub(crate) fn drop_draft(&mut self, id: EntryId) -> Result<()> {
        self.ready()?;
        let written = self.attempt_to_drop(id);
        self.settle(written, &Trace::Draft(id, None))
    }

    fn attempt_to_drop(&mut self, id: EntryId) -> Result<Written<()>> {
        let tx = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.prepare_cached("DELETE FROM draft WHERE uid = ?1")?
            .execute([id.as_bytes()])?;
        Ok(Written::commit(tx, ()))
    }

    /// All drafts of check-ins, oldest first. A draft that this version cannot read stays in the file.
    pub fn drafts(&self) -> Result<Vec<CheckInDraft>> {
        self.drafts_of(CHECK_IN)
    }

    /// All drafts of records, likewise.
    pub fn record_drafts(&self) -> Result<Vec<RecordDraft>> {
        self.drafts_of(RECORD)
    }

    fn drafts_of<D: DeserializeOwned>(&self, kind: &str) -> Result<Vec<D>> {
        self.named(self.read_drafts(kind))
    }

    fn read_drafts<D: DeserializeOwned>(&self, kind: &str) -> Result<Vec<D>> {
        let mut query = self.db.prepare_cached(&format!(
            "SELECT {} FROM draft WHERE kind = ?1 ORDER BY written_at, uid",
            sum::DRAFT.tail()
        ))?;
        let mut rows = query.query([kind])?;
        let mut drafts = Vec::new();
        while let Some(row) = rows.next()? {
            let content = row.get::<_, String>(3).map_err(StoreError::from);
            let draft = content.and_then(|content| {
                serde_json::from_str(&content).map_err(|_| StoreError::Unreadable("a draft"))
            });
            drafts.extend(self.read_or_note(draft, row, ROW_NAME)?);
        }
        Ok(drafts)
    }

    /// Notes the drafts of kinds that this version does not know.
    pub(super) fn note_other_drafts(&self) -> Result<()> {
        let mut query = self.db.prepare_cached(&format!(
            "SELECT {} FROM draft WHERE kind NOT IN (?1, ?2) ORDER BY written_at, uid",
            sum::DRAFT.tail()
        ))?;
        let mut rows = query.query([CHECK_IN, RECORD])?;
        while let Some(row) = rows.next()? {
            let error = Err(StoreError::NotKnown("what it is a draft of"));
            self.read_or_note::<()>(error, row, ROW_NAME)?;
        }
        Ok(())
    }
}
