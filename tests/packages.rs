//! What the packages are made of: the quick parts of `assets/packaging`, without a build.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const FOLDER: &str = "assets/packaging";

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
    found.sort();
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    files(folder, &mut found);
    found
}

/// Every folder below one, empty ones too.
fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let inside = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_dir());
    let mut all: Vec<PathBuf> = inside
        .flat_map(|path| [folders(&path), vec![path]].concat())
        .collect();
    all.sort();
    all
}

/// Where letters could be sent: a name, the sign and a host.
fn addresses(text: &str) -> Vec<&str> {
    let is_outside = |letter: char| !(letter.is_ascii_alphanumeric() || "@.-_+".contains(letter));
    let words = text.split(is_outside);
    let is_address = |word: &&str| {
        let parts = word.split_once('@');
        parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
    };
    words.filter(is_address).collect()
}

#[test]
fn no_package_names_an_address_that_could_be_somebodys() {
    // There is no public address yet, and the top level `invalid` never gets one.
    let mut found = 0;
    let metadata = [PathBuf::from("Cargo.toml")];
    for path in below(Path::new(FOLDER)).iter().chain(&metadata) {
        let text = fs::read_to_string(path).unwrap();
        for address in addresses(&text) {
            assert!(
                address.ends_with(".invalid"),
                "{}: {address}",
                path.display()
            );
            found += 1;
        }
        for host in text.split("://").skip(1) {
            let host = host.split(['/', '"', '`', ' ']).next().unwrap();
            let is_format = host == "www.debian.org";
            assert!(
                is_format || host.ends_with(".invalid"),
                "{}: {host}",
                path.display()
            );
        }
    }
    assert!(found >= 2, "{found} addresses");
}

