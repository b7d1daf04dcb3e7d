//! The laws of the heat grid as tests, and pictures of it.
use chrono::{Days, NaiveDate};
use proptest::prelude::{ProptestConfig, any, proptest};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::chart::Beginning;
use super::heat_grid::{Beyond, GridDay, GridPlace, GridRow, HeatGrid};
use super::picture::{as_text, picture};
use crate::tui::theme::{ColourMode, Glyph, Glyphs, Theme};

const UNICODE: Theme = Theme::new(ColourMode::Ansi16, Glyphs::Unicode);
const MONO: Theme = Theme::new(ColourMode::Mono, Glyphs::Unicode);
const ASCII: Theme = Theme::new(ColourMode::Mono, Glyphs::Ascii);

fn days(n: usize) -> Vec<GridDay> {
    let first = NaiveDate::from_ymd_opt(2026, 11, 13).expect("a date");
    (0..n)
        .map(|at| GridDay {
            date: first + Days::new(at as u64),
            beginning: if at == 3 {
                Beginning::DayZero
            } else {
                Beginning::None
            },
        })
        .collect()
}

fn values(n: usize, from: u8) -> Vec<Option<u8>> {
    let value = |at: usize| from.saturating_sub(u8::try_from(at / 4).unwrap_or(9));
    // A blank every six days, and severities that fall over time.
    (0..n).map(|at| (at % 6 != 4).then(|| value(at))).collect()
}

fn grid_picture(width: u16, height: u16, theme: Theme) -> String {
    let area = Rect::new(0, 0, width, height);
    let (_, columns) = HeatGrid::fits(area, 16);
    let days = days(columns);
    let (worst, mild) = (values(columns, 4), values(columns, 2));
    // A symptom that was never answered stays in the grid.
    let blank = vec![None; columns];
    let rows = [
        GridRow::Heading("Body"),
        GridRow::Cells("Muscle aches", &worst),
        GridRow::Cells("Shaking", &mild),
        GridRow::Heading("Mind"),
        GridRow::Cells("Trouble sleeping", &worst),
        GridRow::Cells("Own one with a long name", &blank),
    ];
    let grid = HeatGrid {
        rows: &rows,
        days: &days,
        name_width: 16,
        today: Some(9),
        cursor: Some((4, 2)),
        marks: &[(1, 'c'), (1, 'n'), (4, 'v'), (9, 'm'), (99, 'x')],
        beyond: Beyond {
            above: 3,
            below: 12,
            earlier: 400,
            later: 2,
        },
    };
    picture(width, height, |area, buf| {
        grid.draw(area, buf, theme);
    })
}

#[test]
fn a_grid_wide_and_narrow() {
    insta::assert_snapshot!(grid_picture(80, 9, UNICODE));
    insta::assert_snapshot!(grid_picture(80, 9, ASCII));
    insta::assert_snapshot!(grid_picture(40, 9, UNICODE));
    insta::assert_snapshot!(grid_picture(40, 9, ASCII));
    insta::assert_snapshot!(grid_picture(24, 5, MONO));
}

fn drawn(grid: &HeatGrid<'_>, area: Rect, theme: Theme) -> (Buffer, Option<GridPlace>) {
    let mut buf = Buffer::empty(area);
    let place = grid.draw(area, &mut buf, theme);
    (buf, place)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_digit_is_a_given_value_and_a_day_without_one_is_no_digit(
        given in proptest::collection::vec(proptest::collection::vec(any::<Option<u8>>(), 60), 1..8),
        width in 0u16..120, height in 0u16..20, name_width in 0u16..30,
    ) {
        let area = Rect::new(0, 0, width, height);
        let (most_rows, most_days) = HeatGrid::fits(area, name_width);
        let days = days(most_days);
        let rows: Vec<GridRow<'_>> = given.iter().map(|cells| GridRow::Cells("name", cells)).collect();
        let grid = HeatGrid { rows: &rows, days: &days, name_width, ..HeatGrid::default() };
        for theme in [UNICODE, ASCII] {
            let (buf, place) = drawn(&grid, area, theme);
            let Some(place) = place else {
                assert!(most_rows == 0 || most_days == 0);
                continue;
            };
            for day in 0..most_days {
                let x = place.column_of(day).expect("each day that fits has a column");
                assert_eq!(place.day_at(x), Some(day));
                for (row, cells) in given.iter().take(most_rows).enumerate() {
                    let y = place.body.y + u16::try_from(row).unwrap_or(0);
                    let expected = match cells.get(day).copied().flatten() {
                        None => theme.glyph(Glyph::Blank).to_owned(),
                        Some(n) => n.min(4).to_string(),
                    };
                    assert_eq!(buf[(x, y)].symbol(), expected, "\n{}", as_text(&buf));
                }
            }
        }
    }
}

#[test]
fn the_cursor_is_seen_without_colour_on_every_cell() {
    let cells: Vec<Option<u8>> = vec![None, Some(0), Some(2), Some(3), Some(4)];
    let rows = [GridRow::Cells("a", &cells), GridRow::Cells("b", &cells)];
    let days = days(5);
    for width in [16, 60] {
        for day in 0..5 {
            let grid = HeatGrid {
                rows: &rows,
                days: &days,
                name_width: 3,
                cursor: Some((1, day)),
                ..HeatGrid::default()
            };
            let (buf, place) = drawn(&grid, Rect::new(0, 0, width, 8), ASCII);
            let place = place.expect("drawn");
            let x = place.column_of(day).expect("a column");
            let (here, above) = (&buf[(x, place.body.y + 1)], &buf[(x, place.body.y)]);
            assert!(here.modifier.contains(Modifier::REVERSED));
            assert_eq!(here.symbol(), ["-", "0", "2", "3", "4"][day]);
            // The row above has the same severity without the cursor.
            assert_ne!(here.modifier, above.modifier);
            assert_eq!(buf[(0, place.body.y + 1)].symbol(), ">");
            assert!(buf[(x, 1)].modifier.contains(Modifier::REVERSED));
        }
    }
}

#[test]
fn today_is_seen_without_colour_where_its_word_has_no_room() {
    let days = days(6);
    let grid = HeatGrid {
        rows: &[GridRow::Cells("a", &[])],
        days: &days,
        name_width: 3,
        today: Some(2),
        ..HeatGrid::default()
    };
    let (buf, place) = drawn(&grid, Rect::new(0, 0, 20, 4), ASCII);
    let x = place.expect("drawn").column_of(2).expect("a column");
    assert!(
        buf[(x, 0)]
            .modifier
            .contains(Modifier::BOLD | Modifier::UNDERLINED)
    );
}

#[test]
fn what_is_handed_in_beyond_the_room_is_not_laid_out() {
    let days = days(3_650);
    let cells = vec![Some(4); 3_650];
    let rows = vec![GridRow::Cells("Nausea", &cells); 500];
    let grid = HeatGrid {
        rows: &rows,
        days: &days,
        name_width: 6,
        ..HeatGrid::default()
    };
    let area = Rect::new(0, 0, 60, 12);
    let (_, place) = drawn(&grid, area, UNICODE);
    let place = place.expect("drawn");
    let (_, most) = HeatGrid::fits(area, 6);
    assert!(place.column_of(most - 1).is_some() && place.column_of(most).is_none());
}
