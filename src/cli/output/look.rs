//! The look of this run: which signs and colours the terminal has, and what the person asked for.

use super::pager::Ink;
use crate::cli::failure::Outcome;
use crate::cli::session::{Color, Session};
use crate::config::file::Config;
use crate::config::settings::ConfigKey;
use crate::tui::theme::Theme;
use crate::tui::theme::abilities::Abilities;
use std::io::IsTerminal;

/// What this terminal can show.
pub(crate) fn abilities() -> Abilities {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    Abilities::of(&set)
}

/// The config file with `--color`, which comes before it for as long as this run lasts.
pub(crate) fn config(session: &Session) -> Outcome<Config> {
    let mut config = session.config.clone();
    let colour = match session.color {
        Color::Always => "always",
        Color::Never => "never",
        Color::Auto => "auto",
    };
    config.hold(ConfigKey::Color, colour)?;
    Ok(config)
}

/// The look of what is drawn outside the full screen.
pub(crate) fn theme(session: &Session) -> Outcome<Theme> {
    Ok(abilities().look(&config(session)?))
}

/// Whether escape codes go to stdout.
pub(crate) fn ink(session: &Session) -> Ink {
    let is_dumb = std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
    match session.color {
        Color::Always => Ink::Styled,
        Color::Auto if std::io::stdout().is_terminal() && !is_dumb => Ink::Styled,
        Color::Auto | Color::Never => Ink::Plain,
    }
}
