//! A journal with a word of its own in every place where a person can type: whoever writes it out can be asked where the
//! words went.
#![allow(missing_docs, dead_code, reason = "each test uses its own part")]

use chrono::{DateTime, FixedOffset, NaiveDate};
use ebbtide::domain::attempt::{Attempt, Attempts, Ending, Method};
use ebbtide::domain::check_in::catalogue::Category;
use ebbtide::domain::check_in::rating::Rating;
use ebbtide::domain::check_in::severity::Totals;
use ebbtide::domain::check_in::symptom::{Origin, Severity, Symptom, SymptomKey, Symptoms};
use ebbtide::domain::check_in::{CheckIn, Overall};
use ebbtide::domain::id::{EntryId, IdSource};
use ebbtide::domain::journal::settings::OwnHelpLine;
use ebbtide::domain::journal::{Coverage, Day, Journal};
use ebbtide::domain::record::field::Ask;
use ebbtide::domain::record::kind::{About, Kind, Timing};
use ebbtide::domain::record::{Record, Value};
use ebbtide::domain::time::Moment;

/// What is planted: `zq0qz`, `zq1qz` … with `hostile` after it.
pub struct Planted {
    pub journal: Journal,
    pub words: Vec<String>,
    /// The ids of every row.
    pub ids: Vec<EntryId>,
    hostile: String,
    source: IdSource,
}

pub fn day() -> NaiveDate {
    "2026-11-22".parse().unwrap()
}

pub fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-22T20:00:00-05:00").unwrap()
}

impl Planted {
    fn word(&mut self) -> String {
        let word = format!("zq{}qz", self.words.len());
        self.words.push(word.clone());
        format!("{word} {}", self.hostile)
    }

    fn id(&mut self) -> EntryId {
        let id = self.source.next(now());
        self.ids.push(id);
        id
    }

    fn moment(&mut self) -> Moment {
        Moment {
            at_utc: now().timestamp() - i64::try_from(self.ids.len()).unwrap() * 61,
            offset_min: -300,
            zone: self.word().into(),
            day: day(),
            late: self.ids.len().is_multiple_of(2),
            without_time: false,
        }
    }

    /// A record of `kind` with something in every field: a number where one is wanted, a planted word anywhere else.
    fn record(&mut self, kind: Kind, about: Option<&str>) -> Record {
        let facts = kind.facts();
        let moment = (facts.timing != Timing::Standing).then(|| self.moment());
        let mut record = Record::new(self.id(), kind, moment, about);
        for field in facts.fields {
            let value = match field.ask {
                Ask::Amount => Value::Number("1.5".parse().unwrap()),
                Ask::KeptNumber => Value::Number("80".parse().unwrap()),
                Ask::Whole(least, _) => Value::Number(least.max(2).to_string().parse().unwrap()),
                Ask::Scale => Value::Number("3".parse().unwrap()),
                _ => Value::Text(self.word().into()),
            };
            record.fields.set(field.code, value);
        }
        // A later version's field, kept as it is.
        record.fields.set("later", Value::Text(self.word().into()));
        record
    }
}

fn listed(on: About) -> Option<&'static str> {
    match on {
        About::Product => Some("powder"),
        About::Substance => Some("alcohol"),
        About::Practice => Some("walking"),
        About::Measure => Some("blood_pressure"),
        About::Sign => Some("seizure"),
        About::Visit => Some("doctor"),
        About::Treatment => Some("therapy"),
        About::Medicine => Some("clonidine"),
        _ => None,
    }
}

/// The journal. `answers`: what was answered, symptom by symptom; `None` is left blank.
pub fn planted(hostile: &str, answers: &[Option<u8>]) -> Planted {
    let mut planted = Planted {
        journal: Journal::default(),
        words: Vec::new(),
        ids: Vec::new(),
        hostile: hostile.to_owned(),
        source: IdSource::new(7),
    };
    let mut symptoms: Vec<Symptom> = Symptoms::built_in().iter().cloned().collect();
    for key in [900, 901] {
        let name = planted.word();
        symptoms.push(Symptom {
            key: SymptomKey(key),
            code: format!("own_{}", name.replace(char::is_whitespace, "_")),
            name,
            category: Category::Physical,
            origin: Origin::Own,
            rated: true,
        });
    }
    let symptoms = Symptoms::new(symptoms);
    let attempt = Attempt {
        id: planted.id(),
        began: "2026-11-01".parse().unwrap(),
        day_zero: Some("2026-11-13".parse().unwrap()),
        method: Method::Taper,
        name: Some(planted.word()),
        goal: Some(planted.word()),
        ended: Some((day(), Ending::SetAside)),
    };
    let ratings: Box<[Rating]> = symptoms
        .iter()
        .zip(answers.iter().copied().chain(std::iter::repeat(Some(2))))
        .map(|(symptom, answer)| Rating {
            symptom: symptom.key,
            answer: answer.and_then(Severity::new),
            copied: symptom.key.0 % 3 == 0,
        })
        .collect();
    let check_in = CheckIn {
        id: planted.id(),
        moment: planted.moment(),
        totals: Totals::of(&ratings, &symptoms),
        ratings,
        overall: Overall::new(6),
        note: Some(planted.word().into()),
        edited_utc: Some(now().timestamp()),
    };
    let mut dated = Vec::new();
    let mut standing = Vec::new();
    // What stands first, so that an intake knows its medication.
    let mut kinds = Kind::ALL;
    kinds.sort_by_key(|kind| kind.has_day());
    for kind in kinds {
        let on = kind.facts().about;
        let own = planted.word();
        let medication = standing
            .iter()
            .find(|r: &&Record| r.kind == Kind::Medication);
        let known = match on {
            About::Medication => medication.map(|record| record.id.to_string()),
            _ => listed(on).map(str::to_owned),
        };
        for about in [known, Some(own)] {
            let record = planted.record(kind, about.as_deref());
            if kind.has_day() {
                dated.push(record);
            } else {
                standing.push(record);
            }
        }
    }
    let mut journal = std::mem::take(&mut planted.journal);
    journal.settings.country = Some(planted.word());
    journal.settings.favourite_practices = vec![planted.word()];
    journal.settings.routine = vec![planted.word()];
    journal.settings.help_lines = vec![OwnHelpLine {
        id: planted.id(),
        name: planted.word(),
        contact: planted.word(),
    }];
    journal.symptoms = symptoms;
    journal.attempts = Attempts::new(vec![attempt]);
    journal.standing = standing.into();
    let days = vec![Day::new(day(), vec![check_in])];
    planted.journal = journal.with_days(days, Coverage::Whole).with_records(dated);
    planted
}
