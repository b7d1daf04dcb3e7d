//! The rows of the Care screen, section by section, read from the journal.
//!
//! Invariant: a section always has a row: where nothing is kept yet, the one that says what it is for.

use crate::domain::care::visit::is_asked;
use crate::domain::care::{measurement, medication, practice_log, urge, visit};
use crate::domain::entry::summary;
use crate::domain::id::EntryId;
use crate::domain::order::Ordered;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::tui::shared::Shared;
use crate::tui::theme::Glyph;
use chrono::NaiveDate;

/// Days whose urges are counted by hour, and whose practices count as recent.
pub(super) const RECENT_DAYS: u64 = 90;
/// Practices in the list at most.
// Favourites are never cut, even where they are more than this.
const PRACTICES: usize = 8;
/// Urges in the list, and visits that have passed.
const LATELY: usize = 2;

/// A part of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Section {
    /// What the person takes.
    #[default]
    Medicines,
    /// What the person wants to think of every day.
    Routine,
    /// What is done for oneself.
    Practices,
    /// Cravings.
    Urges,
    /// Numbers.
    Measurements,
    /// Visits and their questions.
    Visits,
    /// What spans time.
    Treatments,
    /// Whom to turn to.
    People,
    /// Why.
    Reasons,
    /// How things stood when the attempt began.
    Baseline,
}

impl Section {
    /// All of them, from the top.
    pub(super) const ALL: [Self; 10] = [
        Self::Medicines,
        Self::Routine,
        Self::Practices,
        Self::Urges,
        Self::Measurements,
        Self::Visits,
        Self::Treatments,
        Self::People,
        Self::Reasons,
        Self::Baseline,
    ];

    /// Its heading.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Medicines => "Medicines",
            Self::Routine => "Routine today",
            Self::Practices => "Practices",
            Self::Urges => "Urges",
            Self::Measurements => "Measurements",
            Self::Visits => "Visits",
            Self::Treatments => "Treatments",
            Self::People => "People and services",
            Self::Reasons => "Reasons",
            Self::Baseline => "How it began",
        }
    }

    /// What it is for and which key adds, where nothing is kept yet.
    pub(super) const fn invitation(self) -> &'static str {
        match self {
            Self::Medicines => "What you take: a adds one.",
            Self::Routine => "For each day: a adds one.",
            Self::Practices => "What does you good: a logs one.",
            Self::Urges => "When they come: a notes one.",
            Self::Measurements => "Sleep, weight: a notes one.",
            Self::Visits => "a adds a visit, n a question.",
            Self::Treatments => "Therapy, a stay: a adds one.",
            Self::People => "Whom to turn to: a adds one.",
            Self::Reasons => "Why you do this: a adds one.",
            Self::Baseline => "What you used then: a notes it.",
        }
    }

    /// Its rows among those of all sections.
    pub(super) fn among(self, rows: &[Vec<Row>]) -> &[Row] {
        let at = Self::ALL.iter().position(|section| *section == self);
        at.and_then(|at| rows.get(at)).map_or(&[], Vec::as_slice)
    }

    /// Its rows.
    pub(super) fn rows(self, shared: &Shared) -> Vec<Row> {
        let rows = match self {
            Self::Medicines => medicines(shared),
            Self::Routine => routine(shared),
            Self::Practices => practices(shared),
            Self::Urges => urges(shared),
            Self::Measurements => measurements(shared),
            Self::Visits => visits(shared),
            Self::Treatments => treatments(shared),
            Self::People => standing(Kind::Contact, key::ROLE, shared),
            Self::Reasons => standing(Kind::Reason, "", shared),
            Self::Baseline => baseline(shared),
        };
        if rows.is_empty() {
            return vec![Row::new(Item::Nothing, self.invitation(), "")];
        }
        rows
    }
}

/// What a row stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// A record.
    Record(EntryId),
    /// A practice, by code.
    Practice(String),
    /// Something measured, by code, with its last record.
    Measure(String, EntryId),
    /// Urges by hour of day.
    Hours,
    /// What was noted to have helped.
    Helped,
    /// Nothing is kept yet.
    Nothing,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) item: Item,
    /// Done or not, where that is a question.
    pub(super) mark: Option<Glyph>,
    pub(super) name: String,
    /// Stands at the right.
    pub(super) fact: String,
    /// Belongs to the row above it.
    pub(super) is_inner: bool,
}

impl Row {
    fn new(item: Item, name: impl Into<String>, fact: impl Into<String>) -> Self {
        Self {
            item,
            mark: None,
            name: name.into(),
            fact: fact.into(),
            is_inner: false,
        }
    }

    fn marked(mut self, is_done: bool) -> Self {
        self.mark = Some(if is_done { Glyph::Check } else { Glyph::Middle });
        self
    }

    fn inner(mut self) -> Self {
        self.is_inner = true;
        self
    }
}

/// The last days whose urges and practices are looked at.
pub(super) fn recently(shared: &Shared) -> Span {
    Span::ending(shared.today(), RECENT_DAYS)
}

