//! Trends and History, walked through: what the keys do, what is said where there is nothing to draw, what the eye cannot see.
#![allow(clippy::unwrap_used, missing_docs)]

mod app;

use app::App;
use app::entries::{
    Entry, NOW, app, app_with_attempt, begun, brief, changes, nov, rated, two_weeks,
};
use ebbtide::domain::check_in::symptom::Symptoms;
use ebbtide::domain::journal::Coverage;
use ebbtide::domain::journal::change::Change;
use ebbtide::tui::theme::{ColourMode, Glyphs, Theme};
use ratatui::buffer::Buffer;

fn has_axes(screen: &str) -> bool {
    screen.contains(" 0 \u{2594}")
}

#[test]
fn two_days_are_drawn_and_it_is_said_when_comparisons_begin() {
    let mut app = app(&[rated(23, 2), rated(25, 2)]);
    app.press("2");
    let screen = app.screen(100, 30);
    assert!(has_axes(&screen), "{screen}");
    assert!(screen.contains("comparisons begin with 4 days"), "{screen}");
}

#[test]
fn three_days_draw_axes() {
    let mut app = app(&[rated(23, 2), rated(25, 2), rated(27, 2)]);
    app.press("2");
    assert!(has_axes(&app.screen(100, 30)));
}

#[test]
fn two_weeks_are_compared_with_their_n_and_three_days_are_not() {
    let mut whole = app(&two_weeks());
    whole.press("2");
    let screen = whole.screen(120, 30);
    assert!(
        screen.contains("Severity   75 \u{2192}   25  \u{25bc} 50")
            && screen.contains("7 \u{2192} 7 days"),
        "{screen}"
    );
    let few: Vec<Entry> = two_weeks()
        .into_iter()
        .filter(|e| e.day >= 20 && e.day != 24)
        .collect();
    let mut few = app(&few);
    few.press("2");
    let screen = few.screen(120, 30);
    assert!(screen.contains("too few days"), "{screen}");
    assert!(
        !screen.contains('\u{25bc}'),
        "no change is shown:\n{screen}"
    );
}

#[test]
fn weeks_with_a_day_0_between_are_not_compared_and_say_so() {
    let mut app = app_with_attempt(&two_weeks(), 25);
    app.press("2");
    let screen = app.screen(120, 30);
    assert!(screen.contains("Not compared: day 0 (Wed 25"), "{screen}");
    assert!(!screen.contains('\u{25bc}'), "{screen}");
}

#[test]
fn days_that_are_still_being_read_are_not_said_to_be_few() {
    let mut app = app(&two_weeks());
    app.model.shared.journal.coverage = Coverage::Since(nov(20));
    app.press("2");
    let screen = app.screen(120, 30);
    assert!(has_axes(&screen), "this week is here:\n{screen}");
    assert!(screen.contains("Reading earlier days\u{2026}"), "{screen}");
    assert!(
        !screen.contains("too few") && !screen.contains("Most changed"),
        "{screen}"
    );
    for keys in ["[", "vv"] {
        app.press(keys);
        let screen = app.screen(120, 30);
        assert!(
            !has_axes(&screen) && !screen.contains("with a value"),
            "{screen}"
        );
        assert!(
            !screen.contains(" of 7 days") && !screen.contains(" of 14 days"),
            "{screen}"
        );
    }
    app.press("3");
    let screen = app.screen(120, 30);
    assert!(
        !screen.contains("days with check-ins"),
        "their number is not known:\n{screen}"
    );
}

#[test]
fn a_symptom_that_was_switched_off_is_offered_while_it_has_history() {
    let mut app = app(&two_weeks());
    let titles = |app: &mut App| {
        app.press("2v");
        let mut seen: Vec<String> = Vec::new();
        for _ in 0..60 {
            let screen = app.screen(120, 30);
            let title = screen
                .lines()
                .nth(2)
                .unwrap()
                .split(" \u{b7} ")
                .next()
                .unwrap()
                .to_owned();
            seen.push(title);
            app.press("<Down>");
        }
        seen.sort();
        seen.dedup();
        seen
    };
    let before = titles(&mut app);
    assert_eq!(
        before.len(),
        4 + 18,
        "four fixed ones and 18 rated ones: {before:?}"
    );
    let shaking = Symptoms::built_in().find("shaking").unwrap().key;
    app.model.shared.journal.symptoms = Symptoms::new(
        Symptoms::built_in()
            .iter()
            .cloned()
            .map(|mut symptom| {
                symptom.rated &= symptom.key != shaking;
                symptom
            })
            .collect(),
    );
    assert_eq!(titles(&mut app), before, "with 14 days of history it stays");
}

