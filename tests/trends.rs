//! Trends by keys: what each view shows, what the cursor reads out, what is remembered.
#![allow(clippy::unwrap_used, missing_docs)]

mod app;

use app::App;
use app::entries::{
    Entry, NOW, app, app_with_attempt, begun, brief, changes, nov, rated, two_weeks,
};
use ebbtide::domain::attempt::{Attempt, Method};
use ebbtide::domain::id::EntryId;
use ebbtide::domain::journal::change::Change;

/// The row of the table or the panel that holds `name`.
fn row<'a>(screen: &'a str, name: &str) -> &'a str {
    screen
        .lines()
        .find(|line| line.contains(name))
        .unwrap_or_else(|| panic!("no {name:?} in\n{screen}"))
}

/// An attempt of Nov 2026, by hand.
fn attempt(id: u8, began: u32, day_zero: Option<u32>) -> Change {
    Change::RecordAttempt(Attempt {
        id: EntryId::from_bytes([id; 16]),
        began: nov(began),
        day_zero: day_zero.map(nov),
        method: Method::Stop,
        name: None,
        goal: None,
        ended: None,
    })
}

/// Three attempts: 1 to 9 Nov, 10 to 19 Nov, from 20 Nov; severity 75, 50, 25.
fn three_attempts() -> App {
    let mut all = vec![
        attempt(1, 1, Some(1)),
        attempt(2, 10, Some(11)),
        attempt(3, 20, Some(20)),
    ];
    let entries: Vec<Entry> = (1..=29)
        .map(|day| {
            rated(
                day,
                if day < 10 {
                    3
                } else if day < 20 {
                    2
                } else {
                    1
                },
            )
        })
        .collect();
    all.extend(changes(&entries));
    App::with_changes(&all, NOW)
}

#[test]
fn v_walks_through_the_seven_views_and_says_which_one_it_is() {
    let mut app = app(&two_weeks());
    app.press("2");
    for view in ["month", "all", "timeline", "hours", "grid", "table", "week"] {
        app.press("v");
        let screen = app.screen(120, 40);
        assert!(screen.contains(&format!("[{view}]")), "{screen}");
    }
    app.press("V");
    assert!(app.screen(120, 40).contains("[table]"));
}

#[test]
fn a_month_is_a_calendar_month_and_the_next_keeps_the_weekday() {
    let mut app = app(&two_weeks());
    app.press("2v");
    let screen = app.screen(120, 40);
    assert!(screen.contains("November 2026"), "{screen}");
    assert!(
        screen.contains("14 of 29 days"),
        "the 30th is not there yet:\n{screen}"
    );
    app.press("<Left>["); // Sat 28 Nov, a month back
    assert!(
        app.screen(120, 40).contains("November 2026"),
        "nothing is before the first entry's month"
    );
    app.press("2VVVV.");
}

#[test]
fn zooming_in_from_all_ends_in_the_month_and_the_week_and_out_again_in_all() {
    let mut app = App::demo(365);
    app.press("2vv");
    assert!(app.screen(120, 40).contains("all, 365 days"));
    for seen in ["364", "182", "91"] {
        app.press(">");
        let screen = app.screen(120, 40);
        assert!(!screen.contains("all, 365 days"), "{seen}:\n{screen}");
    }
    app.press(">");
    assert!(app.screen(120, 40).contains("[month]"));
    app.press(">");
    assert!(app.screen(120, 40).contains("[week]"));
    app.press(">");
    assert!(app.screen(120, 40).contains("Nearer than this"));
    app.press("<<<<<");
    app.press("<");
    assert!(app.screen(120, 40).contains("all, 365 days"));
    app.press(">>0");
    assert!(app.screen(120, 40).contains("all, 365 days"));
}

#[test]
fn a_page_of_a_long_view_keeps_the_weekday_of_the_cursor() {
    let mut app = App::demo(365);
    app.press("2vv>>[");
    assert!(
        app.screen(120, 40).contains("Sun 24 May 2026"),
        "{}",
        app.screen(120, 40)
    );
    app.press("]");
    assert!(app.screen(120, 40).contains("Sun 22 Nov 2026"));
}

