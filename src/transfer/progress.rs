//! How far something long is, in words: one wording for the command line, the full screen and plain mode.

use std::fmt;

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many rows of a file are read.
    Rows {
        /// Rows that are read.
        done: usize,
        /// All rows.
        all: usize,
    },
    /// So many entries are being written, all at once.
    Entries(usize),
    /// So many files of a folder are written.
    Files {
        /// Files that are written.
        done: usize,
        /// All files.
        all: usize,
    },
    /// So much of one file is written.
    Megabytes(u64),
}

/// Who is told.
pub type OnProgress<'a> = &'a dyn Fn(Progress);

/// From how many rows or entries on it is long.
const LONG: usize = 20_000;
/// How many megabytes lie between two lines.
const APART: u64 = 16;

impl Progress {
    /// Which part of it this is, so that whole lines are few; `None` where it is soon done.
    pub fn part(self) -> Option<u64> {
        match self {
            Self::Rows { done, all } if all >= LONG => u64::try_from(done * 10 / all).ok(),
            // Behind the last row.
            Self::Entries(all) if all >= LONG => Some(11),
            Self::Megabytes(written) => Some(written / APART).filter(|part| *part > 0),
            Self::Rows { .. } | Self::Entries(_) | Self::Files { .. } => None,
        }
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rows { done, all } => write!(f, "Reading row {done} of {all}"),
            Self::Entries(all) => write!(f, "Writing {all} entries"),
            Self::Files { done, all } => write!(f, "Tables: {done} of {all}"),
            Self::Megabytes(written) => write!(f, "Writing: {written} MB"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Progress;

    #[test]
    fn whole_lines_are_ten_for_a_long_file_and_none_for_a_short_one() {
        let parts = |all: usize| {
            let done = (0..all).step_by(2000);
            let mut parts: Vec<u64> = done
                .filter_map(|done| Progress::Rows { done, all }.part())
                .collect();
            parts.dedup();
            parts
        };
        assert_eq!(parts(600_000), (0..10).collect::<Vec<_>>());
        assert!(parts(15_000).is_empty());
    }
}
