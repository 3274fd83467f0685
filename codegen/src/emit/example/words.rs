//! Texts that stand in an example for a value, by the name of the parameter or the field.
//!
//! In: a Rust name, so nothing of the input that is not an identifier. Out: what a person would write there, or the name itself.

use crate::name::one_of;

/// Letters of an owner that an example says.
const LONGEST: usize = 24;

/// A text for the value of `name`: in the form that the name promises, else the name itself.
pub(in crate::emit) fn text(name: &str) -> String {
    let words: Vec<&str> = name.split('_').filter(|word| !word.is_empty()).collect();
    let Some(last) = words.last() else { return name.to_owned() };
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    let text = match *last {
        "email" | "mail" => "name@example.org",
        "address" if has(&["email", "mail"]) => "name@example.org",
        "address" | "addr" if has(&["ip"]) => "192.0.2.1",
        "ip" | "ipv4" => "192.0.2.1",
        "url" | "uri" | "website" | "href" => "https://example.org",
        "date" | "birthday" | "birthdate" | "dob" => "2026-01-31",
        "at" | "datetime" | "timestamp" => "2026-01-31T12:00:00Z",
        "time" if has(&["date", "start", "end"]) => "2026-01-31T12:00:00Z",
        "phone" => "+15550100",
        "number" if has(&["phone", "mobile"]) => "+15550100",
        "currency" => "EUR",
        _ => return words.join("_"),
    };
    text.to_owned()
}

/// A path parameter's text: a bare `id` says whose it is, by the segment before it.
pub(super) fn segment(name: &str, before: &str) -> String {
    let owner = one_of(before).filter(|owner| owner.len() <= LONGEST);
    match (name, owner) {
        ("id", Some(owner)) => format!("{}_id", owner.trim_end_matches('_')),
        (_, Some(_) | None) => text(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_promises_a_form() {
        for (name, shown) in [
            ("connection", "connection"),
            ("type_", "type"),
            ("work_email", "name@example.org"),
            ("email_address", "name@example.org"),
            ("callback_url", "https://example.org"),
            ("start_date", "2026-01-31"),
            ("created_at", "2026-01-31T12:00:00Z"),
            ("start_time", "2026-01-31T12:00:00Z"),
            ("time_zone", "time_zone"),
            ("phone_number", "+15550100"),
            ("_", "_"),
        ] {
            assert_eq!(text(name), shown, "{name}");
        }
    }

    #[test]
    fn a_bare_id_says_whose_it_is() {
        assert_eq!(segment("id", "users"), "user_id");
        assert_eq!(segment("id", "Companies"), "company_id");
        assert_eq!(segment("id", "address"), "address_id");
        assert_eq!(segment("id", "client-grants"), "client_grant_id");
        assert_eq!(segment("id", "status"), "status_id");
        assert_eq!(segment("id", "boxes"), "box_id");
        assert_eq!(segment("id", "movies"), "movie_id");
        assert_eq!(segment("id", "news"), "news_id");
        assert_eq!(segment("id", "types"), "type_id");
        assert_eq!(segment("id", "\"}`\n"), "id");
        assert_eq!(segment("user_id", "users"), "user_id");
    }
}
