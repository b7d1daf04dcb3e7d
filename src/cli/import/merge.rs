//! `ebb import other-journal.db`: merges another Ebbtide journal. Of each row the version that was edited last wins.
//!
//! Invariant: the other file is never written. Every decision is listed. One undo reverts the whole merge.

use crate::cli::backup;
use crate::cli::failure::{Failure, NO, Outcome};
use crate::cli::output;
use crate::cli::session::{Reply, Session};
use crate::domain::journal::merge_summary::MergeSummary;
use crate::store::key::door::Door;
use crate::store::{CopyKind, Run, Store};
use serde_json::{Value, json};
use std::path::Path;

/// Merges the journal at `path` and prints the result.
pub(super) fn run(path: &Path, run: Run, session: &Session) -> Outcome {
    let mut store = match session.open_if_there()? {
        Some(store) => store,
        // A dry run must not create a journal.
        None if run == Run::Dry => Store::in_memory(session.seed()?)?,
        None => session.create()?,
    };
    refuse_itself(path, session)?;
    admit(&mut store, path, session)?;
    let merged = match run {
        Run::Real => taken_in(&mut store, path, session)?,
        Run::Dry => store.merge(path, run, session.utc(), session.seed()?.device)?,
    };
    for decided in &merged.decided {
        output::say(&format!("{decided}"));
    }
    output::say(&summary(&merged, run));
    if session.reply == Reply::Json {
        let mut value = as_json(&merged);
        value["version"] = 1.into();
        value["dry_run"] = (run == Run::Dry).into();
        return output::json(&value);
    }
    Ok(())
}

/// What a merge brought and how it was decided.
pub(super) fn as_json(merged: &MergeSummary) -> Value {
    let added = merged.added.iter();
    let added = added.map(|(one, _, n)| json!({ "what": one, "count": n }));
    let decided = merged.decided.iter().map(ToString::to_string);
    json!({
        "added": added.collect::<Vec<_>>(),
        "decided": decided.collect::<Vec<_>>(),
        "same": merged.same,
    })
}

/// Merges the journal at `path`, after a backup copy of this one.
pub(in crate::cli) fn taken_in(
    store: &mut Store,
    path: &Path,
    session: &Session,
) -> Outcome<MergeSummary> {
    let device = session.seed()?.device;
    // A dry run first: a sync that changes nothing must not fill the folder with copies.
    let dry_run = store.merge(path, Run::Dry, session.utc(), device)?;
    if dry_run.changes_anything() {
        backup::keep_before(CopyKind::BeforeMerge, store, session);
    }
    Ok(store.merge(path, Run::Real, session.utc(), device)?)
}

/// Unlocks an encrypted file that is to be taken in. A plain journal asks first, since its entries would lie readable here.
pub(super) fn admit(store: &mut Store, path: &Path, session: &Session) -> Outcome {
    let locked = match Door::of(path)? {
        Door::Locked(locked) if !locked.is_held() => locked,
        _ => return Ok(()),
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let what = format!(
        "{name} is encrypted and this journal is not, so what is taken in would lie here readable"
    );
    let may = store.is_encrypted()
        || (output::can_ask() && output::agrees(&format!("{what}. Take it in?")));
    if !may {
        return Err(Failure::usage(format!(
            "{what}; nothing was taken in, `ebb passphrase set` encrypts this journal"
        )));
    }
    let question = format!("Passphrase of {name}, not shown while you type: ");
    let given = session.unlock_file(locked.path(), &question)?;
    if let Some(key) = given
        && store.is_encrypted()
        && output::can_ask()
        && output::keeps(
            "Keep the key of that file in this journal, so that it is not asked for again?",
        )
    {
        store.remember_key(&key)?;
    }
    Ok(())
}

/// Whether somebody has to be asked for the passphrase of this file before it can be taken in.
pub(in crate::cli) fn waits_for_passphrase(store: &Store, path: &Path, session: &Session) -> bool {
    let locked = match Door::of(path) {
        Ok(Door::Locked(locked)) if !locked.is_held() => locked,
        _ => return false,
    };
    if !store.is_encrypted() {
        return locked.takes_passphrase();
    }
    // A program that knows passphrases is asked before a person.
    let (opened, _) = output::overheard(|| session.unlock_file(path, ""));
    locked.takes_passphrase() && opened.is_err()
}

pub(in crate::cli) fn refuse_itself(path: &Path, session: &Session) -> Outcome {
    // Canonical paths, because a link to the journal is the journal too.
    let own = std::fs::canonicalize(&session.places()?.journal);
    let other = std::fs::canonicalize(path);
    match (own, other) {
        (Ok(own), Ok(other)) if own == other => Err(Failure::new(
            NO,
            "that is this very journal, so there is nothing to take in",
        )),
        _ => Ok(()),
    }
}

/// "Taken in: 12 check-ins, 3 doses; 2 decided as listed; 340 the same in both."
pub(in crate::cli) fn summary(merged: &MergeSummary, run: Run) -> String {
    let mut parts = Vec::new();
    parts.extend(merged.added_text());
    let left_out = merged.left_out();
    let decided = merged.decided.len() - left_out;
    if decided > 0 {
        parts.push(format!("{decided} decided as listed"));
    }
    if left_out > 0 {
        parts.push(format!("{left_out} left out as listed"));
    }
    let (begun, end) = match run {
        Run::Real => ("Taken in", "`ebb undo` takes it back."),
        Run::Dry => ("Would be taken in", "Nothing was changed."),
    };
    let same = format!("{} the same in both", merged.same);
    if !merged.changes_anything() {
        return match left_out {
            0 => format!("Nothing new: {same}."),
            n => format!("Nothing new: {n} left out as listed; {same}."),
        };
    }
    parts.push(same);
    format!("{begun}: {}. {end}", parts.join("; "))
}
