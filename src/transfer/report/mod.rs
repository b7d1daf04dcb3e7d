//! The report for a clinician in its forms: a page, Markdown, lines of text. All render one value, [`Report`].

mod content;
mod content_care;
mod content_rated;

mod block;
mod chart;
mod html;
mod markdown;
mod text;

pub use html::html;
pub use markdown::markdown;
pub use text::text;

use crate::domain::report::Report;

/// A form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A page that stands for itself, with charts.
    Html,
    /// Markdown.
    Markdown,
    /// Lines of text.
    Text,
}

/// The width of a report that is written as text.
pub const TEXT_WIDTH: usize = 80;

impl Form {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Html, Self::Markdown, Self::Text];

    /// The word on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Text => "text",
        }
    }

    /// The ending of its files.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Text => "txt",
        }
    }

    /// Reads [`Form::code`], or the ending of a file.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.to_lowercase();
        let of = |form: &Self| form.code() == word || form.extension() == word;
        let found = Self::ALL.into_iter().find(of);
        found.or(match word.as_str() {
            "htm" => Some(Self::Html),
            _ => None,
        })
    }
}

/// The report as a file holds it.
pub fn written(report: &Report, form: Form) -> String {
    match form {
        Form::Html => html(report),
        Form::Markdown => markdown(report),
        Form::Text => text(report, TEXT_WIDTH).join("\n") + "\n",
    }
}

/// A neutral name for its file: "report-2026-11-22.html".
pub fn file_name(report: &Report, form: Form) -> String {
    format!("report-{}.{}", report.period.span.to, form.extension())
}
