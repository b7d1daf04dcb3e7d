//! Each budget of keys, counted from the list of keys that is sent: to the model, and over a terminal to the program. What was
//! saved is read back by the command line.

use crate::app::App;
use crate::faces::{keys, press, quit, screen};
use crate::support::home::Ebb;
use crate::week::{SUNDAY, at, copy_of};
use serde_json::Value;

/// Sunday evening, as the model reads it.
const NOW: &str = "2026-11-22T20:00:00-05:00";

/// One thing to do: its keys, at most so many, and what the screen says then.
struct Walk {
    keys: &'static str,
    most: usize,
    seen: &'static str,
    /// What the document of the journal holds then.
    saved: &'static str,
}

/// From Today, with one dose before it and nothing optional switched on.
const WALKS: [Walk; 7] = [
    Walk {
        keys: "c012340123401234012t<Enter>",
        most: 25,
        seen: "Severity 46 (18 of 18), overall 10",
        saved: "\"overall\":10,\"ratings\":{\"muscle_aches\":0,\"tremor\":1,\"sweating\":2,",
    },
    Walk {
        keys: "c01234012340123401210<Enter>",
        most: 25,
        seen: "Severity 46 (18 of 18), overall 10",
        saved: "\"craving\":2}",
    },
    Walk {
        keys: "b6<Enter>",
        most: 4,
        seen: "Saved 20:00: check-in, overall 6",
        saved: "\"overall\":6,",
    },
    Walk {
        keys: "b10<Enter>",
        most: 4,
        seen: "Saved 20:00: check-in, overall 10",
        saved: "\"overall\":10,",
    },
    Walk {
        keys: "d<Enter>",
        most: 4,
        seen: "Saved 20:00: 4 g Leaf powder",
        saved: "\"day\":\"2026-11-22\",\"late\":false},\"about\":\"powder\",\"fields\":{\"amount\":4,",
    },
    Walk {
        keys: "d2.5<Enter>",
        most: 5,
        seen: "Saved 20:00: 2.5 g Leaf powder",
        saved: "\"day\":\"2026-11-22\",\"late\":false},\"about\":\"powder\",\"fields\":{\"amount\":2.5,",
    },
    Walk {
        keys: "u3<Enter>",
        most: 4,
        seen: "Saved 20:00: urge 3",
        saved: "\"kind\":\"urge\"",
    },
];

/// A home with an attempt and a dose of the day before.
fn begun() -> Ebb {
    let ebb = Ebb::new();
    at(&ebb, SUNDAY, &["start", "--method", "taper"]);
    let dose = ["dose", "4g", "powder", "--at", "2026-11-21 20:00"];
    at(&ebb, SUNDAY, &dose);
    ebb
}

fn document(ebb: &Ebb) -> String {
    at(ebb, SUNDAY, &["export", "json"])
}

/// Does it on a terminal; how many keys were sent.
fn on_a_terminal(ebb: &Ebb, walk: &Walk) -> usize {
    let mut pty = screen(ebb, SUNDAY);
    let sent = press(&mut pty, walk.keys, walk.seen);
    quit(pty);
    let text = document(ebb);
    let (_, entries) = text.split_once("\"attempts\"").unwrap();
    assert!(entries.contains(walk.saved), "{}: {entries}", walk.keys);
    sent
}

#[test]
fn each_budget_holds_in_the_model_and_over_a_terminal_and_the_entry_is_there() {
    let before = begun();
    for walk in &WALKS {
        let mut app = App::over_file(before.journal(), NOW);
        app.press(walk.keys);
        let screen = app.screen(120, 40);
        assert!(screen.contains(walk.seen), "{}:\n{screen}", walk.keys);
        let sent = on_a_terminal(&copy_of(&before), walk);
        assert_eq!(app.keys_of_last_press(), sent, "{}", walk.keys);
        assert!(sent <= walk.most, "{}: {sent} keys", walk.keys);
    }
}

#[test]
fn each_optional_item_costs_one_key_more() {
    let ebb = begun();
    let full = keys("c012340123401234012t<Enter>").len();
    let steps = [
        ("pain", "c0123401234012340123t<Enter>", "19 of 19"),
        (
            "pain_interference",
            "c01234012340123401234t<Enter>",
            "20 of 20",
        ),
        (
            "muscle_tension",
            "c012340123401234012340t<Enter>",
            "21 of 21",
        ),
        // It is asked behind them, and is none of the ratings.
        (
            "something_good",
            "c0123401234012340123404t<Enter>",
            "21 of 21",
        ),
    ];
    for ((code, keys, answered), more) in steps.into_iter().zip(1..) {
        at(&ebb, SUNDAY, &["symptom", "on", code]);
        let here = copy_of(&ebb);
        let mut pty = screen(&here, SUNDAY);
        let seen = format!("{answered} answered, Severity");
        let sent = press(&mut pty, keys, &seen);
        quit(pty);
        assert_eq!(sent, full + more, "{code}");
        assert!(sent <= 25 + more, "{code}: {sent} keys");
        let json: Value = serde_json::from_str(&document(&here)).unwrap();
        let held = match code {
            "something_good" => &json["records"][1]["fields"]["value"],
            code => &json["check_ins"][0]["ratings"][code],
        };
        assert!(held.is_number(), "{code}: {json:.3000}");
    }
}

#[test]
fn the_first_run_takes_16_keys_to_the_first_saved_brief_check_in_over_a_terminal() {
    let ebb = Ebb::new();
    let mut pty = ebb.open_with(&["--now", SUNDAY], crate::support::pty::Size::USUAL);
    pty.wait_for_text("first steps 1 of 3");
    let sent = press(&mut pty, "<Enter>", "First steps 2 of 3")
        + press(&mut pty, "2 days ago<Enter>", "Before you begin")
        + press(&mut pty, "<Enter>", "one number")
        + press(&mut pty, "b5<Enter>", "Saved 20:00: check-in, overall 5");
    assert!(sent <= 16, "{sent} keys");
    press(&mut pty, "<Esc>", "Today so far");
    quit(pty);
    let json: Value = serde_json::from_str(&document(&ebb)).unwrap();
    assert_eq!(json["check_ins"][0]["overall"], 5);
    assert_eq!(json["attempts"][0]["day_zero"], "2026-11-20");
}
