//! How wide a line may be: every verb and plain mode on a narrow terminal, and files that are as wide as they are.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;

use ebbtide::domain::trends::view::View;
use house::House;
use unicode_width::UnicodeWidthStr;

/// The narrowest terminal that every line has to fit.
const NARROW: usize = 40;

/// A made-up journal of a year, with something of every kind in it.
fn lived_in() -> House {
    let house = House::new();
    let path = house.journal();
    house.done(&["demo", "--write", path.to_str().unwrap()]);
    house
}

/// Both streams of a run on `COLUMNS` columns.
fn on_columns(house: &House, args: &[&str], columns: usize, input: &str) -> String {
    let mut command = house.command(args);
    let output = command
        .env("COLUMNS", columns.to_string())
        .env("LANG", "en_US.UTF-8")
        .write_stdin(input)
        .output()
        .unwrap();
    let both = [output.stdout, output.stderr].concat();
    String::from_utf8(both).unwrap()
}

fn too_wide(text: &str, room: usize) -> Vec<&str> {
    text.lines().filter(|line| line.width() > room).collect()
}

const LOOKED_AT: &[&str] = &[
    "status",
    "history --from 2026-11-01",
    "trend",
    "trend nausea --view month",
    "trend --view all",
    "trend doses --view all",
    "trend --view timeline",
    "trend --view grid",
    "trend --view table",
    "--plain trend",
    "taper show",
    "taper show --days",
    "taper versions",
    "taper after nausea",
    "taper preview --from 10g --percent 10 --every 7 --until 1g --product powder",
    "report",
    "--plain report",
    "helplines",
    "helplines --country US",
    "symptom list",
    "attempt list",
    "medication list",
    "appointment list",
    "question list",
    "treatment list",
    "contact list",
    "product list",
    "practice list --all",
    "reason list",
    "sign list",
    "purchase list",
    "baseline list",
    "entry dose list",
    "entry measurement list",
    "entry practice list",
    "entry urge list",
    "entry intake list",
    "entry substance list",
    "guide",
    "guide medicines",
    "guide --search clonidine",
    "bin list",
    "doctor",
    "paths",
    "config show",
    "config keys",
    "backup --list",
    "undo",
    "redo",
    "dose 3 spoons powder",
    "dose 4g powder --at 2026-11-22",
    "measure blood_pressure=120",
    "checkin --set nausea=9",
    "checkin --overall 5",
    "take nothing-that-is-there",
];

#[test]
fn every_verb_fits_forty_columns() {
    let house = lived_in();
    for line in LOOKED_AT {
        let args: Vec<&str> = line.split(' ').collect();
        let text = on_columns(&house, &args, NARROW, "");
        assert!(!text.trim().is_empty(), "{line}");
        let wide = too_wide(&text, NARROW);
        assert!(wide.is_empty(), "ebb {line}: {wide:#?}");
    }
}

#[test]
fn plain_mode_fits_forty_columns_on_every_page() {
    let house = lived_in();
    let conversation = "today\nmore\ntrends\nmonth\ntable\ngrid\ntimeline\n?\ndone\nhistory\n1\ndone\nplan\n?\nsteps\ndays\ndoses\n\
                        back\ncare\n?\nvisits\nback\nmeasurements\nback\nback\nreport\n\nnone\nskip\nguide 3\ndone\nsettings\nback\n!\n\n?\n\
                        dose\n?\nback\nlog measurement\n2\nback\nsymptoms\nlist\ndone\nexport\nskip\nbin\nquit\n";
    let text = on_columns(&house, &["--plain"], NARROW, conversation);
    assert!(text.contains("Goodbye."), "{text}");
    assert!(text.lines().count() > 600, "{}", text.lines().count());
    assert_eq!(too_wide(&text, NARROW), Vec::<&str>::new());
}

#[test]
fn a_table_that_does_not_fit_becomes_a_sentence_a_row() {
    let house = lived_in();
    let preview = "taper preview --from 10g --cut 1g --every 7 --product powder";
    let args: Vec<&str> = preview.split(' ').collect();
    assert!(on_columns(&house, &args, 80, "").contains("step  from"));
    let narrow = on_columns(&house, &args, 30, "");
    assert!(narrow.contains("Step 1, "), "{narrow}");
    let table = ["trend", "--view", "table"];
    assert!(on_columns(&house, &table, 80, "").contains("two weeks"));
    // Where numbers would be cut, sentences are whole.
    let narrow = on_columns(&house, &table, NARROW - 1, "");
    assert!(!narrow.contains("two weeks"), "{narrow}");
    assert!(narrow.contains(" of 7 days"), "{narrow}");
}

#[test]
fn the_report_is_sentences_in_plain_mode_from_the_shell_and_in_the_conversation() {
    let house = lived_in();
    let shell = house.done(&["--plain", "report"]).out;
    let conversation = house
        .with_input(&["--plain"], "report\n\nnone\nskip\nquit\n")
        .out;
    for text in [shell, conversation] {
        assert!(text.contains("Severity; days of "), "{text}");
        assert!(!text.contains("Median  "), "{text}");
    }
}

#[test]
fn files_and_pipes_without_a_width_are_as_wide_as_they_are() {
    let house = lived_in();
    let csv = on_columns(&house, &["export", "csv"], NARROW, "");
    assert!(csv.lines().next().unwrap().len() > NARROW);
    let json = on_columns(&house, &["status", "--json"], NARROW, "");
    assert!(
        serde_json::from_str::<serde_json::Value>(&json).is_ok(),
        "{json}"
    );
    assert!(!too_wide(&house.done(&["helplines"]).out, 100).is_empty());
}

#[test]
fn a_locale_without_signs_beyond_ascii_gets_none() {
    let house = lived_in();
    for line in [
        "history --from 2026-10-01",
        "taper show",
        "practice list --all",
        "helplines",
    ] {
        let args: Vec<&str> = line.split(' ').collect();
        let output = house.command(&args).env("LC_ALL", "C").output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(!text.is_empty(), "{line}");
        let signs: String = text.chars().filter(|c| !c.is_ascii()).collect();
        assert_eq!(signs, "", "{line}");
    }
}

#[test]
fn each_view_of_trends_is_drawn_as_wide_as_the_terminal_and_no_wider_in_signs_and_in_letters() {
    let house = lived_in();
    for view in View::ALL.iter().map(|view| view.code()) {
        for (columns, locale) in [(40, "en_US.UTF-8"), (57, "C"), (133, "en_US.UTF-8")] {
            let mut command = house.command(&["trend", "--view", view]);
            command.env("COLUMNS", columns.to_string());
            let output = command.env("LANG", locale).output().unwrap();
            let text = String::from_utf8(output.stdout).unwrap();
            assert_eq!(too_wide(&text, columns), Vec::<&str>::new(), "{view}");
            assert_eq!(text.is_ascii(), locale == "C", "{view}\n{text}");
        }
    }
}

#[test]
fn a_pipe_gets_escape_codes_where_they_are_asked_for_and_only_there() {
    let house = lived_in();
    for (color, is_coloured) in [("auto", false), ("never", false), ("always", true)] {
        let mut command = house.command(&["trend", "--color", color]);
        let output = command.env("TERM", "xterm-256color").output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(text.contains("\x1b["), is_coloured, "{color}");
        assert_eq!(text.contains("\x1b[38;5;"), is_coloured, "{color}");
        // No line leaves its colours to the next one.
        let closed = |line: &str| match line.rsplit_once('\x1b') {
            Some((_, last)) => last.starts_with("[0m"),
            None => true,
        };
        assert!(text.lines().all(closed), "{text}");
    }
}
