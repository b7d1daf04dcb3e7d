//! The store thread: it owns the journal file, so that no key ever waits for the disk.
//!
//! Invariant: requests are carried out in order. A draft goes to the disk within an eighth of a second, or as soon as the disk is
//! free, without waiting for a pause in the typing. "Saved" is answered after the commit has returned.

mod drafts;
pub mod errands;
pub(crate) mod first_days;
mod messages;
mod passphrase;
mod reading;
mod vault;

pub use messages::{Answer, Request, UnlockedBy};
pub use passphrase::Kept;
pub(crate) use passphrase::KeptWhat;

use crate::config::file;
use crate::config::settings::ConfigKey;
use crate::domain::entry::bin::BinEntry;
use crate::domain::entry::exchanged;
use crate::domain::entry::exchanged::Way;
use crate::domain::entry::unchanged::{NOTHING, written};
use crate::domain::entry::{after_save, bin};
use crate::domain::journal::change::Change;
use crate::domain::journal::{Coverage, Journal};
use crate::domain::safety::passphrase_offer;
use crate::domain::series::logged::logged;
use crate::domain::text::words;
use crate::domain::time::Now;
use crate::store::{Applied, CopyKind, Depth, Finding, Grade, Ours, Place, Store, StoreError};
use crate::transfer::Giving;
use crate::transfer::progress::OnProgress;
use crate::tui::outside::memory::{FOR_A_KEY, Memory};
use chrono::{DateTime, Utc};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use errands::Hands;
use reading::Reading;
use vault::Vault;

/// The store on its own thread.
pub struct Storage {
    requests: Sender<Request>,
    /// What the thread will do, until it is started.
    work: Option<Box<dyn FnOnce() + Send>>,
    thread: Option<JoinHandle<()>>,
    reading: Reading,
}

/// Writes an export or a report to a new file; returns the notice, or the problem.
pub type Exporter = Box<
    dyn Fn(&Journal, &Giving, &std::path::Path, &Now, OnProgress<'_>) -> Result<String, String>
        + Send,
>;

impl Storage {
    /// Starts the thread. `journal` holds the days read so far; `answer` receives the answers.
    pub fn start(
        store: Store,
        journal: Journal,
        export: impl Fn(&Journal, &Giving, &std::path::Path, &Now) -> Result<String, String>
        + Send
        + 'static,
        answer: impl Fn(Answer) + Send + 'static,
    ) -> std::io::Result<Self> {
        let export: Exporter =
            Box::new(move |journal, giving, path, now, _| export(journal, giving, path, now));
        Self::start_with(store, journal, export, errands::none(), answer)
    }

    /// [`Self::start`], with hands that carry out errands.
    pub fn start_with(
        store: Store,
        journal: Journal,
        export: Exporter,
        hands: Hands,
        answer: impl Fn(Answer) + Send + 'static,
    ) -> std::io::Result<Self> {
        let place = store.look();
        let mut storage = Self::ready(store, place, journal, export, hands, answer);
        storage.begin()?;
        Ok(storage)
    }

    /// What [`Self::begin`] starts the thread over: an open journal at the place where the screen knows it.
    pub(crate) fn ready(
        store: Store,
        place: Place,
        journal: Journal,
        export: Exporter,
        hands: Hands,
        answer: impl Fn(Answer) + Send + 'static,
    ) -> Self {
        let reading = Reading::default();
        let keeper = Keeper {
            store,
            place,
            journal,
            export,
            hands,
            answer,
            reading: reading.clone(),
            has_told_unread: false,
            has_failed: false,
            is_stale: false,
        };
        Self::over(Held::Open(Box::new(keeper)), reading)
    }

    /// [`Self::ready`], over an encrypted journal whose key is not known yet.
    pub(crate) fn ready_locked(
        path: PathBuf,
        export: Exporter,
        hands: Hands,
        answer: impl Fn(Answer) + Send + 'static,
    ) -> Self {
        let reading = Reading::default();
        let vault = Vault {
            path,
            export,
            hands,
            answer,
            reading: reading.clone(),
        };
        Self::over(Held::Locked(vault), reading)
    }

    fn over<A: Fn(Answer) + Send + 'static>(held: Held<A>, reading: Reading) -> Self {
        let (requests, inbox) = channel();
        Self {
            requests,
            work: Some(Box::new(move || held.run(&inbox))),
            thread: None,
            reading,
        }
    }

    /// Starts the thread. What was asked before waits for it.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(crate) fn begin(&mut self) -> std::io::Result<()> {
        if let Some(work) = self.work.take() {
            let thread = std::thread::Builder::new().name("store".to_owned());
            self.thread = Some(thread.spawn(work)?);
        }
        Ok(())
    }

    /// Sends a request.
    pub fn ask(&self, request: Request) {
        // Fails only after `End`, when nobody waits for an answer any more.
        self.requests.send(request).ok();
    }

    /// A function for the last resort: it returns once all requests so far are on the disk.
    pub(crate) fn last_words(&self) -> impl FnOnce() + Send + 'static {
        let (requests, (done, finished)) = (self.requests.clone(), channel());
        move || {
            requests.send(Request::Tell(done)).ok();
            finished.recv().ok();
        }
    }

    /// Waits until all requests are on the disk.
    pub fn end(mut self) {
        self.ask(Request::End);
        // Nobody waits any more for what is only read; at a hundred years the examination would hold the person up.
        self.reading.stop();
        if let Some(thread) = self.thread.take() {
            // The panic hook has already reported a panic of that thread.
            thread.join().ok();
        }
    }
}

