use client::*;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = GitHubSOfficialOpenApiSpecOctokitExtensionClient::new();
    let (owner, repo) = ("rust-lang".to_owned(), "rust".to_owned());
    let path = ReposGetRequestPath { owner: owner.clone(), repo: repo.clone() };
    let repository = client.repos_get(ReposGetRequest { path }).await;
    println!("{:?}", repository.map(|_| ()).is_ok());
    let path = IssuesGetRequestPath { owner, repo, issue_number: 1 };
    println!("{:?}", client.issues_get(IssuesGetRequest { path }).await.map(|_| ()).is_ok());
    let path = UsersGetByUsernameRequestPath { username: "octocat".to_owned() };
    println!("{:?}", client.users_get_by_username(UsersGetByUsernameRequest { path }).await.map(|_| ()).is_ok());
}
