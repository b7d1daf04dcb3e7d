//! Two and three journals become one: the same state in every order and grouping, and again when repeated.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "merging/house.rs"]
mod house;
#[path = "merging/laws.rs"]
mod laws;
#[path = "merging/lived.rs"]
mod lived;
#[path = "merging/years.rs"]
mod years;
