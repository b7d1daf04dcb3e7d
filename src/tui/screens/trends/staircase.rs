//! The plan and what was used, under the chart: one product at a time, on the chart's own days.

use crate::domain::dose::product::Product;
use crate::domain::entry::today::products_on;
use crate::domain::taper::staircase;
use crate::domain::taper::staircase::staircase;
use crate::domain::time::span::Span;
use crate::domain::trends::sight::Sight;
use crate::tui::shared::Shared;
use crate::tui::theme::Glyph;
use crate::tui::widgets::line_chart::Place;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::staircase::{Staircase, Step};
use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;

/// From this height on there is room for it above the list of event marks.
const ROOMY: u16 = 30;
/// From this height on it has a row more, so that two near amounts stand apart.
const TALL: u16 = 19;
/// Below this height of chart and staircase together it is said in words alone.
const LEAST: u16 = 17;

/// The staircase of the days in sight; `None` where none of them has an amount.
pub(super) fn in_sight(sight: &Sight, shared: &Shared) -> Option<staircase::Staircase> {
    if !sight.view.is_chart() {
        return None;
    }
    let product = sight.product(shared.basis())?;
    let found = staircase(
        &shared.journal,
        &product,
        sight.days(shared.basis()),
        shared.today(),
    );
    found.has_any().then_some(found)
}

/// Rows that it gets of so many; 0 where words have to do.
pub(super) const fn height(of: u16) -> u16 {
    match of {
        ROOMY.. => 8,
        TALL.. => 7,
        LEAST.. => 6,
        _ => 0,
    }
}

/// "Leaf powder: plan 3 g, used 2.5 g", a line for each product of the day.
pub(super) fn words(shared: &Shared, date: NaiveDate) -> Vec<String> {
    let day = Span {
        from: date,
        to: date,
    };
    let line = |product: Product| {
        let found = staircase(&shared.journal, &product, day, shared.today());
        let notice = found.days.first()?.text(&product)?;
        Some(format!("{}: {notice}", product.name))
    };
    let products = products_on(&shared.journal, date).into_iter();
    products.filter_map(line).collect()
}

/// Draws it under the chart.
pub(super) fn draw(
    found: &staircase::Staircase,
    sight: &Sight,
    shared: &Shared,
    under: Option<Place>,
    frame: &mut Frame,
    area: Rect,
) {
    let theme = shared.theme;
    let product = &found.product;
    let title = format!("{}, {} a day", product.name, product.unit);
    let (line, dot) = (theme.glyph(Glyph::Horizontal), theme.glyph(Glyph::Dot));
    let both = theme.glyph(Glyph::DotBoth);
    // Only where days share a column can plan and use fall into one cell.
    let fact = if found.has_plan() && found.days.len() > usize::from(area.width) {
        format!("{line}{line} plan  {dot} used  {both} both")
    } else if found.has_plan() {
        format!("{line}{line} plan  {dot} used")
    } else {
        format!("{dot} used")
    };
    let inner = Panel::new(&title)
        .fact(&fact)
        .draw(area, frame.buffer_mut(), theme);
    let days: Vec<Step> = found.numbers().map(Step::from).collect();
    let first = found.days.first().map(|tread| tread.day);
    let cursor = first.map(|first| (sight.cursor(shared.basis()) - first).num_days());
    let stairs = Staircase {
        top: found.top,
        days: &days,
        cursor: cursor.and_then(|at| usize::try_from(at).ok()),
        under,
    };
    stairs.draw(inner, frame.buffer_mut(), theme);
}
