//! Reads the rows of a damaged `SQLite` file from its bytes, without `SQLite`: bytes in, rows out.
//!
//! First it walks from the roots that the file itself names, then it looks at every page that no walk came to. Invariant: it
//! ends, and its memory stays in proportion to the file, whatever the bytes are. Only cells that a page lists are read. Free
//! space in a page and the pages of the free list never are, since deleted words may lie there.

use super::record;
use super::record::{Value, varint};
use crate::domain::order::Ordered;
use std::cell::Cell as Counter;
use std::rc::Rc;

/// The first bytes of every `SQLite` file.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// The size of a page unless the file names another one.
const USUAL_PAGE: usize = 4096;

/// The sizes that the positions in a file depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Geometry {
    page: usize,
    /// The part of a page that `SQLite` uses.
    usable: usize,
}

impl Geometry {
    const USUAL: Self = Self {
        page: USUAL_PAGE,
        usable: USUAL_PAGE,
    };

    /// The sizes that a file may have: those of its header, and the usual ones, since a header may be damaged.
    pub(super) fn candidates(bytes: &[u8]) -> Vec<Self> {
        let mut all = vec![Self::USUAL];
        let Some([high, low, _, _, reserved]) = bytes.get(16..21) else {
            return all;
        };
        let page = match u16::from_be_bytes([*high, *low]) {
            // 65536 does not fit into two bytes.
            1 => 65_536,
            page => usize::from(page),
        };
        let usable = page.saturating_sub(usize::from(*reserved));
        let own = Self { page, usable };
        if page.is_power_of_two() && page >= 512 && usable >= 480 && own != Self::USUAL {
            all.push(own);
        }
        all
    }
}

/// A row of a table, or an entry of an index.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    /// The number of a row; `None` in an index and in a table without such numbers.
    pub(super) number: Option<i64>,
    pub(super) values: Vec<Value>,
}

/// A page of a table or an index.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Page {
    /// The table or index that it was reached from, as a place in [`Contents::trees`]; `None` without a way to it.
    pub(super) tree: Option<usize>,
    /// Whether its rows have numbers.
    pub(super) is_numbered: bool,
    /// Whether it has pages below it.
    pub(super) is_inner: bool,
    children: Vec<u32>,
    pub(super) cells: Vec<Cell>,
    /// The cells that cannot be read, by their numbers where those can.
    pub(super) harmed: Vec<Option<i64>>,
}

/// A table or an index that the file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tree {
    pub(super) name: String,
    /// The table itself, or the table of the index.
    pub(super) table: String,
    /// The statement that made it; empty for an index that `SQLite` made by itself.
    pub(super) sql: String,
    root: u32,
}

/// A page that has to be there and cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gap {
    /// As [`Page::tree`].
    pub(super) tree: Option<usize>,
    /// The pages at its side, as places in [`Contents::pages`].
    pub(super) siblings: Vec<usize>,
    /// Whether the page was a root or had pages below it.
    pub(super) is_inner: bool,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Contents {
    pub(super) trees: Vec<Tree>,
    pub(super) pages: Vec<Page>,
    pub(super) gaps: Vec<Gap>,
}

impl Contents {
    /// Whether every page of a table or index was reached and every cell of it can be read.
    pub(super) fn is_whole(&self, name: &str) -> bool {
        let tree = self.trees.iter().position(|tree| tree.name == name);
        let mut pages = self.pages.iter().filter(|page| page.tree == tree);
        tree.is_some()
            && pages.all(|page| page.harmed.is_empty())
            && self.gaps.iter().all(|gap| gap.tree != tree)
    }

    /// Whether a tree, as in [`Page::tree`], is an index of `table`.
    pub(super) fn is_index(&self, tree: usize, table: &str) -> bool {
        let tree = self.trees.get(tree);
        tree.is_some_and(|tree| tree.table == table && tree.name != table)
    }

