//! Apple Health: `export.xml`, which can have gigabytes. It is read as it comes, and a small table of sleep, weight and resting
//! pulse is made of it.
//!
//! Invariant: memory grows with the nights and days in the file, never with its size; no part of it is read twice.

use super::super::sheet::Sheet;
use super::super::sheet::numbers::Numbers;
use super::super::target::Meant;
use super::{Form, KnownColumn, has_head, single};
use crate::domain::order::Ordered;
use crate::transfer::import::error::{File, RowError, whole};
use chrono::{DateTime, FixedOffset};
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;
use std::io::{self, BufRead, Read};

pub(super) struct AppleHealth;

/// The columns of the table that is made.
const COLUMNS: [&str; 4] = ["Apple Health", "Asleep", "Weight", "Resting heart rate"];
/// Whoever is up for longer than this has slept twice.
const APART: i64 = 60 * 60;
/// The most bytes of one tag; a real one has some hundred.
const MOST_TAG: usize = 4 * 1024 * 1024;

impl Form for AppleHealth {
    fn name(&self) -> &'static str {
        "apple-health"
    }

    fn about(&self) -> &'static str {
        "sleep, weight and resting pulse from Apple Health's export.xml, or the zip with it"
    }

    fn is_of(&self, files: &[File]) -> bool {
        has_head(files, &COLUMNS)
    }

    fn sheet(&self, files: &[File], _: Meant<'_>) -> Result<Sheet, Vec<RowError>> {
        let mut sheet = Sheet::with(single(files)?, &COLUMNS)?;
        sheet.set(|name| match name {
            "asleep" => Numbers::Seconds,
            _ => Numbers::Plain,
        });
        Ok(sheet)
    }

    fn guess(&self, column: &str) -> Option<KnownColumn> {
        match column {
            "Apple Health" => KnownColumn::sure("date", "sleep counts for the day of waking"),
            "Asleep" => KnownColumn::sure(
                "measure:sleep_hours",
                "time asleep, without time awake in bed",
            ),
            "Weight" => KnownColumn::sure("measure:weight", "in the unit of the file"),
            "Resting heart rate" => {
                KnownColumn::sure("measure:heart_rate", "beats a minute at rest")
            }
            _ => None,
        }
    }
}

/// Whether the beginning of a file is that of an export.
pub(crate) fn is_health(start: &[u8]) -> bool {
    let text = String::from_utf8_lossy(start);
    let is_xml = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('<');
    is_xml && text.contains("<HealthData")
}

/// A stretch of sleep, in seconds since 1970, and the offset at its end.
type Stretch = (i64, i64, FixedOffset);

/// What is kept of an export.
#[derive(Default)]
struct Kept {
    asleep: Vec<Stretch>,
    /// The moment, and the cells of weight and pulse.
    values: Vec<(DateTime<FixedOffset>, [String; 2])>,
}

/// The table of an export, as CSV.
///
/// # Errors
/// The line or byte at which it could not be read.
pub(crate) fn condensed(name: &str, from: impl BufRead) -> Result<Vec<u8>, Vec<RowError>> {
    let mut reader = Reader::from_reader(Bounded { from, left: 0 });
    let mut kept = Kept::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        reader.get_mut().left = MOST_TAG;
        let event = reader.read_event_into(&mut buffer);
        let slip = |sentence: String| whole(name, sentence);
        match event {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.name().as_ref() == "Record" => {
                let record = Record::of(tag.attributes());
                record.and_then(|record| kept.add(&record)).map_err(|()| {
                    slip("a record of this export has no time that can be read".to_owned())
                })?;
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                let at = reader.buffer_position();
                return Err(slip(format!("this XML is damaged at byte {at} ({error})")));
            }
        }
    }
    kept.table().map_err(|error| whole(name, error.to_string()))
}

/// The attributes that are wanted of a record.
#[derive(Default)]
struct Record {
    kind: String,
    start: String,
    end: String,
    value: String,
    unit: String,
}

impl Record {
    fn of(attributes: Attributes<'_>) -> Result<Self, ()> {
        let mut record = Self::default();
        for attribute in attributes {
            let attribute = attribute.map_err(|_| ())?;
            let field = match attribute.key.as_ref() {
                "type" => &mut record.kind,
                "startDate" => &mut record.start,
                "endDate" => &mut record.end,
                "value" => &mut record.value,
                "unit" => &mut record.unit,
                _ => continue,
            };
            let value = attribute.normalized_value(XmlVersion::default());
            *field = value.map_err(|_| ())?.into_owned();
        }
        Ok(record)
    }
}

