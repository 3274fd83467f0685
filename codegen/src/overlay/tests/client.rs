//! `[client]`: what a registry wants to know of the package.

use crate::overlay::parse;

fn refused(line: &str) -> String {
    let found = parse(&format!("[client]\n{line}\n")).unwrap_err();
    found.into_iter().map(|it| it.message).collect::<Vec<_>>().join("; ")
}

#[test]
fn the_packages_own_words_are_read() {
    let text = "[client]\nrepository = 'https://git.example/a/b'\n\
        keywords = ['books', 'c++', 'rest_api-2']\ncategories = ['api-bindings', 'web::client']\n";
    let client = parse(text).unwrap().client;
    assert_eq!(client.repository.as_deref(), Some("https://git.example/a/b"));
    assert_eq!(client.keywords, ["books", "c++", "rest_api-2"]);
    assert_eq!(client.categories, ["api-bindings", "web::client"]);
}

#[test]
fn what_a_registry_would_refuse_is_refused_here() {
    for (line, why) in [
        ("repository = 'git@git.example:a/b'", "must be a URL"),
        ("repository = 'https://git.example/a b'", "must be a URL"),
        ("keywords = ['a', 'b', 'c', 'd', 'e', 'f']", "at most five words"),
        ("keywords = ['two words']", "at most five words"),
        ("keywords = ['+plus']", "at most five words"),
        ("keywords = ['a-word-of-21-characters']", "at most five words"),
        ("keywords = []", "a list of texts"),
        ("categories = ['API bindings']", "at most five slugs"),
        ("categories = ['a::']", "at most five slugs"),
        ("homepage = 'https://example.org'", "no key here"),
    ] {
        assert!(refused(line).contains(why), "{line}: {}", refused(line));
    }
}
