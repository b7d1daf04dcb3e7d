//! The words of the nouns: `medication`, `appointment` and all other kinds that are kept rather than noted, taken from the
//! registry of kinds. A new kind needs no line here.
//!
//! What is noted by a verb of its own (`ebb dose`) is listed, edited and deleted below `ebb entry`.
//!
//! Invariant: an option is named after its field's code, and nothing is asked for that the registry works out itself.

use super::examples;
use super::stretch::Stretch;
use crate::cli::checkin::entry::Args as check_in;
use crate::domain::record::field::{Ask, Field, Need};
use crate::domain::record::key;
use crate::domain::record::kind::{About, Kind, Timing};
use crate::domain::safety::help_lines::{LEVELS, help};
use crate::domain::text::suggest::Listed;
use clap::{Arg, ArgAction, ArgMatches, Args as _, Command};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Kinds that a verb of their own notes: `ebb dose`, `ebb used`, `ebb urge`, `ebb take`, `ebb did`, `ebb measure`.
const NOTED: [Kind; 7] = [
    Kind::Dose,
    Kind::DayWithout,
    Kind::Substance,
    Kind::Urge,
    Kind::Intake,
    Kind::Practice,
    Kind::Measurement,
];

/// Over the kinds that a verb notes.
const ENTRY: &str = "entry";

/// Below [`ENTRY`]: what is no record has verbs of its own.
const CHECK_IN: &str = "check-in";

/// Where a noun stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// `ebb medication`.
    First,
    /// `ebb entry dose`: a verb adds it.
    Entry,
}

/// A kind with its words on the command line.
#[derive(Debug)]
pub(super) struct Words {
    /// Where it stands.
    pub(super) place: Place,
    /// Which.
    pub(super) kind: Kind,
    /// `medication`.
    pub(super) noun: &'static str,
    /// `day-without`, as options are written.
    dashed: String,
    /// What the words after `add` are.
    pub(super) first: First,
    options: Vec<Choosable>,
}

/// What the words after `add` are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum First {
    /// What it is about, of a list: a product, a kind of visit.
    About,
    /// Its name, which may be one of a list.
    Name,
    /// A field that it cannot do without.
    Field(&'static str),
    /// There are none.
    Nothing,
}

impl Choosable {
    /// Whether the option is the label of the field.
    fn is_label(&self) -> bool {
        self.long == self.field.label.to_lowercase().replace(' ', "-")
    }
}

/// "Copied from the label" in the middle of a sentence.
fn lower_head(text: &str) -> String {
    let mut letters = text.chars();
    let head = letters.next().map(|first| first.to_lowercase().to_string());
    format!("{}{}", head.unwrap_or_default(), letters.as_str())
}

/// A field as an option.
#[derive(Debug)]
struct Choosable {
    field: &'static Field,
    /// Its code as an option: `wake-count` for `wake_count`.
    long: String,
    /// Its label as an option: `as-prescribed` for `prescribed`.
    also: Option<String>,
    /// "TEXT", "1..48", "open|asked".
    value: String,
}

static NOUNS: LazyLock<Vec<Words>> = LazyLock::new(|| {
    // A plan's records are its versions: `ebb taper` is their verb.
    let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Plan);
    kinds.map(Words::of).collect()
});

/// The nouns of a place, in the order of the kinds.
fn nouns(place: Place) -> impl Iterator<Item = &'static Words> {
    NOUNS.iter().filter(move |words| words.place == place)
}

/// The words of a kind; `None` for plans.
pub(super) fn words_of(kind: Kind) -> Option<&'static Words> {
    NOUNS.iter().find(|words| words.kind == kind)
}

fn noun(place: Place, called: &str) -> Option<&'static Words> {
    nouns(place).find(|words| words.noun == called)
}

/// Whether a command of this name belongs here.
pub(super) fn is_known(called: &str) -> bool {
    called == ENTRY || noun(Place::First, called).is_some()
}

/// What a noun stands for.
pub(super) enum Meant<'a> {
    /// A kind of records, with its own part of what was typed.
    Records(&'static Words, &'a ArgMatches),
    /// Check-ins.
    CheckIns(&'a ArgMatches),
}

/// The noun of a command.
pub(super) fn read(matches: &ArgMatches) -> Option<Meant<'_>> {
    let (name, matches) = matches.subcommand()?;
    if name != ENTRY {
        return Some(Meant::Records(noun(Place::First, name)?, matches));
    }
    let (name, matches) = matches.subcommand()?;
    if name == CHECK_IN {
        return Some(Meant::CheckIns(matches));
    }
    Some(Meant::Records(noun(Place::Entry, name)?, matches))
}

