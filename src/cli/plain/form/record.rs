//! The form of a record: its fields, and the moment of one that has a day.

use super::{Form, Item, Words, choices_of};
use crate::cli::plain::session::Session;
use crate::cli::plain::talk::{Step, Stop};
use crate::domain::dose::day_without;
use crate::domain::entry::validate;
use crate::domain::journal::taken_for;
use crate::domain::record::Record;
use crate::domain::record::draft::{RecordDraft, Refusal};
use crate::domain::record::field::{Ask, Field};
use crate::domain::record::key;
use crate::domain::record::kind::{Kind, Timing};
use crate::domain::text::words;
use crate::domain::time::parse::Toward;
use std::collections::BTreeMap;

/// A record that is being written.
pub(in crate::cli::plain) struct RecordForm {
    pub(in crate::cli::plain) draft: RecordDraft,
    /// What stood in it before the first question.
    begun_with: BTreeMap<String, String>,
}

impl RecordForm {
    pub(in crate::cli::plain) fn new(draft: RecordDraft) -> Self {
        let begun_with = draft.texts.clone();
        Self { draft, begun_with }
    }

    /// The form of a kept draft, instead of the one that `begun` would be.
    pub(in crate::cli::plain) fn going_on(kept: RecordDraft, begun: RecordDraft) -> Self {
        Self {
            draft: kept,
            begun_with: begun.texts,
        }
    }

    fn is_answered(&self) -> bool {
        self.draft.texts != self.begun_with
    }

    /// The record with another amount, or value, than the one that stands in it.
    pub(in crate::cli::plain) fn amount_anew(
        &mut self,
        session: &Session<'_>,
        typed: &str,
    ) -> Result<Record, Refusal> {
        let code = match self.draft.kind() {
            Some(Kind::Dose) => key::AMOUNT,
            _ => key::VALUE,
        };
        let anew = self.draft.clone().with(code, typed);
        let record = validate::record(&session.journal, &anew, &session.now())?;
        self.draft = anew;
        Ok(record)
    }

    /// Whether a 0 in this field notes a day without.
    fn takes_day_without(&self, session: &Session<'_>, field: &Field) -> bool {
        let is_amount = self.draft.kind() == Some(Kind::Dose) && field.code == key::AMOUNT;
        is_amount && day_without::is_offered(&session.journal, self.draft.day)
    }
}

impl Form for RecordForm {
    type Whole = Record;

    fn items(&self, session: &Session<'_>) -> Vec<Item> {
        let fields = validate::fields(&session.journal, &self.draft).into_iter();
        let fields = fields.filter(|field| !taken_for::is_idle(field, &self.draft));
        let mut items: Vec<Item> = fields.map(Item::Field).collect();
        match self.draft.kind().map(|kind| kind.facts().timing) {
            // Of a visit the moment comes first, because everything else hangs on it; of a log it comes last.
            Some(Timing::Planned) => items.insert(0, Item::When(Toward::Future)),
            Some(Timing::Moment) => items.push(Item::When(Toward::Past)),
            Some(Timing::Standing) | None => {}
        }
        items
    }

    fn words(&self, session: &Session<'_>, item: Item) -> Words {
        match item {
            Item::Field(field) => {
                let counted = validate::counted(&session.journal, &self.draft, field);
                let label = match &counted {
                    Some(counted) => {
                        format!("{} of {}, in {}", field.label, counted.what, counted.unit)
                    }
                    None => field.label.to_owned(),
                };
                let about = match (field.ask, counted) {
                    // How a choice is made on a screen says nothing here.
                    (Ask::Choice(_), _) => String::new(),
                    (_, Some(counted)) if self.takes_day_without(session, field) => {
                        format!(
                            "A number, such as {}; 0 notes a day without.",
                            counted.example
                        )
                    }
                    (_, Some(counted)) => format!("A number, such as {}.", counted.example),
                    _ => words::sentence(&field.about.replace(" \u{2026}", " and so on")),
                };
                Words {
                    label,
                    about,
                    choices: choices_of(field),
                    empty: field.empty.to_owned(),
                }
            }
            Item::When(toward) => Words {
                label: item.label().to_owned(),
                about: format!("{}.", toward.moments()),
                choices: Vec::new(),
                empty: "now".to_owned(),
            },
        }
    }

    fn held(&self, session: &Session<'_>, item: Item) -> String {
        match item {
            Item::Field(field) => {
                let held = self.draft.text(field.code);
                let held = taken_for::shown(field, held, &session.journal.symptoms);
                field.words(held).to_owned()
            }
            Item::When(_) => self.draft.when(),
        }
    }

    fn answer(&mut self, session: &Session<'_>, item: Item, typed: &str) -> Result<(), String> {
        let (journal, now) = (&session.journal, session.now());
        let answered = match item {
            Item::Field(field) => validate::answered(journal, &self.draft, field, typed, &now),
            Item::When(_) => validate::moved(journal, &self.draft, typed, &now),
        };
        self.draft = answered.map_err(|refusal| refusal.sentence)?;
        Ok(())
    }

    fn forget(&mut self, item: Item) {
        let Item::Field(field) = item else { return };
        match self.begun_with.get(field.code) {
            Some(before) => self
                .draft
                .texts
                .insert(field.code.to_owned(), before.clone()),
            None => self.draft.texts.remove(field.code),
        };
    }

    fn whole(&self, session: &Session<'_>) -> Result<Record, Refusal> {
        validate::record(&session.journal, &self.draft, &session.now())
    }

    fn ends_early(&self) -> bool {
        true
    }

    fn keep(&self, session: &mut Session<'_>) -> Step<()> {
        // What stood in it from the beginning is no work of the person's.
        if self.is_answered() {
            session.keep_record(&self.draft)?;
        }
        Ok(())
    }

    fn left(&self, session: &mut Session<'_>, _: &Stop) -> Step<()> {
        if self.is_answered() && session.is_kept(self.draft.id) {
            session.say("Draft kept, not saved. The same form goes on with it.")?;
        }
        Ok(())
    }
}
