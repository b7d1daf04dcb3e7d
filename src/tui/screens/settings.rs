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

use crate::config::file;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::{Setting, Stocked};
use crate::domain::safety::help_lines::help;
use crate::domain::text::words;
use crate::domain::time::DayEnd;
use crate::tui::effect::{Effect, Opening, Slot};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::pointer::{Pointer, What};
use crate::tui::questions;
use crate::tui::shared::Shared;
use crate::tui::tab::Tab;
use crate::tui::theme::Role;
use crate::tui::widgets::list;
use crate::tui::widgets::list::Focus;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{pad, put, wrap};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use std::cell::Cell;

/// The screen.
#[derive(Default)]
pub struct SettingList {
    at: usize,
    /// Where its rows stood in the last frame, for the mouse.
    seen: Cell<Rect>,
}

/// What can be set. A new setting is a variant and its arms here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Symptoms,
    DayEnd,
    Country,
    HelpLines,
    Attempts,
    Routine,
    Products,
    Stock,
    Favourites,
    Mouse,
    Glyphs,
    Colours,
    WeekStart,
    Clock,
    FirstDay,
    Keys,
    Plain,
    Bin,
    Export,
    Files,
}

/// One line of the list: the name of a group, or a setting by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Head(&'static str),
    Setting(usize, Row),
}

/// The fewest lines in which names of groups leave enough room for settings.
const ROOM_FOR_HEADS: u16 = 9;

