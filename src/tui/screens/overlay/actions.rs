//! The actions with their names, for the palette: what the key tables, the settings, the lists of kinds and measures, and the vocabulary hold.

use crate::domain::care::catalogue::CareList;
use crate::domain::check_in::Form;
use crate::domain::guide::guide;
use crate::domain::order::Ordered;
use crate::domain::record::kind::Kind;
use crate::domain::text::closeness;
use crate::domain::text::vocabulary::{Standing, subjects, words_of_row};
use crate::domain::trends::week_table::favourites_first;
use crate::transfer::errand::Errand;
use crate::tui::effect::{Covering, Effect, FormKind, Opening, PathFor, Slot};
use crate::tui::keys::{Hint, Mode, Shown};
use crate::tui::screens::Around;
use crate::tui::shared::Shared;
use crate::tui::tab::Tab;

/// An action with its name. Plain mode has the same names; a test compares them.
pub struct Action {
    /// Its name, for the palette and for plain mode.
    pub name: &'static str,
    /// Its key, where it has one.
    pub(crate) key: &'static str,
    /// What it does.
    pub does: fn() -> Effect,
}

/// Every action that is not bound to a place on a screen.
pub const ACTIONS: &[Action] = &[
    Action {
        name: "check-in",
        key: "c",
        does: || check_in(Form::Full),
    },
    Action {
        name: "brief check-in",
        key: "b",
        does: || check_in(Form::Brief),
    },
    Action {
        name: "dose",
        key: "d",
        does: || Effect::Open(Opening::Choose(Kind::Dose)),
    },
    Action {
        name: "urge",
        key: "u",
        does: || Effect::Open(Opening::Choose(Kind::Urge)),
    },
    Action {
        name: "log something else",
        key: "",
        does: || Effect::Open(Opening::Log),
    },
    Action {
        name: "note a sign that needed help",
        key: "",
        does: || Effect::Open(Opening::Choose(Kind::Sign)),
    },
    Action {
        name: "a calm page",
        key: "Y",
        does: || Effect::Open(Opening::Calm),
    },
    Action {
        name: "missing days",
        key: "",
        does: || Effect::Open(Opening::Missing),
    },
    Action {
        name: "start an attempt",
        key: "",
        does: || Effect::Open(Opening::Form(FormKind::Start)),
    },
    Action {
        name: "attempts",
        key: "",
        does: || Effect::Open(Opening::Attempts),
    },
    Action {
        name: "symptoms",
        key: "",
        does: || Effect::Open(Opening::Symptoms),
    },
    Action {
        name: "restore or erase deleted entries (bin)",
        key: "",
        does: || Effect::Open(Opening::Bin),
    },
    Action {
        name: "export",
        key: "",
        does: || Effect::Open(Opening::Export),
    },
    Action {
        name: "search notes",
        key: "/",
        does: || Effect::Open(Opening::Search),
    },
    Action {
        name: "undo",
        key: "z",
        does: || Effect::Undo,
    },
    Action {
        name: "redo",
        key: "Z",
        does: || Effect::Redo,
    },
    Action {
        name: "join attempts or plans after a merge",
        key: "",
        does: || Effect::Open(Opening::Double),
    },
    Action {
        name: "take in a file",
        key: "",
        does: || Effect::Open(Opening::Path(PathFor::Import)),
    },
    Action {
        name: "back up",
        key: "",
        does: || Effect::BackUp,
    },
    Action {
        name: "copies and restoring one",
        key: "",
        does: || Effect::Open(Opening::Copies(None)),
    },
    Action {
        name: "sync folder",
        key: "",
        does: || Effect::Open(Opening::Path(PathFor::Sync)),
    },
    Action {
        name: "what was handed out",
        key: "",
        does: || Effect::Open(Opening::HandedOut(None)),
    },
    Action {
        name: "examine the journal's file",
        key: "",
        does: || Effect::Run(Errand::Doctor),
    },
    Action {
        name: "where the files lie",
        key: "",
        does: || Effect::Run(Errand::Places),
    },
    Action {
        name: "tables for a study",
        key: "",
        does: || Effect::Open(Opening::Form(FormKind::Study)),
    },
    Action {
        name: "report for a clinician",
        key: "",
        does: || Effect::Open(Opening::Report),
    },
    Action {
        name: "read about this place",
        key: "i",
        does: || Effect::ReadAbout,
    },
    Action {
        name: "help lines",
        key: "!",
        does: || Effect::Open(Opening::HelpLines),
    },
    Action {
        name: "keys",
        key: "?",
        does: || Effect::Open(Opening::Keys),
    },
    Action {
        name: "mouse on or off",
        key: "M",
        does: || Effect::SwitchMouse,
    },
    Action {
        name: "lock the screen",
        key: "L",
        does: || Effect::Cover(Covering::Lock),
    },
    Action {
        name: "hide the screen",
        key: "Ctrl-L",
        does: || Effect::Cover(Covering::Blank),
    },
    Action {
        name: "hand over the report",
        key: "",
        does: || Effect::Cover(Covering::HandOver(Box::default())),
    },
    Action {
        name: "today",
        key: "1",
        does: || Effect::ShowTab(Tab::Today),
    },
    Action {
        name: "trends",
        key: "2",
        does: || Effect::ShowTab(Tab::Trends),
    },
    Action {
        name: "history",
        key: "3",
        does: || Effect::ShowTab(Tab::History),
    },
    Action {
        name: "plan",
        key: "4",
        does: || Effect::ShowTab(Tab::Plan),
    },
    Action {
        name: "care",
        key: "5",
        does: || Effect::ShowTab(Tab::Care),
    },
    Action {
        name: "guide",
        key: "7",
        does: || Effect::ShowTab(Tab::Guide),
    },
    Action {
        name: "settings",
        key: "8",
        does: || Effect::ShowTab(Tab::Settings),
    },
    Action {
        name: "quit",
        key: "q",
        does: || Effect::Quit,
    },
];

