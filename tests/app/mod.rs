//! The full screen without a terminal: a model, the real store thread behind it, a frame to look at.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod entries;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use ebbtide::config::file::Config;
use ebbtide::domain::attempt::{Attempt, Method};
use ebbtide::domain::check_in::symptom::{Severity, Symptoms};
use ebbtide::domain::check_in::{Answer as Rated, CheckInDraft, Form};
use ebbtide::domain::id::IdSource;
use ebbtide::domain::journal::Journal;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::journal::draft::Drafts;
use ebbtide::domain::time::{DayEnd, Moment, Now, Zone};
use ebbtide::store::key::passphrase::Passphrase;
use ebbtide::store::{Seed, Store};
use ebbtide::tui::effect::Opening;
use ebbtide::tui::model::Model;
use ebbtide::tui::pointer::{Pointed, What};
use ebbtide::tui::shared::{Edition, JournalKind, Kept, Protection, Shared};
use ebbtide::tui::store_thread::{Answer, Request, Storage};
use ebbtide::tui::theme::Theme;
use ebbtide::tui::update;
use ebbtide::tui::update::{Msg, update};
use ebbtide::tui::view::{Behind, Frame, layout, view_after};
use ratatui::buffer::{Buffer, Cell};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;
use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::TempDir;

/// The day on which most walks happen.
pub const SUNDAY: &str = "2026-11-22T08:12:00+01:00";

/// Keys are held by the whole process, so that a lock in one test would take them from another.
static ALONE: Mutex<()> = Mutex::new(());

/// What opens [`App::under_passphrase`].
pub const PASSPHRASE: &str = "four words and more";

/// A running full screen.
pub struct App {
    pub model: Model,
    storage: Option<Storage>,
    answers: Receiver<Answer>,
    folder: TempDir,
    keys: usize,
    theme: Theme,
    behind: RefCell<Behind>,
    alone: Option<MutexGuard<'static, ()>>,
}

pub fn now(text: &str) -> Now {
    let at: DateTime<FixedOffset> = text.parse().unwrap();
    Now::new(at.to_utc(), Zone::fixed(*at.offset()))
}

/// The picture of a model.
pub fn drawn(model: &Model, width: u16, height: u16) -> Frame {
    drawn_after(model, &mut Behind::default(), width, height)
}

/// The same with what is kept of the picture before it.
fn drawn_after(model: &Model, behind: &mut Behind, width: u16, height: u16) -> Frame {
    let mut frame = Frame::blank(Rect::new(0, 0, width, height));
    view_after(model, behind, &mut frame);
    frame
}

/// What stands on a picture, a line a row.
pub fn text(buffer: &Buffer) -> String {
    let rows = buffer
        .content
        .chunks(usize::from(buffer.area.width).max(1))
        .map(|row| row.iter().map(Cell::symbol).collect::<String>());
    rows.map(|row| row.trim_end().to_owned() + "\n").collect()
}

fn path(folder: &TempDir) -> PathBuf {
    folder.path().join("journal.db")
}

fn new_store(folder: &TempDir) -> Store {
    let seed = Seed {
        now: DateTime::UNIX_EPOCH,
        journal: [1; 16],
        device: [2; 16],
    };
    Store::create(&path(folder), seed).unwrap()
}

impl App {
    pub fn empty() -> Self {
        Self::at(SUNDAY)
    }

    /// An empty journal at this moment, with the first steps open.
    pub fn at(moment: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = new_store(&folder);
        Self::over(store, folder, moment)
    }

    /// Twelve days until 21 Nov, one of them missing, an attempt with day 0 on 13 Nov.
    pub fn lived_in() -> Self {
        Self::at_with_days(SUNDAY)
    }

    /// The same with these changes after it.
    pub fn lived_in_with(changes: &[Change]) -> Self {
        let mut all = lived_in_changes();
        all.extend_from_slice(changes);
        Self::with_changes(&all, SUNDAY)
    }

    pub fn at_with_days(moment: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = new_store(&folder);
        store
            .apply(&lived_in_changes(), DateTime::UNIX_EPOCH)
            .unwrap();
        Self::over(store, folder, moment)
    }

