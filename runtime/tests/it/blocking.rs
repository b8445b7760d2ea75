//! Calls from code that is not asynchronous.

use clientwright_runtime::{Request, block_on};

use crate::double::{Anything, Double, PLAIN, config, meta, ok};

#[test]
fn a_call_can_be_waited_for() {
    let double = Double::new([ok(), ok()]);
    let core = config(&PLAIN, &double).build().unwrap();
    for _ in 0..2 {
        block_on(core.call::<Anything>(Request::new(meta(|_| {})))).unwrap().unwrap();
    }
    assert_eq!(double.requests().len(), 2);
}

#[cfg(feature = "reqwest")]
#[test]
fn connections_are_kept_from_one_call_to_the_next() {
    use std::io::{Read, Write};

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut answered = 0;
        while answered < 2 && stream.read(&mut [0; 4096]).unwrap() > 0 {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").unwrap();
            answered += 1;
        }
        answered
    });
    let mut config = clientwright_runtime::Config::new(&PLAIN);
    config.base_url(url);
    let core = config.build().unwrap();
    for _ in 0..2 {
        block_on(core.call::<Anything>(Request::new(meta(|_| {})))).unwrap().unwrap();
    }
    assert_eq!(server.join().unwrap(), 2, "on the only connection that was accepted");
}
