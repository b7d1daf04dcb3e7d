//! Rows of another program's file that version 0.1.0 imported under ids of its own.
//!
//! 0.1.0 gave one id to all rows of one moment and column, so that only one of several rows was kept. Importing the same file
//! again must recognise that row and add the lost ones.
//!
//! Invariant: an entry of the journal is never changed, and a row that the journal has is not added twice.

use crate::domain::check_in::rating::Rating;
use crate::domain::check_in::severity::Totals;
use crate::domain::check_in::symptom::{Severity, SymptomKey, Symptoms};
use crate::domain::check_in::{CheckIn, Overall};
use crate::domain::id::EntryId;
use crate::domain::record::{Record, key};
use crate::domain::time::Moment;
use std::collections::{BTreeMap, HashMap};

/// Where an entry of another program's file came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Foreign {
    /// The id that version 0.1.0 gave to its row, if the journal has or had it.
    pub(crate) earlier: Option<EntryId>,
    /// Whether the row has a clock time; without one, the entry is at noon or at its part of the day.
    pub(crate) is_timed: bool,
    /// Whether the row has an offset from UTC, so that its day depends on the zone of the import.
    pub(crate) is_converted: bool,
    /// Whether version 0.1.0 read the row as another day or time.
    pub(crate) is_misread: bool,
}

/// The [`Foreign`] of a file's entries, by their ids.
pub(crate) type ForeignIds = HashMap<EntryId, Foreign>;

/// Incoming entries that the journal has under an id of version 0.1.0.
#[derive(Debug, Default)]
pub(super) struct Matches {
    /// By new id: the id of 0.1.0, and whether the entry has the same content as the row.
    ids: HashMap<EntryId, (EntryId, bool)>,
    /// How many rows 0.1.0 lost.
    pub(super) recovered: usize,
}

impl Matches {
    /// The id of this entry in the journal.
    pub(super) fn id(&self, id: EntryId) -> EntryId {
        self.ids.get(&id).map_or(id, |(earlier, _)| *earlier)
    }

    /// Whether the journal's entry has the content of the row; `None` without an id of 0.1.0.
    pub(super) fn is_same(&self, id: EntryId) -> Option<bool> {
        self.ids.get(&id).map(|(_, is_same)| *is_same)
    }

    /// Matches rows that share one id of 0.1.0: those of `open` for which `holds` is true are in the journal. Returns the
    /// places of the rows that 0.1.0 lost.
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
        // No row equals the entry, for instance after an edit here. 0.1.0 kept the last row of several.
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

/// Matches the records of `theirs` that the journal has under an id of 0.1.0. `is_known`: an id that the journal has or had.
pub(super) fn records(
    theirs: &[Record],
    foreign: &ForeignIds,
    here: &BTreeMap<EntryId, &Record>,
    is_known: impl Fn(EntryId) -> bool,
    matches: &mut Matches,
) {
    for (earlier, mut open) in groups(theirs.iter().map(|record| record.id), foreign) {
        open.retain(|(_, id)| !is_known(*id));
        let mut ours = here.get(&earlier);
        matches.settle(earlier, &open, |at| {
            let is_same = ours.is_some_and(|ours| {
                ours.says_the_same(&theirs[at]) || ours.says_the_same(&without_note(&theirs[at]))
            });
            // One record is one row: of two equal rows the second one was lost.
            ours = ours.filter(|_| !is_same);
            is_same
        });
    }
}

/// A record as 0.1.0 read it: it knew no notes of doses.
fn without_note(record: &Record) -> Record {
    let fields = record.fields.iter().filter(|(code, _)| *code != key::NOTE);
    let mut plain = Record::new(
        record.id,
        record.kind,
        record.moment.clone(),
        record.about(),
    );
    for (code, value) in fields {
        plain.fields.set(code, value.into());
    }
    plain
}

/// Whether a record says the same as the row it came from. The file can give the clock times of a sleep in another zone; they
/// are read in the zone of the import, so that another one gives other times.
pub(super) fn is_same_record(ours: &Record, theirs: &Record) -> bool {
    let offset = |record: &Record| record.moment.as_ref().map(|moment| moment.offset_min);
    ours.says_the_same(theirs)
        || offset(ours) != offset(theirs) && ours.says_the_same(&with_times_of(theirs, ours))
}

fn with_times_of(theirs: &Record, ours: &Record) -> Record {
    let mut same = theirs.clone();
    for code in [key::BED, key::ASLEEP, key::WOKE, key::UP] {
        if let (Some(time), Some(_)) = (ours.fields.value(code), theirs.fields.value(code)) {
            same.fields.set(code, time.into());
        }
    }
    same
}

/// Matches the check-ins of `theirs` that the journal has under an id of 0.1.0, and removes from the lost ones the answers
/// that 0.1.0 did keep.
pub(super) fn check_ins(
    theirs: &mut [CheckIn],
    foreign: &ForeignIds,
    here: &BTreeMap<EntryId, &CheckIn>,
    symptoms: &Symptoms,
    is_known: impl Fn(EntryId) -> bool,
    matches: &mut Matches,
) {
    for (earlier, rows) in groups(theirs.iter().map(|check_in| check_in.id), foreign) {
        let (known, open): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, id)| is_known(*id));
        let mut rest = here.get(&earlier).map(|check_in| Rest::of(check_in));
        let lost = matches.settle(earlier, &open, |at| {
            rest.as_mut().is_some_and(|rest| rest.remove(&theirs[at]))
        });
        let Some(mut rest) = rest else { continue };
        for at in known.into_iter().map(|(at, _)| at).chain(lost) {
            rest.trim(&mut theirs[at], symptoms);
        }
    }
}

