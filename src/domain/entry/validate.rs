//! From what was typed to a record: the one way for forms, plain mode and the command line alike.
//!
//! Invariant: a draft holds words as they were typed, by field; either all of it can be read, and then a record comes out,
//! or the field that needs another look is named, and nothing does.

use crate::domain::amount::Amount;
use crate::domain::care::catalogue::{CareList, Counting};
use crate::domain::care::measure::ValueForm;
use crate::domain::care::measurement;
use crate::domain::check_in::symptom::{Severity, own_code};
use crate::domain::journal::Journal;
pub use crate::domain::record::draft::{RecordDraft, Refusal};
use crate::domain::record::field::{Ask, Field, Need};
use crate::domain::record::key;
use crate::domain::record::kind::{About, Kind, Timing};
use crate::domain::record::{Record, Value};
use crate::domain::safety::help_lines::help;
use crate::domain::time::parse::parse_day;
use crate::domain::time::{Moment, Now};
use chrono::{NaiveDate, NaiveTime};

impl Journal {
    /// The record that saving `draft` at `now` makes.
    ///
    /// # Errors
    /// A [`Refusal`] that names the field and says what would do.
    pub fn recorded(&self, draft: &RecordDraft, now: &Now) -> Result<Record, Refusal> {
        let kind = draft
            .kind()
            .ok_or_else(|| Refusal::new(key::ABOUT, "this version does not know such an entry"))?;
        let about = self.checked_about(kind, draft)?;
        let stored = self.record(draft.id);
        let moment = self.moment_of_record(kind, draft, stored, now)?;
        let mut record = Record::new(draft.id, kind, moment, about.as_deref());
        // A field that only a later version knows stays as it was.
        for (code, value) in stored.into_iter().flat_map(|stored| stored.fields.iter()) {
            if kind.field(code).is_none() {
                record.fields.set(code.to_owned(), value.clone());
            }
        }
        let mut typed = draft.clone();
        match kind {
            Kind::Dose | Kind::Purchase => self.split_unit(&mut typed)?,
            Kind::Measurement => measurement::split(&mut typed)?,
            _ => {}
        }
        for field in kind.facts().fields {
            let text = typed.text(field.code);
            if text.is_empty() {
                if field.need == Need::Needed {
                    return Err(Refusal::new(field.code, missing(field)));
                }
                continue;
            }
            let value = self.value_of(field, text, now)?;
            record.fields.set(field.code, value);
        }
        check_whole(&record)?;
        Ok(record)
    }

    fn moment_of_record(
        &self,
        kind: Kind,
        draft: &RecordDraft,
        stored: Option<&Record>,
        now: &Now,
    ) -> Result<Option<Moment>, Refusal> {
        if kind.facts().timing == Timing::Standing {
            return Ok(None);
        }
        let stored = stored.and_then(|stored| stored.moment.as_ref());
        let moment = self.moment_for(draft.day, draft.at, stored, now);
        if kind.facts().timing == Timing::Moment && moment.at_utc > now.at.timestamp() {
            let sentence = "that lies ahead; an entry is about what was";
            return Err(Refusal::new(key::WHEN, sentence));
        }
        Ok(Some(moment))
    }

    /// What the draft is about, as the record keeps it.
    fn checked_about(&self, kind: Kind, draft: &RecordDraft) -> Result<Option<String>, Refusal> {
        let about = draft
            .about
            .as_deref()
            .map(str::trim)
            .filter(|about| !about.is_empty());
        let is_known = match (kind.facts().about, about) {
            (About::OwnCode, None) => return Ok(Some(self.own_code(kind, draft.text(key::NAME)))),
            (About::Itself, _) | (About::Medicine | About::Appointment | About::Attempt, None) => {
                return Ok(None);
            }
            (_, None) => {
                return Err(Refusal::new(
                    key::ABOUT,
                    format!("which {} is it about?", kind.facts().about.noun()),
                ));
            }
            (on, Some(about)) => self.name_of(on, about).is_some(),
        };
        if is_known {
            Ok(about.map(str::to_owned))
        } else {
            let sentence = format!("there is no such {}", kind.facts().about.noun());
            Err(Refusal::new(key::ABOUT, sentence))
        }
    }

    /// `own_<slug>`, other than those that are there.
    fn own_code(&self, kind: Kind, name: &str) -> String {
        own_code(name, kind.code(), |code| {
            let mut standing = self.standing(kind).into_iter();
            standing.any(|record| record.about() == Some(code))
        })
    }

