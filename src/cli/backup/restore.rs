//! `ebb restore`: restores a copy, after a preview of what that changes.

use super::copies::{moment, size};
use crate::cli::failure::{Failure, NO, Outcome};
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::journal::bin_kind::BinKind;
use crate::domain::record::kind::Kind;
use crate::domain::text::words;
use crate::store::{Copy, Preview, Restored, Store, StoreError, differ_text};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb backup --list                            names the copies
  ebb restore last --dry-run                   the newest sound copy: what it holds, and nothing is done
  ebb restore last                             shows that, asks, and brings it back")]
pub(crate) struct Args {
    /// A copy's name, "last" for the newest sound one, or any journal file
    #[arg(value_name = "NAME|PATH|last")]
    copy: PathBuf,
    /// Show what it holds and what would change
    #[arg(long)]
    dry_run: bool,
    /// Without a question
    #[arg(long)]
    yes: bool,
    /// For scripts
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, session: &Session) -> Outcome {
    let journal = &session.places()?.journal;
    session.unlock()?;
    let copy = copy_named(&args.copy, journal)?;
    session.unlock_file(&copy, "Passphrase of that copy, not shown while you type: ")?;
    let store = match Store::open(journal) {
        Ok(store) => Some(store),
        // Exactly the cases in which a copy is needed: they must not stop the command.
        Err(StoreError::NoJournal(_) | StoreError::Damaged { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let preview = match &store {
        Some(store) => store.preview(&copy),
        None => Store::preview_alone(&copy),
    };
    // Unreadable rows of the journal prevent the comparison, not the restoring: that is when a copy is needed most.
    let preview = match preview {
        Err(
            StoreError::Damaged { .. }
            | StoreError::Disk { .. }
            | StoreError::Unreadable(_)
            | StoreError::Sql { .. },
        ) => Store::preview_alone(&copy)?,
        preview => preview?,
    };
    if args.dry_run && args.json {
        return output::json(&as_json(&preview, None, session));
    }
    let text = listing(&preview, session);
    if args.dry_run {
        return output::text(&text);
    }
    if !args.json {
        output::say(&text);
    }
    session.refuse_read_only()?;
    confirm(args.yes)?;
    let restored = match store {
        Some(mut store) => match store.restore_from(&copy, session.utc()) {
            // The file opens but is damaged inside, so writing into it could fail again: it is replaced as a whole.
            Err(StoreError::Damaged { .. }) => {
                drop(store);
                Store::bring_back(journal, &copy, session.utc())?
            }
            restored => restored?,
        },
        None => Store::bring_back(journal, &copy, session.utc())?,
    };
    if args.json {
        return output::json(&as_json(&preview, Some(&restored), session));
    }
    output::say(&sentence(&preview, &restored, session));
    Ok(())
}

/// The file of a copy's name or a path.
fn copy_named(named: &Path, journal: &Path) -> Outcome<PathBuf> {
    let is_name = named.components().count() == 1;
    let typed = named.to_string_lossy();
    if typed == "last"
        // The list is sorted from the newest to the oldest.
        && let Some(newest) = Store::copies_of(journal).into_iter().find(Copy::is_sound)
    {
        return Ok(newest.path);
    }
    if is_name
        && let Some(file) = Store::copy_files(journal).into_iter().find(|file| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            name == typed || name.strip_suffix(".db") == Some(typed.as_ref())
        })
    {
        return Ok(file);
    }
    if !named.exists() {
        return Err(Failure::usage(format!(
            "there is no copy and no file called {}; `ebb backup --list` names the copies. Nothing was changed.",
            named.display()
        )));
    }
    let same = |path: &Path| path.canonicalize().ok();
    // Canonical paths, because a link to the journal is the journal too.
    if same(named) == same(journal) {
        return Err(Failure::usage(
            "that is the journal itself; `ebb backup --list` names its copies. Nothing was changed.",
        ));
    }
    Ok(named.to_owned())
}

fn confirm(yes: bool) -> Outcome {
    if yes {
        return Ok(());
    }
    // A script must say `--yes`: restoring replaces every entry.
    if !output::can_ask() {
        return Err(Failure::usage(
            "restoring asks first, and nobody can be asked here; --yes does it without a question. Nothing was changed.",
        ));
    }
    if output::agrees("Restore this copy?") {
        Ok(())
    } else {
        Err(Failure::new(NO, "nothing was changed"))
    }
}

pub(in crate::cli) fn listing(preview: &Preview, session: &Session) -> String {
    let bytes = preview.path.metadata().map_or(0, |meta| meta.len());
    let mut text = format!(
        "copy        {}\nmade        {}\nform        {}, {}\nholds       {}\n",
        preview.path.display(),
        moment(preview.made_at, &session.now),
        preview.form,
        size(bytes),
        counted(&preview.counts),
    );
    if let Some((first, last)) = preview.days {
        let (first, last) = (words::day(first), words::day(last));
        writeln!(text, "days        {first} to {last}").ok();
    }
    if let Some(differing) = differ_text(preview.differing) {
        writeln!(
            text,
            "sums        {differing}: the disk or another program changed them; they come back as they are"
        )
        .ok();
    }
    let Some(against) = &preview.against else {
        text.push_str("journal     there is none that can be read\n");
        return text;
    };
    let parts = [
        ("goes", &against.goes, "in the journal now, not in the copy"),
        (
            "comes back",
            &against.comes_back,
            "in the copy, not in the journal now",
        ),
        (
            "differs",
            &against.differs,
            "edited since; becomes as in the copy",
        ),
    ];
    let before = text.len();
    for (word, counts, meaning) in parts {
        if !counts.is_empty() {
            writeln!(text, "{word:<11} {} ({meaning})", counted(counts)).ok();
        }
    }
    if text.len() == before {
        text.push_str("entries     the same in the copy and in the journal\n");
    }
    text
}

/// "12 check-ins, 3 doses".
fn counted(counts: &[(BinKind, usize)]) -> String {
    if counts.is_empty() {
        return "no entries".to_owned();
    }
    let parts: Vec<String> = counts
        .iter()
        .map(|(kind, n)| words::count(*n, kind.noun(), many(*kind)))
        .collect();
    parts.join(", ")
}

const fn many(kind: BinKind) -> &'static str {
    match kind {
        BinKind::CheckIn => "check-ins",
        BinKind::Attempt => "attempts",
        BinKind::HelpLine => "help lines",
        BinKind::Record(kind) => Kind::facts(kind).many,
    }
}

fn sentence(preview: &Preview, done: &Restored, session: &Session) -> String {
    let mut sentence = format!(
        "Restored: the journal is as it was in the copy of {}.",
        moment(preview.made_at, &session.now)
    );
    if done.stay_erased > 0 {
        sentence.push_str(" What was erased for good since stays erased.");
    }
    match &done.kept {
        Some(kept) if kept.is_sound() => write!(
            sentence,
            " What it held until now is kept: `ebb restore {}` goes back. `ebb undo` goes on with the steps that the copy knows.",
            kept.name()
        ),
        Some(kept) => write!(
            sentence,
            " The damaged file is kept as it was: {}.",
            kept.path.display()
        ),
        None => Ok(()),
    }
    .ok();
    sentence
}

fn as_json(preview: &Preview, done: Option<&Restored>, session: &Session) -> Value {
    let counts = |counts: &[(BinKind, usize)]| -> Value {
        let each = counts
            .iter()
            .map(|(kind, n)| (kind.code().to_owned(), json!(n)));
        output::entry_json::object(each)
    };
    let against = preview.against.as_ref().map(|against| {
        json!({
            "goes": counts(&against.goes),
            "comes_back": counts(&against.comes_back),
            "differs": counts(&against.differs),
        })
    });
    let kept = done.and_then(|done| done.kept.as_ref());
    json!({
        "version": 1,
        "path": preview.path.display().to_string(),
        "made_at": session.now.zone.at(preview.made_at).to_rfc3339(),
        "form": preview.form,
        "holds": counts(&preview.counts),
        "first_day": preview.days.map(|(first, _)| first.to_string()),
        "last_day": preview.days.map(|(_, last)| last.to_string()),
        "against": against,
        "restored": done.is_some(),
        "kept": kept.map(Copy::name),
        "kept_path": kept.map(|copy| copy.path.display().to_string()),
    })
}
