//! History, walked through: the calendar, the day with its entries, search, filter, and filling what is missing.
#![allow(clippy::unwrap_used, missing_docs)]

mod app;

use app::App;
use app::entries::{Entry, NOW, app, app_with_attempt, begun, brief, changes, nov, rated};
use ebbtide::domain::attempt::Ending;
use ebbtide::domain::journal::change::Change;
use ebbtide::tui::theme::{ColourMode, Glyphs, Theme};

fn noted(day: u32, note: &'static str) -> Entry {
    Entry {
        note,
        ..rated(day, 2)
    }
}

/// What the title of the day says.
fn day_of(app: &App) -> String {
    let screen = app.screen(120, 40);
    let title = screen.lines().nth(1).unwrap();
    title
        .rsplit("\u{256d} ")
        .next()
        .unwrap()
        .split(" \u{2500}")
        .next()
        .unwrap()
        .to_owned()
}

#[test]
fn the_arrows_go_as_in_any_calendar() {
    let mut app = app(&[rated(2, 2), rated(27, 2)]);
    app.press("3");
    for (keys, day) in [
        ("", "Sun 29 Nov 2026"),
        ("<Left>", "Sat 28 Nov 2026"),
        ("<Up>", "Sat 21 Nov 2026"),
        ("k", "Sat 14 Nov 2026"),
        ("l", "Sun 15 Nov 2026"),
        ("j", "Sun 22 Nov 2026"),
        ("[", "Mon 2 Nov 2026"),
        ("]", "Sun 29 Nov 2026"),
        ("<Home>", "Mon 2 Nov 2026"),
        ("<Left>", "Mon 2 Nov 2026"),
        (".", "Sun 29 Nov 2026"),
        ("g", "Mon 2 Nov 2026"),
        ("G", "Sun 29 Nov 2026"),
        ("<Down>", "Sun 29 Nov 2026"),
    ] {
        app.press(keys);
        assert_eq!(day_of(&app), day, "after {keys:?}");
    }
}

#[test]
fn blank_days_show_nothing_and_can_be_filled() {
    let mut app = app(&[rated(23, 2), brief(27, 10)]);
    app.press("3G<Left>");
    let screen = app.screen(120, 40);
    let week = screen
        .lines()
        .find(|line| line.contains("50\u{2585}"))
        .unwrap();
    let week: String = week.chars().take(46).collect();
    assert!(
        !week.contains('0') || week.matches('0').count() == 2,
        "50 and \u{25cb}10 alone: {week}"
    );
    assert!(week.contains("\u{25cb}10"), "{week}");
    assert!(
        screen.contains("No check-in on this day. f fills it"),
        "{screen}"
    );
    app.press("B4<Enter>");
    let filled = app.journal();
    let check_in = &filled.check_ins(nov(28))[0];
    assert!(check_in.moment.late && check_in.overall.unwrap().number() == 4);
    assert_eq!(
        check_in.totals.severity(),
        None,
        "no severity comes of one number"
    );
}

#[test]
fn enter_goes_into_the_day_and_esc_out_again() {
    let mut app = app(&[rated(27, 2), rated(28, 2), brief(28, 6)]);
    app.press("3<Left>x");
    assert_eq!(
        app.journal().check_ins(nov(28)).len(),
        1,
        "x works from the calendar"
    );
    app.press("z<Enter><Down>x");
    let left = app.journal();
    assert_eq!(
        left.check_ins(nov(28))[0].overall,
        None,
        "the second one is gone"
    );
    app.press("<Esc><Left>");
    assert_eq!(day_of(&app), "Fri 27 Nov 2026");
    app.press("<Enter><Enter>");
    assert!(
        app.screen(80, 24).contains("Edit check-in"),
        "two presses edit the one entry"
    );
    app.press("<Esc>e");
    assert!(app.screen(80, 24).contains("Edit check-in"));
}

