//! Drafts that were kept: opened again, each value is selected, and only what is typed then is saved.

use super::{today, two_products, usually_half_a_gram};
use crate::app::App;
use ebbtide::domain::dose::product;

#[test]
fn a_dose_typed_over_a_kept_draft_is_saved_as_it_was_typed_and_no_more() {
    for (left, typed, wanted) in [
        ("d5", "d6<Enter>", "used 6 g, Leaf powder"),
        ("d60", "d60<Enter>", "used 60 g, Leaf powder"),
        ("d5", "d<Right>.5<Enter>", "used 5.5 g, Leaf powder"),
        ("d5", "d<Backspace>6<Enter>", "used 6 g, Leaf powder"),
        // Words of the person are no offer: another product leaves them.
        ("d5", "d<Up>2<Enter>", "used 5 mg, 7-OH tablets"),
    ] {
        let name = product::by_code(&two_products().journal(), "tablet_7oh");
        let wanted = wanted.replace("7-OH tablets", &name.unwrap().name);
        let mut closed = two_products();
        closed.press(left).press("<Esc>").press(typed);
        assert_eq!(today(&closed), [wanted.as_str()], "{left}, Esc, {typed}");
        let mut killed = two_products();
        killed.press(left);
        let mut killed = killed.reopened();
        killed.press(typed);
        assert_eq!(today(&killed), [wanted], "{left}, killed, {typed}");
    }
}

#[test]
fn a_moment_typed_over_a_kept_draft_is_the_one_that_was_typed() {
    let mut app = two_products();
    app.press("d4<Shift-Tab><Tab><Tab><Tab><Tab>");
    app.press("1/2<Esc>d<Tab><Tab><Tab>1/1");
    let screen = app.screen(100, 30);
    assert!(!screen.contains("1/21/1"), "{screen}");
    assert!(screen.contains("1/1"), "{screen}");
}

#[test]
fn the_question_about_ten_times_the_usual_amount_shows_the_whole_amount_and_waits_for_a_key_of_its_own()
 {
    let mut app = usually_half_a_gram();
    app.press("d60");
    let mut app = app.reopened();
    app.press("d60<Enter>");
    let screen = app.screen(100, 30);
    assert!(screen.contains("60 g (usually 0.5 g)"), "{screen}");
    assert!(!screen.contains("6060"), "{screen}");
    assert!(
        today(&app).is_empty(),
        "nothing is saved by the key that asked"
    );
}

#[test]
fn a_number_typed_over_the_kept_draft_of_a_check_in_takes_its_place() {
    let mut app = App::lived_in();
    app.press("b1<Esc>b0<Enter>");
    let journal = app.journal();
    let day = journal.check_ins("2026-11-22".parse().unwrap());
    let overalls: Vec<_> = day.iter().filter_map(|it| it.overall).collect();
    assert_eq!(overalls.len(), 1);
    assert_eq!(overalls[0].number(), 0);
}

#[test]
fn a_kept_draft_of_a_check_in_is_called_one_as_long_as_it_stands() {
    for (form, size) in [("b", (80, 24)), ("c", (80, 24)), ("c", (40, 12))] {
        let mut app = App::lived_in();
        app.press("b9");
        assert!(!app.screen(80, 24).contains("kept draft"));
        let mut app = app.reopened();
        app.press(form);
        for key in ["<Down>", "<Up>", "1"] {
            let screen = app.screen(size.0, size.1);
            assert!(screen.contains("A kept draft, not saved yet."), "{screen}");
            app.press(key);
        }
        app.press("<Enter>c");
        assert!(!app.screen(80, 24).contains("kept draft"), "{form}");
    }
}
