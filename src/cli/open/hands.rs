//! The hands of the full screen and plain mode: they carry out what is asked of files, with the means of the command line, and
//! hand the sentences over instead of printing them.

use super::passphrase;
use super::sentences::{by_key, plain, sentence, whole, with_failure};
use super::taking;
use super::taking::At;
use crate::cli::backup::{self, copies, doctor, restore};
use crate::cli::config;
use crate::cli::config::paths;
use crate::cli::export::{self, handed_out};
use crate::cli::import::{last_meeting, sync};
use crate::cli::output::private::Kept;
use crate::cli::output::{overheard, private};
use crate::cli::session::{Reply, Session};
use crate::cli::shell::remind;
use crate::config::{documents_folder, downloads_folder, home_folder};
use crate::domain::journal::bin_kind::BinKind;
use crate::domain::order::Ordered;
use crate::domain::text::system_words::system_words;
use crate::domain::text::words;
use crate::domain::time::Now;
use crate::store::{Copy, CopyState, Preview, Store};
use crate::transfer::errand::{CopyRow, Errand, Folder, HandedOut, LockedFile, Told, Usual};
use crate::transfer::import::face::Face;
use crate::transfer::progress::OnProgress;
use crate::tui::shared::JournalKind;
use chrono::DateTime;
use std::path::{Path, PathBuf};

/// Carries errands out, for one journal.
pub(in crate::cli) struct Hands {
    pub(super) session: Session,
    kind: JournalKind,
    face: Face,
}

/// The file with the list of what was handed out of a journal; a made-up journal has none.
pub(super) fn list_of(session: &Session, store: &Store, kind: JournalKind) -> Option<Kept> {
    let is_own = kind == JournalKind::Own && store.path().is_some();
    let places = session.places().ok().filter(|_| is_own)?;
    // What a run that was cut short left plain, also where the journal was only unlocked on the screen.
    private::follow(places, store.id());
    handed_out::file(places, store.id())
}

/// The folder for files that are written for the person, with a slash at its end.
pub(super) fn documents() -> String {
    documents_folder().map_or_else(String::new, |folder| format!("{}/", folder.display()))
}

/// Said where a made-up journal has nothing of the kind.
const MADE_UP: &str = "This journal is made up: it has no file, no copies and no list of its own.";

impl Hands {
    pub(in crate::cli) fn new(session: &Session, kind: JournalKind, face: Face) -> Self {
        let mut session = session.clone();
        // Errands answer in sentences, whatever was asked of the shell.
        session.reply = Reply::Sentences;
        // On a screen nobody knows where a relative path begins.
        if let Ok(places) = &mut session.places {
            for path in [&mut places.journal, &mut places.config] {
                *path = std::path::absolute(&*path).unwrap_or_else(|_| path.clone());
            }
        }
        Self {
            session,
            kind,
            face,
        }
    }

