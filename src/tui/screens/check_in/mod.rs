//! The check-in: full and brief.
//!
//! ```text
//! ╭ Check-in ────────── Sun 22 Nov 2026, 08:12 · day 9 · counts for today ─╮
//! │ Body                     last 21 Nov │ Mind               last 21 Nov  │
//! │ ▌ Nausea   0 1[2]3 4  moderate     3 │   Anxiety  0 1 2 3 4         2  │
//! ├──────────────────────────────────────┴─────────────────────────────────┤
//! │ Feeling sick to the stomach …                        3 of 18 answered  │
//! │ Overall, how hard is today?  – / 10      Note –                        │
//! ╰────────────────────────────────────────────────────────────────────────╯
//! ```
//!
//! Invariant: only a digit, ←/→, `=` or `A` gives a symptom an answer; everything else leaves it blank. Every change goes to the
//! draft at once; leaving in any way keeps it.

mod beside;
mod finder;
mod foot;
mod side;
pub(super) mod state;
pub(super) mod view;

use crate::domain::check_in::sitting::Field;
use crate::domain::check_in::{Form, Overall};
use crate::domain::text::words;
use crate::tui::effect::Effect;
use crate::tui::keys::input::{Key, azerty_digit};
use crate::tui::keys::{Binding, Screen, Typed, joined};
use crate::tui::shared::Shared;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::text_field::{Handled, Shape, TextField};
use finder::Finder;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
pub(crate) use state::CheckInForm;
use state::{DAY_LIMIT, NOTE_LIMIT, Typing};

/// What a person may mean on the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Give this number and go on.
    Rate(u8),
    /// Ten, on the overall.
    Ten,
    /// A sign of the hours slept.
    Slept(char),
    /// One less.
    Less,
    /// One more.
    More,
    /// Leave blank and go on.
    Skip,
    /// Take the answer away and go back.
    Clear,
    /// As last time.
    Same,
    /// The rest as last time.
    RestSame,
    /// The next field.
    Next,
    /// The field before.
    Previous,
    /// The first field.
    First,
    /// The last field.
    Last,
    /// To the other column.
    Across,
    /// To the overall.
    ToOverall,
    /// Write the note.
    Note,
    /// Choose the day.
    Day,
    /// Leave this missing day and go on with the next.
    SkipDay,
    /// Save.
    Save,
    /// Keep the draft and close.
    Leave,
    /// Leave the note or the day as typed.
    Done,
    /// Leave the day as it was.
    Cancel,
    /// A day earlier.
    DayBack,
    /// A day later.
    DayOn,
    /// Look for something else.
    Beside,
    /// Take the row in focus among what was found.
    Take,
    /// To another row of what was found.
    Pick(Step),
    /// Ask for it from now on, or this time only.
    Stay,
    /// Ask for it no longer.
    AskNoLonger,
    /// Let it rest, or end its rest.
    Rest,
    /// Ask for what rests.
    ShowResting,
    /// Move the row up.
    MoveUp,
    /// Move the row down.
    MoveDown,
}

/// What moves between the rows and changes a number, whatever is rated.
const ROWS: [Binding<Msg>; 14] = [
    Binding::help(Key::BACKSPACE, Msg::Clear, "clear and go back"),
    Binding::help(Key::LEFT, Msg::Less, "one less"),
    Binding::help(Key::RIGHT, Msg::More, "one more"),
    Binding::help(Key::DOWN, Msg::Next, "next"),
    Binding::help(Key::UP, Msg::Previous, "previous"),
    Binding::quiet(Key::char('h'), Msg::Less, "one less"),
    Binding::quiet(Key::char('l'), Msg::More, "one more"),
    Binding::quiet(Key::char('j'), Msg::Next, "next"),
    Binding::quiet(Key::char('k'), Msg::Previous, "previous"),
    Binding::quiet(Key::TAB, Msg::Next, "next"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "previous"),
    Binding::quiet(Key::HOME, Msg::First, "first"),
    Binding::quiet(Key::END, Msg::Last, "last"),
    Binding::quiet(Key::ctrl('s'), Msg::Save, "save"),
];

