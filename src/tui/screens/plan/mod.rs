//! Plan: the taper plan beside what was used, and the doses.
//!
//! ```text
//! ╭ Leaf powder ─────────────────────╮╭ Doses ─────────────────────╮
//! │ Step 3 of 9, since …: at most 3 g ││ Last dose 4 h 10 min ago   │
//! ╰──────────────────────────────────╯╰────────────────────────────╯
//! ╭ Steps ───────────────────────────────────────────── 4 of 10 ─╮
//! │ ▌ 3  Mon 16 – Sun 22 Nov   3 g   used 2.9 g   6 of 7          │
//! ╰──────────────────────────────────────────────────────────────╯
//! ```
//! Invariant: nothing here says how much of an amount is left, and a lower amount that the person has to be asked about first
//! stands nowhere.

pub(crate) mod after_cut;
pub(crate) mod editor;
pub(super) mod rows;
pub(super) mod view;

use crate::domain::dose::product;
use crate::domain::id::EntryId;
use crate::domain::order::Ordered;
use crate::domain::series::default_series::DefaultSeries;
use crate::domain::taper::plan::Plan;
use crate::domain::taper::plan_action::PlanAction;
use crate::domain::taper::plans;
use crate::tui::effect::{Effect, FormKind, Opening};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Hint, Screen, Shown, meaning};
use crate::tui::pointer::{Pointer, What};
use crate::tui::questions;
use crate::tui::shared::Shared;
use crate::tui::tab::Tab;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list;
use ratatui::layout::{Position, Rect};
use rows::{Page, Seen, Table};
use std::cell::Cell;
use std::cmp::Reverse;
use std::rc::Rc;
use view::Words;

/// The screen.
#[derive(Default)]
pub struct PlanScreen {
    /// The plan in sight; `None`: the first.
    chosen: Option<EntryId>,
    page: Page,
    /// The focused row; `None`: the one of today.
    at: Option<usize>,
    /// How many pages of the words were read.
    read_on: usize,
    /// How the last frame was laid out, for the mouse and for what a page down is.
    seen: Cell<Seen>,
}

/// What a person may mean here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// A new plan.
    New,
    /// Today's amount stays until it is resumed.
    Hold,
    /// It stays until a day.
    HoldUntil,
    /// It goes on.
    GoOn,
    /// One step back.
    Back,
    /// New terms from today.
    Replan,
    /// No plan from today.
    End,
    /// The next plan.
    Next,
    /// How it went around the cuts of the plan.
    AfterCut,
    /// What the table shows.
    Turn,
    /// The day of the row, in History.
    ShowDay,
    /// So many rows down; up when below 0.
    Move(isize),
    /// The first row.
    First,
    /// The last row.
    Last,
    /// So many pages down.
    Leaf(isize),
    /// The next page of words that have no room.
    ReadOn,
}

pub(super) const KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::char('n'), Msg::New, "new plan"),
    Binding::footer(Key::char('h'), Msg::Hold, "hold"),
    Binding::footer(Key::char('g'), Msg::GoOn, "go on"),
    Binding::footer(Key::char('s'), Msg::Back, "step back"),
    Binding::footer(Key::char('r'), Msg::Replan, "replan"),
    Binding::footer(Key::char('v'), Msg::Turn, "view"),
    Binding::help(Key::char('H'), Msg::HoldUntil, "hold until a day"),
    Binding::help(Key::char('e'), Msg::End, "end the plan"),
    Binding::help(Key::char('p'), Msg::Next, "next plan"),
    Binding::help(
        Key::char('C'),
        Msg::AfterCut,
        "days around a cut, on average",
    ),
    Binding::help(Key::ENTER, Msg::ShowDay, "that day in History"),
    Binding::help(Key::char(' '), Msg::ReadOn, "read on"),
    Binding::quiet(Key::DOWN, Msg::Move(1), "down"),
    Binding::quiet(Key::UP, Msg::Move(-1), "up"),
    Binding::quiet(Key::char('j'), Msg::Move(1), "down"),
    Binding::quiet(Key::char('k'), Msg::Move(-1), "up"),
    Binding::quiet(Key::PAGE_DOWN, Msg::Leaf(1), "page down"),
    Binding::quiet(Key::PAGE_UP, Msg::Leaf(-1), "page up"),
    Binding::quiet(Key::HOME, Msg::First, "first row"),
    Binding::quiet(Key::END, Msg::Last, "last row"),
];

