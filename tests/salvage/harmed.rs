//! One flipped bit in a row or an index: it ends no salvage, and no sound row loses its place to a harmed one.

use super::kept::{MEANT, PAGE, destroy, doctor_is_content, leaves, lived_in, out, rows, salvage};
use super::support::home::Ebb;
use super::support::sums;
use rusqlite::Connection;
use std::fs;

/// Every row of these tables by its name, whatever its number is.
const NAMES: &str =
    "SELECT 'check_in', hex(uid) FROM check_in UNION ALL SELECT 'record', hex(uid) FROM record
    UNION ALL SELECT 'symptom', code FROM symptom ORDER BY 1, 2";

fn run(ebb: &Ebb, sql: &str) {
    Connection::open(ebb.journal())
        .unwrap()
        .execute_batch(sql)
        .unwrap();
}

/// Puts `new` in the place of `old`, which the leaves of a table or index hold once, `at` bytes behind its begin.
fn patch(ebb: &Ebb, tree: &str, old: &[u8], at: usize, new: u8) {
    let mut bytes = fs::read(ebb.journal()).unwrap();
    let mut places = Vec::new();
    for page in leaves(ebb.journal(), tree) {
        let start = usize::try_from(page - 1).unwrap() * PAGE;
        let parts = bytes[start..start + PAGE].windows(old.len()).enumerate();
        let fitting = parts.filter(|(_, part)| *part == old);
        places.extend(fitting.map(|(place, _)| start + place));
    }
    assert_eq!(places.len(), 1, "{tree} holds {old:?}");
    bytes[places[0] + at] = new;
    fs::write(ebb.journal(), bytes).unwrap();
}

/// Changes the number of a row. The index keeps the old one.
fn renumber(ebb: &Ebb, table: &str, from: u8, to: u8) {
    let mut bytes = fs::read(ebb.journal()).unwrap();
    let mut changed = 0;
    for page in leaves(ebb.journal(), table) {
        let start = usize::try_from(page - 1).unwrap() * PAGE;
        let word = |at: usize| usize::from(u16::from_be_bytes([bytes[at], bytes[at + 1]]));
        let cells: Vec<usize> = (0..word(start + 3))
            .map(|n| start + word(start + 8 + 2 * n))
            .collect();
        for cell in cells {
            // The length of the row stands before its number, in as many bytes as have their first bit set, and one more.
            let length = bytes[cell..].iter().take_while(|byte| **byte > 127).count();
            let number = cell + length + 1;
            if bytes[number] == from && changed == 0 {
                bytes[number] = to;
                changed += 1;
            }
        }
    }
    assert_eq!(changed, 1, "{table} has a row {from}");
    fs::write(ebb.journal(), bytes).unwrap();
}

#[test]
fn a_row_whose_number_was_harmed_gets_it_back_from_the_index_and_takes_none_of_another_row() {
    let ebb = lived_in();
    let sound = fs::read(ebb.journal()).unwrap();
    let (meant, names) = (rows(ebb.journal(), MEANT), rows(ebb.journal(), NAMES));
    for (table, from, to) in [
        // Another row has the number, or none has it.
        ("check_in", 1, 3),
        ("check_in", 1, 65),
        ("record", 1, 3),
        ("symptom", 5, 7),
        ("symptom", 5, 69),
    ] {
        fs::write(ebb.journal(), &sound).unwrap();
        renumber(&ebb, table, from, to);
        salvage(&ebb);
        assert_eq!(rows(&out(&ebb), NAMES), names, "{table} {from} {to}");
        assert_eq!(rows(&out(&ebb), MEANT), meant, "{table} {from} {to}");
        doctor_is_content(&ebb);
    }
}

#[test]
fn a_number_of_the_index_alone_that_was_harmed_changes_no_row() {
    let ebb = lived_in();
    let meant = rows(ebb.journal(), MEANT);
    // The code, then the number 5.
    patch(&ebb, "sqlite_autoindex_symptom_2", b"nausea\x05", 6, 69);
    salvage(&ebb);
    assert_eq!(rows(&out(&ebb), MEANT), meant);
    doctor_is_content(&ebb);
}

