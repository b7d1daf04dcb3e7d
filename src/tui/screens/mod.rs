//! The switchboard: which screen is behind which tab, which overlay answers which request. A new screen is a new file and its
//! lines here; the compiler names each missing arm.
mod contents;
pub mod overlay;

pub(crate) mod care;
pub(crate) mod check_in;
pub mod cover;
pub(crate) mod form;
pub(crate) mod guide;
pub(crate) mod history;
pub mod passphrase;
pub mod plan;
pub(crate) mod settings;
pub(crate) mod today;
pub(crate) mod trends;

use super::effect::{Effect, FormKind, Opening, Question, Slot};
use super::keys;
use super::keys::{Hint, Mode, Screen};
use super::pointer::Pointer;
use super::questions;
use super::questions::RecordStart;
use super::shared::{Edition, Shared};
use super::tab::Tab;
use crate::domain::entry::Filter;
use crate::domain::entry::search::Hit;
use crate::domain::entry::validate;
use crate::domain::id::IdSource;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::kind::Kind;
use crate::domain::series::Series;
use crate::tui::widgets::frame::Frame;
use chrono::NaiveDate;
use overlay::data::{Chosen, Data};
use overlay::list_page::ListPage;
use overlay::picker::Picker;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

/// The screens behind the tabs.
#[derive(Default)]
pub struct Screens {
    /// Which state they are in.
    pub(in crate::tui) edition: Edition,
    today: today::Today,
    trends: trends::Trends,
    history: history::History,
    plan: plan::PlanScreen,
    care: care::Care,
    guide: guide::GuidePages,
    settings: settings::SettingList,
}

/// Runs `$body` with `$screen` bound to the screen behind `$tab`.
// A macro, not a trait object: each screen has messages of its own type.
macro_rules! on_tab {
    ($screens:expr, $tab:expr, $screen:ident => $body:expr) => {
        match $tab {
            Tab::Today => {
                let $screen = &mut $screens.today;
                $body
            }
            Tab::Trends => {
                let $screen = &mut $screens.trends;
                $body
            }
            Tab::History => {
                let $screen = &mut $screens.history;
                $body
            }
            Tab::Plan => {
                let $screen = &mut $screens.plan;
                $body
            }
            Tab::Care => {
                let $screen = &mut $screens.care;
                $body
            }
            Tab::Guide => {
                let $screen = &mut $screens.guide;
                $body
            }
            Tab::Settings => {
                let $screen = &mut $screens.settings;
                $body
            }
        }
    };
}

impl Screens {
    /// `None` when the screen has no use for the key.
    pub(crate) fn press(
        &mut self,
        tab: Tab,
        event: KeyEvent,
        shared: &Shared,
    ) -> Option<Vec<Effect>> {
        on_tab!(self, tab, screen => keys::press(screen, event, shared))
    }

    /// What the mouse did on the screen behind `tab`.
    pub(crate) fn pointed(&mut self, tab: Tab, at: Pointer, shared: &Shared) -> Vec<Effect> {
        on_tab!(self, tab, screen => screen.pointed(at, shared))
    }

    /// Does what the key table calls `label`.
    pub(crate) fn choose(&mut self, tab: Tab, label: &str, shared: &Shared) -> Option<Vec<Effect>> {
        on_tab!(self, tab, screen => keys::choose(screen, label, shared))
    }

    /// Draws the screen behind `tab`.
    pub(crate) fn view(&self, tab: Tab, shared: &Shared, frame: &mut Frame, area: Rect) {
        match tab {
            Tab::Today => self.today.view(shared, frame, area),
            Tab::Trends => self.trends.view(shared, frame, area),
            Tab::History => self.history.view(shared, frame, area),
            Tab::Plan => self.plan.view(shared, frame, area),
            Tab::Care => self.care.view(shared, frame, area),
            Tab::Guide => self.guide.view(shared, frame, area),
            Tab::Settings => self.settings.view(shared, frame, area),
        }
    }

    /// The keys that are valid behind `tab`.
    pub fn hints(&self, tab: Tab) -> Vec<Hint> {
        match tab {
            Tab::Today => keys::hints(self.today.keys()),
            Tab::Trends => keys::hints(self.trends.keys()),
            Tab::History => keys::hints(self.history.keys()),
            Tab::Plan => keys::hints(self.plan.keys()),
            Tab::Care => keys::hints(self.care.keys()),
            Tab::Guide => keys::hints(self.guide.keys()),
            Tab::Settings => keys::hints(self.settings.keys()),
        }
    }

