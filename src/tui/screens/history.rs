//! History: days with their check-ins, newest first; the day's check-ins beside them.
//!
//! ```text
//! ╭ Days ──────────── 3 of 412 ─╮╭ Wed 18 Nov 2026 ── day 5 ─────────────╮
//! │ Nov 2026                    ││ ▌ 08:12  severity 38, 18 of 18         │
//! │ ▌ Wed 18  38  ▄  2          ││   Nausea 3 severe · …                   │
//! │   Tue 17   –                ││   note …                                │
//! ╰─────────────────────────────╯╰────────────────────────────────────────╯
//! ```
//!
//! Invariant: a day without a check-in stands in the list as well, so that it can be filled; nothing here changes a day that
//! the cursor does not stand on.

pub use super::history_state::History;
use super::history_view;
use crate::domain::check_in::Form;
use crate::tui::effect::Effect;
use crate::tui::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::shared::Shared;
use crate::tui::tab::Tab;
use chrono::{Months, TimeDelta};
use ratatui::Frame;
use ratatui::layout::Rect;

/// What a person may mean here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// To the day before.
    Earlier,
    /// To the day after.
    Later,
    /// A month back.
    MonthBack,
    /// A month on.
    MonthOn,
    /// To the newest day.
    Newest,
    /// To the oldest day.
    Oldest,
    /// The next check-in of the day.
    NextCheckIn,
    /// The check-in before.
    PreviousCheckIn,
    /// Read on in a day that is longer than the screen.
    ReadOn,
    /// Edit the check-in.
    Edit,
    /// Put the check-in away.
    Delete,
    /// Fill the day.
    Fill,
    /// Fill the day with one number.
    FillBrief,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::row("\u{2191} \u{2193}", Key::DOWN, Msg::Earlier, "day"),
    Binding::footer(Key::ENTER, Msg::Edit, "edit"),
    Binding::footer(Key::char('x'), Msg::Delete, "delete"),
    Binding::footer(Key::char('f'), Msg::Fill, "fill"),
    Binding::footer(Key::char(' '), Msg::ReadOn, "read on"),
    Binding::help(Key::char('B'), Msg::FillBrief, "fill with one number"),
    Binding::help(Key::RIGHT, Msg::NextCheckIn, "next check-in of the day"),
    Binding::help(Key::LEFT, Msg::PreviousCheckIn, "check-in before"),
    Binding::help(Key::char(' '), Msg::ReadOn, "read on in a long day"),
    Binding::help(Key::PAGE_DOWN, Msg::MonthBack, "a month back"),
    Binding::help(Key::PAGE_UP, Msg::MonthOn, "a month on"),
    Binding::quiet(Key::UP, Msg::Later, "a day later"),
    Binding::quiet(Key::char('j'), Msg::Earlier, "a day earlier"),
    Binding::quiet(Key::char('k'), Msg::Later, "a day later"),
    Binding::quiet(Key::char('l'), Msg::NextCheckIn, "next check-in of the day"),
    Binding::quiet(Key::char('h'), Msg::PreviousCheckIn, "check-in before"),
    Binding::quiet(Key::char('e'), Msg::Edit, "edit"),
    Binding::quiet(Key::DELETE, Msg::Delete, "delete"),
    Binding::quiet(Key::HOME, Msg::Newest, "the newest day"),
    Binding::quiet(Key::END, Msg::Oldest, "the oldest day"),
    Binding::quiet(Key::char('g'), Msg::Newest, "the newest day"),
    Binding::quiet(Key::char('G'), Msg::Oldest, "the oldest day"),
];

impl Screen for History {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        Tab::History.title()
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        let day = self.day(shared);
        let last = shared.journal.check_ins(day).len().saturating_sub(1);
        match msg {
            Msg::Earlier => self.go(day.pred_opt(), shared),
            Msg::Later => self.go(day.checked_add_signed(TimeDelta::days(1)), shared),
            Msg::MonthBack => self.go(day.checked_sub_months(Months::new(1)), shared),
            Msg::MonthOn => self.go(day.checked_add_months(Months::new(1)), shared),
            Msg::Newest => self.go(Some(Self::newest(shared)), shared),
            Msg::Oldest => self.go(Some(Self::oldest(shared)), shared),
            Msg::NextCheckIn => self.stand_on((self.at + 1).min(last)),
            Msg::PreviousCheckIn => self.stand_on(self.at.min(last).saturating_sub(1)),
            Msg::ReadOn => self.read_on = self.read_on.wrapping_add(1),
            Msg::Edit => return self.edit(shared),
            Msg::Delete => return self.delete(shared),
            Msg::Fill => return self.fill(Form::Full, shared),
            Msg::FillBrief => return self.fill(Form::Brief, shared),
        }
        Vec::new()
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        history_view::draw(self, shared, frame, area);
    }
}