// A journal of ten years takes less than half of its file in memory; a second reading and the text of an export come on top.
/// The memory that a byte of the file needs, at most.
const OF_A_BYTE: usize = 4;

/// What the thread has of the journal.
enum Held<A> {
    /// The open file.
    Open(Box<Keeper<A>>),
    /// The place of a locked one.
    Locked(Vault<A>),
}

impl<A: Fn(Answer)> Held<A> {
    fn run(mut self, inbox: &Receiver<Request>) {
        let mut batch = VecDeque::new();
        loop {
            self = match self {
                Self::Open(mut keeper) => match keeper.run(inbox, &mut batch) {
                    Pause::Ended => return,
                    Pause::Locking => match Vault::close(*keeper) {
                        Ok(vault) => Self::Locked(vault),
                        Err(keeper) => Self::Open(keeper),
                    },
                },
                Self::Locked(vault) => match vault.run(inbox, &mut batch) {
                    Some(keeper) => Self::Open(Box::new(keeper)),
                    None => return,
                },
            };
        }
    }
}

/// Why the open journal is not worked on any more.
enum Pause {
    Ended,
    Locking,
}

fn is_saved(answer: Option<&Answer>) -> bool {
    matches!(answer, Some(Answer::Saved { .. }))
}

struct Keeper<A> {
    store: Store,
    /// The place of the file, as the screen knows it.
    place: Place,
    journal: Journal,
    export: Exporter,
    hands: Hands,
    answer: A,
    /// What may be broken off at the end.
    reading: Reading,
    /// Whether the notice about unreadable rows was sent.
    has_told_unread: bool,
    /// Whether any save failed so far: from then on stored drafts are reported too.
    has_failed: bool,
    /// Whether a write could not be read back: the journal in memory lacks it until the next full reading.
    is_stale: bool,
}

