//! Something good: an optional line of the check-in, off at first. It is a measurement of its own, where more is better.
//!
//! Invariant: it is no symptom and no severity. It is in no index, and nothing that looks for the highest or the worst of what
//! is rated ever sees it.

use super::catalogue::CareList;
use super::measure::Measure;
use crate::domain::amount::Amount;

/// Its code among the measurements.
pub(crate) const CODE: &str = "something_good";
/// What a check-in asks.
pub(crate) const QUESTION: &str = "Something good today?";
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

/// What is said of it where it stands in files among numbers that mean the opposite.
pub(crate) fn about() -> String {
    format!(
        "{CODE} is {}: more is better, and it is no severity.",
        scale()
    )
}

/// In which unit it is written.
pub(crate) fn unit() -> &'static str {
    measure().map_or("", Measure::usual_unit)
}
