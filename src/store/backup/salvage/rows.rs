//! Tells the rows of our tables among the cells of a file, and counts those that are missing.
//!
//! Invariant: a cell is a row of a table if the number and the types of its values are those of the table's columns. The
//! columns are read from the migrations, so a new form needs no line here.

use super::Sureness;
use super::numbers;
use super::numbers::Numbers;
use super::pages::{Cell, Contents, Gap, Page};
use super::record::Value;
use super::shells;
use super::shells::Shell;
use crate::domain::order::Ordered;
use crate::store::error::Result;
use crate::store::{MIGRATIONS, migrations};
use rusqlite::Connection;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use std::collections::{BTreeMap, BTreeSet};

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Text(bytes) => ValueRef::Text(bytes),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    name: String,
    /// "INTEGER", "TEXT", "BLOB": every table is STRICT.
    kind: String,
    may_be_null: bool,
}

/// The columns of a table in the order of its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) table: String,
    columns: Vec<Column>,
    is_numbered: bool,
    /// The places of the primary key.
    key: Vec<usize>,
}

impl Layout {
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.names().position(|column| column == name)
    }

    /// Whether a cell may be a row of this table with a value for each column.
    fn fits(&self, page: &Page, cell: &Cell) -> bool {
        cell.values.len() == self.columns.len() && self.fits_so_far(page, cell)
    }

    /// Whether a cell may be a row that was written before the last columns were added. They are NULL in it.
    fn fits_so_far(&self, page: &Page, cell: &Cell) -> bool {
        let fits = |at: usize, column: &Column, value: &Value| match value {
            // A number that is the key stands before the record, and NULL in it.
            Value::Null => column.may_be_null || (self.is_numbered && self.key == [at]),
            Value::Integer(_) => column.kind == "INTEGER",
            Value::Real(_) => false,
            Value::Text(_) => column.kind == "TEXT",
            Value::Blob(bytes) => {
                let length = match column.name.as_str() {
                    "uid" => Some(16),
                    "edited" => Some(24),
                    _ => None,
                };
                column.kind == "BLOB" && length.is_none_or(|length| length == bytes.len())
            }
        };
        let later = self.columns.iter().skip(cell.values.len());
        page.is_numbered == self.is_numbered
            && cell.values.len() <= self.columns.len()
            && later.into_iter().all(|column| column.may_be_null)
            && (self.columns.iter().zip(&cell.values).enumerate())
                .all(|(at, (column, value))| fits(at, column, value))
    }

    fn has_codes(&self) -> bool {
        self.place("code").is_some()
    }

    /// The place of the column that names a row in every file: an id or a code.
    fn name(&self) -> Option<usize> {
        self.place("code").or_else(|| self.place("uid"))
    }

    /// The place of the number of a row.
    fn number(&self) -> Option<usize> {
        self.key.first().copied().filter(|_| self.is_numbered)
    }

    /// The places of the columns that tell a row from all others: its name, or else the primary key.
    fn identity(&self) -> Vec<usize> {
        self.name().map_or_else(|| self.key.clone(), |at| vec![at])
    }
}

/// The tables of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    /// How many migrations make it.
    pub(super) number: usize,
    pub(super) layouts: Vec<Layout>,
    /// The statements that make its tables and indexes.
    statements: BTreeSet<String>,
}

impl Form {
    /// Every form, the newest first.
    pub(super) fn all() -> Result<Vec<Self>> {
        (1..=MIGRATIONS.len()).rev().map(Self::of).collect()
    }

    fn of(number: usize) -> Result<Self> {
        let mut db = Connection::open_in_memory()?;
        migrations::migrate(
            &mut db,
            None,
            MIGRATIONS.get(..number).unwrap_or(MIGRATIONS),
        )?;
        let mut query = db.prepare(
            "SELECT name, NOT wr FROM pragma_table_list
             WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        )?;
        let tables: Vec<(String, bool)> = query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let layouts = tables
            .into_iter()
            .map(|(table, is_numbered)| layout(&db, table, is_numbered));
        let layouts = layouts.collect::<Result<_>>()?;
        let mut query = db.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")?;
        let statements = query.query_map([], |row| row.get(0))?;
        Ok(Self {
            number,
            layouts,
            statements: statements.collect::<rusqlite::Result<_>>()?,
        })
    }

