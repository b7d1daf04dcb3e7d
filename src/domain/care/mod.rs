//! Everything a person logs besides symptoms and doses: medicines, practices, measurements, urges, visits; and the
//! built-in lists of them.

pub mod catalogue;
pub(crate) mod elsewhere;
pub(crate) mod measure;
pub mod measurement;
pub mod medication;
pub mod nights;
pub(crate) mod notes;
pub mod practice;
pub(crate) mod practice_log;
pub(crate) mod something_good;
pub mod urge;
pub(crate) mod visit;
