//! How many retries a client can afford, so that many calls at once do not make an outage worse.
//!
//! A bucket of tokens that all calls of a client share: retries take from it, successes give back.
//! When most calls fail it is soon empty, and each call is tried once until the server is back.

use std::sync::{Mutex, PoisonError};

/// What a retry takes; successes give back less where there was none.
pub(crate) const RETRY: u32 = 5;

/// A try that timed out may still keep the server busy.
pub(crate) const RETRY_AFTER_TIMEOUT: u32 = 10;

#[derive(Debug)]
pub(crate) struct Budget {
    full: u32,
    left: Mutex<u32>,
}

impl Budget {
    pub(crate) fn new(full: u32) -> Self {
        Self { full, left: Mutex::new(full) }
    }

    /// Takes what a retry costs, if there is enough.
    pub(crate) fn take(&self, cost: u32) -> bool {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let rest = left.checked_sub(cost);
        *left = rest.unwrap_or(*left);
        rest.is_some()
    }

    /// Gives back what the last retry of a call took, or one token where there was none.
    pub(crate) fn give(&self, cost: u32) {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        *left = left.saturating_add(cost.max(1)).min(self.full);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_runs_out_and_fills_up_again() {
        let budget = Budget::new(12);
        assert!(budget.take(RETRY) && budget.take(RETRY));
        assert!(!budget.take(RETRY), "two are left");
        budget.give(0);
        budget.give(0);
        budget.give(0);
        assert!(budget.take(RETRY));
        budget.give(100);
        assert!(budget.take(12) && !budget.take(1), "no more than it had");
    }
}
