//! Trends: week, month, all, timeline, grid and table; what moved, and by how much.
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

pub(super) mod aside;
pub(super) mod chart;
pub(super) mod copy;
pub(super) mod grid;
pub(super) mod staircase;
pub(super) mod state;
pub(super) mod table;
pub(super) mod view;

use crate::domain::series::Series;
use crate::domain::trends::event_marks::events;
use crate::domain::trends::{Course, Origin, View};
use crate::tui::effect::{Effect, FormKind, Opening, Slot};
use crate::tui::keys;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::pointer::{Pointer, What};
use crate::tui::shared::Shared;
use crate::tui::tab::Tab;
use ratatui::Frame;
use ratatui::layout::Rect;
use state::Others;
pub use state::Trends;

/// What a person may mean here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// A day back.
    DayBack,
    /// A day on.
    DayOn,
    /// A period back; the cursor keeps its weekday.
    Back,
    /// A period on.
    On,
    /// The first day.
    First,
    /// The last day.
    Last,
    /// To today.
    Today,
    /// The next series, or the next row.
    NextSeries,
    /// The series before.
    PreviousSeries,
    /// Choose the series from a list.
    ChooseSeries,
    /// Choose a second one.
    ChooseSecond,
    /// The next view.
    NextView,
    /// The view before.
    PreviousView,
    /// Fewer days.
    ZoomIn,
    /// More days.
    ZoomOut,
    /// All days.
    Whole,
    /// Count from another day.
    Origin,
    /// The attempt before.
    EarlierAttempt,
    /// The attempt after.
    LaterAttempt,
    /// Lay the other attempts under this one, or not.
    Others,
    /// The next order of rows.
    Reorder,
    /// Another product under the chart.
    NextProduct,
    /// How the series went after the cuts of the plan.
    AfterCut,
    /// The event marks.
    Events,
    /// The next event.
    NextEvent,
    /// The event before.
    PreviousEvent,
    /// Open the cursor's day.
    Open,
    /// To a typed day.
    GoTo,
    /// Copy the values in sight.
    Copy,
    /// Read on in the panel beside the view.
    ReadOn,
    /// Show the row in focus as a chart.
    OpenRow,
}

const CHART: [Binding<Msg>; 6] = [
    Binding::row("\u{2190} \u{2192}", Key::LEFT, Msg::DayBack, "day"),
    Binding::row("[ ]", Key::char('['), Msg::Back, "period"),
    Binding::footer(Key::char('s'), Msg::ChooseSeries, "series"),
    Binding::footer(Key::char('v'), Msg::NextView, "view"),
    Binding::footer(Key::char('t'), Msg::ChooseSecond, "two series"),
    Binding::footer(Key::ENTER, Msg::Open, "that day"),
];

const TIMELINE: [Binding<Msg>; 6] = [
    Binding::row("\u{2190} \u{2192}", Key::LEFT, Msg::DayBack, "day"),
    Binding::row("a f", Key::char('a'), Msg::EarlierAttempt, "attempts"),
    Binding::footer(Key::char('o'), Msg::Origin, "count from"),
    Binding::footer(Key::char('v'), Msg::NextView, "view"),
    Binding::footer(Key::char('s'), Msg::ChooseSeries, "series"),
    Binding::footer(Key::ENTER, Msg::Open, "that day"),
];

const GRID: [Binding<Msg>; 6] = [
    Binding::row("\u{2191} \u{2193}", Key::DOWN, Msg::NextSeries, "symptom"),
    Binding::row("\u{2190} \u{2192}", Key::LEFT, Msg::DayBack, "day"),
    Binding::row("[ ]", Key::char('['), Msg::Back, "4 weeks"),
    Binding::footer(Key::char('r'), Msg::Reorder, "order"),
    Binding::footer(Key::char('v'), Msg::NextView, "view"),
    Binding::footer(Key::ENTER, Msg::Open, "that day"),
];

const TABLE: [Binding<Msg>; 5] = [
    Binding::row("\u{2191} \u{2193}", Key::DOWN, Msg::NextSeries, "row"),
    Binding::row("[ ]", Key::char('['), Msg::Back, "week"),
    Binding::footer(Key::char('r'), Msg::Reorder, "order"),
    Binding::footer(Key::char('v'), Msg::NextView, "view"),
    Binding::footer(Key::ENTER, Msg::OpenRow, "its chart"),
];

