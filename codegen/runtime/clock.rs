//! Time and chance, as a seam: waits and deadlines go through it alone, so that a client runs on any executor, and tests inject both.

use super::error::Error;
use super::transport::BoxFuture;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime};
use tokio::runtime::Handle;

/// What the client asks of time and chance.
///
/// The default is [`SystemClock`], which waits by tokio's timer. On another executor, or where the standard library has no time (`wasm32-unknown-unknown`), the builder is given a clock of that place:
///
/// ```text
/// impl Clock for AsyncIo {
///     fn now(&self) -> Duration { self.start.elapsed() }
///     fn today(&self) -> SystemTime { SystemTime::now() }
///     fn sleep(&self, wait: Duration) -> BoxFuture<'_, ()> {
///         Box::pin(async move { drop(async_io::Timer::after(wait).await) })
///     }
///     fn jitter(&self, most: Duration) -> Duration { most.mul_f64(fastrand::f64()) }
/// }
/// ```
pub trait Clock: Send + Sync + 'static {
    /// For how long this clock has been running, from whenever it began; never goes back.
    fn now(&self) -> Duration;

    /// The time of day.
    fn today(&self) -> SystemTime;

    /// Waits between two attempts.
    fn sleep(&self, wait: Duration) -> BoxFuture<'_, ()>;

    /// Ends when a call or an attempt has taken as long as it may; waits as [`Clock::sleep`] does unless it is overridden. A clock that does not wait overrides it, lest every call be late.
    fn deadline(&self, limit: Duration) -> BoxFuture<'_, ()> {
        self.sleep(limit)
    }

    /// Whether it can wait where it is called: asked before each wait.
    ///
    /// # Errors
    ///
    /// Where it cannot, with what is missing.
    fn ready(&self) -> Result<(), Error> {
        Ok(())
    }

    /// A random wait from zero to `most`.
    fn jitter(&self, most: Duration) -> Duration;
}

/// The system's clock, tokio's timer, and a fast random generator.
///
/// Without a tokio runtime a call that has to wait fails and says so. A runtime that was built without `enable_time` cannot be told from others beforehand: tokio itself panics at the first wait, and names `enable_time`. Give the builder [`ThreadClock`](super::ThreadClock) there. (The default transport needs `enable_all`, whatever the clock: reqwest waits by tokio as well.)
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }

    fn today(&self) -> SystemTime {
        time_of_day()
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(wait))
    }

    fn deadline(&self, limit: Duration) -> BoxFuture<'_, ()> {
        // A body whose next piece is always there uses up what tokio lets a task do at once: the timer is asked all the same.
        Box::pin(tokio::task::unconstrained(tokio::time::sleep(limit)))
    }

    fn ready(&self) -> Result<(), Error> {
        match Handle::try_current() {
            Ok(_) => Ok(()),
            Err(_) => Err(Error::invalid_input(NO_TOKIO)),
        }
    }

    fn jitter(&self, most: Duration) -> Duration {
        most.mul_f64(fastrand::f64())
    }
}

const NO_TOKIO: &str = "no tokio runtime is here to wait by: call from one, or give the builder a `.clock(…)`: `ThreadClock`, or one of this executor";

/// The clock of a client whose builder was given none; an error where the system has no time.
pub(super) fn default_clock() -> Result<Arc<dyn Clock>, Error> {
    if LACKS_TIME {
        return Err(Error::invalid_input(
            "this platform has no time of its own: give the builder a `.clock(…)`",
        ));
    }
    Ok(Arc::new(SystemClock))
}

/// The standard library compiles for it, and panics when it is asked for the time.
const LACKS_TIME: bool = cfg!(all(target_family = "wasm", target_os = "unknown"));

/// The time of day where no clock is at hand; 1970 where the system does not know it.
pub(super) fn time_of_day() -> SystemTime {
    if LACKS_TIME { SystemTime::UNIX_EPOCH } else { SystemTime::now() }
}
