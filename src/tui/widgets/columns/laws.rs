//! The laws of the chart of days: a column ends at its value, its number is its value, nothing stands for a day that is missing or
//! still to come, and nothing on one side of a day 0 depends on the other.
use proptest::prelude::{Just, ProptestConfig, Strategy, any, proptest};
use proptest::prop_oneof;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::EIGHTHS;
use super::{Column, ColumnChart, Fineness, Place, Standing};
use crate::tui::theme::{ColourMode, Glyph, Glyphs, Theme};
use crate::tui::widgets::chart::Beginning;
use crate::tui::widgets::picture::as_text;

const UNICODE: Theme = Theme::new(ColourMode::Ansi16, Glyphs::Unicode);
const ASCII: Theme = Theme::new(ColourMode::Mono, Glyphs::Ascii);

/// A look: how fine the columns are, in which signs.
fn look() -> impl Strategy<Value = (Fineness, Theme)> {
    prop_oneof![
        Just((Fineness::Eighths, UNICODE)),
        Just((Fineness::Halves, UNICODE)),
        Just((Fineness::Cells, ASCII)),
    ]
}

fn end() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(25.0),
        Just(50.0),
        Just(75.0),
        Just(100.0),
        Just(4.0),
        Just(7.5)
    ]
}

/// A day on an axis of 100: a value with its number, a missing day, an overall only, one still to come.
fn one_day() -> impl Strategy<Value = Column> {
    let value = (0_u32..=100).prop_map(|value| Column {
        standing: Standing::Value(f64::from(value)),
        number: value.to_string(),
        ..Column::default()
    });
    let bare = |standing: Standing| {
        Just(Column {
            standing,
            ..Column::default()
        })
    };
    prop_oneof![
        6 => value,
        1 => bare(Standing::Missing),
        1 => bare(Standing::NoneOfIt),
        1 => bare(Standing::OverallOnly),
        1 => bare(Standing::Ahead),
    ]
}

fn days() -> impl Strategy<Value = Vec<Column>> {
    proptest::collection::vec(one_day(), 1..60)
}

/// Brings values of an axis of 100 to one that ends at `end`.
fn scaled(columns: &[Column], end: f64) -> Vec<Column> {
    let scale = |value: f64| value / 100.0 * end;
    let standing = |standing| match standing {
        Standing::Value(value) => Standing::Value(scale(value)),
        other => other,
    };
    let columns = columns.iter().map(|column| Column {
        standing: standing(column.standing),
        before: column.before.map(scale),
        worst: column.worst.map(scale),
        ..column.clone()
    });
    columns.collect()
}

fn drawn(
    columns: &[Column],
    end: f64,
    (fineness, theme): (Fineness, Theme),
    (width, height): (u16, u16),
) -> (Buffer, Option<Place>) {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    let place = ColumnChart::new(end, columns).draw_to(fineness, area, &mut buf, theme);
    (buf, place)
}

/// How many steps of a cell a sign fills from below; `None` for what is no piece of a column.
fn steps_of(symbol: &str, fineness: Fineness) -> Option<u16> {
    let sign = symbol.chars().next()?;
    match fineness {
        Fineness::Eighths => {
            let at = EIGHTHS.iter().position(|eighth| *eighth == sign)?;
            u16::try_from(at + 1).ok()
        }
        Fineness::Halves => match sign {
            '█' => Some(2),
            '▄' => Some(1),
            _ => None,
        },
        Fineness::Cells => (sign == '#').then_some(1),
    }
}

/// The height of the ink at a cell of the axis, in steps, and whether it is without holes.
fn height(buf: &Buffer, place: &Place, x: u16, fineness: Fineness) -> u16 {
    let mut steps = 0;
    let mut is_over = false;
    for y in (0..place.axis()).rev() {
        let found = steps_of(buf[(x, y)].symbol(), fineness);
        assert!(found.is_none() || !is_over, "a hole in a column");
        steps += found.unwrap_or(0);
        is_over |= found != Some(fineness.steps());
    }
    steps
}

