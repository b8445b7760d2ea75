//! The name of a crate: always one that Cargo takes, and that rustc does not warn about.

use std::fmt;
use std::str::FromStr;

/// The name of a package: lower case, digits, single `-` or `_` between them, a letter first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageName(String);

/// What the longest name may have; registries allow 64, and the run time's name is longer.
const LONGEST: usize = 56;

/// Names that mean something else to Cargo, to rustc, or to a file system.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    "alloc", "core", "proc-macro", "std", "test",
    "build", "deps", "examples", "incremental",
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1", "lpt2", "lpt3",
    "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
    "clientwright-runtime",
];

/// Letters of European languages, and what they are written as where there is nothing else.
const PLAIN: &[(&str, &str)] = &[
    ("àáâãåāăą", "a"),
    ("äæ", "ae"),
    ("çćĉċč", "c"),
    ("ďđð", "d"),
    ("èéêëēĕėęě", "e"),
    ("ĝğġģ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįı", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŉ", "n"),
    ("òóôõøōŏő", "o"),
    ("öœ", "oe"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ß", "ss"),
    ("ţťŧț", "t"),
    ("þ", "th"),
    ("ùúûũūŭůűų", "u"),
    ("ü", "ue"),
    ("ŵ", "w"),
    ("ýÿŷ", "y"),
    ("źżž", "z"),
];

impl PackageName {
    /// The name for a description: from its title, else from its file's name.
    pub(super) fn choose(title: &str, path: &str) -> Self {
        let file = path.rsplit(['/', '\\']).next().unwrap_or_default();
        // The dot of a hidden file begins its name.
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| if stem.is_empty() { file } else { stem });
        let names = [title, stem].map(spell);
        let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| "api-client".to_owned());
        Self(name)
    }

    /// The name for a description that is one of several: from its file's name.
    #[must_use]
    pub fn of_file(path: &str) -> Self {
        Self::choose("", path)
    }

    /// The name, as it stands in a manifest.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name, as it stands in Rust code.
    #[must_use]
    pub fn in_code(&self) -> String {
        self.0.replace('-', "_")
    }
}

impl fmt::Display for PackageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PackageName {
    type Err = String;

    /// Takes a person's choice as it is, or not at all.
    fn from_str(text: &str) -> Result<Self, String> {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let is_spelled = text.split(['-', '_']).all(|word| !word.is_empty() && word.chars().all(is_plain));
        let is_free = !RESERVED.contains(&text.replace('_', "-").as_str());
        if is_spelled && is_free && text.len() <= LONGEST && text.starts_with(|c: char| c.is_ascii_lowercase()) {
            return Ok(Self(text.to_owned()));
        }
        let better = spell(text);
        let instead = if better.is_empty() { String::new() } else { format!("; `{better}` would do") };
        Err(format!("a package's name has small letters, digits and single `-`, and is no reserved word{instead}"))
    }
}

/// A text as a package's name; empty where it has no letter or digit that can stand in one.
fn spell(text: &str) -> String {
    let mut name = String::new();
    let mut is_new_word = true;
    for c in text.chars().flat_map(char::to_lowercase) {
        let plain = plain(c);
        if plain.is_empty() {
            // An apostrophe is inside a word.
            is_new_word |= !matches!(c, '\'' | '’');
            continue;
        }
        if is_new_word && !name.is_empty() {
            name.push('-');
        }
        name.push_str(&plain);
        is_new_word = false;
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert_str(0, "api-");
    }
    let name = shorten(name);
    if RESERVED.contains(&name.as_str()) { format!("{name}-client") } else { name }
}

/// A small letter or digit without its marks; empty where there is no such thing.
fn plain(c: char) -> String {
    if c.is_ascii_alphanumeric() {
        return c.to_string();
    }
    PLAIN.iter().find(|(letters, _)| letters.contains(c)).map(|(_, plain)| (*plain).to_owned()).unwrap_or_default()
}

/// Cuts a name behind the last word that has room.
fn shorten(mut name: String) -> String {
    if name.len() > LONGEST {
        let end = name.get(..=LONGEST).and_then(|start| start.rfind('-')).unwrap_or(LONGEST);
        name.truncate(end);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::PackageName;

    #[test]
    fn every_text_gives_a_name() {
        let long = "word ".repeat(40);
        for (title, path, name) in [
            ("Swagger Petstore - OpenAPI 3.0", "", "swagger-petstore-openapi-3-0"),
            ("  The \"best\"\n\tAPI 🚀 ", "", "the-best-api"),
            ("Müller & Søn's Œuvre", "", "mueller-sons-oeuvre"),
            ("名前", "spec/pets.v2.yaml", "pets-v2"),
            ("", "openapi", "openapi"),
            ("", "C:\\specs\\My Api.JSON", "my-api"),
            ("", ".hidden", "hidden"),
            ("", "名前.yaml", "api-client"),
            ("", "", "api-client"),
            ("--a--b__c--", "", "a-b-c"),
            ("3D Models", "", "api-3d-models"),
            ("Test", "", "test-client"),
            ("proc_macro", "", "proc-macro-client"),
            ("Clientwright Runtime", "", "clientwright-runtime-client"),
            ("NUL", "", "nul-client"),
            (&long, "", "word-word-word-word-word-word-word-word-word-word-word"),
            (&"x".repeat(300), "", &"x".repeat(56)),
            ("İ", "", "i"),
        ] {
            let chosen = PackageName::choose(title, path);
            assert_eq!(chosen.as_str(), name, "{title:?}");
            assert_eq!(name.parse(), Ok(chosen), "what is chosen may be chosen");
        }
    }

    #[test]
    fn a_choice_is_taken_or_refused() {
        assert_eq!("my_client".parse::<PackageName>().map(|name| name.in_code()), Ok("my_client".to_owned()));
        for (name, better) in [
            ("My Client", "; `my-client` would do"),
            ("a--b", "; `a-b` would do"),
            ("a-", "; `a` would do"),
            ("1st", "; `api-1st` would do"),
            ("core", "; `core-client` would do"),
            ("clientwright_runtime", "; `clientwright-runtime-client` would do"),
            ("", "reserved word"),
            ("a\"]", "; `a` would do"),
        ] {
            let refusal = name.parse::<PackageName>().map_err(|why| why.ends_with(better));
            assert_eq!(refusal, Err(true), "{name:?}");
        }
    }
}
