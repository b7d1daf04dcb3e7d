//! Drafts: what is being written and not saved yet. In the journal, outside undo.
//!
//! Invariant: a draft carries the id of the entry that it will become, and goes away in the transaction that records it.

use super::Store;
use super::error::{Result, StoreError};
use super::unread::Named;
use crate::domain::check_in::CheckInDraft;
use crate::domain::id::EntryId;
use crate::domain::record::draft::RecordDraft;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{TransactionBehavior, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What a draft is of, in its row.
const CHECK_IN: &str = "check_in";
const RECORD: &str = "record";

/// How such a row is named.
const NAMED: Named = Named::new("draft", 0, Some(1)).aside();

impl Store {
    /// Keeps the draft of a check-in as it is now; one that is blank again is dropped.
    pub fn keep_draft(&mut self, draft: &CheckInDraft, now: DateTime<Utc>) -> Result<()> {
        if draft.is_blank() {
            return self.drop_draft(draft.id);
        }
        self.keep(CHECK_IN, (draft.id, draft.day), draft, now)
    }

    /// Keeps the draft of a record as it is now; one that is blank again is dropped.
    pub fn keep_record_draft(&mut self, draft: &RecordDraft, now: DateTime<Utc>) -> Result<()> {
        if draft.is_blank() {
            return self.drop_draft(draft.id);
        }
        self.keep(RECORD, (draft.id, draft.day), draft, now)
    }

    fn keep(
        &mut self,
        kind: &str,
        (id, day): (EntryId, NaiveDate),
        draft: &impl Serialize,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let content =
            serde_json::to_string(draft).map_err(|_| StoreError::Unreadable("a draft"))?;
        let tx = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
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
        Ok(tx.commit()?)
    }

    /// Lets a draft go.
    pub fn drop_draft(&mut self, id: EntryId) -> Result<()> {
        self.db
            .prepare_cached("DELETE FROM draft WHERE uid = ?1")?
            .execute([id.as_bytes()])?;
        Ok(())
    }

    /// All kept drafts of check-ins, oldest first. One that this version cannot read stays where it is.
    pub fn drafts(&self) -> Result<Vec<CheckInDraft>> {
        self.kept(CHECK_IN)
    }

    /// All kept drafts of records, likewise.
    pub fn record_drafts(&self) -> Result<Vec<RecordDraft>> {
        self.kept(RECORD)
    }

    fn kept<D: DeserializeOwned>(&self, kind: &str) -> Result<Vec<D>> {
        let mut query = self.db.prepare_cached(
            "SELECT uid, day, content FROM draft WHERE kind = ?1 ORDER BY written_at, uid",
        )?;
        let mut rows = query.query([kind])?;
        let mut drafts = Vec::new();
        while let Some(row) = rows.next()? {
            let content = row.get::<_, String>(2).map_err(StoreError::from);
            let read = content.and_then(|content| {
                serde_json::from_str(&content).map_err(|_| StoreError::Unreadable("a draft"))
            });
            drafts.extend(self.read_or_note(read, row, NAMED)?);
        }
        Ok(drafts)
    }

    /// Notes drafts of what this version does not know.
    pub(super) fn note_other_drafts(&self) -> Result<()> {
        let mut query = self.db.prepare_cached(
            "SELECT uid, day FROM draft WHERE kind NOT IN (?1, ?2) ORDER BY written_at, uid",
        )?;
        let mut rows = query.query([CHECK_IN, RECORD])?;
        while let Some(row) = rows.next()? {
            let read = Err(StoreError::NotKnown("what it is a draft of"));
            self.read_or_note::<()>(read, row, NAMED)?;
        }
        Ok(())
    }
}
