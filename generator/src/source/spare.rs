//! A document's tree that is given away: who generates changes it, and a copy of a large one is half of all memory.
//!
//! Whoever looks at it afterwards gets one that is read again.

use std::sync::{Mutex, OnceLock, PoisonError};

use serde_json::Value;

use crate::source::tree::parse_tree;

/// The tree of a text.
#[derive(Debug)]
pub(super) struct Spare {
    kept: OnceLock<Value>,
    /// One that may be taken.
    lent: Mutex<Option<Value>>,
}

impl Spare {
    /// A tree that stays.
    pub(super) fn kept(tree: Value) -> Self {
        Self { kept: OnceLock::from(tree), lent: Mutex::new(None) }
    }

    /// A tree that the first who needs one of its own may have.
    pub(super) fn lent(tree: Value) -> Self {
        Self { kept: OnceLock::new(), lent: Mutex::new(Some(tree)) }
    }

    /// The tree.
    pub(super) fn get(&self, text: &str) -> &Value {
        self.kept.get_or_init(|| self.taken().unwrap_or_else(|| read(text)))
    }

    /// A tree of one's own.
    pub(super) fn take(&self, text: &str) -> Value {
        if let Some(kept) = self.kept.get() {
            return kept.clone();
        }
        self.taken().unwrap_or_else(|| read(text))
    }

    /// Looks at the tree, and leaves it where it is.
    pub(super) fn look(&self, text: &str, work: impl FnOnce(&Value)) {
        let lent = self.lent.lock().unwrap_or_else(PoisonError::into_inner);
        match &*lent {
            Some(tree) => work(tree),
            None => {
                drop(lent);
                work(self.get(text));
            }
        }
    }

    fn taken(&self) -> Option<Value> {
        self.lent.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Clone for Spare {
    fn clone(&self) -> Self {
        let kept = self.kept.get().map_or_else(OnceLock::new, |kept| OnceLock::from(kept.clone()));
        let lent = self.lent.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Self { kept, lent: Mutex::new(lent) }
    }
}

/// A text that was read once is read again.
fn read(text: &str) -> Value {
    parse_tree(text).map_or(Value::Null, |(tree, _)| tree)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Spare;

    #[test]
    fn a_tree_is_there_however_often_it_is_taken() {
        let (text, tree) = (r#"{"a": 1}"#, json!({"a": 1}));
        let spare = Spare::lent(tree.clone());
        assert!([spare.take(text), spare.take(text), spare.clone().take(text)].iter().all(|taken| *taken == tree));
        spare.look(text, |looked| assert_eq!(*looked, tree));
        assert_eq!((spare.get(text), spare.take(text)), (&tree, tree.clone()));

        let seen = Spare::lent(tree.clone());
        assert_eq!((seen.get("[]"), seen.take("[]")), (&tree, tree.clone()));
        assert_eq!(Spare::kept(Value::Null).take(text), Value::Null);
    }
}
