//! What a person waits for: reading, drawing, saving, exporting; on journals of 1, 10 and 100 years.
#![allow(clippy::unwrap_used, missing_docs)]

use chrono::{DateTime, FixedOffset};
use divan::{Bencher, black_box};
use ebbtide::domain::check_in::{CheckInDraft, Form, Overall};
use ebbtide::domain::demo::{Plan, changes};
use ebbtide::domain::id::IdSource;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::time::span::Span;
use ebbtide::domain::time::{DayEnd, Moment, Now, Zone};
use ebbtide::store::{Seed, Store};
use ebbtide::transfer::csv;
use ebbtide::transfer::csv::{Guard, Range};
use ebbtide::transfer::{json, package};
use ebbtide::tui::model::Model;
use ebbtide::tui::shared::{JournalKind, Shared};
use ebbtide::tui::tab::Tab;
use ebbtide::tui::theme::Theme;
use ebbtide::tui::update::{Msg, update};
use ebbtide::tui::view::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::path::Path;

fn main() {
    divan::main();
}

const YEARS: [u32; 3] = [1, 10, 100];

fn now() -> Now {
    let at: DateTime<FixedOffset> = "2026-11-22T08:12:00+01:00".parse().unwrap();
    Now::new(at.to_utc(), Zone::fixed(*at.offset()))
}

fn store(folder: &Path, years: u32) -> Store {
    let seed = Seed {
        now: now().at.to_utc(),
        journal: [1; 16],
        device: [2; 16],
    };
    let mut store = Store::create(&folder.join("journal.db"), seed).unwrap();
    let plan = Plan::usual(years * 365, 1);
    store
        .fill(&changes(plan, &now()), now().at.to_utc())
        .unwrap();
    store
}

/// What stands before the first frame: the last 60 days.
#[divan::bench(args = YEARS)]
fn read_before_the_first_frame(bencher: Bencher, years: u32) {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path(), years);
    let since = Span::ending(now().today(DayEnd::default()), 60).from;
    bencher.bench_local(|| black_box(store.load(Some(since)).unwrap()));
}

#[divan::bench(args = YEARS)]
fn read_all(bencher: Bencher, years: u32) {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path(), years);
    bencher.bench_local(|| black_box(store.load(None).unwrap()));
}

/// On the disk when it returns.
#[divan::bench(args = YEARS, sample_count = 20)]
fn save_a_brief_check_in(bencher: Bencher, years: u32) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = store(folder.path(), years);
    let symptoms = store.symptoms().unwrap();
    let mut ids = IdSource::new(9);
    let now = now();
    bencher.bench_local(|| {
        let mut draft =
            CheckInDraft::new(ids.next(now.at), Form::Brief, now.today(DayEnd::default()));
        draft.overall = Overall::new(6);
        let moment = Moment::written(now.at, &now, DayEnd::default());
        let check_in = draft
            .into_check_in(moment, std::iter::empty(), &symptoms)
            .unwrap();
        store
            .apply(&[Change::RecordCheckIn(check_in)], now.at.to_utc())
            .unwrap();
    });
}

#[divan::bench(args = YEARS)]
fn export_long_csv(bencher: Bencher, years: u32) {
    let folder = tempfile::tempdir().unwrap();
    let journal = store(folder.path(), years).load(None).unwrap();
    bencher.bench_local(|| {
        let mut bytes = Vec::new();
        csv::long(&journal, Range::ALL, &mut bytes).unwrap();
        black_box(bytes.len())
    });
}

#[divan::bench(args = YEARS)]
fn export_a_package(bencher: Bencher, years: u32) {
    let folder = tempfile::tempdir().unwrap();
    let journal = store(folder.path(), years).load(None).unwrap();
    bencher.bench_local(|| {
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        package::write(&journal, Range::ALL, Guard::Quote, &mut files).unwrap();
        black_box(files.len())
    });
}

#[divan::bench(args = YEARS)]
fn export_json(bencher: Bencher, years: u32) {
    let folder = tempfile::tempdir().unwrap();
    let journal = store(folder.path(), years).load(None).unwrap();
    bencher.bench_local(|| {
        let mut bytes = Vec::new();
        json::write(&journal, Range::ALL, &mut bytes).unwrap();
        black_box(bytes.len())
    });
}

fn model(years: u32, tab: Tab, keys: &str) -> Model {
    let folder = tempfile::tempdir().unwrap();
    let journal = store(folder.path(), years).load(None).unwrap();
    let shared = Shared {
        journal,
        now: now(),
        theme: Theme::default(),
        drafts: ebbtide::domain::journal::draft::Drafts::default(),
        config: ebbtide::config::file::Config::default(),
        documents: String::new(),
        config_path: None,
        place: String::new(),
        kind: JournalKind::Demo,
        has_shown_safety: false,
        is_first_run: false,
        protection: ebbtide::tui::shared::Protection::None,
        past_notices: Vec::new(),
    };
    let mut model = Model::new(shared, IdSource::new(1));
    model.tab = tab;
    for key in keys.chars() {
        update(
            &mut model,
            Msg::Key(KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE)),
        );
    }
    model
}

fn draw(bencher: Bencher, model: &Model) {
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    bencher.bench_local(|| {
        terminal.draw(|frame| view(model, frame)).unwrap();
    });
}

#[divan::bench(args = YEARS)]
fn draw_today(bencher: Bencher, years: u32) {
    draw(bencher, &model(years, Tab::Today, ""));
}

#[divan::bench(args = YEARS)]
fn draw_a_check_in(bencher: Bencher, years: u32) {
    draw(bencher, &model(years, Tab::Today, "c21"));
}

#[divan::bench(args = YEARS)]
fn draw_a_week(bencher: Bencher, years: u32) {
    draw(bencher, &model(years, Tab::Trends, ""));
}

#[divan::bench(args = YEARS)]
fn draw_all(bencher: Bencher, years: u32) {
    draw(bencher, &model(years, Tab::Trends, "vv"));
}

#[divan::bench(args = YEARS)]
fn draw_history(bencher: Bencher, years: u32) {
    draw(bencher, &model(years, Tab::History, ""));
}