    /// The cells of the table or index with this name.
    pub(super) fn cells_of(&self, name: &str) -> impl Iterator<Item = &Cell> {
        let tree = self.trees.iter().position(|tree| tree.name == name);
        let pages = self.pages.iter();
        let pages = pages.filter(move |page| tree.is_some() && page.tree == tree);
        pages.flat_map(|page| &page.cells)
    }
}

/// Reads a file.
pub(super) fn read(bytes: &[u8], geometry: Geometry) -> Contents {
    let file = File {
        bytes,
        geometry,
        // In a sound file each page of an overflow chain belongs to one cell.
        budget: Counter::new(bytes.len()),
    };
    let count = u32::try_from(bytes.len().div_ceil(geometry.page)).unwrap_or(u32::MAX);
    // Page 0 does not exist.
    let pages: Vec<Option<Page>> = (0..=count).map(|number| file.page(number)).collect();
    let mut walk = Walk {
        seen: vec![false; pages.len()],
        pages,
        trees: vec![Tree {
            name: SCHEMA.to_owned(),
            table: SCHEMA.to_owned(),
            sql: String::new(),
            root: 1,
        }],
        lost: Vec::new(),
    };
    walk.tree(0);
    // Pages of the schema may outlive its root, which lies behind the header.
    let mut named: Vec<Tree> = walk.pages.iter().flatten().flat_map(named_trees).collect();
    named.order_by_key(|tree| tree.root);
    named.dedup_by_key(|tree| tree.root);
    walk.trees.extend(named);
    for tree in 1..walk.trees.len() {
        walk.tree(tree);
    }
    for free in file.free() {
        if let (Some(false), Some(page)) = (
            walk.seen.get(free as usize),
            walk.pages.get_mut(free as usize),
        ) {
            *page = None;
        }
    }
    walk.strays();
    walk.contents()
}

/// The table of tables.
const SCHEMA: &str = "sqlite_schema";

/// The tables and indexes that rows of the schema name.
fn named_trees(page: &Page) -> Vec<Tree> {
    let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).ok();
    let trees = page.cells.iter().filter_map(|cell| {
        let [
            Value::Text(kind),
            Value::Text(name),
            Value::Text(table),
            Value::Integer(root),
            sql @ (Value::Text(_) | Value::Null),
        ] = cell.values.as_slice()
        else {
            return None;
        };
        (kind == b"table" || kind == b"index").then_some(())?;
        Some(Tree {
            name: text(name)?,
            table: text(table)?,
            sql: match sql {
                Value::Text(sql) => text(sql)?,
                _ => String::new(),
            },
            root: u32::try_from(*root).ok().filter(|root| *root > 1)?,
        })
    });
    trees.collect()
}

/// The bytes of a file as pages.
struct File<'a> {
    bytes: &'a [u8],
    geometry: Geometry,
    /// How many bytes overflow chains may still give.
    budget: Counter<usize>,
}

