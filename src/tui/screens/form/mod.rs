//! Forms of few fields: attempts, own symptoms, own help lines, where an export goes.
//!
//! Invariant: a form says what is wrong beside the fields and keeps everything typed; it closes only once the disk has it.

pub(super) mod field;
pub(super) mod kinds;
pub(super) mod record;
#[cfg(test)]
mod tests;

use crate::domain::id::{EntryId, IdSource};
use crate::domain::journal::draft::Draft;
use crate::domain::record::kind::Kind;
use crate::tui::effect::{Effect, FormKind};
use crate::tui::keys::input::{Key, digit_row};
use crate::tui::keys::{Binding, Screen, Typed, joined};
use crate::tui::questions;
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::form_field::words_in;
use crate::tui::widgets::form_page::FormPage;
use crate::tui::widgets::frame::Frame;
use field::{Filled, FormField};
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;
use record::Begun;

/// A form.
pub struct FormScreen {
    kind: FormKind,
    /// The id that a new row gets: made once, so that a retry makes no second one.
    id: EntryId,
    fields: Vec<FormField>,
    /// What the first field chooses between, by code and words; nothing where the form does not begin so.
    abouts: Vec<(String, String)>,
    at: usize,
    problem: Option<String>,
    /// Whether it goes on with a draft that was kept.
    is_resumed: bool,
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Save.
    Save,
    /// The next field.
    Next,
    /// The field before.
    Previous,
    /// Close without saving.
    Close,
    /// Let what was typed go.
    LetGo,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Save, "save"),
    Binding::footer(Key::TAB, Msg::Next, "next field"),
    Binding::footer(Key::ESC, Msg::Close, "close, nothing is saved"),
    Binding::quiet(Key::ctrl('s'), Msg::Save, "save"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "field before"),
    Binding::quiet(Key::DOWN, Msg::Next, "next field"),
    Binding::quiet(Key::UP, Msg::Previous, "field before"),
];

/// A form that changes nothing in the journal: it writes a file.
const WRITE_KEYS: &[Binding<Msg>] = &written("write the file");
/// The tables of a study are looked at before anything is written.
const STUDY_KEYS: &[Binding<Msg>] = &written("show what goes in");

const fn written(done: &'static str) -> [Binding<Msg>; 7] {
    [
        Binding::footer(Key::ENTER, Msg::Save, done),
        Binding::footer(Key::TAB, Msg::Next, "next field"),
        Binding::footer(Key::ESC, Msg::Close, "close, nothing is written"),
        Binding::quiet(Key::ctrl('s'), Msg::Save, done),
        Binding::quiet(Key::BACK_TAB, Msg::Previous, "field before"),
        Binding::quiet(Key::DOWN, Msg::Next, "next field"),
        Binding::quiet(Key::UP, Msg::Previous, "field before"),
    ]
}

const HOLD_KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Save, "hold"),
    Binding::footer(Key::ESC, Msg::Close, "close, nothing is held"),
    Binding::quiet(Key::TAB, Msg::Next, "next field"),
    Binding::quiet(Key::ctrl('s'), Msg::Save, "hold"),
];

const GO_TO_KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Save, "go there"),
    Binding::footer(Key::ESC, Msg::Close, "close"),
    Binding::quiet(Key::ctrl('s'), Msg::Save, "go there"),
];

/// What is typed into a record is kept as a draft from the first key on.
const RECORD: [Binding<Msg>; 8] = [
    Binding::footer(Key::ENTER, Msg::Save, "save"),
    Binding::footer(Key::TAB, Msg::Next, "next field"),
    Binding::footer(Key::ESC, Msg::Close, "keep draft"),
    Binding::footer(Key::ctrl('x'), Msg::LetGo, "let it go"),
    Binding::quiet(Key::ctrl('s'), Msg::Save, "save"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "field before"),
    Binding::quiet(Key::DOWN, Msg::Next, "next field"),
    Binding::quiet(Key::UP, Msg::Previous, "field before"),
];
const RECORD_KEYS: &[Binding<Msg>] = &RECORD;
/// What is asked once can be skipped.
const ASKED_KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Save, "save"),
    Binding::footer(Key::TAB, Msg::Next, "next field"),
    Binding::footer(Key::ESC, Msg::Close, "skip"),
    Binding::quiet(Key::ctrl('x'), Msg::LetGo, "let it go"),
    Binding::quiet(Key::ctrl('s'), Msg::Save, "save"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "field before"),
    Binding::quiet(Key::DOWN, Msg::Next, "next field"),
    Binding::quiet(Key::UP, Msg::Previous, "field before"),
];
/// The amount is asked for first, and the product stands above it.
const DOSE_KEYS: &[Binding<Msg>] = &joined::<Msg, 2, 8, 10>(
    [
        Binding::footer(Key::ENTER, Msg::Save, "save"),
        Binding::footer(Key::UP, Msg::Previous, "product"),
    ],
    RECORD,
);

