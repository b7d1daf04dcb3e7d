//! The words of a note that raise a quiet line: `assets/note_words.toml` and how it is compared.
//!
//! Invariant: a pure function of the text. Nothing is stored, counted or sent, and the note itself is never changed.

/// The line that the words of a note call for, the most urgent first.
pub(super) fn line_for(note: &str) -> Option<Line> {
    let words = NoteWords::built_in();
    let tokens = tokens(note, words.spellings);
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
#[derive(Debug)]
struct NoteWords {
    /// What is typed, and how it is spelled usually.
    spellings: &'static [(&'static str, &'static str)],
    reading: Reading,
    subjects: &'static [Subject],
}

/// Words that change what a phrase says.
#[derive(Debug)]
struct Reading {
    negations: Words,
    crisis_negations: Words,
    fillers: Words,
    stops: Words,
    behind: Words,
    ever: Words,
    takes_back: Words,
}

type Words = &'static [&'static str];

/// The phrases of one line.
#[derive(Debug)]
struct Subject {
    line: Line,
    reach: usize,
    phrases: Words,
    unless: Words,
}

/// The line that a subject calls for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Crisis,
    Emergency,
    Dehydration,
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
fn tokens(text: &str, spellings: &[(&str, &str)]) -> Vec<Token> {
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
        let usual = spellings.iter().find(|(typed, _)| *typed == word);
        let word = usual.map_or(&*word, |(_, usual)| usual).replace('\'', "");
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
fn end_of(parts: &[&str], tokens: &[Token], at: usize, least: Break) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else {
        return Some(at);
    };
    let word = || Some(&*tokens.get(at)?.word);
    let goes_on = || {
        let is_apart = tokens
            .get(at + 1)
            .is_some_and(|next| next.before >= least && !rest.is_empty());
        (!is_apart).then(|| end_of(rest, tokens, at + 1, least))?
    };
    match *part {
        ANY => end_of(rest, tokens, at, least).or_else(|| word().and_then(|_| goes_on())),
        part => fits(part, word()?).then(goes_on)?,
    }
}

/// One word or none.
const ANY: &str = "_";

/// Whether a word is one of a part of a phrase: a word, several with a stroke between them, or the beginning of a word with a star
/// behind it.
fn fits(part: &str, word: &str) -> bool {
    match part.strip_suffix('*') {
        Some(begin) => word.starts_with(begin),
        None => part == word || (part.contains('/') && part.split('/').any(|it| it == word)),
    }
}

/// Every place where a phrase stands, its parts a blank apart: its first word, and the word behind its last one.
fn places(phrase: &str, tokens: &[Token], least: Break) -> Vec<(usize, usize)> {
    let first = phrase.split(' ').next().unwrap_or_default();
    let begins = |token: &Token| first == ANY || fits(first, &token.word);
    // Hardly a phrase begins in a note. To take all of them apart takes far longer than to look at their first words.
    let Some(from) = tokens.iter().position(begins) else {
        return Vec::new();
    };
    let parts: Vec<&str> = phrase.split(' ').collect();
    (from..tokens.len())
        .filter_map(|at| Some((at, end_of(&parts, tokens, at, least)?)))
        .collect()
}

impl Subject {
    fn is_raised_by(&self, tokens: &[Token], reading: &Reading) -> bool {
        let all = |phrases: Words, least: Break| {
            let places = move |phrase: &&str| places(phrase, tokens, least);
            phrases.iter().flat_map(places)
        };
        // A comma may stand within what is meant; what excuses it stands together.
        all(self.phrases, Break::Sentence).any(|(start, end)| {
            let mut excused = all(self.unless, Break::Clause);
            !excused.any(|(from, to)| from < end && start < to)
                && !self.is_negated(tokens, start, end, reading)
                && !is_none(tokens, end, reading)
        })
    }

