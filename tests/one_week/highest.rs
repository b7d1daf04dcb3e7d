//! Something good at 4 ranks nowhere as the worst, the highest or the most changed. The table names every file of the program that
//! has one of these words; a test reads the source and keeps the table whole, and another walks what can be seen.

use crate::app::App;
use crate::by_hand::NOW;
use crate::support::home::Ebb;
use crate::support::pty::in_one_line;
use crate::week::{SUNDAY, at};
use ratatui::style::Color;
use serde_json::Value;
use std::path::Path;

/// What a file does with the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// It puts things in an order by their numbers, or says which stands out: walked below.
    Ranks,
    /// It takes the worst check-in of a day, which a measurement never has: walked below.
    WorstOfADay,
    /// How far an axis or a column reaches, or the lowest and the highest number of one series, without a judgement.
    Reaches,
    /// A key, a word or a help text that leads to an order.
    Names,
    /// Another matter: numbers of symptoms in the file, names like the one that was typed, 10 on the overall, how high a panel is.
    Elsewhere,
}

use Use::{Elsewhere, Names, Ranks, Reaches, WorstOfADay};

const PLACES: [(&str, Use); 51] = [
    ("cli/failure/unknown.rs", Elsewhere),
    ("cli/plain/check_in/mod.rs", Elsewhere),
    ("cli/plain/trends.rs", Names),
    ("cli/trend/drawn.rs", Ranks),
    ("cli/trend/grid.rs", Ranks),
    ("cli/trend/hours.rs", Reaches),
    ("cli/trend/json.rs", WorstOfADay),
    ("cli/trend/look.rs", Ranks),
    ("cli/trend/mod.rs", Names),
    ("cli/trend/sentences.rs", Reaches),
    ("domain/check_in/extra.rs", Elsewhere),
    ("domain/journal/incoming/mod.rs", Elsewhere),
    ("domain/journal/resting.rs", Ranks),
    ("domain/report/mod.rs", Ranks),
    ("domain/report/section.rs", Names),
    ("domain/report/series.rs", Ranks),
    ("domain/series/figures.rs", WorstOfADay),
    ("domain/series/mod.rs", WorstOfADay),
    ("domain/taper/staircase.rs", Elsewhere),
    ("domain/trends/fold.rs", Reaches),
    ("domain/trends/hours.rs", Reaches),
    ("domain/trends/scale.rs", Reaches),
    ("domain/trends/sheet.rs", WorstOfADay),
    ("domain/trends/sight/changes.rs", Ranks),
    ("domain/trends/sight/mod.rs", Ranks),
    ("domain/trends/week_table.rs", Ranks),
    ("transfer/csv/day.rs", WorstOfADay),
    ("transfer/fhir/observation.rs", Elsewhere),
    ("transfer/report/chart.rs", WorstOfADay),
    ("transfer/report/content_rated.rs", Ranks),
    ("transfer/report/html.rs", WorstOfADay),
    ("tui/screens/care/lines.rs", Reaches),
    ("tui/screens/check_in/foot.rs", Elsewhere),
    ("tui/screens/overlay/import.rs", Elsewhere),
    ("tui/screens/plan/after_cut.rs", Reaches),
    ("tui/screens/plan/view.rs", Reaches),
    ("tui/screens/today/block.rs", Elsewhere),
    ("tui/screens/today/chart.rs", Reaches),
    ("tui/screens/trends/aside.rs", Reaches),
    ("tui/screens/trends/axis.rs", Reaches),
    ("tui/screens/trends/bindings.rs", Names),
    ("tui/screens/trends/chart.rs", Reaches),
    ("tui/screens/trends/charted.rs", WorstOfADay),
    ("tui/screens/trends/days.rs", WorstOfADay),
    ("tui/screens/trends/hours.rs", Reaches),
    ("tui/screens/trends/hours_words.rs", Reaches),
    ("tui/screens/trends/legend.rs", WorstOfADay),
    ("tui/screens/trends/mod.rs", Names),
    ("tui/screens/trends/paper.rs", Reaches),
    ("tui/screens/trends/sheet.rs", WorstOfADay),
    ("tui/widgets/popup.rs", Elsewhere),
];