/// The list with the names of its groups, when there is room for them.
fn list_lines(height: u16) -> Vec<Line> {
    let mut group = "";
    let mut lines = Vec::new();
    for (at, row) in Row::ALL.into_iter().enumerate() {
        if height >= ROOM_FOR_HEADS && row.group() != group {
            group = row.group();
            lines.push(Line::Head(group));
        }
        lines.push(Line::Setting(at, row));
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
pub enum Msg {
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
    /// The first row.
    First,
    /// The last row.
    Last,
}

pub(super) const KEYS: &[Binding<Msg>] = &[
    Binding::row("\u{2191} \u{2193}", Key::DOWN, Msg::Next, "setting"),
    Binding::footer(Key::ENTER, Msg::Open, "open or change"),
    Binding::row("\u{2190} \u{2192}", Key::RIGHT, Msg::More, "change"),
    Binding::quiet(Key::LEFT, Msg::Less, "value before"),
    Binding::quiet(Key::char(' '), Msg::Open, "open or change"),
    Binding::quiet(Key::UP, Msg::Previous, "up"),
    Binding::quiet(Key::char('j'), Msg::Next, "down"),
    Binding::quiet(Key::char('k'), Msg::Previous, "up"),
    Binding::quiet(Key::char('l'), Msg::More, "next value"),
    Binding::quiet(Key::char('h'), Msg::Less, "value before"),
    Binding::quiet(Key::HOME, Msg::First, "first setting"),
    Binding::quiet(Key::END, Msg::Last, "last setting"),
];

/// By how much one key moves the day end, in minutes.
const STEP: i32 = 30;
/// The column in which values begin.
const VALUES: usize = 30;

impl Row {
    const ALL: [Self; 20] = [
        Self::Symptoms,
        Self::DayEnd,
        Self::Attempts,
        Self::Routine,
        Self::Products,
        Self::Stock,
        Self::Glyphs,
        Self::Colours,
        Self::WeekStart,
        Self::Clock,
        Self::FirstDay,
        Self::Keys,
        Self::Mouse,
        Self::Plain,
        Self::Favourites,
        Self::Country,
        Self::HelpLines,
        Self::Bin,
        Self::Export,
        Self::Files,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Symptoms => "Symptoms in a check-in",
            Self::DayEnd => "Day ends at",
            Self::Country => "Country of the help lines",
            Self::HelpLines => "Your own help lines",
            Self::Attempts => "Attempts",
            Self::Routine => "Routine of the day",
            Self::Products => "Products",
            Self::Stock => "Stock and spending",
            Self::Bin => "Deleted entries",
            Self::Mouse => "Mouse",
            Self::Glyphs => "Signs",
            Self::Colours => "Colours",
            Self::WeekStart => "Week begins on",
            Self::Clock => "Times of day",
            Self::FirstDay => "Day of last use counts as",
            Self::Keys => "Keys",
            Self::Plain => "Plain at the next start",
            Self::Favourites => "Favourite series",
            Self::Export => "Export",
            Self::Files => "Where the journal lies",
        }
    }

    /// Under which heading it stands.
    const fn group(self) -> &'static str {
        match self {
            Self::Symptoms | Self::DayEnd => "Check-in",
            Self::Attempts => "Attempt",
            Self::Routine | Self::Products | Self::Stock => "Plan and care",
            Self::Glyphs
            | Self::Colours
            | Self::WeekStart
            | Self::Clock
            | Self::FirstDay
            | Self::Keys
            | Self::Mouse
            | Self::Plain
            | Self::Favourites => "Display",
            Self::Country | Self::HelpLines => "Help",
            Self::Bin | Self::Export | Self::Files => "Your data",
        }
    }

    /// Its key in the config file, when it is kept there.
    const fn key(self) -> Option<&'static str> {
        match self {
            Self::Mouse => Some("mouse"),
            Self::Glyphs => Some("glyphs"),
            Self::Colours => Some("color"),
            Self::WeekStart => Some("week_start"),
            Self::Clock => Some("clock"),
            Self::FirstDay => Some("first_day"),
            Self::Plain => Some("plain"),
            _ => None,
        }
    }

    /// What the config file says of it, or its default.
    fn configured(self, shared: &Shared) -> &str {
        self.key().map_or("", |key| shared.config.value(key))
    }

    fn value(self, shared: &Shared) -> String {
        let journal = &shared.journal;
        match self {
            Self::Symptoms => {
                let asked = journal.symptoms.rated().count();
                format!("{asked} of {}", journal.symptoms.iter().count())
            }
            Self::DayEnd => journal.settings.day_end.to_string(),
            Self::Country => {
                let code = journal.settings.country.as_deref();
                let country = code.and_then(|code| help().country(code));
                country.map_or_else(|| "not chosen".to_owned(), |country| country.name.clone())
            }
            Self::HelpLines => journal.settings.help_lines.len().to_string(),
            Self::Routine => journal.settings.routine.len().to_string(),
            Self::Products => journal.products().len().to_string(),
            Self::Stock => match journal.settings.stocked {
                Stocked::Off => "off".to_owned(),
                Stocked::On => "on".to_owned(),
            },
            Self::Attempts => journal.attempts.iter().count().to_string(),
            Self::Bin | Self::Export => String::new(),
            Self::Favourites => journal.settings.favourite_series.len().to_string(),
            Self::Files => shared.place.clone(),
            Self::Mouse | Self::Plain => match self.configured(shared) {
                "true" => "on".to_owned(),
                _ => "off".to_owned(),
            },
            Self::Clock => format!("{} hours", self.configured(shared)),
            Self::FirstDay => format!("day {}", self.configured(shared)),
            Self::Keys => format!("{} of your own", shared.config.chosen_keys.len()),
            Self::WeekStart => words::sentence_head(self.configured(shared)),
            Self::Glyphs | Self::Colours => self.configured(shared).to_owned(),
        }
    }

    const fn about(self) -> &'static str {
        match self {
            Self::Symptoms => {
                "Which symptoms a check-in asks for. Enter opens the list: switch them on and off, add your own. Switching one off keeps its history."
            }
            Self::DayEnd => {
                "Until then a night still counts for the day before. \u{2190}/\u{2192} move it by half an hour. Entries already written keep their day. Kept in the journal; z takes it back."
            }
            Self::Country => {
                "Whose numbers to call stand on the help page. It is never guessed. Enter opens that page, where it is chosen. Kept in the journal."
            }
            Self::HelpLines => {
                "Numbers of people or services of your own. Enter opens the help page, where they are added and edited. Kept in the journal."
            }
            Self::Routine => {
                "What you want to think of every day, as a list without a score. Enter goes to Care, where r puts a practice into it. Kept in the journal."
            }
            Self::Products => {
                "Names, units, the smallest amount, and an estimate of your own in grams of leaf. Enter opens the list. Kept in the journal."
            }
            Self::Stock => {
                "Purchases with their prices, and bought minus logged, under Doses in Plan. Off unless you want it. Kept in the journal; z takes it back."
            }
            Self::Attempts => "Name, goal, day 0 and end of each attempt. Enter opens the list.",
            Self::Bin => {
                "What you delete lies in the bin for 30 days. Enter opens it: restore, or erase for good."
            }
            Self::Mouse => {
                "Clicks and the wheel, instead of the terminal's own selecting of text. Kept in the config file; M switches it for now."
            }
            Self::Glyphs => {
                "Boxes and dots of charts, or letters alone. auto goes by the locale, from the next start. Kept in the config file."
            }
            Self::Colours => {
                "auto goes by the terminal and NO_COLOR, from the next start. Nothing is said by colour alone. Kept in the config file."
            }
            Self::WeekStart => {
                "The first day of a week: in the calendar of History, in charts, and where weeks are compared. Kept in the config file."
            }
            Self::Clock => {
                "21:40, or 9:40 pm. Files that leave the journal always have 21:40. Kept in the config file."
            }
            Self::FirstDay => {
                "How days are counted on Today, in check-ins and in History. The timeline with its reported ranges, and files, always count from 0. Kept in the config file."
            }
            Self::Keys => {
                "Enter shows all keys. Keys of your own stand in the config file, beside these: `ebb config keys` names every action, `ebb config set keys.undo F9` chooses one, `ebb config path` says where the file lies."
            }
            Self::Plain => {
                "One question a line, without boxes and redraw, as with --plain. Kept in the config file."
            }
            Self::Favourites => {
                "The series that stand first where one is chosen. Enter opens the list; Ctrl-F there keeps one or lets it go."
            }
            Self::Export => {
                "Everything back, in forms that other programs read, and a report for a clinician. Enter asks which."
            }
            Self::Files => {
                "The journal is one file. `ebb paths` also names the config file, and `ebb config init` writes one with a line about each key."
            }
        }
    }
}

