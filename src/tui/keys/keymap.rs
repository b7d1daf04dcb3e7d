//! The person's own keys from the config file, beside those of the key table.
//!
//! Invariant: every key of the key table keeps its meaning, so that no sentence on screen names a wrong key. Esc and Enter
//! cannot be chosen. A key that is in use is refused, and the message names both actions.

use super::global::GLOBAL;
use super::input::Key;
use super::{Hint, Shown, hints};
use crate::config::chosen::ChosenKey;
use crate::domain::text::suggest::{how_far, nearest};
use crate::tui::screens;
use crate::tui::tab::Tab;

/// An action that a key can be chosen for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its word in the config file: `undo`, `plan.hold`.
    pub(crate) code: String,
    /// Its tab; `None` for a global action.
    pub(crate) place: Option<Tab>,
    /// Its words in the footer and on the `?` page.
    pub(crate) label: &'static str,
    /// Its key in the key table.
    pub(crate) key: Key,
}

/// A key of the person's own for an action.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OwnKey {
    action: Action,
    key: Key,
}

/// Keys that mean the same everywhere, in a table or not.
const RESERVED: [Key; 2] = [Key::ESC, Key::ENTER];

/// The person's own keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keymap(Vec<OwnKey>);

/// Why a key of the config file is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("config file, line {line}: {sentence}")]
pub struct KeyFault {
    /// Its line in the file.
    pub(crate) line: usize,
    /// The problem.
    pub(crate) sentence: String,
}

/// The actions that a key can be chosen for: the rows of the key table with one key and a name.
pub(crate) fn actions() -> Vec<Action> {
    let of = |place: Option<Tab>, hints: Vec<Hint>| {
        // A second key or a row of digits is no action of its own.
        let named = hints.into_iter().filter(is_named);
        named.map(move |hint| Action {
            code: code_of(place, hint.label),
            place,
            label: hint.label,
            key: hint.key,
        })
    };
    let mut all: Vec<Action> = of(None, hints(GLOBAL)).collect();
    for tab in Tab::ALL {
        for action in of(Some(tab), screens::every_hint(tab)) {
            // Some rows are in the tables of several modes of one tab.
            if all.iter().all(|known| known.code != action.code) {
                all.push(action);
            }
        }
    }
    all
}

fn is_named(hint: &Hint) -> bool {
    hint.shown != Shown::Quiet && hint.keys.is_empty()
}

/// "next week" on Trends is `trends.next_week`.
fn code_of(place: Option<Tab>, label: &str) -> String {
    let words = label
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("_").to_lowercase();
    place.map_or_else(|| slug.clone(), |tab| format!("{}.{slug}", tab.place()))
}

/// The tab and label of `key` in the key table, on the tab of `action`; on any tab for a global action.
fn row_of(key: Key, action: &Action) -> Option<(Option<Tab>, &'static str)> {
    let global = hints(GLOBAL).into_iter().map(|hint| (None, hint));
    let tabs = Tab::ALL
        .into_iter()
        .filter(|tab| action.place.is_none_or(|place| place == *tab))
        .flat_map(|tab| {
            let all = screens::every_hint(tab).into_iter();
            all.map(move |hint| (Some(tab), hint))
        });
    let mut all = global.chain(tabs);
    let (place, hint) = all.find(|(_, hint)| hint.key == key)?;
    Some((place, hint.label))
}

impl Keymap {
    /// Reads the keys of the config file. A refused one becomes a fault and does not affect the others.
    pub fn read(chosen: &[ChosenKey]) -> (Self, Vec<KeyFault>) {
        let mut keymap = Self::default();
        let mut faults = Vec::new();
        // Most people choose none, and the names of all actions take a twentieth of a start.
        if chosen.is_empty() {
            return (keymap, faults);
        }
        let known = actions();
        for entry in chosen {
            match keymap.add(entry, &known) {
                Ok(()) => {}
                Err(sentence) => faults.push(KeyFault {
                    line: entry.line,
                    sentence,
                }),
            }
        }
        (keymap, faults)
    }

