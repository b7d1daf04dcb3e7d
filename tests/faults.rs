//! Killed at any moment: what was said to be saved is there, and a draft loses at most its last second.
//!
//! Each round opens the journal on a terminal, types ratings, and ends the program by kill -9: while it is typed, around
//! the moment of saving, or after "Saved" stood on the screen. Rounds go on over the journals that earlier kills left.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]
#![allow(
    clippy::print_stdout,
    reason = "a test that goes wrong tells its seed and what it measured"
)]

mod support;

use std::thread;
use std::time::{Duration, Instant};

use support::home::Ebb;
use support::pty::Pty;

const ROUNDS: usize = 200;
/// Two: the machine that runs this may have no more cores.
const LANES: usize = 2;
/// The seed of a run that was not told one; `EBB_TEST_SEED` takes up a run again.
const SEED: u64 = 20_261_122;
/// What a draft may lose.
const ONE_SECOND: Duration = Duration::from_secs(1);

/// When a round is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kill {
    /// While ratings are typed, this long after the last one.
    Typing(Duration),
    /// More than a second after the last rating.
    Resting,
    /// This long after the key that saves.
    Saving(Duration),
    /// After "Saved" was seen.
    Saved,
}

/// What a round's kill met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Met {
    Before,
    /// The saving key was pressed and "Saved" had not been seen.
    During,
    After,
}

/// What the rounds met.
#[derive(Debug, Default)]
struct Tally {
    before: usize,
    /// Rounds in which a draft had to hold something, as its ratings were a second old.
    rested: usize,
    during_left_a_draft: usize,
    during_left_an_entry: usize,
    after: usize,
}

/// One rating that was typed.
struct Sent {
    digit: char,
    at: Instant,
}

fn kill_of(random: &mut fastrand::Rng) -> Kill {
    match random.u8(0..10) {
        0..=2 => Kill::Typing(Duration::from_micros(random.u64(0..60_000))),
        3 => Kill::Resting,
        4..=7 => Kill::Saving(Duration::from_micros(random.u64(0..25_000))),
        _ => Kill::Saved,
    }
}

/// Looks at the screen for this long, whatever it shows.
fn linger(pty: &Pty, time: Duration) {
    pty.is_seen_within(time, |_| false);
}

fn answered(screen: &vt100::Screen, count: usize) -> bool {
    screen
        .contents()
        .contains(&format!("{count} of 18 answered"))
}

/// The answers of the draft, in the order of the form, or nothing without a draft.
fn drafted(ebb: &Ebb) -> Option<String> {
    assert!(
        ebb.count("SELECT count(*) FROM draft") <= 1,
        "one day, one draft"
    );
    let sql = "SELECT (SELECT coalesce(group_concat(severity, ''), '') FROM (
                  SELECT json_extract(answer.value, '$.severity') AS severity
                  FROM json_each(draft.content, '$.answers') AS answer JOIN symptom ON symptom.code = answer.key
                  ORDER BY category = 'psychological', symptom.id))
               FROM draft";
    ebb.reading().query_row(sql, [], |row| row.get(0)).ok()
}

/// The severities of the newest check-in, in the order of the form.
fn newest_entry(ebb: &Ebb) -> String {
    let sql = "SELECT coalesce(group_concat(severity, ''), '') FROM (SELECT severity FROM rating JOIN symptom ON symptom.id = symptom
               WHERE check_in = (SELECT max(id) FROM check_in) AND severity IS NOT NULL
               ORDER BY category = 'psychological', symptom.id)";
    ebb.reading().query_row(sql, [], |row| row.get(0)).unwrap()
}

fn entries(ebb: &Ebb) -> i64 {
    ebb.count("SELECT count(*) FROM check_in")
}

/// Opens the journal, types, kills, and looks at what is left. Every round begins without a draft.
fn round(ebb: &Ebb, random: &mut fastrand::Rng, tally: &mut Tally) {
    let kill = kill_of(random);
    let entries_before = entries(ebb);
    let mut pty = ebb.open();
    pty.wait_for_text("? keys");
    pty.send("c");
    pty.wait_for("an empty form", |screen| answered(screen, 0));

    let mut sent: Vec<Sent> = Vec::new();
    for _ in 0..random.usize(1..=18) {
        let digit = char::from(b'0' + random.u8(0..=4));
        pty.send(&digit.to_string());
        sent.push(Sent {
            digit,
            at: Instant::now(),
        });
        // Some wait to see their digit, some type ahead.
        if random.bool() {
            let typed = sent.len();
            pty.wait_for("the rating", |screen| answered(screen, typed));
        }
    }
    let met = match kill {
        Kill::Typing(pause) => {
            linger(&pty, pause);
            Met::Before
        }
        Kill::Resting => {
            linger(&pty, ONE_SECOND + Duration::from_millis(20));
            Met::Before
        }
        Kill::Saving(pause) => {
            pty.send("\r");
            let saved = pty.is_seen_within(pause, says_saved);
            if saved { Met::After } else { Met::During }
        }
        Kill::Saved => {
            pty.send("\r");
            pty.wait_for("Saved", says_saved);
            Met::After
        }
    };
    let killed_at = Instant::now();
    pty.kill9();
    // What reached the screen until the end counts as said, too.
    let met = match met {
        Met::During if says_saved(&pty.screen()) => Met::After,
        met => met,
    };

    let due = sent
        .iter()
        .filter(|sent| killed_at.duration_since(sent.at) > ONE_SECOND)
        .count();
    let typed: String = sent.iter().map(|sent| sent.digit).collect();
    examine(ebb, met, entries_before, due, &typed, tally);
}

