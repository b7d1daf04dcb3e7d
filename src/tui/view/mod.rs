//! One frame: tabs, the screen or the top overlay, the last message, the keys.
//!
//! Invariant: from 40×12 on every frame has title, footer and `!`. A smaller frame has one line with the needed size, and the
//! keys still work. Drawing changes nothing and touches no file.

mod behind;

pub use crate::tui::widgets::frame::Frame;
pub use behind::Behind;

use crate::domain::order::Ordered;
use crate::domain::text::words;
use crate::tui::keys::{Hint, Shown};
use crate::tui::model::{Model, Notice};
use crate::tui::pointer::Pointing;
use crate::tui::pointer::layout::Layout;
use crate::tui::screens::Overlay;
use crate::tui::screens::cover::Cover;
use crate::tui::shared::JournalKind;
use crate::tui::tab::Tab;
use crate::tui::theme::Role;
use crate::tui::update;
use crate::tui::widgets::footer;
use crate::tui::widgets::tabs;
use crate::tui::widgets::text::{clear, put, wrap};
use ratatui::layout::Rect;

/// The smallest size with a layout, in cells.
pub(crate) const SMALLEST: (u16, u16) = (40, 12);

/// Draws the whole screen.
pub fn view(model: &Model, frame: &mut Frame) {
    view_after(model, &mut Behind::default(), frame);
}

/// Draws the same, with what is left of the frame before it.
pub fn view_after(model: &Model, behind: &mut Behind, frame: &mut Frame) {
    let area = frame.area();
    if let Some(cover) = model.covers.last() {
        behind.forget();
        return draw_cover(model, cover, frame, area);
    }
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        behind.forget();
        return too_small(model, frame, area);
    }
    let hints = shown_hints(model);
    let hints = footer_hints(&hints);
    let notice = notice_lines(model, area.width);
    let banner_lines = banner_lines(model, area);
    let Layout {
        head,
        banner,
        body,
        notice_area,
        foot,
        ..
    } = areas(model, area, notice.len());
    draw_head(model, frame, head);
    draw_lines(model, frame, banner, &banner_lines);
    draw_body(model, behind, frame, body);
    clear(frame.buffer_mut(), notice_area);
    draw_lines(model, frame, notice_area, &notice);
    footer::draw(
        &hints,
        reach(model),
        foot,
        frame.buffer_mut(),
        model.shared.theme,
    );
    model.shared.theme.paint_ground(frame.buffer_mut());
}

/// Draws the uppermost cover and nothing else.
fn draw_cover(model: &Model, cover: &Cover, frame: &mut Frame, area: Rect) {
    let theme = model.shared.theme;
    clear(frame.buffer_mut(), area);
    if let Cover::Sheet(_) = cover {
        // Any key hides it, so there is none to name.
        cover.view(&model.shared, frame, area);
    } else if !matches!(cover, Cover::Blank) && !area.is_empty() {
        let body = Rect {
            height: area.height - 1,
            ..area
        };
        cover.view(&model.shared, frame, body);
        let hints = cover.hints();
        let in_footer = hints.iter().filter(|hint| hint.shown == Shown::Footer);
        let named: Vec<_> = in_footer.map(|hint| (hint.name(), hint.label)).collect();
        let reach = if cover.is_typing() {
            footer::Reach::Typing
        } else {
            footer::Reach::HelpLines
        };
        let foot = Rect {
            y: area.bottom() - 1,
            height: 1,
            ..area
        };
        footer::draw(
            &footer_hints(&named),
            reach,
            foot,
            frame.buffer_mut(),
            theme,
        );
    }
    theme.paint_ground(frame.buffer_mut());
}

/// Draws the screen, and every overlay over what is under it.
fn draw_body(model: &Model, behind: &mut Behind, frame: &mut Frame, body: Rect) {
    if model.overlays.is_empty() {
        behind.forget();
        return model.screens.view(model.tab, &model.shared, frame, body);
    }
    let covering = model.overlays.iter().rposition(Overlay::covers_all);
    if covering.is_none() {
        behind.draw(model, frame, body);
    }
    for (at, overlay) in model
        .overlays
        .iter()
        .enumerate()
        .skip(covering.unwrap_or(0))
    {
        if overlay.covers_all() {
            clear(frame.buffer_mut(), body);
        } else if at > 0 {
            let area = body.intersection(frame.area());
            frame
                .buffer_mut()
                .set_style(area, model.shared.theme.behind());
        }
        overlay.view(&model.shared, frame, body);
    }
}

