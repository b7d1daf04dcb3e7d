//! Forms of few fields: attempts, own symptoms, own help lines, where an export goes.
//!
//! Invariant: a form says what is wrong beside the fields and keeps everything typed; it closes only once the disk has it.

use super::form_field::{Field, Filled};
use super::form_kinds;
use super::form_record;
use crate::domain::draft::Draft;
use crate::domain::id::{EntryId, IdSource};
use crate::tui::effect::{Effect, FormKind};
use crate::tui::input::Key;
use crate::tui::keys::{Binding, Screen, Typed};
use crate::tui::questions;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::form_field::words_in;
use crate::tui::widgets::popup;
use crate::tui::widgets::text::{pad, width};
use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

/// A form.
pub struct Form {
    kind: FormKind,
    /// The id that a new row gets: made once, so that a retry makes no second one.
    id: EntryId,
    fields: Vec<Field>,
    at: usize,
    problem: Option<String>,
    /// Whether it goes on with a draft that was kept.
    is_resumed: bool,
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// The next field; on the last one, save.
    Enter,
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
    Binding::footer(Key::ENTER, Msg::Enter, "next, on the last field save"),
    Binding::footer(Key::ctrl('s'), Msg::Save, "save"),
    Binding::footer(Key::ESC, Msg::Close, "close, nothing is saved"),
    Binding::quiet(Key::TAB, Msg::Next, "next field"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "field before"),
    Binding::quiet(Key::DOWN, Msg::Next, "next field"),
    Binding::quiet(Key::UP, Msg::Previous, "field before"),
];

const GO_TO_KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Save, "go there"),
    Binding::footer(Key::ESC, Msg::Close, "close"),
    Binding::quiet(Key::ctrl('s'), Msg::Save, "go there"),
];

/// Quick ones: what stands there is saved with one key.
const RECORD_KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Save, "save"),
    Binding::footer(Key::TAB, Msg::Next, "next field"),
    Binding::footer(Key::ESC, Msg::Close, "close, not saved"),
    Binding::help(Key::ctrl('x'), Msg::LetGo, "let the draft go"),
    Binding::quiet(Key::ctrl('s'), Msg::Save, "save"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "field before"),
    Binding::quiet(Key::DOWN, Msg::Next, "next field"),
    Binding::quiet(Key::UP, Msg::Previous, "field before"),
];

/// The narrowest column of names.
const NAMES: usize = 11;
/// What is said when a form with something in it is closed.
const KEPT: &str = "Draft kept, not saved. Today says how to go on with it.";
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

impl Form {
    /// The form for `kind`, filled with what the journal holds.
    pub fn new(kind: FormKind, shared: &Shared, ids: &mut IdSource) -> Self {
        let (kind, is_resumed) = resumed(kind, shared);
        let fields = form_kinds::fields(&kind, shared);
        Self {
            is_resumed,
            kind,
            id: ids.next(shared.now.at),
            fields,
            at: 0,
            problem: None,
        }
    }

    /// The id of the record that is being written, if it is one.
    pub fn draft_id(&self) -> Option<EntryId> {
        match &self.kind {
            FormKind::Record(draft) => Some(draft.id),
            _ => None,
        }
    }

    /// The id of what is written here.
    pub fn entry_id(&self) -> EntryId {
        self.draft_id().unwrap_or(self.id)
    }

    /// Whether it asks where words go that are on no disk.
    pub fn is_put_aside(&self) -> bool {
        self.kind == FormKind::PutAside
    }

    /// What stands in it, as a draft.
    pub fn draft(&self, shared: &Shared) -> Option<Draft> {
        let FormKind::Record(draft) = &self.kind else {
            return None;
        };
        let typed = form_record::as_typed(draft, &self.fields, shared);
        Some(Draft::Record(typed))
    }

    /// What stands in it, a line a field.
    pub fn words(&self) -> String {
        words_in(form_kinds::title(&self.kind), &self.fields)
    }