#[test]
fn the_series_stays_while_weeks_and_views_go_by() {
    let mut app = app(&two_weeks());
    app.press("2v<Down><Down><Down>[vV");
    assert!(app.screen(120, 30).contains("Overall \u{b7}"));
    app.press("<Up>");
    assert!(app.screen(120, 30).contains("Mind \u{b7}"));
    app.press("<Up><Up><Up><Up>");
    assert!(
        !app.screen(120, 30).contains("Severity \u{b7}"),
        "backwards, around the beginning"
    );
}

#[test]
fn overall_only_days_are_hollow_and_counted() {
    let mut app = app(&[
        rated(23, 2),
        rated(24, 2),
        rated(25, 2),
        brief(26, 7),
        brief(27, 6),
    ]);
    app.press("2");
    let screen = app.screen(120, 30);
    assert!(screen.contains("2 days with overall only"), "{screen}");
    assert_eq!(
        screen.matches('\u{25cb}').count(),
        2 + 2,
        "two marks, one in the title and one beside:\n{screen}"
    );
}

/// The columns of the first chart, each from its top to above the axis.
fn plot(screen: &str) -> Vec<String> {
    let rows: Vec<Vec<char>> = screen.lines().map(|line| line.chars().collect()).collect();
    let is_axis = |row: &Vec<char>| row.iter().collect::<String>().contains(" 0 \u{2594}");
    let axis = rows.iter().position(is_axis).unwrap();
    let left = rows[axis].iter().position(|c| *c == '\u{2594}').unwrap();
    let wide = rows[axis].iter().filter(|c| **c == '\u{2594}').count();
    let top = rows[..axis]
        .iter()
        .position(|row| {
            row.get(left..left + wide)
                .is_some_and(|row| row.contains(&'\u{2594}'))
        })
        .unwrap();
    let column = |x: usize| rows[top..axis].iter().map(|row| row[x]).collect();
    (left..left + wide).map(column).collect()
}

#[test]
fn no_view_inks_a_missing_day_a_gap_of_five_or_the_way_into_day_0() {
    // The 8th is missing, 12 to 16 are missing, day 0 is the 20th; all stand between 1 and 3, never at 0.
    let days: Vec<u32> = (1..=29)
        .filter(|day| *day != 8 && !(12..=16).contains(day))
        .collect();
    let entries: Vec<Entry> = days
        .iter()
        .map(|day| rated(*day, if day % 2 == 0 { 1 } else { 3 }))
        .collect();
    let is_inked = |column: &String| column.ends_with('\u{2588}');
    // The timeline of an attempt begins with it: that one began on the 1st and has its day 0 on the 20th.
    let mut all = changes(&entries);
    let Change::RecordAttempt(mut attempt) = begun(20) else {
        unreachable!()
    };
    attempt.began = nov(1);
    all.push(Change::RecordAttempt(attempt));
    let mut app = App::with_changes(&all, NOW);
    for (keys, first) in [
        ("2", 23),
        ("[", 16),
        ("[", 9),
        ("[", 2),
        ("2v", 1),
        ("v", 1),
        ("v", 1),
    ] {
        app.press(keys);
        let last = if keys == "2" || keys == "[" {
            first + 6
        } else {
            29
        };
        let screen = app.screen(200, 30);
        let columns = plot(&screen);
        let seen: Vec<u32> = days
            .iter()
            .copied()
            .filter(|day| (first..=last).contains(day))
            .collect();
        // At this width a blank stands between two days, so each run of inked cells is one day.
        let runs = columns
            .chunk_by(|a, b| is_inked(a) == is_inked(b))
            .filter(|run| is_inked(&run[0]));
        assert_eq!(
            runs.count(),
            seen.len(),
            "a column a day from {first}:\n{screen}"
        );
        // All values lie between 1 and 3, so whatever stands low down alone would be a blank drawn as 0.
        let others = columns.iter().filter(|column| !is_inked(column));
        let is_empty = |column: &String| {
            let low = column.chars().next_back().unwrap();
            " \u{2013}\u{250a}\u{2591}".contains(low)
        };
        assert!(
            others.into_iter().all(is_empty),
            "a blank near 0:\n{screen}"
        );
    }
}

