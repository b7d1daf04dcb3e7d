//! Commands in the README and in every page of `assets/docs`, in a block or between backticks: each does what is printed. What no
//! test can run stands in `NOT_RUN`, with the reason.

use super::pages::{before, copied, fault, lived, runs};
use std::collections::BTreeSet;
use std::fs;

/// First words of a command. Another word between backticks is a key, a name or a path.
const PROGRAMS: [&str; 17] = [
    ".ci/run",
    "apt",
    "assets/packaging/build",
    "assets/screens/film.py",
    "cargo",
    "ebb",
    "mkdir",
    "rpm",
    "rustup",
    "sh",
    "sqlite3",
    "strace",
    "sudo",
    "tar",
    "tests/faults/run",
    "tests/fuzz/run",
    "tests/outside/run",
];

/// A command that no test can run, and who runs it instead, or why nobody can.
const NOT_RUN: [(&str, &str); 27] = [
    (".ci/run", "it runs these tests"),
    (
        "EBB_MODEL_JOURNALS=300 cargo test --locked --test model",
        CARGO,
    ),
    (
        "EBB_TEST_WRITE=DIR EBB_TEST_FILES=1000 cargo test --locked --test foreign every_value",
        CARGO,
    ),
    ("INSTA_UPDATE=always cargo test --locked", CARGO),
    (
        "assets/packaging/build",
        "it builds twice over; its quick parts are in packages.rs",
    ),
    (
        "assets/screens/film.py",
        "it wants Python, which a machine that tests may lack",
    ),
    ("cargo bench", CARGO),
    (
        "cargo clippy --all-targets --locked -- -D warnings",
        ROUTINE,
    ),
    ("cargo fmt --check", ROUTINE),
    ("cargo install --path . --locked", CARGO),
    ("cargo run --release --locked", CARGO),
    ("cargo test --locked", ROUTINE),
    (
        "cargo test --locked --test line documents",
        "it is this test",
    ),
    ("cargo uninstall ebbtide", CARGO),
    ("rustup update stable", "it fetches a toolchain"),
    ("sh ~/.local/share/doc/ebbtide/install.sh --remove", INSTALL),
    (
        "sqlite3 journal.db",
        "its query is run below, without that program",
    ),
    (
        "strace -f -e trace=%network ebb status",
        "row 40 of tests/faults does",
    ),
    ("sudo apt install ./ebbtide_*.deb", PACKAGE),
    ("sudo apt remove ebbtide", PACKAGE),
    ("sudo rpm -e ebbtide", PACKAGE),
    ("sudo rpm -i ebbtide-*.rpm", PACKAGE),
    (
        "tar xzf ebbtide-*.tar.gz && sh ebbtide-*/install.sh",
        INSTALL,
    ),
    ("tests/faults/run", ROUTINE),
    ("tests/fuzz/run", ROUTINE),
    ("tests/fuzz/run --seconds 10", ROUTINE),
    ("tests/outside/run", ROUTINE),
];

const CARGO: &str = "a build within a test waits for the one that runs it";
const INSTALL: &str = "packages.rs puts it there and takes it away";
const PACKAGE: &str = "it changes the machine";
const ROUTINE: &str = ".ci/run does";

/// Verbs that a sentence names without what they need: their page of help is read.
const NAMED: [&str; 8] = [
    "ebb entry",
    "ebb import",
    "ebb medication",
    "ebb restore",
    "ebb salvage",
    "ebb sign add",
    "ebb sync",
    "ebb taper",
];

/// What stands for a word or a place of the reader's own.
const PLACEHOLDERS: [(&str, &str); 11] = [
    ("$PROFILE", "profile.ps1"),
    ("/media/stick/journal.db", "stick.db"),
    ("COMMAND", "checkin"),
    ("DIR", "folder"),
    ("DIR/", "folder/"),
    ("FILE", "daylio.csv"),
    ("ID", "P-07"),
    ("KEY", "clock"),
    ("NAME", "last"),
    ("OUT", "saved.db"),
    ("VALUE", "12"),
];

