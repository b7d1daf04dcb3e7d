//! Rows of another program's file that version 0.1.0 took in under ids of its own.
//!
//! 0.1.0 gave one id to all rows of one moment and column, so that of several rows one was kept. The row whose value is held
//! under that id is here already; the others were lost then and come in now.
//!
//! Invariant: what the journal holds is never changed by this, and a row that is here comes in no second time.

use crate::domain::check_in::severity::Totals;
use crate::domain::check_in::symptom::{Severity, SymptomKey, Symptoms};
use crate::domain::check_in::{CheckIn, Overall};
use crate::domain::id::EntryId;
use crate::domain::record::Record;
use crate::domain::time::Moment;
use std::collections::{BTreeMap, HashMap};

/// What is known of an entry that comes from another program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foreign {
    /// The id that version 0.1.0 gave to its row, if the journal has or had it.
    pub earlier: Option<EntryId>,
    /// Whether the row says a time on the clock; noon, or a part of the day, stands for one otherwise.
    pub is_timed: bool,
    /// Whether version 0.1.0 read the row as another day or time.
    pub is_misread: bool,
}

/// What is known of the entries of a file, by their ids.
pub type ForeignIds = HashMap<EntryId, Foreign>;

/// The entries that stand here under an id of version 0.1.0.
#[derive(Debug, Default)]
pub(super) struct Matched {
    /// That id, and whether the entry says what the row says.
    ids: HashMap<EntryId, (EntryId, bool)>,
    /// How many rows 0.1.0 lost.
    pub(super) recovered: usize,
}

impl Matched {
    /// The id under which an entry is to be looked for here.
    pub(super) fn id(&self, id: EntryId) -> EntryId {
        self.ids.get(&id).map_or(id, |(earlier, _)| *earlier)
    }

    /// Whether the entry here says what the row says; `None` when it has no id of 0.1.0.
    pub(super) fn is_same(&self, id: EntryId) -> Option<bool> {
        self.ids.get(&id).map(|(_, is_same)| *is_same)
    }

    /// Decides for rows that share one id of 0.1.0: those of `open` that `holds` are here. If none is, the last one is, which
    /// is what 0.1.0 kept. Answers the others.
    fn settle(
        &mut self,
        earlier: EntryId,
        open: &[(usize, EntryId)],
        mut holds: impl FnMut(usize) -> bool,
    ) -> Vec<usize> {
        let (here, mut lost): (Vec<_>, Vec<_>) = open.iter().partition(|(at, _)| holds(*at));
        for (_, id) in &here {
            self.ids.insert(*id, (earlier, true));
        }
        if here.is_empty()
            && let Some((_, id)) = lost.pop()
        {
            self.ids.insert(id, (earlier, false));
        }
        self.recovered += lost.len();
        lost.into_iter().map(|(at, _)| at).collect()
    }
}

/// Rows by the id that 0.1.0 gave them, in the order of the file.
fn groups(
    ids: impl Iterator<Item = EntryId>,
    foreign: &ForeignIds,
) -> BTreeMap<EntryId, Vec<(usize, EntryId)>> {
    let mut groups: BTreeMap<EntryId, Vec<(usize, EntryId)>> = BTreeMap::new();
    for (at, id) in ids.enumerate() {
        if let Some(earlier) = foreign.get(&id).and_then(|foreign| foreign.earlier) {
            groups.entry(earlier).or_default().push((at, id));
        }
    }
    groups
}

/// Finds the records of `theirs` that stand here under an id of 0.1.0. `is_known` tells ids that the journal has or had.
pub(super) fn records(
    theirs: &[Record],
    foreign: &ForeignIds,
    here: &BTreeMap<EntryId, &Record>,
    is_known: impl Fn(EntryId) -> bool,
    matched: &mut Matched,
) {
    for (earlier, mut open) in groups(theirs.iter().map(|record| record.id), foreign) {
        open.retain(|(_, id)| !is_known(*id));
        let mut held = here.get(&earlier);
        matched.settle(earlier, &open, |at| {
            let is_held = held.is_some_and(|held| held.says_the_same(&theirs[at]));
            // One record holds one row.
            held = held.filter(|_| !is_held);
            is_held
        });
    }
}

