//! A new attempt beside one that goes on: what is asked first, and what is said once it has begun. One text for every face.
//!
//! Invariant: an attempt that goes on is named before another one begins, and nothing of it is changed by that.

use crate::domain::attempt::{Attempts, Ending, NumberedAttempt, Start};
use crate::domain::text::words;
use chrono::NaiveDate;

impl Start {
    /// The attempt that goes on while a new one begins; nothing where day 0 is set, or where none is open.
    pub(crate) fn beside<'a>(
        &self,
        attempts: &'a Attempts,
        today: NaiveDate,
    ) -> Option<NumberedAttempt<'a>> {
        match self {
            Self::Begin(_) => attempts.going_on(today),
            Self::SetDayZero(_) => None,
        }
    }

    /// "Attempt 2 begun, a new one beside attempt 1, which stays in the journal; day 0 is Fri 13 Nov 2026". `attempts` are those
    /// before it.
    pub(crate) fn line(&self, attempts: &Attempts, today: NaiveDate) -> String {
        let attempt = self.attempt();
        let after = attempts.with(attempt.clone());
        // Its number may have moved: a new attempt can lie before it.
        let number = |id| after.by_id(id).map_or(1, |numbered| numbered.number);
        let zero = match attempt.day_zero {
            Some(zero) => format!("day 0 is {}", words::day(zero)),
            None => "day 0 is not set yet".to_owned(),
        };
        let own = number(attempt.id);
        match (self, self.beside(attempts, today)) {
            (Self::SetDayZero(_), _) => format!("Attempt {own}: {zero}"),
            (Self::Begin(_), None) => format!("Attempt {own} begun; {zero}"),
            (Self::Begin(_), Some(open)) => format!(
                "Attempt {own} begun, a new one beside attempt {}, which stays in the journal; {zero}",
                number(open.attempt.id)
            ),
        }
    }
}

impl NumberedAttempt<'_> {
    /// "day 0 Fri 13 Nov 2026", or that it is not set.
    pub(crate) fn day_zero_text(&self) -> String {
        let zero = self.attempt.day_zero;
        let zero = zero.map_or_else(|| "not set".to_owned(), words::day);
        format!("day 0 {zero}")
    }

    /// "ended Fri 20 Nov 2026", "set aside …", "until …" where the next attempt cut it off; `None` while it goes on.
    pub(crate) fn end_text(&self) -> Option<String> {
        let (how, day) = match (self.attempt.ended, self.last_day) {
            (Some((day, Ending::Ended)), _) => ("ended", day),
            (Some((day, Ending::SetAside)), _) => ("set aside", day),
            // Nobody ended it: the next attempt began.
            (None, last) => ("until", last?),
        };
        Some(format!("{how} {}", words::day(day)))
    }

    /// "attempt 1 goes on since 7 Nov", with the year where it is not that of `today`.
    pub(crate) fn goes_on(&self, today: NaiveDate) -> String {
        let began = self.attempt.began;
        let near = words::day_near(began, today);
        // The weekday says nothing here.
        let day = near.split_once(' ').map_or(near.as_str(), |(_, day)| day);
        format!("attempt {} goes on since {day}", self.number)
    }

    /// What is known of it before another one begins.
    pub(crate) fn known(&self, today: NaiveDate) -> String {
        let zero = match self.attempt.day_zero {
            Some(zero) => format!("its day 0 is {}", words::day(zero)),
            None => "its day 0 is not set".to_owned(),
        };
        format!("{}; {zero}", words::sentence_head(&self.goes_on(today)))
    }

    /// Asked before a new attempt begins beside it.
    pub(crate) fn question(&self, today: NaiveDate) -> String {
        format!(
            "{}. Begin a new attempt beside it?",
            words::sentence_head(&self.goes_on(today))
        )
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use crate::domain::attempt::{Attempt, Attempts, Method, Start};
    use crate::domain::id::EntryId;
    use chrono::NaiveDate;

    fn attempt(n: u8, began: &str, day_zero: Option<&str>) -> Attempt {
        Attempt {
            id: EntryId::from_bytes([n; 16]),
            began: began.parse().unwrap(),
            day_zero: day_zero.map(|day| day.parse().unwrap()),
            method: Method::Undecided,
            name: None,
            goal: None,
            ended: None,
        }
    }

    fn today() -> NaiveDate {
        "2026-11-28".parse().unwrap()
    }

    #[test]
    fn a_new_attempt_names_the_one_that_goes_on() {
        let attempts = Attempts::new(vec![attempt(1, "2026-11-07", Some("2026-11-07"))]);
        let start = Start::decide(&attempts, attempt(2, "2026-11-28", None), today());
        let open = start.beside(&attempts, today()).unwrap();
        assert_eq!(open.goes_on(today()), "attempt 1 goes on since 7 Nov");
        assert_eq!(
            open.known(today()),
            "Attempt 1 goes on since 7 Nov; its day 0 is Sat 7 Nov 2026"
        );
        assert_eq!(
            start.line(&attempts, today()),
            "Attempt 2 begun, a new one beside attempt 1, which stays in the journal; day 0 is not set yet"
        );
    }

    #[test]
    fn one_that_lies_before_the_open_one_gets_its_number() {
        let attempts = Attempts::new(vec![attempt(1, "2026-11-07", Some("2026-11-07"))]);
        let wanted = attempt(2, "2026-10-01", Some("2026-10-01"));
        let start = Start::decide(&attempts, wanted, today());
        let line = start.line(&attempts, today());
        assert!(
            line.starts_with("Attempt 1 begun, a new one beside attempt 2,"),
            "{line}"
        );
    }

    #[test]
    fn nothing_is_asked_where_day_zero_is_set_or_none_is_open() {
        let open = Attempts::new(vec![attempt(1, "2026-11-07", None)]);
        let given = attempt(2, "2026-11-20", Some("2026-11-20"));
        let start = Start::decide(&open, given.clone(), today());
        assert_eq!(start.beside(&open, today()), None);
        assert_eq!(
            start.line(&open, today()),
            "Attempt 1: day 0 is Fri 20 Nov 2026"
        );
        let none = Attempts::default();
        let start = Start::decide(&none, given, today());
        assert_eq!(start.beside(&none, today()), None);
    }
}
