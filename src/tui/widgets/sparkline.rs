//! Small drawings inside a line: a sparkline, and the five severities of a row.
//!
//! Invariant: a gap is a blank, never the lowest block. Each severity has its digit and the chosen one its brackets, so that
//! nothing is lost without colour.
use ratatui::style::Style;
use ratatui::text::Span;

use crate::tui::theme::{Role, Theme};

/// Draws one block a value on the range from 0 to `top`; a gap is a blank, and a value outside the range is at its end.
pub(crate) fn spark(values: &[Option<f64>], top: f64, theme: Theme) -> String {
    let ramp = theme.ramp();
    values
        .iter()
        .map(|value| {
            let step = value.and_then(|value| step(value, top));
            step.and_then(|step| ramp.get(step))
                .map_or(" ", |sign| *sign)
        })
        .collect()
}

/// Returns the five severities as ` 0 1[2]3 4 `, eleven cells wide, the given one in brackets and in its own style.
pub(crate) fn severity_bar(rating: Option<u8>, theme: Theme) -> Vec<Span<'static>> {
    let plain = theme.style(Role::Faint);
    let mut spans = Vec::with_capacity(11);
    for severity in 0..=4 {
        let is_chosen = rating == Some(severity);
        let before = if is_chosen {
            "["
        } else if severity > 0 && rating == Some(severity - 1) {
            "]"
        } else {
            " "
        };
        let style = if is_chosen {
            bracketed(severity, theme)
        } else {
            plain
        };
        spans.push(Span::styled(before, theme.style(Role::Text)));
        spans.push(Span::styled(severity.to_string(), style));
    }
    let end = if rating == Some(4) { "]" } else { " " };
    spans.push(Span::styled(end, theme.style(Role::Text)));
    spans
}

fn bracketed(severity: u8, theme: Theme) -> Style {
    theme
        .severity(severity)
        .add_modifier(ratatui::style::Modifier::BOLD)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the steps of the ramp just before"
)]
fn step(value: f64, top: f64) -> Option<usize> {
    // NaN would pass through `clamp` and become step 0, the lowest block.
    if !value.is_finite() || top.is_nan() || top <= 0.0 {
        return None;
    }
    // Rounded to the nearest of eight steps, so that 0 and the top each have their own block.
    Some((value / top * 7.0).round().clamp(0.0, 7.0) as usize)
}

#[cfg(test)]
mod tests {
    use super::{severity_bar, spark};
    use crate::tui::theme::{ColourMode, Glyphs, Theme};

    const ASCII: Theme = Theme::new(ColourMode::Mono, Glyphs::Ascii);

    fn bar(rating: Option<u8>) -> String {
        severity_bar(rating, ASCII)
            .iter()
            .map(|span| span.content.as_ref())
            .collect()
    }

    #[test]
    fn a_gap_is_blank_and_a_zero_is_not() {
        let values = [Some(0.0), None, Some(2.0), Some(4.0), Some(f64::NAN)];
        assert_eq!(spark(&values, 4.0, Theme::default()), "▁ ▅█ ");
        assert_eq!(spark(&values, 4.0, ASCII), "_ +@ ");
        assert_eq!(spark(&[], 4.0, ASCII), "");
        assert_eq!(spark(&[Some(1.0)], 0.0, ASCII), " ");
    }

    #[test]
    fn the_chosen_severity_stands_in_brackets_and_nothing_moves() {
        assert_eq!(bar(None), " 0 1 2 3 4 ");
        assert_eq!(bar(Some(0)), "[0]1 2 3 4 ");
        assert_eq!(bar(Some(2)), " 0 1[2]3 4 ");
        assert_eq!(bar(Some(4)), " 0 1 2 3[4]");
    }
}
