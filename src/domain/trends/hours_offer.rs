//! The offer to look at the first days by the hour: one line behind a saved check-in, once for each day 0.
//!
//! Invariant: that it was said is saved in the step of the check-in, so that taking this back takes back no setting alone.

use super::hours::DAYS;
use crate::domain::check_in::CheckIn;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::Setting;

/// The line, on the full screen.
pub(crate) const OFFER: &str =
    "Trends has these first days by the hour: `hours` in the palette (:).";
/// In plain mode.
pub(crate) const OFFER_IN_WORDS: &str =
    "Trends has these first days by the hour: trends, then hours.";
/// On the command line.
pub(crate) const OFFER_IN_SHELL: &str =
    "`ebb trend --view hours` shows these first days by the hour.";

/// What to save with the check-in among `changes` where the line belongs behind it.
pub(crate) fn beside(journal: &Journal, changes: &[Change]) -> Option<Change> {
    let check_in = changes.iter().find_map(|change| match change {
        Change::RecordCheckIn(check_in) => Some(check_in),
        _ => None,
    });
    offered(journal, check_in?).map(Change::Set)
}

/// What to save with `check_in` where the line belongs behind it: it is the second one with a time since the day 0 of its attempt.
fn offered(journal: &Journal, check_in: &CheckIn) -> Option<Setting> {
    let on = journal.attempts.on(check_in.moment.day)?;
    let zero = on.attempt.day_zero?;
    let number = (check_in.moment.day - zero).num_days();
    let is_early = usize::try_from(number).is_ok_and(|number| number < DAYS);
    if !is_early || journal.settings.hours_offered == Some(zero) {
        return None;
    }
    // One check-in is no course.
    let earlier = journal.between(zero, check_in.moment.day);
    let mut earlier = earlier.flat_map(|day| day.check_ins.iter());
    let has_other = earlier.any(|other| other.id != check_in.id && !other.moment.without_time);
    (has_other && !check_in.moment.without_time).then_some(Setting::HoursOffered(zero))
}
