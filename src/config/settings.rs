//! The registry of all settings. The Settings screen, plain mode, `ebb config` and the reader of the config file derive from
//! it.
//!
//! A new key of the config file is a row of [`ConfigKey`]. A new setting of the journal is a row in
//! `crate::domain::journal::settings` and a row of [`Topic`]. Its place on the screen is an entry of [`GROUPS`].

use crate::domain::dose::product;
use crate::domain::journal::Journal;
use crate::domain::safety::help_lines::help;
use std::fmt;

/// A row of the Settings screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SettingRow {
    /// Its name.
    pub(crate) label: &'static str,
    /// Its effect, where it is stored, and what Enter opens.
    pub(crate) about: &'static str,
}

/// A word of plain mode's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlainWord {
    /// The word that the person types.
    pub(crate) word: &'static str,
    /// Its effect, in few words.
    pub(crate) does: &'static str,
}

/// The facts of a key of the config file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyFacts {
    /// Its name in the file, on the command line and in plain mode.
    pub(crate) name: &'static str,
    /// Its value if the file does not set it.
    pub(crate) default: &'static str,
    /// Its values, each beside its words on the Settings screen; empty: any text.
    pub(crate) values: &'static [(&'static str, &'static str)],
    /// One line about its effect.
    pub(crate) about: &'static str,
    /// Whether it changes how days and times are written. Such a key takes effect at once.
    pub(crate) is_manner: bool,
    /// Its row on the Settings screen.
    pub(crate) row: Option<SettingRow>,
}

/// The facts of a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopicFacts {
    /// Its word in plain mode.
    pub(crate) plain: Option<PlainWord>,
    /// The key of the journal's setting that it changes; `None` if it opens a list or a page.
    pub(crate) setting: Option<&'static str>,
    /// Its row on the Settings screen.
    pub(crate) row: Option<SettingRow>,
}

/// A setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// A key of the config file.
    Key(ConfigKey),
    /// A setting of the journal, or a list or page that Settings opens.
    Topic(Topic),
}

