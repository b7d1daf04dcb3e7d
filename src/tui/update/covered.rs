//! What lies over everything: the blank, the lock, a report in somebody else's hands. They take every key before all else.

use crate::config::settings::ConfigKey;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::draft::{Draft, Drafts};
use crate::domain::report::report_of;
use crate::tui::effect::Opening;
use crate::tui::effect::{Covering, Effect};
use crate::tui::keys::global::{GLOBAL, Global};
use crate::tui::keys::input::Key;
use crate::tui::keys::meaning;
use crate::tui::leaving;
use crate::tui::model::Model;
use crate::tui::questions;
use crate::tui::screens::Overlay;
use crate::tui::screens::Screens;
use crate::tui::screens::cover::Cover;
use crate::tui::screens::cover::hand_over::HandOver;
use crate::tui::screens::cover::help::CoveredHelp;
use crate::tui::screens::cover::locked::{Leaving, Locked};
use crate::tui::screens::cover::sheet::ShownSheet;
use crate::tui::shared::{self, Protection};
use crate::tui::store_thread::Request;
use crate::tui::store_thread::{Kept, KeptWhat, UnlockedBy};
use chrono::{DateTime, TimeDelta, Utc};
use ratatui::crossterm::event::KeyEvent;

/// Why the program is not left from the locked page.
const WORDS_LEFT: &str =
    "Something that was typed is on no disk yet. Go back first: leaving asks what to do with it.";

/// The effects of a key, where it is the blank's or a cover takes it; `None`: it is for what is below.
pub(super) fn press(model: &mut Model, event: KeyEvent) -> Option<Vec<Effect>> {
    let key = Key::from(event);
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
        Cover::Blank | Cover::Sheet(_) => vec![Effect::Cover(Covering::Away)],
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
        Some(at) if at <= now => vec![Effect::Cover(Covering::Lock)],
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
            let page = HandOver::new(report, model.shared.protection);
            model.covers.push(Cover::HandOver(page));
        }
        Covering::Lock => lock(model, requests),
        Covering::LockUnder => {
            let report = model.covers.pop();
            lock(model, requests);
            model.covers.extend(report);
            // The page under it was made without the report above it.
            hold(model);
        }
        Covering::TurnOver => {
            if let Some(top) = model.covers.pop() {
                let at = model.covers.len().saturating_sub(1);
                model.covers.insert(at, top);
            }
        }
        Covering::Away => _ = model.covers.pop(),
    }
}

fn lock(model: &mut Model, requests: &mut Vec<Request>) {
    // What the disk refused so far is tried once more: behind a lock nobody sees that it is not there.
    leaving::keep_again(model, requests);
    let leaving = if model.is_handed_over() {
        Leaving::Held
    } else {
        Leaving::Free
    };
    let protection = model.shared.protection;
    if protection == Protection::Passphrase {
        requests.push(Request::Lock);
    }
    model
        .covers
        .retain(|cover| !matches!(cover, Cover::Sheet(_)));
    let page = Cover::Locked(Locked::new(leaving, protection));
    // A blank stays blank; the lock waits under it.
    let is_blank = matches!(model.covers.last(), Some(Cover::Blank));
    let at = model.covers.len() - usize::from(is_blank);
    model.covers.insert(at, page);
}

/// Tells the locked page that a report lies over it.
fn hold(model: &mut Model) {
    for cover in &mut model.covers {
        if let Cover::Locked(page) = cover {
            page.hold();
        }
    }
}

/// The page over a journal that was never open in this run.
pub(crate) fn begin_locked(model: &mut Model) {
    model.shared.protection = Protection::Passphrase;
    let page = Locked::new(Leaving::Free, Protection::Passphrase);
    model.covers.push(Cover::Locked(page));
}

