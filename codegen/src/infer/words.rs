//! What the words of a key say: whether a text is to be kept from sight, and whether an object's keys are data.

/// Last words of keys whose texts are credentials.
const SECRET_WORDS: [&str; 9] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "apikey",
    "apitoken",
    "privatekey",
];

/// Words that make a credential of a `key` that follows them.
const SECRET_KEYS: [&str; 6] = ["private", "api", "secret", "access", "signing", "encryption"];

/// Words before `token` that make a bookmark of it.
const BOOKMARKS: [&str; 7] = ["page", "next", "previous", "prev", "continuation", "sync", "cursor"];

/// Last words of keys whose objects hold what the API's users like to put there.
const FREE_WORDS: [&str; 1] = ["metadata"];

/// Whether a text under `key` is a credential: by its last word, or its last two.
pub(crate) fn is_secret(key: &str) -> bool {
    let words = words(key);
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [.., before, "token"] => !BOOKMARKS.contains(before),
        [.., before, "key"] => SECRET_KEYS.contains(before),
        [.., last] => SECRET_WORDS.contains(last),
        [] => false,
    }
}

/// Whether the keys of an object under `key` are data by its last word.
pub(crate) fn is_free(key: &str) -> bool {
    words(key).last().is_some_and(|last| FREE_WORDS.contains(&last.as_str()))
}

/// The words of a key in lower case: cut at what is no letter or digit, and where a capital begins a word.
pub(crate) fn words(key: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let letters: Vec<char> = key.chars().collect();
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
    fn secrets_by_last_word() {
        for key in [
            "password",
            "new_password",
            "clientSecret",
            "auth_token",
            "APIKey",
            "private_key",
            "api-key",
            "secretAccessKey",
        ] {
            assert!(is_secret(key), "{key}");
        }
        for key in [
            "token_endpoint_auth_method",
            "token_lifetime",
            "next_page_token",
            "public_key",
            "key",
            "passwordPolicy",
            "",
        ] {
            assert!(!is_secret(key), "{key}");
        }
    }

    #[test]
    fn words_of_keys() {
        assert_eq!(words("HTTPServer-name_2"), ["http", "server", "name", "2"]);
    }
}
