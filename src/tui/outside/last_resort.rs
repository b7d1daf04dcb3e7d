//! Ends the process when the main loop cannot: it may be stuck in a write to a terminal that accepts no bytes, or in a
//! read from a terminal that has vanished.
//!
//! Invariant: after [`LastResort::arm`] the process ends within two seconds, whatever any other thread does.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use super::terminal;

/// How long the main loop has to end the process by itself.
const GRACE: Duration = Duration::from_millis(1500);
/// How long restoring the terminal and the last words may take after that.
const FAREWELL: Duration = Duration::from_millis(400);

type Words = Box<dyn FnOnce() + Send>;

/// The last way to end the process. It costs nothing until it is armed.
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

    /// Starts the countdown to an exit with this code. Later calls change nothing: the first reason counts.
    pub(super) fn arm(self: &Arc<Self>, code: u8) {
        if self.is_armed.swap(true, Ordering::SeqCst) {
            return;
        }
        // Before the wait, so that a stopped process does not take the terminal again meanwhile.
        terminal::announce_end();
        let resort = Arc::clone(self);
        let countdown = thread::Builder::new()
            .name("last resort".into())
            .spawn(move || {
                thread::sleep(GRACE);
                resort.end(code);
            });
        // Without a thread nobody would count: end at once.
        if countdown.is_err() {
            self.end(code);
        }
    }

    /// Ends the process now: within the time of the last words.
    pub(super) fn end(&self, code: u8) -> ! {
        terminal::announce_end();
        let words = self
            .words
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let (done, finished) = mpsc::channel::<()>();
        let also_done = done.clone();
        // Each in its own thread, because each can block: the one in a write, the other on a slow disk.
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
        // Never receives a value; `recv` returns once both threads drop their sender.
        let _ = finished.recv_timeout(FAREWELL);
        // `_exit`, because `std::process::exit` would wait for a main thread that is itself inside `exit`.
        signal_hook::low_level::exit(code.into())
    }
}
