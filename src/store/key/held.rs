//! The keys that this run has unlocked, found by name.
//!
//! They belong to the run and not to a journal: copies, sync files and restored files are opened by path, each says in its
//! first bytes which key it needs, and none can be opened without its key by mistake.

use super::{Key, KeyName};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

static HELD: Mutex<BTreeMap<KeyName, Key>> = Mutex::new(BTreeMap::new());

fn held() -> MutexGuard<'static, BTreeMap<KeyName, Key>> {
    // A panic elsewhere leaves the map whole: each change is one call.
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Holds a key until it is forgotten.
pub(in crate::store) fn hold(key: &Key) {
    held().insert(key.name(), key.clone());
}

/// The key of this name, if this run has unlocked it.
pub(in crate::store) fn get(name: KeyName) -> Option<Key> {
    held().get(&name).cloned()
}

/// Lets go of one key.
pub(crate) fn let_go(name: KeyName) {
    held().remove(&name);
}

/// Lets go of all keys. Stores that are open keep theirs until they are dropped.
pub fn forget() {
    held().clear();
}
