//! Shows pictures on the terminal: sends what differs from the one that stands there.
//!
//! Invariant: a picture is sent as one piece, whether or not the terminal is told where it begins and ends.

use super::changes::Changes;
use super::drawing;
use super::terminal;
use crate::config::file::Config;
use crate::config::settings::ConfigKey;
use crate::tui::theme::abilities::Abilities;
use crate::tui::widgets::frame::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::io::{self, Write};

/// Room for the bytes of most pictures.
const ROOM: usize = 16 * 1024;

/// Whether the terminal is told where a picture begins and ends, so that it never shows half of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frames {
    /// It is told, and not asked whether it knows that: one that does not passes over both.
    AtOnce,
    /// It is not.
    AsTheyCome,
}

impl Frames {
    /// As the terminal and the person have it.
    pub(crate) fn of(abilities: Abilities, config: &Config) -> Self {
        if abilities.is_synchronised && config.value(ConfigKey::Frames) == "auto" {
            Self::AtOnce
        } else {
            Self::AsTheyCome
        }
    }
}

/// What is known of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// It was emptied.
    Empty,
    /// It shows the last picture.
    Picture,
    /// Nothing.
    Nothing,
}

/// Shows pictures.
#[derive(Debug)]
pub(crate) struct Presenter<W> {
    writer: W,
    frames: Frames,
    bytes: Vec<u8>,
    /// The next picture, blank until it is drawn.
    next: Frame,
    /// The cells of the last one.
    shown: Buffer,
    known: Known,
}

impl<W: Write> Presenter<W> {
    /// On a terminal that was emptied.
    pub(crate) fn new(writer: W, frames: Frames) -> Self {
        Self {
            writer,
            frames,
            bytes: Vec::with_capacity(ROOM),
            next: Frame::default(),
            shown: Buffer::default(),
            known: Known::Empty,
        }
    }

    /// Draws a picture of this size and sends it.
    pub(crate) fn draw(&mut self, area: Rect, draw: impl FnOnce(&mut Frame)) -> io::Result<()> {
        if self.next.area() != area {
            self.next = Frame::blank(area);
        }
        draw(&mut self.next);
        self.write();
        self.send()?;
        self.next.turn_over(&mut self.shown);
        self.known = Known::Picture;
        Ok(())
    }

    /// Sends something besides a picture.
    pub(crate) fn tell(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.bytes.extend_from_slice(bytes);
        self.send()
    }

    /// Empties the terminal before the next picture, whatever it shows, and keeps nothing of the last one.
    pub(crate) fn forget(&mut self) {
        self.known = Known::Nothing;
        self.shown = Buffer::default();
    }

    fn write(&mut self) {
        let (bytes, cells) = (&mut self.bytes, self.next.buffer());
        if self.frames == Frames::AtOnce {
            bytes.extend_from_slice(terminal::FRAME_BEGINS);
        }
        let shown = match self.known {
            Known::Picture if self.shown.area == cells.area => self.shown.content.as_slice(),
            Known::Empty => &[],
            Known::Picture | Known::Nothing => {
                // A new size erases the screen as a whole, which some terminals keep a copy of.
                bytes.extend_from_slice(terminal::EMPTY);
                &[]
            }
        };
        let changes = Changes::new(shown, &cells.content, cells.area.width);
        drawing::cells(changes, bytes);
        drawing::cursor(self.next.cursor(), bytes);
        if self.frames == Frames::AtOnce {
            bytes.extend_from_slice(terminal::FRAME_ENDS);
        }
    }

    fn send(&mut self) -> io::Result<()> {
        let sent = self.writer.write_all(&self.bytes);
        self.bytes.clear();
        sent?;
        self.writer.flush()
    }
}
