//! The lottery that orders equals.

use sha2::{Digest, Sha256};

/// A draw of the lottery: the first eight bytes, big endian, of SHA-256 over
/// `talent-match lottery`, the seed as eight bytes big endian, `side` and the external id, each ended by a zero byte.
/// Lower draws come first; equal draws are ordered by id. Anybody can check a draw with any SHA-256 program.
///
/// ```
/// use talent_match::market::{Side, lottery_draw};
///
/// assert_ne!(lottery_draw(1, Side::Supply, "li"), lottery_draw(2, Side::Supply, "li"));
/// assert_ne!(lottery_draw(1, Side::Supply, "li"), lottery_draw(1, Side::Demand, "li"));
/// ```
#[must_use]
pub fn lottery_draw(seed: u64, side: super::Side, id: &str) -> u64 {
    let mut hash = Sha256::new();
    hash.update(b"talent-match lottery\0");
    hash.update(seed.to_be_bytes());
    hash.update(b"\0");
    hash.update(side.word());
    hash.update(b"\0");
    hash.update(id);
    hash.update(b"\0");
    let bytes = hash.finalize();
    bytes.iter().take(8).fold(0, |draw, byte| draw << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::super::Side;

    #[test]
    fn a_published_draw_stays_what_it_was() {
        // printf 'talent-match lottery\0\0\0\0\0\0\0\0\7\0supply\0li\0' | sha256sum
        assert_eq!(super::lottery_draw(7, Side::Supply, "li"), EXPECTED);
    }

    const EXPECTED: u64 = 0xaf10_85de_37e1_945a;
}
