//! A plan beside what was used, the question after days without entries, and the days after a cut.

use super::{amount, begun, day, terms};
use chrono::NaiveDate;
use ebbtide::domain::amount::Amount;
use ebbtide::domain::taper::action::{
    back, back_as_on, go_on, hold, hold_as_on, replan, resume, start,
};
use ebbtide::domain::taper::actual_use::{against, against_steps, asks_before_cut};
use ebbtide::domain::taper::plan::Plan;
use ebbtide::domain::taper::terms::Terms;
use ebbtide::domain::time::span::Span;

fn usual() -> Plan {
    begun(terms("percent_of_current", "10"))
}

fn november(from: u32, to: u32) -> Span {
    let of = |n| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
    Span {
        from: of(from),
        to: of(to),
    }
}

/// 10 on the 6th, 9.5 on the 7th, 9 on the 8th, 9.2 on the 9th; nothing logged on other days.
fn used(date: NaiveDate) -> Option<Amount> {
    let all = [
        ("2026-11-06", "10"),
        ("2026-11-07", "9.5"),
        ("2026-11-08", "9"),
        ("2026-11-09", "9.2"),
    ];
    let of_day = all.iter().find(|(on, _)| day(on) == date);
    of_day.map(|(_, used)| amount(used))
}

#[test]
fn a_day_with_nothing_logged_is_no_zero_beside_the_plan() {
    let days = against(&usual(), used, november(5, 6));
    assert_eq!(days[0].used, None);
    assert_eq!(days[1].used, Some(amount("10")));
    assert_eq!(days[1].target, amount("10"));
    // Before the plan there is nothing to set beside.
    let before = Span {
        from: day("2026-10-01"),
        to: day("2026-10-31"),
    };
    assert!(against(&usual(), used, before).is_empty());
}

#[test]
fn each_step_is_counted_by_its_logged_days() {
    let steps = against_steps(&usual(), used, november(1, 16));
    let numbers: Vec<u16> = steps.iter().map(|step| step.step).collect();
    assert_eq!(numbers, [0, 1, 2]);
    assert_eq!((steps[0].span.len(), steps[0].days_logged), (7, 2));
    assert_eq!(steps[0].mean_used, Some(9.75));
    assert_eq!((steps[1].days_at_or_below, steps[1].days_above), (1, 1));
    assert_eq!((steps[2].span.len(), steps[2].mean_used), (2, None));
    assert_eq!(
        (steps[2].span.from, steps[2].span.to),
        (day("2026-11-15"), day("2026-11-16"))
    );
}

#[test]
fn a_held_step_is_one_step_and_a_step_taken_back_comes_again() {
    let mut plan = usual();
    plan.versions
        .push(hold(&plan, day("2026-11-10"), None).unwrap());
    plan.versions
        .push(resume(&plan, day("2026-11-20")).unwrap());
    // Its five days left begin on the 20th.
    assert_eq!(
        plan.next_cut(day("2026-11-20")),
        Some((day("2026-11-25"), amount("8.1")))
    );
    plan.versions.push(back(&plan, day("2026-11-26")).unwrap());
    let steps = against_steps(&plan, used, november(1, 30));
    let lived: Vec<_> = steps
        .iter()
        .map(|step| (step.step, step.span.len()))
        .collect();
    assert_eq!(lived, [(0, 7), (1, 17), (2, 1), (1, 5)]);
    // New terms count their steps anew, at the same amount too.
    let again = Terms {
        start: amount("9"),
        begin: day("2026-11-28"),
        ..terms("fixed_cut", "1")
    };
    plan.versions
        .push(replan(&plan, again, day("2026-11-28")).unwrap());
    let steps = against_steps(&plan, used, november(26, 30));
    let lived: Vec<_> = steps
        .iter()
        .map(|step| (step.step, step.span.len()))
        .collect();
    assert_eq!(lived, [(1, 2), (0, 3)]);
}

#[test]
fn step_0_of_new_terms_is_not_step_0_of_the_old() {
    let mut plan = usual();
    let again = Terms {
        begin: day("2026-11-03"),
        ..terms("fixed_cut", "1")
    };
    let version = replan(&plan, again, day("2026-11-03")).unwrap();
    plan.versions.push(version);
    let steps = against_steps(&plan, used, november(1, 5));
    let lived: Vec<_> = steps
        .iter()
        .map(|step| (step.step, step.span.len()))
        .collect();
    assert_eq!(lived, [(0, 2), (0, 3)]);
}

