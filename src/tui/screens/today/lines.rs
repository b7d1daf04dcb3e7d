//! The sentences of Today: where am I, what is there today, how does it compare. Plain mode says the same ones.

use crate::domain::attempt::NumberedAttempt;
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::catalogue::phase_of;
use crate::domain::check_in::severity::CORE_ITEMS;
use crate::domain::entry::saved;
use crate::domain::entry::saved::TakeBack;
use crate::domain::entry::summary;
use crate::domain::entry::today;
use crate::domain::entry::where_i_am::WhereIAm;
use crate::domain::journal::Coverage;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::{SameDay, Setting};
use crate::domain::series::Series;
use crate::domain::series::default_series::DefaultSeries;
use crate::domain::series::events_today;
use crate::domain::series::stats::{Comparison, WEEK, against_week_ago, mean, unindexed};
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::same_day;
use crate::domain::trends::same_day::Silence;
use crate::domain::trends::wave_text;
use crate::tui::effect::Effect;
use crate::tui::readout;
use crate::tui::readout::Line;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::text::{fit, pad, pad_left};

/// Cells of a name before its values.
const NAMES: usize = 9;
/// In a panel this wide, the days behind a comparison are said in words.
const ROOMY: usize = 38;
/// The latest notes that are shown at most.
const NOTES: usize = 4;

/// What the day is counted from.
pub(super) fn since(open: NumberedAttempt<'_>, here: &WhereIAm<'_>) -> Vec<Line> {
    let mut lines = vec![(here.since(), Role::Text)];
    lines.extend(here.last_dose().map(|last| (last, Role::Text)));
    if open.attempt.day_zero.is_none() {
        let hint = "s sets day 0, the day of last use, once it is known";
        lines.push((hint.to_owned(), Role::Faint));
    }
    lines
}

/// The stretch of the timeline, as context.
pub(super) fn phase(open: NumberedAttempt<'_>, shared: &Shared) -> Vec<Line> {
    let phase = open.attempt.day_number(shared.today()).and_then(phase_of);
    let text = phase.map(|phase| (phase.context(shared.manner()), Role::Text));
    text.into_iter().collect()
}

/// The series that stands first on its last day with a value, why it is this one, and how it compares.
pub(super) fn severity(room: usize, shared: &Shared) -> Vec<Line> {
    let (journal, today, theme) = (&shared.journal, shared.today(), shared.theme);
    let default = DefaultSeries::of(journal, today, shared.manner());
    let series = default.series;
    let name = series.name(journal).to_lowercase();
    let why = default.sentence(journal, today, shared.manner());
    let mut lines = Vec::new();
    let recent = Span::ending(today, WEEK);
    let latest = journal
        .between(recent.from, today)
        .rev()
        .find_map(|day| Some((day, series.shown_on(day, &journal.symptoms)?)));
    match latest {
        Some((day, shown)) => {
            let when = words::relative_day(day.date, today);
            let answered = day.core_answered(&journal.symptoms);
            let answered = if series.is_in_part(day, &journal.symptoms) {
                format!(", in part ({answered} of {CORE_ITEMS})")
            } else if series.is_index() {
                format!(", {answered} of {CORE_ITEMS} answered")
            } else {
                String::new()
            };
            lines.push((format!("{name} {shown} {when}{answered}"), Role::Title));
        }
        None => lines.push((
            format!("no {name} in the last 7 days: c is a check-in, b one number"),
            Role::Text,
        )),
    }
    lines.extend(why.map(|why| {
        (
            format!("{why}; favourites in Trends (s) change it"),
            Role::Faint,
        )
    }));
    match against_week_ago(journal, series, today) {
        // An empty journal has nothing to compare and gets no sentence about it.
        _ if journal.check_in_days().next().is_none() => {}
        Comparison::AcrossDayZero { earlier: None, .. } => {
            lines.push((
                "not compared with the days before day 0".to_owned(),
                Role::Faint,
            ));
        }
        first => {
            let mut others = match series {
                Series::Severity => vec![Series::Body, Series::Mind],
                _ => Vec::new(),
            };
            // With numbers of its own, or not at all: the first row says why there are none.
            others.retain(|other| {
                let compared = against_week_ago(journal, *other, today);
                matches!(compared, Comparison::Change { .. })
            });
            if series != Series::Overall && mean(journal, Series::Overall, recent).n > 0 {
                others.push(Series::Overall);
            }
            let is_change = matches!(first, Comparison::Change { .. });
            lines.push(comparison(&name, &first, room, theme));
            lines.extend(others.into_iter().map(|other| {
                let name = other.name(journal).to_lowercase();
                let compared = against_week_ago(journal, other, today);
                comparison(&name, &compared, room, theme)
            }));
            if is_change {
                let [less, more] = [Glyph::Less, Glyph::More].map(|sign| theme.glyph(sign));
                let key = format!("{less} less, {more} more than a week ago");
                lines.push((key, Role::Text));
                if room < ROOMY {
                    let key = format!("n/n: days of {WEEK}, before and now");
                    lines.push((key, Role::Text));
                }
            }
        }
    }
    // Counted apart, because an overall is never part of the severity's mean.
    let hollow = unindexed(journal, series, recent).lines();
    lines.extend(hollow.map(|line| (line, Role::Faint)));
    lines
}

