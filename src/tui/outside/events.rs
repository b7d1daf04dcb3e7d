//! Sends everything from outside as messages on one channel: keys, pastes, sizes, focus, signals, the terminal's end.
//!
//! Three threads, each blocked in one system call: input, signals, and a watchdog for the terminal. The watchdog is
//! needed because crossterm 0.29 loops in its read for ever when the terminal vanishes without a SIGHUP
//! (crossterm #793), and no timeout of its own ends that.
//!
//! Invariant: crossterm reads only when there is input and the process is in the foreground. A read in the background
//! would take a line from the shell, or make the kernel stop the whole process group (SIGTTIN).
//! Invariant: while nothing happens, no thread wakes.
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

use super::burst::Burst;
use super::last_resort::LastResort;
use super::terminal;
use crate::tui::pointer::Pointed;

/// An event from outside the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outside {
    /// A key was pressed or repeats; releases are dropped.
    Key(KeyEvent),
    /// Text was pasted; its line ends are all `\n`.
    Paste(String),
    /// The mouse was used; sent only while it is switched on.
    Pointed(Pointed),
    /// The terminal's new columns and rows.
    Resize(u16, u16),
    /// The terminal's window gained or lost the focus.
    Focus(Focus),
    /// A signal arrived.
    Signal(Signal),
    /// The terminal has vanished.
    TerminalGone,
    /// The moment of the alarm has come.
    Alarm,
    /// A thread panicked; the terminal is restored and the fault line printed.
    Fault,
}

/// Whether the terminal's window has the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// This window has it.
    Gained,
    /// Another window has it.
    Lost,
}

/// The signals that the program handles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// SIGTERM.
    Terminate,
    /// SIGINT from another process: in raw mode Ctrl-C is a key.
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

    /// The exit code for this signal, 128 + its number; `None` for a signal that does not end the process.
    pub(crate) fn exit_code(self) -> Option<u8> {
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

/// The code of SIGHUP: for the person it is the same event.
const TERMINAL_GONE: u8 = 129;
/// The pause between checks while the input belongs to another program.
const UNTIL_OURS: Duration = Duration::from_millis(50);

impl Outside {
    /// The code to exit with, within 1.5 seconds; `None` for an event that does not end the process.
    pub fn exit_code(&self) -> Option<u8> {
        match self {
            Self::Signal(signal) => signal.exit_code(),
            Self::TerminalGone => Some(TERMINAL_GONE),
            Self::Fault => Some(terminal::FAULT),
            Self::Key(_)
            | Self::Paste(_)
            | Self::Pointed(_)
            | Self::Resize(..)
            | Self::Focus(_)
            | Self::Alarm => None,
        }
    }

    fn from_event(event: Event) -> Option<Self> {
        match event {
            Event::Key(key) if key.kind == KeyEventKind::Release => None,
            Event::Key(key) => Some(Self::Key(key)),
            // Terminals paste line ends as `\r`, the byte of Enter.
            Event::Paste(text) => Some(Self::Paste(text.replace("\r\n", "\n").replace('\r', "\n"))),
            // SIGWINCH reports it: crossterm would report a new size only with the next key.
            Event::Resize(..) => None,
            Event::FocusGained => Some(Self::Focus(Focus::Gained)),
            Event::FocusLost => Some(Self::Focus(Focus::Lost)),
            Event::Mouse(event) => Pointed::from_event(event).map(Self::Pointed),
        }
    }
}

/// Starts to hear signals. Call it before [`terminal::Guard::enter`], so that a signal never arrives while the terminal is in
/// raw mode and nobody would restore it.
///
/// `last_words` runs at most once, in its own thread, when the main loop does not end the process in time. It should
/// write the draft, and is cut off after 0.4 seconds.
///
/// # Errors
/// A handler cannot be installed or a thread cannot be started.
pub fn start<M>(
    sender: &Sender<M>,
    last_words: impl FnOnce() + Send + 'static,
) -> io::Result<Listener<M>>
where
    M: From<Outside> + Send + 'static,
{
    let door = EventSender {
        sender: sender.clone(),
        resort: LastResort::new(last_words),
    };
    // Registered before the thread's handler, so that the flag is set by the time the thread reports the signal.
    super::hidden::leave_signals();
    for signal in ANSWERED
        .iter()
        .filter(|signal| signal.exit_code().is_some())
    {
        signal_hook::flag::register(signal.number(), terminal::end_flag())?;
    }
    let signals = Signals::new(ANSWERED.map(Signal::number).into_iter().chain([SIGWINCH]))?;
    let watched = Arc::new(InputFile::open()?);

    let at_fault = door.clone();
    let main_loop = thread::current().id();
    terminal::listen_for_faults(move || {
        if thread::current().id() == main_loop {
            // Nobody is left to end the process in an orderly way.
            at_fault.resort.end(terminal::FAULT);
        }
        at_fault.pass(Outside::Fault);
    });
    spawn("signals", &door, |door| forward_signals(door, signals))?;
    Ok(Listener { door, watched })
}

/// What hears the terminal, once the first frame is drawn: keys wait in the terminal until then, two threads take their time to
/// begin, and a terminal that vanishes makes the drawing fail.
pub struct Listener<M> {
    door: EventSender<M>,
    watched: Arc<InputFile>,
}

impl<M: From<Outside> + Send + 'static> Listener<M> {
    /// Starts to listen.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn listen(self) -> io::Result<()> {
        let Self { door, watched } = self;
        let read_from = Arc::clone(&watched);
        spawn("watchdog", &door, move |door| watch(door, &watched))?;
        spawn("input", &door, move |door| forward_events(door, &read_from))
    }
}

