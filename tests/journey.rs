//! Whole walks through the full screen: keys in, screen and journal out. No terminal, the real store thread.
#![allow(clippy::unwrap_used, missing_docs)]

mod app;

use app::App;
use ebbtide::domain::series::Series;
use ebbtide::tui::screens::overlay::palette;
use std::collections::BTreeSet;

#[test]
fn the_first_run_leads_to_a_full_check_in_of_at_most_25_keys() {
    let mut app = App::empty();
    assert!(app.screen(80, 24).contains("first steps 1 of 3"));
    app.press("<Enter>");
    assert!(app.screen(80, 24).contains("When did you last use"));
    app.press("2026-11-13 20:00<Enter>");
    assert!(
        app.screen(80, 24).contains("Before you begin"),
        "the safety card"
    );
    app.press("<Enter>");
    assert!(app.screen(80, 24).contains("First steps 3 of 3"));
    let keys = app
        .press("c012340123401234012t<Enter>")
        .keys_of_last_press();
    assert!(keys <= 25, "{keys} keys");
    let journal = app.journal();
    let day = journal.day("2026-11-22".parse().unwrap()).unwrap();
    assert_eq!(day.check_ins[0].answered(), 18);
    assert_eq!(
        journal
            .attempts
            .on(day.date)
            .unwrap()
            .attempt
            .day_number(day.date),
        Some(9)
    );
    assert_eq!(Series::Overall.of_day(day), Some(10.0));
    let screen = app.screen(120, 40);
    assert!(
        screen.contains(
            "Saved 08:12: check-in, Severity 46 (18 of 18), overall 10, counts for Sun 22 Nov"
        ),
        "{screen}"
    );
}

#[test]
fn a_brief_check_in_takes_at_most_4_keys_and_asks_no_symptom() {
    let mut app = App::lived_in();
    let keys = app.press("b10<Enter>").keys_of_last_press();
    assert!(keys <= 4);
    let check_in = app.journal().check_ins("2026-11-22".parse().unwrap())[0].clone();
    assert_eq!(
        (check_in.overall.unwrap().number(), check_in.ratings.len()),
        (10, 0)
    );
}

#[test]
fn a_blank_stays_blank_through_the_form() {
    let mut app = App::empty();
    app.press("<Esc><Esc><Esc>c2..<Enter>");
    let check_in = app.journal().check_ins("2026-11-22".parse().unwrap())[0].clone();
    assert_eq!((check_in.ratings.len(), check_in.answered()), (18, 1));
    assert!(
        check_in.ratings[1..]
            .iter()
            .all(|rating| rating.answer.is_none())
    );
}

#[test]
fn nothing_filled_in_is_not_saved_and_says_so() {
    let mut app = App::empty();
    app.press("<Esc><Esc><Esc>c<Enter>");
    assert!(app.screen(80, 24).contains("Nothing is filled in yet"));
    assert!(app.journal().is_empty());
}

#[test]
fn backspace_takes_an_answer_back_and_equals_copies_the_last_one() {
    let mut app = App::lived_in();
    app.press("c34<Backspace><Backspace>==");
    let draft = app.drafts()[0].clone();
    let copied: Vec<bool> = ["muscle_aches", "tremor"]
        .map(|code| draft.answers[code].copied)
        .to_vec();
    assert_eq!(copied, [true, true]);
    app.press("<Enter>");
    assert!(
        app.journal().check_ins("2026-11-22".parse().unwrap())[0].ratings[..2]
            .iter()
            .all(|r| r.copied)
    );
}

#[test]
fn an_azerty_digit_row_rates_without_shift() {
    let mut app = App::empty();
    app.press("<Esc><Esc><Esc>c\u{e0}&\u{e9}\"'<Enter>");
    let check_in = app.journal().check_ins("2026-11-22".parse().unwrap())[0].clone();
    let answers: Vec<_> = check_in
        .ratings
        .iter()
        .filter_map(|r| {
            r.answer
                .map(ebbtide::domain::check_in::symptom::Severity::number)
        })
        .collect();
    assert_eq!(answers, [0, 1, 2, 3, 4]);
}

