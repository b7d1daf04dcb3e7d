//! The Plan screen: a plan made by keys, held, stepped back and replanned, asked about after quiet days, and pictures of it.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod app;

use app::App;
use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use ebbtide::domain::amount::Amount;
use ebbtide::domain::id::IdSource;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::record::Record;
use ebbtide::domain::record::kind::Kind;
use ebbtide::domain::taper::plan::Plan;
use ebbtide::domain::taper::plans::version_record;
use ebbtide::domain::taper::terms::{Shape, Terms};
use ebbtide::domain::taper::{action, plans};
use ebbtide::domain::time::{DayEnd, Moment};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn evening(day: NaiveDate) -> DateTime<FixedOffset> {
    format!("{day}T20:00:00Z").parse().unwrap()
}

/// A plan from 10 g in steps of 1 g since 1 Nov, held from the 10th to the 14th and one step back on the 19th, with what was
/// used on most days up to `last`.
fn a_month(last: &str) -> Vec<Change> {
    let mut ids = IdSource::new(5);
    let begin = day("2026-11-01");
    let terms = Terms {
        shape: Shape::FixedCut(Amount::whole(1)),
        start: Amount::whole(10),
        every_days: 7,
        until: Amount::ZERO,
        smallest: Amount::from_thousandths(100),
        split: 2,
        begin,
    };
    let mut plan = Plan {
        id: ids.next(evening(begin)),
        product: "powder".to_owned(),
        versions: vec![action::start(terms, begin).unwrap()],
    };
    let last = day(last);
    let mut changes = Vec::new();
    let version = |plan: &Plan, ids: &mut IdSource, on: NaiveDate| {
        let id = ids.next(evening(on));
        Change::Record(version_record(
            id,
            plan.id,
            &plan.product,
            plan.latest().unwrap(),
        ))
    };
    changes.push(version(&plan, &mut ids, begin));
    for on in begin.iter_days().take_while(|on| *on <= last) {
        let made = if on == day("2026-11-10") {
            Some(action::hold(&plan, on, Some(day("2026-11-14"))))
        } else if on == day("2026-11-19") {
            Some(action::back(&plan, on))
        } else {
            None
        };
        if let Some(made) = made {
            plan.versions.push(made.unwrap());
            changes.push(version(&plan, &mut ids, on));
        }
        if on.to_string().ends_with(['4', '8']) {
            continue;
        }
        let now = app::now(&evening(on).to_rfc3339());
        let moment = Moment::on_day(on, now.at, &now, DayEnd::default());
        let dose = Record::new(
            ids.next(evening(on)),
            Kind::Dose,
            Some(moment),
            Some("powder"),
        )
        .with_number("amount", plan.target_on(on).unwrap())
        .with_text("unit", "g");
        changes.push(Change::Record(dose));
    }
    changes
}

fn at(changes: &[Change], moment: &str) -> App {
    let mut app = App::with_changes(changes, moment);
    app.press("4");
    app
}

/// Everything but the check-in keys of a new plan: product, 10 g, fixed step of 1, seven days.
const TYPED: &str = "n<Enter><Tab>10<Tab><Right><Right><Tab>1<Tab>7";

#[test]
fn a_plan_begins_with_the_safety_card_and_empty_fields_and_shows_every_step_before_it_does() {
    let mut app = App::lived_in();
    app.press("4");
    assert!(
        app.screen(130, 40)
            .contains("No validated taper for kratom exists")
    );
    app.press("n");
    assert!(app.screen(130, 40).contains("talk to a clinician first"));
    app.press("<Enter>");
    let empty = app.screen(130, 40);
    assert!(
        empty.contains("To show the steps: \"Now a day\" is missing"),
        "{empty}"
    );
    app.press("<Ctrl-S>");
    assert!(plans::plans(&app.journal()).is_empty());
    app.press("10<Tab><Right><Right><Tab>1<Tab>7");
    let shown = app.screen(130, 40);
    assert!(
        shown.contains("10 steps; the last begins Sun 31 Jan 2027 with 0 g a day."),
        "{shown}"
    );
    assert!(
        plans::plans(&app.journal()).is_empty(),
        "nothing begins before it is said to"
    );
    app.press("<Ctrl-S>");
    assert_eq!(plans::plans(&app.journal()).len(), 1);
    assert!(app.screen(130, 40).contains("at most 10 g a day"));
    app.press("z");
    assert!(plans::plans(&app.journal()).is_empty());
}

#[test]
fn what_does_not_fit_is_said_and_everything_typed_stays() {
    let mut app = App::lived_in();
    app.press("4");
    app.press(TYPED).press("<Tab>20<Ctrl-S>");
    let screen = app.screen(130, 40);
    assert!(screen.contains("not below the start amount"), "{screen}");
    assert!(plans::plans(&app.journal()).is_empty());
    app.press("<Backspace><Backspace><Ctrl-S>");
    assert_eq!(plans::plans(&app.journal()).len(), 1);
}

#[test]
fn hold_go_on_and_step_back_are_one_key_each_and_each_can_be_taken_back() {
    let mut app = at(&a_month("2026-11-08"), "2026-11-08T20:00:00Z");
    let versions = |app: &App| plans::plans(&app.journal())[0].versions.len();
    app.press("h");
    assert!(app.screen(130, 40).contains("Held until you resume it."));
    app.press("g");
    assert!(app.screen(130, 40).contains("Next: 8 g from Sun 15 Nov."));
    app.press("s");
    let back = app.screen(130, 40);
    assert!(back.contains("at most 10 g a day"), "{back}");
    assert_eq!(versions(&app), 4);
    app.press("zzz");
    assert_eq!(versions(&app), 1);
}

