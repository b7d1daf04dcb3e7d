//! How a series went after the cuts of the plan, on average, with n under each day.
//!
//! ```text
//! ╭ Severity after a cut ───────── 5 cuts ─╮
//! │100┤                                    │
//! │  0┼─┬──────┬──────┬──                  │
//! │    cut  7 days  14 days                │
//! │     5555 4443 32                       │
//! ╰────────────────────────────────────────╯
//! ```

use crate::domain::series::Series;
use crate::domain::taper::after_cut;
use crate::domain::taper::after_cut::{Course, LAST_DAY};
use crate::domain::text::words;
use crate::tui::effect::Effect;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::line_chart::{AxisLabel, DayMark, LineChart};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::popup;
use crate::tui::widgets::popup::LongLines;
use crate::tui::widgets::text::put;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::Clear;

/// Below this size it is said in sentences.
const LEAST: (u16, u16) = (40, 10);

/// The page.
pub struct AfterCut {
    series: Series,
    at: usize,
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Down.
    Next,
    /// Up.
    Previous,
    /// Back.
    Close,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::row(
        "\u{2190} \u{2192}",
        Key::RIGHT,
        Msg::Next,
        "day after or before",
    ),
    Binding::footer(Key::ESC, Msg::Close, "close"),
    Binding::quiet(Key::LEFT, Msg::Previous, "day before"),
    Binding::quiet(Key::DOWN, Msg::Next, "day after"),
    Binding::quiet(Key::UP, Msg::Previous, "day before"),
    Binding::quiet(Key::char('l'), Msg::Next, "day after"),
    Binding::quiet(Key::char('h'), Msg::Previous, "day before"),
    Binding::quiet(Key::char('C'), Msg::Close, "close"),
];

impl AfterCut {
    /// For a series, on the day of the cut.
    pub(crate) const fn new(series: Series) -> Self {
        Self { series, at: 0 }
    }

    fn draw_course(
        &self,
        cuts: usize,
        days: &[crate::domain::taper::actual_use::AfterCut],
        shared: &Shared,
        frame: &mut Frame,
        area: Rect,
    ) {
        let (journal, theme) = (&shared.journal, shared.theme);
        frame.render_widget(Clear, area);
        let title = format!("{} after a cut", self.series.titled(journal));
        let fact = words::count(cuts, "cut", "cuts");
        let inner = Panel::new(&title)
            .fact(&fact)
            .draw(area, frame.buffer_mut(), theme);
        let [chart, foot] =
            Layout::vertical([Constraint::Fill(1), Constraint::Length(2)]).areas(inner);
        let found = |day: usize| days.iter().find(|held| usize::from(held.day) == day);
        let marks: Vec<DayMark> = (0..=usize::from(LAST_DAY))
            .map(|day| {
                let mean = found(day).map(|held| held.mean);
                DayMark::of(mean, mean)
            })
            .collect();
        let labels: Vec<AxisLabel> = [(0, "cut"), (7, "7 days after"), (14, "14 days after")]
            .map(|(day, text)| AxisLabel {
                day,
                text: text.to_owned(),
            })
            .into();
        let n: Vec<(usize, char)> = days
            .iter()
            .map(|held| {
                // One cell a day: ten cuts and more are a `+`.
                let digit = u32::try_from(held.n).ok();
                let digit = digit.and_then(|n| char::from_digit(n, 10)).unwrap_or('+');
                (usize::from(held.day), digit)
            })
            .collect();
        let name = self.series.name(journal);
        let chart_of = LineChart {
            name: &name,
            labels: &labels,
            marks: &n,
            cursor: Some(self.at),
            ..LineChart::new(self.series.top(journal), &marks)
        };
        let place = chart_of.draw(chart, frame.buffer_mut(), theme);
        if let Some(column) = place.and_then(|place| place.column_of(self.at)) {
            frame.set_cursor_position((column, chart.bottom().saturating_sub(1)));
        }
        let day = after_cut::day_words(self.at);
        let read = match found(self.at) {
            Some(held) => {
                let mean = self.series.text(held.mean, journal);
                format!("{day}: mean {mean}, n {} of {cuts}", held.n)
            }
            None => format!("{day}: no value"),
        };
        let lines = [
            (read, Role::Accent),
            (
                "Under each day: the cuts that have it. No forecast.".to_owned(),
                Role::Faint,
            ),
        ];
        for ((text, role), y) in lines.iter().zip(foot.y..foot.bottom()) {
            let row = Rect {
                y,
                height: 1,
                ..foot
            };
            put(frame.buffer_mut(), row, text, theme.style(*role), theme);
        }
    }
}

impl Screen for AfterCut {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        "After a cut"
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, _shared: &Shared) -> Vec<Effect> {
        match msg {
            Msg::Next => self.at = (self.at + 1).min(usize::from(LAST_DAY)),
            Msg::Previous => self.at = self.at.saturating_sub(1),
            Msg::Close => return vec![Effect::Close],
        }
        Vec::new()
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let today = shared.today();
        let course = after_cut::course(&shared.journal, self.series, today);
        let is_roomy = area.width >= LEAST.0 && area.height >= LEAST.1;
        match course {
            Course::Means { cuts, days } if is_roomy => {
                self.draw_course(cuts, &days, shared, frame, area);
            }
            _ => {
                let lines: Vec<(String, Role)> =
                    after_cut::sentences(&shared.journal, self.series, today)
                        .into_iter()
                        .map(|line| (line, Role::Text))
                        .collect();
                let at = self.at.min(lines.len().saturating_sub(1));
                popup::page(
                    frame,
                    area,
                    self.title(),
                    &lines,
                    at,
                    LongLines::Wrapped,
                    shared.theme,
                );
            }
        }
    }
}
