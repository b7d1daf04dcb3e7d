//! Colours and glyphs: every style and every sign of every screen is defined here.
//!
//! Invariant: a role looks different from plain text in [`ColourMode::Mono`] too, or a sign or digit beside it carries its
//! meaning. Text that a person reads has the default colour; grey is for lines around it alone. With sixteen colours, styles
//! use neither black nor white, so that the theme is readable on dark and on light backgrounds; with 256 the indices come from
//! `palette`.
pub(crate) mod abilities;
#[cfg(test)]
mod contrast;
mod palette;

pub use palette::Scheme;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use crate::domain::safety::help_page::Weight;
use crate::domain::text::sanitize::Stand;
use palette::Palette;

/// Whether colours are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColourMode {
    /// The terminal's default colours and the sixteen ANSI ones.
    #[default]
    Ansi16,
    /// The 256 colours of most terminals.
    Indexed,
    /// Bold, reversed and underlined, for `NO_COLOR` and monochrome terminals.
    Mono,
}

/// The signs that the terminal can draw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// Box drawing, braille, blocks and bullets.
    #[default]
    Unicode,
    /// Printable ASCII alone.
    Ascii,
}

/// How fine the signs are that the terminal can draw, beyond letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Two by four blocks in a cell: only where the terminal is known to draw them.
    Octants,
    /// Dots of braille, columns by eighths of a cell.
    #[default]
    Braille,
    /// Quarters of a cell for lines, columns by eighths.
    Blocks,
    /// Halves of a cell and straight corners: what the fonts of a console have.
    Halves,
}

/// The meaning of a piece of screen; `Theme::style` gives its look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Ordinary text.
    Text,
    /// Secondary text: last values, units, reasons.
    Faint,
    /// The most important line of a panel.
    Accent,
    /// Panel titles and the name of the program.
    Title,
    /// Lines around and between panels, and axes.
    Border,
    /// The mark and the name of the focused row.
    Focus,
    /// The current tab, the cursor's column.
    Selected,
    /// The letters of a key in the footer.
    Key,
    /// A text to read before going on.
    Warning,
    /// Marks of the first series of a chart.
    SeriesA,
    /// Marks and line of the second series of a chart.
    SeriesB,
    /// The middle line.
    Line,
    /// Lines of earlier attempts.
    Earlier,
    /// The strip of phases under a chart.
    Phase,
    /// The columns of a chart of days: one colour, whatever the value.
    Column,
    /// The column of the week before: a texture.
    Before,
}

impl From<Weight> for Role {
    fn from(weight: Weight) -> Self {
        match weight {
            Weight::Strong => Self::Title,
            Weight::Plain => Self::Text,
            Weight::Remark => Self::Accent,
            Weight::Small => Self::Faint,
        }
    }
}

/// A sign with one meaning, drawn by [`Theme::glyph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glyph {
    /// A real value of the first series.
    Dot,
    /// A day with an overall only.
    Hollow,
    /// The column of day 0 or of an attempt's beginning.
    DayZero,
    /// Less than before.
    Less,
    /// More than before.
    More,
    /// As before.
    Same,
    /// The mark left of the focused row.
    Focus,
    /// The end of a text that was cut.
    Ellipsis,
    /// Separates two facts.
    Middle,
    /// Done, there.
    Check,
    /// From one value to another.
    Arrow,
    /// No value.
    Blank,
    /// The cursor's column under a chart.
    Pointer,
    /// A horizontal line.
    Horizontal,
    /// A vertical line.
    Vertical,
    /// Corner at the top left.
    TopLeft,
    /// Corner at the top right.
    TopRight,
    /// Corner at the bottom left.
    BottomLeft,
    /// Corner at the bottom right.
    BottomRight,
    /// Joint open to the right, in a left border.
    JointRight,
    /// Joint open to the left, in a right border; also a tick of the y axis.
    JointLeft,
    /// Left end of a phase in a strip.
    BandStart,
    /// Right end of a phase in a strip.
    BandEnd,
    /// The faint shade of every second phase in a strip.
    Shade,
    /// There are earlier days.
    Earlier,
    /// There are later days.
    Later,
    /// A line of a chart's grid, at the upper edge of its row.
    GridLine,
    /// From a column up to the worst of its day.
    Worst,
    /// The texture of the week before.
    Before,
    /// The middle line.
    Middle7,
    /// The level of the time of use.
    Using,
    /// The level that is remembered from the time without.
    Without,
    /// A column in a legend.
    Column,
}

