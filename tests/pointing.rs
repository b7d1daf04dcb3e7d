//! The mouse and the clipboard, without a terminal: what a press, the wheel and a copy do.
#![allow(clippy::unwrap_used, missing_docs)]

mod app;

use app::App;
use ebbtide::tui::pointer::{Pointing, What};
use ebbtide::tui::screens::Overlay;
use ebbtide::tui::tab::Tab;
use ebbtide::tui::view::layout;
use ratatui::layout::Rect;

const SIZES: [(u16, u16); 5] = [(40, 12), (60, 20), (80, 24), (81, 24), (250, 60)];

fn size_area((width, height): (u16, u16)) -> Rect {
    Rect::new(0, 0, width, height)
}

#[test]
fn the_mouse_is_off_until_m_and_a_sign_stands_there_as_long_as_it_is_on() {
    let mut app = App::lived_in();
    for size in SIZES {
        assert!(!app.screen(size.0, size.1).contains("mouse"), "{size:?}");
    }
    app.press("M");
    assert_eq!(app.model.pointing, Pointing::On);
    assert!(app.screen(80, 24).contains("hold Shift"));
    app.press("2");
    for size in SIZES {
        let screen = app.screen(size.0, size.1);
        let head = screen.lines().next().unwrap();
        assert!(head.contains("mouse"), "{size:?}: {head}");
    }
    assert!(
        app.screen(30, 8).contains("mouse"),
        "below the smallest size too"
    );
    app.press("M");
    assert_eq!(app.model.pointing, Pointing::Off);
    assert!(!app.screen(80, 24).lines().next().unwrap().contains("mouse"));
}

#[test]
fn m_is_a_letter_in_a_note_and_a_key_on_a_page() {
    let mut app = App::lived_in();
    app.press("cnM");
    assert_eq!(app.model.pointing, Pointing::Off);
    assert_eq!(app.drafts()[0].note, "M");
    let mut app = App::lived_in();
    app.press("!M");
    assert_eq!(app.model.pointing, Pointing::On);
    assert_eq!(app.model.overlays.len(), 1);
}

#[test]
fn the_palette_knows_the_mouse() {
    let mut app = App::lived_in();
    app.press(":mouse<Enter>");
    assert_eq!(app.model.pointing, Pointing::On);
}

#[test]
fn a_press_on_a_tab_opens_it_at_every_size() {
    for size in SIZES {
        for to in Tab::ALL {
            let mut app = App::lived_in();
            app.press("M");
            let places = layout(&app.model, size_area(size)).tabs;
            let Some((_, place)) = places.iter().find(|(tab, _)| *tab == to) else {
                // Below 60 columns only the tab in sight has its name there.
                assert!(size.0 < 60, "{to:?} at {size:?}");
                continue;
            };
            app.point(size, What::Press, place.x, place.y);
            assert_eq!(app.model.tab, to, "{size:?}");
            app.point(size, What::WheelDown, place.x, place.y);
            assert_eq!(app.model.tab, to, "the wheel changes no tab");
        }
    }
}

#[test]
fn while_it_is_off_nothing_answers_the_mouse() {
    let mut app = App::lived_in();
    let places = layout(&app.model, size_area((80, 24))).tabs;
    let (_, place) = places.last().unwrap();
    app.point((80, 24), What::Press, place.x, place.y);
    assert_eq!(app.model.tab, Tab::Today);
}

#[test]
fn what_lies_over_the_screens_keeps_the_mouse() {
    let mut app = App::lived_in();
    app.press("Mc3");
    let places = layout(&app.model, size_area((80, 24))).tabs;
    let (_, place) = places.last().unwrap();
    app.point((80, 24), What::Press, place.x, place.y);
    assert_eq!(app.model.tab, Tab::Today);
    assert!(matches!(
        app.model.overlays.last(),
        Some(Overlay::CheckIn(_))
    ));
}

#[test]
fn the_wheel_scrolls_every_list_and_the_keys_go_the_same_way() {
    for open in [":", "?", "!", ":symptoms<Enter>"] {
        for size in SIZES {
            let mut by_wheel = App::lived_in();
            by_wheel.press("M").press(open);
            let mut by_key = App::lived_in();
            by_key.press("M").press(open);
            let before = by_wheel.screen(size.0, size.1);
            by_wheel.point(size, What::WheelDown, 5, 5);
            by_wheel.point(size, What::WheelDown, 5, 5);
            by_key.press("<Down><Down>");
            let after = by_wheel.screen(size.0, size.1);
            assert_eq!(after, by_key.screen(size.0, size.1), "{open} {size:?}");
            by_wheel.point(size, What::WheelUp, 5, 5);
            by_wheel.point(size, What::WheelUp, 5, 5);
            assert_eq!(before, by_wheel.screen(size.0, size.1), "{open} {size:?}");
        }
    }
}

#[test]
fn the_wheel_over_the_footer_scrolls_nothing() {
    let mut app = App::lived_in();
    app.press("M!");
    let before = app.screen(80, 24);
    app.point((80, 24), What::WheelDown, 5, 23);
    app.point((80, 24), What::WheelDown, 5, 0);
    assert_eq!(before, app.screen(80, 24));
}

#[test]
fn any_place_and_size_may_be_pointed_at() {
    for size in [(0, 0), (1, 1), (39, 11), (40, 12), (500, 500)] {
        for keys in ["M", "M2", "M3", "M!", "Mc", "M:"] {
            let mut app = App::lived_in();
            app.press(keys);
            for what in [What::Press, What::Drag, What::WheelUp, What::WheelRight] {
                for (x, y) in [(0, 0), (size.0, size.1), (u16::MAX, u16::MAX), (3, 2)] {
                    app.point(size, what, x, y);
                }
            }
            assert!(app.is_running());
        }
    }
}

