//! Where the axis of Trends ends: by what is drawn, growing at once while the person pages, shrinking only when asked.
//!
//! Invariant: nothing that is drawn reaches beyond it.

use super::charted;
use crate::domain::series::Series;
use crate::domain::trends::sight::Sight;
use crate::domain::trends::view::View;
use crate::tui::shared::Shared;
use crate::tui::widgets::columns::scale::{Way, beside, end_for, text_of};

/// The end that was reached so far.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Axis {
    kept: Option<Kept>,
}

#[derive(Debug, Clone, Copy)]
struct Kept {
    view: View,
    series: Series,
    end: f64,
}

impl Axis {
    /// The end for the days in sight.
    pub(super) fn end(self, sight: &Sight, shared: &Shared) -> f64 {
        let needed = needed(sight, shared);
        let series = sight.series(shared.basis());
        let kept = self
            .kept
            .filter(|kept| kept.view == sight.view && kept.series == series);
        kept.map_or(needed, |kept| kept.end.max(needed))
    }

    /// Keeps the end in mind, so that it doesn't shrink while the person pages.
    pub(super) fn keep(&mut self, sight: &Sight, shared: &Shared) {
        if sight.view.is_chart() {
            self.kept = Some(Kept {
                view: sight.view,
                series: sight.series(shared.basis()),
                end: self.end(sight, shared),
            });
        }
    }

    /// Lets it fit the days in sight again.
    pub(super) const fn fit(&mut self) {
        self.kept = None;
    }

    /// Moves the end; says why where it stays.
    pub(super) fn turn(&mut self, way: Way, sight: &Sight, shared: &Shared) -> Result<(), String> {
        let series = sight.series(shared.basis());
        let full = series.top(&shared.journal);
        let next = beside(full, self.end(sight, shared), way);
        let Some(end) = next.filter(|end| *end >= needed(sight, shared)) else {
            return Err(match way {
                Way::Less => "A lower end would cut off what is drawn.".to_owned(),
                Way::More => "The axis shows the whole range.".to_owned(),
            });
        };
        self.kept = Some(Kept {
            view: sight.view,
            series,
            end,
        });
        Ok(())
    }
}

/// The end that the days in sight need.
fn needed(sight: &Sight, shared: &Shared) -> f64 {
    let full = sight.series(shared.basis()).top(&shared.journal);
    end_for(full, charted::highest(sight, shared))
}

/// "0 to 75 of 100", and the same in fewer cells; without "of" where it ends with the scale.
pub(super) fn words(end: f64, full: f64) -> [String; 2] {
    let (end, full) = (text_of(end), text_of(full));
    if end == full {
        return [format!("0 to {end}"), format!("0\u{2013}{end}")];
    }
    [
        format!("0 to {end} of {full}"),
        format!("0\u{2013}{end} of {full}"),
    ]
}