#[test]
fn a_draft_outlives_esc_and_the_program_and_c_goes_on_with_it() {
    let mut app = App::lived_in();
    app.press("c21<Esc>");
    assert!(app.screen(80, 24).contains("Draft kept, not saved"));
    let mut app = app.reopened();
    assert!(app.screen(80, 24).contains("draft for today"));
    app.press("c4<Enter>");
    let check_in = app.journal().check_ins("2026-11-22".parse().unwrap())[0].clone();
    assert_eq!(check_in.answered(), 3);
    assert!(app.drafts().is_empty());
}

#[test]
fn a_note_takes_pasted_lines_as_text_and_never_as_keys() {
    let mut app = App::lived_in();
    app.press("cn");
    app.paste("q\nZ!\r\nthird");
    app.press("<Ctrl-S>");
    let check_in = app.journal().check_ins("2026-11-22".parse().unwrap())[0].clone();
    assert_eq!(check_in.note.as_deref(), Some("q\nZ!\nthird"));
    app.paste("q");
    assert!(app.is_running(), "outside a field pasted text is nothing");
}

#[test]
fn after_midnight_the_check_in_counts_for_the_evening_before_and_d_changes_that() {
    let mut app = App::at("2026-11-22T01:30:00+01:00");
    app.press("<Esc><Esc><Esc>c3");
    assert!(
        app.screen(120, 40)
            .contains("counts for Saturday (your day ends 04:00)")
    );
    app.press("D<Ctrl-U>2026-11-20<Enter><Enter>");
    let journal = app.journal();
    let check_in = &journal.check_ins("2026-11-20".parse().unwrap())[0];
    assert!(check_in.moment.late, "written after its day had ended");
}

#[test]
fn everything_is_undone_and_done_again_and_says_what_it_was() {
    let mut app = App::lived_in();
    let before = app.journal();
    app.press("c1<Enter>z");
    assert!(
        app.screen(80, 24)
            .contains("Undone: the check-in 08:12, Sun 22 Nov.")
    );
    assert_eq!(app.journal(), before);
    let mut app = app.reopened();
    app.press("Z");
    assert!(
        app.screen(80, 24)
            .contains("Done again: the check-in 08:12, Sun 22 Nov.")
    );
    assert_eq!(
        app.journal().check_ins("2026-11-22".parse().unwrap()).len(),
        1
    );
    app.press("Z");
    assert!(app.screen(80, 24).contains("There is nothing to redo."));
}

#[test]
fn history_edits_deletes_and_fills_a_past_day() {
    let mut app = App::lived_in();
    let yesterday = "2026-11-21".parse().unwrap();
    let id = app.journal().check_ins(yesterday)[0].id;
    app.press("3<Left><Enter><Enter>4<Enter>");
    let edited = app.journal().check_ins(yesterday)[0].clone();
    assert_eq!(
        (edited.id, edited.ratings[0].answer.unwrap().number()),
        (id, 4)
    );
    assert!(
        edited.edited_utc.is_some() && !edited.moment.late,
        "editing never makes it late"
    );
    app.press("x");
    assert!(app.journal().check_ins(yesterday).is_empty());
    assert!(app.screen(80, 24).contains("z takes it back"));
    app.press("zB5<Enter>");
    assert_eq!(app.journal().check_ins(yesterday).len(), 2);
}

#[test]
fn missing_days_can_be_filled_skipped_or_left() {
    let mut app = App::at_with_days("2026-11-26T08:12:00+01:00");
    assert!(app.screen(80, 24).contains("4 days missing"));
    app.press("m3m1");
    assert!(app.screen(80, 24).contains("Fill a missing day"));
    // The gap before the last check-in comes first; nobody was reminded of it.
    app.press("6<Enter>6<Enter><Esc>");
    assert_eq!(
        app.journal()
            .missing_days("2026-11-26".parse().unwrap())
            .len(),
        3
    );
    app.press("m2");
    assert!(
        app.journal()
            .missing_days("2026-11-26".parse().unwrap())
            .is_empty()
    );
}