    fn add(&mut self, entry: &ChosenKey, known: &[Action]) -> Result<(), String> {
        let Some(action) = known.iter().find(|action| action.code == entry.action) else {
            return Err(unknown(&entry.action, known));
        };
        let Ok(key) = entry.key.parse::<Key>() else {
            return Err(format!(
                "{:?}, chosen for {}, is no key; keys are such as \"x\", \"?\", \"Ctrl-X\", \"Alt-x\", \"PgUp\", \"F5\"",
                entry.key, action.code
            ));
        };
        let is_it = |own: &OwnKey| own.key == key && own.action == *action;
        // A line that repeats the table or an earlier line changes nothing and is no fault.
        if key == action.key || self.0.iter().any(is_it) {
            return Ok(());
        }
        if RESERVED.contains(&key) {
            return Err(format!(
                "{} cannot have {key}: Esc goes back and Enter takes, everywhere",
                action.code
            ));
        }
        if let Some((place, label)) = row_of(key, action) {
            let place = place.map_or_else(String::new, |tab| format!(" on {}", tab.title()));
            return Err(format!(
                "{} cannot have {key}: it is \"{label}\"{place} already, and both would want it",
                action.code
            ));
        }
        // A global action is present on every tab, so it conflicts with the key of any tab.
        let meets = |other: &&OwnKey| {
            let (ours, theirs) = (action.place, other.action.place);
            other.key == key && (ours.is_none() || theirs.is_none() || ours == theirs)
        };
        if let Some(other) = self.0.iter().find(meets) {
            return Err(format!(
                "{} and {} both want {key}; the first one has it",
                other.action.code, action.code
            ));
        }
        self.0.push(OwnKey {
            action: action.clone(),
            key,
        });
        Ok(())
    }

    /// The own keys of the action with this code, in the order of the config file.
    pub(crate) fn chosen(&self, code: &str) -> Vec<Key> {
        let own = self.0.iter().filter(|own| own.action.code == code);
        own.map(|own| own.key).collect()
    }

    /// Whether this line of the config file is in effect and differs from the key table.
    pub(crate) fn holds(&self, entry: &ChosenKey) -> bool {
        let key = entry.key.parse();
        key.is_ok_and(|key| self.chosen(&entry.action).contains(&key))
    }

    /// Whether `key` suspends the program: Ctrl-Z, unless the person chose it for an action.
    pub(crate) fn is_suspend(&self, key: Key) -> bool {
        key == Key::ctrl('z') && self.0.iter().all(|own| own.key != key)
    }

    /// The table's key behind an own `key` on `tab` (`None` under an overlay); any other key unchanged.
    pub(crate) fn meant(&self, key: Key, tab: Option<Tab>) -> Key {
        let here = |own: &&OwnKey| {
            let place = own.action.place;
            own.key == key && (place.is_none() || place == tab)
        };
        self.0.iter().find(here).map_or(key, |own| own.action.key)
    }

    /// The hints of `tab` and the global ones, with own keys in front of the table's.
    pub(crate) fn shown(&self, hints: Vec<Hint>, tab: Tab) -> Vec<Hint> {
        let is_for = |own: &OwnKey, hint: &Hint| {
            let codes = [None, Some(tab)].map(|place| code_of(place, hint.label));
            own.action.key == hint.table && codes.contains(&own.action.code)
        };
        let mut rows = Vec::with_capacity(hints.len() + self.0.len());
        for hint in hints {
            let own = self.0.iter().filter(|own| is_for(own, &hint));
            let own = own.filter(|_| is_named(&hint)).map(|own| own.key);
            // The footer shows the first own key; the table's key still works and moves to the `?` page.
            for (at, key) in own.chain([hint.key]).enumerate() {
                let shown = if at == 0 { hint.shown } else { Shown::Quiet };
                rows.push(Hint { key, shown, ..hint });
            }
        }
        rows
    }
}