/// The waves of the attempt. They need all its days, and come last: they move nothing when these have been read.
pub(super) fn waves(shared: &Shared) -> Vec<Line> {
    let (journal, today) = (&shared.journal, shared.today());
    let is_whole = journal.coverage == Coverage::Whole;
    let sentence = is_whole
        .then(|| wave_text::sentence(journal, today))
        .flatten();
    sentence
        .map(|line| (line, Role::Text))
        .into_iter()
        .collect()
}

/// The same day of earlier times: the title of its panel and its lines; empty where it has to stay away. It needs all days.
pub(super) fn same_day(shared: &Shared) -> (String, Vec<Line>) {
    let (journal, today) = (&shared.journal, shared.today());
    if journal.coverage != Coverage::Whole {
        return (String::new(), Vec::new());
    }
    let shown = same_day::lines(journal, today, shared.manner());
    let (title, lines) = shown.unwrap_or_default();
    let lines = lines.into_iter().map(|line| (line, Role::Text));
    (title, lines.collect())
}

/// Switches it, and says why nothing stands there where nothing will.
pub(super) fn switch_same_day(shared: &Shared) -> Vec<Effect> {
    let (journal, today) = (&shared.journal, shared.today());
    let next = journal.settings.same_day.other();
    let shown = same_day::shown(journal, today, shared.manner());
    if let (SameDay::On, Err(why @ (Silence::NoDay | Silence::NoEarlier))) = (next, &shown) {
        return vec![Effect::Say(format!(
            "The same day of earlier times: {why}."
        ))];
    }
    let change = Change::Set(Setting::SameDay(next));
    let line = saved::notice(journal, &change, &shared.now, TakeBack::Key);
    let why = shown.err().filter(|_| next == SameDay::On);
    let why = why.map_or_else(String::new, |why| format!(" Now {why}."));
    vec![Effect::Write {
        changes: vec![change],
        notice: format!("{line}{why}"),
    }]
}

/// What a comparison with a week ago says, its numbers in columns, or why it says nothing.
fn comparison(name: &str, compared: &Comparison, room: usize, theme: Theme) -> Line {
    let Comparison::Change {
        before,
        now,
        change,
    } = compared
    else {
        return (readout::without_change(name, compared, theme).0, Role::Text);
    };
    let n = if room >= ROOMY {
        format!("{} and {} of {WEEK}", before.1, now.1)
    } else {
        format!("{}/{}", before.1, now.1)
    };
    let text = format!(
        "{} {} {} {}  {} {} {n}",
        pad(&fit(name, NAMES, theme), NAMES, theme),
        pad_left(&before.0.to_string(), 3, theme),
        theme.glyph(Glyph::Arrow),
        pad_left(&now.0.to_string(), 3, theme),
        readout::sign(*change, theme),
        pad(&change.abs().to_string(), 4, theme),
    );
    (text, Role::Text)
}

