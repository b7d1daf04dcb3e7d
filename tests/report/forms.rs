//! The forms: pictures of each over the made-up year, and laws over hostile text.

use crate::made::{Desk, ask, evening, month, year};
use ebbtide::domain::dose::product;
use ebbtide::domain::record::kind::Kind;
use ebbtide::domain::report::report_of;
use ebbtide::domain::report::{Notes, Report, Section};
use ebbtide::transfer::report::{Form, TEXT_WIDTH, text, written};
use proptest::prelude::{ProptestConfig, any, proptest};
use proptest::prop_assert;
use unicode_width::UnicodeWidthStr;

fn month_of_the_year() -> Report {
    report_of(&year(), &month(), &evening())
}

#[test]
fn as_text() {
    insta::assert_snapshot!(written(&month_of_the_year(), Form::Text));
}

#[test]
fn as_text_on_a_narrow_screen() {
    insta::assert_snapshot!(text(&month_of_the_year(), 48).join("\n"));
}

#[test]
fn as_markdown() {
    insta::assert_snapshot!(written(&month_of_the_year(), Form::Markdown));
}

#[test]
fn as_a_page() {
    insta::assert_snapshot!(written(&month_of_the_year(), Form::Html));
}

#[test]
fn the_first_line_is_the_last_dose_with_its_product_and_hours() {
    let report = month_of_the_year();
    let line =
        "Last logged dose: 1.5 g, Leaf powder (kratom), 2026-11-05 19:22, 408 h ago (17 days).";
    let lines = text(&report, 120);
    assert_eq!(lines[0], line);
    let markdown = written(&report, Form::Markdown);
    assert_eq!(
        markdown.lines().nth(2).unwrap().replace('\\', ""),
        format!("**{line}**")
    );
}

#[test]
fn the_title_is_neutral_and_the_page_can_be_read_by_ear() {
    let html = written(&month_of_the_year(), Form::Html);
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\""));
    assert!(html.contains("<title>Report, 2026-10-24 to 2026-11-22</title>"));
    for mark in ["<header>", "<main>", "<footer>", "<h1>"] {
        assert_eq!(html.matches(mark).count(), 1, "{mark}");
    }
    let charts = html.matches("<svg").count();
    assert!(charts >= 5);
    assert_eq!(html.matches("role=\"img\"").count(), charts);
    assert_eq!(html.matches("<title id=").count(), charts);
    assert_eq!(html.matches("<desc id=").count(), charts);
    let tables = html.matches("<table>").count();
    assert_eq!(html.matches("<caption>").count(), tables);
    let heads = html.matches("<th ").count();
    let columns = html.matches("<th scope=\"col\"").count();
    let rows = html.matches("<th scope=\"row\"").count();
    assert_eq!(heads, columns + rows);
    assert!(columns > tables && rows > tables);
}

#[test]
fn the_chart_of_a_page_has_a_column_a_day_with_its_number_and_a_mark_for_each_other_day() {
    let report = month_of_the_year();
    let html = written(&report, Form::Html);
    let all = report.indices.as_deref().unwrap();
    // An overall has a row in the table and no chart.
    let indices = all.iter().filter(|one| one.name != "Overall");
    let charts = html.split("<svg").skip(1);
    for (at, (index, chart)) in indices.zip(charts).enumerate() {
        let chart = chart.split("</svg>").next().unwrap();
        let count = |class: &str| chart.matches(&format!("class=\"{class}\"")).count();
        assert_eq!(count("col"), index.n, "{}", index.name);
        assert_eq!(count("missing") + count("hollow"), 30 - index.n);
        // On the large chart there is room for them.
        let numbers = if at == 0 { index.n } else { 0 };
        assert!(count("v") >= numbers, "{}", index.name);
        // The axis ends where that of the screen does, and the same for all of them.
        assert!(chart.contains(", 0 to 75, day by day"), "{}", index.name);
    }
}

#[test]
fn typed_text_stays_text_on_a_page_and_in_markdown() {
    let mut desk = Desk::new();
    let hostile = "<script>alert(1)</script> <img src=http://x onerror=y> | # & \"'";
    desk.attempt("2026-11-01", Some("2026-11-10"), hostile);
    desk.check_in("2026-11-20T08:00:00+00:00", Some(2), Some(3), hostile);
    desk.write(
        Kind::Product,
        None,
        &[("name", "<b>mine</b>"), ("unit", "<i>"), ("smallest", "1")],
        "2026-11-02T08:00:00+00:00",
    );
    desk.write(
        Kind::Question,
        None,
        &[("text", hostile)],
        "2026-11-20T09:00:00+00:00",
    );
    let product = product::find(&desk.journal(), "<b>mine</b>").unwrap();
    desk.write(
        Kind::Dose,
        Some(&product.code),
        &[("amount", "2"), ("unit", "<i>")],
        "2026-11-21T09:00:00+00:00",
    );
    let report = report_of(&desk.journal(), &ask(&Section::ALL, Notes::All), &evening());
    let html = written(&report, Form::Html);
    assert!(
        html.contains("&#60;script&#62;"),
        "the goal is there, escaped"
    );
    for broken in ["<script", "<img", "<b>mine", "<i>"] {
        assert!(!html.contains(broken), "{broken}");
    }
    let markdown = written(&report, Form::Markdown);
    assert!(markdown.contains("\\<script\\>") && !markdown.contains(" <script"));
    insta::assert_snapshot!("hostile", markdown);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_page_runs_nothing_and_loads_nothing(goal in any::<String>(), note in any::<String>(), typed in "[<>\"'&/a-z:= !-]{0,40}") {
        let mut desk = Desk::new();
        desk.attempt("2026-11-01", Some("2026-11-10"), &format!("{goal}{typed}<script src=http://x>"));
        desk.check_in("2026-11-20T08:00:00+00:00", Some(2), None, &format!("{typed}{note}<link href='https://x'>"));
        let report = report_of(&desk.journal(), &ask(&Section::ALL, Notes::All), &evening());
        let html = written(&report, Form::Html).to_lowercase();
        let (style, rest) = html.split_once("</style>").unwrap();
        prop_assert!(!style.contains("url(") && !style.contains("@import"));
        for tag in ["<script", "<link", "<iframe", "<object", "<embed", "<img", "<a ", "<use", "<image", "<form"] {
            prop_assert!(!html.contains(tag), "{tag}");
        }
        // Inside tags of ours no address stands at all; in the text it is only read.
        for tag in rest.split('<').filter_map(|part| part.split('>').next()) {
            prop_assert!(!tag.contains("http") && !tag.contains("src="), "{tag}");
        }
    }

    #[test]
    fn no_line_of_text_is_wider_than_asked(note in any::<String>(), words in "([a-z]{1,60} ){0,20}", width in 24_usize..140) {
        let mut desk = Desk::new();
        desk.attempt("2026-11-01", None, &words);
        desk.check_in("2026-11-20T08:00:00+00:00", Some(2), Some(4), &format!("{words}{note}"));
        let report = report_of(&desk.journal(), &ask(&Section::ALL, Notes::All), &evening());
        for line in text(&report, width) {
            prop_assert!(line.width() <= width, "{} > {width}: {line}", line.width());
            prop_assert!(!line.chars().any(char::is_control), "{line:?}");
        }
    }
}

#[test]
fn text_is_written_as_wide_as_a_terminal() {
    let report = month_of_the_year();
    assert!(
        text(&report, TEXT_WIDTH)
            .iter()
            .all(|line| line.width() <= TEXT_WIDTH)
    );
}
