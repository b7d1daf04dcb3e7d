//! When a draft goes to the disk.
//!
//! Invariant: at most [`KEYS`] times [`NEXT_KEY`] after the key that changed it, if the disk is free, and before any other request
//! is carried out. It waits that long for the next key, because who types quickly would otherwise have the disk write each letter,
//! and wait for that when the entry is saved: the save itself puts its draft away.

use super::Keeper;
use super::messages::{Answer, Request};
use crate::domain::entry::unchanged::written;
use crate::domain::journal::draft::Draft;
use chrono::{DateTime, Utc};
use std::collections::VecDeque;
use std::sync::mpsc::Receiver;
use std::time::Duration;

/// How long a draft waits for the next key.
const NEXT_KEY: Duration = Duration::from_millis(40);

/// How many keys it waits for.
const KEYS: u32 = 3;

/// A draft, and when it became what it is.
pub(super) type Dated = (Draft, DateTime<Utc>);

impl<A: Fn(Answer)> Keeper<A> {
    /// Keeps the latest state of a draft. Returns it instead if its entry is saved next: it is kept only if that fails.
    pub(super) fn keep_latest(
        &mut self,
        mut latest: Dated,
        inbox: &Receiver<Request>,
        batch: &mut VecDeque<Request>,
    ) -> Option<Dated> {
        for _ in 0..KEYS {
            if batch.is_empty() {
                batch.extend(inbox.recv_timeout(NEXT_KEY));
            }
            batch.extend(inbox.try_iter());
            match batch.pop_front() {
                Some(Request::KeepDraft { draft, now }) if draft.id() == latest.0.id() => {
                    latest = (draft, now);
                }
                Some(next) => {
                    let is_saved = is_saved_by(&latest.0, &next);
                    batch.push_front(next);
                    if is_saved {
                        return Some(latest);
                    }
                    break;
                }
                None => break,
            }
        }
        self.keep(&latest);
        None
    }

    pub(super) fn keep(&mut self, (draft, now): &Dated) {
        let result = match draft {
            Draft::CheckIn(draft) => self.store.keep_draft(draft, *now),
            Draft::Record(draft) => self.store.keep_record_draft(draft, *now),
        };
        match result {
            Err(error) => {
                self.has_failed = true;
                (self.answer)(Answer::DraftNotKept {
                    id: draft.id(),
                    problem: format!("The draft is not on the disk yet: {error}."),
                });
            }
            // Only after a failure: otherwise every key would send an answer and redraw the screen.
            Ok(()) if self.has_failed => (self.answer)(Answer::DraftKept(draft.id())),
            Ok(()) => {}
        }
    }
}

fn is_saved_by(draft: &Draft, request: &Request) -> bool {
    let Request::Write { changes, .. } = request else {
        return false;
    };
    written(changes).any(|id| id == draft.id())
}
