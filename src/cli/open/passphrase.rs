//! The passphrase in plain mode: typed at the terminal, without being shown.

use super::sentences::{plain, sentence};
use crate::cli::backup::passphrase::follow;
use crate::cli::failure::SEALED;
use crate::cli::output::secret;
use crate::cli::session::Session;
use crate::store::Store;
use crate::store::key::door::Door;
use crate::store::key::follow::Followed;
use crate::store::key::rewrite::NewKey;
use crate::transfer::errand::{PassphraseErrand, Told};
use std::path::Path;

/// Said where nobody can type unseen.
const NO_TERMINAL: &str = "A passphrase is typed at a terminal, where it is not shown. Without one, `ebb passphrase` reads it from stdin. Nothing was changed.";

/// Carries it out on the open journal.
pub(super) fn carry_out(
    deed: PassphraseErrand,
    store: &mut Store,
    session: &Session,
) -> Result<Told, String> {
    if !secret::may_be_asked() {
        return Err(NO_TERMINAL.to_owned());
    }
    // Whoever sits at an open journal need not be the one whose it is.
    if deed != PassphraseErrand::Set {
        prove(store)?;
    }
    let (line, followed) = match deed {
        PassphraseErrand::Sheet => return sheet(store),
        PassphraseErrand::Set => {
            let new = secret::new_passphrase().map_err(sentence)?;
            let followed = store.set_passphrase(&new).map_err(plain)?;
            (
                "The journal is encrypted, and the passphrase is asked from now on. passphrase, in settings, says the recovery sheet.",
                followed,
            )
        }
        PassphraseErrand::Change(key) => {
            let new = secret::new_passphrase().map_err(sentence)?;
            let key = if key { NewKey::Yes } else { NewKey::No };
            let followed = store.change_passphrase(&new, key).map_err(plain)?;
            let line = match key {
                NewKey::Yes => {
                    "The new passphrase and a new key hold from now on. passphrase, in settings, says the new recovery sheet."
                }
                NewKey::No => {
                    "The new passphrase holds from now on; the recovery sheet stays valid."
                }
            };
            (line, followed)
        }
        PassphraseErrand::Remove => {
            let followed = store.remove_passphrase().map_err(plain)?;
            ("The journal is no longer encrypted.", followed)
        }
    };
    let mut lines = vec![line.to_owned()];
    lines.extend(left(&followed));
    lines.extend(follow(store, session));
    Ok(Told::Page("Passphrase", lines))
}

/// Asks at the terminal for the passphrase of an encrypted file from elsewhere, as often as the person likes.
pub(super) fn unlock(path: &Path) -> Result<Told, String> {
    if !secret::may_be_asked() {
        return Err(NO_TERMINAL.to_owned());
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let question = format!("Passphrase of {name}, not shown while you type: ");
    ask(path, &question).map(|()| Told::Opened)
}

/// Asks for the passphrase of the journal itself, which was locked.
pub(super) fn unlock_own(path: &Path) -> Result<(), String> {
    ask(path, "Passphrase, not shown while you type: ")
}

/// Asks a person, whatever program knows the passphrase.
fn ask(path: &Path, question: &str) -> Result<(), String> {
    let Door::Locked(door) = Door::of(path).map_err(plain)? else {
        return Ok(());
    };
    if !door.takes_passphrase() {
        return Err(plain(door.refusal()));
    }
    match secret::ask(&door, question) {
        Ok(_) => Ok(()),
        Err(failure) if failure.code == SEALED => {
            Err("No passphrase was typed. Nothing was changed.".to_owned())
        }
        Err(failure) => Err(sentence(failure)),
    }
}

/// Keeps the key of an open file in the journal.
pub(super) fn keep_key(path: &Path, store: &mut Store) -> Result<Told, String> {
    if let Door::Locked(door) = Door::of(path).map_err(plain)?
        && let Some(key) = door.key()
    {
        store.remember_key(&key).map_err(plain)?;
    }
    Ok(Told::Done(
        "Its key lies in this journal now, under your passphrase.".to_owned(),
    ))
}

fn prove(store: &Store) -> Result<(), String> {
    let Some(path) = store.path() else {
        return Ok(());
    };
    match Door::of(path).map_err(plain)? {
        Door::Locked(door) => {
            let asked = "Present passphrase, not shown while you type: ";
            secret::unlock_for_change(&door, asked)
                .map(drop)
                .map_err(sentence)
        }
        Door::Open => Err("This journal has no passphrase. Nothing was changed.".to_owned()),
    }
}

/// The copies that could not follow.
fn left(followed: &Followed) -> Vec<String> {
    let left = followed.left.iter();
    left.map(|(path, why)| format!("{} stayed as it was: {why}.", path.display()))
        .collect()
}

fn sheet(store: &Store) -> Result<Told, String> {
    let Some(sheet) = store.sheet() else {
        return Err("This journal has no passphrase, so it has no sheet.".to_owned());
    };
    let groups = sheet.groups();
    let numbered = groups.iter().zip(1..);
    let mut lines: Vec<String> = numbered
        .map(|(group, at)| format!("{at}: {}", group.as_str()))
        .collect();
    lines.push(
        "That was the sheet. It stands in this window until it is cleared or closed; the word blank clears it.".to_owned(),
    );
    Ok(Told::Page("Recovery sheet", lines))
}
