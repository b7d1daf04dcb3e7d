//! The panel beside the list on the Care screen: everything the journal knows about the focused row, in words.
//!
//! Invariant: a medicine's limits come before anything else about it; counts carry their n, and nothing is scored.

use super::rows::{Item, RECENT_DAYS, Row, Section, brief_day, recently, value, when};
use crate::domain::care::catalogue::CareList;
use crate::domain::care::measurement::Part;
use crate::domain::care::medication::{COVERS, Intake, listed};
use crate::domain::care::urge::Hour;
use crate::domain::care::visit::is_asked;
use crate::domain::care::{medication, practice, practice_log, urge, visit};
use crate::domain::entry::summary;
use crate::domain::journal::taken_for;
use crate::domain::record::Record;
use crate::domain::record::field::Ask;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::series::Series;
use crate::domain::series::stats::day_values;
use crate::domain::text::round::round;
use crate::domain::text::suggest::own_word;
use crate::domain::text::words;
use crate::domain::time::display::Manner;
use crate::domain::time::span::Span;
use crate::tui::intakes;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::sections;
use crate::tui::widgets::sparkline::spark;

/// Earlier records beside the list at most.
const EARLIER: usize = 7;
/// Days of the small bars of a measurement.
const BARS: u64 = 28;

/// A line with its role.
type Line = (String, Role);

/// Everything about the row in focus.
pub(super) fn about(section: Section, row: &Row, shared: &Shared) -> Vec<sections::Section> {
    match &row.item {
        Item::Record(id) => match shared.journal.record(*id) {
            Some(record) => of_record(record, shared),
            None => Vec::new(),
        },
        Item::Practice(code) => of_practice(code, shared),
        Item::Measure(code, _) => of_measure(code, shared),
        Item::Hours => by_hour(shared),
        Item::Helped => helped(shared),
        Item::Nothing => vec![sections::Section::new(
            section.name(),
            vec![
                (row.name.clone(), Role::Text),
                (purpose(section).to_owned(), Role::Faint),
            ],
        )],
    }
}

/// More words about what a section is for.
const fn purpose(section: Section) -> &'static str {
    match section {
        Section::Medicines => {
            "In the words of the prescription or the label. Then t notes one as taken and s as skipped; the most a day and the gap that you copy from the label are said before the next one."
        }
        Section::Routine => {
            "What you like to think of each day, without a score. A day without it lacks nothing."
        }
        Section::Practices => {
            "Breathing, a walk, tea, a bath. You can note how you felt before and after; f puts one first."
        }
        Section::Urges => {
            "u notes one from everywhere: a digit and Enter. The hours they come at and what helps stand here then."
        }
        Section::Measurements => {
            "Also pressure, pulse, fluids, the total of a questionnaire. Each stands on the same days as your check-ins in Trends."
        }
        Section::Visits => {
            "Visits, calls and meetings. Questions that come up during the week are noted with n and wait under the next visit."
        }
        Section::Treatments => "What spans time: its first and its last day show on the charts.",
        Section::People => {
            "They stand on the calm page too (Y). Nothing is called or sent from here."
        }
        Section::Reasons => "In your own words. They stand on the calm page too (Y).",
        Section::Baseline => {
            "How much, since when, for what, conditions and allergies. All of it can be left empty; it helps a clinician, and you later."
        }
    }
}

fn of_record(record: &Record, shared: &Shared) -> Vec<sections::Section> {
    let title = summary::title(&shared.journal, record);
    match record.kind {
        Kind::Medication => of_medication(record, shared),
        Kind::Appointment => of_visit(record, title, shared),
        _ => {
            let taken_for = match record.kind {
                Kind::Baseline => taken_for::lines(record, &shared.journal.symptoms),
                _ => Vec::new(),
            };
            let taken_for = taken_for.into_iter();
            let taken_for = taken_for.map(|line| (format!("Taken for: {line}"), Role::Text));
            let mut lines: Vec<Line> = taken_for.chain(fields(record, &[], shared)).collect();
            if record.kind == Kind::Question && record.text(key::ANSWER).is_none() {
                let text = if is_asked(record) {
                    "Enter notes what you were told."
                } else {
                    "A marks it as asked; Enter notes what you were told."
                };
                lines.push((text.to_owned(), Role::Faint));
            }
            let head = match record.kind {
                Kind::Question => "Question for a visit".to_owned(),
                Kind::Reason => "A reason of yours".to_owned(),
                Kind::Urge => format!("Urge, {}", when(record, shared)),
                _ => title,
            };
            vec![sections::Section::new(head, lines)]
        }
    }
}

