//! Turns the outside into messages on one channel: keys, pastes, sizes, focus, signals, and the terminal's end.
//!
//! Three threads, each blocked in one system call: input, signals, and a watchdog for the terminal. The watchdog is
//! needed because crossterm 0.29 spins in its read for ever when the terminal vanishes without a SIGHUP
//! (crossterm #793), and no timeout of its own brings it back.
//!
//! Invariant: crossterm is asked when there is something to read and the terminal is the journal's. A read in the
//! background would take a line from the shell, or have the kernel stop the whole process group (SIGTTIN).
//! Invariant: while nothing happens no thread wakes.
//! Invariant: after a message with an [`exit_code`](Outside::exit_code) the process ends within two seconds, by the
//! main loop or, if that is stuck, by the last resort.

use std::fs::File;
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use ratatui::crossterm::event::{self, Event, KeyEvent, KeyEventKind};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::fd::{AsFd, BorrowedFd};
use rustix::io::Errno;
use rustix::stdio::{stdin, stdout};
use rustix::termios::{isatty, tcgetwinsize};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH, SIGXFSZ};
use signal_hook::iterator::Signals;

use super::last_resort::LastResort;
use super::terminal;
use crate::tui::pointer::Pointed;

/// What can reach the journal from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outside {
    /// A key was pressed, or repeats; releases are dropped.
    Key(KeyEvent),
    /// Text was pasted; its line ends are all `\n`.
    Paste(String),
    /// The mouse was used; told only while it is switched on.
    Pointed(Pointed),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// The terminal's window gained or lost the focus.
    Focus(Focus),
    /// A signal arrived.
    Signal(Signal),
    /// The terminal has vanished: nothing can be read or shown any more.
    TerminalGone,
    /// A thread panicked; the terminal has been given back and the fault line printed.
    Fault,
}

/// Whether the terminal's window is the one that is typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The window is typed into.
    Gained,
    /// Another window is typed into.
    Lost,
}

/// The signals that the journal answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// SIGTERM.
    Terminate,
    /// SIGINT, sent by somebody: in raw mode Ctrl-C is a key.
    Interrupt,
    /// SIGHUP.
    HangUp,
    /// SIGQUIT.
    Quit,
    /// SIGCONT: after a stop, so the terminal, its size and the date may have changed.
    Continue,
}

impl Signal {
    fn number(self) -> i32 {
        match self {
            Self::Terminate => SIGTERM,
            Self::Interrupt => SIGINT,
            Self::HangUp => SIGHUP,
            Self::Quit => SIGQUIT,
            Self::Continue => SIGCONT,
        }
    }

    fn from_number(number: i32) -> Option<Self> {
        ANSWERED
            .into_iter()
            .find(|signal| signal.number() == number)
    }

    /// The code that the process ends with because of this signal, 128 + its number; `None` for a signal that does
    /// not end it.
    pub fn exit_code(self) -> Option<u8> {
        match self {
            Self::Continue => None,
            ending => u8::try_from(128 + ending.number()).ok(),
        }
    }
}

const ANSWERED: [Signal; 5] = [
    Signal::Terminate,
    Signal::Interrupt,
    Signal::HangUp,
    Signal::Quit,
    Signal::Continue,
];

/// As after SIGHUP: for the person it is the same thing.
const TERMINAL_GONE: u8 = 129;
const FAULT: u8 = 1;
/// How long input for somebody else is left lying before it is looked at again.
const UNTIL_OURS: Duration = Duration::from_millis(50);

impl Outside {
    /// The code that the process must now end with, within 1.5 seconds; `None` for everything that does not end it.
    pub fn exit_code(&self) -> Option<u8> {
        match self {
            Self::Signal(signal) => signal.exit_code(),
            Self::TerminalGone => Some(TERMINAL_GONE),
            Self::Fault => Some(FAULT),
            Self::Key(_)
            | Self::Paste(_)
            | Self::Pointed(_)
            | Self::Resize(..)
            | Self::Focus(_) => None,
        }
    }