    /// The same days in a journal under [`PASSPHRASE`], open.
    pub fn under_passphrase() -> Self {
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = tempfile::tempdir().unwrap();
        let mut store = new_store(&folder);
        store
            .apply(&lived_in_changes(), DateTime::UNIX_EPOCH)
            .unwrap();
        store
            .set_passphrase(&Passphrase::new(PASSPHRASE).unwrap())
            .unwrap();
        let mut app = Self::open_over(store, folder, SUNDAY);
        app.model.shared.protection = Protection::Passphrase;
        app.alone = Some(alone);
        app
    }

    /// The same days in a plain journal that may become encrypted.
    pub fn alone() -> Self {
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let mut app = Self::lived_in();
        app.alone = Some(alone);
        app
    }

    /// The recovery sheet of a journal under a passphrase, as one writes it down.
    pub fn sheet(&self) -> String {
        let store = Store::open(&self.file()).unwrap();
        let groups = store.sheet().unwrap().groups();
        let groups: Vec<&str> = groups.iter().map(|group| group.as_str()).collect();
        groups.join(" ")
    }

    /// Over a journal with these changes.
    pub fn with_changes(changes: &[Change], moment: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = new_store(&folder);
        store.fill(changes, DateTime::UNIX_EPOCH).unwrap();
        Self::over(store, folder, moment)
    }

    /// Over the journal that the binary wrote.
    pub fn over_file(file: &std::path::Path, moment: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(file, path(&folder)).unwrap();
        let store = Store::open(&path(&folder)).unwrap();
        Self::over(store, folder, moment)
    }

    /// Over a made-up year.
    pub fn demo(days: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = new_store(&folder);
        let plan = ebbtide::domain::demo::Plan::usual(days, 1);
        store
            .fill(
                &ebbtide::domain::demo::changes(plan, &now(SUNDAY)),
                DateTime::UNIX_EPOCH,
            )
            .unwrap();
        Self::over(store, folder, SUNDAY)
    }

    /// Twelve days in a journal that was made at `made`, for which no passphrase was offered yet.
    pub fn without_offer(made: &str, moment: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let seed = Seed {
            now: made.parse().unwrap(),
            journal: [1; 16],
            device: [2; 16],
        };
        let mut store = Store::create(&path(&folder), seed).unwrap();
        store
            .apply(&lived_in_changes(), DateTime::UNIX_EPOCH)
            .unwrap();
        Self::open_over(store, folder, moment)
    }

    fn over(mut store: Store, folder: TempDir, moment: &str) -> Self {
        // Behind a save of any test it would be in the way of what that is about.
        store.note_passphrase_offer().ok();
        Self::open_over(store, folder, moment)
    }

    fn open_over(store: Store, folder: TempDir, moment: &str) -> Self {
        let journal = store.load(None).unwrap();
        let drafts = Drafts {
            check_ins: store.drafts().unwrap(),
            records: store.record_drafts().unwrap(),
        };
        let is_first = journal.is_empty() && drafts.is_empty();
        let shared = Shared {
            edition: Edition::default(),
            journal: journal.clone(),
            now: now(moment),
            theme: Theme::default(),
            drafts,
            written: Vec::new(),
            place: "/home/me/journal.db".to_owned(),
            kind: JournalKind::Own,
            protection: Protection::None,
            has_shown_safety: false,
            is_first_run: is_first,
            past_notices: Vec::new(),
            kept: Kept::default(),
            config: Config::default(),
            documents: String::new(),
            config_path: Some(folder.path().join("config.toml")),
        };
        let mut model = Model::new(shared, IdSource::new(11));
        if is_first {
            update::open(&mut model, Opening::FirstSteps);
        }
        let (sender, answers) = channel();
        let export =
            |_: &Journal,
             _: &_,
             _: &std::path::Path,
             _: &Now,
             _: ebbtide::transfer::progress::OnProgress<'_>| Ok("Written.".to_owned());
        let config = folder.path().join("config.toml");
        let hands = ebbtide::cli::hands(&path(&folder), &config, &now(moment));
        let storage = Storage::start_with(store, journal, Box::new(export), hands, move |answer| {
            sender.send(answer).unwrap_or(());
        })
        .unwrap();
        Self {
            model,
            storage: Some(storage),
            answers,
            folder,
            keys: 0,
            theme: Theme::default(),
            behind: RefCell::default(),
            alone: None,
        }
    }

