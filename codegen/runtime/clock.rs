//! Time and chance, as a seam: tests inject both.

use super::transport::BoxFuture;
use std::time::{Duration, Instant, SystemTime};

/// What the client asks of time and chance between requests.
pub trait Clock: Send + Sync + 'static {
    /// A clock that never goes back.
    fn now(&self) -> Instant;

    /// The time of day.
    fn today(&self) -> SystemTime;

    /// Waits.
    fn sleep(&self, wait: Duration) -> BoxFuture<'_, ()>;

    /// A random wait from zero to `most`.
    fn jitter(&self, most: Duration) -> Duration;
}

/// The system's clock, tokio's timer, and a fast random generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn today(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(wait))
    }

    fn jitter(&self, most: Duration) -> Duration {
        most.mul_f64(fastrand::f64())
    }
}
