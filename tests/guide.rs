//! The Guide as a person meets it: the tab, the page over another place, the search, the command line and plain mode.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod app;
#[path = "cli/house.rs"]
#[expect(dead_code, reason = "the guide exports nothing")]
mod house;

use app::App;
use ebbtide::tui::pointer::What;
use ebbtide::tui::tab::Tab;
use house::House;

/// The pictures of these stand with all others in tests/pictures.rs.
const PLACES: [&str; 5] = ["7", "7<Enter><End>", "c2i", "7/clonidine", "7/xyzzy"];

#[test]
fn tabs_keep_their_numbers_and_those_that_are_not_built_do_nothing() {
    let numbers: Vec<u8> = Tab::ALL.iter().map(|tab| tab.number()).collect();
    assert!(numbers.is_sorted());
    for (tab, number) in [
        (Tab::Today, 1),
        (Tab::Trends, 2),
        (Tab::History, 3),
        (Tab::Guide, 7),
    ] {
        assert_eq!(tab.number(), number);
    }
    let mut app = App::lived_in();
    for number in (1..=8).filter(|n| !numbers.contains(n)) {
        app.press(&format!("2{number}"));
        assert_eq!(app.model.tab, Tab::Trends, "{number}");
        assert!(app.model.overlays.is_empty(), "{number}");
    }
}

#[test]
fn i_opens_the_page_that_fits_the_place_and_esc_leads_back_to_it() {
    for (keys, page) in [
        ("1", " In short "),
        ("2", " Timeline, and what changes it "),
        ("3", " Symptoms "),
        ("c21", " Symptoms "),
        ("!", " Safety "),
        (":symptoms<Enter>", " Symptoms "),
        (":attempts<Enter>", " Timeline, and what changes it "),
    ] {
        let mut app = App::lived_in();
        app.press(keys);
        let before = app.screen(100, 30);
        app.press("i");
        let screen = app.screen(100, 30);
        let titles: Vec<&str> = screen.lines().nth(1).into_iter().collect();
        assert!(titles[0].contains(page), "{keys}:\n{screen}");
        app.press("<Esc>");
        assert_eq!(app.screen(100, 30), before, "{keys}");
        app.press("ii");
        assert_eq!(app.screen(100, 30), before, "{keys}: i closes it again");
    }
}

#[test]
fn a_check_in_goes_on_where_it_was_after_reading() {
    let mut app = App::lived_in();
    app.press("c21i<Down><Down>nn<Left><Down><Esc>3<Enter>");
    let ratings = app.journal();
    let day = "2026-11-22".parse().unwrap();
    assert_eq!(ratings.check_ins(day)[0].answered(), 3);
}

#[test]
fn typing_is_never_reading() {
    let mut app = App::lived_in();
    app.press("cnidea 7");
    assert!(app.screen(100, 30).contains("idea 7"));
}

#[test]
fn a_search_opens_the_page_at_the_place_and_marks_it() {
    let mut app = App::lived_in();
    app.press("7/naltrexone set<Enter>");
    assert_eq!(app.model.tab, Tab::Guide);
    for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
        let screen = app.screen(width, height);
        assert!(screen.contains("Medicines "), "{screen}");
        // The lowest screen has no column for the mark: the line itself stands out there.
        let mark = if height < 20 { "" } else { "\u{258c}" };
        let found = format!("{mark}Withdrawal set off by naltrexone in");
        assert!(screen.contains(&found), "{width}x{height}:\n{screen}");
    }
    // Over another place the search stays over it.
    app.press("2i/kava<Enter>");
    assert_eq!(app.model.tab, Tab::Trends);
    assert!(app.screen(100, 30).contains("Remedies and their cautions"));
    app.press("<Esc>");
    assert!(app.model.overlays.is_empty());
}

#[test]
fn the_slash_searches_notes_elsewhere_and_the_palette_says_both() {
    let mut app = App::lived_in();
    app.press("7:search");
    let screen = app.screen(100, 30);
    assert!(screen.contains("       search notes"), "{screen}");
    assert!(screen.contains("/      search the guide"), "{screen}");
    app.press("<Esc>1/");
    assert!(app.screen(100, 30).contains("Search the notes"));
}

