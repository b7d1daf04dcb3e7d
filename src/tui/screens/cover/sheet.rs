//! The recovery sheet on the screen, until any key. Nothing on it says what it opens.

use crate::tui::effect::Secret;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::text::{put, width, wrap};
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

/// The sheet.
pub struct ShownSheet {
    groups: Secret,
    /// The same as a picture; none where it could not be made.
    picture: Option<Secret>,
}

/// The narrowest column for the groups beside the picture.
const COLUMN: u16 = 26;

impl ShownSheet {
    /// The sheet with these groups and this picture.
    pub(crate) const fn new(groups: Secret, picture: Option<Secret>) -> Self {
        Self { groups, picture }
    }

    /// Whether there is a picture, and signs to draw it with.
    fn can_be_pictured(&self, shared: &Shared) -> bool {
        self.picture.is_some() && !shared.theme.glyph(Glyph::Focus).is_ascii()
    }

    /// The picture's place, where there is room for all of it: half of it would be read as nothing.
    fn picture_in(&self, area: Rect, shared: &Shared) -> Option<(Vec<&str>, Rect)> {
        let picture = self.picture.as_ref();
        let picture = picture.filter(|_| self.can_be_pictured(shared))?;
        let rows: Vec<&str> = picture.text().lines().collect();
        let cells = rows.iter().map(|row| width(row)).max()?;
        let place = Rect {
            width: u16::try_from(cells).ok()?,
            height: u16::try_from(rows.len()).ok()?,
            ..area
        };
        let has_room = place.width + COLUMN <= area.width && place.height <= area.height;
        has_room.then_some((rows, place))
    }

    /// `is_pictured` where the picture stands beside them.
    fn lines(&self, room: usize, is_pictured: bool, shared: &Shared) -> Vec<(String, Role)> {
        let groups: Vec<&str> = self.groups.text().split(' ').collect();
        let across = if room >= 38 { 4 } else { 2 };
        let mut lines: Vec<(String, Role)> = groups
            .chunks(across)
            .enumerate()
            .map(|(row, chunk)| {
                let numbered = chunk.iter().enumerate();
                let cells =
                    numbered.map(|(at, group)| format!("{:>2} {group}", row * across + at + 1));
                (cells.collect::<Vec<_>>().join("  "), Role::Title)
            })
            .collect();
        let about = if is_pictured || !self.can_be_pictured(shared) {
            "Write it down; no photograph. Any key hides it."
        } else {
            "Write it down; no photograph. Any key hides it. A larger window has it as a picture too."
        };
        lines.push((String::new(), Role::Text));
        let wrapped = wrap(about, room, shared.theme);
        lines.extend(wrapped.into_iter().map(|line| (line, Role::Text)));
        lines
    }

    /// Draws it over `area`.
    pub(super) fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let theme = shared.theme;
        let mut beside = Rect {
            x: area.x + 1,
            width: area.width.saturating_sub(1),
            ..area
        };
        let picture = self.picture_in(area, shared);
        let is_pictured = picture.is_some();
        if let Some((rows, place)) = picture {
            // Dark on light, whatever the theme: a reader needs that.
            let style = Style::new().fg(Color::Black).bg(Color::White);
            for (y, row) in (place.y..place.bottom()).zip(rows) {
                frame.buffer_mut().set_string(place.x, y, row, style);
            }
            beside.x = place.right() + 2;
            beside.width = area.right().saturating_sub(beside.x);
        }
        let lines = self.lines(usize::from(beside.width), is_pictured, shared);
        for (y, (text, role)) in (beside.y..beside.bottom()).zip(lines) {
            let row = Rect {
                y,
                height: 1,
                ..beside
            };
            put(frame.buffer_mut(), row, &text, theme.style(role), theme);
        }
    }
}