    /// Whether every table and index that the file names, and one at least, is of this form.
    fn has_all_of(&self, contents: &Contents) -> bool {
        let mut named = contents.trees.iter().filter(|tree| !tree.sql.is_empty());
        contents.trees.len() > 1 && named.all(|tree| self.statements.contains(&tree.sql))
    }

    /// The table whose row a cell is.
    fn layout_of(&self, contents: &Contents, page: &Page, cell: &Cell) -> Option<&Layout> {
        let fitting = || self.layouts.iter().filter(|layout| layout.fits(page, cell));
        let tree = page.tree.and_then(|tree| contents.trees.get(tree));
        // Only the tree can tell whose row a short one is.
        let own = tree.and_then(|tree| self.layout(&tree.name));
        let own = own.filter(|layout| layout.fits_so_far(page, cell));
        // Two tables may have the same types. A column "tbl" holds the name of a table, and no setting is called so.
        let names_a_table = matches!(cell.values.first(), Some(Value::Text(first))
            if self.layouts.iter().any(|layout| layout.table.as_bytes() == first));
        own.or_else(|| {
            fitting().find(|layout| {
                let first = layout.names().next();
                (first == Some("tbl")) == names_a_table
            })
        })
    }

    fn layout(&self, table: &str) -> Option<&Layout> {
        self.layouts.iter().find(|layout| layout.table == table)
    }

    /// How many cells are rows of this form.
    fn fitting(&self, contents: &Contents) -> usize {
        let cells = contents.pages.iter().map(|page| {
            let cells = page.cells.iter();
            // A short row fits every later form, so it tells nothing.
            cells
                .filter(|cell| {
                    let layout = self.layout_of(contents, page, cell);
                    layout.is_some_and(|layout| layout.fits(page, cell))
                })
                .count()
        });
        cells.sum()
    }
}

fn layout(db: &Connection, table: String, is_numbered: bool) -> Result<Layout> {
    let mut query =
        db.prepare("SELECT name, type, \"notnull\", pk FROM pragma_table_info(?1) ORDER BY cid")?;
    let columns = query.query_map([&table], |row| {
        let (kind, must, key): (String, bool, i64) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let column = Column {
            name: row.get(0)?,
            kind,
            may_be_null: !must && key == 0,
        };
        Ok((key, column))
    })?;
    let mut columns: Vec<(i64, Column)> = columns.collect::<rusqlite::Result<_>>()?;
    if !is_numbered {
        // The record of such a table begins with its key.
        columns.order_by_key(|(key, _)| if *key == 0 { i64::MAX } else { *key });
    }
    let key = columns.iter().enumerate().filter(|(_, (key, _))| *key > 0);
    Ok(Layout {
        key: key.map(|(at, _)| at).collect(),
        columns: columns.into_iter().map(|(_, column)| column).collect(),
        table,
        is_numbered,
    })
}

/// A row of one of our tables.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) values: Vec<Value>,
    /// Whether its page was reached from the root of its table.
    is_live: bool,
}

impl Row {
    pub(super) fn get(&self, layout: &Layout, name: &str) -> Option<&Value> {
        self.values.get(layout.place(name)?)
    }

    /// The time of its last edit; rows without one are older than all others.
    fn edited(&self, layout: &Layout) -> &[u8] {
        match self.get(layout, "edited") {
            Some(Value::Blob(bytes)) => bytes,
            _ => &[],
        }
    }
}

/// How many rows of a table are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Missing {
    pub(super) rows: usize,
    pub(super) sureness: Sureness,
}

impl Missing {
    /// Whether a row may be missing.
    pub(super) fn may_be_any(self) -> bool {
        self.rows > 0 || self.sureness > Sureness::Exact
    }
}

/// The rows of one table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub(super) layout: Layout,
    /// Each row once, those of the table's own tree first.
    pub(super) rows: Vec<Row>,
    /// Other rows of the table's own tree with the name or key of one of `rows`. No sound table has two of them, so one of the
    /// two is harmed.
    pub(super) rivals: Vec<Row>,
    pub(super) missing: Missing,
}