impl<A: Fn(Answer)> Keeper<A> {
    /// Handles the requests that arrived while the disk was busy as one batch. Consecutive states of one draft become one
    /// commit, so that a quick typist on a slow disk never builds up a queue.
    fn run(&mut self, inbox: &Receiver<Request>, batch: &mut VecDeque<Request>) -> Pause {
        let mut unkept = None;
        while let Some(request) = batch.pop_front().or_else(|| inbox.recv().ok()) {
            batch.extend(inbox.try_iter());
            // Before the end nobody waits for a read any more; writes and drafts are never skipped.
            if batch.iter().any(|next| matches!(next, Request::End)) && request.only_reads() {
                continue;
            }
            // Before the answer on which the person leaves: a draft may be lost with its file.
            if matches!(request, Request::Settle) {
                self.look();
            }
            match request {
                Request::End => return Pause::Ended,
                Request::Lock => return Pause::Locking,
                Request::KeepDraft { draft, now } => {
                    unkept = self.keep_latest((draft, now), inbox, batch);
                }
                other => {
                    let write_time = match &other {
                        Request::Write { now, .. } => Some(now.at.to_utc()),
                        _ => None,
                    };
                    let answer = self.answer_to(other);
                    let unkept = unkept.take();
                    if let Some(draft) = unkept.filter(|_| !is_saved(answer.as_ref())) {
                        self.keep(&draft);
                    }
                    // After a failed save a copy would not hold the entry that the person believes to be in it.
                    let is_saved = is_saved(answer.as_ref());
                    self.has_failed |= matches!(answer, Some(Answer::NotSaved(_)));
                    answer.into_iter().for_each(&self.answer);
                    let write_time = write_time.filter(|_| is_saved);
                    if let Some(problem) = write_time.and_then(|now| self.keep_copy(now)) {
                        (self.answer)(problem);
                    }
                }
            }
            self.look();
        }
        Pause::Ended
    }

    /// Looks where the file is, after every request: a request that failed may have failed for that reason.
    fn look(&mut self) {
        let place = match self.store.follow() {
            Place::Renewed => Place::Usual,
            place => place,
        };
        if place != self.place {
            // From then on stored drafts are reported too.
            self.has_failed |= place != Place::Usual;
            self.place = place.clone();
            (self.answer)(Answer::Placed(place));
        }
        if self.store.take_renewal() {
            self.is_stale = true;
            self.freshen().into_iter().for_each(&self.answer);
            (self.answer)(Answer::Renewed);
        }
    }

    fn answer_to(&mut self, request: Request) -> Option<Answer> {
        Some(match request {
            Request::Write {
                changes,
                notice,
                now,
            } => self.write(&changes, notice, &now),
            Request::Undo(now) => self.exchanged(Way::Undo, &now, Store::undo),
            Request::Redo(now) => self.exchanged(Way::Redo, &now, Store::redo),
            Request::DropDraft(id) => problem(self.store.drop_draft(id))?,
            Request::LoadWhole if self.is_short_of_memory() => {
                self.compare_first_days();
                Answer::Problem(
                    "Earlier days were not read: the system gives ebb too little memory for them. They are safe.".to_owned(),
                )
            }
            Request::LoadWhole => match self.reading.of(&self.store, || self.store.load(None)) {
                Ok(journal) => {
                    self.journal = journal;
                    // The first key into Trends would wait for it; here nobody does.
                    drop(logged(&self.journal));
                    (self.answer)(Answer::Loaded(Box::new(self.journal.clone())));
                    Answer::Said(self.unread_once()?)
                }
                Err(error) => {
                    self.compare_first_days();
                    Answer::Problem(format!("Earlier days could not be read: {error}."))
                }
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
                Ok(notice) => Answer::Said(notice),
                Err(problem) => Answer::Problem(problem),
            },
            Request::Run(errand, now) => self.run_errand(&errand, &now),
            Request::Configure { path, key, value } => {
                configure(&self.store.ours(), &path, key, &value)
            }
            Request::PutAside { path, text } => Answer::PutAside(self.put_aside(path, &text)),
            Request::Settle => Answer::Settled,
            Request::Tell(done) => {
                done.send(()).ok();
                return None;
            }
            Request::Keep(keeping, now) => self.keep_passphrase(&keeping, &now),
            // It may be open already: a second Enter came before the answer to the first.
            Request::Unlock(..) | Request::KeepDraft { .. } | Request::End | Request::Lock => {
                return None;
            }
        })
    }

