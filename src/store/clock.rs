//! The time of day where the user is.

use crate::app::Moment;

/// Now, by the system's clock and time zone.
pub fn now() -> Moment {
    let now = jiff::ZonedDateTime::now();
    Moment {
        year: now.year(),
        month: now.month().unsigned_abs(),
        day: now.day().unsigned_abs(),
        hour: now.hour().unsigned_abs(),
        minute: now.minute().unsigned_abs(),
        second: now.second().unsigned_abs(),
    }
}

/// Now, to the second, with the offset from UTC, such as `2026-11-26T21:20:35+08:00`.
pub fn stamp() -> String {
    jiff::ZonedDateTime::now().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
