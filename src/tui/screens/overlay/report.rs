//! The report for a clinician, seen before it is written: what it has at the left, how it reads at the right.
//!
//! Invariants: nothing is written from here without a file's name; a note stands in it only when it was chosen, line by line
//! or all of them; parts that are left out are not computed.

use crate::domain::report::Report;
use crate::domain::report::care::NoteLine;
use crate::domain::report::section::{Notes, ReportAsk, Section};
use crate::domain::report::{note_lines, report_of};
use crate::domain::text::words;
use crate::transfer::report;
use crate::transfer::report::Form;
use crate::transfer::{Afterwards, Giving};
use crate::tui::effect::{Covering, Effect, FormKind, Opening};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::pointer::Pointer;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list;
use crate::tui::widgets::list::{Focus, Step};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{clear, fit, pad, put};
use chrono::Days;
use ratatui::layout::{Constraint, Layout, Rect};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// From this width on the preview stands beside the parts.
const WIDE: u16 = 90;
/// The width of the parts beside it.
const PARTS: u16 = 34;
/// The width of the names before a chosen value.
const NAMES: usize = 8;

/// How far back it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Back {
    /// Since the last visit, else 30 days.
    LastVisit,
    /// So many days.
    Days(u64),
    /// All of it.
    Everything,
}

impl Back {
    const ALL: [Self; 5] = [
        Self::LastVisit,
        Self::Days(7),
        Self::Days(30),
        Self::Days(90),
        Self::Everything,
    ];

    fn name(self) -> String {
        match self {
            // Without a visit it is 30 days, as in `ebb report`.
            Self::LastVisit => "the last visit".to_owned(),
            Self::Days(n) => format!("{n} days"),
            Self::Everything => "everything".to_owned(),
        }
    }
}

/// A row of the parts.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Row {
    Since,
    Form,
    Part(Section),
    Note(NoteLine),
}

/// The page.
pub struct ReportPage {
    back: Back,
    form: Form,
    sections: BTreeSet<Section>,
    notes: Notes,
    at: usize,
    top: usize,
    report: Box<Report>,
    lines: Vec<NoteLine>,
    /// Where the rows stood in the last frame, for the mouse.
    seen: RefCell<Vec<(Rect, usize)>>,
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// To another row.
    Go(Step),
    /// Keep a part or leave it out; choose a note.
    Toggle,
    /// The next value.
    More,
    /// The value before.
    Less,
    /// All parts, or those for a person who stands by.
    Supporter,
    /// The preview, a page down.
    Down,
    /// The preview, a page up.
    Up,
    /// Write it to a file.
    Write,
    /// Write it to a file and have it opened.
    Open,
    /// Show it to somebody on this device.
    HandOver,
    /// Back.
    Close,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::char(' '), Msg::Toggle, "keep or leave out"),
    Binding::row("\u{2190} \u{2192}", Key::RIGHT, Msg::More, "change"),
    Binding::row("PgUp PgDn", Key::PAGE_DOWN, Msg::Down, "read on"),
    Binding::footer(Key::char('s'), Msg::Supporter, "for a supporter"),
    Binding::footer(Key::char('w'), Msg::Write, "write to a file"),
    Binding::footer(Key::char('o'), Msg::Open, "write and open"),
    Binding::footer(Key::char('H'), Msg::HandOver, "hand over"),
    Binding::footer(Key::ESC, Msg::Close, "close"),
    Binding::quiet(Key::ENTER, Msg::Toggle, "keep or leave out"),
    Binding::quiet(Key::LEFT, Msg::Less, "change"),
    Binding::quiet(Key::char('l'), Msg::More, "change"),
    Binding::quiet(Key::char('h'), Msg::Less, "change"),
    Binding::quiet(Key::DOWN, Msg::Go(Step::Next), "down"),
    Binding::quiet(Key::UP, Msg::Go(Step::Previous), "up"),
    Binding::quiet(Key::char('j'), Msg::Go(Step::Next), "down"),
    Binding::quiet(Key::char('k'), Msg::Go(Step::Previous), "up"),
    Binding::quiet(Key::HOME, Msg::Go(Step::First), "first"),
    Binding::quiet(Key::END, Msg::Go(Step::Last), "last"),
    Binding::quiet(Key::PAGE_UP, Msg::Up, "read back"),
    Binding::quiet(Key::ctrl('s'), Msg::Write, "write to a file"),
];

