//! Settings: what can be set, its value, and what it does. Applied at once; what the journal keeps can be undone.
//!
//! ```text
//! ╭ Settings ───────────────────────────────── 1 of 17 ─╮
//! │ Check-in                                           │
//! │ ▌ Symptoms in a check-in        19 of 56           │
//! │   Day ends at                   04:00              │
//! │ Attempt                                            │
//! │   Attempts                      1                  │
//! │                                                    │
//! │ Which symptoms a check-in asks for. Enter opens … │
//! ╰────────────────────────────────────────────────────╯
//! ```

use crate::config::settings::{ConfigKey, GROUPS, Item, Topic};
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::{Setting, StockTracking};
use crate::domain::time::DayEnd;
use crate::transfer::errand::Errand;
use crate::tui::effect::{Effect, Opening, PathFor, Slot};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Mode, Screen};
use crate::tui::pointer::{Pointer, What};
use crate::tui::questions;
use crate::tui::shared::{Protection, Shared};
use crate::tui::tab::Tab;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list;
use crate::tui::widgets::list::{Focus, Step};
use crate::tui::widgets::panel::{Attention, Panel};
use crate::tui::widgets::text::{pad, put, wrap};
use ratatui::layout::{Constraint, Layout, Position, Rect};
use std::cell::Cell;

/// The screen.
#[derive(Default)]
pub(crate) struct SettingList {
    at: usize,
    /// Where its rows stood in the last frame, for the mouse.
    seen: Cell<Rect>,
}

/// One line of the list: the name of a group, or a setting by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Head(&'static str),
    Setting(usize, Item),
}

/// The fewest lines in which names of groups leave enough room for settings.
const ROOM_FOR_HEADS: u16 = 9;

/// The list with the names of its groups, when there is room for them.
fn list_lines(height: u16) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut at = 0;
    for (group, items) in GROUPS {
        if height >= ROOM_FOR_HEADS {
            lines.push(Line::Head(group));
        }
        for item in *items {
            lines.push(Line::Setting(at, *item));
            at += 1;
        }
    }
    lines
}

