//! The words for what operations have in common.
#![expect(missing_docs, reason = "most names are OpenAPI's own, and a sentence would only repeat them")]

use crate::ir::TypeId;
use crate::naming::{FeatureName, ModuleName};

/// What operations have in common by their author's word.
#[derive(Debug)]
pub struct Tag {
    /// As the description has it; `None` is for operations without a tag.
    pub name: Option<String>,
    pub feature: FeatureName,
    pub description: Option<String>,
}

/// The operations that have the same tags, with the types that these alone need.
#[derive(Debug)]
pub struct Group {
    pub module: ModuleName,
    /// Places in [`Api::tags`](crate::ir::Api::tags).
    pub tags: Vec<usize>,
    /// Places in [`Api::operations`](crate::ir::Api::operations); none where the tags have nothing but types in common.
    pub operations: Vec<usize>,
    /// In the order of the output; decided by `analyze`.
    pub types: Vec<TypeId>,
}