#[test]
fn a_day_shows_what_happened_to_the_attempt_in_order() {
    let Change::RecordAttempt(mut attempt) = begun(20) else {
        unreachable!()
    };
    attempt.ended = Some((nov(20), Ending::SetAside));
    let mut all = vec![Change::RecordAttempt(attempt)];
    all.extend(changes(&[rated(20, 2), rated(27, 2)]));
    let mut app = App::with_changes(&all, NOW);
    app.press("3<Home>");
    let screen = app.screen(120, 40);
    let at = |text: &str| {
        screen
            .find(text)
            .unwrap_or_else(|| panic!("{text}:\n{screen}"))
    };
    assert!(at("Attempt 1 begun: stopping") < at("Day 0 of attempt 1"));
    assert!(at("Day 0 of attempt 1") < at("12:00, severity 50"));
    assert!(at("12:00, severity 50") < at("Attempt 1 set aside"));
    app.press("<Enter><Up><Up>x");
    assert_eq!(
        app.journal().check_ins(nov(20)).len(),
        1,
        "an event is not deleted by x"
    );
    app.press("<Enter>");
    assert!(
        app.screen(80, 24).contains("Attempts"),
        "it is edited where attempts are"
    );
}

#[test]
fn search_finds_live_jumps_walks_and_clears() {
    let mut app = app(&[
        noted(2, "First walk by the river"),
        noted(9, "nothing much"),
        noted(15, "a WALK, and \u{130}stanbul on the radio"),
        noted(27, "walked home"),
    ]);
    app.press("/");
    assert!(
        app.screen(80, 24).contains("Type a word"),
        "from everywhere"
    );
    app.press("walk");
    let screen = app.screen(80, 24);
    assert!(screen.contains("3 notes, newest first"), "{screen}");
    assert!(
        screen.find("Fri 27 Nov 2026  walked home") < screen.find("Mon 2 Nov 2026   First walk")
    );
    app.press("zz");
    assert!(
        app.screen(80, 24)
            .contains("No note has this text. Fewer letters")
    );
    app.press("<Backspace><Backspace><Enter>");
    assert_eq!(day_of(&app), "Fri 27 Nov 2026");
    for (key, day, said) in [
        ("n", "Sun 15 Nov 2026", "Note 2 of 3"),
        ("n", "Mon 2 Nov 2026", "Note 3 of 3"),
        (
            "n",
            "Fri 27 Nov 2026",
            "Note 1 of 3: Fri 27 Nov 2026; from the newest again.",
        ),
        ("N", "Mon 2 Nov 2026", "from the oldest again."),
        ("N", "Sun 15 Nov 2026", "Note 2 of 3"),
    ] {
        app.press(key);
        assert_eq!(day_of(&app), day);
        assert!(
            app.screen(80, 24).contains(said),
            "{said}:\n{}",
            app.screen(80, 24)
        );
    }
    assert!(
        app.screen(120, 40)
            .contains("Nov 2026: notes with \"walk\"")
    );
    app.press("<Esc>");
    assert!(app.screen(120, 40).contains("notes with"), "one level");
    app.press("<Esc>");
    assert!(!app.screen(120, 40).contains("notes with"));
    app.press("n");
    assert!(app.screen(80, 24).contains("Nothing is looked for"));
}

#[test]
fn the_hit_is_marked_in_the_day_also_across_a_line_end() {
    let mut app = app(&[noted(
        27,
        "a long way down along the river and then all the way back home again",
    )]);
    app.press("/river and then all the way back<Enter>");
    for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
        let buffer = app.buffer(width, height);
        let reversed = buffer
            .content
            .iter()
            .filter(|cell| cell.modifier.contains(ratatui::style::Modifier::REVERSED));
        let text: String = reversed.map(ratatui::buffer::Cell::symbol).collect();
        let letters: String = text.split_whitespace().collect();
        assert!(
            letters.ends_with("riverandthenallthewayback") || letters.contains("riverand"),
            "{width}x{height}: {text}"
        );
    }
}

#[test]
fn a_filter_dims_the_other_days_and_n_walks_those_that_are_left() {
    let mut app = app(&[brief(10, 4), rated(11, 2), noted(15, "tea"), brief(26, 7)]);
    app.press("3F3");
    let screen = app.screen(120, 40);
    assert!(screen.contains("Nov 2026: brief check-ins"), "{screen}");
    assert!(
        !screen.contains("50\u{2585}"),
        "the others stand back:\n{screen}"
    );
    assert!(screen.contains("other entries; Esc: all"));
    for (key, day) in [("n", 26), ("n", 10), ("n", 26), ("N", 10)] {
        app.press(key);
        assert_eq!(day_of(&app), nov(day).format("%a %-d %b %Y").to_string());
    }
    assert!(app.screen(80, 24).contains("from the oldest again"));
    app.press("<Esc>");
    assert!(app.screen(120, 40).contains("50\u{2585}"));
    app.press("F4<Esc>F6n");
    assert!(
        app.screen(80, 24)
            .contains("No entry is of this kind: edited")
    );
}

