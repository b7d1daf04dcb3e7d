//! From what was typed to a record: the one way for forms, plain mode and the command line alike.
//!
//! Invariant: a draft holds words as they were typed, by field; either all of it can be read, and then a record comes out,
//! or the field that needs another look is named, and nothing does.

use crate::domain::amount::Amount;
use crate::domain::care::catalogue::{CareList, Counting, MEDICATION_OTHER, SUBSTANCE_OTHER};
use crate::domain::care::measure::MeasureForm;
use crate::domain::care::{measurement, medication, practice};
use crate::domain::check_in::symptom::own_code;
use crate::domain::dose;
use crate::domain::dose::{day_without, product};
use crate::domain::entry::summary;
use crate::domain::journal::Journal;
use crate::domain::journal::taken_for;
use crate::domain::record::Record;
pub(crate) use crate::domain::record::draft::{RecordDraft, Refusal};
use crate::domain::record::field::{Ask, Field, GoesWith, Need};
use crate::domain::record::key;
use crate::domain::record::kind::{About, Kind, Timing};
use crate::domain::text::suggest::Listed;
use crate::domain::time::{Moment, Now};
use chrono::NaiveDate;

/// The record that saving `draft` at `now` makes.
///
/// # Errors
/// A [`Refusal`] that names the field and says what would do.
pub fn record(journal: &Journal, draft: &RecordDraft, now: &Now) -> Result<Record, Refusal> {
    let kind = draft
        .kind()
        .ok_or_else(|| Refusal::new(key::ABOUT, "this version does not know such an entry"))?;
    let stored = journal.record(draft.id);
    let draft = &named_anew(draft, stored);
    let about = checked_about(journal, kind, draft)?;
    let moment = moment_of_record(journal, kind, draft, stored, now)?;
    let mut typed = draft.clone();
    match kind {
        Kind::Dose | Kind::Purchase => split_unit(journal, &mut typed)?,
        Kind::Measurement => measurement::split(&mut typed)?,
        Kind::Baseline => taken_for::read(&journal.symptoms, &mut typed)?,
        _ => {}
    }
    let kind = if kind == Kind::Dose && is_zero(typed.text(key::AMOUNT)) {
        Kind::DayWithout
    } else {
        kind
    };
    if let (Kind::DayWithout, Some(moment), Some(product)) = (kind, &moment, &about) {
        day_without::check(journal, draft.id, product, moment.day)?;
    }
    let mut record = Record::new(draft.id, kind, moment, about.as_deref());
    // A field that only a later version knows stays as it was.
    if let Some(stored) = stored {
        let others = stored.fields.iter();
        for (code, value) in others.filter(|(code, _)| stored.kind.field(code).is_none()) {
            record.fields.set(code, value.into());
        }
    }
    for field in kind.facts().fields {
        let text = typed.text(field.code);
        if text.is_empty() {
            if field.need == Need::Needed {
                return Err(field.missing());
            }
            continue;
        }
        let value = field.read(text, now, journal.settings.day_end)?;
        record.fields.set(field.code, value);
    }
    check_whole(&record)?;
    Ok(record)
}

/// `draft` with name and list in step. The name of another medicine makes it that one, or the cautions shown would be those of
/// the first; and the word by which one thing was noted is none for another.
fn named_anew(draft: &RecordDraft, stored: Option<&Record>) -> RecordDraft {
    let mut draft = draft.clone();
    let is_elsewhere = stored.is_some_and(|stored| stored.about() != draft.about.as_deref());
    match draft.kind() {
        Some(Kind::Medication) => {
            let by_name = CareList::built_in().medication_called(draft.text(key::NAME));
            // "Other" is no medicine.
            let by_name = by_name.filter(|listed| listed.code != MEDICATION_OTHER);
            if let (Some(_), Some(listed)) = (&draft.about, by_name) {
                draft.about = Some(listed.code.to_owned());
            }
        }
        Some(Kind::Practice | Kind::Appointment | Kind::Substance) if is_elsewhere => {
            let held = stored.and_then(|stored| stored.text(key::NAME));
            if held == Some(draft.text(key::NAME)) {
                draft.texts.remove(key::NAME);
            }
        }
        _ => {}
    }
    draft
}

