//! Takes the terminal and gives it back: modes, alternate screen, bracketed paste, focus reports, cursor.
//!
//! What has been taken is remembered for the whole process and not in the [`Guard`], so that any thread can give it
//! back at any moment: the end of `main`, an early `?`, a panic, a signal, Ctrl-Z.
//!
//! Invariant: giving back never panics, never prints about itself, and may be done any number of times; once it is
//! done nothing that was drawn for the full screen reaches the shell's own screen ([`Output`] swallows it).
//! Invariant: no text of a person is in what a panic prints.

use std::ffi::OsStr;
use std::io::{self, IsTerminal, Write};
use std::panic::Location;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, Once, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use crate::tui::pointer::Pointing;
use ratatui::layout::Rect;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fd::BorrowedFd;
use rustix::io::Errno;
use rustix::process::{Signal, getpgrp, kill_current_process_group};
use rustix::stdio::{stderr, stdin, stdout};
use rustix::termios::{
    LocalModes, OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcgetpgrp,
    tcgetwinsize, tcsetattr,
};

/// The modes that the terminal had before it was taken; `None` while it belongs to the shell.
static BORROWED: Mutex<Option<Termios>> = Mutex::new(None);
/// Whether `BORROWED` holds something, readable without its lock.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether the process is about to end, so that a stopped journal neither takes the terminal once more nor stops again. Set
/// by the handler of an ending signal itself: the way through a thread is longer than a busy machine may have left.
static IS_ENDING: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);
/// Whether the mouse was switched on, so that it is on again after each taking.
static IS_POINTING: AtomicBool = AtomicBool::new(false);
/// Who ends the process after a panic, once the terminal has been given back.
static FAULT_LISTENER: OnceLock<Box<dyn Fn() + Send + Sync>> = OnceLock::new();

/// The exit code of a fault in the program.
pub(super) const FAULT: u8 = 1;

/// Alternate screen, emptied, cursor away until the first frame, bracketed paste, focus reports.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[H\x1b[2J\x1b[?25l\x1b[?2004h\x1b[?1004h";
/// The same in reverse. The alternate screen is emptied before it is left: a terminal that has none would otherwise
/// keep the journal on show.
const GIVE_BACK: &[u8] =
    b"\x1b[?1006l\x1b[?1002l\x1b[?1004l\x1b[?2004l\x1b[0m\x1b[H\x1b[K\x1b[2;1H\x1b[J\x1b[H\x1b[?1049l\x1b[?25h";
/// Empties the screen, the first row apart from the others: GNU screen has no alternate screen until it is told to, and keeps
/// in its scrollback what is erased as a whole (`CSI 2J`, or `CSI J` from the first cell).
pub(super) const EMPTY: &[u8] = b"\x1b[0m\x1b[H\x1b[K\x1b[2;1H\x1b[J\x1b[H";

/// Presses, drags and the wheel, with columns beyond 223. Not 1003: motion without a button is nobody's business here.
const POINTER_ON: &[u8] = b"\x1b[?1002h\x1b[?1006h";
const POINTER_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l";

/// Between these two the terminal keeps the old picture, and then shows the new one whole.
pub(super) const FRAME_BEGINS: &[u8] = b"\x1b[?2026h";
/// See [`FRAME_BEGINS`].
pub(super) const FRAME_ENDS: &[u8] = b"\x1b[?2026l";

/// How long a terminal that accepts no bytes is waited for before its queue is thrown away.
const PATIENCE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 100_000_000,
};
/// How long a stop may take to arrive.
const SETTLING: Duration = Duration::from_millis(50);
/// How many such waits a journal that was woken in the background leaves to an ending signal. All signals that are pending
/// at a continue go to the threads that wake first, and each of these has to come to run before its handler does.
const WAITS_FOR_AN_END: u8 = 10;
/// How many times in a row a journal that was woken in the background stops itself again before it gives up.
const WAKES_IN_THE_BACKGROUND: u8 = 100;

