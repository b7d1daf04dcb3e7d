//! The keys that are valid on every screen, and their meaning.

use super::Binding;
use super::input::Key;
use crate::tui::tab::Tab;

/// The meaning of a global key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Global {
    /// Full check-in.
    CheckIn,
    /// Brief check-in.
    Brief,
    /// Undo the last step.
    Undo,
    /// Redo the last undone step.
    Redo,
    /// Search in the notes.
    Search,
    /// Every action by name.
    Palette,
    /// The page of the guide about the visible screen.
    ReadAbout,
    /// Help lines and red flags.
    HelpLines,
    /// All keys.
    Keys,
    /// Switch the mouse on or off.
    Mouse,
    /// The locked page.
    Lock,
    /// Nothing in sight until the next key.
    Blank,
    /// Leave.
    Quit,
    /// A dose, as last time.
    Dose,
    /// An urge.
    Urge,
    /// A calm page.
    Calm,
    /// A tab.
    Tab(Tab),
    /// The tab to the right.
    NextTab,
    /// The tab to the left.
    PreviousTab,
}

/// The keys that are valid on every screen.
pub const GLOBAL: &[Binding<Global>] = &[
    Binding::footer(Key::char('c'), Global::CheckIn, "check-in"),
    Binding::footer(Key::char('b'), Global::Brief, "brief"),
    Binding::footer(Key::char('d'), Global::Dose, "dose"),
    Binding::footer(Key::char('u'), Global::Urge, "urge"),
    Binding::help(Key::char('Y'), Global::Calm, "a calm page"),
    Binding::help(Key::char('z'), Global::Undo, "undo"),
    Binding::help(Key::char('Z'), Global::Redo, "redo"),
    Binding::help(Key::char('/'), Global::Search, "search notes"),
    Binding::help(Key::char(':'), Global::Palette, "every action by name"),
    Binding::help(Key::char('i'), Global::ReadAbout, "read about this"),
    Binding::help(Key::char('!'), Global::HelpLines, "help lines"),
    Binding::help(Key::char('?'), Global::Keys, "keys"),
    Binding::help(Key::char('M'), Global::Mouse, "mouse on or off"),
    Binding::help(Key::char('L'), Global::Lock, "lock the screen"),
    // It has to work while a person types too, and in every terminal; elsewhere Ctrl-L draws the screen anew, which harms nobody.
    Binding::help(Key::ctrl('l'), Global::Blank, "hide the screen"),
    Binding::help(Key::char('1'), Global::Tab(Tab::Today), "Today"),
    Binding::help(Key::char('2'), Global::Tab(Tab::Trends), "Trends"),
    Binding::help(Key::char('3'), Global::Tab(Tab::History), "History"),
    Binding::help(Key::char('4'), Global::Tab(Tab::Plan), "Plan"),
    Binding::help(Key::char('5'), Global::Tab(Tab::Care), "Care"),
    Binding::help(Key::char('7'), Global::Tab(Tab::Guide), "Guide"),
    Binding::help(Key::char('8'), Global::Tab(Tab::Settings), "Settings"),
    Binding::quiet(Key::TAB, Global::NextTab, "next tab"),
    Binding::quiet(Key::BACK_TAB, Global::PreviousTab, "previous tab"),
    // A letter would be typed into a text field, so help lines need a key that types nothing.
    Binding::quiet(
        Key::function(1),
        Global::HelpLines,
        "help lines, also while typing",
    ),
    Binding::footer(Key::char('q'), Global::Quit, "quit"),
    // In raw mode Ctrl-C is a key, and everybody expects it to end a program.
    Binding::quiet(Key::ctrl('c'), Global::Quit, "quit, drafts are kept"),
];
