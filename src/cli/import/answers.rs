//! What a person answered about the columns of another program's file: kept beside the config file by the form, which is the set
//! of column names, and offered for the next file of that form.

use crate::cli::output::private;
use crate::domain::order::Ordered;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The most forms that are kept; the oldest goes.
const MOST: usize = 50;

/// The file beside the config file.
pub(in crate::cli) fn file(config: &Path) -> PathBuf {
    config.with_file_name("import-answers.json")
}

/// The form of a file: its column names in small letters, in order of the alphabet.
fn form(columns: &[String]) -> Vec<String> {
    let mut names: Vec<String> = columns.iter().map(|name| name.to_lowercase()).collect();
    names.order();
    names
}

fn is_of(kept: &Value, form: &[String]) -> bool {
    let columns = kept["columns"].as_array();
    columns.is_some_and(|columns| {
        columns
            .iter()
            .map(Value::as_str)
            .eq(form.iter().map(|name| Some(name.as_str())))
    })
}

/// The answers for a file with these columns; empty where none are kept.
pub(in crate::cli) fn of(config: &Path, columns: &[String]) -> Vec<(String, String)> {
    let value = private::read(&file(config));
    let form = form(columns);
    let forms = value["forms"].as_array().into_iter().flatten();
    let kept = forms.rev().find(|kept| is_of(kept, &form));
    let answers = kept.and_then(|kept| kept["answers"].as_array());
    let answer = |pair: &Value| {
        let text = |at: usize| pair[at].as_str().map(str::to_owned);
        Some((text(0)?, text(1)?))
    };
    answers.into_iter().flatten().filter_map(answer).collect()
}

/// Keeps the answers for files with these columns. Best effort: what was taken in is in the journal already.
pub(in crate::cli) fn keep(config: &Path, columns: &[String], answers: &[(String, String)]) {
    let path = file(config);
    let value = private::read(&path);
    let form = form(columns);
    let mut forms = value["forms"].as_array().cloned().unwrap_or_default();
    forms.retain(|kept| !is_of(kept, &form));
    if !answers.is_empty() {
        forms.push(json!({ "columns": form, "answers": answers }));
    }
    let excess = forms.len().saturating_sub(MOST);
    forms.drain(..excess);
    private::write(&path, &json!({ "version": 1, "forms": forms })).ok();
}

#[cfg(test)]
mod tests {
    use super::{file, keep, of};

    #[test]
    fn answers_are_offered_for_the_same_columns_in_any_order_and_for_no_others() {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        let config = folder.path().join("config.toml");
        let names = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| (*name).to_owned()).collect()
        };
        let answers = vec![("Mood".to_owned(), "overall:5-1".to_owned())];
        keep(&config, &names(&["Date", "Mood"]), &answers);
        assert_eq!(of(&config, &names(&["mood", "DATE"])), answers);
        assert!(of(&config, &names(&["Date", "Mood", "Sleep"])).is_empty());
        let kept = std::fs::metadata(file(&config)).unwrap_or_else(|error| panic!("{error}"));
        let mode = std::os::unix::fs::PermissionsExt::mode(&kept.permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
}
