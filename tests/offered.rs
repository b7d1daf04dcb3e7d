//! Values that a form offers: selected, replaced by the first key typed, kept by → or End; and the dose form, whose first field is
//! its product.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod app;
#[path = "offered/kept.rs"]
mod kept;

use app::App;
use ebbtide::domain::attempt::{Attempt, Method};
use ebbtide::domain::dose::product;
use ebbtide::domain::entry::summary;
use ebbtide::domain::id::IdSource;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::record::Record;
use ebbtide::domain::record::kind::Kind;
use ebbtide::domain::time::{DayEnd, Moment};
use ebbtide::tui::theme::{ColourMode, Glyphs, Theme};
use ratatui::layout::Position;
use ratatui::style::Modifier;

/// The sizes at which every picture is looked at.
const SIZES: [(u16, u16); 4] = [(120, 40), (80, 24), (60, 20), (40, 12)];

/// A dose of this much at this time of 21 Nov.
fn dose(n: u64, time: &str, product: &str, amount: &str, unit: &str) -> Change {
    let now = app::now(&format!("2026-11-21T{time}:00+01:00"));
    let moment = Moment::on_day(now.at.date_naive(), now.at, &now, DayEnd::default());
    let id = IdSource::new(40 + n).next(now.at);
    let record = Record::new(id, Kind::Dose, Some(moment), Some(product))
        .with_number("amount", amount.parse().unwrap())
        .with_text("unit", unit);
    Change::Record(record)
}

/// 45 mg of 7-OH and then 6 g of leaf powder were used the day before.
fn two_products() -> App {
    App::lived_in_with(&[
        dose(1, "09:00", "tablet_7oh", "45", "mg"),
        dose(2, "21:00", "powder", "6", "g"),
    ])
}

/// The doses of today, in words.
fn today(app: &App) -> Vec<String> {
    let journal = app.journal();
    let records = journal.records("2026-11-22".parse().unwrap()).iter();
    records
        .map(|record| summary::line(&journal, record))
        .collect()
}

