//! What happens rather than is rated: days without, sleeps that add up, counts and their comparisons.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod app;
mod support;

#[path = "events/counted.rs"]
mod counted;
#[path = "events/days_without.rs"]
mod days_without;
#[path = "events/ground.rs"]
mod ground;
#[path = "events/sleeps.rs"]
mod sleeps;
#[path = "events/unchanged.rs"]
mod unchanged;