fn unknown(code: &str, known: &[Action]) -> String {
    let typed = code.to_lowercase();
    let far = |action: &Action| how_far(&typed, &action.code, action.label);
    let near = nearest(
        known
            .iter()
            .map(|action| (far(action), action.code.as_str())),
    );
    if near.is_empty() {
        format!("there is no action {code:?}; `ebb config keys` names them")
    } else {
        format!(
            "there is no action {code:?}; did you mean {}?",
            near.join(" or ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Keymap, actions};
    use crate::config::file::Config;
    use crate::tui::keys::input::Key;
    use crate::tui::tab::Tab;

    fn read(text: &str) -> (Keymap, Vec<String>) {
        let config = Config::parse(text);
        let (keymap, faults) = Keymap::read(&config.chosen_keys);
        (keymap, faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn every_action_has_a_code_of_its_own_that_reads_as_a_bare_key() {
        let all = actions();
        let mut codes: Vec<&str> = all.iter().map(|action| action.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all.len());
        for code in codes {
            let is_bare = |letter: char| letter.is_ascii_alphanumeric() || "_.".contains(letter);
            assert!(code.chars().all(is_bare), "{code}");
        }
    }

    #[test]
    fn a_chosen_key_means_what_the_key_of_the_table_means() {
        let (keymap, faults) = read("[keys]\nundo = \"Ctrl-z\"\n\"history.fill\" = \"F7\"\n");
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(
            keymap.meant(Key::ctrl('z'), Some(Tab::Care)),
            Key::char('z')
        );
        assert_eq!(
            keymap.meant(Key::function(7), Some(Tab::History)),
            Key::char('f')
        );
        assert_eq!(
            keymap.meant(Key::function(7), Some(Tab::Today)),
            Key::function(7)
        );
    }

    #[test]
    fn ctrl_z_suspends_until_it_is_chosen_for_something() {
        let (own, _) = read("[keys]\nundo = \"Ctrl-z\"\n");
        assert!(!own.is_suspend(Key::ctrl('z')));
        assert!(Keymap::default().is_suspend(Key::ctrl('z')));
        assert!(!Keymap::default().is_suspend(Key::char('z')));
    }

    #[test]
    fn a_key_that_is_taken_is_refused_with_both_names_and_its_line() {
        let (keymap, faults) = read("[keys]\nundo = \"c\"\nredo = \"F9\"\ndose = \"F9\"\n");
        assert!(faults[0].contains("line 2"), "{faults:?}");
        assert!(
            faults[0].contains("undo cannot have c: it is \"check-in\""),
            "{faults:?}"
        );
        assert!(
            faults[1].contains("redo and dose both want F9"),
            "{faults:?}"
        );
        assert_eq!(keymap.0.len(), 1);
    }

    #[test]
    fn a_key_from_everywhere_may_not_hide_behind_one_of_a_screen() {
        // f fills a day in History.
        let (_, faults) = read("[keys]\nundo = \"f\"\n");
        assert!(faults[0].contains("on "), "{faults:?}");
    }

    #[test]
    fn an_unknown_action_and_an_unreadable_key_are_told() {
        let (keymap, faults) = read("[keys]\nundu = \"x\"\nundo = \"Hyper-x\"\n");
        assert!(faults[0].contains("undo"), "{faults:?}");
        assert!(faults[1].contains("is no key"), "{faults:?}");
        assert!(keymap.0.is_empty());
    }

    #[test]
    fn help_lines_and_keys_never_move() {
        for code in ["help_lines", "keys"] {
            let (keymap, faults) = read(&format!("[keys]\n{code} = \"F8\"\n"));
            assert_eq!(faults, Vec::<String>::new());
            assert_eq!(
                keymap.meant(Key::char('!'), Some(Tab::Today)),
                Key::char('!')
            );
            assert_eq!(
                keymap.meant(Key::char('?'), Some(Tab::Today)),
                Key::char('?')
            );
        }
    }
}
