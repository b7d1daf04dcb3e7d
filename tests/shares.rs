//! How much of the screen the data have, measured cell by cell on a made-up year.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

mod app;

use app::App;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The sizes that are measured.
const SIZES: [(u16, u16); 2] = [(120, 40), (80, 24)];
/// Keys that lead to each screen, one after another.
const SCREENS: [(&str, &str); 13] = [
    ("today", "1"),
    ("week", "2"),
    ("month", "v"),
    ("all", "v"),
    ("timeline", "v"),
    ("grid", "v"),
    ("table", "v"),
    ("history", "3"),
    ("plan", "4"),
    ("care", "5"),
    ("a question in care", "]]]]]<Down>"),
    ("guide", "7"),
    ("settings", "8"),
];
/// The upper edge of a row: a grid line, and the axis.
const LINE: &str = "\u{2594}";

fn symbol(buf: &Buffer, x: u16, y: u16) -> &str {
    buf[(x, y)].symbol()
}

fn row(buf: &Buffer, area: Rect, y: u16) -> String {
    let cells = area.left()..area.right();
    cells.map(|x| symbol(buf, x, y)).collect()
}

/// What is inside of each border that is whole.
fn panels(buf: &Buffer) -> Vec<Rect> {
    let mut found = Vec::new();
    for y in 0..buf.area.height {
        for x in 0..buf.area.width {
            if symbol(buf, x, y) != "\u{256d}" {
                continue;
            }
            let right = (x..buf.area.width).find(|at| symbol(buf, *at, y) == "\u{256e}");
            let bottom = (y..buf.area.height).find(|at| symbol(buf, x, *at) == "\u{2570}");
            if let (Some(right), Some(bottom)) = (right, bottom) {
                found.push(Rect::new(x + 2, y + 1, right - x - 3, bottom - y - 1));
            }
        }
    }
    found
}

/// The rows of the plot of a chart inside of `panel`: from the end of its range down to its axis, which is not among them.
fn plot(buf: &Buffer, panel: Rect) -> Option<Rect> {
    let has_line = |y: &u16| row(buf, panel, *y).contains(LINE);
    let top = (panel.top()..panel.bottom()).find(has_line)?;
    // The first row that is a line from end to end: nothing stands on an axis but columns, which end above it.
    let is_axis = |y: &u16| {
        let line = row(buf, panel, *y);
        line.contains(LINE) && line.trim_start().starts_with("0 ")
    };
    let axis = (top..panel.bottom()).find(is_axis)?;
    let left = (panel.left()..panel.right()).find(|x| symbol(buf, *x, axis) == LINE)?;
    Some(Rect::new(left, top, panel.right() - left, axis - top))
}

/// Cells of chart and lanes: everything inside of the panel but the legend over the chart and sentences.
fn data_cells(buf: &Buffer, panel: Rect) -> usize {
    let legend = |y: &u16| {
        let text = row(buf, panel, *y);
        !text.trim().is_empty() && !text.contains(LINE)
    };
    let rows = panel.top()..panel.bottom();
    let top = match plot(buf, panel) {
        // A sheet has its legend beside the columns.
        Some(plot) => rows.take_while(|y| *y < plot.y && legend(y)).count(),
        None => 0,
    };
    let top = panel.y + u16::try_from(top).unwrap();
    let is_chart = plot(buf, panel).is_some();
    let (mut has_sentence, mut has_order) = (false, false);
    let mut rows = 0;
    for y in top..panel.bottom() {
        let text = row(buf, panel, y);
        let is_sentence = is_chart && text.starts_with('\u{258c}') && !has_sentence;
        has_sentence |= is_sentence;
        let is_order = is_chart && text.contains(" below, ");
        has_order |= is_order;
        // The free row between symptoms and the rest.
        let is_gap = has_order && text.trim().is_empty();
        if !is_sentence && !is_order && !is_gap {
            rows += 1;
        }
    }
    rows * usize::from(panel.width)
}

/// The name of the view in brackets above it.
fn view(buf: &Buffer) -> String {
    let line = row(buf, buf.area, 1);
    let from = line.find('[').unwrap();
    let to = line.find(']').unwrap();
    line[from + 1..to].to_owned()
}