const RATING: [Binding<Msg>; 38] = joined(
    [
        // First, because a narrow footer leaves out the last keys.
        Binding::footer(Key::ENTER, Msg::Save, "save"),
        Binding::quiet(Key::char('0'), Msg::Rate(0), "none"),
        Binding::quiet(Key::char('1'), Msg::Rate(1), "mild"),
        Binding::quiet(Key::char('2'), Msg::Rate(2), "moderate"),
        Binding::quiet(Key::char('3'), Msg::Rate(3), "severe"),
        Binding::row("0\u{2013}4", Key::char('4'), Msg::Rate(4), "rate"),
        Binding::footer(Key::char('.'), Msg::Skip, "blank"),
        Binding::footer(Key::char('='), Msg::Same, "as last time"),
        Binding::footer(Key::char('A'), Msg::RestSame, "rest as last time"),
        Binding::footer(Key::char('+'), Msg::Beside, "something else"),
        Binding::footer(Key::char('n'), Msg::Note, "note"),
        Binding::footer(Key::char('o'), Msg::ToOverall, "overall"),
        Binding::footer(Key::ESC, Msg::Leave, "keep draft"),
        Binding::help(Key::char('D'), Msg::Day, "the day it counts for"),
        Binding::help(Key::char('x'), Msg::AskNoLonger, "ask no longer"),
        Binding::help(Key::char('r'), Msg::Rest, "let it rest, or wake it"),
        Binding::help(Key::char('R'), Msg::ShowResting, "show what rests"),
        Binding::help(Key::char('K'), Msg::MoveUp, "move it up"),
        Binding::help(Key::char('J'), Msg::MoveDown, "move it down"),
        Binding::quiet(Key::char(' '), Msg::Across, "the other column"),
        Binding::quiet(Key::char('g'), Msg::First, "first"),
        Binding::quiet(Key::char('G'), Msg::Last, "last"),
        Binding::quiet(Key::PAGE_UP, Msg::Across, "the other column"),
        Binding::quiet(Key::PAGE_DOWN, Msg::Across, "the other column"),
    ],
    ROWS,
);

static LISTED: [Binding<Msg>; 38] = RATING;

/// On a row that is asked beside the list.
static BESIDE_THE_LIST: [Binding<Msg>; 39] = joined(
    // Here `k` is not the row above: ↑ is.
    [Binding::footer(
        Key::char('k'),
        Msg::Stay,
        "ask from now on",
    )],
    RATING,
);

/// On something good.
static GOOD: [Binding<Msg>; 27] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Save, "save"),
        Binding::quiet(Key::char('0'), Msg::Rate(0), "none"),
        Binding::quiet(Key::char('1'), Msg::Rate(1), "a little"),
        Binding::quiet(Key::char('2'), Msg::Rate(2), "some"),
        Binding::quiet(Key::char('3'), Msg::Rate(3), "a good deal"),
        Binding::row("0\u{2013}4", Key::char('4'), Msg::Rate(4), "how much"),
        Binding::footer(Key::char('.'), Msg::Skip, "blank"),
        Binding::footer(Key::char('n'), Msg::Note, "note"),
        Binding::footer(Key::char('o'), Msg::ToOverall, "overall"),
        Binding::footer(Key::char('+'), Msg::Beside, "something else"),
        Binding::help(Key::ESC, Msg::Leave, "keep draft"),
        Binding::help(Key::char('D'), Msg::Day, "the day it counts for"),
        Binding::quiet(Key::char('='), Msg::Same, "as last time"),
    ],
    ROWS,
);

