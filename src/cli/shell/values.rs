//! The words that a value can be: those of clap's own table, of the built-in lists, and names of the person where these may be
//! told.

use crate::config::settings::ConfigKey;
use crate::domain::attempt::Method;
use crate::domain::care::practice;
use crate::domain::dose::product;
use crate::domain::entry::{Filter, summary};
use crate::domain::guide::guide;
use crate::domain::journal::Journal;
use crate::domain::record::kind::{About, Kind};
use crate::domain::report::section::Section;
use crate::domain::safety::help_lines::help;
use crate::domain::text::suggest::Listed;
use crate::transfer::format::FORMATS;
use crate::transfer::import::IMPORTS;
use clap::{Arg, ValueHint};

/// A word that can stand there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    /// The word.
    pub(super) value: String,
    /// About it, in few words.
    pub(super) about: String,
}

impl Candidate {
    pub(super) fn new(value: impl Into<String>, about: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            about: about.into(),
        }
    }

    fn plain(value: &str) -> Self {
        Self::new(value, "")
    }
}

/// What can be offered for a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Values {
    /// These words.
    Words(Vec<Candidate>),
    /// Files, which the shell knows.
    Files,
}

/// What an argument of the command at `path` takes. `journal` has the built-in words alone, or those of the person too.
pub(super) fn of(
    path: &[&str],
    arg: &Arg,
    typed: &str,
    before: &[String],
    journal: &Journal,
) -> Values {
    let names = arg.get_value_names().unwrap_or_default();
    let name = names.first().map_or("", |name| name.as_str());
    let is_path = |name: &str| {
        name.split('|')
            .any(|name| matches!(name, "PATH" | "OUT" | "DIR"))
    };
    if is_path(name) || arg.get_value_hint() == ValueHint::AnyPath {
        return Values::Files;
    }
    let possible = arg.get_possible_values();
    if !possible.is_empty() {
        let words = possible.iter().filter(|value| !value.is_hide_set());
        let word = |value: &clap::builder::PossibleValue| {
            let about = value.get_help().map(ToString::to_string);
            Candidate::new(value.get_name(), about.unwrap_or_default())
        };
        return Values::Words(words.map(word).collect());
    }
    let listed = listed(path, arg.get_id().as_str(), name, (typed, before), journal);
    Values::Words(if listed.is_empty() {
        literal(name)
    } else {
        listed
    })
}

/// The words that a value's name spells out: `open|asked`, and `last` of `ID|last`.
fn literal(name: &str) -> Vec<Candidate> {
    let is_word = |word: &&str| {
        let mut letters = word.chars();
        word.len() > 1 && letters.all(|letter| letter.is_ascii_lowercase() || "_-".contains(letter))
    };
    name.split('|')
        .filter(is_word)
        .map(Candidate::plain)
        .collect()
}

