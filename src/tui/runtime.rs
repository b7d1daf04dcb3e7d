//! The event loop: one channel in, one frame out. The only file under `tui` that reads the clock.
//!
//! Invariant: it blocks on one receiver and wakes only for messages and for the end of the logical day. It handles every
//! waiting message before it draws, so a held-down key never queues frames.

use super::effect::Opening;
use super::model::{Model, Notice};
use super::outside::alarm::Alarm;
use super::outside::clipboard;
use super::outside::events;
use super::outside::events::{Focus, Outside, Signal};
use super::outside::memory::{Memory, TO_BEGIN};
use super::outside::presenter::{Frames, Presenter};
use super::outside::terminal;
use super::outside::terminal::{Guard, Output};
use super::pointer::Pointing;
use super::shared::{Edition, JournalKind, Kept, Protection, Shared};
use super::store_thread::errands::Hands;
use super::store_thread::first_days;
use super::store_thread::first_days::Room;
use super::store_thread::{Answer, Exporter, Request, Storage};
use super::theme::Theme;
use super::theme::abilities::Abilities;
use super::update;
use super::update::{Msg, covered};
use super::view::{Behind, layout, view_after};
use crate::config::file::Config;
use crate::config::settings::ConfigKey;
use crate::domain::id::IdSource;
use crate::domain::journal::draft::Drafts;
use crate::domain::journal::{Coverage, Journal};
use crate::domain::text::words;
use crate::domain::time::{Now, Zone};
use crate::store::{Place, Store, StoreError};
use chrono::{DateTime, Utc};
use ratatui::layout::Rect;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// The parameters of the full screen.
pub(crate) struct Options {
    /// The moment of the start, in the zone to use.
    pub(crate) now: Now,
    /// Whether `--now` was given: then the clock stands still.
    pub(crate) is_fixed: bool,
    /// Colours and glyphs.
    pub(crate) theme: Theme,
    /// The signs and colours that the terminal can show.
    pub(crate) abilities: Abilities,
    /// The values of the config file.
    pub(crate) config: Config,
    /// The path of the config file, if it is known.
    pub(crate) config_path: Option<PathBuf>,
    /// The folder for files that are written for the person, with a slash at its end.
    pub(crate) documents: String,
    /// Whose journal it is.
    pub(crate) kind: JournalKind,
    /// A random number, for new ids.
    pub(crate) seed: u64,
    /// The shown path of the journal.
    pub(crate) place: String,
    /// The first notice, if there is one.
    pub(crate) notice: Option<String>,
    /// Writes an export.
    pub(crate) export: Exporter,
    /// Carries out errands.
    pub(crate) hands: Hands,
}

/// What the full screen opens over.
pub(crate) enum Opened {
    /// An open journal.
    Store(Box<Store>),
    /// The place of an encrypted one whose key is not known yet.
    Locked(PathBuf),
}

/// What is known of the journal before the first frame.
struct Begun {
    journal: Journal,
    drafts: Drafts,
    place: Place,
    protection: Protection,
}

impl Opened {
    fn begun(&self, now: &Now) -> Result<Begun, StoreError> {
        let Self::Store(store) = self else {
            return Ok(Begun {
                journal: Journal::default(),
                drafts: Drafts::default(),
                place: Place::Usual,
                protection: Protection::Passphrase,
            });
        };
        store.at_one_moment(|| {
            Ok(Begun {
                journal: first_days::load(store, now, Room::of_terminal)?,
                drafts: Drafts {
                    check_ins: store.drafts()?,
                    records: store.record_drafts()?,
                },
                place: store.look(),
                protection: if store.is_encrypted() {
                    Protection::Passphrase
                } else {
                    Protection::None
                },
            })
        })
    }
}

/// How the full screen ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The person left.
    Quit,
    /// The person left, and an entry whose save failed is a draft on the disk.
    DraftLeft,
    /// The person left knowingly with unsaved words: the sentence about them.
    Unsaved(String),
    /// A signal arrived or the terminal vanished: the exit code.
    Told(u8),
}

