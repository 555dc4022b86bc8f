//! What is wrong with a part of a style.

/// Why an expression cannot be used, in words.
pub type Fault = String;
