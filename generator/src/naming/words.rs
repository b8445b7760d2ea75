//! The word lists behind the rules of `naming`.

/// Strict and reserved keywords of edition 2024 that may be written raw.
pub(super) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that may not.
pub(super) const NEVER_RAW: &[&str] = &["crate", "self", "super"];

/// What the file of the types uses by its plain name.
pub(super) const TAKEN_TYPES: &[&str] = &[
    "AsRef",
    "BTreeMap",
    "Base64",
    "Base64Url",
    "Box",
    "Clone",
    "Copy",
    "Date",
    "Debug",
    "Default",
    "Eq",
    "FormPart",
    "From",
    "Hash",
    "Into",
    "None",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Patch",
    "Result",
    "Secret",
    "Self",
    "Some",
    "String",
    "T",
    "Timestamp",
    "Uuid",
    "Value",
    "Vec",
    "Violation",
];

/// Functions of the client that are no operations, and one that readers take for its constructor.
pub(super) const TAKEN_METHODS: &[&str] = &["builder", "builder_from_env", "clone", "from_env", "new", "raw"];

/// What the file of the operations uses by its plain name.
pub(super) const TAKEN_MARKERS: &[&str] = &[
    "Answer",
    "AsBytes",
    "AsJson",
    "AsText",
    "Call",
    "Client",
    "DecodeError",
    "Err",
    "Form",
    "HeaderStyle",
    "Json",
    "Meta",
    "Method",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Paged",
    "Paging",
    "PathStyle",
    "QueryStyle",
    "Request",
    "RequestBody",
    "Result",
    "Self",
    "Some",
    "Undeclared",
];

/// What the body of a client function uses by its plain name.
pub(super) const TAKEN_PARAMETERS: &[&str] = &["body", "request"];

/// Functions of the client's builder that set no credential.
pub(super) const TAKEN_CREDENTIALS: &[&str] = &[
    "allow_open_credentials",
    "base_url",
    "body_limit",
    "build",
    "configure",
    "header",
    "http_client",
    "max_retry_wait",
    "retries",
    "timeout",
    "try_timeout",
    "user_agent",
];

/// Functions of a struct that set no field.
pub(super) const TAKEN_SETTERS: &[&str] = &["clone", "default", "new"];

/// Functions of a call that set no parameter.
pub(super) const TAKEN_CALL_SETTERS: &[&str] = &[
    "body",
    "clone",
    "configure",
    "events",
    "events_of",
    "items",
    "lines",
    "lines_of",
    "new",
    "pages",
    "retries",
    "stream",
    "text_events",
    "timeout",
    "try_timeout",
    "upload",
    "with_header",
    "with_query",
];

/// Media types whose names are other than their last part.
pub(super) const MEDIA_TYPES: &[(&str, &str)] = &[
    ("", "Json"),
    ("*/*", "Json"),
    ("application/octet-stream", "Bytes"),
    ("application/x-www-form-urlencoded", "Form"),
    ("multipart/form-data", "Multipart"),
    ("text/plain", "Text"),
];

/// The module of what several others have in common.
pub(super) const SHARED: &str = "shared";

/// Modules that the output has itself, and what no file can be called on some systems.
pub(super) const TAKEN_MODULES: &[&str] = &[
    SHARED,
    "codec",
    "operations",
    "types",
    "aux",
    "com1",
    "com2",
    "com3",
    "com4",
    "com5",
    "com6",
    "com7",
    "com8",
    "com9",
    "con",
    "lpt1",
    "lpt2",
    "lpt3",
    "lpt4",
    "lpt5",
    "lpt6",
    "lpt7",
    "lpt8",
    "lpt9",
    "nul",
    "prn",
];

/// Features that are no tag's.
pub(super) const TAKEN_FEATURES: &[&str] = &[
    "blocking",
    "br",
    "clientwright",
    "clientwright-runtime",
    "default",
    "mock",
    "mock-server",
    "regenerate",
    "reqwest",
    "serde",
    "tower",
    "tracing",
    "zstd",
];

/// The longest name of a module.
pub(super) const LONGEST_MODULE: usize = 60;

/// Functions of answers that read no declared header.
pub(super) const TAKEN_HEADERS: &[&str] =
    &["body", "clone", "header", "header_list", "headers", "into_inner", "request_id", "status"];

/// Signs, and what they are called where a value has no letters.
pub(super) const SIGNS: &[(char, &str)] = &[
    ('!', "Bang"),
    ('#', "Hash"),
    ('$', "Dollar"),
    ('%', "Percent"),
    ('&', "And"),
    ('*', "Star"),
    ('+', "Plus"),
    (',', "Comma"),
    ('-', "Minus"),
    ('.', "Dot"),
    ('/', "Slash"),
    (':', "Colon"),
    (';', "Semicolon"),
    ('<', "Less"),
    ('=', "Equal"),
    ('>', "Greater"),
    ('?', "Question"),
    ('@', "At"),
    ('\\', "Backslash"),
    ('^', "Caret"),
    ('_', "Underscore"),
    ('|', "Pipe"),
    ('~', "Tilde"),
];

/// Status codes and their reason phrases, as IANA registers them.
pub(super) const REASONS: &[(u16, &str)] = &[
    (100, "Continue"),
    (101, "Switching Protocols"),
    (102, "Processing"),
    (103, "Early Hints"),
    (200, "Ok"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "Non Authoritative Information"),
    (204, "No Content"),
    (205, "Reset Content"),
    (206, "Partial Content"),
    (207, "Multi Status"),
    (208, "Already Reported"),
    (226, "Im Used"),
    (300, "Multiple Choices"),
    (301, "Moved Permanently"),
    (302, "Found"),
    (303, "See Other"),
    (304, "Not Modified"),
    (305, "Use Proxy"),
    (307, "Temporary Redirect"),
    (308, "Permanent Redirect"),
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (402, "Payment Required"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (405, "Method Not Allowed"),
    (406, "Not Acceptable"),
    (407, "Proxy Authentication Required"),
    (408, "Request Timeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "Length Required"),
    (412, "Precondition Failed"),
    (413, "Content Too Large"),
    (414, "Uri Too Long"),
    (415, "Unsupported Media Type"),
    (416, "Range Not Satisfiable"),
    (417, "Expectation Failed"),
    (418, "Im A Teapot"),
    (421, "Misdirected Request"),
    (422, "Unprocessable Content"),
    (423, "Locked"),
    (424, "Failed Dependency"),
    (425, "Too Early"),
    (426, "Upgrade Required"),
    (428, "Precondition Required"),
    (429, "Too Many Requests"),
    (431, "Request Header Fields Too Large"),
    (451, "Unavailable For Legal Reasons"),
    (500, "Internal Server Error"),
    (501, "Not Implemented"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Timeout"),
    (505, "Http Version Not Supported"),
    (506, "Variant Also Negotiates"),
    (507, "Insufficient Storage"),
    (508, "Loop Detected"),
    (511, "Network Authentication Required"),
];
