//! A check-in that fits the person: something else by letters, what stays on the list, what rests, and something good; by keys,
//! in plain mode and on the command line.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod app;
#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;

use app::App;
use ebbtide::domain::check_in::CheckIn;
use ebbtide::domain::check_in::catalogue::Category;
use ebbtide::domain::check_in::symptom::Symptom;
use ebbtide::domain::journal::Journal;
use house::House;

const TODAY: &str = "2026-11-22";
/// The moment at which every house stands, as the full screen reads it.
const NOW: &str = "2026-11-22T21:40:00-05:00";
/// The day after it, a Monday.
const MONDAY: &str = "2026-11-23T21:40:00-05:00";
const EIGHTEEN: &str = "012340123401234012";

fn symptom<'a>(journal: &'a Journal, code: &str) -> &'a Symptom {
    journal.symptoms.find(code).unwrap()
}

/// The answers of a check-in by code, blank ones as `-`.
fn answers(journal: &Journal, check_in: &CheckIn) -> Vec<String> {
    let of = |rating: &ebbtide::domain::check_in::rating::Rating| {
        let mut all = journal.symptoms.iter();
        let symptom = all.find(|symptom| symptom.key == rating.symptom).unwrap();
        let answer = rating.answer;
        let answer = answer.map_or("-".to_owned(), |severity| severity.number().to_string());
        format!("{} {answer}", symptom.code)
    };
    check_in.ratings.iter().map(of).collect()
}

/// The answers of the only check-in of `day`.
fn only(journal: &Journal, day: &str) -> Vec<String> {
    let check_ins = journal.check_ins(day.parse().unwrap());
    assert_eq!(check_ins.len(), 1);
    answers(journal, &check_ins[0])
}

fn has(answers: &[String], wanted: &str) -> bool {
    answers.iter().any(|answer| answer == wanted)
}

/// A house whose restless legs were 0 on the 14 days before today, once each.
fn with_quiet_legs() -> House {
    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-13 20:00"]);
    house.done(&["symptom", "on", "restless_legs"]);
    for day in 8..=21 {
        let at = format!("2026-11-{day:02} 12:00");
        house.done(&[
            "checkin",
            "--at",
            &at,
            "--set",
            "restless_legs=0",
            "--set",
            "nausea=2",
        ]);
    }
    house
}

#[test]
fn letters_find_a_symptom_that_is_off_and_a_digit_rates_it_where_one_was() {
    let mut app = App::lived_in();
    app.press("c2+chil<Enter>");
    let form = app.in_front(120, 40);
    assert!(form.contains("Chills"), "{form}");
    // One digit rates it, and the next goes on where the list was.
    app.press("31<Enter>");
    let journal = app.journal();
    let saved = only(&journal, TODAY);
    assert!(
        has(&saved, "chills 3") && has(&saved, "tremor 1"),
        "{saved:?}"
    );
    assert!(!symptom(&journal, "chills").rated, "it is asked this once");
    app.press("c");
    assert!(!app.in_front(120, 40).contains("Chills"));
}

#[test]
fn what_was_found_is_asked_again_only_where_its_row_is_told_so() {
    let mut app = App::lived_in();
    app.press("c+chil<Enter>k2<Enter>");
    assert!(app.screen(120, 40).contains("Chills is asked from now on"));
    assert!(symptom(&app.journal(), "chills").rated);
    // One step: taking it back takes both back.
    app.press("z");
    let journal = app.journal();
    assert!(!symptom(&journal, "chills").rated);
    assert!(journal.check_ins(TODAY.parse().unwrap()).is_empty());
}

#[test]
fn a_name_that_nobody_has_becomes_an_own_symptom_with_the_check_in_that_rates_it() {
    let mut app = App::lived_in();
    app.press("c+cold feet");
    let form = app.in_front(80, 24);
    assert!(form.contains("\"cold feet\"  Body, your own"), "{form}");
    app.press("<Down><Enter>4");
    assert!(
        app.journal().symptoms.find("own_cold_feet").is_none(),
        "not before it is saved"
    );
    app.press("<Esc>");
    let mut app = app.reopened();
    app.press("c");
    assert!(
        app.in_front(120, 40).contains("very severe"),
        "the draft keeps it"
    );
    app.press("<Enter>");
    let journal = app.journal();
    assert!(has(&only(&journal, TODAY), "own_cold_feet 4"));
    assert_eq!(
        symptom(&journal, "own_cold_feet").category,
        Category::Psychological
    );
    assert!(!symptom(&journal, "own_cold_feet").rated);
    app.press("z");
    let journal = app.journal();
    assert!(journal.symptoms.find("own_cold_feet").is_none());
    app.press("Z");
    assert!(has(&only(&app.journal(), TODAY), "own_cold_feet 4"));
}

