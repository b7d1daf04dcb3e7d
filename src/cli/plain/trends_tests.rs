//! Scripted conversations about Trends.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::tests::{lived_in, store, talk, talk_at};
use crate::store::Store;
use unicode_width::UnicodeWidthStr;

#[test]
fn no_word_of_trends_stands_for_two_things() {
    let words: Vec<_> = super::words_of_trends().collect();
    let named = words.iter().map(|word| word.word);
    let short = words.iter().map(|word| word.short);
    let mut all: Vec<&str> = named
        .chain(short.filter(|short| !short.is_empty()))
        .collect();
    all.sort_unstable();
    assert!(all.is_sorted_by(|a, b| a < b), "{all:?}");
}

#[test]
fn trends_are_sentences() {
    insta::assert_snapshot!(talk(
        &mut lived_in(),
        &[
            "trends",
            "earlier",
            "timeline",
            "origin",
            "all",
            "nausea",
            "week",
            "done",
            "trends week overall done",
            "q"
        ]
    ));
}

#[test]
fn trends_turn_to_a_day_a_second_series_and_the_marks() {
    insta::assert_snapshot!(talk(
        &mut lived_in(),
        &[
            "trends month date 2026-11-04",
            "week",
            "today",
            "later",
            "date 2026-11-02",
            "earlier",
            "second overall",
            "second nausea",
            "marks",
            "second",
            "open 2026-11-18",
            "done",
            "order",
            "words",
            "nonsense week",
            "done",
            "q"
        ]
    ));
}

/// Three attempts: four days with nausea in each of the first two, two weeks in the third.
fn three_attempts() -> Store {
    let mut store = store();
    let starts = [("2026-10-01", 3), ("2026-10-15", 2), ("2026-11-10", 1)];
    for (at, (zero, hard)) in starts.into_iter().enumerate() {
        let start = if at == 0 { "skip" } else { "today" };
        // A second one is asked about first.
        let begin: &[&str] = if at == 0 {
            &["start"]
        } else {
            &["start", "yes"]
        };
        let begin = [begin, &[zero, "stop", "skip", "quit"]].concat();
        talk_at(
            &mut store,
            &format!("{zero}T20:00:00+01:00"),
            &[&[start][..], &begin].concat(),
        );
        let zero: chrono::NaiveDate = zero.parse().unwrap();
        for day in zero.iter_days().skip(1).take(if at == 2 { 12 } else { 4 }) {
            let line = format!("c {} 5 skip", vec![hard.to_string(); 18].join(" "));
            talk_at(
                &mut store,
                &format!("{day}T08:00:00+01:00"),
                &[&line, "quit"],
            );
        }
    }
    store
}

#[test]
fn the_timeline_says_what_other_attempts_had_on_the_same_days() {
    insta::assert_snapshot!(talk(
        &mut three_attempts(),
        &[
            "trends timeline",
            "others",
            "others attempt 1",
            "attempt earlier",
            "attempt later",
            "attempt 7",
            "skip",
            "origin",
            "done",
            "q"
        ]
    ));
}

#[test]
fn a_chart_is_drawn_only_where_it_is_asked_for_and_fits_the_lines_of_plain_mode() {
    let said = talk(&mut lived_in(), &["trends week", "done", "q"]);
    assert!(!said.contains('\u{2588}'), "{said}");
    let drawn = talk(&mut lived_in(), &["trends week chart", "done", "q"]);
    assert!(drawn.contains("\u{2588}\u{2588}"), "{drawn}");
    assert!(drawn.contains("Severity \u{b7} Mon 16"), "{drawn}");
    assert!(drawn.lines().all(|line| line.width() <= 78), "{drawn}");
    // The sentences are said after it as before.
    let after = talk(&mut lived_in(), &["trends chart week", "done", "q"]);
    assert!(after.contains("Severity, Mon 9 Nov 2026 to"), "{after}");
}
