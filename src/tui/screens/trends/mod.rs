//! Trends: what moved, and by how much, in each [`View`].
//!
//! ```text
//! ╭ Severity ─ Mon 16 – Sun 22 Nov ── 7 of 7 ─╮╭ Against the week before ─╮
//! │100┤                                       ││ Severity 48 → 31   ▼ 17  │
//! │ 50┤ ⠑⠢⣀ •                                 │├ Most changed ────────────┤
//! │  0┼──┬────┬────┬────┬────┬────┬────┬──    │├ Wed 18 Nov ──────────────┤
//! ╰───────────────────────────────────────────╯╰──────────────────────────╯
//! ```
//!
//! Invariant: real values are dots, gaps stay gaps, nothing crosses a day 0; without a value no axes are drawn, and it is said why.

pub(super) mod aside;
pub(super) mod axis;
mod bindings;
pub(super) mod chart;
pub(super) mod charted;
pub(super) mod copy;
pub(super) mod days;
pub(super) mod grid;
pub(super) mod hours;
pub(super) mod hours_words;
pub(super) mod labels;
pub(super) mod legend;
pub(crate) mod page;
pub(crate) mod paper;
pub(super) mod sheet;
pub(super) mod table;
pub(super) mod view;
pub(super) mod week_aside;
mod week_words;

use crate::domain::series::Series;
use crate::domain::trends::sight::Sight;
use crate::domain::trends::view::View;
use crate::domain::trends::{Course, Origin};
use crate::tui::effect::{Effect, FormKind, Opening, Slot};
use crate::tui::keys::{Binding, Mode, Screen};
use crate::tui::pointer::{Pointer, What};
use crate::tui::shared::Shared;
use crate::tui::tab::Tab;
use crate::tui::widgets::columns::scale::Way;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::sections::Section;
use chrono::NaiveDate;
use ratatui::layout::{Position, Rect};
use std::cell::RefCell;

/// The screen: what is looked at, and how far it was read.
#[derive(Debug, Default)]
pub(crate) struct Trends {
    sight: Sight,
    /// How often the person read on in the panel beside the view.
    read_on: usize,
    /// Where the axis of a chart ends.
    axis: axis::Axis,
    /// The row of the sheet under the cursor, counted from 1; 0 is the chart.
    lane: usize,
    /// Where the rows under the chart, of the grid or of the table stood in the last frame, for the mouse.
    seen: RefCell<Vec<(Rect, RowAt)>>,
}

/// A row that a press of the mouse puts the focus on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowAt {
    /// A row of the sheet.
    Lane(usize),
    /// A row of the grid or of the table.
    Series(Series),
}

/// What a person may mean here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Msg {
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
    /// The rows with the highest first.
    Worst,
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
    /// The row of the sheet below.
    RowDown,
    /// The row of the sheet above.
    RowUp,
    /// Read out the whole row.
    ReadRow,
    /// A lower end of the axis.
    AxisLower,
    /// A higher end of the axis.
    AxisHigher,
}

/// Every view with its keys.
pub(super) fn modes() -> Vec<Mode> {
    let mode = |view: &View| Mode {
        about: view.facts().about,
        ..Mode::new(view.facts().code, face(*view).keys)
    };
    View::ALL.iter().map(mode).collect()
}

/// How the full screen gives a view.
struct Face {
    keys: &'static [Binding<Msg>],
    /// Draws it with everything beside it.
    draw: fn(&Trends, &Shared, &mut Frame, Rect),
    /// The same on paper, without a cursor.
    paper: fn(&page::Page<'_>) -> Vec<page::Part>,
    /// The day under the mouse.
    day_at: fn(&Sight, &Shared, Rect, Position) -> Option<NaiveDate>,
    /// What it says in numbers; the cursor's day comes in second.
    aside: fn(&Sight, &Shared) -> Vec<Section>,
    /// Its values for the clipboard, and what they are.
    copied: fn(&Sight, &Shared) -> (String, String),
    /// What stands over a chart, in full and in fewer words.
    heading: labels::Heading,
    /// What stands under the axis of a chart, what matters most first.
    labels: labels::Labels,
}

/// A chart along dates.
const CHART_FACE: Face = Face {
    keys: &bindings::CHART_KEYS,
    draw: view::draw_chart,
    paper: paper::charts,
    day_at: view::day_in_chart,
    aside: aside::chart,
    copied: copy::chart,
    heading: labels::of_week,
    labels: labels::dates,
};

/// The one place where the full screen's drawing and words of a view are picked.
const fn face(view: View) -> Face {
    match view {
        View::Week => Face {
            keys: &bindings::WEEK_KEYS,
            draw: sheet::draw,
            paper: paper::week,
            day_at: sheet::day_at,
            aside: week_aside::week,
            labels: labels::weekdays,
            ..CHART_FACE
        },
        View::Month => Face {
            heading: labels::of_month,
            ..CHART_FACE
        },
        View::All => Face {
            heading: labels::of_all,
            ..CHART_FACE
        },
        View::Timeline => Face {
            keys: &bindings::TIMELINE_KEYS,
            heading: labels::of_timeline,
            labels: labels::day_numbers,
            ..CHART_FACE
        },
        View::Hours => Face {
            keys: &bindings::HOURS_KEYS,
            draw: hours::draw,
            paper: hours::on_paper,
            day_at: |_, _, _, _| None,
            aside: hours_words::aside,
            copied: hours_words::copied,
            ..CHART_FACE
        },
        View::Grid => Face {
            keys: &bindings::GRID_KEYS,
            draw: view::draw_grid,
            paper: paper::grid,
            day_at: view::day_in_grid,
            aside: aside::grid,
            copied: copy::grid,
            ..CHART_FACE
        },
        View::Table => Face {
            keys: &bindings::TABLE_KEYS,
            draw: table::draw,
            paper: table::on_paper,
            day_at: |_, _, _, _| None,
            copied: copy::table,
            ..CHART_FACE
        },
    }
}

impl Screen for Trends {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        Tab::Trends.title()
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        face(self.sight.view).keys
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        let effects = self.carry_out(msg, shared);
        self.axis.keep(&self.sight, shared);
        effects
    }

