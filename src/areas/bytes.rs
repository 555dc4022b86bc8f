//! Numbers of seven bits a byte, read without belief in what lengths claim.

use super::AreasError;

/// Bytes and how far they are read.
pub(super) struct Bytes<'a> {
    rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether everything was read.
    pub(super) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next number.
    pub(super) fn number(&mut self) -> Result<u32, AreasError> {
        let mut value = 0_u32;
        for shift in (0..32).step_by(7) {
            let (first, rest) = self.rest.split_first().ok_or(AreasError::Short)?;
            self.rest = rest;
            let bits = u32::from(first & 0x7f);
            value |=
                bits.checked_shl(shift).filter(|v| v >> shift == bits).ok_or(AreasError::Wrong)?;
            if first & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(AreasError::Wrong)
    }

    /// The next number with a sign.
    pub(super) fn signed(&mut self) -> Result<i32, AreasError> {
        let value = self.number()?;
        let half = i32::try_from(value >> 1).map_err(|_| AreasError::Wrong)?;
        Ok(if value & 1 == 0 { half } else { -half - 1 })
    }

    /// A count of things of which each takes at least `least` bytes.
    pub(super) fn count(&mut self, least: usize) -> Result<usize, AreasError> {
        let count = self.number()? as usize;
        if count.saturating_mul(least) > self.rest.len() {
            return Err(AreasError::Short);
        }
        Ok(count)
    }
}
