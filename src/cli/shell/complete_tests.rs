//! What can stand at the end of a line.

use super::{Candidate, escaped, found, written};
use crate::cli::System;
use crate::cli::args::Args;
use crate::cli::shell::line::Place;
use crate::cli::shell::script::Shell;
use crate::cli::shell::values::Values;
use crate::config::zone;
use chrono::DateTime;
use clap::CommandFactory;

/// The words that are offered, or `:` for files.
fn offered(line: &str) -> Vec<String> {
    let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
    let (last, before) = words.split_last().unwrap_or_else(|| panic!("{line}"));
    let mut root = Args::command();
    root.build();
    let system = System {
        now: DateTime::UNIX_EPOCH,
        here: zone::here(),
        seed: 1,
    };
    match found(&Place::of(&root, before, last), before, last, &system) {
        Values::Files => vec![":".to_owned()],
        Values::Words(words) => {
            let text = written(Shell::Bash, &words, last, 0);
            text.lines().map(str::to_owned).collect()
        }
    }
}

#[test]
fn commands_come_by_their_beginning_also_those_that_help_folds_away() {
    assert_eq!(offered("dos"), ["dose"]);
    assert_eq!(offered("med"), ["medication"]);
    assert_eq!(offered("check-"), ["check-in"]);
    assert_eq!(offered("medication a"), ["add"]);
    assert_eq!(offered("entry check-in e"), ["edit"]);
    assert_eq!(offered("help tap"), ["taper"]);
    assert_eq!(offered("help taper prev"), ["preview"]);
    assert_eq!(offered("com"), ["completions"]);
    let all = offered("");
    for name in [
        "checkin", "import", "sync", "backup", "report", "taper", "remind", "man",
    ] {
        assert!(all.iter().any(|word| word == name), "{name}: {all:?}");
    }
    assert!(!all.iter().any(|word| word == "complete" || word == "help"));
}

#[test]
fn options_are_those_of_the_command_and_then_those_of_every_command() {
    let options = offered("history --");
    assert_eq!(options.first().map(String::as_str), Some("--from"));
    assert!(options.iter().any(|word| word == "--journal"));
    assert_eq!(offered("taper preview --ev"), ["--every"]);
    assert_eq!(offered("status --"), offered("status --"));
    // Without anything else to say.
    assert!(offered("status ").iter().any(|word| word == "--short"));
    // Behind the sign that ends them no word is an option.
    assert!(offered("trend -- --v").is_empty());
}

#[test]
fn values_come_from_the_lists_that_the_program_has() {
    assert_eq!(offered("checkin --set naus"), ["nausea="]);
    assert_eq!(offered("checkin --set nausea=").len(), 5);
    assert_eq!(offered("checkin --set nausea=3"), ["nausea=3"]);
    assert_eq!(offered("symptom on yawn"), ["yawning"]);
    assert_eq!(offered("dose 2 pow"), ["powder"]);
    assert_eq!(offered("measure sleep_h"), ["sleep_hours="]);
    assert_eq!(offered("trend --view time"), ["timeline"]);
    assert_eq!(offered("trend --view=time"), ["--view=timeline"]);
    assert_eq!(offered("trend nausea sev"), ["severity"]);
    assert_eq!(offered("guide tap"), ["tapering"]);
    assert_eq!(
        offered("helplines --country N").len(),
        offered("helplines --country n").len()
    );
    assert_eq!(offered("start --method su"), ["supervised"]);
    assert_eq!(offered("export c"), ["csv"]);
    assert_eq!(offered("config set week"), ["week_start"]);
    assert_eq!(offered("config set week_start s"), ["sunday"]);
    assert_eq!(offered("completions z"), ["zsh"]);
    assert_eq!(offered("remind print --with c"), ["cron"]);
    assert_eq!(offered("entry dose edit "), ["last"]);
    assert_eq!(offered("question edit last --state as"), ["asked"]);
}

#[test]
fn where_a_file_is_meant_the_shell_offers_files() {
    for line in [
        "import ",
        "import fo",
        "export csv -o ",
        "export csv --output=",
        "man ",
        "--journal ",
    ] {
        assert_eq!(offered(line), [":"], "{line}");
    }
    assert!(offered("checkin --note ").is_empty());
}

#[test]
fn each_shell_gets_a_word_as_it_takes_it() {
    let words = [Candidate::new("Vit D: 50%", "daily")];
    let all = |shell| written(shell, &words, "vit", 0);
    assert_eq!(all(Shell::Bash), "Vit\\ D:\\ 50%\n");
    assert_eq!(all(Shell::Zsh), "Vit D\\: 50%:daily\n");
    assert_eq!(all(Shell::Fish), "Vit D: 50%\tdaily\n");
    assert_eq!(all(Shell::Powershell), "'Vit D: 50%'\tdaily\n");
    // bash keeps what stands before its own sign.
    let words = [Candidate::new("nausea=3", "")];
    assert_eq!(written(Shell::Bash, &words, "nausea=3", 7), "3\n");
    assert_eq!(escaped("$(rm)`x`"), "\\$\\(rm\\)\\`x\\`");
}

#[test]
fn a_name_of_several_lines_is_no_word() {
    let words = [Candidate::new("one\ntwo", "")];
    assert_eq!(written(Shell::Fish, &words, "", 0), "");
}
