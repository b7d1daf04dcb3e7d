//! The laws of the line chart held against its further series: the second with an axis of its own, and earlier attempts.
use proptest::prelude::{ProptestConfig, proptest};
use ratatui::style::Modifier;

use super::chart::Beginning;
use super::chart::laws::{ASCII, UNICODE, day, drawn, is_inked, lie, month, some_days};
use super::line_chart::{DayMark, LineChart, Series};
use super::picture::{as_text, picture};
use crate::tui::theme::{ColourMode, Glyphs, Theme};

const MONO: Theme = Theme::new(ColourMode::Mono, Glyphs::Unicode);

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_cell_is_inked_between_days_of_a_further_series_that_are_not_neighbours(
        days in some_days(), width in 14u16..200, height in 3u16..40,
    ) {
        // The first series says nothing, so that all ink is that of the other one; beginnings are its own.
        let silent: Vec<DayMark> = days.iter().map(|day| DayMark {
            beginning: day.beginning,
            ..DayMark::default()
        }).collect();
        for series in [
            Series::second("Nausea", 4.0, &days),
            Series::second("Body", 100.0, &days),
            Series::earlier("attempt 1", &days),
        ] {
            for theme in [UNICODE, ASCII] {
                let others = [series];
                let chart = LineChart { name: "Severity", others: &others, ..LineChart::new(100.0, &silent) };
                let (buf, place) = drawn(&chart, width, height, theme);
                if let Some(place) = place {
                    assert_eq!(lie(&days, &buf, &place, theme), None, "\n{}", as_text(&buf));
                }
            }
        }
    }

    #[test]
    fn a_window_is_the_same_ink_as_the_same_days_of_a_longer_chart(
        days in some_days(), from in 0usize..4000, length in 3usize..30, cells in 1u16..4, height in 4u16..20,
    ) {
        // At whole cells a day: anything else would have to round differently. What reaches out of the window is left out.
        let days = &days[..days.len().min(400)];
        let from = from % days.len();
        let window = &days[from..(from + length).min(days.len())];
        let wide = |days: usize| u16::try_from(days).unwrap_or(0) * cells + 4;
        let chart = LineChart::new(100.0, days);
        let cut = LineChart::new(100.0, window);
        let (whole, place) = drawn(&chart, wide(days.len()), height, UNICODE);
        let (part, cut) = drawn(&cut, wide(window.len()), height, UNICODE);
        if let (Some(place), Some(cut)) = (place, cut) {
            for at in 1..window.len().saturating_sub(1) {
                let (x, y) = (place.column_of(from + at), cut.column_of(at));
                let (x, y) = (x.expect("a column"), y.expect("a column"));
                for row in 0..place.plot.height.min(cut.plot.height) {
                    if place.plot.height == cut.plot.height {
                        let (a, b) = (&whole[(x, place.plot.y + row)], &part[(y, cut.plot.y + row)]);
                        assert_eq!(a.symbol(), b.symbol(), "\n{}\n{}", as_text(&whole), as_text(&part));
                    }
                }
            }
        }
    }
}

/// The month of the first series, and a symptom from 0 to 4 that has its own blank days.
fn symptom() -> Vec<DayMark> {
    let values = [1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 3.0, 3.0, 2.0];
    (0..30_usize)
        .map(|n| {
            let value = values.get(n / 3).copied().filter(|_| n % 11 != 5);
            DayMark {
                beginning: if n == 7 {
                    Beginning::DayZero
                } else {
                    Beginning::None
                },
                hollow: (n == 16).then_some(1.0),
                ..DayMark::of(value.filter(|_| n != 16), value.filter(|_| n > 2))
            }
        })
        .collect()
}

fn two(width: u16, height: u16, names: (&str, &str), theme: Theme) -> String {
    let (days, second) = (month(), symptom());
    let others = [Series::second(names.1, 4.0, &second)];
    let chart = LineChart {
        name: names.0,
        others: &others,
        cursor: Some(24),
        ..LineChart::new(100.0, &days)
    };
    picture(width, height, |area, buf| {
        chart.draw(area, buf, theme);
    })
}

#[test]
fn two_series_with_an_axis_each() {
    insta::assert_snapshot!(two(80, 14, ("Severity", "Nausea"), UNICODE));
    insta::assert_snapshot!(two(80, 14, ("Severity", "Nausea"), ASCII));
    insta::assert_snapshot!(two(40, 8, ("Severity", "Trouble sleeping"), MONO));
    insta::assert_snapshot!(two(24, 5, ("Severity", "Trouble sleeping"), ASCII));
}

#[test]
fn both_axes_are_always_the_whole_range_and_named() {
    let days = [1.0, 2.0].map(day);
    for height in 3..30 {
        for width in [20, 40, 60, 120] {
            let others = [Series::second("Nausea", 4.0, &days)];
            let chart = LineChart {
                name: "Sever",
                others: &others,
                ..LineChart::new(100.0, &days)
            };
            let (buf, place) = drawn(&chart, width, height, UNICODE);
            let text = as_text(&buf);
            let place = place.expect("drawn");
            let mut lines = text.lines();
            let names = lines.next().unwrap_or_default();
            assert!(
                names.starts_with("• Sever") && names.ends_with("Nausea ×"),
                "{text}"
            );
            let top = lines.next().unwrap_or_default();
            assert!(top.starts_with("100┤") && top.ends_with("├4"), "{text}");
            let zero = text
                .lines()
                .nth(usize::from(place.plot.bottom() - 1))
                .unwrap_or_default();
            assert!(
                zero.trim_start().starts_with("0┼") && zero.ends_with("┼0"),
                "{text}"
            );
        }
    }
}

