//! `call.rs`: one call of an operation. The same for every client.

use quote::quote;

use crate::emit::operations::is_paged;
use crate::emit::{Cx, Module};

pub(super) fn emit_call(cx: Cx<'_>) -> Module {
    let is_paged = cx.api.operations.iter().any(|operation| is_paged(cx, operation));
    let (items, paged) = if is_paged { (quote!(Items,), quote!(Paged, Pages,)) } else { (quote!(), quote!()) };
    let imports_std = quote! {
        use std::fmt;
        use std::marker::PhantomData;
        use std::time::Duration;
    };
    let imports = quote! {
        use clientwright_runtime::http::{HeaderName, HeaderValue};
        use clientwright_runtime::{
            CallOptions, Core, Download, Error, Events, #items Json, Lines, Operation, #paged Request, Response, Sending,
            Upload
        };
    };
    let strukt = quote! {
        /// One call of an operation: set its options, then `.await` it. Nothing is sent before that.
        #[must_use = "a call is sent when it is awaited"]
        pub struct Call<O> {
            pub(crate) core: Core,
            pub(crate) request: Request,
            operation: PhantomData<fn() -> O>,
        }
    };
    let future = quote! {
        impl<O: Operation> IntoFuture for Call<O> {
            type Output = Result<Response<O::Output>, Error<O::Error>>;
            type IntoFuture = Sending<O>;

            fn into_future(self) -> Sending<O> {
                self.core.call(self.request)
            }
        }
    };
    let debug = quote! {
        impl<O> fmt::Debug for Call<O> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple("Call").field(&self.request).finish()
            }
        }
    };
    let mut items = vec![imports_std, imports, strukt, emit_options(cx), future, debug];
    if is_paged {
        items.insert(4, emit_pages());
    }
    Module {
        path: "call.rs".to_owned(),
        docs: "A call: an operation with its parameters and options, sent when awaited.".to_owned(),
        items,
    }
}

fn emit_options(cx: Cx<'_>) -> proc_macro2::TokenStream {
    let attribute = cx.unused_without_features();
    quote! {
        impl<O: Operation> Call<O> {
            #attribute
            pub(crate) fn new(core: &Core, request: Request) -> Self {
                Self { core: core.clone(), request, operation: PhantomData }
            }

            /// Limits the whole call, retries and waiting included.
            pub fn timeout(mut self, timeout: Duration) -> Self {
                self.request.options_mut().timeout = Some(timeout);
                self
            }

            /// Limits each try.
            pub fn try_timeout(mut self, timeout: Duration) -> Self {
                self.request.options_mut().try_timeout = Some(timeout);
                self
            }

            /// Sends the request again up to this many times where that is safe.
            pub fn retries(mut self, retries: u32) -> Self {
                self.request.options_mut().retries = Some(retries);
                self
            }

            /// Sets what has no function here: see [`CallOptions`].
            pub fn configure(mut self, set: impl FnOnce(&mut CallOptions)) -> Self {
                set(self.request.options_mut());
                self
            }

            /// Adds a header, in place of one of the same name.
            pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
                self.request.options_mut().headers.insert(name, value);
                self
            }

            /// Adds a query parameter that the description does not have.
            pub fn with_query(mut self, name: &str, value: &str) -> Self {
                self.request = self.request.extra_query(name, value);
                self
            }

            /// Sends this body in place of the one that was given, as it is read.
            pub fn upload(mut self, body: Upload) -> Self {
                self.request = self.request.upload(body);
                self
            }

            /// Sends the call, and gives the body of a success as it comes in.
            ///
            /// # Errors
            ///
            /// As when the call is awaited.
            pub async fn stream(self) -> Result<Response<Download<O::Error>>, Error<O::Error>> {
                self.core.stream::<O>(self.request).await
            }

            /// The events of an answer that is `text/event-stream`, with JSON of a type as their data.
            pub fn events_of<T: Json>(self) -> Events<O, T> {
                self.core.events(self.request)
            }

            /// The events of an answer that is `text/event-stream`, with text as their data.
            pub fn text_events(self) -> Events<O, String> {
                self.core.text_events(self.request)
            }

            /// The values of a type in an answer that is JSON lines, or a sequence of JSON texts.
            pub fn lines_of<T: Json>(self) -> Lines<O, T> {
                self.core.lines(self.request)
            }
        }
    }
}

fn emit_pages() -> proc_macro2::TokenStream {
    quote! {
        impl<O: Paged> Call<O> {
            /// The items of the list, page after page; each page is asked for when its first item is wanted.
            pub fn items(self) -> Items<O> {
                self.core.items(self.request)
            }

            /// The pages of the list, each asked for when it is wanted.
            pub fn pages(self) -> Pages<O> {
                self.core.pages(self.request)
            }
        }
    }
}
