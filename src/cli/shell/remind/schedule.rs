//! What each timer needs: files, a line of a table, and the commands that start and stop it.
//!
//! Invariant: words are quoted by the rules of each, so that a path with a blank, a percent sign or a quote stays one word.

use chrono::{NaiveTime, Timelike};
use std::fmt;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What every file and line of ours has in it.
pub(super) const MARK: &str = "`ebb remind remove` takes this away";
/// What is said, and what a list of timers shows.
pub(super) const WORDS: &str = "Time for your check-in";

/// A timer that systems have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum With {
    /// A user timer of systemd.
    Systemd,
    /// An agent of launchd, on a Mac.
    Launchd,
    /// A line of the person's crontab.
    Cron,
}

impl With {
    /// The one of this system.
    pub(super) fn of_system() -> Self {
        if cfg!(target_os = "macos") {
            Self::Launchd
        // The documented way to tell that it runs this system.
        } else if Path::new("/run/systemd/system").is_dir() {
            Self::Systemd
        } else {
            Self::Cron
        }
    }

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Systemd => "systemd",
            Self::Launchd => "launchd",
            Self::Cron => "cron",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        let mut all = [Self::Systemd, Self::Launchd, Self::Cron].into_iter();
        all.find(|with| with.code() == code)
    }
}

impl fmt::Display for With {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Systemd => "a user timer of systemd",
            Self::Launchd => "an agent of launchd",
            Self::Cron => "a line of your crontab",
        })
    }
}

/// A command of the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) program: &'static str,
    pub(super) words: Vec<String>,
}

impl Step {
    fn new(program: &'static str, words: &[&str]) -> Self {
        Self {
            program,
            words: words.iter().map(|word| (*word).to_owned()).collect(),
        }
    }

    /// As it is typed.
    pub(super) fn line(&self) -> String {
        format!("{} {}", self.program, self.words.join(" "))
    }
}

/// Everything that a timer needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) with: With,
    /// Files with their texts.
    pub(super) files: Vec<(PathBuf, String)>,
    /// The line of a crontab.
    pub(super) crontab: Option<String>,
    /// What starts it, once the files are there.
    pub(super) start: Vec<Step>,
    /// What stops it, before they go.
    pub(super) stop: Vec<Step>,
    /// What tells the system that they are gone.
    pub(super) after: Vec<Step>,
}

impl Plan {
    /// The timer that runs `words` at a time of day, its files in `folder`.
    pub(super) fn new(with: With, at: NaiveTime, words: &[String], folder: &Path) -> Self {
        let mut plan = Self {
            with,
            files: Vec::new(),
            crontab: None,
            start: Vec::new(),
            stop: Vec::new(),
            after: Vec::new(),
        };
        match with {
            With::Systemd => {
                plan.files = vec![
                    (folder.join("ebb-reminder.service"), service(words)),
                    (folder.join("ebb-reminder.timer"), timer(at)),
                ];
                let reload = Step::new("systemctl", &["--user", "daemon-reload"]);
                let act =
                    |act| Step::new("systemctl", &["--user", act, "--now", "ebb-reminder.timer"]);
                plan.start = vec![reload.clone(), act("enable")];
                plan.stop = vec![act("disable")];
                plan.after = vec![reload];
            }
            With::Launchd => {
                let file = folder.join("ebb.reminder.plist");
                let path = file.display().to_string();
                let user = rustix::process::getuid().as_raw();
                let domain = format!("gui/{user}");
                plan.start = vec![Step::new("launchctl", &["bootstrap", &domain, &path])];
                plan.stop = vec![Step::new("launchctl", &["bootout", &domain, &path])];
                plan.files = vec![(file, agent(at, words))];
            }
            With::Cron => plan.crontab = Some(table_line(at, words)),
        }
        plan
    }

    /// The files, each below its path, for `ebb remind print`.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (path, content) in &self.files {
            writeln!(text, "# {}\n{content}", path.display()).ok();
        }
        if let Some(line) = &self.crontab {
            writeln!(text, "# a line for `crontab -e`\n{line}").ok();
        }
        for step in &self.start {
            writeln!(text, "# then: {}", step.line()).ok();
        }
        text
    }

    /// The same as it is shown before it is installed.
    pub(super) fn preview(&self) -> String {
        let mut text = String::new();
        for (path, content) in &self.files {
            writeln!(text, "This file would be written: {}", path.display()).ok();
            for line in content.lines() {
                writeln!(text, "    {line}").ok();
            }
        }
        if let Some(line) = &self.crontab {
            writeln!(
                text,
                "This line would be put into your crontab:\n    {line}"
            )
            .ok();
        }
        for step in &self.start {
            writeln!(text, "This would be run: {}", step.line()).ok();
        }
        text
    }
}

fn service(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| for_systemd(word)).collect();
    format!(
        "# {MARK}.\n[Unit]\nDescription={WORDS}\n\n[Service]\nType=oneshot\nExecStart={}\n",
        words.join(" ")
    )
}

