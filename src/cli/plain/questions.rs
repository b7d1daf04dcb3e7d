//! The questions of a check-in, in order and in words; [`super::check_in`] asks them.

use crate::domain::care::something_good;
use crate::domain::check_in::CheckInDraft;
use crate::domain::check_in::sitting::{Field, LastTime, Sitting, SymptomRow};
use crate::domain::entry::sleep;
use crate::domain::journal::Journal;
use crate::domain::text::words;
use chrono::NaiveDate;

/// A check-in whose questions are being asked.
pub(super) struct Questions {
    pub(super) sitting: Sitting,
    /// What is asked now.
    pub(super) at: Field,
    /// Where `note` was typed: the questions go on there. `None` when the note's turn came by itself.
    pub(super) returns_to: Option<Field>,
    /// The answers of the last line, in words.
    pub(super) answers: Vec<String>,
}

/// What follows an answer.
pub(super) enum Next {
    Ask,
    Save,
}

impl Questions {
    /// Goes on after what is asked now.
    pub(super) fn go_on(&mut self) -> Next {
        let next = self.returns_to.take().or(self.sitting.after(self.at));
        next.map_or(Next::Save, |next| {
            self.at = next;
            Next::Ask
        })
    }

    pub(super) fn before(&self) -> Option<Field> {
        self.returns_to.or(self.sitting.before(self.at))
    }
}

pub(in crate::cli) fn row_question(sitting: &Sitting, row: &SymptomRow) -> String {
    let category = row.symptom.category;
    // Body and Mind are counted apart: "Body 3 of 10".
    let in_group = || {
        let rows = sitting.rows.iter();
        rows.filter(|row| row.symptom.category == category)
    };
    let number = 1 + in_group().take_while(|each| *each != row).count();
    let (group, of) = (category.label(), in_group().count());
    let last = match row.last {
        LastTime::Never => String::new(),
        LastTime::TooOld(severity, on) | LastTime::Offered(severity, on) => {
            format!(
                ", last {} {} on {}",
                severity.number(),
                severity.word(),
                words::short_day(on)
            )
        }
    };
    let now = sitting.answer(row);
    let now = now.map_or_else(String::new, |answer| {
        format!(
            ", now {} {}",
            answer.severity.number(),
            answer.severity.word()
        )
    });
    format!(
        "{group} {number} of {of}: {}{last}{now}. 0 to 4?",
        row.symptom.name
    )
}

pub(super) fn overall_question(sitting: &Sitting, today: NaiveDate) -> String {
    let question = words::overall_question(sitting.draft.day, today);
    let now = sitting.number(Field::Overall);
    let now = now.map_or_else(String::new, |n| format!(" It is {n} now."));
    format!("{question}{now} 0 to 10, or skip.")
}

pub(in crate::cli) fn good_question(sitting: &Sitting) -> String {
    let now = sitting.draft.good;
    let now = now.map_or_else(String::new, |n| {
        format!(" It is {n} {} now.", something_good::word(n))
    });
    format!(
        "{}{now} {}, or skip.",
        something_good::QUESTION,
        something_good::scale()
    )
}

pub(in crate::cli) fn sleep_question(journal: &Journal, draft: &CheckInDraft) -> String {
    let noted = sleep::noted(journal, draft.day);
    let noted = noted.map_or_else(String::new, |noted| format!(" {noted}."));
    let now = match draft.sleep.as_str() {
        "" => String::new(),
        typed => format!(" It is {typed} now."),
    };
    format!(
        "{}{noted}{now} Such as 7, 7.5 or 7:30, or skip.",
        sleep::QUESTION
    )
}

/// What a draft holds, in few words: "3 answers, overall 5, a note".
pub(super) fn content(draft: &CheckInDraft) -> String {
    let mut parts = vec![words::count(draft.answers.len(), "answer", "answers")];
    if let Some(overall) = draft.overall {
        parts.push(format!("overall {}", overall.number()));
    }
    if let Some(good) = draft.good {
        parts.push(format!("something good {good}"));
    }
    if !draft.sleep.is_empty() {
        parts.push(format!("slept {}", draft.sleep));
    }
    if !draft.note.trim().is_empty() {
        parts.push("a note".to_owned());
    }
    parts.join(", ")
}