/// What a file holds, as rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Finds {
    /// The form that the rows have.
    pub(super) form: usize,
    /// Whether the file names tables and indexes, all of that form.
    pub(super) is_of_form: bool,
    pub(super) tables: Vec<Table>,
    /// The symptoms as their index names them: the number in this file, the code.
    pub(super) codes: BTreeMap<i64, String>,
    /// The check-ins as their indexes name them.
    pub(super) shells: Vec<Shell>,
}

impl Finds {
    pub(super) fn is_empty(&self) -> bool {
        self.tables.iter().all(|table| table.rows.is_empty())
    }

    pub(super) fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.layout.table == name)
    }
}

/// The form of `forms` that fits the most cells, with their number. The first one wins a tie.
pub(super) fn form_of<'a>(forms: &'a [Form], contents: &Contents) -> Option<(usize, &'a Form)> {
    let counted = forms.iter().map(|form| (form.fitting(contents), form));
    counted.reduce(|best, form| if form.0 > best.0 { form } else { best })
}

/// Sorts the cells of a file into the tables of `form`.
pub(super) fn sort(contents: &Contents, form: &Form) -> Finds {
    let mut rows: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
    // By page: the table that most of its rows belong to.
    let mut tables: Vec<Option<&str>> = Vec::new();
    for page in &contents.pages {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for cell in &page.cells {
            let Some(layout) = form.layout_of(contents, page, cell) else {
                continue;
            };
            *counts.entry(&layout.table).or_default() += 1;
            let mut values = cell.values.clone();
            values.resize(layout.columns.len(), Value::Null);
            if let (Some(number), [key]) = (cell.number, layout.key.as_slice())
                && let Some(value) = values.get_mut(*key)
            {
                *value = Value::Integer(number);
            }
            let is_live = tree_of(contents, page.tree) == Some(layout.table.as_str());
            rows.entry(&layout.table)
                .or_default()
                .push(Row { values, is_live });
        }
        let most = counts.into_iter().max_by_key(|(_, n)| *n);
        tables.push(most.map(|(table, _)| table));
    }
    let ratings = rows.get("rating").cloned().unwrap_or_default();
    let tables = form.layouts.iter().map(|layout| {
        let table = layout.table.as_str();
        let (mut rows, rivals) = best(layout, rows.remove(table).unwrap_or_default());
        // The column of a rating is called as the table.
        let rated = |row: &Row| row.get(form.layout("rating")?, table)?.integer();
        let rated = ratings.iter().filter_map(rated);
        let named = numbers::named(contents, table, layout.has_codes());
        mend_numbers(layout, &mut rows, &Numbers::of(named, rated));
        Table {
            missing: missing(contents, layout, &rows, &tables),
            layout: layout.clone(),
            rows,
            rivals,
        }
    });
    Finds {
        form: form.number,
        is_of_form: form.has_all_of(contents),
        tables: tables.collect(),
        codes: codes(contents, form),
        shells: shells::of(contents),
    }
}

/// The table whose own tree this is; `None` for an index.
fn tree_of(contents: &Contents, tree: Option<usize>) -> Option<&str> {
    let tree = contents.trees.get(tree?)?;
    (tree.name == tree.table).then_some(tree.table.as_str())
}

/// Each row once: the one of the table's own tree, and of those the one that was edited last. Then the other rows of the own
/// tree.
fn best(layout: &Layout, mut rows: Vec<Row>) -> (Vec<Row>, Vec<Row>) {
    // A stable sort: of equal rows the first page decides.
    rows.order_by(|one, other| {
        let rank = |row: &Row| (row.is_live, row.edited(layout).to_vec());
        rank(other).cmp(&rank(one))
    });
    let identity = layout.identity();
    let mut seen = BTreeSet::new();
    let mut rivals = Vec::new();
    rows.retain(|row| {
        let values = identity.iter().map(|at| row.values.get(*at));
        let is_first = seen.insert(format!("{:?}", values.collect::<Vec<_>>()));
        if !is_first && row.is_live {
            rivals.push(row.clone());
        }
        is_first
    });
    (rows, rivals)
}

