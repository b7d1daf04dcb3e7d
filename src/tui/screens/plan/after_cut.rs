//! How a series went around the cuts of a product's plans, on average, with n under each day.
//!
//! ```text
//! ╭ Severity around a cut, Leaf powder ─── 5 cuts ─╮
//! │100┤                                            │
//! │  0┼─┬──────┬──────┬──                          │
//! │    7 before  cut  7 after                      │
//! │     3445 5555 443                              │
//! │3 days before 20, 3 days after 28, 5 cuts       │
//! ╰────────────────────────────────────────────────╯
//! ```

use crate::domain::dose::product::{Product, ProductKey};
use crate::domain::series::Series;
use crate::domain::taper::after_cut;
use crate::domain::taper::after_cut::{AroundCuts, REACH};
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
use crate::tui::widgets::text::{put, wrap};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::Clear;

/// Below this size it is said in sentences.
const LEAST: (u16, u16) = (40, 12);

/// The page.
pub struct AfterCut {
    series: Series,
    product: Option<ProductKey>,
    /// The day that is read out, from the cut.
    at: i64,
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Down.
    Next,
    /// Up.
    Previous,
    /// The next product.
    Product,
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
    Binding::footer(Key::char('p'), Msg::Product, "next product"),
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
    pub(crate) const fn new(series: Series, product: Option<ProductKey>) -> Self {
        Self {
            series,
            product,
            at: 0,
        }
    }

    /// The product in sight, and the one after it; `None` without any that has a cut or a hold.
    fn in_sight(&self, shared: &Shared) -> Option<(Product, Product)> {
        let all = after_cut::products(&shared.journal, shared.today());
        let chosen = all.iter().position(|one| Some(one.key) == self.product);
        let at = chosen.unwrap_or(0);
        let next = all.get((at + 1) % all.len().max(1))?;
        Some((all.get(at)?.clone(), next.clone()))
    }

    fn draw_days(&self, around: &AroundCuts, shared: &Shared, frame: &mut Frame, area: Rect) {
        let (journal, theme) = (&shared.journal, shared.theme);
        frame.render_widget(Clear, area);
        let name = self.series.titled(journal);
        let title = format!("{name} around a cut, {}", around.product.name);
        let fact = words::count(around.cuts, "cut", "cuts");
        let inner = Panel::new(&title)
            .fact(&fact)
            .draw(area, frame.buffer_mut(), theme);
        let lines = self.lines(around, usize::from(inner.width), shared);
        let below = u16::try_from(lines.len()).unwrap_or(4);
        let [chart, foot] =
            Layout::vertical([Constraint::Fill(1), Constraint::Length(below)]).areas(inner);
        let place = |day: i64| usize::try_from(day + REACH).unwrap_or(0);
        let of = |day: i64| around.days.iter().find(|mean| mean.day == day);
        let marks: Vec<DayMark> = (-REACH..=REACH)
            .map(|day| {
                let mean = of(day).map(|mean| mean.mean);
                DayMark::of(mean, mean)
            })
            .collect();
        let labels: Vec<AxisLabel> = [
            (0, "cut"),
            (-REACH, "7 days before"),
            (REACH, "7 days after"),
        ]
        .map(|(day, text)| AxisLabel {
            day: place(day),
            text: text.to_owned(),
        })
        .into();
        // One cell a day has no room for ten; then the line below alone says n.
        let digit = |n: usize| u32::try_from(n).ok().and_then(|n| char::from_digit(n, 10));
        let n: Option<Vec<(usize, char)>> = around
            .days
            .iter()
            .map(|mean| Some((place(mean.day), digit(mean.n)?)))
            .collect();
        let n = n.unwrap_or_default();
        let chart_of = LineChart {
            name: &name,
            labels: &labels,
            marks: &n,
            cursor: Some(place(self.at)),
            ..LineChart::new(self.series.top(journal), &marks)
        };
        let drawn = chart_of.draw(chart, frame.buffer_mut(), theme);
        if let Some(column) = drawn.and_then(|drawn| drawn.column_of(place(self.at))) {
            frame.set_cursor_position((column, chart.bottom().saturating_sub(1)));
        }
        for ((text, role), y) in lines.iter().zip(foot.y..foot.bottom()) {
            let row = Rect {
                y,
                height: 1,
                ..foot
            };
            put(frame.buffer_mut(), row, text, theme.style(*role), theme);
        }
    }

    /// The comparison, what was left out, and the day that is read out.
    fn lines(&self, around: &AroundCuts, width: usize, shared: &Shared) -> Vec<(String, Role)> {
        let (journal, theme) = (&shared.journal, shared.theme);
        let day = after_cut::day_words(self.at);
        let found = around.days.iter().find(|mean| mean.day == self.at);
        let read = match found {
            Some(mean) => {
                let text = self.series.text(mean.mean, journal);
                format!("{day}: mean {text}, n {} of {}", mean.n, around.cuts)
            }
            None => format!("{day}: no value"),
        };
        let texts = [
            (Some(around.sentence(self.series, journal)), Role::Text),
            (around.left_out(), Role::Faint),
            (Some(read), Role::Accent),
        ];
        let said = texts
            .into_iter()
            .filter_map(|(text, role)| Some((text?, role)));
        said.flat_map(|(text, role)| {
            let rows = wrap(&text, width, theme).into_iter();
            rows.map(move |row| (row, role)).collect::<Vec<_>>()
        })
        .collect()
    }
}

impl Screen for AfterCut {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        "Around a cut"
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        match msg {
            Msg::Next => self.at = (self.at + 1).min(REACH),
            Msg::Previous => self.at = (self.at - 1).max(-REACH),
            Msg::Product => {
                let Some((now, next)) = self.in_sight(shared) else {
                    return vec![Effect::Say(after_cut::NO_CUTS.to_owned())];
                };
                if now.key == next.key {
                    let only = format!("{} is the only product with a cut.", now.name);
                    return vec![Effect::Say(only)];
                }
                self.product = Some(next.key);
            }
            Msg::Close => return vec![Effect::Close],
        }
        Vec::new()
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let today = shared.today();
        let product = self.in_sight(shared).map(|(now, _)| now);
        let around = product
            .as_ref()
            .map(|product| after_cut::around_cuts(&shared.journal, product, self.series, today));
        let is_roomy = area.width >= LEAST.0 && area.height >= LEAST.1;
        match around {
            Some(around) if is_roomy && around.cuts > 0 => {
                self.draw_days(&around, shared, frame, area);
            }
            _ => {
                let product = product.as_ref();
                let lines: Vec<(String, Role)> =
                    after_cut::sentences(&shared.journal, product, self.series, today)
                        .into_iter()
                        .map(|line| (line, Role::Text))
                        .collect();
                let at = usize::try_from(self.at).unwrap_or(0);
                let at = at.min(lines.len().saturating_sub(1));
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
