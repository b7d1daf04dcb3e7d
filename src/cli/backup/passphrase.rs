//! `ebb passphrase`: encrypts the journal and everything made of it, changes or removes that, and shows the recovery sheet.
//!
//! Invariant: what cannot be taken back is said before anything is asked, and everything is asked before anything is written.

use crate::cli::failure::{Failure, NO, Outcome, SEALED, USAGE};
use crate::cli::import::last_meeting;
use crate::cli::output;
use crate::cli::output::{private, secret};
use crate::cli::session::Session;
use crate::store::Store;
use crate::store::key::door::Door;
use crate::store::key::follow::Followed;
use crate::store::key::rewrite::NewKey;
use crate::store::key::sheet::{Ground, Sheet};
use clap::Subcommand;
use std::fmt::Write as _;
use std::io::IsTerminal;
use zeroize::Zeroizing;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb passphrase set                 encrypts the journal, its copies and its sync file
  ebb passphrase change --new-key    another passphrase, and everything encrypted anew
  ebb passphrase sheet               the recovery sheet: to write down, not to photograph
  ebb passphrase recover             opens the journal with the sheet, for a new passphrase

Without a terminal `set` reads the passphrase as two lines on stdin; `change` reads the present one before them.
EBB_PASSPHRASE_COMMAND names a program whose first line of output opens the journal in scripts.")]
pub(in crate::cli) struct Args {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Encrypt the journal
    #[command(
        before_help = "Examples:\n  ebb passphrase set      asks for it twice, then encrypts"
    )]
    Set,
    /// Another passphrase
    #[command(
        before_help = "Examples:\n  ebb passphrase change      asks for the present one, then twice for the new one"
    )]
    Change {
        /// Encrypt everything anew, so that the old passphrase opens no file that is here
        #[arg(long)]
        new_key: bool,
    },
    /// Make the journal plain again
    #[command(
        before_help = "Examples:\n  ebb passphrase remove      journal and copies can be read without it then"
    )]
    Remove,
    /// Show the recovery sheet
    #[command(
        before_help = "Examples:\n  ebb passphrase sheet      14 groups to write down, and a picture for a phone"
    )]
    Sheet,
    /// Open the journal with its sheet, and set a new passphrase
    #[command(before_help = "Examples:\n  ebb passphrase recover      asks for the 14 groups")]
    Recover,
}

/// Said before a passphrase is set.
const FIRST: &str = "\
Nobody can open the journal without its passphrase or its recovery sheet: there is no other way in, and nobody to ask.
Encrypted are the journal, its copies, its sync file and what ebb makes in passing. Not reached: exports and copies \
elsewhere, what the disk still holds of the old file, memory that was swapped out, and whoever sits at this machine while \
the journal is open.";
/// Said beside a sheet.
const ABOUT_SHEET: &str = "\
This opens the journal and its copies without the passphrase. Write it down by hand, or print it; do not photograph it. In a \
closed envelope it may lie with somebody you trust. It is not stored anywhere.";

pub(in crate::cli) fn run(args: &Args, session: &Session) -> Outcome {
    match args.deed {
        Deed::Set => set(session),
        Deed::Change { new_key } => change(new_key, session),
        Deed::Remove => remove(session),
        Deed::Sheet => sheet(session),
        Deed::Recover => recover(session),
    }
}

fn set(session: &Session) -> Outcome {
    session.refuse_read_only()?;
    let path = &session.places()?.journal;
    if let Door::Locked(_) = Door::of(path)? {
        return Err(Failure::new(
            NO,
            "the journal has a passphrase already, and nothing was changed; `ebb passphrase change` sets another one",
        ));
    }
    let mut store = session.open()?;
    output::say(FIRST);
    let passphrase = secret::new_passphrase()?;
    let followed = store.set_passphrase(&passphrase)?;
    output::say("The journal is encrypted.");
    tell(&followed, "encrypted");
    say_followed(&store, session);
    if output::can_ask() && output::keeps("Show its recovery sheet now?") {
        show(&store)?;
    } else {
        output::say("`ebb passphrase sheet` shows its recovery sheet.");
    }
    Ok(())
}

fn change(new_key: bool, session: &Session) -> Outcome {
    session.refuse_read_only()?;
    let mut store = unlocked(session, "The present passphrase: ")?;
    let passphrase = secret::new_passphrase()?;
    let new_key = if new_key { NewKey::Yes } else { NewKey::No };
    let followed = store.change_passphrase(&passphrase, new_key)?;
    match new_key {
        NewKey::Yes => output::say(
            "The journal has another passphrase and another key. An older recovery sheet opens only copies elsewhere that are older than this; `ebb passphrase sheet` shows the new one.",
        ),
        NewKey::No => output::say(
            "The journal has another passphrase. Its recovery sheet stays the same. A copy elsewhere from before still opens with the old passphrase, and so would the journal with an old key's file; `--new-key` encrypts everything anew.",
        ),
    }
    tell(&followed, "changed");
    say_followed(&store, session);
    Ok(())
}

