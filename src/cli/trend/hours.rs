//! The first four days by the hour in text: an entry a line, in order.

use super::look::Look;
use crate::domain::text::words;
use crate::domain::trends::hours::{GOES_ON, Hours, NoHours, Scale, Sort, Timed};
use serde_json::{Value, json};

/// The hours that `look` is about.
pub(super) fn of<'a>(look: &Look<'a>) -> Result<Hours<'a>, NoHours> {
    look.sight.first_hours(look.at)
}

/// An entry a sentence, after what they are counted from.
pub(super) fn sentences(look: &Look<'_>) -> Vec<String> {
    let hours = match of(look) {
        Ok(hours) => hours,
        Err(why) => return vec![why.to_string()],
    };
    let (journal, manner) = (look.at.journal, look.at.manner);
    let name = hours.series.name(journal);
    let mut lines = vec![format!(
        "{name} by the hour, {}.",
        hours.counted(look.at.manner)
    )];
    lines.extend(hours.why_parts().map(str::to_owned));
    let mut last = None;
    for entry in &hours.entries {
        let time = manner.time_of(entry.moment);
        let date = entry.moment.at().date_naive();
        // The date once, where it begins.
        let day = if last == Some(date) {
            String::new()
        } else {
            format!("{} ", words::short_day(date))
        };
        last = Some(date);
        let unit = match hours.scale {
            Scale::Hours(_) => format!("{}, {day}", hours.name_of(entry.unit)),
            Scale::Parts => format!("{} ", hours.name_of(entry.unit)),
        };
        lines.push(format!("{unit}{time}: {}.", entry.words));
    }
    if hours.entries.is_empty() {
        lines.push("Nothing with a time is noted in these four days yet.".to_owned());
    }
    let values = || hours.entries.iter().filter_map(|entry| entry.value);
    if values().count() > 1 {
        let low = hours.series.shown(values().fold(f64::MAX, f64::min));
        let high = hours.series.shown(hours.highest());
        lines.push(format!(
            "Lowest {low}, highest {high}, {}.",
            words::count(hours.count(Sort::CheckIn), "check-in", "check-ins")
        ));
    }
    lines.extend(hours.left_out_words());
    lines.push(words::sentence(&format!("it {GOES_ON}")));
    lines
}

/// What its JSON has besides.
pub(super) fn json(look: &Look<'_>, whole: &mut Value) {
    let Ok(hours) = of(look) else { return };
    let entry = |entry: &Timed<'_>| {
        json!({
            "unit": entry.unit,
            "at": entry.moment.at().to_rfc3339(),
            "date": entry.moment.day.to_string(),
            "kind": entry.sort.code(),
            "text": entry.words,
            "value": entry.value.map(|value| hours.series.shown(value).fine()),
            "value_shown": entry.value.map(|value| hours.series.shown(value).to_string()),
            "overall": entry.overall,
        })
    };
    let zero = match hours.scale {
        Scale::Hours(zero) => Some(zero.to_rfc3339()),
        Scale::Parts => None,
    };
    whole["hours"] = json!({
        "attempt": hours.numbered.number,
        "series": hours.series.code(look.at.journal),
        "counted_from": hours.since.code(),
        "zero": zero,
        "by": hours.scale.code(),
        "units": hours.scale.units(),
        "entries": hours.entries.iter().map(entry).collect::<Vec<_>>(),
        "left_out": hours.left_out,
    });
}
