//! `ebb backup`: copies the journal into the folder of copies or to a file, and lists the copies.
//!
//! Invariant: the day's automatic copy is made after a command has finished, and a problem with it never changes the command's
//! exit code.

pub(super) mod copies;
pub(super) mod doctor;
pub(super) mod passphrase;
pub(super) mod restore;
pub(super) mod salvage;
pub(super) mod zones;

use super::failure::{Failure, Outcome};
use super::output;
use super::session::Session;
use crate::domain::text::system_words::system_words;
use crate::store::{Copy, CopyKind, Occupant, Store, StoreError, may_be_written};
use copies::size;
use serde_json::json;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb backup                  into the folder of copies, and says where
  ebb backup copy.db          into a file of yours
  ebb backup --list           the copies that there are; `ebb restore last` brings the newest back")]
pub(super) struct Args {
    /// A file to copy to
    #[arg(conflicts_with = "list")]
    path: Option<PathBuf>,
    /// Replace a file that stands there
    #[arg(long, requires = "path")]
    force: bool,
    /// The copies that there are
    #[arg(long)]
    list: bool,
    /// For scripts
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, session: &Session) -> Outcome {
    if args.list {
        // The journal is not opened: the list must work beside a damaged one. Without the passphrase it says "locked".
        if output::secret::has_command() || output::secret::may_be_asked() {
            session.unlock()?;
        }
        let copies = Store::copies_of(&session.places()?.journal);
        return list(&copies, args.json, session);
    }
    let store = session.open()?;
    let copy = match &args.path {
        Some(path) => to_file(&store, path, args.force, session)?,
        None => store
            .back_up(CopyKind::Ring, session.utc())
            .map_err(not_copied)?,
    };
    if args.json {
        return output::json(&json!({ "version": 1, "copy": as_json(&copy, session) }));
    }
    let line = format!(
        "Copied and read back: {} ({}).",
        copy.path.display(),
        copy.state.sentences()
    );
    output::say(&line);
    Ok(())
}

pub(in crate::cli) fn to_file(
    store: &Store,
    path: &Path,
    force: bool,
    session: &Session,
) -> Outcome<Copy> {
    let standing = if force {
        Occupant::File
    } else {
        Occupant::Nothing
    };
    let to = session.ours().copy(path)?;
    store
        .back_up_to(to.path(), standing, session.utc())
        .map_err(|error| match error {
            StoreError::Exists(path) => Failure::usage(format!(
                "{} is there already and was left as it is; --force replaces it",
                path.display()
            )),
            StoreError::NotAFile(_) => Failure::usage(error.to_string()),
            other => not_copied(other),
        })
}

fn not_copied(error: StoreError) -> Failure {
    let why = match &error {
        StoreError::DiskFull { path } => &format!("the disk is full ({})", path.display()),
        StoreError::ReadOnly { path } => &format!("{} is read-only", path.display()),
        StoreError::Io { path, source, .. } => {
            &format!("{} ({})", system_words(source), path.display())
        }
        // Other errors have their own sentence and exit code.
        _ => return error.into(),
    };
    let message = format!("no copy was made: {why}; the journal is as it was");
    let mut failure = Failure::from(error);
    failure.message = Some(message);
    failure
}

fn list(copies: &[Copy], json: bool, session: &Session) -> Outcome {
    if json {
        let copies: Vec<_> = copies.iter().map(|copy| as_json(copy, session)).collect();
        let folder = Store::copies_folder(&session.places()?.journal);
        return output::json(&json!({
            "version": 1, "folder": folder.display().to_string(), "copies": copies,
        }));
    }
    if copies.is_empty() {
        output::say(
            "There is no copy yet. The first save of a day makes one, and so does `ebb backup`.",
        );
        return Ok(());
    }
    let widths = |of: fn(&Copy) -> usize| copies.iter().map(of).max().unwrap_or(0);
    let name = widths(|copy| copy.name().chars().count());
    let kind = widths(|copy| copy.kind.label().chars().count());
    let mut text = String::new();
    for copy in copies {
        writeln!(
            text,
            "{:name$}  {}  {:kind$}  {:>9}  {}",
            copy.name(),
            session.now.zone.at(copy.made_at).format("%Y-%m-%d %H:%M"),
            copy.kind.label(),
            size(copy.size),
            copy.state.sentences()
        )
        .ok();
    }
    output::text(&text)
}

fn as_json(copy: &Copy, session: &Session) -> serde_json::Value {
    json!({
        "name": copy.name(),
        "path": copy.path.display().to_string(),
        "kind": copy.kind.code(),
        "made_at": session.now.zone.at(copy.made_at).to_rfc3339(),
        "bytes": copy.size,
        "sound": copy.is_sound(),
        "state": copy.state.sentences(),
    })
}

/// Makes the day's copy after a command that may have written.
pub(super) fn keep(session: &Session) {
    let Ok(places) = &session.places else { return };
    let journal = &places.journal;
    // Checked by file names alone: this runs after every command.
    if !journal.is_file() || !may_be_written(journal) || Store::is_copied_on(journal, session.utc())
    {
        return;
    }
    let result = Store::open(journal).and_then(|store| store.keep_ring(session.utc()));
    if let Err(error) = result {
        output::say(&error.of_the_days_copy());
    }
}

/// Makes a copy before a large change. A problem is printed and does not stop the change: undo reverts it as well.
pub(super) fn keep_before(kind: CopyKind, store: &Store, session: &Session) {
    if let Err(error) = store.back_up(kind, session.utc()) {
        output::say(&format!(
            "No copy was made before this: {}. `ebb undo` takes it back all the same.",
            error.why()
        ));
    }
}