#[test]
fn own_symptoms_are_added_renamed_switched_off_and_keep_their_history() {
    let mut app = App::empty();
    app.press("<Esc><Esc><Esc>:symptoms<Enter>aCold feet<Enter><Enter>");
    let own = app
        .journal()
        .symptoms
        .find("own_cold_feet")
        .unwrap()
        .clone();
    assert!(own.rated);
    app.press("G");
    for _ in 0..60 {
        app.press("<Down>");
    }
    app.press("r<Ctrl-U>Icy feet<Enter>");
    assert_eq!(
        app.journal().symptoms.find("own_cold_feet").unwrap().name,
        "Icy feet"
    );
    app.press("<Space>");
    assert!(!app.journal().symptoms.find("own_cold_feet").unwrap().rated);
}

#[test]
fn attempts_are_begun_given_a_day_0_ended_and_deleted() {
    let mut app = App::empty();
    app.press("<Esc><Esc><Esc>s<Tab><Tab><Tab>for Mia<Enter><Enter>");
    let attempt = app.journal().attempts.by_number(1).unwrap().attempt.clone();
    assert_eq!(
        (attempt.day_zero, attempt.goal.as_deref()),
        (None, Some("for Mia"))
    );
    app.press("s2026-11-20<Ctrl-S><Enter>");
    let attempt = app.journal().attempts.by_number(1).unwrap().attempt.clone();
    assert_eq!(
        attempt.day_zero,
        Some("2026-11-20".parse().unwrap()),
        "the open attempt got its day 0"
    );
    app.press(":attempts<Enter>E<Enter>");
    assert!(
        app.journal()
            .attempts
            .by_number(1)
            .unwrap()
            .attempt
            .ended
            .is_some()
    );
    app.press("x2");
    assert!(app.journal().attempts.is_empty());
}

#[test]
fn help_lines_open_over_everything_and_close_without_loss() {
    let mut app = App::lived_in();
    for keys in ["", "c", "b", ":", "?", "2", "3", "s", "cn", "cD"] {
        let help = if app.is_typing_after(keys) {
            "<F1>"
        } else {
            "!"
        };
        app.press(help);
        let screen = app.screen(80, 24);
        assert!(
            screen.contains("Emergency services"),
            "after {keys:?}:\n{screen}"
        );
        app.press("<Esc><Esc><Esc><Esc>1");
    }
}

#[test]
fn the_country_is_chosen_and_an_own_number_kept() {
    let mut app = App::empty();
    app.press("<Esc><Esc><Esc>!");
    assert!(app.screen(80, 24).contains("never guessed"));
    app.press("<Right>aSam<Enter>0123<Enter>");
    assert!(app.screen(80, 24).contains("988"));
    app.press("<Esc>");
    let settings = app.journal().settings;
    assert_eq!(
        (settings.country.as_deref(), settings.help_lines.len()),
        (Some("US"), 1)
    );
}

#[test]
fn esc_never_leaves_the_program_and_q_does_at_once() {
    let mut app = App::lived_in();
    app.press("<Esc><Esc>");
    assert!(app.is_running());
    app.press("c3q");
    assert!(!app.is_running());
    assert_eq!(app.drafts().len(), 1, "q in an overlay keeps the draft");
}

#[test]
fn every_action_of_the_palette_has_a_word_in_plain_mode() {
    let plain: BTreeSet<String> = ebbtide::cli::plain::ACTIONS
        .iter()
        .map(|a| a.name.to_lowercase())
        .collect();
    // A talk of one question a line has no mouse, and no place in sight to read about: guide lists the pages.
    // What a merge left twice is joined in the list of attempts and in Plan.
    let has_word = |action: &&palette::Action| {
        ![
            "mouse on or off",
            "read about this place",
            "join attempts or plans after a merge",
        ]
        .contains(&action.name)
    };
    for action in palette::ACTIONS.iter().filter(has_word) {
        assert!(
            plain.contains(action.name),
            "{:?} is missing from plain mode: {plain:?}",
            action.name
        );
    }
    // What the full screen does where the cursor stands, plain mode asks for by a word of its own.
    let in_place = [
        "fill a past day",
        "edit a check-in",
        "delete a check-in",
        "country of the help lines",
        "own numbers",
    ];
    let named = palette::ACTIONS
        .iter()
        .filter(has_word)
        .map(|action| action.name)
        .chain(in_place)
        .map(str::to_owned);
    assert_eq!(named.collect::<BTreeSet<_>>(), plain);
}

