//! What charts of days have under and over their columns: beginnings, words under the axis, named stretches.

/// The beginning on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Beginning {
    /// Nothing: an ordinary day.
    #[default]
    None,
    /// Day 0 of an attempt: drawn as `┊`, and no line reaches into it.
    DayZero,
    /// An attempt without a known day 0: drawn as `┊` without a label, and no line reaches into it.
    Attempt,
}

/// A label under the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AxisLabel {
    /// Index of its day.
    pub(crate) day: usize,
    /// The words; drawn whole or not at all.
    pub(crate) text: String,
}

/// A named stretch of days in the strip under the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Band {
    /// Index of the first day.
    pub(crate) from: usize,
    /// Index of the last day, included.
    pub(crate) to: usize,
    /// The name.
    pub(crate) name: String,
    /// A short form where the name does not fit; may be empty.
    pub(crate) short: String,
}
