//! How the Care screen is drawn: the list of sections; beside or below it, what is known about the row in focus.

use super::lines as care_lines;
use super::rows::{Row, Section};
use super::state::Care;
use crate::tui::shared::Shared;
use crate::tui::tab::Tab;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list;
use crate::tui::widgets::list::Focus;
use crate::tui::widgets::panel::{Borders, Panel};
use crate::tui::widgets::sections;
use crate::tui::widgets::text::{fit, hang, put, width, wrap};
use ratatui::layout::{Constraint, Layout, Position, Rect};

/// From this width on the row in focus stands beside the list.
const WIDE: u16 = 76;
/// From this width on the sections stand in two columns, and the row in focus beside them.
const TWO: u16 = 150;
/// The width of the third column.
const BESIDE: u16 = 50;
/// Below this height borders go, so that the words keep their rows.
const LOW: u16 = 14;
/// A fact leaves the name this much room, in cells.
const NAME: usize = 12;

/// A line of the list.
#[derive(Clone)]
struct ListLine {
    /// Which row of which section it belongs to; `None`: a heading or air.
    row: Option<(Section, usize)>,
    text: String,
    fact: String,
    role: Role,
    /// Whether the mark of the focus stands before it.
    is_first: bool,
}

impl ListLine {
    fn heading(text: &str) -> Self {
        Self {
            row: None,
            text: text.to_owned(),
            fact: String::new(),
            role: Role::Title,
            is_first: true,
        }
    }
}

/// Draws the screen.
pub(super) fn draw(care: &Care, shared: &Shared, frame: &mut Frame, area: Rect) {
    let is_wide = area.width >= WIDE;
    let [list, beside] = if area.width >= TWO {
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(BESIDE)]).areas(area)
    } else if is_wide {
        Layout::horizontal([Constraint::Percentage(46), Constraint::Fill(1)]).areas(area)
    } else {
        Layout::vertical([Constraint::Percentage(50), Constraint::Fill(1)]).areas(area)
    };
    let borders = if is_wide || area.height >= LOW {
        Borders::Yes
    } else {
        Borders::No
    };
    draw_list(care, shared, frame, list, borders);
    let Some(row) = care.row(shared) else {
        return;
    };
    let about = care_lines::about(care.section, &row, shared);
    let buf = frame.buffer_mut();
    sections::draw(&about, care.read_on, shared.theme, buf, beside);
}

fn draw_list(care: &Care, shared: &Shared, frame: &mut Frame, area: Rect, borders: Borders) {
    let theme = shared.theme;
    let rows = care.len(shared);
    let at = care.at.min(rows.saturating_sub(1));
    let name = care.section.name();
    let place = if rows > 1 {
        format!("{name}, {}", list::position(rows, at))
    } else {
        name.to_owned()
    };
    let panel = Panel::new(Tab::Care.title()).fact(&place).borders(borders);
    let inner = panel.draw(area, frame.buffer_mut(), theme);
    // A click comes between two frames and needs the place that was drawn.
    care.seen.set(inner);
    for (line, place) in placed(care, inner, shared) {
        let line = &line;
        let is_here = line.row == Some((care.section, at));
        if line.row.is_none() {
            put(
                frame.buffer_mut(),
                place,
                &line.text,
                theme.style(line.role),
                theme,
            );
            continue;
        }
        let focus = Focus::on(is_here && line.is_first);
        let room = list::mark(focus, place, frame.buffer_mut(), theme);
        let role = if is_here { Role::Focus } else { line.role };
        draw_row(line, role, room, frame, theme);
        if focus == Focus::Here {
            frame.set_cursor_position((place.x, place.y));
        }
    }
}

/// The name at the left, the fact at the right as far as both have room.
fn draw_row(line: &ListLine, role: Role, room: Rect, frame: &mut Frame, theme: Theme) {
    let whole = usize::from(room.width);
    // The fact never takes the first cells of the name: a fact without its name says nothing.
    let named = width(&line.text).min(NAME);
    let fact = fit(&line.fact, whole.saturating_sub(named + 2), theme);
    let used = width(&fact);
    let left = if used == 0 {
        whole
    } else {
        whole.saturating_sub(used + 2)
    };
    let name = fit(&line.text, left, theme);
    put(frame.buffer_mut(), room, &name, theme.style(role), theme);
    let end = Rect {
        x: room
            .right()
            .saturating_sub(u16::try_from(used).unwrap_or(0)),
        width: u16::try_from(used).unwrap_or(0),
        ..room
    };
    put(
        frame.buffer_mut(),
        end,
        &fact,
        theme.style(Role::Faint),
        theme,
    );
}

