//! The words of a note that raise a quiet line: `assets/note_words.toml` and how it is compared.
//!
//! Invariant: a pure function of the text. Nothing is stored, counted or sent, and the note itself is never changed.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The line that the words of a note call for, the most urgent first.
pub(super) fn line_for(note: &str) -> Option<Line> {
    let words = NoteWords::built_in();
    let tokens = tokens(note, &words.spellings);
    let raised = |line: &Line| {
        let subjects = words.subjects.iter().filter(|it| it.line == *line);
        subjects
            .into_iter()
            .any(|subject| subject.is_raised_by(&tokens, &words.reading))
    };
    [Line::Emergency, Line::Crisis, Line::Dehydration]
        .into_iter()
        .find(raised)
}

/// The whole list.
#[derive(Debug, Default, Deserialize)]
struct NoteWords {
    spellings: BTreeMap<String, String>,
    reading: Reading,
    subjects: Vec<Subject>,
}

/// Words that change what a phrase says.
#[derive(Debug, Default, Deserialize)]
struct Reading {
    negations: Vec<String>,
    crisis_negations: Vec<String>,
    fillers: Vec<String>,
    stops: Vec<String>,
    behind: Vec<String>,
    ever: Vec<String>,
    takes_back: Vec<String>,
}

/// The phrases of one line.
#[derive(Debug, Deserialize)]
struct Subject {
    line: Line,
    reach: usize,
    phrases: Vec<Phrase>,
    unless: Vec<Phrase>,
    #[cfg(test)]
    raising: Vec<String>,
    #[cfg(test)]
    other: Vec<String>,
}

/// The line that a subject calls for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    Crisis,
    Emergency,
    Dehydration,
}

/// A part of a phrase.
#[derive(Debug)]
enum Part {
    /// One of these words.
    Words(Vec<String>),
    /// A word that begins so.
    Beginning(String),
    /// One word, or none.
    Gap,
}

/// A phrase as it is compared.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
struct Phrase(Vec<Part>);

impl From<String> for Phrase {
    fn from(text: String) -> Self {
        let part = |word: &str| match word {
            "_" => Part::Gap,
            word => match word.strip_suffix('*') {
                Some(begin) => Part::Beginning(begin.to_owned()),
                None => Part::Words(word.split('/').map(str::to_owned).collect()),
            },
        };
        Self(text.split_whitespace().map(part).collect())
    }
}

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    /// A space or a hyphen.
    Word,
    /// A comma or a line's end.
    Clause,
    /// A full stop, or the note begins here.
    Sentence,
}

/// A word of a note.
#[derive(Debug, PartialEq, Eq)]
struct Token {
    word: String,
    before: Break,
}

/// The words of `text` in small letters, as they are spelled usually, without apostrophes of any kind: "Can’t" is "cant".
fn tokens(text: &str, spellings: &BTreeMap<String, String>) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut before = Break::Sentence;
    let mut typed = String::new();
    for c in text.to_lowercase().chars().chain(std::iter::once(' ')) {
        if c.is_alphanumeric() {
            typed.push(c);
            continue;
        }
        // The spellings tell "OD'd" from "odd" by its apostrophe.
        if is_apostrophe(c) {
            typed.push('\'');
            continue;
        }
        let word = std::mem::take(&mut typed);
        let word = spellings.get(&word).unwrap_or(&word).replace('\'', "");
        for word in word.split_whitespace() {
            let word = word.to_owned();
            tokens.push(Token { word, before });
            before = Break::Word;
        }
        before = before.max(match c {
            '.' | '!' | '?' | ';' => Break::Sentence,
            ',' | ':' | '\n' | '(' | ')' | '\u{2013}' | '\u{2014}' => Break::Clause,
            _ => Break::Word,
        });
    }
    tokens
}

const fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '`' | '\u{b4}'
    )
}

/// Where a phrase ends that begins at `tokens[at]`; no word of it but the first stands behind a break of `least` or more.
fn end_of(parts: &[Part], tokens: &[Token], at: usize, least: Break) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else {
        return Some(at);
    };
    let word = || Some(&tokens.get(at)?.word);
    let goes_on = || {
        let is_apart = tokens
            .get(at + 1)
            .is_some_and(|next| next.before >= least && !rest.is_empty());
        (!is_apart).then(|| end_of(rest, tokens, at + 1, least))?
    };
    match part {
        Part::Gap => end_of(rest, tokens, at, least).or_else(|| word().and_then(|_| goes_on())),
        Part::Words(words) => words.contains(word()?).then(goes_on)?,
        Part::Beginning(begin) => word()?.starts_with(begin).then(goes_on)?,
    }
}

impl Phrase {
    /// Every place where it stands: its first word, and the word behind its last one.
    fn places<'a>(
        &'a self,
        tokens: &'a [Token],
        least: Break,
    ) -> impl Iterator<Item = (usize, usize)> + 'a {
        (0..tokens.len()).filter_map(move |at| Some((at, end_of(&self.0, tokens, at, least)?)))
    }
}

