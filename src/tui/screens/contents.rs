//! What an overlay holds: an entry with its draft, and what it waits for from outside.

use super::Overlay;
use crate::domain::entry::bin::BinEntry;
use crate::domain::id::EntryId;
use crate::domain::journal::change::Change;
use crate::domain::journal::draft::Draft;
use crate::transfer::errand::{ImportAnswer, Told};
use crate::tui::effect::Effect;
use crate::tui::shared::Shared;

impl Overlay {
    /// Hands over what came of an errand; whether it was waited for here.
    pub(crate) fn take_told(&mut self, told: &Told, shared: &Shared) -> bool {
        match (self, told) {
            (Self::Data(page), told) => page.list.take(told),
            (Self::Path(page), told) => page.choices.take(told, shared) && page.renew(shared),
            _ => false,
        }
    }

    /// Takes an answer about a file.
    pub(crate) fn take_answer(&mut self, answer: &ImportAnswer) -> Vec<Effect> {
        match self {
            Self::Data(page) => page.list.answer(answer),
            _ => Vec::new(),
        }
    }

    /// Whether it has done its work once its errand is carried out.
    pub(crate) fn is_for_errand(&self) -> bool {
        match self {
            Self::Data(_) | Self::Path(_) => true,
            Self::Form(form) => form.is_study(),
            _ => false,
        }
    }

    /// Something a person filled in: kept until the disk has it.
    pub(crate) fn is_entry(&self) -> bool {
        matches!(self, Self::CheckIn(_) | Self::Form(_) | Self::Planner(_))
    }

    /// Whether it stays open after these changes: what a check-in asks is kept in place while one rates.
    pub(crate) fn stays_after(&self, changes: &[Change]) -> bool {
        let is_of_list =
            |change: &Change| matches!(change, Change::SwitchSymptom { .. } | Change::Set(_));
        matches!(self, Self::CheckIn(_)) && changes.iter().all(is_of_list)
    }

    /// Hands the store's list of deleted entries to the bin, if that is open.
    pub(crate) fn take_bin(&mut self, entries: &[BinEntry]) {
        // The answer may come after the bin was closed; then it is dropped.
        if let Self::Bin(bin) = self {
            bin.list.show(entries);
        }
    }

    /// The id of what a person fills in here.
    pub(crate) fn entry_id(&self) -> Option<EntryId> {
        match self {
            Self::CheckIn(form) => Some(form.draft().id),
            Self::Form(form) => Some(form.entry_id()),
            Self::Planner(planner) => Some(planner.entry_id()),
            Self::FirstSteps(steps) => Some(steps.entry_id()),
            _ => None,
        }
    }

    /// Goes back to the question whose answer could not be saved.
    pub(crate) fn ask_again(&mut self) {
        if let Self::FirstSteps(steps) = self {
            steps.ask_again();
        }
    }

    /// The draft of what was filled in; `None` for a page without drafts.
    pub(crate) fn draft(&self, shared: &Shared) -> Option<Draft> {
        match self {
            Self::CheckIn(form) => Some(Draft::CheckIn(form.draft().clone())),
            Self::Form(form) => form.draft(shared),
            _ => None,
        }
    }

    /// The text of what was filled in, for a form that keeps no drafts.
    pub(crate) fn words(&self) -> Option<String> {
        match self {
            Self::Form(form) if form.draft_id().is_none() => Some(form.words()),
            Self::Planner(planner) => Some(planner.words()),
            _ => None,
        }
    }

    /// Whether it is the form that writes unsaved words to another file.
    pub(crate) fn is_put_aside(&self) -> bool {
        matches!(self, Self::Form(form) if form.is_put_aside())
    }

    /// The draft in it, if it has one.
    pub(crate) fn draft_id(&self) -> Option<EntryId> {
        match self {
            Self::CheckIn(form) => Some(form.draft().id),
            Self::Form(form) => form.draft_id(),
            _ => None,
        }
    }
}
