//! Reads the day of a row.

use crate::store::error::{Result, StoreError};
use chrono::NaiveDate;

/// Reads a stored day.
pub(in crate::store) fn date(text: &str) -> Result<NaiveDate> {
    // Every row has one, and chrono's reader, which takes many forms, was a seventh of a load.
    let date = plain_date(text.as_bytes()).or_else(|| text.parse().ok());
    date.ok_or(StoreError::Unreadable("a day"))
}

/// Reads "2026-11-30", the form in which days are written.
fn plain_date(text: &[u8]) -> Option<NaiveDate> {
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = text else {
        return None;
    };
    let number = |digits: &[&u8]| {
        let mut digits = digits.iter();
        digits.try_fold(0, |sum: u32, digit| {
            let is_digit = digit.is_ascii_digit();
            is_digit.then(|| sum * 10 + u32::from(**digit - b'0'))
        })
    };
    let year = i32::try_from(number(&[y0, y1, y2, y3])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[m0, m1])?, number(&[d0, d1])?)
}

#[cfg(test)]
mod tests {
    use super::date;
    use chrono::{NaiveDate, TimeDelta};
    use proptest::prelude::{prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn a_day_is_read_as_chrono_reads_it(text in "[+-]?[0-9]{1,5}-[0-9 /:-]{0,2}[0-9]-?[0-9]{0,3}", days in -800_000..3_000_000_i64) {
            prop_assert_eq!(date(&text).ok(), text.parse::<NaiveDate>().ok());
            let written = NaiveDate::default() + TimeDelta::days(days);
            prop_assert_eq!(date(&written.to_string()).ok(), Some(written));
        }
    }
}
