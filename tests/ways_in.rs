//! What the shell and the system take from the program: completions, man pages, reminders; and that it starts where the
//! system has little: without a home folder.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use support::home::{Ebb, program};

fn out(ebb: &Ebb, args: &[&str]) -> String {
    let output = ebb.run(args);
    assert!(output.status.success(), "{args:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn without_a_home_a_journal_and_a_config_file_that_are_named_are_enough() {
    let ebb = Ebb::begun().without("HOME").without("EBB_JOURNAL");
    let (journal, config) = (ebb.journal().to_str().unwrap(), "elsewhere.toml");
    fs::write(ebb.home().join(config), "clock = 12\n").unwrap();
    let named = ["--journal", journal, "--config", config];
    for args in [&["checkin", "--overall", "6"][..], &["status"], &["doctor"]] {
        let output = ebb.run(&[&named, args].concat());
        assert!(output.status.success(), "{args:?}: {output:?}");
    }
    assert!(out(&ebb, &[&named[..], &["status"]].concat()).contains("8:12 am"));
}

/// Runs bash with `script`, in which `ebb` is the program.
fn bash(ebb: &Ebb, script: &str) -> String {
    let folder = ebb.home().join("bin");
    fs::create_dir_all(&folder).unwrap();
    let link = folder.join("ebb");
    if !link.exists() {
        std::os::unix::fs::symlink(program(), link).unwrap();
    }
    let output = std::process::Command::new("bash")
        .args(["--norc", "-c", script])
        .env_clear()
        .env("HOME", ebb.home())
        .env("EBB_JOURNAL", ebb.journal())
        .env("PATH", format!("{}:/usr/bin:/bin", folder.display()))
        .current_dir(ebb.home())
        .output()
        .unwrap();
    assert!(output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// What bash offers for these words, as it parts them itself.
fn completed(ebb: &Ebb, words: &[&str]) -> Vec<String> {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let last = words.last().unwrap();
    let script = format!(
        "source <(ebb completions bash); COMP_WORDS=(ebb {}); COMP_CWORD={}; _ebb ebb '{last}' ''; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        quoted.join(" "),
        words.len()
    );
    bash(ebb, &script).lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_options_values_and_files() {
    let ebb = Ebb::begun();
    fs::write(ebb.home().join("table of mine.csv"), "").unwrap();
    assert_eq!(completed(&ebb, &["medic"]), ["medication"]);
    assert_eq!(completed(&ebb, &["checkin", "--ov"]), ["--overall"]);
    assert_eq!(completed(&ebb, &["checkin", "--set", "naus"]), ["nausea="]);
    let levels = completed(&ebb, &["checkin", "--set", "nausea", "="]);
    assert_eq!(levels, ["0", "1", "2", "3", "4"]);
    assert_eq!(completed(&ebb, &["import", "tab"]), ["table of mine.csv"]);
}

#[test]
fn names_of_the_person_are_completed_only_where_the_config_file_says_so() {
    let ebb = Ebb::begun();
    out(&ebb, &["medication", "add", "Vitamin D"]);
    out(
        &ebb,
        &[
            "product",
            "add",
            "Green tea",
            "--unit",
            "cup",
            "--smallest",
            "1",
        ],
    );
    let offered = |words: &[&str]| completed(&ebb, words);
    assert_eq!(offered(&["take", "V"]), [""]);
    assert!(
        !offered(&["dose", "2", ""])
            .iter()
            .any(|word| word.contains("green"))
    );
    out(&ebb, &["config", "set", "own_names", "true"]);
    assert_eq!(offered(&["take", "V"]), ["Vitamin\\ D"]);
    assert!(
        offered(&["dose", "2", ""])
            .iter()
            .any(|word| word.contains("green"))
    );

    // What does not begin like a journal that everybody can read gives no name, and no word about it.
    let mut bytes = fs::read(ebb.journal()).unwrap();
    bytes[..16].fill(7);
    fs::write(ebb.journal(), bytes).unwrap();
    assert_eq!(offered(&["take", "V"]), [""]);
    assert!(
        offered(&["dose", "2", ""])
            .iter()
            .any(|word| word == "powder")
    );
}

/// Encrypts the journal.
fn encrypted(ebb: &Ebb) {
    let typed = "lemon harbour nine\nlemon harbour nine\n";
    let mut set = ebb.command(&["passphrase", "set"]);
    let output = set.write_stdin(typed).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// A home in which a program opens the encrypted journal.
fn with_key(ebb: Ebb) -> Ebb {
    ebb.with("EBB_PASSPHRASE_COMMAND", "echo 'lemon harbour nine'")
}

#[test]
fn no_shell_gets_a_name_out_of_an_encrypted_journal_whoever_could_open_it() {
    let ebb = with_key(Ebb::begun());
    out(&ebb, &["config", "set", "own_names", "true"]);
    out(&ebb, &["medication", "add", "Quincaline"]);
    out(
        &ebb,
        &[
            "product",
            "add",
            "Quinnleaf",
            "--unit",
            "cup",
            "--smallest",
            "1",
        ],
    );
    out(
        &ebb,
        &["symptom", "add", "Quinsy", "--category", "physical"],
    );
    let lines: [&[&str]; 6] = [
        &["take", ""],
        &["take", "Q"],
        &["dose", "2", ""],
        &["checkin", "--set", ""],
        &["medication", "edit", ""],
        &["trend", ""],
    ];
    let offered = |shell: &str| {
        let offered = lines.map(|line| {
            let output = ebb.run(&[&["complete", shell, "--"], line].concat());
            assert!(
                output.status.success() && output.stderr.is_empty(),
                "{output:?}"
            );
            String::from_utf8(output.stdout).unwrap().to_lowercase()
        });
        offered.concat()
    };
    for name in ["quincaline", "quinnleaf", "quinsy"] {
        assert!(offered("fish").contains(name), "{name} of a plain journal");
    }
    encrypted(&ebb);
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let offered = offered(shell) + &out(&ebb, &["completions", shell]).to_lowercase();
        assert!(!offered.contains("quin"), "{shell}: {offered}");
        // The built-in words are still there.
        assert!(offered.contains("nausea"), "{shell}");
    }
}

#[test]
fn completing_writes_nothing_and_says_nothing_of_what_is_wrong() {
    let ebb = Ebb::new();
    fs::create_dir_all(ebb.home().join(".config/ebbtide")).unwrap();
    fs::write(
        ebb.home().join(".config/ebbtide/config.toml"),
        "own_names = ?\n",
    )
    .unwrap();
    let before = names(ebb.home());
    let output = ebb.run(&["complete", "fish", "--", "take", ""]);
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output:?}"
    );
    assert_eq!(names(ebb.home()), before);
    assert!(!ebb.journal().exists());
}

#[test]
fn the_manual_is_written_whole_twice_the_same_and_over_nothing() {
    let ebb = Ebb::begun();
    out(&ebb, &["man", "one"]);
    out(&ebb, &["man", "other"]);
    let pages = names(&ebb.home().join("one"));
    assert!(pages.len() > 100, "{pages:?}");
    for page in &pages {
        let read = |folder: &str| fs::read_to_string(ebb.home().join(folder).join(page)).unwrap();
        assert_eq!(read("one"), read("other"), "{page}");
        let place = ebb.home().to_str().unwrap();
        assert!(!read("one").contains(place), "{page}");
    }
    let again = ebb.run(&["man", "one"]);
    assert_eq!(again.status.code(), Some(1), "{again:?}");
    fs::write(ebb.home().join("one/other.1"), "mine").unwrap();
    out(&ebb, &["man", "one", "--force"]);
    assert_eq!(
        fs::read_to_string(ebb.home().join("one/other.1")).unwrap(),
        "mine"
    );
    // The folder of the copies, and the journal, are no places for pages.
    assert!(
        !ebb.run(&["man", ebb.journal().to_str().unwrap()])
            .status
            .success()
    );
}

/// The blocks of the page about the shell in a language.
fn blocks(language: &str) -> Vec<String> {
    let page = fs::read_to_string("assets/docs/shell.md").unwrap();
    let head = format!("```{language}\n");
    let blocks = page.split(&head).skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap().to_owned());
    blocks.collect()
}

#[test]
fn the_lines_of_the_page_about_the_shell_do_what_it_says() {
    let ebb = Ebb::begun();
    let place = blocks("sh").concat();
    bash(&ebb, &place);
    for file in [
        ".local/share/bash-completion/completions/ebb",
        ".zfunc/_ebb",
        ".config/fish/completions/ebb.fish",
    ] {
        let text = fs::read_to_string(ebb.home().join(file)).unwrap();
        assert!(text.contains("ebb complete"), "{file}: {text}");
    }
    let prompt = blocks("bash").concat();
    let shown = bash(&ebb, &format!("{prompt}\nprintf '%s' \"${{PS1@P}}\""));
    assert!(shown.starts_with("ebb: not yet today\n"), "{shown:?}");
    // The others call the same line.
    for language in ["zsh", "fish", "toml", "tmux"] {
        let block = blocks(language).concat();
        assert!(block.contains("ebb status --short"), "{language}: {block}");
    }
}

/// A home whose system programs only note how they were called.
fn with_system() -> (Ebb, PathBuf) {
    let ebb = Ebb::begun();
    let folder = ebb.home().join("system");
    fs::create_dir(&folder).unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    };
    let list = folder.join("notes");
    let noted = format!("echo \"${{0##*/}} $*\" >> {}", list.display());
    put("systemctl", &noted);
    put("notify-send", &noted);
    let table = folder.join("table");
    put(
        "crontab",
        &format!(
            "if [ \"$1\" = -l ]; then cat {0}; else cat > {0}; fi",
            table.display()
        ),
    );
    fs::write(&table, "0 1 * * * other\n").unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.display());
    (ebb.with("PATH", &path), folder)
}

