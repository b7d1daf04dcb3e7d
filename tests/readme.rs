//! The README and the pages of `assets/docs` say what the program does: their keys, tables, kinds and columns are those of the
//! program.
#![allow(clippy::unwrap_used, missing_docs)]

use ebbtide::domain::trends::view::View;
use ebbtide::tui::keys::global::GLOBAL;

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// A page of `assets/docs`.
fn page(name: &str) -> String {
    read(&format!("assets/docs/{name}.md"))
}

#[test]
fn the_table_of_keys_is_the_key_table() {
    let page = page("keys");
    let table = page
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
    let readme = read("README.md");
    assert!(readme.contains("```sh\ncargo run --release --locked\n```"));
    assert!(readme.contains("<!-- test command -->\n```sh\ncargo test --locked\n```"));
}

/// The names in a column of backticks of the table that begins with `head`.
fn names_in(page: &str, head: &str, column: usize) -> Vec<String> {
    let table = page.split(head).nth(1).unwrap();
    let rows = table
        .trim_start()
        .lines()
        .take_while(|line| line.starts_with('|'));
    let cells = rows.filter_map(|row| row.split(" | ").nth(column));
    let names = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    names.map(str::to_owned).collect()
}

#[test]
fn the_tables_of_the_file_are_those_of_the_migrations() {
    let mut named = names_in(&page("file"), "| table | holds |", 0);
    let mut made: Vec<String> = Vec::new();
    for file in std::fs::read_dir("migrations").unwrap() {
        let sql = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let tables = sql.split("CREATE TABLE ").skip(1);
        made.extend(tables.map(|rest| rest.split(' ').next().unwrap().to_owned()));
    }
    named.sort();
    made.sort();
    assert_eq!(named, made);
}

#[test]
fn what_is_to_be_touched_is_there() {
    let named = names_in(&read("CONTRIBUTING.md"), "| to add | touch |", 1);
    let places: Vec<&String> = named.iter().filter(|name| name.contains('/')).collect();
    assert!(places.len() > 15, "{places:?}");
    for place in places {
        assert!(std::path::Path::new(place).exists(), "{place}");
    }
}

#[test]
fn every_view_of_trends_stands_in_the_table_of_views_and_the_menu_counts_them() {
    use ebbtide::cli::plain::ACTIONS;
    let page = page("looking-back");
    let table = page.split("| view | shows |\n|---|---|\n").nth(1).unwrap();
    let rows = table.lines().take_while(|line| line.starts_with('|'));
    let named = rows.map(|row| row.split('|').nth(1).unwrap().trim());
    let views = View::ALL.iter().map(|view| view.code());
    assert!(named.eq(views));
    let trends = ACTIONS.iter().find(|action| action.word == "trends");
    let counted = ["four", "five", "six", "seven", "eight", "nine"][View::ALL.len() - 4];
    let does = trends.unwrap().does;
    assert!(does.starts_with(&format!("{counted} views ")), "{does}");
}

#[test]
fn every_kind_stands_in_the_page_of_commands_by_its_noun() {
    use ebbtide::domain::record::kind::Kind;
    let page = page("commands");
    let nouns = page.split("What is kept has a noun each").nth(1).unwrap();
    let nouns = nouns.split("\n\n").next().unwrap();
    // A taper's versions have `ebb taper`.
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Plan) {
        let noun = kind.code().trim_start_matches("own_");
        let is_named = [
            format!("`{noun}`"),
            format!("`ebb {noun}`"),
            format!("`ebb entry {noun} "),
        ];
        assert!(is_named.iter().any(|name| nouns.contains(name)), "{noun}");
    }
}

#[test]
fn every_key_of_the_config_file_stands_in_its_page() {
    let folder = tempfile::tempdir().unwrap();
    let output = assert_cmd::Command::cargo_bin("ebb")
        .unwrap()
        .env_clear()
        .env("HOME", folder.path())
        .args(["config", "show"])
        .output()
        .unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    let shown = shown.lines().filter_map(|line| line.split(' ').next());
    let page = page("config");
    let named = page.split("The keys are ").nth(1).unwrap();
    let named = named.split(" The Settings screen").next().unwrap();
    let named = named.split('`').skip(1).step_by(2);
    assert!(shown.eq(named));
}

