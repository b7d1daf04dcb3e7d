//! The tabs.
//!
//! Invariant: a tab never changes its number, whichever other tabs exist. The number of a planned tab does nothing.

/// A tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Where the person is, how it compares, and the entries of today.
    Today,
    /// Severity over the weeks and the timeline.
    Trends,
    /// Days with their entries.
    History,
    /// Taper plans and doses.
    Plan,
    /// Medicines, practices, visits, people.
    Care,
    /// Pages to read.
    Guide,
    /// The settings.
    Settings,
}

impl Tab {
    /// All tabs, in the order of their numbers.
    pub const ALL: [Self; 7] = [
        Self::Today,
        Self::Trends,
        Self::History,
        Self::Plan,
        Self::Care,
        Self::Guide,
        Self::Settings,
    ];

    /// Its name.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Today => "Today",
            Self::Trends => "Trends",
            Self::History => "History",
            Self::Plan => "Plan",
            Self::Care => "Care",
            Self::Guide => "Guide",
            Self::Settings => "Settings",
        }
    }

    /// Its name in at most six letters, for a narrow screen.
    pub(crate) const fn short(self) -> &'static str {
        match self {
            Self::History => "Hist",
            Self::Settings => "Set",
            Self::Today | Self::Trends | Self::Plan | Self::Care | Self::Guide => self.title(),
        }
    }

    /// What it is for, for somebody who sees it for the first time; nothing where they begin.
    pub(crate) const fn about(self) -> Option<&'static str> {
        Some(match self {
            Self::Today => return None,
            Self::Trends => "Trends: how it moves over the days.",
            Self::History => "History: every day, with its entries.",
            Self::Plan => "Plan: a taper step by step, and doses.",
            Self::Care => "Care: medicines, visits, how it began.",
            Self::Guide => "Guide: pages to read, offline.",
            Self::Settings => "Settings: data, what is asked, looks.",
        })
    }

    /// The digit that opens it. 6 is reserved for Insights.
    pub const fn number(self) -> u8 {
        match self {
            Self::Today => 1,
            Self::Trends => 2,
            Self::History => 3,
            Self::Plan => 4,
            Self::Care => 5,
            Self::Guide => 7,
            Self::Settings => 8,
        }
    }

    /// Its name in the `opens_from` of the guide's pages.
    pub(crate) const fn place(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Trends => "trends",
            Self::History => "history",
            Self::Plan => "plan",
            Self::Care => "care",
            Self::Guide => "guide",
            Self::Settings => "settings",
        }
    }

    fn at(self) -> usize {
        Self::ALL.iter().position(|tab| *tab == self).unwrap_or(0)
    }

    /// The tab to the right, around the end.
    #[must_use]
    pub(crate) fn next(self) -> Self {
        Self::ALL[(self.at() + 1) % Self::ALL.len()]
    }

    /// The tab to the left, around the beginning.
    #[must_use]
    pub(crate) fn previous(self) -> Self {
        // One round more, because `usize` has no -1.
        Self::ALL[(self.at() + Self::ALL.len() - 1) % Self::ALL.len()]
    }
}
