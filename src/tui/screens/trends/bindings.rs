//! The keys of Trends, view by view.

use super::Msg;
use crate::tui::keys;
use crate::tui::keys::Binding;
use crate::tui::keys::input::Key;

const WEEK: [Binding<Msg>; 13] = [
    Binding::row("\u{2190} \u{2192}", Key::LEFT, Msg::DayBack, "day"),
    Binding::row("[ ]", Key::char('['), Msg::Back, "week"),
    Binding::footer(Key::char('s'), Msg::ChooseSeries, "series"),
    Binding::footer(Key::char('v'), Msg::NextView, "view"),
    Binding::footer(Key::char('w'), Msg::Worst, "highest first"),
    Binding::footer(Key::ENTER, Msg::Open, "that day"),
    Binding::row("\u{2191} \u{2193}", Key::DOWN, Msg::RowDown, "row"),
    Binding::help(Key::char(' '), Msg::ReadRow, "the whole row in words"),
    Binding::quiet(Key::UP, Msg::RowUp, "row above"),
    Binding::quiet(Key::char('j'), Msg::RowDown, "row below"),
    Binding::quiet(Key::char('k'), Msg::RowUp, "row above"),
    Binding::help(Key::char('S'), Msg::PreviousSeries, "series before"),
    Binding::help(Key::char('r'), Msg::Reorder, "order"),
];

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

const HOURS: [Binding<Msg>; 6] = [
    Binding::row("\u{2190} \u{2192}", Key::LEFT, Msg::DayBack, "entry"),
    Binding::row("[ ]", Key::char('['), Msg::Back, "day"),
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
const COMMON: [Binding<Msg>; 44] = [
    Binding::help(Key::char('s'), Msg::ChooseSeries, "series"),
    Binding::help(Key::char('t'), Msg::ChooseSecond, "two series"),
    Binding::help(Key::char('v'), Msg::NextView, "view"),
    Binding::help(Key::char('V'), Msg::PreviousView, "view before"),
    Binding::help(Key::char('p'), Msg::NextProduct, "product under the chart"),
    Binding::help(
        Key::char('C'),
        Msg::AfterCut,
        "days around a cut, on average",
    ),
    Binding::help(Key::char('m'), Msg::Events, "event marks of these days"),
    Binding::help(Key::char('n'), Msg::NextEvent, "next event mark"),
    Binding::help(Key::char('N'), Msg::PreviousEvent, "event mark before"),
    Binding::help(Key::char('D'), Msg::GoTo, "to a day"),
    Binding::help(Key::char('y'), Msg::Copy, "copy the values in sight"),
    Binding::help(Key::char('>'), Msg::ZoomIn, "fewer days"),
    Binding::help(Key::char('<'), Msg::ZoomOut, "more days"),
    Binding::help(
        Key::char('0'),
        Msg::Whole,
        "all days of the view, the axis as they need it",
    ),
    Binding::help(Key::char('+'), Msg::AxisLower, "higher columns"),
    Binding::help(Key::char('-'), Msg::AxisHigher, "lower columns"),
    Binding::help(Key::char('.'), Msg::Today, "to today"),
    Binding::help(Key::char('o'), Msg::Origin, "count from"),
    Binding::help(Key::char('a'), Msg::EarlierAttempt, "attempt before"),
    Binding::help(Key::char('f'), Msg::LaterAttempt, "attempt after"),
    Binding::help(
        Key::char('A'),
        Msg::Others,
        "other attempts over this one, or under it",
    ),
    Binding::help(Key::char('r'), Msg::Reorder, "order"),
    Binding::help(Key::char('w'), Msg::Worst, "highest first"),
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
    Binding::quiet(Key::char('='), Msg::AxisLower, "higher columns"),
    Binding::quiet(Key::ENTER, Msg::Open, "that day"),
    Binding::quiet(Key::char('e'), Msg::Open, "that day"),
    Binding::help(Key::char(' '), Msg::ReadOn, "read on beside the view"),
];

pub(super) static WEEK_KEYS: [Binding<Msg>; 57] = keys::joined(WEEK, COMMON);
pub(super) static CHART_KEYS: [Binding<Msg>; 50] = keys::joined(CHART, COMMON);
pub(super) static TIMELINE_KEYS: [Binding<Msg>; 50] = keys::joined(TIMELINE, COMMON);
pub(super) static HOURS_KEYS: [Binding<Msg>; 50] = keys::joined(HOURS, COMMON);
pub(super) static GRID_KEYS: [Binding<Msg>; 50] = keys::joined(GRID, COMMON);
pub(super) static TABLE_KEYS: [Binding<Msg>; 49] = keys::joined(TABLE, COMMON);
