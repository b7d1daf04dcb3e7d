//! Taking a file in: the path to it, its columns and the questions about it, and the answers, chosen from a list or typed.

use super::list_page::Msg;
use super::picker::{Choices, Look};
use crate::domain::care::catalogue::{CareList, SUBSTANCE_OTHER};
use crate::domain::care::practice;
use crate::domain::dose::product;
use crate::domain::journal::Journal;
use crate::domain::order::Ordered;
use crate::domain::text::{closeness, words};
use crate::transfer::errand::{
    Answered, ColumnLook, Errand, Folder, ImportAnswer, ImportAsk, Look as FileLook, Told,
};
use crate::transfer::foreign::target::target_of;
use crate::transfer::import::guess::scale_of;
use crate::transfer::import::whole_file::{About, FileAnswers, FileQuestion};
use crate::tui::effect::{Effect, Opening, PathFor};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, joined};
use crate::tui::shared::Shared;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::list::Step;
use crate::tui::widgets::popup::{LongLines, PageLine};
use crate::tui::widgets::text::{pad, width};
use std::convert::Infallible;

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
                    PathFor::Sync => Errand::Sync(path.clone(), Vec::new()),
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

/// What a column can be, or the answers to a question about the file as a whole.
pub struct Meanings {
    of: Of,
    title: &'static str,
    /// What stands over the answers.
    about: String,
    /// The words on screen, and the answer.
    all: Vec<(String, String)>,
}

/// What the answers are about.
enum Of {
    Column(String),
    File(About),
}

static MEANING_KEYS: [Binding<Msg<Infallible>>; 9] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Enter, "take it"),
        Binding::row(
            "\u{2191} \u{2193}",
            Key::DOWN,
            Msg::Go(Step::Next),
            "choose",
        ),
    ],
    Msg::TYPING_KEYS,
);

impl Meanings {
    pub(crate) fn of_column(column: &ColumnLook, shared: &Shared) -> Self {
        Self {
            of: Of::Column(column.name.clone()),
            title: "What is this column?",
            about: format!("{}: {}", column.name, column.examples.join(", ")),
            all: every(column, shared),
        }
    }

    pub(crate) fn of_file(question: FileQuestion) -> Self {
        Self {
            of: Of::File(question.about),
            title: question.name,
            about: words::sentence(&question.reason),
            all: question.choices,
        }
    }

    /// Whether what is typed is an answer by itself.
    fn is_answer(&self, typed: &str, journal: &Journal) -> bool {
        match self.of {
            // The words of `--map` are understood as well, with every scale and unit.
            Of::Column(_) => target_of(typed, journal).is_ok(),
            Of::File(about) => {
                about == About::Blanks || FileAnswers::default().answer(about, typed).is_ok()
            }
        }
    }
}

