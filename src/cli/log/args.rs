//! What every verb that notes something takes besides: when it was, and a note.

use super::Desk;
use crate::cli::failure::Outcome;
use crate::cli::output;
use crate::cli::output::editor;
use crate::cli::session::Session;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;

#[derive(Debug, clap::Args)]
pub(super) struct Noted {
    /// When it was: 08:15, "yesterday 22:00", 2h ago, "12 Nov"
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    at: Option<String>,
    /// A note; - reads it from stdin
    #[arg(long, value_name = "TEXT|-", allow_hyphen_values = true)]
    note: Option<String>,
    /// Write the note in your editor ($VISUAL or $EDITOR)
    #[arg(long, conflicts_with = "note")]
    editor: bool,
}

impl Noted {
    /// A draft for that moment, or for now, with the note.
    pub(super) fn draft(
        &self,
        desk: &Desk,
        kind: Kind,
        session: &mut Session,
    ) -> Outcome<RecordDraft> {
        let draft = desk.draft(kind, self.at.as_deref(), session)?;
        let note = match self.note.as_deref() {
            Some("-") => Some(output::from_stdin()?),
            Some(note) => Some(note.to_owned()),
            None if self.editor => Some(editor::edited("")?),
            None => None,
        };
        Ok(with(draft, &[(key::NOTE, &note)]))
    }
}

/// The draft with what was typed in some fields; one that was left out stays empty.
pub(super) fn with(draft: RecordDraft, typed: &[(&'static str, &Option<String>)]) -> RecordDraft {
    let given = typed
        .iter()
        // An option that was left out differs from an empty one: "" empties the field.
        .filter_map(|(field, text)| Some((*field, text.as_deref()?)));
    given.fold(draft, |draft, (field, text)| draft.with(field, text))
}