fn noted(folder: &Path) -> Vec<String> {
    let path = folder.join("notes");
    let text = fs::read_to_string(&path).unwrap_or_default();
    fs::remove_file(path).ok();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn a_timer_is_shown_before_it_is_installed_and_taken_away_without_a_trace() {
    let (ebb, folder) = with_system();
    let timers = ebb.home().join(".config/systemd/user");
    let install = ["remind", "install", "--with", "systemd", "--at", "20:30"];
    // Nobody can be asked here.
    let refused = ebb.run(&install);
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("OnCalendar=*-*-* 20:30:00"), "{said}");
    assert!(
        said.contains("Others on this computer can see it"),
        "{said}"
    );
    assert!(names(&timers).is_empty() && noted(&folder).is_empty());

    // By the name that stays when the program gets newer.
    std::os::unix::fs::symlink(program(), folder.join("ebb")).unwrap();
    out(&ebb, &[&install[..], &["--yes"]].concat());
    assert_eq!(
        names(&timers),
        ["ebb-reminder.service", "ebb-reminder.timer"]
    );
    let service = fs::read_to_string(timers.join("ebb-reminder.service")).unwrap();
    assert!(
        service.contains("Description=Time for your check-in"),
        "{service}"
    );
    assert!(service.contains("remind now"), "{service}");
    let called = folder.join("ebb").display().to_string();
    assert!(
        service.contains(&format!("ExecStart={called} ")),
        "{service}"
    );
    // The timer does not know the variable that named the journal.
    assert!(
        service.contains(&format!("--journal {}", ebb.journal().display())),
        "{service}"
    );
    assert_eq!(
        noted(&folder),
        [
            "systemctl --user daemon-reload",
            "systemctl --user enable --now ebb-reminder.timer"
        ]
    );
    assert!(out(&ebb, &["paths"]).contains("reminder.json"));

    out(&ebb, &["remind", "remove"]);
    assert!(!ebb.home().join(".config").exists());
    assert_eq!(
        noted(&folder),
        [
            "systemctl --user disable --now ebb-reminder.timer",
            "systemctl --user daemon-reload"
        ]
    );
    assert!(!out(&ebb, &["paths"]).contains("reminder.json"));
    let again = ebb.run(&["remind", "remove"]);
    assert!(
        String::from_utf8(again.stderr)
            .unwrap()
            .contains("nothing was changed")
    );
}