#[test]
fn a_copy_waits_for_the_terminal_and_says_what_cannot_be_known() {
    let mut app = App::lived_in();
    assert!(app.model.to_copy.is_empty());
    app.press("!y");
    assert_eq!(app.model.to_copy.len(), 1);
    assert!(
        app.model.to_copy[0].contains("help"),
        "{:?}",
        app.model.to_copy
    );
    let said = app.model.shared.past_notices.last().unwrap();
    assert!(
        said.contains("Sent the help lines") && said.contains("ebb can't see"),
        "{said}"
    );
}

/// The middle of `text` on the screen, where it stands last.
fn place_of(app: &App, size: (u16, u16), text: &str) -> (u16, u16) {
    let screen = app.screen(size.0, size.1);
    let lines: Vec<(&str, u16)> = screen.lines().zip(0u16..).collect();
    let mut from_below = lines.into_iter().rev();
    let found = from_below.find_map(|(line, y)| Some((line.find(text)?, line, y)));
    let (at, line, y) = found.unwrap_or_else(|| panic!("no {text:?} in {screen}"));
    let left = line[..at].chars().count() + text.chars().count() / 2;
    (u16::try_from(left).unwrap(), y)
}

#[test]
fn a_press_on_the_name_of_a_view_shows_it() {
    for size in [(80, 24), (120, 40)] {
        for view in ["month", "all", "timeline", "grid", "table"] {
            let mut app = App::lived_in();
            app.press("M2");
            let (x, y) = place_of(&app, size, &format!(" {view}"));
            app.point(size, What::Press, x, y);
            let screen = app.screen(size.0, size.1);
            assert!(screen.contains(&format!("[{view}]")), "{screen}");
        }
    }
}

#[test]
fn a_press_on_a_page_of_the_guide_opens_it_beside_the_list() {
    for size in [(80, 24), (120, 40), (60, 20)] {
        let mut app = App::lived_in();
        app.press("M7");
        app.screen(size.0, size.1);
        let (x, y) = place_of(&app, size, "Tapering");
        app.point(size, What::Press, x, y);
        let screen = app.screen(size.0, size.1);
        assert!(screen.contains("\u{258c} Tapering"), "{screen}");
    }
}

#[test]
fn the_wheel_over_a_page_of_the_guide_scrolls_it() {
    for size in [(80, 24), (120, 24)] {
        let mut app = App::lived_in();
        app.press("M7<Down><Down><Down>");
        let before = app.screen(size.0, size.1);
        app.point(size, What::WheelDown, size.0 - 10, 10);
        assert_ne!(before, app.screen(size.0, size.1));
        app.point(size, What::WheelUp, size.0 - 10, 10);
        assert_eq!(before, app.screen(size.0, size.1));
    }
}

#[test]
fn a_press_on_a_day_of_the_calendar_goes_there() {
    for size in [(80, 24), (120, 40), (60, 20)] {
        let mut app = App::lived_in();
        app.press("M3");
        app.screen(size.0, size.1);
        let (x, y) = place_of(&app, size, " 19 ");
        app.point(size, What::Press, x, y);
        let screen = app.screen(size.0, size.1);
        assert!(screen.contains("Thu 19 Nov"), "{screen}");
        app.press("<Enter>").point(size, What::Press, x - 5, y);
        let screen = app.screen(size.0, size.1);
        assert!(screen.contains("Wed 18 Nov"), "{screen}");
    }
}

#[test]
fn a_press_on_a_row_of_trends_puts_the_focus_there() {
    for size in [(80, 24), (120, 40)] {
        for (keys, row) in [("M2", "Sweating"), ("M2VV", "Nausea"), ("M2V", "Sweating")] {
            let mut app = App::lived_in();
            app.press(keys);
            app.screen(size.0, size.1);
            let (x, y) = place_of(&app, size, row);
            app.point(size, What::Press, x, y);
            let screen = app.screen(size.0, size.1);
            let line = screen.lines().nth(usize::from(y)).unwrap();
            // In a sheet the row is read out above it, in the others it may have moved with the window.
            let is_here = line.contains('\u{258c}') || screen.contains(&format!("\u{258c} {row}"));
            assert!(is_here, "{keys} {size:?}: {screen}");
        }
    }
}

#[test]
fn a_press_on_an_entry_of_a_day_goes_into_the_day() {
    for size in [(80, 24), (120, 40)] {
        let mut app = App::lived_in();
        app.press("M3<Left>");
        let before = app.screen(size.0, size.1);
        assert!(!before.contains("\u{258c} 08:"), "{before}");
        let (x, y) = place_of(&app, size, "18 of 18");
        app.point(size, What::Press, x, y);
        let screen = app.screen(size.0, size.1);
        let line = screen.lines().nth(usize::from(y)).unwrap();
        assert!(line.contains('\u{258c}'), "{screen}");
    }
}

#[test]
fn a_press_on_a_row_of_a_list_puts_the_focus_there() {
    let size = (80, 24);
    for (keys, row) in [
        ("M:", "attempts"),
        ("M:symptoms<Enter>", "Sweating"),
        ("M2s", "Mind"),
        ("M5", "Why you do this"),
    ] {
        let mut app = App::lived_in();
        app.press(keys);
        app.screen(size.0, size.1);
        let (x, y) = place_of(&app, size, row);
        app.point(size, What::Press, x, y);
        let screen = app.screen(size.0, size.1);
        let is_here = |line: &str| line.contains('\u{258c}') && line.contains(row);
        assert!(screen.lines().any(is_here), "{keys} {row}: {screen}");
    }
}
