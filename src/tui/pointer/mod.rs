//! The mouse, if the person switched it on: presses, drags and the wheel. The terminal never reports plain motion.

pub(crate) mod layout;

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

/// Whether the terminal reports the mouse. While it does, its own text selection needs a modifier key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Pointing {
    /// The mouse belongs to the terminal.
    #[default]
    Off,
    /// Presses, drags and the wheel come here.
    On,
}

/// An action of the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The left button went down.
    Press,
    /// The mouse moved with the left button held.
    Drag,
    /// One notch away from the person.
    WheelUp,
    /// One notch towards the person.
    WheelDown,
    /// One notch to the left.
    WheelLeft,
    /// One notch to the right.
    WheelRight,
}

/// An action of the mouse and its cell on the whole terminal, from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pointed {
    /// The cell.
    pub at: Position,
    /// The action.
    pub what: What,
}

impl Pointed {
    /// `None` for events without a meaning: motion, other buttons, a released button.
    pub(crate) fn from_event(event: MouseEvent) -> Option<Self> {
        let what = match event.kind {
            MouseEventKind::Down(MouseButton::Left) => What::Press,
            MouseEventKind::Drag(MouseButton::Left) => What::Drag,
            MouseEventKind::ScrollUp => What::WheelUp,
            MouseEventKind::ScrollDown => What::WheelDown,
            MouseEventKind::ScrollLeft => What::WheelLeft,
            MouseEventKind::ScrollRight => What::WheelRight,
            _ => return None,
        };
        let at = Position::new(event.column, event.row);
        Some(Self { at, what })
    }

    /// The event relative to a screen drawn in `area`; `None` outside of it.
    pub(crate) fn within(self, area: Rect) -> Option<Pointer> {
        // A drag that leaves the area stays at its rim, so that the cursor of a chart reaches the last day easily.
        if area.is_empty() || (self.what != What::Drag && !area.contains(self.at)) {
            return None;
        }
        let inside = |at: u16, from: u16, len: u16| at.saturating_sub(from).min(len - 1);
        Some(Pointer {
            column: inside(self.at.x, area.x, area.width),
            row: inside(self.at.y, area.y, area.height),
            area,
            what: self.what,
        })
    }
}

/// An action of the mouse on a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pointer {
    /// Cells from the left edge of `area`, less than its width.
    pub(crate) column: u16,
    /// Cells from the upper edge of `area`, less than its height.
    pub(crate) row: u16,
    /// The area of the screen.
    pub(crate) area: Rect,
    /// The action.
    pub(crate) what: What,
}

impl Pointer {
    /// What stood under a press of the button, among places of the last frame; `None` for any other action.
    pub(crate) fn pressed<T: Copy>(self, seen: &[(Rect, T)]) -> Option<T> {
        let at = Position::new(self.area.x + self.column, self.area.y + self.row);
        let mut places = seen.iter().filter(|_| self.what == What::Press);
        places
            .find(|(place, _)| place.contains(at))
            .map(|(_, held)| *held)
    }

    /// The message for one notch of the wheel on a list; `None` for any other action.
    pub(crate) fn scrolled<M>(self, up: M, down: M) -> Option<M> {
        match self.what {
            What::WheelUp => Some(up),
            What::WheelDown => Some(down),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Pointed, Pointer, What};
    use ratatui::crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
    use ratatui::layout::{Position, Rect};

    const AREA: Rect = Rect::new(5, 1, 10, 4);

    fn seen(what: What, x: u16, y: u16) -> Option<(u16, u16)> {
        let at = Position::new(x, y);
        let Pointer { column, row, .. } = Pointed { at, what }.within(AREA)?;
        Some((column, row))
    }

    #[test]
    fn a_press_is_told_in_cells_of_the_screen_itself() {
        assert_eq!(seen(What::Press, 5, 1), Some((0, 0)));
        assert_eq!(seen(What::Press, 14, 4), Some((9, 3)));
    }

    #[test]
    fn a_press_beside_the_screen_is_not_its_own() {
        for (x, y) in [(4, 1), (5, 0), (15, 1), (5, 5), (u16::MAX, u16::MAX)] {
            assert_eq!(seen(What::Press, x, y), None, "{x} {y}");
        }
    }

    #[test]
    fn a_drag_that_leaves_the_screen_stays_at_its_rim() {
        assert_eq!(seen(What::Drag, 0, 0), Some((0, 0)));
        assert_eq!(seen(What::Drag, u16::MAX, u16::MAX), Some((9, 3)));
    }

    #[test]
    fn a_screen_without_room_is_not_pointed_at() {
        let pointed = Pointed {
            at: Position::new(0, 0),
            what: What::Drag,
        };
        assert_eq!(pointed.within(Rect::ZERO), None);
    }

    #[test]
    fn motion_and_other_buttons_mean_nothing() {
        let lines = |kind| {
            Pointed::from_event(MouseEvent {
                kind,
                column: 3,
                row: 2,
                modifiers: KeyModifiers::NONE,
            })
        };
        for kind in [
            MouseEventKind::Moved,
            MouseEventKind::Up(MouseButton::Left),
            MouseEventKind::Down(MouseButton::Right),
            MouseEventKind::Drag(MouseButton::Middle),
        ] {
            assert_eq!(lines(kind), None, "{kind:?}");
        }
        let press = lines(MouseEventKind::Down(MouseButton::Left));
        assert_eq!(
            press.map(|p| (p.at, p.what)),
            Some((Position::new(3, 2), What::Press))
        );
    }
}
