//! Lists about the person's data: what a file would bring, the copies, what was handed out, and what is read before it is
//! agreed to.
//!
//! Invariant: nothing is taken in, brought back or written from here before it was shown; the harmless row stands first.

use super::import as page;
use super::import::{faint, text};
use super::list_page::{List, Msg};
use crate::transfer::errand::{
    Brings, ColumnLook, CopyRow, Errand, HandedOut, ImportAnswer, KeyRow, Look, Told,
};
use crate::transfer::import::guess::other_scale;
use crate::transfer::import::whole_file::FileQuestion;
use crate::tui::effect::{Effect, Opening, PathFor, Sure};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, joined};
use crate::tui::questions;
use crate::tui::shared::Shared;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::popup::PageLine;
use ratatui::crossterm::event::KeyEvent;

/// One of the lists.
pub enum Data {
    /// What a file would bring, with its columns.
    Import(Box<Look>),
    /// The copies; `None` until they are read.
    Copies(Option<Vec<CopyRow>>),
    /// What was handed out; `None` until it is read.
    HandedOut(Option<Vec<HandedOut>>),
    /// What an errand would do.
    Sure(Sure),
    /// Every action with its keys.
    Keys(Chosen),
}

/// The actions with their keys, and whether one waits for a key.
#[derive(Default)]
pub struct Chosen {
    /// `None` until they are read.
    rows: Option<Vec<KeyRow>>,
    /// The row for which the next key is meant.
    waiting: Option<usize>,
    /// The key that was pressed.
    pressed: Option<Key>,
}

/// What can be done beside Enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Take every guess.
    Accept,
    /// Take the file in.
    TakeIn,
    /// The next scale.
    More,
    /// The scale before.
    Less,
    /// Leave a column out.
    LeaveOut,
    /// Read all of what would come in.
    Read,
    /// Forget a line.
    Forget,
    /// Forget all of them.
    ForgetAll,
    /// Copy the journal now.
    BackUp,
    /// Copy it to a file.
    ToFile,
}

static IMPORT: [Binding<Msg<Act>>; 16] = joined(
    [
        Binding::footer(Key::char('t'), Msg::Act(Act::TakeIn), "take it in"),
        Binding::footer(Key::char('a'), Msg::Act(Act::Accept), "take all guesses"),
        Binding::footer(Key::ENTER, Msg::Enter, "choose what it is"),
        Binding::row(
            "\u{2190} \u{2192}",
            Key::RIGHT,
            Msg::Act(Act::More),
            "scale",
        ),
        Binding::quiet(Key::LEFT, Msg::Act(Act::Less), "scale before"),
        Binding::footer(Key::char('x'), Msg::Act(Act::LeaveOut), "leave out"),
        Binding::footer(Key::char('r'), Msg::Act(Act::Read), "read all"),
    ],
    Msg::LIST_KEYS,
);
/// A file of ours has no columns to ask about.
static OURS: [Binding<Msg<Act>>; 12] = joined(
    [
        Binding::footer(Key::char('t'), Msg::Act(Act::TakeIn), "take it in"),
        Binding::footer(Key::char('r'), Msg::Act(Act::Read), "read all"),
        Binding::quiet(Key::ENTER, Msg::Act(Act::Read), "read all"),
    ],
    Msg::LIST_KEYS,
);
static COPIES: [Binding<Msg<Act>>; 12] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Enter, "compare, restore"),
        Binding::footer(Key::char('b'), Msg::Act(Act::BackUp), "back up now"),
        Binding::footer(Key::char('f'), Msg::Act(Act::ToFile), "copy to a file"),
    ],
    Msg::LIST_KEYS,
);
static HANDED_OUT: [Binding<Msg<Act>>; 13] = joined(
    [
        Binding::footer(Key::char('x'), Msg::Act(Act::Forget), "forget this line"),
        Binding::footer(Key::char('X'), Msg::Act(Act::ForgetAll), "forget all"),
        Binding::quiet(Key::DELETE, Msg::Act(Act::Forget), "forget this line"),
        Binding::quiet(Key::ENTER, Msg::Go(Step::Next), "down"),
    ],
    Msg::LIST_KEYS,
);
/// An empty list has nothing to forget.
static NOTHING: [Binding<Msg<Act>>; 9] = Msg::LIST_KEYS;
static SURE: [Binding<Msg<Act>>; 10] = joined(
    [Binding::footer(Key::ENTER, Msg::Enter, "the one marked")],
    Msg::LIST_KEYS,
);