impl ReportPage {
    /// Since the last visit, with every part and without notes.
    pub(crate) fn new(shared: &Shared) -> Self {
        let ask = ReportAsk::default();
        Self {
            back: Back::LastVisit,
            form: Form::Html,
            report: Box::new(report_of(&shared.journal, &ask, &shared.now)),
            lines: note_lines(&shared.journal, &ask, &shared.now),
            sections: ask.sections,
            notes: ask.notes,
            at: 0,
            top: 0,
            seen: RefCell::default(),
        }
    }

    fn ask(&self, shared: &Shared) -> ReportAsk {
        let today = shared.today();
        let from = match self.back {
            Back::LastVisit => None,
            // Today is one of the days.
            Back::Days(n) => today.checked_sub_days(Days::new(n.saturating_sub(1))),
            Back::Everything => shared.journal.first_entry().or(Some(today)),
        };
        ReportAsk {
            from,
            to: None,
            sections: self.sections.clone(),
            notes: self.notes.clone(),
        }
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows = vec![Row::Since, Row::Form];
        for section in Section::ALL {
            rows.push(Row::Part(section));
            if section == Section::Notes && self.sections.contains(&section) {
                rows.extend(self.lines.iter().cloned().map(Row::Note));
            }
        }
        rows
    }

    /// Computes the report and its notes again after a choice.
    fn renew(&mut self, shared: &Shared) {
        let ask = self.ask(shared);
        self.lines = note_lines(&shared.journal, &ask, &shared.now);
        *self.report = report_of(&shared.journal, &ask, &shared.now);
        self.top = 0;
    }

    fn toggle(&mut self) {
        match self.rows().get(self.at) {
            Some(Row::Part(section)) => {
                let section = *section;
                let was_kept = self.sections.remove(&section);
                self.sections.extend((!was_kept).then_some(section));
            }
            Some(Row::Note(line)) => {
                let mut picked = match &self.notes {
                    Notes::Picked(picked) => picked.clone(),
                    Notes::None => BTreeSet::new(),
                    // From "all" one note is left out: the others become a choice of their own.
                    Notes::All => self.lines.iter().map(|line| line.id).collect(),
                };
                if !picked.remove(&line.id) {
                    picked.insert(line.id);
                }
                self.notes = Notes::Picked(picked);
            }
            Some(Row::Since | Row::Form) => self.change(1),
            None => {}
        }
    }

    fn change(&mut self, by: isize) {
        let beside = |len: usize, at: usize| {
            let len = isize::try_from(len).unwrap_or(1).max(1);
            let at = isize::try_from(at).unwrap_or(0);
            usize::try_from((at + by).rem_euclid(len)).unwrap_or(0)
        };
        match self.rows().get(self.at) {
            Some(Row::Since) => {
                let at = Back::ALL.iter().position(|back| *back == self.back);
                self.back = Back::ALL[beside(Back::ALL.len(), at.unwrap_or(0))];
            }
            Some(Row::Form) => {
                let at = Form::ALL.iter().position(|form| *form == self.form);
                self.form = Form::ALL[beside(Form::ALL.len(), at.unwrap_or(0))];
            }
            // On the row of all notes: none, or every one.
            Some(Row::Part(Section::Notes)) => {
                self.notes = if self.notes.hold_any() {
                    Notes::None
                } else {
                    Notes::All
                };
            }
            _ => {}
        }
    }

    fn supporter(&mut self) {
        let all: BTreeSet<Section> = Section::ALL.into();
        self.sections = if self.sections == all {
            Section::SUPPORTER.into()
        } else {
            all
        };
    }

    fn text(&self, row: &Row, shared: &Shared) -> (String, Role) {
        let tick = |is_kept: bool| {
            if is_kept {
                shared.theme.glyph(Glyph::Check)
            } else {
                shared.theme.glyph(Glyph::Middle)
            }
        };
        let role = |is_kept: bool| if is_kept { Role::Text } else { Role::Faint };
        match row {
            Row::Since => (
                format!("{} {}", pad("Since", NAMES, shared.theme), self.back.name()),
                Role::Text,
            ),
            Row::Form => {
                let form = match self.form {
                    Form::Html => "a page (HTML)",
                    Form::Markdown => "Markdown",
                    Form::Text => "plain text",
                };
                (
                    format!("{} {form}", pad("Written", NAMES, shared.theme)),
                    Role::Text,
                )
            }
            Row::Part(Section::Notes) => {
                let kept = self.sections.contains(&Section::Notes);
                if !kept {
                    return (format!("{} Notes", tick(kept)), role(kept));
                }
                let n = self.lines.iter().filter(|line| self.notes.hold(line.id));
                let notice = format!(
                    "{} Notes, {} of {} chosen",
                    tick(kept),
                    n.count(),
                    self.lines.len()
                );
                (notice, role(kept))
            }
            Row::Part(section) => {
                let kept = self.sections.contains(section);
                (format!("{} {}", tick(kept), section.title()), role(kept))
            }
            Row::Note(line) => {
                let kept = self.notes.hold(line.id);
                let day = words::short_day(line.day);
                // The line breaks of a note would tear its row.
                let text: String = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
                (format!("  {} {day}: {text}", tick(kept)), role(kept))
            }
        }
    }