/// Finds the check-ins of `theirs` that stand here under an id of 0.1.0, and takes from the others what is held there.
pub(super) fn check_ins(
    theirs: &mut [CheckIn],
    foreign: &ForeignIds,
    here: &BTreeMap<EntryId, &CheckIn>,
    symptoms: &Symptoms,
    is_known: impl Fn(EntryId) -> bool,
    matched: &mut Matched,
) {
    for (earlier, rows) in groups(theirs.iter().map(|check_in| check_in.id), foreign) {
        let (known, open): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, id)| is_known(*id));
        let mut held = here.get(&earlier).map(|check_in| Held::of(check_in));
        let lost = matched.settle(earlier, &open, |at| {
            held.as_mut().is_some_and(|held| held.let_go(&theirs[at]))
        });
        let Some(held) = held else { continue };
        for at in known.into_iter().map(|(at, _)| at).chain(lost) {
            held.trim(&mut theirs[at], symptoms);
        }
    }
}

/// What a check-in of 0.1.0 holds of rows that were not found in it yet.
struct Held {
    ratings: BTreeMap<SymptomKey, Option<Severity>>,
    overall: Option<Overall>,
    lines: Vec<String>,
}

impl Held {
    fn of(check_in: &CheckIn) -> Self {
        let ratings = check_in.ratings.iter();
        Self {
            ratings: ratings
                .map(|rating| (rating.symptom, rating.answer))
                .collect(),
            overall: check_in.overall,
            lines: lines(check_in.note.as_deref()),
        }
    }

    /// Whether all that `row` says is held; it is let go then, so that an equal row is not found in it again.
    fn let_go(&mut self, row: &CheckIn) -> bool {
        let mut ratings = row.ratings.iter();
        let holds_ratings =
            ratings.all(|rating| self.ratings.get(&rating.symptom) == Some(&rating.answer));
        let holds_overall = row.overall.is_none() || row.overall == self.overall;
        let mut left = self.lines.clone();
        let holds_lines = lines(row.note.as_deref()).iter().all(|line| {
            let at = left.iter().position(|held| held == line);
            at.map(|at| left.remove(at)).is_some()
        });
        if !(holds_ratings && holds_overall && holds_lines) {
            return false;
        }
        for rating in &row.ratings {
            self.ratings.remove(&rating.symptom);
        }
        if row.overall.is_some() {
            self.overall = None;
        }
        self.lines = left;
        true
    }

    /// Takes from a row what is held, so that only what was lost comes in.
    fn trim(&self, row: &mut CheckIn, symptoms: &Symptoms) {
        let ratings = row.ratings.iter().copied();
        let ratings: Box<[_]> = ratings
            .filter(|rating| self.ratings.get(&rating.symptom) != Some(&rating.answer))
            .collect();
        let overall = row.overall.filter(|overall| Some(*overall) != self.overall);
        let mut note = lines(row.note.as_deref());
        note.retain(|line| !self.lines.contains(line));
        if ratings.is_empty() && overall.is_none() && note.is_empty() {
            return;
        }
        row.totals = Totals::of(&ratings, symptoms);
        row.ratings = ratings;
        row.overall = overall;
        row.note = (!note.is_empty()).then(|| note.join("\n").into());
    }
}

fn lines(note: Option<&str>) -> Vec<String> {
    note.unwrap_or_default()
        .lines()
        .map(str::to_owned)
        .collect()
}

/// Whether two moments are one row's. A file from elsewhere names no zone, so the same instant or the same time on the wall
/// is enough; where it says no time, the same day is.
pub(super) fn is_same_moment(ours: &Moment, theirs: &Moment, foreign: Option<&Foreign>) -> bool {
    let Some(foreign) = foreign else {
        return ours == theirs;
    };
    ours.at_utc == theirs.at_utc
        || ours.at().naive_local() == theirs.at().naive_local()
        || (!foreign.is_timed && ours.day == theirs.day)
}
