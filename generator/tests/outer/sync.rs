//! Files: what is read, what is written, what is left alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clientwright::output::File;
use clientwright::pointer::Pointer;
use clientwright::sync::{HEADER, Mode, Report, read_project, sync};
use tempfile::TempDir;

fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: format!("{HEADER}\n{text}\n") }
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// All files with their texts.
fn contents(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            found.extend(contents(&entry.path()).into_iter().map(|(path, text)| (format!("{name}/{path}"), text)));
        } else {
            found.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
    found
}

fn report(written: &[&str], removed: &[&str], unchanged: &[&str]) -> Report {
    let owned = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect();
    Report { written: owned(written), removed: owned(removed), unchanged: owned(unchanged) }
}

fn error(files: &[File], folder: &Path) -> String {
    let message = sync(files, folder, Mode::Write).unwrap_err().to_string();
    message.replace(&folder.display().to_string(), "OUT")
}

#[test]
fn a_second_run_changes_nothing() {
    let root = TempDir::new().unwrap();
    let out = root.path().join("generated");
    let files = [file("lib.rs", "a"), file("types/pet.rs", "b")];
    assert_eq!(sync(&files, &out, Mode::Write).unwrap(), report(&["lib.rs", "types/pet.rs"], &[], &[]));
    let modified = || fs::metadata(out.join("lib.rs")).unwrap().modified().unwrap();
    let before = modified();
    assert_eq!(sync(&files, &out, Mode::Write).unwrap(), report(&[], &[], &["lib.rs", "types/pet.rs"]));
    assert_eq!(modified(), before);

    let files = [file("lib.rs", "a"), file("types/pet.rs", "c")];
    assert_eq!(sync(&files, &out, Mode::Write).unwrap(), report(&["types/pet.rs"], &[], &["lib.rs"]));
    let expected = files.map(|file| (file.path, file.text));
    assert_eq!(contents(&out), expected.into(), "and no temporary file is left");
}

/// Git checks files out with the line ends of the system, unless it is told otherwise.
#[test]
fn line_ends_of_a_checkout_are_no_difference() {
    let out = TempDir::new().unwrap();
    let files = [file("lib.rs", "a\n\nb")];
    let with = |text: &str| {
        write(out.path(), "lib.rs", &format!("{HEADER}{text}"));
        sync(&files, out.path(), Mode::Check).unwrap().is_current()
    };
    assert!(with("\r\na\r\n\r\nb\r\n") && with("\na\r\n\nb\n"));
    assert!(!with("\r\na\r\nb\r\n") && !with("\r\na\r\r\n\r\nb\r\n") && !with("\r\na\r\n\r\nb"));
}

#[test]
fn only_generated_files_are_removed() {
    let root = TempDir::new().unwrap();
    let out = root.path().join("generated");
    sync(&[file("lib.rs", "a"), file("old/one.rs", "b"), file("mixed/two.rs", "c")], &out, Mode::Write).unwrap();
    write(&out, "README.md", "mine");
    write(&out, "mixed/own.rs", "// mine");
    write(root.path(), "outside.rs", HEADER);

    let now = [file("lib.rs", "a")];
    let expected = report(&[], &["mixed/two.rs", "old/one.rs"], &["lib.rs"]);
    assert_eq!(sync(&now, &out, Mode::Check).unwrap(), expected);
    assert!(out.join("old/one.rs").exists(), "looking changes nothing");
    assert_eq!(sync(&now, &out, Mode::Write).unwrap(), expected);
    let left: Vec<String> = contents(&out).into_keys().collect();
    assert_eq!(left, ["README.md", "lib.rs", "mixed/own.rs"]);
    assert!(!out.join("old").exists(), "an empty folder goes too");
    assert!(root.path().join("outside.rs").exists());
}

#[test]
fn a_check_writes_nothing() {
    let root = TempDir::new().unwrap();
    let out = root.path().join("generated");
    let checked = sync(&[file("lib.rs", "a")], &out, Mode::Check).unwrap();
    assert_eq!(checked, report(&["lib.rs"], &[], &[]));
    assert!(!checked.is_current() && !out.exists());
}

#[test]
fn foreign_files_are_in_the_way() {
    let root = TempDir::new().unwrap();
    write(root.path(), "lib.rs", "// mine");
    write(root.path(), "empty.rs", "");
    let files = [file("empty.rs", "a"), file("lib.rs", "a")];
    assert_eq!(
        error(&files, root.path()),
        "OUT/lib.rs is in the way and was not generated; move it out of the output folder"
    );
    assert_eq!(contents(root.path())["empty.rs"], "", "nothing is written before all is looked at");
    fs::remove_file(root.path().join("lib.rs")).unwrap();
    sync(&files, root.path(), Mode::Write).unwrap();
}