/// The harmless answer.
const LEAVE: &str = "leave it as it is";

static OWN_KEYS: [Binding<Msg<Act>>; 11] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Enter, "choose a key"),
        Binding::footer(Key::char('x'), Msg::Act(Act::Forget), "let own keys go"),
    ],
    Msg::LIST_KEYS,
);
/// While a key is waited for, each one is the one.
static WAITING: [Binding<Msg<Act>>; 0] = [];

impl Data {
    /// Takes what came of an errand, if it waits for it.
    pub(crate) fn take(&mut self, told: &Told) -> bool {
        match (self, told) {
            (Self::Import(look), Told::Looked(fresh)) => **look = (**fresh).clone(),
            (Self::Copies(copies), Told::Copies(fresh)) => *copies = Some(fresh.clone()),
            (Self::HandedOut(lines), Told::HandedOut(fresh)) => *lines = Some(fresh.clone()),
            (Self::Keys(chosen), Told::Keys(fresh, _)) => chosen.rows = Some(fresh.clone()),
            _ => return false,
        }
        true
    }

    /// Takes an answer about the file, and asks anew what would come in.
    pub(crate) fn answer(&mut self, answer: &ImportAnswer) -> Vec<Effect> {
        let Self::Import(look) = self else {
            return Vec::new();
        };
        match look.ask.take(answer) {
            Ok(()) => vec![Effect::Run(Errand::Look(look.ask.clone()))],
            Err(why) => vec![Effect::Say(why)],
        }
    }

    /// The row on which it opens: the first one with a question.
    pub(crate) fn opens_on(&self) -> usize {
        match self {
            Self::Import(look) => page::first_open(look),
            // The harmless answer, under all that is to be read.
            Self::Sure(sure) => sure.leave(),
            Self::Copies(_) | Self::HandedOut(_) | Self::Keys(_) => 0,
        }
    }

    fn column(&self, at: usize) -> Option<&ColumnLook> {
        match self {
            Self::Import(look) => look.columns.get(at),
            _ => None,
        }
    }

    /// The question about the file as a whole in the row `at`, which stands below the columns.
    fn question(&self, at: usize) -> Option<&FileQuestion> {
        match self {
            Self::Import(look) => look.questions.get(at.checked_sub(look.columns.len())?),
            _ => None,
        }
    }

    fn accept(&mut self) -> Vec<Effect> {
        let Self::Import(look) = self else {
            return Vec::new();
        };
        let open = look.columns.iter();
        let guesses: Vec<(String, String)> = open
            .filter_map(|column| Some((column.name.clone(), column.open_guess()?.meaning.clone())))
            .collect();
        if guesses.is_empty() {
            return vec![Effect::Say(
                "No column waits with a guess; Enter chooses what one is.".to_owned(),
            )];
        }
        for (column, meaning) in guesses {
            look.ask.answer(&column, &meaning);
        }
        vec![Effect::Run(Errand::Look(look.ask.clone()))]
    }

    fn rescale(&mut self, at: usize, by: isize) -> Vec<Effect> {
        if let Some(question) = self.question(at) {
            let other = question.other(by).map(str::to_owned);
            let about = question.about;
            return other.map_or_else(Vec::new, |value| {
                self.answer(&ImportAnswer::File(about, value))
            });
        }
        let Some(column) = self.column(at) else {
            return Vec::new();
        };
        let name = column.name.clone();
        let guessed = column.guess.as_ref().map(|guess| guess.meaning.clone());
        let Self::Import(look) = self else {
            return Vec::new();
        };
        // On a question the first press takes the guess.
        let next = match (look.ask.answered(&name), guessed) {
            (Some(meaning), _) => other_scale(meaning, by),
            (None, guessed) => guessed,
        };
        match next {
            Some(meaning) => self.answer(&ImportAnswer::Column(name, meaning)),
            None => vec![Effect::Say(
                "This one has no scale; Enter chooses what it is.".to_owned(),
            )],
        }
    }

    fn take_in(&self) -> Vec<Effect> {
        let Self::Import(look) = self else {
            return Vec::new();
        };
        match look.brings {
            Brings::Something => vec![Effect::Run(Errand::TakeIn(look.ask.clone()))],
            Brings::Nothing => vec![Effect::Say(page::nothing(look).to_owned())],
            Brings::Unread => vec![Effect::Say(
                "It cannot be read as it is; the lines above say why. Nothing was taken in."
                    .to_owned(),
            )],
        }
    }
}

