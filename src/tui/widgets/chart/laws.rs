//! The laws of the line chart as tests: no ink between days that are not neighbours, no zero that nobody gave, always the
//! whole range; and pictures of it.
use proptest::prelude::{Just, ProptestConfig, Strategy, any, proptest};
use proptest::prop_oneof;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::theme::{ColourMode, Glyph, Glyphs, Theme};
use crate::tui::widgets::chart::Beginning;
use crate::tui::widgets::line_chart::{AxisLabel, Band, DayMark, LineChart, Place, Series};
use crate::tui::widgets::picture::{as_text, picture};

pub(in crate::tui::widgets) const UNICODE: Theme = Theme::new(ColourMode::Ansi16, Glyphs::Unicode);
pub(in crate::tui::widgets) const ASCII: Theme = Theme::new(ColourMode::Mono, Glyphs::Ascii);

pub(in crate::tui::widgets) fn day(value: f64) -> DayMark {
    DayMark::of(Some(value), Some(value))
}

pub(in crate::tui::widgets) fn drawn(
    chart: &LineChart<'_>,
    width: u16,
    height: u16,
    theme: Theme,
) -> (Buffer, Option<Place>) {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    let place = chart.draw(area, &mut buf, theme);
    (buf, place)
}

/// Tells whether a cell of the plot holds more than the axis and the column of a day 0.
pub(in crate::tui::widgets) fn is_inked(
    buf: &Buffer,
    place: &Place,
    x: u16,
    y: u16,
    theme: Theme,
) -> bool {
    let symbol = buf[(x, y)].symbol();
    let axis = y + 1 == place.plot.bottom();
    let frame = [Glyph::Horizontal, Glyph::JointDown].map(|glyph| theme.glyph(glyph));
    // In ASCII the axis and a line look alike, but the style of the axis is its own.
    let of_the_frame = frame.contains(&symbol)
        && (theme.glyphs == Glyphs::Unicode || buf[(x, y)].modifier.is_empty());
    !(symbol == " " || axis && of_the_frame || symbol == theme.glyph(Glyph::DayZero))
}

/// Returns the first column that is inked though it is neither a day's own nor between two joined neighbours.
pub(in crate::tui::widgets) fn lie(
    days: &[DayMark],
    buf: &Buffer,
    place: &Place,
    theme: Theme,
) -> Option<(u16, u16)> {
    // Columns that may have ink: days with a value, and lines between joined neighbours.
    let mut may = vec![false; usize::from(buf.area.width)];
    for (index, mark) in days.iter().enumerate() {
        let own = place.column_of(index)?;
        if mark.value.is_some() || mark.hollow.is_some() {
            may[usize::from(own)] = true;
        }
        let Some(next) = days.get(index + 1) else {
            continue;
        };
        let joined = mark.trend.is_some() && next.trend.is_some();
        if joined && next.beginning == Beginning::None {
            let to = place.column_of(index + 1)?;
            (own..=to).for_each(|x| may[usize::from(x)] = true);
        }
    }
    for y in place.plot.top()..place.plot.bottom() {
        for x in place.plot.left()..place.plot.right() {
            if !may[usize::from(x)] && is_inked(buf, place, x, y, theme) {
                return Some((x, y));
            }
        }
    }
    None
}

pub(in crate::tui::widgets) fn one_day() -> impl Strategy<Value = DayMark> {
    let answered = (0.0f64..=100.0, any::<bool>(), 0..6).prop_map(|(value, trend, zero)| DayMark {
        trend: trend.then_some(100.0 - value),
        beginning: if zero == 0 {
            Beginning::DayZero
        } else {
            Beginning::None
        },
        ..DayMark::of(Some(value), None)
    });
    let brief = (0.0f64..=100.0).prop_map(|overall| DayMark {
        hollow: Some(overall),
        ..DayMark::default()
    });
    // A day without an answer may still be a beginning.
    let missing = prop_oneof![
        9 => Just(Beginning::None),
        1 => Just(Beginning::DayZero),
        1 => Just(Beginning::Attempt),
    ];
    let missing = missing.prop_map(|beginning| DayMark {
        beginning,
        ..DayMark::default()
    });
    prop_oneof![5 => answered, 1 => brief, 3 => missing]
}

