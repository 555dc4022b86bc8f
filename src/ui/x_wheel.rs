//! The wheel on X servers that tell of it by buttons 4 to 7 only, as those behind VNC and remote
//! desktops do: winit turns each button into a line of scrolling twice, when it goes down and when it
//! comes up again, so that one notch would count as two. A pointer with axes of scrolling, which every
//! mouse on a desk has, tells once.

use egui::{Event, MouseWheelUnit, RawInput};
use raw_window_handle::{HasWindowHandle, RawWindowHandle};
use x11rb::{
    errors::ReplyError,
    protocol::xinput::{ConnectionExt as _, Device, DeviceClassData},
    rust_connection::RustConnection,
};

/// After so long without a turn the server is asked again: a mouse may have come.
const PAUSE_S: f64 = 2.0;

/// What turns the wheel into notches that count once.
pub struct XWheel {
    /// `None` where the window is none of X11's: nothing comes twice there.
    server: Option<RustConnection>,
    is_told_twice: bool,
    last_turn_s: f64,
}

impl XWheel {
    /// For a window.
    pub fn of(window: &impl HasWindowHandle) -> Self {
        let handle = window.window_handle().map(|handle| handle.as_raw());
        let is_x = matches!(handle, Ok(RawWindowHandle::Xlib(_) | RawWindowHandle::Xcb(_)));
        let server = is_x.then(|| x11rb::connect(None).ok()).flatten();
        Self {
            server: server.map(|(connection, _)| connection),
            is_told_twice: false,
            last_turn_s: f64::NEG_INFINITY,
        }
    }

    /// Makes each notch of a frame's input count once.
    pub fn count_once(&mut self, input: &mut RawInput) {
        let Some(server) = &self.server else { return };
        if !input.events.iter().any(|event| matches!(event, Event::MouseWheel { .. })) {
            return;
        }
        let now_s = input.time.unwrap_or_default();
        if now_s - self.last_turn_s > PAUSE_S {
            // A server without the extension gives winit no wheel at all.
            self.is_told_twice = scrolls_by_buttons(server).unwrap_or(false);
        }
        self.last_turn_s = now_s;
        if self.is_told_twice {
            halve_lines(&mut input.events);
        }
    }
}

/// Half of every line of scrolling, as each comes twice.
pub fn halve_lines(events: &mut [Event]) {
    for event in events {
        if let Event::MouseWheel { unit: MouseWheelUnit::Line, delta, .. } = event {
            *delta *= 0.5;
        }
    }
}

/// Whether no pointer of the server has an axis of scrolling.
fn scrolls_by_buttons(server: &RustConnection) -> Result<bool, ReplyError> {
    // Axes of scrolling are told to those who know of them only: since version 2.1.
    server.xinput_xi_query_version(2, 2)?.reply()?;
    let devices = server.xinput_xi_query_device(u16::from(Device::ALL))?.reply()?;
    let mut classes = devices.infos.iter().flat_map(|device| &device.classes);
    Ok(!classes.any(|class| matches!(class.data, DeviceClassData::Scroll(_))))
}
