//! A list that typing narrows: a field, and the rows that its words leave.
//!
//! Invariant: nothing that is typed is a command, and nothing that is typed is kept.

use super::list_page::Msg;
use crate::domain::entry::search::Excerpt;
use crate::tui::effect::Effect;
use crate::tui::keys::{Binding, Screen, Typed};
use crate::tui::pointer::Pointer;
use crate::tui::shared::{Edition, Shared};
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::popup;
use crate::tui::widgets::popup::{LongLines, Page};
use crate::tui::widgets::text::{put, put_line, wrap};
use crate::tui::widgets::text_field::{Handled, Shape, TextField};
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::cell::RefCell;

/// Where the rows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// In a page as large as they need.
    Popup(LongLines),
    /// In a panel over the whole screen: each row with the text around what was typed.
    Panel,
}

/// What makes one picker different from another.
pub trait Choices {
    /// What a row stands for.
    type Row;
    /// Its keys beside those of every picker.
    type Act: Copy + 'static;

    /// Where the rows stand.
    const LOOK: Look;
    /// Characters that may be typed.
    const LIMIT: usize = 80;

    /// Its name.
    fn title(&self) -> &'static str;

    /// Its keys: those of its own, then [`Msg::TYPING_KEYS`].
    fn keys(&self) -> &'static [Binding<Msg<Self::Act>>];

    /// The rows that the typed words leave.
    fn rows(&self, typed: &str, shared: &Shared) -> Vec<Self::Row>;

    /// The same, where `wider` are the beginning of what is typed, and the rows that it left.
    fn fewer(&self, typed: &str, _wider: (&str, &[Self::Row]), shared: &Shared) -> Vec<Self::Row> {
        self.rows(typed, shared)
    }

    /// What stands between the field and the rows; may be empty.
    fn about(&self, rows: &[Self::Row], typed: &str, shared: &Shared) -> String;

    /// The text of a row in `room` cells.
    fn text(&self, row: &Self::Row, room: u16, shared: &Shared) -> String;

    /// What stands behind the text in a panel.
    fn excerpt(&self, _row: &Self::Row, _typed: &str, _shared: &Shared) -> Option<Excerpt> {
        None
    }

    /// Enter on a row.
    fn enter(&self, row: &Self::Row, typed: &str) -> Vec<Effect>;

    /// What is asked from outside once something else is typed.
    fn narrowed(&mut self, _typed: &str) -> Vec<Effect> {
        Vec::new()
    }

    /// A text that goes into the field in the place of what was typed.
    fn completed(&mut self) -> Option<String> {
        None
    }

    /// A key of its own where there may be no row.
    fn act_without(&mut self, _act: Self::Act, _typed: &str) -> Vec<Effect> {
        Vec::new()
    }

    /// Enter where there is no row.
    fn enter_without(&self, _typed: &str) -> Vec<Effect> {
        Vec::new()
    }

    /// A key of its own on a row.
    fn act(&mut self, _act: Self::Act, _row: &Self::Row, _shared: &Shared) -> Vec<Effect> {
        Vec::new()
    }
}

/// How many beginnings keep their rows. The rows of the first letters may be as many as the entries.
const BEGINNINGS: usize = 8;

/// A list with the field that narrows it.
pub struct Picker<C: Choices> {
    pub(in crate::tui::screens) choices: C,
    field: TextField,
    /// Kept until something else is typed: a search reads the whole journal.
    rows: Vec<C::Row>,
    /// What is typed, as far as the rows know.
    of: String,
    /// The beginnings of that with their rows, the longest last, so that a letter taken away costs no search.
    wider: Vec<(String, Vec<C::Row>)>,
    /// The state that all these rows are of.
    edition: Edition,
    at: usize,
    /// Where its rows stood in the last frame, for the mouse.
    seen: RefCell<Vec<(Rect, usize)>>,
}

