//! Tells the program its version with commit and date, and gives the Windows file its icon.
#![expect(clippy::print_stdout, reason = "so a build script speaks to cargo")]

mod commit;
mod resource;

use std::{
    env,
    path::{Path, PathBuf},
};

fn main() -> Result<(), String> {
    let variable = |name: &str| env::var(name).map_err(|e| format!("{name}: {e}"));
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let number = variable("CARGO_PKG_VERSION")?;
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-env-changed=JINTU_COMMIT");
    let told = match env::var("JINTU_COMMIT") {
        // Who packs the program may know better, such as where git refuses a foreign folder.
        Ok(given) => given,
        // A new commit must not make a developer's build, and all tests, anew.
        Err(_) if variable("PROFILE")? != "release" => "development build".to_owned(),
        Err(_) => released(&root),
    };
    let version = format!("{number} ({told})");
    println!("cargo::rustc-env=JINTU_VERSION={version}");
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "windows") {
        give_resource(&root, &version)?;
    }
    Ok(())
}

/// The commit, found again when it or a file that goes into the program changes.
fn released(root: &Path) -> String {
    for path in ["src", "assets", "seeds", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={path}");
    }
    for path in commit::changed_by_commits(root) {
        println!("cargo::rerun-if-changed={path}");
    }
    commit::commit(root).unwrap_or_else(|| "commit unknown".to_owned())
}

fn give_resource(root: &Path, version: &str) -> Result<(), String> {
    if env::var("CARGO_CFG_TARGET_ENV").is_ok_and(|env| env != "gnu") {
        println!(
            "cargo::warning=icon, version and manifest are added for the target windows-gnu only"
        );
        return Ok(());
    }
    let out = env::var("OUT_DIR").map_err(|e| format!("OUT_DIR: {e}"))?;
    let object = resource::compile(root, Path::new(&out), version)?;
    println!("cargo::rustc-link-arg-bins={object}");
    Ok(())
}
