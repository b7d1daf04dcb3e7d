//! The store thread: owns the journal file, so that no key ever waits for the disk.
//!
//! Invariant: requests are carried out in order; a draft goes to the disk as soon as the disk is free, without waiting for a
//! pause in the typing; "saved" is answered after the commit returned.

use crate::config::file;
use crate::config::settings::ConfigKey;
use crate::domain::entry::bin;
use crate::domain::entry::bin::BinEntry;
use crate::domain::id::EntryId;
use crate::domain::journal::change::Change;
use crate::domain::journal::draft::Draft;
use crate::domain::journal::{Coverage, Journal};
use crate::domain::text::words;
use crate::domain::time::Now;
use crate::store::{Applied, CopyKind, Depth, Occupant, Store, StoreError};
use crate::transfer::Giving;
use chrono::{DateTime, Utc};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

/// Something for the store to do.
#[derive(Debug)]
pub enum Request {
    /// Write changes as one step.
    Write {
        /// All or none.
        changes: Vec<Change>,
        /// What to say once they are saved.
        said: String,
        /// Stamps the rows.
        now: DateTime<Utc>,
    },
    /// Keep a draft.
    KeepDraft {
        /// As it is now.
        draft: Draft,
        /// When.
        now: DateTime<Utc>,
    },
    /// Let a draft go.
    DropDraft(EntryId),
    /// Take the last step back.
    Undo(DateTime<Utc>),
    /// Do it again.
    Redo(DateTime<Utc>),
    /// Read all days.
    LoadWhole,
    /// Look whether another process wrote, and read again if so.
    Freshen,
    /// Look at the file's structure.
    Examine,
    /// Make a copy of the journal.
    BackUp(DateTime<Utc>),
    /// Tell what lies in the bin.
    ListBin(DateTime<Utc>),
    /// Erase an entry of the bin for good.
    Erase(BinEntry, DateTime<Utc>),
    /// Erase what has lain in the bin for 30 days.
    EmptyBin(DateTime<Utc>),
    /// Write something of all days to a new file.
    Give {
        /// What, and in which form.
        giving: Giving,
        /// Where to.
        path: PathBuf,
        /// When.
        now: Now,
    },
    /// Set a key of the config file.
    Configure {
        /// The file.
        path: PathBuf,
        /// The key.
        key: ConfigKey,
        /// Its value.
        value: String,
    },
    /// Write words that are on no disk to a new file.
    PutAside {
        /// Where to.
        path: PathBuf,
        /// The words.
        text: String,
    },
    /// Answer when everything asked for so far was done, or could not be: before leaving.
    Settle,
    /// Tell when everything asked for so far is on the disk.
    Tell(Sender<()>),
    /// Put everything on the disk and end.
    End,
}

impl Request {
    fn only_reads(&self) -> bool {
        matches!(
            self,
            Self::LoadWhole | Self::Freshen | Self::Examine | Self::ListBin(_)
        )
    }
}

/// What the store answers.
#[derive(Debug)]
pub enum Answer {
    /// The journal as it is now.
    Loaded(Box<Journal>),
    /// A write is on the disk.
    Saved {
        /// The journal as read back.
        journal: Box<Journal>,
        /// What to say.
        said: String,
    },
    /// A write is not on the disk.
    NotSaved(String),
    /// A draft is on the disk; told where something else was not.
    DraftKept(EntryId),
    /// A draft is not on the disk.
    DraftNotKept {
        /// Whose.
        id: EntryId,
        /// Why not.
        problem: String,
    },
    /// The file that words were written to, or why they were not.
    PutAside(Result<PathBuf, String>),
    /// Everything asked for before was done, or could not be.
    Settled,
    /// An undo or redo is on the disk.
    Exchanged {
        /// The journal as read back.
        journal: Box<Journal>,
        /// What to say.
        said: String,
    },
    /// What lies in the bin now.
    Bin(Vec<BinEntry>),
    /// Something to say.
    Said(String),
    /// Something could not be done.
    Problem(String),
}

