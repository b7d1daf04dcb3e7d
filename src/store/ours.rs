//! Our own files on the disk, which no export, report or copy may overwrite.
//!
//! Invariant: every file written for a person goes to a [`Destination`], and only [`Ours`] makes one. It checks the resolved
//! name and the file behind it (device and inode), so no link and no other spelling leads to the journal, to the files of
//! `SQLite` beside it, to its copies or to the config file.

use super::backup::copy;
use super::backup::copy::Occupant;
use super::backup::with_ending;
use super::error::{Result, StoreError};
use super::folder::temporary::{BESIDE, Unfinished, sweep_elsewhere};
use super::key::header;
use super::{Store, open};
use std::fs::Metadata;
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

const JOURNAL: &str = "the journal itself";
const PART: &str = "a part of the journal, which it needs to be whole";
const COPY: &str = "a copy of the journal";
const COPIES: &str = "a place among the journal's copies";
const HOLDS: &str = "a folder that the journal lies in";
const CONFIG: &str = "the config file";
const OTHER: &str = "an Ebbtide journal";

/// A path that was checked: none of our own files is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Destination(PathBuf);

impl Destination {
    /// The path as the person wrote it.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file whole or not at all: `write` fills a temporary file that only this user can read, which is synced, then
    /// renamed.
    ///
    /// # Errors
    /// The system's error, or that of `write`. An earlier file is unchanged, and no half file is left.
    pub(crate) fn write<T>(
        &self,
        standing: Occupant,
        write: impl FnOnce(&mut dyn Write) -> io::Result<T>,
    ) -> io::Result<T> {
        let folder = copy::folder_of(&self.0);
        sweep_elsewhere(folder);
        let mut temp = Unfinished::Export.file_in(folder)?;
        let told = buffered(temp.as_file_mut(), write)?;
        temp.as_file().sync_all()?;
        match standing {
            Occupant::Nothing => temp.persist_noclobber(&self.0),
            // A rename replaces a link that somebody put there meanwhile, never the file that the link points to.
            Occupant::File => temp.persist(&self.0),
        }
        .map_err(|error| error.error)?;
        std::fs::File::open(folder)?.sync_all()?;
        Ok(told)
    }
}

/// Fills a file by way of a buffer: a row is far smaller than what a disk takes at once.
///
/// # Errors
/// Those of the file and of `write`.
pub(crate) fn buffered<T>(
    file: &mut std::fs::File,
    write: impl FnOnce(&mut dyn Write) -> io::Result<T>,
) -> io::Result<T> {
    let mut out = io::BufWriter::with_capacity(1 << 16, file);
    let told = write(&mut out)?;
    out.flush()?;
    Ok(told)
}

/// The kind of file that is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// An export, a report, words.
    Export,
    /// A copy of the journal. It may replace an earlier copy that the person keeps elsewhere.
    Copy,
    /// A new journal. It may lie at the configured path of a journal that does not exist yet.
    Journal,
    /// The config file.
    Config,
}

/// The journals that a run knows of and the config file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Ours {
    journals: Vec<PathBuf>,
    config: Option<PathBuf>,
}

impl Ours {
    /// The journal at `path`, with all that belongs to it.
    pub(crate) fn of(path: &Path) -> Self {
        Self::default().and(path)
    }

    /// The same with another journal.
    #[must_use]
    pub(crate) fn and(mut self, path: &Path) -> Self {
        self.journals.push(path.to_owned());
        self
    }

    /// The same with the config file.
    #[must_use]
    pub(crate) fn with_config(mut self, path: &Path) -> Self {
        self.config = Some(path.to_owned());
        self
    }

    /// Checks the path of an export.
    ///
    /// # Errors
    /// [`StoreError::Ours`] with the file of ours that is there, or would be. Nothing was touched.
    pub(crate) fn file(&self, path: &Path) -> Result<Destination> {
        self.destination(path, Purpose::Export)
    }

