//! Machines that meet in a folder: plain ones, encrypted ones, under the same passphrase and under different ones.

use super::{WORDS, code, found_in, said, set, with_command};
use crate::support::home::Ebb;
use std::fs;
use std::path::{Path, PathBuf};

fn note(ebb: &Ebb, word: &str) {
    ebb.succeed(&["checkin", "--overall", "3", "--note", word]);
}

fn machine(word: &str, passphrase: Option<&str>) -> Ebb {
    let ebb = Ebb::begun();
    let Some(passphrase) = passphrase else {
        note(&ebb, word);
        return ebb;
    };
    set(&ebb, passphrase);
    let ebb = with_command(ebb, passphrase);
    note(&ebb, word);
    ebb
}

fn knows(ebb: &Ebb, word: &str) -> bool {
    ebb.succeed(&["history", "-n", "50"]).contains(word)
}

/// The file of a machine in a folder, by the words that it alone wrote there.
fn journals(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().flatten();
    let files = files.map(|file| file.path());
    let mut files: Vec<PathBuf> = files
        .filter(|file| file.extension().is_some_and(|end| end == "journal"))
        .collect();
    files.sort();
    files
}

fn key_of(journal: &Path) -> PathBuf {
    let mut name = journal.as_os_str().to_owned();
    name.push(".key");
    name.into()
}

#[test]
fn three_machines_one_plain_and_two_under_different_passphrases_meet_in_every_order() {
    for order in [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ] {
        let machines = [
            machine(WORDS[0], None),
            machine(WORDS[1], Some("one")),
            machine(WORDS[2], Some("two")),
        ];
        let folder = tempfile::tempdir().unwrap();
        let meeting = folder.path().to_str().unwrap();
        for at in order.into_iter().chain(order) {
            let output = machines[at].run(&["sync", meeting]);
            assert!(matches!(code(&output), 0 | 1), "{}", said(&output));
        }
        // Nobody is asked here, so that an encrypted file opens nowhere but at home; the plain one is taken in.
        for (at, ebb) in machines.iter().enumerate() {
            for (of, word) in WORDS[..3].iter().enumerate() {
                let is_known = of == at || (of == 0 && at > 0);
                assert_eq!(knows(ebb, word), is_known, "{at} {word} {order:?}");
            }
            assert_eq!(code(&ebb.run(&["doctor", "--full"])), 0);
        }
        let found = found_in(folder.path());
        assert!(found.iter().all(|(_, word)| *word == WORDS[0]), "{found:?}");
        for ebb in &machines[1..] {
            assert_eq!(found_in(ebb.home()), vec![]);
        }
    }
}

#[test]
fn a_file_under_another_passphrase_is_asked_for_once_and_its_key_is_kept() {
    let (one, two) = (
        machine(WORDS[0], Some("one")),
        machine(WORDS[1], Some("two")),
    );
    let folder = tempfile::tempdir().unwrap();
    let meeting = folder.path().to_str().unwrap();
    one.succeed(&["sync", meeting]);
    let refused = two.run(&["sync", meeting]);
    assert_eq!(code(&refused), 1);
    assert!(said(&refused).contains("passed over"), "{}", said(&refused));
    let mut pty = two.shell(&format!("$EBB sync {meeting}; echo code $?"));
    pty.wait_for_text("Passphrase of ebb-");
    pty.send("wrong\r");
    pty.wait_for_text("that is not the passphrase");
    pty.send("one\r");
    pty.wait_for_text("Keep the key of that file");
    pty.send("y\r");
    pty.wait_for_text("code 0");
    assert!(knows(&two, WORDS[0]));
    // From now on nobody is asked: scripts sync too.
    note(&one, WORDS[2]);
    one.run(&["sync", meeting]);
    two.succeed(&["sync", meeting]);
    assert!(knows(&two, WORDS[2]));
    // Not after the other machine took a new key; that file is told by its passphrase again.
    let changed = super::talk(
        &one,
        &["passphrase", "change", "--new-key"],
        "three\nthree\n",
    );
    assert!(changed.status.success(), "{}", said(&changed));
    let one = with_command(one, "three");
    one.run(&["sync", meeting]);
    let refused = two.run(&["sync", meeting]);
    assert_eq!(code(&refused), 1, "{}", said(&refused));
    assert!(knows(&two, WORDS[0]), "what it has it keeps");
    assert_eq!(found_in(folder.path()), vec![]);
    for ebb in [&one, &two] {
        assert_eq!(found_in(ebb.home()), vec![]);
    }
}

