//! Syntax errors in plain English.
//!
//! Takes the errors of the two parsers; gives a message and a place. To change a wording, edit the table below.

/// The first thing that keeps a text from being read.
#[derive(Debug)]
pub(super) struct SyntaxError {
    pub(super) message: String,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// What a YAML text is told whose aliases multiply it.
pub(super) const TOO_LARGE: &str = "its aliases make it many times larger than it is";

/// What a text is told whose nodes stand within each other beyond the parsers' limit.
pub(super) const TOO_DEEP: &str = "it is nested more than 128 levels deep";

/// What a parser's message contains, and what is said in its place.
const WORDINGS: &[(&str, &str)] = &[
    ("repetition limit exceeded", TOO_LARGE),
    (TOO_LARGE, TOO_LARGE),
    ("recursion limit exceeded", TOO_DEEP),
    ("more than one document", "it holds more than one YAML document; only one is read"),
    ("unknown anchor", "this alias names an anchor that is not defined before it"),
    ("did not find expected key", "a key is expected here; check the indentation and the quotes of the lines before"),
    ("did not find expected '-' indicator", "a list item (`- …`) is expected here; check the indentation"),
    ("mapping values are not allowed", "a `:` cannot stand here; put text that contains `: ` in quotes"),
    ("could not find expected ':'", "a `:` is missing after the key above"),
    ("cannot start any token", "nothing can start with this character; indent by spaces, and put such text in quotes"),
    ("did not find expected ',' or ']'", "a `,` or `]` is missing"),
    ("did not find expected ',' or '}'", "a `,` or `}` is missing"),
    ("did not find expected node content", "a value is expected here"),
    ("unexpected end of stream", "the text ends inside quotes"),
    ("expected a string", "a list or a mapping cannot be a key"),
    ("EOF while parsing", "the text ends too early; a bracket, a brace or a quote is not closed"),
    ("trailing comma", "a `,` must be followed by another entry"),
    ("trailing characters", "there is more text after the end of the document"),
    ("key must be a string", "a key must stand in double quotes"),
    ("expected `,` or `}`", "a `,` or `}` is missing"),
    ("expected `,` or `]`", "a `,` or `]` is missing"),
    ("expected `:`", "a `:` is missing after the key"),
    ("control character", "a control character must be escaped"),
];

pub(super) fn is_too_deep(error: &serde_json::Error) -> bool {
    error.to_string().starts_with("recursion limit exceeded")
}

pub(super) fn explain_json(error: &serde_json::Error) -> SyntaxError {
    SyntaxError { message: reword(&error.to_string()), line: error.line().max(1), column: error.column().max(1) }
}

pub(super) fn explain_yaml(error: &serde_yaml::Error) -> SyntaxError {
    let (line, column) = error.location().map_or((1, 1), |location| (location.line(), location.column()));
    SyntaxError { message: reword(&error.to_string()), line, column }
}

fn reword(message: &str) -> String {
    // Both parsers append the place, which is shown anyway.
    let message = message.split(" at line ").next().unwrap_or(message);
    let wording = WORDINGS.iter().find(|(theirs, _)| message.contains(theirs));
    wording.map_or(message, |(_, ours)| ours).to_owned()
}
