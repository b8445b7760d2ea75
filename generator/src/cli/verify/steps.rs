//! What is done with one description, and what comes out.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use clientwright::diagnostic::Diagnostic;
use clientwright::output::Figures;
use clientwright::package::{Choices, Package, PackageName, Runtime, generate_package};
use clientwright::render::{Style, render};
use clientwright::sync::Project;
use clientwright::verify::{Origin, Trial, Verdict};

use super::cargo::{self, Build};
use super::scratch::Scratch;
use super::{Arguments, Step, program};
use crate::cli::{open, shown};

/// What came out for one description.
#[derive(Default)]
pub(super) struct Result {
    pub(super) description: String,
    /// Why there is no crate, as it is shown.
    pub(super) not_generated: Option<String>,
    pub(super) figures: Figures,
    pub(super) lines: usize,
    pub(super) generating: Duration,
    pub(super) compiling: Duration,
    /// How many findings each code has.
    pub(super) findings: BTreeMap<&'static str, usize>,
    pub(super) build: Build,
    pub(super) same: usize,
    pub(super) contradictions: Vec<Trouble>,
    pub(super) faults: Vec<Trouble>,
}

/// A value that was not written as it was read.
pub(super) struct Trouble {
    /// Path, line, column and pointer.
    pub(super) at: String,
    pub(super) origin: Origin,
    pub(super) ty: String,
    pub(super) why: String,
    /// The value, as JSON.
    pub(super) value: String,
}

impl Result {
    /// Whether nothing was wrong that is not the description's own.
    pub(super) fn is_well(&self) -> bool {
        let Build { program: _, warnings, errors } = &self.build;
        self.not_generated.is_none() && warnings.is_empty() && errors.is_empty() && self.faults.is_empty()
    }
}

/// Takes a description as far as the arguments say.
pub(super) fn verify(description: &Path, arguments: &Arguments, scratch: &Scratch) -> io::Result<Result> {
    let start = Instant::now();
    let mut project = open(Some(description), arguments.config.as_deref());
    arguments.selection.add_to(&mut project);
    let name = PackageName::of_file(&shown(description));
    let choices = Choices { name: Some(name.clone()), runtime: Runtime::Path("../runtime".to_owned()) };
    let Package { name: _, mut output, tag_features } = generate_package(&project, &choices);
    let mut result = Result { description: file_name(description), generating: start.elapsed(), ..Result::default() };
    for code in output.diagnostics.iter().map(|diagnostic| diagnostic.code.name()) {
        *result.findings.entry(code).or_default() += 1;
    }
    if output.has_errors() {
        let errors: Vec<Diagnostic> = output.diagnostics.into_iter().filter(Diagnostic::is_error).collect();
        result.not_generated = Some(render(&errors, project.texts(), Style::Plain));
        return Ok(result);
    }
    result.figures = output.figures;
    result.lines = output.files.iter().map(|file| file.text.lines().count()).sum();
    if arguments.until == Step::Generate {
        return Ok(result);
    }
    let trial = (arguments.until == Step::Run).then(|| Trial::new(project.sources(), project.config()));
    output.files.extend(trial.as_ref().map(|trial| trial.program(&name.in_code())));
    scratch.write(&name, &output.files)?;
    let start = Instant::now();
    result.build = cargo::build(scratch, &name, &tag_features, arguments)?;
    result.compiling = start.elapsed();
    if let (Some(trial), Some(program)) = (trial, &result.build.program) {
        let file = scratch.folder.join(name.as_str()).join("values.jsonl");
        let outcomes = program::run(program, &trial, &file)?;
        for (sample, outcome) in trial.samples().iter().zip(outcomes) {
            let trouble = |why: String| Trouble {
                at: place(&project, &sample.at),
                origin: sample.origin,
                ty: sample.ty.clone(),
                why,
                value: sample.value.to_string(),
            };
            match trial.judge(sample, &outcome) {
                Verdict::Same => result.same += 1,
                Verdict::Contradiction(why) => result.contradictions.push(trouble(why)),
                Verdict::Fault(why) => result.faults.push(trouble(why)),
            }
        }
    }
    Ok(result)
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| shown(path), |name| name.to_string_lossy().into_owned())
}

fn place(project: &Project, at: &clientwright::pointer::Pointer) -> String {
    match project.sources().locate(at) {
        Some((source, location)) => format!("{}:{}:{} {at}", source.path(), location.line, location.column),
        None => at.to_string(),
    }
}
