//! What the columns of a table are called in several languages.
//!
//! Sources: Unicode CLDR, fields (read 2026-11-29).

/// Names of the column with the day.
const DAYS: [&str; 26] = [
    "full_date",
    "date",
    "day",
    "date formatted",
    "timestamp",
    "datetime",
    "date/time",
    "date time",
    "datum",
    "tag",
    "zeitstempel",
    "fecha",
    "día",
    "dia",
    "fecha y hora",
    "marca temporal",
    "jour",
    "date et heure",
    "horodateur",
    "data",
    "giorno",
    "data e ora",
    "dag",
    "dzień",
    "data i godzina",
    "data e hora",
];
/// Of these, the ones that mean other things too: the day only where its cells are days.
const UNSURE: [&str; 5] = ["data", "tag", "dia", "day", "dag"];
/// Names of the column with the time.
const TIMES: [&str; 10] = [
    "time", "zeit", "uhrzeit", "hora", "heure", "ora", "tijd", "tijdstip", "godzina", "czas",
];
/// Names of the column with the note.
const NOTES: [&str; 16] = [
    "note",
    "notes",
    "comment",
    "comments",
    "notiz",
    "notizen",
    "kommentar",
    "bemerkung",
    "nota",
    "notas",
    "comentario",
    "comentário",
    "commentaire",
    "notatka",
    "opmerking",
    "commento",
];

pub(crate) fn is_day_name(name: &str) -> bool {
    DAYS.contains(&name.trim().to_lowercase().as_str())
}

pub(crate) fn is_unsure_day_name(name: &str) -> bool {
    UNSURE.contains(&name.trim().to_lowercase().as_str())
}

pub(crate) fn is_time_name(name: &str) -> bool {
    TIMES.contains(&name.trim().to_lowercase().as_str())
}

pub(crate) fn is_note_name(name: &str) -> bool {
    NOTES.contains(&name.trim().to_lowercase().as_str())
}
