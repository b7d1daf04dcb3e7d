//! Taper plans in sentences: the state of a plan, its steps, and the words that change it.
//!
//! Invariants: what a plan cannot know is said before it is begun; every step can be heard before it begins; a lower amount
//! is not said while the plan has to ask first.

use super::form;
use super::form::{From, PlanForm};
use super::session::{Asked, Reply, Session, until_back};
use super::talk::{Step, Stop};
use crate::domain::dose::product::Product;
use crate::domain::dose::{product, sentences};
use crate::domain::entry::saved::TakeBack;
use crate::domain::order::Ordered;
use crate::domain::record::key;
use crate::domain::safety::before_cutting::{NO_VALIDATED, SAFETY};
use crate::domain::series::default_series::DefaultSeries;
use crate::domain::taper::after_cut;
use crate::domain::taper::plan::Plan;
use crate::domain::taper::plan_action::PlanAction;
use crate::domain::taper::schedule::Preview;
use crate::domain::taper::sentences as taper_sentences;
use crate::domain::taper::sentences::{StepRow, step_rows};
use crate::domain::taper::staircase::staircase;
use crate::domain::taper::terms::Terms;
use crate::domain::taper::terms_draft::TermsDraft;
use crate::domain::taper::{plan_action, plans};
use crate::domain::text::words;
use crate::domain::time::parse::{Toward, parse_day};
use crate::domain::time::span::Span;
use std::cmp::Reverse;

/// Days that `days` says one by one.
const DAYS: u64 = 14;
/// A schedule of at most so many steps is said before the plan begins.
const STEPS: usize = 12;

/// What can be done with a plan: the word, its key on the Plan screen, and what it does. The parity test reads it.
pub const PLAN_WORDS: [(&str, &str, &str); 13] = [
    ("new", "n", "a new plan"),
    ("hold", "h", "today's amount stays until you go on"),
    ("until", "H", "it stays until a day"),
    ("on", "g", "it goes on"),
    ("step back", "s", "one step back"),
    ("replan", "r", "new terms from today"),
    ("end", "e", "no plan from today on"),
    ("next", "p", "the next plan"),
    ("steps", "v", "each step beside what was used"),
    ("cuts", "C", "how it went around the cuts"),
    ("days", "", "the last two weeks, day by day"),
    ("versions", "", "how the plan was changed"),
    ("doses", "", "what was used lately"),
];

/// Looks at the plans and changes them, until `back`.
pub(super) fn page(session: &mut Session<'_>) -> Step<()> {
    let (mut at, mut is_news) = (0, true);
    session.say(NO_VALIDATED)?;
    loop {
        let plans = plans_in_order(session);
        // A plan may have ended or been taken back since the last word.
        let plan = plans.get(at.min(plans.len().saturating_sub(1))).cloned();
        if is_news {
            say_state(session, plan.as_ref())?;
        }
        let words: Vec<&str> = PLAN_WORDS.iter().map(|(word, ..)| *word).collect();
        let question = format!("Plan: {}, or back?", words.join(", "));
        let typed = session.ask_line(Asked::new(&question, &explained()))?;
        let typed = typed.trim();
        let spoken = match typed.to_lowercase() {
            // The sentences of a plan say "resume", "goes on" and "hold until".
            other if matches!(&*other, "resume" | "go on" | "goes on") => "on".to_owned(),
            other if other == "hold until" => "until".to_owned(),
            other => other,
        };
        let known = PLAN_WORDS.iter().find(|(word, key, _)| {
            // Words in any case; keys in their own: `h` and `H` are two words.
            spoken == *word || (!key.is_empty() && typed == *key)
        });
        let Some((word, ..)) = known else {
            if matches!(typed, "" | "done" | "skip") {
                return Ok(());
            }
            if session.took_back(typed)? {
                continue;
            }
            session.not_an_answer(typed, "one of these words, or back")?;
            is_news = false;
            continue;
        };
        // After a change the state of the plan is said again; after a mere look it is known.
        is_news = !matches!(*word, "steps" | "days" | "cuts" | "versions" | "doses");
        if *word == "next" {
            at = (at + 1) % plans.len().max(1);
            continue;
        }
        // `back` at a question of a plan leads to the plan, not out of it.
        until_back(with_plan(session, word, plan.as_ref()))?;
    }
}