/// The fields that are filled in, each with its label.
fn fields(record: &Record, but: &[&str], shared: &Shared) -> Vec<Line> {
    let known = record.kind.facts().fields.iter();
    let asked = known.filter(|field| !matches!(field.ask, Ask::Kept | Ask::KeptNumber));
    asked
        .filter(|field| !but.contains(&field.code))
        // Said with its levels, a line each.
        .filter(|field| record.kind != Kind::Baseline || !taken_for::is_part(field))
        .filter_map(|field| {
            let held = record.fields.value(field.code)?.to_string();
            let notice = match field.ask {
                Ask::Day(_) => record
                    .day_in(field.code)
                    .map_or(held, |day| brief_day(day, shared.today())),
                _ => field.words(&held).to_owned(),
            };
            Some((format!("{}: {notice}", field.label), Role::Text))
        })
        .collect()
}

fn of_medication(medication: &Record, shared: &Shared) -> Vec<sections::Section> {
    let journal = &shared.journal;
    let mut lines = Vec::new();
    lines.extend(limits(medication, shared));
    if let Some(prescribed) = medication.text(key::PRESCRIBED) {
        lines.push((format!("As prescribed: {prescribed}"), Role::Text));
    }
    if let Some(caution) = medication::skipped_caution(journal, medication) {
        lines.push((format!("Skipped twice in a row. {caution}"), Role::Accent));
    }
    if let Some(offer) = intakes::offer(medication) {
        lines.push((format!("m notes {offer}, if you like."), Role::Faint));
    }
    let rest = fields(
        medication,
        &[key::NAME, key::PRESCRIBED, key::MOST, key::GAP],
        shared,
    );
    lines.extend(rest.into_iter().map(|(line, _)| (line, Role::Faint)));
    let mut all = vec![sections::Section::new(
        summary::title(journal, medication),
        lines,
    )];
    let lately: Vec<Line> = medication::intakes_of(journal, medication)
        .rev()
        .take(EARLIER)
        .map(|intake| (intake_line(&intake, shared.manner()), Role::Text))
        .collect();
    if !lately.is_empty() {
        all.push(sections::Section::new("Lately", lately));
    }
    if let Some(listed) = listed(medication) {
        // What stands above already is not said twice.
        let is_said = medication::skipped_caution(journal, medication).is_some();
        let stop = listed.abrupt_stop_caution().filter(|_| !is_said);
        let notice = [listed.caution(), stop];
        // Under a name of the person's own, what the program takes it for.
        let name = medication.text(key::NAME).unwrap_or_default();
        let taken_as =
            own_word(listed, name).map(|_| format!("In the list it is {}.", listed.name));
        let lines: Vec<Line> = taken_as
            .into_iter()
            .chain(std::iter::once(listed.description.text()))
            .chain(notice.into_iter().flatten())
            .map(|line| (line, Role::Faint))
            .collect();
        all.push(sections::Section::new("Good to know", lines));
    }
    all
}

/// The sentence before the next intake, then the limits as the person entered them.
fn limits(medication: &Record, shared: &Shared) -> Vec<Line> {
    let now = medication::before_intake(&shared.journal, medication, &shared.now);
    let most = medication
        .whole(key::MOST)
        .map(|most| format!("at most {most} a day"));
    let gap = medication
        .number(key::GAP)
        .map(|gap| format!("{gap} h between two"));
    let parts: Vec<String> = [most, gap].into_iter().flatten().collect();
    let covers = if now.is_some() { "" } else { COVERS };
    let entered = (!parts.is_empty()).then(|| {
        let line = format!("As you entered it: {}. {covers}", parts.join(", "));
        (line.trim_end().to_owned(), Role::Text)
    });
    let now = now.map(|now| (now, Role::Accent));
    now.into_iter().chain(entered).collect()
}

fn intake_line(intake: &Intake<'_>, manner: Manner) -> String {
    let day = words::short_day(intake.moment.day);
    let time = manner.time_of(intake.moment);
    let amount = intake.amount.map(|amount| format!(", {amount}"));
    let state = intake.state.words();
    format!("{day} {time}  {state}{}", amount.unwrap_or_default())
}

