//! `ebb` alone: the journal on the full screen, or plain.

pub(super) mod demo;
pub(super) mod hands;
mod passphrase;
mod sentences;
mod taking;

use super::export;
use super::failure::{DISK, Failure, NO, Outcome};
use super::output;
use super::output::look;
use super::output::secret;
use super::plain;
use super::plain::{Gate, Giving, Plain, PlainError};
use super::session::{Face, Session, Ticking};
use crate::config::file;
use crate::config::settings::ConfigKey;
use crate::domain::journal::Journal;
use crate::domain::text::words;
use crate::domain::time::Now;
use crate::store::{Store, StoreError, WindowFile, conflicts_beside};
use crate::transfer::errand::Errand;
use crate::transfer::import::face::Face as ImportFace;
use crate::tui;
use crate::tui::outside::terminal;
use crate::tui::outside::terminal::NoTerminal;
use crate::tui::shared::JournalKind;
use crate::tui::{Exit, Opened, Options};
use hands::Hands;
use std::path::{Path, PathBuf};

/// Opens the person's journal, making it when there is none.
pub(super) fn run(session: &mut Session) -> Outcome {
    let face = face(session)?;
    if let Some(path) = asks_on_the_screen(face, session)? {
        let _file: Option<WindowFile> = session.windows.enter(&path, session.now.at);
        return with(Opened::Locked(path), JournalKind::Own, face, session);
    }
    let store = match session.open_if_there()? {
        Some(store) => store,
        None => session.create()?,
    };
    session.typed.forget();
    let path = session.places()?.journal.clone();
    let around = around(&path, session);
    if let (Shown::Plain(_), Some(around)) = (face, &around) {
        output::say(around);
    }
    if face == Shown::Screen {
        let notices = [session.notice.take().map(|it| words::sentence(&it)), around];
        let notices: Vec<String> = notices.into_iter().flatten().collect();
        session.notice = (!notices.is_empty()).then(|| notices.join(" "));
    }
    // Held until the end, so that the next run can name this one.
    let _file: Option<WindowFile> = session.windows.enter(&path, session.now.at);
    let store = Opened::Store(Box::new(store));
    with(store, JournalKind::Own, face, session)
}

/// The place of an encrypted journal whose passphrase the full screen asks for.
fn asks_on_the_screen(face: Shown, session: &Session) -> Outcome<Option<PathBuf>> {
    // A program that knows the passphrase is run before the screen is taken, as for every other verb.
    let asks = face == Shown::Screen && session.is_locked()?;
    Ok(if asks {
        Some(session.places()?.journal.clone())
    } else {
        None
    })
}

/// What is to be known of the journal's surroundings when it opens; `None` if there is nothing.
fn around(journal: &Path, session: &Session) -> Option<String> {
    let windows = session
        .windows
        .sentences(journal, session.now.at.date_naive());
    let copies = match conflicts_beside(journal).len() {
        0 => None,
        1 => Some("A conflict copy lies beside the journal; `ebb doctor` names it.".to_owned()),
        n => Some(format!(
            "{n} conflict copies lie beside the journal; `ebb doctor` names them."
        )),
    };
    let lines: Vec<String> = [windows, copies].into_iter().flatten().collect();
    (!lines.is_empty()).then(|| lines.join(" "))
}

/// How the journal can be shown here, and why not otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// On the full screen.
    Screen,
    /// One question a line, for this reason.
    Plain(&'static str),
}

/// Full screen, or plain when asked for or when the terminal can do no more; exit 2 without any terminal.
pub(super) fn face(session: &Session) -> Outcome<Shown> {
    match (session.face, terminal::is_usable()) {
        (Face::Plain, _) if session.over.iter().any(|over| over.key == ConfigKey::Plain) => {
            Ok(Shown::Plain("--plain was given"))
        }
        (Face::Plain, _) => Ok(Shown::Plain("the config file says so")),
        (Face::Screen, Ok(())) => Ok(Shown::Screen),
        (Face::Screen, Err(NoTerminal::DumbTerminal)) => {
            Ok(Shown::Plain("this terminal cannot place text"))
        }
        (Face::Screen, Err(NoTerminal::NotATerminal)) => Err(Failure::usage(
            "the full screen needs a terminal; `ebb checkin`, `ebb status` and `ebb --plain` work without one",
        )),
    }
}

