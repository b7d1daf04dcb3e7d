//! The views of Trends on paper: what the command line and plain mode print.
//!
//! The same widgets as on the screen, drawn into a buffer that is as wide as the page and as long as it has to be: every row,
//! no panel, no cursor.
//!
//! Invariant: no line is wider than the page, and what stands on it stands so on a screen of that width.

use super::chart::{Charts, SMALL, window};
use super::grid::{Window, listed_of, names};
use super::legend::GUTTER;
use super::page::{Medium, PLOT, Page, Part, Rows};
use super::sheet::{Drawn, Shares};
use super::{Trends, axis, charted, face, sheet};
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::sheet::{Cell, Lane, Sheet};
use crate::domain::trends::sight::{Others, Sight, moved};
use crate::domain::trends::view::View;
use crate::domain::trends::week_of;
use crate::tui::theme::Glyph;
use crate::tui::widgets::columns::scale::end_for;
use crate::tui::widgets::columns::{Column, ColumnChart};
use crate::tui::widgets::heat_grid::HeatGrid;
use crate::tui::widgets::panel::{Borders, Panel};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::rc::Rc;

/// Rows of a sheet besides the columns and its lanes, and of a long chart besides the columns and the small charts.
const AROUND: u16 = 12;
/// Rows of a grid besides its symptoms: the title, and the head of a block.
const HEAD: u16 = 4;

/// The view, piece by piece; nothing where the days have nothing to draw.
pub(crate) fn drawn(page: &Page<'_>) -> Vec<Buffer> {
    let parts = (face(page.sight.view).paper)(page).into_iter();
    parts.map(|Part(buffer)| buffer).collect()
}

/// A week with the week before; more days than a week as one long chart. Nothing where the days have nothing at all.
pub(super) fn week(page: &Page<'_>) -> Vec<Part> {
    let (sight, shared) = (page.sight, page.shared);
    let manner = shared.manner();
    let is_longer = week_of(page.days.from, manner) != week_of(page.days.to, manner);
    if sight.from.is_some() && is_longer {
        let sight = Sight {
            view: View::Month,
            ..sight.clone()
        };
        return charts(&Page {
            sight: &sight,
            ..*page
        });
    }
    let span = sight.days(shared.basis());
    let columns = charted::first(sight, span, shared);
    let sheet = match page.rows {
        Rows::All => Rc::unwrap_or_clone(sheet::sheet_of(sight, shared)),
        Rows::None => Sheet::default(),
    };
    let all = sheet.len();
    let sheet = Sheet {
        symptoms: sheet.symptoms.into_iter().filter(has_words).collect(),
        others: sheet.others.into_iter().filter(has_words).collect(),
    };
    let has_overall = columns.iter().any(Column::has_overall_only);
    let has_axis = has_overall || ColumnChart::highest(&columns).is_some();
    if !has_axis && sheet.len() == 0 {
        return Vec::new();
    }
    // Without an axis the words of the days stand alone.
    let plot = if has_axis { PLOT } else { 1 };
    let trends = Trends {
        sight: sight.clone(),
        ..Trends::default()
    };
    let end = trends.axis.end(sight, shared);
    let rows = u16::try_from(sheet.len()).unwrap_or(u16::MAX);
    let height = rows.saturating_add(PLOT + AROUND);
    let part = page.part(height, |frame, area| {
        let none = Borders::No;
        let inner = Panel::new("").borders(none).inner(area);
        sheet::draw_panel(sight, &columns, span, end, none, shared, frame, area);
        let drawn = Drawn {
            trends: &trends,
            shared,
            span,
            sheet: &sheet,
            inner,
            shares: Shares::on_paper(inner, plot),
            has_side: true,
            medium: Medium::Paper,
            left_out: all - sheet.len(),
        };
        drawn.draw(&columns, end, frame);
    });
    vec![part]
}

/// Whether a row says more than that nothing was noted.
fn has_words(lane: &Lane) -> bool {
    let says = |cell: &Cell| matches!(cell, Cell::Rating(_) | Cell::Words(_));
    lane.cells.iter().any(says)
}

