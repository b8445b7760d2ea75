//! Where a request goes: by its operation, or as a raw call says.

use std::borrow::Cow;

use http::Method;

use crate::operation::Meta;

/// Method and path template of a request.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) method: Method,
    pub(crate) template: Cow<'static, str>,
    /// Whether it may be sent twice.
    pub(crate) repeatable: bool,
}

impl Route {
    pub(crate) fn of(meta: &'static Meta) -> Self {
        let (method, template) = (meta.method.clone(), Cow::Borrowed(meta.path));
        let repeatable = meta.idempotent || is_idempotent(&method);
        Self { method, template, repeatable }
    }

    pub(crate) fn raw(method: Method, template: String) -> Self {
        let repeatable = is_idempotent(&method);
        Self { method, template: template.into(), repeatable }
    }
}

fn is_idempotent(method: &Method) -> bool {
    [Method::GET, Method::HEAD, Method::PUT, Method::DELETE, Method::OPTIONS, Method::QUERY].contains(method)
}
