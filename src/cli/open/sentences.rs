//! The sentences and paths of errands: a failure of the command line as the full screen and plain mode say it, and what was typed
//! as a whole path.

use crate::cli::failure::{Failure, Outcome};
use crate::config::home_folder;
use crate::domain::text::words;
use crate::store::StoreError;
use std::path::PathBuf;

/// A sentence of the command line, with the key in the place of the command.
pub(super) fn by_key(line: &str) -> String {
    let line = line
        .replace("`ebb undo` takes", "z takes")
        .replace(
            "`ebb import` with this path takes in",
            "taking it in as a file brings",
        )
        .replace(" (`ebb doctor --full` looks deeper)", "");
    let around = || {
        let (before, rest) = line.split_once("`ebb import ")?;
        let (path, behind) = rest.split_once('`')?;
        Some(format!("{before}taking in the file {path}{behind}"))
    };
    around().unwrap_or(line)
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

#[cfg(test)]
mod tests {
    use super::by_key;

    #[test]
    fn no_command_of_the_shell_is_named_where_there_is_none() {
        for line in [
            "Taken in: 1 check-in. `ebb undo` takes it back.",
            "a.db is a conflict copy; `ebb import /a b/a.db` brings what only it has, then it can go",
            "`ebb import` with this path takes in what only it has; delete it then",
            "all is well (`ebb doctor --full` looks deeper)",
        ] {
            let said = by_key(line);
            assert!(!said.contains("ebb "), "{said}");
        }
        assert_eq!(
            by_key("x; `ebb import /a/b.db` brings what only it has"),
            "x; taking in the file /a/b.db brings what only it has"
        );
    }
}