    /// [`Self::hints`], with the keys that the journal has no use for now moved from the footer to `?`.
    pub(crate) fn hints_now(&self, tab: Tab, shared: &Shared) -> Vec<Hint> {
        let mut hints = self.hints(tab);
        match tab {
            Tab::Today => today::leave_to_help(&mut hints, shared),
            Tab::Plan => self.plan.leave_to_help(&mut hints, shared),
            Tab::Care => self.care.leave_to_help(&mut hints, shared),
            _ => {}
        }
        hints
    }

    /// How a dose begins on the screen behind `tab`: with the product in sight there, else with the one used last.
    pub(crate) fn dose(&self, tab: Tab, shared: &Shared) -> Opening {
        let product = match tab {
            Tab::Plan => self.plan.product(shared),
            _ => None,
        };
        product.map_or(Opening::Choose(Kind::Dose), |product| {
            Opening::About(Kind::Dose, product)
        })
    }

    /// Brings the screen behind `tab` into the first of these modes, unless it is in one of them.
    pub(crate) fn enter(&mut self, tab: Tab, among: &[usize], shared: &Shared) {
        let now = match tab {
            Tab::Today | Tab::Plan => 0,
            Tab::Trends => self.trends.mode(),
            Tab::History => self.history.mode(),
            Tab::Care => self.care.mode(),
            Tab::Guide => self.guide.mode(),
            Tab::Settings => self.settings.mode(),
        };
        let Some(first) = among.first().filter(|_| !among.contains(&now)).copied() else {
            return;
        };
        match tab {
            Tab::Today | Tab::Plan => {}
            Tab::Trends => self.trends.enter(first),
            Tab::History => self.history.enter(first, shared),
            Tab::Care => self.care.enter(first),
            Tab::Guide => self.guide.enter(first),
            Tab::Settings => self.settings.enter(first),
        }
    }

    /// Puts History's cursor on `day`.
    pub(crate) fn show_day(&mut self, day: NaiveDate) {
        self.history.show(day);
    }

    /// Puts the cursor of the screen behind `tab` on `day`.
    pub(crate) fn stand_on(&mut self, tab: Tab, day: NaiveDate, shared: &Shared) {
        match tab {
            Tab::Trends => self.trends.stand_on(day, shared),
            Tab::History | Tab::Today | Tab::Plan | Tab::Care | Tab::Guide | Tab::Settings => {
                self.history.show(day);
            }
        }
    }

    /// Shows a page of the guide.
    pub(crate) fn show_topic(&mut self, topic: &str, row: usize) {
        self.guide.show(topic, row);
    }

    /// Shows a series in Trends.
    pub(crate) fn show_series(&mut self, slot: Slot, series: Option<Series>, shared: &Shared) {
        self.trends.show(series, slot, shared);
    }

    /// Puts History's cursor on a note that has `wanted`.
    pub(crate) fn show_hit(&mut self, wanted: String, hit: Hit, shared: &Shared) {
        self.history.show_hit(wanted, hit, shared);
    }

    /// Has History look at one kind of entry.
    pub(crate) fn look_at(&mut self, filter: Filter) {
        self.history.look_at(filter);
    }
}

/// The modes of `tab`, in the order that [`Screens::enter`] knows.
pub(crate) fn modes(tab: Tab) -> Vec<Mode> {
    match tab {
        Tab::Today => vec![Mode::new("", today::KEYS)],
        Tab::Trends => trends::modes(),
        Tab::History => history::tables().map(|table| Mode::new("", table)).into(),
        Tab::Plan => vec![Mode::new("", plan::KEYS)],
        Tab::Care => care::keys::modes(),
        Tab::Guide => guide::tables().map(|table| Mode::new("", table)).into(),
        Tab::Settings => settings::modes(),
    }
}

/// Every row of the key tables of the screen behind `tab`, whatever it shows.
pub(crate) fn every_hint(tab: Tab) -> Vec<Hint> {
    let modes = modes(tab).into_iter();
    modes.flat_map(|mode| mode.hints).collect()
}

/// Where an overlay is opened.
pub(crate) struct Around {
    /// The visible tab.
    pub(crate) tab: Tab,
    /// The keys that are valid there.
    pub(crate) hints: Vec<Hint>,
    /// Every tab with its modes; a key of the person's own stands before that of the table.
    pub(crate) places: Vec<(Tab, Vec<Mode>)>,
}

