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
use crate::domain::journal::incoming::ImportPlan;
use crate::store::{CopyKind, Run, Store, is_journal};
use crate::transfer::errand::{
    Answered, Brings, ColumnLook, Errand, ImportAsk, LockedFile, Look, Told,
};
use crate::transfer::foreign::apps::App;
use crate::transfer::foreign::target::{Map, Meant, Target, target_of};
use crate::transfer::foreign::{Column, Wanted, bare_columns, columns};
use crate::transfer::import::becomes::{becomes, column_becomes};
use crate::transfer::import::error::{File, Here, Past, RowError, Slips, Tell, Ways};
use crate::transfer::import::face::{Face, name};
use crate::transfer::import::guess::guess;
use crate::transfer::import::whole_file::{About, FileQuestion, Known, questions};
use crate::transfer::import::{ImportFormat, Whose, named};
use crate::transfer::progress::{OnProgress, Progress};
use std::path::{Path, PathBuf};

/// How many entries that are left out are named.
const NAMED: usize = import::NAMED;

/// Where a person reads about a file, and who is told how far it is.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) face: Face,
    pub(super) tell: OnProgress<'a>,
}

/// The question for the passphrase of a journal from elsewhere, if it waits for one.
fn locked(file: &Path, then: Errand, store: &Store, session: &Session) -> Option<Told> {
    merge::waits_for_passphrase(store, file, session).then(|| {
        Told::Locked(Box::new(LockedFile {
            path: file.to_owned(),
            then,
            without: None,
            comes_out_plain: !store.is_encrypted(),
        }))
    })
}

/// Says what a file would bring.
pub(super) fn look(
    session: &mut Session,
    store: &mut Store,
    ask: &ImportAsk,
    at: At<'_>,
) -> Result<Told, String> {
    let face = at.face;
    let path = whole(&ask.path, downloads_folder());
    let file = PathBuf::from(&path);
    if file.is_file() && is_journal(&file) {
        if let Some(locked) = locked(&file, Errand::Look(ask.clone()), store, session) {
            return Ok(locked);
        }
        return Ok(Told::Looked(Box::new(merge_look(
            session, store, ask, &file,
        )?)));
    }
    let mut ask = ask.clone();
    let (files, format, remarks) = match read(&file, &ask, face) {
        Ok(read) => read,
        Err(Unread::NoForm(why)) => {
            return Ok(Told::Looked(Box::new(Look {
                path,
                form: "its form is open".to_owned(),
                columns: Vec::new(),
                questions: questions(&ask.file, Known::default()),
                is_kept: false,
                outcome: vec![why],
                brings: Brings::Unread,
                ask,
            })));
        }
        Err(Unread::Other(why)) => return Err(why),
    };
    // What follows names an option of the shell.
    let form = format.about.split(';').next().unwrap_or_default();
    let journal = store.load(None).map_err(plain)?;
    let mut look = Look {
        path,
        form: form.to_owned(),
        columns: Vec::new(),
        questions: Vec::new(),
        is_kept: false,
        outcome: remarks,
        brings: Brings::Unread,
        ask: ask.clone(),
    };
    let mut known = Known {
        form: Some((format.name, format.about)),
        ..Known::default()
    };
    let mut decimal = None;
    if let Whose::Another(app) = format.of {
        match names(app, &files, face) {
            Ok(names) if ask.answers.is_empty() => {
                if let Ok(places) = session.places() {
                    ask.answers = answers::of(&places.config, &names);
                    look.is_kept = !ask.answers.is_empty();
                    look.ask = ask.clone();
                }
            }
            Ok(_) => {}
            // Not a file of the form that was chosen: another one may be.
            Err(why) => {
                look.outcome.push(why);
                look.questions = questions(&ask.file, known);
                return Ok(Told::Looked(Box::new(look)));
            }
        }
        let file = Asked {
            app,
            files: &files,
            ask: &ask,
            journal: &journal,
            face,
        };
        (look.columns, decimal) = file.looked(session)?;
    }
    let (plan, more) = match plan(session, store, &journal, (format, &files), (&ask, at)) {
        Ok(planned) => planned,
        Err(problem) => {
            known.decimal = decimal.as_deref();
            known.unread_rows = problem.rows;
            look.outcome.extend(problem.lines);
            look.questions = asked_about(&ask, format, known);
            return Ok(Told::Looked(Box::new(look)));
        }
    };
    look.questions = asked_about(&ask, format, known);
    look.outcome.extend(more);
    let came = |id| import::came_in(Some(&*store), id, session);
    let summary = import::summary(&plan, &plan.added, "Would come in", &came);
    look.outcome.extend(summary);
    let left_out = plan.left_out.iter().take(NAMED).map(import::left_out);
    look.outcome.extend(left_out);
    look.brings = if plan.changes.is_empty() {
        Brings::Nothing
    } else {
        Brings::Something
    };
    Ok(Told::Looked(Box::new(look)))
}