/// Rising blocks of a sparkline, in eighths.
pub(crate) type Ramp = [&'static str; 8];

/// The look of all screens: small, so that every drawing function takes it by value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// Which colours may be used.
    pub(crate) colour: ColourMode,
    /// Which signs may be used.
    pub(crate) glyphs: Glyphs,
    /// How fine they are.
    pub(crate) detail: Detail,
    /// Which colours were chosen.
    pub(crate) scheme: Scheme,
}

impl Theme {
    /// Makes a theme.
    pub const fn new(colour: ColourMode, glyphs: Glyphs) -> Self {
        Self {
            colour,
            glyphs,
            detail: Detail::Braille,
            scheme: Scheme::Terminal,
        }
    }

    /// The same in the colours of a scheme.
    #[must_use]
    pub const fn scheme(mut self, scheme: Scheme) -> Self {
        self.scheme = scheme;
        self
    }

    /// The same with signs as fine as this.
    #[must_use]
    pub const fn detail(mut self, detail: Detail) -> Self {
        self.detail = detail;
        self
    }

    /// Which colours are used, the scheme included.
    const fn mode(self) -> ColourMode {
        match self.scheme {
            Scheme::Mono => ColourMode::Mono,
            _ => self.colour,
        }
    }

    /// The ground and the letters that every cell without colours of its own gets; `None`: those of the terminal.
    pub(crate) fn ground(self) -> Option<(Color, Color)> {
        let (ground, letters) = match self.mode() {
            ColourMode::Indexed => self.scheme.palette().ground?,
            ColourMode::Ansi16 | ColourMode::Mono => return None,
        };
        Some((Color::Indexed(ground), Color::Indexed(letters)))
    }

    /// Gives every cell without colours of its own those of the theme.
    pub(crate) fn paint_ground(self, buffer: &mut Buffer) {
        let Some((ground, letters)) = self.ground() else {
            return;
        };
        for cell in &mut buffer.content {
            if cell.bg == Color::Reset {
                cell.bg = ground;
            }
            if cell.fg == Color::Reset {
                cell.fg = letters;
            }
        }
    }

    /// The look of `role`.
    pub(crate) fn style(self, role: Role) -> Style {
        match self.mode() {
            ColourMode::Ansi16 if self.scheme == Scheme::Contrast => plain(role),
            ColourMode::Ansi16 => coloured(role),
            ColourMode::Indexed => indexed(role, self.scheme.palette()),
            ColourMode::Mono => plain(role),
        }
    }

    /// The look of a severity from 0 to 4; larger numbers look like 4. The digit is always drawn with it.
    pub(crate) fn severity(self, severity: u8) -> Style {
        let (bold, line) = (Modifier::BOLD, Modifier::UNDERLINED);
        let style = match (self.mode(), severity) {
            (_, 0) | (ColourMode::Mono, 1) => return Style::new(),
            (ColourMode::Ansi16, 1) => return Style::new().fg(Color::Cyan),
            (ColourMode::Indexed, 1) => {
                return Style::new().fg(Color::Indexed(self.scheme.palette().index));
            }
            // Bold and reversed before colour: of the sixteen, none is known to be seen on every ground.
            (ColourMode::Ansi16 | ColourMode::Mono, _) => {
                Style::new().add_modifier(Modifier::REVERSED)
            }
            (ColourMode::Indexed, _) => {
                let shades = self.scheme.palette().shades;
                let shade = shades[usize::from(severity.min(4) - 2)];
                Style::new()
                    .fg(Color::Indexed(shade.ink))
                    .bg(Color::Indexed(shade.fill))
            }
        };
        match severity {
            2 => style,
            3 => style.add_modifier(bold),
            _ => style.add_modifier(bold | line),
        }
    }

    /// What stands beside the digit of a severity in a wide cell, so that two shades of one lightness differ by texture.
    pub(crate) const fn hatch(self, severity: u8) -> char {
        match (self.glyphs, severity) {
            (Glyphs::Ascii, _) | (_, 0..=2) => ' ',
            (Glyphs::Unicode, 3) => '\u{2591}',
            (Glyphs::Unicode, _) => '\u{2592}',
        }
    }

    /// The look of everything under an overlay: still there, and not to be read now.
    pub(crate) fn behind(self) -> Style {
        match self.mode() {
            ColourMode::Ansi16 | ColourMode::Indexed => {
                let grey = self.scheme.palette().border.map(Color::Indexed);
                let grey = grey.filter(|_| self.mode() == ColourMode::Indexed);
                Style::reset().fg(grey.unwrap_or(Color::DarkGray))
            }
            // Where a terminal ignores it, the border of the overlay still tells the two apart.
            ColourMode::Mono => Style::reset().add_modifier(Modifier::DIM),
        }
    }

