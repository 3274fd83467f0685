//! One attempt of a call as hooks and traces see it: it is told when it ends, and also when it is dropped.

use super::client::Inner;
use super::error::{Error, Phase};
use super::hook::{AttemptEnd, AttemptOutcome};
use super::prepared::Prepared;
use super::sent::{Circumstances, Sent};
use super::trace;
use http::StatusCode;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

/// How far a call has come.
pub(super) struct Progress {
    /// The longest it may take.
    pub(super) limit: Duration,
    /// The attempts that were begun.
    tried: AtomicU32,
    /// Whether its time ran out.
    is_late: AtomicBool,
}

impl Progress {
    pub(super) const fn new(limit: Duration) -> Self {
        Self { limit, tried: AtomicU32::new(0), is_late: AtomicBool::new(false) }
    }

    pub(super) fn tried(&self) -> u32 {
        self.tried.load(Ordering::Relaxed)
    }

    /// Time ran out: what is dropped from here on was not given up by its caller.
    pub(super) fn run_out(&self) {
        self.is_late.store(true, Ordering::Relaxed);
    }

    /// What a call fails with whose time ran out.
    pub(super) fn late(&self) -> Error {
        let (phase, limit, call) = (Phase::Total, self.limit, Circumstances::default());
        Error::Timeout { phase, limit, call }
    }
}

/// An attempt that goes on.
pub(super) struct Attempt<'a> {
    inner: &'a Inner,
    progress: &'a Progress,
    sent: Sent,
    begun: Duration,
    is_open: bool,
}

impl<'a> Attempt<'a> {
    /// Begins the attempt `number`, from 1.
    pub(super) fn begin(
        inner: &'a Inner,
        prepared: &Prepared,
        progress: &'a Progress,
        number: u32,
    ) -> Self {
        progress.tried.store(number, Ordering::Relaxed);
        let (sent, begun) = (prepared.sent(number, Duration::ZERO), inner.clock.now());
        Self { inner, progress, sent, begun, is_open: true }
    }

    /// It ended in a success or a failure.
    pub(super) fn end(mut self, outcome: Result<StatusCode, &Error>) {
        self.tell(match outcome {
            Ok(status) => AttemptOutcome::Succeeded(status),
            Err(error) => AttemptOutcome::Failed(error),
        });
    }

    fn tell(&mut self, outcome: AttemptOutcome<'_>) {
        self.is_open = false;
        self.sent.elapsed = self.inner.clock.now().saturating_sub(self.begun);
        let ended = AttemptEnd { sent: &self.sent, outcome };
        trace::attempt(&ended);
        if let Some(hook) = &self.inner.on_attempt_end {
            hook(&ended);
        }
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if !self.is_open {
            return;
        }
        if self.progress.is_late.load(Ordering::Relaxed) {
            let mut late = self.progress.late();
            late.call_mut().of(&self.sent);
            return self.tell(AttemptOutcome::Failed(&late));
        }
        self.tell(AttemptOutcome::Dropped);
    }
}
