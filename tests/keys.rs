//! Keys of the person's own: in the config file, in the full screen, on the `?` page and in the footer.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "app/mod.rs"]
mod app;
#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;

use app::App;
use ebbtide::config::file::Config;
use ebbtide::config::settings::ConfigKey;
use ebbtide::tui::keys::keymap::Keymap;
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

#[test]
fn the_list_of_every_action_names_the_key_once_and_does_it() {
    let mut app = with_keys("[keys]\nundo = \"F9\"\n");
    app.press("b4<Enter>");
    app.press(":undo");
    let found = app.screen(120, 40);
    assert!(found.contains("F9     undo"), "{found}");
    assert_eq!(found.matches("   undo ").count(), 1, "{found}");
    app.press("<Enter>");
    assert!(
        app.screen(120, 40).contains("Undone"),
        "{}",
        app.screen(120, 40)
    );
}

#[test]
fn a_key_of_ones_own_for_the_help_lines_is_valid_over_other_pages_and_while_typing() {
    let mut app = with_keys("[keys]\nhelp_lines = \"F7\"\n");
    for place in ["?", "/", "c", "8<Enter>"] {
        app.press(place).press("<F7>");
        let page = app.screen(120, 40);
        assert!(page.contains("Help lines"), "after {place}: {page}");
        app.press("<Esc><Esc><Esc><Esc>");
    }
    app.press("!");
    assert!(app.screen(120, 40).contains("Help lines"));
}

#[test]
fn a_letter_of_ones_own_is_a_letter_over_the_tabs() {
    let mut app = with_keys("[keys]\ntrends = \"\u{e9}\"\n");
    app.press("\u{e9}");
    assert!(
        app.screen(120, 40).contains("[week]"),
        "{}",
        app.screen(120, 40)
    );
    app.press("1/\u{e9}");
    assert!(
        app.screen(120, 40).contains("/ \u{e9}"),
        "{}",
        app.screen(120, 40)
    );
}

#[test]
fn an_action_may_have_several_keys() {
    let mut app = with_keys("[keys]\nbrief = [\"F7\", \"Ctrl-U\"]\n");
    app.press("?");
    let page = app.screen(120, 40);
    assert!(page.contains("F7 Ctrl-U b "), "{page}");
    app.press("<Esc><Ctrl-U>");
    assert!(app.screen(120, 40).contains("Brief check-in"));
}

#[test]
fn the_settings_count_the_keys_that_hold() {
    let mut app = App::lived_in();
    app.model.shared.config = Config::parse("[keys]\nundo = \"F9\"\nredo = \"c\"\n");
    let faults = app.model.take_keys();
    assert_eq!(faults.len(), 1, "{faults:?}");
    app.press("8");
    assert!(
        app.screen(120, 40).contains("1 of your own"),
        "{}",
        app.screen(120, 40)
    );
}

/// The file after `text` stood in it and one key was set.
fn file_after(house: &House, text: &str, set: &[&str]) -> String {
    let path = house.done(&["config", "path"]).out;
    let path = std::path::PathBuf::from(path.trim());
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    house.done(&[&["config", "set"], set].concat());
    std::fs::read_to_string(&path).unwrap()
}

#[test]
fn the_comment_beside_a_key_stays() {
    let house = House::new();
    let text = "# mine\n[keys] # of hands\nundo = \"F9\" # left hand\nplan.hold = \"F6\" # b\n";
    let file = file_after(&house, text, &["keys.undo", "F8"]);
    assert_eq!(file, text.replace("F9", "F8"));
    let file = file_after(&house, text, &["keys.plan.hold", "F8"]);
    assert_eq!(file, text.replace("F6", "F8"));
}

#[test]
fn what_stands_behind_a_comment_sign_never_becomes_part_of_the_keys() {
    let house = House::new();
    house.done(&["config", "init"]);
    let path = house.done(&["config", "path"]).out;
    let fresh = std::fs::read_to_string(path.trim()).unwrap();
    let file = file_after(&house, &fresh, &["keys.undo", "F8"]);
    assert_eq!(file, fresh.replace("# [keys]", "[keys]\nundo = \"F8\""));
    let all = file
        .replace("# mouse", "mouse")
        .replace("# first_day", "first_day");
    let config = Config::parse(&all);
    assert!(config.faults.is_empty(), "{:?}", config.faults);
    assert_eq!(config.value(ConfigKey::FirstDay), "0");
    assert_eq!(config.chosen_keys.len(), 1, "{:?}", config.chosen_keys);
    // What was set below the commented table stays a key of the file.
    let below = format!("{fresh}mouse = true\n");
    let file = file_after(&house, &below, &["keys.undo", "F8"]);
    assert_eq!(file, format!("{below}\n[keys]\nundo = \"F8\"\n"));
}

