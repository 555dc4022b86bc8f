//! A process that writes a workbook is killed at any moment: what it acknowledged is there.
//!
//! The child is this test program itself. `JINTU_KILLS=1000` kills as many.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "figures, and why something is skipped"
)]

use std::{
    env,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use jintu::{
    book::{AttachmentRecord, Book, Draft, ProjectRecord, Words},
    catalogue::edit,
    jobs::book::base,
    store::book::{Integrity, ReadOnly, Workbook},
};

use crate::{
    book_file::{PLAN, by, make, mark, open, writer},
    temp_folder::TempFolder,
};

const CHILD: &str = "JINTU_KILL_CHILD";

/// The `n`-th action since the making, of whichever process: a note, and every fifth time a file of
/// its own of up to a megabyte.
fn action(book: &Book, n: u64) -> jintu::book::Action {
    let id = format!("B1-0{}", n % 3 + 1);
    if n % 5 != 4 {
        return edit::set(book, &base(), &id, "note", &format!("第{n}次"), &mark()).unwrap();
    }
    let mut draft = Draft::new(book);
    let mut x = n;
    let bytes: Vec<u8> = (0..(n * 7919) % 1_000_000)
        .map(|_| {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            x.to_le_bytes()[7]
        })
        .collect();
    let hash = draft.add_blob(bytes);
    let record = AttachmentRecord {
        id: format!("a{}", n % 40),
        project: Some(id),
        name: n.to_string(),
        hash,
        bytes: 0,
        thumbnail: None,
        mark: mark(),
    };
    draft.put(&record).unwrap();
    draft.finish(Words::default()).unwrap()
}

/// Writes until it is killed, and says each number once it is on disk.
#[test]
fn child_that_writes() {
    let Ok(path) = env::var(CHILD) else { return };
    let (mut workbook, _) = open(Path::new(&path));
    loop {
        let n = workbook.history().last();
        let action = action(workbook.book(), n);
        workbook.act(&action, &by(n)).unwrap();
        println!("acknowledged {n}");
    }
}

#[test]
fn what_was_acknowledged_survives_being_killed() {
    let kills: u64 = env::var("JINTU_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(40);
    let folder = TempFolder::new("book-kill");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let start = Instant::now();
    let (mut acknowledged, mut unsaid, mut journals) = (0, 0, 0);
    for run in 0..kills {
        let mut child = Command::new(env::current_exe().unwrap())
            .args([&format!("{}::child_that_writes", module()), "--exact", "--nocapture"])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let number = |line: &str| line.split("acknowledged ").nth(1)?.trim().parse::<u64>().ok();
        let first = lines.by_ref().find_map(|line| number(&line)).expect("the child writes");
        std::thread::sleep(Duration::from_micros(run * 7_919 % 60_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let last = lines.filter_map(|line| number(&line)).last().unwrap_or(first);
        journals += u64::from(path.with_file_name("a.jintu-journal").exists());

        // Every entry up to the last acknowledged one is there, and at most the one begun after it.
        let (workbook, _) = open(&path);
        let there = workbook.history().last();
        assert!(there == last + 1 || there == last + 2, "run {run}: {there} after {last}");
        acknowledged = last;
        unsaid += u64::from(there == last + 2);
        assert_eq!(workbook.integrity().unwrap(), Integrity::Sound, "run {run}");
        let log = workbook.log().unwrap();
        assert!(log.iter().map(|entry| entry.seq).eq(1..=there), "run {run}");
        let done = there - 1;
        for project in 1..=3_u64 {
            let own = (1..=done).rev().find(|n| n % 5 != 4 && n % 3 + 1 == project);
            let record: ProjectRecord =
                workbook.book().get(&format!("B1-0{project}")).unwrap().unwrap();
            let wanted = own.map(|n| format!("第{n}次"));
            assert_eq!(record.text("note"), wanted.as_deref(), "run {run}");
        }
        for attachment in workbook.book().all::<AttachmentRecord>().0 {
            let bytes = workbook.blob(&attachment.hash).unwrap().expect("its bytes");
            assert_eq!(jintu::book::sha256(&bytes), attachment.hash);
        }
        workbook.close().unwrap();
        let left = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 1, "run {run}: one file is left");
    }
    eprintln!(
        "{kills} kills, {acknowledged} actions acknowledged and all there, {unsaid} there though not \
         yet told, {journals} journals left and rolled back, {:.0} s, {} KiB",
        start.elapsed().as_secs_f64(),
        std::fs::metadata(&path).unwrap().len() / 1024
    );
}

#[test]
fn a_second_process_is_told_who_has_it() {
    let folder = TempFolder::new("book-process");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let mut child = Command::new(env::current_exe().unwrap())
        .args([&format!("{}::child_that_writes", module()), "--exact", "--nocapture"])
        .env(CHILD, &path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.contains("acknowledged")));
    // It is read while the other writes.
    let (workbook, lowered) = Workbook::open(&path, &writer(), &base()).unwrap();
    let Some(ReadOnly::Held(holder)) = workbook.read_only() else { panic!() };
    assert_eq!(holder.process, child.id());
    assert_eq!(lowered.catalogue.projects.len(), 3);
    child.kill().unwrap();
    child.wait().unwrap();
    drop(workbook);
    // The dead one holds nothing.
    open(&path);
}

/// The name of this module in the list of tests, whichever program they are built into.
fn module() -> &'static str {
    module_path!().split_once("::").map_or("book_kill", |(_, rest)| rest)
}
