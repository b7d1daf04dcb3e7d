//! Fifty mixed edits and back: through the command line, the full screen and the store, with restarts and with kill -9 in
//! the middle. The exports before and after are the same to the byte.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]
#![allow(
    clippy::print_stdout,
    reason = "a test that goes wrong tells its seed and what it measured"
)]

mod support;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use ebbtide::domain::check_in::{CheckIn, Overall};
use ebbtide::domain::entry::bin::BinEntry;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::journal::settings::Setting;
use ebbtide::store::Store;
use support::home::{Ebb, MORNING};

const EDITS: usize = 50;
/// After so many the journal is opened anew on the full screen, and killed there.
const KILLED_AT: [usize; 4] = [12, 25, 26, 39];
/// The seed of a run that was not told one; `EBB_TEST_SEED` takes up a run again.
const SEED: u64 = 7;

fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(MORNING).unwrap().to_utc()
}

/// A day of the three weeks before.
fn some_day(random: &mut fastrand::Rng) -> NaiveDate {
    now().date_naive() - TimeDelta::days(random.i64(1..21))
}

/// Everything that the journal gives back.
fn given_back(ebb: &Ebb) -> [String; 7] {
    [
        ebb.succeed(&["export", "csv"]),
        ebb.succeed(&["export", "csv", "--layout", "wide"]),
        ebb.succeed(&["history", "--json"]),
        ebb.succeed(&["attempt", "list", "--json"]),
        ebb.succeed(&["symptom", "list", "--json"]),
        ebb.succeed(&["helplines"]),
        ebb.succeed(&["bin", "list", "--json"]),
    ]
}

fn steps_done(ebb: &Ebb) -> i64 {
    ebb.count("SELECT count(*) FROM log_step WHERE undone = 0")
}

fn last_label(ebb: &Ebb) -> String {
    let sql = "SELECT what FROM log_step WHERE undone = 0 ORDER BY id DESC LIMIT 1";
    ebb.reading().query_row(sql, [], |row| row.get(0)).unwrap()
}

/// What the sentence about a step with this label names.
fn named(label: &str) -> &str {
    let nouns = ["check-in", "attempt", "help line", "dose", "urge"];
    let noun = nouns.into_iter().find(|noun| label.starts_with(noun));
    match label {
        "symptom switched on" | "symptom switched off" => "switching",
        _ => noun.unwrap_or_default(),
    }
}

fn pick<'a, T>(random: &mut fastrand::Rng, some: &'a [T]) -> Option<&'a T> {
    random.choice(some)
}

/// What another screen would hand to the store.
fn change(store: &Store, random: &mut fastrand::Rng) -> Option<Change> {
    let journal = store.load(None).unwrap();
    let check_ins: Vec<&CheckIn> = journal
        .days()
        .flat_map(|day| day.check_ins.iter())
        .collect();
    Some(match random.u8(0..6) {
        0 => Change::DeleteCheckIn(pick(random, &check_ins)?.id),
        1 => {
            let mut edited: CheckIn = (*pick(random, &check_ins)?).clone();
            edited.overall = Overall::new(random.u8(0..=10));
            Change::RecordCheckIn(edited)
        }
        2 => {
            let mut edited: CheckIn = (*pick(random, &check_ins)?).clone();
            edited.note = Some(format!("walk {}, \"quoted\"; é", random.u16(..)).into());
            Change::RecordCheckIn(edited)
        }
        3 => {
            let bin: Vec<BinEntry> = store.bin(now()).unwrap();
            let entry = pick(random, &bin)?;
            Change::Restore {
                kind: entry.kind,
                id: entry.id,
            }
        }
        4 => {
            let end = random.choice(["00:00", "03:30", "04:00", "06:00"]).unwrap();
            Change::Set(Setting::DayEnd(end.parse().unwrap()))
        }
        _ => Change::Set(Setting::MissingSkippedUntil(some_day(random))),
    })
}

/// What is typed after `ebb`.
fn words(random: &mut fastrand::Rng) -> Vec<String> {
    let day = some_day(random).to_string();
    let number = random.u8(1..4).to_string();
    let own = random.u8(0..4);
    let (rating, overall) = (random.u8(0..5), random.u8(0..11).to_string());
    let symptom = random
        .choice(["nausea", "anxiety", "tremor", "restless_legs"])
        .unwrap();
    let set = format!("{symptom}={rating}");
    let (name, code) = (format!("Own {own}"), format!("own_own_{own}"));
    let fresh = format!("Own {own} of {}", random.u16(..));
    let at = format!("{day} 1{}:0{own}", random.u8(0..9));
    let line: Vec<&str> = match random.u8(0..14) {
        0..=3 => vec!["checkin", "--set", &set, "--overall", &overall, "--at", &at],
        4 => vec!["checkin", "--set", &set, "--note", &fresh, "--at", &at],
        5 => vec!["start", "--last-use", &day],
        6 => vec!["attempt", "edit", &number, "--goal", &fresh],
        7 => vec!["attempt", "end", &number, "--set-aside"],
        8 => vec!["attempt", "delete", &number],
        9 => vec!["symptom", "add", &name, "--category", "mind"],
        10 => vec!["symptom", "rename", &code, &fresh],
        11 => vec!["symptom", if rating > 2 { "on" } else { "off" }, symptom],
        12 => vec!["helplines", "add", &name, &number],
        _ => vec!["helplines", "remove", &name],
    };
    line.into_iter().map(str::to_owned).collect()
}

