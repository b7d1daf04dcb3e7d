//! The plan and what was used under the charts of Trends, and days after a cut: pictures and keys.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod app;

use app::{App, SUNDAY, now};
use chrono::NaiveDate;
use ebbtide::domain::amount::Amount;
use ebbtide::domain::id::EntryId;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::record::Record;
use ebbtide::domain::record::kind::Kind;
use ebbtide::domain::taper::action;
use ebbtide::domain::taper::plans::version_record;
use ebbtide::domain::taper::terms::{Shape, Terms};
use ebbtide::domain::time::{DayEnd, Moment, Now};
use ebbtide::tui::theme::{ColourMode, Glyphs, Theme};

fn nov(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn written(day: u32) -> (Moment, Now) {
    let written = now(&SUNDAY.replace("11-22", &format!("11-{day:02}")));
    let moment = Moment::on_day(nov(day), written.at, &written, DayEnd::default());
    (moment, written)
}

fn dose(id: u8, day: u32, product: &str, thousandths: i64, unit: &str) -> Change {
    let (moment, _) = written(day);
    let id = EntryId::from_bytes([id; 16]);
    let dose = Record::new(id, Kind::Dose, Some(moment), Some(product))
        .with_number("amount", Amount::from_thousandths(thousandths))
        .with_text("unit", unit);
    Change::Record(dose)
}

/// 4 g from the 13th, a gram less every four days; doses on seven of the days, one day of capsules.
fn tapering() -> App {
    let terms = Terms {
        shape: Shape::FixedCut(Amount::whole(1)),
        start: Amount::whole(4),
        every_days: 4,
        until: Amount::whole(1),
        smallest: Amount::from_thousandths(100),
        split: 1,
        begin: nov(13),
    };
    let version = action::start(terms, nov(13)).unwrap();
    let plan = EntryId::from_bytes([201; 16]);
    let record = version_record(EntryId::from_bytes([202; 16]), plan, "powder", &version);
    let mut changes = vec![Change::Record(record)];
    let used = [
        (13, 4000),
        (14, 4000),
        (16, 3500),
        (17, 3000),
        (18, 4500),
        (20, 2500),
        (21, 2000),
    ];
    for (id, (day, amount)) in (220..).zip(used) {
        changes.push(dose(id, day, "powder", amount, "g"));
    }
    changes.push(dose(230, 19, "capsule", 3000, "capsule"));
    App::lived_in_with(&changes)
}

#[test]
fn pictures_of_the_staircase() {
    let mut app = tapering();
    for (name, keys) in [
        ("week", "2"),
        ("month", "v"),
        ("timeline", "vv"),
        ("after a cut", "C<Right>"),
    ] {
        app.press(keys);
        for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
            insta::assert_snapshot!(
                format!("staircase, {name} {width}x{height}"),
                app.screen(width, height)
            );
        }
    }
}

#[test]
fn the_days_around_cuts_are_reached_from_plan_too_and_name_the_product() {
    let mut app = tapering();
    app.press("4C");
    let screen = app.screen(120, 40);
    assert!(screen.contains("round a cut"), "{screen}");
    assert!(screen.contains("Leaf powder: "), "{screen}");
    app.press("<Esc>");
    assert!(!app.screen(120, 40).contains("Severity around a cut"));
}

#[test]
fn the_ascii_look_says_the_same_without_lines() {
    let app = tapering().looks(Theme::new(ColourMode::Mono, Glyphs::Ascii));
    let mut app = app;
    app.press("2v");
    let screen = app.screen(80, 24);
    insta::assert_snapshot!("staircase, month in ASCII 80x24", screen);
    assert!(screen.is_ascii(), "{screen}");
    assert!(screen.contains("Leaf powder, g a day"), "{screen}");
    assert!(screen.contains("# used  = plan"), "{screen}");
}

#[test]
fn the_cursor_reads_out_plan_and_use_and_says_nothing_of_their_difference() {
    let mut app = tapering();
    app.press("2<Left><Left><Left><Left>");
    let screen = app.screen(120, 40);
    assert!(screen.contains("Leaf powder: plan 3 g, used"), "{screen}");
    for word in ["remaining", "left to", "above", "over the plan", "too much"] {
        assert!(!screen.contains(word), "{word}: {screen}");
    }
    app.press("<Right>");
    assert!(!app.screen(120, 40).contains("used 0"));
    assert!(
        app.screen(120, 40)
            .contains("Leaf powder: plan 3 g, nothing")
    );
}

#[test]
fn another_product_stands_under_the_chart_by_key_and_around_the_end() {
    let mut app = tapering();
    app.press("2vp");
    assert!(app.screen(120, 40).contains("Capsules, capsule a day"));
    app.press("p");
    assert!(app.screen(120, 40).contains("Leaf powder, g a day"));
    let mut bare = App::lived_in();
    bare.press("2p");
    let screen = bare.screen(120, 40);
    assert!(
        screen.contains("No plan and no doses to show yet"),
        "{screen}"
    );
}

#[test]
fn a_journal_without_plan_and_doses_has_no_staircase_and_says_that_there_is_no_cut() {
    let mut app = App::lived_in();
    app.press("2");
    assert!(!app.screen(120, 40).contains("a day ─"));
    app.press("C");
    let screen = app.screen(120, 40);
    assert!(screen.contains("No cut yet."), "{screen}");
    app.press("<Esc>");
    assert!(!app.screen(120, 40).contains("No cut yet."));
}

#[test]
fn the_origin_goes_to_the_last_cut_and_says_when_there_is_none() {
    let mut app = App::lived_in();
    app.press("2vvvoo");
    let screen = app.screen(120, 40);
    assert!(
        screen.contains("This attempt has no cut of a plan: counted from day 0."),
        "{screen}"
    );
    let mut app = tapering();
    app.press("2vvvoo");
    assert!(app.screen(120, 40).contains("counted from the last cut"));
}

#[test]
fn amounts_are_chosen_from_the_list_and_drawn_with_their_unit() {
    let mut app = tapering();
    app.press("2sleaf");
    assert!(app.screen(80, 24).contains("Leaf powder, 0 to 5 g"));
    app.press("<Enter>");
    let screen = app.screen(80, 24);
    assert!(screen.contains("Leaf powder, g \u{b7}"), "{screen}");
    assert!(app.screen(120, 40).contains("5 of 7 days"));
}
