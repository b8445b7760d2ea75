//! What `clientwright generate` is to write: the files of a project, or a whole crate.

use std::fs;
use std::io;
use std::path::{self, Component, Path, PathBuf};
use std::str::FromStr;

use clientwright::output::Output;
use clientwright::package::{Choices, Package, PackageName, Runtime, generate_package};
use clientwright::sync::Project;

use crate::cli::shown;

/// Files, and where they belong.
pub(super) struct Target {
    pub(super) output: Output,
    pub(super) folder: PathBuf,
    /// The folder's path as it is shown.
    pub(super) shown: String,
    /// What the last line begins with.
    pub(super) title: String,
}

/// Where a crate's run time comes from; a path is taken from where the command runs.
#[derive(Clone, Debug)]
pub(super) enum RuntimeSource {
    Vendored,
    Registry,
    Path(PathBuf),
}

impl FromStr for RuntimeSource {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match (text, text.strip_prefix("path=")) {
            ("vendored", _) => Ok(Self::Vendored),
            ("registry", _) => Ok(Self::Registry),
            (_, Some(path)) if !path.is_empty() => Ok(Self::Path(path.into())),
            _ => Err("possible are `vendored`, `registry`, and `path=` with a folder"),
        }
    }
}

/// What the arguments say of a crate.
pub(super) struct Wanted<'a> {
    pub(super) out: &'a Path,
    pub(super) name: Option<PackageName>,
    pub(super) runtime: &'a RuntimeSource,
}

/// The files that a configuration describes.
pub(super) fn make_project(project: &Project) -> Target {
    let shown = project.output();
    Target { output: project.generate(), folder: project.output_folder(), title: shown.clone(), shown }
}

/// A whole crate.
pub(super) fn make_crate(project: &Project, wanted: Wanted<'_>) -> io::Result<Target> {
    let runtime = match wanted.runtime {
        RuntimeSource::Vendored => Runtime::Vendored,
        RuntimeSource::Registry => Runtime::Registry,
        RuntimeSource::Path(path) => Runtime::Path(relative(wanted.out, path)?),
    };
    let Package { name, output, tag_features: _ } = generate_package(project, &Choices { name: wanted.name, runtime });
    let shown = shown(wanted.out);
    Ok(Target {
        output,
        folder: wanted.out.to_owned(),
        title: format!("crate `{name}` in {shown}"),
        shown: shown.trim_end_matches('/').to_owned(),
    })
}

impl Target {
    /// The manifest of the workspace that the folder lies in; Cargo refuses a package there that it does not know of.
    pub(super) fn outer_workspace(&self) -> Option<PathBuf> {
        let folder = path::absolute(&self.folder).ok()?;
        let manifests = folder.ancestors().skip(1).map(|folder| folder.join("Cargo.toml"));
        let is_workspace = |manifest: &PathBuf| {
            fs::read_to_string(manifest).is_ok_and(|text| text.lines().any(|line| line.trim() == "[workspace]"))
        };
        manifests.into_iter().find(is_workspace)
    }
}

/// The way from one folder to another, both taken from where the command runs.
fn relative(from: &Path, to: &Path) -> io::Result<String> {
    let (from, to) = (normal(from)?, normal(to)?);
    let shared = from.iter().zip(&to).take_while(|(from, to)| from == to).count();
    if shared == 0 {
        // Another drive.
        return Ok(shown(&to.iter().collect::<PathBuf>()));
    }
    let up = from.iter().skip(shared).map(|_| "..".to_owned());
    let down = to.iter().skip(shared).map(|part| shown(Path::new(part)));
    let parts: Vec<String> = up.chain(down).collect();
    Ok(if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
}

/// The parts of an absolute path, without `.` and `..`.
fn normal(path: &Path) -> io::Result<Vec<std::ffi::OsString>> {
    let mut parts = Vec::new();
    for part in path::absolute(path)?.components() {
        match part {
            Component::ParentDir => drop(parts.pop()),
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => parts.push(part.as_os_str().to_owned()),
        }
    }
    Ok(parts)
}
