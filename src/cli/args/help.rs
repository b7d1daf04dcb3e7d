//! Help pages: what comes at the end of each, and `ebb help everywhere`.

use super::Args;
use crate::store::{newest_form, sqlite_version};
use clap::{Arg, CommandFactory};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// The last line of every page but the first.
const FOLDED: &str = "\n`ebb help everywhere` lists what every command takes.\n";

/// What `--version` says behind the name. A fault that is told has to name them, and so has a journal that is taken elsewhere.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{}\nSQLite {}, built in\njournal form {}; older forms are brought to it, after a copy",
        env!("CARGO_PKG_VERSION"),
        sqlite_version(),
        newest_form()
    )
});

pub(super) fn version() -> &'static str {
    &VERSION
}

/// The page as it is printed: the end of each page but the first names where the rest stands.
pub(in crate::cli) fn page(rendered: &str, typed: &[String]) -> String {
    let is_first = !typed
        .iter()
        .any(|word| !word.starts_with('-') && word != "help");
    let end = if is_first { "" } else { FOLDED };
    format!("{}\n{end}", rendered.trim_end())
}

/// `ebb dose --help` for `ebb help dose`: both are one page.
pub(in crate::cli) fn as_option(mut args: Vec<OsString>) -> Vec<OsString> {
    let is_option = |word: &OsString| word.to_string_lossy().starts_with('-');
    let first = args.iter().skip(1).position(|word| !is_option(word));
    if let Some(at) = first.map(|at| at + 1).filter(|at| args[*at] == "help") {
        args.remove(at);
        args.push("--help".into());
    }
    args
}

/// Whether `ebb help everywhere` was asked for.
pub(in crate::cli) fn is_about_everywhere(args: &[OsString]) -> bool {
    let mut words = args.iter().skip(1);
    words.next().is_some_and(|word| word == "everywhere")
        && words.next().is_some_and(|word| word == "--help")
}

/// What every command takes.
pub(in crate::cli) fn everywhere() -> String {
    let command = Args::command();
    let globals = command.get_arguments().filter(|arg| arg.is_global_set());
    let mut text = "\
Examples:
  ebb status --json
  ebb history --no-pager
  ebb --journal other.db checkin --overall 6

Every command takes:
"
    .to_owned();
    for arg in globals {
        let long = arg.get_long().unwrap_or_default();
        let values = arg.get_value_names().filter(|_| takes_a_value(arg));
        let value = values.and_then(|names| names.first());
        let value = value.map_or_else(String::new, |value| format!(" {value}"));
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let from = arg
            .get_env()
            .map(|name| format!(" [{}]", name.to_string_lossy()));
        let shown = format!("--{long}{value}");
        writeln!(text, "  {shown:<16} {help}{}", from.unwrap_or_default()).ok();
    }
    text.push_str("\n`ebb help COMMAND` tells more of one, `ebb --help` names them all.\n`ebb --version` says which version this is, which SQLite it has, and which form its journals have.\n");
    text
}

fn takes_a_value(arg: &Arg) -> bool {
    arg.get_action().takes_values()
}