#[test]
fn paths_stay_inside() {
    let root = TempDir::new().unwrap();
    for path in ["/a.rs", "../a.rs", "a/../../b.rs", "", "a//b.rs", "./a.rs", "C:/a.rs", "..\\a.rs"] {
        let expected = format!("`{path}` is no path inside the output folder");
        assert_eq!(error(&[file(path, "a")], root.path()), expected);
    }
    assert_eq!(error(&[file("a.rs", "a"), file("a.rs", "b")], root.path()), "`a.rs` is produced twice");
    assert!(contents(root.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;

    let (root, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    write(elsewhere.path(), "old.rs", HEADER);
    symlink(elsewhere.path(), root.path().join("types")).unwrap();
    symlink(elsewhere.path().join("old.rs"), root.path().join("lib.rs")).unwrap();

    let link = "is a symbolic link, which is not followed; delete it";
    assert_eq!(error(&[file("types/pet.rs", "a")], root.path()), format!("OUT/types {link}"));
    assert_eq!(error(&[file("lib.rs", "a")], root.path()), format!("OUT/lib.rs {link}"));
    let report = sync(&[file("other.rs", "a")], root.path(), Mode::Write).unwrap();
    assert!(report.removed.is_empty());
    assert_eq!(contents(elsewhere.path()), BTreeMap::from([("old.rs".to_owned(), HEADER.to_owned())]));
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_may_be_current() {
    use std::os::unix::fs::PermissionsExt as _;

    let root = TempDir::new().unwrap();
    let files = [file("lib.rs", "a")];
    sync(&files, root.path(), Mode::Write).unwrap();
    let set_mode = |mode| fs::set_permissions(root.path(), fs::Permissions::from_mode(mode)).unwrap();
    set_mode(0o555);
    assert!(sync(&files, root.path(), Mode::Write).unwrap().is_current());
    // A superuser can write everywhere.
    if fs::write(root.path().join("probe"), "").is_err() {
        let message = error(&[file("lib.rs", "b")], root.path());
        assert!(message.starts_with("OUT/lib.rs is out of date and cannot be written: "), "{message}");
    }
    set_mode(0o755);
}

const CONFIG: &str = "description = \"spec/api.yaml\"\noutput = \"generated\"\npackage = \"api\"\n";

#[test]
fn all_documents_are_read() {
    let root = TempDir::new().unwrap();
    write(root.path(), "conf/clientwright.toml", CONFIG);
    write(root.path(), "conf/spec/api.yaml", "a: {$ref: 'schemas/pet.yaml#/Pet'}\nb: {$ref: '../common.json'}\n");
    write(
        root.path(),
        "conf/spec/schemas/pet.yaml",
        "Pet: {$ref: 'owner.yaml#/Owner'}\nBack: {$ref: '../api.yaml#/a'}\n",
    );
    write(root.path(), "conf/spec/schemas/owner.yaml", "Owner: {$ref: pet.yaml}\n");
    write(root.path(), "conf/common.json", "{\"type\": \"string\"}");

    let project = read_project(root.path(), "conf/clientwright.toml");
    assert_eq!(project.diagnostics(), []);
    let documents: Vec<(&str, &str)> =
        project.sources().iter().map(|(document, source)| (document, source.path())).collect();
    assert_eq!(
        documents,
        [
            ("", "conf/spec/api.yaml"),
            ("../common.json", "conf/spec/../common.json"),
            ("schemas/owner.yaml", "conf/spec/schemas/owner.yaml"),
            ("schemas/pet.yaml", "conf/spec/schemas/pet.yaml"),
        ]
    );
    assert!(project.sources().node(&Pointer::parse("schemas/owner.yaml#/Owner")).is_some());
    assert_eq!(project.output(), "conf/generated");
}

#[test]
fn what_cannot_be_read_is_told_where_it_is_named() {
    let root = TempDir::new().unwrap();
    let told = || {
        let project = read_project(root.path(), "clientwright.toml");
        let files: Vec<String> =
            project.files().iter().map(|file| file.strip_prefix(root.path()).unwrap().display().to_string()).collect();
        let lines = clientwright::render::render_lines(project.diagnostics(), project.texts());
        (lines, files)
    };
    let help = "check the path; it is taken from the folder of the file that names it";
    let lost = |path: &str| vec![format!("{path}: cannot read the file: there is no such file; {help}")];
    assert_eq!(told(), (lost("clientwright.toml"), vec!["clientwright.toml".to_owned()]));

    write(root.path(), "clientwright.toml", "output = 1");
    assert_eq!(told().0.len(), 3);

    write(root.path(), "clientwright.toml", CONFIG);
    assert_eq!(told().0, lost("spec/api.yaml"));

    write(
        root.path(),
        "spec/api.yaml",
        "a:\n  $ref: lost.yaml#/A\nb: {$ref: 'https://x.org/b.yaml'}\nc: {$ref: bad.yaml}\n",
    );
    write(root.path(), "spec/bad.yaml", "a: [");
    let (lines, files) = told();
    assert_eq!(
        lines,
        [
            format!("spec/api.yaml:1:1: cannot read the file: `lost.yaml`: there is no such file; {help}"),
            format!(
                "spec/api.yaml:3:1: cannot read the file: `https://x.org/b.yaml` is not fetched; write its path from \
                 this file; {help}"
            ),
            "spec/bad.yaml:2:1: cannot parse the document: a value is expected here; a description is YAML or JSON"
                .to_owned(),
        ]
    );
    assert_eq!(files, ["clientwright.toml", "spec/api.yaml", "spec/lost.yaml", "spec/bad.yaml"]);

    fs::write(root.path().join("spec/api.yaml"), [0xff, 0xfe, 0x20]).unwrap();
    assert!(told().0[0].contains("it is not encoded as UTF-8"));
}