    fn pointed(&mut self, at: Pointer, shared: &Shared) -> Vec<Effect> {
        match at.what {
            // The wheel zooms as on a map; turned sideways it pages.
            What::WheelUp => say_stop(self.sight.zoom(-1, shared.basis())),
            What::WheelDown => say_stop(self.sight.zoom(1, shared.basis())),
            What::WheelLeft => self.update(Msg::Back, shared),
            What::WheelRight => self.update(Msg::On, shared),
            What::Press | What::Drag => {
                if let Some(view) = view::view_at(at).filter(|_| at.what == What::Press) {
                    self.sight.change_view(view);
                    return Vec::new();
                }
                match at.pressed(self.seen.get_mut()) {
                    Some(RowAt::Lane(lane)) => self.lane = lane,
                    Some(RowAt::Series(series)) => self.sight.focus_on(series),
                    None => {}
                }
                if let Some(unit) = view::hour_at(self, shared, at) {
                    self.sight.hours.unit = Some(unit);
                }
                if let Some(day) = view::day_at(self, shared, at) {
                    self.sight.day = Some(day);
                }
                Vec::new()
            }
        }
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        self.seen.borrow_mut().clear();
        view::draw(self, shared, frame, area);
    }
}

/// The sentence about an origin that this attempt does not have, and the one used instead.
fn missing_origin(wanted: Origin, course: Option<Course<'_>>) -> String {
    let instead = course.map_or("its beginning", |course| course.origin.name());
    let missing = match wanted {
        Origin::LastCut => "no cut of a plan",
        Origin::DayZero | Origin::Beginning => "no day 0 yet",
    };
    format!("This attempt has {missing}: counted from {instead}.")
}

fn say(text: impl Into<String>) -> Vec<Effect> {
    vec![Effect::Say(text.into())]
}

/// Says why nothing changed, where nothing did.
fn say_stop(outcome: Result<(), impl Into<String>>) -> Vec<Effect> {
    outcome.err().map_or_else(Vec::new, say)
}

fn choose(slot: Slot, now: Option<Series>) -> Vec<Effect> {
    vec![Effect::Open(Opening::Series { slot, now })]
}

/// Along the days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Towards {
    Back,
    On,
}

