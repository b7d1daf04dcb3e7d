//! Which one is meant: by its id, the end of it, or its name; and what it is about, by a word of a list.

use super::words::{First, Words, words_of};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::log::unknown;
use crate::cli::log::{did, dose, take};
use crate::cli::session::Session;
use crate::domain::care::catalogue::{CareList, MEDICATION_OTHER};
use crate::domain::care::{medication, visit};
use crate::domain::dose::product;
use crate::domain::entry::summary;
use crate::domain::id::ShortIds;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::key;
use crate::domain::record::kind::{About, Kind};
use crate::domain::text::suggest::{Listed, find, near, own_word};

/// How many are named when a name means more than one.
const MOST_NAMED: usize = 5;

/// Every record of a kind, in order.
pub(super) fn all(kind: Kind, journal: &Journal) -> Vec<&Record> {
    if kind.has_day() {
        journal.records_of(kind).collect()
    } else {
        journal.standing(kind)
    }
}

/// The ids of records, as short as tells each from the others.
pub(super) fn short_ids(all: &[&Record]) -> ShortIds {
    ShortIds::new(all.iter().map(|record| record.id))
}

/// The record that `typed` means.
pub(super) fn record<'a>(
    words: &Words,
    typed: &str,
    journal: &'a Journal,
    session: &Session,
) -> Outcome<&'a Record> {
    let all = all(words.kind, journal);
    let wanted = typed.trim().to_lowercase();
    let mut found: Vec<&Record> = all.clone();
    found.retain(|record| is_called(record, &wanted, journal));
    if found.is_empty() && words.kind == Kind::Medication {
        // By another name of the same medicine, as `ebb take` finds it.
        found = medication::called(journal, typed, session.today(journal));
    }
    if found.is_empty() {
        // A name comes before an id, so that a name made of hex letters still works.
        found.clone_from(&all);
        found.retain(|record| ShortIds::means(&wanted, record.id));
    }
    if found.is_empty() {
        found.extend(by_its_place(words, &wanted, journal, session));
    }
    match found.as_slice() {
        [one] => Ok(one),
        [] => {
            let named = all.iter().map(|record| {
                let name = summary::title(journal, record);
                (name.clone(), name)
            });
            let named: Vec<_> = named.collect();
            Err(unknown(words.kind.facts().name, typed, &named))
        }
        several => {
            let ids = short_ids(&all);
            let each: Vec<String> = several
                .iter()
                // The latest ones: an older one is seldom meant.
                .rev()
                .take(MOST_NAMED)
                .map(|record| format!("{} ({})", ids.of(record.id), summary::line(journal, record)))
                .collect();
            Err(Failure::usage(format!(
                "\"{typed}\" means more than one; name it by its id: {}. Nothing was changed",
                each.join(", ")
            )))
        }
    }
}

/// "last" is the entry of the latest moment, and a question has the number that the report gives it.
fn by_its_place<'a>(
    words: &Words,
    wanted: &str,
    journal: &'a Journal,
    session: &Session,
) -> Option<&'a Record> {
    if wanted == "last" {
        return all(words.kind, journal)
            .into_iter()
            .max_by_key(|record| record.place());
    }
    if words.kind != Kind::Question {
        return None;
    }
    let number: usize = wanted.parse().ok()?;
    let open = visit::to_ask(journal, session.now.at.timestamp());
    open.get(number.checked_sub(1)?).copied()
}

fn is_called(record: &Record, wanted: &str, journal: &Journal) -> bool {
    let is = |name: &str| name.to_lowercase() == wanted;
    let is_about = record.about().is_some_and(is);
    is_about || record.text(key::NAME).is_some_and(is) || is(&summary::title(journal, record))
}

/// The draft that changes what `typed` means. What a person says about a built-in product is a record of its own.
pub(super) fn draft(
    words: &Words,
    typed: &str,
    journal: &Journal,
    session: &mut Session,
) -> Outcome<RecordDraft> {
    let today = session.today(journal);
    let missing = match record(words, typed, journal, session) {
        Ok(record) => return Ok(RecordDraft::of(record, today)),
        Err(missing) => missing,
    };
    let product = match words.kind {
        Kind::Product => product::find(journal, typed),
        _ => None,
    };
    let Some(product) = product else {
        return Err(missing);
    };
    let id = session.ids.next(session.now.at);
    let draft = RecordDraft::new(id, words.kind, today).about(&product.code);
    Ok(draft
        .with(key::NAME, product.name)
        .with(key::UNIT, product.unit)
        .with(key::SMALLEST, product.smallest.to_string()))
}

/// A draft called `name`; one of the list is taken by its name, its code or another word for it, and that word stays.
pub(super) fn named(draft: RecordDraft, name: &str) -> RecordDraft {
    match CareList::built_in().medication_called(name) {
        // "Other" is no medicine: it would give the person's own word another name.
        Some(listed) if listed.code != MEDICATION_OTHER => draft
            .about(listed.code)
            .with(key::NAME, own_word(listed, name).unwrap_or(listed.name)),
        _ => draft.with(key::NAME, name),
    }
}

