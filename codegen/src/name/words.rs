//! Texts to words, words to cases; the only user of `heck`.
//!
//! In: any text of a collection. Out: lower-case ASCII words, and valid identifiers made of them. Knows neither the API nor which names are taken.

use super::{english, reserved};
use heck::{ToSnakeCase, ToUpperCamelCase};

/// The longest name, in bytes, before suffixes that tell it from others.
pub(super) const LONGEST: usize = 60;

/// The longest name, in bytes, where a shorter one tells it from others.
pub(super) const BRIEF: usize = 40;

/// Splits `text` into lower-case ASCII words of letters and digits.
///
/// Other scripts are transliterated, `camelCase` is split, a possessive `'s` is dropped.
pub(super) fn split(text: &str) -> Vec<String> {
    let ascii = transliterate(text);
    let plain = without_apostrophes(&ascii);
    plain
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|run| !run.is_empty())
        .flat_map(|run| {
            // Most are one word already.
            if is_lower(run) {
                return vec![run.to_owned()];
            }
            let snake = acronyms(run).to_snake_case();
            snake.split('_').map(str::to_owned).collect::<Vec<_>>()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether `text` is its words with `_` between.
pub(super) fn are_joined(text: &str) -> bool {
    // Most are such words already, and need not be split to know.
    if text.split('_').all(|word| !word.is_empty() && is_lower(word)) {
        return true;
    }
    split(text).join("_") == text
}

/// Like [`split`], with signs spelled out: `-1` and `+1`, `a.b` and `a[b]`, `_id` and `id` stay apart.
pub(super) fn spell(text: &str) -> Vec<String> {
    let mut spelled = String::new();
    let mut letters = text.chars().peekable();
    let mut is_start = true;
    while let Some(letter) = letters.next() {
        let before_digit = letters.peek().is_some_and(char::is_ascii_digit);
        match sign(letter, is_start, before_digit) {
            Some(word) => spelled.extend([" ", word, " "]),
            None => spelled.push(letter),
        }
        is_start = false;
    }
    split(&spelled)
}

/// Whether [`spell`] gives other words than [`split`].
pub(super) fn spells(text: &str) -> bool {
    text.starts_with('_') || text.contains(|letter| sign(letter, false, true).is_some())
}

fn sign(letter: char, is_start: bool, before_digit: bool) -> Option<&'static str> {
    Some(match letter {
        '-' if is_start || before_digit => "minus",
        '_' if is_start => "underscore",
        '+' => "plus",
        '.' => "dot",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        ':' => "colon",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '<' => "less",
        '>' => "greater",
        '=' => "equals",
        '!' => "not",
        '?' => "question",
        '|' => "or",
        '~' => "tilde",
        '^' => "caret",
        ',' => "comma",
        ';' => "semicolon",
        '(' => "paren",
        '[' => "bracket",
        '{' => "brace",
        '"' | '\'' => "quote",
        _ => return None,
    })
}

/// `words` without repetition: of equal words the last stays, but a first word, which is the verb, always does.
pub(super) fn once(words: &[String]) -> Vec<String> {
    let is_kept = |at: usize, word: &String| {
        let later = words.iter().skip(at + 1).any(|other| other == word);
        let is_first = words.first() == Some(word);
        let is_number = word.starts_with(|it: char| it.is_ascii_digit());
        at == 0 || is_number || !later && !is_first
    };
    let kept = words.iter().enumerate().filter(|(at, word)| is_kept(*at, word));
    kept.map(|(_, word)| word.clone()).collect()
}

/// `snake_case` of `words`, with a trailing `_` for a keyword; `None` where there is no word.
pub(super) fn snake(words: &[String]) -> Option<String> {
    let joined = numbered(cut(words).join("_").trim_matches('_').to_owned(), 'n')?;
    Some(reserved::escaped(joined))
}

/// `UpperCamelCase` of `words`, with a trailing `_` for a keyword; `None` where there is no word.
pub(super) fn camel(words: &[String]) -> Option<String> {
    let joined = numbered(capitalised(&cut(words)), 'N')?;
    Some(reserved::escaped(joined))
}

/// As many of the first `words` as make a name of `longest` letters, `joint` between two; no word that only joins stands last.
pub(super) fn brief(words: &[String], joint: usize, longest: usize) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    let mut length = 0;
    for word in words {
        if !kept.is_empty() && length + word.len() > longest {
            break;
        }
        length += word.len() + joint;
        kept.push(word.clone());
    }
    while kept.len() > 1
        && kept.len() < words.len()
        && kept.last().is_some_and(|word| english::joins(word) || is_letter(word))
    {
        kept.pop();
    }
    kept
}

fn is_letter(word: &str) -> bool {
    word.len() == 1 && word.starts_with(|it: char| it.is_ascii_alphabetic())
}

