//! A whole crate: what is generated, with a manifest, a front page, and the run time.
//!
//! Takes a project and what was chosen for it; gives files. Nothing that a description says can break the manifest or
//! the page. Must not touch the disk: `sync` writes, and [`SHARING`] says what it may.

mod manifest;
mod names;
mod page;
mod runtime;

use crate::config::{Config, TagFeatures};
use crate::formats;
use crate::ir;
use crate::output::{File, Output};
use crate::sync::{Project, Sharing};

pub use names::PackageName;
pub use runtime::runtime_files;

/// What a person may have changed, and where there is nothing else to look after.
pub const SHARING: Sharing<'static> = Sharing { swept: &["src/", "runtime/"], yielding: &[".gitignore", "README.md"] };

/// What is chosen for a crate, beside its description.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Its name; without one, it gets one from the description.
    pub name: Option<PackageName>,
    /// Where its run time comes from.
    pub runtime: Runtime,
}

/// Where a crate's run time comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// It is part of the crate, in the folder `runtime`.
    Vendored,
    /// It is downloaded.
    Registry,
    /// It is in a folder; its path, from the crate's.
    Path(String),
}

/// A whole crate.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its name.
    pub name: PackageName,
    /// Its files, and what was found.
    pub output: Output,
    /// The features that stand for tags.
    pub tag_features: Vec<String>,
}

/// The tags, with their numbers of operations.
#[must_use]
pub fn count_tags(api: &ir::Api) -> Vec<(&ir::Tag, usize)> {
    let count = |tag: usize| {
        let groups = api.groups.iter().filter(|group| group.tags.contains(&tag));
        groups.map(|group| group.operations.len()).sum()
    };
    api.tags.iter().enumerate().map(|(index, tag)| (tag, count(index))).collect()
}

/// Whether tags are features of a crate: they are not where all operations have the same.
#[must_use]
pub fn has_tag_features(api: &ir::Api) -> bool {
    api.groups.len() > 1
}

/// Generates a crate for a description.
#[must_use]
pub fn generate_package(project: &Project, choices: &Choices) -> Package {
    let path = &project.config().description;
    let mut diagnostics = project.diagnostics().to_vec();
    if diagnostics.iter().any(crate::diagnostic::Diagnostic::is_error) {
        let name = choices.name.clone().unwrap_or_else(|| PackageName::choose("", path));
        return Package { name, output: Output { diagnostics, ..Output::default() }, tag_features: Vec::new() };
    }
    let api = crate::understand(project.sources(), project.config(), &mut diagnostics);
    let name = choices.name.clone().unwrap_or_else(|| PackageName::choose(&api.info.title, path));
    let config =
        Config { package: name.as_str().to_owned(), tag_features: TagFeatures::Declared, ..project.config().clone() };
    let mut output = crate::print(&api, &config, diagnostics);
    if output.has_errors() {
        return Package { name, output, tag_features: Vec::new() };
    }
    let page = page::write_page(&api, &name, &choices.runtime, &output.files);
    for file in &mut output.files {
        file.path.insert_str(0, "src/");
    }
    let features = formats::features(&config.formats);
    let manifest = manifest::write(&api, &name, &choices.runtime, &features);
    output.files.push(File { path: "Cargo.toml".to_owned(), text: manifest });
    output.files.push(File { path: "README.md".to_owned(), text: page });
    output.files.push(File { path: ".gitignore".to_owned(), text: format!("{}\n/target\n", manifest::HEADER) });
    if choices.runtime == Runtime::Vendored {
        output.files.extend(runtime::files(&name));
    }
    let tags = if has_tag_features(&api) { api.tags.as_slice() } else { &[] };
    let tag_features = tags.iter().map(|tag| tag.feature.to_string()).collect();
    Package { name, output, tag_features }
}
