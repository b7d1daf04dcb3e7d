//! A note in the person's own editor, when it is asked for.
//!
//! Invariant: the words lie in a folder that only this user can read, among the files of running programs, and go with it; what
//! a killed run left there is swept by the next one. An editor that fails saves nothing.

use crate::cli::failure::{Failure, NO, Outcome};
use crate::config::run_folders;
use crate::domain::text::system_words::system_words;
use crate::store::Unfinished;
use std::ffi::OsString;
use std::fs::{DirBuilder, OpenOptions};
use std::io::{IsTerminal, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A neutral name, which some editors show and remember.
const FILE: &str = "note.txt";

/// What `before` has become in the editor, without line ends at its end.
pub(crate) fn edited(before: &str) -> Outcome<String> {
    let program = ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
        let value = std::env::var_os(name);
        value.filter(|value| !value.is_empty())
    });
    let Some(program) = program else {
        return Err(Failure::usage(
            "--editor opens what VISUAL or EDITOR names, and neither is set: EDITOR=nano names one; nothing was saved",
        ));
    };
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Failure::usage(
            "--editor needs a terminal; --note TEXT works without one, and --note - reads it from stdin; nothing was saved",
        ));
    }
    in_folder(before, &program).map_err(|error| {
        let why = system_words(&error);
        Failure::new(
            NO,
            format!("the editor could not be used ({why}); nothing was saved"),
        )
    })?
}

fn in_folder(before: &str, program: &OsString) -> std::io::Result<Outcome<String>> {
    let folder = Unfinished::Note.folder_in(&place()?)?;
    let path = folder.path().join(FILE);
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)?;
    file.write_all(before.as_bytes())?;
    drop(file);
    let ended = run(program, &path)?;
    let left = std::fs::read(&path);
    // The words go before anything is said about them.
    folder.close()?;
    if !ended {
        return Ok(Err(Failure::new(
            NO,
            "the editor ended with an error; nothing was saved",
        )));
    }
    Ok(match String::from_utf8(left?) {
        Ok(text) => Ok(text.trim_end().to_owned()),
        Err(_) => Err(Failure::usage(
            "the editor left no text in UTF-8; nothing was saved",
        )),
    })
}

/// The folder for files of running programs; made where it is missing.
fn place() -> std::io::Result<PathBuf> {
    let mut refusal = std::io::Error::from(std::io::ErrorKind::NotFound);
    for folder in run_folders() {
        let mut made = DirBuilder::new();
        match made.recursive(true).mode(0o700).create(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) => refusal = error,
        }
    }
    Err(refusal)
}

/// Runs the editor on the file; whether it ended well.
fn run(program: &OsString, path: &Path) -> std::io::Result<bool> {
    // Through the shell, as git does it: the variable may hold options, as in `code --wait`.
    let mut line = program.clone();
    line.push(" \"$1\"");
    let status = Command::new("sh")
        .arg("-c")
        .arg(line)
        .arg("ebb")
        .arg(path)
        .status()?;
    Ok(status.success())
}
