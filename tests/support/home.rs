//! A home of its own for one test: nothing of the machine's reaches `ebb`, and nothing of `ebb` stays.

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use portable_pty::CommandBuilder;
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use super::pty::{Pty, Size};

/// A moment for tests that do not care when it is: a Sunday morning.
pub const MORNING: &str = "2026-11-22T08:12:00-05:00";

/// The zone of every test.
const ZONE: &str = "America/New_York";

/// A home with a journal in it, or none yet.
pub struct Ebb {
    home: TempDir,
    journal: PathBuf,
    now: Option<String>,
    env: Vec<(String, String)>,
    without: Vec<String>,
}

impl Ebb {
    /// An empty home, with the clock at [`MORNING`].
    pub fn new() -> Self {
        let home = tempfile::Builder::new()
            .prefix("ebb-test-")
            .tempdir()
            .unwrap();
        let journal = home.path().join("journal.db");
        Self {
            home,
            journal,
            now: Some(MORNING.to_owned()),
            env: Vec::new(),
            without: Vec::new(),
        }
    }

    /// The same with an attempt begun, so that the full screen opens on Today.
    pub fn begun() -> Self {
        let ebb = Self::new();
        ebb.succeed(&["start", "--last-use", "2026-11-13 20:00"]);
        ebb
    }

    /// The system's clock instead of a moment that stands still.
    pub fn with_a_running_clock(mut self) -> Self {
        self.now = None;
        self
    }

    /// Sets a variable for everything that runs here.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Leaves a variable out that would be set otherwise.
    pub fn without(mut self, name: &str) -> Self {
        self.without.push(name.to_owned());
        self
    }

    /// The journal's file.
    pub fn journal(&self) -> &Path {
        &self.journal
    }

    /// The home's folder.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// All variables that `ebb` gets; it inherits none.
    fn variables(&self) -> Vec<(String, String)> {
        let path = |path: &Path| path.to_str().unwrap().to_owned();
        let mut all = vec![
            ("HOME".to_owned(), path(self.home.path())),
            ("EBB_JOURNAL".to_owned(), path(&self.journal)),
            ("TZ".to_owned(), ZONE.to_owned()),
            ("TERM".to_owned(), "xterm-256color".to_owned()),
            ("LANG".to_owned(), "en_US.UTF-8".to_owned()),
            ("PATH".to_owned(), "/usr/local/bin:/usr/bin:/bin".to_owned()),
        ];
        all.extend(self.now.iter().map(|now| ("EBB_NOW".into(), now.clone())));
        all.extend(self.env.iter().cloned());
        all.retain(|(name, _)| !self.without.contains(name));
        all
    }

    /// `ebb` with these arguments, without a terminal.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(program());
        command
            .env_clear()
            .envs(self.variables())
            .current_dir(self.home.path())
            .args(args);
        command
    }

    /// Runs it with nothing on stdin.
    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Runs it, expects exit code 0, and gives what it printed.
    pub fn succeed(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// `ebb` on a terminal of 80 by 24.
    pub fn open(&self) -> Pty {
        self.open_with(&[], Size::USUAL)
    }

    /// `ebb` with arguments on a terminal of this size.
    pub fn open_with(&self, args: &[&str], size: Size) -> Pty {
        let mut command = CommandBuilder::new(program());
        command.args(args);
        self.spawn(command, size)
    }

    /// A shell command line on a terminal; `$EBB` is the program.
    pub fn shell(&self, line: &str) -> Pty {
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", line]);
        self.spawn(command, Size::USUAL)
    }

    /// A shell that reads its commands from the terminal; `$EBB` is the program.
    pub fn interactive_shell(&self) -> Pty {
        let mut command = CommandBuilder::new("/bin/sh");
        command.arg("-i");
        command.env("ENV", "");
        command.env("PS1", "$ ");
        self.spawn(command, Size::USUAL)
    }

    fn spawn(&self, mut command: CommandBuilder, size: Size) -> Pty {
        let prompt =
            ["ENV", "PS1"].map(|name| (name, command.get_env(name).map(ToOwned::to_owned)));
        command.env_clear();
        for (name, value) in prompt {
            if let Some(value) = value {
                command.env(name, value);
            }
        }
        for (name, value) in self.variables() {
            command.env(name, value);
        }
        command.env("EBB", program());
        command.cwd(self.home.path());
        Pty::start(command, size)
    }

    /// The journal's file, to read beside the program.
    pub fn reading(&self) -> Connection {
        Connection::open_with_flags(&self.journal, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
    }

    /// One number that the journal's file answers.
    pub fn count(&self, sql: &str) -> i64 {
        self.reading().query_row(sql, [], |row| row.get(0)).unwrap()
    }
}

/// The program under test.
pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_ebb"))
}
