//! The grid in words: what its digits are, and each symptom as a sentence.

use super::look::Look;
use super::sentences::dated;
use crate::domain::series::stats::{day_values, mean};
use crate::domain::text::words;

/// What stands under the grid, with the sign of a day without an answer.
pub(super) fn legend(blank: &str) -> String {
    format!(
        "0 none  1 mild  2 moderate  3 severe  4 very severe  {blank} no answer\n\
         A day with several check-ins shows their mean, rounded.\n"
    )
}

/// Each symptom as a sentence: its mean, its n, and its highest day.
pub(super) fn sentences(look: &Look<'_>) -> Vec<String> {
    let (journal, span) = (look.at.journal, look.span);
    let mut lines = vec![format!(
        "Symptoms {}, {} to {}; 0 to 4, more is harder.",
        look.sight.order.label(),
        words::day(span.from),
        words::day(span.to),
    )];
    for series in look.ranked() {
        let name = series.name(journal);
        let mean = mean(journal, series, span);
        let Some(value) = mean.value else {
            lines.push(format!("{name}: no answer in {} days.", mean.of));
            continue;
        };
        let values = span.days().zip(day_values(journal, series, span));
        let days = values.filter_map(|(day, value)| Some((day, value?)));
        // Of equal days the first one: `max_by` would keep the last.
        let highest = days.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let highest = highest.map_or_else(String::new, |(day, value)| {
            format!(
                "; highest {}, first on {}",
                series.shown(value),
                dated(day, span)
            )
        });
        lines.push(format!(
            "{name}: mean {value}, {} of {} days{highest}.",
            mean.n, mean.of
        ));
    }
    lines
}