#[test]
fn chart_and_lanes_have_more_than_half_of_every_view_of_trends() {
    let mut app = App::demo(365);
    app.press("2");
    let first = view(&app.buffer(120, 40));
    loop {
        for (width, height) in SIZES {
            let buf = app.buffer(width, height);
            let panel = panels(&buf)[0];
            // All rows but the tabs, the line of messages and the keys.
            let all = usize::from(width) * usize::from(height - 3);
            let share = data_cells(&buf, panel) * 1000 / all;
            let name = view(&buf);
            let (whole, tenth) = (share / 10, share % 10);
            println!("{name} at {width}x{height}: {whole}.{tenth} %");
            let screen = app.screen(width, height);
            assert!(
                share >= 550,
                "{name} at {width}x{height}: {share}\n{screen}"
            );
        }
        app.press("v");
        if view(&app.buffer(120, 40)) == first {
            break;
        }
    }
}

/// How many rows of the plot the highest sign reaches, and its height in parts of the range.
fn reach(buf: &Buffer, plot: Rect) -> Option<(u16, f64)> {
    let eighths = "\u{2581}\u{2582}\u{2583}\u{2584}\u{2585}\u{2586}\u{2587}\u{2588}";
    let part = |sign: &str| match sign {
        // Up to the worst, and the week before.
        "\u{2502}" | "\u{2591}" => Some(8),
        other => {
            let eighth = other.chars().next()?;
            eighths
                .chars()
                .position(|sign| sign == eighth)
                .map(|at| at + 1)
        }
    };
    let highest = |y: u16| {
        (plot.left()..plot.right())
            .filter_map(|x| part(symbol(buf, x, y)))
            .max()
    };
    let (y, part) = (plot.top()..plot.bottom()).find_map(|y| Some((y, highest(y)?)))?;
    let rows = plot.bottom() - y;
    let eighths = usize::from(rows - 1) * 8 + part;
    Some((rows, eighths as f64 / (f64::from(plot.height) * 8.0)))
}

#[test]
fn nine_of_ten_weeks_use_at_least_half_of_the_plot() {
    let mut app = App::demo(365);
    app.press("2");
    for (width, height) in SIZES {
        let (mut all, mut reaching, mut half, mut half_of_all) = (0, 0, 0, 0);
        app.press(".");
        for _ in 0..52 {
            // The axis fits the week in sight.
            app.press("0");
            let buf = app.buffer(width, height);
            if let Some(plot) = plot(&buf, panels(&buf)[0])
                && let Some((rows, part)) = reach(&buf, plot)
            {
                let end = row(&buf, panels(&buf)[0], plot.y);
                let number = end
                    .split_whitespace()
                    .find_map(|word| word.parse::<f64>().ok());
                let is_half = rows * 2 >= plot.height;
                all += 1;
                half_of_all += usize::from(is_half);
                if part * number.unwrap() >= 13.0 {
                    reaching += 1;
                    half += usize::from(is_half);
                }
            }
            app.press("[");
        }
        println!(
            "{width}x{height}: {half_of_all} of {all} weeks, {half} of the {reaching} that reach 13"
        );
        assert!(all > 40, "{all} weeks have a chart");
        assert!(
            half * 10 >= reaching * 9,
            "{half} of {reaching} at {width}x{height}"
        );
    }
}

#[test]
fn no_panel_is_half_empty_while_another_one_cuts_text() {
    let mut app = App::demo(365);
    let mut pairs = Vec::new();
    for (name, keys) in SCREENS {
        app.press(keys);
        for (width, height) in [(160, 50), (120, 40), (80, 24)] {
            let buf = app.buffer(width, height);
            let text = |panel: &Rect| {
                let rows = (panel.top()..panel.bottom()).map(|y| row(&buf, *panel, y));
                rows.collect::<Vec<_>>()
            };
            let panels = panels(&buf);
            let is_empty = |panel: &&Rect| {
                let filled = text(panel)
                    .iter()
                    .filter(|row| !row.trim().is_empty())
                    .count();
                filled * 2 < usize::from(panel.height)
            };
            let cuts = |panel: &Rect| text(panel).iter().any(|row| row.contains('\u{2026}'));
            let empty: Vec<Rect> = panels.iter().filter(is_empty).copied().collect();
            let cut = panels
                .iter()
                .find(|panel| cuts(panel) && empty.iter().any(|other| other != *panel));
            println!(
                "{name} at {width}x{height}: {} of {} panels half empty",
                empty.len(),
                panels.len()
            );
            if cut.is_some() {
                pairs.push(format!(
                    "{name} at {width}x{height}:\n{}",
                    app.screen(width, height)
                ));
            }
        }
    }
    assert!(
        pairs.is_empty(),
        "{} pairs\n{}",
        pairs.len(),
        pairs.join("\n")
    );
}