/// A week to a few, or up to ten years in stretches, so that wide gaps and long lines both come up.
pub(in crate::tui::widgets) fn some_days() -> impl Strategy<Value = Vec<DayMark>> {
    let stretch = prop_oneof![
        proptest::collection::vec(one_day(), 1..30),
        (1usize..400).prop_map(|n| vec![DayMark::default(); n]),
        (0.0f64..=100.0, 1usize..400).prop_map(|(value, n)| vec![day(value); n]),
    ];
    let years = proptest::collection::vec(stretch, 1..12).prop_map(|all| {
        let mut days = all.concat();
        days.truncate(3_650);
        days.resize(days.len().max(7), DayMark::default());
        days
    });
    prop_oneof![proptest::collection::vec(one_day(), 7..40), years]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_cell_is_inked_between_days_that_are_not_neighbours(
        days in some_days(), width in 10u16..200, height in 3u16..40,
    ) {
        for theme in [UNICODE, ASCII] {
            let chart = LineChart::new(100.0, &days);
            let (buf, place) = drawn(&chart, width, height, theme);
            let Some(place) = place else {
                assert!(!chart.has_values());
                continue;
            };
            assert_eq!(lie(&days, &buf, &place, theme), None, "\n{}", as_text(&buf));
        }
    }

    #[test]
    fn any_values_at_all_can_be_drawn(
        values in proptest::collection::vec(any::<Option<f64>>(), 0..30), top in any::<f64>(),
        width in 0u16..60, height in 0u16..20,
    ) {
        let days: Vec<DayMark> = values.iter().map(|value| DayMark {
            dots: value.iter().copied().collect(),
            hollow: *value,
            ..DayMark::of(*value, *value)
        }).collect();
        drawn(&LineChart::new(top, &days), width, height, UNICODE);
    }
}

#[test]
fn a_missing_day_a_gap_of_five_and_a_day_zero_stay_empty() {
    let mut days: Vec<DayMark> = (0..20).map(|n| day(80.0 - f64::from(n) * 2.0)).collect();
    days[3] = DayMark::default();
    // A gap of five days, as after a week without check-ins.
    (8..13).for_each(|n| days[n] = DayMark::default());
    days[16].beginning = Beginning::DayZero;
    for theme in [UNICODE, ASCII] {
        for (width, height) in [(40, 8), (60, 10), (100, 14), (200, 40)] {
            let chart = LineChart::new(100.0, &days);
            let (buf, place) = drawn(&chart, width, height, theme);
            let place = place.expect("a chart with values is drawn");
            for (from, to) in [(2, 4), (7, 13), (15, 16)] {
                let (left, right) = (place.column_of(from), place.column_of(to));
                for x in left.unwrap_or(0) + 1..right.unwrap_or(0) {
                    for y in place.plot.top()..place.plot.bottom() {
                        assert!(!is_inked(&buf, &place, x, y, theme), "\n{}", as_text(&buf));
                    }
                }
            }
        }
    }
}

#[test]
fn the_law_finds_a_line_through_a_missing_day() {
    // The test is itself tested: a chart that was told of a day in between is held against days without it.
    let summary: Vec<DayMark> = (0..7).map(|_| day(50.0)).collect();
    let mut given = summary.clone();
    given[3] = DayMark::default();
    let (buf, place) = drawn(&LineChart::new(100.0, &summary), 60, 10, UNICODE);
    assert!(lie(&given, &buf, &place.expect("drawn"), UNICODE).is_some());
}

