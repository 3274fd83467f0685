//! Which values never reach the draft: those under names of credentials, and more that is nobody's business.

use crate::credential::{is_credential, words};

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

#[cfg(test)]
mod tests {
    use super::is_withheld;
    use crate::credential::is_credential;

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
