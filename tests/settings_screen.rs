//! The Settings screen at its four sizes, and its groups under the keys.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "app/mod.rs"]
mod app;

use app::App;

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