// The variants, their list and their rows come from one place, so that no row can be missing from the list.
/// An enum with a variant for each row, the list of them all, and the rows.
macro_rules! registry {
    ($(#[$about:meta])* $registry:ident -> $facts:ident { $($name:ident => $row:expr,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $registry {
            $(#[doc = concat!("The row `", stringify!($name), "`.")] $name,)*
        }

        impl $registry {
            /// All of them, in the order in which lists name them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its facts.
            pub const fn facts(self) -> $facts {
                match self { $(Self::$name => $row,)* }
            }
        }
    };
}

const fn row(label: &'static str, about: &'static str) -> SettingRow {
    SettingRow { label, about }
}

const fn plain(word: &'static str, does: &'static str) -> PlainWord {
    PlainWord { word, does }
}

const SWITCH: &[(&str, &str)] = &[("false", "off"), ("true", "on")];

registry! {
    /// A key of the config file; the order is that of the file.
    ConfigKey -> KeyFacts {
        Journal => KeyFacts {
            name: "journal", default: "", values: &[], is_manner: false,
            about: "Where the journal lies. --journal and EBB_JOURNAL come first; empty: the usual place, see `ebb paths`.",
            row: None,
        },
        Color => KeyFacts {
            name: "color", default: "auto", is_manner: false,
            values: &[("auto", "auto"), ("always", "always"), ("never", "never")],
            about: "Colours. auto: unless NO_COLOR is set. --color comes first.",
            row: Some(row("Colours", "auto goes by the terminal and NO_COLOR. Nothing is said by colour alone. Kept in the config file.")),
        },
        Glyphs => KeyFacts {
            name: "glyphs", default: "auto", is_manner: false,
            values: &[
                ("auto", "auto"),
                ("octant", "octants, the finest"),
                ("braille", "braille and eighths"),
                ("block", "blocks"),
                ("ascii", "letters alone"),
            ],
            about: "Signs of boxes and charts: auto, octant, braille, block or ascii. auto: as terminal and locale can show them.",
            row: Some(row("Signs", "How fine lines and columns are drawn, shown at once. If a sign is missing or too wide in your terminal, take the next one; letters alone work everywhere. auto goes by the terminal and the locale. Kept in the config file.")),
        },
        Theme => KeyFacts {
            name: "theme", default: "terminal", is_manner: false,
            values: &[
                ("terminal", "the terminal's own"),
                ("light", "light"),
                ("contrast", "high contrast"),
                ("mono", "without colour"),
                ("safe-dark", "steps by lightness, dark"),
                ("safe-light", "steps by lightness, light"),
            ],
            about: "Colours of all screens: the terminal's own ground, light, high contrast, without colour, or a pair whose steps differ in lightness for every eye.",
            row: Some(row("Theme", "Shown at once. The terminal's own ground and letters; black on white; high contrast; without colour; or blue to yellow on black and brown to blue on white, where each step of a rating is told by its lightness, whatever colours you see. Themes with a ground of their own need 256 colours. Kept in the config file.")),
        },
        Frames => KeyFacts {
            name: "frames", default: "auto", is_manner: false,
            values: &[("auto", "at once"), ("plain", "as they come")],
            about: "Whether the terminal is told where a picture begins and ends, so that it shows no half of one. plain: never, if a terminal shows odd signs.",
            row: Some(row("Pictures", "At once: the terminal is told where a picture begins and ends, so that it never shows half of one. As they come, if yours shows odd signs; from the next start. Kept in the config file.")),
        },
        Plain => KeyFacts {
            name: "plain", default: "false", values: SWITCH, is_manner: false,
            about: "One question a line, no boxes, no redraw, as with --plain.",
            row: Some(row("Plain at the next start", "One question a line, without boxes and redraw, as with --plain. Kept in the config file.")),
        },
        Mouse => KeyFacts {
            name: "mouse", default: "false", values: SWITCH, is_manner: false,
            about: "Clicks and the wheel from the start, instead of the terminal's own selecting of text.",
            row: Some(row("Mouse", "Clicks and the wheel, instead of the terminal's own selecting of text. Kept in the config file; M switches it for now.")),
        },
        WeekStart => KeyFacts {
            name: "week_start", default: "monday", is_manner: true,
            values: &[("monday", "Monday"), ("sunday", "Sunday")],
            about: "The day on which weeks begin: in calendars, in charts, and where weeks are compared.",
            row: Some(row("Week begins on", "The first day of a week: in the calendar of History, in charts, and where weeks are compared. Kept in the config file.")),
        },
        Clock => KeyFacts {
            name: "clock", default: "24", is_manner: true,
            values: &[("24", "24 hours"), ("12", "12 hours")],
            about: "Times of day as 21:40 or as 9:40 pm. Files always have 21:40.",
            row: Some(row("Times of day", "21:40, or 9:40 pm. Files that leave the journal always have 21:40. Kept in the config file.")),
        },
        FirstDay => KeyFacts {
            name: "first_day", default: "0", is_manner: true,
            values: &[("0", "day 0"), ("1", "day 1")],
            about: "What the day of last use counts as: on Today, in check-ins, in History. The timeline and files always count from 0.",
            row: Some(row("Day of last use counts as", "How days are counted on Today, in check-ins and in History. The timeline with its reported ranges, and files, always count from 0. Kept in the config file.")),
        },
        OwnNames => KeyFacts {
            name: "own_names", default: "false", values: SWITCH, is_manner: false,
            about: "Whether the shell completes names of your own (medicines, products) for `ebb`: who looks on sees them.",
            row: Some(row("Own names in the shell", "Whether your shell completes names of your own for `ebb`: medicines, products, symptoms. Whoever looks on sees them then. They never come from an encrypted journal. Kept in the config file.")),
        },
        IdleLock => KeyFacts {
            name: "idle_lock", default: "off", is_manner: false,
            values: &[
                ("off", "off"),
                ("2", "after 2 minutes"),
                ("5", "after 5 minutes"),
                ("15", "after 15 minutes"),
                ("30", "after 30 minutes"),
            ],
            about: "Minutes without a key after which the screen locks by itself, by the clock on the wall: off, 2, 5, 15 or 30.",
            row: Some(row("Lock by itself", "After so long without a key, time asleep counted, the screen is locked; what was typed is kept. With a passphrase it is asked again; without one the screen is hidden, and Enter brings it back. L locks at once, Ctrl-L leaves nothing in sight until the next key. Kept in the config file.")),
        },
        HelpCountry => KeyFacts {
            name: "help_country", default: "", values: &[], is_manner: false,
            about: "The country whose help lines stand on the locked page, by its two letters, such as \"nz\".",
            row: None,
        },
        HelpNumbers => KeyFacts {
            name: "help_numbers", default: "", values: &[], is_manner: false,
            about: "Numbers of your own on the locked page, such as \"Ana: 555 0100; Ben: 555 0199\". Everybody who can open this file can read them.",
            row: None,
        },
    }
}

registry! {
    /// The settings of the journal, and the lists and pages that Settings opens; the order is that of plain mode.
    Topic -> TopicFacts {
        Symptoms => TopicFacts {
            plain: Some(plain("symptoms", "which ones a check-in asks for")), setting: None,
            row: Some(row("Symptoms in a check-in", "Which symptoms a check-in asks for. Enter opens the list: switch them on and off, add your own. Switching one off keeps its history.")),
        },
        Good => TopicFacts {
            plain: Some(plain("something good", "a line of the check-in for what was good")), setting: Some("something_good"),
            row: Some(row("Something good", "A line of the check-in: none, a little, some, a good deal or a lot. It is in no index. Off unless you want it. Kept in the journal; z takes it back.")),
        },
        Sleep => TopicFacts {
            plain: Some(plain("sleep in the check-in", "a line of the check-in for the hours slept")), setting: Some("sleep_line"),
            row: Some(row("Sleep in the check-in", "A line of the check-in for the hours slept, naps added. The day's sleep that stands there is changed by it, and an empty line saves nothing. Off unless you want it. Kept in the journal; z takes it back.")),
        },
        // No rows: on the full screen both are kept in the check-in itself, and in the list of symptoms.
        Resting => TopicFacts {
            plain: Some(plain("resting symptoms", "those that are asked on Sundays only")), setting: Some("resting"),
            row: None,
        },
        SymptomOrder => TopicFacts {
            plain: Some(plain("order of symptoms", "which ones a check-in asks first")), setting: Some("symptom_order"),
            row: None,
        },
        DayEnd => TopicFacts {
            plain: Some(plain("day end", "until then a night counts for the day before")), setting: Some("day_end"),
            row: Some(row("Day ends at", "Until then a night still counts for the day before. \u{2190}/\u{2192} move it by half an hour. Entries already written keep their day. Kept in the journal; z takes it back.")),
        },
        Reminder => TopicFacts {
            plain: Some(plain("reminder", "a timer of your system, for days without a check-in")), setting: None,
            row: Some(row("Reminder", "A timer of your system that says \"Time for your check-in\", on days without one. Enter shows what it would be, and the commands that install it and take it away. Others on this computer can see that there is one.")),
        },
        Attempts => TopicFacts {
            plain: Some(plain("attempts", "name, goal, day 0, end")), setting: None,
            row: Some(row("Attempts", "Name, goal, day 0 and end of each attempt. Enter opens the list.")),
        },
        Series => TopicFacts {
            plain: Some(plain("favourite series", "those that stand first where one is chosen")), setting: Some("favourite_series"),
            row: Some(row("Favourite series", "The series that stand first where one is chosen. Enter opens the list; Ctrl-F there keeps one or lets it go.")),
        },
        // No row: on the full screen a practice becomes a favourite on Care itself.
        Practices => TopicFacts {
            plain: Some(plain("favourite practices", "the practices that stand first")), setting: Some("favourite_practices"),
            row: None,
        },
        Routine => TopicFacts {
            plain: Some(plain("routine", "what you like to think of each day")), setting: Some("routine"),
            row: Some(row("Routine of the day", "What you want to think of every day, as a list without a score. Enter goes to Care, where r puts a practice into it. Kept in the journal.")),
        },
        Products => TopicFacts {
            plain: Some(plain("products", "what you use, and its unit")), setting: None,
            row: Some(row("Products", "Names, units, the smallest amount, and an estimate of your own in grams of leaf. Enter opens the list. Kept in the journal.")),
        },
        Stock => TopicFacts {
            plain: Some(plain("stock", "purchases, bought minus logged, and what it cost, said under doses in plan")), setting: Some("stocked"),
            row: Some(row("Stock and spending", "Purchases with their prices, and bought minus logged, under Doses in Plan. Off unless you want it. Kept in the journal; z takes it back.")),
        },
        SameDay => TopicFacts {
            plain: Some(plain("same day", "what this day of earlier attempts was like, said in today")), setting: Some("same_day"),
            row: Some(row("Same day of earlier times", "Today shows what this day of your earlier attempts was like, by name or season, without comparing. It stays away on days 1 to 4 and for 14 days after a dose since day 0. E on Today switches it too. Kept in the journal; z takes it back.")),
        },
        Country => TopicFacts {
            plain: Some(plain("country", "whose numbers are shown")), setting: Some("country"),
            row: Some(row("Country of the help lines", "Whose numbers to call stand on the help page. It is never guessed. Enter opens that page, where it is chosen. Kept in the journal.")),
        },
        Numbers => TopicFacts {
            plain: Some(plain("numbers", "numbers of your own")), setting: None,
            row: Some(row("Your own help lines", "Numbers of people or services of your own. Enter opens the help page, where they are added and edited. Kept in the journal.")),
        },
        Bin => TopicFacts {
            plain: Some(plain("bin", "what was deleted in the last 30 days")), setting: None,
            row: Some(row("Deleted entries", "What you delete lies in the bin for 30 days. Enter opens it: restore, or erase for good.")),
        },
        Export => TopicFacts {
            plain: Some(plain("export", "everything back as CSV")), setting: None,
            row: Some(row("Export", "Everything back, in forms that other programs read, and a report for a clinician. Enter asks which.")),
        },
        Report => TopicFacts {
            plain: Some(plain("report", "a report for a clinician, read before it is written")), setting: None,
            row: Some(row("Report for a clinician", "What stands in the journal for a visit: read here, part by part, before it is written. Notes go in by choice only.")),
        },
        Import => TopicFacts {
            plain: Some(plain("import", "take a file in; it is said first what it brings")), setting: None,
            row: Some(row("Take in a file", "A file of another program, an export of ebb or another journal. What it would bring is shown first, and what its columns are is asked; z takes all of it back.")),
        },
        Copies => TopicFacts {
            plain: Some(plain("copies", "copies of the journal, each with what is in it; one can be restored")), setting: None,
            row: Some(row("Copies and restoring one", "The first save of a day makes a copy. Enter lists them with what is in each; one can be made now, written to a file of yours, or restored, after a question.")),
        },
        Sync => TopicFacts {
            plain: Some(plain("sync", "meet the journals of your other machines in a folder")), setting: None,
            row: Some(row("Sync folder", "Journals of several machines meet in a folder that your own program carries: a USB stick, Syncthing, a cloud folder. ebb itself opens no connection.")),
        },
        HandedOut => TopicFacts {
            plain: Some(plain("handed out", "exports and reports that were written to files, and when")), setting: None,
            row: Some(row("What was handed out", "Every export and report that was written to a file: when, what, which days, with or without notes, and where. The list stays on this device; lines can be forgotten.")),
        },
        Doctor => TopicFacts {
            plain: Some(plain("doctor", "examine the journal's file; no entry is shown")), setting: None,
            row: Some(row("Examine the journal's file", "Whether the file is as it has to be, and the state of its copies. No entry is shown.")),
        },
        Files => TopicFacts {
            plain: Some(plain("files", "where the journal lies")), setting: None,
            row: Some(row("Where the journal lies", "The journal is one file. Enter names it, its copies, the config file and what this device alone keeps, each with its whole path.")),
        },
        Passphrase => TopicFacts {
            plain: Some(plain("passphrase", "encrypt the journal on this device")), setting: None,
            row: Some(row("Passphrase", "Encrypts the journal, its drafts and its copies on this device; for a shared computer. It is asked at each start and after each lock. If it and the recovery sheet are both lost, nobody can help. Enter asks: set, change, a new key for everything, the sheet, remove.")),
        },
        LockedHelp => TopicFacts {
            plain: Some(plain("help while locked", "what help lines show on the locked page")), setting: None,
            row: Some(row("Help while locked", "! on the locked page shows the numbers of your country. Numbers of your own can stand there too; then they lie in the config file, where everybody who can open it can read them. Enter asks. Kept in the config file.")),
        },
        // No word: plain mode has no keys.
        Keys => TopicFacts {
            plain: None, setting: None,
            row: Some(row("Keys", "Enter lists every action with its key: press Enter on one, then the key that it is to have as well. Keys of your own stand in the config file, beside those of the table. ? shows all keys of a place.")),
        },
    }
}

// The screen sorts by subject; the file and plain mode keep the order that people know. One order cannot serve all three.
/// The Settings screen: each group with its rows.
pub const GROUPS: &[(&str, &[Item])] = &[
    (
        "Check-in",
        &[
            Item::Topic(Topic::Symptoms),
            Item::Topic(Topic::Good),
            Item::Topic(Topic::Sleep),
            Item::Topic(Topic::DayEnd),
            Item::Topic(Topic::Reminder),
        ],
    ),
    (
        "Attempt",
        &[Item::Topic(Topic::Attempts), Item::Topic(Topic::SameDay)],
    ),
    (
        "Plan and care",
        &[
            Item::Topic(Topic::Routine),
            Item::Topic(Topic::Products),
            Item::Topic(Topic::Stock),
        ],
    ),
    (
        "Display",
        &[
            Item::Key(ConfigKey::Theme),
            Item::Key(ConfigKey::Color),
            Item::Key(ConfigKey::Glyphs),
            Item::Key(ConfigKey::Frames),
            Item::Key(ConfigKey::WeekStart),
            Item::Key(ConfigKey::Clock),
            Item::Key(ConfigKey::FirstDay),
            Item::Topic(Topic::Keys),
            Item::Key(ConfigKey::Mouse),
            Item::Key(ConfigKey::Plain),
            Item::Topic(Topic::Series),
        ],
    ),
    (
        "Help",
        &[Item::Topic(Topic::Country), Item::Topic(Topic::Numbers)],
    ),
    (
        "Lock",
        &[
            Item::Key(ConfigKey::IdleLock),
            Item::Key(ConfigKey::OwnNames),
            Item::Topic(Topic::LockedHelp),
        ],
    ),
    (
        "Your data",
        &[
            Item::Topic(Topic::Passphrase),
            Item::Topic(Topic::Export),
            Item::Topic(Topic::Report),
            Item::Topic(Topic::Import),
            Item::Topic(Topic::Copies),
            Item::Topic(Topic::Sync),
            Item::Topic(Topic::HandedOut),
            Item::Topic(Topic::Bin),
            Item::Topic(Topic::Doctor),
            Item::Topic(Topic::Files),
        ],
    ),
];

impl Item {
    /// All settings, in the order of plain mode.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        let topics = Topic::ALL.iter().copied().map(Self::Topic);
        topics.chain(ConfigKey::ALL.iter().copied().map(Self::Key))
    }

    /// Its row on the Settings screen.
    pub(crate) const fn row(self) -> Option<SettingRow> {
        match self {
            Self::Key(key) => key.facts().row,
            Self::Topic(topic) => topic.facts().row,
        }
    }

    /// Its word in plain mode; `None` if it cannot be set there.
    pub const fn plain(self) -> Option<PlainWord> {
        match self {
            // A key with free text, such as a path, has no values to choose from.
            Self::Key(key) if key.facts().values.is_empty() => None,
            Self::Key(key) => Some(plain(key.facts().name, key.facts().about)),
            Self::Topic(topic) => topic.facts().plain,
        }
    }
}

