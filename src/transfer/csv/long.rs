//! The long layout: ratings, one a row.
//!
//! Invariant: its bytes are those that the writer of the other layouts would write. That one looks at every byte of every cell
//! for what has to be quoted, and rows of a check-in differ in their last three cells alone; so the rows are put together from
//! pieces that are made once: the first cells once for a check-in, the last ones once for each answer.

use super::{Count, HEAD, Range, head_names, io_error, ordered, writer};
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::symptom::{Severity, Symptoms};
use crate::domain::journal::Journal;
use std::io::{self, Write};

/// How many bytes are put together before they are passed on.
const PIECE: usize = 1 << 15;

/// Writes ratings, one a row, ordered by moment, id and catalogue; answers what has no row.
///
/// # Errors
/// Those of `out`.
pub fn long(journal: &Journal, range: Range, out: &mut dyn Write) -> io::Result<[Count; 3]> {
    let mut ends = Ends::of(&journal.symptoms)?;
    let mut rows = Vec::with_capacity(2 * PIECE);
    let names = head_names()
        .into_iter()
        .chain(["symptom", "category", "severity"]);
    writer(&mut rows as &mut dyn Write)
        .write_record(names)
        .map_err(io_error)?;
    let mut head = String::new();
    let (mut unrated, mut overalls, mut notes) = (0, 0, 0);
    for check_in in ordered(journal, range) {
        unrated += usize::from(check_in.answered() == 0);
        notes += usize::from(check_in.note.is_some());
        overalls += usize::from(check_in.overall.is_some());
        head.clear();
        for (.., cell) in HEAD {
            // Never fails: it writes to memory.
            cell(journal, check_in, &mut head).ok();
            head.push(',');
        }
        ends.write(&head, check_in, &mut rows);
        if rows.len() >= PIECE {
            out.write_all(&rows)?;
            rows.clear();
        }
    }
    out.write_all(&rows)?;
    out.flush()?;
    Ok([
        (
            unrated,
            "check-in without ratings",
            "check-ins without ratings",
        ),
        (overalls, "overall", "overalls"),
        (notes, "note", "notes"),
    ])
}

/// The last cells of every row that there can be.
struct Ends {
    /// One after the other: of each symptom in the order of the catalogue, those of its severities.
    bytes: Vec<u8>,
    /// Of each symptom where they begin, and how long one is: a severity is one digit.
    cuts: Vec<(usize, usize)>,
    /// The place in that order of the symptom with a number.
    places: Vec<Option<usize>>,
    /// The answers of the check-in that is being written, in that order.
    answers: Vec<Option<Severity>>,
}