#[test]
fn a_day_without_an_answer_never_draws_at_zero() {
    let mut days = vec![DayMark::default(); 30];
    (0..30).step_by(4).for_each(|n| days[n] = day(50.0));
    for (width, height) in [(20, 5), (60, 10), (120, 30)] {
        let (buf, place) = drawn(&LineChart::new(100.0, &days), width, height, UNICODE);
        let place = place.expect("drawn");
        let axis = place.plot.bottom() - 1;
        let inked = (place.plot.left()..place.plot.right())
            .find(|x| is_inked(&buf, &place, *x, axis, UNICODE));
        assert_eq!(inked, None);
    }
}

#[test]
fn a_zero_stands_on_the_axis_and_the_top_in_the_first_row() {
    // The two ends of the scale, where rounding goes wrong first.
    let days = [DayMark::of(Some(0.0), None), DayMark::of(Some(4.0), None)];
    let (buf, place) = drawn(&LineChart::new(4.0, &days), 30, 9, UNICODE);
    let place = place.expect("drawn");
    let at = |day: usize, row: u16| {
        buf[(place.column_of(day).unwrap_or(0), row)]
            .symbol()
            .to_owned()
    };
    assert_eq!(at(0, place.plot.bottom() - 1), "•");
    assert_eq!(at(1, place.plot.top()), "•");
}

#[test]
fn the_axis_is_always_the_whole_range() {
    // The ranges of indices, the overall and symptoms.
    for (top, name) in [(100.0, "100"), (10.0, "10"), (4.0, "4")] {
        for values in [[1.0, 2.0], [0.0, 0.0], [3.9, 4.0]] {
            for height in 3..30 {
                let days = values.map(day);
                let (buf, _) = drawn(&LineChart::new(top, &days), 30, height, UNICODE);
                let text = as_text(&buf);
                let first = text.lines().next().unwrap_or_default();
                assert!(
                    first.trim_start().starts_with(&format!("{name}┤")),
                    "{text}"
                );
                assert!(text.contains("0┼"), "{text}");
            }
        }
    }
}

#[test]
fn without_a_value_there_are_no_axes() {
    for days in [vec![], vec![DayMark::default(); 14]] {
        let (buf, place) = drawn(&LineChart::new(100.0, &days), 60, 10, UNICODE);
        assert_eq!((as_text(&buf).trim(), place), ("", None));
    }
}

#[test]
fn a_line_of_one_day_is_no_line_and_draws_no_dot() {
    let mut days = vec![DayMark::default(); 7];
    days[3] = DayMark::of(Some(90.0), Some(20.0));
    let (buf, _) = drawn(&LineChart::new(100.0, &days), 40, 9, UNICODE);
    // The value is below: a dot at 20 would read as a second one.
    let dots = as_text(&buf);
    let mut dots = dots.chars().filter(|c| ('⠁'..='⣿').contains(c));
    assert_eq!(dots.next(), None);
}

#[test]
fn a_day_with_an_overall_only_is_hollow() {
    let days = [DayMark {
        hollow: Some(50.0),
        ..DayMark::default()
    }];
    let text = |theme| as_text(&drawn(&LineChart::new(100.0, &days), 20, 5, theme).0);
    assert!(text(UNICODE).contains('○') && !text(UNICODE).contains('•'));
    assert!(text(ASCII).contains('o') && !text(ASCII).contains('*'));
}

#[test]
fn the_cursor_is_seen_without_colour() {
    let days: Vec<DayMark> = (0..14).map(|_| day(50.0)).collect();
    for n in 0..14 {
        let chart = LineChart {
            cursor: Some(n),
            ..LineChart::new(100.0, &days)
        };
        let (buf, place) = drawn(&chart, 50, 8, ASCII);
        let place = place.expect("drawn");
        let x = place.column_of(n).unwrap_or(0);
        let cell = &buf[(x, place.plot.bottom() - 1)];
        assert!(cell.modifier.contains(ratatui::style::Modifier::REVERSED));
    }
}