fn says_saved(screen: &vt100::Screen) -> bool {
    screen.contents().contains("Saved ")
}

/// Looks at the file that the kill left.
fn examine(ebb: &Ebb, met: Met, before: i64, due: usize, typed: &str, tally: &mut Tally) {
    ebb.succeed(&["doctor"]);
    let is_recorded = entries(ebb) == before + 1;
    let draft = drafted(ebb);
    assert!(is_recorded || entries(ebb) == before, "at most one is new");
    match met {
        Met::Before => {
            assert!(!is_recorded, "nothing was saved that nobody saved");
            tally.before += 1;
            tally.rested += usize::from(due > 0);
        }
        Met::During if is_recorded => tally.during_left_an_entry += 1,
        Met::During => tally.during_left_a_draft += 1,
        Met::After => {
            assert!(is_recorded, "what was said to be saved is there");
            tally.after += 1;
        }
    }
    if is_recorded {
        // Whole, and its draft went away in the same moment.
        assert_eq!(newest_entry(ebb), typed);
        assert_eq!(draft, None);
    } else {
        let held = draft.unwrap_or_default();
        assert!(typed.starts_with(&held), "{held} was never typed: {typed}");
        let kept = held.len();
        assert!(
            kept >= due,
            "{due} ratings were a second old, {kept} are kept"
        );
    }
}

/// Lets the draft of a round go by saving or discarding it, so that the next one begins with an empty form.
fn put_away(ebb: &Ebb, random: &mut fastrand::Rng) {
    let Some(held) = drafted(ebb).map(|answers| answers.len()) else {
        return;
    };
    let mut pty = ebb.open();
    pty.wait_for_text("? keys");
    pty.send("c");
    pty.wait_for("the draft", |screen| answered(screen, held));
    if random.bool() {
        pty.send("\r");
        pty.wait_for("Saved", says_saved);
        assert_eq!(drafted(ebb), None);
    } else {
        // The focus stands on the first blank: a Backspace goes back and clears there.
        for left in (0..held).rev() {
            pty.send("\x7f");
            pty.wait_for("one less", |screen| answered(screen, left));
        }
        pty.send("\x1b");
        pty.wait_for_text("c check-in");
        pty.send("q");
        pty.exit_code(support::pty::TWO_SECONDS);
        assert_eq!(drafted(ebb), None);
    }
}

fn lane(seed: u64, rounds: usize) -> Tally {
    let mut random = fastrand::Rng::with_seed(seed);
    let ebb = Ebb::begun();
    let mut tally = Tally::default();
    for _ in 0..rounds {
        round(&ebb, &mut random, &mut tally);
        put_away(&ebb, &mut random);
    }
    tally
}

#[test]
fn two_hundred_kills_lose_nothing_that_was_said_to_be_saved() {
    let seed = std::env::var("EBB_TEST_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(SEED);
    println!("EBB_TEST_SEED={seed}");
    let began = Instant::now();
    let lanes: Vec<_> = (0..LANES)
        .map(|at| thread::spawn(move || lane(seed.wrapping_add(at as u64), ROUNDS / LANES)))
        .collect();
    let mut all = Tally::default();
    for lane in lanes {
        let tally = lane.join().expect("a lane holds");
        all.before += tally.before;
        all.rested += tally.rested;
        all.during_left_a_draft += tally.during_left_a_draft;
        all.during_left_an_entry += tally.during_left_an_entry;
        all.after += tally.after;
    }
    println!("{all:?} in {:?}", began.elapsed());
    let during = all.during_left_a_draft + all.during_left_an_entry;
    assert_eq!(all.before + during + all.after, ROUNDS);
    assert!(all.before > 0, "some are killed before saving");
    assert!(all.rested > 0, "some drafts had to hold what was typed");
    assert!(during > 0, "some are killed while they save");
    assert!(all.after > 0, "some are killed after saving");
}
