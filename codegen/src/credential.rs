//! Which names carry credentials, by their words: headers, parameters, form fields and JSON keys alike.
//!
//! The client's runtime has a looser list of its own, since it stands alone: a test holds that it knows every name this one knows.

/// Names that carry a credential as a whole, squeezed to letters and digits.
const WHOLE: &[&str] = &[
    "authorization",
    "proxyauthorization",
    "cookie",
    "auth",
    "authentication",
    "xapikey",
    "pass",
    "apitoken",
    "accesskey",
    "appkey",
    "authkey",
    "privatekey",
    "secretkey",
    "subscriptionkey",
];

/// Whole names that are a header's credential, but a word for how one signs in where JSON has them.
const MODES: &[&str] = &["auth", "authentication"];

/// Last words that make a name one of a credential.
const LAST: &[&str] = &["token", "secret", "password", "passwd", "passphrase", "pwd", "apikey"];

/// Words before `key` that make it a credential.
const BEFORE_KEY: &[&str] = &[
    "access",
    "api",
    "app",
    "application",
    "auth",
    "client",
    "encryption",
    "private",
    "secret",
    "signing",
    "subscription",
];

/// Words before `token` that make it a bookmark, or something else that opens nothing.
const BEFORE_TOKEN: &[&str] = &[
    "page",
    "next",
    "continuation",
    "sync",
    "cursor",
    "scroll",
    "prev",
    "previous",
    "csrf",
    "xsrf",
    "skip",
    "resume",
    "delta",
    "start",
    "search",
    "device",
    "push",
];

/// Whether a header, query entry or form field of this name carries a credential.
#[must_use]
pub fn is_credential(name: &str) -> bool {
    let words = words(name);
    if WHOLE.contains(&words.concat().as_str()) {
        return true;
    }
    let mut back = words.iter().rev().map(String::as_str);
    match (back.next(), back.next()) {
        (Some("key"), Some(before)) => BEFORE_KEY.contains(&before),
        (Some("token"), Some(before)) => !BEFORE_TOKEN.contains(&before),
        (Some(last), _) => LAST.contains(&last),
        (None, _) => false,
    }
}

/// Whether a text under this key of JSON, or of a form, is a credential.
#[must_use]
pub fn is_secret(key: &str) -> bool {
    is_credential(key) && !MODES.contains(&words(key).concat().as_str())
}

/// The words of a name in lower case: cut at what is no letter or digit, and where a capital begins a word.
#[must_use]
pub fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let letters: Vec<char> = name.chars().collect();
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| letters.get(index));
        let after = letters.get(index + 1);
        let begins = letter.is_uppercase()
            && (before.is_some_and(|before| !before.is_uppercase())
                || after.is_some_and(|after| after.is_lowercase()));
        if begins || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_credentials_from_values() {
        for name in [
            "Authorization",
            "X-Api-Key",
            "api_key",
            "APIKEY",
            "APIKey",
            "X-Auth-Token",
            "token",
            "clientSecret",
            "new_password",
            "Cookie",
            "Ocp-Apim-Subscription-Key",
            "accessToken",
            "secretAccessKey",
            "signing_key",
        ] {
            assert!(is_credential(name) && is_secret(name), "{name}");
        }
        for name in [
            "page_token",
            "nextPageToken",
            "token_endpoint_auth_method",
            "token_lifetime",
            "Idempotency-Key",
            "key",
            "token_type",
            "sort_key",
            "public_key",
            "password_hint",
            "passwordPolicy",
            "X-CSRF-Token",
            "author",
            "",
            "passenger",
        ] {
            assert!(!is_credential(name) && !is_secret(name), "{name}");
        }
        assert!(is_credential("auth") && !is_secret("auth"));
    }

    #[test]
    fn words_of_names() {
        assert_eq!(words("HTTPServer-name_2"), ["http", "server", "name", "2"]);
    }

    /// The runtime looks at how a name ends.
    #[test]
    fn the_runtime_knows_every_name() {
        let source = include_str!("../runtime/secret.rs");
        let (_, list) = source.split_once("const SECRET_ENDS").unwrap();
        let ends: Vec<&str> =
            list.split(']').nth(1).unwrap().split('"').skip(1).step_by(2).collect();
        assert!(ends.contains(&"token"), "{ends:?}");
        let keys = BEFORE_KEY.iter().map(|before| format!("{before}key"));
        let names = WHOLE.iter().chain(LAST).map(|name| (*name).to_owned());
        for name in names.chain(keys) {
            assert!(ends.iter().any(|end| name.ends_with(end)), "{name}");
        }
    }
}
