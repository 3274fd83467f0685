//! What the words of a key say of the keys of its object.

use crate::credential::words;

/// Last words of keys whose objects hold what the API's users like to put there.
const FREE_WORDS: [&str; 1] = ["metadata"];

/// Whether the keys of an object under `key` may be data by its last word.
pub(crate) fn is_free(key: &str) -> bool {
    words(key).last().is_some_and(|last| FREE_WORDS.contains(&last.as_str()))
}
