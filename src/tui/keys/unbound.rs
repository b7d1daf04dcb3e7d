//! What is said of a key that has no meaning where it was pressed: silence would look like a program that hangs.

use super::input::Key;
use crate::domain::text::vocabulary;
use crate::tui::screens::every_hint;
use crate::tui::tab::Tab;

/// The digit of the tab that is not there yet.
const INSIGHTS: Key = Key::char('6');

/// What `key` is, and that it does nothing on `tab`; `None` for keys that type nothing.
pub(crate) fn notice(key: Key, tab: Tab) -> Option<String> {
    key.typed().filter(|letter| !letter.is_whitespace())?;
    if key == INSIGHTS {
        let says = vocabulary::not_yet("insights")?;
        return Some(format!("6 is the tab of insights. {says}"));
    }
    let on = |other: &Tab| every_hint(*other).into_iter().find(|hint| hint.key == key);
    // A mode of this tab comes first: a section of Care has keys that the next one has not.
    let mut tabs = std::iter::once(tab).chain(Tab::ALL);
    let other = tabs.find_map(|other| Some((on(&other)?, other)));
    Some(match other {
        Some((hint, other)) => {
            let elsewhere = if other == tab { "elsewhere on" } else { "on" };
            format!(
                "{key} is \"{}\" {elsewhere} {}; it does nothing here. ? lists the keys.",
                hint.label,
                other.title()
            )
        }
        None => format!("{key} does nothing here. ? lists the keys, : finds an action by name."),
    })
}

#[cfg(test)]
mod tests {
    use super::notice;
    use crate::tui::keys::input::Key;
    use crate::tui::tab::Tab;

    #[test]
    fn a_key_without_a_meaning_here_says_where_it_has_one() {
        let says = |key, tab| notice(Key::char(key), tab).unwrap_or_default();
        assert!(says('6', Tab::Today).contains("not there yet"));
        assert!(says('w', Tab::Today).contains("\"highest first\" on Trends"));
        assert!(says('{', Tab::Care).starts_with("{ does nothing here"));
        assert_eq!(notice(Key::ESC, Tab::Today), None);
        assert_eq!(notice(Key::char(' '), Tab::Settings), None);
    }
}
