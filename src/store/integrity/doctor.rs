//! The examination behind `ebb doctor`: facts about a file, never content, so that people can paste them anywhere.

use super::structure::{self, Look};
use super::sum;
use super::unread::{Unread, UnreadReason};
use crate::domain::record::kind::Kind;
use crate::domain::text::words;
use crate::store::error::{Result, StoreError};
use crate::store::folder::conflict::conflict_copies;
use crate::store::folder::network;
use crate::store::key::door::name_of;
use crate::store::read::date;
use crate::store::undo_log::Unchecked;
use crate::store::{Store, migrations};
use chrono::NaiveDate;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

/// How much an examination reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The structure of the pages. It runs after the first frame and takes tens of milliseconds.
    Quick,
    /// The same, and every row as a load reads it.
    Rows,
    /// The same, and indexes, references and totals.
    Full,
}

/// Something that is wrong with a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The fault in words.
    pub what: String,
    /// The next step for the person.
    pub(crate) advice: &'static str,
    /// How serious it is.
    pub(crate) grade: Grade,
}

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// The file is damaged.
    Damage,
    /// The file is whole, and the person should know or do something.
    Notice,
    /// All is well, and the person may want to know why it is so.
    Fact,
}

/// The result of an examination.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Examination {
    /// Check-ins, without those in the bin.
    pub check_ins: u64,
    /// Days with a check-in.
    pub(crate) days: u64,
    /// Ratings answered.
    pub(crate) ratings: u64,
    /// Attempts.
    pub attempts: u64,
    /// Drafts.
    pub(crate) drafts: u64,
    /// Check-ins in the bin.
    pub(crate) put_away: u64,
    /// The file's size in bytes; 0 in memory.
    pub(crate) bytes: u64,
    /// The form of the file.
    pub form: u32,
    /// The faults.
    pub findings: Vec<Finding>,
}

/// Enough for a person to see what kind of damage it is.
const ENOUGH_LINES: u8 = 20;
const STRUCTURE: &str = "keep this file as it is, copy it somewhere safe, and use the last copy that is whole, or `ebb salvage OUT` for what can be read";
const CONTENT: &str = "the entries are readable; keep a copy of the file before writing more";
const NOT_KNOWN: &str = "it is passed over and kept as it is; a newer ebb may read it, and it stays through merges, copies and undo";
const PASSED_OVER: &str =
    "it is passed over and kept as it is; keep a copy of the file, an older copy may hold it whole";
const DIFFERS: &str = "the disk or another program changed it; it is shown as it is now, an older copy may hold it as it was, and what you save of it counts again";
const COPY_MODES: &str =
    "make them yours alone: chmod 600 for the copies, 700 for the folder of copies";
const BOTH_KEPT: &str = "both are kept, as a merge leaves them; delete one of them, or move the day it began, if it is one too many";
const LEFT: &str =
    "it may hold entries; close other windows of ebb and start it again, or delete the file";
const NO_JOURNAL: &str =
    "ebb cannot read it as a journal; look at it in the program that carries this folder";
const TAKE_IN: &str = "`ebb import` with this path takes in what only it has; delete it then, so that nobody takes it for the journal";
const ONE_MACHINE: &str = "use it from one machine at a time, or keep a journal on each machine and bring them together with `ebb sync`";
const PLAIN_COPY: &str = "it is damaged or in use, so it could not be encrypted with the others; delete it if you do not need it";
const NO_HEADER: &str = "`ebb passphrase recover` makes a new one with the sheet";
const MODES: &str = "make it yours alone: chmod 600 for the journal, 700 for its folder";

impl Store {
    /// Examines the journal.
    pub fn examine(&self, depth: Depth) -> Result<Examination> {
        self.named(self.examine_file(depth))
    }