/// Where every kept draft is listed.
const LOG: &str = "l on Today";
/// What stands over a draft that was kept.
const RESUMED: &str = "A draft that was kept, not saved yet. Ctrl-X lets it go.";

/// The draft that was kept of the same record, in the place of a new one.
fn resumed(kind: FormKind, shared: &Shared) -> (FormKind, bool) {
    if let FormKind::Record(draft) = &kind
        && let Some(kept) = shared
            .drafts
            .records
            .iter()
            .find(|kept| kept.id == draft.id)
    {
        return (FormKind::Record(Box::new(kept.clone())), true);
    }
    (kind, false)
}

impl FormScreen {
    /// The form for `kind`, filled with what the journal holds.
    pub(crate) fn new(kind: FormKind, shared: &Shared, ids: &mut IdSource) -> Self {
        let (kind, is_resumed) = resumed(kind, shared);
        let (fields, abouts, at) = if let FormKind::Record(draft) = &kind {
            let abouts = record::abouts(draft, &shared.journal);
            let begun = if is_resumed {
                Begun::Before
            } else {
                Begun::Now
            };
            let fields = record::fields(draft, begun, &abouts, shared);
            (fields, abouts, record::about_fields(draft))
        } else {
            (kinds::fields(&kind, shared), Vec::new(), 0)
        };
        Self {
            is_resumed,
            kind,
            id: ids.next(shared.now.at),
            fields,
            abouts,
            at,
            problem: None,
        }
    }

    /// The id of the record that is being written, if it is one.
    pub(crate) fn draft_id(&self) -> Option<EntryId> {
        match &self.kind {
            FormKind::Record(draft) => Some(draft.id),
            _ => None,
        }
    }

    /// The id of what is written here.
    pub(crate) fn entry_id(&self) -> EntryId {
        self.draft_id().unwrap_or(self.id)
    }

    /// Whether it asks where words go that are on no disk.
    pub(crate) fn is_put_aside(&self) -> bool {
        self.kind == FormKind::PutAside
    }

    /// Whether it asks for the tables of a study.
    pub(crate) fn is_study(&self) -> bool {
        self.kind == FormKind::Study
    }

    /// What stands in it, as a draft.
    pub(crate) fn draft(&self, shared: &Shared) -> Option<Draft> {
        let FormKind::Record(draft) = &self.kind else {
            return None;
        };
        let typed = record::as_typed(draft, &self.fields, shared);
        Some(Draft::Record(typed))
    }

    /// What stands in it, a line a field.
    pub(crate) fn words(&self) -> String {
        words_in(kinds::title(&self.kind), &self.fields)
    }

    /// Keeps the draft; called at every key, so that a vanished terminal loses nothing.
    fn kept(&self, shared: &Shared) -> Vec<Effect> {
        self.draft(shared)
            .map(Effect::KeepDraft)
            .into_iter()
            .collect()
    }

    fn close(&self, shared: &Shared) -> Vec<Effect> {
        let mut effects = vec![Effect::Close];
        let id = self.draft_id();
        // Only a form that was typed in has a draft; closing any other one needs no word.
        if shared.drafts.records.iter().any(|kept| Some(kept.id) == id) {
            let line = format!(
                "Draft kept, not saved. {} goes on with it.",
                self.reopens(shared)
            );
            effects.extend(id.map(|id| Effect::SayKept(id, line)));
        }
        effects
    }