/// What each word does.
fn explained() -> String {
    let words = PLAN_WORDS.iter();
    let words: Vec<String> = words
        .map(|(word, _, does)| format!("{word}: {does}."))
        .collect();
    words.join("\n")
}

/// Those that go on first, then those that began last.
fn plans_in_order(session: &Session<'_>) -> Vec<Plan> {
    let (mut plans, today) = (plans::plans(&session.journal), session.today());
    plans.order_by_key(|plan| (plan.has_ended_by(today), Reverse(plan.begins())));
    plans
}

fn product_of(session: &Session<'_>, plan: &Plan) -> Option<Product> {
    product::by_code(&session.journal, &plan.product)
}

fn say_state(session: &mut Session<'_>, plan: Option<&Plan>) -> Step<()> {
    let Some(plan) = plan else {
        say_safety(session)?;
        return session.say("There is no plan. new begins one; its pace is yours to enter.");
    };
    let name = product_of(session, plan).map_or_else(|| plan.product.clone(), |p| p.name);
    session.say(&format!("Plan for {name}:"))?;
    let status = taper_sentences::status(&session.journal, plan, session.today());
    session.say_each(status.iter().map(|line| plainly(line)))
}

/// Once in a conversation; after that it is named.
fn say_safety(session: &mut Session<'_>) -> Step<()> {
    if std::mem::replace(&mut session.has_said_safety, true) {
        return session.say(
            "What to know before cutting down was said at the beginning; guide safety says it again.",
        );
    }
    session.say_each(SAFETY.iter().map(|line| plainly(line)))
}

fn with_plan(session: &mut Session<'_>, word: &str, plan: Option<&Plan>) -> Step<()> {
    match (word, plan) {
        ("new", plan) => {
            // Without a plan the page began with it, and it stands there already where it was said before.
            if plan.is_some() && !session.has_said_safety {
                say_safety(session)?;
            }
            new_terms(session, None)
        }
        ("doses", _) => say_sentences(
            session,
            &sentences::sentences(&session.journal, &session.now()),
        ),
        (_, None) => session.say("There is no plan yet. new begins one."),
        ("replan", Some(plan)) => new_terms(session, Some(plan)),
        ("until", Some(plan)) => hold_until(session, plan),
        ("end", Some(plan)) => {
            session.before_writing()?;
            let question =
                "There is no plan for this product from today on; what was stays. End it?";
            match session.confirm(question)? {
                Reply::Yes => change_plan(session, plan, &PlanAction::End),
                Reply::No => session.say("It stays as it is."),
            }
        }
        ("hold" | "on" | "step back", Some(plan)) => {
            // While the plan asks how to go on, the answers are about the amount from before the gap.
            let asks = plans::asks_since(&session.journal, plan, session.today()).is_some();
            let action = match (word, asks) {
                ("hold", true) => PlanAction::HoldAsShown,
                ("hold", false) => PlanAction::Hold { until: None },
                ("on", true) => PlanAction::GoOn,
                ("on", false) => PlanAction::Resume,
                (_, true) => PlanAction::BackAsShown,
                (_, false) => PlanAction::Back,
            };
            change_plan(session, plan, &action)
        }
        ("days", Some(plan)) => say_days(session, plan),
        ("cuts", Some(plan)) => {
            let (journal, today) = (&session.journal, session.today());
            let series = DefaultSeries::of(journal, today, session.manner).series;
            let product = product_of(session, plan);
            let lines = after_cut::sentences(journal, product.as_ref(), series, today);
            session.say_each(lines)
        }
        ("versions", Some(plan)) => {
            let Some(product) = product_of(session, plan) else {
                return Ok(());
            };
            let versions = plan.versions.iter();
            let lines = versions.map(|v| taper_sentences::version_text(v, &product));
            say_sentences(session, &lines.collect::<Vec<_>>())
        }
        (_, Some(plan)) => say_steps(session, plan),
    }
}

