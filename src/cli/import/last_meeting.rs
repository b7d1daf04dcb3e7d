//! Where the journals of several machines met last: on this device alone, for the faces that offer the folder again.

use crate::cli::output::private::{About, Kept};
use crate::cli::session::Session;
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
