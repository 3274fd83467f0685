//! Literal text of host names as it stands on the wire: lower case, and ASCII by Punycode (RFC 3492).

/// An IPv4 address in any of its spellings (`127.1`, `0x7f.0.0.1`) as four decimal numbers; `None` for anything else (WHATWG URL, IPv4 parser).
pub(super) fn ipv4(host: &str) -> Option<String> {
    let parts: Vec<&str> = host.strip_suffix('.').unwrap_or(host).split('.').collect();
    let numbers: Vec<u64> = parts.iter().map(|part| number(part)).collect::<Option<_>>()?;
    let (last, first) = numbers.split_last()?;
    let open = u32::try_from(4_usize.checked_sub(first.len())?).ok()?;
    if first.iter().any(|it| *it > 255) || *last >= 256_u64.pow(open) {
        return None;
    }
    let high = first.iter().zip([24, 16, 8]).map(|(it, by)| it << by).sum::<u64>();
    let [a, b, c, d] = u32::try_from(high + last).ok()?.to_be_bytes();
    Some(format!("{a}.{b}.{c}.{d}"))
}

/// A number in decimal, octal (`0…`) or hexadecimal (`0x…`).
fn number(text: &str) -> Option<u64> {
    let lower = text.to_ascii_lowercase();
    let (digits, radix) = match (lower.strip_prefix("0x"), lower.strip_prefix('0')) {
        (Some(""), _) => return Some(0),
        (Some(rest), _) => (rest, 16),
        (None, Some(rest)) if !rest.is_empty() => (rest, 8),
        (None, _) => (lower.as_str(), 10),
    };
    let plain = digits.bytes().all(|byte| byte.is_ascii_alphanumeric());
    u64::from_str_radix(digits, radix).ok().filter(|_| plain)
}

/// The host's text in lower case, its labels in ASCII.
pub(super) fn ascii(host: &str) -> String {
    let label = |label: &str| {
        let lower = label.to_lowercase();
        match encoded(&lower) {
            Some(encoded) if !lower.is_ascii() => format!("xn--{encoded}"),
            Some(_) | None => lower,
        }
    };
    host.split('.').map(label).collect::<Vec<_>>().join(".")
}

/// RFC 3492 §6.3; `None` on overflow.
fn encoded(label: &str) -> Option<String> {
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(out.len()).ok()?;
    if basic > 0 {
        out.push('-');
    }
    let (mut code, mut delta, mut bias, mut handled) = (128_u32, 0_u32, 72, basic);
    let total = u32::try_from(label.chars().count()).ok()?;
    while handled < total {
        let next = label.chars().map(u32::from).filter(|c| *c >= code).min()?;
        delta = delta.checked_add((next - code).checked_mul(handled + 1)?)?;
        code = next;
        for c in label.chars().map(u32::from) {
            if c < code {
                delta = delta.checked_add(1)?;
            }
            if c == code {
                push_number(&mut out, delta, bias);
                bias = adapted(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        code += 1;
    }
    Some(out)
}

fn push_number(out: &mut String, mut number: u32, bias: u32) {
    let mut k = 36_u32;
    loop {
        let threshold = k.saturating_sub(bias).clamp(1, 26);
        if number < threshold {
            out.extend(digit(number));
            return;
        }
        out.extend(digit(threshold + (number - threshold) % (36 - threshold)));
        number = (number - threshold) / (36 - threshold);
        k += 36;
    }
}

fn digit(value: u32) -> Option<char> {
    char::from_u32(if value < 26 { u32::from('a') + value } else { u32::from('0') + value - 26 })
}

fn adapted(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::{ascii, ipv4};

    #[test]
    fn writes_addresses_in_full() {
        for (host, wanted) in [
            ("127.1", Some("127.0.0.1")),
            ("0x7F.1", Some("127.0.0.1")),
            ("0300.0250.1", Some("192.168.0.1")),
            ("2130706433", Some("127.0.0.1")),
            ("10.0.0.256", None),
            ("1.2.3.4.5", None),
            ("1.2.3.4x", None),
            ("example.1x", None),
            ("", None),
        ] {
            assert_eq!(ipv4(host).as_deref(), wanted, "{host}");
        }
    }

    #[test]
    fn writes_hosts_in_ascii() {
        for (host, wanted) in [
            ("API.Example.com", "api.example.com"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("münchen-ost.de", "xn--mnchen-ost-9db.de"),
            ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
            (".X.com", ".x.com"),
            ("[::1]", "[::1]"),
        ] {
            assert_eq!(ascii(host), wanted);
        }
    }
}
