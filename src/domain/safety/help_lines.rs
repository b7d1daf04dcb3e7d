//! Help lines and red flags, from `assets/helplines.toml`. They are part of the program.
//!
//! Invariant: they need no journal, no terminal size and no settings. Every country has an emergency row. If no line of a kind
//! is known for a country, a row says so.

use crate::domain::text::suggest::Listed;
use crate::domain::text::words::sentence_head;

/// A country whose help lines are known, or a wider region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// Two letters; `EU` and `*` for regions.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Whether the European lines work there.
    pub(crate) in_eu: bool,
}

/// A kind of help line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LineKind {
    /// `emergency`, `crisis`, `poison`, `treatment` or `directory`.
    pub(crate) code: &'static str,
    /// Its name beside a number.
    pub(crate) name: &'static str,
    /// The text for a country without a known line of this kind; `None` for an optional kind.
    pub(crate) absent: Option<&'static str>,
}

/// A help line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpLine {
    /// Its country's code.
    pub(crate) country: &'static str,
    /// Its name.
    pub(crate) name: &'static str,
    /// The code of its kind.
    pub(crate) kind: &'static str,
    /// The number, or another way to reach it.
    pub(crate) contact: Option<&'static str>,
    /// Its page.
    pub(crate) url: Option<&'static str>,
    /// Ways to reach it, and its cost.
    pub(crate) note: Option<&'static str>,
    /// Its hours, or a text that says they are unknown.
    pub(crate) hours: &'static str,
    /// The region in which it works.
    pub(crate) region: &'static str,
    /// The people or the problem it is for.
    pub(crate) whom: &'static str,
    /// The day of the last check.
    pub(crate) checked: &'static str,
    /// The page on which the number was checked.
    pub(crate) source: &'static str,
}

/// What stands for any country that is not in the list: `*` is a sign that nobody would say.
const OTHER: &str = "other";

/// The hours of a line that is always answered.
const ANY_TIME: &str = "any time";

impl HelpLine {
    /// The number, or the page if there is no number.
    pub fn reach(&self) -> &str {
        self.contact.or(self.url).unwrap_or_default()
    }

    /// "Emergency services: 111".
    pub fn sentence(&self) -> String {
        format!("{}: {}", self.name, self.reach())
    }

    /// The sentence, and the region if the line does not work in the whole country.
    pub(crate) fn with_limits(&self) -> String {
        // A person in need must not dial a number that does not work where they are.
        let is_everywhere = ["all of ", "every ", "wherever ", "lists "]
            .iter()
            .any(|begin| self.region.starts_with(begin));
        if is_everywhere {
            self.sentence()
        } else {
            format!("{}; {}", self.sentence(), self.region)
        }
    }

    /// "Any time. All of New Zealand. For anyone in danger. Free. Checked 2026-11-28: police.govt.nz."
    pub fn details(&self) -> String {
        // Without a number the page stands in the sentence already.
        let page = self.url.filter(|_| self.contact.is_some());
        let parts = [
            Some(self.hours.to_owned()),
            Some(self.region.to_owned()),
            Some(format!("for {}", self.whom)),
            self.note.map(str::to_owned),
            page.map(str::to_owned),
            Some(format!("checked {}: {}", self.checked, self.source)),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .flatten()
            .map(|part| match part.strip_prefix("http") {
                // Without a full stop: it would be copied as part of the address.
                Some(_) => part,
                None => format!("{}.", sentence_head(&part)),
            })
            .collect();
        parts.join(" ")
    }
}

/// A row of a country's help page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpRow<'a> {
    /// A line.
    Line(&'a HelpLine),
    /// The numbers of one country that are answered at any time, for a person who has chosen no country.
    AtOnce(String),
    /// The text of a kind of which no line is known.
    Absent(&'a str),
}

/// Who reads a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Eyes {
    /// The person whose journal it is.
    Own,
    /// Anybody: the journal is locked or handed over.
    Anybody,
}

/// A sign that needs help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedFlag {
    /// Its code in a record of the sign: `fainting`.
    pub id: &'static str,
    /// The sign, as one sees or feels it.
    pub sign: &'static str,
    /// `emergency`, `urgent`, `soon` or `information`.
    pub(crate) level: &'static str,
    /// The action to take.
    pub action: &'static str,
    /// The action for the eyes of anybody, where `action` names what the journal is about.
    pub(crate) neutral: Option<&'static str>,
}

impl RedFlag {
    /// The action to take, for these eyes.
    pub(crate) fn action_for(&self, eyes: Eyes) -> &str {
        match eyes {
            Eyes::Own => self.action,
            Eyes::Anybody => self.neutral.unwrap_or(self.action),
        }
    }

    /// Whether it needs emergency services.
    pub fn is_emergency(&self) -> bool {
        self.level == "emergency"
    }
}

impl Listed for RedFlag {
    fn code(&self) -> &str {
        self.id
    }
    fn name(&self) -> &str {
        self.sign
    }
}

/// The levels of a red flag, the most urgent first, with the heading over each.
pub(crate) const LEVELS: [(&str, &str); 4] = [
    (
        "emergency",
        "Call emergency services, or have someone call, when there is",
    ),
    ("urgent", "Be seen the same day"),
    ("soon", "Book a visit"),
    ("information", "Worth knowing"),
];

