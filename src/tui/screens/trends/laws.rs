//! The laws of paper: what is printed is what the widgets of the screen draw, and no line is wider than the page.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::axis::Axis;
use super::folding::Fold;
use super::legend::GUTTER;
use super::page::{PLOT, Page, Rows};
use super::paper;
use super::{Trends, chart, charted, face, sheet};
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
use crate::tui::widgets::columns::{Column, ColumnChart};
use chrono::{DateTime, FixedOffset};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, proptest};
use proptest::prop_oneof;
use proptest::sample::select;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
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

fn page<'a>(sight: &'a Sight, shared: &'a Shared, series: &'a [Series], width: u16) -> Page<'a> {
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
    let mut terminal = Terminal::new(TestBackend::new(whole, 70)).unwrap();
    let frame = terminal
        .draw(|frame| (face(sight.view).draw)(&trends, shared, frame, frame.area()))
        .unwrap();
    let left = (main - width) / 2;
    let inner = Rect::new(left, 0, width, 70);
    let mut lines = Vec::new();
    for y in inner.top()..inner.bottom() {
        let row = (inner.left()..inner.right()).map(|x| frame.buffer[(x, y)].symbol());
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

/// The rows of `buffer` from `top` on are those of `chart`, cell by cell.
fn is_drawn_at(buffer: &Buffer, top: u16, chart: &ColumnChart<'_>, theme: Theme) {
    let area = Rect::new(0, top, buffer.area.width, PLOT + 3);
    let mut alone = Buffer::empty(area);
    chart.draw(area, &mut alone, theme).unwrap();
    for (x, y) in area.positions().map(|at| (at.x, at.y)) {
        let (printed, drawn) = (&buffer[(x, y)], &alone[(x, y)]);
        // The legend stands beside the axis, where the chart leaves cells free.
        if drawn.symbol() == " " && x < chart.gutter {
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
            let below = usize::from(1 + legend + PLOT + 3);
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
        let Some(axis) = (1..buffer.area.height).find(|y| buffer[(3, *y)].symbol() == "0") else {
            assert!(ColumnChart::highest(&columns).is_none(), "{lines:#?}");
            return Ok(());
        };
        // Above the chart stands its legend, below it the words of the days.
        let top = axis - PLOT - 1;
        if !is_asked {
            let end = Axis::default().end(&sight, &shared);
            let chart = ColumnChart { gutter: GUTTER, ..ColumnChart::new(end, &folded) };
            is_drawn_at(&buffer, top, &chart, theme);
            let under: Vec<String> = lines[usize::from(axis) + 1..]
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
