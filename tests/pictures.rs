//! Every screen at every size: title, footer and `!` are there, nothing is cut without saying so, nothing panics.
#![allow(clippy::unwrap_used, missing_docs)]

mod app;

use app::App;
use ebbtide::tui::theme::{ColourMode, Glyphs, Theme};

/// The sizes at which every picture is looked at.
const SIZES: [(u16, u16); 4] = [(120, 40), (80, 24), (60, 20), (40, 12)];

/// Keys that lead from Today to each place.
const PLACES: [(&str, &str); 37] = [
    ("today", ""),
    ("check-in", "c21"),
    ("overall", "co"),
    ("note", "cnA walk by the river helped a little."),
    ("day", "cD"),
    ("brief", "b"),
    ("week", "2"),
    ("week before", "2["),
    ("a symptom", "2snausea<Enter>"),
    ("a row of the sheet", "2<Down><Down><Down><Space>"),
    ("month", "2v"),
    ("all", "2vv"),
    ("all, nearer", "2vv>>"),
    ("timeline", "2vvv"),
    ("timeline from its beginning", "2oo"),
    ("hours", "2vvvv"),
    ("two series", "2vtnau<Enter>"),
    ("grid", "2VV"),
    ("table", "2V"),
    ("series", "2s"),
    ("event marks", "2vm"),
    ("history", "3<Left><Left>"),
    ("history day", "3<Left><Enter>"),
    ("search", "/walk"),
    ("filter", "3F"),
    ("help", "!"),
    ("keys", "?"),
    ("palette", ":"),
    ("symptoms", ":symptoms<Enter>"),
    ("attempts", ":attempts<Enter>"),
    ("guide", "7"),
    ("guide page", "7<Down><Down><Down><Down><Enter>"),
    ("guide sources", "7<Down><Down><Down><Enter><End>"),
    ("guide over a check-in", "c2i"),
    ("guide search", "7/clonidine"),
    ("bin without anything", ":bin<Enter>"),
    ("bin", ":attempts<Enter>x2<Esc>:bin<Enter>"),
];

fn looks() -> [Theme; 3] {
    [
        Theme::new(ColourMode::Ansi16, Glyphs::Unicode),
        Theme::new(ColourMode::Mono, Glyphs::Unicode),
        Theme::new(ColourMode::Mono, Glyphs::Ascii),
    ]
}

#[test]
fn title_footer_and_help_are_there_at_every_size_in_every_look() {
    for look in looks() {
        for (name, keys) in PLACES {
            let mut app = App::demo(365).looks(look);
            app.press(keys);
            for (width, height) in SIZES {
                let screen = app.screen(width, height);
                let lines: Vec<&str> = screen.lines().collect();
                let at = format!("{name} at {width}x{height} {look:?}:\n{screen}");
                assert!(lines[0].contains("ebb"), "title: {at}");
                let last = lines.iter().rev().find(|line| !line.is_empty()).unwrap();
                assert!(
                    (last.contains('!') && last.contains('?')) || last.contains("F1"),
                    "help: {at}"
                );
                assert!(
                    lines
                        .iter()
                        .skip(1)
                        .any(|line| line.chars().any(char::is_alphabetic)),
                    "empty: {at}"
                );
            }
        }
    }
}

/// A word of a label that ends at the right edge of its panel either ends there or is followed by an ellipsis: looked for by
/// drawing the same place wider and comparing the words at the right of each panel.
#[test]
fn no_label_is_cut_without_saying_so() {
    for (name, keys) in PLACES {
        let mut app = App::demo(365);
        app.press(keys);
        let known: std::collections::BTreeSet<String> = [
            (500, 200),
            (120, 200),
            (100, 100),
            (80, 100),
            (60, 200),
            (40, 400),
            (300, 12),
            (300, 20),
            (300, 24),
            (300, 40),
        ]
        .iter()
        .flat_map(|(w, h)| words(&app.in_front(*w, *h)))
        .collect();
        // Said only where there is no room for all.
        let on_lack_of_room = words(
            "\u{2026} 7 lines more: Space reads on, 1 line more, Space: read on, rows more above",
        )
        .into_iter();
        let known: std::collections::BTreeSet<String> =
            known.into_iter().chain(on_lack_of_room).collect();
        for (width, height) in SIZES {
            for word in words(&app.in_front(width, height)) {
                // A word seen here that is seen nowhere with more room is a piece of one.
                let is_whole = known.contains(&word) || word.ends_with('\u{2026}');
                assert!(
                    is_whole,
                    "{name} at {width}x{height}: {word:?} is a piece\n{}",
                    app.screen(width, height)
                );
            }
        }
    }
}

fn words(screen: &str) -> Vec<String> {
    let is_letter = |c: char| c.is_alphabetic() || c == '\u{2026}' || c == '\'' || c == '-';
    let split = screen.split(|c: char| !is_letter(c));
    split
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
        // No word has a letter three times running: that is a row of letters for events, a day each.
        .filter(|word| {
            !word
                .as_bytes()
                .windows(3)
                .any(|w| w[0] == w[1] && w[1] == w[2])
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn no_size_from_nothing_to_500_breaks_a_screen() {
    for (name, keys) in PLACES {
        for mut app in [App::demo(40), App::empty()] {
            app.press(keys);
            let small = (0..46_u16)
                .step_by(3)
                .flat_map(|w| (0..16_u16).step_by(2).map(move |h| (w, h)));
            for (width, height) in small.chain([
                (500, 500),
                (1, 500),
                (500, 1),
                (200, 60),
                (79, 13),
                (81, 14),
            ]) {
                let _ = (name, app.buffer(width, height));
            }
        }
    }
}

#[test]
fn below_the_smallest_size_one_line_tells_and_help_is_a_key_away() {
    let mut app = App::demo(40);
    assert!(app.screen(39, 12).contains("ebb needs 40x12"));
    app.press("!");
    assert!(app.screen(30, 8).contains("Emergency"));
    app.press("<Esc>c2");
    assert!(app.screen(20, 5).contains("40x12"));
    assert_eq!(app.drafts().len(), 1, "keys still work");
}

#[test]
fn an_empty_journal_says_what_each_screen_is_for_and_which_key_fills_it() {
    let mut app = App::empty();
    app.press("<Esc><Esc><Esc>");
    for (keys, key) in [
        ("1", "c all symptoms, b"),
        ("2", "c is a check-in, b one number"),
        ("3", "f fills it"),
    ] {
        app.press(keys);
        let screen = app.screen(100, 30);
        assert!(screen.contains(key), "{keys}:\n{screen}");
        assert!(
            !screen.contains('\u{253c}'),
            "no axes without values:\n{screen}"
        );
    }
}

#[test]
fn pictures() {
    let mut app = App::lived_in();
    for (name, keys) in PLACES {
        app.press(keys);
        for (width, height) in [(80, 24), (60, 20)] {
            insta::assert_snapshot!(
                format!("{name} {width}x{height}"),
                app.screen(width, height)
            );
        }
        // Each picture begins with the first view of Trends, so that it shows what it is called.
        app.press("<Esc><Esc><Esc>:week<Enter>1");
    }
}