    fn from_event(event: Event) -> Option<Self> {
        match event {
            Event::Key(key) if key.kind == KeyEventKind::Release => None,
            Event::Key(key) => Some(Self::Key(key)),
            Event::Paste(text) => Some(Self::Paste(text.replace("\r\n", "\n").replace('\r', "\n"))),
            // Told by the signal: crossterm tells of a size with the next key.
            Event::Resize(..) => None,
            Event::FocusGained => Some(Self::Focus(Focus::Gained)),
            Event::FocusLost => Some(Self::Focus(Focus::Lost)),
            Event::Mouse(event) => Pointed::from_event(event).map(Self::Pointed),
        }
    }
}

/// Starts the threads. To be called before [`terminal::Guard::enter`], so that no signal finds the terminal taken and
/// nobody to give it back.
///
/// `last_words` runs at most once, in a thread of its own, when the main loop did not end the process in time: it
/// should have the draft written, and is cut off after 0.4 seconds.
///
/// # Errors
/// A signal cannot be answered or a thread cannot be started.
pub fn start<M>(sender: &Sender<M>, last_words: impl FnOnce() + Send + 'static) -> io::Result<()>
where
    M: From<Outside> + Send + 'static,
{
    let door = Door {
        sender: sender.clone(),
        resort: LastResort::new(last_words),
    };
    // Before the thread's own part of the handler, so that whoever hears of the end from the thread finds the flag set.
    for signal in ANSWERED
        .iter()
        .filter(|signal| signal.exit_code().is_some())
    {
        signal_hook::flag::register(signal.number(), terminal::end_flag())?;
    }
    let signals = Signals::new(ANSWERED.map(Signal::number).into_iter().chain([SIGWINCH]))?;
    let watched = Arc::new(Watched::open()?);
    let read_from = Arc::clone(&watched);

    let at_fault = door.clone();
    terminal::listen_for_faults(move || _ = at_fault.pass(Outside::Fault));
    spawn("signals", &door, |door| forward_signals(door, signals))?;
    spawn("watchdog", &door, move |door| watch(door, &watched))?;
    spawn("input", &door, move |door| forward_events(door, &read_from))
}

/// Makes a write beyond the file size limit an error of that write, where it would end the process by SIGXFSZ.
///
/// A handler that does nothing, as std and rustix have no safe way to ignore a signal. SIGPIPE needs no care: Rust's
/// own start-up ignores it.
///
/// # Errors
/// The handler cannot be installed.
pub fn survive_file_size_limit() -> io::Result<()> {
    signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false))).map(|_| ())
}

/// The way in for a message, with the last resort behind it.
struct Door<M> {
    sender: Sender<M>,
    resort: Arc<LastResort>,
}

// Not derived: that would ask for `M: Clone`.
impl<M> Clone for Door<M> {
    fn clone(&self) -> Self {
        Self {
            sender: self.sender.clone(),
            resort: Arc::clone(&self.resort),
        }
    }
}

/// Whether somebody still listens.
#[derive(PartialEq)]
enum Heard {
    Yes,
    No,
}

impl<M: From<Outside>> Door<M> {
    fn pass(&self, outside: Outside) -> Heard {
        if let Some(code) = outside.exit_code() {
            self.resort.arm(code);
        }
        match self.sender.send(outside.into()) {
            Ok(()) => Heard::Yes,
            Err(_) => Heard::No,
        }
    }
}

fn spawn<M>(
    name: &str,
    door: &Door<M>,
    run: impl FnOnce(&Door<M>) + Send + 'static,
) -> io::Result<()>
where
    M: From<Outside> + Send + 'static,
{
    let door = door.clone();
    thread::Builder::new()
        .name(name.into())
        .spawn(move || run(&door))
        .map(|_| ())
}

/// Keeps reading as long as there is somebody to tell and a terminal to read from.
fn forward_events<M: From<Outside>>(door: &Door<M>, read_from: &Watched) {
    while has_something_to_read(read_from) {
        match forward_what_is_there(door) {
            Ok(Heard::Yes) => terminal::tell_again_of_unread_keys(),
            Ok(Heard::No) => return,
            Err(_) => {
                door.pass(Outside::TerminalGone);
                return;
            }
        }
    }
}

