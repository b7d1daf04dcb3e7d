//! What was written comes back as it was, is undone, put away, restored and erased like everything else.

use crate::house::{House, nov, now};
use ebbtide::domain::amount::Amount;
use ebbtide::domain::entry::search;
use ebbtide::domain::entry::{Filter, What, entries_of};
use ebbtide::domain::journal::bin_kind::BinKind;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::record::draft::RecordDraft;
use ebbtide::domain::record::field::Ask;
use ebbtide::domain::record::kind::{Kind, Timing};
use ebbtide::domain::record::{Record, Value};
use ebbtide::domain::time::{DayEnd, Moment};
use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};

/// Any record of any kind, its fields filled with whatever words and amounts.
fn any_record() -> impl Strategy<Value = Record> {
    let field = (any::<bool>(), ".{1,12}", 0_i64..=1_000_000_000);
    let fields = proptest::collection::vec(field, 16);
    (0..Kind::ALL.len(), 1_u8..=250, fields).prop_map(|(kind, id, filled)| {
        let kind = Kind::ALL[kind];
        let at = now(1 + u32::from(id) % 20, "12:00");
        let moment = Moment::written(at.at, &at, DayEnd::default());
        let moment = (kind.facts().timing != Timing::Standing).then_some(moment);
        let id = ebbtide::domain::id::EntryId::from_bytes([id; 16]);
        let mut record = Record::new(id, kind, moment, Some("some_code"));
        for (field, (is_filled, text, number)) in kind.facts().fields.iter().zip(filled) {
            let value = match field.ask {
                Ask::Amount | Ask::Whole(..) | Ask::Scale | Ask::KeptNumber => {
                    Value::Number(Amount::from_thousandths(number))
                }
                _ => Value::Text(text.into()),
            };
            if is_filled {
                record.fields.set(field.code, value);
            }
        }
        record
    })
}

proptest! {
    #[test]
    fn a_record_of_any_kind_comes_back_as_it_was(record in any_record()) {
        let mut house = House::new();
        let at = now(22, "20:00").at.to_utc();
        house.store.apply(&[Change::Record(record.clone())], at).unwrap();
        let mut back = house.journal().record(record.id).unwrap().clone();
        // The order of fields means nothing.
        let sorted = |record: &Record| {
            let mut fields: Vec<_> = record.fields.iter().map(|(c, v)| (c.to_owned(), Value::from(v))).collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            fields
        };
        prop_assert_eq!(sorted(&back), sorted(&record));
        back.fields = record.fields.clone();
        prop_assert_eq!(back, record);
    }

    #[test]
    fn undo_and_redo_bring_back_exactly_what_was(before in any_record(), after in any_record()) {
        let mut house = House::new();
        let at = now(22, "20:00").at.to_utc();
        house.store.apply(&[Change::Record(before.clone())], at).unwrap();
        let first = house.journal();
        let after = Record { id: before.id, ..after };
        house.store.apply(&[Change::Record(after)], at).unwrap();
        let second = house.journal();
        house.store.undo(chrono::DateTime::UNIX_EPOCH).unwrap();
        prop_assert_eq!(house.journal(), first);
        house.store.redo(chrono::DateTime::UNIX_EPOCH).unwrap();
        prop_assert_eq!(house.journal(), second);
    }
}

