//! A message bus for tests, apart from the desktop's own.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use crate::temp_folder::TempFolder;

/// What the standard session's configuration says, but for its folders of services: by those the
/// bus would start the keyring of the machine as soon as it is asked for one.
const NO_SERVICES: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// A message bus of the test's own, on which there is only what the test puts there.
pub struct Bus {
    daemon: Child,
    pub address: String,
}

impl Bus {
    /// `None` where no bus is installed: then what is asked for on it is not there either.
    pub fn start() -> Option<Self> {
        let folder = TempFolder::new("bus");
        let config = folder.path().join("bus.conf");
        std::fs::write(&config, NO_SERVICES).unwrap();
        let mut daemon = Command::new("dbus-daemon")
            .arg("--config-file")
            .arg(&config)
            .args(["--nofork", "--print-address"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        assert!(!address.is_empty(), "the bus has started");
        Some(Self { daemon, address })
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}
