//! What may leave for a study: every kind, column and choice that was decided on, and nothing else.
//!
//! Invariant: what does not stand here stays with the person. A kind, a field or a choice that comes later stays behind until a
//! line of its own is written here, whatever it is asked for as.

use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::record::state::IntakeState;

/// A column that may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    /// The field's code.
    pub(super) code: &'static str,
    /// The choices that may leave; empty where it is no choice.
    pub(super) choices: &'static [&'static str],
}

const fn column(code: &'static str) -> Column {
    Column { code, choices: &[] }
}

const fn choice(code: &'static str, choices: &'static [&'static str]) -> Column {
    Column { code, choices }
}

const INTAKE_STATES: &[&str] = &[
    IntakeState::Taken.code(),
    IntakeState::Late.code(),
    IntakeState::Skipped.code(),
];

/// The kinds whose records may leave, each with the columns of them that may.
const ALLOWED: &[(Kind, &[Column])] = &[
    (Kind::Dose, &[column(key::AMOUNT), column(key::UNIT)]),
    // Its day and product, without which a missing dose could be one that was not written down.
    (Kind::DayWithout, &[]),
    (Kind::Substance, &[column(key::AMOUNT), column(key::UNIT)]),
    (
        Kind::Urge,
        &[
            column(key::STRENGTH),
            column(key::TRIGGER),
            column(key::HELPED),
            column(key::MINUTES),
        ],
    ),
    (Kind::Intake, &[choice(key::STATE, INTAKE_STATES)]),
    (
        Kind::Practice,
        &[
            column(key::MINUTES),
            column(key::COUNT),
            column(key::BEFORE),
            column(key::AFTER),
        ],
    ),
    (
        Kind::Measurement,
        &[
            column(key::VALUE),
            column(key::SECOND),
            column(key::UNIT),
            column(key::BED),
            column(key::ASLEEP),
            column(key::WOKE),
            column(key::UP),
            column(key::ITEM9),
            choice(key::DIRECTION, &["less", "more", "mixed"]),
        ],
    ),
    (Kind::Sign, &[]),
    (Kind::Appointment, &[]),
    (
        Kind::Product,
        &[
            column(key::UNIT),
            column(key::SMALLEST),
            column(key::FACTOR),
        ],
    ),
    (
        Kind::Medication,
        &[
            column(key::START),
            column(key::STOP),
            column(key::MOST),
            column(key::GAP),
        ],
    ),
    (
        Kind::OwnPractice,
        &[choice(
            key::MEASURE,
            &["minutes", "count", "amount", "done"],
        )],
    ),
    (Kind::Treatment, &[column(key::START), column(key::STOP)]),
    // Of a plan its steps leave, in a table of their own.
    (Kind::Plan, &[]),
];

/// The columns of a kind that may leave; `None` for a kind of which nothing does.
pub(super) fn columns(kind: Kind) -> Option<&'static [Column]> {
    let mut allowed = ALLOWED.iter();
    let row = allowed.find(|(known, _)| *known == kind);
    row.map(|(_, columns)| *columns)
}

/// Whether a kind stays behind: it is the person's words, names of others, money, or not decided on.
pub(super) fn stays(kind: Kind) -> bool {
    columns(kind).is_none()
}

/// The column of a field of `kind`, if it may leave.
pub(super) fn of_field(kind: Kind, code: &str) -> Option<Column> {
    let columns = columns(kind)?;
    columns.iter().find(|column| column.code == code).copied()
}
