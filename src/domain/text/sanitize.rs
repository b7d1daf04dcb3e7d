//! Makes text of a person or a file safe for a terminal or a page.
//!
//! Invariant: the result of [`shown`] has no control character (but `\n` under [`Lines::Keep`]), no bidi control, no line
//! separator and no invisible character that could make one text look like another. Nothing vanishes: each such character
//! becomes a mark. The journal stores the text as it was typed; only the output is cleaned.
use std::borrow::Cow;

/// How line ends are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lines {
    /// `\n`, `\r\n` and a lone `\r` become `\n`.
    Keep,
    /// Each of them becomes one blank, so that the text is one line.
    Fold,
}

/// The mark for a character that must not be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    /// Its picture (`␛`), or U+FFFD if Unicode has none.
    Picture,
    /// A question mark.
    Question,
}

/// Returns `text` without characters that control a terminal or hide text. A tab becomes one blank.
///
/// Borrows if nothing had to change. A second call changes nothing.
pub(crate) fn shown(text: &str, lines: Lines, stand: Stand) -> Cow<'_, str> {
    let first = text
        .char_indices()
        .find(|(_, c)| verdict(*c) != Verdict::Plain && !(*c == '\n' && lines == Lines::Keep));
    let Some((start, _)) = first else {
        return Cow::Borrowed(text);
    };
    // Most text is plain: the copy begins at the first character that is not.
    let (plain, rest) = text.split_at(start);
    let mut out = String::with_capacity(text.len() + 8);
    out.push_str(plain);
    let mut previous = plain.chars().next_back();
    // Whether the present character is inside a region's flag.
    let mut flag = previous == Some(BLACK_FLAG);
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let keep = match verdict(c) {
            Verdict::Plain => true,
            Verdict::Break => {
                // Of CR LF, only the LF leaves a line end.
                if !(c == '\r' && next == Some('\n')) {
                    out.push(if lines == Lines::Keep { '\n' } else { ' ' });
                }
                previous = Some('\n');
                flag = false;
                continue;
            }
            Verdict::Tab => {
                out.push(' ');
                previous = Some(' ');
                flag = false;
                continue;
            }
            Verdict::Joiner => previous.is_some_and(is_visible) && next.is_some_and(is_visible),
            Verdict::Selector => previous.is_some_and(is_visible),
            Verdict::Tag => flag,
            Verdict::Hidden => false,
        };
        if keep {
            out.push(c);
        } else {
            out.push(mark(c, stand));
        }
        flag = keep && (c == BLACK_FLAG || (flag && verdict(c) == Verdict::Tag));
        previous = Some(c);
    }
    Cow::Owned(out)
}

/// The start of a region's flag, such as Scotland's, which is spelt in tag characters after it.
const BLACK_FLAG: char = '\u{1F3F4}';

/// The treatment of a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Plain,
    Break,
    Tab,
    /// Joins emoji families and letters of some scripts. It stays between two visible characters.
    Joiner,
    /// Chooses a form of the character before it. It stays behind a visible one.
    Selector,
    /// It stays inside the flag of a region.
    Tag,
    Hidden,
}

fn is_visible(c: char) -> bool {
    verdict(c) == Verdict::Plain && !c.is_whitespace() || is_selector(c)
}

const fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}')
}

fn verdict(c: char) -> Verdict {
    match c {
        '\n' | '\r' => Verdict::Break,
        '\t' => Verdict::Tab,
        ' '..='~' => Verdict::Plain,
        '\u{200C}' | '\u{200D}' => Verdict::Joiner,
        _ if is_selector(c) => Verdict::Selector,
        '\u{E0020}'..='\u{E007F}' => Verdict::Tag,
        _ if c.is_control() || is_hidden(c) => Verdict::Hidden,
        _ => Verdict::Plain,
    }
}

/// Whether `c` is invisible but controls, reorders or pads text: bidi controls, line and paragraph separators, zero-width
/// spaces, fillers, the byte order mark, interlinear marks, tags, selectors beyond the first sixteen, noncharacters (Unicode's
/// `Bidi_Control` and `Default_Ignorable_Code_Point`).
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}'
        | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}' | '\u{200E}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
        // The last two code points of every plane are noncharacters.
        || u32::from(c) & 0xFFFE == 0xFFFE
}