#[test]
fn letters_inside_a_word_find_less_than_a_name_of_ones_own() {
    let mut app = App::lived_in();
    app.press("c+itch<Enter>1<Enter>");
    let journal = app.journal();
    assert!(has(&only(&journal, TODAY), "own_itch 1"));
}

#[test]
fn a_symptom_is_found_by_the_word_of_the_files_too() {
    let mut app = App::lived_in();
    app.press("c+interference<Enter>2+insom");
    assert!(
        app.in_front(120, 40)
            .contains("Trouble sleeping  Mind, on the form")
    );
    app.press("<Esc><Enter>");
    let journal = app.journal();
    assert!(has(&only(&journal, TODAY), "pain_interference 2"));
    // "own" is the beginning of every own word and means none of them.
    let house = House::new();
    house.done(&["symptom", "add", "Cold feet", "--category", "physical"]);
    let mut app = App::over_file(&house.journal(), NOW);
    app.press("c+own");
    assert!(!app.in_front(120, 40).contains("Cold feet  Body"));
}

#[test]
fn by_the_command_line_a_dot_asks_and_leaves_blank() {
    let house = House::new();
    house.done(&[
        "checkin", "--set", "nausea=2", "--set", "chills=.", "--set", "tremor=",
    ]);
    let journal = App::over_file(&house.journal(), NOW).journal();
    assert_eq!(only(&journal, TODAY), ["tremor -", "nausea 2", "chills -"]);
    let twice = house.ebb(&["checkin", "--set", "nausea=2", "--set", "nausea=."]);
    assert_eq!(twice.code, 2, "{twice:?}");
    let blank = house.ebb(&["checkin", "--set", "nausea=."]);
    assert!(
        blank.code == 2 && blank.err.contains("nothing is filled in"),
        "{blank:?}"
    );
}

#[test]
fn looking_for_something_and_leaving_it_alone_changes_nothing() {
    let mut app = App::lived_in();
    app.press("c3+cold feet<Enter><Down>+<Esc><Enter>");
    let journal = app.journal();
    let saved = only(&journal, TODAY);
    assert!(
        !saved.iter().any(|answer| answer.starts_with("own_")),
        "{saved:?}"
    );
    assert!(journal.symptoms.find("own_cold_feet").is_none());
}

#[test]
fn keys_plain_words_and_the_command_line_leave_the_same_answers() {
    let by_keys = House::new();
    by_keys.done(&["start", "--last-use", "2026-11-13 20:00"]);
    let begun = || {
        let house = House::new();
        std::fs::copy(by_keys.journal(), house.journal()).unwrap();
        house
    };
    let mut app = App::over_file(&by_keys.journal(), NOW);
    app.press("c2+chills<Enter>k3+cold feet<Enter>11<Enter>");
    let plain = begun();
    let said = plain.with_input(
        &["--plain"],
        "c 2 + chills k 3 + body cold_feet 1 1 done\nquit\n",
    );
    assert_eq!(said.code, 0, "{said:?}");
    let line = begun();
    let said = line.with_input(
        &["checkin"],
        "2 + chills keep 3 + body cold_feet 1 1 done\n",
    );
    assert_eq!(said.code, 0, "{said:?}");
    let read = |house: &House| App::over_file(&house.journal(), NOW).journal();
    let journals = [app.journal(), read(&plain), read(&line)];
    let saved = journals.each_ref().map(|journal| only(journal, TODAY));
    assert!(
        has(&saved[0], "chills 3") && has(&saved[0], "own_cold_feet 1"),
        "{:?}",
        saved[0]
    );
    assert_eq!(saved[0], saved[1]);
    assert_eq!(saved[0], saved[2]);
    for journal in &journals {
        assert!(symptom(journal, "chills").rated);
        assert!(!symptom(journal, "own_cold_feet").rated);
    }
}

#[test]
fn a_word_that_finds_nothing_is_no_answer_and_nothing_is_saved() {
    let house = House::new();
    let said = house.with_input(&["checkin"], "2 + zzz 3 done\n");
    assert_eq!(said.code, 2, "{said:?}");
    assert!(
        said.err.contains("+ body zzz or + mind zzz"),
        "{}",
        said.err
    );
    assert!(!house.journal().exists());
}

