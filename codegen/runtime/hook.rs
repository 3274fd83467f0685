//! What a hook of the user's is told of each attempt, however it ends: in a response, in a failure, in time that ran out, or because nobody waits any more.

use super::error::Error;
use super::sent::Sent;
use http::StatusCode;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A hook for the ends of attempts.
pub(super) type AttemptHook = Arc<dyn Fn(&AttemptEnd<'_>) + Send + Sync>;

/// An attempt that ended, for [`ClientBuilder::on_attempt_end`](super::ClientBuilder::on_attempt_end).
pub struct AttemptEnd<'a> {
    pub(super) sent: &'a Sent,
    pub(super) outcome: AttemptOutcome<'a>,
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum AttemptOutcome<'a> {
    /// The service answered with a success.
    Succeeded(StatusCode),
    /// It failed; the call may go on with another attempt. Time that ran out is a failure too, that of the whole call included.
    Failed(&'a Error),
    /// The call's future was dropped before the response was there. Whether the service got the request is not known.
    Dropped,
}

impl<'a> AttemptEnd<'a> {
    /// The name of the operation (`users.get`).
    #[must_use]
    pub const fn operation(&self) -> &'static str {
        self.sent.operation.name
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &str {
        self.sent.method()
    }

    /// The template of the path, without its values.
    #[must_use]
    pub fn path_template(&self) -> &str {
        self.sent.path()
    }

    /// Which attempt of its call it was, from 1.
    #[must_use]
    pub const fn attempt(&self) -> u32 {
        self.sent.attempts
    }

    /// How long it took, asking for a token included.
    #[must_use]
    pub const fn elapsed(&self) -> Duration {
        self.sent.elapsed
    }

    /// How it ended.
    #[must_use]
    pub const fn outcome(&self) -> AttemptOutcome<'a> {
        self.outcome
    }

    /// The status that the service answered with, if it did.
    #[must_use]
    pub const fn status(&self) -> Option<StatusCode> {
        match self.outcome {
            AttemptOutcome::Succeeded(status) => Some(status),
            AttemptOutcome::Failed(error) => error.status(),
            AttemptOutcome::Dropped => None,
        }
    }

    /// What it failed with, if it did.
    #[must_use]
    pub const fn error(&self) -> Option<&'a Error> {
        match self.outcome {
            AttemptOutcome::Failed(error) => Some(error),
            AttemptOutcome::Succeeded(_) | AttemptOutcome::Dropped => None,
        }
    }

    /// Whether nobody waited for it any more.
    #[must_use]
    pub const fn is_dropped(&self) -> bool {
        matches!(self.outcome, AttemptOutcome::Dropped)
    }
}

impl fmt::Debug for AttemptEnd<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("AttemptEnd");
        let shown = shown.field("call", self.sent).field("attempt", &self.attempt());
        shown.field("outcome", &self.outcome).finish()
    }
}
