//! Whether memory ends soon, where the system was told to give little of it (`ulimit -v`).
//!
//! When an allocation fails, the process is aborted at once: no hook, no guard and no signal handler of ours runs, and the
//! terminal would stay raw. So the memory of the next work is asked for before that work, in a way that may be refused. Where
//! no limit is set, nothing is asked: the system promises more than it has then, and kills instead of refusing.

use rustix::process::{Resource, getrlimit};

/// The memory that the full screen needs to begin: its threads, the last days, the first frames.
pub(crate) const TO_BEGIN: usize = 24 << 20;
/// The memory that is always kept for the next key.
pub(crate) const FOR_A_KEY: usize = 4 << 20;
/// The memory of a cell of the terminal: drawn, kept behind an overlay, as it stands there, and on its way out.
const OF_A_CELL: usize = 256;

/// Whether the system was told to limit the memory of this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// It may end.
    Limited,
    /// Nobody set a limit.
    Unlimited,
}

impl Memory {
    /// As the system has it now.
    pub fn of_system() -> Self {
        let mut limits = [Resource::As, Resource::Data].into_iter();
        if limits.any(|limit| getrlimit(limit).current.is_some()) {
            Self::Limited
        } else {
            Self::Unlimited
        }
    }

    /// Whether so many bytes would be refused.
    pub(crate) fn is_short_of(self, bytes: usize) -> bool {
        let mut trial: Vec<u8> = Vec::new();
        // Used, or the compiler leaves the whole trial out.
        self == Self::Limited
            && std::hint::black_box(&mut trial)
                .try_reserve_exact(bytes)
                .is_err()
    }

    /// Whether a frame of this size, and a key after it, would be refused.
    pub(crate) fn is_short_of_frame(self, width: u16, height: u16) -> bool {
        let cells = usize::from(width) * usize::from(height);
        self.is_short_of(FOR_A_KEY.saturating_add(cells.saturating_mul(OF_A_CELL)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_where_a_limit_is_set_memory_is_asked_for_and_too_much_is_refused() {
        assert!(!Memory::Unlimited.is_short_of(usize::MAX));
        assert!(Memory::Limited.is_short_of(usize::MAX));
        assert!(Memory::Limited.is_short_of(1 << 46));
        assert!(!Memory::Limited.is_short_of(FOR_A_KEY));
        assert!(!Memory::Limited.is_short_of_frame(200, 60));
    }
}