/// The store on its own thread.
pub struct Storage {
    requests: Sender<Request>,
    thread: Option<JoinHandle<()>>,
}

/// Writes something of a journal to a new file and answers what to say, or what went wrong.
pub type Exporter =
    Box<dyn Fn(&Journal, &Giving, &std::path::Path, &Now) -> Result<String, String> + Send>;

impl Storage {
    /// Starts the thread. `journal` is what has been read so far; answers go to `answer`.
    pub fn start(
        store: Store,
        journal: Journal,
        export: impl Fn(&Journal, &Giving, &std::path::Path, &Now) -> Result<String, String>
        + Send
        + 'static,
        answer: impl Fn(Answer) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (requests, inbox) = channel();
        let mut keeper = Keeper {
            store,
            journal,
            export: Box::new(export),
            answer,
            has_told_unread: false,
            has_failed: false,
        };
        let thread = std::thread::Builder::new()
            .name("store".to_owned())
            .spawn(move || keeper.run(&inbox))?;
        Ok(Self {
            requests,
            thread: Some(thread),
        })
    }

    /// Hands over a request.
    pub fn ask(&self, request: Request) {
        // The thread ends only after `End`; what comes later has nowhere to go.
        self.requests.send(request).ok();
    }

    /// What another thread does when the main one cannot end the process: everything asked for goes to the disk.
    pub fn last_words(&self) -> impl FnOnce() + Send + 'static {
        let (requests, (done, finished)) = (self.requests.clone(), channel());
        move || {
            requests.send(Request::Tell(done)).ok();
            finished.recv().ok();
        }
    }

    /// Waits until everything asked for is on the disk.
    pub fn end(mut self) {
        self.ask(Request::End);
        if let Some(thread) = self.thread.take() {
            // A panic in there was reported by the panic hook already.
            thread.join().ok();
        }
    }
}

struct Keeper<A> {
    store: Store,
    journal: Journal,
    export: Exporter,
    answer: A,
    /// Whether rows that cannot be read were told of.
    has_told_unread: bool,
    /// Whether anything could not be saved or kept so far: from then on it is told what is.
    has_failed: bool,
}

impl<A: Fn(Answer)> Keeper<A> {
    /// Takes what has come in while the disk was busy as one batch. Of several states of one draft the last is enough, so a
    /// quick typist on a slow disk costs one commit at a time, not a queue of them.
    fn run(&mut self, inbox: &Receiver<Request>) {
        let mut batch = VecDeque::new();
        while let Some(request) = batch.pop_front().or_else(|| inbox.recv().ok()) {
            batch.extend(inbox.try_iter());
            // Nobody waits for a reading once the end was asked for; writes and drafts are never left out.
            if batch.iter().any(|next| matches!(next, Request::End)) && request.only_reads() {
                continue;
            }
            match request {
                Request::End => return,
                Request::KeepDraft { draft, now } => {
                    let is_newer = |next: &Request| matches!(next, Request::KeepDraft { draft: d, .. } if d.id() == draft.id());
                    if !batch.front().is_some_and(is_newer) {
                        self.keep(&draft, now);
                    }
                }
                other => {
                    let written = match &other {
                        Request::Write { now, .. } => Some(*now),
                        _ => None,
                    };
                    let answer = self.answer_to(other);
                    // After a save that failed a copy would be of something else than the person believes.
                    let is_saved = matches!(answer, Some(Answer::Saved { .. }));
                    self.has_failed |= matches!(answer, Some(Answer::NotSaved(_)));
                    answer.into_iter().for_each(&self.answer);
                    let written = written.filter(|_| is_saved);
                    if let Some(problem) = written.and_then(|now| self.keep_copy(now)) {
                        (self.answer)(problem);
                    }
                }
            }
        }
    }

