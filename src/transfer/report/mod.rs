//! The report for a clinician in its formats: HTML, Markdown, plain text. All render one value, [`Report`].

mod content;
mod content_care;
mod content_rated;

mod block;
mod chart;
mod html;
mod markdown;
mod text;

pub(crate) use html::html;
pub(crate) use markdown::markdown;
pub(crate) use text::sentences;
pub use text::text;

use crate::domain::report::Report;

/// A format of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A self-contained page with charts.
    Html,
    /// Markdown.
    Markdown,
    /// Lines of text.
    Text,
}

/// The width of a text report, as of a mail or a terminal.
pub const TEXT_WIDTH: usize = 80;

impl Form {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Html, Self::Markdown, Self::Text];

    /// The word on the command line.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Text => "text",
        }
    }

    /// The extension of its files.
    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Text => "txt",
        }
    }

    /// Reads [`Form::code`], or the extension of a file.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        let word = word.to_lowercase();
        let is_it = |form: &Self| form.code() == word || form.extension() == word;
        Self::ALL.into_iter().find(is_it).or(match word.as_str() {
            // The short ending of older systems.
            "htm" => Some(Self::Html),
            _ => None,
        })
    }
}

/// The content of the report's file.
pub fn written(report: &Report, form: Form) -> String {
    match form {
        Form::Html => html(report),
        Form::Markdown => markdown(report),
        Form::Text => text(report, TEXT_WIDTH).join("\n") + "\n",
    }
}

/// A neutral name for the file, because others see lists of files: "report-2026-11-22.html".
pub(crate) fn file_name(report: &Report, form: Form) -> String {
    format!("report-{}.{}", report.period.span.to, form.extension())
}
