//! The laws of a merge, over random lives of three machines.

use super::house::{DAYS, Machine};
use chrono::TimeDelta;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::journal::settings::Setting;
use ebbtide::store::{Depth, Run};

/// How wrong a clock may be: right, hours ahead or behind, a year off.
fn off(random: &mut fastrand::Rng) -> TimeDelta {
    match random.u8(0..6) {
        0 => TimeDelta::hours(-7),
        1 => TimeDelta::hours(9),
        2 => TimeDelta::days(365),
        3 => TimeDelta::days(-365),
        _ => TimeDelta::zero(),
    }
}

/// Three machines that shared the first days and then went their own ways, meeting now and then.
fn three(seed: u64) -> [Machine; 3] {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut all = [0, 1, 2].map(|number| Machine::new(number, off(&mut random)));
    for _ in 0..5 {
        all[0].act(&mut random, 0);
    }
    for at in 1..3 {
        let (head, tail) = all.split_at_mut(at);
        tail[0].joined(&head[0], 0);
    }
    for day in 1..DAYS {
        for machine in &mut all {
            if random.u8(0..3) == 0 {
                machine.act(&mut random, day);
            }
        }
        if random.u8(0..12) == 0 {
            let (head, tail) = all.split_at_mut(1);
            tail[random.usize(0..2)].joined(&head[0], day);
        }
    }
    all
}

/// What comes of merging in this order, each of the three growing from its own side.
fn merged(seed: u64, plan: &[(usize, usize)], into: usize) -> String {
    let mut all = three(seed);
    for (to, from) in plan {
        if to < from {
            let (head, tail) = all.split_at_mut(*from);
            head[*to].joined(&tail[0], DAYS);
        } else {
            let (head, tail) = all.split_at_mut(*to);
            tail[0].joined(&head[*from], DAYS);
        }
    }
    all[into].store.digest().unwrap()
}

/// Every order and grouping of three: left first, right first, from each side; the last ones repeat themselves.
const PLANS: [(&[(usize, usize)], usize); 8] = [
    (&[(0, 1), (0, 2)], 0),
    (&[(0, 2), (0, 1)], 0),
    (&[(1, 2), (0, 1)], 0),
    (&[(2, 1), (0, 2)], 0),
    (&[(1, 0), (1, 2)], 1),
    (&[(0, 1), (2, 0)], 2),
    (&[(2, 0), (1, 2)], 1),
    (
        &[
            (0, 1),
            (0, 2),
            (0, 1),
            (0, 2),
            (1, 0),
            (2, 1),
            (0, 2),
            (0, 1),
        ],
        0,
    ),
];

// 500 random lives, in four parts that run beside each other.
#[test]
fn three_journals_merge_to_one_state_in_every_order_and_grouping_and_again() {
    one_state(0..125);
}

#[test]
fn so_do_three_others() {
    one_state(125..250);
}

#[test]
fn and_three_more() {
    one_state(250..375);
}

#[test]
fn and_the_last_ones() {
    one_state(375..500);
}

fn one_state(seeds: std::ops::Range<u64>) {
    for seed in seeds {
        let wanted = merged(seed, PLANS[0].0, PLANS[0].1);
        // Every run looks at three of the other plans; all of them are looked at many times.
        for turn in 0..3 {
            let at = 1 + (usize::try_from(seed).unwrap() + turn * 3) % (PLANS.len() - 1);
            let (plan, into) = PLANS[at];
            let got = merged(seed, plan, into);
            if got != wanted {
                let differs = |(a, b): &(&str, &str)| a != b;
                let pair = wanted.lines().zip(got.lines()).find(differs);
                panic!("seed {seed}, plan {plan:?}: {pair:#?}");
            }
        }
    }
}

#[test]
fn after_every_change_undo_merge_and_erasing_each_stored_sum_is_that_of_its_row() {
    for seed in 0..40 {
        let mut all = three(seed);
        let (head, tail) = all.split_at_mut(1);
        head[0].joined(&tail[0], DAYS);
        let now = head[0].now(DAYS).at.to_utc();
        let sums_are_right = |machine: &Machine, when: &str| {
            let found = machine.store.examine(Depth::Full).unwrap().findings;
            let found: Vec<String> = found.into_iter().map(|finding| finding.what).collect();
            let wrong = found.iter().find(|found| found.contains("sum"));
            assert_eq!(wrong, None, "seed {seed}, {when}");
        };
        sums_are_right(&head[0], "merged");
        sums_are_right(&tail[1], "lived");
        let mut undone = 0;
        // A step of another machine's row may refuse, and then the ones before it stay.
        while undone < 6 && head[0].store.undo(now).is_ok() {
            undone += 1;
            sums_are_right(&head[0], "undone");
        }
        for _ in 0..undone {
            head[0].store.redo(now).unwrap();
        }
        sums_are_right(&head[0], "done again");
    }
}

#[test]
fn whatever_legal_steps_made_of_a_journal_doctor_finds_no_damage_in_it() {
    for seed in 300..330 {
        let mut all = three(seed);
        for (to, from) in [(0, 1), (2, 0), (1, 2), (0, 1), (2, 1), (0, 2)] {
            let sorted = (to.min(from), to.max(from));
            let (head, tail) = all.split_at_mut(sorted.1);
            if to < from {
                head[to].joined(&tail[0], DAYS);
            } else {
                tail[0].joined(&head[from], DAYS);
            }
            for machine in &mut all {
                machine.act(&mut fastrand::Rng::with_seed(seed), DAYS);
                let now = machine.now(DAYS).at.to_utc();
                machine.store.undo(now).ok();
                let seen = machine.store.examine(Depth::Full).unwrap().findings;
                // Both attempts are kept: a fact, no damage.
                let faults = seen.iter().map(|finding| finding.what.as_str());
                let faults: Vec<&str> = faults
                    .filter(|what| !what.starts_with("two attempts or more begin on"))
                    .collect();
                assert!(faults.is_empty(), "{seed}: {faults:?}");
                if seed % 3 == 0 {
                    machine.store.redo(now).ok();
                }
            }
        }
    }
}

