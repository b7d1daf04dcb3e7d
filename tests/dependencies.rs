//! What the journal is built from: licences that let it be handed on, each crate once, and nothing that opens a connection.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Licences under which a binary may be handed on with nothing but a notice, or with the source of that crate alone (MPL).
const LICENCES: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates that stand in the tree in more than one version, and who holds the older one.
const TWICE: [(&str, &str); 3] = [
    (
        "getrandom",
        "directories asks for 0.2, the clock's rand for 0.3 or older",
    ),
    (
        "rand_core",
        "rand 0.8 of the hybrid clock, beside the present one",
    ),
    (
        "syn",
        "derive macros that have not moved yet; nothing of it is in the binary",
    ),
];

/// Parts of names of crates that speak to a network or bring those that do.
const NETWORK: [&str; 31] = [
    "actix",
    "async-std",
    "awc",
    "axum",
    "curl",
    "dns",
    "ftp",
    "grpc",
    "h2",
    "http",
    "hyper",
    "isahc",
    "mqtt",
    "native-tls",
    "openssl",
    "quiche",
    "quinn",
    "reqwest",
    "rustls",
    "sentry",
    "smtp",
    "socket",
    "ssh",
    "surf",
    "tokio",
    "tonic",
    "trust-dns",
    "tungstenite",
    "ureq",
    "warp",
    "zbus",
];

struct Tree {
    packages: BTreeMap<String, Value>,
    nodes: BTreeMap<String, Value>,
    root: String,
}

impl Tree {
    fn read() -> Self {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let host = Command::new("rustc").arg("-vV").output().unwrap();
        let host = String::from_utf8(host.stdout).unwrap();
        let host = host.lines().find_map(|line| line.strip_prefix("host: "));
        let told = Command::new(cargo)
            .args(["metadata", "--format-version", "1", "--locked", "--offline"])
            .args(["--filter-platform", host.unwrap()])
            .output()
            .unwrap();
        assert!(
            told.status.success(),
            "{}",
            String::from_utf8_lossy(&told.stderr)
        );
        let all: Value = serde_json::from_slice(&told.stdout).unwrap();
        let by_id = |list: &Value| -> BTreeMap<String, Value> {
            let list = list.as_array().unwrap().iter();
            list.map(|one| (one["id"].as_str().unwrap().to_owned(), one.clone()))
                .collect()
        };
        Self {
            packages: by_id(&all["packages"]),
            nodes: by_id(&all["resolve"]["nodes"]),
            root: all["resolve"]["root"].as_str().unwrap().to_owned(),
        }
    }

    /// The packages in the binary and those that build it, without those of the tests.
    fn built_from(&self) -> Vec<&Value> {
        let mut seen = BTreeSet::new();
        let mut open = vec![self.root.clone()];
        while let Some(id) = open.pop() {
            if !seen.insert(id.clone()) {
                continue;
            }
            for other in self.nodes[&id]["deps"].as_array().unwrap() {
                let kinds = other["dep_kinds"].as_array().unwrap();
                if kinds.iter().any(|kind| kind["kind"] != "dev") {
                    open.push(other["pkg"].as_str().unwrap().to_owned());
                }
            }
        }
        seen.iter().map(|id| &self.packages[id]).collect()
    }
}

fn text<'a>(package: &'a Value, field: &str) -> &'a str {
    package[field].as_str().unwrap_or_default()
}

/// Whether an SPDX expression leaves a choice of listed licences: one of an OR, all of an AND.
fn may_be_handed_on(expression: &str) -> bool {
    let plain = expression.replace(['(', ')'], "").replace('/', " OR ");
    // Where both stand, every AND of these expressions binds what stands around it: `(A OR B) AND C`.
    plain.split(" AND ").all(|part| {
        part.split(" OR ").any(|one| {
            let name = one.split(" WITH ").next().unwrap_or_default();
            LICENCES.contains(&name.trim())
        })
    })
}

