//! Sorting that is compiled once.
//!
//! The standard library compiles its sort anew for every kind of item and every way to compare, at five kilobytes each, and most
//! of them sort a handful. Here the places are sorted, which is the same code for all, and the items are put into them.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts like the standard library's methods of nearly these names: what is equal keeps its order.
pub(crate) trait Ordered<T> {
    /// Sorts by the items themselves.
    fn order(&mut self)
    where
        T: Ord,
    {
        self.order_by(T::cmp);
    }

    /// Sorts by a key, which is made once for each item.
    fn order_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);

    /// Sorts by a comparison.
    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering);
}

impl<T> Ordered<T> for [T] {
    fn order_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K) {
        let keys: Vec<K> = self.iter().map(key).collect();
        // Entries mostly come in their order.
        if keys.is_sorted() {
            return;
        }
        arrange(
            self,
            places(keys.len(), &|one, other| keys[one].cmp(&keys[other])),
        );
    }

    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering) {
        let sorted = places(self.len(), &|one, other| compare(&self[one], &self[other]));
        arrange(self, sorted);
    }
}

/// Gathers into the standard library's sets and maps, whose `collect` sorts first, anew for every kind of iterator.
pub(crate) trait Gathered: Iterator + Sized {
    fn gather_set(self) -> BTreeSet<Self::Item>
    where
        Self::Item: Ord,
    {
        let mut set = BTreeSet::new();
        for item in self {
            set.insert(item);
        }
        set
    }

    fn gather_map<K: Ord, V>(self) -> BTreeMap<K, V>
    where
        Self: Iterator<Item = (K, V)>,
    {
        let mut map = BTreeMap::new();
        for (key, value) in self {
            map.insert(key, value);
        }
        map
    }
}

impl<I: Iterator> Gathered for I {}

/// For each item the place that it gets.
fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut from: Vec<usize> = (0..count).collect();
    from.sort_by(|one, other| compare(*one, *other));
    let mut to = vec![0; count];
    for (place, item) in from.into_iter().enumerate() {
        to[item] = place;
    }
    to
}

/// Puts each item into its place; every exchange brings one home.
fn arrange<T>(items: &mut [T], mut places: Vec<usize>) {
    for at in 0..items.len() {
        while places[at] != at {
            let home = places[at];
            items.swap(at, home);
            places.swap(at, home);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_order_of_the_standard_library(numbers in prop::collection::vec(0_u8..9, 0..60)) {
            let items: Vec<(u8, usize)> = numbers.into_iter().zip(0..).collect();
            let (mut by_key, mut by_order, mut right) = (items.clone(), items.clone(), items);
            right.sort_by_key(|item| item.0);
            by_key.order_by_key(|item| item.0);
            by_order.order_by(|one, other| one.0.cmp(&other.0));
            prop_assert_eq!(&by_key, &right);
            prop_assert_eq!(&by_order, &right);
        }
    }
}