/// Waits for it; `false` once the terminal has vanished, of which the watchdog tells.
fn has_something_to_read(read_from: &Watched) -> bool {
    loop {
        let mut files = [PollFd::from_borrowed_fd(read_from.file(), PollFlags::IN)];
        match poll(&mut files, None) {
            Ok(0) | Err(Errno::INTR) => {}
            Ok(_) => return files.iter().all(|file| file.revents() == PollFlags::IN),
            Err(_) => return false,
        }
    }
}

fn forward_what_is_there<M: From<Outside>>(door: &Door<M>) -> io::Result<Heard> {
    loop {
        // Before each look, since that reads, and the shell may have come to the front since the last one.
        while !terminal::is_ours() {
            // No wake-up is worth its machinery: in the background the main thread stops the process within moments.
            thread::sleep(UNTIL_OURS);
        }
        if !event::poll(Duration::ZERO)? {
            return Ok(Heard::Yes);
        }
        if let Some(outside) = Outside::from_event(event::read()?)
            && door.pass(outside) == Heard::No
        {
            return Ok(Heard::No);
        }
    }
}

fn forward_signals<M: From<Outside>>(door: &Door<M>, mut signals: Signals) {
    // To the end of the process, also when nobody listens any more: the last resort does.
    for number in signals.forever() {
        if let Some(signal) = Signal::from_number(number) {
            door.pass(Outside::Signal(signal));
        } else if let Ok(size) = tcgetwinsize(stdout()) {
            door.pass(Outside::Resize(size.ws_col, size.ws_row));
        }
    }
}

/// The descriptor that crossterm reads from.
enum Watched {
    Stdin,
    Terminal(File),
}

impl Watched {
    fn open() -> io::Result<Self> {
        if isatty(stdin()) {
            return Ok(Self::Stdin);
        }
        File::options()
            .read(true)
            .write(true)
            .open("/dev/tty")
            .map(Self::Terminal)
    }

    fn file(&self) -> BorrowedFd<'_> {
        match self {
            Self::Stdin => stdin(),
            Self::Terminal(file) => file.as_fd(),
        }
    }
}

/// Waits for the terminal's end: asked for no event, `poll` still tells of a hang-up, also when SIGHUP is ignored.
fn watch<M: From<Outside>>(door: &Door<M>, watched: &Watched) {
    loop {
        let mut files = [PollFd::from_borrowed_fd(watched.file(), PollFlags::empty())];
        match poll(&mut files, None) {
            Ok(0) | Err(Errno::INTR) => {}
            Ok(_) => {
                door.pass(Outside::TerminalGone);
                return;
            }
            Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::{KeyCode, KeyModifiers};

    use super::*;

    fn key(kind: KeyEventKind) -> Event {
        Event::Key(KeyEvent::new_with_kind(
            KeyCode::Char('3'),
            KeyModifiers::NONE,
            kind,
        ))
    }

    #[test]
    fn a_key_release_is_not_a_key() {
        assert_eq!(Outside::from_event(key(KeyEventKind::Release)), None);
        for kind in [KeyEventKind::Press, KeyEventKind::Repeat] {
            assert!(matches!(
                Outside::from_event(key(kind)),
                Some(Outside::Key(_))
            ));
        }
    }

    #[test]
    fn a_paste_has_one_kind_of_line_end() {
        let pasted = Outside::from_event(Event::Paste("a\r\nb\rc\nd".into()));
        assert_eq!(pasted, Some(Outside::Paste("a\nb\nc\nd".into())));
    }

    #[test]
    fn an_end_has_the_documented_code() {
        let code = |signal: Signal| Outside::Signal(signal).exit_code();
        assert_eq!(code(Signal::Terminate), Some(143));
        assert_eq!(code(Signal::Interrupt), Some(130));
        assert_eq!(code(Signal::HangUp), Some(129));
        assert_eq!(code(Signal::Quit), Some(131));
        assert_eq!(code(Signal::Continue), None);
        assert_eq!(Outside::TerminalGone.exit_code(), Some(129));
        assert_eq!(Outside::Fault.exit_code(), Some(1));
        assert_eq!(Outside::Resize(80, 24).exit_code(), None);
    }

    #[test]
    fn every_answered_signal_is_known_by_its_number() {
        for signal in ANSWERED {
            assert_eq!(Signal::from_number(signal.number()), Some(signal));
        }
        assert_eq!(Signal::from_number(SIGXFSZ), None);
    }
}
