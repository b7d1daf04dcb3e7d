//! Sends text to the terminal's clipboard (OSC 52), which works over ssh as well and reads nothing back.
//!
//! Invariant: the sequence is printable ASCII between its first and its last two bytes, so no character of the text can end
//! it or begin another.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The longest text to send, in bytes. As base64 with its frame it is 100 000 bytes long, the limit of several terminals
/// (hterm's `osc52.sh` has this number); they cut or drop a longer one.
pub(crate) const MOST_BYTES: usize = 74_994;

/// The bytes that put `text` on the terminal's clipboard.
pub(crate) fn sequence(text: &str) -> String {
    // Not wrapped for tmux: tmux itself accepts it with `set-clipboard on`, and passthrough is off by default.
    format!("\x1b]52;c;{}\x1b\\", STANDARD.encode(text))
}

/// The notice after sending `text`, named `what` ("7 days of Severity"); `Err` when it is too long.
pub(crate) fn verdict(text: &str, what: &str) -> Result<String, String> {
    if text.len() <= MOST_BYTES {
        return Ok(format!(
            "Sent {what} to the terminal for its clipboard. Whether it took it, ebb can't see."
        ));
    }
    Err(format!(
        "Not copied: {what} would be {} KB, and terminals take up to {} KB. A shorter period fits; `ebb trend --json` and \
         the export have all of it.",
        text.len().div_ceil(1000),
        MOST_BYTES / 1000
    ))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::{MOST_BYTES, sequence, verdict};
    use proptest::prelude::{any, proptest};

    #[test]
    fn a_text_is_sent_as_base64_to_the_clipboard() {
        assert_eq!(sequence("day\tvalue\n"), "\x1b]52;c;ZGF5CXZhbHVlCg==\x1b\\");
    }

    proptest! {
        #[test]
        fn no_text_breaks_out_of_the_sequence(text in any::<String>()) {
            let sent = sequence(&text);
            let inner = sent.strip_prefix("\x1b]52;c;").and_then(|rest| rest.strip_suffix("\x1b\\"));
            assert!(inner.is_some_and(|inner| inner.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b))));
        }
    }

    #[test]
    fn what_is_too_long_is_refused_with_a_way_out() {
        assert!(verdict(&"x".repeat(MOST_BYTES), "all days").is_ok());
        assert!(sequence(&"x".repeat(MOST_BYTES)).len() <= 100_001);
        let notice = verdict(&"x".repeat(MOST_BYTES + 1), "all days").unwrap_err();
        assert!(
            notice.contains("75 KB") && notice.contains("ebb trend --json"),
            "{notice}"
        );
    }

    #[test]
    fn it_never_says_that_the_clipboard_took_it() {
        let notice = verdict("1", "7 days of Severity").unwrap_or_default();
        assert_eq!(
            notice,
            "Sent 7 days of Severity to the terminal for its clipboard. Whether it took it, ebb can't see."
        );
    }
}
