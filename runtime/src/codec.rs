//! The words of generated codecs: a macro for each kind of type, which is a table of what stands
//! where in JSON.
//!
//! All functions are `#[inline]`: what a program does not call is not compiled for it.

mod object;

/// How a list of strings is read and written, and the functions that such a type has: `as_str`,
/// `Display`, and `Debug`, which prints it in quotes. `_` names the variant that keeps a value that is not listed; such a
/// type is compared by its text too, which costs the compiler less than derives.
///
/// ```
/// use clientwright_runtime::{Json, strings};
///
/// enum Status {
///     Open,
///     Unknown(String),
/// }
///
/// strings!(Status { "open" => Open, _ => Unknown });
///
/// assert_eq!(Status::from_json(br#""open""#)?, Status::Open);
/// assert_eq!(Status::from_json(br#""shut""#)?.as_str(), "shut");
/// assert_eq!(Status::Unknown("open".to_owned()), Status::Open);
/// # Ok::<(), clientwright_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! strings {
    ($ty:ty, parameter { $($rows:tt)* }) => {
        $crate::strings!($ty { $($rows)* });

        impl $crate::Parameter for $ty {
            #[inline]
            fn parameter(&self) -> $crate::ParameterValue<'_> {
                $crate::Parameter::parameter(self.as_str())
            }
        }
    };
    ($ty:ty { $($wire:literal => $variant:ident,)* _ => $unknown:ident }) => {
        impl $ty {
            /// The value as the service writes it.
            #[inline]
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::$unknown(text) => text,
                }
            }
        }

        $crate::strings!(@impl $ty, reader, [$($wire => $variant,)*],
            text => {
                let text = text.to_owned();
                Ok(reader.unlisted(Self::$unknown(text)))
            });

        impl ::std::cmp::PartialEq for $ty {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl ::std::cmp::Eq for $ty {}

        impl ::std::hash::Hash for $ty {
            #[inline]
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                ::std::hash::Hash::hash(self.as_str(), state);
            }
        }
    };
    ($ty:ty { $($wire:literal => $variant:ident),* $(,)? }) => {
        impl $ty {
            /// The value as the service writes it.
            #[inline]
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $wire,)*
                }
            }
        }

        $crate::strings!(@impl $ty, reader, [$($wire => $variant,)*],
            _ => Err(reader.mismatch_among(&[$(stringify!($wire)),*])));
    };
    (@impl $ty:ty, $reader:ident, [$($wire:literal => $variant:ident,)*], $unlisted:pat => $unknown:expr) => {
        impl $crate::Json for $ty {
            #[inline]
            fn read($reader: &mut $crate::Reader<'_>) -> ::std::result::Result<Self, $crate::DecodeError> {
                match $reader.str() {
                    $(Ok($wire) => Ok(Self::$variant),)*
                    Ok($unlisted) => $unknown,
                    Err(error) => Err(error),
                }
            }

            #[inline]
            fn write(&self, writer: &mut $crate::Writer) {
                writer.string(self.as_str());
            }
        }

        impl ::std::fmt::Display for $ty {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::fmt::Debug for $ty {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(self.as_str(), f)
            }
        }

        $crate::bridge_serde!($ty);
    };
}

/// How a list of integers is read and written, and the functions that such a type has: `get`,
/// `Display`. `_` names the variant that keeps a value that is not listed.
///
/// ```
/// use clientwright_runtime::{Json, integers};
///
/// #[derive(Clone, Copy, Debug, PartialEq)]
/// enum Level {
///     Low,
///     Unknown(i64),
/// }
///
/// integers!(Level as i64 { 1 => Low, _ => Unknown });
///
/// assert_eq!(Level::from_json(b"1")?, Level::Low);
/// assert_eq!(Level::from_json(b"7")?.get(), 7);
/// # Ok::<(), clientwright_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! integers {
    (@impl $ty:ty as $integer:ty, $reader:ident,
        [$($wire:literal => $variant:ident,)*], [$($kept:pat => $value:expr)?], $unlisted:pat => $unknown:expr
    ) => {
        impl $ty {
            /// The value as the service writes it.
            #[inline]
            #[must_use]
            pub fn get(self) -> $integer {
                match self {
                    $(Self::$variant => $wire,)*
                    $($kept => $value,)?
                }
            }
        }

        impl $crate::Json for $ty {
            #[inline]
            fn read($reader: &mut $crate::Reader<'_>) -> ::std::result::Result<Self, $crate::DecodeError> {
                Ok(match $reader.value::<$integer>()? {
                    $($wire => Self::$variant,)*
                    $unlisted => $unknown,
                })
            }

            #[inline]
            fn write(&self, writer: &mut $crate::Writer) {
                $crate::Json::write(&self.get(), writer);
            }
        }

        impl ::std::fmt::Display for $ty {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.get(), f)
            }
        }

        $crate::parameter!($ty);
        $crate::bridge_serde!($ty);
    };
    ($ty:ty as $integer:ty { $($wire:literal => $variant:ident,)* _ => $unknown:ident }) => {
        $crate::integers!(@impl $ty as $integer, reader,
            [$($wire => $variant,)*], [Self::$unknown(number) => number],
            number => reader.unlisted(Self::$unknown(number)));
    };
    ($ty:ty as $integer:ty { $($wire:literal => $variant:ident),* $(,)? }) => {
        $crate::integers!(@impl $ty as $integer, reader,
            [$($wire => $variant,)*], [],
            _ => return Err(reader.mismatch_among(&[$(stringify!($wire)),*])));
    };
}