    /// The key that opens the kept draft again.
    fn reopens(&self, shared: &Shared) -> &'static str {
        let FormKind::Record(draft) = &self.kind else {
            return LOG;
        };
        // The draft of an edit belongs to its entry; `d` and `u` are for new ones.
        let is_edit = shared.journal.record(draft.id).is_some();
        match draft.kind() {
            Some(Kind::Dose) if !is_edit => "d",
            Some(Kind::Urge) if !is_edit => "u",
            _ => LOG,
        }
    }

    fn let_go(&self) -> Vec<Effect> {
        let mut effects = vec![Effect::Close];
        effects.extend(self.draft_id().map(Effect::DropDraft));
        effects
    }

    /// Whether it is the question that is asked once, left empty.
    fn is_skipped(&self) -> bool {
        let is_asked = matches!(&self.kind, FormKind::Record(draft) if draft.asks_taken_for);
        is_asked
            && self
                .fields
                .iter()
                .all(|field| field.value().trim().is_empty())
    }

    fn save(&mut self, shared: &Shared) -> Vec<Effect> {
        if self.is_skipped() {
            return self.let_go();
        }
        let filled = Filled {
            id: self.id,
            fields: &self.fields,
        };
        if let FormKind::Record(draft) = &self.kind
            && let Some(caution) = record::stop_caution(draft, filled, shared)
            // Asked only once the form can be saved; a field that needs another look comes first.
            && let Ok(done) = kinds::save(&self.kind, filled, shared)
        {
            let yes = "note the stop".to_owned();
            return vec![Effect::Ask(questions::confirm(
                "Before it is noted",
                caution,
                yes,
                done,
            ))];
        }
        match kinds::save(&self.kind, filled, shared) {
            Ok(effects) => match kinds::asks(&self.kind, filled, shared) {
                Some(question) => vec![Effect::Ask(questions::keep(question, effects))],
                None => effects,
            },
            Err((at, problem)) => {
                self.at = at.min(self.fields.len().saturating_sub(1));
                self.problem = Some(problem);
                Vec::new()
            }
        }
    }
}

impl Screen for FormScreen {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        kinds::title(&self.kind)
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        match &self.kind {
            FormKind::GoTo => GO_TO_KEYS,
            FormKind::HoldUntil(_) => HOLD_KEYS,
            FormKind::Study => STUDY_KEYS,
            FormKind::Give(_) | FormKind::PutAside => WRITE_KEYS,
            FormKind::Record(draft) if draft.asks_taken_for => ASKED_KEYS,
            FormKind::Record(_) if !self.abouts.is_empty() => DOSE_KEYS,
            FormKind::Record(_) => RECORD_KEYS,
            _ => KEYS,
        }
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        let last = self.fields.len().saturating_sub(1);
        self.problem = None;
        match msg {
            Msg::Save => return self.save(shared),
            Msg::Next => self.at = (self.at + 1).min(last),
            Msg::Previous => self.at = self.at.saturating_sub(1),
            Msg::Close => return self.close(shared),
            Msg::LetGo => return self.let_go(),
        }
        Vec::new()
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn typed(&mut self, key: KeyEvent, shared: &Shared) -> Typed {
        let Some(field) = self.fields.get_mut(self.at) else {
            return Typed::Ignored;
        };
        let key = if field.is_choice() {
            digit_row(key)
        } else {
            key
        };
        if !field.handle(key) {
            return Typed::Ignored;
        }
        let chosen = field.chosen();
        self.problem = None;
        // The first field chooses what the entry is about; unit and offered amount follow at once.
        if let (FormKind::Record(draft), 0) = (&mut self.kind, self.at)
            && let Some((code, _)) = self.abouts.get(chosen)
        {
            record::turn_to(draft, &mut self.fields, code, shared);
        }
        Typed::Taken(self.kept(shared))
    }

    fn paste(&mut self, text: &str, shared: &Shared) -> Vec<Effect> {
        if let Some(field) = self.fields.get_mut(self.at) {
            field.paste(text);
        }
        self.kept(shared)
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let mut head = kinds::head(&self.kind, shared);
        if self.is_resumed {
            head.push((RESUMED.to_owned(), Role::Accent));
        }
        let title = kinds::heading(&self.kind, shared);
        let day_end = shared.journal.settings.day_end;
        let field = self.fields.get(self.at);
        let reading = field.and_then(|field| field.reading(&shared.now, day_end));
        let page = FormPage {
            title: &title,
            head: &head,
            fields: &self.fields,
            at: self.at,
            problem: self.problem.as_deref(),
            reading: reading.as_deref(),
        };
        if let Some(cursor) = page.draw(area, frame.buffer_mut(), shared.theme) {
            frame.set_cursor_position(cursor);
        }
    }
}
