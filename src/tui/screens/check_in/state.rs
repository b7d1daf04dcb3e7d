//! A check-in that is being filled in: its rows, where the digits go, and what each key makes of the draft.

use crate::domain::check_in::catalogue::Category;
use crate::domain::check_in::symptom::{Severity, Symptom, SymptomKey};
use crate::domain::check_in::{Answer, CheckInDraft, Form, Intent, Overall};
use crate::domain::id::{EntryId, IdSource};
use crate::domain::journal::LastTime;
use crate::domain::journal::change::Change;
use crate::domain::journal::draft::Draft;
use crate::domain::text::words;
use crate::tui::effect::{Effect, Opening, Question};
use crate::tui::questions;
use crate::tui::shared::Shared;
use crate::tui::widgets::text_field::{Shape, TextField};
use chrono::{NaiveDate, TimeDelta};

/// A symptom on the form, with what it was last time.
pub(super) struct Row {
    pub(super) symptom: Symptom,
    pub(super) last: LastTime,
}

/// Where the digits go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Focus {
    /// A symptom, by its place on the form.
    Row(usize),
    /// The overall.
    Overall,
}

/// A text that is being typed over the form.
pub(super) enum Typing {
    /// The note.
    Note(TextField),
    /// The day that the check-in counts for.
    Day(TextField),
}

/// A check-in that is being filled in.
pub struct CheckInForm {
    pub(super) draft: CheckInDraft,
    pub(super) rows: Vec<Row>,
    pub(super) focus: Focus,
    pub(super) typing: Option<Typing>,
    /// One line about the last key, where it needs one.
    pub(super) remark: Option<String>,
    /// The missing days after this one, oldest first; `None` when no missing days are being filled.
    pub(super) left: Option<Vec<NaiveDate>>,
    /// The last key was a 1 on the overall: a 0 now makes ten.
    pub(super) one_pending: bool,
}

/// What answers the wish for a check-in.
pub enum Opened {
    /// The form.
    Form(Box<CheckInForm>),
    /// An older draft stands: asked once.
    Ask(Question),
    /// The check-in to be changed is not there any more.
    Gone,
}

impl Opened {
    fn form(draft: CheckInDraft, shared: &Shared) -> Self {
        Self::Form(Box::new(CheckInForm::resume(draft, shared)))
    }
}

/// A check-in for `day` (today when `None`): goes on with that day's draft of the same form, asks once about an older one.
pub fn open(form: Form, day: Option<NaiveDate>, shared: &Shared, ids: &mut IdSource) -> Opened {
    let today = shared.today();
    let day = day.unwrap_or(today);
    let fits = |draft: &&CheckInDraft| {
        draft.day == day && draft.intent == Intent::Add && fits_form(draft.form, form)
    };
    if let Some(draft) = shared.drafts.check_ins.iter().rev().find(fits) {
        return Opened::form(
            CheckInDraft {
                form: wider(draft.form, form),
                ..draft.clone()
            },
            shared,
        );
    }
    let fresh = CheckInDraft::new(ids.next(shared.now.at), form, day);
    let older = shared
        .drafts
        .check_ins
        .iter()
        .find(|draft| form == Form::Full && draft.day != day && draft.intent == Intent::Add);
    match older {
        Some(older) => Opened::Ask(questions::older_draft(older, fresh, today)),
        None => Opened::form(fresh, shared),
    }
}

/// A brief check-in for a missing day, with the missing days that are `left` after it.
pub fn fill(day: NaiveDate, left: Vec<NaiveDate>, shared: &Shared, ids: &mut IdSource) -> Opened {
    match open(Form::Brief, Some(day), shared, ids) {
        Opened::Form(mut form) => {
            let more = match left.len() {
                0 => "This is the last missing day.".to_owned(),
                n => format!(
                    "{} after this one.",
                    words::count(n, "missing day", "missing days")
                ),
            };
            form.remark = Some(format!("{more} A number and Enter; s skips, Esc stops."));
            form.left = Some(left);
            Opened::Form(form)
        }
        other => other,
    }
}