/// One edit that became one step; what is refused is tried otherwise.
fn edit(ebb: &Ebb, random: &mut fastrand::Rng) {
    let before = steps_done(ebb);
    loop {
        if random.bool() {
            let words = words(random);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            ebb.run(&words);
        } else {
            let mut store = Store::open(ebb.journal()).unwrap();
            if let Some(change) = change(&store, random) {
                store.apply(&[change], now()).ok();
            }
        }
        match steps_done(ebb) - before {
            0 => {}
            one => return assert_eq!(one, 1, "one edit, one step"),
        }
    }
}

/// One edit on the full screen, killed at the key that saves or after "Saved" was seen. Tells whether it became a step.
fn edit_and_kill(ebb: &Ebb, random: &mut fastrand::Rng) -> bool {
    let before = steps_done(ebb);
    let mut pty = ebb.open();
    pty.wait_for_text("? keys");
    pty.send("b");
    pty.wait_for_text("Brief");
    pty.send(&format!("{}\r", random.u8(1..10)));
    let says_saved = |screen: &vt100::Screen| screen.contents().contains("Saved ");
    let patience = if random.bool() {
        Duration::from_micros(random.u64(0..25_000))
    } else {
        support::pty::PATIENCE
    };
    let was_said = pty.is_seen_within(patience, says_saved);
    pty.kill9();
    // Rolls back what the kill left half done, as the next opening would.
    ebb.succeed(&["doctor"]);
    let landed = steps_done(ebb) - before;
    assert!((i64::from(was_said)..=1).contains(&landed), "{landed}");
    landed == 1
}

/// `z` or `Z` on the full screen, killed once it is said to be done.
fn exchange_and_kill(ebb: &Ebb, key: &str, said: &str) {
    let mut pty = ebb.open();
    pty.wait_for_text("? keys");
    pty.send(key);
    pty.wait_for_text(said);
    pty.kill9();
}

#[test]
fn fifty_mixed_edits_are_undone_and_redone_to_the_byte_over_restarts_and_kills() {
    let seed = std::env::var("EBB_TEST_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(SEED);
    println!("EBB_TEST_SEED={seed}");
    let began = Instant::now();
    let mut random = fastrand::Rng::with_seed(seed);
    let ebb = Ebb::begun();
    for _ in 0..8 {
        edit(&ebb, &mut random);
    }
    let before = given_back(&ebb);
    let base = steps_done(&ebb);

    let mut labels = Vec::new();
    let mut kills = 0;
    while labels.len() < EDITS {
        if KILLED_AT.contains(&labels.len()) {
            kills += 1;
            if !edit_and_kill(&ebb, &mut random) {
                edit(&ebb, &mut random);
            }
        } else {
            edit(&ebb, &mut random);
        }
        labels.push(last_label(&ebb));
    }
    ebb.succeed(&["doctor"]);
    let after = given_back(&ebb);
    assert_ne!(before, after);
    assert_eq!(steps_done(&ebb) - base, i64::try_from(EDITS).unwrap());

    for (at, label) in labels.iter().enumerate().rev() {
        if KILLED_AT.contains(&at) {
            kills += 1;
            exchange_and_kill(&ebb, "z", "Undone: ");
        } else {
            let output = ebb.run(&["undo"]);
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(said.starts_with("Undone: "), "{said}");
            assert!(said.contains(named(label)), "{label}: {said}");
        }
    }
    assert_eq!(given_back(&ebb), before, "seed {seed}");
    ebb.succeed(&["doctor"]);

    for (at, label) in labels.iter().enumerate() {
        if KILLED_AT.contains(&at) {
            kills += 1;
            exchange_and_kill(&ebb, "Z", "Done again: ");
        } else {
            let output = ebb.run(&["redo"]);
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(said.starts_with("Done again: "), "{said}");
            assert!(said.contains(named(label)), "{label}: {said}");
        }
    }
    assert_eq!(given_back(&ebb), after, "seed {seed}");
    ebb.succeed(&["doctor"]);
    let kinds = labels.iter().fold(BTreeMap::new(), |mut kinds, label| {
        *kinds.entry(label.as_str()).or_insert(0) += 1;
        kinds
    });
    println!("{kinds:?}, {kills} kills, in {:?}", began.elapsed());
    assert!(kinds.len() >= 8, "the edits are mixed: {kinds:?}");
}