fn check_in(form: Form) -> Effect {
    Effect::Open(Opening::CheckIn { form, day: None })
}

/// What the guide calls its own search.
const SEARCH_THE_GUIDE: &str = "search the guide";

/// One key may mean two things: in the guide `/` searches the guide.
fn is_same(action: &Action, hint: &Hint) -> bool {
    action.key == hint.table.to_string() && hint.label != SEARCH_THE_GUIDE
}

/// A row of the palette.
#[derive(Debug, Clone)]
pub struct NamedEffect {
    /// Its name.
    pub(super) name: String,
    /// More about it, behind its name; may be empty.
    about: &'static str,
    /// Where it belongs; empty for what belongs nowhere.
    place: &'static str,
    /// Its tab, where it is bound to one.
    tab: Option<Tab>,
    /// Its key there.
    pub(super) key: String,
    /// What people type for it.
    also: Vec<&'static str>,
    /// Whether it stands in the list before anything is typed.
    is_listed: bool,
    /// What it does.
    pub(super) effect: Effect,
}

impl NamedEffect {
    fn new(name: impl Into<String>, place: &'static str, effect: Effect) -> Self {
        let name = name.into();
        Self {
            also: words_of_row(&name).collect(),
            name,
            about: "",
            place,
            tab: None,
            key: String::new(),
            is_listed: true,
            effect,
        }
    }

    /// Its words on screen.
    pub(super) fn text(&self) -> String {
        let about = match self.about {
            "" => String::new(),
            about => format!(": {about}"),
        };
        let place = match self.place {
            "" => String::new(),
            place => format!(" ({place})"),
        };
        format!("{:<6} {}{about}{place}", self.key, self.name)
    }
}

/// Every row, in the order of the list: what can be done anywhere, what can be done here, then the rest.
pub(super) fn every(around: &Around, shared: &Shared) -> Vec<NamedEffect> {
    let mut rows: Vec<NamedEffect> = anywhere(around).collect();
    let (here, others): (Vec<_>, Vec<_>) = around
        .places
        .iter()
        .partition(|(tab, _)| *tab == around.tab);
    let of_tabs = here.into_iter().chain(others);
    rows.extend(of_tabs.flat_map(|(tab, modes)| of_tab(*tab, modes)));
    rows.extend(logged());
    rows.extend(elsewhere());
    rows.extend(searched(shared));
    rows
}

/// The rows that `typed` may mean, the nearest first; among those as near the ones of `here`. All of them before anything is
/// typed.
pub(super) fn meant(rows: &[NamedEffect], typed: &str, here: Tab) -> Vec<NamedEffect> {
    if typed.trim().is_empty() {
        let listed = rows.iter().filter(|row| row.is_listed);
        return listed.cloned().collect();
    }
    let far = |row: &NamedEffect| closeness::of_row(typed, &row.name, row.place, &row.also);
    let mut near: Vec<(usize, bool, &NamedEffect)> = rows
        .iter()
        .filter_map(|row| Some((far(row)?, row.tab != Some(here), row)))
        .collect();
    near.order_by_key(|(far, elsewhere, _)| (*far, *elsewhere));
    near.into_iter().map(|(_, _, row)| row.clone()).collect()
}

