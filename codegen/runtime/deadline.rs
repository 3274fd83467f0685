//! Work that is given up when it takes too long, by the client's clock alone.

use super::clock::Clock;
use super::error::{Error, Phase};
use super::sent::Circumstances;
use super::transport::BoxFuture;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

/// Why work was given up.
pub(super) enum Cut {
    /// It took too long.
    Late,
    /// It has to be waited for, and the clock cannot.
    NoTimer(Error),
}

/// A timer that is set only when there is something to wait for: what is ready at once needs none.
#[derive(Default)]
pub(super) struct Timer<'c>(Option<BoxFuture<'c, ()>>);

impl<'c> Timer<'c> {
    /// Says that it is over, or when to ask again.
    pub(super) fn poll(
        &mut self,
        clock: &'c dyn Clock,
        limit: Duration,
        context: &mut Context<'_>,
    ) -> Poll<Cut> {
        if self.0.is_none() {
            if let Err(error) = clock.ready() {
                return Poll::Ready(Cut::NoTimer(error));
            }
        }
        let timer = self.0.get_or_insert_with(|| clock.deadline(limit));
        timer.as_mut().poll(context).map(|()| Cut::Late)
    }
}

/// When a call has to be over whose response is still read.
pub(super) struct Deadline {
    clock: Arc<dyn Clock>,
    started: Duration,
    limit: Duration,
    timer: Option<BoxFuture<'static, ()>>,
}

impl Deadline {
    /// `limit` after `started`, by this clock.
    pub(super) const fn new(clock: Arc<dyn Clock>, started: Duration, limit: Duration) -> Self {
        Self { clock, started, limit, timer: None }
    }

    /// How much time is left.
    pub(super) fn left(&self) -> Duration {
        self.limit.saturating_sub(self.clock.now().saturating_sub(self.started))
    }

    /// What a call fails with that is late.
    pub(super) fn late(&self) -> Error {
        let (phase, limit, call) = (Phase::Total, self.limit, Circumstances::default());
        Error::Timeout { phase, limit, call }
    }

    /// Ready once it is too late, or cannot be waited for.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Error> {
        if self.timer.is_none() {
            if let Err(error) = self.clock.ready() {
                return Poll::Ready(error);
            }
            let (clock, left) = (Arc::clone(&self.clock), self.left());
            self.timer = Some(Box::pin(async move { clock.deadline(left).await }));
        }
        let timer = self.timer.as_mut().map(|timer| timer.as_mut().poll(context));
        timer.unwrap_or(Poll::Pending).map(|()| self.late())
    }
}

/// What `work` gives within `limit`; the work is asked before the timer.
pub(super) async fn within<T>(
    clock: &dyn Clock,
    limit: Duration,
    work: impl Future<Output = T>,
) -> Result<T, Cut> {
    let (mut work, mut timer) = (pin!(work), Timer::default());
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Ok(done)),
        Poll::Pending => timer.poll(clock, limit, context).map(Err),
    })
    .await
}

/// Waits between two attempts.
pub(super) async fn wait(clock: &dyn Clock, wait: Duration) -> Result<(), Error> {
    clock.ready()?;
    clock.sleep(wait).await;
    Ok(())
}
