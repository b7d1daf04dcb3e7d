//! The command line: one file a verb. Data goes to stdout, talk to stderr, and the exit code says how it went.

mod log;

mod args;
mod attempt;
mod backup;
mod checkin;
mod config;
mod export;
pub(crate) mod failure;
mod guide;
mod history;
mod import;
mod noun;
mod open;
mod output;
pub mod plain;
pub(crate) mod session;
mod shell;
mod taper;
mod trend;

use crate::config::file::{Config, bytes_at};
use crate::config::settings::ConfigKey;
use crate::config::zone::{Doubt, LocalZone};
use crate::config::{NoHome, Places, run_folders};
use crate::domain::id::IdSource;
use crate::domain::time::Now;
use crate::domain::time::parse::parse_now;
use crate::store::place::Wanted;
use crate::store::{Process, Windows, place, refuse_no_file, sweep_elsewhere};
use args::{Args, Global, Verb, help, quick};
use chrono::{DateTime, Utc};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use failure::{Failure, Outcome, misread, unknown};
use output::pager::Pager;
use session::{Color, Face, Over, Reply, Session, Ticking};
use std::ffi::OsString;
use std::os::fd::AsFd;
use std::path::Path;

/// What the system says at the start: read once, in `main`.
#[derive(Debug, Clone)]
pub struct System {
    /// The clock.
    pub now: DateTime<Utc>,
    /// The zone, and what is doubtful about it.
    pub here: LocalZone,
    /// Random, for ids.
    pub seed: u64,
}

/// The hands that carry errands out for the full screen over the journal at `journal`, with this config file: for tests, which
/// have no terminal.
pub fn hands(journal: &Path, config: &Path, now: &Now) -> crate::tui::store_thread::errands::Hands {
    let nobody = Process {
        user: 0,
        began: std::time::SystemTime::UNIX_EPOCH,
        runs: |_| false,
    };
    let session = Session {
        now: now.clone(),
        ticking: Ticking::Fixed,
        places: Ok(Places {
            journal: journal.to_owned(),
            config: config.to_owned(),
            // Beside the config file: the real one is no place for a test.
            state: Some(config.with_file_name("state")),
        }),
        config: Config::default(),
        over: Vec::new(),
        color: Color::Never,
        face: Face::Screen,
        reply: Reply::Sentences,
        notice: None,
        pager: Pager::Never,
        ids: IdSource::new(1),
        windows: Windows::new(Vec::new(), nobody, now.manner),
        typed: session::Typed::default(),
    };
    let mut hands = open::hands::Hands::new(
        &session,
        crate::tui::shared::JournalKind::Own,
        crate::transfer::import::face::Face::Keys,
    );
    Box::new(move |store, errand, now, tell| hands.run(store, errand, now, tell))
}

/// Runs the program with `args` (the first is its name) and answers the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>, system: &System) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let words = args.get(1..).unwrap_or_default();
    let outcome = match quick::read(words, |name| std::env::var_os(name)) {
        Some(args) => dispatch(args, system),
        None => parsed(&help::as_option(args), system),
    };
    match outcome {
        Ok(()) => 0,
        Err(failure) => {
            failure
                .message
                .iter()
                .for_each(|message| output::say(&format!("ebb: {message}")));
            failure.code
        }
    }
}

/// Runs what clap reads.
fn parsed(args: &[OsString], system: &System) -> Outcome {
    match Args::try_parse_from(args) {
        _ if help::is_about_everywhere(args) => output::text(&help::everywhere()),
        // First of all: in the middle of a line that is being typed nothing else may be said or done.
        Ok(Args {
            verb: Some(Verb::Complete(args)),
            ..
        }) => shell::complete::run(&args, Args::command(), system),
        Ok(args) => dispatch(args, system),
        Err(error) => match unknown::command(&error, args) {
            Some(failure) => Err(failure),
            None => explain(&error, args),
        },
    }
}

