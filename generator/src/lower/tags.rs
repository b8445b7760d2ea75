//! Tags, and the operations that have the same.

use std::collections::BTreeMap;

use crate::ir;
use crate::lower::Lowerer;
use crate::naming::{Scope, tag_words};

/// The words of what has no tag.
const UNTAGGED: &str = "untagged";

impl Lowerer<'_> {
    /// The tags of the operations in the order in which they are met, and the groups that they make.
    pub(super) fn lower_tags(&mut self, operations: &[ir::Operation]) -> (Vec<ir::Tag>, Vec<ir::Group>) {
        let mut tags = Tags::default();
        let mut by_tags: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
        for (index, operation) in operations.iter().enumerate() {
            let of_operation = tags.numbers(&operation.tags);
            match by_tags.iter_mut().find(|(known, _)| *known == of_operation) {
                Some((_, operations)) => operations.push(index),
                None => by_tags.push((of_operation, vec![index])),
            }
        }
        // A tag's own module is called as the tag is, whatever the names of several are.
        let (of_one, of_several): (Vec<_>, Vec<_>) = by_tags.into_iter().partition(|(tags, _)| tags.len() == 1);
        let mut modules = Scope::default();
        let group = |(numbers, operations): (Vec<usize>, Vec<usize>)| {
            let words: Vec<&str> = numbers.iter().filter_map(|number| tags.words(*number)).collect();
            let module = modules.claim_module(&words).name;
            ir::Group { module, tags: numbers, operations, types: Vec::new() }
        };
        let mut groups: Vec<ir::Group> = of_one.into_iter().chain(of_several).map(group).collect();
        groups.sort_by_key(|group| group.operations.first().copied());
        (self.tags(&tags), groups)
    }

    fn tags(&self, tags: &Tags) -> Vec<ir::Tag> {
        let mut features = Scope::default();
        let mut tag = |(name, words): &(Option<String>, String)| ir::Tag {
            name: name.clone(),
            feature: features.claim_feature(words).name,
            description: name.as_ref().and_then(|name| self.spec.tags.get(name)).cloned(),
        };
        tags.list.iter().map(&mut tag).collect()
    }
}

/// The tags so far.
#[derive(Default)]
struct Tags {
    /// Names and words.
    list: Vec<(Option<String>, String)>,
    by_words: BTreeMap<String, usize>,
    /// That of operations without a tag.
    untagged: Option<usize>,
}

impl Tags {
    /// The numbers of an operation's tags, in order, each once.
    fn numbers(&mut self, names: &[String]) -> Vec<usize> {
        let mut numbers: Vec<usize> = names.iter().map(|name| self.number(name)).collect();
        if numbers.is_empty() {
            let next = self.list.len();
            let untagged = *self.untagged.get_or_insert(next);
            if untagged == next {
                self.list.push((None, UNTAGGED.to_owned()));
            }
            numbers.push(untagged);
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    fn number(&mut self, name: &str) -> usize {
        let words = tag_words(name);
        let next = self.list.len();
        let number = *self.by_words.entry(words.clone()).or_insert(next);
        if number == next {
            self.list.push((Some(name.to_owned()), words));
        }
        number
    }

    fn words(&self, number: usize) -> Option<&str> {
        self.list.get(number).map(|(_, words)| words.as_str())
    }
}
