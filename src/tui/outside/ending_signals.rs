//! The signals that end a process, noted instead while something is written that must not be left half done.

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Which signal came, if any did.
#[derive(Debug, Clone, Default)]
pub(crate) struct EndingSignals(Arc<AtomicUsize>);

impl EndingSignals {
    /// From now on these signals are noted, and no longer end the process.
    pub(crate) fn caught() -> Self {
        super::hidden::leave_signals();
        let caught = Self::default();
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            let number = usize::try_from(signal).unwrap_or_default();
            // Where it cannot be registered it ends the process as ever.
            signal_hook::flag::register_usize(signal, Arc::clone(&caught.0), number).ok();
        }
        caught
    }

    /// The number of the signal that came.
    pub(crate) fn noted(&self) -> Option<u8> {
        let signal = self.0.load(Ordering::Relaxed);
        u8::try_from(signal).ok().filter(|signal| *signal > 0)
    }

    /// Notes a signal as if it had come.
    #[cfg(test)]
    pub(crate) fn note(&self, signal: usize) {
        self.0.store(signal, Ordering::Relaxed);
    }
}
