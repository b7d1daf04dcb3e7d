//! History: a calendar of months with each day's severity; the day's entries beside it.
//!
//! ```text
//! ╭ November 2026 ─────────────────────╮╭ Wed 18 Nov 2026 ── day 5 of attempt 1 ─╮
//! │ Mon  Tue  Wed  Thu  Fri  Sat  Sun  ││ ▌ 08:12, severity 38, 18 of 18         │
//! │  16   17 ▌18 n  19   20   21  [22] ││   a walk by the river                  │
//! │  42▄  40▄  38▃       ○ 6           ││   Body                                 │
//! ╰────────────────────────────────────╯╰────────────────────────────────────────╯
//! ```
//!
//! Invariant: a day without an entry can be gone to as well, so that it can be filled; nothing here changes a day that the
//! cursor does not stand on; Esc goes out one level.

pub(super) mod lines;
pub(super) mod state;
pub(super) mod view;

use crate::domain::check_in::Form;
use crate::domain::entry::entries_of;
use crate::tui::effect::{Effect, FormKind, Opening};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::pointer::Pointer;
use crate::tui::questions;
use crate::tui::shared::Shared;
use crate::tui::tab::Tab;
use crate::tui::widgets::frame::Frame;
use chrono::{Months, TimeDelta};
use ratatui::layout::Rect;
use state::Inside;
pub(crate) use state::{History, Way};

/// What a person may mean here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Msg {
    /// So many days on; less than none: back.
    Days(i64),
    /// A month back.
    MonthBack,
    /// A month on.
    MonthOn,
    /// To the newest day.
    Newest,
    /// To the oldest day.
    Oldest,
    /// To today.
    Today,
    /// To a typed date.
    ToDate,
    /// Into the day.
    Enter,
    /// Out one level.
    Back,
    /// The next entry of the day.
    NextEntry,
    /// The entry before.
    PreviousEntry,
    /// Read on in a day that is longer than the screen.
    ReadOn,
    /// Edit the entry.
    Edit,
    /// Put the check-in away.
    Delete,
    /// Fill the day.
    Fill,
    /// Fill the day with one number.
    FillBrief,
    /// Fill the missing days.
    Missing,
    /// Search the notes.
    Search,
    /// To the next note or day that is looked for.
    Walk(Way),
    /// Choose the kind of entry.
    Filter,
    /// What was deleted lately.
    Bin,
}

/// The keys of the calendar and of the day.
pub(super) const fn tables() -> [&'static [Binding<Msg>]; 2] {
    [CALENDAR, DAY]
}

const CALENDAR: &[Binding<Msg>] = &[
    Binding::row(
        "\u{2190}\u{2192} \u{2191}\u{2193}",
        Key::RIGHT,
        Msg::Days(1),
        "day, week",
    ),
    Binding::footer(Key::ENTER, Msg::Enter, "into the day"),
    Binding::footer(Key::char('f'), Msg::Fill, "fill"),
    Binding::footer(Key::char('/'), Msg::Search, "search"),
    Binding::footer(Key::char('F'), Msg::Filter, "filter"),
    Binding::help(Key::char('D'), Msg::ToDate, "go to a date"),
    Binding::help(Key::char('.'), Msg::Today, "go to today"),
    Binding::help(Key::PAGE_UP, Msg::MonthBack, "a month back"),
    Binding::help(Key::PAGE_DOWN, Msg::MonthOn, "a month on"),
    Binding::help(Key::HOME, Msg::Oldest, "the oldest day"),
    Binding::help(Key::END, Msg::Newest, "the newest day"),
    Binding::help(Key::char('B'), Msg::FillBrief, "fill with one number"),
    Binding::help(Key::char('m'), Msg::Missing, "missing days"),
    Binding::help(Key::char('X'), Msg::Bin, "bin: what was deleted lately"),
    Binding::help(Key::char('e'), Msg::Edit, "edit the first check-in"),
    Binding::help(Key::char('x'), Msg::Delete, "delete the first check-in"),
    Binding::help(
        Key::char('n'),
        Msg::Walk(Way::Back),
        "next found, further back",
    ),
    Binding::help(Key::char('N'), Msg::Walk(Way::On), "next found, later"),
    Binding::help(Key::char(' '), Msg::ReadOn, "read on in a long day"),
    Binding::help(
        Key::ESC,
        Msg::Back,
        "end the search, the filter, or go back",
    ),
    Binding::quiet(Key::LEFT, Msg::Days(-1), "a day back"),
    Binding::quiet(Key::UP, Msg::Days(-7), "a week back"),
    Binding::quiet(Key::DOWN, Msg::Days(7), "a week on"),
    Binding::quiet(Key::char('h'), Msg::Days(-1), "a day back"),
    Binding::quiet(Key::char('l'), Msg::Days(1), "a day on"),
    Binding::quiet(Key::char('k'), Msg::Days(-7), "a week back"),
    Binding::quiet(Key::char('j'), Msg::Days(7), "a week on"),
    Binding::quiet(Key::char('['), Msg::MonthBack, "a month back"),
    Binding::quiet(Key::char(']'), Msg::MonthOn, "a month on"),
    Binding::quiet(Key::char('g'), Msg::Oldest, "the oldest day"),
    Binding::quiet(Key::char('G'), Msg::Newest, "the newest day"),
    Binding::quiet(Key::DELETE, Msg::Delete, "delete the first check-in"),
];

