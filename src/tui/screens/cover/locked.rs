//! The locked page: neutral, and without a word of the journal.
//!
//! ```text
//!      ╭ ebb ──────────────────────────────────────────╮
//!      │ Passphrase: ********                          │
//!      │ Enter opens, Tab takes the recovery sheet.    │
//!      ╰───────────────────────────────────────────────╯
//! ```
//!
//! Invariant: what is typed as a passphrase is not in sight, nor how long it is. Any number of tries.

use super::read;
use crate::tui::effect::{Covering, Effect, Secret, Unlocking};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen, Typed};
use crate::tui::shared::{Protection, Shared};
use crate::tui::theme::Role;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::popup::PageLine;
use crate::tui::widgets::secret_field::SecretField;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;
use zeroize::Zeroizing;

/// Whether the program can be left from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leaving {
    /// It can: drafts are kept.
    Free,
    /// It cannot: under the lock the screen is in somebody else's hands.
    Held,
}

/// What the page waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// A key, where nothing is encrypted.
    Hidden,
    /// The passphrase.
    Passphrase,
    /// The recovery sheet.
    Sheet,
    /// The answer to what was typed.
    Trying,
}

/// The page.
pub struct Locked {
    leaving: Leaving,
    stage: Stage,
    field: SecretField,
    sheet: Zeroizing<String>,
    /// What was refused here.
    said: Option<String>,
}

/// What can be done on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Back to what was there.
    Back,
    /// Open it with what was typed.
    Open,
    /// The other way in: passphrase or sheet.
    Other,
    /// Empty the field.
    Clear,
    /// Back to the report that is handed over.
    Report,
    /// Leave the program.
    Quit,
}

/// What a lock without a passphrase is.
const HIDDEN: [&str; 2] = [
    "This screen is hidden. Enter brings it back.",
    "It is hidden, and nothing more: no passphrase is set, so whoever uses this device can bring it back, and can read its file.",
];

const HELD: &[Binding<Msg>] = &[Binding::footer(Key::ENTER, Msg::Back, "go back")];

const FREE: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Back, "go back"),
    Binding::footer(Key::char('q'), Msg::Quit, "quit"),
];

const PASSPHRASE: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Open, "open"),
    Binding::footer(Key::TAB, Msg::Other, "recovery sheet"),
    Binding::footer(Key::ctrl('u'), Msg::Clear, "clear"),
    Binding::footer(Key::ctrl('c'), Msg::Quit, "quit"),
];

const PASSPHRASE_HELD: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Open, "open"),
    Binding::footer(Key::ESC, Msg::Report, "the report"),
    Binding::footer(Key::TAB, Msg::Other, "recovery sheet"),
    Binding::footer(Key::ctrl('u'), Msg::Clear, "clear"),
];

const SHEET: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Open, "open"),
    Binding::footer(Key::TAB, Msg::Other, "passphrase"),
    Binding::quiet(Key::ESC, Msg::Other, "passphrase"),
    Binding::footer(Key::ctrl('u'), Msg::Clear, "clear"),
    Binding::footer(Key::ctrl('c'), Msg::Quit, "quit"),
];

const SHEET_HELD: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Open, "open"),
    Binding::footer(Key::TAB, Msg::Other, "passphrase"),
    Binding::quiet(Key::ESC, Msg::Other, "passphrase"),
    Binding::footer(Key::ctrl('u'), Msg::Clear, "clear"),
];

const TRYING: &[Binding<Msg>] = &[Binding::footer(Key::ctrl('c'), Msg::Quit, "quit")];

/// The most signs of a sheet, with what may stand between its groups.
const LONGEST_SHEET: usize = 200;

impl Locked {
    /// The page over a journal with this protection.
    pub(crate) fn new(leaving: Leaving, protection: Protection) -> Self {
        Self {
            leaving,
            stage: match protection {
                Protection::None => Stage::Hidden,
                Protection::Passphrase => Stage::Passphrase,
            },
            field: SecretField::default(),
            sheet: Zeroizing::new(String::with_capacity(LONGEST_SHEET)),
            said: None,
        }
    }

    /// The screen is in somebody else's hands from now on.
    pub(crate) const fn hold(&mut self) {
        self.leaving = Leaving::Held;
    }

    /// Says why something was not done.
    pub(crate) fn say(&mut self, text: String) {
        self.said = Some(text);
    }

    /// What was typed did not open it: the sheet stays, to be looked at again, the passphrase begins anew.
    pub(crate) fn refuse(&mut self, why: String) {
        if self.stage == Stage::Trying {
            self.stage = if self.sheet.is_empty() {
                Stage::Passphrase
            } else {
                Stage::Sheet
            };
        }
        self.said = Some(why);
    }

