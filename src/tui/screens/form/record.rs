//! The form of a record of any kind: its fields come from the kind's row in the registry. A dose begins with its product.
//!
//! Invariant: the draft is about what the first field says, from the key on that chose it; an amount that the person typed is
//! never replaced by one that is offered.

use super::field::{Filled, FormField, Problem};
use crate::domain::care::measurement::is_sleep;
use crate::domain::care::{medication, urge};
use crate::domain::dose;
use crate::domain::dose::{day_without, product};
use crate::domain::entry::saved::TakeBack;
use crate::domain::entry::sleep;
use crate::domain::entry::sleep::How;
use crate::domain::entry::{unusual, validate};
use crate::domain::journal::Journal;
use crate::domain::journal::taken_for;
use crate::domain::record::Record;
use crate::domain::record::draft::{RecordDraft, Refusal};
use crate::domain::record::field::{Ask, Field};
use crate::domain::record::key;
use crate::domain::record::kind::{Kind, Timing};
use crate::domain::text::words;
use crate::domain::time::parse::Toward;
use crate::tui::effect::Effect;
use crate::tui::questions;
use crate::tui::shared::Shared;

/// How much of what was written before is offered.
const EARLIER: usize = 5;

/// Whether the words of a draft were typed before, or are offered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Begun {
    /// What stands in it is offered.
    Now,
    /// It was kept: all but what is offered anyway was typed, and another product does not replace it.
    Before,
}

/// What can be chosen in the first field, by code and words; nothing for a kind whose form does not begin with it.
pub(super) fn abouts(draft: &RecordDraft, journal: &Journal) -> Vec<(String, String)> {
    if draft.kind() != Some(Kind::Dose) {
        return Vec::new();
    }
    let products = dose::products_offered(journal).into_iter();
    let mut abouts: Vec<(String, String)> = products
        .map(|product| (product.code, format!("{} ({})", product.name, product.unit)))
        .collect();
    // A product that is not there any more is left as it is until another one is chosen.
    if let Some(about) = &draft.about
        && !abouts.iter().any(|(code, _)| code == about)
    {
        abouts.insert(0, (about.clone(), about.clone()));
    }
    abouts
}

/// How many fields say what it is about; they stand first.
pub(super) fn about_fields(draft: &RecordDraft) -> usize {
    usize::from(draft.kind() == Some(Kind::Dose))
}

/// How many fields stand before those of the registry.
fn before(draft: &RecordDraft) -> usize {
    about_fields(draft) + usize::from(is_planned(draft))
}

/// Whether its moment may lie ahead. Everything else of a visit hangs on when it is, so that is asked first.
fn is_planned(draft: &RecordDraft) -> bool {
    let timing = draft.kind().map(|kind| kind.facts().timing);
    timing == Some(Timing::Planned)
}

/// Where the moment stands among the fields: before `asked` fields of the registry, or after them.
fn when_at(draft: &RecordDraft, asked: usize) -> usize {
    if is_planned(draft) {
        0
    } else {
        before(draft) + asked
    }
}

/// The field of what a draft is about, if its form begins with one.
fn about_field(draft: &RecordDraft, abouts: &[(String, String)]) -> Option<FormField> {
    if abouts.is_empty() {
        return None;
    }
    let is_it = |(code, _): &(String, String)| Some(code) == draft.about.as_ref();
    let at = abouts.iter().position(is_it).unwrap_or(0);
    let words = abouts.iter().map(|(_, words)| words.clone()).collect();
    // Nine digits choose; further products are reached with the arrows.
    let digits = abouts.iter().zip(1..10);
    let digits: Vec<String> = digits
        .map(|((_, words), digit)| format!("{digit} {words}"))
        .collect();
    let about = format!("A digit or \u{2190}/\u{2192}: {}.", digits.join(", "));
    Some(FormField::choice("Product", "", words, at).with_about(about))
}

