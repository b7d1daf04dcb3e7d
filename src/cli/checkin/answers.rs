//! Many answers on one line: `2 3 . 0 same done`.
//!
//! Invariant: an unknown word changes nothing, and the rest of its line is ignored: the answers behind it might belong to other
//! questions.

use crate::cli::plain::questions::{good_question, row_question, sleep_question};
use crate::domain::care::catalogue::CareList;
use crate::domain::care::measurement::SLEEP_HOURS;
use crate::domain::check_in::extra;
use crate::domain::check_in::extra::Hit;
use crate::domain::check_in::sitting::{Field, NotSame, Sitting};
use crate::domain::journal::Journal;
use crate::domain::text::words;

/// A request in a line besides answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// None: ask on.
    Nothing,
    /// Help lines.
    HelpLines,
    /// Leave without saving.
    Leave,
}

/// The answers so far.
#[derive(Debug)]
pub(super) struct Answers<'a> {
    /// The symptoms of the journal, and how a draft is laid out as a form.
    journal: &'a Journal,
    /// The moment of the check-in.
    at_utc: i64,
    /// Where to go on once something else is answered.
    back_to: Option<Field>,
    /// The check-in so far.
    pub(crate) sitting: Sitting,
    /// The current question; `None` after the last one.
    pub(crate) at: Option<Field>,
}

impl<'a> Answers<'a> {
    /// Begins at the first question.
    pub(crate) fn new(journal: &'a Journal, sitting: Sitting, at_utc: i64) -> Self {
        let at = Some(sitting.first());
        Self {
            journal,
            at_utc,
            back_to: None,
            sitting,
            at,
        }
    }

    /// The question to ask now.
    pub(crate) fn question(&self) -> String {
        match self.at {
            Some(Field::Row(at)) => {
                let row = self.sitting.rows.get(at);
                row.map_or_else(String::new, |row| row_question(&self.sitting, row) + " ")
            }
            Some(Field::Good) => good_question(&self.sitting) + " ",
            Some(Field::Overall) => "Overall, 0 to 10? ".to_owned(),
            Some(Field::Sleep) => sleep_question(self.journal, &self.sitting.draft) + " ",
            Some(Field::Note) => "Note? One line: ".to_owned(),
            None => String::new(),
        }
    }

    /// Reads a line of answers.
    ///
    /// # Errors
    /// A sentence about the first unknown word.
    pub(crate) fn take(&mut self, line: &str) -> Result<Wish, String> {
        // A note is the whole line: "done" or "2" inside it are words.
        if self.at == Some(Field::Note) {
            self.take_note(line);
            return Ok(Wish::Nothing);
        }
        if line.trim().is_empty() {
            self.next();
            return Ok(Wish::Nothing);
        }
        let mut words = line
            .split([' ', '\t', ',', ';', '\r', '\n'])
            .filter(|w| !w.is_empty());
        while let Some(word) = words.next() {
            match word {
                "+" | "+body" | "+mind" => {
                    let mut typed = word.trim_start_matches('+').to_owned();
                    let wanted = words.next().unwrap_or_default();
                    typed = format!("{typed} {wanted}");
                    if matches!(wanted, "body" | "mind") {
                        typed = format!("{typed} {}", words.next().unwrap_or_default());
                    }
                    self.something_else(&typed)?;
                }
                _ if word.starts_with('+') => self.something_else(word.trim_start_matches('+'))?,
                "!" => return Ok(Wish::HelpLines),
                "q" | "quit" => return Ok(Wish::Leave),
                "done" => self.at = None,
                _ => self.take_word(word)?,
            }
        }
        Ok(Wish::Nothing)
    }

    fn take_note(&mut self, line: &str) {
        match line.trim() {
            "back" => return self.back(),
            "" | "." | "skip" | "done" => {}
            note => note.clone_into(&mut self.sitting.draft.note),
        }
        self.at = None;
    }