/// `draft` with an answer to one field, the empty one included, if it will do beside the answers given so far.
///
/// # Errors
/// A [`Refusal`] of this field in the words of its question.
pub(crate) fn answered(
    journal: &Journal,
    draft: &RecordDraft,
    field: &'static Field,
    typed: &str,
    now: &Now,
) -> Result<RecordDraft, Refusal> {
    let text = match field.ask {
        Ask::Choice(_) if !typed.is_empty() => {
            let refusal = || {
                let choices = field.numbered_choices();
                Refusal::new(field.code, format!("\"{typed}\" is not one of {choices}"))
            };
            field.chosen(typed).ok_or_else(refusal)?
        }
        _ => typed,
    };
    let mut answered = draft.clone();
    if text.is_empty() {
        answered.texts.remove(field.code);
    } else {
        answered = answered.with(field.code, text);
    }
    // Alone first: what else is missing must not hide what is wrong here. A number with its unit is read with the whole.
    let has_unit = matches!(field.code, key::AMOUNT | key::VALUE | key::UNIT);
    if !text.is_empty() && !has_unit {
        field.read(text, now, journal.settings.day_end)?;
    }
    // Hours that are not typed come from the times of the night, which are asked after them.
    let comes_later = text.is_empty() && is_night(draft) && field.code == key::VALUE;
    // Of a baseline each field can be skipped, the first one too: only the whole shows that none was filled in.
    let is_skipped = text.is_empty()
        && draft.kind() == Some(Kind::Baseline)
        && draft.text(field.code).is_empty();
    match record(journal, &answered, now) {
        Err(refusal) if refusal.field == field.code && !comes_later && !is_skipped => Err(refusal),
        _ => Ok(answered),
    }
}

/// `draft` at the moment that was typed, if an entry of its kind can be of that moment; empty is now.
///
/// # Errors
/// A [`Refusal`] with forms that work.
pub(crate) fn moved(
    journal: &Journal,
    draft: &RecordDraft,
    typed: &str,
    now: &Now,
) -> Result<RecordDraft, Refusal> {
    let mut moved = draft.clone();
    let day_end = journal.settings.day_end;
    if typed.is_empty() {
        (moved.day, moved.at) = (now.today(day_end), None);
    } else {
        let put = moved.put_when(typed, now, day_end);
        put.map_err(|why| Refusal::new(key::WHEN, why.to_string()))?;
    }
    match record(journal, &moved, now) {
        Err(refusal) if refusal.field == key::WHEN => Err(refusal),
        _ => Ok(moved),
    }
}

fn is_night(draft: &RecordDraft) -> bool {
    let measure = draft
        .about
        .as_deref()
        .and_then(|code| CareList::built_in().measure(code));
    draft.kind() == Some(Kind::Measurement)
        && measure.is_some_and(|measure| measure.form == MeasureForm::Sleep)
}

/// What a number of a record counts.
pub(crate) struct Counted {
    /// "Leaf powder".
    pub(crate) what: String,
    /// "g".
    pub(crate) unit: String,
    /// A number as a person would type it.
    pub(crate) example: &'static str,
}

/// What the number in `field` counts; `None` for a field without a unit.
pub(crate) fn counted(journal: &Journal, draft: &RecordDraft, field: &Field) -> Option<Counted> {
    let about = draft.about.as_deref()?;
    match (draft.kind()?, field.code) {
        (Kind::Dose | Kind::Purchase, key::AMOUNT) => {
            let product = product::by_code(journal, about)?;
            Some(Counted {
                what: product.name,
                unit: product.unit,
                example: "1.5",
            })
        }
        (Kind::Measurement, key::VALUE) => {
            let measure = CareList::built_in().measure(about)?;
            let unit = measure.usual_unit();
            (!unit.is_empty()).then(|| Counted {
                what: measure.name.to_owned(),
                unit: unit.to_owned(),
                example: if measure.form == MeasureForm::Pair {
                    "120/80"
                } else {
                    "6.5"
                },
            })
        }
        _ => None,
    }
}

