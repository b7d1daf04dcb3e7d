//! What the journal itself keeps about how it is used: day end, country, questions already answered.
//!
//! Looks, keys and paths are the config file's; they are not here. A new setting is a row of `settings!` at the end; the store,
//! the exchange files and undo read the row, and `crate::config::settings` names it for the person.

use crate::domain::id::EntryId;
use crate::domain::time::DayEnd;
use chrono::NaiveDate;

/// How a value stands in the journal's file.
trait Stored: Sized {
    fn stored(&self) -> String;
    /// `None`: not readable.
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

// Codes hold no blanks.
impl Stored for Vec<String> {
    fn stored(&self) -> String {
        self.join(" ")
    }
    fn from_stored(text: &str) -> Option<Self> {
        Some(text.split_whitespace().map(str::to_owned).collect())
    }
}

/// Whether stock and spending are kept: off unless the person switches it on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stocked {
    /// Nothing is said of it, and no purchase is asked for.
    #[default]
    Off,
    /// Purchases can be noted, and what they come to is said.
    On,
}

impl Stocked {
    /// Its word in the file and for the person.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On => "on",
        }
    }
}

impl Stored for Stocked {
    fn stored(&self) -> String {
        self.word().to_owned()
    }
    fn from_stored(text: &str) -> Option<Self> {
        Some(if text == "on" { Self::On } else { Self::Off })
    }
}

/// A help line that the person added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnHelpLine {
    /// Its id, for ever.
    pub id: EntryId,
    /// Whose number it is.
    pub name: String,
    /// The number, or whatever else reaches them.
    pub contact: String,
}

/// Makes [`Setting`] and [`Settings`] of a row for each setting: its name with the type of its value, its key in the file, its
/// field, and what the step that sets it is called in undo.
macro_rules! settings {
    ($($(#[$about:meta])* $name:ident($value:ty), $key:literal, $field:ident: $held:ty, $step:literal;)*) => {
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

            /// What setting it is called in undo.
            pub const fn step(&self) -> &'static str {
                match self { $(Self::$name(_) => $step,)* }
            }

            /// Its value in the file.
            pub fn value(&self) -> String {
                match self { $(Self::$name(value) => value.stored(),)* }
            }

            /// Reads a stored pair. `None`: not known to this version, or not readable.
            pub fn read(key: &str, value: &str) -> Option<Self> {
                match key {
                    $($key => Stored::from_stored(value).map(Self::$name),)*
                    _ => None,
                }
            }
        }

        impl Settings {
            /// What was chosen: every setting that is not as it is when nothing is set, in the order of the rows.
            pub fn chosen(&self) -> Vec<Setting> {
                let nothing = Self::default();
                let mut chosen = Vec::new();
                $(if self.$field != nothing.$field {
                    // A field that can be empty holds an option already.
                    chosen.extend(Option::<$value>::from(self.$field.clone()).map(Setting::$name));
                })*
                chosen
            }

            /// Takes over one setting.
            pub fn set(&mut self, setting: Setting) {
                match setting { $(Setting::$name(value) => self.$field = value.into(),)* }
            }
        }
    };
}

settings! {
    /// When the logical day ends; 04:00 unless it is set.
    DayEnd(DayEnd), "day_end", day_end: DayEnd, "day end changed";
    /// The country whose help lines are shown, by code; never guessed.
    Country(String), "country", country: Option<String>, "country chosen";
    /// Missed days up to this one are not asked about again.
    MissingSkippedUntil(NaiveDate), "missing_skipped_until", missing_skipped_until: Option<NaiveDate>, "missing days skipped";
    /// The series that stand first where one is chosen, by code.
    FavouriteSeries(Vec<String>), "favourite_series", favourite_series: Vec<String>, "favourites changed";
    /// The practices that stand first, by code.
    FavouritePractices(Vec<String>), "favourite_practices", favourite_practices: Vec<String>, "favourites changed";
    /// What the person wants to think of every day, by code.
    Routine(Vec<String>), "routine", routine: Vec<String>, "routine changed";
    /// Whether stock and spending are kept.
    Stocked(Stocked), "stocked", stocked: Stocked, "stock and spending switched";
}

/// `codes` without `code`, or with it at the end; whether it is in now.
pub fn switched(codes: &[String], code: &str) -> (Vec<String>, bool) {
    let mut codes = codes.to_vec();
    let was_in = codes.iter().any(|held| held == code);
    if was_in {
        codes.retain(|held| held != code);
    } else {
        codes.push(code.to_owned());
    }
    (codes, !was_in)
}