fn draw_lines(model: &Model, frame: &mut Frame, area: Rect, lines: &[(String, Role)]) {
    let theme = model.shared.theme;
    for (y, (text, role)) in (area.y..area.bottom()).zip(lines) {
        let row = Rect {
            y,
            height: 1,
            ..area
        };
        put(frame.buffer_mut(), row, text, theme.style(*role), theme);
    }
}

/// The areas that `view` draws in, for the mouse.
pub fn layout(model: &Model, area: Rect) -> Layout {
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        let has_page = matches!(model.overlays.last(), Some(Overlay::HelpLines(_)));
        return Layout {
            body: if has_page { area } else { Rect::ZERO },
            ..Layout::default()
        };
    }
    areas(model, area, notice_lines(model, area.width).len())
}

/// From this height on a row above the footer is kept for messages.
const ROOM_FOR_MESSAGES: u16 = 16;

/// The room of the screen behind the tab: it depends on the size alone, so that a message of one row moves no panel.
fn screen_area(model: &Model, area: Rect) -> Rect {
    let banner_rows = u16::try_from(banner_lines(model, area).len()).unwrap_or(0);
    let kept = u16::from(area.height >= ROOM_FOR_MESSAGES);
    Rect {
        y: area.y + 1 + banner_rows,
        height: area.height.saturating_sub(2 + banner_rows + kept),
        ..area
    }
}

fn areas(model: &Model, area: Rect, notice: usize) -> Layout {
    let screen = screen_area(model, area);
    // Eight rows hold a save with its quiet line on a 40×12 screen. A question under a notice needs more of the body.
    let most = if model.overlays.is_empty() { 8 } else { 6 };
    let notice_rows = u16::try_from(notice).unwrap_or(u16::MAX).min(most);
    let head = Rect { height: 1, ..area };
    let foot = Rect {
        y: area.bottom() - 1,
        height: 1,
        ..area
    };
    let notice_area = Rect {
        y: foot.y.saturating_sub(notice_rows).max(screen.y),
        height: notice_rows.min(foot.y - screen.y),
        ..area
    };
    let banner = Rect {
        y: head.bottom(),
        height: screen.y - head.bottom(),
        ..area
    };
    // A message must lie neither on a border nor on the answers of a question. Where a row is kept for messages, one of a row
    // moves no panel.
    let body = Rect {
        height: screen.height.min(notice_area.y - screen.y),
        ..screen
    };
    let places = tabs::places(&tab_titles(), model.tab.number(), head);
    let tabs = Tab::ALL
        .into_iter()
        .filter_map(|tab| {
            let (_, place) = places.iter().find(|(number, _)| *number == tab.number())?;
            Some((tab, *place))
        })
        .collect();
    Layout {
        head,
        tabs,
        banner,
        body,
        notice_area,
        foot,
    }
}

