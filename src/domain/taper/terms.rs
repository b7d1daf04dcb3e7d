//! The terms of a taper plan (shape, amounts, lengths), and the sentences about contradictions in them.
//!
//! No code proposes an amount or a rate: no validated taper for kratom exists. A step is one cut; step 0 is the start amount,
//! step 1 the first cut.

use crate::domain::amount::Amount;
use chrono::NaiveDate;
use std::fmt;
use std::str::FromStr;

/// The most doses a day's amount can be split over.
pub(crate) const MOST_DOSES: u8 = 12;
/// The most days of a step: one year.
pub(crate) const LONGEST_STEP: u16 = 366;
/// The most steps of a plan; a rate of 0.001 % of the start would make 100 000.
pub(crate) const MOST_STEPS: u16 = 1000;

/// A rate in thousandths of a percent, above 0 and below 100 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u32);

/// Why a typed text is not a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAPercent {
    /// Not a number.
    #[error("a percentage is a number, such as 10 or 2.5")]
    NotANumber,
    /// More than three decimals.
    #[error("a percentage has at most three decimals")]
    TooFine,
    /// 0, 100 or more.
    #[error("a percentage for a taper is above 0 and below 100")]
    OutOfRange,
}

impl Percent {
    /// Thousandths of a percent in the whole.
    pub const WHOLE: u32 = 100_000;

    /// A rate of so many thousandths of a percent, 1 to 99 999; `None` outside.
    pub const fn from_thousandths(thousandths: u32) -> Option<Self> {
        if thousandths == 0 || thousandths >= Self::WHOLE {
            None
        } else {
            Some(Self(thousandths))
        }
    }

    /// Its thousandths of a percent.
    pub const fn thousandths(self) -> u32 {
        self.0
    }

    /// In percent: 2.5 for 2.5 %.
    pub(crate) fn number(self) -> f64 {
        f64::from(self.0) / 1000.0
    }

    /// As a part of one: 0.025 for 2.5 %.
    pub fn part(self) -> f64 {
        f64::from(self.0) / f64::from(Self::WHOLE)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Amount::from_thousandths(i64::from(self.0)).fmt(f)
    }
}

impl FromStr for Percent {
    type Err = NotAPercent;

    /// Reads "10", "2.5", "2,5" or "10 %".
    fn from_str(text: &str) -> Result<Self, NotAPercent> {
        use crate::domain::amount::NotAnAmount;
        let number = text.trim().trim_end_matches('%');
        let amount: Amount = number.parse().map_err(|error| match error {
            NotAnAmount::NotANumber | NotAnAmount::NotExact | NotAnAmount::Either => {
                NotAPercent::NotANumber
            }
            NotAnAmount::TooFine => NotAPercent::TooFine,
            NotAnAmount::TooLarge => NotAPercent::OutOfRange,
        })?;
        u32::try_from(amount.thousandths())
            .ok()
            .and_then(Self::from_thousandths)
            .ok_or(NotAPercent::OutOfRange)
    }
}

/// How the amounts of a plan decrease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Each cut is this share of the amount before it; it never reaches 0.
    PercentOfCurrent(Percent),
    /// Each cut is this share of the start amount.
    PercentOfStart(Percent),
    /// Each cut is this amount.
    FixedCut(Amount),
    /// The amounts of step 1, 2, … as the person wrote them.
    OwnList(Vec<Amount>),
}

/// The terms of a plan. All amounts are of one product, in its unit, for a whole day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// How the amounts decrease.
    pub shape: Shape,
    /// The amount of step 0.
    pub start: Amount,
    /// How many days a step lasts, 1 to `LONGEST_STEP`.
    pub every_days: u16,
    /// Stop-at: the plan ends at the first shown amount at or below it.
    pub until: Amount,
    /// The smallest amount that can be measured out, above 0.
    pub smallest: Amount,
    /// Doses a day that the amount is split over, 1 to `MOST_DOSES`.
    pub split: u8,
    /// The first day of step 0; the first cut comes `every_days` later.
    pub begin: NaiveDate,
}