    /// Checks the path of a folder that an export fills with files.
    ///
    /// # Errors
    /// As [`Ours::file`], also when the journal lies somewhere in it.
    pub(crate) fn folder(&self, path: &Path) -> Result<Destination> {
        // "journal.db/" must be refused as "journal.db" is.
        let without_slash: PathBuf = path.components().collect();
        self.refuse(&without_slash, Purpose::Export)?;
        if let Some(folder) = path.metadata().ok().filter(Metadata::is_dir) {
            let inside = self.files().into_iter().any(|(file, _)| {
                let real = file.canonicalize().unwrap_or(file);
                real.ancestors().any(|above| is_same(above, &folder))
            });
            if inside {
                return Err(StoreError::Ours {
                    path: path.to_owned(),
                    what: HOLDS,
                });
            }
        }
        // The files of the export may replace files of the same name, so a link among those must not lead to ours.
        for entry in path.read_dir().into_iter().flatten().flatten() {
            self.refuse(&entry.path(), Purpose::Export)?;
        }
        Ok(Destination(path.to_owned()))
    }

    /// Checks the path of a copy of the journal.
    ///
    /// # Errors
    /// As [`Ours::file`].
    pub(crate) fn copy(&self, path: &Path) -> Result<Destination> {
        self.destination(path, Purpose::Copy)
    }

    /// Checks the path of a new journal.
    ///
    /// # Errors
    /// As [`Ours::file`].
    pub(crate) fn journal(&self, path: &Path) -> Result<Destination> {
        self.destination(path, Purpose::Journal)
    }

    /// Checks the path of the config file.
    ///
    /// # Errors
    /// As [`Ours::file`].
    pub(crate) fn config(&self, path: &Path) -> Result<Destination> {
        self.destination(path, Purpose::Config)
    }

    /// [`Ours::config`] for the config layer, which does not know [`StoreError`].
    ///
    /// # Errors
    /// The reason as a sentence.
    pub(crate) fn may_be_config(&self, path: &Path) -> std::result::Result<(), String> {
        self.config(path)
            .map(drop)
            .map_err(|error| error.to_string())
    }

    /// Whether an open file is one of ours. Stdout may be: `ebb export csv >> journal.db`.
    pub(crate) fn is_open_as(&self, open: &Metadata) -> bool {
        let mut files = self.files().into_iter().map(|(file, _)| file);
        open.is_file() && files.any(|file| is_same(&file, open))
    }

    fn destination(&self, path: &Path, purpose: Purpose) -> Result<Destination> {
        self.refuse(path, purpose)?;
        Ok(Destination(path.to_owned()))
    }

    fn refuse(&self, path: &Path, purpose: Purpose) -> Result<()> {
        // Names find a file that does not exist yet; device and inode find an existing one behind a hard link.
        let own = names(path)
            .iter()
            .find_map(|name| self.by_name(name, purpose));
        let own = own.or_else(|| self.by_file(path, purpose));
        own.map_or(Ok(()), |what| {
            Err(StoreError::Ours {
                path: path.to_owned(),
                what,
            })
        })
    }

