//! What is not as it should be: each slip is told by its row, and nothing comes in.

use crate::house::{journal_of, json, package, read, rows};
use ebbtide::domain::journal::Journal;
use ebbtide::transfer::csv::Guard;
use ebbtide::transfer::import::error::File;

fn said(files: &[File]) -> String {
    let errors = read(files).map(|_| "it was taken for good").unwrap_err();
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// The package with one file as `change` makes it of its lines.
fn with(journal: &Journal, name: &str, change: impl FnOnce(&mut Vec<String>)) -> Vec<File> {
    let mut files = package(journal, Guard::Quote);
    let file = files.iter_mut().find(|file| file.name == name).unwrap();
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    let mut lines: Vec<String> = text.split_terminator("\r\n").map(str::to_owned).collect();
    change(&mut lines);
    file.bytes = (lines.join("\r\n") + "\r\n").into_bytes();
    files
}

#[test]
fn a_severity_off_the_scale_is_told_by_its_row() {
    let journal = journal_of(2);
    for wrong in ["5", "-1", "2.5", "x", "99999999999999999999"] {
        let files = with(&journal, "ratings.csv", |lines| {
            let mut cells: Vec<&str> = lines[3].split(',').collect();
            cells[2] = wrong;
            lines[3] = cells.join(",");
        });
        assert_eq!(
            said(&files),
            "ratings.csv, row 4, severity: a whole number from 0 to 4 is expected"
        );
    }
}

#[test]
fn a_row_that_stands_twice_is_told() {
    let files = with(&journal_of(2), "ratings.csv", |lines| {
        lines.push(lines[1].clone());
    });
    assert!(
        said(&files).contains("symptom: this stands here twice"),
        "{}",
        said(&files)
    );
    let files = with(&journal_of(2), "symptoms.csv", |lines| {
        lines.push(lines[1].clone());
    });
    assert!(said(&files).contains("code: this stands here twice"));
}

#[test]
fn rows_of_another_length_and_unknown_columns_are_told() {
    let files = with(&journal_of(2), "ratings.csv", |lines| {
        lines[1].push_str(",more");
    });
    assert_eq!(
        said(&files),
        "ratings.csv, row 2: this row has 5 cells, the header has 4"
    );
    let files = with(&journal_of(2), "ratings.csv", |lines| {
        lines[0] = "check_in,symptom,severity,mood".to_owned();
    });
    assert_eq!(
        said(&files),
        "ratings.csv, row 1, mood: this column is not known here"
    );
    let files = with(&journal_of(2), "ratings.csv", |lines| {
        lines[0] = "check_in,symptom,severity".to_owned();
    });
    assert_eq!(
        said(&files),
        "ratings.csv, row 1, copied: this column is not there"
    );
    let files = with(&journal_of(2), "ratings.csv", Vec::clear);
    assert!(said(&files).contains("row 1"), "{}", said(&files));
}

#[test]
fn days_moments_and_references_that_cannot_be_are_told() {
    let replaced = |name: &str, column: usize, cell: &str| {
        let files = with(&journal_of(8), name, |lines| {
            let mut cells: Vec<&str> = lines[1].split(',').collect();
            cells[column] = cell;
            lines[1] = cells.join(",");
        });
        said(&files)
    };
    assert_eq!(
        replaced("attempts.csv", 1, "2026-02-30").lines().next(),
        Some("attempts.csv, row 2, began: a day is expected, such as 2026-11-22")
    );
    let orphan = "00000000-0000-7000-8000-000000000000";
    assert_eq!(
        replaced("ratings.csv", 0, orphan),
        "ratings.csv, row 2, check_in: there is no check-in with this id"
    );
    assert!(
        replaced("ratings.csv", 1, "mood").contains("symptom: there is no symptom with this code")
    );
    assert!(replaced("check_ins.csv", 3, "00:00:61").contains("check_ins.csv, row 2, time"));
}

#[test]
fn a_package_without_a_table_or_of_a_later_version_is_told() {
    let mut files = package(&journal_of(2), Guard::Quote);
    files.retain(|file| file.name != "doses.csv");
    assert_eq!(said(&files), "doses.csv: this file is not there");
    let mut files = package(&journal_of(2), Guard::Quote);
    let file = files
        .iter_mut()
        .find(|file| file.name == "datapackage.json")
        .unwrap();
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    file.bytes = text.replace("\"format\": 3", "\"format\": 4").into_bytes();
    assert_eq!(
        said(&files),
        "datapackage.json: this is version 4 of the form; this Ebbtide reads versions 1 to 3"
    );
}

fn changed(from: &str, to: &str) -> String {
    let mut files = json(&journal_of(2));
    let text = String::from_utf8(files[0].bytes.clone()).unwrap();
    assert!(text.contains(from), "{from}");
    files[0].bytes = text.replacen(from, to, 1).into_bytes();
    said(&files)
}

#[test]
fn json_that_is_cut_short_of_a_later_version_or_of_wrong_types_is_told_by_its_line() {
    let mut files = json(&journal_of(2));
    let half = files[0].bytes.len() / 2;
    files[0].bytes.truncate(half);
    let line = files[0].bytes.split(|byte| *byte == b'\n').count();
    assert!(
        said(&files).starts_with(&format!("journal.json, row {line}: ")),
        "{}",
        said(&files)
    );
    assert_eq!(
        changed("\"version\":2", "\"version\":7"),
        "journal.json: this is version 7 of the form; this Ebbtide reads versions 1 and 2"
    );
    assert!(changed("\"rated\":true", "\"rated\":3").contains("invalid type"));
    assert!(changed("\"late\":", "\"later\":").contains("unknown field"));
    assert!(
        changed("\"strength\":", "\"strength\":1")
            .contains(", strength: a whole number from 0 to 4 is expected")
    );
    assert!(
        changed("\"kind\":\"dose\"", "\"kind\":\"mood\"")
            .contains("this kind is not known to this version")
    );
}

#[test]
fn nesting_without_end_is_refused() {
    let mut files = json(&journal_of(2));
    let text = String::from_utf8(files[0].bytes.clone()).unwrap();
    let deep = "[".repeat(200_000);
    files[0].bytes = text
        .replacen("\"fields\":{", &format!("\"fields\":{{\"x\":{deep}"), 1)
        .into_bytes();
    assert!(said(&files).starts_with("journal.json, row"));
    files[0].bytes =
        format!("{{\"format\":\"ebbtide-journal\",\"version\":1,\"x\":{deep}").into_bytes();
    assert!(said(&files).starts_with("journal.json, row 1"));
}

#[test]
fn rows_of_ratings_tell_their_slips_too() {
    let mut files = rows(&journal_of(2));
    let text = String::from_utf8(files[0].bytes.clone()).unwrap();
    let mut lines: Vec<&str> = text.split_terminator("\r\n").collect();
    let twice = lines[1];
    lines.push(twice);
    files[0].bytes = lines.join("\r\n").into_bytes();
    let row = lines.len();
    assert_eq!(
        said(&files),
        format!("ratings.csv, row {row}, symptom: this stands here twice")
    );
    files[0].bytes = text
        .replacen(",true,", ",perhaps,", 1)
        .replacen(",false,", ",perhaps,", 1)
        .into_bytes();
    assert!(said(&files).contains("late: true or false is expected"));
}

#[test]
fn a_list_of_slips_ends_before_it_is_too_long_to_read() {
    let files = with(&journal_of(2), "ratings.csv", |lines| {
        for line in lines.iter_mut().skip(1) {
            line.push_str(",x");
        }
        let one = lines[1].clone();
        lines.extend(std::iter::repeat_n(one, 500));
    });
    assert_eq!(said(&files).lines().count(), 50);
}