/// Opens `store` on the full screen, or hands it to plain mode.
pub(super) fn with(
    opened: Opened,
    kind: JournalKind,
    face: Shown,
    session: &mut Session,
) -> Outcome {
    let path = match &opened {
        Opened::Store(store) => store.path().map(Path::to_owned),
        Opened::Locked(path) => Some(path.clone()),
    };
    let place = match (kind, path) {
        (JournalKind::Own, Some(path)) => path.display().to_string(),
        _ => "nowhere: it is made up and goes away".to_owned(),
    };
    match face {
        Shown::Screen => {
            let ours = session.ours();
            let mut hands = Hands::new(session, kind, ImportFace::Keys);
            let list = match &opened {
                Opened::Store(store) => hands::list_of(session, store, kind),
                Opened::Locked(_) => None,
            };
            let behind_lock = matches!(opened, Opened::Locked(_)).then(|| session.clone());
            let abilities = look::abilities();
            let config = look::config(session)?;
            let options = Options {
                now: session.now.clone(),
                is_fixed: session.ticking == Ticking::Fixed,
                theme: abilities.look(&config),
                abilities,
                config,
                config_path: match kind {
                    JournalKind::Own => session
                        .places
                        .as_ref()
                        .ok()
                        .map(|found| found.config.clone()),
                    // A made-up journal changes no config file of the person.
                    JournalKind::Demo => None,
                },
                documents: hands::documents(),
                kind,
                seed: session.seed_number(),
                place,
                notice: session.notice.clone(),
                export: Box::new(move |journal, giving, path, now, tell| {
                    // The list lies under the journal's own id, which a locked one does not tell.
                    let now_known = behind_lock.as_ref().and_then(|session| {
                        let store = session.open().ok()?;
                        hands::list_of(session, &store, kind)
                    });
                    let list = list.as_ref().or(now_known.as_ref());
                    export::to_new_file(journal, giving, path, now, &ours, list, tell)
                }),
                hands: Box::new(move |store, errand, now, tell| {
                    hands.run(store, errand, now, tell)
                }),
            };
            match tui::run(opened, options) {
                Ok(Exit::Quit) => Ok(()),
                // No copy of the day: it would be said beside it that what was saved is saved.
                Ok(Exit::DraftLeft) => Err(Failure::quiet(0)),
                Ok(Exit::Unsaved(lines)) => Err(Failure::new(DISK, lines)),
                Ok(Exit::Told(code)) => Err(Failure::quiet(code)),
                Err(tui::RunError::Store(error)) => Err(error.into()),
                Err(error) => Err(Failure::new(NO, error.to_string())),
            }
        }
        Shown::Plain(reason) => match opened {
            Opened::Store(store) => plain(*store, kind, reason, session),
            Opened::Locked(path) => Err(StoreError::Sealed(path).into()),
        },
    }
}

// 128 and the number of SIGINT, as a shell reports it.
/// Ctrl-C in plain mode.
const INTERRUPTED: u8 = 130;

/// Plain mode on stdin and stdout, until the person leaves or the input ends.
fn plain(mut store: Store, kind: JournalKind, reason: &str, session: &Session) -> Outcome {
    let theme = look::theme(session)?;
    session.empty_bin(&mut store);
    let clock = || session.tick();
    let ours = session.ours();
    let list = hands::list_of(session, &store, kind);
    let mut hands = Hands::new(session, kind, ImportFace::Words);
    let few = output::FewLines::new();
    let mut export = |journal: &Journal, giving: &Giving, path: &str, now: &Now| {
        export::to_new_file(
            journal,
            giving,
            Path::new(path),
            now,
            &ours,
            list.as_ref(),
            &|progress| few.say(progress),
        )
    };
    let may = |path: &Path| ours.may_be_config(path);
    let mut configure = |key: ConfigKey, value: &str| match (kind, &session.places) {
        (JournalKind::Own, Ok(places)) => file::set(&places.config, key, value, &may)
            .map(|()| format!("{key} is {value} from the next start."))
            .map_err(|error| error.to_string()),
        (JournalKind::Own, Err(error)) => Err(error.to_string()),
        (JournalKind::Demo, _) => {
            Err("a made-up journal has no config file; nothing was changed".to_owned())
        }
    };
    let ended = output::conversation(|input, output| {
        let ids = session.ids.clone();
        plain::run(
            &mut store,
            Plain {
                input,
                output,
                room: &|| output::room().unwrap_or(output::USUAL),
                clock: &clock,
                ids,
                reason,
                kind,
                theme,
                export: &mut export,
                hands: &mut |store: &mut Store, errand: &Errand, now: &Now| {
                    hands.run(store, errand, now, &|progress| few.say(progress))
                },
                config: session.config.clone(),
                configure: &mut configure,
                gate: Gate {
                    ask: secret::may_be_asked().then_some(&passphrase::unlock_own),
                    clearing: terminal::is_usable().is_ok().then_some(terminal::CLEARED),
                },
            },
        )
    });
    match ended {
        Ok(plain::Ended::Unsaved(sentence)) => Err(Failure::new(DISK, sentence)),
        Ok(plain::Ended::Interrupted) => Err(Failure::quiet(INTERRUPTED)),
        Ok(_) => Ok(()),
        Err(PlainError::Io(error)) => Err(Failure::of_stdout(&error)),
        Err(PlainError::Store(error)) => Err(error.into()),
    }
}
