//! Keys of the person's own: in the config file, in the full screen, on the `?` page and in the footer.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "app/mod.rs"]
mod app;
#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;

use app::App;
use ebbtide::config::file::Config;
use ebbtide::tui::keymap::Keymap;
use house::House;

fn with_keys(text: &str) -> App {
    let mut app = App::lived_in();
    let config = Config::parse(text);
    assert!(config.faults.is_empty(), "{:?}", config.faults);
    let (keymap, faults) = Keymap::read(&config.chosen_keys);
    assert!(faults.is_empty(), "{faults:?}");
    app.model.keymap = keymap;
    app
}

#[test]
fn a_key_of_ones_own_stands_in_the_footer_and_on_the_page_of_keys_and_does_it() {
    let mut app = with_keys("[keys]\nbrief = \"F7\"\n");
    assert!(app.screen(120, 40).contains("F7 brief"));
    app.press("?");
    let page = app.screen(120, 40);
    assert!(page.contains("F7 b "), "{page}");
    app.press("<Esc><F7>");
    let form = app.screen(120, 40);
    assert!(form.contains("Brief check-in"), "{form}");
}

#[test]
fn the_key_of_the_table_goes_on() {
    let mut app = with_keys("[keys]\nbrief = \"F7\"\n");
    app.press("b4<Enter>");
    assert!(app.screen(120, 40).contains("Saved"));
}

#[test]
fn a_key_of_a_screen_is_one_there_and_a_letter_in_a_text() {
    let mut app = with_keys("[keys]\n\"history.fill\" = \"w\"\n");
    app.press("3w");
    let filled = app.screen(120, 40);
    assert!(filled.contains("Check-in"), "{filled}");
    app.press("<Esc><Esc>/w");
    let search = app.screen(120, 40);
    assert!(search.contains('w'), "{search}");
}

#[test]
fn the_command_line_chooses_a_key_and_keeps_the_other_lines() {
    let house = House::new();
    house.done(&["config", "init"]);
    house.done(&["config", "set", "clock", "12"]);
    house.done(&["config", "set", "keys.undo", "Ctrl-Z"]);
    house.done(&["config", "set", "keys.plan.hold", "F6"]);
    let path = house.done(&["config", "path"]).out;
    let file = std::fs::read_to_string(path.trim()).unwrap();
    assert!(file.contains("clock = 12"), "{file}");
    assert!(file.contains("undo = \"Ctrl-Z\""), "{file}");
    let shown = house.done(&["config", "show"]).out;
    assert!(shown.contains("keys.undo"), "{shown}");
    let listed = house.done(&["config", "keys"]).out;
    let undo = listed
        .lines()
        .find(|line| line.starts_with("undo "))
        .unwrap();
    assert!(undo.contains("(file)"), "{undo}");
}

#[test]
fn a_key_that_is_taken_changes_nothing() {
    let house = House::new();
    house.done(&["config", "init"]);
    let path = house.done(&["config", "path"]).out;
    let before = std::fs::read_to_string(path.trim()).unwrap();
    let said = house.ebb(&["config", "set", "keys.undo", "c"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("check-in"), "{}", said.err);
    let said = house.ebb(&["config", "set", "keys.undu", "F9"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("undo"), "{}", said.err);
    assert_eq!(std::fs::read_to_string(path.trim()).unwrap(), before);
}