/// What is said where an action needs a plan.
const NONE: &str = "There is no plan yet. n begins one.";

impl PlanScreen {
    /// The plans, those that go on first, then those that began last.
    fn plans(shared: &Shared) -> Rc<Vec<Plan>> {
        shared.kept((), |shared, ()| {
            let mut plans = plans::plans(&shared.journal);
            let order = |plan: &Plan| (plan.has_ended_by(shared.today()), Reverse(plan.begins()));
            plans.order_by_key(order);
            plans
        })
    }

    /// The plan in sight, and which of how many it is.
    fn in_sight(&self, shared: &Shared) -> Option<(Plan, usize, usize)> {
        let plans = Self::plans(shared);
        let chosen = plans.iter().position(|plan| Some(plan.id) == self.chosen);
        let (at, all) = (chosen.unwrap_or(0), plans.len());
        Some((plans.get(at)?.clone(), at, all))
    }

    /// Without a plan the footer has what begins one, and not what could be done with it; over one that has ended, not what
    /// could be done while it went on.
    pub(super) fn leave_to_help(&self, hints: &mut [Hint], shared: &Shared) {
        let goes_on = |(plan, ..): (Plan, usize, usize)| !plan.has_ended_by(shared.today());
        let plan = self.in_sight(shared).map(goes_on);
        for hint in hints.iter_mut().filter(|hint| hint.shown == Shown::Footer) {
            let is_needed = match meaning(KEYS, hint.table) {
                Some(Msg::New) | None => true,
                Some(Msg::Turn) => plan.is_some(),
                Some(_) => plan == Some(true),
            };
            if !is_needed {
                hint.shown = Shown::Help;
            }
        }
    }

    /// The product of the plan in sight, while that goes on.
    pub(super) fn product(&self, shared: &Shared) -> Option<String> {
        let (plan, ..) = self.in_sight(shared)?;
        (!plan.has_ended_by(shared.today())).then_some(plan.product)
    }

    fn act(&self, shared: &Shared, with: impl FnOnce(&Plan) -> Effect) -> Vec<Effect> {
        let none = || Effect::Say(NONE.to_owned());
        let effect = self
            .in_sight(shared)
            .map_or_else(none, |(plan, ..)| with(&plan));
        vec![effect]
    }

    fn table_of(&self, plan: &Plan, shared: &Shared) -> Rc<Option<Table>> {
        shared.kept((plan.clone(), self.page), |shared, (plan, page)| {
            rows::table(*page, plan, shared)
        })
    }

    fn rows(&self, shared: &Shared) -> Option<Rc<Option<Table>>> {
        let (plan, ..) = self.in_sight(shared)?;
        Some(self.table_of(&plan, shared))
    }

    fn go(&mut self, by: isize, shared: &Shared) {
        let rows = self.rows(shared);
        let Some(table) = rows.as_deref().and_then(Option::as_ref) else {
            // Without a table the words are all there is to walk through.
            self.read_on = self.read_on.saturating_add_signed(by.signum());
            return;
        };
        let last = table.rows.len().saturating_sub(1);
        let at = self.at.unwrap_or(table.now).min(last);
        self.at = Some(at.saturating_add_signed(by).min(last));
    }

    fn show_day(&self, shared: &Shared) -> Vec<Effect> {
        let rows = self.rows(shared);
        let day = rows.as_deref().and_then(Option::as_ref).and_then(|table| {
            let at = self.at.unwrap_or(table.now);
            table.rows.get(at).and_then(|row| row.day)
        });
        // A step that lies ahead has no entries to show.
        let day = day.filter(|day| *day <= shared.today());
        let later = "That day is still ahead.".to_owned();
        vec![day.map_or(Effect::Say(later), Effect::ShowDay)]
    }
}

