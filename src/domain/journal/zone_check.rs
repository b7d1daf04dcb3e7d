//! Entries whose offset and zone contradict each other: the zone had another offset at that instant.
//!
//! The check cannot know which of the two is wrong. For an entry of now it is the offset; for a typed time it may be the
//! instant.

use super::Journal;
use crate::domain::order::Ordered;
use crate::domain::time::{Moment, Zone};
use chrono::FixedOffset;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An entry whose zone had another offset at its instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// The moment in the file.
    pub(crate) moment: Moment,
    /// The zone's offset at that instant by its rules.
    pub(crate) offset: FixedOffset,
}

/// The result of the check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ZoneCheck {
    /// By moment.
    pub(crate) misfits: Vec<Misfit>,
    /// Zones without rules on this computer, each with the number of its unchecked entries.
    pub(crate) unchecked: BTreeMap<Arc<str>, usize>,
}

/// Checks every entry. `rules` looks up a zone by its name.
pub(crate) fn zone_check(journal: &Journal, rules: impl Fn(&str) -> Option<Zone>) -> ZoneCheck {
    let mut zones: BTreeMap<Arc<str>, Option<Zone>> = BTreeMap::new();
    let mut check = ZoneCheck::default();
    let rated = journal.days().flat_map(|day| day.check_ins.iter());
    let rated = rated.map(|check_in| &check_in.moment);
    let logged = (journal.record_days()).flat_map(|day| journal.records(day));
    let logged = logged.filter_map(|record| record.moment.as_ref());
    for moment in rated.chain(logged) {
        let name = &moment.zone;
        // A zone named after its offset (a time typed with one) and the system's nameless zone have no rules to compare with.
        if name.starts_with(['+', '-']) || name.as_ref() == "local" {
            continue;
        }
        // Rules are looked up once a name, not once an entry.
        let zone = zones.entry(Arc::clone(name)).or_insert_with(|| rules(name));
        let Some(zone) = zone else {
            *check.unchecked.entry(Arc::clone(name)).or_default() += 1;
            continue;
        };
        let offset = *zone.at(moment.at().to_utc()).offset();
        if offset != *moment.at().offset() {
            check.misfits.push(Misfit {
                moment: moment.clone(),
                offset,
            });
        }
    }
    check.misfits.order_by_key(|misfit| misfit.moment.at_utc);
    check
}

#[cfg(test)]
mod tests;