    fn write(&mut self, changes: &[Change], notice: String, now: &Now) -> Answer {
        if self.store.holds_already(&self.journal, changes) {
            return self.unchanged(changes);
        }
        match self.store.apply(changes, now.at.to_utc()) {
            Ok(applied) => {
                let before = self.journal.clone();
                let problem = self.read_back(&applied);
                let quiet = after_save::calm_line((&before, &self.journal), changes, now)
                    .or_else(|| self.offer(changes, now));
                Answer::Saved {
                    notice: match problem.or(quiet) {
                        Some(more) => format!("{} {more}", words::sentence(&notice)),
                        None => notice,
                    },
                    journal: Box::new(self.journal.clone()),
                }
            }
            Err(error) => Answer::NotSaved(error.of_a_save()),
        }
    }

    /// The line that offers a passphrase, once, where no other line is said.
    fn offer(&mut self, changes: &[Change], now: &Now) -> Option<String> {
        let journal = &self.journal;
        let is_due = |made| passphrase_offer::is_due(journal, changes, made, now);
        let is_offered = self.store.offers_passphrase(is_due);
        is_offered.then(|| passphrase_offer::OFFER.to_owned())
    }

    /// The answer to a save of what stands there already: nothing is written, and its draft has done its work.
    fn unchanged(&mut self, changes: &[Change]) -> Answer {
        let mut notice = NOTHING.to_owned();
        for id in written(changes) {
            if let Err(error) = self.store.drop_draft(id) {
                let more = words::sentence(&error.to_string());
                notice = format!("{NOTHING} {more}");
            }
        }
        Answer::Saved {
            notice,
            journal: Box::new(self.journal.clone()),
        }
    }

    /// Reads back what a write changed. The write is on the disk already, so an error here is only a notice.
    fn read_back(&mut self, applied: &Applied) -> Option<String> {
        match self.store.refresh(&self.journal, &applied.days) {
            Ok(journal) => {
                self.journal = journal;
                None
            }
            Err(error) => {
                self.is_stale = true;
                Some(error.of_reading_back())
            }
        }
    }

    fn exchanged(
        &mut self,
        way: Way,
        now: &Now,
        exchange: fn(&mut Store, DateTime<Utc>) -> Result<Applied, StoreError>,
    ) -> Answer {
        match exchange(&mut self.store, now.at.to_utc()) {
            Ok(applied) => {
                let before = self.journal.clone();
                let problem = self.read_back(&applied);
                let (sides, step) = ((&before, &self.journal), (&applied.label, &*applied.rows));
                let notice = words::sentence(&exchanged::line(way, sides, step, now));
                Answer::Exchanged {
                    journal: Box::new(self.journal.clone()),
                    notice: match problem {
                        Some(more) => format!("{notice} {more}"),
                        None => notice,
                    },
                }
            }
            Err(error) => Answer::Problem(words::sentence(&error.to_string())),
        }
    }

    /// Compares the days that are here with their sums, where the reading of the whole journal did not come to do it.
    fn compare_first_days(&mut self) {
        if let Coverage::Since(first) = self.journal.coverage
            && let Ok(compared) = self.store.load(Some(first))
        {
            self.journal.differing = compared.differing;
            (self.answer)(Answer::Loaded(Box::new(self.journal.clone())));
        }
    }

    fn freshen(&mut self) -> Option<Answer> {
        let since = match self.journal.coverage {
            Coverage::Whole => None,
            Coverage::Since(first) => Some(first),
        };
        // Failures stay silent: the person asked for nothing, and the next write reports the same problem.
        if !self.store.was_changed_elsewhere().unwrap_or(false) && !self.is_stale {
            return None;
        }
        // Asked only once whether it was changed, so a reading that fails has to be tried again.
        self.is_stale = true;
        if self.is_short_of_memory() {
            return None;
        }
        let journal = self.store.load(since).ok()?;
        self.journal = journal;
        self.is_stale = false;
        Some(Answer::Loaded(Box::new(self.journal.clone())))
    }

