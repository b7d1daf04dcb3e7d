//! Many answers on one line: `2 3 . 0 same done`.
//!
//! Invariant: a word that is not understood changes nothing, and nothing after it on its line is taken.

use crate::domain::check_in::symptom::Severity;
use crate::domain::check_in::{Answer, CheckInDraft, Overall};
use crate::domain::journal::LastTime;

/// A symptom that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// Its code.
    pub code: String,
    /// Its name on screen.
    pub name: String,
    /// What "same" would take over.
    pub last: LastTime,
}

/// Where the asking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// At the symptom with this place.
    Symptom(usize),
    /// At the overall.
    Overall,
    /// At the note.
    Note,
    /// Everything was asked.
    Done,
}

/// What a line asked for besides answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// Nothing: go on asking.
    Nothing,
    /// Help lines.
    HelpLines,
    /// Leave without saving.
    Leave,
}

/// The answers so far.
#[derive(Debug)]
pub(super) struct Answers<'a> {
    asked: &'a [Asked],
    /// What will be saved.
    pub draft: CheckInDraft,
    /// Where it stands.
    pub at: At,
}

impl<'a> Answers<'a> {
    /// Begins at the first symptom.
    pub fn new(asked: &'a [Asked], draft: CheckInDraft) -> Self {
        let at = if asked.is_empty() {
            At::Overall
        } else {
            At::Symptom(0)
        };
        Self { asked, draft, at }
    }

    /// The question to ask now.
    pub fn question(&self) -> String {
        match self.at {
            At::Symptom(at) => {
                let Some(asked) = self.asked.get(at) else {
                    return String::new();
                };
                let last = match asked.last {
                    LastTime::Offered(severity, day) => {
                        format!(
                            ", last {} on {}",
                            severity.number(),
                            crate::domain::text::words::short_day(day)
                        )
                    }
                    LastTime::Never | LastTime::TooOld(..) => String::new(),
                };
                format!(
                    "{} 0-4 ({} of {}{last}): ",
                    asked.name,
                    at + 1,
                    self.asked.len()
                )
            }
            At::Overall => "Overall 0-10: ".to_owned(),
            At::Note => "Note, one line: ".to_owned(),
            At::Done => String::new(),
        }
    }

    /// Takes a line of answers.
    ///
    /// # Errors
    /// A sentence about the first word that was not understood.
    pub fn take(&mut self, line: &str) -> Result<Wish, String> {
        if self.at == At::Note {
            self.take_note(line);
            return Ok(Wish::Nothing);
        }
        if line.trim().is_empty() {
            self.next();
            return Ok(Wish::Nothing);
        }
        for word in line
            .split([' ', '\t', ',', ';', '\r', '\n'])
            .filter(|w| !w.is_empty())
        {
            match word {
                "!" => return Ok(Wish::HelpLines),
                "q" | "quit" => return Ok(Wish::Leave),
                "done" => self.at = At::Done,
                _ => self.take_word(word)?,
            }
        }
        Ok(Wish::Nothing)
    }

    fn take_note(&mut self, line: &str) {
        match line.trim() {
            "back" => return self.back(),
            "" | "." | "skip" | "done" => {}
            note => note.clone_into(&mut self.draft.note),
        }
        self.at = At::Done;
    }

    fn take_word(&mut self, word: &str) -> Result<(), String> {
        match word {
            "." | "skip" => self.next(),
            "back" => self.back(),
            "=" | "same" => {
                self.same()?;
                self.next();
            }
            "A" | "rest" => {
                while let At::Symptom(_) = self.at {
                    // What cannot be taken over is left blank: the rest is as last time as far as it goes.
                    self.same().ok();
                    self.next();
                }
            }
            number => {
                self.number(number)?;
                self.next();
            }
        }
        Ok(())
    }

    fn number(&mut self, word: &str) -> Result<(), String> {
        let number = word.parse::<u8>().ok();
        match self.at {
            At::Symptom(at) => {
                let severity = number.and_then(Severity::new).ok_or_else(|| {
                    format!("\"{word}\" is not 0 to 4, `.` (leave blank), `same`, `back` or `done`")
                })?;
                if let Some(asked) = self.asked.get(at) {
                    let answer = Answer {
                        severity,
                        copied: false,
                    };
                    self.draft.answers.insert(asked.code.clone(), answer);
                }
            }
            At::Overall => {
                let overall = number.and_then(Overall::new).ok_or_else(|| {
                    format!("\"{word}\" is not 0 to 10, `.` (leave blank), `back` or `done`")
                })?;
                self.draft.overall = Some(overall);
            }
            At::Note | At::Done => {
                return Err(format!("\"{word}\" comes after the last answer"));
            }
        }
        Ok(())
    }

