//! Files that are known and not read: each is told with what to do.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
};

use jintu::{
    app::Message,
    language::Language,
    layer::CountyCodes,
    store::layers::{LayerError, OpenOptions, REFUSED, open_layers},
};

fn refused(path: &Path) -> Result<&'static str, LayerError> {
    let (counties, cancel) = (CountyCodes::new(Vec::new()), AtomicBool::new(false));
    match open_layers(path, &OpenOptions::default(), &counties, &cancel, &mut |_| {}) {
        Err(LayerError::Refused { what, .. }) => Ok(what),
        Err(e) => Err(e),
        Ok(format) => panic!("read as {}", format.name),
    }
}

#[test]
fn each_is_known_by_its_content() {
    let folder = std::env::temp_dir().join(format!("jintu-refused-{}", std::process::id()));
    fs::create_dir_all(folder.join("data.gdb")).unwrap();
    fs::create_dir_all(folder.join("renamed")).unwrap();
    fs::write(folder.join("data.gdb/a00000001.gdbtable"), b"\x03\0\0\0").unwrap();
    fs::write(folder.join("renamed/A00000001.GDBTABLE"), b"\x03\0\0\0").unwrap();
    let mut encrypted = b"PK\x03\x04\x14\0\x01\0\x08\0".to_vec();
    encrypted.extend([0; 60]);
    let mut plain = b"PK\x03\x04\x14\0\0\0\x08\0".to_vec();
    plain.extend([0; 60]);
    let files: [(&str, &[u8], &str); 14] = [
        ("plain.zip", &plain, "zip_other"),
        ("a.ovobj", b"OviO\0\x01\x02\0", "ovobj"),
        ("renamed.bin", b"OviO\0\x01\x02\0", "ovobj"),
        ("a.mdb", b"\0\x01\0\0Standard Jet DB\0\x01", "access"),
        ("a.accdb", b"\0\x01\0\0Standard ACE DB\0\x01", "access"),
        ("a.tsf", b"\0\x01\0\0Standard Jet DB\0\x01", "hintcad"),
        ("a.dtm", b"\x01\0\x02\0", "hintcad"),
        ("a.dwg", b"AC1032\0\0\0", "dwg"),
        ("old.dwg", b"AC1009\0\0\0", "dwg"),
        ("a.dxf", b"AutoCAD Binary DXF\r\n\x1a\0\0\0SECTION", "dxf_binary"),
        ("a.tab", b"!table\n!version 300\n", "mapinfo"),
        ("a.mif", b"Version 300\nCharset \"WindowsSimpChinese\"\n", "mapinfo"),
        ("alone.dbf", b"\x03\x7e\x0b\x1a\0\0\0\0", "shapefile_part"),
        ("a.zip", &encrypted, "zip_encrypted"),
    ];
    for (name, bytes, what) in files {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        assert_eq!(refused(&path).unwrap(), what, "{name}");
    }
    for name in ["data.gdb", "renamed", "data.gdb/a00000001.gdbtable"] {
        assert_eq!(refused(&folder.join(name)).unwrap(), "file_geodatabase", "{name}");
    }
    // A folder of anything else is told as a folder.
    fs::create_dir_all(folder.join("plain")).unwrap();
    assert_eq!(refused(&folder.join("plain")).unwrap(), "folder");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn each_says_what_to_do_in_both_languages() {
    for what in REFUSED {
        for (language, words) in [(Language::Chinese, "请"), (Language::English, ";")] {
            let told = Message::new(LayerError::Refused { path: PathBuf::from("a.x"), what })
                .tell(language);
            assert!(!told.contains("refused."), "{told}");
            // Where to go from here, and the path last.
            assert!(told.contains(words) && told.ends_with("a.x"), "{told}");
        }
    }
}
