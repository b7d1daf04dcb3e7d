//! Doses, urges and the other kinds, entered by keys in the full screen.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod app;

use app::App;
use ebbtide::domain::entry::summary;
use ebbtide::domain::record::kind::Kind;

fn text(app: &App) -> Vec<String> {
    let journal = app.journal();
    let days: Vec<_> = journal.record_days().collect();
    let records = days.into_iter().flat_map(|day| journal.records(day));
    records
        .map(|record| summary::line(&journal, record))
        .collect()
}

#[test]
fn a_first_dose_asks_for_its_product_and_the_next_is_as_last_time_in_two_keys() {
    let mut app = App::lived_in();
    app.press("d11.5<Enter>");
    assert_eq!(text(&app), ["used 1.5 g, Leaf powder"]);
    app.press("d<Enter>");
    assert_eq!(text(&app).len(), 2);
}

#[test]
fn an_urge_takes_three_keys_and_offers_a_calm_page() {
    let mut app = App::lived_in();
    app.press("u3<Enter>");
    assert_eq!(text(&app), ["urge 3"]);
    assert!(app.screen(120, 40).contains("A calm page is there"));
    app.press("Y");
    assert!(app.screen(80, 24).contains("Nothing has to be decided"));
}

#[test]
fn a_refusal_stands_beside_its_field_and_keeps_what_was_typed() {
    let mut app = App::lived_in();
    app.press("d12 capsules<Enter>");
    assert!(text(&app).is_empty());
    let screen = app.screen(100, 30);
    assert!(screen.contains("never converted"), "{screen}");
    assert!(screen.contains("2 capsules"), "{screen}");
    app.press("<Esc>");
    assert!(text(&app).is_empty());
}

#[test]
fn whatever_else_there_is_is_logged_from_today() {
    let mut app = App::lived_in();
    // The list of what can be logged, then what it is about, then its form.
    app.press("l2120<Enter>");
    assert_eq!(app.journal().records_of(Kind::Practice).count(), 1);
    app.press("l9to sleep again<Enter>");
    assert_eq!(app.journal().standing(Kind::Reason).len(), 1);
    app.press("z");
    assert!(app.journal().standing(Kind::Reason).is_empty());
}

#[test]
fn what_is_typed_into_a_form_outlives_the_program_until_it_is_saved() {
    let mut app = App::lived_in();
    app.press("l9to sle");
    let mut app = app.reopened();
    assert!(app.screen(120, 40).contains("draft of reason, not saved"));
    app.press("l1ep again<Enter>");
    let journal = app.journal();
    let reasons = journal.standing(Kind::Reason);
    assert_eq!(summary::title(&journal, reasons[0]), "to sleep again");
    assert!(!app.screen(120, 40).contains("draft of"));
    let mut app = app.reopened();
    assert!(!app.screen(120, 40).contains("draft of"));
    // Let go, nothing of it stays.
    app.press("d12.5<Esc>d<Ctrl-X>d");
    assert!(!app.screen(120, 40).contains("A draft that was kept"));
}

#[test]
fn a_form_that_is_closed_is_kept_and_the_same_key_goes_on_with_it() {
    let mut app = App::lived_in();
    app.press("u3<Tab>a quarrel<Esc>");
    assert!(app.screen(120, 40).contains("Draft kept, not saved"));
    app.press("u");
    let form = app.screen(120, 40);
    assert!(
        form.contains("a quarrel") && form.contains("A draft that was kept"),
        "{form}"
    );
    app.press("<Enter>");
    assert_eq!(text(&app), ["urge 3, a quarrel"]);
}

#[test]
fn a_moment_half_typed_is_kept_word_for_word() {
    let mut app = App::lived_in();
    app.press("u2<Tab><Tab><Tab><Tab><Tab>yester<Esc>u");
    assert!(app.screen(120, 40).contains("yester"));
    app.press("<Enter>");
    assert!(text(&app).is_empty(), "it is no moment yet");
}

#[test]
fn in_a_long_list_letters_narrow_and_digits_take() {
    let mut app = App::lived_in();
    app.press("l2yoga");
    let screen = app.screen(100, 30);
    assert!(screen.contains("with \"yoga\""), "{screen}");
    assert!(!screen.contains("Walking"), "{screen}");
    app.press("<Backspace><Backspace><Backspace><Backspace>zzz");
    assert!(app.screen(100, 30).contains("None has these letters"));
    app.press("!");
    assert!(app.screen(100, 40).contains("Help lines"));
}

#[test]
fn purchases_are_asked_for_only_while_stock_is_on() {
    let mut app = App::lived_in();
    app.press("l");
    assert!(!app.screen(100, 40).contains("purchase"));
    app.press("<Esc>8<Down><Down><Down><Down><Down><Down><Down><Down><Down><Enter>");
    let settings = app.screen(100, 40);
    assert!(settings.contains("Stock and spending"), "{settings}");
    app.press("1lpurchase<Enter>1250<Tab>39.9<Enter>4");
    let plan = app.screen(120, 40);
    assert!(plan.contains("bought 250 g"), "{plan}");
    app.press("zz");
    assert!(!app.screen(120, 40).contains("bought"));
}

#[test]
fn pictures_of_settings() {
    let mut app = App::lived_in();
    app.press("8");
    let sizes = [(120, 40), (80, 24), (60, 20), (40, 12)];
    let pages = sizes.map(|(width, height)| app.screen(width, height));
    insta::assert_snapshot!(pages.join("\n"));
}

#[test]
fn a_page_that_has_no_room_is_read_on_to_its_end() {
    let mut app = App::lived_in();
    app.press("Y");
    assert!(!app.screen(40, 12).contains("! has help lines"));
    app.press("<Down><Down><Down><Down><Down><Down><Down><Down><Down><Down><Down><Down>");
    let end = app.screen(40, 12);
    assert!(end.contains("help lines."), "{end}");
    app.press("<Enter>");
    assert!(app.screen(80, 24).contains("Today so far"));
}
