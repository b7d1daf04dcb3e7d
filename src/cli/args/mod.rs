//! The words of the command line. Each verb's own arguments stand in its file.

pub(super) mod help;
pub(super) mod quick;

use super::attempt::start;
use super::backup::{doctor, restore, salvage};
use super::checkin::symptom;
use super::config::paths;
use super::export::report;
use super::guide::helplines;
use super::history::{bin, status};
use super::import::sync;
use super::log::{did, dose, measure, take, urge, used};
use super::open::demo;
use super::session::Color;
use super::shell::{complete, manual, remind, script};
use super::{attempt, backup, checkin, config, export, guide, history, import, noun, taper, trend};
use clap::{ArgAction, Args as ClapArgs, Parser, Subcommand};
use std::ffi::OsString;

/// Every command by what it is for; a test asks for each.
const TEMPLATE: &str = "\
{about}

  ebb                                open the journal, full screen
  ebb checkin --set nausea=2         note one rating; `ebb checkin` alone asks
  ebb history -n 10                  what was noted last

Note         checkin, dose, urge, measure, take, did, used, sign
Keep         medication, appointment, question, treatment, contact, product,
             practice, reason, purchase, baseline
Change       entry (list, show, edit, delete what was noted), undo, redo, bin
Look         status, history, trend
Attempt      start, attempt, symptom (what is rated), taper (plans)
Give         report (for a visit), export, sync
Take in      import, restore
The file     backup, salvage, passphrase, doctor, paths, config
Read         guide, helplines (numbers to call)
Around it    remind, completions (of the shell), man
Try it       demo (a made-up journal)

Everywhere: --journal PATH, --plain, --json \u{2026}; `ebb help everywhere` lists them.
`ebb help COMMAND` tells more, examples first.
";

#[derive(Debug, Parser)]
#[command(
    name = "ebb",
    version,
    long_version = help::version(),
    about = "A private, offline journal for tapering off or stopping",
    help_template = TEMPLATE,
    disable_help_subcommand = false,
    subcommand_help_heading = "Commands",
    // Every page is the short one: one line an option.
    disable_help_flag = true,
    disable_version_flag = true,
)]
pub(super) struct Args {
    #[arg(
        short = 'V',
        long,
        hide = true,
        action = ArgAction::Version,
        help = "The version; --version adds that of SQLite and the form of the journal"
    )]
    version: Option<bool>,
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) verb: Option<Verb>,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Everywhere")]
// `hide_env_values`: help is shown to others, and a path can say what the journal is about.
pub(super) struct Global {
    /// The journal's file
    #[arg(
        long,
        value_name = "PATH",
        global = true,
        hide = true,
        env = "EBB_JOURNAL",
        hide_env_values = true
    )]
    pub(super) journal: Option<OsString>,
    /// The config file
    #[arg(
        long,
        value_name = "PATH",
        global = true,
        hide = true,
        env = "EBB_CONFIG",
        hide_env_values = true
    )]
    pub(super) config: Option<OsString>,
    /// One question a line, no boxes, no redraw
    #[arg(long, global = true, hide = true)]
    pub(super) plain: bool,
    /// Colours: auto, always or never
    #[arg(
        long,
        value_name = "WHEN",
        global = true,
        hide = true,
        value_enum,
        default_value_t,
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(super) color: Color,
    /// A fixed "now", for scripts: 2026-11-22T08:15:00-05:00 or 2026-11-22 08:15
    #[arg(
        long,
        value_name = "WHEN",
        global = true,
        hide = true,
        env = "EBB_NOW",
        hide_env_values = true,
        allow_hyphen_values = true
    )]
    pub(super) now: Option<String>,
    /// What is shown, or what was saved with its id, as JSON on stdout
    #[arg(long, global = true, hide = true)]
    pub(super) json: bool,
    /// Long text at a terminal as it is, without $PAGER
    #[arg(long, global = true, hide = true)]
    pub(super) no_pager: bool,
    /// This page
    #[arg(short, long, global = true, hide = true, action = ArgAction::HelpShort)]
    pub(super) help: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Begin an attempt, or set its day 0
    Start(start::Args),
    /// List, edit, end or delete attempts
    Attempt(attempt::Args),
    /// Rate how it is now, or was
    #[command(visible_alias = "check-in")]
    Checkin(checkin::Args),
    /// Note what was used
    #[command(hide = true)]
    Dose(dose::Args),
    /// Note a craving
    #[command(hide = true)]
    Urge(urge::Args),
    /// Note numbers: sleep, weight, pressure
    #[command(hide = true)]
    Measure(measure::Args),
    /// Note a medication taken, late or skipped
    #[command(hide = true)]
    Take(take::Args),
    /// Note a practice
    #[command(hide = true)]
    Did(did::Args),
    /// Note another substance
    #[command(hide = true)]
    Used(used::Args),
    #[command(flatten)]
    Noun(noun::Noun),
    /// Preview, begin and change taper plans
    #[command(hide = true)]
    Taper(taper::Args),
    /// Where things stand today
    Status(status::Args),
    /// Days with their check-ins
    History(history::Args),
    /// A week, the timeline or everything, drawn in text
    Trend(trend::Args),
    #[command(about = export::about())]
    Export(export::Args),
    /// Take in what another file holds
    #[command(hide = true)]
    Import(import::Args),
    /// A report for a clinician: a page, Markdown or text
    #[command(hide = true)]
    Report(report::Args),
    /// List symptoms, switch them, add your own
    Symptom(symptom::Args),
    /// Pages to read, each statement with its source
    Guide(guide::Args),
    /// Numbers to call, and signs that need help at once
    Helplines(helplines::Args),
    /// Restore what was deleted, or erase it for good
    Bin(bin::Args),
    /// Take the last change back; redo does it again
    #[command(
        before_help = "Examples:\n  ebb undo      takes back the last change, also after a restart"
    )]
    Undo,
    /// Share with your other machines through a folder
    #[command(hide = true)]
    Sync(sync::Args),
    /// Do the last undone change again
    #[command(
        hide = true,
        before_help = "Examples:\n  ebb redo      does again what `ebb undo` took back"
    )]
    Redo,
    /// Copy the journal, or list its copies
    #[command(hide = true)]
    Backup(backup::Args),
    /// Bring a copy back
    #[command(hide = true)]
    Restore(restore::Args),
    /// Bring what can be read of a damaged journal into a new file
    #[command(hide = true)]
    Salvage(salvage::Args),
    /// Encrypt the journal, change its passphrase, show its recovery sheet
    #[command(hide = true)]
    Passphrase(backup::passphrase::Args),
    /// Examine the journal's file
    Doctor(doctor::Args),
    /// Where the files lie
    Paths(paths::Args),
    /// The config file: looks and paths
    #[command(hide = true)]
    Config(config::Args),
    /// A neutral word on days without a check-in
    #[command(hide = true)]
    Remind(remind::Args),
    /// A script that completes commands in your shell
    #[command(hide = true)]
    Completions(script::Args),
    /// The words that can stand next, for the scripts
    #[command(hide = true)]
    Complete(complete::Args),
    /// Pages of the manual
    #[command(hide = true)]
    Man(manual::Args),
    /// Open a made-up journal; yours is not touched
    Demo(demo::Args),
}

