//! Finds an item of a list by the words that a person types, and suggests similar ones if there is none.

use super::closeness;
use super::closeness::distance;
use crate::domain::order::Ordered;

/// An item of a list, with the words that a person may type for it.
pub(crate) trait Listed {
    /// Its word in files and on the command line.
    fn code(&self) -> &str;
    /// Its name on screen.
    fn name(&self) -> &str;
    /// Other words for it.
    fn also(&self) -> &[&str] {
        &[]
    }
}

/// A code with a name.
impl Listed for (String, String) {
    fn code(&self) -> &str {
        &self.0
    }
    fn name(&self) -> &str {
        &self.1
    }
}

impl<T: Listed + ?Sized> Listed for &T {
    fn code(&self) -> &str {
        (**self).code()
    }
    fn name(&self) -> &str {
        (**self).name()
    }
    fn also(&self) -> &[&str] {
        (**self).also()
    }
}

/// By code; also accepts the name or another word for it, in any case. Nothing is guessed.
pub(crate) fn find<'a, T: Listed>(list: &'a [T], typed: &str) -> Option<&'a T> {
    let query = typed.trim().to_lowercase();
    let by = |is: &dyn Fn(&T) -> bool| list.iter().find(|item| is(item));
    // One pass for each: the code of one item wins over a name of another, wherever they stand in the list.
    by(&|item| item.code() == query)
        .or_else(|| by(&|item| item.name().to_lowercase() == query))
        .or_else(|| by(&|item| item.also().iter().any(|word| word.to_lowercase() == query)))
}

/// What was typed for `item`, where neither its code nor its name says as much: "Advil" for ibuprofen, "beer" for alcohol.
/// The person looks for that word again, so whoever takes the item keeps it.
pub(crate) fn own_word<'a, T: Listed + ?Sized>(item: &T, typed: &'a str) -> Option<&'a str> {
    let query = plain(typed);
    // "sedatives" says no more than "sedative".
    let singular = query.strip_suffix('s').unwrap_or(&query);
    let is_said = |name: &str| plain(name).contains(singular);
    (!is_said(item.code()) && !is_said(item.name())).then_some(typed.trim())
}

/// What the beginning of a name means.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Beginning<'a, T> {
    /// One item alone has the name, or a word that begins so.
    One(&'a T),
    /// Several have.
    Several(Vec<&'a T>),
    /// None has, or it is one letter, which a slip is as well.
    None,
}

/// The item that `typed` names, or whose name alone has a word that begins so; `_` and `-` stand for blanks.
pub(crate) fn by_beginning<'a, T: Listed>(list: &'a [T], typed: &str) -> Beginning<'a, T> {
    let query = plain(typed);
    let whole = list.iter().find(|item| {
        let mut names = [item.code(), item.name()].into_iter();
        names.any(|name| plain(name) == query)
    });
    if let Some(item) = find(list, typed).or(whole) {
        return Beginning::One(item);
    }
    if query.chars().count() < 2 {
        return Beginning::None;
    }
    let begins = |name: &str| {
        let name = plain(name);
        let mut heads = name.match_indices(' ').map(|(at, _)| &name[at + 1..]);
        name.starts_with(&query) || heads.any(|rest| rest.starts_with(&query))
    };
    let is_meant = |item: &&T| {
        let mut also = item.also().iter();
        begins(item.code()) || begins(item.name()) || also.any(|word| begins(word))
    };
    let meant: Vec<&T> = list.iter().filter(is_meant).collect();
    match meant[..] {
        [] => Beginning::None,
        [item] => Beginning::One(item),
        _ => Beginning::Several(meant),
    }
}

/// In small letters, with one blank between words: `low_mood` and "Low mood" are the same.
fn plain(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// The codes of up to three similar items, the nearest first, for "did you mean".
pub(crate) fn near<'a, T: Listed>(list: &'a [T], typed: &str) -> Vec<&'a str> {
    let query = typed.trim().to_lowercase();
    // One letter is part of every name, and as near to each short one.
    if query.chars().count() < 2 {
        return Vec::new();
    }
    let by_also = |item: &T| {
        // The other words are short, as "HR" is: at two letters every word would be similar.
        let also = item.also().iter().filter(|_| query.chars().count() > 2);
        let small = also.map(|word| word.to_lowercase());
        small
            .filter(|word| distance(&query, word) <= 1)
            .filter_map(|word| closeness::of(&query, &word))
            .min()
    };
    let far = |item: &T| {
        let own = how_far(&query, item.code(), item.name());
        own.into_iter().chain(by_also(item)).min()
    };
    nearest(list.iter().map(|item| (far(item), item.code())))
}

