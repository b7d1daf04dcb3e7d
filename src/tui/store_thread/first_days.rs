//! What is read of a journal before the first frame. Its days are compared with their sums behind it, when the whole journal is
//! read.
//!
//! Invariant: the frame is the one that four weeks would give. Today draws two, and almost always these are enough for all that it
//! says; where one of its sentences may need more than a record from before them, four are read.

use crate::domain::care::medication;
use crate::domain::dose;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use crate::domain::series::default_series;
use crate::domain::series::stats::day_values;
use crate::domain::taper::plans;
use crate::domain::time::Now;
use crate::domain::time::span::Span;
use crate::domain::trends::sheet::SLEEP;
use crate::store::{Result, Store};
use crate::tui::outside::terminal;
use crate::tui::screens::today::WIDE;

/// The days that Today draws.
const FEW: u64 = 14;
/// The days that are read where it may have to look further back.
const MORE: u64 = 28;

/// Whether the screen has room for the series that stand beside the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    /// It has.
    Wide,
    /// One series stands there.
    Usual,
}

impl Room {
    /// That of the terminal. One that does not say how wide it is may be wide.
    pub(crate) fn of_terminal() -> Self {
        terminal::columns().map_or(Self::Wide, Self::of)
    }

    /// That of a screen of so many columns.
    pub(crate) const fn of(columns: u16) -> Self {
        if columns >= WIDE {
            Self::Wide
        } else {
            Self::Usual
        }
    }
}

/// Reads the days that the first frame needs. `room` is only asked where it matters.
pub(crate) fn load(store: &Store, now: &Now, room: impl FnOnce() -> Room) -> Result<Journal> {
    let journal = read(store, now, room)?;
    // What is drawn next finds the memory that the pages of the file had.
    store.forget_pages()?;
    Ok(journal)
}

fn read(store: &Store, now: &Now, room: impl FnOnce() -> Room) -> Result<Journal> {
    let journal = days(store, now, FEW)?;
    if !are_enough(&journal, now, room) {
        return days(store, now, MORE);
    }
    match with_last(store, journal, now)? {
        Some(journal) => Ok(journal),
        None => days(store, now, MORE),
    }
}

fn days(store: &Store, now: &Now, count: u64) -> Result<Journal> {
    store.load_quickly(|settings| Span::ending(now.today(settings.day_end), count).from)
}

/// Whether no day before the few could change the frame, but for what was taken last.
fn are_enough(journal: &Journal, now: &Now, room: impl FnOnce() -> Room) -> bool {
    let today = now.today(journal.settings.day_end);
    let few = Span::ending(today, FEW);
    let (has_check_ins, has_records) = lie_before(journal, few);
    if !has_check_ins && !has_records {
        return true;
    }
    let zeros = journal.attempts.days_zero();
    let has_new_zero = (zeros.iter()).any(|zero| *zero > few.from && *zero <= today);
    let has_sleep = || day_values(journal, SLEEP, few).iter().any(Option::is_some);
    // The series that stands first, and the scale of a logged one.
    default_series::is_settled(journal, today, now.manner)
        // How long ago the last entry was.
        && plans::last_entry_before(journal, today).is_some()
        && (!has_check_ins || journal.check_in_days().any(|day| day < today))
        // After a new day 0 the same days of an earlier attempt are compared.
        && !(has_new_zero && journal.attempts.iter().count() > 1)
        // How high the scale of sleep goes.
        && !(has_records && room() == Room::Wide && has_sleep())
}

/// Whether the file has check-ins and records before `few`.
fn lie_before(journal: &Journal, few: Span) -> (bool, bool) {
    let lies_before = |first: Option<_>| first.is_some_and(|first| first < few.from);
    (
        lies_before(journal.first_day),
        lies_before(journal.first_record),
    )
}

/// What was last taken is said however long ago it was.
fn is_missing(journal: &Journal, now: &Now, medication: Option<&Record>) -> bool {
    let until = now.at.timestamp();
    match medication {
        None => dose::last_dose(journal, until).is_none(),
        Some(medication) => medication::last_intake(journal, medication, until).is_none(),
    }
}

