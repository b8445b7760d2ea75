//! Operations whose successes are asked for, and read, in another content type than the usual one.

use std::marker::PhantomData;

use bytes::Bytes;

use crate::answer::Answer;
use crate::json::{DecodeError, Json};
use crate::operation::{Meta, Operation};

/// The operation `O` with a text as its success.
#[derive(Debug)]
pub struct AsText<O>(PhantomData<fn() -> O>);

/// The operation `O` with bytes as its success.
#[derive(Debug)]
pub struct AsBytes<O>(PhantomData<fn() -> O>);

/// The operation `O` with another JSON document as its success.
#[derive(Debug)]
pub struct AsJson<O, T>(PhantomData<fn() -> (O, T)>);

impl<O: Operation> Operation for AsText<O> {
    type Output = String;
    type Error = O::Error;

    const META: &'static Meta = O::META;

    fn read_output(answer: &Answer) -> Option<Result<String, DecodeError>> {
        answer.status().is_success().then(|| answer.text())
    }

    fn read_error(answer: &Answer) -> Option<Result<O::Error, DecodeError>> {
        O::read_error(answer)
    }
}

impl<O: Operation> Operation for AsBytes<O> {
    type Output = Bytes;
    type Error = O::Error;

    const META: &'static Meta = O::META;

    fn read_error(answer: &Answer) -> Option<Result<O::Error, DecodeError>> {
        O::read_error(answer)
    }
}

impl<O: Operation, T: Json + Send + 'static> Operation for AsJson<O, T> {
    type Output = T;
    type Error = O::Error;

    const META: &'static Meta = O::META;

    fn read_error(answer: &Answer) -> Option<Result<O::Error, DecodeError>> {
        O::read_error(answer)
    }
}
