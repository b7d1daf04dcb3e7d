//! What the person says once about a file as a whole: its form, its decimal sign, its blank cells, and what becomes of rows that
//! cannot be read. On the command line these are options; in the full screen and in plain mode they are questions.
//!
//! Invariant: nothing is assumed. A file with an open question brings nothing in before it is answered.

use super::error::Slips;
use super::face::name;
use super::named;
use super::{IMPORTS, ImportFormat, Whose};
use crate::domain::text::words;
use crate::transfer::foreign::digits::Decimal;

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The program that wrote it.
    Form,
    /// The sign before the decimals.
    DecimalSign,
    /// The words of a blank cell.
    Blanks,
    /// The rows that cannot be read.
    Rows,
}

impl About {
    /// Every question, with its word in plain mode.
    const ALL: [(Self, &'static str); 4] = [
        (Self::Form, "form"),
        (Self::DecimalSign, "decimal"),
        (Self::Blanks, "blank"),
        (Self::Rows, "rows"),
    ];

    /// The question of this word.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|(_, known)| *known == word)
            .map(|(about, _)| about)
    }

    /// Its word in plain mode.
    pub(crate) fn word(self) -> &'static str {
        let mut all = Self::ALL.into_iter();
        all.find(|(about, _)| *about == self)
            .map_or("", |(_, word)| word)
    }
}

/// The value for what is usual, where nothing else was said.
const USUAL: &str = "usual";
/// The value that leaves rows out.
const LEAVE: &str = "leave";
/// The value that refuses a file with such rows.
const REFUSE: &str = "refuse";

/// The answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileAnswers {
    /// The name of its form.
    pub(crate) form: Option<&'static str>,
    /// The sign before the decimals.
    pub(crate) decimal: Option<Decimal>,
    /// The words of a blank cell.
    pub(crate) blanks: Option<Vec<String>>,
    /// What becomes of a row that cannot be read.
    pub(crate) rows: Slips,
}

impl FileAnswers {
    /// Answers a question.
    ///
    /// # Errors
    /// A sentence with the answers that there are.
    pub(crate) fn answer(&mut self, about: About, value: &str) -> Result<(), String> {
        let value = value.trim();
        let is_usual = value == USUAL;
        match about {
            About::Form if is_usual => self.form = None,
            About::Form => {
                let format = named(&value.to_lowercase()).ok_or_else(|| {
                    let names = IMPORTS.iter().map(|format| format.name);
                    let names: Vec<&str> = names.collect();
                    format!("The forms are {}.", names.join(", "))
                })?;
                self.form = Some(format.name);
            }
            About::DecimalSign if is_usual => self.decimal = None,
            About::DecimalSign => {
                let decimal = Decimal::read(value).map_err(|why| words::sentence(&why))?;
                self.decimal = Some(decimal);
            }
            About::Blanks if is_usual => self.blanks = None,
            About::Blanks => self.blanks = Some(blank_words(value)),
            About::Rows => {
                self.rows = match value {
                    LEAVE => Slips::LeftOut,
                    REFUSE | USUAL => Slips::Refused,
                    _ => {
                        return Err(format!(
                            "{LEAVE} leaves these rows out, {REFUSE} takes nothing in while there are any."
                        ));
                    }
                }
            }
        }
        Ok(())
    }
}

/// Words with commas between them.
pub(crate) fn blank_words(words: &str) -> Vec<String> {
    let words = words.split(',').map(|word| word.trim().to_owned());
    words.collect()
}

/// A question about a file as a whole, with the answer of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileQuestion {
    /// What it is about.
    pub(crate) about: About,
    /// Its name.
    pub(crate) name: &'static str,
    /// The answer of now, in words.
    pub(crate) now: String,
    /// Why it is asked, or what it does.
    pub(crate) reason: String,
    /// Whether nothing comes in before it is answered.
    pub(crate) is_open: bool,
    /// The answers: in words, and the value.
    pub(crate) choices: Vec<(String, String)>,
}

