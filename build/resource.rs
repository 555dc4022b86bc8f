//! What Windows shows and reads of the program file: icon, version, manifest.

use std::{env, fs, path::Path, process::Command};

/// Compiles the resource and returns its object file.
///
/// # Errors
/// Why there is none, in one sentence.
pub fn compile(root: &Path, out: &Path, version: &str) -> Result<String, String> {
    let script = out.join("jintu.rc");
    let object = out.join("jintu-resource.o");
    fs::write(&script, text(root, version)?).map_err(|e| format!("{}: {e}", script.display()))?;
    let arch = env::var("CARGO_CFG_TARGET_ARCH").unwrap_or_default();
    let names = [format!("{arch}-w64-mingw32-windres"), "windres".to_owned()];
    for name in &names {
        let run = Command::new(name)
            .args(["--codepage=65001", "--output-format=coff"])
            .args([&script, &object])
            .status();
        match run {
            Ok(status) if status.success() => return Ok(object.display().to_string()),
            Ok(status) => return Err(format!("{name} failed: {status}")),
            Err(_) => {}
        }
    }
    Err(format!("neither {} nor {} is there", names[0], names[1]))
}

fn text(root: &Path, version: &str) -> Result<String, String> {
    let number = |name: &str| env::var(format!("CARGO_PKG_VERSION_{name}")).unwrap_or_default();
    let numbers = format!("{},{},{},0", number("MAJOR"), number("MINOR"), number("PATCH"));
    let icon = quoted(&root.join("assets/icon.ico"))?;
    let manifest = quoted(&root.join("build/jintu.manifest"))?;
    let strings = |description: &str| {
        format!(
            r#"
      VALUE "CompanyName", "Jintu\0"
      VALUE "FileDescription", "{description}\0"
      VALUE "FileVersion", "{version}\0"
      VALUE "InternalName", "jintu\0"
      VALUE "LegalCopyright", "MIT\0"
      VALUE "ProductName", "锦图 Jintu\0"
      VALUE "ProductVersion", "{version}\0""#
        )
    };
    let chinese = strings("锦图");
    let english = strings("Jintu");
    Ok(format!(
        r#"#include <windows.h>
1 ICON {icon}
1 24 {manifest}
1 VERSIONINFO
FILEVERSION {numbers}
PRODUCTVERSION {numbers}
FILEFLAGSMASK 0x3f
FILEFLAGS 0
FILEOS VOS_NT_WINDOWS32
FILETYPE VFT_APP
BEGIN
  BLOCK "StringFileInfo"
  BEGIN
    BLOCK "080404b0"
    BEGIN{chinese}
    END
    BLOCK "040904b0"
    BEGIN{english}
    END
  END
  BLOCK "VarFileInfo"
  BEGIN
    VALUE "Translation", 0x0804, 1200, 0x0409, 1200
  END
END
"#
    ))
}

/// A path as the resource compiler reads it.
fn quoted(path: &Path) -> Result<String, String> {
    println!("cargo::rerun-if-changed={}", path.display());
    let text = path.to_str().ok_or_else(|| format!("{}: not UTF-8", path.display()))?;
    Ok(format!("\"{}\"", text.replace('\\', "/")))
}
