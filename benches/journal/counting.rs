//! Means, comparisons, waves and what is found, over the journal in memory.

use crate::made::{SIZES, Size, journal, now};
use divan::{Bencher, black_box};
use ebbtide::domain::entry::search::hits;
use ebbtide::domain::journal::Journal;
use ebbtide::domain::report::ReportAsk;
use ebbtide::domain::report::report_of;
use ebbtide::domain::series::Series;
use ebbtide::domain::series::stats::{against_week_ago, day_values, mean};
use ebbtide::domain::time::DayEnd;
use ebbtide::domain::time::span::Span;
use ebbtide::domain::trends::event_marks::events;
use ebbtide::domain::trends::wave_text::waves_shown;

fn whole(journal: &Journal) -> Span {
    let first = journal.days().next().unwrap().date;
    let today = now().today(DayEnd::default());
    let days = u64::try_from((today - first).num_days()).unwrap() + 1;
    Span::ending(today, days)
}

/// Each series that Trends offers, over every day.
#[divan::bench(args = SIZES)]
fn every_series(bencher: Bencher, size: Size) {
    let journal = journal(size);
    let span = whole(&journal);
    let offered = Series::offered(&journal);
    bencher.bench_local(|| {
        for series in &offered {
            black_box(day_values(&journal, *series, span));
        }
    });
}

#[divan::bench(args = SIZES)]
fn mean_of_all_days(bencher: Bencher, size: Size) {
    let journal = journal(size);
    let span = whole(&journal);
    bencher.bench_local(|| black_box(mean(&journal, Series::Severity, span)));
}

/// As the table of Trends and Today have it.
#[divan::bench(args = SIZES)]
fn every_series_against_a_week_ago(bencher: Bencher, size: Size) {
    let journal = journal(size);
    let today = now().today(DayEnd::default());
    let offered = Series::offered(&journal);
    bencher.bench_local(|| {
        for series in &offered {
            black_box(against_week_ago(&journal, *series, today));
        }
    });
}

#[divan::bench(args = SIZES)]
fn waves(bencher: Bencher, size: Size) {
    let journal = journal(size);
    let today = now().today(DayEnd::default());
    bencher.bench_local(|| black_box(waves_shown(&journal, today)));
}

#[divan::bench(args = SIZES)]
fn event_marks(bencher: Bencher, size: Size) {
    let journal = journal(size);
    let today = now().today(DayEnd::default());
    let span = whole(&journal);
    bencher.bench_local(|| black_box(events(&journal, span, today).len()));
}

/// A word of many notes, and one of none.
#[divan::bench(args = SIZES)]
fn search(bencher: Bencher, size: Size) {
    let journal = journal(size);
    bencher.bench_local(|| black_box((hits(&journal, "sleep"), hits(&journal, "xylophone"))));
}

#[divan::bench(args = SIZES)]
fn report(bencher: Bencher, size: Size) {
    let journal = journal(size);
    let now = now();
    let ask = ReportAsk {
        from: journal.days().next().map(|day| day.date),
        ..ReportAsk::default()
    };
    bencher.bench_local(|| black_box(report_of(&journal, &ask, &now)));
}
