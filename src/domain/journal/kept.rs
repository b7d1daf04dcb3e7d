//! What was worked out of all days of a journal, for as long as they are the days that it was worked out of.
//!
//! Invariant: what is kept is what working it out again would give. Each has in it whatever it was worked out of besides the days,
//! and is found by that; other days begin with nothing kept.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Most of one type, so that looking at every series does not fill the memory.
const MOST: usize = 2;

type Held = Arc<dyn Any + Send + Sync>;

/// What is kept, the newest last. Copies of a journal share it.
#[derive(Clone, Default)]
pub(crate) struct Kept {
    held: Arc<Mutex<Vec<Held>>>,
    /// What was kept before the last change, for what can be renewed.
    before: Option<Held>,
}

impl Kept {
    /// What is kept and is the wanted one, else what `work_out` gives.
    pub(crate) fn or<T: Any + Send + Sync>(
        &self,
        is_wanted: impl Fn(&T) -> bool,
        work_out: impl FnOnce() -> T,
    ) -> Arc<T> {
        self.newest(is_wanted).unwrap_or_else(|| {
            // Nothing is locked while it is worked out: it may ask for something else that is kept.
            let new = Arc::new(work_out());
            self.add(&new);
            new
        })
    }

    /// What is kept of other days that have most in common with these.
    pub(crate) fn before<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        Arc::clone(self.before.as_ref()?).downcast().ok()
    }

    /// What other days begin with: nothing but a `T` that can be renewed.
    #[must_use]
    pub(super) fn after<T: Any + Send + Sync>(&self) -> Self {
        let newest = self.newest(|_: &T| true).map(|newest| newest as Held);
        Self {
            held: Arc::default(),
            before: newest.or_else(|| self.before.clone()),
        }
    }

    fn newest<T: Any + Send + Sync>(&self, is_wanted: impl Fn(&T) -> bool) -> Option<Arc<T>> {
        let wanted = |held: &Held| {
            let held = Arc::clone(held).downcast::<T>().ok()?;
            is_wanted(&held).then_some(held)
        };
        self.all().iter().rev().find_map(wanted)
    }

    fn add<T: Any + Send + Sync>(&self, new: &Arc<T>) {
        let mut all = self.all();
        let mut like_it = all.iter().filter(|held| held.is::<T>());
        if like_it.clone().count() >= MOST
            && let Some(oldest) = like_it.next().cloned()
        {
            all.retain(|held| !Arc::ptr_eq(held, &oldest));
        }
        all.push(Arc::<T>::clone(new));
    }

    fn all(&self) -> MutexGuard<'_, Vec<Held>> {
        // Each is put there whole, so a panic elsewhere leaves none half done.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PartialEq for Kept {
    fn eq(&self, _: &Self) -> bool {
        // It follows from the days, which are compared.
        true
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

#[cfg(test)]
mod tests {
    use super::Kept;

    #[derive(Debug, PartialEq)]
    struct Square(i32, i32);

    #[derive(Debug, PartialEq)]
    struct Cube(i32, i32);

    #[test]
    fn what_is_kept_is_found_by_what_it_was_worked_out_of_and_the_oldest_goes() {
        let kept = Kept::default();
        let mut worked_out = Vec::new();
        let mut square = |of: i32| {
            let square = kept.or(
                |held: &Square| held.0 == of,
                || {
                    worked_out.push(of);
                    Square(of, of * of)
                },
            );
            assert_eq!(*square, Square(of, of * of));
        };
        for of in [2, 2, 3, 2, 3, 4, 3, 2, 4] {
            square(of);
        }
        assert_eq!(worked_out, [2, 3, 4, 2], "4 put 2 out, and 2 put 3 out");
        let cube = kept.or(|held: &Cube| held.0 == 2, || Cube(2, 8));
        assert_eq!(*cube, Cube(2, 8), "another type is another thing");
    }
}