/// A full form takes up a brief draft; a brief form leaves a full draft where it is, so that it stays four keys.
fn fits_form(draft: Form, wanted: Form) -> bool {
    wanted == Form::Full || draft == Form::Brief
}

fn wider(draft: Form, wanted: Form) -> Form {
    if draft == Form::Full { draft } else { wanted }
}

/// The check-in with this id, to change; a kept draft of that change is gone on with.
pub fn edit(id: EntryId, shared: &Shared) -> Opened {
    let kept = shared
        .drafts
        .check_ins
        .iter()
        .find(|draft| draft.id == id)
        .cloned();
    let stored = || {
        shared
            .journal
            .check_in(id)
            .map(|check_in| CheckInDraft::of(check_in, &shared.journal.symptoms))
    };
    match kept.or_else(stored) {
        Some(draft) => Opened::form(draft, shared),
        None => Opened::Gone,
    }
}

/// Characters that a note may have: far more than anyone types, little enough to draw at once.
pub(super) const NOTE_LIMIT: usize = 20_000;

impl CheckInForm {
    /// The form over a draft, new or kept.
    pub fn resume(draft: CheckInDraft, shared: &Shared) -> Self {
        let rows = match draft.form {
            Form::Full => rows(&draft, shared),
            Form::Brief => Vec::new(),
        };
        let first_blank = rows
            .iter()
            .position(|row| !draft.answers.contains_key(&row.symptom.code));
        let focus = match (first_blank, draft.intent) {
            (_, Intent::Edit) if !rows.is_empty() => Focus::Row(0),
            (Some(at), _) => Focus::Row(at),
            (None, _) => Focus::Overall,
        };
        Self {
            draft,
            rows,
            focus,
            typing: None,
            remark: None,
            left: None,
            one_pending: false,
        }
    }

    /// The draft as it is now.
    pub fn draft(&self) -> &CheckInDraft {
        &self.draft
    }

    /// The answer of the symptom at `row`.
    pub(super) fn answer(&self, row: &Row) -> Option<Answer> {
        self.draft.answers.get(&row.symptom.code).copied()
    }

    pub(super) fn changed(&self) -> Vec<Effect> {
        vec![Effect::KeepDraft(Draft::CheckIn(self.draft.clone()))]
    }

    /// Gives the focused field `number`; `None` takes its answer away.
    pub(super) fn set(&mut self, number: Option<u8>, copied: bool) {
        match self.focus {
            Focus::Overall => self.draft.overall = number.and_then(Overall::new),
            Focus::Row(at) => {
                let Some(row) = self.rows.get(at) else { return };
                let code = row.symptom.code.clone();
                match number.and_then(Severity::new) {
                    Some(severity) => self.draft.answers.insert(code, Answer { severity, copied }),
                    None => self.draft.answers.remove(&code),
                };
            }
        }
    }

    /// The focused field's number.
    pub(super) fn number(&self) -> Option<u8> {
        match self.focus {
            Focus::Overall => self.draft.overall.map(Overall::number),
            Focus::Row(at) => self
                .answer(self.rows.get(at)?)
                .map(|answer| answer.severity.number()),
        }
    }

    pub(super) fn go(&mut self, by: isize) {
        let at = match self.focus {
            Focus::Row(at) => at,
            Focus::Overall => self.rows.len(),
        };
        let to = at.saturating_add_signed(by).min(self.rows.len());
        self.focus = if to < self.rows.len() {
            Focus::Row(to)
        } else {
            Focus::Overall
        };
    }

    /// Body on the left, Mind on the right: how many of the rows are Body.
    pub(super) fn body_rows(&self) -> usize {
        self.rows
            .iter()
            .filter(|row| row.symptom.category == Category::Physical)
            .count()
    }