#[test]
fn every_key_of_the_plan_has_a_word_in_plain_mode() {
    use ebbtide::tui::keys::{Screen as _, Shown};
    let words: BTreeSet<&str> = ebbtide::cli::plain::PLAN_WORDS
        .iter()
        .map(|(_, key, _)| *key)
        .collect();
    let keys = ebbtide::tui::keys::hints(ebbtide::tui::screens::plan::PlanScreen::default().keys());
    for hint in keys.iter().filter(|hint| hint.shown != Shown::Quiet) {
        // The day of a row is asked for in history; plain mode has room for all words.
        let is_asked_elsewhere = ["that day in History", "read on"].contains(&hint.label);
        let has_word = words.contains(hint.key.to_string().as_str());
        assert!(has_word || is_asked_elsewhere, "{} has no word", hint.label);
    }
}

#[test]
fn every_key_of_care_has_a_word_in_plain_mode() {
    use ebbtide::tui::keys::Shown;
    let worded: BTreeSet<&str> = ebbtide::cli::plain::CARE_WORDS
        .iter()
        .flat_map(|word| word.labels.iter().copied())
        .collect();
    let mut app = App::lived_in();
    app.press("5");
    let mut labels = BTreeSet::new();
    for _ in 0..10 {
        let hints = app.model.screens.hints(app.model.tab);
        let named = hints.iter().filter(|hint| hint.shown != Shown::Quiet);
        labels.extend(named.map(|hint| hint.label));
        labels.extend(
            hints
                .iter()
                .map(|hint| hint.label)
                .filter(|label| *label == "edit"),
        );
        app.press("]");
    }
    // The lists are named by words of their own, everything of a row is said at once, and two have a word at the menu.
    for elsewhere in [
        "section",
        "read on",
        "deleted entries",
        "that day in History",
    ] {
        assert!(labels.remove(elsewhere), "{elsewhere} is no label any more");
    }
    assert_eq!(labels, worded);
}

#[test]
fn every_row_of_settings_has_a_word_in_plain_mode() {
    use ebbtide::config::settings::{GROUPS, Item, Topic};
    let items = GROUPS.iter().flat_map(|(_, items)| *items);
    // Plain mode has no keys.
    for item in items.filter(|item| **item != Item::Topic(Topic::Keys)) {
        assert!(item.plain().is_some(), "{item:?} has no word");
    }
}

#[test]
fn every_key_of_trends_has_a_word_in_plain_mode() {
    use ebbtide::domain::trends::view::View;
    use ebbtide::tui::keys::Shown;
    let worded: BTreeSet<&str> = ebbtide::cli::plain::words_of_trends()
        .flat_map(|word| word.labels.iter().copied())
        .collect();
    let mut app = App::lived_in();
    app.press("2");
    let mut labels = BTreeSet::new();
    for _ in View::ALL {
        let hints = app.model.screens.hints(app.model.tab);
        let named = hints.iter().filter(|hint| hint.shown != Shown::Quiet);
        labels.extend(named.map(|hint| hint.label));
        app.press("v");
    }
    // What is said can be marked and copied by the terminal itself.
    assert!(labels.remove("copy the values in sight"));
    assert_eq!(labels, worded);
}

#[test]
fn undo_is_not_a_key_inside_a_text_field() {
    let mut app = App::lived_in();
    let before = app.journal();
    app.press("cnzZ!?:q1");
    assert_eq!(app.drafts()[0].note, "zZ!?:q1");
    assert_eq!(app.journal(), before);
}