/// The fields as they are drawn: what it is about where the form begins so, those of the registry, the moment last.
pub(super) fn fields(
    draft: &RecordDraft,
    begun: Begun,
    abouts: &[(String, String)],
    shared: &Shared,
) -> Vec<FormField> {
    let offered = offered(draft, shared);
    // Own words are marked, so that choosing another product does not replace them.
    let is_own = |code: &str| begun == Begun::Before && draft.text(code) != offered.text(code);
    let of_registry = validate::fields(&shared.journal, draft)
        .into_iter()
        .map(|field| {
            let text = draft.text(field.code);
            let text = taken_for::shown(field, text, &shared.journal.symptoms);
            let drawn = if is_own(field.code) && field.choices().is_empty() {
                let own = match field.ask {
                    Ask::Line | Ask::Lines => FormField::own_words,
                    _ => FormField::own_value,
                };
                own(field.label, field.about, text).with_about(field.hint())
            } else {
                FormField::of(field, text)
            };
            let drawn = drawn.with_earlier(earlier(field, draft, shared));
            match unit(field, draft, shared) {
                Some(unit) => {
                    let hint = day_without::amount_hint(&shared.journal, &unit, draft.day);
                    drawn.with_about(hint)
                }
                None => drawn,
            }
        });
    let mut fields: Vec<FormField> = about_field(draft, abouts)
        .into_iter()
        .chain(of_registry)
        .collect();
    if draft.kind().is_some_and(Kind::has_day) {
        let toward = draft.toward();
        let about = match toward {
            Toward::Past => "Empty: now. 08:15, yesterday 22:00, tue 8pm, 12 Nov 09:00.",
            Toward::Future => "Its day and time: tomorrow 10:00, tue 10:30, 1 Dec 14:00.",
        };
        let when = match draft.texts.get(key::WHEN) {
            Some(typed) => FormField::own_value("When", about, typed),
            None => FormField::text("When", about, &draft.when()),
        };
        let at = if is_planned(draft) { 0 } else { fields.len() };
        fields.insert(at, when.of_moment(toward));
    }
    fields
}

/// The draft as it was before anything was typed: as last time, or as it is saved.
fn offered(draft: &RecordDraft, shared: &Shared) -> RecordDraft {
    match (shared.journal.record(draft.id), draft.kind()) {
        (Some(stored), _) => RecordDraft::of(stored, shared.today()),
        (None, Some(kind)) => {
            let fresh = RecordDraft::new(draft.id, kind, draft.day);
            validate::prepared(&shared.journal, fresh, draft.about.clone())
        }
        (None, None) => draft.clone(),
    }
}

/// Has the draft be about `code`: its unit is that of the other product, and an amount that was only offered is the last one
/// of it.
pub(super) fn turn_to(
    draft: &mut RecordDraft,
    fields: &mut [FormField],
    code: &str,
    shared: &Shared,
) {
    if draft.about.as_deref() == Some(code) {
        return;
    }
    draft.about = Some(code.to_owned());
    let stored = shared.journal.record(draft.id);
    // Back on the product that it was saved with, a dose keeps the unit that it was saved in.
    let held = stored.filter(|stored| stored.about() == Some(code));
    match held.and_then(|held| held.text(key::UNIT)) {
        Some(unit) => draft.texts.insert(key::UNIT.to_owned(), unit.to_owned()),
        None => draft.texts.remove(key::UNIT),
    };
    let asked = validate::fields(&shared.journal, draft);
    let place = asked.iter().position(|field| field.code == key::AMOUNT);
    let Some((at, field)) = place.and_then(|at| Some((at, asked.get(at)?))) else {
        return;
    };
    let unit = unit(field, draft, shared);
    let Some(amount) = fields.get_mut(before(draft) + at) else {
        return;
    };
    if let Some(unit) = unit {
        amount.about = day_without::amount_hint(&shared.journal, &unit, draft.day).into();
    }
    // What was saved is no offer: it stays until the person types another amount.
    if stored.is_none() && (amount.is_offered() || amount.value().is_empty()) {
        amount.offer(offered(draft, shared).text(key::AMOUNT));
    }
}

/// The unit of a dose's amount: that of its product.
fn unit(field: &Field, draft: &RecordDraft, shared: &Shared) -> Option<String> {
    let is_amount = draft.kind() == Some(Kind::Dose) && field.code == key::AMOUNT;
    let product = product::by_code(&shared.journal, draft.about.as_deref()?)?;
    is_amount.then_some(product.unit)
}

/// What was written in this field of urges before, the most often noted first.
fn earlier(field: &Field, draft: &RecordDraft, shared: &Shared) -> Vec<String> {
    if draft.kind() != Some(Kind::Urge) || !matches!(field.code, key::TRIGGER | key::HELPED) {
        return Vec::new();
    }
    let noted = urge::words_of(&shared.journal, field.code).into_iter();
    noted.map(|(words, _)| words).take(EARLIER).collect()
}