    fn erase(&mut self, entry: &BinEntry, now: DateTime<Utc>) -> Answer {
        match self.store.erase(entry.kind, entry.id, now) {
            Ok(erasure) => {
                let unreached = erasure.unreached_paths();
                let sentence = bin::erased_text(&entry.what, erasure.copies, &unreached);
                if unreached.is_empty() {
                    Answer::Said(sentence)
                } else {
                    Answer::Problem(sentence)
                }
            }
            Err(error) => Answer::Problem(error.of_an_erasing()),
        }
    }

    /// Empties the bin at the start. A failure is silent, because the next start tries again. Copies that could not be changed
    /// are named, and only once: the journal no longer has the entry afterwards.
    fn empty_bin(&mut self, now: DateTime<Utc>) -> Option<Answer> {
        let unreached = self.store.purge(now).ok()?.unreached_paths();
        let what = "what was deleted 30 days ago";
        (!unreached.is_empty()).then(|| Answer::Problem(bin::erased_text(what, 0, &unreached)))
    }

    /// Makes the day's backup copy after a save. A save never depends on it.
    fn keep_copy(&mut self, now: DateTime<Utc>) -> Option<Answer> {
        let error = self.store.keep_ring(now).err()?;
        Some(Answer::Problem(error.of_the_days_copy()))
    }

    /// Whether a second reading of the whole journal would be refused memory, which would end the program.
    fn is_short_of_memory(&self) -> bool {
        let file = self.store.path().and_then(|path| path.metadata().ok());
        let bytes = file.map_or(0, |file| usize::try_from(file.len()).unwrap_or(usize::MAX));
        Memory::of_system().is_short_of(bytes.saturating_mul(OF_A_BYTE).saturating_add(FOR_A_KEY))
    }

    /// The sentence about unreadable rows, once a session.
    fn unread_once(&mut self) -> Option<String> {
        if std::mem::replace(&mut self.has_told_unread, true) {
            return None;
        }
        self.store.unread_text().ok().flatten()
    }

    fn examine(&mut self) -> Option<Answer> {
        let examine = || self.store.examine(Depth::Quick);
        match self.reading.of(&self.store, examine) {
            Ok(examination) => found(&examination.findings),
            Err(error) => Some(Answer::Problem(format!(
                "The journal could not be examined: {error}."
            ))),
        }
    }
}

/// Only damage calls for a salvage; anything else that was found is named, and `ebb doctor` has the next step.
fn found(findings: &[Finding]) -> Option<Answer> {
    let of = |grade| findings.iter().find(|finding| finding.grade == grade);
    if of(Grade::Damage).is_some() {
        return Some(Answer::Problem(
            "The journal file is not as it has to be; `ebb doctor` tells more, `ebb salvage OUT` brings what can be read into a new file OUT.".to_owned(),
        ));
    }
    let notice = of(Grade::Notice)?;
    Some(Answer::Said(format!(
        "{}; `ebb doctor` says what to do.",
        words::sentence(&notice.what).trim_end_matches('.')
    )))
}

/// Sets a key of the config file.
fn configure(ours: &Ours, path: &Path, key: ConfigKey, value: &str) -> Answer {
    match file::set(path, key, value, &|path| ours.may_be_config(path)) {
        Ok(()) => Answer::Said(format!("{key} is {value}; written to the config file.")),
        Err(error) => Answer::Problem(format!(
            "{} Until you leave, {key} is {value}.",
            words::sentence(&error.to_string())
        )),
    }
}

fn problem(result: Result<(), StoreError>) -> Option<Answer> {
    result
        .err()
        .map(|error| Answer::Problem(words::sentence(&error.to_string())))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests;