    fn keep(&mut self, draft: &Draft, now: DateTime<Utc>) {
        let kept = match draft {
            Draft::CheckIn(draft) => self.store.keep_draft(draft, now),
            Draft::Record(draft) => self.store.keep_record_draft(draft, now),
        };
        match kept {
            Err(error) => {
                self.has_failed = true;
                (self.answer)(Answer::DraftNotKept {
                    id: draft.id(),
                    problem: format!("The draft is not on the disk yet: {error}."),
                });
            }
            Ok(()) if self.has_failed => (self.answer)(Answer::DraftKept(draft.id())),
            Ok(()) => {}
        }
    }

    fn answer_to(&mut self, request: Request) -> Option<Answer> {
        Some(match request {
            Request::Write { changes, said, now } => match self
                .store
                .apply(&changes, now)
                .and_then(|a| self.refresh(&a))
            {
                Ok(()) => Answer::Saved {
                    said: match self.journal.quiet_after(&changes) {
                        Some(quiet) => format!("{} {quiet}", words::sentence(&said)),
                        None => said,
                    },
                    journal: Box::new(self.journal.clone()),
                },
                Err(error) => Answer::NotSaved(format!("Not saved: {error}.")),
            },
            Request::Undo(now) => self.exchanged("Undone", now, Store::undo),
            Request::Redo(now) => self.exchanged("Done again", now, Store::redo),
            Request::DropDraft(id) => problem(self.store.drop_draft(id))?,
            Request::LoadWhole => match self.store.load(None) {
                Ok(journal) => {
                    self.journal = journal;
                    (self.answer)(Answer::Loaded(Box::new(self.journal.clone())));
                    Answer::Said(self.unread_once()?)
                }
                Err(error) => Answer::Problem(format!("Earlier days could not be read: {error}.")),
            },
            Request::Freshen => self.freshen()?,
            Request::Examine => self.examine()?,
            Request::BackUp(now) => match self.store.back_up(CopyKind::Ring, now) {
                Ok(copy) => Answer::Said(format!("A copy lies in {}.", copy.path.display())),
                Err(error) => Answer::Problem(words::sentence(&format!(
                    "no copy was made: {error}; the journal is as it was"
                ))),
            },
            Request::ListBin(now) => match self.store.bin(now) {
                Ok(entries) => Answer::Bin(entries),
                Err(error) => Answer::Problem(words::sentence(&error.to_string())),
            },
            Request::Erase(entry, now) => self.erase(&entry, now),
            Request::EmptyBin(now) => self.empty_bin(now)?,
            Request::Give { giving, path, now } => match self.give(&giving, &path, &now) {
                Ok(said) => Answer::Said(said),
                Err(problem) => Answer::Problem(problem),
            },
            Request::Configure { path, key, value } => {
                match file::set(&path, key, &value, &|path| {
                    self.store.ours().may_be_config(path)
                }) {
                    Ok(()) => {
                        Answer::Said(format!("{key} is {value}; written to the config file."))
                    }
                    Err(error) => Answer::Problem(format!(
                        "{} Until you leave, {key} is {value}.",
                        words::sentence(&error.to_string())
                    )),
                }
            }
            Request::PutAside { path, text } => Answer::PutAside(self.put_aside(path, &text)),
            Request::Settle => Answer::Settled,
            Request::Tell(done) => {
                done.send(()).ok();
                return None;
            }
            Request::KeepDraft { .. } | Request::End => return None,
        })
    }

    fn refresh(&mut self, applied: &Applied) -> Result<(), StoreError> {
        self.journal = self.store.refresh(&self.journal, &applied.days)?;
        Ok(())
    }

    fn exchanged(
        &mut self,
        verb: &str,
        now: DateTime<Utc>,
        exchange: fn(&mut Store, DateTime<Utc>) -> Result<Applied, StoreError>,
    ) -> Answer {
        let done = exchange(&mut self.store, now)
            .and_then(|applied| self.refresh(&applied).map(|()| applied));
        match done {
            Ok(Applied { label, .. }) => {
                let day = label
                    .day
                    .map(|day| format!(", {}", words::day(day)))
                    .unwrap_or_default();
                Answer::Exchanged {
                    journal: Box::new(self.journal.clone()),
                    said: format!("{verb}: {}{day}", label.what),
                }
            }
            Err(error) => Answer::Problem(words::sentence(&error.to_string())),
        }
    }