    /// "1.5 g" to 1.5 and the product's unit; a unit that does not fit is refused.
    fn split_unit(&self, draft: &mut RecordDraft) -> Result<(), Refusal> {
        let Some(product) = draft.about.as_deref().and_then(|code| self.product(code)) else {
            return Err(Refusal::new(key::ABOUT, "there is no such product"));
        };
        let (number, unit) = number_and_unit(draft.text(key::AMOUNT));
        if !unit.is_empty() && !product.unit_fits(unit) {
            return Err(Refusal::new(
                key::AMOUNT,
                format!(
                    "{} is counted in {}, and amounts are never converted: give it in {}",
                    product.name, product.unit, product.unit
                ),
            ));
        }
        let number = number.to_owned();
        draft.texts.insert(key::AMOUNT.to_owned(), number);
        // What was written in a unit stays in it, also after the product's unit was changed.
        if draft.text(key::UNIT).is_empty() {
            draft
                .texts
                .insert(key::UNIT.to_owned(), product.unit.clone());
        }
        Ok(())
    }

    fn value_of(&self, field: &'static Field, text: &str, now: &Now) -> Result<Value, Refusal> {
        let refuse = |sentence: String| Refusal::new(field.code, sentence);
        match field.ask {
            Ask::Line | Ask::Lines | Ask::Kept => Ok(Value::Text(text.into())),
            Ask::Amount | Ask::KeptNumber => {
                let amount: Amount = text.parse().map_err(|why| refuse(format!("{why}")))?;
                if amount.is_zero() && field.need == Need::Needed {
                    return Err(refuse(format!(
                        "{} is more than 0",
                        field.label.to_lowercase()
                    )));
                }
                Ok(Value::Number(amount))
            }
            Ask::Whole(from, to) => whole(text, from, to).map_err(refuse),
            Ask::Scale => whole(text, 0, u32::from(Severity::TOP)).map_err(refuse),
            Ask::Day => {
                let day = parse_day(text, now, self.settings.day_end);
                let day = day.map_err(|why| refuse(why.to_string()))?;
                Ok(Value::Text(day.to_string().into()))
            }
            Ask::Clock => {
                let time = NaiveTime::parse_from_str(text, "%H:%M");
                let time = time.map_err(|_| refuse("a time of day, such as 22:30".to_owned()))?;
                Ok(Value::Text(time.format("%H:%M").to_string().into()))
            }
            Ask::Choice(choices) => {
                let wanted = text.to_lowercase();
                let found = choices
                    .iter()
                    .find(|(code, words)| *code == wanted || *words == wanted);
                let codes: Vec<&str> = choices.iter().map(|(code, _)| *code).collect();
                let (code, _) =
                    found.ok_or_else(|| refuse(format!("one of {}", codes.join(", "))))?;
                Ok(Value::Text((*code).into()))
            }
        }
    }
}

/// What a new record can be about, each with its code and its words.
pub type Choices = Vec<(String, String)>;

impl Journal {
    /// What a new record of `kind` can be about, what is likeliest first; empty for a kind that is about itself.
    pub fn choices(&self, kind: Kind, today: NaiveDate) -> Choices {
        let list = CareList::built_in();
        let named = |code: &str, name: &str| (code.to_owned(), name.to_owned());
        match kind.facts().about {
            About::Product => self.product_choices(),
            About::Substance => list
                .substances
                .iter()
                .map(|s| named(&s.code, &s.name))
                .collect(),
            About::Practice => self
                .practices()
                .iter()
                .map(|p| named(&p.code, &p.name))
                .collect(),
            About::Measure => list
                .measures
                .iter()
                .map(|m| named(&m.code, &m.name))
                .collect(),
            About::Sign => help()
                .red_flags
                .iter()
                .map(|flag| named(&flag.id, &flag.sign))
                .collect(),
            About::Visit => list
                .visit_kinds
                .iter()
                .map(|v| named(&v.code, &v.name))
                .collect(),
            About::Treatment => list
                .treatments
                .iter()
                .map(|t| named(&t.code, &t.name))
                .collect(),
            About::Medicine => list
                .medications
                .iter()
                .map(|m| named(&m.code, &m.name))
                .collect(),
            About::Medication => {
                let own = self.medications_on(today).into_iter();
                own.map(|record| (record.id.to_string(), self.title(record)))
                    .collect()
            }
            About::Itself | About::OwnCode | About::Appointment | About::Attempt => Vec::new(),
        }
    }

