//! Whole files, written beside and put in their place.

use std::{fs, thread};

use jintu::store::files::write_atomic;

use crate::temp_folder::TempFolder;

/// Opening several files at once saves the settings several times at once: each had the same temporary
/// file, and whoever came second found it gone.
#[test]
fn the_same_file_is_written_from_many_threads() {
    let folder = TempFolder::new("written-at-once");
    let path = folder.path().join("settings.json");
    thread::scope(|threads| {
        for writer in 0..8_u8 {
            let path = &path;
            threads.spawn(move || {
                for _ in 0..40 {
                    write_atomic(path, &[b'a' + writer; 5000]).unwrap();
                }
            });
        }
    });
    let written = fs::read(&path).unwrap();
    assert_eq!(written.len(), 5000);
    assert!(written.iter().all(|byte| *byte == written[0]), "one of them, whole");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}
