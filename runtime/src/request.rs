//! A request as generated code puts it together.
//!
//! Takes parameters and a body, encodes each at once and forgets it; it does not know the base URL
//! or a credential. The first broken rule is kept, and told when the request is sent.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use crate::error::RequestError;
use crate::json::{Json, ToJson, Writer};
use crate::multipart::{self, Form, Multipart};
use crate::operation::{Meta, RequestBody};
use crate::options::CallOptions;
use crate::paging::Seen;
use crate::parameter::{Flat, Parameter, ParameterValue};
use crate::percent;
use crate::raw::RAW;
use crate::route::Route;
use crate::style::{self, HeaderStyle, PathStyle, QueryStyle, Reserved};
use crate::upload::{Piece, Upload};
use crate::url::PathValues;
use crate::value::Value;

const JSON: &str = "application/json";

/// A request: an operation, its parameters, its body and its options; in a box, since it is handed on by value.
#[must_use = "a request is sent by `Core::call`"]
pub struct Request(pub(crate) Box<Parts>);

/// What a request consists of.
pub(crate) struct Parts {
    pub(crate) meta: &'static Meta,
    pub(crate) route: Route,
    /// The security schemes of a raw call: all of these, or the only one that is configured.
    pub(crate) schemes: Option<&'static [&'static str]>,
    pub(crate) path: PathValues,
    /// Encoded.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    /// Of the body: most requests have no other header of their own.
    pub(crate) content_type: Option<HeaderValue>,
    /// As in the header `Cookie`.
    pub(crate) cookies: String,
    pub(crate) body: Option<Bytes>,
    /// The body, where it is sent as it is read.
    pub(crate) upload: Option<Upload>,
    pub(crate) options: CallOptions,
    /// The first rule that was broken.
    pub(crate) refusal: Option<Box<RequestError>>,
    /// The URL of a page, in place of path and query.
    pub(crate) target: Option<String>,
    /// What is known of the pages before, where it asks for a page.
    pub(crate) seen: Option<Seen>,
}

impl Parts {
    pub(crate) fn is_raw(&self) -> bool {
        std::ptr::eq(self.meta, RAW)
    }
}

impl Request {
    /// Starts a request of an operation.
    pub fn new(meta: &'static Meta) -> Self {
        Self(Box::new(Parts {
            meta,
            route: Route::of(meta),
            schemes: None,
            path: PathValues::new(),
            query: String::new(),
            headers: HeaderMap::new(),
            content_type: None,
            cookies: String::new(),
            body: None,
            upload: None,
            options: CallOptions::default(),
            refusal: None,
            target: None,
            seen: None,
        }))
    }

    /// Starts a request that the description does not have, with the client's credentials, retries,
    /// limits and errors. The path follows the base URL, and can have variables.
    ///
    /// Where one credential is configured, it is sent. Where there are several,
    /// [`with_schemes`](Self::with_schemes) says which.
    ///
    /// ```
    /// use clientwright_runtime::Request;
    /// use clientwright_runtime::http::Method;
    ///
    /// let request = Request::raw(Method::POST, "/things/{id}/copy").path("id", "a/b").query("deep", &true);
    /// ```
    pub fn raw(method: Method, path: &str) -> Self {
        let start = if path.starts_with('/') { "" } else { "/" };
        let mut request = Self::new(RAW);
        request.0.route = Route::raw(method, format!("{start}{path}"));
        request
    }

