//! `ebb sync DIR`: journals of several machines through a folder that the person's own program synchronises.
//!
//! Invariant: no server and no socket. This machine writes only its own file, so that two machines never write the same one. A
//! file that cannot be merged is named, and the others are still merged.

use super::last_meeting;
use super::merge::{admit, as_json, summary, taken_in, waits_for_passphrase};
use crate::cli::failure::{DISK, Failure, LOCKED, NO, Outcome};
use crate::cli::output;
use crate::cli::session::{Reply, Session};
use crate::domain::journal::merge_summary::MergeSummary;
use crate::domain::text::system_words::system_words;
use crate::store::{Run, Store, is_conflict_name, is_journal, left_by_others};
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb sync ~/Sync/ebb      takes in what other machines left there, and leaves this journal for them;
                           makes the folder where there is none

The folder is carried by whatever you use already: Syncthing, a cloud folder, git, a USB stick.
Each machine writes one file there, ebb-….journal, and reads those of the others. No word of it
leaves this machine by itself; whoever can read the folder can read the journal in it, unless this
journal has a passphrase: then its file has it too (`ebb help passphrase`).")]
pub(crate) struct Args {
    /// The folder
    folder: PathBuf,
}

pub(crate) fn run(args: &Args, session: &Session) -> Outcome {
    let made = made(&args.folder, session)?;
    let mut store = match session.open_if_there()? {
        Some(store) => store,
        None => session.create()?,
    };
    met((&args.folder, &[]), made, &mut store, session)
}

/// Meets the other journals in `folder` but for those in `without`, for the faces that have the journal open already.
pub(in crate::cli) fn meet(
    folder: &Path,
    without: &[PathBuf],
    store: &mut Store,
    session: &Session,
) -> Outcome {
    let made = made(folder, session)?;
    met((folder, without), made, store, session)
}

/// The first file in `folder` but for those in `without` whose passphrase somebody has to be asked for.
pub(in crate::cli) fn locked_in(
    folder: &Path,
    without: &[PathBuf],
    store: &Store,
    session: &Session,
) -> Option<PathBuf> {
    // What cannot be read is said by the meeting itself.
    let (journals, _) = left_by_others(folder, &store.sync_name().ok()?).ok()?;
    let mut journals = journals.into_iter().filter(|path| !without.contains(path));
    journals.find(|path| waits_for_passphrase(store, path, session))
}

fn met(
    (folder, without): (&Path, &[PathBuf]),
    made: Made,
    store: &mut Store,
    session: &Session,
) -> Outcome {
    let own = store.sync_name()?;
    session.ours().copy(&folder.join(&own))?;
    // Before the others are merged: the name of this machine's file may change.
    go_own_way(store, &folder.join(&own), session)?;
    let unreadable = |error: std::io::Error| {
        Failure::new(
            DISK,
            format!(
                "{} could not be read ({})",
                folder.display(),
                system_words(&error)
            ),
        )
    };
    let (journals, others) = left_by_others(folder, &own).map_err(unreadable)?;
    let mut unread = 0;
    let mut others_json = Vec::new();
    for path in &journals {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if without.contains(path) {
            output::say(&format!("{name} was left out this time."));
            continue;
        }
        match admit(store, path, session).and_then(|()| taken_in(store, path, session)) {
            Ok(merged) => {
                for decided in &merged.decided {
                    output::say(&format!("{decided}"));
                }
                output::say(&format!("{name}: {}", summary(&merged, Run::Real)));
                let mut value = as_json(&merged);
                value["file"] = name.as_ref().into();
                others_json.push(value);
            }
            // This journal cannot be written to: that is not the fault of the other file.
            Err(error) if matches!(error.code, DISK | LOCKED) => return Err(error),
            // One unreadable file must not keep the journals of the other machines out.
            Err(error) => {
                unread += 1;
                let why = error.message.unwrap_or_default();
                output::say(&format!("{name} was passed over: {why}"));
                others_json.push(json!({ "file": name, "passed_over": why }));
            }
        }
    }
    // On the first machine there is nothing to meet, and silence would look like a failure.
    if journals.is_empty() {
        output::say(&format!(
            "No other journal lies in {} yet; this one waits there for the others.",
            folder.display()
        ));
    }
    let names = journals.iter().filter_map(|path| path.file_name());
    let machines: Vec<String> = names
        .map(|name| name.to_string_lossy().into_owned())
        .chain([own])
        .collect();
    // Hidden files belong to the synchronising program.
    for name in others.iter().filter(|name| !name.starts_with('.')) {
        let path = folder.join(name);
        let is_conflict = machines.iter().any(|of| is_conflict_name(name, of));
        output::say(&if is_conflict && is_journal(&path) {
            format!(
                "{name} is a conflict copy and was left alone; `ebb import {}` brings what only it has, then it can go",
                path.display()
            )
        } else {
            format!("{name} is no file of a machine and was left alone")
        });
    }
    let written = store.leave_in(folder)?;
    let own = store.sync_name()?;
    output::say(&if written {
        format!("Left for the others: {own}.")
    } else {
        format!("{own} says it all already.")
    });
    if session.reply == Reply::Json {
        output::json(&json!({
            "version": 1, "folder": folder.display().to_string(), "made": made == Made::Now,
            "own": own, "written": written, "others": others_json,
        }))?;
    }
    last_meeting::keep(store.id(), folder, session);
    if unread > 0 {
        return Err(Failure::new(
            NO,
            "some files were passed over; what could be taken in was",
        ));
    }
    Ok(())
}

