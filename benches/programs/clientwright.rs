use client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = Client::builder().build().expect("a client");
    let repository = client.repos_get("rust-lang", "rust").await;
    println!("{:?}", repository.map(|it| it.full_name.clone()));
    let issue = client.issues_get("rust-lang", "rust", 1).await;
    println!("{:?}", issue.map(|it| it.title.clone()));
    let user = client.users_get_by_username("octocat").await;
    println!("{:?}", user.map(|it| it.status()));
}