fn listed(
    path: &[&str],
    id: &str,
    name: &str,
    (typed, before): (&str, &[String]),
    journal: &Journal,
) -> Vec<Candidate> {
    match (path, id, name) {
        (_, _, "SYMPTOM") | (["symptom", ..], "symptom", _) => symptoms(journal),
        (_, _, "SYMPTOM=0..4") => rated(typed, journal),
        (["measure"], _, "KIND=VALUE[UNIT]") => built_in(About::Measure)
            .map(|word| Candidate::new(format!("{}=", word.value), word.about))
            .collect(),
        (_, _, "PRODUCT" | "AMOUNT[UNIT] PRODUCT") | (["purchase", "add"], "named", _) => {
            products(journal)
        }
        (["take"], "medication", _) => standing(journal, Kind::Medication),
        (["did"], "practice", _) => {
            let all = practice::practices(journal).into_iter();
            all.map(|one| Candidate::new(one.code, one.name)).collect()
        }
        (["used"], "substance", _) => built_in(About::Substance).collect(),
        ([noun, "add" | "edit"], "named" | "about", _) => {
            kind_of(noun).map_or_else(Vec::new, |kind| built_in(kind.facts().about).collect())
        }
        ([noun, _], "which", _) => {
            let mut all = kind_of(noun).map_or_else(Vec::new, |kind| standing(journal, kind));
            all.push(Candidate::plain("last"));
            all
        }
        (["entry", ..], "which", _) => vec![Candidate::plain("last")],
        (["trend"], "series", _) => series(journal),
        (["guide"], _, "TOPIC") => {
            let topics = guide().topics.iter();
            topics
                .map(|topic| Candidate::new(topic.code, topic.title.as_str()))
                .collect()
        }
        (_, _, "CC") => {
            let countries = help().countries.iter();
            countries
                .map(|one| Candidate::new(one.code, one.name))
                .collect()
        }
        (_, _, "METHOD") => Method::ALL
            .map(|method| Candidate::plain(method.code()))
            .into(),
        (["history"], _, "KIND") => Filter::all()
            .into_iter()
            .map(|one| Candidate::plain(one.code()))
            .collect(),
        (["report"], _, "PARTS") => Section::ALL
            .map(|part| Candidate::plain(part.code()))
            .into(),
        (["report"], _, "FORMAT") => ["html", "markdown", "text"].map(Candidate::plain).into(),
        (["export"], "format", _) => FORMATS
            .iter()
            .map(|format| Candidate::plain(format.name))
            .collect(),
        (["import"], _, "FORMAT") => IMPORTS
            .iter()
            .map(|format| Candidate::new(format.name, format.about))
            .collect(),
        (["import"], _, "SIGN") => ["point", "comma"].map(Candidate::plain).into(),
        (["config", "set"], "key", _) => {
            let keys = ConfigKey::ALL.iter().map(|key| key.facts());
            keys.map(|key| Candidate::new(key.name, key.about))
                .collect()
        }
        (["config", "set"], "value", _) => before.last().map_or_else(Vec::new, |key| values(key)),
        _ => Vec::new(),
    }
}

fn kind_of(noun: &str) -> Option<Kind> {
    let is_called = |kind: &Kind| kind.facts().code.trim_start_matches("own_") == noun;
    Kind::ALL.into_iter().find(is_called)
}

fn built_in(on: About) -> impl Iterator<Item = Candidate> {
    let listed = on.listed().into_iter();
    listed.map(|item: &dyn Listed| Candidate::new(item.code(), item.name()))
}

fn symptoms(journal: &Journal) -> Vec<Candidate> {
    let all = journal.symptoms.iter();
    all.map(|one| Candidate::new(one.code.as_str(), one.name.as_str()))
        .collect()
}

/// A symptom with its sign, and behind the sign the ratings.
fn rated(typed: &str, journal: &Journal) -> Vec<Candidate> {
    const LEVELS: [&str; 5] = ["none", "mild", "moderate", "severe", "very severe"];
    if let Some((symptom, _)) = typed.split_once('=') {
        let level = |(n, level): (usize, &&str)| Candidate::new(format!("{symptom}={n}"), *level);
        return LEVELS.iter().enumerate().map(level).collect();
    }
    let all = symptoms(journal).into_iter();
    all.map(|one| Candidate::new(format!("{}=", one.value), one.about))
        .collect()
}

fn products(journal: &Journal) -> Vec<Candidate> {
    let all = product::products(journal).into_iter();
    all.map(|one| Candidate::new(one.code, one.name)).collect()
}

/// What the person keeps of a kind, by its title.
fn standing(journal: &Journal, kind: Kind) -> Vec<Candidate> {
    let all = journal.standing(kind).into_iter();
    all.map(|record| Candidate::new(summary::title(journal, record), ""))
        .collect()
}

fn series(journal: &Journal) -> Vec<Candidate> {
    let own = ["severity", "body", "mind", "overall", "doses", "urges"].map(Candidate::plain);
    let measures = built_in(About::Measure);
    let lists = symptoms(journal).into_iter().chain(products(journal));
    own.into_iter().chain(lists).chain(measures).collect()
}

/// The values of a key of the config file.
fn values(key: &str) -> Vec<Candidate> {
    let mut keys = ConfigKey::ALL.iter().map(|key| key.facts());
    let key = keys.find(|facts| facts.name == key);
    let values = key.map_or(&[][..], |facts| facts.values).iter();
    values
        .map(|(value, words)| Candidate::new(*value, *words))
        .collect()
}
