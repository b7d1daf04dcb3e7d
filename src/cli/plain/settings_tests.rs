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

#[test]
fn a_word_of_the_settings_opens_its_setting_from_the_menu_too() {
    for (line, said) in [
        ("passphrase", "Passphrase: "),
        ("day end 03:00", "03:00"),
        ("idle_lock", "idle_lock? "),
    ] {
        let transcript = talk(&mut lived_in(), &[line, "back", "quit"]);
        assert!(transcript.contains(said), "{line}:\n{transcript}");
        assert!(
            !transcript.contains("not understood"),
            "{line}:\n{transcript}"
        );
        assert!(
            !transcript.contains("was not taken"),
            "{line}:\n{transcript}"
        );
    }
}

#[test]
fn the_report_is_said_to_others_and_nothing_else_until_the_word() {
    let typed = ["hand-over", "zimt", "history", "quit", "!", "zimt", "quit"];
    let transcript = talk(&mut lived_in(), &typed);
    let (_, handed) = transcript.split_once("> zimt").unwrap_or_default();
    let (handed, after) = handed.split_once("> zimt").unwrap_or_default();
    assert!(handed.contains("Report,"), "{transcript}");
    assert!(handed.contains("Call emergency services"), "{transcript}");
    assert!(!handed.to_lowercase().contains("kratom") && !handed.contains("Which one?"));
    assert!(after.contains("The menu again."), "{transcript}");
}

#[test]
fn without_a_passphrase_nothing_is_locked_and_without_a_terminal_none_is_set() {
    let typed = [
        "lock",
        "settings",
        "passphrase",
        "set",
        "no",
        "back",
        "quit",
    ];
    let transcript = talk(&mut lived_in(), &typed);
    assert!(transcript.contains("Nothing is locked"), "{transcript}");
    assert!(transcript.contains("nobody can help"), "{transcript}");
    assert!(transcript.contains("Nothing was changed."), "{transcript}");
}