/// A page that lies over the screens and takes their keys.
pub enum Overlay {
    /// A check-in, full or brief.
    CheckIn(check_in::CheckInForm),
    /// Help lines and red flags.
    HelpLines(ListPage<overlay::help_lines::HelpPage>),
    /// All keys.
    Keys(ListPage<overlay::keys::KeysPage>),
    /// Every action by name.
    Palette(Picker<overlay::palette::Palette>),
    /// Symptoms, to switch on and off.
    Symptoms(ListPage<overlay::symptoms::SymptomList>),
    /// The series, to choose one.
    Series(Picker<overlay::series_picker::SeriesPicker>),
    /// Event marks.
    Events(ListPage<overlay::event_list::EventList>),
    /// How a series went after the cuts of the plan.
    AfterCut(plan::after_cut::AfterCut),
    /// The attempts.
    Attempts(ListPage<overlay::attempts::AttemptList>),
    /// What was deleted.
    Bin(ListPage<overlay::bin::Bin>),
    /// A form of few fields.
    Form(form::FormScreen),
    /// A plan that is being made.
    Planner(plan::editor::Planner),
    /// A page to read and close.
    Card(ListPage<overlay::card::Card>),
    /// The first steps.
    FirstSteps(overlay::first_steps::FirstSteps),
    /// A question with few answers.
    Ask(overlay::question::Ask),
    /// Search in the notes.
    Search(Picker<overlay::note_search::NoteSearch>),
    /// The guide, over another place.
    Guide(guide::GuidePages),
    /// The report for a clinician.
    Report(overlay::report::ReportPage),
    /// Search in the guide.
    TopicSearch(Picker<overlay::guide_search::TopicSearch>),
    /// What a file would bring, copies, what was handed out.
    Data(ListPage<overlay::data::Data>),
    /// A path.
    Path(Picker<overlay::import::Paths>),
    /// The fields of a passphrase.
    Passphrase(passphrase::PassphrasePage),
    /// The meaning of a column.
    Meaning(Picker<overlay::import::Meanings>),
}

/// Runs `$body` with `$screen` bound to the overlay inside `$overlay`.
macro_rules! on_overlay {
    ($overlay:expr, $screen:ident => $body:expr) => {
        match $overlay {
            Overlay::CheckIn($screen) => $body,
            Overlay::HelpLines($screen) => $body,
            Overlay::Keys($screen) => $body,
            Overlay::Palette($screen) => $body,
            Overlay::Symptoms($screen) => $body,
            Overlay::Series($screen) => $body,
            Overlay::Events($screen) => $body,
            Overlay::AfterCut($screen) => $body,
            Overlay::Attempts($screen) => $body,
            Overlay::Bin($screen) => $body,
            Overlay::Form($screen) => $body,
            Overlay::Planner($screen) => $body,
            Overlay::Card($screen) => $body,
            Overlay::FirstSteps($screen) => $body,
            Overlay::Ask($screen) => $body,
            Overlay::Search($screen) => $body,
            Overlay::Guide($screen) => $body,
            Overlay::Report($screen) => $body,
            Overlay::TopicSearch($screen) => $body,
            Overlay::Data($screen) => $body,
            Overlay::Path($screen) => $body,
            Overlay::Meaning($screen) => $body,
            Overlay::Passphrase($screen) => $body,
        }
    };
}

