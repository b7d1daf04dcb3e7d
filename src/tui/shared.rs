//! The part of the state that every screen may read and none may write.

use super::theme::Theme;
use crate::config::file::Config;
use crate::domain::journal::Journal;
use crate::domain::journal::draft::Drafts;
use crate::domain::time::Now;
use crate::domain::time::display::Manner;
use crate::domain::trends::sight::Basis;
use chrono::NaiveDate;
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Whose journal is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JournalKind {
    /// The person's own.
    Own,
    /// A made-up journal, labelled as such on every screen.
    Demo,
}

/// What a lock has to lock with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Protection {
    /// Nothing: it hides the screen.
    #[default]
    None,
    /// The journal is encrypted, and a passphrase opens it.
    Passphrase,
}

/// Which state something is in: two equal ones are one state, at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edition(u64);

impl Default for Edition {
    /// One that there was never before.
    fn default() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Self(LAST.fetch_add(1, Ordering::Relaxed))
    }
}

/// What a screen works out of the journal for each of its frames, until something changes.
///
/// Invariant: it is worked out of the shared state and of `K` alone.
#[derive(Debug)]
pub(crate) struct Kept<K, T>(RefCell<Option<(Edition, K, Rc<T>)>>);

impl<K, T> Default for Kept<K, T> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<K: PartialEq, T> Kept<K, T> {
    /// What was worked out of the same before, or is now.
    pub(crate) fn of(&self, shared: &Shared, key: K, work_out: impl FnOnce() -> T) -> Rc<T> {
        if let Some((edition, of, kept)) = self.0.borrow().as_ref()
            && (*edition, of) == (shared.edition, &key)
        {
            return Rc::clone(kept);
        }
        let fresh = Rc::new(work_out());
        *self.0.borrow_mut() = Some((shared.edition, key, Rc::clone(&fresh)));
        fresh
    }
}

/// The part of the state that every screen may read and none may write.
pub struct Shared {
    /// Which state this is.
    pub edition: Edition,
    /// The journal, as far as it has been read.
    pub journal: Journal,
    /// The moment of the last event.
    pub now: Now,
    /// Colours and glyphs.
    pub theme: Theme,
    /// The unsaved entries.
    pub drafts: Drafts,
    /// The path of the journal, for the first steps and for exports.
    pub place: String,
    /// The person's own journal or a demo.
    pub kind: JournalKind,
    /// What a lock has to lock with.
    pub protection: Protection,
    /// Whether the safety card was shown in this sitting.
    pub has_shown_safety: bool,
    /// Whether the journal was begun in this sitting.
    pub is_first_run: bool,
    /// The last notices, newest last, for the `?` page.
    pub past_notices: Vec<String>,
    /// The values of the config file and the changes of this session.
    pub config: Config,
    /// The folder for files that are written for the person, with a slash at its end; empty where none is known.
    pub documents: String,
    /// The path of the config file; `None` where it must not be written.
    pub config_path: Option<PathBuf>,
}

impl Shared {
    /// What is drawn from where no screen is.
    pub(crate) fn on_paper(journal: Journal, now: Now, theme: Theme) -> Self {
        Self {
            edition: Edition::default(),
            journal,
            now,
            theme,
            drafts: Drafts::default(),
            place: String::new(),
            kind: JournalKind::Own,
            protection: Protection::None,
            has_shown_safety: false,
            is_first_run: false,
            past_notices: Vec::new(),
            config: Config::default(),
            documents: String::new(),
            config_path: None,
        }
    }

    /// The person's way of showing days and times.
    pub(crate) fn manner(&self) -> Manner {
        self.now.manner
    }

    /// What a sight of Trends is worked out from.
    pub(crate) fn basis(&self) -> Basis<'_> {
        Basis {
            journal: &self.journal,
            today: self.today(),
            manner: self.manner(),
        }
    }

    /// The logical day of the last event.
    pub(crate) fn today(&self) -> NaiveDate {
        self.now.today(self.journal.settings.day_end)
    }
}
