//! Today: where am I, how does it compare, what is there today.
//!
//! ```text
//! ╭ Day 9 ─────────────╮╭ Severity, last 14 days ────────╮
//! │ since last use …   ││  43 42  –  38                  │
//! │ severity 38 → 18   ││  ██ ██     ██                  │
//! ╰────────────────────╯╰────────────────────────────────╯
//! ╭ Today so far ──────╮╭ Symptoms ──────────────────────╮
//! │ ✓ check-in 08:12   ││ Nausea  2.1 → 0.7  ▼ 1.4  2 1 –│
//! ╰────────────────────╯╰────────────────────────────────╯
//! ```
//!
//! Invariant: a comparison is shown only where the honesty rules of `domain::series::stats` allow one, and then with both n.

mod block;
mod chart;
mod symptoms;

mod lines;

use crate::domain::entry::where_i_am::WhereIAm;
use crate::domain::record::kind::Kind;
use crate::domain::text::words;
use crate::tui::effect::{Effect, FormKind, Opening};
use crate::tui::intakes;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Hint, Screen, Shown};
use crate::tui::pointer::Pointer;
use crate::tui::readout::Line;
use crate::tui::shared::Shared;
use crate::tui::tab::Tab;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::panel::Panel;
use block::{Block, Body, Column};
use chart::Days;
use ratatui::layout::Rect;
use std::cell::Cell;
use symptoms::Symptoms;

/// Today. It keeps only how far it is scrolled: the rest is read from the journal.
#[derive(Debug, Default)]
pub(crate) struct Today {
    /// Rows above the part in sight.
    from: u16,
    /// By how many rows the last frame could be scrolled, and its height.
    seen: Cell<(u16, u16)>,
}

/// What a person may mean here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Msg {
    /// Look at the missing days.
    Missing,
    /// Begin an attempt, or set day 0.
    Start,
    /// To the trends.
    Trends,
    /// Log something besides a check-in, a dose or an urge.
    Log,
    /// A medicine was taken now.
    Taken,
    /// A question for a visit.
    Question,
    /// The same day of earlier times, or not.
    SameDay,
    /// Further down by a page, and from the end to the beginning.
    ReadOn,
    /// Further down.
    Down,
    /// Further up.
    Up,
}

pub(super) const KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::char('s'), Msg::Start, "start"),
    Binding::footer(Key::char('t'), Msg::Taken, "medicine"),
    Binding::footer(Key::char('l'), Msg::Log, "log more"),
    Binding::footer(Key::char('m'), Msg::Missing, "missing"),
    Binding::help(Key::char('n'), Msg::Question, "question for a visit"),
    Binding::help(Key::char('E'), Msg::SameDay, "same day of earlier times"),
    Binding::help(Key::ENTER, Msg::Trends, "to the trends"),
    Binding::help(Key::char(' '), Msg::ReadOn, "read on"),
    Binding::quiet(Key::DOWN, Msg::Down, "down"),
    Binding::quiet(Key::UP, Msg::Up, "up"),
    Binding::quiet(Key::char('j'), Msg::Down, "down"),
    Binding::quiet(Key::char('k'), Msg::Up, "up"),
    Binding::quiet(Key::PAGE_DOWN, Msg::ReadOn, "read on"),
];

/// `s` is in the footer until day 0 of the open attempt is set: from then on it begins another attempt.
pub(super) fn leave_to_help(hints: &mut [Hint], shared: &Shared) {
    let open = shared.journal.attempts.open(shared.today());
    if open.is_none_or(|open| open.attempt.day_zero.is_none()) {
        return;
    }
    let start = KEYS.iter().find(|binding| binding.msg == Msg::Start);
    for hint in hints {
        if start.is_some_and(|start| start.key == hint.key) {
            hint.shown = Shown::Help;
        }
    }
}

impl Screen for Today {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        Tab::Today.title()
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        match msg {
            Msg::ReadOn => {
                let (reach, height) = self.seen.get();
                let page = height.saturating_sub(3).max(1);
                self.from = if self.from >= reach {
                    0
                } else {
                    self.from.saturating_add(page).min(reach)
                };
                Vec::new()
            }
            Msg::Down => {
                self.from = self.from.saturating_add(1).min(self.seen.get().0);
                Vec::new()
            }
            Msg::Up => {
                self.from = self.from.min(self.seen.get().0).saturating_sub(1);
                Vec::new()
            }
            Msg::SameDay => lines::switch_same_day(shared),
            Msg::Log => vec![Effect::Open(Opening::Log)],
            Msg::Taken => intakes::taken(shared),
            Msg::Question => vec![Effect::Open(Opening::Choose(Kind::Question))],
            Msg::Missing => vec![Effect::Open(Opening::Missing)],
            Msg::Start => vec![Effect::Open(Opening::Form(FormKind::Start))],
            Msg::Trends => vec![Effect::ShowTab(Tab::Trends)],
        }
    }

    fn pointed(&mut self, at: Pointer, shared: &Shared) -> Vec<Effect> {
        at.scrolled(Msg::Up, Msg::Down)
            .map_or_else(Vec::new, |msg| self.update(msg, shared))
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let columns = shared.kept(area, |shared, area| laid_out(*area, shared));
        let buf = frame.buffer_mut();
        let reach = columns
            .iter()
            .map(|column| block::draw(column, self.from, buf, shared))
            .max();
        self.seen.set((reach.unwrap_or(0), area.height));
    }
}

