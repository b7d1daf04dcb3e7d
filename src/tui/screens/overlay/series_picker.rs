//! The series picker: every series by group, narrowed by typing, favourites first.
//!
//! ```text
//! ╭ Which series ─────────────────╮
//! │ > nau                         │
//! │   * Body  Nausea              │
//! ╰───────────────────────────────╯
//! ```

use super::list_page::Msg;
use super::picker::{Choices, Look, Picker};
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::{Setting, switched};
use crate::domain::series::Series;
use crate::domain::trends::week_table::favourites_first;
use crate::tui::effect::{Effect, Slot};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, joined};
use crate::tui::shared::Shared;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::popup::LongLines;

/// The picker.
pub struct SeriesPicker {
    slot: Slot,
    /// The favourites as this list changed them.
    chosen: Vec<String>,
    /// In the order they had when it was opened, so that no row jumps under the cursor.
    series: Vec<Series>,
}

/// The picker's own key: puts the series in focus among the favourites, or takes it away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Favour;

static KEYS: [Binding<Msg<Favour>>; 10] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Enter, "show it"),
        Binding::footer(Key::ctrl('f'), Msg::Act(Favour), "favourite or not"),
        Binding::row(
            "\u{2191} \u{2193}",
            Key::DOWN,
            Msg::Go(Step::Next),
            "down or up",
        ),
    ],
    Msg::TYPING_KEYS,
);

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// No second series.
    Nothing,
    /// This one.
    Series(Series),
}

impl SeriesPicker {
    /// For `slot`, where `now` stands: the list begins on it.
    pub(crate) fn page(slot: Slot, now: Option<Series>, shared: &Shared) -> Picker<Self> {
        let picker = Self {
            slot,
            chosen: shared.journal.settings.favourite_series.clone(),
            series: favourites_first(&shared.journal),
        };
        let wanted = now.map(Choice::Series);
        Picker::new(picker, shared).on(|choice| Some(*choice) == wanted)
    }
}

impl Choices for SeriesPicker {
    type Row = Choice;
    type Act = Favour;

    const LOOK: Look = Look::Popup(LongLines::Cut);

    fn title(&self) -> &'static str {
        match self.slot {
            Slot::First => "Which series",
            Slot::Second => "Which series beside it",
        }
    }

    fn keys(&self) -> &'static [Binding<Msg<Favour>>] {
        &KEYS
    }

    /// Each typed word has to stand in the name or in its group.
    fn rows(&self, typed: &str, shared: &Shared) -> Vec<Choice> {
        let wanted = typed.to_lowercase();
        let matches = |series: &&Series| {
            let facts = series.facts(&shared.journal);
            let name = format!("{} {}", facts.name, facts.group.name()).to_lowercase();
            wanted.split_whitespace().all(|word| name.contains(word))
        };
        // "None" exists for the second series alone, and no typed word may match it by accident.
        let nothing =
            (self.slot == Slot::Second && wanted.trim().is_empty()).then_some(Choice::Nothing);
        let series = self.series.iter().filter(matches).copied();
        nothing
            .into_iter()
            .chain(series.map(Choice::Series))
            .collect()
    }

    fn about(&self, rows: &[Choice], _typed: &str, _shared: &Shared) -> String {
        if rows.is_empty() {
            "No series has these words in its name; Backspace widens the list.".to_owned()
        } else {
            String::new()
        }
    }

    fn text(&self, choice: &Choice, _room: u16, shared: &Shared) -> String {
        let Choice::Series(series) = choice else {
            return "           none: one series alone".to_owned();
        };
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

    fn enter(&self, choice: &Choice, _typed: &str) -> Vec<Effect> {
        let series = match choice {
            Choice::Series(series) => Some(*series),
            Choice::Nothing => None,
        };
        vec![Effect::Close, Effect::ShowSeries(self.slot, series)]
    }

    fn act(&mut self, _favour: Favour, choice: &Choice, shared: &Shared) -> Vec<Effect> {
        let Choice::Series(series) = choice else {
            return Vec::new();
        };
        let facts = series.facts(&shared.journal);
        (self.chosen, _) = switched(&self.chosen, &facts.code);
        let change = Change::Set(Setting::FavouriteSeries(self.chosen.clone()));
        vec![Effect::write(&shared.journal, change, &shared.now)]
    }
}
