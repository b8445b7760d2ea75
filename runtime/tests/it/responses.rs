//! A response stands in front of its value without hiding any of it.

use clientwright_runtime::{DecodeError, Meta, Operation, Reader, Request, Undeclared, Writer};
use clientwright_runtime::{Error, Json, Response};

use crate::double::Reply::Answer as Reply;
use crate::double::{Double, GET_COPY, PLAIN, config, run};

/// Fields that a response has too.
#[derive(Debug, PartialEq)]
struct Job {
    status: String,
    value: u8,
}

impl Json for Job {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut status = None;
        let mut value = None;
        reader.begin_object()?;
        while let Some(field) = reader.next_field(&["status", "value"])? {
            match field {
                0 => status = Some(reader.value()?),
                1 => value = Some(reader.value()?),
                _ => reader.skip()?,
            }
        }
        Ok(Self { status: reader.required(status, "status")?, value: reader.required(value, "value")? })
    }

    fn write(&self, writer: &mut Writer) {
        writer.begin_object();
        writer.field("status", &self.status);
        writer.field("value", &self.value);
        writer.end_object();
    }
}

enum GetJob {}

impl Operation for GetJob {
    type Output = Job;
    type Error = Undeclared;

    const META: &'static Meta = &GET_COPY;
}

fn get() -> Result<Response<Job>, Error> {
    let double = Double::new([Reply(202, &[("x-request-id", "r1")], r#"{"status":"done","value":7}"#)]);
    let core = config(&PLAIN, &double).build().unwrap();
    run(core.call::<GetJob>(Request::new(GetJob::META)))
}

#[test]
fn fields_of_the_value_are_reached_through_the_response() {
    let response = get().unwrap();
    assert_eq!((response.status.as_str(), response.value), ("done", 7));
    assert_eq!((response.status().as_u16(), response.request_id()), (202, Some("r1")));
    assert_eq!(response.headers().len(), 1);
    assert_eq!(response.into_inner(), Job { status: "done".to_owned(), value: 7 });
}