#[test]
fn the_other_attempts_are_read_out_day_by_day_and_can_be_left_out() {
    let mut app = three_attempts();
    app.press("2vvv");
    let screen = app.screen(120, 40);
    // Today is day 9 of attempt 3; day 9 of attempt 1 was the 10th, which counts for attempt 2 already.
    assert!(
        row(&screen, "\u{2502} attempt 3 ").contains("25"),
        "{screen}"
    );
    assert!(
        row(&screen, "\u{2502} attempt 1 ").contains("had ended"),
        "{screen}"
    );
    app.press("<Left>");
    let screen = app.screen(120, 40);
    assert!(
        row(&screen, "\u{2502} attempt 1 ").contains("75  9 Nov 2026"),
        "{screen}"
    );
    assert!(
        row(&screen, "\u{2502} attempt 2 ").contains("50  19 Nov 2026"),
        "{screen}"
    );
    app.press("A");
    assert!(
        app.screen(120, 40).contains("A puts the other"),
        "{}",
        app.screen(120, 40)
    );
}

#[test]
fn counted_from_the_beginning_the_same_days_are_others() {
    let mut app = three_attempts();
    app.press("2vvvo<Left>");
    let screen = app.screen(120, 40);
    assert!(screen.contains("counted from its beginning"), "{screen}");
    assert!(
        row(&screen, "\u{2502} attempt 2 ").contains("50  18 Nov 2026"),
        "{screen}"
    );
}

#[test]
fn an_attempt_without_a_day_0_is_left_out_and_said_so() {
    let mut all = vec![attempt(1, 1, None), attempt(3, 20, Some(20))];
    all.extend(changes(&two_weeks()));
    let mut app = App::with_changes(&all, NOW);
    app.press("2vvv");
    let screen = app.screen(120, 40);
    let beside: Vec<&str> = screen
        .lines()
        .filter_map(|line| line.split("\u{2502}\u{2502} ").nth(1))
        .flat_map(|line| line.trim_end_matches('\u{2502}').split_whitespace())
        .collect();
    let said = beside.join(" ");
    assert!(
        said.contains("1 attempt without a day 0 is left out"),
        "{screen}"
    );
}

#[test]
fn a_second_series_stands_beside_the_first_until_it_is_taken_away() {
    let mut app = app(&two_weeks());
    app.press("2tnausea<Enter>");
    let screen = app.screen(120, 40);
    assert!(
        screen.contains("Severity 25") && screen.contains("Nausea 1.0"),
        "{screen}"
    );
    app.press("t<Up><Up><Up><Up><Up><Up><Up><Up><Up><Up><Up><Up><Enter>");
    assert!(
        !app.screen(120, 40).contains("Nausea 1.0"),
        "{}",
        app.screen(120, 40)
    );
}

#[test]
fn typing_narrows_the_picker_and_no_match_says_what_widens_it() {
    let mut app = app(&two_weeks());
    app.press("2s");
    // The week stands behind the list and names its symptoms without their group.
    assert!(app.screen(120, 40).contains("Body     Nausea"));
    app.press("mind anx");
    let screen = app.screen(120, 40);
    assert!(
        screen.contains("Mind     Anxiety") && !screen.contains("Body     Nausea"),
        "{screen}"
    );
    app.press("<Enter>");
    assert!(app.screen(120, 40).contains("Anxiety \u{b7}"));
    app.press("szzz");
    assert!(app.screen(120, 40).contains("No series has these words"));
}

#[test]
fn favourites_stand_first_after_a_restart_too_and_undo_takes_them_back() {
    let mut app = app(&two_weeks());
    app.press("2snausea<Ctrl-F><Esc>");
    let mut app = app.reopened();
    app.press("2s");
    let screen = app.screen(120, 40);
    let place = |name: &str| screen.find(name).unwrap();
    assert!(
        place("* Body     Nausea") < place("Indices  Severity"),
        "{screen}"
    );
    app.press("<Esc>z");
    assert!(
        app.screen(120, 40)
            .contains("is no longer among the favourites")
    );
    app.press("s");
    assert!(!app.screen(120, 40).contains("* Body"));
}

