//! How close what a person typed is to a word: the same, its beginning, or a slip away.
//!
//! Written here, because what is wanted is more than the order of letters that crates for fuzzy search go by: a slip of two
//! neighbouring letters, and the beginning of a word, count less than a letter too many.

/// Words that say nothing about what is looked for.
const FILLERS: [&str; 20] = [
    "a", "an", "the", "my", "is", "i", "to", "of", "in", "for", "how", "do", "where", "what",
    "can", "and", "on", "with", "me", "ebb",
];

/// How far what was typed is from a row with its name, the name of its place, and other words for it; 0 is the same.
/// `None`: it means something else. All but `name` and `place` are in small letters.
pub(crate) fn of_row(
    typed: &str,
    name: &str,
    place: &str,
    also: &[impl AsRef<str>],
) -> Option<usize> {
    let (typed, name, place) = (folded(typed), name.to_lowercase(), place.to_lowercase());
    let other = also.iter().filter_map(|word| of(&typed, word.as_ref()));
    // The other words were chosen for the row, and a name may happen to be the same as the word for another row.
    let own = of(&typed, &name).map(|far| far + 1);
    let whole = own.into_iter().chain(other).min();
    let fillers = |word: &&str| !FILLERS.contains(word);
    let mut sought = typed.split(' ').filter(fillers).peekable();
    if sought.peek().is_none() {
        // "where" alone is no filler where it was chosen as a word for a row.
        let mut also = also.iter();
        return also.any(|word| word.as_ref() == typed).then_some(0);
    }
    let nearest = |text: &str, sought: &str| {
        let parts = text.split(|letter: char| !letter.is_alphanumeric());
        parts.filter_map(|part| of(sought, part)).min()
    };
    let by_word = |sought: &str| {
        let other = also
            .iter()
            .filter_map(|word| nearest(word.as_ref(), sought));
        let own = nearest(&name, sought).map(|far| far + 3);
        let there = nearest(&place, sought).map(|far| far + 15);
        own.into_iter()
            .chain(other.map(|far| far + 8))
            .chain(there)
            .min()
    };
    let by_words: Option<usize> = sought.map(by_word).sum();
    whole.into_iter().chain(by_words).min()
}

/// How far what was typed is from `word`; 0 is the same, `None` another word. Both in small letters.
pub(crate) fn of(typed: &str, word: &str) -> Option<usize> {
    let (long, whole) = (typed.chars().count(), word.chars().count());
    if typed == word {
        return (long > 0).then_some(0);
    }
    if long >= 2 && word.starts_with(typed) {
        return Some(10 + (whole - long).min(9));
    }
    // A hand that slips still finds the first letter, mostly.
    let other_head = if typed.chars().next() == word.chars().next() {
        0
    } else {
        5
    };
    let most = allowed(long.min(whole));
    // So many letters more or less are as many slips.
    if long.abs_diff(whole) <= most {
        let slips = distance(typed, word);
        if slips <= most {
            return Some(10 + 10 * slips + other_head);
        }
    }
    if long >= 5 && whole > long && other_head == 0 {
        let mut lengths = [long - 1, long, long + 1].into_iter();
        let head = |length| word.chars().take(length).collect::<String>();
        if lengths.any(|length| distance(typed, &head(length)) <= 1) {
            return Some(45);
        }
    }
    if long >= 4 && word.contains(typed) {
        return Some(50);
    }
    // "apmt" is "appointment" to whoever types it.
    (long >= 4 && long * 2 >= whole && other_head == 0 && is_within(typed, word)).then_some(60)
}

/// How many slips a word of so many letters may have.
const fn allowed(letters: usize) -> usize {
    match letters {
        0..=2 => 0,
        3..=5 => 1,
        6..=8 => 2,
        _ => 3,
    }
}

/// In small letters, words one space apart, without the signs that only part words.
fn folded(typed: &str) -> String {
    let small = typed.to_lowercase().replace('_', " ");
    small.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the letters of `typed` stand in `word` in this order.
fn is_within(typed: &str, word: &str) -> bool {
    let mut letters = word.chars();
    typed
        .chars()
        .all(|letter| letters.any(|other| other == letter))
}

/// How many letters must be put in, left out, replaced, or exchanged with their neighbour.
pub(crate) fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    // Three rows of the table are enough: an exchange looks two rows up.
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (at, letter) in left.iter().enumerate() {
        let mut row = vec![at + 1];
        for (column, other) in right.iter().enumerate() {
            let replaced = above[column] + usize::from(letter != other);
            let mut least = replaced.min(above[column + 1] + 1).min(row[column] + 1);
            if at > 0 && column > 0 && *letter == right[column - 1] && left[at - 1] == *other {
                least = least.min(before[column - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[right.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, of, of_row};

    #[test]
    fn letters_that_differ_are_counted_and_an_exchange_is_one() {
        assert_eq!(distance("nausea", "nausae"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("same", "same"), 0);
        assert_eq!(distance("conifg", "config"), 1);
        assert_eq!(distance("abcd", "cdab"), 4);
    }

    #[test]
    fn the_word_itself_comes_before_its_beginning_and_that_before_a_slip() {
        let far = |typed: &str| of(typed, "history");
        let order = ["history", "hist", "histroy", "hstroy"].map(far);
        assert!(order.is_sorted() && order[3].is_some(), "{order:?}");
        assert_eq!(far("help"), None);
        assert_eq!(far(""), None);
    }

    #[test]
    fn several_words_must_all_be_there_and_fillers_need_not() {
        let far = |typed: &str| of_row(typed, "add", "Care, Visits", &["appointment"]);
        assert!(far("add a visit").is_some());
        assert!(far("add appointment").is_some());
        assert_eq!(far("add nausea"), None);
        assert_eq!(far("the"), None);
    }

    #[test]
    fn a_row_of_this_name_comes_before_one_that_has_the_word_in_its_name() {
        let none: [&str; 0] = [];
        assert!(of_row("keys", "keys", "", &none) < of_row("keys", "keys of your own", "", &none));
        assert!(
            of_row("visit", "Visits", "", &["visit"]) < of_row("visit", "edit a visit", "", &none)
        );
    }
}
