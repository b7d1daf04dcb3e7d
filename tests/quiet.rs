//! The quiet line after a save: by every way of writing, beside what was saved, once for an entry, and never kept.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod app;
#[path = "cli/house.rs"]
#[expect(dead_code, reason = "nothing is exported here")]
mod house;

use app::App;
use ebbtide::domain::safety::calm_lines::CalmLine;
use house::House;

/// What begins the line of an overdose, a seizure, passing out, the chest and the breath.
const EMERGENCY: &str = "If this is happening now or happened today, call emergency services";
/// What begins the line of hurting oneself.
const CRISIS: &str = "That sounds very hard to carry.";
const MIXED: &str = "Together with kratom: ask a clinician or pharmacist about it first";

/// Words with one space between them, without the lines around a panel.
fn read_through(text: &str) -> String {
    let bare = text.replace(['\u{2502}', '\u{2503}'], " ");
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `line` stands once, behind "Saved".
fn follows(text: &str, line: &str) -> bool {
    let at = text.find("Saved").unwrap_or(usize::MAX);
    text.matches(line).count() == 1 && text.find(line).is_some_and(|found| found > at)
}

#[test]
fn the_notes_of_every_verb_raise_it_behind_what_was_saved() {
    let house = House::new();
    house.done(&["dose", "1g", "powder"]);
    house.done(&["medication", "add", "Ibuprofen"]);
    for verb in [
        &["checkin", "--overall", "3"][..],
        &["dose", "1g", "powder"],
        &["urge", "2"],
        &["used", "nicotine"],
        &["take", "Ibuprofen"],
        &["did", "walking"],
        &["measure", "weight=70"],
        &["purchase", "add", "powder", "--amount", "20"],
        &["contact", "add", "Kim"],
        &["treatment", "add", "outpatient"],
        &["appointment", "add", "doctor", "--at", "2026-11-30 10:00"],
    ] {
        for (note, line) in [
            ("passed out at noon", EMERGENCY),
            ("thinking of self-harm", CRISIS),
        ] {
            let mut args = verb.to_vec();
            args.extend(["--note", note]);
            let said = house.done(&args).err;
            assert!(follows(&said, line), "{args:?}: {said}");
            assert!(said.contains("`ebb helplines` has help lines"), "{said}");
        }
        let mut args = verb.to_vec();
        args.extend(["--note", "no seizures, no fainting"]);
        let said = house.done(&args).err;
        assert!(
            !said.contains(EMERGENCY) && !said.contains(CRISIS),
            "{args:?}: {said}"
        );
    }
    for (args, line) in [
        (
            &["question", "add", "What about the chest pain?"][..],
            EMERGENCY,
        ),
        (
            &["question", "add", "Whom do I tell that I cut myself?"],
            CRISIS,
        ),
        (
            &["reason", "add", "No reason to go on without them"],
            CRISIS,
        ),
        (&["urge", "3", "--trigger", "wanted to end it all"], CRISIS),
        (
            &["start", "--goal", "so that I don't want to die any more"],
            CRISIS,
        ),
    ] {
        let said = house.done(args).err;
        assert_eq!(said.matches(line).count(), 1, "{args:?}: {said}");
    }
}

#[test]
fn in_a_chosen_country_the_command_line_names_its_numbers_beside_it() {
    let house = House::new();
    house.done(&["helplines", "--country", "NZ", "--remember"]);
    for note in ["overdose", "self harm"] {
        let said = house.done(&["urge", "2", "--note", note]).err;
        assert!(said.contains("New Zealand: emergency 111;"), "{said}");
    }
    let said = house.done(&["checkin", "--overall", "9"]).err;
    assert!(!said.contains("111"), "a hard day alone: {said}");
}

#[test]
fn plain_mode_says_it_after_check_ins_and_entries() {
    for (script, line) in [
        ("skip\nb\nnote chest pain since noon\n3\nquit\n", EMERGENCY),
        ("skip\nc\n2 note passed out\ndone\nquit\n", EMERGENCY),
        ("skip\nb\n9\nquit\n", "A hard day."),
        ("skip\nu\n3\nself harm on my mind\ndone\nquit\n", CRISIS),
    ] {
        let said = House::new().with_input(&["--plain"], script).out;
        assert!(follows(&said, line), "{script}: {said}");
    }
}

#[test]
fn the_full_screen_shows_it_whole_at_every_size() {
    let mut app = App::lived_in();
    for (note, line) in [
        ("cut myself again", CalmLine::Crisis),
        ("passed out", CalmLine::Emergency),
    ] {
        app.press(&format!("b3<Tab>n{note}<Ctrl-S>"));
        for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
            let screen = read_through(&app.screen(width, height));
            assert!(screen.contains("Saved"), "{width}: {screen}");
            let line = read_through(line.text());
            assert!(screen.contains(&line), "{width}x{height}: {screen}");
        }
    }
    app.press("u3<Tab><Tab><Tab><Tab>blacked out<Ctrl-S>");
    let screen = read_through(&app.screen(80, 24));
    assert!(screen.contains(EMERGENCY), "{screen}");
}