#[test]
fn event_marks_are_listed_and_lead_to_their_day() {
    let mut entries = two_weeks();
    entries[2].note = "a letter came";
    let mut app = app_with_attempt(&entries, 16);
    app.press("2vm");
    let screen = app.screen(120, 40);
    assert!(
        screen.contains("a  Mon 16 Nov 2026  Attempt 1 begun: stopping"),
        "{screen}"
    );
    assert!(
        screen.contains("n  Wed 18 Nov 2026  a letter came"),
        "{screen}"
    );
    app.press("<Down><Down><Enter>");
    assert!(
        app.screen(120, 40).contains("Wed 18 Nov 2026 \u{2500}"),
        "{}",
        app.screen(120, 40)
    );
    app.press("N");
    assert!(app.screen(120, 40).contains("Mon 16 Nov 2026 \u{2500}"));
    app.press("N");
    assert!(
        app.screen(120, 40)
            .contains("No event mark before this day.")
    );
    app.press("n");
    assert!(app.screen(120, 40).contains("12:00: a letter came"));
}

#[test]
fn the_table_gives_both_weeks_the_change_and_the_number_of_days() {
    let mut app = app(&two_weeks());
    app.press("2V");
    let screen = app.screen(120, 40);
    let nausea: Vec<&str> = row(&screen, "  Nausea").split_whitespace().collect();
    assert_eq!(
        nausea[1..7],
        ["Nausea", "3.0", "1.0", "\u{25bc}", "2.0", "7/7"],
        "{screen}"
    );
    app.press("[");
    let before = app.screen(120, 40);
    assert!(row(&before, "  Nausea").contains("too few"), "{before}");
}

#[test]
fn the_table_is_put_in_order_and_enter_shows_the_row_as_a_chart() {
    let mut entries = two_weeks();
    entries.pop();
    let mut all = changes(&entries);
    let Change::RecordCheckIn(last) = changes(&[rated(29, 4)]).remove(0) else {
        unreachable!()
    };
    let mut last = last;
    last.id = EntryId::from_bytes([9; 16]);
    // On the last day craving alone was answered, very severe: its week has the highest mean.
    let craving = ebbtide::domain::check_in::symptom::Symptoms::built_in()
        .find("craving")
        .unwrap()
        .key;
    last.ratings = last
        .ratings
        .iter()
        .copied()
        .filter(|rating| rating.symptom == craving)
        .collect();
    last.totals = ebbtide::domain::check_in::severity::Totals::default();
    all.push(Change::RecordCheckIn(last));
    let mut app = App::with_changes(&all, NOW);
    app.press("2Vr");
    let screen = app.screen(120, 40);
    assert!(screen.contains("highest first"), "{screen}");
    let place = |name: &str| screen.find(name).unwrap();
    assert!(place("Craving") < place("Nausea"), "{screen}");
    app.press("<Up><Up><Up><Up><Up><Up>");
    let first = app.screen(120, 40);
    assert!(row(&first, "\u{258c}").contains("Craving"), "{first}");
    app.press("<Enter>");
    assert!(app.screen(120, 40).contains("Craving \u{b7}"));
}

#[test]
fn an_empty_journal_draws_no_axes_in_any_view_and_says_what_leads_on() {
    let mut app = app(&[]);
    app.press("<Esc><Esc><Esc>2");
    for _ in 0..6 {
        let screen = app.screen(120, 40);
        assert!(!screen.contains("100\u{2524}"), "{screen}");
        app.press("v");
    }
}

