//! A program on a terminal of its own: typed at, looked at, resized, killed, and left alone by its terminal.
//!
//! Invariant: every wait is for something that can be seen and has a deadline; nothing sleeps. All bytes are kept.

use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

/// How long something visible may take on a machine that is busy with other tests.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The longest that an end may take.
pub const TWO_SECONDS: Duration = Duration::from_secs(2);

/// Columns and rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub columns: u16,
    pub rows: u16,
}

impl Size {
    /// 80 by 24.
    pub const USUAL: Self = Self::new(80, 24);

    pub const fn new(columns: u16, rows: u16) -> Self {
        Self { columns, rows }
    }

    const fn sentences(self) -> PtySize {
        PtySize {
            rows: self.rows,
            cols: self.columns,
            pixel_width: 0,
            pixel_height: 0,
        }
    }
}

/// What the terminal shows, and every byte that it was sent.
struct Shown {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    /// Whether the reader lets go of the terminal at the next byte.
    lets_go: bool,
    /// Whether the program's side is gone.
    is_over: bool,
}

struct Glass {
    shown: Mutex<Shown>,
    changed: Condvar,
}

/// A terminal with a program on it.
pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    // Held so that the terminal's modes can still be read when the program has ended.
    slave: Option<Box<dyn SlavePty + Send>>,
    writer: Box<dyn Write + Send>,
    glass: Arc<Glass>,
    reader: Option<JoinHandle<()>>,
    end: Receiver<ExitStatus>,
    pid: Pid,
    modes: String,
    has_ended: bool,
}

impl Pty {
    /// Starts a program on a new terminal.
    pub fn start(command: CommandBuilder, size: Size) -> Self {
        let pair = native_pty_system().openpty(size.sentences()).unwrap();
        let modes = modes(&*pair.master);
        let mut child = pair.slave.spawn_command(command).unwrap();
        let pid = i32::try_from(child.process_id().unwrap()).unwrap();
        let (tell, end) = mpsc::channel();
        thread::spawn(move || tell.send(child.wait().unwrap()));
        let glass = Arc::new(Glass {
            shown: Mutex::new(Shown {
                parser: vt100::Parser::new(at_least_one(size.rows), at_least_one(size.columns), 0),
                bytes: Vec::new(),
                lets_go: false,
                is_over: false,
            }),
            changed: Condvar::new(),
        });
        let source = pair.master.try_clone_reader().unwrap();
        let sink = Arc::clone(&glass);
        Self {
            writer: pair.master.take_writer().unwrap(),
            master: pair.master,
            slave: Some(pair.slave),
            glass,
            reader: Some(thread::spawn(move || receive(source, &sink))),
            end,
            pid: Pid::from_raw(pid).unwrap(),
            modes,
            has_ended: false,
        }
    }

    /// Types.
    pub fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Waits until the screen is as wanted; `what` is told when it never is.
    pub fn wait_for(&self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) {
        assert!(
            self.is_seen_within(PATIENCE, is_so),
            "{what} did not come:\n{}",
            self.contents()
        );
    }

    /// Waits until this text stands on the screen.
    pub fn wait_for_text(&self, text: &str) {
        self.wait_for(text, |screen| screen.contents().contains(text));
    }

    /// Whether the screen is as wanted within this time; looks again at every byte that comes.
    pub fn is_seen_within(
        &self,
        patience: Duration,
        is_so: impl Fn(&vt100::Screen) -> bool,
    ) -> bool {
        let until = Instant::now() + patience;
        let mut shown = self.glass.shown.lock().unwrap();
        loop {
            if is_so(shown.parser.screen()) {
                return true;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || shown.is_over {
                return false;
            }
            (shown, _) = self.glass.changed.wait_timeout(shown, left).unwrap();
        }
    }

    /// Waits until the terminal was sent this text so many times.
    pub fn wait_for_bytes(&self, text: &str, times: usize) {
        let until = Instant::now() + PATIENCE;
        let mut shown = self.glass.shown.lock().unwrap();
        while count(&shown.bytes, text) < times {
            let left = until.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "{text:?} did not come {times} times: {}",
                shown.parser.screen().contents()
            );
            (shown, _) = self.glass.changed.wait_timeout(shown, left).unwrap();
        }
    }