/// Every noun as a command, hidden from the first page of help.
pub(super) fn commands() -> impl Iterator<Item = Command> {
    // Filled when it is used: a prompt that asks `ebb status` pays nothing for it.
    let first = nouns(Place::First).map(|words| Command::new(words.noun).hide(true).defer(kept));
    first.chain([Command::new(ENTRY).hide(true).defer(entries)])
}

/// `ebb entry` with a noun for each kind that a verb notes.
fn entries(command: Command) -> Command {
    let noted = nouns(Place::Entry).map(|words| {
        // What people read is "day without"; files have `day_without`.
        let names = [words.kind.facts().name, words.dashed.as_str()].into_iter();
        let others: BTreeSet<&str> = names.filter(|name| *name != words.noun).collect();
        let command = Command::new(words.noun).about(words.about());
        command.aliases(others).defer(noted)
    });
    command
        .about("List, show, edit or delete what was noted: check-ins, doses, urges \u{2026}")
        .before_help(
            "Examples:\n  ebb entry check-in list       the last ones, each with its id\n  ebb entry check-in edit last --set nausea=2\n  ebb entry dose edit last --amount 1.5\n  ebb entry urge delete last    `ebb undo` brings it back",
        )
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(check_in::augment_args(Command::new(CHECK_IN)).visible_alias("checkin"))
        .subcommands(noted)
}

fn kept(command: Command) -> Command {
    match noun(Place::First, command.get_name()) {
        Some(words) => words.filled(command),
        None => command,
    }
}

fn noted(command: Command) -> Command {
    match noun(Place::Entry, command.get_name()) {
        Some(words) => words.filled(command),
        None => command,
    }
}

/// The fields that a person fills in.
pub(super) fn fields(kind: Kind) -> impl Iterator<Item = &'static Field> {
    let fields = kind.facts().fields.iter();
    fields.filter(|field| field.is_asked())
}

/// Whether a kind has a last day.
pub(super) fn can_end(kind: Kind) -> bool {
    kind.field(key::STOP).is_some()
}

/// The word for what a kind is about, where that is an option: `visit`.
fn about_option(kind: Kind) -> &'static str {
    match kind.facts().about {
        About::Appointment => "visit",
        About::Attempt => "attempt",
        _ => "about",
    }
}

impl First {
    fn of(kind: Kind) -> Self {
        match kind.facts().about {
            About::Medicine => Self::Name,
            About::Itself | About::OwnCode | About::Appointment | About::Attempt => {
                let mut fields = fields(kind);
                let needed = fields.find(|field| field.need == Need::Needed);
                needed.map_or(Self::Nothing, |field| Self::Field(field.code))
            }
            _ => Self::About,
        }
    }
}

impl Words {
    fn of(kind: Kind) -> Self {
        let facts = kind.facts();
        // A person speaks of "practice" and means an own one: `ebb did` is for what was done.
        let noun = facts.code.trim_start_matches("own_");
        let first = First::of(kind);
        let options: Vec<Choosable> = fields(kind).map(|field| choosable(kind, field)).collect();
        let place = if NOTED.contains(&kind) {
            Place::Entry
        } else {
            Place::First
        };
        Self {
            place,
            kind,
            noun,
            dashed: noun.replace('_', "-"),
            first,
            options,
        }
    }

    /// "ebb product add gummies --unit TEXT": the whole command with the options that fill these fields.
    pub(super) fn with_options_of(&self, named: &str, fields: &[&Field]) -> String {
        let mut command = format!("ebb {} add", self.called());
        for word in named.split_whitespace() {
            command = format!("{command} {word}");
        }
        let is_of =
            |option: &&Choosable| fields.iter().any(|field| field.code == option.field.code);
        for option in self.options.iter().filter(is_of) {
            command = format!("{command} --{} {}", option.long, option.value);
        }
        command
    }

    /// How it is called after `ebb`.
    pub(super) fn called(&self) -> String {
        match self.place {
            Place::First => self.noun.to_owned(),
            Place::Entry => format!("{ENTRY} {}", self.noun),
        }
    }

    fn about(&self) -> String {
        let many = self.kind.facts().many;
        match self.place {
            Place::First => format!("Keep {many}"),
            Place::Entry => format!("List, show, edit or delete {many}"),
        }
    }

