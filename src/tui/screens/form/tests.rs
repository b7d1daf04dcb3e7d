//! Every form with every field in which a value is offered, and the keys that are the same in all of them.
#![allow(clippy::unwrap_used)]

use super::{FormScreen, Msg};
use crate::domain::amount::Amount;
use crate::domain::attempt::{Attempt, Attempts, Ending, Method};
use crate::domain::dose::product;
use crate::domain::entry::validate;
use crate::domain::id::{EntryId, IdSource};
use crate::domain::journal::Journal;
use crate::domain::journal::draft::{Draft, Drafts};
use crate::domain::journal::settings::OwnHelpLine;
use crate::domain::record::Record;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::field::Ask;
use crate::domain::record::kind::{Kind, Timing};
use crate::domain::time::{DayEnd, Moment, Now, Zone};
use crate::transfer::{Giving, Portion, format};
use crate::tui::effect::{Effect, FormKind};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Screen, meaning};
use crate::tui::screens::plan::editor::{self, Planner};
use crate::tui::shared::Shared;
use crate::tui::theme::Theme;
use crate::tui::widgets::form_field::Input;
use chrono::DateTime;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

const ID: EntryId = EntryId::from_bytes([7; 16]);

fn now() -> Now {
    let at = DateTime::parse_from_rfc3339("2026-11-22T08:12:00+01:00").unwrap();
    Now::new(at.to_utc(), Zone::fixed(*at.offset()))
}

fn shared(records: Vec<Record>) -> Shared {
    let today = now().at.date_naive();
    let attempt = Attempt {
        id: ID,
        began: today,
        day_zero: Some(today),
        method: Method::Taper,
        name: Some("autumn".to_owned()),
        goal: Some("to sleep".to_owned()),
        ended: Some((today, Ending::Ended)),
    };
    let (standing, dated): (Vec<Record>, Vec<Record>) = records
        .into_iter()
        .partition(|record| record.moment.is_none());
    let mut journal = Journal::default().with_records(dated);
    journal.standing = standing.into();
    journal.attempts = Attempts::new(vec![attempt]);
    journal.settings.help_lines.push(OwnHelpLine {
        id: ID,
        name: "Sam".to_owned(),
        contact: "0123".to_owned(),
    });
    Shared::on_paper(journal, now(), Theme::default())
}

/// A record of `kind` about `about` with something in each field.
fn filled(kind: Kind, about: Option<&str>) -> Record {
    let moment = Moment::on_day(now().at.date_naive(), now().at, &now(), DayEnd::default());
    let moment = (kind.facts().timing != Timing::Standing).then_some(moment);
    let mut record = Record::new(ID, kind, moment, about);
    for field in kind.facts().fields {
        record = match field.ask {
            Ask::Line | Ask::Lines | Ask::Kept => record.with_text(field.code, "words"),
            Ask::Amount | Ask::Whole(..) | Ask::Scale => {
                record.with_number(field.code, Amount::whole(1))
            }
            Ask::Day(_) => record.with_text(field.code, "2026-11-13"),
            Ask::Clock => record.with_text(field.code, "07:30"),
            Ask::Choice(choices) => record.with_text(field.code, choices[0].0),
            Ask::KeptNumber => record,
        };
    }
    record
}

/// Every form, with values in all fields that can have them.
fn forms() -> Vec<(FormKind, Shared)> {
    let layout = format::offered().next().unwrap();
    let few = [
        FormKind::Start,
        FormKind::EditAttempt(ID),
        FormKind::EndAttempt(ID),
        FormKind::AddSymptom,
        FormKind::RenameSymptom("nausea".to_owned()),
        FormKind::AddHelpLine,
        FormKind::EditHelpLine(ID),
        FormKind::Give(Giving::Export(layout, Portion::usual(layout))),
        FormKind::Study,
        FormKind::PutAside,
        FormKind::HoldUntil(ID),
    ];
    let mut all: Vec<(FormKind, Shared)> = few.map(|kind| (kind, shared(Vec::new()))).into();
    for kind in Kind::ALL {
        let listed = kind.facts().about.listed();
        let mut abouts: Vec<Option<&str>> = listed.iter().map(|item| Some(item.code())).collect();
        // What the person makes has no list.
        abouts.push((kind == Kind::Product).then_some("own_bag"));
        for about in abouts {
            let record = filled(kind, about);
            let shared = shared(vec![record.clone()]);
            let draft = RecordDraft::of(&record, shared.today());
            all.push((FormKind::Record(Box::new(draft)), shared));
        }
    }
    all
}

