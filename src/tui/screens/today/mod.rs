//! Today: where am I, how does it compare, what is there today.
//!
//! ```text
//! ╭ Day 9 ──────────────╮╭ Severity, last 14 days ─────────╮
//! │ since last use …    ││ 100┤ ⠑⠢⣀ •                       │
//! ╰─────────────────────╯╰─────────────────────────────────╯
//! ╭ Today so far ───────╮╭ Last 7 days, the 7 before ──────╮
//! │ ✓ check-in 08:12    ││ ▼ Nausea  2.1 → 0.7  ▆▅▅▃▂▂▁     │
//! ╰─────────────────────╯╰─────────────────────────────────╯
//! ```
//!
//! Invariant: a comparison is shown only where the honesty rules of `domain::series::stats` allow one, and then with both n.

pub(super) mod lines;

use crate::domain::entry::where_i_am::WhereIAm;
use crate::domain::record::kind::Kind;
use crate::domain::series::default_series::DefaultSeries;
use crate::domain::series::few_days;
use crate::domain::series::stats::day_values;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::tui::effect::{Effect, FormKind, Opening};
use crate::tui::intakes;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Hint, Screen, Shown};
use crate::tui::readout::Line;
use crate::tui::shared::Shared;
use crate::tui::tab::Tab;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::line_chart::{AxisLabel, Beginning, DayMark, LineChart, Whole};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::wrap;
use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

/// The title over what there is today.
const SO_FAR: (&str, &str) = ("Today so far", "");
/// Days of the small chart.
const CHART_DAYS: u64 = 14;

/// Today. Everything is read from the journal.
#[derive(Debug, Default)]
pub(crate) struct Today {
    /// How often what had no room was read on.
    read_on: usize,
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
    /// What has no room in a panel.
    ReadOn,
}

pub(super) const KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::char('t'), Msg::Taken, "medicine"),
    Binding::footer(Key::char('l'), Msg::Log, "log more"),
    Binding::footer(Key::char('m'), Msg::Missing, "missing"),
    Binding::footer(Key::char('s'), Msg::Start, "start"),
    Binding::help(Key::char('n'), Msg::Question, "question for a visit"),
    Binding::help(Key::ENTER, Msg::Trends, "to the trends"),
    Binding::help(Key::char(' '), Msg::ReadOn, "read on in the panels"),
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
        self.read_on = if msg == Msg::ReadOn {
            self.read_on + 1
        } else {
            0
        };
        match msg {
            Msg::ReadOn => Vec::new(),
            Msg::Log => vec![Effect::Open(Opening::Log)],
            Msg::Taken => intakes::taken(shared),
            Msg::Question => vec![Effect::Open(Opening::Choose(Kind::Question))],
            Msg::Missing => vec![Effect::Open(Opening::Missing)],
            Msg::Start => vec![Effect::Open(Opening::Form(FormKind::Start))],
            Msg::Trends => vec![Effect::ShowTab(Tab::Trends)],
        }
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let where_i_am = where_am_i(shared);
        let so_far = lines::so_far(shared);
        let compared = lines::compared(shared, area.width);
        let n = lines::n(shared);
        let tall = |lines: &[Line]| {
            u16::try_from(lines.len())
                .unwrap_or(u16::MAX)
                .saturating_add(2)
        };
        if area.width >= 78 && area.height >= 14 {
            let [left, right] =
                Layout::horizontal([Constraint::Percentage(40), Constraint::Fill(1)]).areas(area);
            let rows = |lines: &[Line], area: Rect| tall(&wrapped(lines, area, shared.theme));
            // Where both have not enough room, each gets half at least.
            let half = (left.height / 2).max(left.height.saturating_sub(rows(&so_far, left)));
            let here = rows(&where_i_am.1, left).min(half);
            let [place, rest] =
                Layout::vertical([Constraint::Length(here), Constraint::Fill(1)]).areas(left);
            let most = rows(&compared, right).min(right.height / 2);
            let [chart, table] =
                Layout::vertical([Constraint::Fill(1), Constraint::Length(most)]).areas(right);
            self.panel(shared, frame, place, (&where_i_am.0, ""), &where_i_am.1);
            draw_chart(shared, frame, chart);
            self.panel(shared, frame, rest, SO_FAR, &so_far);
            self.panel(shared, frame, table, (lines::COMPARED, &n), &compared);
        } else {
            self.stacked(shared, frame, area, &where_i_am, &so_far, &compared);
        }
    }
}

