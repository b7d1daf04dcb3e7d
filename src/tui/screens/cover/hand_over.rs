//! The report for a clinician, on a screen that goes into somebody else's hands: it can be scrolled, and nothing more.
//!
//! ```text
//! ╭ Report ────────────────────────────── 38 of 120 lines ─╮
//! │ From 1 Nov to 30 Nov 2026 …                            │
//! ╰────────────────────────────────────────────────────────╯
//!  ↑ ↓ read on                                 ! help lines
//! ```
//!
//! Invariant: the way back is told before it begins, and it is not on the screen afterwards.

use super::read;
use crate::domain::report::Report;
use crate::transfer::report;
use crate::tui::effect::{Covering, Effect};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen, Typed, joined, meaning};
use crate::tui::shared::{Protection, Shared};
use crate::tui::theme::Role;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::popup::PageLine;
use crate::tui::widgets::text::put;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;
use std::cell::Cell;

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The key for the way back is being chosen; a key that cannot be it was pressed last, or none.
    Choosing(Option<Key>),
    /// It is told what will bring the person back.
    Told(Way),
    /// The report is in sight.
    Shown(Way),
}

/// What brings the person back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// A key that they chose.
    Key(Key),
    /// The passphrase: under the report the journal is locked.
    Passphrase,
}

/// The page.
pub struct HandOver {
    report: Box<Report>,
    stage: Stage,
    top: usize,
    /// The lines of the report and the rows for them in the last frame: the last page ends where the report does.
    seen: Cell<(usize, usize)>,
}

/// What can be done on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// To another line.
    Go(Step),
    /// Show the report.
    Begin,
    /// Leave it.
    Leave,
    /// To the page that asks for the passphrase.
    Ask,
}

const BEFORE: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Begin, "show the report"),
    Binding::footer(Key::ESC, Msg::Leave, "leave it"),
];

const CHOOSING: &[Binding<Msg>] = &[Binding::footer(Key::ESC, Msg::Leave, "leave it")];

static LOCKED: [Binding<Msg>; 10] =
    joined([Binding::footer(Key::ENTER, Msg::Ask, "passphrase")], SHOWN);

const SHOWN: [Binding<Msg>; 9] = [
    Binding::row(
        "\u{2191} \u{2193}",
        Key::DOWN,
        Msg::Go(Step::Next),
        "read on",
    ),
    Binding::row(
        "PgUp PgDn",
        Key::PAGE_DOWN,
        Msg::Go(Step::PageDown),
        "by pages",
    ),
    Binding::quiet(Key::UP, Msg::Go(Step::Previous), "back up"),
    Binding::quiet(Key::char('j'), Msg::Go(Step::Next), "read on"),
    Binding::quiet(Key::char('k'), Msg::Go(Step::Previous), "back up"),
    Binding::quiet(Key::char(' '), Msg::Go(Step::PageDown), "a page down"),
    Binding::quiet(Key::PAGE_UP, Msg::Go(Step::PageUp), "a page up"),
    Binding::quiet(Key::HOME, Msg::Go(Step::First), "first line"),
    Binding::quiet(Key::END, Msg::Go(Step::Last), "last line"),
];

/// Keys that have a meaning while it is in sight, or that one presses without thinking.
const TAKEN: [Key; 7] = [
    Key::ENTER,
    Key::ESC,
    Key::char('!'),
    Key::function(1),
    Key::ctrl('l'),
    Key::ctrl('c'),
    Key::ctrl('z'),
];

/// What it is.
const ABOUT: &str = "It fills the screen, for someone who reads it here. Until you bring the rest back it can be scrolled, ! shows help lines, Ctrl-L hides it, and nothing else can be done.";

/// What is asked first.
const ASKED: &str = "Press the key that is to bring you back. It is not shown later.";

impl HandOver {
    /// It begins with the way back: a key to be chosen, or the passphrase.
    pub(crate) fn new(report: Report, protection: Protection) -> Self {
        Self {
            report: Box::new(report),
            stage: match protection {
                Protection::None => Stage::Choosing(None),
                Protection::Passphrase => Stage::Told(Way::Passphrase),
            },
            top: 0,
            seen: Cell::default(),
        }
    }

