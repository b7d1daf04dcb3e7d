//! Which row of a table is its header.

use super::super::dates::{Order, written};
use super::names::is_day_name;

/// Whether a cell holds a day, in whatever order.
pub(crate) fn is_day(cell: &str) -> bool {
    // The shortest day is "1/2/26"; most cells are shorter, and reading them all would take long.
    let may_be = cell.len() >= 6 && cell.len() <= 60 && cell.bytes().any(|b| b.is_ascii_digit());
    let orders = [Order::DayFirst, Order::MonthFirst, Order::YearFirst];
    may_be && orders.iter().any(|order| written(cell, *order).is_ok())
}

/// How many rows are searched for the header.
pub(crate) const MOST_ABOVE: usize = 40;

/// The place of the header among the first rows: the row that names `columns`, or has the name of a day, or stands above a
/// row with a day. `None` where no row does.
pub(crate) fn find(rows: &[&[String]], columns: &[&str]) -> Option<usize> {
    let filled = |row: &[String]| row.iter().filter(|cell| !cell.is_empty()).count();
    let names = |row: &[String], name: &str| {
        let name = name.trim().to_lowercase();
        row.iter().any(|cell| cell.to_lowercase() == name)
    };
    let rows = rows.get(..MOST_ABOVE).unwrap_or(rows);
    let asked = |row: &&[String]| {
        let all = columns.iter().all(|column| names(row, column));
        !columns.is_empty() && all
    };
    if let Some(at) = rows.iter().position(asked) {
        return Some(at);
    }
    let is_head = |at: usize| {
        let row = rows.get(at).copied().unwrap_or_default();
        if filled(row) < 2 || row.iter().any(|cell| is_day(cell)) {
            return false;
        }
        let below = rows.iter().skip(at + 1).find(|row| filled(row) > 0);
        let has_day_below = || {
            let below = below.copied().unwrap_or_default();
            let pairs = row.iter().zip(below);
            pairs
                .filter(|(name, _)| !name.is_empty())
                .any(|(_, cell)| is_day(cell))
        };
        row.iter().any(|cell| is_day_name(cell)) || has_day_below()
    };
    (0..rows.len()).find(|at| is_head(*at))
}
