//! A page of few lines to read and close: the safety card, and sentences that need more room than the notice line.

use super::list_page::{List, Msg};
use crate::domain::entry::calm_page;
use crate::domain::safety::before_cutting::SAFETY;
use crate::tui::effect::Effect;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, joined};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::popup::{LongLines, PageLine};

/// A page of few lines.
pub struct Card {
    title: &'static str,
    lines: Vec<String>,
}

/// Paragraphs with an empty line between two.
fn apart(paragraphs: impl IntoIterator<Item = String>) -> Vec<String> {
    let paragraphs = paragraphs.into_iter();
    let lines = paragraphs.flat_map(|text| [String::new(), text]);
    lines.skip(1).collect()
}

/// What can be done beside reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Take the last step back.
    Undo,
}

const DOWN: Msg<Act> = Msg::Go(Step::Next);
const UP: Msg<Act> = Msg::Go(Step::Previous);

// A card is short: a page key goes one line, as the arrows do.
const KEYS: [Binding<Msg<Act>>; 18] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Enter, "go on"),
        Binding::quiet(Key::ESC, Msg::Close, "close"),
        Binding::row("\u{2191} \u{2193}", Key::DOWN, DOWN, "read on"),
        Binding::quiet(Key::UP, UP, "back up"),
        Binding::quiet(Key::char(' '), DOWN, "read on"),
        Binding::quiet(Key::PAGE_DOWN, DOWN, "read on"),
        Binding::quiet(Key::PAGE_UP, UP, "back up"),
        Binding::quiet(Key::char('j'), DOWN, "read on"),
        Binding::quiet(Key::char('k'), UP, "back up"),
    ],
    Msg::LIST_KEYS,
);

static KEYS_ALONE: [Binding<Msg<Act>>; 18] = KEYS;
/// Of a card that says that z takes something back: the key works where it is read.
static KEYS_WITH_UNDO: [Binding<Msg<Act>>; 19] = joined(
    [Binding::footer(
        Key::char('z'),
        Msg::Act(Act::Undo),
        "take it back",
    )],
    KEYS,
);

/// Under the safety card.
const HELP: &str =
    "Nothing here is decided by this journal. ! shows help lines and the signs that need help now.";

impl Card {
    /// The safety card, shown at the start of an attempt or a plan, once in a sitting.
    pub(crate) fn safety() -> Self {
        Self {
            title: "Before you begin",
            lines: apart(SAFETY.iter().chain(&[HELP]).map(|text| (*text).to_owned())),
        }
    }

    /// The check-in to be edited is not there any more.
    pub(crate) fn gone() -> Self {
        Self {
            title: "Not there",
            lines: vec![
                "This check-in is not in the journal any more. z takes the last step back, if that was a deletion.".to_owned(),
            ],
        }
    }

    /// What may help until an urge passes. Nothing on it moves.
    pub(crate) fn calm(shared: &Shared) -> Self {
        Self {
            title: "A calm page",
            lines: apart(calm_page::lines(&shared.journal, &shared.now)),
        }
    }

    /// Lines that are read as they stand.
    pub(crate) const fn page(title: &'static str, lines: Vec<String>) -> Self {
        Self { title, lines }
    }
}

impl List for Card {
    type Act = Act;

    const LONG: LongLines = LongLines::Read;

    fn title(&self) -> &'static str {
        self.title
    }

    fn keys(&self) -> &'static [Binding<Msg<Act>>] {
        if self.lines.iter().any(|line| line.contains("z takes ")) {
            &KEYS_WITH_UNDO
        } else {
            &KEYS_ALONE
        }
    }

    fn rows(&self, _shared: &Shared) -> Vec<Vec<PageLine>> {
        let row = |line: &String| vec![(line.clone(), Role::Text)];
        self.lines.iter().map(row).collect()
    }

    fn act(&mut self, act: Act, _at: &mut usize, _shared: &Shared) -> Vec<Effect> {
        match act {
            Act::Undo => vec![Effect::Close, Effect::Undo],
        }
    }
}
