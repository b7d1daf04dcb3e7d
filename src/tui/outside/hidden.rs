//! What the terminal does not show while it is typed: a passphrase.
//!
//! Invariant: the terminal shows letters again at the end, also where a signal ends the process in the middle.

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::flag::register_conditional_default;
use signal_hook::low_level::{emulate_default_handler, pipe};
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use zeroize::Zeroizing;

/// The signals that end a program at a terminal.
const SIGNALS: [i32; 4] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT];
/// A passphrase has a few dozen letters; what is longer is a file that came the wrong way.
const MOST: usize = 4096;

/// The signals while a line is hidden.
struct Watch {
    /// Whether a signal ends the process at once, as if nobody watched.
    ends: Arc<AtomicBool>,
    /// A byte for each signal, by its place in [`SIGNALS`].
    came: Mutex<Vec<UnixStream>>,
}

// Once for the whole run: a handler that was installed cannot be taken out again, only told to act as if it were not there.
static WATCH: OnceLock<Watch> = OnceLock::new();

fn watch() -> io::Result<&'static Watch> {
    if let Some(watch) = WATCH.get() {
        return Ok(watch);
    }
    let ends = Arc::new(AtomicBool::new(true));
    let mut came = Vec::new();
    for signal in SIGNALS {
        let (receiver, sender) = UnixStream::pair()?;
        receiver.set_nonblocking(true)?;
        register_conditional_default(signal, Arc::clone(&ends))?;
        pipe::register(signal, sender)?;
        came.push(receiver);
    }
    let came = Mutex::new(came);
    Ok(WATCH.get_or_init(|| Watch { ends, came }))
}

/// Leaves the signals to whoever watches them from now on.
pub(crate) fn leave_signals() {
    if let Some(watch) = WATCH.get() {
        watch.ends.store(false, Ordering::SeqCst);
    }
}

/// The terminal to ask at: stdin, or behind a pipe the one that shows what is said. `None` where nobody sits.
fn terminal() -> Option<OwnedFd> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return stdin.as_fd().try_clone_to_owned().ok();
    }
    if !io::stderr().is_terminal() {
        return None;
    }
    let options = File::options().read(true).write(true).open("/dev/tty");
    options.ok().map(OwnedFd::from)
}

/// Whether a person can be asked.
pub(crate) fn can_be_asked() -> bool {
    terminal().is_some()
}

/// A terminal that shows nothing of what is typed, from its beginning until it is dropped: between two tries as well, since
/// a quick person types on while the first one is looked at.
pub(crate) struct Hidden {
    terminal: OwnedFd,
    before: Termios,
    watch: &'static Watch,
    did_end: bool,
}

impl Hidden {
    /// Hides what is typed from now on.
    ///
    /// # Errors
    /// There is no terminal, or it does not answer.
    pub(crate) fn begin() -> io::Result<Self> {
        let terminal = terminal().ok_or(io::ErrorKind::NotConnected)?;
        let watch = watch()?;
        let before = tcgetattr(&terminal)?;
        let mut modes = before.clone();
        modes
            .local_modes
            .remove(LocalModes::ECHO | LocalModes::ECHONL);
        modes
            .local_modes
            .insert(LocalModes::ICANON | LocalModes::ISIG);
        // A stopped program would leave its shell a terminal that shows nothing.
        modes.special_codes[SpecialCodeIndex::VSUSP] = 0;
        let did_end = watch.ends.swap(false, Ordering::SeqCst);
        let hidden = Self {
            terminal,
            before,
            watch,
            did_end,
        };
        tcsetattr(&hidden.terminal, OptionalActions::Now, &modes)?;
        Ok(hidden)
    }

    /// Reads one line; `None` at the end of input. `ask` puts the question.
    ///
    /// # Errors
    /// The terminal does not answer.
    pub(crate) fn line(&self, ask: impl FnOnce()) -> io::Result<Option<Zeroizing<String>>> {
        ask();
        match typed(&self.terminal, self.watch)? {
            Typed::Line(line) => Ok(line),
            Typed::Signal(signal) => {
                self.show();
                emulate_default_handler(signal)?;
                Err(io::Error::other("interrupted"))
            }
        }
    }

    fn show(&self) {
        tcsetattr(&self.terminal, OptionalActions::Now, &self.before).ok();
        self.watch.ends.store(self.did_end, Ordering::SeqCst);
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        self.show();
    }
}

enum Typed {
    Line(Option<Zeroizing<String>>),
    Signal(i32),
}

fn typed(terminal: &OwnedFd, watch: &Watch) -> io::Result<Typed> {
    let mut came = watch.came.lock().unwrap_or_else(PoisonError::into_inner);
    // Room from the start: a buffer that grows would leave its letters behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MOST));
    loop {
        let mut waiting = vec![PollFd::new(terminal, PollFlags::IN)];
        waiting.extend(came.iter().map(|end| PollFd::new(end, PollFlags::IN)));
        match poll(&mut waiting, None) {
            Err(Errno::INTR) => continue,
            outcome => outcome?,
        };
        let ready: Vec<bool> = waiting
            .iter()
            .map(|end| !end.revents().is_empty())
            .collect();
        drop(waiting);
        for (at, signal) in SIGNALS.into_iter().enumerate() {
            if ready.get(at + 1).copied().unwrap_or_default()
                && let Some(end) = came.get_mut(at)
            {
                let mut rest = [0; 64];
                while end.read(&mut rest).is_ok_and(|count| count > 0) {}
                return Ok(Typed::Signal(signal));
            }
        }
        if !ready.first().copied().unwrap_or_default() {
            continue;
        }
        let mut piece = Zeroizing::new([0; 256]);
        let count = match rustix::io::read(terminal, &mut piece[..]) {
            Err(Errno::INTR) => continue,
            outcome => outcome?,
        };
        let new = piece.get(..count).unwrap_or_default();
        if new.is_empty() && bytes.is_empty() {
            return Ok(Typed::Line(None));
        }
        let end = new.iter().position(|byte| *byte == b'\n');
        bytes.extend_from_slice(new.get(..end.unwrap_or(count)).unwrap_or_default());
        if bytes.len() > MOST - 256 {
            return Err(io::ErrorKind::InvalidData.into());
        }
        if end.is_some() || new.is_empty() {
            let text = std::str::from_utf8(&bytes).map_err(|_| io::ErrorKind::InvalidData)?;
            return Ok(Typed::Line(Some(Zeroizing::new(text.to_owned()))));
        }
    }
}
