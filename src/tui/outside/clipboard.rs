//! Hands text to the terminal for its clipboard (OSC 52), which works over ssh as well and reads nothing back.
//!
//! Invariant: whatever the text holds, the sequence is printable ASCII between its first and its last two bytes, so no
//! character of it can end the sequence or begin another.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The longest text that is sent, in bytes. As base64 it comes to 100 000 bytes with the frame around it, which is where
/// several terminals stop to listen (hterm's `osc52.sh` has this very number); a longer one would be cut or dropped.
pub const MOST_BYTES: usize = 74_994;

/// The bytes that hand `text` to the terminal.
///
/// Sent as it is, also inside tmux, which takes it where its `set-clipboard` is `on`. Wrapped for passthrough it would
/// reach the terminal only where `allow-passthrough` is on, which it is not by itself, and be dropped elsewhere.
pub fn sequence(text: &str) -> String {
    format!("\x1b]52;c;{}\x1b\\", STANDARD.encode(text))
}

/// What is said after `text`, called `what` ("7 days of Severity"), was handed over; `Err` when it is too long for it.
pub fn verdict(text: &str, what: &str) -> Result<String, String> {
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
        let said = verdict(&"x".repeat(MOST_BYTES + 1), "all days").unwrap_err();
        assert!(
            said.contains("75 KB") && said.contains("ebb trend --json"),
            "{said}"
        );
    }

    #[test]
    fn it_never_says_that_the_clipboard_took_it() {
        let said = verdict("1", "7 days of Severity").unwrap_or_default();
        assert_eq!(
            said,
            "Sent 7 days of Severity to the terminal for its clipboard. Whether it took it, ebb can't see."
        );
    }
}
