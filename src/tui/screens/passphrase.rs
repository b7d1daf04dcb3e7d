//! Setting, changing and removing the passphrase, and asking for it before the recovery sheet is shown.
//!
//! ```text
//! ╭ Set a passphrase ────────────────────────────────╮
//! │   A passphrase encrypts the journal …            │
//! │   New passphrase    ********                     │
//! │ ▌ The same again                                 │
//! ╰──────────────────────────────────────────────────╯
//! ```
//!
//! Invariant: what is typed is not in sight, nor how long it is; a new one is typed twice; what must be known first stands
//! above it.

use crate::store::key::rewrite::NewKey;
use crate::transfer::errand::LockedFile;
use crate::tui::effect::{Effect, Keeping, PassphraseDeed, Secret};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen, Typed};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::popup::{LongLines, Page, PageLine};
use crate::tui::widgets::secret_field::SecretField;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

/// What a field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Present,
    New,
    Again,
    OfFile,
}

impl Asked {
    const fn label(self) -> &'static str {
        match self {
            Self::Present => "Present passphrase",
            Self::New => "New passphrase",
            Self::Again => "The same again",
            Self::OfFile => "Its passphrase",
        }
    }
}

/// Whether an answer is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Typing,
    Working,
}

/// The page.
pub struct PassphrasePage {
    deed: PassphraseDeed,
    fields: Vec<(Asked, SecretField)>,
    at: usize,
    stage: Stage,
    /// Whether a key was pressed: in a small window what must be known first is in sight until then.
    has_begun: bool,
    said: Option<String>,
    /// The file from elsewhere that is to be opened.
    file: Option<Box<LockedFile>>,
}

/// What can be done on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// The next field, or do it.
    Enter,
    /// The next field.
    Next,
    /// The field before.
    Previous,
    /// Empty the field.
    Clear,
    /// Back; nothing is changed.
    Close,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Enter, "go on"),
    Binding::footer(Key::ESC, Msg::Close, "leave it as it is"),
    Binding::footer(Key::ctrl('u'), Msg::Clear, "clear"),
    Binding::quiet(Key::TAB, Msg::Next, "next field"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "field before"),
    Binding::quiet(Key::DOWN, Msg::Next, "next field"),
    Binding::quiet(Key::UP, Msg::Previous, "field before"),
];

impl PassphraseDeed {
    /// Its name.
    const fn title(self) -> &'static str {
        match self {
            Self::Set => "Set a passphrase",
            Self::Change(NewKey::No) => "Change the passphrase",
            Self::Change(NewKey::Yes) => "A new passphrase and a new key",
            Self::Remove => "Remove the passphrase",
            Self::Sheet => "Show the recovery sheet",
            Self::Recover => "A new passphrase",
            Self::Other => "The passphrase of another file",
        }
    }

    /// What is to be known first.
    pub(crate) const fn about(self) -> &'static [&'static str] {
        match self {
            Self::Set => &[
                "It encrypts the journal, its drafts and its copies here, and is asked at each start and after each lock.",
                "If the passphrase and the recovery sheet are both lost, nobody can help.",
                "Exports, reports and copies elsewhere stay readable, and so may what swap and flash memory still hold of before.",
            ],
            Self::Change(NewKey::No) => &[
                "The key stays, so this takes a moment and the recovery sheet stays valid. An old copy of the key's file still opens with the old passphrase; a new key for everything ends that.",
            ],
            Self::Change(NewKey::Yes) => &[
                "Journal and copies here are encrypted anew. A sheet of before then opens nothing but older copies elsewhere: write down the new one.",
            ],
            Self::Remove => &[
                "Journal, drafts and copies are written so that whoever can open the files can read them.",
            ],
            Self::Sheet => &[
                "The sheet opens the journal and every copy under its key, without the passphrase. Write it down or print it, with nobody looking on; no photograph. Give it to someone you trust, in a closed envelope.",
            ],
            Self::Other => &["It is tried on that file alone. Nothing is changed before it opens."],
            Self::Recover => &[
                "The sheet opened the journal. The new passphrase takes the place of the old one; the sheet stays valid.",
            ],
        }
    }

    const fn asks(self) -> &'static [Asked] {
        match self {
            Self::Set | Self::Recover => &[Asked::New, Asked::Again],
            Self::Change(_) => &[Asked::Present, Asked::New, Asked::Again],
            Self::Remove | Self::Sheet => &[Asked::Present],
            Self::Other => &[Asked::OfFile],
        }
    }
}

impl PassphrasePage {
    /// The page of a deed.
    pub(crate) fn new(deed: PassphraseDeed) -> Self {
        let fields = deed.asks().iter();
        Self {
            deed,
            fields: fields
                .map(|asked| (*asked, SecretField::default()))
                .collect(),
            at: 0,
            stage: Stage::Typing,
            has_begun: false,
            said: None,
            file: None,
        }
    }

    /// The page for the passphrase of a file from elsewhere.
    pub(crate) fn of_other(file: Box<LockedFile>) -> Self {
        Self {
            file: Some(file),
            ..Self::new(PassphraseDeed::Other)
        }
    }