    /// The products, those used first and with the amount of last time.
    fn product_choices(&self) -> Choices {
        let offered = self.products_offered().into_iter().map(|product| {
            let last = self.last_dose_of(&product.code, i64::MAX);
            let last = last
                .map(|dose| format!(", last {}", dose.said()))
                .unwrap_or_default();
            (product.code, format!("{}{last}", product.name))
        });
        offered.collect()
    }

    /// The fields of the registry that a draft is asked for: those that go with what it is about.
    pub fn asked(&self, draft: &RecordDraft) -> Vec<&'static Field> {
        let Some(kind) = draft.kind() else {
            return Vec::new();
        };
        let about = draft.about.as_deref().unwrap_or_default();
        let measure = CareList::built_in()
            .measure(about)
            .map(|measure| (measure.form, measure.has_item9));
        let counted = self.practice(about).map(|practice| practice.counted);
        let goes_with = |field: &&Field| match (kind, field.code) {
            (Kind::Measurement, key::VALUE | key::UNIT) => {
                measure.is_none_or(|(form, _)| form != ValueForm::Direction)
            }
            (Kind::Measurement, key::DIRECTION) => {
                measure.is_some_and(|(form, _)| form == ValueForm::Direction)
            }
            (Kind::Measurement, key::ITEM9) => measure.is_some_and(|(_, has_item9)| has_item9),
            (Kind::Measurement, key::BED | key::ASLEEP | key::WOKE | key::UP) => {
                measure.is_some_and(|(form, _)| form == ValueForm::Sleep)
            }
            (Kind::Practice, key::MINUTES) => counted == Some(Counting::Minutes),
            (Kind::Practice, key::COUNT) => counted == Some(Counting::Count),
            (Kind::Practice, key::AMOUNT) => counted == Some(Counting::Amount),
            (Kind::Substance, key::NAME) => about == "substance_other",
            _ => true,
        };
        let fields = kind.facts().fields.iter();
        let fields = fields.filter(|field| !matches!(field.ask, Ask::Kept | Ask::KeptNumber));
        fields.filter(goes_with).collect()
    }

    /// A new draft about something, filled with what is known: the amount of last time, the name of a medicine.
    #[must_use]
    pub fn begun(&self, mut draft: RecordDraft, about: Option<String>) -> RecordDraft {
        let code = about.as_deref().unwrap_or_default();
        match draft.kind() {
            Some(Kind::Dose) => {
                if let Some(last) = self.last_dose_of(code, i64::MAX) {
                    draft = draft.with(key::AMOUNT, last.amount.to_string());
                }
            }
            Some(Kind::Medication) if code != "medication_other" => {
                if let Some(listed) = CareList::built_in().medication(code) {
                    draft = draft.with(key::NAME, listed.name.clone());
                }
            }
            _ => {}
        }
        draft.about = about;
        draft
    }
}

/// A number and what follows it: "1.5g" is "1.5" and "g".
pub fn number_and_unit(text: &str) -> (&str, &str) {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let end = text.find(|c| !is_number(c)).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    (number.trim(), unit.trim())
}

fn whole(text: &str, from: u32, to: u32) -> Result<Value, String> {
    let number: u32 = text
        .parse()
        .map_err(|_| format!("a whole number from {from} to {to}"))?;
    if (from..=to).contains(&number) {
        Ok(Value::Number(Amount::whole(number)))
    } else {
        Err(format!("a whole number from {from} to {to}"))
    }
}

fn missing(field: &Field) -> String {
    let label = field.label.to_lowercase();
    match field.ask {
        Ask::Scale => format!("{label} is missing: 0 none to 4 very severe"),
        _ => format!("{label} is missing"),
    }
}

/// What a record must hold beyond its single fields.
fn check_whole(record: &Record) -> Result<(), Refusal> {
    if let (Some(start), Some(stop)) = (record.first_day(), record.last_day())
        && stop < start
    {
        return Err(Refusal::new(
            key::STOP,
            "the last day lies before the first",
        ));
    }
    match record.kind {
        Kind::Measurement => measurement::check(record),
        Kind::Substance
            if record.about() == Some("substance_other") && record.text(key::NAME).is_none() =>
        {
            Err(Refusal::new(
                key::NAME,
                "name is missing: which substance it was",
            ))
        }
        Kind::Baseline if record.fields.is_empty() => Err(Refusal::new(
            key::PRODUCTS,
            "nothing is filled in yet, so nothing was saved",
        )),
        _ => Ok(()),
    }
}
