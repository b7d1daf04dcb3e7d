//! Care in sentences: medicines, the routine, practices, urges, measurements, visits and what else is kept, each as a list of
//! numbers that can be changed, put away or answered to.
//!
//! Invariant: a limit from the label and a caution are said before anything is saved; there is no score.

use super::session::{Reply, Session, until_back};
use super::talk::Step;
use crate::domain::care::practice::Practice;
use crate::domain::care::practice_log::RoutineItem;
use crate::domain::care::urge::hours_said;
use crate::domain::care::visit::other_state;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::Setting;
use crate::domain::record::Record;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::record::state::IntakeState;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// What is kept in lists: the word, and the kind behind it.
const KEPT: [(&str, Kind); 10] = [
    ("medicines", Kind::Medication),
    ("visits", Kind::Appointment),
    ("questions", Kind::Question),
    ("treatments", Kind::Treatment),
    ("people", Kind::Contact),
    ("reasons", Kind::Reason),
    ("baseline", Kind::Baseline),
    ("products", Kind::Product),
    ("own practices", Kind::OwnPractice),
    ("signs", Kind::Sign),
];
/// What has a list of its own.
const OWN: [&str; 4] = ["routine", "practices", "urges", "measurements"];
/// Days that are looked back on.
const LATELY: u64 = 90;
/// Records of a list that happened, the newest ones.
const MOST: usize = 20;

/// A word of the lists of Care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CareWord {
    /// What is typed, 1 standing for the number of a row.
    pub word: &'static str,
    /// The labels of the full screen's key table that it stands for; the parity test reads them.
    pub labels: &'static [&'static str],
    stands: Stands,
}

/// Where a word is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// In the list of every kind.
    Everywhere,
    /// In the lists of these kinds.
    Only(&'static [Kind]),
    /// In a list of its own, or as the name of a list.
    Elsewhere,
}