#[test]
fn a_page_scrolls_to_its_sources_and_no_further_at_every_size() {
    for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
        let mut app = App::lived_in();
        app.press("7<Down><Down><Down>");
        app.screen(width, height);
        app.press("<Enter>");
        let first = app.screen(width, height);
        for _ in 0..400 {
            app.press("<Down>");
        }
        let end = app.screen(width, height);
        assert!(
            end.contains("checked 2026-11-22") || end.contains("2026-11-22."),
            "{end}"
        );
        app.press("<Down><Up>");
        assert_ne!(
            app.screen(width, height),
            end,
            "one up leaves the end at {width}x{height}"
        );
        app.press("<Home>");
        assert_eq!(app.screen(width, height), first);
        app.press("<End>");
        assert_eq!(app.screen(width, height), end);
    }
}

#[test]
fn on_a_narrow_screen_the_list_comes_first_and_esc_leads_back_to_it() {
    let mut app = App::lived_in();
    app.press("7");
    let list = app.screen(60, 20);
    assert!(
        list.contains("Tapering") && !list.contains("The whole guide"),
        "{list}"
    );
    app.press("<Enter>");
    assert!(app.screen(60, 20).contains("The whole guide"));
    app.press("<Esc>");
    assert_eq!(app.screen(60, 20), list);
    app.press(" ");
    assert!(
        app.screen(60, 20).contains("The whole guide"),
        "Space reads"
    );
}

#[test]
fn the_wheel_scrolls_what_it_is_over() {
    let mut app = App::lived_in();
    app.press("7M");
    let size = (100, 30);
    app.screen(size.0, size.1);
    let before = app.screen(size.0, size.1);
    app.point(size, What::WheelDown, 60, 10);
    let scrolled = app.screen(size.0, size.1);
    assert_ne!(scrolled, before);
    assert!(
        scrolled.contains("1 of 17"),
        "the page moved, not the list:\n{scrolled}"
    );
    app.point(size, What::WheelDown, 5, 10);
    assert!(app.screen(size.0, size.1).contains("2 of 17"));
}

#[test]
fn no_size_breaks_it() {
    for keys in PLACES {
        let mut app = App::empty();
        app.press("<Esc><Esc><Esc>").press(keys);
        for width in (0..130_u16).step_by(7) {
            for height in (0..40_u16).step_by(3) {
                let _ = app.buffer(width, height);
            }
        }
    }
}

#[test]
fn the_command_line_lists_prints_and_searches_without_a_journal() {
    let house = House::new();
    let list = house.done(&["guide"]).out;
    assert!(list.starts_with("in_short     In short. "), "{list}");
    assert!(list.contains("ebb guide --search"));
    let page = house.done(&["guide", "tapering"]).out;
    assert!(page.starts_with("Tapering\n========\n"), "{page}");
    assert!(page.contains("\nSources\n-------\n[1] "), "{page}");
    assert!(page.lines().all(|line| line.len() <= 100));
    assert_eq!(
        house.done(&["guide", "In", "short"]).out,
        house.done(&["guide", "in_short"]).out
    );
    let found = house.done(&["guide", "--search", "clonidine suddenly"]).out;
    assert!(
        found.lines().any(|line| line.starts_with("medicines    ")),
        "{found}"
    );
    assert!(found.lines().all(|line| line.len() <= 100), "{found}");
    let none = house.ebb(&["guide", "--search", "xyzzy"]);
    assert_eq!((none.code, none.out.as_str()), (1, ""));
    let unknown = house.ebb(&["guide", "tapring"]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("did you mean tapering?"),
        "{}",
        unknown.err
    );
    let both = house.ebb(&["guide", "tapering", "--search", "x"]);
    assert_eq!(both.code, 2);
}

#[test]
fn plain_mode_lists_reads_out_and_searches() {
    let house = House::new();
    house.done(&["checkin", "--overall", "3"]);
    let said = house
        .with_input(
            &["--plain"],
            "guide\n5\nsearch kava\nTimeline\nsearch\nnaltrexone set\ntapring\nback\nquit\n",
        )
        .out;
    for told in [
        "5: Tapering. Cutting down",
        "Before anything else:",
        "11, Remedies and their cautions: Kava",
        "When it begins:",
        "Reported second-hand, through",
        "7, Medicines: Withdrawal set off by naltrexone",
        "did you mean tapering",
    ] {
        assert!(said.contains(told), "{told}:\n{said}");
    }
    assert!(said.is_ascii());
}
