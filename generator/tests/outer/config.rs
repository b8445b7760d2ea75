//! What a `clientwright.toml` says, and what is wrong with it.

use clientwright::config::{Action, Config};
use clientwright::diagnostic::{Code, Place};

const HEAD: &str = "description = \"spec/api.yaml\"\noutput = \"generated\"\npackage = \"api\"\n";

/// Each finding with the text that it is about.
fn findings(text: &str) -> Vec<(String, &str)> {
    let findings =
        Config::parse(text).unwrap_err().into_iter().map(|diagnostic| match (diagnostic.code, diagnostic.at) {
            (Code::Configuration(message), Place::Configuration(span)) => (message, &text[span]),
            other => panic!("no finding about the configuration: {other:?}"),
        });
    findings.collect()
}

fn check_findings(text: &str, expected: &[(&str, &str)]) {
    let found = findings(text);
    let found: Vec<(&str, &str)> = found.iter().map(|(message, span)| (message.as_str(), *span)).collect();
    assert_eq!(found, expected, "{text}");
}

fn check_override(text: &str, expected: &[(&str, &str)]) {
    check_findings(&format!("{HEAD}[[override]]\n{text}"), expected);
}

const EVERY_KIND: &str = r##"
description = "spec/participant.openapi.yaml"
output = "generated"
package = "api"

[[override]]
reason = "Noise."
strip_prefix = "realtimekit_"

[[override]]
at = "#/components/parameters/id"
rename = "AccountId"
reason = "What it is."

[[override]]
at = "#/components/schemas/Pets"
replace = '{"type": "array"}'
reason = "It is a list."

[[override]]
at = "#/components/schemas/App/maxLength"
enforce = false
reason = "The examples are longer."

[[override]]
at = "#/components/schemas/Token"
secret = true
reason = "Grants access."

[[override]]
success_flag = "success"
reason = "Documented."

[[override]]
operation = "edit_participant"
idempotent = true
reason = "Sets fields."

[[override]]
request_id = "cf-ray"
reason = "What support asks for."

[[override]]
scheme = "api_token"
env = "CLOUDFLARE_API_TOKEN"
reason = "As in other tools."

[[override]]
extension = "x-scope"
heading = "Scopes"
reason = "Who may call it."

[[override]]
base_url_env = "CLOUDFLARE_BASE_URL"
reason = "As in other tools."
"##;