/// Why the full screen could not go on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RunError {
    /// The journal.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The terminal.
    #[error("the terminal could not be used: {0}")]
    Terminal(#[from] std::io::Error),
    /// The system gives no more memory.
    #[error(
        "the system gives ebb too little memory for the full screen, so it ended before anything was lost; what was saved is safe, a draft is kept, and `ebb --plain` needs less"
    )]
    Memory,
}

/// A message of the one channel.
enum Event {
    Outside(Outside),
    Stored(Answer),
}

impl From<Outside> for Event {
    fn from(outside: Outside) -> Self {
        Self::Outside(outside)
    }
}

/// After a pause this long, the next key first asks whether another process has written to the file.
const QUIET: Duration = Duration::from_secs(1);
/// The longest wait for the day's end. A timeout does not count down while the machine sleeps, so a long one would fire late.
const LONGEST_WAIT: Duration = Duration::from_mins(15);

/// Opens the full screen until the person leaves.
pub(crate) fn run(opened: Opened, options: Options) -> Result<Exit, RunError> {
    let memory = Memory::of_system();
    if memory.is_short_of(TO_BEGIN) {
        return Err(RunError::Memory);
    }
    let (events, inbox) = channel();
    let now = options.now.clone().with_manner(options.config.manner());
    let Begun {
        journal,
        drafts,
        place,
        protection,
    } = opened.begun(&now)?;
    let is_locked = matches!(opened, Opened::Locked(_));
    let is_first_run = !is_locked && journal.is_empty() && drafts.is_empty();
    let shared = Shared {
        edition: Edition::default(),
        journal: journal.clone(),
        now,
        theme: options.theme,
        drafts,
        written: Vec::new(),
        place: options.place,
        kind: options.kind,
        protection,
        has_shown_safety: false,
        is_first_run,
        past_notices: Vec::new(),
        kept: Kept::default(),
        config: options.config,
        documents: options.documents,
        config_path: options.config_path,
    };
    let mut model = Model::new(shared, IdSource::new(options.seed));
    if model.shared.config.value(ConfigKey::Mouse) == "true" {
        model.pointing = Pointing::On;
    }
    model.abilities = options.abilities;
    let key_faults = model.take_keys();
    // One fault is enough for the notice line; `ebb config show` lists all of them.
    let faults = model.shared.config.faults.iter().map(ToString::to_string);
    let mut faults = faults.chain(key_faults.iter().map(ToString::to_string));
    let fault = faults
        .next()
        .map(|fault| format!("{fault}; the rest holds"));
    if let Some(notice) = options.notice.or(fault) {
        model.say(Notice::Said(words::sentence(&notice)));
    }
    model.stand(place.clone());
    if is_locked {
        covered::begin_locked(&mut model);
    }
    // The first steps would write.
    if is_first_run && model.file_place == Place::Usual {
        update::open(&mut model, Opening::FirstSteps);
    }
    let answers = events.clone();
    let answer = move |answer| {
        answers.send(Event::Stored(answer)).ok();
    };
    let (export, hands) = (options.export, options.hands);
    let mut storage = match opened {
        Opened::Store(store) => Storage::ready(*store, place, journal, export, hands, answer),
        Opened::Locked(path) => Storage::ready_locked(path, export, hands, answer),
    };
    let listener = events::start(&events, storage.last_words())?;
    let mut screen = Screen {
        guard: Guard::enter()?,
        presenter: Presenter::new(
            terminal::output(),
            Frames::of(options.abilities, &model.shared.config),
        ),
        behind: Behind::default(),
    };
    screen.draw(&model)?;
    // Behind the first frame, which asks nothing of it: the making of a thread holds up the one that makes it.
    storage.begin()?;
    listener.listen()?;
    if !is_locked && model.shared.journal.coverage != Coverage::Whole {
        storage.ask(Request::LoadWhole);
    }
    storage.ask(Request::Examine);
    storage.ask(Request::EmptyBin(options.now.at.to_utc()));
    let clock = Clock {
        zone: options.now.zone,
        fixed: options.is_fixed.then_some(options.now.at.to_utc()),
    };
    let exit = turn(
        &mut model,
        &mut screen,
        &storage,
        &inbox,
        (clock, Alarm::start(&events)?),
        memory,
    );
    // Pending drafts and writes come before the terminal: they are the person's words.
    storage.end();
    drop(screen);
    match exit {
        // Words that are on no disk matter more.
        Err(RunError::Memory) if model.unsaved.has_words() => Ok(self::exit(&model)),
        // Drawing may fail before the watchdog reports that the terminal has vanished; the exit code is the same.
        Err(RunError::Terminal(error)) if terminal::has_vanished(&error) => {
            Ok(Exit::Told(Outside::TerminalGone.exit_code().unwrap_or(1)))
        }
        exit => exit,
    }
}

