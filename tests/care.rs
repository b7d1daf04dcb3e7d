//! Care: medicines, routine, practices, urges, measurements, visits, treatments, people, reasons, by keys alone.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "app/mod.rs"]
mod app;

use app::App;
use ebbtide::domain::record::Record;
use ebbtide::domain::record::kind::Kind;
use ebbtide::tui::theme::{ColourMode, Glyphs, Theme};

const SIZES: [(u16, u16); 4] = [(120, 40), (80, 24), (60, 20), (40, 12)];

fn of(app: &App, kind: Kind) -> Vec<Record> {
    let journal = app.journal();
    let dated = journal.records_of(kind).cloned();
    let standing = journal.standing(kind).into_iter().cloned();
    dated.chain(standing).collect()
}

/// A medicine of the catalogue is added, and its form saved.
fn with_clonidine() -> App {
    let mut app = App::lived_in();
    app.press("5a");
    choose(&mut app, "Clonidine");
    app.press("<Enter>");
    app
}

/// Takes the answer of the question in sight that is called so.
fn choose(app: &mut App, name: &str) {
    let screen = app.screen(120, 90);
    let line = screen.lines().find(|line| line.contains(name)).unwrap();
    let digits: String = line
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    let at: usize = digits.parse().unwrap();
    app.press(&"<Down>".repeat(at - 1));
    app.press("<Enter>");
}

#[test]
fn a_medicine_is_taken_with_one_key_and_undone_with_another() {
    let mut app = with_clonidine();
    app.press("t");
    let intakes = of(&app, Kind::Intake);
    assert_eq!(intakes.len(), 1);
    assert_eq!(intakes[0].text("state"), Some("taken"));
    let screen = app.screen(120, 40);
    let saved = "Saved 08:12: Clonidine, taken, counts for Sun 22 Nov; z takes it back.";
    assert!(screen.contains(saved), "{screen}");
    assert!(screen.contains("taken 08:12"), "{screen}");
    app.press("z");
    assert!(of(&app, Kind::Intake).is_empty());
}

#[test]
fn late_and_skipped_are_one_key_too() {
    let mut app = with_clonidine();
    app.press("T");
    assert_eq!(of(&app, Kind::Intake)[0].text("state"), Some("late"));
    app.press("zs");
    assert_eq!(of(&app, Kind::Intake)[0].text("state"), Some("skipped"));
}

#[test]
fn the_gap_stands_beside_the_medicine_and_is_asked_about_before_the_next_one() {
    let mut app = App::demo(40);
    app.press("5t");
    let screen = app.screen(120, 40);
    assert!(
        screen.contains("The gap you entered ends 14:12."),
        "{screen}"
    );
    assert!(screen.contains("covers only this entry"));
    assert_eq!(screen.matches("covers only this entry").count(), 1);
    assert!(screen.contains("at most 3 a day, 6 h between two."));
    let n = of(&app, Kind::Intake).len();
    app.press("t");
    assert!(app.screen(120, 40).contains("log it all the same"));
    assert_eq!(
        of(&app, Kind::Intake).len(),
        n,
        "nothing is saved before the answer"
    );
    app.press("1");
    assert_eq!(of(&app, Kind::Intake).len(), n);
    app.press("t2");
    assert_eq!(of(&app, Kind::Intake).len(), n + 1);
}

#[test]
fn the_last_one_of_the_day_is_said_before_it() {
    let mut app = App::demo(40);
    app.press("5tt2");
    assert!(app.screen(120, 40).contains("This is number 3 today"));
}

#[test]
fn a_skipped_intake_is_never_asked_about() {
    let mut app = App::demo(40);
    app.press("5t");
    let n = of(&app, Kind::Intake).len();
    app.press("s");
    assert_eq!(of(&app, Kind::Intake).len(), n + 1);
}

#[test]
fn pressure_and_pulse_are_offered_and_not_forced() {
    let mut app = with_clonidine();
    app.press("t");
    assert!(
        app.screen(120, 40)
            .contains("If you like, m notes blood pressure or")
    );
    assert!(app.model.overlays.is_empty());
    app.press("m1120/80<Enter>");
    let measured = of(&app, Kind::Measurement);
    assert_eq!(measured[0].about(), Some("blood_pressure"));
}

