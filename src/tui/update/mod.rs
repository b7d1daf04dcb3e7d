//! The only file that changes the model: a message in, requests out. No I/O, no clock.

pub(crate) mod covered;
mod shown;
mod told;

use crate::config::settings::ConfigKey;
use crate::domain::check_in::Form;
use crate::domain::entry::saved::TakeBack;
use crate::domain::entry::{asked_once, saved, validate};
use crate::domain::guide::guide;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::kind::Kind;
use crate::domain::taper::plan_action::PlanAction;
use crate::domain::taper::{plan_action, plans};
use crate::domain::text::words;
use crate::domain::time::Now;
use crate::store::place::READ_ONLY;
use crate::tui::effect::{Covering, Effect, FormKind, Opening};
use crate::tui::keys;
use crate::tui::keys::global::{GLOBAL, Global};
use crate::tui::keys::input::Key;
use crate::tui::keys::unbound;
use crate::tui::keys::{Hint, meaning};
use crate::tui::leaving;
use crate::tui::model::{Model, Notice};
use crate::tui::outside::clipboard;
use crate::tui::pointer::layout::Layout;
use crate::tui::pointer::{Pointed, Pointing, What};
use crate::tui::screens::{self, Around, Overlay};
use crate::tui::store_thread::{Answer, Request};
use crate::tui::tab::Tab;
use ratatui::crossterm::event::KeyEvent;

/// An event of the full screen.
#[derive(Debug)]
pub enum Msg {
    /// A key went down.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The mouse was used.
    Pointed(Pointed),
    /// A frame was drawn with these areas.
    Drawn(Layout),
    /// A key went down after the journal was to lock, and before anybody could see that it has.
    Unseen(KeyEvent),
    /// Text was pasted in the same moment.
    UnseenPaste(String),
    /// The time now: before each batch of events, and at the day's end.
    Clock(Now),
    /// The store answers.
    Stored(Answer),
}

/// Applies `msg` to `model` and returns the requests to the store.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Request> {
    if matches!(msg, Msg::Key(_) | Msg::Paste(_) | Msg::Pointed(_)) {
        model.end_reading();
        model.last_input = model.shared.now.at.to_utc();
    }
    let effects = match msg {
        Msg::Key(event) => covered::press(model, event).unwrap_or_else(|| press(model, event)),
        Msg::Unseen(event) => unseen(model, event),
        Msg::UnseenPaste(text) if model.covers.is_empty() => paste(model, &text),
        Msg::UnseenPaste(_) => Vec::new(),
        // Under a cover a paste would go into what nobody sees.
        Msg::Paste(text) if !model.covers.is_empty() => covered::paste(model, &text),
        Msg::Pointed(_) if !model.covers.is_empty() => Vec::new(),
        Msg::Paste(text) => paste(model, &text),
        Msg::Pointed(pointed) => point(model, pointed),
        Msg::Drawn(layout) => {
            model.drawn = layout;
            Vec::new()
        }
        Msg::Clock(now) => {
            let now = now.with_manner(model.shared.manner());
            // Screens show minutes; a second later they look the same.
            let shown = |now: &Now| (now.at.timestamp().div_euclid(60), *now.at.offset());
            if shown(&now) == shown(&model.shared.now) {
                model.shared.unseen().now = now;
            } else {
                model.shared.now = now;
            }
            covered::idle(model)
        }
        Msg::Stored(answer) => stored(model, answer),
    };
    let mut requests = Vec::new();
    follow_all(model, effects, &mut requests);
    leaving::note_written(model);
    requests
}

/// Carries out effects in order, up to one that a read-only journal refuses: those after it belong to it.
fn follow_all(model: &mut Model, effects: Vec<Effect>, requests: &mut Vec<Request>) {
    for effect in effects {
        if leaving::is_refused(model, &effect) {
            // The place may have become writable since the last look.
            requests.push(Request::Freshen);
            return model.say(Notice::Problem(READ_ONLY.to_owned()));
        }
        follow(model, effect, requests);
    }
}

