//! What a person does and takes besides: medicines, practices, measurements, urges and visits, with the built-in lists.

pub mod catalogue;
pub mod measure;
pub mod measurement;
pub mod medication;
pub mod practice;
pub mod practice_log;
pub mod urge;
pub mod visit;
