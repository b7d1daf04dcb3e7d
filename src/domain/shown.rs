//! Text from a person or a file, made safe for a terminal (stand-in).
use std::borrow::Cow;

/// `text` without control and bidi characters.
pub fn shown(text: &str) -> Cow<'_, str> {
    let odd = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    if text.contains(odd) {
        Cow::Owned(text.replace(odd, "\u{b7}"))
    } else {
        Cow::Borrowed(text)
    }
}
