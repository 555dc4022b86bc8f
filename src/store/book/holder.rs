//! Who has a workbook open: one file beside it, held by the system as long as the program lives.
//!
//! On Unix the file is locked (`flock`, over NFS and SMB a lock of the server), on Windows nobody
//! else may open it for writing. Both end with the program, however it ends: what is left of a dead
//! one is taken over. The file's words only tell who it is. Where a file system knows no locks, the
//! words decide: a process of this machine that is gone holds nothing.
//!
//! Words of another machine under a lock that is free were left by a program that ended there, or
//! came with a folder that is synchronised. The lock decides then, too, so that a workbook is never
//! shut for good. In a synchronised folder that program may live on, which no lock here can tell: so
//! who had it, and since when, is told ([`super::Workbook::taken_over`]).
//!
//! A command that has a workbook is waited for ([`PATIENCE_S`]); a window is not.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

/// Who has a workbook open.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Holder {
    pub host: String,
    pub user: String,
    pub process: u32,
    /// Date and time with the offset from UTC.
    pub since: String,
    /// A command that lets it go as soon as it is done: who comes second waits a moment.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_brief: bool,
}

/// How long a command that has a workbook is waited for, in seconds.
pub const PATIENCE_S: u64 = 3;

impl Holder {
    /// This process.
    pub fn own(since: String) -> Self {
        let (host, user, process) = (host(), user(), std::process::id());
        Self { host, user, process, since, is_brief: false }
    }

    /// This process, which does one thing and ends.
    pub fn command(since: String) -> Self {
        Self { is_brief: true, ..Self::own(since) }
    }
}

/// What came of asking for a workbook.
#[derive(Debug)]
pub(super) enum Held {
    Ours(Hold),
    Others(Holder),
}

/// That this process has it. Dropping it lets it go.
#[derive(Debug)]
pub(super) struct Hold {
    path: PathBuf,
    /// `None` only while it is dropped.
    file: Option<File>,
    /// Who had it on another machine, by the words that were left.
    before: Option<Holder>,
}

impl Hold {
    pub(super) const fn before(&self) -> Option<&Holder> {
        self.before.as_ref()
    }
}

/// As [`take`], after waiting for a command that is about to end.
///
/// # Errors
/// As [`take`].
pub(super) fn take_in_time(book: &Path, own: &Holder) -> io::Result<Held> {
    let until = Instant::now() + Duration::from_secs(PATIENCE_S);
    loop {
        match take(book, own)? {
            // One that has just come has not said yet who it is.
            Held::Others(other)
                if (other.is_brief || other.host.is_empty()) && Instant::now() < until =>
            {
                std::thread::sleep(Duration::from_millis(40));
            }
            held => return Ok(held),
        }
    }
}

/// Takes a workbook, or says who has it.
///
/// # Errors
/// The file beside it cannot be made: nothing can be written there.
pub(super) fn take(book: &Path, own: &Holder) -> io::Result<Held> {
    let path = beside(book);
    // Whoever lets go removes the file: then a lock is of no use, and the next try makes another.
    for _ in 0..20 {
        if let Some(held) = try_take(&path, own)? {
            return Ok(held);
        }
    }
    Ok(Held::Others(told(&path)))
}

fn try_take(path: &Path, own: &Holder) -> io::Result<Option<Held>> {
    let mut file = match open(path) {
        Ok(file) => file,
        Err(e) if is_shared_out(&e) => return Ok(Some(Held::Others(told(path)))),
        Err(e) => return Err(e),
    };
    let mut before = None;
    match lock(&file) {
        Ok(()) => {
            if !is_still(&file, path) {
                return Ok(None);
            }
            before = words_in(&mut file)
                .filter(|there| !there.host.is_empty() && there.host != own.host);
        }
        Err(fs::TryLockError::WouldBlock) => return Ok(Some(Held::Others(told(path)))),
        Err(fs::TryLockError::Error(_)) => {
            // No locks here: the words decide.
            let there = told(path);
            if !there.host.is_empty() && !is_gone(&there) {
                return Ok(Some(Held::Others(there)));
            }
        }
    }
    let words = serde_json::to_vec(own).map_err(io::Error::from)?;
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&words)?;
    file.flush()?;
    Ok(Some(Held::Ours(Hold { path: path.to_owned(), file: Some(file), before })))
}