#[test]
fn of_two_ratings_with_one_place_the_one_that_makes_the_sum_right_stands_and_the_other_is_counted()
{
    let ebb = lived_in();
    run(
        &ebb,
        "UPDATE rating SET severity = 2 WHERE check_in = 2 AND symptom = 5;
         UPDATE check_in SET body_sum = 2 WHERE id = 2;",
    );
    sums::write(&Connection::open(ebb.journal()).unwrap());
    let of_third = "SELECT symptom, severity FROM rating WHERE check_in = 3 ORDER BY 1";
    let (third, all) = (
        rows(ebb.journal(), of_third),
        rows(ebb.journal(), MEANT).len(),
    );
    // The second check-in, nausea, 2: it becomes a rating of the third one, which has its own there.
    patch(&ebb, "rating", &[1, 1, 1, 8, 2, 5, 2], 4, 3);
    let text = salvage(&ebb);
    assert_eq!(rows(&out(&ebb), of_third), third);
    let counted = format!("ratings     {} of {all}", all - 1);
    assert!(text.contains(&counted), "{counted}: {text}");
}

#[test]
fn a_value_of_a_wrong_type_in_an_index_of_check_ins_leaves_that_one_out_and_counts_it() {
    let ebb = lived_in();
    destroy(ebb.journal(), &leaves(ebb.journal(), "check_in"));
    // The day and then the totals of the third one: 3 over 1, 1 over 1, 4. A 1 becomes an empty text.
    let old = [0x21, 1, 9, 9, 9, 1, 1];
    let day = b"2026-11-21";
    patch(&ebb, "check_in_day", &[&old[..], day].concat(), 2, 13);
    let text = salvage(&ebb);
    let days = "SELECT day FROM check_in ORDER BY 1";
    let days = rows(&out(&ebb), days);
    assert_eq!(days.len(), 3, "{days:?}: {text}");
    assert!(!days.contains(&"\"2026-11-21\"".to_owned()), "{days:?}");
    assert!(text.contains("check-ins   0 of 4"), "{text}");
}

#[test]
fn a_check_in_of_which_nothing_is_left_takes_its_blank_ratings_along() {
    let ebb = lived_in();
    run(
        &ebb,
        "UPDATE rating SET severity = NULL WHERE check_in = 3;
         UPDATE check_in SET overall = NULL, body_sum = 0, body_n = 0, mind_sum = 0, mind_n = 0 WHERE id = 3;",
    );
    sums::write(&Connection::open(ebb.journal()).unwrap());
    destroy(ebb.journal(), &leaves(ebb.journal(), "check_in"));
    let blank = rows(
        ebb.journal(),
        "SELECT count(*) FROM rating WHERE severity IS NULL AND check_in = 3",
    );
    assert_ne!(blank, ["Integer(0)"]);
    salvage(&ebb);
    let left =
        "SELECT (SELECT count(*) FROM check_in), (SELECT count(*) FROM rating WHERE check_in = 3)";
    assert_eq!(rows(&out(&ebb), left), ["Integer(3)|Integer(0)"]);
}

#[test]
fn an_image_of_the_undo_log_without_its_step_leaves_the_steps_out() {
    let ebb = lived_in();
    run(
        &ebb,
        "PRAGMA foreign_keys=OFF; UPDATE log_image SET step = 99 WHERE step = 1;",
    );
    let text = salvage(&ebb);
    assert!(text.contains("undo        left out"), "{text}");
}

#[test]
fn ratings_come_out_under_their_code_while_the_index_or_the_built_in_list_tells_it() {
    let ebb = lived_in();
    let sound = fs::read(ebb.journal()).unwrap();
    let meant = rows(ebb.journal(), MEANT);
    for (what, sql) in [
        (
            "the index tells it",
            "UPDATE symptom SET name = 'Nauseb', sum = sum + 1 WHERE code = 'nausea'",
        ),
        (
            "its name tells it",
            "UPDATE symptom SET code = 'nausfa', sum = sum + 1 WHERE code = 'nausea'",
        ),
        (
            "its place in the list tells it",
            "PRAGMA ignore_check_constraints=ON;
             UPDATE symptom SET code = 'nausfa', category = 'physicam' WHERE code = 'nausea'",
        ),
    ] {
        fs::write(ebb.journal(), &sound).unwrap();
        run(&ebb, sql);
        if what == "the index tells it" {
            patch(&ebb, "symptom", b"nauseaNauseb", 4, b'f');
        }
        salvage(&ebb);
        assert_eq!(rows(&out(&ebb), MEANT), meant, "{what}");
    }
}