/// Thirty days that go down, with a day 0, a missing day, a gap, and an overall alone.
pub(in crate::tui::widgets) fn month() -> Vec<DayMark> {
    let values = [
        48, 52, 50, 61, 58, 0, 64, 82, 78, 80, 71, 66, 68, 57, 0, 0, 0, 0, 0, 44, 40, 42, 35, 36,
        31, 28, 30, 24, 22, 20,
    ];
    let mut days: Vec<DayMark> = values
        .into_iter()
        .map(|value: i32| DayMark::of((value > 0).then(|| f64::from(value)), None))
        .collect();
    days[7].beginning = Beginning::DayZero;
    days[17].hollow = Some(50.0);
    // Two check-ins on one day.
    days[22].dots = vec![42.0, 28.0];
    for n in 0..30_usize {
        // As in the program: a median of seven days that never reaches back across day 0.
        let first = if n < 7 { 0 } else { n.saturating_sub(6).max(7) };
        let mut seen: Vec<f64> = days[first..=n]
            .iter()
            .filter_map(|mark| mark.value)
            .collect();
        seen.sort_by(f64::total_cmp);
        let middle = seen.get(seen.len() / 2).copied();
        days[n].trend = middle.filter(|_| seen.len() >= 4 && days[n].value.is_some());
    }
    days
}

fn labels(days: usize) -> Vec<AxisLabel> {
    let label = |day: usize| AxisLabel {
        day,
        text: format!("{} Nov", day + 1),
    };
    (0..days).step_by(7).map(label).collect()
}

fn band(from: usize, to: usize, name: &str, short: &str) -> Band {
    Band {
        from,
        to,
        name: name.into(),
        short: short.into(),
    }
}

fn month_picture(width: u16, height: u16, theme: Theme) -> String {
    let days = month();
    let labels = labels(30);
    let strip = [
        band(8, 10, "days 1–3", "1–3"),
        band(11, 14, "days 4–7", "4–7"),
        band(15, 29, "days 8–28", "8–28"),
    ];
    let marks = [(2, 'n'), (8, 'v'), (12, 'm'), (12, 'c')];
    let chart = LineChart {
        labels: &labels,
        strip: &strip,
        marks: &marks,
        cursor: Some(24),
        ..LineChart::new(100.0, &days)
    };
    picture(width, height, |area, buf| {
        chart.draw(area, buf, theme);
    })
}

