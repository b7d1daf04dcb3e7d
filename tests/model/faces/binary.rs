//! The real program over a journal of its own.

use crate::journal::{Journal, Plan, Shape, unit_of};
use assert_cmd::Command;
use chrono::NaiveDate;
use serde_json::Value;
use tempfile::TempDir;

pub struct Binary {
    dir: TempDir,
    now: String,
}

/// An amount as a person types it, with or without a unit.
fn typed(amount: i64, unit: &str) -> String {
    let number = format!("{}.{:03}", amount / 1000, amount % 1000);
    let number = number.trim_end_matches('0').trim_end_matches('.');
    format!("{number}{unit}")
}

impl Binary {
    /// Takes the journal in.
    pub fn over(journal: &Journal) -> Self {
        let binary = Self::empty(&journal.now.to_rfc3339());
        let path = binary.dir.path().join("journal.json");
        std::fs::write(&path, journal.document()).unwrap();
        binary.text(&["import", "--format", "json", path.to_str().unwrap()]);
        binary
    }

    pub fn empty(now: &str) -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
            now: now.to_owned(),
        }
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ebb"));
        command
            .env_clear()
            .env("HOME", self.dir.path())
            .env("TZ", "America/New_York")
            .env("EBB_NOW", &self.now)
            .env("EBB_JOURNAL", self.dir.path().join("journal.db"))
            .current_dir(self.dir.path())
            .args(args);
        command
    }

    pub fn run(&self, args: &[&str]) -> (i32, String, String) {
        let output = self.command(args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let code = output.status.code().unwrap();
        (code, text(output.stdout), text(output.stderr))
    }

    /// Runs, expects 0, and gives what stands on stdout.
    pub fn text(&self, args: &[&str]) -> String {
        let (code, out, err) = self.run(args);
        assert_eq!(code, 0, "{args:?} at {}\n{out}{err}", self.now);
        out
    }

    pub fn json(&self, args: &[&str]) -> Value {
        let text = self.text(&[args, &["--json"]].concat());
        serde_json::from_str(&text).unwrap()
    }

    /// The rows of a table, each by the names of the head.
    pub fn rows(&self, args: &[&str]) -> Vec<Vec<(String, String)>> {
        let text = self.text(args);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let head: Vec<String> = reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect();
        let named = |row: Result<csv::StringRecord, csv::Error>| {
            let row = row.unwrap();
            let cells = row.iter().map(str::to_owned);
            head.iter().cloned().zip(cells).collect()
        };
        reader.records().map(named).collect()
    }

    /// Runs at noon of a day.
    fn on(&self, day: NaiveDate, args: &[&str]) {
        let now = format!("{day}T12:00:00-05:00");
        let output = self.command(args).env("EBB_NOW", now).output().unwrap();
        assert!(output.status.success(), "{day} {args:?} {output:?}");
    }

    /// Begins a plan on its day, and holds and resumes it on its own.
    pub fn begin(&self, plan: &Plan) {
        let amount = |number| typed(number, unit_of(plan.product));
        let (every, from) = (plan.every.to_string(), amount(plan.start));
        let until = amount(plan.until);
        let mut words = vec!["taper", "start", "--from", &from, "--every", &every];
        words.extend(["--product", plan.product]);
        let shape = match &plan.shape {
            Shape::PercentOfCurrent(percent) | Shape::PercentOfStart(percent) => {
                percent.to_string()
            }
            Shape::Cut(by) => amount(*by),
            Shape::Steps(all) => {
                let each = all.iter().map(|n| typed(*n, ""));
                each.collect::<Vec<_>>().join(",")
            }
        };
        words.extend(match &plan.shape {
            Shape::PercentOfCurrent(_) => ["--percent", &shape, "--of", "current"].to_vec(),
            Shape::PercentOfStart(_) => ["--percent", &shape, "--of", "start"].to_vec(),
            Shape::Cut(_) => ["--cut", &shape].to_vec(),
            Shape::Steps(_) => ["--steps", &shape].to_vec(),
        });
        if !matches!(plan.shape, Shape::Steps(_)) {
            words.extend(["--until", &until]);
        }
        self.on(plan.begin, &words);
        if let Some((held, resumed)) = plan.held {
            self.on(held, &["taper", "hold", "--product", plan.product]);
            self.on(resumed, &["taper", "resume", "--product", plan.product]);
        }
    }
}