#[test]
fn every_crate_may_be_handed_on() {
    let tree = Tree::read();
    let bad: Vec<_> = tree
        .built_from()
        .into_iter()
        .filter(|package| !may_be_handed_on(text(package, "license")))
        .map(|package| format!("{} ({})", text(package, "name"), text(package, "license")))
        .collect();
    assert!(bad.is_empty(), "{bad:?}");
    assert!(!may_be_handed_on("GPL-3.0"));
    assert!(!may_be_handed_on("MIT AND GPL-3.0"));
    assert!(!may_be_handed_on(""));
    assert!(may_be_handed_on("GPL-3.0 OR MIT"));
}

#[test]
fn a_crate_stands_in_the_tree_once_but_for_those_that_are_named() {
    let tree = Tree::read();
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in tree.built_from() {
        let names = versions.entry(text(package, "name")).or_default();
        names.insert(text(package, "version"));
    }
    let twice: BTreeSet<&str> = versions
        .iter()
        .filter(|(_, versions)| versions.len() > 1)
        .map(|(name, _)| *name)
        .collect();
    let named: BTreeSet<&str> = TWICE.into_iter().map(|(name, _)| name).collect();
    assert_eq!(twice, named);
}

/// Names and versions of the packages of a lock file, each with the names of what it asks for.
fn locked(path: &str) -> BTreeMap<(String, String), BTreeSet<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let lock: toml::Table = text.parse().unwrap();
    let word = |value: &toml::Value| value.as_str().unwrap().to_owned();
    let packages = lock["package"].as_array().unwrap().iter();
    packages
        .map(|package| {
            let asked = package.get("dependencies").and_then(|all| all.as_array());
            let names = asked.into_iter().flatten().map(|one| {
                // A version stands behind the name where the lock holds two.
                let one = word(one);
                one.split(' ').next().unwrap().to_owned()
            });
            let key = (word(&package["name"]), word(&package["version"]));
            (key, names.collect())
        })
        .collect()
}

#[test]
fn the_fuzz_targets_are_locked_to_what_the_program_is_built_from() {
    let tree = Tree::read();
    let root = &tree.packages[&tree.root];
    let lock = locked("tests/fuzz/Cargo.lock");
    let asked: BTreeSet<String> = root["dependencies"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["kind"] != "dev")
        .map(|one| text(one, "name").to_owned())
        .collect();
    let own = (
        text(root, "name").to_owned(),
        text(root, "version").to_owned(),
    );
    let advice = "run `cargo update --workspace --offline` in tests/fuzz";
    assert_eq!(lock.get(&own), Some(&asked), "{advice}");
    // What only the fuzzer needs has a name that the program's lock does not know.
    let ours = locked("Cargo.lock");
    let names: BTreeSet<_> = ours.keys().map(|(name, _)| name).collect();
    let other: Vec<_> = lock
        .keys()
        .filter(|package| names.contains(&package.0) && !ours.contains_key(*package))
        .collect();
    assert!(other.is_empty(), "{advice}: {other:?}");
}

#[test]
fn no_crate_speaks_to_a_network() {
    let tree = Tree::read();
    let packages = tree.built_from();
    assert!(packages.len() > 100, "the tree is read");
    let bad: Vec<_> = packages
        .into_iter()
        .map(|package| text(package, "name"))
        .filter(|name| NETWORK.iter().any(|part| name.contains(part)))
        .collect();
    assert!(bad.is_empty(), "{bad:?}");
}

#[test]
fn no_line_of_the_program_names_a_socket() {
    fn walk(folder: &std::path::Path, bad: &mut Vec<String>) {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, bad);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            // A pair of our own two ends, through which a signal is heard, reaches nobody.
            let names = [
                "std::net",
                "TcpStream",
                "TcpListener",
                "UdpSocket",
                "UnixListener",
                "UnixDatagram",
                "UnixStream::connect",
                "rustix::net",
            ];
            if names.iter().any(|name| text.contains(name)) {
                bad.push(path.display().to_string());
            }
        }
    }
    let mut bad = Vec::new();
    walk(std::path::Path::new("src"), &mut bad);
    assert!(bad.is_empty(), "{bad:?}");
}
