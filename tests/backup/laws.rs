//! Which copies are kept: laws over any names and any now.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use ebbtide::store::CopyKind;
use ebbtide::store::backup::rotation::{choice, name, read_name};
use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, proptest};
use std::collections::BTreeSet;

type Moment = DateTime<Utc>;

fn moment() -> impl Strategy<Value = Moment> {
    // Thick around one year, so that days, weeks and months meet.
    (0_i64..400 * 86_400).prop_map(|s| DateTime::from_timestamp(1_790_000_000 + s, 0).unwrap())
}

fn moments() -> impl Strategy<Value = Vec<Moment>> {
    proptest::collection::vec(moment(), 0..80)
}

fn kinds() -> impl Strategy<Value = CopyKind> {
    proptest::sample::select(vec![
        CopyKind::Ring,
        CopyKind::BeforeImport,
        CopyKind::BeforeMerge,
        CopyKind::BeforeRestore,
    ])
}

fn kept_of(kind: CopyKind, made: &[Moment], now: Moment) -> Vec<Moment> {
    choice(kind, made, now)
        .into_iter()
        .map(|at| made[at])
        .collect()
}

proptest! {
    #[test]
    fn the_newest_that_is_not_ahead_is_kept(kind in kinds(), made in moments(), now in moment()) {
        let kept = kept_of(kind, &made, now);
        let newest = made.iter().filter(|made| **made <= now).max();
        prop_assert!(newest.is_none_or(|newest| kept.contains(newest)));
        prop_assert!(made.is_empty() || !kept.is_empty());
    }

    #[test]
    fn a_clock_set_wrongly_lets_no_earlier_copy_go(kind in kinds(), made in moments(), ahead in moments(), now in moment()) {
        let past: Vec<Moment> = made.into_iter().filter(|made| *made <= now).collect();
        let alone = kept_of(kind, &past, now);
        let mut both = past.clone();
        both.extend(ahead.into_iter().map(|made| made + TimeDelta::days(4_000)));
        let with = kept_of(kind, &both, now);
        prop_assert!(alone.iter().all(|made| with.contains(made)));
    }

    #[test]
    fn choosing_again_lets_nothing_more_go(kind in kinds(), made in moments(), now in moment()) {
        let once = kept_of(kind, &made, now);
        prop_assert_eq!(kept_of(kind, &once, now), once);
    }

    #[test]
    fn the_ring_stays_small(made in moments(), now in moment()) {
        prop_assert!(choice(CopyKind::Ring, &made, now).len() <= 2 * (7 + 4 + 6));
        prop_assert!(choice(CopyKind::BeforeImport, &made, now).len() <= 2 * 3);
    }

    #[test]
    fn seven_days_four_weeks_and_six_months_are_kept(made in moments()) {
        let now = DateTime::from_timestamp(4_000_000_000, 0).unwrap();
        let kept = kept_of(CopyKind::Ring, &made, now);
        let last = |of: &dyn Fn(Moment) -> (i32, u32), n: usize| {
            let all: BTreeSet<_> = made.iter().map(|made| of(*made)).collect();
            all.into_iter().rev().take(n).collect::<Vec<_>>()
        };
        let has = |of: &dyn Fn(Moment) -> (i32, u32), n| {
            last(of, n).iter().all(|period| kept.iter().any(|made| of(*made) == *period))
        };
        prop_assert!(has(&|at| (at.year(), at.ordinal()), 7));
        prop_assert!(has(&|at| (at.iso_week().year(), at.iso_week().week()), 4));
        prop_assert!(has(&|at| (at.year(), at.month()), 6));
    }

    #[test]
    fn a_day_by_day_ring_loses_its_newest_never_and_reaches_back_months(days in 200_i64..400) {
        let start = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let mut ring: Vec<Moment> = Vec::new();
        for day in 0..days {
            let now = start + TimeDelta::days(day);
            ring.push(now);
            ring = kept_of(CopyKind::Ring, &ring, now);
            prop_assert!(ring.contains(&now));
        }
        let now = start + TimeDelta::days(days - 1);
        prop_assert!(ring.iter().any(|made| now - *made >= TimeDelta::days(120)));
    }

    #[test]
    fn a_name_says_what_it_was_given(kind in kinds(), made in moment(), number in 1_u32..9) {
        prop_assert_eq!(read_name(&name(kind, made, number)), Some((kind, made, number)));
    }

    #[test]
    fn any_name_is_read_or_left(text in "\\PC{0,40}") {
        read_name(&text);
    }
}