struct Clock {
    zone: Zone,
    fixed: Option<DateTime<Utc>>,
}

impl Clock {
    fn now(&self) -> Now {
        Now::new(self.fixed.unwrap_or_else(Utc::now), self.zone.clone())
    }
}

/// What is drawn and where. The guard shows the cursor again.
struct Screen {
    guard: Guard,
    presenter: Presenter<Output>,
    behind: Behind,
}

impl Screen {
    fn draw(&mut self, model: &Model) -> std::io::Result<Rect> {
        let area = terminal::area()?;
        let behind = &mut self.behind;
        self.presenter
            .draw(area, |frame| view_after(model, behind, frame))?;
        Ok(area)
    }

    /// Sends the terminal everything besides the frame: the mouse switch and texts for the clipboard.
    fn tell(&mut self, model: &mut Model) -> std::io::Result<()> {
        terminal::point(model.pointing)?;
        for text in model.to_copy.drain(..) {
            self.presenter.tell(clipboard::sequence(&text).as_bytes())?;
        }
        Ok(())
    }

    /// Ctrl-Z: restores the terminal, stops the process, and redraws after `fg`.
    fn suspend(&mut self) -> std::io::Result<()> {
        self.guard.suspend()?;
        self.presenter.forget();
        Ok(())
    }

    /// Takes the terminal again after a SIGSTOP from outside: the shell has had it since.
    fn come_back(&mut self) -> std::io::Result<()> {
        self.guard.retake()?;
        self.presenter.forget();
        Ok(())
    }
}

