//! The thread: what is asked of it before it is there, and when a draft is written.

use super::{Answer, Request, Storage, errands};
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::journal::draft::Draft;
use crate::domain::record::Record;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::time::{Now, Zone};
use crate::store::{Place, Seed, Store};
use chrono::{DateTime, FixedOffset};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};

const SEED: Seed = Seed {
    now: DateTime::UNIX_EPOCH,
    journal: [7; 16],
    device: [9; 16],
};

/// A thread that has not begun, and what it answers.
fn over(store: Store) -> (Storage, Receiver<Answer>) {
    let (answers, answered) = channel();
    let storage = Storage::ready(
        store,
        Place::Usual,
        Journal::default(),
        Box::new(|_, _, _, _, _| Err("nothing is exported here".to_owned())),
        errands::none(),
        move |answer| {
            answers.send(answer).ok();
        },
    );
    (storage, answered)
}

#[test]
fn what_is_asked_before_the_thread_begins_is_carried_out_once_it_does() {
    let (mut storage, answered) = over(Store::in_memory(SEED).unwrap());
    storage.ask(Request::Settle);
    assert!(answered.try_recv().is_err(), "nobody is there yet");
    storage.begin().unwrap();
    assert!(matches!(answered.recv().unwrap(), Answer::Settled));
    storage.end();
    assert!(answered.recv().is_err(), "it has ended");
}

const ID: EntryId = EntryId::from_bytes([5; 16]);

fn now() -> Now {
    let at: DateTime<FixedOffset> = "2026-11-22T20:00:00+01:00".parse().unwrap();
    Now::new(at.to_utc(), Zone::fixed(*at.offset()))
}

/// What is asked when a name is typed.
fn typed(name: &str) -> Request {
    let draft = RecordDraft::new(ID, Kind::Product, now().at.date_naive()).with(key::NAME, name);
    Request::KeepDraft {
        draft: Draft::Record(draft),
        now: now().at.to_utc(),
    }
}

fn saved(record: Record) -> Request {
    Request::Write {
        changes: vec![Change::Record(record)],
        notice: "Saved".to_owned(),
        now: now(),
    }
}

fn product() -> Record {
    Record::new(ID, Kind::Product, None, None).with_text(key::NAME, "Tea")
}

/// How many commits the file at `path` had.
fn commits(path: &Path) -> u32 {
    let bytes = std::fs::read(path).unwrap();
    u32::from_be_bytes(bytes[24..28].try_into().unwrap())
}

/// The names in the drafts, the answers, and the commits that carrying out `requests` took.
fn after(requests: Vec<Request>) -> (Vec<String>, Vec<Answer>, u32) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    drop(Store::create(&path, SEED).unwrap());
    let before = commits(&path);
    let (mut storage, answered) = over(Store::open(&path).unwrap());
    // Before the thread begins: then all of them are there at once.
    for request in requests {
        storage.ask(request);
    }
    storage.begin().unwrap();
    storage.end();
    let drafts = Store::open(&path).unwrap().record_drafts().unwrap();
    let names = drafts.iter().map(|draft| draft.text(key::NAME).to_owned());
    let commits = commits(&path) - before;
    (names.collect(), answered.iter().collect(), commits)
}

#[test]
fn of_a_draft_that_changes_quickly_the_latest_state_is_written_and_no_other() {
    let (drafts, answers, commits) = after(vec![typed("T"), typed("Te"), typed("Tea")]);
    assert_eq!(drafts, ["Tea"]);
    assert!(answers.is_empty(), "{answers:?}");
    assert_eq!(commits, 1);
}

#[test]
fn a_draft_is_written_before_anything_else_that_was_asked_after_it() {
    let (drafts, _, commits) = after(vec![typed("T"), Request::Settle, typed("Te")]);
    assert_eq!(drafts, ["Te"]);
    assert_eq!(commits, 2);
}

#[test]
fn a_draft_whose_entry_is_saved_at_once_is_not_written_before() {
    let (drafts, answers, commits) = after(vec![typed("T"), typed("Tea"), saved(product())]);
    assert!(drafts.is_empty());
    assert!(
        matches!(&answers[..], [Answer::Saved { .. }]),
        "{answers:?}"
    );
    assert_eq!(commits, 1);
}

#[test]
fn a_draft_whose_entry_could_not_be_saved_is_written() {
    let without_its_moment = Record::new(ID, Kind::Dose, None, None);
    let (drafts, answers, _) = after(vec![typed("Tea"), saved(without_its_moment)]);
    assert_eq!(drafts, ["Tea"]);
    assert!(matches!(&answers[..], [Answer::NotSaved(_)]), "{answers:?}");
}