    /// Ends and opens the same journal anew.
    pub fn reopened(mut self) -> Self {
        let moment = self.model.shared.now.at.to_rfc3339();
        self.storage.take().unwrap().end();
        let store = Store::open(&path(&self.folder)).unwrap();
        let folder = std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap());
        Self::over(store, folder, &moment)
    }

    pub fn looks(mut self, theme: Theme) -> Self {
        self.model.shared.theme = theme;
        self.theme = theme;
        self
    }

    /// Presses keys one after another: letters as they stand, others as `<Enter>`, `<Ctrl-S>`.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        let keys = parse(keys);
        self.keys = keys.len();
        for key in keys {
            self.send(Msg::Key(key));
        }
        self
    }

    pub fn keys_of_last_press(&self) -> usize {
        self.keys
    }

    pub fn paste(&mut self, text: &str) {
        // As the input thread hands it over.
        self.send(Msg::Paste(text.replace("\r\n", "\n")));
    }

    pub fn send(&mut self, msg: Msg) {
        for request in update(&mut self.model, msg) {
            self.ask(request);
        }
        self.settle();
    }

    /// Uses the mouse on the screen as it is drawn at this size.
    pub fn point(&mut self, size: (u16, u16), what: What, x: u16, y: u16) -> &mut Self {
        let area = Rect::new(0, 0, size.0, size.1);
        self.send(Msg::Drawn(layout(&self.model, area)));
        let at = Position::new(x, y);
        self.send(Msg::Pointed(Pointed { at, what }));
        self
    }

    fn ask(&self, request: Request) {
        self.storage.as_ref().unwrap().ask(request);
    }

    /// What the store answers to keys, in its order. The screen does not take it in.
    pub fn answers_to(&mut self, keys: &str) -> Vec<Answer> {
        for key in parse(keys) {
            for request in update(&mut self.model, Msg::Key(key)) {
                self.ask(request);
            }
        }
        let (done, finished) = channel();
        self.ask(Request::Tell(done));
        finished.recv().unwrap();
        self.answers.try_iter().collect()
    }

    /// Waits until the store has done everything and takes its answers in.
    fn settle(&mut self) {
        loop {
            let (done, finished) = channel();
            self.ask(Request::Tell(done));
            finished.recv().unwrap();
            let mut more = Vec::new();
            while let Ok(answer) = self.answers.try_recv() {
                more.extend(update(&mut self.model, Msg::Stored(answer)));
            }
            if more.is_empty() {
                return;
            }
            // What did not arrive is kept as a draft, if it can be.
            for request in more {
                self.ask(request);
            }
        }
    }

    /// The journal's file.
    pub fn file(&self) -> PathBuf {
        path(&self.folder)
    }

    pub fn is_running(&self) -> bool {
        self.model.is_running
    }

    /// What stands in the file.
    pub fn journal(&self) -> Journal {
        Store::open(&path(&self.folder))
            .unwrap()
            .load(None)
            .unwrap()
    }

    pub fn drafts(&self) -> Vec<CheckInDraft> {
        Store::open(&path(&self.folder)).unwrap().drafts().unwrap()
    }

    /// Presses and tells whether letters are letters now.
    pub fn is_typing_after(&mut self, keys: &str) -> bool {
        self.press(keys);
        self.model
            .overlays
            .last()
            .is_some_and(ebbtide::tui::screens::Overlay::is_typing)
    }

    /// Where the terminal's cursor stands; `None` while it is hidden.
    pub fn cursor(&self, width: u16, height: u16) -> Option<(u16, u16)> {
        let frame = drawn(&self.model, width, height);
        frame.cursor().map(|Position { x, y }| (x, y))
    }

    /// What stands on the screen: the same, whether the screen under an overlay is drawn or kept from an earlier frame.
    pub fn buffer(&self, width: u16, height: u16) -> Buffer {
        let mut behind = self.behind.borrow_mut();
        let kept = drawn_after(&self.model, &mut behind, width, height);
        let fresh = drawn(&self.model, width, height);
        assert_eq!(kept.buffer(), fresh.buffer());
        assert_eq!(kept.cursor(), fresh.cursor());
        fresh.into_buffer()
    }

    /// The same without what lies dim under an overlay, whose edges cut words that nobody is meant to read.
    pub fn in_front(&self, width: u16, height: u16) -> String {
        let buffer = self.buffer(width, height);
        let is_behind = |cell: &Cell| {
            !self.model.overlays.is_empty()
                && cell.fg == Color::DarkGray
                && cell.symbol().chars().any(|sign| !is_line(sign))
        };
        let sign = |x, y| match &buffer[(x, y)] {
            cell if is_behind(cell) => " ".to_owned(),
            cell => cell.symbol().to_owned(),
        };
        let rows = (0..height).map(|y| (0..width).map(|x| sign(x, y)).collect::<String>());
        rows.map(|row| row.trim_end().to_owned() + "\n").collect()
    }

    /// The screen as text, a line a row.
    pub fn screen(&self, width: u16, height: u16) -> String {
        text(&self.buffer(width, height))
    }
}

