//! A finite number that can be compared and hashed, so that definitions can.

/// A number that is neither infinite nor NaN; minus zero is zero.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Finite(u64);

impl Finite {
    pub fn new(value: f64) -> Option<Self> {
        // Adding zero makes the one zero of the other.
        value.is_finite().then(|| Self((value + 0.0).to_bits()))
    }

    /// A whole number, of which every one is finite.
    pub fn whole(value: i32) -> Self {
        Self(f64::from(value).to_bits())
    }

    pub const fn get(self) -> f64 {
        f64::from_bits(self.0)
    }
}

impl std::fmt::Debug for Finite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.get().fmt(f)
    }
}
