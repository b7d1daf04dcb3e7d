//! The report as a self-contained HTML page: styles and charts inside, no script, nothing loaded.
//!
//! Invariant: every typed word passes through the template, which escapes it. Only our own charts are inserted unescaped; the
//! `svg` crate escapes their words.

use super::block::{Block, Table, kratom, made};
use super::chart;
use super::chart::{Around, Size, Strips};
use super::content;
use super::content::Part;
use super::content_rated::counts_text;
use crate::domain::report::series::{DayPoint, Summary};
use crate::domain::report::used::UsedProduct;
use crate::domain::report::{DISCLAIMER, Mark, Report, Section};
use crate::domain::text::sanitize::{Lines, Stand, shown};
use crate::domain::trends::event_marks::EventKind;
use crate::domain::trends::scale::end_for;
use askama::Template;
use std::collections::BTreeSet;

/// The page.
#[derive(Template)]
#[template(path = "report.html", config = "assets/askama.toml")]
struct Page {
    /// The spacing of its lines on paper.
    density: &'static str,
    title: String,
    disclaimer: &'static str,
    lead: Option<Lead>,
    period: Vec<(String, String)>,
    /// Beside the period: attempt and baseline.
    facts: Vec<PagePart>,
    figures: Vec<Figure>,
    legend: Option<String>,
    /// The rest, in columns.
    rest: Vec<PagePart>,
    notes: Option<PagePart>,
    scales: Option<PagePart>,
    left_out: Option<String>,
    made: String,
}

/// The first line.
struct Lead {
    dose: String,
    when: String,
}

/// A chart with its heading.
struct Figure {
    class: &'static str,
    name: String,
    now: String,
    svg: String,
}

/// A part of the page.
struct PagePart {
    code: &'static str,
    title: &'static str,
    figures: Vec<Figure>,
    blocks: Vec<Piece>,
}

/// A block of a part.
enum Piece {
    Said(String),
    Facts(Vec<(String, String)>),
    List(Vec<(String, String)>),
    Table(Grid),
}

/// A table with a class for each column and, in some tables, a small chart for each row.
struct Grid {
    caption: String,
    head: Vec<(String, &'static str)>,
    rows: Vec<GridRow>,
    has_lines: bool,
}

struct GridRow {
    name: String,
    cells: Vec<(String, &'static str)>,
    line: String,
}

/// The report as a page of HTML.
pub(crate) fn html(report: &Report) -> String {
    let mut facts = Vec::new();
    let mut rest = Vec::new();
    let (mut notes, mut scales) = (None, None);
    for part in content::parts(report) {
        let section = part.section;
        let part = page_part(report, part);
        match section {
            // A line beside the period already has these numbers.
            Section::CheckIns => {}
            Section::Attempt | Section::Baseline => facts.push(part),
            Section::Notes => notes = Some(part),
            Section::Scales => scales = Some(part),
            _ => rest.push(part),
        }
    }
    let figures = figures(report);
    let page = Page {
        density: density(&rest),
        title: content::title(report),
        disclaimer: DISCLAIMER,
        lead: lead(report),
        period: period(report),
        facts,
        legend: legend(report, &figures),
        figures,
        rest,
        notes,
        scales,
        left_out: content::left_out(report),
        made: made(report.made),
    };
    // Never fails in practice: the template is compiled in and writes to memory.
    page.render().unwrap_or_default()
}

/// Up to this many lines the page is widely spaced on paper, and from `CLOSE_FROM` on closely: a month must fit on one sheet.
const WIDE_TO: usize = 27;
const CLOSE_FROM: usize = 34;

fn density(rest: &[PagePart]) -> &'static str {
    let lines = |piece: &Piece| match piece {
        Piece::Said(_) => 1,
        Piece::Facts(pairs) | Piece::List(pairs) => pairs.len(),
        Piece::Table(table) => table.rows.len(),
    };
    let all: usize = rest.iter().flat_map(|part| &part.blocks).map(lines).sum();
    match all {
        ..=WIDE_TO => "wide",
        CLOSE_FROM.. => "close",
        _ => "usual",
    }
}

fn period(report: &Report) -> Vec<(String, String)> {
    let mut facts = content::period(&report.period);
    if let Some(counts) = report.counts {
        facts.push(("Check-ins".to_owned(), counts_text(counts)));
    }
    pairs(facts)
}

fn lead(report: &Report) -> Option<Lead> {
    Some(match report.last_dose.as_ref()? {
        None => Lead {
            dose: "none logged".to_owned(),
            when: String::new(),
        },
        Some(last) => Lead {
            dose: safe(&format!("{}, {}", last.amount, kratom(&last.product))),
            when: content::last_moment(last),
        },
    })
}

/// The text without control characters, which the template's escaping would let through.
fn safe(text: &str) -> String {
    shown(text, Lines::Keep, Stand::Picture).into_owned()
}

fn pairs(pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    let pairs = pairs.into_iter();
    pairs
        .map(|(label, text)| (safe(&label), safe(&text)))
        .collect()
}

/// The parts around a chart, with these strips.
fn around(report: &Report, strips: Strips) -> Around<'_> {
    Around {
        marks: &report.marks,
        phases: &report.phases,
        strips,
    }
}