/// Turns a write beyond the file size limit into an error of that write; without this, SIGXFSZ would end the process.
///
/// It installs a handler that does nothing, because std and rustix have no safe way to ignore a signal. Rust's start-up
/// already ignores SIGPIPE.
///
/// # Errors
/// The handler cannot be installed.
pub fn survive_file_size_limit() -> io::Result<()> {
    signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false))).map(|_| ())
}

/// The sender of events. An event that ends the process arms the last resort.
struct EventSender<M> {
    sender: Sender<M>,
    resort: Arc<LastResort>,
}

// Not derived, because `derive` would require `M: Clone`.
impl<M> Clone for EventSender<M> {
    fn clone(&self) -> Self {
        Self {
            sender: self.sender.clone(),
            resort: Arc::clone(&self.resort),
        }
    }
}

/// Whether the main loop still receives.
#[derive(PartialEq)]
enum Delivered {
    Yes,
    No,
}

impl<M: From<Outside>> EventSender<M> {
    fn pass(&self, outside: Outside) -> Delivered {
        if let Some(code) = outside.exit_code() {
            self.resort.arm(code);
        }
        match self.sender.send(outside.into()) {
            Ok(()) => Delivered::Yes,
            Err(_) => Delivered::No,
        }
    }
}

fn spawn<M>(
    name: &str,
    door: &EventSender<M>,
    run: impl FnOnce(&EventSender<M>) + Send + 'static,
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

/// Reads input until the terminal vanishes or the main loop ends.
fn forward_events<M: From<Outside>>(door: &EventSender<M>, read_from: &InputFile) {
    while has_something_to_read(read_from) {
        match forward_what_is_there(door) {
            Ok(Delivered::Yes) => terminal::tell_again_of_unread_keys(),
            Ok(Delivered::No) => return,
            Err(_) => {
                door.pass(Outside::TerminalGone);
                return;
            }
        }
    }
}

/// Waits for input; `false` once the terminal has vanished, which the watchdog reports.
fn has_something_to_read(read_from: &InputFile) -> bool {
    loop {
        let mut files = [PollFd::from_borrowed_fd(read_from.file(), PollFlags::IN)];
        match poll(&mut files, None) {
            Ok(0) | Err(Errno::INTR) => {}
            Ok(_) => return files.iter().all(|file| file.revents() == PollFlags::IN),
            Err(_) => return false,
        }
    }
}

fn forward_what_is_there<M: From<Outside>>(door: &EventSender<M>) -> io::Result<Delivered> {
    let mut burst = Burst::default();
    // Whether the terminal was asked for the rest since the last event.
    let mut is_asked = false;
    loop {
        // Before each `event::poll`, because it reads, and the shell may have come to the front since the last one.
        while !terminal::is_ours() {
            // A sleep is enough here: in the background the main thread stops the process within moments.
            thread::sleep(UNTIL_OURS);
        }
        let event = if event::poll(burst.pause())? {
            is_asked = false;
            burst.take(event::read()?)
        } else if burst.is_open() && !is_asked {
            // The rest may be more than crossterm reads at once.
            is_asked = true;
            terminal::tell_again_of_unread_keys();
            continue;
        } else if let Some(whole) = burst.end() {
            Some(whole)
        } else {
            return Ok(Delivered::Yes);
        };
        if let Some(outside) = event.and_then(Outside::from_event)
            && door.pass(outside) == Delivered::No
        {
            return Ok(Delivered::No);
        }
    }
}

fn forward_signals<M: From<Outside>>(door: &EventSender<M>, mut signals: Signals) {
    // Until the process ends, even after the main loop has: a signal still has to arm the last resort.
    for number in signals.forever() {
        if let Some(signal) = Signal::from_number(number) {
            door.pass(Outside::Signal(signal));
        } else if let Ok(size) = tcgetwinsize(stdout()) {
            door.pass(Outside::Resize(size.ws_col, size.ws_row));
        }
    }
}

/// The descriptor that crossterm reads from.
enum InputFile {
    Stdin,
    Terminal(File),
}

impl InputFile {
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

/// Waits for the terminal's end. `poll` reports a hang-up even when asked for no event and when SIGHUP is ignored.
fn watch<M: From<Outside>>(door: &EventSender<M>, watched: &InputFile) {
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