    /// Carries an errand out.
    ///
    /// # Errors
    /// A sentence: what happened, what is safe, what to do next.
    pub(in crate::cli) fn run(
        &mut self,
        store: &mut Store,
        errand: &Errand,
        now: &Now,
        tell: OnProgress<'_>,
    ) -> Result<Told, String> {
        self.session.now = now.clone();
        let needs_file = !matches!(
            errand,
            Errand::Browse(..)
                | Errand::Look(_)
                | Errand::TakeIn(_)
                | Errand::StudyPreview(_)
                | Errand::StudyWrite(_)
        );
        if needs_file && (self.kind == JournalKind::Demo || store.path().is_none()) {
            return Err(MADE_UP.to_owned());
        }
        let at = At {
            face: self.face,
            tell,
        };
        match errand {
            Errand::Browse(typed, usual) => Ok(Told::Folder(folder(typed, *usual))),
            Errand::Look(ask) => taking::look(&mut self.session, store, ask, at),
            Errand::TakeIn(ask) => taking::take_in(&mut self.session, store, ask, at),
            Errand::Copies => Ok(Told::Copies(self.copies()?)),
            Errand::Compare(path) => self.compared(store, path),
            Errand::Restore(path) => self.restored(store, path),
            Errand::CopyTo(typed) => self.copied(store, typed),
            Errand::Meeting => {
                let (at, line) = self.meeting(store).unzip();
                let at = at.map(|at| at + "/").unwrap_or_default();
                Ok(Told::Meeting(line, folder(&at, Usual::Home)))
            }
            Errand::Sync(typed, without) => self.synced(store, typed, without),
            Errand::Unlock(path) => passphrase::unlock(path),
            Errand::KeepKey(path) => passphrase::keep_key(path, store),
            Errand::Doctor => {
                let args = doctor::Args::quick();
                let (examined, lines) = overheard(|| doctor::run(&args, &self.session));
                let lines = with_failure(examined, lines)?;
                let lines = lines.iter().map(|line| by_key(line)).collect();
                Ok(Told::Page("The journal's file, examined", lines))
            }
            Errand::Passphrase(deed) => passphrase::carry_out(*deed, store, &self.session),
            Errand::Follow => {
                let line = backup::passphrase::follow(store, &self.session);
                Ok(Told::Done(line.unwrap_or_default()))
            }
            Errand::Places => {
                let (done, lines) = overheard(|| paths::listing(&self.session, store.id()));
                Ok(Told::Page(
                    "Where the files lie",
                    with_failure(done, lines)?,
                ))
            }
            Errand::Reminder => {
                let (done, lines) = overheard(|| remind::listing::run(&self.session));
                Ok(Told::Page("Reminder", with_failure(done, lines)?))
            }
            Errand::HandedOut => Ok(Told::HandedOut(self.listed(store))),
            Errand::Forget(line) => {
                if let Some(list) = list_of(&self.session, store, self.kind) {
                    handed_out::forget(&list, line.as_ref());
                }
                Ok(Told::HandedOut(self.listed(store)))
            }
            Errand::Keys => Ok(Told::Keys(config::key_rows(&self.config()?), None)),
            Errand::ChooseKey(action, key) => {
                let path = self.config()?;
                let ours = self.session.ours();
                let may = |path: &Path| ours.may_be_config(path);
                // An empty list takes them all away.
                let typed = key.as_deref().unwrap_or("[]");
                config::choose(&path, action, typed, &may).map_err(sentence)?;
                let line = match key {
                    Some(key) => format!(
                        "{key} is written to the config file; the key of before does it too."
                    ),
                    None => "The keys of your own for it are gone.".to_owned(),
                };
                Ok(Told::Keys(config::key_rows(&path), Some(line)))
            }
            Errand::StudyPreview(study) => {
                let lines = export::share::shown(study, &store.load(None).map_err(plain)?)?;
                let mut study = study.clone();
                study.folder = whole(&study.folder, documents_folder());
                Ok(Told::Preview(study, lines))
            }
            Errand::StudyWrite(study) => {
                let journal = store.load(None).map_err(plain)?;
                let line = export::share::written(study, &journal, &self.session)?;
                let said = format!("Written to {}.", line.path);
                self.hand_out(store, line);
                Ok(Told::Done(said))
            }
        }
    }

    /// Notes what was written to a file. Nothing of a made-up journal is about anybody.
    pub(super) fn hand_out(&self, store: &Store, line: HandedOut) {
        if let Some(list) = list_of(&self.session, store, self.kind) {
            handed_out::add(&list, line);
        }
    }

    fn listed(&self, store: &Store) -> Vec<HandedOut> {
        let list = list_of(&self.session, store, self.kind);
        list.map(|list| handed_out::list(&list)).unwrap_or_default()
    }

    fn journal(&self) -> Result<PathBuf, String> {
        let places = self.session.places().map_err(sentence)?;
        Ok(places.journal.clone())
    }

    fn config(&self) -> Result<PathBuf, String> {
        let places = self.session.places().map_err(sentence)?;
        Ok(places.config.clone())
    }

    fn copies(&self) -> Result<Vec<CopyRow>, String> {
        let copies = Store::copies_of(&self.journal()?);
        Ok(copies.iter().map(|copy| self.row(copy)).collect())
    }

    fn row(&self, copy: &Copy) -> CopyRow {
        let size = copies::size(copy.size);
        let preview = copy.is_sound().then(|| Store::preview_alone(&copy.path));
        let (holds, problem) = match preview {
            Some(Ok(preview)) => (holds(&preview, &size), None),
            Some(Err(error)) => (size, Some(error.to_string())),
            None => (size, Some(copy.state.sentences())),
        };
        let holds = match &copy.state {
            // Rows that differ come back as they are, which is to be known before.
            CopyState::Sound { .. } if copy.differs().is_some() => {
                format!("{holds}; {}", copy.state.sentences())
            }
            _ => holds,
        };
        CopyRow {
            path: copy.path.clone(),
            made: format!(
                "{}, {}",
                copies::moment(copy.made_at, &self.session.now),
                copy.kind.label()
            ),
            holds,
            problem,
        }
    }

    fn compared(&self, store: &Store, path: &Path) -> Result<Told, String> {
        let preview = store.preview(path).map_err(plain)?;
        let lines = restore::listing(&preview, &self.session);
        let lines = lines.lines().map(str::to_owned).collect();
        Ok(Told::Compared(path.to_owned(), lines))
    }