#[test]
fn every_kind_of_override() {
    let text = EVERY_KIND;
    let config = Config::parse(text).unwrap();
    assert_eq!((config.description.as_str(), config.output.as_str()), ("spec/participant.openapi.yaml", "generated"));
    let actions: Vec<Action> = config.overrides.iter().map(|override_| override_.action.clone()).collect();
    let owned = str::to_owned;
    assert_eq!(
        actions,
        [
            Action::StripPrefix(owned("realtimekit_")),
            Action::Rename { at: owned("#/components/parameters/id"), to: owned("AccountId") },
            Action::Replace { at: owned("#/components/schemas/Pets"), with: owned(r#"{"type": "array"}"#) },
            Action::Unchecked { at: owned("#/components/schemas/App/maxLength") },
            Action::Secret { at: owned("#/components/schemas/Token") },
            Action::SuccessFlag(owned("success")),
            Action::Idempotent { operation: owned("edit_participant") },
            Action::RequestId(owned("cf-ray")),
            Action::CredentialEnv { scheme: owned("api_token"), env: owned("CLOUDFLARE_API_TOKEN") },
            Action::Document { extension: owned("x-scope"), heading: owned("Scopes") },
            Action::BaseUrlEnv(owned("CLOUDFLARE_BASE_URL")),
        ]
    );
    let first = &config.overrides[0];
    assert_eq!(first.reason, "Noise.");
    assert_eq!(&text[first.span.clone()], "[[override]]\nreason = \"Noise.\"\nstrip_prefix = \"realtimekit_\"");
}

#[test]
fn the_top_of_the_file() {
    check_findings(
        "descripton = 1\noutput = 1\npackage = \"api\"\nfrobnicate = 1\n",
        &[
            ("unknown key `descripton`; did you mean `description`?", "descripton"),
            ("`output` must be a text in quotes, not integer", "1"),
            (
                "unknown key `frobnicate`; possible are `description`, `output`, `package`, `include`, `exclude`, `tag_features`, `formats`, `override`",
                "frobnicate",
            ),
            ("the key `description` is missing; it names a path from this file's folder", ""),
        ],
    );
    check_findings(&format!("{HEAD}tag_features = 1\n"), &[("`tag_features` is `true` or `false`", "1")]);
    check_findings(
        &format!("{HEAD}override = 1\n"),
        &[("overrides are written as tables, each under a line `[[override]]`", "1")],
    );
    let marked = format!("\u{feff}{HEAD}x = 1\n");
    check_findings(
        &marked,
        &[(
            "unknown key `x`; possible are `description`, `output`, `package`, `include`, `exclude`, `tag_features`, `formats`, `override`",
            "x",
        )],
    );
}

#[test]
fn filters() {
    let text = format!("{HEAD}include = [\"tag: Pets\", \" get  /pets/** \"]\nexclude = [\"pets/list\"]\n");
    let filters = Config::parse(&text).unwrap().filters;
    let shown: Vec<String> = filters.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["tag:Pets", "GET /pets/**", "pets/list"]);
    let spans = filters.iter().map(|filter| {
        let Place::Configuration(span) = &filter.at else { panic!("{:?}", filter.at) };
        &text[span.clone()]
    });
    let spans: Vec<&str> = spans.collect();
    assert_eq!(spans, ["\"tag: Pets\"", "\" get  /pets/** \"", "\"pets/list\""]);
    check_findings(
        &format!("{HEAD}include = \"tag:Pets\"\nexclude = [1, \" \"]\n"),
        &[
            ("`include` must be a list, such as `include = [\"GET /pets/**\", \"tag:Pets\"]`", "\"tag:Pets\""),
            ("`exclude` must be a text in quotes, not integer", "1"),
            ("`exclude` must not be empty", "\" \""),
        ],
    );
}

#[test]
fn types_for_formats() {
    let config = Config::parse(&format!("{HEAD}[formats]\ndate-time = \"chrono\"\nuuid = \"text\"\n")).unwrap();
    let choices = config.formats.iter().map(|choice| (choice.format.as_str(), choice.choice.as_str()));
    assert_eq!(choices.collect::<Vec<_>>(), [("date-time", "chrono"), ("uuid", "text")]);
    check_findings(
        &format!("{HEAD}[formats]\ndatetime = \"chrono\"\ndate = \"chronos\"\ntime = 1\n"),
        &[
            ("unknown key `datetime`; did you mean `date-time`?", "datetime"),
            ("`chronos` is no type for `date`; possible are `jiff`, `chrono`, `time`, `text`", "\"chronos\""),
            ("`time` must be a text in quotes, not integer", "1"),
        ],
    );
    check_findings(
        &format!("formats = 1\n{HEAD}"),
        &[("formats are written in a table, under a line `[formats]`", "1")],
    );
    let text = format!("{HEAD}[formats]\nfrobnicate = \"text\"\n");
    let found = findings(&text);
    assert!(
        found[0].0.starts_with("unknown key `frobnicate`; possible are `date-time`, `date`, `time`, "),
        "{found:?}"
    );
}

#[test]
fn no_toml() {
    let found = findings("description = \"a\noutput = \n");
    assert!(found.len() > 1, "all syntax errors are told: {found:?}");
    assert!(found.iter().all(|(message, _)| message.starts_with("this is no TOML: ")), "{found:?}");
}

#[test]
fn the_output_stays_inside() {
    for inside in ["generated", "src/generated", "./a/b/", "..a/b"] {
        Config::parse(&format!("description = \"a\"\noutput = \"{inside}\"\npackage = \"a\"")).unwrap();
    }
    for outside in ["/generated", "../generated", "a/../../b", ".", "./", "a//b", "C:/a", "a/.."] {
        let text = format!("description = \"a\"\noutput = \"{outside}\"\npackage = \"a\"");
        let message = "`output` is a folder inside this file's own, such as `generated` or `src/generated`";
        check_findings(&text, &[(message, &format!("\"{outside}\""))]);
    }
    check_findings("description = \"a\"\noutput = \" \"\npackage = \"a\"", &[("`output` must not be empty", "\" \"")]);
}

#[test]
fn an_override_has_a_reason() {
    check_override(
        "secret = true\nat = \"#/a\"",
        &[(
            "an override needs a `reason`; it is shown in the documentation",
            "[[override]]\nsecret = true\nat = \"#/a\"",
        )],
    );
    check_override("secret = true\nat = \"#/a\"\nreason = \" \"", &[("`reason` must not be empty", "\" \"")]);
}

#[test]
fn an_override_does_one_thing() {
    check_override(
        "reason = \"r\"",
        &[(
            "this override does nothing; it needs one of `strip_prefix`, `rename`, `replace`, `enforce`, `secret`, `success_flag`, \
         `idempotent`, `pagination`, `request_id`, `env`, `heading`, `base_url_env`",
            "[[override]]\nreason = \"r\"",
        )],
    );
    check_override(
        "reason = \"r\"\nat = \"#/a\"\nrename = \"B\"\nsecret = true",
        &[(
            "an override does one thing; write one each for `rename`, `secret`",
            "[[override]]\nreason = \"r\"\nat = \"#/a\"\nrename = \"B\"\nsecret = true",
        )],
    );
    check_override(
        "reason = \"r\"\nrename = \"B\"",
        &[("`rename` needs `at` beside it", "[[override]]\nreason = \"r\"\nrename = \"B\"")],
    );
    check_override("reason = \"r\"\nat = \"#/a\"\nrequest_id = \"x\"", &[("`at` does not go with `request_id`", "at")]);
}

#[test]
fn keys_and_values_of_an_override() {
    check_override(
        "reason = \"r\"\nat = \"#/a\"\nsecret = true\nrenam = \"B\"",
        &[("unknown key `renam`; did you mean `rename`?", "renam")],
    );
    check_override(
        "reason = \"r\"\nat = \"#/a\"\nenforce = true",
        &[("`enforce` has one value, `enforce = false`", "true")],
    );
    check_override(
        "reason = \"r\"\nat = \"Pet\"\nsecret = 1",
        &[
            ("`at` is a place as `Spec:` lines show it, such as `#/components/schemas/Pet`", "\"Pet\""),
            ("`secret` has one value, `secret = true`", "1"),
        ],
    );
    check_override(
        "reason = \"r\"\nat = \"#/a\"\nreplace = \"{type: string}\"",
        &[("`replace` is JSON in single quotes: key must be a string at line 1 column 2", "\"{type: string}\"")],
    );
    check_override(
        "reason = 1\nat = \"#/a\"\nrename = []",
        &[
            ("`reason` must be a text in quotes, not integer", "1"),
            ("`rename` must be a text in quotes, not array", "[]"),
        ],
    );
    check_override(
        "reason = \"r\"\nsuccess_flag = \"s\"\n[[override]]\nreason = \"r\"\nrequest_id = \"\"",
        &[("`request_id` must not be empty", "\"\"")],
    );
}