/// `draft` with the word that was typed for what it is about, where its name says less and the kind has a place for it.
pub(super) fn with_word(draft: RecordDraft, typed: &str) -> RecordDraft {
    let Some(kind) = draft.kind().filter(|kind| kind.field(key::NAME).is_some()) else {
        return draft;
    };
    let listed = kind.facts().about.listed();
    let about = draft.about.as_deref().unwrap_or_default();
    let mut meant = listed.iter().filter(|item| item.code() == about);
    match meant.next().and_then(|item| own_word(*item, typed)) {
        Some(word) => draft.with(key::NAME, word),
        None => draft,
    }
}

/// What a name of the person's own was taken as: the cautions that are shown are those of that name.
pub(super) fn taken_as(draft: &RecordDraft) -> Option<String> {
    let name = draft.text(key::NAME);
    let listed = CareList::built_in().medication(draft.about.as_deref()?)?;
    own_word(listed, name).map(|word| {
        format!(
            "{word} stands in the list as {}: what is known of it is shown with yours.",
            listed.name
        )
    })
}

/// The code or the id of what `typed` means, for a record of `kind` to be about.
pub(super) fn about(
    kind: Kind,
    typed: &str,
    journal: &Journal,
    session: &Session,
) -> Outcome<String> {
    let today = session.today(journal);
    match kind.facts().about {
        About::Product => {
            let product = product::find(journal, typed);
            let product = product.ok_or_else(|| dose::unknown(typed, journal))?;
            Ok(product.code)
        }
        About::Practice => Ok(did::practice(typed, journal)?.code),
        About::Medication => Ok(take::medication(typed, journal, today)?.id.to_string()),
        About::Appointment => {
            let visits = words_of(Kind::Appointment);
            let visits = visits.ok_or_else(|| Failure::usage("there are no visits"))?;
            Ok(record(visits, typed, journal, session)?.id.to_string())
        }
        About::Attempt => {
            let number = typed.trim().parse().ok();
            let attempt = number.and_then(|number| journal.attempts.by_number(number));
            let attempt = attempt.ok_or_else(|| {
                Failure::usage(format!(
                    "there is no attempt {typed}; `ebb attempt list` shows those there are. Nothing was saved"
                ))
            })?;
            Ok(attempt.attempt.id.to_string())
        }
        on => {
            let list = on.listed();
            let meant = find(&list, typed).ok_or_else(|| unknown(on.noun(), typed, &list))?;
            Ok(meant.code().to_owned())
        }
    }
}

/// What an added record is about, and the amount that stands beside it where the kind has one: "powder 250g".
pub(super) fn about_and_amount(
    words: &Words,
    typed: &str,
    journal: &Journal,
    session: &Session,
) -> Outcome<(String, Option<String>)> {
    let kind = words.kind;
    let takes_amount = kind.facts().about == About::Product && kind.field(key::AMOUNT).is_some();
    if takes_amount {
        let each: Vec<String> = typed.split_whitespace().map(str::to_owned).collect();
        let meant = dose::meant(&each, journal)?;
        if let Some(product) = meant.product {
            return Ok((product.code, meant.amount));
        }
    }
    Ok((about(kind, typed, journal, session)?, None))
}

/// A remark when another one that goes on has the same name: it may be meant, and the name alone tells them apart no more.
pub(super) fn same_name(
    words: &Words,
    draft: &RecordDraft,
    journal: &Journal,
    session: &Session,
) -> Option<String> {
    if words.kind.has_day() {
        return None;
    }
    let all = all(words.kind, journal);
    let today = session.today(journal);
    let name = draft.text(key::NAME).to_lowercase();
    let is_same = |record: &&&Record| {
        let is_named = !name.is_empty()
            && record
                .text(key::NAME)
                .is_some_and(|other| other.to_lowercase() == name);
        // How things stood belongs to an attempt, and has no name.
        let is_of_same = words.kind == Kind::Baseline && record.about() == draft.about.as_deref();
        (is_named || is_of_same) && !record.is_over(today)
    };
    let other = all.iter().rev().find(is_same)?;
    let id = short_ids(&all).of(other.id);
    let noun = words.noun;
    let title = summary::title(journal, other);
    Some(match words.kind {
        Kind::Baseline => format!(
            "There are two for {title} now: `ebb baseline edit {id}` changes the first; `ebb undo` takes this one back."
        ),
        _ => format!(
            "There are two called {title} now: `ebb {noun} edit {id}` changes the first; `ebb undo` takes this one back."
        ),
    })
}

/// What a record is about when nothing is said: how things stood, of the open attempt.
pub(super) fn usual_about(kind: Kind, journal: &Journal, session: &Session) -> Option<String> {
    let open = journal.attempts.open(session.today(journal))?;
    (kind.facts().about == About::Attempt).then(|| open.attempt.id.to_string())
}

/// Whether a name came so close to one of the list that it is worth a word.
pub(super) fn near_name(first: First, draft: &RecordDraft) -> Option<String> {
    if first != First::Name || draft.about.is_some() {
        return None;
    }
    let listed = &CareList::built_in().medications;
    let near = near(listed, draft.text(key::NAME));
    let near = near.into_iter().find(|code| *code != MEDICATION_OTHER)?;
    Some(format!(
        "The list knows {near}: if that is meant, `ebb undo` and add it by that name, and its cautions are known."
    ))
}