/// Every meaning: its words on screen, and those of `--map`.
fn every(column: &ColumnLook, shared: &Shared) -> Vec<(String, String)> {
    let journal = &shared.journal;
    let mut all = Vec::new();
    let mut add = |words: String, meaning: String| all.push((words, meaning));
    if let Some(guess) = &column.guess {
        add(
            format!("{} ({})", guess.words, guess.reason),
            guess.meaning.clone(),
        );
    }
    add("leave it out".to_owned(), "skip".to_owned());
    for (words, meaning) in [
        ("the day", "date"),
        ("the day, written day first: 3.11.2026", "date:dmy"),
        ("the day, written month first: 11/3/2026", "date:mdy"),
        (
            "the day, as a spreadsheet counted it: 46340",
            "date:counted",
        ),
        ("the time", "time"),
        ("a note", "note"),
        ("overall, 0 to 10: 10 is hardest", "overall:0-10"),
        ("overall, from a mood of 1 to 5: 5 is best", "overall:5-1"),
        (
            "overall, from a mood of 0 to 10: 10 is best",
            "overall:10-0",
        ),
        (
            "overall, from moods: rad, good, meh, bad, awful",
            "overall:rad|good|meh|bad|awful",
        ),
        ("an urge, 0 to 4", "urge:0-4"),
        ("an urge, 0 to 10", "urge:0-10"),
    ] {
        add(words.to_owned(), meaning.to_owned());
    }
    let scale = scale_of(&column.examples).unwrap_or_else(|| "0-4".to_owned());
    let shown = scale.replace('-', " to ").replace('|', ", ");
    for symptom in &journal.symptoms {
        add(
            format!("symptom {}, {shown}", symptom.name),
            format!("symptom:{}:{scale}", symptom.code),
        );
    }
    for (group, code) in [("Body", "physical"), ("Mind", "psychological")] {
        let name = column.name.replace(':', " ");
        add(
            format!("a symptom of your own, {name} ({group}), {shown}"),
            format!("own:{name}:{code}:{scale}"),
        );
    }
    for measure in CareList::built_in().measures {
        let unit = measure.units.first().map_or("", |unit| unit.code);
        let name = format!("measurement {}, {unit}", measure.name);
        add(
            name.trim_end_matches([',', ' ']).to_owned(),
            format!("measure:{}", measure.code),
        );
    }
    for product in product::products(journal) {
        add(
            format!("a dose of {}, {}", product.name, product.unit),
            format!("dose:{}", product.code),
        );
    }
    for practice in practice::practices(journal) {
        add(
            format!("the practice {}", practice.name),
            format!("practice:{}", practice.code),
        );
    }
    let substances = CareList::built_in().substances.iter();
    // Another one has no name in a column: each of its entries needs one.
    for substance in substances.filter(|it| it.code != SUBSTANCE_OTHER) {
        add(
            format!("another substance, {}", substance.name),
            format!("substance:{}", substance.code),
        );
    }
    for (words, meaning) in [
        ("the name of a medicine", "medicine"),
        ("the amount of the medicine", "amount"),
        ("whether the medicine was taken", "state"),
        ("when the medicine was taken", "taken_at"),
        ("the name of each value, where each has a row", "name"),
        ("the value of each row", "value"),
        ("the unit of each value", "unit"),
    ] {
        add(words.to_owned(), meaning.to_owned());
    }
    // A list that offers what cannot be taken would be a trap.
    all.retain(|(_, meaning)| target_of(meaning, journal).is_ok());
    all
}

impl Choices for Meanings {
    type Row = (String, String);
    type Act = Infallible;

    const LOOK: Look = Look::Popup(LongLines::Cut);

    fn title(&self) -> &'static str {
        self.title
    }

    fn keys(&self) -> &'static [Binding<Msg<Infallible>>] {
        &MEANING_KEYS
    }

    fn rows(&self, typed: &str, shared: &Shared) -> Vec<(String, String)> {
        if typed.trim().is_empty() {
            return self.all.clone();
        }
        let wanted = typed.trim().to_lowercase();
        let has = |(words, _): &&(String, String)| words.to_lowercase().contains(&wanted);
        let mut rows: Vec<_> = self.all.iter().filter(has).cloned().collect();
        if rows.is_empty() {
            let far = |row: &(String, String)| closeness::of_row(typed, &row.0, "", &[""; 0]);
            let mut near: Vec<_> = self
                .all
                .iter()
                .filter_map(|row| Some((far(row)?, row.clone())))
                .collect();
            near.order_by_key(|(far, _)| *far);
            rows = near.into_iter().map(|(_, row)| row).collect();
        }
        if self.is_answer(typed, &shared.journal) {
            let row = (
                format!("as typed: {}", typed.trim()),
                typed.trim().to_owned(),
            );
            // Enter takes the first row, and who types a whole answer means that one.
            let is_whole = typed.contains(':') || matches!(self.of, Of::File(About::Blanks));
            let at = if is_whole { 0 } else { rows.len() };
            rows.insert(at, row);
        }
        rows
    }

    fn about(&self, rows: &[(String, String)], _typed: &str, _shared: &Shared) -> String {
        if rows.is_empty() {
            return "No answer has these words; Backspace widens the list.".to_owned();
        }
        self.about.clone()
    }

    fn text(&self, row: &(String, String), _room: u16, _shared: &Shared) -> String {
        row.0.clone()
    }

    fn enter(&self, row: &(String, String), _typed: &str) -> Vec<Effect> {
        let value = row.1.clone();
        let answer = match &self.of {
            Of::Column(name) => ImportAnswer::Column(name.clone(), value),
            Of::File(about) => ImportAnswer::File(*about, value),
        };
        vec![Effect::Close, Effect::Answer(answer)]
    }
}