/// The names of the rows that the config file does not keep; plain mode, which has no keys, has a word for each.
pub fn names_in_the_journal() -> impl Iterator<Item = &'static str> {
    let rows = Row::ALL
        .into_iter()
        .filter(|row| row.key().is_none() && *row != Row::Keys);
    rows.map(Row::name)
}

impl SettingList {
    fn row(&self) -> Row {
        Row::ALL.get(self.at).copied().unwrap_or(Row::Symptoms)
    }

    fn open(&self, shared: &Shared) -> Vec<Effect> {
        match self.row() {
            Row::Symptoms => vec![Effect::Open(Opening::Symptoms)],
            Row::DayEnd => day_end(STEP, shared),
            Row::Country | Row::HelpLines => vec![Effect::Open(Opening::HelpLines)],
            Row::Attempts => vec![Effect::Open(Opening::Attempts)],
            Row::Routine => vec![Effect::ShowTab(Tab::Care)],
            Row::Products => vec![Effect::Ask(questions::products(shared))],
            Row::Stock => stock(shared),
            Row::Bin => vec![Effect::Open(Opening::Bin)],
            Row::Keys => vec![Effect::Open(Opening::Keys)],
            Row::Favourites => vec![Effect::Open(Opening::Series {
                slot: Slot::First,
                now: None,
            })],
            Row::Export => vec![Effect::Open(Opening::Export)],
            row @ (Row::Mouse
            | Row::Glyphs
            | Row::Colours
            | Row::WeekStart
            | Row::Clock
            | Row::FirstDay
            | Row::Plain
            | Row::Files) => configure(row, 1, shared),
        }
    }

    fn change(&self, by: i32, shared: &Shared) -> Vec<Effect> {
        match self.row() {
            Row::DayEnd => day_end(by, shared),
            Row::Stock => stock(shared),
            row => configure(row, if by < 0 { -1 } else { 1 }, shared),
        }
    }
}