impl<C: Choices> Picker<C> {
    /// All rows, with the first one in focus.
    pub(crate) fn new(choices: C, shared: &Shared) -> Self {
        Self {
            rows: choices.rows("", shared),
            of: String::new(),
            wider: Vec::new(),
            edition: shared.edition,
            choices,
            field: TextField::new(Shape::OneLine, C::LIMIT, ""),
            at: 0,
            seen: RefCell::default(),
        }
    }

    /// The same, with the focus on the first row that is the wanted one.
    #[must_use]
    pub(crate) fn on(mut self, is_wanted: impl Fn(&C::Row) -> bool) -> Self {
        self.at = self.rows.iter().position(is_wanted).unwrap_or(0);
        self
    }

    fn narrow(&mut self, shared: &Shared) -> Vec<Effect> {
        let typed = self.field.value();
        self.rows = self.rows_of(&typed, shared);
        self.of.clone_from(&typed);
        self.at = 0;
        self.choices.narrowed(&typed)
    }

    /// The rows of what is typed now; those of before are kept where they may serve again.
    fn rows_of(&mut self, typed: &str, shared: &Shared) -> Vec<C::Row> {
        if std::mem::replace(&mut self.edition, shared.edition) != shared.edition {
            self.wider.clear();
            return self.choices.rows(typed, shared);
        }
        if typed != self.of && typed.starts_with(&self.of) {
            let of = (self.of.as_str(), self.rows.as_slice());
            let rows = self.choices.fewer(typed, of, shared);
            if self.wider.len() == BEGINNINGS {
                self.wider.remove(0);
            }
            let before = (self.of.clone(), std::mem::take(&mut self.rows));
            self.wider.push(before);
            return rows;
        }
        self.wider.retain(|(of, _)| typed.starts_with(of));
        match self.wider.pop() {
            Some((of, rows)) if of == typed => rows,
            Some((of, rows)) => {
                let fewer = self.choices.fewer(typed, (&of, &rows), shared);
                self.wider.push((of, rows));
                fewer
            }
            None => self.choices.rows(typed, shared),
        }
    }

    /// Takes a text into the field where a key gave one.
    fn take_completed(&mut self, shared: &Shared) -> Vec<Effect> {
        match self.choices.completed() {
            Some(text) => {
                self.field = TextField::new(Shape::OneLine, C::LIMIT, &text);
                self.narrow(shared)
            }
            None => Vec::new(),
        }
    }

    /// Reads the rows anew, and takes a text into the field where there is one; always true.
    pub(crate) fn renew(&mut self, shared: &Shared) -> bool {
        if let Some(text) = self.choices.completed() {
            self.field = TextField::new(Shape::OneLine, C::LIMIT, &text);
        }
        self.of = self.field.value();
        self.rows = self.choices.rows(&self.of, shared);
        // What came from outside changes them all.
        self.wider.clear();
        self.edition = shared.edition;
        self.at = 0;
        true
    }

    fn draw_popup(&self, long: LongLines, shared: &Shared, frame: &mut Frame, area: Rect) {
        let typed = self.field.value();
        let mut head = Vec::new();
        let about = self.choices.about(&self.rows, &typed, shared);
        if !about.is_empty() {
            head.push((about, Role::Faint));
        }
        let above = head.len();
        let row = |row| vec![(self.choices.text(row, area.width, shared), Role::Text)];
        let rows = self.rows.iter().map(row).collect();
        let (lines, focus) = popup::focused(head, rows, self.at);
        let title = self.choices.title();
        let page = Page {
            title,
            lines: &lines,
            focus,
            until: focus,
            long,
            field: Some(&self.field),
        };
        let seen = page.draw(frame, area, shared.theme);
        let ends: Vec<usize> = (above..=above + self.rows.len()).collect();
        *self.seen.borrow_mut() = popup::rows_of(&seen, &ends);
    }