impl Kept {
    fn add(&mut self, record: &Record) -> Result<(), ()> {
        let at =
            |text: &str| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S %z").map_err(|_| ());
        let value = record.value.trim();
        match record.kind.as_str() {
            "HKCategoryTypeIdentifierSleepAnalysis" => {
                // In bed and awake are no sleep.
                let is_asleep = value.starts_with("HKCategoryValueSleepAnalysisAsleep");
                if is_asleep {
                    let (start, end) = (at(&record.start)?, at(&record.end)?);
                    let stretch = (start.timestamp(), end.timestamp(), *end.offset());
                    self.asleep.push(stretch);
                }
            }
            "HKQuantityTypeIdentifierBodyMass" => {
                let weight = format!("{value} {}", record.unit);
                self.values
                    .push((at(&record.end)?, [weight, String::new()]));
            }
            "HKQuantityTypeIdentifierRestingHeartRate" => {
                let pulse = value.to_owned();
                self.values.push((at(&record.end)?, [String::new(), pulse]));
            }
            _ => {}
        }
        Ok(())
    }

    /// The sleeps: stretches of several devices overlap and count once, and what lies close together is one sleep.
    fn sleeps(&mut self) -> Vec<(DateTime<FixedOffset>, i64)> {
        self.asleep.order_by_key(|(start, end, _)| (*start, *end));
        let mut sleeps: Vec<(Stretch, i64)> = Vec::new();
        for (start, end, offset) in &self.asleep {
            let (start, end) = (*start, (*end).max(*start));
            match sleeps.last_mut() {
                Some(((_, last, at), seconds)) if start - *last <= APART => {
                    *seconds += (end - start.max(*last)).max(0);
                    if end >= *last {
                        (*last, *at) = (end, *offset);
                    }
                }
                _ => sleeps.push(((start, end, *offset), end - start)),
            }
        }
        let sleeps = sleeps
            .into_iter()
            .filter_map(|((_, end, offset), seconds)| {
                let end = DateTime::from_timestamp(end, 0)?;
                Some((end.with_timezone(&offset), seconds))
            });
        sleeps.collect()
    }

    fn table(mut self) -> Result<Vec<u8>, csv::Error> {
        let sleeps = self.sleeps();
        let mut rows: Vec<(DateTime<FixedOffset>, [String; 3])> = Vec::new();
        rows.extend(
            sleeps
                .into_iter()
                .map(|(at, seconds)| (at, [seconds.to_string(), String::new(), String::new()])),
        );
        let values = self.values.into_iter();
        rows.extend(values.map(|(at, [weight, pulse])| (at, [String::new(), weight, pulse])));
        rows.order();
        // Apple writes what two apps have shared twice.
        rows.dedup();
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(COLUMNS)?;
        for (at, [asleep, weight, pulse]) in rows {
            writer.write_record([at.to_rfc3339(), asleep, weight, pulse])?;
        }
        writer
            .into_inner()
            .map_err(|error| csv::Error::from(error.into_error()))
    }
}

/// A reader that ends with an error inside a tag without end, which would fill the memory.
struct Bounded<R> {
    from: R,
    left: usize,
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.from.read(to)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a tag without end",
            ));
        }
        self.from.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.left = self.left.saturating_sub(n);
        self.from.consume(n);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::{MOST_TAG, condensed};

    fn table(records: &str) -> String {
        let xml = format!("<?xml version=\"1.0\"?>\n<HealthData>{records}</HealthData>");
        String::from_utf8(condensed("x", xml.as_bytes()).unwrap()).unwrap()
    }

    fn asleep(stage: &str, start: &str, end: &str) -> String {
        format!(
            "<Record type=\"HKCategoryTypeIdentifierSleepAnalysis\" sourceName=\"A &amp; B\" \
             startDate=\"{start} -0500\" endDate=\"{end} -0500\" \
             value=\"HKCategoryValueSleepAnalysis{stage}\"/>"
        )
    }

    #[test]
    fn stretches_of_a_night_are_one_sleep_and_two_devices_count_once() {
        let night = [
            asleep("InBed", "2026-11-19 22:00:00", "2026-11-20 07:30:00"),
            asleep("AsleepCore", "2026-11-19 23:00:00", "2026-11-20 03:00:00"),
            asleep("Awake", "2026-11-20 03:00:00", "2026-11-20 03:20:00"),
            asleep("AsleepREM", "2026-11-20 03:20:00", "2026-11-20 07:00:00"),
            asleep(
                "AsleepUnspecified",
                "2026-11-20 02:00:00",
                "2026-11-20 06:00:00",
            ),
            asleep("Asleep", "2026-11-20 15:00:00", "2026-11-20 15:30:00"),
        ];
        // 4 h and 3 h 40 of one device, and the 20 minutes between in which the other one saw sleep.
        let wanted = "Apple Health,Asleep,Weight,Resting heart rate\n\
                      2026-11-20T07:00:00-05:00,28800,,\n2026-11-20T15:30:00-05:00,1800,,\n";
        assert_eq!(table(&night.concat()), wanted);
    }

    #[test]
    fn a_tag_without_end_stops_the_reading() {
        let endless = format!("<HealthData><Record type=\"{}", "x".repeat(MOST_TAG * 2));
        let error = condensed("x", endless.as_bytes()).unwrap_err();
        assert!(
            format!("{error:?}").contains("a tag without end"),
            "{error:?}"
        );
    }
}