    /// The text of `glyph`: one cell wide, but for the ASCII ellipsis (three) and arrow (two).
    pub(crate) const fn glyph(self, glyph: Glyph) -> &'static str {
        let (unicode, ascii) = forms(glyph);
        match (self.glyphs, self.detail) {
            (Glyphs::Ascii, _) => ascii,
            (Glyphs::Unicode, Detail::Halves) => on_console(glyph, unicode),
            (Glyphs::Unicode, _) => unicode,
        }
    }

    /// `glyph` as one character: the first one of a longer ASCII form.
    pub(crate) fn sign(self, glyph: Glyph) -> char {
        self.glyph(glyph).chars().next().unwrap_or(' ')
    }

    /// The eight steps of a sparkline, from the lowest to the highest.
    pub(crate) const fn ramp(self) -> Ramp {
        match self.glyphs {
            Glyphs::Unicode => ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
            Glyphs::Ascii => ["_", ".", "-", "=", "+", "*", "#", "@"],
        }
    }

    /// The replacement for a character that must not reach a terminal.
    pub(crate) const fn stand(self) -> Stand {
        match self.glyphs {
            Glyphs::Unicode => Stand::Picture,
            Glyphs::Ascii => Stand::Question,
        }
    }
}

fn coloured(role: Role) -> Style {
    let style = Style::new();
    match role {
        // Faint text is read too: it is shorter or lower than the rest, and not darker. Columns are large, and of the sixteen
        // colours none is known to be seen on every ground. A texture has the contrast of the text.
        Role::Text | Role::Faint | Role::SeriesA | Role::Column | Role::Before => style,
        // Not `DIM`: many terminals ignore it, and dim dark grey is unreadable.
        Role::Border | Role::Earlier | Role::Phase => style.fg(Color::DarkGray),
        Role::Accent => style.fg(Color::Cyan),
        Role::Title | Role::Line => style.add_modifier(Modifier::BOLD),
        Role::Focus | Role::Key => style.fg(Color::Cyan).add_modifier(Modifier::BOLD),
        Role::Selected => style.add_modifier(Modifier::BOLD | Modifier::REVERSED),
        Role::Warning => style.fg(Color::Yellow).add_modifier(Modifier::BOLD),
        Role::SeriesB => style.fg(Color::Yellow),
    }
}

fn indexed(role: Role, palette: &Palette) -> Style {
    let style = Style::new();
    let colour = |index: u8| style.fg(Color::Indexed(index));
    match role {
        Role::Text | Role::Faint | Role::Before => style,
        Role::Border | Role::Earlier | Role::Phase => {
            style.fg(palette.border.map_or(Color::DarkGray, Color::Indexed))
        }
        Role::Accent => colour(palette.accent),
        Role::Title | Role::Line => style.add_modifier(Modifier::BOLD),
        Role::Focus | Role::Key => colour(palette.accent).add_modifier(Modifier::BOLD),
        Role::Selected => style.add_modifier(Modifier::BOLD | Modifier::REVERSED),
        Role::Warning => colour(palette.warning).add_modifier(Modifier::BOLD),
        Role::SeriesA | Role::Column => colour(palette.index),
        Role::SeriesB => colour(palette.second),
    }
}

fn plain(role: Role) -> Style {
    let style = Style::new();
    match role {
        Role::Text
        | Role::Faint
        | Role::Border
        | Role::Earlier
        | Role::Phase
        | Role::SeriesA
        | Role::SeriesB
        | Role::Column
        | Role::Before => style,
        Role::Accent | Role::Title | Role::Focus | Role::Key | Role::Line => {
            style.add_modifier(Modifier::BOLD)
        }
        Role::Selected => style.add_modifier(Modifier::REVERSED),
        Role::Warning => style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
    }
}

// The Unicode signs are one cell wide. Emoji take two, so there are none.
const fn forms(glyph: Glyph) -> (&'static str, &'static str) {
    match glyph {
        Glyph::Dot => ("•", "*"),
        Glyph::Hollow => ("○", "o"),
        Glyph::DayZero => ("┊", ":"),
        Glyph::Less => ("▼", "v"),
        Glyph::More | Glyph::Pointer => ("▲", "^"),
        Glyph::Same => ("=", "="),
        Glyph::Focus => ("▌", ">"),
        Glyph::Ellipsis => ("…", "..."),
        Glyph::Middle => ("·", "."),
        Glyph::Check => ("✓", "x"),
        Glyph::Arrow => ("→", "->"),
        Glyph::Blank => ("–", "-"),
        Glyph::Horizontal => ("─", "-"),
        Glyph::Vertical | Glyph::Worst => ("│", "|"),
        Glyph::TopLeft => ("╭", "+"),
        Glyph::TopRight => ("╮", "+"),
        Glyph::BottomLeft => ("╰", "+"),
        Glyph::BottomRight => ("╯", "+"),
        Glyph::JointRight => ("├", "+"),
        Glyph::JointLeft => ("┤", "+"),
        Glyph::BandStart => ("╶", "|"),
        Glyph::BandEnd => ("╴", "|"),
        Glyph::Shade => ("░", "="),
        Glyph::Earlier => ("◂", "<"),
        Glyph::Later => ("▸", ">"),
        Glyph::GridLine => ("▔", "-"),
        Glyph::Before => ("░", ":"),
        Glyph::Middle7 => ("━", "="),
        Glyph::Using => ("┈", "."),
        Glyph::Without => ("╌", "~"),
        Glyph::Column => ("█", "#"),
    }
}