/// The panels of a screen of this size.
fn laid_out(area: Rect, shared: &Shared) -> Vec<Column> {
    let (questions, next) = lines::next(shared);
    let goal = lines::goal(shared);
    let notes = lines::notes(shared);
    let waves = lines::waves(shared);
    let others = if area.width >= WIDE {
        Days::of_others(shared)
    } else {
        Vec::new()
    };
    let words = [&next, &goal, &notes, &waves];
    let third = if others.is_empty() && words.iter().all(|lines| lines.is_empty()) {
        Third::No
    } else {
        Third::Yes
    };
    let columns = columns(area, third);
    let first = columns.first().copied().unwrap_or(area);
    let room = usize::from(Panel::new("").inner(first).width);
    let (title, here) = where_am_i(room, shared);
    let (same_day, earlier) = lines::same_day(shared);
    let (days, symptoms) = (Days::of(shared), Symptoms::of(shared));
    let wide = columns.get(1).copied().unwrap_or(first);
    let inside = Panel::new("").inner(wide).width;
    let block = |title: &str, fact: &str, body| Block {
        title: title.to_owned(),
        fact: fact.to_owned(),
        body,
    };
    let charted = |days: Days, room: u16| {
        let (title, fact) = (days.title.clone(), days.fact(room).to_owned());
        block(&title, &fact, Body::Stretched(Box::new(days), LOWEST))
    };
    let here = block(&title, "", Body::Lines(here));
    let so_far = block("Today so far", "", Body::Lines(lines::so_far(shared)));
    let chart = charted(days, inside);
    let has_symptoms = !symptoms.is_empty();
    let (fact, rows) = (symptoms.fact(inside, shared.theme), symptoms.height());
    let body = if has_symptoms {
        Body::Drawn(Box::new(symptoms), rows)
    } else {
        Body::Lines(vec![(symptoms::NOTHING.to_owned(), Role::Text)])
    };
    let panel = block("Symptoms", &fact, body);
    let about = [
        ("Next", questions.as_str(), next),
        (same_day.as_str(), "E switches", earlier),
        ("Goal", "", goal),
        ("Notes", "last 14 days", notes),
        ("Waves", "", waves),
    ]
    .into_iter()
    .filter(|(_, _, lines)| !lines.is_empty())
    .map(|(title, fact, lines)| block(title, fact, Body::Lines(lines)));
    let panels: Vec<Vec<Block>> = match columns.len() {
        // With more series to draw the third column is theirs, and the words stand in the first.
        3 if !others.is_empty() => {
            let left = [here, so_far].into_iter().chain(about).collect();
            let right = others.into_iter().map(|other| charted(other, CHARTS - 4));
            vec![left, vec![chart, panel], right.collect()]
        }
        3 => vec![vec![here, so_far], vec![chart, panel], about.collect()],
        2 => {
            let left = [here, so_far].into_iter().chain(about).collect();
            vec![left, vec![chart, panel]]
        }
        // Two sentences about an empty journal are enough.
        _ if !has_symptoms => {
            vec![[here, so_far, chart].into_iter().chain(about).collect()]
        }
        _ => {
            let all = [here, so_far, chart, panel];
            vec![all.into_iter().chain(about).collect()]
        }
    };
    let columns = columns.into_iter().zip(panels);
    columns
        .map(|(area, blocks)| Column::new(area, blocks, shared.theme))
        .collect()
}

/// The rows that a chart of days needs: below, no heights are left to compare.
const LOWEST: u16 = 9;
/// From this width on there are two columns.
const TWO: u16 = 78;
/// From this width on there are three, and other series stand beside the first one.
pub(crate) const WIDE: u16 = 150;
/// The width of the first column of three, and of two where there is room.
const SIDE: u16 = 44;
/// The width of the third column: a number has room on each of fourteen days.
const CHARTS: u16 = 49;

/// Whether there is something for a third column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Third {
    Yes,
    No,
}

/// The columns of a screen of this size.
fn columns(area: Rect, third: Third) -> Vec<Rect> {
    let (left, right) = match (area.width, area.height) {
        (WIDE.., _) if third == Third::Yes => (SIDE, CHARTS),
        (TWO.., 14..) if area.width >= 100 => (SIDE, 0),
        (TWO.., 14..) => (36, 0),
        _ => return vec![area],
    };
    // By hand: the solver of ratatui's layouts takes longer for these than the drawing of a panel.
    let middle = Rect {
        x: area.x + left,
        width: area.width - left - right,
        ..area
    };
    let side = |x, width| Rect { x, width, ..area };
    let mut columns = vec![side(area.x, left), middle];
    if right > 0 {
        columns.push(side(middle.right(), right));
    }
    columns
}

/// The attempt, its day, the phase, the severity and how it compares.
fn where_am_i(room: usize, shared: &Shared) -> (String, Vec<Line>) {
    let today = shared.today();
    let Some(open) = shared.journal.attempts.open(today) else {
        let lines = vec![
            (
                "No attempt is open. s starts one; a day of last use in the past is fine."
                    .to_owned(),
                Role::Text,
            ),
            ("Check-ins count without one too.".to_owned(), Role::Text),
        ];
        return (
            words::day(today),
            [lines, lines::severity(room, shared)].concat(),
        );
    };
    let here = WhereIAm::of(open, &shared.journal, &shared.now);
    let lines = [
        lines::since(open, &here),
        lines::severity(room, shared),
        lines::phase(open, shared),
    ];
    (here.title(), lines.concat())
}
