//! Typed text that a spreadsheet would run as a formula, made harmless and put back.
//!
//! Invariant: `unguarded(guarded(text)) == text` for every text. That is why a leading `'` is guarded, too.

use std::borrow::Cow;

const GUARD: char = '\'';

/// Whether a spreadsheet would take `text` for a formula, or for a guarded text.
fn is_risky(text: &str) -> bool {
    text.starts_with([
        '=', '+', '-', '@', '\t', '\r', GUARD, // and the same at full width:
        '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ])
}

/// `text` with a `'` before it where a spreadsheet would run it.
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    if is_risky(text) {
        Cow::Owned(format!("{GUARD}{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Takes the guard off again.
pub(crate) fn unguarded(text: &str) -> &str {
    match text.strip_prefix(GUARD) {
        // A `'` before harmless text was typed by the person and stays.
        Some(rest) if is_risky(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    #[test]
    fn a_note_that_begins_like_a_formula_is_guarded() {
        assert_eq!(guarded("=1+1"), "'=1+1");
        assert_eq!(guarded("＝1"), "'＝1");
        assert_eq!(guarded("'quoted"), "''quoted");
        assert_eq!(guarded("slept - a little"), "slept - a little");
    }

    proptest! {
        #[test]
        fn the_guard_comes_off_as_it_went_on(text in "['=+\\-@\t\r＝＋]{0,3}.{0,20}") {
            let safe = guarded(&text);
            prop_assert_eq!(unguarded(&safe), text.as_str());
            prop_assert!(!safe.starts_with(['=', '+', '-', '@', '\t', '\r']));
        }
    }
}
