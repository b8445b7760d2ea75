//! Headers of answers, read as types.

use http::HeaderMap;

use crate::answer::Answer;
use crate::error::{ApiError, UndeclaredError};
use crate::json::{Json, Writer};
use crate::response::Response;

/// What has the headers of an answer.
pub trait AnswerHeaders {
    /// All headers.
    fn header_map(&self) -> &HeaderMap;

    /// A header as a type; `None` where it is missing, or is none of its values.
    fn header<T: Json>(&self, name: &str) -> Option<T> {
        read(self.header_map().get(name)?.to_str().ok()?)
    }

    /// A header whose values are separated by commas, or that comes several times; `None` where it is missing, or one
    /// of them is no value of the type.
    fn header_list<T: Json>(&self, name: &str) -> Option<Vec<T>> {
        let values = self.header_map().get_all(name);
        values.iter().next()?;
        let mut items = Vec::new();
        for value in values {
            for text in value.to_str().ok()?.split(',').map(str::trim).filter(|text| !text.is_empty()) {
                items.push(read(text)?);
            }
        }
        Some(items)
    }
}

/// As text first, so that a text keeps quotes and digits of its own; numbers and Booleans are none.
fn read<T: Json>(text: &str) -> Option<T> {
    let mut writer = Writer::new();
    writer.string(text);
    T::from_json(&writer.into_bytes()).or_else(|_| T::from_json(text.trim().as_bytes())).ok()
}

impl AnswerHeaders for Answer {
    fn header_map(&self) -> &HeaderMap {
        self.headers()
    }
}

impl<T> AnswerHeaders for Response<T> {
    fn header_map(&self) -> &HeaderMap {
        self.headers()
    }
}

impl<E> AnswerHeaders for ApiError<E> {
    fn header_map(&self) -> &HeaderMap {
        self.answer.headers()
    }
}

impl AnswerHeaders for UndeclaredError {
    fn header_map(&self) -> &HeaderMap {
        self.answer.headers()
    }
}