#[test]
fn a_lower_amount_is_asked_about_after_three_whole_days_without_entries() {
    let plan = usual();
    // The cut is on the 8th.
    let asks = |last: &str, today: &str| asks_before_cut(&plan, Some(day(last)), day(today));
    assert!(asks("2026-11-04", "2026-11-08"));
    assert!(!asks("2026-11-05", "2026-11-08"), "two days");
    assert!(!asks("2026-11-03", "2026-11-07"), "no cut yet");
    assert!(!asks("2026-11-08", "2026-11-14"), "seen already");
    assert!(
        asks_before_cut(&plan, None, day("2026-11-08")),
        "no entry since it began"
    );
    assert!(
        !asks_before_cut(&plan, None, day("2026-10-20")),
        "not begun"
    );
}

#[test]
fn each_answer_is_kept_and_the_question_does_not_come_again() {
    let (seen, today) = (day("2026-11-05"), day("2026-11-10"));
    let asked = usual();
    assert!(asks_before_cut(&asked, Some(seen), today));
    for (version, target) in [
        (go_on(&asked, today), "9"),
        (hold_as_on(&asked, seen, today, None), "10"),
        (hold(&asked, today, None), "9"),
        (back(&asked, today), "10"),
    ] {
        let mut plan = asked.clone();
        plan.versions.push(version.unwrap());
        assert_eq!(plan.target_on(today), Some(amount(target)));
        assert!(!asks_before_cut(&plan, Some(seen), today));
        assert_eq!(plan.target_on(day("2026-11-09")), Some(amount("9")));
    }
}

#[test]
fn a_step_held_as_it_was_gets_its_whole_length_when_the_plan_goes_on() {
    let mut plan = usual();
    let seen = day("2026-11-12");
    plan.versions
        .push(hold_as_on(&plan, seen, day("2026-11-17"), None).unwrap());
    assert_eq!(plan.target_on(day("2026-11-30")), Some(amount("9")));
    plan.versions
        .push(resume(&plan, day("2026-12-01")).unwrap());
    assert_eq!(
        plan.next_cut(day("2026-12-01")),
        Some((day("2026-12-08"), amount("8.1")))
    );
    // Back from what was in force on the last entry's day, not from what came since.
    let mut plan = usual();
    plan.versions
        .push(back_as_on(&plan, seen, day("2026-11-17")).unwrap());
    assert_eq!(plan.target_on(day("2026-11-17")), Some(amount("10")));
    assert_eq!(
        plan.next_cut(day("2026-11-17")),
        Some((day("2026-11-24"), amount("9")))
    );
}

#[test]
fn a_step_back_passes_over_a_longer_stay() {
    let mut plan = begun(terms("own_list", "8, 8, 8, 6, 1"));
    // Step 3, the third week at 8.
    plan.versions.push(back(&plan, day("2026-11-23")).unwrap());
    assert_eq!(plan.target_on(day("2026-11-23")), Some(amount("10")));
    assert_eq!(
        plan.next_cut(day("2026-11-23")),
        Some((day("2026-11-30"), amount("8")))
    );
    assert_eq!(plan.target_on(day("2026-12-07")), Some(amount("6")));
}

#[test]
fn a_hold_with_its_end_known_goes_on_by_itself_and_can_be_resumed_before() {
    let mut plan = usual();
    let held = hold(&plan, day("2026-11-10"), Some(day("2026-11-20"))).unwrap();
    plan.versions.push(held);
    assert!(plan.is_held_on(day("2026-11-19")));
    assert!(!plan.is_held_on(day("2026-11-20")));
    assert_eq!(
        plan.next_cut(day("2026-11-10")),
        Some((day("2026-11-25"), amount("8.1")))
    );
    plan.versions
        .push(resume(&plan, day("2026-11-12")).unwrap());
    assert_eq!(
        plan.next_cut(day("2026-11-12")),
        Some((day("2026-11-17"), amount("8.1")))
    );
}

#[test]
fn a_plan_the_person_has_been_on_since_before_shows_its_days_before_too() {
    let version = start(terms("percent_of_current", "10"), day("2026-11-20")).unwrap();
    let plan = super::plan_of(version);
    assert_eq!(plan.target_on(day("2026-11-10")), Some(amount("9")));
    assert_eq!(plan.target_on(day("2026-10-31")), None);
}

#[test]
fn a_plan_ahead_has_no_amount_yet_and_can_be_replanned_for_a_later_day() {
    let today = day("2026-10-20");
    let mut plan = super::plan_of(start(terms("percent_of_current", "10"), today).unwrap());
    assert_eq!(plan.target_on(today), None);
    assert_eq!(plan.next_cut(today), Some((day("2026-11-08"), amount("9"))));
    let later = Terms {
        begin: day("2026-11-15"),
        ..terms("percent_of_current", "10")
    };
    plan.versions.push(replan(&plan, later, today).unwrap());
    assert_eq!(plan.target_on(day("2026-11-14")), None);
    assert_eq!(plan.target_on(day("2026-11-15")), Some(amount("10")));
}
