//! An answer to a field: from what was typed to the value that is kept, or to the refusal in words. The full screen, plain
//! mode and the command line all read an answer here.
//!
//! Invariant: an answer that cannot be read is refused with what would do, and never guessed.

use super::Value;
use super::draft::Refusal;
use super::field::{Ask, Field, Need};
use crate::domain::amount::Amount;
use crate::domain::check_in::symptom::Severity;
use crate::domain::time::parse::{parse_clock, parse_day};
use crate::domain::time::{DayEnd, Now};
use chrono::NaiveTime;

impl Field {
    /// The value that was typed, without blanks around it.
    pub(crate) fn read(&self, typed: &str, now: &Now, day_end: DayEnd) -> Result<Value, Refusal> {
        let refuse = |sentence: String| Refusal::new(self.code, sentence);
        match self.ask {
            // Words are kept as typed; only blanks around them were cut.
            Ask::Line | Ask::Lines | Ask::Kept => Ok(Value::Text(typed.into())),
            Ask::Amount | Ask::KeptNumber => {
                let amount = Amount::typed(typed).map_err(|why| refuse(why.to_string()))?;
                // A dose of 0 would count as a dose; nothing used is no entry.
                if amount.is_zero() && self.need == Need::Needed {
                    let label = self.label.to_lowercase();
                    return Err(refuse(format!("{label} is more than 0")));
                }
                Ok(Value::Number(amount))
            }
            Ask::Whole(from, to) => whole(typed, from, to).map_err(refuse),
            Ask::Scale => whole(typed, 0, u32::from(Severity::TOP)).map_err(refuse),
            Ask::Day(toward) => {
                let day = parse_day(typed, now, day_end, toward)
                    .map_err(|why| refuse(why.to_string()))?;
                Ok(Value::Text(day.to_string().into()))
            }
            Ask::Clock => {
                let time = clock(self.code, typed)?;
                Ok(Value::Text(time.format("%H:%M").to_string().into()))
            }
            Ask::Choice(_) => {
                // The code is kept, not the words: words may be improved later.
                let code = self.choice(typed);
                let code = code.ok_or_else(|| refuse(format!("one of {}", self.codes(", "))))?;
                Ok(Value::Text(code.into()))
            }
        }
    }

    /// The refusal where nothing was typed and the record cannot do without.
    pub(crate) fn missing(&self) -> Refusal {
        let scale = match self.ask {
            Ask::Scale => ": 0 none to 4 very severe",
            _ => "",
        };
        let label = self.label.to_lowercase();
        Refusal::new(self.code, format!("{label} is missing{scale}"))
    }
}

/// The time of day that was typed in the field of this code.
pub(crate) fn clock(code: &'static str, typed: &str) -> Result<NaiveTime, Refusal> {
    parse_clock(typed).ok_or_else(|| Refusal::new(code, "a time of day, such as 22:30"))
}

fn whole(typed: &str, from: u32, to: u32) -> Result<Value, String> {
    let number = typed.parse().ok();
    let number = number.filter(|number| (from..=to).contains(number));
    let number = number.ok_or_else(|| format!("a whole number from {from} to {to}"))?;
    Ok(Value::Number(Amount::whole(number)))
}