#[test]
fn the_same_range_needs_no_second_axis_and_one_without_a_name_is_not_drawn() {
    let days = [10.0, 20.0].map(day);
    let others = [Series::second("Body", 100.0, &days)];
    let chart = LineChart {
        name: "Severity",
        others: &others,
        ..LineChart::new(100.0, &days)
    };
    assert_eq!(chart.second_top(), None);
    let others = [Series::second("Nausea", 4.0, &days)];
    let chart = LineChart {
        others: &others,
        ..chart
    };
    assert_eq!(chart.second_top(), Some(4.0));
    assert_eq!(drawn(&chart, 60, 2, UNICODE).1, None);
}

#[test]
fn each_series_stands_on_its_own_range() {
    let (first, second) = ([day(50.0), day(100.0)], [day(4.0), day(0.0)]);
    let others = [Series::second("Nausea", 4.0, &second)];
    let chart = LineChart {
        name: "Severity",
        others: &others,
        ..LineChart::new(100.0, &first)
    };
    let (buf, place) = drawn(&chart, 40, 10, UNICODE);
    let place = place.expect("drawn");
    let at = |day: usize, row: u16| buf[(place.column_of(day).unwrap_or(0), row)].symbol();
    assert_eq!(
        (at(0, place.plot.top()), at(1, place.plot.bottom() - 1)),
        ("×", "×")
    );
    assert_eq!(at(1, place.plot.top()), "•");
}

#[test]
fn two_values_in_one_cell_are_seen_as_two() {
    let (first, second) = ([day(50.0), day(50.0)], [day(2.0), day(4.0)]);
    let others = [Series::second("Nausea", 4.0, &second)];
    let chart = LineChart {
        name: "Severity",
        others: &others,
        ..LineChart::new(100.0, &first)
    };
    for (theme, both) in [(UNICODE, '⊗'), (ASCII, '&')] {
        assert_eq!(
            as_text(&drawn(&chart, 40, 10, theme).0)
                .matches(both)
                .count(),
            1
        );
    }
}

fn attempts(width: u16, height: u16, theme: Theme) -> String {
    let days: Vec<DayMark> = (0..14).map(|n| day(70.0 - f64::from(n) * 3.0)).collect();
    let line = |top: f64, fall: f64, n: i32| -> Vec<DayMark> {
        let value = |n: i32| top - f64::from((n - 3).abs()) * fall;
        (0..n)
            .map(|n| DayMark::of(None, (n != 6).then(|| value(n))))
            .collect()
    };
    let earlier = [
        line(95.0, 2.0, 30),
        line(80.0, 2.4, 18),
        line(60.0, 1.1, 28),
    ];
    let names = ["attempt 1", "attempt 2", "attempt 3"];
    let others: Vec<Series<'_>> = names
        .iter()
        .zip(&earlier)
        .map(|(name, days)| Series::earlier(name, days))
        .collect();
    let chart = LineChart {
        name: "attempt 4, now",
        others: &others,
        ..LineChart::new(100.0, &days)
    };
    picture(width, height, |area, buf| {
        chart.draw(area, buf, theme);
    })
}

#[test]
fn three_earlier_attempts_under_this_one() {
    insta::assert_snapshot!(attempts(100, 16, UNICODE));
    insta::assert_snapshot!(attempts(100, 16, ASCII));
    insta::assert_snapshot!(attempts(60, 9, MONO));
    insta::assert_snapshot!(attempts(40, 8, ASCII));
}

#[test]
fn this_attempt_is_bold_and_earlier_ones_are_not() {
    let (days, earlier) = ([60.0; 9].map(day), [20.0; 9].map(day));
    let others = [Series::earlier("attempt 1", &earlier)];
    let chart = LineChart {
        name: "now",
        others: &others,
        ..LineChart::new(100.0, &days)
    };
    for theme in [UNICODE, MONO] {
        let (buf, place) = drawn(&chart, 50, 10, theme);
        let plot = place.expect("drawn").plot;
        let line = |c: char| ('⠁'..='⣿').contains(&c);
        for y in plot.top()..plot.bottom() {
            for x in plot.left()..plot.right() {
                let cell = &buf[(x, y)];
                if cell.symbol().chars().all(line) {
                    let upper = y < plot.top() + plot.height * 2 / 3;
                    assert_eq!(cell.modifier.contains(Modifier::BOLD), upper);
                }
            }
        }
        assert!(as_text(&buf).contains('1'));
    }
}

#[test]
fn names_that_would_stand_far_from_their_lines_go_into_a_row() {
    let days = [50.0; 5].map(day);
    let others = ["attempt 1", "attempt 2", "attempt 3"].map(|name| Series::earlier(name, &days));
    let chart = LineChart {
        name: "now",
        others: &others,
        ..LineChart::new(100.0, &days)
    };
    let (buf, place) = drawn(&chart, 90, 12, UNICODE);
    let place = place.expect("drawn");
    assert_eq!((place.plot.y, place.plot.right()), (1, 90));
    let first = as_text(&buf).lines().next().unwrap_or_default().to_owned();
    assert!(
        ["now", "attempt 1", "attempt 2", "attempt 3"]
            .iter()
            .all(|name| first.contains(name))
    );
    assert!(!is_inked(&buf, &place, 89, 5, UNICODE));
}