/// Gives rows whose number is harmed the one that the index has for them.
fn mend_numbers(layout: &Layout, rows: &mut [Row], numbers: &Numbers<'_>) {
    let (Some(at), Some(name)) = (layout.number(), layout.name()) else {
        return;
    };
    for row in rows {
        let own = row.values.get(at).and_then(Value::integer);
        let (Some(own), Some(Value::Text(name) | Value::Blob(name))) = (own, row.values.get(name))
        else {
            continue;
        };
        if let (Some(better), Some(value)) = (numbers.better(name, own), row.values.get_mut(at)) {
            *value = Value::Integer(better);
        }
    }
}

/// Counts the rows of a table that are known to have been there. `tables` has the table of each page.
fn missing(contents: &Contents, layout: &Layout, rows: &[Row], tables: &[Option<&str>]) -> Missing {
    let table = layout.table.as_str();
    let is_of_table = |tree: Option<usize>, beside: Option<&str>| match tree {
        Some(_) => tree_of(contents, tree) == Some(table),
        None => beside == Some(table),
    };
    let (mut numbers, mut harmed) = (BTreeSet::new(), 0);
    let (mut leaves, mut strays) = (0, 0);
    for (page, most) in contents.pages.iter().zip(tables) {
        if is_of_table(page.tree, *most) {
            numbers.extend(page.harmed.iter().flatten().copied());
            harmed += page.harmed.len();
            leaves += usize::from(!page.cells.is_empty() && !page.is_inner);
            strays += usize::from(page.tree.is_none());
        } else if page.tree.is_some_and(|tree| contents.is_index(tree, table)) {
            numbers.extend(page.cells.iter().filter_map(last_number));
        }
    }
    let beside = |gap: &Gap| {
        let mut tables = gap.siblings.iter().filter_map(|at| *tables.get(*at)?);
        tables.next()
    };
    let gaps = contents.gaps.iter();
    let gaps: Vec<&Gap> = gaps
        .filter(|gap| is_of_table(gap.tree, beside(gap)))
        .collect();
    for row in rows {
        let number = layout.number().and_then(|at| row.values.get(at));
        if let Some(Value::Integer(number)) = number {
            numbers.remove(number);
        }
    }
    let is_named = contents.trees.iter().any(|tree| tree.name == table);
    let is_whole = gaps.is_empty() && harmed == 0 && is_named;
    if layout.is_numbered && (is_whole || has_whole_index(contents, table)) {
        return Missing {
            rows: numbers.len(),
            sureness: Sureness::Exact,
        };
    }
    // On average as many as on the pages that can be read. An inner page of a numbered table has no rows, one of another
    // table has one between two pages.
    let a_page = rows.len().div_ceil(leaves.max(1));
    let below = strays.saturating_sub(1);
    let lost = gaps
        .iter()
        .map(|gap| match (gap.is_inner, layout.is_numbered) {
            (true, true) => 0,
            (true, false) => below,
            (false, _) => a_page,
        });
    Missing {
        rows: numbers.len().max(harmed + lost.sum::<usize>()),
        sureness: match () {
            () if leaves == 0 && !gaps.is_empty() => Sureness::AtLeast,
            () if !gaps.is_empty() || !is_named => Sureness::About,
            () => Sureness::Exact,
        },
    }
}

/// Whether an index with every row of `table` can be read whole.
fn has_whole_index(contents: &Contents, table: &str) -> bool {
    let trees = contents.trees.iter().filter(|tree| tree.table == table);
    // The indexes of UNIQUE columns are called so. Others may leave rows out.
    let mut full = trees.filter(|tree| tree.name.starts_with("sqlite_autoindex_"));
    full.any(|tree| tree.name != table && contents.is_whole(&tree.name))
}

/// The number of the row that an entry of an index leads to.
fn last_number(cell: &Cell) -> Option<i64> {
    match cell.values.last() {
        Some(Value::Integer(number)) => Some(*number),
        _ => None,
    }
}

/// The codes of the symptoms, from the index over them: it lies on other pages than the symptoms themselves.
fn codes(contents: &Contents, form: &Form) -> BTreeMap<i64, String> {
    let codes = form.layout("symptom").into_iter();
    let codes = codes.flat_map(|layout| numbers::named(contents, &layout.table, true));
    let codes = codes.filter_map(|(code, number)| {
        let code = String::from_utf8(code.to_vec()).ok()?;
        Some((number, code))
    });
    codes.collect()
}
