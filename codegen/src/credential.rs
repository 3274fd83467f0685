//! Which names carry credentials, by their words: headers, parameters, form fields and JSON keys alike.
//!
//! The client's runtime has a list of its own, since it stands alone: a test holds that both know the same words.

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

/// Last words of names whose values are nobody's business, though the client does not hold them.
const WITHHELD: &[&str] = &[
    "assertion",
    "auth",
    "bearer",
    "cookie",
    "cookies",
    "credential",
    "credentials",
    "csrf",
    "jwt",
    "otp",
    "pin",
    "sas",
    "session",
    "sig",
    "signature",
    "xsrf",
];

/// Last words in a row that make a name one of these, where the last alone says nothing.
const WITHHELD_PHRASES: &[&[&str]] = &[
    &["access", "key", "id"],
    &["code", "verifier"],
    &["connection", "string"],
    &["csrf", "token"],
    &["session", "id"],
    &["xsrf", "token"],
];

/// Words before `code` that make it one that opens something.
const BEFORE_CODE: &[&str] = &[
    "auth",
    "authorization",
    "backup",
    "device",
    "mfa",
    "oauth",
    "recovery",
    "security",
    "totp",
    "verification",
];

/// Fewest characters of a `code` alone that is one of OAuth (RFC 6749 §4.1.2), which nobody may be able to guess: 128 bits (§10.10) take 22 in base64, and services that hand out shorter ones have 16. Codes of countries, languages, currencies and errors are shorter or have words.
const SHORTEST_CODE: usize = 16;

/// Names of query entries that are keys of a client, squeezed to letters and digits.
const CLIENT_KEYS: &[&str] = &["apikey", "xapikey", "accesstoken", "authtoken", "apitoken"];

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

/// Whether what a collection holds under this name, or a value of this shape, stays out of the draft.
#[must_use]
pub fn is_withheld(name: &str, value: &str) -> bool {
    let words: Vec<String> = words(name);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let last = words.last().is_some_and(|word| WITHHELD.contains(word));
    let phrase = WITHHELD_PHRASES.iter().any(|phrase| words.ends_with(phrase));
    is_credential(name) || last || phrase || is_code(&words, value) || is_web_token(value)
}

/// Whether this is a code that opens something: by the word before it, or, alone, by a value that is long, has digits, and is no phrase.
fn is_code(words: &[&str], value: &str) -> bool {
    match words {
        [.., before, "code"] => BEFORE_CODE.contains(before),
        ["code"] => {
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/+=%".contains(&byte);
            let digits = value.bytes().any(|byte| byte.is_ascii_digit());
            value.len() >= SHORTEST_CODE && digits && value.bytes().all(is_plain)
        }
        _ => false,
    }
}

/// Whether `text` holds a JSON Web Token (RFC 7519): its header is an object, which begins with `{"`.
fn is_web_token(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c))
        .any(|word| word.len() > 40 && word.starts_with("eyJ") && word.matches('.').count() == 2)
}

/// Whether a query entry of this name is a key of the client rather than a value of one call.
#[must_use]
pub fn is_client_key(name: &str) -> bool {
    CLIENT_KEYS.contains(&words(name).concat().as_str())
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
    fn withholds_more_than_credentials() {
        for name in [
            "sig",
            "X-Amz-Signature",
            "session_id",
            "X-JWT",
            "otp",
            "client_assertion",
            "Set-Cookie",
            "X-CSRF-Token",
            "xsrfToken",
            "AWSAccessKeyId",
            "access_key_id",
            "bearer",
            "sas",
            "connectionString",
            "code_verifier",
            "authorizationCode",
            "device_code",
        ] {
            assert!(is_withheld(name, "1") && !is_credential(name), "{name}");
        }
        assert!(is_withheld("code", "SplxlOBeZQQYbYS6WxSbIA"));
        for (name, value) in [
            ("code", "DE"),
            ("code", "some_words_without_any"),
            ("code", "Error 1234: not a code at all"),
            ("country_code", "SplxlOBeZQQYbYS6WxSbIA"),
            ("zip_code", "10115"),
        ] {
            assert!(!is_withheld(name, value), "{name}={value}");
        }
        let token = "Of eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ0ZXN0In0.c2lnbmF0dXJlLW9mLXRoaXM";
        assert!(is_withheld("note", token));
        for (name, value) in [("assign", "a"), ("sort", "eyJ"), ("version", "eyJ.2.3")] {
            assert!(!is_withheld(name, value), "{name}");
        }
    }

    #[test]
    fn words_of_names() {
        assert_eq!(words("HTTPServer-name_2"), ["http", "server", "name", "2"]);
    }

    /// Ends of names that the runtime takes for secrets, and we for values of a call: what is hidden needlessly in a log does no harm.
    const LOOSER: &[&str] = &["key", "code"];

    /// The runtime looks at how a name ends.
    #[test]
    fn the_runtime_knows_the_same_words() {
        let source = include_str!("../runtime/secret.rs");
        let (_, list) = source.split_once("const SECRET_ENDS").unwrap();
        let ends: Vec<&str> =
            list.split(']').nth(1).unwrap().split('"').skip(1).step_by(2).collect();
        let keys = BEFORE_KEY.iter().map(|before| format!("{before}key"));
        let names = WHOLE.iter().chain(LAST).chain(WITHHELD).chain(CLIENT_KEYS);
        let names = names.map(|name| (*name).to_owned()).chain(keys);
        let names: Vec<String> =
            names.chain(WITHHELD_PHRASES.iter().map(|phrase| phrase.concat())).collect();
        for name in &names {
            assert!(ends.iter().any(|end| name.ends_with(end)), "{name} is missing there");
        }
        for end in ends.iter().filter(|end| !LOOSER.contains(end)) {
            assert!(names.iter().any(|name| name == end), "{end} is missing here");
        }
    }
}
