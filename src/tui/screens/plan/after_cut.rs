//! How a series went around the cuts of a product's plans, on average, with n under each day.
//!
//! ```text
//! ╭ Severity around a cut, Leaf powder ─── 5 cuts ─╮
//! │ 50  31 30 33 34 41 40 36 33                    │
//! │  0  ██ ██ ██ ██ ██ ██ ██ ██                    │
//! │     −4 −3 −2 −1 cut +1 +2 +3                   │
//! │  n   5  5  5  5  5  5  4  4                    │
//! │3 days before 20, 3 days after 28, 5 cuts       │
//! ╰────────────────────────────────────────────────╯
//! ```

use crate::domain::dose::product::{Product, ProductKey};
use crate::domain::series::Series;
use crate::domain::taper::after_cut;
use crate::domain::taper::after_cut::{AroundCuts, REACH};
use crate::domain::text::words;
use crate::domain::trends::sheet::short;
use crate::tui::effect::Effect;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::shared::Shared;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::chart::{AxisLabel, Beginning};
use crate::tui::widgets::columns::scale::end_for;
use crate::tui::widgets::columns::{Column, ColumnChart, Place, Standing};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::popup;
use crate::tui::widgets::popup::LongLines;
use crate::tui::widgets::text::{clear, put, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};

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
        clear(frame.buffer_mut(), area);
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
        let columns: Vec<Column> = (-REACH..=REACH)
            .map(|day| column(around, self.series, day))
            .collect();
        let is_narrow = chart.width < NARROW;
        let labels: Vec<AxisLabel> = DAYS
            .iter()
            .filter(|(day, ..)| !is_narrow || [0, -REACH, REACH].contains(day))
            .map(|(day, text)| AxisLabel {
                day: place(*day),
                text: (*text).to_owned(),
            })
            .collect();
        let full = self.series.top(journal);
        let end = end_for(full, ColumnChart::highest(&columns).unwrap_or(0.0));
        let chart_of = ColumnChart {
            labels: &labels,
            cursor: Some(place(self.at)),
            ..ColumnChart::new(end, &columns)
        };
        // The last row says how many cuts stand behind each day.
        let [days, ns] =
            Layout::vertical([Constraint::Fill(1), Constraint::Length(1)]).areas(chart);
        let drawn = chart_of.draw(days, frame.buffer_mut(), theme);
        if let Some(drawn) = drawn {
            draw_ns(around, &drawn, ns, frame.buffer_mut(), theme);
            let column = drawn.column(place(self.at));
            frame.set_cursor_position((column, days.bottom().saturating_sub(1)));
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

/// Below this width only the ends and the cut have words.
const NARROW: u16 = 70;

/// The days, what matters most first.
const DAYS: [(i64, &str); 15] = [
    (0, "cut"),
    (-REACH, "\u{2212}7"),
    (REACH, "+7"),
    (-3, "\u{2212}3"),
    (2, "+2"),
    (-6, "\u{2212}6"),
    (-5, "\u{2212}5"),
    (-4, "\u{2212}4"),
    (-2, "\u{2212}2"),
    (-1, "\u{2212}1"),
    (1, "+1"),
    (3, "+3"),
    (4, "+4"),
    (5, "+5"),
    (6, "+6"),
];

/// The mean of a day at that distance.
fn column(around: &AroundCuts, series: Series, day: i64) -> Column {
    let mean = around.days.iter().find(|mean| mean.day == day);
    let beginning = if day == 0 {
        Beginning::DayZero
    } else {
        Beginning::None
    };
    match mean {
        Some(mean) => Column {
            standing: Standing::Value(mean.mean),
            number: short(series, mean.mean),
            beginning,
            ..Column::default()
        },
        None => Column {
            standing: Standing::Missing,
            beginning,
            ..Column::default()
        },
    }
}

/// "n 3 3 5": how many cuts have a value on each day.
fn draw_ns(around: &AroundCuts, place: &Place, row: Rect, buf: &mut Buffer, theme: Theme) {
    put(buf, row, "n", theme.style(Role::Text), theme);
    for mean in &around.days {
        let at = usize::try_from(mean.day + REACH).unwrap_or(0);
        let text = mean.n.to_string();
        let middle = place.wide.saturating_sub(1) / 2;
        let room = place.step.saturating_sub(middle);
        if usize::from(room) < text.len() {
            continue;
        }
        let area = Rect::new(place.column(at) + middle, row.y, room, 1);
        put(buf, area, &text, theme.style(Role::Text), theme);
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