/// The content of the help page `!`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// The day on which the numbers were checked.
    pub(crate) checked: &'static str,
    /// The kinds, in the order of a country's page.
    pub(crate) kinds: &'static [LineKind],
    /// The countries, in the order of the choice.
    pub countries: &'static [Country],
    /// The lines; within a country emergency comes first.
    pub(crate) lines: &'static [HelpLine],
    /// The red flags, the most urgent first.
    pub red_flags: &'static [RedFlag],
}

impl Help {
    /// The country with this code, in any case.
    pub(crate) fn country(&self, code: &str) -> Option<&Country> {
        self.countries
            .iter()
            .find(|country| country.code.eq_ignore_ascii_case(code.trim()))
    }

    /// The country that a person means: by its code, its name, or the word of everyday where that is another one.
    pub(crate) fn meant(&self, typed: &str) -> Option<&Country> {
        let typed = typed.trim().to_lowercase();
        let code = match typed.as_str() {
            // The ISO code is GB, but nearly everybody types UK.
            "uk" => "gb",
            OTHER => "*",
            other => other,
        };
        let is_meant = |country: &&Country| {
            country.code.to_lowercase() == code || country.name.to_lowercase() == typed
        };
        self.countries.iter().find(is_meant)
    }

    /// What can be typed for each country, in the order of the choice.
    pub(crate) fn words_of_countries(&self) -> String {
        let words = self.countries.iter().map(|country| match country.code {
            "*" => OTHER,
            code => code,
        });
        words.collect::<Vec<_>>().join(", ")
    }

    /// The sign of this code.
    pub fn red_flag(&self, code: &str) -> Option<&RedFlag> {
        self.red_flags.iter().find(|flag| flag.id == code)
    }

    /// The lines for a country: its own, the European lines if they work there, then the lines that work everywhere. Without a
    /// country, or with an unknown one, only the last.
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
        let mut lines = of(country.code);
        // The emergency number of a wider region would stand beside the country's own, and the reader would have to choose.
        let wider = if country.in_eu { of("EU") } else { Vec::new() };
        lines.extend(
            wider
                .into_iter()
                .chain(of("*"))
                .filter(|line| line.kind != "emergency"),
        );
        lines
    }

    /// The rows of a country, kind by kind. Without a country: the lines that work everywhere, and the numbers of each country
    /// that are answered at any time.
    pub fn rows_for(&self, code: Option<&str>) -> Vec<HelpRow<'_>> {
        let lines = self.lines_for(code);
        let has_country = code.is_some_and(|code| self.country(code).is_some());
        let mut rows = Vec::new();
        for kind in self.kinds {
            let of_kind = lines.iter().filter(|line| line.kind == kind.code);
            let before = rows.len();
            rows.extend(of_kind.map(|line| HelpRow::Line(line)));
            // The person must see that the program knows none, or they would take the list for complete.
            if rows.len() == before && has_country {
                rows.extend(kind.absent.map(HelpRow::Absent));
            }
            if kind.code == "emergency" && !has_country {
                rows.extend(self.overview().into_iter().map(HelpRow::AtOnce));
            }
        }
        rows
    }

    /// A country's emergency and crisis numbers that are answered at any time: "New Zealand: emergency 111; to talk in a
    /// crisis 1737".
    pub(crate) fn at_once(&self, country: &Country) -> String {
        let at_once = |kind: &LineKind| {
            let lines = self.lines.iter().filter(|line| {
                line.country == country.code && line.kind == kind.code && line.hours == ANY_TIME
            });
            let numbers: Vec<&str> = lines.map(HelpLine::reach).collect();
            (!numbers.is_empty()).then(|| format!("{} {}", kind.name, numbers.join(", ")))
        };
        let kinds = self
            .kinds
            .iter()
            // The other kinds take time to choose from, and have hours.
            .filter(|kind| matches!(kind.code, "emergency" | "crisis"));
        let parts: Vec<String> = kinds.filter_map(at_once).collect();
        format!("{}: {}", country.name, parts.join("; "))
    }

    /// [`Help::at_once`] of the country that was chosen, as a sentence; `None` where none was. `*` means any other country, so
    /// no country's emergency number can be named.
    pub(crate) fn at_once_of(&self, code: Option<&str>) -> Option<String> {
        let code = code.filter(|code| *code != "*")?;
        let country = self.country(code)?;
        Some(format!("{}.", self.at_once(country)))
    }

    /// [`Help::at_once`] of every country, under a heading.
    fn overview(&self) -> Vec<String> {
        let countries = self.countries.iter();
        let countries = countries.filter(|country| country.code != "*");
        let at_once = countries.map(|country| format!("{}.", self.at_once(country)));
        std::iter::once("Answered at any time:".to_owned())
            .chain(at_once)
            .collect()
    }
}

