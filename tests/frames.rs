//! The frame around every screen: messages, overlays, the ground of a theme, and how far Today is scrolled.
#![allow(clippy::unwrap_used, missing_docs)]

mod app;

use app::App;
use ebbtide::tui::theme::{ColourMode, Glyphs, Scheme, Theme};
use ratatui::style::{Color, Modifier};

const SIZES: [(u16, u16); 4] = [(160, 50), (120, 40), (80, 24), (60, 20)];

fn rows(screen: &str) -> Vec<String> {
    screen.lines().map(str::to_owned).collect()
}

#[test]
fn a_message_moves_no_panel() {
    for (width, height) in SIZES {
        let mut app = App::lived_in();
        app.press("2");
        let before = rows(&app.screen(width, height));
        // With nothing to redo, the message is all that comes.
        app.press("Z");
        let after = rows(&app.screen(width, height));
        assert_ne!(before, after, "there is a message");
        let moved = before.iter().zip(&after).filter(|(a, b)| a != b).count();
        let most = if height >= 24 { 1 } else { 2 };
        assert!(moved <= most, "{width}x{height}: {before:#?}\n{after:#?}");
    }
}

#[test]
fn a_message_of_one_row_covers_no_border() {
    for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
        // Today has borders at every size.
        let mut app = App::lived_in();
        app.press("Z");
        let screen = rows(&app.screen(width, height));
        let said = screen.iter().position(|row| row.contains("othing"));
        let said = said.unwrap();
        assert_eq!(said, usize::from(height) - 2, "{screen:#?}");
        let is_border = screen[said - 1].contains('\u{2570}');
        assert!(is_border, "{width}x{height}: {screen:#?}");
    }
}

#[test]
fn a_message_of_several_rows_covers_no_border() {
    // Today has borders at every size.
    let mut app = App::lived_in();
    app.press("b6<Enter>");
    for (width, height) in [(60, 20), (40, 12)] {
        let screen = rows(&app.screen(width, height));
        let first = screen.iter().position(|row| row.contains("Saved 08:12"));
        let first = first.unwrap();
        assert!(first < usize::from(height) - 2, "two rows: {screen:#?}");
        let is_border = screen[first - 1].contains('\u{2570}');
        assert!(is_border, "{width}x{height}: {screen:#?}");
    }
}

#[test]
fn under_an_overlay_the_screen_stays_dim_and_without_any_other_colour() {
    let themes = [ColourMode::Ansi16, ColourMode::Indexed, ColourMode::Mono];
    for colour in themes {
        let mut app = App::demo(60).looks(Theme::new(colour, Glyphs::Unicode));
        app.press("d");
        let buffer = app.buffer(120, 40);
        let place = (3, 2);
        let cell = &buffer[place];
        assert_ne!(cell.symbol(), " ", "the screen is still there");
        match colour {
            ColourMode::Mono => assert_eq!(cell.modifier, Modifier::DIM),
            _ => assert_eq!(
                (cell.fg, cell.modifier),
                (Color::DarkGray, Modifier::empty())
            ),
        }
        let behind: Vec<_> = (1..38).map(|y| &buffer[(2, y)]).collect();
        assert!(behind.iter().all(|cell| cell.bg == Color::Reset));
    }
}

#[test]
fn the_terminals_cursor_never_stands_on_what_is_dim() {
    for keys in [
        "d", "u", "!", "?", ":", "c", "b", "l", "s", "2s", "3F", "5a", "8<Enter>",
    ] {
        let mut app = App::demo(60);
        app.press(keys);
        let Some(at) = app.cursor(120, 40) else {
            continue;
        };
        let buffer = app.buffer(120, 40);
        let cell = &buffer[at];
        let is_dim = cell.fg == Color::DarkGray;
        assert!(!is_dim, "{keys}: {at:?}\n{}", app.screen(120, 40));
    }
}

#[test]
fn a_page_that_typing_narrows_stands_still() {
    for (width, height) in SIZES {
        let mut app = App::demo(60);
        app.press(":");
        let edges = |app: &App| {
            let rows = rows(&app.in_front(width, height));
            let is_title = |row: &String| row.contains("Every action by name");
            let top = rows.iter().position(is_title).unwrap();
            let title = rows[top].chars().collect::<Vec<_>>();
            let name = title
                .windows(2)
                .position(|pair| pair == ['E', 'v'])
                .unwrap();
            let corner = name - 2;
            let is_end = |row: &String| row.chars().nth(corner) == Some('\u{2570}');
            let bottom = rows.iter().skip(top).position(is_end).unwrap();
            (top, bottom, corner)
        };
        let whole = edges(&app);
        app.press("help l");
        assert_eq!(edges(&app), whole, "{width}x{height}");
    }
}

