//! Your data in sentences: taking a file in, the copies, the folder in which journals meet, the file examined, where it all
//! lies, and what was handed out.
//!
//! Invariant: nothing is taken in, restored or met before it was said what that would do, and agreed to.

pub(super) mod lock;
pub(super) mod other_eyes;

use super::Hands;
use super::session::{Asked, Reply, Session};
use super::talk::{Step, numbered};
use crate::transfer::csv::Range;
use crate::transfer::errand::{
    Answered, Brings, ColumnLook, CopyRow, Errand, HandedOut, ImportAnswer, ImportAsk, LockedFile,
    Look, Study, Told,
};
use crate::transfer::foreign::target::{TARGETS, target_of};
use crate::transfer::import::whole_file::{About, FileQuestion};

/// Carries an errand out; a problem is said, and then there is nothing more to do.
fn run(session: &mut Session<'_>, hands: &mut Hands<'_>, errand: &Errand) -> Step<Option<Told>> {
    let now = session.now();
    let told = hands(session.store, errand, &now);
    if errand.changes_journal() {
        session.journal = session.store.load(None)?;
    }
    match told {
        Ok(Told::Done(line)) => session.say(&in_words(&line)).map(|()| None),
        Ok(Told::DoneAtLength(_, lines) | Told::Page(_, lines)) => session
            .say_each(lines.iter().map(|line| in_words(line)))
            .map(|()| None),
        Ok(Told::Locked(file)) => locked(session, hands, &file),
        Ok(told) => Ok(Some(told)),
        Err(why) => session.say(&why).map(|()| None),
    }
}

/// Asks for the passphrase of a file from elsewhere, and goes on with it, or without it where that is chosen.
fn locked(
    session: &mut Session<'_>,
    hands: &mut Hands<'_>,
    file: &LockedFile,
) -> Step<Option<Told>> {
    session.say(&file.about())?;
    let (question, words) = match &file.without {
        Some(_) => (
            "Type its passphrase? yes, without, or skip.",
            "yes, without or skip",
        ),
        None => ("Type its passphrase? yes or skip.", "yes or skip"),
    };
    let about = "yes asks for the passphrase of that file, which is not shown while you type. without goes on without this file. skip leaves everything as it is.";
    let opened = loop {
        match (
            session
                .ask(Asked::new(question, about))?
                .to_lowercase()
                .as_str(),
            &file.without,
        ) {
            ("yes" | "y", _) => break run(session, hands, &Errand::Unlock(file.path.clone()))?,
            ("without", Some(rest)) => return run(session, hands, rest),
            ("" | "no" | "n" | "skip" | "done", _) => {
                return session.say(UNTAKEN).map(|()| None);
            }
            (other, _) => session.not_an_answer(other, words)?,
        }
    };
    if opened.is_none() {
        return Ok(None);
    }
    if !file.comes_out_plain && session.confirm(&file.keeping())? == Reply::Yes {
        run(session, hands, &Errand::KeepKey(file.path.clone()))?;
    }
    run(session, hands, &file.then)
}

/// Plain mode has the word beside the key.
fn in_words(line: &str) -> String {
    line.replace("z takes", "undo (z) takes")
}

/// Says what the file holds.
pub(super) fn doctor(session: &mut Session<'_>, hands: &mut Hands<'_>) -> Step<()> {
    run(session, hands, &Errand::Doctor).map(drop)
}

/// Says whether there is a reminder, and what would be installed.
pub(super) fn reminder(session: &mut Session<'_>, hands: &mut Hands<'_>) -> Step<()> {
    run(session, hands, &Errand::Reminder).map(drop)
}

/// Says where everything lies.
pub(super) fn places(session: &mut Session<'_>, hands: &mut Hands<'_>) -> Step<()> {
    let now = session.now();
    match hands(session.store, &Errand::Places, &now) {
        // Columns of a screen are a name and its value here.
        Ok(Told::Page(_, lines)) => session.say_each(lines.iter().map(|line| {
            line.split_once(' ').map_or_else(
                || line.clone(),
                |(name, rest)| format!("{name}: {}", rest.trim()),
            )
        })),
        Ok(_) => Ok(()),
        Err(why) => session.say(&why),
    }
}

