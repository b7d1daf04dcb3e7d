//! `ebb remind`: one neutral sentence a day, on days without a check-in, by a timer that the system has already.
//!
//! Invariant: nothing is installed that was not shown before; no word of it says what the journal is about; nobody's own file is
//! replaced or taken away.

pub(in crate::cli) mod listing;
mod now;
mod schedule;

use crate::cli::failure::{DISK, Failure, NO, Outcome};
use crate::cli::output;
use crate::cli::output::private;
use crate::cli::session::{Reply, Session};
use crate::config::settings::ConfigKey;
use crate::config::{NoHome, Places, agents_folder, timers_folder};
use crate::domain::text::system_words::system_words;
use crate::store::Occupant;
use crate::store::key::door::Door;
use chrono::NaiveTime;
use schedule::{Plan, Step, With};
use serde_json::json;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb remind print                      what a timer of this system needs, to put there yourself
  ebb remind install --at 20:30 --dry-run
  ebb remind remove                     takes away what `install` made")]
pub(in crate::cli) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Print the timer, and do nothing
    #[command(before_help = "\
Examples:
  ebb remind print
  ebb remind print --at 08:00 --with cron")]
    Print(When),
    /// Show the timer, ask, and install it for this user
    #[command(before_help = "\
Examples:
  ebb remind install --at 20:30 --dry-run    shows it, and does nothing")]
    Install {
        #[command(flatten)]
        when: When,
        /// Show what would be written, and do nothing
        #[arg(long)]
        dry_run: bool,
        /// Without a question
        #[arg(long)]
        yes: bool,
    },
    /// Take the timer away
    #[command(before_help = "\
Examples:
  ebb remind remove")]
    Remove,
    /// What the timer runs: remind, unless today has a check-in
    #[command(
        hide = true,
        before_help = "\
Examples:
  ebb remind now"
    )]
    Now,
}

#[derive(Debug, clap::Args)]
struct When {
    /// The time of day, such as 20:00
    #[arg(long, value_name = "HH:MM", default_value = USUAL_TIME, value_parser = time, hide_default_value = true)]
    at: NaiveTime,
    /// Which timer; the one that this system has when left out
    #[arg(long, value_name = "TIMER", hide_possible_values = true)]
    with: Option<With>,
}

fn time(text: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M")
        .map_err(|_| "it is a time of day, as in 20:00".to_owned())
}

/// Said before anything is installed.
const OTHERS: &str = "Others on this computer can see it: that there is a reminder, and when. It says \"Time for your check-in\" and nothing of the journal.";
/// What it does.
const DOES: &str = "It says so on days without a check-in. After three that were passed over it waits for your next check-in.";
/// What it does with a journal that it cannot look into.
const DOES_LOCKED: &str = "The journal is encrypted, so the reminder cannot see whether a day has a check-in: it says so every day, and keeps nothing about it.";
/// When it comes where no time is named.
const USUAL_TIME: &str = "20:00";

pub(in crate::cli) fn run(args: &Args, session: &Session) -> Outcome {
    match &args.what {
        What::Print(when) => print(&plan(when, session)?, session),
        What::Install { when, dry_run, yes } => {
            let plan = plan(when, session)?;
            if *dry_run {
                print(&plan, session)
            } else {
                install(when, &plan, *yes, session)
            }
        }
        What::Remove => remove(session),
        What::Now => now::run(session),
    }
}

fn plan(when: &When, session: &Session) -> Outcome<Plan> {
    let with = when.with.unwrap_or_else(With::of_system);
    let folder = match with {
        With::Systemd => timers_folder(),
        With::Launchd => agents_folder(),
        With::Cron => Some(PathBuf::new()),
    };
    let folder = folder.ok_or(NoHome)?;
    Ok(Plan::new(
        with,
        when.at,
        &words(&program()?, session)?,
        &folder,
    ))
}

/// Where this program lies. A folder of `PATH` keeps its name over updates, while the real place may have a version in it.
fn program() -> Outcome<PathBuf> {
    let real = std::env::current_exe().map_err(|error| {
        Failure::new(
            NO,
            format!(
                "where this program lies is not known ({}); nothing was done",
                system_words(&error)
            ),
        )
    })?;
    let is_this =
        |path: &PathBuf| path.is_absolute() && path.canonicalize().ok() == real.canonicalize().ok();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut named = std::env::split_paths(&path).map(|folder| folder.join("ebb"));
    Ok(named.find(is_this).unwrap_or(real))
}

