//! The files that an import reads: of a folder, in a file, or from stdin.

use super::errors::slips;
use crate::cli::failure::{Failure, NO, Outcome};
use crate::cli::output;
use crate::domain::order::Ordered;
use crate::domain::text::system_words::system_words;
use crate::transfer::foreign::unpack::{Opened, Unopened, open};
use crate::transfer::import::error::{File, MOST_BYTES};
use crate::transfer::import::{ImportFormat, detected, single_ones};
use std::fs;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

/// The files of a folder, a file, or stdin.
pub(in crate::cli) fn files(path: &Path) -> Outcome<Vec<File>> {
    let mut left = MOST_BYTES;
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        let stdin = io::stdin().lock();
        // One byte more than allowed tells a full file from a too large one; then it is refused below.
        let read = stdin.take(left.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| unread(path, &error))?;
        let opened = open("stdin", &mut Cursor::new(bytes), &mut left);
        let opened = opened.map_err(|error| unopened(path, &error))?;
        return Ok(told(opened));
    }
    let meta = fs::metadata(path).map_err(|error| unread(path, &error))?;
    let mut paths = Vec::new();
    if meta.is_dir() {
        for entry in fs::read_dir(path).map_err(|error| unread(path, &error))? {
            paths.push(entry.map_err(|error| unread(path, &error))?.path());
        }
        // Loop has a folder for each habit.
        let habits = paths.iter().map(|path| path.join("Checkmarks.csv"));
        let habits: Vec<PathBuf> = habits.filter(|path| path.is_file()).collect();
        // A folder may contain unrelated files.
        paths.retain(|path| path.is_file() && is_readable(path));
        paths.extend(habits);
        // `read_dir` has no order, and errors should come in the same order every time.
        paths.order();
    } else if meta.is_file() {
        paths.push(path.to_owned());
    } else {
        return Err(Failure::usage(format!(
            "{} is neither a file nor a folder; - reads stdin",
            path.display()
        )));
    }
    let mut all = Opened::default();
    for file in &paths {
        let source = fs::File::open(file).map_err(|error| unread(file, &error))?;
        let mut source = BufReader::new(source);
        let opened = open(&name(path, file), &mut source, &mut left);
        let opened = opened.map_err(|error| unopened(file, &error))?;
        all.files.extend(opened.files);
        all.remarks.extend(opened.remarks);
    }
    Ok(told(all))
}

/// The name of a file, with its folder where that is below the one that was given or names a habit.
fn name(given: &Path, file: &Path) -> String {
    let last = |path: &Path| {
        let name = path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    };
    let base = last(file);
    let parent = file.parent().unwrap_or(given);
    let is_below = parent != given && file != given;
    // Loop's folder of a habit is called "001 Meditate", and nothing else names the habit.
    let folder = last(parent);
    let number = folder.split(' ').next().unwrap_or_default();
    let is_habit = base.eq_ignore_ascii_case("checkmarks.csv")
        && number.len() == 3
        && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_below || is_habit {
        format!("{folder}/{base}")
    } else {
        base
    }
}

fn told(opened: Opened) -> Vec<File> {
    for remark in &opened.remarks {
        output::say(remark);
    }
    opened.files
}

/// The format of these files: together, or of the only one that has one.
pub(in crate::cli) fn format(files: &mut Vec<File>) -> Outcome<Option<&'static ImportFormat>> {
    if let Some(format) = detected(files) {
        return Ok(Some(format));
    }
    let alone = single_ones(files);
    let name = |at: usize| files.get(at).map_or("", |file| file.name.as_str());
    match alone.as_slice() {
        [(at, format)] if files.len() > 1 => {
            output::say(&format!(
                "Of {} files, {} is read ({}); the others are left out.",
                files.len(),
                name(*at),
                format.name
            ));
            let format = *format;
            let one = files.swap_remove(*at);
            *files = vec![one];
            Ok(Some(format))
        }
        [] | [_] => Ok(None),
        several => {
            let several = several.iter();
            let names = several.map(|(at, format)| format!("{} ({})", name(*at), format.name));
            let names: Vec<String> = names.collect();
            Err(Failure::usage(format!(
                "here are several files that can be read, so nothing was taken in; import each alone: {}",
                names.join(", ")
            )))
        }
    }
}

/// Whether a file of a folder has the extension of an import format.
fn is_readable(path: &Path) -> bool {
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let is_export = path.file_stem().is_some_and(|stem| stem == "export");
    ["csv", "json"].contains(&ending.as_str()) || (ending == "xml" && is_export)
}

fn unread(path: &Path, error: &io::Error) -> Failure {
    Failure::new(
        NO,
        format!(
            "{} could not be read ({}), so nothing was taken in",
            path.display(),
            system_words(error)
        ),
    )
}

fn unopened(path: &Path, error: &Unopened) -> Failure {
    match error {
        Unopened::Unread(error) => unread(path, error),
        Unopened::TooLarge => Failure::usage(format!(
            "{} holds more than {} MB, which is more than is read at once, so nothing was taken in",
            path.display(),
            MOST_BYTES / 1024 / 1024
        )),
        Unopened::Refused(errors) => slips(errors),
    }
}
