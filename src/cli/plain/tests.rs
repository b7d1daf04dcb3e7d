//! Scripted conversations: what the person types stands after `> `.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::{ACTIONS, Ended, Gate, Giving, JournalKind, Plain, run};
use crate::config::file::Config;
use crate::config::settings::ConfigKey;
use crate::domain::id::IdSource;
use crate::domain::journal::Journal;
use crate::domain::time::{Now, Zone};
use crate::store::{Seed, Store};
use crate::tui::theme::{ColourMode, Glyphs, Theme};
use chrono::DateTime;
use proptest::prelude::*;
use std::cell::RefCell;
use std::io::{BufRead, Read, Write};
use std::rc::Rc;
use unicode_width::UnicodeWidthStr;

/// Both sides of a conversation, written down together.
#[derive(Clone, Default)]
struct Paper(Rc<RefCell<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Hands out a line at a time and writes it down as it is read.
struct Script {
    lines: std::vec::IntoIter<String>,
    current: Vec<u8>,
    paper: Paper,
}

impl Read for Script {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        unreachable!("plain mode reads lines")
    }
}

impl BufRead for Script {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.current.is_empty()
            && let Some(line) = self.lines.next()
        {
            writeln!(self.paper, "> {line}")?;
            self.current = format!("{line}\n").into_bytes();
        }
        Ok(&self.current)
    }

    fn consume(&mut self, amount: usize) {
        self.current.drain(..amount);
    }
}

fn now(text: &str) -> Now {
    let at: DateTime<chrono::FixedOffset> = text.parse().unwrap();
    Now::new(at.to_utc(), Zone::fixed(*at.offset()))
}

pub(super) fn store() -> Store {
    Store::in_memory(Seed {
        now: DateTime::UNIX_EPOCH,
        journal: [7; 16],
        device: [9; 16],
    })
    .unwrap()
}

