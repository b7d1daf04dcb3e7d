//! Where the person is in History: the day, and the check-in within it.

use crate::domain::change::Change;
use crate::domain::check_in::{CheckIn, Form};
use crate::domain::words;
use crate::tui::effect::{Effect, Opening};
use crate::tui::shared::Shared;
use chrono::NaiveDate;

/// What the eye needs: the day, and the check-in within it.
#[derive(Debug, Default)]
pub struct History {
    /// Today when it was not moved.
    day: Option<NaiveDate>,
    /// The place of the check-in within the day.
    pub(super) at: usize,
    /// How often the person read on in a day that is longer than the screen.
    pub(super) read_on: usize,
}

impl History {
    /// Puts the cursor on `day`.
    pub fn show(&mut self, day: NaiveDate) {
        self.day = Some(day);
        self.stand_on(0);
    }

    /// The oldest day in the list: the first with an entry.
    pub(super) fn oldest(shared: &Shared) -> NaiveDate {
        shared
            .journal
            .first_day
            .unwrap_or(shared.today())
            .min(shared.today())
    }

    /// The newest day in the list: today, or an entry's day after it.
    pub(super) fn newest(shared: &Shared) -> NaiveDate {
        shared
            .journal
            .last_day()
            .unwrap_or(shared.today())
            .max(shared.today())
    }

    /// The day of the cursor.
    pub(super) fn day(&self, shared: &Shared) -> NaiveDate {
        let (oldest, newest) = (Self::oldest(shared), Self::newest(shared));
        self.day
            .unwrap_or(shared.today())
            .clamp(oldest, newest.max(oldest))
    }

    /// The check-in of the cursor.
    pub(super) fn check_in<'a>(&self, shared: &'a Shared) -> Option<&'a CheckIn> {
        let check_ins = shared.journal.check_ins(self.day(shared));
        check_ins.get(self.at.min(check_ins.len().saturating_sub(1)))
    }

    pub(super) fn go(&mut self, day: Option<NaiveDate>, shared: &Shared) {
        let (oldest, newest) = (Self::oldest(shared), Self::newest(shared));
        self.day = Some(day.unwrap_or(oldest).clamp(oldest, newest.max(oldest)));
        self.stand_on(0);
    }

    /// To the `at`-th check-in of the day, at its beginning.
    pub(super) fn stand_on(&mut self, at: usize) {
        self.at = at;
        self.read_on = 0;
    }

    pub(super) fn edit(&self, shared: &Shared) -> Vec<Effect> {
        match self.check_in(shared) {
            Some(check_in) => vec![Effect::Open(Opening::Edit(check_in.id))],
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
        let Some(check_in) = self.check_in(shared) else {
            return vec![Effect::Say(
                "There is no check-in on this day to delete.".to_owned(),
            )];
        };
        let at = check_in.moment.wall_time().format("%H:%M");
        let said = format!(
            "Deleted: check-in {at}, {}. z takes it back.",
            words::day(check_in.moment.day)
        );
        vec![Effect::Write {
            changes: vec![Change::DeleteCheckIn(check_in.id)],
            said,
        }]
    }
}