impl Overlay {
    /// The overlay that answers `opening`.
    pub(crate) fn open(
        opening: Opening,
        shared: &Shared,
        around: &Around,
        ids: &mut IdSource,
    ) -> Self {
        match opening {
            Opening::CheckIn { form, day } => {
                Self::check_in(check_in::state::open(form, day, shared, ids))
            }
            Opening::Draft(draft) => Self::CheckIn(check_in::CheckInForm::resume(draft, shared)),
            Opening::Edit(id) => Self::check_in(check_in::state::edit(id, shared)),
            Opening::HelpLines => {
                Self::HelpLines(ListPage::new(overlay::help_lines::HelpPage::default(), 0))
            }
            Opening::Keys => Self::Keys(ListPage::new(
                overlay::keys::KeysPage::new(&around.hints),
                0,
            )),
            Opening::Palette => {
                let palette = overlay::palette::Palette::new(around, shared);
                Self::Palette(Picker::new(palette, shared))
            }
            Opening::Series { slot, now } => Self::Series(
                overlay::series_picker::SeriesPicker::page(slot, now, shared),
            ),
            Opening::Events { span, cursor } => {
                Self::Events(overlay::event_list::EventList::page(span, cursor, shared))
            }
            Opening::Symptoms => Self::Symptoms(ListPage::new(overlay::symptoms::SymptomList, 0)),
            Opening::AfterCut(series, product) => {
                Self::AfterCut(plan::after_cut::AfterCut::new(series, product))
            }
            Opening::Attempts => Self::Attempts(overlay::attempts::AttemptList::page()),
            Opening::Bin => Self::Bin(ListPage::new(overlay::bin::Bin::default(), 0)),
            Opening::Form(kind) => Self::Form(form::FormScreen::new(kind, shared, ids)),
            Opening::Plan(of) => Self::Planner(plan::editor::Planner::new(of, shared, ids)),
            Opening::SafetyCard => Self::card(overlay::card::Card::safety()),
            Opening::FirstSteps => {
                Self::FirstSteps(overlay::first_steps::FirstSteps::new(shared, ids))
            }
            Opening::Missing => Self::ask(questions::missing(shared)),
            Opening::Double => Self::ask(questions::double(shared)),
            Opening::Fill { day, left } => {
                Self::check_in(check_in::state::fill(day, left, shared, ids))
            }
            Opening::Search => Self::Search(Picker::new(overlay::note_search::NoteSearch, shared)),
            Opening::Record(draft) => {
                let kind = FormKind::Record(Box::new(draft));
                Self::Form(form::FormScreen::new(kind, shared, ids))
            }
            Opening::Log => Self::ask(questions::log(shared)),
            Opening::Choose(kind) => Self::begin(kind, shared, ids),
            Opening::About(kind, about) => {
                let draft = Self::kept(kind, shared, |kept| kept.about.as_deref() == Some(&about));
                let draft = draft.unwrap_or_else(|| {
                    let draft = RecordDraft::new(ids.next(shared.now.at), kind, shared.today());
                    validate::prepared(&shared.journal, draft, Some(about))
                });
                let kind = FormKind::Record(Box::new(draft));
                Self::Form(form::FormScreen::new(kind, shared, ids))
            }
            Opening::Calm => Self::card(overlay::card::Card::calm(shared)),
            Opening::Guide(topic) => Self::Guide(guide::GuidePages::over(topic)),
            Opening::Report => Self::Report(overlay::report::ReportPage::new(shared)),
            Opening::Export => Self::ask(questions::export()),
            Opening::TopicSearch => {
                Self::TopicSearch(Picker::new(overlay::guide_search::TopicSearch, shared))
            }
            Opening::Page(title, lines) => Self::card(overlay::card::Card::page(title, lines)),
            Opening::Path(of) => Self::Path(Picker::new(overlay::import::Paths::new(of), shared)),
            Opening::Meaning(column) => {
                let meanings = overlay::import::Meanings::of_column(&column, shared);
                Self::Meaning(Picker::new(meanings, shared))
            }
            Opening::FileQuestion(question) => {
                let answers = overlay::import::Meanings::of_file(question);
                Self::Meaning(Picker::new(answers, shared))
            }
            Opening::Looked(look) => Self::data(Data::Import(look)),
            Opening::Copies(copies) => Self::data(Data::Copies(copies)),
            Opening::HandedOut(lines) => Self::data(Data::HandedOut(lines)),
            Opening::Sure(sure) => Self::data(Data::Sure(sure)),
            Opening::Passphrase(deed) => Self::Passphrase(passphrase::PassphrasePage::new(deed)),
            Opening::PassphraseOf(file) => {
                Self::Passphrase(passphrase::PassphrasePage::of_other(file))
            }
            Opening::OwnKeys => Self::data(Data::Keys(Chosen::default())),
        }
    }

    fn data(data: Data) -> Self {
        let at = data.opens_on();
        Self::Data(ListPage::new(data, at))
    }

    /// A question with its answers.
    pub(crate) fn ask(question: Question) -> Self {
        Self::Ask(overlay::question::Answers::page(question))
    }

    fn card(card: overlay::card::Card) -> Self {
        Self::Card(ListPage::new(card, 0))
    }

    /// What a new record is about, asked where there is more than one answer; then its form.
    fn begin(kind: Kind, shared: &Shared, ids: &mut IdSource) -> Self {
        // A draft of the kind that was kept comes first.
        if let Some(kept) = Self::kept(kind, shared, |_| true) {
            let kind = FormKind::Record(Box::new(kept));
            return Self::Form(form::FormScreen::new(kind, shared, ids));
        }
        let draft = RecordDraft::new(ids.next(shared.now.at), kind, shared.today());
        match questions::choose(&draft, shared) {
            RecordStart::Form(draft) => {
                let kind = FormKind::Record(draft);
                Self::Form(form::FormScreen::new(kind, shared, ids))
            }
            RecordStart::Ask(question) => Self::ask(question),
        }
    }

