//! The folder that crates are written to: a workspace with the run time, which is compiled once for all of them.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clientwright::output::File;
use clientwright::package::{PackageName, runtime_files};
use clientwright::sync::{Mode, Sharing, sync_shared};

/// Crates are compiled as fast as they can be; nobody looks into them with a debugger.
const PROFILE: &str = "[profile.dev]\ndebug = false\nincremental = false\n";

/// A folder for crates and what is compiled of them.
pub(super) struct Scratch {
    /// The workspace.
    pub(super) folder: PathBuf,
    /// Cargo's.
    pub(super) target: PathBuf,
    /// While this is held, another run waits: it would write its crates over these.
    _lock: fs::File,
}

impl Scratch {
    /// Opens a folder, by default one of the user's own among the temporary files.
    pub(super) fn open(target: Option<&Path>) -> io::Result<Self> {
        let user = env::var("USER").or_else(|_| env::var("USERNAME")).unwrap_or_default();
        let user: String = user.chars().filter(char::is_ascii_alphanumeric).collect();
        let default = || env::temp_dir().join(format!("clientwright-verify-{user}"));
        let target = std::path::absolute(target.map_or_else(default, Path::to_owned))?;
        let folder = target.join("clientwright");
        fs::create_dir_all(&folder)?;
        let lock = fs::File::create(folder.join(".lock"))?;
        lock.lock()?;
        write(&runtime_files(), &folder)?;
        Ok(Self { folder, target, _lock: lock })
    }

    /// Writes a crate, with its program, and makes it the workspace's only one.
    pub(super) fn write(&self, name: &PackageName, files: &[File]) -> io::Result<()> {
        let manifest = format!("[workspace]\nmembers = [\"{name}\", \"runtime\"]\nresolver = \"3\"\n\n{PROFILE}");
        write(&[File { path: "Cargo.toml".to_owned(), text: manifest }], &self.folder)?;
        write(files, &self.folder.join(name.as_str()))
    }
}

/// Writes what differs, so that what is unchanged is not compiled again.
fn write(files: &[File], folder: &Path) -> io::Result<()> {
    let sharing = Sharing { swept: &["src/", "examples/"], yielding: &[] };
    sync_shared(files, folder, sharing, Mode::Write).map_err(io::Error::other)?;
    Ok(())
}
