//! Arguments go to the command line or to the window.

use std::process::ExitCode;

fn main() -> ExitCode {
    match jintu::cli::run() {
        jintu::cli::Outcome::Done(code) => code,
        jintu::cli::Outcome::Window(settings) => window(&settings),
    }
}

#[cfg(feature = "gui")]
fn window(settings: &jintu::app::Settings) -> ExitCode {
    jintu::ui::run(settings)
}

#[cfg(not(feature = "gui"))]
fn window(_: &jintu::app::Settings) -> ExitCode {
    jintu::cli::complain("built without the window; try `jintu list` or `jintu render -o map.png`");
    ExitCode::from(2)
}