/// The documents that tell a person what to type.
fn documents() -> Vec<(String, String)> {
    let pages = fs::read_dir("assets/docs").unwrap();
    let pages = pages.map(|page| page.unwrap().path().to_str().unwrap().to_owned());
    let others = [
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "assets/fhir.md",
        "assets/trust.md",
        "assets/formats.md",
    ];
    let mut paths: Vec<String> = pages.collect();
    paths.extend(others.map(str::to_owned));
    paths.sort();
    let read = |path: String| (fs::read_to_string(&path).unwrap(), path);
    let read = paths.into_iter().map(read);
    read.map(|(text, path)| (path, text)).collect()
}

/// The text outside fences, and the lines within those for a shell.
fn parts(document: &str) -> (String, Vec<&str>) {
    let (mut prose, mut lines) = (String::new(), Vec::new());
    let mut fence: Option<&str> = None;
    for line in document.lines() {
        match (line.strip_prefix("```"), fence) {
            (Some(language), None) => fence = Some(language),
            (Some(_), Some(_)) => fence = None,
            (None, Some("sh")) => lines.push(line),
            (None, Some(_)) => {}
            (None, None) => {
                prose.push_str(line);
                prose.push('\n');
            }
        }
    }
    (prose, lines)
}

/// What stands between backticks, on one line. A `|` is escaped within a table.
fn spans(prose: &str) -> Vec<String> {
    let paragraphs = prose.split("\n\n");
    let spans = paragraphs.flat_map(|text| text.split('`').skip(1).step_by(2));
    let words = spans.map(|span| span.split_whitespace().collect::<Vec<_>>().join(" "));
    words.map(|span| span.replace("\\|", "|")).collect()
}

/// The commands of a block: what a quote leaves open goes on in the next line, and what stands behind `#` is prose.
fn block(lines: &[&str]) -> (Vec<String>, String) {
    let (mut commands, mut prose) = (Vec::<String>::new(), String::new());
    let mut is_open = false;
    for line in lines {
        let (command, comment) = line.split_once(" #").unwrap_or((line, ""));
        prose.push_str(comment);
        prose.push_str("\n\n");
        match commands.last_mut().filter(|_| is_open) {
            Some(begun) => *begun = format!("{begun} {}", command.trim()),
            None => commands.push(command.trim().to_owned()),
        }
        is_open = commands.last().unwrap().matches('\'').count() % 2 == 1;
    }
    commands.retain(|command| !command.is_empty());
    (commands, prose)
}

fn is_command(span: &str) -> bool {
    let is_setting = |word: &&str| word.contains('=') && !word.starts_with('-');
    let mut words = span.split(' ').skip_while(is_setting);
    words.next().is_some_and(|first| PROGRAMS.contains(&first))
}

/// Every command of a document, as it is printed.
fn commands(document: &str) -> BTreeSet<String> {
    let (mut prose, lines) = parts(document);
    let (mut found, comments) = block(&lines);
    prose.push_str("\n\n");
    prose.push_str(&comments);
    found.extend(spans(&prose).into_iter().filter(|span| is_command(span)));
    found.into_iter().collect()
}

