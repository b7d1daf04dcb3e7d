//! The words that people type for what the program does: one table for the command line, plain mode and the palette.
//!
//! The table is `assets/vocabulary.txt`, whose head says what its columns are. Its words come in and never go out, so that it
//! may hold words that the program itself does not use.

use super::closeness;
use crate::domain::order::Ordered;
use std::sync::LazyLock;

/// Where something can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In the full screen, by the row of its palette.
    Screen,
    /// On the command line alone.
    Command,
    /// Nowhere yet.
    NotYet,
}

/// Something that the program does, with the words for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Where it can be done.
    pub standing: Standing,
    /// Its row in the palette; empty without one.
    pub row: &'static str,
    /// Its command, behind `ebb`; empty without one.
    pub command: &'static str,
    /// Its word in plain mode; empty without one.
    pub plain: &'static str,
    /// What people type for it, in small letters.
    pub words: Vec<&'static str>,
    /// What is said beside it: more about a command, what helps as long as it is not there, or why plain mode has none of it.
    beside: &'static str,
}

static SUBJECTS: LazyLock<Vec<Subject>> = LazyLock::new(|| {
    let text = include_str!("../../../assets/vocabulary.txt");
    text.lines().filter_map(Subject::read).collect()
});

/// What the program does, in the order in which it counts.
pub fn subjects() -> &'static [Subject] {
    &SUBJECTS
}

/// How many are named of those that may be meant.
const NAMED: usize = 3;
/// So much further than the nearest is another matter.
const REACH: usize = 20;

impl Subject {
    fn read(line: &'static str) -> Option<Self> {
        if line.starts_with('#') {
            return None;
        }
        let (standing, line) = match (line.strip_prefix('$'), line.strip_prefix('?')) {
            (Some(line), _) => (Standing::Command, line),
            (_, Some(line)) => (Standing::NotYet, line),
            _ => (Standing::Screen, line),
        };
        let mut columns = line.split(" | ").map(|column| match column.trim() {
            "-" => "",
            column => column,
        });
        let (row, command) = (columns.next()?, columns.next()?);
        let (plain, words) = (columns.next()?, columns.next()?);
        Some(Self {
            standing,
            row,
            command,
            plain,
            words: words.split(',').map(str::trim).collect(),
            beside: columns.next().map(str::trim).unwrap_or_default(),
        })
    }

    /// The first word of its command.
    pub fn verb(&self) -> &'static str {
        self.command.split(' ').next().unwrap_or_default()
    }

    /// What is said of it where it cannot be done: the command that does it, or that it is not there yet.
    pub(crate) fn elsewhere(&self) -> Option<String> {
        match self.standing {
            Standing::Screen => None,
            Standing::Command => {
                let (command, gap) = (self.command, if self.beside.is_empty() { "" } else { " " });
                let beside = self.beside;
                Some(format!(
                    "This is done on the command line, for now: `ebb {command}`.{gap}{beside}"
                ))
            }
            Standing::NotYet => {
                let name = super::words::sentence_head(self.row);
                let (are, beside) = (self.is_or_are(), self.beside);
                Some(format!("{name} {are} not there yet. {beside}"))
            }
        }
    }

    fn is_or_are(&self) -> &'static str {
        if self.row.starts_with("a ") || self.row.starts_with("an ") {
            "is"
        } else {
            "are"
        }
    }

    /// How far it is behind the own name of a command or a word: a slip in a name is likelier than one in another word for it.
    fn behind(&self, typed: &str) -> Option<usize> {
        self.far(typed).map(|far| far + 1)
    }

    fn far(&self, typed: &str) -> Option<usize> {
        closeness::of_row(typed, "", "", &self.words)
    }
}

/// What is not there yet and what was typed means, in a sentence.
pub(crate) fn not_yet(typed: &str) -> Option<String> {
    let near = subjects()
        .iter()
        .filter(|subject| subject.standing == Standing::NotYet);
    let mut exact = near.filter(|subject| subject.words.contains(&typed.to_lowercase().as_str()));
    exact.next()?.elsewhere()
}

/// The commands that `typed` may have meant, the nearest first; `verbs` are those that there are.
pub(crate) fn commands<'a>(typed: &str, verbs: &[&'a str]) -> Vec<&'a str> {
    let own = verbs
        .iter()
        .map(|verb| (closeness::of_row(typed, "", "", &[verb]), *verb));
    let meant = subjects()
        .iter()
        .filter(|subject| verbs.contains(&subject.verb()));
    let meant = meant.map(|subject| (subject.behind(typed), subject.command));
    nearest(own.chain(meant), |command| {
        command.split(' ').next().unwrap_or_default()
    })
}

/// What people type for exactly this command.
pub(crate) fn words_for(command: &str) -> impl Iterator<Item = &'static str> {
    let is_it = move |subject: &&Subject| subject.command == command;
    let meant = subjects().iter().filter(is_it);
    meant.flat_map(|subject| subject.words.iter().copied())
}