    fn examine_file(&self, depth: Depth) -> Result<Examination> {
        let count = |sql: &str| self.count(sql);
        let mut report = Examination {
            check_ins: count("SELECT count(*) FROM check_in WHERE deleted_at IS NULL")?,
            days: count("SELECT count(DISTINCT day) FROM check_in WHERE deleted_at IS NULL")?,
            attempts: count("SELECT count(*) FROM attempt WHERE deleted_at IS NULL")?,
            drafts: count("SELECT count(*) FROM draft")?,
            put_away: count("SELECT count(*) FROM check_in WHERE deleted_at IS NOT NULL")?,
            bytes: self
                .path
                .as_deref()
                .and_then(|path| path.metadata().ok())
                .map_or(0, |meta| meta.len()),
            form: migrations::version(&self.db)?,
            ..Examination::default()
        };
        report.findings.extend(self.structure(depth)?);
        if depth != Depth::Quick {
            // The load itself notes the rows that it cannot read.
            self.load(None)?;
            if depth == Depth::Full {
                // Rows that a load does not read, and ratings without a check-in that can be read.
                for layout in &sum::ALL {
                    self.compare_rows(layout, "1")?;
                }
            }
            report.findings.extend(self.rows()?);
        }
        if depth == Depth::Full {
            report.ratings = count("SELECT count(*) FROM rating WHERE severity IS NOT NULL")?;
            report.findings.extend(self.content()?);
        }
        report.findings.extend(self.modes());
        report.findings.extend(self.unsealed());
        if depth != Depth::Quick {
            report.findings.extend(self.left());
            report.findings.extend(self.surroundings());
        }
        // Every page of the file went through the cache, and none of them is needed again.
        self.db.release_memory()?;
        Ok(report)
    }

    /// The days on which an older program knew another total of the hours slept: it took the last sleep alone.
    ///
    /// # Errors
    /// That of the disk.
    pub(crate) fn days_of_added_sleeps(&self) -> Result<Vec<NaiveDate>> {
        let mut query = self.db.prepare(
            "SELECT day FROM record WHERE kind = ?1 AND about = 'sleep_hours' AND deleted_at IS NULL
                AND id <= (SELECT CAST(value AS INTEGER) FROM journal WHERE key = 'last_before_adding_sleeps')
             GROUP BY day HAVING count(*) > 1 ORDER BY day",
        )?;
        let days = query.query_map([Kind::Measurement.code()], |row| row.get::<_, String>(0))?;
        let days: Vec<String> = days.collect::<rusqlite::Result<_>>()?;
        Ok(days.iter().filter_map(|day| date(day).ok()).collect())
    }

