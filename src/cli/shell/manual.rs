//! `ebb man`: a page of the manual for each command, made from the table that the help is made from.
//!
//! Invariant: no page holds a date or a path of this machine, so that two builds give the same pages.

use crate::cli::export::destination::{Place, write_whole};
use crate::cli::failure::{DISK, Failure, NO, Outcome};
use crate::cli::output;
use crate::cli::session::{Reply, Session};
use crate::domain::text::ascii;
use crate::domain::text::system_words::system_words;
use crate::domain::text::words;
use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use std::io;
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(
    before_help = "\
Examples:
  ebb man man1            makes the folder, with a page for each command
  ebb man man1 --force    the pages that stand there are replaced",
    after_help = "\
`man -l man1/ebb.1` shows a page; in ~/.local/share/man/man1 `man ebb` finds it. Other files in the folder stay."
)]
pub(in crate::cli) struct Args {
    /// The folder; made where it is missing
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Replace pages that stand there
    #[arg(long)]
    force: bool,
}

/// A page with the name of its file.
struct Page {
    name: String,
    text: String,
}

pub(in crate::cli) fn run(args: &Args, root: Command, session: &Session) -> Outcome {
    let pages = pages(root).map_err(|error| Failure::of_stdout(&error))?;
    let ours = session.ours();
    let path = |page: &Page| args.folder.join(&page.name);
    // All of them first, so that a refusal leaves no half of a manual.
    let mut places = Vec::new();
    for page in &pages {
        let path = path(page);
        if !args.force && path.symlink_metadata().is_ok() {
            return Err(Failure::new(
                NO,
                format!(
                    "{} is there already; --force replaces it. Nothing was written",
                    path.display()
                ),
            ));
        }
        places.push(ours.file(&path)?);
    }
    std::fs::create_dir_all(&args.folder).map_err(|error| {
        Failure::new(
            DISK,
            format!(
                "{} could not be made: {}; nothing was written",
                args.folder.display(),
                system_words(&error)
            ),
        )
    })?;
    for (page, place) in pages.iter().zip(&places) {
        write_whole(place, Place::of(args.force), |out| {
            out.write_all(page.text.as_bytes())
        })?;
    }
    let folder = args.folder.display().to_string();
    if session.reply == Reply::Json {
        let names: Vec<&str> = pages.iter().map(|page| page.name.as_str()).collect();
        return output::json(&serde_json::json!({ "version": 1, "path": folder, "pages": names }));
    }
    output::say(&format!(
        "{} written to {folder}; `man -l {folder}/ebb.1` shows the first.",
        words::count(pages.len(), "page", "pages")
    ));
    Ok(())
}

/// Every page, that of `ebb` first.
fn pages(root: Command) -> io::Result<Vec<Page>> {
    let mut root = shown(root.disable_help_subcommand(true));
    root.build();
    let mut pages = Vec::new();
    fill(&root, &mut pages)?;
    Ok(pages)
}

/// The same with the commands that the first page of help folds away: a manual is where everything stands.
fn shown(command: Command) -> Command {
    command.mut_subcommands(|one| {
        let is_own = one.get_name() == "complete";
        shown(one.hide(is_own))
    })
}

fn fill(command: &Command, pages: &mut Vec<Page>) -> io::Result<()> {
    let mut text = Vec::new();
    page(command, &mut text)?;
    // `man` in a locale without such signs would leave them out.
    let text = ascii::spelt(String::from_utf8_lossy(&text)).into_owned();
    pages.push(Page {
        name: format!("{}.1", called(command)),
        text,
    });
    let below = command.get_subcommands();
    for one in below.filter(|one| !one.is_hide_set()) {
        fill(one, pages)?;
    }
    Ok(())
}

/// `ebb-medication-add`.
fn called(command: &Command) -> String {
    let name = command.get_display_name().unwrap_or(command.get_name());
    name.to_owned()
}

