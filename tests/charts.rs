//! How much of Trends is chart, on the made-up year: room, and how high the columns of a week stand.
#![allow(clippy::unwrap_used, missing_docs)]

mod app;

use app::App;

/// The inner cells of the panel at the left: chart and rows, without the border.
fn panel(screen: &str) -> Vec<Vec<char>> {
    let lines: Vec<Vec<char>> = screen.lines().map(|line| line.chars().collect()).collect();
    let top = lines
        .iter()
        .position(|line| line.first() == Some(&'╭'))
        .unwrap();
    let bottom = lines
        .iter()
        .position(|line| line.first() == Some(&'╰'))
        .unwrap();
    let right = lines[top].iter().position(|sign| *sign == '╮').unwrap();
    let inner = lines[top + 1..bottom].iter();
    inner.map(|line| line[2..right - 1].to_vec()).collect()
}

/// The rows of the plot: between the row of the highest number of the axis and the axis.
fn plot(panel: &[Vec<char>]) -> &[Vec<char>] {
    let rows: Vec<usize> = (0..panel.len())
        .filter(|row| panel[*row].iter().filter(|sign| **sign == '▔').count() > 8)
        .collect();
    let (first, last) = (rows[0], rows[rows.len() - 1]);
    &panel[first..last]
}

fn is_ink(sign: char) -> bool {
    "▁▂▃▄▅▆▇█░".contains(sign)
}

#[test]
fn at_least_55_of_100_cells_of_trends_are_chart_and_rows() {
    for keys in ["2", "2[[[", "2v", "2vv", "2vvv"] {
        for (width, height) in [(120_u16, 40_u16), (80, 24)] {
            let mut app = App::demo(365);
            app.press(keys);
            let screen = app.screen(width, height);
            let panel = panel(&screen);
            let cells: usize = panel.iter().map(Vec::len).sum();
            // The tabs and the footer are no part of Trends.
            let all = usize::from(width) * usize::from(height - 2);
            let share = cells * 100 / all;
            assert!(
                share >= 55,
                "{keys} at {width}x{height}: {share} of 100\n{screen}"
            );
        }
    }
}

#[test]
fn a_legend_names_every_letter_of_a_month_at_every_size_that_has_one() {
    for (width, height) in [(80, 24), (60, 20)] {
        let mut app = App::demo(60);
        app.press("2v");
        let screen = app.screen(width, height);
        let rows: Vec<&str> = screen.lines().collect();
        let axis = rows.iter().position(|row| row.contains("day 0 ")).unwrap();
        let is_letters = |row: &&str| {
            let signs: Vec<char> = row.chars().filter(|sign| sign.is_alphanumeric()).collect();
            !signs.is_empty() && signs.iter().all(|sign| "acebhusmtvn".contains(*sign))
        };
        let letters = rows[axis..].iter().find(|row| is_letters(row)).unwrap();
        let legend = rows[..axis].join("\n");
        for letter in letters.chars().filter(|sign| sign.is_alphabetic()) {
            let named = format!(" {letter} ");
            assert!(legend.contains(&named), "{letter}: {screen}");
        }
    }
}

#[test]
fn the_columns_of_a_week_use_half_of_the_plot_or_more() {
    for (width, height) in [(120, 40), (80, 24)] {
        let mut app = App::demo(365);
        app.press("2");
        let (mut half, mut all) = (0, 0);
        for _ in 0..52 {
            // `0` fits the axis to the week again.
            app.press("0");
            let screen = app.screen(width, height);
            let panel = panel(&screen);
            if !screen.contains(" of 100") {
                app.press("[");
                continue;
            }
            let plot = plot(&panel);
            let ink = plot
                .iter()
                .position(|row| row[20..].iter().any(|sign| is_ink(*sign)));
            let high = ink.map_or(0, |from| plot.len() - from);
            all += 1;
            half += usize::from(high * 2 >= plot.len());
            app.press("[");
        }
        assert!(all >= 45, "{all} weeks with a value");
        // Below 13 of 100 no quarter of the axis is half full, so not every week can be.
        assert!(
            half * 100 >= all * 90,
            "{half} of {all} weeks at {width}x{height}"
        );
    }
}

