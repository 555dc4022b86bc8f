//! The user's keys, in a file and in a keyring.

use std::fs;

use jintu::store::{KeyPlace, Keys, StoreError};

use crate::temp_folder::TempFolder;

#[test]
fn keys_stay_in_a_file_that_only_the_user_reads() {
    let folder = TempFolder::new("keys");
    let config = folder.path().join("config/jintu");
    let mut keys = Keys::open(&config, false).unwrap();
    assert_eq!((keys.get("tianditu"), keys.place("tianditu")), (None, None));
    keys.set("tianditu", " QZX1 \n").unwrap();
    keys.set("own-1", "QZX2").unwrap();
    assert!(!format!("{keys:?}").contains("QZX"));
    let file = config.join("keys.json");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let again = Keys::open(&config, false).unwrap();
    assert_eq!(again.get("tianditu"), Some("QZX1"));
    assert_eq!((again.get("own-1"), again.place("own-1")), (Some("QZX2"), Some(KeyPlace::File)));
    keys.set("tianditu", "  ").unwrap();
    keys.remove("own-1").unwrap();
    keys.remove("never there").unwrap();
    assert!(!fs::read_to_string(&file).unwrap().contains("QZX"));
    assert_eq!(Keys::open(&config, false).unwrap().get("tianditu"), None);
    let there: Vec<_> = fs::read_dir(&config).unwrap().collect();
    assert_eq!(there.len(), 1, "nothing stays beside the file");
}

#[test]
fn a_file_readable_by_others_becomes_private_when_written() {
    let folder = TempFolder::new("keys-mode");
    let file = folder.path().join("keys.json");
    fs::write(&file, "{\"tianditu\":\"QZX\"}").unwrap();
    let mut keys = Keys::open(folder.path(), false).unwrap();
    assert_eq!(keys.get("tianditu"), Some("QZX"));
    keys.set("custom", "QZY").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_broken_file_is_told_and_left() {
    let folder = TempFolder::new("keys-broken");
    let file = folder.path().join("keys.json");
    for text in ["{", "[]", "{\"a\":1}", "QZX", "\u{0}"] {
        fs::write(&file, text).unwrap();
        let told = Keys::open(folder.path(), false).unwrap_err();
        assert!(matches!(told, StoreError::Keys { .. }));
        assert!(!format!("{told} {told:?}").contains("QZX"));
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    assert!(matches!(Keys::open(folder.path(), false), Err(StoreError::Read { .. })));
}

/// A file stands where the folder would be: that no permission can be wide enough for.
#[test]
fn a_folder_that_cannot_be_written_changes_nothing() {
    let folder = TempFolder::new("keys-readonly");
    let config = folder.path().join("config");
    let mut keys = Keys::open(&config, false).unwrap();
    keys.set("tianditu", "QZX").unwrap();
    fs::remove_dir_all(&config).unwrap();
    fs::write(&config, "in the way").unwrap();
    let told = keys.set("tianditu", "QZY").unwrap_err();
    assert!(matches!(told, StoreError::Write { .. }));
    assert!(!told.to_string().contains("QZ"));
    assert_eq!(keys.get("tianditu"), Some("QZX"));
    assert!(keys.remove("tianditu").is_err());
    assert_eq!(keys.get("tianditu"), Some("QZX"));
    assert_eq!(fs::read_to_string(&config).unwrap(), "in the way");
}