/// The key is let go: so is everything of the journal, but for words that are on no disk.
pub(super) fn locked(model: &mut Model) {
    let unsaved = leaving::unsaved_drafts(model);
    // A form without drafts would lose what was typed.
    model.left_open = model.overlays.iter().rev().find_map(Overlay::draft_id);
    model.overlays.retain(|overlay| overlay.words().is_some());
    *model.screens = Screens::default();
    let mut nothing = Journal::default();
    // `!` shows the numbers of this country meanwhile.
    nothing.settings.country = model.shared.journal.settings.country.take();
    model.shared.journal = nothing;
    model.shared.drafts = Drafts::default();
    for draft in unsaved {
        model.shared.drafts.keep(draft);
    }
    model.shared.kept = shared::Kept::default();
    model.shared.past_notices.clear();
    model.notice = None;
    model.to_copy.clear();
    model.came_from = None;
}

/// The journal is open again, with its drafts and with those that only this window held.
pub(super) fn unlocked(
    model: &mut Model,
    journal: Journal,
    drafts: Drafts,
    by: UnlockedBy,
) -> Vec<Effect> {
    let unsaved = leaving::unsaved_drafts(model);
    model.covers.clear();
    model.shared.journal = journal;
    model.shared.drafts = drafts;
    for draft in &unsaved {
        model.shared.drafts.keep(draft.clone());
    }
    let mut effects: Vec<Effect> = unsaved.into_iter().map(Effect::KeepDraft).collect();
    let left_open = model.left_open.take();
    effects.extend(left_open.and_then(|id| reopened(model, id)));
    if by == UnlockedBy::Sheet {
        effects.push(Effect::Ask(questions::after_the_sheet()));
    }
    effects
}

/// Opens the form of a draft again that was open when the journal was locked.
fn reopened(model: &Model, id: EntryId) -> Option<Effect> {
    let opening = match leaving::draft(model, id)? {
        Draft::CheckIn(draft) => Opening::Draft(draft),
        Draft::Record(draft) => Opening::Record(draft),
    };
    Some(Effect::Open(opening))
}

/// What was typed did not open the journal.
pub(super) fn still_locked(model: &mut Model, why: String) {
    let pages = model.covers.iter_mut().rev();
    for cover in pages {
        if let Cover::Locked(page) = cover {
            return page.refuse(why);
        }
    }
}

/// What came of setting, changing or removing the passphrase.
pub(super) fn kept(model: &mut Model, kept: Result<Kept, String>) -> Vec<Effect> {
    let is_page = |overlay: &Overlay| matches!(overlay, Overlay::Passphrase(_));
    let kept = match kept {
        Ok(kept) => kept,
        Err(why) => {
            for overlay in &mut model.overlays {
                if let Overlay::Passphrase(page) = overlay {
                    page.refuse(why);
                    return Vec::new();
                }
            }
            return vec![Effect::Say(why)];
        }
    };
    model.overlays.retain(|overlay| !is_page(overlay));
    model.shared.protection = kept.protection;
    match kept.what {
        KeptWhat::Done(line) => vec![Effect::Say(line)],
        KeptWhat::Opened(file) if file.comes_out_plain => vec![Effect::Run(file.then)],
        KeptWhat::Opened(file) => vec![Effect::Ask(questions::keep_key(&file))],
        KeptWhat::NewKey(line) => vec![Effect::Say(line), Effect::Ask(questions::sheet())],
        KeptWhat::Sheet(groups, picture) => {
            let sheet = ShownSheet::new(groups, picture);
            model.covers.push(Cover::Sheet(sheet));
            Vec::new()
        }
    }
}

/// A paste goes into a field of the cover, or nowhere.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let Model { covers, shared, .. } = model;
    covers
        .last_mut()
        .map(|cover| cover.paste(text, shared))
        .unwrap_or_default()
}

/// Whether the program may be left now. On the locked page nobody can be asked about words that are on no disk: the question
/// would show them.
pub(super) fn may_quit(model: &mut Model) -> bool {
    let has_words = model.unsaved.has_words();
    match model.covers.last_mut() {
        Some(Cover::Locked(page)) if has_words => {
            page.say(WORDS_LEFT.to_owned());
            false
        }
        _ => true,
    }
}
