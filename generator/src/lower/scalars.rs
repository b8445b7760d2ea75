//! Which scalar a type with a format is, as the configuration wants it.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::config::FormatChoice;
use crate::diagnostic::{Code, Diagnostic};
use crate::formats::{FORMATS, Format, plain};
use crate::ir::Scalar;

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