#[test]
fn a_file_of_somebody_else_is_neither_replaced_nor_taken_away() {
    let (ebb, _) = with_system();
    let timers = ebb.home().join(".config/systemd/user");
    fs::create_dir_all(&timers).unwrap();
    let timer = timers.join("ebb-reminder.timer");
    fs::write(&timer, "mine").unwrap();
    let install = ["remind", "install", "--with", "systemd", "--yes"];
    assert_eq!(ebb.run(&install).status.code(), Some(1));
    assert_eq!(names(&timers), ["ebb-reminder.timer"]);
    fs::remove_file(&timer).unwrap();
    out(&ebb, &install);
    fs::write(&timer, "mine again").unwrap();
    out(&ebb, &["remind", "remove"]);
    assert_eq!(fs::read_to_string(&timer).unwrap(), "mine again");
}

#[test]
fn of_a_crontab_only_our_own_line_comes_and_goes() {
    let (ebb, folder) = with_system();
    let table = || fs::read_to_string(folder.join("table")).unwrap();
    out(&ebb, &["remind", "install", "--with", "cron", "--yes"]);
    assert!(
        table().starts_with("0 1 * * * other\n0 20 * * * "),
        "{}",
        table()
    );
    // Installed once more, at another time: the line is there once.
    out(
        &ebb,
        &[
            "remind", "install", "--with", "cron", "--at", "08:00", "--yes",
        ],
    );
    assert_eq!(table().lines().count(), 2, "{}", table());
    assert!(table().contains("\n0 8 * * * "), "{}", table());
    out(&ebb, &["remind", "remove"]);
    assert_eq!(table(), "0 1 * * * other\n");
}