#[test]
fn the_caution_is_there_on_adding_and_after_two_skipped_ones() {
    let mut app = App::lived_in();
    app.press("5a");
    choose(&mut app, "Clonidine");
    assert!(app.screen(120, 40).contains("Ask the prescriber before"));
    app.press("<Enter>ss");
    let screen = app.screen(120, 40);
    assert!(screen.contains("Skipped twice in a row."), "{screen}");
}

#[test]
fn a_stop_is_noted_after_its_caution_was_seen() {
    let mut app = with_clonidine();
    app.press("S<Enter>");
    assert!(app.screen(120, 40).contains("note the stop"));
    assert_eq!(of(&app, Kind::Medication)[0].text("stop"), None);
    app.press("2");
    assert_eq!(
        of(&app, Kind::Medication)[0].text("stop"),
        Some("2026-11-22")
    );
}

#[test]
fn a_medicine_is_taken_from_today_with_one_key() {
    let mut app = with_clonidine();
    app.press("1t");
    assert_eq!(of(&app, Kind::Intake).len(), 1);
    let mut two = App::demo(40);
    let n = of(&two, Kind::Intake).len();
    two.press("t1");
    assert_eq!(of(&two, Kind::Intake).len(), n + 1);
    let mut none = App::lived_in();
    none.press("t");
    assert!(none.screen(80, 24).contains("No medicine is kept yet"));
}

#[test]
fn the_routine_is_a_list_without_a_score() {
    let mut app = App::lived_in();
    app.press("5]a");
    choose(&mut app, "Walking");
    let screen = app.screen(120, 40);
    assert!(screen.contains("open"), "{screen}");
    app.press("<Enter>20<Enter>");
    let done = of(&app, Kind::Practice);
    assert_eq!(done[0].whole("minutes"), Some(20));
    let screen = app.screen(120, 40);
    assert!(screen.contains("done 08:12"), "{screen}");
    assert!(!screen.contains('%'));
    app.press("x");
    assert!(app.journal().settings.routine.is_empty());
    assert_eq!(of(&app, Kind::Practice).len(), 1, "what was done stays");
}

#[test]
fn a_favourite_stands_first() {
    let mut app = App::demo(40);
    app.press("5]f");
    assert_eq!(app.journal().settings.favourite_practices, ["walking"]);
    app.press("f");
    assert!(app.journal().settings.favourite_practices.is_empty());
}

#[test]
fn a_question_for_the_next_visit_is_one_key_away_and_can_be_asked() {
    let mut app = App::demo(40);
    let n = of(&app, Kind::Question).len();
    app.press("5nabout sleep<Enter>");
    assert_eq!(of(&app, Kind::Question).len(), n + 1);
    let mut app = App::demo(40);
    app.press("5]]]]]<Down>A");
    let asked = of(&app, Kind::Question);
    let asked = asked.iter().filter(|q| q.text("state") == Some("asked"));
    assert_eq!(asked.count(), 1);
    assert!(app.screen(120, 40).contains(", asked, "));
}

#[test]
fn what_is_deleted_comes_back_with_undo() {
    let mut app = App::lived_in();
    app.press("5]]]]]]]asam<Enter>");
    assert_eq!(of(&app, Kind::Contact).len(), 1);
    app.press("x");
    assert!(of(&app, Kind::Contact).is_empty());
    assert!(app.screen(120, 40).contains("z takes it back"));
    app.press("z");
    assert_eq!(of(&app, Kind::Contact).len(), 1);
}

#[test]
fn how_it_began_is_about_the_open_attempt() {
    let mut app = App::lived_in();
    app.press("5G").press("aleaf<Enter>");
    let noted = of(&app, Kind::Baseline);
    let open = app.journal().attempts.iter().next().unwrap().attempt.id;
    assert_eq!(noted[0].about(), Some(open.to_string().as_str()));
    app.press("e<Esc>");
    assert!(app.screen(120, 40).contains("Products: leaf"));
}

#[test]
fn urges_are_counted_by_hour_with_their_n() {
    let mut app = App::demo(365);
    app.press("5]]]");
    let screen = app.screen(120, 40);
    assert!(screen.contains("mean strength"), "{screen}");
    assert!(screen.contains("0     6     12    18"));
}

#[test]
fn a_sign_can_be_noted_from_the_help_page() {
    let mut app = App::lived_in();
    app.press("!n1<Enter>");
    assert_eq!(of(&app, Kind::Sign).len(), 1);
}