/// The command that the timer runs: with the paths that were named for this run, since a timer has no such environment.
fn words(program: &Path, session: &Session) -> Outcome<Vec<String>> {
    let places = session.places()?;
    let mut words = vec![program.display().to_string()];
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let is_named = session
        .over
        .iter()
        .any(|over| over.key == ConfigKey::Journal);
    let usual = Places::find(None, None).ok().map(|usual| usual.config);
    let named = [
        ("--journal", &places.journal, is_named),
        (
            "--config",
            &places.config,
            usual.as_ref() != Some(&places.config),
        ),
    ];
    for (option, path, _) in named.into_iter().filter(|(_, _, is_named)| *is_named) {
        words.extend([option.to_owned(), whole(path).display().to_string()]);
    }
    words.extend(["remind".to_owned(), "now".to_owned()]);
    Ok(words)
}

/// What it does with this journal.
fn does(session: &Session) -> Outcome<&'static str> {
    let is_locked = matches!(Door::of(&session.places()?.journal), Ok(Door::Locked(_)));
    Ok(if is_locked { DOES_LOCKED } else { DOES })
}

fn print(plan: &Plan, session: &Session) -> Outcome {
    if session.reply == Reply::Json {
        return told(plan, false);
    }
    output::say(OTHERS);
    output::exact(plan.text().as_bytes())
}

fn told(plan: &Plan, is_installed: bool) -> Outcome {
    let file = |(path, text): &(PathBuf, String)| json!({ "path": path.display().to_string(), "text": text });
    let files: Vec<_> = plan.files.iter().map(file).collect();
    let run: Vec<String> = plan.start.iter().map(Step::line).collect();
    output::json(&json!({
        "version": 1, "installed": is_installed, "with": plan.with.code(),
        "files": files, "run": run, "crontab": plan.crontab,
    }))
}

fn install(when: &When, plan: &Plan, yes: bool, session: &Session) -> Outcome {
    let file = kept(session)?;
    refuse_others(plan)?;
    output::say(&format!("{}{OTHERS}\n{}", plan.preview(), does(session)?));
    if !yes {
        if !output::can_ask() {
            return Err(Failure::usage(
                "installing asks first, and nobody can be asked here; --yes does it without a question. Nothing was installed",
            ));
        }
        if !output::agrees("Install it?") {
            return Err(Failure::new(NO, "nothing was installed"));
        }
    }
    // An earlier one may be of another timer, or at another time.
    take_away(session)?;
    let at = when.at.format("%H:%M").to_string();
    keep(
        &file,
        &json!({ "version": 1, "with": plan.with.code(), "at": at, "made": missing(plan) }),
    )?;
    for (path, text) in &plan.files {
        let to = session.ours().file(path)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)
            .and_then(|()| to.write(Occupant::File, |out| out.write_all(text.as_bytes())))
            .map_err(|error| unwritten(path, &error))?;
    }
    if let Some(line) = &plan.crontab {
        crontab(Some(line))?;
    }
    for step in &plan.start {
        run_step(step).map_err(|why| {
            Failure::new(
                NO,
                format!(
                    "{} did not work: {why}. What is shown above is written; the command starts it where a session runs, and `ebb remind remove` takes it away",
                    step.line()
                ),
            )
        })?;
    }
    if session.reply == Reply::Json {
        return told(plan, true);
    }
    output::say(&format!(
        "Installed: {at} every day. `ebb remind remove` takes it away."
    ));
    Ok(())
}

/// The folders that installing makes, those inside first.
fn missing(plan: &Plan) -> Vec<PathBuf> {
    // All files of a timer lie in one folder.
    let first = plan.files.iter().take(1);
    let above = first.flat_map(|(path, _)| path.ancestors().skip(1));
    above
        .take_while(|folder| !folder.exists())
        .map(Path::to_owned)
        .collect()
}

fn remove(session: &Session) -> Outcome {
    let was_there = take_away(session)?;
    if session.reply == Reply::Json {
        return output::json(&json!({ "version": 1, "removed": was_there }));
    }
    output::say(if was_there {
        "The reminder is taken away."
    } else {
        "No reminder of ebb's is installed here, so nothing was changed."
    });
    Ok(())
}

