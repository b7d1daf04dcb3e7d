//! A folder of its own, a fixed zone and a fixed now for each test of the binary.

use assert_cmd::Command;
use std::path::PathBuf;
use tempfile::TempDir;

pub struct House {
    /// Everything that a test touches lies below.
    pub dir: TempDir,
}

/// What a run answered.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl House {
    pub fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn journal(&self) -> PathBuf {
        self.path("journal.db")
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::cargo_bin("ebb").unwrap();
        command
            .env_clear()
            .env("HOME", self.dir.path())
            .env("TZ", "America/New_York")
            .env("EBB_NOW", "2026-11-22T21:40:00-05:00")
            .env("EBB_JOURNAL", self.journal())
            .current_dir(self.dir.path())
            .args(args);
        command
    }

    pub fn with_input(&self, args: &[&str], input: &str) -> Said {
        let output = self.command(args).write_stdin(input).output().unwrap();
        Said {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub fn ebb(&self, args: &[&str]) -> Said {
        self.with_input(args, "")
    }

    pub fn code(&self, args: &[&str]) -> i32 {
        self.ebb(args).code
    }

    /// Runs and expects 0.
    pub fn done(&self, args: &[&str]) -> Said {
        let said = self.ebb(args);
        assert_eq!(said.code, 0, "{args:?}: {said:?}");
        said
    }

    pub fn rows(&self, args: &[&str]) -> Vec<Vec<String>> {
        let said = self.done(args);
        assert!(said.out.ends_with("\r\n"));
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(said.out.as_bytes());
        let each = reader.records();
        each.map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect()
    }
}
