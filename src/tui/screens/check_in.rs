//! The check-in: full and brief.
//!
//! ```text
//! ╭ Check-in ────────── Sun 22 Nov 2026, 08:12 · day 9 · counts for today ─╮
//! │ Body                     last 21 Nov │ Mind               last 21 Nov  │
//! │ ▌ Nausea   0 1[2]3 4  moderate     3 │   Anxiety  0 1 2 3 4         2  │
//! ├──────────────────────────────────────┴─────────────────────────────────┤
//! │ Feeling sick to the stomach …                        3 of 18 answered  │
//! │ Overall, how hard is today?  – / 10      Note –                        │
//! ╰────────────────────────────────────────────────────────────────────────╯
//! ```
//!
//! Invariant: a blank stays blank: nothing but a digit, ←/→, `=` or `A` gives a symptom an answer. Every change goes to the
//! draft at once; leaving in any way keeps it.

use super::{Overlay, ask, check_in_view};
use crate::domain::change::Change;
use crate::domain::check_in::{Answer, CheckInDraft, Form, Intent, Overall};
use crate::domain::id::{EntryId, IdSource};
use crate::domain::journal::LastTime;
use crate::domain::symptom::{Severity, Symptom, SymptomKey};
use crate::domain::words;
use crate::tui::effect::Effect;
use crate::tui::input::{Key, azerty_digit};
use crate::tui::keys::{Binding, Screen, Typed};
use crate::tui::shared::Shared;
use crate::tui::widgets::text_field::{Handled, Shape, TextField};
use chrono::{NaiveDate, TimeDelta};
use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

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
    /// The last key was a 1 on the overall: a 0 now makes ten.
    one_pending: bool,
}

/// What a person may mean on the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Give this number and go on.
    Rate(u8),
    /// Ten, on the overall.
    Ten,
    /// One less.
    Less,
    /// One more.
    More,
    /// Leave blank and go on.
    Skip,
    /// Take the answer away and go back.
    Clear,
    /// As last time.
    Same,
    /// The rest as last time.
    RestSame,
    /// The next field.
    Next,
    /// The field before.
    Previous,
    /// The first field.
    First,
    /// The last field.
    Last,
    /// To the other column.
    Across,
    /// To the overall.
    ToOverall,
    /// Write the note.
    Note,
    /// Choose the day.
    Day,
    /// Save.
    Save,
    /// Keep the draft and close.
    Leave,
    /// Leave the note or the day as typed.
    Done,
    /// Leave the day as it was.
    Cancel,
    /// A day earlier.
    DayBack,
    /// A day later.
    DayOn,
}

const RATING: &[Binding<Msg>] = &[
    Binding::quiet(Key::char('0'), Msg::Rate(0), "none"),
    Binding::quiet(Key::char('1'), Msg::Rate(1), "mild"),
    Binding::quiet(Key::char('2'), Msg::Rate(2), "moderate"),
    Binding::quiet(Key::char('3'), Msg::Rate(3), "severe"),
    Binding::row("0\u{2013}4", Key::char('4'), Msg::Rate(4), "rate"),
    Binding::footer(Key::char('.'), Msg::Skip, "blank"),
    Binding::footer(Key::char('='), Msg::Same, "as last time"),
    Binding::footer(Key::char('A'), Msg::RestSame, "rest as last time"),
    Binding::footer(Key::char('o'), Msg::ToOverall, "overall"),
    Binding::footer(Key::char('n'), Msg::Note, "note"),
    Binding::footer(Key::ENTER, Msg::Save, "save"),
    Binding::footer(Key::ESC, Msg::Leave, "keep draft"),
    Binding::help(Key::char('D'), Msg::Day, "the day it counts for"),
    Binding::help(Key::BACKSPACE, Msg::Clear, "clear and go back"),
    Binding::help(Key::LEFT, Msg::Less, "one less"),
    Binding::help(Key::RIGHT, Msg::More, "one more"),
    Binding::help(Key::DOWN, Msg::Next, "next"),
    Binding::help(Key::UP, Msg::Previous, "previous"),
    Binding::quiet(Key::char('h'), Msg::Less, "one less"),
    Binding::quiet(Key::char('l'), Msg::More, "one more"),
    Binding::quiet(Key::char('j'), Msg::Next, "next"),
    Binding::quiet(Key::char('k'), Msg::Previous, "previous"),
    Binding::quiet(Key::TAB, Msg::Next, "next"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "previous"),
    Binding::quiet(Key::char(' '), Msg::Across, "the other column"),
    Binding::quiet(Key::HOME, Msg::First, "first"),
    Binding::quiet(Key::END, Msg::Last, "last"),
    Binding::quiet(Key::char('g'), Msg::First, "first"),
    Binding::quiet(Key::char('G'), Msg::Last, "last"),
    Binding::quiet(Key::PAGE_UP, Msg::Across, "the other column"),
    Binding::quiet(Key::PAGE_DOWN, Msg::Across, "the other column"),
    Binding::quiet(Key::ctrl('s'), Msg::Save, "save"),
];