const DAY: &[Binding<Msg>] = &[
    Binding::row("\u{2191} \u{2193}", Key::DOWN, Msg::NextEntry, "entry"),
    Binding::footer(Key::ENTER, Msg::Edit, "edit"),
    Binding::footer(Key::char('x'), Msg::Delete, "delete"),
    Binding::footer(Key::char(' '), Msg::ReadOn, "read on"),
    Binding::footer(Key::ESC, Msg::Back, "calendar"),
    Binding::help(
        Key::char('n'),
        Msg::Walk(Way::Back),
        "next found, further back",
    ),
    Binding::help(Key::char('N'), Msg::Walk(Way::On), "next found, later"),
    Binding::help(Key::char('/'), Msg::Search, "search"),
    Binding::help(Key::char('F'), Msg::Filter, "filter"),
    Binding::help(Key::char('f'), Msg::Fill, "add a check-in to this day"),
    Binding::help(Key::char('B'), Msg::FillBrief, "add one number to this day"),
    Binding::help(Key::char('m'), Msg::Missing, "missing days"),
    Binding::help(Key::char('X'), Msg::Bin, "bin: what was deleted lately"),
    Binding::help(Key::char('D'), Msg::ToDate, "go to a date"),
    Binding::help(Key::LEFT, Msg::Days(-1), "the day before"),
    Binding::help(Key::RIGHT, Msg::Days(1), "the day after"),
    Binding::quiet(Key::UP, Msg::PreviousEntry, "entry before"),
    Binding::quiet(Key::char('j'), Msg::NextEntry, "next entry"),
    Binding::quiet(Key::char('k'), Msg::PreviousEntry, "entry before"),
    Binding::quiet(Key::char('h'), Msg::Days(-1), "the day before"),
    Binding::quiet(Key::char('l'), Msg::Days(1), "the day after"),
    Binding::quiet(Key::char('e'), Msg::Edit, "edit"),
    Binding::quiet(Key::DELETE, Msg::Delete, "delete"),
    Binding::quiet(Key::PAGE_DOWN, Msg::ReadOn, "read on"),
    Binding::quiet(Key::char('.'), Msg::Today, "go to today"),
];

impl Screen for History {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        Tab::History.title()
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        match self.inside {
            Inside::Calendar => CALENDAR,
            Inside::Day => DAY,
        }
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        let day = self.day(shared);
        let last = entries_of(&shared.journal, day).len().saturating_sub(1);
        match msg {
            Msg::Days(by) => {
                let to = day.checked_add_signed(TimeDelta::days(by));
                // At the end of the calendar's range the day stays.
                let to = to.filter(|to| by.abs() < 7 || Self::has_row_of(*to, shared));
                self.go(to.or(Some(day)), shared);
            }
            Msg::MonthBack => self.go(day.checked_sub_months(Months::new(1)), shared),
            Msg::MonthOn => self.go(day.checked_add_months(Months::new(1)), shared),
            Msg::Newest => self.go(Some(Self::newest(shared)), shared),
            Msg::Oldest => self.go(Some(Self::oldest(shared)), shared),
            Msg::Today => self.go(Some(shared.today()), shared),
            Msg::ToDate => return vec![Effect::Open(Opening::Form(FormKind::GoTo))],
            Msg::Enter => return self.open(shared),
            Msg::Back => return self.back(),
            Msg::NextEntry => self.stand_on((self.at + 1).min(last)),
            Msg::PreviousEntry => self.stand_on(self.at.min(last).saturating_sub(1)),
            // Only the drawing knows how many pages there are; it takes the presses modulo them.
            Msg::ReadOn => self.read_on = self.read_on.wrapping_add(1),
            Msg::Edit => return self.edit(shared),
            Msg::Delete => return self.delete(shared),
            Msg::Fill => return self.fill(Form::Full, shared),
            Msg::FillBrief => return self.fill(Form::Brief, shared),
            Msg::Missing => return vec![Effect::Open(Opening::Missing)],
            Msg::Search => return vec![Effect::Open(Opening::Search)],
            Msg::Walk(way) => return self.walk(way, shared),
            Msg::Bin => return vec![Effect::Open(Opening::Bin)],
            Msg::Filter => return vec![Effect::Ask(questions::filter(self.filter))],
        }
        Vec::new()
    }

    fn pointed(&mut self, at: Pointer, shared: &Shared) -> Vec<Effect> {
        if let Some(day) = at.pressed(self.seen.get_mut()) {
            self.inside = Inside::Calendar;
            self.go(Some(day), shared);
            return Vec::new();
        }
        if let Some(entry) = at.pressed(self.entries.get_mut()) {
            self.inside = Inside::Day;
            self.stand_on(entry);
            return Vec::new();
        }
        // A row of the calendar is a week, so a notch of the wheel goes one row.
        let week = at.scrolled(Msg::Days(-7), Msg::Days(7));
        week.map_or_else(Vec::new, |msg| self.update(msg, shared))
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        view::draw(self, shared, frame, area);
    }
}