impl Today {
    /// One under the other; what has no room at the end goes, the most changed symptoms first, then the chart.
    fn stacked(
        &self,
        shared: &Shared,
        frame: &mut Frame,
        area: Rect,
        here: &(String, Vec<Line>),
        so_far: &[Line],
        compared: &[Line],
    ) {
        let theme = shared.theme;
        let rows = |lines: &[Line]| {
            u16::try_from(wrapped(lines, area, theme).len())
                .unwrap_or(u16::MAX)
                .saturating_add(2)
        };
        let (first, second, third) = (rows(&here.1), rows(so_far), rows(compared));
        let mut left = area;
        let mut take = |wanted: u16| {
            let height = wanted.min(left.height);
            let place = Rect { height, ..left };
            left = Rect {
                y: left.y + height,
                height: left.height - height,
                ..left
            };
            place
        };
        let spare = area.height.saturating_sub(first + second);
        self.panel(shared, frame, take(first), (&here.0, ""), &here.1);
        // Below 8 rows with its border a chart has no heights left to compare.
        if spare >= 8 {
            let chart = if spare >= third + 8 {
                spare - third
            } else {
                spare
            };
            draw_chart(shared, frame, take(chart.min(12)));
        }
        self.panel(shared, frame, take(second), SO_FAR, so_far);
        let table = take(third);
        // A border around fewer than two rows is not worth its lines.
        if table.height >= 4 {
            self.panel(
                shared,
                frame,
                table,
                (lines::COMPARED, &lines::n(shared)),
                compared,
            );
        }
    }

    /// Draws a panel; of lines that have no room the page that is read.
    fn panel(
        &self,
        shared: &Shared,
        frame: &mut Frame,
        area: Rect,
        (title, fact): (&str, &str),
        lines: &[Line],
    ) {
        if area.height == 0 {
            return;
        }
        let inner = Panel::new(title)
            .fact(fact)
            .draw(area, frame.buffer_mut(), shared.theme);
        let mut rows = wrapped(lines, area, shared.theme);
        let room = usize::from(inner.height);
        // What has no room is counted, so that nothing goes missing in silence, and stands on the next page.
        if rows.len() > room && room > 1 {
            let page = room - 1;
            let start = self.read_on % rows.len().div_ceil(page) * page;
            let more = rows.len().saturating_sub(start + page);
            rows = rows.split_off(start);
            rows.truncate(page);
            let more = match more {
                0 => "Space: from the top".to_owned(),
                more => format!("{} more: Space", words::count(more, "line", "lines")),
            };
            rows.push((
                format!("{} {more}", shared.theme.glyph(Glyph::Ellipsis)),
                Role::Faint,
            ));
        }
        for (y, (text, role)) in (inner.y..inner.bottom()).zip(rows) {
            frame.buffer_mut().set_stringn(
                inner.x,
                y,
                text,
                usize::from(inner.width),
                shared.theme.style(role),
            );
        }
    }
}