impl Verb {
    /// Whether a verb hangs on what time it is here.
    pub(super) const fn asks_the_time(verb: Option<&Self>) -> bool {
        !matches!(
            verb,
            Some(
                Self::Guide(_)
                    | Self::Helplines(_)
                    | Self::Paths(_)
                    | Self::Config(_)
                    | Self::Completions(_)
                    | Self::Complete(_)
                    | Self::Man(_)
                    | Self::Doctor(_)
                    | Self::Salvage(_)
            )
        )
    }

    /// Whether a verb is of no use without the journal.
    pub(super) const fn needs_journal(verb: Option<&Self>) -> bool {
        !matches!(
            verb,
            Some(
                Self::Guide(_)
                    | Self::Helplines(_)
                    | Self::Paths(_)
                    | Self::Config(_)
                    | Self::Completions(_)
                    | Self::Complete(_)
                    | Self::Man(_)
            )
        )
    }

    /// Whether `--json` has an answer: not where it is a file, a page or the journal itself.
    pub(super) const fn answers_in_json(verb: Option<&Self>) -> bool {
        match verb {
            Some(Self::Export(args)) => args.is_about_list(),
            None | Some(Self::Report(_) | Self::Demo(_) | Self::Passphrase(_)) => false,
            Some(_) => true,
        }
    }

    /// Whether a verb may write to the journal.
    // `backup`, `restore` and `salvage` make or swap files themselves; `demo` writes into a journal of its own.
    pub(super) const fn may_write(verb: Option<&Self>) -> bool {
        !matches!(
            verb,
            Some(
                Self::Status(_)
                    | Self::History(_)
                    | Self::Trend(_)
                    | Self::Export(_)
                    | Self::Report(_)
                    | Self::Guide(_)
                    | Self::Helplines(_)
                    | Self::Doctor(_)
                    | Self::Paths(_)
                    | Self::Config(_)
                    | Self::Remind(_)
                    | Self::Completions(_)
                    | Self::Complete(_)
                    | Self::Man(_)
                    | Self::Demo(_)
                    | Self::Passphrase(_)
                    | Self::Backup(_)
                    | Self::Restore(_)
                    | Self::Salvage(_)
            )
        )
    }
}
