//! Which names carry credentials, by their words; values under such names never reach the draft.

/// Names that carry a credential as a whole, squeezed to letters and digits.
const WHOLE: &[&str] = &[
    "authorization",
    "proxyauthorization",
    "cookie",
    "auth",
    "authentication",
    "apikey",
    "xapikey",
    "accesskey",
    "secretkey",
    "privatekey",
    "subscriptionkey",
    "authkey",
    "appkey",
    "pwd",
    "passwd",
    "passphrase",
    "pass",
];

/// Last words that make a name one of a credential.
const LAST: &[&str] = &["token", "secret", "password", "passwd", "passphrase", "apikey"];

/// Last words of names whose values are nobody's business, though the client does not hold them.
const WITHHELD: &[&str] = &[
    "assertion",
    "auth",
    "credential",
    "credentials",
    "jwt",
    "otp",
    "pin",
    "session",
    "sig",
    "signature",
];

/// Words before `key` that make it a credential.
const BEFORE_KEY: &[&str] =
    &["api", "access", "secret", "private", "subscription", "auth", "app", "application", "client"];

/// Words before `token` that make it something else.
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
    let squeezed = words.concat();
    if WHOLE.contains(&squeezed.as_str()) {
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

/// Whether what a collection holds under this name, or a value of this shape, stays out of the draft.
pub(super) fn is_withheld(name: &str, value: &str) -> bool {
    let words = words(name);
    let is_session = words.ends_with(&["session".to_owned(), "id".to_owned()]);
    let last = words.last().is_some_and(|word| WITHHELD.contains(&word.as_str()));
    is_credential(name) || last || is_session || is_web_token(value)
}

/// Whether `text` holds a JSON Web Token (RFC 7519): its header is an object, which begins with `{"`.
fn is_web_token(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c))
        .any(|word| word.len() > 40 && word.starts_with("eyJ") && word.matches('.').count() == 2)
}

/// Whether a query entry of this name is a key of the client rather than a value of one call.
pub(super) fn is_client_key(name: &str) -> bool {
    const KEYS: &[&str] = &["apikey", "xapikey", "accesstoken", "authtoken", "apitoken"];
    KEYS.contains(&words(name).concat().as_str())
}

/// Lower-case words of a name in any case style.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower_before = false;
    for c in name.chars() {
        let boundary = !c.is_alphanumeric() || (c.is_uppercase() && lower_before);
        if boundary && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        lower_before = c.is_lowercase() || c.is_numeric();
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::{is_credential, is_withheld};

    #[test]
    fn tells_credentials_from_values() {
        for name in [
            "Authorization",
            "X-Api-Key",
            "api_key",
            "apikey",
            "APIKEY",
            "X-Auth-Token",
            "token",
            "client_secret",
            "password",
            "Cookie",
            "Ocp-Apim-Subscription-Key",
            "accessToken",
        ] {
            assert!(is_credential(name), "{name}");
        }
        for name in [
            "page_token",
            "nextPageToken",
            "Idempotency-Key",
            "key",
            "token_type",
            "sort_key",
            "password_hint",
            "X-CSRF-Token",
            "author",
            "",
            "passenger",
        ] {
            assert!(!is_credential(name), "{name}");
        }
    }

    #[test]
    fn withholds_more_than_credentials() {
        for name in ["sig", "X-Amz-Signature", "session_id", "X-JWT", "otp", "client_assertion"] {
            assert!(is_withheld(name, "1") && !is_credential(name), "{name}");
        }
        let token = "Of eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ0ZXN0In0.c2lnbmF0dXJlLW9mLXRoaXM";
        assert!(is_withheld("note", token));
        for (name, value) in [("assign", "a"), ("sort", "eyJ"), ("version", "eyJ.2.3")] {
            assert!(!is_withheld(name, value), "{name}");
        }
    }
}
