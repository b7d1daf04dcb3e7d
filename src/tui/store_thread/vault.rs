//! The store thread while the journal is locked: no key, no open file, nothing of the journal in memory.
//!
//! Invariant: what arrives here is never written and never lost without a word: a draft or an entry is answered as not kept, so
//! that the screen holds it until the journal is open again.

use super::errands::Hands;
use super::first_days;
use super::first_days::Room;
use super::reading::Reading;
use super::{Answer, Exporter, Keeper, Request, UnlockedBy, configure};
use crate::domain::journal::draft::Drafts;
use crate::domain::text::words;
use crate::domain::time::Now;
use crate::store::key::door::Door;
use crate::store::key::held;
use crate::store::key::passphrase::Passphrase;
use crate::store::key::sheet::Sheet;
use crate::store::{Ours, Place, Store, StoreError};
use crate::tui::effect::Unlocking;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;

/// What is said of a draft that arrives while the journal is locked.
const LOCKED: &str = "the journal is locked; ebb holds it until it is open again";

/// A locked journal.
pub(super) struct Vault<A> {
    pub(super) path: PathBuf,
    pub(super) export: Exporter,
    pub(super) hands: Hands,
    pub(super) answer: A,
    pub(super) reading: Reading,
}

impl<A: Fn(Answer)> Vault<A> {
    /// Locks an open journal. A plain one has nothing to lock with, and stays open.
    pub(super) fn close(keeper: Keeper<A>) -> Result<Self, Box<Keeper<A>>> {
        let path = keeper.store.path().map(Path::to_owned);
        let Some(path) = path.filter(|_| keeper.store.is_encrypted()) else {
            return Err(Box::new(keeper));
        };
        let Keeper {
            store,
            journal,
            export,
            hands,
            answer,
            reading,
            ..
        } = keeper;
        drop((store, journal));
        held::forget();
        answer(Answer::Locked);
        Ok(Self {
            path,
            export,
            hands,
            answer,
            reading,
        })
    }

    /// Waits until the journal is opened; `None` when the program ends before.
    pub(super) fn run(
        self,
        inbox: &Receiver<Request>,
        batch: &mut VecDeque<Request>,
    ) -> Option<Keeper<A>> {
        while let Some(request) = batch.pop_front().or_else(|| inbox.recv().ok()) {
            let answer = match request {
                Request::End => return None,
                Request::Unlock(way, now) => match self.open(&way, &now) {
                    Ok((store, answer)) => {
                        // What is done at each start is done now, behind the first frame.
                        batch.push_front(Request::EmptyBin(now.at.to_utc()));
                        batch.push_front(Request::Examine);
                        batch.push_front(Request::LoadWhole);
                        return Some(self.opened(store, answer));
                    }
                    Err(problem) => Answer::StillLocked(problem),
                },
                Request::KeepDraft { draft, .. } => Answer::DraftNotKept {
                    id: draft.id(),
                    problem: words::sentence(LOCKED),
                },
                Request::Write { .. } => Answer::NotSaved(words::sentence(LOCKED)),
                Request::Configure { path, key, value } => {
                    configure(&Ours::of(&self.path), &path, key, &value)
                }
                Request::Settle => Answer::Settled,
                Request::Tell(done) => {
                    done.send(()).ok();
                    continue;
                }
                _ => continue,
            };
            (self.answer)(answer);
        }
        None
    }

    /// Opens the journal with what was typed, or says why not, without a word of what it is.
    fn open(&self, way: &Unlocking, now: &Now) -> Result<(Store, Answer), String> {
        let Door::Locked(door) = Door::of(&self.path).map_err(said)? else {
            return self.read(UnlockedBy::Passphrase, now);
        };
        match way {
            Unlocking::Passphrase(typed) => {
                let passphrase = Passphrase::new(typed.text())
                    .ok_or("Nothing was typed. Nothing was changed.")?;
                door.unlock(&passphrase).map_err(said)?;
            }
            Unlocking::Sheet(typed) => {
                let sheet = Sheet::read(typed.text()).map_err(|why| {
                    format!("{} Nothing was changed.", words::sentence(&why.to_string()))
                })?;
                door.unlock_with_sheet(&sheet).map_err(said)?;
            }
        }
        let by = match way {
            Unlocking::Passphrase(_) => UnlockedBy::Passphrase,
            Unlocking::Sheet(_) => UnlockedBy::Sheet,
        };
        self.read(by, now)
    }

    fn read(&self, by: UnlockedBy, now: &Now) -> Result<(Store, Answer), String> {
        let store = Store::open(&self.path).map_err(said)?;
        let read = || -> Result<Answer, StoreError> {
            Ok(Answer::Unlocked {
                journal: Box::new(first_days::load(&store, now, Room::of_terminal)?),
                drafts: Drafts {
                    check_ins: store.drafts()?,
                    records: store.record_drafts()?,
                },
                by,
            })
        };
        let answer = read().map_err(said)?;
        Ok((store, answer))
    }

    fn opened(self, store: Store, answer: Answer) -> Keeper<A> {
        let journal = match &answer {
            Answer::Unlocked { journal, .. } => (**journal).clone(),
            _ => crate::domain::journal::Journal::default(),
        };
        let place = store.look();
        (self.answer)(answer);
        if place != Place::Usual {
            (self.answer)(Answer::Placed(place.clone()));
        }
        Keeper {
            place,
            store,
            journal,
            export: self.export,
            hands: self.hands,
            answer: self.answer,
            reading: self.reading,
            has_told_unread: false,
            has_failed: false,
            is_stale: false,
        }
    }
}

/// Why it did not open, for anybody's eyes where that can be.
fn said(error: StoreError) -> String {
    match error {
        StoreError::WrongPassphrase(_) => {
            "That is not the passphrase. Nothing was changed; try as often as you like.".to_owned()
        }
        StoreError::WrongSheet(_) => {
            "That is a sheet, but of another key. Nothing was changed.".to_owned()
        }
        other => words::sentence(&other.to_string()),
    }
}
