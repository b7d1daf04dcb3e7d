//! The README says what the program does: its keys are those of the key table, its commands are there.
#![allow(clippy::unwrap_used, missing_docs)]

use ebbtide::tui::update::GLOBAL;

fn readme() -> String {
    std::fs::read_to_string("README.md").unwrap()
}

#[test]
fn the_table_of_keys_is_the_key_table() {
    let readme = readme();
    let table = readme
        .split("<!-- keys -->")
        .nth(1)
        .unwrap()
        .split("<!-- end of keys -->")
        .next()
        .unwrap();
    let row = |line: &str| {
        let mut cells = line.trim_matches('|').split(" | ");
        Some((
            cells.next()?.trim().trim_matches('`').to_owned(),
            cells.next()?.trim().to_owned(),
        ))
    };
    let mut said: Vec<(String, String)> = table
        .lines()
        .filter(|line| line.starts_with("| `"))
        .filter_map(row)
        .collect();
    let mut bound: Vec<(String, String)> = GLOBAL
        .iter()
        .map(|binding| (binding.key.to_string(), binding.label.to_owned()))
        .collect();
    said.sort();
    bound.sort();
    assert_eq!(said, bound);
}

#[test]
fn the_two_commands_stand_where_the_routine_finds_them() {
    let readme = readme();
    assert!(readme.contains("```sh\ncargo run --release --locked\n```"));
    assert!(readme.contains("<!-- test command -->\n```sh\ncargo test --locked\n```"));
}

#[test]
fn every_picture_is_there() {
    let readme = readme();
    let pictures: Vec<&str> = readme
        .split("](assets/")
        .skip(1)
        .map(|rest| rest.split(')').next().unwrap())
        .collect();
    assert!(pictures.len() >= 4);
    for picture in pictures {
        assert!(
            std::path::Path::new("assets").join(picture).is_file(),
            "{picture}"
        );
    }
}
