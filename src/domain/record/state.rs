//! The states that the program itself decides by: what became of an intake, and of a question for a visit.

/// What became of an intake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IntakeState {
    /// Taken.
    Taken,
    /// Taken, and late.
    Late,
    /// Skipped.
    Skipped,
}

impl IntakeState {
    /// Code and words of each, in the order of the variants.
    // Indexed by the variant: the order of the rows has to be that of the variants.
    pub(super) const CHOICES: &'static [(&'static str, &'static str)] = &[
        ("taken", "taken"),
        ("late", "taken late"),
        ("skipped", "skipped"),
    ];

    /// The word in files and on the command line.
    pub(crate) const fn code(self) -> &'static str {
        Self::CHOICES[self as usize].0
    }

    /// "taken late".
    pub(crate) const fn words(self) -> &'static str {
        Self::CHOICES[self as usize].1
    }

    /// Reads [`Self::code`].
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        let all = [Self::Taken, Self::Late, Self::Skipped];
        all.into_iter().find(|state| state.code() == code)
    }
}

/// A question that is still to be asked.
pub(crate) const OPEN: &str = "open";
/// A question that was asked.
pub(crate) const ASKED: &str = "asked";
