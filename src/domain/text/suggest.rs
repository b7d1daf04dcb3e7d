//! Finds an item of a list by the words that a person types, and suggests similar ones if there is none.

/// An item of a list, with the words that a person may type for it.
pub(crate) trait Listed {
    /// Its word in files and on the command line.
    fn code(&self) -> &str;
    /// Its name on screen.
    fn name(&self) -> &str;
    /// Other words for it.
    fn also(&self) -> &[String] {
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
    fn also(&self) -> &[String] {
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

/// The codes of up to three similar items, in the order of the list, for "did you mean".
pub(crate) fn near<'a, T: Listed>(list: &'a [T], typed: &str) -> Vec<&'a str> {
    let query = typed.trim().to_lowercase();
    let is_also_near = |item: &T| {
        let also = item.also().iter();
        also.map(|word| word.to_lowercase())
            // The other words are short, as "HR" is: at two letters every word would be similar.
            .any(|word| query.chars().count() > 2 && distance(&query, &word) <= 1)
    };
    list.iter()
        .filter(|item| is_near(&query, item.code(), item.name()) || is_also_near(item))
        .map(Listed::code)
        .take(3)
        .collect()
}

/// Whether `query`, in small letters, is similar to a code or a name.
pub(crate) fn is_near(query: &str, code: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    // Words of four letters or more: "of" and "and" are part of too many codes.
    let mut parts = query
        .split([' ', '_', '-'])
        .filter(|word| word.chars().count() > 3);
    !query.is_empty()
        && (distance(query, code) <= 2
            || distance(query, &name) <= 2
            || name.contains(query)
            || parts.any(|word| code.contains(word)))
}

/// The Levenshtein distance: how many letters must be inserted, deleted or replaced.
pub(crate) fn distance(left: &str, right: &str) -> usize {
    // One row of the table is enough: each cell needs only the row above and its left neighbour.
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, letter) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, other) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::{Listed, distance, find, near};

    struct Word(&'static str, &'static str, Vec<String>);

    impl Listed for Word {
        fn code(&self) -> &str {
            self.0
        }
        fn name(&self) -> &str {
            self.1
        }
        fn also(&self) -> &[String] {
            &self.2
        }
    }

    fn list() -> Vec<Word> {
        vec![
            Word("heart_rate", "Pulse", vec!["HR".to_owned()]),
            Word("weight", "Weight", vec!["body weight".to_owned()]),
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
    fn letters_that_differ_are_counted() {
        assert_eq!(distance("nausea", "nausae"), 2);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("same", "same"), 0);
    }
}