/// Up to three of those that are similar, the nearest first; `None` is another one.
pub(crate) fn nearest<T>(all: impl Iterator<Item = (Option<usize>, T)>) -> Vec<T> {
    let mut near: Vec<(usize, T)> = all.filter_map(|(far, item)| Some((far?, item))).collect();
    // A stable sort keeps the order of the list where two are as near.
    near.order_by_key(|(far, _)| *far);
    near.into_iter().take(3).map(|(_, item)| item).collect()
}

/// How far `query`, in small letters, is from a code or a name; `None` where they are not similar.
pub(crate) fn how_far(query: &str, code: &str, name: &str) -> Option<usize> {
    let name = name.to_lowercase();
    // Words of four letters or more: "of" and "and" are part of too many codes.
    let mut parts = query
        .split([' ', '_', '-'])
        .filter(|word| word.chars().count() > 3);
    let is_similar = distance(query, code) <= 2
        || distance(query, &name) <= 2
        || name.contains(query)
        || parts.any(|word| code.contains(word));
    let far = [code, name.as_str()].map(|word| closeness::of(query, word).unwrap_or(FURTHEST));
    (!query.is_empty() && is_similar).then(|| far[0].min(far[1]))
}

/// Behind all that is close.
const FURTHEST: usize = 100;

#[cfg(test)]
mod tests {
    use super::{Beginning, Listed, by_beginning, find, near};

    #[derive(Debug, PartialEq)]
    struct Word(&'static str, &'static str, Vec<&'static str>);

    impl Listed for Word {
        fn code(&self) -> &str {
            self.0
        }
        fn name(&self) -> &str {
            self.1
        }
        fn also(&self) -> &[&str] {
            &self.2
        }
    }

    fn list() -> Vec<Word> {
        vec![
            Word("heart_rate", "Pulse", vec!["HR"]),
            Word("weight", "Weight", vec!["body weight"]),
        ]
    }

    #[test]
    fn a_thing_is_found_by_code_name_or_another_word_in_any_case() {
        for typed in ["heart_rate", " PULSE ", "hr"] {
            assert_eq!(
                find(&list(), typed).map(Listed::code),
                Some("heart_rate"),
                "{typed}"
            );
        }
        assert!(find(&list(), "puls").is_none(), "nothing is guessed");
        assert!(find(&list(), "").is_none());
    }

    #[test]
    fn near_ones_are_named_and_far_ones_are_not() {
        assert_eq!(near(&list(), "wieght"), ["weight"]);
        assert_eq!(near(&list(), "heart"), ["heart_rate"]);
        assert_eq!(near(&list(), "body wight"), ["weight"]);
        assert!(near(&list(), "temperature").is_empty());
        assert!(near(&list(), "").is_empty());
    }

    #[test]
    fn the_nearest_one_is_named_first_wherever_it_stands_in_the_list() {
        let word = |code| Word(code, code, Vec::new());
        let list = ["medication", "meditation", "motivation"].map(word);
        assert_eq!(near(&list, "meditaton")[0], "meditation");
    }

    #[test]
    fn the_beginning_of_one_word_alone_means_its_item_and_one_letter_means_none() {
        let word = |code| Word(code, code, Vec::new());
        let list = ["low mood", "low energy", "stomach cramps"].map(word);
        for typed in ["low_mood", "Low-Mood", "mood", "mo"] {
            assert_eq!(
                by_beginning(&list, typed),
                Beginning::One(&list[0]),
                "{typed}"
            );
        }
        assert_eq!(by_beginning(&list, "cramps"), Beginning::One(&list[2]));
        let both = vec![&list[0], &list[1]];
        assert_eq!(by_beginning(&list, "low"), Beginning::Several(both));
        for typed in ["m", "ood", "amps", ""] {
            assert_eq!(by_beginning(&list, typed), Beginning::None, "{typed}");
        }
    }
}
