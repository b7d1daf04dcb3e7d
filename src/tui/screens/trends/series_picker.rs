//! The series picker: every series by group, narrowed by typing, favourites first.
//!
//! ```text
//! ╭ Which series ─────────────────╮
//! │ > nau                         │
//! │   * Body  Nausea              │
//! ╰───────────────────────────────╯
//! ```

use crate::domain::journal::change::Change;
use crate::domain::journal::settings::Setting;
use crate::domain::series::Series;
use crate::domain::trends::sight::favourites_first;
use crate::tui::effect::{Effect, Slot};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen, Typed};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::popup;
use crate::tui::widgets::text_field::{Handled, Shape, TextField};
use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

/// The picker.
pub struct SeriesPicker {
    slot: Slot,
    field: TextField,
    at: usize,
    /// The favourites as this list changed them; `None` while it did not, so that the list does not jump under the cursor.
    chosen: Vec<String>,
    rows: Vec<Series>,
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Show the one in focus.
    Take,
    /// Among the favourites or not.
    Favour,
    /// Down.
    Next,
    /// Up.
    Previous,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// Back.
    Close,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Take, "show it"),
    Binding::footer(Key::ctrl('f'), Msg::Favour, "favourite or not"),
    Binding::row("\u{2191} \u{2193}", Key::DOWN, Msg::Next, "down or up"),
    Binding::footer(Key::ESC, Msg::Close, "close"),
    Binding::quiet(Key::UP, Msg::Previous, "up"),
    Binding::quiet(Key::TAB, Msg::Next, "down"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "up"),
    Binding::quiet(Key::PAGE_DOWN, Msg::PageDown, "a page down"),
    Binding::quiet(Key::PAGE_UP, Msg::PageUp, "a page up"),
];

/// A line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// No second series.
    Nothing,
    Series(Series),
}

impl SeriesPicker {
    /// For `slot`, where `now` stands: the list begins on it.
    pub fn new(slot: Slot, now: Option<Series>, shared: &Shared) -> Self {
        let mut picker = Self {
            slot,
            field: TextField::new(Shape::OneLine, 60, ""),
            at: 0,
            chosen: shared.journal.settings.favourite_series.clone(),
            rows: favourites_first(&shared.journal),
        };
        let found = picker.found(shared);
        let wanted = now.map(Choice::Series);
        let at = found.iter().position(|choice| Some(*choice) == wanted);
        picker.at = at.unwrap_or(0);
        picker
    }

    /// What the typed words leave: each has to stand in the name or in its group.
    fn found(&self, shared: &Shared) -> Vec<Choice> {
        let wanted = self.field.value().to_lowercase();
        let matches = |series: &&Series| {
            let facts = series.facts(&shared.journal);
            let name = format!("{} {}", facts.name, facts.group.name()).to_lowercase();
            wanted.split_whitespace().all(|word| name.contains(word))
        };
        let nothing =
            (self.slot == Slot::Second && wanted.trim().is_empty()).then_some(Choice::Nothing);
        let rows = self.rows.iter().filter(matches).copied();
        nothing
            .into_iter()
            .chain(rows.map(Choice::Series))
            .collect()
    }

    fn favour(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(Choice::Series(series)) = self.found(shared).get(self.at).copied() else {
            return Vec::new();
        };
        let facts = series.facts(&shared.journal);
        let before = self.chosen.len();
        self.chosen.retain(|code| *code != facts.code);
        let said = if self.chosen.len() < before {
            format!("{} is no longer among the favourites.", facts.name)
        } else {
            self.chosen.push(facts.code);
            format!("{} stands among the favourites.", facts.name)
        };
        vec![Effect::Write {
            changes: vec![Change::Set(Setting::FavouriteSeries(self.chosen.clone()))],
            said,
        }]
    }
}

impl Screen for SeriesPicker {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        match self.slot {
            Slot::First => "Which series",
            Slot::Second => "Which series beside it",
        }
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        let found = self.found(shared);
        let last = found.len().saturating_sub(1);
        match msg {
            Msg::Take => {
                let series = match found.get(self.at) {
                    Some(Choice::Series(series)) => Some(*series),
                    Some(Choice::Nothing) => None,
                    None => return Vec::new(),
                };
                return vec![Effect::Close, Effect::ShowSeries(self.slot, series)];
            }
            Msg::Favour => return self.favour(shared),
            Msg::Next => self.at = (self.at + 1).min(last),
            Msg::Previous => self.at = self.at.saturating_sub(1),
            Msg::PageDown => self.at = (self.at + 10).min(last),
            Msg::PageUp => self.at = self.at.saturating_sub(10),
            Msg::Close => return vec![Effect::Close],
        }
        Vec::new()
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn typed(&mut self, key: KeyEvent, _shared: &Shared) -> Typed {
        match self.field.handle(key) {
            Handled::Ignored => Typed::Ignored,
            Handled::Edited | Handled::Moved | Handled::Full { .. } => {
                self.at = 0;
                Typed::Taken(Vec::new())
            }
        }
    }

    fn paste(&mut self, text: &str, _shared: &Shared) -> Vec<Effect> {
        self.field.paste(text);
        self.at = 0;
        Vec::new()
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let mut lines = vec![(format!("> {}", self.field.value()), Role::Accent)];
        let found = self.found(shared);
        if found.is_empty() {
            let text = "No series has these words in its name; Backspace widens the list.";
            lines.push((text.to_owned(), Role::Faint));
        }
        for (at, choice) in found.iter().enumerate() {
            let text = match choice {
                Choice::Nothing => "           none: one series alone".to_owned(),
                Choice::Series(series) => {
                    let facts = series.facts(&shared.journal);
                    let star = if self.chosen.contains(&facts.code) {
                        "*"
                    } else {
                        " "
                    };
                    format!(
                        "{star} {:<8} {}, {}",
                        facts.group.name(),
                        facts.name,
                        series.range(&shared.journal)
                    )
                }
            };
            let role = if at == self.at {
                Role::Focus
            } else {
                Role::Text
            };
            lines.push((text, role));
        }
        popup::list(frame, area, self.title(), &lines, 1 + self.at, shared.theme);
    }
}