/// What stands in the cells of a day over the axis, without the grid.
fn text_over(buf: &Buffer, place: &Place, day: usize, y: u16, theme: Theme) -> String {
    let cells = place.start(day)..place.start(day) + place.step;
    let text: String = cells.map(|x| buf[(x, y)].symbol()).collect();
    text.replace(theme.glyph(Glyph::GridLine), " ")
        .trim()
        .to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_column_ends_at_its_value_to_the_step_of_its_look(
        columns in days(), end in end(), look in look(), width in 10u16..=240, height_of in 4u16..50,
    ) {
        let columns = scaled(&columns, end);
        let (buf, place) = drawn(&columns, end, look, (width, height_of));
        let Some(place) = place else { return Ok(()) };
        let rows = f64::from(place.plot.height) * f64::from(look.0.steps());
        for (day, column) in columns.iter().enumerate() {
            let Standing::Value(value) = column.standing else { continue };
            let exact = value / end * rows;
            for x in place.column(day)..place.column(day) + place.wide {
                let seen = f64::from(height(&buf, &place, x, look.0));
                // What is more than nothing has at least one step.
                let is_near = (seen - exact).abs() <= 0.5 + 1e-9 || (seen - 1.0).abs() < 1e-9 && exact < 1.0;
                assert!(is_near && (seen > 0.0) == (value > 0.0), "{value} of {end}: {seen} for {exact}\n{}", as_text(&buf));
            }
        }
    }

    #[test]
    fn the_number_on_a_column_is_its_value_and_stands_right_above_it(
        columns in days(), look in look(), width in 10u16..=240, height_of in 4u16..50,
    ) {
        let (buf, place) = drawn(&columns, 100.0, look, (width, height_of));
        let Some(place) = place else { return Ok(()) };
        for (day, column) in columns.iter().enumerate() {
            let Standing::Value(_) = column.standing else { continue };
            let ink = height(&buf, &place, place.column(day), look.0).div_ceil(look.0.steps());
            let text = text_over(&buf, &place, day, place.axis() - 1 - ink, look.1);
            let has_room = place.step >= 3 && column.number.len() < usize::from(place.step);
            let zero = place.step < 3 && ink == 0;
            let expected = if has_room || zero { column.number.as_str() } else { "" };
            assert_eq!(text, expected, "day {day}\n{}", as_text(&buf));
        }
    }

    #[test]
    fn a_day_that_is_missing_or_still_to_come_has_no_ink(
        columns in days(), look in look(), width in 10u16..=240, height_of in 4u16..50,
    ) {
        let (buf, place) = drawn(&columns, 100.0, look, (width, height_of));
        let Some(place) = place else { return Ok(()) };
        for (day, column) in columns.iter().enumerate() {
            let expected = match column.standing {
                Standing::Value(_) => continue,
                Standing::Missing => look.1.glyph(Glyph::Blank),
                Standing::NoneOfIt => look.1.glyph(Glyph::Middle),
                Standing::OverallOnly => look.1.glyph(Glyph::Hollow),
                Standing::Ahead => "",
            };
            // In ASCII the sign of a missing day is that of the grid, which is taken out here.
            let expected = expected.replace(look.1.glyph(Glyph::GridLine), "");
            for y in place.plot.top() - 1..place.axis() {
                let on_axis = y + 1 == place.axis();
                let seen = text_over(&buf, &place, day, y, look.1);
                assert_eq!(seen, if on_axis { &expected } else { "" }, "{}", as_text(&buf));
            }
        }
    }

    #[test]
    fn nothing_reaches_across_a_day_0(
        before in days(), after in days(), look in look(), width in 10u16..=240, height_of in 4u16..50,
    ) {
        let mut after = after;
        after[0].beginning = Beginning::DayZero;
        let all: Vec<Column> = before.iter().chain(&after).cloned().collect();
        let blank = vec![Column::default(); before.len()];
        let alone: Vec<Column> = blank.into_iter().chain(after.iter().cloned()).collect();
        let (one, place) = drawn(&all, 100.0, look, (width, height_of));
        let (other, _) = drawn(&alone, 100.0, look, (width, height_of));
        let Some(place) = place else { return Ok(()) };
        for y in 0..height_of {
            // The cell before the first column may be air beside its number.
            for x in place.start(before.len())..width {
                assert_eq!(one[(x, y)], other[(x, y)], "{x} {y}\n{}", as_text(&one));
            }
        }
    }

    #[test]
    fn the_line_to_the_worst_ends_where_a_column_of_it_would(
        value in 0u32..=100, more in 0u32..=100, look in look(), width in 10u16..=240, height_of in 4u16..50,
    ) {
        let worst = (value + more).min(100);
        let column = Column {
            standing: Standing::Value(f64::from(value)),
            worst: Some(f64::from(worst)),
            ..Column::default()
        };
        let (buf, place) = drawn(&[column], 100.0, look, (width, height_of));
        let Some(place) = place else { return Ok(()) };
        let sign = look.1.glyph(Glyph::Worst);
        let x = place.column(0) + place.wide / 2;
        let rows = |y: &u16| buf[(x, *y)].symbol() == sign;
        let highest = (0..place.axis()).find(rows);
        let reach = place.scale.steps(f64::from(worst), look.0.steps()).div_ceil(look.0.steps());
        let own = place.scale.steps(f64::from(value), look.0.steps()).div_ceil(look.0.steps());
        let expected = (reach > own).then(|| place.axis() - reach);
        assert_eq!(highest, expected, "{}", as_text(&buf));
    }

    #[test]
    fn the_week_before_ends_at_its_value_to_a_cell(
        value in 0u32..=100, before in 0u32..=100, look in look(), width in 10u16..=240, height_of in 4u16..50,
    ) {
        let column = Column {
            standing: Standing::Value(f64::from(value)),
            before: Some(f64::from(before)),
            ..Column::default()
        };
        let (buf, place) = drawn(&[column], 100.0, look, (width, height_of));
        let Some(place) = place else { return Ok(()) };
        let sign = look.1.glyph(Glyph::Before);
        for x in place.start(0)..place.column(0) {
            let rows = (0..place.axis()).filter(|y| buf[(x, *y)].symbol() == sign).count();
            let exact = f64::from(before) / 100.0 * f64::from(place.plot.height);
            let is_near = (rows as f64 - exact).abs() <= 0.5 + 1e-9 || rows == 1 && exact < 1.0;
            assert!(is_near && (rows > 0) == (before > 0), "{before}: {rows} for {exact}\n{}", as_text(&buf));
        }
    }

    #[test]
    fn a_number_of_the_axis_stands_where_a_column_of_it_ends(end in end(), look in look(), room in 1u16..60) {
        let Some(scale) = super::Scale::new(end, room) else { return Ok(()) };
        let mut last = None;
        for (value, up) in scale.ticks() {
            assert_eq!(scale.steps(value, look.0.steps()), up * look.0.steps());
            // Evenly spaced: the same number of rows from each to the next.
            if let Some((before, gap)) = last {
                assert!(gap == 0 || up - before == gap);
                last = Some((up, up - before));
            } else {
                last = Some((up, 0));
            }
        }
        assert!(scale.rows() <= room && room - scale.rows() <= 2);
    }

    #[test]
    fn the_day_under_the_mouse_is_the_day_that_is_drawn_there(
        columns in days(), width in 10u16..=240, is_beside in any::<bool>(),
    ) {
        let columns: Vec<Column> = columns
            .into_iter()
            .map(|column| Column { before: is_beside.then_some(50.0), ..column })
            .collect();
        let (_, place) = drawn(&columns, 100.0, (Fineness::Eighths, UNICODE), (width, 12));
        let Some(place) = place else { return Ok(()) };
        for day in 0..columns.len() {
            for x in place.start(day)..place.start(day) + place.step {
                assert_eq!(place.day_at(x), Some(day));
            }
            assert!(place.column(day) + place.wide <= place.start(day) + place.step);
        }
        assert_eq!(place.day_at(place.start(columns.len())), None);
    }
}

#[test]
fn the_week_before_stands_beside_each_day_and_the_middle_line_on_top_of_it() {
    let value = |value: f64, before: f64, middle: Option<f64>| Column {
        standing: Standing::Value(value),
        number: format!("{value}"),
        before: Some(before),
        middle,
        ..Column::default()
    };
    let columns = [
        value(42.0, 48.0, None),
        value(25.0, 50.0, Some(40.0)),
        Column {
            standing: Standing::OverallOnly,
            before: Some(30.0),
            ..Column::default()
        },
    ];
    let (buf, place) = drawn(&columns, 50.0, (Fineness::Eighths, UNICODE), (32, 8));
    assert!(place.is_some());
    insta::assert_snapshot!("week_before", as_text(&buf));
    let (buf, _) = drawn(&columns, 50.0, (Fineness::Cells, ASCII), (32, 8));
    insta::assert_snapshot!("week_before_in_ascii", as_text(&buf));
    let (buf, _) = drawn(&columns, 50.0, (Fineness::Halves, UNICODE), (32, 8));
    insta::assert_snapshot!("week_before_on_a_console", as_text(&buf));
}
