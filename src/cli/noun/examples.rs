//! The examples at the head of each noun's pages: words that a person would type, and that do what stands beside them.

use crate::domain::record::kind::Kind;

/// What comes after the noun, verb by verb; a kind that a verb of its own notes is added by that.
const fn lines(kind: Kind) -> &'static [&'static str] {
    // No arm for the rest: a new kind has to say here how a person would type it.
    match kind {
        Kind::Medication => &[
            "add Magnesium --as-prescribed \"as on the label\"",
            "list",
            "show magnesium",
            "edit magnesium --most 2 --gap 8",
            "end magnesium --on yesterday",
            "delete magnesium",
        ],
        Kind::Appointment => &[
            "add doctor --at \"tomorrow 10:00\" --with \"Dr Lee\"",
            "list",
            "show last",
            "edit last --place \"Room 2\"",
            "delete last",
        ],
        Kind::Question => &[
            "add \"May I drive on it?\"",
            "list",
            "show 1",
            "edit 1 --state asked",
            "delete 1",
        ],
        Kind::Purchase => &[
            "add powder --amount 250 --price 30",
            "list",
            "show last",
            "edit last --note \"from the shop\"",
            "delete last",
        ],
        Kind::Product => &[
            "add \"Blue bag\" --unit scoop --smallest 0.5",
            "list",
            "show \"blue bag\"",
            "edit \"blue bag\" --smallest 0.25",
            "delete \"blue bag\"",
        ],
        Kind::OwnPractice => &[
            "add \"Cold plunge\" --measure minutes",
            "list",
            "show \"cold plunge\"",
            "edit \"cold plunge\" --measure count",
            "delete \"cold plunge\"",
        ],
        Kind::Treatment => &[
            "add therapy --name \"Dr Ray\" --start yesterday",
            "list",
            "show \"Dr Ray\"",
            "edit \"Dr Ray\" --note \"every second week\"",
            "end \"Dr Ray\" --on today",
            "delete \"Dr Ray\"",
        ],
        Kind::Contact => &[
            "add Ruth --role friend --contact \"555 0100\"",
            "list",
            "show Ruth",
            "edit Ruth --role neighbour",
            "delete Ruth",
        ],
        Kind::Reason => &[
            "add \"to wake up rested\"",
            "list",
            "show \"to wake up rested\"",
            "edit \"to wake up rested\" --text \"to sleep well\"",
            "delete \"to wake up rested\"",
        ],
        Kind::Baseline => &[
            "add --products \"leaf powder\" --amount \"3 spoons\" --since 2019",
            "add --taken-for pain --without 3 --using 1",
            "list",
            "show last",
            "edit last --allergies \"none known\"",
            "delete last",
        ],
        Kind::Sign => &[
            "add seizure --note \"in the kitchen\"",
            "list",
            "show last",
            "edit last --note \"in the hall\"",
            "delete last",
        ],
        Kind::Dose => &["list", "show last", "edit last --amount 1.5", "delete last"],
        Kind::DayWithout => &[
            "list",
            "show last",
            "edit last --note \"at my sister's\"",
            "delete last",
        ],
        Kind::Substance => &["list", "show last", "edit last --amount 2", "delete last"],
        Kind::Urge => &["list", "show last", "edit last --strength 2", "delete last"],
        Kind::Intake => &["list", "show last", "edit last --state late", "delete last"],
        Kind::Practice => &["list", "show last", "edit last --minutes 25", "delete last"],
        Kind::Measurement => &[
            "list",
            "show last",
            "edit last --note \"after breakfast\"",
            "delete last",
        ],
        // `ebb taper` has its own.
        Kind::Plan => &[],
    }
}

/// What is said beside an example.
fn beside(line: &str) -> &'static str {
    match line.split(' ').next() {
        Some("list") => "each with its id; --json for programs",
        Some("delete") => "`ebb undo` brings it back",
        _ => "",
    }
}

fn example(called: &str, line: &str) -> String {
    let beside = match beside(line) {
        "" => String::new(),
        words => format!("     {words}"),
    };
    format!("  ebb {called} {line}{beside}")
}

/// The examples of a noun.
pub(super) fn page(called: &str, kind: Kind) -> String {
    let each = lines(kind).iter().map(|line| example(called, line));
    let each: Vec<String> = each.collect();
    format!("Examples:\n{}", each.join("\n"))
}

/// The examples of one verb of a noun.
pub(super) fn of_verb(called: &str, kind: Kind, verb: &str) -> String {
    let is_of = |line: &&&str| line.split(' ').next() == Some(verb);
    let each = lines(kind).iter().filter(is_of);
    let each: Vec<String> = each.map(|line| example(called, line)).collect();
    format!("Examples:\n{}", each.join("\n"))
}