fn with_setting<T>(
    script: &[&str],
    at: &str,
    seed: u64,
    act: impl FnOnce(Plain<'_>) -> T,
) -> (String, T) {
    let mut paper = Paper::default();
    let lines: Vec<String> = script.iter().map(|line| (*line).to_owned()).collect();
    let mut input = Script {
        lines: lines.into_iter(),
        current: Vec::new(),
        paper: paper.clone(),
    };
    let mut export = |journal: &Journal, giving: &Giving, path: &str, _: &Now| {
        Ok(format!(
            "Wrote {} days, {}, to {path}.",
            journal.days().count(),
            giving.name()
        ))
    };
    let mut configure =
        |key: ConfigKey, value: &str| Ok(format!("{key} is {value} from the next start."));
    let kept = paper.clone();
    let outcome = act(Plain {
        input: &mut input,
        output: &mut paper,
        room: &|| 80,
        clock: &|| now(at),
        ids: IdSource::new(seed),
        reason: "--plain was given",
        kind: JournalKind::Own,
        theme: Theme::new(ColourMode::Mono, Glyphs::Unicode),
        export: &mut export,
        hands: &mut |_, _, _| Err("Not here.".to_owned()),
        config: Config::default(),
        configure: &mut configure,
        gate: Gate::none(),
    });
    let transcript = String::from_utf8(kept.0.borrow().clone()).unwrap();
    (transcript, outcome)
}

/// A conversation at `at` on `store`.
pub(super) fn talk_at(store: &mut Store, at: &str, script: &[&str]) -> String {
    let seed = u64::try_from(now(at).at.timestamp()).unwrap() + script.len() as u64;
    let (transcript, _) = with_setting(script, at, seed, |setting| run(store, setting).unwrap());
    let mut heard = transcript.lines().filter(|line| !line.starts_with("> "));
    let is_safe = |line: &str| line.width() <= 78 && !line.chars().any(char::is_control);
    assert!(
        heard.all(is_safe),
        "a line is too wide, or could steer a terminal:\n{transcript}"
    );
    transcript
}

const SUNDAY: &str = "2026-11-22T08:12:00+01:00";

pub(super) fn talk(store: &mut Store, script: &[&str]) -> String {
    talk_at(store, SUNDAY, script)
}

/// Twenty days with check-ins but for two, after a day 0.
pub(super) fn lived_in() -> Store {
    let mut store = store();
    talk_at(
        &mut store,
        "2026-11-01T20:00:00+01:00",
        &["skip", "start", "2026-11-01", "stop", "skip", "quit"],
    );
    for day in 2..=21_u8 {
        if matches!(day, 12 | 13) {
            continue;
        }
        let at = format!("2026-11-{day:02}T08:00:00+01:00");
        let hard = if day < 8 {
            "3"
        } else if day < 15 {
            "2"
        } else {
            "1"
        };
        let answers = vec![hard; 18].join(" ");
        let line = if day == 18 {
            "b 4".to_owned()
        } else {
            format!("c {answers} 5 a note of day {day}")
        };
        talk_at(&mut store, &at, &[&line, "quit"]);
    }
    store
}

fn whole(store: &Store) -> Journal {
    store.load(None).unwrap()
}

#[test]
fn the_first_run_leads_to_a_saved_check_in() {
    let mut store = store();
    insta::assert_snapshot!(talk(
        &mut store,
        &[
            "2026-11-13 20:00",
            "check-in",
            "2 3 . 0",
            "1",
            "skip",
            "what",
            "4",
            "done",
            "skip",
            "today",
            "quit"
        ]
    ));
    assert_eq!(
        whole(&store).check_ins("2026-11-22".parse().unwrap()).len(),
        1
    );
}

#[test]
fn a_brief_check_in_is_one_line() {
    let mut store = store();
    insta::assert_snapshot!(talk(
        &mut store,
        &[
            "skip",
            "b 6",
            "b",
            "note slept badly, up at four",
            "7",
            "z",
            "Z",
            "q"
        ]
    ));
}

#[test]
fn a_spelt_number_is_a_number_and_undo_says_why_it_takes_nothing_back_here() {
    let mut store = store();
    let said = talk(&mut store, &["skip", "b", "undo", "ten", "done", "q"]);
    assert!(said.contains("Nothing here is saved yet"), "{said}");
    assert!(said.contains("overall 10"), "{said}");
}

#[test]
fn same_and_rest_take_over_what_is_at_most_three_days_old() {
    let mut store = lived_in();
    insta::assert_snapshot!(talk(
        &mut store,
        &["c same rest 5 done", "history 1 open", "done", "q"]
    ));
    insta::assert_snapshot!(
        "too_old",
        talk_at(
            &mut store,
            "2026-11-30T08:00:00+01:00",
            &["c same", "rest", "back", "back"]
        )
    );
}

#[test]
fn a_wrong_word_lets_the_rest_of_its_line_go() {
    let mut store = store();
    let transcript = talk(&mut store, &["skip", "c 2 9 3 3 3", "done", "q"]);
    insta::assert_snapshot!(transcript);
    assert_eq!(
        whole(&store).check_ins("2026-11-22".parse().unwrap())[0].answered(),
        1
    );
}

#[test]
fn the_end_of_the_input_keeps_the_draft_and_check_in_goes_on_with_it() {
    let mut store = store();
    let (_, ended) = with_setting(&["skip", "c 2 3 . 1"], SUNDAY, 1, |setting| {
        run(&mut store, setting).unwrap()
    });
    assert_eq!(ended, Ended::EndOfInput);
    assert_eq!(store.drafts().unwrap()[0].answers.len(), 3);
    assert!(whole(&store).days().next().is_none());
    insta::assert_snapshot!(talk(
        &mut store,
        &[
            "c", "! ", "back", "2", "note", "one", "two", "", "0 done", "q"
        ]
    ));
    assert!(store.drafts().unwrap().is_empty());
}

#[test]
fn an_older_draft_is_asked_about_once() {
    let mut store = store();
    talk_at(
        &mut store,
        "2026-11-20T08:00:00+01:00",
        &["skip", "c 2 3", "quit"],
    );
    insta::assert_snapshot!(talk(
        &mut store,
        &["c", "leave", "1 done", "c", "back", "q"]
    ));
    insta::assert_snapshot!(
        "older_draft_saved",
        talk(&mut store, &["c", "save", "back", "q"])
    );
    assert!(store.drafts().unwrap().is_empty());
}

#[test]
fn today_compares_and_says_what_it_stands_on() {
    insta::assert_snapshot!(talk(&mut lived_in(), &["today", "q"]));
}

#[test]
fn missing_days_are_filled_skipped_or_left() {
    let mut store = store();
    talk_at(
        &mut store,
        "2026-11-18T08:00:00+01:00",
        &["skip", "b 4", "q"],
    );
    insta::assert_snapshot!(talk(
        &mut store,
        &[
            "missing",
            "fill",
            "brief",
            "5",
            "c 1 1 done",
            "done",
            "missing skip",
            "missing",
            "fill yesterday",
            "b 3",
            "q"
        ]
    ));
}

#[test]
fn an_edit_that_changes_nothing_says_so_and_is_no_step() {
    let mut store = lived_in();
    let steps = store.steps().unwrap();
    let talk = talk(&mut store, &["history", "1", "edit", "done", "done", "q"]);
    assert!(talk.contains("Nothing was changed."), "{talk}");
    assert_eq!(store.steps().unwrap(), steps, "no step");
    assert!(store.drafts().unwrap().is_empty());
}

#[test]
fn history_edits_and_deletes() {
    let mut store = lived_in();
    insta::assert_snapshot!(talk(
        &mut store,
        &[
            "history",
            "more",
            "1",
            "open",
            "edit",
            "4 skip done",
            "delete yes",
            "done",
            "undo",
            "edit 2026-11-21",
            "0 done",
            "delete",
            "yesterday",
            "no",
            "q"
        ]
    ));
}

#[test]
fn attempts_are_started_edited_ended_and_deleted() {
    let mut store = store();
    insta::assert_snapshot!(talk(
        &mut store,
        &[
            "still",
            "start",
            "2026-11-20",
            "taper",
            "to sleep again",
            "attempts",
            "edit",
            "2026-11-10",
            "supervised",
            "autumn",
            "skip",
            "zero",
            "2026-11-19",
            "end aside skip",
            "start",
            "skip",
            "skip",
            "skip",
            "done",
            "attempts delete 1 yes",
            "done",
            "undo",
            "q"
        ]
    ));
}

#[test]
fn symptoms_are_switched_added_and_renamed() {
    let mut store = store();
    insta::assert_snapshot!(talk(
        &mut store,
        &[
            "skip",
            "symptoms",
            "off",
            "nausea",
            "on",
            "nau",
            "nausea",
            "add",
            "Cold feet",
            "body",
            "rename",
            "cold feet",
            "Icy feet",
            "rename nausea",
            "done",
            "q"
        ]
    ));
}

#[test]
fn help_lines_ask_the_country_and_take_own_numbers() {
    let mut store = store();
    insta::assert_snapshot!(talk(
        &mut store,
        &[
            "skip",
            "help lines",
            "xx",
            "gb",
            "numbers add",
            "Sam",
            "0123 456",
            "!",
            "numbers delete 1 yes",
            "q"
        ]
    ));
}

#[test]
fn the_bin_gives_back_and_erases() {
    let mut store = lived_in();
    insta::assert_snapshot!(talk(
        &mut store,
        &[
            "bin",
            "delete",
            "2026-11-21",
            "yes",
            "attempts delete yes done",
            "bin",
            "restore 1",
            "erase 1 no",
            "erase 1 yes",
            "undo",
            "q"
        ]
    ));
}

#[test]
fn export_and_keys() {
    let mut store = store();
    insta::assert_snapshot!(talk(
        &mut store,
        &[
            "skip",
            "export",
            "nothing",
            "wide",
            "out.csv",
            "yes",
            "export",
            "report",
            "moon",
            "no-notes",
            "page",
            ".",
            "yes",
            "keys",
            "nonsense here",
            "back",
            "q"
        ]
    ));
}

#[test]
fn every_action_is_reached_by_its_word_and_by_its_key() {
    for action in ACTIONS {
        for word in [action.word, action.key] {
            if word.is_empty() {
                continue;
            }
            let mut store = lived_in();
            let transcript = talk(&mut store, &[word, "back", "back", "quit"]);
            assert!(
                !transcript.contains("not understood"),
                "{word}:\n{transcript}"
            );
            assert!(
                !transcript.contains("is not an answer"),
                "{word}:\n{transcript}"
            );
        }
    }
}

#[test]
fn the_words_are_kind_and_plain() {
    let mut store = lived_in();
    let mut transcript = String::new();
    for action in ACTIONS {
        transcript += &talk(&mut store, &[action.word, "back", "back", "quit"]);
    }
    assert!(transcript.is_ascii(), "every glyph can be said anywhere");
    let words: Vec<String> = transcript
        .to_lowercase()
        .split(|c: char| !c.is_alphabetic())
        .map(str::to_owned)
        .collect();
    for banned in [
        "clean", "dirty", "addict", "abuse", "fail", "failed", "cheat", "streak",
    ] {
        assert!(!words.iter().any(|word| word == banned), "{banned}");
    }
}

fn word() -> impl Strategy<Value = String> {
    let known: Vec<String> = ACTIONS
        .iter()
        .flat_map(|action| [action.word, action.key])
        .filter(|word| !matches!(*word, "quit" | "q"))
        .chain([
            "1", "2", "3", "4", ".", "skip", "same", "done", "back", "rest", "o", "n", "D", "yes",
            "save", "add", "fill",
        ])
        .chain([
            "yesterday",
            "2026-11-20",
            "day",
            "on",
            "off",
            "end",
            "edit",
            "week",
            "all",
            "[",
            "]",
            "date",
            "origin",
            "attempt",
            "others",
            "second",
            "order",
            "marks",
            "table",
            "grid",
            "timeline",
            "more",
        ])
        .map(str::to_owned)
        .collect();
    prop_oneof![4 => prop::sample::select(known), 1 => "[^0\n]{0,12}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    // Without a 0 typed anywhere, as a digit or as its word, no 0 may be stored: a blank is never one.
    #[test]
    fn random_lines_never_panic_and_never_write_a_0_for_a_blank(
        lines in prop::collection::vec(prop::collection::vec(word(), 0..6), 0..40)
    ) {
        let mut store = store();
        let mut lines: Vec<String> = lines.iter().map(|words| words.join(" ")).collect();
        lines.insert(0, "skip".to_owned());
        let script: Vec<&str> = lines.iter().map(String::as_str).collect();
        talk(&mut store, &script);
        for check_in in whole(&store).days().flat_map(|day| day.check_ins.iter()) {
            for rating in &check_in.ratings {
                prop_assert!(rating.answer.is_none_or(|severity| severity.number() > 0));
            }
            prop_assert!(check_in.overall.is_none_or(|overall| overall.number() > 0));
        }
    }
}
