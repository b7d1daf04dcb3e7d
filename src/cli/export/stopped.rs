//! An export into a file that a signal stops: what was begun goes away before the process ends.
//!
//! Invariant: nothing is registered while a person is asked something, and nothing for stdout, where a signal ends the process
//! as ever.

use crate::transfer::data_package::Files;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The signal that stopped the writing.
#[derive(Debug, thiserror::Error)]
#[error("stopped")]
pub(super) struct Stopped(pub(super) u8);

/// Which signal came, if any did.
#[derive(Debug, Clone, Default)]
pub(super) struct Signals(Arc<AtomicUsize>);

impl Signals {
    /// From now on the signals that end a process are noted instead.
    pub(super) fn noted() -> Self {
        let noted = Self::default();
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            let number = usize::try_from(signal).unwrap_or_default();
            // Where it cannot be registered it ends the process, and the next export sweeps up.
            signal_hook::flag::register_usize(signal, Arc::clone(&noted.0), number).ok();
        }
        noted
    }

    fn check(&self) -> io::Result<()> {
        match u8::try_from(self.0.load(Ordering::Relaxed)).unwrap_or_default() {
            0 => Ok(()),
            // Not `ErrorKind::Interrupted`, after which writers try again.
            signal => Err(io::Error::other(Stopped(signal))),
        }
    }

    /// `out`, as long as no signal came.
    pub(super) fn heeded<'a>(&self, out: &'a mut dyn Write) -> Heeded<'a> {
        Heeded {
            signals: self.clone(),
            out,
        }
    }
}

/// A writer that fails after a signal.
pub(super) struct Heeded<'a> {
    signals: Signals,
    out: &'a mut dyn Write,
}

impl Write for Heeded<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.signals.check()?;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.signals.check()?;
        self.out.flush()
    }
}

/// The files of a folder, each counted, as long as no signal came.
pub(super) struct Counted<'a> {
    /// The signals.
    pub(super) signals: &'a Signals,
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
            .file(name, &mut |out| write(&mut signals.heeded(out)))?;
        self.done += 1;
        (self.tell)(self.done);
        Ok(())
    }
}