/// Files whose words are the same as those of a file of the table that calls them.
const DRAWN_BY: [(&str, Use); 3] = [
    ("tui/screens/trends/week_aside.rs", Ranks),
    ("tui/screens/trends/week_words.rs", Names),
    ("tui/widgets/columns/ink.rs", WorstOfADay),
];

const WORDS: [&str; 5] = ["worst", "highest", "hardest", "ranked", "most changed"];

/// The files below `folder` whose code, without comments and tests, has one of the words.
fn with_a_word(folder: &Path, root: &Path, found: &mut Vec<String>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            with_a_word(&path, root, found);
            continue;
        }
        let name = path.strip_prefix(root).unwrap().display().to_string();
        let is_test = ["tests.rs", "_laws.rs", "laws.rs", "every_size.rs"];
        if path.extension().is_none_or(|end| end != "rs")
            || is_test.iter().any(|end| name.ends_with(end))
        {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap();
        let lines = code
            .lines()
            .map(str::trim)
            .filter(|line| !line.starts_with("//"));
        let code = lines.collect::<Vec<_>>().join("\n").to_lowercase();
        if WORDS.iter().any(|word| code.contains(word)) || code.contains("most_changed") {
            found.push(name);
        }
    }
}

#[test]
fn the_table_names_every_file_that_looks_for_the_highest_or_the_worst() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    with_a_word(&root, &root, &mut found);
    found.sort();
    let all = PLACES
        .iter()
        .chain(&DRAWN_BY)
        .map(|(name, _)| (*name).to_owned());
    let mut all: Vec<String> = all.collect();
    all.sort();
    let new: Vec<&String> = found.iter().filter(|name| !all.contains(name)).collect();
    assert!(
        new.is_empty(),
        "say in the table what these do with something good: {new:?}"
    );
    let gone: Vec<&String> = all.iter().filter(|name| !found.contains(name)).collect();
    assert!(
        gone.is_empty(),
        "these have no such word any more: {gone:?}"
    );
}

/// 14 days: something good 0 for a week and 4 for a week, the highest and the most changed of all if it were rated; two check-ins
/// on the last day.
fn with_good_days() -> Ebb {
    let ebb = Ebb::new();
    at(&ebb, SUNDAY, &["start", "--last-use", "2026-11-08 20:00"]);
    at(&ebb, SUNDAY, &["symptom", "on", "something_good"]);
    for (day, good) in (9..=22).zip([0, 0, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 4, 4]) {
        let good = good.to_string();
        let nausea = if day < 16 { "nausea=2" } else { "nausea=1" };
        for hour in if day == 22 {
            &["08", "12"][..]
        } else {
            &["12"]
        } {
            let at_moment = format!("2026-11-{day:02} {hour}:00");
            let mut args = vec![
                "checkin",
                "--at",
                &at_moment,
                "--good",
                &good,
                "--overall",
                "3",
            ];
            for set in [nausea, "anxiety=2", "tremor=1"] {
                args.extend(["--set", set]);
            }
            at(&ebb, SUNDAY, &args);
        }
    }
    ebb
}

/// The lines of a panel: from its heading to its lower border.
fn section<'a>(text: &'a str, heading: &str) -> &'a str {
    let from = text
        .find(heading)
        .unwrap_or_else(|| panic!("{heading}:\n{text}"));
    let rest = &text[from..];
    let end = rest.find('\u{2570}');
    end.map_or(rest, |end| &rest[..end])
}

