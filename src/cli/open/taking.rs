//! What a file would bring, its columns with what each may be, and taking it in: for the full screen and plain mode.
//!
//! Invariant: as `ebb import`. Everything is read and checked first; all of it is written as one step, or nothing is.

use super::sentences::{by_key, plain, sentence, whole};
use crate::cli::backup;
use crate::cli::import::errors::no_form;
use crate::cli::import::{self, answers, merge};
use crate::cli::output::overheard;
use crate::cli::session::Session;
use crate::config::downloads_folder;
use crate::domain::journal::Journal;
use crate::domain::journal::incoming;
use crate::domain::journal::incoming::ImportPlan;
use crate::store::{CopyKind, Run, Store, is_journal};
use crate::transfer::errand::{Answered, Brings, ColumnLook, ImportAsk, Look, Told};
use crate::transfer::foreign::apps::App;
use crate::transfer::foreign::target::{Map, Target, target_of};
use crate::transfer::foreign::{Column, bare_columns, columns};
use crate::transfer::import::error::{File, Here, Past, RowError, Ways};
use crate::transfer::import::guess::{becomes, guess};
use crate::transfer::import::{ImportFormat, Whose};
use std::path::{Path, PathBuf};

/// How many entries that are left out are named.
const NAMED: usize = import::NAMED;

/// Says what a file would bring.
pub(super) fn look(
    session: &mut Session,
    store: &mut Store,
    ask: &ImportAsk,
) -> Result<Told, String> {
    let path = whole(&ask.path, downloads_folder());
    let file = PathBuf::from(&path);
    if file.is_file() && is_journal(&file) {
        return Ok(Told::Looked(Box::new(merge_look(
            session, store, ask, &file,
        )?)));
    }
    let (files, format, remarks) = read(&file)?;
    let mut ask = ask.clone();
    let mut is_kept = false;
    let names = match format.of {
        Whose::Another(app) => Some(names(app, &files)?),
        Whose::Ours { .. } => None,
    };
    if let (Some(names), true) = (&names, ask.answers.is_empty())
        && let Ok(places) = session.places()
    {
        ask.answers = answers::of(&places.config, names);
        is_kept = !ask.answers.is_empty();
    }
    let maps = maps(&ask)?;
    let journal = store.load(None).map_err(plain)?;
    let columns = match format.of {
        Whose::Another(app) => looked(app, &files, &maps, &ask, &journal, session)?,
        Whose::Ours { .. } => Vec::new(),
    };
    let (outcome, brings) = match plan(session, store, &journal, format, &files, &maps) {
        Ok((plan, more)) => {
            let mut lines = remarks;
            lines.extend(more);
            let came = |id| import::came_in(Some(&*store), id, session);
            lines.extend(import::summary(&plan, &plan.added, "Would come in", &came));
            lines.extend(plan.left_out.iter().take(NAMED).map(import::left_out));
            let brings = if plan.changes.is_empty() {
                Brings::Nothing
            } else {
                Brings::Something
            };
            (lines, brings)
        }
        Err(lines) => (
            lines.iter().map(|line| on_the_page(line)).collect(),
            Brings::Unread,
        ),
    };
    Ok(Told::Looked(Box::new(Look {
        ask,
        path,
        // What follows names an option of the shell.
        form: format
            .about
            .split(';')
            .next()
            .unwrap_or_default()
            .to_owned(),
        columns,
        is_kept,
        outcome,
        brings,
    })))
}

/// A problem without the options of the shell that would mend it: here keys do.
fn on_the_page(line: &str) -> String {
    match line.split_once(" Say the unit: --map") {
        Some((problem, _)) => {
            format!("{problem} \u{2190} \u{2192} chooses it in its row, Enter takes it.")
        }
        None => line.to_owned(),
    }
}

/// The files, their form, and what is to be said about them.
fn read(file: &Path) -> Result<(Vec<File>, &'static ImportFormat, Vec<String>), String> {
    // What is said goes to the shell's terminal otherwise, on which the full screen stands.
    let (read, said) = overheard(|| {
        let mut files = import::files(file)?;
        import::refuse_days(file, &files)?;
        let format = import::pick::format(&mut files)?;
        let format = format.ok_or_else(|| no_form(file, &files))?;
        Ok((files, format))
    });
    let (files, format) = read
        .map_err(|failure| sentence(failure).replace(" --format names one of:", " Known forms:"))?;
    Ok((files, format, said))
}

fn ways(journal: &Journal) -> Ways<'_> {
    Ways {
        standing: &journal.standing,
        ..Ways::default()
    }
}

fn merge_look(
    session: &Session,
    store: &mut Store,
    ask: &ImportAsk,
    file: &Path,
) -> Result<Look, String> {
    merge::refuse_itself(file, session).map_err(sentence)?;
    let device = session.seed().map_err(sentence)?.device;
    let merged = store
        .merge(file, Run::Dry, session.utc(), device)
        .map_err(plain)?;
    let mut outcome = vec![merge::summary(&merged, Run::Dry)];
    outcome.extend(merged.decided.iter().map(ToString::to_string));
    Ok(Look {
        ask: ask.clone(),
        path: file.display().to_string(),
        form: "another Ebbtide journal: of each entry the version that was edited last".to_owned(),
        columns: Vec::new(),
        is_kept: false,
        outcome,
        brings: if merged.changes_anything() {
            Brings::Something
        } else {
            Brings::Nothing
        },
    })
}