/// A contradiction in the terms. Each sentence says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    /// Start is 0.
    #[error("the start amount is above 0: enter what a day holds now")]
    NoStart,
    /// Smallest is 0.
    #[error("the smallest amount is above 0: enter the finest that you can measure out")]
    NoSmallest,
    /// Smallest is above start.
    #[error(
        "the smallest amount, {smallest}, is above the start amount, {start}: enter a finer one, or another unit"
    )]
    SmallestAboveStart {
        /// As entered.
        smallest: Amount,
        /// As entered.
        start: Amount,
    },
    /// Stop-at is not below start.
    #[error(
        "the stop-at amount, {until}, is not below the start amount, {start}: enter a lower one"
    )]
    UntilNotBelowStart {
        /// As entered.
        until: Amount,
        /// As entered.
        start: Amount,
    },
    /// Stop-at is above 0 and finer than the smallest amount.
    #[error(
        "the stop-at amount, {until}, is finer than the smallest amount, {smallest}: enter {smallest} or more, or a finer smallest amount"
    )]
    UntilBelowSmallest {
        /// As entered.
        until: Amount,
        /// As entered.
        smallest: Amount,
    },
    /// A share of the current amount with stop-at 0.
    #[error(
        "a share of the current amount never reaches 0: enter a stop-at amount above 0, or choose another shape"
    )]
    NeverReachesZero,
    /// 0 days, or more than `LONGEST_STEP`.
    #[error("a step lasts 1 to {LONGEST_STEP} days: enter a number of days")]
    StepLength,
    /// 0 doses, or more than `MOST_DOSES`.
    #[error("a day is split over 1 to {MOST_DOSES} doses: enter a number of doses")]
    Split,
    /// A fixed cut of 0.
    #[error("each cut takes something away: enter an amount above 0")]
    NoCut,
    /// An own list without amounts.
    #[error("the list holds no amounts yet: enter the amount of each step, such as 9, 8, 7")]
    EmptyList,
    /// An own list that goes up.
    #[error(
        "{amount} comes after {before}: in a taper each amount is at most the one before, and the first at most the start amount"
    )]
    ListRises {
        /// The higher amount.
        amount: Amount,
        /// The amount before it.
        before: Amount,
    },
    /// An amount of an own list that cannot be measured out.
    #[error(
        "{amount} cannot be measured out in portions of {smallest}: change it, or enter a finer smallest amount"
    )]
    ListTooFine {
        /// As entered.
        amount: Amount,
        /// As entered.
        smallest: Amount,
    },
    /// An own list that goes on after the stop-at amount.
    #[error(
        "the list goes on after {amount}, which is at or below the stop-at amount, {until}: enter a lower stop-at amount, or end the list there"
    )]
    ListGoesOn {
        /// The first amount at or below stop-at.
        amount: Amount,
        /// As entered.
        until: Amount,
    },
    /// More than `MOST_STEPS`, or an end outside the calendar.
    #[error(
        "this makes a plan of more than {MOST_STEPS} steps, or one that ends after the year 9999: look again at the cut, the days of a step and the stop-at amount"
    )]
    TooLong,
    /// The rate is unreadable.
    #[error(transparent)]
    Percent(#[from] NotAPercent),
    /// An amount is unreadable.
    #[error(transparent)]
    Amount(#[from] crate::domain::amount::NotAnAmount),
}

impl Terms {
    /// Checks the terms for contradictions.
    ///
    /// # Errors
    /// The first contradiction, as a sentence that says what to do.
    pub(crate) fn check(&self) -> Result<(), TermsError> {
        // 0 as start or smallest comes first: the later checks compare with both and divide by the smallest.
        let (start, until, smallest) = (self.start, self.until, self.smallest);
        if start.is_zero() {
            return Err(TermsError::NoStart);
        }
        if smallest.is_zero() {
            return Err(TermsError::NoSmallest);
        }
        if smallest > start {
            return Err(TermsError::SmallestAboveStart { smallest, start });
        }
        if until >= start {
            return Err(TermsError::UntilNotBelowStart { until, start });
        }
        // A share of what is left gets smaller for ever, so such a plan would have no end.
        if until.is_zero() && matches!(self.shape, Shape::PercentOfCurrent(_)) {
            return Err(TermsError::NeverReachesZero);
        }
        if !until.is_zero() && until < smallest {
            return Err(TermsError::UntilBelowSmallest { until, smallest });
        }
        if !(1..=LONGEST_STEP).contains(&self.every_days) {
            return Err(TermsError::StepLength);
        }
        if !(1..=MOST_DOSES).contains(&self.split) {
            return Err(TermsError::Split);
        }
        match &self.shape {
            Shape::FixedCut(cut) if cut.is_zero() => Err(TermsError::NoCut),
            Shape::OwnList(amounts) => self.check_list(amounts),
            _ => Ok(()),
        }
    }

    fn check_list(&self, amounts: &[Amount]) -> Result<(), TermsError> {
        if amounts.is_empty() {
            return Err(TermsError::EmptyList);
        }
        let mut before = self.start;
        for (i, &amount) in amounts.iter().enumerate() {
            if amount > before {
                return Err(TermsError::ListRises { amount, before });
            }
            // An own list is never rounded: it is the person's exact wish.
            if amount.thousandths() % self.smallest.thousandths() != 0 {
                let smallest = self.smallest;
                return Err(TermsError::ListTooFine { amount, smallest });
            }
            // The plan would end there, and the rest of the list would silently be ignored.
            if amount <= self.until && i + 1 < amounts.len() {
                let until = self.until;
                return Err(TermsError::ListGoesOn { amount, until });
            }
            before = amount;
        }
        Ok(())
    }
}
