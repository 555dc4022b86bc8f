//! What a package installs beside the program, from the same table of arguments.

use std::{io::Write, path::Path, process::ExitCode};

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Args, CliError, manual};

/// Writes the completions of a shell.
pub fn completions(shell: Shell, out: &mut impl Write) -> Result<ExitCode, CliError> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "jintu", &mut text);
    out.write_all(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the manual pages in both languages below a folder that is there, such as `/usr/share/man`.
pub fn man(folder: &Path) -> Result<ExitCode, CliError> {
    let failed = |reason| CliError::Data(format!("{}: {reason}", folder.display()));
    manual::write(folder).map_err(failed)?;
    Ok(ExitCode::SUCCESS)
}