    pub(super) fn across(&mut self) {
        let body = self.body_rows();
        let Focus::Row(at) = self.focus else { return };
        let to = if at < body {
            (at + body).min(self.rows.len().saturating_sub(1))
        } else {
            at - body
        };
        self.focus = Focus::Row(to.min(self.rows.len().saturating_sub(1)));
    }

    pub(super) fn rate(&mut self, number: u8) -> Vec<Effect> {
        match self.focus {
            Focus::Overall => {
                let ten = self.one_pending && number == 0;
                self.one_pending = number == 1;
                self.set(Some(if ten { Overall::TOP } else { number }), false);
            }
            Focus::Row(_) => {
                self.set(Some(number), false);
                self.go(1);
            }
        }
        self.changed()
    }

    pub(super) fn step(&mut self, by: i8) -> Vec<Effect> {
        let top = if self.focus == Focus::Overall {
            Overall::TOP
        } else {
            Severity::TOP
        };
        // From blank, → begins at 0 and ← leaves it blank.
        let number = match (self.number(), by) {
            (None, 1) => Some(0),
            (None, _) => return Vec::new(),
            (Some(number), by) => Some(number.saturating_add_signed(by).min(top)),
        };
        self.set(number, false);
        self.changed()
    }

    pub(super) fn same(&mut self) -> Vec<Effect> {
        let Focus::Row(at) = self.focus else {
            self.remark = Some("The overall is asked anew each time.".to_owned());
            return Vec::new();
        };
        match self.rows.get(at).map(|row| row.last) {
            Some(LastTime::Offered(severity, _)) => {
                self.set(Some(severity.number()), true);
                self.go(1);
                self.changed()
            }
            Some(LastTime::TooOld(_, on)) => {
                self.remark = Some(format!(
                    "Last answered {}: more than 3 days ago, so it is not taken over.",
                    words::day(on)
                ));
                Vec::new()
            }
            _ => {
                self.remark =
                    Some("Not answered before, so there is nothing to take over.".to_owned());
                Vec::new()
            }
        }
    }

    pub(super) fn rest_same(&mut self) -> Vec<Effect> {
        let from = match self.focus {
            Focus::Row(at) => at,
            Focus::Overall => 0,
        };
        let (mut taken, mut left) = (0, 0);
        for at in from..self.rows.len() {
            let row = &self.rows[at];
            if self.draft.answers.contains_key(&row.symptom.code) {
                continue;
            }
            if let LastTime::Offered(severity, _) = row.last {
                self.draft.answers.insert(
                    row.symptom.code.clone(),
                    Answer {
                        severity,
                        copied: true,
                    },
                );
                taken += 1;
            } else {
                left += 1;
            }
        }
        let left = if left == 0 {
            String::new()
        } else {
            format!(" {left} left blank: no answer within the last 3 days.")
        };
        self.remark = Some(format!(
            "{} as last time.{left}",
            words::count(taken, "answer", "answers")
        ));
        self.focus = Focus::Overall;
        self.changed()
    }

    pub(super) fn save(&mut self, shared: &Shared) -> Vec<Effect> {
        self.take_over_typing();
        let journal = &shared.journal;
        let moment = journal.moment_of(&self.draft, &shared.now);
        let asked: Vec<SymptomKey> = self.rows.iter().map(|row| row.symptom.key).collect();
        let mut said = words::saved(&shared.now, moment.day);
        if let Some(left) = &self.left {
            let left = match left.len() {
                0 => "no missing day is left.".to_owned(),
                n => format!("{} left.", words::count(n, "missing day", "missing days")),
            };
            said = format!("{said}; {left}");
        }
        match self
            .draft
            .into_check_in(moment, asked.into_iter(), &journal.symptoms)
        {
            Ok(check_in) => {
                let mut effects = vec![Effect::Write {
                    changes: vec![Change::RecordCheckIn(check_in)],
                    said,
                }];
                effects.extend(self.next_missing());
                effects
            }
            Err(blank) => {
                self.remark = Some(words::sentence(&blank.to_string()));
                Vec::new()
            }
        }
    }