/// "08:12" of a record of today, "yesterday" or its day of another.
pub(super) fn when(record: &Record, shared: &Shared) -> String {
    let today = shared.today();
    match &record.moment {
        Some(moment) if moment.day == today => shared.manner().time_of(moment),
        Some(moment) => brief_day(moment.day, today),
        None => String::new(),
    }
}

/// "yesterday", "Fri 20 Nov", with the year where it is another.
pub(super) fn brief_day(day: NaiveDate, today: NaiveDate) -> String {
    use chrono::Datelike as _;
    match (today - day).num_days() {
        -1..=1 => words::relative_day(day, today),
        _ if day.year() == today.year() => words::short_day(day),
        _ => words::day(day),
    }
}

fn medicines(shared: &Shared) -> Vec<Row> {
    let (journal, today) = (&shared.journal, shared.today());
    let now = medication::medications_on(journal, today);
    let all = journal.standing(Kind::Medication);
    // Medicines in use come first. A stopped one stays, so that its last day can be corrected.
    let ended = all.into_iter().filter(|record| record.is_over(today));
    let fact = |record: &Record| {
        if let Some(stop) = record.last_day() {
            return format!("until {}", brief_day(stop, today));
        }
        let last = medication::intakes_of(journal, record).next_back();
        last.map_or_else(
            || "nothing noted yet".to_owned(),
            |last| {
                let state = if last.is_taken() { "taken" } else { "skipped" };
                format!("{state} {}", when(last.record, shared))
            },
        )
    };
    let row = |record: &Record| {
        Row::new(
            Item::Record(record.id),
            summary::title(journal, record),
            fact(record),
        )
    };
    now.iter().copied().map(row).chain(ended.map(row)).collect()
}

fn routine(shared: &Shared) -> Vec<Row> {
    let today = shared.today();
    let planned = practice_log::routine_on(&shared.journal, today).into_iter();
    let row = |planned: crate::domain::care::practice_log::RoutineItem<'_>| {
        let times: Vec<String> = planned.done.iter().map(|done| when(done, shared)).collect();
        let fact = if times.is_empty() {
            "open".to_owned()
        } else {
            format!("done {}", times.join(", "))
        };
        let item = Item::Practice(planned.practice.code);
        Row::new(item, planned.practice.name, fact).marked(!times.is_empty())
    };
    planned.map(row).collect()
}

fn practices(shared: &Shared) -> Vec<Row> {
    let journal = &shared.journal;
    let favourites = &journal.settings.favourite_practices;
    let mut at_hand = practice_log::at_hand(journal, recently(shared));
    // What stands in the routine stands there alone, unless it was put first.
    let routine = &journal.settings.routine;
    at_hand.retain(|held| favourites.contains(&held.code) || !routine.contains(&held.code));
    let row = |practice: crate::domain::care::practice::Practice| {
        let last = practice_log::times_of(journal, &practice.code).next_back();
        let last = last.map_or_else(String::new, |last| when(last, shared));
        let fact = match (favourites.contains(&practice.code), last.is_empty()) {
            (true, true) => "favourite".to_owned(),
            (true, false) => format!("favourite, {last}"),
            (false, _) => last,
        };
        Row::new(Item::Practice(practice.code), practice.name, fact)
    };
    let most = PRACTICES.max(favourites.len());
    at_hand.into_iter().take(most).map(row).collect()
}

fn urges(shared: &Shared) -> Vec<Row> {
    let journal = &shared.journal;
    let urges: Vec<&Record> = journal.records_of(Kind::Urge).rev().take(LATELY).collect();
    // Without an urge the section shows its invitation, not a count of empty hours.
    if urges.is_empty() {
        return Vec::new();
    }
    let hours = urge::by_hour(journal, recently(shared));
    let n: usize = hours.iter().map(|hour| hour.n).sum();
    let mut rows = vec![Row::new(
        Item::Hours,
        "By hour of day",
        format!("{n} in {RECENT_DAYS} days"),
    )];
    let helped = urge::what_helped(journal);
    if let Some((most, n)) = helped.first() {
        rows.push(Row::new(
            Item::Helped,
            "What helped",
            format!("{most} ({n} in all)"),
        ));
    }
    let row = |urge: &&Record| {
        Row::new(
            Item::Record(urge.id),
            words::sentence_head(&summary::line(journal, urge)),
            when(urge, shared),
        )
    };
    rows.extend(urges.iter().map(row));
    rows
}

/// The value of a measurement, without its name.
pub(super) fn value(record: &Record, shared: &Shared) -> String {
    let (notice, title) = (
        summary::line(&shared.journal, record),
        summary::title(&shared.journal, record),
    );
    // The row's name is the title already.
    let value = notice.strip_prefix(&title).unwrap_or(&notice);
    value.trim_start_matches([',', ' ']).to_owned()
}

fn measurements(shared: &Shared) -> Vec<Row> {
    let journal = &shared.journal;
    let row = |record: &Record| {
        let item = Item::Measure(record.about().unwrap_or_default().to_owned(), record.id);
        let fact = format!("{}, {}", value(record, shared), when(record, shared));
        Row::new(item, summary::title(journal, record), fact)
    };
    measurement::latest(journal).into_iter().map(row).collect()
}

