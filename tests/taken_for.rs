//! What the kratom was taken for: asked once, first in every list, drawn across day 0 with its two levels, and carried along by
//! everything that leaves the journal; and the first run, counted in keys.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod app;
#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;

use app::App;
use ebbtide::domain::record::Record;
use ebbtide::domain::record::kind::Kind;
use house::House;

const NOW: &str = "2026-11-22T21:40:00-05:00";
const WORTH_SHOWING: &str = "if it stays, it is worth showing a clinician.";

/// An attempt with day 0 on 13 Nov, pain and anxiety on the days after it, and what it was taken for.
fn house_with_pain() -> House {
    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-13"]);
    for (day, pain) in [
        (14, "4"),
        (15, "4"),
        (16, "3"),
        (17, "3"),
        (18, "3"),
        (19, "2"),
        (22, "2"),
    ] {
        let at = format!("2026-11-{day} 12:00");
        let pain = format!("pain={pain}");
        house.done(&[
            "checkin",
            "--at",
            &at,
            "--set",
            &pain,
            "--set",
            "anxiety=1",
            "--overall",
            "5",
        ]);
    }
    house.done(&ADD);
    house
}

const ADD: [&str; 14] = [
    "baseline",
    "add",
    "--taken-for",
    "pain",
    "--without-it",
    "3",
    "--using-it",
    "1",
    "--also-for",
    "anx",
    "--without-that",
    "2",
    "--using-that",
    "0",
];

fn over(house: &House) -> App {
    App::over_file(&house.journal(), NOW)
}

fn baselines(app: &App) -> Vec<Record> {
    let journal = app.journal();
    let all = journal.standing(Kind::Baseline).into_iter();
    all.cloned().collect()
}

fn text<'a>(record: &'a Record, code: &str) -> Option<&'a str> {
    record.text(code)
}

/// The keys up to the first saved brief check-in, typing "2 days ago".
const FIRST_RUN: &str = "<Enter>2 days ago<Enter><Enter>b5<Enter>";

#[test]
fn the_first_run_takes_16_keys_to_the_first_saved_brief_check_in() {
    let mut app = App::empty();
    let keys = app.press(FIRST_RUN).keys_of_last_press();
    assert!(keys <= 16, "{keys} keys");
    assert_eq!(
        app.journal().check_ins("2026-11-22".parse().unwrap()).len(),
        1
    );
    assert!(
        app.screen(80, 24)
            .contains("Saved 08:12: check-in, overall 5")
    );
}

#[test]
fn after_the_first_check_in_it_is_asked_once_and_esc_or_an_empty_enter_skips_it() {
    for skip in ["<Esc>", "<Enter>"] {
        let mut app = App::empty();
        app.press(FIRST_RUN);
        let asked = app.screen(80, 24);
        assert!(asked.contains("What was it taken for?"), "{asked}");
        assert!(asked.contains("Esc skip"), "{asked}");
        app.press(skip);
        assert!(!app.screen(80, 24).contains("What was it taken for?"));
        app.press("b4<Enter>");
        assert!(!app.screen(80, 24).contains("What was it taken for?"));
        assert!(baselines(&app).is_empty());
    }
}

#[test]
fn the_answer_is_kept_with_its_levels_and_check_ins_ask_for_it_first() {
    let mut app = App::empty();
    app.press(FIRST_RUN);
    app.press("pain<Tab>3<Tab>1<Tab>my back at work<Enter>");
    let all = baselines(&app);
    assert_eq!(text(&all[0], "taken_for"), Some("pain"));
    assert_eq!(
        (all[0].whole("without"), all[0].whole("using")),
        (Some(3), Some(1))
    );
    assert_eq!(text(&all[0], "taken_for_2"), Some("my back at work"));
    assert!(app.journal().symptoms.find("pain").unwrap().rated);
    app.press("c");
    let form = app.screen(120, 40);
    let first = form
        .lines()
        .find(|line| line.contains("Pain ") || line.contains("Muscle aches"));
    assert!(first.unwrap().contains("Pain "), "{form}");
    // One step back takes the answer and the switch together.
    app.press("<Esc>z");
    assert!(baselines(&app).is_empty());
    assert!(!app.journal().symptoms.find("pain").unwrap().rated);
    app.press("Z");
    assert!(app.journal().symptoms.find("pain").unwrap().rated);
}

#[test]
fn after_a_hard_day_its_words_stand_alone_and_nothing_is_asked() {
    let mut app = App::empty();
    app.press("<Enter>2 days ago<Enter><Enter>b10<Enter>");
    let hard = app.screen(80, 24);
    assert!(!hard.contains("What was it taken for?"), "{hard}");
}

