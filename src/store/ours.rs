//! What is ours on the disk, and so no place for anything that goes out.
//!
//! Invariant: whatever is written for a person beside the journal goes to a [`Destination`], and only [`Ours`] makes one. It
//! looks at the name as the system resolves it and at the file behind it (device and inode), so that no link, no other
//! spelling and no way around leads to the journal, to what `SQLite` keeps beside it, to its copies or to the config file.

use super::backup::copy;
use super::backup::copy::Standing;
use super::error::{Result, StoreError};
use super::{Store, open};
use std::fs::Metadata;
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

/// What `SQLite` puts beside a journal.
pub(super) const BESIDE: [&str; 3] = ["-journal", "-wal", "-shm"];

const JOURNAL: &str = "the journal itself";
const PART: &str = "a part of the journal, which it needs to be whole";
const COPY: &str = "a copy of the journal";
const COPIES: &str = "a place among the journal's copies";
const HOLDS: &str = "a folder that the journal lies in";
const CONFIG: &str = "the config file";
const OTHER: &str = "an Ebbtide journal";

/// A place that was looked at: nothing of ours lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination(PathBuf);

impl Destination {
    /// Where it is, as it was named.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Destination {
    /// Writes a file whole or not at all: beside its place, readable by nobody else, synced, then renamed.
    ///
    /// # Errors
    /// The system's answer; what stood there stands there, and no half file is left.
    pub fn write(&self, bytes: &[u8], standing: Standing) -> io::Result<()> {
        let folder = copy::folder_of(&self.0);
        let mut temp = tempfile::Builder::new()
            .prefix(".ebb-export-")
            .tempfile_in(folder)?;
        temp.write_all(bytes)?;
        temp.as_file().sync_all()?;
        match standing {
            Standing::Nothing => temp.persist_noclobber(&self.0),
            // A rename replaces a link that was put there meanwhile, not what it points to.
            Standing::File => temp.persist(&self.0),
        }
        .map_err(|error| error.error)?;
        std::fs::File::open(folder)?.sync_all()
    }
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// An export, a report, words.
    Giving,
    /// A copy of the journal: it may take the place of an earlier one elsewhere.
    Copy,
    /// A new journal: it may stand where a journal was named and none is yet.
    Journal,
    /// The config file.
    Config,
}

/// The journals that a run knows of and the config file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ours {
    journals: Vec<PathBuf>,
    config: Option<PathBuf>,
}

impl Ours {
    /// The journal at `path`, with all that belongs to it.
    pub fn of(path: &Path) -> Self {
        Self::default().and(path)
    }

    /// Another journal besides.
    #[must_use]
    pub fn and(mut self, path: &Path) -> Self {
        self.journals.push(path.to_owned());
        self
    }

    /// The config file besides.
    #[must_use]
    pub fn with_config(mut self, path: &Path) -> Self {
        self.config = Some(path.to_owned());
        self
    }

    /// A place for a file that is given to the person.
    ///
    /// # Errors
    /// [`StoreError::Ours`]: what lies there, or would; nothing was touched. So with the others.
    pub fn file(&self, path: &Path) -> Result<Destination> {
        self.destination(path, Purpose::Giving)
    }

    /// A place for a folder of files that is given to the person.
    ///
    /// # Errors
    /// As [`Ours::file`], also when the journal lies somewhere in it.
    pub fn folder(&self, path: &Path) -> Result<Destination> {
        let taken = |what| StoreError::Ours {
            path: path.to_owned(),
            what,
        };
        let without_slash: PathBuf = path.components().collect();
        self.refuse(&without_slash, Purpose::Giving)?;
        if let Some(folder) = path.metadata().ok().filter(Metadata::is_dir) {
            let inside = self.files().into_iter().any(|(file, _)| {
                let real = file.canonicalize().unwrap_or(file);
                real.ancestors().any(|above| is_same(above, &folder))
            });
            if inside {
                return Err(taken(HOLDS));
            }
        }
        for entry in path.read_dir().into_iter().flatten().flatten() {
            self.refuse(&entry.path(), Purpose::Giving)?;
        }
        Ok(Destination(path.to_owned()))
    }

    /// A place for a copy of the journal.
    ///
    /// # Errors
    /// As [`Ours::file`].
    pub fn copy(&self, path: &Path) -> Result<Destination> {
        self.destination(path, Purpose::Copy)
    }

    /// A place for a new journal.
    ///
    /// # Errors
    /// As [`Ours::file`].
    pub fn journal(&self, path: &Path) -> Result<Destination> {
        self.destination(path, Purpose::Journal)
    }

    /// A place for the config file.
    ///
    /// # Errors
    /// As [`Ours::file`].
    pub fn config(&self, path: &Path) -> Result<Destination> {
        self.destination(path, Purpose::Config)
    }

