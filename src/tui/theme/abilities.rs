//! The signs and colours that a terminal can show, as far as its surroundings tell. It is never asked: an answer that comes late
//! would be read as keys.
//!
//! Invariant: in doubt the plainer one. A terminal that is not known gets no octants, a console no dots of braille.

use crate::config::file::Config;
use crate::config::settings::ConfigKey;

use super::{ColourMode, Detail, Glyphs, Scheme, Theme};

/// The signs and colours that a terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Abilities {
    /// Its colours.
    pub(crate) colour: ColourMode,
    /// Whether the person asked all programs for no colour.
    pub(crate) is_colour_unwanted: bool,
    /// Letters alone, or signs.
    pub(crate) glyphs: Glyphs,
    /// How fine its signs are.
    pub(crate) detail: Detail,
    /// Whether it draws a frame at once where it is told that one begins.
    pub(crate) is_synchronised: bool,
}

/// Terminals that draw octants themselves, whatever font is chosen.
const OCTANTS: [&str; 3] = ["xterm-kitty", "foot", "xterm-ghostty"];
/// Terminals with 256 colours whose name does not say so.
const COLOURFUL: [&str; 6] = [
    "xterm-kitty",
    "foot",
    "xterm-ghostty",
    "alacritty",
    "wezterm",
    "contour",
];
/// Terminals that are never told of frames.
const PLAIN: [&str; 3] = ["linux", "vt", "dumb"];

impl Abilities {
    /// Reads the surroundings: `set` returns a variable that is set and not empty.
    pub(crate) fn of(set: &dyn Fn(&str) -> Option<String>) -> Self {
        let term = set("TERM").unwrap_or_default();
        let is_multiplexer = set("TMUX").is_some()
            || set("STY").is_some()
            || ["tmux", "screen"].iter().any(|name| term.starts_with(name));
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
        let locale = locale.unwrap_or_default().to_lowercase();
        let is_utf8 = locale.contains("utf-8") || locale.contains("utf8");
        let is_plain = PLAIN.iter().any(|name| term.starts_with(name));
        Self {
            colour: colours(&term, set("COLORTERM").as_deref()),
            // no-color.org: any value but the empty one means no colour.
            is_colour_unwanted: set("NO_COLOR").is_some(),
            glyphs: if is_utf8 {
                Glyphs::Unicode
            } else {
                Glyphs::Ascii
            },
            detail: match term.as_str() {
                "linux" => Detail::Halves,
                // A multiplexer counts the width of a sign by tables of its own, and new signs are not in them.
                term if OCTANTS.contains(&term) && !is_multiplexer => Detail::Octants,
                _ => Detail::Braille,
            },
            is_synchronised: !is_plain,
        }
    }

    /// The look that the config file asks for.
    pub(crate) fn look(self, config: &Config) -> Theme {
        self.theme(
            config.value(ConfigKey::Theme),
            config.value(ConfigKey::Color),
            config.value(ConfigKey::Glyphs),
        )
    }

    /// The look for these words of the config file; `auto` is what the terminal can show.
    fn theme(self, theme: &str, colour: &str, glyphs: &str) -> Theme {
        let colour = match colour {
            "always" if self.colour == ColourMode::Mono => ColourMode::Ansi16,
            "always" => self.colour,
            "never" => ColourMode::Mono,
            _ if self.is_colour_unwanted => ColourMode::Mono,
            _ => self.colour,
        };
        let (glyphs, detail) = match glyphs {
            "ascii" => (Glyphs::Ascii, self.detail),
            "octant" => (Glyphs::Unicode, Detail::Octants),
            // "unicode" is the word of older config files.
            "braille" | "unicode" => (Glyphs::Unicode, Detail::Braille),
            // On a console the halves are its blocks.
            "block" if self.detail == Detail::Halves => (Glyphs::Unicode, Detail::Halves),
            "block" => (Glyphs::Unicode, Detail::Blocks),
            _ => (self.glyphs, self.detail),
        };
        Theme {
            colour,
            glyphs,
            detail,
            scheme: Scheme::named(theme),
        }
    }
}

