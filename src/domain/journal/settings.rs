//! The settings that the journal's file stores: day end, country, answered questions.
//!
//! Looks, keys and paths belong to the config file. A new setting is a row of `settings!` at the end: the store, the exchange
//! files and undo read the row, and `crate::config::settings` names it for the person.

use crate::domain::id::EntryId;
use crate::domain::time::DayEnd;
use chrono::NaiveDate;

/// A value as text in the journal's file.
trait Stored: Sized {
    fn stored(&self) -> String;
    /// `None` for an unreadable text.
    fn from_stored(text: &str) -> Option<Self>;
}

impl Stored for DayEnd {
    fn stored(&self) -> String {
        self.to_string()
    }
    fn from_stored(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Stored for NaiveDate {
    fn stored(&self) -> String {
        self.to_string()
    }
    fn from_stored(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Stored for String {
    fn stored(&self) -> String {
        self.clone()
    }
    fn from_stored(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

// Codes hold no blanks, so a blank can separate them.
impl Stored for Vec<String> {
    fn stored(&self) -> String {
        self.join(" ")
    }
    fn from_stored(text: &str) -> Option<Self> {
        Some(text.split_whitespace().map(str::to_owned).collect())
    }
}

/// Whether stock and spending are tracked: off unless the person switches it on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StockTracking {
    /// No screen mentions stock or purchases.
    #[default]
    Off,
    /// The person can log purchases, and sentences sum them up.
    On,
}

impl StockTracking {
    /// Its word in the file and for the person.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On => "on",
        }
    }
}

/// Whether Today shows the same day of earlier attempts: off unless the person asks for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SameDay {
    /// It does not.
    #[default]
    Off,
    /// It does.
    On,
}

impl SameDay {
    /// Its word in the file and for the person.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On => "on",
        }
    }

    /// The other one.
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Off => Self::On,
            Self::On => Self::Off,
        }
    }
}

impl Stored for SameDay {
    fn stored(&self) -> String {
        self.word().to_owned()
    }
    fn from_stored(text: &str) -> Option<Self> {
        // An unknown word is off: earlier attempts are nothing to bring up by mistake.
        Some(if text == "on" { Self::On } else { Self::Off })
    }
}

impl Stored for StockTracking {
    fn stored(&self) -> String {
        self.word().to_owned()
    }
    fn from_stored(text: &str) -> Option<Self> {
        // An unknown word is off: purchases are nothing to bring up by mistake.
        Some(if text == "on" { Self::On } else { Self::Off })
    }
}

/// Whether a full check-in has a line that not everybody wants: off unless the person switches it on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OptionalLine {
    /// It has none.
    #[default]
    Off,
    /// It has one.
    On,
}

impl OptionalLine {
    /// Its word in the file and for the person.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On => "on",
        }
    }

    /// The other one.
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Off => Self::On,
            Self::On => Self::Off,
        }
    }
}

impl Stored for OptionalLine {
    fn stored(&self) -> String {
        self.word().to_owned()
    }
    fn from_stored(text: &str) -> Option<Self> {
        match text {
            "on" => Some(Self::On),
            "off" => Some(Self::Off),
            _ => None,
        }
    }
}

/// A help line of the person's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnHelpLine {
    /// Its id, for ever.
    pub id: EntryId,
    /// Whose number it is.
    pub name: String,
    /// The number, or whatever else reaches them.
    pub contact: String,
}

