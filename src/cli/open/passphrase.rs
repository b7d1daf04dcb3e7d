//! The passphrase in plain mode: typed at the terminal, without being shown.

use super::sentences::{plain, sentence};
use crate::cli::backup::passphrase::follow;
use crate::cli::output::secret;
use crate::cli::session::Session;
use crate::store::Store;
use crate::store::key::door::Door;
use crate::store::key::follow::Followed;
use crate::store::key::rewrite::NewKey;
use crate::transfer::errand::{PassphraseErrand, Told};

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
        "That was the sheet. It stands in this window until it is cleared or closed.".to_owned(),
    );
    Ok(Told::Page("Recovery sheet", lines))
}
