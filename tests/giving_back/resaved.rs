//! Our own rows after a spreadsheet has saved them: other signs between the cells, quotes, marks, cells and rows that nobody
//! wrote. What comes in is the same, or is refused; it is never taken for a table of another program and left out.

use crate::house::{first_change, journal_of, read, round, rows};
use ebbtide::domain::journal::Journal;
use ebbtide::transfer::csv::{self as own, Guard, Range};
use ebbtide::transfer::import::detected;
use ebbtide::transfer::import::error::File;

fn wide(journal: &Journal) -> Vec<File> {
    let mut bytes = Vec::new();
    own::wide(journal, Range::ALL, Guard::Quote, &mut bytes).unwrap();
    vec![File {
        name: "check-ins.csv".to_owned(),
        bytes,
    }]
}

type Cells = Vec<Vec<String>>;

fn cells(file: &File) -> Cells {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(file.bytes.as_slice());
    reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

fn saved(cells: &Cells, sign: u8, quotes: csv::QuoteStyle) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(sign)
        .quote_style(quotes)
        .flexible(true)
        .from_writer(Vec::new());
    for row in cells {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

fn utf_16(bytes: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(bytes).unwrap();
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// The table as different spreadsheets leave it.
fn ways(cells: &Cells) -> Vec<(&'static str, Vec<u8>)> {
    use csv::QuoteStyle::{Always, Necessary};
    let mut filled = cells.clone();
    let width = filled[0].len() + 2;
    for row in &mut filled {
        row.resize(width, String::new());
    }
    filled.extend([vec![String::new(); width], vec![String::new(); width]]);
    let mut capitals = cells.clone();
    for row in &mut capitals[1..] {
        row[6] = row[6].to_uppercase();
    }
    let semicolons = saved(cells, b';', Necessary);
    vec![
        ("semicolons", semicolons.clone()),
        ("tabs", saved(cells, b'\t', Necessary)),
        ("every cell in quotes", saved(cells, b',', Always)),
        ("a mark", [b"\xef\xbb\xbf", semicolons.as_slice()].concat()),
        ("UTF-16", utf_16(&saved(cells, b'\t', Necessary))),
        (
            "cells and rows that nobody wrote",
            saved(&filled, b',', Necessary),
        ),
        ("capitals", saved(&capitals, b',', Necessary)),
    ]
}

#[test]
fn what_a_spreadsheet_saved_comes_in_as_it_was_written() {
    for files in [wide(&journal_of(4)), rows(&journal_of(4))] {
        let name = files[0].name.clone();
        let (as_written, _) = round(&files);
        let cells = cells(&files[0]);
        assert!(cells.len() > 5);
        for (way, bytes) in ways(&cells) {
            let resaved = vec![File {
                name: name.clone(),
                bytes,
            }];
            let format = detected(&resaved).map(|format| format.name);
            assert_eq!(format, Some("csv"), "{name} with {way}");
            let (again, _) = round(&resaved);
            for write in [wide, rows] {
                let (one, other) = (write(&as_written), write(&again));
                assert_eq!(
                    first_change(&one[0].bytes, &other[0].bytes),
                    None,
                    "{name} with {way}"
                );
            }
        }
    }
}

#[test]
fn a_day_or_a_time_that_a_spreadsheet_wrote_anew_is_refused_with_the_way_out() {
    let cells = cells(&wide(&journal_of(4))[0]);
    for (column, value) in [
        (1, "27.11.2026"),
        (1, "11/27/2026"),
        (2, "9:15 PM"),
        (3, "0:00"),
    ] {
        let mut changed = cells.clone();
        changed[1][column] = value.to_owned();
        let files = [File {
            name: "c.csv".to_owned(),
            bytes: saved(&changed, b';', csv::QuoteStyle::Necessary),
        }];
        let said = read(&files).map(|_| ()).unwrap_err();
        let said = said.first().unwrap().to_string();
        assert!(said.starts_with("c.csv, row 2, "), "{said}");
        assert!(
            said.contains("take in the file as `ebb export csv` wrote it"),
            "{said}"
        );
    }
}

#[test]
fn a_cell_without_a_column_is_told() {
    let mut cells = cells(&wide(&journal_of(4))[0]);
    cells[1].push("7".to_owned());
    let files = [File {
        name: "c.csv".to_owned(),
        bytes: saved(&cells, b',', csv::QuoteStyle::Necessary),
    }];
    let said = read(&files).map(|_| ()).unwrap_err();
    assert!(
        said.first().unwrap().to_string().contains("this row has"),
        "{said:?}"
    );
}
