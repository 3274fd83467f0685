//! A clock that jumps where others wait.

use crate::runtime::{BoxFuture, Clock, SystemClock};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// Remembers every wait and takes none.
#[derive(Clone, Debug)]
pub struct Jumping {
    today: SystemTime,
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl Jumping {
    /// A clock at zero.
    pub fn new() -> Self {
        Self::at(1_700_000_000)
    }

    /// A clock whose time of day is so many seconds after 1970, waits apart.
    pub fn at(seconds: u64) -> Self {
        let today = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        Self { today, waits: Arc::default() }
    }

    /// The waits so far.
    pub fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }
}

impl Clock for Jumping {
    fn now(&self) -> Duration {
        self.waits().iter().sum()
    }

    fn today(&self) -> SystemTime {
        self.today
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'_, ()> {
        self.waits.lock().unwrap().push(wait);
        Box::pin(async {})
    }

    fn deadline(&self, limit: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { SystemClock.deadline(limit).await })
    }

    fn jitter(&self, most: Duration) -> Duration {
        most
    }
}