/// On the hours slept: signs are typed one by one, as in a field.
static SLEEP: [Binding<Msg>; 27] = [
    Binding::footer(Key::ENTER, Msg::Save, "save"),
    Binding::quiet(Key::char('0'), Msg::Slept('0'), "0"),
    Binding::quiet(Key::char('1'), Msg::Slept('1'), "1"),
    Binding::quiet(Key::char('2'), Msg::Slept('2'), "2"),
    Binding::quiet(Key::char('3'), Msg::Slept('3'), "3"),
    Binding::quiet(Key::char('4'), Msg::Slept('4'), "4"),
    Binding::quiet(Key::char('5'), Msg::Slept('5'), "5"),
    Binding::quiet(Key::char('6'), Msg::Slept('6'), "6"),
    Binding::quiet(Key::char('7'), Msg::Slept('7'), "7"),
    Binding::quiet(Key::char('8'), Msg::Slept('8'), "8"),
    Binding::row("0\u{2013}9", Key::char('9'), Msg::Slept('9'), "hours"),
    Binding::footer(Key::char('.'), Msg::Slept('.'), "point"),
    Binding::quiet(Key::char(','), Msg::Slept('.'), "point"),
    Binding::quiet(Key::char(':'), Msg::Slept(':'), "hours and minutes"),
    Binding::quiet(Key::char('h'), Msg::Slept('h'), "hours and minutes"),
    Binding::footer(Key::BACKSPACE, Msg::Clear, "clear"),
    Binding::footer(Key::char('n'), Msg::Note, "note"),
    Binding::footer(Key::char('o'), Msg::ToOverall, "overall"),
    Binding::footer(Key::char('+'), Msg::Beside, "something else"),
    Binding::help(Key::ESC, Msg::Leave, "keep draft"),
    Binding::help(Key::char('D'), Msg::Day, "the day it counts for"),
    Binding::help(Key::UP, Msg::Previous, "previous"),
    Binding::quiet(Key::char('k'), Msg::Previous, "previous"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "previous"),
    Binding::quiet(Key::HOME, Msg::First, "first"),
    Binding::quiet(Key::char('g'), Msg::First, "first"),
    Binding::quiet(Key::ctrl('s'), Msg::Save, "save"),
];

/// While something else is looked for.
const FINDING: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Take, "take it"),
    Binding::footer(Key::DOWN, Msg::Pick(Step::Next), "next"),
    Binding::footer(Key::ESC, Msg::Cancel, "back to the ratings"),
    Binding::quiet(Key::UP, Msg::Pick(Step::Previous), "previous"),
    Binding::quiet(Key::TAB, Msg::Pick(Step::Next), "next"),
    Binding::quiet(Key::BACK_TAB, Msg::Pick(Step::Previous), "previous"),
    Binding::quiet(Key::PAGE_DOWN, Msg::Pick(Step::PageDown), "a page down"),
    Binding::quiet(Key::PAGE_UP, Msg::Pick(Step::PageUp), "a page up"),
    Binding::quiet(Key::ctrl('s'), Msg::Save, "save"),
];

/// The numbers of the overall.
const NUMBERS: [Binding<Msg>; 11] = [
    Binding::quiet(Key::char('0'), Msg::Rate(0), "0"),
    Binding::quiet(Key::char('1'), Msg::Rate(1), "1"),
    Binding::quiet(Key::char('2'), Msg::Rate(2), "2"),
    Binding::quiet(Key::char('3'), Msg::Rate(3), "3"),
    Binding::quiet(Key::char('4'), Msg::Rate(4), "4"),
    Binding::quiet(Key::char('5'), Msg::Rate(5), "5"),
    Binding::quiet(Key::char('6'), Msg::Rate(6), "6"),
    Binding::quiet(Key::char('7'), Msg::Rate(7), "7"),
    Binding::quiet(Key::char('8'), Msg::Rate(8), "8"),
    Binding::row("0\u{2013}9", Key::char('9'), Msg::Rate(9), "overall"),
    Binding::footer(Key::char('t'), Msg::Ten, "ten (or 1 0)"),
];

/// The keys behind it, of one check-in as of filled days.
const MOVES: [Binding<Msg>; 15] = [
    Binding::help(Key::BACKSPACE, Msg::Clear, "clear and go back"),
    Binding::help(Key::LEFT, Msg::Less, "one less"),
    Binding::help(Key::RIGHT, Msg::More, "one more"),
    Binding::help(Key::UP, Msg::Previous, "previous"),
    Binding::quiet(Key::DOWN, Msg::Next, "next"),
    Binding::quiet(Key::char('h'), Msg::Less, "one less"),
    Binding::quiet(Key::char('l'), Msg::More, "one more"),
    Binding::quiet(Key::char('j'), Msg::Next, "next"),
    Binding::quiet(Key::char('k'), Msg::Previous, "previous"),
    Binding::quiet(Key::TAB, Msg::Next, "next"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "previous"),
    Binding::quiet(Key::HOME, Msg::First, "first"),
    Binding::quiet(Key::char('g'), Msg::First, "first"),
    Binding::quiet(Key::char('='), Msg::Same, "as last time"),
    Binding::quiet(Key::ctrl('s'), Msg::Save, "save"),
];

