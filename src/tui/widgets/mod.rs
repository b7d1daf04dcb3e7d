//! Pieces that screens draw with.
//!
//! Invariant: each draws in any area from 0×0 to 500×500, writes inside it alone, cuts text by grapheme clusters and ends
//! what it cut with an ellipsis; text reaches the buffer through [`text`], which lets nothing through that steers a terminal.
pub(crate) mod axis;
pub(crate) mod chart;
pub(crate) mod columns;
pub(crate) mod field_rows;
pub(crate) mod footer;
pub(crate) mod form_field;
pub(crate) mod form_page;
pub(crate) mod frame;
pub(crate) mod heat_grid;
pub(crate) mod lanes;
pub(crate) mod list;
pub(crate) mod marks;
pub(crate) mod month_grid;
pub(crate) mod panel;
pub(crate) mod popup;
pub(crate) mod rating;
pub(crate) mod secret_field;
pub(crate) mod sections;
pub(crate) mod sparkline;
pub(crate) mod tabs;
pub(crate) mod text;
pub(crate) mod text_field;

#[cfg(test)]
mod every_size;
#[cfg(test)]
mod field_laws;
#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test may stop at the first surprise")]
mod grid_laws;
#[cfg(test)]
mod picture;
