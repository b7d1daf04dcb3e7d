//! The event marks of the days in sight: each with its letter, its day and its words. Enter goes there.

use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::event_marks::{Event, EventKind, events};
use crate::tui::effect::Effect;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::popup;
use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;

/// The list.
pub struct EventList {
    span: Span,
    at: usize,
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Put the cursor on that day.
    Go,
    /// Open that day in History.
    Open,
    /// Down.
    Next,
    /// Up.
    Previous,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// Back.
    Close,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Go, "to that day"),
    Binding::footer(Key::char('e'), Msg::Open, "open it in History"),
    Binding::row("\u{2191} \u{2193}", Key::DOWN, Msg::Next, "down or up"),
    Binding::footer(Key::ESC, Msg::Close, "close"),
    Binding::quiet(Key::UP, Msg::Previous, "up"),
    Binding::quiet(Key::char('j'), Msg::Next, "down"),
    Binding::quiet(Key::char('k'), Msg::Previous, "up"),
    Binding::quiet(Key::PAGE_DOWN, Msg::PageDown, "a page down"),
    Binding::quiet(Key::PAGE_UP, Msg::PageUp, "a page up"),
    Binding::quiet(Key::char('m'), Msg::Close, "close"),
];

impl EventList {
    /// The marks of `span`, beginning with that of `cursor` or the next one.
    pub fn new(span: Span, cursor: NaiveDate, shared: &Shared) -> Self {
        let events = events(&shared.journal, span, shared.today());
        let at = events.iter().position(|event| event.day >= cursor);
        Self {
            span,
            at: at.unwrap_or(events.len().saturating_sub(1)),
        }
    }
}

/// "n  Wed 18 Nov 2026  slept a little better".
fn line(event: &Event<'_>) -> String {
    let detail = event.detail.lines().next().unwrap_or_default();
    format!(
        "{}  {}  {detail}",
        event.kind.letter(),
        words::day(event.day)
    )
}

impl Screen for EventList {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        "Event marks"
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        let events = events(&shared.journal, self.span, shared.today());
        let last = events.len().saturating_sub(1);
        let day = events.get(self.at.min(last)).map(|event| event.day);
        match msg {
            Msg::Go => {
                return day.map_or_else(Vec::new, |day| vec![Effect::Close, Effect::StandOn(day)]);
            }
            Msg::Open => {
                return day.map_or_else(Vec::new, |day| vec![Effect::Close, Effect::ShowDay(day)]);
            }
            Msg::Next => self.at = (self.at + 1).min(last),
            Msg::Previous => self.at = self.at.saturating_sub(1),
            Msg::PageDown => self.at = (self.at + 10).min(last),
            Msg::PageUp => self.at = self.at.saturating_sub(10),
            Msg::Close => return vec![Effect::Close],
        }
        Vec::new()
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let events = events(&shared.journal, self.span, shared.today());
        let mut lines: Vec<(String, Role)> = if events.is_empty() {
            let kinds: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.name()).collect();
            let text = format!(
                "No event mark in these days. What gets one: {}.",
                kinds.join(", ")
            );
            vec![(text, Role::Faint)]
        } else {
            Vec::new()
        };
        lines.extend(events.iter().enumerate().map(|(at, event)| {
            let role = if at == self.at {
                Role::Focus
            } else {
                Role::Text
            };
            (line(event), role)
        }));
        popup::list(frame, area, self.title(), &lines, self.at, shared.theme);
    }
}
