//! Keeping the screen on while slides are shown: nobody touches the keyboard during a speech.

use std::{
    io,
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

/// The screen stays on for as long as this lives.
pub struct Awake {
    /// Closed with it, which ends the thread that holds the screen on.
    _ends: Sender<()>,
}

impl Awake {
    /// Asks whoever would blank the screen not to: the desktop's service and the window system, each
    /// where there is one. A thread of its own does, because either may take its time. `bus` is the
    /// address of another message bus than the session's; it matters on Linux only.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn begin(bus: Option<&str>) -> io::Result<Self> {
        let (ends, ended) = channel();
        let bus = bus.map(str::to_owned);
        let thread = thread::Builder::new().name("awake".to_owned());
        thread.spawn(move || held(&ended, bus.as_deref()))?;
        Ok(Self { _ends: ends })
    }
}

/// Holds the screen on until the other end of the channel is gone. Where nobody answers there is
/// nothing that could be done: a screen that goes dark is woken by the next key.
#[cfg(target_os = "linux")]
fn held(ended: &Receiver<()>, bus: Option<&str>) {
    let window_system = suspended_screen_saver();
    let desktop = match bus {
        Some(address) => zbus::blocking::connection::Builder::address(address)
            .and_then(zbus::blocking::connection::Builder::build),
        None => zbus::blocking::Connection::session(),
    }
    .ok();
    let cookie = desktop.as_ref().and_then(inhibited);
    let _ = ended.recv();
    if let (Some(desktop), Some(cookie)) = (&desktop, cookie) {
        // The service forgets who leaves the bus; being told, it knows at once.
        let _ = screen_saver(desktop, "UnInhibit", &cookie);
    }
    // The server goes on counting when the connection closes.
    drop(window_system);
}

/// What freedesktop.org's idle inhibition service gives back, to be handed in again.
#[cfg(target_os = "linux")]
fn inhibited(desktop: &zbus::blocking::Connection) -> Option<u32> {
    let answer = screen_saver(desktop, "Inhibit", &("jintu", "presenting")).ok()?;
    answer.body().deserialize().ok()
}

#[cfg(target_os = "linux")]
fn screen_saver<B>(
    desktop: &zbus::blocking::Connection,
    method: &str,
    body: &B,
) -> zbus::Result<zbus::Message>
where
    B: serde::Serialize + zbus::zvariant::DynamicType,
{
    const SERVICE: &str = "org.freedesktop.ScreenSaver";
    desktop.call_method(Some(SERVICE), "/org/freedesktop/ScreenSaver", Some(SERVICE), method, body)
}

/// The connection that holds an X server's own timers, as on a kiosk without a desktop.
#[cfg(target_os = "linux")]
fn suspended_screen_saver() -> Option<impl x11rb::connection::Connection> {
    use x11rb::{connection::Connection as _, protocol::screensaver::ConnectionExt as _};
    let (server, _) = x11rb::connect(None).ok()?;
    server.screensaver_suspend(1).ok()?.check().ok()?;
    server.flush().ok()?;
    Some(server)
}

#[cfg(not(target_os = "linux"))]
fn held(ended: &Receiver<()>, _bus: Option<&str>) {
    let asked = keepawake::Builder::default()
        .display(true)
        .reason("presenting")
        .app_name("jintu")
        .app_reverse_domain("io.github.jintu")
        .create();
    let _ = ended.recv();
    drop(asked);
}
