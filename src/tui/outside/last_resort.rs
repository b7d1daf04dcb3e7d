//! Ends the process when the main loop cannot: it may be stuck in a write to a terminal that takes nothing, or in a
//! read from a terminal that has vanished.
//!
//! Invariant: from [`LastResort::arm`] the process lives two seconds at most, whatever any other thread does.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use super::terminal;

/// How long the main loop has to end the process in its own way.
const GRACE: Duration = Duration::from_millis(1500);
/// How long giving the terminal back and the last words may take after that.
const FAREWELL: Duration = Duration::from_millis(400);

type Words = Box<dyn FnOnce() + Send>;

/// A way out that costs nothing until it is armed.
pub(super) struct LastResort {
    is_armed: AtomicBool,
    words: Mutex<Option<Words>>,
}

impl LastResort {
    pub(super) fn new(last_words: impl FnOnce() + Send + 'static) -> Arc<Self> {
        Arc::new(Self {
            is_armed: AtomicBool::new(false),
            words: Mutex::new(Some(Box::new(last_words))),
        })
    }

    /// Begins the countdown to an exit with this code. The first reason stays.
    pub(super) fn arm(self: &Arc<Self>, code: u8) {
        if self.is_armed.swap(true, Ordering::SeqCst) {
            return;
        }
        terminal::announce_end();
        let resort = Arc::clone(self);
        let countdown = thread::Builder::new()
            .name("last resort".into())
            .spawn(move || {
                thread::sleep(GRACE);
                resort.end(code);
            });
        if countdown.is_err() {
            self.end(code);
        }
    }

    fn end(&self, code: u8) -> ! {
        let words = self
            .words
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let (done, finished) = mpsc::channel::<()>();
        let also_done = done.clone();
        // Each in a thread of its own, since each can block: the one in a write, the other on a slow disk.
        let _ = thread::Builder::new()
            .name("farewell".into())
            .spawn(move || {
                terminal::restore();
                drop(done);
            });
        let _ = thread::Builder::new()
            .name("last words".into())
            .spawn(move || {
                if let Some(words) = words {
                    words();
                }
                drop(also_done);
            });
        // Nobody sends: it ends when both have let go of their side.
        let _ = finished.recv_timeout(FAREWELL);
        // `_exit`, not `std::process::exit`: that one waits for a main thread which is already inside its own.
        signal_hook::low_level::exit(code.into())
    }
}
