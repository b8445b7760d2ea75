//! Where the command keeps the records of its runs: in Cargo's target folder, which is nobody's work and is not committed.

use std::env;
use std::fs;
use std::io;
use std::path::{self, Path, PathBuf};

use clientwright::sync::name_of;

/// What marks a folder that anything may delete.
const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n";

/// The place for the record of a crate in a folder; its target folder is made where there is none.
pub(super) fn of_crate(out: &Path) -> Option<PathBuf> {
    let out = path::absolute(out).ok()?;
    Some(target(&out).unwrap_or_else(|| out.join("target")).join(name_of(&out.to_string_lossy())))
}

/// The place for the record of a project; none where it has no target folder.
pub(super) fn of_project(config: &Path) -> Option<PathBuf> {
    let config = path::absolute(config).ok()?;
    Some(target(config.parent()?)?.join(name_of(&config.to_string_lossy())))
}

/// Makes the folder that a record is to be in.
pub(super) fn make_room(record: &Path) -> io::Result<()> {
    match record.parent() {
        Some(target) if !target.exists() => {
            fs::create_dir_all(target)?;
            fs::write(target.join("CACHEDIR.TAG"), TAG)
        }
        Some(_) | None => Ok(()),
    }
}

fn target(folder: &Path) -> Option<PathBuf> {
    if let Some(target) = env::var_os("CARGO_TARGET_DIR").filter(|target| !target.is_empty()) {
        return Some(target.into());
    }
    let packages = folder.ancestors().filter(|folder| folder.join("Cargo.toml").is_file());
    packages.map(|package| package.join("target")).find(|target| target.is_dir())
}
