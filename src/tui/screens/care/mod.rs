//! Care: medicines, the routine, practices, urges, measurements, visits, treatments, people, reasons, how it began.
//!
//! ```text
//! ╭ Care ───────── Medicines, 1 of 2 ─╮╭ Clonidine ───────────────╮
//! │ Medicines                         ││ as Dr Lee wrote it        │
//! │ ▌ Clonidine        taken 21:00    ││ The gap you entered ends …│
//! │ Routine today                     │├ Lately ──────────────────┤
//! │   ✓ Walking        done 08:00     ││ Sun 22 Nov 21:00 taken    │
//! ╰───────────────────────────────────╯╰──────────────────────────╯
//! ```
//!
//! Invariant: a limit from the label stands beside the medicine before anything is noted; there is no score and no amount
//! that the program thought of.

pub(super) mod actions;
pub(super) mod keys;
pub(super) mod lines;
pub(super) mod rows;
pub(super) mod state;
pub(super) mod view;

use crate::domain::record::kind::Kind;
use crate::tui::effect::{Effect, Opening};
use crate::tui::keys::{Binding, Screen};
use crate::tui::pointer::{Pointer, What};
use crate::tui::shared::Shared;
use crate::tui::tab::Tab;
use crate::tui::widgets::frame::Frame;
use actions as act;
pub(crate) use keys::Msg;
use ratatui::layout::{Position, Rect};
pub(crate) use state::Care;

impl Screen for Care {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        Tab::Care.title()
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        keys::of(self.section)
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        // Any other key brings the words beside the list back to their beginning.
        self.read_on = if msg == Msg::ReadOn {
            self.read_on + 1
        } else {
            0
        };
        let Some(row) = self.row(shared) else {
            return Vec::new();
        };
        let item = &row.item;
        match msg {
            Msg::ReadOn => {}
            Msg::Intake(noted) => return act::intake(item, noted, shared),
            Msg::Measure => return act::measure(item, shared),
            Msg::Stop => return act::stop(item, shared),
            Msg::Open => return act::open(self.section, item, shared),
            Msg::Edit => return act::edit(self.section, item, shared),
            Msg::Add => return act::add(self.section, shared),
            Msg::Delete => return act::delete(self.section, item, shared),
            Msg::Routine => return act::routine(item, shared),
            Msg::Favourite => return act::favourite(item, shared),
            Msg::OwnPractice => return vec![act::choose(Kind::OwnPractice)],
            Msg::Question => return act::question(item, shared),
            Msg::Asked => return act::asked(item, shared),
            Msg::Sign => return vec![act::choose(Kind::Sign)],
            Msg::Bin => return vec![Effect::Open(Opening::Bin)],
            Msg::Earlier => return act::day(item, shared),
            Msg::Next
            | Msg::Previous
            | Msg::NextSection
            | Msg::PreviousSection
            | Msg::First
            | Msg::Last => self.walk(msg, shared),
        }
        Vec::new()
    }

    fn pointed(&mut self, at: Pointer, shared: &Shared) -> Vec<Effect> {
        let seen = self.seen.get();
        let place = Position::new(at.area.x + at.column, at.area.y + at.row);
        if at.what == What::Press && seen.contains(place) {
            if let Some((section, row)) = view::row_at(self, seen, place, shared) {
                (self.section, self.at, self.read_on) = (section, row, 0);
            }
            return Vec::new();
        }
        at.scrolled(Msg::Previous, Msg::Next)
            .map_or_else(Vec::new, |msg| self.update(msg, shared))
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        view::draw(self, shared, frame, area);
    }
}
