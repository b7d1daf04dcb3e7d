//! The palette: every action of every tab and view, run from anywhere, found by the words that people use.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "app/mod.rs"]
mod app;
#[path = "slips/lists.rs"]
mod lists;

use app::App;
use ebbtide::config::file::Config;
use ebbtide::domain::id::IdSource;
use ebbtide::domain::journal::draft::Drafts;
use ebbtide::tui::model::Model;
use ebbtide::tui::shared::{Edition, Kept, Shared};
use ebbtide::tui::tab::Tab;
use ebbtide::tui::update::{Msg, update};
use lists::read;

/// A row as it stands on the screen: its key, its name, and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    key: String,
    name: String,
    place: String,
}

/// The rows of the open palette, from the top; the first is the one in focus.
fn rows(screen: &str) -> Vec<Row> {
    let mut lines = screen
        .lines()
        .skip_while(|line| !line.contains("Every action by name"));
    let Some(head) = lines.next() else {
        return Vec::new();
    };
    // The screen behind has borders of its own on both sides.
    let title = head
        .split("Every action by name")
        .next()
        .unwrap_or_default();
    let left = title.chars().count()
        - title
            .chars()
            .rev()
            .position(|c| c == '\u{256d}')
            .unwrap_or(0);
    let width = head
        .chars()
        .skip(left)
        .position(|c| c == '\u{256e}')
        .unwrap_or(0);
    let inside = lines
        .map(|line| line.chars().skip(left).take(width).collect::<String>())
        .take_while(|line| !line.contains('\u{2500}'));
    inside.skip(1).filter_map(|line| row(&line)).collect()
}

fn row(line: &str) -> Option<Row> {
    let text: String = line.chars().skip(3).collect();
    let (key, rest) = text.split_at(text.char_indices().nth(6)?.0);
    let rest = rest.trim();
    let (name, place) = match rest
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once(" ("))
    {
        // The name of the bin ends with a bracket of its own.
        Some((name, place)) if place != "bin" => (name, place),
        _ => (rest, ""),
    };
    Some(Row {
        key: key.trim().to_owned(),
        name: name.to_owned(),
        place: place.to_owned(),
    })
}

impl Row {
    /// The name, with or without what is said about it behind a colon.
    fn is_named(&self, name: &str) -> bool {
        let rest = self.name.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    }
}

#[test]
fn the_words_that_people_use_find_the_right_row_first() {
    let words = read("tests/slips/palette.txt");
    assert!(words.len() >= 120, "{}", words.len());
    let mut app = App::lived_in();
    let mut wrong = Vec::new();
    for lists::Wanted { typed, right } in &words {
        app.press(&format!("3:{typed}"));
        let rows = rows(&app.screen(120, 40));
        let is_right = rows
            .first()
            .is_some_and(|first| right.iter().any(|right| first.is_named(right)));
        if !is_right {
            wrong.push(format!("{typed}: {:?}, not {right:?}", rows.first()));
        }
        app.press("<Esc>");
    }
    let found = words.len() - wrong.len();
    assert!(
        wrong.len() * 12 <= words.len(),
        "{found} of {}: {wrong:#?}",
        words.len()
    );
    assert!(found >= 110, "{found} of {}: {wrong:#?}", words.len());
}

/// The same journal before each key: what is written is not carried out.
fn fresh(from: &App) -> Model {
    let shared = &from.model.shared;
    let shared = Shared {
        edition: Edition::default(),
        journal: shared.journal.clone(),
        now: shared.now.clone(),
        theme: shared.theme,
        drafts: Drafts {
            check_ins: Vec::new(),
            records: Vec::new(),
        },
        written: Vec::new(),
        place: shared.place.clone(),
        kind: shared.kind,
        protection: ebbtide::tui::shared::Protection::None,
        has_shown_safety: false,
        is_first_run: false,
        past_notices: Vec::new(),
        kept: Kept::default(),
        config: Config::default(),
        documents: String::new(),
        config_path: None,
    };
    Model::new(shared, IdSource::new(5))
}

fn press(model: &mut Model, keys: &str) {
    for key in app::parse(keys) {
        update(model, Msg::Key(key));
    }
}

fn screen(model: &Model, height: u16) -> String {
    app::text(app::drawn(model, 120, height).buffer())
}

/// Every row of the open palette, gone through from the first to the last.
fn every_row(model: &mut Model) -> Vec<Row> {
    let mut seen = rows(&screen(model, 40));
    let mut all = seen.clone();
    for _ in 0..400 {
        press(model, "<Down>");
        let now = rows(&screen(model, 40));
        if now != seen {
            assert_eq!(now[..now.len() - 1], seen[1..], "the list moves by a row");
            all.extend(now.last().cloned());
        }
        seen = now;
    }
    all
}

fn place(row: &Row) -> Option<Tab> {
    Tab::ALL
        .into_iter()
        .find(|tab| format!("{tab:?}") == row.place)
}