#[test]
fn a_partial_day_says_how_many_of_its_items_it_has() {
    let mut all = changes(&two_weeks());
    if let Some(Change::RecordCheckIn(last)) = all.last_mut() {
        let symptoms = ebbtide::domain::check_in::symptom::Symptoms::built_in();
        last.ratings = last.ratings[..12].into();
        last.totals = ebbtide::domain::check_in::severity::Totals::of(&last.ratings, &symptoms);
    }
    let mut app = App::with_changes(&all, NOW);
    app.press("2");
    assert!(
        app.screen(120, 40).contains("12 of 18, answered in part,"),
        "{}",
        app.screen(120, 40)
    );
}

#[test]
fn days_with_an_overall_only_count_towards_a_chart_and_are_hollow() {
    let mut app = app(&[brief(27, 7), brief(28, 6), brief(29, 5)]);
    app.press("2sseverity<Enter>");
    let screen = app.screen(120, 40);
    assert!(
        screen.contains("0 of 7 days, \u{25cb} 3 with an overall"),
        "{screen}"
    );
}

#[test]
fn the_first_attempt_has_none_before_it_and_says_so() {
    let mut app = App::with_changes(&[begun(16)], NOW);
    app.press("2a");
    assert!(app.screen(120, 40).contains("Attempt 1 is the first one."));
}

#[test]
fn a_day_with_a_few_ratings_and_an_overall_has_its_mark_and_says_so() {
    let mut all = changes(&two_weeks());
    if let Some(Change::RecordCheckIn(last)) = all.last_mut() {
        let symptoms = ebbtide::domain::check_in::symptom::Symptoms::built_in();
        last.ratings = last.ratings[..7].into();
        last.totals = ebbtide::domain::check_in::severity::Totals::of(&last.ratings, &symptoms);
        last.overall = ebbtide::domain::check_in::Overall::new(3);
    }
    let mut app = App::with_changes(&all, NOW);
    app.press("2");
    let screen = app.screen(120, 40);
    assert!(screen.contains("1 day with an overall and"), "{screen}");
    assert!(!screen.contains("overall only"), "{screen}");
    assert!(
        screen.contains("7 of 18 answered,") && screen.contains("needs 9"),
        "{screen}"
    );
    assert!(screen.contains("overall 3.0 of 10"), "{screen}");
}

#[test]
fn esc_leads_from_the_day_back_to_the_chart_it_was_opened_from() {
    let mut app = app(&two_weeks());
    app.press("2v<Left><Enter>");
    assert!(app.screen(120, 40).contains("Sat 28 Nov 2026 \u{2500}"));
    app.press("<Esc>");
    assert!(
        app.screen(120, 40).contains("[month]"),
        "{}",
        app.screen(120, 40)
    );
    app.press("3<Esc>");
    assert!(
        !app.screen(120, 40).contains("[month]"),
        "History was opened by itself"
    );
}

#[test]
fn a_typed_day_before_the_first_entry_leads_to_the_first_entry() {
    let mut app = app(&two_weeks());
    app.press("2D2020-01-05<Enter>");
    let screen = app.screen(120, 40);
    assert!(screen.contains("╭ Mon 16 Nov \u{2500}"), "{screen}");
    assert!(screen.contains("this is the nearest one"), "{screen}");
}

#[test]
fn at_the_end_of_the_days_the_keys_say_so() {
    let mut app = app(&two_weeks());
    app.press("2<Right>");
    assert!(
        app.screen(120, 40)
            .contains("There is no day after this one here.")
    );
    app.press("vvg<Left>");
    assert!(
        app.screen(120, 40)
            .contains("There is no day before this one here.")
    );
}

#[test]
fn the_list_of_event_marks_begins_at_the_cursor() {
    let mut entries = two_weeks();
    entries[2].note = "a letter came";
    entries[10].note = "a call";
    let mut app = app_with_attempt(&entries, 16);
    app.press("2v<Left><Left><Left>m<Enter>");
    assert!(
        app.screen(120, 40).contains("Thu 26 Nov 2026 \u{2500}"),
        "{}",
        app.screen(120, 40)
    );
}
