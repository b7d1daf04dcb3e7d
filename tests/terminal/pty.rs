//! A program on a terminal of its own, for tests: typed at, read, and left alone by its terminal.
//!
//! Invariant: every wait is for a visible effect and has a deadline; nothing sleeps.

use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

/// How long a visible effect may take on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(20);

const SIZE: PtySize = PtySize {
    rows: 24,
    cols: 80,
    pixel_width: 0,
    pixel_height: 0,
};

/// The bytes that the terminal was sent, and who waits for them.
#[derive(Default)]
struct Received {
    bytes: Mutex<Vec<u8>>,
    more: Condvar,
    /// Whether the reader should let go of the terminal at the next byte.
    let_go: AtomicBool,
}

/// A terminal with a program on it.
pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    // Held so that the terminal's modes can still be read when the program has ended.
    slave: Option<Box<dyn SlavePty + Send>>,
    writer: Box<dyn Write + Send>,
    received: Arc<Received>,
    reader: Option<JoinHandle<()>>,
    end: Receiver<ExitStatus>,
    pid: Pid,
    modes: String,
}

/// A program whose terminal has vanished.
pub struct Forsaken {
    end: Receiver<ExitStatus>,
}

impl Pty {
    /// Starts a shell command line in the terminal.
    pub fn shell(line: &str) -> Self {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", line]);
        Self::start(command)
    }

    /// Starts a shell that reads its commands from the terminal.
    pub fn interactive_shell() -> Self {
        let mut command = CommandBuilder::new("sh");
        command.arg("-i");
        command.env("ENV", "");
        command.env("PS1", "$ ");
        Self::start(command)
    }

    fn start(mut command: CommandBuilder) -> Self {
        command.env("TERM", "xterm");
        command.env("LC_ALL", "C");
        command.cwd(std::env::temp_dir());
        let pair = native_pty_system().openpty(SIZE).unwrap();
        let modes = modes(&*pair.master);
        let mut child = pair.slave.spawn_command(command).unwrap();
        let pid = i32::try_from(child.process_id().unwrap()).unwrap();
        let (tell, end) = mpsc::channel();
        thread::spawn(move || tell.send(child.wait().unwrap()));
        let received = Arc::new(Received::default());
        let source = pair.master.try_clone_reader().unwrap();
        let sink = Arc::clone(&received);
        Self {
            writer: pair.master.take_writer().unwrap(),
            master: pair.master,
            slave: Some(pair.slave),
            reader: Some(thread::spawn(move || receive(source, &sink))),
            received,
            end,
            pid: Pid::from_raw(pid).unwrap(),
            modes,
        }
    }

    /// Types.
    pub fn type_in(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Waits until the terminal has been sent this text.
    pub fn wait_for(&self, text: &str) {
        self.wait_for_times(text, 1);
    }

    /// Waits until the terminal has been sent this text so many times.
    pub fn wait_for_times(&self, text: &str, times: usize) {
        let bytes = self.received.bytes.lock().unwrap();
        let lacks = |bytes: &mut Vec<u8>| count(bytes, text) < times;
        let (bytes, timeout) = self
            .received
            .more
            .wait_timeout_while(bytes, PATIENCE, lacks)
            .unwrap();
        let so_far = String::from_utf8_lossy(&bytes).into_owned();
        assert!(
            !timeout.timed_out(),
            "{text:?} did not come {times} times: {so_far:?}"
        );
    }

    /// Sends the program a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).unwrap();
    }

    /// Whether the terminal's modes are what they were before the program.
    pub fn has_its_first_modes(&self) -> bool {
        modes(&*self.master) == self.modes
    }

    /// Types a key that the program answers with some byte, and reads nothing from there on, so that a program that
    /// goes on writing fills the terminal up.
    pub fn stop_reading_after(&mut self, key: &str) {
        self.received.let_go.store(true, Ordering::SeqCst);
        self.type_in(key);
        self.join_reader();
    }

    fn join_reader(&mut self) {
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
    }

    /// Waits for the end of the program, and gives its exit code and all that the terminal was sent.
    pub fn finish(mut self, within: Duration) -> (u32, Ending) {
        let status = self.end.recv_timeout(within).expect("it ends in time");
        assert_eq!(status.signal(), None, "it ends by itself");
        let has_first_modes = modes(&*self.master) == self.modes;
        // With the last slave gone the reader comes to the end.
        drop(self.slave.take());
        self.join_reader();
        let bytes = self.received.bytes.lock().unwrap().clone();
        let ending = Ending {
            bytes,
            has_first_modes,
        };
        (status.exit_code(), ending)
    }

    /// Closes the terminal under the program, which must answer this key with some byte.
    pub fn vanish(mut self, key: &str) -> Forsaken {
        self.stop_reading_after(key);
        Forsaken { end: self.end }
    }
}

impl Forsaken {
    /// Waits for the end of the program, and gives its exit code.
    pub fn finish(self, within: Duration) -> u32 {
        let status = self.end.recv_timeout(within).expect("it ends in time");
        assert_eq!(status.signal(), None, "it ends by itself");
        status.exit_code()
    }
}

/// What a program leaves on its terminal.
pub struct Ending {
    pub bytes: Vec<u8>,
    pub has_first_modes: bool,
}

impl Ending {
    /// How many times this text was sent.
    pub fn count(&self, text: &str) -> usize {
        count(&self.bytes, text)
    }

    /// The screen after everything that was sent.
    pub fn screen(&self) -> vt100::Parser {
        let mut parser = vt100::Parser::default();
        parser.process(&self.bytes);
        parser
    }
}

fn receive(mut source: Box<dyn Read + Send>, sink: &Received) {
    let mut some = [0; 4096];
    while let Ok(length) = source.read(&mut some) {
        if length == 0 || sink.let_go.load(Ordering::SeqCst) {
            return;
        }
        sink.bytes.lock().unwrap().extend(&some[..length]);
        sink.more.notify_all();
    }
}

fn count(bytes: &[u8], text: &str) -> usize {
    bytes
        .windows(text.len())
        .filter(|window| *window == text.as_bytes())
        .count()
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}
