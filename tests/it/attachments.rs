//! Files attached to projects: kept once by their hash, bound in size, named as what they are.

use image::{ImageFormat, Rgb, RgbImage};
use jintu::{
    book::{AttachmentRecord, ProjectRecord, sha256},
    catalogue::edit::{self, AttachedFile, Refusal},
    store::{
        StoreError, attachments,
        thumbnail::{pixels, thumbnail},
    },
};
use serde_json::Value;

use crate::{
    book_file::{PLAN, by, make, mark, open},
    cli::{Place, run, stderr},
    temp_folder::TempFolder,
};

/// A picture whose left half is red and whose right half is blue.
pub fn picture(width: u32, height: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) }
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn file(name: &str, bytes: &[u8]) -> AttachedFile {
    AttachedFile { name: name.to_owned(), bytes: bytes.into(), thumbnail: None }
}

#[test]
fn a_thumbnail_is_small_and_shows_the_same() {
    let small = thumbnail(&picture(1600, 800)).unwrap();
    assert!(small.len() < 10_000, "{}", small.len());
    let own = pixels(&small).unwrap();
    assert_eq!((own.width_px, own.height_px), (160, 80));
    let at =
        |x: usize, y: usize| -> Vec<u8> { own.rgba[(y * own.width_px + x) * 4..][..4].to_vec() };
    let (left, right) = (at(20, 40), at(140, 40));
    assert!(left[0] > 180 && left[2] < 60 && right[2] > 180 && right[0] < 60, "{left:?} {right:?}");
    for wrong in [&b""[..], b"%PDF-1.7", b"\x89PNG\r\n\x1a\nxxxx", &picture(64, 64)[..60]] {
        assert_eq!(thumbnail(wrong), None);
    }
}

#[test]
fn bytes_are_kept_once_and_come_back_whole() {
    let folder = TempFolder::new("attachments");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let (mut workbook, _) = open(&path);
    let files = [file("甲.txt", b"one"), file("乙.txt", b"one"), file("x\u{202e}fdp.exe", b"two")];
    let action = edit::attach(workbook.book(), "B1-01", &files, &mark()).unwrap();
    workbook.act(&action, &by(1)).unwrap();
    // The same again, of the same name, is nothing.
    let again = edit::attach(workbook.book(), "B1-01", &files[..1], &mark()).unwrap();
    assert!(again.changes.is_empty());
    let other = edit::attach(workbook.book(), "B1-02", &files[..1], &mark()).unwrap();
    workbook.act(&other, &by(2)).unwrap();
    let own = edit::attachments_of(workbook.book(), "B1-01");
    let names: Vec<&str> = own.iter().map(|own| own.name.as_str()).collect();
    assert_eq!(names, ["甲.txt", "乙.txt", "x_fdp.exe"]);
    assert_eq!(own[0].bytes, 3);
    let blobs = |path: &std::path::Path| -> i64 {
        let file = rusqlite::Connection::open(path).unwrap();
        file.query_row("SELECT count(*) FROM jintu_blobs", [], |row| row.get(0)).unwrap()
    };
    // The plan, one, two.
    assert_eq!(blobs(&path), 3);
    let gone = edit::detach(workbook.book(), "A-1").unwrap();
    workbook.act(&gone, &by(3)).unwrap();
    assert_eq!(edit::attachments_of(workbook.book(), "B1-01").len(), 2);
    workbook.undo(&by(4)).unwrap();
    workbook.close().unwrap();
    let (workbook, _) = open(&path);
    for own in workbook.book().all::<AttachmentRecord>().0 {
        let bytes = workbook.blob(&own.hash).unwrap().unwrap();
        assert_eq!((sha256(&bytes), bytes.len() as u64), (own.hash, own.bytes));
    }
    assert_eq!(workbook.book().count(jintu::book::Table::Attachments), 4);
    let nobody = edit::attach(workbook.book(), "B9-09", &files, &mark()).unwrap_err();
    assert_eq!(nobody, Refusal::NoProject("B9-09".to_owned()));
    let nothing = edit::detach(workbook.book(), "A-99").unwrap_err();
    assert_eq!(nothing, Refusal::NoAttachment("A-99".to_owned()));
    assert!(workbook.book().get::<ProjectRecord>("B1-01").unwrap().is_some());
}

#[test]
fn what_is_too_large_or_might_run_is_refused() {
    let folder = TempFolder::new("attachments-refused");
    let large = folder.path().join("large.bin");
    std::fs::File::create(&large).unwrap().set_len(attachments::MOST_BYTES + 1).unwrap();
    let refused = attachments::read(&large).unwrap_err();
    assert!(matches!(refused, StoreError::TooLargeToAttach { .. }), "{refused}");
    assert!(attachments::read(folder.path()).is_err());
    assert!(attachments::read(&folder.path().join("none")).is_err());
    for name in ["x.exe", "x.sh", "x.desktop", "x.html", "x", "x.pdf.bat", ".pdf"] {
        let opened = attachments::open(name, &sha256(b"x"), b"x");
        assert!(matches!(opened, Err(StoreError::NotOpened { .. })), "{name}");
    }
}

#[test]
fn the_command_line_attaches_and_counts() {
    let place = Place::new();
    let (book, plan) = (place.path("a.jintu"), place.path("plan.txt"));
    std::fs::write(&plan, PLAN).unwrap();
    let done = |args: &[&str]| {
        let output = run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    done(&["new", &book, "--plan", &plan]);
    let (photo, paper) = (place.path("照片.png"), place.path("批复.pdf"));
    std::fs::write(&photo, picture(400, 300)).unwrap();
    std::fs::write(&paper, b"%PDF-1.4").unwrap();
    done(&["attach", &book, "b1-01", &photo, &paper, "--source", "现场"]);
    let about: Value = serde_json::from_str(&done(&["info", &book, "--format", "json"])).unwrap();
    let bytes = std::fs::metadata(&photo).unwrap().len() + 8;
    assert_eq!((&about["attachments"], &about["attached_bytes"]), (&2.into(), &bytes.into()));
    assert!(done(&["info", &book]).contains("附件: 2"), "{}", done(&["info", &book]));
    assert!(done(&["log", &book]).contains("照片.png"));
    // All or none.
    let output = run(&["attach", &book, "B1-02", &photo, &place.path("none.pdf")]);
    assert_eq!(output.status.code(), Some(1));
    done(&["undo", &book]);
    let about: Value = serde_json::from_str(&done(&["info", &book, "--format", "json"])).unwrap();
    assert_eq!(about["attachments"], 0);
}
