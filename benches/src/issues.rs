//! A type as services have them, read and written by the run time's tables and by serde's derives.

use clientwright_runtime::{Json, object};
use serde::{Deserialize, Serialize};

/// An issue of a tracker.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    pub id: i64,
    pub node_id: String,
    pub url: String,
    pub number: i64,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    pub user: User,
    pub labels: Vec<Label>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<User>,
    pub locked: bool,
    pub comments: i64,
    pub score: f64,
    pub created_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<String>,
}

/// Who wrote it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct User {
    pub login: String,
    pub id: i64,
    pub avatar_url: String,
    pub site_admin: bool,
}

/// What it is filed under.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Label {
    pub id: i64,
    pub name: String,
    pub color: String,
    pub default: bool,
}

object!(Issue {
    "id" required id, "node_id" required node_id, "url" required url, "number" required number,
    "title" required title, "body" optional body, "user" required user, "labels" required labels;
    "assignee" optional assignee, "locked" required locked, "comments" required comments,
    "score" required score, "created_at" required created_at, "closed_at" optional closed_at
});
object!(User { "login" required login, "id" required id, "avatar_url" required avatar_url, "site_admin" required site_admin });
object!(Label { "id" required id, "name" required name, "color" required color, "default" required default });

/// An issue of about one kilobyte of JSON; every third text has something to escape.
#[must_use]
pub fn issue(number: i64) -> Issue {
    let user = User {
        login: format!("user-{number}"),
        id: 1_000_000 + number,
        avatar_url: format!("https://avatars.example.com/u/{number}?v=4"),
        site_admin: false,
    };
    let label = |name: &str, id| Label { id, name: name.to_owned(), color: "d73a4a".to_owned(), default: id % 2 == 0 };
    let quoted = if number % 3 == 0 { "it says \"no\"\nand stops" } else { "it stops without a word, every time" };
    Issue {
        id: 3_000_000_000 + number,
        node_id: format!("MDU6SXNzdWU{number}"),
        url: format!("https://api.example.com/repos/octo/world/issues/{number}"),
        number,
        title: format!("The command fails with exit code {}", number % 100),
        body: Some(format!("When I run it on a folder with {number} files, {quoted}. ").repeat(4)),
        user: user.clone(),
        labels: vec![label("bug", 1), label("needs a decision", 2)],
        assignee: (number % 2 == 0).then_some(user),
        locked: false,
        comments: number % 17,
        score: 1.25 + number as f64 / 2.0,
        created_at: "2024-05-17T08:30:00Z".to_owned(),
        closed_at: None,
    }
}

/// As many issues, as a list's text.
#[must_use]
pub fn text(count: i64) -> Vec<u8> {
    (0..count).map(issue).collect::<Vec<_>>().to_json()
}

/// How many issues make a small, a middle and a large answer: 1 KB, 60 KB, 5 MB.
pub const SIZES: [i64; 3] = [1, 64, 5400];
