//! Keys in Windows' Credential Manager, under names of the test's own.

use jintu::store::{KeyPlace, Keyring, Keys};

use crate::temp_folder::TempFolder;

#[test]
fn keys_go_to_the_credential_manager_and_leave_the_file() {
    let folder = TempFolder::new("credentials");
    let prefix = format!("jintu-test-{}:", std::process::id());
    let open = || Keys::with(folder.path(), Keyring::open(Some(&prefix)).ok()).unwrap();
    Keys::open(folder.path(), false).unwrap().set("tianditu", "QZX0").unwrap();

    let mut keys = open();
    assert_eq!(keys.place("tianditu"), Some(KeyPlace::File));
    keys.set("tianditu", "QZX1").unwrap();
    keys.set("own-1", "密钥").unwrap();
    keys.set("tianditu", "QZX2").unwrap();
    assert_eq!(keys.place("tianditu"), Some(KeyPlace::Keyring));
    let file = std::fs::read_to_string(folder.path().join("keys.json")).unwrap();
    assert!(!file.contains("QZX"), "{file}");

    let mut again = open();
    assert_eq!((again.get("tianditu"), again.get("own-1")), (Some("QZX2"), Some("密钥")));
    assert_eq!(Keyring::open(Some(&prefix)).unwrap().all().unwrap().len(), 2);
    let others = Keyring::open(Some("jintu-test-nobody:")).unwrap();
    assert!(others.all().unwrap().is_empty(), "names of others are not read");
    again.remove("own-1").unwrap();
    again.remove("tianditu").unwrap();
    Keyring::open(Some(&prefix)).unwrap().remove("never there").unwrap();
    assert_eq!(open().get("tianditu"), None);
}

#[test]
fn a_key_too_long_for_a_credential_goes_to_the_file() {
    let folder = TempFolder::new("credentials-long");
    let prefix = format!("jintu-test-long-{}:", std::process::id());
    let mut keys = Keys::with(folder.path(), Keyring::open(Some(&prefix)).ok()).unwrap();
    let long = "k".repeat(1281);
    keys.set("custom", &long).unwrap();
    assert_eq!(keys.place("custom"), Some(KeyPlace::File));
    assert_eq!(keys.get("custom"), Some(long.as_str()));
}