#[test]
fn a_hold_can_last_until_a_day() {
    let mut app = at(&a_month("2026-11-08"), "2026-11-08T20:00:00Z");
    app.press("H2026-11-01<Enter>");
    assert!(app.screen(130, 40).contains("A hold ends on a later day"));
    app.press("<Ctrl-U>2026-11-20<Enter>");
    let screen = app.screen(130, 40);
    assert!(
        screen.contains("Held; it goes on from Fri 20 Nov"),
        "{screen}"
    );
}

#[test]
fn new_terms_begin_with_the_amount_of_today_and_the_versions_before_stay() {
    let mut app = at(&a_month("2026-11-24"), "2026-11-24T20:00:00Z");
    app.press("r");
    let form = app.screen(130, 40);
    assert!(form.contains("Now a day    9"), "{form}");
    assert!(
        form.contains("\"Each step\" is missing"),
        "a rate is entered anew: {form}"
    );
    app.press("<Tab><Tab><Tab>0.5<Tab>7<Enter>");
    let plan = &plans::plans(&app.journal())[0];
    assert_eq!(plan.versions.len(), 4);
    assert_eq!(plan.target_on(day("2026-11-24")), Some(Amount::whole(9)));
    assert_eq!(
        plan.target_on(day("2026-12-01")),
        Some(Amount::from_thousandths(8500))
    );
}

#[test]
fn an_end_is_asked_about_and_leaves_what_was() {
    let mut app = at(&a_month("2026-11-24"), "2026-11-24T20:00:00Z");
    app.press("e1");
    assert!(!plans::plans(&app.journal())[0].has_ended_by(day("2026-11-24")));
    app.press("e2");
    let plan = &plans::plans(&app.journal())[0];
    assert!(plan.has_ended_by(day("2026-11-24")));
    assert_eq!(plan.target_on(day("2026-11-20")), Some(Amount::whole(9)));
    assert!(app.screen(130, 40).contains("Ended on Tue 24 Nov"));
}

#[test]
fn after_quiet_days_no_lower_amount_stands_anywhere_until_one_of_three_keys_answers() {
    let quiet = day("2026-11-19") + Days::new(12);
    let moment = evening(quiet).to_rfc3339();
    let changes = a_month("2026-11-19");
    for (key, then) in [("g", "8 g"), ("h", "9 g"), ("s", "10 g")] {
        let mut app = at(&changes, &moment);
        for tab in ["1", "2", "3", "4", "4vd1", "4"] {
            app.press(tab);
            let screen = app.screen(120, 40);
            assert!(!screen.contains("at most 8 g"), "{tab}: {screen}");
            assert!(!screen.contains("plan 8 g"), "{tab}: {screen}");
            app.press("<Esc>");
        }
        app.press("4");
        assert!(app.screen(120, 40).contains("How shall it go on?"));
        app.press(key);
        let screen = app.screen(120, 40);
        assert!(
            screen.contains(&format!("at most {then} a day")),
            "{key}: {screen}"
        );
    }
}

#[test]
fn pictures_of_the_plan() {
    let mut app = at(&a_month("2026-11-24"), "2026-11-24T20:00:00Z");
    let mut pages = Vec::new();
    for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
        pages.push(app.screen(width, height));
    }
    for key in ["v", "v", "v"] {
        app.press(key);
        pages.push(app.screen(80, 24));
    }
    insta::assert_snapshot!(pages.join("\n"));
}

#[test]
fn pictures_before_the_first_plan_and_while_one_is_made() {
    let mut app = App::lived_in();
    app.press("4");
    let mut pages = Vec::new();
    for (width, height) in [(120, 40), (60, 20), (40, 12)] {
        pages.push(app.screen(width, height));
    }
    app.press(TYPED);
    for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
        pages.push(app.screen(width, height));
    }
    insta::assert_snapshot!(pages.join("\n"));
}

#[test]
fn a_dose_begun_in_plan_is_of_the_product_of_the_plan_in_sight() {
    let mut ids = IdSource::new(6);
    let begin = day("2026-11-10");
    let terms = Terms {
        shape: Shape::FixedCut(Amount::whole(5)),
        start: Amount::whole(60),
        every_days: 7,
        until: Amount::ZERO,
        smallest: Amount::whole(1),
        split: 2,
        begin,
    };
    let version = action::start(terms, begin).unwrap();
    let id = ids.next(evening(begin));
    let plan = ids.next(evening(begin));
    let mut changes = a_month("2026-11-28");
    changes.push(Change::Record(version_record(
        id,
        plan,
        "tablet_7oh",
        &version,
    )));
    for (keys, unit) in [
        ("4d", "mg"),
        ("4pd", "g"),
        ("4:dose<Enter>", "mg"),
        ("d", "g"),
    ] {
        let mut app = App::with_changes(&changes, "2026-11-29T08:00:00Z");
        app.press(keys);
        app.press("2<Enter>");
        let journal = app.journal();
        let dose = &journal.records(day("2026-11-29"))[0];
        assert_eq!(dose.text("unit"), Some(unit), "{keys}");
    }
}

#[test]
fn words_before_the_first_plan_that_have_no_room_are_read_on_by_space_and_arrows() {
    let mut app = App::at_with_days("2026-11-21T22:00:00+01:00");
    app.press("4");
    let words = |screen: &str| -> Vec<String> {
        let words = screen.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| word.len() > 5)
            .map(str::to_owned)
            .collect()
    };
    let all = words(&app.screen(60, 60));
    for key in ["<Space>", "<Down>"] {
        let mut seen = Vec::new();
        for _ in 0..12 {
            seen.extend(words(&app.screen(60, 12)));
            app.press(key);
        }
        for word in &all {
            assert!(seen.contains(word), "{key}: {word}: {}", app.screen(60, 12));
        }
    }
}