/// Where the setting at a place stands among the lines; the first one keeps the name above it in sight.
fn line_of(lines: &[Line], setting: usize) -> usize {
    let is_it = |line: &Line| matches!(line, Line::Setting(at, _) if *at == setting);
    if setting == 0 {
        return 0;
    }
    lines.iter().position(is_it).unwrap_or(0)
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Msg {
    /// Opens it, or takes the next value.
    Open,
    /// The next value.
    More,
    /// The value before.
    Less,
    /// Down.
    Next,
    /// Up.
    Previous,
    /// A page down.
    PageOn,
    /// A page up.
    PageBack,
    /// The first row.
    First,
    /// The last row.
    Last,
}

/// What Enter does.
const OPEN: &str = "open or change";

pub(super) const KEYS: &[Binding<Msg>] = &[
    Binding::row("\u{2191} \u{2193}", Key::DOWN, Msg::Next, "setting"),
    Binding::footer(Key::ENTER, Msg::Open, OPEN),
    Binding::row("\u{2190} \u{2192}", Key::RIGHT, Msg::More, "change"),
    Binding::quiet(Key::LEFT, Msg::Less, "value before"),
    Binding::quiet(Key::char(' '), Msg::Open, OPEN),
    Binding::quiet(Key::UP, Msg::Previous, "up"),
    Binding::quiet(Key::char('j'), Msg::Next, "down"),
    Binding::quiet(Key::char('k'), Msg::Previous, "up"),
    Binding::quiet(Key::char('l'), Msg::More, "next value"),
    Binding::quiet(Key::char('h'), Msg::Less, "value before"),
    Binding::quiet(Key::PAGE_DOWN, Msg::PageOn, "a page down"),
    Binding::quiet(Key::PAGE_UP, Msg::PageBack, "a page up"),
    Binding::quiet(Key::HOME, Msg::First, "first setting"),
    Binding::quiet(Key::END, Msg::Last, "last setting"),
];

/// By how much one key moves the day end, in minutes.
const STEP: i32 = 30;
/// From this width on, what a setting does stands beside the list.
const BESIDE: u16 = 100;
/// The column in which values begin.
const VALUES: usize = 30;

/// Every row with the name of its group.
fn rows() -> impl Iterator<Item = (&'static str, Item)> {
    let all = GROUPS.iter();
    all.flat_map(|(group, items)| items.iter().map(|item| (*group, *item)))
}

/// What is set now, in words.
fn value(item: Item, shared: &Shared) -> String {
    match item {
        Item::Key(key) => key.words(shared.config.value(key)).to_owned(),
        Item::Topic(Topic::Keys) => format!("{} of your own", shared.config.chosen_keys.len()),
        Item::Topic(Topic::Files) => shared.place.clone(),
        Item::Topic(Topic::Passphrase) => match shared.protection {
            Protection::None => "none".to_owned(),
            Protection::Passphrase => "set".to_owned(),
        },
        Item::Topic(Topic::LockedHelp) => {
            let numbers = shared.config.value(ConfigKey::HelpNumbers);
            let shown = if numbers.is_empty() {
                "of the country"
            } else {
                "your own too"
            };
            shown.to_owned()
        }
        Item::Topic(topic) => topic.value(&shared.journal).unwrap_or_default(),
    }
}

/// Every row, with what Enter opens there; where Enter would change something, the row waits for the person.
pub(super) fn modes() -> Vec<Mode> {
    let mode = |(_, item): (&str, Item)| Mode {
        entered: opens(item).then_some(OPEN),
        ..Mode::new(item.row().map_or("", |row| row.label), KEYS)
    };
    rows().map(mode).collect()
}

/// Whether Enter on a row opens something, and changes nothing by itself.
const fn opens(item: Item) -> bool {
    !matches!(
        item,
        Item::Key(_)
            | Item::Topic(
                Topic::DayEnd | Topic::Good | Topic::Sleep | Topic::Stock | Topic::SameDay
            )
    )
}

impl SettingList {
    /// Which of the rows has the focus.
    pub(super) const fn mode(&self) -> usize {
        self.at
    }

    /// Puts the focus on a row.
    pub(super) fn enter(&mut self, at: usize) {
        self.at = at.min(rows().count().saturating_sub(1));
    }

    fn here(&self) -> (&'static str, Item) {
        let first = ("", Item::Topic(Topic::Symptoms));
        rows().nth(self.at).unwrap_or(first)
    }

    fn open(&self, shared: &Shared) -> Vec<Effect> {
        let topic = match self.here().1 {
            Item::Key(key) => return configure(key, 1, shared),
            Item::Topic(topic) => topic,
        };
        match topic {
            Topic::Symptoms | Topic::Resting | Topic::SymptomOrder => {
                vec![Effect::Open(Opening::Symptoms)]
            }
            Topic::Good => good(shared),
            Topic::Sleep => sleep(shared),
            Topic::DayEnd => day_end(STEP, shared),
            Topic::Country | Topic::Numbers => vec![Effect::Open(Opening::HelpLines)],
            Topic::Attempts => vec![Effect::Open(Opening::Attempts)],
            Topic::Routine | Topic::Practices => vec![Effect::ShowTab(Tab::Care)],
            Topic::Products => vec![Effect::Ask(questions::products(shared))],
            Topic::Stock => stock(shared),
            Topic::SameDay => same_day(shared),
            Topic::Bin => vec![Effect::Open(Opening::Bin)],
            Topic::Passphrase => vec![Effect::Ask(questions::passphrase(shared))],
            Topic::Keys => vec![Effect::Open(Opening::OwnKeys)],
            Topic::LockedHelp => vec![Effect::Ask(questions::help_while_locked(shared))],
            Topic::Series => vec![Effect::Open(Opening::Series {
                slot: Slot::First,
                now: None,
            })],
            Topic::Export => vec![Effect::Open(Opening::Export)],
            Topic::Report => vec![Effect::Open(Opening::Report)],
            Topic::Import => vec![Effect::Open(Opening::Path(PathFor::Import))],
            Topic::Copies => vec![Effect::Open(Opening::Copies(None))],
            Topic::Sync => vec![Effect::Open(Opening::Path(PathFor::Sync))],
            Topic::HandedOut => vec![Effect::Open(Opening::HandedOut(None))],
            Topic::Doctor => vec![Effect::Run(Errand::Doctor)],
            Topic::Files => vec![Effect::Run(Errand::Places)],
            Topic::Reminder => vec![Effect::Run(Errand::Reminder)],
        }
    }

    fn change(&self, by: i32, shared: &Shared) -> Vec<Effect> {
        match self.here().1 {
            Item::Topic(Topic::DayEnd) => day_end(by, shared),
            Item::Topic(Topic::Good) => good(shared),
            Item::Topic(Topic::Sleep) => sleep(shared),
            Item::Topic(Topic::Stock) => stock(shared),
            Item::Topic(Topic::SameDay) => same_day(shared),
            Item::Topic(_) => Vec::new(),
            Item::Key(key) => configure(key, if by < 0 { -1 } else { 1 }, shared),
        }
    }
}

/// Switches stock and spending on or off; what was noted stays.
fn stock(shared: &Shared) -> Vec<Effect> {
    let next = match shared.journal.settings.stocked {
        StockTracking::Off => StockTracking::On,
        StockTracking::On => StockTracking::Off,
    };
    let change = Change::Set(Setting::StockTracking(next));
    vec![Effect::write(&shared.journal, change, &shared.now)]
}

/// Switches the line for something good on or off; what was noted stays.
fn good(shared: &Shared) -> Vec<Effect> {
    let next = shared.journal.settings.something_good.other();
    let change = Change::Set(Setting::SomethingGood(next));
    vec![Effect::write(&shared.journal, change, &shared.now)]
}

/// Switches the line for the hours slept on or off; what was noted stays.
fn sleep(shared: &Shared) -> Vec<Effect> {
    let next = shared.journal.settings.sleep_line.other();
    let change = Change::Set(Setting::SleepLine(next));
    vec![Effect::write(&shared.journal, change, &shared.now)]
}

/// Shows the same day of earlier times on Today, or not.
fn same_day(shared: &Shared) -> Vec<Effect> {
    let next = shared.journal.settings.same_day.other();
    let change = Change::Set(Setting::SameDay(next));
    vec![Effect::write(&shared.journal, change, &shared.now)]
}

/// Takes the value beside, for what the config file keeps.
fn configure(key: ConfigKey, by: isize, shared: &Shared) -> Vec<Effect> {
    let value = key.beside(shared.config.value(key), by).to_owned();
    vec![Effect::Configure { key, value }]
}

/// Moves the day end, around midnight and noon.
fn day_end(by: i32, shared: &Shared) -> Vec<Effect> {
    let now = i32::from(shared.journal.settings.day_end.minutes());
    // One step past the latest day end is midnight again.
    let round = i32::from(DayEnd::LATEST) + STEP;
    // A time between two steps is rounded down first, so that the keys stay on half hours.
    let minutes = (now / STEP * STEP + by).rem_euclid(round);
    let Some(end) = u16::try_from(minutes)
        .ok()
        .and_then(|minutes| DayEnd::try_from(minutes).ok())
    else {
        return Vec::new();
    };
    let change = Change::Set(Setting::DayEnd(end));
    vec![Effect::write(&shared.journal, change, &shared.now)]
}

impl Screen for SettingList {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        Tab::Settings.title()
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        let last = rows().count() - 1;
        match msg {
            Msg::Open => return self.open(shared),
            Msg::More => return self.change(STEP, shared),
            Msg::Less => return self.change(-STEP, shared),
            Msg::Next => self.at = (self.at + 1).min(last),
            Msg::PageOn => self.at = Step::PageDown.target(self.at, last + 1),
            Msg::PageBack => self.at = Step::PageUp.target(self.at, last + 1),
            Msg::Previous => self.at = self.at.saturating_sub(1),
            Msg::First => self.at = 0,
            Msg::Last => self.at = last,
        }
        Vec::new()
    }

    fn pointed(&mut self, at: Pointer, shared: &Shared) -> Vec<Effect> {
        let seen = self.seen.get();
        let place = Position::new(at.area.x + at.column, at.area.y + at.row);
        if at.what == What::Press && seen.contains(place) {
            let lines = list_lines(seen.height);
            let rows = list::window(lines.len(), line_of(&lines, self.at), seen.height);
            let line = lines.get(rows.start + usize::from(place.y - seen.y));
            if let Some(Line::Setting(at, _)) = line {
                self.at = *at;
            }
            return Vec::new();
        }
        at.scrolled(Msg::Previous, Msg::Next)
            .map_or_else(Vec::new, |msg| self.update(msg, shared))
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let theme = shared.theme;
        let (group, item) = self.here();
        let row = item.row();
        let words = row.map_or("", |row| row.about);
        // Where there is room, what a setting does stands beside the list, and the list does not move with its length.
        let (area, beside) = if area.width >= BESIDE {
            let [list, beside] =
                Layout::horizontal([Constraint::Fill(3), Constraint::Fill(2)]).areas(area);
            (list, Some(beside))
        } else {
            (area, None)
        };
        if let Some(beside) = beside {
            let panel = Panel::new(row.map_or("", |row| row.label));
            let inner = panel.draw(beside, frame.buffer_mut(), theme);
            draw_lines(
                &wrap(words, usize::from(inner.width), theme),
                frame,
                inner,
                theme,
            );
        }
        let about = match beside {
            Some(_) => Vec::new(),
            None => wrap(words, usize::from(Panel::new("").inner(area).width), theme),
        };
        let foot = match about.len() {
            0 => 0,
            lines => u16::try_from(lines + 1).unwrap_or(u16::MAX),
        };
        let height = |inner: Rect| inner.height.saturating_sub(foot).max(1).min(inner.height);
        let mut place = list::position(rows().count(), self.at);
        // Without the names of groups in the list, the border says which group this is.
        if height(Panel::new("").inner(area)) < ROOM_FOR_HEADS {
            place = format!("{group}, {place}");
        }
        let inner = Panel::new(self.title())
            .attention(Attention::Here)
            .fact(&place)
            .draw(area, frame.buffer_mut(), theme);
        let rows = Rect {
            height: height(inner),
            ..inner
        };
        let lines = list_lines(rows.height);
        // What a setting does stands right under the list.
        let rows = Rect {
            height: rows
                .height
                .min(u16::try_from(lines.len()).unwrap_or(u16::MAX)),
            ..rows
        };
        self.seen.set(rows);
        for (line, place) in list::rows(lines.len(), line_of(&lines, self.at), rows) {
            let (at, item) = match lines.get(line) {
                Some(Line::Setting(at, item)) => (*at, *item),
                // A name at the lower edge would stand over nothing.
                Some(Line::Head(name)) if place.bottom() < rows.bottom() => {
                    let title = theme.style(Role::Title);
                    put(frame.buffer_mut(), place, name, title, theme);
                    continue;
                }
                Some(Line::Head(_)) | None => continue,
            };
            let is_here = at == self.at;
            let focus = Focus::on(is_here);
            let right = list::mark(focus, place, frame.buffer_mut(), theme);
            // On narrow screens the value keeps a third of the row.
            let room = VALUES.min(usize::from(right.width) * 2 / 3);
            let label = item.row().map_or("", |row| row.label);
            let line = format!("{} {}", pad(label, room, theme), value(item, shared));
            let role = if is_here { Role::Focus } else { Role::Text };
            put(frame.buffer_mut(), right, &line, theme.style(role), theme);
            if is_here {
                frame.set_cursor_position((place.x, place.y));
            }
        }
        let below = inner.bottom().min(rows.bottom() + 1);
        let rest = Rect {
            y: below,
            height: inner.bottom() - below,
            ..inner
        };
        draw_lines(&about, frame, rest, theme);
    }
}

/// Draws lines one below the other.
fn draw_lines(lines: &[String], frame: &mut Frame, area: Rect, theme: Theme) {
    for (y, text) in (area.y..area.bottom()).zip(lines) {
        let line = Rect {
            y,
            height: 1,
            ..area
        };
        let style = theme.style(Role::Text);
        put(frame.buffer_mut(), line, text, style, theme);
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, ROOM_FOR_HEADS, list_lines};

    #[test]
    fn each_group_is_named_once_and_in_few_lines_not_at_all() {
        let heads = |height| {
            let lines = list_lines(height).into_iter();
            let name = |line| match line {
                Line::Head(name) => Some(name),
                Line::Setting(..) => None,
            };
            lines.filter_map(name).collect::<Vec<_>>()
        };
        let all = [
            "Check-in",
            "Attempt",
            "Plan and care",
            "Display",
            "Help",
            "Lock",
            "Your data",
        ];
        assert_eq!(heads(ROOM_FOR_HEADS), all);
        assert!(heads(ROOM_FOR_HEADS - 1).is_empty());
    }
}
