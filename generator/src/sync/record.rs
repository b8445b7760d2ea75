//! Records: what a run has read and given, so that the next one need not do it again.
//!
//! A record holds only where all is as it was: the program, what it was told, each file that was read, and each that
//! was written, byte for byte. Whatever is missing or different, the run is made again.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::output::File;
use crate::sync::{Project, Sharing, find_stale, refuse_links, write_file};

/// What a run has read and given.
#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    key: String,
    folder: PathBuf,
    read: Vec<(PathBuf, u64)>,
    written: Vec<(String, u64)>,
    /// What the run has said, as its caller has split it.
    pub said: Vec<String>,
}

/// What a run has given.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The files.
    pub files: &'a [File],
    /// Where they are.
    pub folder: &'a Path,
    /// With what they share the folder.
    pub sharing: Sharing<'static>,
}

impl Record {
    /// The record at a path, if a run that is told the same would read and give the same.
    #[must_use]
    pub fn find(path: &Path, told: &str, sharing: Sharing<'static>) -> Option<Self> {
        let record: Self = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
        let holds = record.key == key(told)?
            && record.read.iter().all(|(path, hash)| hash_of(path) == Some(*hash))
            && refuse_links(record.written.iter().map(|(path, _)| path.as_str()), &record.folder).is_ok()
            && record.written.iter().all(|(path, hash)| hash_of(&record.folder.join(path)) == Some(*hash))
            && record.has_nothing_stale(sharing);
        holds.then_some(record)
    }

    fn has_nothing_stale(&self, sharing: Sharing<'static>) -> bool {
        let written: BTreeSet<&str> = self.written.iter().map(|(path, _)| path.as_str()).collect();
        let mut stale = Vec::new();
        let looked = sharing.swept.iter().try_for_each(|swept| find_stale(&written, &self.folder, swept, &mut stale));
        looked.is_ok() && stale.is_empty()
    }

    /// Writes a record of a run that has brought its folder up to date. Where that cannot be, there is none: all that it
    /// costs is the time of another run.
    pub fn keep(path: &Path, told: &str, project: &Project, given: Given<'_>, said: Vec<String>) {
        let Some(text) = Self::new(told, project, given, said).and_then(|record| serde_json::to_string(&record).ok())
        else {
            return;
        };
        let _unheard = write_file(path, &text);
    }

    fn new(told: &str, project: &Project, given: Given<'_>, said: Vec<String>) -> Option<Self> {
        let Given { files, folder, sharing } = given;
        let written = files.iter().map(|file| {
            // Somebody's own file may stand there.
            let yields = sharing.yielding.contains(&file.path.as_str());
            let hash = if yields { hash_of(&folder.join(&file.path)) } else { Some(hash(file.text.as_bytes())) };
            Some((file.path.clone(), hash?))
        });
        Some(Self {
            key: key(told)?,
            folder: folder.to_owned(),
            read: project.read_files()?,
            written: written.collect::<Option<_>>()?,
            said,
        })
    }
}

/// What a run depends on beside files: what it is told, from where, and the program itself, which is another one when it
/// is built anew.
fn key(told: &str) -> Option<String> {
    let program = env::current_exe().ok()?;
    let metadata = fs::metadata(&program).ok()?;
    let built = metadata.modified().ok()?;
    let here = env::current_dir().ok()?;
    Some(format!("{told}\n{}\n{} {} {built:?}", here.display(), program.display(), metadata.len()))
}

/// A text as a name for a file.
#[must_use]
pub fn name_of(text: &str) -> String {
    format!("clientwright-{:016x}.json", hash(text.as_bytes()))
}

fn hash_of(path: &Path) -> Option<u64> {
    fs::read(path).ok().map(|bytes| hash(&bytes))
}

/// Records are read by the program that wrote them, so that the algorithm may be any.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}