fn of_visit(visit: &Record, title: String, shared: &Shared) -> Vec<sections::Section> {
    let mut lines = Vec::new();
    if let Some(moment) = &visit.moment {
        let time = shared.manner().time_of(moment);
        lines.push((format!("{} {time}", words::day(moment.day)), Role::Text));
    }
    lines.extend(fields(visit, &[key::WITH], shared));
    let now = shared.now.at.timestamp();
    let is_ahead = visit.place().0 > now;
    if is_ahead {
        lines.push(("n notes a question for it.".to_owned(), Role::Faint));
    } else if visit.text(key::OUTCOME).is_none() {
        let text = "Enter notes what came of it.";
        lines.push((text.to_owned(), Role::Faint));
    }
    let mut all = vec![sections::Section::new(title, lines)];
    let mut questions = visit::questions_of(&shared.journal, visit);
    let next = visit::ahead(&shared.journal, now)
        .first()
        .map(|next| next.id);
    // Questions noted for no visit in particular wait under the next one.
    if next == Some(visit.id) {
        questions.extend(visit::questions_gathered(&shared.journal, now));
    }
    if !questions.is_empty() {
        let notice = |question: &&Record| {
            (
                words::sentence_head(&summary::line(&shared.journal, question)),
                Role::Text,
            )
        };
        all.push(sections::Section::new(
            words::count(questions.len(), "question", "questions"),
            questions.iter().map(notice).collect(),
        ));
    }
    all
}

fn of_practice(code: &str, shared: &Shared) -> Vec<sections::Section> {
    let journal = &shared.journal;
    let Some(practice) = practice::by_code(journal, code) else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    if let Some(listed) = CareList::built_in().practice(code) {
        lines.push((listed.description.to_owned(), Role::Text));
    }
    let felt = practice_log::felt_in(journal, recently(shared)).into_iter();
    if let Some(felt) = felt.into_iter().find(|felt| felt.practice.code == code) {
        let arrow = shared.theme.glyph(Glyph::Arrow);
        let times = words::count(felt.n, "time", "times");
        let (before, after) = (round(felt.before, 1), round(felt.after, 1));
        lines.push((
            format!(
                "Felt {before:.1} {arrow} {after:.1} of 4, mean of {times} in {RECENT_DAYS} days"
            ),
            Role::Text,
        ));
    }
    let is_in = |codes: &[String]| codes.iter().any(|held| held == code);
    let routine = if is_in(&journal.settings.routine) {
        "In your routine; r takes it out."
    } else {
        "r puts it into your routine."
    };
    let favourite = if is_in(&journal.settings.favourite_practices) {
        "A favourite; f takes it away."
    } else {
        "f makes it a favourite."
    };
    lines.push((format!("{routine} {favourite}"), Role::Faint));
    lines.extend(practice.caution.map(|caution| (caution, Role::Faint)));
    let mut all = vec![sections::Section::new(practice.name.clone(), lines)];
    let times: Vec<Line> = practice_log::times_of(journal, code)
        .rev()
        .take(EARLIER)
        .map(|record| {
            let notice = summary::line(journal, record);
            // The panel's title names the practice already.
            let notice = notice.strip_prefix(&practice.name).unwrap_or(&notice);
            let notice = notice.trim_start_matches([',', ' ']);
            (format!("{}  {notice}", when(record, shared)), Role::Text)
        })
        .collect();
    if !times.is_empty() {
        all.push(sections::Section::new("Lately", times));
    }
    all
}

fn of_measure(code: &str, shared: &Shared) -> Vec<sections::Section> {
    let Some(measure) = CareList::built_in().measure(code) else {
        return Vec::new();
    };
    let journal = &shared.journal;
    let head = vec![(measure.description.to_owned(), Role::Faint)];
    let earlier = journal
        .records_of(Kind::Measurement)
        .rev()
        .filter(|record| record.about() == Some(code))
        .take(EARLIER)
        .map(|record| {
            let line = format!("{}  {}", when(record, shared), value(record, shared));
            (line, Role::Text)
        });
    vec![
        sections::Section::new(measure.name.to_owned(), head),
        sections::Section::new("Lately", earlier.collect()),
    ]
    .into_iter()
    .chain(days_of_measure(measure.code, shared))
    .collect()
}

