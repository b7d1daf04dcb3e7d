//! The Settings screen at its four sizes, and its groups under the keys and the mouse.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "app/mod.rs"]
mod app;

use app::App;
use ebbtide::tui::pointer::What;

const SIZE: (u16, u16) = (120, 40);

#[test]
fn a_press_on_the_name_of_a_group_chooses_nothing_and_one_on_a_setting_chooses_it() {
    let mut app = App::lived_in();
    app.press("M8");
    let screen = app.screen(SIZE.0, SIZE.1);
    let row = |said: &str| {
        let found = screen.lines().position(|line| line.contains(said));
        u16::try_from(found.unwrap()).unwrap()
    };
    app.point(SIZE, What::Press, 6, row("Week begins on"));
    let chosen = app.screen(SIZE.0, SIZE.1);
    assert!(chosen.contains("\u{258c} Week begins on"), "{chosen}");
    app.point(SIZE, What::Press, 6, row("Display"));
    assert_eq!(app.screen(SIZE.0, SIZE.1), chosen);
}

#[test]
fn a_small_window_names_the_group_in_its_frame() {
    let mut app = App::lived_in();
    app.press("8<End>");
    let small = app.screen(40, 12);
    assert!(small.contains("Your data, 34 of 34"), "{small}");
    let large = app.screen(80, 24);
    assert!(large.contains("\u{2502} Your data "), "{large}");
}

#[test]
fn the_settings_stand_in_named_groups_at_every_size() {
    let mut app = App::demo(90);
    app.press("8");
    for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
        insta::assert_snapshot!(format!("top_{width}x{height}"), app.screen(width, height));
    }
    app.press("<End>");
    for (width, height) in [(80, 24), (40, 12)] {
        insta::assert_snapshot!(format!("end_{width}x{height}"), app.screen(width, height));
    }
}
