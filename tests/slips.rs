//! What a person types who slips or knows another word: the right command, word or row is named first.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;
#[path = "slips/lists.rs"]
mod lists;

use ebbtide::domain::text::vocabulary::{Standing, subjects};
use house::House;
use lists::{Wanted, read};

/// The first command between backticks, without `ebb`.
fn first_command(said: &str) -> &str {
    let first = said.split('`').nth(1).unwrap_or_default();
    first.trim_start_matches("ebb ")
}

#[test]
fn every_slip_of_the_list_gets_the_right_command_first() {
    let house = House::new();
    let slips = read("tests/slips/verbs.txt");
    assert!(slips.len() >= 60, "{}", slips.len());
    let wrong: Vec<String> = slips
        .iter()
        .filter_map(|Wanted { typed, right }| {
            let said = house.ebb(&[typed]);
            assert_eq!(said.code, 2, "{typed}: {said:?}");
            assert!(said.out.is_empty(), "{typed}: {said:?}");
            let first = first_command(&said.err);
            let is_right = |right: &String| {
                first == right
                    || first
                        .strip_prefix(right.as_str())
                        .is_some_and(|rest| rest.starts_with(' '))
            };
            (!right.iter().any(is_right)).then(|| format!("{typed}: {first:?}, not {right:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_beginning_is_suggested_and_not_run() {
    let house = House::new();
    let said = house.ebb(&["hist"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("Did you mean `ebb history`?"), "{said:?}");
    assert!(said.err.contains("nothing was saved"), "{said:?}");
}

#[test]
fn what_is_not_there_yet_says_so_and_what_helps_until_then() {
    let house = House::new();
    for (typed, words) in [
        ("correlation", "Insights are not there yet"),
        ("patterns", "Trends shows two series in one chart"),
    ] {
        let said = house.ebb(&[typed]);
        assert_eq!(said.code, 2, "{said:?}");
        assert!(said.err.contains(words), "{said:?}");
    }
}

#[test]
fn a_slip_behind_a_noun_gets_the_deeds_of_that_noun() {
    let house = House::new();
    for (typed, right) in [
        (&["medication", "lst"][..], "medication list"),
        (&["appointment", "new"], "appointment add"),
        (&["entry", "doze", "list"], "entry dose"),
        (&["entry", "dose", "remove"], "entry dose delete"),
        (&["taper", "pause"], "taper hold"),
        (&["taper", "resum"], "taper resume"),
        (&["symptom", "disable"], "symptom off"),
        (&["config", "sett"], "config set"),
    ] {
        let said = house.ebb(typed);
        assert_eq!(said.code, 2, "{said:?}");
        assert_eq!(
            first_command(&said.err.replacen('`', "", 2)),
            right,
            "{said:?}"
        );
    }
}

#[test]
fn a_word_of_a_noun_is_no_slip_of_it() {
    let house = House::new();
    let said = house.ebb(&["medication", "xqxq"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("There are `add`, `list`, `show`, `edit`"),
        "{said:?}"
    );
}

#[test]
fn every_command_of_the_table_is_one_that_the_program_has() {
    let house = House::new();
    for subject in subjects() {
        let verb = subject.verb();
        if verb.is_empty() || verb.starts_with("--") {
            continue;
        }
        let said = house.ebb(&["help", verb]);
        assert_eq!(said.code, 0, "{}: {said:?}", subject.command);
    }
}

#[test]
fn every_word_of_plain_mode_in_the_table_is_one_of_its_menu() {
    let menu: Vec<&str> = ebbtide::cli::plain::ACTIONS
        .iter()
        .map(|action| action.word)
        .collect();
    for subject in subjects() {
        assert!(
            subject.plain.is_empty() || menu.contains(&subject.plain),
            "{subject:?}"
        );
        let is_somewhere = !subject.row.is_empty() || !subject.command.is_empty();
        assert!(
            is_somewhere || subject.standing != Standing::Screen,
            "{subject:?}"
        );
    }
}

#[test]
fn plain_mode_names_the_word_that_may_be_meant_and_what_is_done_elsewhere() {
    let house = House::new();
    house.done(&["checkin", "--overall", "4"]);
    for (typed, says) in [
        ("meds", "\"meds\" was not understood. Did you mean care?"),
        ("chekin", "Did you mean check-in?"),
        ("hotline", "Did you mean help lines?"),
        (
            "salvage",
            "This is done on the command line, for now: `ebb salvage`.",
        ),
        ("alarm", "Did you mean settings?"),
        (
            "qqqq",
            "\"qqqq\" was not understood. keys (?) lists all words.",
        ),
    ] {
        let talk = house.with_input(&["--plain"], &format!("{typed}\nquit\n"));
        let heard: String = format!("{}{}", talk.out, talk.err).replace('\n', " ");
        assert!(heard.contains(says), "{typed}: {heard}");
    }
}