    fn count(&self, sql: &str) -> Result<u64> {
        let count: i64 = self.db.query_row(sql, [], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    fn structure(&self, depth: Depth) -> Result<Vec<Finding>> {
        let look = if depth == Depth::Full {
            Look::Whole
        } else {
            Look::Quick
        };
        let lines = match structure::lines(&self.db, look, ENOUGH_LINES) {
            // A rule of a table that cannot even be computed, as for text that is no JSON, ends the whole check. It goes on
            // without the rules; the reading of the rows names the one that broke it.
            Err(StoreError::Unreadable(_)) => {
                let unchecked = Unchecked::begin(&self.db)?;
                let lines = structure::lines(&self.db, look, ENOUGH_LINES);
                drop(unchecked);
                lines?
            }
            lines => lines?,
        };
        let parts = structure::in_words(&lines);
        Ok(parts
            .into_iter()
            .map(|part| Finding {
                what: format!("the file's structure: {part}"),
                advice: STRUCTURE,
                grade: Grade::Damage,
            })
            .collect())
    }

    /// One finding for each row that cannot be read or does not match its sum, with the name of the row and without its content.
    fn rows(&self) -> Result<Vec<Finding>> {
        let unread = self.unread()?;
        let finding = |unread: &Unread| Finding {
            what: unread.sentences(),
            advice: match unread.why {
                UnreadReason::NotKnown if !unread.has_wrong_sum => NOT_KNOWN,
                UnreadReason::NotKnown | UnreadReason::Damaged => PASSED_OVER,
                UnreadReason::Differs => DIFFERS,
            },
            grade: match unread.why {
                UnreadReason::NotKnown if !unread.has_wrong_sum => Grade::Notice,
                UnreadReason::NotKnown | UnreadReason::Damaged | UnreadReason::Differs => {
                    Grade::Damage
                }
            },
        };
        Ok(unread.iter().map(finding).collect())
    }

    fn content(&self) -> Result<Vec<Finding>> {
        let mut findings = Vec::new();
        let mut add = |n: u64, one: &str, many: &str| {
            if n > 0 {
                findings.push(Finding {
                    what: words::count(usize::try_from(n).unwrap_or(usize::MAX), one, many),
                    advice: CONTENT,
                    grade: Grade::Damage,
                });
            }
        };
        let count = |sql: &str| self.count(sql);
        add(
            count("SELECT count(*) FROM pragma_foreign_key_check")?,
            "row that refers to something that is not there",
            "rows that refer to something that is not there",
        );
        add(
            count(WRONG_TOTALS)?,
            "check-in whose totals differ from its ratings",
            "check-ins whose totals differ from their ratings",
        );
        add(
            count(BLANK)?,
            "check-in that is wholly blank",
            "check-ins that are wholly blank",
        );
        let twice = "SELECT began FROM attempt WHERE deleted_at IS NULL GROUP BY began HAVING count(*) > 1 ORDER BY began";
        let mut query = self.db.prepare(twice)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            // A damaged day is among the findings about rows.
            let Ok(day) = date(&row.get::<_, String>(0)?) else {
                continue;
            };
            findings.push(Finding {
                what: format!("two attempts or more begin on {}", words::day(day)),
                advice: BOTH_KEPT,
                grade: Grade::Fact,
            });
        }
        Ok(findings)
    }

    /// What killed runs left and the sweep at the opening could not delete.
    fn left(&self) -> Vec<Finding> {
        let path = self.path.as_deref();
        let left = path.map(Self::left_behind).unwrap_or_default();
        let finding = |file: PathBuf| Finding {
            what: format!(
                "a run that was cut short left an unfinished file: {}",
                file.display()
            ),
            advice: LEFT,
            grade: Grade::Notice,
        };
        left.into_iter().map(finding).collect()
    }

    /// What is to be known of the place where the journal lies.
    fn surroundings(&self) -> Vec<Finding> {
        let Some(path) = self.path.as_deref() else {
            return Vec::new();
        };
        let conflicts = conflict_copies(path).into_iter();
        let conflicts = conflicts.map(|conflict| Finding {
            what: format!("a conflict copy: {}", conflict.path.display()),
            advice: if conflict.is_journal {
                TAKE_IN
            } else {
                NO_JOURNAL
            },
            grade: Grade::Notice,
        });
        let network = network::sentence(path).map(|what| Finding {
            what,
            advice: ONE_MACHINE,
            grade: Grade::Notice,
        });
        conflicts.chain(network).collect()
    }

    /// What beside an encrypted journal is not as encrypted as it has to be.
    fn unsealed(&self) -> Vec<Finding> {
        let Some(path) = self.path.as_deref().filter(|_| self.is_encrypted()) else {
            return Vec::new();
        };
        let plain = Self::copy_files(path).into_iter();
        let plain = plain.filter(|copy| name_of(copy).is_none());
        let plain = plain.map(|copy| Finding {
            what: format!("a copy that is not encrypted: {}", copy.display()),
            advice: PLAIN_COPY,
            grade: Grade::Notice,
        });
        let header = self.seal().ok().flatten().and_then(|seal| seal.header);
        let no_header = header.is_none().then(|| Finding {
            what: "the file of the journal's key is not beside it, so that only its recovery sheet opens it".to_owned(),
            advice: NO_HEADER,
            grade: Grade::Notice,
        });
        plain.chain(no_header).collect()
    }

    fn modes(&self) -> Vec<Finding> {
        let Some(path) = self.path.as_deref() else {
            return Vec::new();
        };
        let loose = |path: &std::path::Path| {
            path.metadata()
                .is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0)
        };
        let mut findings = Vec::new();
        if loose(path) {
            findings.push(Finding {
                what: "other users of this computer can read the journal".to_owned(),
                advice: MODES,
                grade: Grade::Notice,
            });
        }
        let folder = Self::copies_folder(path);
        if (folder.is_dir() && loose(&folder))
            || Self::copy_files(path).iter().any(|copy| loose(copy))
        {
            findings.push(Finding {
                what: "other users of this computer can read copies of the journal".to_owned(),
                advice: COPY_MODES,
                grade: Grade::Notice,
            });
        }
        findings
    }
}

// Totals are written with the ratings, so only a damaged file or a foreign program makes them differ. `IS NOT` also compares
// NULL; a plain `<>` would skip such a row.
const WRONG_TOTALS: &str = "
    SELECT count(*) FROM check_in c WHERE (c.body_sum, c.body_n, c.mind_sum, c.mind_n) IS NOT (
        SELECT coalesce(sum(r.severity) FILTER (WHERE s.category = 'physical'), 0),
               count(r.severity) FILTER (WHERE s.category = 'physical'),
               coalesce(sum(r.severity) FILTER (WHERE s.category = 'psychological'), 0),
               count(r.severity) FILTER (WHERE s.category = 'psychological')
        FROM rating r JOIN symptom s ON s.id = r.symptom WHERE r.check_in = c.id AND s.origin = 'core')";

const BLANK: &str = "
    SELECT count(*) FROM check_in c WHERE overall IS NULL AND note IS NULL
        AND NOT EXISTS (SELECT 1 FROM rating r WHERE r.check_in = c.id AND r.severity IS NOT NULL)";