    /// The latest kept draft of a new record of this kind.
    fn kept(
        kind: Kind,
        shared: &Shared,
        fits: impl Fn(&RecordDraft) -> bool,
    ) -> Option<RecordDraft> {
        let mut kept = shared.drafts.records.iter().rev();
        // The draft of an edit belongs to its stored record and is opened through that.
        let is_new = |kept: &RecordDraft| shared.journal.record(kept.id).is_none();
        kept.find(|kept| kept.kind() == Some(kind) && is_new(kept) && fits(kept))
            .cloned()
    }

    fn check_in(opened: check_in::state::Opened) -> Self {
        match opened {
            check_in::state::Opened::Form(form) => Self::CheckIn(*form),
            check_in::state::Opened::Ask(question) => Self::ask(question),
            check_in::state::Opened::Gone => Self::card(overlay::card::Card::gone()),
        }
    }

    /// `None` when the overlay has no use for the key.
    pub(crate) fn press(&mut self, event: KeyEvent, shared: &Shared) -> Option<Vec<Effect>> {
        on_overlay!(self, screen => keys::press(screen, event, shared))
    }

    /// Does what the key table calls `label`.
    pub(crate) fn choose(&mut self, label: &str, shared: &Shared) -> Option<Vec<Effect>> {
        on_overlay!(self, screen => keys::choose(screen, label, shared))
    }

    /// What the mouse did on it.
    pub(crate) fn pointed(&mut self, at: Pointer, shared: &Shared) -> Vec<Effect> {
        on_overlay!(self, screen => screen.pointed(at, shared))
    }

    /// Pasted text.
    pub(crate) fn paste(&mut self, text: &str, shared: &Shared) -> Vec<Effect> {
        on_overlay!(self, screen => screen.paste(text, shared))
    }

    /// Whether it takes the whole screen, so that nothing of what is under it is in sight.
    pub(crate) fn covers_all(&self) -> bool {
        match self {
            Self::Report(_)
            | Self::Planner(_)
            | Self::AfterCut(_)
            | Self::Guide(_)
            | Self::Search(_)
            | Self::TopicSearch(_) => true,
            Self::CheckIn(_)
            | Self::HelpLines(_)
            | Self::Keys(_)
            | Self::Palette(_)
            | Self::Symptoms(_)
            | Self::Series(_)
            | Self::Events(_)
            | Self::Attempts(_)
            | Self::Bin(_)
            | Self::Form(_)
            | Self::Card(_)
            | Self::FirstSteps(_)
            | Self::Ask(_)
            | Self::Data(_)
            | Self::Path(_)
            | Self::Meaning(_)
            | Self::Passphrase(_) => false,
        }
    }

    /// Draws it over `area`.
    pub(crate) fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        on_overlay!(self, screen => screen.view(shared, frame, area));
    }

    /// Its name.
    pub(crate) fn title(&self) -> &'static str {
        on_overlay!(self, screen => screen.title())
    }

    /// The keys that are valid in it.
    pub(crate) fn hints(&self) -> Vec<Hint> {
        on_overlay!(self, screen => keys::hints(screen.keys()))
    }

    /// Whether letters are letters now.
    pub fn is_typing(&self) -> bool {
        on_overlay!(self, screen => screen.is_typing())
    }

    /// A page to look something up on: opening it again closes it.
    pub(crate) fn is_page(&self) -> bool {
        matches!(
            self,
            Self::HelpLines(_) | Self::Keys(_) | Self::Palette(_) | Self::Guide(_)
        )
    }

    /// What the guide's pages call it in `opens_from`; `None`: the place below it counts.
    pub(crate) fn place(&self) -> Option<&'static str> {
        Some(match self {
            Self::CheckIn(_) => "check-in",
            Self::HelpLines(_) => "help lines",
            Self::Symptoms(_) => "symptoms",
            Self::Attempts(_) => "attempts",
            Self::Planner(_) => "plan",
            Self::Card(_) => "safety card",
            Self::FirstSteps(_) => "first steps",
            _ => return None,
        })
    }

    /// Whether it is the question about words that are not on disk yet.
    pub(crate) fn asks_to_leave(&self) -> bool {
        matches!(self, Self::Ask(ask) if ask.title() == super::leaving::unsaved::TITLE)
    }
}