/// Whether the folder of a sync was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Made {
    /// It was.
    Before,
    /// It was made by this run.
    Now,
}

/// Makes the folder where there is none, and says so: on the first machine nothing else makes it.
fn made(folder: &Path, session: &Session) -> Outcome<Made> {
    if folder.is_dir() {
        return Ok(Made::Before);
    }
    let refused = |why: String| Failure::new(NO, format!("{why}; nothing was left there"));
    if folder.exists() {
        return Err(refused(format!("{} is not a folder", folder.display())));
    }
    // A folder in the place of a file of ours would be in the journal's way.
    session.ours().folder(folder)?;
    // The folder above has to be there: of a mistyped path more than the last word is wrong.
    let is_there = |folder: &Path| folder.as_os_str().is_empty() || folder.is_dir();
    if let Some(above) = folder.parent().filter(|above| !is_there(above))
        && !above.parent().is_some_and(is_there)
    {
        return Err(refused(format!(
            "{} is not there, and neither is the folder above it",
            above.display()
        )));
    }
    std::fs::create_dir_all(folder).map_err(|error| {
        let why = system_words(&error);
        refused(format!("{} could not be made ({why})", folder.display()))
    })?;
    output::say(&format!("Made the folder {}.", folder.display()));
    Ok(Made::Now)
}

/// Handles an own file that has more than this journal: a copy of the journal is in use elsewhere under the same name, or this
/// journal was restored from an older copy. The file is merged, and this journal continues under a new name, so that neither
/// overwrites the other. A sound version of a row that is damaged here is taken from it without that.
fn go_own_way(store: &mut Store, own: &Path, session: &Session) -> Outcome {
    if !own.is_file() {
        return Ok(());
    }
    let (now, device) = (session.utc(), session.seed()?.device);
    let brings = store.merge(own, Run::Dry, now, device).ok();
    // Under a new name this journal leaves that file as it is, with what is left out of it.
    let is_ahead = |brings: &MergeSummary| brings.changes_anything() || brings.left_out() > 0;
    let Some(brings) = brings.filter(is_ahead) else {
        return Ok(());
    };
    let merged = store.merge(own, Run::Real, now, device)?;
    if brings.only_heals() {
        for decided in &merged.decided {
            output::say(&format!("{decided}"));
        }
    } else {
        output::say(&format!(
            "A copy of this journal wrote here under the same name. {} From now on this one has a name of its own.",
            summary(&merged, Run::Real)
        ));
    }
    Ok(())
}