/// How one of several types is read and written. Its variant is found `by` a property, whose value
/// stands before it, or by the [`Shape`](crate::Shape) that a value has. `_` names the variant that
/// keeps what fits none.
///
/// ```
/// use clientwright_runtime::{Json, Shape, Value, union};
///
/// #[derive(Debug, PartialEq)]
/// enum Answer {
///     Text(String),
///     Number(i64),
///     Unknown(Value),
/// }
///
/// union!(Answer { 0 Text: Shape::STRING, 1 Number: Shape::NUMBER, _ => Unknown });
///
/// assert_eq!(Answer::from_json(b"42")?, Answer::Number(42));
/// # Ok::<(), clientwright_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! union {
    ($ty:ty { $($index:literal $variant:ident: $shape:expr,)* _ => $unknown:ident }) => {
        $crate::union!(@impl $ty, [$($variant)* $unknown], reader,
            reader.one_of(&const { [$($shape),*] }, |reader, shape| match shape {
                $($index => reader.variant(Self::$variant),)*
                _ => reader.unknown(Self::$unknown),
            }));
    };
    ($ty:ty { $($index:literal $variant:ident: $shape:expr),* $(,)? }) => {
        $crate::union!(@impl $ty, [$($variant)*], reader,
            reader.one_of(&const { [$($shape),*] }, |reader, shape| match shape {
                $($index => reader.variant(Self::$variant),)*
                _ => Err(reader.mismatch_among(&[$(stringify!($variant)),*])),
            }));
    };
    ($ty:ty, by $property:literal { $($($tag:literal)|+ => $variant:ident,)* _ => $unknown:ident }) => {
        $crate::union!(@impl $ty, [$($variant)* $unknown], reader,
            match reader.discriminator($property)?.as_deref() {
                $($(Some($tag))|+ => reader.variant(Self::$variant),)*
                _ => reader.unknown(Self::$unknown),
            });
    };
    ($ty:ty, by $property:literal { $($($tag:literal)|+ => $variant:ident),* $(,)? }) => {
        $crate::union!(@impl $ty, [$($variant)*], reader,
            match reader.discriminator($property)?.as_deref() {
                $($(Some($tag))|+ => reader.variant(Self::$variant),)*
                _ => Err(reader.mismatch_among(&[$($(stringify!($tag)),+),*])),
            });
    };
    (@impl $ty:ty, [$($variant:ident)*], $reader:ident, $read:expr) => {
        impl $crate::Json for $ty {
            #[inline]
            fn read($reader: &mut $crate::Reader<'_>) -> ::std::result::Result<Self, $crate::DecodeError> {
                $read
            }

            #[inline]
            fn write(&self, writer: &mut $crate::Writer) {
                match self {
                    $(Self::$variant(value) => $crate::Json::write(value, writer),)*
                }
            }
        }

        $crate::bridge_serde!($ty);
    };
}

/// How a type around another one is read and written: like the other one. What comes back is not
/// checked: the service is trusted to keep its own rules, or to break them.
#[macro_export]
macro_rules! newtype {
    ($ty:ty) => {
        impl $crate::Json for $ty {
            #[inline]
            fn read(reader: &mut $crate::Reader<'_>) -> ::std::result::Result<Self, $crate::DecodeError> {
                reader.value().map(Self)
            }

            #[inline]
            fn write(&self, writer: &mut $crate::Writer) {
                $crate::Json::write(&self.0, writer);
            }
        }

        $crate::bridge_serde!($ty);
    };
    ($ty:ty, parameter) => {
        $crate::newtype!($ty);

        impl $crate::Parameter for $ty {
            #[inline]
            fn parameter(&self) -> $crate::ParameterValue<'_> {
                $crate::Parameter::parameter(&self.0)
            }
        }
    };
}

/// Lets a type stand for a parameter, as its JSON says.
#[macro_export]
macro_rules! parameter {
    ($ty:ty) => {
        impl $crate::Parameter for $ty {
            #[inline]
            fn parameter(&self) -> $crate::ParameterValue<'_> {
                $crate::ParameterValue::from_json(self)
            }
        }
    };
}

/// How the answers of an operation are told apart: the statuses, the variant, and how its body is
/// read (`json`, `text` or `bytes`; not at all where there is none).
///
/// ```
/// use clientwright_runtime::{Value, answers};
///
/// #[derive(Debug)]
/// enum ListPetsError {
///     NotFound(Value),
///     TooManyRequests,
/// }
///
/// answers!(ListPetsError { 404 => NotFound(json), 429 => TooManyRequests });
/// ```
#[macro_export]
macro_rules! answers {
    (@body $answer:ident $variant:ident) => {
        Ok(Self::$variant)
    };
    (@body $answer:ident $variant:ident bytes) => {
        Ok(Self::$variant($answer.bytes()))
    };
    (@body $answer:ident $variant:ident $read:ident) => {
        $answer.$read().map(Self::$variant)
    };
    ($ty:ty { $($status:pat => $variant:ident $(($read:ident))?),* $(,)? }) => {
        impl $crate::FromAnswer for $ty {
            #[inline]
            fn from_answer(
                answer: &$crate::Answer,
            ) -> ::std::option::Option<::std::result::Result<Self, $crate::DecodeError>> {
                #[allow(unreachable_patterns)]
                Some(match answer.status().as_u16() {
                    $($status => $crate::answers!(@body answer $variant $($read)?),)*
                    _ => return None,
                })
            }
        }
    };
}
