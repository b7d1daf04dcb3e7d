//! The sentences and paths of errands: a failure of the command line as the full screen and plain mode say it, and what was typed
//! as a whole path.

use crate::cli::failure::{Failure, Outcome};
use crate::config::home_folder;
use crate::domain::text::words;
use crate::store::StoreError;
use std::path::PathBuf;

/// A sentence of the command line, with the key in the place of the command.
pub(super) fn by_key(line: &str) -> String {
    line.replace("`ebb undo` takes", "z takes")
        .replace(" (`ebb doctor --full` looks deeper)", "")
}

/// What was said, and the reason where it ended otherwise than well; an error where nothing was said before it.
pub(super) fn with_failure(
    outcome: Outcome,
    mut lines: Vec<String>,
) -> Result<Vec<String>, String> {
    if let Err(failure) = outcome
        && let Some(why) = failure.message
    {
        let why = words::sentence(&why);
        if lines.is_empty() {
            return Err(why);
        }
        lines.push(why);
    }
    Ok(lines)
}

pub(super) fn sentence(failure: Failure) -> String {
    words::sentence(&failure.message.unwrap_or_default())
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
pub(super) fn plain(error: StoreError) -> String {
    words::sentence(&error.to_string())
}

/// The whole path of what was typed: `~` is the home folder, and a path that begins nowhere begins in `usual`.
pub(super) fn whole(typed: &str, usual: Option<PathBuf>) -> String {
    let typed = typed.trim();
    let home = home_folder();
    let path = match (typed.strip_prefix('~'), home) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with('/') => {
            home.join(rest.trim_start_matches('/'))
        }
        _ => PathBuf::from(typed),
    };
    let path = match usual {
        Some(usual) if path.is_relative() => usual.join(path),
        _ => std::path::absolute(&path).unwrap_or(path),
    };
    // The slash at the end says that a folder is meant.
    let end = if typed.ends_with('/') && !path.as_os_str().as_encoded_bytes().ends_with(b"/") {
        "/"
    } else {
        ""
    };
    format!("{}{end}", path.display())
}
