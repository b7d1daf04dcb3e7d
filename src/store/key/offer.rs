//! Whether a passphrase was offered for a journal already. That lies among the journal's own facts, which undo does not reach.

use crate::store::Store;
use crate::store::error::Result;
use chrono::{DateTime, Utc};

/// The name of the fact.
const OFFERED: &str = "passphrase_offered";

impl Store {
    /// Whether a passphrase is to be offered now, which is then noted: once in the life of a journal, and never for one that has
    /// a passphrase. `is_due` is asked with the moment at which the journal was made.
    pub fn offers_passphrase(&mut self, is_due: impl FnOnce(DateTime<Utc>) -> bool) -> bool {
        if self.is_encrypted() || self.path().is_none() {
            return false;
        }
        let Ok(Some(made)) = self.fact("made_utc") else {
            return false;
        };
        let made = made
            .parse()
            .ok()
            .and_then(|at| DateTime::from_timestamp(at, 0));
        if !made.is_some_and(is_due) || !matches!(self.fact(OFFERED), Ok(None)) {
            return false;
        }
        // What cannot be noted would be said again and again.
        self.note_passphrase_offer().is_ok()
    }

    /// Notes that it was offered.
    ///
    /// # Errors
    /// Those of a write.
    pub fn note_passphrase_offer(&mut self) -> Result<()> {
        self.ready()?;
        self.db.execute(
            "INSERT OR IGNORE INTO journal (key, value) VALUES (?1, '1')",
            [OFFERED],
        )?;
        Ok(())
    }

    fn fact(&self, key: &str) -> Result<Option<String>> {
        let mut query = self
            .db
            .prepare_cached("SELECT value FROM journal WHERE key = ?1")?;
        let mut rows = query.query([key])?;
        Ok(match rows.next()? {
            Some(row) => row.get(0).ok(),
            None => None,
        })
    }
}