#[test]
fn every_room_of_the_domain_is_in_the_glossary() {
    let text = std::fs::read_to_string("src/domain/mod.rs").unwrap();
    let rooms = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "));
    for room in rooms.map(|room| room.trim_end_matches(';')) {
        assert!(text.contains(&format!("[`{room}`]")), "{room}");
    }
}

/// That a link leads somewhere is asked in `line/documents.rs`.
#[test]
fn every_picture_of_a_screen_is_shown_somewhere() {
    let pages = std::fs::read_dir("assets/docs").unwrap();
    let pages = pages.map(|page| read(page.unwrap().path().to_str().unwrap()));
    let shown = pages.collect::<String>() + &read("README.md");
    let pictures = std::fs::read_dir("assets/screens").unwrap();
    for picture in pictures.map(|picture| picture.unwrap().file_name().into_string().unwrap()) {
        let is_script = picture
            .rsplit_once('.')
            .is_some_and(|(_, ending)| ending == "py");
        let place = format!("/screens/{picture})");
        assert!(is_script || shown.contains(&place), "{picture}");
    }
}

#[test]
fn every_file_that_the_packages_take_from_the_tree_is_there() {
    let script = read("assets/packaging/build");
    let words = script.split(|c: char| c.is_whitespace() || matches!(c, '"' | '(' | ')'));
    let begins = ["assets/", "CHANGELOG", "LICENSE", "README"];
    let names = words.filter(|word| begins.iter().any(|begin| word.starts_with(begin)));
    let mut count = 0;
    for name in names {
        assert!(std::path::Path::new(name).exists(), "{name}");
        count += 1;
    }
    assert!(count >= 6, "{count} names");
}

#[test]
fn the_readme_is_read_at_one_go() {
    assert!(read("README.md").lines().count() < 150);
}

#[test]
fn every_format_of_export_stands_in_its_page() {
    let page = page("export");
    for format in ebbtide::transfer::format::FORMATS {
        let command = format!("ebb export {} ", format.name);
        assert!(page.contains(&command), "{command}");
        let is_example = |line: &&str| line.starts_with(&command);
        assert!(format.examples.iter().any(is_example), "{command}");
    }
}

/// The words between backticks in the page's row for `layout`.
fn columns_of(page: &str, layout: &str) -> Vec<String> {
    let begin = format!("| {layout} | ");
    let row = page.lines().find(|line| line.starts_with(&begin));
    let pieces = row.unwrap().split('`').skip(1).step_by(2);
    pieces.map(str::to_owned).collect()
}

#[test]
fn the_columns_are_those_of_the_export() {
    let folder = tempfile::tempdir().unwrap();
    let header = |layout: &str| -> Vec<String> {
        let output = assert_cmd::Command::cargo_bin("ebb")
            .unwrap()
            .env_clear()
            .env("HOME", folder.path())
            .env("EBB_JOURNAL", folder.path().join("journal.db"))
            .env("EBB_NOW", "2026-11-22T21:40:00-05:00")
            .args(["export", "csv", "--layout", layout])
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let first = text.lines().next().unwrap();
        first.split(',').map(str::to_owned).collect()
    };
    let done = assert_cmd::Command::cargo_bin("ebb")
        .unwrap()
        .env_clear()
        .env("HOME", folder.path())
        .env("EBB_JOURNAL", folder.path().join("journal.db"))
        .env("EBB_NOW", "2026-11-22T21:40:00-05:00")
        .args(["checkin", "--overall", "4"])
        .ok();
    assert!(done.is_ok());
    let page = page("export");
    let both = columns_of(&page, "both");
    let long = [both.clone(), columns_of(&page, "long")].concat();
    assert_eq!(header("long"), long);
    let own = columns_of(&page, "wide");
    let (note, begin) = own.split_last().unwrap();
    let wide = header("wide");
    assert_eq!(
        wide[..both.len() + begin.len()],
        [both, begin.to_vec()].concat()
    );
    assert_eq!(wide.last(), Some(note));
    let named = columns_of(&page, "day");
    let mut day = header("day");
    let first = named.iter().position(|name| name == "doses").unwrap();
    assert_eq!(day[..first], named[..first]);
    // Between them stand the symptoms, the products that were used and the other measurements.
    day.retain(|name| named.contains(name));
    assert_eq!(day, named);
}