/// Help was asked for, or the words were not understood.
fn explain(error: &clap::Error, args: &[OsString]) -> Outcome {
    let words = args.iter().skip(1);
    let typed: Vec<String> = words
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let is_page = matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if !is_page {
        return Err(misread::refusal(error, &mut Args::command(), &typed));
    }
    let page = help::page(&error.render().to_string(), &typed);
    if error.use_stderr() {
        output::say(&page);
        return Err(Failure::quiet(failure::USAGE));
    }
    let is_plain = typed
        .iter()
        .any(|word| word == "--plain" || word == "--no-pager");
    let pager = if is_plain {
        Pager::Never
    } else {
        Pager::AtTerminal
    };
    pager.text(&page)
}

/// What flags and the environment decide in place of the config file.
fn over(global: &Global) -> Vec<Over> {
    let given = global.journal.as_ref().filter(|path| !path.is_empty());
    let journal = given.map(|path| Over {
        key: ConfigKey::Journal,
        value: path.to_string_lossy().into_owned(),
        // clap's derive does not say whether a value came from the flag or from the environment.
        from: if std::env::var_os("EBB_JOURNAL").as_ref() == Some(path) {
            "env"
        } else {
            "flag"
        },
    });
    let flag = |key, value: &str| Over {
        key,
        value: value.to_owned(),
        from: "flag",
    };
    let color = match global.color {
        Color::Auto => None,
        Color::Always => Some(flag(ConfigKey::Color, "always")),
        Color::Never => Some(flag(ConfigKey::Color, "never")),
    };
    let plain = global.plain.then(|| flag(ConfigKey::Plain, "true"));
    [journal, color, plain].into_iter().flatten().collect()
}

/// Where the files lie, and what the config file says.
///
/// A file that cannot be read at all may name another journal: then the usual one is not opened in its place.
fn places(
    journal: Option<OsString>,
    config: Option<OsString>,
    verb: Option<&Verb>,
) -> Outcome<(Result<Places, NoHome>, Config)> {
    let is_named = journal.as_ref().is_some_and(|path| !path.is_empty());
    let mut places = Places::find(journal, config);
    let Ok(found) = &mut places else {
        return Ok((places, Config::default()));
    };
    let read = Config::read(&found.config);
    let is_about_config = matches!(verb, Some(Verb::Config(_)));
    if !is_about_config && !is_named && read.is_unread() && names_journal(&found.config) {
        let fault = read.faults.into_iter().next();
        return Err(fault.map_or_else(|| Failure::quiet(failure::USAGE), Failure::from));
    }
    if let Some(named) = read
        .set_value(ConfigKey::Journal)
        .filter(|path| !path.is_empty())
        && !is_named
    {
        found.journal = named.into();
    }
    if !is_about_config && verb.is_some() {
        for fault in &read.faults {
            output::say(&format!("ebb: {fault}"));
        }
    }
    Ok((places, read))
}

/// Whether a config file that could not be read may set the journal's place.
fn names_journal(config: &std::path::Path) -> bool {
    bytes_at(config).map_or(true, |bytes| {
        let text = String::from_utf8_lossy(&bytes);
        // Not parsed, because it may be broken anywhere: any live line that names the journal counts.
        text.lines().any(|line| {
            let line = line.trim_start();
            !line.starts_with('#') && line.contains("journal")
        })
    })
}