    /// Which file of ours has this name, or would get it later.
    fn by_name(&self, name: &Path, purpose: Purpose) -> Option<&'static str> {
        for journal in self.journals.iter().flat_map(|journal| names(journal)) {
            let is_new_journal = purpose == Purpose::Journal && name.symlink_metadata().is_err();
            if !is_new_journal && is_named(name, &journal) {
                return Some(JOURNAL);
            }
            if BESIDE
                .iter()
                .chain(&header::ENDINGS)
                .any(|end| is_named(name, &with_ending(&journal, end)))
            {
                return Some(PART);
            }
            let stands_beside = is_named(&with_name_of(name, &journal), &journal);
            if stands_beside && copy::is_of_migration(&journal, name) {
                return Some(COPY);
            }
            if stands_beside
                && header::file_of(name).is_some_and(|of| copy::is_of_migration(&journal, &of))
            {
                return Some(PART);
            }
            let copies = Store::copies_folder(&journal);
            if name.ancestors().any(|above| is_named(above, &copies)) {
                return Some(COPIES);
            }
        }
        let config = self.config.iter().flat_map(|config| names(config));
        let is_config = config.into_iter().any(|config| is_named(name, &config));
        (is_config && purpose != Purpose::Config).then_some(CONFIG)
    }

    /// Which file of ours exists at `path`, under whatever name.
    fn by_file(&self, path: &Path, purpose: Purpose) -> Option<&'static str> {
        let there = path.metadata().ok()?;
        let mut files = self.files().into_iter();
        if let Some((_, what)) = files.find(|(file, _)| is_same(file, &there)) {
            return Some(what);
        }
        let config = self
            .config
            .as_deref()
            .filter(|_| purpose != Purpose::Config);
        if config.is_some_and(|config| is_same(config, &there)) {
            return Some(CONFIG);
        }
        // Another person's journal, or the usual one when `--journal` names another: no list of ours has it, so its head
        // decides.
        let is_other = purpose != Purpose::Copy && there.is_file() && open::is_journal(path);
        is_other.then_some(OTHER)
    }

    /// Every existing file of the journals.
    fn files(&self) -> Vec<(PathBuf, &'static str)> {
        let mut files = Vec::new();
        for journal in &self.journals {
            files.push((journal.clone(), JOURNAL));
            // SQLite follows a link to the journal and keeps its own files beside the real one.
            let real = journal.canonicalize().unwrap_or_else(|_| journal.clone());
            files.extend(BESIDE.map(|end| (with_ending(&real, end), PART)));
            let copies = copy::plain_files(&Store::copies_folder(journal)).into_iter();
            let copies = copies.map(|(_, file)| file);
            let copies: Vec<PathBuf> = copies.chain(Store::copy_files(journal)).collect();
            let sealed = copies.iter().chain([&real]);
            let headers: Vec<_> = sealed
                .flat_map(|file| header::ENDINGS.map(|end| (with_ending(file, end), PART)))
                .collect();
            files.extend(headers);
            files.extend(copies.into_iter().map(|file| (file, COPY)));
        }
        files
    }
}

/// Whether `meta` is of the file or folder at `path`.
fn is_same(path: &Path, meta: &Metadata) -> bool {
    path.metadata()
        .is_ok_and(|at| (at.dev(), at.ino()) == (meta.dev(), meta.ino()))
}

/// Whether two paths have the same name in the same folder. If there is no file at the first path, upper and lower case count
/// as equal: on macOS, and on many shared disks, they are one file.
fn is_named(one: &Path, other: &Path) -> bool {
    let (Some(name), Some(other_name)) = (one.file_name(), other.file_name()) else {
        return false;
    };
    let (name, other_name) = (name.to_string_lossy(), other_name.to_string_lossy());
    let is_same_name = if one.symlink_metadata().is_ok() {
        name == other_name
    } else {
        name.to_lowercase() == other_name.to_lowercase()
    };
    let folder = copy::folder_of(other);
    is_same_name
        && copy::folder_of(one).metadata().map_or_else(
            |_| copy::folder_of(one) == folder,
            |at| is_same(folder, &at),
        )
}

/// `path` with the name of `other`: to see whether both lie in one folder.
fn with_name_of(path: &Path, other: &Path) -> PathBuf {
    path.with_file_name(other.file_name().unwrap_or_default())
}

// Links can form a circle. Real chains have one or two links.
/// How many links are followed, one after another.
const LINKS: usize = 16;

/// The names of a path: its own name in the real folder, and the name behind each link.
fn names(path: &Path) -> Vec<PathBuf> {
    let mut names = Vec::new();
    let mut next = Some(path.to_owned());
    for _ in 0..LINKS {
        let Some(path) = next.take() else { break };
        let own = in_real_folder(&path);
        if let Ok(target) = own.read_link() {
            next = Some(copy::folder_of(&own).join(target));
        }
        names.push(own);
    }
    names
}

/// The path with the links of its folders resolved. The last part stays, since the file may not exist yet.
fn in_real_folder(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut parts: Vec<Component<'_>> = whole.components().collect();
    // A path that ends with `..` names a folder and has no file name to keep.
    let last = match parts.last() {
        Some(Component::Normal(_)) => parts.pop(),
        _ => None,
    };
    let mut real = PathBuf::new();
    for part in parts {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            part => real.push(part),
        }
        // Part by part: `..` after a link leads to the parent of the link's target.
        real = real.canonicalize().unwrap_or(real);
    }
    if let Some(last) = last {
        real.push(last);
    }
    real
}

impl Store {
    /// The files of this journal.
    pub(crate) fn ours(&self) -> Ours {
        self.path().map(Ours::of).unwrap_or_default()
    }
}
