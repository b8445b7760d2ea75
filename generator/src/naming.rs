//! Names: every Rust name in the output is made here, once, and nowhere else.
//!
//! | what | rule | example |
//! |---|---|---|
//! | type of a component | `UpperCamel` of its key, without a stripped prefix | `pet_owner` → `PetOwner` |
//! | type of an inline schema | the type around it + the property | `Pet.status` → `PetStatus` |
//! | type of a schema that another defines for itself | the other + its key | `Pet`, `$defs/Owner` → `PetOwner` |
//! | … of items, of map values, of a variant | … + `Item`, `Value`, the variant | `PetTagsItem` |
//! | … of a body, an answer, a parameter | the operation + `Body`, `Response`, the parameter | `ListPetsLimit` |
//! | enum over an operation's failures, successes | the operation + `Error`, `Output` | `ListPetsError` |
//! | body of a webhook, of a callback | its key + `Webhook`, the operation + its key + `Callback` | `NewPetWebhook` |
//! | enum over a body's content types | the operation + `BodyContent` | `AddPetBodyContent` |
//! | generic type of what adds one property to a component | the component + `Of` | `PageOf` |
//! | operation | snake of `operationId`, else method + path | `listPets` → `list_pets`, `get_pets_by_id` |
//! | type that stands for an operation | `UpperCamel` of its function | `ListPets` |
//! | field, parameter | snake of the wire name | `petType` → `pet_type` |
//! | variant of an enum | `UpperCamel` of the value | `left top` → `LeftTop` |
//! | variant of a union | the type's own name, or the JSON type | `Cat`, `String` |
//! | variant for an answer | the status's reason phrase | `500` → `InternalServerError` |
//! | variant for a content type | what people call it | `application/json` → `Json`, `text/csv` → `Csv` |
//! | function that asks for a content type | `as` + what people call it | `text/csv` → `as_csv` |
//! | function for a header of answers | snake of the header | `X-Rate-Limit` → `x_rate_limit` |
//! | keyword | raw, or `_` behind it where raw is not allowed | `type` → `r#type`, `self` → `self_` |
//! | number beside number | `_` between them | `1.5` → `V1_5` |
//! | digit first | `_` before it; a variant gets a `V`, and so do digits alone | `1st` → `_1st`, `1` → `v1`, `V1` |
//! | nothing alphanumeric | the signs' names, else `Empty` | `+1` → `Plus1`, `""` → `Empty` |
//! | a type's name that the output uses itself | `Model` behind it | `Option` → `OptionModel` |
//! | another name that the output uses itself | `_` behind it | `builder` → `builder_` |
//! | feature of a tag | its words in ASCII; those that are taken get a `-tag` | `Pull Requests` → `pull-requests` |
//! | module of a tag, of several | the same with `_`, and `and` between; of many, their number | `pets_and_4_others` |
//! | collision | the component keeps its name; the other gets a number, and a note says so | `Pet2` |
//!
//! The name types have no constructor outside this module: what holds one holds a name that is valid, unique in its
//! scope, and final.

use std::collections::HashMap;
use std::fmt;

use heck::ToSnakeCase;

mod letters;
mod tags;
mod words;

use crate::media_type::essence;
use letters::spelled;

pub use tags::tag_words;

