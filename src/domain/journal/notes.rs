//! The journal without its notes: for a file that somebody else will read.

use super::{Day, Journal};
use crate::domain::record::Record;

impl Journal {
    /// This journal without the notes of check-ins and of records, which `without_notes` takes out; everything else stays as it
    /// is.
    pub(crate) fn without_notes(&self, without_notes: fn(&Record) -> Record) -> Self {
        let day = |day: &Day| {
            let mut check_ins = day.check_ins.to_vec();
            for check_in in &mut check_ins {
                check_in.note = None;
            }
            // A check-in of a note alone has nothing left to say.
            check_ins.retain(|check_in| check_in.overall.is_some() || !check_in.ratings.is_empty());
            Day::new(day.date, check_ins)
        };
        let days = self.days().map(day).collect();
        let dated = self.record_days().flat_map(|date| self.records(date));
        let dated = dated.map(without_notes).collect();
        let mut journal = self
            .clone()
            .with_days(days, self.coverage)
            .with_records(dated);
        journal.standing = self.standing.iter().map(without_notes).collect();
        journal
    }
}
