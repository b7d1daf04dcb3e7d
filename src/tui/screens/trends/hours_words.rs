//! What the view of hours says in words, and how its cursor goes from entry to entry.

use super::{Msg, Towards, say, say_stop};
use crate::domain::series::Series;
use crate::domain::text::words;
use crate::domain::trends::hours;
use crate::domain::trends::hours::{Hours, Scale, Sort, Timed};
use crate::domain::trends::sheet::short;
use crate::domain::trends::sight::Sight;
use crate::domain::trends::view::View;
use crate::tui::effect::Effect;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::sections::Section;
use std::fmt::Write as _;

/// "96 h: goes on in week, v".
pub(super) fn end(theme: Theme) -> String {
    format!(
        "{} {}: v changes the view",
        theme.glyph(Glyph::Arrow),
        hours::GOES_ON
    )
}

/// "14 h, Fri 6 Nov 11:30: severity 62, overall 6; 11:50 urge 3".
pub(super) fn readout(hours: &Hours<'_>, unit: usize, shared: &Shared) -> String {
    let manner = shared.manner();
    let mut entries = hours.on(unit);
    let Some(first) = entries.next() else {
        return format!("{}: nothing noted", hours.name_of(unit));
    };
    let day = match hours.scale {
        Scale::Hours(_) => format!(" {}", words::short_day(first.moment.at().date_naive())),
        Scale::Parts => String::new(),
    };
    let first = format!("{}, {}", manner.time_of(first.moment), first.words);
    let rest = entries.map(|entry| format!("{} {}", manner.time_of(entry.moment), entry.words));
    let all: Vec<String> = std::iter::once(first).chain(rest).collect();
    format!("{},{day} {}", hours.name_of(unit), all.join("; "))
}

/// What there is in these days, and what the signs are.
pub(super) fn about(hours: &Hours<'_>, stretch: usize, shared: &Shared) -> Vec<String> {
    let theme = shared.theme;
    let counted = [
        (Sort::CheckIn, "check-in", "check-ins"),
        (Sort::Dose, "dose", "doses"),
        (Sort::Medicine, "medicine taken", "medicines taken"),
        (Sort::Sleep, "sleep", "sleeps"),
        (Sort::Urge, "urge", "urges"),
    ];
    let counted = counted.map(|(sort, one, more)| (hours.count(sort), one, more));
    let counted = counted.into_iter().filter(|(n, ..)| *n > 0);
    let counted: Vec<String> = counted
        .map(|(n, one, more)| words::count(n, one, more))
        .collect();
    let mut lines = vec![counted.join(", ")];
    let values = || hours.entries.iter().filter_map(|entry| entry.value);
    if values().count() > 1 {
        let low = values().fold(f64::MAX, f64::min);
        lines.push(format!(
            "{}: lowest {}, highest {}",
            hours.series.name(&shared.journal).to_lowercase(),
            short(hours.series, low),
            short(hours.series, hours.highest())
        ));
    }
    let is_shared = hours
        .entries
        .iter()
        .zip(hours.entries.iter().skip(1))
        .any(|(one, next)| {
            let same = one.unit / stretch == next.unit / stretch;
            same && one.value.is_some() && next.value.is_some()
        });
    if is_shared {
        let worst = theme.glyph(Glyph::Worst);
        lines.push(format!("{worst} up to the highest of its hours"));
    }
    if stretch > 1 {
        lines.push(format!("one column is {stretch} hours"));
    }
    let hollow = hours.entries.iter().any(|entry| {
        entry.sort == Sort::CheckIn && entry.value.is_none() && entry.overall.is_some()
    });
    if hollow && hours.series == Series::Severity {
        lines.push(format!("{} overall only", theme.glyph(Glyph::Hollow)));
    }
    lines.extend(hours.left_out_words());
    lines.extend(hours.why_parts().map(str::to_owned));
    lines
}

/// What is said beside the view, by itself.
pub(super) fn aside(sight: &Sight, shared: &Shared) -> Vec<Section> {
    if let Ok(hours) = sight.first_hours(shared.basis()) {
        return beside(&hours, sight, 1, shared);
    }
    let text = "Each check-in, dose, medicine, sleep and urge of the first four days, in its hour.";
    vec![Section::new(
        "By the hour",
        vec![(text.to_owned(), Role::Text)],
    )]
}