/// A long chart with everything under it: phases, marks, what was used of each product, the other attempts.
pub(super) fn charts(page: &Page<'_>) -> Vec<Part> {
    let (sight, shared) = (page.sight, page.shared);
    let at = shared.basis();
    let room = page.width.saturating_sub(GUTTER);
    let span = if page.is_asked() {
        page.days
    } else {
        window(sight, shared, room)
    };
    let full = sight.series(at).top(&shared.journal);
    let end = if page.is_asked() {
        end_for(full, charted::highest_over(sight, span, shared))
    } else {
        axis::Axis::default().end(sight, shared)
    };
    let marks = shared.marks(span);
    let stairs = match page.rows {
        Rows::All => charted::all_stairs(sight, span, shared),
        Rows::None => Vec::new(),
    };
    let others = sight
        .timeline(at)
        .filter(|_| sight.others == Others::Beside);
    let others = others.map_or(0, |course| sight.others(&course, at).len());
    let small = u16::try_from(stairs.len() + others).unwrap_or(u16::MAX);
    let height = small
        .saturating_mul(SMALL + 1)
        .saturating_add(PLOT + AROUND);
    let part = page.part(height, |frame, area| {
        let charts = Charts {
            sight,
            shared,
            span,
            end,
            marks: marks.all(),
            stairs: &stairs,
            has_side: false,
            medium: Medium::Paper,
        };
        charts.draw(frame, area);
    });
    vec![part]
}

/// The symptoms by days, in blocks of as many days as the page has cells for.
pub(super) fn grid(page: &Page<'_>) -> Vec<Part> {
    let (sight, shared) = (page.sight, page.shared);
    let rows = listed_of(page.series.to_vec(), sight.order, shared);
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let height = height.saturating_add(HEAD);
    let inside = Rect::new(0, 0, page.width, height);
    let (_, columns) = HeatGrid::fits(inside, names(&rows));
    let days = i64::try_from(columns.max(1)).unwrap_or(i64::MAX);
    let mut parts = Vec::new();
    let mut from = page.days.from;
    while from <= page.days.to {
        let span = Span {
            from,
            to: moved(from, days - 1).min(page.days.to),
        };
        parts.push(page.part(height, |frame, area| {
            let middle = shared.theme.glyph(Glyph::Middle);
            let days = words::stretch(span, shared.today());
            let title = format!("Symptoms by days {middle} {days}");
            let panel = Panel::new(&title).fact(sight.order.label());
            let inner = panel
                .borders(Borders::No)
                .draw(area, frame.buffer_mut(), shared.theme);
            Window::on_paper(span, &rows).draw(sight, &rows, shared, frame, inner);
        }));
        let next = moved(from, days);
        if next <= from {
            break;
        }
        from = next;
    }
    parts
}