#[test]
fn an_entry_gets_it_once_however_often_it_is_edited() {
    let house = House::new();
    let said = house.done(&["urge", "2", "--note", "had a seizure"]).err;
    assert!(follows(&said, EMERGENCY), "{said}");
    let listed = house.done(&["entry", "urge", "list"]).out;
    let id = listed.split_whitespace().next().unwrap().to_owned();
    let edit = |texts: &[&str]| {
        let mut args = vec!["entry", "urge", "edit", &id];
        args.extend(texts);
        house.done(&args).err
    };
    let said = edit(&["--strength", "3"]);
    assert!(!said.contains(EMERGENCY), "the words stood there: {said}");
    let said = edit(&["--note", "had a seizure, slept after it"]);
    assert!(!said.contains(EMERGENCY), "{said}");
    let said = edit(&["--note", "had a seizure, want to die"]);
    assert!(!said.contains(EMERGENCY), "{said}");
    house.done(&["start", "--goal", "sleep"]);
    let goal = ["attempt", "edit", "--goal", "not to end my life"];
    assert!(house.done(&goal).err.contains(CRISIS));
    assert!(!house.done(&goal).err.contains(CRISIS));
    let said = edit(&["--note", "want to die"]);
    assert!(said.contains(CRISIS), "another line: {said}");
}

#[test]
fn an_import_is_not_answered_and_nothing_of_it_is_stored() {
    let house = House::new();
    house.done(&["urge", "2", "--note", "had a seizure"]);
    house.done(&["export", "json", "-o", "out.json"]);
    let text = std::fs::read_to_string(house.path("out.json")).unwrap();
    assert!(!text.contains("emergency services"), "{text}");
    let other = House::new();
    let said = other.done(&["import", house.path("out.json").to_str().unwrap()]);
    assert!(
        !said.err.contains(EMERGENCY) && !said.out.contains(EMERGENCY),
        "{said:?}"
    );
}

#[test]
fn a_dose_beside_a_substance_gets_the_line_about_mixing_in_either_order_and_past_midnight() {
    let house = House::new();
    let said = house
        .done(&["used", "alcohol", "--at", "2026-11-16 20:00"])
        .err;
    assert!(!said.contains(MIXED), "no dose yet: {said}");
    let said = house
        .done(&["dose", "1g", "powder", "--at", "2026-11-16 20:30"])
        .err;
    assert!(follows(&said, MIXED), "the dose came after: {said}");
    let said = house
        .done(&["used", "alcohol", "--at", "2026-11-16 21:00"])
        .err;
    assert!(!said.contains(MIXED), "once a day is enough: {said}");
    let said = house
        .done(&["dose", "1g", "powder", "--at", "2026-11-17 20:30"])
        .err;
    assert!(!said.contains(MIXED), "no substance that day: {said}");

    // 01:30 counts for the day before, unless the day ends earlier.
    for (ends, is_said) in [("04:00", true), ("00:00", false)] {
        let house = House::new();
        let script = format!("skip\nsettings\nday end\n{ends}\nback\nquit\n");
        house.with_input(&["--plain"], &script);
        house.done(&["dose", "1g", "powder", "--at", "2026-11-16 22:30"]);
        let said = house
            .done(&["used", "alcohol", "--at", "2026-11-17 01:30"])
            .err;
        assert_eq!(said.contains(MIXED), is_said, "{ends}: {said}");
    }
}

#[test]
fn a_dose_after_days_without_beside_a_substance_gets_one_line_about_both() {
    let house = House::new();
    house.done(&["dose", "1g", "powder", "--at", "2026-11-10 20:30"]);
    house.done(&["used", "alcohol", "--at", "2026-11-21 20:00"]);
    let said = house
        .done(&["dose", "1g", "powder", "--at", "2026-11-21 20:30"])
        .err;
    let both = "An old amount after days without, with another substance beside it";
    assert!(follows(&said, both), "{said}");
    assert!(!said.contains(MIXED), "{said}");
    let said = house
        .done(&["used", "alcohol", "--at", "2026-11-21 21:00"])
        .err;
    assert!(!said.contains(MIXED), "{said}");
}

#[test]
fn a_dose_that_was_imported_counts_for_the_line_about_mixing() {
    let from = House::new();
    from.done(&["dose", "1g", "powder", "--at", "2026-11-22 08:00"]);
    from.done(&["export", "json", "-o", "out.json"]);
    let house = House::new();
    house.done(&["import", from.path("out.json").to_str().unwrap()]);
    let said = house.done(&["used", "alcohol"]).err;
    assert!(follows(&said, MIXED), "{said}");
}

#[test]
fn plain_mode_and_the_full_screen_say_the_line_about_mixing_too() {
    let house = House::new();
    house.done(&["used", "alcohol", "--at", "2026-11-22 08:00"]);
    let said = house
        .with_input(&["--plain"], "skip\nd\npowder\n1\ndone\nquit\n")
        .out;
    assert!(follows(&said, MIXED), "{said}");

    let house = House::new();
    house.done(&["dose", "1g", "powder", "--at", "2026-11-22 08:00"]);
    let mut app = App::over_file(&house.journal(), "2026-11-22T21:40:00-05:00");
    app.press("l4alcohol<Enter>2<Ctrl-S>");
    let screen = read_through(&app.screen(80, 24));
    assert!(screen.contains(MIXED), "{screen}");
}