fn open(kind: &FormKind, shared: &Shared) -> FormScreen {
    FormScreen::new(kind.clone(), shared, &mut IdSource::new(1))
}

fn press(form: &mut FormScreen, code: KeyCode, shared: &Shared) {
    form.typed(KeyEvent::new(code, KeyModifiers::NONE), shared);
}

#[test]
fn a_value_that_any_form_offers_is_replaced_by_the_first_key_and_kept_by_right_or_end() {
    let mut offered = 0;
    for (kind, shared) in forms() {
        for at in 0..open(&kind, &shared).fields.len() {
            let fresh = || {
                let mut form = open(&kind, &shared);
                form.at = at;
                form
            };
            let mut form = fresh();
            let field = &form.fields[at];
            let (name, value) = (field.name, field.value());
            if value.is_empty() || matches!(field.input, Input::Choice { .. }) {
                continue;
            }
            offered += 1;
            assert!(field.is_offered(), "{kind:?}, {name}: {value}");
            press(&mut form, KeyCode::Char('x'), &shared);
            assert_eq!(form.fields[at].value(), "x", "{kind:?}, {name}");
            for keeps in [KeyCode::Right, KeyCode::End] {
                let mut form = fresh();
                press(&mut form, keeps, &shared);
                press(&mut form, KeyCode::Char('x'), &shared);
                let wanted = format!("{value}x");
                assert_eq!(form.fields[at].value(), wanted, "{kind:?}, {name}");
            }
        }
    }
    assert!(offered > 200, "the walk met only {offered} values");
}

/// The draft of the form, kept and opened again.
fn kept_and_reopened(form: &FormScreen, kind: &FormKind, shared: &mut Shared) -> FormScreen {
    let draft = form.draft(shared).unwrap();
    shared.drafts.keep(draft);
    open(kind, shared)
}

/// Whether the field of this label takes words, which nothing else in the record's form is made of.
fn is_of_words(kind: &FormKind, label: &str) -> bool {
    let FormKind::Record(draft) = kind else {
        return false;
    };
    let fields = draft.kind().map_or(&[][..], |kind| kind.facts().fields);
    let mut fields = fields.iter();
    fields.any(|field| field.label == label && matches!(field.ask, Ask::Line | Ask::Lines))
}

#[test]
fn a_value_of_a_kept_draft_is_selected_in_every_form_and_words_of_one_are_gone_on_with() {
    let mut met = 0;
    for (kind, mut shared) in forms() {
        if !matches!(kind, FormKind::Record(_)) {
            continue;
        }
        for at in 0..open(&kind, &shared).fields.len() {
            shared.drafts = Drafts::default();
            let mut form = open(&kind, &shared);
            let name = form.fields[at].name;
            if form.fields[at].is_choice() {
                continue;
            }
            met += 1;
            form.at = at;
            press(&mut form, KeyCode::Char('5'), &shared);
            assert_eq!(form.fields[at].value(), "5", "{kind:?}, {name}");
            let mut form = kept_and_reopened(&form, &kind, &mut shared);
            assert!(form.is_resumed, "{kind:?}, {name}");
            form.at = at;
            assert_eq!(form.fields[at].value(), "5", "{kind:?}, {name}");
            press(&mut form, KeyCode::Char('6'), &shared);
            let wanted = if is_of_words(&kind, name) { "56" } else { "6" };
            assert_eq!(form.fields[at].value(), wanted, "{kind:?}, {name}");
            // Kept by a key that moves, a value is gone on with too.
            let mut form = kept_and_reopened(&form, &kind, &mut shared);
            form.at = at;
            press(&mut form, KeyCode::End, &shared);
            press(&mut form, KeyCode::Char('7'), &shared);
            assert_eq!(
                form.fields[at].value(),
                format!("{wanted}7"),
                "{kind:?}, {name}"
            );
        }
    }
    assert!(met > 200, "the walk met only {met} fields");
}