const fn word(word: &'static str, labels: &'static [&'static str], stands: Stands) -> CareWord {
    CareWord {
        word,
        labels,
        stands,
    }
}

/// Everything that can be done with what is kept.
pub const CARE_WORDS: &[CareWord] = &[
    word(
        "add",
        &["add", "log any", "measure", "measure again"],
        Stands::Everywhere,
    ),
    word(
        "edit 1",
        &["edit", "edit the last", "edit, outcome"],
        Stands::Everywhere,
    ),
    word("delete 1", &["delete"], Stands::Everywhere),
    word(
        "end 1",
        &["note a stop", "note its end"],
        Stands::Only(&[Kind::Medication, Kind::Treatment]),
    ),
    word("taken 1", &["taken now"], Stands::Only(&[Kind::Medication])),
    word("late 1", &["taken late"], Stands::Only(&[Kind::Medication])),
    word("skipped 1", &["skipped"], Stands::Only(&[Kind::Medication])),
    word("asked 1", &["asked"], Stands::Only(&[Kind::Question])),
    word("done 1", &["done"], Stands::Elsewhere),
    word("add NAME", &["add to it", "routine"], Stands::Elsewhere),
    word("out 1", &[], Stands::Elsewhere),
    word("favourite NAME", &["favourite"], Stands::Elsewhere),
    word("own practices", &["own practice"], Stands::Elsewhere),
    word("questions", &["question"], Stands::Elsewhere),
    word("signs", &["a sign that needed help"], Stands::Elsewhere),
];

/// What can be said in the list of `kind`.
fn words_of(kind: Kind) -> String {
    let stands = CARE_WORDS.iter().filter(|word| match word.stands {
        Stands::Everywhere => true,
        Stands::Only(kinds) => kinds.contains(&kind),
        Stands::Elsewhere => false,
    });
    let words: Vec<&str> = stands.map(|word| word.word).collect();
    words.join(", ")
}

impl Session<'_> {
    /// Looks at what is kept, one list at a time, until `back`.
    pub(super) fn care(&mut self) -> Step<()> {
        self.care_at_a_glance()?;
        let kept = KEPT.iter().map(|(word, _)| *word);
        let all: Vec<&str> = kept.chain(OWN).collect();
        loop {
            let typed = self.ask_line(&format!("Care: {}, or back?", all.join(", ")))?;
            let word = typed.trim().to_lowercase();
            if let Some((_, kind)) = KEPT.iter().find(|(known, _)| *known == word) {
                until_back(self.list_of(*kind))?;
                continue;
            }
            match word.as_str() {
                "routine" => until_back(self.routine())?,
                "practices" => until_back(self.practices())?,
                "urges" => until_back(self.urges())?,
                "measurements" => until_back(self.measurements())?,
                "" | "done" | "skip" => return Ok(()),
                other => self.not_an_answer(other, "one of these words, or back")?,
            }
        }
    }

    /// What a person looks for first: the medicines with what was noted today, the routine, when urges come, what was measured
    /// last, the next visit with its questions.
    fn care_at_a_glance(&mut self) -> Step<()> {
        let mut said: Vec<String> = Vec::new();
        let today = self.today();
        for medication in self.journal.medications_on(today) {
            said.push(self.medicine_today(medication, today));
            if let Some(caution) = self.journal.skipped_caution(medication) {
                said.push(format!("Skipped twice in a row. {caution}"));
            }
        }
        let routine = self.journal.routine_on(today);
        let routine: Vec<String> = routine
            .iter()
            .map(|planned| format!("{} {}", planned.practice.name, state_of(planned)))
            .collect();
        if !routine.is_empty() {
            said.push(format!("Routine: {}", routine.join(", ")));
        }
        let lately = Span::ending(today, LATELY);
        if let Some(urges) = hours_said(&self.journal.urges_by_hour(lately)) {
            said.push(format!("Last {LATELY} days: {urges}"));
        }
        for measured in self.journal.latest_measured() {
            let day = measured.day().map(|day| words::day_near(day, today));
            let line = self.journal.said(measured);
            said.push(format!("{}: {line}", day.unwrap_or_default()));
        }
        let now = self.now().at.timestamp();
        if let Some(next) = self.journal.next_visit(now) {
            let questions = words::count(next.questions.len(), "question", "questions");
            let day = next.visit.moment.as_ref().map(|moment| {
                let time = self.manner().time(moment.wall_time());
                format!("{} {time}", words::day_near(moment.day, today))
            });
            let visit = self.journal.said(next.visit);
            said.push(format!("{}: {visit}, {questions}", day.unwrap_or_default()));
            said.extend(next.questions.iter().map(|asked| self.journal.said(asked)));
        }
        if said.is_empty() {
            said.push("Nothing is kept here yet; each list says what it is for".to_owned());
        }
        said.iter()
            .try_for_each(|line| self.say(&words::sentence(line)))
    }

    /// "Clonidine; today: taken 08:12."
    fn medicine_today(&self, medication: &Record, today: NaiveDate) -> String {
        let intakes = self.journal.intakes_of(medication);
        let of_today = intakes.filter(|intake| intake.moment.day == today);
        let noted: Vec<String> = of_today
            .map(|intake| {
                let time = intake.moment.wall_time().format("%H:%M");
                format!("{} {time}", intake.state.code())
            })
            .collect();
        let said = self.journal.said(medication);
        if noted.is_empty() {
            return said;
        }
        format!("{said}; today: {}", noted.join(", "))
    }

    /// The records of `kind`: those that stand in order, those of a day the newest first.
    fn kept(&self, kind: Kind) -> Vec<Record> {
        if kind.has_day() {
            let newest = self.journal.records_of(kind).rev().take(MOST);
            return newest.cloned().collect();
        }
        self.journal.standing(kind).into_iter().cloned().collect()
    }

    /// Lists the records of `kind` and does what is said with them, until `back`.
    pub(super) fn list_of(&mut self, kind: Kind) -> Step<()> {
        loop {
            let records = self.kept(kind);
            self.say_numbered(&records)?;
            if records.is_empty() {
                self.say(&format!("No {} yet.", kind.facts().name))?;
            }
            let can = if records.is_empty() {
                "add".to_owned()
            } else {
                words_of(kind)
            };
            let typed = self.ask_line(&format!("{can}, or back?"))?;
            let typed = typed.trim().to_lowercase();
            if matches!(typed.as_str(), "" | "done" | "skip") {
                return Ok(());
            }
            if typed == "add" {
                self.add(kind)?;
                continue;
            }
            let (word, number) = typed.split_once(' ').unwrap_or((&typed, "1"));
            let at = number.trim().parse::<usize>().ok();
            let chosen = at.and_then(|at| records.get(at.checked_sub(1)?));
            let Some(record) = chosen.cloned() else {
                self.not_an_answer(&typed, &format!("{can}, or back"))?;
                continue;
            };
            if !self.with_record(word, kind, &record)? {
                self.not_an_answer(&typed, &format!("{can}, or back"))?;
            }
        }
    }

    fn say_numbered(&mut self, records: &[Record]) -> Step<()> {
        for (at, record) in records.iter().enumerate() {
            let line = crate::cli::noun::line(record, &self.journal, self.manner());
            let line = format!("{}: {line}", at + 1);
            self.say(&words::sentence(&line))?;
        }
        Ok(())
    }

    fn add(&mut self, kind: Kind) -> Step<()> {
        if kind != Kind::Baseline {
            return self.log(kind);
        }
        // How things stood belongs to the open attempt.
        let Some(open) = self.journal.attempts.open(self.today()) else {
            return self.say("It belongs to an attempt, and none is open. start begins one.");
        };
        let attempt = open.attempt.id.to_string();
        let draft = RecordDraft::new(self.new_id(), kind, self.today()).about(&attempt);
        self.fill_record(draft)
    }

    /// Does what `word` says with a record; false where it says nothing.
    fn with_record(&mut self, word: &str, kind: Kind, record: &Record) -> Step<bool> {
        let today = self.today();
        match (word, kind) {
            ("edit", _) => self.fill_record(RecordDraft::of(record, today))?,
            ("delete", _) => self.delete_record(record)?,
            ("end", Kind::Medication | Kind::Treatment) => {
                let draft = RecordDraft::of(record, today).with(key::STOP, today.to_string());
                self.save_draft(&draft)?;
            }
            (_, Kind::Medication) => match IntakeState::from_code(word) {
                Some(state) => self.intake(record, state)?,
                None => return Ok(false),
            },
            ("asked", Kind::Question) => {
                let draft = RecordDraft::of(record, today).with(key::STATE, other_state(record));
                self.save_draft(&draft)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn save_draft(&mut self, draft: &RecordDraft) -> Step<()> {
        match self.journal.recorded(draft, &self.now()) {
            Ok(record) => self.save_record(record),
            Err(refusal) => self.say(&words::sentence(&refusal.sentence)),
        }
    }

    /// Puts a record into the bin, after a yes.
    pub(super) fn delete_record(&mut self, record: &Record) -> Step<()> {
        let said = self.journal.said(record);
        if self.confirm(&format!("Put away: {said}?"))? == Reply::No {
            return self.say("It stays as it is.");
        }
        let change = Change::DeleteRecord(record.id);
        self.write_and_say(
            &[change],
            "Put away. undo takes it back; bin keeps it for 30 days.",
        )
    }

    /// An intake of now: what the label says comes first, and is asked about.
    fn intake(&mut self, medication: &Record, state: IntakeState) -> Step<()> {
        let limit = self.journal.before_intake(medication, &self.now());
        if let Some(limit) = limit.filter(|_| state != IntakeState::Skipped) {
            self.say(&limit)?;
            if self.confirm("Log it all the same?")? == Reply::No {
                return self.say("Nothing was saved.");
            }
        }
        let draft = RecordDraft::new(self.new_id(), Kind::Intake, self.today());
        let draft = draft
            .about(&medication.id.to_string())
            .with(key::STATE, state.code());
        self.save_draft(&draft)
    }

    /// The person's own list for a day: what is done and what is open, without a score.
    pub(super) fn routine(&mut self) -> Step<()> {
        loop {
            let planned = self.journal.routine_on(self.today());
            let lines: Vec<String> = planned
                .iter()
                .enumerate()
                .map(|(at, planned)| {
                    let state = state_of(planned);
                    format!("{}: {}, {state}.", at + 1, planned.practice.name)
                })
                .collect();
            let practices: Vec<Practice> = planned.into_iter().map(|p| p.practice).collect();
            if lines.is_empty() {
                self.say(
                    "A routine is a list of your own for the day. add puts a practice into it.",
                )?;
            }
            for line in lines {
                self.say(&line)?;
            }
            let typed = self.ask_line("done 1, add NAME, out 1, or back?")?;
            let (word, rest) = typed.trim().split_once(' ').unwrap_or((typed.trim(), ""));
            let numbered = || {
                let at = rest.trim().parse::<usize>().ok()?;
                practices.get(at.checked_sub(1)?).cloned()
            };
            match (word, numbered()) {
                ("" | "skip", _) => return Ok(()),
                ("done", _) if rest.is_empty() => return Ok(()),
                ("done", Some(practice)) => self.practise(&practice)?,
                ("out", Some(practice)) => self.switch_routine(&practice)?,
                ("add", _) if !rest.is_empty() => match self.journal.find_practice(rest) {
                    Some(practice) => self.switch_routine(&practice)?,
                    None => self.say("There is no such practice. own practices adds one.")?,
                },
                _ => self.not_an_answer(&typed, "done 1, add and a name, out 1, or back")?,
            }
        }
    }

    fn switch_routine(&mut self, practice: &Practice) -> Step<()> {
        let mut codes = self.journal.settings.routine.clone();
        let was_in = codes.contains(&practice.code);
        codes.retain(|code| *code != practice.code);
        let said = if was_in {
            format!(
                "{} is out of your routine; what you logged stays.",
                practice.name
            )
        } else {
            codes.push(practice.code.clone());
            format!("{} is in your routine.", practice.name)
        };
        self.write_and_say(&[Change::Set(Setting::Routine(codes))], &said)
    }

    fn practise(&mut self, practice: &Practice) -> Step<()> {
        let draft = RecordDraft::new(self.new_id(), Kind::Practice, self.today());
        let draft = self.journal.begun(draft, Some(practice.code.clone()));
        self.fill_record(draft)
    }

    /// What was done lately and how it was felt; logs one, and marks favourites.
    pub(super) fn practices(&mut self) -> Step<()> {
        let lately = Span::ending(self.today(), LATELY);
        for felt in self.journal.felt_in(lately) {
            self.say(&format!(
                "{}: {:.1} before, {:.1} after, 0 fine to 4 very bad; n {}.",
                felt.practice.name, felt.before, felt.after, felt.n
            ))?;
        }
        let names: Vec<String> = self
            .journal
            .practices_at_hand(lately)
            .into_iter()
            .map(|practice| practice.name)
            .collect();
        if !names.is_empty() {
            self.say(&format!("At hand: {}.", names.join(", ")))?;
        }
        loop {
            let typed =
                self.ask_line("A name logs it, favourite NAME marks it, list names all, or back?")?;
            let typed = typed.trim();
            let (is_mark, name) = match typed.strip_prefix("favourite ") {
                Some(name) => (true, name),
                None => (false, typed),
            };
            match (name, self.journal.find_practice(name)) {
                ("" | "done" | "skip", _) => return Ok(()),
                ("list", _) => {
                    let all = self.journal.practices();
                    let names: Vec<&str> = all.iter().map(|p| p.name.as_str()).collect();
                    self.say(&format!("{}.", names.join(", ")))?;
                }
                (_, Some(practice)) if is_mark => self.switch_favourite(&practice)?,
                (_, Some(practice)) => return self.practise(&practice),
                (_, None) => self.not_an_answer(typed, "the name of a practice, list, or back")?,
            }
        }
    }

    fn switch_favourite(&mut self, practice: &Practice) -> Step<()> {
        let mut codes = self.journal.settings.favourite_practices.clone();
        let was_in = codes.contains(&practice.code);
        codes.retain(|code| *code != practice.code);
        let said = if was_in {
            format!("{} is no favourite any more.", practice.name)
        } else {
            codes.push(practice.code.clone());
            format!("{} stands first from now on.", practice.name)
        };
        self.write_and_say(&[Change::Set(Setting::FavouritePractices(codes))], &said)
    }

    /// Urges by hour of day, what set them off and what helped.
    fn urges(&mut self) -> Step<()> {
        let lately = Span::ending(self.today(), LATELY);
        match hours_said(&self.journal.urges_by_hour(lately)) {
            Some(urges) => self.say(&format!("Last {LATELY} days: {urges}."))?,
            None => self.say(&format!(
                "No urge in the last {LATELY} days. urge (u) notes one."
            ))?,
        }
        for (field, word) in [(key::TRIGGER, "Set off by"), (key::HELPED, "Helped")] {
            let noted = self.journal.noted_with_urges(field);
            let noted: Vec<String> = noted
                .iter()
                .take(5)
                .map(|(what, n)| format!("{what} ({n})"))
                .collect();
            if !noted.is_empty() {
                self.say(&format!("{word}: {}.", noted.join(", ")))?;
            }
        }
        self.list_of(Kind::Urge)
    }

    /// The last of each thing that was measured; then the list.
    fn measurements(&mut self) -> Step<()> {
        let latest = self.journal.latest_measured().into_iter().cloned();
        let latest: Vec<Record> = latest.collect();
        let today = self.today();
        for record in &latest {
            let day = record.day().map(|day| words::day_near(day, today));
            let said = self.journal.said(record);
            self.say(&format!("{}: {said}.", day.unwrap_or_default()))?;
        }
        self.list_of(Kind::Measurement)
    }
}

/// How a practice of the routine stands today: a word, and no score.
fn state_of(planned: &RoutineItem) -> &'static str {
    if planned.done.is_empty() {
        "open"
    } else {
        "done"
    }
}
