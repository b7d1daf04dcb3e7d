//! `ebb paths`: the paths of the files.

use crate::cli::export::handed_out;
use crate::cli::failure::Outcome;
use crate::cli::import::answers;
use crate::cli::output;
use crate::cli::session::Session;
use crate::cli::shell::remind;
use crate::store::Store;
use std::path::Path;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb paths           where the journal and the config file lie
  ebb paths --json    the same, for scripts")]
pub(crate) struct Args {
    /// For scripts
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, session: &Session) -> Outcome {
    let places = session.places()?;
    let (journal, config) = (places.journal.display(), places.config.display());
    if args.json {
        return output::json(&serde_json::json!({
            "version": 1, "journal": journal.to_string(), "config": config.to_string(),
            "copies": Store::copies_folder(&places.journal).display().to_string(),
        }));
    }
    let id = Store::open(&places.journal).map(|store| store.id().to_owned());
    listing(session, &id.unwrap_or_default())
}

/// The paths with what lies there, for every face; `id` is the journal's own.
pub(in crate::cli) fn listing(session: &Session, id: &str) -> Outcome {
    let places = session.places()?;
    let copies = Store::copies_folder(&places.journal);
    // A path alone would look like a file that exists.
    let there = |path: &Path| {
        if path.exists() {
            ""
        } else {
            " (not there yet)"
        }
    };
    let line = |name: &str, path: &Path| format!("{name:<8} {}{}", path.display(), there(path));
    let mut lines = vec![
        line("journal", &places.journal),
        line("config", &places.config),
        line("copies", &copies),
    ];
    // Both are made only once there is something to keep, and a line about nothing would only puzzle.
    let kept = [
        (
            "columns",
            Some(answers::file(&places.config)),
            "what columns of other programs' files are",
        ),
        (
            "list",
            handed_out::file(places, id).map(|list| list.path().to_owned()),
            "what was handed out; on this device alone",
        ),
        (
            "reminder",
            remind::file(places),
            "its timer, and on which days it was said; on this device alone",
        ),
    ];
    for (name, path, about) in kept {
        if let Some(path) = path.filter(|path| path.exists()) {
            lines.push(format!("{} ({about})", line(name, &path)));
        }
    }
    output::text(&lines.join("\n"))
}