#[test]
fn a_merge_repeated_changes_nothing_and_makes_no_step() {
    for seed in 0..40 {
        let mut all = three(seed);
        let (head, tail) = all.split_at_mut(1);
        head[0].joined(&tail[0], DAYS);
        let (before, step) = (
            head[0].store.digest().unwrap(),
            head[0].store.steps().unwrap(),
        );
        let now = head[0].now(DAYS).at.to_utc();
        let merged = head[0]
            .store
            .merge_store(&tail[0].store, Run::Real, now, [9; 16])
            .unwrap();
        assert!(merged.added.is_empty(), "seed {seed}: {merged:?}");
        assert_eq!(head[0].store.digest().unwrap(), before, "seed {seed}");
        assert_eq!(head[0].store.steps().unwrap(), step, "seed {seed}");
    }
}

#[test]
fn one_undo_gives_exactly_what_was_before_and_redo_what_came() {
    for seed in 0..60 {
        let mut all = three(seed);
        let (head, tail) = all.split_at_mut(1);
        let ours = &mut head[0];
        let now = ours.now(DAYS).at.to_utc();
        let before = ours.store.load(None).unwrap();
        let erased = ours.store.digest().unwrap().matches("\nerased").count();
        let merged = ours
            .store
            .merge_store(&tail[0].store, Run::Real, now, [9; 16])
            .unwrap();
        let after = ours.store.load(None).unwrap();
        let more = ours.store.digest().unwrap().matches("\nerased").count();
        // What was erased for good does not come back, whoever erased it.
        if !merged.changes_anything() || more != erased {
            continue;
        }
        let step = ours.store.steps().unwrap().0.unwrap();
        if step.what != "journals merged" {
            continue;
        }
        ours.store.undo(now).unwrap();
        assert_eq!(ours.store.load(None).unwrap(), before, "seed {seed}");
        ours.store.redo(now).unwrap();
        assert_eq!(ours.store.load(None).unwrap(), after, "seed {seed}");
    }
}

#[test]
fn a_dry_run_says_the_same_and_changes_nothing() {
    for seed in 0..40 {
        let mut all = three(seed);
        let (head, tail) = all.split_at_mut(1);
        let now = head[0].now(DAYS).at.to_utc();
        let before = head[0].store.digest().unwrap();
        let mut run = |run| {
            head[0]
                .store
                .merge_store(&tail[1].store, run, now, [9; 16])
                .unwrap()
        };
        let dry = run(Run::Dry);
        let real = run(Run::Real);
        assert_eq!(dry, real, "seed {seed}");
        let mut again = three(seed);
        let now = again[0].now(DAYS).at.to_utc();
        let (head, tail) = again.split_at_mut(1);
        head[0]
            .store
            .merge_store(&tail[1].store, Run::Dry, now, [9; 16])
            .unwrap();
        assert_eq!(head[0].store.digest().unwrap(), before, "seed {seed}");
    }
}

#[test]
fn an_undo_here_is_an_edit_that_the_others_take_over() {
    let mut here = Machine::new(0, TimeDelta::zero());
    let mut there = Machine::new(1, TimeDelta::zero());
    let country = |code: &str| Change::Set(Setting::Country(code.to_owned()));
    here.apply(&[country("US")], 1);
    there.joined(&here, 1);
    here.apply(&[country("DE")], 2);
    there.joined(&here, 2);
    let of = |machine: &Machine| machine.store.settings().unwrap().country;
    assert_eq!(of(&there).as_deref(), Some("DE"));
    here.store.undo(here.now(3).at.to_utc()).unwrap();
    there.joined(&here, 4);
    assert_eq!(of(&there).as_deref(), Some("US"));
    here.joined(&there, 4);
    assert_eq!(of(&here).as_deref(), Some("US"));
}

#[test]
fn an_edit_made_after_seeing_another_wins_however_wrong_the_clock() {
    let mut here = Machine::new(0, TimeDelta::days(365));
    let mut there = Machine::new(1, TimeDelta::days(-365));
    let country = |code: &str| Change::Set(Setting::Country(code.to_owned()));
    here.apply(&[country("US")], 1);
    there.joined(&here, 2);
    // Two years behind, and still later: it was made in the knowledge of the other.
    there.apply(&[country("DE")], 3);
    here.joined(&there, 4);
    assert_eq!(
        here.store.settings().unwrap().country.as_deref(),
        Some("DE")
    );
}

#[test]
fn what_nobody_chose_never_overrules_a_choice() {
    let mut early = Machine::new(0, TimeDelta::days(-365));
    let switched = early
        .store
        .load(None)
        .unwrap()
        .symptoms
        .find("restless_legs")
        .unwrap()
        .key;
    early.apply(
        &[Change::SwitchSymptom {
            symptom: switched,
            to: ebbtide::domain::journal::change::Switch::On,
        }],
        1,
    );
    // Founded long after that.
    let late = Machine::new(9, TimeDelta::zero());
    early.joined(&late, 2);
    let journal = early.store.load(None).unwrap();
    assert!(journal.symptoms.find("restless_legs").unwrap().rated);
}
