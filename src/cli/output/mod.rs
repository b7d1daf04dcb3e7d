//! The only place that writes to stdout and stderr: data to stdout, talk and prompts to stderr.
//!
//! Invariant: a closed pipe or a full disk never panics, and text from a person or a file never reaches a terminal with
//! control characters in it.

pub(super) mod editor;
pub(super) mod entry_json;
pub(super) mod look;
pub(super) mod pager;
pub(super) mod private;
pub(super) mod saved;
pub(super) mod secret;

use super::failure::{Failure, Outcome};
use crate::domain::text::ascii;
use crate::domain::text::sanitize;
use crate::domain::text::sanitize::{Lines as LineEnds, Stand};
use crate::domain::text::system_words::system_words;
use crate::domain::text::wrap::fitted;
use crate::transfer::progress::Progress as HowFar;
use crate::tui::outside::lines::Lines;
use crate::tui::outside::terminal;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::io::{BufRead, BufWriter, IsTerminal, Read, Write};

/// The narrowest lines that text is fitted to: below it nearly every word would be cut.
const NARROWEST: usize = 20;
/// The width of a terminal that does not tell it.
pub(crate) const USUAL: usize = 80;

/// A line that steers no terminal, in signs that the locale has.
fn shown(line: &str) -> Cow<'_, str> {
    let line = sanitize::shown(line, LineEnds::Keep, Stand::Picture);
    if is_ascii_locale() {
        ascii::spelt(line)
    } else {
        line
    }
}

/// Whether the person chose a locale without signs beyond ASCII.
fn is_ascii_locale() -> bool {
    // Without any locale nothing was chosen, and what reads a pipe reads UTF-8.
    locale().is_some_and(|locale| !is_utf8(&locale))
}

/// The first of these that is set decides, as it does for the C library.
pub(crate) fn locale() -> Option<String> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set)
}