/// The draft with what stands in the fields, word for word: what is kept until it is saved.
pub(super) fn as_typed(draft: &RecordDraft, fields: &[FormField], shared: &Shared) -> RecordDraft {
    let mut typed = draft.clone();
    let asked = validate::fields(&shared.journal, draft);
    let before = before(draft);
    for (field, drawn) in asked.iter().zip(fields.iter().skip(before)) {
        let text = drawn.answer(field);
        typed.texts.insert(field.code.to_owned(), text);
    }
    // Only a moment that differs from the draft's own counts as typed.
    typed.texts.remove(key::WHEN);
    let when = fields
        .get(when_at(draft, asked.len()))
        .map(FormField::value);
    if let Some(when) = when.filter(|when| *when != draft.when()) {
        typed.texts.insert(key::WHEN.to_owned(), when);
    }
    typed
}

/// The draft with what stands in the fields, its moment read.
fn filled_in(
    draft: &RecordDraft,
    filled: Filled<'_>,
    shared: &Shared,
) -> Result<RecordDraft, Problem> {
    let mut typed = as_typed(draft, filled.fields, shared);
    if let Some(when) = typed.texts.remove(key::WHEN) {
        let asked = validate::fields(&shared.journal, draft);
        let day_end = shared.journal.settings.day_end;
        // Empty means now, and that is known only when the record is saved.
        if when.is_empty() {
            typed.at = None;
            typed.day = shared.today();
        } else {
            let at = when_at(draft, asked.len());
            typed
                .put_when(&when, &shared.now, day_end)
                .map_err(|why| (at, words::sentence(&why.to_string())))?;
        }
    }
    Ok(typed)
}

/// What saving the form does.
pub(super) fn save(
    draft: &RecordDraft,
    filled: Filled<'_>,
    shared: &Shared,
) -> Result<Vec<Effect>, Problem> {
    let typed = filled_in(draft, filled, shared)?;
    let asked = validate::fields(&shared.journal, draft);
    let place = |code: &str| asked.iter().position(|field| field.code == code);
    let record = validate::record(&shared.journal, &typed, &shared.now).map_err(|refusal| {
        let at = match (refusal.field, place(refusal.field)) {
            (_, Some(place)) => before(draft) + place,
            (key::WHEN, None) => when_at(draft, asked.len()),
            // A refusal about no field in sight is said at the first one.
            (_, None) => 0,
        };
        (at, words::sentence(&refusal.sentence))
    })?;
    let slept = Some(&record).filter(|record| is_sleep(record));
    let saved = questions::about_sleep(slept, shared, |how| {
        Ok::<_, Refusal>(saving(&record, how, shared))
    });
    saved.map_err(|refusal| (0, words::sentence(&refusal.sentence)))
}

/// The effects that write `record`.
fn saving(record: &Record, how: How, shared: &Shared) -> Vec<Effect> {
    let sentence = sleep::saved_sentence(&shared.journal, record, how, &shared.now);
    let notice = TakeBack::Key.after(&sentence);
    let notice = match record.kind {
        // Offered, never forced: the page opens only by its key.
        Kind::Urge => format!("{notice} A calm page is there if you like: Y."),
        _ => notice,
    };
    vec![Effect::Write {
        changes: sleep::changes(&shared.journal, record, how),
        notice,
    }]
}

/// What is asked once before the record is saved: whether an amount far from the usual one is meant.
pub(super) fn asks(draft: &RecordDraft, filled: Filled<'_>, shared: &Shared) -> Option<String> {
    let typed = filled_in(draft, filled, shared).ok()?;
    let record = validate::record(&shared.journal, &typed, &shared.now).ok()?;
    unusual::question(&shared.journal, &record)
}

/// Whether the medicine behind a draft has a caution about stopping suddenly that a newly typed stop calls for.
pub(super) fn stop_caution(
    draft: &RecordDraft,
    filled: Filled<'_>,
    shared: &Shared,
) -> Option<String> {
    // A form that cannot be saved yet asks nothing; saving it says what is missing.
    let typed = filled_in(draft, filled, shared).ok()?;
    let record = validate::record(&shared.journal, &typed, &shared.now).ok()?;
    medication::caution_on_stop(&shared.journal, &record)
}