fn moment_of_record(
    journal: &Journal,
    kind: Kind,
    draft: &RecordDraft,
    stored: Option<&Record>,
    now: &Now,
) -> Result<Option<Moment>, Refusal> {
    if kind.facts().timing == Timing::Standing {
        return Ok(None);
    }
    // A visit saved for "now" would be one that nobody has: its moment is always named.
    if kind.facts().timing == Timing::Planned && draft.at.is_none() {
        let forms = kind.toward().moments();
        let sentence = format!("a visit needs its day and time: {forms}");
        return Err(Refusal::new(key::WHEN, sentence));
    }
    let stored = stored.and_then(|stored| stored.moment.as_ref());
    let moment = journal.moment_for(draft.day, draft.named(), stored, now);
    // A journal of what was: only visits may lie ahead.
    let is_ahead = moment.at_utc > now.at.timestamp();
    if kind.facts().timing == Timing::Moment && is_ahead && !draft.is_meant_ahead {
        let sentence = "that lies ahead; an entry is about what was";
        return Err(Refusal::new(key::WHEN, sentence));
    }
    Ok(Some(moment))
}

/// What the draft is about, as the record keeps it.
fn checked_about(
    journal: &Journal,
    kind: Kind,
    draft: &RecordDraft,
) -> Result<Option<String>, Refusal> {
    let about = draft
        .about
        .as_deref()
        .map(str::trim)
        .filter(|about| !about.is_empty());
    let is_known = match (kind.facts().about, about) {
        (About::OwnCode, None) => return Ok(Some(free_code(journal, kind, draft.text(key::NAME)))),
        (About::Itself, _) | (About::Medicine | About::Appointment | About::Attempt, None) => {
            return Ok(None);
        }
        (_, None) => {
            return Err(Refusal::new(
                key::ABOUT,
                format!("which {} is it about?", kind.facts().about.noun()),
            ));
        }
        (on, Some(about)) => summary::name_of(journal, on, about).is_some(),
    };
    if is_known {
        Ok(about.map(str::to_owned))
    } else {
        let sentence = format!("there is no such {}", kind.facts().about.noun());
        Err(Refusal::new(key::ABOUT, sentence))
    }
}

/// `own_<slug>`, other than those that are there.
fn free_code(journal: &Journal, kind: Kind, name: &str) -> String {
    own_code(name, kind.code(), |code| {
        let mut standing = journal.standing(kind).into_iter();
        standing.any(|record| record.about() == Some(code))
    })
}

/// Whether an amount was typed, and it is 0.
fn is_zero(amount: &str) -> bool {
    amount.parse::<Amount>().is_ok_and(Amount::is_zero)
}

/// "1.5 g" to 1.5 and the product's unit; a unit that does not fit is refused.
fn split_unit(journal: &Journal, draft: &mut RecordDraft) -> Result<(), Refusal> {
    let Some(product) = draft
        .about
        .as_deref()
        .and_then(|code| product::by_code(journal, code))
    else {
        return Err(Refusal::new(key::ABOUT, "there is no such product"));
    };
    let typed = draft.text(key::AMOUNT);
    let number = product.number_of(typed);
    let number = number.map_err(|why| Refusal::new(key::AMOUNT, why))?;
    let unit = match (product.other_unit(typed), number == typed) {
        (Some(other), _) => Some(other.to_owned()),
        // A unit that was typed stands before the one that it was written in.
        (None, false) => Some(product.unit.clone()),
        (None, true) => None,
    };
    let number = number.to_owned();
    draft.texts.insert(key::AMOUNT.to_owned(), number);
    // What was written in a unit stays in it, also after the product's unit was changed.
    if let Some(unit) = unit {
        draft.texts.insert(key::UNIT.to_owned(), unit);
    } else if draft.text(key::UNIT).is_empty() {
        draft
            .texts
            .insert(key::UNIT.to_owned(), product.unit.clone());
    }
    Ok(())
}

/// What a new record can be about, each with its code and its words.
pub(crate) type Choices = Vec<(String, String)>;

