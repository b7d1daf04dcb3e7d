//! The severity index: own index from 0 to 100, 25 × the mean of the answered core items.
//!
//! Invariant: shown only when at least half of the items are answered (Severity 9 of 18, Body 5 of 10, Mind 4 of 8),
//! so a mostly blank check-in has no index rather than a wrong one. The half rule is the usual way of scoring
//! questionnaires with missing items (reported second-hand for FACIT and PROMIS). No clinical bands: the index is ours
//! and unvalidated.

use super::catalogue::Category;
use super::rating::Rating;
use super::symptom::{Origin, Symptoms};

// The catalogue's groups; a test of the catalogue counts them.
/// Core items of the body.
pub(crate) const BODY_ITEMS: u8 = 10;
/// Core items of the mind.
pub(crate) const MIND_ITEMS: u8 = 8;
/// All core items.
pub(crate) const CORE_ITEMS: u8 = BODY_ITEMS + MIND_ITEMS;
/// From so many answered core items on an index is that of a whole day; below, it was answered in part. A design choice.
pub(crate) const WHOLE_FROM: u8 = 14;

// Stored with the check-in and indexed by day, so that an index needs no scan of ratings. `ebb doctor` compares both.
/// Sums and counts of the answered core items of a check-in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Sum of the answered body items, 0 to 40.
    pub(crate) body_sum: u8,
    /// Answered body items, 0 to 10.
    pub(crate) body_n: u8,
    /// Sum of the answered mind items, 0 to 32.
    pub(crate) mind_sum: u8,
    /// Answered mind items, 0 to 8.
    pub(crate) mind_n: u8,
}

impl Totals {
    /// Adds up the core items among `ratings`. Blank answers and other symptoms add nothing.
    pub fn of(ratings: &[Rating], symptoms: &Symptoms) -> Self {
        let mut totals = Self::default();
        for rating in ratings {
            let Some(severity) = rating.answer else {
                continue;
            };
            let Some(symptom) = symptoms
                .by_key(rating.symptom)
                .filter(|s| s.origin == Origin::Core)
            else {
                continue;
            };
            let (sum, n) = match symptom.category {
                Category::Physical => (&mut totals.body_sum, &mut totals.body_n),
                Category::Psychological => (&mut totals.mind_sum, &mut totals.mind_n),
            };
            *sum = sum.saturating_add(severity.number());
            *n = n.saturating_add(1);
        }
        totals
    }

    /// Severity: all 18, from 9 answers on. Unrounded, 0 to 100.
    pub fn severity(self) -> Option<f64> {
        index(
            self.body_sum.saturating_add(self.mind_sum),
            self.answered(),
            CORE_ITEMS,
        )
    }

    /// Body: 10 items, from 5 answers on. Unrounded, 0 to 100.
    pub(crate) fn body(self) -> Option<f64> {
        index(self.body_sum, self.body_n, BODY_ITEMS)
    }

    /// Mind: 8 items, from 4 answers on. Unrounded, 0 to 100.
    pub(crate) fn mind(self) -> Option<f64> {
        index(self.mind_sum, self.mind_n, MIND_ITEMS)
    }

    /// How many core items were answered.
    pub(crate) fn answered(self) -> u8 {
        self.body_n.saturating_add(self.mind_n)
    }
}

fn index(sum: u8, answered: u8, items: u8) -> Option<f64> {
    // A mean of 0 to 4, times 25, is 0 to 100.
    (answered * 2 >= items).then(|| 25.0 * f64::from(sum) / f64::from(answered))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_needs_half_of_its_items() {
        let totals = Totals {
            body_sum: 10,
            body_n: 5,
            mind_sum: 3,
            mind_n: 3,
        };
        assert_eq!(totals.body(), Some(50.0));
        assert_eq!(totals.mind(), None);
        assert_eq!(totals.severity(), None);
        assert_eq!(
            Totals {
                mind_n: 4,
                ..totals
            }
            .severity(),
            Some(25.0 * 13.0 / 9.0)
        );
        assert_eq!(
            Totals::default().severity(),
            None,
            "nothing answered is no index, not 0"
        );
    }

    #[test]
    fn the_index_runs_from_0_to_100() {
        assert_eq!(
            Totals {
                body_sum: 40,
                body_n: 10,
                mind_sum: 32,
                mind_n: 8
            }
            .severity(),
            Some(100.0)
        );
        assert_eq!(
            Totals {
                body_sum: 0,
                body_n: 10,
                mind_sum: 0,
                mind_n: 8
            }
            .severity(),
            Some(0.0)
        );
    }
}
