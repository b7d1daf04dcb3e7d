//! An export into a file that a signal stops: what was begun goes away before the process ends.
//!
//! Invariant: nothing is registered while a person is asked something, and nothing for stdout, where a signal ends the process
//! as ever.

use crate::transfer::data_package::Files;
use crate::transfer::progress::{OnProgress, Progress};
use crate::tui::outside::ending_signals::EndingSignals;
use std::io::{self, Write};

/// The signal that stopped the writing.
#[derive(Debug, thiserror::Error)]
#[error("stopped")]
pub(super) struct Stopped(pub(super) u8);

/// `out`, as long as no signal came.
pub(super) fn heeded<'a>(signals: &'a EndingSignals, out: &'a mut dyn Write) -> Heeded<'a> {
    Heeded { signals, out }
}

/// A writer that fails after a signal.
pub(super) struct Heeded<'a> {
    signals: &'a EndingSignals,
    out: &'a mut dyn Write,
}

impl Heeded<'_> {
    fn check(&self) -> io::Result<()> {
        match self.signals.noted() {
            None => Ok(()),
            // Not `ErrorKind::Interrupted`, after which writers try again.
            Some(signal) => Err(io::Error::other(Stopped(signal))),
        }
    }
}

impl Write for Heeded<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.check()?;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.check()?;
        self.out.flush()
    }
}

/// A writer that says how much went through it.
pub(super) struct Measured<'a> {
    out: Heeded<'a>,
    written: u64,
    tell: OnProgress<'a>,
}

impl<'a> Measured<'a> {
    pub(super) const fn new(out: Heeded<'a>, tell: OnProgress<'a>) -> Self {
        Self {
            out,
            written: 0,
            tell,
        }
    }
}

impl Write for Measured<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        const MEGABYTE: u64 = 1024 * 1024;
        let n = self.out.write(bytes)?;
        let before = self.written / MEGABYTE;
        self.written += u64::try_from(n).unwrap_or_default();
        let now = self.written / MEGABYTE;
        if now > before {
            (self.tell)(Progress::Megabytes(now));
        }
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The files of a folder, each counted, as long as no signal came.
pub(super) struct Counted<'a> {
    /// The signals.
    pub(super) signals: &'a EndingSignals,
    /// Where the files go.
    pub(super) files: &'a mut dyn Files,
    /// How many are there.
    pub(super) done: usize,
    /// Told of each.
    pub(super) tell: &'a mut dyn FnMut(usize),
}

impl Files for Counted<'_> {
    fn file(
        &mut self,
        name: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let signals = self.signals;
        self.files
            .file(name, &mut |out| write(&mut heeded(signals, out)))?;
        self.done += 1;
        (self.tell)(self.done);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::export::destination::{Place, write_folder, write_whole};
    use crate::store::Ours;

    #[test]
    fn a_signal_leaves_no_file_no_folder_and_nothing_begun() {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        let ours = Ours::of(&folder.path().join("journal.db"));
        let to = ours.file(&folder.path().join("out.csv"));
        let to = to.unwrap_or_else(|error| panic!("{error}"));
        let signals = EndingSignals::default();
        let failure = write_whole(&to, Place::New, |out| {
            heeded(&signals, out).write_all(b"a row")?;
            signals.note(2);
            heeded(&signals, out).write_all(b"another")
        });
        assert_eq!(failure.map_err(|failure| failure.code), Err(130));
        let to = ours.folder(&folder.path().join("out"));
        let to = to.unwrap_or_else(|error| panic!("{error}"));
        let failure = write_folder(&to, &[], Place::New, |files| {
            let tell = &mut |_| {};
            let mut files = Counted {
                signals: &signals,
                files,
                done: 0,
                tell,
            };
            files.file("a.csv", &mut |out| out.write_all(b"a row"))
        });
        assert_eq!(failure.map_err(|failure| failure.code), Err(130));
        let left = std::fs::read_dir(folder.path()).map(Iterator::count);
        assert_eq!(left.ok(), Some(0));
    }
}