fn remove(session: &Session) -> Outcome {
    session.refuse_read_only()?;
    let mut store = unlocked(session, "The present passphrase: ")?;
    if output::can_ask()
        && !output::agrees("Whoever can read this disk can read the journal then. Make it plain?")
    {
        return Err(Failure::usage("the journal stays encrypted"));
    }
    let followed = store.remove_passphrase()?;
    output::say("The journal is plain again.");
    tell(&followed, "made plain");
    say_followed(&store, session);
    Ok(())
}

/// The store of an encrypted journal, after its passphrase was asked for.
fn unlocked(session: &Session, question: &str) -> Outcome<Store> {
    let path = &session.places()?.journal;
    match Door::of(path)? {
        Door::Locked(locked) => secret::unlock_for_change(&locked, question).map(drop)?,
        Door::Open => {
            // No journal, or no passphrase: the opening tells which.
            session.open()?;
            return Err(Failure::new(
                NO,
                "the journal has no passphrase, and nothing was changed; `ebb passphrase set` sets one",
            ));
        }
    }
    session.open()
}

fn sheet(session: &Session) -> Outcome {
    // Asked for again although a program may know it: whoever sees the sheet has the journal for good.
    let store = unlocked(session, "Passphrase, not shown while you type: ")?;
    show(&store)
}

fn show(store: &Store) -> Outcome {
    let Some(sheet) = store.sheet() else {
        return Ok(());
    };
    output::say(ABOUT_SHEET);
    let groups = sheet.groups();
    let mut text = Zeroizing::new(String::with_capacity(2048));
    for (at, group) in groups.iter().enumerate() {
        // Two columns of seven, numbered, so that a group can be named.
        write!(text, "{:>3}  {}", at + 1, &**group).ok();
        text.push(if at % 2 == 0 { ' ' } else { '\n' });
    }
    if std::io::stdout().is_terminal()
        && let Some(picture) = sheet.picture(Ground::Dark)
    {
        text.push('\n');
        text.push_str(&picture);
    }
    output::text(&text)
}

fn recover(session: &Session) -> Outcome {
    session.refuse_read_only()?;
    let path = session.places()?.journal.clone();
    let Door::Locked(locked) = Door::of(&path)? else {
        session.open()?;
        return Err(Failure::new(
            NO,
            "the journal has no passphrase, so there is nothing to recover",
        ));
    };
    loop {
        let typed = output::asked("The 14 groups of the sheet, in one line: ").map(Zeroizing::new);
        let Some(typed) = typed.filter(|typed| !typed.trim().is_empty()) else {
            return Err(Failure::new(
                SEALED,
                "no sheet was given, so nothing was changed",
            ));
        };
        let opened = match Sheet::read(&typed) {
            Ok(sheet) => locked.unlock_with_sheet(&sheet).map_err(Failure::from),
            Err(slip) => Err(Failure::new(USAGE, format!("{slip}; nothing was changed"))),
        };
        match opened {
            Ok(_) => break,
            Err(failure) if output::can_ask() => {
                output::say(&failure.message.unwrap_or_default());
            }
            Err(failure) => return Err(failure),
        }
    }
    let mut store = session.open()?;
    output::say("The sheet fits. The journal gets a new passphrase now.");
    let passphrase = secret::new_passphrase()?;
    let followed = store.recover_passphrase(&passphrase)?;
    output::say("The journal has its new passphrase. The sheet stays the same.");
    tell(&followed, "changed");
    say_followed(&store, session);
    Ok(())
}

/// Says what became of the copies.
fn tell(followed: &Followed, done: &str) {
    match followed.done {
        0 => {}
        1 => output::say(&format!("1 copy was {done} with it.")),
        n => output::say(&format!("{n} copies were {done} with it.")),
    }
    for (path, why) in &followed.left {
        output::say(&format!(
            "{} stays as it was: {why}. Delete it if you do not need it.",
            path.display()
        ));
    }
}

fn say_followed(store: &Store, session: &Session) {
    if let Some(line) = follow(store, session) {
        output::say(&line);
    }
}

/// Brings what lies outside the journal's folder after its key: what this device keeps about it, and this machine's file in the
/// sync folder, so that no plain one stays there until the next sync. Answers what became of the latter.
pub(in crate::cli) fn follow(store: &Store, session: &Session) -> Option<String> {
    private::follow(session.places().ok()?, store.id());
    last_meeting::leave_anew(store, session)
}