    fn take_word(&mut self, word: &str) -> Result<(), String> {
        match word {
            "." | "skip" => {
                if let Some(at) = self.at {
                    self.sitting.blank(at);
                }
                self.next();
            }
            "back" => self.back(),
            "keep" | "k" => self.keep()?,
            "resting" | "R" => self.show_resting(),
            "=" | "same" => {
                self.same()?;
                self.next();
            }
            "A" | "rest" => {
                // Typed answers stay; a symptom without a recent answer is left blank.
                if let Some(at @ Field::Row(_)) = self.at {
                    self.sitting.rest(at);
                    self.at = Some(Field::Overall);
                }
            }
            number => {
                self.number(number)?;
                self.next();
            }
        }
        Ok(())
    }

    /// Asks for a symptom that is not on the list, then goes on where it was.
    fn something_else(&mut self, typed: &str) -> Result<(), String> {
        let hit = extra::named(typed, &self.sitting.draft, &self.journal.symptoms)?;
        self.ask_beside(&[hit]);
        Ok(())
    }

    fn ask_beside(&mut self, hits: &[Hit]) {
        let here = self.at.and_then(|at| self.sitting.row(at));
        let here = here.map(|row| row.symptom.code.clone());
        let mut draft = self.sitting.draft.clone();
        let symptoms = &self.journal.symptoms;
        let codes: Vec<String> = hits
            .iter()
            .map(|hit| draft.ask_beside(hit, symptoms))
            .collect();
        self.sitting = self.journal.sitting(draft, self.at_utc);
        let place = |code: &String| self.sitting.place(code);
        self.back_to = here.as_ref().and_then(place).or(self.at);
        self.at = codes.first().and_then(place).or(self.at);
    }

    /// Asks for something else from now on, or this time only.
    fn keep(&mut self) -> Result<(), String> {
        let row = self.at.and_then(|at| self.sitting.row(at));
        let code = row.map(|row| row.symptom.code.clone()).unwrap_or_default();
        let stays = self.sitting.draft.switch_extra(&code);
        let only = "`keep` is for what + asked, before its answer".to_owned();
        stays.map(|_| ()).ok_or(only)
    }

    /// Asks for what rests, too.
    fn show_resting(&mut self) {
        let resting = self.sitting.resting.iter().cloned();
        let hits: Vec<Hit> = resting.map(Hit::Symptom).collect();
        if !hits.is_empty() {
            self.ask_beside(&hits);
            // They stand among the others, and the questions go through all that are blank.
            self.back_to = None;
            self.at = Some(self.sitting.first());
        }
    }

    fn number(&mut self, word: &str) -> Result<(), String> {
        let scale = match self.at {
            Some(Field::Row(_)) => "0 to 4, `.` (leave blank), `same`,",
            Some(Field::Good) => "0 to 4, `.` (leave blank),",
            Some(Field::Overall) => "0 to 10, `.` (leave blank),",
            Some(Field::Sleep) => return self.sleep(word),
            Some(Field::Note) | None => {
                return Err(format!("\"{word}\" comes after the last answer"));
            }
        };
        match word.parse().ok().zip(self.at) {
            Some((number, at)) if self.sitting.rate(at, number) => Ok(()),
            _ => Err(format!("\"{word}\" is not {scale} `back` or `done`")),
        }
    }

    fn sleep(&mut self, word: &str) -> Result<(), String> {
        let measure = CareList::built_in().measure(SLEEP_HOURS);
        if let Some(Err(why)) = measure.map(|measure| measure.read(word)) {
            return Err(why.to_string());
        }
        word.clone_into(&mut self.sitting.draft.sleep);
        Ok(())
    }

    fn same(&mut self) -> Result<(), String> {
        let at = self.at.unwrap_or(Field::Note);
        let Err(refusal) = self.sitting.same(at) else {
            return Ok(());
        };
        let row = self.sitting.row(at);
        let name = row.map_or("", |row| row.symptom.name.as_str());
        Err(match refusal {
            NotSame::NoSymptom => "`same` is for symptoms".to_owned(),
            NotSame::Never => format!("{name} has no earlier answer"),
            NotSame::TooOld(day) => format!(
                "the last answer for {name} is from {}, too long ago to take over",
                words::day(day)
            ),
        })
    }