impl Topic {
    /// The present value as a word or a number; `None` for a page.
    pub(crate) fn value(self, journal: &Journal) -> Option<String> {
        let settings = &journal.settings;
        let count = match self {
            Self::Symptoms => {
                let rated = journal.symptoms.rated().count();
                return Some(format!("{rated} of {}", journal.symptoms.iter().count()));
            }
            Self::DayEnd => return Some(settings.day_end.to_string()),
            Self::Good => return Some(settings.something_good.word().to_owned()),
            Self::Sleep => return Some(settings.sleep_line.word().to_owned()),
            Self::Resting => settings.resting.len(),
            Self::SymptomOrder => settings.symptom_order.len(),
            Self::Stock => return Some(settings.stocked.word().to_owned()),
            Self::SameDay => return Some(settings.same_day.word().to_owned()),
            Self::Country => {
                let code = settings.country.as_deref();
                let country = code.and_then(|code| help().country(code));
                let name = country.map_or("not chosen", |country| country.name);
                return Some(name.to_owned());
            }
            Self::Attempts => journal.attempts.iter().count(),
            Self::Series => settings.favourite_series.len(),
            Self::Practices => settings.favourite_practices.len(),
            Self::Routine => settings.routine.len(),
            Self::Products => product::products(journal).len(),
            Self::Numbers => settings.help_lines.len(),
            Self::Bin
            | Self::Export
            | Self::Report
            | Self::Import
            | Self::Copies
            | Self::Sync
            | Self::HandedOut
            | Self::Doctor
            | Self::Files
            | Self::Reminder
            | Self::LockedHelp
            | Self::Passphrase
            | Self::Keys => return None,
        };
        Some(count.to_string())
    }
}