/// Asks for a file, says what it would bring and what its columns may be, and takes it in.
pub(super) fn import(session: &mut Session<'_>, hands: &mut Hands<'_>) -> Step<()> {
    session.before_writing()?;
    let typed = session.ask_line(Asked::new(
        "Which file or folder? Its whole path; ~ is your home folder. skip leaves it.",
        "A table, a file of another program, an export or a journal. It is said first what it would bring; nothing is taken in before you agree.",
    ))?;
    if matches!(typed.as_str(), "" | "skip" | "done") {
        return session.say(UNTAKEN);
    }
    let mut ask = ImportAsk::of(&typed);
    let mut listed: Option<Vec<String>> = None;
    loop {
        let Some(Told::Looked(look)) = run(session, hands, &Errand::Look(ask.clone()))? else {
            return Ok(());
        };
        // Numbers that mean other columns than before have to be heard.
        let names: Vec<String> = look
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect();
        let heard = match &listed {
            None => Heard::Nothing,
            Some(known) if *known == names => Heard::Columns,
            Some(_) => Heard::OtherColumns,
        };
        say_look(session, &look, heard)?;
        listed = Some(names);
        ask = look.ask.clone();
        let is_asked = look.questions.iter().any(|question| question.is_open);
        if look.brings != Brings::Something && look.columns.is_empty() && !is_asked {
            return Ok(());
        }
        if !answered(session, &look, &mut ask)? {
            return run(session, hands, &Errand::TakeIn(ask)).map(drop);
        }
    }
}

const UNTAKEN: &str = "Nothing was taken in.";

/// What was said about a file before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Heard {
    Nothing,
    Columns,
    OtherColumns,
}

fn say_look(session: &mut Session<'_>, look: &Look, heard: Heard) -> Step<()> {
    if heard == Heard::Nothing {
        session.say(&format!("{}: {}.", look.path, look.form))?;
        if look.is_kept {
            session.say("The columns mean what you said for the last file of this form.")?;
        }
    }
    if heard != Heard::Columns {
        session.say_numbered(look.columns.iter().map(column))?;
    }
    session.say_each(&look.outcome)?;
    let open = look.questions.iter().filter(|question| question.is_open);
    session.say_each(open.map(question))
}

fn column(column: &ColumnLook) -> String {
    let ColumnLook {
        name,
        examples,
        becomes,
        ..
    } = column;
    let examples = match examples.len() {
        0 => "no value in it".to_owned(),
        _ => format!("such as {}", examples.join(", ")),
    };
    if let Some(waits) = &column.waits {
        return format!("{name}: {becomes}; {examples}; {waits}.");
    }
    match (column.standing, &column.guess) {
        (Answered::Open, Some(guess)) => {
            format!(
                "{name}: {}? {}; left out until you say so.",
                guess.words, guess.reason
            )
        }
        (Answered::Open, None) => format!("{name}: left out; {examples}."),
        (Answered::ByName, Some(guess)) => {
            format!("{name}: {becomes}, or {}? {}.", guess.words, guess.reason)
        }
        (Answered::ByName | Answered::ByPerson, _) => format!("{name}: {becomes}; {examples}."),
    }
}

/// A question about the file as a whole, with the words that answer it.
fn question(question: &FileQuestion) -> String {
    let FileQuestion {
        about,
        name,
        now,
        reason,
        choices,
        ..
    } = question;
    let word = about.word();
    let values = choices.iter().map(|(_, value)| value.as_str());
    let values: Vec<&str> = values.filter(|value| !value.is_empty()).collect();
    let between = if now.ends_with('?') { " " } else { "; " };
    format!(
        "{name}: {now}{between}{reason}. The word {word}, then one of: {}.",
        values.join(" or ")
    )
}

