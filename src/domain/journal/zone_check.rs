//! Entries whose offset and zone cannot both be right: their zone had another offset at that instant.
//!
//! Nothing is claimed beyond that. Which of the two is wrong cannot be known: at an entry's own moment it is the offset, at a
//! time that was typed it may be the instant.

use super::Journal;
use crate::domain::time::{Moment, Zone};
use chrono::FixedOffset;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An entry whose zone had another offset then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// As it is stored.
    pub moment: Moment,
    /// What the rules of its zone say for that instant.
    pub offset: FixedOffset,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ZoneCheck {
    /// By moment.
    pub misfits: Vec<Misfit>,
    /// Names of zones without rules here, each with its entries: they could not be looked at.
    pub unchecked: BTreeMap<Arc<str>, usize>,
}

/// Looks at every entry, with the rules that `rules` has for a name. Zones that are named after an offset, as of a moment that
/// was typed with one, have nothing to be compared with; nor has the system's zone without a name.
pub fn zone_check(journal: &Journal, rules: impl Fn(&str) -> Option<Zone>) -> ZoneCheck {
    let mut zones: BTreeMap<Arc<str>, Option<Zone>> = BTreeMap::new();
    let mut check = ZoneCheck::default();
    let rated = journal.days().flat_map(|day| &day.check_ins);
    let rated = rated.map(|check_in| &check_in.moment);
    let logged = (journal.record_days()).flat_map(|day| journal.records(day));
    let logged = logged.filter_map(|record| record.moment.as_ref());
    for moment in rated.chain(logged) {
        let name = &moment.zone;
        if name.starts_with(['+', '-']) || name.as_ref() == "local" {
            continue;
        }
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
    check.misfits.sort_by_key(|misfit| misfit.moment.at_utc);
    check
}

#[cfg(test)]
mod tests;
