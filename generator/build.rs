//! Lists the run time's files, for whole crates that carry it. Only the command needs them.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A link to the run time's sources, which becomes a folder in the package.
const LINK: &str = "runtime-src";
/// Where they are in a checkout whose system knows no links.
const BESIDE: &str = "../runtime/src";

fn main() -> io::Result<()> {
    let mut cargo = io::stdout().lock();
    if env::var_os("CARGO_FEATURE_CLI").is_none() {
        return writeln!(cargo, "cargo::rerun-if-changed=build.rs");
    }
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let folder = if root.join(LINK).is_dir() { LINK } else { BESIDE };
    let mut files = Vec::new();
    collect(&root.join(folder), "", &mut files, &mut cargo)?;
    files.sort();
    let mut table = "&[\n".to_owned();
    for (name, path) in files {
        // Writing to a string cannot fail.
        let _ = writeln!(table, "    ({name:?}, include_str!({:?})),", path.to_string_lossy());
    }
    table.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("runtime.rs"), table)
}

/// Finds all files in `folder/below`, which is empty or ends in `/`.
fn collect(
    folder: &Path,
    below: &str,
    files: &mut Vec<(String, PathBuf)>,
    cargo: &mut impl io::Write,
) -> io::Result<()> {
    writeln!(cargo, "cargo::rerun-if-changed={}", folder.join(below).display())?;
    for entry in fs::read_dir(folder.join(below))? {
        let entry = entry?;
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(folder, &format!("{name}/"), files, cargo)?;
        } else if entry.path().extension().is_some_and(|end| end == "rs") {
            files.push((name, entry.path()));
        }
    }
    Ok(())
}