#[test]
fn on_no_screen_does_it_stand_among_what_is_hard() {
    let ebb = with_good_days();
    for (width, height) in [(160, 50), (120, 40), (80, 24)] {
        let mut app = App::over_file(ebb.journal(), NOW);
        let today = app.screen(width, height);
        // Among the day's entries in words; a row of symptoms would give it a column.
        assert!(!today.contains("Something good "), "{today}");
        // Every view of Trends, in its own order and with the highest first.
        app.press("2");
        for _ in 0..7 {
            for order in ["", "w"] {
                app.press(order);
                let screen = app.screen(width, height);
                assert_not_ranked(&screen);
            }
            app.press("v");
        }
        // As the series that is looked at: no check-in of a day is its worst one, and more is not harder.
        let mut app = App::over_file(ebb.journal(), NOW);
        app.press("2ssomething good<Enter>");
        for _ in 0..4 {
            let screen = app.screen(width, height);
            let small = screen.to_lowercase();
            assert!(screen.contains("Something good"), "{screen}");
            for word in ["worst", "harder", "hardest"] {
                assert!(!small.contains(word), "{word}:\n{screen}");
            }
            app.press("v");
        }
        let mut app = App::over_file(ebb.journal(), NOW);
        assert_not_ranked(&app.press("3<Enter>").screen(width, height));
    }
    let mut app = App::over_file(ebb.journal(), NOW);
    let nowhere = app.press("6").screen(120, 40);
    assert!(
        nowhere.contains("Insights are not there yet") || !nowhere.contains("omething good, 4")
    );
}

/// Nothing good stands in the lane of the worst, among the most changed, or before a symptom in an order.
fn assert_not_ranked(screen: &str) {
    for line in screen
        .lines()
        .filter(|line| line.contains("Worst check-in"))
    {
        assert!(!line.contains("good"), "{screen}");
    }
    if screen.contains("Most changed") {
        let most = section(screen, "Most changed");
        assert!(!most.contains("omething good"), "{screen}");
        assert!(most.contains("Nausea"), "{screen}");
    }
    let place = |name: &str| {
        screen.lines().position(|line| {
            line.trim_start_matches(['\u{2502}', ' ', '\u{258c}'])
                .starts_with(name)
        })
    };
    if let Some(good) = place("Something good") {
        for symptom in ["Nausea", "Anxiety", "Shaking"] {
            assert!(
                place(symptom).is_none_or(|at| at < good),
                "{symptom}:\n{screen}"
            );
        }
    }
}

