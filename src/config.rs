//! Where the journal and the config file lie.
//!
//! Invariant: a path is named by the person, or it is absolute. A relative `XDG_*` is ignored, as its specification asks.
//! Without `HOME` the user database is asked, but only where a path is needed that nobody named, and never in a static build:
//! there the name service of the C library would load modules, and the process would crash. Without either nothing is guessed.

pub(crate) mod chosen;
pub mod file;
pub mod settings;
pub mod zone;
pub(crate) mod zone_rules;

use directories::{ProjectDirs, UserDirs};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The files of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Places {
    /// The journal.
    pub(crate) journal: PathBuf,
    /// The config file: looks, keys, paths. It need not be there.
    pub(crate) config: PathBuf,
    /// The folder for what this device alone keeps about journals, if one is known: it is no part of any journal, copy, sync
    /// or export.
    pub(crate) state: Option<PathBuf>,
}

/// Neither a path was named nor a home folder was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no home folder here, so the journal's place is not known; set HOME, or name it with --journal PATH or EBB_JOURNAL"
)]
pub(crate) struct NoHome;

impl Places {
    /// The named paths, where they are named and not empty, else those of the system's conventions.
    ///
    /// # Errors
    /// [`NoHome`], only when a path is needed that was not named.
    pub(crate) fn find(
        journal: Option<OsString>,
        config: Option<OsString>,
    ) -> Result<Self, NoHome> {
        let named = |path: Option<OsString>| path.filter(|p| !p.is_empty()).map(PathBuf::from);
        match (named(journal), named(config)) {
            (Some(journal), Some(config)) => Ok(Self {
                journal,
                config,
                state: told_by_home().and_then(|dirs| state_folder(&dirs)),
            }),
            (journal, config) => Self::with_conventions(journal, config, needed().as_ref()),
        }
    }

    /// The paths of which one at least was not named.
    fn with_conventions(
        journal: Option<PathBuf>,
        config: Option<PathBuf>,
        dirs: Option<&ProjectDirs>,
    ) -> Result<Self, NoHome> {
        let conventional = dirs
            .map(|dirs| {
                (
                    dirs.data_dir().join("journal.db"),
                    dirs.config_dir().join("config.toml"),
                )
            })
            .filter(|(journal, config)| journal.is_absolute() && config.is_absolute());
        let state = dirs.and_then(state_folder);
        match (journal, config, conventional) {
            (journal, config, Some((data, looks))) => Ok(Self {
                journal: journal.unwrap_or(data),
                config: config.unwrap_or(looks),
                state,
            }),
            // A named journal is enough to work with: without a config file everything has its default.
            (Some(journal), config, None) => Ok(Self {
                config: config.unwrap_or_else(|| journal.with_file_name("config.toml")),
                journal,
                state,
            }),
            (None, _, None) => Err(NoHome),
        }
    }
}

/// Who may say where the home folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// `HOME` alone.
    Environment,
    /// `HOME`, and without it the user database.
    Database,
}

impl Asked {
    /// Where a path is needed that nobody named.
    // musl reads the database by itself, but one rule for all static builds is easier to know.
    const NEEDED: Self = if cfg!(target_feature = "crt-static") {
        Self::Environment
    } else {
        Self::Database
    };

    /// Whether the folders of the conventions may be worked out, with this `HOME`: the libraries for it ask the database
    /// whenever `HOME` says nothing.
    fn may_look(self, home: Option<&OsStr>) -> bool {
        self == Self::Database || home.is_some_and(|home| !home.is_empty())
    }

    fn may(self) -> bool {
        self.may_look(std::env::var_os("HOME").as_deref())
    }
}

/// The folders of the conventions, as far as `HOME` tells them.
fn told_by_home() -> Option<ProjectDirs> {
    project(Asked::Environment)
}

/// The folders of the conventions, for a path that nobody named.
fn needed() -> Option<ProjectDirs> {
    project(Asked::NEEDED)
}

fn project(asked: Asked) -> Option<ProjectDirs> {
    asked
        .may()
        .then(|| ProjectDirs::from("", "", "ebbtide"))
        .flatten()
}

/// The folders of the person's desktop.
fn desktop() -> Option<UserDirs> {
    Asked::NEEDED.may().then(UserDirs::new).flatten()
}