/// Says each line as a sentence.
fn say_sentences(session: &mut Session<'_>, lines: &[String]) -> Step<()> {
    session.say_each(lines.iter().map(|line| words::sentence(&plainly(line))))
}

/// The sentence of an action, with the word that takes it back.
fn back(line: &str) -> String {
    TakeBack::Word.after(&plainly(line))
}

fn change_plan(session: &mut Session<'_>, plan: &Plan, action: &PlanAction) -> Step<()> {
    session.before_writing()?;
    let (today, id) = (session.today(), session.new_id());
    match plan_action::change(&session.journal, plan, action, today, id) {
        Ok((change, line)) => session.write_and_say(&change, &back(&line)),
        Err(why) => session.say(&words::sentence(&why)),
    }
}

fn hold_until(session: &mut Session<'_>, plan: &Plan) -> Step<()> {
    session.before_writing()?;
    let question = "Until which day? The plan goes on then. skip holds it until you go on.";
    let about = format!(
        "The day on which the plan goes on by itself: {}. skip holds it until you type on.",
        Toward::Future.days()
    );
    loop {
        let typed = session.ask_text(Asked::new(question, &about))?;
        if typed.is_empty() {
            return change_plan(session, plan, &PlanAction::Hold { until: None });
        }
        let day_end = session.journal.settings.day_end;
        match parse_day(&typed, &session.now(), day_end, Toward::Future) {
            Ok(day) => {
                return change_plan(session, plan, &PlanAction::Hold { until: Some(day) });
            }
            Err(why) => session.say(&words::sentence(&why.to_string()))?,
        }
    }
}

/// The steps as they were lived, then those ahead.
fn say_steps(session: &mut Session<'_>, plan: &Plan) -> Step<()> {
    let Some(product) = product_of(session, plan) else {
        return Ok(());
    };
    let today = session.today();
    let lived = taper_sentences::lived(&session.journal, plan, today);
    let mut lines: Vec<String> = lived
        .iter()
        .map(|step| {
            let used = taper_sentences::used_text(step, &product);
            format!(
                "{}; {used}",
                taper_sentences::step_text(step, &product, today)
            )
        })
        .collect();
    // A lower amount that has to be asked about first is not said.
    if plans::asks_since(&session.journal, plan, today).is_none()
        && let Some(version) = plan.version_on(today).or(plan.latest())
    {
        lines.extend(version.stairs_after(today).iter().map(|stair| {
            let day = words::day_near(stair.begins, today);
            format!(
                "step {}, from {day}: {}",
                stair.step,
                product.text(stair.amount)
            )
        }));
    }
    say_sentences(session, &lines)
}

fn say_days(session: &mut Session<'_>, plan: &Plan) -> Step<()> {
    let Some(product) = product_of(session, plan) else {
        return Ok(());
    };
    let today = session.today();
    let stairs = staircase(&session.journal, &product, Span::ending(today, DAYS), today);
    let lines = stairs.days.iter().filter_map(|tread| {
        let day = words::day_near(tread.day, today);
        Some(format!("{day}: {}", tread.text(&product)?))
    });
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return session.say("No day of the last two weeks has an amount.");
    }
    say_sentences(session, &lines)
}

