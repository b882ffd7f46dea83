//! What stays open over a WebSocket: changes told once and in order, to slow readers too, until somebody stops it or is gone.

use std::time::Duration;

use async_graphql::futures_util::StreamExt;
use maillage::server::Settings;
use serde_json::Value;
use tokio::io::AsyncReadExt;
use tokio_tungstenite::tungstenite::Message;

use crate::live::{self, FOLLOW, in_time};
use crate::socket::{Client, shaken, streams};

#[tokio::test]
async fn every_change_is_told_once_and_in_order_across_connections() {
    let server = live::start(Settings::default()).await;
    let mut client = Client::ready(server.address).await;
    client.subscribe("1", FOLLOW).await;
    let added: Vec<_> = (1..=10).map(|number| server.add(number)).collect();
    assert_eq!(added, (1..=10).collect::<Vec<_>>());
    for expected in added {
        assert_eq!(client.change("1").await, expected);
    }
    drop(client);
    // What happens in between is told to whoever says what it saw last.
    let between: Vec<_> = (200..210).map(|number| server.add(number)).collect();
    let mut client = Client::ready(server.address).await;
    client.subscribe("1", "subscription { graphChanged(sinceVersion: 10) { version } }").await;
    let after: Vec<_> = (300..303).map(|number| server.add(number)).collect();
    for expected in between.into_iter().chain(after) {
        assert_eq!(client.change("1").await, expected);
    }
    client.pong().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_reader_loses_nothing_and_holds_nobody_up() {
    let server = live::start(Settings::default()).await;
    let (mut slow, mut other) = (Client::ready(server.address).await, Client::ready(server.address).await);
    let text = "subscription { graphChanged(sinceVersion: 0) { version document { text } } }";
    slow.subscribe("1", text).await;
    other.subscribe("1", text).await;
    let most = 300;
    for number in 1..=most {
        server.add_text(number, "x".repeat(50_000));
    }
    // 15 MB do not fit into the buffers between both ends.
    for expected in 1..=most {
        assert_eq!(other.change("1").await, expected);
    }
    for expected in 1..=most {
        assert_eq!(slow.change("1").await, expected);
    }
    slow.pong().await;
}

#[tokio::test]
async fn what_is_stopped_says_nothing_more() {
    let server = live::start(Settings::default()).await;
    let mut client = Client::ready(server.address).await;
    client.subscribe("1", FOLLOW).await;
    server.add(1);
    assert_eq!(client.change("1").await, 1);
    client.complete("1").await;
    client.complete("unknown").await;
    server.counts("maillage_subscriptions_open{transport=\"websocket\"}", 0.0).await;
    server.add(500);
    client.pong().await;
    // The id is free again.
    client.subscribe("1", "{ stats { version } }").await;
    assert_eq!(client.hear().await["type"], "next");
    assert_eq!(client.hear().await["type"], "complete");
    // A connection that ends takes its operations with it.
    client.subscribe("2", "subscription { graphChanged(sinceVersion: 2) { version } }").await;
    server.add(501);
    assert_eq!(client.change("2").await, 3);
    drop(client);
    server.counts("maillage_subscriptions_open{transport=\"websocket\"}", 0.0).await;
    server.counts("maillage_connections_open{transport=\"websocket\"}", 0.0).await;
}

#[tokio::test]
async fn whoever_gives_no_sign_of_life_is_closed() {
    let server = live::start(streams(|s| s.keep_alive = Duration::from_millis(20))).await;
    // One that reads what comes, but answers nothing.
    let mut dead = shaken(server.address, &[("Sec-WebSocket-Protocol", "graphql-transport-ws")]).await;
    let mut alive = Client::new(server.address).await;
    alive.init(Value::Null).await;
    let dead = tokio::spawn(async move {
        let mut read = Vec::new();
        // How the connection ends is no matter.
        drop(dead.read_to_end(&mut read).await);
        read
    });
    // The other answers whatever it is asked, and outlives it.
    let mut pings = 0;
    while pings < 5 || !dead.is_finished() {
        pings += u32::from(matches!(in_time(alive.0.next()).await, Some(Ok(Message::Ping(_)))));
    }
    alive.pong().await;
    // A ping is 0x89, a close 0x88.
    let read = dead.await.expect("no panic");
    assert!(read.starts_with(&[0x89, 0, 0x89, 0, 0x88]), "{read:x?}");
}

#[tokio::test]
async fn a_server_that_ends_says_so() {
    let mut server = live::start(Settings::default()).await;
    let mut client = Client::ready(server.address).await;
    client.subscribe("1", FOLLOW).await;
    client.pong().await;
    server.end();
    assert_eq!(client.code().await, 1001);
    server.ended().await;
}