#[test]
fn what_rests_is_asked_on_sundays_and_whenever_it_is_shown() {
    let house = with_quiet_legs();
    let mut app = App::over_file(&house.journal(), NOW);
    app.press("c<End>");
    // Down the list to the legs, the last of Body.
    app.press("<Home><Down><Down><Down><Down><Down><Down><Down><Down><Down><Down>r");
    let screen = app.screen(120, 40);
    assert!(
        screen.contains("Restless legs rests from now on"),
        "{screen}"
    );
    assert!(
        app.in_front(120, 40).contains("Restless legs"),
        "today is a Sunday"
    );
    app.press("<Esc>");
    let file = app.file();
    let mut monday = App::over_file(&file, MONDAY);
    monday.press("c");
    let form = monday.in_front(120, 40);
    assert!(
        form.contains("1 resting, asked on Sundays; R shows them"),
        "{form}"
    );
    assert!(!form.contains("Restless legs"), "{form}");
    monday.press("R");
    assert!(monday.in_front(120, 40).contains("Restless legs"));
    // An answer above 0 ends the rest by itself.
    monday.press("2<Enter>");
    let mut tuesday = App::over_file(&monday.file(), "2026-11-24T21:40:00-05:00");
    tuesday.press("c");
    assert!(tuesday.in_front(120, 40).contains("Restless legs"));
}

#[test]
fn no_core_symptom_rests_and_none_that_a_line_of_help_listens_to() {
    let house = with_quiet_legs();
    house.done(&["symptom", "on", "hopelessness", "chills"]);
    let refused = |name: &str| {
        let said = house.ebb(&["symptom", "rest", name]);
        assert_eq!(said.code, 2, "{said:?}");
        said.err
    };
    assert!(refused("nausea").contains("one of the 18"));
    assert!(refused("hopelessness").contains("a line of help depends on its answer"));
    assert!(refused("chills").contains("0 on 0 of the last 14 days"));
    house.done(&["symptom", "rest", "restless_legs"]);
    house.done(&["symptom", "on", "restless_legs"]);
    let listed = house
        .with_input(&["--plain"], "symptoms list done\nquit\n")
        .out;
    assert!(listed.contains("Restless legs: on"), "{listed}");
}

#[test]
fn what_rests_or_joins_changes_no_past_figure() {
    let house = with_quiet_legs();
    let figures = || -> Vec<String> {
        [
            &["export", "csv"][..],
            &["export", "csv", "--layout", "wide"],
            &[
                "trend",
                "severity",
                "restless_legs",
                "nausea",
                "--view",
                "month",
                "--json",
            ],
            &["trend", "--view", "table", "--json"],
            &["report", "--format", "text"],
        ]
        .map(|args| house.done(args).out)
        .into()
    };
    let before = figures();
    house.done(&["symptom", "rest", "restless_legs"]);
    assert_eq!(before, figures());
    house.done(&["symptom", "first", "craving"]);
    assert_eq!(before, figures());
}

#[test]
fn a_symptom_is_switched_off_and_moved_on_the_form_itself() {
    let mut app = App::lived_in();
    app.press("cx");
    assert!(
        app.screen(120, 40)
            .contains("Muscle aches is not asked any more")
    );
    assert!(!symptom(&app.journal(), "muscle_aches").rated);
    app.press("J");
    let form = app.in_front(80, 24);
    let place = |name: &str| form.find(name).unwrap();
    assert!(place("Sweating") < place("Shaking"), "{form}");
    app.press("<Esc>");
    let mut again = app.reopened();
    again.press("c");
    let form = again.in_front(80, 24);
    assert!(
        form.find("Sweating").unwrap() < form.find("Shaking").unwrap(),
        "{form}"
    );
    assert!(!form.contains("Muscle aches"), "{form}");
}