/// The lines broken to the room of a panel; what goes on in the next row stands under the words, not under the mark.
fn wrapped(lines: &[Line], area: Rect, theme: Theme) -> Vec<Line> {
    let room = usize::from(Panel::new("").inner(area).width);
    let marks = [theme.glyph(Glyph::Middle), theme.glyph(Glyph::Check)];
    let broken = |(text, role): &Line| -> Vec<Line> {
        let is_marked = marks
            .iter()
            .any(|mark| text.starts_with(&format!("{mark} ")));
        let indent = if is_marked { "  " } else { "" };
        let rows = wrap(text, room.saturating_sub(indent.len()), theme);
        let rows = rows.into_iter().enumerate();
        rows.map(|(n, row)| {
            (
                if n == 0 {
                    row
                } else {
                    format!("{indent}{row}")
                },
                *role,
            )
        })
        .collect()
    };
    lines.iter().flat_map(broken).collect()
}

/// The attempt, its day, the phase, the severity and how it compares.
fn where_am_i(shared: &Shared) -> (String, Vec<Line>) {
    let today = shared.today();
    let Some(open) = shared.journal.attempts.open(today) else {
        let lines = vec![
            (
                "No attempt is open. s starts one; a day of last use in the past is fine."
                    .to_owned(),
                Role::Text,
            ),
            ("Check-ins count without one too.".to_owned(), Role::Faint),
        ];
        return (words::day(today), [lines, lines::severity(shared)].concat());
    };
    let here = WhereIAm::of(open, &shared.journal, &shared.now);
    let lines = [
        lines::since(open, &here, shared),
        lines::severity(shared),
        lines::about(open, shared),
    ];
    (here.title(), lines.concat())
}

fn draw_chart(shared: &Shared, frame: &mut Frame, area: Rect) {
    let journal = &shared.journal;
    let span = Span::ending(shared.today(), CHART_DAYS);
    let series = DefaultSeries::of(journal, shared.today(), shared.manner()).series;
    let name = series.titled(journal);
    let values = day_values(journal, series, span);
    let answered = values.iter().flatten().count();
    let fact = format!("{answered} of {CHART_DAYS} days");
    let title = format!("{name}, last 14 days");
    let inner = Panel::new(&title)
        .fact(&fact)
        .draw(area, frame.buffer_mut(), shared.theme);
    let hollow = |day: NaiveDate| journal.day(day).and_then(|day| series.hollow(day));
    let hollows = span.days().filter(|day| hollow(*day).is_some()).count();
    // An axis without a value says nothing; a line says why there is none.
    if answered + hollows == 0 {
        let why = few_days::why(journal, series, span);
        let needs = format!("{why} c is a check-in, b one number.");
        for (y, row) in
            (inner.y..inner.bottom()).zip(wrap(&needs, usize::from(inner.width), shared.theme))
        {
            frame
                .buffer_mut()
                .set_string(inner.x, y, row, shared.theme.style(Role::Faint));
        }
        return;
    }
    let zeros = journal.attempts.days_zero();
    let in_part = |day: NaiveDate| {
        let day = journal.day(day);
        day.is_some_and(|day| series.is_in_part(day, &journal.symptoms))
    };
    // Without the middle line: fourteen days are seen at once.
    let days: Vec<DayMark> = span
        .days()
        .zip(values)
        .map(|(day, value)| DayMark {
            hollow: hollow(day),
            answered: if in_part(day) {
                Whole::InPart
            } else {
                Whole::Yes
            },
            beginning: if zeros.contains(&day) {
                Beginning::DayZero
            } else {
                Beginning::None
            },
            ..DayMark::of(value, None)
        })
        .collect();
    let mut labels: Vec<AxisLabel> = span
        .days()
        .enumerate()
        .filter(|(_, day)| chrono::Datelike::weekday(day) == chrono::Weekday::Mon)
        .map(|(day, date)| AxisLabel {
            day,
            text: words::short_day(date),
        })
        .collect();
    // First in the list: where labels collide, "today" is the one that stays.
    labels.insert(
        0,
        AxisLabel {
            day: days.len() - 1,
            text: "today".to_owned(),
        },
    );
    let chart = LineChart {
        labels: &labels,
        name: &name,
        ..LineChart::new(series.top(journal), &days)
    };
    chart.draw(inner, frame.buffer_mut(), shared.theme);
}
