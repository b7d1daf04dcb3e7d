//! Where the person is in History: the day, the entry within it, and what is being looked for.

use crate::domain::check_in::{CheckIn, Form};
use crate::domain::entry::search;
use crate::domain::entry::search::Hit;
use crate::domain::entry::{Entry, Filter, What, days_with_entries, entries_of, event_ends};
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::record::draft::RecordDraft;
use crate::domain::text::words;
use crate::tui::effect::{Effect, Opening};
use crate::tui::shared::Shared;
use chrono::NaiveDate;
use ratatui::layout::Rect;
use std::cell::RefCell;

/// Where the arrows go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Inside {
    /// Among the days.
    #[default]
    Calendar,
    /// Among the entries of the day.
    Day,
}

/// Which way `n` and `N` go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// To earlier days.
    Back,
    /// To later days.
    On,
}

/// The hits of a search, for as long as the journal is the one that they were found in. A search of ten years takes longer than
/// a frame, and a held-down `n` asks for thirty in a second.
#[derive(Debug)]
struct Found {
    wanted: String,
    hits: Vec<Hit>,
    of: Journal,
}

impl Found {
    fn is_of(&self, wanted: &str, journal: &Journal) -> bool {
        self.wanted == wanted && self.of.has_same_days(journal)
    }
}

/// What the eye needs: the day, the entry within it, and what is looked for.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// Today when it was not moved.
    day: Option<NaiveDate>,
    /// The place of the entry within the day.
    pub(super) at: usize,
    /// How often the person read on in a day that is longer than the screen.
    pub(super) read_on: usize,
    /// Where the arrows go.
    pub(super) inside: Inside,
    /// The text that is searched.
    pub(super) wanted: Option<String>,
    /// What the last step through the hits found: the next one goes on from there.
    found: Option<Found>,
    /// The kind that is looked at.
    pub(super) filter: Filter,
    /// Where the days stood in the last frame, for the mouse.
    pub(super) seen: RefCell<Vec<(Rect, NaiveDate)>>,
    /// Where the rows of the day's entries stood in it, each with the place of its entry.
    pub(super) entries: RefCell<Vec<(Rect, usize)>>,
}

/// What is looked for in the days: some text in the notes, else a kind of entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    filter: Filter,
    text: Option<String>,
}

impl Wanted {
    /// Whether `date` is one that is looked for; every day is while nothing is.
    pub(super) fn holds(&self, date: NaiveDate, shared: &Shared) -> bool {
        match self.text.as_deref().map(search::Wanted::new) {
            Some(wanted) => shared.journal.check_ins(date).iter().any(|check_in| {
                let note = check_in.note.as_deref();
                note.is_some_and(|note| wanted.is_in(note))
            }),
            None => self.filter == Filter::All || self.filter.holds_day(&shared.journal, date),
        }
    }
}

impl History {
    /// What is looked for.
    pub(super) fn looked_for(&self) -> Wanted {
        Wanted {
            filter: self.filter,
            text: self.wanted.clone(),
        }
    }

    /// Puts the cursor on `day`, among its entries.
    pub(crate) fn show(&mut self, day: NaiveDate) {
        self.day = Some(day);
        self.inside = Inside::Calendar;
        self.stand_on(0);
    }

    /// Puts the cursor on the note that has `wanted`, which stays marked.
    pub(crate) fn show_hit(&mut self, wanted: String, hit: Hit, shared: &Shared) {
        self.wanted = Some(wanted);
        self.stand_on_hit(hit, shared);
    }

    /// The calendar, or the day.
    pub(crate) fn mode(&self) -> usize {
        usize::from(self.inside == Inside::Day)
    }

    /// Into the calendar, or into the day.
    pub(crate) fn enter(&mut self, mode: usize, shared: &Shared) {
        if mode == 0 {
            self.inside = Inside::Calendar;
            return;
        }
        let entries = entries_of(&shared.journal, self.day(shared));
        self.inside = Inside::Day;
        self.stand_on(first_check_in(&entries));
    }

    /// Looks at one kind of entry.
    pub(crate) fn look_at(&mut self, filter: Filter) {
        self.filter = filter;
    }

    /// The oldest day that can be gone to: the first that holds anything.
    pub(super) fn oldest(shared: &Shared) -> NaiveDate {
        event_ends(&shared.journal)
            .chain(shared.journal.first_day)
            .fold(shared.today(), NaiveDate::min)
    }

