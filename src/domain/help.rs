//! Help lines and red flags. From `assets/helplines.toml`, read only when they are shown.
//!
//! Invariant: they need no journal, no terminal size and no settings; every country has an emergency row.

use serde::Deserialize;
use std::sync::LazyLock;

/// A country whose help lines are known, or a wider region.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Country {
    /// Two letters; `EU` and `*` for regions.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its people can call the European lines too.
    #[serde(default)]
    pub in_eu: bool,
}

/// A help line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct HelpLine {
    /// Its country's code.
    pub country: String,
    /// Its name.
    pub name: String,
    /// `emergency`, `crisis`, `poison`, `treatment` or `directory`.
    pub kind: String,
    /// The number, or whatever else reaches it.
    pub contact: Option<String>,
    /// Its page.
    pub url: Option<String>,
    /// When it can be reached, and how.
    pub note: Option<String>,
    /// When and where the number was last seen.
    pub checked: String,
}

impl HelpLine {
    /// "Emergency services: 111", with note and page where there are some.
    pub fn sentence(&self) -> String {
        let reach = self
            .contact
            .as_deref()
            .or(self.url.as_deref())
            .unwrap_or_default();
        let note = self
            .note
            .as_ref()
            .map(|note| format!(" ({note})"))
            .unwrap_or_default();
        let page = self
            .url
            .as_ref()
            .filter(|_| self.contact.is_some())
            .map(|url| format!(", {url}"))
            .unwrap_or_default();
        format!("{}: {reach}{note}{page}", self.name)
    }
}

/// A sign that needs help, and which.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RedFlag {
    /// Its code, under which "this happened, when" is noted: `fainting`.
    pub id: String,
    /// What one sees or feels.
    pub sign: String,
    /// `emergency`, `urgent`, `soon` or `information`.
    pub level: String,
    /// What to do.
    pub action: String,
}

/// The levels of a red flag, the most urgent first, with the heading over each.
pub const LEVELS: [(&str, &str); 4] = [
    (
        "emergency",
        "Call emergency services, or have someone call, when there is",
    ),
    ("urgent", "Be seen the same day"),
    ("soon", "Book a visit"),
    ("information", "Worth knowing"),
];

/// Everything behind `!`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Help {
    /// The day on which the numbers were looked at.
    pub checked: String,
    /// In the order in which they are offered.
    pub countries: Vec<Country>,
    /// Emergency first within a country.
    pub lines: Vec<HelpLine>,
    /// The most urgent first.
    pub red_flags: Vec<RedFlag>,
}

impl Help {
    /// The country with this code, in any case.
    pub fn country(&self, code: &str) -> Option<&Country> {
        self.countries
            .iter()
            .find(|country| country.code.eq_ignore_ascii_case(code.trim()))
    }

    /// The sign of this code.
    pub fn red_flag(&self, code: &str) -> Option<&RedFlag> {
        self.red_flags.iter().find(|flag| flag.id == code)
    }

    /// The lines for a country: its own, the European ones where they apply, then those that reach everywhere. Without a
    /// country, or with one that is not known: those that reach everywhere.
    pub fn lines_for(&self, code: Option<&str>) -> Vec<&HelpLine> {
        let country = code.and_then(|code| self.country(code));
        let of = |code: &str| {
            self.lines
                .iter()
                .filter(move |line| line.country == code)
                .collect::<Vec<_>>()
        };
        let Some(country) = country.filter(|country| country.code != "*") else {
            return of("*");
        };
        let mut lines = of(&country.code);
        // The emergency row of a wider region would only repeat the country's own.
        let wider = if country.in_eu { of("EU") } else { Vec::new() };
        lines.extend(
            wider
                .into_iter()
                .chain(of("*"))
                .filter(|line| line.kind != "emergency"),
        );
        lines
    }
}

/// Everything behind `!`. Part of the program; a test reads it too.
pub fn help() -> &'static Help {
    static HELP: LazyLock<Help> = LazyLock::new(|| toml::from_str(TEXT).unwrap_or_default());
    &HELP
}

const TEXT: &str = include_str!("../../assets/helplines.toml");

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_an_emergency_row_that_stands_first() {
        let read: Help = toml::from_str(TEXT).unwrap();
        assert!(read.countries.len() >= 9);
        for country in &read.countries {
            let lines = read.lines_for(Some(&country.code));
            assert_eq!(lines[0].kind, "emergency", "{}", country.name);
            assert!(lines[0].contact.is_some(), "{}", country.name);
        }
    }

    #[test]
    fn every_line_belongs_to_a_country_can_be_reached_and_says_when_it_was_seen() {
        for line in &help().lines {
            assert!(help().country(&line.country).is_some(), "{}", line.name);
            assert!(
                line.contact.is_some() || line.url.is_some(),
                "{}",
                line.name
            );
            assert!(!line.checked.is_empty(), "{}", line.name);
        }
        assert_eq!(help().checked.len(), 10);
    }

    #[test]
    fn an_unknown_country_gets_the_lines_that_reach_everywhere() {
        let names = |code| {
            help()
                .lines_for(code)
                .iter()
                .map(|line| line.name.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(None), names(Some("*")));
        assert_eq!(names(Some("XX")), names(None));
        assert!(names(Some("de")).contains(&"TelefonSeelsorge".to_owned()));
        assert!(names(Some("de")).contains(&"Find A Helpline".to_owned()));
    }

    #[test]
    fn the_red_flags_that_need_help_at_once_stand_first() {
        let rank = |flag: &RedFlag| LEVELS.iter().position(|(level, _)| *level == flag.level);
        let ranks: Vec<_> = help().red_flags.iter().map(rank).collect();
        assert_eq!(ranks.len(), 16);
        assert!(
            ranks.iter().all(Option::is_some),
            "every level has a heading: {ranks:?}"
        );
        assert!(ranks.is_sorted(), "the most urgent first: {ranks:?}");
    }
}
