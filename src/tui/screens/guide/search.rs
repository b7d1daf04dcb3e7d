//! Search in the guide. Each letter narrows the list; Enter opens the page at that place.
//!
//! Invariant: nothing that is typed is a command, and nothing that is typed is kept.

use crate::domain::guide::{Hit, guide};
use crate::domain::text::words;
use crate::tui::effect::Effect;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen, Typed};
use crate::tui::pointer::Pointer;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::list;
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
pub struct TopicSearch {
    field: TextField,
    hits: Vec<Hit>,
    at: usize,
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Open the page in focus.
    Take,
    /// Down.
    Next,
    /// Up.
    Previous,
    /// Back.
    Close,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Take, "read there"),
    Binding::row("\u{2191} \u{2193}", Key::DOWN, Msg::Next, "choose"),
    Binding::footer(Key::ESC, Msg::Close, "close"),
    Binding::quiet(Key::UP, Msg::Previous, "the place before"),
    Binding::quiet(Key::TAB, Msg::Next, "the next place"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "the place before"),
];

impl Default for TopicSearch {
    fn default() -> Self {
        Self {
            field: TextField::new(Shape::OneLine, LIMIT, ""),
            hits: Vec::new(),
            at: 0,
        }
    }
}

impl TopicSearch {
    fn look(&mut self) {
        self.hits = guide().search(&self.field.value());
        self.at = 0;
    }

    fn said(&self) -> String {
        if !self.hits.is_empty() {
            words::count(self.hits.len(), "place", "places") + "; titles first."
        } else if self.field.value().trim().is_empty() {
            "Type words that stand in the guide, in any case and order.".to_owned()
        } else {
            "No page has all of these words. Fewer letters find more; Backspace takes one away."
                .to_owned()
        }
    }
}

impl Screen for TopicSearch {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        "Search the guide"
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, _shared: &Shared) -> Vec<Effect> {
        match msg {
            Msg::Take => {
                let hit = self.hits.get(self.at);
                return hit.map_or_else(Vec::new, |hit| {
                    let (topic, row) = (hit.topic, hit.row);
                    vec![Effect::Close, Effect::ShowTopic { topic, row }]
                });
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

    fn typed(&mut self, key: KeyEvent, _shared: &Shared) -> Typed {
        match self.field.handle(key) {
            Handled::Ignored => Typed::Ignored,
            Handled::Edited | Handled::Moved | Handled::Full { .. } => {
                self.look();
                Typed::Taken(Vec::new())
            }
        }
    }

    fn paste(&mut self, text: &str, _shared: &Shared) -> Vec<Effect> {
        self.field.paste(text);
        self.look();
        Vec::new()
    }

    fn pointed(&mut self, at: Pointer, shared: &Shared) -> Vec<Effect> {
        at.scrolled(Msg::Previous, Msg::Next)
            .map_or_else(Vec::new, |msg| self.update(msg, shared))
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let theme = shared.theme;
        let fact = list::position(self.hits.len(), self.at);
        let panel = Panel::new(self.title()).fact(&fact);
        let inner = panel.draw(area, frame.buffer_mut(), theme);
        let row = |y: u16| {
            Rect {
                y,
                height: 1,
                ..inner
            }
            .intersection(inner)
        };
        let head = row(inner.y);
        let sign = theme.style(Role::Accent);
        put(frame.buffer_mut(), head, "/", sign, theme);
        let field = Rect {
            x: head.x.saturating_add(2),
            width: head.width.saturating_sub(2),
            ..head
        };
        let cursor = self.field.draw(field, frame.buffer_mut(), theme);
        let mut y = inner.y.saturating_add(1);
        for line in wrap(&self.said(), usize::from(inner.width), theme) {
            let style = theme.style(Role::Faint);
            put(frame.buffer_mut(), row(y), &line, style, theme);
            y = y.saturating_add(1);
        }
        let rest = Rect {
            y,
            height: inner.bottom().saturating_sub(y),
            ..inner
        };
        for (at, place) in list::rows(self.hits.len(), self.at, rest) {
            if let Some(hit) = self.hits.get(at) {
                let line = hit_line(hit, at == self.at, inner.width, shared);
                put_line(frame.buffer_mut(), place, &line, theme);
            }
        }
        if let Some(Position { x, y }) = cursor {
            frame.set_cursor_position((x, y));
        }
    }
}

/// Where the excerpts begin: behind the longest title, in cells.
const TITLES: usize = 30;

/// "▌ Medicines   … not stop clonidine, or skip".
fn hit_line(hit: &Hit, is_here: bool, room: u16, shared: &Shared) -> Line<'static> {
    let theme = shared.theme;
    let (mark, role) = if is_here {
        (theme.glyph(Glyph::Focus), Role::Focus)
    } else {
        (" ", Role::Text)
    };
    let title = guide().topic(hit.topic).map_or("", |topic| &topic.title);
    let column = if room < 70 { 0 } else { TITLES };
    let gap = " ".repeat(column.saturating_sub(width(title)).max(2));
    let head = format!("{mark} {title}{gap}");
    Line::from(vec![
        Span::styled(head, theme.style(role)),
        Span::raw(hit.excerpt.before.clone()),
        Span::styled(hit.excerpt.hit.clone(), theme.style(Role::Selected)),
        Span::raw(hit.excerpt.after.clone()),
    ])
}
