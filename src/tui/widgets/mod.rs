//! Pieces that screens draw with.
//!
//! Invariant: each draws in any area from 0×0 to 500×500, writes inside it alone, cuts text by grapheme clusters and ends
//! what it cut with an ellipsis; text reaches the buffer through [`text`], which lets nothing through that steers a terminal.
pub mod axis;
pub mod canvas;
pub mod chart;
pub mod chart_foot;
pub mod chart_ink;
pub mod chart_legend;
pub mod field_rows;
pub mod footer;
pub mod form_field;
pub mod form_page;
pub mod heat_grid;
pub mod line_chart;
pub mod list;
pub mod marks;
pub mod month_grid;
pub mod panel;
pub mod popup;
pub mod sections;
pub mod sparkline;
pub mod staircase;
pub mod tabs;
pub mod text;
pub mod text_field;

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test may stop at the first surprise")]
mod chart_laws;
#[cfg(test)]
mod every_size;
#[cfg(test)]
mod field_laws;
#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test may stop at the first surprise")]
mod grid_laws;
#[cfg(test)]
mod picture;
#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test may stop at the first surprise")]
mod series_laws;
