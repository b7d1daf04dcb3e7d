//! What came of an errand, shown where it was asked for, else on a page of its own.

use super::{follow_all, open};
use crate::transfer::errand::Told;
use crate::tui::effect::{Effect, Opening};
use crate::tui::model::{Model, Notice};
use crate::tui::screens::Overlay;
use crate::tui::store_thread::Request;

/// Shows what came of an errand.
pub(super) fn told(model: &mut Model, told: Result<Told, String>) {
    let told = match told {
        Ok(told) => told,
        Err(problem) => {
            model.say(Notice::Problem(problem));
            return;
        }
    };
    let Model {
        overlays, shared, ..
    } = model;
    if overlays
        .iter_mut()
        .rev()
        .any(|overlay| overlay.take_told(&told, shared))
    {
        return;
    }
    match told {
        Told::Done(line) => {
            overlays.retain(|overlay| !overlay.is_for_errand());
            model.say(Notice::Said(line));
        }
        Told::DoneAtLength(title, lines) => {
            overlays.retain(|overlay| !overlay.is_for_errand());
            open(model, Opening::Page(title, lines));
        }
        Told::Page(title, lines) => open(model, Opening::Page(title, lines)),
        other => {
            if let Some(opening) = Opening::of_told(other) {
                // The path has led to a file; the page of the file takes its place.
                model
                    .overlays
                    .retain(|overlay| !matches!(overlay, Overlay::Path(_)));
                open(model, opening);
            }
        }
    }
}

/// Hands an answer to the page under the list in which it was chosen.
pub(super) fn answered(
    model: &mut Model,
    column: &str,
    meaning: &str,
    requests: &mut Vec<Request>,
) {
    let effects = model
        .overlays
        .last_mut()
        .map_or_else(Vec::new, |top: &mut Overlay| {
            top.take_answer(column, meaning)
        });
    follow_all(model, effects, requests);
}

/// What an overlay needs from outside, asked when it opens: another process may have changed it since.
pub(super) fn needed(opening: &Opening) -> Option<Effect> {
    opening.needs().map(Effect::Run)
}
