//! What was worked out of all days of a journal, for as long as they are the days that it was worked out of.
//!
//! Invariant: what is kept is what working it out again would give. Each has in it whatever it was worked out of besides the days,
//! and is found by that; other days begin with nothing kept.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Most of one type, so that looking at every series does not fill the memory.
const MOST: usize = 2;

/// What is kept, the newest last. Copies of a journal share it.
#[derive(Clone, Default)]
pub(crate) struct Kept(Arc<Mutex<Vec<Arc<dyn Any + Send + Sync>>>>);

impl Kept {
    /// What is kept and is the wanted one, else what `work_out` gives.
    pub(crate) fn or<T: Any + Send + Sync>(
        &self,
        is_wanted: impl Fn(&T) -> bool,
        work_out: impl FnOnce() -> T,
    ) -> Arc<T> {
        let wanted = |held: &Arc<dyn Any + Send + Sync>| {
            let held = Arc::clone(held).downcast::<T>().ok()?;
            is_wanted(&held).then_some(held)
        };
        let found = self.held().iter().rev().find_map(wanted);
        found.unwrap_or_else(|| {
            // Nothing is held while it is worked out: it may ask for something else that is kept.
            let new = Arc::new(work_out());
            self.add(Arc::<T>::clone(&new), |held| held.is::<T>());
            new
        })
    }

    fn add(&self, new: Arc<dyn Any + Send + Sync>, is_like_it: fn(&(dyn Any + Send + Sync)) -> bool) {
        let mut all = self.held();
        let mut like_it = all.iter().filter(|held| is_like_it(&***held));
        if like_it.clone().count() >= MOST
            && let Some(oldest) = like_it.next().cloned()
        {
            all.retain(|held| !Arc::ptr_eq(held, &oldest));
        }
        all.push(new);
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Vec<Arc<dyn Any + Send + Sync>>> {
        // Each is put there whole, so a panic elsewhere leaves none half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
        assert_eq!(worked_out, [2, 3, 4, 2, 4], "3 went before 4, 2 before 3 …");
        let cube = kept.or(|held: &Cube| held.0 == 2, || Cube(2, 8));
        assert_eq!(*cube, Cube(2, 8), "another type is another thing");
    }
}
