//! What tags become: modules and features.

use heck::ToKebabCase;

use crate::naming::{Claim, FeatureName, ModuleName, Scope, apart, words};

/// The words of a tag, with `-` between them. Tags with the same words are one.
///
/// In ASCII: a module is a file, for which the compiler allows no other letters, and registries allow none in features.
#[must_use]
pub fn tag_words(text: &str) -> String {
    let words = shortened(&deunicode::deunicode_with_tofu(text, " ").to_kebab_case());
    if words.is_empty() { "tag".to_owned() } else { words }
}

impl ModuleName {
    /// The module of what several others have in common.
    #[must_use]
    pub fn shared() -> Self {
        Self(words::SHARED.to_owned())
    }
}

impl Scope {
    /// Takes a name that is there.
    pub fn take(&mut self, name: impl AsRef<str>) {
        self.taken.insert(name.as_ref().to_owned(), 2);
    }

    /// Takes the name of a module from the words of one or several tags.
    pub fn claim_module(&mut self, tags: &[&str]) -> Claim<ModuleName> {
        let words = match tags {
            [first, _, _, others @ ..] if !others.is_empty() => format!("{first}-and-{}-others", others.len() + 2),
            few => few.join("-and-"),
        };
        let name = shortened(&words).replace('-', "_");
        let is_digit = name.starts_with(|c: char| c.is_ascii_digit());
        let name = if is_digit { format!("tag_{name}") } else { name };
        let taken = [words::KEYWORDS, words::NEVER_RAW, words::TAKEN_MODULES].concat();
        self.claim(apart(name, &taken), ModuleName)
    }

    /// Takes the name of a feature from the words of a tag.
    pub fn claim_feature(&mut self, words: &str) -> Claim<FeatureName> {
        let is_taken = words::TAKEN_FEATURES.contains(&words);
        self.claim(if is_taken { format!("{words}-tag") } else { words.to_owned() }, FeatureName)
    }
}

/// Words with `-` between them, as many as have room.
fn shortened(words: &str) -> String {
    let room = words.len().min(words::LONGEST_MODULE);
    let end = if room < words.len() { words.get(..=room).and_then(|start| start.rfind('-')) } else { None };
    words.get(..end.unwrap_or(room)).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::tag_words;
    use crate::naming::Scope;

    #[test]
    fn tags() {
        let mut modules = Scope::default();
        let mut features = Scope::default();
        for (tag, module, feature) in [
            ("Pull Requests", "pull_requests", "pull-requests"),
            ("pullRequest/v2 (beta)", "pull_request_v2_beta", "pull-request-v2-beta"),
            ("Übersicht", "ubersicht", "ubersicht"),
            ("宠物", "chong_wu", "chong-wu"),
            ("type", "type_", "type"),
            ("crate", "crate_", "crate"),
            ("shared", "shared_", "shared"),
            ("types", "types_", "types"),
            ("default", "default", "default-tag"),
            ("serde", "serde", "serde-tag"),
            ("AUX", "aux_", "aux"),
            ("2FA", "tag_2fa", "2fa"),
            ("\"]\nevil = 1", "evil_1", "evil-1"),
            ("🐶", "dog", "dog"),
            ("", "tag", "tag"),
        ] {
            let words = tag_words(tag);
            assert_eq!(modules.claim_module(&[&words]).name.as_str(), module);
            assert_eq!(features.claim_feature(&words).name.as_str(), feature);
        }
        assert_eq!(tag_words("--"), "tag");
        assert_eq!(tag_words("Pets"), tag_words(" pets! "));
        assert_eq!(modules.claim_module(&["pets", "live-streams"]).name.as_str(), "pets_and_live_streams");
        assert_eq!(modules.claim_module(&["a", "b", "c", "d", "e"]).name.as_str(), "a_and_4_others");
        assert_eq!(modules.claim_module(&["a", "b", "d", "e", "f"]).name.as_str(), "a_and_4_others2");
        assert_eq!(tag_words(&"word ".repeat(40)).len(), 59);
        assert_eq!(tag_words(&"x".repeat(300)).len(), 60);
    }
}