impl File<'_> {
    /// The bytes of a page, fewer where the file ends within it.
    fn bytes_of(&self, number: u32) -> Option<&[u8]> {
        let at = usize::try_from(number)
            .ok()?
            .checked_sub(1)?
            .checked_mul(self.geometry.page)?;
        let end = at.checked_add(self.geometry.usable)?.min(self.bytes.len());
        self.bytes.get(at..end).filter(|page| !page.is_empty())
    }

    /// Reads a page of a table or an index; `None` for any other page.
    fn page(&self, number: u32) -> Option<Page> {
        let page = self.bytes_of(number)?;
        let start = if number == 1 { 100 } else { 0 };
        let (is_numbered, is_inner) = match page.get(start)? {
            2 => (false, true),
            5 => (true, true),
            10 => (false, false),
            13 => (true, false),
            _ => return None,
        };
        let list = start + if is_inner { 12 } else { 8 };
        let n = usize::from(word(page, start + 3)?);
        let end_of_list = list + 2 * n;
        if end_of_list > self.geometry.usable {
            return None;
        }
        let mut read = Page {
            tree: None,
            is_numbered,
            is_inner,
            children: Vec::new(),
            cells: Vec::new(),
            harmed: Vec::new(),
        };
        // Cells of a sound page do not overlap, so all of them together are no longer than the page.
        let mut room = self.geometry.usable;
        for at in (list..end_of_list).step_by(2) {
            let cell = word(page, at).map(usize::from);
            let cell = cell.filter(|cell| *cell >= end_of_list);
            let Some(cell) = cell.filter(|_| room > 0) else {
                read.harmed.push(None);
                continue;
            };
            let used = self.cell(page, cell, &mut read);
            room = room.saturating_sub(used.max(1));
        }
        if is_inner {
            read.children.extend(long(page, start + 8));
        }
        Some(read)
    }

    /// Reads the cell at `at` into `page`. Returns how many bytes of the page it takes.
    fn cell(&self, bytes: &[u8], mut at: usize, page: &mut Page) -> usize {
        let begin = at;
        if page.is_inner {
            let Some(child) = long(bytes, at) else {
                page.harmed.push(None);
                return 0;
            };
            page.children.push(child);
            at += 4;
            if page.is_numbered {
                return at - begin;
            }
        }
        let mut number = None;
        let parts = self.parts(bytes, at, page.is_numbered, &mut number);
        let read = parts.and_then(|(payload, used)| {
            Some((record::read(&self.payload(bytes, payload)?)?, used))
        });
        if let Some((values, used)) = read {
            page.cells.push(Cell { number, values });
            at - begin + used
        } else {
            page.harmed.push(number);
            parts.map_or(0, |(_, used)| used)
        }
    }

    /// The place of a cell's payload and the number of bytes that the cell takes in its page.
    fn parts(
        &self,
        bytes: &[u8],
        begin: usize,
        is_numbered: bool,
        number: &mut Option<i64>,
    ) -> Option<(Payload, usize)> {
        let (length, size) = varint(bytes.get(begin..)?)?;
        let mut at = begin + size;
        if is_numbered {
            let (value, size) = varint(bytes.get(at..)?)?;
            *number = Some(value.cast_signed());
            at += size;
        }
        let length = usize::try_from(length).ok()?;
        let payload = Payload {
            at,
            length,
            local: local(length, self.geometry.usable, is_numbered),
        };
        let overflow = if payload.local < length { 4 } else { 0 };
        Some((payload, at + payload.local + overflow - begin))
    }

    /// The bytes of a payload, with those on further pages.
    fn payload(&self, page: &[u8], payload: Payload) -> Option<Vec<u8>> {
        let Payload { at, length, local } = payload;
        let here = page.get(at..at.checked_add(local)?)?;
        if local == length {
            return Some(here.to_vec());
        }
        let budget = self.budget.get().checked_sub(length - local)?;
        self.budget.set(budget);
        let mut whole = here.to_vec();
        let mut next = long(page, at + local)?;
        while whole.len() < length {
            let page = self.bytes_of(next)?;
            let missing = length - whole.len();
            let size = missing.min(self.geometry.usable - 4);
            whole.extend_from_slice(page.get(4..4 + size)?);
            next = long(page, 0)?;
        }
        Some(whole)
    }

    /// The pages of the free list.
    fn free(&self) -> Vec<u32> {
        let mut free = Vec::new();
        // A damaged header may name any page.
        if !self.bytes.starts_with(MAGIC) {
            return free;
        }
        let most = self.bytes.len() / self.geometry.page;
        let mut trunk = long(self.bytes, 32).unwrap_or_default();
        while trunk != 0 && free.len() <= most {
            let Some(page) = self.bytes_of(trunk) else {
                break;
            };
            free.push(trunk);
            let n = long(page, 4).unwrap_or_default() as usize;
            let leaves = (0..n.min(self.geometry.usable / 4)).map(|at| long(page, 8 + 4 * at));
            free.extend(leaves.flatten());
            trunk = long(page, 0).unwrap_or_default();
        }
        free
    }
}

/// Where the bytes of a record lie.
#[derive(Clone, Copy)]
struct Payload {
    at: usize,
    length: usize,
    /// How many of them lie in the page of the cell.
    local: usize,
}

