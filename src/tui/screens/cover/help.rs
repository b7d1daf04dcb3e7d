//! `!` over a cover: numbers and red flags for anybody's eyes, without a word of the journal and of what it is about.
//!
//! Own numbers stand here only where the config file has them: there they lie readable, which the person agreed to.

use super::read;
use crate::config::settings::ConfigKey;
use crate::domain::safety::help_lines::{Country, Eyes, help};
use crate::domain::safety::help_page::{HelpPage, beside};
use crate::tui::effect::{Covering, Effect};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::popup::PageLine;
use ratatui::layout::Rect;

/// The page.
#[derive(Default)]
pub struct CoveredHelp {
    /// The country that is looked at, where that is not the usual one.
    looked_at: Option<&'static Country>,
    top: usize,
}

/// What can be done on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// The next country.
    Next,
    /// The country before.
    Previous,
    /// To another line.
    Go(Step),
    /// Back.
    Close,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::row("\u{2190}/\u{2192}", Key::RIGHT, Msg::Next, "country"),
    Binding::row(
        "\u{2191} \u{2193}",
        Key::DOWN,
        Msg::Go(Step::Next),
        "read on",
    ),
    Binding::footer(Key::ESC, Msg::Close, "close"),
    Binding::quiet(Key::LEFT, Msg::Previous, "country"),
    Binding::quiet(Key::ENTER, Msg::Close, "close"),
    Binding::quiet(Key::char('!'), Msg::Close, "close"),
    Binding::quiet(Key::function(1), Msg::Close, "close"),
    Binding::quiet(Key::UP, Msg::Go(Step::Previous), "back up"),
    Binding::quiet(Key::char('j'), Msg::Go(Step::Next), "read on"),
    Binding::quiet(Key::char('k'), Msg::Go(Step::Previous), "back up"),
    Binding::quiet(Key::char(' '), Msg::Go(Step::PageDown), "a page down"),
    Binding::quiet(Key::PAGE_DOWN, Msg::Go(Step::PageDown), "a page down"),
    Binding::quiet(Key::PAGE_UP, Msg::Go(Step::PageUp), "a page up"),
    Binding::quiet(Key::HOME, Msg::Go(Step::First), "first"),
    Binding::quiet(Key::END, Msg::Go(Step::Last), "last"),
];

/// The country that is known without the journal's help, or that the journal still says.
fn known(shared: &Shared) -> Option<&'static Country> {
    let of_config = help().country(shared.config.value(ConfigKey::HelpCountry));
    let of_journal = shared.journal.settings.country.as_deref();
    of_config.or_else(|| of_journal.and_then(|code| help().country(code)))
}

impl CoveredHelp {
    fn country(&self, shared: &Shared) -> Option<&'static Country> {
        self.looked_at.or_else(|| known(shared))
    }

    fn lines(&self, shared: &Shared) -> Vec<PageLine> {
        let page = HelpPage {
            country: self.country(shared),
            remark: None,
            own: own_numbers(shared),
            eyes: Eyes::Anybody,
            dot: shared.theme.glyph(Glyph::Middle),
        };
        page.lines()
            .into_iter()
            .map(|(line, weight)| (line, Role::from(weight)))
            .collect()
    }

    /// Whoever finds a country here for the first time has it the next time too.
    fn close(&self, shared: &Shared) -> Vec<Effect> {
        let found = self.looked_at.filter(|_| known(shared).is_none());
        let kept = found.map(|country| Effect::Configure {
            key: ConfigKey::HelpCountry,
            value: country.code.to_owned(),
        });
        std::iter::once(Effect::Cover(Covering::Away))
            .chain(kept)
            .collect()
    }
}

/// The person's own numbers, as far as they lie readable in the config file.
fn own_numbers(shared: &Shared) -> Vec<String> {
    let numbers = shared.config.value(ConfigKey::HelpNumbers).split(';');
    numbers
        .map(str::trim)
        .filter(|number| !number.is_empty())
        .map(|number| format!("{number} (your own)"))
        .collect()
}

impl Screen for CoveredHelp {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        "Help lines"
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        match msg {
            Msg::Next | Msg::Previous => {
                let by = if msg == Msg::Next { 1 } else { -1 };
                self.looked_at = beside(self.country(shared), by);
                // The numbers stand at the top: whoever chooses a country has to see them.
                self.top = 0;
            }
            Msg::Go(step) => self.top = step.target(self.top, self.lines(shared).len()),
            Msg::Close => return self.close(shared),
        }
        Vec::new()
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let lines = self.lines(shared);
        read(frame, area, self.title(), &lines, self.top, shared);
    }
}