#[test]
fn no_package_says_what_the_journal_is_about() {
    let mut looked_at = 0;
    for path in below(Path::new(FOLDER)) {
        let text = fs::read_to_string(&path).unwrap().to_lowercase();
        for word in ["kratom", "taper", "withdrawal", "quit", "addict", "drug"] {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
        looked_at += 1;
    }
    assert!(looked_at >= 10, "{looked_at} files");
}

#[test]
fn every_package_names_the_version_of_this_tree() {
    let version = env!("CARGO_PKG_VERSION");
    let read = |name: &str| fs::read_to_string(format!("{FOLDER}/{name}")).unwrap();
    assert!(read("aur/PKGBUILD").contains(&format!("pkgver={version}\n")));
    assert!(read("nix/package.nix").contains(&format!("version = \"{version}\"")));
    assert!(read("homebrew/ebbtide.rb").contains(&format!("ebbtide-{version}.tar.gz")));
    for template in [
        "debian/control.in",
        "debian/changelog.in",
        "rpm/ebbtide.spec.in",
    ] {
        assert!(read(template).contains("@VERSION@"), "{template}");
    }
}

#[test]
fn the_scripts_are_read_by_their_shells() {
    for (shell, script) in [
        ("bash", "build"),
        ("sh", "install.sh"),
        ("bash", "aur/PKGBUILD"),
    ] {
        let path = format!("{FOLDER}/{script}");
        let read = Command::new(shell).args(["-n", &path]).output().unwrap();
        assert!(read.status.success(), "{script}: {read:?}");
    }
}

/// The files that every package has for reading, as `build` takes them.
fn pages() -> Vec<PathBuf> {
    let list = fs::read_to_string(format!("{FOLDER}/pages")).unwrap();
    list.lines().map(PathBuf::from).collect()
}

/// The places that a page's links name, without what stands in a block or between backticks.
fn links(page: &str) -> Vec<&str> {
    let outside = page.split("```").step_by(2);
    let prose = outside.flat_map(|part| part.split('`').step_by(2));
    let behind = prose.flat_map(|part| part.split("](").skip(1));
    let places = behind.filter_map(|rest| rest.split([')', '#', ' ']).next());
    places
        .filter(|place| !place.is_empty() && !place.contains("://"))
        .collect()
}

/// A place as seen from the top folder.
fn from_the_top(page: &Path, link: &str) -> PathBuf {
    let mut place = page.parent().unwrap().to_path_buf();
    for part in Path::new(link) {
        match part.to_str().unwrap() {
            ".." => assert!(place.pop(), "{}: {link}", page.display()),
            name => place.push(name),
        }
    }
    place
}

#[test]
fn every_link_of_a_packages_pages_leads_to_a_file_that_the_package_has() {
    let pages = pages();
    let mut linked = vec![PathBuf::from("README.md")];
    for page in &pages {
        assert!(page.is_file(), "{}", page.display());
        if page.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let text = fs::read_to_string(page).unwrap();
        for link in links(&text) {
            let place = from_the_top(page, link);
            assert!(pages.contains(&place), "{}: {link}", page.display());
            linked.push(place);
        }
    }
    // Nothing is carried that no page leads to.
    let lonely: Vec<_> = pages.iter().filter(|page| !linked.contains(page)).collect();
    assert!(lonely.is_empty(), "{lonely:?}");
    let manual = below(Path::new("assets/docs"));
    let missing: Vec<_> = manual.iter().filter(|page| !pages.contains(page)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(linked.len() > 50, "{} links", linked.len());
}

#[test]
fn a_link_is_found_in_prose_alone() {
    let page =
        "[a](b.md#c) `[d](e)` ![f](../g.png)\n```toml\nh = \"[i](j)\"\n```\n[k](#l) [m](https://n)";
    assert_eq!(links(page), ["b.md", "../g.png"]);
    let place = from_the_top(Path::new("assets/docs/x.md"), "../g.png");
    assert_eq!(place, Path::new("assets/g.png"));
}

fn install(unpacked: &Path, home: &Path, args: &[&str]) -> Output {
    Command::new("sh")
        .arg(unpacked.join("install.sh"))
        .args(args)
        .env_clear()
        .env("HOME", home)
        .env("PATH", "/usr/bin:/bin")
        .output()
        .unwrap()
}

#[test]
fn what_install_puts_there_it_takes_away_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (unpacked, home) = (folder.path().join("unpacked"), folder.path().join("home"));
    for file in [
        "bin/ebb",
        "share/man/man1/ebb.1.gz",
        "share/zsh/site-functions/_ebb",
        "share/doc/ebbtide/README.md",
        "share/doc/ebbtide/assets/docs/keys.md",
        "share/doc/ebbtide/assets/screens/today.png",
    ] {
        let path = unpacked.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "new").unwrap();
    }
    let program = "#!/bin/sh\necho \"$*\" >> \"$HOME/asked\"\n";
    fs::write(unpacked.join("bin/ebb"), program).unwrap();
    fs::set_permissions(unpacked.join("bin/ebb"), Permissions::from_mode(0o755)).unwrap();
    fs::copy(format!("{FOLDER}/install.sh"), unpacked.join("install.sh")).unwrap();
    let journal = home.join(".local/share/ebbtide/journal.db");
    fs::create_dir_all(journal.parent().unwrap()).unwrap();
    fs::write(&journal, "mine").unwrap();
    let other = home.join(".local/share/man/man1/other.1");
    fs::create_dir_all(other.parent().unwrap()).unwrap();
    fs::write(&other, "mine").unwrap();
    let before = (below(&home), folders(&home));

    // Twice, as for a newer version.
    for _ in 0..2 {
        let done = install(&unpacked, &home, &[]);
        assert!(done.status.success(), "{done:?}");
        assert!(String::from_utf8(done.stdout).unwrap().contains("--remove"));
    }
    assert_eq!(
        fs::read_to_string(home.join(".local/bin/ebb")).unwrap(),
        program
    );
    assert!(!home.join("asked").exists());
    // A page lies where the links of the others look for it.
    let page = home.join(".local/share/doc/ebbtide/assets/docs/keys.md");
    assert_eq!(fs::read_to_string(page).unwrap(), "new");
    // The copy that stays takes it away, without the folder that it came from.
    let kept = home.join(".local/share/doc/ebbtide");
    let removed = install(&kept, &home, &["--remove"]);
    assert!(removed.status.success(), "{removed:?}");
    // A reminder goes with it, once and only here.
    let asked = home.join("asked");
    assert_eq!(fs::read_to_string(&asked).unwrap(), "remind remove\n");
    fs::remove_file(&asked).unwrap();
    assert_eq!((below(&home), folders(&home)), before);

    // A folder that got something of the person's meanwhile stays with it.
    let done = install(&unpacked, &home, &[]);
    assert!(done.status.success(), "{done:?}");
    let mine = home.join(".local/share/zsh/site-functions/_mine");
    fs::write(&mine, "mine").unwrap();
    assert!(install(&kept, &home, &["--remove"]).status.success());
    assert_eq!(fs::read_to_string(&mine).unwrap(), "mine");
    assert!(!home.join(".local/bin").exists());

    // A program of that name from somewhere else stays.
    let ebb = home.join(".local/bin/ebb");
    fs::create_dir_all(ebb.parent().unwrap()).unwrap();
    fs::write(&ebb, "another").unwrap();
    let refused = install(&unpacked, &home, &[]);
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    assert_eq!(fs::read_to_string(&ebb).unwrap(), "another");
}
