//! How high the series of records go and how many days have each: of every month, and put together.

use super::by_day::by_month::ByMonth;
use crate::domain::record::Record;
use std::sync::Arc;

/// How high a series goes in some days, and how many of them have a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reach {
    /// Its place among all series of records.
    pub(crate) place: usize,
    /// Days with a value.
    pub(crate) days: usize,
    /// The highest value.
    pub(crate) most: f64,
}

/// The reaches of all series that have a value.
pub(crate) struct Scales {
    /// What stands for itself, by which the series are told apart.
    pub(crate) standing: Arc<[Record]>,
    /// Those of each month.
    pub(crate) months: ByMonth<Arc<[Reach]>>,
    /// Those of the whole journal, by place.
    pub(crate) whole: Vec<Reach>,
}
