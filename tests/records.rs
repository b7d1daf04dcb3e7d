//! Records of every kind: from what was typed to the file and back, and what is worked out from them.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "records/house.rs"]
mod house;
#[path = "records/kept.rs"]
mod kept;
#[path = "records/on_the_axis.rs"]
mod on_the_axis;
#[path = "records/typed.rs"]
mod typed;
#[path = "records/worked_out.rs"]
mod worked_out;
