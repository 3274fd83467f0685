//! Bytes -> text: UTF-8, or UTF-16 where a byte order mark says so.

/// The text in `bytes`; a byte order mark is dropped.
///
/// # Errors
///
/// One sentence with the offset of the first byte that is neither.
pub fn decode(bytes: &[u8]) -> Result<String, String> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest, 3),
        _ => utf8(bytes, 0),
    }
}

fn utf8(bytes: &[u8], skipped: usize) -> Result<String, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        format!("not UTF-8: the byte at offset {} is invalid", skipped + error.valid_up_to())
    })?;
    Ok(text.to_owned())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(format!("not UTF-16: {} bytes are no whole units", bytes.len() + 2));
    }
    let units = pairs.iter().map(|pair| unit(*pair));
    let text = char::decode_utf16(units);
    Ok(text.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn reads_what_editors_save() {
        for (bytes, wanted) in [
            (b"{}".as_slice(), Ok("{}".to_owned())),
            (b"\xef\xbb\xbf{}", Ok("{}".to_owned())),
            (b"\xff\xfe{\0}\0", Ok("{}".to_owned())),
            (b"\xfe\xff\0{\0}", Ok("{}".to_owned())),
            (b"{\"a\xff", Err("not UTF-8: the byte at offset 3 is invalid".to_owned())),
            (b"\xff\xfe{", Err("not UTF-16: 3 bytes are no whole units".to_owned())),
        ] {
            assert_eq!(decode(bytes), wanted);
        }
    }
}
