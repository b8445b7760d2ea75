//! One place of a description through all stages: its source text, what it means, its Rust, what was found about it.
//!
//! Takes a project and a place; gives texts. For people who ask why a piece of the output is as it is.

use crate::diagnostic::{Diagnostic, Place};
use crate::output::Output;
use crate::pointer::Pointer;
use crate::sync::Project;

/// What there is to say about one place.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// Path, line and column.
    pub place: String,
    /// The source text.
    pub source: String,
    /// The intermediate representation, for those who work on the generator.
    pub ir: Option<String>,
    /// The items, fields, variants and functions that are generated for it.
    pub rust: Vec<String>,
    /// All findings at the place and within it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Explains one place; `None` where the description has nothing there.
#[must_use]
pub fn explain(project: &Project, pointer: &Pointer) -> Option<Explanation> {
    project.sources().node(pointer)?;
    let (source, location) = project.sources().locate(pointer)?;
    let Output { files, diagnostics, figures: _ } = project.generate();
    Some(Explanation {
        place: format!("{}:{}:{}", source.path(), location.line, location.column),
        source: source.excerpt(pointer),
        ir: describe_ir(project, pointer),
        rust: files.iter().flat_map(|file| find_items(&file.text, pointer)).collect(),
        diagnostics: diagnostics.into_iter().filter(|diagnostic| is_within(diagnostic, pointer)).collect(),
    })
}

/// The intermediate representation of what stands at a place.
fn describe_ir(project: &Project, pointer: &Pointer) -> Option<String> {
    let api = crate::understand(project.sources(), project.config(), &mut Vec::new());
    let defs = api.types.order.iter().filter_map(|id| api.types.list.get(id.0));
    let defs = defs.filter(|def| def.origin == *pointer).map(|def| format!("{def:#?}"));
    let operations = api.operations.iter().filter(|operation| operation.origin == *pointer);
    let operations = operations.map(|operation| format!("{operation:#?}"));
    let texts: Vec<String> = defs.chain(operations).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

fn is_within(diagnostic: &Diagnostic, pointer: &Pointer) -> bool {
    let Place::Node(at) = &diagnostic.at else { return false };
    let below = at.as_str().strip_prefix(pointer.as_str());
    below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
}

/// The pieces of a generated file that name a place in their documentation.
///
/// A piece goes from the first line of its documentation to the first line behind it that is indented as it is and
/// ends something; generated code is formatted, so that this is where it ends.
fn find_items(text: &str, pointer: &Pointer) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let is_head = |line: &&str| line.trim_start().starts_with("///") || line.trim_start().starts_with("#[");
    let names_place = |line: &str| {
        let spec = line.trim_start().strip_prefix("///").and_then(|docs| docs.trim().strip_prefix("Spec: "));
        spec.is_some_and(|spec| spec.trim_matches('`') == pointer.as_str())
    };
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| names_place(line)) {
        let (before, behind) = lines.split_at(index);
        let docs_before = before.iter().rev().take_while(|line| is_head(line)).count();
        let head_behind = behind.iter().take_while(|line| is_head(line)).count();
        let indent = line.strip_suffix(line.trim_start()).unwrap_or_default();
        let ends = |line: &&str| {
            line.strip_prefix(indent).is_some_and(|rest| !rest.starts_with(' ')) && line.ends_with(['}', ';', ','])
        };
        let body = behind.iter().skip(head_behind).position(ends).map_or(0, |last| last + 1);
        let piece = lines.iter().skip(index - docs_before).take(docs_before + head_behind + body);
        found.push(piece.map(|line| line.strip_prefix(indent).unwrap_or(line)).collect::<Vec<_>>().join("\n"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::find_items;
    use crate::pointer::Pointer;

    #[test]
    fn pieces_are_whole() {
        let text = "\
/// A pet.
///
/// Spec: `#/components/schemas/Pet`
#[derive(Clone)]
pub struct Pet {
    /// Its name.
    ///
    /// Spec: `#/components/schemas/Pet/properties/name`
    #[must_use]
    pub name: Option<String>,
    pub age: u8,
}

impl Client {
    /// Spec: `#/paths/~1pets/get`
    pub fn list_pets(
        &self,
    ) -> Call<ListPets> {
        if self.is_open() {
            return;
        }
        Call::new()
    }
}

/// Spec: `#/components/schemas/Id`
pub struct Id(String);
";
        let found = |pointer: &str| find_items(text, &Pointer::parse(pointer));
        let pet = text.split("\n\n").next().unwrap();
        assert_eq!(found("#/components/schemas/Pet"), [pet]);
        assert_eq!(
            found("#/components/schemas/Pet/properties/name"),
            [
                "/// Its name.\n///\n/// Spec: `#/components/schemas/Pet/properties/name`\n#[must_use]\npub name: Option<String>,"
            ]
        );
        let list = found("#/paths/~1pets/get");
        assert!(list[0].starts_with("/// Spec: ") && list[0].ends_with("\n    Call::new()\n}"), "{list:?}");
        assert_eq!(found("#/components/schemas/Id"), ["/// Spec: `#/components/schemas/Id`\npub struct Id(String);"]);
        assert!(found("#/components").is_empty());
    }
}