/// Why the full-screen journal cannot be drawn here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoTerminal {
    /// Standard input or standard output is a file, a pipe or nothing.
    #[error("standard input and output are not both a terminal")]
    NotATerminal,
    /// `TERM` is unset, empty or `dumb`: the terminal does not say that it can move its cursor.
    #[error("this terminal does not say that it can move its cursor")]
    DumbTerminal,
}

/// Says whether the full-screen journal can be drawn: both ends are a terminal, and `TERM` promises more than `dumb`.
///
/// # Errors
/// The first reason that stands against it.
pub(crate) fn is_usable() -> Result<(), NoTerminal> {
    let ends = [io::stdin().is_terminal(), io::stdout().is_terminal()];
    judge(ends, std::env::var_os("TERM").as_deref())
}

fn judge(ends_are_terminals: [bool; 2], term: Option<&OsStr>) -> Result<(), NoTerminal> {
    if ends_are_terminals.contains(&false) {
        return Err(NoTerminal::NotATerminal);
    }
    match term {
        // Editors' built-in shells and build services set `dumb`.
        Some(name) if !name.is_empty() && name != "dumb" => Ok(()),
        _ => Err(NoTerminal::DumbTerminal),
    }
}

/// Clears the window and what scrolled out of it, for a face that draws no screen.
pub(crate) const CLEARED: &str = "\x1b[H\x1b[2J\x1b[3J";

/// How wide the terminal behind stdout is, in cells; `None` for a pipe, a file, or one that does not tell.
pub(crate) fn columns() -> Option<u16> {
    columns_of(stdout())
}

/// [`columns`] of the terminal behind stderr.
pub(crate) fn columns_of_talk() -> Option<u16> {
    columns_of(stderr())
}

fn columns_of(stream: BorrowedFd<'_>) -> Option<u16> {
    let size = tcgetwinsize(stream).ok()?;
    Some(size.ws_col).filter(|columns| *columns > 0)
}

/// The cells of the full screen. Not asked of crossterm, which opens a file for it each time.
pub(crate) fn area() -> io::Result<Rect> {
    let size = tcgetwinsize(stdout())?;
    Ok(Rect::new(0, 0, size.ws_col, size.ws_row))
}

/// How wide and how high the terminal behind stdout is, in cells.
pub(crate) fn size() -> Option<(u16, u16)> {
    let size = tcgetwinsize(stdout()).ok()?;
    Some((size.ws_col, size.ws_row)).filter(|(columns, rows)| *columns > 0 && *rows > 0)
}

/// Whether this error of drawing or of taking the terminal tells that it is no longer there.
pub(crate) fn has_vanished(error: &io::Error) -> bool {
    let code = error.raw_os_error().map(Errno::from_raw_os_error);
    matches!(code, Some(Errno::IO | Errno::NXIO | Errno::NOTTY))
        || error.kind() == io::ErrorKind::NotConnected
}

/// The right to draw on the whole terminal; dropping it gives the terminal back.
#[derive(Debug)]
#[must_use = "the terminal is given back as soon as the guard is dropped"]
pub struct Guard(());

impl Guard {
    /// Takes the terminal; [`end_at_panic`] gives it back at a panic too. In the background this stops the process until it
    /// is brought to the front.
    ///
    /// # Errors
    /// Standard input is not a terminal. Nothing is taken then. A terminal that has vanished is no error here but the
    /// watchdog's to tell, and nothing is taken then either.
    pub fn enter() -> io::Result<Self> {
        take_in_front()?;
        Ok(Self(()))
    }

    /// Takes the terminal once more after somebody else may have changed it: SIGSTOP cannot be caught, so a shell has
    /// had it since. To be called at each SIGCONT; the next frame must be drawn whole.
    ///
    /// # Errors
    /// As [`Guard::enter`].
    pub fn retake(&mut self) -> io::Result<()> {
        take_in_front()
    }

