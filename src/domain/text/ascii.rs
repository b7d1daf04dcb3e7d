//! Typographic signs in ASCII, for terminals and locales that have no others. Letters of any script stay as they are.

use std::borrow::Cow;

/// `text` with its dashes, quotes, dots and arrows spelt in ASCII.
pub(crate) fn spelt(text: Cow<'_, str>) -> Cow<'_, str> {
    // The common case allocates nothing.
    if text.is_ascii() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match form(c) {
            Some(form) => out.push_str(form),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

const fn form(c: char) -> Option<&'static str> {
    Some(match c {
        '–' | '—' | '−' | '‑' | '─' => "-",
        '‘' | '’' => "'",
        '“' | '”' => "\"",
        '…' => "...",
        '·' => ".",
        '•' => "*",
        '○' => "o",
        '×' | '✓' => "x",
        '→' => "->",
        '←' => "<-",
        '↑' | '▲' => "^",
        '↓' | '▼' => "v",
        '≤' => "<=",
        '≥' => ">=",
        '\u{a0}' | '\u{202f}' => " ",
        _ => return None,
    })
}
