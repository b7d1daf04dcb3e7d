//! Track & Graph: a row for each value, `FeatureName,Timestamp,Value`, with a label inside the value or beside it.

use super::super::sheet::Sheet;
use super::super::sheet::numbers::is_duration;
use super::super::target::Meant;
use super::long::Long;
use super::{Form, KnownColumn, has_head, single};
use crate::transfer::import::error::{File, RowError};

pub(super) struct TrackGraph;

/// Behind a name, the column with the label of a choice.
const LABEL: &str = " (label)";

impl Form for TrackGraph {
    fn name(&self) -> &'static str {
        "track-and-graph"
    }

    fn about(&self) -> &'static str {
        "a row for each value, as Track & Graph gives them"
    }

    fn is_of(&self, files: &[File]) -> bool {
        has_head(files, &["featurename", "timestamp", "value"])
    }

    fn sheet(&self, files: &[File], _: Meant<'_>) -> Result<Sheet, Vec<RowError>> {
        let sheet = Sheet::with(single(files)?, &["featurename", "timestamp", "value"])?;
        let [name, at, value, label, note] =
            ["featurename", "timestamp", "value", "label", "note"].map(|name| sheet.place(name));
        let mut long = Long::new(&["Timestamp", "Note"]);
        for line in &sheet.lines {
            let cell = |at| Sheet::cell(line, at);
            let (number, inside) = parted(cell(value));
            let label = Some(cell(label))
                .filter(|label| !label.is_empty())
                .unwrap_or(inside);
            let name = cell(name);
            let mut values = vec![(name.to_owned(), number)];
            if !label.is_empty() {
                values.push((format!("{name}{LABEL}"), label));
            }
            let values: Vec<(&str, &str)> = values.iter().map(|(n, v)| (n.as_str(), *v)).collect();
            long.add(line.number, &[cell(at), cell(note)], &values);
        }
        long.sheet(&sheet)
    }

    fn guess(&self, column: &str) -> Option<KnownColumn> {
        (column == "Timestamp").then(|| KnownColumn::sure("date", "when it was tracked"))?
    }
}

/// A value and the label behind it: "1.0:Often", "1:10:00:", "1:10:00:long".
fn parted(cell: &str) -> (&str, &str) {
    if is_duration(cell) {
        return (cell, "");
    }
    let colons: Vec<usize> = cell.match_indices(':').map(|(at, _)| at).collect();
    // A duration has two colons of its own.
    let third = colons.get(2).map(|at| cell.split_at(*at));
    if let Some((duration, label)) = third.filter(|(duration, _)| is_duration(duration)) {
        return (duration, label.trim_start_matches(':').trim());
    }
    match cell.split_once(':') {
        Some((number, label)) if number.trim().parse::<f64>().is_ok() => (number, label.trim()),
        _ => (cell, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn a_label_is_parted_from_its_value_and_a_duration_stays_whole() {
        for (cell, wanted) in [
            ("1", ("1", "")),
            ("-10.1", ("-10.1", "")),
            ("1.0:Label 2", ("1.0", "Label 2")),
            ("1:10:00", ("1:10:00", "")),
            ("1:10:00:", ("1:10:00", "")),
            ("1:10:00:a: b", ("1:10:00", "a: b")),
        ] {
            assert_eq!(parted(cell), wanted, "{cell}");
        }
    }
}