/// The sign on a console, whose font has straight corners and whole lines alone.
const fn on_console(glyph: Glyph, unicode: &'static str) -> &'static str {
    match glyph {
        Glyph::TopLeft => "┌",
        Glyph::TopRight => "┐",
        Glyph::BottomLeft => "└",
        Glyph::BottomRight => "┘",
        Glyph::DayZero => "│",
        Glyph::BandStart => "├",
        Glyph::BandEnd => "┤",
        Glyph::Hollow => "o",
        Glyph::Blank => "-",
        Glyph::Check => "√",
        Glyph::Earlier => "◄",
        Glyph::Later => "►",
        Glyph::Ellipsis => ".",
        _ => unicode,
    }
}

#[cfg(test)]
mod tests {
    use super::{ColourMode, Glyph, Glyphs, Role, Theme};
    use ratatui::style::{Color, Modifier, Style};

    const ROLES: [Role; 16] = [
        Role::Text,
        Role::Faint,
        Role::Accent,
        Role::Title,
        Role::Border,
        Role::Focus,
        Role::Selected,
        Role::Key,
        Role::Warning,
        Role::SeriesA,
        Role::SeriesB,
        Role::Line,
        Role::Earlier,
        Role::Phase,
        Role::Column,
        Role::Before,
    ];

    const GLYPHS: [Glyph; 33] = [
        Glyph::Dot,
        Glyph::Hollow,
        Glyph::DayZero,
        Glyph::Less,
        Glyph::More,
        Glyph::Same,
        Glyph::Focus,
        Glyph::Ellipsis,
        Glyph::Middle,
        Glyph::Check,
        Glyph::Arrow,
        Glyph::Blank,
        Glyph::Pointer,
        Glyph::Horizontal,
        Glyph::Vertical,
        Glyph::TopLeft,
        Glyph::TopRight,
        Glyph::BottomLeft,
        Glyph::BottomRight,
        Glyph::JointRight,
        Glyph::JointLeft,
        Glyph::BandStart,
        Glyph::BandEnd,
        Glyph::Shade,
        Glyph::Earlier,
        Glyph::Later,
        Glyph::GridLine,
        Glyph::Worst,
        Glyph::Before,
        Glyph::Middle7,
        Glyph::Using,
        Glyph::Without,
        Glyph::Column,
    ];

    fn every_style(theme: Theme) -> Vec<Style> {
        ROLES
            .iter()
            .map(|role| theme.style(*role))
            .chain((0..=5).map(|severity| theme.severity(severity)))
            .collect()
    }

    #[test]
    fn the_mono_look_names_no_colour() {
        for style in every_style(Theme::new(ColourMode::Mono, Glyphs::Unicode)) {
            assert_eq!((style.fg, style.bg), (None, None));
        }
    }

    #[test]
    fn dim_is_never_used_and_no_colour_fights_the_background() {
        for style in every_style(Theme::default()) {
            assert!(!style.add_modifier.contains(Modifier::DIM));
            assert_eq!(style.bg, None);
            let unsafe_on_one_background = [
                Color::Black,
                Color::White,
                Color::Gray,
                Color::Red,
                Color::Green,
            ];
            assert!(
                style
                    .fg
                    .is_none_or(|fg| !unsafe_on_one_background.contains(&fg))
            );
        }
    }

    #[test]
    fn the_ascii_look_draws_printable_ascii_alone() {
        let theme = Theme::new(ColourMode::Ansi16, Glyphs::Ascii);
        for glyph in GLYPHS {
            let drawn = theme.glyph(glyph);
            assert!(
                drawn.bytes().all(|b| (0x21..0x7f).contains(&b)),
                "{glyph:?}"
            );
        }
        assert!(theme.ramp().iter().all(|step| step.is_ascii()));
    }

    #[test]
    fn every_unicode_glyph_is_one_cell_wide() {
        let theme = Theme::default();
        for glyph in GLYPHS {
            assert_eq!(unicode_width::UnicodeWidthStr::width(theme.glyph(glyph)), 1);
        }
    }
}