/// What people type for the row of the palette with this name.
pub(crate) fn words_of_row(row: &str) -> impl Iterator<Item = &'static str> {
    let named = subjects().iter().filter(move |subject| subject.row == row);
    named.flat_map(|subject| subject.words.iter().copied())
}

/// The words of plain mode that `typed` may have meant, the nearest first; `known` are those that there are.
pub(crate) fn plain_words<'a>(typed: &str, known: &[&'a str]) -> Vec<&'a str> {
    let own = known
        .iter()
        .map(|word| (closeness::of_row(typed, "", "", &[word]), *word));
    let meant = subjects()
        .iter()
        .filter(|subject| known.contains(&subject.plain));
    let meant = meant.map(|subject| (subject.behind(typed), subject.plain));
    nearest(own.chain(meant), |word| word)
}

/// What only the command line can do and `typed` means, or that it is not there yet; in a sentence.
pub(crate) fn elsewhere(typed: &str) -> Option<String> {
    let far = |subject: &&Subject| subject.far(typed).unwrap_or(usize::MAX);
    let nearest = subjects().iter().min_by_key(far)?;
    (far(&nearest) < SURE).then(|| nearest.elsewhere())?
}

/// What plain mode says to a word that it has no page for; `None` where it may have one.
pub(crate) fn beside_plain(typed: &str) -> Option<String> {
    let wanted = typed.to_lowercase();
    let mut told = told_in_plain().filter(|subject| subject.words.contains(&wanted.as_str()));
    match told.next() {
        Some(subject) => subject
            .elsewhere()
            .or_else(|| Some(subject.beside.to_owned())),
        None => elsewhere(typed),
    }
}

/// The words, one for each, of what is there and plain mode has a sentence for instead of a page.
pub(crate) fn words_beside_plain() -> impl Iterator<Item = &'static str> {
    told_in_plain().filter_map(|subject| {
        let verb = subject.words.iter().find(|word| **word == subject.verb());
        verb.or_else(|| subject.words.first()).copied()
    })
}

fn told_in_plain() -> impl Iterator<Item = &'static Subject> {
    let subjects = subjects().iter();
    subjects.filter(|it| it.standing != Standing::NotYet && !it.beside.is_empty())
}

/// A word that is known, or its beginning.
const SURE: usize = 30;

/// The nearest few, each of its `kind` once.
fn nearest<'a>(
    all: impl Iterator<Item = (Option<usize>, &'a str)>,
    kind: impl Fn(&'a str) -> &'a str,
) -> Vec<&'a str> {
    let mut near: Vec<(usize, &str)> = all.filter_map(|(far, word)| Some((far?, word))).collect();
    // A stable sort: what stands first in the table is named first.
    near.order_by_key(|(far, _)| *far);
    let reach = near.first().map_or(0, |(far, _)| far + REACH);
    let mut named: Vec<&str> = Vec::new();
    for (far, word) in near {
        if far <= reach && named.iter().all(|held| kind(held) != kind(word)) {
            named.push(word);
        }
    }
    named.truncate(NAMED);
    named
}

#[cfg(test)]
mod tests {
    use super::{Standing, commands, elsewhere, not_yet, plain_words, subjects};

    #[test]
    fn every_line_of_the_table_is_read_and_has_words_in_small_letters() {
        let text = include_str!("../../../assets/vocabulary.txt");
        let lines = text
            .lines()
            .filter(|line| line.contains(" | ") && !line.starts_with('#'));
        assert_eq!(lines.count(), subjects().len());
        for subject in subjects() {
            for word in &subject.words {
                assert!(
                    !word.is_empty() && *word == word.to_lowercase(),
                    "{subject:?}"
                );
            }
            let says = subject.elsewhere();
            assert_eq!(
                says.is_none(),
                subject.standing == Standing::Screen,
                "{subject:?}"
            );
        }
    }

    #[test]
    fn a_command_is_named_once_and_its_own_name_comes_first() {
        let verbs = ["checkin", "dose", "status", "start", "used"];
        assert_eq!(commands("check", &verbs), ["checkin"]);
        assert_eq!(commands("statsu", &verbs)[0], "status");
        assert_eq!(commands("log", &verbs)[..2], ["checkin", "dose"]);
        assert_eq!(commands("qqqq", &verbs), [""; 0]);
    }

    #[test]
    fn plain_mode_gets_its_own_words() {
        let known = ["care", "check-in", "help lines"];
        assert_eq!(plain_words("meds", &known), ["care"]);
        assert_eq!(plain_words("hotline", &known)[0], "help lines");
    }

    #[test]
    fn what_cannot_be_done_here_names_its_command_or_that_it_is_not_there() {
        let says = elsewhere("salvage").unwrap_or_default();
        assert!(says.contains("`ebb salvage"), "{says}");
        assert_eq!(elsewhere("alarm"), None);
        let says = not_yet("correlation").unwrap_or_default();
        assert!(says.starts_with("Insights are not there yet"), "{says}");
        assert_eq!(not_yet("password"), None);
        assert_eq!(elsewhere("dose"), None);
        assert_eq!(not_yet("dose"), None);
    }
}
