//! Each form in which a journal is given back.

use crate::made::{SIZES, Size, journal, now};
use divan::Bencher;
use ebbtide::domain::journal::Journal;
use ebbtide::domain::report::ReportAsk;
use ebbtide::domain::report::report_of;
use ebbtide::transfer::csv::{Guard, Range, day, long, wide};
use ebbtide::transfer::report::{Form, written};
use ebbtide::transfer::share::{Participant, files, shared};
use ebbtide::transfer::wish::{Notes, Wish};
use ebbtide::transfer::{fhir, json, package};
use std::io::{self, Write};

/// Counts the bytes: what is measured is the writing, not a disk.
#[derive(Default)]
struct Counter(u64);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn give(bencher: Bencher, size: Size, write: impl Fn(&Journal, &mut dyn Write) -> io::Result<()>) {
    let journal = journal(size);
    bencher.bench_local(|| {
        let mut counter = Counter::default();
        write(&journal, &mut counter).unwrap();
        counter.0
    });
}

#[divan::bench(args = SIZES)]
fn csv_long(bencher: Bencher, size: Size) {
    give(bencher, size, |journal, out| {
        long(journal, Range::ALL, out).map(drop)
    });
}

#[divan::bench(args = SIZES)]
fn csv_wide(bencher: Bencher, size: Size) {
    give(bencher, size, |journal, out| {
        wide(journal, Range::ALL, Guard::Quote, out)
    });
}

#[divan::bench(args = SIZES)]
fn csv_day(bencher: Bencher, size: Size) {
    give(bencher, size, |journal, out| {
        day::days(journal, Range::ALL, Guard::Quote, Notes::Left, out)
    });
}

#[divan::bench(args = SIZES)]
fn json_document(bencher: Bencher, size: Size) {
    give(bencher, size, |journal, out| {
        json::write(journal, Range::ALL, out)
    });
}

#[divan::bench(args = SIZES)]
fn fhir_bundle(bencher: Bencher, size: Size) {
    let wish = Wish::nameless(now().at);
    give(bencher, size, |journal, out| {
        fhir::bundle(journal, &wish, out)
    });
}

#[divan::bench(args = SIZES)]
fn data_package(bencher: Bencher, size: Size) {
    let journal = journal(size);
    bencher.bench_local(|| {
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        package::write(&journal, Range::ALL, Guard::Quote, &mut files).unwrap();
        files
    });
}

#[divan::bench(args = SIZES)]
fn study_tables(bencher: Bencher, size: Size) {
    let journal = journal(size);
    let participant = "P-001".parse::<Participant>().unwrap();
    bencher.bench_local(|| files(&shared(&journal, &participant, Range::ALL)).unwrap());
}

/// As it is made unasked: since the last visit, or a month.
#[divan::bench(args = SIZES)]
fn report_page(bencher: Bencher, size: Size) {
    let journal = journal(size);
    let now = now();
    bencher.bench_local(|| {
        let report = report_of(&journal, &ReportAsk::default(), &now);
        written(&report, Form::Html)
    });
}
