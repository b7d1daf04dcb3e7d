//! What came of an errand, shown where it was asked for, else on a page of its own.

use super::{follow_all, open};
use crate::config::chosen::ChosenKey;
use crate::transfer::errand::{KeyRow, Told};
use crate::tui::effect::{Effect, Opening};
use crate::tui::model::{Model, Notice};
use crate::tui::questions;
use crate::tui::screens::Overlay;
use crate::tui::store_thread::Request;

/// Shows what came of an errand.
pub(super) fn told(model: &mut Model, told: Result<Told, String>) {
    model.end_reading();
    let told = match told {
        Ok(told) => told,
        Err(problem) => {
            model.say(Notice::Problem(problem));
            return;
        }
    };
    let told = match told {
        // Over the page that asked for it, which is there again after a "no".
        Told::Locked(file) => {
            let question = questions::locked_file(file);
            return model.overlays.push(Overlay::ask(question));
        }
        told => told,
    };
    if let Told::Keys(rows, Some(line)) = &told {
        hold_keys(model, rows);
        model.say(Notice::Said(line.clone()));
    }
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

/// The keys that were chosen hold at once.
fn hold_keys(model: &mut Model, rows: &[KeyRow]) {
    let own = rows.iter().flat_map(|row| {
        row.own.iter().map(|key| ChosenKey {
            action: row.code.clone(),
            key: key.clone(),
            line: 0,
        })
    });
    model.shared.config.chosen_keys = own.collect();
    model.take_keys();
}

/// Carries out an errand, or hands an answer to the page under the list in which it was chosen.
pub(super) fn follow(model: &mut Model, effect: Effect, requests: &mut Vec<Request>) {
    match effect {
        Effect::Run(errand) => {
            model.say_meanwhile(errand.meanwhile());
            requests.push(Request::Run(errand, model.shared.now.clone()));
        }
        Effect::Answer(answer) => {
            let top = model.overlays.last_mut();
            let effects = top.map(|top| top.take_answer(&answer));
            follow_all(model, effects.unwrap_or_default(), requests);
        }
        _ => {}
    }
}

/// What an overlay needs from outside, asked when it opens: another process may have changed it since.
pub(super) fn needed(opening: &Opening) -> Option<Effect> {
    opening.needs().map(Effect::Run)
}
