//! The program that holds the lock of a journal, for the message that it is in the way.
//!
//! Invariant: nothing is opened here. Closing any other descriptor of the journal would end the locks that `SQLite` holds for
//! this process.

use super::window::{Window, Windows};
use crate::domain::time::display::Manner;
use std::fmt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// The program that is in the way of a write, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Writer {
    /// Nothing is known of it.
    #[default]
    Unknown,
    /// A program that holds the lock.
    Program(Holder),
    /// A window of ebb that holds the lock: "pid 4242, since …".
    Window(String, Work),
    /// The system does not say which program it is, and a window of ebb has the journal open.
    Perhaps(String),
}

/// The process that holds a lock of a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    process: i32,
    work: Work,
}

/// The work for which a lock is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// It writes.
    Writing,
    /// It reads; a write has to wait for its end.
    Reading,
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Writing => "is writing to the journal",
            Self::Reading => "is reading the journal",
        })
    }
}

impl fmt::Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => write!(f, "another program {}", Work::Writing),
            Self::Program(Holder { process, work }) => {
                write!(f, "another program (pid {process}) {work}")
            }
            Self::Window(name, work) => write!(f, "another ebb ({name}) {work}"),
            Self::Perhaps(name) => write!(
                f,
                "another program, perhaps the ebb that has it open ({name}), {}",
                Work::Writing
            ),
        }
    }
}

impl Writer {
    /// The program that is in the way at `journal` now.
    pub(in crate::store) fn at(journal: &Path) -> Self {
        let windows = Windows::known();
        let manner = windows.map_or_else(Manner::default, Windows::manner);
        let others = windows.map_or_else(Vec::new, |windows| windows.others(journal));
        // Only Linux has this list; elsewhere the windows alone are known.
        let locks = std::fs::read_to_string("/proc/locks").unwrap_or_default();
        let file = journal.metadata().map(|meta| (meta.dev(), meta.ino()));
        let holder = file.ok().and_then(|file| holder(&locks, file, &others));
        Self::of(holder, &others, manner)
    }

    fn of(holder: Option<Holder>, windows: &[Window], manner: Manner) -> Self {
        let of_holder = |holder: Holder| {
            let mut windows = windows.iter();
            windows.find(|window| window.process == holder.process)
        };
        match (holder, windows) {
            (Some(holder), _) => of_holder(holder).map_or(Self::Program(holder), |window| {
                Self::Window(window.name(manner, None), holder.work)
            }),
            (None, [only]) => Self::Perhaps(only.name(manner, None)),
            (None, _) => Self::Unknown,
        }
    }
}

/// The bytes of a database that `SQLite` locks: PENDING, RESERVED and the 510 of SHARED.
const LOCK_BYTES: std::ops::Range<u64> = 0x4000_0000..0x4000_0200;

/// Reads the list of locks of the system: the process that holds one on the file of this device and inode. A writer comes
/// before a reader.
fn holder(locks: &str, (device, inode): (u64, u64), windows: &[Window]) -> Option<Holder> {
    let own = i64::from(std::process::id());
    let mut holders = Vec::new();
    for line in locks.lines() {
        // "1: POSIX  ADVISORY  WRITE 4242 fe:00:10027019 1073741825 1073741825"; "->" stands before one that waits.
        let words: Vec<&str> = line.split_whitespace().collect();
        let [_, "POSIX", _, mode, process, file, first, _] = words.as_slice() else {
            continue;
        };
        let is_of_sqlite = first.parse().is_ok_and(|first| LOCK_BYTES.contains(&first));
        let (Some((place, number)), Ok(process)) = (file.rsplit_once(':'), process.parse::<i32>())
        else {
            continue;
        };
        if !is_of_sqlite || number.parse() != Ok(inode) || process <= 0 || i64::from(process) == own
        {
            continue;
        }
        // btrfs gives each part of a disk a device number that this list does not have. A window on this very journal is sure
        // enough then.
        let is_window = windows.iter().any(|window| window.process == process);
        if place == device_name(device) || is_window {
            let work = if *mode == "WRITE" {
                Work::Writing
            } else {
                Work::Reading
            };
            holders.push(Holder { process, work });
        }
    }
    let writer = holders.iter().find(|holder| holder.work == Work::Writing);
    writer.or(holders.first()).copied()
}

/// The name of a device in the list of locks: "fe:00".
fn device_name(device: u64) -> String {
    let major = ((device >> 8) & 0xfff) | ((device >> 32) & 0xffff_f000);
    let minor = (device & 0xff) | ((device >> 12) & 0xffff_ff00);
    format!("{major:02x}:{minor:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    const FILE: (u64, u64) = (0xfe00, 10_027_019);

    fn window(process: i32) -> Window {
        let since = DateTime::parse_from_rfc3339("2026-11-28T09:12:00+01:00");
        Window {
            process,
            since: since.unwrap_or_default(),
        }
    }

    fn text(locks: &str, windows: &[Window]) -> String {
        Writer::of(holder(locks, FILE, windows), windows, Manner::default()).to_string()
    }

    #[test]
    fn the_holder_of_the_lock_is_named_and_a_window_with_its_start() {
        let locks = "1: POSIX  ADVISORY  READ 17 fe:00:10027019 1073741826 1073742335\n\
                     2: POSIX  ADVISORY  WRITE 4242 fe:00:10027019 1073741825 1073741825\n\
                     2: -> POSIX  ADVISORY  WRITE 18 fe:00:10027019 1073741825 1073741825\n";
        let since = "since Sat 28 Nov 2026 09:12";
        assert_eq!(
            text(locks, &[]),
            "another program (pid 4242) is writing to the journal"
        );
        assert_eq!(
            text(locks, &[window(7), window(4242)]),
            format!("another ebb (pid 4242, {since}) is writing to the journal")
        );
        let (reader, _) = locks.split_once('\n').unwrap_or_default();
        assert_eq!(
            text(reader, &[]),
            "another program (pid 17) is reading the journal"
        );
        assert_eq!(
            text("", &[window(4242)]),
            format!(
                "another program, perhaps the ebb that has it open (pid 4242, {since}), is writing to the journal"
            )
        );
        for windows in [vec![], vec![window(1), window(2)]] {
            assert_eq!(
                text("", &windows),
                "another program is writing to the journal"
            );
        }
    }

    #[test]
    fn a_lock_of_another_file_of_another_kind_or_of_this_process_names_nobody() {
        let own = std::process::id();
        for line in [
            "1: POSIX  ADVISORY  WRITE 4242 fe:00:10027018 1073741825 1073741825".to_owned(),
            "1: POSIX  ADVISORY  WRITE 4242 fe:01:10027019 1073741825 1073741825".to_owned(),
            "1: POSIX  ADVISORY  WRITE 4242 fe:00:10027019 0 EOF".to_owned(),
            "1: FLOCK  ADVISORY  WRITE 4242 fe:00:10027019 1073741825 EOF".to_owned(),
            "1: OFDLCK ADVISORY  WRITE -1 fe:00:10027019 1073741825 1073741825".to_owned(),
            format!("1: POSIX  ADVISORY  WRITE {own} fe:00:10027019 1073741825 1073741825"),
            "1: POSIX".to_owned(),
            String::new(),
        ] {
            assert_eq!(holder(&line, FILE, &[]), None, "{line}");
        }
        // A window on this journal is believed whatever the device is called.
        let line = "1: POSIX  ADVISORY  WRITE 4242 00:2a:10027019 1073741825 1073741825";
        let holder = holder(line, FILE, &[window(4242)]);
        assert_eq!(holder.map(|holder| holder.process), Some(4242));
    }
}
