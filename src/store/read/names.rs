//! The texts that many rows share, each in memory once.

use std::collections::HashSet;
use std::sync::Arc;

// Ten years of entries mostly share one or two zones and a handful of products, so each text is in memory once.
/// The texts that many rows share, as read so far: the names of zones and what records are about.
#[derive(Debug, Default)]
pub(in crate::store) struct Names {
    known: HashSet<Arc<str>>,
    /// The last two, the latest first: rows that follow one another mostly share theirs.
    last: [Option<Arc<str>>; 2],
}

impl Names {
    /// The shared copy of a text.
    pub(in crate::store) fn shared(&mut self, text: &str) -> Arc<str> {
        let mut last = self.last.iter().flatten();
        if let Some(known) = last.find(|known| known.len() == text.len() && ***known == *text) {
            return Arc::clone(known);
        }
        let shared = if let Some(known) = self.known.get(text) {
            Arc::clone(known)
        } else {
            let shared: Arc<str> = text.into();
            self.known.insert(Arc::clone(&shared));
            shared
        };
        self.last.swap(0, 1);
        self.last[0] = Some(Arc::clone(&shared));
        shared
    }
}
