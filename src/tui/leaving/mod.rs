//! Quitting, and its obstacles: failed writes and unsaved words.
//!
//! Invariant: the store answers every request before the program quits, so that the person is asked about a save that fails at
//! the last moment too. After a signal or without a terminal nobody can be asked, and the program ends.

pub(crate) mod unsaved;

use super::effect::Effect;
use super::model::{Model, Notice, PendingWrite};
use super::outside::clipboard;
use super::screens::Overlay;
use super::shared::Shared;
use super::store_thread::Request;
use crate::domain::entry::unsaved_words;
use crate::domain::id::EntryId;
use crate::domain::journal::change::Change;
use crate::domain::journal::draft::Draft;
use crate::store::Place;
use crate::store::place::RENEWED;
use std::path::PathBuf;

/// The entries of a write that came from no form, as drafts: if the write fails, they are stored as these.
fn drafts_of(changes: &[Change], shared: &Shared) -> Vec<Draft> {
    let today = shared.today();
    let draft = |change: &Change| unsaved_words::draft_of(change, &shared.journal, today);
    changes.iter().filter_map(draft).collect()
}

/// Records a write on its way to the store. Its form or its drafts stay in memory until the store answers.
pub(super) fn write(model: &mut Model, changes: &[Change]) {
    model.writes += 1;
    // The form closes at once, so that the person can go on; `not_saved` opens it again.
    let overlay = model
        .overlays
        .pop_if(|top| top.is_entry() && !top.stays_after(changes));
    let (drafts, words) = if overlay.is_none() {
        let words = changes.iter().filter_map(unsaved_words::of_change);
        (drafts_of(changes, &model.shared), words.collect())
    } else {
        (Vec::new(), Vec::new())
    };
    model.in_flight.push_back(PendingWrite {
        overlay,
        drafts,
        words,
    });
}

/// Updates a draft in the model.
pub(super) fn keep(model: &mut Model, draft: &Draft) {
    if draft.is_blank() {
        model.unsaved.forget(draft.id());
    }
    // An earlier copy of the words, in the clipboard or a file, is not complete any more.
    model.unsaved.put_nowhere();
    // Today lists the drafts that are left. Their words are shown by forms alone, which ask for them when they open.
    let is_listed = model.shared.is_left(draft.id());
    let shared = if !is_listed || model.shared.drafts.reads_same_with(draft) {
        model.shared.unseen()
    } else {
        &mut *model.shared
    };
    shared.drafts.keep(draft.clone());
}

/// Notes which entries are being written, once whatever opened or closed a form is done.
pub(super) fn note_written(model: &mut Model) {
    let on_the_way = model.in_flight.iter().filter_map(|it| it.overlay.as_ref());
    let forms = model.overlays.iter().chain(on_the_way);
    let written: Vec<EntryId> = forms.filter_map(Overlay::draft_id).collect();
    if written == model.shared.written {
        return;
    }
    let is_drafted = |id: &EntryId| draft(model, *id).is_some();
    let mut either = written.iter().chain(&model.shared.written);
    // The list of drafts is all that shows it.
    let shared = if either.any(is_drafted) {
        &mut *model.shared
    } else {
        model.shared.unseen()
    };
    shared.written = written;
}

/// Closes the top overlay.
pub(super) fn close(model: &mut Model) {
    let closed = model.overlays.pop();
    if let Some(id) = closed.and_then(|overlay| overlay.entry_id()) {
        model.unsaved.closed(id);
    }
}

/// Handles the answer that a write is on the disk.
pub(super) fn saved(model: &mut Model) {
    model.file_place = Place::Usual;
    model.writes = model.writes.saturating_sub(1);
    let Some(write) = model.in_flight.pop_front() else {
        return;
    };
    if let Some(overlay) = &write.overlay {
        overlay
            .draft_id()
            .into_iter()
            .for_each(|id| model.shared.drafts.drop(id));
        overlay
            .entry_id()
            .into_iter()
            .for_each(|id| model.unsaved.forget(id));
    }
    for draft in write.drafts {
        model.unsaved.forget(draft.id());
    }
    for (id, _) in write.words {
        model.unsaved.forget(id);
    }
}

/// Handles a failed write: its form opens again, and its entries are stored as drafts if the disk takes them.
pub(super) fn not_saved(model: &mut Model, problem: &str) -> Vec<Effect> {
    model.writes = model.writes.saturating_sub(1);
    let mut drafts = Vec::new();
    if let Some(write) = model.in_flight.pop_front() {
        drafts.extend(write.drafts);
        for (id, words) in write.words {
            model.unsaved.not_saved(id, problem.to_owned(), Some(words));
        }
        for overlay in &mut model.overlays {
            overlay.ask_again();
        }
        if let Some(overlay) = write.overlay {
            drafts.extend(overlay.draft(&model.shared));
            if let (Some(id), Some(words)) = (overlay.entry_id(), overlay.words()) {
                model.unsaved.not_saved(id, problem.to_owned(), Some(words));
            }
            model.overlays.push(overlay);
        }
    }
    for draft in &drafts {
        model
            .unsaved
            .not_saved(draft.id(), problem.to_owned(), None);
    }
    model.say(Notice::Problem(problem.to_owned()));
    drafts.into_iter().map(Effect::KeepDraft).collect()
}

/// Whether an effect would write into a journal that is read-only. A form that is open already goes on: its words are kept and
/// asked about.
pub(super) fn is_refused(model: &Model, effect: &Effect) -> bool {
    let is_filling_in = model.overlays.last().is_some_and(Overlay::is_entry);
    model.file_place == Place::ReadOnly
        && match effect {
            Effect::Open(opening) => opening.is_to_write(),
            Effect::Write { .. } => !is_filling_in,
            Effect::Run(errand) => errand.changes_journal(),
            Effect::ChangePlan(..)
            | Effect::Log { .. }
            | Effect::Erase(_)
            | Effect::Keep(_)
            | Effect::Undo
            | Effect::Redo => true,
            _ => false,
        }
}

