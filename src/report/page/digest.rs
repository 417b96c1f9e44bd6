//! The content security policy's name for an inline script: its SHA-256 in base 64.

use sha2::{Digest as _, Sha256};

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// `bytes` in base 64 with padding (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number = three.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let letter = if at <= three.len() { LETTERS[(number >> (18 - 6 * at) & 63) as usize] } else { b'=' };
            text.push(char::from(letter));
        }
    }
    text
}

/// The source expression that lets `script` run.
pub(super) fn source(script: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(script)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn base_64_is_that_of_the_standard() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(super::base64(bytes.as_bytes()), text);
        }
    }
}
