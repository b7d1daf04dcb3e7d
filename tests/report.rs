//! The report: one value in three forms, with what was agreed to and nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "report/command.rs"]
mod command;
#[path = "report/forms.rs"]
mod forms;
#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;
#[path = "report/made.rs"]
mod made;
#[path = "report/value.rs"]
mod value;