fn footer_hints<'a>(shown: &'a [(String, &'static str)]) -> Vec<footer::Hint<'a>> {
    shown
        .iter()
        .map(|(key, label)| footer::Hint { key, label })
        .collect()
}

fn reach(model: &Model) -> footer::Reach {
    if model.overlays.last().is_some_and(Overlay::is_typing) {
        footer::Reach::Typing
    } else {
        footer::Reach::Keys
    }
}

fn tab_titles() -> [tabs::Tab<'static>; Tab::ALL.len()] {
    Tab::ALL.map(|tab| tabs::Tab {
        number: tab.number(),
        title: tab.title(),
        short: tab.short(),
    })
}

fn draw_head(model: &Model, frame: &mut Frame, area: Rect) {
    let today = model.shared.today();
    let dot = model.shared.theme.glyph(crate::tui::theme::Glyph::Middle);
    let tabs = tab_titles();
    let (whole, short) = (words::day(today), words::short_day(today));
    let days = match model.shared.kind {
        JournalKind::Demo => [
            format!("demo, made up {dot} {whole}"),
            format!("demo {dot} {short}"),
            "demo".to_owned(),
        ],
        JournalKind::Own => [whole, short, String::new()],
    };
    // "mouse" outranks the date: the person has to see why the terminal's own selection does not work.
    let sign = match model.pointing {
        Pointing::Off => String::new(),
        Pointing::On => format!("mouse {dot} "),
    };
    let facts = days.iter().map(|day| format!("{sign}{day}"));
    let fact = facts
        .filter(|fact| !fact.is_empty())
        .find(|fact| tabs::has_room(&tabs, model.tab.number(), fact, area));
    let fact = fact.unwrap_or_else(|| match model.pointing {
        Pointing::Off => String::new(),
        Pointing::On => "mouse".to_owned(),
    });
    tabs::draw(
        &tabs,
        model.tab.number(),
        &fact,
        area,
        frame.buffer_mut(),
        model.shared.theme,
    );
}

/// The keys for the footer: the screen's own, then the global ones.
fn shown_hints(model: &Model) -> Vec<(String, &'static str)> {
    let in_footer = |hint: &Hint| hint.shown == Shown::Footer;
    let mut hints = update::hints(model);
    hints.retain(in_footer);
    // Today's footer shows how to quit; elsewhere the room belongs to the screen's own keys.
    if model.tab != Tab::Today || !model.overlays.is_empty() {
        hints.retain(|hint| hint.label != "quit");
    }
    if model.overlays.is_empty() {
        // The check-in is the main task: its keys come first, and a narrow footer drops the last ones. The other ways to log
        // stand on Today, and on the `?` page of every screen.
        let is_today = model.tab == Tab::Today;
        hints.retain(|hint| is_today || !matches!(hint.label, "brief" | "dose" | "urge"));
        let rank = |hint: &Hint| match hint.label {
            "check-in" => 0,
            "brief" => 1,
            "dose" => 2,
            "urge" => 3,
            _ => 4,
        };
        hints.order_by_key(rank);
    }
    hints
        .into_iter()
        .map(|hint| (hint.name(), hint.label))
        .collect()
}

fn notice_lines(model: &Model, width: u16) -> Vec<(String, Role)> {
    let theme = model.shared.theme;
    let room = usize::from(width.saturating_sub(2));
    let mut lines = Vec::new();
    // Beside a message there is no row for it that would not cover something.
    if model.writes > 0 && model.notice.is_none() && model.unsaved.line().is_none() {
        lines.push((
            " saving".to_owned() + theme.glyph(crate::tui::theme::Glyph::Ellipsis),
            Role::Faint,
        ));
    }
    if let Some((whole, short)) = model.unsaved.line() {
        // This line stays until the words are safe; beside another message it becomes short.
        let text = match &model.notice {
            Some(Notice::Said(text) | Notice::Problem(text)) if text != whole => short.as_str(),
            _ => whole,
        };
        let wrapped = wrap(text, room, theme).into_iter();
        lines.extend(wrapped.map(|line| (format!(" {line}"), Role::Warning)));
        if text == whole {
            return lines;
        }
    }
    if let Some(Notice::Said(text) | Notice::Problem(text)) = &model.notice {
        let role = if matches!(model.notice, Some(Notice::Problem(_))) {
            Role::Warning
        } else {
            Role::Text
        };
        lines.extend(
            wrap(text, room, theme)
                .into_iter()
                .map(|line| (format!(" {line}"), role)),
        );
    }
    lines
}

/// From this height on the banner may take two rows.
const TALL: u16 = 20;

/// The lasting line about a journal that cannot be written: whole where it fits.
fn banner_lines(model: &Model, area: Rect) -> Vec<(String, Role)> {
    let Some((whole, short)) = model.banner() else {
        return Vec::new();
    };
    let theme = model.shared.theme;
    let room = usize::from(area.width.saturating_sub(2));
    let most = if area.height < TALL { 1 } else { 2 };
    let mut lines = wrap(&whole, room, theme);
    if lines.len() > most {
        lines = wrap(short, room, theme);
        lines.truncate(most);
    }
    let lines = lines.into_iter();
    lines
        .map(|line| (format!(" {line}"), Role::Accent))
        .collect()
}

/// Below the smallest size: one line with the needed size. Only help lines are drawn at any size.
fn too_small(model: &Model, frame: &mut Frame, area: Rect) {
    draw_too_small(model, frame, area);
    model.shared.theme.paint_ground(frame.buffer_mut());
}

fn draw_too_small(model: &Model, frame: &mut Frame, area: Rect) {
    let theme = model.shared.theme;
    clear(frame.buffer_mut(), area);
    if let Some(help @ Overlay::HelpLines(_)) = model.overlays.last() {
        help.view(&model.shared, frame, area);
    } else {
        let sign = match model.pointing {
            Pointing::Off => "",
            Pointing::On => "  mouse",
        };
        let (columns, rows) = SMALLEST;
        // The answers do not fit, and a key must not quit unread.
        let asks = model.overlays.last().is_some_and(Overlay::asks_to_leave);
        let text = if asks {
            format!("ebb needs {columns}x{rows} to ask about what is not saved")
        } else {
            format!("ebb needs {columns}x{rows}  ! help lines  q quit{sign}")
        };
        for (y, line) in (area.y..area.bottom()).zip(wrap(&text, usize::from(area.width), theme)) {
            put(
                frame.buffer_mut(),
                Rect {
                    y,
                    height: 1,
                    ..area
                },
                &line,
                theme.style(Role::Text),
                theme,
            );
        }
    }
}