#[test]
fn what_to_do_about_a_sign_stands_over_its_form_at_every_size_and_by_every_way() {
    let from_the_list = format!("l{}<Enter>1", "<Down>".repeat(12));
    for keys in ["!n1", ":note a sign<Enter>1", "5o1", &from_the_list] {
        let mut app = App::lived_in();
        app.press(keys);
        for (width, height) in SIZES {
            let screen = app.screen(width, height);
            let said: Vec<&str> = screen.split_whitespace().collect();
            let said = said.join(" ");
            assert!(
                said.contains("Call emergency services now"),
                "{keys} {width}x{height}:\n{screen}"
            );
        }
        assert!(of(&app, Kind::Sign).is_empty(), "{keys}");
    }
}

#[test]
fn a_press_of_the_mouse_puts_the_focus_there() {
    let mut app = App::demo(40);
    app.press("5M");
    app.screen(120, 40);
    app.point((120, 40), ebbtide::tui::pointer::What::Press, 6, 4);
    assert!(app.screen(120, 40).contains("▌ Clonidine"));
}

#[test]
fn every_section_invites_where_nothing_is_kept() {
    for (width, height) in SIZES {
        let mut app = App::lived_in();
        app.press("5");
        insta::assert_snapshot!(format!("empty_{width}x{height}"), app.screen(width, height));
    }
}

#[test]
fn the_demo_shows_all_sections() {
    for (width, height) in SIZES {
        let mut app = App::demo(365);
        app.press("5<Down>");
        insta::assert_snapshot!(format!("demo_{width}x{height}"), app.screen(width, height));
    }
}

#[test]
fn the_ascii_look_has_ascii_alone() {
    let mut app = App::demo(365).looks(Theme::new(ColourMode::Mono, Glyphs::Ascii));
    app.press("5");
    for _ in 0..10 {
        let screen = app.screen(120, 40);
        assert!(screen.is_ascii(), "{screen}");
        app.press("]");
    }
}

#[test]
fn triggers_of_before_are_offered_with_one_key() {
    let mut app = App::lived_in();
    app.press("u3<Tab>after work<Enter>u2<Tab>");
    let screen = app.screen(80, 24);
    assert!(
        screen.contains("takes one of earlier: after work"),
        "{screen}"
    );
    app.press("<Right><Enter>");
    let urges = of(&app, Kind::Urge);
    assert_eq!(urges[1].text("trigger"), Some("after work"));
}

#[test]
fn what_is_typed_is_never_replaced_by_what_was_written_before() {
    let mut app = App::lived_in();
    app.press("u3<Tab>after work<Enter>u2<Tab>a quarrel<Right><Enter>");
    assert_eq!(of(&app, Kind::Urge)[1].text("trigger"), Some("a quarrel"));
}

#[test]
fn a_sign_can_be_noted_from_the_palette() {
    let mut app = App::lived_in();
    app.press(":note a sign<Enter>1<Enter>");
    assert_eq!(of(&app, Kind::Sign).len(), 1);
}

#[test]
fn the_caution_is_said_once_beside_the_medicine() {
    let mut app = with_clonidine();
    app.press("ss1").press("5");
    let screen = app.screen(120, 40);
    assert_eq!(
        screen.matches("Ask the prescriber before").count(),
        1,
        "{screen}"
    );
}

#[test]
fn a_whole_day_by_keys_alone_is_told_by_today_and_by_history() {
    let mut app = with_clonidine();
    app.press("1d");
    choose(&mut app, "Leaf powder");
    app.press("1.5<Enter>");
    app.press("u3<Tab>after work<Enter>");
    app.press("t");
    app.press("5]]a");
    choose(&mut app, "Walking");
    app.press("20<Tab>3<Tab>1<Enter>");
    app.press("]]a");
    choose(&mut app, "Hours slept");
    app.press("6.5<Enter>");
    app.press("nabout sleep<Enter>");
    app.press("b4<Enter>1");
    let kinds = |kind| of(&app, kind).len();
    for kind in [
        Kind::Dose,
        Kind::Urge,
        Kind::Intake,
        Kind::Practice,
        Kind::Measurement,
        Kind::Question,
    ] {
        assert_eq!(kinds(kind), 1, "{kind:?}");
    }
    insta::assert_snapshot!("day_today", app.screen(120, 40));
    app.press("5");
    insta::assert_snapshot!("day_care", app.screen(120, 40));
    app.press("3");
    insta::assert_snapshot!("day_history", app.screen(120, 40));
}
