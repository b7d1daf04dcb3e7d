//! Each rule of the house, shown red on a small bad house.

use super::{
    File, crates_stay_in_their_layers, fields_are_named_by_their_constants,
    files_are_short_named_and_headed, folders_are_small, layers_point_inward, no_import_cycles,
    printing_has_one_place, rooms_of_the_domain_stand_on_floors, rooms_of_the_full_screen,
    the_clock_is_read_at_the_edge,
};

fn bad(path: &str, text: &str) -> Vec<File> {
    vec![File::new(path, text)]
}

#[test]
fn each_rule_of_rooms_and_folders_turns_red_on_a_bad_house() {
    let screens = [
        File::new(
            "tui/screens/a/mod.rs",
            "//! a\nuse crate::tui::screens::b::B;\nuse super::a::view;",
        ),
        File::new("tui/screens/a/view.rs", "//! a\nuse super::A;"),
        File::new("tui/screens/b.rs", "//! b\n"),
    ];
    assert_eq!(rooms_of_the_full_screen(&screens).len(), 1);
    let rooms = [
        File::new("domain/a/x.rs", "//! a\nuse crate::domain::b::y::Y;"),
        File::new("domain/b/y.rs", "//! b\n"),
        File::new("domain/b/z.rs", "//! b\nuse crate::domain::a::w::W;"),
        File::new("domain/a/w.rs", "//! a\n"),
    ];
    assert!(no_import_cycles(&rooms).is_empty());
    assert_eq!(rooms_of_the_domain_stand_on_floors(&rooms).len(), 2);
    let many = |folder: &str| -> Vec<File> {
        let file = |n: usize| File::new(&format!("{folder}/f{n}.rs"), "//! f\n");
        (0..21).map(file).collect()
    };
    assert_eq!(folders_are_small(&many("store")).len(), 1);
    assert_eq!(folders_are_small(&many("cli/plain")).len(), 0);
    let repeated = bad("domain/series/series_kind.rs", "//! a\n");
    assert_eq!(files_are_short_named_and_headed(&repeated).len(), 1);
    let deep = bad("tui/screens/a/b/c.rs", "//! a\n");
    assert_eq!(files_are_short_named_and_headed(&deep).len(), 1);
}

#[test]
fn each_rule_turns_red_on_a_bad_house() {
    assert_eq!(
        layers_point_inward(&bad(
            "domain/a.rs",
            "//! a\nuse crate::{store::Store, cli};"
        ))
        .len(),
        2
    );
    assert_eq!(
        layers_point_inward(&bad("store/a.rs", "//! a\nfn f() { crate::tui::x(); }")).len(),
        1
    );
    assert_eq!(
        layers_point_inward(&bad(
            "domain/a/b.rs",
            "//! a
use super::super::super::store::Store;"
        ))
        .len(),
        1
    );
    let inline = "//! a\nfn f() { super::super::tui::view::draw(); }";
    assert_eq!(layers_point_inward(&bad("store/a.rs", inline)).len(), 1);
    assert_eq!(
        crates_stay_in_their_layers(&bad("domain/a.rs", "//! a\nuse rusqlite::Connection;")).len(),
        1
    );
    assert_eq!(
        crates_stay_in_their_layers(&bad("tui/a.rs", "//! a\nuse crossterm::event;")).len(),
        1
    );
    assert_eq!(
        crates_stay_in_their_layers(&bad("tui/a.rs", "//! a\nuse ratatui::crossterm::event;"))
            .len(),
        0
    );
    assert_eq!(
        rooms_of_the_full_screen(&bad(
            "tui/widgets/a.rs",
            "//! a\nuse crate::tui::shared::Shared;"
        ))
        .len(),
        1
    );
    assert_eq!(
        rooms_of_the_full_screen(&bad(
            "tui/screens/a.rs",
            "//! a\nuse crate::tui::update::Msg;"
        ))
        .len(),
        1
    );
    let tested = File::new(
        "domain/a.rs",
        "//! a\nfn f() {}\n#[cfg(test)]\n#[expect(unused, reason = \"a\")]\nmod tests {\n use super::b;\n}",
    );
    assert!(tested.code.contains("fn f") && !tested.code.contains("super::b"));
    let literal = bad("store/a.rs", "//! a\nlet bed = record.text(\"bed\");");
    assert_eq!(fields_are_named_by_their_constants(&literal).len(), 1);
    let constant = bad("store/a.rs", "//! a\nlet bed = record.text(key::BED);");
    assert_eq!(fields_are_named_by_their_constants(&constant).len(), 0);
    let ring = [
        File::new("domain/a.rs", "//! a\nuse super::b::B;"),
        File::new("domain/b.rs", "//! b\nuse crate::domain::c::{C, D};"),
        File::new("domain/c.rs", "//! c\nuse super::a::A;"),
    ];
    assert_eq!(no_import_cycles(&ring).len(), 3);
    let inline_ring = [
        File::new("domain/a.rs", "//! a\nfn f() { super::b::g(); }"),
        File::new("domain/b.rs", "//! b\nfn g() { super::a::f(); }"),
    ];
    assert_eq!(no_import_cycles(&inline_ring).len(), 2);
    assert_eq!(
        the_clock_is_read_at_the_edge(&bad("store/a.rs", "//! a\nlet now = Utc::now();")).len(),
        1
    );
    assert_eq!(
        printing_has_one_place(&bad("cli/a.rs", "//! a\nprintln!();")).len(),
        1
    );
    let long = format!("//! a\n{}", "x\n".repeat(600));
    assert_eq!(
        files_are_short_named_and_headed(&bad("domain/a.rs", &long)).len(),
        1
    );
    assert_eq!(
        files_are_short_named_and_headed(&bad("domain/a/b/c/utils.rs", "x")).len(),
        3
    );
}