#[test]
fn a_typed_date_is_gone_to_and_a_bad_one_says_why() {
    let mut app = app(&[rated(2, 2), rated(27, 2)]);
    app.press("3D2026-11-31<Enter>");
    let screen = app.screen(80, 24);
    assert!(
        screen.contains("not in the calendar") && screen.contains("2026-11-31"),
        "{screen}"
    );
    app.press("<Ctrl-U>2026-11-05<Enter>");
    assert_eq!(day_of(&app), "Thu 5 Nov 2026");
    app.press("D1999-01-01<Enter>");
    assert_eq!(day_of(&app), "Mon 2 Nov 2026");
    assert!(app.screen(80, 24).contains("lies outside the journal"));
}

#[test]
fn missing_days_are_filled_one_after_another_in_two_keys_each() {
    let mut app = app(&[rated(25, 2)]);
    app.press("3m1");
    let screen = app.screen(80, 24);
    assert!(screen.contains("Thu 26 Nov, no time"), "{screen}");
    assert!(screen.contains("2 missing days after this one"), "{screen}");
    app.press("4<Enter>");
    let screen = app.screen(80, 24);
    assert!(
        screen.contains("Fri 27 Nov, no time") && screen.contains("2 missing days left"),
        "{screen}"
    );
    app.press("s6<Enter>");
    let journal = app.journal();
    let overall = |day| {
        journal
            .check_ins(nov(day))
            .first()
            .map(|c| (c.overall.unwrap().number(), c.moment.late))
    };
    assert_eq!(
        [26, 27, 28].map(overall),
        [Some((4, true)), None, Some((6, true))]
    );
    assert!(app.screen(80, 24).contains("No missing day is left"));
    app.press("z");
    assert_eq!(
        app.journal().check_ins(nov(28)).len(),
        0,
        "each is one step"
    );
    assert_eq!(app.journal().check_ins(nov(26)).len(), 1);
    app.press("z");
    assert_eq!(app.journal().check_ins(nov(26)).len(), 0);
}

#[test]
fn stopping_the_filling_loses_nothing() {
    let mut app = app(&[rated(25, 2)]);
    app.press("3m14<Enter>7<Esc>");
    assert_eq!(app.journal().check_ins(nov(26)).len(), 1);
    assert_eq!(app.drafts()[0].overall.unwrap().number(), 7);
    app.press("m1");
    assert!(app.screen(80, 24).contains("7 / 10") || app.screen(80, 24).contains('7'));
    app.press("<Enter>");
    assert_eq!(
        app.journal().check_ins(nov(27))[0]
            .overall
            .unwrap()
            .number(),
        7
    );
    assert!(app.drafts().is_empty());
}

#[test]
fn ten_years_are_looked_through_and_the_oldest_day_is_a_key_away() {
    let mut app = App::demo(3650);
    app.press("3g");
    let first = app.model.shared.journal.first_day.unwrap();
    assert!(day_of(&app).contains(&first.format("%Y").to_string()));
    app.press("/a<Enter>nnN<Esc><Esc>F4n");
    assert!(app.screen(120, 40).contains("with a note"));
}

#[test]
fn calendar_cursor_today_and_day_zero_are_signs_in_every_look() {
    let mut app = app_with_attempt(&[noted(20, "tea"), rated(27, 2)], 20)
        .looks(Theme::new(ColourMode::Mono, Glyphs::Ascii));
    app.press("3<Left><Left>");
    for (width, height) in [(120, 40), (80, 24)] {
        let screen = app.screen(width, height);
        for sign in [">27", "[29]", ": 50"] {
            assert!(screen.contains(sign), "{sign}:\n{screen}");
        }
    }
}