#[test]
fn it_reminds_on_days_without_a_check_in_and_waits_after_three() {
    let (ebb, folder) = with_system();
    let on = |day: u32, args: &[&str]| {
        let now = format!("2026-11-{day}T20:00:00-05:00");
        out(&ebb, &[&["--now", &now], args].concat())
    };
    let remind = |day| {
        assert_eq!(on(day, &["remind", "now"]), "");
        noted(&folder)
    };
    let word = "notify-send --app-name=ebb Time for your check-in";
    assert_eq!(remind(22), [word]);
    assert_eq!(remind(23), [word]);
    assert_eq!(
        remind(24),
        [format!("{word}. No more reminders until then.")]
    );
    assert!(remind(25).is_empty());
    on(26, &["checkin", "--overall", "5"]);
    assert!(remind(26).is_empty());
    assert_eq!(remind(27), [word]);
    // Only days stand in what is kept, and only this user can read it.
    let kept = ebb.home().join(".local/state/ebbtide/reminder.json");
    assert_eq!(kept.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let value: Value = serde_json::from_str(&fs::read_to_string(kept).unwrap()).unwrap();
    assert_eq!(value["said"], serde_json::json!(["2026-11-27"]));
}

#[test]
fn without_a_desktop_it_is_printed_and_without_a_journal_there_is_no_word() {
    let (ebb, folder) = with_system();
    fs::write(folder.join("notify-send"), "#!/bin/sh\nexit 1\n").unwrap();
    assert_eq!(out(&ebb, &["remind", "now"]), "Time for your check-in\n");
    let empty = ebb.home().join("none.db");
    let args = ["--journal", empty.to_str().unwrap(), "remind", "now"];
    assert_eq!(out(&ebb, &args), "");
    assert!(!empty.exists());
    // What cannot be opened may be locked: it is said every day, and nothing is kept about it.
    let locked = ebb.home().join("locked.db");
    fs::write(&locked, [7; 4096]).unwrap();
    let kept = ebb.home().join(".local/state/ebbtide/reminder.json");
    fs::remove_file(&kept).unwrap();
    for _ in 0..5 {
        let args = ["--journal", locked.to_str().unwrap(), "remind", "now"];
        assert_eq!(out(&ebb, &args), "Time for your check-in\n");
    }
    assert!(!kept.exists());
}

#[test]
fn of_an_encrypted_journal_it_reminds_every_day_keeps_nothing_and_that_is_said_before() {
    let (ebb, folder) = with_system();
    let ebb = with_key(ebb);
    out(&ebb, &["remind", "install", "--with", "systemd", "--yes"]);
    noted(&folder);
    let remind = |day: u32| {
        let now = format!("2026-11-{day}T20:00:00-05:00");
        assert_eq!(out(&ebb, &["--now", &now, "remind", "now"]), "");
        noted(&folder)
    };
    for day in 22..=25 {
        remind(day);
    }
    let kept = ebb.home().join(".local/state/ebbtide/reminder.json");
    let days = || {
        let value: Value = serde_json::from_str(&fs::read_to_string(&kept).unwrap()).unwrap();
        assert_eq!(value["with"], "systemd");
        value["said"].clone()
    };
    assert_eq!(days().as_array().unwrap().len(), 3);
    encrypted(&ebb);
    let word = ["notify-send --app-name=ebb Time for your check-in"];
    assert_eq!(remind(26), word);
    // The days of the time before told how the person was doing.
    assert_eq!(days(), Value::Null);
    out(
        &ebb,
        &[
            "--now",
            "2026-11-27T09:00:00-05:00",
            "checkin",
            "--overall",
            "5",
        ],
    );
    for day in 27..=30 {
        assert_eq!(remind(day), word, "day {day}");
    }
    assert_eq!(days(), Value::Null);

    let refused = ebb.run(&["remind", "install", "--with", "systemd"]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.contains("it says so every day, and keeps nothing"),
        "{said}"
    );
    assert!(!said.contains("After three"), "{said}");
}

#[test]
fn settings_show_the_reminder_that_is_there_or_would_be_and_install_none() {
    let (ebb, folder) = with_system();
    let page = || {
        let typed = "settings\nreminder\nback\nquit\n";
        let talk = ebb
            .command(&["--plain"])
            .write_stdin(typed)
            .output()
            .unwrap();
        let said = [talk.stdout, talk.stderr].concat();
        String::from_utf8(said)
            .unwrap()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let before = page();
    for part in [
        "No reminder is installed.",
        "Others on this computer can see it",
        "`ebb remind install --at 20:00`, in a shell, shows this, asks, and installs it.",
        " would be ",
    ] {
        assert!(before.contains(part), "{part}: {before}");
    }
    assert!(names(&ebb.home().join(".config/systemd/user")).is_empty());
    assert!(noted(&folder).is_empty());
    out(
        &ebb,
        &[
            "remind", "install", "--with", "cron", "--at", "07:45", "--yes",
        ],
    );
    let after = page();
    assert!(
        after.contains("A reminder is installed: at 07:45 every day, by a line of your crontab."),
        "{after}"
    );
    assert!(after.contains("45 7 * * *"), "{after}");
}

#[test]
fn the_version_names_that_of_sqlite_and_the_form_of_the_journal() {
    let ebb = Ebb::new();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(out(&ebb, &["-V"]), format!("ebb {version}\n"));
    let form = ebbtide::store::MIGRATIONS.len();
    assert_eq!(
        out(&ebb, &["--version"]),
        format!(
            "ebb {version}\nSQLite {}, built in\njournal form {form}; older forms are brought to it, after a copy\n",
            rusqlite::version()
        )
    );
    assert!(out(&ebb, &["help", "everywhere"]).contains("`ebb --version`"));
    out(&ebb, &["man", "pages"]);
    let page = fs::read_to_string(ebb.home().join("pages/ebb.1")).unwrap();
    assert!(
        page.contains("that of SQLite and the form of the journal"),
        "{page}"
    );
}