impl Trends {
    fn carry_out(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        // Whatever else is meant, the panel stands at its beginning again.
        self.read_on = if msg == Msg::ReadOn {
            self.read_on + 1
        } else {
            0
        };
        if let Some(effects) = hours_words::carry_out(&mut self.sight, msg, shared) {
            return effects;
        }
        let (sight, at) = (&mut self.sight, shared.basis());
        match msg {
            Msg::ReadOn => {}
            Msg::DayBack | Msg::DayOn | Msg::Back | Msg::On => return self.walk(msg, shared),
            Msg::First => sight.day = Some(sight.bounds(at).from),
            Msg::Last => sight.day = Some(sight.bounds(at).to),
            Msg::Today => sight.day = None,
            Msg::NextSeries => sight.change_series(1, at),
            Msg::PreviousSeries => sight.change_series(-1, at),
            Msg::ChooseSeries => return choose(Slot::First, Some(sight.series(at))),
            Msg::ChooseSecond => return choose(Slot::Second, sight.second),
            Msg::NextView => sight.change_view(sight.view.step(1)),
            Msg::PreviousView => sight.change_view(sight.view.step(View::ALL.len() - 1)),
            Msg::ZoomIn => return say_stop(sight.zoom(-1, at)),
            Msg::ZoomOut => return say_stop(sight.zoom(1, at)),
            Msg::Whole => {
                sight.zoom_out();
                self.axis.fit();
            }
            Msg::AxisLower => return say_stop(self.axis.turn(Way::Less, sight, shared)),
            Msg::AxisHigher => return say_stop(self.axis.turn(Way::More, sight, shared)),
            Msg::RowDown => {
                let last = sheet::rows(sight, shared).saturating_sub(1);
                self.lane = (self.lane + 1).min(last);
            }
            Msg::RowUp => self.lane = self.lane.saturating_sub(1),
            Msg::ReadRow => return vec![Effect::ReadOut(sheet::spoken(self, shared))],
            Msg::Origin => {
                // The first press opens the timeline; only the next ones change its origin.
                if sight.counts_attempt() {
                    sight.origin = sight.origin.next();
                }
                sight.change_view(View::Timeline);
                let course = sight.course(at);
                if course.is_some_and(|course| course.origin != sight.origin) {
                    return say(missing_origin(sight.origin, course));
                }
            }
            Msg::EarlierAttempt => return say_stop(sight.change_attempt(-1, at)),
            Msg::LaterAttempt => return say_stop(sight.change_attempt(1, at)),
            Msg::Others => {
                sight.switch_others();
                sight.change_view(View::Timeline);
            }
            Msg::AfterCut => {
                let opening = Opening::AfterCut(sight.series(at), sight.product);
                return vec![Effect::Open(opening)];
            }
            Msg::NextProduct => return say(sight.change_product(at)),
            Msg::Reorder => sight.reorder(at),
            Msg::Worst => sight.put_worst_first(at),
            Msg::Events => {
                let (span, cursor) = (sight.days(at), sight.cursor(at));
                return vec![Effect::Open(Opening::Events { span, cursor })];
            }
            Msg::NextEvent => return self.go_to_event(Towards::On, shared),
            Msg::PreviousEvent => return self.go_to_event(Towards::Back, shared),
            // The cursor may stand on a day still to come; History opens today then.
            Msg::Open => return vec![Effect::ShowDay(sight.cursor(at).min(shared.today()))],
            Msg::GoTo => return vec![Effect::Open(Opening::Form(FormKind::GoTo))],
            Msg::Copy => {
                let (text, what) = (face(sight.view).copied)(sight, shared);
                return vec![Effect::Copy { text, what }];
            }
            Msg::OpenRow => sight.change_view(View::Week),
        }
        Vec::new()
    }

    /// Which of [`modes`] this is.
    pub(super) fn mode(&self) -> usize {
        let view = self.sight.view;
        View::ALL.iter().position(|held| *held == view).unwrap_or(0)
    }

    /// Shows that view.
    pub(super) fn enter(&mut self, mode: usize) {
        if let Some(view) = View::ALL.get(mode) {
            self.sight.change_view(*view);
        }
    }

    /// Puts `series` into sight; no second one is the same as none.
    pub(crate) fn show(&mut self, series: Option<Series>, slot: Slot, shared: &Shared) {
        match slot {
            Slot::First => self.sight.choose(series),
            Slot::Second => self.sight.choose_second(series, shared.basis()),
        }
    }

    /// Puts the cursor on `day`, in a view that holds it.
    pub(crate) fn stand_on(&mut self, day: NaiveDate, shared: &Shared) {
        self.sight.stand_on(day, shared.basis());
    }

    /// Along the days; at the end it says so.
    fn walk(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        let (sight, at) = (&mut self.sight, shared.basis());
        let before = sight.cursor(at);
        match msg {
            Msg::DayBack => sight.move_cursor(-1, at),
            Msg::DayOn => sight.move_cursor(1, at),
            Msg::Back => sight.turn_page(-1, at),
            _ => sight.turn_page(1, at),
        }
        if sight.cursor(at) != before {
            return Vec::new();
        }
        let end = match msg {
            Msg::DayBack | Msg::Back => "There is no day before this one here.",
            _ => "There is no day after this one here.",
        };
        say(end)
    }

    /// To the nearest day with an event on that side of the cursor.
    fn go_to_event(&mut self, way: Towards, shared: &Shared) -> Vec<Effect> {
        let (sight, at) = (&self.sight, shared.basis());
        let (bounds, cursor) = (sight.bounds(at), sight.cursor(at));
        let marks = shared.marks(bounds);
        let days = marks.all().iter().map(|mark| mark.day);
        let (next, missing) = match way {
            Towards::On => (
                days.filter(|day| *day > cursor).min(),
                "No event mark after this day.",
            ),
            Towards::Back => (
                days.filter(|day| *day < cursor).max(),
                "No event mark before this day.",
            ),
        };
        match next {
            Some(day) => {
                self.sight.day = Some(day);
                Vec::new()
            }
            None => say(missing),
        }
    }
}
