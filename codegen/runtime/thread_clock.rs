//! A clock that waits by a thread of its own, for executors without a timer; knows nothing of tokio.

use super::clock::{Clock, SystemClock, time_of_day};
use super::error::Error;
use super::lock::lock;
use super::transport::BoxFuture;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Condvar, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// The system's clock, with waits by one thread that all of them share: for executors other than tokio's, and for a tokio runtime that was built without `enable_time`.
///
/// ```text
/// let client = Client::builder().token(token).clock(ThreadClock).build()?;
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct ThreadClock;

impl Clock for ThreadClock {
    fn now(&self) -> Duration {
        SystemClock.now()
    }

    fn today(&self) -> SystemTime {
        time_of_day()
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'_, ()> {
        // A wait that no time can tell the end of is as good as a century.
        let now = Instant::now();
        let until = now.checked_add(wait).or_else(|| now.checked_add(CENTURY)).unwrap_or(now);
        Box::pin(Sleep { until, place: None })
    }

    fn ready(&self) -> Result<(), Error> {
        match timer() {
            Ok(_) => Ok(()),
            Err(error) => Err(Error::invalid_input(format!("no thread to wait by: {error}"))),
        }
    }

    fn jitter(&self, most: Duration) -> Duration {
        SystemClock.jitter(most)
    }
}

const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

/// A wait: when it is over, and how many were begun before it.
type Place = (Instant, u64);

/// All waits, and the thread that ends them.
#[derive(Default)]
struct Timer {
    waits: Mutex<Waits>,
    changed: Condvar,
}

#[derive(Default)]
struct Waits {
    begun: u64,
    wakers: BTreeMap<Place, Waker>,
}

/// The timer; its thread is started once, and idle between waits.
fn timer() -> Result<&'static Timer, &'static str> {
    static TIMER: OnceLock<Timer> = OnceLock::new();
    static THREAD: OnceLock<Result<(), String>> = OnceLock::new();
    let timer = TIMER.get_or_init(Timer::default);
    let started = THREAD.get_or_init(|| {
        let named = thread::Builder::new().name("client-timer".to_owned());
        named.spawn(|| timer.run()).map(drop).map_err(|error| error.to_string())
    });
    started.as_ref().map(|()| timer).map_err(String::as_str)
}

impl Timer {
    fn run(&self) {
        let mut waits = lock(&self.waits);
        loop {
            let now = Instant::now();
            let later = waits.wakers.split_off(&(now, u64::MAX));
            let due = std::mem::replace(&mut waits.wakers, later);
            if !due.is_empty() {
                // Who is woken may begin or end a wait at once.
                drop(waits);
                due.into_values().for_each(Waker::wake);
                waits = lock(&self.waits);
                continue;
            }
            let next = waits.wakers.keys().next().map(|(until, _)| until.duration_since(now));
            waits = match next {
                None => self.changed.wait(waits).unwrap_or_else(PoisonError::into_inner),
                Some(next) => {
                    let timed = self.changed.wait_timeout(waits, next);
                    timed.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }
}

struct Sleep {
    until: Instant,
    place: Option<Place>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if Instant::now() >= self.until {
            return Poll::Ready(());
        }
        // Without a thread nothing would ever wake it; `ready` said so.
        let Ok(timer) = timer() else { return Poll::Ready(()) };
        let mut waits = lock(&timer.waits);
        let place = match self.place {
            Some(place) => place,
            None => {
                waits.begun += 1;
                (self.until, waits.begun)
            }
        };
        self.place = Some(place);
        waits.wakers.insert(place, context.waker().clone());
        timer.changed.notify_one();
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let (Some(place), Ok(timer)) = (self.place, timer()) {
            lock(&timer.waits).wakers.remove(&place);
        }
    }
}