    fn draw_parts(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let theme = shared.theme;
        let rows = self.rows();
        let fact = list::position(rows.len(), self.at);
        let inner = Panel::new(self.title())
            .fact(&fact)
            .draw(area, frame.buffer_mut(), theme);
        *self.seen.borrow_mut() = list::rows(rows.len(), self.at, inner)
            .map(|(at, place)| (place, at))
            .collect();
        for (n, place) in list::rows(rows.len(), self.at, inner) {
            let Some(row) = rows.get(n) else { continue };
            let is_here = n == self.at;
            let focus = Focus::on(is_here);
            let right = list::mark(focus, place, frame.buffer_mut(), theme);
            let (notice, role) = self.text(row, shared);
            let notice = fit(&notice, usize::from(right.width), theme);
            let role = if is_here { Role::Focus } else { role };
            put(frame.buffer_mut(), right, &notice, theme.style(role), theme);
            if is_here {
                frame.set_cursor_position((right.x, right.y));
            }
        }
    }

    fn draw_preview(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let theme = shared.theme;
        let room = usize::from(area.width.saturating_sub(4));
        let lines = report::text(&self.report, room);
        let height = usize::from(area.height.saturating_sub(2));
        let top = self.top.min(lines.len().saturating_sub(height));
        let last = (top + height).min(lines.len());
        let fact = format!("{last} of {} lines", lines.len());
        let inner = Panel::new("How it reads")
            .fact(&fact)
            .draw(area, frame.buffer_mut(), theme);
        let shown = lines.iter().skip(top).zip(inner.y..inner.bottom());
        for (line, y) in shown {
            let row = Rect {
                y,
                height: 1,
                ..inner
            };
            put(
                frame.buffer_mut(),
                row,
                line,
                theme.style(Role::Text),
                theme,
            );
        }
    }
}

impl Screen for ReportPage {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        "Report for a clinician"
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        match msg {
            Msg::Go(step) => self.at = step.target(self.at, self.rows().len()),
            Msg::Down => {
                // An upper bound: narrower lines are more lines. The drawing stops at the real end.
                let most = report::text(&self.report, usize::from(PARTS)).len();
                self.top = (self.top + 10).min(most);
            }
            Msg::Up => self.top = self.top.saturating_sub(10),
            Msg::Close => return vec![Effect::Close],
            Msg::HandOver => {
                let ask = Box::new(self.ask(shared));
                return vec![Effect::Cover(Covering::HandOver(ask))];
            }
            Msg::Write | Msg::Open => {
                let then = if msg == Msg::Open {
                    Afterwards::Opened
                } else {
                    Afterwards::Kept
                };
                let giving = Giving::Report(Box::new(self.ask(shared)), self.form, then);
                let form = FormKind::Give(giving);
                return vec![Effect::Open(Opening::Form(form))];
            }
            Msg::Toggle | Msg::More | Msg::Less | Msg::Supporter => {
                match msg {
                    Msg::Toggle => self.toggle(),
                    Msg::More => self.change(1),
                    Msg::Less => self.change(-1),
                    _ => self.supporter(),
                }
                self.renew(shared);
                self.at = self.at.min(self.rows().len().saturating_sub(1));
            }
        }
        Vec::new()
    }

    fn pointed(&mut self, at: Pointer, shared: &Shared) -> Vec<Effect> {
        if let Some(row) = at.pressed(self.seen.get_mut()) {
            self.at = row;
            return Vec::new();
        }
        at.scrolled(Msg::Up, Msg::Down)
            .map_or_else(Vec::new, |msg| self.update(msg, shared))
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        clear(frame.buffer_mut(), area);
        let [parts, preview] = if area.width >= WIDE {
            Layout::horizontal([Constraint::Length(PARTS), Constraint::Fill(1)]).areas(area)
        } else {
            Layout::vertical([Constraint::Percentage(45), Constraint::Fill(1)]).areas(area)
        };
        self.draw_parts(shared, frame, parts);
        self.draw_preview(shared, frame, preview);
    }
}
