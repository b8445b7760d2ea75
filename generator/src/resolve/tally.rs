//! How many operations the description has: counted apart from reading them, so that none can get lost on the way.

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::Tally;
use crate::load::Documents;
use crate::pointer::Pointer;
use crate::resolve::keys;

/// The methods that a client has functions for.
const SUPPORTED: &[&str] = &["delete", "get", "head", "options", "patch", "post", "put", "query", "trace"];

/// Counts all operations, and reports those that have no function.
pub(super) fn count(documents: &Documents, diagnostics: &mut Vec<Diagnostic>) -> Tally {
    let paths = Pointer::root().join("paths");
    let mut tally = Tally::default();
    for path in keys(documents, &paths).into_iter().filter(|path| !path.starts_with("x-")) {
        // What leads nowhere is reported where it is read.
        let Ok(item) = documents.follow(&paths.join(&path)) else { continue };
        let others = keys(documents, &item.join("additionalOperations"));
        let others = others.into_iter().map(|method| item.join("additionalOperations").join(method));
        for at in others {
            let message = format!("there is no function for the method `{}`", at.last().to_uppercase());
            diagnostics.push(Diagnostic::at(&at, Code::Unsupported(message)));
            tally.declared += 1;
            tally.left_out += 1;
        }
        tally.declared += keys(documents, &item).iter().filter(|key| SUPPORTED.contains(&key.as_str())).count();
    }
    tally
}
