//! Where the journal and the config file lie.
//!
//! Invariant: a path is named by the person, or it is absolute. A relative `XDG_*` is ignored, as its specification asks;
//! without `HOME` the user database is asked; without either nothing is guessed.

pub(crate) mod chosen;
pub mod file;
pub mod settings;
pub mod zone;
pub(crate) mod zone_rules;

use directories::{ProjectDirs, UserDirs};
use std::ffi::OsString;
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
    "there is no home folder here, so the journal's place is not known; name it with --journal PATH or EBB_JOURNAL"
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
        let conventional = ProjectDirs::from("", "", "ebbtide")
            .map(|dirs| {
                (
                    dirs.data_dir().join("journal.db"),
                    dirs.config_dir().join("config.toml"),
                )
            })
            .filter(|(journal, config)| journal.is_absolute() && config.is_absolute());
        let (journal, config) = (named(journal), named(config));
        let state = state_folder();
        match (journal, config, conventional) {
            (Some(journal), Some(config), _) => Ok(Self {
                journal,
                config,
                state,
            }),
            (journal, config, Some((data, looks))) => Ok(Self {
                journal: journal.unwrap_or(data),
                config: config.unwrap_or(looks),
                state,
            }),
            // A named journal is enough to work with: without a config file everything has its default.
            (Some(journal), None, None) => Ok(Self {
                config: journal.with_file_name("config.toml"),
                journal,
                state,
            }),
            (None, _, None) => Err(NoHome),
        }
    }
}

/// The folders for files that concern running programs alone, the best first: that of the session, which the system empties,
/// then the cache. Empty if neither is known.
pub(crate) fn run_folders() -> Vec<PathBuf> {
    let Some(dirs) = ProjectDirs::from("", "", "ebbtide") else {
        return Vec::new();
    };
    // The system makes the folder of the session; where it is missing, there is no session, and nobody would empty it.
    let session = dirs.runtime_dir();
    let session = session.filter(|folder| folder.parent().is_some_and(Path::is_dir));
    let folders = [session, Some(dirs.cache_dir())].into_iter().flatten();
    folders
        .filter(|folder| folder.is_absolute())
        .map(Path::to_owned)
        .collect()
}

fn state_folder() -> Option<PathBuf> {
    let dirs = ProjectDirs::from("", "", "ebbtide")?;
    // Only Linux has a folder of its own for this.
    let folder = dirs.state_dir().unwrap_or(dirs.data_local_dir());
    folder.is_absolute().then(|| folder.to_owned())
}

/// The person's home folder.
pub(crate) fn home_folder() -> Option<PathBuf> {
    let dirs = UserDirs::new()?;
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
    let by_desktop = UserDirs::new().and_then(|dirs| named(&dirs).map(Path::to_owned));
    let home = home_folder();
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
                state: state_folder(),
            })
        );
    }

    #[test]
    fn an_empty_name_is_no_name() {
        let empty = Places::find(Some(OsString::new()), None);
        assert_eq!(empty, Places::find(None, None));
    }
}