/// A file of ours says all by itself, unless the person chose its form.
fn asked_about(ask: &ImportAsk, format: &ImportFormat, known: Known<'_>) -> Vec<FileQuestion> {
    let is_foreign = matches!(format.of, Whose::Another(_));
    if !is_foreign && ask.file.form.is_none() {
        return Vec::new();
    }
    let mut questions = questions(&ask.file, known);
    if !is_foreign {
        questions.retain(|question| question.about == About::Form);
    }
    questions
}

/// Why a file was not read.
enum Unread {
    /// It has no form that can be told.
    NoForm(String),
    Other(String),
}

impl Unread {
    fn sentence(self) -> String {
        match self {
            Self::NoForm(why) | Self::Other(why) => why,
        }
    }
}

/// The files, their form, and what is to be said about them.
fn read(
    file: &Path,
    ask: &ImportAsk,
    face: Face,
) -> Result<(Vec<File>, &'static ImportFormat, Vec<String>), Unread> {
    // What is said goes to the shell's terminal otherwise, on which the full screen stands.
    let (read, said) = overheard(|| {
        let mut files = import::files(file)?;
        import::refuse_days(file, &files)?;
        let format = match ask.file.form.and_then(named) {
            Some(format) => Some(format),
            None => import::pick::format(&mut files)?,
        };
        Ok((files, format))
    });
    let (files, format) = read.map_err(|failure| Unread::Other(sentence(failure)))?;
    match format {
        Some(format) => Ok((files, format, said)),
        None => Err(Unread::NoForm(sentence(no_form(file, &files, face)))),
    }
}

/// What was said about the file as a whole.
fn ways<'a>(journal: &'a Journal, ask: &'a ImportAsk, face: Face) -> Ways<'a> {
    Ways {
        blanks: ask.file.blanks.as_deref(),
        decimal: ask.file.decimal,
        slips: ask.file.rows,
        standing: &journal.standing,
        face,
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
        questions: Vec::new(),
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
    at: At<'_>,
) -> Result<Told, String> {
    let face = at.face;
    let file = PathBuf::from(whole(&ask.path, downloads_folder()));
    if file.is_file() && is_journal(&file) {
        merge::refuse_itself(&file, session).map_err(sentence)?;
        if let Some(locked) = locked(&file, Errand::TakeIn(ask.clone()), store, session) {
            return Ok(locked);
        }
        let (merged, mut lines) = overheard(|| merge::taken_in(store, &file, session));
        let merged = merged.map_err(sentence)?;
        lines.insert(0, by_key(&merge::summary(&merged, Run::Real)));
        lines.extend(merged.decided.iter().map(ToString::to_string));
        return Ok(told("Taken in", lines));
    }
    let (files, format, remarks) = read(&file, ask, face).map_err(Unread::sentence)?;
    let journal = store.load(None).map_err(plain)?;
    let (plan, more) = plan(session, store, &journal, (format, &files), (ask, at))
        .map_err(|problem| problem.lines.join(" "))?;
    let mut lines = remarks;
    lines.extend(more);
    if let Whose::Another(app) = format.of
        && let (Ok(names), Ok(places)) = (names(app, &files, face), session.places())
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
    (at.tell)(Progress::Entries(plan.changes.len()));
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
pub(super) fn told(title: &'static str, lines: Vec<String>) -> Told {
    match &lines[..] {
        [line] => Told::Done(line.clone()),
        _ => Told::DoneAtLength(title, lines),
    }
}

fn maps(ask: &ImportAsk, journal: &Journal) -> Result<Vec<Map>, String> {
    let map = |(column, meaning): &(String, String)| {
        target_of(meaning, journal)
            .map(|target| (column.clone(), target))
            .map_err(|why| crate::domain::text::words::sentence(&format!("{column}: {why}")))
    };
    ask.answers.iter().map(map).collect()
}

fn listed(errors: &[RowError]) -> Vec<String> {
    errors.iter().map(ToString::to_string).collect()
}

fn names(app: App, files: &[File], face: Face) -> Result<Vec<String>, String> {
    let meant = Meant { maps: &[], face };
    let columns = bare_columns(app, files, meant).map_err(|errors| listed(&errors).join(" "))?;
    Ok(columns.into_iter().map(|column| column.name).collect())
}

/// A file of another program that is asked about.
struct Asked<'a> {
    app: App,
    files: &'a [File],
    ask: &'a ImportAsk,
    journal: &'a Journal,
    face: Face,
}

impl Asked<'_> {
    /// The columns with what each becomes or may become, and why the decimal sign is asked for.
    fn looked(&self, session: &Session) -> Result<(Vec<ColumnLook>, Option<String>), String> {
        let past = Past::default();
        let maps = maps(self.ask, self.journal)?;
        let here = Here {
            now: &session.now,
            day_end: self.journal.settings.day_end,
            maps: &maps,
            past: &past,
            ways: ways(self.journal, self.ask, self.face),
        };
        let bare = || {
            let maps = &[];
            let face = self.face;
            bare_columns(self.app, self.files, Meant { maps, face })
        };
        // Without a day nothing can be read, and the person has to be able to say which column it is.
        let known = columns(self.app, self.files, &here)
            .or_else(|_| bare())
            .map_err(|errors| listed(&errors).join(" "))?;
        let decimal = known.iter().find_map(|column| {
            let question = column.question.as_ref()?;
            let is_sign = question.wanted == Wanted::DecimalSign;
            is_sign.then(|| {
                // The row itself says which.
                let cure = format!("; {}", self.face.decimal());
                let problem = question.sentence.trim_end_matches(&cure);
                format!("{}: {problem}", column.name)
            })
        });
        // A column that says how the table is read is in it no more; its answer can be changed all the same.
        let is_gone = |name: &String| !known.iter().any(|column| column.name == *name);
        let shapes = maps
            .iter()
            .filter(|(name, target)| target.is_shape() && is_gone(name));
        let shapes: Vec<ColumnLook> = shapes
            .map(|(name, target)| ColumnLook {
                name: name.clone(),
                examples: Vec::new(),
                becomes: becomes(Some(target), self.journal),
                standing: Answered::ByPerson,
                waits: None,
                guess: None,
            })
            .collect();
        let columns = known.into_iter().map(|column| self.column(column));
        Ok((columns.chain(shapes).collect(), decimal))
    }

    fn column(&self, column: Column) -> ColumnLook {
        let standing = match (&column.target, self.ask.answered(&column.name)) {
            _ if column.question.is_some() => Answered::Open,
            (_, Some(_)) => Answered::ByPerson,
            (Some(_), None) => Answered::ByName,
            (None, None) => Answered::Open,
        };
        let wanted = column.question.as_ref().map(|question| &question.wanted);
        let waits = match wanted {
            Some(Wanted::DecimalSign) => Some(format!("waits for the {}", name::DECIMAL)),
            Some(Wanted::OtherColumn) => Some("waits for its other column".to_owned()),
            Some(Wanted::Target(_)) | None => None,
        };
        let becomes = match waits {
            Some(_) => becomes(column.target.as_ref(), self.journal),
            None => column_becomes(&column, self.journal),
        };
        // A mood that goes into the note by its name may be the overall as well: that is asked.
        let is_asked = standing == Answered::Open
            || column.target == Some(Target::Note) && standing == Answered::ByName;
        ColumnLook {
            becomes,
            guess: (is_asked && waits.is_none())
                .then(|| guess(&column, self.journal))
                .flatten(),
            standing,
            waits,
            name: column.name,
            examples: column.examples,
        }
    }
}

