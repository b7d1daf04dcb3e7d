//! The Guide: the pages on the left, the one in focus on the right; on a narrow screen one after the other.
//!
//! ```text
//! ╭ Guide ────────────╮╭ Tapering ───────────────────── 1–18 of 44 ─╮
//! │   In short        ││ Cutting down step by step: what is said …  │
//! │ ▌ Tapering        ││                                            │
//! ╰───────────────────╯╰────────────────────────────────────────────╯
//! ```
//!
//! It is a tab of its own, and a page over any other place (`i` there), from which Esc leads back to that place as it was.
//!
//! Invariant: the page never scrolls past its end, at whatever size it was drawn last; nothing is written anywhere.

pub(super) mod state;
pub(super) mod view;

use crate::domain::guide::guide;
use crate::tui::effect::{Effect, Opening};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::pointer::{Pointer, What};
use crate::tui::shared::Shared;
use crate::tui::tab::Tab;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list;
use ratatui::layout::{Position, Rect};
pub(crate) use state::GuidePages;
use state::{Inside, Lies};

/// What a person may mean here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// So many pages on; less than none: back.
    Pages(isize),
    /// The first page.
    First,
    /// The last page.
    Last,
    /// Into the page.
    Read,
    /// So many lines down; less than none: up.
    Lines(isize),
    /// A screen down.
    ReadOn,
    /// A screen up.
    ReadBack,
    /// The beginning of the page.
    Top,
    /// The end of the page, where its sources stand.
    Sources,
    /// Search in the guide.
    Search,
    /// To the list of pages.
    List,
    /// Out one level.
    Back,
}

/// The keys of the list and of a page.
pub(super) fn tables() -> [&'static [Binding<Msg>]; 2] {
    [LIST, &PAGE_KEYS]
}

const LIST: &[Binding<Msg>] = &[
    Binding::row("\u{2191} \u{2193}", Key::DOWN, Msg::Pages(1), "page"),
    Binding::footer(Key::ENTER, Msg::Read, "read"),
    Binding::footer(Key::char(' '), Msg::ReadOn, "read on"),
    Binding::footer(Key::char('/'), Msg::Search, "search the guide"),
    Binding::help(Key::ESC, Msg::Back, "back"),
    Binding::quiet(Key::UP, Msg::Pages(-1), "page before"),
    Binding::quiet(Key::char('j'), Msg::Pages(1), "page"),
    Binding::quiet(Key::char('k'), Msg::Pages(-1), "page before"),
    Binding::quiet(Key::RIGHT, Msg::Read, "read"),
    Binding::quiet(Key::char('l'), Msg::Read, "read"),
    Binding::quiet(Key::HOME, Msg::First, "first page"),
    Binding::quiet(Key::char('g'), Msg::First, "first page"),
    Binding::quiet(Key::END, Msg::Last, "last page"),
    Binding::quiet(Key::char('G'), Msg::Last, "last page"),
    Binding::quiet(Key::PAGE_DOWN, Msg::ReadOn, "read on"),
    Binding::quiet(Key::PAGE_UP, Msg::ReadBack, "read back"),
];

const PAGE: [Binding<Msg>; 18] = [
    Binding::row("\u{2191} \u{2193}", Key::DOWN, Msg::Lines(1), "scroll"),
    Binding::footer(Key::char(' '), Msg::ReadOn, "read on"),
    Binding::footer(Key::char('n'), Msg::Pages(1), "next page"),
    Binding::footer(Key::char('/'), Msg::Search, "search the guide"),
    Binding::help(Key::char('N'), Msg::Pages(-1), "page before"),
    Binding::help(Key::END, Msg::Sources, "sources"),
    Binding::quiet(Key::UP, Msg::Lines(-1), "scroll up"),
    Binding::quiet(Key::char('j'), Msg::Lines(1), "scroll"),
    Binding::quiet(Key::char('k'), Msg::Lines(-1), "scroll up"),
    Binding::quiet(Key::PAGE_DOWN, Msg::ReadOn, "read on"),
    Binding::quiet(Key::PAGE_UP, Msg::ReadBack, "read back"),
    Binding::quiet(Key::HOME, Msg::Top, "beginning"),
    Binding::quiet(Key::char('g'), Msg::Top, "beginning"),
    Binding::quiet(Key::char('G'), Msg::Sources, "sources"),
    Binding::quiet(Key::RIGHT, Msg::Pages(1), "next page"),
    Binding::quiet(Key::char('l'), Msg::Pages(1), "next page"),
    Binding::quiet(Key::char('h'), Msg::List, "all pages"),
    Binding::quiet(Key::ENTER, Msg::ReadOn, "read on"),
];