macro_rules! name_types {
    ($($(#[$docs:meta])* $name:ident,)*) => {$(
        $(#[$docs])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The name as it stands in Rust code, `r#` included.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The name without `r#`, for people.
            #[must_use]
            pub fn plain(&self) -> &str {
                self.0.strip_prefix("r#").unwrap_or(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

name_types! {
    /// The name of a type.
    TypeName,
    /// The name of a field, a parameter or a local.
    FieldName,
    /// The name of a variant.
    VariantName,
    /// The name of a function.
    MethodName,
    /// The name of a module, and of its file.
    ModuleName,
    /// The name of a Cargo feature.
    FeatureName,
}

impl FieldName {
    /// The function of a call that sets the parameter.
    #[must_use]
    pub fn call_setter(&self) -> MethodName {
        let is_taken = words::TAKEN_CALL_SETTERS.contains(&self.0.as_str());
        MethodName(if is_taken { format!("{}_", self.0) } else { self.0.clone() })
    }

    /// The function that sets the field.
    #[must_use]
    pub fn setter(&self) -> MethodName {
        MethodName(if words::TAKEN_SETTERS.contains(&self.0.as_str()) {
            format!("{}_", self.0)
        } else {
            self.0.clone()
        })
    }
}

/// The names of one scope that are taken.
#[derive(Debug, Default)]
pub struct Scope {
    /// Each name with the number that the next to want it may get.
    taken: HashMap<String, usize>,
}

/// A name, and the one that it would have had if that was taken.
#[derive(Debug)]
pub struct Claim<N> {
    /// The name.
    pub name: N,
    /// What was wanted instead.
    pub wanted: Option<String>,
}

impl Scope {
    /// The scope of the types.
    #[must_use]
    pub fn of_types() -> Self {
        Self::with(words::TAKEN_TYPES)
    }

    /// The scope of the types that stand for operations.
    #[must_use]
    pub fn of_markers() -> Self {
        Self::with(words::TAKEN_MARKERS)
    }

    fn with(taken: &[&str]) -> Self {
        Self { taken: taken.iter().map(|&name| (name.to_owned(), 2)).collect() }
    }

    /// Takes the name of a type.
    pub fn claim_type(&mut self, wanted: &str) -> Claim<TypeName> {
        let name = camel(wanted, "_");
        let name = if words::TAKEN_TYPES.contains(&name.as_str()) { format!("{name}Model") } else { name };
        self.claim(name, TypeName)
    }

    /// Takes the name of a variant.
    pub fn claim_variant(&mut self, wanted: &str) -> Claim<VariantName> {
        self.claim(camel(wanted, "V"), VariantName)
    }

    /// Takes the name of a field.
    pub fn claim_field(&mut self, wanted: &str) -> Claim<FieldName> {
        self.claim(snake(wanted), FieldName)
    }

    /// Takes the name of a parameter.
    pub fn claim_parameter(&mut self, wanted: &str) -> Claim<FieldName> {
        self.claim(apart(snake(wanted), words::TAKEN_PARAMETERS), FieldName)
    }

    /// Takes the name of a function of a call that asks for a content type.
    pub fn claim_alternative(&mut self, media_type: &str) -> Claim<MethodName> {
        self.claim(format!("as_{}", media_words(media_type).to_snake_case()), MethodName)
    }

    /// Takes the name of a function for a header of answers.
    pub fn claim_header(&mut self, wanted: &str) -> Claim<MethodName> {
        self.claim(apart(snake(wanted), words::TAKEN_HEADERS), MethodName)
    }

    /// Takes the name of a function of the client.
    pub fn claim_method(&mut self, wanted: &str) -> Claim<MethodName> {
        self.claim(apart(snake(wanted), words::TAKEN_METHODS), MethodName)
    }

    /// Takes the name of a function of the client's builder.
    pub fn claim_credential(&mut self, wanted: &str) -> Claim<MethodName> {
        self.claim(apart(snake(wanted), words::TAKEN_CREDENTIALS), MethodName)
    }

    fn claim<N>(&mut self, wanted: String, name: fn(String) -> N) -> Claim<N> {
        let stem = wanted.strip_prefix("r#").unwrap_or(&wanted).to_owned();
        let Some(mut number) = self.taken.insert(wanted.clone(), 2) else {
            return Claim { name: name(wanted), wanted: None };
        };
        let stem = if stem == "Self_" { "Self".to_owned() } else { stem };
        let separator = if stem.ends_with(char::is_numeric) { "_" } else { "" };
        loop {
            let given = format!("{stem}{separator}{number}");
            number += 1;
            if !self.taken.contains_key(&given) {
                self.taken.insert(given.clone(), 2);
                self.taken.insert(wanted, number);
                return Claim { name: name(given), wanted: Some(stem) };
            }
        }
    }
}

/// The words of an operation without an id: method, then the path with `by` before its variables.
#[must_use]
pub fn operation_words(method: &str, path: &str) -> String {
    let words = path.split('/').map(|segment| segment.replace('{', " by ").replace('}', " "));
    format!("{method} {}", words.collect::<Vec<_>>().join(" "))
}

/// The words of a status: its reason phrase.
#[must_use]
pub fn status_words(status: u16) -> String {
    words::REASONS
        .iter()
        .find(|(code, _)| *code == status)
        .map_or_else(|| format!("Status{status}"), |(_, reason)| (*reason).to_owned())
}

/// The words of a media type: what people call it.
#[must_use]
pub fn media_words(media_type: &str) -> String {
    let essence = essence(media_type);
    if let Some((_, words)) = words::MEDIA_TYPES.iter().find(|(known, _)| *known == essence) {
        return (*words).to_owned();
    }
    let (main, sub) = essence.split_once('/').unwrap_or(("", &essence));
    let sub = sub.trim_start_matches("x-");
    if sub == "*" { main.to_owned() } else { sub.to_owned() }
}

/// `text` as the name of a type that continues another name.
#[must_use]
pub fn suffix(text: &str) -> String {
    upper_camel(text)
}

/// A name that is none of those that the output uses itself.
fn apart(name: String, taken: &[&str]) -> String {
    if taken.contains(&name.as_str()) { format!("{name}_") } else { name }
}

fn camel(text: &str, before_digit: &str) -> String {
    let name = upper_camel(text);
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if !unicode_ident::is_xid_start(first) => format!("{before_digit}{name}"),
        Some(_) if name == "Self" => "Self_".to_owned(),
        Some(_) => name,
    }
}

/// Words with a capital each; `_` stays between two numbers, so that `1.5` is not 15.
fn upper_camel(text: &str) -> String {
    if is_upper_camel(text) {
        return text.to_owned();
    }
    let words = snake_words(text);
    words.split('_').fold(String::new(), |mut name, word| {
        if name.ends_with(char::is_numeric) && word.starts_with(char::is_numeric) {
            name.push('_');
        }
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(letters.as_str());
        name
    })
}

/// Whether a text is words with a capital each already.
fn is_upper_camel(text: &str) -> bool {
    let next = text.bytes().skip(1).chain([b' ']);
    let is_right = |(byte, next): (u8, u8)| {
        byte.is_ascii_alphanumeric() && (!byte.is_ascii_uppercase() || next.is_ascii_lowercase())
    };
    text.starts_with(|first: char| first.is_ascii_uppercase()) && text.bytes().zip(next).all(is_right)
}

fn snake(text: &str) -> String {
    let name = snake_words(text);
    match name.chars().next() {
        None => "empty".to_owned(),
        Some(_) if name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_') => format!("v{name}"),
        Some(first) if !unicode_ident::is_xid_start(first) => format!("_{name}"),
        Some(_) if words::NEVER_RAW.contains(&name.as_str()) => format!("{name}_"),
        Some(_) if words::KEYWORDS.contains(&name.as_str()) => format!("r#{name}"),
        Some(_) => name,
    }
}

/// Words in small letters with `_` between them, which most texts are.
fn snake_words(text: &str) -> String {
    let text = spelled(text);
    let is_small = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    let is_apart = !text.starts_with('_') && !text.ends_with('_') && !text.contains("__");
    if is_apart && text.bytes().all(is_small) { text } else { text.to_snake_case() }
}

#[cfg(test)]
mod tests {
    use super::{Scope, operation_words};

    #[test]
    fn types() {
        for (wanted, name) in [
            ("pet_owner", "PetOwner"),
            ("petOwner", "PetOwner2"),
            ("Option", "OptionModel"),
            ("3d model", "_3dModel"),
            ("", "Empty"),
            ("名前", "名前"),
            ("self", "Self_"),
        ] {
            let mut scope = Scope::of_types();
            scope.claim_type(if name == "PetOwner2" { "pet_owner" } else { "other" });
            assert_eq!(scope.claim_type(wanted).name.as_str(), name, "{wanted:?}");
        }
    }

    #[test]
    fn variants() {
        let mut scope = Scope::default();
        let names =
            ["+1", "-1", "left top", "1.5", "2020-01-31", "meeting.participantJoined", "", "*", "<=", "100", "_", "²"];
        let names: Vec<_> = names.iter().map(|wanted| scope.claim_variant(wanted).name.to_string()).collect();
        assert_eq!(
            names,
            [
                "Plus1",
                "Minus1",
                "LeftTop",
                "V1_5",
                "V2020_01_31",
                "MeetingParticipantJoined",
                "Empty",
                "Star",
                "LessEqual",
                "V100",
                "Underscore",
                "Empty2"
            ]
        );
    }

    #[test]
    fn fields() {
        for (wanted, name) in [
            ("petType", "pet_type"),
            ("type", "r#type"),
            ("self", "self_"),
            ("Self", "self_"),
            ("crate", "crate_"),
            ("300", "v300"),
            ("100ms_or_greater", "_100ms_or_greater"),
            ("user_Id", "user_id"),
            ("$ref", "r#ref"),
            ("@id", "id"),
            ("gen", "r#gen"),
        ] {
            assert_eq!(Scope::default().claim_field(wanted).name.as_str(), name, "{wanted:?}");
        }
    }

    #[test]
    fn taken_names_get_a_number() {
        let mut scope = Scope::default();
        let claims: Vec<_> = ["type", "Type", "type_"].iter().map(|wanted| scope.claim_field(wanted)).collect();
        let names: Vec<_> = claims.iter().map(|claim| claim.name.as_str()).collect();
        assert_eq!(names, ["r#type", "type2", "type3"]);
        assert_eq!(claims.get(1).and_then(|claim| claim.wanted.as_deref()), Some("type"));
    }

    #[test]
    fn operations_without_an_id() {
        let mut scope = Scope::default();
        for (method, path, name) in [
            ("get", "/pets/{petId}", "get_pets_by_pet_id"),
            ("post", "/", "post"),
            ("get", "/files/{a}:copy", "get_files_by_a_copy"),
            ("get", "/x-{a}.json", "get_x_by_a_json"),
        ] {
            assert_eq!(scope.claim_method(&operation_words(method, path)).name.as_str(), name);
        }
    }
}