/// The cursor's hour, what there is in these days, and every entry.
pub(super) fn beside(
    hours: &Hours<'_>,
    sight: &Sight,
    stretch: usize,
    shared: &Shared,
) -> Vec<Section> {
    let unit = hours.cursor(sight.hours);
    let manner = shared.manner();
    let line = |entry: &Timed<'_>| {
        let text = format!("{} {}", manner.time_of(entry.moment), entry.words);
        (text, Role::Text)
    };
    let mut lines: Vec<_> = hours.on(unit).map(line).collect();
    if lines.is_empty() {
        lines.push(("nothing noted".to_owned(), Role::Faint));
    }
    let title = match hours.scale {
        Scale::Hours(_) => {
            format!(
                "{}, {}",
                hours.name_of(unit),
                words::short_day(hours.date_of(unit))
            )
        }
        Scale::Parts => hours.name_of(unit),
    };
    let about = about(hours, stretch, shared).into_iter();
    let about = about.map(|text| (text, Role::Text)).collect();
    let all = hours.entries.iter().map(|entry| {
        let role = if entry.unit == unit {
            Role::Title
        } else {
            Role::Text
        };
        let when = match hours.scale {
            Scale::Hours(_) => format!("{:>2} h {}", entry.unit, manner.time_of(entry.moment)),
            Scale::Parts => {
                let day = entry.moment.day.format("%a");
                format!("{day} {}", manner.time_of(entry.moment))
            }
        };
        (format!("{when} {}", entry.words), role)
    });
    vec![
        Section::new(title, lines),
        Section::new("These four days", about),
        Section::new("Hour by hour", all.collect()),
    ]
}

/// An entry a row for the clipboard.
pub(super) fn copied(sight: &Sight, shared: &Shared) -> (String, String) {
    let Ok(hours) = sight.first_hours(shared.basis()) else {
        return (String::new(), "no hours".to_owned());
    };
    let mut text = format!("{}\tat\tkind\twords\n", hours.scale.code());
    for entry in &hours.entries {
        let at = entry.moment.at().format("%Y-%m-%d %H:%M");
        let (unit, kind) = (entry.unit, entry.sort.code());
        writeln!(text, "{unit}\t{at}\t{kind}\t{}", entry.words).ok();
    }
    let n = words::count(hours.entries.len(), "entry", "entries");
    (text, format!("{n} of the first days"))
}

/// The cursor a day on or back, or to the next entry.
fn walk(sight: &mut Sight, way: Way, shared: &Shared) -> Result<(), String> {
    let hours = sight
        .first_hours(shared.basis())
        .map_err(|why| why.to_string())?;
    let here = hours.cursor(sight.hours);
    let of_a_day = hours.scale.of_a_day();
    let last = hours.scale.units() - 1;
    let next = match way {
        Way::Entry(Towards::Back) => hours.before(here),
        Way::Entry(Towards::On) => hours.after(here),
        Way::Day(Towards::Back) => here.checked_sub(of_a_day),
        Way::Day(Towards::On) => Some(here + of_a_day).filter(|next| *next <= last),
        Way::End(Towards::Back) => Some(0),
        Way::End(Towards::On) => Some(hours.entries.last().map_or(last, |entry| entry.unit)),
    };
    let Some(next) = next else {
        return Err(match way {
            Way::Entry(Towards::Back) => "No entry before this one in these hours.".to_owned(),
            Way::Day(Towards::Back) => "The hours begin with this day.".to_owned(),
            _ => format!("No entry after this one: it {}.", hours::GOES_ON),
        });
    };
    sight.hours.unit = Some(next);
    Ok(())
}

/// Along the hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// To the next hour with an entry.
    Entry(Towards),
    /// By a day.
    Day(Towards),
    /// To the end.
    End(Towards),
}

/// What a message means among the hours, where it means another thing than along days.
pub(super) fn carry_out(sight: &mut Sight, msg: Msg, shared: &Shared) -> Option<Vec<Effect>> {
    if sight.view != View::Hours {
        return None;
    }
    let way = match msg {
        Msg::DayBack => Way::Entry(Towards::Back),
        Msg::DayOn => Way::Entry(Towards::On),
        Msg::Back => Way::Day(Towards::Back),
        Msg::On => Way::Day(Towards::On),
        Msg::First => Way::End(Towards::Back),
        Msg::Last | Msg::Today => Way::End(Towards::On),
        Msg::Origin => return Some(say(other_dose(sight, shared))),
        Msg::Open => {
            let hours = sight.first_hours(shared.basis()).ok()?;
            let day = hours.day_of(hours.cursor(sight.hours));
            return Some(vec![Effect::ShowDay(day.min(shared.today()))]);
        }
        _ => return None,
    };
    Some(say_stop(walk(sight, way, shared)))
}

/// Counts from the other dose; answers the sentence about it.
fn other_dose(sight: &mut Sight, shared: &Shared) -> String {
    let other = sight.hours.since.other();
    sight.hours = hours::Place {
        since: other,
        unit: None,
    };
    match sight.first_hours(shared.basis()) {
        Ok(hours) if hours.since == other => {
            words::sentence(&format!("counted {}", hours.counted(shared.manner())))
        }
        Ok(_) => {
            sight.hours.since = hours::Since::DayZero;
            "No use is noted after day 0: counted from there.".to_owned()
        }
        Err(why) => why.to_string(),
    }
}