impl Subject {
    fn is_raised_by(&self, tokens: &[Token], reading: &Reading) -> bool {
        let places = |phrases: &'_ [Phrase], least: Break| -> Vec<(usize, usize)> {
            let each = phrases.iter().flat_map(|it| it.places(tokens, least));
            each.collect()
        };
        // A comma may stand within what is meant; what excuses it stands together.
        let excused = places(&self.unless, Break::Clause);
        places(&self.phrases, Break::Sentence)
            .into_iter()
            .any(|(start, end)| {
                let is_excused = excused.iter().any(|(from, to)| *from < end && start < *to);
                !is_excused
                    && !self.is_negated(tokens, start, end, reading)
                    && !is_none(tokens, end, reading)
            })
    }

    /// Whether a "no" before the words from `start` to `end` belongs to them.
    fn is_negated(&self, tokens: &[Token], start: usize, end: usize, reading: &Reading) -> bool {
        let negations = match self.line {
            Line::Crisis => &reading.crisis_negations,
            Line::Emergency | Line::Dehydration => &reading.negations,
        };
        let mut reach = self.reach;
        for at in (1..=start).rev() {
            // A "no" of another clause says nothing about this one.
            if reach == 0 || tokens[at].before > Break::Word {
                return false;
            }
            let word = &tokens[at - 1].word;
            if negations.contains(word) {
                return !(reading.ever.contains(word) && is_taken_back(tokens, end, reading));
            }
            if reading.stops.contains(word) {
                return false;
            }
            if !reading.fillers.contains(word) {
                reach -= 1;
            }
        }
        false
    }
}

/// Whether the clause goes on as "never … like this" does.
fn is_taken_back(tokens: &[Token], end: usize, reading: &Reading) -> bool {
    let rest = tokens.iter().skip(end);
    rest.take_while(|token| token.before == Break::Word)
        .any(|token| reading.takes_back.contains(&token.word))
}

/// Whether "none" follows: "seizures: none".
fn is_none(tokens: &[Token], end: usize, reading: &Reading) -> bool {
    let token = tokens.get(end);
    token
        .is_some_and(|token| token.before < Break::Sentence && reading.behind.contains(&token.word))
}

impl NoteWords {
    /// The list. It is part of the program. A test parses it, so the fallback to an empty list never happens.
    fn built_in() -> &'static Self {
        static WORDS: LazyLock<NoteWords> =
            LazyLock::new(|| toml::from_str(TEXT).unwrap_or_default());
        &WORDS
    }
}

const TEXT: &str = include_str!("../../../assets/note_words.toml");

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    fn list() -> NoteWords {
        toml::from_str(TEXT).unwrap()
    }

    #[test]
    fn each_note_of_the_list_raises_its_line_and_every_other_note_raises_none() {
        let list = list();
        let mut wrong = Vec::new();
        let (mut raising, mut other) = (0, 0);
        for subject in &list.subjects {
            raising += subject.raising.len();
            other += subject.other.len();
            for note in &subject.raising {
                let line = line_for(note);
                if line != Some(subject.line) {
                    wrong.push(format!("{:?}: {note:?} raises {line:?}", subject.line));
                }
            }
            for note in &subject.other {
                if let Some(line) = line_for(note) {
                    wrong.push(format!("{note:?} raises {line:?}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(raising >= 60 && other >= 60, "{raising} {other}");
    }

    #[test]
    fn case_hyphens_and_apostrophes_change_nothing() {
        let list = list();
        for subject in &list.subjects {
            for note in &subject.raising {
                let same = [
                    note.to_uppercase(),
                    note.replace(' ', "  "),
                    note.replace(' ', "-"),
                    note.replace('\'', "\u{2019}"),
                    format!("Slept badly. {note} Ate soup."),
                    format!("{note}\nA long day, tired."),
                ];
                for note in same {
                    assert_eq!(line_for(&note), Some(subject.line), "{note:?}");
                }
            }
        }
    }

    #[test]
    fn a_no_counts_near_the_words_in_their_own_clause_and_nowhere_else() {
        for (note, line) in [
            ("no seizures", None),
            ("no bad seizure", None),
            ("no very bad long seizure", Some(Line::Emergency)),
            ("no sleep, a seizure", Some(Line::Emergency)),
            ("no sleep. a seizure", Some(Line::Emergency)),
            ("no sleep but a seizure", Some(Line::Emergency)),
            ("a seizure, no sleep", Some(Line::Emergency)),
            ("no suicidal thoughts", None),
            ("no hope want to die", Some(Line::Crisis)),
            ("No I want to die", Some(Line::Crisis)),
            ("not sure I don't want to die", Some(Line::Crisis)),
            ("why not end it all", Some(Line::Crisis)),
            ("never had a seizure", None),
            ("never had a seizure like this", Some(Line::Emergency)),
            ("never had a seizure, like I said", None),
        ] {
            assert_eq!(line_for(note), line, "{note}");
        }
    }

    #[test]
    fn no_phrase_reaches_over_the_end_of_a_sentence() {
        assert_eq!(line_for("I want to. Die Hard was on"), None);
        assert_eq!(line_for("off my chest! Pain in the knee"), None);
        assert_eq!(line_for("pain in my\nchest"), Some(Line::Emergency));
    }

    #[test]
    fn of_two_subjects_the_most_urgent_line_stands() {
        assert_eq!(
            line_for("I want to die and I overdosed"),
            Some(Line::Emergency)
        );
        assert_eq!(
            line_for("can't keep water down, want to die"),
            Some(Line::Crisis)
        );
    }

    #[test]
    fn every_phrase_of_the_list_stands_in_one_of_its_notes() {
        // A phrase without a note could be misspelled and never match.
        let list = list();
        for subject in &list.subjects {
            let notes = |notes: &[String]| -> Vec<Vec<Token>> {
                notes.iter().map(|it| tokens(it, &list.spellings)).collect()
            };
            let (raising, other) = (notes(&subject.raising), notes(&subject.other));
            for phrase in &subject.phrases {
                let stands = raising
                    .iter()
                    .any(|it| phrase.places(it, Break::Sentence).next().is_some());
                assert!(stands, "{phrase:?}");
            }
            for phrase in &subject.unless {
                let stands = other
                    .iter()
                    .any(|it| phrase.places(it, Break::Clause).next().is_some());
                assert!(stands, "{phrase:?}");
            }
        }
    }
}