    /// The form for the next missing day, if days are being filled and one is left.
    fn next_missing(&self) -> Option<Effect> {
        let (day, left) = self.left.as_ref()?.split_first()?;
        Some(Effect::Open(Opening::Fill {
            day: *day,
            left: left.to_vec(),
        }))
    }

    /// Leaves this missing day blank and goes on with the next.
    pub(super) fn skip_day(&mut self) -> Vec<Effect> {
        let mut effects = self.leave();
        effects.retain(|effect| !matches!(effect, Effect::SayKept(..)));
        match self.next_missing() {
            Some(next) => effects.push(next),
            None => effects.push(Effect::Say(
                "No missing day is left; what was skipped stays blank.".to_owned(),
            )),
        }
        effects
    }

    pub(super) fn leave(&mut self) -> Vec<Effect> {
        if self.draft.is_blank() {
            return vec![Effect::DropDraft(self.draft.id), Effect::Close];
        }
        let kept = Effect::KeepDraft(Draft::CheckIn(self.draft.clone()));
        vec![
            kept,
            Effect::Close,
            Effect::SayKept(
                self.draft.id,
                "Draft kept, not saved. c goes on with it.".to_owned(),
            ),
        ]
    }

    pub(super) fn take_over_typing(&mut self) {
        if let Some(Typing::Note(field)) = &self.typing {
            self.draft.note = field.value();
        }
    }

    pub(super) fn done_typing(&mut self, shared: &Shared) -> Vec<Effect> {
        self.take_over_typing();
        if let Some(Typing::Day(field)) = &self.typing {
            let today = shared.today();
            match crate::domain::time::parse::parse_day(
                &field.value(),
                &shared.now,
                shared.journal.settings.day_end,
            ) {
                Ok(day) if day > today => {
                    self.remark = Some("That day has not begun yet.".to_owned());
                    return Vec::new();
                }
                Ok(day) => self.choose_day(day, shared),
                Err(error) => {
                    self.remark = Some(words::sentence(&error.to_string()));
                    return Vec::new();
                }
            }
        }
        self.typing = None;
        self.changed()
    }

    fn choose_day(&mut self, day: NaiveDate, shared: &Shared) {
        if self.draft.intent == Intent::Add {
            self.draft.at = None;
        }
        self.draft.day = day;
        if self.draft.form == Form::Full {
            self.rows = rows(&self.draft, shared);
        }
    }

    pub(super) fn move_day(&mut self, by: i64) {
        let Some(Typing::Day(field)) = &mut self.typing else {
            return;
        };
        let day: NaiveDate = field.value().trim().parse().unwrap_or(self.draft.day);
        let moved = TimeDelta::try_days(by)
            .and_then(|by| day.checked_add_signed(by))
            .unwrap_or(day);
        *field = TextField::offering(Shape::OneLine, DAY_LIMIT, &moved.to_string());
    }
}

/// Room for "2026-11-22" and for "yesterday 22:00".
pub(super) const DAY_LIMIT: usize = 40;

fn rows(draft: &CheckInDraft, shared: &Shared) -> Vec<Row> {
    let journal = &shared.journal;
    let before = journal.moment_of(draft, &shared.now).at_utc;
    let last = |symptom: &Symptom| journal.last_time(symptom, draft.day, before, draft.id);
    // What was answered stays on the form, also when it was switched off since.
    let stays = |symptom: &&Symptom| symptom.rated || draft.answers.contains_key(&symptom.code);
    let mut rows: Vec<Row> = journal
        .symptoms
        .iter()
        .filter(stays)
        .map(|s| Row {
            symptom: s.clone(),
            last: last(s),
        })
        .collect();
    rows.sort_by_key(|row| row.symptom.category != Category::Physical);
    rows
}