#[test]
fn a_list_of_keys_and_none_are_set_too() {
    let house = House::new();
    let file = file_after(&house, "", &["keys.undo", "[\"F9\", \"ctrl+u\"]"]);
    assert!(file.contains("undo = [\"F9\", \"ctrl+u\"]"), "{file}");
    let listed = house.done(&["config", "keys"]).out;
    assert!(listed.contains("F9 (file)  Ctrl-U (file)"), "{listed}");
    let file = file_after(&house, &file, &["keys.undo", "[]"]);
    assert!(file.contains("undo = []"), "{file}");
    assert!(!house.done(&["config", "keys"]).out.contains("(file)"));
}

#[test]
fn esc_and_enter_are_nobodys_and_a_name_of_no_key_is_answered_with_examples() {
    let house = House::new();
    for key in ["Esc", "Enter", "return", "Ctrl-M", "Ctrl-C", "!", "?"] {
        let said = house.ebb(&["config", "set", "keys.plan.hold", key]);
        assert_eq!(said.code, 2, "{key}: {}", said.err);
    }
    let said = house.ebb(&["config", "set", "keys.undo", "Hyper-x"]);
    assert!(
        said.err.contains("undo, is no key") && said.err.contains("F5"),
        "{}",
        said.err
    );
}

#[test]
fn faults_of_the_keys_never_stop_the_journal() {
    let house = House::new();
    file_after(
        &house,
        "[keys]\nundo = \"c\"\nnope = 3\nredo = true\n",
        &["clock", "12"],
    );
    house.done(&["checkin", "--overall", "4"]);
    let said = house.ebb(&["config", "show"]);
    assert_eq!(said.code, 2);
    assert!(said.out.contains("clock       12"), "{}", said.out);
    for line in ["line 3", "line 4", "line 5"] {
        assert!(said.err.contains(line), "{}", said.err);
    }
}

#[test]
fn the_page_of_keys_is_searched_by_words_and_by_keys() {
    let mut app = App::lived_in();
    app.press("4?");
    assert!(
        app.screen(120, 40).contains("/ search"),
        "{}",
        app.screen(120, 40)
    );
    assert!(app.is_typing_after("/pause"), "letters are letters");
    let found = app.screen(120, 40);
    assert!(
        found.contains("/ pause") && found.contains("hold"),
        "{found}"
    );
    assert!(!found.contains("undo"), "{found}");
    app.press("<Enter><Down>");
    assert!(!app.is_typing_after("<Down>"));
    app.press("<Esc>");
    assert!(app.screen(120, 40).contains("undo"), "all keys again");
    app.press("/qqqq");
    assert!(app.screen(120, 40).contains("No key here has these words"));
    app.press("<Esc><Esc>");
    assert!(app.model.overlays.is_empty());
}

#[test]
fn the_keys_of_other_programs_go_by_pages_in_every_list() {
    for (place, own, other) in [
        ("8", "<PgDn>", "<Ctrl-F>"),
        ("8", "<PgDn>", "<Ctrl-D>"),
        ("8<End>", "<PgUp>", "<Ctrl-U>"),
        ("8<End>", "<Home>", "gg"),
        ("5", "<PgDn>", "<Ctrl-D>"),
        ("3", "<PgUp>", "<Ctrl-B>"),
        ("7", "<PgDn>", "<Ctrl-F>"),
        ("?", "<PgDn>", "<Ctrl-D>"),
        ("!", "<End>", "G"),
        (":symptoms<Enter>", "<PgDn>", "<Ctrl-F>"),
    ] {
        let mut by_own = App::lived_in();
        by_own.press(place);
        let before = by_own.screen(80, 24);
        by_own.press(own);
        let mut by_other = App::lived_in();
        by_other.press(place);
        by_other.screen(80, 24);
        by_other.press(other);
        assert_ne!(before, by_other.screen(80, 24), "{place} {other}");
        assert_eq!(
            by_own.screen(80, 24),
            by_other.screen(80, 24),
            "{place} {other}"
        );
    }
}

#[test]
fn a_key_that_means_nothing_here_says_so() {
    let mut app = App::lived_in();
    app.press("6");
    assert!(
        app.screen(120, 40)
            .contains("6 is the tab of insights. Insights are not there yet")
    );
    app.press("w");
    assert!(
        app.screen(120, 40)
            .contains("w is \"highest first\" on Trends; it does nothing here")
    );
    app.press("{");
    assert!(app.screen(120, 40).contains("{ does nothing here"));
}

#[test]
fn w_puts_the_highest_first_in_the_sheet_the_table_and_the_grid() {
    for (view, shown) in [("2w", "[week]"), ("2vw", "[table]"), ("2vvvvvw", "[grid]")] {
        let mut app = App::lived_in();
        app.press(view);
        let screen = app.screen(120, 40);
        assert!(
            screen.contains(shown) && screen.contains("highest first"),
            "{screen}"
        );
    }
}