    /// What was typed is kept at every key.
    fn kept(&self, shared: &Shared) -> Vec<Effect> {
        self.draft(shared)
            .map(Effect::KeepDraft)
            .into_iter()
            .collect()
    }

    fn close(&self, shared: &Shared) -> Vec<Effect> {
        let mut effects = vec![Effect::Close];
        let id = self.draft_id();
        if shared.drafts.records.iter().any(|kept| Some(kept.id) == id) {
            effects.extend(id.map(|id| Effect::SayKept(id, KEPT.to_owned())));
        }
        effects
    }

    fn let_go(&self) -> Vec<Effect> {
        let mut effects = vec![Effect::Close];
        effects.extend(self.draft_id().map(Effect::DropDraft));
        effects
    }

    fn save(&mut self, shared: &Shared) -> Vec<Effect> {
        let filled = Filled {
            id: self.id,
            fields: &self.fields,
        };
        if let FormKind::Record(draft) = &self.kind
            && let Some(caution) = form_record::stop_caution(draft, filled, shared)
            && let Ok(done) = form_kinds::save(&self.kind, filled, shared)
        {
            let yes = "note the stop".to_owned();
            return vec![Effect::Ask(questions::confirm(
                "Before it is noted",
                caution,
                yes,
                done,
            ))];
        }
        match form_kinds::save(&self.kind, filled, shared) {
            Ok(effects) => effects,
            Err((at, problem)) => {
                self.at = at.min(self.fields.len().saturating_sub(1));
                self.problem = Some(problem);
                Vec::new()
            }
        }
    }
}

impl Screen for Form {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        form_kinds::title(&self.kind)
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        match self.kind {
            FormKind::GoTo => GO_TO_KEYS,
            FormKind::Record(_) => RECORD_KEYS,
            _ => KEYS,
        }
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        let last = self.fields.len().saturating_sub(1);
        self.problem = None;
        match msg {
            Msg::Enter if self.at == last => return self.save(shared),
            Msg::Save => return self.save(shared),
            Msg::Enter | Msg::Next => self.at = (self.at + 1).min(last),
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
        let taken = self.fields.get_mut(self.at).map(|field| field.handle(key));
        if taken != Some(true) {
            return Typed::Ignored;
        }
        self.problem = None;
        Typed::Taken(self.kept(shared))
    }

    fn paste(&mut self, text: &str, shared: &Shared) -> Vec<Effect> {
        if let Some(field) = self.fields.get_mut(self.at) {
            field.paste(text);
        }
        self.kept(shared)
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let mut lines = Vec::new();
        let mut focus = 0;
        if let FormKind::Record(draft) = &self.kind {
            let head = shared.journal.foreword(draft, &shared.now).into_iter();
            lines.extend(head.map(|text| (text, Role::Faint)));
            if self.is_resumed {
                lines.push((RESUMED.to_owned(), Role::Accent));
            }
        }
        let names = self.fields.iter().map(|field| width(field.name));
        let names = names.max().unwrap_or(0).max(NAMES);
        for (at, field) in self.fields.iter().enumerate() {
            let is_focused = at == self.at;
            if is_focused {
                focus = lines.len();
            }
            let role = if is_focused { Role::Focus } else { Role::Text };
            let name = pad(field.name, names, shared.theme);
            lines.push((format!("{name} {}", field.shown()), role));
            if is_focused {
                lines.push((field.about.to_string(), Role::Faint));
                if !field.earlier.is_empty() {
                    let dot = format!(" {} ", shared.theme.glyph(Glyph::Middle));
                    let earlier = field.earlier.join(&dot);
                    let arrow = shared.theme.glyph(Glyph::Arrow);
                    lines.push((
                        format!("{arrow} takes one of earlier: {earlier}"),
                        Role::Faint,
                    ));
                }
            }
        }
        if let Some(problem) = &self.problem {
            lines.push((String::new(), Role::Text));
            lines.push((problem.clone(), Role::Warning));
        }
        popup::text(frame, area, self.title(), &lines, focus, shared.theme);
    }
}
