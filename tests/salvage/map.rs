//! Where each row of a sound file lies, as `SQLite`'s own page statistics say, and what came over of the rows on unharmed
//! pages.

use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The tables whose rows are counted.
pub const TABLES: [&str; 10] = [
    "check_in",
    "rating",
    "record",
    "attempt",
    "symptom",
    "setting",
    "help_line",
    "draft",
    "erased",
    "put_back",
];

/// A row of a file: its values as text, and the pages that it lies on.
struct Placed {
    row: String,
    pages: BTreeSet<u64>,
}

/// The rows of a sound file with their pages.
pub struct Map(BTreeMap<&'static str, Vec<Placed>>);

#[derive(Debug)]
struct Node {
    page: u64,
    is_inner: bool,
    cells: usize,
}

impl Map {
    pub fn of(path: &Path) -> Self {
        let db = Connection::open(path).unwrap();
        Self(TABLES.map(|table| (table, placed(&db, table))).into())
    }

    /// The pages of a table or index, the root first.
    pub fn pages(path: &Path, name: &str) -> Vec<u64> {
        let db = Connection::open(path).unwrap();
        let sql = "SELECT pageno FROM dbstat WHERE name = ?1 ORDER BY path";
        let mut query = db.prepare(sql).unwrap();
        let pages = query.query_map([name], |row| row.get::<_, i64>(0)).unwrap();
        pages.map(|page| page.unwrap().unsigned_abs()).collect()
    }

    /// Those of one kind: "leaf", "internal", "overflow".
    pub fn pages_of_kind(path: &Path, name: &str, kind: &str) -> Vec<u64> {
        let db = Connection::open(path).unwrap();
        let sql = "SELECT pageno FROM dbstat WHERE name = ?1 AND pagetype = ?2 ORDER BY path";
        let mut query = db.prepare(sql).unwrap();
        let pages = query
            .query_map([name, kind], |row| row.get::<_, i64>(0))
            .unwrap();
        pages.map(|page| page.unwrap().unsigned_abs()).collect()
    }

    /// How many rows lie on none of the `harmed` pages, and how many of those the file at `saved` has, value by value.
    pub fn unharmed(&self, harmed: &BTreeSet<u64>, saved: Option<&Path>) -> (usize, usize) {
        let db = saved.map(|path| Connection::open(path).unwrap());
        let (mut all, mut there) = (0, 0);
        for (table, placed) in &self.0 {
            let mut rows: BTreeMap<String, usize> = BTreeMap::new();
            for row in db.iter().flat_map(|db| rows_of(db, table)) {
                *rows.entry(row).or_default() += 1;
            }
            for row in placed.iter().filter(|row| row.pages.is_disjoint(harmed)) {
                all += 1;
                if let Some(n) = rows.get_mut(&row.row).filter(|n| **n > 0) {
                    *n -= 1;
                    there += 1;
                }
            }
        }
        (there, all)
    }
}

/// The rows of a table in the order of its key.
pub fn rows_of(db: &Connection, table: &str) -> Vec<String> {
    let columns = match table {
        // Totals and edit times follow from the ratings that came over.
        "check_in" => {
            "id, uid, at_utc, offset_min, zone, day, late, overall, note, revision, deleted_at"
        }
        _ => "*",
    };
    let sql = format!("SELECT {columns} FROM {table}");
    let mut query = db.prepare(&sql).unwrap();
    let columns = query.column_count();
    let mut rows = query.query([]).unwrap();
    let mut all = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        let values = (0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap()));
        all.push(values.collect::<Vec<_>>().join("|"));
    }
    all
}

fn placed(db: &Connection, table: &str) -> Vec<Placed> {
    let sql = "SELECT path, pageno, pagetype, ncell FROM dbstat WHERE name = ?1";
    let mut query = db.prepare(sql).unwrap();
    let mut rows = query.query([table]).unwrap();
    let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
    // By the page's path and the cell's place in it.
    let mut overflow: BTreeMap<(String, usize), Vec<u64>> = BTreeMap::new();
    while let Some(row) = rows.next().unwrap() {
        let path: String = row.get(0).unwrap();
        let page = row.get::<_, i64>(1).unwrap().unsigned_abs();
        let kind: String = row.get(2).unwrap();
        if kind == "overflow" {
            let (page_path, _) = path.split_once('+').unwrap();
            let (parent, cell) = page_path.rsplit_once('/').unwrap();
            let cell = usize::from_str_radix(cell, 16).unwrap();
            let key = (format!("{parent}/"), cell);
            overflow.entry(key).or_default().push(page);
        } else {
            let node = Node {
                page,
                is_inner: kind == "internal",
                cells: row.get::<_, i64>(3).unwrap().try_into().unwrap(),
            };
            nodes.insert(path, node);
        }
    }
    // In the rows of a numbered table an inner page holds no row.
    let is_numbered = db.prepare(&format!("SELECT rowid FROM {table}")).is_ok();
    let mut places = Vec::new();
    walk("/", &nodes, &overflow, is_numbered, &mut places);
    let rows = rows_of(db, table);
    assert_eq!(rows.len(), places.len(), "{table}: every row has a place");
    let rows = rows.into_iter().zip(places);
    rows.map(|(row, pages)| Placed { row, pages }).collect()
}

/// The pages of each row below `path`, in the order of the key.
fn walk(
    path: &str,
    nodes: &BTreeMap<String, Node>,
    overflow: &BTreeMap<(String, usize), Vec<u64>>,
    is_numbered: bool,
    places: &mut Vec<BTreeSet<u64>>,
) {
    let node = &nodes[path];
    for cell in 0..=node.cells {
        if node.is_inner {
            walk(
                &format!("{path}{cell:03x}/"),
                nodes,
                overflow,
                is_numbered,
                places,
            );
        }
        let has_row = cell < node.cells && !(node.is_inner && is_numbered);
        if has_row {
            let mut pages = BTreeSet::from([node.page]);
            pages.extend(overflow.get(&(path.to_owned(), cell)).into_iter().flatten());
            places.push(pages);
        }
    }
}