    /// Whether a "no" before the words from `start` to `end` belongs to them.
    fn is_negated(&self, tokens: &[Token], start: usize, end: usize, reading: &Reading) -> bool {
        let negations = match self.line {
            Line::Crisis => reading.crisis_negations,
            Line::Emergency | Line::Dehydration => reading.negations,
        };
        let mut reach = self.reach;
        for at in (1..=start).rev() {
            // A "no" of another clause says nothing about this one.
            if reach == 0 || tokens[at].before > Break::Word {
                return false;
            }
            let word = &*tokens[at - 1].word;
            if negations.contains(&word) {
                return !(reading.ever.contains(&word) && is_taken_back(tokens, end, reading));
            }
            if reading.stops.contains(&word) {
                return false;
            }
            if !reading.fillers.contains(&word) {
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
        .any(|token| reading.takes_back.contains(&&*token.word))
}

/// Whether "none" follows: "seizures: none".
fn is_none(tokens: &[Token], end: usize, reading: &Reading) -> bool {
    let token = tokens.get(end);
    token.is_some_and(|token| {
        token.before < Break::Sentence && reading.behind.contains(&&*token.word)
    })
}

impl NoteWords {
    /// The list. It is part of the program.
    fn built_in() -> &'static Self {
        static WORDS: NoteWords = include!(concat!(env!("OUT_DIR"), "/note_words.rs"));
        &WORDS
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    fn list() -> toml::Table {
        let text = include_str!("../../../assets/note_words.toml");
        text.parse().unwrap()
    }

    fn texts(of: &toml::Value) -> Vec<&str> {
        let texts = of.as_array().unwrap().iter();
        texts.map(|text| text.as_str().unwrap()).collect()
    }

    /// Each subject with its notes in the list: those that raise its line, and those that raise none.
    fn with_notes(list: &toml::Table) -> Vec<(&'static Subject, Vec<&str>, Vec<&str>)> {
        let written = list["subjects"].as_array().unwrap().iter();
        let notes = written.map(|it| (texts(&it["raising"]), texts(&it["other"])));
        let subjects = NoteWords::built_in().subjects.iter().zip(notes);
        subjects
            .map(|(subject, (raising, other))| (subject, raising, other))
            .collect()
    }

    #[test]
    fn the_words_in_the_program_are_those_of_the_list() {
        let (list, built_in) = (list(), NoteWords::built_in());
        let spellings = list["spellings"].as_table().unwrap().iter();
        let spellings = spellings.map(|(typed, usual)| (typed.as_str(), usual.as_str().unwrap()));
        assert_eq!(built_in.spellings, spellings.collect::<Vec<_>>());
        let reading = &built_in.reading;
        for (name, words) in [
            ("negations", reading.negations),
            ("crisis_negations", reading.crisis_negations),
            ("fillers", reading.fillers),
            ("stops", reading.stops),
            ("behind", reading.behind),
            ("ever", reading.ever),
            ("takes_back", reading.takes_back),
        ] {
            assert_eq!(words, texts(&list["reading"][name]), "{name}");
        }
        let subjects = list["subjects"].as_array().unwrap();
        assert_eq!(subjects.len(), built_in.subjects.len());
        for (written, subject) in subjects.iter().zip(built_in.subjects) {
            assert_eq!(subject.phrases, texts(&written["phrases"]));
            assert_eq!(subject.unless, texts(&written["unless"]));
        }
    }

    #[test]
    fn each_note_of_the_list_raises_its_line_and_every_other_note_raises_none() {
        let list = list();
        let mut wrong = Vec::new();
        let (mut raising, mut other) = (0, 0);
        for (subject, of_subject, harmless) in with_notes(&list) {
            raising += of_subject.len();
            other += harmless.len();
            for note in of_subject {
                let line = line_for(note);
                if line != Some(subject.line) {
                    wrong.push(format!("{:?}: {note:?} raises {line:?}", subject.line));
                }
            }
            for note in harmless {
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
        for (subject, raising, _) in with_notes(&list) {
            for note in raising {
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
        for (subject, raising, other) in with_notes(&list) {
            let notes = |notes: &[&str]| -> Vec<Vec<Token>> {
                let spellings = NoteWords::built_in().spellings;
                notes.iter().map(|it| tokens(it, spellings)).collect()
            };
            let (raising, other) = (notes(&raising), notes(&other));
            for (phrases, notes, least) in [
                (subject.phrases, raising, Break::Sentence),
                (subject.unless, other, Break::Clause),
            ] {
                for phrase in phrases {
                    let stands = |note: &Vec<Token>| !places(phrase, note, least).is_empty();
                    assert!(notes.iter().any(stands), "{phrase:?}");
                }
            }
        }
    }
}