/// A piece of a border, which is grey in front too.
fn is_line(sign: char) -> bool {
    ('\u{2500}'..='\u{257f}').contains(&sign)
}

pub fn parse(keys: &str) -> Vec<KeyEvent> {
    let mut out = Vec::new();
    let mut rest = keys;
    while let Some(first) = rest.chars().next() {
        if let Some((name, after)) = rest.strip_prefix('<').and_then(|tail| tail.split_once('>')) {
            out.push(named(name));
            rest = after;
        } else {
            out.push(KeyEvent::new(KeyCode::Char(first), KeyModifiers::NONE));
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

fn named(name: &str) -> KeyEvent {
    let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
    match name {
        "Enter" => plain(KeyCode::Enter),
        "Shift-Tab" => plain(KeyCode::BackTab),
        "Delete" => plain(KeyCode::Delete),
        "Esc" => plain(KeyCode::Esc),
        "Tab" => plain(KeyCode::Tab),
        "Backspace" => plain(KeyCode::Backspace),
        "Up" => plain(KeyCode::Up),
        "Down" => plain(KeyCode::Down),
        "Left" => plain(KeyCode::Left),
        "Right" => plain(KeyCode::Right),
        "Space" => plain(KeyCode::Char(' ')),
        "Ctrl-F" => KeyEvent::new(KeyCode::Char('f'), KeyModifiers::CONTROL),
        "Ctrl-D" => KeyEvent::new(KeyCode::Char('d'), KeyModifiers::CONTROL),
        "Ctrl-B" => KeyEvent::new(KeyCode::Char('b'), KeyModifiers::CONTROL),
        "PgUp" => plain(KeyCode::PageUp),
        "PgDn" => plain(KeyCode::PageDown),
        "Home" => plain(KeyCode::Home),
        "End" => plain(KeyCode::End),
        "F1" => plain(KeyCode::F(1)),
        "F7" => plain(KeyCode::F(7)),
        "Ctrl-C" => KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL),
        "Ctrl-S" => KeyEvent::new(KeyCode::Char('s'), KeyModifiers::CONTROL),
        "Ctrl-X" => KeyEvent::new(KeyCode::Char('x'), KeyModifiers::CONTROL),
        "Ctrl-L" => KeyEvent::new(KeyCode::Char('l'), KeyModifiers::CONTROL),
        "Ctrl-Z" => KeyEvent::new(KeyCode::Char('z'), KeyModifiers::CONTROL),
        "Ctrl-U" => KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL),
        other => panic!("no key {other}"),
    }
}

fn lived_in_changes() -> Vec<Change> {
    let mut ids = IdSource::new(3);
    let symptoms = Symptoms::built_in();
    let zero = NaiveDate::from_ymd_opt(2026, 11, 13).unwrap();
    let at: DateTime<FixedOffset> = SUNDAY.parse().unwrap();
    let attempt = Attempt {
        id: ids.next(at),
        began: zero,
        day_zero: Some(zero),
        method: Method::Stop,
        name: None,
        goal: None,
        ended: None,
    };
    let mut changes = vec![Change::RecordAttempt(attempt)];
    for ago in (1..=12).rev().filter(|ago| *ago != 4) {
        let when = at - TimeDelta::days(ago);
        let mut draft = CheckInDraft::new(ids.next(when), Form::Full, when.date_naive());
        for (place, symptom) in (0_i64..).zip(symptoms.rated()) {
            let number = u8::try_from((place + ago) % 4).unwrap();
            draft.answers.insert(
                symptom.code.clone(),
                Rated {
                    severity: Severity::new(number).unwrap(),
                    copied: false,
                },
            );
        }
        let written = Now::new(when.to_utc(), Zone::fixed(*when.offset()));
        let moment = Moment::on_day(when.date_naive(), when, &written, DayEnd::default());
        let asked: Vec<_> = symptoms.rated().map(|symptom| symptom.key).collect();
        changes.push(Change::RecordCheckIn(
            draft
                .into_check_in(moment, asked.into_iter(), &symptoms)
                .unwrap(),
        ));
    }
    changes
}