/// Takes a file in, and keeps the answers for the next file of its form.
pub(super) fn take_in(
    session: &mut Session,
    store: &mut Store,
    ask: &ImportAsk,
) -> Result<Told, String> {
    let file = PathBuf::from(whole(&ask.path, downloads_folder()));
    if file.is_file() && is_journal(&file) {
        merge::refuse_itself(&file, session).map_err(sentence)?;
        let (merged, mut lines) = overheard(|| merge::taken_in(store, &file, session));
        let merged = merged.map_err(sentence)?;
        lines.insert(0, by_key(&merge::summary(&merged, Run::Real)));
        lines.extend(merged.decided.iter().map(ToString::to_string));
        return Ok(told("Taken in", lines));
    }
    let (files, format, remarks) = read(&file)?;
    let maps = maps(ask)?;
    let journal = store.load(None).map_err(plain)?;
    let (plan, more) =
        plan(session, store, &journal, format, &files, &maps).map_err(|lines| lines.join(" "))?;
    let mut lines = remarks;
    lines.extend(more);
    if let Whose::Another(app) = format.of
        && let (Ok(names), Ok(places)) = (names(app, &files), session.places())
    {
        answers::keep(&places.config, &names, &ask.answers);
    }
    if plan.changes.is_empty() {
        lines.splice(
            0..0,
            import::summary(&plan, &plan.added, "Nothing new to take in", &|id| {
                import::came_in(Some(&*store), id, session)
            }),
        );
        return Ok(told("Nothing new", lines));
    }
    if store.path().is_some() {
        let ((), said) = overheard(|| {
            backup::keep_before(CopyKind::BeforeImport, store, session);
        });
        lines.extend(said.iter().map(|line| by_key(line)));
    }
    store.take_in(&plan.changes, session.utc()).map_err(plain)?;
    // What the journal has now, not what was meant to be written.
    let held = store.load(None);
    let held = held.map_or_else(|_| plan.added.clone(), |journal| plan.held(&journal));
    let mut told_lines = import::summary(&plan, &held, "Taken in", &|id| {
        import::came_in(Some(&*store), id, session)
    });
    if let Some(first) = told_lines.first_mut() {
        first.push_str(" z takes all of it back.");
    }
    told_lines.extend(plan.left_out.iter().take(NAMED).map(import::left_out));
    told_lines.extend(lines);
    Ok(told("Taken in", told_lines))
}

/// One sentence is a message; more are a page.
fn told(title: &'static str, lines: Vec<String>) -> Told {
    match &lines[..] {
        [line] => Told::Done(line.clone()),
        _ => Told::DoneAtLength(title, lines),
    }
}

fn maps(ask: &ImportAsk) -> Result<Vec<Map>, String> {
    let map = |(column, meaning): &(String, String)| {
        target_of(meaning)
            .map(|target| (column.clone(), target))
            .map_err(|why| crate::domain::text::words::sentence(&format!("{column}: {why}")))
    };
    ask.answers.iter().map(map).collect()
}

fn listed(errors: &[RowError]) -> Vec<String> {
    errors.iter().map(ToString::to_string).collect()
}

fn names(app: App, files: &[File]) -> Result<Vec<String>, String> {
    let columns = bare_columns(app, files, &[]).map_err(|errors| listed(&errors).join(" "))?;
    Ok(columns.into_iter().map(|column| column.name).collect())
}

/// The columns with what each becomes or may become.
fn looked(
    app: App,
    files: &[File],
    maps: &[Map],
    ask: &ImportAsk,
    journal: &Journal,
    session: &Session,
) -> Result<Vec<ColumnLook>, String> {
    let past = Past::default();
    let here = Here {
        now: &session.now,
        day_end: journal.settings.day_end,
        maps,
        past: &past,
        ways: ways(journal),
    };
    // Without a day nothing can be read, and the person has to be able to say which column it is.
    let known = columns(app, files, &here)
        .or_else(|_| bare_columns(app, files, &[]))
        .map_err(|errors| listed(&errors).join(" "))?;
    let look = |column: Column| {
        let answered = ask.answered(&column.name);
        let standing = match (&column.target, answered) {
            _ if column.question.is_some() => Answered::Open,
            (_, Some(_)) => Answered::ByPerson,
            (Some(_), None) => Answered::ByName,
            (None, None) => Answered::Open,
        };
        ColumnLook {
            becomes: becomes(column.target.as_ref(), journal),
            // A mood that goes into the note by its name may be the overall as well: that is asked.
            guess: (standing == Answered::Open
                || column.target == Some(Target::Note) && standing == Answered::ByName)
                .then(|| guess(&column, journal))
                .flatten(),
            standing,
            name: column.name,
            examples: column.examples,
        }
    };
    Ok(known.into_iter().map(look).collect())
}

/// Reads the files whole and says what they would bring, with remarks; or the list of what could not be read.
fn plan(
    session: &mut Session,
    store: &Store,
    journal: &Journal,
    format: &ImportFormat,
    files: &[File],
    maps: &[Map],
) -> Result<(ImportPlan, Vec<String>), Vec<String>> {
    let gone = store.gone().map_err(|error| vec![plain(error)])?;
    let past = Past {
        ids: incoming::ids(journal),
        gone: gone.ids().collect(),
        offsets: incoming::offsets(journal),
    };
    let here = Here {
        now: &session.now,
        day_end: journal.settings.day_end,
        maps,
        past: &past,
        ways: ways(journal),
    };
    let mut incoming = format
        .read(files, &here)
        .map_err(|errors| listed(&errors))?;
    let remarks = std::mem::take(&mut incoming.remarks);
    let plan = import::planned(journal, incoming, &gone, session);
    Ok((plan, remarks))
}
