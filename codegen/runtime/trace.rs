//! What is traced, with the feature `tracing`: a span for each call and each request for a token, and in it an event for each attempt.
//!
//! Never a URL, a query, a header or a body; of an address its host and port. The fields have OpenTelemetry's names for HTTP clients. Without the feature nothing of it is compiled.

use super::hook::AttemptEnd;
use super::transport::BoxFuture;
use http::StatusCode;
use std::time::Duration;

/// What is known of a call before it is sent.
pub(super) struct Begun<'a> {
    pub(super) operation: &'static str,
    pub(super) method: &'a str,
    pub(super) template: Option<&'a str>,
    /// The URL that it goes to, or what that begins with: its host and port are traced.
    pub(super) base: &'a str,
}

/// How a call or a request ended.
#[derive(Clone, Copy, Default)]
pub(super) struct Told {
    /// The status of the response, if any.
    pub(super) status: Option<StatusCode>,
    /// The kind of failure, if it failed.
    pub(super) failure: Option<&'static str>,
}

#[cfg(feature = "tracing")]
pub(super) use on::{CallSpan, attempt, inherited, token};

#[cfg(feature = "tracing")]
mod on {
    use super::super::base_url::host_and_port;
    use super::{AttemptEnd, Begun, BoxFuture, Duration, Told};
    use tracing::field::{Empty, display};
    use tracing::{Instrument, Span};

    /// The crate's name, which is how logs are filtered.
    const TARGET: &str = env!("CARGO_CRATE_NAME");
    /// A call that its caller gave up: no kind of error, since nobody gets one.
    const DROPPED: &str = "dropped";

    /// The span of a call or of a request for a token.
    pub(in super::super) struct CallSpan(Span);

    impl CallSpan {
        /// A span below the one that the caller is in.
        pub(in super::super) fn begin(begun: &Begun<'_>) -> Self {
            Self(span(begun))
        }

        /// Runs `future` in the span, and has `tell` say how it ended. A future that is dropped is told as such.
        pub(in super::super) fn around<'a, T: 'a>(
            self,
            tell: fn(&T) -> Told,
            future: BoxFuture<'a, T>,
        ) -> BoxFuture<'a, T> {
            let told = Told { failure: Some(DROPPED), status: None };
            let mut open = Open { span: self.0.clone(), told };
            let whole = async move {
                let ended = future.await;
                open.end(tell(&ended));
                ended
            };
            Box::pin(whole.instrument(self.0))
        }
    }

    /// `future` in the span of whoever asks for it, whichever thread it runs on.
    pub(in super::super) fn inherited<T: 'static>(
        future: BoxFuture<'static, T>,
    ) -> BoxFuture<'static, T> {
        Box::pin(future.instrument(Span::current()))
    }

    fn span(begun: &Begun<'_>) -> Span {
        let Begun { operation, method, template, base } = *begun;
        let (host, port) = host_and_port(base);
        tracing::info_span!(
            target: TARGET,
            "call",
            otel.name = display(Title(method, template)),
            otel.kind = "client",
            otel.status_code = Empty,
            operation,
            http.request.method = method,
            url.template = template,
            server.address = host,
            server.port = port,
            http.response.status_code = Empty,
            "error.type" = Empty,
        )
    }

    /// A span that says when it is dropped how what it is about ended.
    struct Open {
        span: Span,
        told: Told,
    }

    impl Open {
        fn end(&mut self, told: Told) {
            self.told = told;
        }
    }

    impl Drop for Open {
        fn drop(&mut self) {
            let Told { status, failure } = self.told;
            if let Some(status) = status {
                self.span.record("http.response.status_code", status.as_u16());
            }
            if failure.is_some() {
                self.span.record("otel.status_code", "ERROR");
                self.span.record("error.type", self.told.error_type());
            }
        }
    }

    impl Told {
        /// OpenTelemetry's word: the status if that is what failed, else the kind of failure.
        fn error_type(&self) -> Option<&str> {
            match &self.status {
                Some(status) if self.failure == Some("status") => Some(status.as_str()),
                _ => self.failure,
            }
        }
    }

    /// Method and template: what OpenTelemetry calls a span of an HTTP client.
    struct Title<'a>(&'a str, Option<&'a str>);

    impl std::fmt::Display for Title<'_> {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.0)?;
            self.1.map_or(Ok(()), |template| write!(f, " {template}"))
        }
    }

    /// An attempt ended.
    pub(in super::super) fn attempt(ended: &AttemptEnd<'_>) {
        let error = ended.error();
        let failure = if ended.is_dropped() { Some(DROPPED) } else { error.map(|it| it.kind()) };
        let told = Told { status: ended.status(), failure };
        tracing::debug!(
            target: TARGET,
            operation = ended.operation(),
            http.request.method = ended.method(),
            url.template = ended.path_template(),
            http.response.status_code = told.status.map(|status| status.as_u16()),
            "error.type" = told.error_type(),
            http.request.resend_count = ended.attempt().saturating_sub(1),
            duration_ms = millis(ended.elapsed()),
            "attempt"
        );
    }

    /// A request for a token ended.
    pub(in super::super) fn token(told: Told, took: Duration) {
        tracing::debug!(
            target: TARGET,
            operation = "token",
            http.request.method = "POST",
            http.response.status_code = told.status.map(|status| status.as_u16()),
            "error.type" = told.error_type(),
            duration_ms = millis(took),
            "token"
        );
    }

    fn millis(took: Duration) -> u64 {
        u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
pub(super) use off::{CallSpan, attempt, inherited, token};

#[cfg(not(feature = "tracing"))]
mod off {
    use super::{AttemptEnd, Begun, BoxFuture, Duration, Told};

    pub(in super::super) struct CallSpan;

    impl CallSpan {
        pub(in super::super) const fn begin(_: &Begun<'_>) -> Self {
            Self
        }

        pub(in super::super) fn around<'a, T>(
            self,
            _: fn(&T) -> Told,
            future: BoxFuture<'a, T>,
        ) -> BoxFuture<'a, T> {
            future
        }
    }

    pub(in super::super) fn inherited<T>(future: BoxFuture<'static, T>) -> BoxFuture<'static, T> {
        future
    }

    pub(in super::super) const fn attempt(_: &AttemptEnd<'_>) {}

    pub(in super::super) const fn token(_: Told, _: Duration) {}
}
