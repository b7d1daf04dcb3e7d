//! Laws of taper plans over terms and actions of any kind.

use super::{begun, day};
use chrono::{Days, NaiveDate};
use ebbtide::domain::amount::Amount;
use ebbtide::domain::taper::action::{ActionError, back, end, go_on, hold, replan, resume};
use ebbtide::domain::taper::fields::{read_stairs, write_stairs};
use ebbtide::domain::taper::plan::{Plan, Version};
use ebbtide::domain::taper::schedule::{parts, preview};
use ebbtide::domain::taper::terms::{Percent, Shape, Terms};
use ebbtide::domain::time::span::Span;
use proptest::prelude::*;
use std::collections::BTreeMap;

prop_compose! {
    fn list()(mut amounts in prop::collection::vec(0_i64..40, 1..12)) -> Shape {
        amounts.sort_unstable_by(|a, b| b.cmp(a));
        Shape::OwnList(amounts.into_iter().map(|n| Amount::from_thousandths(n * 500)).collect())
    }
}

fn shape() -> impl Strategy<Value = Shape> {
    let percent = || (1_000_u32..60_000).prop_map(|n| Percent::from_thousandths(n).unwrap());
    prop_oneof![
        percent().prop_map(Shape::PercentOfCurrent),
        percent().prop_map(Shape::PercentOfStart),
        (200_i64..5_000).prop_map(|n| Shape::FixedCut(Amount::from_thousandths(n))),
        list(),
    ]
}

prop_compose! {
    /// Terms as a person might type them; some do not fit together.
    fn any_terms()(
        shape in shape(),
        start in 0_i64..60_000,
        every_days in 0_u16..20,
        until in prop_oneof![Just(0_i64), 0_i64..5_000],
        smallest in prop_oneof![Just(1_i64), Just(100), Just(500), Just(1_000), 0_i64..3_000],
        split in 0_u8..14,
        begin in 0_u64..400,
    ) -> Terms {
        Terms {
            shape,
            start: Amount::from_thousandths(start),
            every_days,
            until: Amount::from_thousandths(until),
            smallest: Amount::from_thousandths(smallest),
            split,
            begin: day("2026-03-01") + Days::new(begin),
        }
    }
}

fn terms() -> impl Strategy<Value = Terms> {
    any_terms().prop_filter("terms fit together", |terms| preview(terms).is_ok())
}

/// What a person does, and how many days after what came before.
#[derive(Debug, Clone)]
enum Deed {
    Hold(Option<u64>),
    Resume,
    Back,
    GoOn,
    Replan(Terms),
    End,
}

fn deeds() -> impl Strategy<Value = Vec<(u64, Deed)>> {
    let deed = prop_oneof![
        4 => prop::option::of(1_u64..30).prop_map(Deed::Hold),
        4 => Just(Deed::Resume),
        3 => Just(Deed::Back),
        1 => Just(Deed::GoOn),
        1 => terms().prop_map(Deed::Replan),
        1 => Just(Deed::End),
    ];
    prop::collection::vec((0_u64..25, deed), 0..10)
}

fn done(plan: &Plan, deed: &Deed, today: NaiveDate) -> Result<Version, ActionError> {
    match deed {
        Deed::Hold(days) => hold(plan, today, days.map(|days| today + Days::new(days))),
        Deed::Resume => resume(plan, today),
        Deed::Back => back(plan, today),
        Deed::GoOn => go_on(plan, today),
        Deed::Replan(terms) => {
            let terms = Terms {
                begin: today,
                ..terms.clone()
            };
            replan(plan, terms, today)
        }
        Deed::End => end(plan, today),
    }
}

fn span_of(plan: &Plan) -> Span {
    let from = plan.versions[0].terms.begin - Days::new(30);
    Span {
        from,
        to: from + Days::new(700),
    }
}

/// The days that each step lasts, those held counted in; the last step lasts for good and is left out.
fn lengths(plan: &Plan, to: NaiveDate) -> BTreeMap<u16, usize> {
    let from = plan.versions[0].terms.begin;
    let mut lengths = BTreeMap::new();
    for stair in (Span { from, to })
        .days()
        .filter_map(|day| plan.stair_on(day))
    {
        *lengths.entry(stair.step).or_default() += 1;
    }
    lengths.pop_last();
    lengths
}

