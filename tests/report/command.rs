//! `ebb report`: where it goes, in which form, and what it leaves alone.

use crate::house::House;

fn begun() -> House {
    let house = House::new();
    for args in [
        &["start", "--last-use", "2026-11-13 20:00"][..],
        &[
            "checkin",
            "--set",
            "nausea=2",
            "--overall",
            "4",
            "--note",
            "a note of mine",
        ],
        &["dose", "1.5g", "powder", "--at", "2026-11-13 19:00"],
    ] {
        let said = house.ebb(args);
        assert_eq!(said.code, 0, "{said:?}");
    }
    house
}

#[test]
fn it_goes_to_stdout_as_text_unless_a_file_is_named() {
    let house = begun();
    let said = house.ebb(&["report"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(
        said.out.starts_with(
            "Last logged dose: 1.5 g, Leaf powder (kratom), 2026-11-13 19:00, 218 h ago"
        ),
        "{}",
        said.out
    );
    assert!(!said.out.contains("a note of mine"));
    let said = house.ebb(&["report", "--with-notes", "--format", "markdown"]);
    assert!(said.out.starts_with("# Report,") && said.out.contains("a note of mine"));
}

#[test]
fn the_ending_of_the_file_decides_its_form_and_a_folder_gets_a_neutral_name() {
    let house = begun();
    for (name, begins) in [
        ("r.html", "<!DOCTYPE html>"),
        ("r.md", "# Report"),
        ("r.txt", "Last logged"),
    ] {
        let said = house.ebb(&["report", "-o", name]);
        assert_eq!(said.code, 0, "{said:?}");
        let text = std::fs::read_to_string(house.path(name)).unwrap();
        assert!(text.starts_with(begins), "{name}");
    }
    assert_eq!(house.ebb(&["report", "-o", "."]).code, 0);
    assert!(house.path("report-2026-11-22.html").is_file());
}

#[cfg(unix)]
#[test]
fn a_file_is_readable_by_nobody_else() {
    use std::os::unix::fs::PermissionsExt;
    let house = begun();
    house.ebb(&["report", "-o", "r.html"]);
    let mode = house
        .path("r.html")
        .metadata()
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_file_that_stands_there_stays_without_force() {
    let house = begun();
    std::fs::write(house.path("r.html"), "mine").unwrap();
    let said = house.ebb(&["report", "-o", "r.html"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert_eq!(
        std::fs::read_to_string(house.path("r.html")).unwrap(),
        "mine"
    );
    assert_eq!(house.ebb(&["report", "-o", "r.html", "--force"]).code, 0);
    assert_ne!(
        std::fs::read_to_string(house.path("r.html")).unwrap(),
        "mine"
    );
}

#[test]
fn parts_are_kept_or_left_out_and_an_unknown_one_is_named() {
    let house = begun();
    let said = house.ebb(&["report", "--sections", "supporter"]);
    assert!(
        said.out.starts_with("Report, 2026-11-13 to 2026-11-22"),
        "{}",
        said.out
    );
    assert!(!said.out.contains("1.5 g") && !said.out.contains("powder"));
    let said = house.ebb(&["report", "--sections", "no-scales"]);
    assert!(
        said.out.contains("Last logged dose")
            && said.out.contains("Not in this report: Notes, Scales.")
    );
    let said = house.ebb(&["report", "--sections", "moon"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err
            .contains("there is no part moon; parts: last_dose,"),
        "{}",
        said.err
    );
}

#[test]
fn without_a_journal_there_is_no_report() {
    assert_eq!(House::new().ebb(&["report"]).code, 10);
}