static PAGE_KEYS: [Binding<Msg>; 20] = crate::tui::keys::joined(
    [
        Binding::footer(Key::ESC, Msg::Back, "all pages"),
        Binding::quiet(Key::LEFT, Msg::List, "all pages"),
    ],
    PAGE,
);
static OVER_KEYS: [Binding<Msg>; 20] = crate::tui::keys::joined(
    [
        Binding::footer(Key::ESC, Msg::Back, "back"),
        Binding::footer(Key::LEFT, Msg::List, "all pages"),
    ],
    PAGE,
);

impl GuidePages {
    fn scroll(&mut self, by: isize, shared: &Shared) {
        let Some(topic) = self.topic() else { return };
        let most = view::most(topic, self.seen.get(), shared.theme);
        let from = view::top(self, topic, self.seen.get(), shared.theme);
        // From the first scrolling on, the row that was searched for no longer holds the page.
        self.sought.set(None);
        self.top = from.saturating_add_signed(by).min(most);
    }

    /// A screen, less the line that the eye goes on from.
    fn screenful(&self) -> isize {
        isize::try_from(self.seen.get().height.saturating_sub(1)).map_or(1, |lines| lines.max(1))
    }
}

impl Screen for GuidePages {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        Tab::Guide.title()
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        match (self.inside, self.lies) {
            (Inside::List, _) => LIST,
            (Inside::Page, Lies::Behind) => &PAGE_KEYS,
            (Inside::Page, Lies::Over) => &OVER_KEYS,
        }
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        let last = guide().topics.len().saturating_sub(1);
        match msg {
            Msg::Pages(by) => self.turn_to(self.at.saturating_add_signed(by).min(last)),
            Msg::First => self.turn_to(0),
            Msg::Last => self.turn_to(last),
            Msg::Read => self.inside = Inside::Page,
            Msg::Lines(by) => self.scroll(by, shared),
            Msg::ReadOn => {
                // On a narrow screen the page is not in sight yet.
                if self.inside == Inside::List && !self.seen.get().beside {
                    self.inside = Inside::Page;
                } else {
                    self.scroll(self.screenful(), shared);
                }
            }
            Msg::ReadBack => self.scroll(-self.screenful(), shared),
            Msg::Top => self.scroll(isize::MIN, shared),
            Msg::Sources => self.scroll(isize::MAX, shared),
            Msg::Search => return vec![Effect::Open(Opening::TopicSearch)],
            Msg::List => self.inside = Inside::List,
            Msg::Back => match (self.lies, self.inside) {
                (Lies::Over, _) => return vec![Effect::Close],
                (Lies::Behind, Inside::Page) => self.inside = Inside::List,
                (Lies::Behind, Inside::List) => return vec![Effect::GoBack],
            },
        }
        Vec::new()
    }

    fn pointed(&mut self, at: Pointer, shared: &Shared) -> Vec<Effect> {
        let (listed, topics) = (self.listed.get(), guide().topics.len());
        let place = Position::new(at.area.x + at.column, at.area.y + at.row);
        if at.what == What::Press && listed.contains(place) {
            let window = list::window(topics, self.at, listed.height);
            let row = window.start + usize::from(place.y - listed.y);
            if window.contains(&row) {
                self.turn_to(row);
                self.inside = Inside::List;
            }
            return Vec::new();
        }
        let is_list = if self.seen.get().beside {
            at.column < view::LIST
        } else {
            self.inside == Inside::List
        };
        let msg = if is_list {
            at.scrolled(Msg::Pages(-1), Msg::Pages(1))
        } else {
            // Three lines a notch, as terminals scroll themselves.
            at.scrolled(Msg::Lines(-3), Msg::Lines(3))
        };
        msg.map_or_else(Vec::new, |msg| self.update(msg, shared))
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        view::draw(self, shared, frame, area);
    }
}