#[test]
fn in_every_form_enter_and_ctrl_s_save_and_tab_moves_on() {
    for (kind, shared) in forms() {
        let form = open(&kind, &shared);
        for key in [Key::ENTER, Key::ctrl('s')] {
            let does = meaning(form.keys(), key);
            assert!(matches!(does, Some(Msg::Save)), "{kind:?}, {key}");
        }
        assert!(matches!(meaning(form.keys(), Key::TAB), Some(Msg::Next)));
    }
    let planner = Planner::new(None, &shared(Vec::new()), &mut IdSource::new(1));
    for key in [Key::ENTER, Key::ctrl('s')] {
        let does = meaning(planner.keys(), key);
        assert!(matches!(does, Some(editor::Msg::Save)), "{key}");
    }
    let does = meaning(planner.keys(), Key::TAB);
    assert!(matches!(does, Some(editor::Msg::Next)));
}

#[test]
fn a_visit_is_asked_for_its_time_first_and_never_gets_the_present_one() {
    let shared = shared(Vec::new());
    let draft = RecordDraft::new(ID, Kind::Appointment, shared.today());
    let code = Kind::Appointment.facts().about.listed()[0].code();
    let draft = validate::prepared(&shared.journal, draft, Some(code.to_owned()));
    let kind = FormKind::Record(Box::new(draft));
    let mut form = open(&kind, &shared);
    assert_eq!((form.fields[0].name, form.at), ("When", 0));
    assert!(form.update(Msg::Save, &shared).is_empty());
    assert_eq!(form.at, 0);
    assert!(form.problem.as_ref().unwrap().contains("day and time"));
    for letter in "2026-12-01 10:30".chars() {
        press(&mut form, KeyCode::Char(letter), &shared);
    }
    let effects = form.update(Msg::Save, &shared);
    assert!(
        matches!(&effects[..], [Effect::Write { notice, .. }] if notice.contains("Tue 1 Dec 10:30")),
        "{effects:?}"
    );
}

#[test]
fn the_footer_of_a_form_that_keeps_its_draft_says_so_and_the_key_named_opens_it_again() {
    for (kind, key) in [
        (Kind::Dose, "d"),
        (Kind::Urge, "u"),
        (Kind::Practice, "l on Today"),
    ] {
        let mut shared = shared(Vec::new());
        let draft = RecordDraft::new(ID, kind, shared.today());
        let mut form = open(&FormKind::Record(Box::new(draft)), &shared);
        let escape = form.keys().iter().find(|row| row.key == Key::ESC);
        assert_eq!(escape.unwrap().label, "keep draft");
        press(&mut form, KeyCode::Char('2'), &shared);
        let Some(Draft::Record(kept)) = form.draft(&shared) else {
            panic!("a record's form has a draft");
        };
        shared.drafts.records.push(kept);
        let effects = form.update(Msg::Close, &shared);
        let says = format!("Draft kept, not saved. {key} goes on with it.");
        assert!(effects.contains(&Effect::SayKept(ID, says)), "{effects:?}");
    }
}

#[test]
fn the_amounts_of_a_plan_name_the_unit_of_the_product_chosen() {
    let shared = shared(Vec::new());
    let mut planner = Planner::new(None, &shared, &mut IdSource::new(1));
    for product in product::products(&shared.journal) {
        let about = planner.about(1);
        assert!(
            about.starts_with(&format!("In {}. ", product.unit)),
            "{about}"
        );
        planner.typed(KeyEvent::new(KeyCode::Right, KeyModifiers::NONE), &shared);
    }
}
