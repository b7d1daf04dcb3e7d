//! What lies over everything: the blank, the lock, a report in somebody else's hands. They take every key before all else.

use crate::config::settings::ConfigKey;
use crate::domain::report::report_of;
use crate::tui::effect::{Covering, Effect};
use crate::tui::keys::global::{GLOBAL, Global};
use crate::tui::keys::input::Key;
use crate::tui::keys::meaning;
use crate::tui::leaving;
use crate::tui::model::Model;
use crate::tui::screens::Overlay;
use crate::tui::screens::cover::Cover;
use crate::tui::screens::cover::hand_over::HandOver;
use crate::tui::screens::cover::help::CoveredHelp;
use crate::tui::screens::cover::locked::{Cause, Leaving, Locked};
use crate::tui::store_thread::Request;
use chrono::{DateTime, TimeDelta, Utc};
use ratatui::crossterm::event::KeyEvent;

/// Why the program is not left from the locked page.
const WORDS_LEFT: &str =
    "Something that was typed is on no disk yet. Go back first: leaving asks what to do with it.";

/// The effects of a key, where it is the blank's or a cover takes it; `None`: it is for what is below.
pub(super) fn press(model: &mut Model, event: KeyEvent) -> Option<Vec<Effect>> {
    let key = Key::from(event);
    let now = model.shared.now.at.to_utc();
    let meant = meaning(GLOBAL, model.keymap.meant(key, None));
    let is_typing = match model.covers.last() {
        Some(cover) => cover.is_typing(),
        None => model.overlays.last().is_some_and(Overlay::is_typing),
    };
    let meant = meant.filter(|_| !(is_typing && key.typed().is_some()));
    if meant == Some(Global::Blank) && !matches!(model.covers.last(), Some(Cover::Blank)) {
        return Some(vec![Effect::Cover(Covering::Blank)]);
    }
    let is_held = model.is_handed_over();
    let Model { covers, shared, .. } = model;
    Some(match covers.last_mut()? {
        Cover::Blank => vec![Effect::Cover(Covering::Away)],
        Cover::Locked(page) if page.was_unseen(now) => Vec::new(),
        Cover::Locked(_) | Cover::HandOver(_) if meant == Some(Global::HelpLines) => {
            vec![Effect::Cover(Covering::Help)]
        }
        cover => match cover.press(event, shared) {
            Some(effects) => effects,
            None if meant == Some(Global::Quit) && !is_held => vec![Effect::Quit],
            None => {
                let event = key.elsewhere().map(super::as_event);
                let effects = event.and_then(|event| cover.press(event, shared));
                effects.unwrap_or_default()
            }
        },
    })
}

/// When the journal locks by itself if nothing more is typed; `None` while it never does, or is locked.
pub(crate) fn locks_at(model: &Model) -> Option<DateTime<Utc>> {
    let minutes = model.shared.config.value(ConfigKey::IdleLock).parse();
    let is_locked = model.covers.iter().any(|c| matches!(c, Cover::Locked(_)));
    let idle = minutes.ok().and_then(TimeDelta::try_minutes)?;
    (!is_locked).then(|| model.last_input + idle)
}

/// Locks when nothing was typed for as long as the person set.
pub(super) fn idle(model: &Model) -> Vec<Effect> {
    let now = model.shared.now.at.to_utc();
    match locks_at(model) {
        Some(at) if at <= now => vec![Effect::Cover(Covering::LockIdle)],
        _ => Vec::new(),
    }
}

/// Puts a cover over everything, or takes the uppermost one away.
pub(super) fn follow(model: &mut Model, covering: Covering, requests: &mut Vec<Request>) {
    match covering {
        Covering::Blank => model.covers.push(Cover::Blank),
        Covering::Help => model.covers.push(Cover::Help(CoveredHelp::default())),
        Covering::HandOver(ask) => {
            let report = report_of(&model.shared.journal, &ask, &model.shared.now);
            model.covers.push(Cover::HandOver(HandOver::new(report)));
        }
        Covering::Lock => lock(model, Cause::Asked, requests),
        Covering::LockIdle => {
            let now = model.shared.now.at.to_utc();
            lock(model, Cause::Idle(now), requests);
        }
        Covering::Away => _ = model.covers.pop(),
    }
}

fn lock(model: &mut Model, cause: Cause, requests: &mut Vec<Request>) {
    // What the disk refused so far is tried once more: behind a lock nobody sees that it is not there.
    leaving::keep_again(model, requests);
    let leaving = if model.is_handed_over() {
        Leaving::Held
    } else {
        Leaving::Free
    };
    let page = Cover::Locked(Locked::new(cause, leaving));
    // A blank stays blank; the lock waits under it.
    let is_blank = matches!(model.covers.last(), Some(Cover::Blank));
    let at = model.covers.len() - usize::from(is_blank);
    model.covers.insert(at, page);
}

/// Whether the program may be left now. On the locked page nobody can be asked about words that are on no disk: the question
/// would show them.
pub(super) fn may_quit(model: &mut Model) -> bool {
    let has_words = model.unsaved.has_words();
    match model.covers.last_mut() {
        Some(Cover::Locked(page)) if has_words => {
            page.say(WORDS_LEFT);
            false
        }
        _ => true,
    }
}