/// What could not be read.
struct Problem {
    lines: Vec<String>,
    /// How many rows could be left out, so that the rest comes in.
    rows: usize,
}

/// Reads the files whole and says what they would bring, with remarks; or the list of what could not be read.
fn plan(
    session: &mut Session,
    store: &Store,
    journal: &Journal,
    (format, files): (&ImportFormat, &[File]),
    (ask, at): (&ImportAsk, At<'_>),
) -> Result<(ImportPlan, Vec<String>), Problem> {
    let other = |why: String| Problem {
        lines: vec![why],
        rows: 0,
    };
    let gone = store.gone().map_err(|error| other(plain(error)))?;
    let past = import::past(journal, &gone);
    let maps = maps(ask, journal).map_err(other)?;
    let tell = |done: usize, all: usize| (at.tell)(Progress::Rows { done, all });
    let here = Here {
        now: &session.now,
        day_end: journal.settings.day_end,
        maps: &maps,
        past: &past,
        ways: Ways {
            tell: Tell(Some(&tell)),
            ..ways(journal, ask, at.face)
        },
    };
    let mut incoming = format.read(files, &here).map_err(|errors| Problem {
        lines: listed(&errors),
        rows: rows_to_leave_out(format, files, &here, &errors),
    })?;
    let mut remarks = std::mem::take(&mut incoming.remarks);
    remarks.extend(import::skipped(&incoming.skipped, at.face));
    let plan = import::planned(journal, incoming, &gone, session);
    Ok((plan, remarks))
}

/// How many rows have to be left out so that the rest can be read; 0 where that mends nothing.
fn rows_to_leave_out(
    format: &ImportFormat,
    files: &[File],
    here: &Here<'_>,
    errors: &[RowError],
) -> usize {
    if !matches!(format.of, Whose::Another(_)) || !errors.iter().any(RowError::is_of_a_row) {
        return 0;
    }
    let ways = Ways {
        slips: Slips::LeftOut,
        ..here.ways
    };
    let rest = format.read(files, &Here { ways, ..*here });
    rest.map_or(0, |rest| rest.skipped.len())
}
