//! A corpus of damage with fixed seeds: of the rows on unharmed pages at least 98 of 100 come over.

use super::map::Map;
use super::support::home::Ebb;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

const PAGE: usize = 4096;

/// A small random source that gives the same numbers everywhere.
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(1))
    }

    /// A number below `most`.
    pub fn below(&mut self, most: usize) -> usize {
        // Knuth's multiplier; the upper bits are the random ones.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

/// A made-up year and a half with everything in it.
struct House {
    ebb: Ebb,
    sound: Vec<u8>,
    map: Map,
    path: PathBuf,
}

impl House {
    fn new() -> Self {
        let ebb = Ebb::new();
        let path = ebb.journal().to_owned();
        ebb.succeed(&[
            "demo",
            "--days",
            "550",
            "--seed",
            "3",
            "--write",
            path.to_str().unwrap(),
        ]);
        for overall in ["3", "4", "5"] {
            ebb.succeed(&["checkin", "--overall", overall, "--note", "a line"]);
        }
        ebb.succeed(&["symptom", "add", "Cold feet", "--category", "physical"]);
        ebb.succeed(&["undo"]);
        ebb.succeed(&["redo"]);
        fs::remove_dir_all(ebb.home().join("journal.db.backups")).unwrap();
        Self {
            sound: fs::read(&path).unwrap(),
            map: Map::of(&path),
            path,
            ebb,
        }
    }

    fn pages(&self, name: &str) -> Vec<u64> {
        // The statistics are read from the sound file.
        fs::write(&self.path, &self.sound).unwrap();
        Map::pages(&self.path, name)
    }

    /// Writes a damaged file, salvages it, and gives how many rows of unharmed pages came over, and how many there are.
    fn salvage(&self, damaged: &[u8]) -> (usize, usize) {
        let harmed = harmed(&self.sound, damaged);
        fs::write(&self.path, damaged).unwrap();
        let out = self.ebb.home().join("saved.db");
        fs::remove_file(&out).ok();
        let output = self.ebb.run(&["salvage", "saved.db"]);
        let code = output.status.code();
        assert!(matches!(code, Some(0 | 14)), "{output:?}");
        assert_eq!(out.exists(), code == Some(0), "{output:?}");
        assert!(fs::read(&self.path).unwrap() == damaged, "it is only read");
        let saved = (code == Some(0)).then_some(out.as_path());
        if let Some(saved) = saved {
            let doctor = self
                .ebb
                .run(&["--journal", saved.to_str().unwrap(), "doctor", "--full"]);
            let text = String::from_utf8(doctor.stdout).unwrap();
            // A check-in without any of its ratings keeps its totals, and the doctor names it.
            let known = [
                "totals differ from its ratings",
                "totals differ from their ratings",
                "wholly blank",
                "does not match its sum",
            ];
            let mut findings = text.lines().filter(|line| line.starts_with("found"));
            assert!(
                findings.all(|line| known.iter().any(|known| line.contains(known))),
                "{text}"
            );
        }
        self.map.unharmed(&harmed, saved)
    }
}

/// The pages in which two files differ.
fn harmed(sound: &[u8], damaged: &[u8]) -> BTreeSet<u64> {
    let mut there = damaged.chunks(PAGE);
    let pages = (1..).zip(sound.chunks(PAGE));
    let differing = pages.filter(|(_, page)| there.next() != Some(page));
    differing.map(|(number, _)| number).collect()
}

fn overwrite(bytes: &mut [u8], at: usize, size: usize, dice: &mut Dice) {
    for byte in bytes.iter_mut().skip(at).take(size) {
        *byte = u8::try_from(dice.below(256)).unwrap();
    }
}

/// Says the figures of a kind of damage, and holds them against the promise.
fn hold(kind: &str, figures: &[(usize, usize)]) {
    let (there, all) = figures
        .iter()
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let share = there * 1000 / all.max(1);
    println!(
        "{kind}: {there} of {all} rows on unharmed pages in {} files ({}.{} %)",
        figures.len(),
        share / 10,
        share % 10
    );
    assert!(share >= 980, "{kind}: {there} of {all}");
}

#[test]
fn of_the_rows_on_unharmed_pages_98_in_100_come_over_whatever_page_is_destroyed() {
    let house = House::new();
    let mut dice = Dice::new(14);
    let pages = house.sound.len() / PAGE;
    let leaves: Vec<_> = (0..20)
        .map(|_| {
            let mut damaged = house.sound.clone();
            let page = 1 + dice.below(pages - 1);
            overwrite(&mut damaged, page * PAGE, PAGE, &mut dice);
            house.salvage(&damaged)
        })
        .collect();
    hold("one page destroyed", &leaves);
    for name in ["check_in", "rating", "record", "symptom", "check_in_day"] {
        let root = usize::try_from(house.pages(name)[0]).unwrap() - 1;
        let mut damaged = house.sound.clone();
        overwrite(&mut damaged, root * PAGE, PAGE, &mut dice);
        hold(
            &format!("root of {name} destroyed"),
            &[house.salvage(&damaged)],
        );
    }
    for (kind, size) in [("header destroyed", 100), ("first page destroyed", PAGE)] {
        let mut damaged = house.sound.clone();
        overwrite(&mut damaged, 0, size, &mut dice);
        hold(kind, &[house.salvage(&damaged)]);
    }
}

#[test]
fn of_the_rows_on_unharmed_pages_98_in_100_come_over_when_the_end_is_missing_or_blocks_are_zero() {
    let house = House::new();
    let mut dice = Dice::new(41);
    let truncated: Vec<_> = (1..=9)
        .map(|tenth| {
            let length = house.sound.len() * tenth / 10;
            let (there, all) = house.salvage(&house.sound[..length]);
            println!("truncated at {tenth}0 %: {there} of {all}");
            (there, all)
        })
        .collect();
    // In a short beginning there are ratings whose check-ins lay behind it, and nothing says of which day they are.
    hold("truncated at 10 % to 90 %", &truncated);
    // A block may lie in the one page that leads to a fifth of the rows, so that a share of few files says little.
    for (blocks, files) in [(1, 5), (4, 10), (16, 25)] {
        let figures: Vec<_> = (0..files)
            .map(|_| {
                let mut damaged = house.sound.clone();
                for _ in 0..blocks {
                    let at = dice.below(damaged.len() / 512) * 512;
                    damaged[at..at + 512].fill(0);
                }
                house.salvage(&damaged)
            })
            .collect();
        hold(&format!("{blocks} blocks of 512 bytes are zero"), &figures);
    }
}
