//! The command line: the same core without a window.
//!
//! Data goes to stdout, messages to stderr. Exit codes: 0 done, 1 bad data, 2 bad arguments.

mod args;
mod commands;
mod render;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;

pub use render::fonts;

pub use args::{Args, Command, FilterArgs, Format, RenderArgs};

use crate::{
    app::{Language, Settings},
    store,
};

/// What to do after the arguments were read.
#[derive(Debug)]
pub enum Outcome {
    /// Open the window with these settings.
    Window(Box<Settings>),
    /// A command ran.
    Done(ExitCode),
}

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The arguments do not fit the data: exit code 2.
    #[error("{0}")]
    Usage(String),
    /// The data cannot be used: exit code 1.
    #[error("{0}")]
    Data(String),
    /// stdout is gone.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
}

/// Reads the arguments and runs a command, or says that the window is wanted.
pub fn run() -> Outcome {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(e) => {
            let code = if e.use_stderr() { 2 } else { 0 };
            // Nothing is left to do if the terminal is gone.
            let _ = e.print();
            return Outcome::Done(ExitCode::from(code));
        }
    };
    let mut settings = match store::settings::load() {
        Ok(settings) => settings,
        Err(e) => {
            complain(&e.to_string());
            Settings::default()
        }
    };
    if let Some(language) = args.lang {
        settings.language = language.into();
    }
    if args.dark {
        settings.mode = crate::style::Mode::Dark;
    }
    let language = settings.language;
    match args.command {
        None => Outcome::Window(Box::new(settings)),
        Some(command) => Outcome::Done(finish(execute(command, language))),
    }
}

/// Runs one command.
///
/// # Errors
/// See [`CliError`].
pub fn execute(command: Command, language: Language) -> Result<ExitCode, CliError> {
    let mut out = io::stdout().lock();
    let code = match command {
        Command::List { filter, format } => commands::list(&filter, format, language, &mut out)?,
        Command::Show { id, format } => commands::show(&id, format, language, &mut out)?,
        Command::Tasks { plan } => commands::tasks(plan.as_deref(), language, &mut out)?,
        Command::Regions { plan } => commands::regions(plan.as_deref(), language, &mut out)?,
        Command::Check { plan, json } => {
            commands::check(plan.as_deref(), json, language, &mut out)?
        }
        Command::Render(args) => render::render(&args, language)?,
    };
    out.flush()?;
    Ok(code)
}

fn finish(result: Result<ExitCode, CliError>) -> ExitCode {
    match result {
        Ok(code) => code,
        // A closed pipe, as with `| head`, is no failure.
        Err(CliError::Output(e)) if e.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(e) => {
            complain(&e.to_string());
            ExitCode::from(match e {
                CliError::Usage(_) => 2,
                CliError::Data(_) | CliError::Output(_) => 1,
            })
        }
    }
}

/// One sentence to stderr.
pub fn complain(message: &str) {
    // Nothing is left to do if stderr is gone.
    let _ = writeln!(io::stderr(), "jintu: {message}");
}