    /// The newest day that can be gone to: today, or an entry's day after it.
    pub(super) fn newest(shared: &Shared) -> NaiveDate {
        event_ends(&shared.journal)
            .chain(shared.journal.last_day())
            .fold(shared.today(), NaiveDate::max)
    }

    /// The day of the cursor.
    pub(super) fn day(&self, shared: &Shared) -> NaiveDate {
        let (oldest, newest) = (Self::oldest(shared), Self::newest(shared));
        // A deletion can move either end past the day that the cursor remembers.
        self.day.unwrap_or(shared.today()).clamp(oldest, newest)
    }

    /// The entry of the cursor; from the calendar, the first check-in of the day.
    pub(super) fn entry<'a>(&self, shared: &'a Shared) -> Option<Entry<'a>> {
        let entries = entries_of(&shared.journal, self.day(shared));
        let at = match self.inside {
            Inside::Day => self.at.min(entries.len().saturating_sub(1)),
            Inside::Calendar => first_check_in(&entries),
        };
        entries.into_iter().nth(at)
    }

    fn check_in<'a>(&self, shared: &'a Shared) -> Option<&'a CheckIn> {
        match self.entry(shared)?.what {
            What::CheckIn(check_in) => Some(check_in),
            What::Record(_) | What::Began(_) | What::DayZero(_) | What::Ended(..) => None,
        }
    }

    pub(super) fn go(&mut self, day: Option<NaiveDate>, shared: &Shared) {
        let (oldest, newest) = (Self::oldest(shared), Self::newest(shared));
        let day = day.unwrap_or(oldest).clamp(oldest, newest);
        self.day = Some(day);
        // On the check-in, not on a dose before it: the calendar's `e` and `x` act on it.
        self.stand_on(first_check_in(&entries_of(&shared.journal, day)));
    }

    /// Whether the calendar has a row for the week of `to`: from its last row there is no week to go on to.
    pub(super) fn has_row_of(to: NaiveDate, shared: &Shared) -> bool {
        let week = |day: NaiveDate| shared.manner().week_head(day);
        (week(Self::oldest(shared))..=week(Self::newest(shared))).contains(&week(to))
    }

    /// To the `at`-th entry of the day, at its beginning.
    pub(super) fn stand_on(&mut self, at: usize) {
        self.at = at;
        self.read_on = 0;
    }

    /// Into the day; one that is empty is filled instead.
    pub(super) fn open(&mut self, shared: &Shared) -> Vec<Effect> {
        let entries = entries_of(&shared.journal, self.day(shared));
        if entries.is_empty() {
            return self.fill(Form::Full, shared);
        }
        self.inside = Inside::Day;
        self.stand_on(first_check_in(&entries));
        Vec::new()
    }

    /// One level out: of the day, of the search, of the filter.
    pub(super) fn back(&mut self) -> Vec<Effect> {
        if self.inside == Inside::Day {
            self.inside = Inside::Calendar;
            self.read_on = 0;
            return Vec::new();
        }
        // The hits hold a journal.
        self.found = None;
        // `take` ends the search; only without a search does Esc go on to the filter.
        if self.wanted.take().is_none() {
            if self.filter == Filter::All {
                return vec![Effect::GoBack];
            }
            self.filter = Filter::All;
        }
        Vec::new()
    }

    fn stand_on_hit(&mut self, hit: Hit, shared: &Shared) {
        self.go(Some(hit.day), shared);
        let entries = entries_of(&shared.journal, hit.day);
        let at = entries.iter().position(|entry| entry.id == hit.entry);
        self.inside = Inside::Day;
        self.stand_on(at.unwrap_or(0));
    }

    /// To the next hit of the search, or the next day of the filter, around the end.
    pub(super) fn walk(&mut self, way: Way, shared: &Shared) -> Vec<Effect> {
        let notice = match self.wanted.clone() {
            Some(wanted) => self.walk_hits(&wanted, way, shared),
            None if self.filter != Filter::All => self.walk_days(way, shared),
            None => {
                "Nothing is looked for: / searches the notes, F shows one kind of entry.".to_owned()
            }
        };
        vec![Effect::Say(notice)]
    }

    fn walk_hits(&mut self, wanted: &str, way: Way, shared: &Shared) -> String {
        let journal = &shared.journal;
        let kept = self.found.take();
        let found = kept
            .filter(|found| found.is_of(wanted, journal))
            .unwrap_or_else(|| Found {
                wanted: wanted.to_owned(),
                hits: search::hits(journal, wanted),
                of: journal.clone(),
            });
        let notice = self.walk_to(&found.hits, way, shared);
        self.found = Some(found);
        notice
    }

    fn walk_to(&mut self, hits: &[Hit], way: Way, shared: &Shared) -> String {
        let here = self.entry(shared).map(|entry| entry.id);
        let day = self.day(shared);
        let on =
            |hit: &Hit| hit.day == day && Some(hit.entry) == here && self.inside == Inside::Day;
        let found = match (hits.iter().position(on), way) {
            (Some(at), Way::Back) => at.checked_add(1).filter(|at| *at < hits.len()),
            (Some(at), Way::On) => at.checked_sub(1),
            // Newest first: the first one not after this day, the last one not before it.
            (None, Way::Back) => hits.iter().position(|hit| hit.day <= day),
            (None, Way::On) => hits.iter().rposition(|hit| hit.day >= day),
        };
        let around = match way {
            Way::Back => 0,
            Way::On => hits.len().saturating_sub(1),
        };
        let Some(hit) = hits.get(found.unwrap_or(around)).copied() else {
            return "No note has this text any more; / searches for another.".to_owned();
        };
        self.stand_on_hit(hit, shared);
        let place = found.unwrap_or(around) + 1;
        let notice = format!("Note {place} of {}: {}", hits.len(), words::day(hit.day));
        with_turn(&notice, found.is_none(), way)
    }

    fn walk_days(&mut self, way: Way, shared: &Shared) -> String {
        let (oldest, newest) = (Self::oldest(shared), Self::newest(shared));
        let mut days = days_with_entries(&shared.journal, oldest, newest);
        days.retain(|day| self.filter.holds_day(&shared.journal, *day));
        let here = self.day(shared);
        let found = match way {
            Way::Back => days.iter().rposition(|day| *day < here),
            Way::On => days.iter().position(|day| *day > here),
        };
        let around = match way {
            Way::Back => days.len().saturating_sub(1),
            Way::On => 0,
        };
        let Some(day) = days.get(found.unwrap_or(around)).copied() else {
            return format!(
                "No entry is of this kind: {}. Esc shows all again.",
                self.filter.label()
            );
        };
        self.go(Some(day), shared);
        // Counted from the newest day, as the hits of a search are.
        let place = days.len() - found.unwrap_or(around);
        let notice = format!(
            "Day {place} of {} ({}): {}",
            days.len(),
            self.filter.label(),
            words::day(day)
        );
        with_turn(&notice, found.is_none(), way)
    }

    pub(super) fn edit(&self, shared: &Shared) -> Vec<Effect> {
        match self.entry(shared).map(|entry| entry.what) {
            Some(What::CheckIn(check_in)) => vec![Effect::Open(Opening::Edit(check_in.id))],
            Some(What::Record(record)) => {
                let draft = RecordDraft::of(record, self.day(shared));
                vec![Effect::Open(Opening::Record(draft))]
            }
            Some(What::Began(_) | What::DayZero(_) | What::Ended(..)) => {
                vec![Effect::Open(Opening::Attempts)]
            }
            None => self.fill(Form::Full, shared),
        }
    }

    pub(super) fn fill(&self, form: Form, shared: &Shared) -> Vec<Effect> {
        vec![Effect::Open(Opening::CheckIn {
            form,
            day: Some(self.day(shared)),
        })]
    }

    pub(super) fn delete(&self, shared: &Shared) -> Vec<Effect> {
        if let Some(What::Record(record)) = self.entry(shared).map(|entry| entry.what) {
            let change = Change::DeleteRecord(record.id);
            return vec![Effect::write(&shared.journal, change, &shared.now)];
        }
        let Some(check_in) = self.check_in(shared) else {
            let text = match self.entry(shared) {
                Some(_) => "An attempt is edited, ended or set aside with Enter.",
                None => "There is no entry on this day to delete.",
            };
            return vec![Effect::Say(text.to_owned())];
        };
        let change = Change::DeleteCheckIn(check_in.id);
        vec![Effect::write(&shared.journal, change, &shared.now)]
    }
}

fn first_check_in(entries: &[Entry<'_>]) -> usize {
    let is_check_in = |entry: &Entry<'_>| matches!(entry.what, What::CheckIn(_));
    entries.iter().position(is_check_in).unwrap_or(0)
}

/// Says it when the walk went around the end.
fn with_turn(notice: &str, turned: bool, way: Way) -> String {
    match (turned, way) {
        (false, _) => format!("{notice}."),
        (true, Way::Back) => format!("{notice}; from the newest again."),
        (true, Way::On) => format!("{notice}; from the oldest again."),
    }
}