    /// Sends the credentials of these security schemes, all of them, with a raw call.
    pub fn with_schemes(mut self, schemes: &'static [&'static str]) -> Self {
        self.0.schemes = Some(schemes);
        self
    }

    /// The same request, to be sent once more.
    pub(crate) fn again(&self) -> Self {
        Self(Box::new(Parts {
            meta: self.0.meta,
            route: self.0.route.clone(),
            schemes: self.0.schemes,
            path: self.0.path.clone(),
            query: self.0.query.clone(),
            headers: self.0.headers.clone(),
            content_type: self.0.content_type.clone(),
            cookies: self.0.cookies.clone(),
            body: self.0.body.clone(),
            upload: self.0.upload.clone(),
            options: self.0.options.clone(),
            refusal: self.0.refusal.clone(),
            target: self.0.target.clone(),
            seen: self.0.seen,
        }))
    }

    /// The encoded text of a query parameter, where there is one.
    pub(crate) fn query_text(&self, name: &str) -> Option<&str> {
        let name = percent::encode(name, percent::is_unreserved);
        let pairs = self.0.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(known, _)| *known == name).map(|(_, text)| text).next_back()
    }

    /// Sets a query parameter in place of one of the same name.
    pub(crate) fn set_query(&mut self, name: &str, value: &str) {
        let encoded = percent::encode(name, percent::is_unreserved);
        let others = self.0.query.split('&').filter(|pair| pair.split('=').next() != Some(&encoded));
        self.0.query = others.filter(|pair| !pair.is_empty()).collect::<Vec<_>>().join("&");
        style::push_pair(&mut self.0.query, name, &percent::encode(value, percent::is_unreserved));
    }

    /// Sets a path parameter.
    #[inline]
    pub fn path(self, name: &'static str, value: &(impl Parameter + ?Sized)) -> Self {
        self.with_path(name, PathStyle::Simple, &value)
    }

    /// Sets a path parameter, written in a style.
    #[inline]
    pub fn path_style(self, name: &'static str, style: PathStyle, value: &(impl Parameter + ?Sized)) -> Self {
        self.with_path(name, style, &value)
    }

    /// Adds a query parameter.
    #[inline]
    pub fn query(self, name: &str, value: &(impl Parameter + ?Sized)) -> Self {
        self.with_query(name, QueryStyle::FormExplode, &value)
    }

    /// Adds a query parameter, written in a style.
    #[inline]
    pub fn query_style(self, name: &str, style: QueryStyle, value: &(impl Parameter + ?Sized)) -> Self {
        self.with_query(name, style, &value)
    }

    /// Adds a query parameter whose reserved characters (`:/?@!$()*,;=`) and escapes stay as they are.
    pub fn query_reserved(mut self, name: &str, style: QueryStyle, value: &(impl Parameter + ?Sized)) -> Self {
        style::push_query(&mut self.0.query, name, style, Reserved::Kept, &value.parameter());
        self
    }

    /// Adds a query parameter that the description does not have.
    pub fn extra_query(self, name: &str, value: &str) -> Self {
        self.query(name, value)
    }

    /// Sets a header parameter.
    pub fn header_parameter(self, name: &str, value: &(impl Parameter + ?Sized)) -> Self {
        self.header_style(name, HeaderStyle::Simple, value)
    }

    /// Sets a header parameter, written in a style.
    pub fn header_style(mut self, name: &str, style: HeaderStyle, value: &(impl Parameter + ?Sized)) -> Self {
        self.add_header(name, &style::header_text(style, &value.parameter()));
        self
    }

    /// Adds a cookie parameter. What a cookie cannot hold is percent-encoded.
    pub fn cookie(self, name: &str, value: &(impl Parameter + ?Sized)) -> Self {
        self.add_cookie(name, &style::header_text(HeaderStyle::Simple, &value.parameter()))
    }

    /// Asks for a content type in place of the operation's own.
    pub fn accept(mut self, media_type: &str) -> Self {
        self.add_header("accept", media_type);
        self
    }

    /// Sets the body, which knows its content type itself.
    pub fn body(self, body: impl RequestBody) -> Self {
        body.put(self)
    }

    /// Sets the body, as `application/json`.
    #[inline]
    pub fn json(self, body: &(impl ToJson + ?Sized)) -> Self {
        self.with_json(JSON, &|writer| body.write_text(writer))
    }

    /// Sets the body, as JSON of another media type such as `application/merge-patch+json`.
    #[inline]
    pub fn json_as(self, content_type: &str, body: &(impl ToJson + ?Sized)) -> Self {
        self.with_json(content_type, &|writer| body.write_text(writer))
    }

    /// Sets the body, as `application/x-www-form-urlencoded`: the fields of an object, with lists
    /// repeated and anything nested deeper as JSON text.
    pub fn form(self, body: &impl Json) -> Self {
        self.form_styled(&[], body)
    }

    /// Sets the body, as a form in which what is nested has names of several parts: `a[b]=1`, `c[0]=2`.
    pub fn form_deep(self, body: &impl Json) -> Self {
        self.add_form(body, |_| QueryStyle::DeepObject)
    }

    /// Sets the body, as a form in which fields have styles of their own.
    pub fn form_styled(self, styles: &[(&str, QueryStyle)], body: &impl Json) -> Self {
        self.add_form(body, |name| {
            let own = styles.iter().find(|(known, _)| *known == name);
            own.map_or(QueryStyle::FormExplode, |(_, style)| *style)
        })
    }

    /// Sets the body, as parts; `content_type` is `multipart/form-data`, or another of its kind.
    pub fn multipart(mut self, content_type: &str, body: &impl Multipart) -> Self {
        let mut form = Form::new();
        body.write(&mut form);
        let boundary = multipart::boundary();
        let content_type = format!("{content_type}; boundary={boundary}");
        match form.encode(&boundary) {
            Ok(pieces) => match pieces.as_slice() {
                [Piece::Bytes(body)] => self.bytes(&content_type, body.clone()),
                _ => self.stream(&content_type, Upload::chain(pieces)),
            },
            Err(rule) => {
                self.refuse("the body", rule);
                self
            }
        }
    }

    /// Sets the body, as text.
    pub fn text(self, content_type: &str, body: impl Into<String>) -> Self {
        self.bytes(content_type, body.into())
    }

    /// Sets the body, as it is.
    #[inline]
    pub fn bytes(mut self, content_type: &str, body: impl Into<Bytes>) -> Self {
        self.set_body(content_type, body.into());
        self
    }

    fn with_json(self, content_type: &str, write: &dyn Fn(&mut Writer)) -> Self {
        let mut writer = Writer::new();
        write(&mut writer);
        self.bytes(content_type, writer.into_bytes())
    }

    fn set_body(&mut self, content_type: &str, body: Bytes) {
        self.0.body = Some(body);
        if content_type == JSON {
            self.0.content_type = Some(HeaderValue::from_static(JSON));
        } else {
            self.add_header("content-type", content_type);
        }
    }

    /// Sets the body, sent as it is read.
    pub fn stream(self, content_type: &str, body: Upload) -> Self {
        self.bytes(content_type, Bytes::new()).upload(body)
    }

    /// Sends this body in place of the one that was set, with its content type.
    pub fn upload(mut self, body: Upload) -> Self {
        self.0.upload = Some(body);
        self
    }

    /// The options of this call.
    pub fn options_mut(&mut self) -> &mut CallOptions {
        &mut self.0.options
    }

    fn add_form(mut self, body: &impl Json, style_of: impl Fn(&str) -> QueryStyle) -> Self {
        // What `Json` writes is JSON.
        let value = Value::of(body).unwrap_or_default();
        let Some(fields) = value.as_object() else {
            self.refuse("the body", "is no object, as a form must be");
            return self;
        };
        let mut form = String::new();
        for (name, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
            let style = style_of(name);
            let is_document = style == QueryStyle::FormExplode && value.as_object().is_some();
            let value = if is_document { ParameterValue::json(value) } else { value.parameter() };
            style::push_query(&mut form, name, style, Reserved::Encoded, &value);
        }
        self.bytes("application/x-www-form-urlencoded", form)
    }

    fn with_path(mut self, name: &'static str, style: PathStyle, value: &dyn Parameter) -> Self {
        self.add_path(name, style, &value.parameter());
        self
    }

    fn with_query(mut self, name: &str, style: QueryStyle, value: &dyn Parameter) -> Self {
        style::push_query(&mut self.0.query, name, style, Reserved::Encoded, &value.parameter());
        self
    }

    fn add_path(&mut self, name: &'static str, style: PathStyle, value: &ParameterValue<'_>) {
        let Parts { path, route, .. } = &mut *self.0;
        let is_simple = matches!(style, PathStyle::Simple | PathStyle::SimpleExplode);
        if let Some(text) = value.as_text().filter(|text| is_simple && percent::is_segment(text)) {
            return path.set(name, &route.template, |out| out.push_str(text));
        }
        let flat = value.flat();
        let is_empty = match &flat {
            Flat::Text(text) => text.is_empty(),
            Flat::List(items) => items.iter().all(|item| item.is_empty()),
            Flat::Object(fields) => fields.is_empty(),
        };
        // One look is enough for a text that is plain ASCII.
        let may_control = |text: &str| text.bytes().fold(false, |found, byte| found | !(b' '..=b'~').contains(&byte));
        let has_control = |text: &str| may_control(text) && text.contains(char::is_control);
        let is_controlling = match &flat {
            Flat::Text(text) => has_control(text),
            Flat::List(items) => items.iter().any(|item| has_control(item)),
            Flat::Object(fields) => fields.iter().any(|(name, item)| has_control(name) || has_control(item)),
        };
        if is_empty || is_controlling {
            let rule = if is_empty { "is empty" } else { "holds a control character" };
            return self.refuse(&format!("path parameter `{name}`"), rule);
        }
        path.set(name, &route.template, |out| style::push_path(out, name, style, value));
    }

    fn add_header(&mut self, name: &str, text: &str) {
        match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(text)) {
            (Ok(name), Ok(value)) => {
                if name == CONTENT_TYPE {
                    self.0.content_type = Some(value);
                } else {
                    self.0.headers.insert(name, value);
                }
            }
            (Err(_), _) => self.refuse(&format!("header `{name}`"), "has a name that no header can have"),
            (_, Err(_)) => {
                let rule = "holds what no header can hold: a line break, or other than ASCII";
                self.refuse(&format!("header `{name}`"), rule);
            }
        }
    }

    fn add_cookie(mut self, name: &str, text: &str) -> Self {
        if !self.0.cookies.is_empty() {
            self.0.cookies.push_str("; ");
        }
        percent::push_encoded(&mut self.0.cookies, name, percent::is_unreserved);
        self.0.cookies.push('=');
        percent::push_encoded(&mut self.0.cookies, text, percent::in_cookie);
        self
    }

    fn refuse(&mut self, subject: &str, rule: impl Into<Cow<'static, str>>) {
        if self.0.refusal.is_none() {
            self.0.refusal = Some(Box::new(RequestError::new(self.0.meta, subject, rule)));
        }
    }
}

/// Shows neither the values of parameters and headers nor the body.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.0.meta.id)
            .field("method", &self.0.route.method)
            .field("path", &self.0.route.template)
            .field("body_bytes", &self.0.body.as_ref().map(Bytes::len))
            .field("options", &self.0.options)
            .finish_non_exhaustive()
    }
}
