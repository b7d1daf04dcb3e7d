//! Wakes the main loop at a moment of the clock on the wall, also when the machine slept over it.
//!
//! A timeout of `recv_timeout` stands still while the machine sleeps: after waking, what was to be locked an hour ago would
//! stay in sight for the rest of it. The kernel's timer by the wall clock fires at once then.

use super::events::Outside;
use chrono::{DateTime, Utc};
use std::io;
use std::sync::mpsc::Sender;
use std::time::Duration;

/// The longest wait for a moment where the system has no such timer.
const WITHOUT_TIMER: Duration = Duration::from_secs(20);

/// The alarm.
pub(crate) struct Alarm {
    timer: Timer,
    set: Option<DateTime<Utc>>,
}

impl Alarm {
    /// An alarm that sends [`Outside::Alarm`] at the moment that it is set to.
    ///
    /// # Errors
    /// The thread for it cannot be started.
    pub(crate) fn start<M>(sender: &Sender<M>) -> io::Result<Self>
    where
        M: From<Outside> + Send + 'static,
    {
        Ok(Self {
            timer: Timer::start(sender)?,
            set: None,
        })
    }

    /// Sets it to `at`, or to no moment.
    pub(crate) fn set(&mut self, at: Option<DateTime<Utc>>) {
        if self.set != at {
            self.set = at;
            self.timer.set(at);
        }
    }

    /// The longest time to wait for anything else without looking at the clock.
    pub(crate) fn patience(&self, left: Duration) -> Duration {
        if self.set.is_some() && !Timer::IS_KNOWN {
            left.min(WITHOUT_TIMER)
        } else {
            left
        }
    }
}

#[cfg(target_os = "linux")]
use linux::Timer;

#[cfg(target_os = "linux")]
mod linux {
    use super::Outside;
    use chrono::{DateTime, Utc};
    use rustix::fd::OwnedFd;
    use rustix::io::Errno;
    use rustix::time::{
        Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create,
        timerfd_settime,
    };
    use std::io;
    use std::sync::Arc;
    use std::sync::mpsc::Sender;
    use std::thread;

    pub(super) struct Timer(Arc<OwnedFd>);

    impl Timer {
        pub(super) const IS_KNOWN: bool = true;

        pub(super) fn start<M>(sender: &Sender<M>) -> io::Result<Self>
        where
            M: From<Outside> + Send + 'static,
        {
            let timer = timerfd_create(TimerfdClockId::Realtime, TimerfdFlags::CLOEXEC)?;
            let timer = Arc::new(timer);
            let (read_from, sender) = (Arc::clone(&timer), sender.clone());
            thread::Builder::new()
                .name("alarm".to_owned())
                .spawn(move || {
                    let mut fired = [0; 8];
                    loop {
                        match rustix::io::read(&*read_from, &mut fired) {
                            // Cancelled: somebody set the clock, and the moment may have passed by that.
                            Ok(_) | Err(Errno::CANCELED) => {
                                if sender.send(Outside::Alarm.into()).is_err() {
                                    return;
                                }
                            }
                            Err(Errno::INTR) => {}
                            Err(_) => return,
                        }
                    }
                })?;
            Ok(Self(timer))
        }

        pub(super) fn set(&self, at: Option<DateTime<Utc>>) {
            let none = Timespec {
                tv_sec: 0,
                tv_nsec: 0,
            };
            let moment = at.map_or(none, |at| Timespec {
                // Zero would switch it off.
                tv_sec: at.timestamp().max(1),
                tv_nsec: 0,
            });
            let times = Itimerspec {
                it_interval: none,
                it_value: moment,
            };
            let flags = TimerfdTimerFlags::ABSTIME | TimerfdTimerFlags::CANCEL_ON_SET;
            // Refused, the wait of the main loop is still there.
            timerfd_settime(&self.0, flags, &times).ok();
        }
    }
}

#[cfg(not(target_os = "linux"))]
struct Timer;

#[cfg(not(target_os = "linux"))]
impl Timer {
    const IS_KNOWN: bool = false;

    fn start<M>(_sender: &Sender<M>) -> io::Result<Self> {
        Ok(Self)
    }

    fn set(&self, _at: Option<DateTime<Utc>>) {}
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::{Alarm, Outside};
    use chrono::{DateTime, Utc};
    use std::sync::mpsc::channel;

    #[test]
    #[cfg(target_os = "linux")]
    fn a_moment_that_has_passed_while_nobody_looked_wakes_at_once() {
        let (sender, inbox) = channel::<Outside>();
        let mut alarm = Alarm::start(&sender).unwrap();
        alarm.set(Some(DateTime::<Utc>::UNIX_EPOCH));
        assert_eq!(inbox.recv().unwrap(), Outside::Alarm);
        alarm.set(None);
    }
}