/// Whether a locale has signs beyond ASCII.
pub(crate) fn is_utf8(locale: &str) -> bool {
    let locale = locale.to_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

/// How wide lines on stdout may be: the terminal's width, else `COLUMNS`; `None` where nobody named a width.
pub(crate) fn room() -> Option<usize> {
    room_of(&std::io::stdout(), terminal::columns)
}

/// [`room`] for a stream whose terminal, if it is one, tells `columns`.
fn room_of(stream: &impl IsTerminal, told: fn() -> Option<u16>) -> Option<usize> {
    let columns = std::env::var("COLUMNS").ok();
    let columns = columns.and_then(|columns| columns.trim().parse().ok());
    let columns = columns.filter(|columns| *columns > 0);
    let room = if stream.is_terminal() {
        told().map(usize::from).or(columns).unwrap_or(USUAL)
    } else {
        columns?
    };
    Some(room.max(NARROWEST))
}

/// The lines of `text`, as wide as they are or fitted to `room`.
fn lines(text: &str, room: Option<usize>) -> Vec<String> {
    match room {
        Some(room) => fitted(&shown(text), room),
        None => text.lines().map(|line| shown(line).into_owned()).collect(),
    }
}

/// The lines of `text` fitted to `room`, harmless to a terminal.
pub(crate) fn fitted_lines(text: &str, room: usize) -> Vec<String> {
    lines(text, Some(room))
}

/// Writes data to stdout, as it is.
pub(crate) fn data<T>(write: impl FnOnce(&mut dyn Write) -> std::io::Result<T>) -> Outcome<T> {
    // 64 KiB: a year of CSV is many small rows, and stdout alone flushes at every line.
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    write(&mut out)
        .and_then(|told| out.flush().map(|()| told))
        .map_err(|error| Failure::of_stdout(&error))
}

/// Writes data that may hold typed text: byte-exact to a pipe or a file, harmless to a terminal.
pub(crate) fn exact(bytes: &[u8]) -> Outcome {
    // Exact bytes could hold escape sequences, which a terminal would obey and a file does not.
    if std::io::stdout().is_terminal() {
        // Not fitted to its width: a row of a file is one line.
        let text = String::from_utf8_lossy(bytes);
        return write_lines(&lines(&text, None));
    }
    data(|out| out.write_all(bytes))
}

/// [`exact`] for data that is written as it is made: to a pipe or a file piece by piece.
pub(crate) fn exact_from<T>(
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<T>,
) -> Outcome<T> {
    if !std::io::stdout().is_terminal() {
        return data(write);
    }
    // A terminal takes whole lines, and nobody reads a long journal there.
    let mut bytes = Vec::new();
    let told = write(&mut bytes).map_err(|error| Failure::of_stdout(&error))?;
    exact(&bytes)?;
    Ok(told)
}

/// Writes lines of text to stdout, each made harmless and fitted to the width.
pub(crate) fn text(text: &str) -> Outcome {
    if is_overheard(text) {
        return Ok(());
    }
    write_lines(&lines(text, room()))
}

fn write_lines(lines: &[String]) -> Outcome {
    data(|out| lines.iter().try_for_each(|line| writeln!(out, "{line}")))
}

/// Lends stdin and stdout for a conversation, in which Ctrl-C is told as an error of reading.
pub(crate) fn conversation<T>(talk: impl FnOnce(&mut dyn BufRead, &mut dyn Write) -> T) -> T {
    let mut output = std::io::stdout().lock();
    match Lines::new() {
        Ok(mut input) => talk(&mut input, &mut output),
        // Without it Ctrl-C ends the process, as it does by default.
        Err(_) => talk(&mut std::io::stdin().lock(), &mut output),
    }
}

/// Writes one JSON value and a line end.
pub(crate) fn json(value: &serde_json::Value) -> Outcome {
    exact(format!("{value:#}\n").as_bytes())
}

thread_local! {
    /// What is said and printed as text while another face shows it.
    static OVERHEARD: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// Runs `act` and hands over what it says, instead of saying it: the full screen has no stderr, and plain mode wraps its own
/// lines. Nobody is asked meanwhile.
pub(crate) fn overheard<T>(act: impl FnOnce() -> T) -> (T, Vec<String>) {
    OVERHEARD.with(|lines| lines.replace(Some(Vec::new())));
    let done = act();
    let lines = OVERHEARD.with(RefCell::take);
    (done, lines.unwrap_or_default())
}

/// Whether somebody else shows these lines; then they are theirs.
fn is_overheard(text: &str) -> bool {
    OVERHEARD.with(|lines| {
        let mut lines = lines.borrow_mut();
        if let Some(lines) = lines.as_mut() {
            lines.extend(text.lines().map(str::to_owned));
        }
        lines.is_some()
    })
}

/// Says a line on stderr. When nobody can hear it, nothing is lost.
pub(crate) fn say(line: &str) {
    if is_overheard(line) {
        return;
    }
    let mut err = std::io::stderr().lock();
    let room = room_of(&err, terminal::columns_of_talk);
    for line in lines(line, room) {
        writeln!(err, "{line}").ok();
    }
}

/// Asks on stderr, staying on the line.
pub(crate) fn prompt(question: &str) {
    let mut err = std::io::stderr().lock();
    let room = room_of(&err, terminal::columns_of_talk);
    // The blank behind a question is no blank at the end of a line.
    let answer = if question.ends_with(' ') { " " } else { "" };
    // A question has no line end, so stderr is flushed by hand behind it.
    write!(
        err,
        "{}{answer}",
        lines(question.trim_end(), room).join("\n")
    )
    .ok();
    err.flush().ok();
}

/// Ends the line of a question whose answer was not shown, and neither was its Enter.
pub(crate) fn end_line() {
    writeln!(std::io::stderr()).ok();
}

/// A progress line on stderr that overwrites itself; shown only at a terminal.
pub(crate) struct Progress {
    is_shown: bool,
}

/// Pieces from which on progress is shown.
const LONG: usize = 500;

impl Progress {
    /// For something of so many pieces.
    pub(crate) fn new(pieces: usize) -> Self {
        Self {
            is_shown: pieces >= LONG && std::io::stderr().is_terminal(),
        }
    }

    /// Says how far it is.
    pub(crate) fn say(&self, line: &str) {
        if self.is_shown {
            let mut err = std::io::stderr().lock();
            write!(err, "\r{}\x1b[K", shown(line)).ok();
            err.flush().ok();
        }
    }

    /// Takes the line away.
    pub(crate) fn end(self) {
        if self.is_shown {
            write!(std::io::stderr().lock(), "\r\x1b[K").ok();
        }
    }
}

/// Progress in whole lines, for plain mode: few of them, and none where nobody sits at a terminal.
pub(crate) struct FewLines {
    is_shown: bool,
    last: Cell<Option<u64>>,
}

impl FewLines {
    pub(crate) fn new() -> Self {
        Self {
            is_shown: std::io::stderr().is_terminal(),
            last: Cell::new(None),
        }
    }

    /// Says how far it is, where it has come further.
    pub(crate) fn say(&self, progress: HowFar) {
        let part = progress.part();
        if self.is_shown && part.is_some() && self.last.replace(part) != part {
            writeln!(
                std::io::stderr().lock(),
                "{}",
                shown(&format!("{progress}."))
            )
            .ok();
        }
    }
}

/// Whether a person sits at stdin and can be asked.
pub(crate) fn can_ask() -> bool {
    is_heard() && std::io::stdin().is_terminal()
}

/// Whether what is said goes to the terminal, and not to another face that shows it.
fn is_heard() -> bool {
    OVERHEARD.with(|lines| lines.borrow().is_none())
}

/// Asks a question that `y` or `yes` agrees to; anything else, and the end of input, does not.
pub(crate) fn agrees(question: &str) -> bool {
    prompt(&format!("{question} [y/N] "));
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer);
    // Anything but a clear yes is a no: the question stands before something that cannot be undone.
    read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

/// Asks a question that Enter agrees to; the end of input does not.
pub(crate) fn keeps(question: &str) -> bool {
    let answer = asked(&format!("{question} Enter keeps it, n leaves it. "));
    answer.is_some_and(|answer| matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"))
}

/// What comes on stdin, for an option that is `-`.
pub(crate) fn from_stdin() -> Outcome<String> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| {
            Failure::usage(format!(
                "the note could not be read ({}); nothing was saved",
                system_words(&error)
            ))
        })?;
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}

/// Asks a question; `None` at the end of input.
pub(crate) fn asked(question: &str) -> Option<String> {
    prompt(question);
    let mut answer = String::new();
    match std::io::stdin().read_line(&mut answer) {
        Ok(read) if read > 0 => Some(answer),
        _ => None,
    }
}
