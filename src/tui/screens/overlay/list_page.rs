//! A list over a screen: rows with one in focus, moved by the keys and the wheel. A page to read is a list as well; its line
//! in focus stands at the top.

use crate::tui::effect::Effect;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen, Typed};
use crate::tui::pointer::Pointer;
use crate::tui::shared::Shared;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::popup;
use crate::tui::widgets::popup::{LongLines, Page, PageLine};
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;
use std::cell::RefCell;

/// What a person may mean on a list; `A` are the keys of that list alone.
#[derive(Debug, Clone, Copy)]
pub enum Msg<A> {
    /// Enter: what the list is for.
    Enter,
    /// A key of this list.
    Act(A),
    /// To another row.
    Go(Step),
    /// Back.
    Close,
}

impl<A: 'static> Msg<A> {
    /// The keys of every list.
    pub(crate) const LIST_KEYS: [Binding<Self>; 9] = [
        Binding::footer(Key::ESC, Self::Close, "close"),
        Binding::quiet(Key::DOWN, Self::Go(Step::Next), "down"),
        Binding::quiet(Key::UP, Self::Go(Step::Previous), "up"),
        Binding::quiet(Key::char('j'), Self::Go(Step::Next), "down"),
        Binding::quiet(Key::char('k'), Self::Go(Step::Previous), "up"),
        Binding::quiet(Key::PAGE_DOWN, Self::Go(Step::PageDown), "a page down"),
        Binding::quiet(Key::PAGE_UP, Self::Go(Step::PageUp), "a page up"),
        Binding::quiet(Key::HOME, Self::Go(Step::First), "first"),
        Binding::quiet(Key::END, Self::Go(Step::Last), "last"),
    ];

    /// The keys of every list where letters, Home and End belong to what is typed.
    pub(crate) const TYPING_KEYS: [Binding<Self>; 7] = [
        Binding::footer(Key::ESC, Self::Close, "close"),
        Binding::quiet(Key::DOWN, Self::Go(Step::Next), "down"),
        Binding::quiet(Key::UP, Self::Go(Step::Previous), "up"),
        Binding::quiet(Key::TAB, Self::Go(Step::Next), "down"),
        Binding::quiet(Key::BACK_TAB, Self::Go(Step::Previous), "up"),
        Binding::quiet(Key::PAGE_DOWN, Self::Go(Step::PageDown), "a page down"),
        Binding::quiet(Key::PAGE_UP, Self::Go(Step::PageUp), "a page up"),
    ];
}

/// What makes one list different from another.
pub trait List {
    /// Its keys beside those of every list.
    type Act: Copy + 'static;

    /// What becomes of a line that is too long.
    const LONG: LongLines = LongLines::Wrapped;

    /// Its name.
    fn title(&self) -> &'static str;

    /// Its keys: those of its own, then [`Msg::LIST_KEYS`].
    fn keys(&self) -> &'static [Binding<Msg<Self::Act>>];

    /// The lines above the rows, also those that stand there instead of rows; `at` is the row in focus.
    fn head(&self, _at: usize, _shared: &Shared) -> Vec<PageLine> {
        Vec::new()
    }

    /// The rows, each of one line or more.
    fn rows(&self, shared: &Shared) -> Vec<Vec<PageLine>>;

    /// How many rows there are.
    fn count(&self, shared: &Shared) -> usize {
        self.rows(shared).len()
    }

    /// Enter on the row `at`.
    fn enter(&mut self, _at: usize, _shared: &Shared) -> Vec<Effect> {
        vec![Effect::Close]
    }

    /// Esc.
    fn close(&mut self, _shared: &Shared) -> Vec<Effect> {
        vec![Effect::Close]
    }

    /// A key of its own, on the row `at`; it may put the focus elsewhere.
    fn act(&mut self, _act: Self::Act, _at: &mut usize, _shared: &Shared) -> Vec<Effect> {
        Vec::new()
    }

    /// A key that its table does not hold. Returns whether the list took it; then the first row has the focus.
    fn typed(&mut self, _key: KeyEvent) -> bool {
        false
    }

    /// What a key that was taken asks for, on the row `at`; the focus stays where it was. `None`: it was text.
    fn after_key(&mut self, _at: usize) -> Option<Vec<Effect>> {
        None
    }

    /// The row down to which there should be room below the row `at`: an answer below the edge would not be known of.
    fn in_sight_with(&self, at: usize) -> usize {
        at
    }

    /// Whether letters are letters now.
    fn is_typing(&self) -> bool {
        false
    }
}

/// A list with its row in focus.
pub struct ListPage<L> {
    pub(in crate::tui::screens) list: L,
    at: usize,
    /// Where its rows stood in the last frame, for the mouse.
    seen: RefCell<Vec<(Rect, usize)>>,
}

impl<L: List> ListPage<L> {
    /// The list, with the focus on the row `at`, or on its last row.
    pub(crate) const fn new(list: L, at: usize) -> Self {
        Self {
            list,
            at,
            seen: RefCell::new(Vec::new()),
        }
    }
}

impl<L: List> Screen for ListPage<L> {
    type Msg = Msg<L::Act>;

    fn title(&self) -> &'static str {
        self.list.title()
    }

    fn keys(&self) -> &'static [Binding<Self::Msg>] {
        self.list.keys()
    }

    fn update(&mut self, msg: Self::Msg, shared: &Shared) -> Vec<Effect> {
        // The rows may have become fewer since the last key.
        let len = self.list.count(shared);
        self.at = self.at.min(len.saturating_sub(1));
        match msg {
            Msg::Enter => return self.list.enter(self.at, shared),
            Msg::Act(act) => return self.list.act(act, &mut self.at, shared),
            Msg::Go(step) => self.at = step.target(self.at, len),
            Msg::Close => return self.list.close(shared),
        }
        Vec::new()
    }

    fn is_typing(&self) -> bool {
        self.list.is_typing()
    }

    fn typed(&mut self, key: KeyEvent, _shared: &Shared) -> Typed {
        if !self.list.typed(key) {
            return Typed::Ignored;
        }
        if let Some(effects) = self.list.after_key(self.at) {
            return Typed::Taken(effects);
        }
        self.at = 0;
        Typed::Taken(Vec::new())
    }

    fn pointed(&mut self, at: Pointer, shared: &Shared) -> Vec<Effect> {
        if let Some(row) = at.pressed(self.seen.get_mut()) {
            self.at = row;
            return Vec::new();
        }
        at.scrolled(Msg::Go(Step::Previous), Msg::Go(Step::Next))
            .map_or_else(Vec::new, |msg| self.update(msg, shared))
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let rows = self.list.rows(shared);
        let at = self.at.min(rows.len().saturating_sub(1));
        let head = self.list.head(at, shared);
        let ends = popup::ends(head.len(), &rows);
        let (lines, focus) = if L::LONG == LongLines::Read {
            (rows.into_iter().flatten().collect(), at)
        } else {
            popup::focused(head, rows, at)
        };
        let until = self.list.in_sight_with(at) + 1;
        let until = ends.get(until).map_or(focus, |end| end.saturating_sub(1));
        let page = Page {
            title: self.list.title(),
            lines: &lines,
            focus,
            until: until.max(focus),
            long: L::LONG,
            field: None,
        };
        let mut seen = page.draw(frame, area, shared.theme);
        // A page to read has no rows that a press could mean.
        if L::LONG == LongLines::Read {
            seen.clear();
        }
        *self.seen.borrow_mut() = popup::rows_of(&seen, &ends);
    }
}
