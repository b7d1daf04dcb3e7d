//! Everything out and everything in: what is given back comes in again without loss, and what is not as it should be comes
//! in not at all.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "giving_back/house.rs"]
mod house;
#[path = "giving_back/malformed.rs"]
mod malformed;
#[path = "giving_back/places.rs"]
mod places;
#[path = "giving_back/resaved.rs"]
mod resaved;

use ebbtide::transfer::csv::Guard;
use ebbtide::transfer::import::detected;
use house::{HOSTILE, journal_of, json, package, round};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_package_written_read_into_an_empty_journal_and_written_again_is_the_same(seed in 0_u64..) {
        let journal = journal_of(seed);
        for guard in [Guard::Quote, Guard::Raw] {
            let files = package(&journal, guard);
            let (again, taking) = round(&files);
            prop_assert!(taking.left_out.is_empty(), "{:?}", taking.left_out);
            let written = package(&again, guard);
            for (file, other) in files.iter().zip(&written) {
                prop_assert_eq!(&file.name, &other.name);
                prop_assert_eq!(house::first_change(&file.bytes, &other.bytes), None);
            }
        }
    }

    #[test]
    fn json_written_read_into_an_empty_journal_and_written_again_is_the_same(seed in 0_u64..) {
        let journal = journal_of(seed);
        let files = json(&journal);
        let (again, taking) = round(&files);
        prop_assert!(taking.left_out.is_empty(), "{:?}", taking.left_out);
        let written = json(&again);
        prop_assert_eq!(house::first_change(&files[0].bytes, &written[0].bytes), None);
        // And neither form has what the other lacks.
        let (from_package, _) = round(&package(&journal, Guard::Quote));
        prop_assert_eq!(house::first_change(&files[0].bytes, &json(&from_package)[0].bytes), None);
    }

    #[test]
    fn no_cell_of_typed_text_is_run_by_a_spreadsheet(seed in 0_u64..) {
        for file in package(&journal_of(seed), Guard::Quote) {
            if file.name == "datapackage.json" {
                continue;
            }
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file.bytes.as_slice());
            for row in reader.records() {
                for cell in &row.unwrap() {
                    // Offsets are our own column: +01:00.
                    let is_offset = cell.len() == 6 && cell.as_bytes()[3] == b':';
                    prop_assert!(is_offset || !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']), "{cell:?}");
                }
            }
        }
    }

    #[test]
    fn bytes_that_were_changed_on_the_way_never_bring_a_reader_down(seed in 0_u64.., at in 0_usize.., byte in 0_u8..) {
        let journal = journal_of(seed);
        for mut files in [package(&journal, Guard::Quote), json(&journal), house::rows(&journal)] {
            let which = at % files.len();
            let bytes = &mut files[which].bytes;
            let place = at % bytes.len();
            bytes[place] = byte;
            house::read(&files).ok();
            files[which].bytes.truncate(place);
            house::read(&files).ok();
        }
    }
}

#[test]
fn each_form_is_told_from_the_others() {
    let journal = journal_of(1);
    let name = |files: &[_]| detected(files).map(|format| format.name);
    assert_eq!(name(&package(&journal, Guard::Quote)), Some("package"));
    assert_eq!(name(&json(&journal)), Some("json"));
    assert_eq!(name(&house::rows(&journal)), Some("csv"));
    assert_eq!(name(&[]), None);
}

#[test]
fn hostile_texts_are_in_every_journal_that_is_tried() {
    let all: String = (0..40)
        .map(|seed| String::from_utf8(json(&journal_of(seed))[0].bytes.clone()).unwrap())
        .collect();
    for text in HOSTILE {
        let quoted = serde_json::to_string(text).unwrap();
        assert!(all.contains(&quoted), "{quoted}");
    }
}

#[test]
fn every_table_and_every_member_is_described() {
    let described = include_str!("../assets/formats.md");
    let journal = journal_of(1);
    for file in package(&journal, Guard::Quote) {
        if let Some(table) = file.name.strip_suffix(".csv") {
            assert!(described.contains(&format!("`{table}`")), "{table}");
        }
    }
    let document: serde_json::Value = serde_json::from_slice(&json(&journal)[0].bytes).unwrap();
    for (list, entries) in document.as_object().unwrap() {
        let entries = entries.as_array().into_iter().flatten();
        let members = entries
            .filter_map(|entry| entry.as_object())
            .flat_map(|entry| entry.keys());
        for name in members.chain([list]) {
            assert!(described.contains(&format!("\"{name}\"")), "{name}");
        }
    }
}
