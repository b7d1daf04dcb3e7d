//! The random model: journals made by chance, taken in by the real program, and everything that its faces say of them held
//! against sums that are written anew from the description of the product.
//!
//! Invariant: nothing below `model/` uses the program's own sums. `EBB_MODEL_JOURNALS=300` makes more of them.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "model/course.rs"]
mod course;
#[path = "model/faces/mod.rs"]
mod faces;
#[path = "model/journal.rs"]
mod journal;
#[path = "model/made.rs"]
mod made;
#[path = "model/number.rs"]
mod number;
#[path = "model/stairs.rs"]
mod stairs;
#[path = "model/sums.rs"]
mod sums;
#[path = "model/tally.rs"]
mod tally;

use faces::binary::Binary;
use journal::{Journal, What};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use tally::Tally;

/// How many journals are made when nothing else is asked for.
const USUAL: u64 = 12;

/// Deletes and changes some of what was taken in, in the program and in the model alike.
fn edit(journal: &mut Journal, binary: &Binary) {
    let doses: Vec<usize> = (0..journal.records.len())
        .filter(|n| matches!(journal.records[*n].what, What::Dose(..)))
        .collect();
    if let Some(n) = doses.get(doses.len() / 2) {
        let What::Dose(product, amount) = journal.records[*n].what else {
            return;
        };
        let more = amount + 2000;
        let typed = (more as f64 / 1000.0).to_string();
        let id = journal.records[*n].id.clone();
        binary.text(&["entry", "dose", "edit", &id, "--amount", &typed, "--yes"]);
        journal.records[*n].what = What::Dose(product, more);
    }
    if let Some(n) = journal
        .records
        .iter()
        .position(|on| matches!(on.what, What::Urge(_)))
    {
        let gone = journal.records.remove(n);
        binary.text(&["entry", "urge", "delete", &gone.id]);
    }
    if journal.attempts.len() > 2 {
        let (number, gone) = journal.numbered()[0];
        let id = gone.id.clone();
        binary.text(&["attempt", "delete", &number.to_string()]);
        journal.attempts.retain(|on| on.id != id);
    }
}

/// Holds every face of the program against the model of this journal.
fn hold(journal: &Journal, binary: &Binary) -> Tally {
    let mut tally = Tally::of(journal.seed);
    let versions = match journal.plan {
        Some(_) => faces::taper::versions(binary),
        None => Vec::new(),
    };
    faces::trend::all(journal, &versions, binary, &mut tally);
    faces::status::all(journal, binary, &mut tally);
    faces::files::all(journal, binary, &mut tally);
    faces::report::all(journal, binary, &mut tally);
    if let Some(plan) = &journal.plan {
        faces::taper::all(journal, plan, &versions, binary, &mut tally);
    }
    tally
}

fn taken_in(seed: u64) -> Tally {
    let mut journal = made::journal(seed);
    let binary = Binary::over(&journal);
    if let Some(plan) = &journal.plan {
        binary.begin(plan);
    }
    edit(&mut journal, &binary);
    hold(&journal, &binary)
}

#[test]
fn every_face_agrees_with_the_model_on_journals_made_by_chance() {
    let wanted = std::env::var("EBB_MODEL_JOURNALS").ok();
    let wanted = wanted.map_or(USUAL, |number| number.parse().unwrap());
    let next = AtomicU64::new(1);
    let all = Mutex::new(Tally::default());
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed > wanted {
                        return;
                    }
                    let tally = taken_in(seed);
                    all.lock().unwrap().add(tally);
                }
            });
        }
    });
    let all = all.into_inner().unwrap();
    let faults = all.faults();
    let lines = all.lines();
    let compared = all.compared();
    assert!(
        faults.is_empty(),
        "{}\n\n{compared} values\n{lines}",
        faults.join("\n")
    );
    assert!(compared > 1000, "{lines}");
}

/// Changes the journal in memory alone, and says under which headings the difference must be seen.
type Slip = (fn(&mut Journal), &'static [&'static str]);

const SLIPS: [Slip; 6] = [
    (
        |journal| {
            let rated = journal
                .check_ins
                .iter_mut()
                .find(|on| on.answer("nausea").is_some());
            let ratings = &mut rated.unwrap().ratings;
            let nausea = ratings
                .iter_mut()
                .find(|(code, _)| *code == "nausea")
                .unwrap();
            nausea.1 = Some(4 - nausea.1.unwrap().min(3));
        },
        &[
            "day value",
            "csv, a rating a row",
            "csv, a check-in a row",
            "history",
        ],
    ),
    (
        |journal| {
            let is_dose = |on: &&mut journal::Record| matches!(on.what, What::Dose(..));
            let dose = journal.records.iter_mut().find(is_dose).unwrap();
            let What::Dose(product, amount) = dose.what else {
                return;
            };
            dose.what = What::Dose(product, amount + 10);
        },
        &["day value of events", "used each day", "history"],
    ),
    (
        |journal| {
            let zero = &mut journal.attempts.last_mut().unwrap().day_zero;
            *zero = zero.map(|day| day - chrono::Days::new(1));
        },
        &[
            "attempt day",
            "attempts side by side",
            "status",
            "csv, a rating a row",
        ],
    ),
    (
        |journal| {
            journal.attempts.last_mut().unwrap().ended = Some(journal.today - chrono::Days::new(1));
        },
        &["attempt of a day", "status"],
    ),
    (
        |journal| {
            let plan = journal.plan.as_mut().unwrap();
            plan.start += 1000;
        },
        &["steps by the terms"],
    ),
    (
        |journal| {
            journal.check_ins.remove(journal.check_ins.len() / 2);
        },
        &[
            "check-ins of a day",
            "report, days",
            "csv, a check-in a row",
        ],
    ),
];

/// A journal that has what the slips need: a plan, and an attempt that is open with a day 0.
fn whole_one() -> Journal {
    let is_whole = |journal: &Journal| {
        let last = journal.attempts.last();
        let is_open = last.is_some_and(|on| on.ended.is_none() && on.day_zero.is_some());
        is_open && journal.plan.is_some() && journal.attempts.len() < 3
    };
    (1..200).map(made::journal).find(is_whole).unwrap()
}

#[test]
fn one_value_that_differs_is_seen_under_every_heading_that_has_it() {
    let mut journal = whole_one();
    let binary = Binary::over(&journal);
    binary.begin(journal.plan.as_ref().unwrap());
    edit(&mut journal, &binary);
    let known = hold(&journal, &binary);
    for (n, (slip, headings)) in SLIPS.iter().enumerate() {
        let mut other = journal.clone();
        slip(&mut other);
        let tally = hold(&other, &binary);
        for heading in *headings {
            let [before, now] = [&known, &tally].map(|tally| tally.counts[heading].other);
            assert_eq!(before, 0, "slip {n}, {heading}");
            assert!(now > 0, "slip {n} is not seen under {heading}");
        }
    }
}