#[test]
fn plain_mode_asks_once_and_levels_only_of_what_was_named() {
    let house = House::new();
    let said = house.with_input(
        &["--plain"],
        "2 days ago\nbrief\n5\nanxiety\n2\n0\nskip\ndone\nquit\n",
    );
    let (asked, levels) = (
        said.out.matches("What was it taken for?").count(),
        said.out.matches("s remembered, without kratom").count(),
    );
    assert_eq!((asked, levels), (1, 1), "{}", said.out);
    let all = baselines(&over(&house));
    assert_eq!(text(&all[0], "taken_for"), Some("anxiety"));
    assert_eq!(
        (all[0].whole("without"), all[0].whole("using")),
        (Some(2), Some(0))
    );
    let again = house.with_input(&["--plain"], "brief\n4\nquit\n");
    assert!(
        !again.out.contains("What was it taken for?"),
        "{}",
        again.out
    );
}

#[test]
fn the_long_charts_draw_two_named_lines_and_say_what_is_worth_showing() {
    let mut app = over(&house_with_pain());
    app.press("2spain<Enter>vvv");
    for size in [(160, 50), (120, 40), (80, 24)] {
        let screen = app.screen(size.0, size.1);
        assert!(
            screen.contains("without kratom, as remembered: 3"),
            "{screen}"
        );
        assert!(screen.contains("while using it: 1"), "{screen}");
        let dashes = |sign: &str| screen.matches(sign).count();
        assert!(dashes("\u{254C}") > 8 && dashes("\u{2508}") > 8, "{screen}");
    }
    let wide = app.screen(160, 50);
    assert!(wide.contains("Pain 2 today"), "{wide}");
    assert!(wide.contains("What it was taken for"), "{wide}");
    app.press("sfatigue<Enter>");
    assert!(!app.screen(160, 50).contains("as remembered"));
}

#[test]
fn it_stands_first_in_trends_and_on_today() {
    let mut app = over(&house_with_pain());
    let before = |screen: &str, first: &str, then: &str| {
        let at = |name: &str| {
            screen
                .find(name)
                .unwrap_or_else(|| panic!("{name}: {screen}"))
        };
        assert!(at(first) < at(then), "{screen}");
    };
    let today = app.screen(160, 50);
    before(&today, "Pain ", "Anxiety ");
    app.press("2");
    let week = app.screen(160, 50);
    before(&week, "Pain ", "Anxiety ");
    before(&week, "Anxiety ", "Muscle aches");
}

#[test]
fn in_text_it_is_said_as_sentences() {
    let house = house_with_pain();
    let sentence = "Pain 2 today; while using it 1, without kratom, as remembered, 3.";
    for args in [
        &["trend", "pain", "--plain"][..],
        &["trend", "pain", "--view", "timeline"],
        &["trend", "pain", "--view", "month", "--plain"],
    ] {
        let out = house.done(args).out;
        let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            out.contains(sentence) && out.contains(WORTH_SHOWING),
            "{out}"
        );
    }
    let other = house.done(&["trend", "anxiety", "--plain"]).out;
    assert!(
        other.contains("Anxiety 1 today; while using it 0"),
        "{other}"
    );
    let none = house.done(&["trend", "severity", "--plain"]).out;
    assert!(!none.contains(WORTH_SHOWING), "{none}");
}

#[test]
fn what_leaves_the_journal_has_it_and_a_shared_file_has_not() {
    let house = house_with_pain();
    let report = house.done(&["report", "--format", "markdown"]).out;
    assert!(
        report.contains("Pain: while using it 1, without kratom, as remembered, 3"),
        "{report}"
    );
    let fhir = house.done(&["export", "fhir"]).out;
    for words in [
        "Pain, without kratom, as remembered",
        "Pain, while using it",
        "Anxiety, while using it",
    ] {
        assert!(fhir.contains(words), "{words}");
    }
    // There and back again, as JSON and as a package.
    let json = house.done(&["export", "json"]).out;
    std::fs::write(house.path("all.json"), &json).unwrap();
    let other = House::new();
    let path = house.path("all.json").display().to_string();
    other.done(&["import", &path]);
    assert_eq!(other.done(&["export", "json"]).out, json);
    house.done(&["export", "csv", "-o", "package/"]);
    let third = House::new();
    let path = house.path("package").display().to_string();
    third.done(&["import", &path]);
    assert_eq!(baselines(&over(&third)), baselines(&over(&house)));
}

