//! Attempts: start, list, edit, day 0, end, delete; the safety card.

use super::session::{Asked, Reply, Session};
use super::talk::Step;
use crate::domain::attempt::{Attempt, Ending, Method, Start};
use crate::domain::entry::saved::TakeBack;
use crate::domain::id::EntryId;
use crate::domain::journal::change::Change;
use crate::domain::taper::double;
use crate::domain::text::words;
use chrono::NaiveDate;

/// Begins an attempt, or sets the missing day 0 of the open one.
pub(super) fn start(session: &mut Session<'_>) -> Step<()> {
    session.before_writing()?;
    let today = session.today();
    let mut is_confirmed = false;
    if let Some(open) = session.journal.attempts.going_on(today) {
        let (number, has_zero) = (open.number, open.attempt.day_zero.is_some());
        let (known, question) = (open.known(today), open.question(today));
        session.say(&words::sentence(&known))?;
        // Asked before the other questions, so that nobody answers them for an attempt that is not wanted.
        if has_zero {
            if session.confirm(&question)? == Reply::No {
                return stays(session, number);
            }
            is_confirmed = true;
        } else {
            session.say("A day given now sets it.")?;
        }
    }
    let day_zero = session
        .ask_day("When did you last use? A day, yesterday, or skip: not yet or not decided.")?;
    let method = ask_method(session)?.unwrap_or(Method::Undecided);
    let goal = session.ask_text(Asked::new(
        "What for, in your words? skip leaves it blank.",
        "Your goal, as you would say it. It stands on Today and nowhere else.",
    ))?;
    let goal = (!goal.is_empty()).then_some(goal);
    let wanted = begun(session, day_zero, method, goal);
    let start = Start::decide(&session.journal.attempts, wanted, today);
    // Only the answers show whether a second attempt would begin: the open one may have had no day 0.
    let beside = start.beside(&session.journal.attempts, today);
    let question = beside.map(|open| (open.number, open.question(today)));
    if let Some((number, question)) = question.filter(|_| !is_confirmed)
        && session.confirm(&question)? == Reply::No
    {
        return stays(session, number);
    }
    carry_out(session, &start)
}

fn stays(session: &mut Session<'_>, number: usize) -> Step<()> {
    session.say(&format!("Attempt {number} goes on; nothing was changed."))
}

/// The one question of the first run.
fn first_start(session: &mut Session<'_>) -> Step<()> {
    let today = session.today();
    // Not `ask_day`: "still" and "not decided" are answers here too.
    let day_zero = loop {
        let text = session.ask_text(Asked::new(
            "When did you last use, or are you still using? A day, still, or skip: not decided.",
            "The day of last use is day 0, from which days are counted: yesterday, 3 days ago, 2026-11-13. still: you use now. It can be set later.",
        ))?;
        match text.to_lowercase().as_str() {
            "" | "not decided" | "no" => {
                return session
                    .say("Not decided is an answer too; start begins an attempt any time.");
            }
            "still" | "still using" | "using" => break None,
            // A day that has begun: day 0 is a day of use, and that lies in the past.
            _ => match session.begun_day(&text) {
                Ok(day) => break Some(day),
                Err(refusal) => session.say(&refusal)?,
            },
        }
    };
    let wanted = begun(session, day_zero, Method::Undecided, None);
    carry_out(
        session,
        &Start::decide(&session.journal.attempts, wanted, today),
    )
}

/// An attempt that begins on its day 0, or today.
fn begun(
    session: &mut Session<'_>,
    day_zero: Option<NaiveDate>,
    method: Method,
    goal: Option<String>,
) -> Attempt {
    Attempt {
        id: session.new_id(),
        began: day_zero.unwrap_or(session.today()),
        day_zero,
        method,
        name: None,
        goal,
        ended: None,
    }
}

fn carry_out(session: &mut Session<'_>, start: &Start) -> Step<()> {
    let line = start.line(&session.journal.attempts, session.today());
    let change = Change::RecordAttempt(start.attempt().clone());
    let before = session.journal.clone();
    if session.write(&change)?.is_none() {
        return Ok(());
    }
    session.say(&TakeBack::Word.after(&line))?;
    session.say_quiet(&before, &change, None)?;
    safety_card(session)
}

/// Said at a start, once in a conversation; nothing has to be answered, so it is skipped by going on.
fn safety_card(session: &mut Session<'_>) -> Step<()> {
    if std::mem::replace(&mut session.has_said_safety, true) {
        return Ok(());
    }
    session.say("Safety: if you are or might be pregnant, have had seizures, or take alcohol, benzodiazepines or other sedatives daily, talk to a clinician before you stop or cut down: some of these withdrawals are dangerous. ! has help lines and red flags.")
}

