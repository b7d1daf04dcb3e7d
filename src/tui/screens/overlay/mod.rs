//! What lies over a screen and takes its keys: questions, lists, cards, the palette and the report.
//!
//! Most are a `list_page::ListPage` or, with a field that narrows the rows, a `picker::Picker`: such a file says its rows,
//! how a row is drawn, and what Enter and its own keys do.

pub mod actions;
pub(crate) mod attempts;
pub(crate) mod bin;
pub(crate) mod card;
pub(crate) mod data;
pub(crate) mod event_list;
pub(crate) mod first_steps;
pub(crate) mod guide_search;
pub(crate) mod help_lines;
pub(crate) mod import;
pub(crate) mod keys;
pub(crate) mod list_page;
pub(crate) mod note_search;
pub mod palette;
pub(crate) mod picker;
pub(crate) mod question;
pub(crate) mod report;
pub(crate) mod series_picker;
pub(crate) mod symptoms;
