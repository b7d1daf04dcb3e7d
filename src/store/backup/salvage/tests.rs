//! The reader of pages against `SQLite` itself on sound files, and against flipped bytes.

use super::pages::{Geometry, read};
use super::record::Value;
use super::rows::{Finds, Form, form_of, sort};
use proptest::prelude::{
    ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq, proptest,
};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};

type Failure = Box<dyn std::error::Error>;

/// What a row of the made-up table holds.
type Content = (i64, Option<i64>, String, Vec<u8>);

fn content() -> impl Strategy<Value = Content> {
    let numbers = prop::num::i64::ANY.prop_map(|number| number >> (number & 63));
    let text = prop::collection::vec(any::<char>(), 0..40)
        .prop_map(|chars| chars.into_iter().collect::<String>());
    // Long ones go on over several further pages.
    let bytes = (0_usize..12_000, any::<u8>()).prop_map(|(n, byte)| vec![byte; n * n / 12_000]);
    (numbers.clone(), prop::option::of(numbers), text, bytes)
}

/// A file with one table of each kind and an index, with some rows deleted again.
fn file(
    contents: &[Content],
    page: u32,
    deleted: i64,
) -> Result<(Vec<u8>, [Vec<String>; 2]), Failure> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("made-up.db");
    let mut db = Connection::open(&path)?;
    db.execute_batch(&format!(
        "PRAGMA page_size={page}; PRAGMA secure_delete=OFF;
         CREATE TABLE numbered (id INTEGER PRIMARY KEY, a INTEGER, b TEXT, c BLOB);
         CREATE TABLE plain (c BLOB, b TEXT, a INTEGER, id INTEGER, PRIMARY KEY (a, b, c)) WITHOUT ROWID;
         CREATE INDEX beside ON numbered (b, c);"
    ))?;
    let tx = db.transaction()?;
    for (number, maybe, text, bytes) in contents {
        tx.execute(
            "INSERT OR REPLACE INTO numbered VALUES (?1, ?2, ?3, ?4)",
            params![number, maybe, text, bytes],
        )?;
        tx.execute(
            "INSERT OR REPLACE INTO plain VALUES (?4, ?3, ?1, ?2)",
            params![number, maybe, text, bytes],
        )?;
    }
    tx.execute("DELETE FROM numbered WHERE id % 7 = ?1", [deleted])?;
    tx.execute("DELETE FROM plain WHERE a % 7 = ?1", [deleted])?;
    tx.commit()?;
    let rows = |sql: &str| -> Result<Vec<String>, Failure> {
        let mut query = db.prepare(sql)?;
        let columns = query.column_count();
        let mut rows = query.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let values = (0..columns).map(|at| Ok(owned(row.get_ref(at)?)));
            all.push(format!(
                "{:?}",
                values.collect::<rusqlite::Result<Vec<_>>>()?
            ));
        }
        all.sort();
        Ok(all)
    };
    // The record of the second table begins with its key.
    let rows = [
        rows("SELECT id, a, b, c FROM numbered")?,
        rows("SELECT a, b, c, id FROM plain")?,
    ];
    drop(db);
    Ok((std::fs::read(&path)?, rows))
}

fn owned(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(bytes) => Value::Text(bytes.to_vec()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}

/// The rows that the reader finds in the tree with this name.
fn found(bytes: &[u8], geometry: Geometry, name: &str) -> Vec<String> {
    let contents = read(bytes, geometry);
    let rows = contents.cells_of(name).map(|cell| {
        let mut values = cell.values.clone();
        if let (Some(number), Some(first)) = (cell.number, values.first_mut()) {
            *first = Value::Integer(number);
        }
        format!("{values:?}")
    });
    let mut rows: Vec<String> = rows.collect();
    rows.sort();
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_row_of_a_sound_file_is_read_as_sqlite_reads_it(
        contents in prop::collection::vec(content(), 0..120),
        page in prop::sample::select(vec![512_u32, 1024, 4096, 65_536]),
        deleted in 0_i64..7,
    ) {
        let (bytes, [numbered, plain]) = file(&contents, page, deleted).map_err(|error| proptest::test_runner::TestCaseError::fail(error.to_string()))?;
        let geometry = *Geometry::candidates(&bytes).last().ok_or_else(|| proptest::test_runner::TestCaseError::fail("no size"))?;
        prop_assert_eq!(found(&bytes, geometry, "numbered"), numbered);
        prop_assert_eq!(found(&bytes, geometry, "plain"), plain);
        let contents = read(&bytes, geometry);
        prop_assert!(contents.gaps.is_empty());
        prop_assert!(contents.pages.iter().all(|page| page.harmed.is_empty() && page.tree.is_some()));
    }

    #[test]
    fn flipped_bytes_end_no_reading_and_cost_no_memory(
        contents in prop::collection::vec(content(), 0..60),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..400),
        is_usual in any::<bool>(),
    ) {
        let (mut bytes, _) = file(&contents, if is_usual { 4096 } else { 512 }, 0).map_err(|error| proptest::test_runner::TestCaseError::fail(error.to_string()))?;
        for (at, byte) in &flips {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        for geometry in Geometry::candidates(&bytes) {
            let contents = read(&bytes, geometry);
            let sizes = contents.pages.iter().flat_map(|page| &page.cells).flat_map(|cell| &cell.values).map(|value| match value {
                Value::Text(bytes) | Value::Blob(bytes) => bytes.len(),
                _ => 0,
            });
            // All pages once, and all overflow chains together once more.
            prop_assert!(sizes.sum::<usize>() <= 2 * bytes.len());
        }
    }

    #[test]
    fn any_bytes_end_no_reading(bytes in prop::collection::vec(any::<u8>(), 0..20_000), page in 9_u32..13) {
        let mut bytes = bytes;
        // Pages that begin as those of tables do get further than others.
        for (at, kind) in (0..bytes.len()).step_by(1 << page).zip([13, 5, 10, 2].into_iter().cycle()) {
            bytes[at] = kind;
        }
        for geometry in Geometry::candidates(&bytes) {
            let contents = read(&bytes, geometry);
            prop_assert!(contents.pages.len() <= bytes.len() / 512 + 1);
        }
    }
}

/// A journal file of the newest form with these statements run on it.
fn journal(sql: &str) -> Result<Vec<u8>, Failure> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("journal.db");
    let mut db = Connection::open(&path)?;
    crate::store::migrations::migrate(&mut db, None, crate::store::MIGRATIONS)?;
    db.execute_batch(&format!("PRAGMA secure_delete=OFF; {sql}"))?;
    drop(db);
    Ok(std::fs::read(&path)?)
}

