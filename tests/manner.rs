//! How days and times are said: the clock, the count of days, the first day of the week, on every face; files stay as they are.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "app/mod.rs"]
mod app;
#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;

use app::App;
use house::House;

const SIZES: [(u16, u16); 4] = [(120, 40), (80, 24), (60, 20), (40, 12)];

/// Goes to a row of Settings by its words and takes its next value.
fn change(app: &mut App, row: &str) {
    app.press("8");
    for _ in 0..30 {
        let screen = app.screen(120, 40);
        let here = screen
            .lines()
            .any(|line| line.contains(&format!("\u{258c} {row}")));
        if here {
            app.press("<Right>");
            return;
        }
        app.press("<Down>");
    }
    panic!("no row {row}:\n{}", app.screen(120, 40));
}

#[test]
fn a_clock_of_twelve_hours_is_on_every_screen_at_once() {
    let mut app = App::lived_in();
    app.press("b4<Enter>");
    assert!(app.screen(120, 40).contains("08:12"));
    change(&mut app, "Times of day");
    for tab in ["1", "3"] {
        app.press(tab);
        for (width, height) in SIZES {
            let screen = app.screen(width, height);
            assert!(!screen.contains("08:12"), "{screen}");
        }
        let screen = app.screen(120, 40);
        assert!(screen.contains("8:12 am"), "{screen}");
    }
    app.press("c");
    let screen = app.screen(120, 40);
    assert!(screen.contains("8:12 am"), "{screen}");
}

#[test]
fn counted_from_one_today_is_a_day_more_and_its_phase_says_what_it_counts_from() {
    let mut app = App::lived_in();
    assert!(app.screen(120, 40).contains("Day 9"));
    change(&mut app, "Day of last use counts as");
    app.press("1");
    let screen = app.screen(120, 40);
    assert!(screen.contains("Day 10"), "{screen}");
    assert!(screen.contains("days 8 to 28 after last use"), "{screen}");
    app.press("3");
    let screen = app.screen(120, 40);
    assert!(screen.contains("day 10 of attempt 1"), "{screen}");
}

#[test]
fn weeks_that_begin_on_sunday_are_the_weeks_of_the_chart_and_of_the_comparison() {
    let mut app = App::lived_in();
    app.press("2");
    let monday = app.screen(120, 40);
    assert!(monday.contains("Mon 16"), "{monday}");
    change(&mut app, "Week begins on");
    app.press("2");
    let sunday = app.screen(120, 40);
    let heads = sunday
        .lines()
        .find(|line| line.contains("Sun 22") && line.contains("Sat 28"));
    assert!(heads.is_some(), "{sunday}");
}

#[test]
fn the_command_line_says_it_as_the_config_file_has_it_and_files_do_not() {
    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-13 20:00"]);
    house.done(&["checkin", "--overall", "4"]);
    house.done(&["appointment", "add", "doctor", "--at", "2026-11-24 10:00"]);
    let before = [
        house.done(&["export", "csv", "--layout", "wide"]).out,
        house.done(&["history", "--json"]).out,
        house.done(&["status", "--json"]).out,
    ];
    let plain = house.done(&["status"]).out;
    house.done(&["config", "set", "clock", "12"]);
    house.done(&["config", "set", "first_day", "1"]);
    let said = house.done(&["status"]).out;
    assert_ne!(said, plain);
    assert!(said.contains(" am\n") || said.contains(" pm\n"), "{said}");
    assert!(said.contains("Day 10 since last use"), "{said}");
    let after = [
        house.done(&["export", "csv", "--layout", "wide"]).out,
        house.done(&["history", "--json"]).out,
        house.done(&["status", "--json"]).out,
    ];
    assert_eq!(after, before);
}
