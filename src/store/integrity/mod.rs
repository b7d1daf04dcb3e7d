//! Whether the rows of a journal are as they were written: rows that cannot be read, the sum of each row, and the examination
//! behind `ebb doctor`.

pub(super) mod cells;
pub(super) mod doctor;
pub(super) mod structure;
pub(super) mod sum;
pub(super) mod unread;
