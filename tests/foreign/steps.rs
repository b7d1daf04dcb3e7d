//! Values that a scale here has no step for, and rows of ours in a form that hides whose they are.

use super::house::House;
use super::table::{entries, import, put};

#[test]
fn a_value_between_two_steps_is_said_with_what_it_became() {
    for (values, scale, wanted) in [
        (
            "7.5,8,6.25",
            "overall",
            Some(
                "2 values lie between two steps, and the nearest one is taken: \"7.5\" is 8 here.",
            ),
        ),
        (
            "2.5,3,1",
            "symptom:nausea",
            Some(
                "1 value lies between two steps, and the nearest one is taken: \"2.5\" is 3 here.",
            ),
        ),
        ("100,50,25", "symptom:nausea:0-100", None),
        ("1,5,3", "symptom:nausea:1-5", None),
        (
            "none,mild,severe",
            "symptom:nausea:none|mild|moderate|severe|worst",
            None,
        ),
        (
            "7,0,10",
            "urge:0-10",
            Some("1 value lies between two steps, and the nearest one is taken: \"7\" is 3 here."),
        ),
    ] {
        let house = House::new();
        let rows: Vec<String> = (20..)
            .zip(values.split(','))
            .map(|(day, value)| format!("2026-11-{day},{value}\n"))
            .collect();
        put(&house, &format!("Date,N\n{}", rows.concat()));
        let said = import(&house, &[&format!("N={scale}")], &[]).err;
        assert!(said.contains("Taken in: 3"), "{said}");
        match wanted {
            Some(wanted) => assert!(said.contains(wanted), "{said}"),
            None => assert!(!said.contains("between two steps"), "{said}"),
        }
    }
}

#[test]
fn our_own_rows_in_a_form_of_a_spreadsheet_are_refused_and_not_taken_in_without_their_ratings() {
    let house = House::new();
    // A line above the header, as some spreadsheets write one, hides whose table it is from a look at the first row.
    put(
        &house,
        "Table 1\ncheckin_id,date,time,utc_offset,attempt,attempt_day,late,overall,nausea,note\n01900000-0000-7000-8000-000000000001,2026-11-20,08:15:00,+00:00,,,false,5,3,a note\n",
    );
    let run = import(&house, &[], &[]);
    assert!(
        run.err.contains("check-ins that `ebb export csv` wrote")
            && run.err.contains("nothing was taken in"),
        "{}",
        run.err
    );
    assert!(entries(&house).is_empty());
}

#[test]
fn an_amount_far_from_what_its_unit_means_is_said_and_comes_in() {
    for (rows, target, wanted) in [
        (
            "2026-11-20,2500\n2026-11-21,3\n2026-11-22,3000\n",
            "dose:powder",
            "2 amounts are far from what the unit usually means; the first is 2500 g: is the unit right?",
        ),
        (
            "2026-11-20,1.5\n2026-11-21,1500\n",
            "measure:fluids:mL",
            "1 amount is far from what the unit usually means; the first is Fluids drunk, 1.5 mL: is the unit right?",
        ),
    ] {
        let house = House::new();
        put(&house, &format!("Date,N\n{rows}"));
        let said = import(&house, &[&format!("N={target}")], &[]).err;
        assert!(said.contains(wanted), "{said}");
        assert_eq!(entries(&house).len(), rows.lines().count());
    }
    let house = House::new();
    put(&house, "Date,N\n2026-11-20,2.5\n2026-11-21,3\n");
    assert!(
        !import(&house, &["N=dose:powder"], &[])
            .err
            .contains("far from")
    );
}

#[test]
fn one_table_of_a_package_is_refused_and_its_notes_do_not_become_check_ins() {
    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-10"]);
    house.done(&["dose", "2g", "powder", "--note", "a note"]);
    house.done(&["checkin", "--set", "nausea=2", "--note", "another"]);
    house.done(&["urge", "2", "--note", "a third"]);
    house.done(&[
        "medication",
        "add",
        "Zinc",
        "--start",
        "2026-11-01",
        "--note",
        "a fourth",
    ]);
    house.done(&["export", "csv", "-o", "all/"]);
    let other = House::new();
    for table in ["doses", "check_ins", "urges", "medications", "attempts"] {
        let path = house.path("all").join(format!("{table}.csv"));
        let run = other.ebb(&["import", path.to_str().unwrap()]);
        assert_eq!(run.code, 2, "{table}: {run:?}");
        assert!(
            run.err.contains("take in the folder that they lie in")
                && run.err.contains("nothing was taken in"),
            "{table}: {run:?}"
        );
    }
}

#[test]
fn a_time_that_the_clocks_skipped_is_said() {
    let house = House::new();
    put(
        &house,
        "Date,Time,N\n2026-03-08,02:30,1\n2026-03-09,02:30,2\n",
    );
    let path = house.path("t.csv");
    let words = [
        "import",
        path.to_str().unwrap(),
        "--map",
        "N=symptom:nausea",
    ];
    let output = house
        .command(&words)
        .env("TZ", "America/New_York")
        .env("EBB_NOW", "2026-11-22 10:00")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("1 time that the clocks skipped; the first is of Sun 8 Mar 2026: 02:30 did not exist that day; 03:30 is used."),
        "{said}"
    );
}
