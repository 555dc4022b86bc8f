//! Damage to an input, decided by its number alone.

use crate::case::Case;

/// `SplitMix64` (Steele, Lea, Flood 2014).
pub struct Dice(u64);

impl Dice {
    pub fn new(number: u64, name: &str) -> Self {
        // FNV-1a of the name: readers with the same number get different damage.
        let hash = name.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        });
        Self(hash ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `end`; 0 where that is 0.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end as u64).max(1)).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let at = self.below(from.len());
        from.get(at)
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// No input grows beyond this.
const LONGEST: usize = 1 << 20;

/// Whole numbers at which lengths, counts and offsets break.
const WHOLE: [u64; 22] = [
    0,
    1,
    2,
    7,
    8,
    0x7F,
    0x80,
    0xFF,
    0x100,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x1_0000,
    0xFF_FFFF,
    0x7FFF_FFFF,
    0x8000_0000,
    0xFFFF_FFFE,
    0xFFFF_FFFF,
    0x1_0000_0000,
    i64::MAX as u64,
    1 << 63,
    u64::MAX,
];

const REAL: [f64; 14] = [
    0.0,
    -0.0,
    90.0,
    -90.0,
    180.0,
    360.0,
    1e-310,
    1e7,
    38_500_000.0,
    1e18,
    1e308,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
];

/// The same in text.
const FIGURES: [&str; 20] = [
    "0",
    "-0",
    "-1",
    "1e308",
    "-1e309",
    "1e-320",
    "90",
    "91",
    "180.0000001",
    "-180",
    "NaN",
    "inf",
    "65535",
    "65536",
    "2147483647",
    "4294967296",
    "9223372036854775807",
    "18446744073709551616",
    "38500000",
    "99999999999999999999999999999999999999999999",
];

/// An input of a reader.
pub fn case(number: u64, name: &str, seeds: &[Case], tokens: &[&str]) -> Case {
    let mut dice = Dice::new(number, name);
    let Some(mut case) = dice.pick(seeds).cloned() else {
        return Case { files: Vec::new(), packed: None };
    };
    let other = dice.pick(seeds).cloned();
    if let Some(name) = case.packed.filter(|_| dice.one_in(8)) {
        // The directory of the ZIP file itself.
        case = Case::one(name, case.zipped().unwrap_or_default());
    }
    if case.files.len() > 2 && dice.one_in(50) {
        let lost = dice.below(case.files.len());
        case.files.remove(lost);
    }
    let rounds = 1 << dice.below(4);
    for _ in 0..rounds {
        // The first file is the one that says what the others are.
        let which = if dice.one_in(2) { 0 } else { dice.below(case.files.len()) };
        let spare = other.as_ref().and_then(|other| other.files.get(which));
        if let Some((_, bytes)) = case.files.get_mut(which) {
            damage(&mut dice, bytes, spare.map_or(&[], |(_, bytes)| bytes), tokens);
        }
    }
    if let Some(name) = case.packed {
        case = Case::one(name, case.zipped().unwrap_or_default());
    }
    case
}

fn damage(dice: &mut Dice, bytes: &mut Vec<u8>, other: &[u8], tokens: &[&str]) {
    let length = bytes.len();
    // Heads decide most.
    let near = if dice.one_in(3) { length.min(256) } else { length };
    let at = dice.below(near);
    match dice.below(16) {
        0 | 1 => {
            let bit = 1 << dice.below(8);
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= bit;
            }
        }
        2 => {
            let value = dice.pick(b"\0\x01\x7F\x80\xFF\"'<>[]{},;:\n\\ -.e").copied();
            if let (Some(byte), Some(value)) = (bytes.get_mut(at), value) {
                *byte = value;
            }
        }
        3 | 4 => {
            let mut value = dice.pick(&WHOLE).copied().unwrap_or(0);
            if dice.one_in(4) {
                value = (length as u64).wrapping_add(value & 3).wrapping_sub(1);
            }
            let size = [1, 2, 4, 4, 8][dice.below(5)];
            let raw = value.to_le_bytes();
            let raw = raw.get(..size).unwrap_or(&raw);
            if dice.one_in(2) {
                lay(bytes, at, raw);
            } else {
                let turned: Vec<u8> = raw.iter().rev().copied().collect();
                lay(bytes, at, &turned);
            }
        }
        5 => {
            let value = dice.pick(&REAL).copied().unwrap_or(0.0);
            let raw = if dice.one_in(2) { value.to_le_bytes() } else { value.to_be_bytes() };
            lay(bytes, at, &raw);
        }
        6 => bytes.truncate(at),
        7 => {
            let end = (at + block(dice)).min(length);
            bytes.drain(at.min(end)..end);
        }
        8 => {
            let end = (at + block(dice)).min(length);
            let own = bytes.get(at..end).unwrap_or_default().to_vec();
            let times = if dice.one_in(8) { 1 + dice.below(1000) } else { 1 + dice.below(4) };
            put(bytes, end, &own.repeat(times.min(LONGEST / own.len().max(1))));
        }
        9 => {
            let size = block(dice).min(length / 2);
            let (a, b) = (dice.below(length - size + 1), dice.below(length - size + 1));
            let first = bytes.get(a..a + size).unwrap_or_default().to_vec();
            let second = bytes.get(b..b + size).unwrap_or_default().to_vec();
            lay(bytes, b, &first);
            lay(bytes, a, &second);
        }
        10 => {
            let from = if dice.one_in(2) { at } else { dice.below(other.len()) };
            bytes.truncate(at);
            bytes.extend_from_slice(other.get(from..).unwrap_or_default());
        }
        11 | 12 => {
            let token = dice.pick(tokens).map_or(&b"\0"[..], |token| token.as_bytes());
            match dice.below(8) {
                0 => put(bytes, at, &token.repeat(1 + dice.below(100_000 / token.len().max(1)))),
                1 | 2 => lay(bytes, at, token),
                _ => put(bytes, at, token),
            }
        }
        13 | 14 => figure(dice, bytes, at),
        _ => {
            let noise: Vec<u8> = (0..block(dice)).map(|_| dice.next().to_le_bytes()[0]).collect();
            put(bytes, at, &noise);
        }
    }
    bytes.truncate(LONGEST);
}

/// The length of a piece: mostly short.
fn block(dice: &mut Dice) -> usize {
    let bits = dice.below(10);
    1 + dice.below(1 << bits)
}

/// Writes over.
fn lay(bytes: &mut [u8], at: usize, own: &[u8]) {
    for (to, from) in bytes.iter_mut().skip(at).zip(own) {
        *to = *from;
    }
}

/// Writes between.
fn put(bytes: &mut Vec<u8>, at: usize, own: &[u8]) {
    let at = at.min(bytes.len());
    bytes.splice(at..at, own.iter().copied());
}

/// Another figure for the first at or after a place.
fn figure(dice: &mut Dice, bytes: &mut Vec<u8>, at: usize) {
    let digit = |byte: &u8| byte.is_ascii_digit();
    let Some(from) = bytes.iter().skip(at).position(digit).map(|skip| at + skip) else { return };
    let rest = bytes.get(from..).unwrap_or_default();
    let count = rest.iter().take_while(|byte| digit(byte) || **byte == b'.').count();
    let own = dice.pick(&FIGURES).map_or(&b"0"[..], |figure| figure.as_bytes());
    bytes.splice(from..from + count, own.iter().copied());
}