/// The line of the list on which the row in focus begins.
fn cursor(all: &[ListLine], section: Section, at: usize) -> usize {
    let is_it = |line: &ListLine| line.row == Some((section, at));
    all.iter().position(is_it).unwrap_or(0)
}

/// The lines in sight with their places: one column of sections, or two where there is room beside each other.
fn placed(care: &Care, area: Rect, shared: &Shared) -> Vec<(ListLine, Rect)> {
    let rows = care.len(shared);
    let at = care.at.min(rows.saturating_sub(1));
    let column = |sections: &[Section], area: Rect| {
        // On a low screen a name is cut: more of them are in sight.
        let names = if area.height >= LOW - 2 {
            Names::Wrapped
        } else {
            Names::Cut
        };
        let all = lines(sections, area, names, shared);
        let cursor = cursor(&all, care.section, at);
        let places = list::rows(all.len(), cursor, area).map(|(_, place)| place);
        let places: Vec<Rect> = places.collect();
        let seen = list::window(all.len(), cursor, area.height);
        let seen = all.into_iter().skip(seen.start);
        seen.zip(places).collect::<Vec<_>>()
    };
    // Inside of a panel that has two columns beside the third one.
    if area.width < TWO - BESIDE - 4 {
        return column(&Section::ALL, area);
    }
    let [left, _, right] = Layout::horizontal([
        Constraint::Fill(1),
        Constraint::Length(3),
        Constraint::Fill(1),
    ])
    .areas(area);
    let (first, second) = Section::ALL.split_at(Section::ALL.len() / 2);
    [column(first, left), column(second, right)].concat()
}

/// Everything in the list: headings, rows, and air between the sections where there is room for all of it.
fn lines(sections: &[Section], area: Rect, names: Names, shared: &Shared) -> Vec<ListLine> {
    let rows = Care::rows(shared);
    let room = usize::from(area.width.saturating_sub(2));
    let mut all = Vec::new();
    for section in sections {
        all.push(ListLine::heading(section.name()));
        for (at, row) in section.among(&rows).iter().enumerate() {
            row_lines((*section, at), row, room, names, shared.theme, &mut all);
        }
    }
    let airy = all.len() + sections.len();
    if airy <= usize::from(area.height) {
        let headings: Vec<usize> = (1..all.len()).filter(|at| all[*at].row.is_none()).collect();
        // From the last one on, so that an insertion leaves the earlier places as they are.
        for at in headings.into_iter().rev() {
            all.insert(at, ListLine::heading(""));
        }
    }
    all
}

/// What becomes of a name that is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    Wrapped,
    Cut,
}

fn row_lines(
    (section, at): (Section, usize),
    row: &Row,
    room: usize,
    names: Names,
    theme: Theme,
    all: &mut Vec<ListLine>,
) {
    let is_empty = row.item == super::rows::Item::Nothing;
    let indent = if row.is_inner { "  " } else { "" };
    let mark = row.mark.map(|mark| format!("{} ", theme.glyph(mark)));
    let text = format!("{indent}{}{}", mark.unwrap_or_default(), row.name);
    // An invitation is a sentence and wraps; the facts keep their column.
    let beside = match width(&row.fact) {
        0 => room,
        fact => room.saturating_sub(fact + 2),
    };
    let has_room = beside >= width(&text).min(NAME);
    let texts = match names {
        _ if is_empty => wrap(&text, room, theme),
        Names::Wrapped if has_room => hang(&text, beside, theme),
        // A fact that is as long as this stands in a row of its own.
        Names::Wrapped => {
            let mut rows = hang(&text, room, theme);
            rows.push(String::new());
            rows
        }
        Names::Cut => vec![text],
    };
    let with_fact = if texts.last().is_some_and(String::is_empty) {
        texts.len() - 1
    } else {
        0
    };
    for (nth, text) in texts.into_iter().enumerate() {
        all.push(ListLine {
            row: Some((section, at)),
            text,
            fact: if nth == with_fact {
                row.fact.clone()
            } else {
                String::new()
            },
            role: if is_empty { Role::Faint } else { Role::Text },
            is_first: nth == 0,
        });
    }
}

/// Which row stands at `at` of a list drawn in `seen`.
pub(super) fn row_at(
    care: &Care,
    seen: Rect,
    at: Position,
    shared: &Shared,
) -> Option<(Section, usize)> {
    let mut drawn = placed(care, seen, shared).into_iter();
    drawn.find(|(_, place)| place.contains(at))?.0.row
}