/// Takes answers about the columns. True where one was given, false where the file is to be taken in; `skip` leaves the page.
fn answered(session: &mut Session<'_>, look: &Look, ask: &mut ImportAsk) -> Step<bool> {
    loop {
        let (question, about) = if look.columns.is_empty() && look.questions.is_empty() {
            (
                "Take it in? yes or skip.",
                "yes takes all of it in as one step; undo takes all of it back.",
            )
        } else {
            (
                "yes takes it in, guesses takes every guess, a number and a meaning answers one column; list, skip.",
                "3 overall:1-5 says that column 3 is the overall, from 1 to 5. words says what a column can be. file says how the whole file is read, and what changes that.",
            )
        };
        let typed = session.ask_line(Asked::new(question, about))?;
        let (word, rest) = typed.split_once(' ').unwrap_or((&typed, ""));
        match word.to_lowercase().as_str() {
            "yes" | "y" => {
                if look.brings == Brings::Something {
                    return Ok(false);
                }
                session.say("Nothing would come in as it is; the lines above say why.")?;
            }
            "" | "skip" | "no" | "n" | "done" => {
                session.say(UNTAKEN)?;
                return Err(super::talk::Stop::Back);
            }
            "list" => session.say_numbered(look.columns.iter().map(column))?,
            "file" => session.say_each(look.questions.iter().map(self::question))?,
            "words" => session.say(&format!("A column can be {TARGETS}."))?,
            "guesses" => {
                let columns = look.columns.iter();
                let guesses: Vec<_> = columns
                    .filter_map(|column| Some((&column.name, column.open_guess()?)))
                    .collect();
                for (name, guess) in &guesses {
                    ask.answer(name, &guess.meaning);
                    session.say(&format!("{name}: {}.", guess.words))?;
                }
                if !guesses.is_empty() {
                    return Ok(true);
                }
                session.say("No column waits with a guess.")?;
            }
            word if About::of_word(word).is_some() => {
                let about = About::of_word(word).unwrap_or(About::Form);
                match ask.take(&ImportAnswer::File(about, rest.to_owned())) {
                    Ok(()) => return Ok(true),
                    Err(why) => session.say(&why)?,
                }
            }
            number => match (
                numbered(number, &look.columns),
                target_of(rest, &session.journal),
            ) {
                (Some(column), Ok(_)) => {
                    ask.answer(&column.name, rest.trim());
                    return Ok(true);
                }
                (Some(_), Err(why)) => session.say(&why)?,
                (None, _) => {
                    session.not_an_answer(
                        number,
                        "yes, guesses, list, words, file, skip, or a number",
                    )?;
                }
            },
        }
    }
}

/// Lists the copies with what is in them, and brings one back.
pub(super) fn copies(session: &mut Session<'_>, hands: &mut Hands<'_>) -> Step<()> {
    let Some(Told::Copies(copies)) = run(session, hands, &Errand::Copies)? else {
        return Ok(());
    };
    if copies.is_empty() {
        return session
            .say("There is no copy yet. The first save of a day makes one, and so does backup.");
    }
    let line = |copy: &CopyRow| match &copy.problem {
        Some(why) => format!("{}: {}; {why}.", copy.made, copy.holds),
        None => format!("{}: {}.", copy.made, copy.holds),
    };
    if !session.talk.has_rest() {
        session.say_numbered(copies.iter().map(line))?;
    }
    let picked = session.pick(
        "Which one would you like to restore? Its number, or skip.",
        &copies,
    )?;
    let Some(copy) = picked else { return Ok(()) };
    let compare = Errand::Compare(copy.path.clone());
    let Some(Told::Compared(path, lines)) = run(session, hands, &compare)? else {
        return Ok(());
    };
    session.say_each(&lines)?;
    session.before_writing()?;
    let question = "Restore it? The journal of now is kept as a copy.";
    if session.confirm(question)? == Reply::No {
        return session.say("Nothing was changed.");
    }
    run(session, hands, &Errand::Restore(path)).map(drop)
}

/// Copies the journal to a file of the person's.
pub(super) fn copy_to_file(session: &mut Session<'_>, hands: &mut Hands<'_>) -> Step<()> {
    let typed = session.ask_line(Asked::new(
        "Also to a file of yours? Its path; an empty line or skip: no.",
        "A copy of the whole journal, such as on a stick. A file that is there is never written over.",
    ))?;
    if matches!(typed.as_str(), "" | "skip" | "no" | "n" | "done") {
        return Ok(());
    }
    run(session, hands, &Errand::CopyTo(typed)).map(drop)
}

