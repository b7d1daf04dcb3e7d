//! The fields of the forms that make no record: attempts, own symptoms, own help lines, a file, a day. Those of a record stand
//! in the table of its kind.

use crate::domain::attempt::{Ending, Method};
use crate::domain::check_in::catalogue::Category;
use crate::domain::record::field::{Ask, Field, may, must};
use crate::domain::record::key;
use crate::domain::time::parse::Toward;

const CHOOSE: &str = "\u{2190}/\u{2192} choose.";
const GROUPS: &[(&str, &str)] = &[(Category::Physical.code(), Category::Physical.label()), (Category::Psychological.code(), Category::Psychological.label())];

pub(crate) const LAST_USE: Field = may("last_use", "Last use", "A day or time: last night, 12 Nov, 2026-11-13 20:00. Leave it empty while you are still using, or not sure.", Ask::Day(Toward::Past));
pub(crate) const METHOD: Field = must("method", "How", "\u{2190}/\u{2192} choose. All are equal choices.", Ask::Choice(Method::CHOICES));
pub(crate) const ATTEMPT_NAME: Field = may(key::NAME, "Name", "If it should have one.", Ask::Line);
pub(crate) const NEW_GOAL: Field = may("goal", "Goal", "In your own words, if you like.", Ask::Line);
pub(crate) const GOAL: Field = may("goal", "Goal", "In your own words.", Ask::Line);
pub(crate) const BEGAN: Field = must("began", "Began", "The day it began: 12 Nov, 2026-11-13.", Ask::Day(Toward::Past));
pub(crate) const DAY_ZERO: Field = may("day_zero", "Day 0", "The day of last use: 2026-11-13. Empty: not known yet.", Ask::Day(Toward::Past));
pub(crate) const ENDED: Field = may("ended", "Ended", "Its last day; empty while it goes on.", Ask::Day(Toward::Past));
pub(crate) const ENDING: Field = must("ending", "It is", CHOOSE, Ask::Choice(Ending::CHOICES));
pub(crate) const LAST_DAY: Field = must("ended", "Last day", "today, yesterday, last tue, 22 Nov.", Ask::Day(Toward::Past));

pub(crate) const SYMPTOM: Field = must(key::NAME, "Name", "What it is called in your check-ins.", Ask::Line);
pub(crate) const SYMPTOM_AGAIN: Field = must(key::NAME, "Name", "Its history stays under the new name.", Ask::Line);
pub(crate) const GROUP: Field = must("group", "Group", CHOOSE, Ask::Choice(GROUPS));

pub(crate) const WHOSE: Field = must(key::NAME, "Name", "Whose number it is.", Ask::Line);
pub(crate) const WHOSE_AGAIN: Field = may(key::NAME, "Name", "Whose number it is. Empty: the line is put away.", Ask::Line);
pub(crate) const REACHED: Field = must(key::CONTACT, "Number", "The number, or whatever else reaches them. Nothing is called or sent from here.", Ask::Line);
pub(crate) const REACHED_AGAIN: Field = must(key::CONTACT, "Number", "The number, or whatever else reaches them.", Ask::Line);

pub(crate) const FILE: Field = must("file", "File", "A new file; one that is there already is never written over. It holds health data: keep it private.", Ask::Line);
pub(crate) const FOLDER: Field = must("folder", "Folder", "A new folder; one that is there already is left as it is.", Ask::Line);
pub(crate) const STUDY_ID: Field = must("study_id", "Your id", "As the study gave it to you: letters, digits, - _ and dots.", Ask::Line);
pub(crate) const FIRST_DAY: Field = may("from", "From", "The first day: 1 Nov, 2026-11-01, 30 days ago. Empty: from the first entry on.", Ask::Day(Toward::Past));
pub(crate) const LAST_OF_DAYS: Field = may("to", "To", "The last day. Empty: to the last entry.", Ask::Day(Toward::Past));
/// Notes go along.
pub(crate) const ALONG: &str = "along";
/// Notes stay.
pub(crate) const STAY: &str = "stay";
pub(crate) const NOTES_ALONG: Field = must("notes", "Notes", CHOOSE, Ask::Choice(&[(ALONG, "go along: the file is for you"), (STAY, "stay here: it is for somebody else")]));
pub(crate) const DAY: Field = must("day", "Day", "13 Nov, yesterday, last tue, 40 days ago, 2026-11-13.", Ask::Day(Toward::Past));
pub(crate) const HELD_UNTIL: Field = may(key::HELD_UNTIL, "Until", "The day the plan goes on: in 3 days, next mon, 1 Dec. Empty: held until you resume it.", Ask::Day(Toward::Future));