/// The actions that are bound to no place, with the key that each has here.
fn anywhere(around: &Around) -> impl Iterator<Item = NamedEffect> {
    let named = around
        .hints
        .iter()
        .filter(|hint| hint.shown != Shown::Quiet);
    let (everywhere, under): (Vec<&Hint>, Vec<&Hint>) =
        named.partition(|hint| ACTIONS.iter().any(|action| is_same(action, hint)));
    let key = move |action: &Action| {
        // A key that means something else in the place below is not the action's there.
        if under.iter().any(|hint| hint.key.to_string() == action.key) {
            return String::new();
        }
        let now = everywhere.iter().find(|hint| is_same(action, hint));
        now.map_or_else(|| action.key.to_owned(), |hint| hint.name())
    };
    ACTIONS.iter().map(move |action| NamedEffect {
        key: key(action),
        ..NamedEffect::new(action.name, "", (action.does)())
    })
}

/// A named action of a tab: its key, and the modes in which it can be done.
struct Deed {
    hint: Hint,
    among: Vec<usize>,
}

/// The actions of a tab's key tables, each once: a second key or a row of arrows is no action of its own.
fn deeds(modes: &[Mode]) -> Vec<Deed> {
    let mut deeds: Vec<Deed> = Vec::new();
    let named = |hint: &&Hint| hint.shown != Shown::Quiet && hint.keys.is_empty();
    for (at, mode) in modes.iter().enumerate() {
        for hint in mode.hints.iter().filter(named) {
            let is_apart = mode.is_section && !modes.iter().all(|mode| has(mode, hint.label));
            let among = if is_apart {
                vec![at]
            } else {
                modes_with(hint.label, modes)
            };
            let is_same = |deed: &Deed| deed.hint.label == hint.label && deed.among == among;
            if !deeds.iter().any(is_same) {
                deeds.push(Deed { hint: *hint, among });
            }
        }
    }
    deeds
}

fn has(mode: &Mode, label: &str) -> bool {
    mode.hints.iter().any(|hint| hint.label == label)
}

/// The modes whose footer shows the action; where none does, those that name it.
fn modes_with(label: &str, modes: &[Mode]) -> Vec<usize> {
    let among = |fits: &dyn Fn(Shown) -> bool| -> Vec<usize> {
        let is_it = |hint: &Hint| hint.label == label && fits(hint.shown);
        let has = |(_, mode): &(usize, &Mode)| mode.hints.iter().any(is_it);
        let all = modes.iter().enumerate().filter(has);
        all.map(|(at, _)| at).collect()
    };
    let in_footer = among(&|shown| shown == Shown::Footer);
    if in_footer.is_empty() {
        return among(&|shown| shown != Shown::Quiet);
    }
    in_footer
}

fn of_tab(tab: Tab, modes: &[Mode]) -> Vec<NamedEffect> {
    let in_tab = |row: NamedEffect| NamedEffect {
        tab: Some(tab),
        ..row
    };
    let go = |(at, mode): (usize, &Mode)| {
        let effect = Effect::Act {
            tab,
            among: vec![at],
            label: mode.entered,
        };
        in_tab(NamedEffect {
            about: mode.about,
            ..NamedEffect::new(mode.name, tab.title(), effect)
        })
    };
    let named = modes
        .iter()
        .enumerate()
        .filter(|(_, mode)| !mode.name.is_empty());
    let mut rows: Vec<NamedEffect> = named.map(go).collect();
    for Deed { hint, among } in deeds(modes) {
        let only = match among[..] {
            [only] if !modes.iter().all(|mode| has(mode, hint.label)) => modes.get(only),
            _ => None,
        };
        // "add" says little without the section that it adds to.
        let name = match only.map(|mode| mode.name) {
            Some("") | None => hint.label.to_owned(),
            Some(mode) => format!("{mode}: {}", hint.label),
        };
        let effect = Effect::Act {
            tab,
            among,
            label: Some(hint.label),
        };
        rows.push(in_tab(NamedEffect {
            key: hint.name(),
            ..NamedEffect::new(name, tab.title(), effect)
        }));
    }
    rows
}