/// Where the terminal's own cursor stands, and the letters that are drawn reversed.
fn seen(app: &App, (width, height): (u16, u16)) -> (Position, String) {
    let frame = app::drawn(&app.model, width, height);
    let (cursor, buffer) = (frame.cursor().unwrap(), frame.buffer());
    let reversed = (1..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let reversed = reversed
        .filter(|at| buffer[*at].modifier.contains(Modifier::REVERSED))
        .map(|at| buffer[at].symbol().to_owned())
        .collect();
    (cursor, reversed)
}

#[test]
fn the_first_key_typed_replaces_the_amount_of_last_time() {
    let mut app = two_products();
    let keys = app.press("d4<Enter>").keys_of_last_press();
    assert_eq!(today(&app), ["used 4 g, Leaf powder"]);
    assert!(keys <= 4);
    app.press("d<Enter>");
    assert_eq!(today(&app).len(), 2, "as last time stays two keys");
}

#[test]
fn right_or_end_keeps_what_is_offered_and_typing_goes_on_behind_it() {
    for kept in ["<Right>", "<End>"] {
        let mut app = two_products();
        app.press(&format!("d{kept}.5<Enter>"));
        assert_eq!(today(&app), ["used 6.5 g, Leaf powder"], "{kept}");
    }
}

#[test]
fn a_key_that_erases_clears_what_is_offered() {
    for clears in ["<Backspace>", "<Delete>", "<Ctrl-U>"] {
        let mut app = two_products();
        app.press(&format!("d{clears}"));
        assert_eq!(seen(&app, (80, 24)).1, "", "{clears}");
        app.press("<Enter>");
        assert!(app.screen(80, 24).contains("Amount is missing"), "{clears}");
        app.press("2<Enter>");
        assert_eq!(today(&app), ["used 2 g, Leaf powder"], "{clears}");
    }
}

#[test]
fn pasted_text_takes_the_place_of_what_is_offered() {
    let mut app = two_products();
    app.press("d");
    app.paste("3");
    app.press("<Enter>");
    assert_eq!(today(&app), ["used 3 g, Leaf powder"]);
}

#[test]
fn what_is_offered_is_drawn_selected_with_the_cursor_behind_it_in_every_look() {
    for look in [
        Theme::default(),
        Theme::new(ColourMode::Mono, Glyphs::Unicode),
        Theme::new(ColourMode::Mono, Glyphs::Ascii),
    ] {
        for size in SIZES {
            let mut app = two_products().looks(look);
            app.press("d");
            let (cursor, reversed) = seen(&app, size);
            assert_eq!(reversed, "6", "{look:?} {size:?}");
            let screen = app.screen(size.0, size.1);
            let row = screen.lines().nth(cursor.y.into()).unwrap();
            assert!(row.contains("Amount"), "{size:?}: {screen}");
            let before: String = row.chars().take(cursor.x.into()).collect();
            assert!(before.ends_with('6'), "{size:?}: {row}");
            app.press("<Left>");
            assert_eq!(seen(&app, size).0.x, cursor.x - 1, "{size:?}");
            assert_eq!(seen(&app, size).1, "", "a cursor that moves keeps it");
        }
    }
}

#[test]
fn every_form_with_a_value_in_it_has_it_replaced_by_the_first_key() {
    // The keys that lead to a field with a value, and what stands there.
    for (keys, offered) in [
        (":attempts<Enter>e", "2026-11-13"),
        (":attempts<Enter>E<Tab>", "today"),
        (":export<Enter>1", "journal-2026-11-22"),
        ("!<Right>aSam<Enter>0123<Enter>e", "Sam"),
        ("3<Left><Enter><Down><Enter>", "45"),
        ("cD", "2026-11-22"),
    ] {
        let mut app = two_products();
        app.press(keys);
        let (_, before) = seen(&app, (100, 40));
        assert!(before.contains(offered), "{keys}: {}", app.screen(100, 40));
        app.press("x");
        let (cursor, after) = seen(&app, (100, 40));
        assert_eq!(after, "", "{keys}");
        let screen = app.screen(100, 40);
        let row = screen.lines().nth(cursor.y.into()).unwrap();
        let row: String = row.chars().take(cursor.x.into()).collect();
        assert!(row.ends_with(" x"), "{keys}: {row}");
        assert!(!row.contains(offered), "{keys}: {row}");
    }
}

#[test]
fn words_typed_before_are_gone_on_with_and_what_was_only_offered_is_still_selected() {
    let mut app = two_products();
    app.press("d<Tab>pain<Esc>d");
    assert_eq!(seen(&app, (80, 24)).1, "6");
    app.press("5<Tab> in the back<Enter>");
    let journal = app.journal();
    let dose = &journal.records("2026-11-22".parse().unwrap())[0];
    assert_eq!(dose.text("reason"), Some("pain in the back"));
    assert_eq!(today(&app), ["used 5 g, Leaf powder"]);
}

#[test]
fn the_form_of_a_dose_opens_with_the_product_used_last_and_its_amount() {
    let mut app = two_products();
    app.press("d");
    let form = app.screen(80, 24);
    assert!(
        form.contains("Product") && form.contains("Leaf powder (g)"),
        "{form}"
    );
    assert_eq!(seen(&app, (80, 24)).1, "6");
}

#[test]
fn the_product_is_one_key_away_and_brings_its_own_amount_and_unit() {
    for (keys, wanted) in [
        ("d<Up>2<Enter>", "used 45 mg, 7-OH tablets"),
        ("d<Shift-Tab>2<Enter>", "used 45 mg, 7-OH tablets"),
        ("d<Up><Right><Enter>", "used 45 mg, 7-OH tablets"),
        ("d<Up><Right><Left><Enter>", "used 6 g, Leaf powder"),
        ("d<Up>2<Tab>40<Enter>", "used 40 mg, 7-OH tablets"),
        // What was typed is the person's own, whatever the product.
        ("d5<Up>2<Enter>", "used 5 mg, 7-OH tablets"),
    ] {
        let mut app = two_products();
        app.press(keys);
        let name = product::by_code(&app.journal(), "tablet_7oh").unwrap().name;
        let wanted = wanted.replace("7-OH tablets", &name);
        assert_eq!(today(&app), [wanted], "{keys}");
    }
}

#[test]
fn every_product_of_the_list_can_be_logged_and_an_own_one() {
    let own = |app: &mut App| {
        app.press("lown product<Enter>Blue bag<Tab>spoon<Tab>1<Enter>");
    };
    let mut app = two_products();
    own(&mut app);
    let products = product::products(&app.journal());
    assert!(products.iter().any(|product| product.name == "Blue bag"));
    for product in &products {
        let mut app = two_products();
        own(&mut app);
        app.press("d<Backspace>1<Up>");
        let chosen = format!("{} ({})", product.name, product.unit);
        for _ in &products {
            if !app
                .screen(100, 30)
                .contains(&format!("\u{2039} {chosen} \u{203a}"))
            {
                app.press("<Right>");
            }
        }
        app.press("<Enter>");
        let wanted = format!(
            "used {}, {}",
            product.text("1".parse().unwrap()),
            product.name
        );
        assert_eq!(today(&app), [wanted]);
    }
}

#[test]
fn a_product_that_was_never_used_offers_no_amount() {
    let mut app = two_products();
    app.press("d<Up>3");
    assert_eq!(seen(&app, (80, 24)).1, "");
    app.press("<Enter>");
    assert!(app.screen(80, 24).contains("Amount is missing"));
    assert!(today(&app).is_empty());
}

#[test]
fn the_draft_of_a_dose_keeps_its_product_when_the_program_ends() {
    let mut app = two_products();
    app.press("d<Up>2<Tab>40");
    let mut app = app.reopened();
    app.press("d");
    assert!(
        app.screen(100, 30).contains("(mg)"),
        "{}",
        app.screen(100, 30)
    );
    app.press("<Enter>");
    assert!(today(&app)[0].starts_with("used 40 mg, "));
}

#[test]
fn a_dose_logged_under_the_wrong_product_is_put_right_where_it_is_edited() {
    let mut app = two_products();
    app.press("d45<Enter>");
    assert_eq!(today(&app), ["used 45 g, Leaf powder"]);
    app.press("3<Enter><Enter><Up>2<Enter>");
    assert!(
        today(&app)[0].starts_with("used 45 mg, "),
        "{:?}",
        today(&app)
    );
    let screen = app.screen(120, 40);
    assert!(screen.contains("Changed: dose of 45 mg "), "{screen}");
}

#[test]
fn the_message_after_saving_names_what_was_saved_and_the_way_back() {
    for (keys, wanted) in [
        (
            "d<Enter>",
            "Saved 08:12: 6 g Leaf powder, counts for Sun 22 Nov; z takes it back.",
        ),
        (
            "u3<Tab>stress<Enter>",
            "Saved 08:12: urge 3, stress, counts for Sun 22 Nov; z takes it back. A calm page",
        ),
        (
            "l2120<Enter>",
            "Saved 08:12: Deep breathing, 20 min, counts for Sun 22 Nov; z takes it back.",
        ),
        (
            "l9to sleep again<Enter>",
            "Saved: to sleep again; z takes it back.",
        ),
    ] {
        let mut app = two_products();
        app.press(keys);
        let screen = app.screen(140, 40);
        assert!(screen.contains(wanted), "{keys}: {screen}");
        app.press("z");
        assert!(today(&app).is_empty(), "{keys}");
    }
}

/// Row and column of the corner of the panel with this title.
fn corner(screen: &str, title: &str) -> Option<(usize, usize)> {
    let find = |row: &str| row.find(&format!("\u{256d} {title}"));
    let mut rows = screen.lines().enumerate();
    rows.find_map(|(y, row)| Some((y, row[..find(row)?].chars().count())))
}

#[test]
fn a_form_is_framed_at_every_size_and_stands_still_while_one_types() {
    for (open, title, keys) in [
        (
            "d1",
            "Dose",
            &[
                "1",
                ".5",
                "<Tab>",
                "as it was a long and hard day, and so on, and so on",
                "<Tab>",
                "<Tab>",
                "yesterday 22:00",
            ] as &[&str],
        ),
        (
            "l41",
            "Other substance",
            &["2", "<Tab>", "x", "<Tab>", "some words of a note"],
        ),
        (
            "s",
            "Begin a new attempt",
            &[
                "2026-11-20",
                " 21:30",
                "<Tab>",
                "<Right>",
                "<Tab>",
                "autumn",
                "<Tab>",
                "to sleep",
            ],
        ),
    ] {
        for (width, height) in SIZES {
            let mut app = App::lived_in();
            app.press(open);
            let first = corner(&app.screen(width, height), title);
            assert!(first.is_some(), "{title}: {}", app.screen(width, height));
            for key in keys {
                app.press(key);
                let screen = app.screen(width, height);
                assert_eq!(
                    corner(&screen, title),
                    first,
                    "{title} after {key}: {screen}"
                );
            }
        }
    }
}

#[test]
fn pictures_of_the_dose_form() {
    let mut pages = Vec::new();
    for keys in ["d", "d<Up>", "d<Up>3<Tab>2 mg<Enter>"] {
        let mut app = two_products();
        app.press(keys);
        pages.extend(SIZES.map(|(width, height)| app.screen(width, height)));
    }
    insta::assert_snapshot!(pages.join("\n"));
}

/// Five doses of 0.5 g of leaf powder on the day before.
fn usually_half_a_gram() -> App {
    let doses: Vec<Change> = (1..=5)
        .map(|n| dose(n, &format!("{}:00", 9 + n), "powder", "0.5", "g"))
        .collect();
    App::lived_in_with(&doses)
}

#[test]
fn ten_times_the_usual_amount_is_asked_once_and_enter_keeps_it() {
    let mut app = usually_half_a_gram();
    app.press("d5<Enter>");
    let screen = app.screen(100, 30);
    assert!(
        screen.contains("5 g (usually 0.5 g): is the point in the right place?"),
        "{screen}"
    );
    assert!(today(&app).is_empty());
    app.press("<Enter>");
    assert_eq!(today(&app), ["used 5 g, Leaf powder"]);
    assert!(app.screen(120, 30).contains("Saved 08:12: 5 g Leaf powder"));
}

#[test]
fn an_amount_that_was_not_meant_goes_back_to_its_form() {
    for back in ["2", "<Esc>"] {
        let mut app = usually_half_a_gram();
        app.press(&format!("d5<Enter>{back}"));
        assert!(app.screen(100, 30).contains("Dose"), "{back}");
        app.press("<Ctrl-U>.5<Enter>");
        assert_eq!(today(&app), ["used 0.5 g, Leaf powder"], "{back}");
    }
}

#[test]
fn in_plan_the_dose_is_of_the_plan_in_sight_and_enter_on_an_empty_start_asks_first() {
    let mut app = App::lived_in();
    // With an attempt that goes on, four Enters end nothing.
    app.press("s<Enter>");
    let screen = app.screen(100, 30);
    assert!(
        screen.contains("Begin a new attempt beside it?"),
        "{screen}"
    );
    app.press("<Enter>");
    assert_eq!(app.journal().attempts.iter().count(), 1);
}

#[test]
fn the_number_of_a_tab_that_is_not_built_says_so() {
    let mut app = App::lived_in();
    app.press("6");
    assert!(
        app.screen(100, 30)
            .contains("6 is the tab of insights. Insights are not there yet")
    );
}

#[test]
fn enter_save_is_the_last_key_that_a_narrow_check_in_leaves_out() {
    for keys in ["c", "b", "co"] {
        let mut app = App::lived_in();
        app.press(keys);
        let screen = app.screen(40, 12);
        assert!(screen.contains("Enter save"), "{keys}: {screen}");
    }
}

#[test]
fn ctrl_s_saves_while_the_day_is_typed_and_counts_it() {
    let mut app = App::lived_in();
    app.press("b4D2026-11-20<Ctrl-S>");
    let day = "2026-11-20".parse().unwrap();
    let journal = app.journal();
    let overalls = journal
        .check_ins(day)
        .iter()
        .filter(|it| it.overall.is_some());
    assert!(overalls.count() > 0);
    let screen = app.screen(120, 30);
    assert!(
        screen.contains("overall 4, counts for Fri 20 Nov"),
        "{screen}"
    );
}

#[test]
fn m_offers_every_gap_of_the_last_fourteen_days() {
    // Lived in has one gap, days before its last check-in.
    let mut app = App::lived_in();
    app.press("m");
    let screen = app.screen(100, 30);
    assert!(screen.contains("1 day without a check-in"), "{screen}");
    // Nobody is reminded of it.
    app.press("<Esc>");
    assert!(!app.screen(100, 30).contains("missing: m"));
}

#[test]
fn m_and_missing_count_from_the_beginning_on_and_as_the_report_does() {
    let day = |n: u32| format!("2026-11-{n:02}");
    // An attempt and no check-in at all.
    let attempt = |n| {
        Change::RecordAttempt(Attempt {
            id: IdSource::new(3).next(app::now(&format!("{}T09:00:00+00:00", day(n))).at),
            began: day(n).parse().unwrap(),
            day_zero: None,
            method: Method::Taper,
            name: None,
            goal: None,
            ended: None,
        })
    };
    let seen = "2026-11-28T09:00:00+00:00";
    for (began, wanted) in [
        (
            25,
            "3 days without a check-in: Wed 25 Nov to Fri 27 Nov 2026",
        ),
        (
            1,
            "14 days without a check-in: Sat 14 Nov to Fri 27 Nov 2026",
        ),
        (28, "The journal has no day before today yet."),
    ] {
        let mut app = App::with_changes(&[attempt(began)], seen);
        app.press("m");
        let screen = app.screen(120, 30);
        assert!(screen.contains(wanted), "{began}: {screen}");
    }
    // Check-ins on four days with gaps between them.
    let mut app = App::with_changes(&[attempt(18)], seen);
    for n in [18, 20, 22, 24] {
        app.press(&format!("b4D{}<Ctrl-S>", day(n)));
    }
    app.press("m");
    let screen = app.screen(120, 30);
    let wanted = "6 days without a check-in: between Thu 19 Nov and Fri 27 Nov 2026";
    assert!(screen.contains(wanted), "{screen}");
    assert!(screen.contains("beginning with Thu 19 Nov"), "{screen}");
}

#[test]
fn the_day_beside_trends_names_every_product_that_was_used() {
    let mut app = two_products();
    app.press("2<Left>");
    // The panel wraps behind the number.
    let screen = app.screen(120, 40);
    let tablets = product::by_code(&app.journal(), "tablet_7oh").unwrap().name;
    assert!(screen.contains("Leaf powder: used 6 g"), "{screen}");
    assert!(screen.contains(&format!("{tablets}: used 45")), "{screen}");
}

#[test]
fn in_the_last_row_of_the_calendar_a_week_on_stays_where_it_is() {
    // A Saturday: today stands at the end of the last row.
    let mut app = App::at_with_days("2026-11-28T08:12:00+01:00");
    app.press("3<Left><Left><Left><Left>");
    let before = app.screen(100, 30);
    assert!(before.contains("Tue 24 Nov 2026"), "{before}");
    for key in ["j", "<Down>"] {
        app.press(key);
        assert_eq!(app.screen(100, 30), before, "{key}");
    }
    app.press("kj");
    assert_eq!(app.screen(100, 30), before);
}
