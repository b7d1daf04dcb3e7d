//! Where the screen says a number, and the words around it.

use crate::app::App;
use crate::page::Row;
use chrono::{Days, NaiveDate};

pub const WIDTH: u16 = 120;
pub const HEIGHT: u16 = 40;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The Trends week of today with this series drawn.
pub fn show(app: &mut App, name: &str) {
    app.press(&format!("2.s{name}<Enter>"));
    let title = format!("\u{256d} {name} \u{b7} ");
    let screen = app.screen(WIDTH, HEIGHT);
    assert!(screen.contains(&title), "{name} is not drawn: {screen}");
}

/// The words of one column of panels, between the borders that stand at `from`.
fn column(screen: &str, from: usize, to: usize) -> String {
    let inner = screen.lines().map(|line| {
        let cells: String = line.chars().skip(from).take(to - from).collect();
        cells
    });
    let text: Vec<String> = inner.collect();
    text.join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The panels beside the chart, in one line.
pub fn side(app: &App) -> String {
    let screen = app.screen(WIDTH, HEIGHT);
    let mut lines = screen.lines();
    let head = lines.find(|line| line.starts_with('\u{256d}')).unwrap();
    let from = head.chars().collect::<Vec<_>>();
    let from = from.iter().rposition(|cell| *cell == '\u{256d}').unwrap();
    column(&screen, from + 1, usize::from(WIDTH) - 1)
}

/// The first panel of Today, in one line.
pub fn today(app: &App) -> String {
    let screen = app.screen(WIDTH, HEIGHT);
    let head = screen.lines().nth(1).unwrap().chars();
    let to = head.take_while(|cell| *cell != '\u{256e}').count();
    column(&screen, 1, to)
}

/// Whether `text` stands in `screen` and no digit follows that would make another number of it. The space after an arrow is free.
pub fn says(screen: &str, text: &str) -> bool {
    let joined = |text: &str| {
        let arrows = ["\u{25b2} ", "\u{25bc} ", "= "];
        let close = |text: String, arrow: &str| text.replace(arrow, arrow.trim_end());
        arrows.into_iter().fold(text.to_owned(), close)
    };
    let (screen, text) = (joined(screen), joined(text));
    let another = |after: &str| {
        let after = after.trim_start_matches('.');
        after.starts_with(|next: char| next.is_ascii_digit())
    };
    screen
        .match_indices(&text)
        .any(|(at, found)| !another(&screen[at + found.len()..]))
}

/// Compares what the read-out says about a day with its row.
pub fn read_out(
    side: &str,
    name: &str,
    row: &Row,
    mut note: impl FnMut(&str, Option<&str>, Option<&str>),
) {
    let day = date(row.cell("day")).format("%a %-d %b").to_string();
    let said = side.split_once(&day).map(|(_, said)| said);
    note(
        &format!("{name}: the day of the cursor in {side}"),
        Some(&day),
        said.map(|_| day.as_str()),
    );
    let Some(said) = said else { return };
    let mut expect = |text: String| {
        let found = says(said, &text).then_some(text.as_str());
        note(&format!("{name}, {day}: {said}"), Some(&text), found);
    };
    if let Some(number) = row.number("attempt day") {
        expect(format!(" day {number}"));
    }
    match (row.number("n of 18"), row.number("screen")) {
        (None, _) => expect("no check-in".to_owned()),
        (Some(n), Some(value)) => {
            let is_index = ["Severity", "Body", "Mind"].contains(&name);
            let star = if is_index { star(n) } else { "" };
            expect(format!(" {name} {value}{star}"));
            if n != "0" {
                expect(format!(" {n} of 18,"));
            }
        }
        (Some(n), None) => {
            // Where some of an index's items were answered it says how many, and how many it needs.
            let in_part = format!(" {name}: ");
            if ["Severity", "Body", "Mind"].contains(&name) && said.contains(&in_part) {
                expect("in one check-in".to_owned());
            } else {
                expect(format!(" {name} not answered"));
            }
            if n != "0" {
                expect(format!(" {n} of 18,"));
            }
        }
    }
}

/// The mark of an index from fewer than 14 of 18 answers.
fn star(n: &str) -> &'static str {
    if n.parse::<u8>().unwrap() < 14 {
        "*"
    } else {
        ""
    }
}

fn arrow(change: &str) -> String {
    match change.strip_prefix('-') {
        Some(less) => format!("\u{25bc} {less}"),
        None if change.trim_matches(['0', '.']).is_empty() => format!("= {change}"),
        None => format!("\u{25b2} {change}"),
    }
}

/// The line of the week view, where the paper has any number to hold it against.
pub fn week_line(name: &str, row: &Row) -> Option<String> {
    let (n, before) = (row.cell("n"), row.cell("n before"));
    if let Some(change) = row.number("change") {
        let (then, now) = (row.cell("before: screen"), row.cell("screen"));
        let arrow = arrow(change);
        return Some(format!("{name} {then} \u{2192} {now} {arrow}"));
    }
    if let Some(change) = row.number("change since then") {
        let (days, arrow) = (row.cell("offered instead"), arrow(change));
        let (then, now) = (row.cell("then: screen"), row.cell("now of both: screen"));
        let (arrow, both) = (arrow.replace(' ', ""), row.cell("n both"));
        return Some(format!(
            "{name}, {days} {then} \u{2192} {now} now, {arrow} ({both} days of both)"
        ));
    }
    let why = row.cell("no comparison because");
    let nothing = n == "0" && before == "0";
    (why.starts_with("too few") && !nothing)
        .then(|| format!("{name}: too few days to compare ({n} of 7, {before} before)"))
}