static OVERALL: [Binding<Msg>; 32] = joined(
    joined::<_, 11, 6, 17>(
        NUMBERS,
        [
            Binding::footer(Key::ENTER, Msg::Save, "save"),
            Binding::footer(Key::char('.'), Msg::Skip, "blank"),
            Binding::footer(Key::char('n'), Msg::Note, "note"),
            Binding::footer(Key::char('+'), Msg::Beside, "something else"),
            Binding::footer(Key::char('D'), Msg::Day, "day"),
            Binding::footer(Key::ESC, Msg::Leave, "keep draft"),
        ],
    ),
    MOVES,
);

/// While missing days are filled: each key of the overall, and one to skip a day.
static FILLING: [Binding<Msg>; 31] = joined(
    joined::<_, 11, 5, 16>(
        NUMBERS,
        [
            Binding::footer(Key::ENTER, Msg::Save, "save, next day"),
            // `.` leaves a field blank everywhere; here it leaves the whole day blank.
            Binding::quiet(Key::char('.'), Msg::SkipDay, "skip this day"),
            Binding::footer(Key::char('n'), Msg::Note, "note"),
            Binding::footer(Key::char('s'), Msg::SkipDay, "skip this day"),
            Binding::footer(Key::ESC, Msg::Leave, "stop filling"),
        ],
    ),
    MOVES,
);

// Enter is a new line in the note, so saving has a key of its own.
const NOTE: &[Binding<Msg>] = &[
    Binding::footer(Key::ctrl('s'), Msg::Save, "save"),
    Binding::footer(Key::ESC, Msg::Done, "back to the ratings, the note is kept"),
    Binding::quiet(Key::TAB, Msg::Done, "back to the ratings"),
];

const DAY: &[Binding<Msg>] = &[
    Binding::footer(Key::UP, Msg::DayBack, "a day earlier"),
    Binding::footer(Key::DOWN, Msg::DayOn, "a day later"),
    Binding::footer(Key::ENTER, Msg::Done, "take this day"),
    Binding::footer(Key::ESC, Msg::Cancel, "leave it as it was"),
    Binding::quiet(Key::ctrl('s'), Msg::Save, "save"),
];