#[test]
fn levels_without_a_name_and_a_name_twice_are_refused() {
    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-13"]);
    let bare = house.ebb(&["baseline", "add", "--without-it", "3"]);
    assert!(
        bare.code == 2 && bare.err.contains("what it was taken for is missing"),
        "{bare:?}"
    );
    let twice = house.ebb(&[
        "baseline",
        "add",
        "--taken-for",
        "pain",
        "--also-for",
        "Pain",
    ]);
    assert!(
        twice.code == 2 && twice.err.contains("stands above already"),
        "{twice:?}"
    );
    let beyond = house.ebb(&[
        "baseline",
        "add",
        "--taken-for",
        "pain",
        "--without-it",
        "5",
    ]);
    assert_eq!(beyond.code, 2, "{beyond:?}");
    house.done(&["baseline", "add", "--taken-for", "pain"]);
    house.done(&["symptom", "off", "pain"]);
    house.done(&["baseline", "edit", "last", "--using-it", "1"]);
    let pain = over(&house).journal().symptoms.find("pain").unwrap().rated;
    assert!(!pain, "switched off by hand, it stays off");
}

#[test]
fn the_safety_card_is_shown_once_in_a_sitting() {
    let mut app = App::empty();
    app.press("<Enter>2 days ago<Enter>");
    assert!(app.screen(80, 24).contains("Before you begin"));
    app.press("<Enter>b5<Enter><Esc>4");
    let plan = app.screen(80, 24);
    assert!(plan.contains("was shown at the beginning"), "{plan}");
    for _ in 0..2 {
        app.press("n");
        let form = app.screen(80, 24);
        assert!(
            !form.contains("Before you begin") && form.contains("A new plan"),
            "{form}"
        );
        app.press("<Esc>");
    }
    // The next sitting has it again.
    let mut app = app.reopened();
    app.press("4n");
    assert!(app.screen(80, 24).contains("Before you begin"));
}

#[test]
fn a_newcomer_reads_a_line_about_each_tab_and_others_do_not() {
    let mut app = App::empty();
    app.press(FIRST_RUN);
    app.press("<Esc>");
    for (key, name) in [
        ("2", "Trends"),
        ("3", "History"),
        ("4", "Plan"),
        ("5", "Care"),
        ("7", "Guide"),
        ("8", "Settings"),
    ] {
        let screen = app.press(key).screen(80, 24);
        assert!(screen.contains(&format!("{name}: ")), "{screen}");
    }
    let mut others = App::lived_in();
    assert!(!others.press("2").screen(80, 24).contains("Trends: "));
}

#[test]
fn a_word_of_the_menu_is_no_answer_to_it_in_plain_mode() {
    let house = House::new();
    let said = house.with_input(&["--plain"], "2 days ago\nbrief\n5\ntoday\nquit\n");
    assert!(said.out.contains("What was it taken for?"), "{}", said.out);
    assert!(said.out.contains("Today: Sun 22 Nov 2026"), "{}", said.out);
    assert!(baselines(&over(&house)).is_empty());
}

#[test]
fn the_week_says_the_two_levels_also_where_no_panel_stands_beside_it() {
    let mut app = over(&house_with_pain());
    app.press("2spain<Enter>");
    for (width, height) in [(160, 50), (120, 40), (80, 24), (60, 20)] {
        let screen = app.screen(width, height);
        let words: Vec<&str> = screen
            .split(|sign: char| sign.is_whitespace() || sign == '\u{2502}')
            .filter(|word| !word.is_empty())
            .collect();
        // A panel breaks its lines, and other panels stand beside it.
        if width >= 110 {
            assert!(screen.contains("What it was taken for"), "{screen}");
            assert!(words.contains(&"remembered,"), "{screen}");
        } else {
            let levels = "while using it 1, without kratom, as remembered, 3";
            assert!(screen.contains(levels), "{width}:\n{screen}");
        }
        // The sentence about them stands where symptoms keep their rows.
        if height >= 24 {
            assert!(
                screen.contains("Early on, withdrawal can raise"),
                "{screen}"
            );
        }
        assert!(
            screen.contains("Pain ") && screen.contains("Anxiety "),
            "{screen}"
        );
    }
    // Of another series it is not said.
    app.press("sfatigue<Enter>");
    assert!(!app.screen(80, 24).contains("as remembered"));
}

#[test]
fn plain_mode_says_the_safety_text_once_in_a_sitting() {
    let house = House::new();
    let said = house.with_input(
        &["--plain"],
        "2 days ago\nbrief\n5\nskip\nplan\nnew\nback\nback\nquit\n",
    );
    assert_eq!(said.out.matches("seizures").count(), 1, "{}", said.out);
    assert!(
        said.out.contains("was said at the beginning"),
        "{}",
        said.out
    );
    // The next sitting has it again, once.
    let again = house.with_input(&["--plain"], "plan\nnew\nback\nplan\nquit\n");
    assert_eq!(again.out.matches("seizures").count(), 1, "{}", again.out);
}