#[test]
fn an_entry_is_deleted_restored_and_erased_for_good() {
    let mut house = House::new();
    let at = now(22, "20:00");
    let urge = house.write(
        Kind::Urge,
        None,
        &[("strength", "3"), ("trigger", "pay day")],
        &at,
    );
    house
        .store
        .apply(&[Change::DeleteRecord(urge.id)], at.at.to_utc())
        .unwrap();
    assert_eq!(house.journal().record(urge.id), None);
    let bin = house.store.bin(at.at.to_utc()).unwrap();
    assert_eq!(bin[0].kind, BinKind::Record(Kind::Urge));
    assert_eq!(
        bin[0].what, "urge 20:00",
        "typed words stay out of the bin's list"
    );
    let restore = Change::Restore {
        kind: bin[0].kind,
        id: urge.id,
    };
    house.store.apply(&[restore], at.at.to_utc()).unwrap();
    assert!(house.journal().record(urge.id).is_some());
    house
        .store
        .apply(&[Change::DeleteRecord(urge.id)], at.at.to_utc())
        .unwrap();
    house
        .store
        .erase(BinKind::Record(Kind::Urge), urge.id, at.at.to_utc())
        .unwrap();
    assert!(
        house
            .store
            .apply(&[Change::Record(urge)], at.at.to_utc())
            .is_err()
    );
}

#[test]
fn moving_an_entry_to_another_day_leaves_the_first_and_keeps_whether_it_was_late() {
    let mut house = House::new();
    let mut draft = house
        .draft(Kind::Urge, &now(20, "21:00"))
        .with("strength", "1");
    draft.day = nov(20);
    let urge = house.try_save(&draft, &now(22, "20:00")).unwrap();
    assert!(urge.moment.as_ref().is_some_and(|moment| moment.late));
    let mut moved = RecordDraft::of(&urge, nov(22));
    moved.day = nov(22);
    moved.at = Some(now(22, "19:00").at);
    let moved = house.try_save(&moved, &now(22, "20:00")).unwrap();
    assert!(moved.moment.as_ref().is_some_and(|moment| moment.late));
    assert!(house.journal().records(nov(20)).is_empty());
    assert_eq!(house.journal().records(nov(22)).len(), 1);
}

#[test]
fn a_day_holds_records_among_its_entries_and_filters_know_each_kind() {
    let mut house = House::new();
    house.write(
        Kind::Dose,
        Some("powder"),
        &[("amount", "2"), ("note", "with tea")],
        &now(22, "09:00"),
    );
    house.write(Kind::Urge, None, &[("strength", "3")], &now(22, "08:00"));
    let journal = house.journal();
    let entries = entries_of(&journal, nov(22));
    let said: Vec<_> = entries
        .iter()
        .filter_map(|entry| entry.event(&journal))
        .collect();
    assert_eq!(said, ["Urge 3", "Used 2 g, Leaf powder"]);
    let held = |filter: Filter| entries.iter().filter(|entry| filter.holds(entry)).count();
    assert_eq!(held(Filter::Records(Kind::Dose)), 1);
    assert_eq!(held(Filter::Records(Kind::Intake)), 0);
    assert_eq!(held(Filter::WithNote), 1);
    assert_eq!(Filter::from_code("urge"), Some(Filter::Records(Kind::Urge)));
    assert!(
        entries
            .iter()
            .all(|entry| matches!(entry.what, What::Record(_)))
    );
}

#[test]
fn the_words_of_every_kind_are_found() {
    let mut house = House::new();
    let at = now(22, "20:00");
    let urge = house.write(
        Kind::Urge,
        None,
        &[("strength", "3"), ("trigger", "the long Bridge")],
        &at,
    );
    let hits = search::hits(&house.journal(), "bridge");
    assert_eq!(hits.len(), 1);
    assert_eq!((hits[0].day, hits[0].entry), (nov(22), urge.id));
    let excerpt = search::excerpt_of(&house.journal(), hits[0], "bridge").unwrap();
    assert_eq!(
        (excerpt.before.as_str(), excerpt.hit.as_str()),
        ("the long ", "Bridge")
    );
}

#[test]
fn a_journal_with_a_record_alone_is_not_empty() {
    let mut house = House::new();
    assert!(house.journal().is_empty());
    house.write(Kind::Urge, None, &[("strength", "0")], &now(22, "20:00"));
    assert!(!house.journal().is_empty());
    let part = house.store.load(Some(nov(23))).unwrap();
    assert!(!part.is_empty(), "also while its days are not read yet");
}
