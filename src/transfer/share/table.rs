//! Shared tables: columns with what they hold, and rows.

/// What a column holds, by the words of a Table Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A time of day, to the minute.
    Time,
    /// A word of a list, or a numbered `own_1`.
    Word,
}

impl Sort {
    /// Its word in a Table Schema.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Time => "time",
            Self::Word => "string",
        }
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub sort: Sort,
    /// One line about it; may be empty where the name says it.
    pub about: &'static str,
    /// Lowest and highest, where there are such.
    pub bounds: Option<(u32, u32)>,
}

impl Column {
    /// A column.
    pub fn new(name: impl Into<String>, sort: Sort, about: &'static str) -> Self {
        Self {
            name: name.into(),
            sort,
            about,
            bounds: None,
        }
    }

    /// The same with bounds.
    #[must_use]
    pub fn within(mut self, least: u32, most: u32) -> Self {
        self.bounds = Some((least, most));
        self
    }
}

/// A column that says a row of another table of the same participant; blank says none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForeignKey {
    /// The column.
    pub column: &'static str,
    /// The other table.
    pub table: &'static str,
    /// The column there.
    pub there: &'static str,
}

/// A table. A blank cell: nothing was answered there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name, and that of its file.
    pub name: String,
    /// What a row of it is.
    pub about: String,
    /// Its columns; the first is the participant.
    pub columns: Vec<Column>,
    /// The columns that say a row, beside the participant.
    pub key: Vec<&'static str>,
    /// Which say rows of others.
    pub foreign: Vec<ForeignKey>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}