fn timer(at: NaiveTime) -> String {
    // Without `Persistent`: hours later, at the next start of the machine, it would be of no use.
    format!(
        "# {MARK}.\n[Unit]\nDescription={WORDS}\n\n[Timer]\nOnCalendar=*-*-* {}\n\n[Install]\nWantedBy=timers.target\n",
        at.format("%H:%M:%S")
    )
}

fn agent(at: NaiveTime, words: &[String]) -> String {
    let words = words
        .iter()
        .map(|word| format!("    <string>{}</string>\n", for_launchd(word)));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- {MARK}. -->\n<plist version=\"1.0\">\n<dict>\n  <key>Label</key>\n  <string>ebb.reminder</string>\n  <key>ProgramArguments</key>\n  <array>\n{}  </array>\n  <key>StartCalendarInterval</key>\n  <dict>\n    <key>Hour</key>\n    <integer>{}</integer>\n    <key>Minute</key>\n    <integer>{}</integer>\n  </dict>\n</dict>\n</plist>\n",
        words.collect::<String>(),
        at.hour(),
        at.minute()
    )
}

fn table_line(at: NaiveTime, words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| for_cron(word)).collect();
    format!(
        "{} {} * * * {} # {MARK}",
        at.minute(),
        at.hour(),
        words.join(" ")
    )
}

/// A word of `ExecStart`.
fn for_systemd(word: &str) -> String {
    let mut text = String::new();
    for letter in word.chars() {
        match letter {
            '\\' | '"' => text.extend(['\\', letter]),
            // Both begin something that is put in.
            '%' | '$' => text.extend([letter, letter]),
            _ => text.push(letter),
        }
    }
    if word.contains(|letter: char| letter.is_whitespace() || "\"'\\;".contains(letter)) {
        format!("\"{text}\"")
    } else {
        text
    }
}

/// A word of a property list.
fn for_launchd(word: &str) -> String {
    let signs = word.replace('&', "&amp;");
    signs.replace('<', "&lt;").replace('>', "&gt;")
}

/// A word of a crontab: of the shell, with the percent signs that are line ends there.
fn for_cron(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./:=@+,".contains(letter);
    if word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''").replace('%', "\\%"))
}

/// A crontab without our line, and with this one behind it.
pub(super) fn with_line(table: &str, line: Option<&str>) -> String {
    let mut text = String::new();
    for kept in table
        .lines()
        .filter(|line| !line.contains(MARK))
        .chain(line)
    {
        writeln!(text, "{kept}").ok();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{MARK, Plan, WORDS, With, with_line};
    use chrono::NaiveTime;
    use std::path::Path;

    fn plan(with: With) -> Plan {
        let words = ["/opt/a b/50%/<&>/ebb", "remind", "now"].map(str::to_owned);
        let at = NaiveTime::from_hms_opt(20, 5, 0).unwrap_or_default();
        Plan::new(with, at, &words, Path::new("/timers"))
    }

    #[test]
    fn each_timer_has_the_time_and_the_command_as_one_word_each() {
        let systemd = plan(With::Systemd).text();
        assert!(systemd.contains("OnCalendar=*-*-* 20:05:00"), "{systemd}");
        assert!(
            systemd.contains("ExecStart=\"/opt/a b/50%%/<&>/ebb\" remind now\n"),
            "{systemd}"
        );
        let cron = plan(With::Cron).crontab.unwrap_or_default();
        assert!(
            cron.starts_with("5 20 * * * '/opt/a b/50\\%/<&>/ebb' remind now # "),
            "{cron}"
        );
        let launchd = plan(With::Launchd).text();
        assert!(launchd.contains("<integer>20</integer>"), "{launchd}");
        assert!(launchd.contains("<string>/opt/a b/50%/&lt;&amp;&gt;/ebb</string>"));
    }

    #[test]
    fn no_word_of_a_timer_says_what_the_journal_is_about() {
        for with in [With::Systemd, With::Launchd, With::Cron] {
            let text = plan(with).text().to_lowercase();
            for word in [
                "kratom",
                "taper",
                "withdrawal",
                "journal",
                "symptom",
                "dose",
            ] {
                assert!(!text.contains(word), "{with:?}: {text}");
            }
        }
        assert_eq!(WORDS, "Time for your check-in");
    }

    #[test]
    fn other_lines_of_a_crontab_stay_and_ours_stands_there_once() {
        let table = format!("MAILTO=a\n0 1 * * * other\n5 20 * * * ebb # {MARK}\n");
        let line = format!("0 8 * * * ebb # {MARK}");
        let new = with_line(&table, Some(&line));
        assert_eq!(new, format!("MAILTO=a\n0 1 * * * other\n{line}\n"));
        assert_eq!(with_line(&new, None), "MAILTO=a\n0 1 * * * other\n");
    }
}
