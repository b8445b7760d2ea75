//! The constraints of a description on values that go out.
//!
//! Takes a value and a limit, gives a [`Violation`] that names the rule but not the value, which
//! may be a secret.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// A value that breaks a rule of the description.
///
/// ```
/// use clientwright_runtime::check;
///
/// let violation = check::max_length("much too long", 4).unwrap_err();
/// assert_eq!(violation.to_string(), "it has 13 characters, but may have at most 4");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    rule: Cow<'static, str>,
    found: Option<Amount>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Amount {
    count: usize,
    unit: &'static str,
}

impl Violation {
    /// A violation of a rule, which goes on after "it": `is no colour`.
    #[must_use]
    pub fn new(rule: impl Into<Cow<'static, str>>) -> Self {
        Self { rule: rule.into(), found: None }
    }

    /// The rule that is broken, such as `may have at most 32`.
    #[must_use]
    pub fn rule(&self) -> &str {
        &self.rule
    }

    fn counted(count: usize, unit: &'static str, rule: String) -> Self {
        Self { rule: rule.into(), found: Some(Amount { count, unit }) }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.found {
            Some(Amount { count, unit }) => write!(f, "it has {count} {unit}, but {}", self.rule),
            None => write!(f, "it {}", self.rule),
        }
    }
}

impl Error for Violation {}

/// Checks `maxLength`: how many Unicode characters (scalar values) a text may have.
///
/// # Errors
///
/// When it has more.
pub fn max_length(text: &str, limit: usize) -> Result<(), Violation> {
    at_most(text.chars().count(), "characters", limit)
}

/// Checks `minLength`: how many Unicode characters (scalar values) a text must have.
///
/// # Errors
///
/// When it has fewer.
pub fn min_length(text: &str, limit: usize) -> Result<(), Violation> {
    at_least(text.chars().count(), "characters", limit)
}

/// Checks `maxItems`.
///
/// # Errors
///
/// When there are more.
pub fn max_items<T>(items: &[T], limit: usize) -> Result<(), Violation> {
    at_most(items.len(), "items", limit)
}

/// Checks `minItems`.
///
/// # Errors
///
/// When there are fewer.
pub fn min_items<T>(items: &[T], limit: usize) -> Result<(), Violation> {
    at_least(items.len(), "items", limit)
}

/// Checks `minimum`.
///
/// # Errors
///
/// When the number is smaller, or not comparable.
pub fn minimum<N: Copy + PartialOrd + fmt::Display>(number: N, limit: N) -> Result<(), Violation> {
    holds(number >= limit, || format!("must be at least {limit}"))
}

/// Checks `maximum`.
///
/// # Errors
///
/// When the number is larger, or not comparable.
pub fn maximum<N: Copy + PartialOrd + fmt::Display>(number: N, limit: N) -> Result<(), Violation> {
    holds(number <= limit, || format!("must be at most {limit}"))
}

/// Checks `exclusiveMinimum`.
///
/// # Errors
///
/// When the number is not larger.
pub fn exclusive_minimum<N: Copy + PartialOrd + fmt::Display>(number: N, limit: N) -> Result<(), Violation> {
    holds(number > limit, || format!("must be more than {limit}"))
}

/// Checks `exclusiveMaximum`.
///
/// # Errors
///
/// When the number is not smaller.
pub fn exclusive_maximum<N: Copy + PartialOrd + fmt::Display>(number: N, limit: N) -> Result<(), Violation> {
    holds(number < limit, || format!("must be less than {limit}"))
}

/// Checks `multipleOf` for integers.
///
/// # Errors
///
/// When the number is no multiple.
pub fn multiple_of(number: i64, factor: i64) -> Result<(), Violation> {
    holds(number.checked_rem(factor).is_none_or(|rest| rest == 0), || format!("must be a multiple of {factor}"))
}

fn at_most(count: usize, unit: &'static str, limit: usize) -> Result<(), Violation> {
    if count > limit {
        return Err(Violation::counted(count, unit, format!("may have at most {limit}")));
    }
    Ok(())
}

fn at_least(count: usize, unit: &'static str, limit: usize) -> Result<(), Violation> {
    if count < limit {
        return Err(Violation::counted(count, unit, format!("must have at least {limit}")));
    }
    Ok(())
}

fn holds(held: bool, rule: impl FnOnce() -> String) -> Result<(), Violation> {
    if held { Ok(()) } else { Err(Violation::new(rule())) }
}