#[test]
fn a_month_wide() {
    insta::assert_snapshot!(month_picture(100, 14, UNICODE), @r"
    100┤                        ┊
       │                        ┊
       │                        •  •  •  ⠐⠒⠒⠢⠤⠤⠤⠤⣀
     75┤                        ┊        •  •   • ⠉⠂
       │           •  •     •   ┊                  •
     50┤ •  •   •  ⠒⠒⠒⠂         ┊                               ○
       │                        ┊                                     •  •  •   •⠒⠒•⠤⠤⠤⠤⠤⢄⣀⣀⡀
       │                        ┊                                               •     •  •  •⠉⠉⠉⠒⠒⠒⠤⠤⠤⠄
     25┤                        ┊                                                               •  •  •
       │                        ┊
      0┼─┬──────────────────────┬─────────────────────┬─────────────────────┬──────────────────────┬────
       1 Nov              8 Nov · day 0             15 Nov                22 Nov      ▲          29 Nov
                                 ╶─ 1–3 ──╴╶ days 4–7 ░╴╶───────────────── days 8–28 ──────────────────╴
                n                  v            m+
    ");
}

#[test]
fn a_month_wide_in_ascii() {
    insta::assert_snapshot!(month_picture(100, 14, ASCII), @r"
    100+                        :
       |                        :
       |                        *  *  *  ---------
     75+                        :        *  *   * --
       |           *  *     *   :                  *
     50+ *  *   *  ----         :                               o
       |                        :                                     *  *  *   *--*---------
       |                        :                                               *     *  *  *----------
     25+                        :                                                               *  *  *
       |                        :
      0+-+----------------------+---------------------+---------------------+----------------------+----
       1 Nov              8 Nov . day 0             15 Nov                22 Nov      ^          29 Nov
                                 |- 1-3 --|| days 4-7 =||----------------- days 8-28 ------------------|
                n                  v            m+
    ");
}

#[test]
fn a_month_at_sixty_columns() {
    insta::assert_snapshot!(month_picture(60, 10, UNICODE), @r"
    100┤              ┊
       │              •• • ⠠⠤⣀⣀⣀⣀
       │      •     • ┊    • • • ⠁
     50┤• • • ⠐⠒•     ┊          •      ○   •   • •⡀
       │              ┊                       •   ••⠉•⠉•⠒•⠒⠤⠤⠤⠤⡀
       │              ┊                                    • • •
      0┼┬─────────────┬────────────┬────────────┬────────────┬──
      1 Nov     8 Nov · day 0    15 Nov       22 Nov ▲    29 Nov
                      ╶────╴╶ 4–7 ░╴╶─────── days 8–28 ────────╴
            n          v       m+
    ");
    insta::assert_snapshot!(month_picture(60, 10, ASCII), @r"
    100+              :
       |              ** * ------
       |      *     * :    * * * -
     50+* * * --*     :          *      o   *   * *-
       |              :                       *   **-*-*-*------
       |              :                                    * * *
      0++-------------+------------+------------+------------+--
      1 Nov     8 Nov . day 0    15 Nov       22 Nov ^    29 Nov
                      |----|| 4-7 =||------- days 8-28 --------|
            n          v       m+
    ");
}

#[test]
fn a_month_at_forty_columns() {
    insta::assert_snapshot!(month_picture(40, 8, UNICODE), @r"
    100┤         ┊
       │       • •••••⠒•⠄
     50┤•• •••   ┊      •    ○ ••• •⣀⣀⡀
       │         ┊                 •••••⠉•••
      0┼┬────────┬───────┬───────┬────────┬─
           8 Nov · day 0       22 Nov▲
                 ╶──╴╶░░░╴╶── days 8–28 ───╴
           n      v    m+
    ");
    insta::assert_snapshot!(month_picture(40, 8, ASCII), @r"
    100+         :
       |       * *****-*-
     50+** ***   :      *    o *** *---
       |         :                 *****-***
      0++--------+-------+-------+--------+-
           8 Nov . day 0       22 Nov^
                 |--||===||-- days 8-28 ---|
           n      v    m+
    ");
}

#[test]
fn several_years_share_columns_and_keep_their_gap() {
    let mut days: Vec<DayMark> = (0..900).map(|n| day(f64::from(n % 90))).collect();
    (400..500).for_each(|n| days[n] = DayMark::default());
    let text = |theme| {
        picture(60, 10, |area, buf| {
            LineChart::new(100.0, &days).draw(area, buf, theme);
        })
    };
    insta::assert_snapshot!(text(UNICODE), @r"
    100┤
       │     ⣴    ⢀⡆    ⣰     ⡆          ⣴    ⢀⡆    ⣰     ⡆    ⢰
     75┤    ⢰⢻    ⡞⡇   ⢠⢿    ⡸⡇         ⢰⢻    ⡞⡇   ⢠⢿    ⡸⡇   ⢀⡏
       │   ⢀⠏⢸   ⣸⠁⡇   ⡞⢸   ⢠⠃⡇        ⢀⠏⢸   ⣸⠁⡇   ⡞⢸   ⢠⠃⡇   ⡼
       │   ⡜ ⢸  ⢠⠇ ⡇  ⡸⠁⢸   ⡎ ⡇        ⡜ ⢸  ⢠⠇ ⡇  ⡸⠁⢸   ⡎ ⡇  ⢰⠃
     50┤  ⣰⠁ ⢸  ⡞  ⡇ ⢠⠃ ⢸  ⡼  ⡇ ⢀      ⠁ ⢸  ⡞  ⡇ ⢠⠃ ⢸  ⡼  ⡇ ⢀⠏
       │ ⢠⠇  ⢸ ⡸   ⡇⢀⡎  ⢸ ⢰⠃  ⡇ ⡜        ⢸ ⡸   ⡇⢀⡎  ⢸ ⢰⠃  ⡇ ⡜
     25┤ ⡞   ⢸⢠⠇   ⡇⡼   ⢸⢀⡏   ⡇⣰⠁        ⢸⢠⠇   ⡇⡼   ⢸⢀⡏   ⡇⣰⠁
       │⣸⠁   ⢸⡎    ⣷⠃   ⢸⡼    ⣧⠇         ⢸⡎    ⣷⠃   ⢸⡼    ⣧⠇
      0┼⠇────⠸─────⠏────⠸⠁────⠟──────────⠸─────⠏────⠸⠁────⠟─────
    ");
    insta::assert_snapshot!(text(ASCII), @r"
    100+
       |     |    -|    |     |          |    -|    |     |    |
     75+    ||    ||   -|    ||         ||    ||   -|    ||   -|
       |   -||   |-|   ||   --|        -||   |-|   ||   --|   |
       |   | |  -| |  |-|   | |        | |  -| |  |-|   | |  |-
     50+  |- |  |  | -- |  |  | -      - |  |  | -- |  |  | -|
       | -|  | |   |-|  | |-  | |        | |   |-|  | |-  | |
     25+ |   |-|   ||   |-|   ||-        |-|   ||   |-|   ||-
       ||-   ||    |-   ||    ||         ||    |-   ||    ||
      0+|----|-----|----|-----|----------|-----|----|-----|-----
    ");
}

#[test]
fn two_series_and_an_earlier_attempt_are_told_apart_without_colour() {
    let days = month();
    let second: Vec<DayMark> = days
        .iter()
        .map(|mark| DayMark {
            beginning: Beginning::None,
            ..DayMark::of(mark.value.map(|v| v / 2.0), mark.trend.map(|v| v / 2.0))
        })
        .collect();
    let earlier: Vec<DayMark> = (0..30).map(|n| day(95.0 - f64::from(n))).collect();
    let others = [
        Series::second("Body", 100.0, &second),
        Series::earlier("attempt 1", &earlier),
    ];
    let chart = LineChart {
        name: "Severity",
        others: &others,
        ..LineChart::new(100.0, &days)
    };
    let text = |width, theme| {
        picture(width, 12, |area, buf| {
            chart.draw(area, buf, theme);
        })
    };
    insta::assert_snapshot!(text(80, UNICODE), @r"
    100┤               ┊
       │ 1⠈⠈ ⠁⠁⠂⠐⠐ ⠂⠂⠄⠠⠠ ⡀⡀⡀⢀
       │               • • • ⠒⠒⠤⠤⢄⡀⠐ ⠂⠂⠐⠐⠠ ⠄⠄⢀⢀⢀ ⡀
     75┤               ┊     • • •⠈⠂              ⠁⠈⠈⠈ ⠁⠂⠐⠐⠠ ⠄⠄⠠⠠⢀ 1   attempt 1 ⠂⠐⠀
       │       • •   • ┊           •
     50┤ • • • ⠒⠒⠂     ┊                   ○
       │               × × × ×⠤⠠⠤⠄⠤⡀           • • • •⠒•⠤⠤⠤⢄⣀⡀
       │   ×   ×⣀×   × ┊       × × ×                 •   • • •⠉⠑⠒⠢⠤⠤   Severity •
     25┤ ×   ×         ┊                       × × × ×⠒×⠤×⠠⠤ ⢄⡀•⣀• •
       │               ┊                                   × × × ×⠉×   Body ×
      0┼─────────────────────────────────────────────────────────────
                     day 0
    ");
    insta::assert_snapshot!(text(50, ASCII), @r"
        * Severity  x Body  ... attempt 1
    100+1          :
       |  ........ .......
     75+           * ** -----...... .......
       |         * :    ** *-               ........ 1
       |  *  **    :        *
     50+*  *       x xx ~~~~      o  * ** *---
       |     xx  x :    xx xx             * **-**-----
     25+x xx ~~    :                 x xx x~x~~~~~** *
       |           :                         x xx xx~x
      0+----------------------------------------------
                 day 0
    ");
}