/// Valid in every view, behind what the view itself says of a key.
const COMMON: [Binding<Msg>; 42] = [
    Binding::help(Key::char('s'), Msg::ChooseSeries, "series"),
    Binding::help(Key::char('t'), Msg::ChooseSecond, "two series"),
    Binding::help(Key::char('v'), Msg::NextView, "view"),
    Binding::help(Key::char('V'), Msg::PreviousView, "view before"),
    Binding::help(Key::char('p'), Msg::NextProduct, "product under the chart"),
    Binding::help(
        Key::char('C'),
        Msg::AfterCut,
        "days after a cut, on average",
    ),
    Binding::help(Key::char('m'), Msg::Events, "event marks of these days"),
    Binding::help(Key::char('n'), Msg::NextEvent, "next event mark"),
    Binding::help(Key::char('N'), Msg::PreviousEvent, "event mark before"),
    Binding::help(Key::char('D'), Msg::GoTo, "to a day"),
    Binding::help(Key::char('y'), Msg::Copy, "copy the values in sight"),
    Binding::help(Key::char('+'), Msg::ZoomIn, "fewer days"),
    Binding::help(Key::char('-'), Msg::ZoomOut, "more days"),
    Binding::help(Key::char('0'), Msg::Whole, "all days of the view"),
    Binding::help(Key::char('.'), Msg::Today, "to today"),
    Binding::help(Key::char('o'), Msg::Origin, "count from"),
    Binding::help(Key::char('a'), Msg::EarlierAttempt, "attempt before"),
    Binding::help(Key::char('f'), Msg::LaterAttempt, "attempt after"),
    Binding::help(
        Key::char('A'),
        Msg::Others,
        "other attempts laid under, or not",
    ),
    Binding::help(Key::char('r'), Msg::Reorder, "order"),
    Binding::quiet(Key::LEFT, Msg::DayBack, "day before"),
    Binding::quiet(Key::char('h'), Msg::DayBack, "day before"),
    Binding::quiet(Key::RIGHT, Msg::DayOn, "day after"),
    Binding::quiet(Key::char('l'), Msg::DayOn, "day after"),
    Binding::quiet(Key::char('['), Msg::Back, "period before"),
    Binding::quiet(Key::PAGE_UP, Msg::Back, "period before"),
    Binding::quiet(Key::char(']'), Msg::On, "period after"),
    Binding::quiet(Key::PAGE_DOWN, Msg::On, "period after"),
    Binding::quiet(Key::UP, Msg::PreviousSeries, "series or row before"),
    Binding::quiet(Key::char('k'), Msg::PreviousSeries, "series or row before"),
    Binding::quiet(Key::char('S'), Msg::PreviousSeries, "series or row before"),
    Binding::quiet(Key::DOWN, Msg::NextSeries, "series or row after"),
    Binding::quiet(Key::char('j'), Msg::NextSeries, "series or row after"),
    Binding::quiet(Key::HOME, Msg::First, "first day"),
    Binding::quiet(Key::char('g'), Msg::First, "first day"),
    Binding::quiet(Key::END, Msg::Last, "last day"),
    Binding::quiet(Key::char('G'), Msg::Last, "last day"),
    Binding::quiet(Key::char('='), Msg::ZoomIn, "fewer days"),
    Binding::quiet(Key::char('_'), Msg::ZoomOut, "more days"),
    Binding::quiet(Key::ENTER, Msg::Open, "that day"),
    Binding::quiet(Key::char('e'), Msg::Open, "that day"),
    Binding::help(Key::char(' '), Msg::ReadOn, "read on beside the view"),
];

/// The keys of every view.
pub(super) fn tables() -> [&'static [Binding<Msg>]; 4] {
    [&CHART_KEYS, &TIMELINE_KEYS, &GRID_KEYS, &TABLE_KEYS]
}

static CHART_KEYS: [Binding<Msg>; 48] = keys::joined(CHART, COMMON);
static TIMELINE_KEYS: [Binding<Msg>; 48] = keys::joined(TIMELINE, COMMON);
static GRID_KEYS: [Binding<Msg>; 48] = keys::joined(GRID, COMMON);
static TABLE_KEYS: [Binding<Msg>; 47] = keys::joined(TABLE, COMMON);