    fn restored(&self, store: &mut Store, path: &Path) -> Result<Told, String> {
        let preview = store.preview(path).map_err(plain)?;
        let done = store
            .restore_from(path, self.session.utc())
            .map_err(plain)?;
        let mut said = format!(
            "Restored: the journal is as it was in the copy of {}.",
            copies::moment(preview.made_at, &self.session.now)
        );
        if done.stay_erased > 0 {
            said.push_str(" What was erased for good since stays erased.");
        }
        if done.kept.is_some() {
            said.push_str(
                " What it held until now is the newest of the copies; it can be restored as well.",
            );
        }
        Ok(Told::Done(said))
    }

    fn copied(&self, store: &Store, typed: &str) -> Result<Told, String> {
        let path = PathBuf::from(whole(typed, documents_folder()));
        let copy = backup::to_file(store, &path, false, &self.session).map_err(|failure| {
            // There is no `--force` here.
            sentence(failure).replace("--force replaces it", "choose another name")
        })?;
        Ok(Told::Done(format!(
            "Copied and read back: {} ({}).",
            copy.path.display(),
            copy.state.sentences()
        )))
    }

    fn meeting(&self, store: &Store) -> Option<(String, String)> {
        let (folder, at) = last_meeting::of(store.id(), &self.session)?;
        let at = DateTime::parse_from_rfc3339(&at).ok()?;
        let at = copies::moment(at.to_utc(), &self.session.now);
        Some((folder.clone(), format!("Last meeting: {at}, in {folder}.")))
    }

    fn synced(&self, store: &mut Store, typed: &str, without: &[PathBuf]) -> Result<Told, String> {
        let folder = PathBuf::from(whole(typed, home_folder()));
        if let Some(path) = sync::locked_in(&folder, without, store, &self.session) {
            let left_out = without.iter().chain([&path]).cloned().collect();
            return Ok(Told::Locked(Box::new(LockedFile {
                then: Errand::Sync(typed.to_owned(), without.to_vec()),
                without: Some(Errand::Sync(typed.to_owned(), left_out)),
                comes_out_plain: !store.is_encrypted(),
                path,
            })));
        }
        let (met, lines) = overheard(|| sync::meet(&folder, without, store, &self.session));
        let lines = with_failure(met, lines)?;
        let lines = lines.iter().map(|line| by_key(line)).collect();
        Ok(taking::told("Sync", lines))
    }
}

/// "177 entries, 59 check-ins; 1 Oct 2026 to 29 Nov 2026; 164 kB".
fn holds(preview: &Preview, size: &str) -> String {
    let of = |kind: BinKind| {
        let mut counts = preview.counts.iter();
        counts
            .find(|(known, _)| *known == kind)
            .map_or(0, |(_, n)| *n)
    };
    let all = preview.counts.iter().map(|(_, n)| n).sum();
    let check_ins = match of(BinKind::CheckIn) {
        0 => String::new(),
        n => format!(", {}", words::count(n, "check-in", "check-ins")),
    };
    let days = preview.days.map_or_else(String::new, |(first, last)| {
        format!(
            "; {} to {}",
            words::plain_day(first),
            words::plain_day(last)
        )
    });
    format!(
        "{}{check_ins}{days}; {size}",
        words::count(all, "entry", "entries")
    )
}

/// The most names that are listed.
const MOST_NAMES: usize = 2_000;

fn begins(usual: Usual) -> Option<PathBuf> {
    match usual {
        Usual::Downloads => downloads_folder(),
        Usual::Documents => documents_folder(),
        Usual::Home => home_folder(),
    }
}

/// The folder of a path that is being typed: all up to its last slash.
fn folder(typed: &str, usual: Usual) -> Folder {
    let head = match typed.rfind('/') {
        Some(at) => &typed[..=at],
        None if typed.starts_with('~') => "~/",
        None => "",
    };
    let mut path = whole(head, begins(usual));
    if !path.ends_with('/') {
        path.push('/');
    }
    let read = std::fs::read_dir(&path);
    let (names, problem) = match read {
        Ok(entries) => (names(entries), None),
        Err(error) => (
            Vec::new(),
            Some(format!(
                "{path} could not be read: {}.",
                system_words(&error)
            )),
        ),
    };
    Folder {
        typed: typed.to_owned(),
        path,
        names,
        problem,
    }
}

fn names(entries: std::fs::ReadDir) -> Vec<String> {
    let mut names: Vec<String> = entries
        .flatten()
        .take(MOST_NAMES)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            // Through a link to a folder one goes on as through a folder.
            Some(if entry.path().is_dir() {
                name + "/"
            } else {
                name
            })
        })
        .collect();
    names.order_by_key(|name| (!name.ends_with('/'), name.to_lowercase()));
    names
}
