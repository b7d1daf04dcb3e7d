//! What was compared, what agreed, and what is known not to agree yet.

use serde_json::Value;
use std::collections::BTreeMap;

/// What the program cannot pass yet, each with its reason. What agrees without exception has no place here: the test says so.
pub const NOT_YET: &[(&str, &str)] = &[];

#[derive(Default, Clone)]
pub struct Count {
    pub same: usize,
    pub other: usize,
    /// The first that were not the same.
    pub places: Vec<String>,
}

#[derive(Default)]
pub struct Tally {
    pub counts: BTreeMap<&'static str, Count>,
    seed: u64,
}

impl Tally {
    pub fn of(seed: u64) -> Self {
        Self {
            counts: BTreeMap::new(),
            seed,
        }
    }

    /// Holds what the program gives against what is right.
    pub fn same(&mut self, what: &'static str, place: &str, right: impl Into<Value>, got: &Value) {
        let right = right.into();
        let count = self.counts.entry(what).or_default();
        // Numbers are the same whether they stand as 2 or 2.0.
        let is_same = match (right.as_f64(), got.as_f64()) {
            (Some(right), Some(got)) => (right - got).abs() < 1e-9,
            _ => right == *got,
        };
        if is_same {
            count.same += 1;
            return;
        }
        count.other += 1;
        if count.places.len() < 5 {
            let seed = self.seed;
            count
                .places
                .push(format!("journal {seed}, {place}: right {right}, got {got}"));
        }
    }

    pub fn add(&mut self, other: Self) {
        for (what, count) in other.counts {
            let here = self.counts.entry(what).or_default();
            here.same += count.same;
            here.other += count.other;
            here.places.extend(count.places);
            here.places.truncate(5);
        }
    }

    pub fn compared(&self) -> usize {
        self.counts
            .values()
            .map(|count| count.same + count.other)
            .sum()
    }

    /// A line for each kind of value.
    pub fn lines(&self) -> String {
        let line = |(what, count): (&&str, &Count)| {
            let (same, other) = (count.same, count.other);
            let places = count.places.iter().map(|place| format!("  {place}\n"));
            let places: String = places.collect();
            format!("{what}: {same} the same, {other} not\n{places}")
        };
        self.counts.iter().map(line).collect()
    }

    /// What is wrong in the program, or out of date in [`NOT_YET`].
    pub fn faults(&self) -> Vec<String> {
        let is_known = |what: &str| NOT_YET.iter().any(|(known, _)| *known == what);
        let mut faults = Vec::new();
        for (what, count) in &self.counts {
            if !is_known(what) && count.other > 0 {
                let places = count.places.join("\n  ");
                faults.push(format!("{what}, {} times\n  {places}", count.other));
            }
            if is_known(what) && count.other == 0 {
                faults.push(format!("{what} agrees now: take it out of NOT_YET"));
            }
        }
        faults
    }
}
