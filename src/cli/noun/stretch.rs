//! Which entries a list shows: the days, and how many of the last.

use crate::cli::failure::Outcome;
use crate::cli::session::Session;
use crate::domain::journal::Journal;
use chrono::NaiveDate;

/// How many entries are listed unless more are wanted.
const LAST: usize = 20;

/// The days and the number of entries of a list.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Stretch {
    /// The first day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(super) from: Option<String>,
    /// The last day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(super) to: Option<String>,
    /// How many of the last
    #[arg(short = 'n', long = "last", value_name = "N")]
    pub(super) last: Option<usize>,
    /// All of them, not the last ones alone
    #[arg(long)]
    pub(super) all: bool,
}

/// Days, both included.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Days {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Days {
    /// Whether an entry of `day` is meant; one without a day always is.
    pub(crate) fn holds(self, day: Option<NaiveDate>) -> bool {
        let is_in = |day: NaiveDate| {
            self.from.is_none_or(|from| day >= from) && self.to.is_none_or(|to| day <= to)
        };
        day.is_none_or(is_in)
    }
}

impl Stretch {
    /// The days that a list is about.
    pub(crate) fn days(&self, journal: &Journal, session: &Session) -> Outcome<Days> {
        let day_end = journal.settings.day_end;
        let (from, to) = session.range(self.from.as_deref(), self.to.as_deref(), day_end)?;
        Ok(Days { from, to })
    }

    /// Whether days are named.
    pub(crate) const fn is_of_days(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// The last of `entries` that are to be shown.
    pub(crate) fn last_of<T>(&self, mut entries: Vec<T>) -> Vec<T> {
        let most = match self.last {
            Some(last) => last,
            None if self.all || self.is_of_days() => usize::MAX,
            None => LAST,
        };
        let over = entries.len().saturating_sub(most);
        entries.drain(..over);
        entries
    }
}
