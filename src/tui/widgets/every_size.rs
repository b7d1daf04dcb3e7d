//! The sweep of all widgets over sizes, and what must hold at each.
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use chrono::NaiveDate;

use super::chart::{AxisLabel, Band, Beginning};
use super::columns::{Column, ColumnChart, Standing, under};
use super::heat_grid::{Beyond, GridDay, GridRow, HeatGrid};
use super::panel::Panel;
use super::text_field::{Shape, TextField};
use super::{footer, list, tabs};
use crate::tui::theme::{ColourMode, Glyphs, Theme};

/// Every widget with contents that are long, wide and sly.
fn draw_all(area: Rect, buf: &mut Buffer, theme: Theme) {
    // Wide letters, a joined emoji, a direction override, an escape sequence and typographic signs.
    let sly = "Severity 日本 👩\u{200D}👩\u{200D}👧 \u{202e}\u{1b}[31m → …";
    let inner = Panel::new(sly).fact("7 of 7 days").draw(area, buf, theme);
    Panel::new(sly).divide(area, area.y.saturating_add(3), buf, theme);
    let columns: Vec<Column> = (0..40)
        .map(|n| Column {
            beginning: if n == 9 {
                Beginning::DayZero
            } else {
                Beginning::None
            },
            // Days with and without each kind of mark, in every combination.
            standing: match n % 7 {
                0 => Standing::OverallOnly,
                1 => Standing::Missing,
                2 => Standing::NoneOfIt,
                _ => Standing::Value(f64::from(n)),
            },
            // Measured anew at each size, so only some are long.
            number: if n == 12 { sly.into() } else { "18*".into() },
            before: (n % 5 != 0).then_some(f64::from(n)),
            worst: (n % 4 != 0).then_some(90.0),
            middle: (n % 6 != 0).then_some(f64::from(n)),
        })
        .collect();
    // 90 is beyond the days: callers may pass more than there is to see.
    let labels = [0, 9, 20, 39, 90].map(|day| AxisLabel {
        day,
        text: sly.into(),
    });
    let strip = [Band {
        from: 10,
        to: 90,
        name: sly.into(),
        short: "4–7".into(),
    }];
    for room in [inner, area] {
        let chart = ColumnChart {
            labels: &labels,
            cursor: Some(38),
            ..ColumnChart::new(100.0, &columns)
        };
        if let Some(place) = chart.draw(room, buf, theme) {
            let row = Rect {
                y: room.bottom().saturating_sub(1),
                height: 1,
                ..room
            };
            under::bands(&place, &strip, row, buf, theme);
            let letters = [(0, 'n'), (39, 'x'), (3, 'c')];
            under::letters(&place, letters.into_iter(), row, buf, theme);
        }
    }
    grid(sly, area, buf, theme);
    for (index, at) in list::rows(57, 30, inner) {
        let focus = list::Focus::on(index == 30);
        list::row(&Line::from(sly), focus, at, buf, theme);
    }
    let hints = [footer::Hint {
        key: "PgUp PgDn",
        label: "week",
    }; 9];
    footer::draw(&hints, footer::Reach::Keys, area, buf, theme);
    let tabs = [
        tabs::Tab {
            number: 1,
            title: "Today",
            short: "Today",
        },
        tabs::Tab {
            number: 2,
            title: sly,
            short: sly,
        },
    ];
    tabs::draw(&tabs, 2, sly, area, buf, theme);
    for shape in [Shape::OneLine, Shape::ManyLines] {
        let field = TextField::new(shape, 100, sly);
        if let Some(cursor) = field.draw(inner, buf, theme) {
            assert!(inner.contains(cursor) && buf.area.contains(cursor));
        }
    }
}

fn grid(sly: &str, area: Rect, buf: &mut Buffer, theme: Theme) {
    let cells = [Some(0), None, Some(4), Some(9)].repeat(20);
    let rows = [
        GridRow::Heading(sly),
        GridRow::Cells(sly, &cells),
        GridRow::Cells("", &[]),
    ];
    let rows = rows.repeat(8);
    let days = (0..80).filter_map(|day| {
        Some(GridDay {
            date: NaiveDate::from_epoch_days(20_000 + day)?,
            beginning: if day % 9 == 1 {
                Beginning::Attempt
            } else {
                Beginning::None
            },
        })
    });
    let days: Vec<GridDay> = days.collect();
    let grid = HeatGrid {
        rows: &rows,
        days: &days,
        name_width: 30,
        today: Some(7),
        cursor: Some((4, 3)),
        marks: &[(0, 'n'), (3, '日'), (99, 'x'), (3, '\u{1b}')],
        beyond: Beyond {
            above: 1,
            below: 2_000,
            earlier: 3,
            later: 4,
        },
    };
    grid.draw(area, buf, theme);
}

#[test]
fn every_widget_draws_at_every_size() {
    // Every size up to a large terminal, since errors hide at single sizes.
    let small = (0..=120).flat_map(|width| (0..=40).map(move |height| (width, height)));
    let large = [
        (500, 500),
        (500, 1),
        (1, 500),
        (80, 24),
        (120, 40),
        (81, 3),
        (200, 60),
    ];
    for (width, height) in small.chain(large) {
        for theme in [
            Theme::default(),
            Theme::new(ColourMode::Mono, Glyphs::Ascii),
        ] {
            let area = Rect::new(0, 0, width, height);
            draw_all(area, &mut Buffer::empty(area), theme);
        }
    }
}

#[test]
fn a_widget_told_of_more_room_than_there_is_stays_on_the_screen() {
    let mut buf = Buffer::empty(Rect::new(0, 0, 30, 10));
    for area in [
        Rect::new(20, 5, 60, 30),
        Rect::new(40, 2, 9, 9),
        Rect::new(3, 3, u16::MAX, u16::MAX),
    ] {
        draw_all(area, &mut buf, Theme::default());
    }
}

#[test]
fn a_widget_writes_inside_its_area_alone() {
    for (width, height) in [(1, 1), (7, 3), (19, 6), (40, 12), (60, 14)] {
        // Filled with a sign that no widget draws, so that every write outside shows.
        let mut buf = Buffer::filled(Rect::new(0, 0, 90, 30), Cell::new("#"));
        let area = Rect::new(11, 7, width, height);
        draw_all(area, &mut buf, Theme::default());
        for y in 0..30 {
            for x in 0..90 {
                let inside = area.contains(Position::new(x, y));
                assert!(inside || buf[(x, y)].symbol() == "#", "{x},{y} of {area:?}");
            }
        }
    }
}

#[test]
fn nothing_that_steers_reaches_a_cell() {
    let area = Rect::new(0, 0, 90, 20);
    let mut buf = Buffer::empty(area);
    draw_all(area, &mut buf, Theme::default());
    let steers = |c: char| c.is_control() || c == '\u{202e}';
    assert!(
        buf.content
            .iter()
            .all(|cell| !cell.symbol().contains(steers))
    );
}
