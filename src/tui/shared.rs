//! The part of the state that every screen may read and none may write.

use super::theme::Theme;
use crate::config::file::Config;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::draft::Drafts;
use crate::domain::time::Now;
use crate::domain::time::display::Manner;
use crate::domain::time::span::Span;
use crate::domain::trends::marks::Marks;
use crate::domain::trends::sight::Basis;
use chrono::NaiveDate;
use std::any::Any;
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
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

/// What was worked out for the frames of this edition.
///
/// Invariant: each is what its function makes of the shared state and of its key, and of nothing else. A function that is kept
/// has nowhere else to look: it borrows nothing, and of the moment it may read what a frame shows, which are minutes.
#[derive(Default)]
pub struct Kept(RefCell<(Edition, Vec<Held>)>);

struct Held {
    /// The function.
    by: *const (),
    key: Box<dyn Any>,
    made: Rc<dyn Any>,
}

/// Most of one function: what is in sight, what was before, and as much again beside it.
const MOST: usize = 4;

impl Kept {
    /// Whether nothing is kept, of this edition or of an earlier one.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().1.is_empty()
    }

    fn find<K: PartialEq + 'static, T: 'static>(
        &self,
        edition: Edition,
        by: *const (),
        key: &K,
    ) -> Option<Rc<T>> {
        let kept = self.0.borrow();
        let (of, all) = &*kept;
        let is_it = |held: &&Held| held.by == by && held.key.downcast_ref() == Some(key);
        let held = all.iter().filter(|_| *of == edition).find(is_it)?;
        Rc::clone(&held.made).downcast().ok()
    }

    fn add(&self, edition: Edition, held: Held) {
        let (of, all) = &mut *self.0.borrow_mut();
        if *of != edition {
            *of = edition;
            all.clear();
        }
        let is_like_it = |other: &Held| other.by == held.by;
        if all.iter().filter(|other| is_like_it(other)).count() >= MOST
            && let Some(oldest) = all.iter().position(is_like_it)
        {
            all.remove(oldest);
        }
        all.push(held);
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
    /// The entries that are being written: their forms are open, or on the way to the disk. A draft of one of them is none to go
    /// on with.
    pub written: Vec<EntryId>,
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
    /// What was worked out of all this.
    pub kept: Kept,
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
            written: Vec::new(),
            place: String::new(),
            kind: JournalKind::Own,
            protection: Protection::None,
            has_shown_safety: false,
            is_first_run: false,
            past_notices: Vec::new(),
            config: Config::default(),
            documents: String::new(),
            config_path: None,
            kept: Kept::default(),
        }
    }

    /// What `work_out` makes of this state and of `key`: it is kept until something changes.
    pub(crate) fn kept<K: PartialEq + 'static, T: 'static>(
        &self,
        key: K,
        work_out: fn(&Self, &K) -> T,
    ) -> Rc<T> {
        let by = work_out as *const ();
        if let Some(made) = self.kept.find(self.edition, by, &key) {
            return made;
        }
        // Nothing is borrowed while it is worked out: it may ask for something else that is kept.
        let made = Rc::new(work_out(self, &key));
        let held = Held {
            by,
            key: Box::new(key),
            made: Rc::clone(&made) as Rc<dyn Any>,
        };
        self.kept.add(self.edition, held);
        made
    }

    /// The event marks of these days.
    pub(crate) fn marks(&self, span: Span) -> Arc<Marks> {
        let marks = self.kept(span, |shared, span| {
            Marks::of(&shared.journal, *span, shared.today())
        });
        Arc::clone(&marks)
    }

    /// Whether the draft of this entry is one to go on with.
    pub(crate) fn is_left(&self, id: EntryId) -> bool {
        !self.written.contains(&id)
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

#[cfg(test)]
mod tests {
    use super::{Edition, Shared};
    use crate::domain::journal::Journal;
    use crate::domain::time::Now;
    use crate::domain::time::zone::Zone;
    use crate::tui::theme::Theme;
    use chrono::{DateTime, Offset, Utc};
    use std::cell::Cell;

    thread_local! {
        static WORKED_OUT: Cell<usize> = const { Cell::new(0) };
    }

    #[derive(PartialEq)]
    struct Number(usize);

    fn square(_: &Shared, of: &Number) -> usize {
        WORKED_OUT.set(WORKED_OUT.get() + 1);
        of.0 * of.0
    }

    fn double(_: &Shared, of: &Number) -> usize {
        of.0 + of.0
    }

    #[test]
    fn what_is_kept_is_of_one_function_one_key_and_one_edition_and_the_oldest_goes() {
        let now = Now::new(DateTime::<Utc>::UNIX_EPOCH, Zone::fixed(Utc.fix()));
        let mut shared = Shared::on_paper(Journal::default(), now, Theme::default());
        let worked_out = |shared: &Shared, of: usize| {
            let before = WORKED_OUT.get();
            assert_eq!(*shared.kept(Number(of), square), of * of);
            WORKED_OUT.get() - before
        };
        assert_eq!([5, 5, 6, 5].map(|of| worked_out(&shared, of)), [1, 0, 1, 0]);
        assert_eq!(*shared.kept(Number(5), double), 10, "another function");
        assert_eq!([7, 8, 6, 5].map(|of| worked_out(&shared, of)), [1, 1, 0, 0]);
        assert_eq!(worked_out(&shared, 9), 1);
        assert_eq!(
            [9, 5].map(|of| worked_out(&shared, of)),
            [0, 1],
            "9 put 5 out"
        );
        shared.edition = Edition::default();
        assert_eq!(
            [9, 9].map(|of| worked_out(&shared, of)),
            [1, 0],
            "all is anew"
        );
    }
}
