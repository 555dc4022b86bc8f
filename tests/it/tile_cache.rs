//! Tiles kept on disk: what servers say of it, what the owner's terms say, and broken disks.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use jintu::{
    store::tiles::{disk_cache::DiskCache, http::Mark},
    tile::CacheTerms,
};

use super::{
    temp_folder::TempFolder,
    tile_rig::{KEY, PATH, picture, png, rig, rig_of, source, tile, until},
    tile_server::{Answer, Server},
};

type Headers = &'static [(&'static str, &'static str)];

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut open, mut files) = (vec![folder.to_owned()], Vec::new());
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.exists() {
            files.push(path);
        }
    }
    files
}

#[test]
fn kept_tiles_serve_without_a_network_and_are_asked_for_by_their_mark() {
    let folder = TempFolder::new("kept");
    let good = png();
    let server = Server::start(move |request| {
        let head = request.head.to_lowercase();
        if head.contains("if-none-match: \"v1\"") {
            return Answer::Full(304, vec![("Cache-Control", "max-age=60".into())], Vec::new());
        }
        let headers = vec![("ETag", "\"v1\"".to_owned()), ("Cache-Control", "max-age=0".into())];
        Answer::Full(200, headers, good.clone())
    });
    let first = rig(server.url(PATH), Some(folder.path().to_owned()));
    first.want(&[1]);
    assert!(until(5.0, || first.is_ready(1)));
    // What is kept is written after it is shown.
    let kept = || files(folder.path()).first().and_then(|path| fs::read(path).ok());
    let is_tile = || files(folder.path()).iter().all(|path| path.extension().unwrap() == "tile");
    assert!(until(5.0, || kept().is_some() && is_tile()));
    drop(first);
    let before = kept();
    let second = rig(server.url(PATH), Some(folder.path().to_owned()));
    second.want(&[1]);
    assert!(until(5.0, || second.is_ready(1)));
    // It shows what is stale, asks, and notes how long that holds.
    assert!(until(5.0, || kept() != before && is_tile()));
    drop(second);
    assert_eq!(server.requests().len(), 2);
    assert!(server.requests()[1].head.contains("v1"));
    // The 304 made it fresh for a minute: no request at all.
    let third = rig(server.url(PATH), Some(folder.path().to_owned()));
    third.want(&[1]);
    assert!(until(5.0, || third.is_ready(1)));
    assert_eq!(server.requests().len(), 2);
    drop((third, server));
    let offline =
        rig("http://127.0.0.1:1/{z}/{x}/{y}.png?tk={key}".into(), Some(folder.path().to_owned()));
    offline.want(&[1]);
    assert!(until(5.0, || offline.is_ready(1)));
    // Neither the names nor the bytes of what is kept hold the key.
    let files = files(folder.path());
    for path in &files {
        assert!(!path.to_string_lossy().contains(KEY));
        assert!(!String::from_utf8_lossy(&fs::read(path).unwrap()).contains(KEY));
    }
    assert_eq!(files.len(), 1);
}

#[test]
fn a_disk_that_cannot_be_written_is_told_once_and_does_not_stop_the_map() {
    let good = png();
    let server = Server::start(move |_| Answer::png(&good));
    let folder = TempFolder::new("unwritable");
    let blocked = folder.path().join("file");
    fs::write(&blocked, b"not a folder").unwrap();
    // A file where the folder should be; a folder that nobody can make; a device that is full.
    let mut caches = vec![blocked];
    #[cfg(target_os = "linux")]
    caches.extend(["/proc/jintu", "/dev/full", "/sys/jintu"].map(std::path::PathBuf::from));
    for cache in caches {
        let rig = rig(server.url(PATH), Some(cache.clone()));
        let all: Vec<u32> = (0..30).collect();
        rig.want(&all);
        assert!(until(5.0, || all.iter().all(|x| rig.is_ready(*x))), "{}", cache.display());
        let log = rig.log.lock().unwrap();
        let told = log.iter().filter(|line| line.contains("cannot be written")).count();
        assert_eq!(told, 1, "{}: {log:?}", cache.display());
    }
}

#[test]
fn damaged_files_are_fetched_again() {
    let good = png();
    let server = Server::start(move |_| Answer::png(&good));
    let folder = TempFolder::new("damaged");
    let first = rig(server.url(PATH), Some(folder.path().to_owned()));
    first.want(&[1]);
    assert!(until(5.0, || first.is_ready(1) && !files(folder.path()).is_empty()));
    drop(first);
    let path = files(folder.path()).remove(0);
    let whole = fs::read(&path).unwrap();
    let mut spoilt: Vec<Vec<u8>> = vec![Vec::new(), b"jintu-1\n".to_vec(), vec![0xFF; 4000]];
    spoilt.extend([9, 20, whole.len() - 1].map(|end| whole[..end].to_vec()));
    // One bit anywhere in the picture.
    spoilt.extend((whole.len() - 60..whole.len()).step_by(7).map(|at| {
        let mut bytes = whole.clone();
        bytes[at] ^= 4;
        bytes
    }));
    for (i, bytes) in spoilt.into_iter().enumerate() {
        fs::write(&path, bytes).unwrap();
        let before = server.requests().len();
        let rig = rig(server.url(PATH), Some(folder.path().to_owned()));
        rig.want(&[1]);
        assert!(until(5.0, || rig.is_ready(1)), "case {i}");
        assert_eq!(server.requests().len(), before + 1, "case {i} was taken for good");
    }
}

