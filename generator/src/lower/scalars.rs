//! Which scalar a type with a format is, as the configuration wants it.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::config::FormatChoice;
use crate::diagnostic::{Code, Diagnostic};
use crate::formats::{FORMATS, Format, plain};
use crate::ir::{Bound, Nature, Rule, Scalar};
use crate::lower::enums;
use crate::lower::view::View;

/// The configuration's choices, and which of them have matched something.
pub(super) struct Formats<'a> {
    choices: &'a [FormatChoice],
    used: RefCell<BTreeSet<usize>>,
}

impl<'a> Formats<'a> {
    pub(super) fn new(choices: &'a [FormatChoice]) -> Self {
        Self { choices, used: RefCell::default() }
    }

    pub(super) fn scalar(&self, ty: &str, format: Option<&str>) -> Scalar {
        let Some(known) = FORMATS.iter().find(|known| known.ty == ty && Some(known.name) == format) else {
            return plain(ty);
        };
        if let Some((index, scalar)) = self.chosen(known) {
            self.used.borrow_mut().insert(index);
            return scalar;
        }
        default(known)
    }

    /// The number of the choice for a format, and what it chooses.
    fn chosen(&self, format: &Format) -> Option<(usize, Scalar)> {
        self.choices.iter().enumerate().find_map(|(index, choice)| {
            let mut words = format.choices.iter().filter(|_| choice.format == format.name);
            words.find(|(word, _)| *word == choice.choice).map(|(_, scalar)| (index, *scalar))
        })
    }

    /// Whether the format says more than the type that stands for it.
    pub(super) fn is_telling(&self, ty: Option<&str>, format: &str) -> bool {
        let is_this = |known: &&Format| known.name == format && ty.is_none_or(|ty| known.ty == ty);
        let Some(known) = FORMATS.iter().find(is_this) else { return true };
        let scalar = self.chosen(known).map_or_else(|| default(known), |(_, scalar)| scalar);
        scalar == plain(known.ty) && !matches!(format, "int64" | "double")
    }

    /// The findings for choices that have matched nothing.
    pub(super) fn unused(&self) -> Vec<Diagnostic> {
        let used = self.used.borrow();
        let unused = self.choices.iter().enumerate().filter(|(index, _)| !used.contains(index));
        let diagnostics = unused.map(|(_, FormatChoice { format, choice, at })| {
            let what = format!("no value of the format `{format}` that could be `{choice}` is used");
            Diagnostic { code: Code::UnusedOverride(what), at: at.clone() }
        });
        diagnostics.collect()
    }
}

fn default(format: &Format) -> Scalar {
    format.choices.first().map_or(Scalar::String, |(_, scalar)| *scalar)
}

/// The type that a format without one implies.
pub(super) fn type_of_format(format: &str) -> Option<&'static str> {
    FORMATS.iter().find(|known| known.name == format).map(|known| known.ty)
}

/// The scalar that holds the integers that a description shows, whatever its format promises.
pub(super) fn wide_enough(scalar: Scalar, views: &[View<'_>]) -> Scalar {
    if !matches!(scalar.nature(), Nature::Integer(..)) {
        return scalar;
    }
    let shown: Vec<i128> = views.iter().flat_map(shown).collect();
    let holds_all = |scalar: &Scalar| match scalar.nature() {
        Nature::Integer(least, greatest) => shown.iter().all(|shown| (least..=greatest).contains(shown)),
        Nature::Boolean | Nature::Float | Nature::Digits | Nature::Text | Nature::Formed => true,
    };
    let is_unsigned = scalar == Scalar::I64 && views.iter().any(spans_unsigned);
    let preferred = if is_unsigned { Scalar::U64 } else { scalar };
    [preferred, Scalar::I64, Scalar::U64].into_iter().find(holds_all).unwrap_or(Scalar::Number)
}

/// The integers among the values that are listed, the default and the example.
fn shown(view: &View<'_>) -> Vec<i128> {
    let single = view.data.default.iter().chain(&view.data.example);
    view.enumeration.iter().chain(single).filter_map(enums::large_integer).collect()
}

/// Two to the power of 63 and of 64, the first integers beyond `i64` and beyond `u64`.
const BEYOND: (f64, f64) = (9_223_372_036_854_775_808.0, 18_446_744_073_709_551_616.0);

/// Whether the bounds are those of integers without a sign that take all 64 bits. What is more than that says only that
/// there is no bound.
fn spans_unsigned(view: &View<'_>) -> bool {
    let is_natural = |bound: &Bound| match bound {
        Bound::Integer(bound) => *bound >= 0,
        Bound::Float(bound) => *bound >= 0.0,
    };
    let is_never_negative =
        |rule: &Rule| matches!(rule, Rule::Minimum(least) | Rule::ExclusiveMinimum(least) if is_natural(least));
    // The floats nearest to the greatest integers are the powers of two.
    let is_beyond = |greatest: f64| greatest > BEYOND.0 && greatest <= BEYOND.1;
    let spans = |rule: &Rule| {
        matches!(rule, Rule::Maximum(Bound::Float(greatest)) | Rule::ExclusiveMaximum(Bound::Float(greatest))
            if is_beyond(*greatest))
    };
    view.rules.iter().any(|(_, rule)| is_never_negative(rule)) && view.rules.iter().any(|(_, rule)| spans(rule))
}
