//! Who may know whom, and the other rules of the house, checked by reading the source. Each rule is a function over files, and
//! each is shown red on a small bad house.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "architecture/red.rs"]
mod red;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A file: its path below `src`, and its text without tests and comments.
struct File {
    path: String,
    whole: String,
    code: String,
}

impl File {
    fn new(path: &str, text: &str) -> Self {
        // The tests stand last in a file, whatever stands between their two marks.
        let tests = text.find("\nmod tests {").unwrap_or(text.len());
        let shown = text[..tests]
            .rsplit_once("#[cfg(test)]")
            .filter(|(_, between)| tests < text.len() && !between.contains('}'))
            .map_or(text, |(shown, _)| shown);
        let lines = shown.lines().map(|line| {
            if line.trim_start().starts_with("//") {
                ""
            } else {
                line
            }
        });
        Self {
            path: path.to_owned(),
            whole: text.to_owned(),
            code: lines.collect::<Vec<_>>().join("\n"),
        }
    }

    /// The first part of the path: `domain`, `store`, `main` …
    fn layer(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.trim_end_matches(".rs")
    }

    fn is_test(&self) -> bool {
        [
            "tests.rs",
            "_tests.rs",
            "/laws.rs",
            "every_size.rs",
            "field_laws.rs",
        ]
        .iter()
        .any(|end| self.path.ends_with(end))
    }

    /// The modules it names, as paths from the crate: `domain::stats`, `tui::widgets::panel`.
    fn imports(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let module = self.module();
        let parent: Vec<&str> = module.split("::").collect();
        for statement in self.code.split("use ").skip(1) {
            let statement = statement
                .split(';')
                .next()
                .unwrap_or_default()
                .replace(['\n', ' '], "");
            expand(&statement, "", &mut found);
        }
        // Paths in the code itself count like imports, whichever way they begin.
        for begin in ["crate::", "super::"] {
            for (at, _) in self.code.match_indices(begin) {
                if self.code[..at].ends_with("::") {
                    continue;
                }
                let piece = &self.code[at..];
                let end = piece
                    .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
                    .unwrap_or(piece.len());
                found.insert(piece[..end].trim_end_matches(':').to_owned());
            }
        }
        let is_folder = self.path.ends_with("mod.rs");
        found
            .iter()
            .filter_map(|path| {
                let mut base: Vec<&str> = Vec::new();
                let mut parts: Vec<&str> = path.split("::").collect();
                match *parts.first()? {
                    "crate" => drop(parts.remove(0)),
                    "super" | "self" => {
                        base.clone_from(&parent);
                        if !is_folder {
                            base.pop();
                        }
                        // The first `super` of a file is its folder; each further one, and each of a `mod.rs`, goes up.
                        let mut is_first = !is_folder;
                        while let Some(word @ ("super" | "self")) = parts.first().copied() {
                            if word == "super" && !std::mem::take(&mut is_first) {
                                base.pop();
                            }
                            parts.remove(0);
                        }
                    }
                    _ => return None,
                }
                base.extend(parts);
                Some(base.join("::"))
            })
            .collect()
    }