    /// The command with the verbs of this noun.
    fn filled(&'static self, command: Command) -> Command {
        let delete = Command::new("delete")
            .about("Put it into the bin")
            .before_help(self.example("delete"))
            .arg(self.which());
        let mut command = command
            .about(self.about())
            .before_help(examples::page(&self.called(), self.kind))
            .subcommand_required(true)
            .arg_required_else_help(true);
        if self.place == Place::First {
            command = command.subcommand(self.add());
        }
        command = command
            .subcommand(self.list())
            .subcommand(self.show())
            .subcommand(self.edit());
        if can_end(self.kind) {
            command = command.subcommand(self.end());
        }
        command.subcommand(delete)
    }

    fn add(&'static self) -> Command {
        let facts = self.kind.facts();
        let mut command = Command::new("add")
            .about(format!("Add {}", with_article(facts.name)))
            .before_help(self.example("add"));
        let first = match self.first {
            First::About => Some((value_of_about(self.kind), about_help(self.kind))),
            First::Name => Some((
                "NAME",
                "What you call it; one of the list by its name or code".to_owned(),
            )),
            First::Field(code) => {
                let field = self.kind.field(code);
                let value = if code == key::TEXT { "TEXT" } else { "NAME" };
                field.map(|field| (value, field.about.to_owned()))
            }
            First::Nothing => None,
        };
        if let Some((value, help)) = first {
            let words = Arg::new("named").num_args(1..).required(true);
            command = command.arg(words.value_name(value).help(help));
        }
        if facts.about == About::Sign {
            command = command.after_help(what_to_do_first());
        }
        let is_first = |field: &Field| self.first == First::Field(field.code);
        self.with_options(command, |field| {
            let is_name = self.first == First::Name && field.code == key::NAME;
            !is_name && !is_first(field)
        })
    }

    fn edit(&'static self) -> Command {
        let command = Command::new("edit")
            .about("Change what is given; \"\" leaves a field empty")
            .before_help(self.example("edit"))
            .arg(self.which());
        self.with_options(command, |_| true)
    }

    fn with_options(&'static self, command: Command, has: impl Fn(&Field) -> bool) -> Command {
        let kind = self.kind;
        let mut command = command;
        let is_edit = command.get_name() == "edit";
        let takes_about = match kind.facts().about {
            About::Itself | About::OwnCode => false,
            About::Appointment | About::Attempt => true,
            _ => is_edit,
        };
        if takes_about {
            let about = Arg::new("about").long(about_option(kind));
            let about = about
                .value_name(value_of_about(kind))
                .help(about_help(kind));
            command = command.arg(about);
        }
        if kind.has_day() {
            let help = match kind.facts().timing {
                Timing::Planned => "When it is: \"tomorrow 10:00\", \"tue 10:30\", \"1 Dec 14:00\"",
                _ => "When it was: 08:15, \"yesterday 22:00\", 2h ago, \"12 Nov\"",
            };
            let at = Arg::new("at").long("at").value_name("WHEN").help(help);
            // A visit without its moment would count as being now.
            let is_needed = kind.facts().timing == Timing::Planned && !is_edit;
            command = command.arg(at.required(is_needed).allow_hyphen_values(true));
        }
        for option in self.options.iter().filter(|option| has(option.field)) {
            let field = option.field;
            let help = match field.ask {
                Ask::Choice(choices) => {
                    let words = choices
                        .iter()
                        .map(|(code, words)| format!("{code} ({words})"));
                    format!("{}: {}", field.label, words.collect::<Vec<_>>().join(", "))
                }
                // An option that is its label says it already.
                _ if option.is_label() => field.hint(),
                _ => format!("{}: {}", field.label, lower_head(&field.hint())),
            };
            let mut arg = Arg::new(field.code)
                .long(option.long.as_str())
                .value_name(option.value.as_str())
                .allow_hyphen_values(true)
                .help(help);
            if let Some(also) = &option.also {
                arg = arg.alias(also.as_str());
            }
            command = command.arg(arg);
        }
        // What is asked before it is saved can be answered beforehand.
        if can_end(kind) || matches!(kind, Kind::Dose | Kind::Measurement) {
            command = command.arg(without_question());
        }
        command
    }

    fn which(&self) -> Arg {
        let last = match self.kind {
            Kind::Question => ", the number that the report gives it, or \"last\"",
            _ => ", or \"last\"",
        };
        let help = format!(
            "Its name or id{last}; `ebb {} list` shows them",
            self.called()
        );
        Arg::new("which")
            .required(true)
            .num_args(1..)
            .value_name("ID|NAME")
            .help(help)
    }

