//! A list that needs no memory of its own while it is short.

/// Up to `N` items in place, and the others in a vector.
#[derive(Clone, Debug)]
pub(crate) struct Few<T, const N: usize> {
    first: [T; N],
    others: Vec<T>,
    length: usize,
}

impl<T: Copy, const N: usize> Few<T, N> {
    /// An empty list; `blank` stands where no item is.
    pub(crate) const fn new(blank: T) -> Self {
        Self { first: [blank; N], others: Vec::new(), length: 0 }
    }

    pub(crate) fn len(&self) -> usize {
        self.length
    }

    pub(crate) fn push(&mut self, item: T) {
        match self.first.get_mut(self.length) {
            Some(place) => *place = item,
            None => self.others.push(item),
        }
        self.length += 1;
    }

    /// Takes away what comes after so many items.
    pub(crate) fn truncate(&mut self, length: usize) {
        if length < self.length {
            self.length = length;
            if !self.others.is_empty() {
                self.others.truncate(length.saturating_sub(N));
            }
        }
    }

    pub(crate) fn last(&self) -> Option<&T> {
        self.first.get(self.length.checked_sub(1)?).or_else(|| self.others.last())
    }

    #[inline]
    pub(crate) fn last_mut(&mut self) -> Option<&mut T> {
        let last = self.length.checked_sub(1)?;
        if last < N { self.first.get_mut(last) } else { self.last_other() }
    }

    /// Apart, so that nothing is done for it where the list is short.
    #[cold]
    fn last_other(&mut self) -> Option<&mut T> {
        self.others.last_mut()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.first.get(..self.length.min(N)).unwrap_or_default().iter().chain(&self.others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_grows_and_shrinks_over_its_bound() {
        let mut few = Few::<_, 2>::new(0);
        assert_eq!((few.last(), few.len()), (None, 0));
        for item in 1..=4 {
            few.push(item);
            assert_eq!((few.last(), few.len()), (Some(&item), item));
        }
        assert_eq!(few.iter().rev().copied().collect::<Vec<_>>(), [4, 3, 2, 1]);
        few.truncate(9);
        assert_eq!(few.len(), 4);
        few.truncate(3);
        assert_eq!((few.last(), few.iter().count()), (Some(&3), 3));
        few.truncate(1);
        few.push(7);
        *few.last_mut().unwrap() += 1;
        assert_eq!(few.iter().copied().collect::<Vec<_>>(), [1, 8]);
    }
}