/// The folders for files that concern running programs alone, the best first: that of the session, which the system empties,
/// then the cache. Empty if neither is known.
pub(crate) fn run_folders() -> Vec<PathBuf> {
    let dirs = told_by_home();
    // The system makes the folder of the session; where it is missing, there is no session, and nobody would empty it.
    let session = dirs.as_ref().map_or_else(session_folder, |dirs| {
        dirs.runtime_dir().map(Path::to_owned)
    });
    let session = session.filter(|folder| folder.parent().is_some_and(Path::is_dir));
    let cache = dirs.map(|dirs| dirs.cache_dir().to_owned());
    let folders = [session, cache].into_iter().flatten();
    folders.filter(|folder| folder.is_absolute()).collect()
}

/// The folder of the session, for which no home folder is needed; only Linux has one.
fn session_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("XDG_RUNTIME_DIR").filter(|_| cfg!(target_os = "linux"));
    folder.map(|folder| PathBuf::from(folder).join("ebbtide"))
}

fn state_folder(dirs: &ProjectDirs) -> Option<PathBuf> {
    // Only Linux has a folder of its own for this.
    let folder = dirs.state_dir().unwrap_or(dirs.data_local_dir());
    folder.is_absolute().then(|| folder.to_owned())
}

/// Where systemd looks for the timers of one person.
pub(crate) fn timers_folder() -> Option<PathBuf> {
    let dirs = needed()?;
    // Beside our own folder lie those of the other programs.
    let folder = dirs.config_dir().parent()?;
    folder.is_absolute().then(|| folder.join("systemd/user"))
}

/// Where launchd looks for the agents of one person.
pub(crate) fn agents_folder() -> Option<PathBuf> {
    Some(home_folder()?.join("Library/LaunchAgents"))
}

/// The person's home folder.
pub(crate) fn home_folder() -> Option<PathBuf> {
    home_of(&desktop()?)
}

fn home_of(dirs: &UserDirs) -> Option<PathBuf> {
    Some(dirs.home_dir().to_owned()).filter(|home| home.is_absolute())
}

/// Where a person finds a file that was written for them: the folder for documents, else the home folder.
pub(crate) fn documents_folder() -> Option<PathBuf> {
    usual_folder(UserDirs::document_dir, "Documents")
}

/// Where a file from elsewhere lies most often: the folder for downloads, else the home folder.
pub(crate) fn downloads_folder() -> Option<PathBuf> {
    usual_folder(UserDirs::download_dir, "Downloads")
}

/// A folder as the desktop names it, else one of this name in the home folder, else that folder.
fn usual_folder(named: fn(&UserDirs) -> Option<&Path>, name: &str) -> Option<PathBuf> {
    let dirs = desktop()?;
    let by_desktop = named(&dirs).map(Path::to_owned);
    let home = home_of(&dirs);
    let by_name = home.as_ref().map(|home| home.join(name));
    let folders = [by_desktop, by_name].into_iter().flatten();
    let mut folders = folders.filter(|folder| folder.is_absolute() && folder.is_dir());
    folders.next().or(home)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_paths_need_no_home() {
        let places = Places::find(Some("j.db".into()), Some("c.toml".into()));
        assert_eq!(
            places,
            Ok(Places {
                journal: "j.db".into(),
                config: "c.toml".into(),
                state: told_by_home().and_then(|dirs| state_folder(&dirs)),
            })
        );
    }

    #[test]
    fn without_home_only_a_journal_needs_a_name() {
        let places = |journal: Option<&str>| {
            Places::with_conventions(journal.map(PathBuf::from), None, None)
        };
        assert_eq!(places(None), Err(NoHome));
        let named = places(Some("folder/j.db"));
        assert_eq!(
            named.map(|places| places.config),
            Ok("folder/config.toml".into())
        );
    }

    #[test]
    fn the_user_database_is_asked_only_where_home_says_nothing_and_that_is_allowed() {
        let home = Some(OsStr::new("/home/a"));
        for nothing in [None, Some(OsStr::new(""))] {
            assert!(Asked::Database.may_look(nothing));
            assert!(!Asked::Environment.may_look(nothing));
        }
        assert!(Asked::Environment.may_look(home));
        // The name service of a static C library crashes.
        let is_static = cfg!(target_feature = "crt-static");
        assert_eq!(Asked::NEEDED == Asked::Environment, is_static);
    }

    #[test]
    fn an_empty_name_is_no_name() {
        let empty = Places::find(Some(OsString::new()), None);
        assert_eq!(empty, Places::find(None, None));
    }
}