/// Asks the terms of a new plan, or new ones for `of`; says what they come to; begins it after a yes.
fn new_terms(session: &mut Session<'_>, of: Option<&Plan>) -> Step<()> {
    session.before_writing()?;
    let begun = begun_terms(session, of);
    let mut terms = PlanForm::new(begun, of.map(|plan| plan.product.clone()));
    let mut from = From::First;
    loop {
        let (product, whole, preview) = match form::fill_from(session, &mut terms, from) {
            Ok(Some(whole)) => whole,
            Ok(None) => return session.say("Nothing was begun."),
            Err(Stop::Back) => {
                return session.say("There is no question before this one. Nothing was begun.");
            }
            Err(stop) => return Err(stop),
        };
        match is_begun_so(session, &product, &preview) {
            Ok(Reply::Yes) => return begin(session, of, &product, whole),
            Ok(Reply::No) => return session.say("Nothing was begun."),
            // The last question: what was answered stands in the form.
            Err(Stop::Back) => from = From::Last,
            Err(stop) => return Err(stop),
        }
    }
}

/// The terms of a plan, with the amount of today; the rate is entered anew.
fn begun_terms(session: &Session<'_>, of: Option<&Plan>) -> TermsDraft {
    let today = session.today();
    let known = of.and_then(|plan| Some((plan, product_of(session, plan)?, plan.latest()?)));
    let Some((plan, product, version)) = known else {
        return TermsDraft::default();
    };
    let seen = plans::asks_since(&session.journal, plan, today).unwrap_or(today);
    let draft = TermsDraft::of(&product, &version.terms);
    // The pace starts empty: the program never suggests one.
    let draft = draft.with(key::SHAPE_VALUE, "").with(key::EVERY_DAYS, "");
    match plan.target_on(seen) {
        Some(amount) => draft.with(key::START, amount.to_string()),
        None => draft,
    }
}

/// Says what the terms come to, step by step if it is wished, and asks whether the plan begins so.
fn is_begun_so(session: &mut Session<'_>, product: &Product, preview: &Preview) -> Step<Reply> {
    let steps: Vec<String> = step_rows(preview, product)
        .iter()
        .map(StepRow::sentence)
        .collect();
    // A long schedule is said on request only: nobody wants to hear fifty steps unasked.
    let question = if steps.len() <= STEPS {
        say_sentences(session, &steps)?;
        "Begin it so? yes, no, or steps to hear them again."
    } else {
        "Begin it so? yes, no, or steps to hear each one."
    };
    say_sentences(session, &taper_sentences::summary(preview, product))?;
    loop {
        let about = "yes begins the plan. no begins nothing. steps says each step with its day and amount. back: the last question.";
        let typed = session.ask(Asked::new(question, about))?;
        match typed.to_lowercase().as_str() {
            "steps" | "s" => say_sentences(session, &steps)?,
            "yes" | "y" => return Ok(Reply::Yes),
            "no" | "n" => return Ok(Reply::No),
            // A slip of Enter must not cost nine answers.
            other => session.not_an_answer(other, "yes, no, steps or back")?,
        }
    }
}

/// Begins the plan, or gives `of` its new terms.
fn begin(
    session: &mut Session<'_>,
    of: Option<&Plan>,
    product: &Product,
    terms: Terms,
) -> Step<()> {
    if let Some(plan) = of {
        return change_plan(session, plan, &PlanAction::Replan(terms));
    }
    let (ids, today) = ((session.new_id(), session.new_id()), session.today());
    match plan_action::begin(&session.journal, product, terms, today, ids) {
        Ok((change, line)) => session.write_and_say(&change, &back(&line)),
        Err(why) => session.say(&words::sentence(&why)),
    }
}

/// `text` without the signs that a screen reader may skip or spell out.
fn plainly(text: &str) -> String {
    // Signs that a screen reader skips or spells out become words.
    text.trim_start_matches("\u{2022} ")
        .replace(" \u{2013} ", " to ")
        .replace(" \u{00b7} ", ", ")
        .replace('\u{2212}', "minus ")
        .replace('\u{2026}', "...")
}