fn figures(report: &Report) -> Vec<Figure> {
    let all = report.indices.as_deref().unwrap_or_default().iter();
    let with_value =
        // An index without any value would be an empty frame.
        all.filter(|summary| summary.n > 0 || summary.days.iter().any(|day| day.hollow.is_some()));
    let charts: Vec<&Summary> = with_value.filter(|one| one.series.is_index()).collect();
    // One scale for all of them, so that their heights can be compared.
    let highest = charts.iter().map(|one| one.highest()).fold(0.0, f64::max);
    charts
        .into_iter()
        .enumerate()
        .map(|(at, summary)| {
            // The first index is the report's main chart: only it has events and phases.
            let (class, size, around) = if at == 0 {
                let size = Size {
                    width: 440.0,
                    height: 156.0,
                    parts: 4,
                };
                ("large", size, around(report, Strips::All))
            } else {
                let size = Size {
                    width: 240.0,
                    height: 71.0,
                    parts: 2,
                };
                ("small", size, around(report, Strips::None))
            };
            Figure {
                class,
                name: summary.name.clone(),
                now: median(summary),
                svg: chart::series(
                    &format!("c{at}"),
                    summary,
                    size,
                    end_for(summary.top, highest),
                    around,
                ),
            }
        })
        .collect()
}

fn median(summary: &Summary) -> String {
    let unit = match summary.unit.as_str() {
        "" => String::new(),
        unit => format!(" {unit}"),
    };
    summary
        .median
        .map_or_else(String::new, |median| format!("median {median}{unit}"))
}

/// The meaning of columns, line, letters and strip: of those that are in sight.
fn legend(report: &Report, figures: &[Figure]) -> Option<String> {
    if figures.is_empty() {
        return None;
    }
    let indices = report.indices.as_deref().unwrap_or_default().iter();
    let days = || indices.clone().flat_map(|index| &index.days);
    let has = |wanted: fn(&DayPoint) -> bool| days().any(wanted);
    let signs = [
        (true, "Columns: day values"),
        (
            has(|day| day.is_in_part),
            "*: answered in part, 9 to 13 of 18",
        ),
        (
            has(|day| day.worst > day.value),
            "thin line: up to the worst check-in of the day",
        ),
        (
            has(|day| day.hollow.is_some()),
            "\u{25cb}: an overall without a severity",
        ),
        (
            has(|day| day.value.is_none() && day.hollow.is_none()),
            "\u{2013}: no value",
        ),
        (
            has(|day| day.middle.is_some()),
            "line: middle of 7 days, the median of 3 days before to 3 after",
        ),
    ];
    let signs = signs.iter().filter(|(is_in_sight, _)| *is_in_sight);
    let signs: Vec<&str> = signs.map(|(_, words)| *words).collect();
    let mut sentences = vec![signs.join("; ")];
    let kinds: BTreeSet<EventKind> = report.marks.iter().map(|mark: &Mark| mark.kind).collect();
    let kinds = kinds.into_iter();
    let kinds = kinds.filter(|kind| *kind != EventKind::DayZero);
    let letters: Vec<String> = EventKind::signs(kinds)
        .into_iter()
        .map(|(letter, name)| format!("{letter} {name}"))
        .collect();
    if !letters.is_empty() {
        sentences.push(letters.join(", "));
    }
    if !report.phases.is_empty() {
        sentences.push("Strip: days since day 0, reported ranges; reports differ".to_owned());
    }
    Some(format!("{}.", sentences.join(". ")))
}

