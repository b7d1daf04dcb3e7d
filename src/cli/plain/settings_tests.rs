//! Settings in scripted conversations.

use super::tests::{lived_in, talk};
use crate::config::settings::Item;

#[test]
fn what_is_set_is_said_changed_and_undone() {
    let mut store = lived_in();
    let transcript = talk(
        &mut store,
        &[
            "settings",
            "day end",
            "13:00",
            "02:30",
            "favourite series",
            "overall",
            "color",
            "green",
            "never",
            "week_start sunday",
            "stock on",
            "files",
            "hue",
            "back",
            "log purchase",
            "skip",
            "plan",
            "doses",
            "back",
            "undo",
            "undo",
            "undo",
            "settings day end 05:00",
            "back",
            "quit",
        ],
    );
    insta::assert_snapshot!(transcript);
}

#[test]
fn every_setting_is_reached_by_its_word() {
    let words = Item::all().filter_map(|item| Some(item.plain()?.word));
    for word in words {
        let transcript = talk(
            &mut lived_in(),
            &["settings", word, "back", "back", "back", "quit"],
        );
        assert!(
            !transcript.contains("is not an answer"),
            "{word}:\n{transcript}"
        );
        assert!(
            !transcript.contains("not understood"),
            "{word}:\n{transcript}"
        );
    }
}
