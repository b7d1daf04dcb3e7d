//! Attempts: start, list, edit, day 0, end, delete; the safety card.

use super::session::{Reply, Session};
use super::talk::Step;
use crate::domain::attempt::{Attempt, Ending, Method, Start};
use crate::domain::entry::saved::TakeBack;
use crate::domain::id::EntryId;
use crate::domain::journal::change::Change;
use crate::domain::text::words;
use crate::domain::time::parse::parse_past_day;

impl Session<'_> {
    /// Begins an attempt, or sets the missing day 0 of the open one.
    pub(super) fn start(&mut self) -> Step<()> {
        let today = self.today();
        let mut is_asked = false;
        if let Some(open) = self.journal.attempts.going_on(today) {
            let (number, has_zero) = (open.number, open.attempt.day_zero.is_some());
            let (known, question) = (open.known(today), open.question(today));
            self.say(&words::sentence(&known))?;
            if has_zero {
                if self.confirm(&question)? == Reply::No {
                    return self.stays(number);
                }
                is_asked = true;
            } else {
                self.say("A day given now sets it.")?;
            }
        }
        let day_zero = self
            .ask_day("When did you last use? A day, yesterday, or skip: not yet or not decided.")?;
        let method = self.ask_method()?.unwrap_or(Method::Undecided);
        let goal = self.ask_text("What for, in your words? skip leaves it blank.")?;
        let goal = (!goal.is_empty()).then_some(goal);
        let id = self.new_id();
        let wanted = Attempt {
            id,
            began: day_zero.unwrap_or(today),
            day_zero,
            method,
            name: None,
            goal,
            ended: None,
        };
        let start = Start::decide(&self.journal.attempts, wanted, today);
        let beside = start.beside(&self.journal.attempts, today);
        let question = beside.map(|open| (open.number, open.question(today)));
        if let Some((number, question)) = question.filter(|_| !is_asked)
            && self.confirm(&question)? == Reply::No
        {
            return self.stays(number);
        }
        self.carry_out(&start)
    }

    fn stays(&mut self, number: usize) -> Step<()> {
        self.say(&format!("Attempt {number} goes on; nothing was changed."))
    }

    /// The one question of the first run.
    pub(super) fn first_start(&mut self) -> Step<()> {
        let today = self.today();
        loop {
            let text = self.ask_text("When did you last use, or are you still using? A day, still, or skip: not decided.")?;
            let lower = text.to_lowercase();
            let (day_zero, method) = match lower.as_str() {
                "" | "not decided" | "no" => {
                    return self
                        .say("Not decided is an answer too; start begins an attempt any time.");
                }
                "still" | "still using" | "using" => (None, Method::Undecided),
                _ => match parse_past_day(&text, &self.now(), self.journal.settings.day_end) {
                    Ok(day) => (Some(day), Method::Undecided),
                    Err(error) => {
                        self.say(&words::sentence(&error.to_string()))?;
                        continue;
                    }
                },
            };
            let id = self.new_id();
            let began = day_zero.unwrap_or(today);
            let wanted = Attempt {
                id,
                began,
                day_zero,
                method,
                name: None,
                goal: None,
                ended: None,
            };
            return self.carry_out(&Start::decide(&self.journal.attempts, wanted, today));
        }
    }

    fn carry_out(&mut self, start: &Start) -> Step<()> {
        let line = start.line(&self.journal.attempts, self.today());
        let change = Change::RecordAttempt(start.attempt().clone());
        if self.write(&[change])?.is_none() {
            return Ok(());
        }
        self.say(&TakeBack::Word.after(&line))?;
        self.safety_card()
    }

    /// Said at each start; nothing has to be answered, so it is skipped by going on.
    fn safety_card(&mut self) -> Step<()> {
        self.say("Safety: if you are or might be pregnant, have had seizures, or take alcohol, benzodiazepines or other sedatives daily, talk to a clinician before you stop or cut down: some of these withdrawals are dangerous. ! has help lines and red flags.")
    }

    fn ask_method(&mut self) -> Step<Option<Method>> {
        loop {
            match self
                .ask("How: taper, stop, supervised, undecided; or skip?")?
                .to_lowercase()
                .as_str()
            {
                "" | "skip" | "." | "done" => return Ok(None),
                other => match Method::from_code(other) {
                    Some(method) => return Ok(Some(method)),
                    None => {
                        self.not_an_answer(other, "taper, stop, supervised, undecided or skip")?;
                    }
                },
            }
        }
    }

    pub(super) fn attempts(&mut self) -> Step<()> {
        loop {
            let ids: Vec<EntryId> = self
                .journal
                .attempts
                .iter()
                .map(|numbered| numbered.attempt.id)
                .collect();
            if ids.is_empty() {
                return self.say("Attempts: none yet. start begins one.");
            }
            if !self.talk.has_rest() {
                self.list_attempts()?;
            }
            let word =
                self.ask("edit, zero (day 0), end, delete (and its number), start, or done?")?;
            match word.as_str() {
                "" | "done" | "skip" => return Ok(()),
                "start" => return self.start(),
                "list" => {}
                "edit" | "zero" | "day0" | "end" | "delete" => {
                    let number = self.which_attempt(ids.len())?;
                    let found = number.and_then(|number| self.journal.attempts.by_number(number));
                    let Some(attempt) = found.map(|numbered| numbered.attempt.clone()) else {
                        continue;
                    };
                    match word.as_str() {
                        "edit" => self.edit_attempt(attempt)?,
                        "end" => self.end_attempt(attempt)?,
                        "delete" => self.delete_attempt(attempt.id)?,
                        _ => self.set_day_zero(attempt)?,
                    }
                }
                other => self.not_an_answer(other, "edit, zero, end, delete, start or done")?,
            }
        }
    }

    /// A number; not asked when there is one attempt.
    fn which_attempt(&mut self, count: usize) -> Step<Option<usize>> {
        if count != 1 {
            return self.ask_number("Which attempt, by its number?", count);
        }
        if self.talk.has_rest() {
            let word = self.talk.word();
            if word != "1" {
                self.talk.put_back(&word);
            }
        }
        Ok(Some(1))
    }

    fn list_attempts(&mut self) -> Step<()> {
        let today = self.today();
        let mut lines = Vec::new();
        for numbered in self.journal.attempts.iter() {
            let attempt = numbered.attempt;
            let mut parts = vec![
                attempt.method.label().to_owned(),
                format!("began {}", words::day(attempt.began)),
            ];
            parts.push(match (attempt.day_zero, attempt.day_number(today)) {
                (Some(zero), Some(day)) if numbered.last_day.is_none() => {
                    let counted = self.manner().counted(day);
                    format!("day 0 {}, today is day {counted}", words::day(zero))
                }
                (Some(zero), _) => format!("day 0 {}", words::day(zero)),
                _ => "day 0 not set".to_owned(),
            });
            match (attempt.ended, numbered.last_day) {
                (Some((day, Ending::Ended)), _) => parts.push(format!("ended {}", words::day(day))),
                (Some((day, Ending::SetAside)), _) => {
                    parts.push(format!("set aside {}", words::day(day)));
                }
                (None, Some(last)) => parts.push(format!("until {}", words::day(last))),
                (None, None) => {}
            }
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
        lines.iter().try_for_each(|line| self.say(line))
    }

    fn edit_attempt(&mut self, mut attempt: Attempt) -> Step<()> {
        if let Some(began) = self.ask_day("When did it begin? A day, or skip leaves it.")? {
            if attempt.day_zero.is_some_and(|zero| zero < began) {
                self.say("It began on its day 0 at the latest, so the beginning stays before it.")?;
            } else {
                attempt.began = began;
            }
        }
        if let Some(method) = self.ask_method()? {
            attempt.method = method;
        }
        let name = self.ask_text("A name for it? skip leaves it, none empties it.")?;
        let goal = self.ask_text("What for, in your words? skip leaves it, none empties it.")?;
        for (text, place) in [(name, &mut attempt.name), (goal, &mut attempt.goal)] {
            match text.as_str() {
                "" => {}
                "none" => *place = None,
                _ => *place = Some(text),
            }
        }
        self.write_and_say(
            &[Change::RecordAttempt(attempt)],
            "Saved. undo (z) takes it back.",
        )
    }

    fn set_day_zero(&mut self, mut attempt: Attempt) -> Step<()> {
        let is_set = attempt.day_zero.is_some();
        let unset = if is_set { " none empties it;" } else { "" };
        loop {
            let text = self.ask_text(&format!(
                "Day 0, the day of last use?{unset} skip leaves it."
            ))?;
            if text.is_empty() {
                return Ok(());
            }
            if is_set && text == "none" {
                attempt.day_zero = None;
                return self.write_and_say(
                    &[Change::RecordAttempt(attempt)],
                    "Day 0 is not set any more.",
                );
            }
            match parse_past_day(&text, &self.now(), self.journal.settings.day_end) {
                Ok(day) => {
                    attempt.set_day_zero(day);
                    let said = format!("Day 0 is {}.", words::day(day));
                    return self.write_and_say(&[Change::RecordAttempt(attempt)], &said);
                }
                Err(error) => self.say(&words::sentence(&error.to_string()))?,
            }
        }
    }

    fn end_attempt(&mut self, mut attempt: Attempt) -> Step<()> {
        let today = self.today();
        let ending = loop {
            match self
                .ask("ended, aside (set aside for now), or open (it goes on)?")?
                .as_str()
            {
                "ended" | "end" => break Some(Ending::Ended),
                "aside" => break Some(Ending::SetAside),
                "open" => break None,
                "" | "skip" => return Ok(()),
                other => self.not_an_answer(other, "ended, aside or open")?,
            }
        };
        let Some(ending) = ending else {
            attempt.ended = None;
            return self.write_and_say(&[Change::RecordAttempt(attempt)], "It is open.");
        };
        let day = self
            .ask_day("Its last day? A day, or skip for today.")?
            .unwrap_or(today);
        attempt.ended = Some((day, ending));
        if let Err(why) = attempt.in_order() {
            let why = words::sentence_head(&why.to_string());
            return self.say(&format!("{why}, so nothing was changed."));
        }
        let said = format!(
            "Its last day is {}. Everything logged stays.",
            words::day(day)
        );
        self.write_and_say(&[Change::RecordAttempt(attempt)], &said)
    }

    fn delete_attempt(&mut self, id: EntryId) -> Step<()> {
        if self.confirm("Delete the attempt? Its check-ins stay.")? == Reply::No {
            return self.say("It stays.");
        }
        self.write_and_say(
            &[Change::DeleteAttempt(id)],
            "Deleted. undo (z) brings it back.",
        )
    }
}
