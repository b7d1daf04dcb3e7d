//! `ebb doctor`: what the file is like. Facts that can be pasted anywhere, never content.

use super::failure::{DAMAGED, Failure, Outcome};
use super::output;
use super::session::Session;
use crate::store::{Depth, Examination, Store, StoreError};
use serde_json::json;
use std::fmt::Write as _;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb doctor           looks at the structure of the file
  ebb doctor --full    at everything in it; no entry is shown")]
pub(super) struct Args {
    /// Look at everything
    #[arg(long)]
    full: bool,
    /// For scripts
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, session: &Session) -> Outcome {
    let path = &session.places()?.journal;
    let depth = if args.full { Depth::Full } else { Depth::Quick };
    let seen = match Store::open(path).and_then(|store| store.examine(depth)) {
        Ok(seen) => seen,
        Err(StoreError::Damaged { what, .. }) => return damaged(args, session, &what),
        Err(error) => return Err(error.into()),
    };
    if args.json {
        output::json(&as_json(&seen))?;
    } else {
        output::text(&listing(&seen, &path.display().to_string(), depth))?;
    }
    if seen.findings.is_empty() {
        Ok(())
    } else {
        Err(Failure::quiet(if has_damage(&seen) {
            DAMAGED
        } else {
            super::failure::NO
        }))
    }
}

/// Loose modes are a finding; they are not damage.
fn has_damage(seen: &Examination) -> bool {
    seen.findings
        .iter()
        .any(|finding| !finding.advice.contains("chmod"))
}

/// The file could not be opened: says so, and which copies lie beside it.
fn damaged(args: &Args, session: &Session, what: &str) -> Outcome {
    let path = &session.places()?.journal;
    let copies = copies_beside(path);
    if args.json {
        output::json(&json!({
            "version": 1, "findings": [{ "what": what, "advice": "use the last copy that is whole" }], "copies": copies,
        }))?;
    } else {
        let mut text = format!(
            "journal   {}\ndamaged   {what}\nleft as it is; keep it, copy it somewhere safe, and use the last copy that is whole\n",
            path.display()
        );
        for copy in &copies {
            writeln!(text, "copy      {copy}").ok();
        }
        if copies.is_empty() {
            writeln!(text, "copies    none beside the journal").ok();
        }
        output::text(&text)?;
    }
    Err(Failure::quiet(DAMAGED))
}

/// The files beside the journal that its copies are called like.
fn copies_beside(path: &std::path::Path) -> Vec<String> {
    let stem = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(std::path::Path::new("."));
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut copies: Vec<String> = entries
        .map(|entry| entry.path())
        .filter(|other| other != path)
        .filter(|other| {
            let name = other
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            name.starts_with(&format!("{stem}.")) && name.contains(".copy-")
        })
        .map(|other| other.display().to_string())
        .collect();
    copies.sort();
    copies
}

fn listing(seen: &Examination, path: &str, depth: Depth) -> String {
    let mut text = format!(
        "journal   {path}\nform      {}\nsize      {} bytes\ncheck-ins {} on {} days\nattempts  {}\ndrafts    {}\nput away  {}\n",
        seen.form, seen.bytes, seen.check_ins, seen.days, seen.attempts, seen.drafts, seen.put_away
    );
    if depth == Depth::Full {
        writeln!(text, "ratings   {}", seen.ratings).ok();
    }
    for finding in &seen.findings {
        writeln!(
            text,
            "found     {}\n          {}",
            finding.what, finding.advice
        )
        .ok();
    }
    if seen.findings.is_empty() {
        let deeper = if depth == Depth::Quick {
            " (`ebb doctor --full` looks deeper)"
        } else {
            ""
        };
        writeln!(text, "all is as it has to be{deeper}").ok();
    }
    text
}

fn as_json(seen: &Examination) -> serde_json::Value {
    let findings: Vec<_> = seen
        .findings
        .iter()
        .map(|finding| json!({ "what": finding.what, "advice": finding.advice }))
        .collect();
    json!({
        "version": 1, "form": seen.form, "bytes": seen.bytes, "check_ins": seen.check_ins, "days": seen.days,
        "ratings": seen.ratings, "attempts": seen.attempts, "drafts": seen.drafts, "put_away": seen.put_away,
        "findings": findings,
    })
}
