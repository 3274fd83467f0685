//! Numbering before a title: `2b. `, `Step 4: `, `03 - `, `(1) `, a date.
//!
//! In: a title. Out: the rest of it. `2FA`, `3 things` and `404 - gone` are no numbering.

/// Words that stand before a number.
const STEPS: &[&str] =
    &["step", "task", "part", "phase", "stage", "chapter", "lesson", "exercise", "scenario"];

/// `title` without the numbering before it, where a name is left.
pub(super) fn without(title: &str) -> &str {
    let rest = after_step(title)
        .or_else(|| after_bracket(title))
        .or_else(|| after_date(title))
        .or_else(|| after_number(title, false))
        .or_else(|| after_letter(title));
    named_or(rest.map_or(title, str::trim_start), title)
}

/// `Step 4: `.
fn after_step(title: &str) -> Option<&str> {
    let (word, rest) = title.split_once(' ')?;
    let is_step = STEPS.contains(&word.to_lowercase().as_str());
    let rest = is_step.then(|| rest.trim_start())?;
    // After `Step` the number needs no sign.
    after_number(rest, word.eq_ignore_ascii_case("step"))
}

/// `(1) `, `#1 `.
fn after_bracket(title: &str) -> Option<&str> {
    let rest = match title.strip_prefix('(') {
        Some(rest) => rest.split_once(')').filter(|(number, _)| is_number(number))?.1,
        None => {
            let number = title.strip_prefix('#')?;
            let rest = number.trim_start_matches(|it: char| it.is_ascii_digit());
            (rest != number).then_some(rest)?
        }
    };
    Some(rest.trim_start_matches([' ', ':', '-', '.', ')']))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|it| it.is_ascii_digit())
}

/// `2026-01-31 `.
fn after_date(title: &str) -> Option<&str> {
    let (date, rest) = title.split_once(' ')?;
    let parts: Vec<&str> = date.trim_end_matches([':', ',']).split(['-', '/', '.']).collect();
    let is_date = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => [month, day].iter().all(|it| it.len() <= 2),
        [day, month, year] if year.len() == 4 => [month, day].iter().all(|it| it.len() <= 2),
        _ => false,
    };
    let is_date = is_date && parts.iter().all(|it| is_number(it));
    is_date.then(|| rest.trim_start_matches(['-', ':', ' ']))
}

/// `2b. `, `1b `, `3) `, `1.2.3 `, `4_`, `1 - `, `03 `.
fn after_number(title: &str, is_bare: bool) -> Option<&str> {
    let mut rest = title.trim_start_matches(|it: char| it.is_ascii_digit());
    let first = title.get(..title.len() - rest.len()).filter(|it| !it.is_empty())?;
    let mut is_outline = false;
    while let Some(digits) = rest.strip_prefix('.')
        && digits.starts_with(|it: char| it.is_ascii_digit())
    {
        rest = digits.trim_start_matches(|it: char| it.is_ascii_digit());
        is_outline = true;
    }
    let is_padded = first.len() > 1 && first.starts_with('0');
    let is_status = !is_outline && !is_padded && first.len() == 3;
    if is_status && first.parse().is_ok_and(|it: u16| (100..600).contains(&it)) {
        return None;
    }
    // `2D` and `5G` are words; a list seldom goes on beyond `c`.
    if let Some(rest) = ["a ", "b ", "c "].iter().find_map(|letter| rest.strip_prefix(letter)) {
        return Some(rest);
    }
    let mut letters = rest.chars();
    if let (Some(letter), Some('.' | ')')) = (letters.next(), letters.next())
        && letter.is_ascii_alphabetic()
    {
        rest = rest.get(1..)?;
    }
    after_sign(rest).or_else(|| {
        let is_enough = is_bare || is_outline || is_padded;
        rest.strip_prefix(' ')
            .filter(|_| is_enough)
            .or_else(|| rest.strip_prefix('-').filter(|_| is_padded))
    })
}

/// The rest after the sign that ends a number.
fn after_sign(rest: &str) -> Option<&str> {
    let close = [".)", ".", ")", "_", ":"].iter().find_map(|sign| rest.strip_prefix(sign));
    let close = close.or_else(|| rest.strip_prefix("- "));
    let apart = || {
        let after = rest.trim_start();
        let signs = ["- ", "| ", ") ", ": ", ". ", "> "];
        (after != rest).then(|| signs.iter().find_map(|sign| after.strip_prefix(sign)))?
    };
    let after = close.or_else(apart)?;
    // After a sign of its own, a dash is one more: `1.1 - Start`.
    let after = after.trim_start();
    (!after.starts_with(|it: char| it.is_ascii_digit()) || close.is_none())
        .then(|| after.strip_prefix("- ").unwrap_or(after))
}

/// `a) `, `B. `, `IV. `.
fn after_letter(title: &str) -> Option<&str> {
    let (mark, rest) = title.split_once(' ')?;
    let mark = mark.strip_suffix([')', '.'])?;
    let is_roman = mark.len() <= 4 && mark.chars().all(|it| matches!(it, 'I' | 'V' | 'X'));
    let is_letter = mark.len() == 1 && mark.chars().all(|it| it.is_ascii_alphabetic());
    (!mark.is_empty() && (is_letter || is_roman)).then_some(rest)
}

/// `shorter`, where it still has a letter.
pub(super) fn named_or<'a>(shorter: &'a str, title: &'a str) -> &'a str {
    if shorter.chars().any(char::is_alphabetic) { shorter } else { title }
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn numbering_is_no_name() {
        for title in [
            "7. Open a shop",
            "2b. Open a shop",
            "1b Open a shop",
            "3) Open a shop",
            "1.2.3 Open a shop",
            "1.1. Open a shop",
            "1.1 - Open a shop",
            "2.2_Open a shop",
            "4_Open a shop",
            "1 - Open a shop",
            "1- Open a shop",
            "03 - Open a shop",
            "03 Open a shop",
            "03-Open a shop",
            "1: Open a shop",
            "1.) Open a shop",
            "Step 4: Open a shop",
            "step 4 Open a shop",
            "Task 4 - Open a shop",
            "(1) Open a shop",
            "#1 Open a shop",
            "a) Open a shop",
            "B. Open a shop",
            "IV. Open a shop",
            "2026-01-31 Open a shop",
            "31.01.2026: Open a shop",
        ] {
            assert_eq!(without(title), "Open a shop", "{title}");
        }
    }

    #[test]
    fn numbers_that_say_something_stay() {
        for title in [
            "2FA settings",
            "2d games",
            "5g sites",
            "3 wishes",
            "1.5x speed",
            "3-legged login",
            "24/7 support",
            "404 - gone",
            "200",
            "1.",
            "1:1 chats",
            "Step by step",
            "Task list",
            "I want",
        ] {
            assert_eq!(without(title), title);
        }
    }
}