/// How many bytes of a payload lie in the page of its cell, by the rules of the file format.
fn local(length: usize, usable: usize, is_numbered: bool) -> usize {
    let most = if is_numbered {
        usable - 35
    } else {
        (usable - 12) * 64 / 255 - 23
    };
    if length <= most {
        return length;
    }
    let least = (usable - 12) * 32 / 255 - 23;
    let local = least + (length - least) % (usable - 4);
    if local <= most { local } else { least }
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(bytes.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(bytes.try_into().ok()?))
}

/// A page that could not be read, and the pages that its parent names.
struct Lost {
    tree: Option<usize>,
    siblings: Rc<[u32]>,
    is_root: bool,
}

/// The pages of a file, with what leads to them.
struct Walk {
    /// By page number.
    pages: Vec<Option<Page>>,
    /// By page number: whether a tree led to it.
    seen: Vec<bool>,
    trees: Vec<Tree>,
    lost: Vec<Lost>,
}

impl Walk {
    /// Marks the pages of a tree, from its root down.
    fn tree(&mut self, tree: usize) {
        let Some(root) = self.trees.get(tree).map(|tree| tree.root) else {
            return;
        };
        let mut kind = None;
        let mut next = vec![(root, Rc::from([]))];
        while let Some((number, siblings)) = next.pop() {
            let at = number as usize;
            if self.seen.get(at) == Some(&true) {
                continue;
            }
            // A damaged parent may name a page of another tree.
            let page = self.pages.get_mut(at).and_then(Option::as_mut);
            let page = page.filter(|page| kind.is_none_or(|kind| kind == page.is_numbered));
            let Some(page) = page else {
                self.lost.push(Lost {
                    tree: Some(tree),
                    siblings,
                    is_root: number == root,
                });
                continue;
            };
            kind = Some(page.is_numbered);
            page.tree = Some(tree);
            if let Some(seen) = self.seen.get_mut(at) {
                *seen = true;
            }
            let children: Rc<[u32]> = page.children.as_slice().into();
            next.extend(children.iter().map(|child| (*child, Rc::clone(&children))));
        }
    }

    /// Notes the missing pages below those that no tree led to.
    fn strays(&mut self) {
        let mut lost = Vec::new();
        let strays = self.pages.iter().flatten();
        for page in strays.filter(|page| page.tree.is_none() && page.is_inner) {
            let children: Rc<[u32]> = page.children.as_slice().into();
            let missing = children.iter().filter(|child| self.page(**child).is_none());
            lost.extend(missing.map(|_| Lost {
                tree: None,
                siblings: Rc::clone(&children),
                is_root: false,
            }));
        }
        self.lost.append(&mut lost);
    }

    fn page(&self, number: u32) -> Option<&Page> {
        self.pages.get(number as usize)?.as_ref()
    }

    fn contents(self) -> Contents {
        // The numbers of pages become places among those that can be read.
        let mut place = 0;
        let places: Vec<usize> = self
            .pages
            .iter()
            .map(|page| {
                let own = place;
                place += usize::from(page.is_some());
                own
            })
            .collect();
        let gaps = self.lost.iter().map(|lost| {
            let pages = lost
                .siblings
                .iter()
                .filter(|number| self.page(**number).is_some());
            // One readable sibling shows the table. A few of them are enough.
            let pages = pages.take(SIBLINGS);
            let siblings: Vec<usize> = pages
                .filter_map(|number| places.get(*number as usize).copied())
                .collect();
            let mut beside = lost.siblings.iter().filter_map(|number| self.page(*number));
            Gap {
                tree: lost.tree,
                siblings,
                // All leaves of a tree have the same depth.
                is_inner: lost.is_root || beside.any(|page| page.is_inner),
            }
        });
        Contents {
            gaps: gaps.collect(),
            trees: self.trees,
            pages: self.pages.into_iter().flatten().collect(),
        }
    }
}

/// How many pages beside a gap are looked at.
const SIBLINGS: usize = 8;
