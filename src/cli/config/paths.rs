//! `ebb paths`: the paths of the files.

use crate::cli::failure::Outcome;
use crate::cli::output;
use crate::cli::session::Session;
use crate::store::Store;

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
    let copies = Store::copies_folder(&places.journal);
    if args.json {
        return output::json(&serde_json::json!({
            "version": 1, "journal": journal.to_string(), "config": config.to_string(),
            "copies": copies.display().to_string(),
        }));
    }
    // A path alone would look like a file that exists.
    let there = |path: &std::path::Path| {
        if path.exists() {
            ""
        } else {
            " (not there yet)"
        }
    };
    output::text(&format!(
        "journal  {journal}{}\nconfig   {config}{}\ncopies   {}{}",
        there(&places.journal),
        there(&places.config),
        copies.display(),
        there(&copies)
    ))
}