    fn open(&mut self) -> Vec<Effect> {
        let way = match self.stage {
            Stage::Passphrase if self.field.is_empty() => return Vec::new(),
            Stage::Passphrase => Unlocking::Passphrase(Secret::typed(self.field.take())),
            Stage::Sheet if self.sheet.trim().is_empty() => return Vec::new(),
            Stage::Sheet => Unlocking::Sheet(Secret::new(self.sheet.clone())),
            Stage::Hidden | Stage::Trying => return Vec::new(),
        };
        self.stage = Stage::Trying;
        vec![Effect::Unlock(way)]
    }

    fn clear(&mut self) {
        self.field.clear();
        self.sheet = Zeroizing::new(String::with_capacity(LONGEST_SHEET));
    }

    fn push_to_sheet(&mut self, text: &str) {
        let signs = text.chars().filter(|sign| !sign.is_control());
        for sign in signs {
            if self.sheet.len() + sign.len_utf8() <= LONGEST_SHEET {
                self.sheet.push(sign);
            }
        }
    }

    fn lines(&self) -> Vec<PageLine> {
        let text = |text: &str| (text.to_owned(), Role::Text);
        let mut lines = match self.stage {
            Stage::Hidden => vec![
                (HIDDEN[0].to_owned(), Role::Accent),
                text(""),
                text(HIDDEN[1]),
            ],
            Stage::Passphrase => vec![
                (format!("Passphrase: {}", self.field.mask()), Role::Accent),
                text(""),
                text("It is not shown, nor how long it is. Tab takes the recovery sheet."),
            ],
            Stage::Sheet => vec![
                (format!("Sheet: {}", &*self.sheet), Role::Accent),
                text(""),
                text("The 14 groups of five signs. Blanks and case do not matter. Enter opens."),
            ],
            Stage::Trying => vec![text("Opening; this takes a moment.")],
        };
        if let Some(said) = &self.said {
            lines.push(text(""));
            lines.push((said.clone(), Role::Warning));
        }
        lines
    }
}

impl Screen for Locked {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        "ebb"
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        match (self.stage, self.leaving) {
            (Stage::Hidden, Leaving::Free) => FREE,
            (Stage::Hidden, Leaving::Held) => HELD,
            (Stage::Passphrase, Leaving::Free) => PASSPHRASE,
            (Stage::Passphrase, Leaving::Held) => PASSPHRASE_HELD,
            (Stage::Sheet, Leaving::Free) => SHEET,
            (Stage::Sheet, Leaving::Held) => SHEET_HELD,
            (Stage::Trying, Leaving::Free) => TRYING,
            (Stage::Trying, Leaving::Held) => &[],
        }
    }

    fn is_typing(&self) -> bool {
        self.stage != Stage::Hidden
    }

    fn update(&mut self, msg: Msg, _shared: &Shared) -> Vec<Effect> {
        self.said = None;
        match msg {
            Msg::Back => return vec![Effect::Cover(Covering::Away)],
            Msg::Report => return vec![Effect::Cover(Covering::TurnOver)],
            Msg::Quit => return vec![Effect::Quit],
            Msg::Open => return self.open(),
            Msg::Clear => self.clear(),
            Msg::Other => {
                self.clear();
                self.stage = match self.stage {
                    Stage::Passphrase => Stage::Sheet,
                    _ => Stage::Passphrase,
                };
            }
        }
        Vec::new()
    }

    fn typed(&mut self, key: KeyEvent, _shared: &Shared) -> Typed {
        let is_taken = match self.stage {
            Stage::Passphrase => self.field.typed(key),
            Stage::Sheet => match (Key::from(key).typed(), Key::from(key)) {
                (Some(sign), _) => {
                    self.push_to_sheet(sign.encode_utf8(&mut [0; 4]));
                    true
                }
                (None, Key::BACKSPACE) => {
                    self.sheet.pop();
                    true
                }
                _ => false,
            },
            Stage::Hidden | Stage::Trying => false,
        };
        if is_taken {
            self.said = None;
            return Typed::Taken(Vec::new());
        }
        Typed::Ignored
    }

    fn paste(&mut self, text: &str, _shared: &Shared) -> Vec<Effect> {
        match self.stage {
            Stage::Passphrase => self.field.paste(text),
            // Line ends of a copied sheet stand between its groups.
            Stage::Sheet => self.push_to_sheet(&text.replace('\n', " ")),
            Stage::Hidden | Stage::Trying => {}
        }
        Vec::new()
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        read(frame, area, self.title(), &self.lines(), 0, shared);
    }
}
