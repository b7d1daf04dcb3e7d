//! Quotes that are never closed: all rows behind one would vanish in its cell without a word.

use super::error::{RowError, whole};

/// Where a reader stands in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the beginning of a cell.
    Begin,
    /// In a cell without quotes.
    Plain,
    /// In quotes.
    Quoted,
    /// Behind a quote inside quotes: the cell ends here, or the quote is a doubled one.
    Behind,
}

/// Refuses a quote that is never closed, and one that is closed rows later in the middle of a word: `"a,\nb,"c` has lost one.
///
/// # Errors
/// The row in which the quote opens.
pub(crate) fn unclosed(file: &str, text: &str, sign: u8) -> Result<(), Vec<RowError>> {
    let mut place = Place::Begin;
    // Rows as a person counts them, and the row in which the last quote opened.
    let (mut row, mut opened, mut has_break) = (1_u64, 1_u64, false);
    let mut last = 0;
    for byte in text.bytes() {
        let is_end = matches!(byte, b'\n' | b'\r');
        place = match (place, byte) {
            (Place::Begin, b'"') => {
                (opened, has_break) = (row, false);
                Place::Quoted
            }
            (Place::Quoted, b'"') => Place::Behind,
            (Place::Quoted, _) => {
                has_break |= is_end;
                Place::Quoted
            }
            (Place::Behind, b'"') => Place::Quoted,
            (Place::Behind, byte) if byte != sign && !is_end => {
                if has_break && byte != b' ' {
                    return Err(slip(file, opened));
                }
                Place::Plain
            }
            (_, byte) if byte == sign || is_end => Place::Begin,
            _ => Place::Plain,
        };
        // A break inside quotes belongs to the cell, and its row is counted once; so is CRLF, which has two signs.
        let is_second = byte == b'\n' && last == b'\r';
        row += u64::from(is_end && !is_second && place != Place::Quoted);
        last = byte;
    }
    if place == Place::Quoted {
        return Err(slip(file, opened));
    }
    Ok(())
}

fn slip(file: &str, row: u64) -> Vec<RowError> {
    let mut errors = whole(
        file,
        "a quote opens in this row and is not closed, so that the rows after it would be swallowed; put a quote at the end of that text",
    );
    for error in &mut errors {
        error.row = Some(row);
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::unclosed;

    fn row(text: &str) -> Option<u64> {
        unclosed("f", text, b',')
            .err()
            .and_then(|errors| errors.first()?.row)
    }

    #[test]
    fn an_open_quote_is_found_with_its_row_and_a_closed_one_is_not() {
        assert_eq!(row("a,b\n1,\"open\n2,x\n"), Some(2));
        assert_eq!(row("a,b\n1,\"open\n2,\"x\"\n"), Some(2));
        assert_eq!(row("a,b\n1,\"two\nlines\"\n2,\"open\n"), Some(3));
        assert_eq!(row("a,b\r1,x\r2,\"open\r"), Some(3));
        assert_eq!(row("a,b\r\n1,x\r\n2,\"open\r\n"), Some(3));
        for sound in [
            "a,b\n1,\"x, \"\"y\"\"\"\r\n2,5\" nails\n",
            "a,b\n1,\"two\nlines\"\n",
            "a,b\n1,\"x\" y\n",
            "\"a\",\"\"",
        ] {
            assert_eq!(row(sound), None, "{sound}");
        }
    }
}
