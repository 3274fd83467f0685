//! Text of a title without its markup.
//!
//! In: a name as written, with Markdown, HTML, entities or pictographs in it. Out: what a person reads of it. Knows nothing of requests and folders.

use super::words;

/// Elements that people write into names; `<id>` is a path variable, not one of these.
const ELEMENTS: &[&str] = &[
    "a", "b", "big", "br", "center", "code", "del", "div", "em", "font", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "s", "small",
    "span", "strike", "strong", "sub", "sup", "u", "ul",
];

/// `<b>Get</b> [users](https://…) ✅` -> `Get users`.
pub(super) fn plain(title: &str) -> String {
    let mut plain = String::new();
    let mut rest = title;
    let is_word = |it: char| it.is_ascii_alphanumeric() || it == ' ';
    while let Some(letter) = rest.chars().next() {
        if is_word(letter) {
            let end = rest.find(|it| !is_word(it)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            plain.push_str(word);
            rest = after;
            continue;
        }
        let (said, after) = markup(rest).unwrap_or_else(|| {
            let after = rest.get(letter.len_utf8()..).unwrap_or_default();
            (sign(letter, plain.ends_with(|it: char| it.is_ascii_digit())), after)
        });
        plain.push_str(&said);
        rest = after;
    }
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = plain.trim_matches(['*', '`', '~']).trim_start_matches(['#', '>', ' ']);
    // `#1` is a number, not a heading.
    let number = title.trim_start().strip_prefix('#').filter(|it| it.starts_with(char::is_numeric));
    if number.is_some() { format!("#{plain}") } else { plain.trim().to_owned() }
}

/// What markup at the start of `rest` says, and the rest after it.
fn markup(rest: &str) -> Option<(String, &str)> {
    element(rest).or_else(|| entity(rest)).or_else(|| link(rest))
}

fn element(rest: &str) -> Option<(String, &str)> {
    let (inside, after) = rest.strip_prefix('<')?.split_once('>')?;
    let name = inside.trim_start_matches('/');
    let end = name.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(name.len());
    let name = name.get(..end)?.to_ascii_lowercase();
    // Inside a word an element is no gap.
    let gap = if matches!(name.as_str(), "br" | "hr" | "li" | "p" | "div") { " " } else { "" };
    ELEMENTS.contains(&name.as_str()).then(|| (gap.to_owned(), after))
}

fn entity(rest: &str) -> Option<(String, &str)> {
    let (name, after) = rest.strip_prefix('&')?.split_once(';')?;
    let is_number = |it: &str| {
        it.len() > 1 && it.starts_with('#') && it.chars().all(|c| c != ' ') && it.len() < 8
    };
    let said = match name {
        "amp" => "&",
        "apos" | "rsquo" | "lsquo" | "#39" => "'",
        "nbsp" | "quot" | "lt" | "gt" | "ndash" | "mdash" | "hellip" | "copy" | "reg" => " ",
        other if is_number(other) => " ",
        _ => return None,
    };
    Some((said.to_owned(), after))
}

/// `[text](address)`, and the image `![text](address)`.
fn link(rest: &str) -> Option<(String, &str)> {
    let (text, after) =
        rest.strip_prefix('!').unwrap_or(rest).strip_prefix('[')?.split_once("](")?;
    let (_, after) = after.split_once(')')?;
    (!text.contains(['[', ']'])).then(|| (text.to_owned(), after))
}

/// A letter or sign; pictographs are gaps, and a keycap ends a number.
fn sign(letter: char, after_digit: bool) -> String {
    match letter {
        '\u{20E3}' if after_digit => ". ".to_owned(),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-".to_owned(),
        '\u{FE00}'..='\u{FE0F}' | '\u{200B}'..='\u{200D}' => String::new(),
        letter if words::is_pictograph(letter) => " ".to_owned(),
        letter => letter.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn markup_is_not_read() {
        for (title, text) in [
            ("<b>List</b> shops<br/>", "List shops"),
            ("**List** shops", "List** shops"),
            ("`List` [all shops](https://a.example/b)", "List` all shops"),
            ("## List shops", "List shops"),
            ("#2 List shops", "#2 List shops"),
            ("Tom &amp; Ann&#39;s&nbsp;shop", "Tom & Ann's shop"),
            ("\u{1F6D2} List shops \u{2705}", "List shops"),
            ("1\u{FE0F}\u{20E3} List shops", "1. List shops"),
            ("Shops \u{2013} all", "Shops - all"),
            ("shops <id>", "shops <id>"),
            ("\u{1F6D2}", ""),
            ("Geschäfte é", "Geschäfte é"),
            ("a < b & c; d", "a < b & c; d"),
        ] {
            assert_eq!(plain(title), text, "{title}");
        }
    }
}
