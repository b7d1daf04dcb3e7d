//! What the kratom was taken for: at most two symptoms, or own words, of an attempt's baseline, each with how it was without
//! kratom, as remembered, and while using it.
//!
//! Invariant: a level is what the person remembers and is never worked out; nothing here is compared by a sum or judged. Words
//! that name no symptom are kept as they are and have no place in charts.

use super::Journal;
use super::change::{Change, Switch};
use crate::domain::check_in::symptom::{Symptom, SymptomKey, Symptoms};
use crate::domain::record::Record;
use crate::domain::record::draft::{RecordDraft, Refusal};
use crate::domain::record::field::Field;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::text::suggest::Beginning;
use chrono::NaiveDate;

/// The words of the level that is remembered.
pub(crate) const WITHOUT: &str = "without kratom, as remembered";
/// The words of the level of the time of use.
pub(crate) const USING: &str = "while using it";
/// The question.
pub(crate) const ASKS: &str = "What was it taken for?";
/// What is known about the answer, before it is given.
pub(crate) const ASKED_ONCE: &str = "Asked once, and only if you like. Up to two; they stand first in your check-ins, with these levels beside them in Trends.";
/// What is said where the question has to be explained.
pub(crate) const ABOUT: &str = "The symptom that the kratom was for, as you would say it. Then how it was, 0 to 4, without kratom, as you remember it, and while you used it; each can be skipped. Care, baseline, has it later.";
/// What stands beside the chart of such a symptom.
pub(crate) const WORTH_SHOWING: &str =
    "Early on, withdrawal can raise this too; if it stays, it is worth showing a clinician.";

/// The fields of one of the two: its name, and its levels.
struct Part {
    name: &'static str,
    without: &'static str,
    using: &'static str,
}

const PARTS: [Part; 2] = [
    Part {
        name: key::TAKEN_FOR,
        without: key::WITHOUT,
        using: key::USING,
    },
    Part {
        name: key::TAKEN_FOR_2,
        without: key::WITHOUT_2,
        using: key::USING_2,
    },
];

/// What is remembered of one of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Levels {
    /// 0 to 4, without kratom, as remembered.
    pub(crate) without: Option<u32>,
    /// 0 to 4, while using it.
    pub(crate) using: Option<u32>,
}

impl Levels {
    /// Each level that is there, with its words.
    pub(crate) fn each(self) -> impl Iterator<Item = (u32, &'static str)> {
        let both = [(self.using, USING), (self.without, WITHOUT)];
        both.into_iter()
            .filter_map(|(level, words)| Some((level?, words)))
    }

    /// "while using it 1, without kratom, as remembered, 3"; `None` without a level.
    pub(crate) fn words(self) -> Option<String> {
        let using = self.using.map(|level| format!("{USING} {level}"));
        // The words have a comma of their own.
        let without = self.without.map(|level| format!("{WITHOUT}, {level}"));
        let both: Vec<String> = using.into_iter().chain(without).collect();
        (!both.is_empty()).then(|| both.join(", "))
    }

    /// The same for a narrow line: "using it 1, without, as remembered, 4".
    pub(crate) fn in_few_words(self) -> Option<String> {
        let using = self.using.map(|level| format!("using it {level}"));
        let without = self
            .without
            .map(|level| format!("without, as remembered, {level}"));
        let both: Vec<String> = using.into_iter().chain(without).collect();
        (!both.is_empty()).then(|| both.join(", "))
    }
}

/// One of the at most two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TakenFor<'a> {
    /// The symptom's code, or the person's own words.
    pub(crate) held: &'a str,
    /// Its levels.
    pub(crate) levels: Levels,
}

impl<'a> TakenFor<'a> {
    /// The symptom that it names; `None` for own words.
    pub(crate) fn symptom<'b>(&self, symptoms: &'b Symptoms) -> Option<&'b Symptom> {
        let mut all = symptoms.iter();
        all.find(|symptom| symptom.code == self.held)
    }

    /// "Pain", or the person's own words.
    pub(crate) fn name<'b>(&self, symptoms: &'b Symptoms) -> &'b str
    where
        'a: 'b,
    {
        self.symptom(symptoms)
            .map_or(self.held, |symptom| symptom.name.as_str())
    }
}

/// What a baseline says that it was taken for, in its order.
pub(crate) fn of(baseline: &Record) -> impl Iterator<Item = TakenFor<'_>> {
    PARTS.iter().filter_map(|part| {
        Some(TakenFor {
            held: baseline.text(part.name)?,
            levels: Levels {
                without: baseline.whole(part.without),
                using: baseline.whole(part.using),
            },
        })
    })
}

/// The baseline that counts on `day`: that of its attempt, else the last one that was noted.
pub(crate) fn baseline_on(journal: &Journal, day: NaiveDate) -> Option<&Record> {
    let all = journal.standing(Kind::Baseline);
    let attempt = journal.attempts.on(day).map(|n| n.attempt.id.to_string());
    let of_attempt = all
        .iter()
        .find(|record| attempt.is_some() && record.about() == attempt.as_deref());
    of_attempt.or(all.last()).copied()
}

