//! The sentence that confirms a saved record, the same in every face and for every kind.
//!
//! Invariant: it names what was saved, with amount and unit where there are any, the time and day it stands for, and the way to
//! take it back.

use crate::domain::dose::Dose;
use crate::domain::dose::day_without;
use crate::domain::entry::summary;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::kind::Timing;
use crate::domain::text::words;
use crate::domain::time::{Moment, Now};

/// How a step is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TakeBack {
    /// By a key of the full screen.
    Key,
    /// By a word of plain mode.
    Word,
    /// By a verb of the command line.
    Verb,
}

impl TakeBack {
    /// "z takes it back".
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Key => "z takes it back",
            Self::Word => "undo (z) takes it back",
            Self::Verb => "`ebb undo` takes it back",
        }
    }

    /// The line with the way to take it back, as a sentence.
    pub(crate) fn after(self, line: &str) -> String {
        format!("{}; {}.", line.trim_end_matches('.'), self.words())
    }
}

/// "Saved 21:00: 6 g Leaf powder, counts for Tue 3 Nov"; of a record that this journal holds already, what it is changed to.
pub(crate) fn sentence(journal: &Journal, record: &Record, now: &Now) -> String {
    let verb = match journal.record(record.id) {
        Some(_) => "Changed",
        None => "Saved",
    };
    let what = named(journal, record);
    let today = now.today(journal.settings.day_end);
    let time = |moment: &Moment| now.manner.time(moment.wall_time());
    let Some(moment) = &record.moment else {
        return format!("{verb}: {what}");
    };
    let day = words::day_near(moment.day, today);
    match record.kind.facts().timing {
        // A visit to come is not something that counts for a day.
        Timing::Planned => format!("{verb}: {what}, {day} {}", time(moment)),
        Timing::Moment | Timing::Standing => {
            let instead = if day_without::gives_way_to(journal, record) {
                ", in the place of the day without"
            } else {
                ""
            };
            format!("{verb} {}: {what}, counts for {day}{instead}", time(moment))
        }
    }
}

/// What a record is, by amount and name: "6 g Leaf powder", "urge 3, stress".
fn named(journal: &Journal, record: &Record) -> String {
    match Dose::of(record) {
        Some(dose) => format!("{} {}", dose.text(), summary::title(journal, record)),
        None => summary::line(journal, record),
    }
}