/// Meets the journals of other machines in a folder.
pub(super) fn sync(session: &mut Session<'_>, hands: &mut Hands<'_>) -> Step<()> {
    session.before_writing()?;
    let Some(Told::Meeting(last, folder)) = run(session, hands, &Errand::Meeting)? else {
        return Ok(());
    };
    let about = "Journals of several machines meet in a folder that your own program carries. Each writes one file there, and reads those of the others.";
    let question = match &last {
        Some(last) => {
            session.say(last)?;
            "Which folder? same takes it again; skip leaves it."
        }
        None => "Which folder? Its whole path; skip leaves it.",
    };
    let typed = session.ask_line(Asked::new(question, about))?;
    let path = match (typed.as_str(), &last) {
        ("" | "skip" | "done" | "no", _) => return Ok(()),
        ("same" | ".", Some(_)) => folder.path,
        (typed, _) => typed.to_owned(),
    };
    run(session, hands, &Errand::Sync(path, Vec::new())).map(drop)
}

/// Lists what was handed out, and forgets it where that is wanted.
pub(super) fn handed_out(session: &mut Session<'_>, hands: &mut Hands<'_>) -> Step<()> {
    loop {
        let Some(Told::HandedOut(lines)) = run(session, hands, &Errand::HandedOut)? else {
            return Ok(());
        };
        if lines.is_empty() {
            return session.say("Nothing was written to a file yet, or it was forgotten. The list stays on this device.");
        }
        let line = |line: &HandedOut| {
            format!(
                "{}: {}, {}, {}, to {}.",
                line.when, line.what, line.days, line.notes, line.path
            )
        };
        if !session.talk.has_rest() {
            session.say_numbered(lines.iter().map(line))?;
        }
        let word = session.ask(Asked::new(
            "A number forgets its line, all forgets every one; done leaves it.",
            "Forgetting a line leaves its file where it is.",
        ))?;
        let forget = match word.as_str() {
            "" | "done" | "skip" => return Ok(()),
            "all" => {
                if session.confirm("Forget every line, for good?")? == Reply::No {
                    continue;
                }
                None
            }
            word => {
                let Some(line) = numbered(word, &lines) else {
                    session.not_an_answer(word, "a number, all or done")?;
                    continue;
                };
                Some(line.clone())
            }
        };
        run(session, hands, &Errand::Forget(forget))?;
        session.say("Forgotten.")?;
    }
}

/// The tables for a study: said before they are written.
pub(super) fn study(session: &mut Session<'_>, hands: &mut Hands<'_>) -> Step<()> {
    let id = session.ask_line(Asked::new(
        "Your id in the study? skip leaves it.",
        "As the study gave it to you: letters, digits, - _ and dots. It stands in every row.",
    ))?;
    if matches!(id.as_str(), "" | "skip" | "done") {
        return session.say("Nothing was written.");
    }
    let range = range(session)?;
    let folder = session.ask_line(Asked::new(
        "Which new folder? Its path; skip leaves it.",
        "A folder that is there is left as it is.",
    ))?;
    if matches!(folder.as_str(), "" | "skip" | "done") {
        return session.say("Nothing was written.");
    }
    let study = Study { id, range, folder };
    let Some(Told::Preview(study, lines)) = run(session, hands, &Errand::StudyPreview(study))?
    else {
        return Ok(());
    };
    session.say_each(&lines)?;
    if session.confirm(&format!("Write this to {}?", study.folder))? == Reply::No {
        return session.say("Nothing was written.");
    }
    run(session, hands, &Errand::StudyWrite(study)).map(drop)
}

/// Which days.
pub(super) fn range(session: &mut Session<'_>) -> Step<Range> {
    let from = session.ask_day("From which day? An empty line: from the first entry on.")?;
    loop {
        let to = session.ask_day("To which day? An empty line: to the last entry.")?;
        let range = Range {
            from: from.unwrap_or(Range::ALL.from),
            to: to.unwrap_or(Range::ALL.to),
        };
        if range.from <= range.to {
            return Ok(range);
        }
        session.say("That day lies before the first one.")?;
    }
}