fn page_part(report: &Report, part: Part) -> PagePart {
    let section = part.section;
    let lines = match section {
        Section::Symptoms => report.symptoms.as_deref(),
        _ => None,
    };
    let blocks = part.blocks.into_iter().map(|block| match block {
        Block::Said(sentence) => Piece::Said(safe(&sentence)),
        Block::Facts(facts) => Piece::Facts(pairs(facts)),
        Block::List(list) => Piece::List(pairs(list)),
        Block::Table(table) => Piece::Table(rows(table, lines)),
    });
    PagePart {
        code: section.code(),
        title: section.title(),
        blocks: blocks.collect(),
        figures: of_part(report, section),
    }
}

/// The charts inside a part: use beside the plan, and sleep.
fn of_part(report: &Report, section: Section) -> Vec<Figure> {
    let size = Size {
        width: 330.0,
        height: 66.0,
        parts: 2,
    };
    match section {
        Section::Used => {
            // One or two bars say no more than the table beside them.
            let is_drawn = |used: &&UsedProduct| used.staircase.has_plan() || used.days_logged > 2;
            let products = report.used.iter().flat_map(|used| &used.products);
            products
                .filter(is_drawn)
                .enumerate()
                .map(|(at, used)| Figure {
                    class: "part",
                    name: safe(&format!(
                        "{}, {} a day",
                        used.product.name, used.product.unit
                    )),
                    now: if used.staircase.has_plan() {
                        "columns: used; line: plan".to_owned()
                    } else {
                        String::new()
                    },
                    svg: chart::staircase(
                        &format!("u{at}"),
                        used,
                        size,
                        around(report, Strips::None),
                    ),
                })
                .collect()
        }
        Section::Measurements => {
            let all = report.measurements.as_deref().unwrap_or_default().iter();
            let sleep = all.filter(|summary| {
                matches!(
                    summary.series,
                    crate::domain::series::Series::Measure(
                        crate::domain::care::measurement::SLEEP_HOURS,
                        _
                    )
                )
            });
            sleep
                .map(|summary| Figure {
                    class: "part",
                    name: summary.name.clone(),
                    now: median(summary),
                    svg: chart::series(
                        "sleep",
                        summary,
                        size,
                        end_for(summary.top, summary.highest()),
                        around(report, Strips::None),
                    ),
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

fn rows(table: Table, lines: Option<&[Summary]>) -> Grid {
    let columns = table.head.len();
    let class = |at: usize| {
        if at == 0 || at >= columns - table.words {
            "w"
        } else {
            "n"
        }
    };
    let lines = lines.unwrap_or_default();
    let row = |(at, cells): (usize, Vec<String>)| {
        let mut cells = cells
            .into_iter()
            .enumerate()
            .map(|(at, cell)| (safe(&cell), class(at)));
        GridRow {
            name: cells.next().map_or_else(String::new, |(name, _)| name),
            cells: cells.collect(),
            line: lines
                .get(at)
                .map_or_else(String::new, |of| chart::spark(&format!("l{at}"), of)),
        }
    };
    Grid {
        caption: safe(&table.caption),
        head: table
            .head
            .into_iter()
            .enumerate()
            .map(|(at, head)| (head, class(at)))
            .collect(),
        rows: table.rows.into_iter().enumerate().map(row).collect(),
        has_lines: !lines.is_empty(),
    }
}
