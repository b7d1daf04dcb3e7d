//! Shows pictures on the terminal: sends what differs from the one that stands there.
//!
//! Invariant: a picture is sent as one piece, whether or not the terminal is told where it begins and ends.

use super::changes::Shown;
use super::drawing;
use super::drawing::Pen;
use super::terminal;
use crate::config::file::Config;
use crate::config::settings::ConfigKey;
use crate::tui::theme::abilities::Abilities;
use crate::tui::widgets::frame::Frame;
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
#[derive(Debug)]
enum Known {
    /// It was emptied.
    Empty,
    /// It shows a picture of this size.
    Picture(Rect, Shown),
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
            known: Known::Empty,
        }
    }

    /// Draws a picture of this size and sends it.
    pub(crate) fn draw(&mut self, area: Rect, draw: impl FnOnce(&mut Frame)) -> io::Result<()> {
        if self.next.area() != area {
            self.next = Frame::blank(area);
        }
        draw(&mut self.next);
        let is_anew = self.write(area);
        self.send()?;
        // Behind the sending, so that the person does not wait for it.
        if is_anew {
            self.known = Known::Picture(area, Shown::of(self.next.buffer()));
        }
        self.next.wipe();
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
    }

    /// Writes the next picture. Returns whether it is drawn on an emptied terminal, and is still to be kept.
    fn write(&mut self, area: Rect) -> bool {
        let (bytes, next) = (&mut self.bytes, &self.next);
        if self.frames == Frames::AtOnce {
            bytes.extend_from_slice(terminal::FRAME_BEGINS);
        }
        let is_blank = match &self.known {
            Known::Empty => true,
            Known::Picture(shown, _) if *shown == area => false,
            Known::Picture(..) | Known::Nothing => {
                // A new size erases the screen as a whole, which some terminals keep a copy of.
                bytes.extend_from_slice(terminal::EMPTY);
                true
            }
        };
        let mut pen = Pen::new(bytes);
        match &mut self.known {
            Known::Picture(_, shown) if !is_blank => {
                shown.change_to(next.buffer(), |x, y, cell| pen.write(x, y, cell));
            }
            _ => Shown::on_empty(next.buffer(), |x, y, cell| pen.write(x, y, cell)),
        }
        pen.end();
        drawing::cursor(next.cursor(), bytes);
        if self.frames == Frames::AtOnce {
            bytes.extend_from_slice(terminal::FRAME_ENDS);
        }
        is_blank
    }

    fn send(&mut self) -> io::Result<()> {
        let sent = self.writer.write_all(&self.bytes);
        self.bytes.clear();
        sent?;
        self.writer.flush()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::{Frames, Presenter};
    use crate::tui::outside::terminal;
    use crate::tui::widgets::frame::Frame;
    use ratatui::backend::CrosstermBackend;
    use ratatui::buffer::Buffer;
    use ratatui::crossterm::style::force_color_output;
    use ratatui::layout::Rect;
    use ratatui::style::Color;
    use ratatui::{Terminal, TerminalOptions, Viewport};
    use std::io;
    use std::io::Write;

    const AREA: Rect = Rect::new(0, 0, 6, 2);

    /// A terminal that keeps each write apart, and what of it was sent on its way.
    #[derive(Default)]
    struct Wire {
        written: Vec<Vec<u8>>,
        sent: Vec<Vec<u8>>,
    }

    impl Write for &mut Wire {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.written.push(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            self.sent.append(&mut self.written);
            Ok(())
        }
    }

    impl Wire {
        fn text(&self) -> String {
            String::from_utf8(self.sent.concat()).unwrap()
        }
    }

    /// Pictures one after another; the last one has nothing of those before it.
    const PICTURES: [(&str, Option<(u16, u16)>); 5] = [
        ("ebb 日", Some((2, 0))),
        ("ebb 日", None),
        ("ebbs", Some((5, 1))),
        ("", None),
        ("a", Some((0, 0))),
    ];

    fn draw(frame: &mut Frame, (words, cursor): (&str, Option<(u16, u16)>)) {
        frame.buffer_mut().set_string(0, 0, words, Color::Red);
        if let Some(cursor) = cursor {
            frame.set_cursor_position(cursor);
        }
    }

    fn presented(frames: Frames, then: impl FnOnce(&mut Presenter<&mut Wire>)) -> Wire {
        let mut wire = Wire::default();
        let mut presenter = Presenter::new(&mut wire, frames);
        for picture in PICTURES {
            presenter.draw(AREA, |frame| draw(frame, picture)).unwrap();
        }
        then(&mut presenter);
        wire
    }

    #[test]
    fn pictures_are_shown_as_ratatui_shows_them() {
        force_color_output(true);
        let mut theirs = Vec::new();
        let viewport = Viewport::Fixed(AREA);
        let backend = CrosstermBackend::new(&mut theirs);
        let mut terminal = Terminal::with_options(backend, TerminalOptions { viewport }).unwrap();
        for (words, cursor) in PICTURES {
            let drawn = terminal.draw(|frame| {
                frame.buffer_mut().set_string(0, 0, words, Color::Red);
                if let Some(cursor) = cursor {
                    frame.set_cursor_position(cursor);
                }
            });
            drawn.unwrap();
        }
        drop(terminal);
        let ours = presented(Frames::AsTheyCome, |_| {});
        assert_eq!(ours.text(), String::from_utf8(theirs).unwrap());
    }

    #[test]
    fn each_picture_is_one_piece_on_its_way_whether_or_not_the_terminal_is_told() {
        for frames in [Frames::AsTheyCome, Frames::AtOnce] {
            let wire = presented(frames, |_| {});
            assert_eq!(wire.sent.len(), PICTURES.len(), "{frames:?}");
            for sent in &wire.sent {
                let is_told = sent.starts_with(terminal::FRAME_BEGINS)
                    && sent.ends_with(terminal::FRAME_ENDS);
                assert_eq!(is_told, frames == Frames::AtOnce);
            }
        }
    }

    #[test]
    fn a_text_for_the_clipboard_is_sent_at_once() {
        let wire = presented(Frames::AtOnce, |presenter| {
            presenter.tell(b"copied").unwrap();
        });
        assert_eq!(wire.sent.last().unwrap(), b"copied");
    }

    /// What is sent for the last picture after `before`, drawn once more in `area`.
    fn again(area: Rect, before: impl FnOnce(&mut Presenter<&mut Wire>)) -> Vec<u8> {
        let wire = presented(Frames::AsTheyCome, |presenter| {
            before(presenter);
            let drawn = presenter.draw(area, |frame| draw(frame, ("a", None)));
            drawn.unwrap();
        });
        wire.sent.last().unwrap().clone()
    }

    fn holds(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|bytes| bytes == part)
    }

    #[test]
    fn only_a_forgotten_picture_and_another_size_are_drawn_anew_on_an_emptied_terminal() {
        let same = again(AREA, |_| {});
        assert!(!holds(&same, b"a") && !holds(&same, terminal::EMPTY));
        let larger = Rect { width: 7, ..AREA };
        let forgotten = again(AREA, |presenter| {
            presenter.forget();
        });
        for bytes in [forgotten, again(larger, |_| {})] {
            assert!(bytes.starts_with(terminal::EMPTY));
            assert!(holds(&bytes, b"a"));
        }
        let first = presented(Frames::AsTheyCome, |_| {}).sent.remove(0);
        assert!(
            !holds(&first, terminal::EMPTY),
            "it was emptied when it was taken"
        );
    }

    #[test]
    fn a_picture_begins_blank_and_without_a_cursor() {
        let mut wire = Wire::default();
        let mut presenter = Presenter::new(&mut wire, Frames::AtOnce);
        for _ in 0..3 {
            let drawn = presenter.draw(AREA, |frame| {
                assert_eq!(*frame.buffer(), Buffer::empty(AREA));
                assert_eq!(frame.cursor(), None);
                draw(frame, ("words", Some((1, 1))));
            });
            drawn.unwrap();
        }
    }
}