    fn freshen(&mut self) -> Option<Answer> {
        let since = match self.journal.coverage {
            Coverage::Whole => None,
            Coverage::Since(first) => Some(first),
        };
        if !self.store.was_changed_elsewhere().unwrap_or(false) {
            return None;
        }
        let journal = self.store.load(since).ok()?;
        self.journal = journal;
        Some(Answer::Loaded(Box::new(self.journal.clone())))
    }

    fn erase(&mut self, entry: &BinEntry, now: DateTime<Utc>) -> Answer {
        match self.store.erase(entry.kind, entry.id, now) {
            Ok(done) => {
                let unreached = done.unreached_paths();
                let said = bin::said_erased(&entry.what, done.copies, &unreached);
                if unreached.is_empty() {
                    Answer::Said(said)
                } else {
                    Answer::Problem(said)
                }
            }
            Err(error) => Answer::Problem(format!(
                "It is still in the bin (a copy may be without it already): {error}."
            )),
        }
    }

    /// What is in the way of it is told when there is something for the person to do; else the next opening goes on. A copy that could not be changed
    /// is named once: its own entry is gone from the journal then.
    fn empty_bin(&mut self, now: DateTime<Utc>) -> Option<Answer> {
        let unreached = self.store.purge(now).ok()?.unreached_paths();
        let what = "what was deleted 30 days ago";
        (!unreached.is_empty()).then(|| Answer::Problem(bin::said_erased(what, 0, &unreached)))
    }

    /// After a save: the day's copy. What goes wrong with it is told once, and no save waits for it to succeed.
    fn keep_copy(&mut self, now: DateTime<Utc>) -> Option<Answer> {
        let error = self.store.keep_ring(now).err()?;
        Some(Answer::Problem(error.of_the_days_copy()))
    }

    /// All days go out, also when they were not all read yet.
    fn give(&self, giving: &Giving, path: &std::path::Path, now: &Now) -> Result<String, String> {
        let whole = self
            .store
            .load(None)
            .map_err(|error| words::sentence(&error.to_string()))?;
        let said = (self.export)(&whole, giving, path, now)?;
        Ok(match self.store.left_out_told() {
            Some(told) => format!("{said} {told}"),
            None => said,
        })
    }

    fn put_aside(&self, path: PathBuf, text: &str) -> Result<PathBuf, String> {
        let place = self.store.ours().file(&path);
        let place = place.map_err(|error| words::sentence(&error.to_string()))?;
        match place.write(text.as_bytes(), Occupant::Nothing) {
            Ok(()) => Ok(path),
            Err(error) => Err(format!(
                "{} was not written: {error}. Nothing that is there was touched; another place may do.",
                path.display()
            )),
        }
    }

    /// How many rows cannot be read, said once.
    fn unread_once(&mut self) -> Option<String> {
        if std::mem::replace(&mut self.has_told_unread, true) {
            return None;
        }
        self.store.unread_told().ok().flatten()
    }

    fn examine(&mut self) -> Option<Answer> {
        match self.store.examine(Depth::Quick) {
            Ok(seen) if seen.findings.is_empty() => None,
            Ok(_) => Some(Answer::Problem(
                "The journal file is not as it has to be; `ebb doctor` tells more.".to_owned(),
            )),
            Err(error) => Some(Answer::Problem(format!(
                "The journal could not be examined: {error}."
            ))),
        }
    }
}

fn problem(done: Result<(), StoreError>) -> Option<Answer> {
    done.err()
        .map(|error| Answer::Problem(words::sentence(&error.to_string())))
}