impl List for Data {
    type Act = Act;

    fn title(&self) -> &'static str {
        match self {
            Self::Import(_) => "Take in a file",
            Self::Copies(_) => "Copies of the journal",
            Self::HandedOut(_) => "What was handed out",
            Self::Sure(sure) => sure.title,
            Self::Keys(_) => "Keys of your own",
        }
    }

    fn keys(&self) -> &'static [Binding<Msg<Act>>] {
        match self {
            Self::Import(look) if look.columns.is_empty() && look.questions.is_empty() => &OURS,
            Self::Import(_) => &IMPORT,
            Self::Copies(_) => &COPIES,
            Self::HandedOut(lines) if lines.as_ref().is_none_or(Vec::is_empty) => &NOTHING,
            Self::HandedOut(_) => &HANDED_OUT,
            Self::Sure(_) => &SURE,
            Self::Keys(Chosen {
                waiting: Some(_), ..
            }) => &WAITING,
            Self::Keys(_) => &OWN_KEYS,
        }
    }

    fn head(&self, _at: usize, _shared: &Shared) -> Vec<PageLine> {
        match self {
            Self::Import(look) => {
                let mut head = vec![text(look.path.as_str()), faint(look.form.as_str())];
                if look.is_kept {
                    head.push(faint(
                        "The columns mean what you said for the last file of this form.",
                    ));
                }
                head.push(text(""));
                head.extend(page::outcome(look));
                if look.brings == Brings::Something {
                    head.push(faint("t takes it in; nothing is in the journal yet."));
                }
                head.push(text(""));
                head
            }
            Self::Copies(None) => vec![faint("Reading the copies.")],
            Self::Copies(Some(copies)) if copies.is_empty() => vec![text(
                "There is no copy yet. The first save of a day makes one; b makes one now.",
            )],
            Self::HandedOut(None) => vec![faint("Reading the list.")],
            Self::HandedOut(Some(lines)) if lines.is_empty() => vec![text(
                "Nothing was written to a file yet, or it was forgotten. Exports and reports are listed here once they are written; the list stays on this device.",
            )],
            Self::HandedOut(Some(_)) => vec![faint(
                "On this device alone: in no copy, export or sync. Forgetting a line leaves its file where it is.",
            )],
            Self::Copies(Some(_)) | Self::Sure(_) => Vec::new(),
            Self::Keys(Chosen { rows: None, .. }) => vec![faint("Reading the keys.")],
            Self::Keys(_) => vec![faint(
                "Enter, then the key. It is kept in the config file, beside the key of the table.",
            )],
        }
    }

    fn rows(&self, shared: &Shared) -> Vec<Vec<PageLine>> {
        match self {
            Self::Import(look) => page::rows(look, shared.theme),
            Self::Copies(copies) => {
                let row = |copy: &CopyRow| {
                    let mut row =
                        vec![text(copy.made.as_str()), faint(format!("  {}", copy.holds))];
                    row.extend(copy.problem.iter().map(|why| faint(format!("  {why}"))));
                    row
                };
                copies.iter().flatten().map(row).collect()
            }
            Self::HandedOut(lines) => {
                let row = |line: &HandedOut| {
                    vec![
                        text(format!("{}: {}", line.when, line.what)),
                        faint(format!("  {}, {}", line.days, line.notes)),
                        faint(format!("  {}", line.path)),
                    ]
                };
                lines.iter().flatten().map(row).collect()
            }
            Self::Keys(chosen) => {
                let row = |(n, row): (usize, &KeyRow)| {
                    if chosen.waiting == Some(n) {
                        // In the row itself: what stands over the list may be out of sight.
                        return vec![text(format!("{}: press its key; Esc leaves it", row.label))];
                    }
                    let own = match row.own.join(" ") {
                        own if own.is_empty() => String::new(),
                        own => format!(", own: {own}"),
                    };
                    let place = row.code.split_once('.').map_or("", |(place, _)| place);
                    let place = if place.is_empty() {
                        String::new()
                    } else {
                        format!(" ({place})")
                    };
                    vec![text(format!("{:<10} {}{place}{own}", row.key, row.label))]
                };
                chosen.rows.iter().flatten().enumerate().map(row).collect()
            }
            // Each line is a row, so that what does not fit can be gone back to.
            Self::Sure(sure) => {
                let lines = sure.lines.iter().map(text).chain([text("")]);
                let answers = [text(LEAVE), text(sure.yes.as_str())];
                lines.chain(answers).map(|line| vec![line]).collect()
            }
        }
    }

    fn in_sight_with(&self, at: usize) -> usize {
        match self {
            Self::Sure(sure) if at >= sure.leave() => sure.leave() + 1,
            _ => at,
        }
    }

    fn typed(&mut self, event: KeyEvent) -> bool {
        let Self::Keys(chosen) = self else {
            return false;
        };
        if chosen.waiting.take().is_none() {
            return false;
        }
        let key = Key::from(event);
        chosen.pressed = (key != Key::ESC).then_some(key);
        true
    }

    fn after_key(&mut self, at: usize) -> Option<Vec<Effect>> {
        let Self::Keys(chosen) = self else {
            return None;
        };
        let row = chosen.rows.as_ref().and_then(|rows| rows.get(at));
        let (Some(key), Some(row)) = (chosen.pressed.take(), row) else {
            return Some(Vec::new());
        };
        let errand = Errand::ChooseKey(row.code.clone(), Some(key.to_string()));
        Some(vec![Effect::Run(errand)])
    }

    fn close(&mut self, _shared: &Shared) -> Vec<Effect> {
        match self {
            // One level back: to another file.
            Self::Import(_) => vec![Effect::Close, Effect::Open(Opening::Path(PathFor::Import))],
            _ => vec![Effect::Close],
        }
    }

    fn enter(&mut self, at: usize, _shared: &Shared) -> Vec<Effect> {
        match self {
            Self::Import(look) => page::opened(look, at),
            Self::Copies(copies) => {
                let copy = copies.as_ref().and_then(|copies| copies.get(at));
                match copy {
                    Some(CopyRow {
                        problem: Some(why), ..
                    }) => vec![Effect::Say(format!("It cannot be restored: {why}."))],
                    Some(copy) => vec![Effect::Run(Errand::Compare(copy.path.clone()))],
                    None => Vec::new(),
                }
            }
            Self::Sure(sure) if at == sure.leave() + 1 => {
                vec![Effect::Run(sure.errand.clone())]
            }
            Self::Sure(sure) if at == sure.leave() => vec![Effect::Close],
            // A line to read.
            Self::Sure(_) | Self::HandedOut(_) => Vec::new(),
            Self::Keys(chosen) => {
                chosen.waiting = chosen.rows.as_ref().map(|_| at);
                Vec::new()
            }
        }
    }

    fn act(&mut self, act: Act, at: &mut usize, _shared: &Shared) -> Vec<Effect> {
        match act {
            Act::Accept => self.accept(),
            Act::TakeIn => self.take_in(),
            Act::More => self.rescale(*at, 1),
            Act::Less => self.rescale(*at, -1),
            Act::LeaveOut => match self.column(*at).map(|column| column.name.clone()) {
                Some(name) => self.answer(&ImportAnswer::Column(name, "skip".to_owned())),
                None => vec![Effect::Say(
                    "This is about the whole file; Enter shows its answers.".to_owned(),
                )],
            },
            Act::Read => match self {
                Self::Import(look) => {
                    let lines = look.outcome.clone();
                    vec![Effect::Open(Opening::Page("What would come in", lines))]
                }
                _ => Vec::new(),
            },
            Act::BackUp => vec![Effect::BackUp, Effect::Run(Errand::Copies)],
            Act::ToFile => vec![Effect::Open(Opening::Path(PathFor::Copy))],
            Act::Forget => match self {
                Self::HandedOut(Some(lines)) => {
                    let line = lines.get(*at).cloned();
                    line.map(|line| Effect::Run(Errand::Forget(Some(line))))
                        .into_iter()
                        .collect()
                }
                Self::Keys(chosen) => {
                    let row = chosen.rows.as_ref().and_then(|rows| rows.get(*at));
                    let gone = row.map(|row| Errand::ChooseKey(row.code.clone(), None));
                    gone.map(Effect::Run).into_iter().collect()
                }
                _ => Vec::new(),
            },
            Act::ForgetAll => vec![Effect::Ask(questions::confirm(
                "Forget all",
                "Every line of this list goes, for good; the files stay where they are.".to_owned(),
                "forget all of it".to_owned(),
                vec![Effect::Run(Errand::Forget(None))],
            ))],
        }
    }
}