impl ConfigKey {
    /// Its values as a list in words; empty: any text.
    pub(crate) fn value_list(self) -> String {
        let values = self.facts().values.iter().map(|(value, _)| *value);
        values.collect::<Vec<_>>().join(", ")
    }

    /// Whether `value` is one of its values.
    pub(crate) fn takes(self, value: &str) -> bool {
        let values = self.facts().values;
        // An older config file may have this word for what is braille now.
        let is_older = self == Self::Glyphs && value == "unicode";
        values.is_empty() || is_older || values.iter().any(|(known, _)| *known == value)
    }

    /// The words for a value on the Settings screen.
    pub(crate) fn words(self, value: &str) -> &'static str {
        if self == Self::Glyphs && value == "unicode" {
            return "braille and eighths";
        }
        let mut values = self.facts().values.iter();
        values
            .find(|(known, _)| *known == value)
            .map_or("", |(_, words)| words)
    }

    /// The value after (`by` 1) or before (`by` -1) `value`. After the last comes the first.
    pub(crate) fn beside(self, value: &str, by: isize) -> &'static str {
        let values = self.facts().values;
        let at = values.iter().position(|(known, _)| *known == value);
        let len = values.len().max(1);
        let step = usize::try_from(by.rem_euclid(isize::try_from(len).unwrap_or(1))).unwrap_or(0);
        let next = values.get((at.unwrap_or(0) + step) % len);
        next.map_or(self.facts().default, |(value, _)| value)
    }
}

