//! The words of the two commands that are run most often: `ebb` alone and `ebb status --short`, which stands in prompts.
//!
//! clap builds every command with its options and help before it reads a word, which takes a tenth of a start. What is not
//! plain here is left to it, so that each slip is told by clap alone.

use super::status;
use super::{Args, Global, Verb};
use crate::cli::session::Color;
use std::ffi::OsString;

/// What `words` ask for, without the name of the program; `None` where clap has to read them. `env` is the environment.
pub(in crate::cli) fn read(
    words: &[OsString],
    env: impl Fn(&str) -> Option<OsString>,
) -> Option<Args> {
    let (mut journal, mut config, mut now) = (None, None, None);
    let mut plain = false;
    let mut verb = None;
    let mut is_short = false;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let into = match word.to_str()? {
            "--journal" => &mut journal,
            "--config" => &mut config,
            "--now" => &mut now,
            "--plain" if !plain => {
                plain = true;
                continue;
            }
            "status" if verb.is_none() => {
                verb = Some(status::Args::SHORT);
                continue;
            }
            "--short" if verb.is_some() && !is_short => {
                is_short = true;
                continue;
            }
            _ => return None,
        };
        let value = words.next()?.to_str()?;
        // A value that begins like an option is a slip; so is an option given twice.
        if value.is_empty() || value.starts_with('-') || into.is_some() {
            return None;
        }
        *into = Some(OsString::from(value));
    }
    // `ebb status` without it has more to say.
    if verb.is_some() != is_short {
        return None;
    }
    let now = match now.or_else(|| env("EBB_NOW")) {
        Some(text) => Some(text.into_string().ok()?),
        None => None,
    };
    Some(Args {
        version: None,
        global: Global {
            journal: journal.or_else(|| env("EBB_JOURNAL")),
            config: config.or_else(|| env("EBB_CONFIG")),
            plain,
            color: Color::Auto,
            now,
            json: false,
            no_pager: false,
            help: None,
        },
        verb: verb.map(Verb::Status),
    })
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::cli::args::Args;
    use clap::Parser;
    use std::ffi::OsString;

    fn both(line: &str) -> (Option<String>, Option<String>) {
        let words: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        let quick = read(&words, |name| std::env::var_os(name));
        let name = std::iter::once(OsString::from("ebb"));
        let slow = Args::try_parse_from(name.chain(words)).ok();
        (
            quick.map(|args| format!("{args:?}")),
            slow.map(|args| format!("{args:?}")),
        )
    }

    #[test]
    fn what_is_read_quickly_is_what_clap_reads() {
        for line in [
            "",
            "--plain",
            "--journal a.db",
            "--journal a.db --now 2026-11-22 --plain --config b.toml",
            "status --short",
            "--journal a.db status --short",
            "status --journal a.db --short --plain",
        ] {
            let (quick, slow) = both(line);
            assert!(quick.is_some(), "{line}");
            assert_eq!(quick, slow, "{line}");
        }
    }

    #[test]
    fn every_other_line_is_left_to_clap() {
        for line in [
            "status",
            "--short",
            "--short status",
            "status --json",
            "status --short --short",
            "status status --short",
            "--plain --plain",
            "--journal",
            "--journal --plain",
            "--journal a.db --journal b.db",
            "--journal=a.db",
            "--color never",
            "--json",
            "-h",
            "help",
            "checkin",
            "everywhere",
        ] {
            assert_eq!(both(line).0, None, "{line}");
        }
    }

    #[test]
    fn the_environment_stands_in_for_options_that_are_not_given() {
        let env = |name: &str| Some(OsString::from(format!("{name} of the environment")));
        let words = ["--journal", "a.db"].map(OsString::from);
        let Some(args) = read(&words, env) else {
            panic!("these words are plain");
        };
        assert_eq!(args.global.journal, Some("a.db".into()));
        assert_eq!(
            args.global.config,
            Some("EBB_CONFIG of the environment".into())
        );
        assert_eq!(
            args.global.now.as_deref(),
            Some("EBB_NOW of the environment")
        );
    }
}
