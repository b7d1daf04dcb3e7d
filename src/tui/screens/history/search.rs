//! `/`: search in the notes. Each letter narrows the list, newest note first; Enter goes to the one in focus.
//!
//! Invariant: nothing that is typed is a command; what is shown is what was found in the journal as it is now.

use crate::domain::entry::search::{Hit, excerpt_of, hits};
use crate::domain::journal::Coverage;
use crate::domain::text::words;
use crate::tui::effect::Effect;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen, Typed};
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{put, put_line, width, wrap};
use crate::tui::widgets::text_field::{Handled, Shape, TextField};
use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Characters that may be searched for.
const LIMIT: usize = 80;

/// The search.
pub struct Search {
    field: TextField,
    hits: Vec<Hit>,
    at: usize,
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Go to the note in focus.
    Take,
    /// An older one.
    Next,
    /// A newer one.
    Previous,
    /// Back.
    Close,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Take, "go there; n N: the others"),
    Binding::row("\u{2191} \u{2193}", Key::DOWN, Msg::Next, "choose"),
    Binding::footer(Key::ESC, Msg::Close, "close"),
    Binding::quiet(Key::UP, Msg::Previous, "a newer note"),
    Binding::quiet(Key::TAB, Msg::Next, "an older note"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "a newer note"),
];

impl Default for Search {
    fn default() -> Self {
        Self {
            field: TextField::new(Shape::OneLine, LIMIT, ""),
            hits: Vec::new(),
            at: 0,
        }
    }
}

impl Search {
    fn look(&mut self, shared: &Shared) {
        self.hits = hits(&shared.journal, &self.field.value());
        self.at = 0;
    }

    /// How many notes have the text, or what to type.
    fn said(&self, shared: &Shared) -> String {
        let has_note = || {
            shared
                .journal
                .days()
                .flat_map(|day| &day.check_ins)
                .any(|c| c.note.is_some())
        };
        let reading = match shared.journal.coverage {
            Coverage::Whole => "",
            Coverage::Since(_) => " Earlier days are still being read.",
        };
        let said = if !self.hits.is_empty() {
            words::count(self.hits.len(), "note", "notes") + ", newest first."
        } else if !has_note() {
            "There is no note yet; n in a check-in writes one.".to_owned()
        } else if self.field.value().trim().is_empty() {
            "Type a word of the note, in any case.".to_owned()
        } else {
            "No note has this text. Fewer letters find more; Backspace takes one away.".to_owned()
        };
        said + reading
    }
}

impl Screen for Search {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        "Search the notes"
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, _shared: &Shared) -> Vec<Effect> {
        match msg {
            Msg::Take => {
                return match self.hits.get(self.at) {
                    Some(hit) => vec![
                        Effect::Close,
                        Effect::ShowHit {
                            wanted: self.field.value().trim().to_owned(),
                            hit: *hit,
                        },
                    ],
                    None => Vec::new(),
                };
            }
            Msg::Next => self.at = (self.at + 1).min(self.hits.len().saturating_sub(1)),
            Msg::Previous => self.at = self.at.saturating_sub(1),
            Msg::Close => return vec![Effect::Close],
        }
        Vec::new()
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn typed(&mut self, key: KeyEvent, shared: &Shared) -> Typed {
        match self.field.handle(key) {
            Handled::Ignored => Typed::Ignored,
            Handled::Edited | Handled::Moved | Handled::Full { .. } => {
                self.look(shared);
                Typed::Taken(Vec::new())
            }
        }
    }

    fn paste(&mut self, text: &str, shared: &Shared) -> Vec<Effect> {
        self.field.paste(text);
        self.look(shared);
        Vec::new()
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let theme = shared.theme;
        let inner = Panel::new(self.title()).draw(area, frame.buffer_mut(), theme);
        let row = |y: u16| {
            Rect {
                y,
                height: 1,
                ..inner
            }
            .intersection(inner)
        };
        let head = row(inner.y);
        put(
            frame.buffer_mut(),
            head,
            "/",
            theme.style(Role::Accent),
            theme,
        );
        let field = Rect {
            x: head.x.saturating_add(2),
            width: head.width.saturating_sub(2),
            ..head
        };
        let cursor = self.field.draw(field, frame.buffer_mut(), theme);
        let said = wrap(&self.said(shared), usize::from(inner.width), theme);
        let mut y = inner.y.saturating_add(1);
        for line in said {
            put(
                frame.buffer_mut(),
                row(y),
                &line,
                theme.style(Role::Faint),
                theme,
            );
            y = y.saturating_add(1);
        }
        let room = usize::from(inner.bottom().saturating_sub(y));
        let first = (self.at + 1).saturating_sub(room);
        // Only what is in sight is laid out, however many notes there are.
        let shown = self.hits.iter().enumerate().skip(first).take(room);
        for (y, (at, hit)) in (y..inner.bottom()).zip(shown) {
            let line = hit_line(*hit, at == self.at, &self.field.value(), shared);
            put_line(frame.buffer_mut(), row(y), &line, theme);
        }
        if let Some(Position { x, y }) = cursor {
            frame.set_cursor_position((x, y));
        }
    }
}

/// "▌ Tue 3 Mar 2026  … a walk by the river".
fn hit_line(hit: Hit, is_here: bool, wanted: &str, shared: &Shared) -> Line<'static> {
    let theme = shared.theme;
    let mark = if is_here {
        theme.glyph(Glyph::Focus)
    } else {
        " "
    };
    let role = if is_here { Role::Focus } else { Role::Text };
    let day = words::day(hit.day);
    let gap = " ".repeat(16_usize.saturating_sub(width(&day)) + 1);
    let mut spans = vec![Span::styled(
        format!("{mark} {day}{gap}"),
        theme.style(role),
    )];
    if let Some(found) = excerpt_of(&shared.journal, hit, wanted) {
        spans.push(Span::raw(found.before));
        spans.push(Span::styled(found.hit, theme.style(Role::Selected)));
        spans.push(Span::raw(found.after));
    }
    Line::from(spans)
}