impl FileQuestion {
    /// The value after the one of now, or before it.
    pub(crate) fn other(&self, by: isize) -> Option<&str> {
        let len = isize::try_from(self.choices.len()).ok()?;
        let at = self
            .choices
            .iter()
            .position(|(words, _)| *words == self.now);
        let next = match at {
            Some(at) => (isize::try_from(at).ok()? + by).rem_euclid(len),
            // From an open question to its first answer, or to its last one.
            None => (by - 1).div_euclid(2).rem_euclid(len),
        };
        let next = self.choices.get(usize::try_from(next).ok()?)?;
        Some(&next.1)
    }
}

/// What is known of a file that is asked about.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known<'a> {
    /// Its form: the name, and a few words.
    pub(crate) form: Option<(&'static str, &'static str)>,
    /// Why it is asked which sign stands before the decimals.
    pub(crate) decimal: Option<&'a str>,
    /// How many rows cannot be read.
    pub(crate) unread_rows: usize,
}

/// The questions about a file of another program, or about one whose form shows nowhere.
pub(crate) fn questions(answers: &FileAnswers, known: Known<'_>) -> Vec<FileQuestion> {
    let mut all = Vec::new();
    let pair = |words: &str, value: &str| (words.to_owned(), value.to_owned());
    all.push(form(answers, known));
    if known.form.is_none() {
        return all;
    }
    if known.decimal.is_some() || answers.decimal.is_some() {
        let choices = vec![
            pair("point: 2.5", Decimal::Point.word()),
            pair("comma: 2,5", Decimal::Comma.word()),
        ];
        all.push(FileQuestion {
            about: About::DecimalSign,
            name: name::DECIMAL,
            now: match answers.decimal {
                Some(Decimal::Point) => "point: 2.5".to_owned(),
                Some(Decimal::Comma) => "comma: 2,5".to_owned(),
                None => "point or comma?".to_owned(),
            },
            reason: known.decimal.unwrap_or("as you said").to_owned(),
            is_open: answers.decimal.is_none(),
            choices,
        });
    }
    all.push(blanks(answers));
    if known.unread_rows > 0 || answers.rows == Slips::LeftOut {
        let (leave, refuse) = ("left out, the rest comes in", "nothing comes in");
        let is_open = answers.rows == Slips::Refused;
        all.push(FileQuestion {
            about: About::Rows,
            name: name::ROWS,
            now: if is_open { "leave them out?" } else { leave }.to_owned(),
            reason: if is_open {
                let rows = words::count(known.unread_rows, "row", "rows");
                format!("{rows}, named above; nothing comes in while they are in it")
            } else {
                "as you said; they are named above".to_owned()
            },
            is_open,
            choices: vec![pair(leave, LEAVE), pair(refuse, REFUSE)],
        });
    }
    all
}

fn form(answers: &FileAnswers, known: Known<'_>) -> FileQuestion {
    let about = |about: &str| about.split(';').next().unwrap_or_default().to_owned();
    let words = |name: &str, of: &str| format!("{name}: {}", about(of));
    // A file of ours is told by its beginning, whatever it is called.
    let is_foreign = |format: &&ImportFormat| matches!(format.of, Whose::Another(_));
    let mut choices: Vec<(String, String)> = IMPORTS
        .iter()
        .filter(is_foreign)
        .map(|format| (words(format.name, format.about), format.name.to_owned()))
        .collect();
    // Where it shows no form, it looks like none.
    if known.form.is_some() {
        choices.insert(0, ("as it looks".to_owned(), USUAL.to_owned()));
    }
    FileQuestion {
        about: About::Form,
        name: name::FORM,
        now: match known.form {
            Some((name, of)) => words(name, of),
            None => "which one?".to_owned(),
        },
        reason: match (known.form, answers.form) {
            (None, _) => "it shows none".to_owned(),
            (_, Some(_)) => "as you said".to_owned(),
            (_, None) => "by how it looks".to_owned(),
        },
        is_open: known.form.is_none(),
        choices,
    }
}