proptest! {
    #[test]
    fn amounts_never_rise_and_the_parts_of_a_day_sum_to_it(terms in terms()) {
        let preview = preview(&terms).unwrap();
        for pair in preview.steps.windows(2) {
            prop_assert!(pair[1].amount <= pair[0].amount, "{pair:?}");
            prop_assert_eq!(
                preview.is_longer_stay(pair[1].number), pair[0].amount == pair[1].amount
            );
            prop_assert_eq!(
                pair[1].begins - pair[0].begins, chrono::TimeDelta::days(terms.every_days.into())
            );
        }
        for step in &preview.steps {
            prop_assert_eq!(step.parts.len(), usize::from(terms.split));
            prop_assert_eq!(step.parts.iter().copied().sum::<Amount>(), step.amount);
            prop_assert!(step.parts.is_sorted_by(|a, b| a >= b), "{step:?}");
            let spread = step.parts[0].less(*step.parts.last().unwrap());
            prop_assert!(spread <= terms.smallest);
        }
    }

    #[test]
    fn every_step_can_be_measured_out_and_the_last_is_at_or_below_stop_at(terms in terms()) {
        let preview = preview(&terms).unwrap();
        let last = preview.steps.last().unwrap();
        for step in &preview.steps[1..] {
            let is_portion = step.amount.thousandths() % terms.smallest.thousandths() == 0;
            prop_assert!(is_portion || step.amount == terms.start, "{step:?}");
        }
        if !matches!(terms.shape, Shape::OwnList(_)) {
            prop_assert!(last.amount <= terms.until, "{last:?}");
        }
    }

    #[test]
    fn a_plan_ends_with_the_first_amount_shown_at_or_below_its_end(terms in terms()) {
        let preview = preview(&terms).unwrap();
        let is_end = |amount: Amount| amount <= terms.until;
        let last = preview.steps.last().unwrap();
        if !matches!(terms.shape, Shape::OwnList(_)) {
            let first = preview.steps.iter().find(|step| is_end(step.amount)).unwrap();
            prop_assert_eq!(first.number, last.number);
        }
        // Also an own list, which may end above: the amount that ends it is never written down twice.
        let ends = preview.steps.iter().filter(|step| is_end(step.amount)).count();
        prop_assert!(ends <= 1, "{:?}", preview.steps);
        prop_assert_eq!((preview.count, preview.ends), (last.number, last.begins));
        prop_assert_eq!(preview.steps.len(), usize::from(preview.count) + 1);
    }

    #[test]
    fn what_a_step_comes_to_does_not_depend_on_where_the_plan_ends(terms in terms()) {
        prop_assume!(!matches!(terms.shape, Shape::OwnList(_)));
        let steps = preview(&terms).unwrap().steps;
        let half = Amount::from_thousandths(i64::midpoint(terms.start.thousandths(), terms.until.thousandths()));
        let Ok(sooner) = preview(&Terms { until: half, ..terms.clone() }) else { return Ok(()) };
        for (step, same) in sooner.steps.iter().zip(&steps) {
            prop_assert_eq!(step.amount, same.amount);
        }
    }

    #[test]
    fn rounding_makes_a_plan_longer_than_its_curve_by_half_a_portion_at_most(terms in terms()) {
        let steps = preview(&terms).unwrap().steps;
        let half = terms.smallest.number() / 2.0;
        for step in &steps[..steps.len() - 1] {
            prop_assert!(step.exact > terms.until.number() - half - 1e-9, "{step:?}");
        }
    }

    #[test]
    fn a_share_of_the_current_amount_takes_as_many_steps_as_the_formula(
        start in 2_000_i64..100_000, rate in 1_000_u32..50_000, part in 2_i64..50
    ) {
        let percent = Percent::from_thousandths(rate).unwrap();
        let terms = Terms {
            shape: Shape::PercentOfCurrent(percent),
            start: Amount::from_thousandths(start),
            every_days: 7,
            until: Amount::from_thousandths(start * part / 100),
            smallest: Amount::from_thousandths(1),
            split: 1,
            begin: day("2026-11-23"),
        };
        // What is shown as the end is up to half a portion above it.
        let end = terms.until.number() + terms.smallest.number() / 2.0;
        let steps = (end / terms.start.number()).ln() / (1.0 - percent.part()).ln();
        // Beside a whole number either side is right within the last digits of a power.
        prop_assume!((steps - steps.round()).abs() > 1e-9);
        prop_assert_eq!(f64::from(preview(&terms).unwrap().count), steps.ceil());
    }

    #[test]
    fn any_amount_is_split_exactly(amount in 0_i64..1_000_000, smallest in 1_i64..5_000, doses in 1_u8..=12) {
        let amount = Amount::from_thousandths(amount);
        let parts = parts(amount, Amount::from_thousandths(smallest), doses);
        prop_assert_eq!(parts.iter().copied().sum::<Amount>(), amount);
    }

    #[test]
    fn terms_of_any_kind_are_answered_and_survive_being_written(terms in any_terms()) {
        if let Err(error) = preview(&terms) {
            prop_assert!(!error.to_string().is_empty());
        }
        let fields = terms.fields();
        let read = Terms::from_fields(|name| {
            fields.iter().find(|(field, _)| *field == name).map(|(_, text)| text.as_str())
        });
        prop_assert_eq!(read, Ok(terms));
    }

    #[test]
    fn any_text_of_stairs_is_read_or_refused(text in "[0-9:, .-]{0,60}") {
        if let Ok(stairs) = read_stairs(&text) {
            prop_assert_eq!(read_stairs(&write_stairs(&stairs)), Ok(stairs));
        }
    }

    #[test]
    fn no_action_changes_a_day_before_it_and_every_version_survives_being_written(
        terms in terms(), deeds in deeds()
    ) {
        let mut plan = begun(terms);
        let span = span_of(&plan);
        let mut today = plan.versions[0].made;
        for (days, deed) in &deeds {
            today = today + Days::new(*days);
            let before = plan.clone();
            let Ok(version) = done(&plan, deed, today) else { continue };
            prop_assert_eq!(Some(version.number), before.latest().map(|v| v.number + 1));
            plan.versions.push(version);
            let past = Span { to: today.pred_opt().unwrap(), ..span };
            prop_assert_eq!(plan.staircase(past), before.staircase(past));
            for date in past.days() {
                prop_assert_eq!(plan.stair_on(date), before.stair_on(date));
                prop_assert_eq!(plan.is_held_on(date), before.is_held_on(date));
            }
        }
        for version in &plan.versions {
            let fields = version.fields();
            let read = Version::from_fields(|name| {
                fields.iter().find(|(field, _)| *field == name).map(|(_, text)| text.as_str())
            });
            prop_assert_eq!(read.as_ref(), Ok(version));
        }
        // The staircase is what each day says, and the cuts are where it goes down.
        let stairs: BTreeMap<NaiveDate, Amount> = plan.staircase(span).into_iter().collect();
        let mut cuts = Vec::new();
        for date in span.days() {
            prop_assert_eq!(plan.target_on(date), stairs.get(&date).copied());
            if let (Some(before), Some(now)) = (stairs.get(&date.pred_opt().unwrap()), stairs.get(&date))
                && now < before
            {
                cuts.push(date);
            }
        }
        let all = plan.cuts().into_iter().filter(|date| *date <= span.to);
        prop_assert_eq!(all.collect::<Vec<_>>(), cuts);
    }

    #[test]
    fn a_hold_adds_its_days_to_one_step_and_takes_none_from_any(
        terms in terms(), at in 0_u64..60, held in 0_u64..40, is_known in any::<bool>()
    ) {
        let plan = begun(terms.clone());
        let today = terms.begin + Days::new(at);
        let goes_on = today + Days::new(held);
        let until = (is_known && held > 0).then_some(goes_on);
        let mut changed = plan.clone();
        let Ok(version) = hold(&plan, today, until) else { return Ok(()) };
        changed.versions.push(version);
        if until.is_none() {
            prop_assert_eq!(changed.next_cut(today), None);
            changed.versions.push(resume(&changed, goes_on).unwrap());
        }
        let step = plan.step_on(today).unwrap();
        let ends = preview(&terms).unwrap().ends;
        let mut expected = lengths(&plan, ends);
        *expected.get_mut(&step).unwrap() += usize::try_from(held).unwrap();
        prop_assert_eq!(lengths(&changed, ends + Days::new(held)), expected);
    }
}
