//! What generated code says about an operation.

use std::fmt::Debug;

use http::Method;

use crate::answer::{Answer, FromAnswer};
use crate::json::DecodeError;
use crate::request::Request;

/// The facts about an operation, as a constant.
#[derive(Clone, Debug)]
#[allow(clippy::exhaustive_structs, reason = "hand-written operations write it as a literal")]
pub struct Meta {
    /// The name that errors and logs use.
    pub id: &'static str,
    /// The method.
    pub method: Method,
    /// The path template, which follows the base URL.
    pub path: &'static str,
    /// Where it is sent unless the client has been given a base URL: a URL, or a path on the API's host. The API's own
    /// base URL where it is empty.
    pub server: &'static str,
    /// The header `Accept`; none where it is empty.
    pub accept: &'static str,
    /// The names of the security schemes: one of the alternatives, and all of its names. No
    /// alternatives mean that nothing is needed, and so does an empty one among others.
    pub security: &'static [&'static [&'static str]],
    /// Whether the operation may be sent twice though its method does not say so.
    pub idempotent: bool,
    /// The boolean field at the top of an answer that says whether it is a success.
    pub success_flag: Option<&'static str>,
}

impl Meta {
    /// An operation that takes and gives JSON, needs no credential and has no success flag.
    ///
    /// ```
    /// use clientwright_runtime::Meta;
    /// use clientwright_runtime::http::Method;
    ///
    /// const META: Meta = Meta::new("list_pets", Method::GET, "/pets").security(&[&["api_key"]]);
    /// assert_eq!(META.accept, "application/json");
    /// ```
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            server: "",
            accept: "application/json",
            security: &[],
            idempotent: false,
            success_flag: None,
        }
    }

    /// With another header `Accept`.
    #[must_use]
    pub const fn accept(mut self, accept: &'static str) -> Self {
        self.accept = accept;
        self
    }

    /// With a server of its own.
    #[must_use]
    pub const fn server(mut self, server: &'static str) -> Self {
        self.server = server;
        self
    }

    /// With the alternatives of security schemes.
    #[must_use]
    pub const fn security(mut self, security: &'static [&'static [&'static str]]) -> Self {
        self.security = security;
        self
    }

    /// May be sent twice though its method does not say so.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// With a flag in the answer that says whether it is a success.
    #[must_use]
    pub const fn success_flag(mut self, flag: &'static str) -> Self {
        self.success_flag = Some(flag);
        self
    }
}

/// A body of one of several content types.
pub trait RequestBody {
    /// Sets it as the body of a request.
    fn put(self, request: Request) -> Request;
}

/// An operation: its facts, and how its answers are read.
pub trait Operation: 'static {
    /// What a success gives.
    type Output: FromAnswer + Send + 'static;
    /// What a declared failure gives; [`Undeclared`](crate::Undeclared) where none is declared.
    type Error: FromAnswer + Debug + Send + Sync + 'static;

    /// The facts.
    const META: &'static Meta;

    /// Reads a success; `None` for a status that is none.
    #[must_use]
    fn read_output(answer: &Answer) -> Option<Result<Self::Output, DecodeError>> {
        FromAnswer::from_answer(answer)
    }

    /// Reads a declared failure; `None` for a status that is not declared.
    #[must_use]
    fn read_error(answer: &Answer) -> Option<Result<Self::Error, DecodeError>> {
        FromAnswer::from_answer(answer)
    }

    /// Whether what was read is a success, by a flag in it.
    #[must_use]
    fn is_success(output: &Self::Output) -> bool {
        let _ = output;
        true
    }
}

/// Makes the type that stands for an operation: the function that calls it, its facts, what a success gives, and what a
/// declared failure gives. A success that is `text` says so, and `success` tells by what was read whether it is one. The
/// parameters that it `needs`, besides those of the path, and the bodies that it `takes` are for doubles.
#[macro_export]
macro_rules! operation {
    (@read_output text) => {
        fn read_output(
            answer: &$crate::Answer,
        ) -> ::std::option::Option<::std::result::Result<Self::Output, $crate::DecodeError>> {
            answer.status().is_success().then(|| answer.text())
        }
    };
    ($name:ident by $function:ident {
        $meta:expr, $output:ty, $error:ty $(; $read:ident)? $(, success $value:ident => $is_success:expr)?
        $(, needs $($place:ident $parameter:literal)+)? $(, takes $($taken:tt)+)?
    }) => {
        #[doc = concat!("The operation [`Client::", stringify!($function), "`].")]
        pub enum $name {}

        impl $crate::Operation for $name {
            type Output = $output;
            type Error = $error;

            const META: &'static $crate::Meta = &$meta;

            $($crate::operation!(@read_output $read);)?

            $(
                fn is_success($value: &Self::Output) -> bool {
                    $is_success
                }
            )?
        }

        $crate::mock!($name by $function [$($($place $parameter)+)?] [$($($taken)+)?]);
    };
}
