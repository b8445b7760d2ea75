//! Reading a project: its configuration, its description, and the documents that the description names.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::{Config, Filters};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::output::Output;
use crate::pointer::Pointer;
use crate::render::Texts;
use crate::source::{Source, Sources};
use crate::sync::record::hash;

/// All that a run starts from.
#[derive(Debug)]
pub struct Project {
    /// The folder that paths are shown from.
    root: PathBuf,
    config_path: String,
    config_text: String,
    config: Config,
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    files: Vec<PathBuf>,
    /// The hashes of those that could be read.
    hashes: Vec<u64>,
}

/// Reads a project from its configuration, a path from `root`.
///
/// What cannot be read or understood is among the project's [diagnostics](Project::diagnostics).
#[must_use]
pub fn read_project(root: &Path, config: &str) -> Project {
    let mut project = Project::empty(root, config);
    if let Some(config) = project.read_config(Config::parse) {
        project.config = config;
        let shown = project.beside_config(&project.config.description);
        project.read_sources(&shown);
    }
    project
}

/// Reads a description without a project around it, a path from `root`. Of a configuration, only filters, formats and
/// overrides count.
///
/// The project has no package and no output folder.
#[must_use]
pub fn read_description(root: &Path, description: &str, config: Option<&str>) -> Project {
    let mut project = Project::empty(root, config.unwrap_or_default());
    if config.is_some() {
        match project.read_config(Config::parse_beside) {
            Some(config) => project.config = config,
            None => return project,
        }
    }
    description.clone_into(&mut project.config.description);
    project.read_sources(description);
    project
}

impl Project {
    fn empty(root: &Path, config_path: &str) -> Self {
        Self {
            root: root.to_owned(),
            config_path: config_path.to_owned(),
            config_text: String::new(),
            config: Config::default(),
            sources: Sources::new(Source::unparsed("", "")),
            diagnostics: Vec::new(),
            files: Vec::new(),
            hashes: Vec::new(),
        }
    }

    /// Reads the configuration's file; what is wrong with it is reported.
    fn read_config(&mut self, parse: fn(&str) -> Result<Config, Vec<Diagnostic>>) -> Option<Config> {
        let path = self.root.join(&self.config_path);
        match self.read_file(&path) {
            Ok(text) => self.config_text = text,
            Err(why) => {
                let at = Place::File(self.config_path.clone());
                self.diagnostics.push(Diagnostic { code: Code::UnreadableFile(why), at });
                return None;
            }
        }
        parse(&self.config_text).map_err(|diagnostics| self.diagnostics = diagnostics).ok()
    }

    /// Adds filters to those of the configuration.
    pub fn add_filters(&mut self, filters: Filters) {
        self.config.filters.include.extend(filters.include);
        self.config.filters.exclude.extend(filters.exclude);
    }

    /// The configuration; empty where it could not be read.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The description; empty where it could not be read.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// What was found while reading.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// All files that were read or looked for.
    #[must_use]
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// The same with hashes of what was read; `None` where one of them could not be read.
    pub(super) fn read_files(&self) -> Option<Vec<(PathBuf, u64)>> {
        let all = self.files.len() == self.hashes.len();
        all.then(|| self.files.iter().cloned().zip(self.hashes.iter().copied()).collect())
    }

    /// The output folder's path, as it is shown.
    #[must_use]
    pub fn output(&self) -> String {
        self.beside_config(&self.config.output)
    }

    /// The output folder.
    #[must_use]
    pub fn output_folder(&self) -> PathBuf {
        self.root.join(self.output())
    }

    /// The texts that diagnostics are about.
    #[must_use]
    pub fn texts(&self) -> Texts<'_> {
        Texts { sources: &self.sources, config: Some((&self.config_path, &self.config_text)) }
    }

    /// Generates the client, unless something could not be read.
    #[must_use]
    pub fn generate(&self) -> Output {
        let mut output = Output { diagnostics: self.diagnostics.clone(), ..Output::default() };
        if !output.has_errors() {
            let generated = crate::generate(&self.sources, &self.config);
            output.diagnostics.extend(generated.diagnostics);
            output.files = generated.files;
            output.figures = generated.figures;
        }
        output
    }

    fn beside_config(&self, path: &str) -> String {
        match self.config_path.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{path}"),
            None => path.to_owned(),
        }
    }

    /// Reads the main document at a path, and all that it names.
    fn read_sources(&mut self, shown: &str) {
        let path = self.root.join(shown);
        match self.read_file(&path) {
            Ok(text) => self.sources = Sources::new(self.parse(shown.to_owned(), text)),
            Err(why) => {
                let at = Place::File(shown.to_owned());
                self.diagnostics.push(Diagnostic { code: Code::UnreadableFile(why), at });
                return;
            }
        }
        let mut seen = BTreeSet::from([String::new()]);
        let mut unvisited = vec![String::new()];
        while let Some(document) = unvisited.pop() {
            let references = self.sources.get(&document).map(|source| source.external_references(&document));
            for reference in references.unwrap_or_default() {
                let named = self.sources.resolve_document(&document, &reference.document);
                if reference.is_absolute() {
                    let why = format!("`{}` is not fetched; write its path from this file", reference.document);
                    self.diagnostics.push(Diagnostic::at(&reference.at, Code::UnreadableFile(why)));
                } else if seen.insert(named.clone()) && self.read_document(&named, shown, &reference.at) {
                    unvisited.push(named);
                }
            }
        }
    }

    /// Reads another document than the main one, which is shown as `main`, for the reference at `at`.
    fn read_document(&mut self, document: &str, main: &str, at: &Pointer) -> bool {
        let shown = main.rsplit_once('/').map_or(document.to_owned(), |(folder, _)| format!("{folder}/{document}"));
        let path = self.root.join(&shown);
        match self.read_file(&path) {
            Ok(text) => {
                let source = self.parse(shown, text);
                self.sources.insert(document, source);
                true
            }
            Err(why) => {
                let why = format!("`{document}`: {why}");
                self.diagnostics.push(Diagnostic::at(at, Code::UnreadableFile(why)));
                false
            }
        }
    }

    fn read_file(&mut self, path: &Path) -> Result<String, String> {
        self.files.push(path.to_owned());
        let text = read_text(path)?;
        self.hashes.push(hash(text.as_bytes()));
        Ok(text)
    }

    /// A text that is not understood is kept to be shown.
    fn parse(&mut self, shown: String, text: String) -> Source {
        let (source, problem) = Source::understood(shown, text);
        self.diagnostics.extend(problem);
        source
    }
}

/// The text of a file, or why there is none.
fn read_text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| {
        if error.kind() == io::ErrorKind::NotFound {
            "there is no such file".to_owned()
        } else if error.kind() == io::ErrorKind::InvalidData {
            "it is not encoded as UTF-8".to_owned()
        } else {
            error.to_string()
        }
    })
}