    fn list(&self) -> Command {
        let flag = |name: &'static str, help: &'static str| {
            let flag = Arg::new(name).long(name);
            flag.action(ArgAction::SetTrue).help(help)
        };
        let command = Command::new("list")
            .about(format!("The {}, each with its id", self.kind.facts().many))
            .before_help(self.example("list"));
        let command = match self.place {
            Place::First => command.arg(flag("all", "Also those that are over, and built-in ones")),
            Place::Entry => Stretch::augment_args(command),
        };
        command.arg(flag("json", "For scripts"))
    }

    fn show(&self) -> Command {
        Command::new("show")
            .about("All fields of one")
            .before_help(self.example("show"))
            .arg(self.which())
            .arg(
                Arg::new("json")
                    .long("json")
                    .action(ArgAction::SetTrue)
                    .help("For scripts"),
            )
    }

    /// The examples of one of its verbs.
    fn example(&self, verb: &str) -> String {
        examples::of_verb(&self.called(), self.kind, verb)
    }

    fn end(&self) -> Command {
        let mut command = Command::new("end")
            .about("Give it its last day")
            .before_help(self.example("end"))
            .arg(self.which())
            .arg(
                Arg::new("on")
                    .long("on")
                    .value_name("DATE")
                    .help("Its last day; today when left out"),
            );
        if self.kind.field(key::REASON).is_some() {
            let reason = Arg::new(key::REASON).long(key::REASON).value_name("TEXT");
            command = command.arg(reason.allow_hyphen_values(true).help("Why, if you like"));
        }
        command.arg(without_question())
    }
}

/// What comes before noting a sign: by level, which sign asks for what.
fn what_to_do_first() -> String {
    let by_level = LEVELS.map(|(level, head)| {
        let flags = help().red_flags.iter().filter(|flag| flag.level == level);
        let codes: Vec<&str> = flags.map(|flag| flag.id).collect();
        format!("  {head}: {}", codes.join(", "))
    });
    format!(
        "What comes first; what to do about a sign is said before it is saved:\n{}\n`ebb helplines` has numbers to call and the signs in full.",
        by_level.join("\n")
    )
}

fn without_question() -> Arg {
    Arg::new("yes")
        .long("yes")
        .action(ArgAction::SetTrue)
        .help("Without a question")
}

fn choosable(kind: Kind, field: &'static Field) -> Choosable {
    let label = field.label.to_lowercase().replace(' ', "-");
    let long = |field: &Field| field.code.replace('_', "-");
    // A label must not hide a field's code or an option that every noun has.
    let is_field = kind.facts().fields.iter().any(|field| long(field) == label);
    let is_taken = is_field || ["about", "at", "visit"].contains(&&*label);
    let value = match field.ask {
        Ask::Line | Ask::Lines | Ask::Kept => "TEXT".to_owned(),
        Ask::Amount | Ask::KeptNumber if field.code == key::GAP => "HOURS".to_owned(),
        Ask::Amount | Ask::KeptNumber => "AMOUNT".to_owned(),
        Ask::Whole(from, to) => format!("{from}..{to}"),
        Ask::Scale => "0..4".to_owned(),
        Ask::Day(_) => "DATE".to_owned(),
        Ask::Clock => "HH:MM".to_owned(),
        Ask::Choice(_) => field.codes("|"),
    };
    Choosable {
        long: long(field),
        field,
        also: (!is_taken).then_some(label),
        value,
    }
}

fn with_article(name: &str) -> String {
    let is_vowel = name.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {name}", if is_vowel { "an" } else { "a" })
}

fn value_of_about(kind: Kind) -> &'static str {
    match kind.facts().about {
        About::Product => "PRODUCT",
        About::Sign => "SIGN",
        About::Visit | About::Treatment => "KIND",
        About::Medicine => "MEDICINE",
        About::Appointment => "ID",
        About::Attempt => "NUMBER",
        _ => "NAME",
    }
}

fn about_help(kind: Kind) -> String {
    let noun = kind.facts().about.noun();
    match kind.facts().about {
        About::Appointment => {
            "The visit it is for, by its id; the next one when left out".to_owned()
        }
        About::Attempt => "The attempt, by its number; the open one when left out".to_owned(),
        _ => {
            let codes = of_list(kind).join(", ");
            format!("Which {noun}, by its name or code: {codes}")
                .trim_end_matches(": ")
                .to_owned()
        }
    }
}

/// The codes of the built-in words that help names for a kind: those of the short lists.
fn of_list(kind: Kind) -> Vec<&'static str> {
    match kind.facts().about {
        on @ (About::Product | About::Visit | About::Treatment | About::Sign) => {
            on.listed().into_iter().map(Listed::code).collect()
        }
        _ => Vec::new(),
    }
}
