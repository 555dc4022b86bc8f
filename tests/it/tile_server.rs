//! A small HTTP server on loopback that does what a test tells it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// What is sent for a request.
#[derive(Clone)]
pub enum Answer {
    /// Status, headers besides the length, body.
    Full(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// A body that is said to be longer than what comes.
    Short(Vec<u8>),
    /// One byte now and then, without end.
    Drip,
    /// As much as the client takes, with this status.
    Endless(u16),
    /// These bytes, whatever they are, and the end of the connection.
    Raw(Vec<u8>),
    /// The connection is closed at once.
    Reset,
    /// Nothing at all.
    Silence,
}

impl Answer {
    pub fn png(bytes: &[u8]) -> Self {
        Self::Full(200, vec![("Content-Type", "image/png".into())], bytes.to_vec())
    }

    pub fn status(code: u16) -> Self {
        Self::Full(code, Vec::new(), b"no".to_vec())
    }
}

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    pub path: String,
    pub head: String,
    pub at: Instant,
}

type Script = dyn Fn(&Request) -> Answer + Send + Sync;

pub struct Server {
    pub port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
    stopped: Arc<AtomicBool>,
}

impl Server {
    pub fn start(script: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests: Arc<Mutex<Vec<Request>>> = Arc::default();
        let stopped = Arc::new(AtomicBool::new(false));
        let script: Arc<Script> = Arc::new(script);
        let (seen, stop) = (requests.clone(), stopped.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let (seen, stop, script) = (seen.clone(), stop.clone(), script.clone());
                thread::spawn(move || serve(&stream, &seen, &stop, &*script));
            }
        });
        Self { port, requests, stopped }
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    pub fn url(&self, rest: &str) -> String {
        format!("http://127.0.0.1:{}{rest}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // Wakes the listener.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
    }
}

fn serve(stream: &TcpStream, seen: &Mutex<Vec<Request>>, stop: &AtomicBool, script: &Script) {
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut reader = BufReader::new(stream);
    loop {
        let mut head = String::new();
        loop {
            let mut line = String::new();
            match reader.read_line(&mut line) {
                Ok(0) | Err(_) => return,
                Ok(_) if line == "\r\n" => break,
                Ok(_) => head.push_str(&line),
            }
        }
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let request = Request { path, head, at: Instant::now() };
        let answer = script(&request);
        seen.lock().unwrap().push(request);
        if stop.load(Ordering::Relaxed) || !send(stream, &answer, stop) {
            return;
        }
    }
}

/// Says whether the connection can go on.
fn send(mut stream: &TcpStream, answer: &Answer, stop: &AtomicBool) -> bool {
    match answer {
        Answer::Full(status, headers, body) => {
            let mut head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n", body.len());
            for (name, value) in headers {
                head = format!("{head}{name}: {value}\r\n");
            }
            stream.write_all(format!("{head}\r\n").as_bytes()).is_ok()
                && stream.write_all(body).is_ok()
        }
        Answer::Short(body) => {
            let head = format!("HTTP/1.1 200 X\r\nContent-Length: {}\r\n\r\n", body.len() + 1000);
            let _ = stream.write_all(head.as_bytes());
            let _ = stream.write_all(body);
            false
        }
        Answer::Drip => {
            let _ = stream.write_all(b"HTTP/1.1 200 X\r\nContent-Length: 100000\r\n\r\n");
            while !stop.load(Ordering::Relaxed) && stream.write_all(b"x").is_ok() {
                thread::sleep(Duration::from_millis(40));
            }
            false
        }
        Answer::Raw(bytes) => {
            let _ = stream.write_all(bytes);
            false
        }
        Answer::Endless(status) => {
            let head = format!("HTTP/1.1 {status} X\r\nContent-Length: 100000000\r\n\r\n");
            let _ = stream.write_all(head.as_bytes());
            let block = vec![0x89_u8; 1 << 16];
            while !stop.load(Ordering::Relaxed) && stream.write_all(&block).is_ok() {}
            false
        }
        Answer::Reset => false,
        Answer::Silence => {
            while !stop.load(Ordering::Relaxed) {
                let mut byte = [0];
                match stream.read(&mut byte) {
                    Ok(0) => return false,
                    _ => thread::sleep(Duration::from_millis(20)),
                }
            }
            false
        }
    }
}
