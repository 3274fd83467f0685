//! FNV-1a of 64 bits: names of sources, digests of keys and of emitted files, the same in every build.

/// A hash that is being made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// The hash of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut hash = Self::default();
        hash.update(bytes);
        hash
    }

    /// Adds bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// The hash as a number.
    #[must_use]
    pub fn finish(self) -> u64 {
        self.0
    }
}

/// The name of a source, by its bytes: 16 hexadecimal digits.
#[must_use]
pub fn source_name(bytes: &[u8]) -> String {
    format!("{:016x}", Fnv::of(bytes).finish())
}

#[cfg(test)]
mod tests {
    use super::{Fnv, source_name};

    #[test]
    fn the_published_vectors() {
        let vectors = [
            ("", 0xcbf2_9ce4_8422_2325),
            ("a", 0xaf63_dc4c_8601_ec8c),
            ("foobar", 0x8594_4171_f739_67e8),
        ];
        for (text, wanted) in vectors {
            assert_eq!(Fnv::of(text.as_bytes()).finish(), wanted, "{text}");
        }
        assert_eq!(source_name(b"a"), "af63dc4c8601ec8c");
    }
}
