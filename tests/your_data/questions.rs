//! What the command line says by options is asked in the full screen and in plain mode, and answered there by keys and words.

use crate::app::App;
use crate::support::home::Ebb;
use crate::{check_ins, downloads, look_at, plain};
use ebbtide::transfer::errand::{Errand, ImportAsk};

const WEIGHT: &str = "Date;Weight (kg)\n2026-10-01;70,500\n2026-10-02;71,500\n";
const SLIP: &str = "Day,Nausea\n2026-10-01,2\n2026-10-02,lots\n2026-10-03,1\n";
const ROW_A_VALUE: &str =
    "Feature,When,Amount\nNausea,2026-10-01,2\nNausea,2026-10-02,1\nSweating,2026-10-02,3\n";

/// Presses Down until the row in focus holds these words.
fn go_to(app: &mut App, words: &str) {
    app.press("<Home>");
    for _ in 0..40 {
        let screen = app.screen(120, 40);
        let is_there = |line: &&str| line.contains('\u{258c}');
        if screen
            .lines()
            .filter(is_there)
            .any(|line| line.contains(words))
        {
            return;
        }
        app.press("<Down>");
    }
    panic!("{words} is in no row:\n{}", app.screen(120, 40));
}

#[test]
fn a_number_that_is_one_of_two_waits_for_the_decimal_sign() {
    let folder = downloads(&[("weight.csv", WEIGHT)]);
    let mut app = App::lived_in();
    look_at(&mut app, &folder.path().join("weight.csv"));
    app.press("a");
    let page = app.screen(120, 40);
    assert!(page.contains("Decimal sign: point or comma?"), "{page}");
    assert!(page.contains("\"70,500\" is 70500 or 70.500"), "{page}");
    app.press("t");
    let page = app.screen(120, 40);
    assert!(page.contains("Nothing was taken in"), "{page}");
    go_to(&mut app, "Decimal sign");
    app.press("<Right><Right>");
    let page = app.screen(120, 40);
    assert!(page.contains("Decimal sign: comma: 2,5"), "{page}");
    assert!(page.contains("2 measurements"), "{page}");
    app.press("t");
    assert!(app.screen(120, 40).contains("Taken in: 2 measurements"));
}

#[test]
fn rows_that_cannot_be_read_are_counted_and_left_out_after_a_question() {
    let folder = downloads(&[("slip.csv", SLIP)]);
    let mut app = App::lived_in();
    let before = check_ins(&app.journal());
    look_at(&mut app, &folder.path().join("slip.csv"));
    go_to(&mut app, "Nausea");
    app.press("<Enter><Ctrl-U>symptom:nausea:0-4<Enter>");
    let page = app.screen(120, 40);
    assert!(page.contains("leave them out?"), "{page}");
    assert!(page.contains("1 row, named above"), "{page}");
    go_to(&mut app, "Rows that cannot be read");
    app.press("<Enter><Enter>");
    let page = app.screen(120, 40);
    assert!(page.contains("Left out, as asked: 1 row"), "{page}");
    assert!(page.contains("Would come in: 2 check-ins"), "{page}");
    app.press("t");
    assert_eq!(check_ins(&app.journal()), before + 2);
    app.press("z");
    assert_eq!(check_ins(&app.journal()), before);
}

#[test]
fn a_word_of_a_blank_cell_is_typed_and_holds_for_the_whole_file() {
    let text = SLIP.replace("lots", "none felt");
    let folder = downloads(&[("blank.csv", &text)]);
    let mut app = App::lived_in();
    look_at(&mut app, &folder.path().join("blank.csv"));
    go_to(&mut app, "Nausea");
    app.press("<Enter><Ctrl-U>symptom:nausea:0-4<Enter>");
    go_to(&mut app, "Blank cells");
    app.press("<Enter>none felt<Enter>");
    let page = app.screen(120, 40);
    assert!(
        page.contains("Blank cells: empty ones, none felt"),
        "{page}"
    );
    assert!(page.contains("Would come in: 2 check-ins"), "{page}");
}

#[test]
fn a_column_that_names_each_value_makes_columns_of_its_names_and_can_be_taken_back() {
    let folder = downloads(&[("long.csv", ROW_A_VALUE)]);
    let mut app = App::lived_in();
    look_at(&mut app, &folder.path().join("long.csv"));
    go_to(&mut app, "Feature");
    app.press("<Enter>name of each value<Enter>");
    let page = app.screen(120, 40);
    assert!(page.contains("Nausea"), "{page}");
    assert!(page.contains("the name of each value"), "{page}");
    app.press("a");
    let page = app.screen(120, 40);
    assert!(page.contains("Would come in: 2 check-ins"), "{page}");
    go_to(&mut app, "Feature");
    app.press("x");
    let page = app.screen(120, 40);
    assert!(!page.contains("the name of each value"), "{page}");
    assert!(page.contains("Amount"), "{page}");
}