    /// It was not done: why.
    pub(crate) fn refuse(&mut self, why: String) {
        self.begin_again();
        self.said = Some(why);
    }

    fn begin_again(&mut self) {
        self.stage = Stage::Typing;
        self.at = 0;
        self.fields.iter_mut().for_each(|(_, field)| field.clear());
    }

    fn here(&mut self) -> Option<&mut SecretField> {
        self.fields.get_mut(self.at).map(|(_, field)| field)
    }

    fn take(&mut self, asked: Asked) -> Secret {
        let field = self.fields.iter_mut().find(|(of, _)| *of == asked);
        Secret::typed(field.map(|(_, field)| field.take()).unwrap_or_default())
    }

    /// Enter: the next field that is empty, or the deed.
    fn go_on(&mut self) -> Vec<Effect> {
        if let Some(empty) = self.fields.iter().position(|(_, field)| field.is_empty()) {
            self.at = empty;
            return Vec::new();
        }
        let present = self.take(Asked::Present);
        let (new, again) = (self.take(Asked::New), self.take(Asked::Again));
        if new != again {
            self.refuse(
                "The two are not the same. Nothing was changed; type them again.".to_owned(),
            );
            return Vec::new();
        }
        if new.text().trim().is_empty() && self.deed.asks().contains(&Asked::New) {
            self.refuse("Blanks alone are no passphrase. Nothing was changed.".to_owned());
            return Vec::new();
        }
        self.stage = Stage::Working;
        vec![Effect::Keep(match self.deed {
            PassphraseDeed::Set => Keeping::Set(new),
            PassphraseDeed::Recover => Keeping::Recover(new),
            PassphraseDeed::Change(key) => Keeping::Change { present, new, key },
            PassphraseDeed::Remove => Keeping::Remove(present),
            PassphraseDeed::Sheet => Keeping::Sheet(present),
            PassphraseDeed::Other => match self.file.clone() {
                Some(file) => Keeping::Other(file, self.take(Asked::OfFile)),
                None => return vec![Effect::Close],
            },
        })]
    }

    fn lines(&self) -> (Vec<PageLine>, usize) {
        let about = self.deed.about().iter();
        let file = self.file.iter().map(|file| (file.about(), Role::Text));
        let mut lines: Vec<PageLine> = file.collect();
        lines.extend(about.map(|text| ((*text).to_owned(), Role::Text)));
        lines.push((String::new(), Role::Text));
        if self.stage == Stage::Working {
            let text = "This takes a moment; the journal stays whole whatever happens.";
            lines.push((text.to_owned(), Role::Accent));
            let at = lines.len() - 1;
            return (lines, at);
        }
        if let Some(said) = &self.said {
            lines.push((said.clone(), Role::Warning));
        }
        let first = lines.len();
        lines.extend(self.fields.iter().enumerate().map(|(at, (asked, field))| {
            let role = if at == self.at {
                Role::Focus
            } else {
                Role::Text
            };
            (format!("{:<19} {}", asked.label(), field.mask()), role)
        }));
        (lines, first + self.at)
    }
}

impl Screen for PassphrasePage {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        self.deed.title()
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        match self.stage {
            Stage::Typing => KEYS,
            Stage::Working => &[],
        }
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn update(&mut self, msg: Msg, _shared: &Shared) -> Vec<Effect> {
        let last = self.fields.len().saturating_sub(1);
        // Up from the first field leads back to what stands above it.
        self.has_begun = msg != Msg::Previous || self.at > 0;
        match msg {
            Msg::Enter => return self.go_on(),
            Msg::Close => return vec![Effect::Close],
            Msg::Next => self.at = (self.at + 1).min(last),
            Msg::Previous => self.at = self.at.saturating_sub(1),
            Msg::Clear => self.here().into_iter().for_each(SecretField::clear),
        }
        Vec::new()
    }

    fn typed(&mut self, key: KeyEvent, _shared: &Shared) -> Typed {
        if self.stage == Stage::Working {
            return Typed::Ignored;
        }
        if self.here().is_some_and(|field| field.typed(key)) {
            self.said = None;
            self.has_begun = true;
            return Typed::Taken(Vec::new());
        }
        Typed::Ignored
    }

    fn paste(&mut self, text: &str, _shared: &Shared) -> Vec<Effect> {
        if let (Stage::Typing, Some(field)) = (self.stage, self.here()) {
            field.paste(text);
            self.has_begun = true;
        }
        Vec::new()
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let (lines, at) = self.lines();
        let last = lines.len().saturating_sub(1);
        let mut draw = |focus| {
            let page = Page {
                title: self.title(),
                lines: &lines,
                focus,
                until: last,
                long: LongLines::Wrapped,
                field: None,
            };
            page.draw(frame, area, shared.theme)
        };
        if !self.has_begun {
            let seen = draw(0);
            if seen.iter().all(|(_, line)| *line != last) {
                return;
            }
        }
        draw(at);
    }
}
