//! A check-in while it is being answered: which question comes next, and how it is worded. No asking here.

use crate::domain::check_in::CheckInDraft;
use crate::domain::check_in::catalogue::Category;
use crate::domain::check_in::symptom::Symptom;
use crate::domain::journal::LastTime;
use crate::domain::text::words;

/// A symptom that is asked, with what it was last time.
pub(super) struct Row {
    pub(super) symptom: Symptom,
    pub(super) last: LastTime,
}

/// A check-in that is being answered.
pub(super) struct Sitting {
    pub(super) draft: CheckInDraft,
    pub(super) rows: Vec<Row>,
    pub(super) at: Field,
    /// Where `note` was said: the questions go on there. `None` when the note's turn came by itself.
    pub(super) returns_to: Option<Field>,
    /// What the last line's words were taken for.
    pub(super) taken: Vec<String>,
}

/// What is asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// A symptom, by its place.
    Row(usize),
    Overall,
    Note,
}

/// What follows an answer.
pub(super) enum Next {
    Ask,
    Save,
}

impl Sitting {
    pub(super) fn after(&self, at: usize) -> Field {
        if at + 1 < self.rows.len() {
            Field::Row(at + 1)
        } else {
            Field::Overall
        }
    }

    pub(super) fn before(&self) -> Option<Field> {
        match self.at {
            Field::Row(at) => at.checked_sub(1).map(Field::Row),
            Field::Overall => self.rows.len().checked_sub(1).map(Field::Row),
            Field::Note => self.returns_to.or(Some(Field::Overall)),
        }
    }
}

pub(super) fn row_question(sitting: &Sitting, row: &Row, at: usize) -> String {
    let category = row.symptom.category;
    let group = if category == Category::Physical {
        "Body"
    } else {
        "Mind"
    };
    let in_group = |rows: &[Row]| {
        rows.iter()
            .filter(|row| row.symptom.category == category)
            .count()
    };
    let number = in_group(sitting.rows.get(..=at).unwrap_or_default());
    let of = in_group(&sitting.rows);
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
    let now = sitting.draft.answers.get(&row.symptom.code);
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

pub(super) fn said_so_far(draft: &CheckInDraft) -> String {
    let mut parts = vec![words::count(draft.answers.len(), "answer", "answers")];
    if let Some(overall) = draft.overall {
        parts.push(format!("overall {}", overall.number()));
    }
    if !draft.note.trim().is_empty() {
        parts.push("a note".to_owned());
    }
    parts.join(", ")
}