fn dispatch(args: Args, system: &System) -> Outcome {
    let process = this_process(system);
    process.make_known();
    place::make_known(is_refused);
    let given = args.global.now.as_deref().filter(|text| !text.is_empty());
    let (now, ticking) = match given {
        Some(text) => (
            parse_now(text, &system.here.zone, system.now)?,
            Ticking::Fixed,
        ),
        None => (
            Now::new(system.now, system.here.zone.clone()),
            Ticking::Clock,
        ),
    };
    // An offset given with `--now` is a zone of its own.
    let is_own = now.zone.name() != system.here.zone.name();
    let doubt = system.here.doubt.as_ref().filter(|_| !is_own);
    look_at_zone(doubt, args.verb.as_ref())?;
    let over = over(&args.global);
    let (places, config) = places(args.global.journal, args.global.config, args.verb.as_ref())?;
    let color = match (args.global.color, config.value(ConfigKey::Color)) {
        (Color::Auto, "always") => Color::Always,
        (Color::Auto, "never") => Color::Never,
        (given, _) => given,
    };
    let now = now.with_manner(config.manner());
    let is_plain = args.global.plain || config.value(ConfigKey::Plain) == "true";
    let windows = Windows::new(run_folders(), process, config.manner());
    let mut session = Session {
        now,
        ticking,
        places,
        config,
        over,
        color,
        face: if is_plain { Face::Plain } else { Face::Screen },
        reply: if args.global.json {
            Reply::Json
        } else {
            Reply::Sentences
        },
        notice: doubt.map(ToString::to_string),
        pager: if is_plain || args.global.no_pager {
            Pager::Never
        } else {
            Pager::AtTerminal
        },
        ids: match ticking {
            Ticking::Clock => IdSource::new(system.seed),
            // Runs with one fixed now still write one after another, and their entries stand in that order.
            Ticking::Fixed => IdSource::new(system.seed).stamped(system.now.fixed_offset()),
        },
        windows,
        typed: session::Typed::default(),
    };
    session.windows.make_known();
    if session.reply == Reply::Json && !Verb::answers_in_json(args.verb.as_ref()) {
        return Err(Failure::usage(
            "there is no JSON of this; `ebb export json` gives the whole journal. Nothing was done",
        ));
    }
    let session = &mut session;
    refuse_other_than_file(session, args.verb.as_ref())?;
    refuse_ours_as_output(session)?;
    sweep_config_folder(session);
    let writes = Verb::may_write(args.verb.as_ref());
    carry_out(args.verb, session)?;
    if writes {
        backup::keep(session);
    }
    Ok(())
}

/// This run, for the sweeping of what killed runs left.
fn this_process(system: &System) -> Process {
    use rustix::io::Errno;
    use rustix::process::{Pid, geteuid, test_kill_process};
    Process {
        user: geteuid().as_raw(),
        began: system.now.into(),
        // A process of another user answers "not permitted", and runs.
        runs: |process| {
            Pid::from_raw(process).is_some_and(|pid| test_kill_process(pid) != Err(Errno::SRCH))
        },
    }
}

/// Whether the system refuses this process what it wants with a file. The real answer comes with the write; this one comes
/// before the person has typed.
fn is_refused(path: &Path, wanted: Wanted) -> bool {
    use rustix::fs::{Access, AtFlags, CWD, accessat};
    use rustix::io::Errno;
    let access = match wanted {
        Wanted::Write => Access::WRITE_OK,
        Wanted::Make => Access::WRITE_OK | Access::EXEC_OK,
    };
    let answer = accessat(CWD, path, access, AtFlags::EACCESS);
    matches!(answer, Err(Errno::ACCESS | Errno::PERM | Errno::ROFS))
}

/// Says that the time here is not known, before anything is saved; a zone that was meant and has no rules stops what writes.
fn look_at_zone(doubt: Option<&Doubt>, verb: Option<&Verb>) -> Outcome {
    let Some(doubt) = doubt.filter(|_| Verb::asks_the_time(verb)) else {
        return Ok(());
    };
    if doubt.forbids_saving() && Verb::may_write(verb) {
        return Err(Failure::usage(format!("{doubt}. Nothing was saved")));
    }
    output::say(&format!("ebb: {doubt}."));
    Ok(())
}

/// Nothing but a plain file can be the journal: the opening of a pipe would wait without end. What needs no journal goes on:
/// the help lines above all, and the way to name another file.
fn refuse_other_than_file(session: &Session, verb: Option<&Verb>) -> Outcome {
    match &session.places {
        Ok(places) if Verb::needs_journal(verb) => Ok(refuse_no_file(&places.journal)?),
        _ => Ok(()),
    }
}

