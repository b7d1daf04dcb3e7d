//! The event marks of the days in sight: each with its letter, its day and its words. Enter goes there.

use super::list_page::{List, ListPage, Msg};
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::event_marks::{Event, EventKind, events};
use crate::tui::effect::Effect;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, joined};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::popup::{LongLines, PageLine};
use chrono::NaiveDate;

/// The list.
pub struct EventList {
    span: Span,
}

/// The list's own key: opens the day in focus in History.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenDay;

static KEYS: [Binding<Msg<OpenDay>>; 13] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Enter, "to that day"),
        Binding::footer(Key::char('e'), Msg::Act(OpenDay), "open it in History"),
        Binding::row(
            "\u{2191} \u{2193}",
            Key::DOWN,
            Msg::Go(Step::Next),
            "down or up",
        ),
        Binding::quiet(Key::char('m'), Msg::Close, "close"),
    ],
    Msg::LIST_KEYS,
);

impl EventList {
    /// The marks of `span`, beginning with that of `cursor` or the next one.
    pub(crate) fn page(span: Span, cursor: NaiveDate, shared: &Shared) -> ListPage<Self> {
        let list = Self { span };
        let marks = shared.marks(span);
        let at = marks.all().iter().position(|mark| mark.day >= cursor);
        // After the last mark there is no next one: the focus goes to the last row.
        ListPage::new(list, at.unwrap_or(usize::MAX))
    }

    /// Closes the list and does something with the day in focus.
    fn leave(&self, at: usize, shared: &Shared, to: fn(NaiveDate) -> Effect) -> Vec<Effect> {
        let marks = shared.marks(self.span);
        let mark = marks.all().get(at);
        mark.map_or_else(Vec::new, |mark| vec![Effect::Close, to(mark.day)])
    }
}

/// "n  Wed 18 Nov 2026  slept a little better".
fn line(event: &Event<'_>) -> String {
    // A note may have many lines; each mark has one row.
    let detail = event.detail.lines().next().unwrap_or_default();
    format!(
        "{}  {}  {detail}",
        event.kind.letter(),
        words::day(event.day)
    )
}

impl List for EventList {
    type Act = OpenDay;

    const LONG: LongLines = LongLines::Cut;

    fn title(&self) -> &'static str {
        "Event marks"
    }

    fn keys(&self) -> &'static [Binding<Msg<OpenDay>>] {
        &KEYS
    }

    fn head(&self, _at: usize, shared: &Shared) -> Vec<PageLine> {
        if self.count(shared) > 0 {
            return Vec::new();
        }
        let kinds: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.name()).collect();
        let text = format!(
            "No event mark in these days. What gets one: {}.",
            kinds.join(", ")
        );
        vec![(text, Role::Faint)]
    }

    fn rows(&self, shared: &Shared) -> Vec<Vec<PageLine>> {
        let rows = shared.kept(self.span, |shared, span| {
            let events = events(&shared.journal, *span, shared.today());
            let rows = events.iter().map(|event| vec![(line(event), Role::Text)]);
            rows.collect::<Vec<_>>()
        });
        rows.to_vec()
    }

    fn count(&self, shared: &Shared) -> usize {
        shared.marks(self.span).all().len()
    }

    fn enter(&mut self, at: usize, shared: &Shared) -> Vec<Effect> {
        self.leave(at, shared, Effect::StandOn)
    }

    fn act(&mut self, _open: OpenDay, at: &mut usize, shared: &Shared) -> Vec<Effect> {
        self.leave(*at, shared, Effect::ShowDay)
    }
}