fn visits(shared: &Shared) -> Vec<Row> {
    let (journal, today, now) = (&shared.journal, shared.today(), shared.now.at.timestamp());
    let question = |question: &Record| {
        let is_asked = is_asked(question);
        let fact = if is_asked { "asked" } else { "to ask" };
        Row::new(
            Item::Record(question.id),
            summary::title(journal, question),
            fact,
        )
        .marked(is_asked)
        .inner()
    };
    let mut rows = Vec::new();
    let mut gathered = visit::questions_gathered(journal, now);
    for visit in visit::ahead(journal, now) {
        let at = visit.moment.as_ref().map(|moment| {
            let time = shared.manner().time_of(moment);
            format!(
                "{} {time}",
                if moment.day == today {
                    "today".to_owned()
                } else {
                    brief_day(moment.day, today)
                }
            )
        });
        rows.push(Row::new(
            Item::Record(visit.id),
            summary::title(journal, visit),
            at.unwrap_or_default(),
        ));
        let mut questions = visit::questions_of(journal, visit);
        // `append` empties the list, so only the first visit ahead gets the questions of no visit.
        questions.append(&mut gathered);
        rows.extend(questions.into_iter().map(question));
    }
    // Without a visit to stand under, they stand for themselves.
    rows.extend(gathered.into_iter().map(|held| Row {
        is_inner: false,
        ..question(held)
    }));
    for visit in visit::past(journal, now).take(LATELY) {
        let fact = format!("was {}", when(visit, shared));
        rows.push(Row::new(
            Item::Record(visit.id),
            summary::title(journal, visit),
            fact,
        ));
        rows.extend(
            visit::questions_of(journal, visit)
                .into_iter()
                .map(question),
        );
    }
    rows
}

fn treatments(shared: &Shared) -> Vec<Row> {
    let (journal, today) = (&shared.journal, shared.today());
    let mut all = journal.standing(Kind::Treatment);
    // The sort is stable: treatments that go on come first, each group in the journal's order.
    all.order_by_key(|record| record.is_over(today));
    let row = |record: &Record| {
        let fact = match (record.first_day(), record.last_day()) {
            (_, Some(last)) => format!("until {}", brief_day(last, today)),
            (Some(first), None) => format!("since {}", brief_day(first, today)),
            (None, None) => String::new(),
        };
        Row::new(
            Item::Record(record.id),
            summary::title(journal, record),
            fact,
        )
    };
    all.into_iter().map(row).collect()
}

fn standing(kind: Kind, fact: &str, shared: &Shared) -> Vec<Row> {
    let records = shared.journal.standing(kind).into_iter();
    let row = |record: &Record| {
        let fact = record.text(fact).unwrap_or_default();
        Row::new(
            Item::Record(record.id),
            summary::title(&shared.journal, record),
            fact,
        )
    };
    records.map(row).collect()
}

/// What was noted about the beginning of the open attempt.
pub(super) fn baseline_of_open(shared: &Shared) -> Option<&Record> {
    let open = shared.journal.attempts.open(shared.today())?;
    let id = open.attempt.id.to_string();
    let all = shared.journal.standing(Kind::Baseline);
    all.into_iter().rfind(|record| record.about() == Some(&id))
}

fn baseline(shared: &Shared) -> Vec<Row> {
    let Some(open) = shared.journal.attempts.open(shared.today()) else {
        let text = "No attempt is open; s on Today begins one.";
        return vec![Row::new(Item::Nothing, text, "")];
    };
    let noted = baseline_of_open(shared);
    let name = format!("Attempt {}", open.number);
    noted
        .map(|record| Row::new(Item::Record(record.id), name, "noted"))
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Item, Section, brief_day};
    use crate::domain::journal::Journal;
    use crate::domain::time::{Now, Zone};
    use crate::tui::shared::Shared;
    use crate::tui::theme::Theme;
    use chrono::{DateTime, NaiveDate};

    fn empty() -> Shared {
        let zone = Zone::fixed(*DateTime::UNIX_EPOCH.fixed_offset().offset());
        let now = Now::new(DateTime::UNIX_EPOCH, zone);
        Shared::on_paper(Journal::default(), now, Theme::default())
    }

    #[test]
    fn a_section_without_anything_says_what_it_is_for() {
        let shared = empty();
        for section in Section::ALL {
            let rows = section.rows(&shared);
            assert_eq!(rows.len(), 1, "{}", section.name());
            assert_eq!(rows[0].item, Item::Nothing);
            assert!(rows[0].name.ends_with('.'));
            // What the list at 80 columns has room for.
            assert!(section.invitation().len() <= 31, "{}", section.name());
        }
    }

    #[test]
    fn a_day_is_named_by_how_near_it_is() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let today = day("2026-11-22");
        assert_eq!(brief_day(day("2026-11-21"), today), "yesterday");
        assert_eq!(brief_day(day("2026-11-19"), today), "Thu 19 Nov");
        assert_eq!(brief_day(day("2025-11-19"), today), "Wed 19 Nov 2025");
    }
}
