//! The encodings that a plan may come in.

use serde::Serialize;

/// How a file's bytes were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Bom,
    /// GB 18030, which includes GBK and GB 2312.
    Gb18030,
    Utf16Le,
    Utf16Be,
    /// No text: empty or binary.
    Unknown,
}