/// The help page `!`.
pub fn help() -> &'static Help {
    static HELP: Help = include!(concat!(env!("OUT_DIR"), "/helplines.rs"));
    &HELP
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_an_emergency_row_that_stands_first() {
        let help = help();
        assert!(help.countries.len() >= 9);
        for country in help.countries {
            let lines = help.lines_for(Some(country.code));
            assert_eq!(lines[0].kind, "emergency", "{}", country.name);
            assert!(lines[0].contact.is_some(), "{}", country.name);
        }
    }

    #[test]
    fn every_line_can_be_reached_and_says_when_where_for_whom_and_how_it_is_known() {
        let kinds: Vec<&str> = help().kinds.iter().map(|kind| kind.code).collect();
        for line in help().lines {
            let name = &line.name;
            assert!(help().country(line.country).is_some(), "{name}");
            assert!(line.contact.is_some() || line.url.is_some(), "{name}");
            assert!(kinds.contains(&line.kind), "{name}: {}", line.kind);
            for text in [&line.hours, &line.region, &line.whom, &line.source] {
                assert!(!text.is_empty() && !text.ends_with('.'), "{name}: {text}");
            }
            assert!(
                line.checked.parse::<chrono::NaiveDate>().is_ok(),
                "{name}: {}",
                line.checked
            );
            if line.kind == "emergency" {
                assert_eq!(line.hours, ANY_TIME, "{name}");
            }
        }
        assert!(help().checked.parse::<chrono::NaiveDate>().is_ok());
    }

    #[test]
    fn a_country_has_a_line_of_each_kind_or_says_plainly_that_none_is_known() {
        for country in help().countries {
            let rows = help().rows_for(Some(country.code));
            for kind in help().kinds {
                let Some(absent) = kind.absent else {
                    continue;
                };
                let has_line = rows
                    .iter()
                    .any(|row| matches!(row, HelpRow::Line(line) if line.kind == kind.code));
                let is_said = rows.contains(&HelpRow::Absent(absent));
                assert_ne!(has_line, is_said, "{}: {}", country.name, kind.code);
                assert!(absent.contains(
                    "no line known to this program; your doctor or pharmacist can name one"
                ));
            }
        }
        let is_absent = |code: &str, kind: &str| {
            let kind = help().kinds.iter().find(|other| other.code == kind);
            let absent = kind.unwrap().absent.unwrap();
            help()
                .rows_for(Some(code))
                .contains(&HelpRow::Absent(absent))
        };
        assert!(is_absent("GB", "treatment") && is_absent("CA", "treatment"));
        assert!(is_absent("DE", "poison") && is_absent("FR", "poison"));
        assert!(!is_absent("NZ", "treatment") && !is_absent("NZ", "poison"));
        assert!(!is_absent("GB", "poison"), "NHS 111 is named");
    }

    #[test]
    fn what_a_line_does_not_reach_is_said_beside_it() {
        let of = |code: &str, kind: &str| {
            let lines = help().lines_for(Some(code));
            let line = lines.into_iter().find(|line| line.kind == kind).unwrap();
            format!("{} {}", line.sentence(), line.details())
        };
        let canada = of("CA", "poison");
        for part in [
            "1-844-764-7669",
            "Not for Quebec (1-800-463-5060)",
            "nor Nunavut",
        ] {
            assert!(canada.contains(part), "{part}: {canada}");
        }
        assert!(of("GB", "poison").contains("in Northern Ireland ask a GP or pharmacist"));
        assert!(of("IE", "poison").contains("8:00 to 22:00"));
        assert!(of("AU", "treatment").contains("Any time in most states."));
        assert!(of("DE", "treatment").contains("20 cents a call"));
        assert!(of("NZ", "treatment").contains("Hours not checked."));
    }

    #[test]
    fn someone_who_has_chosen_no_country_sees_the_numbers_of_all_that_help_at_once() {
        let rows = help().rows_for(None);
        let overview: Vec<&str> = rows
            .iter()
            .filter_map(|row| match row {
                HelpRow::AtOnce(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        assert!(matches!(&rows[0], HelpRow::Line(line) if line.kind == "emergency"));
        assert_eq!(overview.len(), help().countries.len());
        assert_eq!(overview[0], "Answered at any time:");
        assert_eq!(
            overview[1],
            "United States: emergency 911; to talk in a crisis 988, text 741741."
        );
        assert!(overview[1..].iter().all(|line| line.contains("emergency ")));
        assert!(overview.iter().all(|line| line.chars().count() <= 78));
    }

    #[test]
    fn an_unknown_country_gets_the_lines_that_reach_everywhere() {
        let names = |code| {
            help()
                .lines_for(code)
                .iter()
                .map(|line| line.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(names(None), names(Some("*")));
        assert_eq!(names(Some("XX")), names(None));
        assert!(names(Some("de")).contains(&"TelefonSeelsorge"));
        assert!(names(Some("de")).contains(&"Find A Helpline"));
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

    #[test]
    fn a_sign_under_emergency_says_to_call_emergency_services_now() {
        let flags = help().red_flags.iter();
        for flag in flags.filter(|flag| flag.level == "emergency") {
            let begins = flag.action.starts_with("Call ");
            let says = flag.action.contains("emergency services now");
            assert!(begins && says, "{}: {}", flag.sign, flag.action);
        }
    }
}
