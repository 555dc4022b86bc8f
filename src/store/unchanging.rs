//! Databases as files that nobody changes: `SQLite` then makes nothing beside them.

use std::path::Path;

/// The path as an address that says that nobody changes the file.
pub(super) fn address(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut address = "file://".to_owned();
    let bytes = path.as_os_str().as_encoded_bytes();
    let windows = cfg!(windows);
    if windows && !bytes.starts_with(b"\\") {
        address.push('/');
    }
    for byte in bytes {
        match byte {
            b'\\' if windows => address.push('/'),
            b'/' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(*byte)),
            b':' if windows => address.push(':'),
            byte if byte.is_ascii_alphanumeric() => address.push(char::from(*byte)),
            byte => {
                // Memory takes it.
                let _ = std::fmt::Write::write_fmt(&mut address, format_args!("%{byte:02X}"));
            }
        }
    }
    address + "?immutable=1"
}
