//! Long text at a terminal goes through a pager, so that its beginning does not run off the screen.
//!
//! Invariant: a pipe, a file and plain mode never see a pager, and what it shows is the text that they would get. It keeps no
//! words: `less` writes no history of searches.

use super::{lines, room, shown, write_lines};
use crate::cli::failure::Outcome;
use crate::tui::outside::printed::Printed;
use crate::tui::outside::terminal;
use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::process::{Command, Stdio};

/// Whether long text may go through a pager.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pager {
    /// At a terminal.
    AtTerminal,
    /// Never: plain mode, or `--no-pager`.
    Never,
}

impl Pager {
    /// Writes lines of text to stdout, through the pager where they don't fit the terminal.
    pub(crate) fn text(self, text: &str) -> Outcome {
        let lines = lines(text, room());
        if self == Self::Never || !is_long(&lines) || !is_paged_through(&lines) {
            return write_lines(&lines);
        }
        Ok(())
    }

    /// The same for what was drawn, which is fitted already.
    pub(crate) fn drawing(self, drawing: Vec<Printed>, ink: Ink) -> Outcome {
        let plain = |line: &Printed| shown(&line.plain).into_owned();
        let plain: Vec<String> = drawing.iter().map(plain).collect();
        let is_paged = self == Self::AtTerminal && is_long(&plain);
        let lines = match ink {
            // The signs come from widgets, which let nothing through that steers a terminal.
            Ink::Styled => drawing.into_iter().map(|line| line.styled).collect(),
            Ink::Plain => plain,
        };
        if is_paged && is_paged_through(&lines) {
            return Ok(());
        }
        write_lines(&lines)
    }
}

/// What is printed of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    /// Its signs, its colours and its bold letters.
    Styled,
    /// Its signs alone.
    Plain,
}

/// What a shell answers for a program that is not there or cannot be run.
const NOT_THERE: [i32; 2] = [126, 127];

/// Whether stdout is a terminal on which the first line would run off.
fn is_long(lines: &[String]) -> bool {
    if !std::io::stdout().is_terminal() || terminal::is_usable().is_err() {
        return false;
    }
    let Some((columns, rows)) = terminal::size() else {
        return false;
    };
    let columns = usize::from(columns);
    let height = lines.iter().map(|line| {
        let width = unicode_width::UnicodeWidthStr::width(line.as_str());
        width.div_ceil(columns).max(1)
    });
    // One row for the prompt that comes after it.
    height.sum::<usize>() >= usize::from(rows)
}

/// Shows the lines in the pager; whether there was one.
fn is_paged_through(lines: &[String]) -> bool {
    let chosen = std::env::var_os("PAGER");
    let mut command = match &chosen {
        // An empty one, and `cat`, are how people say that they want none.
        Some(pager) if pager.is_empty() || pager == "cat" => return false,
        Some(pager) => {
            let mut line = OsString::from("exec ");
            line.push(pager);
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(line);
            shell
        }
        None => Command::new("less"),
    };
    if std::env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    // What is searched for in a journal stays in it, and the pager starts no other program.
    command.env("LESSHISTFILE", "-").env("LESSSECURE", "1");
    let Ok(mut pager) = command.stdin(Stdio::piped()).spawn() else {
        return false;
    };
    if let Some(mut to) = pager.stdin.take() {
        // Who leaves the pager early closes this pipe, and has read enough.
        to.write_all((lines.join("\n") + "\n").as_bytes()).ok();
    }
    let status = pager.wait();
    status.is_ok_and(|status| !status.code().is_some_and(|code| NOT_THERE.contains(&code)))
}