// The laws of paper: what is printed is what the widgets of the screen draw, and no line is wider than the page.
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::super::axis::Axis;
    use super::super::days::Fold;
    use super::super::legend::GUTTER;
    use super::super::page::{PLOT, Page, Rows};
    use super::super::paper;
    use super::super::{Trends, chart, charted, face, sheet};
    use crate::domain::demo::{Plan, changes};
    use crate::domain::journal::Journal;
    use crate::domain::series::Series;
    use crate::domain::time::span::Span;
    use crate::domain::time::{Now, Zone};
    use crate::domain::trends::sight::{Sight, moved};
    use crate::domain::trends::view::View;
    use crate::store::{Seed, Store};
    use crate::tui::outside::printed::printed;
    use crate::tui::shared::Shared;
    use crate::tui::theme::{ColourMode, Detail, Glyphs, Theme};
    use crate::tui::widgets::chart::AxisLabel;
    use crate::tui::widgets::columns::{Column, ColumnChart};
    use crate::tui::widgets::frame::Frame;
    use chrono::{DateTime, FixedOffset};
    use proptest::prelude::{Just, ProptestConfig, Strategy, any, proptest};
    use proptest::prop_oneof;
    use proptest::sample::select;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use std::sync::LazyLock;
    use unicode_width::UnicodeWidthStr;

    fn now() -> Now {
        let at: DateTime<FixedOffset> = "2026-11-28T09:00:00+01:00".parse().unwrap();
        Now::new(at.to_utc(), Zone::fixed(*at.offset()))
    }

    /// A hundred days with gaps, days in part, days with an overall only, doses, a plan and attempts.
    static MADE_UP: LazyLock<Journal> = LazyLock::new(|| {
        let seed = Seed {
            now: DateTime::UNIX_EPOCH,
            journal: [7; 16],
            device: [9; 16],
        };
        let mut store = Store::in_memory(seed).unwrap();
        let made_up = changes(Plan::usual(100, 7), &now());
        store.apply(&made_up, now().at.to_utc()).unwrap();
        store.load(None).unwrap()
    });

    fn look() -> impl Strategy<Value = Theme> {
        let braille = Theme::new(ColourMode::Indexed, Glyphs::Unicode);
        prop_oneof![
            Just(braille),
            Just(braille.detail(Detail::Blocks)),
            Just(braille.detail(Detail::Halves)),
            Just(Theme::new(ColourMode::Mono, Glyphs::Unicode)),
            Just(Theme::new(ColourMode::Ansi16, Glyphs::Ascii)),
        ]
    }

    fn series() -> impl Strategy<Value = Option<Series>> {
        let all = Series::offered(&MADE_UP);
        prop_oneof![2 => Just(None), 1 => select(all).prop_map(Some)]
    }

    fn shared(theme: Theme) -> Shared {
        Shared::on_paper(MADE_UP.clone(), now(), theme)
    }

    fn page<'a>(
        sight: &'a Sight,
        shared: &'a Shared,
        series: &'a [Series],
        width: u16,
    ) -> Page<'a> {
        let at = shared.basis();
        let days = sight.days_in_text(at).map(|(days, _)| days);
        let days = days.unwrap_or(Span {
            from: at.today,
            to: at.today,
        });
        Page {
            sight,
            shared,
            series,
            days,
            rows: Rows::All,
            width,
        }
    }

    /// The buffers of a page.
    fn buffers(page: &Page<'_>) -> Vec<Buffer> {
        paper::drawn(page)
    }

    /// The lines of a screen on which the view has as many cells as a page of `width`.
    fn on_screen(sight: &Sight, shared: &Shared, width: u16) -> Vec<String> {
        // Borders and air from 54 cells on, and the panel beside the view from 110 on.
        let main = if width < 54 { width } else { width + 4 };
        let whole = if main < 110 { main } else { main + 46 };
        let trends = Trends {
            sight: sight.clone(),
            ..Trends::default()
        };
        let area = Rect::new(0, 0, whole, 70);
        let mut frame = Frame::blank(area);
        (face(sight.view).draw)(&trends, shared, &mut frame, area);
        let left = (main - width) / 2;
        let inner = Rect::new(left, 0, width, 70);
        let mut lines = Vec::new();
        for y in inner.top()..inner.bottom() {
            let row = (inner.left()..inner.right()).map(|x| frame.buffer()[(x, y)].symbol());
            lines.push(row.collect::<String>().trim_end().to_owned());
        }
        lines
    }

    /// Every one of `lines` stands on the screen, in this order.
    fn stand_on(lines: &[String], screen: &[String]) {
        let mut rest = screen.iter();
        for line in lines {
            assert!(
                rest.any(|on_screen| on_screen == line),
                "{line:?} in\n{}",
                screen.join("\n")
            );
        }
    }

    /// Whether the number of the axis in that row is 0.
    fn is_zero(buffer: &Buffer, y: u16) -> bool {
        let [before, number] = [2, 3].map(|x| buffer[(x, y)].symbol());
        before == " " && number == "0"
    }

    /// The rows of `buffer` from `top` down to the axis are those of `chart`, cell by cell.
    fn is_drawn_at(buffer: &Buffer, top: u16, chart: &ColumnChart<'_>, theme: Theme) {
        let area = Rect::new(0, top, buffer.area.width, PLOT + 3);
        let mut alone = Buffer::empty(area);
        let axis = chart.draw(area, &mut alone, theme).unwrap().axis();
        for (x, y) in area.positions().map(|at| (at.x, at.y)) {
            let (printed, drawn) = (&buffer[(x, y)], &alone[(x, y)]);
            // The legend stands beside the axis, where the chart leaves cells free.
            if y > axis || drawn.symbol() == " " && x < chart.gutter {
                continue;
            }
            assert_eq!(printed, drawn, "at {x}, {y}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn no_line_is_wider_than_its_page_and_without_its_escape_codes_a_styled_one_is_the_plain_one(
            view in select(View::ALL.to_vec()),
            theme in look(),
            chosen in series(),
            back in 0_i64..110,
            width in 40_u16..=240,
        ) {
            let shared = shared(theme);
            let day = Some(moved(shared.today(), -back));
            let sight = Sight { view, chosen, day, ..Sight::default() };
            let rows = view.offered(&shared.journal);
            let buffers = buffers(&page(&sight, &shared, &rows, width));
            for line in buffers.iter().flat_map(|buffer| printed(buffer, theme)) {
                assert!(line.plain.width() <= usize::from(width), "{}", line.plain);
                let bare: String = line
                    .styled
                    .split('\x1b')
                    .enumerate()
                    .map(|(at, piece)| if at == 0 { piece } else { piece.split_once('m').unwrap().1 })
                    .collect();
                assert_eq!(bare.trim_end(), line.plain);
            }
        }

        #[test]
        fn a_printed_week_is_the_chart_of_the_screen_and_its_rows(
            theme in look(),
            chosen in series(),
            back in 0_i64..100,
            width in 40_u16..=240,
        ) {
            let shared = shared(theme);
            let day = Some(moved(shared.today(), -back));
            let sight = Sight { chosen, day, ..Sight::default() };
            let span = sight.days(shared.basis());
            let columns = charted::first(&sight, span, &shared);
            for buffer in buffers(&page(&sight, &shared, &[], width)) {
                let inner = Rect::new(0, 1, width, buffer.area.height - 1);
                let legend = u16::from(width < sheet::BESIDE);
                if ColumnChart::highest(&columns).is_some() {
                    let words = sheet::words_of_days(&sight, span, inner, &shared);
                    let chart = ColumnChart {
                        gutter: sheet::names(inner),
                        labels: &words,
                        ..ColumnChart::new(Axis::default().end(&sight, &shared), &columns)
                    };
                    is_drawn_at(&buffer, 1 + legend, &chart, theme);
                }
                let lines: Vec<String> = printed(&buffer, theme).into_iter().map(|line| line.plain).collect();
                // Below the columns: how much was answered, and behind the line about the order every row.
                let has_axis = lines.iter().any(|line| line.trim_start().starts_with("0 "));
                let plot = if has_axis { PLOT } else { 1 };
                let below = usize::from(1 + legend + plot + 3);
                let screen = on_screen(&sight, &shared, width);
                let mut rows = vec![lines[below].clone()];
                rows.extend(lines[below + 2..].iter().cloned());
                stand_on(&rows, &screen);
            }
        }

        #[test]
        fn a_printed_long_chart_is_the_chart_of_the_screen_and_what_stands_under_it(
            view in select(vec![View::Month, View::All, View::Timeline]),
            theme in look(),
            chosen in series(),
            back in 0_i64..100,
            width in 40_u16..=100,
            is_asked in any::<bool>(),
        ) {
            let shared = shared(theme);
            let at = shared.basis();
            let day = Some(moved(shared.today(), -back));
            let sight = Sight { view, chosen, day, ..Sight::default() };
            let asked = Sight { from: at.journal.first_entry(), ..sight.clone() };
            let sight = if is_asked { asked } else { sight };
            let page = page(&sight, &shared, &[], width);
            let span = if is_asked {
                page.days
            } else {
                chart::window(&sight, &shared, width - GUTTER)
            };
            let columns: Vec<Column> = charted::first(&sight, span, &shared);
            let fold = Fold::of(span, width - GUTTER, &shared.journal);
            let folded = fold.columns(&columns);
            let buffer = buffers(&page).remove(0);
            let lines: Vec<String> = printed(&buffer, theme).into_iter().map(|line| line.plain).collect();
            let Some(axis) = (1..buffer.area.height).find(|y| is_zero(&buffer, *y)) else {
                assert!(ColumnChart::highest(&columns).is_none(), "{lines:#?}");
                return Ok(());
            };
            // Above the chart stands its legend, below it the words of the days.
            let top = axis - PLOT - 1;
            if !is_asked {
                let end = Axis::default().end(&sight, &shared);
                // Any words under the axis, so that there is a row for them.
                let labels = [AxisLabel { day: 0, text: "day 0".to_owned() }];
                let chart = ColumnChart { gutter: GUTTER, labels: &labels, ..ColumnChart::new(end, &folded) };
                is_drawn_at(&buffer, top, &chart, theme);
                // Below the words of the days, of which a screen names that of the cursor too.
                let under: Vec<String> = lines[usize::from(axis) + 2..]
                    .iter()
                    .take_while(|line| !line.is_empty())
                    .cloned()
                    .collect();
                stand_on(&under, &on_screen(&sight, &shared, width));
            }
            // Nothing was folded away: each column is a day, or as high as the middle of its days.
            assert!(folded.len() <= usize::from(width - GUTTER));
            assert!(span.len() == columns.len());
        }
    }
}