    fn next(&mut self) {
        let after = self.at.and_then(|at| self.sitting.after(at));
        self.at = self.back_to.take().or(after);
    }

    fn back(&mut self) {
        // At the first question `back` stays there; after the last one it leads to the overall.
        let at = self.at.unwrap_or(Field::Note);
        self.at = self.sitting.before(at).or(Some(at));
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use crate::domain::check_in::sitting::Arranged;
    use crate::domain::check_in::symptom::{Severity, Symptoms};
    use crate::domain::check_in::{CheckInDraft, Form};
    use crate::domain::id::EntryId;
    use chrono::NaiveDate;
    use std::sync::LazyLock;

    fn answers() -> Answers<'static> {
        static JOURNAL: LazyLock<Journal> = LazyLock::new(Journal::default);
        let of = ["a", "b", "c"].map(|code| {
            let mut symptom = Symptoms::built_in().iter().next().unwrap().clone();
            (symptom.code, symptom.name) = (code.to_owned(), code.to_uppercase());
            symptom
        });
        let day = NaiveDate::default();
        let draft = CheckInDraft::new(EntryId::from_bytes([1; 16]), Form::Full, day);
        let sitting = Sitting::new(
            draft,
            &Symptoms::new(of.into()),
            &Arranged::default(),
            |symptom| match symptom.code.as_str() {
                "a" => Some((Severity::Mild, day)),
                "b" => Some((Severity::Severe, day)),
                _ => None,
            },
        );
        Answers::new(&JOURNAL, sitting, 0)
    }

    fn given(answers: &Answers<'_>) -> Vec<(String, u8, bool)> {
        let each = answers.sitting.draft.answers.iter();
        each.map(|(code, a)| (code.clone(), a.severity.number(), a.copied))
            .collect()
    }

    #[test]
    fn a_question_names_the_group_and_the_last_answer_as_plain_mode_does() {
        let question = answers().question();
        assert!(
            question.starts_with("Body 1 of 3: A, last 1 mild on "),
            "{question}"
        );
        assert!(question.ends_with("0 to 4? "), "{question}");
    }

    #[test]
    fn one_line_takes_many_answers() {
        let mut answers = answers();
        answers.take("2 same . 7 ").unwrap();
        assert_eq!(
            given(&answers),
            [("a".into(), 2, false), ("b".into(), 3, true)]
        );
        assert_eq!(answers.sitting.number(Field::Overall), Some(7));
        assert_eq!(answers.at, Some(Field::Note));
        answers.take("slept 5 h").unwrap();
        let note = answers.sitting.draft.note.as_str();
        assert_eq!((note, answers.at), ("slept 5 h", None));
    }

    #[test]
    fn the_rest_as_last_time_leaves_blank_what_was_never_answered() {
        let mut answers = answers();
        answers.take("A done").unwrap();
        assert_eq!(
            given(&answers),
            [("a".into(), 1, true), ("b".into(), 3, true)]
        );
        assert_eq!(answers.at, None);
    }

    #[test]
    fn after_going_back_a_dot_blanks_and_the_rest_keeps_what_was_typed() {
        let mut blanked = answers();
        blanked.take("1 back . done").unwrap();
        assert_eq!(given(&blanked), []);
        let mut kept = answers();
        kept.take("2 0 back back A done").unwrap();
        assert_eq!(
            given(&kept),
            [("a".into(), 2, false), ("b".into(), 0, false)]
        );
    }

    #[test]
    fn a_word_that_is_not_understood_changes_nothing() {
        let mut answers = answers();
        assert!(answers.take("5").unwrap_err().contains("0 to 4"));
        assert_eq!((given(&answers), answers.at), (vec![], Some(Field::Row(0))));
        answers.take("1 back 3").unwrap();
        assert_eq!(given(&answers), [("a".into(), 3, false)]);
    }
}