/// Takes away what was installed; whether there was something.
fn take_away(session: &Session) -> Outcome<bool> {
    let file = kept(session)?;
    let kept = private::read(&file);
    let Some(with) = kept["with"].as_str().and_then(With::from_code) else {
        return Ok(false);
    };
    let folder = match with {
        With::Systemd => timers_folder(),
        With::Launchd => agents_folder(),
        With::Cron => None,
    };
    let plan = folder.map(|folder| Plan::new(with, NaiveTime::MIN, &[], &folder));
    for step in plan.iter().flat_map(|plan| &plan.stop) {
        // The timer may be gone already, or no session runs: then there is nothing to stop.
        run_step(step).ok();
    }
    for (path, _) in plan.iter().flat_map(|plan| &plan.files) {
        if is_from_ebb(path) {
            fs::remove_file(path).map_err(|error| unwritten(path, &error))?;
        }
    }
    let made = kept["made"].as_array().into_iter().flatten();
    for folder in made.filter_map(|folder| folder.as_str()) {
        // One that holds something of the person's by now stays.
        fs::remove_dir(folder).ok();
    }
    if with == With::Cron {
        crontab(None)?;
    }
    for step in plan.iter().flat_map(|plan| &plan.after) {
        run_step(step).ok();
    }
    fs::remove_file(&file).map_err(|error| unwritten(&file, &error))?;
    Ok(true)
}

/// What this device keeps about its reminder: which timer has it, and on which days it was said. Without a home folder there
/// is no place for it.
pub(in crate::cli) fn file(places: &Places) -> Option<PathBuf> {
    Some(places.state.as_ref()?.join("reminder.json"))
}

fn kept(session: &Session) -> Outcome<PathBuf> {
    Ok(file(session.places()?).ok_or(NoHome)?)
}

fn keep(file: &Path, value: &serde_json::Value) -> Outcome {
    private::write(file, value).map_err(|error| unwritten(file, &error))
}

fn unwritten(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(
        DISK,
        format!(
            "{} could not be changed: {}; the journal is as it was",
            path.display(),
            system_words(error)
        ),
    )
}

/// Whether a file has our first line.
fn is_from_ebb(path: &Path) -> bool {
    fs::read_to_string(path).is_ok_and(|text| text.contains(schedule::MARK))
}

fn refuse_others(plan: &Plan) -> Outcome {
    let mut paths = plan.files.iter().map(|(path, _)| path);
    match paths.find(|path| path.symlink_metadata().is_ok() && !is_from_ebb(path)) {
        None => Ok(()),
        Some(path) => Err(Failure::new(
            NO,
            format!(
                "{} is there already and not from `ebb remind install`, so it was left as it is; nothing was installed",
                path.display()
            ),
        )),
    }
}

/// Runs a command of the system; what it said where it did not work.
fn run_step(step: &Step) -> Result<(), String> {
    let output = Command::new(step.program)
        .args(&step.words)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| system_words(&error))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(said
        .trim()
        .lines()
        .next()
        .unwrap_or("it ended with an error")
        .to_owned())
}

/// Puts the line into the person's table, or takes ours out of it; every other line stays.
fn crontab(line: Option<&str>) -> Outcome {
    let failure = |why: String| {
        Failure::new(
            NO,
            format!("crontab did not work: {why}; its table is as it was"),
        )
    };
    let told = |error: std::io::Error| failure(system_words(&error));
    let listed = Command::new("crontab").arg("-l").output().map_err(told)?;
    // Without a table it ends with an error.
    let table = String::from_utf8_lossy(&listed.stdout).into_owned();
    let table = schedule::with_line(&table, line);
    let mut child = Command::new("crontab")
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(told)?;
    let mut input = child.stdin.take();
    let written = input
        .as_mut()
        .map_or(Ok(()), |input| input.write_all(table.as_bytes()));
    drop(input);
    let ended = child.wait().map_err(told)?;
    match written {
        Ok(()) if ended.success() => Ok(()),
        Ok(()) => Err(failure("it ended with an error".to_owned())),
        Err(error) => Err(told(error)),
    }
}
