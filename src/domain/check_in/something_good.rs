//! Something good: an optional line of the check-in, off at first. It is a measurement of its own, where more is better.
//!
//! Invariant: it is no symptom and no severity. It is in no index, and nothing that looks for the highest or the worst of what
//! is rated ever sees it.

use super::CheckInDraft;
use crate::domain::amount::Amount;
use crate::domain::care::catalogue::CareList;
use crate::domain::care::measure::Measure;
use crate::domain::id::EntryId;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::time::Moment;

/// Its code among the measurements.
pub(crate) const CODE: &str = "something_good";
/// What a check-in asks.
pub(crate) const QUESTION: &str = "Something good today?";
/// The highest number.
pub(crate) const TOP: u8 = 4;

fn measure() -> Option<&'static Measure> {
    CareList::built_in().measure(CODE)
}

/// The word beside a number: "a good deal".
pub(crate) fn word(number: u8) -> &'static str {
    let word = measure().and_then(|measure| measure.word(Amount::whole(u32::from(number))));
    word.unwrap_or_default()
}

/// "0 none, 1 a little, 2 some, 3 a good deal, 4 a lot".
pub(crate) fn scale() -> String {
    measure().map_or_else(String::new, Measure::scale)
}

/// The measurement that a check-in saved at `moment` brings; `None` where it was not answered. `is_alone`: there is nothing
/// else in it, so the measurement is what the draft becomes.
pub(super) fn record(draft: &CheckInDraft, moment: &Moment, is_alone: bool) -> Option<Record> {
    let number = Amount::whole(u32::from(draft.good?));
    // An answer has at most as many extras as there are symptoms, far fewer than this.
    let id = if is_alone {
        draft.id
    } else {
        EntryId::beside(draft.id, u8::MAX)
    };
    let record = Record::new(id, Kind::Measurement, Some(moment.clone()), Some(CODE));
    let unit = measure().map_or("", Measure::usual_unit);
    Some(
        record
            .with_number(key::VALUE, number)
            .with_text(key::UNIT, unit),
    )
}