/// Makes [`Setting`] and [`Settings`] from one row a setting: its name with the type of its value, its key in the file, its
/// field, and in words what it is and what a step of undo did to it.
macro_rules! settings {
    ($($(#[$about:meta])* $name:ident($value:ty), $key:literal, $field:ident: $held:ty, $said:literal $done:literal;)*) => {
        /// One setting with its value.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Setting {
            $($(#[$about])* $name($value),)*
        }

        /// All settings, with what holds when nothing is set.
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct Settings {
            $($(#[$about])* pub $field: $held,)*
            /// The person's own help lines, oldest first.
            pub help_lines: Vec<OwnHelpLine>,
        }

        impl Setting {
            /// The keys of all settings.
            pub const KEYS: &[&str] = &[$($key),*];

            /// Its key in the file.
            pub const fn key(&self) -> &'static str {
                match self { $(Self::$name(_) => $key,)* }
            }

            /// The name of its step in undo.
            pub const fn step(&self) -> &'static str {
                match self { $(Self::$name(_) => concat!($said, " ", $done),)* }
            }

            /// The words for the setting with this key; the key itself of one that this version does not know.
            pub(crate) fn name_of(key: &str) -> &str {
                match key {
                    $($key => $said,)*
                    _ => key,
                }
            }

            /// Its value in the file.
            pub fn value(&self) -> String {
                match self { $(Self::$name(value) => value.stored(),)* }
            }

            /// Reads a stored pair. `None` for a key that this version does not know and for an unreadable value.
            pub fn read(key: &str, value: &str) -> Option<Self> {
                match key {
                    $($key => Stored::from_stored(value).map(Self::$name),)*
                    _ => None,
                }
            }
        }

        impl Settings {
            /// The settings that differ from their defaults, in the order of the rows.
            pub fn chosen(&self) -> Vec<Setting> {
                let nothing = Self::default();
                let mut chosen = Vec::new();
                $(if self.$field != nothing.$field {
                    // `from` wraps a plain value and leaves an option as it is, so one line serves both kinds of field.
                    chosen.extend(Option::<$value>::from(self.$field.clone()).map(Setting::$name));
                })*
                chosen
            }

            /// Changes one setting.
            pub fn set(&mut self, setting: Setting) {
                match setting { $(Setting::$name(value) => self.$field = value.into(),)* }
            }
        }
    };
}

settings! {
    /// When the logical day ends; 04:00 unless it is set.
    DayEnd(DayEnd), "day_end", day_end: DayEnd, "day end" "changed";
    /// The country whose help lines are shown, by code; never guessed.
    Country(String), "country", country: Option<String>, "country" "chosen";
    /// Missed days up to this one are not asked about again.
    MissingSkippedUntil(NaiveDate), "missing_skipped_until", missing_skipped_until: Option<NaiveDate>, "missing days" "skipped";
    /// The series listed first, by code.
    FavouriteSeries(Vec<String>), "favourite_series", favourite_series: Vec<String>, "favourites" "changed";
    /// The symptoms that stand first in a check-in, in this order, by code.
    SymptomOrder(Vec<String>), "symptom_order", symptom_order: Vec<String>, "order of symptoms" "changed";
    /// The symptoms that the person lets rest, by code.
    Resting(Vec<String>), "resting", resting: Vec<String>, "resting symptoms" "changed";
    /// Whether a check-in asks for something good.
    SomethingGood(OptionalLine), "something_good", something_good: OptionalLine, "something good" "switched";
    /// Whether a check-in asks for the hours slept.
    SleepLine(OptionalLine), "sleep_line", sleep_line: OptionalLine, "sleep in the check-in" "switched";
    /// The practices listed first, by code.
    FavouritePractices(Vec<String>), "favourite_practices", favourite_practices: Vec<String>, "favourites" "changed";
    /// The practices that the person wants to be reminded of every day, by code.
    Routine(Vec<String>), "routine", routine: Vec<String>, "routine" "changed";
    /// Whether stock and spending are tracked.
    StockTracking(StockTracking), "stocked", stocked: StockTracking, "stock and spending" "switched";
    /// Whether Today shows the same day of earlier attempts.
    SameDay(SameDay), "same_day", same_day: SameDay, "same day of earlier times" "switched";
    /// The day 0 whose first days were offered by the hour.
    HoursOffered(NaiveDate), "hours_offered", hours_offered: Option<NaiveDate>, "hours" "offered";
}

impl Settings {
    /// The person's own numbers in one line, for the config file: "Ana: 555 0100; Ben: 555 0199".
    pub(crate) fn numbers_in_a_line(&self) -> String {
        let numbers = self.help_lines.iter();
        let numbers: Vec<String> = numbers
            .map(|line| format!("{}: {}", line.name, line.contact).replace(';', ","))
            .collect();
        numbers.join("; ")
    }

    /// The order of symptoms with these codes before all others of it.
    pub(crate) fn arranged(&self, mut first: Vec<String>) -> Vec<String> {
        let before = self.symptom_order.iter();
        let rest: Vec<String> = before
            .filter(|code| !first.contains(code))
            .cloned()
            .collect();
        first.extend(rest);
        first
    }
}

/// `codes` without `code`, or with it at the end; whether it is in now.
pub(crate) fn switched(codes: &[String], code: &str) -> (Vec<String>, bool) {
    let mut codes = codes.to_vec();
    let was_in = codes.iter().any(|held| held == code);
    if was_in {
        codes.retain(|held| held != code);
    } else {
        codes.push(code.to_owned());
    }
    (codes, !was_in)
}