    fn same(&mut self) -> Result<(), String> {
        let At::Symptom(at) = self.at else {
            return Err("`same` is for symptoms".to_owned());
        };
        let Some(asked) = self.asked.get(at) else {
            return Ok(());
        };
        match asked.last {
            LastTime::Offered(severity, _) => {
                let answer = Answer {
                    severity,
                    copied: true,
                };
                self.draft.answers.insert(asked.code.clone(), answer);
                Ok(())
            }
            LastTime::Never => Err(format!("{} has no earlier answer", asked.name)),
            LastTime::TooOld(_, day) => Err(format!(
                "the last answer for {} is from {}, too long ago to take over",
                asked.name,
                crate::domain::text::words::day(day)
            )),
        }
    }

    fn next(&mut self) {
        self.at = match self.at {
            At::Symptom(at) if at + 1 < self.asked.len() => At::Symptom(at + 1),
            At::Symptom(_) => At::Overall,
            At::Overall => At::Note,
            At::Note | At::Done => At::Done,
        };
    }

    fn back(&mut self) {
        self.at = match (self.at, self.asked.len().checked_sub(1)) {
            (At::Symptom(at), _) => At::Symptom(at.saturating_sub(1)),
            (At::Overall, Some(last)) => At::Symptom(last),
            (At::Note | At::Done | At::Overall, _) => At::Overall,
        };
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use crate::domain::check_in::Form;
    use crate::domain::id::EntryId;
    use chrono::NaiveDate;

    fn asked() -> Vec<Asked> {
        let day = NaiveDate::default();
        let last = [
            LastTime::Offered(Severity::Mild, day),
            LastTime::Offered(Severity::Severe, day),
            LastTime::Never,
        ];
        ["a", "b", "c"]
            .into_iter()
            .zip(last)
            .map(|(code, last)| Asked {
                code: code.to_owned(),
                name: code.to_uppercase(),
                last,
            })
            .collect()
    }

    fn answers(asked: &[Asked]) -> Answers<'_> {
        let id = EntryId::from_bytes([1; 16]);
        Answers::new(
            asked,
            CheckInDraft::new(id, Form::Full, NaiveDate::default()),
        )
    }

    fn given(answers: &Answers<'_>) -> Vec<(String, u8, bool)> {
        let each = answers.draft.answers.iter();
        each.map(|(code, a)| (code.clone(), a.severity.number(), a.copied))
            .collect()
    }

    #[test]
    fn one_line_takes_many_answers() {
        let asked = asked();
        let mut answers = answers(&asked);
        answers.take("2 same . 7 ").unwrap();
        assert_eq!(
            given(&answers),
            [("a".into(), 2, false), ("b".into(), 3, true)]
        );
        assert_eq!(answers.draft.overall.unwrap().number(), 7);
        assert_eq!(answers.at, At::Note);
        answers.take("slept 5 h").unwrap();
        assert_eq!(
            (answers.draft.note.as_str(), answers.at),
            ("slept 5 h", At::Done)
        );
    }

    #[test]
    fn the_rest_as_last_time_leaves_blank_what_was_never_answered() {
        let asked = asked();
        let mut answers = answers(&asked);
        answers.take("A done").unwrap();
        assert_eq!(
            given(&answers),
            [("a".into(), 1, true), ("b".into(), 3, true)]
        );
        assert_eq!(answers.at, At::Done);
    }

    #[test]
    fn a_word_that_is_not_understood_changes_nothing() {
        let asked = asked();
        let mut answers = answers(&asked);
        assert!(answers.take("5").unwrap_err().contains("0 to 4"));
        assert_eq!((given(&answers), answers.at), (vec![], At::Symptom(0)));
        answers.take("1 back 3").unwrap();
        assert_eq!(given(&answers), [("a".into(), 3, false)]);
    }
}
