//! Days without a check-in, and check-ins for past days.

use super::session::Session;
use super::talk::Step;
use crate::domain::check_in::Form;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::Setting;
use crate::domain::text::words;
use chrono::NaiveDate;

/// From here on missing days are counted, not listed.
const LISTED: usize = 14;

impl Session<'_> {
    pub(super) fn mention_missing(&mut self) -> Step<()> {
        let days = self.journal.missing_days(self.today());
        if days.is_empty() {
            return Ok(());
        }
        self.say(&format!(
            "{} missing: missing fills or skips them.",
            words::count(days.len(), "day", "days")
        ))
    }

    /// "3 days missing: fill, skip, later".
    pub(super) fn missing(&mut self) -> Step<()> {
        let days = self.journal.missing_days(self.today());
        let Some(last) = days.last().copied() else {
            return self.say("No days are missing.");
        };
        if days.len() <= LISTED {
            let listed: Vec<String> = days.iter().map(|day| words::short_day(*day)).collect();
            self.say(&format!("Without a check-in: {}.", listed.join(", ")))?;
        }
        let question = format!(
            "{} missing: fill, skip, later?",
            words::count(days.len(), "day", "days")
        );
        loop {
            match self.ask(&question)?.as_str() {
                "fill" | "f" => return self.fill_missing(&days),
                "skip" | "s" => {
                    return self.write_and_say(
                        &[Change::Set(Setting::MissingSkippedUntil(last))],
                        "Skipped; they stay blank. fill still fills any past day.",
                    );
                }
                "later" | "l" | "" | "done" => return self.say("Later, then."),
                other => self.not_an_answer(other, "fill, skip or later")?,
            }
        }
    }

    fn fill_missing(&mut self, days: &[NaiveDate]) -> Step<()> {
        for (at, day) in (1..).zip(days) {
            let question = format!(
                "{}, {at} of {}: check-in (c), brief (b), skip, or done?",
                words::day(*day),
                days.len()
            );
            loop {
                match self.ask(&question)?.as_str() {
                    "check-in" | "c" => break self.check_in(Form::Full, Some(*day))?,
                    "brief" | "b" => break self.check_in(Form::Brief, Some(*day))?,
                    "skip" | "." | "" => break,
                    "done" => return Ok(()),
                    other => self.not_an_answer(other, "check-in, brief, skip or done")?,
                }
            }
        }
        Ok(())
    }

    /// A check-in for a past day of the person's choice.
    pub(super) fn fill(&mut self) -> Step<()> {
        let Some(day) = self.ask_day("Which day? 2026-11-22, yesterday; skip leaves it.")? else {
            return Ok(());
        };
        self.fill_day(day)
    }

    pub(super) fn fill_day(&mut self, day: NaiveDate) -> Step<()> {
        loop {
            match self.ask("check-in (c) or brief (b)?")?.as_str() {
                "check-in" | "c" => return self.check_in(Form::Full, Some(day)),
                "brief" | "b" => return self.check_in(Form::Brief, Some(day)),
                "" | "skip" | "done" => return Ok(()),
                other => self.not_an_answer(other, "check-in or brief")?,
            }
        }
    }
}
