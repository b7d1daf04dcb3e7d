//! The tabs that are built.

/// A tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Where am I, how does it compare, what is there today.
    Today,
    /// Severity over the weeks and the timeline.
    Trends,
    /// Days with their entries.
    History,
}

impl Tab {
    /// In order; the number before each is its place, from 1.
    pub const ALL: [Self; 3] = [Self::Today, Self::Trends, Self::History];

    /// Its name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Today => "Today",
            Self::Trends => "Trends",
            Self::History => "History",
        }
    }

    /// The digit that opens it.
    pub fn number(self) -> u8 {
        u8::try_from(self.place()).unwrap_or(0) + 1
    }

    fn place(self) -> usize {
        Self::ALL.iter().position(|tab| *tab == self).unwrap_or(0)
    }

    /// The tab to the right, around the end.
    #[must_use]
    pub fn next(self) -> Self {
        Self::ALL[(self.place() + 1) % Self::ALL.len()]
    }

    /// The tab to the left, around the beginning.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::ALL[(self.place() + Self::ALL.len() - 1) % Self::ALL.len()]
    }
}