    /// [`Ours::config`] with the reason as a sentence, as the config layer asks for it.
    ///
    /// # Errors
    /// Why not.
    pub fn may_be_config(&self, path: &Path) -> std::result::Result<(), String> {
        self.config(path)
            .map(drop)
            .map_err(|error| error.to_string())
    }

    /// Whether an open file is one of ours: where stdout leads, say.
    pub fn is_open_as(&self, open: &Metadata) -> bool {
        let mut files = self.files().into_iter().map(|(file, _)| file);
        open.is_file() && files.any(|file| is_same(&file, open))
    }

    fn destination(&self, path: &Path, purpose: Purpose) -> Result<Destination> {
        self.refuse(path, purpose)?;
        Ok(Destination(path.to_owned()))
    }

    fn refuse(&self, path: &Path, purpose: Purpose) -> Result<()> {
        let found = names(path)
            .iter()
            .find_map(|name| self.by_name(name, purpose));
        let found = found.or_else(|| self.by_file(path, purpose));
        found.map_or(Ok(()), |what| {
            Err(StoreError::Ours {
                path: path.to_owned(),
                what,
            })
        })
    }

    /// What would lie under this name, also where nothing does yet.
    fn by_name(&self, name: &Path, purpose: Purpose) -> Option<&'static str> {
        for journal in self.journals.iter().flat_map(|journal| names(journal)) {
            let is_begun = purpose == Purpose::Journal && name.symlink_metadata().is_err();
            if !is_begun && is_named(name, &journal) {
                return Some(JOURNAL);
            }
            if BESIDE
                .iter()
                .any(|end| is_named(name, &with(&journal, end)))
            {
                return Some(PART);
            }
            let stands_beside = is_named(&with_name_of(name, &journal), &journal);
            if stands_beside && copy::is_of_migration(&journal, name) {
                return Some(COPY);
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

    /// What the file is that stands there, under whatever name.
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
        // Of another person's journal, or of one that a flag left aside in this run, nothing is known but what it is.
        let is_other = purpose != Purpose::Copy && there.is_file() && open::is_journal(path);
        is_other.then_some(OTHER)
    }

    /// Every file of the journals that stands somewhere now.
    fn files(&self) -> Vec<(PathBuf, &'static str)> {
        let mut files = Vec::new();
        for journal in &self.journals {
            files.push((journal.clone(), JOURNAL));
            let real = journal.canonicalize().unwrap_or_else(|_| journal.clone());
            files.extend(BESIDE.map(|end| (with(&real, end), PART)));
            let copies = copy::plain_files(&Store::copies_folder(journal)).into_iter();
            let copies = copies.map(|(_, file)| file);
            files.extend(
                copies
                    .chain(Store::copy_files(journal))
                    .map(|file| (file, COPY)),
            );
        }
        files
    }
}

/// Whether `meta` is of the file or folder at `path`.
fn is_same(path: &Path, meta: &Metadata) -> bool {
    path.metadata()
        .is_ok_and(|at| (at.dev(), at.ino()) == (meta.dev(), meta.ino()))
}

/// Whether two names mean one place: the same name in the same folder. Where nothing stands under the first one, the case
/// of the letters does not count, as some systems do not tell them apart.
fn is_named(one: &Path, other: &Path) -> bool {
    let (Some(name), Some(other_name)) = (one.file_name(), other.file_name()) else {
        return false;
    };
    let (name, other_name) = (name.to_string_lossy(), other_name.to_string_lossy());
    let is_called_so = if one.symlink_metadata().is_ok() {
        name == other_name
    } else {
        name.to_lowercase() == other_name.to_lowercase()
    };
    let folder = copy::folder_of(other);
    is_called_so
        && copy::folder_of(one).metadata().map_or_else(
            |_| copy::folder_of(one) == folder,
            |at| is_same(folder, &at),
        )
}

/// `path` with the name of `other`: to see whether both lie in one folder.
fn with_name_of(path: &Path, other: &Path) -> PathBuf {
    path.with_file_name(other.file_name().unwrap_or_default())
}

fn with(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// So many links are followed one after another; a longer way leads nowhere.
const LINKS: usize = 16;

/// The names that a path comes to: its own in its folder's real place, and each that a link leads to.
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

/// The path with every link above its last part followed, as far as there are folders.
fn in_real_folder(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut parts: Vec<Component<'_>> = whole.components().collect();
    // `..` as the last part names a folder: there is no name of its own to keep.
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
        real = real.canonicalize().unwrap_or(real);
    }
    if let Some(last) = last {
        real.push(last);
    }
    real
}

impl Store {
    /// What belongs to this journal.
    pub fn ours(&self) -> Ours {
        self.path().map(Ours::of).unwrap_or_default()
    }
}