/// What can be logged, by kind and by measure.
fn logged() -> impl Iterator<Item = NamedEffect> {
    const PLACE: &str = "log";
    // A dose, an urge, a sign and a question are actions of their own.
    let kinds = Kind::LOGGED.into_iter();
    let kinds = kinds.filter(|(kind, ..)| {
        !matches!(kind, Kind::Dose | Kind::Urge | Kind::Sign | Kind::Question)
    });
    let kinds = kinds.map(|(kind, _, name)| {
        let open = Effect::Open(Opening::Choose(kind));
        NamedEffect::new(name, PLACE, open)
    });
    let measures = CareList::built_in().measures.iter().map(|measure| {
        let open = Opening::About(Kind::Measurement, measure.code.to_owned());
        let name = format!("measure {}", measure.name);
        NamedEffect::new(name, PLACE, Effect::Open(open))
    });
    kinds.chain(measures)
}

/// What the command line alone can do, and what is not there yet: a row says so.
fn elsewhere() -> impl Iterator<Item = NamedEffect> {
    subjects().iter().filter_map(|subject| {
        let place = match subject.standing {
            Standing::Screen => return None,
            Standing::Command => "command line",
            Standing::NotYet => "not there yet",
        };
        let says = Effect::Say(subject.elsewhere()?);
        Some(NamedEffect::new(subject.row, place, says))
    })
}

/// Rows that only typing finds: the chart of each series, the pages of the guide.
fn searched(shared: &Shared) -> impl Iterator<Item = NamedEffect> {
    let series = favourites_first(&shared.journal).into_iter().map(|series| {
        let name = format!("chart of {}", series.facts(&shared.journal).name);
        let effect = Effect::ShowSeries(Slot::First, Some(series));
        (name, Tab::Trends, effect)
    });
    let pages = guide().topics.iter().map(|topic| {
        let effect = Effect::ShowTopic {
            topic: topic.code,
            row: 0,
        };
        (format!("page: {}", topic.title), Tab::Guide, effect)
    });
    series.chain(pages).map(|(name, tab, effect)| NamedEffect {
        tab: Some(tab),
        is_listed: false,
        ..NamedEffect::new(name, tab.title(), effect)
    })
}

#[cfg(test)]
mod tests {
    use super::{ACTIONS, anywhere, of_tab};
    use crate::tui::keys::global::GLOBAL;
    use crate::tui::keys::{Shown, hints};
    use crate::tui::screens::{Around, every_hint, modes};
    use crate::tui::tab::Tab;

    fn around() -> Around {
        Around {
            tab: Tab::Today,
            hints: hints(GLOBAL),
            places: Vec::new(),
        }
    }

    #[test]
    fn no_action_of_the_key_table_is_missing() {
        for tab in Tab::ALL {
            let rows = of_tab(tab, &modes(tab));
            let named = every_hint(tab).into_iter();
            for hint in named.filter(|hint| hint.shown != Shown::Quiet && hint.keys.is_empty()) {
                let is_it =
                    |name: &str| name == hint.label || name.ends_with(&format!(": {}", hint.label));
                assert!(
                    rows.iter().any(|row| is_it(&row.name)),
                    "{tab:?}: {}",
                    hint.label
                );
            }
        }
        for hint in hints(GLOBAL)
            .iter()
            .filter(|hint| hint.shown != Shown::Quiet)
        {
            // The palette itself is open already.
            let is_known = ACTIONS
                .iter()
                .any(|action| action.key == hint.key.to_string());
            assert!(is_known || hint.key.to_string() == ":", "{}", hint.label);
        }
    }

    #[test]
    fn every_row_that_the_vocabulary_names_is_one_of_the_palette() {
        use crate::domain::text::vocabulary::{Standing, subjects};
        let mut names: Vec<String> = anywhere(&around()).map(|row| row.name).collect();
        names.extend(super::logged().map(|row| row.name));
        for tab in Tab::ALL {
            names.extend(of_tab(tab, &modes(tab)).into_iter().map(|row| row.name));
        }
        let on_screen = subjects()
            .iter()
            .filter(|subject| subject.standing == Standing::Screen);
        for subject in on_screen.filter(|subject| !subject.row.is_empty()) {
            assert!(
                names.iter().any(|name| name == subject.row),
                "{}",
                subject.row
            );
        }
    }
}