fn finds(bytes: &[u8]) -> Result<Finds, Failure> {
    let forms = Form::all()?;
    let contents = read(bytes, Geometry::candidates(bytes)[0]);
    let (_, form) = form_of(&forms, &contents).ok_or("no form")?;
    Ok(sort(&contents, form))
}

const LINES: &str = "INSERT INTO help_line (id, uid, name, contact, edited) VALUES
    (1, zeroblob(16), 'a friend', 'old', unhex('0000000000000001' || '00000000000000000000000000000001')),
    (2, randomblob(16), 'another', 'two', zeroblob(24));";

/// The page with the row that says `marker`, and its place.
fn page_with(bytes: &[u8], marker: &[u8]) -> Option<usize> {
    bytes
        .chunks(4096)
        .position(|page| page.windows(marker.len()).any(|part| part == marker))
}

#[test]
fn of_two_copies_of_a_row_the_one_of_its_table_stands_and_of_strays_the_newest()
-> Result<(), Failure> {
    let old = journal(LINES)?;
    let newer = journal(
        &LINES
            .replace("'old'", "'new'")
            .replace("0000000000000001' ||", "0000000000000002' ||"),
    )?;
    let page = |bytes: &[u8], marker: &[u8]| {
        let at = page_with(bytes, marker).ok_or("no page")?;
        Ok::<_, Failure>(bytes[at * 4096..(at + 1) * 4096].to_vec())
    };
    let contacts = |bytes: &[u8]| -> Result<Vec<String>, Failure> {
        let finds = finds(bytes)?;
        let table = finds.table("help_line").ok_or("no table")?;
        let contact = |row: &super::rows::Row| format!("{:?}", row.get(&table.layout, "contact"));
        Ok(table.rows.iter().map(contact).collect())
    };
    let said = |text: &str| format!("{:?}", Some(Value::Text(text.into())));
    // A stray page holds the newer version: the table's own one stands.
    let stray = [old.clone(), page(&newer, b"a friendnew")?].concat();
    assert!(contacts(&stray)?.contains(&said("old")));
    assert!(!contacts(&stray)?.contains(&said("new")));
    // Both are strays, since the table's own page is gone.
    let mut harmed = stray;
    let own = page_with(&harmed, b"a friendold").ok_or("no page")? * 4096;
    let own_page = harmed[own..own + 4096].to_vec();
    harmed[own..own + 4096].fill(0);
    harmed.extend(own_page);
    assert!(contacts(&harmed)?.contains(&said("new")));
    assert_eq!(contacts(&harmed)?.len(), contacts(&old)?.len() + 1);
    Ok(())
}

#[test]
fn what_lies_in_free_space_and_on_free_pages_is_not_read() -> Result<(), Failure> {
    let fill = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
        INSERT INTO help_line (uid, name, contact, edited) SELECT randomblob(16), 'gone for good ' || i, 'x', zeroblob(24) FROM n;";
    let bytes = journal(&format!("{fill} DELETE FROM help_line WHERE id <> 100;"))?;
    let marker = b"gone for good 42";
    assert!(
        page_with(&bytes, marker).is_some(),
        "the words are still in the file"
    );
    let finds = finds(&bytes)?;
    assert_eq!(
        finds.table("help_line").map(|table| table.rows.len()),
        Some(1)
    );
    Ok(())
}

#[test]
fn a_setting_and_a_mark_of_undo_are_told_apart_without_the_schema() -> Result<(), Failure> {
    let mut bytes = journal(
        "INSERT INTO setting (key, value, edited, sum) VALUES ('country', 'DE', zeroblob(24), 1);
         INSERT INTO put_back VALUES ('record', 'ff', zeroblob(24));",
    )?;
    // Without its trees: the pages of the schema.
    for at in (0..bytes.len() / 4096).map(|page| page * 4096) {
        let is_schema = bytes[at..at + 4096]
            .windows(12)
            .any(|part| part == b"CREATE TABLE");
        if is_schema || at == 0 {
            bytes[at..at + 4096].fill(0);
        }
    }
    let finds = finds(&bytes)?;
    for table in ["setting", "put_back"] {
        assert_eq!(
            finds.table(table).map(|table| table.rows.len()),
            Some(1),
            "{table}"
        );
    }
    Ok(())
}