#[test]
fn its_row_of_the_check_in_has_no_shade_is_not_copied_and_does_not_rest() {
    let ebb = with_good_days();
    let mut app = App::over_file(ebb.journal(), NOW);
    app.press("cA");
    let form = app.in_front(120, 40);
    let row = form
        .lines()
        .find(|line| line.contains("Something good today?"))
        .unwrap();
    assert!(
        !row.contains("a lot"),
        "as last time takes over what is rated alone: {row}"
    );
    app.press("<Up>4");
    let (buffer, form) = (app.buffer(120, 40), app.screen(120, 40));
    let y = form
        .lines()
        .position(|line| line.contains("Something good today?"))
        .unwrap();
    let y = u16::try_from(y).unwrap();
    assert!(form.contains("4 a lot"), "{form}");
    for x in 0..120 {
        assert_eq!(buffer[(x, y)].bg, Color::Reset, "no ramp colour:\n{form}");
    }
    let refused = ebb.run(&["--now", SUNDAY, "symptom", "rest", "something_good"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn in_text_it_stands_behind_what_is_rated_and_more_is_better() {
    let ebb = with_good_days();
    for order in ["worst", "change"] {
        for plain in [&[][..], &["--plain"]] {
            let args = [&["trend", "--view", "table", "--order", order], plain].concat();
            let table = at(&ebb, SUNDAY, &args);
            let line = |name: &str| {
                table
                    .lines()
                    .position(|line| line.trim_start().starts_with(name))
            };
            let good = line("Something good").unwrap();
            for symptom in ["Nausea", "Anxiety", "Shaking"] {
                assert!(line(symptom).unwrap() < good, "{order}:\n{table}");
            }
        }
        let json: Value = serde_json::from_str(&at(
            &ebb,
            SUNDAY,
            &["trend", "--view", "table", "--order", order, "--json"],
        ))
        .unwrap();
        let rows = json["rows"].as_array().unwrap().iter();
        let rows: Vec<&str> = rows.map(|row| row["series"].as_str().unwrap()).collect();
        let place = |code: &str| rows.iter().position(|row| *row == code).unwrap();
        assert!(place("something_good") > place("nausea"), "{rows:?}");
        let grid = at(&ebb, SUNDAY, &["trend", "--view", "grid", "--order", order]);
        assert!(!grid.contains("omething good"), "{grid}");
    }
    let text = in_one_line(&at(&ebb, SUNDAY, &["trend", "something_good", "--plain"]));
    assert!(text.contains("0 to 4, more is better"), "{text}");
    assert!(
        !text.contains("harder") && !text.contains("worst"),
        "{text}"
    );
    let json = at(&ebb, SUNDAY, &["trend", "something_good", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    for day in json["series"][0]["days"].as_array().unwrap() {
        assert_eq!(day["worst"], Value::Null, "{day}");
    }
    for verb in [&["status"][..], &["history"]] {
        let text = at(&ebb, SUNDAY, verb);
        let lines = text.lines().filter(|line| line.contains("omething good"));
        for line in lines {
            let small = line.to_lowercase();
            assert!(
                small.contains("a lot, 4 of 4") || small.contains("none, 0 of 4"),
                "{line}"
            );
        }
    }
}

#[test]
fn what_leaves_the_journal_gives_it_its_own_words_and_no_severity() {
    let ebb = with_good_days();
    for form in ["text", "markdown", "html"] {
        let report = at(&ebb, SUNDAY, &["report", "--format", form]);
        let from = report.find("Symptoms rated highest").unwrap();
        let rated = &report[from..];
        let end = rated.find("Medicines as taken").unwrap();
        assert!(rated[..end].contains("Nausea"), "{form}");
        assert!(!rated[..end].contains("omething good"), "{form}");
        let worst = report.find("Worst of a day").map(|at| &report[at..from]);
        assert!(worst.is_none_or(|worst| !worst.contains("good")), "{form}");
        assert!(
            report.contains("Something good"),
            "{form}: among what was measured"
        );
    }
    let fhir: Value = serde_json::from_str(&at(&ebb, SUNDAY, &["export", "fhir"])).unwrap();
    let good = fhir["entry"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["resource"]);
    let good: Vec<&Value> = good
        .filter(|one| one["code"]["text"] == "Something good")
        .collect();
    assert_eq!(good.len(), 15);
    for one in good {
        assert!(
            one["interpretation"].is_null() && one["valueInteger"].is_number(),
            "{one}"
        );
        assert!(one.to_string().contains("4 a lot; more is better"), "{one}");
        assert!(!one.to_string().contains("severe"), "{one}");
    }
    for layout in [&[][..], &["--layout", "wide"]] {
        let csv = at(&ebb, SUNDAY, &[&["export", "csv"], layout].concat());
        assert!(!csv.contains("something_good"), "it is no rating");
    }
    // Among what is measured it has a column for the day and none for the worst of it.
    let days = at(&ebb, SUNDAY, &["export", "csv", "--layout", "day"]);
    let head = days.lines().next().unwrap();
    let columns: Vec<&str> = head.split(',').collect();
    let good: Vec<usize> = (0..columns.len())
        .filter(|at| columns[*at].contains("good"))
        .collect();
    assert_eq!(good.len(), 1, "{head}");
    assert_eq!(columns[good[0]], "something_good");
    let last = days.trim_end().lines().last().unwrap();
    assert_eq!(last.split(',').nth(good[0]), Some("4"), "{last}");
    at(&ebb, SUNDAY, &["export", "csv", "-o", "whole/"]);
    at(
        &ebb,
        SUNDAY,
        &["export", "csv", "-o", "shared/", "--share", "S-1", "--yes"],
    );
    for folder in ["whole", "shared"] {
        let text =
            |file: &str| std::fs::read_to_string(ebb.home().join(folder).join(file)).unwrap();
        assert!(!text("ratings.csv").contains("something_good"), "{folder}");
        assert!(
            text("measurements.csv").contains("something_good"),
            "{folder}"
        );
        let words = "something_good is 0 none, 1 a little, 2 some, 3 a good deal, 4 a lot: more is better, and it is no severity.";
        assert!(text("datapackage.json").contains(words), "{folder}");
    }
}