impl Ends {
    fn of(symptoms: &Symptoms) -> io::Result<Self> {
        let (mut bytes, mut cuts, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for (place, symptom) in symptoms.iter().enumerate() {
            let key = usize::from(symptom.key.0);
            places.resize(places.len().max(key + 1), None);
            places[key] = Some(place);
            let start = bytes.len();
            let mut rows = writer(&mut bytes as &mut dyn Write);
            for severity in Severity::ALL {
                let number = severity.number().to_string();
                rows.write_record([&symptom.code, symptom.category.code(), &number])
                    .map_err(io_error)?;
            }
            rows.flush()?;
            drop(rows);
            cuts.push((start, (bytes.len() - start) / Severity::ALL.len()));
        }
        Ok(Self {
            bytes,
            cuts,
            places,
            answers: vec![None; symptoms.iter().len()],
        })
    }

    /// Writes the rows of a check-in, each with `head` before it. What was left blank or not asked has no row, because a blank is
    /// never a 0.
    fn write(&mut self, head: &str, check_in: &CheckIn, rows: &mut Vec<u8>) {
        for rating in &check_in.ratings {
            let place = self.places.get(usize::from(rating.symptom.0)).copied();
            if let Some(place) = place.flatten() {
                self.answers[place] = rating.answer;
            }
        }
        for (place, answer) in self.answers.iter_mut().enumerate() {
            if let Some(severity) = answer.take() {
                let (start, len) = self.cuts[place];
                let at = start + len * usize::from(severity.number());
                rows.extend_from_slice(head.as_bytes());
                rows.extend_from_slice(&self.bytes[at..at + len]);
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use crate::domain::check_in::rating::Rating;
    use crate::domain::check_in::severity::Totals;
    use crate::domain::check_in::symptom::{Origin, Symptom, SymptomKey};
    use crate::domain::id::EntryId;
    use crate::domain::journal::{Coverage, Day};
    use crate::domain::time::Moment;
    use crate::transfer::csv::head;
    use chrono::{Days, NaiveDate};
    use proptest::collection::vec;
    use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};

    /// Symptoms whose numbers are in another order than they, and whose codes are anything.
    fn symptoms() -> impl Strategy<Value = Symptoms> {
        vec(("[a-z ,\"\r\n]{0,6}", 0..4_u16), 0..5).prop_map(|own| {
            let mut symptoms: Vec<Symptom> = Symptoms::built_in().iter().cloned().collect();
            let first = symptoms[0].clone();
            for (at, (code, apart)) in own.into_iter().enumerate() {
                symptoms.push(Symptom {
                    key: SymptomKey(900 - u16::try_from(at).unwrap() * 9 - apart),
                    code,
                    origin: Origin::Own,
                    ..first.clone()
                });
            }
            Symptoms::new(symptoms)
        })
    }

    fn check_ins() -> impl Strategy<Value = CheckIn> {
        let moment = (
            -70_000_000_000..300_000_000_000_i64,
            any::<i16>(),
            0..90_u64,
        );
        let ratings = vec((0..70_usize, 0..6_u8), 0..40);
        (any::<[u8; 16]>(), moment, any::<bool>(), ratings).prop_map(
            |(id, (at_utc, offset_min, days), late, ratings)| CheckIn {
                id: EntryId::from_bytes(id),
                moment: Moment {
                    at_utc,
                    offset_min,
                    zone: "UTC".into(),
                    day: NaiveDate::default() + Days::new(days),
                    late,
                    without_time: false,
                },
                // The place of the symptom for now.
                ratings: ratings
                    .into_iter()
                    .map(|(place, answer)| Rating {
                        symptom: SymptomKey(u16::try_from(place).unwrap()),
                        answer: Severity::new(answer),
                        copied: false,
                    })
                    .collect(),
                totals: Totals::default(),
                overall: None,
                note: None,
                edited_utc: None,
            },
        )
    }

    /// What the writer of the other layouts makes of the same cells.
    fn usual(journal: &Journal) -> Vec<u8> {
        let mut rows = writer(Vec::new());
        let names = head_names().into_iter();
        rows.write_record(names.chain(["symptom", "category", "severity"]))
            .unwrap();
        for check_in in ordered(journal, Range::ALL) {
            let head = head(journal, check_in);
            for symptom in &journal.symptoms {
                if let Some(severity) = check_in.answer(symptom.key) {
                    let number = severity.number().to_string();
                    let own = [symptom.code.as_str(), symptom.category.code(), &number];
                    rows.write_record(head.iter().map(String::as_str).chain(own))
                        .unwrap();
                }
            }
        }
        rows.into_inner().unwrap()
    }

    proptest! {
        #[test]
        fn rows_put_together_from_pieces_are_those_of_the_usual_writer(symptoms in symptoms(), check_ins in vec(check_ins(), 0..9)) {
            let mut days: std::collections::BTreeMap<NaiveDate, Vec<CheckIn>> = std::collections::BTreeMap::new();
            for mut check_in in check_ins {
                let mut asked = std::collections::BTreeSet::new();
                let ratings = check_in.ratings.iter().filter_map(|rating| {
                    let symptom = symptoms.iter().nth(usize::from(rating.symptom.0))?.key;
                    // A symptom is asked once.
                    asked.insert(symptom).then_some(Rating { symptom, ..*rating })
                });
                check_in.ratings = ratings.collect();
                days.entry(check_in.moment.day).or_default().push(check_in);
            }
            let days = days.into_iter().map(|(day, check_ins)| Day::new(day, check_ins));
            let mut journal = Journal::default().with_days(days.collect::<Vec<_>>(), Coverage::Whole);
            journal.symptoms = symptoms;
            let mut bytes = Vec::new();
            long(&journal, Range::ALL, &mut bytes).unwrap();
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), String::from_utf8(usual(&journal)).unwrap());
        }
    }
}