#[test]
fn choosing_a_country_shows_its_numbers_wherever_the_page_was_read_to() {
    let mut app = App::lived_in();
    app.press("!");
    for country in ebbtide::domain::safety::help_lines::help().countries {
        app.press("<Down><Down><Down><Down><Down><Down><Right>");
        let lines = ebbtide::domain::safety::help_lines::help().lines_for(Some(country.code));
        let number = lines[0].sentence();
        let number: String = number.chars().take(16).collect();
        for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
            let screen = app.screen(width, height);
            let first = format!("Help lines: {}", country.name);
            let first: String = first.chars().take(26).collect();
            assert!(screen.contains(&first), "{}: {screen}", country.code);
            assert!(screen.contains(&number), "{}: {screen}", country.code);
        }
    }
    app.press("<PgDn><Left>");
    assert!(app.screen(80, 24).contains("Help lines: "));
    let footer = app.screen(80, 24);
    assert!(footer.contains("\u{2190}/\u{2192} country"), "{footer}");
}

#[test]
fn a_country_is_taken_from_the_list_of_all_of_them() {
    let mut app = App::lived_in();
    app.press("!<PgDn>c");
    let list = app.screen(80, 24);
    for country in ebbtide::domain::safety::help_lines::help().countries {
        assert!(list.contains(country.name), "{list}");
    }
    app.press("germ<Enter>");
    assert_eq!(app.journal().settings.country.as_deref(), Some("DE"));
    let page = app.screen(80, 24);
    assert!(page.contains("Help lines: Germany"), "{page}");
}

#[test]
fn a_second_attempt_is_asked_about_and_enter_alone_never_begins_it() {
    let mut app = App::lived_in();
    app.press("s");
    let form = app.screen(80, 24);
    assert!(
        form.contains("Begin a new attempt (attempt 1 goes on since 13 Nov)"),
        "{form}"
    );
    assert!(form.contains("its day 0 is Fri 13 Nov 2026"), "{form}");
    app.press("<Enter>");
    let asked = app.screen(80, 24);
    assert!(
        asked.contains("Attempt 1 goes on since 13 Nov. Begin a new attempt beside it?"),
        "{asked}"
    );
    app.press("<Enter>");
    assert_eq!(app.journal().attempts.iter().count(), 1);
    app.press("<Ctrl-S>2<Esc>");
    assert_eq!(app.journal().attempts.iter().count(), 2);
    let begun = app.screen(120, 40);
    assert!(
        begun.contains("Attempt 2 begun, a new one beside attempt 1, which stays in the journal;")
            && begun.contains("z takes it back."),
        "{begun}"
    );
    app.press("z");
    assert_eq!(app.journal().attempts.iter().count(), 1);
}

#[test]
fn an_open_attempt_without_a_day_0_gets_it_and_another_one_is_asked_about() {
    let mut app = App::empty();
    app.press("<Esc><Esc><Esc>s<Ctrl-S><Enter>");
    assert_eq!(app.journal().attempts.iter().count(), 1);
    app.press("s");
    assert!(app.screen(80, 24).contains("Set day 0 of attempt 1"));
    app.press("<Ctrl-S>");
    // It would begin on the day on which the first one began.
    assert!(app.screen(80, 24).contains("attempt 1"));
    assert_eq!(app.journal().attempts.iter().count(), 1);
    app.press("yesterday<Ctrl-S><Enter>");
    let attempts = app.journal().attempts;
    let zero = attempts.by_number(1).unwrap().attempt.day_zero;
    assert_eq!(
        (attempts.iter().count(), zero),
        (1, Some("2026-11-21".parse().unwrap()))
    );
}

#[test]
fn start_stands_in_the_footer_of_today_until_day_0_is_set() {
    let footer = |app: &App| {
        app.screen(120, 40)
            .lines()
            .rev()
            .take(2)
            .collect::<String>()
    };
    let mut app = App::empty();
    app.press("<Esc><Esc><Esc>");
    assert!(footer(&app).contains("s start"));
    app.press("s<Ctrl-S><Enter>");
    assert!(footer(&app).contains("s start"), "its day 0 is not set");
    app.press("syesterday<Ctrl-S>");
    assert!(!footer(&app).contains("s start"), "{}", footer(&app));
    app.press("?");
    assert!(app.screen(120, 60).contains("start"), "the key stays");
}