/// A run that was killed while it wrote the config file left a piece of it, and one that was killed over a note its words.
fn sweep_config_folder(session: &Session) {
    for folder in run_folders() {
        sweep_elsewhere(&folder);
    }
    let places = session.places.as_ref().ok();
    if let Some(folder) = places.and_then(|places| places.config.parent()) {
        sweep_elsewhere(folder);
    }
}

/// `>> journal.db` would write into it as any file name would.
fn refuse_ours_as_output(session: &Session) -> Outcome {
    let leads_to_ours = |open: std::io::Result<std::os::fd::OwnedFd>| {
        open.and_then(|open| std::fs::File::from(open).metadata())
            .is_ok_and(|open| open.is_file() && session.ours().is_open_as(&open))
    };
    // stderr first: where it leads into the journal, not even the refusal may be printed.
    if leads_to_ours(std::io::stderr().as_fd().try_clone_to_owned()) {
        return Err(Failure::quiet(failure::USAGE));
    }
    if leads_to_ours(std::io::stdout().as_fd().try_clone_to_owned()) {
        return Err(Failure::usage(
            "what is printed here would go into the journal or a copy of it, so nothing was; name another place",
        ));
    }
    Ok(())
}

fn carry_out(verb: Option<Verb>, session: &mut Session) -> Outcome {
    match verb {
        None => open::run(session),
        Some(Verb::Start(args)) => attempt::start::run(&args, session),
        Some(Verb::Attempt(args)) => attempt::run(&args, session),
        Some(Verb::Checkin(args)) => checkin::run(&args, session),
        Some(Verb::Dose(args)) => log::dose::run(&args, session),
        Some(Verb::Urge(args)) => log::urge::run(&args, session),
        Some(Verb::Measure(args)) => log::measure::run(&args, session),
        Some(Verb::Take(args)) => log::take::run(&args, session),
        Some(Verb::Did(args)) => log::did::run(&args, session),
        Some(Verb::Used(args)) => log::used::run(&args, session),
        Some(Verb::Noun(noun)) => noun::run(&noun, session),
        Some(Verb::Taper(args)) => taper::run(&args, session),
        Some(Verb::Status(args)) => history::status::run(&args, session),
        Some(Verb::History(args)) => history::run(&args, session),
        Some(Verb::Trend(args)) => trend::run(&args, session),
        Some(Verb::Export(args)) => export::run(&args, session),
        Some(Verb::Import(args)) => import::run(&args, session),
        Some(Verb::Report(args)) => export::report::run(&args, session),
        Some(Verb::Symptom(args)) => checkin::symptom::run(&args, session),
        Some(Verb::Guide(args)) => guide::run(&args, session),
        Some(Verb::Helplines(args)) => guide::helplines::run(&args, session),
        Some(Verb::Bin(args)) => history::bin::run(&args, session),
        Some(Verb::Sync(args)) => import::sync::run(&args, session),
        Some(Verb::Undo) => history::undo::run(history::undo::Way::Undo, session),
        Some(Verb::Redo) => history::undo::run(history::undo::Way::Redo, session),
        Some(Verb::Backup(args)) => backup::run(&args, session),
        Some(Verb::Restore(args)) => backup::restore::run(&args, session),
        Some(Verb::Salvage(args)) => backup::salvage::run(&args, session),
        Some(Verb::Passphrase(args)) => backup::passphrase::run(&args, session),
        Some(Verb::Doctor(args)) => backup::doctor::run(&args, session),
        Some(Verb::Paths(args)) => config::paths::run(&args, session),
        Some(Verb::Config(args)) => config::run(&args, session),
        Some(Verb::Remind(args)) => shell::remind::run(&args, session),
        Some(Verb::Completions(args)) => shell::script::run(&args, session),
        Some(Verb::Man(args)) => shell::manual::run(&args, Args::command(), session),
        // Done before a session is there.
        Some(Verb::Complete(_)) => Ok(()),
        Some(Verb::Demo(args)) => open::demo::run(&args, session),
    }
}