    fn choose(&mut self, key: Key) {
        let is_taken = TAKEN.contains(&key) || meaning(&LOCKED, key).is_some();
        self.stage = if is_taken {
            Stage::Choosing(Some(key))
        } else {
            Stage::Told(Way::Key(key))
        };
    }

    fn words(&self) -> Vec<PageLine> {
        // What is to be done stands first: a small screen has no room for more.
        let mut lines: Vec<PageLine> = match self.stage {
            Stage::Choosing(taken) => {
                let refused = taken.map(|key| {
                    let text = format!("{key} has a meaning there already; another key, please.");
                    (text, Role::Warning)
                });
                let asked = (ASKED.to_owned(), Role::Accent);
                std::iter::once(asked).chain(refused).collect()
            }
            Stage::Told(Way::Passphrase) | Stage::Shown(Way::Passphrase) => {
                let text = "Enter shows the report, and locks the rest. Enter there asks for the passphrase.";
                vec![(text.to_owned(), Role::Accent)]
            }
            Stage::Told(Way::Key(key)) | Stage::Shown(Way::Key(key)) => {
                let text = format!(
                    "{key} brings you back. Enter shows the report; another key takes the place of {key}."
                );
                vec![(text, Role::Accent)]
            }
        };
        lines.push((String::new(), Role::Text));
        lines.push((ABOUT.to_owned(), Role::Text));
        lines
    }

    fn draw_report(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let theme = shared.theme;
        let panel = Panel::new(self.title());
        let inner = panel.inner(area);
        let lines = report::text(&self.report, usize::from(inner.width));
        let height = usize::from(inner.height);
        self.seen.set((lines.len(), height));
        let top = self.top.min(lines.len().saturating_sub(height));
        let last = (top + height).min(lines.len());
        let fact = format!("{last} of {} lines", lines.len());
        let inner = panel.fact(&fact).draw(area, frame.buffer_mut(), theme);
        for (line, y) in lines.iter().skip(top).zip(inner.y..inner.bottom()) {
            let row = Rect {
                y,
                height: 1,
                ..inner
            };
            put(
                frame.buffer_mut(),
                row,
                line,
                theme.style(Role::Text),
                theme,
            );
        }
        // The screen's own cursor stands on the first line in sight, for whoever has it read out.
        frame.set_cursor_position((inner.x, inner.y));
    }
}

impl Screen for HandOver {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        match self.stage {
            Stage::Shown(_) => "Report",
            Stage::Choosing(_) | Stage::Told(_) => "Hand over the report",
        }
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        match self.stage {
            Stage::Choosing(_) => CHOOSING,
            Stage::Told(_) => BEFORE,
            Stage::Shown(Way::Key(_)) => &LOCKED[1..],
            Stage::Shown(Way::Passphrase) => &LOCKED,
        }
    }

    fn update(&mut self, msg: Msg, _shared: &Shared) -> Vec<Effect> {
        match (msg, self.stage) {
            (Msg::Go(step), _) => {
                let (lines, height) = self.seen.get();
                // From the lines that can stand at the top: what lies past them is in sight already.
                self.top = step.target(self.top, lines.saturating_sub(height) + 1);
            }
            (Msg::Begin, Stage::Told(way)) => {
                self.stage = Stage::Shown(way);
                if way == Way::Passphrase {
                    return vec![Effect::Cover(Covering::LockUnder)];
                }
            }
            (Msg::Ask, _) => return vec![Effect::Cover(Covering::TurnOver)],
            (Msg::Begin, _) => {}
            (Msg::Leave, _) => return vec![Effect::Cover(Covering::Away)],
        }
        Vec::new()
    }

    fn typed(&mut self, event: KeyEvent, _shared: &Shared) -> Typed {
        let key = Key::from(event);
        match self.stage {
            Stage::Choosing(_) | Stage::Told(Way::Key(_)) => self.choose(key),
            Stage::Shown(back) if back == Way::Key(key) => {
                return Typed::Taken(vec![Effect::Cover(Covering::Away)]);
            }
            Stage::Told(Way::Passphrase) | Stage::Shown(_) => {}
        }
        Typed::Taken(Vec::new())
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        match self.stage {
            Stage::Shown(_) => self.draw_report(shared, frame, area),
            Stage::Choosing(_) | Stage::Told(_) => {
                read(frame, area, self.title(), &self.words(), 0, shared);
            }
        }
    }
}