/// Today's check-ins, drafts and missing days.
pub(super) fn so_far(shared: &Shared) -> Vec<Line> {
    let (journal, today, theme) = (&shared.journal, shared.today(), shared.theme);
    let mut lines: Vec<Line> = journal
        .check_ins(today)
        .iter()
        .map(|check_in| (done(check_in, shared), Role::Text))
        .collect();
    if lines.is_empty() {
        lines.push((
            "no check-in yet: c all symptoms, b one number".to_owned(),
            Role::Text,
        ));
    }
    let others = today::without_visit(journal, &shared.now).into_iter();
    lines.extend(others.map(|line| (format!("{} {line}", theme.glyph(Glyph::Middle)), Role::Text)));
    let drafts = shared.drafts.check_ins.iter();
    for draft in drafts.filter(|draft| shared.is_left(draft.id)) {
        let what = words::count(draft.answers.len(), "rating", "ratings");
        let when = words::relative_day(draft.day, today);
        lines.push((
            format!(
                "{} draft for {when}, {what}, not saved: c goes on",
                theme.glyph(Glyph::Middle)
            ),
            Role::Accent,
        ));
    }
    let drafts = shared.drafts.records.iter();
    for draft in drafts.filter(|draft| shared.is_left(draft.id)) {
        let what = draft.kind().map_or("entry", |kind| kind.facts().name);
        let dot = theme.glyph(Glyph::Middle);
        let text = format!("{dot} draft of {what}, not saved: l goes on");
        lines.push((text, Role::Accent));
    }
    let missing = journal.missing_days(today).len();
    if missing > 0 {
        let days = words::count(missing, "day", "days");
        lines.push((
            format!(
                "{} {days} missing: m fills, skips or leaves them",
                theme.glyph(Glyph::Middle)
            ),
            Role::Text,
        ));
    }
    // Last: these are whole sentences, and today's own lines come first on a small screen.
    let events = events_today::lines(journal, today).into_iter();
    lines.extend(events.map(|line| {
        (
            format!("{} {line}", theme.glyph(Glyph::Middle)),
            Role::Faint,
        )
    }));
    lines
}

fn done(check_in: &CheckIn, shared: &Shared) -> String {
    let theme = shared.theme;
    let time = shared.manner().time_of(&check_in.moment);
    let what = match (Series::Severity.shown_in(check_in), check_in.overall) {
        (Some(index), _) => format!("severity {index}"),
        (None, Some(overall)) => format!("overall {} of 10", overall.number()),
        (None, None) if check_in.answered() > 0 => {
            words::count(check_in.answered(), "rating", "ratings")
        }
        (None, None) => "a note".to_owned(),
    };
    // A check-in that is nothing but a note says so already.
    let note = if check_in.note.is_some() && check_in.answered() > 0 {
        ", note"
    } else {
        ""
    };
    format!(
        "{} check-in {time}, {what}{note}",
        theme.glyph(Glyph::Check)
    )
}

/// The next visit with its questions: what stands in the border, and its lines. Empty without a visit.
pub(super) fn next(shared: &Shared) -> (String, Vec<Line>) {
    let (journal, now) = (&shared.journal, &shared.now);
    let Some(next) = today::next_visit(journal, now.at.timestamp()) else {
        return (String::new(), Vec::new());
    };
    let fact = match next.questions.len() {
        0 => String::new(),
        n => words::count(n, "question", "questions"),
    };
    let moment = next.visit.moment.as_ref();
    let when = moment.map_or_else(String::new, |moment| {
        let time = shared.manner().time_of(moment);
        let day = match moment.day {
            day if day == shared.today() => "today".to_owned(),
            day => words::short_day(day),
        };
        format!("{day} {time}  ")
    });
    let title = summary::title(journal, next.visit);
    let mut lines = vec![(format!("{when}{title}"), Role::Title)];
    let dot = shared.theme.glyph(Glyph::Middle);
    lines.extend(next.questions.iter().map(|question| {
        let text = summary::title(journal, question);
        (format!("{dot} {text}"), Role::Text)
    }));
    (fact, lines)
}

/// What the person wants of the attempt, in their own words.
pub(super) fn goal(shared: &Shared) -> Vec<Line> {
    let open = shared.journal.attempts.open(shared.today());
    let goal = open.and_then(|open| open.attempt.goal.clone());
    goal.map(|goal| (goal, Role::Text)).into_iter().collect()
}

/// The latest notes of the last two weeks, each with its day.
pub(super) fn notes(shared: &Shared) -> Vec<Line> {
    let span = Span::ending(shared.today(), 14);
    let days = shared.journal.between(span.from, span.to).rev();
    let check_ins = days.flat_map(|day| {
        let of_day = day.check_ins.iter().rev();
        of_day.map(move |check_in| (day.date, check_in))
    });
    let notes = check_ins.filter_map(|(day, check_in)| Some((day, check_in.note.as_ref()?)));
    let dot = shared.theme.glyph(Glyph::Middle);
    notes
        .take(NOTES)
        .map(|(day, note)| {
            let when = words::short_day(day);
            (format!("{dot} {when}: {note}"), Role::Text)
        })
        .collect()
}