/// The last four weeks of a measurement as small bars, with its lowest and its highest day.
fn days_of_measure(code: &'static str, shared: &Shared) -> Option<sections::Section> {
    let (journal, today) = (&shared.journal, shared.today());
    let series = Series::Measure(code, Part::First);
    let span = Span::ending(today, BARS);
    let values = day_values(journal, series, span);
    let shown = values.iter().flatten().copied();
    let (low, high) = shown.fold((f64::MAX, f64::MIN), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    // One bar alone compares with nothing.
    if values.iter().flatten().count() < 2 {
        return None;
    }
    let [low_text, high_text] = [low, high].map(|value| series.text(value, journal));
    let days = words::count(values.iter().flatten().count(), "day", "days");
    let bars = spark(&values, high, shared.theme);
    Some(sections::Section::new(
        format!("Last {BARS} days, from 0"),
        vec![
            (bars, Role::Accent),
            (
                format!("{days}, lowest {low_text}, highest {high_text}"),
                Role::Text,
            ),
        ],
    ))
}

/// Urges hour by hour: how many, how strong on average, and which hour had most.
fn by_hour(shared: &Shared) -> Vec<sections::Section> {
    let hours = urge::by_hour(&shared.journal, recently(shared));
    let n: usize = hours.iter().map(|hour| hour.n).sum();
    let title = format!("Urges by hour, last {RECENT_DAYS} days");
    if n == 0 {
        let text = format!("No urge was noted in the last {RECENT_DAYS} days.");
        return vec![sections::Section::new(title, vec![(text, Role::Text)])];
    }
    let mut lines = bars(&hours, shared);
    let sum: u32 = hours.iter().map(|hour| hour.strength).sum();
    let mean = round(f64::from(sum) / n as f64, 1);
    let urges = words::count(n, "urge", "urges");
    lines.push((format!("{urges}, mean strength {mean:.1} of 4"), Role::Text));
    let most = hours.iter().map(|hour| hour.n).max().unwrap_or(0);
    if most > 9 {
        lines.push(("+ is more than 9".to_owned(), Role::Faint));
    }
    let at: Vec<String> = (0..)
        .zip(&hours)
        .filter(|(_, hour)| hour.n == most)
        .map(|(at, _): (u32, _)| format!("{at}:00"))
        .collect();
    // With more hours at the top none of them stands out, so none is named.
    if at.len() <= 3 {
        let hours = at.join(" and ");
        let each = if at.len() > 1 { " each" } else { "" };
        let text = format!("Most in the hour from {hours}: {most}{each}");
        lines.push((text, Role::Faint));
    }
    vec![sections::Section::new(title, lines)]
}

/// A bar, a count and a mean strength for each of the 24 hours, over their names.
fn bars(hours: &[Hour; 24], shared: &Shared) -> Vec<Line> {
    let top = hours.iter().map(|hour| hour.n).max().unwrap_or(1) as f64;
    let counted: Vec<Option<f64>> = hours
        .iter()
        .map(|hour| (hour.n > 0).then_some(hour.n as f64))
        .collect();
    let how_many = hour_line(hours, |hour| (hour.n > 0).then(|| hour.n.to_string()));
    let strength = hour_line(hours, |hour| Some(round(hour.mean()?, 0).to_string()));
    vec![
        (
            format!("     {}", spark(&counted, top, shared.theme)),
            Role::Accent,
        ),
        ("     0     6     12    18".to_owned(), Role::Faint),
        (format!("n    {how_many}"), Role::Text),
        (format!("mean {strength}"), Role::Text),
    ]
}

/// A sign for each of the 24 hours: a digit, `+` for more than 9, a blank for none.
fn hour_line(hours: &[Hour; 24], value: impl Fn(&Hour) -> Option<String>) -> String {
    let sign = |hour: &Hour| match value(hour) {
        None => " ".to_owned(),
        Some(digit) if digit.len() == 1 => digit,
        Some(_) => "+".to_owned(),
    };
    hours.iter().map(sign).collect()
}

fn helped(shared: &Shared) -> Vec<sections::Section> {
    let helped = urge::what_helped(&shared.journal).into_iter().take(EARLIER);
    let lines = helped.map(|(words, n)| (format!("{n} \u{d7} {words}"), Role::Text));
    vec![sections::Section::new(
        "What you noted to have helped",
        lines.collect(),
    )]
}

#[cfg(test)]
mod tests {
    use super::hour_line;
    use crate::domain::care::urge::Hour;

    #[test]
    fn an_hour_without_urges_is_blank_and_never_0() {
        let mut hours = [Hour::default(); 24];
        hours[0] = Hour { n: 2, strength: 3 };
        hours[23] = Hour { n: 12, strength: 0 };
        let counted = hour_line(&hours, |hour| (hour.n > 0).then(|| hour.n.to_string()));
        assert_eq!(counted, format!("2{}+", " ".repeat(22)));
    }
}
