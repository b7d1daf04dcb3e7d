//! Each drawing, whole, and the work of one key: what it changes, and the frame after it.

use crate::made::{SIZES, Size, journal, now};
use divan::Bencher;
use ebbtide::config::file::Config;
use ebbtide::domain::id::IdSource;
use ebbtide::domain::journal::draft::Drafts;
use ebbtide::tui::model::Model;
use ebbtide::tui::shared::{Edition, JournalKind, Protection, Shared};
use ebbtide::tui::theme::Theme;
use ebbtide::tui::update::{Msg, update};
use ebbtide::tui::view::{Behind, Frame, view, view_after};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;
use std::fmt::{Display, Formatter};

/// What is drawn: the keys that lead there from Today, and two that move there and back.
#[derive(Clone, Copy)]
struct Place(&'static str, &'static str, [char; 2]);

/// Enter, among the keys.
const ENTER: char = '\n';

const PLACES: [Place; 24] = [
    Place("Today", "", ['j', 'k']),
    Place("Trends, week", "2", ['h', 'l']),
    Place("Trends, month", "2v", ['h', 'l']),
    Place("Trends, all", "2vv", ['h', 'l']),
    Place("Trends, all, another series", "2vv", ['j', 'k']),
    Place("Trends, all, fewer days", "2vv", ['>', '<']),
    Place("Trends, all, two series", "2vvt\n", ['h', 'l']),
    Place("Trends, timeline", "2vvv", ['h', 'l']),
    Place("Trends, grid", "2VV", ['h', 'l']),
    Place("Trends, table", "2V", ['j', 'k']),
    Place("History", "3", ['h', 'l']),
    Place("History, another month", "3", ['[', ']']),
    Place("History, a day", "3\n", ['j', 'k']),
    Place("History, next hit", "3/sleep\n", ['n', 'n']),
    Place("search", "/slee", ['p', '\u{8}']),
    Place("Plan", "4", ['j', 'k']),
    Place("Care", "5", ['j', 'k']),
    Place("Guide", "7", ['j', 'k']),
    Place("Settings", "8", ['j', 'k']),
    Place("check-in", "c", ['j', 'k']),
    Place("dose", "d", ['1', '\u{8}']),
    Place("help lines", "!", ['j', 'k']),
    Place("keys", "?", ['j', 'k']),
    Place("palette", ":", ['a', '\u{8}']),
];

/// A drawing of a journal.
#[derive(Clone, Copy)]
struct Drawing(Place, Size);

impl Display for Drawing {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}", self.0.0, self.1)
    }
}

fn drawings() -> impl Iterator<Item = Drawing> {
    let of = |place| SIZES.map(|size| Drawing(place, size));
    PLACES.into_iter().flat_map(of)
}

fn press(model: &mut Model, key: char) {
    let code = match key {
        ENTER => KeyCode::Enter,
        '\u{8}' => KeyCode::Backspace,
        key => KeyCode::Char(key),
    };
    update(model, Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)));
}

fn model(Drawing(place, size): Drawing) -> Model {
    let shared = Shared {
        edition: Edition::default(),
        journal: journal(size),
        now: now(),
        theme: Theme::default(),
        drafts: Drafts::default(),
        config: Config::default(),
        documents: String::new(),
        config_path: None,
        place: String::new(),
        kind: JournalKind::Demo,
        has_shown_safety: false,
        is_first_run: false,
        protection: Protection::None,
        past_notices: Vec::new(),
    };
    let mut model = Model::new(shared, IdSource::new(1));
    for key in place.1.chars() {
        press(&mut model, key);
    }
    model
}

/// A blank frame, as one that is drawn anew finds it.
fn blank(frame: &mut Frame) -> &mut Frame {
    frame.buffer_mut().reset();
    frame
}

fn first() -> Frame {
    Frame::blank(Rect::new(0, 0, 120, 40))
}

#[divan::bench(args = drawings())]
fn frame(bencher: Bencher, drawing: Drawing) {
    let model = model(drawing);
    let mut frame = first();
    bencher.bench_local(|| {
        view(&model, blank(&mut frame));
    });
}

#[divan::bench(args = drawings())]
fn key(bencher: Bencher, drawing: Drawing) {
    let mut model = model(drawing);
    let mut frame = first();
    let mut behind = Behind::default();
    let mut keys = drawing.0.2.into_iter().cycle();
    bencher.bench_local(|| {
        press(&mut model, keys.next().unwrap());
        view_after(&model, &mut behind, blank(&mut frame));
    });
}
