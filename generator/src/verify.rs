//! verify: takes a description, gives values of its types, and judges what the types make of them.
//!
//! The values are the examples of the description, at each place that has a type, and some that are made from each
//! schema. A program reads them and writes them again ([`Trial::program`]); what it wrote is compared with what it read.
//! Where that is not the same, the value is checked against its schema, by a check that knows nothing of how types are
//! made: a value that is none of its schema's proves nothing. Pure: who runs the program is the command.

mod compare;
mod examples;
mod fit;
mod formats;
mod schemas;
mod subjects;
mod values;

use serde_json::Value;

use crate::config::Config;
use crate::ir::Api;
use crate::load::{Documents, load};
use crate::lower::name_as_viewed;
use crate::output::File;
use crate::pointer::Pointer;
use crate::source::Sources;
use fit::Fit;
use schemas::Schemas;
use subjects::Subject;

/// The path of the program in its crate.
pub const PROGRAM: &str = crate::emit::trips::PATH;

/// A description with all that its types are tried with.
#[derive(Debug)]
pub struct Trial {
    documents: Documents,
    api: Api,
    subjects: Vec<Subject>,
    samples: Vec<Sample>,
}

/// A value to read and write.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The place of the example, or of the schema that it was made from.
    pub at: Pointer,
    /// Where it comes from.
    pub origin: Origin,
    /// Its type, in the program's words.
    pub ty: String,
    /// The value.
    pub value: Value,
    subject: usize,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The description gives it.
    Example,
    /// It is made from its schema.
    Made,
}

/// What became of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was read, and this was written.
    Written(String),
    /// It was not read; why.
    Refused(String),
    /// The program ended.
    Died,
}

impl Outcome {
    /// Reads a line that the program wrote: `written` and the JSON, or `refused` and why.
    #[must_use]
    pub fn parse(line: &str) -> Self {
        match line.split_once(' ') {
            Some(("written", json)) => Self::Written(json.to_owned()),
            Some((_, why)) => Self::Refused(why.to_owned()),
            None => Self::Refused(line.to_owned()),
        }
    }
}

/// What an outcome means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// What was written is what was read.
    Same,
    /// The value is none of its schema's; why.
    Contradiction(String),
    /// The generated type is wrong; how.
    Fault(String),
}

impl Trial {
    /// Finds and makes the values of a description.
    #[must_use]
    pub fn new(sources: &Sources, config: &Config) -> Self {
        let documents = load(sources, &config.overrides, &mut Vec::new());
        let mut api = crate::understand(sources, config, &mut Vec::new());
        name_as_viewed(&mut api, documents.origins());
        let subjects = subjects::find(&api, &documents);
        let mut trial = Self { documents, api, subjects: Vec::new(), samples: Vec::new() };
        for (index, subject) in subjects.iter().enumerate() {
            let examples = subject.examples.iter().flat_map(|at| examples::find(sources, &trial.documents, at));
            let examples: Vec<_> = examples.map(|(at, value)| (at, Origin::Example, value)).collect();
            let place = trial.documents.origins().source(&subject.schema);
            let made = trial.make(subject).into_iter().map(|value| (place.clone(), Origin::Made, value));
            let made: Vec<_> = made.collect();
            let ty = crate::emit::trips::type_name(&trial.api, &subject.ty);
            for (at, origin, value) in examples.into_iter().chain(made) {
                trial.samples.push(Sample { at, origin, ty: ty.clone(), value, subject: index });
            }
        }
        trial.subjects = subjects;
        trial
    }

    /// The values made for a place, without those that the check does not take: a schema can ask for what is not made.
    fn make(&self, subject: &Subject) -> Vec<Value> {
        let Some(schema) = self.documents.node(&subject.schema).filter(|_| subject.is_whole) else {
            return Vec::new();
        };
        let fit = self.fit(subject);
        let name = subject.schema.last();
        let mut values = values::make(fit.schemas, schema, &name);
        values.retain(|value| fit.fits(schema, value) && subject.missing_tag(value).is_none());
        values
    }

    fn fit(&self, subject: &Subject) -> Fit<'_> {
        Fit { schemas: Schemas { documents: &self.documents }, direction: subject.direction }
    }

    /// All values.
    #[must_use]
    pub fn samples(&self) -> &[Sample] {
        &self.samples
    }

    /// What the program reads: a line for each value from an index on, which is an object with `at`, `type` and `text`.
    #[must_use]
    pub fn input(&self, from: usize) -> String {
        let line = |Sample { at, ty, value, .. }: &Sample| {
            format!("{}\n", serde_json::json!({ "at": at.as_str(), "type": ty, "text": value.to_string() }))
        };
        let lines: Vec<String> = self.samples.iter().skip(from).map(line).collect();
        lines.concat()
    }

    /// The program that reads and writes them, an example of the package. It writes a line for each value, which
    /// [`Outcome::parse`] understands.
    #[must_use]
    pub fn program(&self, package: &str) -> File {
        let mut names = std::collections::BTreeSet::new();
        let samples = self.samples.iter().filter(|sample| names.insert(&sample.ty));
        let used: Vec<_> =
            samples.filter_map(|sample| self.subjects.get(sample.subject)).map(|subject| &subject.ty).collect();
        let mut formatted = crate::format::Formatted::default();
        formatted.add(crate::emit::trips::emit_trips(&self.api, package, &used));
        formatted.files.pop().unwrap_or(File { path: PROGRAM.to_owned(), text: String::new() })
    }

    /// Judges what became of a value.
    #[must_use]
    pub fn judge(&self, sample: &Sample, outcome: &Outcome) -> Verdict {
        let Some(subject) = self.subjects.get(sample.subject) else { return Verdict::Same };
        let Some(schema) = self.documents.node(&subject.schema) else { return Verdict::Same };
        let fit = self.fit(subject);
        let fault = match outcome {
            Outcome::Written(text) => match serde_json::from_str(text) {
                Ok(written) => compare::difference(fit, schema, &sample.value, &written),
                Err(error) => Some(format!("what was written is no JSON: {error}")),
            },
            Outcome::Refused(why) => Some(why.clone()),
            Outcome::Died => Some("the program ended".to_owned()),
        };
        let misfit = || match fit.check(schema, &sample.value) {
            Err(misfit) => Some(misfit.to_string()),
            Ok(()) => subject
                .missing_tag(&sample.value)
                .map(|tag| format!("`{tag}`, which tells a union's branch, is missing")),
        };
        match fault.map(|fault| (fault, misfit())) {
            None => Verdict::Same,
            Some((_, Some(misfit))) => Verdict::Contradiction(misfit),
            Some((fault, None)) => Verdict::Fault(fault),
        }
    }
}
