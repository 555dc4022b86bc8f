//! The screen is kept on while slides are shown, and no longer: against a desktop of the test's own.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use jintu::store::awake::Awake;
use zbus::{blocking::connection::Builder, interface};

use crate::bus::Bus;

/// Who asked for the screen to stay on, and which of them took it back.
#[derive(Default)]
struct Asked {
    by: Vec<(String, String)>,
    back: Vec<u32>,
}

struct ScreenSaver(Arc<Mutex<Asked>>);

#[interface(name = "org.freedesktop.ScreenSaver")]
impl ScreenSaver {
    fn inhibit(&self, application: String, reason: String) -> u32 {
        self.0.lock().unwrap().by.push((application, reason));
        4711
    }

    fn un_inhibit(&self, cookie: u32) {
        self.0.lock().unwrap().back.push(cookie);
    }
}

fn within_seconds(mut is_so: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(20) {
        if is_so() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

#[test]
fn the_desktop_is_asked_once_and_told_when_it_ends() {
    let Some(bus) = Bus::start() else { return };
    let asked = Arc::new(Mutex::new(Asked::default()));
    let _desktop = Builder::address(bus.address.as_str())
        .unwrap()
        .name("org.freedesktop.ScreenSaver")
        .unwrap()
        .serve_at("/org/freedesktop/ScreenSaver", ScreenSaver(asked.clone()))
        .unwrap()
        .build()
        .unwrap();
    let awake = Awake::begin(Some(&bus.address)).unwrap();
    assert!(within_seconds(|| !asked.lock().unwrap().by.is_empty()), "nobody asked");
    {
        let asked = asked.lock().unwrap();
        assert_eq!(asked.by, [("jintu".to_owned(), "presenting".to_owned())]);
        assert!(asked.back.is_empty(), "it lives still");
    }
    drop(awake);
    assert!(within_seconds(|| asked.lock().unwrap().back == [4711]), "nobody gave it back");
    assert_eq!(asked.lock().unwrap().by.len(), 1);
}

/// Where no desktop answers, slides are shown all the same.
#[test]
fn nobody_need_answer() {
    let Some(bus) = Bus::start() else { return };
    drop(Awake::begin(Some(&bus.address)).unwrap());
    drop(Awake::begin(Some("unix:path=/nowhere/at/all")).unwrap());
}