/// What a new record of `kind` can be about, what is likeliest first; empty for a kind that is about itself.
pub(crate) fn choices(journal: &Journal, kind: Kind, today: NaiveDate) -> Choices {
    match kind.facts().about {
        About::Product => product_choices(journal),
        About::Practice => {
            let practices = practice::practices(journal).into_iter();
            practices.map(|p| (p.code, p.name)).collect()
        }
        About::Medication => {
            let own = medication::medications_on(journal, today).into_iter();
            own.map(|record| (record.id.to_string(), summary::title(journal, record)))
                .collect()
        }
        on => {
            let listed = on.listed().into_iter();
            let named = |item: &dyn Listed| (item.code().to_owned(), item.name().to_owned());
            listed.map(named).collect()
        }
    }
}

/// The products, those used first and with the amount of last time.
fn product_choices(journal: &Journal) -> Choices {
    let offered = dose::products_offered(journal).into_iter().map(|product| {
        let last = dose::last_dose_of(journal, &product.code, i64::MAX);
        let last = last
            .map(|dose| format!(", last {}", dose.text()))
            .unwrap_or_default();
        (product.code, format!("{}{last}", product.name))
    });
    offered.collect()
}

/// The fields of the registry that a draft is asked for: those that go with what it is about.
pub(crate) fn fields(journal: &Journal, draft: &RecordDraft) -> Vec<&'static Field> {
    let Some(kind) = draft.kind() else {
        return Vec::new();
    };
    let about = draft.about.as_deref().unwrap_or_default();
    let measure = CareList::built_in().measure(about);
    let counted = practice::by_code(journal, about).map(|practice| practice.counted);
    let is = |form| measure.is_some_and(|measure| measure.form == form);
    let goes_with = |field: &&Field| match field.goes_with {
        GoesWith::All => true,
        GoesWith::Number => !is(MeasureForm::Direction),
        GoesWith::Direction => is(MeasureForm::Direction),
        GoesWith::Sleep => is(MeasureForm::Sleep),
        GoesWith::Item9 => measure.is_some_and(|measure| measure.has_item9),
        GoesWith::Minutes => counted == Some(Counting::Minutes),
        GoesWith::Count => counted == Some(Counting::Count),
        GoesWith::Amount => counted == Some(Counting::Amount),
        GoesWith::Unlisted => about == SUBSTANCE_OTHER,
    };
    let fields = kind.facts().fields.iter();
    let fields = fields.filter(|field| field.is_asked());
    let fields = fields.filter(|field| !draft.asks_taken_for || taken_for::is_part(field));
    fields.filter(goes_with).collect()
}

/// A new draft about something, filled with what is known: the amount of last time, the name of a medicine.
#[must_use]
pub(crate) fn prepared(
    journal: &Journal,
    mut draft: RecordDraft,
    about: Option<String>,
) -> RecordDraft {
    let code = about.as_deref().unwrap_or_default();
    match draft.kind() {
        Some(Kind::Dose) => {
            // The last one noted, and only as an offer: the program proposes no other amount.
            if let Some(last) = dose::last_dose_of(journal, code, i64::MAX) {
                draft = draft.with(key::AMOUNT, last.amount.to_string());
            }
        }
        // "Other" is no name: the person types it.
        Some(Kind::Medication) if code != MEDICATION_OTHER => {
            if let Some(listed) = CareList::built_in().medication(code) {
                draft = draft.with(key::NAME, listed.name);
            }
        }
        _ => {}
    }
    draft.about = about;
    draft
}

/// What a record must hold beyond its single fields.
fn check_whole(record: &Record) -> Result<(), Refusal> {
    if let (Some(start), Some(stop)) = (record.first_day(), record.last_day())
        // Both may be missing; only two known days can contradict each other.
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
            if record.about() == Some(SUBSTANCE_OTHER) && record.text(key::NAME).is_none() =>
        {
            Err(Refusal::new(
                key::NAME,
                "name is missing: which substance it was",
            ))
        }
        // All of its fields can be skipped, but not all at once.
        Kind::Baseline if record.fields.is_empty() => Err(Refusal::new(
            key::PRODUCTS,
            "nothing is filled in yet, so nothing was saved",
        )),
        _ => Ok(()),
    }
}
