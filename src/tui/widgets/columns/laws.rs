//! The laws of the chart of days.
