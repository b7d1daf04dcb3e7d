//! The page of help lines and red flags as lines of text, for whoever reads it.
//!
//! Invariant: for the eyes of anybody no line names what the journal is about, and none comes from the journal.

use super::help_lines::{Country, Eyes, HelpRow, LEVELS, help};

/// What a line is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// A number, a sign or a heading.
    Strong,
    /// What is said about it.
    Plain,
    /// What the keys will do.
    Remark,
    /// What is less important.
    Small,
}

/// What the page is made from.
pub(crate) struct HelpPage<'a> {
    /// The country whose numbers it has.
    pub(crate) country: Option<&'static Country>,
    /// What the keys will do, where that needs a line.
    pub(crate) remark: Option<String>,
    /// Numbers of the person's own, a line each.
    pub(crate) own: Vec<String>,
    /// Who reads it.
    pub(crate) eyes: Eyes,
    /// The sign before each sign and each line's details.
    pub(crate) dot: &'a str,
}

impl HelpPage<'_> {
    /// Every line of the page.
    pub(crate) fn lines(self) -> Vec<(String, Weight)> {
        let Self { country, dot, .. } = self;
        let mut lines = Vec::new();
        let name = country.map_or(
            "no country chosen yet: \u{2192} chooses, it is never guessed",
            |c: &Country| c.name,
        );
        lines.push((format!("Help lines: {name}"), Weight::Plain));
        // On a small screen only the first lines are in sight: they are the numbers, and what is to be known of them follows.
        let mut details: Vec<(String, Weight)> = self
            .remark
            .map(|remark| (remark, Weight::Remark))
            .into_iter()
            .collect();
        for row in help().rows_for(country.map(|country| country.code)) {
            match row {
                HelpRow::Line(line) => {
                    if country.is_some() {
                        lines.push((line.with_limits(), Weight::Strong));
                        details.push((
                            format!("{dot} {}: {}", line.name, line.details()),
                            Weight::Plain,
                        ));
                    } else {
                        lines.push((line.sentence(), Weight::Strong));
                        lines.push((format!("  {}", line.details()), Weight::Plain));
                    }
                }
                HelpRow::AtOnce(at_once) => lines.push((at_once, Weight::Plain)),
                HelpRow::Absent(absent) => lines.push((absent.to_owned(), Weight::Plain)),
            }
        }
        lines.extend(self.own.into_iter().map(|own| (own, Weight::Strong)));
        if !details.is_empty() {
            lines.push((String::new(), Weight::Plain));
        }
        lines.extend(details);
        lines.push((String::new(), Weight::Plain));
        lines.push((
            format!(
                "Numbers change; the list was last gone through on {}. Nothing is called or sent from here.",
                help().checked
            ),
            Weight::Small,
        ));
        for (level, head) in LEVELS {
            lines.push((String::new(), Weight::Plain));
            lines.push((head.to_owned(), Weight::Strong));
            let flags = help().red_flags.iter().filter(|flag| flag.level == level);
            lines.extend(flags.flat_map(|flag| {
                [
                    (format!("{dot} {}.", flag.sign), Weight::Strong),
                    (format!("  {}", flag.action_for(self.eyes)), Weight::Plain),
                ]
            }));
        }
        lines
    }
}

/// The country `by` places after `now`, around the list; from no country on, the first or the last one.
pub(crate) fn beside(now: Option<&Country>, by: isize) -> Option<&'static Country> {
    let countries = &help().countries;
    let place = now.and_then(|here| countries.iter().position(|other| other.code == here.code));
    let len = isize::try_from(countries.len()).unwrap_or(1).max(1);
    let at = match place {
        Some(at) => (isize::try_from(at).unwrap_or(0) + by).rem_euclid(len),
        None if by < 0 => len - 1,
        None => 0,
    };
    usize::try_from(at).ok().and_then(|at| countries.get(at))
}

#[cfg(test)]
mod tests {
    use super::{Eyes, HelpPage, help};

    fn page(country: Option<&'static super::Country>, eyes: Eyes) -> String {
        let page = HelpPage {
            country,
            remark: None,
            own: Vec::new(),
            eyes,
            dot: ".",
        };
        let lines: Vec<String> = page.lines().into_iter().map(|(line, _)| line).collect();
        lines.join("\n").to_lowercase()
    }

    #[test]
    fn the_page_for_anybody_never_says_what_the_journal_is_about() {
        let countries = help().countries.iter().map(Some).chain([None]);
        for country in countries {
            let text = page(country, Eyes::Anybody);
            for word in ["kratom", "mitragyn", "7-oh", "journal", "ebb"] {
                assert!(!text.contains(word), "{word}: {text}");
            }
            assert!(text.contains("call emergency services"), "{text}");
        }
    }

    #[test]
    fn both_pages_have_every_sign_with_what_to_do() {
        let [own, anybody] = [Eyes::Own, Eyes::Anybody].map(|eyes| page(None, eyes));
        for flag in help().red_flags {
            for text in [&own, &anybody] {
                assert!(text.contains(&flag.sign.to_lowercase()), "{}", flag.id);
            }
        }
        assert_eq!(own.lines().count(), anybody.lines().count());
        assert!(own.contains("kratom"), "{own}");
    }
}