/// How many of the week's days have a value, as the chart's title says it.
pub fn week_title(row: &Row) -> Option<String> {
    let n = row.cell("n");
    (n.parse::<usize>().unwrap() >= 3).then(|| format!("{n} of 7 days"))
}

/// How many of the week's days have an overall only, as the panel beside the chart says it.
pub fn overall_only(row: &Row, days: &[Row]) -> Option<&'static str> {
    let from = date(row.cell("week from"));
    let week = |day: &&Row| (0..7).any(|n| date(day.cell("day")) == from + Days::new(n));
    let hollow = (days.iter().filter(week))
        .filter(|day| day.cell("overall only") == "yes")
        .count();
    // An overall has its mark on the chart of Severity alone.
    let rated = row.cell("series") == "severity";
    (rated && hollow == 1).then_some("\u{25cb} 1 day with overall only")
}

/// The line of `ebb status`.
pub fn status_line(row: &Row) -> String {
    let (n, before) = (row.cell("n"), row.cell("n before"));
    let now = row.cell("screen");
    if let Some(change) = row.number("change") {
        let then = row.cell("before: screen");
        let less = change.strip_prefix('-').unwrap();
        return format!(
            "Last 7 days: severity {now}, {less} less than a week ago ({then}); {n} and {before} days"
        );
    }
    let why = row.cell("no comparison because");
    let Some(zero) = why.strip_prefix("day 0 on ") else {
        return format!(
            "Too few days to compare with a week ago ({n} of 7 now, {before} of 7 before)"
        );
    };
    let zero = date(zero.split(' ').next().unwrap()).format("%a %-d %b");
    let not = format!("Day 0 ({zero}) lies between, so the weeks are not compared");
    let Some(offered) = row.number("offered instead") else {
        return not;
    };
    let (days, attempt) = offered.split_once(": ").unwrap();
    let (then, both) = (row.cell("then: screen"), row.cell("n both"));
    let (now, more) = (
        row.cell("now of both: screen"),
        row.cell("change since then"),
    );
    format!(
        "{not}; {days}: severity {now} now, {then} in {attempt}, {more} more ({both} days of both)"
    )
}

/// The line of Today.
pub fn today_line(row: &Row) -> String {
    let (n, before) = (row.cell("n"), row.cell("n before"));
    let now = row.cell("screen");
    if let Some(change) = row.number("change") {
        let then = row.cell("before: screen");
        let arrow = arrow(change);
        return format!("severity {then} \u{2192} {now} {arrow} {before} and {n} of 7");
    }
    if let Some(change) = row.number("change since then") {
        let (days, both) = (row.cell("offered instead"), row.cell("n both"));
        let (then, now) = (row.cell("then: screen"), row.cell("now of both: screen"));
        let arrow = arrow(change).replace(' ', "");
        return format!(
            "severity, {days} {then} \u{2192} {now} now, {arrow} ({both} days of both)"
        );
    }
    if row.cell("no comparison because").starts_with("day 0") {
        return "not compared with the days before day 0".to_owned();
    }
    format!("severity: too few days to compare ({n} of 7, {before} before)")
}

/// What stands in the calendar under the number of the cursor's day.
pub fn under_the_cursor(text: &str) -> String {
    let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
    let place = lines.iter().enumerate().find_map(|(y, line)| {
        let x = line.iter().position(|sign| *sign == '\u{258c}')?;
        Some((x, y))
    });
    let (x, y) = place.unwrap();
    lines[y + 1][x..x + 5]
        .iter()
        .filter(|sign| sign.is_ascii_digit())
        .collect()
}

/// What History says about the day of the cursor: its heading, each of its check-ins.
pub fn history_lines(row: &Row, check_ins: &[(Row, Row)]) -> Vec<String> {
    let day = date(row.cell("day"));
    let mut lines = Vec::new();
    let heading = day.format("\u{256d} %a %-d %b %Y \u{2500}");
    lines.push(heading.to_string());
    if let (Some(number), Some(attempt)) = (row.number("attempt day"), row.number("attempt")) {
        lines.push(format!(" day {number} of attempt {attempt} "));
    }
    for (given, worked) in check_ins {
        if given.cell("counts for") != row.cell("day") {
            continue;
        }
        let (_, time) = given.cell("moment").split_once(' ').unwrap();
        let n = worked.cell("answered");
        let index = worked.number("Severity: exact").map(whole);
        match (index, n) {
            (_, "0") => lines.push(time.to_owned()),
            (None, n) => lines.push(format!("{time}, {n} of 18 answered")),
            (Some(index), n) => {
                let star = star(n);
                lines.push(format!(
                    "{time}, severity {index}{star}, {n} of 18 answered"
                ));
            }
        }
    }
    lines
}

/// An exact number or fraction of the page, none below 0, rounded half up to a whole number in integers.
fn whole(exact: &str) -> String {
    let (top, bottom) = exact.split_once('/').map_or_else(
        || {
            let (whole, part) = exact.split_once('.').unwrap_or((exact, ""));
            let power = 10_u64.pow(u32::try_from(part.len()).unwrap());
            (format!("{whole}{part}").parse().unwrap(), power)
        },
        |(top, bottom)| (top.parse::<u64>().unwrap(), bottom.parse().unwrap()),
    );
    ((2 * top + bottom) / (2 * bottom)).to_string()
}