/// The baseline whose symptoms stand first: that of the latest attempt that has one, else the last one that was noted.
fn in_force(journal: &Journal) -> Option<&Record> {
    let all = journal.standing(Kind::Baseline);
    let mut latest = journal.attempts.iter().rev();
    let of_latest = latest.find_map(|numbered| {
        let id = numbered.attempt.id.to_string();
        all.iter().find(|record| record.about() == Some(&id))
    });
    of_latest.or(all.last()).copied()
}

/// The codes of the symptoms that stand first, in their order.
pub(crate) fn first(journal: &Journal) -> Vec<&str> {
    let all = in_force(journal).map(of).into_iter().flatten();
    let known = all.filter(|one| one.symptom(&journal.symptoms).is_some());
    known.map(|one| one.held).collect()
}

/// What is remembered of a symptom on `day`; `None` where it was not taken for it.
pub(crate) fn levels(journal: &Journal, key: SymptomKey, day: NaiveDate) -> Option<Levels> {
    let is_it = |one: &TakenFor<'_>| one.symptom(&journal.symptoms).map(|s| s.key) == Some(key);
    of(baseline_on(journal, day)?)
        .find(is_it)
        .map(|one| one.levels)
}

/// "Pain: while using it 1, without kratom, as remembered, 3", for each of a baseline.
pub(crate) fn lines(baseline: &Record, symptoms: &Symptoms) -> Vec<String> {
    let line = |one: TakenFor<'_>| {
        let name = one.name(symptoms).to_owned();
        match one.levels.words() {
            Some(words) => format!("{name}: {words}"),
            None => name,
        }
    };
    of(baseline).map(line).collect()
}

/// Whether a field of a baseline is about what it was taken for.
pub(crate) fn is_part(field: &Field) -> bool {
    PARTS
        .iter()
        .any(|part| [part.name, part.without, part.using].contains(&field.code))
}

/// What is held in a field, with a symptom by its name.
pub(crate) fn shown<'a>(field: &Field, held: &'a str, symptoms: &'a Symptoms) -> &'a str {
    if !PARTS.iter().any(|part| part.name == field.code) {
        return held;
    }
    let mut all = symptoms.iter();
    all.find(|symptom| symptom.code == held)
        .map_or(held, |symptom| symptom.name.as_str())
}

/// Puts the codes of symptoms in the place of their names, or of the beginnings of words of them.
///
/// # Errors
/// Several symptoms begin so; the same one is named twice; a level belongs to nothing.
pub(crate) fn read(symptoms: &Symptoms, typed: &mut RecordDraft) -> Result<(), Refusal> {
    for part in &PARTS {
        let name = typed.text(part.name).to_owned();
        if name.is_empty() {
            let levels = [part.without, part.using];
            if levels.iter().all(|code| typed.text(code).is_empty()) {
                continue;
            }
            let sentence = "what it was taken for is missing; the levels belong to it";
            return Err(Refusal::new(part.name, sentence));
        }
        match symptoms.meant(&name) {
            Beginning::One(symptom) => {
                typed
                    .texts
                    .insert(part.name.to_owned(), symptom.code.clone());
            }
            Beginning::Several(several) => {
                let names: Vec<&str> = several.iter().map(|one| one.name.as_str()).collect();
                let names = names.join(" or ");
                let sentence = format!("\"{name}\" can be {names}; more letters tell them apart");
                return Err(Refusal::new(part.name, sentence));
            }
            // Own words stay as they are.
            Beginning::None => {}
        }
    }
    let [first, second] = &PARTS;
    let (one, other) = (typed.text(first.name), typed.text(second.name));
    if !other.is_empty() && one == other {
        return Err(Refusal::new(second.name, "this one stands above already"));
    }
    Ok(())
}

/// What saving a baseline does besides: check-ins ask for its symptoms from now on.
pub(crate) fn switches(journal: &Journal, record: &Record) -> Vec<Change> {
    if record.kind != Kind::Baseline {
        return Vec::new();
    }
    // One that was named before and switched off since stays off.
    let stored = journal.record(record.id);
    let was_named =
        |code: &str| stored.is_some_and(|stored| of(stored).any(|one| one.held == code));
    let named = of(record).filter(|one| !was_named(one.held));
    let off = named
        .filter_map(|one| one.symptom(&journal.symptoms))
        .filter(|symptom| !symptom.rated);
    off.map(|symptom| Change::SwitchSymptom {
        symptom: symptom.key,
        to: Switch::On,
    })
    .collect()
}

/// Whether a field of levels has nothing to belong to yet.
pub(crate) fn is_idle(field: &Field, draft: &RecordDraft) -> bool {
    let of = |part: &&Part| [part.without, part.using].contains(&field.code);
    let mut parts = PARTS.iter();
    parts
        .find(of)
        .is_some_and(|part| draft.text(part.name).is_empty())
}
