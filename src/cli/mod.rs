//! The command line: the same core without a window.
//!
//! Data goes to stdout, messages to stderr. Exit codes: 0 done, 1 bad data, 2 bad arguments.

mod args;
mod book;
mod book_args;
mod book_info;
mod book_new;
mod book_revise;
mod book_shape;
mod commands;
mod console;
mod convert;
mod coords;
mod filter_args;
mod find;
mod info;
mod install;
mod join;
mod layer_args;
mod layer_styles;
mod list_file;
mod list_format;
mod manual;
mod open_options;
mod render;
mod target;
mod values;
mod within;
mod words;

use std::{
    fs::File,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::FromArgMatches;

pub use args::{Args, Command, RenderArgs};
pub use book_args::{BookCommand, SourceArgs};
pub use filter_args::FilterArgs;
pub use list_format::Format;

use crate::{
    app::{Language, Settings, Tell},
    catalogue::Facet,
    jobs::{Opening, tell::system},
    store::{self, layers::OpenOptions},
    tr,
};

/// What to do after the arguments were read.
#[derive(Debug)]
pub enum Outcome {
    /// Open the window.
    Window(Box<Opening>),
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
    let (mut settings, unread) = match store::settings::load() {
        Ok(settings) => (settings, None),
        Err(e) => (Settings::default(), Some(e)),
    };
    let raw = std::env::args_os().map(|arg| arg.to_string_lossy().into_owned());
    let language = words::asked(raw).unwrap_or(settings.language);
    let read = words::command(language).try_get_matches();
    let args = match read.and_then(|matches| Args::from_arg_matches(&matches)) {
        Ok(args) => args,
        Err(e) if e.use_stderr() => {
            complain(&words::error(&e, language));
            return Outcome::Done(ExitCode::from(2));
        }
        Err(help) => {
            if console::is_there() {
                // Nothing is left to do if the terminal is gone.
                let _ = help.print();
            } else {
                console::show(&help.to_string());
            }
            return Outcome::Done(ExitCode::SUCCESS);
        }
    };
    let is_unread = unread.is_some();
    if let Some(e) = unread {
        complain(&e.tell(language));
    }
    if let Some(language) = args.lang {
        settings.language = language.into();
    }
    if args.dark {
        settings.mode = crate::style::Mode::Dark;
    }
    let language = settings.language;
    match args.command {
        None => {
            let log = match args.log.as_deref().map(File::create).transpose() {
                Ok(log) => log,
                Err(e) => {
                    let reason = system(&e, language);
                    complain(&tr!(language, "cli.no_log", reason = reason));
                    return Outcome::Done(ExitCode::from(2));
                }
            };
            if let Some(missing) = args.files.iter().find(|file| !file.exists()) {
                complain(&tr!(language, "error.no_file", name = missing.display()));
                return Outcome::Done(ExitCode::from(2));
            }
            // Workbooks name what lies beside them, and settings what is opened again: from the root.
            let whole = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
            let plan_file = args.plan.clone().map(whole);
            let of = |plan| SourceArgs { plan: Some(plan), book: None };
            let plan = match args.plan.map(|plan| commands::usable(&of(plan), language)) {
                None => None,
                Some(Ok(plan)) => Some(Box::new(plan)),
                Some(Err(e)) => return Outcome::Done(finish(Err(e), language)),
            };
            let basemap = args.basemap.map(|basemap| (basemap, args.datum));
            let (books, files): (Vec<PathBuf>, Vec<PathBuf>) =
                args.files.into_iter().map(whole).partition(|path| is_workbook(path));
            // The last one comes back where nothing else is asked for.
            let last = || settings.last_book.clone().filter(|_| plan.is_none());
            let book = books.into_iter().last().or_else(last);
            let opening =
                Opening { settings, plan, plan_file, book, is_unread, basemap, files, log };
            Outcome::Window(Box::new(opening))
        }
        Some(command) if !console::is_there() && !command.is_silent() => {
            complain(&tr!(language, "error.no_console"));
            Outcome::Done(ExitCode::from(2))
        }
        Some(command) => Outcome::Done(finish(execute(command, language), language)),
    }
}

/// Runs one command.
///
/// # Errors
/// See [`CliError`].
pub fn execute(command: Command, language: Language) -> Result<ExitCode, CliError> {
    let mut out = io::stdout().lock();
    let code = match command {
        Command::List { filter, format, list_output, overwrite } => {
            if let Some(file) = list_output {
                list_file::write(&filter, format, &file, overwrite, language)?
            } else {
                let format = format.unwrap_or(Format::Table);
                commands::list(&filter, format, language, &mut out)?
            }
        }
        Command::Show { id, of, format } => {
            commands::show(&id, &of, format.into(), language, &mut out)?
        }
        Command::Tasks { of } => commands::tasks(&of, language, &mut out)?,
        Command::Regions { of } => commands::regions(&of, language, &mut out)?,
        Command::Book(command) => book::run(command, language, &mut out)?,
        Command::Counts { filter, facet, by_length } => {
            let facets: Vec<Facet> = facet.into_iter().map(Into::into).collect();
            commands::counts(&filter, &facets, by_length, language, &mut out)?
        }
        Command::Find { text, of, json } => find::find(&text, &of, json, language, &mut out)?,
        Command::Info { files, format, crs, layer, columns } => {
            let options = open_options::open_options(crs, language)?;
            let options = OpenOptions { layer, columns: columns.columns(), ..options };
            info::info(&files, &options, format, language, &mut out)?
        }
        Command::Convert(args) => convert::convert(&args, language)?,
        Command::Check { of, json } => commands::check(&of, json, language, &mut out)?,
        Command::Render(args) => render::render(&args, language)?,
        Command::Coords { pair, from, to } => {
            coords::coords(&pair, from, to, language, &mut out)?;
            for sentence in coords::warnings(from, to, language) {
                complain(&sentence);
            }
            ExitCode::SUCCESS
        }
        Command::Completions { shell } => install::completions(shell, &mut out)?,
        Command::Man { folder } => install::man(&folder)?,
    };
    out.flush()?;
    Ok(code)
}

fn finish(result: Result<ExitCode, CliError>, language: Language) -> ExitCode {
    match result {
        Ok(code) => code,
        // A closed pipe, as with `| head`, is no failure.
        Err(CliError::Output(e)) if e.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(e) => {
            complain(&match &e {
                CliError::Usage(sentence) | CliError::Data(sentence) => sentence.clone(),
                CliError::Output(e) => {
                    tr!(language, "cli.no_output", reason = system(e, language))
                }
            });
            ExitCode::from(match e {
                CliError::Usage(_) => 2,
                CliError::Data(_) | CliError::Output(_) => 1,
            })
        }
    }
}

/// Says that this program was built without the window, and what it can do.
pub fn complain_without_window(language: Language) {
    complain(&tr!(language, "cli.no_window"));
}

/// One sentence to stderr, or in a box where there is none.
pub fn complain(message: &str) {
    if !console::is_there() {
        console::show(message);
        return;
    }
    // Nothing is left to do if stderr is gone.
    let _ = writeln!(io::stderr(), "jintu: {message}");
}

/// By its name, as desktops tell files apart.
fn is_workbook(path: &std::path::Path) -> bool {
    path.extension().is_some_and(|own| own.eq_ignore_ascii_case("jintu"))
}