const OVERALL: &[Binding<Msg>] = &[
    Binding::quiet(Key::char('0'), Msg::Rate(0), "0"),
    Binding::quiet(Key::char('1'), Msg::Rate(1), "1"),
    Binding::quiet(Key::char('2'), Msg::Rate(2), "2"),
    Binding::quiet(Key::char('3'), Msg::Rate(3), "3"),
    Binding::quiet(Key::char('4'), Msg::Rate(4), "4"),
    Binding::quiet(Key::char('5'), Msg::Rate(5), "5"),
    Binding::quiet(Key::char('6'), Msg::Rate(6), "6"),
    Binding::quiet(Key::char('7'), Msg::Rate(7), "7"),
    Binding::quiet(Key::char('8'), Msg::Rate(8), "8"),
    Binding::row("0\u{2013}9", Key::char('9'), Msg::Rate(9), "overall"),
    Binding::footer(Key::char('t'), Msg::Ten, "ten (or 1 0)"),
    Binding::footer(Key::char('.'), Msg::Skip, "blank"),
    Binding::footer(Key::char('n'), Msg::Note, "note"),
    Binding::footer(Key::char('D'), Msg::Day, "day"),
    Binding::footer(Key::ENTER, Msg::Save, "save"),
    Binding::footer(Key::ESC, Msg::Leave, "keep draft"),
    Binding::help(Key::BACKSPACE, Msg::Clear, "clear and go back"),
    Binding::help(Key::LEFT, Msg::Less, "one less"),
    Binding::help(Key::RIGHT, Msg::More, "one more"),
    Binding::help(Key::UP, Msg::Previous, "previous"),
    Binding::quiet(Key::DOWN, Msg::Next, "next"),
    Binding::quiet(Key::char('h'), Msg::Less, "one less"),
    Binding::quiet(Key::char('l'), Msg::More, "one more"),
    Binding::quiet(Key::char('j'), Msg::Next, "next"),
    Binding::quiet(Key::char('k'), Msg::Previous, "previous"),
    Binding::quiet(Key::TAB, Msg::Next, "next"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "previous"),
    Binding::quiet(Key::HOME, Msg::First, "first"),
    Binding::quiet(Key::char('g'), Msg::First, "first"),
    Binding::quiet(Key::char('='), Msg::Same, "as last time"),
    Binding::quiet(Key::ctrl('s'), Msg::Save, "save"),
];

const NOTE: &[Binding<Msg>] = &[
    Binding::footer(Key::ctrl('s'), Msg::Save, "save"),
    Binding::footer(Key::ESC, Msg::Done, "back to the ratings, the note is kept"),
    Binding::quiet(Key::TAB, Msg::Done, "back to the ratings"),
];

const DAY: &[Binding<Msg>] = &[
    Binding::footer(Key::UP, Msg::DayBack, "a day earlier"),
    Binding::footer(Key::DOWN, Msg::DayOn, "a day later"),
    Binding::footer(Key::ENTER, Msg::Done, "take this day"),
    Binding::footer(Key::ESC, Msg::Cancel, "leave it as it was"),
];

/// Characters that a note may have: far more than anyone types, little enough to draw at once.
const NOTE_LIMIT: usize = 20_000;

