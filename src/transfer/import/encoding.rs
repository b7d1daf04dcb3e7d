//! Bytes as text: UTF-8, UTF-16 of both byte orders, and the Western code page of Windows.
//!
//! Invariant: what is no text is refused, and a code page that was guessed is told.

use crate::transfer::import::error::{File, RowError, text_of, whole};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// A file's text, and what has to be told about its encoding.
pub(in crate::transfer) fn text(
    file: &File,
) -> Result<(Cow<'_, str>, Option<String>), Vec<RowError>> {
    if let Some(text) = wide(file) {
        return Ok((text?, None));
    }
    match text_of(&file.name, &file.bytes) {
        Ok(text) if text.contains('\0') => Err(whole(&file.name, NO_TEXT)),
        Ok(text) => Ok((Cow::Borrowed(text), None)),
        Err(error) => {
            if file.bytes.contains(&0) {
                return Err(whole(&file.name, NO_TEXT));
            }
            // Letters of several bytes that are right show UTF-8 with a damaged place, where another code page would garble all.
            if is_mostly_utf_8(&file.bytes) {
                return Err(error);
            }
            let (text, _, _) = WINDOWS_1252.decode(&file.bytes);
            let remark = format!(
                "{} is not UTF-8; its letters are read as those of Windows (CP1252).",
                file.name
            );
            Ok((text, Some(remark)))
        }
    }
}

/// The text of a file of ours: UTF-8, or UTF-16 where a spreadsheet saved it so. No code page is guessed, which could change notes.
pub(in crate::transfer) fn text_of_ours(file: &File) -> Result<Cow<'_, str>, Vec<RowError>> {
    match wide(file) {
        Some(text) => text,
        None => text_of(&file.name, &file.bytes).map(Cow::Borrowed),
    }
}

/// The text of a file in UTF-16; `None` for any other.
fn wide(file: &File) -> Option<Result<Cow<'_, str>, Vec<RowError>>> {
    let (text, _, has_errors) = utf_16(&file.bytes)?.decode(&file.bytes);
    Some(if has_errors {
        Err(whole(
            &file.name,
            "this UTF-16 text is damaged; save it as UTF-8 and try again",
        ))
    } else {
        Ok(text)
    })
}

/// The beginning of a file, for telling what it is. What is damaged in it is told where the file is read.
pub(in crate::transfer) fn beginning(bytes: &[u8], most: usize) -> String {
    // UTF-16 has two bytes a sign.
    let start = bytes.get(..most & !1).unwrap_or(bytes);
    match utf_16(start) {
        Some(encoding) => encoding.decode(start).0.into_owned(),
        // A spreadsheet that saved the file may have put a byte order mark before it.
        None => String::from_utf8_lossy(start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start))
            .into_owned(),
    }
}

const NO_TEXT: &str = "this is no text; export it as CSV where it comes from";

/// The byte order of UTF-16, by its mark or by its zeros.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.starts_with(b"\xff\xfe") {
        return Some(UTF_16LE);
    }
    if bytes.starts_with(b"\xfe\xff") {
        return Some(UTF_16BE);
    }
    let start = bytes.get(..64).unwrap_or(bytes);
    let zeros = |odd: usize| {
        let each = start.iter().skip(odd).step_by(2);
        each.filter(|byte| **byte == 0).count()
    };
    // Latin letters have every second byte zero; a header is mostly Latin.
    let most = start.len() / 3;
    match (zeros(0), zeros(1)) {
        _ if start.len() < 8 => None,
        (0, odd) if odd > most => Some(UTF_16LE),
        (even, 0) if even > most => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether more letters of several bytes are right than wrong.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > wrong
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::transfer::import::error::File;

    fn read(bytes: &[u8]) -> Option<String> {
        let file = File {
            name: "x.csv".to_owned(),
            bytes: bytes.to_vec(),
        };
        text(&file).ok().map(|(text, _)| text.into_owned())
    }

    #[test]
    fn text_of_every_encoding_is_read_and_the_rest_is_refused() {
        let wanted = "Datum;Gefühl\n";
        let wide: Vec<u16> = wanted.encode_utf16().collect();
        let little: Vec<u8> = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        for bytes in [
            wanted.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", wanted.as_bytes()),
            marked(b"\xff\xfe", &little),
            marked(b"\xfe\xff", &big),
            little.clone(),
            big.clone(),
            b"Datum;Gef\xfchl\n".to_vec(),
        ] {
            assert_eq!(read(&bytes).as_deref(), Some(wanted), "{bytes:?}");
        }
        assert_eq!(read(b"\x00\x01\x02\xff\xff"), None);
        assert_eq!(
            read("é ü ñ \u{20ac}".as_bytes().get(..10).unwrap_or_default()),
            None
        );
    }
}