/// The line about drafts that were in a file that is lost.
const WENT_WITH_IT: &str =
    "Drafts went with the journal's file; ebb holds them until you leave, and asks then.";

/// Handles the answer that the journal's file is in another place.
pub(super) fn placed(model: &mut Model, place: Place) -> Vec<Effect> {
    let is_known = model.file_place == place;
    model.stand(place);
    if model.file_place != Place::Usual {
        // The drafts went with the file: they are in this window alone now.
        if model.file_place.is_lost() {
            for draft in all_drafts(model) {
                model.unsaved.not_kept(draft.id(), WENT_WITH_IT.to_owned());
            }
        }
        return Vec::new();
    }
    // A save that worked has shown it already.
    if !is_known {
        model.say(Notice::Said(format!(
            "The journal at {} can be written again.",
            model.shared.place
        )));
    }
    // What the disk refused meanwhile goes onto it now, without another key.
    let drafts = unsaved_drafts(model).into_iter();
    drafts.map(Effect::KeepDraft).collect()
}

/// Handles the answer that another file of the same journal was opened. It may lack the drafts of this window.
pub(super) fn renewed(model: &mut Model) -> Vec<Effect> {
    model.say(Notice::Said(RENEWED.to_owned()));
    all_drafts(model)
        .into_iter()
        .map(Effect::KeepDraft)
        .collect()
}

fn all_drafts(model: &Model) -> Vec<Draft> {
    let drafts = &model.shared.drafts;
    let check_ins = drafts.check_ins.iter().cloned().map(Draft::CheckIn);
    let records = drafts.records.iter().cloned().map(Draft::Record);
    check_ins.chain(records).collect()
}

/// Carries out the effects of quitting.
pub(super) fn follow(model: &mut Model, effect: Effect, requests: &mut Vec<Request>) {
    match effect {
        Effect::SayKept(id, text) => {
            if model.unsaved.is_nowhere(id) {
                model.say(Notice::Problem(
                    "The draft is not on the disk; ebb holds it until you leave, and asks then."
                        .to_owned(),
                ));
            } else {
                model.say(Notice::Said(text));
            }
        }
        Effect::Quit => {
            keep_again(model, requests);
            model.is_leaving = true;
            requests.push(Request::Settle);
        }
        Effect::Leave => model.is_running = false,
        Effect::CopyUnsaved => copy(model),
        Effect::PutAside(path) => {
            // The sentence after quitting names the file, and a relative path may mean nothing by then.
            let path = std::path::absolute(&path).unwrap_or(path);
            let text = words(model);
            requests.push(Request::PutAside { path, text });
        }
        _ => {}
    }
}

/// Tries once more to store the drafts that the disk refused: it may have room again.
pub(super) fn keep_again(model: &Model, requests: &mut Vec<Request>) {
    let now = model.shared.now.at.to_utc();
    let drafts = unsaved_drafts(model).into_iter();
    requests.extend(drafts.map(|draft| Request::KeepDraft { draft, now }));
}

/// The drafts that are on no disk.
pub(super) fn unsaved_drafts(model: &Model) -> Vec<Draft> {
    let ids = model.unsaved.ids().into_iter();
    ids.filter_map(|id| draft(model, id)).collect()
}

/// Quits, or asks first: the store has answered all requests.
pub(super) fn settled(model: &mut Model) {
    if !std::mem::take(&mut model.is_leaving) {
        return;
    }
    if !model.unsaved.has_words() {
        model.is_running = false;
    } else if !model.overlays.last().is_some_and(Overlay::asks_to_leave) {
        let question = model.unsaved.question();
        model.overlays.push(Overlay::ask(question));
    }
}

/// The draft with this id.
pub(super) fn draft(model: &Model, id: EntryId) -> Option<Draft> {
    let drafts = &model.shared.drafts;
    let check_in = drafts.check_ins.iter().find(|draft| draft.id == id);
    let record = drafts.records.iter().find(|draft| draft.id == id);
    check_in
        .map(|draft| Draft::CheckIn(draft.clone()))
        .or_else(|| record.map(|draft| Draft::Record(draft.clone())))
}

/// The unsaved words.
fn words(model: &Model) -> String {
    model.unsaved.words(|id| {
        Some(unsaved_words::of_draft(
            &draft(model, id)?,
            &model.shared.journal,
        ))
    })
}

fn copy(model: &mut Model) {
    let text = words(model);
    if text.len() > clipboard::MOST_BYTES {
        model.say(Notice::Problem(
            "Not copied: terminals do not take as many words at once. A file does.".to_owned(),
        ));
        return;
    }
    model.to_copy.push(text);
    model.unsaved.copied();
    model.say(Notice::Said(
        "Sent the words to the terminal for its clipboard. Whether it took them, ebb can't see: paste them somewhere before you leave."
            .to_owned(),
    ));
}

/// Handles the answer about a file with unsaved words.
pub(super) fn put_aside(model: &mut Model, result: Result<PathBuf, String>) {
    match result {
        Ok(path) => {
            model.overlays.pop_if(|top| top.is_put_aside());
            // A relative path says little to who looks for the file later.
            let whole = std::path::absolute(&path).unwrap_or_else(|_| path.clone());
            let sentence = format!("Written to {}.", whole.display());
            model.unsaved.written(path);
            model.say(Notice::Said(sentence));
        }
        Err(problem) => model.say(Notice::Problem(problem)),
    }
}
