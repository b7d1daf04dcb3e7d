//! `ebb export csv -o DIR --share ID`: the journal for a study or a clinic, shown before it is written.
//!
//! Invariant: nothing is written before it was said what goes out and what stays, and agreed to; the folder is whole or
//! absent, readable by nobody else, and one that stands there is left as it is.

use super::destination::{Place, write_folder};
use super::handed_out;
use super::handed_out::Words;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::journal::Journal;
use crate::domain::text::words;
use crate::store::Destination;
use crate::transfer::csv::Range;
use crate::transfer::errand::{HandedOut, Study};
use crate::transfer::format::ForStudy;
use crate::transfer::share;
use crate::transfer::share::{Origin, Participant, Table};
use std::path::Path;

/// What can be said about sharing.
#[derive(Debug, clap::Args)]
pub(super) struct Sharing {
    /// CSV into a folder, for a study or a clinic: days instead of dates, no words of yours; ID is the study's
    #[arg(long, value_name = "ID")]
    share: Option<String>,
    /// Share without being asked
    #[arg(long, requires = "share")]
    yes: bool,
}

impl Sharing {
    /// Whether this is about sharing.
    pub(crate) const fn is_asked(&self) -> bool {
        self.share.is_some()
    }

    /// The participant's id, if this is about sharing.
    pub(crate) fn participant(&self) -> Outcome<Option<Participant>> {
        let typed = self.share.as_deref();
        let id = typed.map(str::parse::<Participant>).transpose();
        id.map_err(|error| Failure::usage(error.to_string()))
    }

    /// Sharing is a matter of CSV alone.
    pub(crate) fn refuse_elsewhere(&self) -> Outcome {
        match self.share {
            Some(_) => Err(Failure::usage(
                "sharing is CSV: ebb export csv -o DIR --share ID",
            )),
            None => Ok(()),
        }
    }
}

/// Shows, asks, writes.
pub(super) fn run(
    options: &Sharing,
    participant: &Participant,
    journal: &Journal,
    range: Range,
    folder: Option<&Path>,
    shared: ForStudy,
    write: impl FnOnce(&Path, &[(String, Vec<u8>)]) -> Outcome,
) -> Outcome {
    let Some(folder) = folder else {
        return Err(Failure::usage(
            "sharing writes a folder: ebb export csv -o DIR --share ID",
        ));
    };
    let tables = shared(journal, participant, range);
    for line in preview(&tables, participant, journal, range) {
        output::say(&line);
    }
    if !options.yes {
        // A script cannot agree, so it has to say `--yes`.
        if !output::can_ask() {
            return Err(Failure::usage(
                "nothing was written; --yes writes it without being asked",
            ));
        }
        if !output::agrees(&format!("Write this to {}?", folder.display())) {
            output::say("Nothing was written.");
            return Ok(());
        }
    }
    let files = share::files(&tables).map_err(|error| Failure::of_stdout(&error))?;
    write(folder, &files)?;
    output::say(&format!("Written to {}", folder.display()));
    Ok(())
}

/// What a study would get, for the faces that show it before they ask.
pub(in crate::cli) fn shown(study: &Study, journal: &Journal) -> Result<Vec<String>, String> {
    let (participant, tables) = of_study(study, journal)?;
    Ok(preview(&tables, &participant, journal, study.range))
}

/// Writes the tables for a study into a new folder; the line for what was handed out.
pub(in crate::cli) fn written(
    study: &Study,
    journal: &Journal,
    session: &Session,
) -> Result<HandedOut, String> {
    let problem = |failure: Failure| words::sentence(&failure.message.unwrap_or_default());
    let (_, tables) = of_study(study, journal)?;
    let files = share::files(&tables).map_err(|error| problem(Failure::of_stdout(&error)))?;
    let path = Path::new(&study.folder);
    let to = session.ours().folder(path);
    let to = to.map_err(|error| words::sentence(&error.to_string()))?;
    write_files(&to, &files, Place::NewAlone).map_err(problem)?;
    let days = handed_out::days(study.range);
    Ok(handed_out::line(
        FOR_A_STUDY,
        days,
        Words::Stayed,
        path,
        &session.now,
    ))
}

/// Writes these files into a folder, whole.
pub(super) fn write_files(to: &Destination, files: &[(String, Vec<u8>)], place: Place) -> Outcome {
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    write_folder(to, &names, place, |folder| {
        let mut files = files.iter();
        files.try_for_each(|(name, bytes)| folder.file(name, &mut |out| out.write_all(bytes)))
    })
}

/// What the list of what was handed out calls it.
pub(super) const FOR_A_STUDY: &str = "Tables for a study";

fn of_study(study: &Study, journal: &Journal) -> Result<(Participant, Vec<Table>), String> {
    let participant: Participant = study
        .id
        .parse()
        .map_err(|error: share::NotAnId| words::sentence(&error.to_string()))?;
    let tables = share::shared(journal, &participant, study.range);
    Ok((participant, tables))
}

/// What goes out, table by table, and what stays.
fn preview(
    tables: &[Table],
    participant: &Participant,
    journal: &Journal,
    range: Range,
) -> Vec<String> {
    let counted = Origin::of(journal).counted.text();
    let mut lines = vec![format!(
        "What goes out, as {}, with days counted from {counted}:",
        participant.as_str()
    )];
    // Tables without rows are written too, but say nothing about the person.
    let filled = tables.iter().filter(|table| !table.rows.is_empty());
    lines.extend(filled.map(|table| {
        let columns = table
            .columns
            .iter()
            // The first column is the participant, which the heading names.
            .skip(1)
            .map(|column| column.name.as_str());
        let columns: Vec<&str> = columns.collect();
        let n = words::count(table.rows.len(), "row", "rows");
        format!("  {} ({n}): {}", table.name, columns.join(", "))
    }));
    lines.push(
        "Times of day go along, to the minute. Dates, offsets, zones and the ids of your rows do not; rows are numbered anew."
            .to_owned(),
    );
    let staying = share::staying(journal, range);
    let own = words::count(
        staying.own_symptoms,
        "name of an own symptom",
        "names of own symptoms",
    );
    let parts = [
        (staying.notes, words::count(staying.notes, "note", "notes")),
        (
            staying.texts,
            words::count(staying.texts, "other text of yours", "other texts of yours"),
        ),
        (staying.own_symptoms, format!("{own} (own_1 and so on)")),
    ];
    let parts = parts
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(_, sentence)| sentence);
    let kinds = staying.kinds.iter();
    let kinds = kinds.map(|(kind, n)| words::count(*n, kind.facts().name, kind.facts().many));
    let stays: Vec<String> = parts.chain(kinds).collect();
    if !stays.is_empty() {
        lines.push(format!("What stays here: {}.", stays.join(", ")));
    }
    lines
}
