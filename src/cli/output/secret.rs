//! How a passphrase comes in: typed at the terminal without being shown, from the program in `EBB_PASSPHRASE_COMMAND`, or, for
//! the verbs that set one, as lines on stdin. Never as an argument and never in the environment.

use super::{can_ask, end_line, prompt, say};
use crate::cli::failure::{Failure, Outcome, SEALED};
use crate::domain::text::system_words::system_words;
use crate::store::StoreError;
use crate::store::key::Key;
use crate::store::key::door::Locked;
use crate::store::key::passphrase::Passphrase;
use crate::tui::outside::hidden;
use crate::tui::outside::hidden::Hidden;
use std::io::{BufRead, IsTerminal};
use std::process::{Command, Stdio};
use zeroize::Zeroizing;

/// Names the program whose first line of output is the passphrase.
const COMMAND: &str = "EBB_PASSPHRASE_COMMAND";

/// Whether a program was named that knows the passphrase.
pub(crate) fn has_command() -> bool {
    std::env::var_os(COMMAND).is_some_and(|line| !line.is_empty())
}

/// What the named program prints first; `None` without one.
fn from_command() -> Outcome<Option<Passphrase>> {
    let Some(line) = std::env::var_os(COMMAND).filter(|line| !line.is_empty()) else {
        return Ok(None);
    };
    let refused = |why: String| {
        Failure::new(
            SEALED,
            format!("{COMMAND} gave no passphrase ({why}); nothing was read or changed"),
        )
    };
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(line).stderr(Stdio::inherit());
    // Data that is piped in belongs to the verb.
    if std::io::stdin().is_terminal() {
        shell.stdin(Stdio::inherit());
    } else {
        shell.stdin(Stdio::null());
    }
    let ran = shell
        .output()
        .map_err(|error| refused(system_words(&error)))?;
    let printed = Zeroizing::new(ran.stdout);
    if !ran.status.success() {
        return Err(refused(format!("it ended with {}", ran.status)));
    }
    let first = printed
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let text = std::str::from_utf8(first).map_err(|_| refused("it is not UTF-8".to_owned()))?;
    let passphrase = Passphrase::new(text.trim_end_matches('\r'));
    passphrase
        .map(Some)
        .ok_or_else(|| refused("its first line is empty".to_owned()))
}

/// Unlocks a file: with the passphrases that were typed in this run already, by the named program, or by asking as often as
/// the person likes. Answers the key and the passphrase that opened it.
pub(crate) fn unlock(
    locked: &Locked,
    question: &str,
    earlier: Option<&Passphrase>,
) -> Outcome<(Key, Option<Passphrase>)> {
    if !locked.takes_passphrase() {
        return Err(locked.refusal().into());
    }
    if let Some(key) = earlier.and_then(|earlier| locked.unlock(earlier).ok()) {
        return Ok((key, None));
    }
    if let Some(passphrase) = from_command()? {
        match locked.unlock(&passphrase) {
            // The file of another machine may have another one, which somebody at the terminal knows.
            Err(StoreError::WrongPassphrase(_)) if may_be_asked() => {}
            key => return Ok((key?, Some(passphrase))),
        }
    }
    if !may_be_asked() {
        let mut failure = Failure::from(locked.refusal());
        if let Some(message) = &mut failure.message {
            message
                .push_str("; for scripts, EBB_PASSPHRASE_COMMAND names a program that prints it");
        }
        return Err(failure);
    }
    let (key, passphrase) = ask(locked, question)?;
    Ok((key, Some(passphrase)))
}

/// Asks a person at the terminal, as often as they like; an empty line leaves the file locked.
pub(crate) fn ask(locked: &Locked, question: &str) -> Outcome<(Key, Passphrase)> {
    let hidden = Hidden::begin().map_err(|error| unread(&error))?;
    loop {
        let Some(passphrase) = typed(&hidden, question)? else {
            return Err(locked.refusal().into());
        };
        match locked.unlock(&passphrase) {
            Ok(key) => return Ok((key, passphrase)),
            Err(error @ StoreError::WrongPassphrase(_)) => say(&format!("{error}.")),
            Err(error) => return Err(error.into()),
        }
    }
}

/// Whether a person sits at a terminal and no other face shows what is said.
pub(crate) fn may_be_asked() -> bool {
    super::is_heard() && hidden::can_be_asked()
}

/// One passphrase, typed without being shown; `None` for an empty line and at the end of input.
fn typed(hidden: &Hidden, question: &str) -> Outcome<Option<Passphrase>> {
    let line = hidden.line(|| prompt(question));
    // The person's Enter was not shown either.
    end_line();
    let line = line.map_err(|error| unread(&error))?;
    Ok(line.and_then(|line| Passphrase::new(&line)))
}

fn unread(error: &std::io::Error) -> Failure {
    Failure::new(
        SEALED,
        format!(
            "the passphrase could not be read ({}); nothing was changed",
            system_words(error)
        ),
    )
}

/// One line of stdin.
fn line_of_stdin() -> Outcome<Option<Zeroizing<String>>> {
    let mut line = Zeroizing::new(String::with_capacity(4096));
    let read = std::io::stdin().lock().read_line(&mut line);
    let read = read.map_err(|error| {
        Failure::usage(format!(
            "the passphrase could not be read ({}); nothing was changed",
            system_words(&error)
        ))
    })?;
    if read == 0 {
        return Ok(None);
    }
    let text = line.trim_end_matches(['\n', '\r']);
    Ok(Some(Zeroizing::new(text.to_owned())))
}

/// The present passphrase for a verb that changes it: as [`unlock`], or as the first line of stdin.
pub(crate) fn unlock_for_change(locked: &Locked, question: &str) -> Outcome<Key> {
    if has_command() || may_be_asked() || can_ask() {
        return Ok(unlock(locked, question, None)?.0);
    }
    if !locked.takes_passphrase() {
        return Err(locked.refusal().into());
    }
    let line = line_of_stdin()?;
    let passphrase = line.and_then(|line| Passphrase::new(&line));
    let passphrase = passphrase.ok_or_else(|| Failure::from(locked.refusal()))?;
    Ok(locked.unlock(&passphrase)?)
}

/// A new passphrase, twice: at the terminal, or as two lines of stdin.
pub(crate) fn new_passphrase() -> Outcome<Passphrase> {
    if may_be_asked() {
        let hidden = Hidden::begin().map_err(|error| unread(&error))?;
        loop {
            let Some(first) = typed(&hidden, "New passphrase, not shown while you type: ")? else {
                return Err(nothing_given());
            };
            match typed(&hidden, "The same once more: ")? {
                Some(second) if second == first => return Ok(first),
                None => return Err(nothing_given()),
                Some(_) => say("These were two different ones. Once more from the start."),
            }
        }
    }
    let first = line_of_stdin()?.and_then(|line| Passphrase::new(&line));
    let second = line_of_stdin()?.and_then(|line| Passphrase::new(&line));
    match (first, second) {
        (Some(first), Some(second)) if first == second => Ok(first),
        (Some(_), Some(_)) => Err(Failure::usage(
            "the two lines differ, so nothing was changed; the passphrase is read twice",
        )),
        _ => Err(nothing_given()),
    }
}

fn nothing_given() -> Failure {
    Failure::usage("no passphrase was given, so nothing was changed; it is asked for twice")
}
