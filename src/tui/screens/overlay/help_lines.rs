//! `!`: help lines of one's country, own numbers, and the signs that need help now.
//!
//! Invariant: reachable from everywhere, drawn in any room there is, and never in the way of saving: it is only ever opened
//! over what was there. Looking at another country writes nothing.

use super::list_page::{List, Msg};
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::Setting;
use crate::domain::record::kind::Kind;
use crate::domain::safety::help_lines::{Country, Eyes, help};
use crate::domain::safety::help_page;
use crate::domain::safety::help_page::beside;
use crate::tui::effect::{Effect, FormKind, Opening, Question};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, joined};
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::list::Step;
use crate::tui::widgets::popup::{LongLines, PageLine};

/// The page.
#[derive(Default)]
pub struct HelpPage {
    /// The country that is looked at, where that is not the one chosen.
    looked_at: Option<&'static Country>,
}

/// What can be done on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The next country.
    NextCountry,
    /// The country before.
    PreviousCountry,
    /// The countries, to choose one.
    List,
    /// Add an own number.
    Add,
    /// Edit an own number.
    Edit,
    /// Note that one of the signs happened.
    Note,
    /// Copy the page.
    Copy,
}

static KEYS: [Binding<Msg<Act>>; 21] = joined(
    [
        Binding::row(
            "\u{2190}/\u{2192}",
            Key::RIGHT,
            Msg::Act(Act::NextCountry),
            "country",
        ),
        Binding::footer(Key::char('c'), Msg::Act(Act::List), "all countries"),
        Binding::footer(Key::DOWN, Msg::Go(Step::Next), "down"),
        Binding::footer(Key::char('a'), Msg::Act(Act::Add), "add your own"),
        Binding::help(Key::char('e'), Msg::Act(Act::Edit), "edit your own"),
        Binding::footer(
            Key::char('n'),
            Msg::Act(Act::Note),
            "note a sign that happened",
        ),
        Binding::footer(Key::ESC, Msg::Close, "close"),
        Binding::help(Key::char('y'), Msg::Act(Act::Copy), "copy"),
        Binding::quiet(Key::LEFT, Msg::Act(Act::PreviousCountry), "country"),
        Binding::quiet(Key::char('l'), Msg::Act(Act::NextCountry), "country"),
        Binding::quiet(Key::char('h'), Msg::Act(Act::PreviousCountry), "country"),
        Binding::quiet(Key::ENTER, Msg::Enter, "close"),
    ],
    Msg::LIST_KEYS,
);

impl HelpPage {
    /// The country whose numbers are in sight.
    fn country(&self, shared: &Shared) -> Option<&'static Country> {
        self.looked_at.or_else(|| chosen(shared))
    }

    /// Looks at another country. Nothing is written: a look must not be what undo takes back first.
    fn look(&mut self, by: isize, shared: &Shared) {
        let country = beside(self.country(shared), by);
        let is_chosen = |country: &&Country| code(shared).is_some_and(|code| code == country.code);
        self.looked_at = country.filter(|country| !is_chosen(country));
    }

    /// How the country in sight is kept, while it is only looked at.
    fn remark(&self, shared: &Shared) -> Option<String> {
        let name = &self.looked_at?.name;
        Some(match chosen(shared) {
            Some(chosen) => format!("Enter keeps {name}; Esc goes back to {}.", chosen.name),
            None => format!("{name} is kept when you close this."),
        })
    }

    /// Everything on the page, with its role.
    fn lines(&self, shared: &Shared, remark: Option<String>) -> Vec<PageLine> {
        let own = shared.journal.settings.help_lines.iter().map(|own| {
            let mut marks = vec!["your own".to_owned()];
            marks.extend(shared.journal.mark_of(own.id));
            format!("{}: {} ({})", own.name, own.contact, marks.join(", "))
        });
        let page = help_page::HelpPage {
            country: self.country(shared),
            remark,
            own: own.collect(),
            eyes: Eyes::Own,
            dot: shared.theme.glyph(Glyph::Middle),
        };
        page.lines()
            .into_iter()
            .map(|(line, weight)| (line, Role::from(weight)))
            .collect()
    }
}

