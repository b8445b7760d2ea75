//! Structs: a row for each field.

/// How a struct is read and written: the name of each property in JSON, what becomes of it when it is missing (a word of
/// [`slot`](crate::slot)), its field, and its default. After eight fields stands a semicolon. `..` names the field for all
/// other properties. Behind `where` stands what a generic struct leaves open. For `Debug` it prints as JSON behind its name. A
/// module with a table of deprecated fields allows that they are used: each table that did cost the compiler as much as a field.
///
/// ```
/// use clientwright_runtime::{Json, object};
///
/// #[derive(PartialEq)]
/// struct Pet {
///     name: String,
///     r#type: Option<String>,
/// }
///
/// object!(Pet { "name" required name, "type" optional r#type });
///
/// let pet = Pet::from_json(br#"{"type": "cat", "name": "Minka"}"#)?;
/// assert_eq!(pet, Pet { name: "Minka".to_owned(), r#type: Some("cat".to_owned()) });
/// assert_eq!(pet.to_json(), br#"{"name":"Minka","type":"cat"}"#);
/// assert_eq!(format!("{pet:?}"), r#"Pet {"name":"Minka","type":"cat"}"#);
/// # Ok::<(), clientwright_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! object {
    // Eight fields at most are a tuple; more of them are a tuple of up to eight such tuples, and of others where these
    // are not enough.
    (@tree) => {
        ()
    };
    (@tree $eight:tt) => {
        $eight
    };
    (@tree $a:tt $b:tt $($c:tt $($d:tt $($e:tt $($f:tt $($g:tt $($h:tt)?)?)?)?)?)?) => {
        $crate::Groups(($a, $b, $($c, $($d, $($e, $($f, $($g, $($h,)?)?)?)?)?)?))
    };
    (@tree $a:tt $b:tt $c:tt $d:tt $e:tt $f:tt $g:tt $h:tt $($further:tt)+) => {
        $crate::Groups(($crate::Groups(($a, $b, $c, $d, $e, $f, $g, $h)), $crate::object!(@tree $($further)+)))
    };
    (@rest) => {
        $crate::Ignored
    };
    (@rest $rest:ident) => {
        $rest
    };
    (@shown $ty:ty $(where $T:ident)?) => {
        impl$(<$T: $crate::Json>)? ::std::fmt::Debug for $ty {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::debug(stringify!($ty), self, f)
            }
        }

        $crate::bridge_serde!($ty $(where $T)?);
    };
    ($ty:ty $(where $T:ident)? { $($wire:literal $mode:ident $field:ident $(= $default:expr)?),+ }) => {
        impl$(<$T: $crate::Json>)? $crate::Json for $ty {
            #[inline]
            fn read(reader: &mut $crate::Reader<'_>) -> ::std::result::Result<Self, $crate::DecodeError> {
                $crate::Constructor(|($($field,)+)| Self { $($field),+ }).read(
                    reader,
                    &[$($wire),+],
                    ($($crate::slot::$mode $((|| $default))?,)+),
                )
            }

            #[inline]
            fn write_fields(&self, writer: &mut $crate::Writer) {
                $(writer.$mode($wire, &self.$field);)+
            }
        }

        $crate::object!(@shown $ty $(where $T)?);
    };
    ($ty:ty $(where $T:ident)? {
        $($($wire:literal $mode:ident $field:ident $(= $default:expr)?),+);* $(; .. $rest:ident)?
    }) => {
        impl$(<$T: $crate::Json>)? $crate::Json for $ty {
            #[inline]
            fn read(reader: &mut $crate::Reader<'_>) -> ::std::result::Result<Self, $crate::DecodeError> {
                $crate::Constructor(|($crate::object!(@tree $(($($field,)+))*), $crate::object!(@rest $($rest)?))| {
                    Self { $($($field,)+)* $($rest)? }
                })
                .read_with_rest(
                    reader,
                    &[$($($wire,)+)*],
                    $crate::object!(@tree $(($($crate::slot::$mode $((|| $default))?,)+))*),
                )
            }

            #[inline]
            fn write_fields(&self, writer: &mut $crate::Writer) {
                $($(writer.$mode($wire, &self.$field);)+)*
                $(writer.entries(&self.$rest);)?
            }
        }

        $crate::object!(@shown $ty $(where $T)?);
    };
}