#[test]
fn a_theme_with_its_own_ground_leaves_no_cell_without_it() {
    for scheme in [
        Scheme::Light,
        Scheme::Contrast,
        Scheme::SafeDark,
        Scheme::SafeLight,
    ] {
        let theme = Theme::new(ColourMode::Indexed, Glyphs::Unicode).scheme(scheme);
        let mut app = App::demo(60).looks(theme);
        for keys in ["1", "2", "3", "4", "5", "7", "8", "d"] {
            app.press(keys);
            for (width, height) in [(120, 40), (30, 8)] {
                let buffer = app.buffer(width, height);
                let bare = |cell: &&ratatui::buffer::Cell| {
                    cell.bg == Color::Reset || cell.fg == Color::Reset
                };
                assert_eq!(
                    buffer.content.iter().filter(bare).count(),
                    0,
                    "{scheme:?} {keys}"
                );
            }
        }
    }
}

#[test]
fn a_theme_is_seen_while_it_is_chosen() {
    let mut app = App::demo(60).looks(Theme::new(ColourMode::Ansi16, Glyphs::Unicode));
    app.press("8<Down><Down><Down><Down><Down><Down><Down><Down><Down><Down>");
    assert!(app.screen(120, 40).contains("\u{258c} Theme"));
    let is_coloured = |app: &App| {
        let buffer = app.buffer(120, 40);
        buffer.content.iter().any(|cell| cell.fg != Color::Reset)
    };
    assert!(is_coloured(&app));
    app.press("<Right><Right><Right>");
    assert!(app.screen(120, 40).contains("without colour"));
    assert!(!is_coloured(&app));
    app.press("<Left><Left><Left>");
    assert!(is_coloured(&app));
}

#[test]
fn today_scrolls_to_its_end_and_back_and_says_how_far_it_goes() {
    for (width, height) in [(80, 24), (60, 20), (40, 12)] {
        let mut app = App::demo(60);
        let top = app.screen(width, height);
        assert!(top.contains("more: Space"), "{top}");
        let mut seen = top.clone();
        for _ in 0..20 {
            app.press(" ");
            let screen = app.screen(width, height);
            seen.push_str(&screen);
            if !screen.contains("more: Space") {
                break;
            }
        }
        assert!(
            seen.contains("Jaw tension"),
            "{width}x{height}: the last symptom\n{seen}"
        );
        app.press(" ");
        assert_eq!(
            app.screen(width, height),
            top,
            "from the end to the beginning"
        );
        app.press("<Down>");
        assert!(app.screen(width, height).contains("1 row above"));
        app.press("<Up>");
        assert_eq!(app.screen(width, height), top);
    }
}

fn footer(app: &App, width: u16, height: u16) -> String {
    rows(&app.screen(width, height)).pop().unwrap()
}

#[test]
fn in_a_small_window_what_came_of_a_typed_day_is_in_sight() {
    let mut app = App::empty();
    app.press("<Esc>12 nov");
    assert!(app.screen(40, 12).contains("= Thu 12 Nov 2026"));
    let mut app = App::empty();
    app.press("<Esc><Enter>");
    assert!(app.screen(40, 12).contains("Type a day, such as"));
}

#[test]
fn a_page_says_what_lies_above_it_and_below_it() {
    let mut app = App::lived_in();
    app.press("?");
    let first = app.screen(40, 12);
    assert!(
        first.contains("\u{2193}") && !first.contains("\u{2191}"),
        "{first}"
    );
    app.press("<PgDn>");
    let middle = app.screen(40, 12);
    assert!(
        middle.contains("\u{2191} ") && middle.contains("\u{2193} "),
        "{middle}"
    );
    app.press("<End>");
    let last = app.screen(40, 12);
    assert!(
        last.contains("\u{2191} ") && last.contains(" more"),
        "{last}"
    );
}

#[test]
fn a_footer_names_what_its_keys_do_here_and_nothing_that_has_nothing_to_be_done_with() {
    for (keys, has, has_not) in [
        (
            ":tables for a study<Enter>",
            "Enter show what goes in",
            "save",
        ),
        (":back up<Enter>", "c check-in", "save"),
        ("4", "n new plan", "hold"),
        ("5", "a add", "skipped"),
        (":what was handed<Enter>", "Esc close", "forget"),
        (":restore or erase<Enter>", "Esc close", "restore"),
    ] {
        let mut app = App::lived_in();
        app.press(keys);
        let footer = footer(&app, 120, 40);
        assert!(
            footer.contains(has) && !footer.contains(has_not),
            "{keys}: {footer}"
        );
    }
}

#[test]
fn the_numbers_of_a_comparison_are_explained_where_their_words_have_no_room() {
    let mut app = App::demo(60);
    app.press("1");
    assert!(
        app.screen(80, 24)
            .contains("n/n: days of 7, before and now")
    );
    let wide = app.screen(120, 40);
    assert!(wide.contains(" of 7") && !wide.contains("n/n"), "{wide}");
}
