//! What a package installs beside the program, from the same table of arguments.

use std::{io::Write, path::Path, process::ExitCode};

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Args, CliError};

/// Writes the completions of a shell.
pub fn completions(shell: Shell, out: &mut impl Write) -> Result<ExitCode, CliError> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "jintu", &mut text);
    out.write_all(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a manual page of the program and one of each command into a folder that is there.
pub fn man(folder: &Path) -> Result<ExitCode, CliError> {
    let failed = |reason| CliError::Data(format!("{}: {reason}", folder.display()));
    clap_mangen::generate_to(Args::command(), folder).map_err(failed)?;
    Ok(ExitCode::SUCCESS)
}
