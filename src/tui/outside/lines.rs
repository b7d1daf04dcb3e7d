//! Standard input as lines that Ctrl-C interrupts: plain mode may have something to ask before it ends.

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::stdio::stdin;
use signal_hook::consts::SIGINT;
use signal_hook::low_level::pipe;
use std::io::{self, BufReader, Read};
use std::os::unix::net::UnixStream;

/// Ctrl-C while a line was awaited.
#[derive(Debug, thiserror::Error)]
#[error("interrupted")]
pub(crate) struct Interrupt;

/// Standard input. While it waits, SIGINT makes the read fail with [`Interrupt`].
pub(crate) struct Lines {
    signals: UnixStream,
}

impl Lines {
    /// Standard input, line by line. From then on SIGINT no longer ends the process.
    ///
    /// # Errors
    /// The system's.
    pub(crate) fn new() -> io::Result<BufReader<Self>> {
        super::hidden::leave_signals();
        let (signals, sender) = UnixStream::pair()?;
        signals.set_nonblocking(true)?;
        pipe::register(SIGINT, sender)?;
        Ok(BufReader::new(Self { signals }))
    }
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let mut waiting = [
                PollFd::from_borrowed_fd(stdin(), PollFlags::IN),
                PollFd::new(&self.signals, PollFlags::IN),
            ];
            match poll(&mut waiting, None) {
                // The handler of the signal writes to the pair, so the next round sees it.
                Err(Errno::INTR) => continue,
                outcome => outcome?,
            };
            let [input, signal] = waiting.map(|waiting| !waiting.revents().is_empty());
            if signal {
                // All at once: two quick presses are one.
                let mut bytes = [0; 64];
                while self.signals.read(&mut bytes).is_ok_and(|count| count > 0) {}
                // Not `ErrorKind::Interrupted`, after which readers try again.
                return Err(io::Error::other(Interrupt));
            }
            if input {
                match rustix::io::read(stdin(), &mut *buffer) {
                    Err(Errno::INTR) => {}
                    outcome => return Ok(outcome?),
                }
            }
        }
    }
}
