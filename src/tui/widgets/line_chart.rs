//! The line chart: every answer as a dot, its middle line as a fine line, and nothing else.
//!
//! ```text
//! 100┤     ┊               • day's values   ○ overall only   ⠒ middle line     ┊ day 0
//!  50┤⠑⠢⣀ •┊
//!   0┼─┬─────┬─────┬──     whole range, always from 0
//!   Mon 9   Mon 16         labels: whole or absent
//!  ╶── days 4–7 ──╴        phases
//!      n     v             event letters
//! ```
//! A second series has other marks (`×`), a dashed line and, for a different range, its own axis at the right:
//!
//! ```text
//! • Severity       Nausea ×
//! 100┤                  ├4
//!    │ •      ⠒⠒⠢⠤⠤ •   │
//!  50┤   ×  ×   •       ├2
//!   0┼──────────────────┼0
//! ```
//! Invariant: no line connects values of days that are not neighbours, or the day before a day 0 and that day. A day without an
//! answer draws nothing, least of all a 0. Without any value there are no axes.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::axis::{Columns, Scale};
use super::chart::ink::Pen;
pub(crate) use super::chart::{AxisLabel, DayMark, LineChart, Place};
#[cfg(test)]
pub(crate) use super::chart::{Band, Series};
use crate::tui::theme::Theme;

impl LineChart<'_> {
    /// Draws the chart and returns the positions of its parts; draws nothing without a value or room.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: Theme) -> Option<Place> {
        let area = area.intersection(buf.area);
        let place = self.place(area)?;
        let scale = Scale::new(self.top, place.plot.height)?;
        let second = self.second_top();
        let pen = Pen {
            place,
            scale,
            second: second.and_then(|top| Scale::new(top, place.plot.height)),
            columns: Columns::new(place.days, place.plot.width),
            theme,
        };
        // From back to front: later drawings cover earlier ones.
        pen.axes(area.x, self.labels, buf);
        pen.beginnings(self.days, buf);
        pen.series(self, buf);
        pen.under_the_axis(self, area, buf);
        pen.legend(self, area, buf);
        Some(place)
    }
}