impl Screen for Trends {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        Tab::Trends.title()
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        match self.view {
            View::Week | View::Month | View::All => &CHART_KEYS,
            View::Timeline => &TIMELINE_KEYS,
            View::Grid => &GRID_KEYS,
            View::Table => &TABLE_KEYS,
        }
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        // Whatever else is meant, the panel stands at its beginning again.
        self.read_on = if msg == Msg::ReadOn {
            self.read_on + 1
        } else {
            0
        };
        match msg {
            Msg::ReadOn => {}
            Msg::DayBack | Msg::DayOn | Msg::Back | Msg::On => return self.walk(msg, shared),
            Msg::First => self.cursor = Some(self.bounds(shared).from),
            Msg::Last => self.cursor = Some(self.bounds(shared).to),
            Msg::Today => self.cursor = None,
            Msg::NextSeries => self.change_series(1, shared),
            Msg::PreviousSeries => self.change_series(-1, shared),
            Msg::ChooseSeries => return choose(Slot::First, Some(self.series())),
            Msg::ChooseSecond => return choose(Slot::Second, self.second),
            Msg::NextView => self.change_view(self.view.step(1)),
            Msg::PreviousView => self.change_view(self.view.step(View::ALL.len() - 1)),
            Msg::ZoomIn => return self.zoom(-1, shared),
            Msg::ZoomOut => return self.zoom(1, shared),
            Msg::Whole => self.zoom_out(),
            Msg::Origin => {
                if self.view == View::Timeline {
                    self.origin = self.origin.next();
                }
                self.change_view(View::Timeline);
                let course = self.course(shared);
                if course.is_some_and(|course| course.origin != self.origin) {
                    return vec![Effect::Say(missing_origin(self.origin, course))];
                }
            }
            Msg::EarlierAttempt => return self.change_attempt(-1, shared),
            Msg::LaterAttempt => return self.change_attempt(1, shared),
            Msg::Others => {
                self.others = match self.others {
                    Others::Laid => Others::Hidden,
                    Others::Hidden => Others::Laid,
                };
                self.change_view(View::Timeline);
            }
            Msg::AfterCut => return vec![Effect::Open(Opening::AfterCut(self.series()))],
            Msg::NextProduct => return self.change_product(shared),
            Msg::Reorder => self.reorder(shared),
            Msg::Events => {
                let (span, cursor) = (self.span(shared), self.cursor(shared));
                return vec![Effect::Open(Opening::Events { span, cursor })];
            }
            Msg::NextEvent => return self.go_to_event(Way::On, shared),
            Msg::PreviousEvent => return self.go_to_event(Way::Back, shared),
            Msg::Open => return vec![Effect::ShowDay(self.cursor(shared).min(shared.today()))],
            Msg::GoTo => return vec![Effect::Open(Opening::Form(FormKind::GoTo))],
            Msg::Copy => return copy::copied(self, shared),
            Msg::OpenRow => self.change_view(View::Week),
        }
        Vec::new()
    }

    fn pointed(&mut self, at: Pointer, shared: &Shared) -> Vec<Effect> {
        match at.what {
            What::WheelUp => self.zoom(-1, shared),
            What::WheelDown => self.zoom(1, shared),
            What::WheelLeft => self.update(Msg::Back, shared),
            What::WheelRight => self.update(Msg::On, shared),
            What::Press | What::Drag => {
                if let Some(day) = view::day_at(self, shared, at) {
                    self.cursor = Some(day);
                }
                Vec::new()
            }
        }
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        view::draw(self, shared, frame, area);
    }
}

/// Why the days are counted from elsewhere.
fn missing_origin(wanted: Origin, course: Option<Course<'_>>) -> String {
    let instead = course.map_or("its beginning", |course| course.origin.name());
    let missing = match wanted {
        Origin::LastCut => "no cut of a plan",
        Origin::DayZero | Origin::Beginning => "no day 0 yet",
    };
    format!("This attempt has {missing}: counted from {instead}.")
}

fn choose(slot: Slot, now: Option<Series>) -> Vec<Effect> {
    vec![Effect::Open(Opening::Series { slot, now })]
}

/// Along the days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Back,
    On,
}

impl Trends {
    /// Along the days; at the end it says so.
    fn walk(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        let before = self.cursor(shared);
        match msg {
            Msg::DayBack => self.move_cursor(-1, shared),
            Msg::DayOn => self.move_cursor(1, shared),
            Msg::Back => self.turn_page(-1, shared),
            _ => self.turn_page(1, shared),
        }
        if self.cursor(shared) != before {
            return Vec::new();
        }
        let end = match msg {
            Msg::DayBack | Msg::Back => "There is no day before this one here.",
            _ => "There is no day after this one here.",
        };
        vec![Effect::Say(end.to_owned())]
    }

    /// To the nearest day with an event on that side of the cursor.
    fn go_to_event(&mut self, way: Way, shared: &Shared) -> Vec<Effect> {
        let (bounds, cursor) = (self.bounds(shared), self.cursor(shared));
        let days = events(&shared.journal, bounds, shared.today())
            .into_iter()
            .map(|event| event.day);
        let (next, missing) = match way {
            Way::On => (
                days.filter(|day| *day > cursor).min(),
                "No event mark after this day.",
            ),
            Way::Back => (
                days.filter(|day| *day < cursor).max(),
                "No event mark before this day.",
            ),
        };
        match next {
            Some(day) => {
                self.cursor = Some(day);
                Vec::new()
            }
            None => vec![Effect::Say(missing.to_owned())],
        }
    }
}