    fn draw_panel(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let theme = shared.theme;
        let buf = frame.buffer_mut();
        let fact = list::position(self.rows.len(), self.at);
        let inner = Panel::new(self.choices.title())
            .fact(&fact)
            .draw(area, buf, theme);
        let row = |y: u16| {
            Rect {
                y,
                height: 1,
                ..inner
            }
            .intersection(inner)
        };
        let head = row(inner.y);
        put(buf, head, "/", theme.style(Role::Accent), theme);
        let field = Rect {
            x: head.x.saturating_add(2),
            width: head.width.saturating_sub(2),
            ..head
        };
        let cursor = self.field.draw(field, buf, theme);
        let typed = self.field.value();
        let about = self.choices.about(&self.rows, &typed, shared);
        let mut y = inner.y.saturating_add(1);
        for line in wrap(&about, usize::from(inner.width), theme) {
            put(buf, row(y), &line, theme.style(Role::Faint), theme);
            y = y.saturating_add(1);
        }
        let rest = Rect {
            y,
            height: inner.bottom().saturating_sub(y),
            ..inner
        };
        *self.seen.borrow_mut() = list::rows(self.rows.len(), self.at, rest)
            .map(|(at, place)| (place, at))
            .collect();
        // Only rows in sight are made into text: a search may find thousands.
        for (at, place) in list::rows(self.rows.len(), self.at, rest) {
            let (mark, role) = if at == self.at {
                (theme.glyph(Glyph::Focus), Role::Focus)
            } else {
                (" ", Role::Text)
            };
            let Some(row) = self.rows.get(at) else {
                continue;
            };
            let text = self.choices.text(row, inner.width, shared);
            let mut line = Line::from(Span::styled(format!("{mark} {text}"), theme.style(role)));
            if let Some(excerpt) = self.choices.excerpt(row, &typed, shared) {
                line.push_span(Span::raw(excerpt.before));
                line.push_span(Span::styled(excerpt.hit, theme.style(Role::Selected)));
                line.push_span(Span::raw(excerpt.after));
            }
            put_line(buf, place, &line, theme);
        }
        if let Some(cursor) = cursor {
            frame.set_cursor_position(cursor);
        }
    }
}

impl<C: Choices> Screen for Picker<C> {
    type Msg = Msg<C::Act>;

    fn title(&self) -> &'static str {
        self.choices.title()
    }

    fn keys(&self) -> &'static [Binding<Self::Msg>] {
        self.choices.keys()
    }

    fn update(&mut self, msg: Self::Msg, shared: &Shared) -> Vec<Effect> {
        match (msg, self.rows.get(self.at)) {
            (Msg::Enter, Some(row)) => return self.choices.enter(row, &self.field.value()),
            (Msg::Act(act), Some(row)) => {
                self.wider.clear();
                let mut effects = self.choices.act(act, row, shared);
                effects.extend(self.take_completed(shared));
                return effects;
            }
            (Msg::Act(act), None) => {
                self.wider.clear();
                let mut effects = self.choices.act_without(act, &self.field.value());
                effects.extend(self.take_completed(shared));
                return effects;
            }
            (Msg::Enter, None) => return self.choices.enter_without(&self.field.value()),
            (Msg::Go(step), _) => self.at = step.target(self.at, self.rows.len()),
            (Msg::Close, _) => return vec![Effect::Close],
        }
        Vec::new()
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn typed(&mut self, key: KeyEvent, shared: &Shared) -> Typed {
        if self.field.handle(key) == Handled::Ignored {
            return Typed::Ignored;
        }
        Typed::Taken(self.narrow(shared))
    }

    fn paste(&mut self, text: &str, shared: &Shared) -> Vec<Effect> {
        self.field.paste(text);
        self.narrow(shared)
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
        match C::LOOK {
            Look::Popup(long) => self.draw_popup(long, shared, frame, area),
            Look::Panel => self.draw_panel(shared, frame, area),
        }
    }
}
