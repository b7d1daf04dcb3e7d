//! A path that is chosen by typing or by going through folders.

use super::super::overlay::list_page::Msg;
use super::super::overlay::picker::{Choices, Look};
use crate::transfer::errand::{Errand, Folder, ImportAsk, Told};
use crate::tui::effect::{Effect, PathFor};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, joined};
use crate::tui::shared::Shared;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::popup::LongLines;

/// The folders and files behind a path that is being typed.
pub struct Paths {
    wanted: PathFor,
    folder: Option<Folder>,
    /// A text for the field.
    text: Option<String>,
    /// A sentence about the last meeting.
    last: Option<String>,
}

/// A row under the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathRow {
    /// What is typed is what is meant.
    Take(String),
    /// A folder to go into.
    Into(String),
    /// A file.
    File(String),
}

impl PathRow {
    const fn path(&self) -> &String {
        match self {
            Self::Take(path) | Self::Into(path) | Self::File(path) => path,
        }
    }
}

/// The keys of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathAct {
    /// Take the row, or go into its folder.
    Go,
    /// Put the row into the field.
    Complete,
}

static PATH_KEYS: [Binding<Msg<PathAct>>; 10] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Act(PathAct::Go), "take it, or go in"),
        Binding::footer(Key::TAB, Msg::Act(PathAct::Complete), "complete"),
        Binding::row(
            "\u{2191} \u{2193}",
            Key::DOWN,
            Msg::Go(Step::Next),
            "choose",
        ),
    ],
    Msg::TYPING_KEYS,
);

/// All of a path up to its last slash, and what follows it.
fn parts(typed: &str) -> (&str, &str) {
    typed
        .rfind('/')
        .map_or(("", typed), |at| typed.split_at(at + 1))
}

impl Paths {
    pub(crate) const fn new(wanted: PathFor) -> Self {
        Self {
            wanted,
            folder: None,
            text: None,
            last: None,
        }
    }

    /// Takes what came of an errand, if it waits for it.
    pub(crate) fn take(&mut self, told: &Told, shared: &Shared) -> bool {
        match told {
            Told::Folder(folder) => self.list(folder, shared),
            Told::Meeting(last, folder) => {
                self.last.clone_from(last);
                self.list(folder, shared);
            }
            _ => return false,
        }
        true
    }

    /// Takes the listing of a folder. The first one says where one begins.
    fn list(&mut self, folder: &Folder, shared: &Shared) {
        if self.folder.is_none() {
            let name = match self.wanted {
                PathFor::Copy => format!("ebb-{}.db", shared.today()),
                PathFor::Import | PathFor::Sync => String::new(),
            };
            self.text = Some(format!("{}{name}", folder.path));
        }
        let mut folder = folder.clone();
        folder.typed = match &self.text {
            Some(text) => text.clone(),
            None => folder.typed,
        };
        self.folder = Some(folder);
    }
}

impl Choices for Paths {
    type Row = PathRow;
    type Act = PathAct;

    const LOOK: Look = Look::Popup(LongLines::Cut);
    const LIMIT: usize = 400;

