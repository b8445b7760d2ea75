//! One try: a request, its whole answer, and the redirects between them.
//!
//! Takes a prepared request; gives an answer within the limits, or how far it came. It must not
//! know that there are retries.

use bytes::{Bytes, BytesMut};
use http::Method;
use http::header::{CONTENT_LENGTH, HeaderMap};

use crate::answer::Answer;
use crate::call::Settings;
use crate::http_client::{Body, TransportError};
use crate::options::Limits;
use crate::redirect;
use crate::upload::Upload;

/// An answer, and what of its body is still to come.
pub(crate) struct Received {
    pub(crate) answer: Answer,
    pub(crate) rest: Option<Body>,
}

/// What becomes of the body of a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taking {
    /// It is waited for.
    Whole,
    /// It is taken as it comes in.
    Stream,
}

pub(crate) async fn exchange(
    settings: &Settings,
    limits: &Limits,
    taking: Taking,
    mut request: http::Request<Bytes>,
) -> Result<Received, TransportError> {
    let mut left = limits.redirects;
    let head_only = request.method() == Method::HEAD;
    loop {
        let next = if left == 0 { None } else { Some(request.clone()) };
        let answer = match request.extensions_mut().remove::<Upload>() {
            Some(upload) => settings.http.send_stream(upload.put(request)?).await?,
            None => settings.http.send(request).await?,
        };
        let (head, body) = answer.into_parts();
        check_headers(&head.headers, limits.header_limit)?;
        if let Some(next) = next.and_then(|sent| redirect::follow(sent, head.status, &head.headers)) {
            request = next;
            left -= 1;
            continue;
        }
        let (body, rest) = if taking == Taking::Stream && head.status.is_success() {
            (Bytes::new(), Some(body))
        } else {
            let announced = if head_only { None } else { content_length(&head.headers) };
            (collect(body, announced, limits.body_limit).await?, None)
        };
        let answer = Answer::new(head.status, head.headers, body, settings.request_id);
        return Ok(Received { answer, rest });
    }
}

fn check_headers(headers: &HeaderMap, limit: usize) -> Result<(), TransportError> {
    // A line has a colon, a space and a line break beside its name and value.
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    if bytes > limit {
        return Err(TransportError::header_limit(format!("the headers have more than {limit} bytes")));
    }
    Ok(())
}

pub(crate) fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The whole body, if it is within the limit.
pub(crate) async fn collect(mut body: Body, announced: Option<u64>, limit: usize) -> Result<Bytes, TransportError> {
    if announced.is_some_and(|length| exceeds(length, limit)) {
        return Err(body.too_large(limit));
    }
    // Small answers come in one piece, which stays where it is.
    let Some(first) = piece(&mut body, 0, limit).await? else { return Ok(Bytes::new()) };
    let Some(second) = piece(&mut body, first.len(), limit).await? else { return Ok(first) };
    let mut bytes = BytesMut::from(first);
    bytes.extend_from_slice(&second);
    while let Some(next) = piece(&mut body, bytes.len(), limit).await? {
        bytes.extend_from_slice(&next);
    }
    Ok(bytes.freeze())
}

/// Whether there are more bytes than there may be; what no address counts is more.
pub(crate) fn exceeds(bytes: u64, limit: usize) -> bool {
    usize::try_from(bytes).map_or(true, |bytes| bytes > limit)
}

/// The next piece, if it is within the limit with what has come before it.
async fn piece(body: &mut Body, before: usize, limit: usize) -> Result<Option<Bytes>, TransportError> {
    let piece = body.chunk().await?;
    if piece.as_ref().is_some_and(|piece| before + piece.len() > limit) {
        return Err(body.too_large(limit));
    }
    Ok(piece)
}
