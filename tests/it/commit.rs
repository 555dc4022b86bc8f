//! What `jintu --version` says of the commit, as the build script finds it.

#[path = "../../build/commit.rs"]
mod under_test;

use std::{fs, path::Path, process::Command};

use under_test::{changed_by_commits, commit};

use crate::temp_folder::TempFolder;

/// `false` where there is no git: then none of this can be seen.
fn git(folder: &Path, args: &[&str]) -> bool {
    let run = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=test", "-c", "user.email=test@localhost"])
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "")
        .env("GIT_COMMITTER_DATE", "2024-02-29T23:30:00 +0800")
        .output();
    run.is_ok_and(|output| {
        assert!(output.status.success(), "{args:?}: {output:?}");
        true
    })
}

/// A repository of one file, committed.
fn repository(folder: &Path) -> bool {
    fs::create_dir_all(folder.join("build")).unwrap();
    fs::write(folder.join("build/archived-commit"), "$Format:%H %cs$\n").unwrap();
    fs::write(folder.join(".gitattributes"), "build/archived-commit export-subst\n").unwrap();
    git(folder, &["init", "-q", "-b", "main"])
        && git(folder, &["add", "."])
        && git(folder, &["commit", "-q", "-m", "one"])
}

fn head(folder: &Path) -> String {
    let output =
        Command::new("git").current_dir(folder).args(["rev-parse", "HEAD"]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()[..10].to_owned()
}

#[test]
fn git_tells_commit_and_the_date_of_the_commit() {
    let folder = TempFolder::new("commit");
    if !repository(folder.path()) {
        return;
    }
    let told = format!("{} 2024-02-29", head(folder.path()));
    assert_eq!(commit(folder.path()), Some(told.clone()));
    fs::write(folder.path().join("beside"), "not in git").unwrap();
    assert_eq!(commit(folder.path()), Some(told.clone()), "builds leave files of their own");
    fs::write(folder.path().join(".gitattributes"), "changed").unwrap();
    assert_eq!(commit(folder.path()), Some(format!("{told}, modified")));
    // What cargo watches is there, and a commit changes it.
    let watched = changed_by_commits(folder.path());
    let text = || watched.iter().map(|p| fs::read(folder.path().join(p)).unwrap()).collect();
    let before: Vec<Vec<u8>> = text();
    assert!(git(folder.path(), &["commit", "-q", "-a", "-m", "two"]));
    assert_ne!(text(), before);
    assert_ne!(commit(folder.path()), Some(told));
}

#[test]
fn an_archive_of_git_tells_it_without_git() {
    let folder = TempFolder::new("archive");
    if !repository(folder.path()) {
        return;
    }
    let archive = folder.path().join("archive.tar");
    assert!(git(folder.path(), &["archive", "-o", "archive.tar", "HEAD"]));
    // Unpacked inside another repository, whose commit it is not.
    let inside = folder.path().join("unpacked");
    fs::create_dir(&inside).unwrap();
    let unpacked = Command::new("tar").current_dir(&inside).arg("-xf").arg(&archive).status();
    assert!(unpacked.unwrap().success());
    assert_eq!(commit(&inside), Some(format!("{} 2024-02-29", head(folder.path()))));
    assert!(changed_by_commits(&inside).is_empty());
    // A copy that neither git nor an archive made.
    fs::write(inside.join("build/archived-commit"), "$Format:%H %cs$\n").unwrap();
    assert_eq!(commit(&inside), None);
    fs::remove_file(inside.join("build/archived-commit")).unwrap();
    assert_eq!(commit(&inside), None);
}
