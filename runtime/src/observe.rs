//! What goes to `tracing`, by the names of OpenTelemetry's conventions for HTTP clients. Nothing at
//! all without the feature of that name.
//!
//! A span for each call, a span for each try within it, and an event for each departure from the
//! description. Never a credential, a body, a header, or the value of a parameter: the URL is the
//! template of its path. What is observed stays where it is: a future that is handed on by value takes its place twice.

#[cfg(not(feature = "tracing"))]
pub(crate) use self::off::{call, drift, one_try};
#[cfg(feature = "tracing")]
pub(crate) use self::on::{call, drift, one_try};

#[cfg(not(feature = "tracing"))]
mod off {
    use std::pin::Pin;

    use crate::drift::Drift;
    use crate::error::Failure;
    use crate::exchange::Received;
    use crate::route::Route;
    use crate::url::BaseUrl;

    pub(crate) async fn call(
        _: &BaseUrl,
        _: &'static str,
        _: &Route,
        work: Pin<&mut impl Future<Output = Result<Received, Failure>>>,
    ) -> Result<Received, Failure> {
        work.await
    }

    pub(crate) async fn one_try(
        _: &BaseUrl,
        _: &Route,
        _: u32,
        work: Pin<&mut impl Future<Output = Result<Received, Failure>>>,
    ) -> Result<Received, Failure> {
        work.await
    }

    pub(crate) fn drift(_: &Drift) {}
}

#[cfg(feature = "tracing")]
mod on {
    use std::pin::Pin;

    use tracing::field::Empty;
    use tracing::{Instrument, Span};

    use crate::drift::Drift;
    use crate::error::Failure;
    use crate::exchange::Received;
    use crate::http_client::TransportErrorKind;
    use crate::route::Route;
    use crate::url::BaseUrl;

    pub(crate) async fn call(
        base: &BaseUrl,
        operation: &'static str,
        route: &Route,
        work: Pin<&mut impl Future<Output = Result<Received, Failure>>>,
    ) -> Result<Received, Failure> {
        let span = tracing::info_span!(
            "call",
            otel.name = operation,
            otel.kind = "internal",
            otel.status_code = Empty,
            http.request.method = route.method.as_str(),
            url.template = &*route.template,
            server.address = base.host(),
            http.response.status_code = Empty,
            error.type = Empty,
        );
        settle(span, work).await
    }

    pub(crate) async fn one_try(
        base: &BaseUrl,
        route: &Route,
        number: u32,
        work: Pin<&mut impl Future<Output = Result<Received, Failure>>>,
    ) -> Result<Received, Failure> {
        let span = tracing::info_span!(
            "try",
            otel.name = %format_args!("{} {}", route.method, route.template),
            otel.kind = "client",
            otel.status_code = Empty,
            http.request.method = route.method.as_str(),
            http.request.resend_count = Empty,
            url.template = &*route.template,
            url.scheme = base.scheme(),
            server.address = base.host(),
            server.port = base.port(),
            http.response.status_code = Empty,
            error.type = Empty,
        );
        if number > 1 {
            span.record("http.request.resend_count", number - 1);
        }
        settle(span, work).await
    }

    async fn settle(
        span: Span,
        work: Pin<&mut impl Future<Output = Result<Received, Failure>>>,
    ) -> Result<Received, Failure> {
        let result = work.instrument(span.clone()).await;
        let failed = match &result {
            Ok(received) => {
                let status = received.answer.status();
                span.record("http.response.status_code", status.as_u16());
                if status.is_client_error() || status.is_server_error() {
                    span.record("error.type", status.as_str());
                }
                !status.is_success()
            }
            Err(failure) => {
                span.record("error.type", kind(failure));
                true
            }
        };
        if failed {
            span.record("otel.status_code", "ERROR");
        }
        result
    }

    fn kind(failure: &Failure) -> &'static str {
        match failure {
            Failure::Request(_) => "request",
            Failure::Timeout(_) => "timeout",
            Failure::Transport(failure) => match failure.error.kind() {
                TransportErrorKind::Connect => "connect",
                TransportErrorKind::Broken => "broken",
                TransportErrorKind::Refused => "refused",
                TransportErrorKind::BodyLimit => "body_limit",
                TransportErrorKind::DecompressionLimit => "decompression_limit",
                TransportErrorKind::HeaderLimit => "header_limit",
                TransportErrorKind::ItemLimit => "item_limit",
            },
        }
    }

    pub(crate) fn drift(drift: &Drift) {
        let error = drift.error();
        tracing::warn!(
            operation = drift.operation(),
            http.response.status_code = drift.status().as_u16(),
            path = drift.path(),
            expected = error.expected(),
            found = error.found(),
            "the answer is not quite as described"
        );
    }
}