#[test]
fn a_file_in_no_form_that_can_be_told_is_given_one_on_the_page() {
    let text = "Wann,Note\n20. Brachet,2\n";
    let folder = downloads(&[("odd.csv", text)]);
    let mut app = App::lived_in();
    look_at(&mut app, &folder.path().join("odd.csv"));
    let page = app.screen(120, 40);
    assert!(page.contains("Form of the file: which one?"), "{page}");
    app.press("<Enter>any table<Enter>");
    let page = app.screen(120, 40);
    assert!(page.contains("Form of the file: table"), "{page}");
    assert!(page.contains("no column is the day"), "{page}");
    assert!(page.contains("Wann"), "{page}");
}

/// Whether a text names an option of the shell or a command.
fn names_the_shell(text: &str) -> bool {
    let is_option = |(at, _): (usize, &str)| {
        let behind = text[at + 2..].chars().next();
        behind.is_some_and(|c| c.is_ascii_lowercase())
    };
    text.match_indices("--").any(is_option) || text.contains("`ebb ")
}

#[test]
fn no_sentence_on_the_page_names_an_option_of_the_shell() {
    let nausea = ("N", "symptom:nausea:0-4");
    let cases: &[(&str, &[(&str, &str)])] = &[
        (WEIGHT, &[("Weight (kg)", "measure:weight")]),
        ("Date,W\n2026-10-01,170\n", &[("W", "measure:weight")]),
        (
            "Date,Weight (st)\n2026-10-01,12\n",
            &[("Weight (st)", "measure:weight")],
        ),
        ("Date,mg\n2026-10-01,1500\n", &[("mg", "dose:powder")]),
        (
            "Date,A\n2026-10-01,120\n",
            &[("A", "measure:blood_pressure:systolic")],
        ),
        ("Date,S\n2026-10-01,<6\n", &[("S", "measure:sleep_hours:h")]),
        ("Date,Time,N\n2026-10-01,soonish,2\n", &[nausea]),
        ("Date,N\n2026-10-01,-\n2026-10-02,2\n", &[nausea]),
        ("Date,N\n2026-10-01,heavy\n2026-10-02,2\n", &[nausea]),
        ("Date,Mood\n2026-10-01,rad\n", &[("Mood", "overall:0-4")]),
        ("Feature,When,X\na,2026-10-01,2\n", &[("Feature", "name")]),
        ("When,N\n2026-10-01,2\n", &[("When", "skip"), nausea]),
        ("Wann,N\n20. Brachet,2\n", &[]),
        ("just words\n", &[]),
        ("", &[]),
        ("[{\"a\": 1}]", &[]),
    ];
    let app = App::lived_in();
    let folder = downloads(&[]);
    let config = folder.path().join("config.toml");
    let now = crate::app::now(crate::app::SUNDAY);
    let mut hands = ebbtide::cli::hands(&app.file(), &config, &now);
    let mut store = ebbtide::store::Store::open(&app.file()).unwrap();
    for (text, answers) in cases {
        let path = folder.path().join("t.csv");
        std::fs::write(&path, text).unwrap();
        let own = |(column, meaning): &(&str, &str)| ((*column).to_owned(), (*meaning).to_owned());
        let ask = ImportAsk {
            path: path.display().to_string(),
            answers: answers.iter().map(own).collect(),
            ..ImportAsk::default()
        };
        let told = hands(&mut store, &Errand::Look(ask), &now, &|_| {});
        // That program's own option.
        let said = format!("{told:?}").replace("`jrnl --format json`", "");
        assert!(!names_the_shell(&said), "{text}\n{said}");
    }
}

#[test]
fn plain_mode_asks_the_same_and_names_its_own_words() {
    let folder = downloads(&[("weight.csv", WEIGHT), ("slip.csv", SLIP)]);
    let ebb = Ebb::begun();
    let weight = folder.path().join("weight.csv").display().to_string();
    let said = plain(
        &ebb,
        &[
            "import",
            &weight,
            "guesses",
            "decimal comma",
            "file",
            "yes",
            "quit",
        ],
    );
    assert!(
        said.contains("The word decimal, then one of: point or comma."),
        "{said}"
    );
    assert!(said.contains("Decimal sign: comma: 2,5"), "{said}");
    assert!(said.contains("Taken in: 2 measurements"), "{said}");
    let slip = folder.path().join("slip.csv").display().to_string();
    let said = plain(
        &ebb,
        &[
            "import",
            &slip,
            "2 symptom:nausea",
            "yes",
            "rows leave",
            "yes",
            "quit",
        ],
    );
    assert!(
        said.contains("The word rows, then one of: leave or refuse."),
        "{said}"
    );
    assert!(said.contains("Taken in: 2 check-ins"), "{said}");
    let page = said.split("Which file or folder?").nth(1).unwrap();
    assert!(!names_the_shell(page), "{page}");
}

#[test]
fn plain_mode_numbers_the_columns_anew_where_they_are_others() {
    let folder = downloads(&[("long.csv", ROW_A_VALUE)]);
    let ebb = Ebb::begun();
    let long = folder.path().join("long.csv").display().to_string();
    let said = plain(&ebb, &["import", &long, "1 name", "skip", "quit"]);
    assert!(said.contains("1: Feature: left out"), "{said}");
    assert!(said.contains("2: Nausea: "), "{said}");
}
