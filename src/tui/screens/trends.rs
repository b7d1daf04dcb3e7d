//! Trends: week, timeline and all; what moved, and by how much.
//!
//! ```text
//! ╭ Severity ─ Mon 16 – Sun 22 Nov ── 7 of 7 ─╮╭ Against the week before ─╮
//! │100┤                                       ││ Severity 48 → 31   ▼ 17  │
//! │ 50┤ ⠑⠢⣀ •                                 │├ Most changed ────────────┤
//! │  0┼──┬────┬────┬────┬────┬────┬────┬──    │├ Wed 18 Nov ──────────────┤
//! ╰───────────────────────────────────────────╯╰──────────────────────────╯
//! ```
//!
//! Invariant: real values are dots, gaps stay gaps, nothing crosses a day 0; fewer than 3 days with a value draw no axes.

pub use super::trends_state::Trends;
use super::trends_state::{Origin, View};
use super::trends_view;
use crate::tui::effect::Effect;
use crate::tui::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::shared::Shared;
use crate::tui::tab::Tab;
use ratatui::Frame;
use ratatui::layout::Rect;

/// What a person may mean here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// A day back.
    DayBack,
    /// A day on.
    DayOn,
    /// A week or a stretch back; the cursor keeps its weekday.
    Back,
    /// A week or a stretch on.
    On,
    /// The first day.
    First,
    /// The last day.
    Last,
    /// To today.
    Today,
    /// The next series.
    NextSeries,
    /// The series before.
    PreviousSeries,
    /// The next view.
    NextView,
    /// The view before.
    PreviousView,
    /// Count from day 0 or from the beginning.
    Origin,
    /// The attempt before.
    EarlierAttempt,
    /// The attempt after.
    LaterAttempt,
    /// Open the cursor's day.
    Open,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::row("\u{2190} \u{2192}", Key::LEFT, Msg::DayBack, "day"),
    Binding::row("[ ]", Key::char('['), Msg::Back, "week"),
    Binding::footer(Key::char('s'), Msg::NextSeries, "series"),
    Binding::footer(Key::char('v'), Msg::NextView, "view"),
    Binding::footer(Key::ENTER, Msg::Open, "that day"),
    Binding::help(
        Key::char('o'),
        Msg::Origin,
        "count from day 0 or the beginning",
    ),
    Binding::help(Key::char('a'), Msg::EarlierAttempt, "the attempt before"),
    Binding::help(Key::char('t'), Msg::Today, "to today"),
    Binding::help(Key::char('S'), Msg::PreviousSeries, "series before"),
    Binding::help(Key::char('V'), Msg::PreviousView, "view before"),
    Binding::help(Key::char('f'), Msg::LaterAttempt, "the attempt after"),
    Binding::quiet(Key::RIGHT, Msg::DayOn, "a day on"),
    Binding::quiet(Key::char('h'), Msg::DayBack, "a day back"),
    Binding::quiet(Key::char('l'), Msg::DayOn, "a day on"),
    Binding::quiet(Key::char(']'), Msg::On, "a week or stretch on"),
    Binding::quiet(Key::PAGE_UP, Msg::Back, "a week or stretch back"),
    Binding::quiet(Key::PAGE_DOWN, Msg::On, "a week or stretch on"),
    Binding::quiet(Key::UP, Msg::PreviousSeries, "series before"),
    Binding::quiet(Key::DOWN, Msg::NextSeries, "series"),
    Binding::quiet(Key::char('k'), Msg::PreviousSeries, "series before"),
    Binding::quiet(Key::char('j'), Msg::NextSeries, "series"),
    Binding::quiet(Key::HOME, Msg::First, "the first day"),
    Binding::quiet(Key::END, Msg::Last, "the last day"),
    Binding::quiet(Key::char('g'), Msg::First, "the first day"),
    Binding::quiet(Key::char('G'), Msg::Last, "the last day"),
    Binding::quiet(Key::char('.'), Msg::Today, "to today"),
];

impl Screen for Trends {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        Tab::Trends.title()
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        match msg {
            Msg::DayBack => self.move_cursor(-1, shared),
            Msg::DayOn => self.move_cursor(1, shared),
            Msg::Back => self.move_cursor(-self.stride(shared), shared),
            Msg::On => self.move_cursor(self.stride(shared), shared),
            Msg::First => self.cursor = Some(self.bounds(shared).from),
            Msg::Last => self.cursor = Some(self.bounds(shared).to),
            Msg::Today => self.cursor = None,
            Msg::NextSeries => self.change_series(1, shared),
            Msg::PreviousSeries => self.change_series(-1, shared),
            Msg::NextView => self.view = self.view.step(1),
            Msg::PreviousView => self.view = self.view.step(View::ORDER.len() - 1),
            Msg::Origin => {
                self.view = View::Timeline;
                self.origin = match self.origin {
                    Origin::DayZero => Origin::Beginning,
                    Origin::Beginning => Origin::DayZero,
                };
            }
            Msg::EarlierAttempt => self.change_attempt(-1, shared),
            Msg::LaterAttempt => self.change_attempt(1, shared),
            Msg::Open => return vec![Effect::ShowDay(self.cursor(shared).min(shared.today()))],
        }
        Vec::new()
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        trends_view::draw(self, shared, frame, area);
    }
}
