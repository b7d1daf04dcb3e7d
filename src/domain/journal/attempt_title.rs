//! What an attempt is called beside others: its name, or the season in which it began.

use super::Journal;
use crate::domain::attempt::{Attempt, NumberedAttempt};
use chrono::Datelike;

/// Countries of the help lines in which the seasons are turned round.
const SOUTH: [&str; 2] = ["AU", "NZ"];

impl Journal {
    /// "autumn 2025"; "attempt 2" where another one would be called the same.
    pub(crate) fn title_of(&self, numbered: NumberedAttempt<'_>) -> String {
        let title = self.title(numbered.attempt);
        let others = self.attempts.iter();
        let mut others = others.filter(|other| other.number != numbered.number);
        if others.any(|other| self.title(other.attempt) == title) {
            return format!("attempt {}", numbered.number);
        }
        title
    }

    fn title(&self, attempt: &Attempt) -> String {
        if let Some(name) = &attempt.name {
            return name.clone();
        }
        // By the country that the person chose; else as most of the people who live where the seasons have these names.
        let country = self.settings.country.as_deref();
        let is_south = country.is_some_and(|code| SOUTH.contains(&code));
        let month = attempt.began.month() + if is_south { 6 } else { 0 };
        let season = match month % 12 {
            3..=5 => "spring",
            6..=8 => "summer",
            9..=11 => "autumn",
            _ => "winter",
        };
        format!("{season} {}", attempt.began.year())
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::attempt::{Attempt, Attempts, Method};
    use crate::domain::id::EntryId;
    use crate::domain::journal::Journal;
    use crate::domain::journal::settings::Setting;
    use chrono::NaiveDate;

    fn attempt(n: u8, began: (i32, u32, u32), name: Option<&str>) -> Attempt {
        let began = NaiveDate::from_ymd_opt(began.0, began.1, began.2).unwrap_or_default();
        Attempt {
            id: EntryId::from_bytes([n; 16]),
            began,
            day_zero: Some(began),
            method: Method::Stop,
            name: name.map(str::to_owned),
            goal: None,
            ended: None,
        }
    }

    #[test]
    fn an_attempt_is_called_by_its_name_or_its_season_and_two_of_one_season_by_their_numbers() {
        let attempts = Attempts::new(vec![
            attempt(1, (2025, 10, 2), None),
            attempt(2, (2025, 12, 24), Some("before the move")),
            attempt(3, (2026, 4, 1), None),
            attempt(4, (2026, 5, 9), None),
        ]);
        let mut journal = Journal {
            attempts,
            ..Journal::default()
        };
        let titles = |journal: &Journal| -> Vec<String> {
            let all = journal.attempts.iter();
            all.map(|numbered| journal.title_of(numbered)).collect()
        };
        assert_eq!(
            titles(&journal),
            ["autumn 2025", "before the move", "attempt 3", "attempt 4"]
        );
        journal.settings.set(Setting::Country("NZ".to_owned()));
        assert_eq!(titles(&journal)[0], "spring 2025");
    }
}
