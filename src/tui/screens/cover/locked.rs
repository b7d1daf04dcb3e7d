//! The locked page: neutral, and without a word of the journal.
//!
//! ```text
//!      ╭ ebb ──────────────────────────────────────────╮
//!      │ This screen is hidden. Enter brings it back.  │
//!      ╰───────────────────────────────────────────────╯
//! ```

use super::read;
use crate::tui::effect::{Covering, Effect};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use chrono::{DateTime, Utc};
use ratatui::Frame;
use ratatui::layout::Rect;

/// Why it is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The person locked it.
    Asked,
    /// Nothing was typed for a while; this was noticed at this moment.
    Idle(DateTime<Utc>),
}

/// Whether the program can be left from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leaving {
    /// It can: drafts are kept.
    Free,
    /// It cannot: under the lock the screen is in somebody else's hands.
    Held,
}

/// The page.
pub struct Locked {
    cause: Cause,
    leaving: Leaving,
    /// What was refused here.
    said: Option<&'static str>,
}

/// What can be done on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Back to what was there.
    Back,
    /// Leave the program.
    Quit,
}

/// What a lock without a passphrase is.
const HIDDEN: [&str; 2] = [
    "This screen is hidden. Enter brings it back.",
    "It is hidden, and nothing more: no passphrase is set, so whoever uses this device can bring it back, and can read the file.",
];

const HELD: &[Binding<Msg>] = &[Binding::footer(Key::ENTER, Msg::Back, "go back")];

const FREE: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Back, "go back"),
    Binding::footer(Key::char('q'), Msg::Quit, "quit"),
];

impl Locked {
    /// The page of a lock for this cause.
    pub(crate) const fn new(cause: Cause, leaving: Leaving) -> Self {
        Self {
            cause,
            leaving,
            said: None,
        }
    }

    /// Whether a key at this moment was typed before the page could be seen: it woke the program, and means nothing here.
    pub(crate) fn was_unseen(&self, now: DateTime<Utc>) -> bool {
        self.cause == Cause::Idle(now)
    }

    /// Says why something was not done.
    pub(crate) const fn say(&mut self, text: &'static str) {
        self.said = Some(text);
    }
}

impl Screen for Locked {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        "ebb"
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        match self.leaving {
            Leaving::Free => FREE,
            Leaving::Held => HELD,
        }
    }

    fn update(&mut self, msg: Msg, _shared: &Shared) -> Vec<Effect> {
        self.said = None;
        vec![match msg {
            Msg::Back => Effect::Cover(Covering::Away),
            Msg::Quit => Effect::Quit,
        }]
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let [first, more] = HIDDEN;
        let mut lines = vec![
            (first.to_owned(), Role::Accent),
            (String::new(), Role::Text),
            (more.to_owned(), Role::Text),
        ];
        if let Some(said) = self.said {
            lines.push((String::new(), Role::Text));
            lines.push((said.to_owned(), Role::Warning));
        }
        read(frame, area, self.title(), &lines, 0, shared);
    }
}