fn page(command: &Command, out: &mut Vec<u8>) -> io::Result<()> {
    let is_root = command.get_name() == "ebb";
    let mut command = command.clone();
    if is_root {
        // Everybody on the machine can list what manuals are about.
        command = command.about("A private, offline journal");
        // What every command takes stands on the first page alone.
        command = command.mut_args(|arg| arg.hide(false));
    }
    let examples = command.get_before_help().map(ToString::to_string);
    let after = command.get_after_help().map(ToString::to_string);
    let has_options = command.get_arguments().any(|arg| !arg.is_hide_set());
    let has_commands = command.get_subcommands().any(|one| !one.is_hide_set());
    let man = Man::new(command).date("").source("ebb").manual("Ebbtide");
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    if let Some(examples) = examples {
        let lines = examples.strip_prefix("Examples:\n").unwrap_or(&examples);
        as_it_is("EXAMPLES", lines, out)?;
    }
    if has_options {
        man.render_options_section(out)?;
    }
    if has_commands {
        man.render_subcommands_section(out)?;
    }
    if let Some(after) = after {
        as_it_is("NOTES", &after, out)?;
    }
    if is_root {
        as_it_is("EXIT STATUS", EXITS, out)?;
        as_it_is("FILES", FILES, out)?;
    }
    Ok(())
}

const EXITS: &str = "\
0    all is well
1    an error, or the \"no\" that a command defines
2    not understood, out of range, or not known
10   there is no journal
11   another program is writing to it
12   its passphrase is missing or wrong
13   it was made by a newer version
14   it is damaged
15   the disk is full or read-only
128  and the number of the signal that ended it";

const FILES: &str = "\
`ebb paths` prints where the journal, its copies and the config file lie. Nothing else is read or written,
and no network connection is ever opened.";

/// A section whose lines stay as they are.
fn as_it_is(head: &str, text: &str, out: &mut Vec<u8>) -> io::Result<()> {
    let mut roff = Roff::new();
    roff.control("SH", [head]).control("nf", []);
    for line in text.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    roff.to_writer(out)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::pages;
    use crate::cli::args::Args;
    use crate::cli::failure::{DAMAGED, DISK, LOCKED, NEWER, NO, NO_JOURNAL, SEALED, USAGE};
    use clap::CommandFactory;

    fn manual() -> Vec<(String, String)> {
        let pages = pages(Args::command()).unwrap_or_default().into_iter();
        pages.map(|page| (page.name, page.text)).collect()
    }

    #[test]
    fn every_command_has_a_page_also_those_that_the_first_page_of_help_folds_away() {
        let names: Vec<String> = manual().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names.first().map(String::as_str), Some("ebb.1"));
        for name in [
            "ebb-dose.1",
            "ebb-report.1",
            "ebb-taper-preview.1",
            "ebb-medication-add.1",
            "ebb-entry-check-in-edit.1",
            "ebb-remind-install.1",
        ] {
            assert!(names.iter().any(|known| known == name), "{name}: {names:?}");
        }
        let is_inner = |name: &String| name.contains("help") && !name.contains("helplines");
        assert!(!names.iter().any(is_inner));
        assert!(!names.contains(&"ebb-complete.1".to_owned()));
    }

    #[test]
    fn the_list_of_manuals_does_not_say_what_the_journal_is_about() {
        let pages = manual();
        let first = pages.first().map(|(_, text)| text.as_str());
        let about = first.and_then(|text| text.lines().find(|line| line.starts_with("ebb \\-")));
        assert_eq!(about, Some("ebb \\- A private, offline journal"));
    }

    #[test]
    fn the_first_page_names_every_exit_code() {
        let pages = manual();
        let first = pages.first().map_or("", |(_, text)| text);
        let codes = first.split("EXIT STATUS").nth(1).unwrap_or_default();
        for code in [NO, USAGE, NO_JOURNAL, LOCKED, SEALED, NEWER, DAMAGED, DISK] {
            let begins = format!("\n{code} ");
            assert!(codes.contains(&begins), "{code}: {codes}");
        }
    }

    #[test]
    fn every_locale_can_show_a_page() {
        for (name, text) in manual() {
            assert!(text.is_ascii(), "{name}: {text}");
        }
    }

    #[test]
    fn the_first_page_names_what_every_command_takes_and_the_others_do_not() {
        for (name, text) in manual() {
            let has = text.contains("journal\\fR");
            assert_eq!(has, name == "ebb.1", "{name}: {text}");
            assert!(text.contains(".SH EXAMPLES") || name == "ebb.1", "{name}");
        }
    }
}
