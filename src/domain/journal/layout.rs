//! How much of a check-in a file can hold.
//!
//! Invariant: what a layout cannot hold is no difference, and what it can hold is compared.

use crate::domain::check_in::CheckIn;
use crate::domain::order::Gathered;

/// How much of a check-in a file can hold. What it cannot hold is no difference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Layout {
    /// All of it.
    #[default]
    Whole,
    /// Answered ratings, overall and note: no zone, no marks for what was copied or left blank.
    CheckIns,
    /// Answered ratings alone.
    Ratings,
}

impl Layout {
    /// Whether two check-ins are the same as far as the layout goes; `None` where it holds everything.
    pub(super) fn is_same(self, ours: &CheckIn, theirs: &CheckIn) -> Option<bool> {
        if self == Self::Whole {
            return None;
        }
        let answers = |check_in: &CheckIn| {
            let ratings = check_in.ratings.iter();
            let answered = ratings.filter_map(|rating| Some((rating.symptom, rating.answer?)));
            answered.gather_map()
        };
        let others = |check_in: &CheckIn| (check_in.overall, check_in.note.clone());
        let moment = |check_in: &CheckIn| {
            let moment = &check_in.moment;
            // The file has the day it counts for and the time on the wall; the date on the calendar follows from them, except
            // where the person chose another day.
            let wall = moment.at().time();
            (moment.day, wall, moment.offset_min, moment.late)
        };
        let is_same = moment(ours) == moment(theirs)
            && answers(ours) == answers(theirs)
            && (self == Self::Ratings || others(ours) == others(theirs));
        Some(is_same)
    }
}
