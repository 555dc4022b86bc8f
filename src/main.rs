//! Arguments go to the command line or to the window.

use std::process::ExitCode;

fn main() -> ExitCode {
    jintu::store::limits::let_writing_fail();
    match jintu::cli::run() {
        jintu::cli::Outcome::Done(code) => code,
        jintu::cli::Outcome::Window(opening) => window(*opening),
    }
}

#[cfg(feature = "gui")]
fn window(opening: jintu::jobs::Opening) -> ExitCode {
    match jintu::ui::run(opening) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            jintu::cli::complain(&reason);
            ExitCode::from(1)
        }
    }
}

#[cfg(not(feature = "gui"))]
fn window(jintu::jobs::Opening { settings, .. }: jintu::jobs::Opening) -> ExitCode {
    jintu::cli::complain_without_window(settings.language);
    ExitCode::from(2)
}
