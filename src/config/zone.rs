//! The time zone of this machine.
//!
//! Invariant: a zone without rules on the machine is never treated as UTC under its own name. The caller gets a `Doubt`.

use super::file::bytes_at;
use super::zone_rules::Rules;
use crate::domain::text::sanitize::{Lines, Stand, shown};
use crate::domain::time::Zone;
use chrono::{FixedOffset, Offset, Utc};
use std::path::{Path, PathBuf};

// The folders that the time crates and C libraries search, since distributions differ.
/// The folders with the rules of zones, a file for each name.
const FOLDERS: [&str; 4] = [
    "/usr/share/zoneinfo",
    "/share/zoneinfo",
    "/etc/zoneinfo",
    "/usr/share/lib/zoneinfo",
];
/// The rules of the system's zone, used if `TZ` is not set.
const LOCAL: &str = "/etc/localtime";
// A small container has no zone files at all, and UTC must work there.
/// Names of UTC itself, which needs no rules.
const UTC_NAMES: [&str; 6] = ["UTC", "UCT", "Z", "Zulu", "Etc/UTC", "Etc/UCT"];

/// The zone of this run, and a doubt if it may not be the person's.
#[derive(Debug, Clone)]
pub struct LocalZone {
    /// The zone; with a doubt it is UTC under its own name.
    pub(crate) zone: Zone,
    /// The message that the person must see before anything is saved.
    pub(crate) doubt: Option<Doubt>,
}

/// The reason why the local time is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Doubt {
    /// Neither `TZ` nor the system names a zone.
    #[error(
        "this machine names no time zone, so times are read and kept as UTC (+00:00). TZ=Europe/Berlin before the command, or the system's own setting, says yours"
    )]
    NoZone,
    /// A zone is set, and the machine has no rules for it.
    #[error(
        "the time zone is set to \"{0}\", but this machine has no rules for it, so the time here is not known. Correct the name, install the system's zone files (package tzdata), or say the hours yourself: TZ=UTC-1 is one hour ahead of UTC"
    )]
    NoRules(String),
}

impl Doubt {
    /// Whether nothing may be saved: the person set a zone, and any offset would be a guess.
    pub(crate) const fn forbids_saving(&self) -> bool {
        matches!(self, Self::NoRules(_))
    }
}

/// The zone settings of a machine. Tests pass their own.
pub(crate) struct Machine<'a> {
    /// The value of `TZ`.
    pub(crate) tz: Option<&'a str>,
    /// The name of the system's zone.
    pub(crate) named: Option<&'a str>,
    /// Reads a file; `None` if there is none.
    pub(crate) read: &'a dyn Fn(&Path) -> Option<Vec<u8>>,
}

/// The zone of this machine.
pub fn here() -> LocalZone {
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
pub(crate) fn named(name: &str) -> Option<Zone> {
    let machine = Machine {
        tz: None,
        named: None,
        read: &read,
    };
    machine.by_name(name)
}

fn read(path: &Path) -> Option<Vec<u8>> {
    // `TZ` may name a pipe or a device.
    bytes_at(path).ok()
}

impl Machine<'_> {
    /// `TZ` wins over the system's zone.
    pub(crate) fn here(&self) -> LocalZone {
        // POSIX leaves the text after a colon to the system; the usual systems read a name of a zone file there.
        let tz = self.tz.map(|tz| tz.strip_prefix(':').unwrap_or(tz));
        let zone = match tz {
            None | Some("localtime") => self.of_system(),
            // glibc and musl read an empty `TZ` as UTC.
            Some("") => Ok(utc("UTC")),
            Some(text) => self.of_text(text),
        };
        match zone {
            Ok(zone) => LocalZone { zone, doubt: None },
            Err(doubt) => LocalZone {
                zone: utc("UTC"),
                doubt: Some(doubt),
            },
        }
    }

    fn of_system(&self) -> Result<Zone, Doubt> {
        // The file first: it has the rules even where no name is known.
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
        // In POSIX the sign counts westwards: `UTC-1` is +01:00. Beside an entry its own name would read like the opposite.
        Ok(match rules.only() {
            Some(seconds) => Zone::fixed(offset(seconds)),
            None => zone(text, rules),
        })
    }

    fn by_name(&self, name: &str) -> Option<Zone> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || "/_+-".contains(c);
        // No dots: a name such as `../../etc/passwd` must not leave the folders.
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
    // The name comes from the environment, and goes to the terminal.
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