#[test]
fn what_servers_and_owners_say_of_keeping_is_kept_to() {
    const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    // Headers, whether the tile is kept, and whether the next start asks for it again.
    let cases: [(Headers, bool, bool); 9] = [
        (&[], true, false),
        (&[("Cache-Control", "no-store")], false, true),
        (&[("cache-control", "private, NO-STORE")], false, true),
        (&[("Cache-Control", "no-cache")], true, true),
        (&[("Cache-Control", "public, max-age=600")], true, false),
        (&[("Cache-Control", "max-age=600"), ("Age", "700")], true, true),
        (&[("Expires", DATE)], true, true),
        (&[("Expires", "0")], true, true),
        (&[("Date", DATE), ("Expires", "Sun, 06 Nov 1994 09:49:37 GMT")], true, false),
    ];
    std::thread::scope(|scope| {
        for (i, (headers, is_kept, asks)) in cases.into_iter().enumerate() {
            scope.spawn(move || {
                let headers: Vec<_> = headers.iter().map(|(n, v)| (*n, (*v).to_owned())).collect();
                let good = png();
                let server =
                    Server::start(move |_| Answer::Full(200, headers.clone(), good.clone()));
                let folder = TempFolder::new("terms");
                for start in 0..2 {
                    let rig = rig(server.url(PATH), Some(folder.path().to_owned()));
                    rig.want(&[1]);
                    assert!(until(5.0, || rig.is_ready(1)));
                    // A kept one shows before it is asked for.
                    let wait = if asks && start == 1 { 5.0 } else { 0.3 };
                    until(wait, || server.requests().len() == 2);
                }
                assert_eq!(!files(folder.path()).is_empty(), is_kept, "case {i}");
                assert_eq!(server.requests().len() == 2, asks, "case {i}");
            });
        }
    });
    let good = png();
    let server = Server::start(move |_| Answer::png(&good));
    let folder = TempFolder::new("forbidden");
    let mut forbidden = source(server.url(PATH));
    forbidden.cache = CacheTerms::Forbidden;
    let rig = rig_of(forbidden, Some(folder.path().to_owned()), |_| ());
    rig.want(&[1, 2, 3]);
    assert!(until(5.0, || rig.is_ready(3)));
    drop(rig);
    assert!(files(folder.path()).is_empty());
}

#[test]
fn the_folder_keeps_its_bound_and_what_was_used_last() {
    const BOUND: u64 = 100_000;
    let folder = TempFolder::new("bound");
    let foreign = folder.path().join("notes.txt");
    fs::write(&foreign, vec![0; 50_000]).unwrap();
    let cache = DiskCache::new(folder.path().to_owned(), BOUND);
    let body = vec![7; 5_000];
    for x in 0..200 {
        cache.put("../../s", tile(x), &body, &Mark::default(), None).unwrap();
        // Written long ago, as far as the disk knows; the first is used again and again.
        let path = folder.path().join(format!("______s/10/{x}/400.tile"));
        let file = fs::File::options().append(true).open(path).unwrap();
        let ago = Duration::from_secs(10_000_000 - u64::from(x) * 10_000);
        file.set_modified(std::time::SystemTime::now() - ago).unwrap();
        assert_eq!(cache.get("../../s", tile(0)).unwrap().body, body, "{x}");
        let tiles = files(folder.path()).into_iter().filter(|path| *path != foreign);
        let bytes: u64 = tiles.map(|path| fs::metadata(path).unwrap().len()).sum();
        assert!(bytes <= BOUND, "{bytes} bytes after {x}");
    }
    assert!(cache.get("../../s", tile(199)).is_some() && cache.get("../../s", tile(1)).is_none());
    assert!(foreign.exists(), "a file of somebody else's");
}

#[test]
fn two_programs_share_a_folder() {
    let good = picture(16);
    let server = Server::start(move |_| Answer::png(&good));
    let folder = TempFolder::new("shared");
    let rigs: Vec<_> =
        (0..3).map(|_| Arc::new(rig(server.url(PATH), Some(folder.path().to_owned())))).collect();
    let all: Vec<u32> = (0..40).collect();
    for rig in &rigs {
        rig.want(&all);
    }
    assert!(until(8.0, || rigs.iter().all(|rig| all.iter().all(|x| rig.is_ready(*x)))));
    drop(rigs);
    let cache = DiskCache::new(folder.path().to_owned(), u64::MAX);
    assert!(until(3.0, || all.iter().all(|x| cache.get("test", tile(*x)).is_some())));
}
