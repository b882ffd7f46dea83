//! A client of the API over a connection of its own: as little as a test or a benchmark of a real server needs.
//!
//! `Client::connect("127.0.0.1:8080")?.ask(r#"{"query": "{ stats { version } }"}"#, None)?` → `(200, r#"{"data":…}"#)`
//!
//! Every error is one of the connection: the server is gone. Must not know what is asked.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;

/// A connection that stays open between requests.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    pub(crate) fn connect(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    /// Posts a GraphQL request in JSON; the status and the body of the answer.
    pub(crate) fn ask(&mut self, request: &str, secret: Option<&str>) -> io::Result<(u16, String)> {
        let token = secret.map(|secret| format!("Authorization: Bearer {secret}\r\n")).unwrap_or_default();
        let length = request.len();
        let message = format!(
            "POST /graphql HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{token}\r\n\
             {request}"
        );
        self.stream.get_mut().write_all(message.as_bytes())?;
        self.answer()
    }

    fn answer(&mut self) -> io::Result<(u16, String)> {
        let (mut status, mut length) = (None, 0);
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line)? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            let line = line.trim_end().to_ascii_lowercase();
            if status.is_none() {
                status = line.split(' ').nth(1).and_then(|number| number.parse().ok());
            } else if let Some(given) = line.strip_prefix("content-length:") {
                length = given.trim().parse().map_err(|_| ErrorKind::InvalidData)?;
            } else if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        let body = String::from_utf8(body).map_err(|_| ErrorKind::InvalidData)?;
        Ok((status.ok_or(ErrorKind::InvalidData)?, body))
    }
}