    /// `tui::screens::today` for `tui/screens/today.rs`, `tui::screens` for `tui/screens/mod.rs`.
    fn module(&self) -> String {
        self.path
            .trim_end_matches(".rs")
            .trim_end_matches("/mod")
            .replace('/', "::")
    }
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d`, `a::c::e`.
fn expand(text: &str, before: &str, found: &mut BTreeSet<String>) {
    let Some(open) = text.find('{') else {
        let path = text.split(" as ").next().unwrap_or(text).trim();
        if !path.is_empty() {
            found.insert(format!("{before}{path}"));
        }
        return;
    };
    let before = format!("{before}{}", text[..open].trim());
    let (mut depth, mut start) = (0, open + 1);
    for (at, c) in text.char_indices().skip(open) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if (c == ',' && depth == 1) || (c == '}' && depth == 0) {
            if start < at {
                expand(text[start..at].trim(), &before, found);
            }
            start = at + 1;
        }
    }
}

fn house() -> Vec<File> {
    fn walk(folder: &Path, files: &mut Vec<File>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name = path
                    .strip_prefix("src")
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                files.push(File::new(&name, &std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut files = Vec::new();
    walk(Path::new("src"), &mut files);
    files
}

/// Layer, the layers it may name.
const LAYERS: [(&str, &[&str]); 9] = [
    ("domain", &[]),
    ("store", &["domain"]),
    ("transfer", &["domain"]),
    ("config", &["domain"]),
    ("tui", &["domain", "store", "transfer", "config"]),
    ("cli", &["domain", "store", "transfer", "config", "tui"]),
    ("main", &["cli", "domain", "tui"]),
    ("fuzz", &["config", "domain", "store", "transfer", "tui"]),
    (
        "lib",
        &[
            "cli", "config", "domain", "fuzz", "store", "transfer", "tui",
        ],
    ),
];

fn layers_point_inward(files: &[File]) -> Vec<String> {
    let allowed: BTreeMap<&str, &[&str]> = LAYERS.into_iter().collect();
    let mut broken = Vec::new();
    for file in files.iter().filter(|file| !file.is_test()) {
        let may = allowed.get(file.layer()).copied().unwrap_or_default();
        for path in file.imports() {
            let other = path.split("::").next().unwrap_or_default().to_owned();
            if allowed.contains_key(other.as_str())
                && other != file.layer()
                && !may.contains(&other.as_str())
            {
                broken.push(format!("{} must not know {other}", file.path));
            }
        }
    }
    broken
}

/// Crate, the layers that may name it.
const CRATES: [(&str, &[&str]); 23] = [
    ("askama", &["transfer"]),
    ("opener", &["cli"]),
    ("svg", &["transfer"]),
    ("base64", &["tui"]),
    ("rusqlite", &["store"]),
    ("uhlc", &["store"]),
    ("tempfile", &["store", "cli", "fuzz"]),
    ("ratatui", &["tui", "fuzz"]),
    ("ratatui_textarea", &["tui"]),
    ("clap", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("directories", &["config"]),
    ("csv", &["transfer"]),
    ("zip", &["transfer"]),
    ("calamine", &["transfer"]),
    ("quick_xml", &["transfer"]),
    ("encoding_rs", &["transfer"]),
    ("serde_json", &["store", "transfer", "cli"]),
    ("toml_edit", &["domain", "config"]),
    ("uuid", &["domain"]),
    ("rustix", &["main", "cli", "tui"]),
    ("signal_hook", &["tui"]),
    ("getrandom", &["tui"]),
];

fn crates_stay_in_their_layers(files: &[File]) -> Vec<String> {
    let mut broken = Vec::new();
    for file in files.iter().filter(|file| !file.is_test()) {
        for (name, may) in CRATES {
            // A key is drawn where it is made: a caller that hands the randomness over could hand over too little.
            if name == "getrandom" && file.path.starts_with("store/key/") {
                continue;
            }
            let needle = format!("{name}::");
            let names = file.code.match_indices(&needle).any(|(at, _)| {
                !file.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
            });
            // `csv` names our own module too, where that was taken in.
            let is_ours = file
                .imports()
                .iter()
                .any(|path| path.ends_with(&format!("::{name}")));
            if names && !is_ours && !may.contains(&file.layer()) {
                broken.push(format!("{} must not use {name}", file.path));
            }
        }
        let bare = file
            .code
            .match_indices("crossterm::")
            .any(|(at, _)| !file.code[..at].ends_with("ratatui::"));
        if bare {
            broken.push(format!("{} must take crossterm through ratatui", file.path));
        }
    }
    broken
}

fn rooms_of_the_full_screen(files: &[File]) -> Vec<String> {
    let mut broken = Vec::new();
    for file in files
        .iter()
        .filter(|file| file.path.starts_with("tui/") && !file.is_test())
    {
        for path in file.imports() {
            let Some(room) = path.strip_prefix("tui::") else {
                continue;
            };
            let is_widget = file.path.starts_with("tui/widgets/");
            let is_screen =
                file.path.starts_with("tui/screens/") && file.path != "tui/screens/mod.rs";
            if is_widget && !room.starts_with("widgets") && !room.starts_with("theme") {
                broken.push(format!("{}: a widget must not know {room}", file.path));
            }
            let known = [
                "screens",
                "widgets",
                "keys",
                "effect",
                "pointer",
                "shared",
                "tab",
                "theme",
                "readout",
                "questions",
                "intakes",
                "begin",
            ];
            if is_screen && !known.iter().any(|may| room.starts_with(may)) {
                broken.push(format!("{}: a screen must not know {room}", file.path));
            }
            // A screen never imports a screen. Its own parts lie in its folder.
            if let (true, Some(other)) = (is_screen, room.strip_prefix("screens::")) {
                let other = other.split("::").next().unwrap_or_default();
                let own = room_in(&file.module(), "tui::screens");
                let is_module = files
                    .iter()
                    .any(|f| f.module() == format!("tui::screens::{other}"));
                if is_module && own.as_deref() != Some(other) {
                    broken.push(format!(
                        "{}: a screen must not import the screen {other}",
                        file.path
                    ));
                }
            }
        }
    }
    broken
}

/// The folder, or the file, of a layer in which a module lies: `series` of `domain::series::stats`.
fn room_in(module: &str, layer: &str) -> Option<String> {
    let below = module.strip_prefix(layer)?.strip_prefix("::")?;
    below.split("::").next().map(str::to_owned)
}

/// The rooms of the domain stand on floors: none knows one that knows it, over whichever way.
fn rooms_of_the_domain_stand_on_floors(files: &[File]) -> Vec<String> {
    let mut knows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files.iter().filter(|file| !file.is_test()) {
        let Some(own) = room_in(&file.module(), "domain") else {
            continue;
        };
        let others = file.imports();
        let others = others.iter().filter_map(|path| room_in(path, "domain"));
        let others: Vec<String> = others.filter(|other| *other != own).collect();
        knows.entry(own).or_default().extend(others);
    }
    rings(&knows)
}

/// The ways that lead from a name back to itself.
fn rings(knows: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut broken = Vec::new();
    for start in knows.keys() {
        let (mut seen, mut next) = (BTreeSet::new(), vec![(start.clone(), vec![start.clone()])]);
        while let Some((module, way)) = next.pop() {
            for other in knows.get(&module).into_iter().flatten() {
                if other == start {
                    broken.push(format!("{} -> {start}", way.join(" -> ")));
                } else if seen.insert(other.clone()) {
                    next.push((other.clone(), [way.clone(), vec![other.clone()]].concat()));
                }
            }
        }
    }
    broken
}

fn no_import_cycles(files: &[File]) -> Vec<String> {
    let modules: BTreeSet<String> = files.iter().map(File::module).collect();
    let mut knows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files.iter().filter(|file| !file.is_test()) {
        // A `mod.rs` holds its folder's one type or table; that it names its children is not an import.
        let own = file.module();
        for path in file.imports() {
            let target = modules
                .iter()
                .filter(|m| path == **m || path.starts_with(&format!("{m}::")))
                .max_by_key(|m| m.len());
            let Some(target) = target else { continue };
            let is_own_child = target.starts_with(&format!("{own}::"));
            if *target != own && !is_own_child {
                knows.entry(own.clone()).or_default().insert(target.clone());
            }
        }
    }
    rings(&knows)
}

fn the_clock_is_read_at_the_edge(files: &[File]) -> Vec<String> {
    let edge = |file: &&File| {
        file.path != "main.rs" && file.layer() != "cli" && file.path != "tui/runtime.rs"
    };
    let reads = ["Utc::now", "Local::now", "Instant::now", "SystemTime::now"];
    let broken = files
        .iter()
        .filter(edge)
        .filter(|file| !file.is_test() && reads.iter().any(|read| file.code.contains(read)));
    broken
        .map(|file| format!("{} reads the clock", file.path))
        .collect()
}

fn printing_has_one_place(files: &[File]) -> Vec<String> {
    let prints = |file: &&File| {
        ["println!", "print!(", "eprintln!"]
            .iter()
            .any(|p| file.code.contains(p))
    };
    let broken = files
        .iter()
        .filter(|file| file.path != "cli/output/mod.rs" && !file.is_test())
        .filter(prints);
    broken.map(|file| format!("{} prints", file.path)).collect()
}

/// A mistyped literal would read as an empty field; a mistyped constant does not compile.
fn fields_are_named_by_their_constants(files: &[File]) -> Vec<String> {
    let calls = "text number whole day_in with with_text with_number";
    let names = |file: &&File| {
        let mut calls = calls.split(' ');
        calls.any(|call| file.code.contains(&format!(".{call}(\"")))
    };
    let broken = files.iter().filter(|file| !file.is_test()).filter(names);
    broken
        .map(|file| format!("{} names a field by a literal", file.path))
        .collect()
}

fn files_are_short_named_and_headed(files: &[File]) -> Vec<String> {
    let mut broken = Vec::new();
    for file in files {
        if file.whole.lines().count() > 600 {
            broken.push(format!("{} is longer than 600 lines", file.path));
        }
        if !file.whole.starts_with("//!") {
            broken.push(format!("{} does not begin with what it is for", file.path));
        }
        let places: Vec<&str> = file.path.split('/').collect();
        if places.len() > 4 {
            broken.push(format!("{} lies too deep", file.path));
        }
        // The folder says it already.
        if let [.., folder, name] = places[..]
            && name.starts_with(&format!("{folder}_"))
        {
            broken.push(format!("{} repeats its folder's name", file.path));
        }
        let vague = ["utils", "common", "helpers", "types", "manager", "handler"];
        if file.module().split("::").any(|name| vague.contains(&name)) {
            broken.push(format!("{} has a name that says nothing", file.path));
        }
    }
    broken
}

/// What a folder may hold; where all files are of one kind it may be more.
fn folders_are_small(files: &[File]) -> Vec<String> {
    let mut entries: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for file in files {
        let mut rest = file.path.as_str();
        while let Some((folder, entry)) = rest.rsplit_once('/') {
            entries.entry(folder).or_default().insert(entry);
            rest = folder;
        }
    }
    let most = |folder: &str| match folder {
        "tui/widgets" | "cli/plain" => 30,
        _ => 20,
    };
    let full = entries
        .iter()
        .filter(|(folder, entries)| entries.len() > most(folder));
    full.map(|(folder, entries)| format!("{folder} has {} entries", entries.len()))
        .collect()
}

#[test]
fn the_house_stands() {
    let files = house();
    assert!(files.len() > 80, "the whole source is read");
    let rules = [
        layers_point_inward(&files),
        crates_stay_in_their_layers(&files),
        rooms_of_the_full_screen(&files),
        rooms_of_the_domain_stand_on_floors(&files),
        no_import_cycles(&files),
        the_clock_is_read_at_the_edge(&files),
        printing_has_one_place(&files),
        fields_are_named_by_their_constants(&files),
        files_are_short_named_and_headed(&files),
        folders_are_small(&files),
    ];
    let broken: BTreeSet<String> = rules.into_iter().flatten().collect();
    assert!(
        broken.is_empty(),
        "\n{}",
        broken.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn tests_are_short_and_headed_too() {
    let mut broken = Vec::new();
    let mut folders = vec![std::path::PathBuf::from("tests"), "benches".into()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                if text.lines().count() > 600 || !text.starts_with("//!") {
                    broken.push(path);
                }
            }
        }
    }
    assert_eq!(broken, Vec::<std::path::PathBuf>::new());
}
