//! What the words of a key say of its value.

use crate::credential::words;

/// Last words of keys whose objects hold what the API's users like to put there.
const FREE_WORDS: [&str; 1] = ["metadata"];

/// Whether the keys of an object under `key` may be data by its last word.
pub(crate) fn is_free(key: &str) -> bool {
    words(key).last().is_some_and(|last| FREE_WORDS.contains(&last.as_str()))
}

/// Last words of names whose digits are an identifier or a label, never a quantity.
const LABELS: &str = "account bic barcode card cnpj code codes cpf ean ein fax gtin iban iccid id ids imei imsi isbn issn mobile msisdn passport phone phones pin postcode reference sku ssn swift tel telephone tin upc vat zip zipcode";

/// Words that make a label of `number` after them, beside those of [`LABELS`].
const NUMBERED: &str =
    "bank contract customer document invoice order routing serial tax ticket tracking";

/// Words that make a number of `code` after them.
const COUNTED: [&str; 5] = ["error", "exit", "http", "response", "status"];

/// Whether the digits under `key` name something, by its last words: `zip`, `tax_id`, `phoneNumber`.
pub(crate) fn is_label(key: &str) -> bool {
    let words = words(key);
    let mut last = words.iter().rev().map(String::as_str);
    let is_in = |list: &str, word: &str| list.split(' ').any(|known| known == word);
    match (last.next().unwrap_or_default(), last.next().unwrap_or_default()) {
        ("code" | "codes", before) => !COUNTED.contains(&before),
        ("number" | "no" | "num", before) => is_in(LABELS, before) || is_in(NUMBERED, before),
        (last, _) => is_in(LABELS, last),
    }
}

#[cfg(test)]
mod tests {
    use super::is_label;

    #[test]
    fn names_of_labels() {
        for key in ["id", "userId", "tax_id", "zip", "phone-number", "postalCode", "order no"] {
            assert!(is_label(key), "{key}");
        }
        for key in ["", "limit", "page_number", "number", "status_code", "tax", "width", "idle"] {
            assert!(!is_label(key), "{key}");
        }
    }
}
