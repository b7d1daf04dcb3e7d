//! Every form against every wrong answer.
#![allow(clippy::unwrap_used)]

use super::{Form, Item, PlanForm, RecordForm, question};
use crate::cli::plain::session::Session;
use crate::cli::plain::talk::Talk;
use crate::cli::plain::tests::{lived_in, talk};
use crate::domain::entry::validate;
use crate::domain::id::IdSource;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::field::Ask;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::taper::terms_draft::TermsDraft;
use crate::domain::time::display::Manner;
use crate::domain::time::{Now, Zone};
use crate::tui::theme::Theme;
use chrono::DateTime;

/// What no question of a number, a day, a time or a choice takes.
const WRONG: &str = "foo";

fn with_session(act: impl FnOnce(&mut Session<'_>)) {
    let mut store = lived_in();
    let (mut input, mut output) = (std::io::empty(), std::io::sink());
    let clock = || {
        let at: DateTime<chrono::FixedOffset> = "2026-11-22T08:12:00+01:00".parse().unwrap();
        Now::new(at.to_utc(), Zone::fixed(*at.offset()))
    };
    let conversation = Talk::new(&mut input, &mut output, &|| 78);
    let ids = IdSource::new(5);
    let mut session = Session::new(
        &mut store,
        conversation,
        &clock,
        ids,
        Manner::default(),
        &[],
        Theme::default(),
    )
    .unwrap();
    act(&mut session);
}

/// The question of `item` explains itself, and a wrong answer to it is refused at once with what would do.
fn refuses<F: Form>(session: &Session<'_>, form: &mut F, item: Item, of: &str) {
    let items = form.items(session);
    let (asked, about) = question(session, form, &items, item);
    assert!(
        about.contains(item.label()) && about.contains("back:"),
        "{of}: {about}"
    );
    assert!(!asked.contains('_'), "{of}: a code in {asked}");
    let choices = form.words(session, item).choices;
    let before = form.held(session, item);
    let why = form.answer(session, item, WRONG);
    assert!(why.is_err(), "{of}, {}: {WRONG} was taken", item.label());
    let why = why.unwrap_err();
    for choice in &choices {
        assert!(
            why.contains(choice.as_str()),
            "{of}: {why} does not name {choice}"
        );
    }
    assert!(!why.contains('_'), "{of}: a code in {why}");
    assert_eq!(form.held(session, item), before, "{of}");
}

/// Whether an answer to it can be wrong by itself: words of one's own cannot.
fn can_be_wrong(item: Item) -> bool {
    match item {
        Item::When(_) => true,
        Item::Field(field) => !matches!(field.ask, Ask::Line | Ask::Lines),
    }
}

#[test]
fn a_wrong_answer_to_any_question_of_any_record_is_refused_at_once_with_what_would_do() {
    with_session(|session| {
        let mut questions = 0;
        for kind in Kind::ALL {
            // A plan has its own form.
            if kind == Kind::Plan {
                continue;
            }
            let choices = validate::choices(&session.journal, kind, session.today());
            let abouts: Vec<Option<String>> = if choices.is_empty() {
                vec![None]
            } else {
                choices.into_iter().map(|(code, _)| Some(code)).collect()
            };
            for about in abouts {
                let draft = RecordDraft::new(session.new_id(), kind, session.today());
                let draft = validate::prepared(&session.journal, draft, about.clone());
                let mut form = RecordForm::new(draft);
                let of = format!("{kind:?} {about:?}");
                for item in form
                    .items(session)
                    .into_iter()
                    .filter(|item| can_be_wrong(*item))
                {
                    refuses(session, &mut form, item, &of);
                    questions += 1;
                }
            }
        }
        assert!(questions > 150, "{questions}");
    });
}

#[test]
fn a_wrong_answer_to_any_question_of_a_plan_is_refused_at_once_with_what_would_do() {
    let right = [
        (key::PRODUCT, "1"),
        (key::START, "10"),
        (key::SHAPE, "fixed"),
        (key::SHAPE_VALUE, "1"),
        (key::EVERY_DAYS, "7"),
        (key::UNTIL, ""),
        (key::SMALLEST, ""),
        (key::SPLIT, "2"),
        (key::BEGIN, ""),
    ];
    with_session(|session| {
        let mut form = PlanForm::new(TermsDraft::default(), None);
        let items = form.items(session);
        assert_eq!(items.len(), right.len());
        for (item, (code, answer)) in items.into_iter().zip(right) {
            assert_eq!(item.code(), code);
            refuses(session, &mut form, item, "plan");
            form.answer(session, item, answer).unwrap();
        }
        assert!(form.whole(session).is_ok());
    });
}

#[test]
fn a_night_may_be_given_by_its_times_alone_and_a_weight_needs_its_number() {
    with_session(|session| {
        for (code, takes_none) in [("sleep_hours", true), ("weight", false)] {
            let draft = RecordDraft::new(session.new_id(), Kind::Measurement, session.today());
            let mut form = RecordForm::new(draft.about(code));
            let value = form.items(session)[0];
            assert_eq!(
                form.answer(session, value, "").is_ok(),
                takes_none,
                "{code}"
            );
        }
    });
}

#[test]
fn what_an_empty_answer_means_is_said_only_where_it_will_do() {
    with_session(|session| {
        for (shape, value, means) in [("fixed_cut", "1", "0"), ("percent_of_current", "10", "")] {
            let draft = TermsDraft::default()
                .with(key::PRODUCT, "powder")
                .with(key::START, "10")
                .with(key::SHAPE, shape)
                .with(key::SHAPE_VALUE, value)
                .with(key::EVERY_DAYS, "7");
            let form = PlanForm::new(draft, None);
            let items = form.items(session);
            let until = items.iter().find(|item| item.code() == key::UNTIL).unwrap();
            assert_eq!(form.words(session, *until).empty, means, "{shape}");
        }
    });
}

#[test]
fn the_question_before_comes_back_and_a_name_leads_to_any_other() {
    let transcript = talk(
        &mut lived_in(),
        &[
            "plan",
            "new",
            "foo",
            "powder",
            "10",
            "own list",
            "9.5, 0.05",
            "smallest",
            "0.05",
            "skip",
            "skip",
            "9.5, 0.05",
            "7",
            "back",
            "same",
            "skip",
            "?",
            "done",
            "no",
            "quit",
        ],
    );
    assert!(
        transcript.contains("There is no product called foo"),
        "{transcript}"
    );
    assert!(
        transcript.contains("cannot be measured out"),
        "{transcript}"
    );
    assert!(transcript.contains("Smallest, in g?"), "{transcript}");
}

#[test]
fn a_number_that_chooses_is_said_back_as_its_word_with_the_next_question() {
    let transcript = talk(
        &mut lived_in(),
        &["log own practice", "Singing", "1", "quit"],
    );
    assert!(
        transcript.contains("Saved") && transcript.contains("Singing"),
        "{transcript}"
    );
    let planned = talk(&mut lived_in(), &["plan", "new", "1", "10", "3", "quit"]);
    assert!(planned.contains("Fixed step. Each step?"), "{planned}");
}

#[test]
fn every_question_is_explained_and_the_words_of_the_menu_come_with_two_marks() {
    let transcript = talk(
        &mut lived_in(),
        &[
            "plan", "?", "back", "dose 1", "?", "??", "back", "history", "?", "done", "quit",
        ],
    );
    for part in [
        "until: it stays until a day.",
        "Amount of Leaf powder, in g: A number, such as 1.5.",
        "?? the words of the menu",
        "check-in (c): rate each symptom",
        "A number opens a day of the list",
    ] {
        let plain = transcript.replace('\n', " ");
        assert!(plain.contains(part), "{part}:\n{transcript}");
    }
}