#[test]
fn a_sync_file_without_its_own_header_is_passed_over_and_its_machine_mends_it() {
    let (one, two) = (
        machine(WORDS[0], Some("same")),
        machine(WORDS[1], Some("same")),
    );
    let stranger = machine(WORDS[2], Some("same"));
    let mut of_stranger = stranger.journal().as_os_str().to_owned();
    of_stranger.push(".key");
    let of_stranger = fs::read(of_stranger).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let meeting = folder.path().to_str().unwrap();
    one.succeed(&["sync", meeting]);
    let file = journals(folder.path()).remove(0);
    let header = key_of(&file);
    let whole = fs::read(&header).unwrap();
    let mut flipped = whole.clone();
    flipped[60] ^= 1;
    for (what, bytes) in [
        ("missing", None),
        ("damaged", Some(flipped)),
        ("cut off", Some(whole[..50].to_vec())),
        ("of another key", Some(of_stranger)),
    ] {
        match &bytes {
            Some(bytes) => fs::write(&header, bytes).unwrap(),
            None => fs::remove_file(&header).unwrap(),
        }
        let before = fs::read(&file).unwrap();
        let output = two.run(&["sync", meeting]);
        assert_eq!(code(&output), 1, "{what}: {}", said(&output));
        assert!(
            said(&output).contains("passed over"),
            "{what}: {}",
            said(&output)
        );
        assert!(!knows(&two, WORDS[0]), "{what}");
        assert_eq!(before, fs::read(&file).unwrap(), "{what}");
        // The machine whose file it is sees that its header is not there, and leaves both anew.
        one.run(&["sync", meeting]);
        assert_eq!(
            fs::read(&header).unwrap().len(),
            whole.len(),
            "{what}: the header was not written again"
        );
        assert!(journals(folder.path()).contains(&file));
    }
    two.succeed(&["sync", meeting]);
    assert!(knows(&two, WORDS[0]));
    assert_eq!(found_in(folder.path()), vec![]);
}

#[test]
fn a_damaged_sync_file_is_passed_over_with_a_wrong_passphrase_in_between() {
    let (one, two) = (
        machine(WORDS[0], Some("same")),
        machine(WORDS[1], Some("same")),
    );
    let folder = tempfile::tempdir().unwrap();
    let meeting = folder.path().to_str().unwrap();
    one.succeed(&["sync", meeting]);
    let file = journals(folder.path()).remove(0);
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, &bytes).unwrap();
    let two = with_command(two, "wrong");
    let wrong = two.run(&["sync", meeting]);
    assert_eq!(code(&wrong), 12, "{}", said(&wrong));
    assert_eq!(journals(folder.path()).len(), 1, "nothing was left there");
    let two = with_command(two, "same");
    let output = two.run(&["sync", meeting]);
    assert_eq!(code(&output), 1, "{}", said(&output));
    assert!(said(&output).contains("passed over"), "{}", said(&output));
    assert_eq!(code(&two.run(&["doctor", "--full"])), 0);
    assert!(knows(&two, WORDS[1]) && !knows(&two, WORDS[0]));
    // Its machine writes it whole again.
    one.run(&["sync", meeting]);
    two.succeed(&["sync", meeting]);
    assert!(knows(&two, WORDS[0]));
}

#[test]
fn what_this_device_keeps_about_a_journal_is_as_readable_as_the_journal() {
    let ebb = machine(WORDS[0], None);
    let outside = tempfile::tempdir().unwrap();
    let given = outside.path().join(format!("{}.json", WORDS[3]));
    let meeting = outside.path().join(WORDS[4]);
    ebb.succeed(&["export", "json", "-o", given.to_str().unwrap()]);
    ebb.succeed(&["sync", meeting.to_str().unwrap()]);
    let found = found_in(ebb.home());
    for word in &WORDS[3..5] {
        assert!(found.iter().any(|(_, of)| of == word), "{word}: {found:?}");
    }
    set(&ebb, "one");
    assert_eq!(found_in(ebb.home()), vec![]);
    assert_eq!(found_in(&meeting), vec![], "its file there followed");
    let ebb = with_command(ebb, "one");
    assert!(ebb.succeed(&["export", "--list"]).contains(WORDS[3]));
    // A plain list that came from before is taken in and sealed by the next start.
    let again = outside.path().join(format!("{}.json", WORDS[5]));
    ebb.succeed(&["export", "json", "-o", again.to_str().unwrap()]);
    assert_eq!(found_in(ebb.home()), vec![]);
    let changed = super::talk(&ebb, &["passphrase", "change", "--new-key"], "two\ntwo\n");
    assert!(changed.status.success(), "{}", said(&changed));
    let ebb = with_command(ebb, "two");
    let list = ebb.succeed(&["export", "--list"]);
    assert!(list.contains(WORDS[3]) && list.contains(WORDS[5]), "{list}");
    let removed = super::talk(&ebb, &["passphrase", "remove"], "");
    assert!(removed.status.success(), "{}", said(&removed));
    let list = ebb.succeed(&["export", "--list"]);
    assert!(list.contains(WORDS[3]) && list.contains(WORDS[5]), "{list}");
}