/// A check-in for `day` (today when `None`): goes on with that day's draft of the same form, asks once about an older one.
pub fn open(form: Form, day: Option<NaiveDate>, shared: &Shared, ids: &mut IdSource) -> Overlay {
    let today = shared.today();
    let day = day.unwrap_or(today);
    let fits = |draft: &&CheckInDraft| {
        draft.day == day && draft.intent == Intent::Add && fits_form(draft.form, form)
    };
    if let Some(draft) = shared.drafts.iter().rev().find(fits) {
        return Overlay::CheckIn(CheckInForm::resume(
            CheckInDraft {
                form: wider(draft.form, form),
                ..draft.clone()
            },
            shared,
        ));
    }
    let fresh = CheckInDraft::new(ids.next(shared.now.at), form, day);
    let older = shared
        .drafts
        .iter()
        .find(|draft| form == Form::Full && draft.day != day && draft.intent == Intent::Add);
    match older {
        Some(older) => Overlay::Ask(ask::Ask::new(ask::older_draft(older, fresh, today))),
        None => Overlay::CheckIn(CheckInForm::resume(fresh, shared)),
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
pub fn edit(id: EntryId, shared: &Shared) -> Overlay {
    let kept = shared.drafts.iter().find(|draft| draft.id == id).cloned();
    let stored = || {
        shared
            .journal
            .check_in(id)
            .map(|check_in| CheckInDraft::of(check_in, &shared.journal.symptoms))
    };
    match kept.or_else(stored) {
        Some(draft) => Overlay::CheckIn(CheckInForm::resume(draft, shared)),
        None => Overlay::Card(super::card::Card::gone()),
    }
}

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

    fn changed(&self) -> Vec<Effect> {
        vec![Effect::KeepDraft(self.draft.clone())]
    }

    /// Gives the focused field `number`; `None` takes its answer away.
    fn set(&mut self, number: Option<u8>, copied: bool) {
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
    fn number(&self) -> Option<u8> {
        match self.focus {
            Focus::Overall => self.draft.overall.map(Overall::number),
            Focus::Row(at) => self
                .answer(self.rows.get(at)?)
                .map(|answer| answer.severity.number()),
        }
    }

    fn go(&mut self, by: isize) {
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
            .filter(|row| row.symptom.category == crate::domain::catalogue::Category::Physical)
            .count()
    }

    fn across(&mut self) {
        let body = self.body_rows();
        let Focus::Row(at) = self.focus else { return };
        let to = if at < body {
            (at + body).min(self.rows.len().saturating_sub(1))
        } else {
            at - body
        };
        self.focus = Focus::Row(to.min(self.rows.len().saturating_sub(1)));
    }

    fn rate(&mut self, number: u8) -> Vec<Effect> {
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

    fn step(&mut self, by: i8) -> Vec<Effect> {
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

    fn same(&mut self) -> Vec<Effect> {
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

    fn rest_same(&mut self) -> Vec<Effect> {
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

    fn save(&mut self, shared: &Shared) -> Vec<Effect> {
        self.take_over_typing();
        let journal = &shared.journal;
        let moment = journal.moment_of(&self.draft, &shared.now);
        let asked: Vec<SymptomKey> = self.rows.iter().map(|row| row.symptom.key).collect();
        let said = words::saved(&shared.now, moment.day);
        match self
            .draft
            .into_check_in(moment, asked.into_iter(), &journal.symptoms)
        {
            Ok(check_in) => vec![Effect::Write {
                changes: vec![Change::RecordCheckIn(check_in)],
                said,
            }],
            Err(blank) => {
                self.remark = Some(words::sentence(&blank.to_string()));
                Vec::new()
            }
        }
    }

    fn leave(&mut self) -> Vec<Effect> {
        if self.draft.is_blank() {
            return vec![Effect::DropDraft(self.draft.id), Effect::Close];
        }
        let kept = Effect::KeepDraft(self.draft.clone());
        vec![
            kept,
            Effect::Close,
            Effect::Say("Draft kept, not saved. c goes on with it.".to_owned()),
        ]
    }

    fn take_over_typing(&mut self) {
        if let Some(Typing::Note(field)) = &self.typing {
            self.draft.note = field.value();
        }
    }

    fn done_typing(&mut self, shared: &Shared) -> Vec<Effect> {
        self.take_over_typing();
        if let Some(Typing::Day(field)) = &self.typing {
            let today = shared.today();
            match crate::domain::when::parse_day(
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

    fn move_day(&mut self, by: i64) {
        let Some(Typing::Day(field)) = &mut self.typing else {
            return;
        };
        let day: NaiveDate = field.value().trim().parse().unwrap_or(self.draft.day);
        let moved = TimeDelta::try_days(by)
            .and_then(|by| day.checked_add_signed(by))
            .unwrap_or(day);
        *field = TextField::new(Shape::OneLine, DAY_LIMIT, &moved.to_string());
    }
}

/// Room for "2026-11-22" and for "yesterday 22:00".
const DAY_LIMIT: usize = 40;

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
    rows.sort_by_key(|row| row.symptom.category != crate::domain::catalogue::Category::Physical);
    rows
}

impl Screen for CheckInForm {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        match (self.draft.intent, self.draft.form) {
            (Intent::Edit, _) => "Edit check-in",
            (_, Form::Full) => "Check-in",
            (_, Form::Brief) => "Brief check-in",
        }
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        match (&self.typing, self.focus) {
            (Some(Typing::Note(_)), _) => NOTE,
            (Some(Typing::Day(_)), _) => DAY,
            (None, Focus::Overall) => OVERALL,
            (None, Focus::Row(_)) => RATING,
        }
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        self.remark = None;
        let one_was_pending = std::mem::take(&mut self.one_pending);
        match msg {
            Msg::Rate(number) => {
                self.one_pending = one_was_pending;
                return self.rate(number);
            }
            Msg::Ten => {
                self.set(Some(Overall::TOP), false);
                return self.changed();
            }
            Msg::Less => return self.step(-1),
            Msg::More => return self.step(1),
            Msg::Skip => {
                self.set(None, false);
                self.go(1);
                return self.changed();
            }
            Msg::Clear => {
                // On an answered field it clears; the next Backspace goes back and clears there.
                if self.number().is_none() {
                    self.go(-1);
                }
                self.set(None, false);
                return self.changed();
            }
            Msg::Same => return self.same(),
            Msg::RestSame => return self.rest_same(),
            Msg::Next => self.go(1),
            Msg::Previous => self.go(-1),
            Msg::First => self.go(isize::MIN / 2),
            Msg::Last => self.go(isize::MAX / 2),
            Msg::Across => self.across(),
            Msg::ToOverall => self.focus = Focus::Overall,
            Msg::Note => {
                self.typing = Some(Typing::Note(TextField::new(
                    Shape::ManyLines,
                    NOTE_LIMIT,
                    &self.draft.note,
                )));
            }
            Msg::Day => {
                self.typing = Some(Typing::Day(TextField::new(
                    Shape::OneLine,
                    DAY_LIMIT,
                    &self.draft.day.to_string(),
                )));
            }
            Msg::Save => return self.save(shared),
            Msg::Leave => return self.leave(),
            Msg::Done => return self.done_typing(shared),
            Msg::Cancel => self.typing = None,
            Msg::DayBack => self.move_day(-1),
            Msg::DayOn => self.move_day(1),
        }
        Vec::new()
    }

    fn is_typing(&self) -> bool {
        self.typing.is_some()
    }

    fn typed(&mut self, key: KeyEvent, shared: &Shared) -> Typed {
        match &mut self.typing {
            Some(Typing::Note(field)) => match field.handle(key) {
                Handled::Edited => {
                    self.draft.note = field.value();
                    Typed::Taken(self.changed())
                }
                Handled::Full { .. } => {
                    self.remark = Some("The note is as long as a note can be.".to_owned());
                    Typed::Taken(Vec::new())
                }
                Handled::Moved => Typed::Taken(Vec::new()),
                Handled::Ignored => Typed::Ignored,
            },
            Some(Typing::Day(field)) => match field.handle(key) {
                Handled::Ignored => Typed::Ignored,
                Handled::Edited | Handled::Moved | Handled::Full { .. } => Typed::Taken(Vec::new()),
            },
            None => match key.code {
                // The digit row of an AZERTY keyboard, unshifted.
                KeyCode::Char(letter) => match azerty_digit(letter) {
                    Some(digit) if digit <= 4 || self.focus == Focus::Overall => {
                        Typed::Taken(self.update(Msg::Rate(digit), shared))
                    }
                    _ => Typed::Ignored,
                },
                _ => Typed::Ignored,
            },
        }
    }

    fn paste(&mut self, text: &str, _shared: &Shared) -> Vec<Effect> {
        match &mut self.typing {
            Some(Typing::Note(field)) => {
                if let Handled::Full { left_out } = field.paste(text) {
                    let left = words::count(left_out, "character", "characters");
                    self.remark = Some(format!(
                        "The note is as long as a note can be; {left} were left out."
                    ));
                }
                self.draft.note = field.value();
                self.changed()
            }
            Some(Typing::Day(field)) => {
                field.paste(text);
                Vec::new()
            }
            None => {
                self.remark = Some("Pasted text goes into the note: n opens it.".to_owned());
                Vec::new()
            }
        }
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        check_in_view::draw(self, shared, frame, area);
    }
}