/// A letter for an open text field goes into its draft: it was typed at what was in sight. Any other key woke the program and
/// means nothing, since whoever pressed it may be somebody else.
fn unseen(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    let Model {
        overlays,
        shared,
        covers,
        ..
    } = model;
    match overlays.last_mut() {
        Some(top) if covers.is_empty() && top.is_typing() && Key::from(event).typed().is_some() => {
            top.press(event, shared).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

fn press(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    let key = Key::from(event);
    let Model {
        overlays,
        shared,
        screens,
        tab,
        keymap,
        ..
    } = model;
    if let Some(top) = overlays.last_mut() {
        let is_typing = top.is_typing();
        if let Some(effects) = top.press(event, shared) {
            return effects;
        }
        // While a text field has the focus, an unused letter must not fire a global key.
        if is_typing && key.typed().is_some() {
            return Vec::new();
        }
        // Under an overlay a person cannot see what other keys would change, so only these six pass.
        return match meaning(GLOBAL, keymap.meant(key, None)) {
            Some(Global::HelpLines) => global(model, Global::HelpLines),
            Some(Global::Keys) => global(model, Global::Keys),
            Some(Global::ReadAbout) => global(model, Global::ReadAbout),
            Some(Global::Mouse) => global(model, Global::Mouse),
            Some(Global::Lock) => global(model, Global::Lock),
            Some(Global::Quit) => global(model, Global::Quit),
            _ => {
                let event = key.elsewhere().map(as_event);
                let effects = event.and_then(|event| top.press(event, shared));
                effects.unwrap_or_default()
            }
        };
    }
    let key = keymap.meant(key, Some(*tab));
    if let Some(effects) = screens.press(*tab, as_event(key), shared) {
        return effects;
    }
    if let Some(meant) = meaning(GLOBAL, key) {
        return global(model, meant);
    }
    let event = key.elsewhere().map(as_event);
    let effects = event.and_then(|event| screens.press(*tab, event, shared));
    effects.unwrap_or_else(|| {
        unbound::notice(key, *tab)
            .map(Effect::Say)
            .into_iter()
            .collect()
    })
}

const fn as_event(key: Key) -> KeyEvent {
    KeyEvent::new(key.code(), key.mods())
}

fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    match model.overlays.last_mut() {
        Some(top) => top.paste(text, &model.shared),
        // Without a text field a paste is dropped: read as keys, a pasted word could save or delete.
        None => Vec::new(),
    }
}

/// Passes a mouse event to the tab, the overlay or the screen under it.
fn point(model: &mut Model, pointed: Pointed) -> Vec<Effect> {
    if model.pointing == Pointing::Off {
        // The terminal may still deliver an event that happened before the switch.
        return Vec::new();
    }
    let Model {
        overlays,
        shared,
        screens,
        tab,
        drawn,
        ..
    } = model;
    // An open overlay captures the mouse as well as the keys: a press on a tab would close a half-filled form.
    if overlays.is_empty() && pointed.what == What::Press {
        let hit = drawn.tabs.iter().find(|(_, at)| at.contains(pointed.at));
        if let Some((tab, _)) = hit {
            return vec![Effect::ShowTab(*tab)];
        }
    }
    let Some(at) = pointed.within(drawn.body) else {
        return Vec::new();
    };
    match overlays.last_mut() {
        Some(top) => top.pointed(at, shared),
        None => screens.pointed(*tab, at, shared),
    }
}

/// The notice for switching the mouse on: it names how to select text from then on.
const MOUSE_ON: &str = "Mouse on: a press on a tab opens it, the wheel scrolls. To select text as before, hold Shift \
                        (on a Mac Option or Fn), or press M again.";
const MOUSE_OFF: &str = "Mouse off: selecting text is the terminal's own again.";

/// The effects of a global key; the palette calls this too.
pub(crate) fn global(model: &mut Model, meant: Global) -> Vec<Effect> {
    match meant {
        Global::CheckIn => vec![Effect::Open(Opening::CheckIn {
            form: Form::Full,
            day: None,
        })],
        Global::Brief => vec![Effect::Open(Opening::CheckIn {
            form: Form::Brief,
            day: None,
        })],
        Global::Undo => vec![Effect::Undo],
        Global::Redo => vec![Effect::Redo],
        Global::Search => vec![Effect::Open(Opening::Search)],
        Global::Palette => vec![Effect::Open(Opening::Palette)],
        Global::ReadAbout => vec![Effect::ReadAbout],
        Global::HelpLines => vec![Effect::Open(Opening::HelpLines)],
        Global::Keys => vec![Effect::Open(Opening::Keys)],
        Global::Mouse => vec![Effect::SwitchMouse],
        Global::Lock => vec![Effect::Cover(Covering::Lock)],
        Global::Blank => vec![Effect::Cover(Covering::Blank)],
        Global::Quit => vec![Effect::Quit],
        Global::Dose => vec![Effect::Open(Opening::Choose(Kind::Dose))],
        Global::Urge => vec![Effect::Open(Opening::Choose(Kind::Urge))],
        Global::Calm => vec![Effect::Open(Opening::Calm)],
        Global::Tab(tab) => vec![Effect::ShowTab(tab)],
        Global::NextTab => vec![Effect::ShowTab(model.tab.next())],
        Global::PreviousTab => vec![Effect::ShowTab(model.tab.previous())],
    }
}

/// Carries out an effect on the model, or turns it into a request.
fn follow(model: &mut Model, effect: Effect, requests: &mut Vec<Request>) {
    let now = model.shared.now.at.to_utc();
    match effect {
        Effect::Write { changes, notice } => {
            leaving::write(model, &changes);
            requests.push(Request::Write {
                changes,
                notice,
                now: model.shared.now.clone(),
            });
        }
        Effect::ChangePlan(plan, action) => {
            let effect = change_plan(model, plan, &action);
            follow(model, effect, requests);
        }
        Effect::Log {
            kind,
            about,
            fields,
            after,
        } => {
            let effect = log(model, kind, about, fields, &after);
            follow(model, effect, requests);
        }
        Effect::KeepDraft(draft) => {
            leaving::keep(model, &draft);
            requests.push(Request::KeepDraft { draft, now });
        }
        Effect::DropDraft(id) => {
            model.unsaved.forget(id);
            model.shared.drafts.drop(id);
            requests.push(Request::DropDraft(id));
        }
        Effect::Undo => requests.push(Request::Undo(model.shared.now.clone())),
        Effect::Redo => requests.push(Request::Redo(model.shared.now.clone())),
        Effect::Erase(entry) => {
            model.shared.drafts.drop(entry.id);
            requests.push(Request::Erase(entry, now));
        }
        Effect::ListBin => requests.push(Request::ListBin(now)),
        effect @ (Effect::Run(_) | Effect::Answer(_)) => told::follow(model, effect, requests),
        Effect::BackUp => requests.push(Request::BackUp(now)),
        Effect::Give(giving, path) => {
            model.say_meanwhile(Some("Writing the file."));
            requests.push(Request::Give {
                giving,
                path,
                now: model.shared.now.clone(),
            });
        }
        // Read once, it is not shown again before the next sitting.
        Effect::Open(Opening::SafetyCard) if model.shared.has_shown_safety => {}
        Effect::Open(opening) => {
            model.shared.has_shown_safety |= opening == Opening::SafetyCard;
            // The bin is read from the file each time: another process may have changed it.
            if opening == Opening::Bin {
                follow(model, Effect::ListBin, requests);
            }
            let needed = told::needed(&opening);
            open(model, opening);
            if let Some(needed) = needed {
                follow(model, needed, requests);
            }
        }
        Effect::Ask(question) => model.overlays.push(Overlay::ask(question)),
        Effect::Close => leaving::close(model),
        Effect::Copy { text, what } => copy(model, text, &what),
        Effect::SwitchMouse => switch_mouse(model),
        Effect::Configure { key, value } => requests.extend(configure(model, key, &value)),
        Effect::Cover(covering) => covered::follow(model, covering, requests),
        Effect::Unlock(way) => requests.push(Request::Unlock(way, model.shared.now.clone())),
        Effect::Keep(keeping) => {
            requests.push(Request::Keep(keeping, model.shared.now.clone()));
        }
        Effect::Quit if !covered::may_quit(model) => {}
        Effect::Say(text) => model.say(Notice::Said(text)),
        Effect::ReadOut(text) => model.read_out(text),
        Effect::ReadAbout => read_about(model),
        place @ (Effect::ShowDay(_)
        | Effect::GoBack
        | Effect::StandOn(_)
        | Effect::ShowSeries(..)
        | Effect::ShowHit { .. }
        | Effect::LookAt(_)
        | Effect::ShowTopic { .. }
        | Effect::ShowTab(_)) => shown::show(model, place),
        Effect::Choose(label) => {
            let effects = choose(model, label);
            follow_all(model, effects, requests);
        }
        Effect::Act { tab, among, label } => {
            shown::show(model, Effect::ShowTab(tab));
            model.screens.enter(tab, &among, &model.shared);
            follow_all(
                model,
                label.map(Effect::Choose).into_iter().collect(),
                requests,
            );
        }
        other => leaving::follow(model, other, requests),
    }
}

fn copy(model: &mut Model, text: String, what: &str) {
    match clipboard::verdict(&text, what) {
        Ok(notice) => {
            model.to_copy.push(text);
            model.say(Notice::Said(notice));
        }
        Err(problem) => model.say(Notice::Problem(problem)),
    }
}

fn switch_mouse(model: &mut Model) {
    let (now, notice) = match model.pointing {
        Pointing::Off => (Pointing::On, MOUSE_ON),
        Pointing::On => (Pointing::Off, MOUSE_OFF),
    };
    model.pointing = now;
    model.say(Notice::Said(notice.to_owned()));
}

/// The effects of the action with this label in the visible screen's key table.
fn choose(model: &mut Model, label: &str) -> Vec<Effect> {
    let Model {
        overlays,
        shared,
        screens,
        tab,
        ..
    } = model;
    let effects = match overlays.last_mut() {
        Some(top) => top.choose(label, shared),
        None => screens.choose(*tab, label, shared),
    };
    effects.unwrap_or_default()
}

/// The effect of an action on a plan, or the sentence that refuses it.
fn change_plan(model: &mut Model, plan: EntryId, action: &PlanAction) -> Effect {
    let id = model.ids.next(model.shared.now.at);
    let (journal, today) = (&model.shared.journal, model.shared.today());
    // Another process may have deleted it while its page was open.
    let Some(plan) = plans::plans(journal)
        .into_iter()
        .find(|other| other.id == plan)
    else {
        return Effect::Say("This plan is not in the journal any more.".to_owned());
    };
    match plan_action::change(journal, &plan, action, today, id) {
        Ok((change, notice)) => Effect::Write {
            changes: vec![change],
            notice: TakeBack::Key.after(&notice),
        },
        Err(why) => Effect::Say(words::sentence(&why)),
    }
}

/// The effect of logging a record of now, or the sentence that refuses it.
fn log(
    model: &mut Model,
    kind: Kind,
    about: Option<String>,
    fields: Vec<(&'static str, String)>,
    after: &str,
) -> Effect {
    let shared = &model.shared;
    let id = model.ids.next(shared.now.at);
    let mut draft = RecordDraft::new(id, kind, shared.today());
    draft.about = about;
    for (field, text) in fields {
        draft = draft.with(field, text);
    }
    match validate::record(&shared.journal, &draft, &shared.now) {
        Ok(record) => {
            let line = TakeBack::Key.after(&saved::sentence(&shared.journal, &record, &shared.now));
            Effect::Write {
                changes: vec![Change::Record(record)],
                notice: format!("{line} {after}").trim_end().to_owned(),
            }
        }
        Err(refusal) => Effect::Say(words::sentence(&refusal.sentence)),
    }
}

/// Applies a value of the config file. The store thread writes the file and reports it.
fn configure(model: &mut Model, key: ConfigKey, value: &str) -> Option<Request> {
    let Model {
        shared,
        pointing,
        abilities,
        ..
    } = model;
    if let Err(error) = shared.config.hold(key, value) {
        model.say(Notice::Problem(error.to_string()));
        return None;
    }
    match (key, value) {
        (ConfigKey::Theme | ConfigKey::Glyphs | ConfigKey::Color, _) => {
            shared.theme = abilities.look(&shared.config);
        }
        (ConfigKey::Mouse, "true") => *pointing = Pointing::On,
        (ConfigKey::Mouse, "false") => *pointing = Pointing::Off,
        _ => {}
    }
    shared.now.manner = shared.config.manner();
    // A demo must not change the person's own config file.
    let Some(path) = shared.config_path.clone() else {
        model.say(Notice::Said(format!("{key} is {value} until you leave.")));
        return None;
    };
    Some(Request::Configure {
        path,
        key,
        value: value.to_owned(),
    })
}

/// Opens the guide as an overlay, at the page about the visible screen; the same key closes it. On the Guide tab it does
/// nothing.
fn read_about(model: &mut Model) {
    if model.overlays.is_empty() && model.tab == Tab::Guide {
        return;
    }
    let mut places = model.overlays.iter().rev().filter_map(Overlay::place);
    let place = places.next().unwrap_or(model.tab.place());
    open(model, Opening::Guide(guide().opened_from(place)));
}

/// The valid keys: those of the top overlay, or those of the screen and the global ones.
pub(crate) fn hints(model: &Model) -> Vec<Hint> {
    if let Some(top) = model.overlays.last() {
        return top.hints();
    }
    let own = model
        .screens
        .hints_now(model.tab, &model.shared)
        .into_iter();
    let all = own.chain(keys::hints(GLOBAL)).collect();
    model.keymap.shown(all, model.tab)
}

/// Where an overlay is opened now.
fn around(model: &Model) -> Around {
    let with_own_keys = |tab: Tab| {
        let mut of_tab = screens::modes(tab);
        for mode in &mut of_tab {
            mode.hints = model.keymap.shown(std::mem::take(&mut mode.hints), tab);
        }
        (tab, of_tab)
    };
    Around {
        tab: model.tab,
        hints: hints(model),
        places: Tab::ALL.into_iter().map(with_own_keys).collect(),
    }
}

/// Opens an overlay; a page that is already open is closed instead.
pub fn open(model: &mut Model, opening: Opening) {
    let is_open = |title: &str, overlays: &[Overlay]| overlays.iter().any(|o| o.title() == title);
    let opening = match opening {
        Opening::Choose(Kind::Dose) => model.screens.dose(model.tab, &model.shared),
        opening => opening,
    };
    let around = around(model);
    let overlay = Overlay::open(opening, &model.shared, &around, &mut model.ids);
    // `!` on the help lines, `?` on the keys: the same key closes its page.
    if overlay.is_page() && is_open(overlay.title(), &model.overlays) {
        model
            .overlays
            .retain(|open| open.title() != overlay.title());
        return;
    }
    model.notice = None;
    model.overlays.push(overlay);
}

/// Asks what it was taken for, once, after the first check-in.
fn ask_once(model: &mut Model, before: &Journal) {
    // What is open goes on. Later on nothing opens by itself under somebody's next keys.
    if !model.overlays.is_empty() || !model.shared.is_first_run {
        return;
    }
    let shared = &model.shared;
    let id = model.ids.next(shared.now.at);
    if let Some(draft) = asked_once::draft(before, &shared.journal, id, shared.today()) {
        open(model, Opening::Form(FormKind::Record(Box::new(draft))));
    }
}

fn stored(model: &mut Model, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Loaded(journal) => model.shared.journal = *journal,
        Answer::Saved { journal, notice } => {
            leaving::saved(model);
            let before = std::mem::replace(&mut model.shared.journal, *journal);
            ask_once(model, &before);
            model.say(Notice::Said(notice));
        }
        Answer::Exchanged { journal, notice } => {
            model.shared.journal = *journal;
            model.say(Notice::Said(notice));
        }
        Answer::Bin(entries) => {
            for overlay in &mut model.overlays {
                overlay.take_bin(&entries);
            }
        }
        Answer::Progress(line) => model.say_progress(line),
        Answer::Told(what) => told::told(model, what),
        Answer::Said(text) => model.say(Notice::Said(text)),
        Answer::Problem(problem) => model.say(Notice::Problem(problem)),
        Answer::NotSaved(problem) => return leaving::not_saved(model, &problem),
        Answer::DraftKept(id) => model.unsaved.kept(id),
        Answer::DraftNotKept { id, problem } => {
            if model.unsaved.not_kept(id, problem.clone()) {
                model.say(Notice::Problem(problem));
            }
        }
        Answer::Placed(place) => return leaving::placed(model, place),
        Answer::Renewed => return leaving::renewed(model),
        Answer::Locked => covered::locked(model),
        Answer::Unlocked {
            journal,
            drafts,
            by,
        } => return covered::unlocked(model, *journal, drafts, by),
        Answer::Kept(kept) => return covered::kept(model, kept),
        Answer::StillLocked(why) => covered::still_locked(model, why),
        Answer::PutAside(put) => leaving::put_aside(model, put),
        Answer::Settled => leaving::settled(model),
    }
    Vec::new()
}