    /// Types, and waits until `text` was sent after that, however its lines are broken. For programs that print line after line.
    pub fn say(&mut self, keys: &str, text: &str) {
        let before = self.bytes().len();
        self.send(keys);
        let until = Instant::now() + PATIENCE;
        let mut shown = self.glass.shown.lock().unwrap();
        loop {
            let said = String::from_utf8_lossy(&shown.bytes[before..]).into_owned();
            if in_one_line(&said).contains(text) {
                return;
            }
            let left = until.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero() && !shown.is_over,
                "{text:?} did not come: {said}\non the screen: {}",
                shown.parser.screen().contents()
            );
            (shown, _) = self.glass.changed.wait_timeout(shown, left).unwrap();
        }
    }

    /// The screen as it is now.
    pub fn screen(&self) -> vt100::Screen {
        self.glass.shown.lock().unwrap().parser.screen().clone()
    }

    /// The screen's text as it is now.
    pub fn contents(&self) -> String {
        self.screen().contents()
    }

    /// Every byte that was sent so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.glass.shown.lock().unwrap().bytes.clone()
    }

    /// Gives the terminal another size; the model's is at least one by one.
    pub fn resize(&self, size: Size) {
        // The model first: what the program draws for the new size must not land in the old one.
        let mut shown = self.glass.shown.lock().unwrap();
        shown
            .parser
            .screen_mut()
            .set_size(at_least_one(size.rows), at_least_one(size.columns));
        drop(shown);
        self.master.resize(size.sentences()).unwrap();
    }

    /// Sends the program a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).unwrap();
    }

    /// Ends the program where it stands, and waits until it is gone.
    pub fn kill9(&mut self) {
        self.signal(Signal::KILL);
        self.end
            .recv_timeout(PATIENCE)
            .expect("nothing outlives it");
        self.has_ended = true;
    }

    /// Whether the terminal's modes are what they were before the program.
    pub fn has_its_first_modes(&self) -> bool {
        modes(&*self.master) == self.modes
    }

    /// Closes the terminal under the program, which must draw when its size changes.
    pub fn close_master(mut self) -> Forsaken {
        // The reader holds a copy of the terminal and is blocked in a read: a redraw wakes it.
        self.glass.shown.lock().unwrap().lets_go = true;
        self.resize(Size::new(97, 31));
        self.join_reader();
        self.has_ended = true;
        let (_, nobody) = mpsc::channel();
        Forsaken {
            end: std::mem::replace(&mut self.end, nobody),
            closing: Instant::now(),
        }
    }

    /// Waits for the program's end, which must come by itself within `within`; gives its exit code and what it leaves.
    pub fn exit_code(mut self, within: Duration) -> (u32, Ending) {
        let status = self.end.recv_timeout(within).unwrap_or_else(|_| {
            panic!("it goes on for more than {within:?}:\n{}", self.contents())
        });
        self.has_ended = true;
        assert_eq!(status.signal(), None, "it ends by itself");
        let has_first_modes = self.has_its_first_modes();
        // With the last slave gone the reader comes to the end.
        drop(self.slave.take());
        self.join_reader();
        let ending = Ending {
            bytes: self.bytes(),
            screen: self.screen(),
            has_first_modes,
        };
        (status.exit_code(), ending)
    }

    fn join_reader(&mut self) {
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // Of a test that ends early nothing may stay behind.
        if !self.has_ended && self.end.try_recv().is_err() {
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }
}

/// A program whose terminal has vanished.
pub struct Forsaken {
    end: Receiver<ExitStatus>,
    closing: Instant,
}

impl Forsaken {
    /// Waits for the end of the program, and gives its exit code and how long it took.
    pub fn exit_code(self, within: Duration) -> (u32, Duration) {
        let status = self.end.recv_timeout(within).expect("it ends in time");
        assert_eq!(status.signal(), None, "it ends by itself");
        (status.exit_code(), self.closing.elapsed())
    }
}

/// What a program leaves on its terminal.
pub struct Ending {
    pub bytes: Vec<u8>,
    pub screen: vt100::Screen,
    pub has_first_modes: bool,
}

impl Ending {
    /// How many times this text was sent.
    pub fn count(&self, text: &str) -> usize {
        count(&self.bytes, text)
    }

    /// Everything that was sent, as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

fn receive(mut source: Box<dyn Read + Send>, glass: &Glass) {
    let mut some = [0; 8192];
    loop {
        let length = source.read(&mut some).unwrap_or(0);
        let mut shown = glass.shown.lock().unwrap();
        if length == 0 || shown.lets_go {
            shown.is_over = true;
            drop(shown);
            glass.changed.notify_all();
            return;
        }
        shown.parser.process(&some[..length]);
        shown.bytes.extend(&some[..length]);
        drop(shown);
        glass.changed.notify_all();
    }
}

/// How many times `text` occurs in `bytes`.
pub fn count(bytes: &[u8], text: &str) -> usize {
    bytes
        .windows(text.len())
        .filter(|window| *window == text.as_bytes())
        .count()
}

/// A text with its lines joined.
pub fn in_one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

fn at_least_one(length: u16) -> NonZero<u16> {
    NonZero::new(length).unwrap_or(NonZero::<u16>::MIN)
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}