impl Screen for PlanScreen {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        Tab::Plan.title()
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        let asks = |plan: &Plan| plans::asks_since(&shared.journal, plan, shared.today()).is_some();
        match msg {
            Msg::New => {
                return vec![
                    Effect::Open(Opening::Plan(None)),
                    // Opened last, so that it lies above the form and is read first.
                    Effect::Open(Opening::SafetyCard),
                ];
            }
            Msg::Hold => {
                return self.act(shared, |plan| {
                    // While the plan asks how to go on, the screen shows the amount from before the gap: that one is held.
                    let held = if asks(plan) {
                        PlanAction::HoldAsShown
                    } else {
                        PlanAction::Hold { until: None }
                    };
                    Effect::ChangePlan(plan.id, held)
                });
            }
            Msg::HoldUntil => {
                return self.act(shared, |plan| {
                    Effect::Open(Opening::Form(FormKind::HoldUntil(plan.id)))
                });
            }
            Msg::GoOn => {
                return self.act(shared, |plan| {
                    let on = if asks(plan) {
                        PlanAction::GoOn
                    } else {
                        PlanAction::Resume
                    };
                    Effect::ChangePlan(plan.id, on)
                });
            }
            Msg::Back => {
                return self.act(shared, |plan| {
                    let back = if asks(plan) {
                        PlanAction::BackAsShown
                    } else {
                        PlanAction::Back
                    };
                    Effect::ChangePlan(plan.id, back)
                });
            }
            Msg::Replan => {
                return self.act(shared, |plan| Effect::Open(Opening::Plan(Some(plan.id))));
            }
            Msg::End => return self.act(shared, end),
            Msg::Next => {
                let plans = Self::plans(shared);
                let now = self.in_sight(shared).map_or(0, |(_, at, _)| at);
                let next = plans.get((now + 1) % plans.len().max(1));
                self.chosen = next.map(|plan| plan.id);
                self.at = None;
            }
            Msg::AfterCut => {
                let journal = &shared.journal;
                let today = shared.today();
                let series = DefaultSeries::of(journal, today, shared.manner()).series;
                return self.act(shared, |plan| {
                    let product = product::by_code(journal, &plan.product);
                    let product = product.map(|product| product.key);
                    Effect::Open(Opening::AfterCut(series, product))
                });
            }
            Msg::Turn => {
                self.page = self.page.next(self.seen.get().has_doses);
                self.at = None;
            }
            Msg::ShowDay => return self.show_day(shared),
            Msg::Move(by) => self.go(by, shared),
            Msg::Leaf(by) => {
                let height = isize::try_from(self.seen.get().rows.height).unwrap_or(1);
                self.go(by.saturating_mul(height.max(1)), shared);
            }
            Msg::First => self.at = Some(0),
            Msg::Last => self.go(isize::MAX, shared),
            Msg::ReadOn => self.read_on = self.read_on.wrapping_add(1),
        }
        Vec::new()
    }

    fn pointed(&mut self, at: Pointer, shared: &Shared) -> Vec<Effect> {
        let seen = self.seen.get().rows;
        let place = Position::new(at.area.x + at.column, at.area.y + at.row);
        if at.what == What::Press
            && seen.contains(place)
            && let Some(rows) = self.rows(shared)
            && let Some(table) = rows.as_ref()
        {
            let now = self.at.unwrap_or(table.now);
            let window = list::window(table.rows.len(), now, seen.height);
            let row = window.start + usize::from(place.y - seen.y);
            self.at = Some(row.min(table.rows.len().saturating_sub(1)));
            return Vec::new();
        }
        at.scrolled(Msg::Move(-1), Msg::Move(1))
            .map_or_else(Vec::new, |msg| self.update(msg, shared))
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let in_sight = self.in_sight(shared);
        let plan = in_sight.as_ref().map(|(plan, ..)| plan);
        let words = shared.kept(plan.cloned(), |shared, plan| {
            Words::of(plan.as_ref(), shared)
        });
        let table = plan.map(|plan| self.table_of(plan, shared));
        let view = view::View {
            plan: in_sight.as_ref().map(|(plan, at, all)| (plan, *at, *all)),
            page: self.page,
            words: &words,
            table: table.as_deref().and_then(Option::as_ref),
            at: self.at,
            read_on: self.read_on,
        };
        self.seen.set(view::draw(&view, shared, frame, area));
    }
}

/// Ends the plan after a question, because an ended plan cannot be resumed.
fn end(plan: &Plan) -> Effect {
    Effect::Ask(questions::confirm(
        "End this plan",
        "There is no plan for this product from today on. What was planned and used stays, and a new plan can begin any day."
            .to_owned(),
        "end it".to_owned(),
        vec![Effect::ChangePlan(plan.id, PlanAction::End)],
    ))
}
