//! What the store thread does about the passphrase of an open journal.

use super::{Answer, Keeper};
use crate::domain::text::words;
use crate::domain::time::Now;
use crate::store::StoreError;
use crate::store::key::door::Door;
use crate::store::key::follow::Followed;
use crate::store::key::passphrase::Passphrase;
use crate::store::key::rewrite::NewKey;
use crate::store::key::sheet::Ground;
use crate::transfer::errand::{Errand, LockedFile, Told};
use crate::tui::effect::{Keeping, Secret};
use crate::tui::shared::Protection;
use zeroize::Zeroizing;

/// Said where a file from elsewhere stays closed.
const NOT_ITS_OWN: &str =
    "That is not the passphrase of this file. Nothing was changed; try as often as you like.";

/// What came of it.
#[derive(Debug)]
pub struct Kept {
    /// What a lock has to lock with from now on.
    pub(crate) protection: Protection,
    /// What is said about it.
    pub(crate) what: KeptWhat,
}

/// What was done.
#[derive(Debug)]
pub(crate) enum KeptWhat {
    /// A passphrase was set, changed or removed: the sentence.
    Done(String),
    /// The same, and there is a key whose sheet nobody has.
    NewKey(String),
    /// The sheet, as groups and as a picture.
    Sheet(Secret, Option<Secret>),
    /// A file from elsewhere is open.
    Opened(Box<LockedFile>),
}

impl<A: Fn(Answer)> Keeper<A> {
    /// Carries it out.
    pub(super) fn keep_passphrase(&mut self, keeping: &Keeping, now: &Now) -> Answer {
        let what = self.kept(keeping);
        let what = what.map(|what| self.followed(what, now));
        let protection = if self.store.is_encrypted() {
            Protection::Passphrase
        } else {
            Protection::None
        };
        Answer::Kept(what.map(|what| Kept { protection, what }))
    }

    fn kept(&mut self, keeping: &Keeping) -> Result<KeptWhat, String> {
        match keeping {
            Keeping::Set(new) => {
                let followed = self.store.set_passphrase(&passphrase(new)?).map_err(said)?;
                let line = "The journal is encrypted, and the passphrase is asked from now on.";
                Ok(KeptWhat::NewKey(with_copies(line, &followed)))
            }
            Keeping::Change { present, new, key } => {
                self.prove(present)?;
                let changed = self.store.change_passphrase(&passphrase(new)?, *key);
                let followed = changed.map_err(said)?;
                Ok(match key {
                    NewKey::No => KeptWhat::Done(with_copies(
                        "The new passphrase holds from now on; the recovery sheet stays valid.",
                        &followed,
                    )),
                    NewKey::Yes => KeptWhat::NewKey(with_copies(
                        "The new passphrase and a new key hold from now on.",
                        &followed,
                    )),
                })
            }
            Keeping::Recover(new) => {
                let recovered = self.store.recover_passphrase(&passphrase(new)?);
                let followed = recovered.map_err(said)?;
                let line = "The new passphrase holds from now on; the recovery sheet stays valid.";
                Ok(KeptWhat::Done(with_copies(line, &followed)))
            }
            Keeping::Remove(present) => {
                self.prove(present)?;
                let followed = self.store.remove_passphrase().map_err(said)?;
                let line = "The journal is no longer encrypted.";
                Ok(KeptWhat::Done(with_copies(line, &followed)))
            }
            Keeping::Other(file, typed) => {
                if let Door::Locked(door) = Door::of(&file.path).map_err(said)? {
                    let opened = door.unlock(&passphrase(typed)?);
                    opened.map_err(|error| match error {
                        StoreError::WrongPassphrase(_) => NOT_ITS_OWN.to_owned(),
                        other => said(other),
                    })?;
                }
                Ok(KeptWhat::Opened(file.clone()))
            }
            Keeping::Sheet(present) => {
                self.prove(present)?;
                let sheet = self.store.sheet();
                let sheet = sheet.ok_or("This journal is not encrypted, so it has no sheet.")?;
                let groups = sheet.groups();
                let mut text = Zeroizing::new(String::with_capacity(6 * groups.len()));
                for group in &groups {
                    if !text.is_empty() {
                        text.push(' ');
                    }
                    text.push_str(group);
                }
                let picture = sheet.picture(Ground::Light).map(Secret::new);
                Ok(KeptWhat::Sheet(Secret::new(text), picture))
            }
        }
    }

    /// What lies elsewhere follows the key, and what became of it is said as well.
    fn followed(&mut self, what: KeptWhat, now: &Now) -> KeptWhat {
        let (KeptWhat::Done(line) | KeptWhat::NewKey(line)) = &what else {
            return what;
        };
        let told = (self.hands)(&mut self.store, &Errand::Follow, now, &|_| {});
        let line = match told {
            Ok(Told::Done(more)) if !more.is_empty() => format!("{line} {more}"),
            // A made-up journal has nothing elsewhere.
            _ => return what,
        };
        match what {
            KeptWhat::NewKey(_) => KeptWhat::NewKey(line),
            _ => KeptWhat::Done(line),
        }
    }

    /// Whether it is the present passphrase: someone else may sit at an open journal.
    fn prove(&self, typed: &Secret) -> Result<(), String> {
        let path = self
            .store
            .path()
            .unwrap_or_else(|| std::path::Path::new(""));
        match Door::of(path).map_err(said)? {
            Door::Locked(door) => door.unlock(&passphrase(typed)?).map(drop).map_err(said),
            Door::Open => Ok(()),
        }
    }
}

fn passphrase(typed: &Secret) -> Result<Passphrase, String> {
    let passphrase = Passphrase::new(typed.text());
    passphrase.ok_or_else(|| "Blanks alone are no passphrase. Nothing was changed.".to_owned())
}

/// The sentence, with the copies that could not follow.
fn with_copies(line: &str, followed: &Followed) -> String {
    let left = followed.left.iter();
    let left: Vec<String> = left
        .map(|(path, why)| format!("{} stayed as it was: {why}.", path.display()))
        .collect();
    if left.is_empty() {
        line.to_owned()
    } else {
        format!("{line} {}", left.join(" "))
    }
}

fn said(error: StoreError) -> String {
    match error {
        StoreError::WrongPassphrase(_) => {
            "That is not the present passphrase. Nothing was changed.".to_owned()
        }
        other => words::sentence(&other.to_string()),
    }
}
