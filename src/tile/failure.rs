//! Why a tile is not there, in words a person understands.

use std::time::Duration;

/// What went wrong with one tile. Never holds an address or a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    #[error("the server did not answer in time")]
    Timeout,
    #[error("the server cannot be reached")]
    Unreachable,
    #[error("the server refused (HTTP {0})")]
    Refused(u16),
    #[error("the key is of another type than this program needs: a key for servers is wanted")]
    KeyType,
    #[error("the key is not valid")]
    KeyInvalid,
    #[error("this basemap needs a key")]
    KeyMissing,
    #[error("the key's quota is used up")]
    Quota,
    #[error("the server asks to slow down")]
    SlowDown(Option<Duration>),
    #[error("the server has a fault (HTTP {0})")]
    Server(u16),
    #[error("what came is no picture")]
    NotAPicture,
    #[error("the picture is damaged")]
    Damaged,
    #[error("what came is far too large for a tile")]
    TooLarge,
    #[error("the file of the basemap cannot be read")]
    File,
    #[error("the address of the basemap is wrong")]
    Address,
}

impl Failure {
    /// Its name in locale entries.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Unreachable => "unreachable",
            Self::Refused(_) => "refused",
            Self::KeyType => "key_type",
            Self::KeyInvalid => "key_invalid",
            Self::KeyMissing => "key_missing",
            Self::Quota => "quota",
            Self::SlowDown(_) => "slow_down",
            Self::Server(_) => "server",
            Self::NotAPicture => "not_a_picture",
            Self::Damaged => "damaged",
            Self::TooLarge => "too_large",
            Self::File => "file",
            Self::Address => "address",
        }
    }

    /// Whether it says something of the whole source and not of one tile: then one probe is enough
    /// to find out that it is over.
    pub const fn is_of_source(&self) -> bool {
        matches!(
            self,
            Self::Timeout
                | Self::Unreachable
                | Self::Refused(_)
                | Self::KeyType
                | Self::KeyInvalid
                | Self::KeyMissing
                | Self::Quota
                | Self::SlowDown(_)
                | Self::Server(_)
                | Self::Address
        )
    }

    /// What a status and the beginning of a body say; `None` for success. 404, 410 and 204 are not
    /// failures: the source has no tile there.
    pub fn of_status(status: u16, body: &[u8], retry_after: Option<Duration>) -> Option<Self> {
        match status {
            200..=299 => None,
            // A used-up quota is told with this status too; that slowing down does not help it.
            429 if retry_after.is_none() && of_words(body) == Some(Self::Quota) => {
                Some(Self::Quota)
            }
            429 => Some(Self::SlowDown(retry_after)),
            503 if retry_after.is_some() => Some(Self::SlowDown(retry_after)),
            500..=599 => Some(Self::Server(status)),
            _ => Some(of_words(body).unwrap_or(Self::Refused(status))),
        }
    }

    /// What a body that is no picture says, whatever the status: services tell of keys in words.
    pub fn of_body(body: &[u8]) -> Self {
        of_words(body).unwrap_or(Self::NotAPicture)
    }
}

/// 天地图 answers with a sentence in JSON, XML or HTML. The words are looked for, not the forms.
fn of_words(body: &[u8]) -> Option<Failure> {
    const WORDS: [(&str, Failure); 16] = [
        ("权限类型", Failure::KeyType),
        ("密钥类型", Failure::KeyType),
        ("类型不符", Failure::KeyType),
        ("类型不匹配", Failure::KeyType),
        ("配额", Failure::Quota),
        ("超限", Failure::Quota),
        ("访问量", Failure::Quota),
        ("已用完", Failure::Quota),
        ("已用尽", Failure::Quota),
        ("quota", Failure::Quota),
        ("非法key", Failure::KeyInvalid),
        ("非法密钥", Failure::KeyInvalid),
        ("无效", Failure::KeyInvalid),
        ("invalid key", Failure::KeyInvalid),
        ("invalid token", Failure::KeyInvalid),
        ("invalid_api_key", Failure::KeyInvalid),
    ];
    let start = body.get(..body.len().min(4096)).unwrap_or_default();
    let text = String::from_utf8_lossy(start).to_lowercase();
    WORDS.into_iter().find(|(word, _)| text.contains(word)).map(|(_, failure)| failure)
}