/// `journal` with the last dose, and the last intake of each medication. A person who stopped may have had the last dose weeks
/// ago, and of its days nothing else is said. `None` where these records are not enough.
fn with_last(store: &Store, journal: Journal, now: &Now) -> Result<Option<Journal>> {
    let today = now.today(journal.settings.day_end);
    let few = Span::ending(today, FEW);
    if !lie_before(&journal, few).1 {
        return Ok(Some(journal));
    }
    let before = Span::ending(today, MORE - FEW).earlier(FEW);
    let medications = medication::medications_on(&journal, today).into_iter();
    let all = medications.map(|medication| Some(medication.clone()));
    let mut found: Vec<Option<Record>> = Vec::new();
    let mut last = Vec::new();
    for what in all.chain([None]) {
        if !is_missing(&journal, now, what.as_ref()) {
            continue;
        }
        let records = match &what {
            None => store.last_records(Kind::Dose, None, before)?,
            Some(it) => store.last_records(Kind::Intake, Some(&it.id.to_string()), before)?,
        };
        if !records.is_empty() {
            found.push(what);
            last.extend(records);
        }
    }
    if last.is_empty() {
        return Ok(Some(journal));
    }
    let journal = journal.with_earlier_records(last);
    let is_missing = |what: &Option<Record>| is_missing(&journal, now, what.as_ref());
    let is_whole = !found.iter().any(is_missing);
    Ok(is_whole.then_some(journal))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::{FEW, MORE, Room, days, load};
    use crate::domain::demo::{Plan, changes};
    use crate::domain::journal::change::Change;
    use crate::domain::journal::settings::Setting;
    use crate::domain::journal::{Coverage, Journal};
    use crate::domain::record::kind::Kind;
    use crate::domain::time::span::Span;
    use crate::domain::time::{Now, Zone};
    use crate::store::{Seed, Store};
    use crate::tui::keys::Screen;
    use crate::tui::screens::today::Today;
    use crate::tui::shared::Shared;
    use crate::tui::theme::{ColourMode, Glyphs, Theme};
    use crate::tui::widgets::frame::Frame;
    use chrono::{DateTime, Days, FixedOffset, NaiveDate, TimeDelta};
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    fn at(day: i64) -> Now {
        let at: DateTime<FixedOffset> = "2026-11-22T20:00:00+01:00".parse().unwrap();
        let at = at + TimeDelta::days(day);
        Now::new(at.to_utc(), Zone::fixed(*at.offset()))
    }

    fn holding(changes: &[Change]) -> Store {
        let seed = Seed {
            now: DateTime::UNIX_EPOCH,
            journal: [7; 16],
            device: [9; 16],
        };
        let mut store = Store::in_memory(seed).unwrap();
        store.apply(changes, at(0).at.to_utc()).unwrap();
        store
    }

    fn frame(journal: Journal, now: &Now, width: u16) -> Buffer {
        let theme = Theme::new(ColourMode::Indexed, Glyphs::Unicode);
        let shared = Shared::on_paper(journal, now.clone(), theme);
        let area = Rect::new(0, 0, width, 60);
        let mut frame = Frame::blank(area);
        Today::default().view(&shared, &mut frame, area);
        frame.into_buffer()
    }

    fn first(store: &Store, now: &Now, width: u16) -> Buffer {
        let journal = load(store, now, || Room::of(width)).unwrap();
        frame(journal, now, width)
    }

    fn of_days(store: &Store, now: &Now, count: u64, width: u16) -> Buffer {
        frame(days(store, now, count).unwrap(), now, width)
    }

    #[test]
    fn the_first_frame_is_the_one_of_four_weeks_on_every_day_of_a_journal() {
        let heavy = Plan {
            a_day: Some(4),
            ..Plan::usual(60, 3)
        };
        for (plan, step) in [
            (Plan::usual(150, 7), 4),
            (Plan::usual(90, 2), 3),
            (heavy, 7),
        ] {
            let store = holding(&changes(plan, &at(0)));
            for day in (-i64::from(plan.days)..40).step_by(step) {
                for width in [120, 170] {
                    let now = at(day);
                    let expected = of_days(&store, &now, MORE, width);
                    assert_eq!(first(&store, &now, width), expected, "{day} {width}");
                }
            }
        }
    }

    #[test]
    fn two_weeks_are_read_of_a_journal_that_is_kept() {
        let store = holding(&changes(Plan::usual(150, 7), &at(0)));
        let journal = load(&store, &at(0), || Room::Usual).unwrap();
        let from = Span::ending(at(0).at.date_naive(), FEW).from;
        assert_eq!(journal.coverage, Coverage::Since(from));
    }

    /// The made-up journal without what `is_left_out` names.
    fn without(is_left_out: impl Fn(&Change, NaiveDate) -> bool) -> Store {
        let mut all = changes(Plan::usual(150, 7), &at(0));
        let few = Span::ending(at(0).at.date_naive(), FEW).from;
        all.retain(|change| !is_left_out(change, few));
        holding(&all)
    }

    /// Fails unless two weeks would draw another frame than four, and the first frame is that of four.
    fn needs_more(store: &Store, width: u16) {
        let expected = of_days(store, &at(0), MORE, width);
        assert_ne!(of_days(store, &at(0), FEW, width), expected);
        assert_eq!(first(store, &at(0), width), expected);
    }

    #[test]
    fn more_is_read_where_the_last_check_in_lies_further_back() {
        let store = without(|change, few| match change {
            Change::RecordCheckIn(check_in) => check_in.moment.day >= few,
            _ => false,
        });
        needs_more(&store, 120);
    }

    #[test]
    fn more_is_read_where_few_days_have_a_severity() {
        let mut all = changes(Plan::usual(150, 7), &at(0));
        let few = Span::ending(at(0).at.date_naive(), FEW).from;
        for change in &mut all {
            if let Change::RecordCheckIn(check_in) = change
                && check_in.moment.day >= few
            {
                check_in.ratings = check_in.ratings.iter().take(3).copied().collect();
                check_in.totals = crate::domain::check_in::severity::Totals::default();
            }
        }
        needs_more(&holding(&all), 120);
    }

    fn is_of(change: &Change, kind: Kind) -> bool {
        matches!(change, Change::Record(record) if record.kind == kind)
    }

    #[test]
    fn more_is_read_where_the_last_intake_or_dose_lies_further_back() {
        for kind in [Kind::Intake, Kind::Dose] {
            let heavy = Plan {
                a_day: Some(4),
                ..Plan::usual(60, 3)
            };
            let mut all = changes(heavy, &at(0));
            let few = Span::ending(at(0).at.date_naive(), FEW).from;
            all.retain(|change| match change {
                Change::Record(record) if record.kind == kind => {
                    record.day().is_some_and(|day| day < few)
                }
                _ => true,
            });
            assert!(all.iter().any(|change| is_of(change, kind)));
            needs_more(&holding(&all), 120);
        }
    }

    #[test]
    fn more_is_read_for_the_scale_of_a_favourite_that_is_logged() {
        let mut all = changes(Plan::usual(150, 7), &at(0));
        all.push(Change::Set(Setting::FavouriteSeries(vec![
            "urges".to_owned(),
        ])));
        let store = holding(&all);
        let journal = load(&store, &at(0), || Room::Usual).unwrap();
        let from = Span::ending(at(0).at.date_naive(), MORE).from;
        assert_eq!(journal.coverage, Coverage::Since(from));
    }

    #[test]
    fn more_is_read_where_an_earlier_attempt_is_compared() {
        let few = Span::ending(at(0).at.date_naive(), FEW).from;
        let mut all = changes(Plan::usual(150, 7), &at(0));
        let zeros = [few - Days::new(12), few + Days::new(8)];
        let mut attempts: Vec<_> = all
            .iter_mut()
            .filter_map(|change| match change {
                Change::RecordAttempt(attempt) => Some(attempt),
                _ => None,
            })
            .collect();
        let from = attempts.len() - 2;
        for (attempt, zero) in attempts[from..].iter_mut().zip(zeros) {
            (attempt.began, attempt.day_zero, attempt.ended) = (zero, Some(zero), None);
        }
        needs_more(&holding(&all), 120);
    }
}
