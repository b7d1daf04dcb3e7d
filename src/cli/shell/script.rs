//! `ebb completions`: a small script for each shell, which asks `ebb complete` for the words. A script with all words in it
//! would be some hundred kilobytes, and old after the next version.

use crate::cli::failure::Outcome;
use crate::cli::output;
use crate::cli::session::{Reply, Session};

#[derive(Debug, clap::Args)]
#[command(
    before_help = "\
Examples:
  ebb completions bash    as ~/.local/share/bash-completion/completions/ebb
  ebb completions zsh     as a file _ebb in a folder of $fpath
  ebb completions fish    as ~/.config/fish/completions/ebb.fish",
    after_help = "\
The script is printed; `ebb completions bash > FILE` puts it into a file. It asks ebb itself, so it stays as it is when
ebb gets newer. Names of your own are offered only after `ebb config set own_names true`."
)]
pub(in crate::cli) struct Args {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// A shell that can complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Shell {
    /// GNU bash.
    Bash,
    /// The Z shell.
    Zsh,
    /// fish.
    Fish,
    /// PowerShell.
    Powershell,
}

impl Shell {
    /// The script that teaches the shell to complete.
    pub(super) const fn script(self) -> &'static str {
        match self {
            Self::Bash => include_str!("../../../assets/completions/ebb.bash"),
            Self::Zsh => include_str!("../../../assets/completions/ebb.zsh"),
            Self::Fish => include_str!("../../../assets/completions/ebb.fish"),
            Self::Powershell => include_str!("../../../assets/completions/ebb.ps1"),
        }
    }
}

pub(in crate::cli) fn run(args: &Args, session: &Session) -> Outcome {
    let script = args.shell.script();
    if session.reply == Reply::Json {
        return output::json(&serde_json::json!({ "version": 1, "script": script }));
    }
    output::exact(script.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::Shell;
    use clap::ValueEnum;

    #[test]
    fn scripts_are_small_and_name_no_place() {
        for shell in Shell::value_variants() {
            let script = shell.script();
            assert!(script.len() < 1200, "{shell:?}: {}", script.len());
            let places = ["/home", "/usr", "/bin", "target/"];
            assert!(places.iter().all(|place| !script.contains(place)));
            let name = format!("{shell:?}").to_lowercase();
            assert!(script.contains(&format!("ebb complete {name} -- ")));
        }
    }
}