/// Switches stock and spending on or off; what was noted stays.
fn stock(shared: &Shared) -> Vec<Effect> {
    let (next, said) = match shared.journal.settings.stocked {
        Stocked::Off => (
            Stocked::On,
            "Stock and spending is on: l on Today notes a purchase, Plan says what it comes to.",
        ),
        Stocked::On => (
            Stocked::Off,
            "Stock and spending is off; what you noted stays.",
        ),
    };
    vec![Effect::Write {
        changes: vec![Change::Set(Setting::Stocked(next))],
        said: said.to_owned(),
    }]
}

/// Takes the value beside, for what the config file keeps.
fn configure(row: Row, by: isize, shared: &Shared) -> Vec<Effect> {
    let known = row.key().and_then(|name| file::key(name).ok());
    known.map_or_else(Vec::new, |key| {
        let value = key.beside(row.configured(shared), by);
        vec![Effect::Configure {
            key: key.name,
            value,
        }]
    })
}

/// Moves the day end, around midnight and noon.
fn day_end(by: i32, shared: &Shared) -> Vec<Effect> {
    let now = i32::from(shared.journal.settings.day_end.minutes());
    let round = i32::from(DayEnd::LATEST) + STEP;
    let minutes = (now / STEP * STEP + by).rem_euclid(round);
    let Some(end) = u16::try_from(minutes)
        .ok()
        .and_then(|minutes| DayEnd::try_from(minutes).ok())
    else {
        return Vec::new();
    };
    vec![Effect::Write {
        changes: vec![Change::Set(Setting::DayEnd(end))],
        said: format!("A day ends at {end} from now on. Entries already written keep their day."),
    }]
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
        let last = Row::ALL.len() - 1;
        match msg {
            Msg::Open => return self.open(shared),
            Msg::More => return self.change(STEP, shared),
            Msg::Less => return self.change(-STEP, shared),
            Msg::Next => self.at = (self.at + 1).min(last),
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
        let about = wrap(
            self.row().about(),
            usize::from(Panel::new("").inner(area).width),
            theme,
        );
        let foot = u16::try_from(about.len() + 1).unwrap_or(u16::MAX);
        let height = |inner: Rect| inner.height.saturating_sub(foot).max(1).min(inner.height);
        let mut place = list::position(Row::ALL.len(), self.at);
        if height(Panel::new("").inner(area)) < ROOM_FOR_HEADS {
            place = format!("{}, {place}", self.row().group());
        }
        let inner = Panel::new(self.title())
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
            let (at, row) = match lines.get(line) {
                Some(Line::Setting(at, row)) => (*at, *row),
                // A name at the lower edge would stand over nothing.
                Some(Line::Head(name)) if place.bottom() < rows.bottom() => {
                    let faint = theme.style(Role::Faint);
                    put(frame.buffer_mut(), place, name, faint, theme);
                    continue;
                }
                Some(Line::Head(_)) | None => continue,
            };
            let is_here = at == self.at;
            let focus = if is_here {
                Focus::Here
            } else {
                Focus::Elsewhere
            };
            let right = list::mark(focus, place, frame.buffer_mut(), theme);
            let room = VALUES.min(usize::from(right.width) * 2 / 3);
            let line = format!("{} {}", pad(row.name(), room, theme), row.value(shared));
            let role = if is_here { Role::Focus } else { Role::Text };
            put(frame.buffer_mut(), right, &line, theme.style(role), theme);
            if is_here {
                frame.set_cursor_position((place.x, place.y));
            }
        }
        let below = inner.bottom().min(rows.bottom() + 1);
        for (y, text) in (below..inner.bottom()).zip(&about) {
            let line = Rect {
                y,
                height: 1,
                ..inner
            };
            put(
                frame.buffer_mut(),
                line,
                text,
                theme.style(Role::Faint),
                theme,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, ROOM_FOR_HEADS, Row, list_lines};

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
            "Your data",
        ];
        assert_eq!(heads(ROOM_FOR_HEADS), all);
        assert!(heads(ROOM_FOR_HEADS - 1).is_empty());
    }

    #[test]
    fn every_setting_says_what_it_does() {
        for row in Row::ALL {
            assert!(row.about().ends_with('.'), "{}", row.name());
        }
    }
}