#[test]
fn the_budget_of_keys_holds_and_each_optional_item_costs_one_more() {
    let count = |app: &mut App, keys: &str| app.press(keys).keys_of_last_press();
    let mut app = App::lived_in();
    let full = count(&mut app, &format!("c{EIGHTEEN}t<Enter>"));
    assert!(full <= 25 && app.screen(80, 24).contains("Severity 46 (18 of 18)"));
    assert!(count(&mut app, "b6<Enter>") <= 4);
    assert!(count(&mut app, "u3<Enter>") <= 4);
    app.press("<Esc>");
    let house = House::new();
    house.done(&["dose", "4g", "powder", "--at", "2026-11-21 20:00"]);
    house.done(&["symptom", "on", "pain", "muscle_tension", "something_good"]);
    let mut app = App::over_file(&house.journal(), NOW);
    assert!(count(&mut app, "d<Enter>") <= 4);
    assert!(count(&mut app, "d5<Enter>") <= 5);
    // Twelve of Body, eight of Mind, something good, the overall.
    let keys = count(&mut app, "c012340123401012340123t<Enter>");
    assert_eq!(keys, full + 3);
    let journal = app.journal();
    let screen = app.screen(120, 40);
    assert!(
        screen.contains("20 of 20 answered, Severity") && screen.contains("(18 of 18), overall 10"),
        "{screen}"
    );
    let good = journal.records(TODAY.parse().unwrap()).iter();
    let good: Vec<_> = good
        .filter(|record| record.about() == Some("something_good"))
        .collect();
    assert_eq!(good[0].whole("value"), Some(3));
}

#[test]
fn something_good_at_its_highest_ranks_nowhere_as_the_worst() {
    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-08 20:00"]);
    house.done(&["symptom", "on", "something_good"]);
    for (day, good) in (9..=22).zip([0, 0, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 4, 4]) {
        let at = format!("2026-11-{day:02} 12:00");
        let good = good.to_string();
        let mut args = vec!["checkin", "--at", &at, "--good", &good, "--overall", "3"];
        for set in ["nausea=1", "anxiety=2", "tremor=1"] {
            args.extend(["--set", set]);
        }
        house.done(&args);
    }
    // In no index, and in no place before what is rated.
    for order in ["worst", "change"] {
        let table = house
            .done(&["trend", "--view", "table", "--order", order])
            .out;
        let line = |name: &str| table.lines().position(|line| line.contains(name));
        let (good, anxiety) = (line("Something good").unwrap(), line("Anxiety").unwrap());
        assert!(good > anxiety, "{order}:\n{table}");
    }
    let grid = house
        .done(&["trend", "--view", "grid", "--order", "worst"])
        .out;
    assert!(!grid.contains("Something good"), "{grid}");
    let wide = house.done(&["export", "csv", "--layout", "wide"]).out;
    assert!(
        !wide.contains("something_good"),
        "it is no column of ratings"
    );
    let status = house.done(&["status"]).out;
    let report = house
        .done(&["report", "--format", "text", "--from", "2026-11-09"])
        .out;
    for text in [&status, &report] {
        for line in text.lines().filter(|line| line.contains("omething good")) {
            let small = line.to_lowercase();
            let is_ranked = ["worst", "hardest", "severe"]
                .iter()
                .any(|word| small.contains(word));
            assert!(!is_ranked, "{line}");
        }
    }
    let json = house
        .done(&["trend", "something_good", "--view", "week", "--json"])
        .out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let text = json.to_string();
    assert!(text.contains("something_good"), "{text}");
    assert!(!text.contains("\"worst\":4"), "{text}");
    let words = house.done(&["trend", "something_good", "--plain"]).out;
    assert!(
        !words.contains("harder") && !words.contains("worse"),
        "{words}"
    );
    // Its own words go with it out of the house.
    let fhir = house.done(&["export", "fhir"]).out;
    assert!(
        fhir.contains("4 a lot; more is better, self-rated"),
        "its scale is said"
    );
    let history = house.done(&["history"]).out;
    assert!(
        history.contains("Something good, a lot, 4 of 4"),
        "{history}"
    );
    let mut app = App::over_file(&house.journal(), NOW);
    app.press("2");
    let screen = app.screen(160, 50);
    assert!(!screen.contains("Something good 4"), "{screen}");
}

#[test]
fn a_rating_carries_its_word_and_saving_its_key_at_every_size() {
    for (width, height) in [(160, 50), (120, 40), (80, 24), (60, 20), (40, 12)] {
        let mut app = App::lived_in();
        app.press("c4");
        let screen = app.screen(width, height);
        let row = screen.lines().find(|line| line.contains("Muscle aches"));
        assert!(
            row.unwrap().contains("very severe"),
            "{width}x{height}:\n{screen}"
        );
        assert!(screen.contains("Enter save"), "{width}x{height}:\n{screen}");
        let all_fit = screen.contains("Craving");
        assert!(
            all_fit || screen.contains("more"),
            "{width}x{height}:\n{screen}"
        );
    }
}