fn filled(command: &str) -> String {
    if NAMED.contains(&command) {
        return command.replacen("ebb", "ebb help", 1);
    }
    let words = command.split(' ').map(|word| {
        let known = PLACEHOLDERS.iter().find(|(name, _)| *name == word);
        known.map_or(word, |(_, stands)| stands)
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Its SQL may change without a word here.
fn is_query(name: &str, command: &str) -> bool {
    name.starts_with("sqlite3 ") && command.starts_with(name)
}

#[test]
#[expect(
    clippy::print_stderr,
    reason = "what is run and what is not can be shown"
)]
fn every_command_in_the_documents_does_what_is_printed() {
    let lived = lived();
    let documents = documents();
    let printed = documents.iter().flat_map(|(_, text)| commands(text));
    let printed: BTreeSet<String> = printed.collect();
    let is_known = |name: &str, command: &str| command == name || is_query(name, command);
    let runs_here = |command: &&String| !NOT_RUN.iter().any(|(name, _)| is_known(name, command));
    let mut faults = Vec::new();
    // Seen with `--nocapture`.
    for (name, why) in NOT_RUN {
        eprintln!("not run  {name}   ({why})");
    }
    for command in printed.iter().filter(runs_here) {
        let example = filled(command);
        eprintln!("run      {command}");
        let house = copied(&lived);
        for line in before(&example) {
            runs(&house, line);
        }
        faults.extend(fault(&house, &example));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(printed.len() > 120, "{} commands", printed.len());
    let listed = NOT_RUN.iter().map(|(name, _)| *name).chain(NAMED);
    let is_gone = |name: &&str| !printed.iter().any(|command| is_known(name, command));
    let gone: Vec<&str> = listed.filter(is_gone).collect();
    assert!(gone.is_empty(), "nothing prints {gone:?} any more");
}

#[test]
fn a_command_is_found_in_a_block_in_its_comment_and_between_backticks() {
    let document = "Type `ebb status`, or `ebb\nundo`; `c` and `tests/line.rs` are none.\n\n\
                    ```sh\nebb dose 1g # as `ebb redo` does\nsqlite3 a.db 'SELECT\n  1'\n```\n\
                    ```sql\nSELECT 2\n```\n| `ebb config set a '1\\|2'` | `A=1 cargo test` |\n";
    let found: Vec<String> = commands(document).into_iter().collect();
    let expected = [
        "A=1 cargo test",
        "ebb config set a '1|2'",
        "ebb dose 1g",
        "ebb redo",
        "ebb status",
        "ebb undo",
        "sqlite3 a.db 'SELECT 1'",
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_query_of_the_page_about_the_file_reads_the_journal() {
    let page = fs::read_to_string("assets/docs/file.md").unwrap();
    let command = commands(&page);
    let command = command
        .iter()
        .find(|line| line.starts_with("sqlite3 "))
        .unwrap();
    let query = command.split('\'').nth(1).unwrap();
    let house = lived();
    let file = rusqlite::Connection::open(house.path("journal.db")).unwrap();
    let mut rows = file.prepare(query).unwrap();
    let rows = rows.query_map([], |row| row.get::<_, String>(1)).unwrap();
    let names: BTreeSet<String> = rows.map(Result::unwrap).collect();
    assert!(names.contains("Nausea"), "{names:?}");
}

/// The places that a document's links name, from its own folder.
fn links(text: &str) -> Vec<&str> {
    let links = text.split("](").skip(1);
    let places = links.filter_map(|rest| rest.split(')').next());
    places.filter(|place| !place.starts_with("http")).collect()
}

/// The name that a heading has in a link.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-');
    let name: String = heading.to_lowercase().chars().filter(kept).collect();
    name.trim().replace(' ', "-")
}

#[test]
fn every_link_leads_somewhere_and_every_page_can_be_reached_from_the_readme() {
    let mut reached = BTreeSet::new();
    let documents = documents();
    for (path, text) in &documents {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let (prose, _) = parts(text);
        for link in links(&prose) {
            let (place, part) = link.split_once('#').unwrap_or((link, ""));
            let target = match place {
                "" => path.clone(),
                _ => std::path::Path::new(folder)
                    .join(place)
                    .display()
                    .to_string(),
            };
            let there = fs::canonicalize(&target);
            assert!(there.is_ok(), "{path}: {link}");
            if !part.is_empty() {
                let page = fs::read_to_string(&target).unwrap();
                let mut headings = page.lines().filter(|line| line.starts_with('#'));
                let is_there = headings.any(|line| anchor(line.trim_start_matches('#')) == part);
                assert!(is_there, "{path}: {link}");
            }
            if path == "README.md" {
                reached.insert(there.unwrap());
            }
        }
    }
    for (path, _) in documents.iter().filter(|(path, _)| path != "README.md") {
        assert!(reached.contains(&fs::canonicalize(path).unwrap()), "{path}");
    }
}