/// How many lines about what would come in stand over the columns.
const OUTCOME: usize = 5;

pub(super) fn text(line: impl Into<String>) -> PageLine {
    (line.into(), Role::Text)
}

pub(super) fn faint(line: impl Into<String>) -> PageLine {
    (line.into(), Role::Faint)
}

/// The first row that waits for an answer, else the first one.
pub(crate) fn first_open(look: &FileLook) -> usize {
    let columns = look
        .columns
        .iter()
        .map(|column| column.open_guess().is_some());
    let questions = look.questions.iter().map(|question| question.is_open);
    columns
        .chain(questions)
        .position(|is_open| is_open)
        .unwrap_or(0)
}

/// The rows: the columns, then the questions about the file as a whole.
pub(crate) fn rows(look: &FileLook, theme: Theme) -> Vec<Vec<PageLine>> {
    let names = look.columns.iter();
    let names = names.map(|column| width(&column.name)).max().unwrap_or(0);
    let columns = look.columns.iter();
    let columns = columns.map(|of| column(of, names.min(NAMES), theme));
    columns.chain(look.questions.iter().map(question)).collect()
}

fn question(question: &FileQuestion) -> Vec<PageLine> {
    vec![
        text(format!("{}: {}", question.name, question.now)),
        faint(format!("  {}", question.reason)),
    ]
}

/// What Enter opens on the row `at`.
pub(crate) fn opened(look: &FileLook, at: usize) -> Vec<Effect> {
    let column = look.columns.get(at).cloned().map(Opening::Meaning);
    let question = || {
        let at = at.checked_sub(look.columns.len())?;
        look.questions.get(at).cloned().map(Opening::FileQuestion)
    };
    let opening = column.or_else(question);
    opening.map(Effect::Open).into_iter().collect()
}

/// Why there is nothing to take in.
pub(crate) fn nothing(look: &FileLook) -> &'static str {
    if look
        .columns
        .iter()
        .any(|column| column.standing == Answered::Open)
    {
        "Nothing would come in yet: a takes all guesses, Enter chooses what a column is."
    } else {
        "There is nothing new in it."
    }
}

/// What would come in, over the columns.
pub(crate) fn outcome(look: &FileLook) -> Vec<PageLine> {
    let mut lines: Vec<PageLine> = look.outcome.iter().take(OUTCOME).map(text).collect();
    let more = look.outcome.len().saturating_sub(OUTCOME);
    if more > 0 {
        lines.push(faint(format!("{more} more lines; r reads all")));
    }
    lines
}

/// The room for the names of columns.
const NAMES: usize = 20;

/// A column: its name, what it becomes, and its examples or the reason of the guess.
fn column(column: &ColumnLook, names: usize, theme: Theme) -> Vec<PageLine> {
    let name = pad(&column.name, names, theme);
    let ColumnLook {
        becomes, examples, ..
    } = column;
    let examples = match examples.len() {
        0 => "no value in it".to_owned(),
        _ => format!("such as {}", examples.join(", ")),
    };
    if let Some(waits) = &column.waits {
        return vec![
            text(format!("{name}  {becomes}")),
            faint(format!("  {examples}; {waits}")),
        ];
    }
    match (column.standing, &column.guess) {
        (Answered::Open, Some(guess)) => vec![
            text(format!("{name}  {}?", guess.words)),
            faint(format!("  {}; left out until you say so", guess.reason)),
        ],
        (Answered::Open, None) => vec![
            text(format!("{name}  left out")),
            faint(format!("  {examples}")),
        ],
        (Answered::ByName, Some(guess)) => vec![
            text(format!("{name}  {becomes}; or {}?", guess.words)),
            faint(format!("  {}; {becomes} until you say so", guess.reason)),
        ],
        (Answered::ByName, None) => vec![
            text(format!("{name}  {becomes}")),
            faint(format!("  {examples}; by its name")),
        ],
        (Answered::ByPerson, _) => vec![
            text(format!("{name}  {becomes}")),
            faint(format!("  {examples}; as you said")),
        ],
    }
}