/// The code of the country that is chosen.
fn code(shared: &Shared) -> Option<&String> {
    shared.journal.settings.country.as_ref()
}

/// The country that is chosen.
fn chosen(shared: &Shared) -> Option<&'static Country> {
    code(shared).and_then(|code| help().country(code))
}

/// Has the help lines be those of this country.
fn choose(country: &Country, shared: &Shared) -> Effect {
    let change = Change::Set(Setting::Country(country.code.to_owned()));
    Effect::write(&shared.journal, change, &shared.now)
}

/// Every country there is, to choose one.
fn countries(shared: &Shared) -> Question {
    let answer = |country: &Country| {
        let effects = vec![Effect::Close, choose(country, shared)];
        (country.name.to_owned(), effects)
    };
    Question {
        title: "Help lines",
        text: "Of which country?".to_owned(),
        answers: help().countries.iter().map(answer).collect(),
    }
}

/// The whole page, for a message or a telephone.
fn copy(page: &HelpPage, shared: &Shared) -> Vec<Effect> {
    let lines = page.lines(shared, None).into_iter().map(|(line, _)| line);
    vec![Effect::Copy {
        text: lines.collect::<Vec<_>>().join("\n"),
        what: "the help lines".to_owned(),
    }]
}

/// Which own help line to edit.
fn edit(shared: &Shared) -> Vec<Effect> {
    let own = &shared.journal.settings.help_lines;
    match own.as_slice() {
        [] => vec![Effect::Say(
            "There is no number of your own yet; a adds one.".to_owned(),
        )],
        [one] => vec![Effect::Open(Opening::Form(FormKind::EditHelpLine(one.id)))],
        several => {
            let open = |id| {
                vec![
                    Effect::Close,
                    Effect::Open(Opening::Form(FormKind::EditHelpLine(id))),
                ]
            };
            let answers = several
                .iter()
                .map(|line| (line.name.clone(), open(line.id)))
                .collect();
            vec![Effect::Ask(Question {
                title: "Your own numbers",
                text: "Which one?".to_owned(),
                answers,
            })]
        }
    }
}

impl List for HelpPage {
    type Act = Act;

    const LONG: LongLines = LongLines::Read;

    fn title(&self) -> &'static str {
        "Help lines"
    }

    fn keys(&self) -> &'static [Binding<Msg<Act>>] {
        &KEYS
    }

    fn rows(&self, shared: &Shared) -> Vec<Vec<PageLine>> {
        self.lines(shared, self.remark(shared))
            .into_iter()
            .map(|line| vec![line])
            .collect()
    }

    fn enter(&mut self, _at: usize, shared: &Shared) -> Vec<Effect> {
        let kept = self.looked_at.map(|country| choose(country, shared));
        std::iter::once(Effect::Close).chain(kept).collect()
    }

    fn close(&mut self, shared: &Shared) -> Vec<Effect> {
        // Whoever finds a country at first use has it the next time too.
        match chosen(shared) {
            None => self.enter(0, shared),
            Some(_) => vec![Effect::Close],
        }
    }

    fn act(&mut self, act: Act, at: &mut usize, shared: &Shared) -> Vec<Effect> {
        // The numbers stand at the top: whoever chooses a country has to see them.
        if matches!(act, Act::NextCountry | Act::PreviousCountry | Act::List) {
            *at = 0;
        }
        match act {
            Act::NextCountry | Act::PreviousCountry => {
                self.look(if act == Act::NextCountry { 1 } else { -1 }, shared);
                Vec::new()
            }
            Act::List => {
                self.looked_at = None;
                vec![Effect::Ask(countries(shared))]
            }
            Act::Add => vec![Effect::Open(Opening::Form(FormKind::AddHelpLine))],
            Act::Edit => edit(shared),
            Act::Note => vec![Effect::Open(Opening::Choose(Kind::Sign))],
            Act::Copy => copy(self, shared),
        }
    }
}