    /// Gives the terminal back, stops the process until the shell's `fg`, and takes the terminal again. The next frame
    /// must be drawn whole, and the size and the date read again.
    ///
    /// Without a shell to return to (an orphaned process group) the kernel ignores the stop, and this comes straight
    /// back. When the process was told to end while it was stopped, the terminal stays with the shell.
    ///
    /// # Errors
    /// As [`Guard::enter`], or the process cannot be stopped.
    pub fn suspend(&mut self) -> io::Result<()> {
        restore();
        stop()?;
        take_in_front()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Says whether the terminal is in the journal's hands at this moment.
pub(crate) fn is_taken() -> bool {
    IS_TAKEN.load(Ordering::SeqCst)
}

/// Gives the terminal back if it is taken; from any thread, any number of times, silently.
pub fn restore() {
    let mut borrowed = lock();
    let Some(modes) = borrowed.take() else {
        return;
    };
    IS_TAKEN.store(false, Ordering::SeqCst);
    let background = is_in_background();
    if background && modes.local_modes.contains(LocalModes::TOSTOP) {
        // Any byte from here would stop the process, which may be about to end.
        return;
    }
    // The modes come first, as they cannot block; a shell in front has already set its own.
    if !background {
        let _ = tcsetattr(stdin(), OptionalActions::Now, &modes);
    }
    write_bounded(stdout(), GIVE_BACK);
    if !background {
        // What was typed for the journal and not read is not for the shell, which would run and remember it.
        let _ = tcflush(stdin(), QueueSelector::IFlush);
    }
}

/// Makes the terminal tell once more of keys that lie unread though crossterm has found no more.
///
/// crossterm 0.29 waits for keys and sizes by edges; when both come in one wake-up and the size is first, or more comes at
/// once than its buffer holds, it forgets the rest until the next key is pressed. Setting the modes that are set already
/// raises the edge again, and loses no byte.
pub(super) fn tell_again_of_unread_keys() {
    let borrowed = lock();
    // Under the lock, so that the modes cannot be given back in between.
    if borrowed.is_none() || is_in_background() || !has_unread_keys() {
        return;
    }
    if let Ok(modes) = tcgetattr(stdin()) {
        let _ = tcsetattr(stdin(), OptionalActions::Now, &modes);
    }
}

fn has_unread_keys() -> bool {
    let mut files = [PollFd::from_borrowed_fd(stdin(), PollFlags::IN)];
    matches!(poll(&mut files, Some(&Timespec::default())), Ok(1..))
}

/// Remembers that the process is ending, so that a stopped journal which is woken for its end leaves the terminal alone.
pub(super) fn announce_end() {
    IS_ENDING.store(true, Ordering::SeqCst);
}

/// What the handler of an ending signal sets, to the same effect as [`announce_end`].
pub(super) fn end_flag() -> Arc<AtomicBool> {
    Arc::clone(&IS_ENDING)
}

/// Names who ends the process after a panic in any thread; it is called in that thread. The first one stays.
pub(super) fn listen_for_faults(listener: impl Fn() + Send + Sync + 'static) {
    let _ = FAULT_LISTENER.set(Box::new(listener));
}

/// Asks the terminal to tell of the mouse, or no longer; nothing is sent when that is so already. Giving the terminal back
/// ends it, and taking it again brings it back.
///
/// # Errors
/// The terminal cannot be written to.
pub(crate) fn point(pointing: Pointing) -> io::Result<()> {
    let is_on = pointing == Pointing::On;
    if IS_POINTING.swap(is_on, Ordering::SeqCst) == is_on {
        return Ok(());
    }
    Output(()).write_all(if is_on { POINTER_ON } else { POINTER_OFF })
}

/// The way to the screen for frames.
pub fn output() -> Output {
    Output(())
}

/// Writes to the terminal while it is taken, and swallows everything once it has been given back or has vanished.
///
/// Not `std::io::Stdout`: its lock may be held by a thread that is stuck in a write, and its left-over bytes would be
/// printed onto the shell's screen when the process ends.
#[derive(Debug)]
pub struct Output(());

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            if !is_taken() {
                return Ok(bytes.len());
            }
            match rustix::io::write(stdout(), bytes) {
                Err(Errno::INTR) => {}
                // The terminal has vanished. The watchdog says so; an error here would be a second, wrong reason to end.
                Err(Errno::IO) => return Ok(bytes.len()),
                // Another program may have left the terminal's description non-blocking.
                Err(Errno::AGAIN) => _ = accepts_bytes(stdout(), None)?,
                written => return Ok(written?),
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn lock() -> MutexGuard<'static, Option<Termios>> {
    BORROWED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the terminal as soon as the process is in front; until then it stays stopped. Once the process has been told
/// to end, the terminal stays with whoever has it.
fn take_in_front() -> io::Result<()> {
    for _ in 0..WAKES_IN_THE_BACKGROUND {
        if IS_ENDING.load(Ordering::SeqCst) {
            return Ok(());
        }
        if !is_in_background() {
            return take().or_else(|error| match Errno::from_io_error(&error) {
                // Vanished: the watchdog says so, and has the right code for it.
                Some(Errno::IO) => Ok(()),
                _ => Err(error),
            });
        }
        // Woken by `bg`, or only to hear SIGTERM. Taking the terminal now would stop the process (SIGTTOU) before it can
        // end, and so would stopping. Brought to the front meanwhile, it need not stop.
        if stays_in_background() {
            stop()?;
        }
    }
    Err(io::ErrorKind::NotConnected.into())
}

/// Whether the process is still in the background, and has not been told to end, after every wait for that.
fn stays_in_background() -> bool {
    (0..WAITS_FOR_AN_END).all(|_| {
        thread::sleep(SETTLING);
        is_in_background() && !IS_ENDING.load(Ordering::SeqCst)
    })
}

/// Stops the process until it is continued.
///
/// SIGTSTP to the group and not SIGSTOP to this process alone: a script or `sudo` around the journal must stop too, or
/// the shell never hears of it; and where no shell is left, SIGSTOP would be for ever.
fn stop() -> io::Result<()> {
    kill_current_process_group(Signal::TSTP)?;
    // The stop may arrive by way of another thread; going on before it would leave raw mode behind for the shell.
    thread::sleep(SETTLING);
    Ok(())
}

fn take() -> io::Result<()> {
    let mut borrowed = lock();
    let now = tcgetattr(stdin())?;
    let mut raw = now.clone();
    raw.make_raw();
    tcsetattr(stdin(), OptionalActions::Now, &raw)?;
    // On a second taking the modes of the first are the shell's.
    borrowed.get_or_insert(now);
    IS_TAKEN.store(true, Ordering::SeqCst);
    drop(borrowed);
    let mut screen = Output(());
    screen
        .write_all(TAKE)
        .and_then(|()| {
            if IS_POINTING.load(Ordering::SeqCst) {
                screen.write_all(POINTER_ON)
            } else {
                Ok(())
            }
        })
        .inspect_err(|_| restore())
}

/// Whether what is typed now is for the journal: it has the terminal, and nobody else is in front.
pub(super) fn is_ours() -> bool {
    is_taken() && !is_in_background()
}

/// Whether another process group is in front: then touching the terminal's modes would stop the process. A terminal
/// that is not the controlling one, or has vanished, has nobody in front.
fn is_in_background() -> bool {
    tcgetpgrp(stdin()).is_ok_and(|front| front != getpgrp())
}

fn accepts_bytes(file: BorrowedFd<'_>, patience: Option<&Timespec>) -> rustix::io::Result<bool> {
    let mut files = [PollFd::from_borrowed_fd(file, PollFlags::OUT)];
    match poll(&mut files, patience) {
        Err(Errno::INTR) => Ok(false),
        ready => Ok(ready? > 0),
    }
}

/// Writes what it can without waiting for long: when the terminal takes nothing, its queue is thrown away once.
fn write_bounded(file: BorrowedFd<'_>, bytes: &[u8]) {
    let mut rest = bytes;
    let mut misses = 0_u8;
    while !rest.is_empty() && misses < 3 {
        if !matches!(accepts_bytes(file, Some(&PATIENCE)), Ok(true)) {
            misses += 1;
            let _ = tcflush(file, QueueSelector::OFlush);
            continue;
        }
        match rustix::io::write(file, rest) {
            Ok(written) if written > 0 => rest = rest.get(written..).unwrap_or_default(),
            Err(Errno::INTR | Errno::AGAIN) => misses += 1,
            _ => return,
        }
    }
}

/// Sees to it that a panic in any thread gives the terminal back, tells one line without a word of the person's, and ends the
/// process with the code of an error: at once, or within two seconds where the journal has something to write.
///
/// The released program does not unwind, so nothing may wait for what would come after the hook; without that, its tables of
/// places to clean up would be a tenth of the file.
pub fn end_at_panic() {
    static ONCE: Once = Once::new();
    // The former hook is not called: it prints the payload, and a payload may quote a note.
    ONCE.call_once(|| {
        std::panic::set_hook(Box::new(|panic| {
            static FIRST: Once = Once::new();
            restore();
            FIRST.call_once(|| write_bounded(stderr(), fault_line(panic.location()).as_bytes()));
            let Some(end) = FAULT_LISTENER.get() else {
                signal_hook::low_level::exit(FAULT.into());
            };
            end();
            // The main loop ends the process; this thread must not go on, nor be seen as ended.
            loop {
                std::thread::park();
            }
        }));
    });
}

fn fault_line(place: Option<&Location<'_>>) -> String {
    let place = place.map_or_else(String::new, |at| {
        format!(" ({}:{})", short_path(at.file()), at.line())
    });
    format!(
        "ebb stopped because of a fault in the program{place}. What was saved is safe; the draft is kept.\n"
    )
}

/// A path from its `src` on, with the name of the crate before it: enough to find the place, without the folders of whoever
/// built the program.
fn short_path(path: &str) -> String {
    let parts: Vec<&str> = path.split(['/', '\\']).collect();
    let from = match parts.iter().rposition(|part| *part == "src") {
        Some(at) => at.saturating_sub(1),
        None => parts.len().saturating_sub(1),
    };
    parts[from..].join("/")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_on_either_end_is_no_terminal() {
        let term = Some(OsStr::new("xterm"));
        for ends in [[false, true], [true, false], [false, false]] {
            assert_eq!(judge(ends, term), Err(NoTerminal::NotATerminal));
        }
    }

    #[test]
    fn a_terminal_that_promises_nothing_is_dumb() {
        for term in [None, Some(OsStr::new("")), Some(OsStr::new("dumb"))] {
            assert_eq!(judge([true, true], term), Err(NoTerminal::DumbTerminal));
        }
        assert_eq!(judge([true, true], Some(OsStr::new("xterm-mono"))), Ok(()));
    }

    #[test]
    fn giving_back_what_was_never_taken_does_nothing() {
        restore();
        restore();
        assert!(!is_taken());
    }

    #[test]
    fn a_frame_is_swallowed_while_the_terminal_is_not_taken() {
        let mut frames = output();
        frames.write_all(b"a note").unwrap();
        frames.flush().unwrap();
    }

    #[test]
    fn the_fault_line_names_a_place_without_the_builders_folders() {
        assert_eq!(
            short_path("/somebody/elsewhere/core-0.1/src/buffer.rs"),
            "core-0.1/src/buffer.rs"
        );
        assert_eq!(short_path("src\\main.rs"), "src/main.rs");
        assert_eq!(short_path("src/tui/a/b.rs"), "src/tui/a/b.rs");
        assert_eq!(short_path("/somebody/else.rs"), "else.rs");
        let line = fault_line(Some(Location::caller()));
        assert!(line.starts_with(
            "ebb stopped because of a fault in the program (src/tui/outside/terminal.rs:"
        ));
        assert_eq!(line.matches('\n').count(), 1);
    }
}
