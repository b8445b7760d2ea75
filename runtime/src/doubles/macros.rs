//! The words of generated mocks.

/// Without anything, the module `mock` of a client; else the function of its `Mock` for an operation, by what
/// [`operation!`](crate::operation!) knows of it.
#[macro_export]
#[allow(clippy::crate_in_macro_def, reason = "what it writes is about the client's crate")]
macro_rules! mock {
    () => {
        /// A double of the service, for tests.
        ///
        /// [`Mock`](mock::Mock) has a function for each operation, which starts an
        /// [`Expectation`](clientwright_runtime::doubles::Expectation), and what
        /// [`Mocks`](clientwright_runtime::doubles::Mocks) have: `client()`, `requests()`, `verify()`.
        pub mod mock {
            /// The service, as a test wants it to be. When it is dropped, it panics where an expected
            /// call has not come, or a call came that nothing was expected of.
            #[derive(Clone, Debug, Default)]
            #[must_use = "it makes clients, and expects their calls"]
            pub struct Mock(pub(crate) $crate::doubles::Mocks<crate::Client>);

            impl Mock {
                /// Starts without expectations.
                pub fn new() -> Self {
                    <Self as ::std::default::Default>::default()
                }
            }

            impl ::std::ops::Deref for Mock {
                type Target = $crate::doubles::Mocks<crate::Client>;

                fn deref(&self) -> &Self::Target {
                    &self.0
                }
            }

            impl $crate::doubles::Mockable for crate::Client {
                type Builder = crate::ClientBuilder;

                fn mocked(set: impl FnOnce(&mut $crate::Config)) -> Self::Builder {
                    crate::Client::builder().configure(set)
                }

                fn build(builder: Self::Builder) -> ::std::result::Result<Self, $crate::BuildError> {
                    builder.build()
                }
            }
        }
    };
    ($name:ident by $function:ident [$($place:ident $parameter:literal)*] [$($taken:tt)*]) => {
        impl crate::mock::Mock {
            #[doc = concat!("Expects calls of [`Client::", stringify!($function), "`](crate::Client::", stringify!($function), ").")]
            pub fn $function(&self) -> $crate::doubles::Expectation<$name> {
                static DESCRIBED: $crate::doubles::Described = $crate::doubles::Described {
                    meta: <$name as $crate::Operation>::META,
                    needs: &[$(($crate::doubles::Place::$place, $parameter)),*],
                    takes: $crate::mock!(@takes $($taken)*),
                    needs_body: $crate::mock!(@needs_body $($taken)*),
                };
                self.0.expect(&DESCRIBED)
            }
        }
    };
    (@needs_body) => { false };
    (@needs_body optional $($taken:tt)*) => { false };
    (@needs_body $($taken:tt)*) => { true };
    (@takes) => { &[] };
    (@takes optional $($taken:tt)+) => { $crate::mock!(@takes $($taken)+) };
    (@takes $($kind:ident $($media_type:literal)? $(of $ty:ty)?)|+) => {
        &[$($crate::mock!(@taken $kind $($media_type)? $(of $ty)?)),+]
    };
    (@taken json) => { $crate::doubles::Taken::any_json("application/json") };
    (@taken json $media_type:literal) => { $crate::doubles::Taken::any_json($media_type) };
    (@taken json of $ty:ty) => { $crate::doubles::Taken::json::<$ty>("application/json") };
    (@taken json $media_type:literal of $ty:ty) => { $crate::doubles::Taken::json::<$ty>($media_type) };
    (@taken any $media_type:literal) => { $crate::doubles::Taken::any($media_type) };
}