fn turn(
    model: &mut Model,
    screen: &mut Screen,
    storage: &Storage,
    inbox: &Receiver<Event>,
    (clock, mut alarm): (Clock, Alarm),
    memory: Memory,
) -> Result<Exit, RunError> {
    let mut last_key: Option<Instant> = None;
    loop {
        let first = match wait(model, inbox, &clock, &mut alarm) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => {
                // The file may have been moved while nobody typed.
                storage.ask(Request::Freshen);
                None
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(Exit::Quit),
        };
        let now = clock.now();
        let first = before_lock(model, storage, first, (inbox, &now));
        // Before the events, so that a key after midnight already counts for the new day.
        take_in(model, storage, Msg::Clock(now));
        let mut is_resized = false;
        for event in first.into_iter().chain(inbox.try_iter()) {
            match event {
                Event::Stored(answer) => take_in(model, storage, Msg::Stored(answer)),
                Event::Outside(Outside::Signal(Signal::Continue)) => {
                    screen.come_back()?;
                    storage.ask(Request::Freshen);
                }
                Event::Outside(Outside::Key(key)) if model.suspends_on(key.into()) => {
                    screen.suspend()?;
                    // Before anything is drawn: it may have been stopped for hours.
                    take_in(model, storage, Msg::Clock(clock.now()));
                }
                Event::Outside(Outside::Key(key)) => {
                    // `ebb` in another terminal may have written during the pause.
                    let now = Instant::now();
                    if last_key.is_none_or(|last| now.duration_since(last) > QUIET) {
                        storage.ask(Request::Freshen);
                    }
                    last_key = Some(now);
                    take_in(model, storage, Msg::Key(key));
                }
                Event::Outside(Outside::Paste(text)) => take_in(model, storage, Msg::Paste(text)),
                Event::Outside(Outside::Pointed(pointed)) => {
                    take_in(model, storage, Msg::Pointed(pointed));
                }
                Event::Outside(Outside::Focus(Focus::Gained)) => storage.ask(Request::Freshen),
                Event::Outside(Outside::Resize(..)) => is_resized = true,
                Event::Outside(Outside::Focus(Focus::Lost) | Outside::Alarm) => {}
                Event::Outside(end) => return Ok(Exit::Told(end.exit_code().unwrap_or(1))),
            }
            if !model.is_running {
                // A copy made just before quitting still has to reach the terminal.
                screen.tell(model)?;
                return Ok(exit(model));
            }
        }
        screen.tell(model)?;
        if memory == Memory::Limited {
            let area = terminal::area()?;
            if memory.is_short_of_frame(area.width, area.height) {
                return Err(RunError::Memory);
            }
        }
        // After the question of memory: a larger picture takes more of it.
        if is_resized {
            // A window that was small for a moment lost what stood in the rest, and may have its old size again already.
            screen.presenter.forget();
        }
        let area = screen.draw(model)?;
        // Only the mouse needs the areas of the frame; without it every frame would compute them for nothing.
        if model.pointing == Pointing::On {
            take_in(model, storage, Msg::Drawn(layout(model, area)));
        }
    }
}

/// Takes in what was typed while the journal is about to lock by itself, and gives back the events that are left. Its draft goes
/// to the disk before the key is let go, and nothing of it runs into the passphrase.
fn before_lock(
    model: &mut Model,
    storage: &Storage,
    first: Option<Event>,
    (inbox, now): (&Receiver<Event>, &Now),
) -> Vec<Event> {
    let mut left: Vec<Event> = first.into_iter().collect();
    if covered::locks_at(model).is_none_or(|at| at > now.at.to_utc()) {
        return left;
    }
    left.extend(inbox.try_iter());
    let mut others = Vec::new();
    for event in left {
        match event {
            Event::Outside(Outside::Key(key)) => take_in(model, storage, Msg::Unseen(key)),
            Event::Outside(Outside::Paste(text)) => take_in(model, storage, Msg::UnseenPaste(text)),
            other => others.push(other),
        }
    }
    others
}

fn exit(model: &Model) -> Exit {
    if model.unsaved.has_words() {
        Exit::Unsaved(model.unsaved.farewell())
    } else if model.unsaved.is_empty() {
        Exit::Quit
    } else {
        Exit::DraftLeft
    }
}

/// Waits for an event, or until the logical day ends. With a fixed clock the day never ends.
/// The lock by itself waits for the wall clock as well.
fn wait(
    model: &Model,
    inbox: &Receiver<Event>,
    clock: &Clock,
    alarm: &mut Alarm,
) -> Result<Event, RecvTimeoutError> {
    if clock.fixed.is_some() {
        return inbox.recv().map_err(|_| RecvTimeoutError::Disconnected);
    }
    let day_end = model.shared.journal.settings.day_end;
    let ends = model.shared.now.next_day_start(day_end);
    let locks = covered::locks_at(model);
    alarm.set(locks);
    let until = locks.map_or(ends.to_utc(), |locks| locks.min(ends.to_utc()));
    let left = (until - Utc::now()).to_std().unwrap_or_default();
    // A little past the day's end: woken a moment too early, it would still be the old day.
    let left = left.saturating_add(Duration::from_millis(50));
    inbox.recv_timeout(alarm.patience(left.min(LONGEST_WAIT)))
}

fn take_in(model: &mut Model, storage: &Storage, msg: Msg) {
    for request in update::update(model, msg) {
        storage.ask(request);
    }
}