/// The keys that lead to a row by hand, from Today; `None` where it has no key.
fn by_hand(row: &Row, tab: Tab) -> Option<String> {
    let sections = [
        "Medicines",
        "Routine today",
        "Practices",
        "Urges",
        "Measurements",
        "Visits",
        "Treatments",
        "People and services",
        "Reasons",
        "How it began",
    ];
    let section = sections
        .iter()
        .position(|name| row.is_named(name) && row.name.contains(": "));
    let inside = match (tab, row.name.as_str()) {
        (Tab::Care, _) => "]".repeat(section.unwrap_or(0)),
        // The palette goes to the first view in which the key does this.
        (Tab::Trends, "two series" | "read on beside the view") => "v".to_owned(),
        (Tab::Trends, "count from") => "vvv".to_owned(),
        (Tab::Trends, "order") => "vvvvv".to_owned(),
        (Tab::Trends, "table: its chart") => "vvvvvv".to_owned(),
        (
            Tab::History,
            "edit"
            | "delete"
            | "read on"
            | "calendar"
            | "the day before"
            | "the day after"
            | "add a check-in to this day"
            | "add one number to this day",
        )
        | (Tab::Guide, "next page" | "page before" | "sources" | "all pages") => {
            "<Enter>".to_owned()
        }
        _ => String::new(),
    };
    let key = match row.key.as_str() {
        "" => return None,
        "Space" => " ".to_owned(),
        "\u{2190}" => "<Left>".to_owned(),
        "\u{2192}" => "<Right>".to_owned(),
        one if one.chars().count() == 1 => one.to_owned(),
        named => format!("<{named}>"),
    };
    Some(format!("{}{inside}{key}", tab.number()))
}

#[test]
fn every_row_of_a_tab_does_from_each_tab_what_its_key_does_there() {
    let app = App::at_with_days("2026-11-21T22:00:00+01:00");
    let mut compared = 0;
    for from in Tab::ALL {
        let mut model = fresh(&app);
        press(&mut model, &format!("{}:", from.number()));
        let listed = every_row(&mut model);
        assert!(listed.len() > 150, "{}", listed.len());
        for (at, row) in listed.iter().enumerate() {
            let Some(tab) = place(row) else { continue };
            let Some(keys) = by_hand(row, tab) else {
                continue;
            };
            let mut by_palette = fresh(&app);
            press(
                &mut by_palette,
                &format!("{}:{}<Enter>", from.number(), "<Down>".repeat(at)),
            );
            let mut by_key = fresh(&app);
            press(&mut by_key, &keys);
            assert_eq!(
                by_palette.tab, by_key.tab,
                "{row:?} from {from:?} by {keys}"
            );
            assert_eq!(
                screen(&by_palette, 40),
                screen(&by_key, 40),
                "{row:?} from {from:?} by {keys}"
            );
            compared += 1;
        }
    }
    assert!(compared > 700, "{compared}");
}

#[test]
fn every_view_section_and_setting_can_be_gone_to_from_each_tab() {
    let app = App::lived_in();
    for from in Tab::ALL {
        for (typed, tab, shown) in [
            ("timeline", Tab::Trends, "[timeline]"),
            ("grid", Tab::Trends, "[grid]"),
            ("visits", Tab::Care, "Visits, calls and meetings."),
            ("times of day", Tab::Settings, "21:40, or 9:40 pm"),
            ("page tapering", Tab::Guide, "Tapering"),
            ("chart of anxiety", Tab::Trends, "Anxiety"),
        ] {
            let mut model = fresh(&app);
            press(&mut model, &format!("{}:{typed}<Enter>", from.number()));
            assert_eq!(model.tab, tab, "{typed} from {from:?}");
            let drawn = screen(&model, 40);
            assert!(drawn.contains(shown), "{typed} from {from:?}: {drawn}");
        }
    }
}

#[test]
fn a_setting_that_would_change_at_once_is_only_gone_to() {
    let mut app = App::lived_in();
    app.press(":midnight<Enter>");
    assert_eq!(app.model.tab, Tab::Settings);
    assert!(app.model.overlays.is_empty());
    let end = app.journal().settings.day_end;
    assert_eq!(end, ebbtide::domain::time::DayEnd::default());
}

#[test]
fn what_the_command_line_alone_can_do_names_its_command() {
    let mut app = App::lived_in();
    app.press(":salvage");
    assert!(app.screen(120, 40).contains("(command line)"));
    app.press("<Enter>");
    let said = app.screen(120, 40);
    assert!(said.contains("`ebb salvage"), "{said}");
}

#[test]
fn what_is_not_there_yet_says_so() {
    let mut app = App::lived_in();
    app.press(":correlation");
    assert!(app.screen(120, 40).contains("insights (not there yet)"));
    app.press("<Enter>");
    let said = app.screen(120, 40);
    assert!(said.contains("Insights are not there yet"), "{said}");
}

#[test]
fn the_terminals_cursor_stands_behind_what_is_typed_in_every_list_with_a_field() {
    let app = App::lived_in();
    for (keys, typed) in [(":", "csv"), (":", "wi"), ("2s", "nau")] {
        for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
            let mut model = fresh(&app);
            press(&mut model, &format!("{keys}{typed}<Down>"));
            let frame = app::drawn(&model, width, height);
            let (at, buffer) = (frame.cursor().unwrap(), frame.buffer());
            let line: String = (0..at.x).map(|x| buffer[(x, at.y)].symbol()).collect();
            assert!(
                line.ends_with(&format!("> {typed}")),
                "{width}x{height}: {line:?}"
            );
        }
    }
}

#[test]
fn the_field_stays_in_sight_at_the_end_of_the_list() {
    let mut app = App::lived_in();
    app.press(":o");
    for _ in 0..60 {
        app.press("<Down>");
    }
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        assert!(
            app.screen(width, height).contains("> o"),
            "{}",
            app.screen(width, height)
        );
    }
}
