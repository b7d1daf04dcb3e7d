//! The thread, and what is asked of it before it is there.

use super::{Answer, Request, Storage, errands};
use crate::domain::journal::Journal;
use crate::store::{Place, Seed, Store};
use chrono::DateTime;
use std::sync::mpsc::channel;

#[test]
fn what_is_asked_before_the_thread_begins_is_carried_out_once_it_does() {
    let seed = Seed {
        now: DateTime::UNIX_EPOCH,
        journal: [7; 16],
        device: [9; 16],
    };
    let store = Store::in_memory(seed).unwrap();
    let (answers, answered) = channel();
    let mut storage = Storage::ready(
        store,
        Place::Usual,
        Journal::default(),
        Box::new(|_, _, _, _, _| Err("nothing is exported here".to_owned())),
        errands::none(),
        move |answer| {
            answers.send(answer).ok();
        },
    );
    storage.ask(Request::Settle);
    assert!(answered.try_recv().is_err(), "nobody is there yet");
    storage.begin().unwrap();
    assert!(matches!(answered.recv().unwrap(), Answer::Settled));
    storage.end();
    assert!(answered.recv().is_err(), "it has ended");
}
