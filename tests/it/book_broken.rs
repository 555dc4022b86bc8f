//! Damaged workbooks: a sentence or a sound answer, never a panic, and nothing changes on disk.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "figures, and why something is skipped"
)]

use std::fs;

use jintu::{
    app::{Language, Tell},
    book::Table,
    catalogue::edit,
    jobs::book::base,
    store::book::{Access, BookError, Workbook},
};

use crate::{
    book_file::{PLAN, by, make, mark, open, writer},
    temp_folder::TempFolder,
};

/// A workbook with some history.
fn made(folder: &TempFolder) -> Vec<u8> {
    let path = folder.path().join("sound.jintu");
    make(&path, PLAN.as_bytes());
    let (mut workbook, _) = open(&path);
    for n in 0..6 {
        let action =
            edit::set(workbook.book(), &base(), "B1-01", "note", &n.to_string(), &mark()).unwrap();
        workbook.act(&action, &by(n)).unwrap();
    }
    workbook.undo(&by(7)).unwrap();
    workbook.close().unwrap();
    fs::read(&path).unwrap()
}

fn tell(error: &BookError) {
    for language in Language::ALL {
        let told = error.tell(language);
        assert!(!told.is_empty() && !told.contains("book."), "{told}");
    }
}

/// Opens a file that may be anything and does all that can be done with it.
fn use_it(folder: &TempFolder, bytes: &[u8], what: &str, write: bool) -> bool {
    let path = folder.path().join("broken.jintu");
    fs::write(&path, bytes).unwrap();
    let readable = match Workbook::open(&path, &Access::Read, &base()) {
        Ok((workbook, lowered)) => {
            assert!(lowered.catalogue.projects.len() <= workbook.book().count(Table::Projects));
            true
        }
        Err(e) => {
            tell(&e);
            false
        }
    };
    assert!(fs::read(&path).unwrap() == bytes, "{what}: reading changed it");
    if !write {
        return readable;
    }
    let opened = Workbook::open(&path, &writer(), &base());
    let usable = match opened {
        Err(e) => {
            tell(&e);
            assert!(fs::read(&path).unwrap() == bytes, "{what}: refusing changed it");
            false
        }
        Ok((mut workbook, _)) => {
            let action = edit::set(workbook.book(), &base(), "B1-02", "note", "试", &mark());
            let results = [
                action.ok().map(|action| workbook.act(&action, &by(1)).map(drop)),
                Some(workbook.undo(&by(1)).map(drop)),
                Some(workbook.redo(&by(1)).map(drop)),
                Some(workbook.restore(1, &by(1)).map(drop)),
                Some(workbook.log().map(drop)),
            ];
            let failed = results.iter().flatten().filter(|result| result.is_err()).count();
            results.into_iter().flatten().filter_map(Result::err).for_each(|e| tell(&e));
            if failed == 0 {
                // What says that it worked has worked.
                let now = workbook.book().clone();
                workbook.close().unwrap();
                let again = Workbook::open(&path, &Access::Read, &base());
                assert!(again.is_ok_and(|(again, _)| *again.book() == now), "{what}");
            }
            true
        }
    };
    for left in [".~lock.broken.jintu#", "broken.jintu-journal", "broken.jintu-wal"] {
        // A lock goes with its holder; what SQLite leaves belongs to this file.
        let _ = fs::remove_file(folder.path().join(left));
    }
    fs::remove_file(&path).unwrap();
    usable
}

#[test]
fn flipped_bytes_make_a_sentence_or_a_sound_answer() {
    let folder = TempFolder::new("book-flipped");
    let sound = made(&folder);
    let mut x = 20_261_126_u64;
    let mut random = move || {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        x
    };
    let mut usable = 0;
    for variant in 0..500 {
        let mut bytes = sound.clone();
        // Early variants spoil the head and the first pages, where everything hangs.
        let reach = if variant < 150 { 4096 } else { bytes.len() as u64 };
        for _ in 0..=random() % 8 {
            let at = usize::try_from(random() % reach).unwrap();
            bytes[at] ^= u8::try_from(random() % 255 + 1).unwrap();
        }
        usable +=
            usize::from(use_it(&folder, &bytes, &format!("variant {variant}"), variant % 4 == 0));
    }
    // Both ends are reached: some bytes hold everything, some hold nothing.
    assert!((10..490).contains(&usable), "{usable}");
    eprintln!("500 variants: {usable} open, {} refused", 500 - usable);
}

#[test]
fn cut_workbooks_are_refused() {
    let folder = TempFolder::new("book-cut");
    let sound = made(&folder);
    for part in 0..50 {
        let bytes = &sound[..sound.len() * part / 50];
        assert!(!use_it(&folder, bytes, &format!("cut at {part}/50"), true), "cut at {part}/50");
    }
    assert!(use_it(&folder, &sound, "whole", true));
}