impl fmt::Display for ConfigKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.facts().name)
    }
}

#[cfg(test)]
mod tests {
    use super::{ConfigKey, GROUPS, Item, Topic};
    use crate::domain::journal::settings::Setting;

    #[test]
    fn every_row_of_the_screen_stands_in_one_group_and_says_what_it_does() {
        let grouped = || GROUPS.iter().flat_map(|(_, items)| *items);
        for item in Item::all() {
            let places = grouped().filter(|other| **other == item).count();
            assert_eq!(places, usize::from(item.row().is_some()), "{item:?}");
            let mut about = item.row().into_iter().map(|row| row.about);
            assert!(about.all(|about| about.ends_with('.')), "{item:?}");
        }
    }

    #[test]
    fn every_setting_of_the_journal_has_a_topic_and_every_topic_names_one_that_is_there() {
        let keys: Vec<&str> = Topic::ALL
            .iter()
            .filter_map(|t| t.facts().setting)
            .collect();
        for key in Setting::KEYS {
            // An answer to a question, which nobody looks for among the settings.
            let is_answer = ["missing_skipped_until", "hours_offered"].contains(key);
            let topics = keys.iter().filter(|other| *other == key).count();
            assert_eq!(topics, usize::from(!is_answer), "{key}");
        }
        assert!(keys.iter().all(|key| Setting::KEYS.contains(key)));
    }

    #[test]
    fn values_go_around() {
        assert_eq!(ConfigKey::Plain.beside("false", 1), "true");
        assert_eq!(ConfigKey::Plain.beside("false", -1), "true");
        assert_eq!(ConfigKey::Color.beside("never", 1), "auto");
        assert_eq!(ConfigKey::Color.beside("auto", -1), "never");
    }
}
