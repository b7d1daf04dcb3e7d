//! What a file holds: an archive's files, a workbook's table, or the bytes themselves.
//!
//! Invariant: what is unpacked is bounded in number and size, whatever an archive says of itself, and what cannot be read is
//! refused with its cure.

mod workbook;

use super::apps::{condensed, is_health};
use crate::transfer::import::error::{File, RowError, whole};
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use zip::ZipArchive;

/// Something that can be read from any place.
pub(crate) trait Source: Read + Seek {}
impl<T: Read + Seek> Source for T {}

/// The files in a file.
#[derive(Debug, Default)]
pub(crate) struct Opened {
    pub(crate) files: Vec<File>,
    /// What has to be told about what was left out.
    pub(crate) remarks: Vec<String>,
}

/// Why a file is not opened.
#[derive(Debug)]
pub(crate) enum Unopened {
    /// The system could not read it.
    Unread(io::Error),
    /// It holds more bytes than are read at once.
    TooLarge,
    /// It is of a kind that is not read.
    Refused(Vec<RowError>),
}

impl From<io::Error> for Unopened {
    fn from(error: io::Error) -> Self {
        Self::Unread(error)
    }
}

/// The most files of an archive; Loop has three for each habit.
const MOST_FILES: usize = 10_000;
/// How much of a file tells what it is.
const BEGINNING: u64 = 64 * 1024;

/// Kinds of file that are no table, by their first bytes, with the cure.
const CURES: [(&[u8], &str); 8] = [
    (
        b"\xd0\xcf\x11\xe0",
        "this is an older Excel file; save it as .xlsx or CSV and import that",
    ),
    (
        b"\x1f\x8b",
        "this is packed with gzip; unpack it and import the file inside",
    ),
    (
        b"7z\xbc\xaf",
        "this is a 7z archive; unpack it and import the file inside",
    ),
    (
        &[0x52, 0x61, 0x72, 0x21],
        "this is a RAR archive; unpack it and import the file inside",
    ),
    (
        b"%PDF",
        "this is a PDF, which has no columns; export CSV where it comes from",
    ),
    (
        b"SQLite format 3\0",
        "this is a database of another program; export CSV in that program and import that",
    ),
    (
        b"\x89PNG",
        "this is a picture; export CSV where it comes from",
    ),
    (
        b"\xff\xd8\xff",
        "this is a picture; export CSV where it comes from",
    ),
];

/// Opens a file. `left` is how many bytes may still be held in memory.
///
/// # Errors
/// When it cannot be read, holds too much or is of a kind that is not read.
pub(crate) fn open(
    name: &str,
    source: &mut dyn Source,
    left: &mut u64,
) -> Result<Opened, Unopened> {
    let refused = |sentence: &str| Err(Unopened::Refused(whole(name, sentence)));
    let mut start = Vec::new();
    Read::take(&mut *source, BEGINNING).read_to_end(&mut start)?;
    source.seek(SeekFrom::Start(0))?;
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return archive(name, source, left);
    }
    let cure = CURES.iter().find(|(magic, _)| start.starts_with(magic));
    if let Some((_, cure)) = cure {
        return refused(cure);
    }
    if is_health(&start) {
        let bytes = condensed(name, BufReader::new(source)).map_err(Unopened::Refused)?;
        return Ok(one(name, bytes));
    }
    let bytes = limited(source, left)?.ok_or(Unopened::TooLarge)?;
    Ok(one(name, bytes))
}

fn one(name: &str, bytes: Vec<u8>) -> Opened {
    let file = File {
        name: name.to_owned(),
        bytes,
    };
    Opened {
        files: vec![file],
        remarks: Vec::new(),
    }
}

/// Reads at most `left` bytes; `None` when there are more.
fn limited(from: &mut dyn Read, left: &mut u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells a full file from a too large one.
    from.take(left.saturating_add(1)).read_to_end(&mut bytes)?;
    let rest = left.checked_sub(bytes.len() as u64);
    *left = rest.unwrap_or(0);
    Ok(rest.is_some().then_some(bytes))
}

