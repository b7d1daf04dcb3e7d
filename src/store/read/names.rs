//! The texts that many rows share, each in memory once.

use std::collections::HashSet;
use std::sync::Arc;

// Ten years of entries mostly share one or two zones and a handful of products, so each text is in memory once.
/// The texts that many rows share, as read so far: the names of zones and what records are about.
#[derive(Debug, Default)]
pub(in crate::store) struct Names(HashSet<Arc<str>>);

impl Names {
    /// The shared copy of a text.
    pub(in crate::store) fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let shared: Arc<str> = text.into();
        self.0.insert(Arc::clone(&shared));
        shared
    }
}
