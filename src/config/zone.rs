//! The zone in which this machine says the time.
//!
//! Invariant: a zone whose rules are nowhere is never taken for UTC under its own name: who asks is told [`Doubt`].

use super::zone_rules::Rules;
use crate::domain::text::sanitize::{Lines, Stand, shown};
use crate::domain::time::Zone;
use chrono::{FixedOffset, Offset, Utc};
use std::path::{Path, PathBuf};

/// Where systems keep the rules of zones, each under its name.
const FOLDERS: [&str; 4] = [
    "/usr/share/zoneinfo",
    "/share/zoneinfo",
    "/etc/zoneinfo",
    "/usr/share/lib/zoneinfo",
];
/// The zone of a machine without `TZ`.
const LOCAL: &str = "/etc/localtime";
/// Names of UTC itself, which needs no rules.
const UTC_NAMES: [&str; 6] = ["UTC", "UCT", "Z", "Zulu", "Etc/UTC", "Etc/UCT"];

/// The zone to go on with, and why it may not be the person's.
#[derive(Debug, Clone)]
pub struct Here {
    /// UTC under its own name where there is a doubt.
    pub zone: Zone,
    /// What has to be said before anything is saved.
    pub doubt: Option<Doubt>,
}

/// Why the time here is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// Neither `TZ` nor the system names a zone.
    #[error(
        "this machine names no time zone, so times are read and kept as UTC (+00:00). TZ=Europe/Berlin before the command, or the system's own setting, says yours"
    )]
    NoZone,
    /// A zone is named, and its rules are nowhere on the machine.
    #[error(
        "the time zone is set to \"{0}\", but this machine has no rules for it, so the time here is not known. Correct the name, install the system's zone files (package tzdata), or say the hours yourself: TZ=UTC-1 is one hour ahead of UTC"
    )]
    NoRules(String),
}

impl Doubt {
    /// Whether nothing may be saved: a zone was meant, and any offset would be a guess.
    pub const fn forbids_saving(&self) -> bool {
        matches!(self, Self::NoRules(_))
    }
}

/// What a machine says about its zone.
pub struct Machine<'a> {
    /// `TZ`, where it is set.
    pub tz: Option<&'a str>,
    /// The name of the system's zone, where it says one.
    pub named: Option<&'a str>,
    /// Reads a file; nothing where there is none.
    pub read: &'a dyn Fn(&Path) -> Option<Vec<u8>>,
}

/// The zone of this machine.
pub fn here() -> Here {
    let tz = std::env::var("TZ").ok();
    let named = iana_time_zone::get_timezone().ok();
    Machine {
        tz: tz.as_deref(),
        named: named.as_deref(),
        read: &read,
    }
    .here()
}

/// The zone of this name by the rules on this machine.
pub fn named(name: &str) -> Option<Zone> {
    let machine = Machine {
        tz: None,
        named: None,
        read: &read,
    };
    machine.by_name(name)
}

fn read(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

impl Machine<'_> {
    /// `TZ` wins over the system's zone.
    pub fn here(&self) -> Here {
        let tz = self.tz.map(|tz| tz.strip_prefix(':').unwrap_or(tz));
        let found = match tz {
            None | Some("localtime") => self.of_system(),
            // An empty `TZ` is UTC: so say the systems.
            Some("") => Ok(utc("UTC")),
            Some(text) => self.of_text(text),
        };
        match found {
            Ok(zone) => Here { zone, doubt: None },
            Err(doubt) => Here {
                zone: utc("UTC"),
                doubt: Some(doubt),
            },
        }
    }

    fn of_system(&self) -> Result<Zone, Doubt> {
        if let Some(rules) = self.rules(Path::new(LOCAL)) {
            return Ok(zone(self.named.unwrap_or("local"), rules));
        }
        match self.named {
            Some(name) => self.by_name(name).ok_or_else(|| no_rules(name)),
            None => Err(Doubt::NoZone),
        }
    }

    fn of_text(&self, text: &str) -> Result<Zone, Doubt> {
        if text.starts_with('/') {
            let name = text
                .split_once("zoneinfo/")
                .map_or("local", |(_, name)| name);
            let rules = self.rules(Path::new(text));
            return rules
                .map(|rules| zone(name, rules))
                .ok_or_else(|| no_rules(text));
        }
        if let Some(zone) = self.by_name(text) {
            return Ok(zone);
        }
        let rules = Rules::from_text(text).ok_or_else(|| no_rules(text))?;
        // `UTC-1` is called +01:00 beside a moment: its own name reads like the opposite.
        Ok(match rules.only() {
            Some(seconds) => Zone::fixed(offset(seconds)),
            None => zone(text, rules),
        })
    }

    fn by_name(&self, name: &str) -> Option<Zone> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || "/_+-".contains(c);
        if name.is_empty() || name.starts_with('/') || !name.chars().all(is_name) {
            return None;
        }
        let mut files = FOLDERS
            .iter()
            .map(|folder| PathBuf::from(folder).join(name));
        match files.find_map(|file| self.rules(&file)) {
            Some(rules) => Some(zone(name, rules)),
            None if UTC_NAMES.contains(&name) => Some(utc(name)),
            None => None,
        }
    }

    fn rules(&self, path: &Path) -> Option<Rules> {
        Rules::from_file(&(self.read)(path)?)
    }
}

fn no_rules(name: &str) -> Doubt {
    let name: String = name.chars().take(60).collect();
    Doubt::NoRules(shown(&name, Lines::Fold, Stand::Question).into_owned())
}

fn utc(name: &str) -> Zone {
    Zone::new(name, Utc.fix())
}

fn zone(name: &str, rules: Rules) -> Zone {
    Zone::by(name, move |at| {
        offset(rules.offset_at(at.and_utc().timestamp()))
    })
}

fn offset(seconds: i64) -> FixedOffset {
    let seconds = i32::try_from(seconds).unwrap_or(0);
    FixedOffset::east_opt(seconds).unwrap_or_else(|| Utc.fix())
}

#[cfg(test)]
mod tests;