/// Like [`brief`] for a type: what it is stands last, so what is around it goes first.
pub(super) fn brief_tail(words: &[String]) -> Vec<String> {
    let fits = |at: &usize| words.iter().skip(*at).map(String::len).sum::<usize>() <= BRIEF;
    let start = (0..words.len()).find(fits).unwrap_or(words.len().saturating_sub(1));
    let joins = words.iter().skip(start).take_while(|word| start > 0 && english::joins(word));
    words.get(start + joins.count()..).unwrap_or_default().to_vec()
}

/// `UpperCamelCase` of `words` that always ends with `suffix`, however long they are.
pub(super) fn camel_with(words: &[String], suffix: &str) -> Option<String> {
    let stem = numbered(capitalised(&cut(words)), 'N')?;
    Some(format!("{stem}{suffix}"))
}

/// Whether `word` is lower-case letters and digits alone, so that no rule of cases changes it.
fn is_lower(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// `words` with a capital each.
fn capitalised(words: &[&str]) -> String {
    if !words.iter().all(|word| is_lower(word)) {
        return words.join("_").to_upper_camel_case();
    }
    let mut text = String::with_capacity(words.iter().map(|word| word.len()).sum());
    for word in words {
        let mut letters = word.chars();
        text.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        text.push_str(letters.as_str());
    }
    text
}

/// As many whole words as fit into [`LONGEST`]; a first word that is too long is cut.
fn cut(words: &[String]) -> Vec<&str> {
    let mut kept = Vec::new();
    let mut length = 0;
    for word in words {
        if length + word.len() > LONGEST {
            break;
        }
        length += word.len() + 1;
        kept.push(word.as_str());
    }
    if kept.is_empty()
        && let Some(start) = words.first().and_then(|word| word.get(..LONGEST))
    {
        kept.push(start);
    }
    kept
}

/// Whether a name of `words` does not hold all of them.
pub(super) fn is_cut(words: &[String]) -> bool {
    cut(words).len() < words.len()
}

/// An identifier may not start with a digit.
fn numbered(text: String, prefix: char) -> Option<String> {
    let first = text.chars().next()?;
    Some(if first.is_ascii_digit() { format!("{prefix}{text}") } else { text })
}

/// Whether a sign is spelt in letters although it is none: a pictograph, or the mark of a brand or currency.
pub(super) fn is_pictograph(letter: char) -> bool {
    let spelt = any_ascii::any_ascii_char(letter);
    !letter.is_ascii()
        && !letter.is_alphanumeric()
        && spelt.chars().any(|part| part.is_ascii_alphanumeric())
}

fn transliterate(text: &str) -> String {
    let mut ascii = String::new();
    for letter in text.chars() {
        match letter {
            '\u{2018}' | '\u{2019}' | '\u{2032}' => ascii.push('\''),
            letter if letter.is_ascii() => ascii.push(letter),
            letter => ascii.extend(
                any_ascii::any_ascii_char(letter)
                    .chars()
                    .filter(|part| !matches!(part, '\'' | '`' | '"')),
            ),
        }
    }
    ascii
}

fn without_apostrophes(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\'') {
        plain.push_str(before);
        let after_s = after.strip_prefix(['s', 'S']);
        rest = match after_s {
            Some(tail) if !tail.starts_with(|letter: char| letter.is_ascii_alphanumeric()) => tail,
            Some(_) | None => after,
        };
    }
    plain.push_str(rest);
    plain
}

/// Keeps whole what splitting at capitals would break: `OAuth`, `IPsec`, `iOS`, `IKEv2`, `IDs`.
fn acronyms(run: &str) -> String {
    let upper = |text: &str| text.chars().take_while(char::is_ascii_uppercase).count();
    let capitals = upper(run);
    let (head, tail) = run.split_at_checked(capitals).unwrap_or((run, ""));
    let is_version =
        tail.strip_prefix('v').is_some_and(|rest| rest.starts_with(|it: char| it.is_ascii_digit()));
    if capitals >= 2 && is_version {
        return format!("{}{tail}", head.to_ascii_lowercase());
    }
    if capitals == 2 && tail.starts_with(|it: char| it.is_ascii_lowercase()) && tail != "s" {
        return format!(
            "{}{}{tail}",
            &head.get(..1).unwrap_or_default(),
            head.get(1..).unwrap_or_default().to_ascii_lowercase()
        );
    }
    if is_mixed_acronym(run) {
        return run.to_ascii_lowercase();
    }
    let rest = run.get(1..).unwrap_or_default();
    if capitals == 0 && rest.len() > 1 && upper(rest) == rest.len() {
        return run.to_ascii_lowercase();
    }
    if let Some(acronym) = run.strip_suffix("ID").filter(|acronym| is_before_id(acronym)) {
        return format!("{acronym}_id");
    }
    plural_acronym(run)
}

