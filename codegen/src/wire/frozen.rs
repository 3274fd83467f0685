//! Values made anew for each call, as the truth was recorded with them: time, identifiers, random integers.

/// `text` with values made anew for each call replaced by the ones the truth was recorded with.
pub(super) fn frozen(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (length, stand_in) = generated(rest);
        if length == 0 {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        } else {
            out.push_str(stand_in);
            rest = rest.get(length..).unwrap_or_default();
        }
    }
    out
}

/// `ours` with each integer from 0 to 1000 replaced by the truth's where that is the stand-in for one.
pub(super) fn with_integers(ours: &str, theirs: &str) -> String {
    let (mut out, mut ours, mut theirs) = (String::with_capacity(ours.len()), ours, theirs);
    while let Some(first) = ours.chars().next() {
        let digits = ours.bytes().take_while(u8::is_ascii_digit).count();
        let number = ours.get(..digits).and_then(|it| it.parse::<u32>().ok());
        let stands_in = number.is_some_and(|it| it <= 1000) && theirs.starts_with(INTEGER);
        let (mine, other) =
            if stands_in { (digits, INTEGER.len()) } else { (first.len_utf8(), first.len_utf8()) };
        out.push_str(if stands_in { INTEGER } else { ours.get(..mine).unwrap_or_default() });
        ours = ours.get(mine..).unwrap_or_default();
        theirs = theirs.get(other..).unwrap_or_default();
    }
    out
}

/// What the truth has for a random integer.
const INTEGER: &str = "42";

const FROZEN: [(&str, &str); 3] = [
    ("xxxxxxxx-xxxx-4xxx-xxxx-xxxxxxxxxxxx", "00000000-0000-4000-8000-000000000000"),
    ("dddd-dd-ddTdd:dd:dd.dddZ", "2023-11-14T22:13:20.000Z"),
    ("1ddddddddd", "1700000000"),
];

fn generated(text: &str) -> (usize, &'static str) {
    for (pattern, stand_in) in FROZEN {
        let bytes = text.as_bytes();
        let fits = bytes.len() >= pattern.len()
            && pattern.bytes().zip(bytes).all(|(wanted, byte)| match wanted {
                b'x' => byte.is_ascii_hexdigit(),
                b'd' => byte.is_ascii_digit(),
                literal => literal == *byte,
            });
        let ends = bytes.get(pattern.len()).is_none_or(|next| !next.is_ascii_alphanumeric());
        if fits && ends {
            return (pattern.len(), stand_in);
        }
    }
    (0, "")
}