/// The colours of a terminal of this name.
fn colours(term: &str, colorterm: Option<&str>) -> ColourMode {
    let is_mono = term.starts_with("vt") || term.ends_with("-mono") || term.ends_with("-m");
    // What a console was started from may have said more than it can show.
    let is_rich = term != "linux" && matches!(colorterm, Some("truecolor" | "24bit"))
        || term.contains("256color")
        || term.contains("direct")
        || COLOURFUL.contains(&term);
    match (is_mono, is_rich) {
        (true, _) => ColourMode::Mono,
        (_, true) => ColourMode::Indexed,
        (_, false) => ColourMode::Ansi16,
    }
}

#[cfg(test)]
mod tests {
    use super::Abilities;
    use crate::tui::theme::{ColourMode, Detail, Glyphs, Scheme};

    fn of(set: &[(&str, &str)]) -> Abilities {
        Abilities::of(&|name| {
            let value = set.iter().find(|(known, _)| *known == name);
            value.map(|(_, value)| (*value).to_owned())
        })
    }

    fn term(name: &str) -> Abilities {
        of(&[("TERM", name), ("LANG", "en_GB.UTF-8")])
    }

    #[test]
    fn a_name_tells_the_colours_and_in_doubt_there_are_sixteen() {
        for (name, colours) in [
            ("xterm-256color", ColourMode::Indexed),
            ("tmux-256color", ColourMode::Indexed),
            ("xterm-kitty", ColourMode::Indexed),
            ("xterm", ColourMode::Ansi16),
            ("linux", ColourMode::Ansi16),
            ("screen", ColourMode::Ansi16),
            ("xterm-mono", ColourMode::Mono),
            ("vt100", ColourMode::Mono),
            ("vt220", ColourMode::Mono),
        ] {
            assert_eq!(term(name).colour, colours, "{name}");
        }
        let rich = of(&[("TERM", "xterm"), ("COLORTERM", "truecolor")]);
        assert_eq!(rich.colour, ColourMode::Indexed);
        let console = of(&[("TERM", "linux"), ("COLORTERM", "truecolor")]);
        assert_eq!(console.colour, ColourMode::Ansi16);
    }

    #[test]
    fn a_console_gets_halves_and_a_multiplexer_no_octants() {
        assert_eq!(term("linux").detail, Detail::Halves);
        assert_eq!(term("xterm-256color").detail, Detail::Braille);
        assert_eq!(term("xterm-kitty").detail, Detail::Octants);
        let inside = of(&[("TERM", "xterm-kitty"), ("TMUX", "/run/tmux,1,0")]);
        assert_eq!(inside.detail, Detail::Braille);
        assert_eq!(term("tmux-256color").detail, Detail::Braille);
    }

    #[test]
    fn a_locale_that_is_not_utf_8_gets_letters_alone() {
        assert_eq!(
            of(&[("TERM", "xterm"), ("LANG", "C")]).glyphs,
            Glyphs::Ascii
        );
        assert_eq!(term("xterm").glyphs, Glyphs::Unicode);
    }

    #[test]
    fn plain_terminals_are_not_told_of_frames() {
        for name in ["linux", "vt100", "vt220", "dumb"] {
            assert!(!term(name).is_synchronised, "{name}");
        }
        for name in ["xterm", "xterm-256color", "tmux-256color", "foot"] {
            assert!(term(name).is_synchronised, "{name}");
        }
    }

    #[test]
    fn no_color_is_obeyed_unless_colours_are_asked_for() {
        let asked = of(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]);
        assert_eq!(
            asked.theme("light", "auto", "auto").colour,
            ColourMode::Mono
        );
        let always = asked.theme("light", "always", "auto");
        assert_eq!(always.colour, ColourMode::Indexed);
        assert_eq!(always, always.scheme(Scheme::Light));
    }

    #[test]
    fn every_word_for_signs_is_a_look_of_its_own() {
        let looks = ["octant", "braille", "block", "ascii"]
            .map(|word| term("xterm").theme("terminal", "auto", word));
        for (at, look) in looks.iter().enumerate() {
            assert!(!looks[..at].contains(look), "{look:?}");
        }
        let console = term("linux").theme("terminal", "auto", "block");
        assert_eq!(console.detail, Detail::Halves);
    }
}