fn mark(c: char, stand: Stand) -> char {
    match (stand, c) {
        (Stand::Question, _) => '?',
        (Stand::Picture, '\0'..='\u{1F}') => {
            // Unicode's block of control pictures has them in the order of the characters.
            char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        (Stand::Picture, '\u{7F}') => '\u{2421}',
        (Stand::Picture, _) => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, Stand, is_hidden, shown};
    use proptest::prelude::{any, proptest};
    use std::borrow::Cow;

    fn fold(text: &str) -> String {
        shown(text, Lines::Fold, Stand::Picture).into_owned()
    }

    #[test]
    fn ordinary_text_is_lent_not_copied() {
        for text in ["", "slept 5 h", "äöü, 日本語, e\u{301}", "👍🏽"] {
            assert!(matches!(
                shown(text, Lines::Fold, Stand::Picture),
                Cow::Borrowed(_)
            ));
        }
    }

    #[test]
    fn escape_sequences_are_seen_and_not_obeyed() {
        assert_eq!(fold("a\u{1b}]52;c;aGk=\u{7}b"), "a␛]52;c;aGk=␇b");
        assert_eq!(fold("\u{1b}[2J\u{9b}6n\u{7f}"), "␛[2J\u{FFFD}6n␡");
        assert_eq!(
            shown("\u{1b}[2J", Lines::Keep, Stand::Question),
            "?[2J",
            "the ASCII look has no pictures"
        );
    }

    #[test]
    fn text_cannot_be_turned_round() {
        assert_eq!(fold("a\u{202e}gnp.exe"), "a\u{FFFD}gnp.exe");
        assert_eq!(
            fold("\u{2066}x\u{2069}\u{200f}\u{61c}"),
            "\u{FFFD}x\u{FFFD}\u{FFFD}\u{FFFD}"
        );
    }

    #[test]
    fn line_ends_are_kept_or_folded() {
        assert_eq!(
            shown("a\r\nb\rc\nd", Lines::Keep, Stand::Picture),
            "a\nb\nc\nd"
        );
        assert_eq!(fold("a\r\nb\rc\nd\te"), "a b c d e");
        assert_eq!(fold("a\u{2028}b"), "a\u{FFFD}b");
    }

    #[test]
    fn emoji_families_flags_and_joined_letters_stay_whole() {
        for text in [
            "👩\u{200D}👩\u{200D}👧",
            "❤\u{FE0F}\u{200D}🔥",
            "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
            "می\u{200C}خواهم",
            "1\u{FE0F}\u{20E3}",
        ] {
            assert_eq!(fold(text), text);
        }
    }

    #[test]
    fn a_lone_joiner_or_tag_is_shown_as_a_mark() {
        assert_eq!(fold("a \u{200D} b"), "a \u{FFFD} b");
        assert_eq!(fold("a\u{E0061}\u{E0062}"), "a\u{FFFD}\u{FFFD}");
        assert_eq!(fold("\u{FEFF}a\u{200B}b"), "\u{FFFD}a\u{FFFD}b");
        assert_eq!(fold("\u{FE0F}x"), "\u{FFFD}x");
    }

    fn is_safe(text: &str, lines: Lines) -> bool {
        text.chars().all(|c| {
            (c == '\n' && lines == Lines::Keep)
                || c >= '\u{E0020}'
                || (!c.is_control() && !is_hidden(c))
        })
    }

    proptest! {
        #[test]
        fn nothing_that_steers_comes_through(chars in proptest::collection::vec(any::<char>(), 0..40), raw in ".*",
            sly in "[a👩\u{200D}\u{200C}\u{FE0F}\u{1b}\u{202e}\u{1F3F4}\u{E0067}\u{E007F} \n\r\t\u{85}\u{2028}]{0,12}") {
            let chars: String = chars.into_iter().collect();
            for text in [chars, raw, sly] {
                for lines in [Lines::Keep, Lines::Fold] {
                    for stand in [Stand::Picture, Stand::Question] {
                        let once = shown(&text, lines, stand);
                        assert!(is_safe(&once, lines), "{text:?} -> {once:?}");
                        assert_eq!(shown(&once, lines, stand), once, "{text:?}");
                    }
                }
            }
        }
    }
}