/// Opens a zip: a workbook, an export of Apple Health, or a folder of tables.
fn archive(name: &str, source: &mut dyn Source, left: &mut u64) -> Result<Opened, Unopened> {
    let slip = |sentence: String| Unopened::Refused(whole(name, sentence));
    let damaged = |error: zip::result::ZipError| {
        slip(format!(
            "this zip is damaged or locked ({error}); unpack it and import what is inside"
        ))
    };
    let mut zip = ZipArchive::new(&mut *source).map_err(damaged)?;
    if zip.len() > MOST_FILES {
        return Err(slip(format!(
            "this zip has {} files, which is more than the {MOST_FILES} that are read",
            zip.len()
        )));
    }
    let mut names = Vec::with_capacity(zip.len());
    for at in 0..zip.len() {
        let inside = zip.name_for_index(at).and_then(Result::ok);
        names.push(inside.map(std::borrow::Cow::into_owned).unwrap_or_default());
    }
    let has = |wanted: &str| names.iter().any(|inside| inside == wanted);
    if has("xl/workbook.xml") {
        return checked_workbook(name, zip, left);
    }
    if has("mimetype") && has("content.xml") {
        return Err(slip(
            "this is an OpenDocument file; save it as .xlsx or CSV and import that".to_owned(),
        ));
    }
    let mut opened = Opened::default();
    for (at, inside) in names.iter().enumerate() {
        let ending = inside.rsplit('.').next().unwrap_or_default().to_lowercase();
        let is_wanted = ["csv", "tsv", "json", "xml"].contains(&ending.as_str());
        let base = inside.rsplit('/').next().unwrap_or_default();
        // Macs put a shadow of each file beside it.
        if !is_wanted || inside.starts_with("__MACOSX/") || base.starts_with('.') {
            continue;
        }
        let mut file = zip.by_index(at).map_err(damaged)?;
        let mut start = Vec::new();
        file.by_ref().take(BEGINNING).read_to_end(&mut start)?;
        let mut whole = Cursor::new(start.clone()).chain(file);
        if ending == "xml" {
            if is_health(&start) {
                let bytes = condensed(inside, BufReader::new(whole)).map_err(Unopened::Refused)?;
                // Of all that is in it, this alone is read.
                return Ok(one(inside, bytes));
            }
            continue;
        }
        let bytes = limited(&mut whole, left)?.ok_or(Unopened::TooLarge)?;
        opened.files.push(File {
            name: inside.clone(),
            bytes,
        });
    }
    if opened.files.is_empty() {
        let some = names.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
        return Err(slip(format!(
            "this zip has no CSV or JSON in it ({some}); export CSV where it comes from"
        )));
    }
    strip_folder(&mut opened.files);
    Ok(opened)
}

/// Takes away a folder that all files lie in, where none of them is a habit's alone.
fn strip_folder(files: &mut [File]) {
    let folder = files.first().and_then(|file| file.name.split_once('/'));
    let Some(folder) = folder.map(|(folder, _)| format!("{folder}/")) else {
        return;
    };
    if files.len() > 1 && files.iter().all(|file| file.name.starts_with(&folder)) {
        for file in files {
            file.name = file.name.split_off(folder.len());
        }
    }
}

/// Opens a workbook, after counting what its parts really hold.
fn checked_workbook(
    name: &str,
    mut zip: ZipArchive<&mut dyn Source>,
    left: &mut u64,
) -> Result<Opened, Unopened> {
    let mut most = *left;
    for at in 0..zip.len() {
        let file = zip.by_index(at);
        let file = file.map_err(|error| {
            let sentence = format!("this workbook is damaged or locked ({error}); save it as CSV");
            Unopened::Refused(whole(name, sentence))
        })?;
        let n = io::copy(&mut file.take(most.saturating_add(1)), &mut io::sink())?;
        most = most.checked_sub(n).ok_or(Unopened::TooLarge)?;
    }
    let source = zip.into_inner();
    source.seek(SeekFrom::Start(0))?;
    let table = workbook::table(name, source).map_err(Unopened::Refused)?;
    *left = left.saturating_sub(table.bytes.len() as u64);
    Ok(Opened {
        files: vec![File {
            name: table.name,
            bytes: table.bytes,
        }],
        remarks: table.remarks,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::{Opened, Unopened, open};
    use std::io::{Cursor, Write};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn opened(bytes: &[u8], mut left: u64) -> Result<Opened, Unopened> {
        open("x.zip", &mut Cursor::new(bytes.to_vec()), &mut left)
    }

    #[test]
    fn a_zip_gives_its_tables_without_the_folder_around_them() {
        let bytes = zipped(&[
            ("all/Checkmarks.csv", b"Date,A\n"),
            ("all/001 A/Checkmarks.csv", b"2026-11-20,2\n"),
            ("all/picture.png", b"\x89PNG"),
            ("__MACOSX/all/Checkmarks.csv", b"x"),
        ]);
        let files = opened(&bytes, 1_000).unwrap().files;
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["Checkmarks.csv", "001 A/Checkmarks.csv"]);
    }

    #[test]
    fn what_is_too_much_or_of_another_kind_is_refused() {
        let many_zeros = vec![b'0'; 100_000];
        let bomb = zipped(&[("a.csv", &many_zeros)]);
        assert!(bomb.len() < 2_000);
        assert!(matches!(opened(&bomb, 50_000), Err(Unopened::TooLarge)));
        let workbook = zipped(&[("xl/workbook.xml", &many_zeros)]);
        assert!(matches!(opened(&workbook, 50_000), Err(Unopened::TooLarge)));
        let many: Vec<String> = (0..10_001).map(|n| format!("{n}.csv")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
        for bytes in [
            zipped(&many),
            zipped(&[("a.png", b"x")]),
            b"PK\x03\x04 and no more".to_vec(),
            b"\x1f\x8b\x08".to_vec(),
            b"%PDF-1.7".to_vec(),
        ] {
            assert!(matches!(opened(&bytes, 1_000), Err(Unopened::Refused(_))));
        }
    }
}