/// Where opening is the lock already there is nothing to do: a lock would keep others from reading
/// who it is.
#[cfg(windows)]
const fn lock(_: &File) -> Result<(), fs::TryLockError> {
    Ok(())
}

#[cfg(not(windows))]
fn lock(file: &File) -> Result<(), fs::TryLockError> {
    file.try_lock()
}

#[cfg(windows)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::windows::fs::OpenOptionsExt;
    // Others may read who has it; FILE_SHARE_READ.
    OpenOptions::new().read(true).write(true).create(true).truncate(false).share_mode(1).open(path)
}

#[cfg(not(windows))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

/// Windows says that somebody else has the file (`ERROR_SHARING_VIOLATION`).
fn is_shared_out(e: &io::Error) -> bool {
    cfg!(windows) && e.raw_os_error() == Some(32)
}

/// Whether the file that was locked is the one that has the name.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |(a, b): (fs::Metadata, fs::Metadata)| (a.dev(), a.ino()) == (b.dev(), b.ino());
    file.metadata().ok().zip(fs::metadata(path).ok()).is_some_and(same)
}

#[cfg(not(unix))]
fn is_still(_: &File, path: &Path) -> bool {
    path.exists()
}

/// What an open file says; `None` where it says nothing.
fn words_in(file: &mut File) -> Option<Holder> {
    let mut words = String::new();
    file.take(10_000).read_to_string(&mut words).ok()?;
    serde_json::from_str(&words).ok()
}

/// What the file says; empty where it says nothing.
fn told(path: &Path) -> Holder {
    let read = || words_in(&mut File::open(path).ok()?);
    // Whoever has just taken it may not have written yet.
    for _ in 0..5 {
        if let Some(holder) = read() {
            return holder;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    read().unwrap_or_default()
}

/// Whether a holder is a process of this machine that has ended.
#[cfg(target_os = "linux")]
fn is_gone(holder: &Holder) -> bool {
    holder.host == host()
        && Path::new("/proc/self").exists()
        && !Path::new("/proc").join(holder.process.to_string()).exists()
}

/// Elsewhere nothing tells: whoever the file names has it.
#[cfg(not(target_os = "linux"))]
const fn is_gone(_: &Holder) -> bool {
    false
}

/// As office programs name it, so that those who synchronise folders leave it alone.
pub(super) fn beside(book: &Path) -> PathBuf {
    let name = book.file_name().unwrap_or_default().to_string_lossy();
    book.with_file_name(format!(".~lock.{name}#"))
}

impl Drop for Hold {
    fn drop(&mut self) {
        #[cfg(windows)]
        drop(self.file.take());
        // Under the lock, so that nobody else's is removed. One that stays is taken over later.
        let _ = fs::remove_file(&self.path);
        drop(self.file.take());
    }
}

/// The name of this machine.
fn host() -> String {
    let named = |name: &str| std::env::var(name).ok();
    let host = kernel_name().or_else(|| named("COMPUTERNAME")).or_else(|| named("HOSTNAME"));
    host.map(|host| host.trim().to_owned()).filter(|host| !host.is_empty()).unwrap_or_default()
}

#[cfg(target_os = "linux")]
fn kernel_name() -> Option<String> {
    fs::read_to_string("/proc/sys/kernel/hostname").ok()
}

#[cfg(not(target_os = "linux"))]
const fn kernel_name() -> Option<String> {
    None
}

/// The name that the user is logged in with; empty where the system does not say.
pub fn user() -> String {
    let named = |name: &str| std::env::var(name).ok().filter(|user| !user.is_empty());
    let told = named("USER").or_else(|| named("USERNAME")).or_else(|| named("LOGNAME"));
    told.or_else(by_number).unwrap_or_default()
}

/// Services and containers have no variables of a login: the number of who runs this process.
#[cfg(unix)]
fn by_number() -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let number = fs::metadata("/proc/self").ok()?.uid().to_string();
    let all = fs::read_to_string("/etc/passwd").ok()?;
    let own = all.lines().find(|line| line.split(':').nth(2) == Some(&number));
    Some(own?.split(':').next()?.to_owned())
}

#[cfg(not(unix))]
const fn by_number() -> Option<String> {
    None
}
