//! Requests for tiles: bounded in time and size, told in words.

use std::time::Duration;

use ureq::{Agent, Error, http::Response};

use crate::tile::{Failure, MAX_BODY_BYTES};

/// How long a server may take, for tests to shorten.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    pub connect: Duration,
    /// The whole of a request, so that a body that drips does not hold a worker.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { connect: Duration::from_secs(6), whole: Duration::from_secs(20) }
    }
}

/// An answer with a body.
#[derive(Debug)]
pub struct Answer {
    pub body: Vec<u8>,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    /// For how long it is fresh.
    pub max_age: Option<Duration>,
    /// The server forbids keeping it.
    pub no_store: bool,
}

/// What came back.
#[derive(Debug)]
pub enum Reply {
    Fresh(Answer),
    /// What was kept still holds, for so long.
    NotModified(Option<Duration>),
    /// The server has none.
    Absent,
}

/// A client for all requests.
#[derive(Debug, Clone)]
pub struct Client {
    agent: Agent,
}

impl Client {
    pub fn new(patience: Patience) -> Self {
        let config = Agent::config_builder()
            .user_agent(concat!("jintu/", env!("CARGO_PKG_VERSION"), " (desktop map)"))
            .timeout_connect(Some(patience.connect))
            .timeout_resolve(Some(patience.connect))
            .timeout_global(Some(patience.whole))
            .http_status_as_error(false)
            .max_redirects(4)
            .tls_config(
                ureq::tls::TlsConfig::builder()
                    .root_certs(ureq::tls::RootCerts::PlatformVerifier)
                    .build(),
            )
            .build();
        Self { agent: config.new_agent() }
    }

    /// Fetches an address. `known` is the mark of what is kept already.
    ///
    /// # Errors
    /// See [`Failure`]; the address is in none of them.
    pub fn get(&self, url: &str, known: Option<&Mark>) -> Result<Reply, Failure> {
        let mut request = self.agent.get(url);
        if let Some(mark) = known {
            if let Some(etag) = &mark.etag {
                request = request.header("If-None-Match", etag);
            }
            if let Some(date) = &mark.last_modified {
                request = request.header("If-Modified-Since", date);
            }
        }
        let mut response = request.call().map_err(|e| failure(&e))?;
        let max_age = max_age(&response);
        let status = response.status().as_u16();
        match status {
            304 => return Ok(Reply::NotModified(max_age)),
            204 | 404 | 410 => return Ok(Reply::Absent),
            _ => {}
        }
        let header = |name: &str| {
            response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned)
        };
        let (etag, last_modified) = (header("etag"), header("last-modified"));
        let retry_after =
            header("retry-after").and_then(|s| s.trim().parse().ok()).map(Duration::from_secs);
        let no_store = header("cache-control").is_some_and(|c| c.contains("no-store"));
        let body = response
            .body_mut()
            .with_config()
            .limit(MAX_BODY_BYTES)
            .read_to_vec()
            .map_err(|e| failure(&e))?;
        if let Some(failure) = Failure::of_status(status, &body, retry_after) {
            return Err(failure);
        }
        Ok(Reply::Fresh(Answer { body, etag, last_modified, max_age, no_store }))
    }

    /// Some bytes of a file behind an address.
    ///
    /// # Errors
    /// See [`Failure`]; a server that does not know ranges is [`Failure::Refused`].
    pub fn range(&self, url: &str, offset: u64, length: u64) -> Result<Vec<u8>, Failure> {
        let last = offset.saturating_add(length).saturating_sub(1);
        let range = format!("bytes={offset}-{last}");
        let mut response =
            self.agent.get(url).header("Range", &range).call().map_err(|e| failure(&e))?;
        let status = response.status().as_u16();
        let limit = length.saturating_add(1);
        let body = response.body_mut().with_config().limit(limit).read_to_vec();
        match status {
            206 => body.map_err(|e| failure(&e)),
            200 => Err(Failure::Refused(200)),
            _ => Err(Failure::of_status(status, &body.unwrap_or_default(), None)
                .unwrap_or(Failure::Refused(status))),
        }
    }
}

/// What tells whether a kept tile still holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

fn max_age(response: &Response<ureq::Body>) -> Option<Duration> {
    let control = response.headers().get("cache-control")?.to_str().ok()?;
    let seconds = control.split(',').find_map(|part| part.trim().strip_prefix("max-age="))?;
    seconds.trim().parse().ok().map(Duration::from_secs)
}

fn failure(error: &Error) -> Failure {
    match error {
        Error::Timeout(_) => Failure::Timeout,
        Error::BodyExceedsLimit(_) => Failure::TooLarge,
        Error::BadUri(_) | Error::Http(_) | Error::TooManyRedirects => Failure::Address,
        Error::Io(e) if e.kind() == std::io::ErrorKind::TimedOut => Failure::Timeout,
        _ => Failure::Unreachable,
    }
}
