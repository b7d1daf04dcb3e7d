//! What lies over a screen and takes its keys: questions, lists, cards, the palette and the report.
//!
//! Most are a [`list_page::ListPage`] or, with a field that narrows the rows, a [`picker::Picker`]: such a file says its rows,
//! how a row is drawn, and what Enter and its own keys do.

pub mod attempts;
pub mod bin;
pub mod card;
pub mod event_list;
pub mod first_steps;
pub mod guide_search;
pub mod help_lines;
pub mod keys;
pub mod list_page;
pub mod note_search;
pub mod palette;
pub mod picker;
pub mod question;
pub mod report;
pub mod series_picker;
pub mod symptoms;
