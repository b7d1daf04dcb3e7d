//! Where the journals of several machines met last: on this device alone, for the faces that offer the folder again.

use crate::cli::output::private::{About, Kept};
use crate::cli::session::Session;
use crate::store::Store;
use serde_json::json;
use std::path::Path;

fn file(journal: &str, session: &Session) -> Option<Kept> {
    Kept::of_journal(session.places().ok()?, journal, About::Meeting)
}

/// Keeps the folder and the moment. Without a place for it nothing is kept, and the sync is as good.
pub(super) fn keep(journal: &str, folder: &Path, session: &Session) {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let value = json!({
        "version": 1, "folder": folder.display().to_string(), "at": session.now.at.to_rfc3339(),
    });
    file(journal, session).and_then(|file| file.write(&value).ok());
}

/// The folder, and when it was, as RFC 3339.
pub(in crate::cli) fn of(journal: &str, session: &Session) -> Option<(String, String)> {
    let value = file(journal, session)?.read();
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    Some((text("folder")?, text("at")?))
}

/// Leaves this machine's file in the folder anew, where it lies there: after the passphrase or the key changed, so that the one of
/// before does not stay until the next sync. Answers what came of it.
pub(in crate::cli) fn leave_anew(store: &Store, session: &Session) -> Option<String> {
    let (folder, _) = of(store.id(), session)?;
    let folder = Path::new(&folder);
    if !folder.join(store.sync_name().ok()?).is_file() {
        return None;
    }
    Some(match store.leave_in(folder) {
        Ok(_) => format!(
            "This machine's file in {} was written anew with it.",
            folder.display()
        ),
        Err(error) => format!(
            "This machine's file in {} is as it was: {}. The next sync writes it anew.",
            folder.display(),
            error.why()
        ),
    })
}
