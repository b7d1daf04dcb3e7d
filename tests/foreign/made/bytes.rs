//! How rows become bytes: separators, line ends, quotes and encodings.

use super::hand::Hand;

/// The encodings in which spreadsheets save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Marked,
    /// UTF-16 with its mark.
    Little,
    Big,
    /// UTF-16 without one.
    Bare,
    Windows,
}

impl Encoding {
    pub(super) const ALL: [Self; 6] = [
        Self::Utf8,
        Self::Marked,
        Self::Little,
        Self::Big,
        Self::Bare,
        Self::Windows,
    ];

    fn bytes(self, text: &str) -> Vec<u8> {
        let little = || text.encode_utf16().flat_map(u16::to_le_bytes);
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Marked => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            Self::Bare => little().collect(),
            Self::Little => b"\xff\xfe".iter().copied().chain(little()).collect(),
            Self::Big => {
                let big = text.encode_utf16().flat_map(u16::to_be_bytes);
                b"\xfe\xff".iter().copied().chain(big).collect()
            }
            Self::Windows => encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
        }
    }
}

/// How a file is written.
pub(super) struct Sheet {
    pub(super) sign: char,
    pub(super) encoding: Encoding,
    pub(super) end: &'static str,
}

impl Sheet {
    /// The file. `head`: what stands above all rows.
    pub(super) fn bytes(&self, hand: &mut Hand, rows: &[Vec<String>], head: &str) -> Vec<u8> {
        let is_quoting = hand.seldom(6);
        let mut text = head.to_owned();
        for row in rows {
            let cells = row.iter().map(|cell| self.cell(cell, is_quoting));
            let cells: Vec<String> = cells.collect();
            text += &cells.join(&self.sign.to_string());
            text += self.end;
        }
        if hand.seldom(3) {
            // Many programs end their file without a line end.
            text.truncate(text.len() - self.end.len());
        }
        self.encoding.bytes(&text)
    }

    fn cell(&self, cell: &str, is_quoting: bool) -> String {
        let needs = cell.contains([self.sign, '"', '\n', '\r']);
        if needs || (is_quoting && !cell.is_empty()) {
            // Inside a cell a spreadsheet breaks lines as its system does.
            format!("\"{}\"", cell.replace('"', "\"\"").replace('\n', self.end))
        } else {
            cell.to_owned()
        }
    }
}