impl Screen for CheckInForm {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        if self.left.is_some() {
            return "Fill a missing day";
        }
        self.draft().title()
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        match (&self.typing, self.focus) {
            (Some(Typing::Note(_)), _) => NOTE,
            (Some(Typing::Day(_)), _) => DAY,
            (Some(Typing::Beside(_)), _) => FINDING,
            (None, Field::Row(_)) if self.is_on_extra() => &BESIDE_THE_LIST,
            (None, Field::Row(_)) => &LISTED,
            (None, Field::Good) => &GOOD,
            (None, Field::Sleep) => &SLEEP,
            (None, _) if self.left.is_some() => &FILLING,
            (None, _) => &OVERALL,
        }
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        // A remark is about one key; the next key ends it.
        self.remark = None;
        // Only a 0 directly after a 1 makes ten; any other key in between ends that.
        let one_was_pending = std::mem::take(&mut self.one_pending);
        // Who moves on by hand stays where they went.
        if matches!(
            msg,
            Msg::Next | Msg::Previous | Msg::First | Msg::Last | Msg::Across
        ) {
            self.back_to = None;
        }
        match msg {
            Msg::Rate(number) => {
                self.one_pending = one_was_pending;
                return self.rate(number);
            }
            Msg::Ten => {
                self.sitting.rate(self.focus, Overall::TOP);
                self.go(1);
                return self.changed();
            }
            Msg::Slept(sign) => return self.type_sleep(sign),
            Msg::Less => return self.step(-1),
            Msg::More => return self.step(1),
            Msg::Skip => {
                self.sitting.blank(self.focus);
                self.go(1);
                return self.changed();
            }
            Msg::Clear if self.focus == Field::Sleep => return self.clear_sleep(),
            Msg::Clear => {
                // On an answered field it clears; the next Backspace goes back and clears there.
                if self.sitting.number(self.focus).is_none() {
                    self.go(-1);
                }
                self.sitting.blank(self.focus);
                return self.changed();
            }
            Msg::Same => return self.same(),
            Msg::RestSame => return self.rest_same(),
            Msg::Next => self.go(1),
            Msg::Previous => self.go(-1),
            // Far beyond either end: `go` stops at the first field and at the last.
            Msg::First => self.go(isize::MIN / 2),
            Msg::Last => self.go(isize::MAX / 2),
            Msg::Across => self.across(),
            Msg::ToOverall => self.focus = Field::Overall,
            Msg::Note => {
                self.typing = Some(Typing::Note(TextField::new(
                    Shape::ManyLines,
                    NOTE_LIMIT,
                    &self.draft().note,
                )));
            }
            Msg::Day => {
                self.typing = Some(Typing::Day(TextField::offering(
                    Shape::OneLine,
                    DAY_LIMIT,
                    &self.draft().day.to_string(),
                )));
            }
            Msg::SkipDay => return self.skip_day(),
            Msg::Save => {
                // A day that is still being typed counts; one that cannot be read is said, and nothing is saved.
                if matches!(self.typing, Some(Typing::Day(_))) {
                    let effects = self.done_typing(shared);
                    if self.typing.is_some() {
                        return effects;
                    }
                }
                return self.save(shared);
            }
            Msg::Leave => return self.leave(),
            Msg::Done => return self.done_typing(shared),
            Msg::Cancel => self.typing = None,
            Msg::DayBack => self.move_day(-1),
            Msg::DayOn => self.move_day(1),
            Msg::Beside if self.draft().form == Form::Brief => {
                self.remark =
                    Some("A brief check-in is one number; c is the one with symptoms.".to_owned());
            }
            Msg::Beside => self.typing = Some(Typing::Beside(Finder::new())),
            Msg::Take => return self.take(shared),
            Msg::Pick(step) => self.pick(step, shared),
            Msg::Stay => return self.switch_extra(),
            Msg::AskNoLonger => return self.ask_no_longer(shared),
            Msg::Rest => return self.rest_here(shared),
            Msg::ShowResting => return self.show_resting(shared),
            Msg::MoveUp => return self.move_row(-1, shared),
            Msg::MoveDown => return self.move_row(1, shared),
        }
        Vec::new()
    }

    fn is_typing(&self) -> bool {
        self.typing.is_some()
    }

    fn typed(&mut self, key: KeyEvent, shared: &Shared) -> Typed {
        match &mut self.typing {
            Some(Typing::Note(field)) => match field.handle(key) {
                Handled::Edited => {
                    self.sitting.draft.note = field.value();
                    Typed::Taken(self.changed())
                }
                Handled::Full { .. } => {
                    self.remark = Some("The note is as long as a note can be.".to_owned());
                    Typed::Taken(Vec::new())
                }
                Handled::Moved => Typed::Taken(Vec::new()),
                Handled::Ignored => Typed::Ignored,
            },
            Some(Typing::Day(field)) => match field.handle(key) {
                Handled::Ignored => Typed::Ignored,
                Handled::Edited | Handled::Moved | Handled::Full { .. } => Typed::Taken(Vec::new()),
            },
            Some(Typing::Beside(finder)) => match finder.field.handle(key) {
                Handled::Ignored => Typed::Ignored,
                Handled::Edited | Handled::Moved | Handled::Full { .. } => {
                    finder.restart();
                    Typed::Taken(Vec::new())
                }
            },
            None => match key.code {
                // The digit row of an AZERTY keyboard, unshifted.
                KeyCode::Char(letter) => match azerty_digit(letter) {
                    Some(digit) if self.focus == Field::Sleep => {
                        let sign = char::from(b'0' + digit);
                        Typed::Taken(self.update(Msg::Slept(sign), shared))
                    }
                    Some(digit) if digit <= 4 || self.focus == Field::Overall => {
                        Typed::Taken(self.update(Msg::Rate(digit), shared))
                    }
                    _ => Typed::Ignored,
                },
                _ => Typed::Ignored,
            },
        }
    }

    fn paste(&mut self, text: &str, _shared: &Shared) -> Vec<Effect> {
        match &mut self.typing {
            Some(Typing::Note(field)) => {
                if let Handled::Full { left_out } = field.paste(text) {
                    let left = words::count(left_out, "character", "characters");
                    self.remark = Some(format!(
                        "The note is as long as a note can be; {left} were left out."
                    ));
                }
                self.sitting.draft.note = field.value();
                self.changed()
            }
            Some(Typing::Day(field)) => {
                field.paste(text);
                Vec::new()
            }
            Some(Typing::Beside(finder)) => {
                finder.field.paste(text);
                finder.restart();
                Vec::new()
            }
            None => {
                // Digits in a pasted text must not rate anything.
                self.remark = Some("Pasted text goes into the note: n opens it.".to_owned());
                Vec::new()
            }
        }
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        view::draw(self, shared, frame, area);
    }
}
