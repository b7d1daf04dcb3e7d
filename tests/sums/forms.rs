//! Journals of older forms get sums when they are opened; a sum stays what it is.

use crate::house::{findings, now};
use crate::support::home::{MORNING, program};
use ebbtide::domain::journal::change::Change;
use ebbtide::store::{Store, StoreError};
use rusqlite::Connection;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

fn of_form(form: u8) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    std::fs::copy(format!("tests/fixtures/form-{form}.db"), &path).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    (folder, path)
}

#[test]
fn every_row_of_an_older_form_gets_its_sum_also_one_that_this_program_cannot_read() {
    for form in 1..=5 {
        let (_folder, path) = of_form(form);
        let mut store = Store::open(&path).unwrap();
        let found = findings(&path);
        let unknown = usize::from(form == 4);
        assert_eq!(found.len(), unknown, "form {form}: {found:?}");
        assert!(
            found
                .iter()
                .all(|found| found.contains("a kind of entry is not known"))
        );
        let before = store.load(None).unwrap();
        // The images in the log are of the older form and have no sums.
        let mut steps = 0;
        while store.undo(now()).is_ok() {
            steps += 1;
            assert_eq!(
                findings(&path).len(),
                unknown,
                "form {form}, {steps} undone"
            );
        }
        assert!(steps >= 3, "form {form}");
        for step in 0..steps {
            store.redo(now()).unwrap();
            assert_eq!(
                findings(&path).len(),
                unknown,
                "form {form}, {step} done again"
            );
        }
        assert_eq!(store.load(None).unwrap(), before, "form {form}");
    }
}

#[test]
fn symptoms_that_a_newer_program_brings_come_all_with_their_sums_or_not_at_all() {
    let (_folder, path) = of_form(5);
    drop(Store::open(&path).unwrap());
    let db = Connection::open(&path).unwrap();
    let missing = "DELETE FROM symptom WHERE code IN ('pain', 'yawning')";
    assert_eq!(db.execute(missing, []).unwrap(), 2);
    // The sum of the second one cannot be written, as in a start that is killed between both.
    db.execute_batch(
        "CREATE TRIGGER no_sum BEFORE UPDATE OF sum ON symptom WHEN new.code = 'pain' BEGIN SELECT RAISE(ABORT, 'no'); END",
    )
    .unwrap();
    assert!(Store::open(&path).is_err());
    let there = |db: &Connection| -> i64 {
        let sql = "SELECT count(*) FROM symptom WHERE code IN ('pain', 'yawning')";
        db.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(there(&db), 0);
    db.execute_batch("DROP TRIGGER no_sum").unwrap();
    drop(Store::open(&path).unwrap());
    assert_eq!(there(&db), 2);
    assert!(findings(&path).is_empty(), "{:?}", findings(&path));
}

// These sums lie in journals: if one of them changes, every journal of a person is called damaged.
#[test]
fn a_sum_is_the_same_in_every_version_of_the_program() {
    let (_folder, path) = of_form(4);
    Store::open(&path).unwrap();
    let db = Connection::open(&path).unwrap();
    let sums = |sql: &str| -> Vec<i64> {
        let mut query = db.prepare(sql).unwrap();
        let rows = query.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    assert_eq!(sums("SELECT sum FROM record ORDER BY id"), RECORDS);
    assert_eq!(sums("SELECT sum FROM check_in ORDER BY id"), CHECK_INS);
    let others = "SELECT sum FROM attempt UNION ALL SELECT sum FROM setting UNION ALL SELECT sum FROM help_line
        UNION ALL SELECT sum FROM symptom WHERE code IN ('nausea', 'own_cold_feet')
        UNION ALL SELECT sum FROM draft UNION ALL SELECT sum FROM log_step WHERE id IN (1, 2)";
    assert_eq!(sums(others), OTHERS);
    // The same, computed apart from the program.
    let all = "SELECT sum FROM record UNION ALL SELECT sum FROM attempt UNION ALL SELECT sum FROM symptom
        UNION ALL SELECT sum FROM setting UNION ALL SELECT sum FROM help_line UNION ALL SELECT sum FROM draft";
    let before = sums(all);
    assert!(before.len() > 50);
    crate::support::sums::write(&db);
    assert_eq!(sums(all), before);
}

const RECORDS: [i64; 5] = [
    6_650_057_683_032_799_679,
    -8_303_665_235_488_442_419,
    3_220_208_316_844_969_037,
    -417_834_966_592_419_345,
    -4_702_889_506_379_587_392,
];
const CHECK_INS: [i64; 2] = [-419_235_803_268_774_496, 7_129_948_994_304_379_187];
const OTHERS: [i64; 8] = [
    5_337_437_216_534_087_916,
    -3_731_990_360_897_224_062,
    3_216_769_027_938_930_056,
    824_621_272_807_633_901,
    -3_910_735_810_268_597_394,
    2_471_056_060_029_254_990,
    -5_759_840_711_148_296_242,
    3_355_668_254_696_936_125,
];

#[test]
fn an_older_journal_where_nothing_can_be_written_is_read_and_left_as_it_is() {
    is_read_and_left_alone(0o555);
}

#[test]
fn an_older_journal_that_is_read_only_in_a_folder_that_is_not_gets_no_copies_beside_it() {
    is_read_and_left_alone(0o777);
}

fn is_read_and_left_alone(folder_mode: u32) {
    let (folder, path) = of_form(4);
    let before = std::fs::read(&path).unwrap();
    let mode = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(&path, 0o444);
    mode(folder.path(), folder_mode);
    let ebb = |args: &[&str]| {
        let mut command = Command::new(program());
        command
            .env_clear()
            .env("HOME", folder.path())
            .env("EBB_JOURNAL", &path)
            .env("EBB_NOW", MORNING)
            .args(args);
        // Permissions do not bind the superuser, under whom some machines run their tests.
        if is_superuser() {
            command.uid(65534).gid(65534);
        }
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    for args in [
        &["status"][..],
        &["history"],
        &["trend"],
        &["export", "csv"],
        &["report"],
        &["helplines"],
    ] {
        let (code, out, err) = ebb(args);
        assert_eq!(code, Some(0), "{args:?}: {out} {err}");
    }
    assert!(ebb(&["history"]).1.contains("a walk by the river"));
    for args in [
        &["checkin", "--overall", "3"][..],
        &["undo"],
        &["dose", "1g", "leaf"],
    ] {
        let (code, out, err) = ebb(args);
        assert_eq!(code, Some(15), "{args:?}: {out} {err}");
        assert!(err.contains("read-only"), "{err}");
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    mode(folder.path(), 0o755);
}

fn is_superuser() -> bool {
    use std::os::unix::fs::MetadataExt;
    // The owner of a process's own folder is the user of the process.
    std::fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0)
}

#[test]
fn undo_in_a_journal_that_was_migrated_takes_back_a_change_made_before() {
    let (_folder, path) = of_form(4);
    let mut store = Store::open(&path).unwrap();
    assert!(matches!(store.redo(now()), Ok(done) if done.label.what == "check-in added"));
    let id = store.load(None).unwrap().days().next().unwrap().check_ins[0].id;
    store.apply(&[Change::DeleteCheckIn(id)], now()).unwrap();
    store.undo(now()).unwrap();
    assert!(!matches!(store.undo(now()), Err(StoreError::DamagedStep)));
}
