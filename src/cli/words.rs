//! Help and errors of the command line in the user's language: clap's own words are English.

use clap::{
    Arg, ArgAction, Command, CommandFactory,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::Args;
use crate::{app::Language, geo::UnknownCrs, jobs::tell_layers::format_names, tr};

/// What the program is called as.
pub const NAME: &str = "jintu";

/// The table of arguments, told in a language.
pub fn command(language: Language) -> Command {
    let own = Args::command().about(tr!(language, "cli.about"));
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let own = own.disable_version_flag(true).arg(version).mut_subcommands(|sub| {
        let about = known(language, &format!("cli.command.{}", sub.get_name()));
        let sub = match about {
            Some(about) => sub.about(about),
            None => sub,
        };
        told(sub, language)
    });
    told(own, language)
}

/// The language that raw arguments ask for, before they can be read.
pub fn asked(args: impl IntoIterator<Item = String>) -> Option<Language> {
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        let value = match arg.split_once('=') {
            Some(("--lang", value)) => value.to_owned(),
            _ if arg == "--lang" => args.next()?,
            _ => continue,
        };
        return match value.as_str() {
            "zh" => Some(Language::Chinese),
            "en" => Some(Language::English),
            _ => None,
        };
    }
    None
}

/// What is wrong with the arguments, in a sentence.
pub fn error(error: &clap::Error, language: Language) -> String {
    let of = |kind| error.get(kind).map(words_of).unwrap_or_default();
    let arg = of(ContextKind::InvalidArg);
    let value = of(ContextKind::InvalidValue);
    let sentence = match error.kind() {
        ErrorKind::UnknownArgument => tr!(language, "cli.unknown_argument", arg = arg),
        ErrorKind::InvalidValue if value.is_empty() => {
            tr!(language, "cli.needs_value", arg = arg)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let does = does(error, &arg, &value, language);
            tr!(language, "cli.bad_value", arg = arg, value = value, does = does)
        }
        ErrorKind::MissingRequiredArgument => tr!(language, "cli.missing", arg = arg),
        ErrorKind::ArgumentConflict => {
            let other = of(ContextKind::PriorArg);
            if other.is_empty() || other == arg {
                tr!(language, "cli.given_twice", arg = arg)
            } else {
                tr!(language, "cli.conflict", arg = arg, other = other)
            }
        }
        ErrorKind::InvalidUtf8 => tr!(language, "cli.no_unicode"),
        ErrorKind::TooManyValues => {
            tr!(language, "cli.too_many", arg = arg, value = value)
        }
        _ => tr!(language, "cli.wrong"),
    };
    format!("{sentence}{}", tr!(language, "cli.see_help"))
}

/// What an argument may say.
fn does(error: &clap::Error, arg: &str, value: &str, language: Language) -> String {
    let values = error.get(ContextKind::ValidValue).map(words_of).unwrap_or_default();
    if !values.is_empty() {
        return tr!(language, "cli.one_of", values = values);
    }
    let name = arg.split([' ', '=']).next().unwrap_or_default();
    match name {
        "--datum" => tr!(language, "cli.form_datum"),
        "--from" | "--to" | "--crs" | "--to-crs" => match UnknownCrs::of_key(value) {
            UnknownCrs::NotReadable => tr!(language, "cli.form_crs"),
            number => {
                let why = number.words(language);
                tr!(language, "cli.form_epsg", why = why)
            }
        },
        _ => tr!(language, "cli.form_number"),
    }
}

fn words_of(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        other => other.to_string(),
    }
}

/// A command with its headings, its arguments and its help in the language.
fn told(command: Command, language: Language) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let command = command
        .mut_args(|arg| valued(arg, language))
        .long_about(None)
        .help_template(tr!(language, "cli.template"))
        .subcommand_help_heading(tr!(language, "cli.commands"))
        .subcommand_value_name(tr!(language, "cli.command_name"))
        .disable_help_flag(true)
        .arg(help)
        .mut_args(|arg| argument(arg, language));
    match usage(&command, language) {
        Some(usage) => command.override_usage(usage),
        None => command,
    }
}

/// How a command is called, where clap's own line has an English word in it.
fn usage(command: &Command, language: Language) -> Option<String> {
    const OPTIONS: &str = "[OPTIONS]";
    let own = command.get_name();
    let called = if own == NAME { NAME.to_owned() } else { format!("{NAME} {own}") };
    let usage = command.clone().bin_name(called).render_usage().to_string();
    let told = usage.replace(OPTIONS, &tr!(language, "cli.options_tag"));
    let told = told.split_once(": ").map(|(_, rest)| rest.to_owned())?;
    (!language.is_english()).then_some(told)
}

/// What stands for an argument's value, in the language.
fn valued(arg: Arg, language: Language) -> Arg {
    if !arg.get_action().takes_values() {
        return arg;
    }
    // Without a name of its own it is called as the argument.
    let own = [clap::builder::Str::from(arg.get_id().as_str().to_uppercase())];
    let names = arg.get_value_names().unwrap_or(&own);
    let told = |name: &clap::builder::Str| {
        known(language, &format!("cli.value.{name}")).unwrap_or_else(|| name.to_string())
    };
    let names: Vec<String> = names.iter().map(told).collect();
    arg.value_names(names)
}

/// An argument with what it means, what it may be and what it is otherwise.
fn argument(arg: Arg, language: Language) -> Arg {
    let heading = if arg.is_positional() { "cli.arguments" } else { "cli.options" };
    let takes_value = arg.get_action().takes_values();
    let mut help = known(language, &format!("cli.arg.{}", arg.get_id()))
        .or_else(|| arg.get_help().map(ToString::to_string))
        .unwrap_or_default()
        .replace("%{formats}", &format_names(language));
    let values: Vec<String> = if takes_value {
        arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect()
    } else {
        Vec::new()
    };
    if !values.is_empty() {
        help.push_str(&tr!(language, "cli.values", values = values.join(", ")));
    }
    let default = arg.get_default_values().first().filter(|_| takes_value);
    if let Some(default) = default {
        let value = default.to_string_lossy();
        help.push_str(&tr!(language, "cli.default", value = value));
    }
    let arg = arg.help(help).long_help(None).help_heading(tr!(language, heading));
    // They are told in our own words; an argument without a value has none to hide.
    if takes_value { arg.hide_possible_values(true).hide_default_value(true) } else { arg }
}

/// A text that the locale files may have.
fn known(language: Language, key: &str) -> Option<String> {
    let text = tr!(language, key);
    (!text.ends_with(key)).then_some(text)
}
