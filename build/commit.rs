//! Which commit the source is, for `jintu --version`.

use std::{fs, path::Path, process::Command};

/// Where `git archive` writes it.
const ARCHIVED: &str = "build/archived-commit";
/// Enough of a commit to find it by.
const DIGITS: usize = 10;

/// Commit and date of the commit, such as `25ea07c123 2026-11-25`, with a mark where files differ
/// from it; `None` where nothing tells. The date of a commit stays the same on each build.
pub fn commit(root: &Path) -> Option<String> {
    from_git(root).or_else(|| from_archive(&fs::read_to_string(root.join(ARCHIVED)).ok()?))
}

/// Files of git that change when another commit is checked out or made. Empty without git.
pub fn changed_by_commits(root: &Path) -> Vec<String> {
    if !is_top(root) {
        return Vec::new();
    }
    let branch = git(root, &["rev-parse", "--symbolic-full-name", "HEAD"]).unwrap_or_default();
    let names = ["HEAD", "logs/HEAD", "packed-refs", &branch];
    let paths = names.iter().filter(|name| !name.is_empty());
    let paths = paths.filter_map(|name| git(root, &["rev-parse", "--git-path", name]));
    // One that is not there would make each build a new one.
    paths.filter(|path| root.join(path).exists()).collect()
}

fn from_git(root: &Path) -> Option<String> {
    if !is_top(root) {
        return None;
    }
    let told = short(&git(root, &["log", "-1", "--format=%H %cs"])?)?;
    let changes = git(root, &["status", "--porcelain", "--untracked-files=no"])?;
    Some(if changes.is_empty() { told } else { format!("{told}, modified") })
}

fn from_archive(text: &str) -> Option<String> {
    short(text.trim())
}

/// `None` where it is no commit and date, as in an archive that git did not make.
fn short(told: &str) -> Option<String> {
    let (commit, date) = told.split_once(' ')?;
    let is_commit = commit.len() >= DIGITS && commit.bytes().all(|b| b.is_ascii_hexdigit());
    let is_date = date.len() == 10 && date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let start = commit.get(..DIGITS).filter(|_| is_commit && is_date)?;
    Some(format!("{start} {date}"))
}

/// Whether the repository is this folder's own, not one in which an archive was unpacked.
fn is_top(root: &Path) -> bool {
    git(root, &["rev-parse", "--show-prefix"]).is_some_and(|prefix| prefix.is_empty())
}

fn git(root: &Path, args: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .current_dir(root)
        // Looking writes nothing.
        .env("GIT_OPTIONAL_LOCKS", "0")
        .args(args)
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