fn ask_method(session: &mut Session<'_>) -> Step<Option<Method>> {
    loop {
        let typed = session.ask(Asked::new(
            "How: taper, stop, supervised, undecided; or skip?",
            "taper: less and less. stop: all at once. supervised: with a clinician. undecided is an answer too.",
        ))?;
        match typed.to_lowercase().as_str() {
            "" | "skip" | "." | "done" => return Ok(None),
            other => match Method::from_code(other) {
                Some(method) => return Ok(Some(method)),
                None => {
                    session.not_an_answer(other, "taper, stop, supervised, undecided or skip")?;
                }
            },
        }
    }
}

/// Lists the attempts and changes them.
pub(super) fn page(session: &mut Session<'_>) -> Step<()> {
    loop {
        let attempts = session.journal.attempts.iter();
        let attempts: Vec<Attempt> = attempts.map(|numbered| numbered.attempt.clone()).collect();
        if attempts.is_empty() {
            return session.say("Attempts: none yet. start begins one.");
        }
        if !session.talk.has_rest() {
            say_list(session)?;
        }
        let word =
            session.ask(Asked::new(
                "edit, zero (day 0), end, delete (and its number), join, start, or done?",
                "edit changes beginning, way, name and goal; zero sets the day of last use; end closes or opens it; join makes one of two that begin on one day; start begins another.",
            ))?;
        let carry_out: fn(&mut Session<'_>, Attempt) -> Step<()> = match word.as_str() {
            "" | "done" | "skip" => return Ok(()),
            "start" => return start(session),
            "list" => continue,
            "join" => {
                join(session)?;
                continue;
            }
            "edit" => edit,
            "zero" | "day0" => set_day_zero,
            // `end` answers "ended", "aside" and "open" itself, so an ended attempt can be opened again.
            "end" => end,
            "delete" => |session, attempt| {
                let question = "Delete the attempt? Its check-ins stay.";
                session.delete(question, &Change::DeleteAttempt(attempt.id))
            },
            other => {
                session.not_an_answer(other, "edit, zero, end, delete, join, start or done")?;
                continue;
            }
        };
        if let Some(attempt) = session.pick_or_only("Which attempt, by its number?", &attempts)? {
            carry_out(session, attempt.clone())?;
        }
    }
}

/// Makes one attempt of two that begin on one day.
fn join(session: &mut Session<'_>) -> Step<()> {
    session.before_writing()?;
    let groups = double::attempts(&session.journal).into_iter();
    let ids: Vec<Vec<EntryId>> = groups
        .map(|group| group.iter().map(|one| one.attempt.id).collect())
        .collect();
    if ids.is_empty() {
        return session.say("No two attempts begin on one day.");
    }
    for group in ids {
        // Of three the first two become one, and then that and the third.
        let [first, second, ..] = group.as_slice() else {
            continue;
        };
        let attempts = &session.journal.attempts;
        let Some((one, two)) = attempts.by_id(*first).zip(attempts.by_id(*second)) else {
            continue;
        };
        let numbers = (one.number, two.number);
        let question = format!(
            "Attempts {} and {} begin on {}. Which one is kept, by its number? skip leaves both.",
            numbers.0,
            numbers.1,
            words::day(one.attempt.began)
        );
        let about = "The one that is kept gets what it lacks of the other, which lies in the bin then. To part them, edit one and give it another beginning.";
        let wanted = format!("{}, {} or skip", numbers.0, numbers.1);
        let kept = session.ask_until(Asked::new(&question, about), &wanted, |word| match word {
            "" | "skip" | "no" | "n" => Some(None),
            word if word == numbers.0.to_string() => Some(Some(numbers)),
            word if word == numbers.1.to_string() => Some(Some((numbers.1, numbers.0))),
            _ => None,
        })?;
        let Some((kept, other)) = kept else {
            session.say("Both stay.")?;
            continue;
        };
        let attempts = &session.journal.attempts;
        let Some((kept, other)) = attempts.by_number(kept).zip(attempts.by_number(other)) else {
            continue;
        };
        match double::join(&session.journal, kept, other) {
            Ok((changes, line)) => {
                if session.write_all(&changes)?.is_some() {
                    session.say(&TakeBack::Word.after(&line))?;
                }
            }
            Err(why) => session.say(&words::sentence(&why))?,
        }
    }
    Ok(())
}

fn say_list(session: &mut Session<'_>) -> Step<()> {
    let today = session.today();
    let mut lines = Vec::new();
    for numbered in session.journal.attempts.iter() {
        let attempt = numbered.attempt;
        let mut parts = vec![
            attempt.method.label().to_owned(),
            format!("began {}", words::day(attempt.began)),
        ];
        let day = attempt.day_number(today);
        // An attempt that is over has no "today".
        let counted = day.filter(|_| numbered.last_day.is_none());
        let counted = counted.map(|day| session.manner.counted(day));
        let is_today = counted.map(|day| format!(", today is day {day}"));
        let is_today = is_today.unwrap_or_default();
        parts.push(format!("{}{is_today}", numbered.day_zero_text()));
        parts.extend(numbered.end_text());
        if let Some(goal) = &attempt.goal {
            parts.push(format!("goal: {goal}"));
        }
        let name = attempt
            .name
            .as_ref()
            .map_or_else(String::new, |name| format!(", {name}"));
        lines.push(format!(
            "Attempt {}{name}: {}.",
            numbered.number,
            parts.join("; ")
        ));
    }
    let double = double::attempt_lines(&session.journal).into_iter();
    lines.extend(double.map(|line| words::sentence(&format!("{line}: join makes one of them"))));
    session.say_each(lines)
}

