//! Values that have no parts.

/// A value that has no parts, and the Rust type that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scalar {
    Bool,
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    F32,
    F64,
    /// A number with all of its digits.
    Number,
    String,
    Secret,
    Uuid,
    DateTime(Calendar),
    Date(Calendar),
    Time(Calendar),
    Duration,
    Base64,
    Base64Url,
    /// A decimal number that JSON has as text.
    Decimal,
    Ipv4,
    Ipv6,
}

/// The library whose types are dates and times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Calendar {
    Jiff,
    Chrono,
    Time,
}

/// What a scalar is, apart from the type that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    Boolean,
    /// The least and the greatest.
    Integer(i128, i128),
    Float,
    /// A number that keeps its digits.
    Digits,
    /// Any text.
    Text,
    /// Text of a certain form, or with a type that is more than text.
    Formed,
}

impl Scalar {
    /// What it is.
    #[must_use]
    pub fn nature(self) -> Nature {
        match self {
            Self::Bool => Nature::Boolean,
            Self::I8 => Nature::Integer(i8::MIN.into(), i8::MAX.into()),
            Self::I16 => Nature::Integer(i16::MIN.into(), i16::MAX.into()),
            Self::I32 => Nature::Integer(i32::MIN.into(), i32::MAX.into()),
            Self::I64 => Nature::Integer(i64::MIN.into(), i64::MAX.into()),
            Self::U8 => Nature::Integer(0, u8::MAX.into()),
            Self::U16 => Nature::Integer(0, u16::MAX.into()),
            Self::U32 => Nature::Integer(0, u32::MAX.into()),
            Self::U64 => Nature::Integer(0, u64::MAX.into()),
            Self::F32 | Self::F64 => Nature::Float,
            Self::Number => Nature::Digits,
            Self::String => Nature::Text,
            Self::Secret
            | Self::Uuid
            | Self::DateTime(_)
            | Self::Date(_)
            | Self::Time(_)
            | Self::Duration
            | Self::Base64
            | Self::Base64Url
            | Self::Decimal
            | Self::Ipv4
            | Self::Ipv6 => Nature::Formed,
        }
    }
}
