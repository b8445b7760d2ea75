//! Spelling: what somebody may have meant.

/// The known word that is almost the given one.
pub(crate) fn nearest<'k>(word: &str, mut known: impl Iterator<Item = &'k str> + Clone) -> Option<&'k str> {
    let almost = known.clone().map(|other| (distance(word, other), other)).min();
    let almost = almost.filter(|(distance, _)| *distance <= 2).map(|(_, other)| other);
    almost.or_else(|| known.find(|other| word.len() > 2 && other.starts_with(word)))
}

/// The known texts that are nearly the given one, the nearest first, and no more than three.
pub(crate) fn near<'k>(text: &str, known: impl Iterator<Item = &'k str>) -> Vec<&'k str> {
    let limit = 2.max(text.chars().count() / 5);
    let known = known.filter(|other| other.len().abs_diff(text.len()) <= limit * 4);
    let mut near: Vec<_> = known.map(|other| (distance(text, other), other)).filter(|(far, _)| *far <= limit).collect();
    near.sort_unstable();
    near.into_iter().take(3).map(|(_, other)| other).collect()
}

/// How many letters must be added, taken away or changed to come from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    // Row by row of the table of distances between the beginnings of the two.
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (index, letter) in from.chars().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        let mut next = vec![left];
        for (other, above) in to.chars().zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(letter != other)).min(left + 1).min(above + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