/// The answers of a check-in of 0.1.0 that no row has matched yet.
struct Rest {
    ratings: BTreeMap<SymptomKey, Option<Severity>>,
    overall: Option<Overall>,
    lines: Vec<String>,
}

impl Rest {
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

    /// Removes the answers of `row` if all of them are here, so that an equal row does not match again.
    fn remove(&mut self, row: &CheckIn) -> bool {
        let mut ratings = row.ratings.iter();
        let holds_ratings =
            ratings.all(|rating| self.ratings.get(&rating.symptom) == Some(&rating.answer));
        let holds_overall = row.overall.is_none() || row.overall == self.overall;
        // 0.1.0 joined the notes of several rows line by line.
        let mut left = self.lines.clone();
        let holds_lines = lines(row.note.as_deref()).iter().all(|line| {
            let at = left.iter().position(|other| other == line);
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

    /// Removes from a row the answers that the journal has, so that only the lost ones are added. Each answer of the journal is
    /// one row's: of two rows with the same answer one has lost it.
    fn trim(&mut self, row: &mut CheckIn, symptoms: &Symptoms) {
        let ratings = row.ratings.iter().copied();
        let is_here = |rating: &Rating| self.ratings.get(&rating.symptom) == Some(&rating.answer);
        let (held, ratings): (Vec<Rating>, Vec<Rating>) = ratings.partition(is_here);
        let overall = row.overall.filter(|overall| Some(*overall) != self.overall);
        let mut left = self.lines.clone();
        let mut note = lines(row.note.as_deref());
        note.retain(|line| {
            let at = left.iter().position(|other| other == line);
            at.map(|at| left.remove(at)).is_none()
        });
        // A row with nothing left would be an empty check-in: it stays whole.
        if ratings.is_empty() && overall.is_none() && note.is_empty() {
            return;
        }
        for rating in held {
            self.ratings.remove(&rating.symptom);
        }
        if overall != row.overall {
            self.overall = None;
        }
        self.lines = left;
        row.totals = Totals::of(&ratings, symptoms);
        row.ratings = ratings.into();
        row.overall = overall;
        row.note = (!note.is_empty()).then(|| note.join("\n").into());
    }
}

fn lines(note: Option<&str>) -> Vec<String> {
    // 0.1.0 kept the line ends of the file.
    let note = note.unwrap_or_default().replace('\r', "\n");
    let lines = note.lines().filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

/// Whether two moments belong to the same row. Another program's file names no zone, so the same instant or the same wall
/// time is enough; without a time in the file, the same day is.
pub(super) fn is_same_moment(ours: &Moment, theirs: &Moment, foreign: Option<&Foreign>) -> bool {
    let Some(foreign) = foreign else {
        // A file of before, and a table of ratings, cannot say that a moment is a day alone.
        let is_untold = ours.without_time && !theirs.without_time;
        return ours == theirs || is_untold && *ours == theirs.clone().without_its_time();
    };
    ours.at_utc == theirs.at_utc
        || ours.at().naive_local() == theirs.at().naive_local()
        || (!foreign.is_timed && ours.day == theirs.day)
}

#[cfg(test)]
mod tests {
    use super::Rest;
    use crate::domain::check_in::CheckIn;
    use crate::domain::check_in::rating::Rating;
    use crate::domain::check_in::severity::Totals;
    use crate::domain::check_in::symptom::{Severity, SymptomKey, Symptoms};
    use crate::domain::id::EntryId;
    use crate::domain::time::{DayEnd, Moment, Now, Zone};
    use chrono::{DateTime, FixedOffset};

    fn check_in(ratings: &[(u16, u8)], note: Option<&str>) -> CheckIn {
        let at: DateTime<FixedOffset> = DateTime::UNIX_EPOCH.into();
        let now = Now::new(at.to_utc(), Zone::fixed(*at.offset()));
        let rating = |(symptom, answer): &(u16, u8)| Rating {
            symptom: SymptomKey(*symptom),
            answer: Severity::new(*answer),
            copied: false,
        };
        CheckIn {
            id: EntryId::from_bytes([1; 16]),
            moment: Moment::written(at, &now, DayEnd::default()),
            ratings: ratings.iter().map(rating).collect(),
            totals: Totals::default(),
            overall: None,
            note: note.map(Into::into),
            edited_utc: None,
        }
    }

    #[test]
    fn an_answer_that_0_1_0_kept_once_is_that_of_one_row_alone() {
        let symptoms = Symptoms::default();
        let mut rest = Rest::of(&check_in(&[(1, 2), (2, 1)], Some("so\r\nso")));
        let mut rows = [
            check_in(&[(1, 3), (2, 1)], Some("so\nso")),
            check_in(&[(1, 4), (2, 1)], Some("so")),
        ];
        for row in &mut rows {
            rest.trim(row, &symptoms);
        }
        assert_eq!(rows[0].ratings, check_in(&[(1, 3)], None).ratings);
        assert_eq!(rows[0].note, None);
        assert_eq!(rows[1].ratings, check_in(&[(1, 4), (2, 1)], None).ratings);
        assert_eq!(rows[1].note.as_deref(), Some("so"));
    }
}