fn edit(session: &mut Session<'_>, mut attempt: Attempt) -> Step<()> {
    session.before_writing()?;
    if let Some(began) = session.ask_day("When did it begin? A day, or skip leaves it.")? {
        // An attempt that began after its own day 0 would not count that day as its own.
        if attempt.day_zero.is_some_and(|zero| zero < began) {
            session
                .say("It began on its day 0 at the latest, so the beginning stays before it.")?;
        } else {
            attempt.began = began;
        }
    }
    if let Some(method) = ask_method(session)? {
        attempt.method = method;
    }
    let name = session.ask_text(Asked::new(
        "A name for it? skip leaves it, none empties it.",
        "What you call this attempt; it stands beside its number.",
    ))?;
    let goal = session.ask_text(Asked::new(
        "What for, in your words? skip leaves it, none empties it.",
        "Your goal, as you would say it.",
    ))?;
    for (text, place) in [(name, &mut attempt.name), (goal, &mut attempt.goal)] {
        match text.as_str() {
            "" => {}
            "none" => *place = None,
            _ => *place = Some(text),
        }
    }
    session.write_and_tell(&Change::RecordAttempt(attempt))
}

fn set_day_zero(session: &mut Session<'_>, mut attempt: Attempt) -> Step<()> {
    session.before_writing()?;
    let is_set = attempt.day_zero.is_some();
    let unset = if is_set { " none empties it;" } else { "" };
    loop {
        let text = session.ask_text(Asked::new(
            &format!("Day 0, the day of last use?{unset} skip leaves it."),
            "From this day the days are counted: yesterday, 3 days ago, 2026-11-13.",
        ))?;
        if text.is_empty() {
            return Ok(());
        }
        // Only a day 0 that is set can be emptied; otherwise "none" is no day.
        if is_set && text == "none" {
            attempt.day_zero = None;
            return session.write_and_tell(&Change::RecordAttempt(attempt));
        }
        match session.begun_day(&text) {
            Ok(day) => {
                attempt.set_day_zero(day);
                return session.write_and_tell(&Change::RecordAttempt(attempt));
            }
            Err(refusal) => session.say(&refusal)?,
        }
    }
}

fn end(session: &mut Session<'_>, mut attempt: Attempt) -> Step<()> {
    session.before_writing()?;
    let today = session.today();
    let ending = loop {
        let typed = session.ask(Asked::new(
            "ended, aside (set aside for now), or open (it goes on)?",
            "ended: it is over. aside: it rests. open: it goes on. What was logged stays in each case.",
        ))?;
        match typed.as_str() {
            "ended" | "end" => break Some(Ending::Ended),
            "aside" => break Some(Ending::SetAside),
            "open" => break None,
            "" | "skip" => return Ok(()),
            other => session.not_an_answer(other, "ended, aside or open")?,
        }
    };
    let Some(ending) = ending else {
        attempt.ended = None;
        return session.write_and_tell(&Change::RecordAttempt(attempt));
    };
    let day = session
        .ask_day("Its last day? A day, or skip for today.")?
        .unwrap_or(today);
    attempt.ended = Some((day, ending));
    if let Err(why) = attempt.in_order() {
        let why = words::sentence_head(&why.to_string());
        return session.say(&format!("{why}, so nothing was changed."));
    }
    session.write_and_tell(&Change::RecordAttempt(attempt))
}

/// The first run: what Ebbtide is, where the journal lies, and one question that can be skipped.
pub(super) fn first_run(session: &mut Session<'_>) -> Step<()> {
    // A draft alone shows that somebody was here before.
    if !session.journal.is_empty() || !session.store.drafts()?.is_empty() {
        return Ok(());
    }
    let place = match session.store.path() {
        Some(path) => format!("It is one file on this machine: {}", path.display()),
        None => "It is kept in memory and ends with this window.".to_owned(),
    };
    session.say("Ebbtide is a private journal for tapering off or stopping kratom.")?;
    session.say(&place)?;
    session.say("It works offline: nothing is sent anywhere. It is a record, not a doctor.")?;
    session.say("Words such as back, skip and quit work at every question; ! is help lines.")?;
    session.say("A shared computer? settings, then passphrase, encrypts the journal.")?;
    session.before_writing()?;
    first_start(session)
}
