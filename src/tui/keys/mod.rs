//! The key table: a key, its meaning, and its name in footer, `?` page, palette and README, all in one row.

pub mod global;
pub mod input;
pub mod keymap;
pub(crate) mod unbound;

use super::effect::Effect;
use super::pointer::Pointer;
use super::shared::Shared;
use crate::tui::widgets::frame::Frame;
use input::Key;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;
use std::collections::HashSet;

/// Where a binding is shown. It is always on the `?` page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// In the footer too.
    Footer,
    /// On the `?` page and in the palette.
    Help,
    /// On the `?` page only: a second key for the same thing, or one of a row such as the digits.
    Quiet,
}

/// A key and its meaning on a screen.
#[derive(Clone, Copy)]
pub struct Binding<M: 'static> {
    /// The key, as normalised by [`Key`].
    pub key: Key,
    /// Its message.
    pub(crate) msg: M,
    /// A few words: "as last time".
    pub label: &'static str,
    /// Where it is shown.
    pub(crate) shown: Shown,
    /// The printed keys of a row that stands for several: "0–4".
    pub(crate) keys: &'static str,
}

impl<M> Binding<M> {
    /// A binding in the footer that stands for several keys.
    pub(crate) const fn row(keys: &'static str, key: Key, msg: M, label: &'static str) -> Self {
        Self {
            key,
            msg,
            label,
            shown: Shown::Footer,
            keys,
        }
    }

    /// A binding that the footer shows.
    pub(crate) const fn footer(key: Key, msg: M, label: &'static str) -> Self {
        Self {
            key,
            msg,
            label,
            shown: Shown::Footer,
            keys: "",
        }
    }

    /// A binding that the `?` page and the palette show.
    pub(crate) const fn help(key: Key, msg: M, label: &'static str) -> Self {
        Self {
            key,
            msg,
            label,
            shown: Shown::Help,
            keys: "",
        }
    }

    /// A second key, on the `?` page only.
    pub(crate) const fn quiet(key: Key, msg: M, label: &'static str) -> Self {
        Self {
            key,
            msg,
            label,
            shown: Shown::Quiet,
            keys: "",
        }
    }
}

/// A row of the key table without its message, for footer, `?` page and palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hint {
    /// The key.
    pub key: Key,
    /// Its key in the table; another one where `key` is the person's own.
    pub(crate) table: Key,
    /// A few words.
    pub label: &'static str,
    /// Where it is shown.
    pub shown: Shown,
    /// The printed keys of a row that stands for several.
    pub(crate) keys: &'static str,
}

impl Hint {
    /// The printed key or keys.
    pub(crate) fn name(&self) -> String {
        if self.keys.is_empty() {
            self.key.to_string()
        } else {
            self.keys.to_owned()
        }
    }
}

/// A mode of a tab with keys of its own: a view of Trends, a section of Care, a row of Settings.
pub(crate) struct Mode {
    /// Its name; empty where it has none on screen.
    pub(crate) name: &'static str,
    /// What it shows, in few words; may be empty.
    pub(crate) about: &'static str,
    /// Its keys.
    pub(crate) hints: Vec<Hint>,
    /// Whether one label means something else in each mode: "add" in the sections of Care.
    pub(crate) is_section: bool,
    /// What is done in it when a person goes to it by its name.
    pub(crate) entered: Option<&'static str>,
}

impl Mode {
    /// A mode with this name and these keys.
    pub(crate) fn new<M>(name: &'static str, table: &'static [Binding<M>]) -> Self {
        Self {
            name,
            about: "",
            hints: hints(table),
            is_section: false,
            entered: None,
        }
    }
}

/// A table of `own`, then `common`. Where both have a key, `own` counts.
///
/// # Panics
/// When `N` is not `A` + `B`; a constant table does not compile then.
pub(crate) const fn joined<M: Copy, const A: usize, const B: usize, const N: usize>(
    own: [Binding<M>; A],
    common: [Binding<M>; B],
) -> [Binding<M>; N] {
    assert!(
        A + B == N,
        "the length of a joined table is that of its parts"
    );
    // `const fn` has no iterators, so that the tables can be constants.
    let mut table = [own[0]; N];
    let mut at = 0;
    while at < N {
        table[at] = if at < A { own[at] } else { common[at - A] };
        at += 1;
    }
    table
}

/// The table without messages. Only the first row of a key counts.
pub fn hints<M>(table: &'static [Binding<M>]) -> Vec<Hint> {
    // As `meaning`, which finds the first row.
    let mut seen = HashSet::with_capacity(table.len());
    let mut hints = Vec::with_capacity(table.len());
    let first = table.iter().filter(|binding| seen.insert(binding.key));
    hints.extend(first.map(|binding| Hint {
        key: binding.key,
        table: binding.key,
        label: binding.label,
        shown: binding.shown,
        keys: binding.keys,
    }));
    hints
}

/// The message of `key` in `table`.
pub(crate) fn meaning<M: Clone>(table: &'static [Binding<M>], key: Key) -> Option<M> {
    table
        .iter()
        .find(|binding| binding.key == key)
        .map(|binding| binding.msg.clone())
}

/// What a screen did with a key that its table does not have.
pub enum Typed {
    /// Used it, as text or otherwise.
    Taken(Vec<Effect>),
    /// Had no use for it.
    Ignored,
}

/// A screen or an overlay: a small Elm program. `update` and `view` do no I/O and read no clock.
pub trait Screen {
    /// The meanings of its keys.
    type Msg: Clone + 'static;

    /// Its name.
    fn title(&self) -> &'static str;

    /// The keys that are valid now.
    fn keys(&self) -> &'static [Binding<Self::Msg>];

    /// Carries out a message.
    fn update(&mut self, msg: Self::Msg, shared: &Shared) -> Vec<Effect>;

    /// Draws it.
    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect);

    /// Whether a text field has the focus: no hot key fires, `!` and `?` are typed, F1 is help lines.
    fn is_typing(&self) -> bool {
        false
    }

    /// Handles a key that the table does not have: text, mostly.
    fn typed(&mut self, _key: KeyEvent, _shared: &Shared) -> Typed {
        Typed::Ignored
    }

    /// Handles a mouse event. Every action of the mouse has a key as well.
    fn pointed(&mut self, _at: Pointer, _shared: &Shared) -> Vec<Effect> {
        Vec::new()
    }

    /// Handles pasted text, which is only ever inserted.
    fn paste(&mut self, _text: &str, _shared: &Shared) -> Vec<Effect> {
        Vec::new()
    }
}

/// Passes a key to `screen`: to its table first, then as text.
pub(crate) fn press<S: Screen>(
    screen: &mut S,
    event: KeyEvent,
    shared: &Shared,
) -> Option<Vec<Effect>> {
    if let Some(msg) = meaning(screen.keys(), Key::from(event)) {
        return Some(screen.update(msg, shared));
    }
    match screen.typed(event, shared) {
        Typed::Taken(effects) => Some(effects),
        Typed::Ignored => None,
    }
}

/// Runs the action with this label in `screen`'s table, for the palette and the tests.
pub(crate) fn choose<S: Screen>(
    screen: &mut S,
    label: &str,
    shared: &Shared,
) -> Option<Vec<Effect>> {
    let msg = screen
        .keys()
        .iter()
        .find(|binding| binding.label == label)?
        .msg
        .clone();
    Some(screen.update(msg, shared))
}
