//! Taking in what was given back: read, compared with an empty journal, and written.

use crate::made::{SIZES, Size, journal, now, seed};
use divan::Bencher;
use ebbtide::domain::id::IdSource;
use ebbtide::domain::journal::incoming;
use ebbtide::domain::time::DayEnd;
use ebbtide::store::Store;
use ebbtide::transfer::csv::{Guard, Range, long};
use ebbtide::transfer::import::detected;
use ebbtide::transfer::import::error::{File, Here, Past, Ways};
use ebbtide::transfer::{json, package};

fn take(bencher: Bencher, files: &[File]) {
    let now = now();
    bencher.bench_local(|| {
        let here = Here {
            now: &now,
            day_end: DayEnd::default(),
            maps: &[],
            past: &Past::default(),
            ways: Ways::default(),
        };
        let mut incoming = detected(files).unwrap().read(files, &here).unwrap();
        let mut store = Store::in_memory(seed()).unwrap();
        let empty = store.load(None).unwrap();
        let gone = store.gone().unwrap();
        let ids = &mut IdSource::new(3);
        let plan = incoming::accept(&empty, &mut incoming, &gone, ids, now.at);
        store.take_in(&plan.changes, now.at.to_utc()).unwrap();
        store
    });
}

fn file(name: &str, bytes: Vec<u8>) -> File {
    let name = name.to_owned();
    File { name, bytes }
}

#[divan::bench(args = SIZES)]
fn csv_long(bencher: Bencher, size: Size) {
    let mut bytes = Vec::new();
    long(&journal(size), Range::ALL, &mut bytes).unwrap();
    take(bencher, &[file("ratings.csv", bytes)]);
}

#[divan::bench(args = SIZES)]
fn json_document(bencher: Bencher, size: Size) {
    let mut bytes = Vec::new();
    json::write(&journal(size), Range::ALL, &mut bytes).unwrap();
    take(bencher, &[file("journal.json", bytes)]);
}

#[divan::bench(args = SIZES)]
fn data_package(bencher: Bencher, size: Size) {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    package::write(&journal(size), Range::ALL, Guard::Quote, &mut files).unwrap();
    let files: Vec<File> = files
        .into_iter()
        .map(|(name, bytes)| file(&name, bytes))
        .collect();
    take(bencher, &files);
}
