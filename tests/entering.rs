//! Doses, urges and the other kinds, entered by keys in the full screen.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod app;

use app::App;
use ebbtide::domain::kind::Kind;

fn said(app: &App) -> Vec<String> {
    let journal = app.journal();
    let days: Vec<_> = journal.record_days().collect();
    let records = days.into_iter().flat_map(|day| journal.records(day));
    records.map(|record| journal.said(record)).collect()
}

#[test]
fn a_first_dose_asks_for_its_product_and_the_next_is_as_last_time_in_two_keys() {
    let mut app = App::lived_in();
    app.press("d11.5<Enter>");
    assert_eq!(said(&app), ["used 1.5 g, Leaf powder"]);
    app.press("d<Enter>");
    assert_eq!(said(&app).len(), 2);
}

#[test]
fn an_urge_takes_three_keys_and_offers_a_calm_page() {
    let mut app = App::lived_in();
    app.press("u3<Enter>");
    assert_eq!(said(&app), ["urge 3"]);
    assert!(app.screen(80, 24).contains("A calm page is there"));
    app.press("Y");
    assert!(app.screen(80, 24).contains("Nothing has to be decided"));
}

#[test]
fn a_refusal_stands_beside_its_field_and_keeps_what_was_typed() {
    let mut app = App::lived_in();
    app.press("d12 capsules<Enter>");
    assert!(said(&app).is_empty());
    let screen = app.screen(100, 30);
    assert!(screen.contains("never converted"), "{screen}");
    assert!(screen.contains("2 capsules"), "{screen}");
    app.press("<Esc>");
    assert!(said(&app).is_empty());
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
