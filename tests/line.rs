//! The command line as a whole: each verb has a page that begins with words one can type, answers in one voice, and says in JSON
//! what it wrote.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "line/check_ins.rs"]
mod check_ins;
#[path = "line/documents.rs"]
mod documents;
#[path = "cli/house.rs"]
#[expect(dead_code, reason = "a part of it is used")]
mod house;
#[path = "line/json.rs"]
mod json;
#[path = "line/names.rs"]
mod names;
#[path = "line/pages.rs"]
mod pages;
#[path = "line/tree.rs"]
mod tree;
#[path = "line/typed.rs"]
mod typed;
