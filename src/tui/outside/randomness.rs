//! Random bytes from the operating system.
//!
//! Invariant: where the kernel gives them by a system call, no device file is needed: a bare root may have none.

/// The system gave no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRandomness;

/// Fills `bytes`.
///
/// # Errors
/// [`NoRandomness`]: early at boot, or in a sandbox.
pub fn fill(bytes: &mut [u8]) -> Result<(), NoRandomness> {
    if by_system_call(bytes) {
        return Ok(());
    }
    getrandom::fill(bytes).map_err(|_| NoRandomness)
}

/// Whether the kernel filled `bytes`.
// A static build does not find the C library's function for it, and `getrandom` then reads a device file.
#[cfg(target_os = "linux")]
fn by_system_call(bytes: &mut [u8]) -> bool {
    use rustix::rand::{GetRandomFlags, getrandom};
    let len = bytes.len();
    // Up to 256 bytes come whole.
    getrandom(bytes, GetRandomFlags::empty()) == Ok(len)
}

#[cfg(not(target_os = "linux"))]
const fn by_system_call(_bytes: &mut [u8]) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    #[cfg(target_os = "linux")]
    fn the_kernel_fills_them_without_a_device_file() {
        let mut bytes = [0; 32];
        assert!(super::by_system_call(&mut bytes));
        assert_ne!(bytes, [0; 32]);
    }

    #[test]
    fn two_fillings_differ() {
        let (mut one, mut other) = ([0; 16], [0; 16]);
        assert_eq!(fill(&mut one), Ok(()));
        assert_eq!(fill(&mut other), Ok(()));
        assert_ne!(one, other);
    }
}
