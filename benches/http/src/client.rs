//! A connection, on which one request is made after the other.

use std::rc::Rc;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::Outcome;

/// A request and what must come back.
#[derive(Clone)]
pub struct Ask {
    /// The body of the request.
    pub body: Bytes,
    /// How long the answer was when it was compared; a server that answers otherwise now is not measured on.
    pub answer_bytes: usize,
}

/// What is asked in turn.
pub type Asks = Rc<[Ask]>;

/// An open connection.
pub struct Connection {
    send: SendRequest<Full<Bytes>>,
    port: u16,
}

impl Connection {
    /// Connects with a server of this machine.
    pub async fn open(port: u16) -> Outcome<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let (send, connection) = handshake(TokioIo::new(stream)).await?;
        // An end of it shows where it is used.
        tokio::task::spawn_local(connection);
        Ok(Self { send, port })
    }

    /// Sends a body and takes the whole answer.
    pub async fn ask(&mut self, body: Bytes) -> Outcome<(StatusCode, Bytes)> {
        self.send.ready().await?;
        let request = Request::post("/graphql")
            .header("host", format!("127.0.0.1:{}", self.port))
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .body(Full::new(body))?;
        let response = self.send.send_request(request).await?;
        let status = response.status();
        Ok((status, response.into_body().collect().await?.to_bytes()))
    }

    /// Asks what was asked before and holds the answer to its length.
    pub async fn again(&mut self, ask: &Ask) -> Outcome<()> {
        let (status, answer) = self.ask(ask.body.clone()).await?;
        if status != StatusCode::OK || answer.len() != ask.answer_bytes {
            let expected = ask.answer_bytes;
            let got = String::from_utf8_lossy(&answer[..answer.len().min(300)]).into_owned();
            return Err(format!(
                "port {}: status {status}, {} bytes instead of {expected}: {got}",
                self.port,
                answer.len()
            )
            .into());
        }
        Ok(())
    }
}
