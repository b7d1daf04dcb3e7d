//! The lines of `ebb doctor` about offsets that contradict their zones.
//!
//! They are no finding and change no exit code: the entries are whole, and a person may have set another zone on purpose.

use crate::domain::journal::zone_check::ZoneCheck;
use crate::domain::text::words;
use crate::domain::time::display::Manner;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// How many entries are listed; the others are counted.
const MOST: usize = 10;

/// Lines in the style of the other facts; none without a contradiction.
pub(super) fn sentences(check: &ZoneCheck, manner: Manner) -> String {
    let mut text = String::new();
    let n = check.misfits.len();
    if n > 0 {
        let entries = words::count(n, "entry has", "entries have");
        writeln!(
            text,
            "zones     {entries} an offset that the zone beside it did not have then; one of the two is wrong"
        )
        .ok();
    }
    // A wrong zone often affects hundreds of entries, and ten show the pattern.
    for misfit in check.misfits.iter().take(MOST) {
        let moment = &misfit.moment;
        let at = moment.at();
        writeln!(
            text,
            "          {} {}: {} under {}, which had {}",
            words::day(at.date_naive()),
            manner.time_of(moment),
            at.offset(),
            moment.zone,
            misfit.offset
        )
        .ok();
    }
    if n > MOST {
        writeln!(text, "          and {} more (--json has all)", n - MOST).ok();
    }
    if n > 0 {
        text.push_str(
            "          nothing is lost; days and times may be off by the difference, and editing an entry's time sets it right\n",
        );
    }
    for (zone, n) in &check.unchecked {
        let entries = words::count(*n, "entry", "entries");
        writeln!(
            text,
            "zones     {entries} under {zone} could not be looked at: this machine has no rules for it"
        )
        .ok();
    }
    text
}

/// The same for scripts: `zone_misfits` and `zones_unchecked`.
pub(super) fn put_into(whole: &mut Value, check: &ZoneCheck) {
    let misfits = check.misfits.iter().map(|misfit| {
        json!({
            "at": misfit.moment.at().to_rfc3339(),
            "date": misfit.moment.day.to_string(),
            "zone": *misfit.moment.zone,
            "offset_of_zone": misfit.offset.to_string(),
        })
    });
    whole["zone_misfits"] = misfits.collect();
    whole["zones_unchecked"] = (check.unchecked.iter())
        .map(|(zone, n)| json!({ "zone": **zone, "entries": n }))
        .collect();
}