/// `clientSSL` of `clientSSLID`, `FastL4` of `FastL4ID`; `BSSID` is one word, as are shorter ones.
fn is_before_id(run: &str) -> bool {
    let is_small = |letter: char| letter.is_ascii_lowercase();
    let acronym = run.rsplit(is_small).next().unwrap_or_default();
    let has_digit = acronym.ends_with(|letter: char| letter.is_ascii_digit());
    run.contains(is_small) && (has_digit || acronym.len() >= 3) && !matches!(acronym, "BSS" | "ESS")
}

/// `ToS`, `IoT`, `SaaS`: one word, unlike `PosX`.
fn is_mixed_acronym(run: &str) -> bool {
    let is_upper = |letter: Option<char>| letter.is_some_and(|it| it.is_ascii_uppercase());
    let inside = run.get(1..run.len().saturating_sub(1));
    matches!(inside, Some("o" | "aa"))
        && is_upper(run.chars().next())
        && is_upper(run.chars().last())
}

fn plural_acronym(run: &str) -> String {
    let Some(stem) = run.strip_suffix('s') else { return run.to_owned() };
    let start = stem.trim_end_matches(|letter: char| letter.is_ascii_uppercase()).len();
    match (run.get(..start), stem.get(start..)) {
        (Some(head), Some(acronym)) if acronym.len() >= 2 => {
            let tail = acronym.get(1..).unwrap_or_default().to_ascii_lowercase();
            format!("{head}{}{tail}s", acronym.get(..1).unwrap_or_default())
        }
        _ => run.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{camel, camel_with, snake, spell, split};

    #[test]
    fn mixed_acronyms_are_one_word() {
        for (text, expected) in [
            ("ToS users", "tos_users"),
            ("IoT", "iot"),
            ("SaaS-plan", "saas_plan"),
            ("PosX", "pos_x"),
            ("GetA", "get_a"),
        ] {
            assert_eq!(snake(&split(text)).as_deref(), Some(expected));
        }
    }

    #[test]
    fn texts_become_words() {
        for (text, words) in [
            ("Get a user", "get a user"),
            ("getUserByID", "get user by id"),
            ("HTTPServer", "http server"),
            ("OAuth2 token", "oauth2 token"),
            ("IPsec", "ipsec"),
            ("IKEv2", "ikev2"),
            ("iOS", "ios"),
            ("userIDs", "user ids"),
            ("clientSSLID", "client ssl id"),
            ("fastL4ID", "fast l4 id"),
            ("deviceUUID", "device uuid"),
            ("wifiBSSID", "wifi bssid"),
            ("xAxis", "x axis"),
            ("user's e-mail", "user e mail"),
            ("users\u{2019} roles", "users roles"),
            ("don't", "dont"),
            ("Ünïcode straße", "unicode strasse"),
            ("Пользователи", "polzovateli"),
            ("名前", "ming qian"),
            ("\u{1F389}", "tada"),
            ("a\u{0}b\u{200B}c", "a bc"),
            ("--- ??", ""),
            ("x_y.z/w", "x y z w"),
        ] {
            assert_eq!(split(text).join(" "), words, "{text}");
        }
    }

    #[test]
    fn no_word_is_said_twice() {
        for (said, once) in [
            ("avatar set project avatar", "avatar set project"),
            ("create order from order", "create from order"),
            ("get teams get", "get teams"),
            ("list 2 by 2", "list 2 by 2"),
        ] {
            assert_eq!(super::once(&split(said)).join(" "), once);
        }
    }

    #[test]
    fn words_become_identifiers() {
        for (text, snake_case, camel_case) in [
            ("type", "type_", "Type"),
            ("self", "self_", "Self_"),
            ("gen", "gen_", "Gen"),
            ("2 factor", "n2_factor", "N2Factor"),
            ("union", "union", "Union"),
        ] {
            assert_eq!(snake(&split(text)).as_deref(), Some(snake_case));
            assert_eq!(camel(&split(text)).as_deref(), Some(camel_case));
        }
        assert_eq!(snake(&[]), None);
        assert_eq!(snake(&split(&"long ".repeat(40))).map(|name| name.len()), Some(59));
        assert_eq!(snake(&split(&"l".repeat(400))).map(|name| name.len()), Some(60));
        let request = camel_with(&split(&"long ".repeat(40)), "Request").unwrap();
        assert!(request.ends_with("LongRequest"), "{request}");
    }

    #[test]
    fn signs_tell_apart() {
        assert_eq!(spell("+1").join(" "), "plus 1");
        assert_eq!(spell("a.b").join(" "), "a dot b");
    }
}