#[test]
fn a_wider_screen_never_shows_fewer_rows_of_the_sheet() {
    let rows = |width: u16, height: u16| {
        let mut app = App::demo(365);
        app.press("2[[[");
        let screen = app.screen(width, height);
        let names = [
            "Muscle", "Shaking", "Sweating", "Hot", "Nausea", "Vomiting", "Diarrhea", "Overall",
            "Slept",
        ];
        let lines = screen.lines();
        lines
            .filter(|line| {
                names
                    .iter()
                    .any(|name| line.trim_start_matches(['│', ' ']).starts_with(name))
            })
            .count()
    };
    for height in [12, 16, 20, 24, 30, 40, 50] {
        let mut last = 0;
        for width in [40, 60, 80, 110, 120, 150, 200] {
            let seen = rows(width, height);
            assert!(
                seen >= last,
                "{seen} rows at {width}x{height}, {last} on a narrower screen"
            );
            last = seen;
        }
    }
}

#[test]
fn the_axis_grows_at_once_and_shrinks_only_when_asked() {
    let mut app = App::demo(365);
    app.press("2");
    let end = |app: &App| {
        let screen = app.screen(120, 40);
        let (before, _) = screen.split_once(" of 100").unwrap();
        before
            .rsplit([' ', '\u{2013}'])
            .next()
            .unwrap()
            .parse::<u32>()
            .unwrap()
    };
    let first = end(&app);
    let mut highest = first;
    for _ in 0..6 {
        app.press("[");
        assert!(end(&app) >= highest, "it shrank while paging");
        highest = end(&app);
    }
    assert!(highest > first);
    app.press("]]]]]]");
    assert_eq!(end(&app), highest);
    app.press("0");
    assert_eq!(end(&app), first);
    app.press("-");
    assert!(end(&app) > first);
    app.press("+");
    assert_eq!(end(&app), first);
    app.press("+");
    assert_eq!(end(&app), first, "nothing that is drawn is cut off");
}

#[test]
fn one_cursor_goes_through_days_and_rows_and_space_reads_a_row() {
    let mut app = App::demo(365);
    app.press("2[[[");
    assert!(app.screen(120, 40).contains("▌ "));
    app.press("<Down><Down>");
    let screen = app.screen(120, 40);
    assert!(screen.contains("▌ Shaking"), "{screen}");
    app.press("<Space>");
    let screen = app.screen(120, 40);
    let line = screen
        .lines()
        .find(|line| line.starts_with(" Shaking: Mon "))
        .unwrap();
    assert_eq!(line.matches(", ").count(), 6, "{line}");
    app.press("<Up><Up><Space>");
    assert!(
        app.screen(120, 40).contains(" Severity: Mon "),
        "{}",
        app.screen(120, 40)
    );
    // Under another week or view it would be wrong.
    for key in ["[", "v"] {
        app.press(&format!("2<Space>{key}"));
        let screen = app.screen(120, 40);
        assert!(!screen.contains(" Severity: Mon "), "{key}: {screen}");
    }
}

#[test]
fn w_puts_the_highest_row_first_and_brings_the_order_back() {
    let mut app = App::demo(365);
    app.press("2[[[");
    let first = |app: &App| {
        let screen = app.screen(120, 40);
        let mut lines = screen
            .lines()
            .skip_while(|line| !line.contains("more below"));
        lines.nth(1).unwrap().to_owned()
    };
    let usual = first(&app);
    app.press("w");
    assert!(app.screen(120, 40).contains("highest first"));
    assert_ne!(first(&app), usual);
    app.press("w");
    assert_eq!(first(&app), usual);
}

#[test]
fn a_second_series_is_the_first_row_of_the_week_and_a_chart_of_its_own_in_a_month() {
    let mut app = App::demo(365);
    app.press("2[[[tnausea<Enter>");
    let screen = app.screen(80, 24);
    let mut rows = screen
        .lines()
        .skip_while(|line| !line.contains('\u{258c}'))
        .skip(1);
    assert!(rows.next().unwrap().contains("Nausea"), "{screen}");
    app.press("v");
    let screen = app.screen(80, 24);
    assert!(screen.contains("Nausea \u{b7} 0 to "), "{screen}");
    // The cursor's sign may stand on the first cell of the axis.
    let axes = screen
        .lines()
        .filter(|line| line.contains("    0 \u{2594}") || line.contains("    0 \u{25b2}"));
    assert_eq!(axes.count(), 2, "{screen}");
}