    fn title(&self) -> &'static str {
        match self.wanted {
            PathFor::Import => "Take in a file",
            PathFor::Sync => "Sync folder",
            PathFor::Copy => "Copy the journal to a file",
        }
    }

    fn keys(&self) -> &'static [Binding<Msg<PathAct>>] {
        &PATH_KEYS
    }

    fn rows(&self, typed: &str, _shared: &Shared) -> Vec<PathRow> {
        let Some(folder) = &self.folder else {
            return Vec::new();
        };
        let (head, tail) = parts(typed);
        let is_listed = parts(&folder.typed).0 == head;
        let wanted = tail.to_lowercase();
        let fits = |name: &&String| {
            let is_hidden = name.starts_with('.') && !tail.starts_with('.');
            name.to_lowercase().starts_with(&wanted) && !is_hidden
        };
        let names = folder.names.iter().filter(|_| is_listed).filter(fits);
        let row = |name: &String| {
            let path = format!("{}{name}", folder.path);
            if name.ends_with('/') {
                PathRow::Into(path)
            } else {
                PathRow::File(path)
            }
        };
        let rows = names.map(row);
        let take = PathRow::Take(typed.to_owned());
        match self.wanted {
            // A folder is taken in whole where it holds tables.
            PathFor::Import if tail.is_empty() => rows.chain([take]).collect(),
            PathFor::Import => rows.collect(),
            PathFor::Sync | PathFor::Copy => {
                let folders = rows.filter(|row| matches!(row, PathRow::Into(_)));
                [take].into_iter().chain(folders).collect()
            }
        }
    }

    fn about(&self, rows: &[PathRow], typed: &str, _shared: &Shared) -> String {
        let problem = self
            .folder
            .as_ref()
            .and_then(|folder| folder.problem.as_ref());
        if let Some(problem) = problem {
            return problem.clone();
        }
        match self.wanted {
            PathFor::Import if rows.is_empty() && !typed.is_empty() => {
                "Nothing here has a name that begins so; Backspace goes back.".to_owned()
            }
            PathFor::Import => "A table, a file of another program, an export or a journal. It is shown first; nothing is taken in before you say so.".to_owned(),
            PathFor::Sync => self.last.clone().unwrap_or_else(|| {
                "Journals of several machines meet in a folder that your own program carries. Each writes one file there. There was no meeting from here yet.".to_owned()
            }),
            PathFor::Copy => "A new file; one that is there is left as it is. It holds the whole journal: keep it private.".to_owned(),
        }
    }

    fn text(&self, row: &PathRow, _room: u16, _shared: &Shared) -> String {
        let name = |path: &str| {
            let folder = self
                .folder
                .as_ref()
                .map_or("", |folder| folder.path.as_str());
            path.strip_prefix(folder).unwrap_or(path).to_owned()
        };
        match (self.wanted, row) {
            (PathFor::Import, PathRow::Take(_)) => "all tables of this folder".to_owned(),
            (PathFor::Sync, PathRow::Take(path)) => format!("meet in {path}"),
            (PathFor::Copy, PathRow::Take(path)) => format!("write {path}"),
            (_, row) => name(row.path()),
        }
    }

    fn enter(&self, _row: &PathRow, _typed: &str) -> Vec<Effect> {
        Vec::new()
    }

    fn narrowed(&mut self, typed: &str) -> Vec<Effect> {
        let listed = self.folder.as_ref().map(|folder| parts(&folder.typed).0);
        if listed == Some(parts(typed).0) {
            return Vec::new();
        }
        vec![Effect::Run(Errand::Browse(
            typed.to_owned(),
            self.wanted.usual(),
        ))]
    }

    fn completed(&mut self) -> Option<String> {
        self.text.take()
    }

    fn act(&mut self, act: PathAct, row: &PathRow, _shared: &Shared) -> Vec<Effect> {
        match (act, row) {
            (PathAct::Complete, row) | (PathAct::Go, row @ PathRow::Into(_)) => {
                self.text = Some(row.path().clone());
                Vec::new()
            }
            (PathAct::Go, PathRow::Take(path) | PathRow::File(path)) => {
                vec![Effect::Run(match self.wanted {
                    PathFor::Import => Errand::Look(ImportAsk::of(path)),
                    PathFor::Sync => Errand::Sync(path.clone()),
                    PathFor::Copy => Errand::CopyTo(path.clone()),
                })]
            }
        }
    }

    fn act_without(&mut self, act: PathAct, typed: &str) -> Vec<Effect> {
        // A file that the list does not show may be there all the same: the list is cut, or a folder cannot be listed.
        if act == PathAct::Go && self.wanted == PathFor::Import {
            return vec![Effect::Run(Errand::Look(ImportAsk::of(typed)))];
        }
        Vec::new()
    }
}
