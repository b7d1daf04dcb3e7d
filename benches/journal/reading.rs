//! Opening a journal and reading it.

use crate::made::{SIZES, Size, now, store};
use divan::{Bencher, black_box};
use ebbtide::domain::time::DayEnd;
use ebbtide::domain::time::span::Span;

#[divan::bench(args = SIZES)]
fn open(bencher: Bencher, size: Size) {
    store(size);
    bencher.bench_local(|| black_box(store(size)));
}

/// What stands before the first frame.
#[divan::bench(args = SIZES)]
fn first_days(bencher: Bencher, size: Size) {
    let store = store(size);
    let since = Span::ending(now().today(DayEnd::default()), 28).from;
    bencher.bench_local(|| black_box(store.load(Some(since)).unwrap()));
}

#[divan::bench(args = SIZES)]
fn everything(bencher: Bencher, size: Size) {
    let store = store(size);
    bencher.bench_local(|| black_box(store.load(None).unwrap()));
}

/// After each save: the days that it touched, and what stands in no day.
#[divan::bench(args = SIZES)]
fn one_day_again(bencher: Bencher, size: Size) {
    let store = store(size);
    let journal = store.load(None).unwrap();
    let today = now().today(DayEnd::default());
    bencher.bench_local(|| black_box(store.refresh(&journal, &[today]).unwrap()));
}