fn blanks(answers: &FileAnswers) -> FileQuestion {
    let choices = [
        ("empty ones, -, n/a, nan, null and ?", USUAL),
        ("empty ones alone", ""),
        ("empty ones, -, n/a and 0", "-,n/a,0"),
    ];
    let choices = choices.map(|(words, value)| (words.to_owned(), value.to_owned()));
    let value = answers.blanks.as_ref().map(|words| words.join(","));
    let known = choices
        .iter()
        .find(|(_, known)| value.as_deref().unwrap_or(USUAL) == known);
    FileQuestion {
        about: About::Blanks,
        name: name::BLANKS,
        now: match (known, &value) {
            (Some((words, _)), _) => words.clone(),
            (None, value) => format!("empty ones, {}", value.clone().unwrap_or_default()),
        },
        reason: "they say nothing; other words may be typed, with commas between".to_owned(),
        is_open: false,
        choices: choices.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::{About, FileAnswers, Known, questions};
    use crate::transfer::foreign::digits::Decimal;
    use crate::transfer::import::error::Slips;

    const TABLE: Known<'_> = Known {
        form: Some(("table", "any table; and so on")),
        decimal: None,
        unread_rows: 0,
    };

    #[test]
    fn what_no_cell_of_the_file_raises_is_not_asked() {
        let asked = questions(&FileAnswers::default(), TABLE);
        let abouts: Vec<About> = asked.iter().map(|question| question.about).collect();
        assert_eq!(abouts, [About::Form, About::Blanks]);
        assert!(asked.iter().all(|question| !question.is_open));
    }

    #[test]
    fn an_answer_can_be_changed_after_it_closed_its_question() {
        let mut answers = FileAnswers::default();
        let known = Known {
            decimal: Some("5,000 is 5000 or 5"),
            unread_rows: 2,
            ..TABLE
        };
        let open = questions(&answers, known);
        assert_eq!(open.iter().filter(|question| question.is_open).count(), 2);
        for question in open.iter().filter(|question| question.is_open) {
            let first = question.other(1).map(str::to_owned);
            let first = first.unwrap_or_else(|| panic!("{question:?}"));
            answers
                .answer(question.about, &first)
                .unwrap_or_else(|why| panic!("{why}"));
        }
        assert_eq!(answers.decimal, Some(Decimal::Point));
        assert_eq!(answers.rows, Slips::LeftOut);
        let closed = questions(&answers, TABLE);
        assert!(closed.iter().all(|question| !question.is_open));
        for about in [About::DecimalSign, About::Rows] {
            let question = closed.iter().find(|question| question.about == about);
            let question = question.unwrap_or_else(|| panic!("{about:?}"));
            let other = question.other(1).map(str::to_owned);
            answers
                .answer(about, &other.unwrap_or_default())
                .unwrap_or_else(|why| panic!("{why}"));
        }
        assert_eq!(answers.decimal, Some(Decimal::Comma));
        assert_eq!(answers.rows, Slips::Refused);
    }

    #[test]
    fn every_choice_of_every_question_is_an_answer() {
        let known = Known {
            decimal: Some("which"),
            unread_rows: 1,
            ..TABLE
        };
        for question in questions(&FileAnswers::default(), known) {
            for (words, value) in &question.choices {
                let mut answers = FileAnswers::default();
                assert_eq!(answers.answer(question.about, value), Ok(()), "{words}");
            }
        }
        let mut answers = FileAnswers::default();
        assert!(answers.answer(About::Form, "no such form").is_err());
        assert!(answers.answer(About::Rows, "perhaps").is_err());
    }

    #[test]
    fn each_question_has_a_word_of_its_own() {
        for (about, word) in About::ALL {
            assert_eq!(About::of_word(word), Some(about));
            assert_eq!(about.word(), word);
        }
        assert_eq!(About::of_word("3"), None);
    }
}
