//! Plain mode as a stranger types in it: days where days are asked for, undo where it is thought of, and nothing said twice.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;

use house::House;

/// A made-up journal of a year, with something of every kind in it.
fn lived_in() -> House {
    let house = House::new();
    let path = house.journal();
    house.done(&["demo", "--write", path.to_str().unwrap()]);
    house
}

/// What is heard after the greeting, its line breaks as blanks.
fn heard(house: &House, typed: &[&str]) -> String {
    let input = typed.join("\n") + "\n";
    house
        .with_input(&["--plain"], &input)
        .out
        .replace('\n', " ")
}

#[test]
fn today_is_short_and_more_says_the_symptoms() {
    let house = lived_in();
    let short = heard(&house, &["today", "", "quit"]);
    assert!(short.contains("more says the symptoms"), "{short}");
    assert!(!short.contains("Muscle aches: "), "{short}");
    assert!(heard(&house, &["today", "more", "quit"]).contains("Muscle aches: "));
    let on = heard(&house, &["today", "help lines", "quit"]);
    assert!(
        on.contains("Red flags:"),
        "another word is one of the menu: {on}"
    );
}

#[test]
fn history_takes_a_typed_day_and_says_its_days_once() {
    let house = lived_in();
    let opened = heard(&house, &["history", "2026-11-13", "done", "quit"]);
    assert!(opened.contains("Fri 13 Nov 2026:"), "{opened}");
    let slip = heard(&house, &["history", "tapir", "tapir", "done", "quit"]);
    assert_eq!(slip.matches("latest first.").count(), 1, "{slip}");
    assert_eq!(slip.matches(" 1: ").count(), 1, "{slip}");
    assert!(slip.contains("a day such as 12 Nov"), "{slip}");
}

#[test]
fn history_is_filtered_by_kind() {
    let house = lived_in();
    let text = heard(&house, &["history", "filter", "doses", "1", "done", "quit"]);
    assert!(text.contains("History of doses: "), "{text}");
    assert!(text.contains(": Used "), "{text}");
}

#[test]
fn undo_is_understood_in_the_lists_where_something_was_changed() {
    let house = lived_in();
    for way in [["care", "reasons"], ["plan", "undo"]] {
        let text = heard(
            &house,
            &[way[0], way[1], "undo", "redo", "back", "back", "quit"],
        );
        assert!(!text.contains("\"undo\" is not an answer"), "{text}");
    }
    let noted = heard(
        &house,
        &[
            "care", "reasons", "add", "sleep", "undo", "back", "back", "quit",
        ],
    );
    assert!(noted.contains("Undone: "), "{noted}");
}

#[test]
fn an_empty_line_goes_on_in_a_check_in_and_leaves_its_answer_as_it_is() {
    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-13"]);
    let text = heard(&house, &["brief", "", "skip", "back", "6", "done", "quit"]);
    assert!(!text.contains("An empty line is not an answer"), "{text}");
    assert!(text.contains("overall 6,"), "{text}");
}

#[test]
fn what_only_the_shell_or_the_full_screen_does_is_named() {
    let house = lived_in();
    for (word, command) in [
        ("salvage", "ebb salvage"),
        ("copy", "ebb trend --json"),
        ("rebind", "ebb config set keys."),
        ("mouse", "ebb config set mouse true"),
    ] {
        let text = heard(&house, &[word, "quit"]);
        assert!(text.contains(command), "{word}: {text}");
    }
}

#[test]
fn a_visit_has_its_day_and_time_or_is_asked_for_it_again() {
    let house = lived_in();
    let text = heard(
        &house,
        &[
            "log appointment",
            "1",
            "",
            "2026-11-24 10:00",
            "done",
            "quit",
        ],
    );
    assert!(text.contains("A visit needs its day and time"), "{text}");
    assert!(text.contains("Saved"), "{text}");
}

#[test]
fn ten_times_the_usual_amount_is_asked_about_once_and_a_wrong_answer_to_it_saves_nothing_else() {
    let house = House::new();
    for day in 16..22 {
        let at = format!("2026-11-{day} 09:00");
        house.done(&["dose", "0.5g", "powder", "--at", &at]);
    }
    let asked = "5 g (usually 0.5 g): is the point in the right place?";
    let saved = |last: &[&str], amount: &str| {
        let mut lines = vec!["log dose", "powder", "5", "done"];
        lines.extend(last);
        lines.push("quit");
        let text = heard(&house, &lines);
        assert!(text.contains(asked), "{text}");
        assert!(
            text.contains(&format!(": {amount} Leaf powder, counts for")),
            "{text}"
        );
        house.done(&["undo"]);
        text
    };
    saved(&[""], "5 g");
    saved(&["0.6"], "0.6 g");
    let twice = saved(&["foo", "0.6"], "0.6 g");
    assert_eq!(twice.matches(asked).count(), 2, "{twice}");
    // Back is the question before: what was answered stands there.
    let back = saved(&["back", "0.6", "done"], "0.6 g");
    assert!(back.contains("same is 5"), "{back}");
}