#[test]
fn enter_opens_the_day_of_the_cursor_in_history() {
    let mut app = app(&two_weeks());
    app.press("2[<Left><Left><Enter>");
    assert!(app.screen(120, 30).contains("Fri 20 Nov 2026"));
    app.press("2.<Enter>");
    assert!(app.screen(120, 30).contains("Sun 29 Nov 2026 \u{2500}"));
}

#[test]
fn the_read_out_says_the_notes_and_what_was_written_late() {
    let mut entries = two_weeks();
    entries[12].note = "a walk by the river";
    let mut app = app(&entries);
    app.press("2<Left>");
    assert!(app.screen(120, 30).contains("12:00: a walk by the river"));
    app.press("3<Left>B6<Enter>2");
    let screen = app.screen(120, 30);
    assert!(screen.contains("written late"), "{screen}");
}

#[test]
fn where_the_side_has_no_room_for_all_it_says_how_much_and_space_reads_on() {
    let mut entries = two_weeks();
    entries[13].note = "one thing and another and a third and a fourth, and then some more of them, until it is long enough";
    let mut app = app(&entries);
    app.press("2");
    for (width, height) in [(80, 24), (60, 20), (40, 12)] {
        let screen = app.screen(width, height);
        let is_whole = |app: &App| app.screen(width, height).contains("enough");
        assert!(is_whole(&app) || screen.contains("more: Space"), "{screen}");
        let pages = (0..20).any(|_| {
            app.press("<Space>");
            is_whole(&app)
        });
        assert!(pages, "never read to its end at {width}x{height}");
    }
}

/// The screen and where the terminal's own cursor stands on it.
fn with_cursor(app: &App, width: u16, height: u16) -> (Buffer, (u16, u16)) {
    let frame = app::drawn(&app.model, width, height);
    let at = frame.cursor().unwrap();
    (frame.into_buffer(), (at.x, at.y))
}

#[test]
fn the_cursor_of_the_terminal_stands_on_the_day_that_is_meant() {
    let mut app = app(&two_weeks());
    app.press("2");
    // On the line that reads out the day, where a screen reader begins to speak.
    for (keys, day) in [
        ("", " Sun 29: "),
        ("<Left>", " Sat 28: "),
        ("v", " Sat 28 Nov: "),
    ] {
        app.press(keys);
        let (buffer, at) = with_cursor(&app, 120, 30);
        assert_eq!(buffer[at].symbol(), "\u{258c}");
        let line: String = (at.0 + 1..120)
            .map(|x| buffer[(x, at.1)].symbol())
            .collect();
        assert!(line.starts_with(day), "{line}");
    }
    app.press("3<Left>");
    let (buffer, at) = with_cursor(&app, 120, 30);
    assert_eq!(buffer[at].symbol(), "\u{258c}");
    let mut empty = self::app(&[rated(23, 2)]);
    empty.press("2");
    assert!(
        with_cursor(&empty, 120, 30).1.1 > 1,
        "also where nothing is drawn"
    );
}

#[test]
fn every_rating_of_a_day_can_be_read_with_its_word_at_every_size() {
    let symptoms = Symptoms::built_in();
    let mut app = app(&two_weeks());
    for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
        app.press("3G");
        let mut seen = String::new();
        for _ in 0..30 {
            seen.push_str(&app.screen(width, height));
            app.press("<Space>");
        }
        for symptom in symptoms.rated() {
            assert!(
                seen.contains(&symptom.name),
                "{} at {width}x{height}",
                symptom.name
            );
        }
        assert!(seen.contains("1 mild"), "{width}x{height}");
    }
}

#[test]
fn notes_cannot_steer_the_terminal() {
    let mut entries = two_weeks();
    entries[13].note = "before\u{1b}[2Jafter \u{202e}turned";
    let mut app = app(&entries);
    for keys in ["2", "3"] {
        app.press(keys);
        let screen = app.screen(120, 30);
        assert!(
            !screen.contains('\u{1b}') && !screen.contains('\u{202e}'),
            "{screen}"
        );
        assert!(screen.contains("after"), "{screen}");
    }
}

#[test]
fn ascii_looks_hold_nothing_but_ascii() {
    let mut app =
        app_with_attempt(&two_weeks(), 20).looks(Theme::new(ColourMode::Mono, Glyphs::Ascii));
    for keys in ["2", "v", "v", "3"] {
        app.press(keys);
        for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
            let screen = app.screen(width, height);
            assert!(screen.is_ascii(), "{screen}");
        }
    }
}
